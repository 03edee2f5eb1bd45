/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the pages with charts share.
 */
#pragma once

#include "../draw/figures/qd-charts.h"
#include "qd-page.h"

G_BEGIN_DECLS

/* Makes @view the place of a named chart: its name for files, its metrics for What Is This?, and a press on a mark opens
 * the rows behind it. */
void qd_analytic_bind_chart (QdChartView *view, const char *name);
/* Opens the rows behind something: win.drill. */
void qd_analytic_open_drill (GtkWidget *widget, const QdDrill *drill);

/* "12 months to Jun 2026": the window that ends at as-of. (transfer full) */
char *qd_analytic_dup_window (QdSnapshot *snapshot);
/* The same of what it is compared with; NULL without. (transfer full) */
char *qd_analytic_dup_compared (QdSnapshot *snapshot);

/* ARR at @as_of of each account of the book, in minor units; NULL without revenue. On a worker. (transfer full) */
gint64 *qd_analytic_dup_arr (QdSnapshot *snapshot, QdMonth as_of);
/* To the minor unit where there are some: "$1,200", "$1,200.50". (transfer full) */
char *qd_analytic_format_exact (QdFormat *format, gint64 minor);

/* Scroll of a page as state, and back once it is laid out. */
char *qd_analytic_save_scroll (GtkScrolledWindow *scrolled);
void qd_analytic_restore_scroll (GtkScrolledWindow *scrolled, const char *state);

G_END_DECLS
