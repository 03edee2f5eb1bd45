/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is odd in the data and takes a book or a ledger to see: parents in a
 * ring, lines that end after the data, and fields of the source that contradict
 * the revenue.
 */
#include "config.h"

#include <inttypes.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "qd-workspace-private.h"

/* Accounts whose top has a parent of its own belong to a ring. */
static void
check_parents (QdChecking   *checking,
               const QdBook *book)
{
  static const QdColumn columns[] = { QD_CHECK_ACCOUNT, { "parent", N_ ("Parent"), QD_COLUMN_TEXT } };
  QdFinding *finding = NULL;

  for (guint32 account = 0; account < qd_book_get_n_accounts (book); account++)
    {
      guint32 top = qd_book_get_account_ultimate_parent (book, account);

      if (qd_book_get_account_parent (book, top) == QD_BOOK_NONE)
        continue;
      if (finding == NULL)
        finding = qd_checking_add (checking, QD_FINDING_WARNING, "parent-ring",
                                   g_strdup (_("Accounts whose parents name one another in a ring: the one with the "
                                               "smallest id counts as the top. Correct the parents.")),
                                   columns, G_N_ELEMENTS (columns), NULL);
      if (!qd_checking_count (checking, finding))
        continue;
      qd_finding_take_example (finding, g_strdup (qd_book_get_account_id (book, account)));
      qd_finding_add_account (finding, book, account);
      qd_table_add_text (finding->records, qd_book_get_account_id (book, qd_book_get_account_parent (book, account)));
      qd_table_end_row (finding->records);
    }
}

typedef enum
{
  SAYS_NOTHING,
  SAYS_GONE,
  SAYS_THERE,
} Says;

/* Only words that leave no doubt count. */
static Says
read_word (const char *value,
           gboolean    is_flag)
{
  static const char *const gone[] = { "churned", "churn", "cancelled", "canceled", "lost", "closed", "former", NULL };
  static const char *const there[] = { "active", "customer", "live", "current", NULL };
  static const char *const yes[] = { "true", "yes", "y", "1", "t", NULL };
  static const char *const no[] = { "false", "no", "n", "0", "f", NULL };
  g_autofree char *stripped = g_strstrip (g_strdup (value));
  g_autofree char *folded = g_utf8_casefold (stripped, -1);

  if (g_strv_contains (gone, folded) || (is_flag && g_strv_contains (yes, folded)))
    return SAYS_GONE;
  if (g_strv_contains (there, folded) || (is_flag && g_strv_contains (no, folded)))
    return SAYS_THERE;
  return SAYS_NOTHING;
}

typedef enum
{
  NEVER_PAID,
  PAID_ONCE,
  PAYS,
} Paying;

static void
check_flag (QdChecking   *checking,
            const QdBook *book,
            guint         dimension,
            gboolean      is_flag,
            const guint8 *paying)
{
  static const QdColumn columns[] = { QD_CHECK_ACCOUNT, { "value", N_ ("Value of the Field"), QD_COLUMN_TEXT },
                                      { "revenue", N_ ("What the Revenue Says"), QD_COLUMN_TEXT } };
  const char *field = qd_book_get_dimension_name (book, dimension);
  const guint32 *values = qd_book_get_account_values (book, dimension);
  guint n_values = qd_book_get_n_values (book, dimension);
  g_autofree guint8 *says = g_new (guint8, n_values);
  QdFinding *finding = NULL;
  guint64 n_paying = 0, n_gone = 0;

  for (guint v = 0; v < n_values; v++)
    says[v] = read_word (qd_book_get_value (book, dimension, v), is_flag);
  for (guint32 account = 0; account < qd_book_get_n_accounts (book); account++)
    {
      gboolean wrongly_gone = says[values[account]] == SAYS_GONE && paying[account] == PAYS;
      gboolean wrongly_there = says[values[account]] == SAYS_THERE && paying[account] == PAID_ONCE;
      const char *value;

      if (!wrongly_gone && !wrongly_there)
        continue;
      n_paying += wrongly_gone;
      n_gone += wrongly_there;
      if (finding == NULL)
        finding = qd_checking_add (checking, QD_FINDING_WARNING, "churn-flag-differs", NULL, columns,
                                   G_N_ELEMENTS (columns), NULL);
      if (!qd_checking_count (checking, finding))
        continue;
      value = qd_book_get_value (book, dimension, values[account]);
      qd_finding_take_example (finding, g_strdup_printf ("%s %s=%s", qd_book_get_account_id (book, account), field, value));
      qd_finding_add_account (finding, book, account);
      qd_table_add_text (finding->records, value);
      qd_table_add_text (finding->records, wrongly_gone ? _("Pays") : _("Has stopped paying"));
      qd_table_end_row (finding->records);
    }
  if (finding == NULL)
    return;
  finding->about = g_strdup (field);
  finding->message =
      g_strdup_printf (_("The field “%s” contradicts the revenue: %'" PRIu64 " accounts that it calls gone pay in "
                         "the last month, %'" PRIu64 " that it calls customers have stopped paying. The revenue "
                         "decides; look at the source system."),
                       field, n_paying, n_gone);
}

static guint8 *
list_paying (const QdBook *book,
             QdLedger     *ledger)
{
  guint8 *paying = g_new0 (guint8, qd_book_get_n_accounts (book) + 1);
  QdMonth last = qd_book_get_last_month (book);

  for (guint32 customer = 0; customer < qd_ledger_get_n_customers (ledger); customer++)
    {
      guint32 account = qd_ledger_get_account (ledger, customer);
      guint n_changes;
      const QdLedgerChange *changes = qd_ledger_get_changes (ledger, customer, &n_changes);
      gint64 level;

      qd_ledger_get_months (ledger, customer, last, last, &level, NULL);
      if (level > 0)
        paying[account] = PAYS;
      for (guint i = 0; i < n_changes && paying[account] == NEVER_PAID; i++)
        if (changes[i].level > 0)
          paying[account] = PAID_ONCE;
    }
  return paying;
}

static QdFinding *
add_ends (QdChecking   *checking,
          const QdBook *book)
{
  static const QdColumn columns[] = { QD_CHECK_ACCOUNT, { "product", N_ ("Product"), QD_COLUMN_TEXT },
                                      { "start", N_ ("Start"), QD_COLUMN_DAY }, { "end", N_ ("End"), QD_COLUMN_DAY } };
  g_autofree char *last = qd_month_to_words (qd_book_get_last_month (book));
  g_autofree char *horizon = qd_month_to_words (qd_book_get_horizon (book, FALSE));

  return qd_checking_add (checking, QD_FINDING_NOTE, "ends-after-data",
                          g_strdup_printf (_("Lines that end after the last month of the data (%s): the figures of that "
                                             "month still hold them. Look at later months as well, up to %s."),
                                           last, horizon),
                          columns, G_N_ELEMENTS (columns), NULL);
}

static void
add_end (QdFinding    *finding,
         const QdBook *book,
         guint32       account,
         guint32       line)
{
  const QdBookLines *lines = qd_book_get_lines (book);
  g_autofree char *end = qd_day_to_iso (lines->end[line]);

  qd_finding_take_example (finding, g_strdup_printf ("%s %s", qd_book_get_account_id (book, account), end));
  qd_finding_add_account (finding, book, account);
  if (lines->product[line] != QD_BOOK_NONE)
    qd_table_add_text (finding->records, qd_book_get_product_name (book, lines->product[line]));
  else
    qd_table_add_missing (finding->records);
  qd_table_add_integer (finding->records, lines->start[line]);
  qd_table_add_integer (finding->records, lines->end[line]);
  qd_table_end_row (finding->records);
}

/* What ends later is not in the figures, unless it is asked for. An end date is the first day not in force. */
static void
check_ends (QdChecking   *checking,
            const QdBook *book)
{
  const QdBookLines *lines = qd_book_get_lines (book);
  QdMonth last = qd_book_get_last_month (book);
  QdFinding *finding = NULL;

  if (qd_book_get_horizon (book, FALSE) == last)
    return;
  for (guint32 account = 0; account < qd_book_get_n_accounts (book); account++)
    for (guint32 i = lines->offsets[account]; i < lines->offsets[account + 1]; i++)
      {
        if (lines->end[i] == QD_DAY_FOREVER || lines->trial[i] || qd_day_get_month (lines->end[i]) <= last)
          continue;
        if (finding == NULL)
          finding = add_ends (checking, book);
        if (qd_checking_count (checking, finding))
          add_end (finding, book, account, i);
      }
}

/**
 * qd_workspace_check_book:
 * @checking: what is asked for, and where to add what was found
 * @ledger: the ledger under the default definitions
 *
 * Looks for rings of parents, for lines that end after the data, and for fields like “churn_flag” or “status” that
 * say another thing about who left than the revenue does.
 */
void
qd_workspace_check_book (QdChecking *checking,
                         QdLedger   *ledger)
{
  static const struct
  {
    const char *name;
    gboolean is_flag;
  } fields[] = {
    { "churn_flag", TRUE }, { "churned", TRUE },         { "is_churned", TRUE },       { "churn", TRUE },
    { "status", FALSE },    { "account_status", FALSE }, { "customer_status", FALSE }, { "stage", FALSE },
  };
  const QdBook *book = qd_ledger_get_book (ledger);
  g_autofree guint8 *paying = NULL;

  check_parents (checking, book);
  if (qd_book_get_last_month (book) == QD_MONTH_NONE)
    return;
  check_ends (checking, book);
  paying = list_paying (book, ledger);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      int dimension = qd_book_find_dimension (book, fields[i].name);

      if (dimension >= 0)
        check_flag (checking, book, dimension, fields[i].is_flag, paying);
    }
}
