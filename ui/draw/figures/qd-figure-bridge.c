/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-figures-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define NO_BREAK_SPACE "\302\240"

/* A month at the edge of a bridge: below a narrow bar it stays on one line. */
static char *
dup_edge (const QdFormat *format,
          QdMonth         month)
{
  g_autofree char *text = qd_format_month (format, month);
  g_auto (GStrv) words = g_strsplit (text, " ", -1);

  return g_strjoinv (NO_BREAK_SPACE, words);
}

static char *
write_message (const QdFormat *format,
               double          opening,
               double          closing,
               gboolean        moved,
               guint           n)
{
  g_autofree char *change = qd_format_money (format, fabs (closing - opening)), *end = qd_format_money (format, closing);
  g_autofree char *share = opening > 0 ? qd_format_percent_change (format, (closing - opening) / opening, 1) : NULL;

  if (opening == 0 && closing == 0 && !moved)
    return g_strdup_printf (ngettext ("There was no ARR in %u month", "There was no ARR in %u months", n), n);
  if (opening == 0 && closing > 0)
    return g_strdup_printf (ngettext ("ARR went from nothing to %s in %u month", "ARR went from nothing to %s in %u months", n),
                            end, n);
  if (closing == 0 && opening > 0)
    return g_strdup_printf (ngettext ("All ARR, %s, was lost in %u month", "All ARR, %s, was lost in %u months", n), change, n);
  if (closing > opening)
    /* Translators: change, change in percent, closing, months. */
    return g_strdup_printf (ngettext ("ARR rose by %s (%s) to %s in %u month", "ARR rose by %s (%s) to %s in %u months", n),
                            change, share, end, n);
  if (closing < opening)
    return g_strdup_printf (ngettext ("ARR fell by %s (%s) to %s in %u month", "ARR fell by %s (%s) to %s in %u months", n),
                            change, share, end, n);
  return g_strdup_printf (ngettext ("ARR stayed at %s for %u month", "ARR stayed at %s for %u months", n), end, n);
}

static char *
write_title (const QdFormat *format,
             double          opening,
             double          closing,
             double          gains,
             double          losses,
             guint           months)
{
  g_autofree char *message = write_message (format, opening, closing, gains != 0 || losses != 0, months);
  g_autofree char *up = qd_format_money (format, gains), *down = qd_format_money (format, losses), *because = NULL;

  if (gains == 0 && losses == 0)
    because = closing == opening && opening > 0 ? g_strdup (_("nothing was won or lost")) : NULL;
  else if (losses == 0)
    because = g_strdup_printf (_("gains of %s, no losses"), up);
  else if (gains == 0)
    because = closing == 0 ? NULL : g_strdup_printf (_("losses of %s, no gains"), down);
  else if (closing >= opening)
    because = g_strdup_printf (_("gains of %s against losses of %s"), up, down);
  else
    because = g_strdup_printf (_("losses of %s against gains of %s"), down, up);
  return qd_figures_join (message, because);
}

static void
mark_open (QdChartSpec *spec)
{
  qd_chart_spec_set_step_scenario (spec, qd_chart_spec_get_n_places (spec) - 1, QD_SCENARIO_OPEN);
  qd_chart_spec_add_note (spec, _("Striped: the period is not over."));
}

/* A rate, where it is what the steps from @first to @last make of the start. */
static gboolean
add_bracket (QdChartSpec    *spec,
             guint           first,
             guint           last,
             const char     *name,
             const QdFormat *format,
             QdRate          rate,
             double          flows)
{
  g_autofree char *value = NULL, *label = NULL;

  if (!rate.defined || fabs (rate.value - flows) > 1e-9)
    return FALSE;
  value = qd_format_percent (format, rate.value, 1);
  label = g_strdup_printf ("%s %s", name, value);
  qd_chart_spec_add_bracket (spec, first, last, label);
  return TRUE;
}

/* Puts a rate that has no bars of its own into words. */
static void
append_rate (GString        *rates,
             const char     *name,
             const QdFormat *format,
             QdRate          rate)
{
  g_autofree char *value = NULL;

  if (!rate.defined)
    return;
  value = qd_format_percent (format, rate.value, 1);
  g_string_append_printf (rates, "%s%s %s", rates->len > 0 ? " · " : "", name, value);
}

/* GRR over the losses, NRR over them and what customers added: where they are just these flows. Over a longer period
 * they seldom are, for who is won and grows or leaves within it moves the bars and is no part of the rates. */
static void
add_rates (QdChartSpec       *spec,
           const QdRetention *retention,
           const QdMovement  *sum,
           const QdFormat    *format)
{
  enum { REACTIVATION = 2, EXPANSION = 3, CONTRACTION = 4, CHURN = 5 };
  double opening = (double) sum->opening, gross = (double) (sum->opening - sum->contraction - sum->churn);
  double net = gross + (double) sum->expansion, returned = net + (double) sum->reactivation;
  g_autoptr (GString) others = g_string_new (NULL);
  g_autofree char *note = NULL;

  if (opening <= 0)
    return;
  if (!add_bracket (spec, CONTRACTION, CHURN, _("GRR"), format, retention->grr, gross / opening))
    append_rate (others, _("GRR"), format, retention->grr);
  if (!add_bracket (spec, EXPANSION, CHURN, _("NRR"), format, retention->nrr, net / opening) &&
      !add_bracket (spec, REACTIVATION, CHURN, _("NRR"), format, retention->nrr, returned / opening))
    append_rate (others, _("NRR"), format, retention->nrr);
  if (others->len == 0)
    return;
  /* Translators: one or two rates: "GRR 91.2 % · NRR 104.0 %". */
  note = g_strdup_printf (_("%s: of the customers at the start alone, so not what these bars add up to."), others->str);
  qd_chart_spec_add_note (spec, note);
}

/* A step of @amount as people are shown it, with what is behind it. */
static guint
add_step (QdChartSpec *spec,
          QdStepKind   kind,
          const char  *label,
          gint64       amount,
          const char  *id,
          QdWindow     window)
{
  guint step = qd_chart_spec_add_step (spec, kind, label, (double) qd_drill_choose_factor (id) * (double) amount);

  qd_figures_set_drill (spec, 0, step, id, window);
  return step;
}

/**
 * qd_figure_bridge:
 * @movements: rows of one or more windows that follow each other
 * @retention: (nullable): of the window that they make up; another is left aside
 * @context: what stands around it
 *
 * Bridges ARR from the opening of the first row to the closing of the last by
 * kind of movement: opening, new, reactivation, expansion, contraction, churn,
 * closing. The steps are 12 × the sums of the rows' columns, and tie to them;
 * of windows that overlap only the last is taken.
 * Exchange and moves between segments have a step when they are not zero.
 * GRR and NRR are brackets over the flows that they are made of; where the
 * customers at the start did something else than all customers together, they
 * are a note, for a bracket would say what is not so.
 *
 * Returns: (transfer full): the spec
 */
QdChartSpec *
qd_figure_bridge (const QdMovements     *movements,
                  const QdRetention     *retention,
                  const QdFigureContext *context)
{
  g_autoptr (GPtrArray) rows = NULL;
  QdChartSpec *spec;
  QdMovement sum;
  const QdMovement *first, *last;
  QdWindow window;
  g_autofree char *title = NULL, *when = NULL, *from = NULL, *to = NULL, *opening = NULL, *closing = NULL;

  g_return_val_if_fail (movements != NULL && context != NULL, NULL);
  rows = qd_figures_pick_movements (movements);
  spec = qd_chart_spec_new (QD_CHART_WATERFALL, context->format);
  qd_chart_spec_set_empty_reason (spec, _("There is no revenue in this period and scope."));
  if (rows->len == 0)
    {
      qd_figures_set_frame (spec, context, _("ARR bridge"), "");
      return spec;
    }
  /* Rolling windows overlap: only those that follow each other may be summed. */
  for (guint i = rows->len - 1; i > 0; i--)
    if (((QdMovement *) rows->pdata[i - 1])->window.last != ((QdMovement *) rows->pdata[i])->window.before)
      {
        g_ptr_array_remove_range (rows, 0, i);
        break;
      }
  first = rows->pdata[0];
  last = rows->pdata[rows->len - 1];
  sum = *first;
  for (guint i = 1; i < rows->len; i++)
    qd_movement_add (&sum, rows->pdata[i]);
  window = (QdWindow){ first->window.before, last->window.last, last->window.open };
  title = write_title (context->format, 12. * first->opening, 12. * last->closing,
                       12. * (sum.new_business + sum.reactivation + sum.expansion), 12. * (sum.contraction + sum.churn),
                       (guint) MAX (window.last - window.before, 1));
  when = qd_figures_dup_window (context->format, window);
  qd_chart_spec_set_title (spec, title);
  qd_figures_set_frame (spec, context, _("ARR bridge"), when);
  if (first->opening == 0 && last->closing == 0 && sum.new_business == 0 && sum.reactivation == 0)
    return spec;

  from = dup_edge (context->format, window.before);
  to = dup_edge (context->format, window.last);
  /* Translators: first and last bar of a bridge: "Opening Jun 2025". */
  opening = g_strdup_printf (_("Opening %s"), from);
  closing = g_strdup_printf (_("Closing %s"), to);
  add_step (spec, QD_STEP_TOTAL, opening, first->opening, "opening_mrr", first->window);
  add_step (spec, QD_STEP_GAIN, _("New"), sum.new_business, "new_mrr", window);
  add_step (spec, QD_STEP_GAIN, _("Reactivation"), sum.reactivation, "reactivation_mrr", window);
  add_step (spec, QD_STEP_GAIN, _("Expansion"), sum.expansion, "expansion_mrr", window);
  add_step (spec, QD_STEP_LOSS, _("Contraction"), sum.contraction, "contraction_mrr", window);
  add_step (spec, QD_STEP_LOSS, _("Churn"), sum.churn, "churn_mrr", window);
  if (sum.fx != 0)
    add_step (spec, QD_STEP_OTHER, _("Exchange rates"), sum.fx, "fx", window);
  if (sum.transfer_in != 0)
    add_step (spec, QD_STEP_OTHER, _("Moved in"), sum.transfer_in, "transfer_in", window);
  if (sum.transfer_out != 0)
    add_step (spec, QD_STEP_OTHER, _("Moved out"), sum.transfer_out, "transfer_out", window);
  add_step (spec, QD_STEP_TOTAL, closing, last->closing, "mrr", window);
  if (retention != NULL && retention->window.before == window.before && retention->window.last == window.last)
    add_rates (spec, retention, &sum, context->format);
  if (window.open)
    mark_open (spec);
  return spec;
}

static char *
write_start_title (const QdFormat    *format,
                   const QdRetention *row)
{
  gint64 lost = row->start - row->gross_end, grown = row->end - row->gross_end;
  g_autofree char *start = qd_format_money (format, 12. * row->start), *down = qd_format_money (format, 12. * lost);
  g_autofree char *up = qd_format_money (format, 12. * grown), *month = qd_format_month (format, row->window.before);

  /* Translators: in all of these, the first two are an amount and a month: "Of $12.4M of ARR in Jun 2025". */
  if (lost == 0 && grown == 0)
    return g_strdup_printf (_("Of %s of ARR in %s nothing was lost, and nothing was added"), start, month);
  if (lost == 0)
    return g_strdup_printf (_("Of %s of ARR in %s nothing was lost; the same customers grew by %s"), start, month, up);
  if (grown == 0)
    return g_strdup_printf (_("Of %s of ARR in %s, %s was lost or reduced; nobody grew"), start, month, down);
  if (grown > lost)
    return g_strdup_printf (_("Of %s of ARR in %s, %s was lost or reduced; growth of %s outweighed it"), start, month, down, up);
  if (grown < lost)
    return g_strdup_printf (_("Of %s of ARR in %s, %s was lost or reduced; growth of %s did not make up for it"), start, month,
                            down, up);
  return g_strdup_printf (_("Of %s of ARR in %s, %s was lost or reduced; growth made up for all of it"), start, month, down);
}

/**
 * qd_figure_bridge_start:
 * @retention: one window
 * @context: what stands around it
 *
 * Bridges the ARR of the customers that paid at the start of the window to what
 * the same customers pay at its end: lost, reduced, grown. It ties to the point
 * to point figures; the brackets of GRR and NRR stand over it only where the
 * rates of the definition are just these flows.
 *
 * Returns: (transfer full): the spec
 */
QdChartSpec *
qd_figure_bridge_start (const QdRetention     *retention,
                        const QdFigureContext *context)
{
  QdChartSpec *spec;
  double start, gross, end;
  guint last_loss, last;
  g_autofree char *title = NULL, *when = NULL, *from_month = NULL, *to_month = NULL, *from = NULL, *to = NULL;

  g_return_val_if_fail (retention != NULL && context != NULL, NULL);
  spec = qd_chart_spec_new (QD_CHART_WATERFALL, context->format);
  when = qd_figures_dup_window (context->format, retention->window);
  from_month = dup_edge (context->format, retention->window.before);
  to_month = dup_edge (context->format, retention->window.last);
  qd_figures_set_frame (spec, context, _("ARR of the customers at the start"), when);
  if (retention->start <= 0)
    {
      g_autofree char *reason = g_strdup_printf (_("No customer had revenue at the end of %s."), from_month);

      qd_chart_spec_set_empty_reason (spec, reason);
      return spec;
    }
  start = 12. * retention->start;
  gross = 12. * retention->gross_end;
  end = 12. * retention->end;
  title = write_start_title (context->format, retention);
  qd_chart_spec_set_title (spec, title);
  from = g_strdup_printf (_("Start %s"), from_month);
  to = g_strdup_printf (_("End %s"), to_month);
  add_step (spec, QD_STEP_TOTAL, from, retention->start, "start_mrr", retention->window);
  add_step (spec, QD_STEP_LOSS, _("Lost"), retention->lost, "lost_mrr", retention->window);
  last_loss = add_step (spec, QD_STEP_LOSS, _("Reduced"), retention->start - retention->lost - retention->gross_end,
                        "reduced_mrr", retention->window);
  add_step (spec, QD_STEP_GAIN, _("Grown"), retention->end - retention->gross_end, "grown_mrr", retention->window);
  last = add_step (spec, QD_STEP_TOTAL, to, retention->end, "end_mrr", retention->window);
  if (retention->window.open)
    mark_open (spec);
  add_bracket (spec, 0, last_loss, _("GRR"), context->format, retention->grr, gross / start);
  add_bracket (spec, 0, last, _("NRR"), context->format, retention->nrr, end / start);
  return spec;
}
