/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "qd-table"

#include "qd-table.h"

#include "qd-money.h"

#include <math.h>
#include <string.h>

/* Values stand by column, eight bytes each, with a byte beside them that says
 * what the cell holds; texts are kept once per table. */
typedef union
{
  const char *text;
  gint64 integer;
  double real;
} Value;

#define TAG_MISSING 0xff

struct _QdTable
{
  gatomicrefcount ref_count;
  const char *id;
  const char *currency; /* or NULL */
  int exponent;
  guint n_columns;
  guint n_rows;
  guint cursor; /* the column that the next add_* fills */
  QdColumn *columns;
  GArray **values;    /* of Value, one array per column */
  GByteArray **tags;  /* QdColumnType or TAG_MISSING */
  GStringChunk *texts;
};

/**
 * qd_table_new:
 * @id: what the table is, as the command line names it
 * @currency: (nullable): the ISO 4217 code of its money columns
 * @columns: (array length=n_columns): the columns; copied, texts included
 * @n_columns: how many, at least 1
 *
 * Makes an empty table. It belongs to one thread until it is filled, and must
 * not be changed once it has been given away.
 *
 * Returns: (transfer full): the table
 */
QdTable *
qd_table_new (const char     *id,
              const char     *currency,
              const QdColumn *columns,
              guint           n_columns)
{
  QdTable *self;
  int exponent = currency != NULL ? qd_currency_get_exponent (currency) : 0;

  g_return_val_if_fail (id != NULL && columns != NULL && n_columns > 0, NULL);

  self = g_new0 (QdTable, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->id = g_intern_string (id);
  self->currency = g_intern_string (currency);
  self->exponent = exponent < 0 ? 2 : exponent;
  self->n_columns = n_columns;
  self->columns = g_new (QdColumn, n_columns);
  self->values = g_new (GArray *, n_columns);
  self->tags = g_new (GByteArray *, n_columns);
  self->texts = g_string_chunk_new (4096);
  for (guint i = 0; i < n_columns; i++)
    {
      self->columns[i].id = g_intern_string (columns[i].id);
      self->columns[i].title = g_intern_string (columns[i].title != NULL ? columns[i].title : columns[i].id);
      self->columns[i].type = columns[i].type;
      self->values[i] = g_array_new (FALSE, FALSE, sizeof (Value));
      self->tags[i] = g_byte_array_new ();
    }
  return self;
}

/**
 * qd_table_ref:
 * @self: a table
 *
 * Returns: (transfer full): @self; from any thread
 */
QdTable *
qd_table_ref (QdTable *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * qd_table_unref:
 * @self: (transfer full): a table
 *
 * Gives a reference back, from any thread; the last one frees the table.
 */
void
qd_table_unref (QdTable *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  for (guint i = 0; i < self->n_columns; i++)
    {
      g_array_unref (self->values[i]);
      g_byte_array_unref (self->tags[i]);
    }
  g_free (self->values);
  g_free (self->tags);
  g_free (self->columns);
  g_string_chunk_free (self->texts);
  g_free (self);
}

static void
append (QdTable *self,
        guint8   tag,
        Value    value)
{
  g_return_if_fail (self->cursor < self->n_columns);

  g_array_append_val (self->values[self->cursor], value);
  g_byte_array_append (self->tags[self->cursor], &tag, 1);
  self->cursor++;
}

static gboolean
takes (const QdTable *self,
       QdColumnType   type)
{
  QdColumnType own;

  if (self->cursor >= self->n_columns)
    return FALSE;
  own = self->columns[self->cursor].type;
  return own == type || own == QD_COLUMN_MIXED;
}

/**
 * qd_table_add_text:
 * @self: a table
 * @text: (nullable): UTF-8; `NULL` is missing, which "" is not
 *
 * Fills the next cell of a text or mixed column. The text is copied.
 */
void
qd_table_add_text (QdTable    *self,
                   const char *text)
{
  g_return_if_fail (self != NULL && takes (self, QD_COLUMN_TEXT));

  if (text == NULL)
    qd_table_add_missing (self);
  else
    append (self, QD_COLUMN_TEXT, (Value) { .text = g_string_chunk_insert_const (self->texts, text) });
}

/**
 * qd_table_add_integer:
 * @self: a table
 * @value: a count, minor units, a #QdMonth or a #QdDay, as the column says; in
 *   a mixed column a count
 *
 * Fills the next cell. `QD_MONTH_NONE` and `QD_DAY_NONE` are missing.
 */
void
qd_table_add_integer (QdTable *self,
                      gint64   value)
{
  QdColumnType type;

  g_return_if_fail (self != NULL && self->cursor < self->n_columns);

  type = self->columns[self->cursor].type;
  if (type == QD_COLUMN_MIXED)
    type = QD_COLUMN_COUNT;
  g_return_if_fail (type == QD_COLUMN_COUNT || type == QD_COLUMN_MONEY || type == QD_COLUMN_MONTH
                    || type == QD_COLUMN_DAY);

  if ((type == QD_COLUMN_MONTH && value == QD_MONTH_NONE) || (type == QD_COLUMN_DAY && value == QD_DAY_NONE))
    qd_table_add_missing (self);
  else
    append (self, type, (Value) { .integer = value });
}

/**
 * qd_table_add_double:
 * @self: a table
 * @value: a fraction or a number, as the column says; in a mixed column a
 *   number. What is not finite is missing.
 *
 * Fills the next cell.
 */
void
qd_table_add_double (QdTable *self,
                     double   value)
{
  QdColumnType type;

  g_return_if_fail (self != NULL && self->cursor < self->n_columns);

  type = self->columns[self->cursor].type;
  if (type == QD_COLUMN_MIXED)
    type = QD_COLUMN_NUMBER;
  g_return_if_fail (type == QD_COLUMN_RATE || type == QD_COLUMN_NUMBER);

  if (isfinite (value))
    append (self, type, (Value) { .real = value });
  else
    qd_table_add_missing (self);
}

/**
 * qd_table_add_missing:
 * @self: a table
 *
 * Leaves the next cell without a value: undefined, not zero.
 */
void
qd_table_add_missing (QdTable *self)
{
  g_return_if_fail (self != NULL);

  append (self, TAG_MISSING, (Value) { .integer = 0 });
}

/**
 * qd_table_add_count:
 * @self: a table
 * @value: how many
 *
 * Fills the next cell of a count or mixed column.
 */
void
qd_table_add_count (QdTable *self,
                    gint64   value)
{
  g_return_if_fail (self != NULL && takes (self, QD_COLUMN_COUNT));

  append (self, QD_COLUMN_COUNT, (Value) { .integer = value });
}

/**
 * qd_table_add_money:
 * @self: a table
 * @minor: minor units of the table's currency
 *
 * Fills the next cell of a money or mixed column.
 */
void
qd_table_add_money (QdTable *self,
                    gint64   minor)
{
  g_return_if_fail (self != NULL && takes (self, QD_COLUMN_MONEY));

  append (self, QD_COLUMN_MONEY, (Value) { .integer = minor });
}

/**
 * qd_table_add_rate:
 * @self: a table
 * @value: a fraction: 1.043 is 104.3 %; missing when not finite
 *
 * Fills the next cell of a rate or mixed column.
 */
void
qd_table_add_rate (QdTable *self,
                   double   value)
{
  g_return_if_fail (self != NULL && takes (self, QD_COLUMN_RATE));

  if (isfinite (value))
    append (self, QD_COLUMN_RATE, (Value) { .real = value });
  else
    qd_table_add_missing (self);
}

/**
 * qd_table_add_number:
 * @self: a table
 * @value: a number without a unit; missing when not finite
 *
 * Fills the next cell of a number or mixed column.
 */
void
qd_table_add_number (QdTable *self,
                     double   value)
{
  g_return_if_fail (self != NULL && takes (self, QD_COLUMN_NUMBER));

  if (isfinite (value))
    append (self, QD_COLUMN_NUMBER, (Value) { .real = value });
  else
    qd_table_add_missing (self);
}

/**
 * qd_table_add_cell:
 * @self: a table that is being filled
 * @from: another table
 * @row: of @from
 * @column: of @from, of the type of the column that is filled next
 *
 * Adds a copy of a cell, missing or not.
 */
void
qd_table_add_cell (QdTable       *self,
                   const QdTable *from,
                   guint          row,
                   guint          column)
{
  if (qd_table_is_missing (from, row, column))
    {
      qd_table_add_missing (self);
      return;
    }
  switch (qd_table_get_cell_type (from, row, column))
    {
    case QD_COLUMN_TEXT:
      qd_table_add_text (self, qd_table_get_text (from, row, column));
      break;
    case QD_COLUMN_COUNT:
      qd_table_add_count (self, qd_table_get_integer (from, row, column));
      break;
    case QD_COLUMN_MONEY:
      qd_table_add_money (self, qd_table_get_integer (from, row, column));
      break;
    case QD_COLUMN_RATE:
      qd_table_add_rate (self, qd_table_get_double (from, row, column));
      break;
    case QD_COLUMN_NUMBER:
      qd_table_add_number (self, qd_table_get_double (from, row, column));
      break;
    case QD_COLUMN_MONTH:
    case QD_COLUMN_DAY:
    case QD_COLUMN_MIXED:
    default:
      qd_table_add_integer (self, qd_table_get_integer (from, row, column));
    }
}

/**
 * qd_table_end_row:
 * @self: a table
 *
 * Ends a row; each of its cells must have been filled.
 */
void
qd_table_end_row (QdTable *self)
{
  g_return_if_fail (self != NULL && self->cursor == self->n_columns);

  self->cursor = 0;
  self->n_rows++;
}

/**
 * qd_table_with_text:
 * @self: a table
 * @id: id of the new column
 * @title: (nullable): its heading, untranslated and static
 * @text: what each row says there
 *
 * Lets rows that leave the program say what they are about. O(rows × columns).
 *
 * Returns: (transfer full): a copy with the column as its last
 */
QdTable *
qd_table_with_text (const QdTable *self,
                    const char    *id,
                    const char    *title,
                    const char    *text)
{
  g_autofree QdColumn *columns = g_new (QdColumn, self->n_columns + 1);
  QdTable *copy;

  g_return_val_if_fail (id != NULL && text != NULL, NULL);
  memcpy (columns, self->columns, self->n_columns * sizeof (QdColumn));
  columns[self->n_columns] = (QdColumn) { id, title, QD_COLUMN_TEXT };
  copy = qd_table_new (self->id, self->currency, columns, self->n_columns + 1);
  for (guint row = 0; row < qd_table_get_n_rows (self); row++)
    {
      for (guint i = 0; i < self->n_columns; i++)
        qd_table_add_cell (copy, self, row, i);
      qd_table_add_text (copy, text);
      qd_table_end_row (copy);
    }
  return copy;
}

/**
 * qd_table_get_id:
 * @self: a table
 *
 * Returns: (transfer none): what it is, as the command line names it
 */
const char *
qd_table_get_id (const QdTable *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->id;
}

/**
 * qd_table_get_currency:
 * @self: a table
 *
 * Returns: (transfer none) (nullable): the ISO 4217 code of its money
 */
const char *
qd_table_get_currency (const QdTable *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->currency;
}

/**
 * qd_table_get_exponent:
 * @self: a table
 *
 * Returns: decimals of its money, 0 to 4; 2 for a code that ISO 4217 lacks
 */
int
qd_table_get_exponent (const QdTable *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->exponent;
}

/**
 * qd_table_get_n_columns:
 * @self: a table
 *
 * Returns: how many columns it has
 */
guint
qd_table_get_n_columns (const QdTable *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_columns;
}

/**
 * qd_table_get_n_rows:
 * @self: a table
 *
 * Returns: how many rows have been ended
 */
guint
qd_table_get_n_rows (const QdTable *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_rows;
}

/**
 * qd_table_get_column:
 * @self: a table
 * @column: from 0
 *
 * Returns: (transfer none): the description; its title is never `NULL`
 */
const QdColumn *
qd_table_get_column (const QdTable *self,
                     guint          column)
{
  g_return_val_if_fail (self != NULL && column < self->n_columns, NULL);

  return &self->columns[column];
}

/**
 * qd_table_find_column:
 * @self: a table
 * @id: of a column
 *
 * Returns: its number, or −1; the first when several share the id
 */
int
qd_table_find_column (const QdTable *self,
                      const char    *id)
{
  g_return_val_if_fail (self != NULL && id != NULL, -1);

  for (guint i = 0; i < self->n_columns; i++)
    if (strcmp (self->columns[i].id, id) == 0)
      return i;
  return -1;
}

static guint8
tag_at (const QdTable *self,
        guint          row,
        guint          column)
{
  return self->tags[column]->data[row];
}

static Value
value_at (const QdTable *self,
          guint          row,
          guint          column)
{
  return g_array_index (self->values[column], Value, row);
}

/**
 * qd_table_get_cell_type:
 * @self: a table
 * @row: from 0
 * @column: from 0
 *
 * Returns: the type of the column; in a mixed one that of the cell, or
 *   `QD_COLUMN_MIXED` when the cell is missing
 */
QdColumnType
qd_table_get_cell_type (const QdTable *self,
                        guint          row,
                        guint          column)
{
  g_return_val_if_fail (self != NULL && row < self->n_rows && column < self->n_columns, QD_COLUMN_TEXT);

  if (self->columns[column].type != QD_COLUMN_MIXED || tag_at (self, row, column) == TAG_MISSING)
    return self->columns[column].type;
  return tag_at (self, row, column);
}

/**
 * qd_table_is_missing:
 * @self: a table
 * @row: from 0
 * @column: from 0
 *
 * Returns: whether the cell has no value
 */
gboolean
qd_table_is_missing (const QdTable *self,
                     guint          row,
                     guint          column)
{
  g_return_val_if_fail (self != NULL && row < self->n_rows && column < self->n_columns, TRUE);

  return tag_at (self, row, column) == TAG_MISSING;
}

/**
 * qd_table_get_text:
 * @self: a table
 * @row: from 0
 * @column: of a text column, or of a mixed one
 *
 * Returns: (transfer none) (nullable): the text; `NULL` when the cell is
 *   missing or no text; lives as long as the table
 */
const char *
qd_table_get_text (const QdTable *self,
                   guint          row,
                   guint          column)
{
  g_return_val_if_fail (self != NULL && row < self->n_rows && column < self->n_columns, NULL);

  return tag_at (self, row, column) == QD_COLUMN_TEXT ? value_at (self, row, column).text : NULL;
}

/**
 * qd_table_get_integer:
 * @self: a table
 * @row: from 0
 * @column: from 0
 *
 * Returns: the count, minor units, month or day; 0 when the cell is missing or
 *   of another type
 */
gint64
qd_table_get_integer (const QdTable *self,
                      guint          row,
                      guint          column)
{
  g_return_val_if_fail (self != NULL && row < self->n_rows && column < self->n_columns, 0);

  switch (tag_at (self, row, column))
    {
    case QD_COLUMN_COUNT:
    case QD_COLUMN_MONEY:
    case QD_COLUMN_MONTH:
    case QD_COLUMN_DAY:
      return value_at (self, row, column).integer;
    default:
      return 0;
    }
}

/**
 * qd_table_get_double:
 * @self: a table
 * @row: from 0
 * @column: from 0
 *
 * Returns: the value; integers as they are (money in minor units); NaN when the
 *   cell is missing or a text
 */
double
qd_table_get_double (const QdTable *self,
                     guint          row,
                     guint          column)
{
  g_return_val_if_fail (self != NULL && row < self->n_rows && column < self->n_columns, NAN);

  switch (tag_at (self, row, column))
    {
    case QD_COLUMN_COUNT:
    case QD_COLUMN_MONEY:
    case QD_COLUMN_MONTH:
    case QD_COLUMN_DAY:
      return value_at (self, row, column).integer;
    case QD_COLUMN_RATE:
    case QD_COLUMN_NUMBER:
      return value_at (self, row, column).real;
    default:
      return NAN;
    }
}

/* Without a locale, without a detour over printf: tables have many of these. */
static void
append_integer (GString *out,
                gint64   value,
                int      exponent)
{
  char digits[32];
  char *p = digits + sizeof digits;
  guint64 rest = value < 0 ? -(guint64) value : (guint64) value;
  int n = 0;

  do
    {
      if (n == exponent && n > 0)
        *--p = '.';
      *--p = '0' + rest % 10;
      rest /= 10;
      n++;
    }
  while (rest != 0 || n <= exponent);
  if (value < 0)
    *--p = '-';
  g_string_append_len (out, p, digits + sizeof digits - p);
}

static void
append_double (GString *out,
               double   value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  if (value == 0)
    value = 0; /* no −0 */
  g_string_append (out, g_ascii_formatd (buffer, sizeof buffer, "%.12g", value));
}

/* Everything but texts and missing cells. */
static void
append_value (const QdTable *self,
              GString       *out,
              guint8         tag,
              Value          value)
{
  g_autofree char *iso = NULL;

  switch (tag)
    {
    case QD_COLUMN_COUNT:
      append_integer (out, value.integer, 0);
      break;
    case QD_COLUMN_MONEY:
      append_integer (out, value.integer, self->exponent);
      break;
    case QD_COLUMN_MONTH:
      iso = qd_month_to_iso (value.integer);
      g_string_append (out, iso);
      break;
    case QD_COLUMN_DAY:
      iso = qd_day_to_iso (value.integer);
      g_string_append (out, iso);
      break;
    case QD_COLUMN_RATE:
    case QD_COLUMN_NUMBER:
      append_double (out, value.real);
      break;
    default:
      g_assert_not_reached ();
    }
}

/**
 * qd_table_format_iso:
 * @self: a table
 * @row: from 0
 * @column: from 0
 *
 * The cell in the notation of files: ISO dates and months, money in major units
 * with the currency's decimals, fractions and numbers with 12 significant
 * digits, '.' as the decimal sign whatever the locale.
 *
 * Returns: (transfer full): the text; "" when missing
 */
char *
qd_table_format_iso (const QdTable *self,
                     guint          row,
                     guint          column)
{
  g_autoptr (GString) out = NULL;
  guint8 tag;

  g_return_val_if_fail (self != NULL && row < self->n_rows && column < self->n_columns, NULL);

  tag = tag_at (self, row, column);
  if (tag == TAG_MISSING)
    return g_strdup ("");
  if (tag == QD_COLUMN_TEXT)
    return g_strdup (value_at (self, row, column).text);
  out = g_string_sized_new (24);
  append_value (self, out, tag, value_at (self, row, column));
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/**
 * qd_csv_append_field:
 * @out: where to
 * @text: UTF-8
 * @guard: put an apostrophe before a text that a spreadsheet would take for a
 *   formula: one that begins with '=', '+', '-', '@', a tab or a carriage return
 *
 * Appends one field as RFC 4180 has it: in quotes, with inner quotes doubled,
 * when it holds a comma, a quote or a line break, or begins or ends with a
 * blank. The separator is the caller's business.
 */
void
qd_csv_append_field (GString    *out,
                     const char *text,
                     gboolean    guard)
{
  gsize length;
  gboolean quote;

  g_return_if_fail (out != NULL && text != NULL);

  length = strlen (text);
  guard = guard && length > 0 && strchr ("=+-@\t\r", text[0]) != NULL;
  quote = text[strcspn (text, ",\"\r\n")] != '\0'
          || (length > 0 && (g_ascii_isspace (text[0]) || g_ascii_isspace (text[length - 1])));
  if (quote)
    g_string_append_c (out, '"');
  if (guard)
    g_string_append_c (out, '\'');
  if (!quote)
    {
      g_string_append_len (out, text, length);
      return;
    }
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '"')
        g_string_append_c (out, '"');
      g_string_append_c (out, *p);
    }
  g_string_append_c (out, '"');
}

/**
 * qd_json_append_string:
 * @out: where to
 * @text: UTF-8
 *
 * Appends one JSON string with its quotes (RFC 8259); UTF-8 stays as it is,
 * bytes that are no UTF-8 become U+FFFD.
 */
void
qd_json_append_string (GString    *out,
                       const char *text)
{
  g_autofree char *valid = NULL;

  g_return_if_fail (out != NULL && text != NULL);

  if (!g_utf8_validate (text, -1, NULL))
    text = valid = g_utf8_make_valid (text, -1);
  g_string_append_c (out, '"');
  for (const char *p = text; *p != '\0'; p++)
    switch (*p)
      {
      case '"':
      case '\\':
        g_string_append_c (out, '\\');
        g_string_append_c (out, *p);
        break;
      case '\n':
        g_string_append (out, "\\n");
        break;
      case '\r':
        g_string_append (out, "\\r");
        break;
      case '\t':
        g_string_append (out, "\\t");
        break;
      default:
        if ((guchar) *p < 0x20 || *p == 0x7f)
          g_string_append_printf (out, "\\u%04x", (guint) (guchar) *p);
        else
          g_string_append_c (out, *p);
      }
  g_string_append_c (out, '"');
}

/**
 * qd_table_write_csv:
 * @self: a table
 * @out: where to
 *
 * Appends the table as CSV: RFC 4180 quoting, UTF-8 without a mark, a header of
 * column ids, the notation of qd_table_format_iso(), formula guard on texts.
 * Lines end with a line feed alone, so that line tools can read them. Cost is
 * linear in the cells.
 */
void
qd_table_write_csv (const QdTable *self,
                    GString       *out)
{
  g_return_if_fail (self != NULL && out != NULL);

  for (guint c = 0; c < self->n_columns; c++)
    {
      if (c > 0)
        g_string_append_c (out, ',');
      qd_csv_append_field (out, self->columns[c].id, TRUE);
    }
  g_string_append_c (out, '\n');

  for (guint r = 0; r < self->n_rows; r++)
    {
      for (guint c = 0; c < self->n_columns; c++)
        {
          guint8 tag = tag_at (self, r, c);

          if (c > 0)
            g_string_append_c (out, ',');
          if (tag == QD_COLUMN_TEXT)
            qd_csv_append_field (out, value_at (self, r, c).text, TRUE);
          else if (tag != TAG_MISSING)
            append_value (self, out, tag, value_at (self, r, c));
        }
      g_string_append_c (out, '\n');
    }
}

/**
 * qd_table_write_json:
 * @self: a table
 * @out: where to
 *
 * Appends the table as a JSON array of objects, one per line, with the column
 * ids as keys. Money and rates are numbers (money in major units with all of
 * its decimals), dates and months are strings, missing is `null`. Ends with a
 * line feed. Cost is linear in the cells.
 */
void
qd_table_write_json (const QdTable *self,
                     GString       *out)
{
  g_return_if_fail (self != NULL && out != NULL);

  g_string_append_c (out, '[');
  for (guint r = 0; r < self->n_rows; r++)
    {
      g_string_append (out, r > 0 ? ",\n {" : "\n {");
      for (guint c = 0; c < self->n_columns; c++)
        {
          guint8 tag = tag_at (self, r, c);
          Value value = value_at (self, r, c);
          gboolean date = tag == QD_COLUMN_MONTH || tag == QD_COLUMN_DAY;

          if (c > 0)
            g_string_append (out, ", ");
          qd_json_append_string (out, self->columns[c].id);
          g_string_append (out, ": ");
          if (tag == TAG_MISSING)
            g_string_append (out, "null");
          else if (tag == QD_COLUMN_TEXT)
            qd_json_append_string (out, value.text);
          else
            {
              if (date)
                g_string_append_c (out, '"');
              append_value (self, out, tag, value);
              if (date)
                g_string_append_c (out, '"');
            }
        }
      g_string_append_c (out, '}');
    }
  g_string_append (out, self->n_rows > 0 ? "\n]\n" : "]\n");
}
