/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What somebody typed, read by the field's type. Nothing is guessed: where a
 * notation has two readings both are named and the value is refused.
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "qd-workspace-edit-private.h"

#define MAX_TEXT 10000 /* characters */
#define YEARS_AHEAD 10

G_DEFINE_QUARK (qd-edit-error-quark, qd_edit_error)

const QdEditField qd_edit_account_fields[QD_EDIT_N_ACCOUNT_FIELDS] = {
  { "name", N_("Name"), QD_EDIT_TEXT, TRUE },
  { "parent_id", N_("Parent"), QD_EDIT_ACCOUNT, FALSE },
  { "domain", N_("Domain"), QD_EDIT_TEXT, FALSE },
  { "segment", N_("Segment"), QD_EDIT_TEXT, FALSE },
  { "region", N_("Region"), QD_EDIT_TEXT, FALSE },
  { "country", N_("Country"), QD_EDIT_TEXT, FALSE },
  { "industry", N_("Industry"), QD_EDIT_TEXT, FALSE },
  { "csm", N_("CSM"), QD_EDIT_TEXT, FALSE },
  { "touch", N_("Touch model"), QD_EDIT_TEXT, FALSE },
  { "stage", N_("Lifecycle stage"), QD_EDIT_TEXT, FALSE },
  { "signup_date", N_("Signed up"), QD_EDIT_DATE, FALSE },
  { "sales_rep", N_("Sales rep"), QD_EDIT_TEXT, FALSE },
  { "channel", N_("Channel"), QD_EDIT_TEXT, FALSE },
  { "source", N_("Source"), QD_EDIT_TEXT, FALSE },
  { "discount_band", N_("Discount band"), QD_EDIT_TEXT, FALSE },
  { "currency", N_("Currency"), QD_EDIT_CURRENCY, FALSE },
  { "seats", N_("Seats"), QD_EDIT_INTEGER, FALSE },
  { "employees", N_("Employees"), QD_EDIT_INTEGER, FALSE },
  { "fit", N_("Fit"), QD_EDIT_TEXT, FALSE },
};

gboolean
qd_edit_is_dated (guint field)
{
  const QdEditField *of = &qd_edit_account_fields[field];

  return of->type == QD_EDIT_TEXT || of->type == QD_EDIT_INTEGER ? !of->required : FALSE;
}

static const char *
type_name (QdEditType type)
{
  static const char *const names[] = { "text",    "date",     "integer", "money",   "number",   "percent",
                                       "boolean", "currency", "account", "product", "interval", "month",   "fixed" };

  return names[type];
}

gboolean
qd_edit_read_text (const QdEditField *field,
                   const char        *value,
                   char             **text,
                   GError           **error)
{
  g_autofree char *trimmed = NULL;

  *text = NULL;
  if (value != NULL && !g_utf8_validate (value, -1, NULL))
    {
      g_set_error (error, QD_EDIT_ERROR, QD_EDIT_ERROR_VALUE, _("“%s” is not a text in UTF-8."), _(field->title));
      return FALSE;
    }
  trimmed = value != NULL ? g_strstrip (g_strdup (value)) : NULL;
  if (trimmed == NULL || *trimmed == '\0')
    {
      if (!field->required)
        return TRUE;
      /* Translators: the name of a field */
      g_set_error (error, QD_EDIT_ERROR, QD_EDIT_ERROR_VALUE, _("“%s” cannot be empty. Enter a value."), _(field->title));
      return FALSE;
    }
  for (const char *p = trimmed; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_iscntrl (g_utf8_get_char (p)))
      {
        /* Translators: the name of a field */
        g_set_error (error, QD_EDIT_ERROR, QD_EDIT_ERROR_VALUE,
                     _("“%s” takes one line of text without tabs and line breaks."), _(field->title));
        return FALSE;
      }
  if (g_utf8_strlen (trimmed, -1) > MAX_TEXT)
    {
      /* Translators: the name of a field */
      g_set_error (error, QD_EDIT_ERROR, QD_EDIT_ERROR_VALUE, _("“%s” takes at most 10,000 characters."), _(field->title));
      return FALSE;
    }
  *text = g_steal_pointer (&trimmed);
  return TRUE;
}

gboolean
qd_edit_read_day (const QdEditField *field,
                  const char        *text,
                  QdDay             *day,
                  GError           **error)
{
  QdDay days[3] = { QD_DAY_NONE, QD_DAY_NONE, QD_DAY_NONE };
  QdDay first = QD_DAY_NONE;
  guint readings = qd_value_date_readings (text, strlen (text), days);

  for (guint i = 0; i < 3; i++)
    {
      if ((readings & (1u << i)) == 0 || days[i] == first)
        continue;
      if (first != QD_DAY_NONE)
        {
          g_autofree char *one = qd_day_to_iso (first);
          g_autofree char *other = qd_day_to_iso (days[i]);

          g_set_error (error, QD_EDIT_ERROR, QD_EDIT_ERROR_VALUE,
                       /* Translators: field, what was typed, two dates */
                       _("%s: “%s” can be %s or %s. Write the date as year-month-day."), _(field->title), text, one, other);
          return FALSE;
        }
      first = days[i];
    }
  *day = first;
  if (first != QD_DAY_NONE)
    return TRUE;
  g_set_error (error, QD_EDIT_ERROR, QD_EDIT_ERROR_VALUE,
               /* Translators: field, what was typed */
               _("%s: “%s” is no date. Write it as year-month-day, such as 2024-03-31."), _(field->title), text);
  return FALSE;
}

gboolean
qd_edit_check_time (const QdEditField *field,
                    QdDay              day,
                    GError           **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  QdMonth last = qd_month_from_ym (g_date_time_get_year (now) + YEARS_AHEAD, g_date_time_get_month (now));
  g_autofree char *first_text = NULL;
  g_autofree char *last_text = NULL;

  if (day >= 0 && qd_day_get_month (day) <= last)
    return TRUE;
  first_text = qd_month_to_iso (qd_day_get_month (0));
  last_text = qd_month_to_iso (last);
  g_set_error (error, QD_EDIT_ERROR, QD_EDIT_ERROR_VALUE,
               /* Translators: field, two months */
               _("%s: that is too far away. Enter a time from %s to %s."), _(field->title), first_text, last_text);
  return FALSE;
}

gboolean
qd_edit_read_month (const QdEditField *field,
                    const char        *text,
                    QdMonth           *month,
                    GError           **error)
{
  const QdDateOrder orders[] = { QD_ORDER_YMD, QD_ORDER_DMY, QD_ORDER_MDY };

  *month = QD_MONTH_NONE;
  for (gsize i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      QdMonth found = qd_value_parse_month (text, strlen (text), orders[i]);

      if (found == QD_MONTH_NONE || found == *month)
        continue;
      if (*month != QD_MONTH_NONE)
        {
          g_autofree char *one = qd_month_to_iso (*month);
          g_autofree char *other = qd_month_to_iso (found);

          g_set_error (error, QD_EDIT_ERROR, QD_EDIT_ERROR_VALUE,
                       /* Translators: field, what was typed, two months */
                       _("%s: “%s” can be %s or %s. Write the month as year-month."), _(field->title), text, one, other);
          return FALSE;
        }
      *month = found;
    }
  if (*month != QD_MONTH_NONE)
    return qd_edit_check_time (field, qd_month_first_day (*month), error);
  g_set_error (error, QD_EDIT_ERROR, QD_EDIT_ERROR_VALUE,
               /* Translators: field, what was typed */
               _("%s: “%s” is no month. Write it as year-month, such as 2024-03."), _(field->title), text);
  return FALSE;
}

gboolean
qd_edit_read_number (const QdEditField *field,
                     const char        *text,
                     int                decimals,
                     QdDecimal         *value,
                     GError           **error)
{
  const char *point = strrchr (text, '.');
  gboolean differ = FALSE;
  guint readings;
  char currency[4] = "";

  /* The plain notation, unless its point may stand for thousands. */
  if (qd_decimal_parse (text, -1, '.', value) && (point == NULL || strlen (point + 1) != 3 || decimals == 3 || decimals < 0))
    return TRUE;
  readings = qd_value_number_readings (text, strlen (text), &differ);
  if (differ)
    {
      g_set_error (error, QD_EDIT_ERROR, QD_EDIT_ERROR_VALUE,
                   /* Translators: field, what was typed */
                   _("%s: “%s” can be read in two ways: the sign may stand for thousands or for decimals. Write it without "
                     "thousands separators and with two decimals."),
                   _(field->title), text);
      return FALSE;
    }
  if (readings != 0 && qd_value_parse_number (text, strlen (text), readings & QD_DECIMAL_POINT ? QD_DECIMAL_POINT : QD_DECIMAL_COMMA,
                                              value, currency))
    return TRUE;
  g_set_error (error, QD_EDIT_ERROR, QD_EDIT_ERROR_VALUE,
               /* Translators: field, what was typed */
               _("%s: “%s” is no number. Write it as 1234.50."), _(field->title), text);
  return FALSE;
}

gboolean
qd_edit_read_decimal (const QdEditField *field,
                      const char        *text,
                      int                decimals,
                      QdDecimal         *value,
                      GError           **error)
{
  if (!qd_edit_read_number (field, text, decimals, value, error))
    return FALSE;
  if (value->mantissa >= 0)
    return TRUE;
  /* Translators: field, what was typed */
  g_set_error (error, QD_EDIT_ERROR, QD_EDIT_ERROR_VALUE, _("%s: “%s” is below 0. Enter 0 or more."), _(field->title), text);
  return FALSE;
}

gboolean
qd_edit_read_integer (const QdEditField *field,
                      const char        *text,
                      gint64             least,
                      gint64            *value,
                      GError           **error)
{
  QdDecimal decimal;

  if (!qd_edit_read_number (field, text, 2, &decimal, error))
    return FALSE;
  while (decimal.scale > 0 && decimal.mantissa % 10 == 0)
    {
      decimal.mantissa /= 10;
      decimal.scale--;
    }
  *value = decimal.mantissa;
  if (decimal.scale == 0 && decimal.mantissa >= least && decimal.mantissa <= G_GINT64_CONSTANT (1000000000000))
    return TRUE;
  if (least > 0)
    g_set_error (error, QD_EDIT_ERROR, QD_EDIT_ERROR_VALUE,
                 /* Translators: field, what was typed */
                 _("%s: “%s” does not fit. Enter a whole number, 1 or more."), _(field->title), text);
  else
    g_set_error (error, QD_EDIT_ERROR, QD_EDIT_ERROR_VALUE,
                 /* Translators: field, what was typed */
                 _("%s: “%s” does not fit. Enter a whole number, 0 or more."), _(field->title), text);
  return FALSE;
}

gboolean
qd_edit_read_boolean (const QdEditField *field,
                      const char        *text,
                      gboolean          *value,
                      GError           **error)
{
  if (qd_value_parse_boolean (text, strlen (text), value))
    return TRUE;
  /* Translators: field, what was typed */
  g_set_error (error, QD_EDIT_ERROR, QD_EDIT_ERROR_VALUE, _("%s: “%s” is neither yes nor no."), _(field->title), text);
  return FALSE;
}

gboolean
qd_edit_read_currency (const QdEditField *field,
                       const char        *text,
                       char               code[4],
                       GError           **error)
{
  g_autofree char *upper = g_ascii_strup (text, -1);

  if (strlen (upper) == 3 && qd_currency_get_exponent (upper) >= 0)
    {
      memcpy (code, upper, 4);
      return TRUE;
    }
  /* Translators: field, what was typed */
  g_set_error (error, QD_EDIT_ERROR, QD_EDIT_ERROR_VALUE, _("%s: “%s” is no currency. Enter an ISO 4217 code such as USD."),
               _(field->title), text);
  return FALSE;
}

gint64
qd_edit_find_account (QdDb       *db,
                      const char *account,
                      GError    **error)
{
  g_autoptr (QdStmt) stmt = qd_db_statement (db, "account-find", error);
  gboolean row;

  if (stmt == NULL)
    return 0;
  qd_stmt_bind_text (stmt, 1, account, -1);
  if (!qd_stmt_step (stmt, &row, error))
    return 0;
  if (row)
    return sqlite3_column_int64 (qd_stmt_get_handle (stmt), 0);
  g_set_error (error, QD_EDIT_ERROR, QD_EDIT_ERROR_UNKNOWN, _("There is no account “%s”."), account);
  return 0;
}

char *
qd_edit_dup_text (QdDb       *db,
                  const char *statement,
                  gint64      id)
{
  g_autoptr (QdStmt) stmt = qd_db_statement (db, statement, NULL);
  gboolean row;

  if (stmt == NULL)
    return NULL;
  qd_stmt_bind_integer (stmt, 1, id);
  if (!qd_stmt_step (stmt, &row, NULL) || !row)
    return NULL;
  return g_strdup ((const char *) sqlite3_column_text (qd_stmt_get_handle (stmt), 0));
}

char *
qd_edit_dup_account_name (QdDb  *db,
                          gint64 account)
{
  g_autoptr (QdStmt) stmt = qd_db_statement (db, "account-id", NULL);
  gboolean row;

  if (stmt == NULL)
    return g_strdup ("");
  qd_stmt_bind_integer (stmt, 1, account);
  if (!qd_stmt_step (stmt, &row, NULL) || !row)
    return g_strdup ("");
  return g_strdup ((const char *) sqlite3_column_text (qd_stmt_get_handle (stmt), 1));
}

static const QdColumn record_columns[] = {
  { "field", N_("field"), QD_COLUMN_TEXT },   { "title", N_("attribute"), QD_COLUMN_TEXT },
  { "value", N_("value"), QD_COLUMN_TEXT },   { "type", N_("type"), QD_COLUMN_TEXT },
  { "custom", N_("custom"), QD_COLUMN_TEXT }, { "required", N_("required"), QD_COLUMN_TEXT },
};

QdTable *
qd_edit_record_new (const char *id,
                    const char *currency)
{
  return qd_table_new (id, currency != NULL ? currency : "USD", record_columns, G_N_ELEMENTS (record_columns));
}

void
qd_edit_record_add (QdTable           *table,
                    const QdEditField *field,
                    const char        *title,
                    const char        *value,
                    gboolean           custom)
{
  qd_table_add_text (table, field->name);
  qd_table_add_text (table, title != NULL ? title : _(field->title));
  if (value != NULL && *value != '\0')
    qd_table_add_text (table, value);
  else
    qd_table_add_missing (table);
  qd_table_add_text (table, type_name (field->type));
  qd_table_add_text (table, custom ? "yes" : "no");
  qd_table_add_text (table, field->required ? "yes" : "no");
  qd_table_end_row (table);
}

/* The file and the line of it that brought a record; nothing when it was made by hand. */
void
qd_edit_record_add_origin (QdDb    *db,
                           QdTable *table,
                           gint64   batch,
                           gint64   line)
{
  static const QdEditField file_field = { "file", N_("Imported from"), QD_EDIT_FIXED, FALSE };
  static const QdEditField line_field = { "line", N_("Line"), QD_EDIT_FIXED, FALSE };
  g_autoptr (QdStmt) stmt = batch != 0 ? qd_db_statement (db, "batch-describe", NULL) : NULL;
  g_autofree char *number = NULL;
  gboolean row = FALSE;

  if (stmt == NULL)
    return;
  qd_stmt_bind_integer (stmt, 1, batch);
  if (!qd_stmt_step (stmt, &row, NULL) || !row)
    return;
  qd_edit_record_add (table, &file_field, NULL, (const char *) sqlite3_column_text (qd_stmt_get_handle (stmt), 1), FALSE);
  number = g_strdup_printf ("%" G_GINT64_FORMAT, line);
  qd_edit_record_add (table, &line_field, NULL, number, FALSE);
}

gboolean
qd_edit_run (QdWorkspace  *self,
             QdStoreFunc   func,
             gpointer      data,
             QdJob        *job,
             const gint64 *made,
             gint64       *entry,
             GError      **error)
{
  if (!qd_store_run (qd_workspace_get_store (self), QD_STORE_PRIORITY_EDIT, func, data, job, error))
    return FALSE;
  if (*made != 0)
    qd_workspace_changed (self);
  if (entry != NULL)
    *entry = *made;
  return TRUE;
}

void
qd_edit_read_reporting (QdDb *db,
                        char  code[4])
{
  g_autofree char *reporting = qd_db_dup_setting (db, "currency");

  g_strlcpy (code, reporting != NULL ? reporting : "USD", 4);
}

/**
 * qd_edit_begin:
 * @db: the connection of the workspace's thread
 * @kind: what kind of entry it will be
 * @summary: what the history says, made by qd_history_message()
 * @error: return location
 *
 * Begins an edit: what is written from here on is recorded. Whether it worked
 * or not, qd_edit_end() follows.
 *
 * Returns: `FALSE` with an error of the store: nothing has begun
 */
gboolean
qd_edit_begin (QdDb         *db,
               QdHistoryKind kind,
               const char   *summary,
               GError      **error)
{
  if (!qd_history_begin (db, kind, 0, summary, error))
    return FALSE;
  qd_history_record (db, TRUE);
  return TRUE;
}

/**
 * qd_edit_end:
 * @db: the connection of the workspace's thread
 * @done: whether everything was written; `FALSE` with @error set
 * @keep: whether there is something to keep; `FALSE`: as if nothing had been
 * @entry: (out) (optional): the entry of the history, unchanged without one
 * @error: return location
 *
 * Ends an edit that qd_edit_begin() began.
 *
 * Returns: `FALSE` with @error; the workspace is as it was then
 */
gboolean
qd_edit_end (QdDb     *db,
             gboolean  done,
             gboolean  keep,
             gint64   *entry,
             GError  **error)
{
  if (!done || !keep)
    {
      qd_history_rollback (db);
      return done;
    }
  qd_history_record (db, FALSE);
  return qd_history_commit (db, entry, error);
}

/**
 * qd_edit_write:
 * @db: the connection of the workspace's thread
 * @edit: what is edited, deleted or added; its entry is set
 * @summary: what the history says
 * @write: writes it
 * @row: for @write
 * @error: return location
 *
 * Writes a revenue row as one entry; where only a preview is wanted, as if
 * nothing had been.
 *
 * Returns: `FALSE` with @error; the workspace is as it was then
 */
gboolean
qd_edit_write (QdDb       *db,
               QdEditRow  *edit,
               const char *summary,
               QdEditWrite write,
               gpointer    row,
               GError    **error)
{
  return qd_edit_begin (db, QD_HISTORY_EDIT, summary, error) &&
         qd_edit_end (db, write (db, edit, row, error), !edit->preview, &edit->entry, error);
}

static gboolean
statement_cb (QdDb    *db,
              gpointer data,
              QdJob   *job,
              GError **error)
{
  QdEditStatement *what = data;
  g_autoptr (QdStmt) stmt = qd_db_statement (db, what->statement, error);
  gboolean done;

  if (stmt == NULL)
    return FALSE;
  for (guint i = 0; i < what->n_texts; i++)
    qd_stmt_bind_text (stmt, (int) i + 1, what->texts[i], -1);
  if (!qd_edit_begin (db, what->kind, what->summary, error))
    return FALSE;
  done = qd_stmt_run (stmt, error);
  return qd_edit_end (db, done, qd_db_changes (db) > 0, &what->entry, error);
}

gboolean
qd_edit_run_statement (QdWorkspace     *self,
                       QdEditStatement *what,
                       gint64          *entry,
                       GError         **error)
{
  return qd_edit_run (self, statement_cb, what, NULL, &what->entry, entry, error);
}
