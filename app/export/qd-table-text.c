/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-table-text.h"

#include <string.h>

#include <glib/gi18n-lib.h>

static const char *
get_title (const QdColumn *column)
{
  return column->title != NULL ? _(column->title) : column->id;
}

static gboolean
is_number (QdColumnType type)
{
  return type == QD_COLUMN_COUNT || type == QD_COLUMN_MONEY || type == QD_COLUMN_RATE || type == QD_COLUMN_NUMBER;
}

/* Days before 1970-01-01 in a spreadsheet, whose day 0 is 1899-12-30. */
#define SERIAL_OF_1970 25569

/* How a spreadsheet writes a cell of a type, NULL: as text. */
static const char *
get_notation (QdColumnType type)
{
  switch (type)
    {
    case QD_COLUMN_COUNT:
    case QD_COLUMN_MONEY:
    case QD_COLUMN_NUMBER:
      return "General";
    case QD_COLUMN_RATE:
      return "0.0%";
    case QD_COLUMN_DAY:
    case QD_COLUMN_MONTH: /* its first day: LibreOffice takes a month for a number or a text */
      return "YYYY-MM-DD";
    case QD_COLUMN_TEXT:
    case QD_COLUMN_MIXED:
    default:
      return NULL;
    }
}

static gboolean
is_date (QdColumnType type)
{
  return type == QD_COLUMN_DAY || type == QD_COLUMN_MONTH;
}

/* The day of a date, of a month its first. */
static QdDay
get_day (const QdTable *table,
         guint          row,
         guint          column)
{
  gint64 value = qd_table_get_integer (table, row, column);

  return qd_table_get_cell_type (table, row, column) == QD_COLUMN_MONTH ? qd_month_first_day ((QdMonth) value) : (QdDay) value;
}

/* A cell that a spreadsheet takes as what it is, whatever its language: LibreOffice reads sdval, Google's sheets
 * data-sheets-value, others the text. */
static void
append_cell (GString       *html,
             const QdTable *table,
             guint          row,
             guint          column)
{
  QdColumnType type = qd_table_get_cell_type (table, row, column);
  const char *notation = get_notation (type);
  g_autofree char *text = NULL;
  g_autofree char *escaped = NULL;
  g_autofree char *number = NULL;

  if (qd_table_is_missing (table, row, column))
    {
      g_string_append (html, "<td></td>");
      return;
    }
  text = is_date (type) ? qd_day_to_iso (get_day (table, row, column)) : qd_table_format_iso (table, row, column);
  escaped = g_markup_escape_text (text, -1);
  if (notation == NULL)
    {
      g_string_append_printf (html, "<td sdnum=\"1033;0;@\">%s</td>", escaped);
      return;
    }
  number = is_date (type) ? g_strdup_printf ("%d", get_day (table, row, column) + SERIAL_OF_1970) : g_strdup (text);
  g_string_append_printf (html, "<td align=\"right\" sdval=\"%s\" sdnum=\"1033;0;%s\" data-sheets-value='{\"1\":3,\"3\":%s}'%s>%s</td>",
                          number, notation, number, is_date (type) ? " data-sheets-numberformat='{\"1\":5,\"2\":\"yyyy-mm-dd\"}'" : "",
                          escaped);
}

/**
 * qd_table_text_make_html:
 * @table: a table
 *
 * Returns: (transfer full): an HTML page with one table, its cells exact and typed
 */
char *
qd_table_text_make_html (const QdTable *table)
{
  GString *html = g_string_new ("<html><head><meta charset=\"utf-8\"></head><body><table><thead><tr>");

  for (guint i = 0; i < qd_table_get_n_columns (table); i++)
    {
      g_autofree char *title = g_markup_escape_text (get_title (qd_table_get_column (table, i)), -1);

      g_string_append_printf (html, "<th>%s</th>", title);
    }
  g_string_append (html, "</tr></thead><tbody>\n");
  for (guint row = 0; row < qd_table_get_n_rows (table); row++)
    {
      g_string_append (html, "<tr>");
      for (guint i = 0; i < qd_table_get_n_columns (table); i++)
        append_cell (html, table, row, i);
      g_string_append (html, "</tr>\n");
    }
  g_string_append (html, "</tbody></table></body></html>\n");
  return g_string_free (html, FALSE);
}

/* One line, no tabs; and no formula that nobody wrote. */
static void
append_plain (GString    *tsv,
              const char *text)
{
  if (*text != '\0' && strchr ("=+-@", *text) != NULL)
    g_string_append_c (tsv, '\'');
  for (; *text != '\0'; text++)
    g_string_append_c (tsv, *text == '\t' || *text == '\n' || *text == '\r' ? ' ' : *text);
}

/**
 * qd_table_text_make_tsv:
 * @table: a table
 * @decimal_comma: whether numbers have a comma, not a point: as the programs they are pasted into
 *
 * Returns: (transfer full): lines of cells between tabs, with a heading
 */
char *
qd_table_text_make_tsv (const QdTable *table,
                        gboolean       decimal_comma)
{
  GString *tsv = g_string_new (NULL);

  for (guint i = 0; i < qd_table_get_n_columns (table); i++)
    {
      if (i > 0)
        g_string_append_c (tsv, '\t');
      append_plain (tsv, get_title (qd_table_get_column (table, i)));
    }
  g_string_append_c (tsv, '\n');
  for (guint row = 0; row < qd_table_get_n_rows (table); row++)
    {
      for (guint i = 0; i < qd_table_get_n_columns (table); i++)
        {
          g_autofree char *iso = qd_table_format_iso (table, row, i);

          if (i > 0)
            g_string_append_c (tsv, '\t');
          if (is_number (qd_table_get_cell_type (table, row, i)))
            g_string_append (tsv, decimal_comma ? g_strdelimit (iso, ".", ',') : iso);
          else
            append_plain (tsv, iso);
        }
      g_string_append_c (tsv, '\n');
    }
  return g_string_free (tsv, FALSE);
}

/**
 * qd_table_text_make_csv:
 * @table: a table
 *
 * Returns: (transfer full): RFC 4180, ISO dates, decimal points
 */
char *
qd_table_text_make_csv (const QdTable *table)
{
  GString *csv = g_string_new (NULL);

  qd_table_write_csv (table, csv);
  return g_string_free (csv, FALSE);
}
