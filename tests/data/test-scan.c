/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "data/intake/qd-import.h"
#include "data/intake/qd-scan.h"

/* The records of a text as "line:cell|cell;", or "!message". */
static char *
scan_all (const char *text,
          gsize       length,
          char        delimiter)
{
  g_autofree char *padded = g_malloc0 (length + QD_SCAN_PADDING);
  g_auto (QdScan) scan = { 0 };
  g_autoptr (GError) error = NULL;
  GString *out = g_string_new (NULL);

  memcpy (padded, text, length);
  qd_scan_init (&scan, padded, length, delimiter, 1);
  while (qd_scan_next (&scan, &error))
    {
      g_string_append_printf (out, "%" G_GUINT64_FORMAT ":", scan.line);
      for (guint i = 0; i < scan.n_cells; i++)
        {
          if (i > 0)
            g_string_append_c (out, '|');
          g_string_append_len (out, scan.cells[i].text, scan.cells[i].length);
        }
      g_string_append_c (out, ';');
    }
  if (error != NULL)
    {
      g_assert_error (error, QD_INTAKE_ERROR, QD_INTAKE_ERROR_FORMAT);
      g_string_append_printf (out, "!%s", error->message);
    }
  return g_string_free (out, FALSE);
}

static void
test_records (void)
{
  static const struct
  {
    const char *text, *records;
  } cases[] = {
    { "a,b\n1,2\n", "1:a|b;2:1|2;" },
    { "a,b\r\n1,2\r\n", "1:a|b;2:1|2;" },
    { "a,b\r1,2\r", "1:a|b;2:1|2;" },
    { "a,b\n1,2", "1:a|b;2:1|2;" },
    { "a,b\n1,", "1:a|b;2:1|;" },
    { ",\n", "1:|;" },
    { "", "" },
    { "\n\n\r\n", "" },
    { "a\n\nb\n", "1:a;3:b;" },
    { "\"\"\n", "1:;" },
    { "\"a,b\",c\n", "1:a,b|c;" },
    { "\"a\"\"b\"\n", "1:a\"b;" },
    { "\"\"\"\"\n", "1:\";" },
    { "\"\"\"a\"\"\",\"\"\"\"\"\"\n", "1:\"a\"|\"\";" },
    { "\"a\nb\",c\nd,e\n", "1:a\nb|c;3:d|e;" },
    { "\"a\r\nb\rc\",c\nd,e\n", "1:a\r\nb\rc|c;4:d|e;" },
    { "5\" disk,x\n", "1:5\" disk|x;" },
    { "\"a\"", "1:a;" },
    { "\"a\",", "1:a|;" },
    { "a,\"b\nc", "!Line 1, column 2: a quote is opened here and never closed." },
    { "x\ny\na,\"b", "1:x;2:y;!Line 3, column 2: a quote is opened here and never closed." },
    { "\"a\"b,c\n",
      "!Line 1, column 1: text follows a closing quote; a quote inside a quoted cell must be doubled." },
    { "\"a\n\"b,c\n",
      "!Line 2, column 1: text follows a closing quote; a quote inside a quoted cell must be doubled." },
    { "a, \"b\"\n", "!Line 1, column 2: a quote follows a space; it must be the first character of its cell." },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *records = scan_all (cases[i].text, strlen (cases[i].text), ',');

      g_test_message ("%s", cases[i].text);
      g_assert_cmpstr (records, ==, cases[i].records);
    }
}

static void
test_other_delimiter (void)
{
  g_autofree char *tab = scan_all ("a\tb,c\n", 6, '\t');
  g_autofree char *semicolon = scan_all ("\"a;b\";c\n", 8, ';');

  g_assert_cmpstr (tab, ==, "1:a|b,c;");
  g_assert_cmpstr (semicolon, ==, "1:a;b|c;");
}

/* Cells of every length at every place of a block, against cutting by hand. */
static void
test_block_borders (void)
{
  for (guint length = 0; length < 140; length++)
    for (guint second = 0; second < 70; second += 3)
      {
        g_autofree char *a = g_strnfill (length, 'a');
        g_autofree char *b = g_strnfill (second, 'b');
        g_autofree char *text = g_strdup_printf ("%s,\"%s\"\"\",%s\r\nx\n", a, b, a);
        g_autofree char *expected = g_strdup_printf ("1:%s|%s\"|%s;2:x;", a, b, a);
        g_autofree char *records = scan_all (text, strlen (text), ',');

        g_assert_cmpstr (records, ==, expected);
      }
}

static void
test_limits (void)
{
  g_autofree char *cell = g_strnfill (QD_SCAN_MAX_CELL + 1, 'x');
  g_autofree char *quoted = g_strdup_printf ("\"%s\"\n", cell);
  g_autofree char *open = g_strdup_printf ("a\n\"%s\n%s\n", cell, cell);
  g_autofree char *commas = g_strnfill (QD_SCAN_MAX_CELLS + 10, ',');
  g_autofree char *one = scan_all (cell, strlen (cell), ',');
  g_autofree char *two = scan_all (quoted, strlen (quoted), ',');
  g_autofree char *three = scan_all (open, strlen (open), ',');
  g_autofree char *four = scan_all (commas, strlen (commas), ',');

  g_assert_cmpstr (one, ==, "!Line 1, column 1: the cell that begins here is longer than 1 MiB.");
  g_assert_cmpstr (two, ==,
                   "!Line 1, column 1: the cell that begins here is longer than 1 MiB; is a closing quote missing?");
  g_assert_cmpstr (three, ==,
                   "1:a;!Line 2, column 1: the cell that begins here is longer than 1 MiB; is a closing quote missing?");
  g_assert_cmpstr (four, ==, "!Line 1, column 4097: the line has more than 4,096 columns.");
}

/* What is written is read again, for random cells. */
static void
test_round_trip (void)
{
  static const char *const pieces[] = { "a", "\"", ",", "\n", "\r\n", " ", ";", "é", "\t", "|", "" };

  for (guint run = 0; run < 2000; run++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GString) expected = g_string_new ("1:");
      g_autofree char *records = NULL;

      for (guint c = 0; c < 4; c++)
        {
          g_autoptr (GString) cell = g_string_new (NULL);

          for (gint n = g_test_rand_int_range (0, 6); n > 0; n--)
            g_string_append (cell, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
          if (c > 0)
            {
              g_string_append_c (text, ',');
              g_string_append_c (expected, '|');
            }
          qd_scan_append_cell (text, cell->str, cell->len);
          g_string_append (expected, cell->str);
        }
      g_string_append (text, "\r\n");
      g_string_append_c (expected, ';');
      records = scan_all (text->str, text->len, ',');
      g_assert_cmpstr (records, ==, expected->str);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scan/records", test_records);
  g_test_add_func ("/scan/other-delimiter", test_other_delimiter);
  g_test_add_func ("/scan/block-borders", test_block_borders);
  g_test_add_func ("/scan/limits", test_limits);
  g_test_add_func ("/scan/round-trip", test_round_trip);
  return g_test_run ();
}
