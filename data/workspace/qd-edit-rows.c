/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The revenue rows behind one account, each with where it came from. The book
 * knows which they are, the store what they are.
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "qd-workspace-edit-private.h"

static const QdColumn columns[] = {
  { "form", N_("form"), QD_COLUMN_TEXT },
  { "id", N_("id"), QD_COLUMN_TEXT },
  { "product", N_("product"), QD_COLUMN_TEXT },
  { "start", N_("start"), QD_COLUMN_DAY },
  { "end", N_("end"), QD_COLUMN_DAY },
  { "mrr", N_("MRR"), QD_COLUMN_MIXED },
  { "change", N_("change"), QD_COLUMN_MIXED },
  { "currency", N_("currency"), QD_COLUMN_TEXT },
  { "trial", N_("trial"), QD_COLUMN_TEXT },
  { "canceled_at", N_("cancelled"), QD_COLUMN_DAY },
  { "kind", N_("kind"), QD_COLUMN_TEXT },
  { "import", N_("import"), QD_COLUMN_COUNT },
  { "file", N_("file"), QD_COLUMN_TEXT },
  { "line", N_("line"), QD_COLUMN_COUNT },
  { "key", N_("key"), QD_COLUMN_TEXT },
};

typedef struct
{
  QdBook *book;
  guint32 account;
  QdTable *table;
} Look;

static void
add_text (QdTable      *table,
          sqlite3_stmt *row,
          int           column)
{
  if (sqlite3_column_type (row, column) == SQLITE_NULL)
    qd_table_add_missing (table);
  else
    qd_table_add_text (table, (const char *) sqlite3_column_text (row, column));
}

static void
add_day (QdTable      *table,
         sqlite3_stmt *row,
         int           column)
{
  if (sqlite3_column_type (row, column) == SQLITE_NULL)
    qd_table_add_missing (table);
  else
    qd_table_add_integer (table, sqlite3_column_int64 (row, column));
}

/* Money in the reporting currency; else a number of major units beside its currency. */
static void
add_amount (Look         *look,
            sqlite3_stmt *row,
            int           num,
            int           currency)
{
  QdRatio amount = { sqlite3_column_int64 (row, num), sqlite3_column_int64 (row, num + 1) };
  const char *code = (const char *) sqlite3_column_text (row, currency);
  int exponent = code != NULL ? MAX (qd_currency_get_exponent (code), 0) : 0;
  gint64 minor;

  if (!qd_ratio_round (amount, &minor))
    qd_table_add_missing (look->table);
  else if (code == NULL || strcmp (code, qd_book_get_currency (look->book)) == 0)
    qd_table_add_money (look->table, minor);
  else
    {
      double value = (double) minor;

      for (int i = 0; i < exponent; i++)
        value /= 10;
      qd_table_add_number (look->table, value);
    }
}

static void
add_currency (Look         *look,
              sqlite3_stmt *row,
              int           column)
{
  const char *code = (const char *) sqlite3_column_text (row, column);

  qd_table_add_text (look->table, code != NULL ? code : qd_book_get_currency (look->book));
}

/* import, file, line */
static void
add_origin (Look         *look,
            sqlite3_stmt *row,
            int           column)
{
  if (sqlite3_column_type (row, column + 1) == SQLITE_NULL)
    {
      for (guint i = 0; i < 3; i++)
        qd_table_add_missing (look->table);
      return;
    }
  qd_table_add_integer (look->table, sqlite3_column_int64 (row, column));
  qd_table_add_text (look->table, (const char *) sqlite3_column_text (row, column + 1));
  qd_table_add_integer (look->table, sqlite3_column_int64 (row, column + 2));
}

static void
add_missing (Look *look,
             guint n)
{
  for (; n > 0; n--)
    qd_table_add_missing (look->table);
}

static void
add_line (Look         *look,
          sqlite3_stmt *row)
{
  qd_table_add_text (look->table, qd_edit_form_line.form);
  add_text (look->table, row, 0);
  add_text (look->table, row, 1);
  add_day (look->table, row, 2);
  add_day (look->table, row, 3);
  add_amount (look, row, 4, 6);
  add_missing (look, 1);
  add_currency (look, row, 6);
  qd_table_add_text (look->table, sqlite3_column_int (row, 7) ? "yes" : "no");
  add_day (look->table, row, 8);
  add_missing (look, 1);
  add_origin (look, row, 9);
}

static void
add_month (Look         *look,
           sqlite3_stmt *row)
{
  QdMonth month = sqlite3_column_int (row, 1);

  qd_table_add_text (look->table, qd_edit_form_month.form);
  add_missing (look, 1);
  add_text (look->table, row, 0);
  qd_table_add_integer (look->table, qd_month_first_day (month));
  qd_table_add_integer (look->table, qd_month_last_day (month));
  add_amount (look, row, 2, 4);
  add_missing (look, 1);
  add_currency (look, row, 4);
  add_missing (look, 3);
  add_origin (look, row, 5);
}

static void
add_event (Look         *look,
           sqlite3_stmt *row)
{
  gboolean is_change = sqlite3_column_int (row, 5) != 0;

  qd_table_add_text (look->table, qd_edit_form_event.form);
  add_text (look->table, row, 0);
  add_text (look->table, row, 1);
  add_day (look->table, row, 2);
  add_missing (look, 1);
  if (is_change)
    add_missing (look, 1);
  add_amount (look, row, 3, 6);
  if (!is_change)
    add_missing (look, 1);
  add_currency (look, row, 6);
  add_missing (look, 2);
  add_text (look->table, row, 7);
  add_origin (look, row, 8);
}

/* How the row is asked for: a line by its own id, the others by their number. */
static void
add_key (Look         *look,
         const char   *form,
         sqlite3_stmt *row,
         guint32       number)
{
  gboolean is_line = strcmp (form, qd_edit_form_line.form) == 0;
  g_autofree char *key = is_line ? g_strdup_printf ("%s:%s", form, (const char *) sqlite3_column_text (row, 0))
                                 : g_strdup_printf ("%s:%u", form, number);

  qd_table_add_text (look->table, key);
}

static gboolean
add_rows (Look          *look,
          QdDb          *db,
          const char    *form,
          const char    *statement,
          const guint32 *offsets,
          const guint32 *rows,
          void         (*add) (Look *look, sqlite3_stmt *row),
          GError       **error)
{
  g_autoptr (QdStmt) stmt = qd_db_statement (db, statement, error);

  if (stmt == NULL)
    return FALSE;
  for (guint32 i = offsets[look->account]; i < offsets[look->account + 1]; i++)
    {
      gboolean row;

      qd_stmt_bind_integer (stmt, 1, rows[i]);
      if (!qd_stmt_step (stmt, &row, error))
        return FALSE;
      if (row)
        {
          add (look, qd_stmt_get_handle (stmt));
          add_key (look, form, qd_stmt_get_handle (stmt), rows[i]);
          qd_table_end_row (look->table);
        }
      sqlite3_reset (qd_stmt_get_handle (stmt));
    }
  return TRUE;
}

static gboolean
look_cb (QdDb    *db,
         gpointer data,
         QdJob   *job,
         GError **error)
{
  Look *look = data;
  const QdBookLines *lines = qd_book_get_lines (look->book);
  const QdBookSnapshots *snapshots = qd_book_get_snapshots (look->book);
  const QdBookEvents *events = qd_book_get_events (look->book);

  return add_rows (look, db, qd_edit_form_line.form, "record-line", lines->offsets, lines->row, add_line, error) &&
         add_rows (look, db, qd_edit_form_month.form, "record-month", snapshots->offsets, snapshots->row, add_month, error) &&
         add_rows (look, db, qd_edit_form_event.form, "record-event", events->offsets, events->row, add_event, error);
}

/**
 * qd_workspace_get_account_lines:
 * @self: a workspace
 * @account: its external id
 * @error: return location
 *
 * Gives the revenue rows behind an account: subscription lines, then monthly
 * amounts, then movements, each in the order of time. Amounts in the
 * reporting currency are money, others numbers of major units.
 *
 * Returns: (transfer full) (nullable): the rows, or `NULL` with `QD_EDIT_ERROR_UNKNOWN`
 */
QdTable *
qd_workspace_get_account_lines (QdWorkspace *self,
                                const char  *account,
                                GError     **error)
{
  g_autoptr (QdBook) book = NULL;
  g_autoptr (QdTable) table = NULL;
  Look look;

  g_return_val_if_fail (QD_IS_WORKSPACE (self) && account != NULL, NULL);

  book = qd_workspace_get_book (self, NULL, error);
  if (book == NULL)
    return NULL;
  look.book = book;
  look.account = qd_book_find_account (book, account);
  if (look.account == QD_BOOK_NONE)
    {
      g_set_error (error, QD_EDIT_ERROR, QD_EDIT_ERROR_UNKNOWN, _("There is no account “%s”."), account);
      return NULL;
    }
  look.table = table = qd_table_new ("account-lines", qd_book_get_currency (book), columns, G_N_ELEMENTS (columns));
  if (!qd_store_run (qd_workspace_get_store (self), QD_STORE_PRIORITY_READ, look_cb, &look, NULL, error))
    return NULL;
  return g_steal_pointer (&table);
}
