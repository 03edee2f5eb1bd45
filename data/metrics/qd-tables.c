/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Results as tables. The ids and the order of the first columns are promised to
 * scripts; new columns go to the end.
 */
#define G_LOG_DOMAIN "qd-metrics"

#include "config.h"

#include "qd-results-private.h"

#include <glib/gi18n-lib.h>

#define MAX_COLUMNS 40

/* What a column takes from a row. */
typedef enum
{
  OF_MONTH,    /* QdMonth */
  OF_GROUP,    /* const char *, under the dimension's name */
  OF_MONEY,    /* gint64 */
  OF_COUNT,    /* guint */
  OF_RATE,     /* QdRate */
  OF_OPEN,     /* gboolean: "open" */
  OF_OVERLAP,  /* "no": customers do not add up */
} FieldKind;

/* When a table has a column. */
enum
{
  WITH_GROUPS = 1 << 0,
  WITH_FX = 1 << 1,
  WITH_TRANSFERS = 1 << 2,
  WITH_OVERLAP = 1 << 3,
};

typedef struct
{
  const char *id, *title;
  FieldKind kind;
  gsize offset;
  guint with;  /* 0: always */
} Field;

static QdColumnType
get_type (FieldKind kind)
{
  switch (kind)
    {
    case OF_MONTH:
      return QD_COLUMN_MONTH;
    case OF_MONEY:
      return QD_COLUMN_MONEY;
    case OF_COUNT:
      return QD_COLUMN_COUNT;
    case OF_RATE:
      return QD_COLUMN_RATE;
    case OF_GROUP:
    case OF_OPEN:
    case OF_OVERLAP:
    default:
      return QD_COLUMN_TEXT;
    }
}

static void
add_cell (QdTable      *table,
          FieldKind     kind,
          gconstpointer cell)
{
  const QdRate *rate = cell;

  switch (kind)
    {
    case OF_MONTH:
      qd_table_add_integer (table, *(const QdMonth *) cell);
      break;
    case OF_GROUP:
      qd_table_add_text (table, *(const char *const *) cell);
      break;
    case OF_MONEY:
      qd_table_add_integer (table, *(const gint64 *) cell);
      break;
    case OF_COUNT:
      qd_table_add_integer (table, *(const guint *) cell);
      break;
    case OF_RATE:
      if (rate->defined)
        qd_table_add_double (table, rate->value);
      else
        qd_table_add_missing (table);
      break;
    case OF_OPEN:
      qd_table_add_text (table, *(const gboolean *) cell ? "open" : "");
      break;
    case OF_OVERLAP:
    default:
      qd_table_add_text (table, "no");
    }
}

/* Rows of a result, with the fields that @with asks for. */
static QdTable *
tabulate (const char     *id,
          const Field    *fields,
          gsize           n_fields,
          guint           with,
          const char     *by,
          const GArray   *rows,
          const QdLedger *ledger)
{
  gsize size = g_array_get_element_size ((GArray *) rows);
  QdColumn columns[MAX_COLUMNS];
  const Field *shown[MAX_COLUMNS];
  guint n = 0;
  QdTable *table;

  g_assert (n_fields <= MAX_COLUMNS);
  for (gsize i = 0; i < n_fields; i++)
    if ((fields[i].with & with) == fields[i].with)
      {
        columns[n] = (QdColumn){ fields[i].kind == OF_GROUP ? by : fields[i].id, fields[i].title, get_type (fields[i].kind) };
        shown[n++] = &fields[i];
      }
  table = qd_table_new (id, qd_book_get_currency (ledger->book), columns, n);
  for (guint i = 0; i < rows->len; i++)
    {
      for (guint j = 0; j < n; j++)
        add_cell (table, shown[j]->kind, rows->data + i * size + shown[j]->offset);
      qd_table_end_row (table);
    }
  return table;
}

#define AT(member) G_STRUCT_OFFSET (QdMovement, member)
static const Field movement_fields[] = {
  { "month", N_("Month"), OF_MONTH, AT (window.last), 0 },
  { NULL, NULL, OF_GROUP, AT (group), WITH_GROUPS },
  { "opening", N_("Opening MRR"), OF_MONEY, AT (opening), 0 },
  { "new", N_("New"), OF_MONEY, AT (new_business), 0 },
  { "reactivation", N_("Reactivation"), OF_MONEY, AT (reactivation), 0 },
  { "expansion", N_("Expansion"), OF_MONEY, AT (expansion), 0 },
  { "contraction", N_("Contraction"), OF_MONEY, AT (contraction), 0 },
  { "churn", N_("Churn"), OF_MONEY, AT (churn), 0 },
  { "closing", N_("Closing MRR"), OF_MONEY, AT (closing), 0 },
  { "fx", N_("Exchange rates"), OF_MONEY, AT (fx), WITH_FX },
  { "transfer_in", N_("Transferred in"), OF_MONEY, AT (transfer_in), WITH_TRANSFERS },
  { "transfer_out", N_("Transferred out"), OF_MONEY, AT (transfer_out), WITH_TRANSFERS },
  { "customers_opening", N_("Opening customers"), OF_COUNT, AT (customers_opening), 0 },
  { "customers_new", N_("New customers"), OF_COUNT, AT (customers_new), 0 },
  { "customers_reactivated", N_("Returned customers"), OF_COUNT, AT (customers_reactivated), 0 },
  { "customers_expanded", N_("Expanded customers"), OF_COUNT, AT (customers_expanded), 0 },
  { "customers_contracted", N_("Contracted customers"), OF_COUNT, AT (customers_contracted), 0 },
  { "customers_churned", N_("Churned customers"), OF_COUNT, AT (customers_churned), 0 },
  { "customers_closing", N_("Closing customers"), OF_COUNT, AT (customers_closing), 0 },
  { "additive", N_("Customers add up"), OF_OVERLAP, 0, WITH_OVERLAP },
  { "open", N_("Open period"), OF_OPEN, AT (window.open), 0 },
};
#undef AT

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
  guint with = by != NULL ? WITH_GROUPS : 0;

  g_return_val_if_fail (self != NULL && ledger != NULL && scope != NULL, NULL);

  with |= scope->profile->fx == QD_FX_MONTH_END ? WITH_FX : 0;
  with |= scope->profile->segment_at == QD_SEGMENT_PERIOD_START ? WITH_TRANSFERS : 0;
  with |= self->additive ? 0 : WITH_OVERLAP;
  return tabulate ("movements", movement_fields, G_N_ELEMENTS (movement_fields), with, by, self->rows, ledger);
}

#define AT(member) G_STRUCT_OFFSET (QdRetention, member)
static const Field retention_fields[] = {
  { "month", N_("Month"), OF_MONTH, AT (window.last), 0 },
  { NULL, NULL, OF_GROUP, AT (group), WITH_GROUPS },
  { "accounts_start", N_("Customers at the start"), OF_COUNT, AT (accounts_start), 0 },
  { "accounts_retained", N_("Customers retained"), OF_COUNT, AT (accounts_retained), 0 },
  { "start", N_("MRR at the start"), OF_MONEY, AT (start), 0 },
  { "end", N_("MRR at the end"), OF_MONEY, AT (end), 0 },
  { "gross_end", N_("MRR retained"), OF_MONEY, AT (gross_end), 0 },
  { "nrr", N_("NRR"), OF_RATE, AT (nrr), 0 },
  { "grr", N_("GRR"), OF_RATE, AT (grr), 0 },
  { "logo_retention", N_("Customer retention"), OF_RATE, AT (logo_retention), 0 },
  { "logo_churn", N_("Customer churn"), OF_RATE, AT (logo_churn), 0 },
  { "nrr_low", N_("NRR, low"), OF_RATE, AT (nrr_low), 0 },
  { "nrr_high", N_("NRR, high"), OF_RATE, AT (nrr_high), 0 },
  { "grr_low", N_("GRR, low"), OF_RATE, AT (grr_low), 0 },
  { "grr_high", N_("GRR, high"), OF_RATE, AT (grr_high), 0 },
  { "logo_churn_low", N_("Customer churn, low"), OF_RATE, AT (logo_churn_low), 0 },
  { "logo_churn_high", N_("Customer churn, high"), OF_RATE, AT (logo_churn_high), 0 },
  { "lost", N_("MRR of lost customers"), OF_MONEY, AT (lost), 0 },
  { "headwind", N_("Losses (headwind)"), OF_RATE, AT (headwind), 0 },
  { "tailwind", N_("Gains (tailwind)"), OF_RATE, AT (tailwind), 0 },
  { "additive", N_("Customers add up"), OF_OVERLAP, 0, WITH_OVERLAP },
  { "open", N_("Open period"), OF_OPEN, AT (window.open), 0 },
};
#undef AT

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
  g_return_val_if_fail (self != NULL && ledger != NULL && scope != NULL, NULL);

  return tabulate ("retention", retention_fields, G_N_ELEMENTS (retention_fields),
                   (by != NULL ? WITH_GROUPS : 0) | (self->additive ? 0 : WITH_OVERLAP), by, self->rows, ledger);
}

#define AT(member) G_STRUCT_OFFSET (QdCohortCell, member)
static const Field cohort_fields[] = {
  { "cohort", N_("Cohort"), OF_MONTH, AT (cohort), 0 },
  { "age", N_("Age"), OF_COUNT, AT (age), 0 },
  { "accounts", N_("Customers"), OF_COUNT, AT (accounts), 0 },
  { "accounts_retained", N_("Customers retained"), OF_COUNT, AT (accounts_retained), 0 },
  { "logo_retention", N_("Customer retention"), OF_RATE, AT (logo_retention), 0 },
  { "mrr_start", N_("MRR at the start"), OF_MONEY, AT (mrr_start), 0 },
  { "mrr", N_("MRR"), OF_MONEY, AT (mrr), 0 },
  { "nrr", N_("NRR"), OF_RATE, AT (nrr), 0 },
  { "grr", N_("GRR"), OF_RATE, AT (grr), 0 },
  { "gross", N_("MRR retained"), OF_MONEY, AT (gross), 0 },
};
#undef AT

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
  g_return_val_if_fail (self != NULL && ledger != NULL, NULL);

  return tabulate ("cohorts", cohort_fields, G_N_ELEMENTS (cohort_fields), 0, NULL, self->cells, ledger);
}

static void
visit_months (QdWalk        *walk,
              const QdTrack *unit,
              gint64        *totals,
              gpointer       table)
{
  const QdCut *cut = walk->cut;
  guint32 account = qd_ledger_get_account (cut->ledger, unit->customer);

  for (int i = 1; i <= cut->n; i++)
    if (unit->active[i] && qd_walk_get_group (walk, unit, i - 1) != QD_KEY_OUT)
      {
        qd_table_add_text (table, qd_book_get_account_id (cut->book, account));
        qd_table_add_text (table, qd_book_get_account_name (cut->book, account));
        qd_table_add_integer (table, cut->base + i);
        qd_table_add_integer (table, unit->level[i]);
        qd_table_end_row (table);
      }
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
  static const QdColumn columns[] = {
    { "account", N_("Account"), QD_COLUMN_TEXT },
    { "name", N_("Name"), QD_COLUMN_TEXT },
    { "month", N_("Month"), QD_COLUMN_MONTH },
    { "mrr", N_("MRR"), QD_COLUMN_MONEY },
  };
  g_autoptr (QdTable) table = NULL;
  QdCut cut;
  gboolean done;

  g_return_val_if_fail (ledger != NULL && scope != NULL, NULL);

  table = qd_table_new ("ledger", qd_book_get_currency (ledger->book), columns, G_N_ELEMENTS (columns));
  done = qd_cut_init (&cut, ledger, scope, NULL, job, error) && qd_cut_visit (&cut, visit_months, NULL, table, job, error);
  qd_cut_clear (&cut);
  return done ? g_steal_pointer (&table) : NULL;
}
