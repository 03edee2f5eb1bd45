/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "quarterdeck"

#include "config.h"

#include "qd-store-private.h"

#include <inttypes.h>
#include <glib/gi18n-lib.h>

#define MAX_FINDINGS 100

static gboolean
check_integrity (QdDb      *db,
                 GPtrArray *findings,
                 GError   **error)
{
  g_autoptr (QdStmt) stmt = qd_db_prepare (db, "PRAGMA integrity_check (100)", error);
  gboolean row = TRUE;

  if (stmt == NULL)
    return FALSE;
  while (row)
    {
      const char *text;

      if (!qd_stmt_step (stmt, &row, error))
        return FALSE;
      text = row ? (const char *) sqlite3_column_text (qd_stmt_get_handle (stmt), 0) : NULL;
      if (text != NULL && g_strcmp0 (text, "ok") != 0)
        {
          /* "*** in database main ***", then what it is. */
          g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

          for (guint i = 0; lines[i] != NULL; i++)
            if (!g_str_has_prefix (lines[i], "***") && lines[i][0] != '\0')
              /* Translators: what SQLite found */
              g_ptr_array_add (findings, g_strdup_printf (_ ("The file is damaged: %s"), lines[i]));
        }
    }
  return TRUE;
}

static gboolean
check_references (QdDb      *db,
                  GPtrArray *findings,
                  GError   **error)
{
  g_autoptr (QdStmt) stmt = qd_db_prepare (db, "PRAGMA foreign_key_check", error);
  gboolean row = TRUE;

  if (stmt == NULL)
    return FALSE;
  while (row && findings->len < MAX_FINDINGS)
    {
      sqlite3_stmt *handle = qd_stmt_get_handle (stmt);

      if (!qd_stmt_step (stmt, &row, error))
        return FALSE;
      if (row)
        g_ptr_array_add (findings,
                         /* Translators: number of a row, name of a table, name of another table */
                         g_strdup_printf (_ ("Row %" PRId64 " of the table %s points at nothing in %s"),
                                          (gint64) sqlite3_column_int64 (handle, 1),
                                          (const char *) sqlite3_column_text (handle, 0),
                                          (const char *) sqlite3_column_text (handle, 2)));
    }
  return TRUE;
}

static gboolean
check_func (QdDb    *db,
            gpointer data,
            QdJob   *job,
            GError **error)
{
  GPtrArray *findings = data;
  const QdMigration *migrations;
  g_autoptr (GError) schema = NULL;
  guint latest;

  migrations = qd_store_get_migrations (&latest);
  qd_job_report (job, -1, _ ("Checking the workspace file"));
  if (!qd_store_compare_schema (db->handle, migrations, latest, "main", &schema))
    g_ptr_array_add (findings, g_strdup (schema->message));
  return check_integrity (db, findings, error) && check_references (db, findings, error);
}

/**
 * qd_store_check:
 * @self: a store
 * @job: (nullable): reports and cancels
 * @findings: (element-type utf8): what is wrong is added here, translated
 * @error: return location
 *
 * Checks the whole file: pages, indexes and constraints, references, the form
 * of the tables. Linear in the size of the file.
 *
 * Returns: whether the check could be made; nothing in @findings means all is well
 */
gboolean
qd_store_check (QdStore   *self,
                QdJob     *job,
                GPtrArray *findings,
                GError   **error)
{
  g_return_val_if_fail (self != NULL && findings != NULL, FALSE);
  return qd_store_run (self, QD_STORE_PRIORITY_BULK, check_func, findings, job, error);
}
