/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "qd-metrics"

#include "config.h"

#include "qd-cohorts-private.h"

#include <string.h>

/* Sums of one cohort at one age. All gint64. */
typedef struct
{
  gint64 level, gross, active;
} Cell;

#define CELL_FIELDS (sizeof (Cell) / sizeof (gint64))

static QdMonth
earlier (QdMonth a,
         QdMonth b)
{
  return a == QD_MONTH_NONE || b < a ? b : a;
}

/* The month of the first line, snapshot or event of a customer's accounts. */
static QdMonth
find_first_line (const QdCut *cut,
                 guint32      customer)
{
  const QdBookLines *lines = qd_book_get_lines (cut->book);
  const QdBookSnapshots *snapshots = qd_book_get_snapshots (cut->book);
  const QdBookEvents *events = qd_book_get_events (cut->book);
  QdMonth month = QD_MONTH_NONE;
  guint32 own;
  guint n;
  const guint32 *members = qd_ledger_get_members (cut->ledger, customer, &own, &n);

  for (guint i = 0; i < n; i++)
    {
      guint32 account = members[i];

      if (lines->offsets[account] < lines->offsets[account + 1])
        month = earlier (month, qd_day_get_month (lines->start[lines->offsets[account]]));
      if (snapshots->offsets[account] < snapshots->offsets[account + 1])
        month = earlier (month, snapshots->month[snapshots->offsets[account]]);
      if (events->offsets[account] < events->offsets[account + 1])
        month = earlier (month, qd_day_get_month (events->day[events->offsets[account]]));
    }
  return month;
}

static QdMonth
find_signup (const QdCut *cut,
             guint32      customer)
{
  QdMonth month = QD_MONTH_NONE;
  guint32 own;
  guint n;
  const guint32 *members = qd_ledger_get_members (cut->ledger, customer, &own, &n);

  for (guint i = 0; i < n; i++)
    {
      QdDay day = qd_book_get_account_signup (cut->book, members[i]);

      if (day != QD_DAY_NONE)
        month = earlier (month, qd_day_get_month (day));
    }
  return month;
}

/* The cohort month of a customer that was first active at index @born. */
static void
enrol (QdEnrolment *plan,
       guint32      customer,
       int          born)
{
  const QdCut *cut = plan->cut;
  QdMonth first_paid = cut->base + MAX (born, 1), month = QD_MONTH_NONE;

  if (born > cut->n)
    return;
  if (cut->profile->cohort_month == QD_COHORT_SIGNUP)
    month = find_signup (cut, customer);
  else if (cut->profile->cohort_month == QD_COHORT_FIRST_LINE)
    month = find_first_line (cut, customer);
  if (month == QD_MONTH_NONE)
    month = first_paid;
  if (month <= plan->as_of)
    plan->month_of[customer] = month;
}

static void
visit_to_enrol (QdWalk        *walk,
                const QdTrack *unit,
                gint64        *totals,
                gpointer       data)
{
  QdEnrolment *plan = data;

  enrol (plan, unit->customer, unit->born);
  if (plan->month_of[unit->customer] != QD_MONTH_NONE
      && qd_walk_get_group (walk, unit, plan->month_of[unit->customer] - plan->cut->base) == QD_KEY_OUT)
    plan->month_of[unit->customer] = QD_MONTH_NONE;
}

static void
sweep_to_enrol (const QdCut *cut,
                guint32      customer,
                guint32      group,
                gint64      *totals,
                gpointer     data)
{
  const QdSeries *series = &cut->ledger->whole;

  for (guint32 run = series->run_offsets[customer]; run < series->run_offsets[customer + 1]; run++)
    if (series->run_active[run])
      {
        enrol (data, customer, series->run_month[run] + 1);
        return;
      }
}

QdFollowed
qd_enrolment_follow (const QdEnrolment *self,
                     const QdTrack     *unit,
                     int                age)
{
  int origin = self->month_of[unit->customer] - self->cut->base, index = origin + age * self->step;
  QdFollowed state = { 0 };

  /* Before the data nobody pays, an opening balance or not. */
  if (index <= 0)
    return state;
  state.start = origin > 0 ? unit->level[origin] : 0;
  state.level = unit->level[index];
  state.gross = MIN (state.level, state.start);
  state.active = unit->active[index];
  return state;
}

static void
visit_to_follow (QdWalk        *walk,
                 const QdTrack *unit,
                 gint64        *totals,
                 gpointer       data)
{
  const QdEnrolment *plan = data;
  const QdCohort *cohort;
  Cell *cells;

  if (plan->month_of[unit->customer] == QD_MONTH_NONE)
    return;
  cohort = &plan->cohorts[plan->cohort_of[unit->customer]];
  cells = (Cell *) (void *) totals + cohort->offset;
  for (int age = 0; age < cohort->n_ages; age++)
    {
      QdFollowed state = qd_enrolment_follow (plan, unit, age);

      cells[age].level += state.level;
      cells[age].gross += state.gross;
      cells[age].active += state.active;
    }
}

/* By differences: a run changes all later ages, summed up once at the end. */
static void
sweep_to_follow (const QdCut *cut,
                 guint32      customer,
                 guint32      group,
                 gint64      *totals,
                 gpointer     data)
{
  const QdEnrolment *plan = data;
  const QdSeries *series = &cut->ledger->whole;
  QdMonth month = plan->month_of[customer];
  const QdCohort *cohort;
  Cell *cells;
  gint64 start = 0, level = 0, gross = 0;
  guint8 active = 0;
  int origin;
  guint32 run, end;

  if (month == QD_MONTH_NONE)
    return;
  cohort = &plan->cohorts[plan->cohort_of[customer]];
  cells = (Cell *) (void *) totals + cohort->offset;
  origin = month - cut->base - 1;
  run = series->run_offsets[customer];
  end = series->run_offsets[customer + 1];
  for (guint32 i = run; i < end && series->run_month[i] <= origin; i++)
    start = series->run_level[i];
  for (; run < end; run++)
    {
      int age = MAX (series->run_month[run] - origin, 0);
      gint64 now;

      age = plan->step == 1 ? age : (age + plan->step - 1) / plan->step;
      if (age >= cohort->n_ages)
        break;
      now = MIN (series->run_level[run], start);
      cells[age].level += series->run_level[run] - level;
      cells[age].gross += now - gross;
      cells[age].active += series->run_active[run] - active;
      level = series->run_level[run];
      gross = now;
      active = series->run_active[run];
    }
}

static int
find_bucket (const QdEnrolment *plan,
             QdMonth            month)
{
  int fiscal_start = qd_book_get_fiscal_start (plan->cut->book);

  if (plan->step == 1)
    return month;
  return plan->step == 3 ? qd_fiscal_quarter_end (month, fiscal_start) - 2 : qd_fiscal_year_end (month, fiscal_start) - 11;
}

/* Numbers the cohorts between the oldest and the newest, and their cells. */
static void
number_cohorts (QdEnrolment *plan)
{
  guint32 n = plan->cut->ledger->n_customers;
  QdMonth oldest = QD_MONTH_NONE;
  g_autofree QdCohort *buckets = NULL;
  int span;

  for (guint32 i = 0; i < n; i++)
    if (plan->month_of[i] != QD_MONTH_NONE)
      oldest = earlier (oldest, plan->month_of[i]);
  plan->oldest = oldest;
  if (oldest == QD_MONTH_NONE)
    return;
  oldest = find_bucket (plan, oldest);
  span = (plan->as_of - oldest) / plan->step + 1;
  buckets = g_new0 (QdCohort, span);
  for (guint32 i = 0; i < n; i++)
    if (plan->month_of[i] != QD_MONTH_NONE)
      {
        QdCohort *bucket = &buckets[plan->step == 1 ? plan->month_of[i] - oldest
                                                  : (find_bucket (plan, plan->month_of[i]) - oldest) / plan->step];

        bucket->newest = bucket->accounts++ > 0 ? MAX (bucket->newest, plan->month_of[i]) : plan->month_of[i];
        plan->cohort_of[i] = bucket - buckets;
      }

  plan->cohorts = g_new0 (QdCohort, span);
  for (int b = 0; b < span; b++)
    {
      QdCohort *cohort = &plan->cohorts[b];

      *cohort = buckets[b];
      cohort->first = oldest + b * plan->step;
      cohort->offset = plan->n_cells;
      cohort->n_ages = cohort->accounts > 0 ? (plan->as_of - cohort->newest) / plan->step + 1 : 0;
      plan->n_cells += cohort->n_ages;
    }
  plan->n_cohorts = (guint) span;
}

gboolean
qd_enrolment_init (QdEnrolment *self,
                   const QdCut *cut,
                   QdPeriodKind period,
                   QdJob       *job,
                   GError     **error)
{
  guint32 n = cut->ledger->n_customers;
  gboolean done;

  memset (self, 0, sizeof *self);
  self->cut = cut;
  self->as_of = cut->base + cut->n;
  self->step = period == QD_PERIOD_QUARTER ? 3 : period == QD_PERIOD_YEAR ? 12 : 1;
  self->month_of = g_new (QdMonth, n + 1);
  for (guint32 i = 0; i < n; i++)
    self->month_of[i] = QD_MONTH_NONE;
  self->cohort_of = g_new0 (guint32, n + 1);
  done = cut->moving || cut->of_products ? qd_cut_run (cut, visit_to_enrol, self, NULL, 0, job, error)
                                         : qd_cut_sweep (cut, sweep_to_enrol, self, NULL, 0, job, error);
  if (done)
    number_cohorts (self);
  return done;
}

void
qd_enrolment_clear (QdEnrolment *self)
{
  g_free (self->month_of);
  g_free (self->cohort_of);
  g_free (self->cohorts);
}

static void
list_cells (QdCohorts    *self,
            const QdCohort *cohort,
            const Cell   *cells)
{
  for (int age = 0; age < cohort->n_ages; age++)
    {
      QdCohortCell cell = { .cohort = cohort->first, .age = age, .accounts = cohort->accounts, .observed = TRUE };

      cell.accounts_retained = cells[age].active;
      cell.mrr_start = cells[0].level;
      cell.mrr = cells[age].level;
      cell.gross = cells[age].gross;
      cell.logo_retention = qd_rate (cell.accounts_retained, cell.accounts);
      cell.nrr = qd_rate (cell.mrr, cell.mrr_start);
      cell.grr = qd_rate (cell.gross, cell.mrr_start);
      g_array_append_val (self->cells, cell);
    }
}

/**
 * qd_cohorts_compute:
 * @ledger: a ledger that matches the scope's profile
 * @scope: as-of, filter, definition; its period says how cohorts are grouped
 * @job: (nullable): progress and cancel
 * @error: return location
 *
 * Follows customers from the month in which they began.
 *
 * A customer belongs to its cohort month: the first month end at which it was
 * active, or by cohort_month the month of sign-up or of its first line, event
 * or snapshot, trials included (where that is unknown, the first active month
 * end). Only accounts that were a customer by as-of are in a cohort. Cohorts
 * are months, or the fiscal quarters or years that hold the cohort months when
 * the scope's period is such; age counts steps of 1, 3 or 12 months from each
 * account's own cohort month.
 *
 * There is a cell for each age that every member has reached by as-of. The
 * gross amount is the lesser of the level now and at age 0, account by account.
 * Where the level at age 0 is 0 the money rates are undefined.
 *
 * Under a filter on products, a customer begins with the first of them.
 *
 * Cost is linear in the ledger's changes. Any thread may call it.
 *
 * Returns: (transfer full) (nullable): the cells, or `NULL` with the errors of
 *   qd_movements_compute()
 */
QdCohorts *
qd_cohorts_compute (QdLedger      *ledger,
                    const QdScope *scope,
                    QdJob         *job,
                    GError       **error)
{
  QdCohorts *self = NULL;
  QdCut cut;
  QdEnrolment plan = { 0 };
  g_autofree gint64 *totals = NULL;
  gsize n_totals;
  gboolean dense, done;

  g_return_val_if_fail (ledger != NULL && scope != NULL, NULL);

  done = qd_cut_init (&cut, ledger, scope, NULL, job, error) &&
         qd_enrolment_init (&plan, &cut, scope->period.kind, job, error);
  if (done)
    {
      dense = cut.moving || cut.of_products;
      n_totals = plan.n_cells * CELL_FIELDS;
      totals = g_new0 (gint64, n_totals + 1);
      done = dense ? qd_cut_run (&cut, visit_to_follow, &plan, totals, n_totals, job, error)
                   : qd_cut_sweep (&cut, sweep_to_follow, &plan, totals, n_totals, job, error);
    }
  if (done)
    {
      self = g_new0 (QdCohorts, 1);
      self->step = plan.step;
      self->first = plan.oldest;
      self->as_of = plan.as_of;
      self->cells = g_array_new (FALSE, FALSE, sizeof (QdCohortCell));
      for (guint i = 0; i < plan.n_cohorts; i++)
        {
          Cell *cells = (Cell *) (void *) totals + plan.cohorts[i].offset;

          if (!dense)
            for (int age = 1; age < plan.cohorts[i].n_ages; age++)
              {
                cells[age].level += cells[age - 1].level;
                cells[age].gross += cells[age - 1].gross;
                cells[age].active += cells[age - 1].active;
              }
          list_cells (self, &plan.cohorts[i], cells);
        }
    }
  qd_enrolment_clear (&plan);
  qd_cut_clear (&cut);
  return self;
}

/**
 * qd_cohorts_free:
 * @self: (transfer full) (nullable): a result
 *
 * Frees a result.
 */
void
qd_cohorts_free (QdCohorts *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->cells);
  g_free (self);
}
