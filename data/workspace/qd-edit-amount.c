/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Monthly amounts and movements, edited by hand. A month has one amount for a
 * product and a currency; a movement says the level after it or the change,
 * and never takes a level below zero.
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "qd-workspace-edit-private.h"

typedef struct
{
  gboolean is_event;
  gint64 id;            /* 0: new */
  gint64 account;
  gint64 time;          /* month, or the day of a movement */
  QdRatio amount;       /* in minor units */
  gint64 product;       /* 0: none */
  char *currency;       /* NULL: the reporting one */
  gint64 batch, line;
  gboolean is_change;
  gboolean of_product;
  char *kind;
  char *external_id;
  char reporting[4];
} Row;

enum
{
  MONTH,
  DATE,
  MRR,
  CHANGE,
  PRODUCT,
  CURRENCY,
  KIND,
  N_FIELDS,
};

static const QdEditField fields[N_FIELDS] = {
  [MONTH] = { "month", N_("Month"), QD_EDIT_MONTH, TRUE },
  [DATE] = { "date", N_("Date"), QD_EDIT_DATE, TRUE },
  [MRR] = { "mrr", N_("MRR"), QD_EDIT_MONEY, TRUE },
  [CHANGE] = { "change", N_("Change of MRR"), QD_EDIT_MONEY, TRUE },
  [PRODUCT] = { "product", N_("Product"), QD_EDIT_PRODUCT, FALSE },
  [CURRENCY] = { "currency", N_("Currency"), QD_EDIT_CURRENCY, FALSE },
  [KIND] = { "kind", N_("Kind"), QD_EDIT_TEXT, FALSE },
};

static void
row_clear (Row *row)
{
  g_free (row->currency);
  g_free (row->kind);
  g_free (row->external_id);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Row, row_clear)

static void
start_row (QdDb    *db,
           Row     *row,
           gboolean is_event)
{
  row->is_event = is_event;
  row->amount = (QdRatio){ 0, 1 };
  qd_edit_read_reporting (db, row->reporting);
}

static gboolean
load_row (QdDb            *db,
          const QdEditRow *edit,
          Row             *row,
          GError         **error)
{
  gboolean is_event = edit->form == &qd_edit_form_event;
  g_autoptr (QdStmt) stmt = qd_db_statement (db, is_event ? "event-get" : "month-get", error);
  gint64 number = 0;
  gboolean found = FALSE;
  sqlite3_stmt *handle;

  if (stmt == NULL)
    return FALSE;
  handle = qd_stmt_get_handle (stmt);
  g_ascii_string_to_signed (edit->id, 10, 0, G_MAXINT64, &number, NULL);
  qd_stmt_bind_integer (stmt, 1, number);
  if (!qd_stmt_step (stmt, &found, error))
    return FALSE;
  if (!found)
    {
      g_set_error_literal (error, QD_EDIT_ERROR, QD_EDIT_ERROR_UNKNOWN,
                           is_event ? _("The movement is gone.") : _("The monthly amount is gone."));
      return FALSE;
    }
  start_row (db, row, is_event);
  row->id = number;
  row->account = sqlite3_column_int64 (handle, 1);
  row->time = sqlite3_column_int64 (handle, 2);
  row->amount = (QdRatio){ sqlite3_column_int64 (handle, 3), sqlite3_column_int64 (handle, 4) };
  row->product = sqlite3_column_int64 (handle, 5);
  row->currency = g_strdup ((const char *) sqlite3_column_text (handle, 6));
  row->batch = sqlite3_column_int64 (handle, 7);
  row->line = sqlite3_column_int64 (handle, 8);
  if (!is_event)
    return TRUE;
  row->is_change = sqlite3_column_int (handle, 9) != 0;
  row->of_product = sqlite3_column_int (handle, 10) != 0;
  row->kind = g_strdup ((const char *) sqlite3_column_text (handle, 11));
  row->external_id = g_strdup ((const char *) sqlite3_column_text (handle, 12));
  return TRUE;
}

/* Parameters have the names of the columns; those that a statement does not have are passed over. */
static void
bind (QdStmt     *stmt,
      const char *name,
      gint64      value)
{
  qd_stmt_bind_integer (stmt, qd_stmt_parameter (stmt, name), value);
}

static void
bind_text (QdStmt     *stmt,
           const char *name,
           const char *text)
{
  qd_stmt_bind_text (stmt, qd_stmt_parameter (stmt, name), text, -1);
}

static void
bind_product (QdStmt    *stmt,
              const Row *row)
{
  int index = qd_stmt_parameter (stmt, "product");

  if (row->product != 0)
    qd_stmt_bind_integer (stmt, index, row->product);
  else
    qd_stmt_bind_null (stmt, index);
}

static gboolean
save_row (QdDb      *db,
          const Row *row,
          GError   **error)
{
  const char *statement = row->is_event ? row->id != 0 ? "event-edit" : "event-add"
                                        : row->id != 0 ? "month-edit" : "month-add";
  g_autoptr (QdStmt) stmt = qd_db_statement (db, statement, error);

  if (stmt == NULL)
    return FALSE;
  bind (stmt, "account", row->account);
  bind (stmt, row->is_event ? "day" : "month", row->time);
  bind (stmt, "amount_num", row->amount.num);
  bind (stmt, "amount_den", row->amount.den);
  bind_product (stmt, row);
  bind_text (stmt, "currency", row->currency);
  if (row->id != 0)
    bind (stmt, "id", row->id);
  if (row->is_event)
    {
      bind (stmt, "is_change", row->is_change);
      bind (stmt, "of_product", row->of_product);
      bind_text (stmt, "kind", row->kind);
    }
  return qd_stmt_run (stmt, error);
}

/* --- what a field says --- */

static const char *
currency_of (const Row *row)
{
  return row->currency != NULL ? row->currency : row->reporting;
}

static int
exponent_of (const Row *row)
{
  return MAX (qd_currency_get_exponent (currency_of (row)), 0);
}

static gboolean
has_field (const Row *row,
           guint      field)
{
  switch (field)
    {
    case MONTH:
      return !row->is_event;
    case DATE:
    case KIND:
      return row->is_event;
    case MRR:
      return !row->is_change;
    case CHANGE:
      return row->is_change;
    default:
      return TRUE;
    }
}

static int
find_field (const Row  *row,
            const char *name,
            GError    **error)
{
  for (guint i = 0; i < N_FIELDS; i++)
    if (has_field (row, i) && strcmp (fields[i].name, name) == 0)
      return (int) i;
  g_set_error (error, QD_EDIT_ERROR, QD_EDIT_ERROR_UNKNOWN,
               row->is_event ? _("This movement has no field “%s” that could be edited.")
                             : _("Monthly amounts have no field “%s” that could be edited."),
               name);
  return -1;
}

static char *
show_value (QdDb      *db,
            const Row *row,
            guint      field)
{
  gint64 minor;

  switch (field)
    {
    case MONTH:
      return qd_month_to_iso ((QdMonth) row->time);
    case DATE:
      return qd_day_to_iso ((QdDay) row->time);
    case PRODUCT:
      return row->product != 0 ? qd_edit_dup_text (db, "product-id", row->product) : NULL;
    case CURRENCY:
      return g_strdup (currency_of (row));
    case KIND:
      return g_strdup (row->kind);
    default:
      return qd_ratio_round (row->amount, &minor) ? qd_money_to_iso (minor, exponent_of (row)) : NULL;
    }
}

/* --- reading --- */

static gboolean
read_amount (QdDb       *db,
             Row        *row,
             guint       field,
             const char *text,
             GError    **error)
{
  g_autofree char *now = show_value (db, row, field);
  QdRatio amount, shown;

  if (!qd_edit_read_money (&fields[field], text, exponent_of (row), field == CHANGE, &amount, error))
    return FALSE;
  /* The rounded amount that was shown stands for the exact one. */
  if (row->id != 0 && now != NULL &&
      qd_edit_read_money (&fields[field], now, exponent_of (row), TRUE, &shown, NULL) && shown.num == amount.num &&
      shown.den == amount.den)
    return TRUE;
  row->amount = amount;
  return TRUE;
}

static gboolean
read_currency (QdDb       *db,
               Row        *row,
               const char *text,
               GError    **error)
{
  int before = exponent_of (row);
  char code[4];

  if (text == NULL)
    memcpy (code, row->reporting, sizeof code);
  else if (!qd_edit_read_currency (&fields[CURRENCY], text, code, error))
    return FALSE;
  if (strcmp (code, currency_of (row)) == 0)
    return TRUE;
  if (!qd_edit_check_rate (db, code, row->reporting, error) ||
      !qd_edit_rescale (&fields[CURRENCY], code, before, &row->amount, error))
    return FALSE;
  g_free (row->currency);
  row->currency = strcmp (code, row->reporting) != 0 ? g_strdup (code) : NULL;
  return TRUE;
}

static gboolean
read_value (QdDb       *db,
            Row        *row,
            guint       field,
            const char *value,
            GError    **error)
{
  g_autofree char *text = NULL;
  QdMonth month;
  QdDay day;

  if (!qd_edit_read_text (&fields[field], value, &text, error))
    return FALSE;
  switch (field)
    {
    case MONTH:
      if (!qd_edit_read_month (&fields[field], text, &month, error))
        return FALSE;
      row->time = month;
      return TRUE;
    case DATE:
      if (!qd_edit_read_day (&fields[field], text, &day, error) || !qd_edit_check_time (&fields[field], day, error))
        return FALSE;
      row->time = day;
      return TRUE;
    case PRODUCT:
      row->product = 0;
      if (text != NULL && !qd_edit_read_product (db, text, &row->product, error))
        return FALSE;
      /* A change is the product's where there is one; a level stays what it is, but of something. */
      row->of_product = row->product != 0 && (row->of_product || row->is_change);
      return TRUE;
    case CURRENCY:
      return read_currency (db, row, text, error);
    case KIND:
      g_free (row->kind);
      row->kind = g_steal_pointer (&text);
      return TRUE;
    default:
      return read_amount (db, row, field, text, error);
    }
}

/* --- what holds between rows --- */

static gboolean
check_month (QdDb      *db,
             const Row *row,
             GError   **error)
{
  g_autoptr (QdStmt) stmt = qd_db_statement (db, "month-same", error);
  g_autofree char *month = NULL;
  gboolean found;

  if (stmt == NULL)
    return FALSE;
  bind (stmt, "account", row->account);
  bind (stmt, "month", row->time);
  bind_product (stmt, row);
  bind_text (stmt, "currency", row->currency);
  bind (stmt, "id", row->id);
  if (!qd_stmt_step (stmt, &found, error))
    return FALSE;
  if (!found)
    return TRUE;
  month = qd_month_to_iso ((QdMonth) row->time);
  g_set_error (error, QD_EDIT_ERROR, QD_EDIT_ERROR_VALUE,
               /* Translators: a month */
               _("Month: there is an amount for %s with this product and currency already. Edit that one, or enter another month."),
               month);
  return FALSE;
}

static gboolean
is_one_level (sqlite3_stmt *row,
              gint64        of_product,
              gint64        product,
              const char   *currency)
{
  return sqlite3_column_int64 (row, 0) == of_product && sqlite3_column_int64 (row, 1) == product &&
         g_strcmp0 ((const char *) sqlite3_column_text (row, 2), currency) == 0;
}

/* How often an account's levels are below zero, and when the first time. */
static gboolean
count_below (QdDb    *db,
             gint64   account,
             guint   *n,
             QdDay   *first,
             GError **error)
{
  g_autoptr (QdStmt) stmt = qd_db_statement (db, "event-levels", error);
  g_autofree char *currency = NULL;
  gint64 of_product = -1, product = 0;
  QdRatio level = { 0, 1 };
  gboolean row = TRUE;

  *n = 0;
  if (stmt == NULL)
    return FALSE;
  bind (stmt, "account", account);
  while (TRUE)
    {
      sqlite3_stmt *handle = qd_stmt_get_handle (stmt);
      QdRatio amount;

      if (!qd_stmt_step (stmt, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      if (!is_one_level (handle, of_product, product, currency))
        {
          of_product = sqlite3_column_int64 (handle, 0);
          product = sqlite3_column_int64 (handle, 1);
          g_free (currency);
          currency = g_strdup ((const char *) sqlite3_column_text (handle, 2));
          level = (QdRatio){ 0, 1 };
        }
      amount = (QdRatio){ sqlite3_column_int64 (handle, 4), sqlite3_column_int64 (handle, 5) };
      if (sqlite3_column_int (handle, 6) == 0)
        level = amount;
      else if (!qd_ratio_add (level, amount, &level))
        return qd_edit_throw_too_large (&fields[CHANGE], "", error);
      if (level.num < 0 && (*n)++ == 0)
        *first = sqlite3_column_int (handle, 3);
    }
}

static gboolean
drop_row (QdDb      *db,
          const Row *row,
          GError   **error)
{
  g_autoptr (QdStmt) stmt = qd_db_statement (db, row->is_event ? "event-delete" : "month-delete", error);

  if (stmt == NULL)
    return FALSE;
  bind (stmt, "id", row->id);
  return qd_stmt_run (stmt, error);
}

/* Writes the row, or takes it out; refused when a level that was 0 or more would not be any more. */
static gboolean
write_row (QdDb      *db,
           const Row *row,
           gboolean   delete,
           GError   **error)
{
  g_autofree char *date = NULL;
  guint before, after;
  QdDay first = 0;

  if (!row->is_event)
    return delete ? drop_row (db, row, error) : check_month (db, row, error) && save_row (db, row, error);
  if (!count_below (db, row->account, &before, &first, error) ||
      !(delete ? drop_row (db, row, error) : save_row (db, row, error)) ||
      !count_below (db, row->account, &after, &first, error))
    return FALSE;
  if (after <= before)
    return TRUE;
  date = qd_day_to_iso (first);
  g_set_error (error, QD_EDIT_ERROR, QD_EDIT_ERROR_VALUE,
               /* Translators: a date */
               _("Change of MRR: the account would be below 0 on %s. Change the movements so that 0 or more is left."), date);
  return FALSE;
}

/* --- the history --- */

/* The month or the date by which people know the row. */
static char *
dup_time (const Row *row)
{
  return row->is_event ? qd_day_to_iso ((QdDay) row->time) : qd_month_to_iso ((QdMonth) row->time);
}

static char *
summarize_edit (QdDb      *db,
                const Row *before,
                const Row *after,
                guint      field)
{
  g_autofree char *name = qd_edit_dup_account_name (db, after->account);
  g_autofree char *time = dup_time (before);
  g_autofree char *was = show_value (db, before, field);
  g_autofree char *is = show_value (db, after, field);
  const char *title = fields[field].title;

  if (was != NULL && is != NULL)
    /* Translators: name of an account, a month or date, name of a field, its value before and after */
    return qd_history_message (N_("%s, %s: %s changed from “%s” to “%s”"), "sstss", name, time, title, was, is);
  if (is != NULL)
    /* Translators: name of an account, a month or date, name of a field, its new value */
    return qd_history_message (N_("%s, %s: %s set to “%s”"), "ssts", name, time, title, is);
  /* Translators: name of an account, a month or date, name of a field, the value that it had */
  return qd_history_message (N_("%s, %s: %s emptied, it was “%s”"), "ssts", name, time, title, was != NULL ? was : "");
}

static char *
summarize_whole (QdDb      *db,
                 const Row *row,
                 gboolean   delete)
{
  g_autofree char *name = qd_edit_dup_account_name (db, row->account);
  g_autofree char *time = dup_time (row);
  g_autofree char *amount = show_value (db, row, row->is_change ? CHANGE : MRR);

  if (row->is_event && delete)
    /* Translators: name of an account, a date, an amount of money */
    return qd_history_message (N_("%s: movement of %s deleted, it was %s"), "sss", name, time, amount);
  if (row->is_event)
    /* Translators: name of an account, a date, an amount of money */
    return qd_history_message (N_("%s: movement of %s added, %s"), "sss", name, time, amount);
  if (delete)
    /* Translators: name of an account, a month, an amount of money */
    return qd_history_message (N_("%s: amount of %s deleted, it was %s"), "sss", name, time, amount);
  /* Translators: name of an account, a month, an amount of money */
  return qd_history_message (N_("%s: amount of %s added, %s"), "sss", name, time, amount);
}

static gboolean
write_changed (QdDb      *db,
               QdEditRow *edit,
               gpointer   row,
               GError   **error)
{
  return write_row (db, row, FALSE, error);
}

static gboolean
write_deleted (QdDb      *db,
               QdEditRow *edit,
               gpointer   row,
               GError   **error)
{
  return write_row (db, row, TRUE, error);
}

static gboolean
write_new (QdDb      *db,
           QdEditRow *new,
           gpointer   row,
           GError   **error)
{
  if (!write_row (db, row, FALSE, error))
    return FALSE;
  if (!new->preview)
    new->key = g_strdup_printf ("%s:%" G_GINT64_FORMAT, new->form->form, qd_db_last_rowid (db));
  return TRUE;
}

static gboolean
is_same (const Row *a,
         const Row *b)
{
  return a->time == b->time && a->amount.num == b->amount.num && a->amount.den == b->amount.den &&
         a->product == b->product && a->of_product == b->of_product && g_strcmp0 (a->currency, b->currency) == 0 &&
         g_strcmp0 (a->kind, b->kind) == 0;
}

static gboolean
edit_cb (QdDb    *db,
         gpointer data,
         QdJob   *job,
         GError **error)
{
  QdEditRow *edit = data;
  g_auto (Row) before = { 0 };
  g_auto (Row) row = { 0 };
  g_autofree char *summary = NULL;
  int field;

  if (!load_row (db, edit, &before, error) || !load_row (db, edit, &row, error))
    return FALSE;
  field = find_field (&row, edit->field, error);
  if (field < 0 || !read_value (db, &row, (guint) field, edit->value, error))
    return FALSE;
  if (is_same (&before, &row))
    return TRUE;
  summary = summarize_edit (db, &before, &row, (guint) field);
  return qd_edit_write (db, edit, summary, write_changed, &row, error);
}

static gboolean
delete_cb (QdDb    *db,
           gpointer data,
           QdJob   *job,
           GError **error)
{
  QdEditRow *edit = data;
  g_auto (Row) row = { 0 };
  g_autofree char *summary = NULL;

  if (!load_row (db, edit, &row, error))
    return FALSE;
  summary = summarize_whole (db, &row, TRUE);
  return qd_edit_write (db, edit, summary, write_deleted, &row, error);
}

/* Of a movement either the level after it is given, or the change. */
static gboolean
read_new (QdDb            *db,
          Row             *row,
          const QdEditRow *new,
          GError         **error)
{
  gboolean level = qd_edit_row_find (new, "mrr") != NULL, change = qd_edit_row_find (new, "change") != NULL;

  if (row->is_event && level == change)
    {
      g_set_error_literal (error, QD_EDIT_ERROR, QD_EDIT_ERROR_VALUE,
                           _("Enter either the MRR after the movement, or by how much it changes."));
      return FALSE;
    }
  row->is_change = row->is_event && change;
  /* The currency first: it says how many decimals an amount has. */
  if (!read_value (db, row, CURRENCY, qd_edit_row_find (new, "currency"), error))
    return FALSE;
  for (guint i = 0; i < N_FIELDS; i++)
    if (i != CURRENCY && has_field (row, i) && !read_value (db, row, i, qd_edit_row_find (new, fields[i].name), error))
      return FALSE;
  return TRUE;
}

static gboolean
add_cb (QdDb    *db,
        gpointer data,
        QdJob   *job,
        GError **error)
{
  QdEditRow *new = data;
  g_auto (Row) row = { 0 };
  g_autofree char *summary = NULL;

  start_row (db, &row, new->form == &qd_edit_form_event);
  row.account = qd_edit_find_account (db, new->account, error);
  if (row.account == 0 || !read_new (db, &row, new, error))
    return FALSE;
  summary = summarize_whole (db, &row, FALSE);
  return qd_edit_write (db, new, summary, write_new, &row, error);
}

static gboolean
look_cb (QdDb    *db,
         gpointer data,
         QdJob   *job,
         GError **error)
{
  static const QdEditField account_field = { "account_id", N_("Account id"), QD_EDIT_FIXED, TRUE };
  static const QdEditField id_field = { "event_id", N_("Id"), QD_EDIT_FIXED, FALSE };
  QdEditRow *edit = data;
  g_auto (Row) row = { 0 };
  g_autofree char *account = NULL;

  if (!load_row (db, edit, &row, error))
    return FALSE;
  account = qd_edit_dup_text (db, "account-id", row.account);
  edit->table = qd_edit_record_new (edit->form->form, row.reporting);
  qd_edit_record_add (edit->table, &account_field, NULL, account, FALSE);
  if (row.external_id != NULL)
    qd_edit_record_add (edit->table, &id_field, NULL, row.external_id, FALSE);
  for (guint i = 0; i < N_FIELDS; i++)
    if (has_field (&row, i))
      {
        g_autofree char *value = show_value (db, &row, i);

        qd_edit_record_add (edit->table, &fields[i], NULL, value, FALSE);
      }
  qd_edit_record_add_origin (db, edit->table, row.batch, row.line);
  return TRUE;
}

static QdTable *
propose (const QdEditForm *form,
         const char       *currency)
{
  static const guint month[] = { MONTH, MRR, PRODUCT, CURRENCY };
  static const guint event[] = { DATE, MRR, CHANGE, PRODUCT, CURRENCY, KIND };
  gboolean is_event = form == &qd_edit_form_event;
  const guint *list = is_event ? event : month;
  guint n = is_event ? G_N_ELEMENTS (event) : G_N_ELEMENTS (month);
  QdTable *table = qd_edit_record_new (form->form, currency);

  for (guint i = 0; i < n; i++)
    qd_edit_record_add (table, &fields[list[i]], list[i] == MRR && is_event ? _("MRR after it") : NULL,
                        list[i] == CURRENCY ? currency : NULL, FALSE);
  return table;
}

const QdEditForm qd_edit_form_month = { "month", edit_cb, delete_cb, add_cb, look_cb, propose };
const QdEditForm qd_edit_form_event = { "event", edit_cb, delete_cb, add_cb, look_cb, propose };
