/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The first page: its figures are those of the command line, its sentences and
 * names have the rows behind them, and it has something to say when there is
 * little or nothing.
 */
#include "marks-fixture.h"

#include <math.h>
#include <string.h>

#include "data/metrics/qd-overview.h"
#include "ui/widgets/qd-figure-tile.h"

static const struct
{
  const char *metric;
  double factor; /* from what the command line says to what the tile shows; money: minor units, ARR */
} figures[] = {
  { "arr", 100 }, { "net_new_mrr", 1200 }, { "nrr", 1 }, { "grr", 1 }, { "logo_retention", 1 }, { "quick_ratio", 1 },
};

static GtkWidget *
get_page (QdMainWindow *window)
{
  GtkWidget *page = GTK_WIDGET (qd_main_window_get_page (window));

  g_assert_cmpstr (G_OBJECT_TYPE_NAME (page), ==, "QdOverviewPage");
  return page;
}

static GtkWidget *
get_rows_page (QdMainWindow *window)
{
  GtkWidget *page = GTK_WIDGET (qd_main_window_get_page (window));

  g_assert_cmpstr (G_OBJECT_TYPE_NAME (page), ==, "QdRowsPage");
  return page;
}

static GtkListBox *
get_list (QdMainWindow *window,
          const char   *id)
{
  GtkWidget *list = qd_ui_find (get_page (window), GTK_TYPE_LIST_BOX, id);

  g_assert_nonnull (list);
  return GTK_LIST_BOX (list);
}

static void
look_through (QdMainWindow *window,
              const QdView *view)
{
  qd_session_go (qd_main_window_get_session (window), "overview", "", view);
  qd_ui_settle (window);
}

static void
check_tiles (QdMainWindow *window)
{
  QdFormat *format = qd_snapshot_get_format (qd_session_get_snapshot (qd_main_window_get_session (window)));
  GtkWidget *tile = gtk_widget_get_first_child (qd_ui_find (get_page (window), GTK_TYPE_BOX, "tiles"));

  for (gsize i = 0; i < G_N_ELEMENTS (figures); i++)
    {
      double value = marks_ask_program (window, figures[i].metric) * figures[i].factor;
      g_autofree char *text = NULL;

      if (!isfinite (value))
        text = g_strdup (qd_format_get_missing (format));
      else if (i == 1)
        text = qd_format_money_change (format, value);
      else
        text = qd_format_value (format, qd_catalogue_find (figures[i].metric)->unit, value);
      g_assert_cmpstr (qd_figure_tile_get_value (QD_FIGURE_TILE (tile)), ==, text);
      tile = gtk_widget_get_next_sibling (tile);
    }
  g_assert_null (tile);
}

/* The amounts that sentences speak of are the sums of the rows that they open. */
static void
check_sentences (QdMainWindow *window)
{
  QdFormat *format = qd_snapshot_get_format (qd_session_get_snapshot (qd_main_window_get_session (window)));
  GtkListBox *list = get_list (window, "sentences");
  guint n = 0, with_amount = 0;

  for (GtkListBoxRow *row; (row = gtk_list_box_get_row_at_index (list, (int) n)) != NULL; n++)
    {
      const QdDrill *drill = g_object_get_data (G_OBJECT (row), "drill");
      g_autofree char *amount = NULL;
      double sum;

      g_assert_nonnull (drill);
      g_assert_true (gtk_list_box_row_get_activatable (row));
      sum = marks_sum (window, drill);
      if (!isfinite (sum))
        continue;
      amount = qd_drill_get_unit (drill) == QD_UNIT_MONEY ? qd_format_money (format, fabs (sum))
                                                          : qd_format_percent (format, sum, 1);
      if (sum == 0)
        continue;
      if (qd_ui_find_label (GTK_WIDGET (row), amount) == NULL)
        g_error ("sentence %u does not speak of %s", n, amount);
      with_amount++;
    }
  g_assert_true (n == 5 || n == 6);
  g_assert_cmpuint (with_amount, >=, 3);
}

static void
check_movers (QdMainWindow *window,
              const char   *id,
              gboolean      losses)
{
  QdSnapshot *snapshot = qd_session_get_snapshot (qd_main_window_get_session (window));
  GtkListBox *list = get_list (window, id);
  g_autoptr (QdTable) rows = NULL;
  g_autoptr (GError) error = NULL;
  guint at = 0, n = 0;

  rows = qd_figure_explain (qd_snapshot_get_ledger (snapshot), qd_snapshot_get_scope (snapshot), "net_new_mrr", NULL, &error);
  g_assert_no_error (error);
  for (GtkListBoxRow *row; (row = gtk_list_box_get_row_at_index (list, (int) n)) != NULL; n++)
    {
      g_autofree char *amount = NULL;

      while ((qd_table_get_integer (rows, at, qd_table_get_n_columns (rows) - 1) < 0) != losses)
        at++;
      amount = qd_format_money_change (qd_snapshot_get_format (snapshot),
                                       12.0 * (double) qd_table_get_integer (rows, at, qd_table_get_n_columns (rows) - 1));
      g_assert_cmpstr (g_object_get_data (G_OBJECT (row), "account"), ==, qd_table_get_text (rows, at, 0));
      g_assert_nonnull (qd_ui_find_label (GTK_WIDGET (row), qd_table_get_text (rows, at, 1)));
      g_assert_nonnull (qd_ui_find_label (GTK_WIDGET (row), amount));
      at++;
    }
  g_assert_cmpuint (n, >, 2);
}

static void
test_scopes (void)
{
  QdMainWindow *window = qd_ui_open_sample (200);
  g_autofree char *first = NULL;

  for (guint i = 0; i < MARKS_N_SCOPES; i++)
    {
      g_autoptr (QdView) view = marks_make_view (i);
      GtkWidget *arr;

      look_through (window, view);
      check_tiles (window);
      check_sentences (window);
      check_movers (window, "losses", TRUE);
      check_movers (window, "gains", FALSE);
      g_assert_cmpuint (marks_check_chart (window, qd_chart_view_get_spec (qd_page_get_chart (qd_main_window_get_page (window)))),
                        >=, 24);
      arr = qd_ui_find (get_page (window), QD_TYPE_FIGURE_TILE, NULL);
      g_assert_cmpstr (qd_figure_tile_get_value (QD_FIGURE_TILE (arr)), !=, first);
      g_free (first);
      first = g_strdup (qd_figure_tile_get_value (QD_FIGURE_TILE (arr)));
    }
  qd_ui_close (window);
}

/* Back brings the filter and the figures back. */
static void
test_back (void)
{
  QdMainWindow *window = qd_ui_open_sample (60);
  g_autoptr (QdView) view = marks_make_view (1);
  QdFigureTile *arr = QD_FIGURE_TILE (qd_ui_find (get_page (window), QD_TYPE_FIGURE_TILE, NULL));
  g_autofree char *before = g_strdup (qd_figure_tile_get_value (arr));

  look_through (window, view);
  g_assert_cmpstr (qd_figure_tile_get_value (arr), !=, before);
  qd_session_back (qd_main_window_get_session (window));
  qd_ui_settle (window);
  g_assert_cmpstr (qd_figure_tile_get_value (arr), ==, before);
  qd_ui_close (window);
}

/* From a figure, a sentence and a name to what stands behind them, and back. */
static void
test_ways (void)
{
  QdMainWindow *window = qd_ui_open_sample (60);
  QdSession *session = qd_main_window_get_session (window);
  GtkListBox *lists[] = { get_list (window, "sentences"), get_list (window, "losses") };
  static const char *const pages[] = { "rows", "account" };

  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (lists[i], 0);
      g_autofree char *account = g_strdup (g_object_get_data (G_OBJECT (row), "account"));

      g_signal_emit_by_name (row, "activate");
      qd_ui_settle (window);
      g_assert_cmpstr (qd_session_get_place (session)->page, ==, pages[i]);
      if (account != NULL)
        g_assert_cmpstr (qd_session_get_place (session)->detail, ==, account);
      g_assert_nonnull (qd_page_get_result (qd_main_window_get_page (window)));
      qd_session_back (session);
      qd_ui_settle (window);
      g_assert_cmpstr (qd_session_get_place (session)->page, ==, "overview");
    }
  g_signal_emit_by_name (qd_ui_find (get_page (window), QD_TYPE_FIGURE_TILE, NULL), "clicked");
  qd_ui_settle (window);
  g_assert_cmpstr (qd_session_get_place (session)->page, ==, "rows");
  qd_ui_close (window);
}

/* What was lost has one sign wherever it stands: the bridge's. */
static void
test_signs (void)
{
  QdMainWindow *window = qd_ui_open_sample (120);
  GtkListBox *list = get_list (window, "sentences");
  QdFormat *format = qd_snapshot_get_format (qd_session_get_snapshot (qd_main_window_get_session (window)));
  g_autofree char *spoken = NULL, *exact = NULL;
  gint64 sum = 0;
  guint n = 0;

  for (GtkListBoxRow *row; (row = gtk_list_box_get_row_at_index (list, (int) n)) != NULL; n++)
    {
      const QdDrill *drill = g_object_get_data (G_OBJECT (row), "drill");

      if (strcmp (drill->id, "lost_mrr") == 0)
        {
          g_signal_emit_by_name (row, "activate");
          break;
        }
    }
  qd_ui_settle (window);
  {
    QdTableView *view = qd_page_get_table (qd_main_window_get_page (window));
    QdTable *table = qd_table_view_get_table (view);
    guint column = (guint) qd_table_find_column (table, "contribution");

    g_assert_cmpuint (qd_table_get_n_rows (table), >, 1);
    for (guint i = 0; i < qd_table_get_n_rows (table); i++)
      {
        g_assert_cmpint (qd_table_get_integer (table, i, column), <, 0);
        sum += qd_table_get_integer (table, i, column);
      }
    spoken = qd_format_money (format, (double) sum);
    exact = qd_format_money_exact (format, sum);
    g_assert_nonnull (qd_ui_find_label (get_rows_page (window), spoken));
    g_assert_nonnull (qd_ui_find_label (get_rows_page (window), exact));
  }
  qd_ui_close (window);
}

static void
test_little (void)
{
  QdMainWindow *window = qd_ui_open_sample (1);
  g_autoptr (QdView) view = qd_view_new ();
  g_autoptr (QdView) nobody = qd_view_with_filter (view, "segment", "", TRUE);
  g_autoptr (QdView) early = qd_view_with_as_of (view, qd_month_from_ym (2023, 1));

  /* One customer, and the first month of the data: no rate, no comparison, no crash. */
  g_assert_nonnull (qd_page_get_result (qd_main_window_get_page (window)));
  qd_session_go (qd_main_window_get_session (window), "overview", "", nobody);
  qd_ui_settle (window);
  g_assert_nonnull (qd_ui_find_label (GTK_WIDGET (window), "Nothing Matches the Filter"));
  qd_ui_shoot (GTK_WIDGET (window), "overview-nobody");
  qd_ui_close (window);

  window = qd_ui_open_sample (60);
  look_through (window, early);
  check_tiles (window);
  g_assert_nonnull (qd_ui_find_label (get_page (window), "cannot be given"));
  g_assert_null (qd_ui_find_label (get_page (window), "▲"));
  qd_ui_shoot (GTK_WIDGET (window), "overview-first-month");
  qd_ui_close (window);
}

static guint
count_tiles_in_first_row (QdMainWindow *window)
{
  GtkWidget *tiles = qd_ui_find (get_page (window), GTK_TYPE_BOX, "tiles");
  graphene_rect_t first, box;
  guint n = 0;

  g_assert_true (gtk_widget_compute_bounds (gtk_widget_get_first_child (tiles), tiles, &first));
  for (GtkWidget *tile = gtk_widget_get_first_child (tiles); tile != NULL; tile = gtk_widget_get_next_sibling (tile))
    {
      g_assert_true (gtk_widget_compute_bounds (tile, tiles, &box));
      g_assert_cmpfloat (box.size.width, ==, first.size.width);
      g_assert_cmpfloat (box.origin.x + box.size.width, <=, gtk_widget_get_width (tiles) + 1);
      n += box.origin.y == first.origin.y;
    }
  return n;
}

/* The tiles fill whole rows, whatever the width. */
static void
test_widths (void)
{
  static const int widths[] = { 1400, 1024, 640 };
  guint last = 7;

  for (gsize i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      QdMainWindow *window = qd_main_window_new (GTK_APPLICATION (qd_ui_get_application ()));
      g_autoptr (QdWorkspace) workspace = qd_ui_make_sample (40);
      guint n;

      qd_main_window_set_workspace (window, workspace);
      gtk_window_set_default_size (GTK_WINDOW (window), widths[i], 600);
      gtk_window_present (GTK_WINDOW (window));
      qd_ui_settle (window);
      n = count_tiles_in_first_row (window);
      g_assert_true (n == 6 || n == 3 || n == 2 || n == 1);
      g_assert_cmpuint (n, <=, last);
      last = n;
      qd_ui_close (window);
    }
  g_assert_cmpuint (last, <, 6);
}

static void
explained_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       data)
{
  char **asked = data;

  g_free (*asked);
  *asked = g_variant_dup_string (parameter, NULL);
}

/* A tile opens its customers, and says what it is. */
static void
test_tile (void)
{
  QdMainWindow *window = qd_ui_open_sample (40);
  GtkWidget *tile = gtk_widget_get_next_sibling (qd_ui_find (get_page (window), QD_TYPE_FIGURE_TILE, NULL));
  g_autofree char *explained = NULL, *drilled = NULL;
  GActionEntry entries[] = {
    { .name = "explain", .activate = explained_cb, .parameter_type = "s" },
    { .name = "drill", .activate = explained_cb, .parameter_type = "s" },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (window), entries, 1, &explained);
  g_action_map_add_action_entries (G_ACTION_MAP (window), entries + 1, 1, &drilled);
  g_assert_true (gtk_widget_activate_action (tile, "tile.menu", NULL));
  g_assert_nonnull (qd_ui_find (tile, GTK_TYPE_POPOVER_MENU, NULL));
  gtk_popover_popdown (GTK_POPOVER (qd_ui_find (tile, GTK_TYPE_POPOVER_MENU, NULL)));
  g_assert_true (gtk_widget_activate_action (tile, "tile.explain", NULL));
  g_assert_cmpstr (explained, ==, "net_new_mrr");
  g_signal_emit_by_name (tile, "clicked");
  g_assert_true (g_str_has_prefix (drilled, "net_new_mrr@"));
  g_assert_true (g_str_has_suffix (drilled, "*12"));
  qd_ui_close (window);
}

static void
test_empty (void)
{
  QdMainWindow *window = qd_main_window_new (GTK_APPLICATION (qd_ui_get_application ()));
  g_autofree char *path = qd_ui_dup_path ("nothing.quarterdeck");
  g_autofree char *line = g_strdup_printf ("%s new '%s'", g_getenv ("QUARTERDECK"), path);
  g_autoptr (GError) error = NULL;
  g_autoptr (QdWorkspace) workspace = NULL;
  g_autofree char *out = NULL;

  g_assert_true (g_spawn_command_line_sync (line, &out, NULL, NULL, &error));
  workspace = qd_workspace_open (path, QD_STORE_OPEN_DEFAULT, NULL, &error);
  g_assert_no_error (error);
  qd_main_window_set_workspace (window, workspace);
  gtk_window_present (GTK_WINDOW (window));
  qd_ui_settle (window);
  g_assert_nonnull (qd_ui_find_label (get_page (window), "No Revenue Yet"));
  qd_ui_shoot (GTK_WIDGET (window), "overview-empty");
  qd_ui_close (window);
}

int
main (int    argc,
      char **argv)
{
  qd_ui_test_init (&argc, &argv);
  g_test_add_func ("/ui/overview/scopes", test_scopes);
  g_test_add_func ("/ui/overview/back", test_back);
  g_test_add_func ("/ui/overview/ways", test_ways);
  g_test_add_func ("/ui/overview/signs", test_signs);
  g_test_add_func ("/ui/overview/little", test_little);
  g_test_add_func ("/ui/overview/widths", test_widths);
  g_test_add_func ("/ui/overview/tile", test_tile);
  g_test_add_func ("/ui/overview/empty", test_empty);
  return g_test_run ();
}
