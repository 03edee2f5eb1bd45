/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The inside of a spec, for ui/draw's own files and their tests.
 */
#pragma once

#include "qd-chart-spec.h"

G_BEGIN_DECLS

typedef struct
{
  guint panel;
  QdSeriesMark mark;
  char *label;
  QdTone tone;
  double *values;
  double *low, *high;    /* band, or NULL */
  guint8 *scenario;      /* QdScenario of each place */
  gboolean hidden;       /* only its name is shown, struck out */
} QdSeries;

typedef struct
{
  QdUnit unit;
  char *title;
  double reference;      /* NAN: none */
  char *reference_label;
  gboolean from_zero;
} QdPanel;

typedef struct
{
  QdStepKind kind;
  char *label;
  double value;
  QdScenario scenario;
} QdStep;

typedef struct
{
  guint first, last;
  char *label;
} QdBracket;

typedef struct
{
  QdRowKind kind;
  char *label;
  char *size;
  guint n_values;
  double *values;
  guint8 *scenario;
} QdRow;

struct _QdChartSpec
{
  gatomicrefcount refs;
  QdChartKind kind;
  QdFormat *format;
  char *title, *subject, *period, *source, *empty_reason;
  GPtrArray *notes;

  QdMonth first_month;
  guint n_places;
  int step;
  char **place_labels;
  QdPanel panels[QD_N_PANELS];
  GArray *series;        /* QdSeries */

  GArray *steps;         /* QdStep */
  GArray *brackets;      /* QdBracket */

  QdRamp ramp;
  double ramp_low, ramp_high;
  char *row_title, *size_title, *column_title;
  GPtrArray *columns;
  GArray *rows;          /* QdRow */

  QdTable *table;
  gboolean newest;       /* the table is cut at its beginning */

  GPtrArray *drills;     /* by series: GArray of QdDrill by place, without an id where there is none; or NULL */
};

#define qd_spec_series(spec, i) (&g_array_index ((spec)->series, QdSeries, (i)))
#define qd_spec_step(spec, i) (&g_array_index ((spec)->steps, QdStep, (i)))
#define qd_spec_bracket(spec, i) (&g_array_index ((spec)->brackets, QdBracket, (i)))
#define qd_spec_row(spec, i) (&g_array_index ((spec)->rows, QdRow, (i)))

/* Where a waterfall's bar begins and ends, and whether its totals are cut. */
void qd_spec_get_step_range (const QdChartSpec *spec, guint step, double *from, double *to);
gboolean qd_spec_is_cut (const QdChartSpec *spec);
/* The text of one cell of the table, as a person reads it. (transfer full) */
char *qd_spec_dup_cell (const QdChartSpec *spec, guint row, guint column);

G_END_DECLS
