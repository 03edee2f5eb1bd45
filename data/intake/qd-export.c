/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What import reads: the fields' own names as header, exact values.
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "qd-csv-file.h"
#include "qd-import-private.h"

#define CHECK_ROWS 4096

typedef struct
{
  const QdKind *kind;
  const char *path;
  QdDb *db;
  QdJob *job;
  QdCsvFile *file;
  char *currency;
  guint64 rows;
} Export;

/* Never three decimals: 1.234 can be read as a thousand, 1.2340 cannot. */
static char *
format_decimal (QdDecimal value)
{
  g_autofree char *text = qd_decimal_to_string (value);

  return value.scale == 3 ? g_strconcat (text, "0", NULL) : g_steal_pointer (&text);
}

/* A decimal that is stored as text. */
static char *
format_stored (const char *text)
{
  QdDecimal value;

  return text != NULL && qd_decimal_parse (text, -1, '.', &value) ? format_decimal (value) : g_strdup (text);
}

/* What import reads at most, and how far a quotient of such numbers is followed: one digit more has room. */
#define MAX_MANTISSA (__int128) 999999999999999999
#define MAX_FOLLOWED (MAX_MANTISSA * MAX_MANTISSA)

/* Major units with at least the currency's decimals; FALSE when the amount is no decimal that import reads. */
static gboolean
format_amount (__int128 num,
               __int128 den,
               int      exponent,
               char   **text)
{
  int scale = 0;

  for (int i = 0; i < exponent; i++)
    den *= 10;
  while (num % den != 0 && scale < 18)
    {
      if (num > MAX_FOLLOWED || num < -MAX_FOLLOWED)
        return FALSE;
      num *= 10;
      scale++;
    }
  if (num % den != 0 || num / den > MAX_MANTISSA || num / den < -MAX_MANTISSA)
    return FALSE;
  num /= den;
  for (; scale < exponent && num * 10 <= MAX_MANTISSA && num * 10 >= -MAX_MANTISSA; scale++)
    num *= 10;
  *text = format_decimal ((QdDecimal){ num, scale });
  return TRUE;
}

/* A blank would be revenue that is lost on the way. */
static gboolean
refuse (const char *id,
        GError    **error)
{
  g_set_error (error, QD_INTAKE_ERROR, QD_INTAKE_ERROR_FORMAT,
               /* Translators: id of a row */
               _("The amount of “%s” has more than 18 digits, which no import would read, so nothing was exported. "
                 "Correct the amount and export again."),
               id);
  return FALSE;
}

static const char *
column_text (sqlite3_stmt *handle,
             int           column)
{
  return (const char *) sqlite3_column_text (handle, column);
}

static int
exponent_of (Export     *self,
             const char *currency)
{
  return MAX (qd_currency_get_exponent (currency ? currency : self->currency), 0);
}

static void
add_day (Export       *self,
         sqlite3_stmt *handle,
         int           column)
{
  g_autofree char *iso = NULL;

  if (sqlite3_column_type (handle, column) != SQLITE_NULL)
    iso = qd_day_to_iso (sqlite3_column_int (handle, column));
  qd_csv_file_add (self->file, iso, -1);
}

static void
add_boolean (Export       *self,
             sqlite3_stmt *handle,
             int           column)
{
  qd_csv_file_add (self->file,
                   sqlite3_column_type (handle, column) == SQLITE_NULL ? NULL
                   : sqlite3_column_int (handle, column)               ? "true"
                                                                       : "false",
                   -1);
}

static void
add_currency (Export     *self,
              const char *currency)
{
  qd_csv_file_add (self->file, currency ? currency : self->currency, -1);
}

static void
add_header (Export            *self,
            const char *const *names)
{
  for (; *names; names++)
    qd_csv_file_add (self->file, *names, -1);
  qd_csv_file_end_row (self->file);
}

/* Calls @write for each row of a statement. */
static gboolean
each_row (Export     *self,
          const char *statement,
          gboolean (*write) (Export *self, sqlite3_stmt *handle, gpointer data, GError **error),
          gpointer    data,
          GError    **error)
{
  g_autoptr (QdStmt) stmt = qd_db_statement (self->db, statement, error);
  gboolean row;

  if (stmt == NULL)
    return FALSE;
  for (;;)
    {
      if (!qd_stmt_step (stmt, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      if (!write (self, qd_stmt_get_handle (stmt), data, error))
        return FALSE;
      if (++self->rows % CHECK_ROWS == 0)
        {
          if (!qd_job_check (self->job, error))
            return FALSE;
          qd_job_report (self->job, -1, _("Exporting"));
        }
    }
}

static gboolean
write_product (Export       *self,
               sqlite3_stmt *handle,
               gpointer      data,
               GError      **error)
{
  qd_csv_file_add_text (self->file, column_text (handle, 0));
  qd_csv_file_add_text (self->file, column_text (handle, 1));
  qd_csv_file_end_row (self->file);
  return TRUE;
}

static gboolean
write_line (Export       *self,
            sqlite3_stmt *handle,
            gpointer      data,
            GError      **error)
{
  gint64 num = sqlite3_column_int64 (handle, 4), den = sqlite3_column_int64 (handle, 5);
  const char *currency = column_text (handle, 6);
  g_autofree char *quantity = format_stored (column_text (handle, 7));
  g_autofree char *price = format_stored (column_text (handle, 8));
  g_autofree char *discount = format_stored (column_text (handle, 11));
  int exponent = exponent_of (self, currency);
  g_autofree char *mrr = NULL;
  g_autofree char *arr = NULL;
  g_autofree char *percent = discount ? g_strconcat (discount, "%", NULL) : NULL;

  /* A month of a yearly price is often no finite decimal; its year is. Else the price says it. */
  if (!format_amount (num, den, exponent, &mrr) && !format_amount ((__int128) num * 12, den, exponent, &arr) && price == NULL)
    return refuse (column_text (handle, 0), error);
  qd_csv_file_add_text (self->file, column_text (handle, 0));
  qd_csv_file_add_text (self->file, column_text (handle, 1));
  add_day (self, handle, 2);
  add_day (self, handle, 3);
  qd_csv_file_add (self->file, mrr, -1);
  qd_csv_file_add (self->file, arr, -1);
  qd_csv_file_add (self->file, quantity, -1);
  qd_csv_file_add (self->file, price, -1);
  qd_csv_file_add (self->file, column_text (handle, 9), -1);
  qd_csv_file_add (self->file, column_text (handle, 10), -1);
  qd_csv_file_add (self->file, percent, -1);
  qd_csv_file_add_text (self->file, column_text (handle, 12));
  add_currency (self, currency);
  add_boolean (self, handle, 13);
  add_day (self, handle, 14);
  add_day (self, handle, 15);
  add_boolean (self, handle, 16);
  qd_csv_file_add (self->file, column_text (handle, 17), -1);
  qd_csv_file_end_row (self->file);
  return TRUE;
}

static gboolean
write_month (Export       *self,
             sqlite3_stmt *handle,
             gpointer      data,
             GError      **error)
{
  const char *currency = column_text (handle, 4);
  g_autofree char *month = qd_month_to_iso (sqlite3_column_int (handle, 1));
  g_autofree char *amount = NULL;

  if (!format_amount (sqlite3_column_int64 (handle, 2), sqlite3_column_int64 (handle, 3), exponent_of (self, currency), &amount))
    return refuse (column_text (handle, 0), error);
  qd_csv_file_add_text (self->file, column_text (handle, 0));
  qd_csv_file_add (self->file, month, -1);
  qd_csv_file_add (self->file, amount, -1);
  qd_csv_file_add_text (self->file, column_text (handle, 5));
  add_currency (self, currency);
  qd_csv_file_end_row (self->file);
  return TRUE;
}

static gboolean
write_event (Export       *self,
             sqlite3_stmt *handle,
             gpointer      data,
             GError      **error)
{
  const char *currency = column_text (handle, 5);
  gboolean is_change = sqlite3_column_int (handle, 6) != 0;
  g_autofree char *amount = NULL;

  if (!format_amount (sqlite3_column_int64 (handle, 3), sqlite3_column_int64 (handle, 4), exponent_of (self, currency), &amount))
    return refuse (column_text (handle, 1), error); /* an event need not have an id */
  qd_csv_file_add_text (self->file, column_text (handle, 0));
  qd_csv_file_add_text (self->file, column_text (handle, 1));
  add_day (self, handle, 2);
  qd_csv_file_add (self->file, is_change ? NULL : amount, -1);
  qd_csv_file_add (self->file, is_change ? amount : NULL, -1);
  qd_csv_file_add_text (self->file, column_text (handle, 8));
  qd_csv_file_add_text (self->file, column_text (handle, 9));
  add_currency (self, currency);
  qd_csv_file_add (self->file, sqlite3_column_int (handle, 7) ? "product" : "account", -1);
  qd_csv_file_end_row (self->file);
  return TRUE;
}

static gboolean
write_rate (Export       *self,
            sqlite3_stmt *handle,
            gpointer      data,
            GError      **error)
{
  g_autofree char *rate = format_decimal (
      (QdDecimal){ sqlite3_column_int64 (handle, 1), CLAMP (sqlite3_column_int (handle, 2), 0, 18) });
  gint64 month = sqlite3_column_int64 (handle, 3);
  g_autofree char *text = month == QD_ALWAYS ? NULL : qd_month_to_iso ((QdMonth) month);

  qd_csv_file_add (self->file, column_text (handle, 0), -1);
  qd_csv_file_add (self->file, rate, -1);
  qd_csv_file_add (self->file, text, -1);
  qd_csv_file_add_text (self->file, column_text (handle, 4));
  qd_csv_file_end_row (self->file);
  return TRUE;
}

/* Accounts: one row each; with dated values one more for each day on which one begins. */

typedef struct
{
  QdStmt *values;
  GPtrArray *custom;   /* char*, names of custom fields */
  GHashTable *columns; /* name of a standard field → its number + 1 */
  gboolean dated;
} AccountExport;

static void
write_account_row (Export        *self,
                   AccountExport *accounts,
                   sqlite3_stmt  *handle,
                   GHashTable    *values,
                   gint64         valid_from,
                   GHashTable    *has_dates)
{
  const QdField *fields = self->kind->fields;

  for (int f = QD_ACCOUNT_ID; f <= QD_ACCOUNT_FIT; f++)
    {
      g_autofree char *key = g_strdup_printf ("%" G_GINT64_FORMAT " %s", valid_from, fields[f].name);
      gboolean is_own = f <= QD_ACCOUNT_PARENT || f == QD_ACCOUNT_SIGNUP || f == QD_ACCOUNT_CURRENCY;

      if (f == QD_ACCOUNT_SIGNUP)
        add_day (self, handle, 1 + f);
      else if (is_own || (valid_from == QD_ALWAYS && !g_hash_table_contains (has_dates, fields[f].name)))
        qd_csv_file_add_text (self->file, column_text (handle, 1 + f));
      else
        qd_csv_file_add_text (self->file, g_hash_table_lookup (values, key));
    }
  if (accounts->dated)
    {
      g_autofree char *day = valid_from == QD_ALWAYS ? NULL : qd_day_to_iso ((QdDay) valid_from);

      qd_csv_file_add (self->file, day, -1);
    }
  for (guint i = 0; i < accounts->custom->len; i++)
    {
      g_autofree char *key = g_strdup_printf ("%" G_GINT64_FORMAT " %s", valid_from,
                                              (char *) g_ptr_array_index (accounts->custom, i));

      qd_csv_file_add_text (self->file, g_hash_table_lookup (values, key));
    }
  qd_csv_file_end_row (self->file);
}

static int
compare_days (gconstpointer a,
              gconstpointer b)
{
  gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;

  return x < y ? -1 : x > y;
}

static gboolean
write_account (Export       *self,
               sqlite3_stmt *handle,
               gpointer      data,
               GError      **error)
{
  AccountExport *accounts = data;
  g_autoptr (GHashTable) values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GHashTable) has_dates = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GArray) days = g_array_new (FALSE, FALSE, sizeof (gint64));
  sqlite3_stmt *value = qd_stmt_get_handle (accounts->values);
  gboolean row = TRUE;

  qd_stmt_bind_integer (accounts->values, 1, sqlite3_column_int64 (handle, 0));
  while (row)
    {
      gint64 day;

      if (!qd_stmt_step (accounts->values, &row, error))
        return FALSE;
      if (!row)
        break;
      day = sqlite3_column_int64 (value, 1);
      g_hash_table_insert (values, g_strdup_printf ("%" G_GINT64_FORMAT " %s", day, column_text (value, 0)),
                           g_strdup (column_text (value, 2)));
      g_hash_table_add (has_dates, g_strdup (column_text (value, 0)));
      if (day != QD_ALWAYS)
        g_array_append_val (days, day);
    }
  g_array_sort (days, compare_days);
  write_account_row (self, accounts, handle, values, QD_ALWAYS, has_dates);
  for (guint i = 0; i < days->len; i++)
    if (i == 0 || g_array_index (days, gint64, i) != g_array_index (days, gint64, i - 1))
      write_account_row (self, accounts, handle, values, g_array_index (days, gint64, i), has_dates);
  return TRUE;
}

static gboolean
add_field (Export       *self,
           sqlite3_stmt *handle,
           gpointer      data,
           GError      **error)
{
  AccountExport *accounts = data;
  const char *field = column_text (handle, 0);

  accounts->dated |= sqlite3_column_int (handle, 1) != 0;
  if (qd_kind_find_field (self->kind, field) < 0)
    g_ptr_array_add (accounts->custom, g_strdup (field));
  return TRUE;
}

static gboolean
export_accounts (Export  *self,
                 GError **error)
{
  g_autoptr (QdStmt) values = qd_db_statement (self->db, "account-values", error);
  g_autoptr (GPtrArray) custom = g_ptr_array_new_with_free_func (g_free);
  AccountExport accounts = { .values = values, .custom = custom };

  if (values == NULL || !each_row (self, "export-fields", add_field, &accounts, error))
    return FALSE;
  for (int f = QD_ACCOUNT_ID; f <= QD_ACCOUNT_FIT + accounts.dated; f++)
    qd_csv_file_add (self->file, self->kind->fields[f].name, -1);
  for (guint i = 0; i < custom->len; i++)
    qd_csv_file_add_text (self->file, g_ptr_array_index (custom, i));
  qd_csv_file_end_row (self->file);
  return each_row (self, "export-accounts", write_account, &accounts, error);
}

static gboolean
export_cb (QdDb    *db,
           gpointer data,
           QdJob   *job,
           GError **error)
{
  static const char *const products[] = { "product_id", "name", NULL };
  static const char *const lines[] = { "line_id",     "account_id",  "start",    "end",     "mrr",
                                       "arr",         "quantity",    "unit_price", "interval", "interval_count",
                                       "discount",    "product",     "currency", "trial",   "canceled_at",
                                       "notice_date", "auto_renew",  "term_months", NULL };
  static const char *const months[] = { "account_id", "month", "mrr", "product", "currency", NULL };
  static const char *const events[] = { "event_id", "account_id", "date",     "mrr_after", "change",
                                        "kind",     "product",    "currency", "level_of",  NULL };
  static const char *const rates[] = { "currency", "rate", "month", "set", NULL };
  Export *self = data;

  self->db = db;
  self->currency = qd_db_dup_setting (db, "currency");
  if (self->kind == &qd_kind_accounts)
    return export_accounts (self, error);
  if (self->kind == &qd_kind_products)
    {
      add_header (self, products);
      return each_row (self, "export-products", write_product, NULL, error);
    }
  if (self->kind == &qd_kind_subscriptions)
    {
      add_header (self, lines);
      return each_row (self, "export-lines", write_line, NULL, error);
    }
  if (self->kind == &qd_kind_mrr)
    {
      add_header (self, months);
      return each_row (self, "export-months", write_month, NULL, error);
    }
  if (self->kind == &qd_kind_movements)
    {
      add_header (self, events);
      return each_row (self, "export-events", write_event, NULL, error);
    }
  add_header (self, rates);
  return each_row (self, "export-rates", write_rate, NULL, error);
}

/**
 * qd_export_run:
 * @store: a workspace
 * @kind: the kind of data
 * @path: the file to write
 * @job: (nullable): progress and cancel
 * @error: return location
 *
 * Writes all rows of a kind the way import reads them: importing the file
 * again changes nothing, importing it elsewhere gives the same. What is only
 * implied is left out. Not to be called from the store's thread.
 *
 * Returns: `FALSE` with a `G_FILE_ERROR`, a `QD_STORE_ERROR` or
 *   `G_IO_ERROR_CANCELLED`; what stood at @path is still there then
 */
gboolean
qd_export_run (QdStore      *store,
               const QdKind *kind,
               const char   *path,
               QdJob        *job,
               GError      **error)
{
  g_autoptr (QdCsvFile) file = NULL;
  Export self = { .kind = kind, .path = path, .job = job };
  gboolean ok;

  g_return_val_if_fail (store != NULL && kind != NULL && path != NULL, FALSE);

  file = qd_csv_file_new (path);
  self.file = file;
  ok = qd_store_run (store, QD_STORE_PRIORITY_READ, export_cb, &self, job, error);
  g_free (self.currency);
  return ok && qd_csv_file_finish (file, error);
}
