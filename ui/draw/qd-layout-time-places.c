/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Below a chart over time: its months, or what its places are called.
 */
#include "config.h"

#include "qd-layout-time-private.h"

#include <math.h>

static void
add_month_labels (const QdTimeChart *chart,
                  QdRect             plot,
                  double             top,
                  gboolean           two_rows)
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
      double x = qd_time_get_x (chart, chart->used[0] ? 0 : 1, p);
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
add_named_labels (const QdTimeChart *chart,
                  QdRect             plot,
                  double             top)
{
  QdChartLayout *layout = chart->layout;
  const QdChartTheme *theme = &layout->theme;
  double widest = 0, line = qd_lay_get_line_height (layout, theme->label_size);
  guint stride;

  for (guint p = 0; p < chart->n; p++)
    widest = MAX (widest, qd_lay_measure (layout, theme->label_size, FALSE, chart->spec->place_labels[p]));
  stride = (guint) MAX (1, ceil ((MIN (widest, plot.width / 2) + 6 * layout->scale) / chart->slot));
  /* Where each has room for a word it is shortened rather than its neighbours left out. */
  if (chart->slot >= 5 * line)
    stride = 1;
  /* Counted from the last place, which is the one that people look at. */
  for (guint p = (chart->n - 1) % stride; p < chart->n; p += stride)
    {
      g_autoptr (QdTextRun) run = qd_lay_shape (layout, theme->label_size, FALSE, chart->spec->place_labels[p],
                                                stride * chart->slot - 3 * layout->scale, 1);
      double width = qd_text_run_get_width (run);
      double x = CLAMP (qd_time_get_x (chart, chart->used[0] ? 0 : 1, p) - width / 2, 0, MAX (0, layout->width - width));

      qd_lay_text (layout, QD_ROLE_PLACE_LABEL, -1, (int) p, run, x, top + line / 2, QD_ALIGN_START, theme->ink_soft);
    }
}

void
qd_time_add_places (const QdTimeChart *chart,
                    QdRect             plot,
                    double             top,
                    gboolean           two_rows)
{
  if (chart->spec->place_labels)
    add_named_labels (chart, plot, top);
  else
    add_month_labels (chart, plot, top, two_rows);
}
