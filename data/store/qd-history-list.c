/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reading the history: the entries and the shapes that their changes stand on.
 */
#define G_LOG_DOMAIN "quarterdeck"

#include "config.h"

#include "qd-history-message.h"
#include "qd-history-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* "account(id*,external_id,…)" of the table as it is now. */
static char *
read_table_shape (QdDb       *db,
                  const char *table,
                  int         n_columns,
                  GError    **error)
{
  g_autoptr (QdStmt) stmt = qd_db_statement (db, "table-columns", error);
  GString *shape;
  gboolean row;

  if (stmt == NULL)
    return NULL;
  qd_stmt_bind_text (stmt, 1, table, -1);
  shape = g_string_new (table);
  for (int i = 0;; i++)
    {
      if (!qd_stmt_step (stmt, &row, error))
        {
          g_string_free (shape, TRUE);
          return NULL;
        }
      if (!row || (n_columns >= 0 && i >= n_columns))
        break;
      g_string_append_printf (shape, "%c%s%s", i == 0 ? '(' : ',',
                              (const char *) sqlite3_column_text (qd_stmt_get_handle (stmt), 0),
                              sqlite3_column_int (qd_stmt_get_handle (stmt), 1) > 0 ? "*" : "");
    }
  g_string_append_c (shape, ')');
  return g_string_free (shape, FALSE);
}

typedef struct
{
  QdDb *db;
  GPtrArray *lines; /* char* */
} Shape;

static gboolean
add_table (const char *name,
           int         n_columns,
           gpointer    data,
           GError    **error)
{
  Shape *shape = data;
  char *line = read_table_shape (shape->db, name, n_columns, error);

  if (line == NULL)
    return FALSE;
  if (g_ptr_array_find_with_equal_func (shape->lines, line, g_str_equal, NULL))
    g_free (line);
  else
    g_ptr_array_add (shape->lines, line);
  return TRUE;
}

char *
qd_history_read_shape (QdDb         *db,
                       gconstpointer changes,
                       int           length,
                       GError      **error)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  Shape shape = { db, lines };
  QdHistoryCounts counts;

  if (!qd_history_scan (changes, length, add_table, &shape, &counts, error))
    return NULL;
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (char **) lines->pdata);
}

gboolean
qd_history_shape_holds (QdDb       *db,
                        const char *shape)
{
  g_auto (GStrv) lines = g_strsplit (shape, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *open = strchr (lines[i], '(');
      g_autofree char *table = open ? g_strndup (lines[i], (gsize) (open - lines[i])) : NULL;
      g_autofree char *now = NULL;
      gsize length = strlen (lines[i]);

      if (lines[i][0] == '\0')
        continue;
      now = table ? read_table_shape (db, table, -1, NULL) : NULL;
      /* Columns that a later version appended do no harm. */
      if (now == NULL || strncmp (now, lines[i], length - 1) != 0 || (now[length - 1] != ',' && now[length - 1] != ')'))
        return FALSE;
    }
  return TRUE;
}

/* An undo and a redo say what they turned, in the reader's language. */
static void
name_turn (QdHistoryEntry       *entry,
           const QdHistoryEntry *target)
{
  g_autofree char *alone = NULL;

  if (target == NULL || (entry->kind != QD_HISTORY_UNDO && entry->kind != QD_HISTORY_REDO))
    return;
  g_free (entry->summary);
  entry->summary = g_strdup_printf (entry->kind == QD_HISTORY_UNDO
                                        /* Translators: what was undone, a sentence */
                                        ? _ ("Undo: %s")
                                        /* Translators: what was redone, a sentence */
                                        : _ ("Redo: %s"),
                                    target->summary);
  if (entry->n_others == 0)
    return;
  alone = g_steal_pointer (&entry->summary);
  /* Translators: "Undo: Import of …", or "Redo: …", and how many later changes went back or came back with it */
  entry->summary = g_strdup_printf (ngettext ("%s; and %'u later change", "%s; and %'u later changes", entry->n_others),
                                    alone, entry->n_others);
}

/**
 * qd_history_list:
 * @db: the connection
 * @error: return location
 *
 * Lists all entries, the newest first. An entry is undoable when
 * qd_history_undo() would try it: it may still be blocked by others.
 *
 * Returns: (transfer full) (element-type QdHistoryEntry) (nullable): the entries
 */
GPtrArray *
qd_history_list (QdDb    *db,
                 GError **error)
{
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GHashTable) shapes = NULL; /* shape → holds */
  g_autoptr (GHashTable) undone = NULL; /* ids */
  g_autoptr (GHashTable) by_id = NULL;  /* id → entry */
  g_autoptr (QdStmt) stmt = NULL;
  sqlite3_stmt *handle;

  g_return_val_if_fail (db != NULL, NULL);

  stmt = qd_db_statement (db, "history-list", error);
  if (stmt == NULL)
    return NULL;
  entries = g_ptr_array_new_with_free_func ((GDestroyNotify) qd_history_entry_free);
  shapes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  undone = g_hash_table_new (g_int64_hash, g_int64_equal);
  by_id = g_hash_table_new (g_int64_hash, g_int64_equal);
  handle = qd_stmt_get_handle (stmt);
  for (;;)
    {
      QdHistoryEntry *entry;
      const char *shape;
      gboolean row, changed;
      gpointer holds;

      if (!qd_stmt_step (stmt, &row, error))
        return NULL;
      if (!row)
        break;
      entry = g_new0 (QdHistoryEntry, 1);
      g_ptr_array_add (entries, entry);
      entry->id = sqlite3_column_int64 (handle, 0);
      entry->kind = CLAMP (sqlite3_column_int (handle, 1), QD_HISTORY_IMPORT, QD_HISTORY_REDO);
      entry->time = sqlite3_column_int64 (handle, 2);
      entry->batch = sqlite3_column_int64 (handle, 3);
      entry->target = sqlite3_column_int64 (handle, 4);
      entry->summary = qd_history_message_translate ((const char *) sqlite3_column_text (handle, 5));
      entry->undone = sqlite3_column_int (handle, 6) != 0;
      changed = sqlite3_column_int (handle, 7) != 0;
      shape = (const char *) sqlite3_column_text (handle, 8);
      entry->n_others = (guint) sqlite3_column_int (handle, 9);
      entry->undone_by = sqlite3_column_int64 (handle, 10);
      if (!g_hash_table_lookup_extended (shapes, shape, NULL, &holds))
        {
          holds = GINT_TO_POINTER (qd_history_shape_holds (db, shape));
          g_hash_table_insert (shapes, g_strdup (shape), holds);
        }
      if (entry->undone)
        g_hash_table_add (undone, &entry->id);
      g_hash_table_insert (by_id, &entry->id, entry);
      entry->undoable = !entry->undone && GPOINTER_TO_INT (holds) && (changed || entry->batch != 0 || entry->target != 0);
    }
  for (guint i = 0; i < entries->len; i++)
    {
      QdHistoryEntry *entry = g_ptr_array_index (entries, i);
      const QdHistoryEntry *undoing;

      /* A redo is undone by undoing what it brought back. */
      if (entry->kind == QD_HISTORY_REDO && g_hash_table_contains (undone, &entry->target))
        entry->undoable = FALSE;
      undoing = entry->undone_by != 0 ? g_hash_table_lookup (by_id, &entry->undone_by) : NULL;
      if (undoing == NULL || !undoing->undoable)
        entry->undone_by = 0;
      name_turn (entry, g_hash_table_lookup (by_id, &entry->target));
    }
  return g_steal_pointer (&entries);
}

/**
 * qd_history_find_batch:
 * @db: the connection
 * @batch: an import batch
 * @error: return location
 *
 * Returns: the entry that imported it, or 0: without @error set there is none
 */
gint64
qd_history_find_batch (QdDb    *db,
                       gint64   batch,
                       GError **error)
{
  g_autoptr (QdStmt) stmt = NULL;
  gboolean row;

  g_return_val_if_fail (db != NULL, 0);
  stmt = qd_db_statement (db, "history-find-batch", error);
  if (stmt == NULL)
    return 0;
  qd_stmt_bind_integer (stmt, 1, batch);
  if (!qd_stmt_step (stmt, &row, error) || !row)
    return 0;
  return sqlite3_column_int64 (qd_stmt_get_handle (stmt), 0);
}

/* The entry that @statement gives as @column, and what it says. */
static gint64
find_top (QdDb       *db,
          const char *statement,
          int         column,
          char      **summary,
          GError    **error)
{
  g_autoptr (QdStmt) stmt = qd_db_statement (db, statement, error);
  gboolean row;

  if (summary != NULL)
    *summary = NULL;
  if (stmt == NULL || !qd_stmt_step (stmt, &row, error) || !row)
    return 0;
  if (!qd_history_shape_holds (db, (const char *) sqlite3_column_text (qd_stmt_get_handle (stmt), column + 2)))
    return 0;
  if (summary != NULL)
    *summary = qd_history_message_translate (
        (const char *) sqlite3_column_text (qd_stmt_get_handle (stmt), column + 1));
  return sqlite3_column_int64 (qd_stmt_get_handle (stmt), column);
}

/**
 * qd_history_find_undo:
 * @db: the connection
 * @summary: (out) (optional) (nullable) (transfer full): what it did, translated
 * @error: return location
 *
 * Finds what the key for undo takes back: the change that came into force
 * last, done or redone. Undos are not among them, redo is for those.
 *
 * Returns: the entry, or 0: without @error set there is nothing
 */
gint64
qd_history_find_undo (QdDb    *db,
                      char   **summary,
                      GError **error)
{
  g_return_val_if_fail (db != NULL, 0);
  return find_top (db, "history-undo-top", 0, summary, error);
}

/**
 * qd_history_find_redo:
 * @db: the connection
 * @summary: (out) (optional) (nullable) (transfer full): what it did, translated
 * @error: return location
 *
 * Finds what the key for redo brings back: what was undone last, unless
 * something new was done since.
 *
 * Returns: the entry, or 0: without @error set there is nothing
 */
gint64
qd_history_find_redo (QdDb    *db,
                      char   **summary,
                      GError **error)
{
  g_return_val_if_fail (db != NULL, 0);
  return find_top (db, "history-redo-top", 1, summary, error);
}
