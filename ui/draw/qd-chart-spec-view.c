/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The same chart seen otherwise: fewer months, fewer series.
 */
#include "config.h"

#include "qd-chart-point.h"
#include "qd-chart-spec-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static gpointer
cut (gconstpointer values,
     gsize         size,
     guint         first,
     guint         n)
{
  return values != NULL ? g_memdup2 ((const char *) values + first * size, size * MAX (n, 1)) : NULL;
}

static void
copy_texts (QdChartSpec       *to,
            const QdChartSpec *from)
{
  qd_chart_spec_set_title (to, from->title);
  qd_chart_spec_set_subject (to, from->subject);
  qd_chart_spec_set_period (to, from->period);
  qd_chart_spec_set_source (to, from->source);
  qd_chart_spec_set_empty_reason (to, from->empty_reason);
  for (guint i = 0; i < from->notes->len; i++)
    g_ptr_array_add (to->notes, g_strdup (g_ptr_array_index (from->notes, i)));
}

static void
add_notes (QdChartSpec       *to,
           const QdChartSpec *from,
           guint              first,
           guint              last,
           guint32            hidden)
{
  if (to->n_places < from->n_places)
    {
      g_autofree char *begin = qd_chart_spec_dup_place_label (from, first);
      g_autofree char *end = qd_chart_spec_dup_place_label (from, last);

      /* Translators: a note under a chart that shows a part of its months: first and last month. */
      g_ptr_array_insert (to->notes, 0, g_strdup_printf (_("Only %s to %s is shown."), begin, end));
    }
  if (hidden != 0)
    g_ptr_array_insert (to->notes, 0, g_strdup (_("Some series are hidden.")));
}

/**
 * qd_chart_spec_view:
 * @self: a chart over time
 * @first: the first place that is shown
 * @last: the last one, at least @first
 * @hidden: a bit for each series of which only the name is shown; series from
 *   32 on are always shown
 *
 * Makes the chart of fewer places, or of fewer series. Series keep their
 * indexes; places are counted from @first. A note says what is not shown.
 *
 * Returns: (transfer full): the chart
 */
QdChartSpec *
qd_chart_spec_view (const QdChartSpec *self,
                    guint              first,
                    guint              last,
                    guint32            hidden)
{
  QdChartSpec *view;
  guint n;

  g_return_val_if_fail (self != NULL && (self->kind == QD_CHART_TIME || self->kind == QD_CHART_SPARKLINE), NULL);
  g_return_val_if_fail (first <= last && last < self->n_places, NULL);
  n = last - first + 1;
  view = qd_chart_spec_new (self->kind, self->format);
  copy_texts (view, self);
  view->first_month = self->first_month + (QdMonth) first * self->step;
  view->n_places = n;
  view->step = self->step;
  if (self->place_labels != NULL)
    qd_chart_spec_set_place_labels (view, (const char *const *) self->place_labels + first);
  for (guint i = 0; i < QD_N_PANELS; i++)
    {
      view->panels[i] = self->panels[i];
      view->panels[i].title = g_strdup (self->panels[i].title);
      view->panels[i].reference_label = g_strdup (self->panels[i].reference_label);
    }
  for (guint i = 0; i < self->series->len; i++)
    {
      QdSeries series = *qd_spec_series (self, i);

      series.label = g_strdup (series.label);
      series.values = cut (series.values, sizeof (double), first, n);
      series.low = cut (series.low, sizeof (double), first, n);
      series.high = cut (series.high, sizeof (double), first, n);
      series.scenario = cut (series.scenario, 1, first, n);
      series.hidden = series.hidden || (i < 32 && hidden & (1u << i));
      for (guint p = 0; series.hidden && p < n; p++)
        {
          series.values[p] = NAN;
          if (series.low != NULL)
            series.low[p] = series.high[p] = NAN;
        }
      g_array_append_val (view->series, series);
      for (guint p = first; p <= last && !series.hidden; p++)
        {
          const QdDrill *drill = qd_chart_spec_get_drill (self, i, p);

          if (drill != NULL)
            qd_chart_spec_set_drill (view, i, p - first, drill);
        }
    }
  add_notes (view, self, first, last, hidden);
  return view;
}

/**
 * qd_chart_spec_is_hidden:
 * @self: a spec
 * @series: index of a series or row
 *
 * Returns: whether only its name is shown
 */
gboolean
qd_chart_spec_is_hidden (const QdChartSpec *self,
                         guint              series)
{
  if (self->kind != QD_CHART_TIME && self->kind != QD_CHART_SPARKLINE)
    return FALSE;
  return series < self->series->len && qd_spec_series (self, series)->hidden;
}
