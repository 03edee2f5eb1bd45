/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A person's way through the window, by actions: from an export file to a
 * workspace, the bridge, one segment, three months back, the customers behind a
 * bar, the exported chart, the printed page, and the import undone. What the
 * window shows is compared with the file itself and with the command line.
 */
#include "marks-fixture.h"

#include <math.h>
#include <string.h>

#include <glib/gstdio.h>

#include "ui/dialogs/import/qd-import-assistant.h"
#include "ui/window/qd-main-window-private.h"

typedef struct
{
  char *accounts, *lines;  /* files */
  const char *dimension, *value; /* column of the accounts, and one of its values */
  guint n_lines;
} Export;

static guint
count_lines (const char *path)
{
  g_autofree char *text = NULL;
  guint n = 0;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  for (const char *at = text; (at = strchr (at, '\n')) != NULL; at++)
    n++;
  return n - 1;
}

/* Two segments, 18 months; customers leave, come, grow and shrink. */
static void
write_export (Export *export)
{
  g_autoptr (GString) accounts = g_string_new ("account_id,account_name,segment\n");
  g_autoptr (GString) lines = g_string_new ("subscription_id,account_id,start_date,end_date,mrr_amount\n");
  guint line = 0;

  for (guint i = 0; i < 40; i++)
    {
      guint start = i % 14, length = 3 + i % 11;

      g_string_append_printf (accounts, "A%02u,Company %u,%s\n", i, i, i % 3 == 0 ? "Enterprise" : "SMB");
      g_string_append_printf (lines, "L%03u,A%02u,20%02u-%02u-01,", line++, i, 24 + start / 12, 1 + start % 12);
      if (i % 4 == 0)
        g_string_append_printf (lines, "20%02u-%02u-01", 24 + (start + length) / 12, 1 + (start + length) % 12);
      g_string_append_printf (lines, ",%u.%02u\n", 100 + 37 * i, i * 7 % 100);
      if (i % 5 == 0)
        g_string_append_printf (lines, "L%03u,A%02u,2025-%02u-01,,%u\n", line++, i, 1 + i % 6, 50 + i);
    }
  export->accounts = qd_ui_dup_path ("accounts.csv");
  export->lines = qd_ui_dup_path ("subscriptions.csv");
  export->dimension = "segment";
  export->value = "SMB";
  g_assert_true (g_file_set_contents (export->accounts, accounts->str, -1, NULL));
  g_assert_true (g_file_set_contents (export->lines, lines->str, -1, NULL));
}

static void
find_export (Export *export)
{
  const char *folder = g_getenv ("QUARTERDECK_REAL_DATA");

  *export = (Export){ 0 };
  if (folder != NULL)
    {
      export->accounts = g_build_filename (folder, "subscription-lines", "ravenstack_accounts.csv", NULL);
      export->lines = g_build_filename (folder, "subscription-lines", "ravenstack_subscriptions.csv", NULL);
      export->dimension = "industry";
      export->value = "EdTech";
    }
  if (folder == NULL || !g_file_test (export->lines, G_FILE_TEST_EXISTS))
    {
      g_free (export->accounts);
      g_free (export->lines);
      write_export (export);
    }
  export->n_lines = count_lines (export->lines);
}

/* Through the assistant as it stands, step by step; a question that the file leaves open is answered as proposed. */
static guint64
import_by_assistant (QdMainWindow *window)
{
  QdImportAssistant *assistant;
  QdWorkspace *workspace = qd_session_get_workspace (qd_main_window_get_session (window));
  g_autoptr (GError) error = NULL;
  g_autoptr (QdTable) imports = NULL;

  qd_ui_wait_while (qd_ui_find_window (QD_TYPE_IMPORT_ASSISTANT) == NULL);
  assistant = QD_IMPORT_ASSISTANT (qd_ui_find_window (QD_TYPE_IMPORT_ASSISTANT));
  for (guint i = 0; i < 12 && qd_ui_find_window (QD_TYPE_IMPORT_ASSISTANT) != NULL; i++)
    {
      qd_ui_wait_while (qd_import_assistant_is_busy (assistant));
      gtk_widget_activate_action (GTK_WIDGET (assistant), "import.next", NULL);
      qd_ui_wait_while (qd_ui_find_window (QD_TYPE_IMPORT_ASSISTANT) != NULL && qd_import_assistant_is_busy (assistant));
    }
  qd_ui_wait_while (qd_ui_find_window (QD_TYPE_IMPORT_ASSISTANT) != NULL);
  qd_ui_settle (window);
  imports = qd_workspace_get_imports (workspace, &error);
  g_assert_no_error (error);
  return (guint64) qd_table_get_integer (imports, qd_table_get_n_rows (imports) - 1,
                                         (guint) qd_table_find_column (imports, "imported"));
}

static void
activate (QdMainWindow *window,
          const char   *name,
          GVariant     *parameter)
{
  g_action_group_activate_action (G_ACTION_GROUP (window), name, parameter);
  qd_ui_settle (window);
}

static void
go (QdMainWindow *window,
    const char   *place)
{
  activate (window, "go", g_variant_new_string (place));
}

static QdChartSpec *
get_spec (QdMainWindow *window)
{
  QdChartView *chart = qd_page_get_chart (qd_main_window_get_page (window));

  g_assert_nonnull (chart);
  g_assert_nonnull (qd_chart_view_get_spec (chart));
  return qd_chart_view_get_spec (chart);
}

/* The rows page of a mark: its rows sum to what the mark shows, in the unit of the contributions. */
static void
open_and_sum (QdMainWindow *window,
              QdChartSpec  *spec,
              guint         series,
              guint         place)
{
  const QdDrill *drill = qd_chart_spec_get_drill (spec, series, place);
  double value = qd_chart_spec_get_value (spec, series, place);
  g_autofree char *words = qd_drill_to_string (drill);
  QdUnit unit = qd_drill_get_unit (drill);
  QdTableView *view;
  QdTable *table;
  gint64 sum = 0;
  int column;

  activate (window, "drill", g_variant_new_string (words));
  g_assert_cmpstr (qd_session_get_place (qd_main_window_get_session (window))->page, ==, "rows");
  view = qd_page_get_table (qd_main_window_get_page (window));
  table = qd_table_view_get_table (view);
  column = qd_table_find_column (table, "contribution");
  g_assert_cmpint (column, >=, 0);
  for (guint i = 0; i < qd_table_get_n_rows (table); i++)
    sum += qd_table_get_integer (table, i, (guint) column);
  /* money is minor units in charts, too */
  if (unit == QD_UNIT_MONEY || unit == QD_UNIT_COUNT)
    g_assert_cmpint (sum, ==, llround (value));
  else
    g_assert_cmpfloat_with_epsilon (marks_sum (window, drill), value, 1e-9);
  g_assert_cmpuint (qd_table_view_get_n_visible (view), ==, qd_table_get_n_rows (table));
}

/* The chart's numbers as a file: every row says of whom, of when and by which definition it is. */
static void
export_data (QdMainWindow *window,
             const char   *path)
{
  QdChartSpec *spec = qd_chart_view_get_spec (qd_page_get_chart (qd_main_window_get_page (window)));
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  g_action_group_activate_action (G_ACTION_GROUP (window), "export-data", NULL);
  qd_ui_answer_file (path);
  qd_ui_wait_while (!g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (g_strdelimit (text, "\r", '\n'), "\n", -1);
  g_assert_true (g_str_has_suffix (lines[0], ",scope"));
  for (guint i = 1; lines[i] != NULL; i++)
    if (*lines[i] != '\0')
      {
        g_assert_nonnull (strstr (lines[i], qd_chart_spec_get_subject (spec)));
        g_assert_nonnull (strstr (lines[i], qd_chart_spec_get_period (spec)));
        g_assert_nonnull (strstr (lines[i], "definition: Board"));
      }
}

/* The review of what is seen, as a PDF with pages. */
static void
save_review (QdMainWindow *window,
             const char   *path)
{
  g_autofree char *bytes = NULL;
  gsize length = 0;

  g_action_group_activate_action (G_ACTION_GROUP (window), "review", NULL);
  qd_ui_answer_file (path);
  qd_ui_wait_while (!g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  g_assert_cmpuint (length, >, 20000);
  g_assert_true (memcmp (bytes, "%PDF-", 5) == 0);
}

static void
test_way (void)
{
  Export export;
  QdMainWindow *window;
  QdSession *session;
  g_autofree char *path = qd_ui_dup_path ("way.quarterdeck");
  g_autofree char *picture = qd_ui_dup_path ("way.png");
  g_autofree char *rows = qd_ui_dup_path ("way.csv");
  g_autofree char *review = qd_ui_dup_path ("way.pdf");
  g_autofree char *bytes = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  g_autoptr (GError) error = NULL;
  QdMonth latest;
  GtkWindow *preview;
  double arr, filtered;
  QdChartSpec *spec;
  QdPlace before;
  gsize length;
  guint bar = 0;

  find_export (&export);

  /* a window with nothing in it, then a workspace that begins with the export */
  window = qd_application_new_window (qd_ui_get_application ());
  gtk_window_set_default_size (GTK_WINDOW (window), 1200, 800);
  gtk_window_present (GTK_WINDOW (window));
  qd_ui_settle (window);
  g_assert_null (qd_main_window_get_session (window));
  g_action_group_activate_action (G_ACTION_GROUP (qd_ui_get_application ()), "create-workspace",
                                  g_variant_new ("(sssis)", path, "Way", "USD", 1, export.lines));
  qd_ui_wait_while (qd_main_window_get_session (window) == NULL);
  session = qd_main_window_get_session (window);
  g_assert_cmpuint (import_by_assistant (window), ==, export.n_lines);
  g_action_group_activate_action (G_ACTION_GROUP (window), "import-file", g_variant_new_string (export.accounts));
  import_by_assistant (window);

  /* Overview, bridge, retention: each is there, and the bridge ends where the command line says */
  go (window, "overview");
  go (window, "bridge");
  spec = get_spec (window);
  latest = qd_snapshot_get_scope (qd_session_get_snapshot (session))->as_of;
  arr = marks_ask_program (window, "arr");
  g_assert_cmpfloat (arr, >, 0);
  g_assert_cmpfloat_with_epsilon (qd_chart_spec_get_value (spec, 0, qd_chart_spec_get_n_places (spec) - 1), arr * 100, 1e-3);
  go (window, "retention?trend");
  g_assert_cmpuint (marks_check_chart (window, get_spec (window)), >, 0);

  /* one segment */
  activate (window, "toggle-filter", g_variant_new ("(ss)", export.dimension, export.value));
  g_assert_true (qd_view_is_filtered (qd_session_get_view (session)));
  filtered = marks_ask_program (window, "arr");
  g_assert_cmpfloat (filtered, <, arr);

  /* three months back */
  for (guint i = 0; i < 3; i++)
    activate (window, "previous-period", NULL);
  g_assert_cmpint (qd_snapshot_get_scope (qd_session_get_snapshot (session))->as_of, ==, latest - 3);

  /* the customers behind every bar; back brings the same place */
  go (window, "bridge");
  g_assert_cmpfloat_with_epsilon (
      qd_chart_spec_get_value (get_spec (window), 0, qd_chart_spec_get_n_places (get_spec (window)) - 1),
      marks_ask_program (window, "arr") * 100, 1e-3);
  for (guint place = 0; place < qd_chart_spec_get_n_places (get_spec (window)); place++)
    {
      g_autoptr (QdChartSpec) behind = qd_chart_spec_ref (get_spec (window));

      if (!isfinite (qd_chart_spec_get_value (behind, 0, place)))
        continue;
      before = *qd_session_get_place (session);
      open_and_sum (window, behind, 0, place);
      activate (window, "back", NULL);
      g_assert_cmpstr (qd_session_get_place (session)->page, ==, "bridge");
      g_assert_true (qd_session_get_place (session)->view == before.view ||
                     qd_view_equal (qd_session_get_place (session)->view, qd_session_get_view (session)));
      bar++;
    }
  g_assert_cmpuint (bar, >=, 5);

  /* the chart on the clipboard, in a file, on paper */
  activate (window, "copy-picture", NULL);
  {
    GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (window));
    GdkContentFormats *formats;

    qd_ui_wait_while (!gdk_clipboard_is_local (clipboard));
    formats = gdk_clipboard_get_formats (clipboard);
    g_assert_true (gdk_content_formats_contain_mime_type (formats, "image/png"));
    g_assert_true (gdk_content_formats_contain_mime_type (formats, "image/svg+xml"));
  }
  g_action_group_activate_action (G_ACTION_GROUP (window), "export-chart", g_variant_new_string ("png"));
  qd_ui_answer_file (picture);
  /* there, and whole */
  qd_ui_wait_while (!g_file_test (picture, G_FILE_TEST_EXISTS) ||
                    g_list_model_get_n_items (qd_session_get_jobs (qd_main_window_get_session (window))) > 0);
  g_assert_true (g_file_get_contents (picture, &bytes, &length, NULL));
  texture = gdk_texture_new_from_filename (picture, &error);
  g_assert_no_error (error);
  g_assert_cmpint (gdk_texture_get_width (texture), >, 400);
  g_assert_cmpuint (length, >, 2000);
  export_data (window, rows);
  save_review (window, review);
  g_action_group_activate_action (G_ACTION_GROUP (window), "print-preview", NULL);
  qd_ui_wait_while (gtk_window_get_transient_for (GTK_WINDOW (window)) == NULL && qd_ui_find_window (ADW_TYPE_WINDOW) == NULL);
  preview = qd_ui_find_window (ADW_TYPE_WINDOW);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (preview));
  gtk_window_close (preview);
  qd_ui_wait_while (qd_ui_find_window (ADW_TYPE_WINDOW) != NULL);

  /* the import is undone: nothing recurs any more; redone: all of it is back */
  activate (window, "clear-filters", NULL);
  activate (window, "set-as-of", g_variant_new_string (""));
  activate (window, "undo-import", g_variant_new_int64 (1));
  qd_ui_wait_while (qd_session_get_snapshot (session) == NULL ||
                    qd_snapshot_has_revenue (qd_session_get_snapshot (session)));
  activate (window, "redo", NULL);
  qd_ui_wait_while (!qd_snapshot_has_revenue (qd_session_get_snapshot (session)));
  qd_ui_settle (window);
  g_assert_cmpfloat_with_epsilon (marks_ask_program (window, "arr"), arr, 1e-9);
  qd_ui_close (window);
  g_free (export.accounts);
  g_free (export.lines);
}

/* The rows page of a few marks of every chart that pages show, at three scopes. */
static void
test_sums (void)
{
  static const char *const places[] = { "overview", "bridge", "retention?trend", "retention?cohorts-logos",
                                        "retention?cohorts-net", "retention?cohorts-gross" };
  QdMainWindow *window = qd_ui_open_sample (120);
  QdSession *session = qd_main_window_get_session (window);

  for (guint scope = 0; scope < MARKS_N_SCOPES; scope++)
    for (guint i = 0; i < G_N_ELEMENTS (places); i++)
      {
        g_autoptr (QdView) view = marks_make_view (scope);
        g_autoptr (QdChartSpec) spec = NULL;
        guint n = 0, all;

        qd_session_go (session, NULL, NULL, view);
        go (window, places[i]);
        spec = qd_chart_spec_ref (get_spec (window));
        all = qd_chart_spec_get_n_series (spec) * qd_chart_spec_get_n_places (spec);
        /* first, last, and some between */
        for (guint mark = 0; mark < all; mark += 1 + all / 5)
          {
            guint series = mark / qd_chart_spec_get_n_places (spec), place = mark % qd_chart_spec_get_n_places (spec);

            if (!isfinite (qd_chart_spec_get_value (spec, series, place)) ||
                qd_chart_spec_get_drill (spec, series, place) == NULL)
              continue;
            open_and_sum (window, spec, series, place);
            n++;
          }
        g_test_message ("%s, scope %u: %u marks of %u", places[i], scope, n, all);
        g_assert_cmpuint (n, >, 0);
      }
  qd_ui_close (window);
}

int
main (int    argc,
      char **argv)
{
  qd_ui_test_init (&argc, &argv);
  g_test_add_func ("/ui/way/way", test_way);
  g_test_add_func ("/ui/way/sums", test_sums);
  return g_test_run ();
}
