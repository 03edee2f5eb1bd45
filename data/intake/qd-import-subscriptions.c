/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Subscription lines: a monthly amount, exact, from what the file gives.
 */
#include "config.h"

#include "../store/qd-history-message.h"
#include "qd-import-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "../store/qd-line-columns.h"

/* A value as stored: a text, an integer or nothing. */
typedef struct
{
  gboolean given;
  gboolean is_text;
  gint64 integer;
  char text[32];
} Value;

typedef struct
{
  const char *id;
  gsize id_length;
  Value values[QD_STORED_N_VALUES];
  QdInternEntry *account, *product;
} Line;

static void
set_integer (Value *value,
             gint64 integer)
{
  value->given = TRUE;
  value->integer = integer;
}

static void
set_day (Value *value,
         QdDay  day)
{
  if (day != QD_DAY_NONE)
    set_integer (value, day);
}

static void
set_text (Value      *value,
          const char *text)
{
  value->given = TRUE;
  value->is_text = TRUE;
  g_strlcpy (value->text, text, sizeof value->text);
}

static void
set_decimal (Value    *value,
             QdDecimal decimal)
{
  g_autofree char *text = qd_decimal_to_string (decimal);

  set_text (value, text);
}

/* What of price × quantity remains after the discount, as a fraction. */
static gboolean
read_discount (QdImport *self,
               Line     *line,
               QdRatio  *remains)
{
  const char *text;
  gsize length;
  QdDecimal discount;
  QdRatio fraction, whole = { 1, 1 };
  gboolean has_sign, as_fraction;

  *remains = whole;
  if (!qd_import_text (self, QD_LINE_DISCOUNT, &text, &length))
    return TRUE;
  if (!qd_value_parse_percent (text, length, self->reading.decimal, &discount, &has_sign) || discount.mantissa < 0)
    {
      qd_import_reject (self, QD_LINE_DISCOUNT, "bad-number", N_("a discount in percent, 0 to 100"));
      return FALSE;
    }
  as_fraction = self->reading.fraction && !has_sign;
  if (!qd_ratio_from_decimal (discount, 0, &fraction) ||
      !qd_ratio_multiply (fraction, (QdRatio){ 1, as_fraction ? 1 : 100 }, &fraction) || fraction.num > fraction.den)
    {
      qd_import_reject (self, QD_LINE_DISCOUNT, "bad-number", N_("a discount in percent, 0 to 100"));
      return FALSE;
    }
  if (as_fraction)
    {
      if (discount.scale >= 2)
        discount.scale -= 2;
      else
        {
          discount.mantissa *= discount.scale == 1 ? 10 : 100;
          discount.scale = 0;
        }
    }
  set_decimal (&line->values[QD_STORED_DISCOUNT], discount);
  remains->num = fraction.den - fraction.num;
  remains->den = fraction.den;
  return TRUE;
}

/* The billing interval; *@given FALSE when blank. @months: of all its units together. */
static gboolean
read_interval (QdImport *self,
               Line     *line,
               QdRatio  *months,
               gboolean *given)
{
  const char *text;
  gsize length;
  QdInterval interval;
  gint64 count;
  gboolean has_count;

  if (!qd_import_integer (self, QD_LINE_INTERVAL_COUNT, &count, &has_count))
    return FALSE;
  *given = qd_import_text (self, QD_LINE_INTERVAL, &text, &length);
  if (!*given)
    return TRUE;
  if (!qd_value_parse_interval (text, length, &interval))
    {
      qd_import_reject (self, QD_LINE_INTERVAL, "bad-interval", N_("day, week, month, quarter, half-year or year"));
      return FALSE;
    }
  if (has_count && (count < 1 || count > 1200))
    {
      qd_import_reject (self, QD_LINE_INTERVAL_COUNT, "bad-number", N_("a number of intervals, 1 to 1,200"));
      return FALSE;
    }
  interval.count *= has_count ? count : 1;
  *months = interval.months;
  if (!qd_ratio_multiply (*months, (QdRatio){ interval.count, 1 }, months))
    {
      qd_import_reject (self, QD_LINE_INTERVAL, "bad-interval", N_("a billing interval"));
      return FALSE;
    }
  set_text (&line->values[QD_STORED_INTERVAL], interval.unit);
  if (interval.count != 1)
    set_integer (&line->values[QD_STORED_INTERVAL_COUNT], interval.count);
  return TRUE;
}

/* mrr as it stands, else arr ÷ 12, else quantity × price × (1 − discount) ÷ months. */
static gboolean
read_amount (QdImport *self,
             Line     *line)
{
  QdDecimal mrr, arr, price, quantity;
  gboolean has_mrr, has_arr, has_price, has_quantity, has_interval;
  char mrr_sign[4], arr_sign[4], price_sign[4];
  QdRatio amount, remains, months = { 1, 1 }, factor;
  guint currency;
  int field;

  if (!qd_import_decimal (self, QD_LINE_MRR, &mrr, &has_mrr, mrr_sign) ||
      !qd_import_decimal (self, QD_LINE_ARR, &arr, &has_arr, arr_sign) ||
      !qd_import_decimal (self, QD_LINE_UNIT_PRICE, &price, &has_price, price_sign) ||
      !qd_import_decimal (self, QD_LINE_QUANTITY, &quantity, &has_quantity, NULL) ||
      !read_interval (self, line, &months, &has_interval) || !read_discount (self, line, &remains))
    return FALSE;
  field = has_mrr ? QD_LINE_MRR : has_arr ? QD_LINE_ARR : QD_LINE_UNIT_PRICE;
  if (!has_mrr && !has_arr && !has_price)
    {
      for (int f = QD_LINE_MRR; f <= QD_LINE_UNIT_PRICE; f++)
        if ((f == QD_LINE_MRR || f == QD_LINE_ARR || f == QD_LINE_UNIT_PRICE) && qd_mapping_has (self->mapping, f))
          {
            field = f;
            break;
          }
      qd_import_reject (self, field, "missing", N_("an amount"));
      return FALSE;
    }
  if (!qd_import_currency (self, QD_LINE_CURRENCY, has_mrr ? mrr_sign : has_arr ? arr_sign : price_sign, &currency) ||
      !qd_import_amount (self, field, has_mrr ? mrr : has_arr ? arr : price, currency, &amount))
    return FALSE;
  if (amount.num < 0 || (has_quantity && quantity.mantissa < 0))
    {
      qd_import_reject (self, amount.num < 0 ? field : QD_LINE_QUANTITY, "negative", N_("0 or more"));
      return FALSE;
    }
  if (!has_mrr && has_arr)
    {
      if (!qd_ratio_multiply (amount, (QdRatio){ 1, 12 }, &amount))
        {
          qd_import_reject (self, field, "too-large", N_("an amount that can be counted in minor units"));
          return FALSE;
        }
    }
  else if (!has_mrr)
    {
      if (!has_interval)
        {
          qd_import_reject (self, QD_LINE_INTERVAL, "missing",
                            N_("the billing interval of the price; --set interval=month if it is the same for all"));
          return FALSE;
        }
      if ((has_quantity && (!qd_ratio_from_decimal (quantity, 0, &factor) || !qd_ratio_multiply (amount, factor, &amount))) ||
          !qd_ratio_multiply (amount, remains, &amount) ||
          !qd_ratio_multiply (amount, (QdRatio){ months.den, months.num }, &amount) ||
          ABS (amount.num) / amount.den > G_GINT64_CONSTANT (90000000000000000))
        {
          qd_import_reject (self, field, "too-large", N_("an amount that can be counted in minor units"));
          return FALSE;
        }
    }
  set_integer (&line->values[QD_STORED_AMOUNT_NUM], amount.num);
  set_integer (&line->values[QD_STORED_AMOUNT_DEN], amount.den);
  if (currency != 0)
    set_text (&line->values[QD_STORED_CURRENCY], g_array_index (self->currencies, QdCurrencyUse, currency).code);
  if (has_quantity)
    set_decimal (&line->values[QD_STORED_QUANTITY], quantity);
  if (has_price)
    {
      /* Major units, as the currency's people write it. */
      int exponent = g_array_index (self->currencies, QdCurrencyUse, currency).exponent;

      if (self->reading.minor && price.scale + exponent <= 18)
        price.scale += exponent;
      while (price.scale > 0 && price.mantissa % 10 == 0)
        {
          price.mantissa /= 10;
          price.scale--;
        }
      set_decimal (&line->values[QD_STORED_UNIT_PRICE], price);
    }
  return TRUE;
}

static gboolean
read_line (QdImport *self,
           Line     *line)
{
  QdDay start, end, canceled, notice;
  gboolean trial, renew, has_renew, has_term;
  gint64 term;
  const char *account, *product;
  gsize account_length, product_length;

  memset (line, 0, sizeof *line);
  if (!qd_import_required_text (self, QD_LINE_ID, &line->id, &line->id_length) ||
      !qd_import_required_text (self, QD_LINE_ACCOUNT, &account, &account_length) ||
      !qd_import_required_day (self, QD_LINE_START, &start) || !qd_import_day (self, QD_LINE_END, &end) ||
      !qd_import_day (self, QD_LINE_CANCELED, &canceled) || !qd_import_day (self, QD_LINE_NOTICE, &notice) ||
      !qd_import_boolean (self, QD_LINE_TRIAL, &trial, NULL) ||
      !qd_import_boolean (self, QD_LINE_AUTO_RENEW, &renew, &has_renew) ||
      !qd_import_integer (self, QD_LINE_TERM, &term, &has_term))
    return FALSE;
  if (end != QD_DAY_NONE && end < start)
    {
      g_autofree char *first = qd_day_to_iso (start);
      g_autofree char *expected = qd_history_message (N_("%s or later, when the line starts"), "s", first);

      qd_import_reject (self, QD_LINE_END, "end-before-start", expected);
      return FALSE;
    }
  if (!read_amount (self, line))
    return FALSE;

  /* Only a row that is good may bring an account or a product with it. */
  set_integer (&line->values[QD_STORED_ACCOUNT], qd_import_find_account (self, account, account_length, &line->account));
  if (qd_import_text (self, QD_LINE_PRODUCT, &product, &product_length))
    set_integer (&line->values[QD_STORED_PRODUCT], qd_import_find_product (self, product, product_length, &line->product));
  set_day (&line->values[QD_STORED_START], start);
  set_day (&line->values[QD_STORED_END], end);
  set_day (&line->values[QD_STORED_CANCELED_AT], canceled);
  set_day (&line->values[QD_STORED_NOTICE_DATE], notice);
  set_integer (&line->values[QD_STORED_TRIAL], trial);
  if (has_renew)
    set_integer (&line->values[QD_STORED_AUTO_RENEW], renew);
  if (has_term)
    set_integer (&line->values[QD_STORED_TERM_MONTHS], term);
  return TRUE;
}

static gboolean
is_stored (sqlite3_stmt *handle,
           const Line   *line)
{
  for (int i = 0; i < QD_STORED_N_VALUES; i++)
    {
      const Value *value = &line->values[i];
      int type = sqlite3_column_type (handle, 1 + i);

      if (value->given != (type != SQLITE_NULL))
        return FALSE;
      if (value->given && value->is_text
              ? strcmp (value->text, (const char *) sqlite3_column_text (handle, 1 + i)) != 0
              : value->given && value->integer != sqlite3_column_int64 (handle, 1 + i))
        return FALSE;
    }
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
    else if (line->values[i].is_text)
      qd_stmt_bind_text (stmt, first + i, line->values[i].text, -1);
    else
      qd_stmt_bind_integer (stmt, first + i, line->values[i].integer);
}

/* A change that waits for the inserts to be done. */
typedef struct
{
  gint64 id;
  guint64 line_number;
  Line line;
} Change;

static gboolean
write_changes (QdImport *self,
               GArray   *changes,
               GError  **error)
{
  g_autoptr (QdStmt) update = NULL;

  if (changes->len == 0)
    return TRUE;
  update = qd_db_statement (self->db, "line-update", error);
  if (update == NULL)
    return FALSE;
  for (guint i = 0; i < changes->len; i++)
    {
      const Change *change = &g_array_index (changes, Change, i);
      gboolean ok;

      bind_values (update, 1, &change->line);
      qd_stmt_bind_integer (update, 1 + QD_STORED_N_VALUES, change->id);
      qd_history_record (self->db, TRUE);
      ok = qd_stmt_run (update, error);
      qd_history_record (self->db, FALSE);
      if (!ok || !qd_import_add_merged (self, change->line_number, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * qd_import_subscriptions:
 * @self: an import
 * @error: return location
 *
 * Reads subscription lines and writes them.
 *
 * Returns: `FALSE` when the file is broken, the store fails or the work was
 *   cancelled
 */
gboolean
qd_import_subscriptions (QdImport *self,
                         GError  **error)
{
  g_autoptr (QdIntern) ids = qd_intern_new ();
  g_autoptr (GArray) changes = g_array_new (FALSE, FALSE, sizeof (Change));
  g_autoptr (QdStmt) get = qd_db_statement (self->db, "line-get", error);
  g_autoptr (QdStmt) insert = get ? qd_db_statement (self->db, "line-insert", error) : NULL;
  g_autoptr (GError) local = NULL;

  if (insert == NULL)
    return FALSE;
  while (qd_import_next (self, &local))
    {
      Change change = { .line_number = self->scan.line };
      Line *line = &change.line;
      gboolean row, same, added;

      if (!read_line (self, line))
        continue;
      qd_intern_add (ids, line->id, line->id_length, TRUE, &added);
      if (!added)
        {
          qd_import_reject (self, QD_LINE_ID, "repeated", N_("an id that no earlier row of the file has"));
          continue;
        }
      qd_import_need (self, line->account, FALSE, self->scan.line);
      qd_import_note_form (self, line->values[QD_STORED_ACCOUNT].integer, line->account);
      if (line->product != NULL)
        qd_import_need (self, line->product, TRUE, self->scan.line);
      if (!qd_import_write_implied (self, self->implied, error))
        return FALSE;

      qd_stmt_bind_text (get, 1, line->id, line->id_length);
      if (!qd_stmt_step (get, &row, error))
        return FALSE;
      if (row)
        {
          same = is_stored (qd_stmt_get_handle (get), line);
          change.id = sqlite3_column_int64 (qd_stmt_get_handle (get), 0);
          sqlite3_reset (qd_stmt_get_handle (get));
          if (same)
            self->result->unchanged++;
          else
            g_array_append_val (changes, change);
          continue;
        }
      qd_stmt_bind_text (insert, 1, line->id, line->id_length);
      bind_values (insert, 2, line);
      qd_stmt_bind_integer (insert, 2 + QD_STORED_N_VALUES, self->batch);
      qd_stmt_bind_integer (insert, 3 + QD_STORED_N_VALUES, self->scan.line);
      if (!qd_stmt_run (insert, error))
        return FALSE;
      self->result->imported++;
      if (self->pending_rejects->len >= QD_REJECTS_SHOWN &&
          !qd_import_write_rejects (self, self->pending_rejects, error))
        return FALSE;
    }
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  return write_changes (self, changes, error);
}
