/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Numbers, days and months from any bytes: what is taken is written and read
 * back as the same value, and nothing is read beyond the given length.
 */
#include "data/base/qd-calendar.h"
#include "data/base/qd-money.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
try_decimal (const char *text,
             gsize       length,
             char        sign)
{
  QdDecimal decimal, again;

  if (!qd_decimal_parse (text, length, sign, &decimal))
    return;
  g_assert_cmpint (decimal.scale, <=, 18);
  {
    g_autofree char *iso = qd_decimal_to_string (decimal);

    g_assert_true (qd_decimal_parse (iso, -1, '.', &again));
    g_assert_cmpint (again.mantissa, ==, decimal.mantissa);
    g_assert_cmpint (again.scale, ==, decimal.scale);
  }
  for (int exponent = 0; exponent <= 4; exponent++)
    {
      QdRatio ratio;
      gint64 minor;

      if (!qd_ratio_from_decimal (decimal, exponent, &ratio) || !qd_ratio_round (ratio, &minor))
        continue;
      /* Never further away than half a unit. */
      g_assert_true (minor >= 0 || ratio.num < 0);
      g_assert_true (ABS ((long double) minor * ratio.den - (long double) ratio.num) * 2 <= (long double) ratio.den);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autofree char *text = NULL;
  QdDay day;
  QdMonth month;

  if (size == 0)
    return 0;
  text = g_malloc (size); /* exactly: the sanitizer sees one byte too many */
  memcpy (text, data, size);
  try_decimal (text, size, '.');
  try_decimal (text, size, ',');

  day = qd_day_parse_iso (text, size);
  if (day != QD_DAY_NONE)
    {
      g_autofree char *iso = qd_day_to_iso (day);

      g_assert_cmpint (qd_day_parse_iso (iso, -1), ==, day);
    }
  month = qd_month_parse_iso (text, size);
  if (month != QD_MONTH_NONE)
    {
      g_autofree char *iso = qd_month_to_iso (month);

      g_assert_cmpint (qd_month_parse_iso (iso, -1), ==, month);
    }
  return 0;
}
