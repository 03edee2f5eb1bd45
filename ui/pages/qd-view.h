/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a window looks through at its workspace: as-of month, period,
 * comparison, definition and filters. An immutable value; the with-functions
 * return a new one. Its text form is for saved views and for the window's
 * state: locale-free, one line, read back by qd_view_parse().
 */
#pragma once

#include "../../data/metrics/qd-metrics.h"

G_BEGIN_DECLS

typedef enum
{
  QD_COMPARE_NONE,
  QD_COMPARE_PRIOR_PERIOD, /* the window of the same length before this one */
  QD_COMPARE_PRIOR_YEAR,   /* the same window twelve months earlier */
} QdCompare;

typedef struct
{
  QdMonth as_of;     /* QD_MONTH_NONE: the latest */
  QdPeriod period;
  QdCompare compare;
  char *profile;     /* "Board": its latest version; "Board@2": that one */
  GPtrArray *where;  /* char* "dimension=value", sorted; values of one dimension: or, dimensions: and */
} QdView;

QdView *qd_view_new (void); /* latest month, ttm, against the prior year, Board, no filter */
QdView *qd_view_copy (const QdView *self);
void qd_view_free (QdView *self);
gboolean qd_view_equal (const QdView *a, const QdView *b);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QdView, qd_view_free)

/* All (transfer full). */
QdView *qd_view_with_as_of (const QdView *self, QdMonth as_of);
QdView *qd_view_with_period (const QdView *self, QdPeriod period);
QdView *qd_view_with_compare (const QdView *self, QdCompare compare);
QdView *qd_view_with_profile (const QdView *self, const char *profile);
QdView *qd_view_with_filter (const QdView *self, const char *dimension, const char *value, gboolean on);
QdView *qd_view_without_dimension (const QdView *self, const char *dimension);
QdView *qd_view_without_filters (const QdView *self);
gboolean qd_view_has_filter (const QdView *self, const char *dimension, const char *value);
gboolean qd_view_is_filtered (const QdView *self);

char *qd_view_to_string (const QdView *self);
QdView *qd_view_parse (const char *text); /* (nullable): NULL when it is none */

G_END_DECLS
