/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "qd-metrics"

#include "config.h"

#include "qd-frame-private.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <string.h>

#define CONFIDENCE 0.95

static QdRate
make_undefined (void)
{
  return (QdRate){ 0, FALSE };
}

QdRate
qd_rate (double numerator,
         double denominator)
{
  return denominator > 0 ? (QdRate){ numerator / denominator, TRUE } : make_undefined ();
}

static void
find_interval (gint64  hits,
               gint64  n,
               double  confidence,
               QdRate *low,
               QdRate *high)
{
  double z, p, centre, half;

  *low = *high = make_undefined ();
  if (n <= 0 || hits < 0 || hits > n)
    return;
  z = gsl_cdf_ugaussian_Pinv (1 - (1 - confidence) / 2);
  p = (double) hits / n;
  centre = (p + z * z / (2 * n)) / (1 + z * z / n);
  half = z / (1 + z * z / n) * sqrt (p * (1 - p) / n + z * z / (4.0 * n * n));
  *low = (QdRate){ hits == 0 ? 0 : MAX (centre - half, 0), TRUE };
  *high = (QdRate){ hits == n ? 1 : MIN (centre + half, 1), TRUE };
}

gint64
qd_base_get_logos (const QdBase *base,
                   QdLogoBase    logo_base)
{
  switch (logo_base)
    {
    case QD_LOGO_BASE_START_NEW_LOST:
      return base->n_start + base->n_new - (base->n_start - base->n_retained);
    case QD_LOGO_BASE_START_NEW:
      return base->n_start + base->n_new;
    case QD_LOGO_BASE_START:
    default:
      return base->n_start;
    }
}

/* Flows of one unit, kept with the walk: by month and length of step; and for
 * each index the last one at or before it without activity. */
typedef struct
{
  QdCell *rows[4], *until[4];
  int *idle;
} Scratch;

void
qd_base_prepare (QdWalk          *walk,
                 const QdTrack    *unit,
                 const QdProfile *profile)
{
  int n = walk->cut->n, idle = -1;
  Scratch *scratch = walk->scratch;
  gboolean quarter = profile->netting == QD_NETTING_QUARTER;

  if (scratch == NULL)
    {
      gsize cells = (n + 1) * sizeof (QdCell);
      char *place;

      walk->scratch = scratch = g_malloc (sizeof *scratch + 6 * cells + (n + 1) * sizeof (int));
      place = (char *) (scratch + 1);
      for (int length = 1; length <= 3; length++, place += 2 * cells)
        {
          scratch->rows[length] = (QdCell *) (void *) place;
          scratch->until[length] = (QdCell *) (void *) (place + cells);
        }
      scratch->idle = (int *) (void *) place;
    }
  if (profile->return_within_period == QD_RETURN_LOST)
    for (int i = 0; i <= n; i++)
      {
        if (!unit->active[i])
          idle = i;
        scratch->idle[i] = idle;
      }
  if (profile->period_form != QD_FORM_FLOW)
    return;
  for (int length = 1; length <= (quarter ? 3 : 1); length++)
    {
      memset (scratch->rows[length], 0, (n + 1) * sizeof (QdCell));
      memset (scratch->until[length], 0, (n + 1) * sizeof (QdCell));
      qd_flows_fill (walk, unit, length, 1, n, scratch->rows[length], scratch->until[length]);
    }
}

/* The flow form, of a unit that is active at the start. */
static void
add_flows (QdWalk          *walk,
           const QdProfile *profile,
           int              before,
           int              last,
           gint64           start,
           QdBase          *base)
{
  const Scratch *scratch = walk->scratch;
  gboolean stops = !profile->reactivation_in_nrr || profile->return_within_period == QD_RETURN_LOST;
  QdCell sum = { 0 };
  QdSteps steps;
  int from, to;

  qd_steps_init (&steps, profile, before, last);
  while (qd_steps_next (&steps, &from, &to))
    {
      const QdCell *cell = &scratch->rows[to - from][to];

      if (stops && cell->n_churned > 0)
        {
          qd_cell_add (&sum, &scratch->until[to - from][to]);
          break;
        }
      qd_cell_add (&sum, cell);
    }
  base->expansion += sum.expansion;
  base->end += start + sum.expansion - sum.contraction - sum.churn;
  if (!stops)
    base->end += sum.reactivation;
  base->gross += start - sum.contraction - sum.churn;
}

void
qd_base_add (QdWalk          *walk,
             const QdTrack    *unit,
             const QdProfile *profile,
             int              before,
             int              last,
             QdBase          *base)
{
  gint64 start = unit->level[before], end = unit->level[last], gross;
  gboolean kept = unit->active[last];

  /* Index 0 is before the data. Even where the first month is an opening balance, nobody knows what was paid then. */
  if (before == 0 || !unit->active[before])
    {
      base->n_new += kept;
      if (kept && profile->reactivation_in_nrr && profile->period_form != QD_FORM_FLOW && unit->born < before)
        base->end += end;
      return;
    }
  if (profile->return_within_period == QD_RETURN_LOST && ((const Scratch *) walk->scratch)->idle[last] > before)
    kept = FALSE;
  if (!kept)
    end = 0;
  base->start += start;
  base->n_start++;
  base->n_retained += kept;
  base->lost += kept ? 0 : start;

  if (profile->period_form == QD_FORM_FLOW)
    {
      add_flows (walk, profile, before, last, start, base);
      return;
    }
  gross = MIN (start, end);
  if (profile->period_form == QD_FORM_LOWEST)
    for (int i = before + 1; i < last && gross > 0; i++)
      gross = MIN (gross, unit->level[i]);
  base->end += end;
  base->gross += gross;
}

/* Windows as indices; those of the product form's months stand behind those asked for. */
typedef struct
{
  int before, last;
} Span;

typedef struct
{
  const QdProfile *profile;
  guint n_spans;
  Span *spans;
  guint n_groups;
  guint n_months;   /* of the spans the last ones, for the product form */
  int length;       /* of sliding windows; 0: they do not slide */
} Plan;

static void
visit (QdWalk       *walk,
       const QdTrack *unit,
       gint64       *totals,
       gpointer      data)
{
  const Plan *plan = data;
  const QdProfile *profile = walk->cut->profile;
  QdBase *bases = (QdBase *) (void *) (totals + plan->n_groups);

  qd_base_prepare (walk, unit, profile);
  if (!walk->cut->moving)
    totals[unit->group]++;
  for (guint i = 0; i < plan->n_spans; i++)
    {
      const Span *span = &plan->spans[i];
      guint32 group;

      if (!unit->active[span->before] && !unit->active[span->last])
        continue;
      group = qd_walk_get_group (walk, unit, span->before);
      if (group == QD_KEY_OUT)
        continue;
      if (walk->cut->moving)
        totals[group]++;
      qd_base_add (walk, unit, profile, span->before, span->last, &bases[(gsize) group * plan->n_spans + i]);
    }
}

/* Windows of one length, one for each month end: a customer's part in them only changes where a run comes in at either
 * end, so that the differences between windows are all there is to write. */
static gboolean
slides (const QdCut  *cut,
        const GArray *windows)
{
  const QdProfile *profile = cut->profile;

  if (windows->len != (guint) cut->n || windows->len < 2 || profile->period_form == QD_FORM_LOWEST
      || profile->period_form == QD_FORM_FLOW || profile->reactivation_in_nrr
      || profile->return_within_period == QD_RETURN_LOST)
    return FALSE;
  for (guint i = 0; i < windows->len; i++)
    {
      const QdWindow *window = &g_array_index (windows, QdWindow, i);
      const QdWindow *first = &g_array_index (windows, QdWindow, 0);

      if (window->last - cut->base != (int) i + 1 || window->last - window->before != first->last - first->before)
        return FALSE;
    }
  return TRUE;
}

typedef struct
{
  gint64 level;
  guint8 active;
} State;

static inline void
add_pair (QdBase      *base,
          const State *start,
          const State *end,
          gint64       sign)
{
  if (!start->active)
    {
      base->n_new += sign * end->active;
      return;
    }
  base->start += sign * start->level;
  base->n_start += sign;
  if (!end->active)
    {
      base->lost += sign * start->level;
      return;
    }
  base->end += sign * end->level;
  base->gross += sign * MIN (start->level, end->level);
  base->n_retained += sign;
}

static void
slide (const QdCut *cut,
       guint32      customer,
       QdBase      *bases,
       int          length)
{
  const QdSeries *series = &cut->ledger->whole;
  guint32 first = series->run_offsets[customer], end = series->run_offsets[customer + 1], i, j;
  State start = { 0 }, now = { 0 };

  /* The run of month r is at the end of window r, and at the start of window r + length. */
  for (i = j = first; j < end || i < end;)
    {
      int at_end = j < end ? series->run_month[j] : G_MAXINT, at_start = i < end ? series->run_month[i] + length : G_MAXINT;
      int window = MIN (at_end, at_start);

      if (window >= cut->n)
        return;
      if (window > 0)
        add_pair (&bases[window], &start, &now, -1);
      if (at_end == window)
        {
          now = (State){ series->run_level[j], series->run_active[j] };
          j++;
        }
      if (at_start == window)
        {
          start = (State){ series->run_level[i], series->run_active[i] };
          i++;
        }
      add_pair (&bases[window], &start, &now, 1);
    }
}

/* A run's part in the flow form. FALSE: the account's flows stop here. */
static inline gboolean
add_flow (const QdSeries *series,
          guint32         run,
          const State    *before,
          gboolean        stops,
          QdBase         *base)
{
  gint64 fx = series->run_fx[1] != NULL ? series->run_fx[1][run] : 0;
  gint64 delta = series->run_level[run] - before->level - fx;

  if (!before->active)
    base->end += delta;
  else if (!series->run_active[run])
    {
      base->end += delta;
      base->gross += delta;
      return !stops;
    }
  else
    {
      base->end += delta;
      if (delta > 0)
        base->expansion += delta;
      else
        base->gross += delta;
    }
  return TRUE;
}

/* What a customer is in one window, whose runs are those from @from to before @to; the same as qd_base_add(). */
static void
add_span (const QdSeries  *series,
          const QdProfile *profile,
          guint32          first,
          guint32          from,
          guint32          to,
          QdBase          *base)
{
  State start = { 0 }, end = { 0 };
  gboolean gone = FALSE, stops = !profile->reactivation_in_nrr || profile->return_within_period == QD_RETURN_LOST;
  gint64 gross;

  if (from > first)
    start = (State){ series->run_level[from - 1], series->run_active[from - 1] };
  if (to > first)
    end = (State){ series->run_level[to - 1], series->run_active[to - 1] };
  if (!start.active)
    {
      base->n_new += end.active;
      if (end.active && from > first && profile->reactivation_in_nrr && profile->period_form != QD_FORM_FLOW)
        base->end += end.level;
      return;
    }
  for (guint32 run = from; run < to && profile->return_within_period == QD_RETURN_LOST; run++)
    gone |= !series->run_active[run];
  if (gone || !end.active)
    end = (State){ 0, FALSE };
  base->start += start.level;
  base->n_start++;
  base->n_retained += end.active;
  base->lost += end.active ? 0 : start.level;
  if (profile->period_form == QD_FORM_FLOW)
    {
      State before = start;

      base->end += start.level;
      base->gross += start.level;
      for (guint32 run = from; run < to && add_flow (series, run, &before, stops, base); run++)
        before = (State){ series->run_level[run], series->run_active[run] };
      return;
    }
  gross = MIN (start.level, end.level);
  if (profile->period_form == QD_FORM_LOWEST)
    for (guint32 run = from; run < to; run++)
      gross = MIN (gross, series->run_level[run]);
  base->end += end.level;
  base->gross += gross;
}

/* Any windows, as long as both their ends move forward. */
static void
follow (const QdCut *cut,
        guint32      customer,
        const Span  *spans,
        guint        n_spans,
        QdBase      *bases)
{
  const QdSeries *series = &cut->ledger->whole;
  guint32 first = series->run_offsets[customer], end = series->run_offsets[customer + 1], from = first, to = first;

  for (guint i = 0; i < n_spans; i++)
    {
      while (from < end && series->run_month[from] < spans[i].before)
        from++;
      while (to < end && series->run_month[to] < spans[i].last)
        to++;
      if (to > first)
        add_span (series, cut->profile, first, from, to, &bases[i]);
    }
}

static void
sweep (const QdCut *cut,
       guint32      customer,
       guint32      group,
       gint64      *totals,
       gpointer     data)
{
  const Plan *plan = data;
  const QdSeries *series = &cut->ledger->whole;
  guint32 run = series->run_offsets[customer];
  guint n_rows = plan->n_spans - plan->n_months;
  QdBase *bases = (QdBase *) (void *) (totals + plan->n_groups) + (gsize) group * plan->n_spans;

  if (run == series->run_offsets[customer + 1] || series->run_month[run] >= cut->n)
    return;
  totals[group]++;
  if (plan->length > 0)
    slide (cut, customer, bases, plan->length);
  else
    follow (cut, customer, plan->spans, n_rows, bases);
  if (plan->n_months > 0)
    follow (cut, customer, plan->spans + n_rows, plan->n_months, bases + n_rows);
}

/* Whether month-end states say all. */
static gboolean
sweeps (const QdCut *cut)
{
  return !cut->moving && !cut->of_products
         && (cut->profile->period_form != QD_FORM_FLOW
             || (cut->profile->netting == QD_NETTING_MONTH && !cut->profile->won_and_lost));
}

static void
fill_rates (QdRetention     *row,
            const QdBase    *base,
            const QdProfile *profile)
{
  gint64 logos = qd_base_get_logos (base, profile->logo_base), lost = base->n_start - base->n_retained;

  row->accounts_start = base->n_start;
  row->accounts_retained = base->n_retained;
  row->start = base->start;
  row->end = base->end;
  row->gross_end = base->gross;
  row->lost = base->lost;
  row->expansion = base->expansion;
  row->logo_base = MAX (logos, 0);
  row->nrr = qd_rate (base->end, base->start);
  row->grr = qd_rate (base->gross, base->start);
  if (base->n_start > 0)
    row->logo_churn = qd_rate (lost, logos);
  if (row->logo_churn.defined)
    {
      row->logo_retention = (QdRate){ (double) (logos - lost) / logos, TRUE };
      find_interval (lost, logos, CONFIDENCE, &row->logo_churn_low, &row->logo_churn_high);
    }
  if (row->grr.defined)
    {
      row->headwind = qd_rate (base->start - base->gross, base->start);
      row->tailwind = qd_rate (base->end - base->gross, base->start);
    }
}

/* The product form: rates of the months of a window multiplied. */
static void
multiply_months (QdRetention     *row,
                 const QdBase    *months,
                 int              before,
                 int              last,
                 const QdProfile *profile)
{
  double nrr = 1, grr = 1, logo = 1;
  gboolean defined = before >= 0, logos_defined = before >= 0;

  for (int i = MAX (before, 0) + 1; i <= last; i++)
    {
      QdRetention month = { 0 };

      fill_rates (&month, &months[i - 1], profile);
      defined &= month.nrr.defined;
      logos_defined &= month.logo_retention.defined;
      nrr *= month.nrr.value;
      grr *= month.grr.value;
      logo *= month.logo_retention.value;
    }
  row->nrr = (QdRate){ defined ? nrr : 0, defined };
  row->grr = (QdRate){ defined ? grr : 0, defined };
  row->logo_retention = (QdRate){ logos_defined ? logo : 0, logos_defined };
  row->logo_churn = (QdRate){ logos_defined ? 1 - logo : 0, logos_defined };
  row->logo_churn_low = row->logo_churn_high = row->headwind = row->tailwind = make_undefined ();
}

static void
fill_row (const QdFrame *frame,
          gconstpointer  data,
          guint          index,
          guint32        group,
          guint          number,
          gpointer       row)
{
  const Plan *plan = data;
  const QdWindow *window = &g_array_index (frame->windows, QdWindow, index);
  const QdBase *own = (const QdBase *) (const void *) (frame->totals + plan->n_groups) + (gsize) group * plan->n_spans;

  fill_rates (row, &own[index], plan->profile);
  if (plan->n_months > 0)
    multiply_months (row, own + frame->windows->len, window->before - frame->cut.base, window->last - frame->cut.base,
                     plan->profile);
}

/* Windows as spans; for the product form each month of the data behind them. */
static gsize
prepare (const QdFrame *frame,
         gpointer       data,
         QdVisit       *from_track,
         QdSweep       *from_runs)
{
  Plan *plan = data;
  const QdCut *cut = &frame->cut;
  const GArray *windows = frame->windows;

  plan->profile = cut->profile;
  plan->n_groups = cut->n_groups;
  plan->n_months = cut->profile->period_form == QD_FORM_PRODUCT ? (guint) cut->n : 0;
  plan->n_spans = windows->len + plan->n_months;
  plan->spans = g_new (Span, plan->n_spans + 1);
  for (guint i = 0; i < windows->len; i++)
    {
      const QdWindow *window = &g_array_index (windows, QdWindow, i);

      plan->spans[i] = (Span){ MAX (window->before - cut->base, 0), window->last - cut->base };
    }
  for (guint i = 0; i < plan->n_months; i++)
    plan->spans[windows->len + i] = (Span){ (int) i, (int) i + 1 };
  if (!sweeps (cut))
    *from_track = visit;
  else
    {
      *from_runs = sweep;
      if (slides (cut, windows))
        plan->length = g_array_index (windows, QdWindow, 0).last - g_array_index (windows, QdWindow, 0).before;
    }
  return plan->n_groups + (gsize) plan->n_groups * plan->n_spans * QD_BASE_FIELDS;
}

static void
settle (const QdFrame *frame,
        gpointer       data)
{
  const Plan *plan = data;
  guint n_rows = plan->n_spans - plan->n_months;

  for (guint group = 0; plan->length > 0 && group < plan->n_groups; group++)
    {
      gint64 *fields = frame->totals + plan->n_groups + (gsize) group * plan->n_spans * QD_BASE_FIELDS;

      for (gsize i = QD_BASE_FIELDS; i < n_rows * QD_BASE_FIELDS; i++)
        fields[i] += fields[i - QD_BASE_FIELDS];
    }
}

QdRetentions *
qd_retentions_of_windows (QdLedger      *ledger,
                          const QdScope *scope,
                          const GArray  *windows,
                          const char    *by,
                          QdJob         *job,
                          GError       **error)
{
  static const QdFrameKind kind = { sizeof (QdRetention), prepare, settle, fill_row };
  g_autoptr (QdRetentions) self = g_new0 (QdRetentions, 1);
  Plan plan = { 0 };
  gboolean done = qd_frame_compute (&kind, &plan, ledger, scope, windows, by, &self->rows, &self->groups, &self->additive, job,
                                    error);

  g_free (plan.spans);
  return done ? g_steal_pointer (&self) : NULL;
}

/**
 * qd_retentions_compute:
 * @ledger: a ledger that matches the scope's profile
 * @scope: as-of, period, filter, definition
 * @by: (nullable): a dimension
 * @job: (nullable): progress and cancel
 * @error: return location
 *
 * Computes what each window kept of the customers that were there at its start.
 *
 * The base of a window are the accounts active at its start, `start` their
 * level then. By period_form:
 *
 * - p2p: `end` is their level at the end, `gross_end` the lesser of both ends,
 *   account by account;
 * - lowest: `gross_end` is the lowest level at any month end of the window,
 *   `end` as p2p;
 * - product: NRR, GRR and logo retention are the products of the months' own,
 *   each month with its own base; the amounts shown are p2p;
 * - flow: `end` is start + expansion − contraction − churn, `gross_end` start −
 *   contraction − churn, of the flows of these accounts alone. An account's flows
 *   stop at its first churn; with reactivation_in_nrr=yes all of its flows in the
 *   window count, those of its return too.
 *
 * With reactivation_in_nrr=yes, `end` of the other forms also holds accounts
 * that were gone at the start, had revenue before it and have some at the end.
 * With return_within_period=lost an account that was not active at some month
 * end in the window counts as lost, whatever it is at the end.
 *
 * Logo rates are taken over the accounts at the start, or as logo_base says:
 * new are the accounts active at the end and not at the start, so that
 * start + new − lost are the accounts at the end. The interval is Wilson's, at
 * 95 %; the product form has none.
 *
 * With fx=month_end the forms p2p, lowest and product include what exchange
 * rates did; flow does not. A rate whose base is 0 is undefined.
 *
 * Before the data nobody is a base, with first_month=opening too: a rate over
 * months that the data does not hold is undefined.
 *
 * By product, a row is about the accounts that have the product at the start
 * and what they pay for it.
 *
 * Cost is linear in customers × windows. Any thread may call it.
 *
 * Returns: (transfer full) (nullable): the rows, or `NULL` with the errors of
 *   qd_movements_compute()
 */
QdRetentions *
qd_retentions_compute (QdLedger      *ledger,
                       const QdScope *scope,
                       const char    *by,
                       QdJob         *job,
                       GError       **error)
{
  g_autoptr (GArray) windows = NULL;

  g_return_val_if_fail (ledger != NULL && scope != NULL, NULL);

  windows = qd_scope_list_windows (scope, ledger->book, error);
  return windows != NULL ? qd_retentions_of_windows (ledger, scope, windows, by, job, error) : NULL;
}

/**
 * qd_retentions_free:
 * @self: (transfer full) (nullable): a result
 *
 * Frees a result and the group names that its rows point to.
 */
void
qd_retentions_free (QdRetentions *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->rows, g_array_unref);
  g_clear_pointer (&self->groups, g_ptr_array_unref);
  g_free (self);
}
