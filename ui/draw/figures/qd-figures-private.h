/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the figures share.
 */
#pragma once

#include "qd-figures.h"

G_BEGIN_DECLS

/* Rows without a group, as pointers into the result. (transfer container) */
GPtrArray *qd_figures_pick_movements (const QdMovements *movements);
GPtrArray *qd_figures_pick_retentions (const QdRetentions *retentions);
/* The lines of the title block and the source. */
void qd_figures_set_frame (QdChartSpec *spec, const QdFigureContext *context, const char *what, const char *when);
/* A cohort by its first month: "Jan 2025", "Jan–Mar 2025", "2025". (transfer full) */
char *qd_figures_dup_cohort (const QdFormat *format, QdMonth first, int step);
/* Places of a time axis from the windows' last months. */
void qd_figures_set_places (QdChartSpec *spec, const QdWindow *windows, guint n);
/* Two half sentences, the second may be NULL. (transfer full) */
char *qd_figures_join (const char *message, const char *because);
/* Says what is behind a mark that has a value. */
void qd_figures_set_drill (QdChartSpec *spec, guint series, guint place, const char *id, QdWindow window);
/* What is rounded to the same text is called the same. */
gboolean qd_figures_same (const QdFormat *format, QdUnit unit, double a, double b);

G_END_DECLS
