/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The connection of a store: statements, transactions, settings.
 */
#define G_LOG_DOMAIN "quarterdeck"

#include "config.h"

#include "qd-store-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define PROGRESS_STEPS 2000
#define MAX_TEXTS 128 /* statements kept by text; identifiers built by quoting are few */

struct _QdStmt
{
  QdDb *db;
  sqlite3_stmt *handle;
  gboolean borrowed;
  gboolean cached;
  gboolean named; /* from a file, not from a text */
};

static gboolean
throw_error (QdDb    *db,
             int      rc,
             GError **error)
{
  return qd_sqlite_throw (db->handle, rc, error);
}

static int
progress_cb (gpointer data)
{
  QdDb *db = data;

  return db->job != NULL && g_cancellable_is_cancelled (qd_job_get_cancellable (db->job));
}

static void
statement_free (gpointer data)
{
  QdStmt *stmt = data;

  sqlite3_finalize (stmt->handle);
  g_free (stmt);
}

QdDb *
qd_db_new (sqlite3 *handle,
           gboolean read_only)
{
  QdDb *db = g_new0 (QdDb, 1);

  db->handle = handle;
  db->read_only = read_only;
  db->statements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, statement_free);
  sqlite3_progress_handler (handle, PROGRESS_STEPS, progress_cb, db);
  return db;
}

void
qd_db_free (QdDb *db)
{
  qd_db_settle (db);
  g_hash_table_unref (db->statements);
  sqlite3_close_v2 (db->handle);
  g_free (db);
}

void
qd_db_set_job (QdDb  *db,
               QdJob *job)
{
  db->job = job;
}

void
qd_db_settle (QdDb *db)
{
  sqlite3_stmt *stmt = NULL;

  while ((stmt = sqlite3_next_stmt (db->handle, stmt)) != NULL)
    if (sqlite3_stmt_busy (stmt))
      {
        g_critical ("a statement was left open: %s", sqlite3_sql (stmt));
        sqlite3_reset (stmt);
      }
  if (db->entry != 0)
    qd_history_rollback (db);
  if (db->depth > 0)
    {
      g_critical ("a transaction was left open");
      while (db->depth > 0)
        qd_db_rollback (db);
    }
}

/**
 * qd_db_get_handle:
 * @db: the connection
 *
 * Returns: (transfer none): SQLite's own connection, for what this interface lacks
 */
sqlite3 *
qd_db_get_handle (QdDb *db)
{
  g_return_val_if_fail (db != NULL, NULL);
  return db->handle;
}

/**
 * qd_db_is_read_only:
 * @db: the connection
 *
 * Returns: whether writing fails with `QD_STORE_ERROR_READ_ONLY`
 */
gboolean
qd_db_is_read_only (QdDb *db)
{
  g_return_val_if_fail (db != NULL, TRUE);
  return db->read_only;
}

/**
 * qd_db_last_rowid:
 * @db: the connection
 *
 * Returns: the id of the row inserted last
 */
gint64
qd_db_last_rowid (QdDb *db)
{
  g_return_val_if_fail (db != NULL, 0);
  return sqlite3_last_insert_rowid (db->handle);
}

/**
 * qd_db_changes:
 * @db: the connection
 *
 * Returns: how many rows the last statement inserted, changed or deleted
 */
gint64
qd_db_changes (QdDb *db)
{
  g_return_val_if_fail (db != NULL, 0);
  return sqlite3_changes64 (db->handle);
}

/**
 * qd_db_quote:
 * @identifier: name of a table or column
 *
 * Quotes a name for SQL text: the one way to build statements from names.
 *
 * Returns: (transfer full): the name in double quotes
 */
char *
qd_db_quote (const char *identifier)
{
  GString *quoted = g_string_new ("\"");

  g_return_val_if_fail (identifier != NULL, g_string_free (quoted, FALSE));
  for (const char *p = identifier; *p != '\0'; p++)
    {
      if (*p == '"')
        g_string_append_c (quoted, '"');
      g_string_append_c (quoted, *p);
    }
  g_string_append_c (quoted, '"');
  return g_string_free (quoted, FALSE);
}

/**
 * qd_db_exec:
 * @db: the connection
 * @sql: one or several statements without parameters
 * @error: return location
 *
 * Runs statements and drops their rows.
 *
 * Returns: whether all succeeded
 */
gboolean
qd_db_exec (QdDb       *db,
            const char *sql,
            GError    **error)
{
  g_return_val_if_fail (db != NULL && sql != NULL, FALSE);
  return qd_sqlite_exec (db->handle, sql, error);
}

/* Statements */

static QdStmt *
lend (QdDb       *db,
      const char *key,
      const char *sql,
      gssize      length,
      gboolean    keep,
      GError    **error)
{
  QdStmt *stmt = g_new0 (QdStmt, 1);
  int rc;

  stmt->db = db;
  stmt->borrowed = TRUE;
  stmt->cached = keep;
  stmt->named = key != sql;
  rc = sqlite3_prepare_v3 (db->handle, sql, (int) length, keep ? SQLITE_PREPARE_PERSISTENT : 0, &stmt->handle, NULL);
  if (rc != SQLITE_OK || stmt->handle == NULL)
    {
      statement_free (stmt);
      throw_error (db, rc, error);
      return NULL;
    }
  if (keep)
    g_hash_table_insert (db->statements, g_strdup (key), stmt);
  return stmt;
}

/**
 * qd_db_statement:
 * @db: the connection
 * @name: the name of a file in data/store/sql, without its ending
 * @error: return location
 *
 * Borrows a statement. It is prepared once and kept; borrowing one that is out
 * already gives a second one.
 *
 * Returns: (transfer full) (nullable): the statement; give it back with qd_stmt_release()
 */
QdStmt *
qd_db_statement (QdDb       *db,
                 const char *name,
                 GError    **error)
{
  g_autofree char *path = NULL;
  g_autoptr (GBytes) sql = NULL;
  QdStmt *stmt;
  gsize length;
  const char *text;

  g_return_val_if_fail (db != NULL && name != NULL, NULL);

  stmt = g_hash_table_lookup (db->statements, name);
  if (stmt != NULL && !stmt->borrowed)
    {
      stmt->borrowed = TRUE;
      return stmt;
    }
  path = g_strconcat ("sql/", name, ".sql", NULL);
  sql = qd_store_read_resource (path, error);
  if (sql == NULL)
    return NULL;
  text = g_bytes_get_data (sql, &length);
  return lend (db, name, text, (gssize) length, stmt == NULL, error);
}

/**
 * qd_db_prepare:
 * @db: the connection
 * @sql: one statement
 * @error: return location
 *
 * Borrows a statement by its text, for tests and for names that are only known
 * at run time (see qd_db_quote()).
 *
 * Returns: (transfer full) (nullable): the statement; give it back with qd_stmt_release()
 */
QdStmt *
qd_db_prepare (QdDb       *db,
               const char *sql,
               GError    **error)
{
  QdStmt *stmt;
  gboolean keep;

  g_return_val_if_fail (db != NULL && sql != NULL, NULL);

  stmt = g_hash_table_lookup (db->statements, sql);
  if (stmt != NULL && !stmt->borrowed)
    {
      stmt->borrowed = TRUE;
      return stmt;
    }
  keep = stmt == NULL && db->n_texts < MAX_TEXTS;
  stmt = lend (db, sql, sql, -1, keep, error);
  if (stmt != NULL && keep)
    db->n_texts++;
  return stmt;
}

/**
 * qd_stmt_release:
 * @stmt: (transfer full): a borrowed statement
 *
 * Gives a statement back: resets it and clears its bindings.
 */
void
qd_stmt_release (QdStmt *stmt)
{
  g_return_if_fail (stmt != NULL && stmt->borrowed);
#ifndef NDEBUG
  if (stmt->named && sqlite3_stmt_status (stmt->handle, SQLITE_STMTSTATUS_FULLSCAN_STEP, TRUE) > 10000 &&
      strstr (sqlite3_sql (stmt->handle), "/*scan*/") == NULL)
    g_debug ("full scan: %s", sqlite3_sql (stmt->handle));
#endif
  if (!stmt->cached)
    {
      statement_free (stmt);
      return;
    }
  sqlite3_reset (stmt->handle);
  sqlite3_clear_bindings (stmt->handle);
  stmt->borrowed = FALSE;
}

/**
 * qd_stmt_parameter:
 * @stmt: a statement
 * @name: the parameter's name, with or without its colon
 *
 * Returns: its index from 1, or 0 when the statement has none of that name
 */
int
qd_stmt_parameter (QdStmt     *stmt,
                   const char *name)
{
  g_autofree char *full = NULL;

  g_return_val_if_fail (stmt != NULL && name != NULL, 0);
  if (name[0] == ':')
    return sqlite3_bind_parameter_index (stmt->handle, name);
  full = g_strconcat (":", name, NULL);
  return sqlite3_bind_parameter_index (stmt->handle, full);
}

static void
bound (QdStmt *stmt,
       int     index,
       int     rc)
{
  if (G_UNLIKELY (rc != SQLITE_OK))
    g_critical ("binding parameter %d failed (%s): %s", index, sqlite3_errstr (rc), sqlite3_sql (stmt->handle));
}

/**
 * qd_stmt_bind_integer:
 * @stmt: a statement
 * @index: of the parameter, from 1
 * @value: the value
 */
void
qd_stmt_bind_integer (QdStmt *stmt,
                      int     index,
                      gint64  value)
{
  g_return_if_fail (stmt != NULL);
  bound (stmt, index, sqlite3_bind_int64 (stmt->handle, index, value));
}

/**
 * qd_stmt_bind_double:
 * @stmt: a statement
 * @index: of the parameter, from 1
 * @value: the value; never money
 */
void
qd_stmt_bind_double (QdStmt *stmt,
                     int     index,
                     double  value)
{
  g_return_if_fail (stmt != NULL);
  bound (stmt, index, sqlite3_bind_double (stmt->handle, index, value));
}

/**
 * qd_stmt_bind_text:
 * @stmt: a statement
 * @index: of the parameter, from 1
 * @text: (nullable): UTF-8, not copied: it must live until the statement is bound anew or released
 * @length: in bytes, or −1
 *
 * Binds text; `NULL` binds NULL.
 */
void
qd_stmt_bind_text (QdStmt     *stmt,
                   int         index,
                   const char *text,
                   gssize      length)
{
  g_return_if_fail (stmt != NULL);
  if (text == NULL)
    bound (stmt, index, sqlite3_bind_null (stmt->handle, index));
  else
    bound (stmt, index,
           sqlite3_bind_text64 (stmt->handle, index, text, length < 0 ? strlen (text) : (gsize) length, SQLITE_STATIC,
                                SQLITE_UTF8));
}

/**
 * qd_stmt_bind_blob:
 * @stmt: a statement
 * @index: of the parameter, from 1
 * @data: (nullable): not copied, see qd_stmt_bind_text()
 * @length: in bytes
 *
 * Binds bytes; `NULL` binds NULL.
 */
void
qd_stmt_bind_blob (QdStmt       *stmt,
                   int           index,
                   gconstpointer data,
                   gsize         length)
{
  g_return_if_fail (stmt != NULL);
  if (data == NULL)
    bound (stmt, index, sqlite3_bind_null (stmt->handle, index));
  else
    bound (stmt, index, sqlite3_bind_blob64 (stmt->handle, index, data, length, SQLITE_STATIC));
}

/**
 * qd_stmt_bind_null:
 * @stmt: a statement
 * @index: of the parameter, from 1
 */
void
qd_stmt_bind_null (QdStmt *stmt,
                   int     index)
{
  g_return_if_fail (stmt != NULL);
  bound (stmt, index, sqlite3_bind_null (stmt->handle, index));
}

/**
 * qd_stmt_step:
 * @stmt: a statement
 * @row: (out): whether there is a row; columns are read from qd_stmt_get_handle()
 * @error: return location
 *
 * Goes to the next row. After the last one the statement is reset, its
 * bindings stay.
 *
 * Returns: `FALSE` with `G_IO_ERROR_CANCELLED` when the job was cancelled, or
 *   with a `QD_STORE_ERROR`
 */
gboolean
qd_stmt_step (QdStmt   *stmt,
              gboolean *row,
              GError  **error)
{
  int rc;

  g_return_val_if_fail (stmt != NULL && row != NULL, FALSE);
  rc = sqlite3_step (stmt->handle);
  *row = rc == SQLITE_ROW;
  if (G_LIKELY (rc == SQLITE_ROW))
    return TRUE;
  if (rc == SQLITE_DONE)
    {
      sqlite3_reset (stmt->handle);
      return TRUE;
    }
  throw_error (stmt->db, rc, error);
  sqlite3_reset (stmt->handle);
  return FALSE;
}

/**
 * qd_stmt_run:
 * @stmt: a statement
 * @error: return location
 *
 * Runs a statement to its end, without its rows. Resets it, keeps the bindings.
 *
 * Returns: as qd_stmt_step()
 */
gboolean
qd_stmt_run (QdStmt  *stmt,
             GError **error)
{
  gboolean row = TRUE;

  while (row)
    if (!qd_stmt_step (stmt, &row, error))
      return FALSE;
  return TRUE;
}

/**
 * qd_stmt_get_handle:
 * @stmt: a statement
 *
 * Returns: (transfer none): SQLite's own, to read columns
 */
sqlite3_stmt *
qd_stmt_get_handle (QdStmt *stmt)
{
  g_return_val_if_fail (stmt != NULL, NULL);
  return stmt->handle;
}

/* Transactions */

/**
 * qd_db_begin:
 * @db: the connection
 * @error: return location
 *
 * Begins a write transaction, or counts one level more inside one.
 *
 * Returns: `FALSE` with `QD_STORE_ERROR_READ_ONLY` or `QD_STORE_ERROR_LOCKED`
 */
gboolean
qd_db_begin (QdDb    *db,
             GError **error)
{
  g_return_val_if_fail (db != NULL, FALSE);
  if (db->read_only)
    return throw_error (db, SQLITE_READONLY, error);
  if (db->depth == 0)
    {
      if (!qd_db_exec (db, "BEGIN IMMEDIATE", error))
        return FALSE;
      db->doomed = FALSE;
    }
  db->depth++;
  return TRUE;
}

/**
 * qd_db_commit:
 * @db: the connection
 * @error: return location
 *
 * Ends one level; the outermost one commits. On failure the whole transaction
 * is rolled back and this level has ended too.
 *
 * Returns: whether the changes are in, or may still get in with the outer level
 */
gboolean
qd_db_commit (QdDb    *db,
              GError **error)
{
  QdJob *job;
  gboolean ok;

  g_return_val_if_fail (db != NULL && db->depth > 0, FALSE);

  if (db->doomed || sqlite3_get_autocommit (db->handle))
    {
      qd_db_rollback (db);
      g_set_error_literal (error, QD_STORE_ERROR, QD_STORE_ERROR_FAILED,
                           _ ("The change was rolled back because a part of it failed."));
      return FALSE;
    }
  if (db->depth > 1)
    {
      db->depth--;
      return TRUE;
    }
  /* Too late to be cancelled. */
  job = g_steal_pointer (&db->job);
  ok = qd_db_exec (db, "COMMIT", error);
  db->job = job;
  if (!ok)
    {
      qd_db_rollback (db);
      return FALSE;
    }
  db->depth = 0;
  return TRUE;
}

/**
 * qd_db_rollback:
 * @db: the connection
 *
 * Ends one level and takes the whole transaction back; outer levels can then
 * only roll back too.
 */
void
qd_db_rollback (QdDb *db)
{
  QdJob *job;

  g_return_if_fail (db != NULL && db->depth > 0);

  job = g_steal_pointer (&db->job);
  /* Some failures (a full disk, an interrupt) have rolled back already. */
  if (!sqlite3_get_autocommit (db->handle))
    sqlite3_exec (db->handle, "ROLLBACK", NULL, NULL, NULL);
  db->job = job;
  db->depth--;
  db->doomed = db->depth > 0;
}

/* Settings */

/**
 * qd_db_dup_setting:
 * @db: the connection
 * @key: the setting
 *
 * Returns: (transfer full) (nullable): its value, `NULL` when it has none
 */
char *
qd_db_dup_setting (QdDb       *db,
                   const char *key)
{
  g_autoptr (QdStmt) stmt = qd_db_statement (db, "setting-get", NULL);
  gboolean row = FALSE;

  g_return_val_if_fail (key != NULL, NULL);
  if (stmt == NULL)
    return NULL;
  qd_stmt_bind_text (stmt, 1, key, -1);
  if (!qd_stmt_step (stmt, &row, NULL) || !row)
    return NULL;
  return g_strdup ((const char *) sqlite3_column_text (stmt->handle, 0));
}

/**
 * qd_db_set_setting:
 * @db: the connection
 * @key: the setting
 * @value: its value
 * @error: return location
 *
 * Changes a setting. What a person changes belongs into a history entry.
 *
 * Returns: whether it is set
 */
gboolean
qd_db_set_setting (QdDb       *db,
                   const char *key,
                   const char *value,
                   GError    **error)
{
  g_autoptr (QdStmt) stmt = NULL;

  g_return_val_if_fail (key != NULL && value != NULL, FALSE);
  if (db->read_only)
    return throw_error (db, SQLITE_READONLY, error);
  stmt = qd_db_statement (db, "setting-set", error);
  if (stmt == NULL)
    return FALSE;
  qd_stmt_bind_text (stmt, 1, key, -1);
  qd_stmt_bind_text (stmt, 2, value, -1);
  return qd_stmt_run (stmt, error);
}

/**
 * qd_db_get_version:
 * @db: the connection
 *
 * Returns: the data version: grows with each history entry
 */
gint64
qd_db_get_version (QdDb *db)
{
  g_autofree char *text = qd_db_dup_setting (db, "data_version");

  return text ? g_ascii_strtoll (text, NULL, 10) : 0;
}
