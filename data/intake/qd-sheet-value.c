/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-sheet-value.h"

#include <math.h>
#include <string.h>

#include "../base/qd-calendar.h"

#define DAY_MILLISECONDS 86400000
#define LAST_SERIAL 2958465.0 /* 9999-12-31 */
#define MAX_DIGITS 40
#define PRECISE_DIGITS 15     /* of what a spreadsheet calculates */
#define MAX_PLACES 30         /* zeros that are written out; beyond, it is no amount */
#define FRACTION_PLACES 15    /* with these, a number is not too long to be read */
#define REST_ZEROS 9          /* behind the point: no amount, rate or part is so near to nothing */

/**
 * qd_sheet_form_from_id:
 * @id: a number format that no workbook needs to spell out
 *
 * Returns: what it makes of a number
 */
QdSheetForm
qd_sheet_form_from_id (guint id)
{
  if (id == 9 || id == 10)
    return QD_SHEET_PERCENT;
  if ((id >= 18 && id <= 21) || id == 45 || id == 47)
    return QD_SHEET_TIME;
  /* 27 to 36 and 50 to 58: dates of East Asia; 46 is an elapsed time, a number */
  return (id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58) ? QD_SHEET_DATE
                                                                                              : QD_SHEET_PLAIN;
}

/* What is inside brackets: "[h]" counts hours beyond the day; colours, locales and conditions say nothing. */
static gboolean
is_elapsed (const char *p,
            const char *end)
{
  gboolean letters = p < end;

  for (; p < end; p++)
    letters = letters && strchr ("hmsHMS", *p) != NULL;
  return letters;
}

/**
 * qd_sheet_form_from_code:
 * @code: a number format; its first part, for positive numbers, decides
 *
 * Returns: what it makes of a number
 */
QdSheetForm
qd_sheet_form_from_code (const char *code)
{
  gboolean day = FALSE, month = FALSE, time = FALSE, percent = FALSE;

  gsize zeros = strspn (code, "0");

  if (g_ascii_strcasecmp (code, "General") == 0)
    return QD_SHEET_PLAIN;
  if (zeros > 1 && zeros <= MAX_PLACES && (code[zeros] == 0 || code[zeros] == ';')) /* ids: "00042" */
    return QD_SHEET_PADDED + (QdSheetForm) (zeros - 2);
  for (const char *p = code; *p != 0 && *p != ';'; p++)
    {
      const char *end;

      switch (*p)
        {
        case '"':
          end = strchr (p + 1, '"');
          p = end != NULL ? end : p + strlen (p) - 1;
          break;
        case '[':
          end = strchr (p + 1, ']');
          if (end != NULL && is_elapsed (p + 1, end))
            return QD_SHEET_PLAIN;
          p = end != NULL ? end : p;
          break;
        case '\\':
        case '_':
        case '*':
          p += p[1] != 0;
          break;
        case '%':
          percent = TRUE;
          break;
        case 'y':
        case 'Y':
        case 'd':
        case 'D':
          day = TRUE;
          break;
        case 'm':
        case 'M':
          month = TRUE;
          break;
        case 'h':
        case 'H':
        case 's':
        case 'S':
          time = TRUE;
          break;
        default:
          break;
        }
    }
  if (day || (month && !time))
    return QD_SHEET_DATE;
  return time ? QD_SHEET_TIME : percent ? QD_SHEET_PERCENT : QD_SHEET_PLAIN;
}

/* A number as it is written: digits without zeros around them, and how many of them stand before the point. */
typedef struct
{
  char digits[MAX_DIGITS + 1];
  int n, point;
  gboolean negative;
} Digits;

static void
drop_zeros (Digits *self)
{
  int zeros = 0;

  while (zeros < self->n && self->digits[zeros] == '0')
    zeros++;
  memmove (self->digits, self->digits + zeros, (gsize) (self->n - zeros));
  self->n -= zeros;
  self->point -= zeros;
  while (self->n > 0 && self->digits[self->n - 1] == '0')
    self->n--;
  if (self->n == 0)
    {
      self->point = 0;
      self->negative = FALSE;
    }
}

/* "1234.50": all digits count as they stand. FALSE: not so simple, or more digits than a spreadsheet knows. */
static gboolean
take_plain (const char *text,
            gsize       length,
            Digits     *self)
{
  gboolean seen = FALSE, pointed = FALSE;

  memset (self, 0, sizeof *self);
  for (gsize i = 0; i < length; i++)
    {
      if (text[i] == '-' && i == 0)
        self->negative = TRUE;
      else if (text[i] == '.' && !pointed)
        pointed = TRUE;
      else if (g_ascii_isdigit (text[i]) && self->n < MAX_DIGITS)
        {
          self->digits[self->n++] = text[i];
          self->point += !pointed;
          seen = TRUE;
        }
      else
        return FALSE;
    }
  drop_zeros (self);
  return seen && (self->n <= PRECISE_DIGITS || self->n <= self->point);
}

/* FALSE: it is no number as XML writes one. */
static gboolean
read_double (const char *text,
             gsize       length,
             double     *value)
{
  g_autofree char *copy = g_strndup (text, length);
  char *end;

  *value = g_ascii_strtod (copy, &end);
  return length > 0 && strspn (copy, "+-.0123456789eE") == length && end == copy + length && isfinite (*value);
}

/* A binary number as a spreadsheet shows it with all its digits, of which it has fifteen: 0.1 + 0.2 is 0.3. */
static gboolean
take_double (const char *text,
             gsize       length,
             Digits     *self)
{
  char shown[G_ASCII_DTOSTR_BUF_SIZE];
  double value;

  if (!read_double (text, length, &value))
    return FALSE;
  g_ascii_formatd (shown, sizeof shown, "%.14e", value);
  memset (self, 0, sizeof *self);
  self->negative = *shown == '-';
  for (const char *p = shown; *p != 'e'; p++)
    if (g_ascii_isdigit (*p))
      self->digits[self->n++] = *p;
  self->point = 1 + (int) g_ascii_strtoll (strchr (shown, 'e') + 1, NULL, 10);
  drop_zeros (self);
  return TRUE;
}

/* A sum that comes to nothing often leaves 0.00000000000005684 of it, which is shown as 0.00. */
static void
drop_rest (Digits *self)
{
  if (self->point <= -REST_ZEROS)
    self->n = 0;
  else
    self->n = MIN (self->n, self->point + FRACTION_PLACES);
  drop_zeros (self);
}

static void
write_digits (GString      *out,
              const Digits *self)
{
  if (self->negative)
    g_string_append_c (out, '-');
  if (self->point <= 0)
    g_string_append_c (out, '0');
  for (int i = 0; i < self->point; i++)
    g_string_append_c (out, i < self->n ? self->digits[i] : '0');
  if (self->n <= self->point)
    return;
  g_string_append_c (out, '.');
  for (int i = self->point; i < self->n; i++)
    g_string_append_c (out, i < 0 ? '0' : self->digits[i]);
}

/*
 * FALSE: it stands for no day or time. Thousandths of a second are rounded, as no double is exact; what is left is cut off, so
 * that the last second of a day does not become the next one.
 */
static gboolean
append_day (GString *out,
            double   serial,
            gboolean time_only,
            gboolean from_1904)
{
  double day = floor (serial);
  int milliseconds = (int) lround ((serial - day) * DAY_MILLISECONDS);
  int seconds = milliseconds % DAY_MILLISECONDS / 1000;
  gboolean dated = !time_only || day >= 1;

  if (milliseconds == DAY_MILLISECONDS)
    day += 1;
  if (serial < 0 || day > LAST_SERIAL)
    return FALSE;
  if (dated && !from_1904 && (day == 0 || day == 60)) /* days that only a spreadsheet knows */
    g_string_append (out, day == 0 ? "1900-01-00" : "1900-02-29");
  else if (dated)
    {
      QdDay first = from_1904 ? qd_day_from_ymd (1904, 1, 1) : qd_day_from_ymd (1899, 12, day < 60 ? 31 : 30);
      g_autofree char *iso = qd_day_to_iso (first + (QdDay) day);

      g_string_append (out, iso);
    }
  if (seconds > 0 || !dated)
    g_string_append_printf (out, "%s%02d:%02d:%02d", dated ? " " : "", seconds / 3600, seconds / 60 % 60, seconds % 60);
  return TRUE;
}

/**
 * qd_sheet_append_number:
 * @out: where to write
 * @text: a number as a workbook holds it: with a point, perhaps an exponent
 * @length: its bytes
 * @form: what its format makes of it
 * @from_1904: whether days are counted from 1904
 * @fraction: (out): set to `TRUE` when a decimal point is written
 *
 * Appends a number: days as ISO dates, with the time unless it is midnight,
 * percentages with their sign, others without an exponent. Whole numbers keep
 * all their digits, others the fifteen that a spreadsheet shows, no more than
 * fifteen of them after the point; what is below a thousand-millionth is 0.
 * What is no number is appended as it stands.
 */
void
qd_sheet_append_number (GString    *out,
                        const char *text,
                        gsize       length,
                        QdSheetForm form,
                        gboolean    from_1904,
                        gboolean   *fraction)
{
  Digits digits;
  double serial;

  if ((form == QD_SHEET_DATE || form == QD_SHEET_TIME) && read_double (text, length, &serial) &&
      append_day (out, serial, form == QD_SHEET_TIME, from_1904))
    return;
  if ((!take_plain (text, length, &digits) && !take_double (text, length, &digits)) || digits.point > MAX_PLACES)
    {
      qd_sheet_append_text (out, text, length);
      return;
    }
  if (form == QD_SHEET_PERCENT && digits.n > 0)
    digits.point += 2;
  drop_rest (&digits);
  if (form >= QD_SHEET_PADDED && digits.n <= digits.point && !digits.negative)
    for (int i = MAX (digits.point, 1); i < (int) (form - QD_SHEET_PADDED) + 2; i++)
      g_string_append_c (out, '0');
  write_digits (out, &digits);
  if (digits.n > digits.point)
    *fraction = TRUE;
  if (form == QD_SHEET_PERCENT)
    g_string_append_c (out, '%');
}

/**
 * qd_sheet_append_iso:
 * @out: where to write
 * @text: a date of ISO 8601, perhaps with a time
 * @length: its bytes
 *
 * Appends a date; a midnight after it is left out.
 */
void
qd_sheet_append_iso (GString    *out,
                     const char *text,
                     gsize       length)
{
  gboolean midnight = length >= 19 && memcmp (text + 10, "T00:00:00", 9) == 0;

  for (gsize i = 19; i < length; i++)
    midnight = midnight && (text[i] == '0' || text[i] == '.' || text[i] == 'Z');
  if (midnight)
    length = 10;
  qd_sheet_append_text (out, text, length);
}

/* "_x000D_": a character that XML cannot hold. 0: there is none at @p. */
static gunichar
escaped_at (const char *p,
            const char *end)
{
  gunichar c = 0;

  if (end - p < 7 || p[0] != '_' || p[1] != 'x' || p[6] != '_')
    return 0;
  for (int i = 2; i < 6; i++)
    {
      if (!g_ascii_isxdigit (p[i]))
        return 0;
      c = c * 16 + (gunichar) g_ascii_xdigit_value (p[i]);
    }
  return g_unichar_validate (c) ? c : 0;
}

/**
 * qd_sheet_append_text:
 * @out: where to write
 * @text: UTF-8 as a workbook holds it
 * @length: its bytes
 *
 * Appends a text. Line ends and tabs become spaces, several in a row one: a
 * row of the sheet is a line.
 */
void
qd_sheet_append_text (GString    *out,
                      const char *text,
                      gsize       length)
{
  const char *p = text, *end = text + length;
  gboolean broken = FALSE;

  while (p < end)
    {
      gunichar c = *p == '_' ? escaped_at (p, end) : 0;
      gsize n = c != 0 ? 7 : 1;

      if (c == 0)
        c = (guchar) *p;
      if (c == '\n' || c == '\r' || c == '\t')
        {
          if (!broken)
            g_string_append_c (out, ' ');
          broken = TRUE;
        }
      else if (n == 7)
        {
          g_string_append_unichar (out, c);
          broken = FALSE;
        }
      else
        {
          while (n < (gsize) (end - p) && strchr ("_\n\r\t", p[n]) == NULL)
            n++;
          g_string_append_len (out, p, n);
          broken = FALSE;
        }
      p += n;
    }
}
