/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "marks-fixture.h"

#include <math.h>
#include <string.h>

#include <glib/gstdio.h>

QdView *
marks_make_view (guint scope)
{
  g_autoptr (QdView) view = qd_view_new ();
  g_autoptr (QdView) one = NULL;

  switch (scope)
    {
    case 0:
      return g_steal_pointer (&view);
    case 1:
      view->as_of = qd_month_from_ym (2025, 4);
      return qd_view_with_filter (view, "segment", "SMB", TRUE);
    default:
      view->as_of = qd_month_from_ym (2025, 8);
      view->period = (QdPeriod){ QD_PERIOD_QUARTER, 3 };
      one = qd_view_with_filter (view, "segment", "SMB", TRUE);
      return qd_view_with_filter (one, "segment", "Enterprise", TRUE);
    }
}

static QdSnapshot *
get_snapshot (QdMainWindow *window)
{
  QdSnapshot *snapshot = qd_session_get_snapshot (qd_main_window_get_session (window));

  g_assert_nonnull (snapshot);
  g_assert_true (qd_view_equal (qd_snapshot_get_view (snapshot), qd_session_get_view (qd_main_window_get_session (window))));
  return snapshot;
}

double
marks_sum (QdMainWindow  *window,
           const QdDrill *drill)
{
  QdSnapshot *snapshot = get_snapshot (window);
  g_autoptr (GError) error = NULL;
  g_autoptr (QdTable) rows = NULL;
  QdDrillSum sum;
  gint64 added = 0;

  rows = qd_drill_compute (qd_snapshot_get_ledger (snapshot), qd_snapshot_get_scope (snapshot), drill, &sum, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < qd_table_get_n_rows (rows); i++)
    added += qd_table_get_integer (rows, i, (guint) qd_table_find_column (rows, "contribution"));
  g_assert_cmpint (added, ==, sum.numerator);
  return sum.value.defined ? sum.value.value : NAN;
}

guint
marks_check_chart (QdMainWindow *window,
                   QdChartSpec  *spec)
{
  guint n = 0;

  g_assert_nonnull (spec);
  for (guint series = 0; series < qd_chart_spec_get_n_series (spec); series++)
    for (guint place = 0; place < qd_chart_spec_get_n_places (spec); place++)
      {
        double value = qd_chart_spec_get_value (spec, series, place), behind;
        const QdDrill *drill = qd_chart_spec_get_drill (spec, series, place);

        if (!isfinite (value))
          continue;
        if (drill == NULL)
          g_error ("nothing behind series %u, place %u", series, place);
        behind = marks_sum (window, drill);
        if (!(fabs (behind - value) <= 1e-9 * MAX (1, fabs (value))))
          g_error ("series %u, place %u shows %.12g, the rows behind it sum to %.12g", series, place, value, behind);
        n++;
      }
  return n;
}

double
marks_ask_program (QdMainWindow *window,
                   const char   *metric)
{
  static guint count;
  QdSession *session = qd_main_window_get_session (window);
  const QdView *view = qd_session_get_view (session);
  g_autofree char *name = g_strdup_printf ("asked-%u.quarterdeck", ++count);
  g_autofree char *copy = qd_ui_dup_path (name);
  g_autofree char *period = qd_period_to_string (view->period);
  g_autofree char *as_of = view->as_of != QD_MONTH_NONE ? qd_month_to_iso (view->as_of) : NULL;
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GFile) from = g_file_new_for_path (qd_workspace_get_path (qd_session_get_workspace (session)));
  g_autoptr (GFile) to = g_file_new_for_path (copy);
  g_autoptr (GError) error = NULL;
  g_autofree char *out = NULL;
  g_auto (GStrv) lines = NULL;
  g_auto (GStrv) cells = NULL;
  int status;

  g_assert_true (g_file_copy (from, to, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &error));
  g_ptr_array_add (argv, (gpointer) g_getenv ("QUARTERDECK"));
  g_ptr_array_add (argv, (gpointer) "metrics");
  g_ptr_array_add (argv, copy);
  g_ptr_array_add (argv, (gpointer) metric);
  g_ptr_array_add (argv, (gpointer) "--format");
  g_ptr_array_add (argv, (gpointer) "csv");
  g_ptr_array_add (argv, (gpointer) "--period");
  g_ptr_array_add (argv, period);
  if (as_of != NULL)
    {
      g_ptr_array_add (argv, (gpointer) "--as-of");
      g_ptr_array_add (argv, as_of);
    }
  for (guint i = 0; i < view->where->len; i++)
    {
      g_ptr_array_add (argv, (gpointer) "--where");
      g_ptr_array_add (argv, view->where->pdata[i]);
    }
  g_ptr_array_add (argv, NULL);
  g_assert_true (g_spawn_sync (NULL, (char **) argv->pdata, NULL, G_SPAWN_DEFAULT, NULL, NULL, &out, NULL, &status, &error));
  g_assert_true (g_spawn_check_wait_status (status, &error));
  g_unlink (copy);
  lines = g_strsplit (out, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), >=, 2);
  cells = g_strsplit (lines[1], ",", -1);
  g_assert_cmpstr (cells[0], ==, metric);
  return *cells[1] != '\0' ? g_ascii_strtod (cells[1], NULL) : NAN;
}
