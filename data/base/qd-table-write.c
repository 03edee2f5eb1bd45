/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Tables as CSV and JSON.
 */
#include "qd-table.h"

#include <string.h>

#include "qd-calendar.h"

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
              guint          row,
              guint          column)
{
  QdColumnType type = qd_table_get_cell_type (self, row, column);
  g_autofree char *iso = NULL;

  switch ((int) type)
    {
    case QD_COLUMN_COUNT:
      append_integer (out, qd_table_get_integer (self, row, column), 0);
      break;
    case QD_COLUMN_MONEY:
      append_integer (out, qd_table_get_integer (self, row, column), qd_table_get_exponent (self));
      break;
    case QD_COLUMN_MONTH:
      iso = qd_month_to_iso ((QdMonth) qd_table_get_integer (self, row, column));
      g_string_append (out, iso);
      break;
    case QD_COLUMN_DAY:
      iso = qd_day_to_iso ((QdDay) qd_table_get_integer (self, row, column));
      g_string_append (out, iso);
      break;
    case QD_COLUMN_RATE:
    case QD_COLUMN_NUMBER:
      append_double (out, qd_table_get_double (self, row, column));
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

  g_return_val_if_fail (self != NULL && row < qd_table_get_n_rows (self) && column < qd_table_get_n_columns (self), NULL);

  if (qd_table_is_missing (self, row, column))
    return g_strdup ("");
  if (qd_table_get_cell_type (self, row, column) == QD_COLUMN_TEXT)
    return g_strdup (qd_table_get_text (self, row, column));
  out = g_string_sized_new (24);
  append_value (self, out, row, column);
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
  guint n_columns;

  g_return_if_fail (self != NULL && out != NULL);

  n_columns = qd_table_get_n_columns (self);
  for (guint c = 0; c < n_columns; c++)
    {
      if (c > 0)
        g_string_append_c (out, ',');
      qd_csv_append_field (out, qd_table_get_column (self, c)->id, TRUE);
    }
  g_string_append_c (out, '\n');

  for (guint r = 0; r < qd_table_get_n_rows (self); r++)
    {
      for (guint c = 0; c < n_columns; c++)
        {
          if (c > 0)
            g_string_append_c (out, ',');
          if (qd_table_is_missing (self, r, c))
            continue;
          if (qd_table_get_cell_type (self, r, c) == QD_COLUMN_TEXT)
            qd_csv_append_field (out, qd_table_get_text (self, r, c), TRUE);
          else
            append_value (self, out, r, c);
        }
      g_string_append_c (out, '\n');
    }
}

static void
append_json (const QdTable *self,
             GString       *out,
             guint          row,
             guint          column)
{
  QdColumnType type;
  const char *quote;

  if (qd_table_is_missing (self, row, column))
    {
      g_string_append (out, "null");
      return;
    }
  type = qd_table_get_cell_type (self, row, column);
  if (type == QD_COLUMN_TEXT)
    {
      qd_json_append_string (out, qd_table_get_text (self, row, column));
      return;
    }
  quote = type == QD_COLUMN_MONTH || type == QD_COLUMN_DAY ? "\"" : "";
  g_string_append (out, quote);
  append_value (self, out, row, column);
  g_string_append (out, quote);
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
  for (guint r = 0; r < qd_table_get_n_rows (self); r++)
    {
      g_string_append (out, r > 0 ? ",\n {" : "\n {");
      for (guint c = 0; c < qd_table_get_n_columns (self); c++)
        {
          if (c > 0)
            g_string_append (out, ", ");
          qd_json_append_string (out, qd_table_get_column (self, c)->id);
          g_string_append (out, ": ");
          append_json (self, out, r, c);
        }
      g_string_append_c (out, '}');
    }
  g_string_append (out, qd_table_get_n_rows (self) > 0 ? "\n]\n" : "]\n");
}
