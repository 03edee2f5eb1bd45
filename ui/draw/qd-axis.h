/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Axes: bounds, ticks and thinning, as pure functions on numbers.
 *
 * Ticks are whole multiples of a step that is 1, 2 or 5 times a power of ten
 * (a step below one is kept as its inverse, so that 0.3 is 3 ÷ 10 and never
 * 0.30000000000000004). What is not finite is treated as missing.
 */
#pragma once

#include "../../data/base/qd-calendar.h"

G_BEGIN_DECLS

#define QD_AXIS_MAX_TICKS 50

typedef struct
{
  double low, high;    /* the ends of the axis, low < high */
  gint64 first;        /* the first tick is first × step */
  int n_ticks;
  double multiple;     /* 1, 2 or 5 */
  int power;           /* step = multiple × 10^power */
} QdAxis;

typedef enum
{
  QD_AXIS_NONE = 0,
  QD_AXIS_ZERO = 1 << 0,   /* zero is on the axis */
  QD_AXIS_NICE = 1 << 1,   /* the ends are ticks */
} QdAxisFlags;

gboolean qd_axis_find_range (const double *values, gsize n, double *low, double *high);
QdAxis qd_axis_new (double low, double high, int max_ticks, QdAxisFlags flags);
void qd_axis_trim (QdAxis *self, double low, double high, double slack, int max_ticks);
double qd_axis_get_step (const QdAxis *self);
double qd_axis_get_tick (const QdAxis *self, int index);
int qd_axis_get_decimals (const QdAxis *self, int power);
double qd_axis_map (const QdAxis *self, double value, double at_low, double at_high);

/* Months that carry a label on a time axis. */
typedef enum
{
  QD_TIME_MONTHS,      /* Jan, Feb … */
  QD_TIME_QUARTERS,    /* every third month */
  QD_TIME_HALVES,
  QD_TIME_YEARS,       /* Januaries, labelled by the year */
  QD_TIME_MANY_YEARS,  /* every 2, 5, 10, … years */
} QdTimeStep;

typedef struct
{
  QdTimeStep kind;
  int months;          /* between labels: 1, 3, 6, 12, 24, 60, 120 … */
  int offset;          /* index of the first label */
  int n_ticks;
} QdTimeAxis;

QdTimeAxis qd_time_axis_new (QdMonth first, int n_months, double length, double month_width, double year_width);

/* Indexes that are drawn when @n points share @columns device columns: the first, last, least and greatest of each. */
guint qd_axis_thin (const double *values, guint n, guint columns, guint *indexes);

/* Moves centres apart so that boxes of @height do not overlap inside [low, high]; order is kept. */
void qd_axis_spread (double *centres, guint n, double height, double low, double high);

G_END_DECLS
