/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "qd-metrics"

#include "config.h"

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
} Plan;

static QdCell *
get_row (const Plan *plan,
         gint64     *totals,
         int         length,
         guint32     group)
{
  return (QdCell *) (void *) (totals + plan->offset[length]) + (gsize) group * (plan->n + 1);
}

static void
make_plan (Plan         *plan,
           const QdCut  *cut,
           const GArray *windows,
           gsize        *n_totals)
{
  memset (plan, 0, sizeof *plan);
  plan->n_groups = cut->n_groups;
  plan->n = cut->n;
  plan->back = cut->profile->netting == QD_NETTING_QUARTER ? 3 : 1;
  plan->needs[plan->back] = TRUE;
  plan->closing = plan->back;
  for (guint i = 0; i < windows->len; i++)
    {
      const QdWindow *window = &g_array_index (windows, QdWindow, i);
      QdSteps steps;
      int from, to;

      qd_steps_init (&steps, cut->profile, window->before - cut->base, window->last - cut->base);
      while (qd_steps_next (&steps, &from, &to))
        plan->needs[to - from] = TRUE;
    }
  *n_totals = cut->n_groups;
  for (int length = 1; length <= 3; length++)
    if (plan->needs[length])
      {
        plan->offset[length] = *n_totals;
        *n_totals += (gsize) plan->n_groups * (plan->n + 1) * QD_CELL_FIELDS;
      }
}

static gint64 *
get_counts (const Plan *plan,
            gint64     *totals,
            guint       window,
            guint32     group)
{
  return totals + plan->counts + ((gsize) group * plan->counted->len + window) * QD_N_MOVES;
}

/* Counts the unit in @group, once for each window in which it contributes there. */
static void
count (QdWalk       *walk,
       const QdTrack *unit,
       const Plan   *plan,
       guint32       group,
       QdCell       *cells,
       gint64       *totals)
{
  for (guint w = 0; w < plan->counted->len; w++)
    {
      const QdWindow *window = &g_array_index (plan->counted, QdWindow, w);
      gint64 opening, moves[QD_N_MOVES];
      QdCell sum = qd_flows_sum (walk, unit, window->before - walk->cut->base, window->last - walk->cut->base, group, cells,
                                 &opening);

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
        count (walk, unit, plan, group, cells, totals);
    }
}

static void
count_runs (const QdCut *cut,
            guint32      customer,
            const Plan  *plan,
            guint32      group,
            gint64      *totals)
{
  for (guint w = 0; w < plan->counted->len; w++)
    {
      const QdWindow *window = &g_array_index (plan->counted, QdWindow, w);
      gint64 opening, moves[QD_N_MOVES];
      QdCell sum = qd_flows_sum_runs (cut, customer, window->before - cut->base, window->last - cut->base, &opening);

      qd_moves_fill (&sum, opening, moves);
      qd_parts_count (moves, QD_N_MOVES, get_counts (plan, totals, w, group));
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
  count (walk, unit, plan, unit->group, walk->scratch, totals);
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
    count_runs (cut, customer, plan, group, totals);
}

/* From differences to states. */
static void
add_up_states (const Plan *plan,
               gint64     *totals)
{
  for (guint group = 0; group < plan->n_groups; group++)
    {
      QdCell *row = get_row (plan, totals, 1, group);

      for (int i = 1; i <= plan->n; i++)
        {
          row[i].closing += row[i - 1].closing;
          row[i].n_closing += row[i - 1].n_closing;
        }
    }
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
fill_row (const Plan     *plan,
          const QdCut    *cut,
          gint64         *totals,
          const QdWindow *window,
          guint32         group,
          QdMovement     *row)
{
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
  memset (row, 0, sizeof *row);
  row->window = *window;
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
  QdMovements *self;
  QdCut cut;
  Plan plan;
  gsize n_totals;
  g_autofree gint64 *totals = NULL;
  g_autofree guint32 *index = NULL;
  gboolean done;

  if (!qd_cut_init (&cut, ledger, scope, by, job, error))
    {
      qd_cut_clear (&cut);
      return NULL;
    }
  make_plan (&plan, &cut, windows, &n_totals);
  if (counts != NULL)
    {
      plan.counted = windows;
      plan.counts = n_totals;
      n_totals += (gsize) cut.n_groups * windows->len * QD_N_MOVES;
    }
  totals = g_new0 (gint64, n_totals);
  index = g_new (guint32, cut.n_groups);
  if (!cut.moving && !cut.of_products && !cut.any_day && cut.profile->netting == QD_NETTING_MONTH)
    {
      done = qd_cut_sweep (&cut, sweep, &plan, totals, n_totals, job, error);
      add_up_states (&plan, totals);
    }
  else
    done = qd_cut_run (&cut, cut.moving ? visit_moving : visit_still, &plan, totals, n_totals, job, error);
  if (!done)
    {
      qd_cut_clear (&cut);
      return NULL;
    }

  self = g_new0 (QdMovements, 1);
  self->groups = qd_cut_list_groups (&cut, totals, index);
  self->additive = cut.by != QD_BY_PRODUCT;
  self->rows = g_array_new (FALSE, FALSE, sizeof (QdMovement));
  if (counts != NULL)
    *counts = g_new (gint64, (gsize) cut.n_groups * windows->len * QD_N_MOVES);
  for (guint w = 0; w < windows->len; w++)
    for (guint group = 0; group < cut.n_groups; group++)
      if (index[group] != QD_KEY_OUT)
        {
          QdMovement row;

          fill_row (&plan, &cut, totals, &g_array_index (windows, QdWindow, w), group, &row);
          row.group = self->groups != NULL ? g_ptr_array_index (self->groups, index[group]) : NULL;
          if (counts != NULL)
            memcpy (*counts + self->rows->len * QD_N_MOVES, get_counts (&plan, totals, w, group),
                    QD_N_MOVES * sizeof **counts);
          g_array_append_val (self->rows, row);
        }
  qd_cut_clear (&cut);
  return self;
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
  g_array_unref (self->rows);
  g_clear_pointer (&self->groups, g_ptr_array_unref);
  g_free (self);
}
