/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-moment.h"

#include <string.h>

#include <glib/gi18n-lib.h>

/**
 * qd_moment_get_day:
 * @time: unix seconds
 *
 * Returns: the day there in the local time zone
 */
QdDay
qd_moment_get_day (gint64 time)
{
  g_autoptr (GDateTime) local = g_date_time_new_from_unix_local (time);

  if (local == NULL)
    return QD_DAY_NONE;
  return qd_day_from_ymd (g_date_time_get_year (local), g_date_time_get_month (local),
                          g_date_time_get_day_of_month (local));
}

/**
 * qd_moment_format_clock:
 * @time: unix seconds
 *
 * Returns: (transfer full): hours and minutes in the local time zone
 */
char *
qd_moment_format_clock (gint64 time)
{
  g_autoptr (GDateTime) local = g_date_time_new_from_unix_local (time);

  return local != NULL ? g_date_time_format (local, "%H:%M") : g_strdup ("");
}

/**
 * qd_moment_format:
 * @format: how days are written
 * @time: unix seconds
 *
 * Returns: (transfer full): day and time in the local time zone
 */
char *
qd_moment_format (QdFormat *format,
                  gint64    time)
{
  g_autofree char *day = qd_format_day (format, qd_moment_get_day (time));
  g_autofree char *clock = qd_moment_format_clock (time);

  /* Translators: a day and a time of day: "22 Nov 2026, 04:50". */
  return g_strdup_printf (_("%s, %s"), day, clock);
}

/**
 * qd_moment_parse:
 * @iso: a moment as tables of the workspace have it
 *
 * Returns: unix seconds, 0 when it cannot be read
 */
gint64
qd_moment_parse (const char *iso)
{
  g_autoptr (GDateTime) moment = iso != NULL ? g_date_time_new_from_iso8601 (iso, NULL) : NULL;

  return moment != NULL ? g_date_time_to_unix (moment) : 0;
}

static gboolean
write_date_cb (const GMatchInfo *match,
               GString          *out,
               gpointer          format)
{
  g_autofree char *date = g_match_info_fetch (match, 0);
  QdDay day = qd_day_parse_iso (date, (gssize) strlen (date));
  QdMonth month = qd_month_parse_iso (date, (gssize) strlen (date));
  g_autofree char *written = NULL;

  if (strlen (date) > strlen ("2025-12"))
    written = day != QD_DAY_NONE ? qd_format_day (format, day) : NULL;
  else
    written = month != QD_MONTH_NONE ? qd_format_month (format, month) : NULL;
  g_string_append (out, written != NULL ? written : date);
  return FALSE;
}

/**
 * qd_moment_localize:
 * @format: how months and days are written
 * @text: a sentence for any place; months and days in it as ISO 8601 has them
 *
 * What checks of the data say is the same in files and on terminals; on screen
 * dates are written as everywhere else there. Parts of longer words, such as
 * ids, stay as they are.
 *
 * Returns: (transfer full): the sentence
 */
char *
qd_moment_localize (QdFormat   *format,
                    const char *text)
{
  static gsize once;
  static GRegex *dates;
  char *localized;

  if (g_once_init_enter (&once))
    {
      dates = g_regex_new ("(?<![\\w.:/-])\\d{4}-\\d{2}(-\\d{2})?(?![\\w:/-])", G_REGEX_OPTIMIZE, 0, NULL);
      g_once_init_leave (&once, 1);
    }
  localized = g_regex_replace_eval (dates, text, -1, 0, 0, write_date_cb, format, NULL);
  return localized != NULL ? localized : g_strdup (text);
}
