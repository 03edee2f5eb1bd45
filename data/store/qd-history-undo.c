/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Undo and redo. An undo deletes the rows of the entry's batch, applies its
 * changeset backwards and records what it does itself, so that its own undo
 * is nothing but its changeset applied backwards.
 *
 * Rows that an entry brought go only when nobody built on them: a later entry
 * that changed one of them, or rows of others that point at one, block. For
 * fields the later change wins.
 */
#define G_LOG_DOMAIN "quarterdeck"

#include "config.h"

#include "qd-history-message.h"
#include "qd-history-private.h"

#include <inttypes.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_NAMED 8

typedef struct
{
  gint64 id;
  QdHistoryKind kind;
  gint64 batch;
  gint64 target;
  char *summary;
  gboolean undone;
  char *shape;
  gpointer changes;
  int length;
} Entry;

static void
entry_clear (Entry *entry)
{
  g_free (entry->summary);
  g_free (entry->shape);
  g_free (entry->changes);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Entry, entry_clear)

static gboolean
get_entry (QdDb    *db,
           gint64   id,
           Entry   *entry,
           GError **error)
{
  g_autoptr (QdStmt) stmt = qd_db_statement (db, "history-get", error);
  sqlite3_stmt *handle;
  gboolean row;

  if (stmt == NULL)
    return FALSE;
  qd_stmt_bind_integer (stmt, 1, id);
  if (!qd_stmt_step (stmt, &row, error))
    return FALSE;
  if (!row)
    {
      g_set_error (error, QD_STORE_ERROR, QD_STORE_ERROR_NOT_UNDOABLE,
                   _ ("There is no entry %" PRId64 " in the history."), id);
      return FALSE;
    }
  handle = qd_stmt_get_handle (stmt);
  entry->id = id;
  entry->kind = CLAMP (sqlite3_column_int (handle, 0), QD_HISTORY_IMPORT, QD_HISTORY_REDO);
  entry->batch = sqlite3_column_int64 (handle, 1);
  entry->target = sqlite3_column_int64 (handle, 2);
  entry->summary = g_strdup ((const char *) sqlite3_column_text (handle, 3));
  entry->undone = sqlite3_column_int (handle, 4) != 0;
  entry->shape = g_strdup ((const char *) sqlite3_column_text (handle, 5));
  entry->length = sqlite3_column_bytes (handle, 6);
  entry->changes = g_memdup2 (sqlite3_column_blob (handle, 6), (gsize) entry->length);
  return TRUE;
}

static gboolean
run_marked (QdDb       *db,
            const char *name,
            gint64      id,
            gboolean    undone,
            GError    **error)
{
  g_autoptr (QdStmt) stmt = qd_db_statement (db, name, error);

  if (stmt == NULL)
    return FALSE;
  qd_stmt_bind_integer (stmt, qd_stmt_parameter (stmt, "undone"), undone);
  qd_stmt_bind_integer (stmt, qd_stmt_parameter (stmt, "id"), id);
  return qd_stmt_run (stmt, error);
}

/* Who stands in the way. */

typedef struct
{
  QdDb *db;
  gint64 batch;            /* whose rows go; 0: none */
  GHashTable *rows;        /* keys of recorded rows that go */
  GHashTable *filled;      /* ids of accounts and products that were implied and that a later entry filled in */
  GPtrArray *blockers;     /* char* */
  gboolean touched;        /* by the entry that is being looked at */
} Blocking;

static void
collect_row (int         op,
             const char *table,
             const char *key,
             gint64      id,
             gint64      batch,
             gboolean    implied,
             gpointer    data)
{
  Blocking *blocking = data;

  g_hash_table_add (blocking->rows, g_strdup (key));
}

static void
look_at_touch (int         op,
               const char *table,
               const char *key,
               gint64      id,
               gint64      batch,
               gboolean    implied,
               gpointer    data)
{
  Blocking *blocking = data;
  g_autofree char *name = NULL;

  if (op == SQLITE_INSERT)
    return;
  if (g_hash_table_contains (blocking->rows, key))
    blocking->touched = TRUE;
  if (blocking->batch == 0 || batch != blocking->batch)
    return;
  /* The entries come in their order: once filled in, the row is no longer the batch's. */
  name = g_strdup_printf ("%s %" G_GINT64_FORMAT, table, id);
  if (implied)
    g_hash_table_add (blocking->filled, g_steal_pointer (&name));
  else if (!g_hash_table_contains (blocking->filled, name))
    blocking->touched = TRUE;
}

static char *
describe_batch (QdDb  *db,
                gint64 batch,
                gint64 count)
{
  g_autoptr (QdStmt) stmt = qd_db_statement (db, "batch-describe", NULL);
  g_autofree char *rows = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%'" PRId64 " row",
                                                        "%'" PRId64 " rows", (gulong) count),
                                           count);
  gboolean row = FALSE;

  if (batch == 0)
    /* Translators: "12 rows" */
    return g_strdup_printf (_ ("rows entered by hand (%s)"), rows);
  if (stmt != NULL)
    {
      qd_stmt_bind_integer (stmt, 1, batch);
      if (!qd_stmt_step (stmt, &row, NULL))
        row = FALSE;
    }
  if (!row)
    /* Translators: number of an import, "12 rows" */
    return g_strdup_printf (_ ("import %" PRId64 " (%s)"), batch, rows);
  /* Translators: number of an import, kind of data, name of a file, "12 rows" */
  return g_strdup_printf (_ ("import %" PRId64 " (%s, %s, %s)"), batch,
                          (const char *) sqlite3_column_text (qd_stmt_get_handle (stmt), 0),
                          (const char *) sqlite3_column_text (qd_stmt_get_handle (stmt), 1), rows);
}

static gboolean
find_later (QdDb           *db,
            QdHistoryApply *apply,
            const Entry    *entry,
            Blocking       *blocking,
            GError        **error)
{
  g_autoptr (QdStmt) stmt = qd_db_statement (db, "history-later", error);
  g_autoptr (GHashTable) named = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  sqlite3_stmt *handle;

  if (stmt == NULL)
    return FALSE;
  handle = qd_stmt_get_handle (stmt);
  qd_stmt_bind_integer (stmt, qd_stmt_parameter (stmt, "id"), entry->id);
  /* When an undo is taken back, what was redone after it had been there before it: only new entries count. */
  qd_stmt_bind_integer (stmt, qd_stmt_parameter (stmt, "redone"), entry->kind != QD_HISTORY_UNDO);
  for (;;)
    {
      g_autofree char *summary = NULL;
      gint64 who, batch;
      gboolean row;

      if (!qd_stmt_step (stmt, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      blocking->touched = FALSE;
      if (!qd_history_apply_each_touch (apply, sqlite3_column_blob (handle, 4), sqlite3_column_bytes (handle, 4), 0,
                                        look_at_touch, blocking, error))
        return FALSE;
      who = sqlite3_column_int64 (handle, 1);
      batch = sqlite3_column_int64 (handle, 2);
      if (!blocking->touched || who == entry->id || g_hash_table_contains (named, &who))
        continue;
      g_hash_table_add (named, g_memdup2 (&who, sizeof who));
      summary = qd_history_message_translate ((const char *) sqlite3_column_text (handle, 3));
      if (batch != 0)
        /* Translators: number of an import, what it did */
        g_ptr_array_add (blocking->blockers, g_strdup_printf (_ ("import %" PRId64 " (%s)"), batch, summary));
      else
        /* Translators: number of an entry of the history, what it did */
        g_ptr_array_add (blocking->blockers, g_strdup_printf (_ ("entry %" PRId64 " (%s)"), who, summary));
    }
}

/* Ids of @table in @filled, as a JSON array for json_each. */
static char *
filled_ids (const Blocking *blocking,
            const char     *table)
{
  GString *json = g_string_new ("[");
  g_autofree char *prefix = g_strconcat (table, " ", NULL);
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, blocking->filled);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (g_str_has_prefix (key, prefix))
      g_string_append_printf (json, "%s%s", json->len > 1 ? "," : "", (const char *) key + strlen (prefix));
  g_string_append_c (json, ']');
  return g_string_free (json, FALSE);
}

static gboolean
has_column (QdDb       *db,
            const char *table,
            const char *column)
{
  g_autoptr (QdStmt) stmt = qd_db_statement (db, "table-columns", NULL);
  gboolean row = stmt != NULL, found = FALSE;

  if (stmt != NULL)
    qd_stmt_bind_text (stmt, 1, table, -1);
  while (row && qd_stmt_step (stmt, &row, NULL) && row)
    found = found || strcmp ((const char *) sqlite3_column_text (qd_stmt_get_handle (stmt), 0), column) == 0;
  return found;
}

/* Rows of other batches in @child that point at rows of the batch in @parent. */
static gboolean
count_pointing (Blocking   *blocking,
                const char *child,
                const char *column,
                const char *parent,
                const char *key,
                GHashTable *counts,
                GError    **error)
{
  QdDb *db = blocking->db;
  g_autofree char *child_quoted = qd_db_quote (child);
  g_autofree char *column_quoted = qd_db_quote (column);
  g_autofree char *parent_quoted = qd_db_quote (parent);
  g_autofree char *key_quoted = qd_db_quote (key);
  g_autofree char *skip = filled_ids (blocking, parent);
  g_autofree char *sql = NULL;
  g_autoptr (QdStmt) stmt = NULL;

  sql = g_strdup_printf ("SELECT c.batch, count(*) FROM %s c JOIN %s p ON p.%s = c.%s "
                         "WHERE p.batch = :batch AND c.batch <> :batch%s "
                         "AND p.%s NOT IN (SELECT value FROM json_each (:skip)) GROUP BY c.batch /*scan*/",
                         child_quoted, parent_quoted, key_quoted, column_quoted,
                         has_column (db, parent, "implied") ? " AND p.implied = 0" : "", key_quoted);
  stmt = qd_db_prepare (db, sql, error);
  if (stmt == NULL)
    return FALSE;
  qd_stmt_bind_integer (stmt, qd_stmt_parameter (stmt, "batch"), blocking->batch);
  qd_stmt_bind_text (stmt, qd_stmt_parameter (stmt, "skip"), skip, -1);
  for (;;)
    {
      gint64 batch, *count;
      gboolean row;

      if (!qd_stmt_step (stmt, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      batch = sqlite3_column_int64 (qd_stmt_get_handle (stmt), 0);
      count = g_hash_table_lookup (counts, &batch);
      if (count == NULL)
        {
          count = g_new0 (gint64, 1);
          g_hash_table_insert (counts, g_memdup2 (&batch, sizeof batch), count);
        }
      *count += sqlite3_column_int64 (qd_stmt_get_handle (stmt), 1);
    }
}

static gboolean
find_pointing (Blocking *blocking,
               GError  **error)
{
  g_autoptr (GHashTable) counts = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  g_autoptr (GList) batches = NULL;

  for (gsize i = 0; qd_history_tables[i] != NULL; i++)
    {
      const char *child = qd_history_tables[i];
      g_autoptr (QdStmt) stmt = NULL;
      gboolean row = TRUE;

      if (!has_column (blocking->db, child, "batch"))
        continue;
      stmt = qd_db_statement (blocking->db, "table-references", error);
      if (stmt == NULL)
        return FALSE;
      qd_stmt_bind_text (stmt, 1, child, -1);
      while (row)
        {
          sqlite3_stmt *handle = qd_stmt_get_handle (stmt);

          if (!qd_stmt_step (stmt, &row, error))
            return FALSE;
          if (row && !count_pointing (blocking, child, (const char *) sqlite3_column_text (handle, 0),
                                      (const char *) sqlite3_column_text (handle, 1),
                                      (const char *) sqlite3_column_text (handle, 2), counts, error))
            return FALSE;
        }
    }
  batches = g_hash_table_get_keys (counts);
  for (GList *l = batches; l != NULL; l = l->next)
    {
      gint64 *batch = l->data;
      gint64 *count = g_hash_table_lookup (counts, batch);

      g_ptr_array_add (blocking->blockers, describe_batch (blocking->db, *batch, *count));
    }
  return TRUE;
}

static int
compare_text (gconstpointer a,
              gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

static gboolean
throw_blockers (GPtrArray *blockers,
                GError   **error)
{
  g_autoptr (GString) list = g_string_new (NULL);
  guint n = MIN (blockers->len, MAX_NAMED);

  g_ptr_array_sort (blockers, compare_text);
  for (guint i = 0; i < n; i++)
    g_string_append_printf (list, "%s%s", i > 0 ? "; " : "", (const char *) g_ptr_array_index (blockers, i));
  if (blockers->len > n)
    {
      g_string_append (list, "; ");
      /* Translators: the end of a list of things */
      g_string_append_printf (list, ngettext ("%'u more", "%'u more", blockers->len - n), blockers->len - n);
    }
  g_set_error (error, QD_STORE_ERROR, QD_STORE_ERROR_DEPENDANTS,
               /* Translators: a list of imports and entries */
               _ ("This cannot be undone because later changes build on it. Undo these first: %s."), list->str);
  return FALSE;
}

/* Fills @blocking->filled; FALSE with QD_STORE_ERROR_DEPENDANTS when somebody stands in the way. */
static gboolean
check_dependants (QdDb           *db,
                  QdHistoryApply *apply,
                  const Entry    *entry,
                  Blocking       *blocking,
                  GError        **error)
{
  if (!qd_history_apply_each_touch (apply, entry->changes, entry->length, SQLITE_INSERT, collect_row, blocking, error))
    return FALSE;
  if (blocking->batch == 0 && g_hash_table_size (blocking->rows) == 0)
    return TRUE;
  if (!find_later (db, apply, entry, blocking, error))
    return FALSE;
  if (blocking->batch != 0 && blocking->blockers->len == 0 && !find_pointing (blocking, error))
    return FALSE;
  return blocking->blockers->len == 0 || throw_blockers (blocking->blockers, error);
}

static gboolean
delete_batch (Blocking *blocking,
              QdJob    *job,
              GError  **error)
{
  /* From the last table to the first: those that point go before what they point at. */
  for (guint i = g_strv_length ((char **) qd_history_tables); i-- > 0;)
    {
      const char *table = qd_history_tables[i];
      g_autofree char *skip = filled_ids (blocking, table);
      gboolean implied = has_column (blocking->db, table, "implied");

      if (has_column (blocking->db, table, "batch") &&
          !qd_history_delete_rows (blocking->db, table,
                                   implied ? "batch = :batch AND implied = 0 AND "
                                             "id NOT IN (SELECT value FROM json_each (:skip))"
                                           : "batch = :batch",
                                   blocking->batch, skip, job, error))
        return FALSE;
    }
  return TRUE;
}

/* Accounts and products that nothing mentions any more. @own: those of the batch, before its changes are applied: no
 * change has touched them. Then the others, recorded as any change. */
static gboolean
drop_implied (Blocking *blocking,
              gboolean  own,
              QdJob    *job,
              GError  **error)
{
  static const char *const tables[] = { "account", "product" };
  QdDb *db = blocking->db;

  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *resource = g_strdup_printf ("sql/%s-unused.sql", tables[i]);
      g_autoptr (GBytes) bytes = qd_store_read_resource (resource, error);
      g_autofree char *unused = NULL;
      g_autofree char *condition = NULL;
      gint64 before = sqlite3_total_changes64 (db->handle);

      if (bytes == NULL)
        return FALSE;
      unused = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
      condition = g_strdup_printf ("%s id IN (%s)", own ? "batch = :batch AND" : "", unused);
      for (;;) /* a parent goes after its last child */
        {
          if (own && !qd_history_delete_rows (db, tables[i], condition, blocking->batch, NULL, job, error))
            return FALSE;
          if (!own)
            {
              g_autofree char *sql = g_strdup_printf ("DELETE FROM %s WHERE %s", tables[i], condition);
              g_autoptr (QdStmt) stmt = qd_db_prepare (db, sql, error);

              if (stmt == NULL)
                return FALSE;
              qd_stmt_bind_integer (stmt, 1, blocking->batch);
              if (!qd_stmt_run (stmt, error))
                return FALSE;
            }
          if (sqlite3_total_changes64 (db->handle) == before)
            break;
          before = sqlite3_total_changes64 (db->handle);
        }
    }
  return TRUE;
}

/* Whether each row finds the rows that it points at. */
static gboolean
check_references (QdDb    *db,
                  gboolean all,
                  GError **error)
{
  int now = 0, highest = 0;
  gboolean row = FALSE;

  if (all)
    {
      g_autoptr (QdStmt) stmt = qd_db_prepare (db, "PRAGMA foreign_key_check", error);

      if (stmt == NULL || !qd_stmt_step (stmt, &row, error))
        return FALSE;
    }
  else
    sqlite3_db_status (db->handle, SQLITE_DBSTATUS_DEFERRED_FKS, &now, &highest, 0);
  if (!row && now == 0)
    return TRUE;
  g_set_error_literal (error, QD_STORE_ERROR, QD_STORE_ERROR_DEPENDANTS,
                       _ ("This cannot be undone because records of other changes need what would go, or what would come "
                          "back needs records that are gone. Undo the later changes first."));
  return FALSE;
}

static gboolean
add_undone (QdDb           *db,
            QdHistoryApply *apply,
            gint64          id,
            GError        **error)
{
  g_autoptr (QdStmt) stmt = qd_db_statement (db, "history-undone-between", error);
  gboolean row = TRUE;

  if (stmt == NULL)
    return FALSE;
  qd_stmt_bind_integer (stmt, 1, id);
  while (row)
    {
      sqlite3_stmt *handle = qd_stmt_get_handle (stmt);

      if (!qd_stmt_step (stmt, &row, error))
        return FALSE;
      if (row && !qd_history_apply_add_undone (apply, sqlite3_column_blob (handle, 0), sqlite3_column_bytes (handle, 0),
                                               error))
        return FALSE;
    }
  return TRUE;
}

/* What an undo (of @entry itself) and a redo (@entry is the undo) have in common. */
static gboolean
turn_back (QdDb        *db,
           const Entry *entry,
           gboolean     redo,
           gboolean     unchecked,
           QdJob       *job,
           GPtrArray   *kept,
           GError     **error)
{
  g_autoptr (QdHistoryApply) apply = qd_history_apply_new (db, job, kept);
  g_autoptr (GHashTable) rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) filled = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) blockers = g_ptr_array_new_with_free_func (g_free);
  gint64 batch = redo ? 0 : entry->batch;
  gint64 original = redo ? entry->target : entry->id;
  Blocking blocking = { db, batch, rows, filled, blockers, FALSE };

  if (!qd_db_exec (db, "PRAGMA defer_foreign_keys = ON", error) || !add_undone (db, apply, entry->id, error))
    return FALSE;
  qd_history_record (db, TRUE);
  if (batch != 0 && !qd_history_apply_hand_back (apply, batch, entry->changes, entry->length, error))
    return FALSE;
  if (!check_dependants (db, apply, entry, &blocking, error))
    return FALSE;
  if (batch != 0)
    {
      qd_job_report (job, -1, _ ("Taking back the imported rows"));
      qd_history_record (db, FALSE);
      if (!delete_batch (&blocking, job, error) || !drop_implied (&blocking, TRUE, job, error))
        return FALSE;
      qd_history_record (db, TRUE);
    }
  if (!qd_history_apply_backwards (apply, entry->changes, entry->length, !redo, error))
    return FALSE;
  if (batch != 0 && !drop_implied (&blocking, FALSE, job, error))
    return FALSE;
  qd_history_record (db, FALSE);

  if (!check_references (db, unchecked, error) || !run_marked (db, "history-mark", original, !redo, error))
    return FALSE;
  if (redo && !run_marked (db, "history-mark", entry->id, TRUE, error))
    return FALSE;
  return entry->batch == 0 || run_marked (db, "batch-mark", entry->batch, !redo, error);
}

static gboolean
turn_back_entry (QdDb        *db,
                 const Entry *entry,
                 gboolean     redo,
                 QdJob       *job,
                 GPtrArray  **kept,
                 GError     **error)
{
  g_autoptr (GPtrArray) fields = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *english = NULL;
  g_autofree char *summary = NULL;
  gboolean unchecked, ok;

  if (!qd_history_shape_holds (db, entry->shape))
    {
      g_set_error (error, QD_STORE_ERROR, QD_STORE_ERROR_NOT_UNDOABLE,
                   _ ("Entry %" PRId64 " was made by an older version of Quarterdeck whose tables had another "
                      "form: it can be read but no longer undone."),
                   entry->id);
      return FALSE;
    }
  /* For other programs; qd_history_list() says it in the reader's language. "Undo: Undo: …" says nothing to anybody. */
  english = qd_history_message_english (entry->summary);
  if (redo)
    summary = g_strdup_printf ("Redo: %s", g_str_has_prefix (english, "Undo: ") ? english + strlen ("Undo: ") : english);
  else
    summary = g_strdup_printf ("Undo: %s", english);
  /* For many rows, references are checked once at the end, set by set: row by row SQLite would read all that could
   * point at a deleted account for each of them. (The pragma has no effect inside a transaction.) */
  unchecked = entry->batch != 0 && db->depth == 0;
  if (unchecked && !qd_db_exec (db, "PRAGMA foreign_keys = OFF", error))
    return FALSE;
  ok = qd_history_begin_target (db, redo ? QD_HISTORY_REDO : QD_HISTORY_UNDO, entry->batch,
                                redo ? entry->target : entry->id, summary, error);
  if (ok && !turn_back (db, entry, redo, unchecked, job, fields, error))
    {
      qd_history_rollback (db);
      ok = FALSE;
    }
  ok = ok && qd_history_commit (db, NULL, error);
  if (unchecked)
    sqlite3_exec (db->handle, "PRAGMA foreign_keys = ON", NULL, NULL, NULL);
  if (!ok)
    return FALSE;
  if (kept != NULL)
    *kept = g_steal_pointer (&fields);
  return TRUE;
}

/**
 * qd_history_undo:
 * @db: the connection
 * @entry: the entry
 * @job: (nullable): reports and cancels
 * @kept: (out) (optional) (element-type utf8): what stays as it is, because a
 *   later change had touched it: one sentence a field, translated
 * @error: return location
 *
 * Undoes any entry, as an entry of its own: inserted rows go, changed fields
 * get back what they held, deleted rows return. The undo of an undo brings
 * back what that took away; the undo of a redo undoes what it brought back.
 *
 * Either everything is done or nothing. Linear in the rows of the entry and
 * the recorded changes of later ones.
 *
 * Returns: `FALSE` with `QD_STORE_ERROR_DEPENDANTS` when later entries build on
 *   what would go (the message lists them), `QD_STORE_ERROR_NOT_UNDOABLE` when
 *   it is undone already or of an older shape, or `G_IO_ERROR_CANCELLED`
 */
gboolean
qd_history_undo (QdDb       *db,
                 gint64      entry,
                 QdJob      *job,
                 GPtrArray **kept,
                 GError    **error)
{
  g_auto (Entry) found = { 0 };

  g_return_val_if_fail (db != NULL && db->entry == 0, FALSE);

  if (!get_entry (db, entry, &found, error))
    return FALSE;
  if (found.kind == QD_HISTORY_REDO)
    return qd_history_undo (db, found.target, job, kept, error);
  if (found.undone)
    {
      g_set_error (error, QD_STORE_ERROR, QD_STORE_ERROR_NOT_UNDOABLE,
                   _ ("Entry %" PRId64 " is undone already."), entry);
      return FALSE;
    }
  if (found.changes == NULL && found.batch == 0 && found.kind != QD_HISTORY_UNDO)
    {
      g_set_error (error, QD_STORE_ERROR, QD_STORE_ERROR_NOT_UNDOABLE,
                   _ ("Entry %" PRId64 " has changed nothing that could be undone."), entry);
      return FALSE;
    }
  return turn_back_entry (db, &found, found.kind == QD_HISTORY_UNDO, job, kept, error);
}

/**
 * qd_history_redo:
 * @db: the connection
 * @entry: the entry that was undone, or its undo
 * @job: (nullable): reports and cancels
 * @kept: (out) (optional) (element-type utf8): see qd_history_undo()
 * @error: return location
 *
 * Redoes what was undone last. Several are redone in the reverse order of
 * their undoing, and a new change ends it: what was undone before can then
 * still be brought back by undoing its undo.
 *
 * Returns: as qd_history_undo()
 */
gboolean
qd_history_redo (QdDb       *db,
                 gint64      entry,
                 QdJob      *job,
                 GPtrArray **kept,
                 GError    **error)
{
  g_auto (Entry) found = { 0 };
  g_autoptr (QdStmt) top = NULL;
  gint64 undo = 0, target = 0;
  gboolean row;

  g_return_val_if_fail (db != NULL && db->entry == 0, FALSE);

  top = qd_db_statement (db, "history-redo-top", error);
  if (top == NULL || !qd_stmt_step (top, &row, error))
    return FALSE;
  if (row)
    {
      undo = sqlite3_column_int64 (qd_stmt_get_handle (top), 0);
      target = sqlite3_column_int64 (qd_stmt_get_handle (top), 1);
    }
  g_clear_pointer (&top, qd_stmt_release);
  if (undo == 0)
    g_set_error (error, QD_STORE_ERROR, QD_STORE_ERROR_NOT_UNDOABLE,
                 _ ("Entry %" PRId64 " cannot be redone: it is not undone, or something else was changed since. "
                    "Undo its undo in the history instead."),
                 entry);
  else if (entry != undo && entry != target)
    g_set_error (error, QD_STORE_ERROR, QD_STORE_ERROR_NOT_UNDOABLE,
                 _ ("Entry %" PRId64 " cannot be redone now: redo entry %" PRId64 " first."), entry,
                 target);
  else
    return get_entry (db, undo, &found, error) && turn_back_entry (db, &found, TRUE, job, kept, error);
  return FALSE;
}
