/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "data/base/qd-table.h"

#include <locale.h>
#include <math.h>

static const QdColumn columns[] = {
  { "name", "Name", QD_COLUMN_TEXT },   { "count", NULL, QD_COLUMN_COUNT }, { "amount", NULL, QD_COLUMN_MONEY },
  { "month", NULL, QD_COLUMN_MONTH },   { "day", NULL, QD_COLUMN_DAY },     { "rate", NULL, QD_COLUMN_RATE },
  { "number", NULL, QD_COLUMN_NUMBER }, { "value", NULL, QD_COLUMN_MIXED },
};

static QdTable *
make_table (const char *currency)
{
  QdTable *table = qd_table_new ("things", currency, columns, G_N_ELEMENTS (columns));

  qd_table_add_text (table, "Ünal, \"Söhne\"");
  qd_table_add_integer (table, 7);
  qd_table_add_integer (table, -123456);
  qd_table_add_integer (table, qd_month_from_ym (2026, 6));
  qd_table_add_integer (table, qd_day_from_ymd (2026, 6, 30));
  qd_table_add_double (table, 1.0 / 3.0);
  qd_table_add_double (table, -0.0);
  qd_table_add_money (table, 5);
  qd_table_end_row (table);

  qd_table_add_text (table, NULL);
  for (guint i = 1; i < G_N_ELEMENTS (columns) - 1; i++)
    qd_table_add_missing (table);
  qd_table_add_rate (table, 1.043);
  qd_table_end_row (table);

  qd_table_add_text (table, "");
  qd_table_add_integer (table, G_MININT64);
  qd_table_add_integer (table, G_MAXINT64);
  qd_table_add_integer (table, QD_MONTH_NONE);
  qd_table_add_integer (table, QD_DAY_NONE);
  qd_table_add_double (table, NAN);
  qd_table_add_double (table, INFINITY);
  qd_table_add_count (table, 12);
  qd_table_end_row (table);
  return table;
}

static void
test_csv (void)
{
  g_autoptr (QdTable) table = make_table ("USD");
  g_autoptr (GString) out = g_string_new (NULL);

  qd_table_write_csv (table, out);
  g_assert_cmpstr (out->str, ==,
                   "name,count,amount,month,day,rate,number,value\n"
                   "\"Ünal, \"\"Söhne\"\"\",7,-1234.56,2026-06,2026-06-30,0.333333333333,0,0.05\n"
                   ",,,,,,,1.043\n"
                   ",-9223372036854775808,92233720368547758.07,,,,,12\n");
}

static void
test_json (void)
{
  g_autoptr (QdTable) table = make_table ("KWD");
  g_autoptr (GString) out = g_string_new (NULL);

  qd_table_write_json (table, out);
  g_assert_cmpstr (out->str, ==,
                   "[\n"
                   " {\"name\": \"Ünal, \\\"Söhne\\\"\", \"count\": 7, \"amount\": -123.456, \"month\": \"2026-06\", "
                   "\"day\": \"2026-06-30\", \"rate\": 0.333333333333, \"number\": 0, \"value\": 0.005},\n"
                   " {\"name\": null, \"count\": null, \"amount\": null, \"month\": null, \"day\": null, "
                   "\"rate\": null, \"number\": null, \"value\": 1.043},\n"
                   " {\"name\": \"\", \"count\": -9223372036854775808, \"amount\": 9223372036854775.807, "
                   "\"month\": null, \"day\": null, \"rate\": null, \"number\": null, \"value\": 12}\n"
                   "]\n");
}

static void
test_empty (void)
{
  g_autoptr (QdTable) table = qd_table_new ("things", NULL, columns, 2);
  g_autoptr (GString) out = g_string_new (NULL);

  qd_table_write_json (table, out);
  g_assert_cmpstr (out->str, ==, "[]\n");
  g_string_truncate (out, 0);
  qd_table_write_csv (table, out);
  g_assert_cmpstr (out->str, ==, "name,count\n");
  g_assert_null (qd_table_get_currency (table));
}

static void
test_read (void)
{
  g_autoptr (QdTable) table = make_table ("JPY");
  g_autofree char *money = NULL, *missing = NULL;
  const char *name;

  g_assert_cmpstr (qd_table_get_id (table), ==, "things");
  g_assert_cmpstr (qd_table_get_currency (table), ==, "JPY");
  g_assert_cmpint (qd_table_get_exponent (table), ==, 0);
  g_assert_cmpuint (qd_table_get_n_rows (table), ==, 3);
  g_assert_cmpuint (qd_table_get_n_columns (table), ==, 8);
  g_assert_cmpint (qd_table_find_column (table, "rate"), ==, 5);
  g_assert_cmpint (qd_table_find_column (table, "none"), ==, -1);
  g_assert_cmpstr (qd_table_get_column (table, 0)->title, ==, "Name");
  g_assert_cmpstr (qd_table_get_column (table, 1)->title, ==, "count");

  name = qd_table_get_text (table, 0, 0);
  g_assert_cmpstr (name, ==, "Ünal, \"Söhne\"");
  g_assert_null (qd_table_get_text (table, 1, 0));
  g_assert_cmpstr (qd_table_get_text (table, 2, 0), ==, "");
  g_assert_null (qd_table_get_text (table, 0, 1));
  g_assert_true (qd_table_is_missing (table, 1, 0));
  g_assert_false (qd_table_is_missing (table, 2, 0));
  g_assert_true (qd_table_is_missing (table, 2, 3));
  g_assert_true (qd_table_is_missing (table, 2, 5));
  g_assert_cmpint (qd_table_get_integer (table, 0, 2), ==, -123456);
  g_assert_cmpint (qd_table_get_integer (table, 0, 5), ==, 0);
  g_assert_cmpfloat (qd_table_get_double (table, 0, 2), ==, -123456);
  g_assert_true (isnan (qd_table_get_double (table, 1, 2)));
  g_assert_true (isnan (qd_table_get_double (table, 0, 0)));

  g_assert_cmpint (qd_table_get_cell_type (table, 0, 7), ==, QD_COLUMN_MONEY);
  g_assert_cmpint (qd_table_get_cell_type (table, 1, 7), ==, QD_COLUMN_RATE);
  g_assert_cmpint (qd_table_get_cell_type (table, 2, 7), ==, QD_COLUMN_COUNT);
  g_assert_cmpint (qd_table_get_cell_type (table, 1, 2), ==, QD_COLUMN_MONEY);

  money = qd_table_format_iso (table, 0, 2);
  g_assert_cmpstr (money, ==, "-123456");
  missing = qd_table_format_iso (table, 1, 2);
  g_assert_cmpstr (missing, ==, "");
}

/* Texts that a spreadsheet would run get an apostrophe; numbers do not. */
static void
test_guard (void)
{
  static const struct
  {
    const char *text, *guarded, *plain;
  } cases[] = {
    { "=1+1", "'=1+1", "=1+1" },
    { "+49", "'+49", "+49" },
    { "-x", "'-x", "-x" },
    { "@SUM(A1)", "'@SUM(A1)", "@SUM(A1)" },
    { "\tx", "\"'\tx\"", "\"\tx\"" },
    { "\rx", "\"'\rx\"", "\"\rx\"" },
    { "=a,\"b\"", "\"'=a,\"\"b\"\"\"", "\"=a,\"\"b\"\"\"" },
    { "a=1", "a=1", "a=1" },
    { "two\nlines", "\"two\nlines\"", "\"two\nlines\"" },
    { " padded ", "\" padded \"", "\" padded \"" },
    { "semi;colon", "semi;colon", "semi;colon" },
    { "", "", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) guarded = g_string_new (NULL);
      g_autoptr (GString) plain = g_string_new (NULL);

      qd_csv_append_field (guarded, cases[i].text, TRUE);
      qd_csv_append_field (plain, cases[i].text, FALSE);
      g_assert_cmpstr (guarded->str, ==, cases[i].guarded);
      g_assert_cmpstr (plain->str, ==, cases[i].plain);
    }
}

static void
test_json_string (void)
{
  g_autoptr (GString) out = g_string_new (NULL);

  qd_json_append_string (out, "a\"b\\c\n\t\r\x01\x7f/é😀");
  g_assert_cmpstr (out->str, ==, "\"a\\\"b\\\\c\\n\\t\\r\\u0001\\u007f/é😀\"");
  g_string_truncate (out, 0);
  qd_json_append_string (out, "bad\xff" "byte");
  g_assert_cmpstr (out->str, ==, "\"bad\xef\xbf\xbd" "byte\"");
}

/* Twelve significant digits in any locale; decimals from python: format (x, ".12g"). */
static void
test_notation (void)
{
  static const struct
  {
    double value;
    const char *text;
  } cases[] = {
    { 1.0 / 3.0, "0.333333333333" }, { 2.0 / 3.0, "0.666666666667" }, { 1.0, "1" },     { 0.1 + 0.2, "0.3" },
    { 1234567.125, "1234567.125" },  { 1e-7, "1e-07" },               { -2.5, "-2.5" }, { 123456789012345.0, "1.23456789012e+14" },
  };
  static const QdColumn rate[] = { { "rate", NULL, QD_COLUMN_RATE } };
  static const char *const locales[] = { "C", "de_DE.UTF-8", "fr_FR.UTF-8", "ar_EG.UTF-8" };

  for (gsize l = 0; l < G_N_ELEMENTS (locales); l++)
    {
      g_autoptr (QdTable) table = qd_table_new ("rates", NULL, rate, 1);

      if (setlocale (LC_ALL, locales[l]) == NULL)
        continue;
      for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
        {
          qd_table_add_double (table, cases[i].value);
          qd_table_end_row (table);
        }
      for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
        {
          g_autofree char *text = qd_table_format_iso (table, i, 0);

          g_assert_cmpstr (text, ==, cases[i].text);
        }
    }
  setlocale (LC_ALL, "C");
}

/* A short row, one too long and a value of the wrong type are mistakes of the program. */
static void
test_misuse (void)
{
  if (g_test_subprocess ())
    {
      g_autoptr (QdTable) table = qd_table_new ("things", NULL, columns, 2);

      qd_table_add_text (table, "x");
      qd_table_end_row (table);
      return;
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*cursor == self->n_columns*");
}

static gpointer
read_all (gpointer data)
{
  QdTable *table = data;
  gint64 sum = 0;

  for (guint r = 0; r < qd_table_get_n_rows (table); r++)
    sum += qd_table_get_integer (table, r, 0);
  qd_table_unref (table);
  return GINT_TO_POINTER ((int) (sum % 1000003));
}

static void
test_threads (void)
{
  static const QdColumn count[] = { { "n", NULL, QD_COLUMN_COUNT } };
  QdTable *table = qd_table_new ("numbers", NULL, count, 1);
  GThread *threads[4];

  for (guint i = 1; i <= 100000; i++)
    {
      qd_table_add_integer (table, i);
      qd_table_end_row (table);
    }
  for (guint i = 0; i < 4; i++)
    threads[i] = g_thread_new ("reader", read_all, qd_table_ref (table));
  qd_table_unref (table);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpint (GPOINTER_TO_INT (g_thread_join (threads[i])), ==, 5000050000 % 1000003);
}

/* A copy of each cell, of every type and missing, says the same. */
static void
test_copy (void)
{
  static const QdColumn kinds[] = {
    { "name", NULL, QD_COLUMN_TEXT },   { "n", NULL, QD_COLUMN_COUNT },  { "mrr", NULL, QD_COLUMN_MONEY },
    { "month", NULL, QD_COLUMN_MONTH }, { "day", NULL, QD_COLUMN_DAY },  { "nrr", NULL, QD_COLUMN_RATE },
    { "x", NULL, QD_COLUMN_NUMBER },    { "any", NULL, QD_COLUMN_MIXED }, { "none", NULL, QD_COLUMN_MIXED },
  };
  g_autoptr (QdTable) table = qd_table_new ("t", "KWD", kinds, G_N_ELEMENTS (kinds));
  g_autoptr (QdTable) copy = qd_table_new ("t", "KWD", kinds, G_N_ELEMENTS (kinds));
  g_autoptr (GString) csv = g_string_new (NULL);

  for (int row = 0; row < 2; row++)
    {
      if (row == 0)
        qd_table_add_text (table, "a, \"b\"");
      else
        qd_table_add_missing (table);
      qd_table_add_count (table, 7);
      qd_table_add_money (table, -1234567);
      qd_table_add_integer (table, qd_month_from_ym (2025, 2));
      qd_table_add_integer (table, qd_day_from_ymd (2024, 2, 29));
      qd_table_add_rate (table, 1.043);
      qd_table_add_number (table, 0.5);
      qd_table_add_money (table, 5001);
      qd_table_add_missing (table);
      qd_table_end_row (table);
      for (guint column = 0; column < G_N_ELEMENTS (kinds); column++)
        qd_table_add_cell (copy, table, (guint) row, column);
      qd_table_end_row (copy);
    }
  qd_table_write_csv (copy, csv);
  g_assert_cmpstr (csv->str, ==,
                   "name,n,mrr,month,day,nrr,x,any,none\n"
                   "\"a, \"\"b\"\"\",7,-1234.567,2025-02,2024-02-29,1.043,0.5,5.001,\n"
                   ",7,-1234.567,2025-02,2024-02-29,1.043,0.5,5.001,\n");
}

/* Some rows and columns, in another order; the texts are there when the table is not any more. */
static void
test_pick (void)
{
  static const QdColumn kinds[] = {
    { "name", NULL, QD_COLUMN_TEXT }, { "mrr", NULL, QD_COLUMN_MONEY }, { "any", NULL, QD_COLUMN_MIXED },
  };
  static const guint32 rows[] = { 2, 0, 2, 3 };
  static const guint order[] = { 2, 0 };
  QdTable *table = qd_table_new ("t", "USD", kinds, G_N_ELEMENTS (kinds));
  g_autoptr (QdTable) picked = NULL;
  g_autoptr (QdTable) none = NULL;
  g_autoptr (QdTable) about = NULL;
  g_autoptr (GString) csv = g_string_new (NULL);

  for (guint row = 0; row < 4; row++)
    {
      g_autofree char *name = g_strdup_printf ("name %u", row);

      if (row == 3)
        qd_table_add_missing (table);
      else
        qd_table_add_text (table, name);
      qd_table_add_money (table, row * 150);
      if (row == 2)
        qd_table_add_rate (table, 0.5);
      else
        qd_table_add_text (table, name);
      qd_table_end_row (table);
    }
  picked = qd_table_pick (table, rows, G_N_ELEMENTS (rows), order, G_N_ELEMENTS (order));
  none = qd_table_pick (table, NULL, 0, order, G_N_ELEMENTS (order));
  qd_table_unref (table);
  about = qd_table_with_text (picked, "scope", NULL, "all");
  g_assert_cmpuint (qd_table_get_n_rows (none), ==, 0);
  g_assert_cmpuint (qd_table_get_n_rows (picked), ==, 4);
  g_clear_pointer (&picked, qd_table_unref);
  qd_table_write_csv (about, csv);
  g_assert_cmpstr (csv->str, ==, "any,name,scope\n0.5,name 2,all\nname 0,name 0,all\n0.5,name 2,all\nname 3,,all\n");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/table/csv", test_csv);
  g_test_add_func ("/table/json", test_json);
  g_test_add_func ("/table/empty", test_empty);
  g_test_add_func ("/table/read", test_read);
  g_test_add_func ("/table/copy", test_copy);
  g_test_add_func ("/table/pick", test_pick);
  g_test_add_func ("/table/guard", test_guard);
  g_test_add_func ("/table/json-string", test_json_string);
  g_test_add_func ("/table/notation", test_notation);
  g_test_add_func ("/table/misuse", test_misuse);
  g_test_add_func ("/table/threads", test_threads);
  return g_test_run ();
}
