/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Beside the series of a chart over time: their names and last values.
 */
#include "config.h"

#include "qd-layout-time-private.h"

#include <math.h>

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

static void
clear_end (gpointer data)
{
  g_clear_pointer (&((EndLabel *) data)->run, qd_text_run_unref);
}

/* The text at the end of a series: its name and its last value. */
static void
add_end_label (const QdTimeChart *chart,
               GArray            *ends,
               guint              index,
               double             width)
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
      g_array_append_val (ends, label);
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
  g_array_append_val (ends, label);
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
wants_end_label (const QdTimeChart *chart,
                 const QdSeries    *series)
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
  return series->mark == QD_SERIES_LINE || qd_time_count_marks (chart, series->panel, QD_SERIES_COLUMN) > 1 ||
         series->mark == QD_SERIES_MARKER;
}

static GArray *
list_ends (void)
{
  GArray *ends = g_array_new (FALSE, FALSE, sizeof (EndLabel));

  g_array_set_clear_func (ends, clear_end);
  return ends;
}

double
qd_time_measure_ends (const QdTimeChart *chart)
{
  g_autoptr (GArray) ends = list_ends ();
  double widest = 0;

  for (guint i = 0; i < chart->spec->series->len; i++)
    if (wants_end_label (chart, qd_spec_series (chart->spec, i)))
      add_end_label (chart, ends, i, -1);
  for (guint i = 0; i < ends->len; i++)
    {
      const EndLabel *label = &g_array_index (ends, EndLabel, i);

      widest = MAX (widest, qd_text_run_get_width (label->run) + (label->swatch ? 11 * chart->layout->scale : 0));
    }
  return widest;
}

static int
compare_ends (gconstpointer a,
              gconstpointer b)
{
  double x = ((const EndLabel *) a)->wanted, y = ((const EndLabel *) b)->wanted;

  return x < y ? -1 : x > y ? 1 : ((const EndLabel *) a)->series - ((const EndLabel *) b)->series;
}

/* The middle of its part of the last stack; nothing lies on the side where the others of its kind lie. */
static double
find_middle (const QdTimeChart *chart,
             const EndLabel    *label)
{
  const QdSeries *series = qd_spec_series (chart->spec, label->series);
  guint place = (guint) label->from_x;
  double value = label->from_y, from = 0;
  gboolean up = value != 0 ? value > 0 : add_up (series, chart->n) >= 0;

  for (int k = 0; k < label->series; k++)
    {
      const QdSeries *other = qd_spec_series (chart->spec, k);

      if (other->panel == series->panel && other->mark == QD_SERIES_COLUMN && isfinite (other->values[place]) &&
          other->values[place] != 0 && (other->values[place] > 0) == up)
        from += other->values[place];
    }
  return from + value / 2;
}

/* From place and value of the last mark to where it lies. */
static void
find_end (const QdTimeChart *chart,
          guint              panel,
          EndLabel          *label)
{
  const QdRect *plot = &chart->layout->plot[panel];
  double middle = label->from_y;

  if (label->hidden)
    {
      label->from_x = plot->x + plot->width;
      label->from_y = label->wanted = plot->y + plot->height;
      return;
    }
  if (qd_spec_series (chart->spec, label->series)->mark == QD_SERIES_COLUMN)
    middle = find_middle (chart, label);
  label->from_x = qd_time_get_x (chart, panel, (guint) label->from_x);
  label->from_y = qd_time_get_y (chart, panel, middle);
  label->wanted = label->from_y;
}

static void
add_swatch (const QdTimeChart *chart,
            const EndLabel    *label,
            double             left,
            double             middle)
{
  QdChartLayout *layout = chart->layout;
  const QdChartTheme *theme = &layout->theme;
  double s = layout->scale;
  QdMark *swatch = qd_lay_rect (layout, QD_ROLE_SWATCH, label->series, -1, (QdRect){ left, middle - 3.5 * s, 7 * s, 7 * s },
                                qd_chart_theme_get_tone (theme, label->tone));

  if (label->hidden)
    {
      swatch->pattern = QD_PATTERN_OUTLINE;
      swatch->fill = QD_COLOR_NONE;
      swatch->stroke = theme->ink_soft;
      swatch->stroke_width = theme->thin_width * 1.4;
    }
  else if (qd_spec_series (chart->spec, label->series)->mark == QD_SERIES_MARKER)
    {
      swatch->box = (QdRect){ left, middle - 1.1 * s, 7 * s, 2.2 * s };
    }
}

static void
place_end (const QdTimeChart *chart,
           const EndLabel    *label,
           double             x,
           double             middle)
{
  QdChartLayout *layout = chart->layout;
  const QdChartTheme *theme = &layout->theme;
  double s = layout->scale, left = x + (label->swatch ? 11 * s : 0);

  if (label->swatch)
    add_swatch (chart, label, x, middle);
  else if (fabs (middle - label->from_y) > qd_lay_get_line_height (layout, theme->label_size) * 0.45)
    qd_lay_line (layout, QD_ROLE_LEADER, label->from_x + 5 * s, label->from_y, x - 2 * s, middle, theme->axis, theme->thin_width)
        ->series = label->series;
  qd_lay_text (layout, QD_ROLE_END_LABEL, label->series, -1, label->run, left, middle, QD_ALIGN_START,
               label->hidden ? theme->ink_soft : qd_chart_theme_get_text_tone (theme, label->tone));
  if (label->hidden)
    qd_lay_line (layout, QD_ROLE_RULE, left, middle, left + qd_text_run_get_width (label->run), middle, theme->ink_soft,
                 theme->thin_width * 1.6)
        ->series = label->series;
}

void
qd_time_place_ends (const QdTimeChart *chart,
                    guint              panel,
                    double             x,
                    double             width)
{
  const QdRect *plot = &chart->layout->plot[panel];
  g_autoptr (GArray) ends = list_ends ();
  double height = qd_lay_get_line_height (chart->layout, chart->layout->theme.label_size);
  g_autofree double *centres = NULL;

  for (guint i = 0; i < chart->spec->series->len; i++)
    if (qd_spec_series (chart->spec, i)->panel == panel && wants_end_label (chart, qd_spec_series (chart->spec, i)))
      add_end_label (chart, ends, i, width);
  for (guint i = 0; i < ends->len; i++)
    find_end (chart, panel, &g_array_index (ends, EndLabel, i));
  g_array_sort (ends, compare_ends);
  centres = g_new (double, MAX (ends->len, 1));
  for (guint i = 0; i < ends->len; i++)
    centres[i] = g_array_index (ends, EndLabel, i).wanted;
  qd_axis_spread (centres, ends->len, height, plot->y - height * 0.6, plot->y + plot->height + height * 0.6);
  for (guint i = 0; i < ends->len; i++)
    {
      /* On a canvas that is too low for all, those that would overlap are left out. */
      gboolean crowded = i > 0 && centres[i] - centres[i - 1] < height * 0.9 && centres[i] - centres[0] > 1e-9 &&
                         ends->len * height > plot->height + height * 1.2;

      if (!crowded || i % 2 == 0)
        place_end (chart, &g_array_index (ends, EndLabel, i), x, centres[i]);
    }
}
