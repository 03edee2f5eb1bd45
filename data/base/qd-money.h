/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Money as integer minor units, exact decimals and the one rounding rule.
 *
 * No binary floating point appears here. Amounts are gint64 minor units (cents
 * for USD, yen for JPY, fils for KWD); what is not yet rounded is a QdRatio of
 * minor units. Rounding is half away from zero, once per line.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* An exact decimal: mantissa ÷ 10^scale, scale 0 to 18. */
typedef struct
{
  gint64 mantissa;
  guint8 scale;
} QdDecimal;

/* An exact fraction, den > 0, in lowest terms. */
typedef struct
{
  gint64 num;
  gint64 den;
} QdRatio;

int qd_currency_get_exponent (const char *code);

gboolean qd_decimal_parse (const char *text, gssize length, char decimal_sign, QdDecimal *decimal);
char *qd_decimal_to_string (QdDecimal decimal);

gboolean qd_ratio_make (gint64 num, gint64 den, QdRatio *ratio);
gboolean qd_ratio_multiply (QdRatio a, QdRatio b, QdRatio *product);
gboolean qd_ratio_add (QdRatio a, QdRatio b, QdRatio *sum);
gboolean qd_ratio_from_decimal (QdDecimal decimal, int exponent, QdRatio *ratio);
gboolean qd_ratio_round (QdRatio ratio, gint64 *value);
gboolean qd_ratio_convert (QdRatio amount, QdDecimal rate, int from_exponent, int to_exponent, gint64 *value);

char *qd_money_to_iso (gint64 minor, int exponent);

G_END_DECLS
