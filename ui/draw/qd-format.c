/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-format.h"

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <math.h>
#include <string.h>

#define MINUS "\342\210\222"        /* U+2212 */
#define NARROW_SPACE "\342\200\257" /* U+202F, does not break */
#define EN_DASH "\342\200\223"

struct _QdFormat
{
  gatomicrefcount refs;
  char *currency;
  int exponent;
  char *symbol;
  gboolean symbol_after;
  const char *symbol_gap;
  char *decimal;
  char *group;
  const char *day_point; /* after the day of a date */
  char *months[12];
};

static const char *const english_months[12] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };

static const struct
{
  const char *code, *symbol;
} symbols[] = {
  { "USD", "$" },   { "EUR", "€" },   { "GBP", "£" },   { "JPY", "¥" },    { "INR", "₹" },
  { "BRL", "R$" },  { "AUD", "A$" },  { "CAD", "C$" },  { "NZD", "NZ$" },  { "ILS", "₪" },
  { "KRW", "₩" },   { "SGD", "S$" },  { "HKD", "HK$" }, { "MXN", "MX$" },
};

static QdFormat *
make (const char *currency)
{
  QdFormat *self = g_new0 (QdFormat, 1);

  g_atomic_ref_count_init (&self->refs);
  self->currency = g_strdup (currency);
  self->exponent = qd_currency_get_exponent (currency);
  if (self->exponent < 0)
    self->exponent = 2;
  self->decimal = g_strdup (".");
  self->group = g_strdup (",");
  self->symbol = g_strdup (currency);
  self->symbol_gap = NARROW_SPACE;
  self->day_point = "";
  for (int i = 0; i < 12; i++)
    self->months[i] = g_strdup (english_months[i]);
  return self;
}

static void
use_symbol (QdFormat *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (symbols); i++)
    if (g_str_equal (self->currency, symbols[i].code))
      {
        g_free (self->symbol);
        self->symbol = g_strdup (symbols[i].symbol);
        self->symbol_gap = "";
      }
}

/**
 * qd_format_new:
 * @currency: ISO 4217 code of all money
 *
 * Makes the English format, the same on every machine: `$1.2M`, `104.3 %`,
 * `Jun 2026`, U+2212 as minus, narrow no-break spaces before units. A currency
 * without a well-known sign is written with its code.
 *
 * Returns: (transfer full): the format
 */
QdFormat *
qd_format_new (const char *currency)
{
  QdFormat *self;

  g_return_val_if_fail (currency != NULL, NULL);
  self = make (currency);
  use_symbol (self);
  return self;
}

/**
 * qd_format_new_from_locale:
 * @currency: ISO 4217 code of all money
 *
 * Makes a format with the decimal sign, grouping, position of the currency
 * sign, names of months and way to write a day that the process's locale has at this moment; later
 * changes of the locale do not touch it. Call it on the main thread.
 *
 * Returns: (transfer full): the format
 */
QdFormat *
qd_format_new_from_locale (const char *currency)
{
  const struct lconv *conv;
  QdFormat *self;

  g_return_val_if_fail (currency != NULL, NULL);
  self = make (currency);
  use_symbol (self);
  conv = localeconv ();
  if (conv->decimal_point && *conv->decimal_point && g_utf8_validate (conv->decimal_point, -1, NULL))
    {
      g_free (self->decimal);
      self->decimal = g_strdup (conv->decimal_point);
    }
  if (conv->thousands_sep && g_utf8_validate (conv->thousands_sep, -1, NULL))
    {
      g_free (self->group);
      self->group = g_strdup (*conv->thousands_sep ? conv->thousands_sep : NARROW_SPACE);
    }
  if (conv->p_cs_precedes == 0)
    {
      self->symbol_after = TRUE;
      self->symbol_gap = NARROW_SPACE;
    }
  self->day_point = qd_calendar_points_days () ? "." : "";
  for (int i = 0; i < 12; i++)
    {
      g_free (self->months[i]);
      self->months[i] = qd_month_dup_name (i + 1);
    }
  return self;
}

/**
 * qd_format_new_for_screen:
 * @currency: ISO 4217 code of all money
 * @notation: which decimal sign and grouping
 *
 * Makes the format of the locale with the numbers in the notation that the
 * person chose.
 *
 * Returns: (transfer full): the format
 */
QdFormat *
qd_format_new_for_screen (const char *currency,
                          QdNotation  notation)
{
  QdFormat *self = qd_format_new_from_locale (currency);

  if (notation == QD_NOTATION_LOCALE)
    return self;
  g_free (self->decimal);
  g_free (self->group);
  self->decimal = g_strdup (notation == QD_NOTATION_COMMA ? "," : ".");
  self->group = g_strdup (notation == QD_NOTATION_COMMA ? "." : ",");
  return self;
}

/**
 * qd_format_ref:
 * @self: a format
 *
 * Returns: (transfer full): @self
 */
QdFormat *
qd_format_ref (QdFormat *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

/**
 * qd_format_unref:
 * @self: (transfer full): a format
 */
void
qd_format_unref (QdFormat *self)
{
  g_return_if_fail (self != NULL);
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  for (int i = 0; i < 12; i++)
    g_free (self->months[i]);
  g_free (self->currency);
  g_free (self->symbol);
  g_free (self->decimal);
  g_free (self->group);
  g_free (self);
}

/**
 * qd_format_get_currency:
 * @self: a format
 *
 * Returns: the ISO 4217 code
 */
const char *
qd_format_get_currency (const QdFormat *self)
{
  return self->currency;
}

/**
 * qd_format_get_currency_symbol:
 * @self: a format
 *
 * Returns: what stands before or after amounts: a sign, or the code
 */
const char *
qd_format_get_currency_symbol (const QdFormat *self)
{
  return self->symbol;
}

/**
 * qd_format_get_exponent:
 * @self: a format
 *
 * Returns: decimals of the currency, 0 to 4
 */
int
qd_format_get_exponent (const QdFormat *self)
{
  return self->exponent;
}

/**
 * qd_format_get_missing:
 * @self: a format
 *
 * Returns: what stands for a value that does not exist
 */
const char *
qd_format_get_missing (const QdFormat *self)
{
  return EN_DASH;
}

/* Half away from zero; @magnitude ≥ 0. What is a hair below a half because of
 * binary fractions (0.285 × 100) counts as the half that it was written as. */
static double
round_half (double magnitude)
{
  return floor (magnitude + 0.5 + magnitude * 4e-16);
}

/* Groups and decimal sign into @digits, a whole number of 10^−decimals; room for 400. */
static char *
write_digits (const QdFormat *self,
              char           *digits,
              int             decimals,
              gboolean        trim)
{
  GString *out = g_string_new (NULL);
  gsize length = strlen (digits), whole;

  if ((int) length <= decimals)
    {
      gsize pad = decimals + 1 - length;

      memmove (digits + pad, digits, length + 1);
      memset (digits, '0', pad);
      length += pad;
    }
  whole = length - decimals;
  for (gsize i = 0; i < whole; i++)
    {
      if (i > 0 && (whole - i) % 3 == 0 && whole > 3)
        g_string_append (out, self->group);
      g_string_append_c (out, digits[i]);
    }
  if (trim)
    while (length > whole && digits[length - 1] == '0')
      length--;
  if (length > whole)
    {
      g_string_append (out, self->decimal);
      g_string_append_len (out, digits + whole, length - whole);
    }
  return g_string_free (out, FALSE);
}

/* Digits of a magnitude that is already rounded to @decimals. */
static char *
write_magnitude (const QdFormat *self,
                 double          units, /* magnitude × 10^decimals, a whole number */
                 int             decimals,
                 gboolean        trim)
{
  char digits[400];

  g_ascii_formatd (digits, sizeof digits, "%.0f", units);
  return write_digits (self, digits, decimals, trim);
}

static const char *
pick_sign (gboolean negative,
           gboolean zero,
           gboolean plus)
{
  if (zero)
    return "";
  return negative ? MINUS : plus ? "+" : "";
}

/* Sign, currency sign, digits, suffix in the order of the format. */
static char *
assemble (const QdFormat *self,
          const char     *sign,
          const char     *digits,
          const char     *suffix)
{
  if (self->symbol_after)
    return g_strconcat (sign, digits, suffix, self->symbol_gap, self->symbol, NULL);
  return g_strconcat (sign, self->symbol, self->symbol_gap, digits, suffix, NULL);
}

static const char *
get_suffix (double divisor)
{
  if (divisor >= 1e12)
    /* Translators: suffixes of amounts: trillion, billion, million, thousand. */
    return C_("amount", "T");
  if (divisor >= 1e9)
    return C_("amount", "B");
  if (divisor >= 1e6)
    return C_("amount", "M");
  if (divisor >= 1e3)
    return C_("amount", "k");
  return "";
}

/* A magnitude in units of its last decimal: three digits that count, in multiples of @divisor. */
static double
round_short (const QdFormat *self,
             double          magnitude,
             double          divisor,
             int            *decimals)
{
  double power = pow (10, self->exponent) * divisor, scaled = magnitude / power, next, units;

  *decimals = scaled >= 100 ? 0 : scaled >= 10 ? 1 : 2;
  if (divisor == 1)
    *decimals = MIN (*decimals, self->exponent);
  next = pow (10, *decimals);
  units = round_half (magnitude * next / power);
  if (units / next >= 100 && *decimals > 0)
    {
      *decimals = 0;
      units = round_half (magnitude / power);
    }
  else if (units / next >= 10 && *decimals == 2)
    {
      *decimals = 1;
      units = round_half (magnitude * 10 / power);
    }
  return units;
}

static char *
write_short (const QdFormat *self,
             double          minor,
             gboolean        plus)
{
  static const double divisors[] = { 1, 1e3, 1e6, 1e9, 1e12 };
  guint step = 0;
  int decimals = 0;
  double units = 0;
  g_autofree char *digits = NULL;

  if (!isfinite (minor))
    return g_strdup (EN_DASH);
  for (;; step++)
    {
      units = round_short (self, fabs (minor), divisors[step], &decimals);
      if (units / pow (10, decimals) < 1000 || step == G_N_ELEMENTS (divisors) - 1)
        break;
    }
  digits = write_magnitude (self, units, decimals, step > 0 || units == 0);
  return assemble (self, pick_sign (minor < 0, units == 0, plus), digits, get_suffix (divisors[step]));
}

/**
 * qd_format_money:
 * @self: a format
 * @minor: minor units, exact below 2^53
 *
 * Writes an amount for a headline, with at most three significant digits.
 *
 * Returns: (transfer full): such as `$1.24M`, `$840k`, `$12.5M`, `−$3.1k`
 */
char *
qd_format_money (const QdFormat *self,
                 double          minor)
{
  return write_short (self, minor, FALSE);
}

/**
 * qd_format_money_change:
 * @self: a format
 * @minor: minor units
 *
 * Writes a difference of amounts: like qd_format_money() with a plus sign.
 *
 * Returns: (transfer full): such as `+$840k`; zero has no sign
 */
char *
qd_format_money_change (const QdFormat *self,
                        double          minor)
{
  return write_short (self, minor, TRUE);
}

/**
 * qd_format_money_full:
 * @self: a format
 * @minor: minor units
 *
 * Writes an amount to the major unit, with groups; what is less than one, with
 * its decimals, since it is not nothing.
 *
 * Returns: (transfer full): such as `$1,240,512`, `$0.12`
 */
char *
qd_format_money_full (const QdFormat *self,
                      double          minor)
{
  double units;
  g_autofree char *digits = NULL;

  if (!isfinite (minor))
    return g_strdup (EN_DASH);
  if (fabs (minor) < pow (10, self->exponent))
    return write_short (self, minor, FALSE);
  units = round_half (fabs (minor) / pow (10, self->exponent));
  digits = write_magnitude (self, units, 0, FALSE);
  return assemble (self, pick_sign (minor < 0, units == 0, FALSE), digits, "");
}

/* Every digit of an amount, without its sign. */
static char *
write_minor (const QdFormat *self,
             gint64          minor)
{
  guint64 magnitude = minor < 0 ? 0 - (guint64) minor : (guint64) minor;
  char units[400];

  g_snprintf (units, sizeof units, "%" G_GUINT64_FORMAT, magnitude);
  return write_digits (self, units, self->exponent, FALSE);
}

/**
 * qd_format_money_exact:
 * @self: a format
 * @minor: minor units
 *
 * Writes an amount to the minor unit.
 *
 * Returns: (transfer full): such as `$1,240,512.07`
 */
char *
qd_format_money_exact (const QdFormat *self,
                       gint64          minor)
{
  g_autofree char *digits = write_minor (self, minor);

  return assemble (self, pick_sign (minor < 0, FALSE, FALSE), digits, "");
}

/**
 * qd_format_money_bare:
 * @self: a format
 * @minor: minor units
 * @decimals: 0 to 6
 *
 * Writes an amount for a column whose heading says the currency: grouped as
 * all amounts are.
 *
 * Returns: (transfer full): such as `1,240,512.07`
 */
char *
qd_format_money_bare (const QdFormat *self,
                      gint64          minor,
                      int             decimals)
{
  double units;
  g_autofree char *digits = NULL;

  if (decimals == self->exponent)
    {
      digits = write_minor (self, minor);
      return g_strconcat (pick_sign (minor < 0, FALSE, FALSE), digits, NULL);
    }
  units = round_half (fabs ((double) minor) * pow (10, decimals - self->exponent));
  digits = write_magnitude (self, units, decimals, FALSE);
  return g_strconcat (pick_sign (minor < 0, units == 0, FALSE), digits, NULL);
}

/* Whether the last decimal says nothing of any amount. */
static gboolean
ends_in_zeros (const QdFormat *self,
               const double   *minor,
               guint           n,
               QdScale         scale)
{
  double unit = scale.divisor * pow (10, self->exponent - scale.decimals);

  for (guint i = 0; i < n; i++)
    if (isfinite (minor[i]) && fmod (round_half (fabs (minor[i]) / unit), 10) != 0)
      return FALSE;
  return TRUE;
}

/**
 * qd_format_choose_scale:
 * @self: a format
 * @minor: (array length=n): the amounts that will stand side by side
 * @n: how many
 *
 * Chooses one suffix and one count of decimals for all amounts of a chart: the
 * largest decides the suffix, the smallest the decimals, so that what stands in
 * a sentence above is not rounded further.
 *
 * Returns: the scale
 */
QdScale
qd_format_choose_scale (const QdFormat *self,
                        const double   *minor,
                        guint           n)
{
  double power = pow (10, self->exponent), largest = 0, smallest = INFINITY;
  QdScale scale = { 1, 0 };

  for (guint i = 0; i < n; i++)
    {
      double magnitude = fabs (minor[i]) / power;

      if (!isfinite (magnitude) || magnitude == 0)
        continue;
      largest = MAX (largest, magnitude);
      smallest = MIN (smallest, magnitude);
    }
  while (largest >= scale.divisor * 1000 * 0.9995 && scale.divisor < 1e12)
    scale.divisor *= 1000;
  if (largest > 0)
    {
      /* What a headline has of the smallest, but never more than four digits of the largest. */
      int least, allowed = largest / scale.divisor >= 100 ? 1 : 2;

      round_short (self, smallest * power, scale.divisor, &least);
      scale.decimals = MIN (least, allowed);
      while (scale.decimals > 0 && ends_in_zeros (self, minor, n, scale))
        scale.decimals--;
      if (scale.divisor == 1)
        scale.decimals = largest >= 100 ? 0 : MIN (self->exponent, 2);
    }
  return scale;
}

/**
 * qd_format_money_scaled:
 * @self: a format
 * @minor: minor units
 * @scale: from qd_format_choose_scale()
 * @sign: whether a plus sign is written
 *
 * Writes an amount in a given scale, with its decimals kept.
 *
 * Returns: (transfer full): such as `$0.84M`
 */
char *
qd_format_money_scaled (const QdFormat *self,
                        double          minor,
                        QdScale         scale,
                        gboolean        sign)
{
  double units;
  g_autofree char *digits = NULL;

  if (!isfinite (minor))
    return g_strdup (EN_DASH);
  units = round_half (fabs (minor) * pow (10, scale.decimals) / (scale.divisor * pow (10, self->exponent)));
  /* What is not zero is never written as zero. */
  if (units == 0 && minor != 0)
    return write_short (self, minor, sign);
  digits = write_magnitude (self, units, units == 0 ? 0 : scale.decimals, FALSE);
  return assemble (self, pick_sign (minor < 0, units == 0, sign), digits, units == 0 ? "" : get_suffix (scale.divisor));
}

/**
 * qd_format_money_headline:
 * @self: a format
 * @minor: minor units
 * @scale: from qd_format_choose_scale(); its decimals play no part
 *
 * Writes an amount with the digits that qd_format_money() gives it, but in the
 * unit of a chart: what a mark says is then what the sentence above it says.
 *
 * Returns: (transfer full): such as `$0.84M`
 */
char *
qd_format_money_headline (const QdFormat *self,
                          double          minor,
                          QdScale         scale)
{
  int decimals;
  double units;
  g_autofree char *digits = NULL;

  if (!isfinite (minor))
    return g_strdup (EN_DASH);
  units = round_short (self, fabs (minor), scale.divisor, &decimals);
  if (units == 0)
    return write_short (self, minor, FALSE);
  digits = write_magnitude (self, units, decimals, scale.divisor > 1);
  return assemble (self, pick_sign (minor < 0, FALSE, FALSE), digits, get_suffix (scale.divisor));
}

static char *
write_rate (const QdFormat *self,
            double          fraction,
            int             decimals,
            gboolean        plus,
            const char     *unit)
{
  double units;
  g_autofree char *digits = NULL;

  if (!isfinite (fraction))
    return g_strdup (EN_DASH);
  units = round_half (fabs (fraction) * 100 * pow (10, decimals));
  digits = write_magnitude (self, units, decimals, FALSE);
  return g_strconcat (pick_sign (fraction < 0, units == 0, plus), digits, NARROW_SPACE, unit, NULL);
}

/**
 * qd_format_percent:
 * @self: a format
 * @fraction: 1.043 is 104.3 %
 * @decimals: 0 to 6
 *
 * Returns: (transfer full): such as `104.3 %`
 */
char *
qd_format_percent (const QdFormat *self,
                   double          fraction,
                   int             decimals)
{
  return write_rate (self, fraction, decimals, FALSE, "%");
}

/**
 * qd_format_percent_change:
 * @self: a format
 * @fraction: a relative change, 0.098 is +9.8 %
 * @decimals: 0 to 6
 *
 * Returns: (transfer full): such as `+9.8 %`
 */
char *
qd_format_percent_change (const QdFormat *self,
                          double          fraction,
                          int             decimals)
{
  return write_rate (self, fraction, decimals, TRUE, "%");
}

/**
 * qd_format_points:
 * @self: a format
 * @fraction: a difference of two rates, 0.018 is 1.8 points
 *
 * Returns: (transfer full): such as `+1.8 pp`
 */
char *
qd_format_points (const QdFormat *self,
                  double          fraction)
{
  /* Translators: percentage points. */
  return write_rate (self, fraction, 1, TRUE, C_("unit", "pp"));
}

/**
 * qd_format_count:
 * @self: a format
 * @count: any count
 *
 * Returns: (transfer full): digits in groups of three, grouped as amounts are
 */
char *
qd_format_count (const QdFormat *self,
                 gint64          count)
{
  char units[400];
  g_autofree char *digits = NULL;

  g_snprintf (units, sizeof units, "%" G_GUINT64_FORMAT, count < 0 ? 0 - (guint64) count : (guint64) count);
  digits = write_digits (self, units, 0, FALSE);
  return g_strconcat (pick_sign (count < 0, count == 0, FALSE), digits, NULL);
}

/**
 * qd_format_number:
 * @self: a format
 * @value: a number without a unit
 * @decimals: 0 to 6
 *
 * Returns: (transfer full): the number
 */
char *
qd_format_number (const QdFormat *self,
                  double          value,
                  int             decimals)
{
  double units;
  g_autofree char *digits = NULL;

  if (!isfinite (value))
    return g_strdup (EN_DASH);
  units = round_half (fabs (value) * pow (10, decimals));
  digits = write_magnitude (self, units, decimals, FALSE);
  return g_strconcat (pick_sign (value < 0, units == 0, FALSE), digits, NULL);
}

/**
 * qd_format_month:
 * @self: a format
 * @month: a month
 *
 * Returns: (transfer full): such as `Jun 2026`
 */
char *
qd_format_month (const QdFormat *self,
                 QdMonth         month)
{
  if (month == QD_MONTH_NONE)
    return g_strdup (EN_DASH);
  return g_strdup_printf ("%s %d", self->months[qd_month_get_number (month) - 1], qd_month_get_year (month));
}

/**
 * qd_format_month_name:
 * @self: a format
 * @month: a month
 *
 * Returns: (transfer full): such as `Jun`, or `06`
 */
char *
qd_format_month_name (const QdFormat *self,
                      QdMonth         month)
{
  return g_strdup (self->months[qd_month_get_number (month) - 1]);
}

/**
 * qd_format_year:
 * @self: a format
 * @month: a month
 *
 * Returns: (transfer full): the year of @month
 */
char *
qd_format_year (const QdFormat *self,
                QdMonth         month)
{
  return g_strdup_printf ("%d", qd_month_get_year (month));
}

/**
 * qd_format_day:
 * @self: a format
 * @day: a day
 *
 * Returns: (transfer full): such as `30 Jun 2026`
 */
char *
qd_format_day (const QdFormat *self,
               QdDay           day)
{
  int year, month, dom;

  if (day == QD_DAY_NONE || day == QD_DAY_FOREVER)
    return g_strdup (EN_DASH);
  qd_day_to_ymd (day, &year, &month, &dom);
  return g_strdup_printf ("%d%s %s %d", dom, self->day_point, self->months[month - 1], year);
}

/**
 * qd_format_value:
 * @self: a format
 * @unit: what @value is
 * @value: minor units, a fraction, a multiple or a count
 *
 * Writes a value as its unit wants it in a headline.
 *
 * Returns: (transfer full): the text
 */
char *
qd_format_value (const QdFormat *self,
                 QdUnit          unit,
                 double          value)
{
  if (!isfinite (value))
    return g_strdup (EN_DASH);
  switch (unit)
    {
    case QD_UNIT_MONEY:
      return write_short (self, value, FALSE);
    case QD_UNIT_RATE:
      return write_rate (self, value, fabs (value) < 10 ? 1 : 0, FALSE, "%");
    case QD_UNIT_RATIO:
      {
        g_autofree char *digits = qd_format_number (self, value, fabs (value) < 100 ? 1 : 0);
        return g_strconcat (digits, NARROW_SPACE "×", NULL);
      }
    case QD_UNIT_COUNT:
      return qd_format_number (self, value, 0);
    default:
      g_return_val_if_reached (NULL);
    }
}

/**
 * qd_format_change:
 * @self: a format
 * @unit: the unit of the two values
 * @difference: later minus earlier
 *
 * Writes a difference with its sign; rates differ in percentage points.
 *
 * Returns: (transfer full): the text
 */
char *
qd_format_change (const QdFormat *self,
                  QdUnit          unit,
                  double          difference)
{
  g_autofree char *text = NULL;

  if (!isfinite (difference))
    return g_strdup (EN_DASH);
  switch (unit)
    {
    case QD_UNIT_MONEY:
      return write_short (self, difference, TRUE);
    case QD_UNIT_RATE:
      return qd_format_points (self, difference);
    case QD_UNIT_RATIO:
    case QD_UNIT_COUNT:
      text = qd_format_value (self, unit, difference);
      return difference > 0 ? g_strconcat ("+", text, NULL) : g_steal_pointer (&text);
    default:
      g_return_val_if_reached (NULL);
    }
}
