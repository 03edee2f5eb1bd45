/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Behind every mark of every named chart are rows that sum to it.
 */
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "data/sample/qd-sample.h"
#include "data/workspace/qd-workspace.h"
#include "tests/data/metrics-fixture.h"
#include "ui/draw/figures/qd-charts.h"

/* The sum of the last column, or the product of its rates. */
typedef struct
{
  gint64 sum, start;
  double product;
  gboolean rates;
} Total;

static Total
add_up (const QdTable *rows)
{
  Total total = { .product = 1 };
  guint last = qd_table_get_n_columns (rows) - 1;
  int start = qd_table_find_column (rows, "start");

  total.rates = qd_table_get_column (rows, last)->type == QD_COLUMN_RATE;
  for (guint i = 0; i < qd_table_get_n_rows (rows); i++)
    {
      if (total.rates)
        total.product *= qd_table_get_double (rows, i, last);
      else
        total.sum += qd_table_get_integer (rows, i, last);
      if (start >= 0 && !total.rates)
        total.start += qd_table_get_integer (rows, i, (guint) start);
    }
  return total;
}

static void
check_text (const QdDrill *drill)
{
  g_autofree char *text = qd_drill_to_string (drill);
  g_autoptr (GError) error = NULL;
  g_autoptr (QdDrill) read = qd_drill_parse (text, &error);

  g_assert_no_error (error);
  g_assert_true (qd_drill_equal (read, drill));
}

static gboolean
is_near (double a,
         double b)
{
  return fabs (a - b) <= 1e-12 * MAX (1, fabs (b));
}

/* A mark of @value against the rows behind it. */
static void
check_mark (QdLedger      *ledger,
            const QdScope *scope,
            const QdDrill *drill,
            double         value)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QdTable) rows = NULL;
  g_autofree char *text = qd_drill_to_string (drill);
  QdDrillSum sum;
  Total total;

  rows = qd_drill_compute (ledger, scope, drill, &sum, NULL, &error);
  g_assert_no_error (error);
  total = add_up (rows);
  if (!(sum.value.defined && is_near (sum.value.value, value)))
    g_error ("%s is %.17g by its rows, %.17g as a mark", text, sum.value.value, value);
  if (total.rates)
    {
      if (!is_near (total.product * (drill->factor < 0 ? -1 : 1), value))
        g_error ("%s: the product of its months is %.17g, the mark %.17g", text, total.product, value);
      return;
    }
  g_assert_cmpint (total.sum, ==, sum.numerator);
  if (sum.divides)
    {
      if (!is_near ((double) total.sum / (double) sum.denominator, value))
        g_error ("%s: its rows give %.17g, the mark is %.17g", text, (double) total.sum / (double) sum.denominator, value);
      /* Of revenue the rows hold what it is divided by, too. */
      if (strcmp (drill->id, "nrr") == 0 || strcmp (drill->id, "grr") == 0 || strcmp (drill->id, "cohort_net") == 0 ||
          strcmp (drill->id, "cohort_gross") == 0)
        g_assert_cmpint (total.start, ==, sum.denominator);
    }
  else if ((double) total.sum != value)
    g_error ("%s: its rows sum to %" G_GINT64_FORMAT ", the mark is %.17g", text, total.sum, value);
}

static double
read_cell (const QdTable *table,
           guint          row,
           guint          column)
{
  QdColumnType type = qd_table_get_column (table, column)->type;

  if (type == QD_COLUMN_TEXT || qd_table_is_missing (table, row, column))
    return NAN;
  return type == QD_COLUMN_RATE ? qd_table_get_double (table, row, column) : (double) qd_table_get_integer (table, row, column);
}

static guint
check_chart (const QdNamedChart *chart,
             QdLedger           *ledger,
             const QdScope      *scope,
             QdFormat           *format)
{
  QdFigureContext context = { .format = format };
  g_autoptr (GError) error = NULL;
  g_autoptr (QdChartSpec) spec = qd_charts_make (chart, ledger, scope, &context, NULL, &error);
  g_autoptr (QdTable) table = NULL;
  guint n_marks = 0;

  g_assert_no_error (error);
  if (qd_chart_spec_get_kind (spec) == QD_CHART_TABLE)
    table = qd_chart_spec_to_table (spec);
  for (guint s = 0; s < qd_chart_spec_get_n_series (spec); s++)
    for (guint p = 0; p < qd_chart_spec_get_n_places (spec); p++)
      {
        const QdDrill *drill = qd_chart_spec_get_drill (spec, s, p);
        double value = table != NULL ? read_cell (table, s, p) : qd_chart_spec_get_value (spec, s, p);

        if (!isfinite (value))
          {
            g_assert_null (drill);
            continue;
          }
        g_assert_nonnull (drill);
        check_text (drill);
        check_mark (ledger, scope, drill, value);
        n_marks++;
      }
  g_assert_null (qd_chart_spec_get_drill (spec, G_MAXUINT, 0));
  g_assert_null (qd_chart_spec_get_drill (spec, 0, G_MAXUINT));
  return n_marks;
}

/* Every chart at one scope; with @period NULL each over the period of its own. */
static void
check_charts (QdBook     *book,
              const char *choices,
              const char *period,
              const char *as_of,
              const char *where,
              gboolean    full)
{
  g_autoptr (QdFormat) format = qd_format_new (qd_book_get_currency (book));
  g_autoptr (QdLedger) ledger = NULL;
  guint n;
  const QdNamedChart *charts = qd_charts_list (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (QdScope) scope = make_scope (choices, period != NULL ? period : charts[i].default_period, as_of, where);
      guint n_marks;

      if (scope->profile->netting == QD_NETTING_QUARTER && scope->period.kind == QD_PERIOD_MONTHS && scope->period.months < 3)
        scope->period = (QdPeriod){ QD_PERIOD_QUARTER, 3 };
      if (ledger == NULL)
        ledger = make_ledger (book, scope);
      g_test_message ("%s under '%s' where '%s'", charts[i].name, choices, where);
      n_marks = check_chart (&charts[i], ledger, scope, format);
      if (full)
        g_assert_cmpuint (n_marks, >, 0);
    }
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      remove_tree (file);
    }
  g_remove (path);
}

/* The sample company, as its command makes it, but smaller. */
static QdBook *
make_sample (void)
{
  static const char *const kinds[] = { "accounts", "products", "fx", "subscriptions" };
  const QdSampleOptions sample = { 120, 30, 1, qd_month_from_ym (2026, 6) };
  QdStoreSettings settings = { (char *) "Sample company", (char *) "USD", 4 };
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("qd-drill-XXXXXX", &error);
  g_autofree char *path = g_build_filename (folder, "w.quarterdeck", NULL);
  g_autoptr (QdWorkspace) workspace = NULL;
  QdBook *book;

  g_assert_no_error (error);
  workspace = qd_workspace_create (path, &settings, &error);
  g_assert_no_error (error);
  qd_sample_write (folder, &sample, NULL, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *name = g_strconcat (kinds[i], ".csv", NULL), *file = g_build_filename (folder, name, NULL);
      g_autoptr (QdImportResult) result = NULL;
      QdImportOptions options = { .date_order = "ymd", .decimal = '.', .amounts = "major" };

      qd_workspace_import (workspace, qd_kind_find (kinds[i], NULL), file, &options, NULL, NULL, &result, NULL, &error);
      g_assert_no_error (error);
    }
  book = qd_workspace_get_book (workspace, NULL, &error);
  g_assert_no_error (error);
  g_clear_object (&workspace);
  remove_tree (folder);
  return book;
}

static void
test_sample (void)
{
  g_autoptr (QdBook) book = make_sample ();

  check_charts (book, "", NULL, NULL, "", TRUE);
  check_charts (book, "", NULL, NULL, "segment=Enterprise", TRUE);
  check_charts (book, "", "quarter", "2026-03", "", TRUE);
  check_charts (book, "", "year", NULL, "", TRUE);
}

static void
test_definitions (void)
{
  static const char *const choices[] = {
    "",
    "period_form=lowest return_within_period=lost",
    "period_form=product",
    "period_form=flow reactivation_in_nrr=yes netting=day won_and_lost=counted",
    "period_form=flow netting=quarter fx=month_end",
    "reactivation_in_nrr=yes logo_base=start_new_lost cohort_month=signup",
    "logo_base=start_new fx=month_end segment_at=period_start cohort_month=first_line",
    "segment_at=period_start netting=quarter period_form=flow",
    "hierarchy=ultimate_parent trials=included free_accounts=included first_month=opening",
  };
  static const char *const filters[] = { "", "segment=Mid", "product=Core product= region=South" };
  static const char *const periods[] = { NULL, "quarter", "5" };

  for (guint seed = 60; seed < 62; seed++)
    {
      g_autoptr (QdBook) book = make_random_book (seed, FALSE);

      for (gsize c = 0; c < G_N_ELEMENTS (choices); c++)
        for (gsize f = 0; f < G_N_ELEMENTS (filters); f++)
          check_charts (book, choices[c], periods[(c + f) % 3], f == 2 ? "2024-08" : NULL, filters[f], FALSE);
    }
}

/* By hand: who is behind four marks of a small company. */
static void
test_by_hand (void)
{
  Fixture *fixture = fixture_new ("USD");
  g_autoptr (QdBook) book = NULL;
  g_autoptr (QdScope) scope = NULL;
  g_autoptr (QdLedger) ledger = NULL;
  static const struct
  {
    const char *drill, *rows;
    double value;
  } cases[] = {
    { "churn_mrr@2025-02..2025-03*-12", "B -24000", -24000 },
    { "net_new_mrr@2025-01..2025-03*12", "C 36000, B -24000, A 6000", 18000 },
    { "opening_mrr@2025-01..2025-03*12", "B 24000, A 12000", 36000 },
    { "mrr@2025-01..2025-03*12", "C 36000, A 18000", 54000 },
    { "nrr@2025-01..2025-03*12", "A 18000, B 0", 0.5 },
    { "headwind@2025-01..2025-03*-12", "B -24000", -2. / 3 },
    { "logo_retention@2025-01..2025-03", "A 1, B 0", 0.5 },
    { "accounts@2025-01..2025-03", "A 1, C 1", 2 },
    { "arpa@2025-01..2025-03", "C 3000, A 1500", 2250 },
    { "cohort_net@2025-01,step=1,age=2", "A 1500, B 0", 0.5 },
    { "cohort_logos@2025-01,step=1", "A 1, B 1", 1 },
    { "cohort_gross@all,step=1,age=1", "C 3000, B 2000, A 1000", 1 },
  };

  fixture_event (fixture, "A", "2025-01-10", 1000);
  fixture_event (fixture, "A", "2025-03-01", 1500);
  fixture_event (fixture, "B", "2025-01-10", 2000);
  fixture_event (fixture, "B", "2025-03-10", 0);
  fixture_event (fixture, "C", "2025-02-28", 3000);
  book = fixture_finish (fixture);
  scope = make_scope ("", "ttm", NULL, "");
  ledger = make_ledger (book, scope);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (QdDrill) drill = qd_drill_parse (cases[i].drill, &error);
      g_autoptr (QdTable) rows = NULL;
      g_autoptr (GString) list = g_string_new (NULL);
      g_autofree char *text = NULL;
      QdDrillSum sum;

      g_assert_no_error (error);
      text = qd_drill_to_string (drill);
      g_assert_cmpstr (text, ==, cases[i].drill);
      rows = qd_drill_compute (ledger, scope, drill, &sum, NULL, &error);
      g_assert_no_error (error);
      for (guint row = 0; row < qd_table_get_n_rows (rows); row++)
        g_string_append_printf (list, "%s%s %" G_GINT64_FORMAT, row > 0 ? ", " : "", qd_table_get_text (rows, row, 0),
                                qd_table_get_integer (rows, row, qd_table_get_n_columns (rows) - 1));
      g_assert_cmpstr (list->str, ==, cases[i].rows);
      g_assert_cmpfloat_with_epsilon (sum.value.value, cases[i].value, 1e-12);
      g_assert_nonnull (qd_drill_get_metric (drill) != NULL || strcmp (drill->id, "opening_mrr") == 0 ? drill : NULL);
    }
}

/* The last column's title after its id: what its amounts are. */
static void
insert_title (const QdTable *rows,
              GString       *csv)
{
  const QdColumn *last = qd_table_get_column (rows, qd_table_get_n_columns (rows) - 1);
  gssize end = strchr (csv->str, '\n') - csv->str;

  g_string_insert (csv, end, last->title);
  g_string_insert_c (csv, end, ':');
}

/* All columns, in ARR and in MRR: whoever sees a level and an amount beside it sees one unit. */
static void
test_columns (void)
{
  static const struct
  {
    const char *drill, *csv;
  } cases[] = {
    { "net_new_mrr@2025-01..2025-03*12",
      "account,name,opening,closing,kind,contribution:Contribution\nA,Name of A,120.00,60.00,Contraction,-60.00\n"
      "B,Name of B,0.00,36.00,\"New, Expansion\",36.00\n" },
    { "arr@2025-01..2025-03", "account,name,contribution:ARR\nA,Name of A,60.00\nB,Name of B,36.00\n" },
    { "arr@2025-01..2025-03*12", "account,name,contribution:ARR\nA,Name of A,60.00\nB,Name of B,36.00\n" },
    { "mrr@2025-01..2025-03", "account,name,contribution:MRR\nA,Name of A,5.00\nB,Name of B,3.00\n" },
    { "mrr@2025-01..2025-03*12", "account,name,contribution:ARR\nA,Name of A,60.00\nB,Name of B,36.00\n" },
    { "accounts@2025-01..2025-03*12",
      "account,name,arr,contribution:Contribution\nA,Name of A,60.00,1\nB,Name of B,36.00,1\n" },
    { "accounts@2025-01..2025-03", "account,name,mrr,contribution:Contribution\nA,Name of A,5.00,1\nB,Name of B,3.00,1\n" },
    { "concentration_1@2025-01..2025-03*12", "account,name,contribution:ARR\nA,Name of A,60.00\n" },
    { "opening_mrr@2025-01..2025-03*12", "account,name,contribution:ARR\nA,Name of A,120.00\n" },
    { "grr@2025-01..2025-03", "account,name,start,end,contribution:Contribution\nA,Name of A,10.00,5.00,5.00\n" },
    { "cohort_logos@all,step=1,age=1*12",
      "account,name,cohort,start,end,contribution:Contribution\nA,Name of A,2025-01,120.00,120.00,1\nB,Name of B,2025-02,24.00,36.00,1\n" },
    { "cohort_net@2025-02,step=1,age=1", "account,name,start,end,contribution:Contribution\nB,Name of B,2.00,3.00,3.00\n" },
  };
  Fixture *fixture = fixture_new ("USD");
  g_autoptr (QdBook) book = NULL;
  g_autoptr (QdScope) scope = make_scope ("", "ttm", NULL, "");
  g_autoptr (QdLedger) ledger = NULL;

  fixture_event (fixture, "A", "2025-01-10", 1000);
  fixture_event (fixture, "A", "2025-03-01", 500);
  fixture_event (fixture, "B", "2025-02-10", 200);
  fixture_event (fixture, "B", "2025-03-10", 300);
  book = fixture_finish (fixture);
  ledger = make_ledger (book, scope);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (QdDrill) drill = qd_drill_parse (cases[i].drill, &error);
      g_autoptr (QdTable) rows = qd_drill_compute (ledger, scope, drill, NULL, NULL, &error);
      g_autoptr (GString) csv = g_string_new (NULL);

      g_assert_no_error (error);
      qd_table_write_csv (rows, csv);
      insert_title (rows, csv);
      g_strdelimit (csv->str, "\r", ' ');
      g_assert_cmpstr (csv->str, ==, cases[i].csv);
    }
}

/* Figures open in the same way, and to the same value. */
static void
check_figures (guint32     seed,
               const char *choices,
               const char *where)
{
  gboolean product = strstr (choices, "product") != NULL;
  g_autoptr (QdBook) book = make_random_book (seed, FALSE);
  g_autoptr (QdScope) scope = make_scope (choices, "ttm", "2024-09", where);
  g_autoptr (QdLedger) ledger = make_ledger (book, scope);
  g_autoptr (QdFigures) figures = qd_figures_compute (ledger, scope, NULL, NULL, NULL, NULL);
  gint64 arr = 0;

  for (guint i = 0; i < figures->rows->len; i++)
    {
      const QdFigure *figure = &g_array_index (figures->rows, QdFigure, i);
      g_autoptr (GError) error = NULL;
      g_autoptr (QdTable) rows = NULL;
      QdDrill drill;
      QdDrillSum sum;

      g_assert_true (qd_drill_init (&drill, figure->id, figure->window, 1));
      g_assert_true (qd_drill_get_unit (&drill) == figure->unit);
      rows = qd_drill_compute (ledger, scope, &drill, &sum, NULL, &error);
      if (product && (strcmp (figure->id, "headwind") == 0 || strcmp (figure->id, "tailwind") == 0))
        {
          g_assert_error (error, QD_METRIC_ERROR, QD_METRIC_ERROR_UNSUITABLE);
          continue;
        }
      g_assert_no_error (error);
      g_assert_cmpint (sum.value.defined, ==, figure->value.defined);
      g_assert_true (is_near (sum.value.value, figure->value.value));
      if (figure->unit == QD_UNIT_MONEY)
        g_assert_cmpint (sum.amount, ==, figure->money);
      if (figure->denominator.defined)
        g_assert_cmpint (sum.denominator, ==, llround (figure->denominator.value));
      /* Of concentration only the largest are rows, but all of ARR is its denominator. */
      if (strcmp (figure->id, "arr") == 0)
        arr = sum.amount;
      else if (g_str_has_prefix (figure->id, "concentration_"))
        g_assert_cmpint (sum.denominator, ==, arr);
    }
}

static void
test_of_figures (void)
{
  for (guint32 seed = 63; seed < 70; seed++)
    {
      check_figures (seed, "", "");
      check_figures (seed, "segment_at=period_start netting=quarter", "segment=Mid");
      check_figures (seed, "period_form=product logo_base=start_new", "");
    }
}

static void
test_wrong_texts (void)
{
  static const char *const texts[] = {
    "", "@", "nrr", "nrr@", "nrr@2025-01", "nrr@2025-01..", "nrr@2025-01..2025-13", "nrr@2025-02..2025-01", "nrr@2025-01..2025-01",
    "nrr@2025-01..2025-02*0", "nrr@2025-01..2025-02*", "nrr@2025-01..2025-02 ", "nrr@2025-01..2025-02*12*12",
    "nrr@2025-01..2025-02*99999999999999999999", "happiness@2025-01..2025-02", "nrr@all,step=1,age=2",
    "cohort_net@2025-01..2025-02", "cohort_net@2025-01,step=2,age=1", "cohort_net@2025-01,step=1,age=-1",
    "cohort_net@2025-01,step=1,age=99999999999", "cohort_net@2025-01,age=1", "cohort_net@everything,step=1", "nrr\xff@x",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (qd_drill_parse (texts[i], &error));
      g_assert_error (error, QD_METRIC_ERROR, QD_METRIC_ERROR_UNKNOWN);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
    }
}

/* A window that the scope does not reach has no rows, and says so. */
static void
test_out_of_range (void)
{
  g_autoptr (QdBook) book = make_random_book (64, FALSE);
  g_autoptr (QdScope) scope = make_scope ("", "ttm", "2024-06", "");
  g_autoptr (QdLedger) ledger = make_ledger (book, scope);
  static const char *const texts[] = { "churn_mrr@2024-06..2024-07", "nrr@1999-01..1999-12", "arr@2024-01..9999-12" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (QdDrill) drill = qd_drill_parse (texts[i], NULL);

      g_assert_nonnull (drill);
      g_assert_null (qd_drill_compute (ledger, scope, drill, NULL, NULL, &error));
      g_assert_error (error, QD_METRIC_ERROR, QD_METRIC_ERROR_RANGE);
    }
}

/* The list: names are unique, and what "What Is This?" explains is in the catalogue. */
static void
test_list (void)
{
  guint n;
  const QdNamedChart *charts = qd_charts_list (&n);
  g_autoptr (GHashTable) titles = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < n; i++)
    {
      g_auto (GStrv) ids = g_strsplit (charts[i].metrics, " ", -1);

      g_assert_true (qd_charts_find (charts[i].name) == &charts[i]);
      g_assert_true (g_hash_table_add (titles, (gpointer) charts[i].title));
      g_assert_cmpuint (g_strv_length (ids), >, 0);
      for (guint j = 0; ids[j] != NULL; j++)
        g_assert_nonnull (qd_catalogue_find (ids[j]));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/draw/drill/list", test_list);
  g_test_add_func ("/draw/drill/by-hand", test_by_hand);
  g_test_add_func ("/draw/drill/columns", test_columns);
  g_test_add_func ("/draw/drill/figures", test_of_figures);
  g_test_add_func ("/draw/drill/wrong-texts", test_wrong_texts);
  g_test_add_func ("/draw/drill/out-of-range", test_out_of_range);
  g_test_add_func ("/draw/drill/definitions", test_definitions);
  g_test_add_func ("/draw/drill/sample", test_sample);
  return g_test_run ();
}
