/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * check: the file, the ledger a second time, what is odd in the data.
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "qd-workspace-private.h"

/* So many of each are examples. */
#define MAX_EXAMPLES 5

/**
 * qd_checking_add:
 * @self: what is asked for
 * @level: how bad it is
 * @code: a word for programs; static
 * @message: (transfer full): what it is and what to do, translated
 * @columns: (array length=n_columns): of its records; see qd_table_new()
 * @n_columns: how many; 0: there are no records
 * @currency: (nullable): of their money
 *
 * Returns: (transfer none): a finding that counts 0
 */
QdFinding *
qd_checking_add (QdChecking     *self,
                 QdFindingLevel  level,
                 const char     *code,
                 char           *message,
                 const QdColumn *columns,
                 guint           n_columns,
                 const char     *currency)
{
  QdFinding *finding = g_new0 (QdFinding, 1);

  finding->level = level;
  finding->code = code;
  finding->message = message;
  finding->examples = g_ptr_array_new_with_free_func (g_free);
  if (n_columns > 0)
    finding->records = qd_table_new (code, currency, columns, n_columns);
  g_ptr_array_add (self->findings, finding);
  return finding;
}

/**
 * qd_checking_count:
 * @self: what is asked for
 * @finding: what was found once more
 *
 * Returns: whether it is to be told, or there are enough of them
 */
gboolean
qd_checking_count (const QdChecking *self,
                   QdFinding        *finding)
{
  return finding->count++ < self->most && (self->only == NULL || strcmp (self->only, finding->code) == 0);
}

/**
 * qd_finding_take_example:
 * @self: a finding
 * @text: (transfer full): one of its records in words
 */
void
qd_finding_take_example (QdFinding *self,
                         char      *text)
{
  if (self->examples->len < MAX_EXAMPLES)
    g_ptr_array_add (self->examples, text);
  else
    g_free (text);
}

/**
 * qd_finding_add_account:
 * @self: a finding whose records begin with "account" and "name"
 * @book: the book
 * @account: an account of it
 *
 * Begins a record.
 */
void
qd_finding_add_account (QdFinding    *self,
                        const QdBook *book,
                        guint32       account)
{
  qd_table_add_text (self->records, qd_book_get_account_id (book, account));
  qd_table_add_text (self->records, qd_book_get_account_name (book, account));
}

/**
 * qd_finding_dup_id:
 * @self: a finding
 *
 * Returns: (transfer full): what qd_workspace_check_one() knows it by
 */
char *
qd_finding_dup_id (const QdFinding *self)
{
  return self->about != NULL ? g_strdup_printf ("%s:%s", self->code, self->about) : g_strdup (self->code);
}

/**
 * qd_finding_free:
 * @self: a finding
 */
void
qd_finding_free (QdFinding *self)
{
  g_free (self->about);
  g_free (self->message);
  g_ptr_array_unref (self->examples);
  g_clear_pointer (&self->records, qd_table_unref);
  g_free (self);
}

#define PRODUCT { "product", N_ ("Product"), QD_COLUMN_TEXT }
#define CURRENCY { "currency", N_ ("Currency"), QD_COLUMN_TEXT }

static const QdColumn account_columns[] = { QD_CHECK_ACCOUNT };
static const QdColumn segment_columns[] = { QD_CHECK_ACCOUNT, { "region", N_ ("Region"), QD_COLUMN_TEXT },
                                            { "csm", N_ ("CSM"), QD_COLUMN_TEXT } };
static const QdColumn silent_columns[] = { QD_CHECK_ACCOUNT, { "segment", N_ ("Segment"), QD_COLUMN_TEXT },
                                           { "csm", N_ ("CSM"), QD_COLUMN_TEXT },
                                           { "signup", N_ ("Signed Up"), QD_COLUMN_DAY } };
static const QdColumn signup_columns[] = { QD_CHECK_ACCOUNT, { "signup", N_ ("Signed Up"), QD_COLUMN_DAY },
                                           { "first_start", N_ ("First Line Starts"), QD_COLUMN_DAY } };
static const QdColumn line_columns[] = { QD_CHECK_ACCOUNT, { "line", N_ ("Subscription ID"), QD_COLUMN_TEXT }, PRODUCT,
                                         { "start", N_ ("Start"), QD_COLUMN_DAY }, { "end", N_ ("End"), QD_COLUMN_DAY },
                                         { "amount", N_ ("Monthly Amount"), QD_COLUMN_NUMBER }, CURRENCY };
static const QdColumn kind_columns[] = { QD_CHECK_ACCOUNT, { "date", N_ ("Date"), QD_COLUMN_DAY },
                                         { "kind", N_ ("Kind of Movement"), QD_COLUMN_TEXT }, PRODUCT,
                                         { "before", N_ ("Monthly Before"), QD_COLUMN_NUMBER },
                                         { "after", N_ ("Monthly After"), QD_COLUMN_NUMBER }, CURRENCY };
static const QdColumn rate_columns[] = { CURRENCY, { "rows", N_ ("Rows That Use It"), QD_COLUMN_COUNT } };
static const QdColumn problem_columns[] = { { "problem", N_ ("Problem"), QD_COLUMN_TEXT } };

/* One kind of oddity: a statement that gives how many there are, the example in words, then the record. */
typedef struct
{
  const char *code;
  const char *statement;
  QdFindingLevel level;
  const QdColumn *columns;
  guint n_columns;
  const char *message; /* msgid */
} Question;

#define RECORD(columns) columns, G_N_ELEMENTS (columns)

static const Question questions[] = {
  { "account-implied", "check-implied", QD_FINDING_WARNING, RECORD (account_columns),
    N_ ("Accounts that revenue mentions, but no import of accounts: they have no name and no segment. Import accounts to "
        "fill them in.") },
  { "rate-missing", "check-no-rate", QD_FINDING_FAILURE, RECORD (rate_columns),
    N_ ("Currencies in use without an exchange rate: their amounts cannot be counted. Import rates (kind fx).") },
  { "segment-blank", "check-no-segment", QD_FINDING_NOTE, RECORD (segment_columns),
    N_ ("Accounts without a segment, while others have one.") },
  { "account-silent", "check-silent", QD_FINDING_NOTE, RECORD (silent_columns),
    N_ ("Accounts without any revenue.") },
  { "trial-with-money", "check-trials", QD_FINDING_NOTE, RECORD (line_columns),
    N_ ("Trials with an amount: they do not count as revenue, unless the profile says trials=included.") },
  { "line-overlaps", "check-overlaps", QD_FINDING_NOTE, RECORD (line_columns),
    N_ ("Lines that begin while another of the same account and product is in force: their amounts add up.") },
  { "line-empty", "check-empty-lines", QD_FINDING_NOTE, RECORD (line_columns),
    N_ ("Lines that end on the day they start or before: they were never in force.") },
  { "line-free", "check-free", QD_FINDING_NOTE, RECORD (line_columns),
    N_ ("Lines without an amount: they make no customer, unless the profile says free_accounts=included.") },
  { "kind-disagrees", "check-kinds", QD_FINDING_WARNING, RECORD (kind_columns),
    N_ ("Movements whose kind in the file says another thing than the amounts. The amounts decide; look at the source "
        "system.") },
  { "name-repeated", "check-names", QD_FINDING_NOTE, RECORD (account_columns),
    N_ ("Accounts that share a name: perhaps one customer under several ids.") },
  { "signup-late", "check-signup", QD_FINDING_NOTE, RECORD (signup_columns),
    N_ ("Accounts that signed up after their first line began.") },
};

typedef struct
{
  const Question *question;
  QdChecking *checking;
} Asked;

/* Amounts come as minor units of the record's own currency. */
static void
add_cell (QdTable      *records,
          guint         column,
          sqlite3_stmt *handle,
          const char   *currency)
{
  QdColumnType type = qd_table_get_column (records, column)->type;
  int from = (int) column + 2;
  double unit = 1;

  if (sqlite3_column_type (handle, from) == SQLITE_NULL)
    qd_table_add_missing (records);
  else if (type == QD_COLUMN_TEXT)
    qd_table_add_text (records, (const char *) sqlite3_column_text (handle, from));
  else if (type == QD_COLUMN_NUMBER)
    {
      for (int i = 0; i < qd_currency_get_exponent (currency); i++)
        unit *= 10;
      qd_table_add_double (records, sqlite3_column_double (handle, from) / unit);
    }
  else
    qd_table_add_integer (records, sqlite3_column_int64 (handle, from));
}

static void
add_record (QdTable      *records,
            sqlite3_stmt *handle,
            const char   *reporting)
{
  int column = qd_table_find_column (records, "currency");
  const char *own = column >= 0 ? (const char *) sqlite3_column_text (handle, column + 2) : NULL;

  for (guint i = 0; i < qd_table_get_n_columns (records); i++)
    if ((int) i == column && own == NULL)
      qd_table_add_text (records, reporting);
    else
      add_cell (records, i, handle, own != NULL ? own : reporting);
  qd_table_end_row (records);
}

static gboolean
ask (QdDb    *db,
     gpointer data,
     QdJob   *job,
     GError **error)
{
  const Asked *asked = data;
  const Question *question = asked->question;
  g_autoptr (QdStmt) stmt = qd_db_statement (db, question->statement, error);
  g_autofree char *reporting = qd_db_dup_setting (db, "currency");
  QdFinding *finding = NULL;
  gboolean row = TRUE;

  if (stmt == NULL)
    return FALSE;
  qd_stmt_bind_integer (stmt, 1, (gint64) MIN (asked->checking->most, G_MAXINT64));
  for (guint64 n = 0; row; n++)
    {
      sqlite3_stmt *handle = qd_stmt_get_handle (stmt);

      if (!qd_stmt_step (stmt, &row, error) || (n % 4096 == 0 && !qd_job_check (job, error)))
        return FALSE;
      if (!row)
        break;
      if (finding == NULL)
        {
          finding = qd_checking_add (asked->checking, question->level, question->code, g_strdup (_(question->message)),
                                     question->columns, question->n_columns, reporting);
          finding->count = (guint64) sqlite3_column_int64 (handle, 0);
        }
      qd_finding_take_example (finding, g_strdup ((const char *) sqlite3_column_text (handle, 1)));
      add_record (finding->records, handle, reporting);
    }
  return TRUE;
}

/* Looks for what is odd in the data. Only a missing rate is a failure. */
static gboolean
check_quality (QdWorkspace *self,
               QdChecking  *checking,
               QdJob       *job,
               GError     **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    {
      Asked asked = { &questions[i], checking };

      if (checking->only != NULL && strcmp (checking->only, questions[i].code) != 0)
        continue;
      if (!qd_store_run (qd_workspace_get_store (self), QD_STORE_PRIORITY_BULK, ask, &asked, job, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_file (QdWorkspace *self,
            QdChecking  *checking,
            QdJob       *job,
            GError     **error)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  QdFinding *finding;

  if (!qd_store_check (qd_workspace_get_store (self), job, problems, error))
    return FALSE;
  if (problems->len == 0)
    return TRUE;
  finding = qd_checking_add (checking, QD_FINDING_FAILURE, "file-damaged",
                             g_strdup (_("The file is damaged. Go back to a copy, and keep this file until its data is safe.")),
                             RECORD (problem_columns), NULL);
  for (guint i = 0; i < problems->len; i++)
    if (qd_checking_count (checking, finding))
      {
        qd_finding_take_example (finding, g_strdup (problems->pdata[i]));
        qd_table_add_text (finding->records, problems->pdata[i]);
        qd_table_end_row (finding->records);
      }
  return TRUE;
}

static gboolean
drop_derived (QdDb    *db,
              gpointer data,
              QdJob   *job,
              GError **error)
{
  g_autoptr (QdStmt) stmt = qd_db_statement (db, "check-drop-derived", error);

  if (stmt == NULL || !qd_db_begin (db, error))
    return FALSE;
  if (!qd_stmt_run (stmt, error))
    {
      qd_db_rollback (db);
      return FALSE;
    }
  return qd_db_commit (db, error);
}

/* Failures first; within a level in the order of the checks. */
static GPtrArray *
sort_findings (GPtrArray *findings)
{
  GPtrArray *sorted = g_ptr_array_new_full (findings->len, (GDestroyNotify) qd_finding_free);

  for (int level = QD_FINDING_FAILURE; level >= QD_FINDING_NOTE; level--)
    for (guint i = 0; i < findings->len; i++)
      {
        QdFinding *finding = findings->pdata[i];

        if (finding != NULL && (int) finding->level == level)
          g_ptr_array_add (sorted, g_steal_pointer (&findings->pdata[i]));
      }
  g_ptr_array_set_free_func (findings, NULL);
  return sorted;
}

/* Data that cannot be counted at all is a finding, not the end of the check. */
static QdLedger *
get_ledger (QdWorkspace     *self,
            QdChecking      *checking,
            const QdProfile *profile,
            QdJob           *job,
            GError         **error)
{
  g_autoptr (GError) local_error = NULL;
  QdLedger *ledger = qd_workspace_get_ledger (self, profile, job, &local_error);

  if (ledger != NULL)
    return ledger;
  if (local_error->domain == QD_METRIC_ERROR ||
      g_error_matches (local_error, QD_STORE_ERROR, QD_STORE_ERROR_DAMAGED))
    qd_checking_add (checking, QD_FINDING_FAILURE, "ledger-impossible", g_strdup (local_error->message), NULL, 0, NULL)->count = 1;
  else
    g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

/* Which part of the checks has the one that is asked for. */
static gboolean
is_wanted (const QdChecking *checking,
           const char       *prefix)
{
  return checking->only == NULL || g_str_has_prefix (checking->only, prefix);
}

static gboolean
is_question (const char *code)
{
  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    if (strcmp (questions[i].code, code) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
run_checks (QdWorkspace *self,
            QdChecking  *checking,
            gboolean     repair,
            QdJob       *job,
            GError     **error)
{
  gboolean by_sql = checking->only == NULL || is_question (checking->only);
  g_autoptr (QdProfile) profile = qd_profile_new ("Board", 1);
  g_autoptr (QdLedger) ledger = NULL;

  if (is_wanted (checking, "file-"))
    {
      qd_job_report (job, -1, _("Checking the file"));
      if (!check_file (self, checking, job, error))
        return FALSE;
      if (checking->findings->len > 0)
        return TRUE;
    }
  if (repair)
    {
      if (!qd_store_run (qd_workspace_get_store (self), QD_STORE_PRIORITY_EDIT, drop_derived, NULL, job, error))
        return FALSE;
      qd_workspace_forget (self);
    }
  if (checking->only == NULL || !by_sql)
    {
      qd_job_report (job, -1, _("Computing the ledger a second way"));
      ledger = get_ledger (self, checking, profile, job, error);
      if (ledger == NULL && checking->findings->len == 0)
        return FALSE;
    }
  if (ledger != NULL && is_wanted (checking, "ledger-") &&
      !qd_workspace_check_ledger (self, checking, ledger, profile, job, error))
    return FALSE;
  qd_job_report (job, -1, _("Looking at the data"));
  if (by_sql && !check_quality (self, checking, job, error))
    return FALSE;
  if (ledger != NULL && (checking->only == NULL || !is_wanted (checking, "ledger-")))
    qd_workspace_check_book (checking, ledger);
  return TRUE;
}

/**
 * qd_workspace_check:
 * @self: a workspace
 * @repair: whether to rebuild what is derived first
 * @job: (nullable): reports and cancels
 * @error: return location
 *
 * Checks the file, computes the ledger a second way and compares, and lists
 * what is odd in the data. With a damaged file nothing further is computed.
 *
 * Returns: (transfer full) (nullable) (element-type QdFinding): what was found,
 *   failures first, empty when everything is well; `NULL` when the check itself failed
 */
GPtrArray *
qd_workspace_check (QdWorkspace *self,
                    gboolean     repair,
                    QdJob       *job,
                    GError     **error)
{
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func ((GDestroyNotify) qd_finding_free);
  QdChecking checking = { NULL, MAX_EXAMPLES, findings };

  g_return_val_if_fail (QD_IS_WORKSPACE (self), NULL);

  if (!run_checks (self, &checking, repair, job, error))
    return NULL;
  return sort_findings (findings);
}

/**
 * qd_workspace_check_one:
 * @self: a workspace
 * @id: which finding, see qd_finding_dup_id()
 * @job: (nullable): reports and cancels
 * @error: return location
 *
 * Makes one of the checks again and keeps all of its records, however many.
 *
 * Returns: (transfer full) (nullable): the finding, with a count of 0 and without a message when
 *   there is none; `NULL` when the check itself failed
 */
QdFinding *
qd_workspace_check_one (QdWorkspace *self,
                        const char  *id,
                        QdJob       *job,
                        GError     **error)
{
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func ((GDestroyNotify) qd_finding_free);
  g_auto (GStrv) parts = NULL;
  QdChecking checking = { NULL, G_MAXUINT64, findings };
  QdFinding *none;

  g_return_val_if_fail (QD_IS_WORKSPACE (self) && id != NULL, NULL);

  parts = g_strsplit (id, ":", 2);
  checking.only = parts[0] != NULL ? parts[0] : "";
  if (!run_checks (self, &checking, FALSE, job, error))
    return NULL;
  for (guint i = 0; i < findings->len; i++)
    {
      g_autofree char *its = qd_finding_dup_id (findings->pdata[i]);

      if (strcmp (its, id) == 0)
        return g_ptr_array_steal_index (findings, i);
    }
  none = g_new0 (QdFinding, 1);
  none->examples = g_ptr_array_new_with_free_func (g_free);
  return none;
}
