/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What an import left: its ledger, how its file was read, its rejected rows.
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "../intake/qd-rejects.h"
#include "../store/qd-history-message.h"
#include "qd-workspace-edit-private.h"

static const QdColumn import_row_columns[] = {
  { "line", N_("line"), QD_COLUMN_COUNT },      { "outcome", N_("outcome"), QD_COLUMN_TEXT },
  { "code", N_("reason"), QD_COLUMN_TEXT },     { "field", N_("field"), QD_COLUMN_TEXT },
  { "expected", N_("expected"), QD_COLUMN_TEXT }, { "found", N_("found"), QD_COLUMN_TEXT },
  { "record", N_("record"), QD_COLUMN_TEXT },
};

typedef struct
{
  gint64 batch;
  QdTable *table;
} Ledger;

/* Kept so that it is read in any language; by earlier versions of the program as it was said then. */
#define EXPECTED 4

static gboolean
ledger_cb (QdDb    *db,
           gpointer data,
           QdJob   *job,
           GError **error)
{
  Ledger *ledger = data;
  g_autoptr (QdStmt) exists = qd_db_statement (db, "import-exists", error);
  g_autoptr (QdStmt) stmt = exists != NULL ? qd_db_statement (db, "import-rows", error) : NULL;
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, ledger->batch);
  gboolean row;

  if (stmt == NULL)
    return FALSE;
  qd_stmt_bind_integer (exists, 1, ledger->batch);
  if (!qd_stmt_step (exists, &row, error))
    return FALSE;
  if (!row)
    {
      g_set_error (error, QD_EDIT_ERROR, QD_EDIT_ERROR_UNKNOWN,
                   _("There is no import %s. The list of imports shows their numbers."), number);
      return FALSE;
    }
  qd_stmt_bind_integer (stmt, 1, ledger->batch);
  for (;;)
    {
      sqlite3_stmt *handle = qd_stmt_get_handle (stmt);

      if (!qd_stmt_step (stmt, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      qd_table_add_integer (ledger->table, sqlite3_column_int64 (handle, 0));
      for (int i = 1; i < 7; i++)
        {
          const char *text = (const char *) sqlite3_column_text (handle, i);
          g_autofree char *said = i == EXPECTED ? qd_history_message_translate (text) : NULL;

          qd_table_add_text (ledger->table, said != NULL ? said : text);
        }
      qd_table_end_row (ledger->table);
    }
}

/**
 * qd_workspace_get_import_rows:
 * @self: a workspace
 * @batch: an import, as qd_workspace_get_imports() numbers it
 * @error: return location
 *
 * Gives the rows of an import that were rejected or merged, in the order of
 * the file; all others went in or were unchanged.
 *
 * Returns: (transfer full) (nullable): the rows, or `NULL` with `QD_EDIT_ERROR_UNKNOWN`
 */
QdTable *
qd_workspace_get_import_rows (QdWorkspace *self,
                              gint64       batch,
                              GError     **error)
{
  g_autoptr (QdTable) table = NULL;
  Ledger ledger = { .batch = batch };

  g_return_val_if_fail (QD_IS_WORKSPACE (self), NULL);
  ledger.table = table = qd_table_new ("import-rows", "USD", import_row_columns, G_N_ELEMENTS (import_row_columns));
  if (!qd_store_run (qd_workspace_get_store (self), QD_STORE_PRIORITY_READ, ledger_cb, &ledger, NULL, error))
    return NULL;
  return g_steal_pointer (&table);
}

typedef struct
{
  gint64 batch;
  char *options;
} Options;

static gboolean
options_cb (QdDb    *db,
            gpointer data,
            QdJob   *job,
            GError **error)
{
  Options *options = data;
  g_autoptr (QdStmt) stmt = qd_db_statement (db, "import-options", error);
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, options->batch);
  gboolean row;

  if (stmt == NULL)
    return FALSE;
  qd_stmt_bind_integer (stmt, 1, options->batch);
  if (!qd_stmt_step (stmt, &row, error))
    return FALSE;
  if (!row)
    {
      g_set_error (error, QD_EDIT_ERROR, QD_EDIT_ERROR_UNKNOWN,
                   _("There is no import %s. The list of imports shows their numbers."), number);
      return FALSE;
    }
  options->options = g_strdup ((const char *) sqlite3_column_text (qd_stmt_get_handle (stmt), 0));
  return TRUE;
}

/**
 * qd_workspace_dup_import_options:
 * @self: a workspace
 * @batch: an import, as qd_workspace_get_imports() numbers it
 * @error: return location
 *
 * Says how the file of an import was read: lines `key=value` (encoding,
 * delimiter, date-order, decimal, amounts) and `map FIELD=HEADER`.
 *
 * Returns: (transfer full) (nullable): the lines, or `NULL` with `QD_EDIT_ERROR_UNKNOWN`
 */
char *
qd_workspace_dup_import_options (QdWorkspace *self,
                                 gint64       batch,
                                 GError     **error)
{
  Options options = { .batch = batch };

  g_return_val_if_fail (QD_IS_WORKSPACE (self), NULL);
  if (!qd_store_run (qd_workspace_get_store (self), QD_STORE_PRIORITY_READ, options_cb, &options, NULL, error))
    return NULL;
  return options.options;
}

typedef struct
{
  gint64 batch;
  const char *path;
  guint64 rows;
} Rejected;

static gboolean
rejected_cb (QdDb    *db,
             gpointer data,
             QdJob   *job,
             GError **error)
{
  Rejected *rejected = data;

  return qd_rejects_save_batch (db, rejected->batch, rejected->path, &rejected->rows, error);
}

/**
 * qd_workspace_save_rejected:
 * @self: a workspace
 * @batch: an import, as qd_workspace_get_imports() numbers it
 * @path: the file to write
 * @rows: (out): how many rows it holds
 * @error: return location
 *
 * Writes the rows that an import rejected to a file that can be corrected and
 * imported.
 *
 * Returns: as qd_rejects_save_batch()
 */
gboolean
qd_workspace_save_rejected (QdWorkspace *self,
                            gint64       batch,
                            const char  *path,
                            guint64     *rows,
                            GError     **error)
{
  Rejected rejected = { batch, path, 0 };

  g_return_val_if_fail (QD_IS_WORKSPACE (self) && path != NULL && rows != NULL, FALSE);
  if (!qd_store_run (qd_workspace_get_store (self), QD_STORE_PRIORITY_READ, rejected_cb, &rejected, NULL, error))
    return FALSE;
  *rows = rejected.rows;
  return TRUE;
}
