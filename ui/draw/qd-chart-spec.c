/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-chart-spec-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

G_DEFINE_BOXED_TYPE (QdChartSpec, qd_chart_spec, qd_chart_spec_ref, qd_chart_spec_unref)

static void
clear_series (gpointer data)
{
  QdSeries *series = data;

  g_free (series->label);
  g_free (series->values);
  g_free (series->low);
  g_free (series->high);
  g_free (series->scenario);
}

static void
clear_step (gpointer data)
{
  g_free (((QdStep *) data)->label);
}

static void
clear_bracket (gpointer data)
{
  g_free (((QdBracket *) data)->label);
}

static void
clear_row (gpointer data)
{
  QdRow *row = data;

  g_free (row->label);
  g_free (row->size);
  g_free (row->values);
  g_free (row->scenario);
}

static void
clear_drills (gpointer data)
{
  if (data != NULL)
    g_array_unref (data);
}

static GArray *
make_array (gsize          size,
            GDestroyNotify clear)
{
  GArray *array = g_array_new (FALSE, TRUE, size);

  g_array_set_clear_func (array, clear);
  return array;
}

/**
 * qd_chart_spec_new:
 * @kind: which chart
 * @format: how values are written; a reference is taken
 *
 * Makes an empty spec. Fill it, then give it to qd_chart_layout_new().
 *
 * ```c
 * g_autoptr (QdFormat) format = qd_format_new ("USD");
 * g_autoptr (QdChartSpec) spec = qd_chart_spec_new (QD_CHART_TIME, format);
 *
 * qd_chart_spec_set_months (spec, qd_month_from_ym (2025, 7), 12, 1);
 * qd_chart_spec_set_panel (spec, 0, QD_UNIT_RATE, NULL);
 * qd_chart_spec_add_series (spec, 0, QD_SERIES_LINE, "NRR", QD_TONE_INK, nrr);
 * ```
 *
 * Returns: (transfer full): the spec
 */
QdChartSpec *
qd_chart_spec_new (QdChartKind kind,
                   QdFormat   *format)
{
  QdChartSpec *self;

  g_return_val_if_fail (format != NULL, NULL);
  self = g_new0 (QdChartSpec, 1);
  g_atomic_ref_count_init (&self->refs);
  self->kind = kind;
  self->format = qd_format_ref (format);
  self->notes = g_ptr_array_new_with_free_func (g_free);
  self->step = 1;
  self->first_month = QD_MONTH_NONE;
  for (int i = 0; i < QD_N_PANELS; i++)
    self->panels[i] = (QdPanel){ .unit = QD_UNIT_RATE, .reference = NAN };
  self->series = make_array (sizeof (QdSeries), clear_series);
  self->steps = make_array (sizeof (QdStep), clear_step);
  self->brackets = make_array (sizeof (QdBracket), clear_bracket);
  self->rows = make_array (sizeof (QdRow), clear_row);
  self->columns = g_ptr_array_new_with_free_func (g_free);
  self->drills = g_ptr_array_new_with_free_func (clear_drills);
  self->ramp_high = 1;
  return self;
}

/**
 * qd_chart_spec_ref:
 * @self: a spec
 *
 * Returns: (transfer full): @self
 */
QdChartSpec *
qd_chart_spec_ref (QdChartSpec *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

/**
 * qd_chart_spec_unref:
 * @self: (transfer full): a spec
 */
void
qd_chart_spec_unref (QdChartSpec *self)
{
  g_return_if_fail (self != NULL);
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  qd_format_unref (self->format);
  g_free (self->title);
  g_free (self->subject);
  g_free (self->period);
  g_free (self->source);
  g_free (self->empty_reason);
  g_ptr_array_unref (self->notes);
  g_strfreev (self->place_labels);
  for (int i = 0; i < QD_N_PANELS; i++)
    {
      g_free (self->panels[i].title);
      g_free (self->panels[i].reference_label);
    }
  g_array_unref (self->series);
  g_array_unref (self->steps);
  g_array_unref (self->brackets);
  g_array_unref (self->rows);
  g_ptr_array_unref (self->columns);
  g_free (self->row_title);
  g_free (self->size_title);
  g_free (self->column_title);
  g_clear_pointer (&self->table, qd_table_unref);
  g_ptr_array_unref (self->drills);
  g_free (self);
}

static void
set_text (char      **field,
          const char *text)
{
  char *copy = text && *text ? g_strdup (text) : NULL;

  g_free (*field);
  *field = copy;
}

/**
 * qd_chart_spec_set_title:
 * @self: a spec
 * @message: (nullable): the message as a sentence; two lines are shown
 */
void
qd_chart_spec_set_title (QdChartSpec *self,
                         const char  *message)
{
  set_text (&self->title, message);
}

/**
 * qd_chart_spec_set_subject:
 * @self: a spec
 * @who_what_unit: (nullable): such as "Acme · ARR in US dollars"
 */
void
qd_chart_spec_set_subject (QdChartSpec *self,
                           const char  *who_what_unit)
{
  set_text (&self->subject, who_what_unit);
}

/**
 * qd_chart_spec_set_period:
 * @self: a spec
 * @when_scenario: (nullable): such as "12 months to Jun 2026 · actual"
 */
void
qd_chart_spec_set_period (QdChartSpec *self,
                          const char  *when_scenario)
{
  set_text (&self->period, when_scenario);
}

/**
 * qd_chart_spec_set_source:
 * @self: a spec
 * @source: (nullable): the line at the foot: source, definition
 */
void
qd_chart_spec_set_source (QdChartSpec *self,
                          const char  *source)
{
  set_text (&self->source, source);
}

/**
 * qd_chart_spec_add_note:
 * @self: a spec
 * @note: a short sentence, shown above the source
 */
void
qd_chart_spec_add_note (QdChartSpec *self,
                        const char  *note)
{
  g_return_if_fail (note != NULL);
  g_ptr_array_add (self->notes, g_strdup (note));
}

/**
 * qd_chart_spec_set_empty_reason:
 * @self: a spec
 * @reason: (nullable): why there is nothing to see, and what to do
 */
void
qd_chart_spec_set_empty_reason (QdChartSpec *self,
                                const char  *reason)
{
  set_text (&self->empty_reason, reason);
}

/**
 * qd_chart_spec_set_months:
 * @self: a spec of time or sparkline, without series yet
 * @first: the month with which the first place ends
 * @n: places, 0 to 12,000
 * @step: months of a place: 1, 3 or 12
 */
void
qd_chart_spec_set_months (QdChartSpec *self,
                          QdMonth      first,
                          guint        n,
                          int          step)
{
  g_return_if_fail (self->series->len == 0 && n <= 12000 && step >= 1);
  self->first_month = first;
  self->n_places = n;
  self->step = step;
}

/**
 * qd_chart_spec_set_place_labels:
 * @self: a spec with its months set
 * @labels: (array): as many as places: "Q2 FY26"
 *
 * Gives places other names than those of their months.
 */
void
qd_chart_spec_set_place_labels (QdChartSpec       *self,
                                const char *const *labels)
{
  g_strfreev (self->place_labels);
  self->place_labels = g_new0 (char *, self->n_places + 1);
  for (guint i = 0; i < self->n_places; i++)
    self->place_labels[i] = g_strdup (labels[i]);
}

/**
 * qd_chart_spec_set_panel:
 * @self: a spec of time or sparkline
 * @panel: 0: the main one; 1: the one below it
 * @unit: of all its values
 * @title: (nullable): what it shows, when the title block does not say so
 */
void
qd_chart_spec_set_panel (QdChartSpec *self,
                         guint        panel,
                         QdUnit       unit,
                         const char  *title)
{
  g_return_if_fail (panel < QD_N_PANELS);
  self->panels[panel].unit = unit;
  set_text (&self->panels[panel].title, title);
}

/**
 * qd_chart_spec_add_series:
 * @self: a spec with its months set
 * @panel: 0 or 1
 * @mark: line, column or marker
 * @label: short, it stands at the end of the line
 * @tone: its colour
 * @values: (array): one for each place; not finite: missing
 *
 * Adds a series. A panel shows at most five lines and five kinds of column.
 *
 * Returns: the index of the series
 */
guint
qd_chart_spec_add_series (QdChartSpec  *self,
                          guint         panel,
                          QdSeriesMark  mark,
                          const char   *label,
                          QdTone        tone,
                          const double *values)
{
  QdSeries series = { .panel = panel, .mark = mark, .label = g_strdup (label ? label : ""), .tone = tone };

  series.values = g_memdup2 (values, sizeof (double) * MAX (self->n_places, 1));
  series.scenario = g_new0 (guint8, MAX (self->n_places, 1));
  g_array_append_val (self->series, series);
  return self->series->len - 1;
}

/**
 * qd_chart_spec_set_band:
 * @self: a spec
 * @series: index of a line
 * @low: (array): lower ends, one for each place
 * @high: (array): upper ends
 *
 * Draws a range around a line.
 */
void
qd_chart_spec_set_band (QdChartSpec  *self,
                        guint         series,
                        const double *low,
                        const double *high)
{
  QdSeries *target;

  g_return_if_fail (series < self->series->len);
  target = qd_spec_series (self, series);
  g_free (target->low);
  g_free (target->high);
  target->low = g_memdup2 (low, sizeof (double) * MAX (self->n_places, 1));
  target->high = g_memdup2 (high, sizeof (double) * MAX (self->n_places, 1));
}

/**
 * qd_chart_spec_set_scenario:
 * @self: a spec
 * @series: index of a series
 * @place: index of a place, or −1 for all
 * @scenario: what the value stands for
 */
void
qd_chart_spec_set_scenario (QdChartSpec *self,
                            guint        series,
                            int          place,
                            QdScenario   scenario)
{
  QdSeries *target;

  g_return_if_fail (series < self->series->len && place < (int) self->n_places);
  target = qd_spec_series (self, series);
  if (place >= 0)
    target->scenario[place] = scenario;
  else
    memset (target->scenario, scenario, self->n_places);
}

/**
 * qd_chart_spec_set_reference:
 * @self: a spec
 * @panel: 0 or 1
 * @value: where the line lies, in the unit of the panel
 * @label: (nullable): what it is
 */
void
qd_chart_spec_set_reference (QdChartSpec *self,
                             guint        panel,
                             double       value,
                             const char  *label)
{
  g_return_if_fail (panel < QD_N_PANELS);
  self->panels[panel].reference = value;
  set_text (&self->panels[panel].reference_label, label);
}

/**
 * qd_chart_spec_set_from_zero:
 * @self: a spec
 * @panel: 0 or 1
 * @from_zero: whether lines too are measured from zero; columns always are
 */
void
qd_chart_spec_set_from_zero (QdChartSpec *self,
                             guint        panel,
                             gboolean     from_zero)
{
  g_return_if_fail (panel < QD_N_PANELS);
  self->panels[panel].from_zero = from_zero;
}

/**
 * qd_chart_spec_add_step:
 * @self: a spec of a waterfall
 * @kind: a total, or what is added to the step before
 * @label: one or two words
 * @value: minor units; of a loss: below zero
 *
 * Adds a bar to the right.
 *
 * Returns: the index of the step
 */
guint
qd_chart_spec_add_step (QdChartSpec *self,
                        QdStepKind   kind,
                        const char  *label,
                        double       value)
{
  QdStep step = { kind, g_strdup (label), value, QD_SCENARIO_ACTUAL };

  g_array_append_val (self->steps, step);
  return self->steps->len - 1;
}

/**
 * qd_chart_spec_set_step_scenario:
 * @self: a spec of a waterfall
 * @step: index of a step
 * @scenario: what its value stands for
 */
void
qd_chart_spec_set_step_scenario (QdChartSpec *self,
                                 guint        step,
                                 QdScenario   scenario)
{
  g_return_if_fail (step < self->steps->len);
  qd_spec_step (self, step)->scenario = scenario;
}

/**
 * qd_chart_spec_add_bracket:
 * @self: a spec of a waterfall
 * @first_step: where it begins
 * @last_step: where it ends
 * @label: such as "GRR 90.2 %"
 *
 * Spans several bars with one figure.
 */
void
qd_chart_spec_add_bracket (QdChartSpec *self,
                           guint        first_step,
                           guint        last_step,
                           const char  *label)
{
  QdBracket bracket = { first_step, last_step, g_strdup (label) };

  g_return_if_fail (first_step <= last_step && last_step < self->steps->len);
  g_array_append_val (self->brackets, bracket);
}

/**
 * qd_chart_spec_set_heatmap:
 * @self: a spec of a heat map
 * @ramp: the colours
 * @low: the rate at the low end of the ramp
 * @high: the rate at the high end; the scale never follows the data
 * @row_title: (nullable): heading of the rows
 * @size_title: (nullable): heading of their sizes
 * @column_title: (nullable): heading of the columns
 */
void
qd_chart_spec_set_heatmap (QdChartSpec *self,
                           QdRamp       ramp,
                           double       low,
                           double       high,
                           const char  *row_title,
                           const char  *size_title,
                           const char  *column_title)
{
  g_return_if_fail (low < high);
  self->ramp = ramp;
  self->ramp_low = low;
  self->ramp_high = high;
  set_text (&self->row_title, row_title);
  set_text (&self->size_title, size_title);
  set_text (&self->column_title, column_title);
}

/**
 * qd_chart_spec_add_column:
 * @self: a spec of a heat map
 * @label: short
 */
void
qd_chart_spec_add_column (QdChartSpec *self,
                          const char  *label)
{
  g_ptr_array_add (self->columns, g_strdup (label));
}

/**
 * qd_chart_spec_add_row:
 * @self: a spec of a heat map
 * @kind: of few accounts: greyed; the average: apart, at the foot
 * @label: its name
 * @size: (nullable): how many it stands for, as text: "n=6"
 * @values: (array length=n_values): fractions; not finite: blank
 * @n_values: how many columns it reaches
 *
 * Returns: the index of the row
 */
guint
qd_chart_spec_add_row (QdChartSpec  *self,
                       QdRowKind     kind,
                       const char   *label,
                       const char   *size,
                       const double *values,
                       guint         n_values)
{
  QdRow row = { kind, g_strdup (label), g_strdup (size), n_values, NULL, NULL };

  row.values = g_memdup2 (values, sizeof (double) * MAX (n_values, 1));
  row.scenario = g_new0 (guint8, MAX (n_values, 1));
  g_array_append_val (self->rows, row);
  return self->rows->len - 1;
}

/**
 * qd_chart_spec_set_cell_scenario:
 * @self: a spec of a heat map
 * @row: index of a row
 * @column: index of a column that it reaches
 * @scenario: `QD_SCENARIO_OPEN` stripes the cell
 */
void
qd_chart_spec_set_cell_scenario (QdChartSpec *self,
                                 guint        row,
                                 guint        column,
                                 QdScenario   scenario)
{
  g_return_if_fail (row < self->rows->len && column < qd_spec_row (self, row)->n_values);
  qd_spec_row (self, row)->scenario[column] = scenario;
}

/**
 * qd_chart_spec_set_table:
 * @self: a spec of a table
 * @table: what it shows; a reference is taken
 */
void
qd_chart_spec_set_table (QdChartSpec *self,
                         QdTable     *table)
{
  g_return_if_fail (table != NULL);
  qd_table_ref (table);
  g_clear_pointer (&self->table, qd_table_unref);
  self->table = table;
}

/**
 * qd_chart_spec_keep_newest:
 * @self: a spec of a table whose rows go from old to new
 *
 * Says that a table that does not fit loses its first rows, not its last.
 */
void
qd_chart_spec_keep_newest (QdChartSpec *self)
{
  self->newest = TRUE;
}

/**
 * qd_chart_spec_set_drill:
 * @self: a spec
 * @series: index of a series or row, as in QdChartHit
 * @place: index of a month, step or column
 * @drill: copied
 *
 * Says which rows stand behind a mark. They sum to the mark's value.
 */
void
qd_chart_spec_set_drill (QdChartSpec   *self,
                         guint          series,
                         guint          place,
                         const QdDrill *drill)
{
  GArray *places;

  g_return_if_fail (self != NULL && drill != NULL);
  if (series >= self->drills->len)
    g_ptr_array_set_size (self->drills, (gint) series + 1);
  if (self->drills->pdata[series] == NULL)
    self->drills->pdata[series] = g_array_new (FALSE, TRUE, sizeof (QdDrill));
  places = self->drills->pdata[series];
  if (place >= places->len)
    g_array_set_size (places, place + 1);
  g_array_index (places, QdDrill, place) = *drill;
}
