/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Saved import mappings: the list, names, files.
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "../intake/qd-mapping-file.h"
#include "../intake/qd-saved.h"
#include "qd-workspace-edit-private.h"

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
  QdEditStatement what = { .statement = "mapping-rename", .n_texts = 2, .kind = QD_HISTORY_SETTING };
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
  return qd_edit_run_statement (self, &what, entry, error);
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
  QdEditStatement what = { .statement = "mapping-delete", .texts = { name, NULL, NULL }, .n_texts = 1, .kind = QD_HISTORY_SETTING };

  g_return_val_if_fail (QD_IS_WORKSPACE (self) && name != NULL, FALSE);
  if (!check_mapping (self, name, error))
    return FALSE;
  /* Translators: name of a saved import mapping */
  what.summary = summary = qd_history_message (N_("Mapping “%s” deleted"), "s", name);
  return qd_edit_run_statement (self, &what, entry, error);
}

typedef struct
{
  const char *name;
  char *text;
} Writing;

static gboolean
write_cb (QdDb    *db,
          gpointer data,
          QdJob   *job,
          GError **error)
{
  Writing *writing = data;
  g_autoptr (QdStmt) stmt = qd_db_statement (db, "mapping-by-name", error);
  sqlite3_stmt *handle;
  gboolean row;

  if (stmt == NULL)
    return FALSE;
  handle = qd_stmt_get_handle (stmt);
  qd_stmt_bind_text (stmt, 1, writing->name, -1);
  if (!qd_stmt_step (stmt, &row, error))
    return FALSE;
  if (!row)
    {
      g_set_error (error, QD_EDIT_ERROR, QD_EDIT_ERROR_UNKNOWN, _("There is no saved mapping “%s”."), writing->name);
      return FALSE;
    }
  writing->text = qd_mapping_file_write (writing->name, (const char *) sqlite3_column_text (handle, 0),
                                         (const char *) sqlite3_column_text (handle, 1),
                                         (const char *) sqlite3_column_text (handle, 2));
  return TRUE;
}

/**
 * qd_workspace_write_mapping:
 * @self: a workspace
 * @name: a saved mapping
 * @error: return location
 *
 * Returns: (transfer full) (nullable): what its file holds, or `NULL` with `QD_EDIT_ERROR_UNKNOWN`
 */
char *
qd_workspace_write_mapping (QdWorkspace *self,
                            const char  *name,
                            GError     **error)
{
  Writing writing = { name, NULL };

  g_return_val_if_fail (QD_IS_WORKSPACE (self) && name != NULL, NULL);
  if (!qd_store_run (qd_workspace_get_store (self), QD_STORE_PRIORITY_READ, write_cb, &writing, NULL, error))
    return NULL;
  return writing.text;
}

typedef struct
{
  const char *text;
  gsize length;
  char *name;
  gint64 entry;
} Reading;

/* What is stored, with its keys in order. */
static char *
normalise (const char *body)
{
  g_autoptr (QdSavedMapping) saved = qd_saved_mapping_parse ("", body);

  return qd_saved_mapping_to_body (saved);
}

/* A mapping of that name for other columns keeps its name. @same: it is there already, and equal. */
static gboolean
choose_name (QdDb                *db,
             const QdMappingFile *file,
             char               **name,
             gboolean            *same,
             GError             **error)
{
  g_autoptr (QdStmt) stmt = qd_db_statement (db, "mapping-by-name", error);
  sqlite3_stmt *handle;
  gboolean row;

  *same = FALSE;
  if (stmt == NULL)
    return FALSE;
  handle = qd_stmt_get_handle (stmt);
  qd_stmt_bind_text (stmt, 1, file->name, -1);
  if (!qd_stmt_step (stmt, &row, error))
    return FALSE;
  if (row && (g_strcmp0 ((const char *) sqlite3_column_text (handle, 0), file->kind->name) != 0 ||
              g_strcmp0 ((const char *) sqlite3_column_text (handle, 1), file->header_set) != 0))
    *name = qd_saved_find_free_name (db, file->name, error);
  else
    {
      g_autofree char *there = row ? normalise ((const char *) sqlite3_column_text (handle, 2)) : NULL;

      *same = g_strcmp0 (there, file->body) == 0;
      *name = g_strdup (file->name);
    }
  return *name != NULL;
}

static gboolean
store_mapping (QdDb                *db,
               const QdMappingFile *file,
               const char          *name,
               GError             **error)
{
  g_autoptr (QdStmt) drop = qd_db_statement (db, "mapping-drop-headers", error);
  g_autoptr (QdStmt) save = drop != NULL ? qd_db_statement (db, "mapping-save", error) : NULL;

  if (save == NULL)
    return FALSE;
  qd_stmt_bind_text (drop, 1, file->kind->name, -1);
  qd_stmt_bind_text (drop, 2, file->header_set, -1);
  qd_stmt_bind_text (drop, 3, name, -1);
  qd_stmt_bind_text (save, 1, name, -1);
  qd_stmt_bind_text (save, 2, file->kind->name, -1);
  qd_stmt_bind_text (save, 3, file->header_set, -1);
  qd_stmt_bind_text (save, 4, file->body, -1);
  return qd_stmt_run (drop, error) && qd_stmt_run (save, error);
}

static gboolean
read_cb (QdDb    *db,
         gpointer data,
         QdJob   *job,
         GError **error)
{
  Reading *reading = data;
  g_autoptr (QdMappingFile) file = qd_mapping_file_read (db, reading->text, reading->length, error);
  g_autofree char *summary = NULL;
  gboolean same;

  if (file == NULL || !choose_name (db, file, &reading->name, &same, error))
    return FALSE;
  if (same)
    return TRUE;
  /* Translators: name of a saved import mapping */
  summary = qd_history_message (N_ ("Mapping “%s” taken from a file"), "s", reading->name);
  return qd_edit_begin (db, QD_HISTORY_SETTING, summary, error) &&
         qd_edit_end (db, store_mapping (db, file, reading->name, error), TRUE, &reading->entry, error);
}

/**
 * qd_workspace_read_mapping:
 * @self: a workspace
 * @text: what stands in the file of a mapping
 * @length: its bytes
 * @name: (out) (optional) (transfer full): what it is called here; a name that is another mapping's gets a number
 * @entry: (out) (optional): the entry of the history, 0 when the same mapping is there already
 * @error: return location
 *
 * Takes a mapping over from a file. One that is there for the same columns
 * goes; undo brings it back.
 *
 * Returns: `FALSE` with `QD_INTAKE_ERROR_MAPPING` when it is refused, or an error of the store
 */
gboolean
qd_workspace_read_mapping (QdWorkspace *self,
                           const char  *text,
                           gsize        length,
                           char       **name,
                           gint64      *entry,
                           GError     **error)
{
  Reading reading = { text, length, NULL, 0 };
  g_autofree char *own = NULL;
  gboolean done;

  g_return_val_if_fail (QD_IS_WORKSPACE (self) && text != NULL, FALSE);
  done = qd_edit_run (self, read_cb, &reading, NULL, &reading.entry, entry, error);
  own = reading.name;
  if (!done)
    return FALSE;
  if (name != NULL)
    *name = g_steal_pointer (&own);
  return TRUE;
}

/**
 * qd_workspace_import_mapping:
 * @self: a workspace
 * @path: the file of a mapping
 * @name: (out) (optional) (transfer full): as in qd_workspace_read_mapping()
 * @entry: (out) (optional): as there
 * @error: return location
 *
 * Takes a mapping over from a file.
 *
 * Returns: as qd_workspace_read_mapping(), or `FALSE` with a `G_FILE_ERROR`
 */
gboolean
qd_workspace_import_mapping (QdWorkspace *self,
                             const char  *path,
                             char       **name,
                             gint64      *entry,
                             GError     **error)
{
  g_autofree char *text = NULL;
  GStatBuf info;
  gsize length;

  g_return_val_if_fail (QD_IS_WORKSPACE (self) && path != NULL, FALSE);
  /* what is no file, or too large, is not even read */
  if (g_stat (path, &info) == 0 && (!S_ISREG (info.st_mode) || info.st_size > QD_MAPPING_FILE_LIMIT))
    {
      g_autofree char *base = g_filename_display_basename (path);

      g_set_error (error, QD_INTAKE_ERROR, QD_INTAKE_ERROR_MAPPING,
                   _("“%s” is no file of a saved mapping: it is larger than any of them, or no file at all."), base);
      return FALSE;
    }
  return g_file_get_contents (path, &text, &length, error) &&
         qd_workspace_read_mapping (self, text, length, name, entry, error);
}
