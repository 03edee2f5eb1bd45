/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Made-up charts, ordinary and awkward, for tests, the gallery and the bench.
 */
#pragma once

#include "ui/draw/qd-chart-layout.h"

typedef struct
{
  const char *name;
  QdChartSpec *(*make) (void);
} SpecCase;

extern const SpecCase spec_cases[];
extern const guint n_spec_cases;

QdChartSpec *spec_lines (guint n_months, guint n_series, guint seed);
QdChartSpec *spec_cohorts (guint n, gboolean net, gboolean huge_names);
QdChartSpec *spec_table (guint n_rows, guint n_columns);
