/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The ledger a second time, by another way: SQL brings the facts in order of
 * account and time, and the state at each month end is read off them month by
 * month. The ledger itself adds up changes day by day. Both must say the same.
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "qd-workspace-private.h"

#define MAX_EXAMPLES 5

/* A level that an event left: of the account in one currency, or of one of its products. */
typedef struct
{
  gboolean of_product;
  gint64 product;
  guint currency;
  QdRatio level;
} Part;

typedef struct
{
  QdWorkspace *workspace;
  QdBook *book;
  QdLedger *ledger;
  QdMonth first;
  guint n_months;

  guint32 next;        /* customer that is compared next */
  char *account;       /* whose facts are being read */
  gint64 *levels;      /* of it, by month */
  GArray *parts;       /* of it */
  QdMonth reached;     /* levels of events are written up to here, exclusive */

  gint64 *expected;    /* scratch: what the ledger says */
  guint8 *active;
  QdFinding *finding;  /* what differs */
} Check;

static guint
find_currency (const QdBook *book,
               const char   *code)
{
  if (code == NULL)
    return 0;
  for (guint i = 0; i < qd_book_get_n_currencies (book); i++)
    if (strcmp (qd_book_get_currency_code (book, i), code) == 0)
      return i;
  return 0;
}

/* FALSE when there is no rate or the amount does not fit: the ledger refuses such data itself. */
static gboolean
convert (const QdBook *book,
         guint         currency,
         QdRatio       amount,
         gint64       *value)
{
  QdDecimal rate = { 1, 0 };

  if (currency != 0 && !qd_book_get_constant_rate (book, currency, &rate))
    return FALSE;
  return qd_ratio_convert (amount, rate, qd_book_get_currency_exponent (book, currency), qd_book_get_exponent (book),
                           value);
}

static void
add_levels (Check  *check,
            QdMonth from,
            QdMonth until,
            gint64  value)
{
  QdMonth end = check->first + (QdMonth) check->n_months;

  for (QdMonth month = MAX (from, check->first); month < MIN (until, end); month++)
    check->levels[month - check->first] += value;
}

/* Writes what the events so far left, for the months before @until. */
static void
write_parts (Check  *check,
             QdMonth until)
{
  gint64 sum = 0;

  for (guint i = 0; i < check->parts->len; i++)
    {
      const Part *part = &g_array_index (check->parts, Part, i);
      gint64 value;

      if (part->level.num > 0 && convert (check->book, part->currency, part->level, &value))
        sum += value;
    }
  if (check->reached != QD_MONTH_NONE)
    add_levels (check, check->reached, until, sum);
  check->reached = until;
}

static Part *
find_part (Check   *check,
           gboolean of_product,
           gint64   product,
           guint    currency)
{
  Part fresh = { of_product, product, currency, { 0, 1 } };

  for (guint i = 0; i < check->parts->len; i++)
    {
      Part *part = &g_array_index (check->parts, Part, i);

      if (part->of_product == of_product && part->currency == currency && (!of_product || part->product == product))
        return part;
    }
  g_array_append_val (check->parts, fresh);
  return &g_array_index (check->parts, Part, check->parts->len - 1);
}

static gboolean
add_ratios (QdRatio  a,
            QdRatio  b,
            QdRatio *sum)
{
  QdRatio scaled_a, scaled_b;
  gint64 num;

  if (a.den == b.den)
    return !__builtin_add_overflow (a.num, b.num, &num) && qd_ratio_make (num, a.den, sum);
  return qd_ratio_multiply (a, (QdRatio) { a.den, 1 }, &scaled_a) &&
         qd_ratio_multiply (b, (QdRatio) { a.den, 1 }, &scaled_b) &&
         qd_ratio_multiply (scaled_a, (QdRatio) { b.den, 1 }, &scaled_a) &&
         qd_ratio_multiply (scaled_b, (QdRatio) { b.den, 1 }, &scaled_b) && scaled_a.den == 1 && scaled_b.den == 1 &&
         !__builtin_add_overflow (scaled_a.num, scaled_b.num, &num) &&
         qd_ratio_multiply ((QdRatio) { num, 1 }, (QdRatio) { 1, a.den }, sum) &&
         qd_ratio_multiply (*sum, (QdRatio) { 1, b.den }, sum);
}

static void
add_event (Check        *check,
           sqlite3_stmt *row)
{
  QdMonth month = (QdMonth) sqlite3_column_int64 (row, 2);
  QdRatio amount = { sqlite3_column_int64 (row, 4), sqlite3_column_int64 (row, 5) };
  guint currency = find_currency (check->book, (const char *) sqlite3_column_text (row, 6));
  gboolean is_change = sqlite3_column_int (row, 7);
  gboolean of_product = sqlite3_column_int (row, 8);
  gint64 product = sqlite3_column_int64 (row, 9);
  Part *part;

  if (check->reached == QD_MONTH_NONE || month > check->reached)
    write_parts (check, month);
  if (!of_product && !is_change)
    for (guint i = 0; i < check->parts->len; i++)
      {
        Part *other = &g_array_index (check->parts, Part, i);

        if (!other->of_product)
          other->level = (QdRatio) { 0, 1 };
      }
  part = find_part (check, of_product, product, currency);
  if (!is_change)
    part->level = amount;
  else if (!add_ratios (part->level, amount, &part->level))
    part->level = (QdRatio) { 0, 1 };
}

static void
add_fact (Check        *check,
          sqlite3_stmt *row)
{
  QdRatio amount = { sqlite3_column_int64 (row, 4), sqlite3_column_int64 (row, 5) };
  gint64 value;

  if (sqlite3_column_int (row, 1) == 3)
    add_event (check, row);
  else if (convert (check->book, find_currency (check->book, (const char *) sqlite3_column_text (row, 6)), amount, &value))
    add_levels (check, (QdMonth) sqlite3_column_int64 (row, 2),
                sqlite3_column_type (row, 3) == SQLITE_NULL ? G_MAXINT32 : (QdMonth) sqlite3_column_int64 (row, 3), value);
}

static void
report_difference (Check      *check,
                   const char *account,
                   QdMonth     month,
                   gint64      found,
                   gint64      expected)
{
  int exponent = qd_book_get_exponent (check->book);
  g_autofree char *iso = NULL;
  g_autofree char *ledger = NULL;
  g_autofree char *rows = NULL;

  if (check->finding == NULL)
    check->finding = qd_finding_new (QD_FINDING_FAILURE, "ledger-differs", 0,
                                     g_strdup (_("The ledger says another thing than the rows it is made from. Give "
                                                 "--repair; when it stays so, report it as a fault of the program.")));
  if (check->finding->count++ >= MAX_EXAMPLES)
    return;
  iso = qd_month_to_iso (month);
  ledger = qd_money_to_iso (found, exponent);
  rows = qd_money_to_iso (expected, exponent);
  g_ptr_array_add (check->finding->examples,
                   /* Translators: account, month, two amounts */
                   g_strdup_printf (_("%s, %s: %s in the ledger, %s by the rows"), account, iso, ledger, rows));
}

/* @levels: what the rows say, NULL for nothing. */
static void
compare_customer (Check        *check,
                  guint32       customer,
                  const gint64 *levels)
{
  const char *account = qd_book_get_account_id (check->book, qd_ledger_get_account (check->ledger, customer));

  qd_ledger_get_months (check->ledger, customer, check->first, check->first + (QdMonth) check->n_months - 1,
                        check->expected, check->active);
  for (guint i = 0; i < check->n_months; i++)
    {
      gint64 level = levels != NULL ? levels[i] : 0;

      if (check->expected[i] != level || check->active[i] != (level > 0))
        report_difference (check, account, check->first + (QdMonth) i, check->expected[i], level);
    }
}

/* Compares every customer before @account, then @account itself; NULL: the rest. */
static void
compare_up_to (Check      *check,
               const char *account)
{
  while (check->next < qd_ledger_get_n_customers (check->ledger))
    {
      const char *id = qd_book_get_account_id (check->book, qd_ledger_get_account (check->ledger, check->next));
      int order = account != NULL ? strcmp (id, account) : -1;

      if (order > 0)
        break;
      compare_customer (check, check->next++, order == 0 ? check->levels : NULL);
      if (order == 0)
        return;
    }
  if (account == NULL)
    return;
  for (guint i = 0; i < check->n_months; i++)
    if (check->levels[i] != 0)
      report_difference (check, account, check->first + (QdMonth) i, 0, check->levels[i]);
}

static void
end_account (Check *check)
{
  if (check->account == NULL)
    return;
  if (check->reached != QD_MONTH_NONE)
    write_parts (check, check->first + (QdMonth) check->n_months);
  compare_up_to (check, check->account);
  memset (check->levels, 0, sizeof *check->levels * check->n_months);
  g_array_set_size (check->parts, 0);
  check->reached = QD_MONTH_NONE;
  g_clear_pointer (&check->account, g_free);
}

static gboolean
compare_rows (QdDb    *db,
              gpointer data,
              QdJob   *job,
              GError **error)
{
  Check *check = data;
  g_autoptr (QdStmt) stmt = qd_db_statement (db, "check-revenue", error);
  gboolean row = TRUE;

  if (stmt == NULL)
    return FALSE;
  while (TRUE)
    {
      sqlite3_stmt *handle = qd_stmt_get_handle (stmt);

      if (!qd_stmt_step (stmt, &row, error))
        return FALSE;
      if (!row)
        break;
      if (g_strcmp0 (check->account, (const char *) sqlite3_column_text (handle, 0)) != 0)
        {
          end_account (check);
          if (!qd_job_check (job, error))
            return FALSE;
          check->account = g_strdup ((const char *) sqlite3_column_text (handle, 0));
        }
      add_fact (check, handle);
    }
  end_account (check);
  compare_up_to (check, NULL);
  return TRUE;
}

/**
 * qd_workspace_check_ledger:
 * @self: a workspace
 * @job: (nullable): reports and cancels
 * @findings: (element-type QdFinding): gets one finding when anything differs
 * @error: return location
 *
 * Computes every month-end level under the default definitions from the rows
 * and compares it with the ledger, to the minor unit. Linear in rows and in
 * accounts × months.
 *
 * Returns: `FALSE` when one of the two could not be computed
 */
gboolean
qd_workspace_check_ledger (QdWorkspace *self,
                           QdJob       *job,
                           GPtrArray   *findings,
                           GError     **error)
{
  g_autoptr (QdProfile) profile = qd_profile_new ("Board", 1);
  g_autoptr (QdLedger) ledger = qd_workspace_get_ledger (self, profile, job, error);
  g_autoptr (GArray) parts = g_array_new (FALSE, FALSE, sizeof (Part));
  g_autofree gint64 *levels = NULL;
  g_autofree gint64 *expected = NULL;
  g_autofree guint8 *active = NULL;
  g_autofree char *account = NULL;
  Check check = { .workspace = self, .ledger = ledger, .parts = parts, .reached = QD_MONTH_NONE };
  gboolean done;

  if (ledger == NULL)
    return FALSE;
  check.book = qd_ledger_get_book (ledger);
  check.first = qd_ledger_get_first_month (ledger);
  if (check.first == QD_MONTH_NONE || qd_book_get_first_month (check.book) == QD_MONTH_NONE)
    return TRUE;
  check.n_months = (guint) (qd_ledger_get_last_month (ledger) - check.first + 1);
  levels = check.levels = g_new0 (gint64, check.n_months);
  expected = check.expected = g_new0 (gint64, check.n_months);
  active = check.active = g_new0 (guint8, check.n_months);

  done = qd_store_run (qd_workspace_get_store (self), QD_STORE_PRIORITY_BULK, compare_rows, &check, job, error);
  account = check.account;
  if (check.finding != NULL)
    g_ptr_array_add (findings, check.finding);
  return done;
}
