/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Settings of pages, saved mappings, redo, copies, the ledger of an import.
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "../intake/qd-rejects.h"
#include "qd-workspace-edit-private.h"

/* One entry that runs one statement with texts as its parameters, in their order. */
typedef struct
{
  const char *statement;
  const char *texts[3];
  guint n_texts;
  const char *summary;
  QdHistoryKind kind;
  gint64 entry;
} Write;

static gboolean
write_cb (QdDb    *db,
          gpointer data,
          QdJob   *job,
          GError **error)
{
  Write *what = data;
  g_autoptr (QdStmt) stmt = qd_db_statement (db, what->statement, error);
  gboolean done;

  if (stmt == NULL)
    return FALSE;
  for (guint i = 0; i < what->n_texts; i++)
    qd_stmt_bind_text (stmt, (int) i + 1, what->texts[i], -1);
  if (!qd_edit_begin (db, what->kind, what->summary, error))
    return FALSE;
  done = qd_stmt_run (stmt, error);
  return qd_edit_end (db, done, qd_db_changes (db) > 0, &what->entry, error);
}

static gboolean
run_write (QdWorkspace *self,
           Write       *what,
           gint64      *entry,
           GError     **error)
{
  return qd_edit_run (self, write_cb, what, NULL, &what->entry, entry, error);
}

/* Settings. */

typedef struct
{
  const char *key;
  char *value;
  GPtrArray *keys;
} Look;

static gboolean
get_cb (QdDb    *db,
        gpointer data,
        QdJob   *job,
        GError **error)
{
  Look *look = data;

  look->value = qd_db_dup_setting (db, look->key);
  return TRUE;
}

/**
 * qd_workspace_get_setting:
 * @self: a workspace
 * @key: what it is called
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the value; `NULL` without @error set: there is none
 */
char *
qd_workspace_get_setting (QdWorkspace *self,
                          const char  *key,
                          GError     **error)
{
  Look look = { .key = key };

  g_return_val_if_fail (QD_IS_WORKSPACE (self) && key != NULL, NULL);
  if (!qd_store_run (qd_workspace_get_store (self), QD_STORE_PRIORITY_READ, get_cb, &look, NULL, error))
    return NULL;
  return look.value;
}

static gboolean
list_cb (QdDb    *db,
         gpointer data,
         QdJob   *job,
         GError **error)
{
  Look *look = data;
  g_autoptr (QdStmt) stmt = qd_db_statement (db, "setting-list", error);
  gboolean row = TRUE;

  if (stmt == NULL)
    return FALSE;
  qd_stmt_bind_text (stmt, 1, look->key, -1);
  while (row)
    {
      if (!qd_stmt_step (stmt, &row, error))
        return FALSE;
      if (row)
        g_ptr_array_add (look->keys, g_strdup ((const char *) sqlite3_column_text (qd_stmt_get_handle (stmt), 0)));
    }
  return TRUE;
}

/**
 * qd_workspace_list_settings:
 * @self: a workspace
 * @prefix: how the keys begin
 * @error: return location
 *
 * Returns: (transfer full) (element-type utf8) (nullable): the keys in order
 */
GPtrArray *
qd_workspace_list_settings (QdWorkspace *self,
                            const char  *prefix,
                            GError     **error)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func (g_free);
  Look look = { .key = prefix, .keys = keys };

  g_return_val_if_fail (QD_IS_WORKSPACE (self) && prefix != NULL, NULL);
  if (!qd_store_run (qd_workspace_get_store (self), QD_STORE_PRIORITY_READ, list_cb, &look, NULL, error))
    return NULL;
  return g_steal_pointer (&keys);
}

static char *
summarise_setting (const char *key,
                   gboolean    removes)
{
  const char *colon = strchr (key, ':');

  if (g_str_has_prefix (key, "view:"))
    /* Translators: name of a saved view */
    return qd_history_message (removes ? N_("View “%s” removed") : N_("View “%s” saved"), "s", colon + 1);
  /* Translators: name of a setting */
  return qd_history_message (removes ? N_("Setting “%s” removed") : N_("Setting “%s” changed"), "s", key);
}

/**
 * qd_workspace_set_setting:
 * @self: a workspace
 * @key: with a prefix and a colon, such as "view:NAME"
 * @value: (nullable): the value, `NULL` removes it
 * @summary: (nullable): what the history says, of qd_history_message()
 * @entry: (out) (optional): the entry of the history, 0 when nothing was to be changed
 * @error: return location
 *
 * Changes a setting that pages keep in the workspace.
 *
 * Returns: `FALSE` with `QD_EDIT_ERROR_VALUE` when the key is one of the
 *   workspace's own, `QD_STORE_ERROR_READ_ONLY` or another error of the store
 */
gboolean
qd_workspace_set_setting (QdWorkspace *self,
                          const char  *key,
                          const char  *value,
                          const char  *summary,
                          gint64      *entry,
                          GError     **error)
{
  g_autofree char *made = NULL;
  Write what = { .statement = value != NULL ? "setting-set" : "setting-delete",
                 .texts = { key, value, NULL },
                 .n_texts = value != NULL ? 2 : 1,
                 .kind = QD_HISTORY_SETTING };

  g_return_val_if_fail (QD_IS_WORKSPACE (self) && key != NULL, FALSE);
  if (strchr (key, ':') == NULL || !g_utf8_validate (key, -1, NULL) ||
      (value != NULL && !g_utf8_validate (value, -1, NULL)))
    {
      g_set_error (error, QD_EDIT_ERROR, QD_EDIT_ERROR_VALUE,
                   _("“%s” is a setting of the workspace itself and is not changed here."), key);
      return FALSE;
    }
  made = summary == NULL ? summarise_setting (key, value == NULL) : NULL;
  what.summary = summary != NULL ? summary : made;
  return run_write (self, &what, entry, error);
}

/* Mappings. */

static const QdColumn mapping_columns[] = {
  { "name", N_("name"), QD_COLUMN_TEXT },
  { "kind", N_("kind"), QD_COLUMN_TEXT },
  { "headers", N_("headers"), QD_COLUMN_TEXT },
  { "body", N_("body"), QD_COLUMN_TEXT },
};

static gboolean
mappings_cb (QdDb    *db,
             gpointer data,
             QdJob   *job,
             GError **error)
{
  QdTable *table = data;
  g_autoptr (QdStmt) stmt = qd_db_statement (db, "mapping-list", error);
  gboolean row = TRUE;

  if (stmt == NULL)
    return FALSE;
  while (row)
    {
      sqlite3_stmt *handle = qd_stmt_get_handle (stmt);
      g_auto (GStrv) headers = NULL;
      g_autofree char *joined = NULL;

      if (!qd_stmt_step (stmt, &row, error))
        return FALSE;
      if (!row)
        break;
      headers = g_strsplit ((const char *) sqlite3_column_text (handle, 2), "\x1f", -1);
      joined = g_strjoinv (", ", headers);
      qd_table_add_text (table, (const char *) sqlite3_column_text (handle, 0));
      qd_table_add_text (table, (const char *) sqlite3_column_text (handle, 1));
      qd_table_add_text (table, joined);
      qd_table_add_text (table, (const char *) sqlite3_column_text (handle, 3));
      qd_table_end_row (table);
    }
  return TRUE;
}

/**
 * qd_workspace_list_mappings:
 * @self: a workspace
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the saved mappings in order of their name
 */
QdTable *
qd_workspace_list_mappings (QdWorkspace *self,
                            GError     **error)
{
  g_autoptr (QdTable) table = NULL;

  g_return_val_if_fail (QD_IS_WORKSPACE (self), NULL);
  table = qd_table_new ("mappings", "USD", mapping_columns, G_N_ELEMENTS (mapping_columns));
  if (!qd_store_run (qd_workspace_get_store (self), QD_STORE_PRIORITY_READ, mappings_cb, table, NULL, error))
    return NULL;
  return g_steal_pointer (&table);
}

/* Whether a mapping of that name is there; −1: nobody knows. */
static int
has_mapping (QdWorkspace *self,
             const char  *name,
             GError     **error)
{
  g_autoptr (QdTable) table = qd_workspace_list_mappings (self, error);

  if (table == NULL)
    return -1;
  for (guint i = 0; i < qd_table_get_n_rows (table); i++)
    if (strcmp (qd_table_get_text (table, i, 0), name) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
check_mapping (QdWorkspace *self,
               const char  *name,
               GError     **error)
{
  int has = has_mapping (self, name, error);

  if (has != FALSE)
    return has > 0;
  g_set_error (error, QD_EDIT_ERROR, QD_EDIT_ERROR_UNKNOWN, _("There is no saved mapping “%s”."), name);
  return FALSE;
}

/**
 * qd_workspace_rename_mapping:
 * @self: a workspace
 * @name: a saved mapping
 * @new_name: what it shall be called
 * @entry: (out) (optional): the entry of the history, 0 when nothing was to be changed
 * @error: return location
 *
 * Renames a saved mapping.
 *
 * Returns: `FALSE` with `QD_EDIT_ERROR_UNKNOWN`, `QD_EDIT_ERROR_VALUE` when the
 *   name is blank or taken, or an error of the store
 */
gboolean
qd_workspace_rename_mapping (QdWorkspace *self,
                             const char  *name,
                             const char  *new_name,
                             gint64      *entry,
                             GError     **error)
{
  static const QdEditField field = { "name", N_("Name"), QD_EDIT_TEXT, TRUE };
  g_autofree char *text = NULL;
  g_autofree char *summary = NULL;
  Write what = { .statement = "mapping-rename", .n_texts = 2, .kind = QD_HISTORY_SETTING };
  int taken;

  g_return_val_if_fail (QD_IS_WORKSPACE (self) && name != NULL && new_name != NULL, FALSE);
  if (entry != NULL)
    *entry = 0;
  if (!check_mapping (self, name, error) || !qd_edit_read_text (&field, new_name, &text, error))
    return FALSE;
  if (strcmp (text, name) == 0)
    return TRUE;
  taken = has_mapping (self, text, error);
  if (taken < 0)
    return FALSE;
  if (taken)
    {
      g_set_error (error, QD_EDIT_ERROR, QD_EDIT_ERROR_VALUE,
                   _("There is a saved mapping “%s” already. Choose another name."), text);
      return FALSE;
    }
  /* Translators: former and new name of a saved import mapping */
  what.summary = summary = qd_history_message (N_("Mapping “%s” renamed to “%s”"), "ss", name, text);
  what.texts[0] = text;
  what.texts[1] = name;
  return run_write (self, &what, entry, error);
}

/**
 * qd_workspace_delete_mapping:
 * @self: a workspace
 * @name: a saved mapping
 * @entry: (out) (optional): the entry of the history
 * @error: return location
 *
 * Deletes a saved mapping. What was imported with it stays.
 *
 * Returns: `FALSE` with `QD_EDIT_ERROR_UNKNOWN` or an error of the store
 */
gboolean
qd_workspace_delete_mapping (QdWorkspace *self,
                             const char  *name,
                             gint64      *entry,
                             GError     **error)
{
  g_autofree char *summary = NULL;
  Write what = { .statement = "mapping-delete", .texts = { name, NULL, NULL }, .n_texts = 1, .kind = QD_HISTORY_SETTING };

  g_return_val_if_fail (QD_IS_WORKSPACE (self) && name != NULL, FALSE);
  if (!check_mapping (self, name, error))
    return FALSE;
  /* Translators: name of a saved import mapping */
  what.summary = summary = qd_history_message (N_("Mapping “%s” deleted"), "s", name);
  return run_write (self, &what, entry, error);
}

/* Undo and redo. */

typedef struct
{
  gint64 entry;
  gboolean redo;
  char *summary;
  GPtrArray **kept;
} Turn;

static gboolean
find_cb (QdDb    *db,
         gpointer data,
         QdJob   *job,
         GError **error)
{
  Turn *turn = data;
  g_autoptr (GError) local = NULL;

  turn->entry = turn->redo ? qd_history_find_redo (db, &turn->summary, &local)
                           : qd_history_find_undo (db, &turn->summary, &local);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gint64
find_turn (QdWorkspace *self,
           gboolean     redo,
           char       **summary,
           GError     **error)
{
  Turn turn = { .redo = redo };

  if (summary != NULL)
    *summary = NULL;
  if (!qd_store_run (qd_workspace_get_store (self), QD_STORE_PRIORITY_READ, find_cb, &turn, NULL, error))
    return 0;
  if (summary != NULL)
    *summary = turn.summary;
  else
    g_free (turn.summary);
  return turn.entry;
}

/**
 * qd_workspace_find_undo:
 * @self: a workspace
 * @summary: (out) (optional) (nullable) (transfer full): what the change did, translated
 * @error: return location
 *
 * Finds what the key for undo takes back: the newest change in force.
 *
 * Returns: the entry, or 0: without @error set there is nothing
 */
gint64
qd_workspace_find_undo (QdWorkspace *self,
                        char       **summary,
                        GError     **error)
{
  g_return_val_if_fail (QD_IS_WORKSPACE (self), 0);
  return find_turn (self, FALSE, summary, error);
}

/**
 * qd_workspace_find_redo:
 * @self: a workspace
 * @summary: (out) (optional) (nullable) (transfer full): what the change did, translated
 * @error: return location
 *
 * Finds what the key for redo brings back: what was undone last. A new change
 * leaves nothing to redo.
 *
 * Returns: the entry, or 0: without @error set there is nothing
 */
gint64
qd_workspace_find_redo (QdWorkspace *self,
                        char       **summary,
                        GError     **error)
{
  g_return_val_if_fail (QD_IS_WORKSPACE (self), 0);
  return find_turn (self, TRUE, summary, error);
}

/* Finding and doing is one turn: nothing comes between them. */
static gboolean
turn_cb (QdDb    *db,
         gpointer data,
         QdJob   *job,
         GError **error)
{
  Turn *turn = data;

  if (turn->entry == 0 && !find_cb (db, turn, job, error))
    return FALSE;
  if (turn->entry == 0)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                           turn->redo ? _("There is nothing to redo") : _("There is nothing to undo"));
      return FALSE;
    }
  return turn->redo ? qd_history_redo (db, turn->entry, job, turn->kept, error)
                    : qd_history_undo (db, turn->entry, job, turn->kept, error);
}

static gboolean
run_turn (QdWorkspace *self,
          Turn        *turn,
          QdJob       *job,
          char       **summary,
          GError     **error)
{
  g_autofree char *found = NULL;
  gboolean done = qd_store_run (qd_workspace_get_store (self), QD_STORE_PRIORITY_EDIT, turn_cb, turn, job, error);

  found = turn->summary;
  if (summary != NULL)
    *summary = done ? g_steal_pointer (&found) : NULL;
  if (done)
    qd_workspace_changed (self);
  return done;
}

/**
 * qd_workspace_undo_last:
 * @self: a workspace
 * @job: (nullable): reports and cancels
 * @summary: (out) (optional) (nullable) (transfer full): what was taken back, translated
 * @kept: (out) (optional) (transfer full) (element-type utf8): what stays because a later change touched it
 * @error: return location
 *
 * What the key for undo does: takes back the newest change in force. Two that
 * come at once take two changes back.
 *
 * Returns: `FALSE` with `G_IO_ERROR_NOT_FOUND` when there is nothing, else as qd_history_undo()
 */
gboolean
qd_workspace_undo_last (QdWorkspace *self,
                        QdJob       *job,
                        char       **summary,
                        GPtrArray  **kept,
                        GError     **error)
{
  Turn turn = { .kept = kept };

  g_return_val_if_fail (QD_IS_WORKSPACE (self), FALSE);
  return run_turn (self, &turn, job, summary, error);
}

/**
 * qd_workspace_redo_last:
 * @self: a workspace
 * @job: (nullable): reports and cancels
 * @summary: (out) (optional) (nullable) (transfer full): what was brought back, translated
 * @kept: (out) (optional) (transfer full) (element-type utf8): what stays because a later change touched it
 * @error: return location
 *
 * What the key for redo does: brings back what was undone last.
 *
 * Returns: `FALSE` with `G_IO_ERROR_NOT_FOUND` when there is nothing, else as qd_history_redo()
 */
gboolean
qd_workspace_redo_last (QdWorkspace *self,
                        QdJob       *job,
                        char       **summary,
                        GPtrArray  **kept,
                        GError     **error)
{
  Turn turn = { .redo = TRUE, .kept = kept };

  g_return_val_if_fail (QD_IS_WORKSPACE (self), FALSE);
  return run_turn (self, &turn, job, summary, error);
}

/**
 * qd_workspace_redo:
 * @self: a workspace
 * @entry: an entry that was undone, as qd_workspace_find_redo() gives it
 * @job: (nullable): reports and cancels
 * @kept: (out) (optional) (transfer full) (element-type utf8): what stays because a later change touched it
 * @error: return location
 *
 * Brings back what was undone last, as a change of its own.
 *
 * Returns: as qd_history_redo()
 */
gboolean
qd_workspace_redo (QdWorkspace *self,
                   gint64       entry,
                   QdJob       *job,
                   GPtrArray  **kept,
                   GError     **error)
{
  Turn turn = { .entry = entry, .redo = TRUE, .kept = kept };

  g_return_val_if_fail (QD_IS_WORKSPACE (self) && entry > 0, FALSE);
  return run_turn (self, &turn, job, NULL, error);
}

/* The ledger of an import. */

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
        qd_table_add_text (ledger->table, (const char *) sqlite3_column_text (handle, i));
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

/* Copies. */

/**
 * qd_workspace_checkpoint:
 * @self: a workspace
 * @name: (nullable): what it is called, `NULL`: the date and the time
 * @job: (nullable): reports and cancels
 * @path: (out) (optional) (transfer full): where it is
 * @error: return location
 *
 * Makes a named copy of the workspace beside it, which can be opened as any other.
 *
 * Returns: as qd_store_checkpoint()
 */
gboolean
qd_workspace_checkpoint (QdWorkspace *self,
                         const char  *name,
                         QdJob       *job,
                         char       **path,
                         GError     **error)
{
  g_autofree char *made = NULL;
  QdStore *store;

  g_return_val_if_fail (QD_IS_WORKSPACE (self), FALSE);
  store = qd_workspace_get_store (self);
  if (name == NULL)
    {
      g_autoptr (GDateTime) now = g_date_time_new_now_local ();

      /* no colons: other systems' file names cannot hold them */
      name = made = g_date_time_format (now, "%Y-%m-%d %H.%M.%S");
    }
  if (!qd_store_checkpoint (store, name, job, error))
    return FALSE;
  if (path != NULL)
    *path = qd_store_dup_checkpoint_path (store, name);
  return TRUE;
}

/**
 * qd_workspace_save_copy:
 * @self: a workspace
 * @path: where the copy goes
 * @replace: whether a workspace that is there may be replaced
 * @job: (nullable): reports and cancels
 * @error: return location
 *
 * Writes a copy of the workspace elsewhere, whole or not at all.
 *
 * Returns: as qd_store_save_copy()
 */
gboolean
qd_workspace_save_copy (QdWorkspace *self,
                        const char  *path,
                        gboolean     replace,
                        QdJob       *job,
                        GError     **error)
{
  g_return_val_if_fail (QD_IS_WORKSPACE (self) && path != NULL, FALSE);
  return qd_store_save_copy (qd_workspace_get_store (self), path, replace, job, error);
}
