/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * intake_feed (:source): rows of ours as a table that SQLite reads, so that
 * thousands go in with one statement. Binding and stepping an INSERT for each
 * costs twice as much.
 */
#include "config.h"

#include "qd-import-private.h"

typedef struct
{
  sqlite3_vtab base;
} Table;

typedef struct
{
  sqlite3_vtab_cursor base;
  QdFeedSource *source;
  gconstpointer row;
  sqlite3_int64 rowid;
} Cursor;

static int
table_connect (sqlite3           *handle,
               void              *aux,
               int                argc,
               const char *const *argv,
               sqlite3_vtab     **table,
               char             **message)
{
  g_autoptr (GString) sql = g_string_new ("CREATE TABLE x (");
  int rc;

  for (int i = 0; i < QD_FEED_COLUMNS; i++)
    g_string_append_printf (sql, "c%d, ", i);
  g_string_append (sql, "source HIDDEN)");
  rc = sqlite3_declare_vtab (handle, sql->str);
  if (rc == SQLITE_OK)
    *table = (sqlite3_vtab *) g_new0 (Table, 1);
  return rc;
}

static int
table_disconnect (sqlite3_vtab *table)
{
  g_free (table);
  return SQLITE_OK;
}

/* Only with its source, as the one argument. */
static int
table_best_index (sqlite3_vtab       *table,
                  sqlite3_index_info *info)
{
  for (int i = 0; i < info->nConstraint; i++)
    if (info->aConstraint[i].iColumn == QD_FEED_COLUMNS && info->aConstraint[i].op == SQLITE_INDEX_CONSTRAINT_EQ &&
        info->aConstraint[i].usable)
      {
        info->aConstraintUsage[i].argvIndex = 1;
        info->aConstraintUsage[i].omit = 1;
        info->estimatedCost = 1;
        return SQLITE_OK;
      }
  return SQLITE_CONSTRAINT;
}

static int
cursor_open (sqlite3_vtab         *table,
             sqlite3_vtab_cursor **cursor)
{
  *cursor = (sqlite3_vtab_cursor *) g_new0 (Cursor, 1);
  return SQLITE_OK;
}

static int
cursor_close (sqlite3_vtab_cursor *cursor)
{
  g_free (cursor);
  return SQLITE_OK;
}

static int
cursor_next (sqlite3_vtab_cursor *base)
{
  Cursor *cursor = (Cursor *) base;

  cursor->row = cursor->source->pull (cursor->source);
  cursor->rowid++;
  return SQLITE_OK;
}

static int
cursor_filter (sqlite3_vtab_cursor *base,
               int                  number,
               const char          *text,
               int                  argc,
               sqlite3_value      **argv)
{
  Cursor *cursor = (Cursor *) base;

  cursor->source = argc == 1 ? sqlite3_value_pointer (argv[0], QD_FEED_POINTER) : NULL;
  return cursor->source != NULL ? cursor_next (base) : SQLITE_MISUSE;
}

static int
cursor_eof (sqlite3_vtab_cursor *base)
{
  return ((Cursor *) base)->row == NULL;
}

static int
cursor_column (sqlite3_vtab_cursor *base,
               sqlite3_context     *context,
               int                  column)
{
  Cursor *cursor = (Cursor *) base;

  if (column < QD_FEED_COLUMNS)
    cursor->source->column (cursor->row, column, context);
  return SQLITE_OK;
}

static int
cursor_rowid (sqlite3_vtab_cursor *base,
              sqlite3_int64       *rowid)
{
  *rowid = ((Cursor *) base)->rowid;
  return SQLITE_OK;
}

static const sqlite3_module module = {
  .xConnect = table_connect,
  .xBestIndex = table_best_index,
  .xDisconnect = table_disconnect,
  .xOpen = cursor_open,
  .xClose = cursor_close,
  .xFilter = cursor_filter,
  .xNext = cursor_next,
  .xEof = cursor_eof,
  .xColumn = cursor_column,
  .xRowid = cursor_rowid,
};

/**
 * qd_feed_table_register:
 * @handle: a connection
 *
 * Makes intake_feed known to a connection; more than once does no harm.
 *
 * Returns: SQLite's result code
 */
int
qd_feed_table_register (sqlite3 *handle)
{
  return sqlite3_create_module (handle, "intake_feed", &module, NULL);
}

/**
 * qd_feed_check_references:
 * @import: an import, on the store's thread
 * @check: whether foreign keys are looked up for each row
 *
 * An import of many rows needs no look: its ids come from tables of its own,
 * which hold what is in the workspace and what it adds itself. Statements are
 * prepared anew after each call.
 */
void
qd_feed_check_references (QdImport *import,
                          gboolean  check)
{
  sqlite3_db_config (qd_db_get_handle (import->db), SQLITE_DBCONFIG_ENABLE_FKEY, check, NULL);
}

/**
 * qd_feed_insert:
 * @import: an import, on the store's thread
 * @statement: the name of an INSERT that selects from intake_feed (?1); its
 *   second parameter is the batch, its third, if any, the source's name
 * @source: the rows
 * @error: return location
 *
 * Inserts rows in one statement.
 *
 * Returns: whether they are in
 */
gboolean
qd_feed_insert (QdImport     *import,
                const char   *statement,
                QdFeedSource *source,
                GError      **error)
{
  g_autoptr (QdStmt) stmt = qd_db_statement (import->db, statement, error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_pointer (qd_stmt_get_handle (stmt), 1, source, QD_FEED_POINTER, NULL);
  qd_stmt_bind_integer (stmt, 2, import->batch);
  if (sqlite3_bind_parameter_count (qd_stmt_get_handle (stmt)) > 2)
    qd_stmt_bind_text (stmt, 3, import->source_name, -1);
  return qd_stmt_run (stmt, error);
}
