/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "qd-figures-private.h"

/* Columns are read better than a line while each can be told apart. */
#define MAX_COLUMNS 60

/* "ARR has grown from $1.2M to $1.4M": what it was when it began, what it is now. Who it is stands below. */
static char *
write_title (const QdFormat *format,
             const double   *arr,
             guint           n)
{
  g_autofree char *from = NULL, *to = NULL;
  guint first = 0;
  double last = arr[n - 1];

  while (first < n - 1 && !(arr[first] > 0))
    first++;
  from = qd_format_money (format, arr[first]);
  to = qd_format_money (format, last);
  if (!(last > 0))
    /* Translators: money */
    return g_strdup_printf (_("No ARR any more; it began with %s"), from);
  if (qd_figures_same (format, QD_UNIT_MONEY, arr[first], last))
    /* Translators: money */
    return g_strdup_printf (_("ARR is %s, as when it began"), to);
  if (last > arr[first])
    /* Translators: money before and after */
    return g_strdup_printf (_("ARR has grown from %s to %s"), from, to);
  /* Translators: money before and after */
  return g_strdup_printf (_("ARR has shrunk from %s to %s"), from, to);
}

/**
 * qd_figure_account:
 * @name: the customer's name
 * @first: the first month
 * @arr: ARR at the end of each month, minor units
 * @n: months
 * @context: what stands around it
 *
 * One customer's ARR over time. Months before the first revenue are left out.
 *
 * Returns: (transfer full): the chart
 */
QdChartSpec *
qd_figure_account (const char            *name,
                   QdMonth                first,
                   const double          *arr,
                   guint                  n,
                   const QdFigureContext *context)
{
  QdFigureContext own;
  QdChartSpec *spec;
  g_autofree char *title = NULL, *when = NULL;
  guint skip = 0;

  g_return_val_if_fail (name != NULL && context != NULL, NULL);

  /* one customer, whatever the filter */
  own = *context;
  own.company = name;
  own.scope = NULL;
  while (skip < n && !(arr[skip] > 0))
    skip++;
  spec = qd_chart_spec_new (QD_CHART_TIME, context->format);
  qd_chart_spec_set_empty_reason (spec, _("This customer has no recurring revenue up to this month."));
  qd_chart_spec_set_panel (spec, 0, QD_UNIT_MONEY, NULL);
  if (skip == n)
    {
      qd_figures_set_frame (spec, &own, _("ARR at the end of each month"), "");
      return spec;
    }
  /* one month without, so that the beginning is seen as one */
  skip -= skip > 0;
  first += (QdMonth) skip;
  arr += skip;
  n -= skip;
  title = write_title (context->format, arr, n);
  when = qd_figures_dup_span (context->format, first, first + (QdMonth) n - 1);
  qd_chart_spec_set_title (spec, title);
  qd_figures_set_frame (spec, &own, _("ARR at the end of each month"), when);
  qd_chart_spec_set_months (spec, first, n, 1);
  qd_chart_spec_set_from_zero (spec, 0, TRUE);
  qd_chart_spec_add_series (spec, 0, n <= MAX_COLUMNS ? QD_SERIES_COLUMN : QD_SERIES_LINE, _("ARR"), QD_TONE_NEUTRAL, arr);
  return spec;
}
