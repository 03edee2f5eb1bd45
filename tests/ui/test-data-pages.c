/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The rows behind a figure, imports, data quality, activity: on files whose
 * sums were worked out by hand.
 */
#include "ui-fixture.h"

#include <string.h>

#include "data/metrics/qd-drill.h"
#include "data/workspace/qd-workspace-edit.h"
#include "ui/pages/activity/qd-activity-entry.h"
#include "ui/pages/qd-moment.h"
#include "ui/widgets/qd-record-list.h"
#include "ui/widgets/qd-table-view-private.h"

static const char accounts[] = "account_id,name,segment\nA1,Globex,Enterprise\nA2,\"Initech & Söhne <AG>\",SMB\n";
static const char lines[] = "line_id,account_id,start,end,mrr\nL1,A1,2025-01-01,,1000.00\n"
                            "L2,A2,2025-01-01,2025-06-01,500\nL3,A3,2025-03-01,,250.50\nL4,A1,2025-xx-01,,10\n";

static void
run (const char *words)
{
  g_autofree char *line = g_strdup_printf ("%s %s", g_getenv ("QUARTERDECK"), words);
  g_autofree char *out = NULL;
  g_autofree char *err = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  /* 2: some rows were rejected, which is what is wanted */
  if (!g_spawn_command_line_sync (line, &out, &err, &status, &error) || !WIFEXITED (status) || WEXITSTATUS (status) > 2)
    g_error ("%s: %s %s", line, error != NULL ? error->message : "", err);
}

static char *
write_file (const char *name,
            const char *text)
{
  char *path = qd_ui_dup_path (name);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  return path;
}

/* Import 1: accounts, 2 rows. Import 2: lines, 3 of 4 rows. ARR at the end of March: 12 × (1000 + 500 + 250.50). */
static char *
make_workspace (void)
{
  static guint count;
  g_autofree char *name = g_strdup_printf ("hand-%u.quarterdeck", ++count);
  char *path = qd_ui_dup_path (name);
  g_autofree char *accounts_path = write_file ("accounts.csv", accounts);
  g_autofree char *lines_path = write_file ("lines of a rather long name, März 2025.csv", lines);
  g_autofree char *new_words = g_strdup_printf ("new '%s' --currency USD", path);
  g_autofree char *one = g_strdup_printf ("import '%s' accounts '%s'", path, accounts_path);
  g_autofree char *two = g_strdup_printf ("import '%s' subscriptions '%s' --skip-rejected", path, lines_path);

  run (new_words);
  run (one);
  run (two);
  return path;
}

static QdMainWindow *
open_window (const char *path)
{
  QdMainWindow *window = qd_application_new_window (qd_ui_get_application ());
  g_autoptr (GError) error = NULL;
  g_autoptr (QdWorkspace) workspace = NULL;

  /* a window that was closed a moment ago may still have a worker at it */
  while ((workspace = qd_workspace_open (path, QD_STORE_OPEN_DEFAULT, NULL, &error)) == NULL &&
         g_error_matches (error, QD_STORE_ERROR, QD_STORE_ERROR_LOCKED))
    {
      g_clear_error (&error);
      qd_ui_iterate ();
    }
  g_assert_no_error (error);
  qd_main_window_set_workspace (window, workspace);
  gtk_window_set_default_size (GTK_WINDOW (window), 1200, 800);
  gtk_window_present (GTK_WINDOW (window));
  qd_ui_settle (window);
  return window;
}

static QdPage *
go (QdMainWindow *window,
    const char   *page,
    const char   *detail)
{
  qd_session_go (qd_main_window_get_session (window), page, detail, NULL);
  qd_ui_settle (window);
  g_assert_nonnull (qd_page_get_result (qd_main_window_get_page (window)));
  return qd_main_window_get_page (window);
}

static void
assert_label (QdPage     *page,
              const char *text)
{
  if (qd_ui_find_label (GTK_WIDGET (page), text) == NULL)
    g_error ("“%s” is not on the page", text);
}

static char *opened;

static void
open_account_cb (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       data)
{
  g_free (opened);
  opened = g_variant_dup_string (parameter, NULL);
}

static void
catch_open_account (QdMainWindow *window)
{
  static const GActionEntry entries[] = {
    { .name = "open-account", .activate = open_account_cb, .parameter_type = "s" },
  };

  g_action_map_remove_action (G_ACTION_MAP (window), "open-account");
  g_action_map_add_action_entries (G_ACTION_MAP (window), entries, 1, NULL);
}

/* --- rows --- */

static void
test_rows (void)
{
  g_autofree char *path = make_workspace ();
  QdMainWindow *window = open_window (path);
  QdDrill drill;
  g_autofree char *detail = NULL;
  g_autofree char *title = NULL;
  QdPage *page;
  QdTableView *view;
  QdTable *table;
  gint64 sum = 0;
  int column;

  catch_open_account (window);
  g_assert_true (qd_drill_init (&drill, "arr", (QdWindow){ qd_month_from_ym (2024, 3), qd_month_from_ym (2025, 3), FALSE }, 1));
  detail = qd_drill_to_string (&drill);
  page = go (window, "rows", detail);
  title = qd_page_dup_title (page);
  g_assert_cmpstr (title, ==, "Customers behind ARR");
  assert_label (page, "at the end of Mar 2025");
  assert_label (page, "$21\u202f006, the sum of 3 customers");
  view = qd_page_get_table (page);
  table = qd_table_view_get_table (view);
  column = qd_table_find_column (table, "contribution");
  g_assert_cmpint (column, >=, 0);
  for (guint r = 0; r < qd_table_get_n_rows (table); r++)
    sum += qd_table_get_integer (table, r, (guint) column);
  g_assert_cmpint (sum, ==, 2100600);
  assert_label (page, "3 rows · ARR $21\u202f006");
  g_signal_emit_by_name (view, "row-activated", 1);
  g_assert_cmpstr (opened, ==, "A2");
  qd_ui_shoot (GTK_WIDGET (window), "rows");

  /* A drill that is none is said, and nothing falls over. */
  /* what a bridge opens with is the state at the end of the month before */
  page = go (window, "rows", "opening_mrr@2025-02..2025-03*12");
  assert_label (page, "at the end of Feb 2025");
  page = go (window, "rows", "arr@2025-02..2025-03");
  assert_label (page, "at the end of Mar 2025");

  qd_session_go (qd_main_window_get_session (window), "rows", "nonsense", NULL);
  qd_ui_settle (window);
  assert_label (qd_main_window_get_page (window), "This Page Cannot Be Shown");
  qd_ui_close (window);
}

/* The rows are those of the months that the header names. */
static void
test_rows_follow (void)
{
  g_autofree char *path = make_workspace ();
  QdMainWindow *window = open_window (path);
  QdSession *session = qd_main_window_get_session (window);
  QdPage *page;

  /* 12 months to March: all is new; 12 months to February: L3 is not there yet. */
  page = go (window, "rows", "new_mrr@2024-03..2025-03*12");
  assert_label (page, "Apr 2024 – Mar 2025");
  assert_label (page, "$21\u202f006, the sum of 3 customers");
  g_action_group_activate_action (G_ACTION_GROUP (window), "previous-period", NULL);
  qd_ui_settle (window);
  g_assert_cmpstr (qd_session_get_place (session)->detail, ==, "new_mrr@2024-02..2025-02*12");
  assert_label (page, "Mar 2024 – Feb 2025");
  assert_label (page, "$18\u202f000, the sum of 2 customers");
  g_action_group_activate_action (G_ACTION_GROUP (window), "set-period", g_variant_new_string ("quarter"));
  qd_ui_settle (window);
  assert_label (page, "Jan 2025 – Feb 2025");
  qd_session_back (session);
  qd_session_back (session);
  qd_ui_settle (window);
  assert_label (page, "Apr 2024 – Mar 2025");

  /* One month of a chart moves as far. */
  page = go (window, "rows", "new_mrr@2025-01..2025-02*12");
  g_action_group_activate_action (G_ACTION_GROUP (window), "previous-period", NULL);
  qd_ui_settle (window);
  g_assert_cmpstr (qd_session_get_place (session)->detail, ==, "new_mrr@2024-12..2025-01*12");
  qd_ui_close (window);
}

/* What stands above the rows may be sliding in: whatever does not move for so long is there. */
#define STILL_US 500000


static void
stand_still (QdTableView *view)
{
  GtkScrollable *list = GTK_SCROLLABLE (gtk_widget_get_last_child (qd_ui_find (GTK_WIDGET (view), GTK_TYPE_COLUMN_VIEW, NULL)));
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (list);
  double page = gtk_adjustment_get_page_size (adjustment);

  for (gint64 since = g_get_monotonic_time (); g_get_monotonic_time () - since < STILL_US; qd_ui_iterate ())
    if (gtk_adjustment_get_page_size (adjustment) != page)
      {
        page = gtk_adjustment_get_page_size (adjustment);
        since = g_get_monotonic_time ();
      }
}

/* GTK keeps the distance of a row from the edge as a fraction, so that the last digit of a position is not its own. */
static void
assert_same_place (const char *a,
                   const char *b)
{
  g_autoptr (GVariant) one = g_variant_parse (G_VARIANT_TYPE ("(sbsddbas)"), a, NULL, NULL, NULL);
  g_autoptr (GVariant) other = g_variant_parse (G_VARIANT_TYPE ("(sbsddbas)"), b, NULL, NULL, NULL);

  for (gsize i = 0; i < g_variant_n_children (one); i++)
    {
      g_autoptr (GVariant) x = g_variant_get_child_value (one, i);
      g_autoptr (GVariant) y = g_variant_get_child_value (other, i);

      if (g_variant_is_of_type (x, G_VARIANT_TYPE_DOUBLE))
        g_assert_cmpfloat_with_epsilon (g_variant_get_double (x), g_variant_get_double (y), 1.0 + 1e-9);
      else
        g_assert_true (g_variant_equal (x, y));
    }
}

/* Back brings the order, the selection, the search and the position of the rows back, however often. */
static void
test_rows_back (void)
{
  QdMainWindow *window = qd_ui_open_sample (60);
  QdSession *session = qd_main_window_get_session (window);
  const QdScope *scope = qd_snapshot_get_scope (qd_session_get_snapshot (session));
  QdDrill drill;
  g_autofree char *detail = NULL;
  g_autofree char *state = NULL;
  QdPage *page;
  QdTableView *view;

  g_assert_true (qd_drill_init (&drill, "arr", (QdWindow){ scope->as_of - 12, scope->as_of, FALSE }, 1));
  detail = qd_drill_to_string (&drill);
  page = go (window, "rows", detail);
  view = qd_page_get_table (page);
  qd_table_view_sort (view, "name", TRUE);
  qd_table_view_select_row (view, 3);
  qd_ui_wait_while (qd_table_view_is_busy (view));
  stand_still (view);
  qd_ui_shoot (GTK_WIDGET (window), "rows-sample");
  state = qd_table_view_save_state (view);
  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *again = NULL;

      go (window, "imports", NULL);
      qd_session_back (session);
      qd_ui_settle (window);
      g_assert_true (qd_main_window_get_page (window) == page);
      qd_ui_wait_while (qd_table_view_is_busy (view));
      again = qd_table_view_save_state (view);
      assert_same_place (again, state);
    }
  qd_ui_close (window);
}

/* Where a cell's row has the focus. */
static gboolean
is_focused (QdTableView *view,
            guint        row)
{
  GtkWidget *cell = qd_table_view_find_cell_widget (view, row, (guint) qd_table_find_column (qd_table_view_get_table (view), "name"));
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (view)));

  return cell != NULL && focus != NULL && (focus == cell || gtk_widget_is_ancestor (cell, focus)) &&
         gtk_widget_is_ancestor (focus, GTK_WIDGET (view)) && !GTK_IS_COLUMN_VIEW (focus) &&
         gtk_widget_get_height (focus) < 100;
}

static void
open_row (QdMainWindow *window,
          QdTableView  *view,
          guint         position)
{
  qd_table_view_activate_position (view, position);
  qd_ui_settle (window);
  g_assert_cmpstr (qd_session_get_place (qd_main_window_get_session (window))->page, ==, "account");
}

/* Back to the row that was opened: the keyboard is there as well. The next customer begins at the top, in no field. */
static void
test_rows_focus (void)
{
  QdMainWindow *window = qd_ui_open_sample (200);
  QdSession *session = qd_main_window_get_session (window);
  const QdScope *scope = qd_snapshot_get_scope (qd_session_get_snapshot (session));
  g_autofree char *detail = g_strdup_printf ("arr@%04d-%02d..%04d-%02d", qd_month_get_year (scope->as_of) - 1,
                                             qd_month_get_number (scope->as_of), qd_month_get_year (scope->as_of),
                                             qd_month_get_number (scope->as_of));
  QdPage *page = go (window, "rows", detail);
  QdTableView *view = qd_page_get_table (page);
  guint position = qd_table_view_get_n_visible (view) - 10, row = qd_table_view_get_row_at (view, position);
  GtkWidget *cell, *list, *text;

  g_assert_cmpuint (position, >, 60);
  qd_table_view_select_row (view, row);
  qd_ui_wait_while ((cell = qd_table_view_find_cell_widget (view, row, 1)) == NULL || !gtk_widget_get_mapped (cell));
  gtk_widget_grab_focus (gtk_widget_get_parent (gtk_widget_get_parent (cell)));
  g_assert_true (is_focused (view, row));
  open_row (window, view, position);

  /* an edit: the focus is in a field, far down */
  list = qd_ui_find (GTK_WIDGET (qd_main_window_get_page (window)), QD_TYPE_RECORD_LIST, "right");
  text = qd_ui_find (list, GTK_TYPE_TEXT, NULL);
  gtk_widget_grab_focus (text);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  g_assert_true (gtk_root_get_focus (GTK_ROOT (window)) == text);
  qd_session_back (session);
  qd_ui_settle (window);
  qd_ui_wait_while (!is_focused (view, row));

  /* another customer */
  open_row (window, view, 2);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  g_assert_nonnull (gtk_root_get_focus (GTK_ROOT (window)));
  g_assert_false (GTK_IS_EDITABLE (gtk_root_get_focus (GTK_ROOT (window))));
  page = qd_main_window_get_page (window);
  g_assert_true (gtk_widget_is_ancestor (gtk_root_get_focus (GTK_ROOT (window)), GTK_WIDGET (page)));
  list = qd_ui_find (GTK_WIDGET (page), GTK_TYPE_SCROLLED_WINDOW, "scroller");
  g_assert_cmpfloat (gtk_adjustment_get_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (list))), ==, 0);
  qd_ui_close (window);
}

/* --- imports --- */

static guint
count_columns (QdTableView *view)
{
  GListModel *columns = gtk_column_view_get_columns (GTK_COLUMN_VIEW (qd_ui_find (GTK_WIDGET (view), GTK_TYPE_COLUMN_VIEW, NULL)));
  guint seen = 0;

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      seen += gtk_column_view_column_get_visible (column);
    }
  return seen;
}

static const char *
get_grid_text (QdPage *page,
               int     column,
               int     row)
{
  GtkWidget *grid = qd_ui_find (GTK_WIDGET (page), GTK_TYPE_GRID, "figures");
  GtkWidget *label = gtk_grid_get_child_at (GTK_GRID (grid), column, row);

  g_assert_nonnull (label);
  return gtk_label_get_text (GTK_LABEL (label));
}

static char *
write_figure (QdFormat *format,
              gboolean  money,
              QdRate    rate)
{
  return !rate.defined ? g_strdup ("–") : money ? qd_format_money_full (format, rate.value) : qd_format_percent (format, rate.value, 1);
}

/* A row of what an import did: before, after, and the change between them; money in minor units. @mark: NULL: there is no
 * change to tell. */
static void
assert_figure (QdPage     *page,
               int         row,
               const char *title,
               QdRate      before,
               QdRate      after,
               const char *mark)
{
  QdFormat *format = qd_session_get_format (qd_page_get_session (page));
  gboolean money = row == 1;
  g_autofree char *one = write_figure (format, money, before);
  g_autofree char *two = write_figure (format, money, after);
  double change = after.value - before.value;
  g_autofree char *difference = money ? qd_format_money_change (format, change) : qd_format_points (format, change);
  g_autofree char *marked = mark != NULL ? g_strconcat (mark, difference, NULL) : g_strdup ("–");

  g_assert_cmpstr (get_grid_text (page, 0, row), ==, title);
  g_assert_cmpstr (get_grid_text (page, 1, row), ==, one);
  g_assert_cmpstr (get_grid_text (page, 2, row), ==, two);
  g_assert_cmpstr (get_grid_text (page, 3, row), ==, marked);
}

/* What an import did stays with it as it was then, whatever comes after. In January 2024 A1 and A2 pay 100 each, in January
 * 2025 they still do and A3 pays 50. By the second file A2 has left and A1 pays 30 more; the third brings A4. */
static void
test_import_effect (void)
{
  static const char *const files[] = {
    "line_id,account_id,start,end,mrr\nL1,A1,2024-01-01,,100\nL2,A2,2024-01-01,,100\nL3,A3,2025-01-01,,50\n",
    "line_id,account_id,start,end,mrr\nL2,A2,2024-01-01,2024-06-01,100\nL4,A1,2025-01-01,,30\n",
    "line_id,account_id,start,end,mrr\nL5,A4,2025-01-01,,1000\n",
  };
  g_autofree char *path = qd_ui_dup_path ("effects.quarterdeck");
  g_autofree char *new_words = g_strdup_printf ("new '%s' --currency USD", path);
  QdMainWindow *window;
  QdPage *page;

  run (new_words);
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *file = write_file ("effects.csv", files[i]);
      g_autofree char *words = g_strdup_printf ("import '%s' subscriptions '%s'", path, file);

      run (words);
    }
  window = open_window (path);
  page = go (window, "imports", "2");
  assert_figure (page, 1, "ARR", (QdRate){ 12 * (100 + 100 + 50) * 100, TRUE }, (QdRate){ 12 * (130 + 50) * 100, TRUE }, "▼ ");
  assert_figure (page, 2, "NRR, 12 Months", (QdRate){ 200. / 200, TRUE }, (QdRate){ 130. / 200, TRUE }, "▼ ");
  assert_figure (page, 3, "GRR, 12 Months", (QdRate){ 200. / 200, TRUE }, (QdRate){ 100. / 200, TRUE }, "▼ ");
  page = go (window, "imports", "3");
  assert_figure (page, 1, "ARR", (QdRate){ 12 * 180 * 100, TRUE }, (QdRate){ 12 * 1180 * 100, TRUE }, "▲ ");
  assert_figure (page, 2, "NRR, 12 Months", (QdRate){ 0.65, TRUE }, (QdRate){ 0.65, TRUE }, "");
  qd_ui_shoot (GTK_WIDGET (window), "import-effect");
  qd_ui_close (window);
}

static void
test_imports (void)
{
  g_autoptr (QdView) plain = qd_view_new ();
  g_autoptr (QdView) smb = qd_view_with_filter (plain, "segment", "SMB", TRUE);
  g_autofree char *path = make_workspace ();
  QdMainWindow *window = open_window (path);
  QdPage *page = go (window, "imports", NULL);
  QdTable *table = qd_table_view_get_table (qd_page_get_table (page));
  GtkWidget *button;

  g_assert_cmpuint (qd_table_get_n_rows (table), ==, 2);
  g_assert_cmpint (qd_table_get_integer (table, 0, 0), ==, 2); /* newest first */
  for (guint r = 0; r < 2; r++)
    g_assert_cmpint (qd_table_get_integer (table, r, 10), ==,
                     qd_table_get_integer (table, r, 11) + qd_table_get_integer (table, r, 12) +
                         qd_table_get_integer (table, r, 13) + qd_table_get_integer (table, r, 14));
  /* What each did to the figures stands beside it: accounts alone bring no revenue. */
  g_assert_cmpstr (qd_table_get_text (table, 1, qd_table_find_column (table, "as-of")), ==, "No revenue yet");
  g_assert_true (qd_table_is_missing (table, 1, qd_table_find_column (table, "arr")));
  g_assert_cmpstr (qd_table_get_text (table, 0, qd_table_find_column (table, "as-of")), !=, "Not computed");
  g_assert_cmpint (qd_table_get_integer (table, 0, qd_table_find_column (table, "arr")), >, 0);
  g_assert_true (qd_table_is_missing (table, 0, qd_table_find_column (table, "nrr")));
  /* What every import has none of takes no room; nothing was undone. */
  g_assert_cmpuint (count_columns (qd_page_get_table (page)), ==, 7);
  qd_ui_shoot (GTK_WIDGET (window), "imports-hand");
  g_signal_emit_by_name (qd_page_get_table (page), "row-activated", 0);
  qd_ui_settle (window);
  g_assert_cmpstr (qd_page_get_detail (page), ==, "2");
  assert_label (page, "lines of a rather long name");
  assert_label (page, "4\u00a0read = 3\u00a0imported + 0\u00a0merged + 0\u00a0unchanged + 1\u00a0rejected");
  table = qd_table_view_get_table (qd_page_get_table (page));
  g_assert_cmpuint (qd_table_get_n_rows (table), ==, 1);
  g_assert_cmpint (qd_table_get_integer (table, 0, 0), ==, 5);
  g_assert_cmpstr (qd_table_get_text (table, 0, 1), ==, "Rejected");
  g_assert_cmpstr (qd_table_get_text (table, 0, 2), ==, "no date");
  g_assert_cmpstr (qd_table_get_text (table, 0, 3), ==, "Start");
  g_assert_cmpstr (qd_table_get_text (table, 0, 4), ==, "2025-xx-01");
  qd_ui_shoot (GTK_WIDGET (window), "import");

  /* the same change as in the list, although there was nothing before it: 12 × (1000 + 500 + 250.50) in March */
  assert_figure (page, 1, "ARR", (QdRate){ 0, FALSE }, (QdRate){ 12 * (100000 + 50000 + 25050), TRUE }, "▲ ");
  assert_figure (page, 2, "NRR, 12 Months", (QdRate){ 0, FALSE }, (QdRate){ 0, FALSE }, NULL);
  assert_label (page, "As of Mar 2025");

  /* Undone and redone from the page: the rows go and come. */
  button = qd_ui_find (GTK_WIDGET (page), GTK_TYPE_BUTTON, "undo");
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (button)), ==, "_Undo Import");
  g_assert_cmpstr (gtk_actionable_get_action_name (GTK_ACTIONABLE (button)), ==, "win.undo-entry");
  gtk_widget_activate (button);
  qd_ui_wait_while (strcmp (gtk_button_get_label (GTK_BUTTON (button)), "_Redo Import") != 0);
  assert_label (page, "This import was undone");
  g_assert_cmpstr (gtk_actionable_get_action_name (GTK_ACTIONABLE (button)), ==, "win.redo-entry");
  qd_ui_shoot (GTK_WIDGET (window), "import-undone");
  /* Without any revenue no filter is to blame. */
  qd_session_go (qd_main_window_get_session (window), "overview", "", smb);
  qd_ui_settle (window);
  g_assert_null (qd_ui_find_label (GTK_WIDGET (window), "Nothing Matches the Filter"));
  g_assert_null (qd_page_get_result (qd_main_window_get_page (window)));
  qd_session_back (qd_main_window_get_session (window));
  qd_ui_settle (window);
  gtk_widget_activate (button);
  qd_ui_wait_while (strcmp (gtk_button_get_label (GTK_BUTTON (button)), "_Undo Import") != 0);
  qd_ui_close (window);
}

static void
test_empty (void)
{
  static const char *const pages[] = { "imports", "quality", "activity" };
  static const char *const words[] = { "No Imports Yet", "No Data to Check Yet", "Nothing Has Happened Yet" };
  g_autofree char *path = qd_ui_dup_path ("empty.quarterdeck");
  g_autofree char *line = g_strdup_printf ("new '%s' --currency EUR", path);
  QdMainWindow *window;

  run (line);
  window = open_window (path);
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      g_autofree char *name = g_strconcat (pages[i], "-empty", NULL);

      assert_label (go (window, pages[i], NULL), words[i]);
      qd_ui_shoot (GTK_WIDGET (window), name);
    }
  qd_ui_close (window);
}

/* --- data quality --- */

static void
test_quality (void)
{
  g_autofree char *path = make_workspace ();
  QdMainWindow *window = open_window (path);
  QdPage *page;
  gpointer result;
  GtkWidget *open;

  catch_open_account (window);
  page = go (window, "quality", NULL);
  assert_label (page, "Revenue of accounts that were never imported");
  assert_label (page, "Warnings");
  assert_label (page, "0 failures, 1 warning");
  assert_label (page, "17 checks are fine");
  qd_ui_shoot (GTK_WIDGET (window), "quality-hand");

  /* All of it can be copied and exported, although there is no table on the page. */
  {
    g_autoptr (QdTable) table = qd_page_dup_table (page);

    g_assert_cmpuint (qd_table_get_n_rows (table), >=, 18);
    g_assert_cmpstr (qd_table_get_text (table, 0, 0), ==, "Warning");
    g_assert_cmpstr (qd_table_get_text (table, 0, 1), ==, "Revenue of accounts that were never imported");
    g_assert_cmpstr (qd_table_get_text (table, 0, (guint) qd_table_find_column (table, "account")), ==, "A3");
  }

  /* Kept while the data is the same. */
  result = qd_page_get_result (page);
  qd_page_refresh (page);
  qd_ui_settle (window);
  g_assert_true (qd_page_get_result (page) == result);
  gtk_widget_activate_action (GTK_WIDGET (page), "quality.check", NULL);
  qd_ui_settle (window);
  g_assert_true (qd_page_get_result (page) != result);

  /* The example opens the account that it is about: A3, which no import of accounts knows. */
  open = qd_ui_find_label (GTK_WIDGET (page), "A3");
  g_assert_nonnull (open);
  open = gtk_widget_get_ancestor (open, ADW_TYPE_ACTION_ROW);
  g_signal_emit_by_name (adw_action_row_get_activatable_widget (ADW_ACTION_ROW (open)), "clicked");
  g_assert_cmpstr (opened, ==, "A3");
  qd_ui_close (window);
}

/* Twelve accounts without a segment, A12 with two lines; ARR at the end of March: 12 × 100 × number, 12 × 5 more for A12. */
static char *
make_blanks (void)
{
  g_autoptr (GString) text = g_string_new ("account_id,name,segment\nZ1,Has One,SMB\n");
  g_autoptr (GString) revenue = g_string_new ("line_id,account_id,start,end,mrr\nX,A12,2025-03-01,,5\n");
  char *path = qd_ui_dup_path ("blanks.quarterdeck");
  g_autofree char *new_words = g_strdup_printf ("new '%s' --currency USD", path);
  g_autofree char *accounts_path = NULL;
  g_autofree char *lines_path = NULL;
  g_autofree char *one = NULL;
  g_autofree char *two = NULL;

  for (guint i = 1; i <= 12; i++)
    {
      g_string_append_printf (text, "A%u,Blank %02u,\n", i, i);
      g_string_append_printf (revenue, "L%u,A%u,2025-01-01,,%u\n", i, i, 100 * i);
    }
  accounts_path = write_file ("blanks.csv", text->str);
  lines_path = write_file ("blank-lines.csv", revenue->str);
  one = g_strdup_printf ("import '%s' accounts '%s'", path, accounts_path);
  two = g_strdup_printf ("import '%s' subscriptions '%s'", path, lines_path);
  run (new_words);
  run (one);
  run (two);
  return path;
}

/* A check with more records than examples: the rest is one press away, as a table that can be sorted, copied, edited. */
static void
test_quality_all (void)
{
  g_autofree char *path = make_blanks ();
  QdMainWindow *window = open_window (path);
  QdPage *page = go (window, "quality", NULL);
  g_autofree char *worth = NULL;
  g_autofree char *chosen = NULL;
  QdTableView *view;
  QdTable *table;
  GtkWidget *more;
  gint64 sum = 0;

  catch_open_account (window);
  more = qd_ui_find_label (GTK_WIDGET (page), "and 7 more");
  g_assert_nonnull (more);
  more = gtk_widget_get_ancestor (more, ADW_TYPE_ACTION_ROW);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (gtk_widget_get_ancestor (more, ADW_TYPE_EXPANDER_ROW)), TRUE);
  qd_ui_settle (window);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (more), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Show all 12: Accounts without a segment");
  qd_ui_wait_while (!gtk_widget_get_mapped (more));
  qd_ui_shoot (GTK_WIDGET (window), "quality-more");
  /* as Return does on the row with the focus */
  g_assert_true (gtk_widget_grab_focus (more));
  g_assert_true (gtk_widget_activate (more));
  qd_ui_settle (window);
  page = qd_main_window_get_page (window);
  g_assert_cmpstr (qd_session_get_place (qd_main_window_get_session (window))->page, ==, "findings");
  qd_ui_shoot (GTK_WIDGET (window), "findings");

  assert_label (page, "12");
  view = qd_page_get_table (page);
  table = qd_table_view_get_table (view);
  g_assert_cmpuint (qd_table_get_n_rows (table), ==, 12);
  g_assert_cmpuint (qd_table_view_get_n_visible (view), ==, 12);
  for (guint i = 0; i < 12; i++)
    sum += qd_table_get_integer (table, i, (guint) qd_table_find_column (table, "arr"));
  g_assert_cmpint (sum, ==, 12 * (100 * 78 + 5) * 100);

  /* What is worth most first; a row opens its customer. */
  qd_table_view_sort (view, "arr", TRUE);
  g_assert_cmpstr (qd_table_get_text (table, qd_table_view_get_row_at (view, 0), 0), ==, "A12");
  g_signal_emit_by_name (view, "row-activated", qd_table_view_get_row_at (view, 0));
  g_assert_cmpstr (opened, ==, "A12");
  qd_table_view_select_row (view, qd_table_view_get_row_at (view, 0));
  worth = qd_format_money_full (qd_table_view_get_format (view), 12. * (1200 + 5) * 100);
  chosen = g_strdup_printf ("1 selected, %s ARR", worth);
  assert_label (page, chosen);
  qd_ui_shoot (GTK_WIDGET (window), "findings-selected");

  /* Back is the page of the checks. */
  gtk_widget_activate_action (GTK_WIDGET (window), "win.back", NULL);
  qd_ui_settle (window);
  g_assert_cmpstr (qd_session_get_place (qd_main_window_get_session (window))->page, ==, "quality");
  more = qd_ui_find_label (GTK_WIDGET (qd_main_window_get_page (window)), "and 7 more");
  g_assert_true (adw_expander_row_get_expanded (ADW_EXPANDER_ROW (gtk_widget_get_ancestor (more, ADW_TYPE_EXPANDER_ROW))));
  qd_ui_wait_while (gtk_root_get_focus (GTK_ROOT (window)) != gtk_widget_get_ancestor (more, ADW_TYPE_ACTION_ROW));

  /* Where nothing is found any more the page says so. */
  qd_session_go (qd_main_window_get_session (window), "findings", "line-empty", NULL);
  qd_ui_settle (window);
  assert_label (qd_main_window_get_page (window), "Nothing of This Kind Any More");
  qd_ui_close (window);
}

/* --- activity --- */

static GListModel *
get_entries (QdPage *page)
{
  GtkWidget *list = qd_ui_find (GTK_WIDGET (page), GTK_TYPE_LIST_VIEW, "list");

  return G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (list)));
}

static void
assert_entry (GListModel *entries,
              guint       position,
              const char *summary,
              QdTurn      turn)
{
  g_autoptr (QdActivityEntry) entry = g_list_model_get_item (entries, position);

  if (strstr (qd_activity_entry_get (entry)->summary, summary) == NULL)
    g_error ("%u: “%s”, not “%s”", position, qd_activity_entry_get (entry)->summary, summary);
  g_assert_cmpint (qd_activity_entry_get_turn (entry), ==, turn);
}

static void
edit (QdWorkspace *workspace,
      const char  *account,
      const char  *field,
      const char  *value)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (qd_workspace_edit_account (workspace, account, field, value, NULL, &error));
  g_assert_no_error (error);
}

static void
test_activity (void)
{
  g_autofree char *path = make_workspace ();
  QdMainWindow *window = open_window (path);
  QdWorkspace *workspace = qd_session_get_workspace (qd_main_window_get_session (window));
  QdPage *page;
  GListModel *entries;
  QdTable *changes;

  edit (workspace, "A1", "segment", "SMB");
  edit (workspace, "A2", "name", "Initech");
  page = go (window, "activity", NULL);
  entries = get_entries (page);
  qd_ui_wait_while (g_list_model_get_n_items (entries) != 4);
  assert_entry (entries, 2, "Import of subscriptions", QD_TURN_UNDO);
  assert_entry (entries, 3, "Import of accounts", QD_TURN_UNDO);

  /* What the edit changed, with both values. */
  qd_ui_wait_while (qd_table_view_get_table (qd_page_get_table (page)) == NULL);
  changes = qd_table_view_get_table (qd_page_get_table (page));
  g_assert_cmpuint (qd_table_get_n_rows (changes), ==, 1);
  g_assert_cmpstr (qd_table_get_text (changes, 0, 1), ==, "A2");
  g_assert_cmpstr (qd_table_get_text (changes, 0, 4), ==, "Initech & Söhne <AG>");
  g_assert_cmpstr (qd_table_get_text (changes, 0, 5), ==, "Initech");
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  qd_ui_shoot (GTK_WIDGET (window), "activity-hand");

  /* The older edit is undone; the newer one stays listed and can be undone too. */
  {
    g_autoptr (QdActivityEntry) entry = g_list_model_get_item (entries, 1);

    gtk_widget_activate_action (GTK_WIDGET (page), "win.undo-entry", "x", qd_activity_entry_get_turn_target (entry));
  }
  qd_ui_wait_while (g_list_model_get_n_items (entries) != 5);
  assert_entry (entries, 0, "Undo", QD_TURN_UNDO);
  assert_entry (entries, 1, "", QD_TURN_UNDO);
  assert_entry (entries, 2, "", QD_TURN_REDO);
  qd_ui_shoot (GTK_WIDGET (window), "activity-undone");
  qd_ui_close (window);

  /* After a restart too; once something else was changed, what was undone comes back by undoing its undoing. */
  window = open_window (path);
  workspace = qd_session_get_workspace (qd_main_window_get_session (window));
  page = go (window, "activity", NULL);
  entries = get_entries (page);
  g_assert_cmpuint (g_list_model_get_n_items (entries), ==, 5);
  assert_entry (entries, 2, "", QD_TURN_REDO);
  edit (workspace, "A2", "segment", "Enterprise");
  qd_ui_wait_while (g_list_model_get_n_items (entries) != 6);
  assert_entry (entries, 3, "", QD_TURN_UNDO_UNDO);
  {
    g_autoptr (QdActivityEntry) entry = g_list_model_get_item (entries, 3);

    gtk_widget_activate_action (GTK_WIDGET (page), "win.undo-entry", "x", qd_activity_entry_get_turn_target (entry));
  }
  qd_ui_wait_while (g_list_model_get_n_items (entries) != 7);
  assert_entry (entries, 4, "", QD_TURN_UNDO);
  qd_ui_close (window);
}

/* What changes no data is told as well: checkpoints, also after a restart, each can be opened; copies. */
static void
test_checkpoints (void)
{
  g_autofree char *path = make_workspace ();
  QdMainWindow *window = open_window (path);
  QdSession *session = qd_main_window_get_session (window);
  QdPage *page = go (window, "activity", NULL);
  GListModel *entries = get_entries (page);
  GtkWidget *button;
  g_autofree char *uri = NULL;
  g_autofree char *copy = NULL;

  g_assert_cmpuint (g_list_model_get_n_items (entries), ==, 2);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.checkpoint", NULL);
  qd_ui_wait_while (g_list_model_get_n_items (entries) != 3);
  assert_entry (entries, 0, "Checkpoint saved", QD_TURN_NONE);
  gtk_widget_activate_action (GTK_WIDGET (page), "win.copy-data", NULL);
  qd_ui_wait_while (g_list_model_get_n_items (entries) != 4);
  assert_entry (entries, 0, "copied", QD_TURN_NONE);
  qd_ui_settle (window);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  qd_ui_shoot (GTK_WIDGET (window), "activity-checkpoint");
  qd_ui_close (window);

  window = open_window (path);
  session = qd_main_window_get_session (window);
  page = go (window, "activity", NULL);
  entries = get_entries (page);
  g_assert_cmpuint (g_list_model_get_n_items (entries), ==, 3);
  assert_entry (entries, 0, "Checkpoint saved", QD_TURN_NONE);
  assert_label (page, "A whole copy of the workspace");
  button = qd_ui_find (GTK_WIDGET (page), GTK_TYPE_BUTTON, "turn");
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (button)), ==, "Open");
  g_assert_cmpstr (gtk_actionable_get_action_name (GTK_ACTIONABLE (button)), ==, "app.open-recent");
  uri = g_variant_dup_string (gtk_actionable_get_action_target_value (GTK_ACTIONABLE (button)), NULL);
  copy = g_filename_from_uri (uri, NULL, NULL);
  {
    g_autoptr (GError) error = NULL;
    g_autoptr (QdWorkspace) workspace = qd_workspace_open (copy, QD_STORE_OPEN_READ_ONLY, NULL, &error);

    g_assert_no_error (error);
    g_assert_nonnull (workspace);
  }
  g_assert_true (session != NULL);
  qd_ui_close (window);
}

/* What checks say is written as everything else on screen. */
static void
test_localize (void)
{
  g_autoptr (QdFormat) format = qd_format_new ("USD");
  static const char *const texts[][2] = {
    { "the last month (2025-12): up to 2026-01.", "the last month (Dec 2025): up to Jan 2026." },
    { "A-089363 2024-12-31", "A-089363 31 Dec 2024" },
    { "A-2024-12: 2022-02-11 > 2022-01-01", "A-2024-12: 11 Feb 2022 > 1 Jan 2022" },
    { "2025-13 2025-02-30 12025-12 2025-12x 1,200", "2025-13 2025-02-30 12025-12 2025-12x 1,200" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *text = qd_moment_localize (format, texts[i][0]);

      g_assert_cmpstr (text, ==, texts[i][1]);
    }
}

int
main (int    argc,
      char **argv)
{
  qd_ui_test_init (&argc, &argv);
  g_test_add_func ("/ui/data-pages/rows", test_rows);
  g_test_add_func ("/ui/data-pages/rows-follow", test_rows_follow);
  g_test_add_func ("/ui/data-pages/rows-back", test_rows_back);
  g_test_add_func ("/ui/data-pages/rows-focus", test_rows_focus);
  g_test_add_func ("/ui/data-pages/imports", test_imports);
  g_test_add_func ("/ui/data-pages/import-effect", test_import_effect);
  g_test_add_func ("/ui/data-pages/empty", test_empty);
  g_test_add_func ("/ui/data-pages/quality", test_quality);
  g_test_add_func ("/ui/data-pages/quality-all", test_quality_all);
  g_test_add_func ("/ui/data-pages/activity", test_activity);
  g_test_add_func ("/ui/data-pages/checkpoints", test_checkpoints);
  g_test_add_func ("/ui/data-pages/localize", test_localize);
  return g_test_run ();
}
