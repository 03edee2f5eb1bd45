/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The one widget for every chart of ui/draw: picture, crosshair and tooltip,
 * keyboard cursor, spoken points, table twin, brush, context menu.
 *
 * It shows a spec; what lies behind a mark is the page's to say ("drill").
 * Copying and exporting are actions of the window, which takes the chart that
 * was used last: see qd_chart_view_get_spec().
 */
#pragma once

#include <gtk/gtk.h>

#include "../draw/qd-chart-layout.h"
#include "qd-table-view.h"

G_BEGIN_DECLS

#define QD_TYPE_CHART_VIEW (qd_chart_view_get_type ())
G_DECLARE_FINAL_TYPE (QdChartView, qd_chart_view, QD, CHART_VIEW, GtkWidget)

/* Properties: "spec" (boxed), "metrics" (string: catalogue ids, separated by spaces, for What Is This?),
 *   "chart-name" (string: for file names), "show-table" (boolean: the table twin), "compact" (no title block: a tile),
 *   "drillable" (boolean: also marks of which the spec does not say what stands behind them).
 * Signals; series and places are those of the spec that was set, also while a part of it is drawn:
 *   "drill" (int series, int place)    a mark was clicked, or Return pressed on it; if nobody listens, the view
 *                                      activates "win.drill" with what the spec says
 *   "range" (int first, int last)      months were brushed; −1, −1: reset
 * Actions: chart.view-table, chart.zoom-in, chart.zoom-out, chart.zoom-reset, chart.drill, chart.toggle-series (i),
 *   chart.isolate-series (i), chart.show-all-series. */
GtkWidget *qd_chart_view_new (void);
void qd_chart_view_set_spec (QdChartView *self, QdChartSpec *spec); /* nullable */
QdChartSpec *qd_chart_view_get_spec (QdChartView *self);            /* as drawn now; (transfer none) (nullable) */
void qd_chart_view_set_metrics (QdChartView *self, const char *metrics);
const char *qd_chart_view_get_metrics (QdChartView *self);
void qd_chart_view_set_chart_name (QdChartView *self, const char *name);
const char *qd_chart_view_get_chart_name (QdChartView *self);
void qd_chart_view_set_drillable (QdChartView *self, gboolean drillable);
void qd_chart_view_set_source_visible (QdChartView *self, gboolean visible); /* FALSE: the window says it; exports still do */
gboolean qd_chart_view_get_show_table (QdChartView *self);
QdChartLayout *qd_chart_view_get_layout (QdChartView *self);        /* for tests; (nullable) */
/* The keyboard cursor; FALSE when there is none. */
gboolean qd_chart_view_get_cursor (QdChartView *self, int *series, int *place);
gboolean qd_chart_view_set_cursor (QdChartView *self, int series, int place);
/* The table that stands in place of the picture; NULL while the picture is seen. */
QdTableView *qd_chart_view_get_table (QdChartView *self);
void qd_chart_view_set_least_height (QdChartView *self, int least_height);
/* What the tooltip says, a line for each row. (transfer full) (nullable) */
char *qd_chart_view_dup_tip_text (QdChartView *self);

G_END_DECLS
