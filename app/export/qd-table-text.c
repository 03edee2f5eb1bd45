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

/* A cell that a spreadsheet takes as what it is, whatever its language: LibreOffice reads sdval, Google's sheets
 * data-sheets-value, others the text. */
static void
append_cell (GString       *html,
             const QdTable *table,
             guint          row,
             guint          column)
{
  QdColumnType type = qd_table_get_cell_type (table, row, column);
  g_autofree char *iso = qd_table_format_iso (table, row, column);
  g_autofree char *escaped = g_markup_escape_text (iso, -1);

  if (qd_table_is_missing (table, row, column))
    g_string_append (html, "<td></td>");
  else if (is_number (type))
    g_string_append_printf (html,
                            "<td align=\"right\" sdval=\"%s\" sdnum=\"1033;0;%s\" "
                            "data-sheets-value='{\"1\":3,\"3\":%s}'>%s</td>",
                            escaped, type == QD_COLUMN_RATE ? "0.0%" : "General", escaped, escaped);
  else if (type == QD_COLUMN_TEXT)
    g_string_append_printf (html, "<td sdnum=\"1033;0;@\">%s</td>", escaped);
  else
    g_string_append_printf (html, "<td>%s</td>", escaped);
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
