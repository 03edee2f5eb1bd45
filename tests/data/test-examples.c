/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Worked examples that others have published: accounts are made that move as
 * the example says, and the figures must be those printed, to the digits
 * printed. Amounts are in the example's unit (dollars, thousands, millions).
 */
#include "data/metrics/qd-results-private.h"
#include "metrics-fixture.h"

#include <math.h>

typedef struct
{
  const char *metric;
  double published; /* rates as fractions, money in the example's unit */
  double digit;     /* the last digit that is printed, as 0.001 for a tenth of a percent */
} Check;

typedef struct
{
  const char *id;
  const char *source;
  double start, gain, expansion, contraction, churn; /* gain: new customers */
  guint n_start, n_lost, n_gain;                     /* 0: as few as it takes */
  const char *choices;
  Check checks[4];
} Flow;

static const Flow flows[] = {
  { "A10", "saas-revenue-growth-metrics", 500, 50, 20, 5, 15, 0, 0, 0, "", { { "mrr", 550, 1 }, { "arr", 6600, 100 } } },
  { "A13", "saas-revenue-growth-metrics", 100000, 0, 0, 0, 0, 200, 0, 0, "", { { "arpa", 500, 1 } } },
  { "A14", "board deck frameworks", 1970, 480, 120, 35, 90, 0, 0, 0, "", { { "mrr", 2445, 1 } } },
  { "A15-quarter", "ICONIQ sample, rounded to a tenth", 5.0, 1.0, 0.3, 0.1, 0.1, 0, 0, 0, "", { { "mrr", 6.2, 0.2 } } },
  { "A15-year", "ICONIQ sample", 2.1, 3.5, 1.2, 0.2, 0.4, 0, 0, 0, "", { { "mrr", 6.2, 0.1 }, { "net_new_mrr", 4.1, 0.1 } } },
  { "B1", "ChartMogul, gross churn", 100, 0, 10, 10, 10, 0, 0, 0, "", { { "gross_revenue_churn", 0.2, 0.01 } } },
  { "B2", "ChartMogul, net churn", 100, 0, 10, 10, 10, 0, 0, 0, "", { { "net_revenue_churn", 0.1, 0.01 } } },
  { "B3", "ChartMogul, net churn", 100, 10, 10, 0, 0, 0, 0, 0, "", { { "net_revenue_churn", -0.1, 0.01 }, { "mrr", 120, 1 } } },
  { "B4", "ChartMogul, gross churn", 100, 0, 0, 5, 0, 0, 0, 0, "", { { "gross_revenue_churn", 0.05, 0.01 } } },
  { "B5", "ChartMogul, gross retention", 100, 0, 0, 10, 10, 0, 0, 0, "", { { "grr", 0.8, 0.01 } } },
  { "B6", "Workday", 2000, 0, 300, 50, 100, 0, 0, 0, "", { { "nrr", 1.075, 0.001 }, { "grr", 0.925, 0.001 } } },
  { "B7", "Workday", 600, 0, 30, 60, 70, 0, 0, 0, "", { { "nrr", 0.833, 0.001 } } },
  { "B8", "TurboBoost", 100, 0, 20, 5, 10, 0, 0, 0, "", { { "nrr", 1.05, 0.01 } } },
  { "B9", "PulseRevOps", 10.0, 0, 1.8, 0.6, 0.9, 0, 0, 0, "", { { "grr", 0.85, 0.01 }, { "nrr", 1.03, 0.01 } } },
  { "B10", "Vitally", 1000, 0, 150, 25, 25, 100, 10, 0, "", { { "nrr", 1.1, 0.01 }, { "logo_churn", 0.1, 0.01 } } },
  { "B11", "Optifai; its annualised 43 % is wrong and left out", 1000, 0, 80, 15, 30, 200, 8, 0, "",
    { { "nrr", 1.035, 0.001 }, { "grr", 0.955, 0.001 }, { "logo_churn", 0.04, 0.01 } } },
  { "B12", "metric calculation templates", 100, 0, 15, 0, 8, 0, 0, 0, "", { { "nrr", 1.07, 0.01 } } },
  { "B13", "saas-revenue-growth-metrics", 5000, 0, 800, 100, 300, 0, 0, 0, "", { { "nrr", 1.08, 0.01 } } },
  { "B14", "saas-revenue-growth-metrics", 1000, 0, 300, 0, 100, 0, 0, 0, "", { { "nrr", 1.2, 0.01 } } },
  { "B15", "board deck frameworks", 1970, 480, 120, 35, 90, 0, 0, 0, "", { { "nrr", 0.997, 0.001 }, { "grr", 0.9365, 0.0001 } } },
  { "B16", "customerfacing.io", 10000, 0, 0, 10, 150, 200, 3, 0, "", { { "grr", 0.984, 0.001 } } },
  { "B17", "Chargebee; its printed 1 % is wrong, the formula gives 100 %", 5000, 0, 1000, 0, 0, 0, 0, 0, "", { { "grr", 1, 0.001 } } },
  { "B19", "mainmetrics.com", 100, 30, 0, 0, 10, 100, 10, 30, "", { { "logo_churn", 0.1, 0.01 } } },
  { "B19-Stripe", "Stripe's rule on the same customers", 100, 30, 0, 0, 10, 100, 10, 30, "logo_base=start_new",
    { { "logo_churn", 0.0769, 0.0001 } } },
  { "B19-guide", "the guide's end-of-period base: 10 of 100 + 30 - 10", 100, 30, 0, 0, 10, 100, 10, 30, "logo_base=start_new_lost",
    { { "logo_churn", 0.083, 0.001 } } },
  { "B20", "saas-revenue-growth-metrics", 500, 0, 0, 0, 15, 1000, 30, 0, "",
    { { "logo_churn", 0.03, 0.01 }, { "gross_revenue_churn", 0.03, 0.01 } } },
  { "B21", "churn-analysis", 200, 30, 0, 0, 5, 200, 5, 30, "", { { "logo_churn", 0.025, 0.001 }, { "accounts", 225, 1 } } },
  { "B22", "annual churn rate formula", 52430, 0, 0, 0, 3245, 52430, 3245, 0, "", { { "logo_churn", 0.0619, 0.0001 } } },
  { "B27", "LeanScale", 100, 0, 30, 5, 5, 0, 0, 0, "", { { "grr", 0.9, 0.01 }, { "nrr", 1.2, 0.01 }, { "tailwind", 0.3, 0.01 } } },
  { "C1", "ProfitWell", 1000, 24, 0, 0, 4, 0, 0, 0, "", { { "quick_ratio", 6, 1 }, { "net_new_mrr", 20, 1 } } },
  { "C2", "ProfitWell", 1000, 30, 0, 0, 10, 0, 0, 0, "", { { "quick_ratio", 3, 1 }, { "net_new_mrr", 20, 1 } } },
  { "C3", "ProfitWell", 1000, 40, 0, 0, 20, 0, 0, 0, "", { { "quick_ratio", 2, 1 }, { "net_new_mrr", 20, 1 } } },
  { "C4", "PitchKit", 1000, 20, 8, 3, 5, 0, 0, 0, "", { { "quick_ratio", 3.5, 0.1 } } },
  { "C5", "super-calc.com", 1000, 95, 28, 7, 18, 0, 0, 0, "", { { "quick_ratio", 4.92, 0.01 }, { "net_new_mrr", 98, 1 } } },
  { "C6", "super-calc.com", 1000, 40, 5, 8, 32, 0, 0, 0, "", { { "quick_ratio", 1.13, 0.01 }, { "net_new_mrr", 5, 1 } } },
  { "C7", "billycalc.com", 1000, 15, 5, 3, 2, 0, 0, 0, "", { { "quick_ratio", 4, 1 } } },
  { "C8", "theprimecalculator.com", 1000, 25, 10, 4, 8, 0, 0, 0, "", { { "quick_ratio", 2.92, 0.01 }, { "net_new_mrr", 23, 1 } } },
  { "C9", "saas-revenue-growth-metrics", 1000, 50, 20, 5, 15, 0, 0, 0, "", { { "quick_ratio", 3.5, 0.1 } } },
};

static const struct
{
  const char *id, *why;
} skipped[] = {
  { "B25", "renewals due and renewed come with the renewals issue" },
};

static gint64
minor (double amount)
{
  return llround (amount * 100);
}

static void
assert_published (QdBook        *book,
                  const QdScope *scope,
                  const Check   *check)
{
  QdFigure figure = get_figure (book, scope, check->metric);
  double value = figure.unit == QD_UNIT_MONEY ? figure.value.value / 100 : figure.value.value;

  g_test_message ("%s: %.10g, published %.10g", check->metric, value, check->published);
  g_assert_true (figure.value.defined);
  g_assert_cmpfloat (fabs (value - check->published), <=, check->digit / 2 + 1e-9);
}

/* @amount in @n accounts that begin on @from, and end on @to. */
static void
add_accounts (Fixture    *fixture,
              const char *prefix,
              gint64      amount,
              guint       n,
              const char *from,
              const char *to)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("%s%06u", prefix, i);
      gint64 part = amount / n + (i < (guint64) amount % n);

      fixture_event (fixture, id, from, part);
      if (to != NULL)
        fixture_event (fixture, id, to, 0);
    }
}

static void
test_flow (gconstpointer data)
{
  const Flow *flow = data;
  Fixture *fixture = fixture_new ("USD");
  g_autoptr (QdBook) book = NULL;
  g_autoptr (QdScope) scope = make_scope (flow->choices, "month", "2024-02", "");
  guint n_lost = MAX (flow->n_lost, flow->churn > 0), n_start = MAX (flow->n_start, n_lost + 2);
  gint64 kept = minor (flow->start - flow->churn), half = kept / 2;

  g_test_message ("source: %s", flow->source);
  if (n_lost > 0)
    add_accounts (fixture, "lost", minor (flow->churn), n_lost, "2024-01-10", "2024-02-10");
  if (flow->gain > 0)
    add_accounts (fixture, "new", minor (flow->gain), MAX (flow->n_gain, 1), "2024-02-10", NULL);
  /* Half of what stays sits with two accounts that shrink and grow, the rest with the others. */
  if (n_start - n_lost > 2)
    add_accounts (fixture, "stays", kept - half, n_start - n_lost - 2, "2024-01-10", NULL);
  else
    half = kept;
  fixture_event (fixture, "shrinks", "2024-01-10", half / 2);
  fixture_event (fixture, "grows", "2024-01-10", half - half / 2);
  fixture_event (fixture, "shrinks", "2024-02-10", half / 2 - minor (flow->contraction));
  fixture_event (fixture, "grows", "2024-02-10", half - half / 2 + minor (flow->expansion));
  book = fixture_finish (fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (flow->checks) && flow->checks[i].metric != NULL; i++)
    assert_published (book, scope, &flow->checks[i]);
}

/* One line: what is billed, over how many months, and its MRR. */
static const struct
{
  const char *id, *source;
  double billed;
  int months;
  double mrr, digit;
} lines[] = {
  { "A1", "Stripe, billing analytics", 1200, 12, 100, 0.01 },
  { "A2", "mainmetrics.com", 600, 12, 50, 0.01 },
  { "A3", "ProfitWell, 10 % discount", 120 * 0.9, 12, 9, 0.01 },
  { "A5", "ChartMogul, four seats a year in one line", 2000, 12, 166.67, 0.01 },
};

static void
test_line (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  Fixture *fixture = fixture_new ("USD");
  g_autoptr (QdBook) book = NULL;
  g_autoptr (QdScope) scope = make_scope ("", "month", NULL, "");
  Check check = { "new_mrr", lines[i].mrr, lines[i].digit };

  fixture_line (fixture, "A", "2024-01-10", NULL, minor (lines[i].billed), lines[i].months, FALSE, NULL, NULL);
  book = fixture_finish (fixture);
  assert_published (book, scope, &check);
}

static void
test_a4 (void)
{
  Fixture *fixture = fixture_new ("USD");
  g_autoptr (QdBook) book = NULL;
  g_autoptr (QdScope) scope = make_scope ("", "month", NULL, "");

  for (int i = 0; i < 150; i++)
    {
      g_autofree char *id = g_strdup_printf ("A%03d", i);

      fixture_line (fixture, id, "2024-01-10", NULL, i < 100 ? 10000 : 60000, i < 100 ? 1 : 12, FALSE, NULL, NULL);
    }
  book = fixture_finish (fixture);
  assert_published (book, scope, &(Check){ "mrr", 12500, 1 });
}

/* ChartMogul's story of one customer: gold for a year, silver beside it for a while, gone at the end of the paid year,
 * back with three gold seats. */
static void
test_a5_to_a9 (void)
{
  Fixture *fixture = fixture_new ("USD");
  g_autoptr (QdBook) book = NULL;
  static const struct
  {
    const char *month;
    Check check;
  } steps[] = {
    { "2023-01", { "new_mrr", 166.67, 0.01 } },       { "2023-02", { "expansion_mrr", 60, 0.01 } },
    { "2023-02", { "new_mrr", 0, 0.01 } },            { "2023-04", { "contraction_mrr", 60, 0.01 } },
    { "2023-04", { "churn_mrr", 0, 0.01 } },          { "2023-06", { "churn_mrr", 0, 0.01 } },
    { "2024-01", { "churn_mrr", 166.67, 0.01 } },     { "2024-03", { "reactivation_mrr", 150, 0.01 } },
  };

  fixture_line (fixture, "A", "2023-01-10", "2024-01-10", 200000, 12, FALSE, "Gold", NULL);
  fixture_line (fixture, "A", "2023-02-10", "2023-04-10", 6000, 1, FALSE, "Silver", NULL);
  fixture_line (fixture, "A", "2024-03-10", NULL, 15000, 1, FALSE, "Gold", NULL);
  book = fixture_finish (fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (QdScope) scope = make_scope ("", "month", steps[i].month, "");

      assert_published (book, scope, &steps[i].check);
    }
}

static void
test_a11 (void)
{
  Fixture *fixture = fixture_new ("USD");
  g_autoptr (QdBook) book = NULL;
  g_autoptr (QdScope) scope = make_scope ("", "month", NULL, "");

  fixture_event (fixture, "A", "2024-01-10", minor (45000));
  fixture_event (fixture, "A", "2024-02-10", minor (50000));
  book = fixture_finish (fixture);
  assert_published (book, scope, &(Check){ "mrr_growth", 0.111, 0.001 });
  assert_published (book, scope, &(Check){ "arr", 600000, 1 });
}

/* ARR is 12 × a rounded MRR: four cents below the contract's 100,000. */
static void
test_a12 (void)
{
  Fixture *fixture = fixture_new ("USD");
  g_autoptr (QdBook) book = NULL;
  g_autoptr (QdScope) scope = make_scope ("", "month", NULL, "");

  fixture_line (fixture, "A", "2024-01-10", "2027-01-10", minor (300000), 36, FALSE, NULL, NULL);
  book = fixture_finish (fixture);
  assert_published (book, scope, &(Check){ "arr", 100000, 1 });
  assert_rate (get_figure (book, scope, "arr").value, 9999996);
}

/* 100 customers; 12 leave, of whom one comes back and one had only joined meanwhile: (12 − 2) ÷ 100. */
static void
test_b18 (void)
{
  Fixture *fixture = fixture_new ("USD");
  g_autoptr (QdBook) book = NULL;
  g_autoptr (QdScope) scope = make_scope ("", "month", NULL, "");

  add_accounts (fixture, "stays", 8900, 89, "2024-01-10", NULL);
  add_accounts (fixture, "lost", 1000, 10, "2024-01-10", "2024-02-10");
  fixture_event (fixture, "returns", "2024-01-10", 100);
  fixture_event (fixture, "returns", "2024-02-05", 0);
  fixture_event (fixture, "returns", "2024-02-25", 100);
  fixture_event (fixture, "joins", "2024-02-05", 100);
  fixture_event (fixture, "joins", "2024-02-25", 0);
  book = fixture_finish (fixture);
  assert_published (book, scope, &(Check){ "logo_churn", 0.1, 0.001 });
}

/* From a month to a year: a year of such months. */
static void
test_b23_b24 (void)
{
  Fixture *fixture = fixture_new ("USD");
  g_autoptr (QdBook) book = NULL;
  g_autoptr (QdScope) scope = make_scope ("period_form=product", "ttm", NULL, "");
  double level = 1e12;

  for (int month = 0; month <= 12; month++, level *= 0.97)
    {
      g_autofree char *day = g_strdup_printf ("%d-%02d-10", 2023 + month / 12, 1 + month % 12);

      fixture_event (fixture, "A", day, llround (level));
    }
  book = fixture_finish (fixture);
  assert_published (book, scope, &(Check){ "grr", 0.6938, 0.0001 });
}

/* NRR of 110 % for five years leads to 26 % more than 105 %. */
static void
test_b26 (void)
{
  static const double rates[] = { 1.05, 1.10 };
  double nrr[2];

  for (int i = 0; i < 2; i++)
    {
      Fixture *fixture = fixture_new ("USD");
      g_autoptr (QdBook) book = NULL;
      g_autoptr (QdScope) scope = make_scope ("", "60", NULL, "");
      double level = 1e10;

      for (int year = 0; year <= 5; year++, level *= rates[i])
        {
          g_autofree char *day = g_strdup_printf ("%d-06-10", 2019 + year);

          fixture_event (fixture, "A", day, llround (level));
        }
      book = fixture_finish (fixture);
      nrr[i] = get_figure (book, scope, "nrr").value.value;
    }
  g_assert_cmpfloat (fabs (nrr[1] / nrr[0] - 1.2619), <, 0.00005);
}

static void
test_skipped (gconstpointer data)
{
  g_test_skip (data);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *path = g_strdup_printf ("/examples/%s", lines[i].id);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_line);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (flows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/examples/%s", flows[i].id);

      g_test_add_data_func (path, &flows[i], test_flow);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (skipped); i++)
    {
      g_autofree char *path = g_strdup_printf ("/examples/%s", skipped[i].id);

      g_test_add_data_func (path, skipped[i].why, test_skipped);
    }
  g_test_add_func ("/examples/A4", test_a4);
  g_test_add_func ("/examples/A5-A9", test_a5_to_a9);
  g_test_add_func ("/examples/A11", test_a11);
  g_test_add_func ("/examples/A12", test_a12);
  g_test_add_func ("/examples/B18", test_b18);
  g_test_add_func ("/examples/B23-B24", test_b23_b24);
  g_test_add_func ("/examples/B26", test_b26);
  return g_test_run ();
}
