/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Months from left to right: lines in the upper panel, columns in either.
 */
#include "config.h"

#include "qd-chart-layout-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

static const double dashes[QD_MAX_SERIES][2] = { { 0, 0 }, { 7, 3 }, { 2, 2 }, { 10, 2 }, { 4, 4 } };

typedef struct
{
  int series;
  double wanted, y;      /* middle, before and after spreading */
  QdTextRun *run;
  QdTone tone;
  gboolean swatch;
  gboolean hidden;       /* the series is not drawn, its name is struck out */
  double from_x, from_y; /* where the series ends */
} EndLabel;

typedef struct
{
  QdChartLayout *layout;
  const QdChartSpec *spec;
  guint n;
  double slot;
  gboolean used[QD_N_PANELS];
  QdAxis axis[QD_N_PANELS];
  GArray *ends[QD_N_PANELS]; /* EndLabel */
} Chart;

static void
clear_end (gpointer data)
{
  g_clear_pointer (&((EndLabel *) data)->run, qd_text_run_unref);
}

static double
get_x (const Chart *chart,
       guint        panel,
       guint        place)
{
  return chart->layout->plot[panel].x + (place + 0.5) * chart->slot;
}

static double
get_y (const Chart *chart,
       guint        panel,
       double       value)
{
  const QdRect *plot = &chart->layout->plot[panel];

  return qd_axis_map (&chart->axis[panel], value, plot->y + plot->height, plot->y);
}

static gboolean
has_columns (const Chart *chart,
             guint        panel)
{
  for (guint i = 0; i < chart->spec->series->len; i++)
    if (qd_spec_series (chart->spec, i)->panel == panel && qd_spec_series (chart->spec, i)->mark != QD_SERIES_LINE)
      return TRUE;
  return FALSE;
}

static guint
count_marks (const Chart *chart,
             guint        panel,
             QdSeriesMark mark)
{
  guint n = 0;

  for (guint i = 0; i < chart->spec->series->len; i++)
    n += qd_spec_series (chart->spec, i)->panel == panel && qd_spec_series (chart->spec, i)->mark == mark;
  return n;
}

/* The range of a panel, with columns stacked. */
static gboolean
find_range (const Chart *chart,
            guint        panel,
            double      *low,
            double      *high)
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
make_axis (Chart *chart,
           guint  panel,
           double height)
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

/* The text at the end of a series: its name and its last value. */
static void
add_end_label (Chart *chart,
               guint  index,
               double width)
{
  const QdSeries *series = qd_spec_series (chart->spec, index);
  QdChartLayout *layout = chart->layout;
  int last = -1;
  g_autofree char *value = NULL, *text = NULL;
  EndLabel label = { .series = (int) index, .tone = series->tone };

  for (guint p = 0; p < chart->n; p++)
    if (isfinite (series->values[p]))
      last = (int) p;
  if (series->hidden)
    {
      label.swatch = TRUE;
      label.hidden = TRUE;
      label.run = qd_lay_shape (layout, layout->theme.label_size, FALSE, *series->label ? series->label : "–",
                                width < 0 ? -1 : width - 11 * layout->scale, 1);
      g_array_append_val (chart->ends[series->panel], label);
      return;
    }
  if (last < 0)
    return;
  value = qd_chart_spec_dup_value_text (chart->spec, index, last);
  text = *series->label ? g_strdup_printf ("%s %s", series->label, value) : g_strdup (value);
  label.swatch = series->mark != QD_SERIES_LINE;
  width = width < 0 ? INFINITY : width - (label.swatch ? 11 * layout->scale : 0);
  if (qd_lay_measure (layout, layout->theme.label_size, TRUE, text) > width)
    {
      glong keep = g_utf8_strlen (series->label, -1);

      /* On a narrow canvas the name is enough; a name that is too long gives way to its value. */
      if (qd_lay_measure (layout, layout->theme.label_size, TRUE, series->label) <= width || width < 60 * layout->scale)
        {
          g_free (text);
          text = g_strdup (series->label);
          keep = 0;
        }
      while (keep > 1 && qd_lay_measure (layout, layout->theme.label_size, TRUE, text) > width)
        {
          g_autofree char *name = g_utf8_substring (series->label, 0, --keep);

          g_free (text);
          text = g_strdup_printf ("%s… %s", g_strchomp (name), value);
        }
    }
  label.run = qd_lay_shape (layout, layout->theme.label_size, TRUE, text, isfinite (width) ? width : -1, 1);
  label.from_x = last;
  label.from_y = series->values[last];
  g_array_append_val (chart->ends[series->panel], label);
}

static double
add_up (const QdSeries *series,
        guint           n)
{
  double sum = 0;

  for (guint p = 0; p < n; p++)
    if (isfinite (series->values[p]))
      sum += series->values[p];
  return sum;
}

static gboolean
wants_end_label (const Chart    *chart,
                 const QdSeries *series)
{
  gboolean seen = series->mark != QD_SERIES_COLUMN;

  if (series->hidden)
    return TRUE;
  /* A kind of column that never occurs needs no name. */
  for (guint p = 0; p < chart->n && !seen; p++)
    seen = isfinite (series->values[p]) && series->values[p] != 0;
  if (!seen)
    return FALSE;
  /* A lone kind of column says its values over the columns. */
  return series->mark == QD_SERIES_LINE || count_marks (chart, series->panel, QD_SERIES_COLUMN) > 1 ||
         series->mark == QD_SERIES_MARKER;
}

static double
measure_end_labels (Chart *chart)
{
  double widest = 0;

  for (guint i = 0; i < chart->spec->series->len; i++)
    if (wants_end_label (chart, qd_spec_series (chart->spec, i)))
      add_end_label (chart, i, -1);
  for (int p = 0; p < QD_N_PANELS; p++)
    {
      for (guint i = 0; i < chart->ends[p]->len; i++)
        {
          const EndLabel *label = &g_array_index (chart->ends[p], EndLabel, i);
          widest = MAX (widest, qd_text_run_get_width (label->run) + (label->swatch ? 11 * chart->layout->scale : 0));
        }
      g_array_set_size (chart->ends[p], 0);
    }
  return widest;
}

static double
measure_ticks (const Chart *chart,
               guint        panel)
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
add_ticks (const Chart *chart,
           guint        panel,
           gboolean     labels)
{
  QdChartLayout *layout = chart->layout;
  const QdChartTheme *theme = &layout->theme;
  const QdRect *plot = &layout->plot[panel];
  double reference = chart->spec->panels[panel].reference;

  for (int i = 0; i < chart->axis[panel].n_ticks; i++)
    {
      double value = qd_axis_get_tick (&chart->axis[panel], i), y = get_y (chart, panel, value);
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
      double y = get_y (chart, panel, reference);
      QdMark *mark = qd_lay_line (layout, QD_ROLE_REFERENCE, plot->x, y, plot->x + plot->width, y, theme->axis,
                                  theme->thin_width * 1.6);

      mark->dash[0] = 4 * layout->scale;
      mark->dash[1] = 3 * layout->scale;
    }
}

/* Whether a line of the panel runs through a box. */
static gboolean
crosses_line (const Chart *chart,
              guint        panel,
              QdRect       box)
{
  double pad = 1.5 * chart->layout->scale, reference = chart->spec->panels[panel].reference;

  if (isfinite (reference))
    {
      double y = get_y (chart, panel, reference);

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
          double x1 = get_x (chart, panel, p), y1, x2, y2, from, to;

          if (!isfinite (series->values[p]) || x1 > box.x + box.width + chart->slot)
            continue;
          y1 = get_y (chart, panel, series->values[p]);
          if (p + 1 < chart->n && isfinite (series->values[p + 1]))
            x2 = x1 + chart->slot, y2 = get_y (chart, panel, series->values[p + 1]);
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

static gboolean
try_label (const Chart *chart,
           guint        panel,
           int          series,
           int          place,
           QdTextRun   *run,
           double       x,
           double       middle,
           QdAlign      align,
           QdColor      color,
           QdMarkRole   role)
{
  QdChartLayout *layout = chart->layout;
  const QdRect *plot = &layout->plot[panel];
  QdRect box;
  QdMark *mark;
  double width = qd_text_run_get_width (run);

  if (align == QD_ALIGN_MIDDLE)
    x = CLAMP (x, plot->x + width / 2, MAX (plot->x + width / 2, plot->x + plot->width - width / 2));
  box = qd_lay_get_text_box (run, x, middle, align);
  if (box.x + box.width > plot->x + plot->width + 1 || box.y < plot->y - box.height || box.y + box.height > plot->y + plot->height)
    return FALSE;
  if (!qd_lay_is_free (layout, box) || crosses_line (chart, panel, box))
    return FALSE;
  qd_lay_take (layout, box);
  mark = qd_lay_text (layout, role, series, place, run, x, middle, align, color);
  mark->halo = TRUE;
  return TRUE;
}

/* Labels for the first, greatest and least value of a line: above or below, where there is room. */
static void
add_value_labels (const Chart *chart,
                  guint        index)
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
      x = get_x (chart, series->panel, p);
      y = get_y (chart, series->panel, series->values[p]);
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
add_band (const Chart *chart,
          guint        index)
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
          double x = get_x (chart, series->panel, from), half = 3 * chart->layout->scale;
          QdPoint corners[4] = { { x - half, get_y (chart, series->panel, series->high[from]) },
                                 { x + half, get_y (chart, series->panel, series->high[from]) },
                                 { x + half, get_y (chart, series->panel, series->low[from]) },
                                 { x - half, get_y (chart, series->panel, series->low[from]) } };

          qd_lay_path (chart->layout, QD_MARK_AREA, QD_ROLE_BAND, (int) index, corners, 4, color, 0);
          continue;
        }
      for (guint i = from; i < to; i++)
        points[n++] = (QdPoint){ get_x (chart, series->panel, i), get_y (chart, series->panel, series->high[i]) };
      for (guint i = to; i > from; i--)
        points[n++] = (QdPoint){ get_x (chart, series->panel, i - 1), get_y (chart, series->panel, series->low[i - 1]) };
      qd_lay_path (chart->layout, QD_MARK_AREA, QD_ROLE_BAND, (int) index, points, n, color, 0);
    }
}

static void
flush_path (const Chart *chart,
            guint        index,
            QdPoint     *points,
            guint        n,
            gboolean     solid,
            guint        order)
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
add_line (const Chart *chart,
          guint        index,
          guint        order)
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
      point = (QdPoint){ get_x (chart, series->panel, p), get_y (chart, series->panel, series->values[p]) };
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
      QdMark *dot = qd_lay_dot (layout, QD_ROLE_DOT, (int) index, last, get_x (chart, series->panel, last),
                                get_y (chart, series->panel, series->values[last]), theme->line_width * 1.35,
                                qd_chart_theme_get_tone (theme, series->tone));
      dot->stroke = theme->background;
      dot->stroke_width = 1 * layout->scale;
    }
}

static void
add_columns (const Chart *chart,
             guint        panel)
{
  QdChartLayout *layout = chart->layout;
  const QdRect *plot = &layout->plot[panel];
  double width = MIN (chart->slot * (chart->slot > 6 ? 0.72 : 0.84), 64 * layout->scale);
  double gap = width > 6 * layout->scale ? 0.75 * layout->scale : 0;

  for (guint p = 0; p < chart->n; p++)
    {
      double up = 0, down = 0, x = get_x (chart, panel, p) - width / 2;

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
          y1 = get_y (chart, panel, from);
          y2 = get_y (chart, panel, from + value);
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
          double x = get_x (chart, panel, p), y, half = MIN (chart->slot * 0.44, width * 0.62);
          double thick = MIN (2.2 * layout->scale, MAX (width * 0.5, 1));

          if (!isfinite (series->values[p]))
            continue;
          y = get_y (chart, panel, series->values[p]);
          qd_lay_rect (layout, QD_ROLE_MARKER, (int) i, (int) p,
                       (QdRect){ x - half - 0.8, y - thick / 2 - 0.8, 2 * half + 1.6, thick + 1.6 }, layout->theme.background);
          qd_lay_rect (layout, QD_ROLE_MARKER, (int) i, (int) p, (QdRect){ x - half, y - thick / 2, 2 * half, thick },
                       qd_chart_theme_get_tone (&layout->theme, series->tone));
          qd_lay_target (layout, (int) i, (int) p, x, y, (QdRect){ x - half, y - thick / 2, 2 * half, thick });
        }
    }
  {
    double zero = get_y (chart, panel, 0);
    qd_lay_line (layout, QD_ROLE_AXIS, plot->x, zero, plot->x + plot->width, zero, layout->theme.axis,
                 layout->theme.thin_width * 1.4);
  }
}

/* Values over columns of one kind: all when they fit, else first, last, greatest and least. */
static void
add_column_labels (const Chart *chart,
                   guint        panel)
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
          text = money ? qd_format_money_scaled (chart->spec->format, series->values[p], scale, FALSE)
                       : qd_chart_spec_dup_value_text (chart->spec, i, p);
          widest = MAX (widest, qd_lay_measure (layout, theme->small_size, FALSE, text));
        }
      all = widest + 3 * layout->scale <= chart->slot;
      {
        int wanted[4] = { last, first, most, least };
        g_array_append_vals (order, wanted, all ? 0 : 4);
        for (guint p = 0; all && p < chart->n; p++)
          g_array_append_vals (order, &(int){ (int) p }, 1);
      }
      for (guint k = 0; k < order->len; k++)
        {
          int p = g_array_index (order, int, k);
          g_autofree char *text = NULL;
          g_autoptr (QdTextRun) run = NULL;
          double y;

          if (p < 0 || !isfinite (series->values[p]))
            continue;
          text = money ? qd_format_money_scaled (chart->spec->format, series->values[p], scale, FALSE)
                       : qd_chart_spec_dup_value_text (chart->spec, i, p);
          run = qd_lay_shape (layout, theme->small_size, p == last, text, -1, 1);
          y = get_y (chart, panel, series->values[p]);
          /* Above its neighbours too, as far as it reaches over them. */
          for (int other = 0; other < (int) chart->n; other++)
            if (isfinite (series->values[other]) && (series->values[other] < 0) == (series->values[p] < 0) &&
                fabs (get_x (chart, panel, other) - get_x (chart, panel, p)) <
                    (qd_text_run_get_width (run) + chart->slot * 0.72) / 2)
              {
                double top = get_y (chart, panel, series->values[other]);
                y = series->values[p] < 0 ? MAX (y, top) : MIN (y, top);
              }
          try_label (chart, panel, (int) i, p, run, get_x (chart, panel, p), series->values[p] < 0 ? y + half : y - half,
                     QD_ALIGN_MIDDLE, theme->ink, QD_ROLE_VALUE_LABEL);
        }
    }
}

static int
compare_ends (gconstpointer a,
              gconstpointer b)
{
  double x = ((const EndLabel *) a)->wanted, y = ((const EndLabel *) b)->wanted;

  return x < y ? -1 : x > y ? 1 : ((const EndLabel *) a)->series - ((const EndLabel *) b)->series;
}

static void
place_end_labels (Chart *chart,
                  guint  panel,
                  double x,
                  double width)
{
  QdChartLayout *layout = chart->layout;
  const QdChartTheme *theme = &layout->theme;
  const QdRect *plot = &layout->plot[panel];
  GArray *ends = chart->ends[panel];
  double height = qd_lay_get_line_height (layout, theme->label_size), s = layout->scale;
  g_autofree double *centres = NULL;

  for (guint i = 0; i < chart->spec->series->len; i++)
    if (qd_spec_series (chart->spec, i)->panel == panel && wants_end_label (chart, qd_spec_series (chart->spec, i)))
      add_end_label (chart, i, width);
  for (guint i = 0; i < ends->len; i++)
    {
      EndLabel *label = &g_array_index (ends, EndLabel, i);
      const QdSeries *series = qd_spec_series (chart->spec, label->series);
      guint place = (guint) label->from_x;
      double middle = label->from_y;

      if (label->hidden)
        {
          label->from_x = plot->x + plot->width;
          label->from_y = label->wanted = plot->y + plot->height;
          continue;
        }
      if (series->mark == QD_SERIES_COLUMN)
        {
          /* The middle of its part of the last stack; nothing lies on the side where the others of its kind lie. */
          double from = 0;
          gboolean up = middle != 0 ? middle > 0 : add_up (series, chart->n) >= 0;

          for (int k = 0; k < label->series; k++)
            {
              const QdSeries *other = qd_spec_series (chart->spec, k);
              if (other->panel == panel && other->mark == QD_SERIES_COLUMN && isfinite (other->values[place]) &&
                  other->values[place] != 0 && (other->values[place] > 0) == up)
                from += other->values[place];
            }
          middle = from + middle / 2;
        }
      label->from_x = get_x (chart, panel, place);
      label->from_y = get_y (chart, panel, middle);
      label->wanted = label->from_y;
    }
  g_array_sort (ends, compare_ends);
  centres = g_new (double, MAX (ends->len, 1));
  for (guint i = 0; i < ends->len; i++)
    centres[i] = g_array_index (ends, EndLabel, i).wanted;
  qd_axis_spread (centres, ends->len, height, plot->y - height * 0.6, plot->y + plot->height + height * 0.6);
  for (guint i = 0; i < ends->len; i++)
    {
      EndLabel *label = &g_array_index (ends, EndLabel, i);
      double left = x;
      /* On a canvas that is too low for all, those that would overlap are left out. */
      gboolean crowded = i > 0 && centres[i] - centres[i - 1] < height * 0.9 && centres[i] - centres[0] > 1e-9 &&
                         ends->len * height > plot->height + height * 1.2;

      if (crowded && i % 2 == 1)
        continue;
      if (!label->swatch && fabs (centres[i] - label->from_y) > height * 0.45)
        qd_lay_line (layout, QD_ROLE_LEADER, label->from_x + 5 * s, label->from_y, x - 2 * s, centres[i], theme->axis,
                     theme->thin_width)
            ->series = label->series;
      if (label->swatch)
        {
          QdMark *swatch = qd_lay_rect (layout, QD_ROLE_SWATCH, label->series, -1,
                                        (QdRect){ left, centres[i] - 3.5 * s, 7 * s, 7 * s },
                                        qd_chart_theme_get_tone (theme, label->tone));
          if (label->hidden)
            {
              swatch->pattern = QD_PATTERN_OUTLINE;
              swatch->fill = QD_COLOR_NONE;
              swatch->stroke = theme->ink_soft;
              swatch->stroke_width = theme->thin_width * 1.4;
            }
          else if (qd_spec_series (chart->spec, label->series)->mark == QD_SERIES_MARKER)
            swatch->box = (QdRect){ left, centres[i] - 1.1 * s, 7 * s, 2.2 * s };
          left += 11 * s;
        }
      qd_lay_text (layout, QD_ROLE_END_LABEL, label->series, -1, label->run, left, centres[i], QD_ALIGN_START,
                   label->hidden ? theme->ink_soft : qd_chart_theme_get_text_tone (theme, label->tone));
      if (label->hidden)
        qd_lay_line (layout, QD_ROLE_RULE, left, centres[i], left + qd_text_run_get_width (label->run), centres[i],
                     theme->ink_soft, theme->thin_width * 1.6)
            ->series = label->series;
    }
}

static void
add_month_labels (const Chart *chart,
                  QdRect       plot,
                  double       top,
                  gboolean     two_rows)
{
  QdChartLayout *layout = chart->layout;
  const QdChartTheme *theme = &layout->theme;
  const QdChartSpec *spec = chart->spec;
  double line = qd_lay_get_line_height (layout, theme->label_size), s = layout->scale, end = -INFINITY, year_end = -INFINITY;
  double month_width = 0, year_width = qd_lay_measure (layout, theme->label_size, FALSE, "2026") + 8 * s;
  QdTimeAxis axis;
  int shown_year = G_MININT;

  for (int m = 0; m < 12; m++)
    {
      g_autofree char *name = qd_format_month_name (spec->format, m);
      month_width = MAX (month_width, qd_lay_measure (layout, theme->label_size, FALSE, name) + 5 * s);
    }
  axis = qd_time_axis_new (spec->first_month, (int) chart->n * spec->step, plot.width, month_width, year_width);
  for (guint p = 0; p < chart->n; p++)
    {
      QdMonth month = spec->first_month + (QdMonth) p * spec->step;
      gboolean years = axis.months >= 12 && spec->step < 12;
      gboolean labelled;
      double x = get_x (chart, chart->used[0] ? 0 : 1, p);
      g_autofree char *text = NULL;
      g_autoptr (QdTextRun) run = NULL;
      QdRect box;

      if (spec->step >= 12)
        labelled = ((gint64) p * spec->step) % MAX (axis.months, spec->step) == 0;
      else if (spec->step > 1)
        labelled = axis.months <= spec->step || p % ((guint) axis.months / spec->step) == 0;
      else
        labelled = ((month % axis.months) + axis.months) % axis.months == 0;
      if (!labelled && !(axis.n_ticks == 0 && p == 0) && !(p == 0 && chart->n * spec->step <= 12 && axis.months < 12))
        continue;
      text = spec->step >= 12 || (years && qd_month_get_number (month) == 1) ? qd_format_year (spec->format, month)
             : years ? qd_format_month (spec->format, month)
                     : qd_format_month_name (spec->format, month);
      run = qd_lay_shape (layout, theme->label_size, FALSE, text, -1, 1);
      box = qd_lay_get_text_box (run, x, top + line / 2, QD_ALIGN_MIDDLE);
      box.x = CLAMP (box.x, 0, MAX (0, layout->width - box.width));
      if (box.x < end + 3 * s)
        continue;
      qd_lay_text (layout, QD_ROLE_PLACE_LABEL, -1, (int) p, run, box.x, top + line / 2, QD_ALIGN_START, theme->ink_soft);
      end = box.x + box.width;
      if (two_rows && !years && spec->step < 12 && qd_month_get_year (month) != shown_year)
        {
          g_autofree char *year = qd_format_year (spec->format, month);
          g_autoptr (QdTextRun) year_run = qd_lay_shape (layout, theme->label_size, FALSE, year, -1, 1);
          QdRect year_box = qd_lay_get_text_box (year_run, x, top + line * 1.5, QD_ALIGN_MIDDLE);

          year_box.x = CLAMP (year_box.x, 0, MAX (0, layout->width - year_box.width));
          if (year_box.x >= year_end + 4 * s)
            {
              qd_lay_text (layout, QD_ROLE_PLACE_LABEL, -1, (int) p, year_run, year_box.x, top + line * 1.5,
                           QD_ALIGN_START, theme->ink_soft);
              year_end = year_box.x + year_box.width;
              shown_year = qd_month_get_year (month);
            }
        }
    }
}

static void
add_named_labels (const Chart *chart,
                  QdRect       plot,
                  double       top)
{
  QdChartLayout *layout = chart->layout;
  const QdChartTheme *theme = &layout->theme;
  double widest = 0, line = qd_lay_get_line_height (layout, theme->label_size);
  guint stride;

  for (guint p = 0; p < chart->n; p++)
    widest = MAX (widest, qd_lay_measure (layout, theme->label_size, FALSE, chart->spec->place_labels[p]));
  stride = (guint) MAX (1, ceil ((MIN (widest, plot.width / 2) + 6 * layout->scale) / chart->slot));
  /* Counted from the last place, which is the one that people look at. */
  for (guint p = (chart->n - 1) % stride; p < chart->n; p += stride)
    {
      g_autoptr (QdTextRun) run = qd_lay_shape (layout, theme->label_size, FALSE, chart->spec->place_labels[p],
                                                stride * chart->slot - 3 * layout->scale, 1);
      double width = qd_text_run_get_width (run);
      double x = CLAMP (get_x (chart, chart->used[0] ? 0 : 1, p) - width / 2, 0, MAX (0, layout->width - width));

      qd_lay_text (layout, QD_ROLE_PLACE_LABEL, -1, (int) p, run, x, top + line / 2, QD_ALIGN_START, theme->ink_soft);
    }
}

static void
add_line_targets (const Chart *chart)
{
  for (guint i = 0; i < chart->spec->series->len; i++)
    {
      const QdSeries *series = qd_spec_series (chart->spec, i);

      if (series->mark != QD_SERIES_LINE || !chart->used[series->panel])
        continue;
      for (guint p = 0; p < chart->n; p++)
        if (isfinite (series->values[p]))
          {
            double x = get_x (chart, series->panel, p), y = get_y (chart, series->panel, series->values[p]);
            qd_lay_target (chart->layout, (int) i, (int) p, x, y, (QdRect){ x, y, 0, 0 });
          }
    }
}

void
qd_lay_time (QdChartLayout *self,
             QdRect         body)
{
  Chart chart = { .layout = self, .spec = self->spec, .n = self->spec->n_places };
  const QdChartTheme *theme = &self->theme;
  double s = self->scale, line = qd_lay_get_line_height (self, theme->label_size);
  double months, left = 0, right, gap = 0, lower = 0, top_pad, title[QD_N_PANELS] = { 0 };
  gboolean ticks = body.width > 170 * s && body.height > 60 * s, names = body.height > line * 3.2, two_rows;

  for (int p = 0; p < QD_N_PANELS; p++)
    {
      chart.ends[p] = g_array_new (FALSE, FALSE, sizeof (EndLabel));
      g_array_set_clear_func (chart.ends[p], clear_end);
      make_axis (&chart, p, body.height);
    }
  /* The lower panel goes first when there is no room for two. */
  if (chart.used[0] && chart.used[1] && body.height < line * 14)
    chart.used[1] = FALSE;
  two_rows = names && self->spec->step < 12 && !self->spec->place_labels && body.height > line * 5;
  months = !names ? 0 : (two_rows ? 2 : 1) * line + 4 * s;
  top_pad = body.height > line * 5 ? line * 0.9 : line * 0.5;
  for (int p = 0; p < QD_N_PANELS; p++)
    if (self->spec->panels[p].title && chart.used[p] && body.height > line * 8)
      title[p] = line + 3 * s;
  if (chart.used[0] && chart.used[1])
    {
      gap = 10 * s;
      lower = (body.height - months - top_pad - gap - title[0] - title[1]) * 0.3;
    }
  else if (chart.used[1])
    lower = body.height - months - top_pad - title[1];
  for (int p = 0; p < QD_N_PANELS; p++)
    make_axis (&chart, p, p == 1 ? lower : body.height - months - lower - gap - title[0] - title[1]);
  if (lower == 0)
    chart.used[1] = FALSE;

  if (ticks)
    for (int p = 0; p < QD_N_PANELS; p++)
      if (chart.used[p])
        left = MAX (left, measure_ticks (&chart, p) + 6 * s);
  right = MIN (measure_end_labels (&chart) + (chart.n > 0 ? 9 * s : 0), body.width * 0.34);
  if (right < 10 * s)
    right = 0;

  for (int p = 0; p < QD_N_PANELS; p++)
    {
      double height = p == 0 ? body.height - months - top_pad - gap - lower - title[0] - (lower > 0 ? title[1] : 0) : lower;
      double y = p == 0 ? body.y + top_pad + title[0] : body.y + body.height - months - lower;

      if (chart.used[p])
        self->plot[p] = (QdRect){ body.x + left, y, MAX (body.width - left - right, 4), MAX (height, 4) };
      if (chart.used[p] && title[p] > 0)
        {
          g_autoptr (QdTextRun) run = qd_lay_shape (self, theme->small_size, TRUE, self->spec->panels[p].title,
                                                    self->plot[p].width, 1);
          qd_lay_text_top (self, QD_ROLE_PANEL_TITLE, run, body.x, y - (p == 0 ? top_pad : 0) - title[p], theme->ink_soft);
        }
    }
  chart.slot = (chart.used[0] ? self->plot[0].width : self->plot[1].width) / MAX (chart.n, 1);
  self->by_column = TRUE;

  for (int p = 0; p < QD_N_PANELS; p++)
    {
      if (!chart.used[p])
        continue;
      add_ticks (&chart, p, ticks);
      for (guint i = 0; i < self->spec->series->len; i++)
        if (qd_spec_series (self->spec, i)->panel == (guint) p && qd_spec_series (self->spec, i)->low)
          add_band (&chart, i);
      if (has_columns (&chart, p))
        {
          add_columns (&chart, p);
          if (count_marks (&chart, p, QD_SERIES_COLUMN) == 1)
            add_column_labels (&chart, p);
        }
    }
  /* The first series is the most important: drawn last, labelled first. */
  for (guint i = self->spec->series->len; i > 0; i--)
    {
      const QdSeries *series = qd_spec_series (self->spec, i - 1);

      if (chart.used[series->panel] && series->mark == QD_SERIES_LINE)
        add_line (&chart, i - 1, i - 1);
    }
  for (int p = 0; p < QD_N_PANELS; p++)
    {
      const char *name = self->spec->panels[p].reference_label;

      if (!chart.used[p] || !name || !isfinite (self->spec->panels[p].reference))
        continue;
      {
        g_autoptr (QdTextRun) run = qd_lay_shape (self, theme->small_size, FALSE, name, self->plot[p].width * 0.6, 1);
        double half = qd_text_run_get_height (run) / 2 + 1 * s, y = get_y (&chart, p, self->spec->panels[p].reference);

        for (int side = 0; side < 2; side++)
          if (try_label (&chart, p, -1, -1, run, self->plot[p].x + 4 * s, side ? y + half : y - half, QD_ALIGN_START,
                         theme->ink_soft, QD_ROLE_REFERENCE_LABEL))
            break;
      }
    }
  if (body.width > 260 * s && body.height > 110 * s)
    for (guint i = 0; i < self->spec->series->len && i < 3; i++)
      if (chart.used[qd_spec_series (self->spec, i)->panel] && qd_spec_series (self->spec, i)->mark == QD_SERIES_LINE)
        add_value_labels (&chart, i);
  add_line_targets (&chart);
  for (int p = 0; p < QD_N_PANELS; p++)
    {
      if (chart.used[p] && right > 0)
        place_end_labels (&chart, p, self->plot[p].x + self->plot[p].width + 8 * s, right - 8 * s);
      g_array_unref (chart.ends[p]);
    }
  if (months > 0)
    {
      QdRect plot = chart.used[1] ? self->plot[1] : self->plot[0];

      if (self->spec->place_labels)
        add_named_labels (&chart, plot, plot.y + plot.height + 4 * s);
      else
        add_month_labels (&chart, plot, plot.y + plot.height + 4 * s, two_rows);
    }
}
