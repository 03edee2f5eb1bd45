/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the first page says, against a year worked out by hand and against the
 * month ends of a sample's export as a script adds them up.
 */
#include "metrics-fixture.h"

#include <math.h>
#include <string.h>

#include <glib/gstdio.h>

#include "data/metrics/qd-drill.h"
#include "data/metrics/qd-overview.h"
#include "data/sample/qd-sample.h"
#include "data/workspace/qd-workspace.h"

/* At the end of 2023: A 100, B 200, C 300, D 400. During 2024 A leaves, B falls to 150, C grows to 500, D stays; E is
 * won with 250. B and C are in the north, the others in the south. */
static QdBook *
make_year_book (void)
{
  static const char *const north[] = { "B", "C" };
  Fixture *fixture = fixture_new ("USD");

  fixture_event (fixture, "A", "2022-11-15", 10000);
  fixture_event (fixture, "A", "2024-04-15", 0);
  fixture_event (fixture, "B", "2022-11-15", 10000);
  fixture_event (fixture, "B", "2023-05-15", 20000);
  fixture_event (fixture, "B", "2024-07-15", 15000);
  fixture_event (fixture, "C", "2022-12-15", 30000);
  fixture_event (fixture, "C", "2024-03-15", 50000);
  fixture_event (fixture, "D", "2023-12-20", 40000);
  fixture_event (fixture, "D", "2024-12-20", 40000);
  fixture_event (fixture, "E", "2024-05-01", 25000);
  for (gsize i = 0; i < G_N_ELEMENTS (north); i++)
    fixture_value (fixture, north[i], "region", NULL, "North");
  fixture_value (fixture, "A", "region", NULL, "South");
  fixture_value (fixture, "D", "region", NULL, "South");
  fixture_value (fixture, "E", "region", NULL, "South");
  return fixture_finish (fixture);
}

static void
assert_mover (const QdOverviewMover *mover,
              const char            *account,
              gint64                 amount)
{
  g_assert_cmpstr (mover->account, ==, account);
  g_assert_cmpint (mover->amount, ==, amount);
}

static void
assert_change (const QdOverview *overview,
               const char       *id,
               double            now,
               double            change)
{
  const QdOverviewFigure *figure = qd_overview_find (overview, id);

  assert_rate (figure->now.value, now);
  assert_rate (figure->change, change);
}

static void
test_by_hand (void)
{
  g_autoptr (QdBook) book = make_year_book ();
  g_autoptr (QdScope) scope = make_scope ("", "ttm", "2024-12", "");
  g_autoptr (QdScope) before = make_scope ("", "ttm", "2023-12", "");
  g_autoptr (QdLedger) ledger = make_ledger (book, scope);
  g_autoptr (QdOverview) overview = NULL;
  g_autoptr (GError) error = NULL;

  overview = qd_overview_compute (ledger, scope, before, 1, NULL, &error);
  g_assert_no_error (error);
  assert_change (overview, "arr", 12 * 130000, 12 * 30000);
  /* 2023: the start is A 100, B 100, C 300, which end as 100, 200, 300. */
  assert_change (overview, "nrr", 1.05, 1.05 - 1.2);
  assert_change (overview, "grr", 0.85, 0.85 - 1);
  assert_change (overview, "logo_retention", 0.75, -0.25);
  assert_change (overview, "net_new_mrr", 30000, 30000 - 50000);
  /* Nothing was lost in 2023: its quick ratio is undefined, and so is the change. */
  assert_rate (qd_overview_find (overview, "quick_ratio")->now.value, 3);
  assert_undefined (qd_overview_find (overview, "quick_ratio")->change);

  g_assert_cmpstr (overview->cause, ==, "new_mrr");
  g_assert_cmpint (overview->cause_amount, ==, 25000);
  g_assert_cmpuint (overview->n_losses, ==, 2);
  g_assert_cmpint (overview->sum_losses, ==, -15000);
  g_assert_cmpuint (overview->losses->len, ==, 1);
  assert_mover (&g_array_index (overview->losses, QdOverviewMover, 0), "A", -10000);
  g_assert_cmpuint (overview->n_gains, ==, 2);
  g_assert_cmpint (overview->sum_gains, ==, 45000);
  assert_mover (&g_array_index (overview->gains, QdOverviewMover, 0), "E", 25000);
  g_assert_cmpuint (overview->n_lost, ==, 1);
  assert_mover (&overview->largest_lost, "A", 10000);
  g_assert_cmpuint (overview->n_won, ==, 1);
  assert_mover (&overview->largest_won, "E", 25000);
  g_assert_cmpuint (overview->n_customers, ==, 4);

  /* North: (−50 + 200) ÷ 1000 after 100 ÷ 500; South: −100 ÷ 1000 after 0: NRR fell by 0.15, of which South is 0.10. */
  g_assert_cmpstr (overview->dimension, ==, "region");
  g_assert_cmpstr (overview->driver, ==, "South");
  g_assert_cmpfloat_with_epsilon (overview->driver_points, -0.1, 1e-12);
  /* Too few customers for a headline about a group's own rate. */
  g_assert_null (overview->best);
  g_assert_false (qd_overview_is_empty (overview));
}

/* One left in spring and is back by the end, one came and went: neither left, neither was won. */
static void
test_left_and_won (void)
{
  Fixture *fixture = fixture_new ("USD");
  g_autoptr (QdBook) book = NULL;
  g_autoptr (QdScope) scope = make_scope ("", "ttm", "2024-12", "");
  g_autoptr (QdScope) strict = make_scope ("return_within_period=lost", "ttm", "2024-12", "");
  g_autoptr (QdLedger) ledger = NULL;
  g_autoptr (QdOverview) overview = NULL, lost = NULL;
  g_autoptr (GError) error = NULL;

  fixture_line (fixture, "Back", "2023-06-01", "2024-03-01", 50000, 1, FALSE, NULL, NULL);
  fixture_line (fixture, "Back", "2024-10-01", NULL, 60000, 1, FALSE, NULL, NULL);
  fixture_line (fixture, "Brief", "2024-02-01", "2024-06-01", 90000, 1, FALSE, NULL, NULL);
  fixture_line (fixture, "Gone", "2023-01-01", "2024-05-01", 20000, 1, FALSE, NULL, NULL);
  fixture_line (fixture, "Grown", "2024-04-01", NULL, 10000, 1, FALSE, NULL, NULL);
  fixture_line (fixture, "Grown", "2024-08-01", NULL, 5000, 1, FALSE, NULL, NULL);
  fixture_line (fixture, "Early", "2023-01-01", "2023-10-01", 30000, 1, FALSE, NULL, NULL);
  fixture_line (fixture, "Early", "2024-12-01", NULL, 30000, 1, FALSE, NULL, NULL);
  fixture_line (fixture, "Stays", "2023-01-01", NULL, 10000, 1, FALSE, NULL, NULL);
  book = fixture_finish (fixture);
  ledger = make_ledger (book, scope);
  overview = qd_overview_compute (ledger, scope, NULL, 5, NULL, &error);
  g_assert_no_error (error);
  /* 3 customers at the start, 4 at the end. */
  g_assert_cmpuint (overview->n_lost, ==, 1);
  g_assert_cmpint (overview->sum_lost, ==, 20000);
  assert_mover (&overview->largest_lost, "Gone", 20000);
  g_assert_cmpuint (overview->n_won, ==, 2);
  g_assert_cmpint (overview->sum_won, ==, 45000);
  assert_mover (&overview->largest_won, "Early", 30000);
  /* Two came back: one had left in the same year, one is won by it. */
  g_assert_cmpuint (overview->n_won_back, ==, 1);
  g_assert_cmpuint (overview->n_passing, ==, 1);
  g_assert_cmpuint (overview->n_returned, ==, 2);
  g_assert_cmpuint (overview->n_returned_within, ==, 1);
  g_assert_cmpuint (overview->n_gone_again, ==, 0);
  g_assert_cmpint (overview->sum_returned, ==, 90000);
  assert_mover (&g_array_index (overview->returned, QdOverviewMover, 0), "Back", 60000);
  g_assert_cmpint (g_array_index (overview->returned, QdOverviewMover, 0).left, ==, qd_month_from_ym (2024, 3));
  g_assert_cmpint (g_array_index (overview->returned, QdOverviewMover, 0).back, ==, qd_month_from_ym (2024, 10));
  assert_mover (&g_array_index (overview->returned, QdOverviewMover, 1), "Early", 30000);
  g_assert_cmpint (g_array_index (overview->returned, QdOverviewMover, 1).left, ==, qd_month_from_ym (2023, 10));
  assert_rate (qd_overview_find (overview, "logo_retention")->now.value, 2. / 3);

  /* As customer retention has it under another definition. */
  lost = qd_overview_compute (ledger, strict, NULL, 5, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (lost->n_lost, ==, 2);
  assert_mover (&lost->largest_lost, "Back", 50000);
  assert_rate (qd_overview_find (lost, "logo_retention")->now.value, 1. / 3);
}

static void
test_undefined (void)
{
  g_autoptr (QdBook) book = make_year_book ();
  g_autoptr (QdScope) scope = make_scope ("", "ttm", "2023-06", "");
  g_autoptr (QdScope) open = make_scope ("", "year", "2024-06", "");
  g_autoptr (QdScope) whole = make_scope ("", "year", "2023-12", "");
  g_autoptr (QdScope) nobody = make_scope ("", "ttm", "2023-12", "region=");
  g_autoptr (QdLedger) ledger = make_ledger (book, scope);
  g_autoptr (QdOverview) early = NULL, none = NULL, cut = NULL;
  g_autoptr (GError) error = NULL;

  /* The window begins before the data: no rate, and everybody counts as new, which is no course to draw. */
  early = qd_overview_compute (ledger, scope, NULL, 5, NULL, &error);
  g_assert_no_error (error);
  assert_undefined (qd_overview_find (early, "nrr")->now.value);
  assert_undefined (qd_overview_find (early, "arr")->change);
  g_assert_cmpuint (early->n_series, ==, 8);
  for (guint i = 0; i < early->n_series; i++)
    {
      g_assert_true (isnan (qd_overview_find (early, "nrr")->series[i]));
      g_assert_true (isnan (qd_overview_find (early, "net_new_mrr")->series[i]));
      g_assert_false (isnan (qd_overview_find (early, "arr")->series[i]));
    }

  /* Six months are not compared with twelve; a stock is. */
  cut = qd_overview_compute (ledger, open, whole, 5, NULL, &error);
  g_assert_no_error (error);
  assert_undefined (qd_overview_find (cut, "nrr")->change);
  assert_undefined (qd_overview_find (cut, "net_new_mrr")->change);
  g_assert_true (qd_overview_find (cut, "arr")->change.defined);
  g_assert_null (cut->driver);

  none = qd_overview_compute (ledger, nobody, NULL, 5, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (qd_overview_is_empty (none));
  g_assert_cmpuint (none->losses->len + none->gains->len, ==, 0);
}

/* A sentence opens the customers that it speaks of. */
static void
check_rows (QdLedger              *ledger,
            const QdScope         *scope,
            const char            *id,
            guint                  n,
            gint64                 amount,
            const QdOverviewMover *largest)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QdTable) table = NULL;
  QdWindow window;
  QdDrill drill;
  QdDrillSum sum;

  g_assert_true (qd_scope_get_window (scope, qd_ledger_get_book (ledger), &window, &error));
  g_assert_true (qd_drill_init (&drill, id, window, 1));
  table = qd_drill_compute (ledger, scope, &drill, &sum, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (qd_table_get_n_rows (table), ==, n);
  g_assert_cmpint (sum.numerator, ==, amount);
  if (n > 0)
    assert_mover (largest, qd_table_get_text (table, 0, 0),
                  qd_table_get_integer (table, 0, (guint) qd_table_find_column (table, "contribution")));
}

/* The rows of an explanation are the lists: the first ones, how many, and their sum. */
static void
check_explained (QdLedger         *ledger,
                 const QdScope    *scope,
                 const QdOverview *overview)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QdTable) net = qd_figure_explain (ledger, scope, "net_new_mrr", NULL, &error);
  guint n_losses = 0, n_gains = 0;
  gint64 losses = 0, gains = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < qd_table_get_n_rows (net); i++)
    {
      gint64 amount = qd_table_get_integer (net, i, (guint) qd_table_find_column (net, "contribution"));
      const GArray *list = amount < 0 ? overview->losses : overview->gains;
      guint place = amount < 0 ? n_losses++ : n_gains++;

      *(amount < 0 ? &losses : &gains) += amount;
      if (place < 5)
        {
          const QdOverviewMover *mover = &g_array_index (list, QdOverviewMover, place);

          assert_mover (mover, qd_table_get_text (net, i, 0), amount);
          g_assert_cmpstr (mover->kinds, ==, qd_table_get_text (net, i, (guint) qd_table_find_column (net, "kind")));
        }
    }
  g_assert_cmpuint (overview->n_losses, ==, n_losses);
  g_assert_cmpuint (overview->n_gains, ==, n_gains);
  g_assert_cmpint (overview->sum_losses, ==, losses);
  g_assert_cmpint (overview->sum_gains, ==, gains);
  check_rows (ledger, scope, "lost_mrr", overview->n_lost, overview->sum_lost, &overview->largest_lost);
  check_rows (ledger, scope, "won_mrr", overview->n_won, overview->sum_won, &overview->largest_won);
  g_assert_cmpint (overview->sum_returned, ==, overview->movement.reactivation);
  check_rows (ledger, scope, "reactivation_mrr", overview->n_returned, overview->sum_returned,
              overview->n_returned > 0 ? &g_array_index (overview->returned, QdOverviewMover, 0) : NULL);
}

static void
test_definitions (void)
{
  static const char *const choices[] = { "",
                                         "netting=day",
                                         "netting=quarter",
                                         "segment_at=period_start",
                                         "hierarchy=ultimate_parent",
                                         "fx=month_end",
                                         "first_month=opening",
                                         "free_accounts=included trials=included",
                                         "won_and_lost=counted" };
  static const char *const filters[] = { "", "segment=SMB", "product=Core" };
  g_autoptr (QdBook) book = make_random_book (11, FALSE);
  guint n = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (choices); i++)
    for (gsize k = 0; k < G_N_ELEMENTS (filters); k++)
      {
        g_autoptr (QdScope) scope = make_scope (choices[i], "ttm", NULL, filters[k]);
        g_autoptr (QdLedger) ledger = NULL;
        g_autoptr (QdOverview) overview = NULL;
        g_autoptr (GError) error = NULL;

        ledger = make_ledger (book, scope);
        overview = qd_overview_compute (ledger, scope, NULL, 5, NULL, &error);
        if (g_error_matches (error, QD_METRIC_ERROR, QD_METRIC_ERROR_UNKNOWN))
          continue;
        g_assert_no_error (error);
        check_explained (ledger, scope, overview);
        n++;
      }
  g_assert_cmpuint (n, >=, G_N_ELEMENTS (choices) * 2);
}

typedef struct
{
  char *folder;
  QdWorkspace *workspace;
} Company;

static Company
make_company (void)
{
  Company company;
  g_autoptr (GError) error = NULL;
  g_autofree char *out = NULL;
  g_autofree char *line = NULL;
  g_autofree char *path = NULL;
  int status;

  company.folder = g_dir_make_tmp ("quarterdeck-overview-XXXXXX", &error);
  g_assert_no_error (error);
  path = g_build_filename (company.folder, "s.quarterdeck", NULL);
  line = g_strdup_printf ("%s sample '%s' --accounts 300 --months 36 --seed 7 --csv '%s'", g_getenv ("QUARTERDECK"), path,
                          company.folder);
  g_assert_true (g_spawn_command_line_sync (line, &out, NULL, &status, &error));
  g_assert_true (g_spawn_check_wait_status (status, &error));
  company.workspace = qd_workspace_open (path, QD_STORE_OPEN_DEFAULT, NULL, &error);
  g_assert_no_error (error);
  return company;
}

static void
clear_company (Company *company)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  g_clear_object (&company->workspace);
  dir = g_dir_open (company->folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (company->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (company->folder);
  g_clear_pointer (&company->folder, g_free);
}

static GHashTable *
ask_script (const Company *company,
            const char    *as_of,
            int            months,
            int            lag,
            const char    *segment)
{
  GHashTable *answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, "data", "overview-oracle.py", NULL);
  g_autofree char *length = g_strdup_printf ("%d", months), *back = g_strdup_printf ("%d", lag);
  const char *const argv[] = { "python3", script, company->folder, as_of, length, back, segment, NULL };
  g_autofree char *out = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) lines = NULL;
  int status;

  g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &out, NULL, &status, &error));
  g_assert_true (g_spawn_check_wait_status (status, &error));
  lines = g_strsplit (out, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *tab = strchr (lines[i], '\t');

      if (tab != NULL)
        g_hash_table_insert (answers, g_strndup (lines[i], (gsize) (tab - lines[i])), g_strdup (tab + 1));
    }
  g_assert_cmpuint (g_hash_table_size (answers), >, 50);
  return answers;
}

static void
assert_answer (GHashTable *answers,
               const char *key,
               double      value)
{
  const char *answer = g_hash_table_lookup (answers, key);

  if (answer == NULL)
    g_error ("the script does not say %s", key);
  if (strcmp (answer, "-") == 0 ? !isnan (value) : !(fabs (g_ascii_strtod (answer, NULL) - value) < 1e-9))
    g_error ("%s is %s for the script, %.12g for us", key, answer, value);
}

static void
assert_names (GHashTable            *answers,
              const char            *key,
              const QdOverviewMover *mover)
{
  g_autofree char *own = g_strdup_printf ("%s|%s|%" G_GINT64_FORMAT, mover->account, mover->name, mover->amount);

  g_assert_cmpstr (g_hash_table_lookup (answers, key), ==, own);
}

static double
get_value (QdRate rate)
{
  return rate.defined ? rate.value : NAN;
}

static void
compare_company (const Company *company,
                 QdMonth        as_of,
                 int            months,
                 int            lag,
                 const char    *segment)
{
  g_autofree char *month = qd_month_to_iso (as_of);
  g_autoptr (GHashTable) answers = ask_script (company, month, months, lag, segment);
  g_autoptr (GError) error = NULL;
  g_autoptr (QdProfile) profile = qd_workspace_get_profile (company->workspace, "Board", &error);
  g_autoptr (QdLedger) ledger = qd_workspace_get_ledger (company->workspace, profile, NULL, &error);
  g_autoptr (QdScope) scope = qd_scope_new (profile);
  g_autoptr (QdScope) before = NULL;
  g_autoptr (QdOverview) overview = NULL;

  g_assert_no_error (error);
  scope->as_of = as_of;
  scope->period = (QdPeriod){ QD_PERIOD_MONTHS, months };
  if (segment != NULL)
    g_ptr_array_add (scope->where, g_strconcat ("segment=", segment, NULL));
  before = qd_scope_copy (scope);
  before->as_of = as_of - lag;
  overview = qd_overview_compute (ledger, scope, before, 7, NULL, &error);
  g_assert_no_error (error);

  for (guint i = 0; i < QD_OVERVIEW_N_FIGURES; i++)
    {
      const QdOverviewFigure *figure = &overview->figures[i];
      g_autofree char *now = g_strconcat ("now.", figure->metric->id, NULL);
      g_autofree char *then = g_strconcat ("before.", figure->metric->id, NULL);

      assert_answer (answers, now, get_value (figure->now.value));
      if (figure->change.defined)
        assert_answer (answers, then, figure->now.value.value - figure->change.value);
      else
        g_assert_cmpstr (g_hash_table_lookup (answers, then), ==, "-");
      for (guint k = 0; k < overview->n_series; k++)
        {
          g_autofree char *key =
              g_strdup_printf ("series.%s.%d", figure->metric->id, overview->series_first + (int) k * overview->series_step);

          assert_answer (answers, key, figure->series[k]);
        }
    }
  g_assert_cmpstr (g_hash_table_lookup (answers, "cause"), ==, overview->cause);
  assert_answer (answers, "cause_amount", (double) overview->cause_amount);
  assert_answer (answers, "n_losses", overview->n_losses);
  assert_answer (answers, "n_gains", overview->n_gains);
  assert_answer (answers, "sum_losses", (double) overview->sum_losses);
  assert_answer (answers, "sum_gains", (double) overview->sum_gains);
  for (guint i = 0; i < overview->losses->len; i++)
    {
      g_autofree char *key = g_strdup_printf ("loss.%u", i);

      assert_names (answers, key, &g_array_index (overview->losses, QdOverviewMover, i));
    }
  for (guint i = 0; i < overview->gains->len; i++)
    {
      g_autofree char *key = g_strdup_printf ("gain.%u", i);

      assert_names (answers, key, &g_array_index (overview->gains, QdOverviewMover, i));
    }
  g_assert_cmpuint (overview->gains->len, >, 2);
  assert_answer (answers, "n_lost", overview->n_lost);
  assert_answer (answers, "n_won", overview->n_won);
  assert_answer (answers, "sum_lost", (double) overview->sum_lost);
  assert_answer (answers, "sum_won", (double) overview->sum_won);
  if (overview->n_lost > 0)
    assert_names (answers, "largest_lost", &overview->largest_lost);
  if (overview->n_won > 0)
    assert_names (answers, "largest_won", &overview->largest_won);
  assert_answer (answers, "n_returned", overview->n_returned);
  assert_answer (answers, "sum_returned", (double) overview->sum_returned);
  g_assert_cmpint (overview->sum_returned, ==, overview->movement.reactivation);
  assert_answer (answers, "n_returned_within", overview->n_returned_within);
  assert_answer (answers, "n_gone_again", overview->n_gone_again);
  assert_answer (answers, "n_passing", overview->n_passing);
  assert_answer (answers, "n_won_back", overview->n_won_back);
  for (guint i = 0; i < overview->returned->len; i++)
    {
      const QdOverviewMover *mover = &g_array_index (overview->returned, QdOverviewMover, i);
      g_autofree char *key = g_strdup_printf ("returned.%u", i);
      g_autofree char *left = g_strconcat (key, ".left", NULL), *back = g_strconcat (key, ".back", NULL);

      assert_names (answers, key, mover);
      assert_answer (answers, left, mover->left);
      assert_answer (answers, back, mover->back);
    }
  assert_answer (answers, "top", get_value (overview->top.value));
  assert_answer (answers, "customers", overview->n_customers);
  if (segment == NULL && g_hash_table_contains (answers, "driver"))
    {
      g_assert_cmpstr (overview->dimension, ==, "segment");
      g_assert_cmpstr (g_hash_table_lookup (answers, "driver"), ==, overview->driver);
      assert_answer (answers, "driver_points", overview->driver_points);
    }
}

static void
test_company (void)
{
  Company company = make_company ();

  compare_company (&company, qd_month_from_ym (2025, 12), 12, 12, NULL);
  compare_company (&company, qd_month_from_ym (2025, 4), 12, 12, "SMB");
  compare_company (&company, qd_month_from_ym (2025, 9), 3, 3, NULL);
  clear_company (&company);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/overview/by-hand", test_by_hand);
  g_test_add_func ("/overview/left-and-won", test_left_and_won);
  g_test_add_func ("/overview/undefined", test_undefined);
  g_test_add_func ("/overview/definitions", test_definitions);
  g_test_add_func ("/overview/company", test_company);
  return g_test_run ();
}
