/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What charts, sparklines and figures beside them look like now: one place
 * asks the desktop (dark, high contrast, size of text) and the person (which
 * colours say good and bad).
 */
#pragma once

#include <gtk/gtk.h>

#include "../draw/qd-chart-theme.h"

G_BEGIN_DECLS

QdChartTheme qd_chart_style_get (GtkWidget *widget);
/* Calls @changed with @widget, swapped, whenever the answer is another one. */
void qd_chart_style_watch (GtkWidget *widget, GCallback changed);

G_END_DECLS
