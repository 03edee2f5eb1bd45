/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/draw/specs.h"

#include <math.h>
#include <string.h>

#define HUGE_NAME "Wolfeschlegelsteinhausenbergerdorff Versicherungsgesellschaft für Binnenschifffahrt & Co. KGaA Österreich"

static guint32 state;

/* The same numbers on every machine: −1 to 1. */
static double
draw_number (void)
{
  state = state * 1664525u + 1013904223u;
  return (state >> 8) / 8388608. - 1;
}

static QdChartSpec *
start (QdChartKind kind)
{
  g_autoptr (QdFormat) format = qd_format_new ("USD");
  QdChartSpec *spec = qd_chart_spec_new (kind, format);

  qd_chart_spec_set_source (spec, "Source: workspace Northwind, import of 12 Jul 2026. Definition: Board@2, point to point.");
  return spec;
}

static QdChartSpec *
retention (guint    n,
           gboolean gaps)
{
  QdChartSpec *spec = start (QD_CHART_TIME);
  g_autofree double *nrr = g_new (double, n + 1), *grr = g_new (double, n + 1), *logo = g_new (double, n + 1);
  g_autofree double *low = g_new (double, n + 1), *high = g_new (double, n + 1);
  g_autofree double *gain = g_new (double, n + 1), *loss = g_new (double, n + 1);
  guint all;

  state = 7;
  for (guint i = 0; i < n; i++)
    {
      double t = n > 1 ? i / (double) (n - 1) : 1;

      grr[i] = 0.915 - 0.02 * sin (t * 5) + 0.004 * draw_number ();
      nrr[i] = grr[i] + 0.105 + 0.05 * t + 0.006 * draw_number ();
      logo[i] = 0.872 + 0.02 * t + 0.006 * draw_number ();
      low[i] = logo[i] - 0.024;
      high[i] = logo[i] + 0.021;
      if (gaps && (i % 7 == 3 || i < 3))
        nrr[i] = grr[i] = NAN;
      if (gaps && i % 5 == 1)
        logo[i] = low[i] = high[i] = i % 2 ? NAN : INFINITY;
      gain[i] = nrr[i] - grr[i];
      loss[i] = grr[i] - 1;
    }
  qd_chart_spec_set_title (spec, "NRR rose 4.9 pp to 106.9 % over 24 months; losses of 9.8 % were outweighed by gains of 16.7 %");
  qd_chart_spec_set_subject (spec, "Northwind · net, gross and customer retention, 12 months each");
  qd_chart_spec_set_period (spec, "Jul 2024 to Jun 2026 · actual · Board");
  qd_chart_spec_set_months (spec, qd_month_from_ym (2026, 6) - (QdMonth) n + 1, n, 1);
  qd_chart_spec_set_panel (spec, 0, QD_UNIT_RATE, NULL);
  qd_chart_spec_set_panel (spec, 1, QD_UNIT_RATE, "Gains (tailwind) and losses (headwind)");
  qd_chart_spec_set_reference (spec, 0, 1, NULL);
  qd_chart_spec_add_series (spec, 0, QD_SERIES_LINE, "NRR", QD_TONE_INK, nrr);
  qd_chart_spec_add_series (spec, 0, QD_SERIES_LINE, "GRR", QD_TONE_SERIES_3, grr);
  all = qd_chart_spec_add_series (spec, 0, QD_SERIES_LINE, "Customers", QD_TONE_SERIES_4, logo);
  qd_chart_spec_set_band (spec, all, low, high);
  qd_chart_spec_add_series (spec, 1, QD_SERIES_COLUMN, "Gains", QD_TONE_GOOD, gain);
  qd_chart_spec_add_series (spec, 1, QD_SERIES_COLUMN, "Losses", QD_TONE_BAD, loss);
  return spec;
}

static QdChartSpec *
make_retention (void)
{
  return retention (24, FALSE);
}

static QdChartSpec *
make_retention_60 (void)
{
  return retention (60, FALSE);
}

static QdChartSpec *
make_retention_one (void)
{
  QdChartSpec *spec = retention (1, FALSE);
  qd_chart_spec_set_title (spec, "NRR is 106.0 % over 12 months to Jun 2026");
  return spec;
}

static QdChartSpec *
make_retention_gaps (void)
{
  return retention (24, TRUE);
}

static QdChartSpec *
make_retention_missing (void)
{
  QdChartSpec *spec = start (QD_CHART_TIME);
  double nothing[12];

  for (int i = 0; i < 12; i++)
    nothing[i] = i % 2 ? NAN : -INFINITY;
  qd_chart_spec_set_title (spec, "NRR cannot be given yet");
  qd_chart_spec_set_subject (spec, "Northwind · net retention");
  qd_chart_spec_set_empty_reason (spec, "Retention over 12 months needs revenue 12 months back; the data begins in Mar 2026.");
  qd_chart_spec_set_months (spec, qd_month_from_ym (2025, 7), 12, 1);
  qd_chart_spec_add_series (spec, 0, QD_SERIES_LINE, "NRR", QD_TONE_INK, nothing);
  return spec;
}

QdChartSpec *
spec_lines (guint n_months,
            guint n_series,
            guint seed)
{
  static const char *const names[] = { "Enterprise", "Mid-Market", "Small business", "Public sector", "Partners" };
  QdChartSpec *spec = start (QD_CHART_TIME);
  g_autofree double *values = g_new (double, n_months);

  qd_chart_spec_set_title (spec, "Enterprise holds above 110 %, Small business slips below 90 %");
  qd_chart_spec_set_subject (spec, "Northwind · NRR, 12 months, by segment");
  qd_chart_spec_set_period (spec, "actual · Board");
  qd_chart_spec_set_months (spec, qd_month_from_ym (2026, 6) - (QdMonth) n_months + 1, n_months, 1);
  qd_chart_spec_set_reference (spec, 0, 1, "100 %");
  for (guint s = 0; s < n_series; s++)
    {
      state = seed + s * 99;
      for (guint i = 0; i < n_months; i++)
        values[i] = 1.12 - s * 0.055 + 0.03 * sin (i / 7. + s) + 0.008 * draw_number ();
      qd_chart_spec_add_series (spec, 0, QD_SERIES_LINE, names[s % 5], QD_TONE_SERIES_1 + s % 5, values);
    }
  return spec;
}

static QdChartSpec *
make_lines (void)
{
  return spec_lines (60, 5, 3);
}

/* All five end at nearly the same value. */
static QdChartSpec *
make_lines_tight (void)
{
  QdChartSpec *spec = start (QD_CHART_TIME);
  double values[18];

  qd_chart_spec_set_title (spec, "All segments end within half a point of each other");
  qd_chart_spec_set_subject (spec, "Northwind · GRR by segment");
  qd_chart_spec_set_months (spec, qd_month_from_ym (2025, 1), 18, 1);
  for (int s = 0; s < 5; s++)
    {
      for (int i = 0; i < 18; i++)
        values[i] = 0.93 + (17 - i) * (s - 2) * 0.004 + s * 0.001;
      qd_chart_spec_add_series (spec, 0, QD_SERIES_LINE, s == 2 ? HUGE_NAME : ((const char *[]){ "North", "South", "", "East", "West" })[s],
                                QD_TONE_SERIES_1 + s, values);
    }
  return spec;
}

static QdChartSpec *
bridge (double      opening,
        double      factor,
        const char *title)
{
  QdChartSpec *spec = start (QD_CHART_WATERFALL);
  double moves[] = { 184000000, 12000000, 141000000, -62000000, -117000000 }, closing = opening;

  for (int i = 0; i < 5; i++)
    closing += moves[i] *= factor;
  qd_chart_spec_set_title (spec, title);
  qd_chart_spec_set_subject (spec, "Northwind · ARR bridge");
  qd_chart_spec_set_period (spec, "12 months to Jun 2026 · actual · Board");
  qd_chart_spec_add_step (spec, QD_STEP_TOTAL, "Opening Jun 2025", opening);
  qd_chart_spec_add_step (spec, QD_STEP_GAIN, "New", moves[0]);
  qd_chart_spec_add_step (spec, QD_STEP_GAIN, "Reactivation", moves[1]);
  qd_chart_spec_add_step (spec, QD_STEP_GAIN, "Expansion", moves[2]);
  qd_chart_spec_add_step (spec, QD_STEP_LOSS, "Contraction", moves[3]);
  qd_chart_spec_add_step (spec, QD_STEP_LOSS, "Churn", moves[4]);
  qd_chart_spec_add_step (spec, QD_STEP_TOTAL, "Closing Jun 2026", closing);
  return spec;
}

static QdChartSpec *
make_bridge (void)
{
  return bridge (1241000000, 1, "ARR grew by $1.58M (+12.7 %) to $14.0M in the 12 months to Jun 2026; new business of $1.84M was the largest gain");
}

static QdChartSpec *
make_bridge_cut (void)
{
  return bridge (9240000000, 0.6, "ARR rose slightly, by 1.0 % to $93.3M");
}

static QdChartSpec *
make_bridge_start (void)
{
  QdChartSpec *spec = start (QD_CHART_WATERFALL);

  qd_chart_spec_set_title (spec, "Of $12.4M a year ago, 86 % stayed; gains of 15 % made up for it");
  qd_chart_spec_set_subject (spec, "Northwind · ARR of the customers of Jun 2025");
  qd_chart_spec_set_period (spec, "12 months to Jun 2026 · actual · Board");
  qd_chart_spec_add_step (spec, QD_STEP_TOTAL, "Start Jun 2025", 1241000000);
  qd_chart_spec_add_step (spec, QD_STEP_LOSS, "Lost", -117000000);
  qd_chart_spec_add_step (spec, QD_STEP_LOSS, "Reduced", -62000000);
  qd_chart_spec_add_step (spec, QD_STEP_GAIN, "Grown", 186000000);
  qd_chart_spec_add_step (spec, QD_STEP_TOTAL, "End Jun 2026", 1248000000);
  qd_chart_spec_set_step_scenario (spec, 4, QD_SCENARIO_OPEN);
  qd_chart_spec_add_bracket (spec, 0, 2, "GRR 85.6 %");
  qd_chart_spec_add_bracket (spec, 0, 4, "NRR 100.6 %");
  return spec;
}

/* Everything leaves; some steps are nothing. */
static QdChartSpec *
make_bridge_end (void)
{
  QdChartSpec *spec = start (QD_CHART_WATERFALL);

  qd_chart_spec_set_title (spec, "All ARR was lost");
  qd_chart_spec_add_step (spec, QD_STEP_TOTAL, "Opening", 500000);
  qd_chart_spec_add_step (spec, QD_STEP_GAIN, "New", 0);
  qd_chart_spec_add_step (spec, QD_STEP_GAIN, "Expansion", 100);
  qd_chart_spec_add_step (spec, QD_STEP_LOSS, "Contraction", 0);
  qd_chart_spec_add_step (spec, QD_STEP_LOSS, "Churn", -500100);
  qd_chart_spec_add_step (spec, QD_STEP_TOTAL, "Closing", 0);
  return spec;
}

static QdChartSpec *
make_bridge_huge (void)
{
  QdChartSpec *spec = start (QD_CHART_WATERFALL);

  qd_chart_spec_set_title (spec, HUGE_NAME " " HUGE_NAME " " HUGE_NAME);
  qd_chart_spec_set_subject (spec, HUGE_NAME " · " HUGE_NAME);
  qd_chart_spec_add_note (spec, HUGE_NAME " " HUGE_NAME);
  qd_chart_spec_add_step (spec, QD_STEP_TOTAL, HUGE_NAME, 123456789012345);
  qd_chart_spec_add_step (spec, QD_STEP_GAIN, HUGE_NAME, 23456789012345);
  qd_chart_spec_add_step (spec, QD_STEP_LOSS, HUGE_NAME, -13456789012345);
  qd_chart_spec_add_step (spec, QD_STEP_OTHER, "FX", -2456789012345);
  qd_chart_spec_add_step (spec, QD_STEP_TOTAL, HUGE_NAME, 131000000000000);
  return spec;
}

static QdChartSpec *
movements (guint n,
           int   step)
{
  static const struct
  {
    const char *name;
    QdTone tone;
    double size;
  } kinds[] = {
    { "New", QD_TONE_GOOD, 16 },          { "Expansion", QD_TONE_GOOD_SOFT, 12 }, { "Reactivation", QD_TONE_GOOD_STRONG, 1 },
    { "Contraction", QD_TONE_BAD, -5 },   { "Churn", QD_TONE_BAD_STRONG, -10 },
  };
  QdChartSpec *spec = start (QD_CHART_TIME);
  g_autofree double *values = g_new (double, n), *net = g_new0 (double, n);
  guint s;

  state = 11;
  qd_chart_spec_set_title (spec, "Net new ARR was positive in 22 of 24 months; churn took back 41 % of what was won");
  qd_chart_spec_set_subject (spec, "Northwind · ARR movements");
  qd_chart_spec_set_period (spec, "Jul 2024 to Jun 2026 · actual");
  qd_chart_spec_set_months (spec, qd_month_from_ym (2026, 6) - (QdMonth) (n - 1) * step, n, step);
  qd_chart_spec_set_panel (spec, 0, QD_UNIT_MONEY, NULL);
  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      for (guint i = 0; i < n; i++)
        {
          values[i] = kinds[k].size * 1e6 * (1 + 0.8 * draw_number ()) * (1 + i / (double) n);
          net[i] += values[i];
        }
      s = qd_chart_spec_add_series (spec, 0, QD_SERIES_COLUMN, kinds[k].name, kinds[k].tone, values);
      qd_chart_spec_set_scenario (spec, s, (int) n - 1, QD_SCENARIO_OPEN);
    }
  qd_chart_spec_add_series (spec, 0, QD_SERIES_MARKER, "Net", QD_TONE_INK, net);
  qd_chart_spec_add_note (spec, "Striped: the period is not over.");
  return spec;
}

static QdChartSpec *
make_movements (void)
{
  return movements (24, 1);
}

static QdChartSpec *
make_movements_quarters (void)
{
  static const char *const labels[] = { "Q3 FY24", "Q4 FY24", "Q1 FY25", "Q2 FY25", "Q3 FY25", "Q4 FY25", "Q1 FY26", "Q2 FY26" };
  QdChartSpec *spec = movements (8, 3);

  qd_chart_spec_set_place_labels (spec, labels);
  return spec;
}

static QdChartSpec *
make_movements_60 (void)
{
  return movements (60, 1);
}

static QdChartSpec *
arr (guint n)
{
  QdChartSpec *spec = start (QD_CHART_TIME);
  g_autofree double *values = g_new (double, n);
  guint s;

  state = 5;
  for (guint i = 0; i < n; i++)
    values[i] = 8.2e8 * pow (1.021, i) * (1 + 0.012 * draw_number ());
  qd_chart_spec_set_title (spec, "ARR grew by 28 % to $13.5M in a year");
  qd_chart_spec_set_subject (spec, "Northwind · ARR at the end of each month");
  qd_chart_spec_set_period (spec, "to Jun 2026 · actual");
  qd_chart_spec_set_months (spec, qd_month_from_ym (2026, 6) - (QdMonth) n + 1, n, 1);
  qd_chart_spec_set_panel (spec, 0, QD_UNIT_MONEY, NULL);
  s = qd_chart_spec_add_series (spec, 0, QD_SERIES_COLUMN, "ARR", QD_TONE_NEUTRAL, values);
  if (n > 4)
    {
      qd_chart_spec_set_scenario (spec, s, (int) n - 5, QD_SCENARIO_PRIOR);
      qd_chart_spec_set_scenario (spec, s, (int) n - 4, QD_SCENARIO_OPEN);
      qd_chart_spec_set_scenario (spec, s, (int) n - 3, QD_SCENARIO_FORECAST);
      qd_chart_spec_set_scenario (spec, s, (int) n - 2, QD_SCENARIO_PLAN);
    }
  return spec;
}

static QdChartSpec *
make_arr (void)
{
  return arr (12);
}

static QdChartSpec *
make_arr_60 (void)
{
  return arr (60);
}

static QdChartSpec *
make_arr_one (void)
{
  return arr (1);
}

QdChartSpec *
spec_cohorts (guint    n,
              gboolean net,
              gboolean huge_names)
{
  QdChartSpec *spec = start (QD_CHART_HEATMAP);
  g_autofree double *sum = g_new0 (double, n), *weight = g_new0 (double, n), *values = g_new (double, n);

  state = 23;
  qd_chart_spec_set_title (spec, net ? "After a year, cohorts are worth 108 % of what they began with"
                                     : "After a year 83 % of customers are still with us; cohorts since 2025 hold better");
  qd_chart_spec_set_subject (spec, net ? "Northwind · net revenue retention by cohort" : "Northwind · share of customers still with us, by cohort");
  qd_chart_spec_set_period (spec, "first revenue by month, to Jun 2026 · Board");
  qd_chart_spec_set_heatmap (spec, net ? QD_RAMP_DIVERGING : QD_RAMP_CIVIDIS, net ? 0.7 : 0, net ? 1.3 : 1, "Since",
                             "Customers", "Months since first revenue");
  for (guint c = 0; c < n; c++)
    {
      g_autofree char *label = g_strdup_printf ("%u", c);
      qd_chart_spec_add_column (spec, label);
    }
  for (guint r = 0; r < n; r++)
    {
      guint size = r % 9 == 4 ? 6 : (guint) (30 + 20 * draw_number ()), row;
      g_autofree char *label = huge_names ? g_strdup (HUGE_NAME) : NULL;
      g_autofree char *size_text = g_strdup_printf (size < 10 ? "n=%u" : "%u", size);
      g_autoptr (QdFormat) format = qd_format_new ("USD");

      if (!label)
        label = qd_format_month (format, qd_month_from_ym (2026, 6) - (QdMonth) n + 1 + (QdMonth) r);
      values[0] = 1;
      for (guint c = 1; c < n - r; c++)
        values[c] = values[c - 1] * (net ? 1.006 + 0.02 * draw_number () : 0.985 + 0.012 * draw_number ());
      row = qd_chart_spec_add_row (spec, size < 10 ? QD_ROW_SMALL : QD_ROW_NORMAL, label, size_text, values, n - r);
      if (n - r > 1)
        qd_chart_spec_set_cell_scenario (spec, row, n - r - 1, QD_SCENARIO_OPEN);
      for (guint c = 0; c < n - r; c++)
        {
          sum[c] += values[c] * size;
          weight[c] += size;
        }
    }
  for (guint c = 0; c < n; c++)
    values[c] = sum[c] / weight[c];
  qd_chart_spec_add_row (spec, QD_ROW_AVERAGE, "All, weighted", "612", values, n);
  return spec;
}

static QdChartSpec *
make_cohorts (void)
{
  return spec_cohorts (18, FALSE, FALSE);
}

static QdChartSpec *
make_cohorts_net (void)
{
  return spec_cohorts (18, TRUE, FALSE);
}

static QdChartSpec *
make_cohorts_60 (void)
{
  return spec_cohorts (60, FALSE, FALSE);
}

static QdChartSpec *
make_cohorts_one (void)
{
  return spec_cohorts (1, FALSE, FALSE);
}

static QdChartSpec *
make_cohorts_huge (void)
{
  return spec_cohorts (8, TRUE, TRUE);
}

QdChartSpec *
spec_table (guint n_rows,
            guint n_columns)
{
  static const QdColumn columns[] = {
    { "name", "Customer", QD_COLUMN_TEXT },        { "segment", "Segment", QD_COLUMN_TEXT },
    { "since", "Since", QD_COLUMN_MONTH },         { "opening", "Opening ARR", QD_COLUMN_MONEY },
    { "closing", "Closing ARR", QD_COLUMN_MONEY }, { "change", "Change", QD_COLUMN_MONEY },
    { "nrr", "NRR", QD_COLUMN_RATE },              { "seats", "Seats", QD_COLUMN_COUNT },
  };
  g_autoptr (QdTable) table = qd_table_new ("accounts", "USD", columns, MIN (n_columns, G_N_ELEMENTS (columns)));
  QdChartSpec *spec = start (QD_CHART_TABLE);

  state = 31;
  for (guint r = 0; r < n_rows; r++)
    {
      gint64 opening = (gint64) (5e6 * (1.1 + draw_number ())), closing = (gint64) (opening * (1 + 0.4 * draw_number ()));
      static const char *const names[] = { "Globex", "Initech", "Umbrella Logistics", "Stark Marine", HUGE_NAME, "Soylent", "Wayne" };

      for (guint c = 0; c < qd_table_get_n_columns (table); c++)
        if (c == 0)
          qd_table_add_text (table, r + 1 == n_rows && n_rows > 2 ? "Total" : names[r % G_N_ELEMENTS (names)]);
        else if (c == 1)
          qd_table_add_text (table, r % 2 ? "Enterprise" : "Mid-Market");
        else if (c == 2)
          qd_table_add_integer (table, qd_month_from_ym (2024, 3) + (QdMonth) (r % 24));
        else if (c == 6 && r % 6 == 2)
          qd_table_add_missing (table);
        else if (c == 6)
          qd_table_add_double (table, closing / (double) opening);
        else
          qd_table_add_integer (table, c == 3 ? opening : c == 4 ? closing : c == 5 ? closing - opening : (gint64) (2000 * (1 + draw_number ())));
      qd_table_end_row (table);
    }
  qd_chart_spec_set_title (spec, "Seven customers hold 64 % of ARR");
  qd_chart_spec_set_subject (spec, "Northwind · customers by ARR, US dollars");
  qd_chart_spec_set_period (spec, "12 months to Jun 2026 · actual · Board");
  qd_chart_spec_set_table (spec, table);
  return spec;
}

static QdChartSpec *
make_table (void)
{
  return spec_table (10, 8);
}

static QdChartSpec *
make_table_long (void)
{
  return spec_table (200, 8);
}

static QdChartSpec *
make_table_empty (void)
{
  QdChartSpec *spec = spec_table (0, 3);

  qd_chart_spec_set_empty_reason (spec, "No customer was lost in this period.");
  return spec;
}

static QdChartSpec *
make_sparkline (void)
{
  QdChartSpec *spec = start (QD_CHART_SPARKLINE);
  double values[24];

  state = 3;
  for (int i = 0; i < 24; i++)
    values[i] = 1.02 + i * 0.002 + 0.01 * draw_number ();
  values[9] = NAN;
  qd_chart_spec_set_months (spec, qd_month_from_ym (2024, 7), 24, 1);
  qd_chart_spec_add_series (spec, 0, QD_SERIES_LINE, "NRR", QD_TONE_GOOD, values);
  return spec;
}

const SpecCase spec_cases[] = {
  { "bridge", make_bridge },
  { "bridge-cut", make_bridge_cut },
  { "bridge-start", make_bridge_start },
  { "bridge-end", make_bridge_end },
  { "bridge-huge", make_bridge_huge },
  { "retention", make_retention },
  { "retention-60", make_retention_60 },
  { "retention-one", make_retention_one },
  { "retention-gaps", make_retention_gaps },
  { "retention-missing", make_retention_missing },
  { "lines", make_lines },
  { "lines-tight", make_lines_tight },
  { "movements", make_movements },
  { "movements-quarters", make_movements_quarters },
  { "movements-60", make_movements_60 },
  { "arr", make_arr },
  { "arr-60", make_arr_60 },
  { "arr-one", make_arr_one },
  { "cohorts", make_cohorts },
  { "cohorts-net", make_cohorts_net },
  { "cohorts-60", make_cohorts_60 },
  { "cohorts-one", make_cohorts_one },
  { "cohorts-huge", make_cohorts_huge },
  { "table", make_table },
  { "table-long", make_table_long },
  { "table-empty", make_table_empty },
  { "sparkline", make_sparkline },
};
const guint n_spec_cases = G_N_ELEMENTS (spec_cases);
