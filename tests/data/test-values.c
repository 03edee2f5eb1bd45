/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "data/intake/qd-parse-value.h"

static void
test_days (void)
{
  static const struct
  {
    const char *text;
    guint readings;
    const char *ymd, *dmy, *mdy; /* NULL: impossible */
  } cases[] = {
    { "2024-03-05", 7, "2024-03-05", "2024-03-05", "2024-03-05" },
    { "2024-03-05T13:45:00Z", 7, "2024-03-05", "2024-03-05", "2024-03-05" },
    { "2024-03-05 13:45:00.123 +0200", 7, "2024-03-05", "2024-03-05", "2024-03-05" },
    { "2024-03-05 UTC", 0, NULL, NULL, NULL },
    { "2024/3/5", 7, "2024-03-05", "2024-03-05", "2024-03-05" },
    { "2024.03.05", 7, "2024-03-05", "2024-03-05", "2024-03-05" },
    { "20240305", 7, "2024-03-05", "2024-03-05", "2024-03-05" },
    { "20241305", 0, NULL, NULL, NULL },
    { "5 Mar 2024", 7, "2024-03-05", "2024-03-05", "2024-03-05" },
    { "Mar 5, 2024", 7, "2024-03-05", "2024-03-05", "2024-03-05" },
    { "March 5th, 2024", 7, "2024-03-05", "2024-03-05", "2024-03-05" },
    { "05-MAR-24", 7, "2024-03-05", "2024-03-05", "2024-03-05" },
    { "Sept 30, 1999", 7, "1999-09-30", "1999-09-30", "1999-09-30" },
    { "Marsh 5, 2024", 0, NULL, NULL, NULL },
    { "3/5/2024", 6, NULL, "2024-05-03", "2024-03-05" },
    { "3/5/2024 1:45 PM", 6, NULL, "2024-05-03", "2024-03-05" },
    { "25/12/2024", 2, NULL, "2024-12-25", NULL },
    { "12/25/2024", 4, NULL, NULL, "2024-12-25" },
    { "25.12.2024", 2, NULL, "2024-12-25", NULL },
    { "31.11.2024", 0, NULL, NULL, NULL },
    { "29/02/2023", 0, NULL, NULL, NULL },
    { "29/02/2024", 2, NULL, "2024-02-29", NULL },
    { "01/02/03", 7, "2001-02-03", "2003-02-01", "2003-01-02" },
    { "01/02/70", 6, NULL, "1970-02-01", "1970-01-02" },
    { "2024-13-01", 0, NULL, NULL, NULL },
    { "2024-00-10", 0, NULL, NULL, NULL },
    { "2024-1", 0, NULL, NULL, NULL },
    { "01/02", 0, NULL, NULL, NULL },
    { "1/2/345", 0, NULL, NULL, NULL },
    { "1/2.2024", 0, NULL, NULL, NULL },
    { "45321", 0, NULL, NULL, NULL },
    { "n/a", 0, NULL, NULL, NULL },
    { "0000-00-00", 0, NULL, NULL, NULL },
    { "", 0, NULL, NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *expected[] = { cases[i].ymd, cases[i].dmy, cases[i].mdy };
      gsize length = strlen (cases[i].text);

      g_test_message ("%s", cases[i].text);
      g_assert_cmpuint (qd_value_date_readings (cases[i].text, length, NULL), ==, cases[i].readings);
      for (int k = 0; k < 3; k++)
        {
          QdDay day = qd_value_parse_day (cases[i].text, length, 1 << k);
          g_autofree char *iso = day == QD_DAY_NONE ? NULL : qd_day_to_iso (day);

          g_assert_cmpstr (iso, ==, expected[k]);
        }
    }
}

static void
test_months (void)
{
  static const struct
  {
    const char *text, *month;
  } cases[] = {
    { "2024-03", "2024-03" }, { "2024/3", "2024-03" },   { "03/2024", "2024-03" },  { "3-2024", "2024-03" },
    { "202403", "2024-03" },  { "Mar 2024", "2024-03" }, { "Mar-24", "2024-03" },   { "March 2024", "2024-03" },
    { "2024-03-31", "2024-03" }, { "31/03/2024", "2024-03" }, { "2024-13", "" },    { "202413", "" },
    { "13/2024", "" },        { "March", "" },           { "2024", "" },            { "2024-03-32", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      QdMonth month = qd_value_parse_month (cases[i].text, strlen (cases[i].text), QD_ORDER_DMY);
      g_autofree char *iso = month == QD_MONTH_NONE ? g_strdup ("") : qd_month_to_iso (month);

      g_test_message ("%s", cases[i].text);
      g_assert_cmpstr (iso, ==, cases[i].month);
    }
}

static void
test_numbers (void)
{
  static const struct
  {
    const char *text;
    guint readings;
    gboolean differ;
    const char *point, *comma; /* NULL: no number in that reading */
    const char *currency;
  } cases[] = {
    { "0", 3, FALSE, "0", "0", "" },
    { "1234", 3, FALSE, "1234", "1234", "" },
    { "-12", 3, FALSE, "-12", "-12", "" },
    { "12-", 3, FALSE, "-12", "-12", "" },
    { "+12", 3, FALSE, "12", "12", "" },
    { "(12)", 3, FALSE, "-12", "-12", "" },
    { "($1,234.50)", 1, FALSE, "-1234.5", NULL, "" },
    { "1.5", 1, FALSE, "1.5", NULL, "" },
    { "1,5", 2, FALSE, NULL, "1.5", "" },
    { "1,234", 3, TRUE, "1234", "1.234", "" },
    { "1.234", 3, TRUE, "1.234", "1234", "" },
    { "0.123", 1, FALSE, "0.123", NULL, "" },
    { "1234.567", 1, FALSE, "1234.567", NULL, "" },
    { "1,234.56", 1, FALSE, "1234.56", NULL, "" },
    { "1.234,56", 2, FALSE, NULL, "1234.56", "" },
    { "1,234,567", 1, FALSE, "1234567", NULL, "" },
    { "12,34,567.8", 1, FALSE, "1234567.8", NULL, "" },
    { "1 234,56", 2, FALSE, NULL, "1234.56", "" },
    { "1\xc2\xa0" "234,56", 2, FALSE, NULL, "1234.56", "" },
    { "1\xe2\x80\xaf" "234", 3, FALSE, "1234", "1234", "" },
    { "1'234.50", 1, FALSE, "1234.5", NULL, "" },
    { "$99", 3, FALSE, "99", "99", "" },
    { "€ 99,50", 2, FALSE, NULL, "99.5", "EUR" },
    { "99.50 GBP", 1, FALSE, "99.5", NULL, "GBP" },
    { "USD 1,234.50", 1, FALSE, "1234.5", NULL, "USD" },
    { "\xe2\x88\x92" "5", 3, FALSE, "-5", "-5", "" },
    { "999999999999999999", 3, FALSE, "999999999999999999", "999999999999999999", "" },
    { "1.2.3", 0, FALSE, NULL, NULL, "" },
    { "1,2,3", 0, FALSE, NULL, NULL, "" },
    { "12 34", 0, FALSE, NULL, NULL, "" },
    { "1e5", 0, FALSE, NULL, NULL, "" },
    { "--5", 0, FALSE, NULL, NULL, "" },
    { "NaN", 0, FALSE, NULL, NULL, "" },
    { "#REF!", 0, FALSE, NULL, NULL, "" },
    { "5 apples", 0, FALSE, NULL, NULL, "" },
    { "", 0, FALSE, NULL, NULL, "" },
    { "-", 0, FALSE, NULL, NULL, "" },
    { ".", 0, FALSE, NULL, NULL, "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gsize length = strlen (cases[i].text);
      const char *expected[] = { cases[i].point, cases[i].comma };
      gboolean differ;

      g_test_message ("“%s”", cases[i].text);
      g_assert_cmpuint (qd_value_number_readings (cases[i].text, length, &differ), ==, cases[i].readings);
      g_assert_cmpint (differ, ==, cases[i].differ);
      for (int k = 0; k < 2; k++)
        {
          QdDecimal value;
          char currency[4];
          gboolean ok = qd_value_parse_number (cases[i].text, length, 1 << k, &value, currency);
          g_autofree char *text = ok ? qd_decimal_to_string (value) : NULL;

          g_assert_cmpstr (text, ==, expected[k]);
          if (ok)
            g_assert_cmpstr (currency, ==, cases[i].currency);
        }
    }
  {
    QdDecimal value;

    g_assert_false (qd_value_parse_number ("9999999999999999999", 19, QD_DECIMAL_POINT, &value, NULL));
  }
}

static void
test_percent_integer_boolean (void)
{
  QdDecimal value;
  gboolean has_sign, yes;
  gint64 integer;

  g_assert_true (qd_value_parse_percent ("12,5 %", 6, QD_DECIMAL_COMMA, &value, &has_sign));
  g_assert_true (has_sign && value.mantissa == 125 && value.scale == 1);
  g_assert_true (qd_value_parse_percent ("10", 2, QD_DECIMAL_POINT, &value, &has_sign));
  g_assert_true (!has_sign && value.mantissa == 10 && value.scale == 0);
  g_assert_false (qd_value_parse_percent ("10%%", 4, QD_DECIMAL_POINT, &value, &has_sign));

  g_assert_true (qd_value_parse_integer ("1,200", 5, QD_DECIMAL_POINT, &integer));
  g_assert_cmpint (integer, ==, 1200);
  g_assert_true (qd_value_parse_integer ("12.0", 4, QD_DECIMAL_POINT, &integer));
  g_assert_false (qd_value_parse_integer ("12.5", 4, QD_DECIMAL_POINT, &integer));
  g_assert_false (qd_value_parse_integer ("12 USD", 6, QD_DECIMAL_POINT, &integer));

  g_assert_true (qd_value_parse_boolean ("TRUE", 4, &yes) && yes);
  g_assert_true (qd_value_parse_boolean ("no", 2, &yes) && !yes);
  g_assert_true (qd_value_parse_boolean ("FAUX", 4, &yes) && !yes);
  g_assert_false (qd_value_parse_boolean ("maybe", 5, &yes));
  g_assert_false (qd_value_parse_boolean ("", 0, &yes));
}

static void
test_intervals (void)
{
  static const struct
  {
    const char *text, *unit;
    int count;
    gint64 num, den; /* months of one unit */
  } cases[] = {
    { "month", "month", 1, 1, 1 },    { "Monthly", "month", 1, 1, 1 },     { "annual", "year", 1, 12, 1 },
    { "yearly", "year", 1, 12, 1 },   { "Semi-Annual", "half-year", 1, 6, 1 }, { "half-year", "half-year", 1, 6, 1 },
    { "quarterly", "quarter", 1, 3, 1 }, { "biennial", "year", 2, 12, 1 }, { "week", "week", 1, 3, 13 },
    { "daily", "day", 1, 12, 365 },   { "6 months", "month", 6, 1, 1 },    { "2 years", "year", 2, 12, 1 },
    { "fortnight", "week", 2, 3, 13 }, { "sometimes", NULL, 0, 0, 0 },     { "12", NULL, 0, 0, 0 },
    { "0 months", NULL, 0, 0, 0 },    { "", NULL, 0, 0, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      QdInterval interval;
      gboolean ok = qd_value_parse_interval (cases[i].text, strlen (cases[i].text), &interval);

      g_test_message ("%s", cases[i].text);
      g_assert_cmpint (ok, ==, cases[i].unit != NULL);
      if (!ok)
        continue;
      g_assert_cmpstr (interval.unit, ==, cases[i].unit);
      g_assert_cmpint (interval.count, ==, cases[i].count);
      g_assert_cmpint (interval.months.num, ==, cases[i].num);
      g_assert_cmpint (interval.months.den, ==, cases[i].den);
    }
}

static void
test_names (void)
{
  static const struct
  {
    const char *text, *folded, *identifier;
  } cases[] = {
    { "Customer ID", "customerid", "customer_id" }, { "customerId", "customerid", "customer_id" },
    { " plan_tier ", "plantier", "plan_tier" },     { "MRR (USD)", "mrrusd", "mrr_usd" },
    { "Größe", "größe", "größe" },                  { "###", "", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *folded = qd_value_fold (cases[i].text);
      g_autofree char *identifier = qd_value_identifier (cases[i].text);

      g_assert_cmpstr (folded, ==, cases[i].folded);
      g_assert_cmpstr (identifier, ==, cases[i].identifier);
    }
}

static void
test_guard (void)
{
  static const struct
  {
    const char *stored, *written;
  } cases[] = {
    { "=1+1", "'=1+1" },   { "+49 30", "'+49 30" }, { "-x", "'-x" },         { "@me", "'@me" },
    { "'=1", "''=1" },     { "plain", "plain" },    { "'quoted'", "'quoted'" }, { "''-", "'''-" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *text = cases[i].written;
      gsize length = strlen (text);
      g_autofree char *stripped = NULL;

      g_assert_cmpint (qd_value_needs_guard (cases[i].stored, strlen (cases[i].stored)), ==,
                       strcmp (cases[i].stored, cases[i].written) != 0);
      qd_value_strip_guard (&text, &length);
      stripped = g_strndup (text, length);
      g_assert_cmpstr (stripped, ==, cases[i].stored);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/values/days", test_days);
  g_test_add_func ("/values/months", test_months);
  g_test_add_func ("/values/numbers", test_numbers);
  g_test_add_func ("/values/percent-integer-boolean", test_percent_integer_boolean);
  g_test_add_func ("/values/intervals", test_intervals);
  g_test_add_func ("/values/names", test_names);
  g_test_add_func ("/values/guard", test_guard);
  return g_test_run ();
}
