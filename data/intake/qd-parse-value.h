/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One cell → one value. Pure functions; text is UTF-8 and not terminated.
 *
 * Where a notation has several readings (03/04/2024, 1,234) the functions say
 * which readings are possible; who decides is qd-detect.
 */
#pragma once

#include "../base/qd-calendar.h"
#include "../base/qd-money.h"

G_BEGIN_DECLS

typedef enum
{
  QD_ORDER_YMD = 1 << 0,
  QD_ORDER_DMY = 1 << 1,
  QD_ORDER_MDY = 1 << 2,
} QdDateOrder;
#define QD_ORDER_ANY 7

typedef enum
{
  QD_DECIMAL_POINT = 1 << 0,
  QD_DECIMAL_COMMA = 1 << 1,
} QdDecimalSign;
#define QD_DECIMAL_ANY 3

/* Readings of a date with or without a time. @days, by order (ymd, dmy, mdy), may be NULL. 0: no date. QD_ORDER_ANY
 * with equal days: the notation speaks for itself. */
guint qd_value_date_readings (const char *text, gsize length, QdDay days[3]);
QdDay qd_value_parse_day (const char *text, gsize length, QdDateOrder order);     /* or QD_DAY_NONE */
QdMonth qd_value_parse_month (const char *text, gsize length, QdDateOrder order); /* or QD_MONTH_NONE */

/* Readings of a number; sets *@differ when it has two that give different numbers. 0: no number. */
guint qd_value_number_readings (const char *text, gsize length, gboolean *differ);
/* @currency: what a currency sign or code in the cell names, "" when none or unclear. */
gboolean qd_value_parse_number (const char *text, gsize length, QdDecimalSign sign, QdDecimal *value,
                                char currency[4]);
gboolean qd_value_parse_percent (const char *text, gsize length, QdDecimalSign sign, QdDecimal *value,
                                 gboolean *has_sign);
gboolean qd_value_parse_integer (const char *text, gsize length, QdDecimalSign sign, gint64 *value);
gboolean qd_value_parse_boolean (const char *text, gsize length, gboolean *value);

/* A billing interval as months = num ÷ den of each of @count units: "biennial" is ("year", 2, 24/1). */
typedef struct
{
  const char *unit; /* day, week, month, quarter, half-year, year */
  int count;
  QdRatio months;   /* of one unit */
} QdInterval;
gboolean qd_value_parse_interval (const char *text, gsize length, QdInterval *interval);

void qd_value_trim (const char **text, gsize *length);
/* The apostrophe that keeps a spreadsheet from running a cell as a formula. */
void qd_value_strip_guard (const char **text, gsize *length);
gboolean qd_value_needs_guard (const char *text, gsize length);

/* Letters and digits only, small: "Customer ID" and "customerId" are "customerid". */
char *qd_value_fold (const char *text);
/* "Plan Tier" → "plan_tier": how a custom field is called. */
char *qd_value_identifier (const char *text);

G_END_DECLS
