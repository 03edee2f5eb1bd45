/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "data/base/qd-calendar.h"

/* Day numbers from `date -u -d DATE +%s` ÷ 86400. */
static void
test_known_days (void)
{
  static const struct
  {
    const char *iso;
    QdDay day;
  } cases[] = {
    { "1970-01-01", 0 },      { "1969-12-31", -1 },     { "2000-02-29", 11016 },
    { "2024-02-29", 19782 },  { "1900-03-01", -25508 }, { "9999-12-31", 2932896 },
    { "0001-01-01", -719162 }, { "2026-06-30", 20634 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *back = NULL;

      g_assert_cmpint (qd_day_parse_iso (cases[i].iso, -1), ==, cases[i].day);
      back = qd_day_to_iso (cases[i].day);
      g_assert_cmpstr (back, ==, cases[i].iso);
    }
}

static void
test_no_such_day (void)
{
  static const char *const bad[] = { "2023-02-29", "2024-13-01", "2024-00-10", "2024-04-31", "1900-02-29",
                                     "2024-1-01",  "24-01-01",   "2024/01/01", "2024-01-01 ", "", "0000-01-01" };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_cmpint (qd_day_parse_iso (bad[i], -1), ==, QD_DAY_NONE);
}

static void
test_each_day (void)
{
  QdDay first = qd_day_from_ymd (1899, 1, 1);
  QdDay last = qd_day_from_ymd (2105, 12, 31);

  for (QdDay day = first; day <= last; day++)
    {
      g_autoptr (GDate) date = g_date_new_julian (day + 719163);
      int y, m, d;

      qd_day_to_ymd (day, &y, &m, &d);
      g_assert_cmpint (y, ==, g_date_get_year (date));
      g_assert_cmpint (m, ==, (int) g_date_get_month (date));
      g_assert_cmpint (d, ==, g_date_get_day (date));
      g_assert_cmpint (qd_day_from_ymd (y, m, d), ==, day);
      if (g_date_is_last_of_month (date))
        g_assert_cmpint (qd_month_last_day (qd_day_get_month (day)), ==, day);
    }
}

static void
test_fiscal (void)
{
  QdMonth june = qd_month_from_ym (2026, 6);

  g_assert_cmpint (qd_fiscal_quarter_end (june, 1), ==, june);
  g_assert_cmpint (qd_fiscal_quarter_end (june, 2), ==, june + 1);
  g_assert_cmpint (qd_fiscal_quarter_end (june, 3), ==, june + 2);
  g_assert_cmpint (qd_fiscal_quarter_end (june, 12), ==, june + 2);
  g_assert_cmpint (qd_fiscal_year_end (june, 1), ==, qd_month_from_ym (2026, 12));
  g_assert_cmpint (qd_fiscal_year_end (june, 7), ==, june);
  g_assert_cmpint (qd_fiscal_year_end (june, 6), ==, qd_month_from_ym (2027, 5));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/calendar/known-days", test_known_days);
  g_test_add_func ("/calendar/no-such-day", test_no_such_day);
  g_test_add_func ("/calendar/each-day", test_each_day);
  g_test_add_func ("/calendar/fiscal", test_fiscal);
  return g_test_run ();
}
