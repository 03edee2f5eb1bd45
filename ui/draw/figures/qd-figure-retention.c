/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-figures-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static double
get_rate (QdRate rate)
{
  return rate.defined && isfinite (rate.value) ? rate.value : NAN;
}

/* Losses against gains in half a sentence; NULL when the form has none. */
static char *
explain (const QdFormat    *format,
         const QdRetention *row)
{
  double losses = get_rate (row->headwind), gains = get_rate (row->tailwind);
  g_autofree char *down = NULL, *up = NULL;
  gboolean no_losses, no_gains;

  if (!isfinite (losses) || !isfinite (gains))
    return NULL;
  down = qd_format_percent (format, losses, 1);
  up = qd_format_percent (format, gains, 1);
  no_losses = qd_figures_same (format, QD_UNIT_RATE, losses, 0);
  no_gains = qd_figures_same (format, QD_UNIT_RATE, gains, 0);
  if (no_losses && no_gains)
    return g_strdup (_("nothing was lost or gained"));
  if (no_losses)
    return g_strdup_printf (_("gains of %s, no losses"), up);
  if (no_gains)
    return g_strdup_printf (_("losses of %s, no gains"), down);
  if (g_str_equal (down, up))
    return g_strdup_printf (_("losses and gains of %s cancelled each other out"), up);
  if (gains > losses)
    return g_strdup_printf (_("losses of %s were outweighed by gains of %s"), down, up);
  return g_strdup_printf (_("gains of %s did not make up for losses of %s"), up, down);
}

static char *
write_change (const QdFormat    *format,
              const QdRetention *earlier,
              const QdRetention *last)
{
  g_autofree char *now = qd_format_percent (format, last->nrr.value, 1), *points = NULL;
  guint n = (guint) (last->window.last - earlier->window.last);
  double change = last->nrr.value - earlier->nrr.value;
  const char *bare;

  if (qd_figures_same (format, QD_UNIT_RATE, last->nrr.value, earlier->nrr.value))
    return g_strdup_printf (ngettext ("NRR stayed at %s over %u month", "NRR stayed at %s over %u months", n), now, n);
  points = qd_format_points (format, fabs (change));
  bare = points[0] == '+' ? points + 1 : points;
  if (change > 0)
    /* Translators: points, rate, months: "NRR rose 2.1 pp to 104.3 % over 12 months". */
    return g_strdup_printf (ngettext ("NRR rose %s to %s over %u month", "NRR rose %s to %s over %u months", n), bare, now, n);
  return g_strdup_printf (ngettext ("NRR fell %s to %s over %u month", "NRR fell %s to %s over %u months", n), bare, now, n);
}

static guint
count_months (QdWindow window)
{
  return (guint) MAX (window.last - window.before, 0);
}

/* What an open window has so far; @full is the length of the closed ones. */
static char *
write_to_date (const QdFormat    *format,
               const QdRetention *last,
               guint              full)
{
  g_autofree char *now = qd_format_percent (format, last->nrr.value, 1);
  guint n = count_months (last->window);

  /* Translators, in all of these: rate, months: "NRR is 104.3 % for the 8 months of the fiscal year to date". */
  if (full == 12)
    return g_strdup_printf (ngettext ("NRR is %s for the %u month of the fiscal year to date",
                                      "NRR is %s for the %u months of the fiscal year to date", n), now, n);
  if (full == 3)
    return g_strdup_printf (ngettext ("NRR is %s for the %u month of the fiscal quarter to date",
                                      "NRR is %s for the %u months of the fiscal quarter to date", n), now, n);
  return g_strdup_printf (ngettext ("NRR is %s for the %u month of the fiscal period to date",
                                    "NRR is %s for the %u months of the fiscal period to date", n), now, n);
}

/* @full: months of a window that is not open. */
static char *
write_title (const QdFormat *format,
             GPtrArray      *rows,
             guint           full)
{
  const QdRetention *last = NULL, *earlier = NULL;
  g_autofree char *message = NULL, *because = NULL;

  for (guint i = rows->len; i > 0 && last == NULL; i--)
    if (isfinite (get_rate (((QdRetention *) rows->pdata[i - 1])->nrr)))
      last = rows->pdata[i - 1];
  if (last == NULL)
    return g_strdup (_("NRR cannot be given yet"));
  because = explain (format, last);
  /* A year back, or as far as the data goes; only what is as long can be compared. */
  for (guint i = 0; i < rows->len && earlier == NULL; i++)
    {
      const QdRetention *row = rows->pdata[i];

      if (row->window.last < last->window.last && row->window.last >= last->window.last - 12 &&
          count_months (row->window) == count_months (last->window) && isfinite (get_rate (row->nrr)))
        earlier = row;
    }
  if (last->window.open)
    message = write_to_date (format, last, full);
  else if (earlier)
    message = write_change (format, earlier, last);
  else
    {
      g_autofree char *now = qd_format_percent (format, last->nrr.value, 1);
      g_autofree char *when = qd_figures_dup_window (format, last->window);

      /* Translators: rate, period: "NRR was 104.3 %, 12 months to Jun 2026". */
      message = g_strdup_printf (_("NRR was %s, %s"), now, when);
    }
  return qd_figures_join (message, because);
}

/* The rows as columns, and what is in them. */
typedef struct
{
  guint n;
  QdWindow *windows;
  double *nrr, *grr, *logo, *low, *high, *gains, *losses; /* in one block, which begins with nrr */
  gboolean winds, band, open;
} Rates;

static void
clear_rates (Rates *rates)
{
  g_free (rates->windows);
  g_free (rates->nrr);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Rates, clear_rates)

static void
fill_rates (Rates           *rates,
            const GPtrArray *rows)
{
  guint n = rates->n = rows->len;

  rates->windows = g_new (QdWindow, MAX (n, 1));
  rates->nrr = g_new (double, 7 * (gsize) MAX (n, 1));
  rates->grr = rates->nrr + n;
  rates->logo = rates->grr + n;
  rates->low = rates->logo + n;
  rates->high = rates->low + n;
  rates->gains = rates->high + n;
  rates->losses = rates->gains + n;
  for (guint i = 0; i < n; i++)
    {
      const QdRetention *row = rows->pdata[i];

      rates->windows[i] = row->window;
      rates->nrr[i] = get_rate (row->nrr);
      rates->grr[i] = get_rate (row->grr);
      rates->logo[i] = get_rate (row->logo_retention);
      /* The interval is that of the churn rate; it is the retention's own only when both share a base. */
      rates->low[i] = rates->high[i] = NAN;
      if (fabs (get_rate (row->logo_churn) + rates->logo[i] - 1) < 1e-9)
        {
          rates->low[i] = 1 - get_rate (row->logo_churn_high);
          rates->high[i] = 1 - get_rate (row->logo_churn_low);
        }
      rates->band |= isfinite (rates->low[i]) && isfinite (rates->high[i]);
      rates->gains[i] = get_rate (row->tailwind);
      rates->losses[i] = -get_rate (row->headwind);
      rates->winds |= isfinite (rates->gains[i]) && isfinite (rates->losses[i]);
      rates->open |= row->window.open;
    }
}

static void
add_series (QdChartSpec *spec,
            const Rates *rates)
{
  static const char *const ids[] = { "nrr", "grr", "logo_retention", "tailwind", "headwind" };
  guint series[G_N_ELEMENTS (ids)];

  series[0] = qd_chart_spec_add_series (spec, 0, QD_SERIES_LINE, _("NRR"), QD_TONE_INK, rates->nrr);
  series[1] = qd_chart_spec_add_series (spec, 0, QD_SERIES_LINE, _("GRR"), QD_TONE_SERIES_3, rates->grr);
  series[2] = qd_chart_spec_add_series (spec, 0, QD_SERIES_LINE, _("Customers"), QD_TONE_SERIES_4, rates->logo);
  if (rates->band)
    {
      qd_chart_spec_set_band (spec, series[2], rates->low, rates->high);
      /* xgettext:no-c-format */
      qd_chart_spec_add_note (spec, _("Band: 95 % interval of customer retention."));
    }
  if (rates->winds)
    {
      qd_chart_spec_set_panel (spec, 1, QD_UNIT_RATE, _("Gains (tailwind) and losses (headwind)"));
      series[3] = qd_chart_spec_add_series (spec, 1, QD_SERIES_COLUMN, _("Gains"), QD_TONE_GOOD, rates->gains);
      series[4] = qd_chart_spec_add_series (spec, 1, QD_SERIES_COLUMN, _("Losses"), QD_TONE_BAD, rates->losses);
    }
  for (guint i = 0; i < rates->n; i++)
    for (guint s = 0; s < (rates->winds ? 5 : 3); s++)
      {
        qd_figures_set_drill (spec, series[s], i, ids[s], rates->windows[i]);
        if (rates->windows[i].open)
          qd_chart_spec_set_scenario (spec, series[s], (int) i, QD_SCENARIO_OPEN);
      }
  if (rates->open)
    qd_chart_spec_add_note (spec, _("Striped or dashed: the period is not over."));
}

/**
 * qd_figure_retention:
 * @retentions: rows of windows, oldest first
 * @context: what stands around it
 *
 * Shows NRR, GRR and customer retention over time with the 95 % interval of the
 * last, and below them gains (tailwind) and losses (headwind). Months before the
 * first whose rates are defined are left out.
 *
 * Returns: (transfer full): the spec
 */
QdChartSpec *
qd_figure_retention (const QdRetentions    *retentions,
                     const QdFigureContext *context)
{
  g_autoptr (GPtrArray) rows = NULL;
  g_auto (Rates) rates = { 0 };
  QdChartSpec *spec;
  guint from = 0, full = 0;
  g_autofree char *title = NULL, *when = NULL;

  g_return_val_if_fail (retentions != NULL && context != NULL, NULL);
  rows = qd_figures_pick_retentions (retentions);
  for (guint i = 0; i < rows->len; i++)
    if (!((QdRetention *) rows->pdata[i])->window.open)
      full = MAX (full, count_months (((QdRetention *) rows->pdata[i])->window));
  while (from < rows->len && !isfinite (get_rate (((QdRetention *) rows->pdata[from])->nrr)) &&
         !isfinite (get_rate (((QdRetention *) rows->pdata[from])->logo_retention)))
    from++;
  if (from > 0 && from < rows->len)
    g_ptr_array_remove_range (rows, 0, from);
  fill_rates (&rates, rows);
  spec = qd_chart_spec_new (QD_CHART_TIME, context->format);
  title = write_title (context->format, rows, full);
  qd_chart_spec_set_title (spec, title);
  qd_chart_spec_set_empty_reason (spec, _("No customer had revenue at the start of a period: "
                                          "retention over a period needs revenue before it."));
  when = qd_figures_dup_period (context->format, rates.windows, rates.n);
  qd_figures_set_frame (spec, context, _("net and gross revenue retention, customer retention (logos)"), when);
  qd_figures_set_places (spec, rates.windows, rates.n);
  qd_chart_spec_set_panel (spec, 0, QD_UNIT_RATE, NULL);
  qd_chart_spec_set_reference (spec, 0, 1, NULL);
  if (rates.n > 0)
    add_series (spec, &rates);
  return spec;
}
