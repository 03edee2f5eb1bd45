/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-moment.h"

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
