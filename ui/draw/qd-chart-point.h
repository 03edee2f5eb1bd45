/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Walking over a chart: parts of it, and single marks in words. Reads specs
 * only; any thread.
 */
#pragma once

#include "qd-chart-spec.h"

G_BEGIN_DECLS

/* Other views of the same chart. (transfer full) */
/* @first to @last: places of a chart over time. @hidden: a bit for each series that is left out, named all the same. */
QdChartSpec *qd_chart_spec_view (const QdChartSpec *self, guint first, guint last, guint32 hidden);

/* Of a chart over time. */
guint qd_chart_spec_get_panel (const QdChartSpec *self, guint series);
QdTone qd_chart_spec_get_tone (const QdChartSpec *self, guint series);
gboolean qd_chart_spec_is_line (const QdChartSpec *self, guint series);
gboolean qd_chart_spec_is_hidden (const QdChartSpec *self, guint series);
int qd_chart_spec_get_places_per_year (const QdChartSpec *self);   /* 0: places are not months */
/* From one place to another, signed, rates in points; NULL when either has no value. (transfer full) (nullable) */
char *qd_chart_spec_dup_change_text (const QdChartSpec *self, guint series, guint from, guint to);
/* What a mark is, in full: "Mar 2026, NRR, 104.3 %, up 1.8 points; point 15 of 24". (transfer full) */
char *qd_chart_spec_dup_point_text (const QdChartSpec *self, guint series, guint place);
/* The same in a tooltip: what it is, and what is to be said beside its value. (transfer full) */
char *qd_chart_spec_dup_point_title (const QdChartSpec *self, guint series, guint place);
char *qd_chart_spec_dup_point_notes (const QdChartSpec *self, guint series, guint place); /* (nullable) */

G_END_DECLS
