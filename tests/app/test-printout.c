/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every row of a table comes out of the printer, once, whatever the paper.
 */
#include "config.h"

#include <locale.h>
#include <string.h>

#include "app/export/qd-printout.h"

static QdTable *
make_table (guint n_rows,
            guint n_columns)
{
  g_autofree QdColumn *columns = g_new0 (QdColumn, n_columns);
  QdTable *table;

  for (guint c = 0; c < n_columns; c++)
    columns[c] = (QdColumn){ "column", "A Title of a Column", QD_COLUMN_TEXT };
  table = qd_table_new ("table", NULL, columns, n_columns);
  for (guint r = 0; r < n_rows; r++)
    {
      for (guint c = 0; c < n_columns; c++)
        {
          g_autofree char *text = g_strdup_printf ("r%u", r);

          qd_table_add_text (table, text);
        }
      qd_table_end_row (table);
    }
  return table;
}

/* The rows of the page, which follow @next, the row after those of the pages before. */
static guint
read_page (const QdChartLayout *layout,
           guint                next)
{
  for (guint i = 0; i < qd_chart_layout_get_n_marks (layout); i++)
    {
      const QdMark *mark = qd_chart_layout_get_mark (layout, i);
      g_autofree char *expected = NULL;

      if (mark->role != QD_ROLE_TABLE_CELL || mark->index != 0)
        continue;
      expected = g_strdup_printf ("r%u", next++);
      g_assert_cmpstr (qd_text_run_get_text (mark->text), ==, expected);
    }
  return next;
}

static void
test_rows (void)
{
  static const struct { double width, height; } papers[] = { { 770, 523 }, { 523, 770 }, { 1119, 770 }, { 420, 300 } };
  static const guint counts[] = { 0, 1, 25, 26, 27, 28, 29, 30, 31, 60, 1003 };
  g_autoptr (QdFormat) format = qd_format_new ("USD");
  const QdFigureContext context = { format, "Company", "Board@1", NULL, "Source: a file" };

  for (guint p = 0; p < G_N_ELEMENTS (papers); p++)
    for (guint c = 0; c < G_N_ELEMENTS (counts); c++)
      for (guint n_columns = 2; n_columns < 20; n_columns += 15)
        {
          g_autoptr (QdTable) table = make_table (counts[c], n_columns);
          g_autoptr (QdPrintout) printout = qd_printout_new (NULL, table, "Customers", "Company", &context, NULL);
          guint n = qd_printout_paginate (printout, papers[p].width, papers[p].height), next = 0;

          g_assert_cmpuint (n, >=, 1);
          g_assert_cmpuint (n, <=, counts[c] / 8 + 1);
          for (guint i = 0; i < n; i++)
            {
              g_autoptr (QdChartLayout) layout = qd_printout_lay_out (printout, i, papers[p].width, papers[p].height);

              g_assert_nonnull (layout);
              next = read_page (layout, next);
            }
          g_assert_cmpuint (next, ==, counts[c]);
        }
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/printout/rows", test_rows);
  return g_test_run ();
}
