/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From a record's cells to values; what does not fit rejects the row here.
 */
#include "config.h"

#include "../store/qd-history-message.h"
#include "qd-import-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define CHECK_ROWS 4096
#define FOUND_BYTES 200 /* of a cell, kept for the report */

static char *
shorten (const char *text,
         gsize       length)
{
  gsize n = MIN (length, (gsize) FOUND_BYTES);

  while (n > 0 && n < length && ((guchar) text[n] & 0xc0) == 0x80)
    n--;
  return n < length ? g_strdup_printf ("%.*s…", (int) n, text) : g_strndup (text, n);
}

/* Trimmed, in place; most cells have nothing to trim. */
static inline gboolean
trim (const char **text,
      gsize       *length)
{
  const char *t = *text;
  gsize n = *length;

  if (n > 0 && ((guchar) t[0] <= ' ' || (guchar) t[0] >= 0x80 || (guchar) t[n - 1] <= ' ' || (guchar) t[n - 1] >= 0x80))
    qd_value_trim (text, length);
  return *length > 0;
}

/**
 * qd_import_column:
 * @self: an import, at a row
 * @column: a column of the file
 * @text: (out): the cell, trimmed, without the guard of a formula
 * @length: (out): its bytes
 *
 * Returns: `FALSE` when the cell is blank
 */
gboolean
qd_import_column (QdImport    *self,
                  guint        column,
                  const char **text,
                  gsize       *length)
{
  if (column >= self->scan.n_cells)
    return FALSE;
  *text = self->scan.cells[column].text;
  *length = self->scan.cells[column].length;
  if (!trim (text, length))
    return FALSE;
  if (**text == '\'')
    qd_value_strip_guard (text, length);
  return *length > 0;
}

/**
 * qd_import_text:
 * @self: an import, at a row
 * @field: a field's number
 * @text: (out): its value in this row
 * @length: (out): its bytes
 *
 * Returns: `FALSE` when it is blank or nothing feeds it
 */
gboolean
qd_import_text (QdImport    *self,
                int          field,
                const char **text,
                gsize       *length)
{
  if (self->mapping->constant[field] != NULL)
    {
      *text = self->mapping->constant[field];
      *length = strlen (*text);
      return trim (text, length);
    }
  return self->mapping->column[field] >= 0 && qd_import_column (self, self->mapping->column[field], text, length);
}

/* Numbers and dates: a leading apostrophe is no guard there. */
static gboolean
raw_value (QdImport    *self,
           int          field,
           const char **text,
           gsize       *length)
{
  int column = self->mapping->column[field];

  if (column < 0)
    return qd_import_text (self, field, text, length);
  if ((guint) column >= self->scan.n_cells)
    return FALSE;
  *text = self->scan.cells[column].text;
  *length = self->scan.cells[column].length;
  return trim (text, length);
}

/**
 * qd_import_reject_at:
 * @self: an import
 * @line: the row's line
 * @record: the row as it stands in the file
 * @length: its bytes
 * @field: the field at fault, or −1
 * @code: what is wrong, for programs; static
 * @expected: what would be right: a msgid, or of qd_history_message()
 *
 * Rejects a row: counts it and keeps it for the report, for the file of
 * rejected rows and for the workspace.
 */
void
qd_import_reject_at (QdImport   *self,
                     guint64     line,
                     const char *record,
                     gsize       length,
                     int         field,
                     const char *code,
                     const char *expected)
{
  const char *name = field >= 0 ? self->kind->fields[field].name : "";
  int column = field >= 0 ? self->mapping->column[field] : -1;
  const char *header = column >= 0 ? self->source->headers[column] : name;
  gboolean whole = strchr (expected, '\x1f') != NULL;
  g_autofree char *said = whole ? qd_history_message_translate (expected) : g_strdup (_(expected));
  g_autofree char *found = NULL;
  g_autofree char *reason = NULL;
  g_auto (QdScan) scan = { 0 };

  self->result->rejected++;
  qd_source_scan_record (self->source, &scan, record, length, line);
  if (column >= 0 && qd_scan_next (&scan, NULL) && (guint) column < scan.n_cells)
    found = shorten (scan.cells[column].text, scan.cells[column].length);
  else if (field >= 0 && self->mapping->constant[field] != NULL)
    found = g_strdup (self->mapping->constant[field]);
  else
    found = g_strdup ("");

  if (self->result->rejects->len < QD_REJECTS_SHOWN)
    g_ptr_array_add (self->result->rejects, qd_reject_new (line, code, name, header, said, found, column));
  qd_reject_group_add (self->result->groups, line, code, name, header, said, found, column);
  if (*header == 0)
    reason = g_strdup_printf ("%s: %s", code, said);
  else
    /* Translators: code of the problem, header of the column, what is expected, what was found */
    reason = g_strdup_printf (_("%s: %s: expected %s, found “%s”"), code, header, said, found);
  qd_rejects_add (self->rejects, line, record, length, reason);
  if (self->record_rejects)
    {
      /* kept as it is translated, for whoever reads it later */
      char *kept = whole ? g_strdup (expected) : qd_history_message (expected, "");
      QdRejectRow row = { line, code, name, kept, g_steal_pointer (&found), g_strndup (record, length) };

      g_array_append_val (self->pending_rejects, row);
    }
}

/**
 * qd_import_reject:
 * @self: an import, at a row
 * @field: the field at fault, or −1
 * @code: what is wrong; static
 * @expected: what would be right: a msgid, or of qd_history_message()
 *
 * Rejects the row that was read last.
 */
void
qd_import_reject (QdImport   *self,
                  int         field,
                  const char *code,
                  const char *expected)
{
  qd_import_reject_at (self, self->scan.line, self->scan.record, self->scan.record_end - self->scan.record, field, code,
                       expected);
}

static char *
describe_cells (guint right,
                guint there)
{
  return qd_history_message (N_("%s cells as in the header, not %s"), "nn", (gint64) right, (gint64) there);
}

static gboolean
is_blank_row (const QdScan *scan)
{
  for (guint i = 0; i < scan->n_cells; i++)
    {
      const char *text = scan->cells[i].text;
      gsize length = scan->cells[i].length;

      if (length > 0 && trim (&text, &length))
        return FALSE;
    }
  return TRUE;
}

/**
 * qd_import_next:
 * @self: an import
 * @error: return location
 *
 * Goes to the next row. Blank rows are passed over; rows of another width than
 * the header are rejected and passed over.
 *
 * Returns: `FALSE` at the end (@error unset), or when the file is broken or
 *   the work was cancelled
 */
gboolean
qd_import_next (QdImport *self,
                GError  **error)
{
  GError *local = NULL;

  while (qd_scan_next (&self->scan, &local))
    {
      const QdScan *scan = &self->scan;
      gboolean wide = FALSE;

      if (++self->rows % CHECK_ROWS == 0)
        {
          if (!qd_job_check (self->job, error))
            return FALSE;
          qd_job_report (self->job,
                         0.2 + 0.7 * (scan->at - self->source->data) / MAX (self->source->data_length, 1), _("Importing"));
        }
      if (scan->cells[0].length == 0 && is_blank_row (scan))
        continue;
      self->result->read++;
      if (G_LIKELY (scan->n_cells == self->source->n_headers))
        return TRUE;
      if (scan->n_cells < self->width)
        {
          g_autofree char *expected = describe_cells (self->width, scan->n_cells);

          qd_import_reject (self, -1, "too-few-cells", expected);
          continue;
        }
      for (guint i = self->source->n_headers; i < scan->n_cells; i++)
        wide |= scan->cells[i].length > 0;
      if (wide)
        {
          g_autofree char *expected = describe_cells (self->source->n_headers, scan->n_cells);

          qd_import_reject (self, -1, "too-many-cells", expected);
          continue;
        }
      return TRUE;
    }
  if (local != NULL)
    g_propagate_error (error, local);
  return FALSE;
}

/**
 * qd_import_guess_rows:
 * @self: an import
 *
 * Returns: about how many rows the file has, from the length of the first
 */
guint64
qd_import_guess_rows (QdImport *self)
{
  g_auto (QdScan) scan = { 0 };
  guint64 rows = 0;

  qd_source_scan (self->source, &scan);
  while (rows < 1000 && qd_scan_next (&scan, NULL))
    rows++;
  return rows == 0 ? 0 : self->source->data_length / MAX ((guint64) (scan.at - self->source->data) / rows, 1) * 11 / 10;
}

/**
 * qd_import_required_text:
 * @self: an import, at a row
 * @field: a field's number
 * @text: (out): its value
 * @length: (out): its bytes
 *
 * Returns: `FALSE` when it is blank: the row is rejected then
 */
gboolean
qd_import_required_text (QdImport    *self,
                         int          field,
                         const char **text,
                         gsize       *length)
{
  if (qd_import_text (self, field, text, length))
    return TRUE;
  qd_import_reject (self, field, "missing", N_("a value"));
  return FALSE;
}

static const char *
describe_order (const QdImport *self,
                int             field)
{
  switch (self->reading.order[field])
    {
    case QD_ORDER_DMY:
      return N_("a date, day before month");
    case QD_ORDER_MDY:
      return N_("a date, month before day");
    case QD_ORDER_YMD:
    default:
      return N_("a date such as 2025-01-31");
    }
}

/**
 * qd_import_day:
 * @self: an import, at a row
 * @field: a field's number
 * @day: (out): the day, `QD_DAY_NONE` when blank
 *
 * Returns: `FALSE` when it is no date: the row is rejected then
 */
gboolean
qd_import_day (QdImport *self,
               int       field,
               QdDay    *day)
{
  const char *text;
  gsize length;

  *day = QD_DAY_NONE;
  if (!raw_value (self, field, &text, &length))
    return TRUE;
  *day = qd_value_parse_day (text, length, self->reading.order[field]);
  if (*day != QD_DAY_NONE)
    return TRUE;
  qd_import_reject (self, field, "bad-date", describe_order (self, field));
  return FALSE;
}

/**
 * qd_import_required_day:
 * @self: an import, at a row
 * @field: a field's number
 * @day: (out): the day
 *
 * Returns: `FALSE` when it is blank or no date: the row is rejected then
 */
gboolean
qd_import_required_day (QdImport *self,
                        int       field,
                        QdDay    *day)
{
  if (!qd_import_day (self, field, day))
    return FALSE;
  if (*day != QD_DAY_NONE)
    return TRUE;
  qd_import_reject (self, field, "missing", describe_order (self, field));
  return FALSE;
}

/**
 * qd_import_boolean:
 * @self: an import, at a row
 * @field: a field's number
 * @value: (out): its value, `FALSE` when blank
 * @given: (out) (optional): whether it is there
 *
 * Returns: `FALSE` when it is neither yes nor no: the row is rejected then
 */
gboolean
qd_import_boolean (QdImport *self,
                   int       field,
                   gboolean *value,
                   gboolean *given)
{
  const char *text;
  gsize length;
  gboolean there = raw_value (self, field, &text, &length);

  *value = FALSE;
  if (given)
    *given = there;
  if (!there || qd_value_parse_boolean (text, length, value))
    return TRUE;
  qd_import_reject (self, field, "bad-boolean", N_("yes or no"));
  return FALSE;
}

/**
 * qd_import_integer:
 * @self: an import, at a row
 * @field: a field's number
 * @value: (out): its value, 0 when blank
 * @given: (out): whether it is there
 *
 * Returns: `FALSE` when it is no whole number of 0 or more: the row is
 *   rejected then
 */
gboolean
qd_import_integer (QdImport *self,
                   int       field,
                   gint64   *value,
                   gboolean *given)
{
  const char *text;
  gsize length;

  *value = 0;
  *given = raw_value (self, field, &text, &length);
  if (!*given || (qd_value_parse_integer (text, length, self->reading.decimal, value) && *value >= 0))
    return TRUE;
  qd_import_reject (self, field, "bad-number", N_("a whole number, 0 or more"));
  return FALSE;
}

/**
 * qd_import_decimal:
 * @self: an import, at a row
 * @field: a field's number
 * @value: (out): its value
 * @given: (out): whether it is there
 * @currency: (out) (optional): what a currency sign in the cell names, or ""
 *
 * Returns: `FALSE` when it is no number: the row is rejected then
 */
gboolean
qd_import_decimal (QdImport  *self,
                   int        field,
                   QdDecimal *value,
                   gboolean  *given,
                   char       currency[4])
{
  QdDecimalSign sign = self->mapping->constant[field] != NULL ? QD_DECIMAL_POINT : self->reading.decimal;
  const char *text;
  gsize length;

  value->mantissa = 0;
  value->scale = 0;
  if (currency)
    currency[0] = 0;
  *given = raw_value (self, field, &text, &length);
  if (!*given || qd_value_parse_number (text, length, sign, value, currency))
    return TRUE;
  qd_import_reject (self, field, "bad-number",
                    sign == QD_DECIMAL_COMMA ? N_("a number of at most 18 digits, with a decimal comma")
                                             : N_("a number of at most 18 digits, with a decimal point"));
  return FALSE;
}

/**
 * qd_import_currency:
 * @self: an import, at a row
 * @field: the field of the currency
 * @hint: the currency that the amount's own sign names, or ""
 * @currency: (out): index into the import's currencies; 0 is the reporting
 *   currency
 *
 * Finds the currency of a row: its own, else that of the amount's sign, else
 * the reporting currency.
 *
 * Returns: `FALSE` when it is no currency, contradicts the amount's sign or
 *   has no rate: the row is rejected then
 */
gboolean
qd_import_currency (QdImport   *self,
                    int         field,
                    const char *hint,
                    guint      *currency)
{
  const char *text;
  gsize length;
  char code[4] = "";

  *currency = 0;
  if (!raw_value (self, field, &text, &length))
    {
      text = hint;
      length = strlen (hint);
    }
  else if (*hint != 0 && (length != 3 || g_ascii_strncasecmp (text, hint, 3) != 0))
    {
      g_autofree char *expected = qd_history_message (N_("%s, as the amount says"), "s", hint);

      qd_import_reject (self, field, "bad-currency", expected);
      return FALSE;
    }
  if (length == 0)
    return TRUE;
  if (length == 3)
    for (int i = 0; i < 3; i++)
      code[i] = g_ascii_toupper (text[i]);
  for (guint i = 0; i < self->currencies->len; i++)
    {
      const QdCurrencyUse *use = &g_array_index (self->currencies, QdCurrencyUse, i);

      if (strcmp (use->code, code) != 0)
        continue;
      *currency = i;
      if (i == 0 || use->has_rate)
        return TRUE;
      qd_import_reject (self, field, "no-rate", N_("a currency with an exchange rate; import rates (kind fx) first"));
      return FALSE;
    }
  if (length == 3 && qd_currency_get_exponent (code) >= 0)
    {
      QdCurrencyUse use = { .exponent = qd_currency_get_exponent (code), .has_rate = FALSE };

      memcpy (use.code, code, 4);
      g_array_append_val (self->currencies, use);
      qd_import_reject (self, field, "no-rate", N_("a currency with an exchange rate; import rates (kind fx) first"));
      return FALSE;
    }
  qd_import_reject (self, field, "unknown-currency", N_("an ISO 4217 code such as USD"));
  return FALSE;
}

/**
 * qd_import_amount:
 * @self: an import, at a row
 * @field: the field of the amount
 * @value: the amount as in the file
 * @currency: index of its currency
 * @amount: (out): minor units, exact
 *
 * Returns: `FALSE` when it is too large: the row is rejected then
 */
gboolean
qd_import_amount (QdImport *self,
                  int       field,
                  QdDecimal value,
                  guint     currency,
                  QdRatio  *amount)
{
  int exponent = self->reading.minor ? 0 : g_array_index (self->currencies, QdCurrencyUse, currency).exponent;

  /* A hundredth of what fits, so that sums and conversions of many still do. */
  if (qd_ratio_from_decimal (value, exponent, amount) &&
      ABS (amount->num) / amount->den < G_GINT64_CONSTANT (90000000000000000))
    return TRUE;
  qd_import_reject (self, field, "too-large", N_("an amount that can be counted in minor units"));
  return FALSE;
}

/* Accounts and products */

static gint64
find (QdIntern       *table,
      gint64         *next,
      const char     *text,
      gsize           length,
      QdInternEntry **entry)
{
  gboolean added;

  *entry = qd_intern_add (table, text, length, TRUE, &added);
  if (added)
    {
      (*entry)->value = (*next)++;
      (*entry)->tag = QD_KNOWN_NEW;
    }
  return (*entry)->value;
}

/**
 * qd_import_find_account:
 * @self: an import
 * @text: an account's id in the file
 * @length: its bytes
 * @entry: (out): its entry, valid until the next search
 *
 * Returns: its id in the workspace; a new one when it is not there yet
 */
gint64
qd_import_find_account (QdImport       *self,
                        const char     *text,
                        gsize           length,
                        QdInternEntry **entry)
{
  return find (self->accounts, &self->next_account, text, length, entry);
}

/**
 * qd_import_find_product:
 * @self: an import
 * @text: a product's id in the file
 * @length: its bytes
 * @entry: (out): its entry, valid until the next search
 *
 * Returns: its id in the workspace; a new one when it is not there yet
 */
gint64
qd_import_find_product (QdImport       *self,
                        const char     *text,
                        gsize           length,
                        QdInternEntry **entry)
{
  return find (self->products, &self->next_product, text, length, entry);
}

/**
 * qd_import_need:
 * @self: an import
 * @entry: an account or product that a row mentions
 * @product: whether it is a product
 * @line: the line that mentions it
 *
 * Makes sure that it will be there: an unknown one becomes implied.
 */
void
qd_import_need (QdImport      *self,
                QdInternEntry *entry,
                gboolean       product,
                guint64        line)
{
  QdImplied implied;

  if (entry->tag != QD_KNOWN_NEW)
    return;
  entry->tag = QD_KNOWN_IMPLIED;
  implied.id = entry->value;
  implied.text = entry->text;
  implied.length = entry->length;
  implied.line = (guint32) MIN (line, (guint64) G_MAXUINT32);
  implied.product = product;
  g_array_append_val (self->implied, implied);
  if (product)
    self->result->implied_products++;
  else
    self->result->implied_accounts++;
}

/**
 * qd_import_note_form:
 * @self: an import of revenue
 * @account: an account's id
 * @entry: its entry
 *
 * Remembers the account when the same source has given another form of revenue
 * for it.
 */
void
qd_import_note_form (QdImport            *self,
                     gint64               account,
                     const QdInternEntry *entry)
{
  QdKeyEntry *found = self->other_form != NULL ? qd_key_map_find (self->other_form, account, 0) : NULL;

  if (G_LIKELY (found == NULL || found->value != 0))
    return;
  found->value = 1;
  g_hash_table_add (self->clashing, g_memdup2 (&account, sizeof account));
  if (self->clashing_names->len < 5)
    g_ptr_array_add (self->clashing_names, g_strndup (entry->text, entry->length));
}
