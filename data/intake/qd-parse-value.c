/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "qd-parse-value.h"

#include <string.h>

/* Spaces of all kinds, as UTF-8: what an export may put around or inside a number. Bytes of the one at @p, or 0. */
static inline gsize
space_at (const char *p,
          const char *end)
{
  if (*p == ' ' || *p == '\t' || *p == '\r' || *p == '\n')
    return 1;
  if ((guchar) *p == 0xc2 && p + 1 < end && (guchar) p[1] == 0xa0)
    return 2;
  if ((guchar) *p == 0xe2 && p + 2 < end && (guchar) p[1] == 0x80 &&
      ((guchar) p[2] == 0xaf || ((guchar) p[2] >= 0x80 && (guchar) p[2] <= 0x8b)))
    return 3;
  return 0;
}

/**
 * qd_value_trim:
 * @text: (inout): a cell
 * @length: (inout): its bytes
 *
 * Drops spaces, no-break spaces, tabs and line ends around a cell.
 */
void
qd_value_trim (const char **text,
               gsize       *length)
{
  const char *p = *text, *end = p + *length;
  gsize n;

  while (p < end && (n = space_at (p, end)) > 0)
    p += n;
  for (;;)
    {
      if (end - p >= 1 && space_at (end - 1, end) == 1)
        end -= 1;
      else if (end - p >= 2 && space_at (end - 2, end) == 2)
        end -= 2;
      else if (end - p >= 3 && space_at (end - 3, end) == 3)
        end -= 3;
      else
        break;
    }
  *text = p;
  *length = end - p;
}

/**
 * qd_value_needs_guard:
 * @text: a text cell
 * @length: its bytes
 *
 * Tells whether export writes an apostrophe before @text: when a spreadsheet
 * would take it for a formula, or when it looks like a text so guarded.
 *
 * Returns: whether it needs one
 */
gboolean
qd_value_needs_guard (const char *text,
                      gsize       length)
{
  gsize i = 0;

  while (i < length && text[i] == '\'')
    i++;
  return i < length && (text[i] == '=' || text[i] == '+' || text[i] == '-' || text[i] == '@' || text[i] == '\t' ||
                        text[i] == '\r');
}

/**
 * qd_value_strip_guard:
 * @text: (inout): a text cell
 * @length: (inout): its bytes
 *
 * Takes away the apostrophe that export wrote before a would-be formula.
 */
void
qd_value_strip_guard (const char **text,
                      gsize       *length)
{
  if (*length > 1 && (*text)[0] == '\'' && qd_value_needs_guard (*text + 1, *length - 1))
    {
      (*text)++;
      (*length)--;
    }
}

/* Numbers */

static const struct
{
  const char *sign;
  const char *currency; /* "" where several currencies share the sign */
} currency_signs[] = {
  { "US$", "USD" }, { "CA$", "CAD" }, { "A$", "AUD" }, { "NZ$", "NZD" },           { "R$", "BRL" },
  { "$", "" },      { "€", "EUR" },   { "£", "GBP" },  { "¥", "" },                { "₹", "INR" },
  { "₩", "KRW" },   { "₪", "ILS" },   { "₺", "TRY" },  { "\xe2\x82\xb1", "PHP" },  { "zł", "PLN" },
  { "Kč", "CZK" },  { "kr.", "" },    { "kr", "" },    { "Fr.", "CHF" },
};

/* A currency sign or code at @p; returns its bytes. */
static gsize
currency_at (const char *p,
             const char *end,
             char        currency[4])
{
  for (gsize i = 0; i < G_N_ELEMENTS (currency_signs); i++)
    {
      gsize n = strlen (currency_signs[i].sign);

      if ((gsize) (end - p) >= n && memcmp (p, currency_signs[i].sign, n) == 0)
        {
          g_strlcpy (currency, currency_signs[i].currency, 4);
          return n;
        }
    }
  if (end - p >= 3)
    {
      char code[4] = { g_ascii_toupper (p[0]), g_ascii_toupper (p[1]), g_ascii_toupper (p[2]), 0 };

      if (qd_currency_get_exponent (code) >= 0)
        {
          memcpy (currency, code, 4);
          return 3;
        }
    }
  return 0;
}

typedef struct
{
  char text[64];   /* digits, points and commas */
  int length;
  int points, commas;
  gboolean negative, percent, grouped;
  char currency[4];
} Number;

typedef struct
{
  Number *number;
  const char *p, *end;
  gboolean bracket, signed_;
  gboolean after;     /* behind the digits */
  int since_space;    /* digits since the last space or mark that groups; −1: there was none */
} Stripping;

static gboolean
take_digit (Stripping *self)
{
  Number *number = self->number;

  if (self->after || number->length == (int) sizeof number->text)
    return FALSE;
  number->points += *self->p == '.';
  number->commas += *self->p == ',';
  if (self->since_space >= 0)
    {
      if (g_ascii_isdigit (*self->p))
        self->since_space++;
      else if (self->since_space != 3)
        return FALSE;
      else
        self->since_space = -1;
      if (self->since_space > 3)
        return FALSE;
    }
  number->text[number->length++] = *self->p++;
  return TRUE;
}

/* Bytes of a mark that groups digits, as 1'000 and 1_000 have it; 0: none. */
static gsize
mark_at (const char *p,
         const char *end)
{
  if (*p == '\'' || *p == '_')
    return 1;
  return (guchar) *p == 0xe2 && end - p >= 3 && memcmp (p, "\xe2\x80\x99", 3) == 0 ? 3 : 0;
}

/* A space or a mark. Between digits it groups: three must follow, and three must stand since the last one. */
static gboolean
take_gap (Stripping *self,
          gsize      n,
          gboolean   mark)
{
  Number *number = self->number;

  self->p += n;
  if (number->length == 0 || self->after || self->p >= self->end || !g_ascii_isdigit (*self->p))
    return !mark;
  if ((self->since_space >= 0 && self->since_space != 3) || number->points > 0 || number->commas > 0)
    return FALSE;
  self->since_space = 0;
  number->grouped = TRUE;
  return TRUE;
}

/* Before the digits, or one minus at the very end. */
static gboolean
take_sign (Stripping *self)
{
  Number *number = self->number;

  if (self->signed_ || self->bracket || (number->length > 0 && *self->p == '+'))
    return FALSE;
  self->signed_ = TRUE;
  number->negative = *self->p != '+';
  self->after = number->length > 0;
  self->p += (guchar) *self->p == 0xe2 ? 3 : 1;
  return TRUE;
}

static gboolean
take_currency (Stripping *self)
{
  Number *number = self->number;
  char currency[4];
  gsize n = currency_at (self->p, self->end, currency);

  if (n == 0 || (number->currency[0] != 0 && currency[0] != 0))
    return FALSE;
  if (currency[0] != 0)
    memcpy (number->currency, currency, 4);
  self->after = number->length > 0;
  self->p += n;
  return TRUE;
}

static gboolean
take_next (Stripping *self)
{
  const char *p = self->p, *end = self->end;
  gsize n;

  if (g_ascii_isdigit (*p) || *p == '.' || *p == ',')
    return take_digit (self);
  if ((n = space_at (p, end)) > 0)
    return take_gap (self, n, FALSE);
  if ((n = mark_at (p, end)) > 0)
    return take_gap (self, n, TRUE);
  if (*p == '-' || *p == '+' || (end - p >= 3 && memcmp (p, "\xe2\x88\x92", 3) == 0))
    return take_sign (self);
  if (*p != '%' || self->number->length == 0 || self->number->percent)
    return take_currency (self);
  self->number->percent = self->after = TRUE;
  self->p++;
  return TRUE;
}

/* Brackets, signs, currency and percent signs, spaces off; digits, points and commas stay. */
static gboolean
strip_number (const char *text,
              gsize       length,
              Number     *number)
{
  Stripping self = { .number = number, .since_space = -1 };

  qd_value_trim (&text, &length);
  memset (number, 0, sizeof *number);
  self.p = text;
  self.end = text + length;
  if (length > 200)
    return FALSE;
  if (length >= 2 && *self.p == '(' && self.end[-1] == ')')
    {
      self.bracket = TRUE;
      self.p++;
      self.end--;
    }
  while (self.p < self.end)
    if (!take_next (&self))
      return FALSE;
  number->negative |= self.bracket;
  return number->length > 0 && (self.since_space < 0 || self.since_space == 3);
}

/* Groups before the decimal sign: three digits each, two for all but the last as in India. */
static gboolean
groups_are_valid (const char *text,
                  int         length,
                  char        group)
{
  int since = 0, groups = 0;

  for (int i = 0; i < length; i++)
    {
      if (text[i] != group)
        {
          since++;
          continue;
        }
      if (since == 0 || since > 3 || (groups > 0 && since < 2))
        return FALSE;
      groups++;
      since = 0;
    }
  return groups == 0 || since == 3;
}

static gboolean
reads_as (const Number *number,
          char          decimal)
{
  char group = decimal == '.' ? ',' : '.';
  int decimals = decimal == '.' ? number->points : number->commas;
  int groups = decimal == '.' ? number->commas : number->points;
  const char *sign = decimals > 0 ? memchr (number->text, decimal, number->length) : NULL;
  int whole = sign ? (int) (sign - number->text) : number->length;

  if (decimals > 1 || (groups > 0 && number->grouped))
    return FALSE;
  if (groups > 0)
    {
      if (sign && memchr (sign, group, number->length - whole) != NULL)
        return FALSE;
      if (number->text[0] == '0' || !groups_are_valid (number->text, whole, group))
        return FALSE;
    }
  return number->length > decimals + groups;
}

/**
 * qd_value_number_readings:
 * @text: a cell
 * @length: its bytes
 * @differ: (out): set to `TRUE` when both readings are possible and give
 *   different numbers, as of "1,234"
 *
 * Returns: the possible decimal signs, 0 when @text is no number
 */
guint
qd_value_number_readings (const char *text,
                          gsize       length,
                          gboolean   *differ)
{
  Number number;
  guint readings = 0;
  gsize i = 0;

  *differ = FALSE;
  while (i < length && g_ascii_isdigit (text[i]))
    i++;
  if (i == length)
    return length > 0 ? QD_DECIMAL_ANY : 0;
  if (i > 0 && text[i] == '.')
    {
      gsize k = i + 1;

      while (k < length && g_ascii_isdigit (text[k]))
        k++;
      if (k == length && k > i + 1 && (k - i != 4 || i > 3 || text[0] == '0'))
        return QD_DECIMAL_POINT;
    }
  if (!strip_number (text, length, &number))
    return 0;
  if (number.points == 0 && number.commas == 0)
    return QD_DECIMAL_ANY;
  if (reads_as (&number, '.'))
    readings |= QD_DECIMAL_POINT;
  if (reads_as (&number, ','))
    readings |= QD_DECIMAL_COMMA;
  *differ = readings == QD_DECIMAL_ANY;
  return readings;
}

/* The number with its grouping taken away. */
static gboolean
parse_stripped (const Number *number,
                QdDecimalSign sign,
                QdDecimal    *value)
{
  char decimal = sign == QD_DECIMAL_COMMA ? ',' : '.';
  char plain[64];
  int n = 0;

  if (!reads_as (number, decimal))
    return FALSE;
  for (int i = 0; i < number->length; i++)
    if (number->text[i] == decimal)
      plain[n++] = '.';
    else if (g_ascii_isdigit (number->text[i]))
      plain[n++] = number->text[i];
  if (!qd_decimal_parse (plain, n, '.', value))
    return FALSE;
  if (number->negative)
    value->mantissa = -value->mantissa;
  return TRUE;
}

/**
 * qd_value_parse_number:
 * @text: a cell
 * @length: its bytes
 * @sign: the decimal sign
 * @value: (out): the exact number
 * @currency: (out) (optional): the ISO 4217 code that a sign or code in the
 *   cell names, or an empty string
 *
 * Reads a number as people and exports write it: grouped by the other sign,
 * spaces or apostrophes, in brackets or with a minus before or after when
 * negative, with a currency sign or code.
 *
 * Returns: `FALSE` when it is no number or has more than 18 digits
 */
gboolean
qd_value_parse_number (const char   *text,
                       gsize         length,
                       QdDecimalSign sign,
                       QdDecimal    *value,
                       char          currency[4])
{
  Number number;

  if (currency)
    currency[0] = 0;
  /* The usual case: digits, perhaps a minus, perhaps a decimal point. */
  if (sign == QD_DECIMAL_POINT && length > 0 && length <= 18)
    {
      gsize i = text[0] == '-', point = length;
      gint64 mantissa = 0;

      for (; i < length; i++)
        {
          if (g_ascii_isdigit (text[i]))
            mantissa = mantissa * 10 + (text[i] - '0');
          else if (text[i] == '.' && point == length)
            point = i;
          else
            break;
        }
      if (i == length && g_ascii_isdigit (text[length - 1]) && point > 0)
        {
          int scale = point == length ? 0 : (int) (length - point - 1);

          while (scale > 0 && mantissa % 10 == 0)
            {
              mantissa /= 10;
              scale--;
            }
          value->mantissa = text[0] == '-' ? -mantissa : mantissa;
          value->scale = scale;
          return TRUE;
        }
    }
  if (!strip_number (text, length, &number) || number.percent)
    return FALSE;
  if (currency)
    memcpy (currency, number.currency, 4);
  return parse_stripped (&number, sign, value);
}

/**
 * qd_value_parse_percent:
 * @text: a cell: "10", "10%", "12,5 %"
 * @length: its bytes
 * @sign: the decimal sign
 * @value: (out): the number before the percent sign
 * @has_sign: (out): whether there was one
 *
 * Returns: `FALSE` when it is no number
 */
gboolean
qd_value_parse_percent (const char   *text,
                        gsize         length,
                        QdDecimalSign sign,
                        QdDecimal    *value,
                        gboolean     *has_sign)
{
  Number number;

  *has_sign = FALSE;
  if (!strip_number (text, length, &number) || number.currency[0] != 0)
    return FALSE;
  *has_sign = number.percent;
  return parse_stripped (&number, sign, value);
}

/**
 * qd_value_parse_integer:
 * @text: a cell: "12", "1,200", "12.0"
 * @length: its bytes
 * @sign: the decimal sign
 * @value: (out): the number
 *
 * Returns: `FALSE` when it is no whole number
 */
gboolean
qd_value_parse_integer (const char   *text,
                        gsize         length,
                        QdDecimalSign sign,
                        gint64       *value)
{
  QdDecimal decimal;
  char currency[4];

  if (!qd_value_parse_number (text, length, sign, &decimal, currency) || decimal.scale != 0 || currency[0] != 0)
    return FALSE;
  *value = decimal.mantissa;
  return TRUE;
}

static gboolean
is_one_of (const char        *text,
           gsize              length,
           const char *const *words)
{
  for (; *words; words++)
    if (strlen (*words) == length && g_ascii_strncasecmp (text, *words, length) == 0)
      return TRUE;
  return FALSE;
}

/**
 * qd_value_parse_boolean:
 * @text: a cell: true, false, yes, no, 1, 0, on, off, or their first letters;
 *   also what German and French spreadsheets write
 * @length: its bytes
 * @value: (out): what it says
 *
 * Returns: `FALSE` when it says neither
 */
gboolean
qd_value_parse_boolean (const char *text,
                        gsize       length,
                        gboolean   *value)
{
  static const char *const yes[] = { "true", "yes", "y", "t", "1", "on", "wahr", "ja", "vrai", "oui", "x", NULL };
  static const char *const no[] = { "false", "no", "n", "f", "0", "off", "falsch", "nein", "faux", "non", NULL };

  *value = is_one_of (text, length, yes);
  return *value || is_one_of (text, length, no);
}

static const struct
{
  const char *word;
  const char *unit;
  int count;
} intervals[] = {
  { "day", "day", 1 },         { "days", "day", 1 },           { "daily", "day", 1 },
  { "d", "day", 1 },           { "week", "week", 1 },          { "weeks", "week", 1 },
  { "weekly", "week", 1 },     { "w", "week", 1 },             { "biweekly", "week", 2 },
  { "fortnight", "week", 2 },  { "fortnightly", "week", 2 },   { "month", "month", 1 },
  { "months", "month", 1 },    { "monthly", "month", 1 },      { "mo", "month", 1 },
  { "m", "month", 1 },         { "permonth", "month", 1 },     { "mtm", "month", 1 },
  { "monthtomonth", "month", 1 }, { "bimonthly", "month", 2 }, { "quarter", "quarter", 1 },
  { "quarters", "quarter", 1 }, { "quarterly", "quarter", 1 }, { "q", "quarter", 1 },
  { "halfyear", "half-year", 1 }, { "halfyears", "half-year", 1 }, { "halfyearly", "half-year", 1 },
  { "semiannual", "half-year", 1 }, { "semiannually", "half-year", 1 }, { "semiyearly", "half-year", 1 },
  { "biannual", "half-year", 1 }, { "biannually", "half-year", 1 }, { "year", "year", 1 },
  { "years", "year", 1 },      { "yearly", "year", 1 },        { "annual", "year", 1 },
  { "annually", "year", 1 },   { "annum", "year", 1 },         { "peryear", "year", 1 },
  { "y", "year", 1 },          { "yr", "year", 1 },            { "biennial", "year", 2 },
  { "biennially", "year", 2 }, { "triennial", "year", 3 },     { "triennially", "year", 3 },
};

/**
 * qd_value_parse_interval:
 * @text: a cell: "month", "annual", "quarterly", "6 months", "biennial"
 * @length: its bytes
 * @interval: (out): the unit, how many of it, and a unit's length in months
 *   (a day is 12/365, a week 12/52)
 *
 * Returns: `FALSE` when it is no billing interval
 */
gboolean
qd_value_parse_interval (const char *text,
                         gsize       length,
                         QdInterval *interval)
{
  static const struct
  {
    const char *unit;
    QdRatio months;
  } units[] = {
    { "day", { 12, 365 } }, { "week", { 3, 13 } },     { "month", { 1, 1 } },
    { "quarter", { 3, 1 } }, { "half-year", { 6, 1 } }, { "year", { 12, 1 } },
  };
  char word[32];
  gsize n = 0, i = 0;
  int times = 0;

  while (i < length && g_ascii_isdigit (text[i]) && times < 1000)
    times = times * 10 + (text[i++] - '0');
  for (; i < length; i++)
    if (g_ascii_isalpha (text[i]))
      {
        if (n == sizeof word - 1)
          return FALSE;
        word[n++] = g_ascii_tolower (text[i]);
      }
    else if (strchr (" -_/.", text[i]) == NULL)
      return FALSE;
  word[n] = 0;
  if (times > 1000 || (times == 0 && length > 0 && g_ascii_isdigit (text[0])))
    return FALSE;
  for (i = 0; i < G_N_ELEMENTS (intervals); i++)
    if (strcmp (word, intervals[i].word) == 0)
      {
        interval->unit = intervals[i].unit;
        interval->count = intervals[i].count * MAX (times, 1);
        for (gsize u = 0; u < G_N_ELEMENTS (units); u++)
          if (strcmp (units[u].unit, interval->unit) == 0)
            interval->months = units[u].months;
        return TRUE;
      }
  return FALSE;
}

/* Names */

/**
 * qd_value_fold:
 * @text: a header
 *
 * Folds a name so that spelling does not matter: small letters and digits,
 * nothing else.
 *
 * Returns: (transfer full): the folded name, perhaps empty
 */
char *
qd_value_fold (const char *text)
{
  GString *out = g_string_new (NULL);

  for (const char *p = text; *p; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isalnum (c))
        g_string_append_unichar (out, g_unichar_tolower (c));
    }
  return g_string_free (out, FALSE);
}

/**
 * qd_value_identifier:
 * @text: a header
 *
 * Makes the name of a custom field: small letters and digits, words joined by
 * underscores; a capital after a small letter begins a word.
 *
 * Returns: (transfer full): the name, perhaps empty
 */
char *
qd_value_identifier (const char *text)
{
  GString *out = g_string_new (NULL);
  gboolean gap = FALSE, small = FALSE;

  for (const char *p = text; *p; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_isalnum (c))
        {
          gap = out->len > 0;
          small = FALSE;
          continue;
        }
      if (gap || (small && g_unichar_isupper (c)))
        g_string_append_c (out, '_');
      g_string_append_unichar (out, g_unichar_tolower (c));
      gap = FALSE;
      small = g_unichar_islower (c);
    }
  return g_string_free (out, FALSE);
}
