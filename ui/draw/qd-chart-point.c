/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One mark of a chart in words: what a person hears who walks over it.
 */
#include "config.h"

#include "qd-chart-point.h"
#include "qd-chart-spec-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static QdUnit
get_unit (const QdChartSpec *self,
          guint              series)
{
  if (self->kind == QD_CHART_WATERFALL)
    return QD_UNIT_MONEY;
  if (self->kind == QD_CHART_HEATMAP)
    return QD_UNIT_RATE;
  return self->panels[qd_spec_series (self, series)->panel].unit;
}

/**
 * qd_chart_spec_get_places_per_year:
 * @self: a spec
 *
 * Returns: how many places a year has: 12, 4 or 1; 0 when places are not months
 */
int
qd_chart_spec_get_places_per_year (const QdChartSpec *self)
{
  if (self->kind != QD_CHART_TIME && self->kind != QD_CHART_SPARKLINE)
    return 0;
  return self->first_month == QD_MONTH_NONE || 12 % self->step != 0 ? 0 : 12 / self->step;
}

/**
 * qd_chart_spec_dup_change_text:
 * @self: a spec
 * @series: index of a series or row
 * @from: index of the earlier place
 * @to: index of the later place
 *
 * Says how a value changed. Only values of one series over time, or of one row
 * of a heat map, are compared.
 *
 * Returns: (transfer full) (nullable): such as "+1.8 pp"; `NULL` when one of
 *   them is missing or they cannot be compared
 */
char *
qd_chart_spec_dup_change_text (const QdChartSpec *self,
                               guint              series,
                               guint              from,
                               guint              to)
{
  double before, after;

  g_return_val_if_fail (self != NULL, NULL);
  if (self->kind == QD_CHART_WATERFALL || self->kind == QD_CHART_TABLE || MAX (from, to) >= qd_chart_spec_get_n_places (self))
    return NULL;
  before = qd_chart_spec_get_value (self, series, from);
  after = qd_chart_spec_get_value (self, series, to);
  if (!isfinite (before) || !isfinite (after))
    return NULL;
  return qd_format_change (self->format, get_unit (self, series), after - before);
}

/* "up 1.8 points". (transfer full) (nullable) */
static char *
say_change (const QdChartSpec *self,
            guint              series,
            guint              from,
            guint              to)
{
  QdUnit unit = get_unit (self, series);
  double before = qd_chart_spec_get_value (self, series, from), after = qd_chart_spec_get_value (self, series, to);
  g_autofree char *amount = NULL;

  if (!isfinite (before) || !isfinite (after))
    return NULL;
  if (unit == QD_UNIT_RATE)
    {
      double points = fabs (after - before) * 100;

      if (points < 0.05)
        return g_strdup (_("no change"));
      amount = qd_format_number (self->format, points, 1);
      /* Translators: a percentage rose or fell by so many percentage points; read aloud. */
      return g_strdup_printf (after > before ? _("up %s points") : _("down %s points"), amount);
    }
  if (after == before)
    return g_strdup (_("no change"));
  amount = qd_format_value (self->format, unit, fabs (after - before));
  /* Translators: a value rose or fell by an amount; read aloud. */
  return g_strdup_printf (after > before ? _("up %s") : _("down %s"), amount);
}

static guint
count_points (const QdChartSpec *self,
              guint              series,
              guint              until)
{
  guint n = 0;

  for (guint p = 0; p < until; p++)
    n += isfinite (qd_chart_spec_get_value (self, series, p));
  return n;
}

static void
append (GString    *out,
        const char *text)
{
  if (text == NULL || *text == '\0')
    return;
  if (out->len > 0)
    g_string_append (out, ", ");
  g_string_append (out, text);
}

static const char *
get_scenario_name (const QdChartSpec *self,
                   guint              series,
                   guint              place)
{
  QdScenario scenario = QD_SCENARIO_ACTUAL;

  if (self->kind == QD_CHART_WATERFALL)
    scenario = qd_spec_step (self, place)->scenario;
  else if (self->kind == QD_CHART_HEATMAP)
    scenario = place < qd_spec_row (self, series)->n_values ? qd_spec_row (self, series)->scenario[place] : QD_SCENARIO_ACTUAL;
  else if (self->kind != QD_CHART_TABLE)
    scenario = qd_spec_series (self, series)->scenario[place];
  switch (scenario)
    {
    case QD_SCENARIO_OPEN:
      /* Translators: said of a value: the month is not over. */
      return _("period still open");
    case QD_SCENARIO_PLAN:
      return _("plan");
    case QD_SCENARIO_FORECAST:
      return _("forecast");
    case QD_SCENARIO_PRIOR:
      return _("prior year");
    case QD_SCENARIO_ACTUAL:
    default:
      return NULL;
    }
}

/**
 * qd_chart_spec_dup_point_text:
 * @self: a spec
 * @series: index of a series or row
 * @place: index of a month, step or column
 *
 * Says one mark in words: place, series, value, change, and which of how many
 * it is.
 *
 * Returns: (transfer full): the words, translated
 */
char *
qd_chart_spec_dup_point_text (const QdChartSpec *self,
                              guint              series,
                              guint              place)
{
  GString *out = g_string_new (NULL);
  g_autofree char *label = qd_chart_spec_dup_place_label (self, place);
  g_autofree char *value = qd_chart_spec_dup_value_text (self, series, place);
  guint n_series = qd_chart_spec_get_n_series (self), n_places = qd_chart_spec_get_n_places (self);

  if (self->kind == QD_CHART_HEATMAP)
    {
      const QdRow *row = qd_spec_row (self, series);

      append (out, row->label);
      append (out, self->column_title != NULL ? self->column_title : "");
      g_string_append_printf (out, "%s%s", self->column_title != NULL ? " " : ", ", label);
      append (out, value);
      if (row->size != NULL && self->size_title != NULL)
        g_string_append_printf (out, ", %s %s", self->size_title, row->size);
      else
        append (out, row->size);
    }
  else if (self->kind == QD_CHART_TABLE)
    {
      g_autofree char *first = place > 0 ? qd_chart_spec_dup_value_text (self, series, 0) : NULL;

      append (out, first);
      append (out, label);
      append (out, value);
    }
  else
    {
      append (out, label);
      append (out, qd_chart_spec_get_series_label (self, series));
      append (out, value);
      if (self->kind != QD_CHART_WATERFALL && place > 0)
        {
          g_autofree char *change = say_change (self, series, place - 1, place);

          append (out, change);
        }
    }
  append (out, get_scenario_name (self, series, place));
  g_string_append (out, "; ");
  if (self->kind == QD_CHART_HEATMAP || self->kind == QD_CHART_TABLE)
    /* Translators: where a cell is: its row, of how many, its column, of how many. */
    g_string_append_printf (out, _("row %u of %u, column %u of %u"), series + 1, n_series, place + 1, n_places);
  else if (self->kind == QD_CHART_WATERFALL)
    /* Translators: where a bar of a bridge is: which, of how many. */
    g_string_append_printf (out, _("step %u of %u"), place + 1, n_places);
  else
    /* Translators: where a point of a line is: which, of how many. */
    g_string_append_printf (out, _("point %u of %u"), count_points (self, series, place) + 1,
                            count_points (self, series, n_places));
  return g_string_free (out, FALSE);
}

static const QdSeries *
get_series (const QdChartSpec *self,
            guint              series)
{
  gboolean time = self->kind == QD_CHART_TIME || self->kind == QD_CHART_SPARKLINE;

  return time && series < self->series->len ? qd_spec_series (self, series) : NULL;
}

/**
 * qd_chart_spec_get_panel:
 * @self: a spec
 * @series: index of a series
 *
 * Returns: the panel in which it is drawn; 0 of other kinds of chart
 */
guint
qd_chart_spec_get_panel (const QdChartSpec *self,
                         guint              series)
{
  const QdSeries *found = get_series (self, series);

  return found != NULL ? found->panel : 0;
}

/**
 * qd_chart_spec_get_tone:
 * @self: a spec
 * @series: index of a series
 *
 * Returns: what its colour means; ink of other kinds of chart
 */
QdTone
qd_chart_spec_get_tone (const QdChartSpec *self,
                        guint              series)
{
  const QdSeries *found = get_series (self, series);

  return found != NULL ? found->tone : QD_TONE_INK;
}

/**
 * qd_chart_spec_is_line:
 * @self: a spec
 * @series: index of a series
 *
 * Returns: whether it is a line, not columns
 */
gboolean
qd_chart_spec_is_line (const QdChartSpec *self,
                       guint              series)
{
  const QdSeries *found = get_series (self, series);

  return found != NULL && found->mark == QD_SERIES_LINE;
}

/**
 * qd_chart_spec_dup_point_title:
 * @self: a spec
 * @series: index of a series or row
 * @place: index of a month, step or column
 *
 * Returns: (transfer full): what stands over a tooltip: the month, the step, or
 *   row and column
 */
char *
qd_chart_spec_dup_point_title (const QdChartSpec *self,
                               guint              series,
                               guint              place)
{
  g_autofree char *label = qd_chart_spec_dup_place_label (self, place);

  if (self->kind == QD_CHART_HEATMAP)
    {
      const char *row = qd_spec_row (self, series)->label;

      if (self->column_title != NULL)
        /* Translators: heading of a tooltip: row, what columns are, column: "Jan 2025 · Months since first revenue: 4". */
        return g_strdup_printf (_("%s · %s: %s"), row, self->column_title, label);
      return g_strdup_printf ("%s · %s", row, label);
    }
  if (self->kind == QD_CHART_TABLE && place > 0)
    {
      g_autofree char *first = qd_chart_spec_dup_value_text (self, series, 0);

      return g_strdup_printf ("%s · %s", first, label);
    }
  return g_steal_pointer (&label);
}

/**
 * qd_chart_spec_dup_point_notes:
 * @self: a spec
 * @series: index of a series or row
 * @place: index of a month, step or column
 *
 * Returns: (transfer full) (nullable): of a step its share of the first total,
 *   of a cell how many it stands for; that a period is open, a value a forecast
 */
char *
qd_chart_spec_dup_point_notes (const QdChartSpec *self,
                               guint              series,
                               guint              place)
{
  GString *out = g_string_new (NULL);

  if (self->kind == QD_CHART_WATERFALL)
    {
      const QdStep *first = qd_spec_step (self, 0), *step = qd_spec_step (self, place);

      if (place > 0 && first->kind == QD_STEP_TOTAL && first->value > 0 && isfinite (step->value))
        {
          g_autofree char *share = qd_format_percent (self->format, fabs (step->value) / first->value, 1);

          /* Translators: share of a step in the first bar of a bridge: "6.7 % of Opening". */
          g_string_append_printf (out, _("%s of %s"), share, first->label);
        }
    }
  else if (self->kind == QD_CHART_HEATMAP)
    {
      const QdRow *row = qd_spec_row (self, series);

      if (row->size != NULL && self->size_title != NULL)
        g_string_append_printf (out, "%s: %s", self->size_title, row->size);
      else
        append (out, row->size);
    }
  append (out, get_scenario_name (self, series, place));
  return g_string_free (out, out->len == 0);
}
