/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the metrics share among themselves.
 */
#pragma once

#include "qd-flows-private.h"

G_BEGIN_DECLS

/* What customers contribute to, see qd-parts-private.h. */
#define QD_N_MOVES 17
#define QD_N_SHARES 14

/* @counts (out) (nullable): how many contribute to each, QD_N_MOVES numbers a row; not for windows that slide. */
QdMovements *qd_movements_of_windows (QdLedger *ledger, const QdScope *scope, const GArray *windows, const char *by,
                                      gint64 **counts, QdJob *job, GError **error);
QdRetentions *qd_retentions_of_windows (QdLedger *ledger, const QdScope *scope, const GArray *windows, const char *by,
                                        QdJob *job, GError **error);

/* What one unit adds to a window's retention. All gint64. */
typedef struct
{
  gint64 start, end, gross, lost;
  gint64 expansion;               /* flow form: of the starting accounts */
  gint64 n_start, n_retained, n_new;
} QdBase;

#define QD_BASE_FIELDS (sizeof (QdBase) / sizeof (gint64))

/* Adds what @unit does in the window between the indices into @base, by the profile's form (the product form's
 * amounts are point to point). @before is not below 0. */
void qd_base_add (QdWalk *walk, const QdTrack *unit, const QdProfile *profile, int before, int last, QdBase *base);
/* Called once per unit before qd_base_add(). */
void qd_base_prepare (QdWalk *walk, const QdTrack *unit, const QdProfile *profile);

/* The denominator of the logo rates. */
gint64 qd_base_get_logos (const QdBase *base, QdLogoBase logo_base);

/* Whether all of @ids (nullable) are in the catalogue; else QD_METRIC_ERROR_UNKNOWN, with a list. */
gboolean qd_figures_check_ids (const char *const *ids, GError **error);

QdRate qd_rate (double numerator, double denominator);
/* Wilson's interval for @hits of @n. */
/* 1 − (1 − monthly)^12. */

G_END_DECLS
