/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "data/base/qd-money.h"

/* Exponents by the table of ISO 4217 (list one, column "minor unit"). */
static void
test_exponents (void)
{
  static const struct
  {
    const char *code;
    int exponent;
  } cases[] = {
    { "USD", 2 }, { "EUR", 2 }, { "GBP", 2 }, { "CHF", 2 },  { "JPY", 0 },  { "KRW", 0 }, { "VND", 0 },
    { "ISK", 0 }, { "CLP", 0 }, { "XAF", 0 }, { "KWD", 3 },  { "BHD", 3 },  { "OMR", 3 }, { "TND", 3 },
    { "JOD", 3 }, { "IQD", 3 }, { "LYD", 3 }, { "CLF", 4 },  { "UYW", 4 },  { "HUF", 2 }, { "MRU", 2 },
    { "ZZZ", -1 }, { "usd", -1 }, { "US", -1 }, { "USDX", -1 }, { "", -1 }, { "D A", -1 }, { "ED ", -1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (qd_currency_get_exponent (cases[i].code), ==, cases[i].exponent);
}

static void
test_parse (void)
{
  static const struct
  {
    const char *text;
    char sign;
    gint64 mantissa;
    int scale;
  } cases[] = {
    { "0", '.', 0, 0 },
    { "12", '.', 12, 0 },
    { "-12.50", '.', -125, 1 },
    { "+3.14", '.', 314, 2 },
    { ".5", '.', 5, 1 },
    { "5.", '.', 5, 0 },
    { "007.10", '.', 71, 1 },
    { "1234,56", ',', 123456, 2 },
    { "0.000000000000000001", '.', 1, 18 },
    { "999999999999999999", '.', G_GINT64_CONSTANT (999999999999999999), 0 },
    { "9.99999999999999999", '.', G_GINT64_CONSTANT (999999999999999999), 17 },
    { "0000000000000000000000000001", '.', 1, 0 },
    { "1.000000000000000000000000000000", '.', 1, 0 },
    { "-0", '.', 0, 0 },
    { "-0.00", '.', 0, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      QdDecimal decimal = { -1, 99 };

      g_assert_true (qd_decimal_parse (cases[i].text, -1, cases[i].sign, &decimal));
      g_assert_cmpint (decimal.mantissa, ==, cases[i].mantissa);
      g_assert_cmpint (decimal.scale, ==, cases[i].scale);
    }
}

static void
test_parse_refuses (void)
{
  static const char *const bad[] = { "",    "-",     "+",   ".",    "-.",  "1.2.3",  "1,234.5", " 1",      "1 ",
                                     "1e5", "0x10",  "1_0", "--1",  "+-1", "1-",     "NaN",     "inf",     "12a",
                                     "$5",  "(5)",   "5%",  "1.0a", "1.-", "1.0.0",  "\xd9\xa1",
                                     "1000000000000000000", "1.000000000000000001", "0.0000000000000000001",
                                     "99999999999999999999999999999999999999" };
  QdDecimal decimal;

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_test_message ("\"%s\"", bad[i]);
      g_assert_false (qd_decimal_parse (bad[i], -1, '.', &decimal));
    }
  g_assert_false (qd_decimal_parse ("1.5", -1, ',', &decimal));
  g_assert_false (qd_decimal_parse ("12", 0, '.', &decimal));
}

/* The length is kept to, whatever follows. */
static void
test_parse_length (void)
{
  QdDecimal decimal;

  g_assert_true (qd_decimal_parse ("12.345;7", 5, '.', &decimal));
  g_assert_cmpint (decimal.mantissa, ==, 1234);
  g_assert_cmpint (decimal.scale, ==, 2);
}

static void
test_decimal_to_string (void)
{
  static const struct
  {
    QdDecimal decimal;
    const char *text;
  } cases[] = {
    { { 0, 0 }, "0" },        { { -125, 1 }, "-12.5" },
    { { 5, 3 }, "0.005" },    { { -5, 3 }, "-0.005" },
    { { 12, 0 }, "12" },      { { 1, 18 }, "0.000000000000000001" },
    { { G_MAXINT64, 2 }, "92233720368547758.07" },
    { { G_MININT64, 18 }, "-9.223372036854775808" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = qd_decimal_to_string (cases[i].decimal);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

/* Python: int (Decimal (n) / Decimal (d)).quantize (0, ROUND_HALF_UP), with enough digits. */
static void
test_round (void)
{
  static const struct
  {
    gint64 num, den, value;
  } cases[] = {
    { 1, 2, 1 },
    { -1, 2, -1 },
    { 3, 2, 2 },
    { -3, 2, -2 },
    { 5, 2, 3 },
    { 49, 100, 0 },
    { -49, 100, 0 },
    { 1, 3, 0 },
    { 2, 3, 1 },
    { -2, 3, -1 },
    { 7, 7, 1 },
    { 0, 5, 0 },
    { G_MAXINT64, 1, G_MAXINT64 },
    { -G_MAXINT64, 1, -G_MAXINT64 },
    { G_MAXINT64, 2, G_GINT64_CONSTANT (4611686018427387904) },
    { -G_MAXINT64, 2, -G_GINT64_CONSTANT (4611686018427387904) },
    { G_MAXINT64 - 1, G_MAXINT64, 1 },
    { G_GINT64_CONSTANT (4611686018427387903), G_MAXINT64, 0 },
    { G_GINT64_CONSTANT (4611686018427387904), G_MAXINT64, 1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      QdRatio ratio;
      gint64 value;

      g_assert_true (qd_ratio_make (cases[i].num, cases[i].den, &ratio));
      g_assert_true (qd_ratio_round (ratio, &value));
      g_assert_cmpint (value, ==, cases[i].value);
    }
}

static void
test_ratio (void)
{
  QdRatio ratio, a, b;

  g_assert_true (qd_ratio_make (6, -4, &ratio));
  g_assert_cmpint (ratio.num, ==, -3);
  g_assert_cmpint (ratio.den, ==, 2);
  g_assert_true (qd_ratio_make (0, -4, &ratio));
  g_assert_cmpint (ratio.num, ==, 0);
  g_assert_cmpint (ratio.den, ==, 1);
  g_assert_false (qd_ratio_make (1, 0, &ratio));
  g_assert_false (qd_ratio_make (G_MININT64, 1, &ratio));
  g_assert_true (qd_ratio_make (G_MININT64, 2, &ratio));
  g_assert_cmpint (ratio.num, ==, G_MININT64 / 2);

  /* The product does not fit before it is reduced, and does afterwards. */
  g_assert_true (qd_ratio_make (G_MAXINT64, 3, &a));
  g_assert_true (qd_ratio_make (3, G_MAXINT64, &b));
  g_assert_true (qd_ratio_multiply (a, b, &ratio));
  g_assert_cmpint (ratio.num, ==, 1);
  g_assert_cmpint (ratio.den, ==, 1);
  g_assert_true (qd_ratio_make (2, 1, &b));
  g_assert_false (qd_ratio_multiply ((QdRatio) { G_MAXINT64, 1 }, b, &ratio));

  /* 199.99 a quarter: 66.6633… a month */
  g_assert_true (qd_ratio_from_decimal ((QdDecimal) { 19999, 2 }, 2, &a));
  g_assert_true (qd_ratio_make (1, 3, &b));
  g_assert_true (qd_ratio_multiply (a, b, &ratio));
  g_assert_cmpint (ratio.num, ==, 19999);
  g_assert_cmpint (ratio.den, ==, 3);
}

static void
test_from_decimal (void)
{
  QdRatio ratio;

  g_assert_true (qd_ratio_from_decimal ((QdDecimal) { 12345, 3 }, 2, &ratio));
  g_assert_cmpint (ratio.num, ==, 2469);
  g_assert_cmpint (ratio.den, ==, 2);
  g_assert_true (qd_ratio_from_decimal ((QdDecimal) { 12345, 3 }, 3, &ratio));
  g_assert_cmpint (ratio.num, ==, 12345);
  g_assert_cmpint (ratio.den, ==, 1);
  g_assert_true (qd_ratio_from_decimal ((QdDecimal) { 100, 0 }, 0, &ratio));
  g_assert_cmpint (ratio.num, ==, 100);
  g_assert_false (qd_ratio_from_decimal ((QdDecimal) { G_GINT64_CONSTANT (999999999999999999), 0 }, 2, &ratio));
}

/* Python's decimal, 60 digits, ROUND_HALF_UP (away from zero). */
static void
test_convert (void)
{
  static const struct
  {
    gint64 num, den;
    QdDecimal rate;
    int from, to;
    gint64 value;
  } cases[] = {
    /* EUR 100.00 at 1.0843 in USD */
    { 10000, 1, { 10843, 4 }, 2, 2, 10843 },
    /* JPY 12345 at 0.006789 in USD: 83.810205 */
    { 12345, 1, { 6789, 6 }, 0, 2, 8381 },
    { -12345, 1, { 6789, 6 }, 0, 2, -8381 },
    /* USD 99.99 at 147.35 in JPY: 14733.5265 */
    { 9999, 1, { 14735, 2 }, 2, 0, 14734 },
    /* KWD 1.005 at 3.25 in USD: 3.26625 */
    { 1005, 1, { 325, 2 }, 3, 2, 327 },
    /* USD 10.00 at 0.3071 in KWD: 3.071 */
    { 1000, 1, { 3071, 4 }, 2, 3, 3071 },
    /* halves: 0.5 cent and −0.5 cent */
    { 1, 1, { 5, 1 }, 2, 2, 1 },
    { -1, 1, { 5, 1 }, 2, 2, -1 },
    /* a third of a cent is rounded once, after the rate: 100/3 × 1.5 = 50 */
    { 100, 3, { 15, 1 }, 2, 2, 50 },
    /* 1/3 × 1.5 = 0.5; rounding before the rate would give 0 */
    { 1, 3, { 15, 1 }, 2, 2, 1 },
    /* beyond 64 bits in between: 9,000,000,000,000,000.00 at 0.000001 */
    { G_GINT64_CONSTANT (900000000000000000), 1, { 1, 6 }, 2, 2, G_GINT64_CONSTANT (900000000000) },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 value;

      g_assert_true (qd_ratio_convert ((QdRatio) { cases[i].num, cases[i].den }, cases[i].rate, cases[i].from,
                                       cases[i].to, &value));
      g_assert_cmpint (value, ==, cases[i].value);
    }
}

static void
test_convert_overflow (void)
{
  gint64 value;

  g_assert_false (qd_ratio_convert ((QdRatio) { G_MAXINT64, 1 }, (QdDecimal) { 2, 0 }, 2, 2, &value));
  g_assert_true (qd_ratio_convert ((QdRatio) { G_MAXINT64, 1 }, (QdDecimal) { 1, 0 }, 2, 2, &value));
  g_assert_cmpint (value, ==, G_MAXINT64);
  g_assert_true (qd_ratio_convert ((QdRatio) { G_MAXINT64, G_MAXINT64 - 1 }, (QdDecimal) { 1, 0 }, 2, 2, &value));
  g_assert_cmpint (value, ==, 1);
}

static void
test_money_to_iso (void)
{
  static const struct
  {
    gint64 minor;
    int exponent;
    const char *text;
  } cases[] = {
    { 0, 2, "0.00" },      { 5, 2, "0.05" },    { -5, 2, "-0.05" },     { 123456, 2, "1234.56" },
    { 123456, 0, "123456" }, { 123456, 3, "123.456" }, { 1, 4, "0.0001" },
    { G_MAXINT64, 2, "92233720368547758.07" }, { G_MININT64, 2, "-92233720368547758.08" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = qd_money_to_iso (cases[i].minor, cases[i].exponent);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

/* What is written is read back as the same amount. */
static void
test_round_trip (void)
{
  for (int i = 0; i < 20000; i++)
    {
      int exponent = g_test_rand_int_range (0, 5);
      gint64 minor = ((gint64) g_test_rand_int () * 65536) % G_GINT64_CONSTANT (100000000000000);
      g_autofree char *text = qd_money_to_iso (minor, exponent);
      QdDecimal decimal;
      QdRatio ratio;
      gint64 back;

      g_assert_true (qd_decimal_parse (text, -1, '.', &decimal));
      g_assert_true (qd_ratio_from_decimal (decimal, exponent, &ratio));
      g_assert_true (qd_ratio_round (ratio, &back));
      g_assert_cmpint (back, ==, minor);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/money/exponents", test_exponents);
  g_test_add_func ("/money/parse", test_parse);
  g_test_add_func ("/money/parse-refuses", test_parse_refuses);
  g_test_add_func ("/money/parse-length", test_parse_length);
  g_test_add_func ("/money/decimal-to-string", test_decimal_to_string);
  g_test_add_func ("/money/round", test_round);
  g_test_add_func ("/money/ratio", test_ratio);
  g_test_add_func ("/money/from-decimal", test_from_decimal);
  g_test_add_func ("/money/convert", test_convert);
  g_test_add_func ("/money/convert-overflow", test_convert_overflow);
  g_test_add_func ("/money/to-iso", test_money_to_iso);
  g_test_add_func ("/money/round-trip", test_round_trip);
  return g_test_run ();
}
