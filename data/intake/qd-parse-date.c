/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Dates and months as files write them.
 */
#include "qd-parse-value.h"

#include <string.h>

static const char *const month_names[12] = { "january", "february", "march",     "april",   "may",      "june",
                                             "july",    "august",   "september", "october", "november", "december" };

static int
find_month (const char *text,
            gsize       length)
{
  if (length < 3)
    return 0;
  if (length == 4 && g_ascii_strncasecmp (text, "sept", 4) == 0)
    return 9;
  for (int i = 0; i < 12; i++)
    {
      gsize full = strlen (month_names[i]);

      if ((length == 3 || length == full) && g_ascii_strncasecmp (text, month_names[i], length) == 0)
        return i + 1;
    }
  return 0;
}

typedef struct
{
  int value;
  int digits; /* 0: the name of a month */
} Part;

/* What may stand after a date: "13:45", "T13:45:00.000Z", "1:45 PM", "00:00:00 +0200", "13:45 UTC". */
static gboolean
is_time (const char *p,
         const char *end)
{
  gboolean digit = FALSE, colon = FALSE;

  for (; p < end; p++)
    {
      if (g_ascii_isdigit (*p))
        digit = TRUE;
      else if (*p == ':')
        colon = TRUE;
      else if (strchr (" .,+-TZ", *p) == NULL && !g_ascii_isalpha (*p))
        return FALSE;
    }
  return digit && colon;
}

/* Takes a date apart into up to three parts; FALSE when it is none. @n_parts may be 1 (compact), 2 or 3. */
static gboolean
split_date (const char *text,
            gsize       length,
            Part        parts[3],
            int        *n_parts)
{
  const char *p = text, *end = text + length;
  char separator = 0;
  int n = 0;

  while (p < end && n < 3)
    {
      const char *start = p;

      if (g_ascii_isdigit (*p))
        {
          int value = 0;

          while (p < end && g_ascii_isdigit (*p) && p - start < 9)
            value = value * 10 + (*p++ - '0');
          parts[n].value = value;
          parts[n].digits = p - start;
          if (parts[n].digits > 8)
            return FALSE;
          /* 1st, 2nd, 3rd, 4th */
          if (p + 1 < end && parts[n].digits <= 2 &&
              (g_ascii_strncasecmp (p, "st", 2) == 0 || g_ascii_strncasecmp (p, "nd", 2) == 0 ||
               g_ascii_strncasecmp (p, "rd", 2) == 0 || g_ascii_strncasecmp (p, "th", 2) == 0) &&
              (p + 2 == end || !g_ascii_isalpha (p[2])))
            p += 2;
        }
      else if (g_ascii_isalpha (*p))
        {
          while (p < end && g_ascii_isalpha (*p))
            p++;
          parts[n].value = find_month (start, p - start);
          parts[n].digits = 0;
          if (parts[n].value == 0)
            return FALSE;
        }
      else
        return FALSE;
      n++;
      if (p == end)
        break;
      if (n == 3 || (n == 1 && parts[0].digits == 8))
        break;
      if (*p == '/' || *p == '-' || *p == '.')
        {
          if (separator != 0 && separator != *p && separator != ' ')
            return FALSE;
          separator = *p++;
          if (p < end && *p == ' ')
            p++;
        }
      else if (*p == ' ' || *p == ',')
        {
          while (p < end && (*p == ' ' || *p == ','))
            p++;
          separator = ' ';
        }
      else
        return FALSE;
    }
  if (n == 0)
    return FALSE;
  if (p < end)
    {
      if (*p == ',' && p + 1 < end)
        p++;
      if ((*p != 'T' && *p != ' ') || !is_time (p + 1, end))
        return FALSE;
    }
  *n_parts = n;
  return TRUE;
}

static int
full_year (Part part)
{
  if (part.digits == 4)
    return part.value;
  if (part.digits == 2)
    return part.value + (part.value < 70 ? 2000 : 1900);
  return -1;
}

static gboolean
is_small (Part part)
{
  return part.digits == 1 || part.digits == 2;
}

static guint
all_readings (QdDay day,
              QdDay days[3])
{
  if (day == QD_DAY_NONE)
    return 0;
  if (days)
    days[0] = days[1] = days[2] = day;
  return QD_ORDER_ANY;
}

/**
 * qd_value_date_readings:
 * @text: a cell
 * @length: its bytes
 * @days: (out) (optional) (array fixed-size=3): the day by order: ymd, dmy,
 *   mdy; `QD_DAY_NONE` where that reading is impossible
 *
 * Finds every reading of a date: ISO, year first with any sign between, eight
 * digits, day and month as numbers with a year of two or four digits, names of
 * months in English. A time of day after it is cut off.
 *
 * Returns: the possible orders, 0 when @text is no date
 */
guint
qd_value_date_readings (const char *text,
                        gsize       length,
                        QdDay       days[3])
{
  Part p[3];
  QdDay found[3] = { QD_DAY_NONE, QD_DAY_NONE, QD_DAY_NONE };
  guint readings = 0;
  int n, year;

  if (length >= 10 && text[4] == '-' && text[7] == '-')
    {
      QdDay day = qd_day_parse_iso (text, 10);

      if (length == 10 || ((text[10] == 'T' || text[10] == ' ') && is_time (text + 11, text + length)))
        return all_readings (day, days);
      return 0;
    }
  if (length < 6 || length > 64 || !split_date (text, length, p, &n))
    return 0;
  if (n == 1)
    return p[0].digits == 8
               ? all_readings (qd_day_from_ymd (p[0].value / 10000, p[0].value / 100 % 100, p[0].value % 100), days)
               : 0;
  if (n != 3)
    return 0;

  if (p[0].digits == 0)
    return is_small (p[1]) && (year = full_year (p[2])) > 0
               ? all_readings (qd_day_from_ymd (year, p[0].value, p[1].value), days)
               : 0;
  if (p[1].digits == 0)
    {
      if (p[0].digits == 4 && is_small (p[2]))
        return all_readings (qd_day_from_ymd (p[0].value, p[1].value, p[2].value), days);
      return is_small (p[0]) && (year = full_year (p[2])) > 0
                 ? all_readings (qd_day_from_ymd (year, p[1].value, p[0].value), days)
                 : 0;
    }
  if (!is_small (p[1]))
    return 0;
  if (p[0].digits == 4)
    return is_small (p[2]) ? all_readings (qd_day_from_ymd (p[0].value, p[1].value, p[2].value), days) : 0;
  if (!is_small (p[0]))
    return 0;

  if (p[0].digits == 2 && is_small (p[2]))
    found[0] = qd_day_from_ymd (full_year (p[0]), p[1].value, p[2].value);
  year = full_year (p[2]);
  if (year > 0)
    {
      found[1] = qd_day_from_ymd (year, p[1].value, p[0].value);
      found[2] = qd_day_from_ymd (year, p[0].value, p[1].value);
    }
  for (int i = 0; i < 3; i++)
    {
      if (found[i] != QD_DAY_NONE)
        readings |= 1u << i;
      if (days)
        days[i] = found[i];
    }
  return readings;
}

/**
 * qd_value_parse_day:
 * @text: a cell
 * @length: its bytes
 * @order: which reading is meant where there are several
 *
 * Returns: the day, or `QD_DAY_NONE` when @text is no date in that order
 */
QdDay
qd_value_parse_day (const char *text,
                    gsize       length,
                    QdDateOrder order)
{
  QdDay days[3];

  if (length == 10 && text[4] == '-' && text[7] == '-')
    return qd_day_parse_iso (text, 10);
  if ((qd_value_date_readings (text, length, days) & order) == 0)
    return QD_DAY_NONE;
  return days[order == QD_ORDER_YMD ? 0 : order == QD_ORDER_DMY ? 1 : 2];
}

/**
 * qd_value_parse_month:
 * @text: a cell: `2024-03`, `03/2024`, `Mar 2024`, `202403` or a date
 * @length: its bytes
 * @order: which reading of a date is meant where there are several
 *
 * Returns: the month, or `QD_MONTH_NONE`
 */
QdMonth
qd_value_parse_month (const char *text,
                      gsize       length,
                      QdDateOrder order)
{
  QdDay day;
  Part p[3];
  int n;

  if (length == 7 && text[4] == '-')
    return qd_month_parse_iso (text, 7);
  if (length >= 4 && length <= 20 && split_date (text, length, p, &n))
    {
      if (n == 1 && p[0].digits == 6)
        return qd_month_from_ym (p[0].value / 100, p[0].value % 100);
      if (n == 2 && p[0].digits == 4 && p[1].digits <= 2)
        return qd_month_from_ym (p[0].value, p[1].value);
      if (n == 2 && p[1].digits == 4 && p[0].digits <= 2)
        return qd_month_from_ym (p[1].value, p[0].value);
      if (n == 2 && p[0].digits == 0 && p[1].digits == 2)
        return qd_month_from_ym (full_year (p[1]), p[0].value);
    }
  day = qd_value_parse_day (text, length, order);
  return day == QD_DAY_NONE ? QD_MONTH_NONE : qd_day_get_month (day);
}
