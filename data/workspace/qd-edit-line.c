/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Subscription lines, edited by hand. The monthly amount is what counts; where
 * it came from a price, it follows the price. An amount that was given by
 * itself stays when a price beside it is edited.
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "../store/qd-line-columns.h"
#include "qd-workspace-edit-private.h"

/* What can be edited, in the order of the page. */
static const struct
{
  QdEditField field;
  int value; /* the stored one; the amount for mrr and arr */
} line_fields[] = {
  { { "product", N_("Product"), QD_EDIT_PRODUCT, FALSE }, QD_STORED_PRODUCT },
  { { "start", N_("Start"), QD_EDIT_DATE, TRUE }, QD_STORED_START },
  { { "end", N_("End"), QD_EDIT_DATE, FALSE }, QD_STORED_END },
  { { "mrr", N_("MRR"), QD_EDIT_MONEY, TRUE }, QD_STORED_AMOUNT_NUM },
  { { "arr", N_("ARR"), QD_EDIT_MONEY, TRUE }, QD_STORED_AMOUNT_NUM },
  { { "currency", N_("Currency"), QD_EDIT_CURRENCY, FALSE }, QD_STORED_CURRENCY },
  { { "quantity", N_("Quantity"), QD_EDIT_NUMBER, FALSE }, QD_STORED_QUANTITY },
  { { "unit_price", N_("Unit price"), QD_EDIT_MONEY, FALSE }, QD_STORED_UNIT_PRICE },
  { { "interval", N_("Billing interval"), QD_EDIT_INTERVAL, FALSE }, QD_STORED_INTERVAL },
  { { "interval_count", N_("Intervals per bill"), QD_EDIT_INTEGER, FALSE }, QD_STORED_INTERVAL_COUNT },
  { { "discount", N_("Discount in percent"), QD_EDIT_PERCENT, FALSE }, QD_STORED_DISCOUNT },
  { { "trial", N_("Trial"), QD_EDIT_BOOLEAN, TRUE }, QD_STORED_TRIAL },
  { { "canceled_at", N_("Cancelled on"), QD_EDIT_DATE, FALSE }, QD_STORED_CANCELED_AT },
  { { "notice_date", N_("Notice given on"), QD_EDIT_DATE, FALSE }, QD_STORED_NOTICE_DATE },
  { { "auto_renew", N_("Renews by itself"), QD_EDIT_BOOLEAN, FALSE }, QD_STORED_AUTO_RENEW },
  { { "term_months", N_("Term in months"), QD_EDIT_INTEGER, FALSE }, QD_STORED_TERM_MONTHS },
};

/* As stored: a text, an integer or nothing. */
typedef struct
{
  gboolean given;
  gint64 integer;
  char *text; /* NULL: an integer */
} Value;

typedef struct
{
  gint64 id;
  Value values[QD_STORED_N_VALUES];
  char reporting[4];
} Line;

static void
value_clear (Value *value)
{
  g_clear_pointer (&value->text, g_free);
  value->given = FALSE;
  value->integer = 0;
}

static void
line_clear (Line *line)
{
  for (guint i = 0; i < QD_STORED_N_VALUES; i++)
    value_clear (&line->values[i]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Line, line_clear)

static void
set_integer (Value *value,
             gint64 integer)
{
  value_clear (value);
  value->given = TRUE;
  value->integer = integer;
}

static void
set_text (Value *value,
          char  *text)
{
  value_clear (value);
  value->given = TRUE;
  value->text = text;
}

static gboolean
load_line (QdDb       *db,
           const char *id,
           Line       *line,
           GError    **error)
{
  g_autoptr (QdStmt) stmt = qd_db_statement (db, "line-get", error);
  sqlite3_stmt *handle;
  gboolean row;

  if (stmt == NULL)
    return FALSE;
  handle = qd_stmt_get_handle (stmt);
  qd_stmt_bind_text (stmt, 1, id, -1);
  if (!qd_stmt_step (stmt, &row, error))
    return FALSE;
  if (!row)
    {
      g_set_error (error, QD_EDIT_ERROR, QD_EDIT_ERROR_UNKNOWN, _("There is no subscription line “%s”."), id);
      return FALSE;
    }
  line->id = sqlite3_column_int64 (handle, 0);
  for (int i = 0; i < QD_STORED_N_VALUES; i++)
    {
      int type = sqlite3_column_type (handle, i + 1);

      if (type == SQLITE_TEXT)
        set_text (&line->values[i], g_strdup ((const char *) sqlite3_column_text (handle, i + 1)));
      else if (type != SQLITE_NULL)
        set_integer (&line->values[i], sqlite3_column_int64 (handle, i + 1));
    }
  qd_edit_read_reporting (db, line->reporting);
  return TRUE;
}

static void
bind_values (QdStmt     *stmt,
             int         first,
             const Line *line)
{
  for (int i = 0; i < QD_STORED_N_VALUES; i++)
    if (!line->values[i].given)
      qd_stmt_bind_null (stmt, first + i);
    else if (line->values[i].text != NULL)
      qd_stmt_bind_text (stmt, first + i, line->values[i].text, -1);
    else
      qd_stmt_bind_integer (stmt, first + i, line->values[i].integer);
}

static gboolean
write_changed (QdDb      *db,
               QdEditRow *edit,
               gpointer   data,
               GError   **error)
{
  const Line *line = data;
  g_autoptr (QdStmt) stmt = qd_db_statement (db, "line-update", error);

  if (stmt == NULL)
    return FALSE;
  bind_values (stmt, 1, line);
  qd_stmt_bind_integer (stmt, 1 + QD_STORED_N_VALUES, line->id);
  return qd_stmt_run (stmt, error);
}

static const char *
currency_of (const Line *line)
{
  return line->values[QD_STORED_CURRENCY].given ? line->values[QD_STORED_CURRENCY].text : line->reporting;
}

static int
exponent_of (const Line *line)
{
  return MAX (qd_currency_get_exponent (currency_of (line)), 0);
}

static gboolean
parse_stored (const Value *value,
              QdDecimal   *decimal)
{
  return value->given && value->text != NULL && qd_decimal_parse (value->text, -1, '.', decimal);
}

/* price × quantity × (1 − discount) ÷ months. FALSE: there is not enough for it. */
static gboolean
compute_amount (const Line *line,
                QdRatio    *amount)
{
  const Value *interval = &line->values[QD_STORED_INTERVAL];
  QdDecimal price, quantity, discount;
  QdInterval unit;
  QdRatio months, factor;

  if (!parse_stored (&line->values[QD_STORED_UNIT_PRICE], &price) || !interval->given || interval->text == NULL ||
      !qd_value_parse_interval (interval->text, strlen (interval->text), &unit) ||
      !qd_ratio_from_decimal (price, exponent_of (line), amount))
    return FALSE;
  if (parse_stored (&line->values[QD_STORED_QUANTITY], &quantity) &&
      (!qd_ratio_from_decimal (quantity, 0, &factor) || !qd_ratio_multiply (*amount, factor, amount)))
    return FALSE;
  if (parse_stored (&line->values[QD_STORED_DISCOUNT], &discount))
    {
      if (!qd_ratio_from_decimal (discount, 0, &factor) || !qd_ratio_multiply (factor, (QdRatio){ 1, 100 }, &factor) ||
          !qd_ratio_multiply (*amount, (QdRatio){ factor.den - factor.num, factor.den }, amount))
        return FALSE;
    }
  months = unit.months;
  if (!qd_ratio_multiply (months, (QdRatio){ unit.count, 1 }, &months) ||
      (line->values[QD_STORED_INTERVAL_COUNT].given &&
       !qd_ratio_multiply (months, (QdRatio){ line->values[QD_STORED_INTERVAL_COUNT].integer, 1 }, &months)))
    return FALSE;
  return months.num > 0 && qd_ratio_multiply (*amount, (QdRatio){ months.den, months.num }, amount) && amount->num >= 0 &&
         amount->num / amount->den < QD_EDIT_MAX_AMOUNT;
}

static gboolean
is_from_price (const Line *line)
{
  QdRatio amount, stored;

  return compute_amount (line, &amount) &&
         qd_ratio_make (line->values[QD_STORED_AMOUNT_NUM].integer, line->values[QD_STORED_AMOUNT_DEN].integer, &stored) &&
         amount.num == stored.num && amount.den == stored.den;
}

/* The amount of so many months, in major units, rounded to the currency's decimals. */
static char *
show_amount (const Line *line,
             int         months)
{
  QdRatio amount = { line->values[QD_STORED_AMOUNT_NUM].integer, line->values[QD_STORED_AMOUNT_DEN].integer };
  gint64 minor;

  if (!qd_ratio_multiply (amount, (QdRatio){ months, 1 }, &amount) || !qd_ratio_round (amount, &minor))
    return NULL;
  return qd_money_to_iso (minor, exponent_of (line));
}

static char *
show_value (QdDb       *db,
            const Line *line,
            guint       field)
{
  const Value *value = &line->values[line_fields[field].value];

  if (line_fields[field].value == QD_STORED_CURRENCY)
    return g_strdup (currency_of (line));
  if (!value->given)
    return NULL;
  if (line_fields[field].value == QD_STORED_AMOUNT_NUM)
    return show_amount (line, strcmp (line_fields[field].field.name, "arr") == 0 ? 12 : 1);
  switch ((int) line_fields[field].field.type)
    {
    case QD_EDIT_DATE:
      return qd_day_to_iso ((QdDay) value->integer);
    case QD_EDIT_BOOLEAN:
      return g_strdup (value->integer ? "yes" : "no");
    case QD_EDIT_PRODUCT:
      return qd_edit_dup_text (db, "product-id", value->integer);
    default:
      return value->text != NULL ? g_strdup (value->text) : g_strdup_printf ("%" G_GINT64_FORMAT, value->integer);
    }
}

/* Reading. Each takes a text that is not blank and puts the value in, or throws. */

static gboolean
read_product (QdDb       *db,
              Value      *value,
              const char *text,
              GError    **error)
{
  gint64 id;

  if (!qd_edit_read_product (db, text, &id, error))
    return FALSE;
  set_integer (value, id);
  return TRUE;
}

static gboolean
read_amount (Line              *line,
             const QdEditField *field,
             const char        *text,
             GError           **error)
{
  int months = strcmp (field->name, "arr") == 0 ? 12 : 1;
  g_autofree char *now = show_amount (line, months);
  QdDecimal shown;
  QdRatio amount;

  if (!qd_edit_read_money (field, text, exponent_of (line), FALSE, &amount, error))
    return FALSE;
  /* The rounded amount that was shown stands for the exact one. */
  if (now != NULL && qd_decimal_parse (now, -1, '.', &shown))
    {
      QdRatio same;

      if (qd_ratio_from_decimal (shown, exponent_of (line), &same) && same.num == amount.num && same.den == amount.den)
        return TRUE;
    }
  if (!qd_ratio_multiply (amount, (QdRatio){ 1, months }, &amount))
    return qd_edit_throw_too_large (field, text, error);
  set_integer (&line->values[QD_STORED_AMOUNT_NUM], amount.num);
  set_integer (&line->values[QD_STORED_AMOUNT_DEN], amount.den);
  return TRUE;
}

static gboolean
read_currency (QdDb              *db,
               Line              *line,
               const QdEditField *field,
               const char        *text,
               GError           **error)
{
  QdRatio amount = { line->values[QD_STORED_AMOUNT_NUM].integer, line->values[QD_STORED_AMOUNT_DEN].integer };
  int before = exponent_of (line);
  char code[4];

  if (text == NULL)
    memcpy (code, line->reporting, sizeof code);
  else if (!qd_edit_read_currency (field, text, code, error))
    return FALSE;
  if (strcmp (code, currency_of (line)) == 0)
    return TRUE;
  if (!qd_edit_check_rate (db, code, line->reporting, error) || !qd_edit_rescale (field, code, before, &amount, error))
    return FALSE;
  set_integer (&line->values[QD_STORED_AMOUNT_NUM], amount.num);
  set_integer (&line->values[QD_STORED_AMOUNT_DEN], amount.den);
  if (strcmp (code, line->reporting) == 0)
    value_clear (&line->values[QD_STORED_CURRENCY]);
  else
    set_text (&line->values[QD_STORED_CURRENCY], g_strdup (code));
  return TRUE;
}

static gboolean
read_interval (Line              *line,
               const QdEditField *field,
               const char        *text,
               GError           **error)
{
  QdInterval interval;

  if (!qd_value_parse_interval (text, strlen (text), &interval))
    {
      g_set_error (error, QD_EDIT_ERROR, QD_EDIT_ERROR_VALUE,
                   /* Translators: field, what was typed; the words day to year stay as they are */
                   _("%s: “%s” is none. Enter day, week, month, quarter, half-year or year."), _(field->title), text);
      return FALSE;
    }
  set_text (&line->values[QD_STORED_INTERVAL], g_strdup (interval.unit));
  if (interval.count != 1)
    set_integer (&line->values[QD_STORED_INTERVAL_COUNT], interval.count);
  return TRUE;
}

static gboolean
read_decimal (Line              *line,
              const QdEditField *field,
              int                value,
              const char        *text,
              GError           **error)
{
  QdDecimal decimal;
  int decimals = field->type == QD_EDIT_MONEY ? exponent_of (line) : 2;
  g_autofree char *number = g_strdup (text);

  if (field->type == QD_EDIT_PERCENT && g_str_has_suffix (number, "%"))
    {
      number[strlen (number) - 1] = '\0';
      g_strchomp (number);
    }
  if (!qd_edit_read_decimal (field, number, decimals, &decimal, error))
    return FALSE;
  if (field->type == QD_EDIT_PERCENT)
    {
      QdRatio percent;

      if (!qd_ratio_from_decimal (decimal, 0, &percent) || percent.num / percent.den > 100 ||
          (percent.num / percent.den == 100 && percent.num % percent.den != 0))
        {
          /* Translators: field, what was typed */
          g_set_error (error, QD_EDIT_ERROR, QD_EDIT_ERROR_VALUE, _("%s: “%s” does not fit. Enter 0 to 100."),
                       _(field->title), text);
          return FALSE;
        }
    }
  while (decimal.scale > 0 && decimal.mantissa % 10 == 0)
    {
      decimal.mantissa /= 10;
      decimal.scale--;
    }
  set_text (&line->values[value], qd_decimal_to_string (decimal));
  return TRUE;
}

static gboolean
read_value (QdDb       *db,
            Line       *line,
            guint       which,
            const char *text,
            GError    **error)
{
  const QdEditField *field = &line_fields[which].field;
  int value = line_fields[which].value;
  gboolean yes;
  gint64 integer;
  QdDay day;

  if (field->type == QD_EDIT_CURRENCY)
    return read_currency (db, line, field, text, error);
  if (text == NULL)
    {
      value_clear (&line->values[value]);
      return TRUE;
    }
  switch ((int) field->type)
    {
    case QD_EDIT_DATE:
      if (!qd_edit_read_day (field, text, &day, error))
        return FALSE;
      set_integer (&line->values[value], day);
      return TRUE;
    case QD_EDIT_BOOLEAN:
      if (!qd_edit_read_boolean (field, text, &yes, error))
        return FALSE;
      set_integer (&line->values[value], yes);
      return TRUE;
    case QD_EDIT_INTEGER:
      if (!qd_edit_read_integer (field, text, value == QD_STORED_INTERVAL_COUNT ? 1 : 0, &integer, error))
        return FALSE;
      set_integer (&line->values[value], integer);
      return TRUE;
    case QD_EDIT_PRODUCT:
      return read_product (db, &line->values[value], text, error);
    case QD_EDIT_INTERVAL:
      return read_interval (line, field, text, error);
    default:
      return value == QD_STORED_AMOUNT_NUM ? read_amount (line, field, text, error) : read_decimal (line, field, value, text, error);
    }
}

/* What holds between the values. */
static gboolean
check_line (Line    *line,
            GError **error)
{
  const Value *start = &line->values[QD_STORED_START], *end = &line->values[QD_STORED_END];
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;

  if (!end->given || end->integer >= start->integer)
    return TRUE;
  first = qd_day_to_iso ((QdDay) start->integer);
  last = qd_day_to_iso ((QdDay) end->integer);
  g_set_error (error, QD_EDIT_ERROR, QD_EDIT_ERROR_VALUE,
               /* Translators: two dates */
               _("The line would end on %s, before it starts on %s. Enter dates in that order."), last, first);
  return FALSE;
}

static gboolean
is_price (int value)
{
  return value == QD_STORED_QUANTITY || value == QD_STORED_UNIT_PRICE || value == QD_STORED_INTERVAL || value == QD_STORED_INTERVAL_COUNT || value == QD_STORED_DISCOUNT;
}

static int
find_field (const char *name,
            GError    **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (line_fields); i++)
    if (strcmp (line_fields[i].field.name, name) == 0)
      return (int) i;
  g_set_error (error, QD_EDIT_ERROR, QD_EDIT_ERROR_UNKNOWN, _("Subscription lines have no field “%s” that could be edited."),
               name);
  return -1;
}

static gboolean
values_equal (const Line *a,
              const Line *b)
{
  for (guint i = 0; i < QD_STORED_N_VALUES; i++)
    if (a->values[i].given != b->values[i].given || a->values[i].integer != b->values[i].integer ||
        g_strcmp0 (a->values[i].text, b->values[i].text) != 0)
      return FALSE;
  return TRUE;
}

static char *
make_summary (QdDb            *db,
              const QdEditRow *edit,
              int              which,
              const Line      *before,
              const Line      *after)
{
  g_autofree char *name = qd_edit_dup_account_name (db, after->values[QD_STORED_ACCOUNT].integer);
  g_autofree char *was = show_value (db, before, (guint) which);
  g_autofree char *is = show_value (db, after, (guint) which);
  const char *title = line_fields[which].field.title;

  if (was != NULL && is != NULL)
    /* Translators: name of an account, id of a subscription line, name of a field, its value before and after */
    return qd_history_message (N_("%s, line %s: %s changed from “%s” to “%s”"), "sstss", name, edit->id, title, was, is);
  if (is != NULL)
    /* Translators: name of an account, id of a subscription line, name of a field, its new value */
    return qd_history_message (N_("%s, line %s: %s set to “%s”"), "ssts", name, edit->id, title, is);
  /* Translators: name of an account, id of a subscription line, name of a field, the value that it had */
  return qd_history_message (N_("%s, line %s: %s emptied, it was “%s”"), "ssts", name, edit->id, title, was);
}

static gboolean
change_line (QdDb            *db,
             const QdEditRow *edit,
             int              which,
             Line            *line,
             GError         **error)
{
  g_autofree char *text = NULL;
  gboolean from_price = is_from_price (line);
  QdRatio amount;

  if (!qd_edit_read_text (&line_fields[which].field, edit->value, &text, error) ||
      !read_value (db, line, (guint) which, text, error))
    return FALSE;
  if (from_price && is_price (line_fields[which].value))
    {
      if (!compute_amount (line, &amount))
        {
          if (text != NULL)
            return qd_edit_throw_too_large (&line_fields[which].field, text, error);
          g_set_error (error, QD_EDIT_ERROR, QD_EDIT_ERROR_VALUE,
                       /* Translators: name of a field */
                       _("The line’s MRR follows from its price, so “%s” cannot be empty. Enter a value, or set MRR by itself first."),
                       _(line_fields[which].field.title));
          return FALSE;
        }
      set_integer (&line->values[QD_STORED_AMOUNT_NUM], amount.num);
      set_integer (&line->values[QD_STORED_AMOUNT_DEN], amount.den);
    }
  return check_line (line, error);
}

static gboolean
edit_cb (QdDb    *db,
         gpointer data,
         QdJob   *job,
         GError **error)
{
  QdEditRow *edit = data;
  g_auto (Line) before = { 0 };
  g_auto (Line) line = { 0 };
  g_autofree char *summary = NULL;
  int which = find_field (edit->field, error);

  if (which < 0 || !load_line (db, edit->id, &before, error) || !load_line (db, edit->id, &line, error) ||
      !change_line (db, edit, which, &line, error))
    return FALSE;
  if (values_equal (&before, &line))
    return TRUE;
  summary = make_summary (db, edit, which, &before, &line);
  return qd_edit_write (db, edit, summary, write_changed, &line, error);
}

static gboolean
write_deleted (QdDb      *db,
               QdEditRow *edit,
               gpointer   data,
               GError   **error)
{
  const Line *line = data;
  g_autoptr (QdStmt) stmt = qd_db_statement (db, "line-delete", error);

  if (stmt == NULL)
    return FALSE;
  qd_stmt_bind_integer (stmt, 1, line->id);
  return qd_stmt_run (stmt, error);
}

static gboolean
delete_cb (QdDb    *db,
           gpointer data,
           QdJob   *job,
           GError **error)
{
  QdEditRow *edit = data;
  g_auto (Line) line = { 0 };
  g_autofree char *name = NULL;
  g_autofree char *summary = NULL;

  if (!load_line (db, edit->id, &line, error))
    return FALSE;
  name = qd_edit_dup_account_name (db, line.values[QD_STORED_ACCOUNT].integer);
  /* Translators: name of an account, id of a subscription line */
  summary = qd_history_message (N_("%s: line %s deleted"), "ss", name, edit->id);
  return qd_edit_write (db, edit, summary, write_deleted, &line, error);
}

/* What a new line says; the rest is filled in afterwards. */
static const char *const new_fields[] = { "product", "start", "end", "mrr", "currency" };

/* Never one that was there before: the number of an entry comes only once. */
static char *
make_line_id (QdDb    *db,
              GError **error)
{
  g_autoptr (QdStmt) stmt = qd_db_statement (db, "history-last", error);
  gboolean row;

  if (stmt == NULL || !qd_stmt_step (stmt, &row, error))
    return NULL;
  return g_strdup_printf ("manual-%" G_GINT64_FORMAT, (gint64) sqlite3_column_int64 (qd_stmt_get_handle (stmt), 0) + 1);
}

/* With the id that it is given. */
typedef struct
{
  Line line;
  char *id;
} NewLine;

static void
new_line_clear (NewLine *self)
{
  line_clear (&self->line);
  g_free (self->id);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NewLine, new_line_clear)

static gboolean
write_new (QdDb      *db,
           QdEditRow *new,
           gpointer   data,
           GError   **error)
{
  const NewLine *made = data;
  g_autoptr (QdStmt) stmt = qd_db_statement (db, "line-insert", error);

  if (stmt == NULL)
    return FALSE;
  qd_stmt_bind_text (stmt, 1, made->id, -1);
  bind_values (stmt, 2, &made->line);
  qd_stmt_bind_integer (stmt, 2 + QD_STORED_N_VALUES, 0);
  qd_stmt_bind_integer (stmt, 3 + QD_STORED_N_VALUES, 0);
  if (!qd_stmt_run (stmt, error))
    return FALSE;
  if (!new->preview)
    new->key = g_strdup_printf ("%s:%s", new->form->form, made->id);
  return TRUE;
}

static gboolean
read_new (QdDb            *db,
          Line            *line,
          const QdEditRow *new,
          GError         **error)
{
  /* The currency first: it says how many decimals an amount has. */
  static const char *const order[] = { "currency", "product", "start", "end", "mrr" };
  gint64 account = qd_edit_find_account (db, new->account, error);

  if (account == 0)
    return FALSE;
  qd_edit_read_reporting (db, line->reporting);
  set_integer (&line->values[QD_STORED_ACCOUNT], account);
  set_integer (&line->values[QD_STORED_AMOUNT_NUM], -1); /* none that could be typed */
  set_integer (&line->values[QD_STORED_AMOUNT_DEN], 1);
  set_integer (&line->values[QD_STORED_TRIAL], 0);
  for (gsize i = 0; i < G_N_ELEMENTS (order); i++)
    {
      g_autofree char *text = NULL;
      int which = find_field (order[i], error);

      if (which < 0 || !qd_edit_read_text (&line_fields[which].field, qd_edit_row_find (new, order[i]), &text, error) ||
          !read_value (db, line, (guint) which, text, error))
        return FALSE;
    }
  return check_line (line, error);
}

static gboolean
add_cb (QdDb    *db,
        gpointer data,
        QdJob   *job,
        GError **error)
{
  QdEditRow *new = data;
  g_auto (NewLine) made = { 0 };
  g_autofree char *name = NULL;
  g_autofree char *summary = NULL;

  if (!read_new (db, &made.line, new, error))
    return FALSE;
  made.id = make_line_id (db, error);
  if (made.id == NULL)
    return FALSE;
  name = qd_edit_dup_account_name (db, made.line.values[QD_STORED_ACCOUNT].integer);
  /* Translators: name of an account, id of a subscription line */
  summary = qd_history_message (N_("%s: line %s added"), "ss", name, made.id);
  return qd_edit_write (db, new, summary, write_new, &made, error);
}

static gboolean
look_cb (QdDb    *db,
         gpointer data,
         QdJob   *job,
         GError **error)
{
  static const QdEditField id_field = { "line_id", N_("Line id"), QD_EDIT_FIXED, TRUE };
  static const QdEditField account_field = { "account_id", N_("Account id"), QD_EDIT_FIXED, TRUE };
  QdEditRow *edit = data;
  g_auto (Line) line = { 0 };
  g_autoptr (QdTable) table = NULL;
  g_autoptr (QdStmt) origin = NULL;
  g_autofree char *account = NULL;
  gboolean row = FALSE;

  if (!load_line (db, edit->id, &line, error))
    return FALSE;
  account = qd_edit_dup_text (db, "account-id", line.values[QD_STORED_ACCOUNT].integer);
  table = qd_edit_record_new (edit->form->form, line.reporting);
  qd_edit_record_add (table, &id_field, NULL, edit->id, FALSE);
  qd_edit_record_add (table, &account_field, NULL, account, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (line_fields); i++)
    {
      g_autofree char *value = show_value (db, &line, i);

      qd_edit_record_add (table, &line_fields[i].field, NULL, value, FALSE);
    }
  origin = qd_db_statement (db, "line-origin", error);
  if (origin == NULL)
    return FALSE;
  qd_stmt_bind_integer (origin, 1, line.id);
  if (!qd_stmt_step (origin, &row, error))
    return FALSE;
  if (row)
    qd_edit_record_add_origin (db, table, sqlite3_column_int64 (qd_stmt_get_handle (origin), 0),
                               sqlite3_column_int64 (qd_stmt_get_handle (origin), 1));
  edit->table = g_steal_pointer (&table);
  return TRUE;
}

static QdTable *
propose (const QdEditForm *form,
         const char       *currency)
{
  QdTable *table = qd_edit_record_new (form->form, currency);

  for (gsize i = 0; i < G_N_ELEMENTS (new_fields); i++)
    {
      const QdEditField *field = &line_fields[find_field (new_fields[i], NULL)].field;

      qd_edit_record_add (table, field, NULL, field->type == QD_EDIT_CURRENCY ? currency : NULL, FALSE);
    }
  return table;
}

const QdEditForm qd_edit_form_line = { "line", edit_cb, delete_cb, add_cb, look_cb, propose };
