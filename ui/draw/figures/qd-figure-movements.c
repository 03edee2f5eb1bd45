/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-figures-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define N_KINDS 6

/* Rows in which there was nothing yet to add to or to lose from: their gains are only where the data begins. */
static guint
count_nothing (GPtrArray *rows)
{
  guint n = 0;

  while (n + 1 < rows->len && ((QdMovement *) rows->pdata[n])->opening == 0)
    n++;
  return n;
}

static char *
count_periods (guint positive,
               guint n)
{
  if (positive == n)
    return g_strdup_printf (ngettext ("Net new ARR was positive in %u period", "Net new ARR was positive in all %u periods", n), n);
  if (positive == 0)
    return g_strdup_printf (ngettext ("Net new ARR was not positive in %u period",
                                      "Net new ARR was positive in none of %u periods", n), n);
  return g_strdup_printf (ngettext ("Net new ARR was positive in %u of %u period",
                                    "Net new ARR was positive in %u of %u periods", n), positive, n);
}

static char *
count_months (guint positive,
              guint n)
{
  if (positive == n)
    return g_strdup_printf (ngettext ("Net new ARR was positive in %u month", "Net new ARR was positive in all %u months", n), n);
  if (positive == 0)
    return g_strdup_printf (ngettext ("Net new ARR was not positive in %u month",
                                      "Net new ARR was positive in none of %u months", n), n);
  return g_strdup_printf (ngettext ("Net new ARR was positive in %u of %u month",
                                    "Net new ARR was positive in %u of %u months", n), positive, n);
}

static char *
write_title (const QdFormat *format,
             GPtrArray      *rows)
{
  double gains = 0, losses = 0;
  guint positive = 0, first = count_nothing (rows), n = rows->len - first;
  gboolean monthly = TRUE;
  g_autofree char *message = NULL, *because = NULL, *share = NULL;

  for (guint i = first; i < rows->len; i++)
    {
      const QdMovement *row = rows->pdata[i];
      gint64 up = row->new_business + row->reactivation + row->expansion, down = row->contraction + row->churn;

      gains += 12. * up;
      losses += 12. * down;
      positive += up > down;
      monthly &= row->window.last == row->window.before + 1;
    }
  if (n == 0 || (gains == 0 && losses == 0))
    return g_strdup (_("ARR did not move"));
  if (n == 1)
    {
      g_autofree char *net = qd_format_money_change (format, gains - losses);
      g_autofree char *when = qd_figures_dup_window (format, ((QdMovement *) rows->pdata[first])->window);

      /* Translators: signed amount, period: "Net new ARR was +$1.2M, 12 months to Jun 2026". */
      message = g_strdup_printf (_("Net new ARR was %s, %s"), net, when);
    }
  else
    message = monthly ? count_months (positive, n) : count_periods (positive, n);
  if (gains == 0)
    because = g_strdup (_("nothing was won"));
  else if (losses == 0)
    because = g_strdup (_("nothing was lost"));
  else
    {
      share = qd_format_percent (format, losses / gains, 0);
      /* Translators: a percentage: losses in relation to gains. */
      because = g_strdup_printf (_("losses took back %s of what was won"), share);
    }
  return qd_figures_join (message, because);
}

/* How many of the first rows only say that the data begins there: all are new, far above anything that follows. */
static guint
count_beginning (GPtrArray *rows)
{
  gint64 most = 0;
  guint n = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      const QdMovement *row = rows->pdata[i];

      if (row->opening > 0)
        most = MAX (most, MAX (row->new_business + row->reactivation + row->expansion, row->contraction + row->churn));
    }
  while (n + 1 < rows->len && most > 0 && ((QdMovement *) rows->pdata[n])->opening == 0 &&
         ((QdMovement *) rows->pdata[n])->new_business / 2 > most)
    n++;
  return n;
}

/**
 * qd_figure_movements:
 * @movements: rows of windows, oldest first
 * @context: what stands around it
 *
 * Shows the kinds of movement of each window as columns, gains up and losses
 * down, with the net as a marker. The numbers are 12 × those of the table. A
 * first window in which the data begins, and everybody is new, is left out with
 * a note when it would dwarf all others.
 *
 * Returns: (transfer full): the spec
 */
QdChartSpec *
qd_figure_movements (const QdMovements     *movements,
                     const QdFigureContext *context)
{
  static const struct
  {
    const char *label;
    QdTone tone;
    const char *id;
  } kinds[N_KINDS] = {
    { N_("New"), QD_TONE_GOOD, "new_mrr" },
    { N_("Expansion"), QD_TONE_GOOD_SOFT, "expansion_mrr" },
    { N_("Reactivation"), QD_TONE_GOOD_STRONG, "reactivation_mrr" },
    { N_("Contraction"), QD_TONE_BAD, "contraction_mrr" },
    { N_("Churn"), QD_TONE_BAD_STRONG, "churn_mrr" },
    { N_("Net"), QD_TONE_INK, "net_new_mrr" },
  };
  g_autoptr (GPtrArray) rows = NULL;
  QdChartSpec *spec;
  guint n, beginning;
  g_autofree QdWindow *windows = NULL;
  g_autofree double *values = NULL;
  g_autofree char *title = NULL, *when = NULL, *note = NULL;
  gboolean any = FALSE;

  g_return_val_if_fail (movements != NULL && context != NULL, NULL);
  rows = qd_figures_pick_movements (movements);
  beginning = count_beginning (rows);
  if (beginning > 0)
    {
      g_autofree char *span = qd_figures_dup_span (context->format, ((QdMovement *) rows->pdata[0])->window.last,
                                                   ((QdMovement *) rows->pdata[beginning - 1])->window.last);

      /* Translators: a month, or "Jan 2022 to Mar 2022". */
      note = g_strdup_printf (_("%s, where the data begins and everybody is new, is left out."), span);
      g_ptr_array_remove_range (rows, 0, beginning);
    }
  n = rows->len;
  windows = g_new (QdWindow, MAX (n, 1));
  values = g_new (double, N_KINDS * (gsize) MAX (n, 1));
  for (guint i = 0; i < n; i++)
    {
      const QdMovement *row = rows->pdata[i];
      const double moves[N_KINDS - 1] = { row->new_business, row->expansion, row->reactivation, row->contraction, row->churn };

      windows[i] = row->window;
      values[(N_KINDS - 1) * n + i] = 0;
      for (guint k = 0; k < N_KINDS - 1; k++)
        {
          values[k * n + i] = qd_drill_choose_factor (kinds[k].id) * moves[k];
          values[(N_KINDS - 1) * n + i] += values[k * n + i];
          any |= moves[k] != 0;
        }
    }
  spec = qd_chart_spec_new (QD_CHART_TIME, context->format);
  title = write_title (context->format, rows);
  qd_chart_spec_set_title (spec, title);
  qd_chart_spec_set_empty_reason (spec, _("Nothing was won or lost in this period and scope."));
  when = qd_figures_dup_period (context->format, windows, n);
  qd_figures_set_frame (spec, context, _("ARR movements"), when);
  qd_figures_set_places (spec, windows, n);
  qd_chart_spec_set_panel (spec, 0, QD_UNIT_MONEY, NULL);
  for (guint k = 0; k < N_KINDS && any; k++)
    {
      guint series = qd_chart_spec_add_series (spec, 0, k == N_KINDS - 1 ? QD_SERIES_MARKER : QD_SERIES_COLUMN,
                                               _(kinds[k].label), kinds[k].tone, values + k * n);

      for (guint i = 0; i < n; i++)
        {
          qd_figures_set_drill (spec, series, i, kinds[k].id, windows[i]);
          if (windows[i].open)
            qd_chart_spec_set_scenario (spec, series, (int) i, QD_SCENARIO_OPEN);
        }
    }
  if (note)
    qd_chart_spec_add_note (spec, note);
  if (any && windows[n - 1].open)
    qd_chart_spec_add_note (spec, _("Striped: the period is not over."));
  return spec;
}

static char *
write_arr_title (const QdFormat *format,
                 GPtrArray      *rows)
{
  const QdMovement *last = rows->len > 0 ? rows->pdata[rows->len - 1] : NULL, *earlier = NULL;
  g_autofree char *now = NULL, *share = NULL;
  guint n;
  double change;

  if (last == NULL)
    return g_strdup (_("There is no ARR"));
  now = qd_format_money (format, 12. * last->closing);
  for (guint i = 0; i < rows->len && earlier == NULL; i++)
    {
      const QdMovement *row = rows->pdata[i];

      if (row->window.last < last->window.last && row->window.last >= last->window.last - 12)
        earlier = row;
    }
  if (earlier == NULL || earlier->closing <= 0)
    {
      g_autofree char *month = qd_format_month (format, last->window.last);

      return g_strdup_printf (_("ARR was %s in %s"), now, month);
    }
  n = (guint) (last->window.last - earlier->window.last);
  change = (last->closing - earlier->closing) / (double) earlier->closing;
  share = qd_format_percent (format, fabs (change), 1);
  if (last->closing == 0)
    return g_strdup_printf (ngettext ("All ARR was lost within %u month", "All ARR was lost within %u months", n), n);
  if (qd_figures_same (format, QD_UNIT_RATE, change, 0))
    return g_strdup_printf (ngettext ("ARR stayed at %s over %u month", "ARR stayed at %s over %u months", n), now, n);
  if (change > 0)
    /* Translators: percent, amount, months. */
    return g_strdup_printf (ngettext ("ARR grew by %s to %s in %u month", "ARR grew by %s to %s in %u months", n), share, now, n);
  return g_strdup_printf (ngettext ("ARR shrank by %s to %s in %u month", "ARR shrank by %s to %s in %u months", n), share, now, n);
}

/**
 * qd_figure_arr:
 * @movements: rows of windows, oldest first
 * @context: what stands around it
 *
 * Shows ARR at the end of each window, which is 12 × the row's closing.
 *
 * Returns: (transfer full): the spec
 */
QdChartSpec *
qd_figure_arr (const QdMovements     *movements,
               const QdFigureContext *context)
{
  g_autoptr (GPtrArray) rows = NULL;
  QdChartSpec *spec;
  guint n, series;
  g_autofree QdWindow *windows = NULL;
  g_autofree double *values = NULL;
  g_autofree char *title = NULL, *when = NULL;
  gboolean any = FALSE;

  g_return_val_if_fail (movements != NULL && context != NULL, NULL);
  rows = qd_figures_pick_movements (movements);
  n = rows->len;
  windows = g_new (QdWindow, MAX (n, 1));
  values = g_new (double, MAX (n, 1));
  for (guint i = 0; i < n; i++)
    {
      const QdMovement *row = rows->pdata[i];

      windows[i] = row->window;
      values[i] = 12. * row->closing;
      any |= row->closing != 0 || row->opening != 0;
    }
  spec = qd_chart_spec_new (QD_CHART_TIME, context->format);
  title = write_arr_title (context->format, rows);
  qd_chart_spec_set_title (spec, title);
  qd_chart_spec_set_empty_reason (spec, _("There is no revenue in this period and scope."));
  when = n > 0 ? qd_figures_dup_span (context->format, windows[0].last, windows[n - 1].last) : g_strdup ("");
  qd_figures_set_frame (spec, context, _("ARR at the end of each period"), when);
  qd_figures_set_places (spec, windows, n);
  qd_chart_spec_set_panel (spec, 0, QD_UNIT_MONEY, NULL);
  if (!any)
    return spec;
  series = qd_chart_spec_add_series (spec, 0, QD_SERIES_COLUMN, _("ARR"), QD_TONE_NEUTRAL, values);
  for (guint i = 0; i < n; i++)
    qd_figures_set_drill (spec, series, i, "mrr", windows[i]);
  if (windows[n - 1].open)
    {
      qd_chart_spec_set_scenario (spec, series, (int) n - 1, QD_SCENARIO_OPEN);
      qd_chart_spec_add_note (spec, _("Striped: the period is not over."));
    }
  return spec;
}
