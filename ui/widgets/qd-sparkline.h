/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A course as small as a word, beside the number that it belongs to. Only a
 * picture: it takes no focus and is not spoken, its neighbour says what it shows.
 */
#pragma once

#include <gtk/gtk.h>

#include "../draw/qd-chart-layout.h"

G_BEGIN_DECLS

#define QD_TYPE_SPARKLINE (qd_sparkline_get_type ())
G_DECLARE_FINAL_TYPE (QdSparkline, qd_sparkline, QD, SPARKLINE, GtkWidget)

GtkWidget *qd_sparkline_new (void);
void qd_sparkline_set_spec (QdSparkline *self, QdChartSpec *spec); /* nullable; of the kind QD_CHART_SPARKLINE */

G_END_DECLS
