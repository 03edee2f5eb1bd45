/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One figure at a glance: its name, its value, how it changed (sign, arrow and
 * colour, good or bad by the metric's own direction), its course. It is a
 * button: click or Return opens the customers behind it, the Menu key says what
 * it is.
 */
#pragma once

#include <gtk/gtk.h>

#include "../../data/metrics/qd-catalogue.h"
#include "../draw/qd-chart-spec.h"

G_BEGIN_DECLS

#define QD_TYPE_FIGURE_TILE (qd_figure_tile_get_type ())
G_DECLARE_FINAL_TYPE (QdFigureTile, qd_figure_tile, QD, FIGURE_TILE, GtkButton)

GtkWidget *qd_figure_tile_new (void);
/* @change: (nullable): "▲ +1.8 pp"; @judgement: +1 good, −1 bad, 0 neither; @basis: (nullable): "since Jun 2025";
 * @drill: (nullable): what opens, NULL where nothing stands behind it. All texts are translated. */
void qd_figure_tile_set_figure (QdFigureTile *self, const QdMetric *metric, const char *name, const char *value,
                                const char *change, int judgement, const char *basis, const QdDrill *drill);
void qd_figure_tile_set_course (QdFigureTile *self, QdChartSpec *sparkline); /* nullable */
const char *qd_figure_tile_get_value (QdFigureTile *self);

G_END_DECLS
