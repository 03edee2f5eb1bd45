/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Retention: trend and cohorts have behind every mark what it shows, the split
 * is that of the command line, tabs lead there and back.
 */
#include "marks-fixture.h"

#include <math.h>
#include <string.h>

#include "ui/pages/retention/qd-retention-page.h"
#include "ui/widgets/qd-toggles.h"

static const char *const details[] = { "trend", "cohorts-logos", "cohorts-net", "cohorts-gross" };
static const char *const charts[] = { "retention", "cohorts", "cohorts-net", "cohorts-gross" };

static void
go (QdMainWindow *window,
    const char   *detail,
    const QdView *view)
{
  qd_session_go (qd_main_window_get_session (window), "retention", detail, view);
  qd_ui_settle (window);
  g_assert_true (QD_IS_RETENTION_PAGE (qd_main_window_get_page (window)));
}

static QdChartView *
get_chart (QdMainWindow *window)
{
  return qd_page_get_chart (qd_main_window_get_page (window));
}

static void
test_marks (void)
{
  QdMainWindow *window = qd_ui_open_sample (150);

  for (guint i = 0; i < MARKS_N_SCOPES; i++)
    {
      g_autoptr (QdView) view = marks_make_view (i);

      for (gsize k = 0; k < G_N_ELEMENTS (details); k++)
        {
          go (window, details[k], view);
          g_assert_cmpstr (qd_chart_view_get_chart_name (get_chart (window)), ==, charts[k]);
          g_assert_cmpuint (strlen (qd_chart_view_get_metrics (get_chart (window))), >, 0);
          g_assert_cmpuint (marks_check_chart (window, qd_chart_view_get_spec (get_chart (window))), >, 5);
        }
    }
  qd_ui_close (window);
}

/* The last row of the trend, and its last point, are the figures of the command line; losses are below zero, as in the chart. */
static void
test_figures (void)
{
  QdMainWindow *window = qd_ui_open_sample (150);

  for (guint i = 0; i < MARKS_N_SCOPES; i++)
    {
      g_autoptr (QdView) view = marks_make_view (i);
      static const char *const ids[] = { "nrr", "grr", "logo_retention", "tailwind", "headwind" };
      const QdTable *table;

      go (window, "trend", view);
      table = qd_table_view_get_table (qd_page_get_table (qd_main_window_get_page (window)));
      for (gsize k = 0; k < G_N_ELEMENTS (ids); k++)
        g_assert_cmpfloat_with_epsilon (qd_table_get_double (table, 0, (guint) qd_table_find_column (table, ids[k])),
                                        (k == 4 ? -1 : 1) * marks_ask_program (window, ids[k]), 1e-9);
    }
  qd_ui_close (window);
}

/* Groups add up to the whole, and each is what a filter on it gives. */
static void
test_split (void)
{
  QdMainWindow *window = qd_ui_open_sample (150);
  g_autoptr (QdView) view = qd_view_new ();
  g_autoptr (GArray) rates = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const QdTable *table;
  gint64 start = 0;

  go (window, "trend:segment", view);
  table = qd_table_view_get_table (qd_page_get_table (qd_main_window_get_page (window)));
  g_assert_cmpuint (qd_table_get_n_rows (table), ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      double rate = qd_table_get_double (table, i, (guint) qd_table_find_column (table, "nrr"));

      g_array_append_val (rates, rate);
      g_ptr_array_add (names, g_strdup (qd_table_get_text (table, i, 0)));
      start += qd_table_get_integer (table, i, (guint) qd_table_find_column (table, "start"));
    }
  go (window, "trend", view);
  table = qd_table_view_get_table (qd_page_get_table (qd_main_window_get_page (window)));
  g_assert_cmpint (qd_table_get_integer (table, 0, (guint) qd_table_find_column (table, "start")), ==, start);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (QdView) one = qd_view_with_filter (view, "segment", names->pdata[i], TRUE);

      go (window, "trend", one);
      g_assert_cmpfloat_with_epsilon (marks_ask_program (window, "nrr"), g_array_index (rates, double, i), 1e-9);
    }
  qd_ui_close (window);
}

static void
press (QdMainWindow *window,
       guint         toggles,
       const char   *id)
{
  GtkWidget *child = gtk_widget_get_first_child (qd_ui_find (GTK_WIDGET (qd_main_window_get_page (window)), GTK_TYPE_BOX, "toolbar"));

  while (toggles-- > 0)
    child = gtk_widget_get_next_sibling (child);
  g_assert_true (gtk_widget_get_visible (child));
  qd_toggles_press (QD_TOGGLES (child), id);
  qd_ui_settle (window);
}

static void
test_tabs_and_back (void)
{
  QdMainWindow *window = qd_ui_open_sample (60);
  QdSession *session = qd_main_window_get_session (window);
  guint quarters;

  go (window, "", NULL);
  press (window, 0, "cohorts");
  g_assert_cmpstr (qd_session_get_place (session)->detail, ==, "cohorts-logos");
  g_assert_null (qd_page_get_table (qd_main_window_get_page (window)));
  press (window, 2, "quarter");
  g_assert_cmpstr (qd_session_get_place (session)->detail, ==, "cohorts-logos:quarter");
  quarters = qd_chart_spec_get_n_series (qd_chart_view_get_spec (get_chart (window)));
  press (window, 1, "cohorts-net");
  g_assert_cmpstr (qd_session_get_place (session)->detail, ==, "cohorts-net:quarter");
  g_assert_cmpuint (qd_chart_spec_get_n_series (qd_chart_view_get_spec (get_chart (window))), ==, quarters);
  press (window, 2, "month");
  g_assert_cmpuint (qd_chart_spec_get_n_series (qd_chart_view_get_spec (get_chart (window))), >, quarters);
  qd_session_back (session);
  qd_ui_settle (window);
  g_assert_cmpstr (qd_chart_view_get_chart_name (get_chart (window)), ==, "cohorts-net");
  g_assert_cmpuint (qd_chart_spec_get_n_series (qd_chart_view_get_spec (get_chart (window))), ==, quarters);
  press (window, 0, "trend");
  g_assert_nonnull (qd_page_get_table (qd_main_window_get_page (window)));
  qd_ui_close (window);
}

static void
test_little (void)
{
  QdMainWindow *window = qd_ui_open_sample (1);
  g_autoptr (QdView) view = qd_view_new ();
  g_autoptr (QdView) nobody = qd_view_with_filter (view, "segment", "", TRUE);

  for (gsize i = 0; i < G_N_ELEMENTS (details); i++)
    {
      go (window, details[i], view);
      g_assert_nonnull (qd_page_get_result (qd_main_window_get_page (window)));
      go (window, details[i], nobody);
      g_assert_nonnull (qd_ui_find_label (GTK_WIDGET (window), "Nothing Matches the Filter"));
    }
  /* A dimension that is not there any more. */
  go (window, "trend:nowhere", view);
  g_assert_nonnull (qd_page_get_result (qd_main_window_get_page (window)));
  qd_ui_close (window);
}

int
main (int    argc,
      char **argv)
{
  qd_ui_test_init (&argc, &argv);
  g_test_add_func ("/ui/retention/marks", test_marks);
  g_test_add_func ("/ui/retention/figures", test_figures);
  g_test_add_func ("/ui/retention/split", test_split);
  g_test_add_func ("/ui/retention/tabs-and-back", test_tabs_and_back);
  g_test_add_func ("/ui/retention/little", test_little);
  return g_test_run ();
}
