/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the files of the charts over time share: -ends (names and last values
 * beside the series), -places (months below them).
 */
#pragma once

#include "qd-chart-layout-private.h"

G_BEGIN_DECLS

typedef struct
{
  QdChartLayout *layout;
  const QdChartSpec *spec;
  guint n;
  double slot;
  gboolean used[QD_N_PANELS];
  QdAxis axis[QD_N_PANELS];
} QdTimeChart;

double qd_time_get_x (const QdTimeChart *chart, guint panel, guint place);
double qd_time_get_y (const QdTimeChart *chart, guint panel, double value);
guint qd_time_count_marks (const QdTimeChart *chart, guint panel, QdSeriesMark mark);

/* How wide the names beside the series would be; from @x on in @width. */
double qd_time_measure_ends (const QdTimeChart *chart);
void qd_time_place_ends (const QdTimeChart *chart, guint panel, double x, double width);

/* Below @plot, from @top on. @two_rows: there is room for years below the months. */
void qd_time_add_places (const QdTimeChart *chart, QdRect plot, double top, gboolean two_rows);

G_END_DECLS
