/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The ledger a second time, by another way: SQL computes the level of each
 * account at the ends of months from the rows, with its own calendar, rates and
 * rounding, and shares nothing with the book. Both must say the same. Then the
 * identity: opening and movements make closing.
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "qd-workspace-private.h"

typedef struct
{
  QdBook *book;
  QdLedger *ledger;
  guint32 *customers;  /* by account; QD_BOOK_NONE: the ledger has nothing of it */
  QdMonth first;
  guint n_months;
  gint64 *expected;    /* what the rows say of one account, by month */
  gint64 *found;       /* what the ledger says */
  guint8 *active;
  QdChecking *checking;
  QdFinding *finding;  /* what differs */
  QdFinding *unsure;   /* accounts beyond the arithmetic of SQL */
} Check;

static void
clear_check (Check *check)
{
  g_free (check->customers);
  g_free (check->expected);
  g_free (check->found);
  g_free (check->active);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Check, clear_check)

static void
report_difference (Check      *check,
                   const char *account,
                   QdMonth     month,
                   gint64      found,
                   gint64      expected)
{
  static const QdColumn columns[] = { QD_CHECK_ACCOUNT, { "month", N_ ("Month"), QD_COLUMN_MONTH },
                                      { "ledger", N_ ("In the Ledger"), QD_COLUMN_MONEY },
                                      { "rows", N_ ("By the Rows"), QD_COLUMN_MONEY } };
  int exponent = qd_book_get_exponent (check->book);
  guint32 known = qd_book_find_account (check->book, account);
  g_autofree char *iso = NULL;
  g_autofree char *ledger = NULL;
  g_autofree char *rows = NULL;

  if (check->finding == NULL)
    check->finding = qd_checking_add (check->checking, QD_FINDING_FAILURE, "ledger-differs",
                                      g_strdup (_("The ledger says another thing than the rows it is made from. Give "
                                                  "--repair; when it stays so, report it as a fault of the program.")),
                                      columns, G_N_ELEMENTS (columns), qd_book_get_currency (check->book));
  if (!qd_checking_count (check->checking, check->finding))
    return;
  iso = qd_month_to_iso (month);
  ledger = qd_money_to_iso (found, exponent);
  rows = qd_money_to_iso (expected, exponent);
  /* Translators: account, month, two amounts */
  qd_finding_take_example (check->finding,
                           g_strdup_printf (_("%s, %s: %s in the ledger, %s by the rows"), account, iso, ledger, rows));
  qd_table_add_text (check->finding->records, account);
  qd_table_add_text (check->finding->records, known != QD_BOOK_NONE ? qd_book_get_account_name (check->book, known) : NULL);
  qd_table_add_integer (check->finding->records, month);
  qd_table_add_integer (check->finding->records, found);
  qd_table_add_integer (check->finding->records, expected);
  qd_table_end_row (check->finding->records);
}

static QdFinding *
add_unchecked (QdChecking *checking)
{
  static const QdColumn columns[] = { QD_CHECK_ACCOUNT };

  return qd_checking_add (checking, QD_FINDING_NOTE, "ledger-unchecked",
                          g_strdup (_("Accounts whose amounts are too large for the second computation of the ledger: it "
                                      "says nothing about them.")),
                          columns, G_N_ELEMENTS (columns), NULL);
}

static void
report_unsure (Check  *check,
               guint32 account)
{
  if (check->unsure == NULL)
    check->unsure = add_unchecked (check->checking);
  if (!qd_checking_count (check->checking, check->unsure))
    return;
  qd_finding_take_example (check->unsure, g_strdup (qd_book_get_account_id (check->book, account)));
  qd_finding_add_account (check->unsure, check->book, account);
  qd_table_end_row (check->unsure->records);
}

/* The first @n_sure months of what the rows say can be relied on. */
static void
compare_account (Check  *check,
                 guint32 account,
                 guint   n_sure)
{
  guint32 customer = check->customers[account];

  memset (check->found, 0, check->n_months * sizeof *check->found);
  memset (check->active, 0, check->n_months);
  if (customer != QD_BOOK_NONE)
    qd_ledger_get_months (check->ledger, customer, check->first, check->first + (QdMonth) check->n_months - 1, check->found,
                          check->active);
  for (guint m = 0; m < n_sure; m++)
    if (check->found[m] != check->expected[m] || check->active[m] != (check->expected[m] > 0))
      report_difference (check, qd_book_get_account_id (check->book, account), check->first + (QdMonth) m, check->found[m],
                         check->expected[m]);
  if (n_sure < check->n_months)
    report_unsure (check, account);
}

/* Accounts that the rows do not mention must have nothing. */
static void
compare_silent (Check  *check,
                guint32 from,
                guint32 to)
{
  memset (check->expected, 0, check->n_months * sizeof *check->expected);
  for (guint32 account = from; account < to; account++)
    if (check->customers[account] != QD_BOOK_NONE)
      compare_account (check, account, check->n_months);
}

/* The account whose rows come in. */
typedef struct
{
  char *id;
  guint32 account;
  guint at;          /* months filled so far */
  guint n_sure;
  gint64 level;
} Current;

static void
clear_current (Current *current)
{
  g_clear_pointer (&current->id, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Current, clear_current)

static void
fill (Check   *check,
      Current *current,
      gint64   until)
{
  while (current->at < check->n_months && current->at < until)
    check->expected[current->at++] = current->level;
}

static void
begin_account (Check      *check,
               Current    *current,
               const char *id,
               guint32    *next)
{
  current->id = g_strdup (id);
  current->account = qd_book_find_account (check->book, id);
  current->at = 0;
  current->level = 0;
  current->n_sure = check->n_months;
  if (current->account == QD_BOOK_NONE)
    return;
  compare_silent (check, *next, current->account);
  *next = current->account + 1;
}

static void
end_account (Check   *check,
             Current *current)
{
  if (current->id == NULL)
    return;
  fill (check, current, check->n_months);
  if (current->account != QD_BOOK_NONE)
    compare_account (check, current->account, current->n_sure);
  g_clear_pointer (&current->id, g_free);
}

/* A row for each month in which a level changes, by account, then by month. */
static gboolean
compare_rows (QdDb    *db,
              gpointer data,
              QdJob   *job,
              GError **error)
{
  Check *check = data;
  g_autoptr (QdStmt) stmt = qd_db_statement (db, "check-ledger", error);
  g_auto (Current) current = { NULL };
  guint32 next = 0;
  gboolean row = TRUE;

  if (stmt == NULL)
    return FALSE;
  for (guint64 n = 0;; n++)
    {
      sqlite3_stmt *handle = qd_stmt_get_handle (stmt);
      const char *id;
      gint64 month, level;

      if (!qd_stmt_step (stmt, &row, error) || (n % 4096 == 0 && !qd_job_check (job, error)))
        return FALSE;
      if (!row)
        break;
      id = (const char *) sqlite3_column_text (handle, 0);
      if (current.id == NULL || strcmp (id, current.id) != 0)
        {
          end_account (check, &current);
          begin_account (check, &current, id, &next);
        }
      month = sqlite3_column_int64 (handle, 1) - check->first;
      level = sqlite3_column_int64 (handle, 2);
      if ((month < 0 || current.account == QD_BOOK_NONE) && level != 0)
        report_difference (check, id, sqlite3_column_int64 (handle, 1), 0, level);
      fill (check, &current, month);
      if (sqlite3_column_int64 (handle, 3) != 0)
        current.n_sure = MIN (current.n_sure, MAX (month, 0));
      current.level = level;
    }
  end_account (check, &current);
  compare_silent (check, next, qd_book_get_n_accounts (check->book));
  return TRUE;
}

static void
add_broken (QdFinding        *finding,
            const QdMovement *row,
            gint64            sum)
{
  g_autofree char *month = qd_month_to_iso (row->window.last);

  qd_finding_take_example (finding, g_strdup_printf ("%s %s", month, row->group != NULL ? row->group : ""));
  qd_table_add_integer (finding->records, row->window.last);
  qd_table_add_text (finding->records, row->group);
  qd_table_add_integer (finding->records, row->opening);
  qd_table_add_integer (finding->records, sum);
  qd_table_add_integer (finding->records, row->closing);
  qd_table_end_row (finding->records);
}

/* Opening + movements = closing, and closing = the next opening, in every group. */
static gboolean
check_identity (QdChecking      *checking,
                QdLedger        *ledger,
                const QdProfile *profile,
                const char      *by,
                QdJob           *job,
                GError         **error)
{
  static const QdColumn columns[] = { { "month", N_ ("Month"), QD_COLUMN_MONTH },
                                      { "group", N_ ("Segment"), QD_COLUMN_TEXT },
                                      { "opening", N_ ("Opening"), QD_COLUMN_MONEY },
                                      { "sum", N_ ("Opening and Movements"), QD_COLUMN_MONEY },
                                      { "closing", N_ ("Closing"), QD_COLUMN_MONEY } };
  g_autoptr (QdScope) scope = qd_scope_new (profile);
  g_autoptr (QdMovements) movements = NULL;
  g_autoptr (GHashTable) closings = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  QdFinding *finding = NULL;

  scope->period = (QdPeriod) { QD_PERIOD_MONTHS, 1 };
  movements = qd_movements_compute (ledger, scope, by, job, error);
  if (movements == NULL)
    return FALSE;
  for (guint i = 0; i < movements->rows->len; i++)
    {
      const QdMovement *row = &g_array_index (movements->rows, QdMovement, i);
      const char *group = row->group != NULL ? row->group : "";
      const gint64 *before = g_hash_table_lookup (closings, group);
      gint64 sum = row->opening + row->new_business + row->reactivation + row->expansion - row->contraction - row->churn +
                   row->fx + row->transfer_in - row->transfer_out;

      if (sum != row->closing || (before != NULL && *before != row->opening))
        {
          if (finding == NULL)
            finding = qd_checking_add (checking, QD_FINDING_FAILURE, "ledger-identity",
                                       g_strdup (_("Opening and movements do not add up to closing. Report it as a fault "
                                                   "of the program.")),
                                       columns, G_N_ELEMENTS (columns), qd_book_get_currency (qd_ledger_get_book (ledger)));
          if (qd_checking_count (checking, finding))
            add_broken (finding, row, sum);
        }
      g_hash_table_insert (closings, (gpointer) group, g_memdup2 (&row->closing, sizeof row->closing));
    }
  return TRUE;
}

static void
prepare (Check *check)
{
  guint32 n_accounts = qd_book_get_n_accounts (check->book);

  check->first = qd_book_get_first_month (check->book);
  check->n_months = (guint) (qd_book_get_last_month (check->book) - check->first + 1);
  check->customers = g_new (guint32, MAX (n_accounts, 1));
  check->expected = g_new0 (gint64, check->n_months);
  check->found = g_new0 (gint64, check->n_months);
  check->active = g_new0 (guint8, check->n_months);
  for (guint32 account = 0; account < n_accounts; account++)
    check->customers[account] = QD_BOOK_NONE;
  for (guint32 customer = 0; customer < qd_ledger_get_n_customers (check->ledger); customer++)
    check->customers[qd_ledger_get_account (check->ledger, customer)] = customer;
}

static void
forget (Check      *check,
        QdFinding **finding)
{
  if (*finding != NULL)
    g_ptr_array_remove (check->checking->findings, *finding);
  *finding = NULL;
}

/**
 * qd_workspace_check_ledger:
 * @self: a workspace
 * @checking: what is asked for, and where to add what was found
 * @ledger: its ledger under the default definitions
 * @profile: these definitions
 * @job: (nullable): reports and cancels
 * @error: return location
 *
 * Computes every month-end level under the default definitions from the rows
 * and compares it with the ledger, to the minor unit; then checks that opening
 * and movements make closing in every month, in total and in each segment.
 * Linear in rows and in accounts × months, apart from sorting in SQL.
 *
 * Returns: `FALSE` when one of the two could not be computed
 */
gboolean
qd_workspace_check_ledger (QdWorkspace     *self,
                           QdChecking      *checking,
                           QdLedger        *ledger,
                           const QdProfile *profile,
                           QdJob           *job,
                           GError         **error)
{
  g_auto (Check) check = { .ledger = ledger, .book = qd_ledger_get_book (ledger), .checking = checking };
  g_autoptr (GError) local_error = NULL;

  if (qd_book_get_first_month (check.book) == QD_MONTH_NONE)
    return TRUE;
  prepare (&check);
  if (!qd_store_run (qd_workspace_get_store (self), QD_STORE_PRIORITY_BULK, compare_rows, &check, job, &local_error))
    {
      if (!g_error_matches (local_error, QD_STORE_ERROR, QD_STORE_ERROR_FAILED))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      /* A sum beyond 64 bits ends the statement: nothing was compared. */
      forget (&check, &check.finding);
      forget (&check, &check.unsure);
      for (guint32 account = 0; account < qd_book_get_n_accounts (check.book); account++)
        report_unsure (&check, account);
    }
  return check_identity (checking, ledger, profile, NULL, job, error) &&
         check_identity (checking, ledger, profile, "segment", job, error);
}
