/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The tooltip of a chart: what all series say at one place, the one that is
 * meant in bold, with their changes. Pointer and keyboard cursor share it.
 */
#pragma once

#include <gtk/gtk.h>

#include "../draw/qd-chart-point.h"

G_BEGIN_DECLS

#define QD_TYPE_CHART_TIP (qd_chart_tip_get_type ())
G_DECLARE_FINAL_TYPE (QdChartTip, qd_chart_tip, QD, CHART_TIP, GtkWidget)

GtkWidget *qd_chart_tip_new (void);
/* @hidden: series that are left out; @hint (nullable): the last line; @width: pixels that it may take at most. */
void qd_chart_tip_show (QdChartTip *self, QdChartSpec *spec, const QdChartTheme *theme, int series, int place,
                        guint32 hidden, const char *hint, int width);
/* All that it says: a line for each row, cells apart by tabs. (transfer full) */
char *qd_chart_tip_dup_text (QdChartTip *self);

G_END_DECLS
