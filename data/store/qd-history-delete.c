/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Deleting many rows and recording them in the order of the table.
 *
 * The session extension would do it too, but gives its changes in the order of
 * a hash: bringing back a million rows in that order takes ten times as long,
 * and its table costs memory. So the records are written here, in its format:
 * 'T', number of columns, key columns, name; then for each row the operation,
 * a zero, and each value as type and content, integers with the high byte first.
 */
#define G_LOG_DOMAIN "quarterdeck"

#include "config.h"

#include "qd-history-private.h"

#include <string.h>

#define CHECK_EVERY 4096

static void
put_length (GByteArray *out,
            guint64     value)
{
  guchar bytes[9];
  int n = sizeof bytes;

  /* Seven bits a byte, the high ones first; lengths stay far below the ninth byte's special case. */
  do
    {
      n--;
      bytes[n] = (guchar) ((value & 0x7f) | (n == (int) sizeof bytes - 1 ? 0 : 0x80));
      value >>= 7;
    }
  while (value != 0 && n > 1);
  g_byte_array_append (out, bytes + n, (guint) (sizeof bytes - (gsize) n));
}

static void
put_word (GByteArray *out,
          guint64     value)
{
  guint64 swapped = GUINT64_TO_BE (value);

  g_byte_array_append (out, (const guchar *) &swapped, sizeof swapped);
}

static void
put_value (GByteArray   *out,
           sqlite3_stmt *row,
           int           column)
{
  guchar type = (guchar) sqlite3_column_type (row, column);
  double number;
  guint64 bits;
  const void *content;
  int length;

  g_byte_array_append (out, &type, 1);
  switch (type)
    {
    case SQLITE_INTEGER:
      put_word (out, (guint64) sqlite3_column_int64 (row, column));
      break;
    case SQLITE_FLOAT:
      number = sqlite3_column_double (row, column);
      memcpy (&bits, &number, sizeof bits);
      put_word (out, bits);
      break;
    case SQLITE_TEXT:
    case SQLITE_BLOB:
      content = sqlite3_column_blob (row, column);
      length = sqlite3_column_bytes (row, column);
      put_length (out, (guint64) length);
      if (length > 0)
        g_byte_array_append (out, content, (guint) length);
      break;
    default: /* NULL is its type alone */
      break;
    }
}

static gboolean
put_table (QdDb       *db,
           const char *table,
           GByteArray *out,
           GError    **error)
{
  g_autoptr (QdStmt) stmt = qd_db_statement (db, "table-columns", error);
  g_autoptr (GByteArray) keys = g_byte_array_new ();
  gboolean row = TRUE;

  if (stmt == NULL)
    return FALSE;
  qd_stmt_bind_text (stmt, 1, table, -1);
  while (row)
    {
      guchar key;

      if (!qd_stmt_step (stmt, &row, error))
        return FALSE;
      if (!row)
        break;
      key = (guchar) sqlite3_column_int (qd_stmt_get_handle (stmt), 1);
      g_byte_array_append (keys, &key, 1);
    }
  g_byte_array_append (out, (const guchar *) "T", 1);
  put_length (out, keys->len);
  g_byte_array_append (out, keys->data, keys->len);
  g_byte_array_append (out, (const guchar *) table, (guint) strlen (table) + 1);
  return TRUE;
}

static QdStmt *
prepare (QdDb       *db,
         const char *what,
         const char *table,
         const char *condition,
         gint64      batch,
         const char *skip,
         GError    **error)
{
  g_autofree char *quoted = qd_db_quote (table);
  g_autofree char *sql = g_strdup_printf ("%s FROM %s WHERE %s /*scan*/", what, quoted, condition);
  QdStmt *stmt = qd_db_prepare (db, sql, error);

  if (stmt == NULL)
    return NULL;
  qd_stmt_bind_integer (stmt, qd_stmt_parameter (stmt, "batch"), batch);
  if (qd_stmt_parameter (stmt, "skip") != 0)
    qd_stmt_bind_text (stmt, qd_stmt_parameter (stmt, "skip"), skip, -1);
  return stmt;
}

gboolean
qd_history_delete_rows (QdDb       *db,
                        const char *table,
                        const char *condition,
                        gint64      batch,
                        const char *skip,
                        QdJob      *job,
                        GError    **error)
{
  g_autoptr (QdStmt) select = prepare (db, "SELECT *", table, condition, batch, skip, error);
  g_autoptr (QdStmt) delete = NULL;
  sqlite3_stmt *handle;
  gint64 n = 0;
  int n_columns;

  g_return_val_if_fail (db->entry != 0 && !db->recording, FALSE);

  if (select == NULL)
    return FALSE;
  handle = qd_stmt_get_handle (select);
  n_columns = sqlite3_column_count (handle);
  if (db->deleted == NULL)
    db->deleted = g_byte_array_new ();
  for (;;)
    {
      static const guchar operation[2] = { SQLITE_DELETE, 0 };
      gboolean row;

      if (!qd_stmt_step (select, &row, error))
        return FALSE;
      if (!row)
        break;
      if (n++ == 0 && !put_table (db, table, db->deleted, error))
        return FALSE;
      if (n % CHECK_EVERY == 0 && !qd_job_check (job, error))
        return FALSE;
      g_byte_array_append (db->deleted, operation, sizeof operation);
      for (int i = 0; i < n_columns; i++)
        put_value (db->deleted, handle, i);
    }
  if (n == 0)
    return TRUE;
  delete = prepare (db, "DELETE", table, condition, batch, skip, error);
  if (delete == NULL || !qd_stmt_run (delete, error))
    return FALSE;
  if (qd_db_changes (db) == n)
    return TRUE;
  g_set_error (error, QD_STORE_ERROR, QD_STORE_ERROR_FAILED, "%s: %" G_GINT64_FORMAT " != %" G_GINT64_FORMAT, table, n,
               qd_db_changes (db));
  return FALSE;
}
