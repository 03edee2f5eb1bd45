/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reading a spec back.
 */
#include "config.h"

#include "qd-chart-spec-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/**
 * qd_chart_spec_get_kind:
 * @self: a spec
 *
 * Returns: its kind
 */
QdChartKind
qd_chart_spec_get_kind (const QdChartSpec *self)
{
  return self->kind;
}

/**
 * qd_chart_spec_get_format:
 * @self: a spec
 *
 * Returns: (transfer none): how its values are written
 */
QdFormat *
qd_chart_spec_get_format (const QdChartSpec *self)
{
  return self->format;
}

/**
 * qd_chart_spec_get_title:
 * @self: a spec
 *
 * Returns: (nullable): the message
 */
const char *
qd_chart_spec_get_title (const QdChartSpec *self)
{
  return self->title;
}

/**
 * qd_chart_spec_get_subject:
 * @self: a spec
 *
 * Returns: (nullable): who, what and unit
 */
const char *
qd_chart_spec_get_subject (const QdChartSpec *self)
{
  return self->subject;
}

/**
 * qd_chart_spec_get_period:
 * @self: a spec
 *
 * Returns: (nullable): when, and which scenario
 */
const char *
qd_chart_spec_get_period (const QdChartSpec *self)
{
  return self->period;
}

/**
 * qd_chart_spec_get_source:
 * @self: a spec
 *
 * Returns: (nullable): the line at the foot
 */
const char *
qd_chart_spec_get_source (const QdChartSpec *self)
{
  return self->source;
}

/**
 * qd_chart_spec_is_empty:
 * @self: a spec
 *
 * Returns: whether there is no finite value to draw; O(values)
 */
gboolean
qd_chart_spec_is_empty (const QdChartSpec *self)
{
  if (self->kind == QD_CHART_TABLE)
    return self->table == NULL || qd_table_get_n_rows (self->table) == 0;
  for (guint s = 0; s < qd_chart_spec_get_n_series (self); s++)
    {
      guint n = self->kind == QD_CHART_HEATMAP ? qd_spec_row (self, s)->n_values : qd_chart_spec_get_n_places (self);

      for (guint p = 0; p < n; p++)
        if (isfinite (qd_chart_spec_get_value (self, s, p)))
          return FALSE;
    }
  return TRUE;
}

/**
 * qd_chart_spec_get_n_series:
 * @self: a spec
 *
 * Returns: how many series, rows of a heat map or of a table; a waterfall has one
 */
guint
qd_chart_spec_get_n_series (const QdChartSpec *self)
{
  switch (self->kind)
    {
    case QD_CHART_TIME:
    case QD_CHART_SPARKLINE:
      return self->series->len;
    case QD_CHART_WATERFALL:
      return self->steps->len > 0;
    case QD_CHART_HEATMAP:
      return self->rows->len;
    case QD_CHART_TABLE:
      return self->table ? qd_table_get_n_rows (self->table) : 0;
    default:
      g_return_val_if_reached (0);
    }
}

/**
 * qd_chart_spec_get_n_places:
 * @self: a spec
 *
 * Returns: how many months, steps or columns
 */
guint
qd_chart_spec_get_n_places (const QdChartSpec *self)
{
  switch (self->kind)
    {
    case QD_CHART_TIME:
    case QD_CHART_SPARKLINE:
      return self->n_places;
    case QD_CHART_WATERFALL:
      return self->steps->len;
    case QD_CHART_HEATMAP:
      return self->columns->len;
    case QD_CHART_TABLE:
      return self->table ? qd_table_get_n_columns (self->table) : 0;
    default:
      g_return_val_if_reached (0);
    }
}

/**
 * qd_chart_spec_get_series_label:
 * @self: a spec
 * @series: index of a series or row
 *
 * Returns: its name; "" where it has none
 */
const char *
qd_chart_spec_get_series_label (const QdChartSpec *self,
                                guint              series)
{
  if (self->kind == QD_CHART_HEATMAP)
    return qd_spec_row (self, series)->label;
  if (self->kind == QD_CHART_TIME || self->kind == QD_CHART_SPARKLINE)
    return qd_spec_series (self, series)->label;
  return "";
}

/**
 * qd_chart_spec_dup_place_label:
 * @self: a spec
 * @place: index of a month, step or column
 *
 * Returns: (transfer full): its name
 */
char *
qd_chart_spec_dup_place_label (const QdChartSpec *self,
                               guint              place)
{
  const QdColumn *column;

  switch (self->kind)
    {
    case QD_CHART_TIME:
    case QD_CHART_SPARKLINE:
      if (self->place_labels)
        return g_strdup (self->place_labels[place]);
      return qd_format_month (self->format, self->first_month + (QdMonth) place * self->step);
    case QD_CHART_WATERFALL:
      return g_strdup (qd_spec_step (self, place)->label);
    case QD_CHART_HEATMAP:
      return g_strdup (g_ptr_array_index (self->columns, place));
    case QD_CHART_TABLE:
      column = qd_table_get_column (self->table, place);
      return g_strdup (column->title ? _(column->title) : column->id);
    default:
      g_return_val_if_reached (NULL);
    }
}

/**
 * qd_chart_spec_get_value:
 * @self: a spec, not of a table
 * @series: index of a series or row
 * @place: index of a month, step or column
 *
 * Returns: the value; NAN when it is missing
 */
double
qd_chart_spec_get_value (const QdChartSpec *self,
                         guint              series,
                         guint              place)
{
  double value = NAN;

  if (self->kind == QD_CHART_WATERFALL)
    value = qd_spec_step (self, place)->value;
  else if (self->kind == QD_CHART_HEATMAP)
    value = place < qd_spec_row (self, series)->n_values ? qd_spec_row (self, series)->values[place] : NAN;
  else if (self->kind != QD_CHART_TABLE)
    value = qd_spec_series (self, series)->values[place];
  return isfinite (value) ? value : NAN;
}

/**
 * qd_chart_spec_dup_value_text:
 * @self: a spec
 * @series: index of a series or row
 * @place: index of a month, step or column
 *
 * Returns: (transfer full): the value as a person reads it
 */
char *
qd_chart_spec_dup_value_text (const QdChartSpec *self,
                              guint              series,
                              guint              place)
{
  double value;

  if (self->kind == QD_CHART_TABLE)
    return qd_spec_dup_cell (self, series, place);
  value = qd_chart_spec_get_value (self, series, place);
  if (self->kind == QD_CHART_WATERFALL)
    return qd_spec_step (self, place)->kind == QD_STEP_TOTAL ? qd_format_money (self->format, value)
                                                             : qd_format_money_change (self->format, value);
  if (self->kind == QD_CHART_HEATMAP)
    return qd_format_percent (self->format, value, 1);
  return qd_format_value (self->format, self->panels[qd_spec_series (self, series)->panel].unit, value);
}

/**
 * qd_chart_spec_get_drill:
 * @self: a spec
 * @series: index of a series or row, as in QdChartHit; any number
 * @place: index of a month, step or column; any number
 *
 * Tells which rows stand behind a mark: qd_drill_compute() gives them, with the
 * ledger and the scope that the chart was made of. O(1).
 *
 * Returns: (transfer none) (nullable): the drill; `NULL` where there is none
 */
const QdDrill *
qd_chart_spec_get_drill (const QdChartSpec *self,
                         guint              series,
                         guint              place)
{
  const GArray *places;
  const QdDrill *drill;

  g_return_val_if_fail (self != NULL, NULL);
  places = series < self->drills->len ? self->drills->pdata[series] : NULL;
  drill = places != NULL && place < places->len ? &g_array_index (places, QdDrill, place) : NULL;
  return drill != NULL && drill->id != NULL ? drill : NULL;
}

void
qd_spec_get_step_range (const QdChartSpec *spec,
                        guint              step,
                        double            *from,
                        double            *to)
{
  double level = 0, before = 0;

  for (guint i = 0; i <= step; i++)
    {
      const QdStep *at = qd_spec_step (spec, i);
      double value = isfinite (at->value) ? at->value : 0;

      before = at->kind == QD_STEP_TOTAL ? 0 : level;
      level = before + value;
    }
  *from = before;
  *to = level;
}

gboolean
qd_spec_is_cut (const QdChartSpec *spec)
{
  double total = 0, largest = 0;
  gboolean positive = TRUE;

  for (guint i = 0; i < spec->steps->len; i++)
    {
      const QdStep *step = qd_spec_step (spec, i);
      double from, to;

      qd_spec_get_step_range (spec, i, &from, &to);
      if (step->kind == QD_STEP_TOTAL && total == 0)
        total = to;
      else if (step->kind != QD_STEP_TOTAL)
        largest = MAX (largest, fabs (to - from));
      if (MIN (from, to) < 0 || (step->kind == QD_STEP_TOTAL && to <= 0))
        positive = FALSE;
    }
  /* With bars on both sides of zero there is nothing to cut away. */
  if (!positive || total <= 0 || largest <= 0)
    return FALSE;
  return largest < 0.05 * total;
}

char *
qd_spec_dup_cell (const QdChartSpec *spec,
                  guint              row,
                  guint              column)
{
  QdTable *table = spec->table;

  if (qd_table_is_missing (table, row, column))
    return g_strdup (qd_format_get_missing (spec->format));
  switch (qd_table_get_cell_type (table, row, column))
    {
    case QD_COLUMN_TEXT:
      return g_strdup (qd_table_get_text (table, row, column));
    case QD_COLUMN_COUNT:
      return qd_format_count (spec->format, qd_table_get_integer (table, row, column));
    case QD_COLUMN_MONEY:
      return qd_format_money_full (spec->format, qd_table_get_integer (table, row, column));
    case QD_COLUMN_MONTH:
      return qd_format_month (spec->format, (QdMonth) qd_table_get_integer (table, row, column));
    case QD_COLUMN_DAY:
      return qd_format_day (spec->format, (QdDay) qd_table_get_integer (table, row, column));
    case QD_COLUMN_RATE:
      return qd_format_percent (spec->format, qd_table_get_double (table, row, column), 1);
    case QD_COLUMN_NUMBER:
      return qd_format_number (spec->format, qd_table_get_double (table, row, column), 2);
    case QD_COLUMN_MIXED:
    default:
      g_return_val_if_reached (NULL);
    }
}
