/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "metrics-fixture.h"

#include <math.h>
#include <string.h>

/* At the start (end of 2023): A 100, B 200, C 300, D 400. During 2024 A leaves, B falls to 150, C grows to 500, D
 * stays; E is won with 250, F with 50 and lost again. */
static QdBook *
make_year_book (void)
{
  Fixture *fixture = fixture_new ("USD");

  fixture_event (fixture, "A", "2023-11-15", 10000);
  fixture_event (fixture, "A", "2024-04-15", 0);
  fixture_event (fixture, "B", "2023-11-15", 20000);
  fixture_event (fixture, "B", "2024-07-15", 15000);
  fixture_event (fixture, "C", "2023-12-15", 30000);
  fixture_event (fixture, "C", "2024-03-15", 50000);
  fixture_event (fixture, "D", "2023-12-20", 40000);
  fixture_event (fixture, "E", "2024-05-01", 25000);
  fixture_event (fixture, "F", "2024-05-01", 5000);
  fixture_event (fixture, "F", "2024-12-31", 0);
  return fixture_finish (fixture);
}

static void
test_values (void)
{
  static const struct
  {
    const char *id;
    double value, numerator, denominator; /* −1: none */
    guint n;
  } cases[] = {
    { "mrr", 130000, -1, -1, 4 },
    { "arr", 1560000, -1, -1, 4 },
    { "accounts", 4, -1, -1, 4 },
    { "arpa", 32500, 130000, 4, 4 },
    { "new_mrr", 30000, -1, -1, 2 },
    { "reactivation_mrr", 0, -1, -1, 0 },
    { "expansion_mrr", 20000, -1, -1, 1 },
    { "contraction_mrr", 5000, -1, -1, 1 },
    { "churn_mrr", 15000, -1, -1, 2 },
    { "net_new_mrr", 30000, -1, -1, 4 },
    { "mrr_growth", 0.3, 30000, 100000, 4 },
    { "yoy_growth", 0.3, 30000, 100000, 4 },
    { "nrr", 1.05, 105000, 100000, 4 },
    { "grr", 0.85, 85000, 100000, 4 },
    { "headwind", 0.15, 15000, 100000, 4 },
    { "tailwind", 0.2, 20000, 100000, 4 },
    { "logo_retention", 0.75, 3, 4, 4 },
    { "logo_churn", 0.25, 1, 4, 4 },
    { "gross_revenue_churn", 0.15, 15000, 100000, 4 },
    { "net_revenue_churn", -0.05, -5000, 100000, 4 },
    { "expansion_rate", 0.2, 20000, 100000, 4 },
    { "quick_ratio", 2.5, 50000, 20000, 5 },
    { "concentration_1", 500.0 / 1300, 600000, 1560000, 1 },
    { "concentration_5", 1, 1560000, 1560000, 4 },
  };
  g_autoptr (QdBook) book = make_year_book ();
  g_autoptr (QdScope) scope = make_scope ("", "ttm", "2024-12", "");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      QdFigure figure = get_figure (book, scope, cases[i].id);

      g_test_message ("%s", cases[i].id);
      assert_rate (figure.value, cases[i].value);
      g_assert_cmpint (figure.numerator.defined, ==, cases[i].denominator >= 0);
      if (figure.numerator.defined)
        {
          assert_rate (figure.numerator, cases[i].numerator);
          assert_rate (figure.denominator, cases[i].denominator);
        }
      g_assert_cmpuint (figure.n, ==, cases[i].n);
    }
}

/* 32500 ÷ 3 and its like are rounded half away from zero. */
static void
test_average_rounds (void)
{
  Fixture *fixture = fixture_new ("USD");
  g_autoptr (QdBook) book = NULL;
  g_autoptr (QdScope) scope = make_scope ("", "month", NULL, "");

  fixture_event (fixture, "A", "2024-01-01", 1);
  fixture_event (fixture, "B", "2024-01-01", 2);
  book = fixture_finish (fixture);
  g_assert_cmpint (get_figure (book, scope, "arpa").money, ==, 2);
}

/* Nothing over nothing is undefined, not 0. */
static void
test_undefined (void)
{
  static const char *const ids[] = { "mrr_growth", "yoy_growth", "nrr", "grr", "headwind", "tailwind", "logo_retention",
                                     "logo_churn", "gross_revenue_churn", "net_revenue_churn", "expansion_rate",
                                     "quick_ratio" };
  static const char *const forms[] = { "", "period_form=lowest", "period_form=product", "period_form=flow",
                                       "logo_base=start_new", "logo_base=start_new_lost" };
  Fixture *fixture = fixture_new ("USD");
  g_autoptr (QdBook) book = NULL;

  fixture_event (fixture, "A", "2024-01-15", 10000);
  fixture_value (fixture, "B", "segment", NULL, "None");
  book = fixture_finish (fixture);
  for (gsize f = 0; f < G_N_ELEMENTS (forms); f++)
    for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
      {
        g_autoptr (QdScope) scope = make_scope (forms[f], "ttm", NULL, "");
        QdFigure figure = get_figure (book, scope, ids[i]);

        assert_undefined (figure.value);
        assert_undefined (figure.low);
      }
  {
    g_autoptr (QdScope) scope = make_scope ("", "ttm", NULL, "segment=None");

    assert_undefined (get_figure (book, scope, "arpa").value);
    assert_undefined (get_figure (book, scope, "concentration_1").value);
    assert_rate (get_figure (book, scope, "mrr").value, 0);
  }
}

static void
test_interval (void)
{
  Fixture *fixture = fixture_new ("USD");
  g_autoptr (QdBook) book = NULL;
  g_autoptr (QdScope) scope = make_scope ("", "month", NULL, "");
  QdFigure churn, retention;

  for (int i = 0; i < 100; i++)
    {
      g_autofree char *id = g_strdup_printf ("A%d", i);

      fixture_event (fixture, id, "2024-01-15", 100);
      if (i < 10)
        fixture_event (fixture, id, "2024-02-15", 0);
    }
  book = fixture_finish (fixture);
  churn = get_figure (book, scope, "logo_churn");
  retention = get_figure (book, scope, "logo_retention");
  /* 10 of 100: 0.0552 to 0.1744, as published for the Wilson score interval at 95 %. */
  g_assert_cmpfloat (fabs (churn.low.value - 0.0552), <, 0.00005);
  g_assert_cmpfloat (fabs (churn.high.value - 0.1744), <, 0.00005);
  assert_rate (retention.low, 1 - churn.high.value);
  assert_rate (retention.high, 1 - churn.low.value);
}

static void
test_unknown (void)
{
  g_autoptr (QdBook) book = make_year_book ();
  g_autoptr (QdScope) scope = make_scope ("", "ttm", NULL, "");
  g_autoptr (QdLedger) ledger = make_ledger (book, scope);
  static const char *const ids[] = { "mrr", "nps_of_cats", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) other = NULL;

  g_assert_null (qd_figures_compute (ledger, scope, ids, NULL, NULL, &error));
  g_assert_error (error, QD_METRIC_ERROR, QD_METRIC_ERROR_UNKNOWN);
  g_assert_nonnull (strstr (error->message, "quick_ratio"));
  g_assert_null (qd_figure_explain (ledger, scope, "nps_of_cats", NULL, &other));
  g_assert_error (other, QD_METRIC_ERROR, QD_METRIC_ERROR_UNKNOWN);
}

static void
test_table (void)
{
  g_autoptr (QdBook) book = make_year_book ();
  g_autoptr (QdScope) scope = make_scope ("logo_base=start_new", "quarter", "2024-11", "");
  g_autoptr (QdLedger) ledger = make_ledger (book, scope);
  static const char *const ids[] = { "arr", "nrr", "arpa", "quick_ratio", NULL };
  g_autoptr (QdFigures) figures = qd_figures_compute (ledger, scope, ids, NULL, NULL, NULL);
  g_autoptr (QdTable) table = qd_figures_to_table (figures, ledger, scope, NULL);
  g_autoptr (GString) text = g_string_new (NULL);

  qd_table_write_csv (table, text);
  g_assert_cmpstr (text->str, ==,
                   "id,value,unit,numerator,denominator,low,high,n,period_start,period_end,profile\n"
                   "arr,16200.00,USD,,,,,5,2024-11-30,2024-11-30,Test@1 + logo_base=start_new\n"
                   "nrr,1,rate,1350.00,1350.00,,,5,2024-10-01,2024-11-30,Test@1 + logo_base=start_new\n"
                   "arpa,270.00,USD,1350.00,5,,,5,2024-11-30,2024-11-30,Test@1 + logo_base=start_new\n"
                   "quick_ratio,,ratio,0.00,0.00,,,0,2024-10-01,2024-11-30,Test@1 + logo_base=start_new\n");
}

/* Whoever goes up three times in a year is one customer, and so is who comes and goes. */
static void
test_counts_once (void)
{
  static const struct
  {
    const char *id;
    guint n;
  } cases[] = { { "expansion_mrr", 1 }, { "contraction_mrr", 1 }, { "new_mrr", 2 },
                { "churn_mrr", 1 },     { "reactivation_mrr", 1 }, { "quick_ratio", 2 } };
  Fixture *fixture = fixture_new ("USD");
  g_autoptr (QdBook) book = NULL;
  g_autoptr (QdScope) scope = make_scope ("", "ttm", "2024-12", "");

  for (int month = 1; month <= 6; month++)
    {
      g_autofree char *day = g_strdup_printf ("2024-%02d-01", month);

      fixture_event (fixture, "A", day, month == 5 ? 1 : month * 100);
    }
  for (int month = 1; month <= 12; month++)
    {
      g_autofree char *day = g_strdup_printf ("2024-%02d-01", month);

      fixture_event (fixture, "B", day, month % 2 * 100);
    }
  book = fixture_finish (fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].id);
      g_assert_cmpuint (get_figure (book, scope, cases[i].id).n, ==, cases[i].n);
    }
}

/* Lines that end after the last start are seen where a later month is asked for, and only there. */
static void
test_horizon (void)
{
  static const char *const choices[] = { "", "end_date=inclusive" };
  Fixture *fixture = fixture_new ("USD");
  g_autoptr (QdBook) book = NULL;

  fixture_line (fixture, "A", "2024-01-01", "2024-06-15", 10000, 1, FALSE, NULL, NULL);
  fixture_line (fixture, "B", "2024-02-01", NULL, 20000, 1, FALSE, NULL, NULL);
  fixture_line (fixture, "C", "2023-01-01", "2024-09-30", 5000, 1, FALSE, NULL, NULL);
  book = fixture_finish (fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (choices); i++)
    {
      g_autoptr (QdScope) plain = make_scope (choices[i], "ttm", NULL, "");
      g_autoptr (QdScope) june = make_scope (choices[i], "ttm", "2024-06", "");
      g_autoptr (QdScope) september = make_scope (choices[i], "ttm", "2024-09", "");
      /* The month of the first day without C: 30 September, or the day after it. */
      const char *horizon = i == 0 ? "2024-09" : "2024-10";
      g_autoptr (QdScope) latest = make_scope (choices[i], "ttm", horizon, "");
      g_autoptr (QdScope) late = make_scope (choices[i], "ttm", i == 0 ? "2024-10" : "2024-11", "");
      g_autoptr (QdLedger) ledger = make_ledger (book, plain);
      g_autoptr (GError) error = NULL;
      QdFigure figure = get_figure (book, plain, "arr");
      QdMovement row;

      g_assert_cmpint (figure.money, ==, 420000);
      g_assert_cmpint (figure.window.last, ==, qd_month_from_ym (2024, 2));
      g_assert_cmpint (get_figure (book, plain, "churn_mrr").money, ==, 0);
      g_assert_cmpint (get_figure (book, june, "arr").money, ==, 300000);
      g_assert_cmpint (get_figure (book, september, "arr").money, ==, i == 0 ? 240000 : 300000);
      g_assert_cmpint (get_figure (book, latest, "arr").money, ==, 240000);
      figure = get_figure (book, latest, "churn_mrr");
      g_assert_cmpint (figure.money, ==, 15000);
      g_assert_cmpuint (figure.n, ==, 2);
      assert_rate (get_figure (book, latest, "grr").value, 0);
      row = get_movement (book, latest, NULL, NULL, horizon);
      assert_identity (&row);
      g_assert_cmpint (row.closing, ==, 20000);
      g_assert_cmpuint (get_retention (book, latest, NULL, NULL, horizon).accounts_retained, ==, 0);
      {
        g_autoptr (QdTable) table = qd_ledger_to_table (ledger, latest, NULL, NULL);
        g_autoptr (QdCohorts) cohorts = qd_cohorts_compute (ledger, latest, NULL, NULL);
        const QdCohortCell *last = &g_array_index (cohorts->cells, QdCohortCell, cohorts->cells->len - 1);

        /* A: January to May; B: from February; C: until August, inclusive September. */
        g_assert_cmpuint (qd_table_get_n_rows (table), ==, 5 + 8 + 20 + 2 * i);
        g_assert_cmpint (last->cohort, ==, qd_month_from_ym (2024, 2));
        g_assert_cmpuint (last->age, ==, 7 + i);
        g_assert_cmpint (last->mrr, ==, 20000);
      }
      g_assert_null (qd_figures_compute (ledger, late, NULL, NULL, NULL, &error));
      g_assert_error (error, QD_METRIC_ERROR, QD_METRIC_ERROR_RANGE);
      g_assert_nonnull (strstr (error->message, "Jan 2023"));
      g_assert_nonnull (strstr (error->message, i == 0 ? "Sep 2024" : "Oct 2024"));
    }
}

/* Customers with any gain or loss, from the lists behind both. */
static guint
count_movers (QdLedger      *ledger,
              const QdScope *scope)
{
  static const char *const ids[] = { "new_mrr", "reactivation_mrr", "expansion_mrr", "contraction_mrr", "churn_mrr" };
  g_autoptr (GHashTable) accounts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr (QdTable) table = qd_figure_explain (ledger, scope, ids[i], NULL, NULL);

      for (guint row = 0; row < qd_table_get_n_rows (table); row++)
        g_hash_table_add (accounts, g_strdup (qd_table_get_text (table, row, 0)));
    }
  return g_hash_table_size (accounts);
}

/* What stands behind a figure sums to it, under every definition and filter, and n says how many stand there. */
/* Rates of retention and churn rest on the customers at the start, whatever each of them adds. */
static gboolean
is_of_base (const char *id)
{
  static const char *const ids[] = { "nrr", "grr", "headwind", "tailwind", "logo_retention", "logo_churn",
                                     "gross_revenue_churn", "net_revenue_churn", "expansion_rate", NULL };

  return g_strv_contains (ids, id);
}

static void
test_explain_adds_up (void)
{
  static const char *const choices[] = {
    "",
    "period_form=lowest return_within_period=lost",
    "period_form=flow",
    "period_form=flow reactivation_in_nrr=yes netting=day won_and_lost=counted",
    "period_form=flow netting=quarter fx=month_end",
    "reactivation_in_nrr=yes logo_base=start_new_lost",
    "logo_base=start_new fx=month_end segment_at=period_start",
    "segment_at=period_start netting=quarter period_form=flow",
    "hierarchy=ultimate_parent trials=included free_accounts=included first_month=opening",
  };
  static const char *const filters[] = { "", "segment=Mid", "segment=Mid segment=SMB region=North", "product=Core",
                                         "product=Core product= region=South" };

  for (guint seed = 40; seed < 44; seed++)
    for (gsize c = 0; c < G_N_ELEMENTS (choices); c++)
      for (gsize f = 0; f < G_N_ELEMENTS (filters); f++)
        {
          g_autoptr (QdBook) book = make_random_book (seed, FALSE);
          g_autoptr (QdScope) scope = make_scope (choices[c], seed % 2 ? "ttm" : "quarter", "2024-11", filters[f]);
          g_autoptr (QdLedger) ledger = make_ledger (book, scope);
          g_autoptr (GError) error = NULL;
          g_autoptr (QdFigures) figures = NULL;

          /* Half of them where only ends of lines are still to come. */
          if (seed >= 42)
            scope->as_of = qd_book_get_horizon (book, scope->profile->end_date == QD_END_INCLUSIVE);
          figures = qd_figures_compute (ledger, scope, NULL, NULL, NULL, &error);
          g_assert_no_error (error);
          g_assert_cmpuint (figures->rows->len, ==, qd_catalogue_get_n_metrics ());
          for (guint i = 0; i < figures->rows->len; i++)
            {
              const QdFigure *figure = &g_array_index (figures->rows, QdFigure, i);
              g_autoptr (QdTable) table = qd_figure_explain (ledger, scope, figure->id, NULL, &error);
              gint64 sum = 0, previous = G_MAXINT64;
              guint last, n = 0;

              g_assert_no_error (error);
              last = qd_table_get_n_columns (table) - 1;
              for (guint row = 0; row < qd_table_get_n_rows (table); row++)
                {
                  gint64 value = qd_table_get_integer (table, row, last);

                  g_assert_cmpint (ABS (value), <=, previous);
                  previous = ABS (value);
                  sum += value;
                  n += value != 0;
                }
              g_test_message ("%s under '%s' where '%s'", figure->id, choices[c], filters[f]);
              /* Of the quick ratio those who only lost are counted too. */
              if (strcmp (figure->id, "quick_ratio") == 0)
                g_assert_cmpuint (figure->n, ==, count_movers (ledger, scope));
              else if (!is_of_base (figure->id))
                g_assert_cmpuint (figure->n, ==, n);
              else if (g_str_has_prefix (figure->id, "logo_"))
                g_assert_cmpuint (figure->n, ==, (guint) llround (figure->denominator.value));
              if (figure->numerator.defined)
                g_assert_cmpint (sum, ==, llround (figure->numerator.value));
              else if (figure->value.defined)
                g_assert_cmpint (sum, ==, llround (figure->value.value));
            }
        }
}

/* The product form opens into months whose rates multiply to the figure. */
static void
test_explain_product (void)
{
  static const char *const ids[] = { "nrr", "grr", "logo_retention" };
  g_autoptr (QdBook) book = make_year_book ();
  g_autoptr (QdScope) scope = make_scope ("period_form=product", "ttm", NULL, "");
  g_autoptr (QdLedger) ledger = make_ledger (book, scope);
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      QdFigure figure = get_figure (book, scope, ids[i]);
      g_autoptr (QdTable) table = qd_figure_explain (ledger, scope, ids[i], NULL, NULL);
      double product = 1;

      g_assert_cmpuint (qd_table_get_n_rows (table), ==, 12);
      assert_undefined (figure.numerator);
      for (guint row = 0; row < 12; row++)
        product *= qd_table_get_double (table, row, 3);
      assert_rate (figure.value, product);
    }
  g_assert_null (qd_figure_explain (ledger, scope, "headwind", NULL, &error));
  g_assert_error (error, QD_METRIC_ERROR, QD_METRIC_ERROR_UNSUITABLE);
}

static void
check_by (const char *by,
          const char *choices)
{
  g_autoptr (QdBook) book = make_random_book (50, TRUE);
  g_autoptr (QdScope) scope = make_scope (choices, "ttm", NULL, "");
  g_autoptr (QdLedger) ledger = make_ledger (book, scope);
  g_autoptr (QdFigures) split = qd_figures_compute (ledger, scope, NULL, by, NULL, NULL);

  g_assert_cmpuint (split->rows->len, ==, split->groups->len * qd_catalogue_get_n_metrics ());
  for (guint i = 0; i < split->rows->len; i++)
    {
      const QdFigure *figure = &g_array_index (split->rows, QdFigure, i);
      g_autofree char *where = g_strdup_printf ("%s=%s", by, figure->group);
      g_autoptr (QdScope) filtered = make_scope (choices, "ttm", NULL, where);
      QdFigure alone = get_figure (book, filtered, figure->id);

      g_assert_cmpint (figure->value.defined, ==, alone.value.defined);
      assert_rate ((QdRate){ figure->value.value, TRUE }, alone.value.value);
      assert_rate ((QdRate){ figure->numerator.value, TRUE }, alone.numerator.value);
      g_assert_cmpuint (figure->n, ==, alone.n);
    }
}

/* Figures by a dimension are the figures under a filter on its value. */
static void
test_by (void)
{
  static const struct
  {
    const char *by, *choices;
  } cases[] = { { "segment", "" },
                { "segment", "segment_at=period_start" },
                { "segment", "period_form=flow won_and_lost=counted" },
                { "segment", "segment_at=period_start fx=month_end period_form=flow" },
                { "product", "" } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    check_by (cases[i].by, cases[i].choices);
}

/* Every text is there, formulas follow the profile, ids are unique and what a metric drives exists. */
static void
test_catalogue (void)
{
  g_autoptr (QdProfile) plain = qd_profile_new ("P", 1);
  g_autoptr (QdProfile) flow = qd_profile_new ("P", 1);
  g_autofree char *nrr = qd_catalogue_dup_formula (qd_catalogue_find ("nrr"), plain);
  g_autofree char *of_flow = NULL;

  flow->period_form = QD_FORM_FLOW;
  of_flow = qd_catalogue_dup_formula (qd_catalogue_find ("nrr"), flow);
  g_assert_cmpstr (nrr, !=, of_flow);
  for (guint i = 0; i < qd_catalogue_get_n_metrics (); i++)
    {
      const QdMetric *metric = qd_catalogue_get_metric (i);
      g_auto (GStrv) drives = g_strsplit (metric->drives, " ", -1);

      g_assert_true (qd_catalogue_find (metric->id) == metric);
      g_assert_true (*metric->name && *metric->short_name && *metric->meaning && *metric->formula && *metric->source);
      for (guint j = 0; drives[j] != NULL; j++)
        if (*drives[j] != '\0')
          g_assert_nonnull (qd_catalogue_find (drives[j]));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/figures/values", test_values);
  g_test_add_func ("/figures/average-rounds", test_average_rounds);
  g_test_add_func ("/figures/undefined", test_undefined);
  g_test_add_func ("/figures/interval", test_interval);
  g_test_add_func ("/figures/unknown", test_unknown);
  g_test_add_func ("/figures/table", test_table);
  g_test_add_func ("/figures/counts-once", test_counts_once);
  g_test_add_func ("/figures/horizon", test_horizon);
  g_test_add_func ("/figures/explain-adds-up", test_explain_adds_up);
  g_test_add_func ("/figures/explain-product", test_explain_product);
  g_test_add_func ("/figures/by", test_by);
  g_test_add_func ("/figures/catalogue", test_catalogue);
  return g_test_run ();
}
