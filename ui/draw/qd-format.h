/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How numbers, money and dates are written in pictures and on pages.
 *
 * A format is an immutable value: what it prints depends on nothing but itself
 * and its arguments (only qd_format_new_from_locale() reads the locale, once).
 * Money is in minor units of the format's currency, rates are fractions. What
 * is not finite is printed as an en dash. Any thread may use a format.
 */
#pragma once

#include "../../data/metrics/qd-metrics.h"

G_BEGIN_DECLS

typedef struct _QdFormat QdFormat;

/* One scale for all labels of a chart: "$12.41M" and "$0.84M". */
typedef struct
{
  double divisor;     /* in major units: 1, 1e3, 1e6 … */
  int decimals;       /* 0 to 3 */
} QdScale;

QdFormat *qd_format_new (const char *currency);             /* English: $1.2M, 104.3 %, Jun 2026 */
QdFormat *qd_format_new_from_locale (const char *currency); /* reads LC_NUMERIC, LC_MONETARY, LC_TIME now */
/* How numbers are written on screen, whatever the locale says of money and dates. */
typedef enum
{
  QD_NOTATION_LOCALE,
  QD_NOTATION_POINT, /* 1,234.56 */
  QD_NOTATION_COMMA, /* 1.234,56 */
} QdNotation;
QdFormat *qd_format_new_for_screen (const char *currency, QdNotation notation);
QdFormat *qd_format_ref (QdFormat *self);
void qd_format_unref (QdFormat *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QdFormat, qd_format_unref)

const char *qd_format_get_currency (const QdFormat *self);
const char *qd_format_get_currency_symbol (const QdFormat *self);
int qd_format_get_exponent (const QdFormat *self);

/* All return (transfer full). */
char *qd_format_money (const QdFormat *self, double minor);                     /* $1.24M: 3 digits at most */
char *qd_format_money_change (const QdFormat *self, double minor);              /* +$840k */
char *qd_format_money_full (const QdFormat *self, double minor);                /* $1,240,512 */
char *qd_format_money_exact (const QdFormat *self, gint64 minor);               /* $1,240,512.07 */
char *qd_format_money_bare (const QdFormat *self, gint64 minor, int decimals);  /* 1,240,512.07: the heading says $ */
QdScale qd_format_choose_scale (const QdFormat *self, const double *minor, guint n);
char *qd_format_money_scaled (const QdFormat *self, double minor, QdScale scale, gboolean sign);
char *qd_format_money_headline (const QdFormat *self, double minor, QdScale scale);
char *qd_format_percent (const QdFormat *self, double fraction, int decimals);  /* 104.3 % */
char *qd_format_percent_change (const QdFormat *self, double fraction, int decimals); /* +9.8 % */
char *qd_format_points (const QdFormat *self, double fraction);                 /* +1.8 pp */
char *qd_format_count (const QdFormat *self, gint64 count);                     /* 12,345 */
char *qd_format_number (const QdFormat *self, double value, int decimals);
char *qd_format_month (const QdFormat *self, QdMonth month);                    /* Jun 2026 */
char *qd_format_month_name (const QdFormat *self, QdMonth month);               /* Jun */
char *qd_format_year (const QdFormat *self, QdMonth month);                     /* 2026 */
char *qd_format_day (const QdFormat *self, QdDay day);                          /* 30 Jun 2026 */
char *qd_format_value (const QdFormat *self, QdUnit unit, double value);        /* by its unit, for headlines */
char *qd_format_change (const QdFormat *self, QdUnit unit, double difference);  /* signed; rates in points */
const char *qd_format_get_missing (const QdFormat *self);                       /* en dash */

G_END_DECLS
