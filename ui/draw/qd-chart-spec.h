/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a chart says: data, labels, units; nothing about where and how.
 *
 * A spec is filled by one owner and immutable from its first layout on; it may
 * then be read from any thread. Texts are copied and already translated.
 * Values that are not finite are missing.
 */
#pragma once

#include "../../data/base/qd-table.h"
#include "../../data/metrics/qd-drill.h"
#include "qd-chart-theme.h"
#include "qd-format.h"

G_BEGIN_DECLS

typedef struct _QdChartSpec QdChartSpec;

typedef enum
{
  QD_CHART_TIME,       /* lines above, columns below, over months */
  QD_CHART_WATERFALL,
  QD_CHART_HEATMAP,
  QD_CHART_TABLE,
  QD_CHART_SPARKLINE,
} QdChartKind;

/* What a number stands for, after IBCS; shown by its mark. */
typedef enum
{
  QD_SCENARIO_ACTUAL,   /* solid */
  QD_SCENARIO_OPEN,     /* striped: the period is not over */
  QD_SCENARIO_PLAN,     /* outlined */
  QD_SCENARIO_FORECAST, /* hatched */
  QD_SCENARIO_PRIOR,    /* light */
} QdScenario;

typedef enum
{
  QD_SERIES_LINE,
  QD_SERIES_COLUMN,     /* columns of one place stack: positive up, negative down */
  QD_SERIES_MARKER,     /* a short bar across the column, as for a net */
} QdSeriesMark;

typedef enum { QD_STEP_TOTAL, QD_STEP_GAIN, QD_STEP_LOSS, QD_STEP_OTHER } QdStepKind;
typedef enum { QD_ROW_NORMAL, QD_ROW_SMALL, QD_ROW_AVERAGE } QdRowKind;

#define QD_N_PANELS 2

GType qd_chart_spec_get_type (void); /* boxed */
QdChartSpec *qd_chart_spec_new (QdChartKind kind, QdFormat *format);
QdChartSpec *qd_chart_spec_ref (QdChartSpec *self);
void qd_chart_spec_unref (QdChartSpec *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QdChartSpec, qd_chart_spec_unref)

/* Of every kind. Any text may be NULL. */
void qd_chart_spec_set_title (QdChartSpec *self, const char *message);
void qd_chart_spec_set_subject (QdChartSpec *self, const char *who_what_unit);
void qd_chart_spec_set_period (QdChartSpec *self, const char *when_scenario);
void qd_chart_spec_set_source (QdChartSpec *self, const char *source);
void qd_chart_spec_add_note (QdChartSpec *self, const char *note);
void qd_chart_spec_set_empty_reason (QdChartSpec *self, const char *reason);

/* Time and sparkline: @n places of @step months, the first ending with @first. */
void qd_chart_spec_set_months (QdChartSpec *self, QdMonth first, guint n, int step);
void qd_chart_spec_set_place_labels (QdChartSpec *self, const char *const *labels);  /* n of them, instead of months */
void qd_chart_spec_set_panel (QdChartSpec *self, guint panel, QdUnit unit, const char *title);
guint qd_chart_spec_add_series (QdChartSpec *self, guint panel, QdSeriesMark mark, const char *label, QdTone tone,
                                const double *values);
void qd_chart_spec_set_band (QdChartSpec *self, guint series, const double *low, const double *high);
void qd_chart_spec_set_scenario (QdChartSpec *self, guint series, int place, QdScenario scenario); /* −1: all places */
void qd_chart_spec_set_reference (QdChartSpec *self, guint panel, double value, const char *label);
void qd_chart_spec_set_from_zero (QdChartSpec *self, guint panel, gboolean from_zero);

/* Waterfall: steps from left to right; a total is absolute, the others add up. */
guint qd_chart_spec_add_step (QdChartSpec *self, QdStepKind kind, const char *label, double value);
void qd_chart_spec_set_step_scenario (QdChartSpec *self, guint step, QdScenario scenario);
void qd_chart_spec_add_bracket (QdChartSpec *self, guint first_step, guint last_step, const char *label);

/* Heat map: rates in cells. */
void qd_chart_spec_set_heatmap (QdChartSpec *self, QdRamp ramp, double low, double high, const char *row_title,
                                const char *size_title, const char *column_title);
void qd_chart_spec_add_column (QdChartSpec *self, const char *label);
guint qd_chart_spec_add_row (QdChartSpec *self, QdRowKind kind, const char *label, const char *size,
                             const double *values, guint n_values);
void qd_chart_spec_set_cell_scenario (QdChartSpec *self, guint row, guint column, QdScenario scenario);

/* Table. */
void qd_chart_spec_set_table (QdChartSpec *self, QdTable *table);
void qd_chart_spec_keep_newest (QdChartSpec *self);

/* What stands behind a mark, as a hit test names it; an undefined mark has nothing behind it. */
void qd_chart_spec_set_drill (QdChartSpec *self, guint series, guint place, const QdDrill *drill);
const QdDrill *qd_chart_spec_get_drill (const QdChartSpec *self, guint series, guint place);

/* Reading it back: for other writers (office files, tables) and tests. */
QdChartKind qd_chart_spec_get_kind (const QdChartSpec *self);
QdFormat *qd_chart_spec_get_format (const QdChartSpec *self);
const char *qd_chart_spec_get_title (const QdChartSpec *self);
const char *qd_chart_spec_get_subject (const QdChartSpec *self);
const char *qd_chart_spec_get_period (const QdChartSpec *self);
const char *qd_chart_spec_get_source (const QdChartSpec *self);
gboolean qd_chart_spec_is_empty (const QdChartSpec *self);
/* Series are series, the one row of steps, or the rows of a heat map; places are along them. */
guint qd_chart_spec_get_n_series (const QdChartSpec *self);
guint qd_chart_spec_get_n_places (const QdChartSpec *self);
const char *qd_chart_spec_get_series_label (const QdChartSpec *self, guint series);
char *qd_chart_spec_dup_place_label (const QdChartSpec *self, guint place);
double qd_chart_spec_get_value (const QdChartSpec *self, guint series, guint place);
char *qd_chart_spec_dup_value_text (const QdChartSpec *self, guint series, guint place);
/* The numbers behind the picture, to show as a table. (transfer full) */
QdTable *qd_chart_spec_to_table (const QdChartSpec *self);

G_END_DECLS
