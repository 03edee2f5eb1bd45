/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Months from left to right: lines in the upper panel, columns in either.
 */
#include "config.h"

#include "qd-layout-time-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

static const double dashes[QD_MAX_SERIES][2] = { { 0, 0 }, { 7, 3 }, { 2, 2 }, { 10, 2 }, { 4, 4 } };

double
qd_time_get_x (const QdTimeChart *chart,
               guint              panel,
               guint              place)
{
  return chart->layout->plot[panel].x + (place + 0.5) * chart->slot;
}

double
qd_time_get_y (const QdTimeChart *chart,
               guint              panel,
               double             value)
{
  const QdRect *plot = &chart->layout->plot[panel];

  return qd_axis_map (&chart->axis[panel], value, plot->y + plot->height, plot->y);
}

guint
qd_time_count_marks (const QdTimeChart *chart,
                     guint              panel,
                     QdSeriesMark       mark)
{
  guint n = 0;

  for (guint i = 0; i < chart->spec->series->len; i++)
    n += qd_spec_series (chart->spec, i)->panel == panel && qd_spec_series (chart->spec, i)->mark == mark;
  return n;
}

static gboolean
has_columns (const QdTimeChart *chart,
             guint              panel)
{
  for (guint i = 0; i < chart->spec->series->len; i++)
    if (qd_spec_series (chart->spec, i)->panel == panel && qd_spec_series (chart->spec, i)->mark != QD_SERIES_LINE)
      return TRUE;
  return FALSE;
}

/* The range of a panel, with columns stacked. */
static gboolean
find_range (const QdTimeChart *chart,
            guint              panel,
            double            *low,
            double            *high)
{
  gboolean any = FALSE;
  double ends[3];

  *low = INFINITY;
  *high = -INFINITY;
  for (guint p = 0; p < chart->n; p++)
    {
      double up = 0, down = 0;

      for (guint i = 0; i < chart->spec->series->len; i++)
        {
          const QdSeries *series = qd_spec_series (chart->spec, i);
          double value = series->values[p];
          guint n = 1;

          if (series->panel != panel || !isfinite (value))
            continue;
          any = TRUE;
          ends[0] = value;
          if (series->mark == QD_SERIES_COLUMN)
            ends[0] = value >= 0 ? (up += value) : (down += value);
          else if (series->low && isfinite (series->low[p]) && isfinite (series->high[p]))
            {
              ends[n++] = series->low[p];
              ends[n++] = series->high[p];
            }
          for (guint e = 0; e < n; e++)
            {
              *low = MIN (*low, ends[e]);
              *high = MAX (*high, ends[e]);
            }
        }
    }
  if (any && isfinite (chart->spec->panels[panel].reference))
    {
      *low = MIN (*low, chart->spec->panels[panel].reference);
      *high = MAX (*high, chart->spec->panels[panel].reference);
    }
  return any;
}

static void
make_axis (QdTimeChart *chart,
           guint        panel,
           double       height)
{
  double low = 0, high = 1, line = qd_lay_get_line_height (chart->layout, chart->layout->theme.label_size);
  int ticks;
  QdAxisFlags flags = panel == 0 || !chart->used[0] ? QD_AXIS_NICE : QD_AXIS_NONE;

  chart->used[panel] = find_range (chart, panel, &low, &high);
  if (!chart->used[panel])
    low = 0, high = 1;
  if (has_columns (chart, panel) || chart->spec->panels[panel].from_zero)
    flags |= QD_AXIS_ZERO;
  ticks = CLAMP ((int) (height / (line * (panel ? 1.6 : 2.4))), 2, 7);
  chart->axis[panel] = qd_axis_new (low, high, ticks, flags);
  if (flags & QD_AXIS_ZERO)
    low = MIN (low, 0), high = MAX (high, 0);
  if (flags & QD_AXIS_NICE)
    qd_axis_trim (&chart->axis[panel], low, high, 0.14, ticks);
}

static double
measure_ticks (const QdTimeChart *chart,
               guint              panel)
{
  double widest = 0;

  for (int i = 0; i < chart->axis[panel].n_ticks; i++)
    {
      g_autofree char *text = qd_lay_format_tick (chart->layout, chart->spec->panels[panel].unit, &chart->axis[panel],
                                                  qd_axis_get_tick (&chart->axis[panel], i));
      widest = MAX (widest, qd_lay_measure (chart->layout, chart->layout->theme.label_size, FALSE, text));
    }
  return widest;
}

static void
add_ticks (const QdTimeChart *chart,
           guint              panel,
           gboolean           labels)
{
  QdChartLayout *layout = chart->layout;
  const QdChartTheme *theme = &layout->theme;
  const QdRect *plot = &layout->plot[panel];
  double reference = chart->spec->panels[panel].reference;

  for (int i = 0; i < chart->axis[panel].n_ticks; i++)
    {
      double value = qd_axis_get_tick (&chart->axis[panel], i), y = qd_time_get_y (chart, panel, value);
      gboolean zero = value == 0 && (has_columns (chart, panel) || chart->spec->panels[panel].from_zero);

      if (!zero)
        qd_lay_line (layout, QD_ROLE_GRID, plot->x, y, plot->x + plot->width, y, theme->grid, theme->thin_width);
      if (labels)
        {
          g_autofree char *text = qd_lay_format_tick (layout, chart->spec->panels[panel].unit, &chart->axis[panel], value);
          g_autoptr (QdTextRun) run = qd_lay_shape (layout, theme->label_size, FALSE, text, -1, 1);
          qd_lay_text (layout, QD_ROLE_TICK_LABEL, -1, i, run, plot->x - 6 * layout->scale, y, QD_ALIGN_END,
                       theme->ink_soft);
        }
    }
  if (isfinite (reference))
    {
      double y = qd_time_get_y (chart, panel, reference);
      QdMark *mark = qd_lay_line (layout, QD_ROLE_REFERENCE, plot->x, y, plot->x + plot->width, y, theme->axis,
                                  theme->thin_width * 1.6);

      mark->dash[0] = 4 * layout->scale;
      mark->dash[1] = 3 * layout->scale;
    }
}

/* Whether a line of the panel runs through a box. */
static gboolean
crosses_line (const QdTimeChart *chart,
              guint              panel,
              QdRect             box)
{
  double pad = 1.5 * chart->layout->scale, reference = chart->spec->panels[panel].reference;

  if (isfinite (reference))
    {
      double y = qd_time_get_y (chart, panel, reference);

      if (y >= box.y && y <= box.y + box.height)
        return TRUE;
    }

  for (guint i = 0; i < chart->spec->series->len; i++)
    {
      const QdSeries *series = qd_spec_series (chart->spec, i);

      if (series->panel != panel || series->mark != QD_SERIES_LINE)
        continue;
      for (guint p = 0; p < chart->n; p++)
        {
          double x1 = qd_time_get_x (chart, panel, p), y1, x2, y2, from, to;

          if (!isfinite (series->values[p]) || x1 > box.x + box.width + chart->slot)
            continue;
          y1 = qd_time_get_y (chart, panel, series->values[p]);
          if (p + 1 < chart->n && isfinite (series->values[p + 1]))
            x2 = x1 + chart->slot, y2 = qd_time_get_y (chart, panel, series->values[p + 1]);
          else
            x2 = x1, y2 = y1;
          from = MAX (x1, box.x - pad);
          to = MIN (x2, box.x + box.width + pad);
          if (from > to)
            continue;
          if (x2 > x1)
            {
              double slope = (y2 - y1) / (x2 - x1), a = y1 + slope * (from - x1), b = y1 + slope * (to - x1);
              y1 = MIN (a, b), y2 = MAX (a, b);
            }
          if (y2 >= box.y - pad && y1 <= box.y + box.height + pad)
            return TRUE;
        }
    }
  return FALSE;
}

/* Whether a halo around the last text would cover anything: to stroke letters takes ten times as long as to show them. */
static gboolean
needs_halo (const QdTimeChart *chart,
            guint              panel,
            const QdMark      *text)
{
  const QdChartLayout *layout = chart->layout;
  double reach = 2 * layout->scale, right, bottom; /* of its stroke, and a little more */
  QdRect box;

  qd_text_run_get_ink (text->text, &box.x, &box.y, &right, &bottom);
  box = (QdRect){ text->box.x + box.x - reach, text->box.y + box.y - reach, right - box.x + 2 * reach, bottom - box.y + 2 * reach };
  for (guint i = 0; i + 1 < layout->marks->len; i++)
    {
      const QdMark *mark = &g_array_index (layout->marks, QdMark, i);
      double half = mark->stroke_width / 2;

      if (mark->role != QD_ROLE_BACKGROUND && mark->role != QD_ROLE_LINE && mark->box.x - half < box.x + box.width &&
          mark->box.x + mark->box.width + half > box.x && mark->box.y - half < box.y + box.height &&
          mark->box.y + mark->box.height + half > box.y)
        return TRUE;
    }
  return crosses_line (chart, panel, box);
}

/* The middle of a text of @width that stays over the plot. */
static double
keep_inside (const QdRect *plot,
             double        x,
             double        width)
{
  return CLAMP (x, plot->x + width / 2, MAX (plot->x + width / 2, plot->x + plot->width - width / 2));
}

static gboolean
try_label (const QdTimeChart *chart,
           guint              panel,
           int                series,
           int                place,
           QdTextRun         *run,
           double             x,
           double             middle,
           QdAlign            align,
           QdColor            color,
           QdMarkRole         role)
{
  QdChartLayout *layout = chart->layout;
  const QdRect *plot = &layout->plot[panel];
  QdRect box;
  QdMark *mark;
  double width = qd_text_run_get_width (run);

  if (align == QD_ALIGN_MIDDLE)
    x = keep_inside (plot, x, width);
  box = qd_lay_get_text_box (run, x, middle, align);
  if (box.x + box.width > plot->x + plot->width + 1 || box.y < plot->y - box.height || box.y + box.height > plot->y + plot->height)
    return FALSE;
  if (!qd_lay_is_free (layout, box) || crosses_line (chart, panel, box))
    return FALSE;
  qd_lay_take (layout, box);
  mark = qd_lay_text (layout, role, series, place, run, x, middle, align, color);
  mark->halo = needs_halo (chart, panel, mark);
  return TRUE;
}

/* Labels for the first, greatest and least value of a line: above or below, where there is room. */
static void
add_value_labels (const QdTimeChart *chart,
                  guint              index)
{
  const QdSeries *series = qd_spec_series (chart->spec, index);
  QdChartLayout *layout = chart->layout;
  const QdChartTheme *theme = &layout->theme;
  int first = -1, last = -1, least = -1, most = -1, places[3];
  double gap = 4 * layout->scale;

  for (guint p = 0; p < chart->n; p++)
    {
      double value = series->values[p];

      if (!isfinite (value))
        continue;
      if (first < 0)
        first = least = most = (int) p;
      last = (int) p;
      if (value < series->values[least])
        least = (int) p;
      if (value > series->values[most])
        most = (int) p;
    }
  if (first < 0 || first == last)
    return;
  places[0] = first, places[1] = most, places[2] = least;
  for (int k = 0; k < 3; k++)
    {
      int p = places[k];
      gboolean repeated = p == last || (k > 0 && p == first) || (k == 2 && p == most);
      double x, y, half;
      g_autofree char *text = NULL;
      g_autoptr (QdTextRun) run = NULL;
      QdColor color = qd_chart_theme_get_text_tone (theme, series->tone);
      gboolean under = k == 2;

      if (repeated)
        continue;
      text = qd_chart_spec_dup_value_text (chart->spec, index, p);
      run = qd_lay_shape (layout, theme->small_size, FALSE, text, -1, 1);
      x = qd_time_get_x (chart, series->panel, p);
      y = qd_time_get_y (chart, series->panel, series->values[p]);
      half = qd_text_run_get_height (run) / 2;
      for (int turn = 0; turn < 4; turn++)
        {
          gboolean below = (turn % 2 == 1) != under;
          double away = (turn < 2 ? 1 : 2.2) * (half + gap * 0.6);

          if (try_label (chart, series->panel, (int) index, p, run, x, below ? y + away : y - away, QD_ALIGN_MIDDLE,
                         color, QD_ROLE_VALUE_LABEL))
            {
              if (k > 0)
                qd_lay_dot (layout, QD_ROLE_DOT, (int) index, p, x, y, 1.8 * layout->scale,
                            qd_chart_theme_get_tone (theme, series->tone));
              break;
            }
        }
    }
}

static void
add_band (const QdTimeChart *chart,
          guint              index)
{
  const QdSeries *series = qd_spec_series (chart->spec, index);
  g_autofree QdPoint *points = g_new (QdPoint, 2 * chart->n + 2);
  QdColor color = qd_color_mix (chart->layout->theme.background, qd_chart_theme_get_tone (&chart->layout->theme, series->tone), 0.16);

  for (guint p = 0; p < chart->n;)
    {
      guint from, n = 0, to;

      while (p < chart->n && !(isfinite (series->low[p]) && isfinite (series->high[p])))
        p++;
      from = p;
      while (p < chart->n && isfinite (series->low[p]) && isfinite (series->high[p]))
        p++;
      to = p;
      if (to == from)
        break;
      if (to == from + 1)
        {
          /* One month alone: an upright bar shows the range. */
          double x = qd_time_get_x (chart, series->panel, from), half = 3 * chart->layout->scale;
          QdPoint corners[4] = { { x - half, qd_time_get_y (chart, series->panel, series->high[from]) },
                                 { x + half, qd_time_get_y (chart, series->panel, series->high[from]) },
                                 { x + half, qd_time_get_y (chart, series->panel, series->low[from]) },
                                 { x - half, qd_time_get_y (chart, series->panel, series->low[from]) } };

          qd_lay_path (chart->layout, QD_MARK_AREA, QD_ROLE_BAND, (int) index, corners, 4, color, 0);
          continue;
        }
      for (guint i = from; i < to; i++)
        points[n++] = (QdPoint){ qd_time_get_x (chart, series->panel, i), qd_time_get_y (chart, series->panel, series->high[i]) };
      for (guint i = to; i > from; i--)
        points[n++] = (QdPoint){ qd_time_get_x (chart, series->panel, i - 1), qd_time_get_y (chart, series->panel, series->low[i - 1]) };
      qd_lay_path (chart->layout, QD_MARK_AREA, QD_ROLE_BAND, (int) index, points, n, color, 0);
    }
}

static void
flush_path (const QdTimeChart *chart,
            guint              index,
            QdPoint           *points,
            guint              n,
            gboolean           solid,
            guint              order)
{
  const QdSeries *series = qd_spec_series (chart->spec, index);
  const QdChartTheme *theme = &chart->layout->theme;
  QdColor color = qd_chart_theme_get_tone (theme, series->tone);
  QdMark *mark;

  if (n == 0)
    return;
  if (n == 1)
    {
      qd_lay_dot (chart->layout, QD_ROLE_DOT, (int) index, -1, points[0].x, points[0].y, theme->line_width * 0.9, color);
      return;
    }
  mark = qd_lay_path (chart->layout, QD_MARK_PATH, QD_ROLE_LINE, (int) index, points, n, color,
                      series->tone == QD_TONE_INK ? theme->line_width * 1.25 : theme->line_width);
  if (!solid)
    {
      mark->dash[0] = 3.5 * chart->layout->scale;
      mark->dash[1] = 2.5 * chart->layout->scale;
    }
  else if (theme->patterns)
    {
      mark->dash[0] = dashes[order % QD_MAX_SERIES][0] * chart->layout->scale;
      mark->dash[1] = dashes[order % QD_MAX_SERIES][1] * chart->layout->scale;
    }
}

static void
add_line (const QdTimeChart *chart,
          guint              index,
          guint              order)
{
  const QdSeries *series = qd_spec_series (chart->spec, index);
  QdChartLayout *layout = chart->layout;
  const QdChartTheme *theme = &layout->theme;
  g_autofree guint *indexes = g_new (guint, chart->n);
  g_autofree QdPoint *points = g_new (QdPoint, chart->n + 1);
  guint n = qd_axis_thin (series->values, chart->n, (guint) MAX (layout->plot[series->panel].width, 1), indexes);
  guint length = 0;
  gboolean solid = TRUE;
  int last = -1;

  for (guint i = 0; i < n; i++)
    {
      guint p = indexes[i];
      gboolean firm = series->scenario[p] == QD_SCENARIO_ACTUAL || series->scenario[p] == QD_SCENARIO_PRIOR;
      QdPoint point;

      if (!isfinite (series->values[p]))
        {
          flush_path (chart, index, points, length, solid, order);
          length = 0;
          continue;
        }
      point = (QdPoint){ qd_time_get_x (chart, series->panel, p), qd_time_get_y (chart, series->panel, series->values[p]) };
      /* The part that leads to what is not certain is dashed. */
      if (length > 0 && firm != solid)
        {
          QdPoint joint = points[length - 1];

          /* Also a single point: it shows that it is firm. */
          flush_path (chart, index, points, length, solid, order);
          points[0] = joint;
          length = 1;
        }
      solid = firm;
      points[length++] = point;
      last = (int) p;
    }
  flush_path (chart, index, points, length, solid, order);
  if (last >= 0)
    {
      QdMark *dot = qd_lay_dot (layout, QD_ROLE_DOT, (int) index, last, qd_time_get_x (chart, series->panel, last),
                                qd_time_get_y (chart, series->panel, series->values[last]), theme->line_width * 1.35,
                                qd_chart_theme_get_tone (theme, series->tone));
      dot->stroke = theme->background;
      dot->stroke_width = 1 * layout->scale;
    }
}

static void
add_columns (const QdTimeChart *chart,
             guint              panel)
{
  QdChartLayout *layout = chart->layout;
  const QdRect *plot = &layout->plot[panel];
  double width = MIN (chart->slot * (chart->slot > 6 ? 0.72 : 0.84), 64 * layout->scale);
  double gap = width > 6 * layout->scale ? 0.75 * layout->scale : 0;

  for (guint p = 0; p < chart->n; p++)
    {
      double up = 0, down = 0, x = qd_time_get_x (chart, panel, p) - width / 2;

      for (guint i = 0; i < chart->spec->series->len; i++)
        {
          const QdSeries *series = qd_spec_series (chart->spec, i);
          double value = series->values[p], from, y1, y2;
          QdMark *mark;

          if (series->panel != panel || series->mark != QD_SERIES_COLUMN || !isfinite (value))
            continue;
          from = value >= 0 ? up : down;
          if (value >= 0)
            up += value;
          else
            down += value;
          y1 = qd_time_get_y (chart, panel, from);
          y2 = qd_time_get_y (chart, panel, from + value);
          if (value != 0)
            {
              /* Touching parts are kept apart by a thin gap, taken from the outer end of the inner part. */
              QdRect box = { x, MIN (y1, y2), width, fabs (y1 - y2) };

              if (from != 0 && box.height > 3 * gap)
                {
                  box.height -= gap;
                  if (value < 0)
                    box.y += gap;
                }
              mark = qd_lay_rect (layout, QD_ROLE_COLUMN, (int) i, (int) p, box,
                                  qd_chart_theme_get_tone (&layout->theme, series->tone));
              qd_lay_apply_scenario (layout, mark, series->scenario[p]);
            }
          qd_lay_target (layout, (int) i, (int) p, x + width / 2, y2,
                         (QdRect){ x, MIN (y1, y2), width, fabs (y1 - y2) });
        }
    }
  for (guint i = 0; i < chart->spec->series->len; i++)
    {
      const QdSeries *series = qd_spec_series (chart->spec, i);

      if (series->panel != panel || series->mark != QD_SERIES_MARKER)
        continue;
      for (guint p = 0; p < chart->n; p++)
        {
          double x = qd_time_get_x (chart, panel, p), y, half = MIN (chart->slot * 0.44, width * 0.62);
          double thick = MIN (2.2 * layout->scale, MAX (width * 0.5, 1));

          if (!isfinite (series->values[p]))
            continue;
          y = qd_time_get_y (chart, panel, series->values[p]);
          qd_lay_rect (layout, QD_ROLE_MARKER, (int) i, (int) p,
                       (QdRect){ x - half - 0.8, y - thick / 2 - 0.8, 2 * half + 1.6, thick + 1.6 }, layout->theme.background);
          qd_lay_rect (layout, QD_ROLE_MARKER, (int) i, (int) p, (QdRect){ x - half, y - thick / 2, 2 * half, thick },
                       qd_chart_theme_get_tone (&layout->theme, series->tone));
          qd_lay_target (layout, (int) i, (int) p, x, y, (QdRect){ x - half, y - thick / 2, 2 * half, thick });
        }
    }
  {
    double zero = qd_time_get_y (chart, panel, 0);
    qd_lay_line (layout, QD_ROLE_AXIS, plot->x, zero, plot->x + plot->width, zero, layout->theme.axis,
                 layout->theme.thin_width * 1.4);
  }
}

/* Whether another column says the same. */
static gboolean
is_told (const QdSeries *series,
         int             p,
         int             first,
         int             last)
{
  return p >= 0 && (series->values[p] == series->values[last] || series->values[p] == series->values[first]);
}

/* Values over columns of one kind: all when they fit, else first, last, greatest and least. */
static void
add_column_labels (const QdTimeChart *chart,
                   guint              panel)
{
  QdChartLayout *layout = chart->layout;
  const QdChartTheme *theme = &layout->theme;
  double half = qd_lay_get_line_height (layout, theme->small_size) / 2 + 1.5 * layout->scale, widest = 0;

  for (guint i = 0; i < chart->spec->series->len; i++)
    {
      const QdSeries *series = qd_spec_series (chart->spec, i);
      g_autoptr (GArray) order = g_array_new (FALSE, FALSE, sizeof (int));
      int first = -1, last = -1, least = -1, most = -1;
      gboolean money = chart->spec->panels[panel].unit == QD_UNIT_MONEY, all;
      QdScale scale = { 1, 0 };

      if (series->panel != panel || series->mark != QD_SERIES_COLUMN)
        continue;
      if (money)
        scale = qd_format_choose_scale (chart->spec->format, series->values, chart->n);
      for (guint p = 0; p < chart->n; p++)
        {
          g_autofree char *text = NULL;

          if (!isfinite (series->values[p]))
            continue;
          if (first < 0)
            first = least = most = (int) p;
          last = (int) p;
          if (series->values[p] < series->values[least])
            least = (int) p;
          if (series->values[p] > series->values[most])
            most = (int) p;
          text = money ? qd_format_money_headline (chart->spec->format, series->values[p], scale)
                       : qd_chart_spec_dup_value_text (chart->spec, i, p);
          widest = MAX (widest, qd_lay_measure (layout, theme->small_size, FALSE, text));
        }
      all = widest + 3 * layout->scale <= chart->slot;
      {
        /* A value is told once: the end of who left is at nothing, as are all months before it. */
        int wanted[4] = { last, first, is_told (series, most, first, last) ? -1 : most,
                          is_told (series, least, first, last) ? -1 : least };

        g_array_append_vals (order, wanted, all ? 0 : 4);
        for (guint p = 0; all && p < chart->n; p++)
          g_array_append_vals (order, &(int){ (int) p }, 1);
      }
      for (guint k = 0; k < order->len; k++)
        {
          int p = g_array_index (order, int, k);
          g_autofree char *text = NULL;
          g_autoptr (QdTextRun) run = NULL;
          double x, y;

          if (p < 0 || !isfinite (series->values[p]))
            continue;
          text = money ? qd_format_money_headline (chart->spec->format, series->values[p], scale)
                       : qd_chart_spec_dup_value_text (chart->spec, i, p);
          run = qd_lay_shape (layout, theme->small_size, p == last, text, -1, 1);
          x = keep_inside (&layout->plot[panel], qd_time_get_x (chart, panel, p), qd_text_run_get_width (run));
          y = qd_time_get_y (chart, panel, series->values[p]);
          /* Above its neighbours too, as far as it reaches over them. */
          for (int other = 0; other < (int) chart->n; other++)
            if (isfinite (series->values[other]) && (series->values[other] < 0) == (series->values[p] < 0) &&
                fabs (qd_time_get_x (chart, panel, other) - x) <
                    (qd_text_run_get_width (run) + chart->slot * 0.72) / 2)
              {
                double top = qd_time_get_y (chart, panel, series->values[other]);
                y = series->values[p] < 0 ? MAX (y, top) : MIN (y, top);
              }
          /* Far above its own column, or above none, it would be read as the value of another. */
          if (p != last && fabs (y - qd_time_get_y (chart, panel, series->values[p]))
                               > (series->values[p] == 0 ? half : layout->plot[panel].height / 3))
            continue;
          try_label (chart, panel, (int) i, p, run, x, series->values[p] < 0 ? y + half : y - half,
                     QD_ALIGN_MIDDLE, theme->ink, QD_ROLE_VALUE_LABEL);
        }
    }
}

static void
add_line_targets (const QdTimeChart *chart)
{
  for (guint i = 0; i < chart->spec->series->len; i++)
    {
      const QdSeries *series = qd_spec_series (chart->spec, i);

      if (series->mark != QD_SERIES_LINE || !chart->used[series->panel])
        continue;
      for (guint p = 0; p < chart->n; p++)
        if (isfinite (series->values[p]))
          {
            double x = qd_time_get_x (chart, series->panel, p), y = qd_time_get_y (chart, series->panel, series->values[p]);
            qd_lay_target (chart->layout, (int) i, (int) p, x, y, (QdRect){ x, y, 0, 0 });
          }
    }
}

/* How a body is shared out: panels, months below them, ticks to the left, names to the right. */
typedef struct
{
  QdRect body;
  gboolean ticks, two_rows;
  double line, top_pad;
  double months;              /* height; 0: none */
  double title[QD_N_PANELS];  /* heights */
  double lower, gap;          /* height of the lower panel, and what lies above it */
  double left, right;         /* widths */
} Room;

static void
share_height (QdTimeChart *chart,
              Room        *room)
{
  const QdChartSpec *spec = chart->spec;
  double s = chart->layout->scale, line = room->line, height = room->body.height;
  gboolean names = height > line * 3.2;

  for (int p = 0; p < QD_N_PANELS; p++)
    make_axis (chart, p, height);
  /* The lower panel goes first when there is no room for two. */
  if (chart->used[0] && chart->used[1] && height < line * 14)
    chart->used[1] = FALSE;
  room->two_rows = names && spec->step < 12 && !spec->place_labels && height > line * 5;
  room->months = !names ? 0 : (room->two_rows ? 2 : 1) * line + 4 * s;
  room->top_pad = height > line * 5 ? line * 0.9 : line * 0.5;
  for (int p = 0; p < QD_N_PANELS; p++)
    if (spec->panels[p].title && chart->used[p] && height > line * 8)
      room->title[p] = line + 3 * s;
  if (chart->used[0] && chart->used[1])
    {
      room->gap = 10 * s;
      room->lower = (height - room->months - room->top_pad - room->gap - room->title[0] - room->title[1]) * 0.3;
    }
  else if (chart->used[1])
    {
      room->lower = height - room->months - room->top_pad - room->title[1];
    }
  for (int p = 0; p < QD_N_PANELS; p++)
    make_axis (chart, p,
               p == 1 ? room->lower : height - room->months - room->lower - room->gap - room->title[0] - room->title[1]);
  if (room->lower == 0)
    chart->used[1] = FALSE;
}

static void
share_width (QdTimeChart *chart,
             Room        *room)
{
  double s = chart->layout->scale;

  for (int p = 0; room->ticks && p < QD_N_PANELS; p++)
    if (chart->used[p])
      room->left = MAX (room->left, measure_ticks (chart, p) + 6 * s);
  room->right = MIN (qd_time_measure_ends (chart) + (chart->n > 0 ? 9 * s : 0), room->body.width * 0.34);
  if (room->right < 10 * s)
    room->right = 0;
}

static void
place_panel (QdTimeChart *chart,
             const Room  *room,
             guint        p)
{
  QdChartLayout *layout = chart->layout;
  double upper = room->body.height - room->months - room->top_pad - room->gap - room->lower - room->title[0] -
                 (room->lower > 0 ? room->title[1] : 0);
  double height = p == 0 ? upper : room->lower;
  double y = p == 0 ? room->body.y + room->top_pad + room->title[0]
                    : room->body.y + room->body.height - room->months - room->lower;

  layout->plot[p] = (QdRect){ room->body.x + room->left, y, MAX (room->body.width - room->left - room->right, 4),
                              MAX (height, 4) };
  if (room->title[p] > 0)
    {
      g_autoptr (QdTextRun) run = qd_lay_shape (layout, layout->theme.small_size, TRUE, chart->spec->panels[p].title,
                                                layout->plot[p].width, 1);

      qd_lay_text_top (layout, QD_ROLE_PANEL_TITLE, run, room->body.x, y - (p == 0 ? room->top_pad : 0) - room->title[p],
                       layout->theme.ink_soft);
    }
}

/* All but lines, which lie over both panels' ticks. */
static void
fill_panel (QdTimeChart *chart,
            const Room  *room,
            guint        p)
{
  const QdChartSpec *spec = chart->spec;

  add_ticks (chart, p, room->ticks);
  for (guint i = 0; i < spec->series->len; i++)
    if (qd_spec_series (spec, i)->panel == p && qd_spec_series (spec, i)->low)
      add_band (chart, i);
  if (!has_columns (chart, p))
    return;
  add_columns (chart, p);
  if (qd_time_count_marks (chart, p, QD_SERIES_COLUMN) == 1)
    add_column_labels (chart, p);
}

static void
add_reference_label (QdTimeChart *chart,
                     guint        p)
{
  QdChartLayout *layout = chart->layout;
  const char *name = chart->spec->panels[p].reference_label;
  double reference = chart->spec->panels[p].reference, half, y;
  g_autoptr (QdTextRun) run = NULL;

  if (!name || !isfinite (reference))
    return;
  run = qd_lay_shape (layout, layout->theme.small_size, FALSE, name, layout->plot[p].width * 0.6, 1);
  half = qd_text_run_get_height (run) / 2 + 1 * layout->scale;
  y = qd_time_get_y (chart, p, reference);
  for (int side = 0; side < 2; side++)
    if (try_label (chart, p, -1, -1, run, layout->plot[p].x + 4 * layout->scale, side ? y + half : y - half, QD_ALIGN_START,
                   layout->theme.ink_soft, QD_ROLE_REFERENCE_LABEL))
      return;
}

static void
add_lines (QdTimeChart *chart)
{
  /* The first series is the most important: drawn last, labelled first. */
  for (guint i = chart->spec->series->len; i > 0; i--)
    {
      const QdSeries *series = qd_spec_series (chart->spec, i - 1);

      if (chart->used[series->panel] && series->mark == QD_SERIES_LINE)
        add_line (chart, i - 1, i - 1);
    }
}

void
qd_lay_time (QdChartLayout *self,
             QdRect         body)
{
  QdTimeChart chart = { .layout = self, .spec = self->spec, .n = self->spec->n_places };
  double s = self->scale;
  Room room = { .body = body, .line = qd_lay_get_line_height (self, self->theme.label_size) };
  QdRect lowest;

  room.ticks = body.width > 170 * s && body.height > 60 * s;
  share_height (&chart, &room);
  share_width (&chart, &room);
  for (int p = 0; p < QD_N_PANELS; p++)
    if (chart.used[p])
      place_panel (&chart, &room, p);
  chart.slot = (chart.used[0] ? self->plot[0].width : self->plot[1].width) / MAX (chart.n, 1);
  self->by_column = TRUE;
  for (int p = 0; p < QD_N_PANELS; p++)
    if (chart.used[p])
      fill_panel (&chart, &room, p);
  add_lines (&chart);
  for (int p = 0; p < QD_N_PANELS; p++)
    if (chart.used[p])
      add_reference_label (&chart, p);
  if (body.width > 260 * s && body.height > 110 * s)
    for (guint i = 0; i < self->spec->series->len && i < 3; i++)
      if (chart.used[qd_spec_series (self->spec, i)->panel] && qd_spec_series (self->spec, i)->mark == QD_SERIES_LINE)
        add_value_labels (&chart, i);
  add_line_targets (&chart);
  for (int p = 0; p < QD_N_PANELS; p++)
    if (chart.used[p] && room.right > 0)
      qd_time_place_ends (&chart, p, self->plot[p].x + self->plot[p].width + 8 * s, room.right - 8 * s);
  lowest = chart.used[1] ? self->plot[1] : self->plot[0];
  if (room.months > 0)
    qd_time_add_places (&chart, lowest, lowest.y + lowest.height + 4 * s, room.two_rows);
}
