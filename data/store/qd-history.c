/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "quarterdeck"

#include "config.h"

#include "qd-history-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Named, never "all": derived tables and other people's are not recorded. */
const char *const qd_history_tables[] = {
  "account",       "account_identity", "account_value", "product",        "subscription_line", "revenue_month",
  "movement_event", "fx_rate",         "profile",       "profile_choice", "mapping",           "setting",
  NULL,
};

/**
 * qd_history_entry_free:
 * @entry: (transfer full) (nullable): an entry
 */
void
qd_history_entry_free (QdHistoryEntry *entry)
{
  if (entry == NULL)
    return;
  g_free (entry->summary);
  g_free (entry);
}

static gboolean
insert_entry (QdDb         *db,
              QdHistoryKind kind,
              gint64        batch,
              gint64        target,
              const char   *summary,
              GError      **error)
{
  g_autoptr (QdStmt) stmt = qd_db_statement (db, "history-insert", error);

  if (stmt == NULL)
    return FALSE;
  qd_stmt_bind_integer (stmt, qd_stmt_parameter (stmt, "kind"), kind);
  qd_stmt_bind_integer (stmt, qd_stmt_parameter (stmt, "time"), g_get_real_time () / G_USEC_PER_SEC);
  qd_stmt_bind_integer (stmt, qd_stmt_parameter (stmt, "batch"), batch);
  qd_stmt_bind_integer (stmt, qd_stmt_parameter (stmt, "target"), target);
  qd_stmt_bind_text (stmt, qd_stmt_parameter (stmt, "summary"), summary, -1);
  if (!qd_stmt_run (stmt, error))
    return FALSE;
  db->entry = qd_db_last_rowid (db);
  return TRUE;
}

static void
drop_session (QdDb *db)
{
  g_clear_pointer (&db->session, sqlite3session_delete);
  g_clear_pointer (&db->deleted, g_byte_array_unref);
  db->recording = FALSE;
  db->session_rc = SQLITE_OK;
  db->entry = 0;
}

gboolean
qd_history_begin_target (QdDb         *db,
                         QdHistoryKind kind,
                         gint64        batch,
                         gint64        target,
                         const char   *summary,
                         GError      **error)
{
  if (!qd_db_begin (db, error))
    return FALSE;
  if (!insert_entry (db, kind, batch, target, summary, error))
    {
      qd_db_rollback (db);
      return FALSE;
    }
  return TRUE;
}

/**
 * qd_history_begin:
 * @db: the connection
 * @kind: what it is
 * @batch: the import batch whose inserted rows belong to the entry, or 0
 * @summary: what happens, for the list of activities
 * @error: return location
 *
 * Opens the write transaction and an entry in it. Nothing is recorded yet.
 * There is one open entry at a time.
 *
 * Returns: `FALSE` with `QD_STORE_ERROR_READ_ONLY` or `QD_STORE_ERROR_LOCKED`
 */
gboolean
qd_history_begin (QdDb         *db,
                  QdHistoryKind kind,
                  gint64        batch,
                  const char   *summary,
                  GError      **error)
{
  g_return_val_if_fail (db != NULL && summary != NULL, FALSE);
  g_return_val_if_fail (db->entry == 0, FALSE);
  return qd_history_begin_target (db, kind, batch, 0, summary, error);
}

/**
 * qd_history_record:
 * @db: the connection, with an open entry
 * @record: whether what follows is recorded
 *
 * Switches recording on and off. Whatever is not an insert of a row that
 * carries the entry's batch must happen while it is on. What cannot be
 * recorded makes qd_history_commit() fail.
 */
void
qd_history_record (QdDb    *db,
                   gboolean record)
{
  g_return_if_fail (db != NULL && db->entry != 0);

  if (db->recording == !!record)
    return;
  db->recording = !!record;
  if (db->session == NULL)
    {
      /* Made by the first that needs it: its hook costs time on each row. */
      db->session_rc = sqlite3session_create (db->handle, "main", &db->session);
      for (gsize i = 0; db->session_rc == SQLITE_OK && qd_history_tables[i] != NULL; i++)
        db->session_rc = sqlite3session_attach (db->session, qd_history_tables[i]);
    }
  if (db->session != NULL)
    sqlite3session_enable (db->session, db->recording);
}

/**
 * qd_history_set_summary:
 * @db: the connection, with an open entry
 * @summary: what happens
 * @error: return location
 *
 * Replaces the summary, when the work knows better than at its begin.
 *
 * Returns: whether it could be written
 */
gboolean
qd_history_set_summary (QdDb       *db,
                        const char *summary,
                        GError    **error)
{
  g_autoptr (QdStmt) stmt = NULL;

  g_return_val_if_fail (db != NULL && db->entry != 0 && summary != NULL, FALSE);
  stmt = qd_db_statement (db, "history-summary", error);
  if (stmt == NULL)
    return FALSE;
  qd_stmt_bind_text (stmt, qd_stmt_parameter (stmt, "summary"), summary, -1);
  qd_stmt_bind_integer (stmt, qd_stmt_parameter (stmt, "id"), db->entry);
  return qd_stmt_run (stmt, error);
}

/* Appends what the session has recorded so far. */
static gboolean
append_recorded (QdDb       *db,
                 GByteArray *all,
                 GError    **error)
{
  void *changes = NULL;
  int length = 0;
  int rc = db->session_rc;

  if (rc == SQLITE_OK && db->session != NULL)
    rc = sqlite3session_changeset (db->session, &length, &changes);
  if (rc != SQLITE_OK)
    return qd_sqlite_throw (NULL, rc, error);
  if (length > 0)
    g_byte_array_append (all, changes, (guint) length);
  sqlite3_free (changes);
  return TRUE;
}

/**
 * qd_history_peek:
 * @db: the connection, with an open entry
 * @error: return location
 *
 * Returns: (transfer full) (nullable): what the entry has recorded so far
 */
GBytes *
qd_history_peek (QdDb    *db,
                 GError **error)
{
  g_autoptr (GByteArray) all = g_byte_array_new ();

  g_return_val_if_fail (db != NULL && db->entry != 0, NULL);
  if (db->deleted != NULL)
    g_byte_array_append (all, db->deleted->data, db->deleted->len);
  if (!append_recorded (db, all, error))
    return NULL;
  return g_byte_array_free_to_bytes (g_steal_pointer (&all));
}

static gboolean
store_changes (QdDb    *db,
               GError **error)
{
  g_autoptr (GByteArray) all = db->deleted ? g_steal_pointer (&db->deleted) : g_byte_array_new ();
  g_autoptr (QdStmt) stmt = NULL;
  g_autofree char *shape = NULL;

  if (db->session != NULL)
    sqlite3session_enable (db->session, 0);
  if (!append_recorded (db, all, error))
    return FALSE;
  if (all->len == 0)
    return TRUE;
  if (all->len > G_MAXINT)
    return qd_sqlite_throw (NULL, SQLITE_TOOBIG, error);

  shape = qd_history_read_shape (db, all->data, (int) all->len, error);
  stmt = shape ? qd_db_statement (db, "history-changes", error) : NULL;
  if (stmt == NULL)
    return FALSE;
  qd_stmt_bind_text (stmt, qd_stmt_parameter (stmt, "shape"), shape, -1);
  qd_stmt_bind_blob (stmt, qd_stmt_parameter (stmt, "changes"), all->data, all->len);
  qd_stmt_bind_integer (stmt, qd_stmt_parameter (stmt, "id"), db->entry);
  return qd_stmt_run (stmt, error);
}

static gboolean
bump (QdDb    *db,
      GError **error)
{
  g_autoptr (QdStmt) stmt = qd_db_statement (db, "version-bump", error);
  g_autofree char *now = g_strdup_printf ("%" G_GINT64_FORMAT, g_get_real_time () / G_USEC_PER_SEC);

  return stmt != NULL && qd_stmt_run (stmt, error) && qd_db_set_setting (db, "last_change", now, error);
}

/**
 * qd_history_commit:
 * @db: the connection, with an open entry
 * @entry: (out) (optional): the id of the entry
 * @error: return location
 *
 * Stores what was recorded, grows the data version, sets the time of the last
 * change and commits. On failure everything is rolled back.
 *
 * Returns: `FALSE` with `QD_STORE_ERROR_FULL`, `QD_STORE_ERROR_CONSTRAINT` or another one
 */
gboolean
qd_history_commit (QdDb    *db,
                   gint64  *entry,
                   GError **error)
{
  gint64 id;

  g_return_val_if_fail (db != NULL && db->entry != 0, FALSE);

  id = db->entry;
  if (!store_changes (db, error) || !bump (db, error))
    {
      qd_history_rollback (db);
      return FALSE;
    }
  drop_session (db);
  if (!qd_db_commit (db, error))
    return FALSE;
  if (entry != NULL)
    *entry = id;
  return TRUE;
}

/**
 * qd_history_rollback:
 * @db: the connection, with an open entry
 *
 * Takes back everything since qd_history_begin(), the entry too.
 */
void
qd_history_rollback (QdDb *db)
{
  g_return_if_fail (db != NULL && db->entry != 0);
  drop_session (db);
  qd_db_rollback (db);
}

void
qd_history_abandon (QdDb *db)
{
  g_return_if_fail (db != NULL && db->entry != 0 && db->depth > 1);
  drop_session (db);
  db->depth--;
}
