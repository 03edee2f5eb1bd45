/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-calendar.h"

#include <langinfo.h>
#include <locale.h>
#include <string.h>

static const guint8 days_in_month[12] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

static gboolean
is_leap (int year)
{
  return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

/**
 * qd_day_from_ymd:
 * @year: 1 to 9999
 * @month: 1 to 12
 * @day: 1 to the length of the month
 *
 * Makes a day from its parts.
 *
 * Returns: the day, or `QD_DAY_NONE` when no such date exists
 */
QdDay
qd_day_from_ymd (int year,
                 int month,
                 int day)
{
  int length, y, era, yoe, doy, doe;

  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1)
    return QD_DAY_NONE;
  length = days_in_month[month - 1] + (month == 2 && is_leap (year));
  if (day > length)
    return QD_DAY_NONE;

  /* Years that begin in March put the leap day last, so that a month's
   * offset in its year is a linear function of its number. */
  y = year - (month <= 2);
  era = y / 400;
  yoe = y - era * 400;
  doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
  return era * 146097 + doe - 719468;
}

/**
 * qd_day_to_ymd:
 * @day: a day, not `QD_DAY_NONE`
 * @year: (out) (optional): 1 to 9999
 * @month: (out) (optional): 1 to 12
 * @dom: (out) (optional): day of the month, from 1
 *
 * Takes a day apart.
 */
void
qd_day_to_ymd (QdDay day,
               int  *year,
               int  *month,
               int  *dom)
{
  int z = day + 719468;
  int era = (z >= 0 ? z : z - 146096) / 146097;
  int doe = z - era * 146097;
  int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
  int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  int mp = (5 * doy + 2) / 153;
  int m = mp < 10 ? mp + 3 : mp - 9;

  if (year)
    *year = yoe + era * 400 + (m <= 2);
  if (month)
    *month = m;
  if (dom)
    *dom = doy - (153 * mp + 2) / 5 + 1;
}

static gboolean
parse_digits (const char *text,
              int         count,
              int        *value)
{
  int v = 0;

  for (int i = 0; i < count; i++)
    {
      if (!g_ascii_isdigit (text[i]))
        return FALSE;
      v = v * 10 + (text[i] - '0');
    }
  *value = v;
  return TRUE;
}

/**
 * qd_day_parse_iso:
 * @text: text, need not be terminated when @length is given
 * @length: bytes, or −1 when terminated
 *
 * Reads `YYYY-MM-DD`, nothing before or after it.
 *
 * Returns: the day, or `QD_DAY_NONE`
 */
QdDay
qd_day_parse_iso (const char *text,
                  gssize      length)
{
  int y, m, d;

  if (length < 0)
    length = strlen (text);
  if (length != 10 || text[4] != '-' || text[7] != '-')
    return QD_DAY_NONE;
  if (!parse_digits (text, 4, &y) || !parse_digits (text + 5, 2, &m) || !parse_digits (text + 8, 2, &d))
    return QD_DAY_NONE;
  return qd_day_from_ymd (y, m, d);
}

/**
 * qd_day_to_iso:
 * @day: a day
 *
 * Returns: (transfer full): `YYYY-MM-DD`, or an empty string for
 *   `QD_DAY_NONE` and `QD_DAY_FOREVER`
 */
char *
qd_day_to_iso (QdDay day)
{
  int y, m, d;

  if (day == QD_DAY_NONE || day == QD_DAY_FOREVER)
    return g_strdup ("");
  qd_day_to_ymd (day, &y, &m, &d);
  return g_strdup_printf ("%04d-%02d-%02d", y, m, d);
}

/**
 * qd_day_get_month:
 * @day: a day, not `QD_DAY_NONE`
 *
 * Returns: the calendar month that holds @day
 */
QdMonth
qd_day_get_month (QdDay day)
{
  int y, m;

  qd_day_to_ymd (day, &y, &m, NULL);
  return y * 12 + m - 1;
}

/**
 * qd_month_from_ym:
 * @year: 1 to 9999
 * @month: 1 to 12
 *
 * Returns: the month, or `QD_MONTH_NONE` when out of range
 */
QdMonth
qd_month_from_ym (int year,
                  int month)
{
  if (year < 1 || year > 9999 || month < 1 || month > 12)
    return QD_MONTH_NONE;
  return year * 12 + month - 1;
}

/**
 * qd_month_parse_iso:
 * @text: text, need not be terminated when @length is given
 * @length: bytes, or −1 when terminated
 *
 * Reads `YYYY-MM`, nothing before or after it.
 *
 * Returns: the month, or `QD_MONTH_NONE`
 */
QdMonth
qd_month_parse_iso (const char *text,
                    gssize      length)
{
  int y, m;

  if (length < 0)
    length = strlen (text);
  if (length != 7 || text[4] != '-')
    return QD_MONTH_NONE;
  if (!parse_digits (text, 4, &y) || !parse_digits (text + 5, 2, &m))
    return QD_MONTH_NONE;
  return qd_month_from_ym (y, m);
}

/**
 * qd_month_to_iso:
 * @month: a month
 *
 * Returns: (transfer full): `YYYY-MM`, or an empty string for `QD_MONTH_NONE`
 */
char *
qd_month_to_iso (QdMonth month)
{
  if (month == QD_MONTH_NONE)
    return g_strdup ("");
  return g_strdup_printf ("%04d-%02d", qd_month_get_year (month), qd_month_get_number (month));
}

/* German abbreviates with a point and leaves short names whole; the C library has them cut to three letters. */
static char *
abbreviate_german (const char *name,
                   const char *whole)
{
  return g_utf8_strlen (whole, -1) <= 4 ? g_strdup (whole) : g_strconcat (name, ".", NULL);
}

/**
 * qd_month_dup_name:
 * @number: 1 (January) to 12
 *
 * Names a month shortly, as dates in the language of the process have it. Not
 * while another thread changes the locale.
 *
 * Returns: (transfer full): such as "Jun", "Nov." or "févr."
 */
char *
qd_month_dup_name (int number)
{
  static const nl_item items[12] = { ABMON_1, ABMON_2, ABMON_3, ABMON_4,  ABMON_5,  ABMON_6,
                                     ABMON_7, ABMON_8, ABMON_9, ABMON_10, ABMON_11, ABMON_12 };
  static const nl_item whole[12] = { MON_1, MON_2, MON_3, MON_4, MON_5, MON_6, MON_7, MON_8, MON_9, MON_10, MON_11, MON_12 };
  const char *name, *locale = setlocale (LC_TIME, NULL);

  g_return_val_if_fail (number >= 1 && number <= 12, NULL);

  name = nl_langinfo (items[number - 1]);
  if (!g_utf8_validate (name, -1, NULL))
    return g_strdup_printf ("%02d", number);
  if (locale != NULL && g_str_has_prefix (locale, "de"))
    return abbreviate_german (name, nl_langinfo (whole[number - 1]));
  return g_strdup (name);
}

/**
 * qd_calendar_points_days:
 *
 * Returns: whether the locale of the process writes the day of a date with a
 *   point: "22. Nov. 2026"
 */
gboolean
qd_calendar_points_days (void)
{
#ifdef __GLIBC__
  /* What the C library writes a date with, such as "%a %-d. %b %H:%M:%S %Z %Y". */
  const char *pattern = nl_langinfo (_DATE_FMT);

  for (const char *at = strchr (pattern, '%'); at != NULL && at[1] != '\0'; at = strchr (at + 2, '%'))
    {
      at += at[1] == '-';
      if (at[1] == 'd' || at[1] == 'e')
        return at[2] == '.';
    }
#endif
  return FALSE;
}

/**
 * qd_month_to_words:
 * @month: a month
 *
 * Writes a month as sentences have it, in the language of the process.
 *
 * Returns: (transfer full): such as "Jun 2026", or an empty string for
 *   `QD_MONTH_NONE`
 */
char *
qd_month_to_words (QdMonth month)
{
  g_autofree char *name = NULL;

  if (month == QD_MONTH_NONE)
    return g_strdup ("");
  name = qd_month_dup_name (qd_month_get_number (month));
  return g_strdup_printf ("%s %d", name, qd_month_get_year (month));
}

/**
 * qd_month_get_year:
 * @month: a month
 *
 * Returns: 1 to 9999
 */
int
qd_month_get_year (QdMonth month)
{
  return month / 12;
}

/**
 * qd_month_get_number:
 * @month: a month
 *
 * Returns: 1 (January) to 12
 */
int
qd_month_get_number (QdMonth month)
{
  return month % 12 + 1;
}

/**
 * qd_month_first_day:
 * @month: a month
 *
 * Returns: its first day
 */
QdDay
qd_month_first_day (QdMonth month)
{
  return qd_day_from_ymd (qd_month_get_year (month), qd_month_get_number (month), 1);
}

/**
 * qd_month_last_day:
 * @month: a month
 *
 * Returns: its last day, on which recurring revenue is read
 */
QdDay
qd_month_last_day (QdMonth month)
{
  int year = qd_month_get_year (month);
  int number = qd_month_get_number (month);
  int length = days_in_month[number - 1] + (number == 2 && is_leap (year));

  return qd_day_from_ymd (year, number, length);
}

/**
 * qd_fiscal_quarter_end:
 * @month: a month
 * @fiscal_start: the month in which the fiscal year starts, 1 to 12
 *
 * Returns: the last month of the fiscal quarter that holds @month
 */
QdMonth
qd_fiscal_quarter_end (QdMonth month,
                       int     fiscal_start)
{
  int offset = (month - (fiscal_start - 1)) % 3;

  return month + 2 - (offset < 0 ? offset + 3 : offset);
}

/**
 * qd_fiscal_year_end:
 * @month: a month
 * @fiscal_start: the month in which the fiscal year starts, 1 to 12
 *
 * Returns: the last month of the fiscal year that holds @month
 */
QdMonth
qd_fiscal_year_end (QdMonth month,
                    int     fiscal_start)
{
  int offset = (month - (fiscal_start - 1)) % 12;

  return month + 11 - (offset < 0 ? offset + 12 : offset);
}
