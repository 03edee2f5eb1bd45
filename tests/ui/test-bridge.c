/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The bridge: every mark and every row has what it shows behind it, everything
 * adds up to the cent, and what does not is said.
 */
#include "marks-fixture.h"

#include <math.h>
#include <string.h>

#include "ui/pages/bridge/qd-bridge-page.h"
#include "ui/widgets/qd-toggles.h"

static void
go (QdMainWindow *window,
    const char   *detail,
    const QdView *view)
{
  qd_session_go (qd_main_window_get_session (window), "bridge", detail, view);
  qd_ui_settle (window);
  g_assert_true (QD_IS_BRIDGE_PAGE (qd_main_window_get_page (window)));
}

static QdTable *
get_table (QdMainWindow *window)
{
  QdTable *table = qd_table_view_get_table (qd_page_get_table (qd_main_window_get_page (window)));

  g_assert_nonnull (table);
  return table;
}

static gint64
get_money (const QdTable *table,
           guint          row,
           const char    *column)
{
  return qd_table_get_integer (table, row, (guint) qd_table_find_column (table, column));
}

/* The steps between the first row and the last make the difference; the picture shows the same numbers. */
static void
check_kinds (QdMainWindow *window)
{
  const QdTable *table = get_table (window);
  QdChartSpec *spec = qd_chart_view_get_spec (qd_page_get_chart (qd_main_window_get_page (window)));
  guint n = qd_table_get_n_rows (table);
  gint64 sum = get_money (table, 0, "arr");

  g_assert_cmpuint (n, >=, 5);
  g_assert_cmpuint (qd_chart_spec_get_n_places (spec), ==, n);
  for (guint i = 0; i < n; i++)
    {
      if (i > 0 && i + 1 < n)
        sum += get_money (table, i, "arr");
      g_assert_cmpfloat (qd_chart_spec_get_value (spec, 0, i), ==, (double) get_money (table, i, "arr"));
    }
  g_assert_cmpint (sum, ==, get_money (table, n - 1, "arr"));
}

/* A customer that moved in several months is one customer: as many as there are rows behind the step. */
static void
check_customers (QdMainWindow *window)
{
  static const char *const ids[] = { "opening_mrr", "new_mrr", "reactivation_mrr", "expansion_mrr", "contraction_mrr", "churn_mrr",
                                     "mrr" };
  QdSnapshot *snapshot = qd_session_get_snapshot (qd_main_window_get_session (window));
  const QdTable *table = get_table (window);
  g_autoptr (GError) error = NULL;
  QdWindow span;

  g_assert_true (qd_scope_get_window (qd_snapshot_get_scope (snapshot), qd_snapshot_get_book (snapshot), &span, &error));
  g_assert_cmpuint (qd_table_get_n_rows (table), ==, G_N_ELEMENTS (ids));
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr (QdTable) rows = NULL;
      QdDrill drill;
      QdDrillSum sum;

      g_assert_true (qd_drill_init (&drill, ids[i], span, 12));
      rows = qd_drill_compute (qd_snapshot_get_ledger (snapshot), qd_snapshot_get_scope (snapshot), &drill, &sum, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpint (get_money (table, i, "customers"), ==, qd_table_get_n_rows (rows));
    }
}

/* Each month opens where the one before closed, and adds up. */
static void
check_months (QdMainWindow *window,
              gint64       *opening,
              gint64       *closing)
{
  static const char *const kinds[] = { "new", "reactivation", "expansion", "contraction", "churn" };
  const QdTable *table = get_table (window);
  guint n = qd_table_get_n_rows (table);

  for (guint i = 0; i < n; i++)
    {
      gint64 sum = get_money (table, i, "opening"), net = 0;

      for (gsize k = 0; k < G_N_ELEMENTS (kinds); k++)
        net += get_money (table, i, kinds[k]);
      g_assert_cmpint (net, ==, get_money (table, i, "net"));
      g_assert_cmpint (sum + net, ==, get_money (table, i, "closing"));
      if (i > 0)
        g_assert_cmpint (get_money (table, i, "closing"), ==, get_money (table, i - 1, "opening"));
    }
  *opening = get_money (table, n - 1, "opening");
  *closing = get_money (table, 0, "closing");
}

/* The line of the check speaks of the months in the table. */
static void
check_line (QdMainWindow *window,
            gint64        opening,
            gint64        closing)
{
  const QdFormat *format = qd_session_get_format (qd_main_window_get_session (window));
  g_autofree char *from = qd_format_money_exact (format, opening), *to = qd_format_money_exact (format, closing);
  g_autofree char *change = qd_format_money_exact (format, closing - opening);
  g_autofree char *line = g_strdup_printf ("Adds up to the cent: %s + %s = %s", from, change, to);

  g_assert_nonnull (qd_ui_find_label (GTK_WIDGET (qd_main_window_get_page (window)), line));
}

static void
press (QdMainWindow *window,
       const char   *holder,
       const char   *id)
{
  GtkWidget *box = qd_ui_find (GTK_WIDGET (qd_main_window_get_page (window)), GTK_TYPE_BOX, holder);

  qd_toggles_press (QD_TOGGLES (qd_ui_find (box, QD_TYPE_TOGGLES, NULL)), id);
  qd_ui_settle (window);
}

static void
test_adds_up (void)
{
  QdMainWindow *window = qd_ui_open_sample (150);

  for (guint i = 0; i < MARKS_N_SCOPES; i++)
    {
      g_autoptr (QdView) view = marks_make_view (i);
      gint64 from, to, opening, closing;
      QdChartView *chart;

      go (window, "", view);
      chart = qd_page_get_chart (qd_main_window_get_page (window));
      g_assert_cmpstr (qd_chart_view_get_chart_name (chart), ==, "bridge");
      g_assert_nonnull (strstr (qd_chart_view_get_metrics (chart), "churn_mrr"));
      g_assert_cmpuint (marks_check_chart (window, qd_chart_view_get_spec (chart)), ==, 7);
      check_kinds (window);
      check_customers (window);
      from = get_money (get_table (window), 0, "arr");
      to = get_money (get_table (window), qd_table_get_n_rows (get_table (window)) - 1, "arr");
      g_assert_cmpfloat_with_epsilon ((double) to / 100, marks_ask_program (window, "arr"), 0.005);
      g_assert_nonnull (qd_ui_find_label (GTK_WIDGET (qd_main_window_get_page (window)), "Adds up to the cent"));

      press (window, "table_bar", "months");
      check_months (window, &opening, &closing);
      g_assert_cmpint (opening, ==, from);
      g_assert_cmpint (closing, ==, to);
      press (window, "table_bar", "kinds");

      go (window, "customers", view);
      g_assert_cmpuint (marks_check_chart (window, qd_chart_view_get_spec (chart)), ==, 5);
      check_kinds (window);
      g_assert_cmpfloat_with_epsilon ((double) get_money (get_table (window), 4, "arr")
                                          / (double) get_money (get_table (window), 0, "arr"),
                                      marks_ask_program (window, "nrr"), 1e-9);

      go (window, "months", view);
      g_assert_cmpstr (qd_chart_view_get_chart_name (chart), ==, "movements");
      g_assert_cmpuint (marks_check_chart (window, qd_chart_view_get_spec (chart)), >, 100);
      check_months (window, &opening, &closing);
      g_assert_cmpint (opening, ==, 0);
      check_line (window, opening, closing);
      g_assert_cmpint (closing, ==, to);
    }
  qd_ui_close (window);
}

static AdwWindowTitle *
find_title (QdMainWindow *window)
{
  return ADW_WINDOW_TITLE (qd_ui_find (GTK_WIDGET (window), ADW_TYPE_WINDOW_TITLE, "title"));
}

static const char *
get_subtitle (QdMainWindow *window)
{
  return adw_window_title_get_subtitle (find_title (window));
}

/* The header speaks of the months that are listed, and of those of a mark that was opened. */
static void
test_header (void)
{
  QdMainWindow *window = qd_ui_open_sample (60);
  g_autoptr (QdView) view = qd_view_new ();

  go (window, "", view);
  g_assert_cmpstr (get_subtitle (window), ==, "12 months to Dec 2025");
  go (window, "months", view);
  g_assert_cmpuint (qd_table_get_n_rows (get_table (window)), ==, 36);
  g_assert_cmpstr (get_subtitle (window), ==, "Jan 2023 to Dec 2025");
  qd_session_go (qd_main_window_get_session (window), "rows", "churn_mrr@2024-02..2024-03*-12", NULL);
  qd_ui_settle (window);
  g_assert_cmpstr (get_subtitle (window), ==, "Mar 2024");
  /* before its rows are there, too */
  qd_session_go (qd_main_window_get_session (window), "rows", "new_mrr@2024-02..2024-03*12", NULL);
  g_assert_cmpstr (adw_window_title_get_title (find_title (window)), ==, "Customers behind New");
  go (window, "customers", view);
  g_assert_cmpstr (get_subtitle (window), ==, "12 months to Dec 2025");
  qd_session_go (qd_main_window_get_session (window), "retention", "trend", NULL);
  qd_ui_settle (window);
  g_assert_cmpstr (get_subtitle (window), ==, "Jan 2024 to Dec 2025, 12 months each");
  qd_session_go (qd_main_window_get_session (window), "retention", "cohorts-net:quarter", NULL);
  qd_ui_settle (window);
  g_assert_cmpstr (get_subtitle (window), ==, "Jan 2023 to Dec 2025");
  qd_ui_close (window);
}

/* The columns of what it is compared with are those of a bridge that ends there. */
static void
test_comparison (void)
{
  QdMainWindow *window = qd_ui_open_sample (100);
  g_autoptr (QdView) view = qd_view_new ();
  g_autoptr (QdView) none = qd_view_with_compare (view, QD_COMPARE_NONE);
  g_autoptr (QdView) year = NULL;
  g_autoptr (GArray) amounts = g_array_new (FALSE, FALSE, sizeof (gint64));

  go (window, "", view);
  for (guint i = 0; i < qd_table_get_n_rows (get_table (window)); i++)
    {
      gint64 before = get_money (get_table (window), i, "before");

      g_array_append_val (amounts, before);
      g_assert_cmpint (get_money (get_table (window), i, "change"), ==, get_money (get_table (window), i, "arr") - before);
    }
  year = qd_view_with_as_of (view, qd_snapshot_get_scope (qd_session_get_snapshot (qd_main_window_get_session (window)))->as_of - 12);
  go (window, "", year);
  g_assert_cmpuint (amounts->len, ==, qd_table_get_n_rows (get_table (window)));
  for (guint i = 0; i < amounts->len; i++)
    g_assert_cmpint (g_array_index (amounts, gint64, i), ==, get_money (get_table (window), i, "arr"));
  go (window, "", none);
  g_assert_cmpint (qd_table_find_column (get_table (window), "before"), ==, -1);
  qd_ui_close (window);
}

/* A bridge that does not add up says so. */
static void
test_mismatch (void)
{
  g_autoptr (QdFormat) format = qd_format_new ("USD");
  QdMovement row = { .opening = 10000, .new_business = 500, .churn = 200, .closing = 10300 };
  gboolean failed;
  g_autofree char *good = qd_bridge_page_write_check (&row, TRUE, format, &failed);
  g_autofree char *broken = NULL, *unchained = NULL;
  g_autoptr (QdFormat) yen = qd_format_new ("JPY");
  g_autofree char *whole = qd_bridge_page_write_check (&row, TRUE, yen, &failed);

  g_assert_false (failed);
  g_assert_nonnull (strstr (good, "to the cent"));
  g_assert_null (strstr (whole, "cent"));
  g_assert_nonnull (strstr (good, "$1,200.00 + $36.00 = $1,236.00"));
  row.closing++;
  broken = qd_bridge_page_write_check (&row, TRUE, format, &failed);
  g_assert_true (failed);
  g_assert_nonnull (strstr (broken, "$1,236.00"));
  g_assert_nonnull (strstr (broken, "$1,236.12"));
  row.closing--;
  unchained = qd_bridge_page_write_check (&row, FALSE, format, &failed);
  g_assert_true (failed);
  g_assert_nonnull (strstr (unchained, "does not open"));
}

static void
test_modes_and_back (void)
{
  QdMainWindow *window = qd_ui_open_sample (60);
  QdSession *session = qd_main_window_get_session (window);

  go (window, "", NULL);
  press (window, "toolbar", "customers");
  g_assert_cmpstr (qd_session_get_place (session)->detail, ==, "customers");
  press (window, "toolbar", "months");
  qd_session_back (session);
  qd_ui_settle (window);
  g_assert_cmpstr (qd_session_get_place (session)->detail, ==, "customers");
  g_assert_cmpstr (qd_chart_view_get_chart_name (qd_page_get_chart (qd_main_window_get_page (window))), ==, "bridge-customers");
  qd_ui_close (window);
}

/* Every definition has its pages, and what they show stands behind it where customers can. */
static void
test_definitions (void)
{
  static const char *const choices[] = { "period_form=lowest",     "period_form=product",       "period_form=flow",
                                         "reactivation_in_nrr=yes", "netting=quarter",           "netting=day",
                                         "segment_at=period_start", "first_month=opening",       "hierarchy=ultimate_parent",
                                         "fx=month_end",            "free_accounts=included",    "return_within_period=lost",
                                         "logo_base=start_new_lost", "cohort_month=signup" };
  static const char *const places[] = { "overview", "bridge", "bridge?customers", "bridge?months", "retention",
                                        "retention?trend:segment", "retention?cohorts-net" };
  QdMainWindow *window = qd_ui_open_sample (30);
  QdSession *session = qd_main_window_get_session (window);

  for (gsize i = 0; i < G_N_ELEMENTS (choices); i++)
    {
      g_autofree char *name = g_strdup_printf ("Variant %u", (guint) i);
      g_autoptr (QdView) view = qd_view_new ();
      g_autoptr (QdView) filtered = qd_view_with_filter (view, "segment", "SMB", TRUE);
      g_autoptr (QdView) other = qd_view_with_profile (filtered, name);
      const char *const changes[] = { choices[i], NULL };
      g_autoptr (QdProfile) profile = NULL;
      g_autoptr (GError) error = NULL;

      profile = qd_workspace_edit_profile (qd_session_get_workspace (session), name, "Board", changes, &error);
      g_assert_no_error (error);
      for (gsize k = 0; k < G_N_ELEMENTS (places); k++)
        {
          g_auto (GStrv) place = g_strsplit (places[k], "?", 2);
          QdPage *page;

          qd_session_go (session, place[0], place[1] != NULL ? place[1] : "", other);
          qd_ui_settle (window);
          page = qd_main_window_get_page (window);
          g_test_message ("%s %s", choices[i], places[k]);
          g_assert_nonnull (qd_page_get_result (page));
          g_assert_null (qd_ui_find_label (GTK_WIDGET (page), "This Page Cannot Be Shown"));
          g_assert_null (qd_ui_find_label (GTK_WIDGET (page), "Does not add up"));
          if (strcmp (choices[i], "period_form=product") != 0)
            marks_check_chart (window, qd_chart_view_get_spec (qd_page_get_chart (page)));
        }
    }
  qd_ui_close (window);
}

static void
test_little (void)
{
  QdMainWindow *window = qd_ui_open_sample (1);
  static const char *const details[] = { "", "customers", "months" };
  g_autoptr (QdView) view = qd_view_new ();
  g_autoptr (QdView) nobody = qd_view_with_filter (view, "segment", "", TRUE);

  for (gsize i = 0; i < G_N_ELEMENTS (details); i++)
    {
      go (window, details[i], view);
      g_assert_nonnull (qd_page_get_result (qd_main_window_get_page (window)));
      go (window, details[i], nobody);
      g_assert_nonnull (qd_ui_find_label (GTK_WIDGET (window), "Nothing Matches the Filter"));
    }
  qd_ui_close (window);
}

/* Each figure of a month opens its own rows, which sum to it; from the menu of its row too. */
static void
test_cells (void)
{
  static const char *const columns[] = { "opening", "new", "reactivation", "expansion", "contraction", "churn", "net", "closing" };
  QdMainWindow *window = qd_ui_open_sample (150);
  QdSession *session = qd_main_window_get_session (window);
  guint n = 0;

  for (guint i = 0; i < MARKS_N_SCOPES; i++)
    {
      g_autoptr (QdView) view = marks_make_view (i);
      QdTableView *table_view;
      g_autoptr (QdTable) table = NULL;

      go (window, "months", view);
      table_view = qd_page_get_table (qd_main_window_get_page (window));
      table = qd_table_ref (get_table (window));
      for (guint row = 0; row < MIN (qd_table_get_n_rows (table), 6); row++)
        for (gsize c = 0; c < G_N_ELEMENTS (columns); c++)
          {
            gint64 shown = get_money (table, row, columns[c]);
            g_autoptr (QdDrill) drill = NULL;

            if (shown == 0)
              continue;
            qd_table_view_select_row (table_view, row);
            gtk_widget_activate_action (gtk_widget_get_first_child (GTK_WIDGET (table_view)), "table.open-cell", "s", columns[c]);
            g_assert_cmpstr (qd_session_get_place (session)->page, ==, "rows");
            drill = qd_drill_parse (qd_session_get_place (session)->detail, NULL);
            g_assert_nonnull (drill);
            if (marks_sum (window, drill) != (double) shown)
              g_error ("%s of row %u shows %" G_GINT64_FORMAT ", the rows behind it sum to %f", columns[c], row, shown,
                       marks_sum (window, drill));
            qd_session_back (session);
            n++;
          }
      qd_ui_settle (window);
    }
  g_assert_cmpuint (n, >, 60);
  qd_ui_close (window);
}

int
main (int    argc,
      char **argv)
{
  qd_ui_test_init (&argc, &argv);
  g_test_add_func ("/ui/bridge/adds-up", test_adds_up);
  g_test_add_func ("/ui/bridge/header", test_header);
  g_test_add_func ("/ui/bridge/comparison", test_comparison);
  g_test_add_func ("/ui/bridge/mismatch", test_mismatch);
  g_test_add_func ("/ui/bridge/modes-and-back", test_modes_and_back);
  g_test_add_func ("/ui/bridge/definitions", test_definitions);
  g_test_add_func ("/ui/bridge/little", test_little);
  g_test_add_func ("/ui/bridge/cells", test_cells);
  return g_test_run ();
}
