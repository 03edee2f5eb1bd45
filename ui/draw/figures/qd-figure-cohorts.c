/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-figures-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Below this many customers a rate says little. */
#define SMALL_COHORT 10

static double
get_rate (const QdCohortCell *cell,
          QdCohortView        view)
{
  QdRate rate = view == QD_COHORTS_LOGOS ? cell->logo_retention : view == QD_COHORTS_NET ? cell->nrr : cell->grr;

  return rate.defined && isfinite (rate.value) ? rate.value : NAN;
}

/* What the average weighs: customers, or their revenue at the start. */
static void
get_terms (const QdCohortCell *cell,
           QdCohortView        view,
           double             *numerator,
           double             *denominator)
{
  *denominator = view == QD_COHORTS_LOGOS ? cell->accounts : cell->mrr_start;
  *numerator = view == QD_COHORTS_LOGOS ? cell->accounts_retained : view == QD_COHORTS_NET ? cell->mrr : cell->gross;
}

static char *
write_title (const QdFormat *format,
             const double   *average,
             guint           n,
             int             step,
             QdCohortView    view)
{
  guint age = 0, months;
  g_autofree char *rate = NULL;

  for (guint a = 1; a < n && a * (guint) step <= 12; a++)
    if (isfinite (average[a]))
      age = a;
  if (age == 0)
    return g_strdup (_("The cohorts are too young to compare"));
  months = age * (guint) step;
  rate = qd_format_percent (format, average[age], 1);
  if (view == QD_COHORTS_LOGOS)
    /* Translators: months, percent. */
    return g_strdup_printf (ngettext ("After %u month %s of customers are still with us, on average of all cohorts",
                                      "After %u months %s of customers are still with us, on average of all cohorts", months),
                            months, rate);
  if (view == QD_COHORTS_NET)
    return g_strdup_printf (ngettext ("After %u month cohorts bring %s of the revenue that they began with",
                                      "After %u months cohorts bring %s of the revenue that they began with", months),
                            months, rate);
  return g_strdup_printf (ngettext ("After %u month cohorts keep %s of their first revenue, growth left aside",
                                    "After %u months cohorts keep %s of their first revenue, growth left aside", months),
                          months, rate);
}

/* By view. */
static const char *const drills[] = { "cohort_logos", "cohort_net", "cohort_gross" };

/* One cohort's cells, @from to @to, as a row; what every member has reached goes into the average. */
static void
add_cohort (QdChartSpec           *spec,
            const QdCohorts       *cohorts,
            guint                  from,
            guint                  to,
            QdCohortView           view,
            const QdFigureContext *context,
            double                *values,
            double                *sums,
            double                *weights,
            gboolean              *open)
{
  QdDrill drill;
  const QdCohortCell *first = &g_array_index (cohorts->cells, QdCohortCell, from);
  g_autofree char *label = qd_figures_dup_cohort (context->format, first->cohort, MAX (cohorts->step, 1));
  g_autofree char *count = qd_format_count (context->format, first->accounts), *small = NULL;
  guint reached = 0, row;

  for (guint i = from; i < to; i++)
    {
      const QdCohortCell *cell = &g_array_index (cohorts->cells, QdCohortCell, i);
      double numerator, denominator;

      while (reached < cell->age)
        values[reached++] = NAN;
      values[cell->age] = get_rate (cell, view);
      reached = cell->age + 1;
      if (!cell->observed || !isfinite (values[cell->age]))
        continue;
      get_terms (cell, view, &numerator, &denominator);
      sums[cell->age] += numerator;
      weights[cell->age] += denominator;
    }
  if (first->accounts < SMALL_COHORT)
    small = g_strdup_printf ("n=%s", count);
  row = qd_chart_spec_add_row (spec, small ? QD_ROW_SMALL : QD_ROW_NORMAL, label, small ? small : count, values, reached);
  for (guint i = from; i < to; i++)
    {
      const QdCohortCell *cell = &g_array_index (cohorts->cells, QdCohortCell, i);

      if (isfinite (get_rate (cell, view)) &&
          qd_drill_init_cohort (&drill, drills[view], cell->cohort, MAX (cohorts->step, 1), (int) cell->age, 12))
        qd_chart_spec_set_drill (spec, row, cell->age, &drill);
      if (!cell->observed && isfinite (get_rate (cell, view)))
        {
          qd_chart_spec_set_cell_scenario (spec, row, cell->age, QD_SCENARIO_OPEN);
          *open = TRUE;
        }
    }
}

/**
 * qd_figure_cohorts:
 * @cohorts: cells by cohort, then by age
 * @view: share of customers, of revenue with growth, or without
 * @context: what stands around it
 *
 * Shows cohorts as a triangle: customers and gross revenue on a fixed scale of
 * 0 to 100 %, net revenue on one centred on 100 %. A cell that not every member
 * has reached is striped and stays out of the average, which weighs cohorts by
 * their size.
 *
 * Returns: (transfer full): the spec
 */
QdChartSpec *
qd_figure_cohorts (const QdCohorts       *cohorts,
                   QdCohortView           view,
                   const QdFigureContext *context)
{
  static const char *const names[] = { N_("share of customers still with us (logos), by cohort"),
                                       N_("net revenue retention, by cohort"), N_("gross revenue retention, by cohort") };
  QdChartSpec *spec;
  guint n_ages = 0, total = 0, n_cells;
  g_autofree double *sums = NULL, *weights = NULL, *values = NULL;
  g_autofree char *title = NULL, *when = NULL;
  gboolean open = FALSE;
  int step;

  g_return_val_if_fail (cohorts != NULL && context != NULL, NULL);
  step = MAX (cohorts->step, 1);
  n_cells = cohorts->cells->len;
  for (guint i = 0; i < n_cells; i++)
    n_ages = MAX (n_ages, g_array_index (cohorts->cells, QdCohortCell, i).age + 1);
  sums = g_new0 (double, MAX (n_ages, 1));
  weights = g_new0 (double, MAX (n_ages, 1));
  values = g_new0 (double, MAX (n_ages, 1));

  spec = qd_chart_spec_new (QD_CHART_HEATMAP, context->format);
  qd_chart_spec_set_empty_reason (spec, _("No customer has had revenue yet."));
  qd_chart_spec_set_heatmap (spec, view == QD_COHORTS_NET ? QD_RAMP_DIVERGING : QD_RAMP_CIVIDIS,
                             view == QD_COHORTS_NET ? 0.6 : 0, view == QD_COHORTS_NET ? 1.4 : 1, _("Since"), _("Customers"),
                             step == 1   ? _("Months since first revenue")
                             : step == 3 ? _("Quarters since first revenue")
                                         : _("Years since first revenue"));
  for (guint a = 0; a < n_ages; a++)
    {
      g_autofree char *label = g_strdup_printf ("%u", a);
      qd_chart_spec_add_column (spec, label);
    }
  for (guint from = 0, to; from < n_cells; from = to)
    {
      const QdCohortCell *first = &g_array_index (cohorts->cells, QdCohortCell, from);

      for (to = from; to < n_cells && g_array_index (cohorts->cells, QdCohortCell, to).cohort == first->cohort;)
        to++;
      if (first->accounts == 0)
        continue;
      total += first->accounts;
      add_cohort (spec, cohorts, from, to, view, context, values, sums, weights, &open);
    }
  for (guint a = 0; a < n_ages; a++)
    values[a] = weights[a] > 0 ? sums[a] / weights[a] : NAN;
  if (total > 0)
    {
      g_autofree char *size = qd_format_count (context->format, total);

      guint row = qd_chart_spec_add_row (spec, QD_ROW_AVERAGE, _("All, weighted"), size, values, n_ages);
      QdDrill drill;

      for (guint a = 0; a < n_ages; a++)
        if (isfinite (values[a]) && qd_drill_init_cohort (&drill, drills[view], QD_DRILL_ALL_COHORTS, step, (int) a, 12))
          qd_chart_spec_set_drill (spec, row, a, &drill);
      title = write_title (context->format, values, n_ages, step, view);
      /* The first and the last year or quarter need not be whole. */
      when = qd_figures_dup_span (context->format, MAX (g_array_index (cohorts->cells, QdCohortCell, 0).cohort, cohorts->first),
                                  MIN (g_array_index (cohorts->cells, QdCohortCell, n_cells - 1).cohort + step - 1,
                                       cohorts->as_of));
    }
  else
    title = g_strdup (_("There are no cohorts yet"));
  qd_chart_spec_set_title (spec, title);
  qd_figures_set_frame (spec, context, _(names[view]), when ? when : "");
  if (open)
    qd_chart_spec_add_note (spec, _("Striped: not every customer of the cohort has reached this age."));
  return spec;
}
