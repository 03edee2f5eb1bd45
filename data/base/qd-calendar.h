/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Calendar dates and months without a time zone.
 *
 * A QdDay counts days since 1970-01-01 (proleptic Gregorian), a QdMonth is
 * year × 12 + (month − 1). Both are plain integers, so that comparing and
 * stepping cost nothing. The range is 0001-01-01 to 9999-12-31.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef gint32 QdDay;
typedef gint32 QdMonth;

#define QD_DAY_NONE G_MININT32
#define QD_DAY_FOREVER G_MAXINT32
#define QD_MONTH_NONE G_MININT32

QdDay qd_day_from_ymd (int year, int month, int day);
void qd_day_to_ymd (QdDay day, int *year, int *month, int *dom);
QdDay qd_day_parse_iso (const char *text, gssize length);
char *qd_day_to_iso (QdDay day);
QdMonth qd_day_get_month (QdDay day);

QdMonth qd_month_from_ym (int year, int month);
QdMonth qd_month_parse_iso (const char *text, gssize length);
char *qd_month_to_iso (QdMonth month);
char *qd_month_to_words (QdMonth month);
/* In the language of the process: "Jun", "Nov." */
char *qd_month_dup_name (int number);
/* Whether days of dates are written with a point: "22. Nov. 2026" */
gboolean qd_calendar_points_days (void);
int qd_month_get_year (QdMonth month);
int qd_month_get_number (QdMonth month);
QdDay qd_month_first_day (QdMonth month);
QdDay qd_month_last_day (QdMonth month);

QdMonth qd_fiscal_quarter_end (QdMonth month, int fiscal_start);
QdMonth qd_fiscal_year_end (QdMonth month, int fiscal_start);

G_END_DECLS
