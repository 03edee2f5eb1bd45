/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Undo and redo by their actions, copying, and the windows that explain.
 */
#include "ui-fixture.h"

#include <string.h>

#include "data/workspace/qd-workspace-edit.h"
#include "ui/dialogs/glossary/qd-glossary.h"
#include "ui/dialogs/import/qd-import-assistant.h"
#include "ui/dialogs/import/qd-import-chooser.h"
#include "ui/dialogs/import/qd-import-states.h"
#include "app/export/qd-table-text.h"
#include "ui/dialogs/palette/qd-command-palette.h"
#include "ui/widgets/qd-figure-tile.h"
#include "ui/widgets/qd-settings.h"
#include "ui/window/qd-action-info.h"

static void
activate (QdMainWindow *window,
          const char   *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), action, NULL));
}

static char *
dup_segment (QdWorkspace *workspace,
             const char  *account)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QdTable) table = qd_workspace_get_account (workspace, account, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < qd_table_get_n_rows (table); i++)
    if (strcmp (qd_table_get_text (table, i, 0), "segment") == 0)
      return g_strdup (qd_table_get_text (table, i, (guint) qd_table_find_column (table, "value")));
  g_assert_not_reached ();
}

static void
wait_for_segment (QdWorkspace *workspace,
                  const char  *account,
                  const char  *expected)
{
  gint64 end = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;

  for (;;)
    {
      g_autofree char *found = dup_segment (workspace, account);

      if (strcmp (found, expected) == 0)
        return;
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      qd_ui_iterate ();
    }
}

static void
test_undo (void)
{
  QdMainWindow *window = qd_ui_open_sample (20);
  QdWorkspace *workspace = qd_session_get_workspace (qd_main_window_get_session (window));
  g_autoptr (GError) error = NULL;
  g_autoptr (QdBook) book = qd_workspace_get_book (workspace, NULL, &error);
  const char *account = qd_book_get_account_id (book, 0);
  g_autofree char *before = dup_segment (workspace, account);

  g_assert_true (qd_workspace_edit_account (workspace, account, "segment", "Elsewhere", NULL, &error));
  wait_for_segment (workspace, account, "Elsewhere");
  activate (window, "win.undo");
  wait_for_segment (workspace, account, before);
  activate (window, "win.redo");
  wait_for_segment (workspace, account, "Elsewhere");
  qd_ui_wait_while (qd_ui_find_label (GTK_WIDGET (window), "Redone") == NULL);
  qd_ui_close (window);
}

typedef struct
{
  gboolean done;
  char *text;
} QdReading;

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  QdReading *reading = data;
  g_autoptr (GError) error = NULL;

  reading->text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, &error);
  g_assert_no_error (error);
  reading->done = TRUE;
}

static gboolean
holds (GdkClipboard *clipboard,
       const char   *type)
{
  return gdk_content_formats_contain_mime_type (gdk_clipboard_get_formats (clipboard), type);
}

/* The chart's numbers as text, exact, and every other form beside it. */
static void
test_copy (void)
{
  QdMainWindow *window = qd_ui_open_sample (40);
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (window));
  QdChartSpec *spec;
  g_autoptr (QdTable) table = NULL;
  g_auto (GStrv) lines = NULL;
  QdReading reading = { FALSE, NULL };

  qd_session_go (qd_main_window_get_session (window), "bridge", NULL, NULL);
  qd_ui_settle (window);
  spec = qd_chart_view_get_spec (qd_page_get_chart (qd_main_window_get_page (window)));
  table = qd_chart_spec_to_table (spec);
  activate (window, "win.copy-picture");
  qd_ui_wait_while (!holds (clipboard, "image/png"));
  g_assert_true (holds (clipboard, "image/svg+xml"));
  g_assert_true (holds (clipboard, "text/html"));
  g_assert_true (holds (clipboard, "text/csv"));
  gdk_clipboard_read_text_async (clipboard, NULL, read_cb, &reading);
  qd_ui_wait_while (!reading.done);
  lines = g_strsplit (reading.text, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, qd_table_get_n_rows (table) + 2);
  for (guint i = 0; i < qd_table_get_n_rows (table); i++)
    {
      guint last = qd_table_get_n_columns (table) - 1;
      g_autofree char *exact = qd_table_format_iso (table, i, last);
      g_autofree char *cell = g_strdup_printf ("\t%s\t", exact);

      g_assert_nonnull (strstr (lines[i + 1], cell));
      g_assert_true (g_str_has_suffix (lines[i + 1], "Sample data: a company that does not exist."));
    }
  g_free (reading.text);
  /* the picture takes longer: what was asked for last stays */
  activate (window, "win.copy-picture");
  activate (window, "win.copy-data");
  qd_ui_wait_while (g_list_model_get_n_items (qd_session_get_jobs (qd_main_window_get_session (window))) > 0 ||
                    holds (clipboard, "image/png"));
  qd_ui_settle (window);
  g_assert_false (holds (clipboard, "image/png"));
  g_assert_true (holds (clipboard, "text/html"));
  qd_ui_close (window);
}

/* Few rows are a page with rows on it, too. */
static void
test_print_rows (void)
{
  QdMainWindow *window = qd_ui_open_sample (20);
  static const char *const places[] = { "rows?arr@2025-11..2025-12", "activity", "imports" };
  guint printed = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      GtkWindow *preview;
      QdPage *page;

      g_action_group_activate_action (G_ACTION_GROUP (window), "go", g_variant_new_string (places[i]));
      qd_ui_settle (window);
      page = qd_main_window_get_page (window);
      /* the list of a page may be read after the page came up */
      qd_ui_wait_while (qd_page_get_table (page) != NULL && qd_table_view_get_table (qd_page_get_table (page)) == NULL);
      if (qd_page_get_table (page) == NULL)
        continue;
      printed++;
      activate (window, "win.print-preview");
      qd_ui_wait_while (qd_ui_find_window (ADW_TYPE_WINDOW) == NULL);
      preview = qd_ui_find_window (ADW_TYPE_WINDOW);
      gtk_test_widget_wait_for_draw (GTK_WIDGET (preview));
      gtk_window_close (preview);
      qd_ui_wait_while (qd_ui_find_window (ADW_TYPE_WINDOW) != NULL);
    }
  g_assert_cmpuint (printed, >=, 2);
  qd_ui_close (window);
}

/* What stood on the page before a message took its place is not copied, exported or printed. */
static void
test_nothing_shown (void)
{
  QdMainWindow *window = qd_ui_open_sample (20);
  g_autoptr (QdView) view = qd_view_new ();
  g_autoptr (QdView) nobody = qd_view_with_filter (view, "segment", "", TRUE);
  QdPage *page;

  qd_session_go (qd_main_window_get_session (window), "bridge", NULL, view);
  qd_ui_settle (window);
  page = qd_main_window_get_page (window);
  g_assert_nonnull (qd_page_get_chart (page));
  qd_session_go (qd_main_window_get_session (window), "bridge", NULL, nobody);
  qd_ui_settle (window);
  g_assert_nonnull (qd_ui_find_label (GTK_WIDGET (window), "Nothing Matches the Filter"));
  g_assert_null (qd_page_get_chart (page));
  g_assert_null (qd_page_get_table (page));
  activate (window, "win.copy-data");
  activate (window, "win.print-preview");
  g_assert_cmpuint (g_list_model_get_n_items (qd_session_get_jobs (qd_main_window_get_session (window))), ==, 0);
  g_assert_null (qd_ui_find_window (ADW_TYPE_WINDOW));
  qd_ui_close (window);
}

/* Cells are what they are in any spreadsheet: dates as its days, counted with another calendar. */
static void
test_cells (void)
{
  const QdColumn columns[] = {
    { "name", NULL, QD_COLUMN_TEXT }, { "start", NULL, QD_COLUMN_DAY },  { "month", NULL, QD_COLUMN_MONTH },
    { "arr", NULL, QD_COLUMN_MONEY }, { "rate", NULL, QD_COLUMN_RATE },
  };
  g_autoptr (QdTable) table = qd_table_new ("cells", "USD", columns, G_N_ELEMENTS (columns));
  g_autofree char *html = NULL;

  qd_table_add_text (table, "=1+1");
  qd_table_add_integer (table, qd_day_from_ymd (2025, 6, 30));
  qd_table_add_integer (table, qd_day_get_month (qd_day_from_ymd (2025, 6, 30)));
  qd_table_add_integer (table, 123450);
  qd_table_add_double (table, 0.902);
  qd_table_end_row (table);
  html = qd_table_text_make_html (table);
  g_assert_nonnull (strstr (html, "<td sdnum=\"1033;0;@\">=1+1</td>"));
  g_assert_nonnull (strstr (html, "sdval=\"45838\" sdnum=\"1033;0;YYYY-MM-DD\""));
  g_assert_nonnull (strstr (html, ">2025-06-30</td>"));
  g_assert_nonnull (strstr (html, "sdval=\"45809\" sdnum=\"1033;0;YYYY-MM-DD\""));
  g_assert_nonnull (strstr (html, ">2025-06-01</td>"));
  g_assert_nonnull (strstr (html, "sdval=\"1234.50\" sdnum=\"1033;0;General\""));
  g_assert_nonnull (strstr (html, "sdval=\"0.902\" sdnum=\"1033;0;0.0%\""));
}

/* Every metric of the catalogue is explained, and has its value. */
static void
test_glossary (void)
{
  QdMainWindow *window = qd_ui_open_sample (40);
  GtkWindow *glossary = qd_glossary_present (GTK_WINDOW (window), qd_main_window_get_session (window), NULL);
  GtkWindow *one;

  qd_ui_wait_while (qd_ui_find_label (GTK_WIDGET (glossary), "%") == NULL);
  qd_ui_shoot (GTK_WIDGET (glossary), "glossary");
  for (guint i = 0; i < qd_catalogue_get_n_metrics (); i++)
    g_assert_nonnull (qd_ui_find_label (GTK_WIDGET (glossary), qd_catalogue_get_metric (i)->meaning));
  gtk_window_destroy (glossary);
  one = qd_glossary_present (GTK_WINDOW (window), qd_main_window_get_session (window), "nrr grr");
  g_assert_nonnull (qd_ui_find_label (GTK_WIDGET (one), qd_catalogue_find ("nrr")->meaning));
  g_assert_nonnull (qd_ui_find_label (GTK_WIDGET (one), "Board@1"));
  g_assert_null (qd_ui_find_label (GTK_WIDGET (one), qd_catalogue_find ("arpa")->meaning));
  qd_ui_wait_while (qd_ui_find_label (GTK_WIDGET (one), "%") == NULL);
  qd_ui_shoot (GTK_WIDGET (one), "what-is-this");
  gtk_window_destroy (one);
  qd_ui_close (window);
}

static GtkWidget *
find_tile (GtkWidget  *root,
           const char *name)
{
  if (QD_IS_FIGURE_TILE (root) && qd_ui_find_label (root, name) != NULL)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_tile (child, name);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
assert_explained (QdMainWindow *window,
                  const char   *metric,
                  const char   *other)
{
  GtkWindow *glossary;
  const char *meaning = qd_catalogue_find (metric)->meaning;

  activate (window, "win.explain-page");
  glossary = qd_ui_find_window (ADW_TYPE_WINDOW);
  g_assert_nonnull (qd_ui_find_label (GTK_WIDGET (glossary), meaning));
  g_assert_null (qd_ui_find_label (GTK_WIDGET (glossary), qd_catalogue_find (other)->meaning));
  gtk_window_destroy (glossary);
}

/* F1 is about what has the focus, then about what the page is about. */
static void
test_explain (void)
{
  QdMainWindow *window = qd_ui_open_sample (40);
  QdSession *session = qd_main_window_get_session (window);
  const QdScope *scope;
  QdDrill drill;
  g_autofree char *detail = NULL;
  GtkWidget *tile;
  QdChartView *chart;

  qd_session_go (session, "overview", NULL, NULL);
  qd_ui_settle (window);
  scope = qd_snapshot_get_scope (qd_session_get_snapshot (session));
  tile = find_tile (GTK_WIDGET (qd_main_window_get_page (window)), "NRR");
  g_assert_nonnull (tile);
  gtk_widget_grab_focus (tile);
  assert_explained (window, "nrr", "arr");

  g_assert_true (qd_drill_init (&drill, "nrr", (QdWindow){ scope->as_of - 12, scope->as_of, FALSE }, 1));
  detail = qd_drill_to_string (&drill);
  qd_session_go (session, "rows", detail, NULL);
  qd_ui_settle (window);
  assert_explained (window, "nrr", "mrr");

  qd_session_go (session, "bridge", NULL, NULL);
  qd_ui_settle (window);
  chart = qd_page_get_chart (qd_main_window_get_page (window));
  gtk_widget_grab_focus (GTK_WIDGET (chart));
  for (int i = 0; i < (int) qd_chart_spec_get_n_places (qd_chart_view_get_spec (chart)); i++)
    {
      const QdDrill *mark = qd_chart_spec_get_drill (qd_chart_view_get_spec (chart), 0, (guint) i);

      if (mark != NULL && g_str_has_prefix (mark->id, "churn"))
        {
          g_assert_true (qd_chart_view_set_cursor (chart, 0, i));
          assert_explained (window, qd_drill_get_metric (mark)->id, "expansion_mrr");
          qd_ui_close (window);
          return;
        }
    }
  g_assert_not_reached ();
}

/* Groups of shortcuts are not too long to be read, and each stands in one place. */
static void
test_groups (void)
{
  g_autoptr (GHashTable) count = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer group, n_keys;
  const char *last = "";
  guint n;
  const QdActionInfo *infos = qd_action_info_list (&n);

  for (guint i = 0; i < n; last = infos[i++].group)
    {
      gpointer before = g_hash_table_lookup (count, infos[i].group);

      if (before != NULL && !g_str_equal (infos[i].group, last))
        g_error ("%s: the group %s is in two places", infos[i].name, infos[i].group);
      g_hash_table_insert (count, (gpointer) infos[i].group,
                           GINT_TO_POINTER (GPOINTER_TO_INT (before) + (infos[i].accels != NULL)));
    }
  g_hash_table_iter_init (&iter, count);
  while (g_hash_table_iter_next (&iter, &group, &n_keys))
    {
      g_test_message ("%s: %d", (char *) group, GPOINTER_TO_INT (n_keys));
      g_assert_cmpint (GPOINTER_TO_INT (n_keys), >=, 2);
      g_assert_cmpint (GPOINTER_TO_INT (n_keys), <=, 10);
    }
}

/* Whether a widget or one of its parts listens to a key. */
static gboolean
has_key (GtkWidget      *widget,
         guint           key,
         GdkModifierType modifiers)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

      for (guint j = 0; GTK_IS_SHORTCUT_CONTROLLER (controller) && j < g_list_model_get_n_items (G_LIST_MODEL (controller)); j++)
        {
          g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), j);
          GtkShortcutTrigger *trigger = gtk_shortcut_get_trigger (shortcut);

          if (GTK_IS_KEYVAL_TRIGGER (trigger) && gtk_keyval_trigger_get_keyval (GTK_KEYVAL_TRIGGER (trigger)) == key &&
              gtk_keyval_trigger_get_modifiers (GTK_KEYVAL_TRIGGER (trigger)) == modifiers)
            return TRUE;
        }
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (has_key (child, key, modifiers))
      return TRUE;
  return FALSE;
}

/* The keys that are said to be a chart's, a table's or the assistant's are. */
static void
test_widget_keys (void)
{
  QdMainWindow *window = qd_ui_open_sample (20);
  QdSession *session = qd_main_window_get_session (window);
  QdImportAssistant *assistant;
  guint n, seen = 0;
  const QdActionInfo *infos = qd_action_info_list (&n);

  qd_session_go (session, "bridge", NULL, NULL);
  qd_ui_settle (window);
  assistant = qd_import_assistant_new (GTK_WINDOW (window), session, NULL);
  for (guint i = 0; i < n; i++)
    {
      QdPage *page = qd_main_window_get_page (window);
      GtkWidget *widget = NULL;
      g_auto (GStrv) accels = g_strsplit (infos[i].accels != NULL ? infos[i].accels : "", " ", -1);

      if (g_str_has_prefix (infos[i].name, "chart."))
        widget = GTK_WIDGET (qd_page_get_chart (page));
      else if (g_str_has_prefix (infos[i].name, "table."))
        widget = GTK_WIDGET (qd_page_get_table (page));
      else if (g_str_has_prefix (infos[i].name, "import."))
        widget = GTK_WIDGET (assistant);
      g_assert_true ((widget != NULL) == qd_action_info_is_of_widget (&infos[i]));
      for (guint j = 0; widget != NULL && accels[j] != NULL; j++, seen++)
        {
          guint key;
          GdkModifierType modifiers;

          g_assert_true (gtk_accelerator_parse (accels[j], &key, &modifiers));
          if (!has_key (widget, key, modifiers))
            g_error ("%s does not listen to %s", infos[i].name, accels[j]);
        }
    }
  g_assert_cmpuint (seen, >, 20);
  gtk_window_destroy (GTK_WINDOW (assistant));
  qd_ui_close (window);
}

/* The window that was opened above another one. */
static GtkWindow *
find_above (QdMainWindow *window)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) candidate = g_list_model_get_item (windows, i);

      if (gtk_window_get_transient_for (candidate) == GTK_WINDOW (window))
        return candidate;
    }
  return NULL;
}

/* The palette offers what can be run from there, and nothing else. */
static void
test_offered (void)
{
  QdMainWindow *window = qd_ui_open_sample (20);
  GtkWindow *palette;

  activate (window, "win.palette");
  palette = find_above (window);
  g_assert_nonnull (qd_ui_find_label (GTK_WIDGET (palette), "Search Customers"));
  g_assert_null (qd_ui_find_label (GTK_WIDGET (palette), "Edit Cell"));
  gtk_window_destroy (palette);
  qd_ui_close (window);
}

static void
test_windows (void)
{
  QdMainWindow *window = qd_ui_open_sample (20);
  const char *const actions[] = { "win.print-preview", "win.shortcuts", "win.preferences", "win.about" };

  qd_session_go (qd_main_window_get_session (window), "bridge", NULL, NULL);
  qd_ui_settle (window);
  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      GListModel *windows = gtk_window_get_toplevels ();
      guint before = g_list_model_get_n_items (windows);
      GtkWindow *opened;

      activate (window, actions[i]);
      g_assert_cmpuint (g_list_model_get_n_items (windows), ==, before + 1);
      opened = find_above (window);
      g_assert_nonnull (opened);
      qd_ui_wait_while (!gtk_widget_get_mapped (GTK_WIDGET (opened)));
      qd_ui_shoot (GTK_WIDGET (opened), actions[i] + 4);
      gtk_window_destroy (opened);
    }
  qd_ui_close (window);
}

/* What is typed finds pages, customers and actions; Return does it. */
static void
test_palette (void)
{
  QdMainWindow *window = qd_ui_open_sample (60);
  QdSession *session = qd_main_window_get_session (window);
  g_autoptr (GError) error = NULL;
  g_autoptr (QdBook) book = qd_workspace_get_book (qd_session_get_workspace (session), NULL, &error);
  const char *name = qd_book_get_account_name (book, 7);
  const char *const typed[] = { "ARR Bridge", name, "Undo" };
  static const QdCommandPaletteEntry entries[] = { { "Edit", "Undo", "<Control>z", "win.undo" } };

  for (gsize i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      GtkWindow *palette = qd_command_palette_present (GTK_WINDOW (window), session, QD_COMMAND_PALETTE_ALL, entries, 1);
      GtkWidget *entry = qd_ui_find (GTK_WIDGET (palette), GTK_TYPE_SEARCH_ENTRY, NULL);
      GtkWidget *list = qd_ui_find (GTK_WIDGET (palette), GTK_TYPE_LIST_BOX, NULL);
      GtkListBoxRow *row;

      gtk_editable_set_text (GTK_EDITABLE (entry), typed[i]);
      qd_ui_wait_while ((row = gtk_list_box_get_selected_row (GTK_LIST_BOX (list))) == NULL ||
                        qd_ui_find_label (GTK_WIDGET (row), typed[i]) == NULL);
      qd_ui_wait_while (!gtk_widget_get_mapped (GTK_WIDGET (palette)));
      if (i == 1)
        qd_ui_shoot (GTK_WIDGET (palette), "palette");
      g_object_add_weak_pointer (G_OBJECT (palette), (gpointer *) &palette);
      if (i == 0)
        {
          g_signal_emit_by_name (entry, "activate");
          g_assert_cmpstr (qd_session_get_place (session)->page, ==, "bridge");
        }
      else
        {
          gtk_window_destroy (palette);
        }
      qd_ui_wait_while (palette != NULL);
    }
  qd_ui_close (window);
}

/* A page is one line, with its key, although it is an action as well. */
static void
test_palette_pages (void)
{
  QdMainWindow *window = qd_ui_open_sample (20);
  static const QdCommandPaletteEntry entries[] = { { "Pages", "Retention", "<Control>3", "win.go::retention" } };
  GtkWindow *palette = qd_command_palette_present (GTK_WINDOW (window), qd_main_window_get_session (window),
                                                   QD_COMMAND_PALETTE_ALL, entries, 1);
  GtkWidget *list = qd_ui_find (GTK_WIDGET (palette), GTK_TYPE_LIST_BOX, NULL);
  guint found = 0;

  gtk_editable_set_text (GTK_EDITABLE (qd_ui_find (GTK_WIDGET (palette), GTK_TYPE_SEARCH_ENTRY, NULL)), "Retention");
  qd_ui_wait_while (gtk_list_box_get_selected_row (GTK_LIST_BOX (list)) == NULL ||
                    qd_ui_find_label (GTK_WIDGET (gtk_list_box_get_selected_row (GTK_LIST_BOX (list))), "Retention") == NULL);
  for (int i = 0; gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), i) != NULL; i++)
    {
      GtkWidget *row = GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), i));

      GtkWidget *label = qd_ui_find_label (row, "Retention");

      /* its views are other lines */
      if (label == NULL || strcmp (gtk_label_get_label (GTK_LABEL (label)), "Retention") != 0)
        continue;
      found++;
      g_assert_nonnull (qd_ui_find_label (row, "Ctrl+3"));
    }
  g_assert_cmpuint (found, ==, 1);
  gtk_window_destroy (palette);
  qd_ui_close (window);
}

/* The window of preferences that the action opens writes them, and each choice applies at once. */
static void
test_preferences (void)
{
  QdMainWindow *window = qd_ui_open_sample (20);
  g_autoptr (GSettings) settings = qd_settings_new ();
  GListModel *toplevels = gtk_window_get_toplevels ();
  GtkWidget *row = NULL;
  GtkWindow *preferences = NULL;

  activate (window, "win.preferences");
  for (guint i = 0; i < g_list_model_get_n_items (toplevels) && row == NULL; i++)
    {
      g_autoptr (GtkWindow) candidate = g_list_model_get_item (toplevels, i);

      row = qd_ui_find (GTK_WIDGET (candidate), ADW_TYPE_COMBO_ROW, NULL);
      preferences = candidate;
    }
  g_assert_nonnull (row);
  g_assert_false (adw_style_manager_get_dark (adw_style_manager_get_default ()));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), 2);
  g_assert_cmpint (g_settings_get_enum (settings, "style"), ==, 2);
  g_assert_true (adw_style_manager_get_dark (adw_style_manager_get_default ()));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), 0);
  g_assert_false (adw_style_manager_get_dark (adw_style_manager_get_default ()));
  gtk_window_destroy (preferences);
  qd_ui_close (window);
}

static void
assert_found (GtkWindow  *palette,
              const char *text,
              const char *title)
{
  GtkWidget *list = qd_ui_find (GTK_WIDGET (palette), GTK_TYPE_LIST_BOX, NULL);

  gtk_editable_set_text (GTK_EDITABLE (qd_ui_find (GTK_WIDGET (palette), GTK_TYPE_SEARCH_ENTRY, NULL)), text);
  for (int i = 0; gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), i) != NULL; i++)
    if (qd_ui_find_label (GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), i)), title) != NULL)
      return;
  g_error ("“%s” does not find “%s”", text, title);
}

/* People look for figures and for what pages show, not only for pages. */
static void
test_palette_figures (void)
{
  QdMainWindow *window = qd_ui_open_sample (20);
  GtkWindow *palette;

  activate (window, "win.palette");
  qd_ui_wait_while ((palette = qd_ui_find_window (ADW_TYPE_WINDOW)) == NULL);
  assert_found (palette, "NRR", "Net revenue retention");
  assert_found (palette, "churn", qd_catalogue_find ("churn_mrr")->name);
  assert_found (palette, "cohorts", "Retention – Cohorts: Net Revenue");
  assert_found (palette, "by month", "ARR Bridge – By Month");
  gtk_window_destroy (palette);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.go", "s", "retention?cohorts-net"));
  qd_ui_settle (window);
  g_assert_cmpstr (qd_session_get_place (qd_main_window_get_session (window))->detail, ==, "cohorts-net");
  qd_ui_close (window);
}

/* Preferences apply at once. */
static void
test_settings (void)
{
  QdMainWindow *window = qd_ui_open_sample (20);
  QdSession *session = qd_main_window_get_session (window);
  g_autoptr (GSettings) settings = qd_settings_new ();
  g_autofree char *point = NULL;
  g_autofree char *comma = NULL;

  g_assert_nonnull (settings);
  g_assert_false (adw_style_manager_get_dark (adw_style_manager_get_default ()));
  g_settings_set_string (settings, "style", "dark");
  g_assert_true (adw_style_manager_get_dark (adw_style_manager_get_default ()));
  g_settings_set_string (settings, "style", "light");
  g_assert_false (adw_style_manager_get_dark (adw_style_manager_get_default ()));
  g_settings_reset (settings, "style");
  g_settings_set_string (settings, "number-format", "comma");
  qd_ui_settle (window);
  comma = qd_format_number (qd_session_get_format (session), 1234.5, 1);
  g_assert_nonnull (strchr (comma, ','));
  g_settings_set_string (settings, "number-format", "point");
  qd_ui_settle (window);
  point = qd_format_number (qd_session_get_format (session), 1234.5, 1);
  g_assert_nonnull (strchr (point, '.'));
  g_settings_reset (settings, "number-format");
  qd_ui_close (window);
}

static void
test_rank (void)
{
  g_assert_cmpint (qd_command_palette_rank ("export as png", "export"), ==, 0);
  g_assert_cmpint (qd_command_palette_rank ("export as png", "png"), ==, 1);
  g_assert_cmpint (qd_command_palette_rank ("export as png", "xport"), ==, 2);
  g_assert_cmpint (qd_command_palette_rank ("export as png", "epng"), >, 2);
  g_assert_cmpint (qd_command_palette_rank ("export as png", "gnp"), ==, -1);
  g_assert_cmpint (qd_command_palette_rank ("export as png", "undo"), ==, -1);
}

static guint n_chosen;

static void
chosen_cb (guint       column,
           int         field,
           const char *custom,
           gpointer    data)
{
  n_chosen++;
  g_assert_cmpint (field, ==, GPOINTER_TO_INT (data));
}

static GtkWidget *
open_chooser (GtkWidget          *button,
              const QdImportPlan *plan)
{
  int product = qd_kind_find_field (plan->kind, "product");

  qd_import_chooser_open (button, plan, 0, chosen_cb, GINT_TO_POINTER (product));
  return qd_ui_find (button, GTK_TYPE_SEARCH_ENTRY, NULL);
}

/* Return opens what becomes of a column; pressed again, nothing typed, it stays what it is. */
static void
test_chooser (void)
{
  g_autoptr (QdImportPlan) plan = qd_import_plan_new ("x.csv");
  QdPlanColumn column = { g_strdup ("a"), g_strdup ("a"), 0, NULL, g_strdup ("a"), QD_MATCH_STRONG };
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());
  GtkWidget *button = gtk_button_new ();
  GtkWidget *search;

  plan->kind = qd_kind_find ("subscriptions", NULL);
  g_array_append_val (plan->columns, column);
  gtk_window_set_child (window, button);
  gtk_window_present (window);
  qd_ui_wait_while (!gtk_widget_get_mapped (button));
  n_chosen = 0;
  search = open_chooser (button, plan);
  g_signal_emit_by_name (search, "activate");
  g_assert_cmpuint (n_chosen, ==, 0);
  qd_ui_wait_while (qd_ui_find (button, GTK_TYPE_SEARCH_ENTRY, NULL) != NULL);
  search = open_chooser (button, plan);
  gtk_editable_set_text (GTK_EDITABLE (search), "prod");
  g_signal_emit_by_name (search, "activate");
  g_assert_cmpuint (n_chosen, ==, 1);
  qd_ui_wait_while (qd_ui_find (button, GTK_TYPE_SEARCH_ENTRY, NULL) != NULL);
  gtk_window_destroy (window);
}

/* What is only guessed from the first rows is not told to the row. */
static void
test_guessed_rows (void)
{
  g_autoptr (QdFormat) format = qd_format_new ("USD");
  g_autoptr (QdImportPlan) plan = qd_import_plan_new ("x.csv");
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  QdInspection inspection = { .bytes = 14000000, .n_rows = 535411, .n_columns = 5, .encoding = (char *) "UTF-8",
                              .header_line = 1, .rows = rows };
  g_autoptr (QdImportGetState) guessed = qd_import_get_state_from_values (plan, &inspection, NULL, FALSE, format);
  g_autoptr (QdImportGetState) counted = NULL;

  inspection.n_rows_exact = TRUE;
  counted = qd_import_get_state_from_values (plan, &inspection, NULL, FALSE, format);
  g_assert_nonnull (strstr (guessed->file, "about 540,000 rows"));
  g_assert_nonnull (strstr (counted->file, "535,411 rows"));
}

int
main (int    argc,
      char **argv)
{
  qd_ui_test_init (&argc, &argv);
  g_test_add_func ("/ui/dialogs/chooser", test_chooser);
  g_test_add_func ("/ui/dialogs/guessed-rows", test_guessed_rows);
  g_test_add_func ("/ui/dialogs/undo", test_undo);
  g_test_add_func ("/ui/dialogs/copy", test_copy);
  g_test_add_func ("/ui/dialogs/nothing-shown", test_nothing_shown);
  g_test_add_func ("/ui/dialogs/print-rows", test_print_rows);
  g_test_add_func ("/ui/dialogs/glossary", test_glossary);
  g_test_add_func ("/ui/dialogs/explain", test_explain);
  g_test_add_func ("/ui/dialogs/groups", test_groups);
  g_test_add_func ("/ui/dialogs/keys", test_widget_keys);
  g_test_add_func ("/ui/dialogs/offered", test_offered);
  g_test_add_func ("/ui/dialogs/cells", test_cells);
  g_test_add_func ("/ui/dialogs/palette", test_palette);
  g_test_add_func ("/ui/dialogs/preferences", test_preferences);
  g_test_add_func ("/ui/dialogs/palette-pages", test_palette_pages);
  g_test_add_func ("/ui/dialogs/palette-figures", test_palette_figures);
  g_test_add_func ("/ui/dialogs/settings", test_settings);
  g_test_add_func ("/ui/dialogs/rank", test_rank);
  g_test_add_func ("/ui/dialogs/windows", test_windows);
  return g_test_run ();
}
