/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Results as tables. The ids and the order of the first columns are promised to
 * scripts; new columns go to the end.
 */
#define G_LOG_DOMAIN "qd-metrics"

#include "config.h"

#include "qd-results-private.h"

#include <glib/gi18n-lib.h>

/* Columns of one table, put together by what the scope makes of it. */
typedef struct
{
  QdColumn list[40];
  guint n;
} Columns;

static void
add_column (Columns     *columns,
            const char  *id,
            const char  *title,
            QdColumnType type)
{
  g_assert (columns->n < G_N_ELEMENTS (columns->list));
  columns->list[columns->n++] = (QdColumn){ id, title, type };
}

static QdTable *
make_table (const Columns  *columns,
            const char     *id,
            const QdLedger *ledger)
{
  return qd_table_new (id, qd_book_get_currency (ledger->book), columns->list, columns->n);
}

static void
add_rate (QdTable *table,
          QdRate   rate)
{
  if (rate.defined)
    qd_table_add_double (table, rate.value);
  else
    qd_table_add_missing (table);
}

static void
add_open (QdTable        *table,
          const QdWindow *window)
{
  qd_table_add_text (table, window->open ? "open" : "");
}

/**
 * qd_movements_to_table:
 * @self: movements
 * @ledger: where they come from
 * @scope: what for
 * @by: (nullable): the dimension
 *
 * Puts movements into the table `movements`: month, [dimension], opening, new,
 * reactivation, expansion, contraction, churn, closing; then fx (with month-end
 * rates), transfer_in and transfer_out (with segment_at=period_start), the
 * customers behind each, `additive` (by product: "no", customers overlap) and
 * `open` for a period that as-of cuts short. Amounts are magnitudes.
 *
 * Returns: (transfer full): the table
 */
QdTable *
qd_movements_to_table (const QdMovements *self,
                       const QdLedger    *ledger,
                       const QdScope     *scope,
                       const char        *by)
{
  gboolean fx, transfers;
  Columns columns = { 0 };
  QdTable *table;

  g_return_val_if_fail (self != NULL && ledger != NULL && scope != NULL, NULL);

  fx = scope->profile->fx == QD_FX_MONTH_END;
  transfers = scope->profile->segment_at == QD_SEGMENT_PERIOD_START;
  add_column (&columns, "month", N_("Month"), QD_COLUMN_MONTH);
  if (by != NULL)
    add_column (&columns, by, NULL, QD_COLUMN_TEXT);
  add_column (&columns, "opening", N_("Opening MRR"), QD_COLUMN_MONEY);
  add_column (&columns, "new", N_("New"), QD_COLUMN_MONEY);
  add_column (&columns, "reactivation", N_("Reactivation"), QD_COLUMN_MONEY);
  add_column (&columns, "expansion", N_("Expansion"), QD_COLUMN_MONEY);
  add_column (&columns, "contraction", N_("Contraction"), QD_COLUMN_MONEY);
  add_column (&columns, "churn", N_("Churn"), QD_COLUMN_MONEY);
  add_column (&columns, "closing", N_("Closing MRR"), QD_COLUMN_MONEY);
  if (fx)
    add_column (&columns, "fx", N_("Exchange rates"), QD_COLUMN_MONEY);
  if (transfers)
    {
      add_column (&columns, "transfer_in", N_("Transferred in"), QD_COLUMN_MONEY);
      add_column (&columns, "transfer_out", N_("Transferred out"), QD_COLUMN_MONEY);
    }
  add_column (&columns, "customers_opening", N_("Opening customers"), QD_COLUMN_COUNT);
  add_column (&columns, "customers_new", N_("New customers"), QD_COLUMN_COUNT);
  add_column (&columns, "customers_reactivated", N_("Returned customers"), QD_COLUMN_COUNT);
  add_column (&columns, "customers_expanded", N_("Expanded customers"), QD_COLUMN_COUNT);
  add_column (&columns, "customers_contracted", N_("Contracted customers"), QD_COLUMN_COUNT);
  add_column (&columns, "customers_churned", N_("Churned customers"), QD_COLUMN_COUNT);
  add_column (&columns, "customers_closing", N_("Closing customers"), QD_COLUMN_COUNT);
  if (!self->additive)
    add_column (&columns, "additive", N_("Customers add up"), QD_COLUMN_TEXT);
  add_column (&columns, "open", N_("Open period"), QD_COLUMN_TEXT);

  table = make_table (&columns, "movements", ledger);
  for (guint i = 0; i < self->rows->len; i++)
    {
      const QdMovement *row = &g_array_index (self->rows, QdMovement, i);

      qd_table_add_integer (table, row->window.last);
      if (by != NULL)
        qd_table_add_text (table, row->group);
      qd_table_add_integer (table, row->opening);
      qd_table_add_integer (table, row->new_business);
      qd_table_add_integer (table, row->reactivation);
      qd_table_add_integer (table, row->expansion);
      qd_table_add_integer (table, row->contraction);
      qd_table_add_integer (table, row->churn);
      qd_table_add_integer (table, row->closing);
      if (fx)
        qd_table_add_integer (table, row->fx);
      if (transfers)
        {
          qd_table_add_integer (table, row->transfer_in);
          qd_table_add_integer (table, row->transfer_out);
        }
      qd_table_add_integer (table, row->customers_opening);
      qd_table_add_integer (table, row->customers_new);
      qd_table_add_integer (table, row->customers_reactivated);
      qd_table_add_integer (table, row->customers_expanded);
      qd_table_add_integer (table, row->customers_contracted);
      qd_table_add_integer (table, row->customers_churned);
      qd_table_add_integer (table, row->customers_closing);
      if (!self->additive)
        qd_table_add_text (table, "no");
      add_open (table, &row->window);
      qd_table_end_row (table);
    }
  return table;
}

/**
 * qd_retentions_to_table:
 * @self: retention
 * @ledger: where it comes from
 * @scope: what for
 * @by: (nullable): the dimension
 *
 * Puts retention into the table `retention`: month, [dimension],
 * accounts_start, accounts_retained, start, end, gross_end, nrr, grr,
 * logo_retention, logo_churn and their intervals; then lost, headwind, tailwind,
 * `additive` (by product) and `open`. What is undefined is missing.
 *
 * Returns: (transfer full): the table
 */
QdTable *
qd_retentions_to_table (const QdRetentions *self,
                        const QdLedger     *ledger,
                        const QdScope      *scope,
                        const char         *by)
{
  Columns columns = { 0 };
  QdTable *table;

  g_return_val_if_fail (self != NULL && ledger != NULL && scope != NULL, NULL);

  add_column (&columns, "month", N_("Month"), QD_COLUMN_MONTH);
  if (by != NULL)
    add_column (&columns, by, NULL, QD_COLUMN_TEXT);
  add_column (&columns, "accounts_start", N_("Customers at the start"), QD_COLUMN_COUNT);
  add_column (&columns, "accounts_retained", N_("Customers retained"), QD_COLUMN_COUNT);
  add_column (&columns, "start", N_("MRR at the start"), QD_COLUMN_MONEY);
  add_column (&columns, "end", N_("MRR at the end"), QD_COLUMN_MONEY);
  add_column (&columns, "gross_end", N_("MRR retained"), QD_COLUMN_MONEY);
  add_column (&columns, "nrr", N_("NRR"), QD_COLUMN_RATE);
  add_column (&columns, "grr", N_("GRR"), QD_COLUMN_RATE);
  add_column (&columns, "logo_retention", N_("Customer retention"), QD_COLUMN_RATE);
  add_column (&columns, "logo_churn", N_("Customer churn"), QD_COLUMN_RATE);
  add_column (&columns, "nrr_low", N_("NRR, low"), QD_COLUMN_RATE);
  add_column (&columns, "nrr_high", N_("NRR, high"), QD_COLUMN_RATE);
  add_column (&columns, "grr_low", N_("GRR, low"), QD_COLUMN_RATE);
  add_column (&columns, "grr_high", N_("GRR, high"), QD_COLUMN_RATE);
  add_column (&columns, "logo_churn_low", N_("Customer churn, low"), QD_COLUMN_RATE);
  add_column (&columns, "logo_churn_high", N_("Customer churn, high"), QD_COLUMN_RATE);
  add_column (&columns, "lost", N_("MRR of lost customers"), QD_COLUMN_MONEY);
  add_column (&columns, "headwind", N_("Losses (headwind)"), QD_COLUMN_RATE);
  add_column (&columns, "tailwind", N_("Gains (tailwind)"), QD_COLUMN_RATE);
  if (!self->additive)
    add_column (&columns, "additive", N_("Customers add up"), QD_COLUMN_TEXT);
  add_column (&columns, "open", N_("Open period"), QD_COLUMN_TEXT);

  table = make_table (&columns, "retention", ledger);
  for (guint i = 0; i < self->rows->len; i++)
    {
      const QdRetention *row = &g_array_index (self->rows, QdRetention, i);

      qd_table_add_integer (table, row->window.last);
      if (by != NULL)
        qd_table_add_text (table, row->group);
      qd_table_add_integer (table, row->accounts_start);
      qd_table_add_integer (table, row->accounts_retained);
      qd_table_add_integer (table, row->start);
      qd_table_add_integer (table, row->end);
      qd_table_add_integer (table, row->gross_end);
      add_rate (table, row->nrr);
      add_rate (table, row->grr);
      add_rate (table, row->logo_retention);
      add_rate (table, row->logo_churn);
      add_rate (table, row->nrr_low);
      add_rate (table, row->nrr_high);
      add_rate (table, row->grr_low);
      add_rate (table, row->grr_high);
      add_rate (table, row->logo_churn_low);
      add_rate (table, row->logo_churn_high);
      qd_table_add_integer (table, row->lost);
      add_rate (table, row->headwind);
      add_rate (table, row->tailwind);
      if (!self->additive)
        qd_table_add_text (table, "no");
      add_open (table, &row->window);
      qd_table_end_row (table);
    }
  return table;
}

/**
 * qd_cohorts_to_table:
 * @self: cohorts
 * @ledger: where they come from
 *
 * Puts cohorts into the table `cohorts`: cohort (the first month of its month,
 * quarter or year), age (in steps of that), accounts, accounts_retained,
 * logo_retention, mrr_start, mrr, nrr, grr; then gross.
 *
 * Returns: (transfer full): the table
 */
QdTable *
qd_cohorts_to_table (const QdCohorts *self,
                     const QdLedger  *ledger)
{
  Columns columns = { 0 };
  QdTable *table;

  g_return_val_if_fail (self != NULL && ledger != NULL, NULL);

  add_column (&columns, "cohort", N_("Cohort"), QD_COLUMN_MONTH);
  add_column (&columns, "age", N_("Age"), QD_COLUMN_COUNT);
  add_column (&columns, "accounts", N_("Customers"), QD_COLUMN_COUNT);
  add_column (&columns, "accounts_retained", N_("Customers retained"), QD_COLUMN_COUNT);
  add_column (&columns, "logo_retention", N_("Customer retention"), QD_COLUMN_RATE);
  add_column (&columns, "mrr_start", N_("MRR at the start"), QD_COLUMN_MONEY);
  add_column (&columns, "mrr", N_("MRR"), QD_COLUMN_MONEY);
  add_column (&columns, "nrr", N_("NRR"), QD_COLUMN_RATE);
  add_column (&columns, "grr", N_("GRR"), QD_COLUMN_RATE);
  add_column (&columns, "gross", N_("MRR retained"), QD_COLUMN_MONEY);

  table = make_table (&columns, "cohorts", ledger);
  for (guint i = 0; i < self->cells->len; i++)
    {
      const QdCohortCell *cell = &g_array_index (self->cells, QdCohortCell, i);

      qd_table_add_integer (table, cell->cohort);
      qd_table_add_integer (table, cell->age);
      qd_table_add_integer (table, cell->accounts);
      qd_table_add_integer (table, cell->accounts_retained);
      add_rate (table, cell->logo_retention);
      qd_table_add_integer (table, cell->mrr_start);
      qd_table_add_integer (table, cell->mrr);
      add_rate (table, cell->nrr);
      add_rate (table, cell->grr);
      qd_table_add_integer (table, cell->gross);
      qd_table_end_row (table);
    }
  return table;
}

/**
 * qd_ledger_to_table:
 * @ledger: a ledger that matches the scope's profile
 * @scope: as-of, filter, definition
 * @job: (nullable): progress and cancel
 * @error: return location
 *
 * Puts the ledger itself into the table `ledger`: account, name, month, mrr,
 * one row for each month end up to as-of at which a customer is one. By
 * account, then by month. A filter on products leaves their part.
 *
 * Returns: (transfer full) (nullable): the table, or `NULL` with
 *   `QD_METRIC_ERROR_UNKNOWN`, `QD_METRIC_ERROR_RANGE` or
 *   `G_IO_ERROR_CANCELLED`
 */
QdTable *
qd_ledger_to_table (QdLedger      *ledger,
                    const QdScope *scope,
                    QdJob         *job,
                    GError       **error)
{
  Columns columns = { 0 };
  g_autoptr (QdTable) table = NULL;
  QdCut cut;
  QdWalk walk;
  QdTrack unit;
  gboolean done;

  g_return_val_if_fail (ledger != NULL && scope != NULL, NULL);

  done = qd_cut_init (&cut, ledger, scope, NULL, job, error);
  if (!done)
    {
      qd_cut_clear (&cut);
      return NULL;
    }
  add_column (&columns, "account", N_("Account"), QD_COLUMN_TEXT);
  add_column (&columns, "name", N_("Name"), QD_COLUMN_TEXT);
  add_column (&columns, "month", N_("Month"), QD_COLUMN_MONTH);
  add_column (&columns, "mrr", N_("MRR"), QD_COLUMN_MONEY);
  table = make_table (&columns, "ledger", ledger);

  qd_walk_init (&walk, &cut);
  for (guint32 customer = 0; customer < ledger->n_customers && done; customer++)
    {
      guint32 account = qd_ledger_get_account (ledger, customer);

      if (customer % 4096 == 0 && job != NULL)
        done = qd_job_check (job, error);
      if (!done || !qd_walk_enter (&walk, customer))
        continue;
      while (qd_walk_next (&walk, &unit))
        for (int i = 1; i <= cut.n; i++)
          if (unit.active[i] && qd_walk_get_group (&walk, &unit, i - 1) != QD_KEY_OUT)
            {
              qd_table_add_text (table, qd_book_get_account_id (ledger->book, account));
              qd_table_add_text (table, qd_book_get_account_name (ledger->book, account));
              qd_table_add_integer (table, cut.base + i);
              qd_table_add_integer (table, unit.level[i]);
              qd_table_end_row (table);
            }
    }
  qd_walk_clear (&walk);
  qd_cut_clear (&cut);
  return done ? g_steal_pointer (&table) : NULL;
}
