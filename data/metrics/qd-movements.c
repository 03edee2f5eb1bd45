/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "qd-metrics"

#include "config.h"

#include "qd-frame-private.h"
#include "qd-parts-private.h"

#include <string.h>

/* Cells by group and month, one set per length of step that some window needs. */
typedef struct
{
  guint n_groups;
  int n;                 /* months; a group has n + 1 cells */
  int back;              /* length of the step before a window */
  gboolean needs[4];     /* by length, 1 to 3 */
  gsize offset[4];       /* in totals */
  int closing;           /* the set that holds the states when groups do not move */
  const GArray *counted; /* windows whose contributors are counted, or NULL */
  gsize counts;          /* in totals: by group and window, QD_N_MOVES each */
  gint64 *listed;        /* the counts by row of the result */
  gboolean swept;        /* the states are differences until they are settled */
} Plan;

static QdCell *
get_row (const Plan *plan,
         gint64     *totals,
         int         length,
         guint32     group)
{
  return (QdCell *) (void *) (totals + plan->offset[length]) + (gsize) group * (plan->n + 1);
}

static gint64 *
get_counts (const Plan *plan,
            gint64     *totals,
            guint       window,
            guint32     group)
{
  return totals + plan->counts + ((gsize) group * plan->counted->len + window) * QD_N_MOVES;
}

/* Counts a unit in @group, once for each window in which it contributes there: from its track, or a customer's from its
 * runs. */
static void
count (const QdCut   *cut,
       QdWalk        *walk,
       const QdTrack *unit,
       guint32        customer,
       const Plan    *plan,
       guint32        group,
       QdCell        *cells,
       gint64        *totals)
{
  for (guint w = 0; w < plan->counted->len; w++)
    {
      const QdWindow *window = &g_array_index (plan->counted, QdWindow, w);
      int before = window->before - cut->base, last = window->last - cut->base;
      gint64 opening, moves[QD_N_MOVES];
      QdCell sum = walk != NULL ? qd_flows_sum (walk, unit, before, last, group, cells, &opening)
                                : qd_flows_sum_runs (cut, customer, before, last, &opening);

      qd_moves_fill (&sum, opening, moves);
      qd_parts_count (moves, QD_N_MOVES, get_counts (plan, totals, w, group));
    }
}

/* In each of the groups that the unit is in at some time. */
static void
count_moving (QdWalk       *walk,
              const QdTrack *unit,
              const Plan   *plan,
              QdCell       *cells,
              gint64       *totals)
{
  for (int i = 0; i <= plan->n; i++)
    {
      guint32 group = qd_walk_get_group (walk, unit, i);
      gboolean known = group == QD_KEY_OUT;

      for (int j = i - 1; j >= 0 && !known; j--)
        known = qd_walk_get_group (walk, unit, j) == group;
      if (!known)
        count (walk->cut, walk, unit, unit->customer, plan, group, cells, totals);
    }
}

/* Groups that stay: flows go straight into the group's cells. */
static void
visit_still (QdWalk       *walk,
             const QdTrack *unit,
             gint64       *totals,
             gpointer      data)
{
  const Plan *plan = data;
  QdCell *row;

  totals[unit->group]++;
  for (int length = 1; length <= 3; length++)
    if (plan->needs[length])
      qd_flows_fill (walk, unit, length, 1, plan->n, get_row (plan, totals, length, unit->group), NULL);
  row = get_row (plan, totals, plan->closing, unit->group);
  for (int i = unit->born; i <= plan->n; i++)
    {
      row[i].closing += unit->level[i];
      row[i].n_closing += unit->active[i];
    }
  if (plan->counted == NULL)
    return;
  if (walk->scratch == NULL)
    walk->scratch = g_new (QdCell, plan->n + 1);
  count (walk->cut, walk, unit, unit->customer, plan, unit->group, walk->scratch, totals);
}

/* The common case, from the ledger's runs alone. */
static void
sweep (const QdCut *cut,
       guint32      customer,
       guint32      group,
       gint64      *totals,
       gpointer     data)
{
  const QdSeries *series = &cut->ledger->whole;
  const Plan *plan = data;
  guint32 run = series->run_offsets[customer];

  if (run == series->run_offsets[customer + 1] || series->run_month[run] >= cut->n)
    return;
  totals[group]++;
  qd_flows_sweep (cut, customer, get_row (plan, totals, 1, group));
  if (plan->counted != NULL)
    count (cut, NULL, NULL, customer, plan, group, NULL, totals);
}

/* Groups as at the start of each step: who changes group is handed over first. */
static void
visit_moving (QdWalk       *walk,
              const QdTrack *unit,
              gint64       *totals,
              gpointer      data)
{
  const Plan *plan = data;
  QdCell *own;

  if (walk->scratch == NULL)
    walk->scratch = g_new (QdCell, plan->n + 1);
  own = walk->scratch;
  for (int length = 1; length <= 3; length++)
    {
      if (!plan->needs[length])
        continue;
      memset (own, 0, (plan->n + 1) * sizeof *own);
      qd_flows_fill (walk, unit, length, 1, plan->n, own, NULL);
      for (int to = 0; to <= plan->n; to++)
        {
          int from = to - length;
          guint32 old = qd_walk_get_group (walk, unit, from - plan->back);
          guint32 group = qd_walk_get_group (walk, unit, from);
          gint64 carried = from > 0 ? unit->level[from] : 0;

          own[to].closing = unit->level[to];
          own[to].n_closing = unit->active[to];
          if (group != QD_KEY_OUT)
            {
              totals[group] += unit->active[to] || (from > 0 && unit->active[from]);
              qd_cell_add (&get_row (plan, totals, length, group)[to], &own[to]);
            }
          if (old == group || carried == 0)
            continue;
          if (group != QD_KEY_OUT)
            get_row (plan, totals, length, group)[to].transfer_in += carried;
          if (old != QD_KEY_OUT)
            {
              totals[old]++;
              get_row (plan, totals, length, old)[to].transfer_out += carried;
            }
        }
    }
  if (plan->counted != NULL)
    count_moving (walk, unit, plan, own, totals);
}

/* One row: its steps' flows between two states. */
static void
fill_row (const QdFrame *frame,
          gconstpointer  data,
          guint          index,
          guint32        group,
          guint          number,
          gpointer       target)
{
  const Plan *plan = data;
  const QdCut *cut = &frame->cut;
  const QdWindow *window = &g_array_index (frame->windows, QdWindow, index);
  gint64 *totals = frame->totals;
  QdMovement *row = target;
  int before = window->before - cut->base, last = window->last - cut->base, from, to, length = plan->closing;
  const QdCell *opening = &get_row (plan, totals, plan->closing, group)[MAX (before, 0)];
  QdCell sum = { 0 };
  QdSteps steps;

  qd_steps_init (&steps, cut->profile, before, last);
  while (qd_steps_next (&steps, &from, &to))
    {
      qd_cell_add (&sum, &get_row (plan, totals, to - from, group)[to]);
      if (cut->moving)
        length = to - from;
    }
  row->opening = opening->closing;
  row->customers_opening = opening->n_closing;
  row->new_business = sum.new_business;
  row->reactivation = sum.reactivation;
  row->expansion = sum.expansion;
  row->contraction = sum.contraction;
  row->churn = sum.churn;
  row->fx = sum.fx;
  row->transfer_in = sum.transfer_in;
  row->transfer_out = sum.transfer_out;
  row->customers_new = sum.n_new;
  row->customers_reactivated = sum.n_reactivated;
  row->customers_expanded = sum.n_expanded;
  row->customers_contracted = sum.n_contracted;
  row->customers_churned = sum.n_churned;
  row->closing = get_row (plan, totals, length, group)[last].closing;
  row->customers_closing = get_row (plan, totals, length, group)[last].n_closing;
  if (plan->listed != NULL)
    memcpy (plan->listed + number * QD_N_MOVES, get_counts (plan, totals, index, group), QD_N_MOVES * sizeof *totals);
}

/* Which cells the windows need; month-end states and their differences may say all. */
static gsize
prepare (const QdFrame *frame,
         gpointer       data,
         QdVisit       *visit,
         QdSweep       *from_runs)
{
  Plan *plan = data;
  const QdCut *cut = &frame->cut;
  gsize n_totals = cut->n_groups;

  plan->n_groups = cut->n_groups;
  plan->n = cut->n;
  plan->back = cut->profile->netting == QD_NETTING_QUARTER ? 3 : 1;
  plan->needs[plan->back] = TRUE;
  plan->closing = plan->back;
  for (guint i = 0; i < frame->windows->len; i++)
    {
      const QdWindow *window = &g_array_index (frame->windows, QdWindow, i);
      QdSteps steps;
      int from, to;

      qd_steps_init (&steps, cut->profile, window->before - cut->base, window->last - cut->base);
      while (qd_steps_next (&steps, &from, &to))
        plan->needs[to - from] = TRUE;
    }
  for (int length = 1; length <= 3; length++)
    if (plan->needs[length])
      {
        plan->offset[length] = n_totals;
        n_totals += (gsize) plan->n_groups * (plan->n + 1) * QD_CELL_FIELDS;
      }
  if (plan->counted != NULL)
    {
      plan->counts = n_totals;
      n_totals += frame->most_rows * QD_N_MOVES;
      plan->listed = g_new (gint64, frame->most_rows * QD_N_MOVES);
    }
  plan->swept = !cut->moving && !cut->of_products && !cut->any_day && cut->profile->netting == QD_NETTING_MONTH;
  if (plan->swept)
    *from_runs = sweep;
  else
    *visit = cut->moving ? visit_moving : visit_still;
  return n_totals;
}

static void
settle (const QdFrame *frame,
        gpointer       data)
{
  const Plan *plan = data;

  for (guint group = 0; plan->swept && group < plan->n_groups; group++)
    {
      QdCell *row = get_row (plan, frame->totals, 1, group);

      for (int i = 1; i <= plan->n; i++)
        {
          row[i].closing += row[i - 1].closing;
          row[i].n_closing += row[i - 1].n_closing;
        }
    }
}

QdMovements *
qd_movements_of_windows (QdLedger      *ledger,
                         const QdScope *scope,
                         const GArray  *windows,
                         const char    *by,
                         gint64       **counts,
                         QdJob         *job,
                         GError       **error)
{
  static const QdFrameKind kind = { sizeof (QdMovement), prepare, settle, fill_row };
  g_autoptr (QdMovements) self = g_new0 (QdMovements, 1);
  Plan plan = { .counted = counts != NULL ? windows : NULL };

  if (!qd_frame_compute (&kind, &plan, ledger, scope, windows, by, &self->rows, &self->groups, &self->additive, job, error))
    {
      g_free (plan.listed);
      return NULL;
    }
  if (counts != NULL)
    *counts = plan.listed;
  return g_steal_pointer (&self);
}

/**
 * qd_movements_compute:
 * @ledger: a ledger that matches the scope's profile
 * @scope: as-of, period, filter, definition
 * @by: (nullable): a dimension
 * @job: (nullable): progress and cancel
 * @error: return location
 *
 * Computes what moved recurring revenue in each window of a scope.
 *
 * A month's movement of an account compares its states at two month ends: new
 * (not active, then active for the first time ever), reactivation (active again
 * after earlier activity), expansion, contraction, churn (no longer active). A
 * window of several months sums its months. Opening and closing are states.
 *
 * With netting=day the ends of days are compared instead, so that ups and downs
 * within a month both count; with netting=quarter steps of three months, counted
 * from the window's start. With won_and_lost=counted an account that is not
 * active at either end of a step but was in between counts as new (or
 * reactivation) and as churn, with the level of its first active day. With
 * first_month=opening nothing moves in the first month of the data. With
 * fx=month_end movements are at the rate of their month and `fx` holds what new
 * rates made of the opening state.
 *
 * By a dimension an account counts in its present group; with
 * segment_at=period_start in the group that it had at the start of each step,
 * and what it carries from one group to another is a transfer (a filter then
 * works in the same way). By product, and under a filter on products, the state
 * of the whole account decides what a change is: a product added by a customer
 * is expansion, one dropped by a customer who stays contraction; the customers
 * of products overlap.
 *
 * For every row: closing = opening + new + reactivation + expansion −
 * contraction − churn + fx + transfer_in − transfer_out, to the minor unit.
 *
 * Cost is linear in customers × months. Any thread may call it.
 *
 * Returns: (transfer full) (nullable): the rows, or `NULL` with
 *   `QD_METRIC_ERROR_UNKNOWN` (dimension or value), `QD_METRIC_ERROR_RANGE`,
 *   `QD_METRIC_ERROR_UNSUITABLE`, `QD_METRIC_ERROR_NO_RATE` or
 *   `G_IO_ERROR_CANCELLED`
 */
QdMovements *
qd_movements_compute (QdLedger      *ledger,
                      const QdScope *scope,
                      const char    *by,
                      QdJob         *job,
                      GError       **error)
{
  g_autoptr (GArray) windows = NULL;

  g_return_val_if_fail (ledger != NULL && scope != NULL, NULL);

  windows = qd_scope_list_windows (scope, ledger->book, error);
  return windows != NULL ? qd_movements_of_windows (ledger, scope, windows, by, NULL, job, error) : NULL;
}

/**
 * qd_movements_free:
 * @self: (transfer full) (nullable): a result
 *
 * Frees a result and the group names that its rows point to.
 */
void
qd_movements_free (QdMovements *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->rows, g_array_unref);
  g_clear_pointer (&self->groups, g_ptr_array_unref);
  g_free (self);
}

void
qd_movement_add (QdMovement       *self,
                 const QdMovement *row)
{
  self->new_business += row->new_business;
  self->reactivation += row->reactivation;
  self->expansion += row->expansion;
  self->contraction += row->contraction;
  self->churn += row->churn;
  self->fx += row->fx;
  self->transfer_in += row->transfer_in;
  self->transfer_out += row->transfer_out;
  self->closing = row->closing;
}

void
qd_movements_keep_window (QdMovements *self,
                          QdWindow     window)
{
  for (guint i = self->rows->len; i > 0; i--)
    {
      const QdMovement *row = &g_array_index (self->rows, QdMovement, i - 1);

      if (row->window.before < window.before || row->window.last > window.last)
        g_array_remove_index (self->rows, i - 1);
    }
}
