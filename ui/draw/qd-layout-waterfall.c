/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The bridge from one total to the next. Bars stand side by side; where their
 * names would not fit they lie below each other.
 */
#include "config.h"

#include "qd-chart-layout-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

typedef struct
{
  QdChartLayout *layout;
  const QdChartSpec *spec;
  guint n;
  gboolean cut;
  QdAxis axis;
  QdScale scale;
  double at_low, at_high; /* where the ends of the axis lie, along the value direction */
} Bridge;

static char *
format_step (const Bridge *bridge,
             const QdStep *step)
{
  return qd_format_money_scaled (bridge->spec->format, step->value, bridge->scale, step->kind != QD_STEP_TOTAL);
}

static QdColor
get_color (const QdChartLayout *layout,
           QdStepKind           kind)
{
  switch (kind)
    {
    case QD_STEP_GAIN:
      return layout->theme.tones[QD_TONE_GOOD];
    case QD_STEP_LOSS:
      return layout->theme.tones[QD_TONE_BAD];
    case QD_STEP_OTHER:
      return layout->theme.axis;
    case QD_STEP_TOTAL:
    default:
      return layout->theme.tones[QD_TONE_NEUTRAL];
    }
}

/* Nothing is neither good nor bad. */
static QdColor
get_text_color (const QdChartLayout *layout,
                const QdStep        *step)
{
  if (step->kind == QD_STEP_GAIN && step->value != 0)
    return qd_chart_theme_get_text_tone (&layout->theme, QD_TONE_GOOD);
  if (step->kind == QD_STEP_LOSS && step->value != 0)
    return qd_chart_theme_get_text_tone (&layout->theme, QD_TONE_BAD);
  return step->value == 0 ? layout->theme.ink_soft : layout->theme.ink;
}

static void
find_scale (Bridge *bridge)
{
  g_autofree double *values = g_new (double, bridge->n);
  double low = INFINITY, high = -INFINITY, least_total = INFINITY;

  for (guint i = 0; i < bridge->n; i++)
    {
      double from, to;

      qd_spec_get_step_range (bridge->spec, i, &from, &to);
      values[i] = qd_spec_step (bridge->spec, i)->value;
      if (qd_spec_step (bridge->spec, i)->kind == QD_STEP_TOTAL)
        least_total = MIN (least_total, to), high = MAX (high, to), low = MIN (low, to);
      else
        low = MIN (low, MIN (from, to)), high = MAX (high, MAX (from, to));
    }
  bridge->scale = qd_format_choose_scale (bridge->spec->format, values, bridge->n);
  bridge->cut = qd_spec_is_cut (bridge->spec);
  if (bridge->cut)
    {
      /* A third of the height stays for the stumps of the totals. */
      low -= (high - low) * 0.5;
      bridge->axis = (QdAxis){ .low = low, .high = high, .multiple = 1 };
    }
  else
    {
      low = MIN (low, 0), high = MAX (high, 0);
      if (high <= low)
        high = low + 1;
      bridge->axis = (QdAxis){ .low = low, .high = high, .multiple = 1 };
    }
}

/* The longest word decides whether names can stand below the bars. */
static double
measure_words (QdChartLayout *layout,
               const char    *label,
               double         size)
{
  g_auto (GStrv) words = g_strsplit (label, " ", -1);
  double widest = 0;

  for (guint i = 0; words[i]; i++)
    widest = MAX (widest, qd_lay_measure (layout, size, FALSE, words[i]));
  return widest;
}

/* A white zigzag across a bar whose lower part is not drawn. */
static void
add_break (QdChartLayout *layout,
           QdRect         bar,
           gboolean       upright)
{
  double s = layout->scale, step = 5 * s, gap = 4 * s;
  QdPoint points[64];
  guint n = 0;

  for (int side = 0; side < 2; side++)
    for (int i = 0; i <= 14; i++)
      {
        int k = side == 0 ? i : 14 - i;
        double along = upright ? bar.x - 2 * s + (bar.width + 4 * s) * k / 14
                               : bar.y - 1 * s + (bar.height + 2 * s) * k / 14;
        double base = upright ? bar.y + bar.height - MIN (bar.height * 0.45, 16 * s)
                              : bar.x + MIN (bar.width * 0.45, 12 * s);
        double across = base + (k % 2 ? step / 2 : -step / 2) * 0.8 + (side == 0 ? -gap / 2 : gap / 2);

        points[n++] = upright ? (QdPoint){ along, across } : (QdPoint){ across, along };
      }
  qd_lay_path (layout, QD_MARK_AREA, QD_ROLE_BREAK, 0, points, n, layout->theme.background, 0);
}

static void
add_bar (const Bridge *bridge,
         guint         i,
         QdRect        box,
         gboolean      upright)
{
  const QdStep *step = qd_spec_step (bridge->spec, i);
  double s = bridge->layout->scale;
  QdMark *mark = qd_lay_rect (bridge->layout, QD_ROLE_BAR, 0, (int) i, box, get_color (bridge->layout, step->kind));

  if ((upright ? box.height : box.width) < 0.75 * s)
    {
      /* Nothing happened here, or too little to see: a thin stroke at the level, so that the line goes on. */
      mark->box = upright ? (QdRect){ box.x, box.y + (box.height - s) / 2, box.width, s }
                          : (QdRect){ box.x + (box.width - s) / 2, box.y, s, box.height };
      if ((upright ? box.height : box.width) == 0)
        mark->fill = bridge->layout->theme.axis;
    }
  else
    qd_lay_apply_scenario (bridge->layout, mark, step->scenario);
  if (bridge->cut && step->kind == QD_STEP_TOTAL)
    add_break (bridge->layout, box, upright);
}

static double
place_brackets (const Bridge *bridge,
                QdRect        plot,
                double        slot,
                double        top)
{
  QdChartLayout *layout = bridge->layout;
  const QdChartTheme *theme = &layout->theme;
  double row = qd_lay_get_line_height (layout, theme->label_size) + 9 * layout->scale;
  guint n = bridge->spec->brackets->len;
  double y = top + row * n;

  for (guint i = 0; i < n; i++)
    {
      const QdBracket *bracket = qd_spec_bracket (bridge->spec, i);
      double left = plot.x + (bracket->first + 0.5) * slot, right = plot.x + (bracket->last + 0.5) * slot;
      double line = y - row * i - 5 * layout->scale, tick = 4 * layout->scale;
      g_autoptr (QdTextRun) run = qd_lay_shape (layout, theme->label_size, TRUE, bracket->label, plot.width, 1);
      QdPoint points[4] = { { left, line + tick }, { left, line }, { right, line }, { right, line + tick } };
      double x = CLAMP ((left + right) / 2, plot.x + qd_text_run_get_width (run) / 2,
                        plot.x + plot.width - qd_text_run_get_width (run) / 2);

      qd_lay_path (layout, QD_MARK_PATH, QD_ROLE_BRACKET, -1, points, 4, theme->axis, theme->thin_width * 1.6);
      qd_lay_text (layout, QD_ROLE_BRACKET_LABEL, -1, (int) i, run, x,
                   line - qd_text_run_get_height (run) / 2 - 1 * layout->scale, QD_ALIGN_MIDDLE, theme->ink);
    }
  return row * n + (n > 0 ? 4 * layout->scale : 0);
}

static void
lay_upright (Bridge *bridge,
             QdRect  body)
{
  QdChartLayout *layout = bridge->layout;
  const QdChartTheme *theme = &layout->theme;
  double s = layout->scale, slot = body.width / bridge->n, width = MIN (slot * 0.64, 96 * s);
  double line = qd_lay_get_line_height (layout, theme->label_size), names = 0, over = line + 3 * s, under = 0;
  g_autoptr (GPtrArray) runs = g_ptr_array_new_with_free_func ((GDestroyNotify) qd_text_run_unref);
  QdRect plot = body;

  for (guint i = 0; i < bridge->n; i++)
    {
      QdTextRun *run = qd_lay_shape (layout, theme->label_size, qd_spec_step (bridge->spec, i)->kind == QD_STEP_TOTAL,
                                     qd_spec_step (bridge->spec, i)->label, slot - 3 * s, 2);

      g_ptr_array_add (runs, run);
      names = MAX (names, qd_text_run_get_height (run));
    }
  if (body.height < names + over * 2 + 12 * s)
    names = over = 0;
  else
    {
      if (bridge->spec->brackets->len > 0 &&
          body.height > names + over * 2 + (line + 9 * s) * bridge->spec->brackets->len + 60 * s)
        plot.y += place_brackets (bridge, body, slot, body.y);
      plot.y += over;
      plot.height = body.y + body.height - names - 5 * s - plot.y;
    }
  if (bridge->axis.low < 0 && names > 0)
    under = over;
  plot.height -= under;
  layout->plot[0] = plot;
  bridge->at_low = plot.y + plot.height;
  bridge->at_high = plot.y;

  for (guint i = 0; i < bridge->n; i++)
    {
      const QdStep *step = qd_spec_step (bridge->spec, i);
      double from, to, y1, y2, x = plot.x + i * slot + (slot - width) / 2, label_y;
      g_autofree char *value = format_step (bridge, step);
      g_autoptr (QdTextRun) run = qd_lay_shape (layout, theme->label_size, TRUE, value, -1, 1);
      gboolean below;

      qd_spec_get_step_range (bridge->spec, i, &from, &to);
      if (bridge->cut && step->kind == QD_STEP_TOTAL)
        from = bridge->axis.low;
      y1 = qd_axis_map (&bridge->axis, from, bridge->at_low, bridge->at_high);
      y2 = qd_axis_map (&bridge->axis, to, bridge->at_low, bridge->at_high);
      if (i + 1 < bridge->n)
        qd_lay_line (layout, QD_ROLE_CONNECTOR, x + width, y2, x + slot, y2, theme->axis, theme->thin_width)->index = (int) i;
      add_bar (bridge, i, (QdRect){ x, MIN (y1, y2), width, fabs (y1 - y2) }, TRUE);
      qd_lay_target (layout, 0, (int) i, x + width / 2, y2, (QdRect){ plot.x + i * slot, body.y, slot, body.height });
      if (names == 0)
        continue;
      below = to < from && MAX (y1, y2) + over <= plot.y + plot.height + under;
      label_y = below ? MAX (y1, y2) + over / 2 : MIN (y1, y2) - over / 2;
      if (qd_text_run_get_width (run) <= slot + 6 * s)
        qd_lay_text (layout, QD_ROLE_VALUE_LABEL, 0, (int) i, run, x + width / 2, label_y, QD_ALIGN_MIDDLE,
                     get_text_color (layout, step));
      run = (qd_text_run_unref (run), qd_text_run_ref (g_ptr_array_index (runs, i)));
      qd_lay_text_top (layout, QD_ROLE_PLACE_LABEL, run, x + width / 2 - qd_text_run_get_width (run) / 2,
                       plot.y + plot.height + under + 5 * s, theme->ink)
          ->index = (int) i;
    }
  if (!bridge->cut)
    {
      double zero = qd_axis_map (&bridge->axis, 0, bridge->at_low, bridge->at_high);
      qd_lay_line (layout, QD_ROLE_AXIS, plot.x, zero, plot.x + plot.width, zero, theme->axis, theme->thin_width * 1.4);
    }
}

static void
lay_flat (Bridge *bridge,
          QdRect  body)
{
  QdChartLayout *layout = bridge->layout;
  const QdChartTheme *theme = &layout->theme;
  double s = layout->scale, size = theme->small_size, line = qd_lay_get_line_height (layout, size);
  double names = 0, values = 0, row, height;
  g_autoptr (GString) figures = g_string_new (NULL);
  QdRect plot = body;

  for (guint i = 0; i < bridge->spec->brackets->len; i++)
    g_string_append_printf (figures, "%s%s", i ? " · " : "", qd_spec_bracket (bridge->spec, i)->label);
  if (figures->len > 0 && body.height > (bridge->n + 1) * line + line)
    {
      g_autoptr (QdTextRun) run = qd_lay_shape (layout, size, TRUE, figures->str, body.width, 1);

      qd_lay_text_top (layout, QD_ROLE_BRACKET_LABEL, run, body.x, body.y + body.height - line, theme->ink);
      plot.height -= line + 3 * s;
    }
  row = plot.height / bridge->n;
  for (guint i = 0; i < bridge->n; i++)
    {
      g_autofree char *value = format_step (bridge, qd_spec_step (bridge->spec, i));

      names = MAX (names, qd_lay_measure (layout, size, qd_spec_step (bridge->spec, i)->kind == QD_STEP_TOTAL,
                                          qd_spec_step (bridge->spec, i)->label));
      {
        g_autoptr (QdTextRun) run = qd_lay_shape_number (layout, size, TRUE, value, -1);
        values = MAX (values, qd_text_run_get_width (run));
      }
    }
  names = MIN (names, body.width * 0.4);
  if (row < line * 0.86)
    names = values = 0;
  if (body.width - names - values - 10 * s < 24 * s)
    values = 0;
  plot.x += names > 0 ? names + 6 * s : 0;
  plot.width = MAX (4, body.x + body.width - plot.x - (values > 0 ? values + 6 * s : 0));
  height = MIN (row * 0.66, 26 * s);
  layout->plot[0] = plot;
  bridge->at_low = plot.x;
  bridge->at_high = plot.x + plot.width;

  for (guint i = 0; i < bridge->n; i++)
    {
      const QdStep *step = qd_spec_step (bridge->spec, i);
      double from, to, x1, x2, y = plot.y + i * row + (row - height) / 2;

      qd_spec_get_step_range (bridge->spec, i, &from, &to);
      if (bridge->cut && step->kind == QD_STEP_TOTAL)
        from = bridge->axis.low;
      x1 = qd_axis_map (&bridge->axis, from, bridge->at_low, bridge->at_high);
      x2 = qd_axis_map (&bridge->axis, to, bridge->at_low, bridge->at_high);
      if (i + 1 < bridge->n)
        qd_lay_line (layout, QD_ROLE_CONNECTOR, x2, y + height, x2, y + row, theme->axis, theme->thin_width)->index = (int) i;
      add_bar (bridge, i, (QdRect){ MIN (x1, x2), y, fabs (x1 - x2), height }, FALSE);
      qd_lay_target (layout, 0, (int) i, x2, y + height / 2, (QdRect){ body.x, plot.y + i * row, body.width, row });
      if (names > 0)
        {
          int lines = row >= 2 * line ? 2 : 1;
          g_autoptr (QdTextRun) run = qd_lay_shape_left (layout, size, step->kind == QD_STEP_TOTAL, step->label, names + 1, lines);
          qd_lay_text (layout, QD_ROLE_PLACE_LABEL, 0, (int) i, run, body.x, y + height / 2, QD_ALIGN_START, theme->ink);
        }
      if (values > 0)
        {
          g_autofree char *value = format_step (bridge, step);
          g_autoptr (QdTextRun) run = qd_lay_shape_number (layout, size, TRUE, value, -1);
          qd_lay_text (layout, QD_ROLE_VALUE_LABEL, 0, (int) i, run, body.x + body.width, y + height / 2, QD_ALIGN_END,
                       theme->ink);
        }
    }
  if (!bridge->cut)
    {
      double zero = qd_axis_map (&bridge->axis, 0, bridge->at_low, bridge->at_high);
      qd_lay_line (layout, QD_ROLE_AXIS, zero, plot.y, zero, plot.y + plot.height, theme->axis, theme->thin_width * 1.4);
    }
}

void
qd_lay_waterfall (QdChartLayout *self,
                  QdRect         body)
{
  Bridge bridge = { .layout = self, .spec = self->spec, .n = self->spec->steps->len };
  double slot = body.width / bridge.n;
  gboolean fits = TRUE;

  find_scale (&bridge);
  for (guint i = 0; i < bridge.n && fits; i++)
    {
      const QdStep *step = qd_spec_step (bridge.spec, i);
      g_autofree char *value = format_step (&bridge, step);

      fits = measure_words (self, step->label, self->theme.label_size) <= slot - 3 * self->scale &&
             qd_lay_measure (self, self->theme.label_size, TRUE, value) <= slot + 2 * self->scale;
    }
  if (bridge.cut)
    {
      /* Said in words too: a cut axis is never silent. */
      double size = self->theme.small_size, line = qd_lay_get_line_height (self, size);

      if (body.height > line * 8)
        {
          g_autoptr (QdTextRun) run = qd_lay_shape (self, size, FALSE,
                                                    _("The bars of the totals are cut: they do not begin at zero."),
                                                    body.width, 1);

          qd_lay_text_top (self, QD_ROLE_NOTE, run, body.x, body.y + body.height - line, self->theme.ink_soft);
          body.height -= line + 4 * self->scale;
        }
    }
  if (fits)
    lay_upright (&bridge, body);
  else
    lay_flat (&bridge, body);
}
