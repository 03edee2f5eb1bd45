/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>
#include <math.h>

#include "ui/draw/qd-format.h"

#define NNBSP "\342\200\257"
#define MINUS "\342\210\222"
#define DASH "\342\200\223"

static void
test_money (void)
{
  static const struct
  {
    const char *currency;
    double minor;
    const char *expected;
  } cases[] = {
    { "USD", 0, "$0" },
    { "USD", 1, "$0.01" },
    { "USD", 50, "$0.50" },
    { "USD", 1250, "$12.5" },
    { "USD", 99949, "$999" },
    { "USD", 99950, "$1k" },
    { "USD", 84000000, "$840k" },
    { "USD", 120000000, "$1.2M" },
    { "USD", 123456789, "$1.23M" },
    { "USD", 100500000, "$1.01M" },   /* half away from zero */
    { "USD", 99949999, "$999k" },
    { "USD", 99950000, "$1M" },
    { "USD", 999500000, "$10M" },     /* 9.995 */
    { "USD", 1254900000, "$12.5M" },
    { "USD", 123456789012, "$1.23B" },
    { "USD", 123456789012345, "$1.23T" },
    { "USD", -84000000, MINUS "$840k" },
    { "EUR", 120000000, "€1.2M" },
    { "JPY", 840000, "¥840k" },
    { "JPY", 7, "¥7" },
    { "KWD", 1234567, "KWD" NNBSP "1.23k" },
    { "CHF", 120000000, "CHF" NNBSP "1.2M" },
    { "USD", NAN, DASH },
    { "USD", INFINITY, DASH },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (QdFormat) format = qd_format_new (cases[i].currency);
      g_autofree char *text = qd_format_money (format, cases[i].minor);

      g_assert_cmpstr (text, ==, cases[i].expected);
    }
}

/* A headline never has more than three significant digits, and is the nearest number that has so few. */
static void
test_three_digits (void)
{
  g_autoptr (QdFormat) format = qd_format_new ("USD");

  for (double minor = 1; minor < 1e15; minor = floor (minor * 1.0137) + 1)
    {
      g_autofree char *text = qd_format_money (format, minor);
      double unit = strchr (text, 'T')   ? 1e12
                    : strchr (text, 'B') ? 1e9
                    : strchr (text, 'M') ? 1e6
                    : strchr (text, 'k') ? 1e3
                                         : 1;
      double value = g_ascii_strtod (text + 1, NULL) * unit;
      guint digits = 0;
      gboolean leading = TRUE;

      for (const char *at = text; *at; at++)
        if (g_ascii_isdigit (*at) && !(leading && *at == '0'))
          leading = FALSE, digits++;
      g_assert_cmpuint (digits, <=, 3);
      g_assert_cmpfloat (fabs (value - minor / 100), <=, 0.00501 * minor / 100 + 0.005);
    }
}

static void
test_others (void)
{
  g_autoptr (QdFormat) format = qd_format_new ("USD");
  QdMonth june = qd_month_from_ym (2026, 6);
  struct
  {
    char *text;
    const char *expected;
  } cases[] = {
    { qd_format_percent (format, 1.043, 1), "104.3" NNBSP "%" },
    { qd_format_percent (format, 0.285, 0), "29" NNBSP "%" },
    { qd_format_percent (format, -0.0004, 1), "0.0" NNBSP "%" },
    { qd_format_percent (format, -0.0005, 1), MINUS "0.1" NNBSP "%" },
    { qd_format_percent (format, NAN, 1), DASH },
    { qd_format_percent_change (format, 0.098, 1), "+9.8" NNBSP "%" },
    { qd_format_points (format, 0.018), "+1.8" NNBSP "pp" },
    { qd_format_points (format, -0.018), MINUS "1.8" NNBSP "pp" },
    { qd_format_points (format, 0.0001), "0.0" NNBSP "pp" },
    { qd_format_count (format, 0), "0" },
    { qd_format_count (format, 999), "999" },
    { qd_format_count (format, 12345), "12,345" },
    { qd_format_count (format, -1234567), MINUS "1,234,567" },
    { qd_format_number (format, 0.05, 2), "0.05" },
    { qd_format_number (format, 2.675, 2), "2.68" },
    { qd_format_money_change (format, 84000000), "+$840k" },
    { qd_format_money_change (format, 0), "$0" },
    { qd_format_money_full (format, 124051249), "$1,240,512" },
    { qd_format_money_full (format, 12), "$0.12" },
    { qd_format_money_full (format, -99), "\342\210\222$0.99" },
    { qd_format_money_full (format, 0), "$0" },
    { qd_format_money_exact (format, 124051207), "$1,240,512.07" },
    { qd_format_money_exact (format, -7), MINUS "$0.07" },
    { qd_format_money_bare (format, 124051207, 2), "1,240,512.07" },
    { qd_format_money_bare (format, 124051200, 0), "1,240,512" },
    { qd_format_money_bare (format, -7, 2), MINUS "0.07" },
    { qd_format_money_bare (format, G_MININT64, 2), MINUS "92,233,720,368,547,758.08" },
    { qd_format_money_exact (format, G_MININT64), MINUS "$92,233,720,368,547,758.08" },
    { qd_format_money_scaled (format, 84000000, (QdScale){ 1e6, 2 }, FALSE), "$0.84M" },
    { qd_format_money_scaled (format, 84000000, (QdScale){ 1e6, 1 }, TRUE), "+$0.8M" },
    { qd_format_money_scaled (format, 0, (QdScale){ 1e6, 1 }, TRUE), "$0" },
    { qd_format_money_scaled (format, 100, (QdScale){ 1e6, 1 }, TRUE), "+$1.00" },
    { qd_format_money_headline (format, 1392000, (QdScale){ 1e3, 0 }), "$13.9k" },
    { qd_format_money_headline (format, 314159, (QdScale){ 1e3, 0 }), "$3.14k" },
    { qd_format_money_headline (format, 1200000, (QdScale){ 1e3, 2 }), "$12k" },
    { qd_format_money_headline (format, 999600, (QdScale){ 1e3, 2 }), "$10k" },
    { qd_format_money_headline (format, -84000000, (QdScale){ 1e6, 0 }), MINUS "$0.84M" },
    { qd_format_money_headline (format, 100, (QdScale){ 1e6, 0 }), "$1.00" },
    { qd_format_money_headline (format, 0, (QdScale){ 1e6, 0 }), "$0" },
    { qd_format_money_headline (format, NAN, (QdScale){ 1e6, 0 }), DASH },
    { qd_format_month (format, june), "Jun 2026" },
    { qd_format_month (format, QD_MONTH_NONE), DASH },
    { qd_format_day (format, qd_day_from_ymd (2026, 6, 30)), "30 Jun 2026" },
    { qd_format_day (format, QD_DAY_FOREVER), DASH },
    { qd_format_value (format, QD_UNIT_RATIO, 4.2), "4.2" NNBSP "×" },
    { qd_format_value (format, QD_UNIT_COUNT, 12345), "12,345" },
    { qd_format_value (format, QD_UNIT_RATE, 42.1), "4,210" NNBSP "%" },
    { qd_format_change (format, QD_UNIT_RATE, 0.021), "+2.1" NNBSP "pp" },
    { qd_format_change (format, QD_UNIT_COUNT, 5), "+5" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_cmpstr (cases[i].text, ==, cases[i].expected);
      g_free (cases[i].text);
    }
}

static void
test_scale (void)
{
  g_autoptr (QdFormat) format = qd_format_new ("USD");
  static const struct
  {
    double values[3];
    double divisor;
    int decimals;
  } cases[] = {
    { { 1241000000, 84000000, 5000000 }, 1e6, 2 },
    { { 1241000000, 1184000000, 1500000000 }, 1e6, 1 },
    { { 311000000, 984000000, 240000000 }, 1e6, 2 },
    { { 18730000000, 6390000000, 6040000000 }, 1e6, 1 },
    { { 1320000, 120000, 1200000 }, 1e3, 1 },
    { { 900000000, 200000000, 0 }, 1e6, 0 },
    { { 99940000000, 200000000, 0 }, 1e6, 1 },
    { { 99940000000, 20000000000, 0 }, 1e6, 0 },
    { { 50000, 12345, 100 }, 1, 0 },
    { { 0, 0, 0 }, 1, 0 },
    { { NAN, INFINITY, 1000 }, 1, 2 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      QdScale scale = qd_format_choose_scale (format, cases[i].values, 3);

      g_assert_cmpfloat (scale.divisor, ==, cases[i].divisor);
      g_assert_cmpint (scale.decimals, ==, cases[i].decimals);
    }
}

/* The current locale plays no part unless asked for. */
static void
test_locale (void)
{
  g_autoptr (QdFormat) english = NULL;
  g_autoptr (QdFormat) german = NULL;
  g_autofree char *a = NULL, *b = NULL, *c = NULL, *d = NULL, *e = NULL, *f = NULL;

  if (!setlocale (LC_ALL, "de_DE.UTF-8"))
    {
      g_test_skip ("there is no German locale");
      return;
    }
  english = qd_format_new ("EUR");
  german = qd_format_new_from_locale ("EUR");
  a = qd_format_percent (english, 1.043, 1);
  b = qd_format_percent (german, 1.043, 1);
  c = qd_format_money (german, 120000000);
  d = qd_format_month (german, qd_month_from_ym (2026, 5));
  e = qd_format_count (german, 1350);
  f = qd_format_money_exact (german, 135000);
  setlocale (LC_ALL, "C.UTF-8");
  g_assert_cmpstr (a, ==, "104.3" NNBSP "%");
  g_assert_cmpstr (b, ==, "104,3" NNBSP "%");
  g_assert_cmpstr (c, ==, "1,2M" NNBSP "€");
  g_assert_cmpstr (d, ==, "Mai 2026");
  /* Counts and amounts stand in one table. */
  g_assert_cmpstr (e, ==, "1.350");
  g_assert_cmpstr (f, ==, "1.350,00" NNBSP "€");
}

/* Days and months as a German and a French letter has them, on axes too. */
static void
test_dates (void)
{
  static const struct
  {
    const char *locale;
    int month;
    const char *day, *words, *name;
  } cases[] = {
    { "de_DE.UTF-8", 11, "22. Nov. 2026", "Nov. 2026", "Nov." }, { "de_DE.UTF-8", 1, "22. Jan. 2026", "Jan. 2026", "Jan." },
    { "de_DE.UTF-8", 3, "22. März 2026", "März 2026", "März" },  { "de_DE.UTF-8", 6, "22. Juni 2026", "Juni 2026", "Juni" },
    { "fr_FR.UTF-8", 2, "22 févr. 2026", "févr. 2026", "févr." }, { "fr_FR.UTF-8", 5, "22 mai 2026", "mai 2026", "mai" },
    { "C.UTF-8", 11, "22 Nov 2026", "Nov 2026", "Nov" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (QdFormat) format = NULL;
      g_autofree char *day = NULL, *month = NULL, *name = NULL, *words = NULL;
      QdMonth of = qd_month_from_ym (2026, cases[i].month);

      if (!setlocale (LC_ALL, cases[i].locale))
        {
          g_test_skip ("the locale is not there");
          continue;
        }
      format = qd_format_new_from_locale ("EUR");
      words = qd_month_to_words (of);
      setlocale (LC_ALL, "C.UTF-8");
      day = qd_format_day (format, qd_day_from_ymd (2026, cases[i].month, 22));
      month = qd_format_month (format, of);
      name = qd_format_month_name (format, of);
      g_assert_cmpstr (day, ==, cases[i].day);
      g_assert_cmpstr (month, ==, cases[i].words);
      g_assert_cmpstr (words, ==, cases[i].words);
      g_assert_cmpstr (name, ==, cases[i].name);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/draw/format/money", test_money);
  g_test_add_func ("/draw/format/three-digits", test_three_digits);
  g_test_add_func ("/draw/format/others", test_others);
  g_test_add_func ("/draw/format/scale", test_scale);
  g_test_add_func ("/draw/format/locale", test_locale);
  g_test_add_func ("/draw/format/dates", test_dates);
  return g_test_run ();
}
