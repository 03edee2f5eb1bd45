/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * check: the file, the ledger a second time, what is odd in the data.
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "qd-workspace-private.h"

/**
 * qd_finding_new:
 * @level: how bad it is
 * @code: a word for programs; static
 * @count: how often
 * @message: (transfer full): what it is and what to do, translated
 *
 * Returns: (transfer full): a finding without examples
 */
QdFinding *
qd_finding_new (QdFindingLevel level,
                const char    *code,
                guint64        count,
                char          *message)
{
  QdFinding *self = g_new0 (QdFinding, 1);

  self->level = level;
  self->code = code;
  self->count = count;
  self->message = message;
  self->examples = g_ptr_array_new_with_free_func (g_free);
  return self;
}

/**
 * qd_finding_free:
 * @self: a finding
 */
void
qd_finding_free (QdFinding *self)
{
  g_free (self->message);
  g_ptr_array_unref (self->examples);
  g_free (self);
}

/* One kind of oddity: a statement that gives examples and, beside each, how many there are. */
typedef struct
{
  const char *code;
  const char *statement;
  QdFindingLevel level;
  const char *message; /* msgid */
} Question;

static const Question questions[] = {
  { "account-implied", "check-implied", QD_FINDING_WARNING,
    N_ ("Accounts that revenue mentions, but no import of accounts: they have no name and no segment. Import accounts to "
        "fill them in.") },
  { "rate-missing", "check-no-rate", QD_FINDING_FAILURE,
    N_ ("Currencies in use without an exchange rate: their amounts cannot be counted. Import rates (kind fx).") },
  { "segment-blank", "check-no-segment", QD_FINDING_NOTE, N_ ("Accounts without a segment, while others have one.") },
  { "account-silent", "check-silent", QD_FINDING_NOTE, N_ ("Accounts without any revenue.") },
  { "trial-with-money", "check-trials", QD_FINDING_NOTE,
    N_ ("Trials with an amount: they do not count as revenue, unless the profile says trials=included.") },
  { "line-overlaps", "check-overlaps", QD_FINDING_NOTE,
    N_ ("Lines that begin while another of the same account and product is in force: their amounts add up.") },
  { "line-empty", "check-empty-lines", QD_FINDING_NOTE,
    N_ ("Lines that end on the day they start or before: they were never in force.") },
  { "line-free", "check-free", QD_FINDING_NOTE,
    N_ ("Lines without an amount: they make no customer, unless the profile says free_accounts=included.") },
  { "kind-disagrees", "check-kinds", QD_FINDING_WARNING,
    N_ ("Movements whose kind in the file says another thing than the amounts. The amounts decide; look at the source "
        "system.") },
  { "name-repeated", "check-names", QD_FINDING_NOTE,
    N_ ("Accounts that share a name: perhaps one customer under several ids.") },
  { "signup-late", "check-signup", QD_FINDING_NOTE, N_ ("Accounts that signed up after their first line began.") },
};

typedef struct
{
  const Question *question;
  GPtrArray *findings;
} Asked;

static gboolean
ask (QdDb    *db,
     gpointer data,
     QdJob   *job,
     GError **error)
{
  const Asked *asked = data;
  g_autoptr (QdStmt) stmt = qd_db_statement (db, asked->question->statement, error);
  QdFinding *finding = NULL;
  gboolean row = TRUE;

  if (stmt == NULL)
    return FALSE;
  while (row)
    {
      sqlite3_stmt *handle = qd_stmt_get_handle (stmt);

      if (!qd_stmt_step (stmt, &row, error))
        return FALSE;
      if (!row)
        break;
      if (finding == NULL)
        {
          finding = qd_finding_new (asked->question->level, asked->question->code,
                                    (guint64) sqlite3_column_int64 (handle, 1), g_strdup (_(asked->question->message)));
          g_ptr_array_add (asked->findings, finding);
        }
      g_ptr_array_add (finding->examples, g_strdup ((const char *) sqlite3_column_text (handle, 0)));
    }
  return TRUE;
}

/**
 * qd_workspace_check_quality:
 * @self: a workspace
 * @job: (nullable): reports and cancels
 * @findings: (element-type QdFinding): where to add what was found
 * @error: return location
 *
 * Looks for what is odd in the data. Only a missing rate is a failure.
 *
 * Returns: `FALSE` when it could not be read
 */
gboolean
qd_workspace_check_quality (QdWorkspace *self,
                            QdJob       *job,
                            GPtrArray   *findings,
                            GError     **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    {
      Asked asked = { &questions[i], findings };

      if (!qd_store_run (qd_workspace_get_store (self), QD_STORE_PRIORITY_BULK, ask, &asked, job, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_file (QdWorkspace *self,
            QdJob       *job,
            GPtrArray   *findings,
            GError     **error)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  QdFinding *finding;

  if (!qd_store_check (qd_workspace_get_store (self), job, problems, error))
    return FALSE;
  if (problems->len == 0)
    return TRUE;
  finding = qd_finding_new (QD_FINDING_FAILURE, "file-damaged", problems->len,
                            g_strdup (_("The file is damaged. Go back to a copy, and keep this file until its data is safe.")));
  for (guint i = 0; i < MIN (problems->len, 5); i++)
    g_ptr_array_add (finding->examples, g_strdup (problems->pdata[i]));
  g_ptr_array_add (findings, finding);
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
            const QdProfile *profile,
            QdJob           *job,
            GPtrArray       *findings,
            GError         **error)
{
  g_autoptr (GError) local_error = NULL;
  QdLedger *ledger = qd_workspace_get_ledger (self, profile, job, &local_error);

  if (ledger != NULL)
    return ledger;
  if (local_error->domain == QD_METRIC_ERROR ||
      g_error_matches (local_error, QD_STORE_ERROR, QD_STORE_ERROR_DAMAGED))
    g_ptr_array_add (findings, qd_finding_new (QD_FINDING_FAILURE, "ledger-impossible", 1, g_strdup (local_error->message)));
  else
    g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
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
  g_autoptr (QdProfile) profile = qd_profile_new ("Board", 1);
  g_autoptr (QdLedger) ledger = NULL;

  g_return_val_if_fail (QD_IS_WORKSPACE (self), NULL);

  qd_job_report (job, -1, _("Checking the file"));
  if (!check_file (self, job, findings, error))
    return NULL;
  if (findings->len > 0)
    return g_steal_pointer (&findings);
  if (repair)
    {
      if (!qd_store_run (qd_workspace_get_store (self), QD_STORE_PRIORITY_EDIT, drop_derived, NULL, job, error))
        return NULL;
      qd_workspace_forget (self);
    }
  qd_job_report (job, -1, _("Computing the ledger a second way"));
  ledger = get_ledger (self, profile, job, findings, error);
  if (ledger == NULL && findings->len == 0)
    return NULL;
  if (ledger != NULL && !qd_workspace_check_ledger (self, ledger, profile, job, findings, error))
    return NULL;
  qd_job_report (job, -1, _("Looking at the data"));
  if (!qd_workspace_check_quality (self, job, findings, error))
    return NULL;
  if (ledger != NULL)
    qd_workspace_check_book (ledger, findings);
  return sort_findings (findings);
}
