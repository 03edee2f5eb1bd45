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

static void
record_clear (QdHistoryRecord *entry)
{
  g_clear_pointer (&entry->summary, g_free);
  g_clear_pointer (&entry->shape, g_free);
  g_clear_pointer (&entry->changes, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (QdHistoryRecord, record_clear)

static gboolean
get_entry (QdDb            *db,
           gint64           id,
           QdHistoryRecord *entry,
           GError         **error)
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
  entry->step = sqlite3_column_int64 (handle, 7);
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

static gboolean
delete_batch (QdDb           *db,
              QdHistoryLater *later,
              gint64          batch,
              QdJob          *job,
              GError        **error)
{
  /* From the last table to the first: those that point go before what they point at. */
  for (guint i = g_strv_length ((char **) qd_history_tables); i-- > 0;)
    {
      const char *table = qd_history_tables[i];
      g_autofree char *skip = qd_history_later_list_filled (later, table);
      gboolean implied = qd_history_has_column (db, table, "implied");

      if (qd_history_has_column (db, table, "batch") &&
          !qd_history_delete_rows (db, table,
                                   implied ? "batch = :batch AND implied = 0 AND "
                                             "id NOT IN (SELECT value FROM json_each (:skip))"
                                           : "batch = :batch",
                                   batch, skip, job, error))
        return FALSE;
    }
  return TRUE;
}

/* Accounts and products that nothing mentions any more. @own: those of the batch, before its changes are applied: no
 * change has touched them. Then the others, recorded as any change. */
static gboolean
drop_implied (QdDb    *db,
              gint64   batch,
              gboolean own,
              QdJob   *job,
              GError **error)
{
  static const char *const tables[] = { "account", "product" };

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
          if (own && !qd_history_delete_rows (db, tables[i], condition, batch, NULL, job, error))
            return FALSE;
          if (!own)
            {
              g_autofree char *sql = g_strdup_printf ("DELETE FROM %s WHERE %s", tables[i], condition);
              g_autoptr (QdStmt) stmt = qd_db_prepare (db, sql, error);

              if (stmt == NULL)
                return FALSE;
              qd_stmt_bind_integer (stmt, 1, batch);
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

typedef gboolean (*ChangesFunc) (QdHistoryApply *apply, gconstpointer changes, int length, GError **error);

/* Tells @func of the changes that the statement finds beside the entry. */
static gboolean
each_beside (QdDb           *db,
             QdHistoryApply *apply,
             const char     *name,
             gint64          id,
             ChangesFunc     func,
             GError        **error)
{
  g_autoptr (QdStmt) stmt = qd_db_statement (db, name, error);
  gboolean row = TRUE;

  if (stmt == NULL)
    return FALSE;
  qd_stmt_bind_integer (stmt, 1, id);
  while (row)
    {
      sqlite3_stmt *handle = qd_stmt_get_handle (stmt);

      if (!qd_stmt_step (stmt, &row, error))
        return FALSE;
      if (row && !func (apply, sqlite3_column_blob (handle, 0), sqlite3_column_bytes (handle, 0), error))
        return FALSE;
    }
  return TRUE;
}

/* What became of the rows of an entry since it was made, as far as it cannot be seen from them. */
static gboolean
look_beside (QdDb           *db,
             QdHistoryApply *apply,
             gint64          id,
             GError        **error)
{
  return each_beside (db, apply, "history-undone-between", id, qd_history_apply_add_undone, error) &&
         each_beside (db, apply, "history-after", id, qd_history_apply_find_other_parents, error) &&
         each_beside (db, apply, "history-after", id, qd_history_apply_find_others, error);
}

/* Several that go back together, in one transaction: an entry and those that stand on it, or those of a step. */
typedef struct
{
  QdDb *db;
  QdJob *job;
  GPtrArray *kept;    /* char* */
  gboolean with_later;
  GHashTable *turned; /* gint64: done */
  GHashTable *begun;  /* gint64: done, or waiting for those that stand on them */
  GArray *later;      /* gint64: those of them that were not asked for, as they were found */
  guint n_known;      /* that are to be done, as far as is known */
  gint64 main;        /* the entry that the step is about */
  gboolean bulk;      /* there may be many rows */
  gint64 first;       /* entries of the history that were written: the first, the last, the one for @main */
  gint64 last;
  gint64 leader;
} Turn;

/* Tells who it was that stands where a row shall come back. */
static void
find_occupant (QdHistoryApply *apply,
               QdHistoryLater *later)
{
  g_autofree char *key = NULL;
  gint64 batch = 0;

  key = qd_history_apply_steal_occupant (apply, &batch);
  if (key != NULL && !qd_history_later_find_bringer (later, key, batch, NULL))
    g_debug ("who brought %s is not known", key);
}

/* What an undo (of @entry itself) and a redo (@entry is the undo) have in common. @standing: see qd_history_later_new() */
static gboolean
turn_back (Turn                  *turn,
           const QdHistoryRecord *entry,
           GHashTable            *standing,
           GError               **error)
{
  QdDb *db = turn->db;
  gboolean redo = entry->kind == QD_HISTORY_UNDO;
  gint64 batch = redo ? 0 : entry->batch;
  g_autoptr (QdHistoryApply) apply = qd_history_apply_new (db, turn->job, turn->kept);
  g_autoptr (QdHistoryLater) later = qd_history_later_new (db, apply, entry, batch, standing);

  if (!qd_db_exec (db, "PRAGMA defer_foreign_keys = ON", error) || !look_beside (db, apply, entry->id, error))
    return FALSE;
  qd_history_record (db, TRUE);
  if (batch != 0 && !qd_history_apply_hand_back (apply, batch, entry->changes, entry->length, error))
    return FALSE;
  if (!qd_history_later_check (later, error))
    return FALSE;
  if (batch != 0)
    {
      qd_job_report (turn->job, turn->n_known > 1 ? g_hash_table_size (turn->turned) / (double) turn->n_known : -1,
                     _ ("Taking back the imported rows"));
      qd_history_record (db, FALSE);
      if (!delete_batch (db, later, batch, turn->job, error) || !drop_implied (db, batch, TRUE, turn->job, error))
        return FALSE;
      qd_history_record (db, TRUE);
    }
  if (!qd_history_apply_backwards (apply, entry->changes, entry->length, !redo, error))
    {
      if (standing != NULL)
        find_occupant (apply, later);
      return FALSE;
    }
  if (batch != 0 && (!drop_implied (db, batch, FALSE, turn->job, error) || !qd_history_later_check_guests (later, error)))
    return FALSE;
  qd_history_record (db, FALSE);

  if (!run_marked (db, "history-mark", redo ? entry->target : entry->id, !redo, error))
    return FALSE;
  if (redo && !run_marked (db, "history-mark", entry->id, TRUE, error))
    return FALSE;
  return entry->batch == 0 || run_marked (db, "batch-mark", entry->batch, !redo, error);
}

/* Whether it is one that can be turned back at all, for now. */
static gboolean
check_entry (QdDb                  *db,
             const QdHistoryRecord *entry,
             GError               **error)
{
  if (entry->undone)
    g_set_error (error, QD_STORE_ERROR, QD_STORE_ERROR_NOT_UNDOABLE,
                 _ ("Entry %" PRId64 " is undone already."), entry->id);
  else if (entry->changes == NULL && entry->batch == 0 && entry->kind != QD_HISTORY_UNDO)
    g_set_error (error, QD_STORE_ERROR, QD_STORE_ERROR_NOT_UNDOABLE,
                 _ ("Entry %" PRId64 " has changed nothing that could be undone."), entry->id);
  else if (!qd_history_shape_holds (db, entry->shape))
    g_set_error (error, QD_STORE_ERROR, QD_STORE_ERROR_NOT_UNDOABLE,
                 _ ("Entry %" PRId64 " was made by an older version of Quarterdeck whose tables had another "
                    "form: it can be read but no longer undone."),
                 entry->id);
  else
    return TRUE;
  return FALSE;
}

/* As an entry of its own, inside the transaction that is open. */
static gboolean
write_turn (Turn                  *turn,
            const QdHistoryRecord *entry,
            GHashTable            *standing,
            GError               **error)
{
  gboolean redo = entry->kind == QD_HISTORY_UNDO;
  g_autofree char *english = NULL;
  g_autofree char *summary = NULL;

  /* For other programs; qd_history_list() says it in the reader's language. "Undo: Undo: …" says nothing to anybody. */
  english = qd_history_message_english (entry->summary);
  if (redo)
    summary = g_strdup_printf ("Redo: %s", g_str_has_prefix (english, "Undo: ") ? english + strlen ("Undo: ") : english);
  else
    summary = g_strdup_printf ("Undo: %s", english);
  if (!qd_history_begin_target (turn->db, redo ? QD_HISTORY_REDO : QD_HISTORY_UNDO, entry->batch,
                                redo ? entry->target : entry->id, summary, error))
    return FALSE;
  if (!turn_back (turn, entry, standing, error))
    {
      qd_history_abandon (turn->db);
      return FALSE;
    }
  if (!qd_history_commit (turn->db, &turn->last, error))
    return FALSE;
  if (turn->first == 0)
    turn->first = turn->last;
  if (entry->id == turn->main)
    turn->leader = turn->last;
  g_hash_table_add (turn->turned, g_memdup2 (&entry->id, sizeof entry->id));
  return TRUE;
}

/* By id: the newest first. */
static int
compare_newest (gconstpointer a,
                gconstpointer b)
{
  gint64 first = *(const gint64 *) a, second = *(const gint64 *) b;

  return first < second ? 1 : first > second ? -1 : 0;
}

static gboolean turn_entry (Turn *turn, gint64 id, GError **error);

/* Those that stand on an entry, the newest first. FALSE without @error set: there are none but those that are begun. */
static gboolean
turn_standing (Turn       *turn,
               GHashTable *standing,
               GError    **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, standing);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (!g_hash_table_contains (turn->begun, id))
      g_array_append_vals (ids, id, 1);
  g_array_sort (ids, compare_newest);
  turn->n_known += ids->len;
  for (guint i = 0; i < ids->len; i++)
    {
      gint64 one = g_array_index (ids, gint64, i);

      /* another one of them may have needed it */
      if (g_hash_table_contains (turn->turned, &one))
        continue;
      qd_job_report (turn->job, g_hash_table_size (turn->turned) / (double) turn->n_known,
                     _ ("Taking back later changes"));
      if (!qd_job_check (turn->job, error) || !turn_entry (turn, one, error))
        return FALSE;
      g_array_append_val (turn->later, one);
    }
  return ids->len > 0;
}

static gboolean
turn_entry (Turn    *turn,
            gint64   id,
            GError **error)
{
  g_auto (QdHistoryRecord) entry = { 0 };

  if (!get_entry (turn->db, id, &entry, error) || !check_entry (turn->db, &entry, error))
    return FALSE;
  g_hash_table_add (turn->begun, g_memdup2 (&id, sizeof id));
  if (!turn->with_later)
    return write_turn (turn, &entry, NULL, error);
  /* Each round ends with one that stands on it less. */
  for (;;)
    {
      g_autoptr (GHashTable) standing = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
      GError *problem = NULL;
      GError *other = NULL;

      if (!qd_db_exec (turn->db, "SAVEPOINT turn", error))
        return FALSE;
      if (write_turn (turn, &entry, standing, &problem))
        return qd_db_exec (turn->db, "RELEASE turn", error);
      if (g_error_matches (problem, QD_STORE_ERROR, QD_STORE_ERROR_DEPENDANTS) &&
          qd_db_exec (turn->db, "ROLLBACK TO turn; RELEASE turn", &other) && turn_standing (turn, standing, &other))
        {
          g_error_free (problem);
          continue;
        }
      if (other != NULL)
        {
          g_error_free (problem);
          problem = other;
        }
      g_propagate_error (error, problem);
      return FALSE;
    }
}

/* What turning @id back means, in order: the entry itself, the undo that is redone, or all of its step. */
static GArray *
list_acts (Turn    *turn,
           gint64   id,
           GError **error)
{
  QdDb *db = turn->db;
  g_auto (QdHistoryRecord) entry = { 0 };
  g_autoptr (GArray) acts = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (QdStmt) stmt = NULL;
  gboolean row = TRUE;

  if (!get_entry (db, id, &entry, error))
    return NULL;
  if (entry.step != 0 && entry.step != id)
    return list_acts (turn, entry.step, error);
  turn->main = entry.kind == QD_HISTORY_REDO ? entry.target : id;
  turn->bulk = turn->with_later || entry.batch != 0 || entry.step != 0;
  if (entry.step != 0)
    {
      stmt = qd_db_statement (db, "history-step", error);
      if (stmt == NULL)
        return NULL;
      qd_stmt_bind_integer (stmt, 1, entry.step);
    }
  while (stmt != NULL && row)
    {
      gint64 act;

      if (!qd_stmt_step (stmt, &row, error))
        return NULL;
      if (!row)
        break;
      act = sqlite3_column_int64 (qd_stmt_get_handle (stmt), 0);
      g_array_append_val (acts, act);
    }
  if (acts->len == 0)
    g_array_append_val (acts, turn->main);
  return g_steal_pointer (&acts);
}

static gboolean
mark_step (Turn    *turn,
           GError **error)
{
  g_autoptr (QdStmt) stmt = NULL;

  if (turn->first == turn->last)
    return TRUE;
  stmt = qd_db_statement (turn->db, "history-mark-step", error);
  if (stmt == NULL)
    return FALSE;
  qd_stmt_bind_integer (stmt, qd_stmt_parameter (stmt, "step"), turn->leader != 0 ? turn->leader : turn->last);
  qd_stmt_bind_integer (stmt, qd_stmt_parameter (stmt, "first"), turn->first);
  qd_stmt_bind_integer (stmt, qd_stmt_parameter (stmt, "last"), turn->last);
  return qd_stmt_run (stmt, error);
}

/* @dry: takes it back again; what it would do is then known. */
static gboolean
run_turn (Turn    *turn,
          gint64   id,
          gboolean dry,
          GError **error)
{
  QdDb *db = turn->db;
  g_autoptr (GArray) acts = list_acts (turn, id, error);
  gboolean unchecked, ok;

  if (acts == NULL)
    return FALSE;
  turn->n_known = acts->len;
  /* For many rows, references are checked once at the end, set by set: row by row SQLite would read all that could
   * point at a deleted account for each of them. (The pragma has no effect inside a transaction.) */
  unchecked = turn->bulk && db->depth == 0;
  if (unchecked && !qd_db_exec (db, "PRAGMA foreign_keys = OFF", error))
    return FALSE;
  ok = qd_db_begin (db, error);
  if (ok)
    {
      for (guint i = 0; ok && i < acts->len; i++)
        ok = turn_entry (turn, g_array_index (acts, gint64, i), error);
      ok = ok && check_references (db, unchecked, error) && mark_step (turn, error);
      if (ok && !dry)
        ok = qd_db_commit (db, error);
      else
        qd_db_rollback (db);
    }
  if (unchecked)
    sqlite3_exec (db->handle, "PRAGMA foreign_keys = ON", NULL, NULL, NULL);
  return ok;
}

static gboolean
turn_all (QdDb       *db,
          gint64      id,
          gboolean    with_later,
          gboolean    dry,
          QdJob      *job,
          GPtrArray **kept,
          GArray    **later,
          GError    **error)
{
  g_autoptr (GPtrArray) fields = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) turned = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GHashTable) begun = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (gint64));
  Turn turn = {
    .db = db, .job = job, .kept = fields, .with_later = with_later, .turned = turned, .begun = begun, .later = found,
  };

  if (!run_turn (&turn, id, dry, error))
    return FALSE;
  if (kept != NULL)
    *kept = g_steal_pointer (&fields);
  if (later != NULL)
    *later = g_steal_pointer (&found);
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
 * What was done as one step is undone as one.
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
  g_return_val_if_fail (db != NULL && db->entry == 0, FALSE);
  return turn_all (db, entry, FALSE, FALSE, job, kept, NULL, error);
}

/* The entries with these ids, the newest first. */
static GPtrArray *
name_entries (QdDb    *db,
              GArray  *ids,
              GError **error)
{
  GPtrArray *entries = qd_history_list (db, error);

  if (entries == NULL)
    return NULL;
  for (guint i = entries->len; i-- > 0;)
    {
      const QdHistoryEntry *entry = g_ptr_array_index (entries, i);
      gboolean found = FALSE;

      for (guint k = 0; !found && k < ids->len; k++)
        found = g_array_index (ids, gint64, k) == entry->id;
      if (!found)
        g_ptr_array_remove_index (entries, i);
    }
  return entries;
}

/**
 * qd_history_undo_with_later:
 * @db: the connection
 * @entry: the entry
 * @job: (nullable): reports and cancels
 * @later: (out) (optional) (element-type QdHistoryEntry): what went back with it, the newest first
 * @error: return location
 *
 * Undoes an entry and the later ones in force that stand on it: those that
 * changed or point at a row that goes, changed a field that gets its former
 * value back, or took the place of a row that returns; and those that stand
 * on them. All is one step, which is redone and undone as one. Others stay.
 *
 * Either everything is done or nothing.
 *
 * Returns: as qd_history_undo()
 */
gboolean
qd_history_undo_with_later (QdDb       *db,
                            gint64      entry,
                            QdJob      *job,
                            GPtrArray **later,
                            GError    **error)
{
  g_autoptr (GArray) ids = NULL;

  g_return_val_if_fail (db != NULL && db->entry == 0, FALSE);
  if (!turn_all (db, entry, TRUE, FALSE, job, NULL, &ids, error))
    return FALSE;
  if (later != NULL)
    *later = name_entries (db, ids, error);
  return later == NULL || *later != NULL;
}

/**
 * qd_history_preview_clear:
 * @preview: a preview
 */
void
qd_history_preview_clear (QdHistoryPreview *preview)
{
  g_clear_pointer (&preview->kept, g_ptr_array_unref);
  g_clear_pointer (&preview->later, g_ptr_array_unref);
}

/* Which import it is, and whether anything in force comes after it. */
static gboolean
look_at_entry (QdDb     *db,
               gint64    entry,
               gint64   *batch,
               gboolean *newest,
               GError  **error)
{
  g_auto (QdHistoryRecord) record = { 0 };
  g_autoptr (QdStmt) stmt = NULL;
  gboolean row;

  if (!get_entry (db, entry, &record, error))
    return FALSE;
  *batch = record.kind == QD_HISTORY_IMPORT ? record.batch : 0;
  stmt = qd_db_statement (db, "history-later", error);
  if (stmt == NULL)
    return FALSE;
  qd_stmt_bind_integer (stmt, qd_stmt_parameter (stmt, "id"), entry);
  qd_stmt_bind_integer (stmt, qd_stmt_parameter (stmt, "redone"), TRUE);
  if (!qd_stmt_step (stmt, &row, error))
    return FALSE;
  *newest = !row;
  return TRUE;
}

/**
 * qd_history_preview_undo:
 * @db: the connection
 * @entry: the entry
 * @job: (nullable): reports and cancels
 * @preview: (out): what would come of it; clear with qd_history_preview_clear()
 * @error: return location
 *
 * Does what qd_history_undo() and, where later changes stand on the entry,
 * qd_history_undo_with_later() would do, and takes it back: nothing is
 * changed. As costly as they are, but for the newest change.
 *
 * Returns: `FALSE` when neither can be done
 */
gboolean
qd_history_preview_undo (QdDb             *db,
                         gint64            entry,
                         QdJob            *job,
                         QdHistoryPreview *preview,
                         GError          **error)
{
  g_autoptr (GArray) ids = NULL;
  GError *problem = NULL;
  gboolean newest;

  g_return_val_if_fail (db != NULL && db->entry == 0 && preview != NULL, FALSE);
  memset (preview, 0, sizeof *preview);
  if (!look_at_entry (db, entry, &preview->batch, &newest, error))
    return FALSE;
  preview->possible = newest || turn_all (db, entry, FALSE, TRUE, job, &preview->kept, NULL, &problem);
  if (!preview->possible && !g_error_matches (problem, QD_STORE_ERROR, QD_STORE_ERROR_DEPENDANTS))
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  if (preview->kept == NULL)
    preview->kept = g_ptr_array_new_with_free_func (g_free);
  if ((!preview->possible || preview->kept->len > 0) && turn_all (db, entry, TRUE, TRUE, job, NULL, &ids, NULL))
    preview->later = name_entries (db, ids, NULL);
  if (preview->later == NULL)
    preview->later = g_ptr_array_new_with_free_func ((GDestroyNotify) qd_history_entry_free);
  if (!preview->possible && preview->later->len == 0)
    {
      qd_history_preview_clear (preview);
      g_propagate_error (error, problem);
      return FALSE;
    }
  g_clear_error (&problem);
  return qd_job_check (job, error);
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
 * their undoing, those that were undone as one step as one, and a new change
 * ends it: what was undone before can then still be brought back by undoing
 * its undo.
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
    return turn_all (db, undo, FALSE, FALSE, job, kept, NULL, error);
  return FALSE;
}
