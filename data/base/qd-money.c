/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "qd-money.h"

#include <string.h>

typedef __int128 wide;

static const gint64 powers[19] = {
  G_GINT64_CONSTANT (1),
  G_GINT64_CONSTANT (10),
  G_GINT64_CONSTANT (100),
  G_GINT64_CONSTANT (1000),
  G_GINT64_CONSTANT (10000),
  G_GINT64_CONSTANT (100000),
  G_GINT64_CONSTANT (1000000),
  G_GINT64_CONSTANT (10000000),
  G_GINT64_CONSTANT (100000000),
  G_GINT64_CONSTANT (1000000000),
  G_GINT64_CONSTANT (10000000000),
  G_GINT64_CONSTANT (100000000000),
  G_GINT64_CONSTANT (1000000000000),
  G_GINT64_CONSTANT (10000000000000),
  G_GINT64_CONSTANT (100000000000000),
  G_GINT64_CONSTANT (1000000000000000),
  G_GINT64_CONSTANT (10000000000000000),
  G_GINT64_CONSTANT (100000000000000000),
  G_GINT64_CONSTANT (1000000000000000000),
};

/* ISO 4217 codes by number of decimals. */
static const char two_decimals[] =
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF "
    "CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL "
    "HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP "
    "MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD "
    "SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UZS VED "
    "VES WST XCD YER ZAR ZMW ZWL HRK ";
static const char no_decimals[] = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF ";
static const char three_decimals[] = "BHD IQD JOD KWD LYD OMR TND ";
static const char four_decimals[] = "CLF UYW ";

static gboolean
lists (const char *codes,
       const char *code)
{
  for (const char *p = codes; *p != '\0'; p += 4)
    if (strncmp (p, code, 3) == 0)
      return TRUE;
  return FALSE;
}

/**
 * qd_currency_get_exponent:
 * @code: an ISO 4217 code in capitals
 *
 * Tells how many decimals the minor unit of a currency has (ISO 4217).
 *
 * Returns: 0 to 4, or −1 when @code is no currency
 */
int
qd_currency_get_exponent (const char *code)
{
  g_return_val_if_fail (code != NULL, -1);

  if (strlen (code) != 3)
    return -1;
  if (lists (two_decimals, code))
    return 2;
  if (lists (no_decimals, code))
    return 0;
  if (lists (three_decimals, code))
    return 3;
  if (lists (four_decimals, code))
    return 4;
  return -1;
}

/**
 * qd_decimal_parse:
 * @text: digits with an optional sign and decimal sign; no grouping, no spaces
 * @length: bytes, or −1 when terminated
 * @decimal_sign: '.' or ','
 * @decimal: (out): the value; trailing zeros after the decimal sign are dropped
 *
 * Reads an exact decimal. Grouping signs, currency signs and brackets are the
 * caller's business.
 *
 * Returns: `FALSE` when @text is no such number or has more than 18 digits
 */
gboolean
qd_decimal_parse (const char *text,
                  gssize      length,
                  char        decimal_sign,
                  QdDecimal  *decimal)
{
  const char *p = text, *end;
  gint64 mantissa = 0;
  int digits = 0, scale = 0;
  gboolean negative = FALSE, seen_sign = FALSE, any = FALSE;

  if (length < 0)
    length = strlen (text);
  end = text + length;

  if (p < end && (*p == '-' || *p == '+'))
    negative = *p++ == '-';
  for (; p < end; p++)
    {
      if (*p == decimal_sign && !seen_sign)
        {
          seen_sign = TRUE;
          continue;
        }
      if (!g_ascii_isdigit (*p))
        return FALSE;
      any = TRUE;
      if (seen_sign)
        {
          gboolean zeros = TRUE;

          /* Zeros that run to the end say nothing; do not let them overflow. */
          for (const char *q = p; q < end && zeros; q++)
            {
              if (!g_ascii_isdigit (*q))
                return FALSE;
              zeros = *q == '0';
            }
          if (zeros)
            break;
          scale++;
        }
      if (mantissa != 0 || *p != '0')
        digits++;
      if (digits > 18 || scale > 18)
        return FALSE;
      mantissa = mantissa * 10 + (*p - '0');
    }
  if (!any)
    return FALSE;

  decimal->mantissa = negative ? -mantissa : mantissa;
  decimal->scale = scale;
  return TRUE;
}

static char *
format_scaled (gint64 value,
               int    scale)
{
  guint64 magnitude = value < 0 ? -(guint64) value : (guint64) value;
  guint64 unit = powers[scale];

  if (scale == 0)
    return g_strdup_printf ("%s%" G_GUINT64_FORMAT, value < 0 ? "-" : "", magnitude);
  return g_strdup_printf ("%s%" G_GUINT64_FORMAT ".%0*" G_GUINT64_FORMAT, value < 0 ? "-" : "",
                          magnitude / unit, scale, magnitude % unit);
}

/**
 * qd_decimal_to_string:
 * @decimal: a decimal
 *
 * Returns: (transfer full): ISO notation, '.' as the decimal sign
 */
char *
qd_decimal_to_string (QdDecimal decimal)
{
  return format_scaled (decimal.mantissa, decimal.scale);
}

static wide
magnitude (wide value)
{
  return value < 0 ? -value : value;
}

static wide
greatest_common_divisor (wide a,
                         wide b)
{
  while (b != 0)
    {
      wide rest = a % b;

      a = b;
      b = rest;
    }
  return a;
}

static gboolean
reduce (wide     num,
        wide     den,
        QdRatio *ratio)
{
  wide divisor;

  if (den == 0)
    return FALSE;
  if (den < 0)
    {
      num = -num;
      den = -den;
    }
  divisor = greatest_common_divisor (magnitude (num), den);
  if (divisor > 1)
    {
      num /= divisor;
      den /= divisor;
    }
  if (num > G_MAXINT64 || num < -(wide) G_MAXINT64 || den > G_MAXINT64)
    return FALSE;
  ratio->num = num;
  ratio->den = den;
  return TRUE;
}

/* Half away from zero. */
static gboolean
round_wide (wide    num,
            wide    den,
            gint64 *value)
{
  wide size = magnitude (num);
  wide whole = size / den;

  if (size % den >= den - size % den)
    whole++;
  if (whole > G_MAXINT64)
    return FALSE;
  *value = num < 0 ? -(gint64) whole : (gint64) whole;
  return TRUE;
}

/**
 * qd_ratio_make:
 * @num: numerator
 * @den: denominator, not 0
 * @ratio: (out): @num ÷ @den in lowest terms, denominator positive
 *
 * Returns: `FALSE` when @den is 0 or the result does not fit
 */
gboolean
qd_ratio_make (gint64   num,
               gint64   den,
               QdRatio *ratio)
{
  return reduce (num, den, ratio);
}

/**
 * qd_ratio_multiply:
 * @a: a fraction
 * @b: a fraction
 * @product: (out): their exact product
 *
 * Returns: `FALSE` when the product does not fit
 */
gboolean
qd_ratio_multiply (QdRatio  a,
                   QdRatio  b,
                   QdRatio *product)
{
  return reduce ((wide) a.num * b.num, (wide) a.den * b.den, product);
}

/**
 * qd_ratio_add:
 * @a: a fraction
 * @b: a fraction
 * @sum: (out): their exact sum
 *
 * Returns: `FALSE` when the sum does not fit
 */
gboolean
qd_ratio_add (QdRatio  a,
              QdRatio  b,
              QdRatio *sum)
{
  /* Each product is below 2^126, so that both add up in 128 bits. */
  if (a.den == b.den)
    return reduce ((wide) a.num + b.num, a.den, sum);
  return reduce ((wide) a.num * b.den + (wide) b.num * a.den, (wide) a.den * b.den, sum);
}

/**
 * qd_ratio_from_decimal:
 * @decimal: an amount in major units
 * @exponent: decimals of its currency, 0 to 4
 * @ratio: (out): the same amount in minor units, unrounded
 *
 * Returns: `FALSE` when the result does not fit
 */
gboolean
qd_ratio_from_decimal (QdDecimal decimal,
                       int       exponent,
                       QdRatio  *ratio)
{
  g_return_val_if_fail (exponent >= 0 && exponent <= 4 && decimal.scale <= 18, FALSE);

  return reduce ((wide) decimal.mantissa * powers[exponent], powers[decimal.scale], ratio);
}

/**
 * qd_ratio_round:
 * @ratio: a fraction
 * @value: (out): the nearest integer, halves away from zero
 *
 * Returns: `FALSE` when the result does not fit
 */
gboolean
qd_ratio_round (QdRatio ratio,
                gint64 *value)
{
  g_return_val_if_fail (ratio.den > 0, FALSE);

  return round_wide (ratio.num, ratio.den, value);
}

/**
 * qd_ratio_convert:
 * @amount: minor units of the source currency, unrounded
 * @rate: target major units for one source major unit, above 0
 * @from_exponent: decimals of the source currency, 0 to 4
 * @to_exponent: decimals of the target currency, 0 to 4
 * @value: (out): minor units of the target currency
 *
 * Converts and rounds once, half away from zero.
 *
 * Returns: `FALSE` when an intermediate or the result does not fit
 */
gboolean
qd_ratio_convert (QdRatio   amount,
                  QdDecimal rate,
                  int       from_exponent,
                  int       to_exponent,
                  gint64   *value)
{
  QdRatio factor;
  wide num, den;

  g_return_val_if_fail (amount.den > 0 && rate.scale <= 18, FALSE);

  if (!reduce ((wide) rate.mantissa * powers[to_exponent], (wide) powers[rate.scale] * powers[from_exponent], &factor))
    return FALSE;
  num = (wide) amount.num * factor.num;
  den = (wide) amount.den * factor.den;
  return round_wide (num, den, value);
}

/**
 * qd_money_to_iso:
 * @minor: an amount in minor units
 * @exponent: decimals of its currency, 0 to 4
 *
 * Returns: (transfer full): major units with exactly @exponent decimals,
 *   '.' as the decimal sign, no grouping
 */
char *
qd_money_to_iso (gint64 minor,
                 int    exponent)
{
  g_return_val_if_fail (exponent >= 0 && exponent <= 4, NULL);

  return format_scaled (minor, exponent);
}
