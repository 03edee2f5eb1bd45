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

#define MAX_EXAMPLES 5

/* Accounts whose top has a parent of its own belong to a ring. */
static void
check_parents (const QdBook *book,
               GPtrArray    *findings)
{
  QdFinding *finding = NULL;

  for (guint32 account = 0; account < qd_book_get_n_accounts (book); account++)
    {
      guint32 top = qd_book_get_account_ultimate_parent (book, account);

      if (qd_book_get_account_parent (book, top) == QD_BOOK_NONE)
        continue;
      if (finding == NULL)
        {
          finding = qd_finding_new (QD_FINDING_WARNING, "parent-ring", 0,
                                    g_strdup (_("Accounts whose parents name one another in a ring: the one with the "
                                                "smallest id counts as the top. Correct the parents.")));
          g_ptr_array_add (findings, finding);
        }
      if (finding->count++ < MAX_EXAMPLES)
        g_ptr_array_add (finding->examples, g_strdup (qd_book_get_account_id (book, account)));
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
check_flag (const QdBook *book,
            guint         dimension,
            gboolean      is_flag,
            const guint8 *paying,
            GPtrArray    *findings)
{
  const char *field = qd_book_get_dimension_name (book, dimension);
  const guint32 *values = qd_book_get_account_values (book, dimension);
  guint n_values = qd_book_get_n_values (book, dimension);
  g_autofree guint8 *says = g_new (guint8, n_values);
  g_autoptr (QdFinding) finding = qd_finding_new (QD_FINDING_WARNING, "churn-flag-differs", 0, NULL);
  guint64 n_paying = 0, n_gone = 0;

  for (guint v = 0; v < n_values; v++)
    says[v] = read_word (qd_book_get_value (book, dimension, v), is_flag);
  for (guint32 account = 0; account < qd_book_get_n_accounts (book); account++)
    {
      gboolean wrongly_gone = says[values[account]] == SAYS_GONE && paying[account] == PAYS;
      gboolean wrongly_there = says[values[account]] == SAYS_THERE && paying[account] == PAID_ONCE;

      if (!wrongly_gone && !wrongly_there)
        continue;
      n_paying += wrongly_gone;
      n_gone += wrongly_there;
      if (finding->count++ < MAX_EXAMPLES)
        g_ptr_array_add (finding->examples, g_strdup_printf ("%s %s=%s", qd_book_get_account_id (book, account), field,
                                                             qd_book_get_value (book, dimension, values[account])));
    }
  if (finding->count == 0)
    return;
  finding->message =
      g_strdup_printf (_("The field “%s” contradicts the revenue: %" PRIu64 " accounts that it calls gone pay in "
                         "the last month, %" PRIu64 " that it calls customers have stopped paying. The revenue "
                         "decides; look at the source system."),
                       field, n_paying, n_gone);
  g_ptr_array_add (findings, g_steal_pointer (&finding));
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

/* What ends later is not in the figures, unless it is asked for. An end date is the first day not in force. */
static void
check_ends (const QdBook *book,
            GPtrArray    *findings)
{
  const QdBookLines *lines = qd_book_get_lines (book);
  QdMonth last = qd_book_get_last_month (book), horizon = qd_book_get_horizon (book, FALSE);
  g_autofree char *last_text = qd_month_to_words (last);
  g_autofree char *horizon_text = qd_month_to_words (horizon);
  g_autoptr (QdFinding) finding = NULL;

  if (horizon == last)
    return;
  finding = qd_finding_new (QD_FINDING_NOTE, "ends-after-data", 0,
                            g_strdup_printf (_("Lines that end after the last month of the data (%s): the figures of that "
                                               "month still hold them. Look at later months as well, up to %s."),
                                             last_text, horizon_text));
  for (guint32 account = 0; account < qd_book_get_n_accounts (book); account++)
    for (guint32 i = lines->offsets[account]; i < lines->offsets[account + 1]; i++)
      {
        g_autofree char *end = NULL;

        if (lines->end[i] == QD_DAY_FOREVER || lines->trial[i] || qd_day_get_month (lines->end[i]) <= last)
          continue;
        if (finding->count++ >= MAX_EXAMPLES)
          continue;
        end = qd_day_to_iso (lines->end[i]);
        g_ptr_array_add (finding->examples, g_strdup_printf ("%s %s", qd_book_get_account_id (book, account), end));
      }
  if (finding->count > 0)
    g_ptr_array_add (findings, g_steal_pointer (&finding));
}

/**
 * qd_workspace_check_book:
 * @ledger: the ledger under the default definitions
 * @findings: (element-type QdFinding): where to add what was found
 *
 * Looks for rings of parents, for lines that end after the data, and for fields like “churn_flag” or “status” that
 * say another thing about who left than the revenue does.
 */
void
qd_workspace_check_book (QdLedger  *ledger,
                         GPtrArray *findings)
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

  check_parents (book, findings);
  if (qd_book_get_last_month (book) == QD_MONTH_NONE)
    return;
  check_ends (book, findings);
  paying = list_paying (book, ledger);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      int dimension = qd_book_find_dimension (book, fields[i].name);

      if (dimension >= 0)
        check_flag (book, dimension, fields[i].is_flag, paying, findings);
    }
}
