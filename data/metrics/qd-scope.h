/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a figure is computed for: as-of month, period, filter, definition.
 */
#pragma once

#include "../book/qd-book.h"
#include "qd-profile.h"

G_BEGIN_DECLS

typedef enum
{
  QD_PERIOD_MONTHS,  /* a window of n months that ends at each month end; 1 is "month", 12 is "ttm" */
  QD_PERIOD_QUARTER, /* fiscal */
  QD_PERIOD_YEAR,    /* fiscal */
} QdPeriodKind;

typedef struct
{
  QdPeriodKind kind;
  int months;        /* with QD_PERIOD_MONTHS, 1 to 1200 */
} QdPeriod;

gboolean qd_period_parse (const char *text, QdPeriod *period, GError **error); /* month|quarter|year|ttm|N */
char *qd_period_to_string (QdPeriod period);

/* One window: movements between the ends of @before and @last. */
typedef struct
{
  QdMonth before;    /* the month whose end is the start of the window */
  QdMonth last;      /* the month whose end is the end of the window */
  gboolean open;     /* a fiscal bucket that as-of cuts short */
} QdWindow;

typedef struct
{
  QdMonth as_of;     /* QD_MONTH_NONE: the last month of the data */
  QdPeriod period;
  QdProfile *profile;
  GPtrArray *where;  /* char* "dimension=value"; one dimension: or, several: and */
} QdScope;

QdScope *qd_scope_new (const QdProfile *profile);  /* ttm, last month, no filter; the profile is copied */
QdScope *qd_scope_copy (const QdScope *self);
/* By single months, or by quarters where movements are netted by those. (transfer full) */
QdScope *qd_scope_dup_monthly (const QdScope *self);
void qd_scope_free (QdScope *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QdScope, qd_scope_free)

/* The as-of month that holds, checked against the book. */
gboolean qd_scope_resolve_as_of (const QdScope *self, const QdBook *book, QdMonth *as_of, GError **error);
/* (transfer full) (element-type QdWindow): one per row, oldest first, from the first month of the data to as-of. */
GArray *qd_scope_list_windows (const QdScope *self, const QdBook *book, GError **error);
/* The one window that ends at as-of: n months, or the fiscal bucket to date. */
gboolean qd_scope_get_window (const QdScope *self, const QdBook *book, QdWindow *window, GError **error);
/* "segment = Enterprise; 12 months to Jun 2026": for screen and covers; translated, locale-aware. */
char *qd_scope_describe_filters (const QdScope *self);
char *qd_scope_describe (const QdScope *self, const QdBook *book);

G_END_DECLS
