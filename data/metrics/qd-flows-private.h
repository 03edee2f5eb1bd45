/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Movements of one unit, step by step: the one place that says what is new,
 * expansion, contraction, churn.
 */
#pragma once

#include "qd-walk-private.h"

G_BEGIN_DECLS

/* All gint64, so that cells of two threads add up. Contraction and churn are magnitudes. */
typedef struct
{
  gint64 new_business, reactivation, expansion, contraction, churn, fx;
  gint64 transfer_in, transfer_out;
  gint64 closing;
  gint64 n_new, n_reactivated, n_expanded, n_contracted, n_churned, n_closing;
} QdCell;

#define QD_CELL_FIELDS (sizeof (QdCell) / sizeof (gint64))

/* One step from the end of @from to the end of @to. */

/* Adds the unit's flows into @row[first … last], not below 1: those of the step of @length months that ends there
 * (netting by day: of the days of the month, @length is 1). @until_churn (nullable): the same, but in each month only up to its first churn. */
void qd_flows_fill (QdWalk *walk, const QdTrack *unit, int length, int first, int last, QdCell *row,
                    QdCell *until_churn);

/* Adds a customer's monthly flows into @row from its runs alone, and into closing what each month's state differs from
 * the one before. For netting by month without visits; levels are the ledger's. */
void qd_flows_sweep (const QdCut *cut, guint32 customer, QdCell *row);

/* Steps of a window from the end of @before to the end of @last, as the netting cuts it. */
typedef struct
{
  int at, last, length;
} QdSteps;
void qd_steps_init (QdSteps *self, const QdProfile *profile, int before, int last);
/* FALSE at the end; @from and @to may lie before the data. */
gboolean qd_steps_next (QdSteps *self, int *from, int *to);

/* A unit's flows over the steps of a window in which it belongs to @group, with what it carried in and out; its level
 * at the start, and in the sum its state at the end. @cells: room for n + 1. */
QdCell qd_flows_sum (QdWalk *walk, const QdTrack *unit, int before, int last, guint32 group, QdCell *cells,
                     gint64 *opening);
/* The same from a customer's runs, where qd_flows_sweep() will do. */
QdCell qd_flows_sum_runs (const QdCut *cut, guint32 customer, int before, int last, gint64 *opening);
/* The group in which a unit ends a window: the one at the start of its last step. */
guint32 qd_flows_get_last_group (const QdWalk *walk, const QdTrack *unit, int before, int last);

void qd_cell_add (QdCell *self, const QdCell *other);

G_END_DECLS
