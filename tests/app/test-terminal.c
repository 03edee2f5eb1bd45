/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <locale.h>

#include "app/commands/qd-terminal.h"

static void
assert_owned (char       *found,
              const char *expected)
{
  g_assert_cmpstr (found, ==, expected);
  g_free (found);
}

static void
test_safe (void)
{
  assert_owned (qd_terminal_dup_safe ("plain ü 漢"), "plain ü 漢");
  assert_owned (qd_terminal_dup_safe ("a\nb\tc\rd"), "a b c d");
  assert_owned (qd_terminal_dup_safe ("\x1b[31mred\x07"), "\xef\xbf\xbd[31mred\xef\xbf\xbd");
  assert_owned (qd_terminal_dup_safe ("a\xff" "b"), "a\xef\xbf\xbd" "b");
  assert_owned (qd_terminal_dup_safe ("x\xe2\x80\xae" "gpj"), "x\xef\xbf\xbdgpj");
}

static void
test_width (void)
{
  g_assert_cmpuint (qd_terminal_get_width (""), ==, 0);
  g_assert_cmpuint (qd_terminal_get_width ("abc"), ==, 3);
  g_assert_cmpuint (qd_terminal_get_width ("漢字"), ==, 4);
  g_assert_cmpuint (qd_terminal_get_width ("e\xcc\x81"), ==, 1);
  assert_owned (qd_terminal_dup_cut ("abcdef", 6), "abcdef");
  assert_owned (qd_terminal_dup_cut ("abcdef", 4), "abc…");
  assert_owned (qd_terminal_dup_cut ("漢字漢字", 4), "漢…");
}

static void
test_cells (void)
{
  g_autoptr (GString) out = g_string_new (NULL);

  qd_terminal_append_cell (out, "漢", 4, FALSE);
  qd_terminal_append_cell (out, "12", 4, TRUE);
  qd_terminal_append_cell (out, "longer", 2, TRUE);
  g_assert_cmpstr (out->str, ==, "漢    12longer");

  g_string_truncate (out, 0);
  qd_terminal_append_wrapped (out, "one two three\nfour", 2, 9);
  g_assert_cmpstr (out->str, ==, "one two\n  three\n  four\n");
}

static void
test_numbers (void)
{
  assert_owned (qd_terminal_format_count (0), "0");
  assert_owned (qd_terminal_format_count (999), "999");
  assert_owned (qd_terminal_format_count (1234567), "1,234,567");
  assert_owned (qd_terminal_format_count (-1000), "−1,000");
  assert_owned (qd_terminal_format_money (123456789, 2), "1,234,567.89");
  assert_owned (qd_terminal_format_money (-5, 2), "−0.05");
  assert_owned (qd_terminal_format_money (1234, 0), "1,234");
  assert_owned (qd_terminal_format_money (1234567, 3), "1,234.567");
  assert_owned (qd_terminal_format_money (G_MININT64, 2), "−92,233,720,368,547,758.08");
  assert_owned (qd_terminal_format_rate (1.0432), "104.32%");
  assert_owned (qd_terminal_format_rate (-0.000001), "0.00%");
  assert_owned (qd_terminal_format_month (QD_MONTH_NONE), "–");
  assert_owned (qd_terminal_format_month (qd_month_from_ym (2025, 6)), "2025-06");
}

static void
test_nearest (void)
{
  static const char *const words[] = { "metrics", "table", "chart", NULL };

  g_assert_cmpstr (qd_terminal_nearest ("metric", words), ==, "metrics");
  g_assert_cmpstr (qd_terminal_nearest ("tabel", words), ==, "table");
  g_assert_cmpstr (qd_terminal_nearest ("chrt", words), ==, "chart");
  g_assert_null (qd_terminal_nearest ("frobnicate", words));
  g_assert_null (qd_terminal_nearest ("", words));
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/terminal/safe", test_safe);
  g_test_add_func ("/app/terminal/width", test_width);
  g_test_add_func ("/app/terminal/cells", test_cells);
  g_test_add_func ("/app/terminal/numbers", test_numbers);
  g_test_add_func ("/app/terminal/nearest", test_nearest);
  return g_test_run ();
}
