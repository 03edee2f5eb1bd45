/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The window on a workspace: pages come up, every page of the table can be
 * reached, the way back, narrow and wide, jobs, names of all controls.
 */
#include "ui-fixture.h"

#include <string.h>

#include "ui/window/qd-action-info.h"
#include "ui/window/qd-main-window-private.h"

static void
test_pages (void)
{
  QdMainWindow *window = qd_ui_open_sample (60);
  guint n;
  const QdPageInfo *pages = qd_pages_list (&n);

  for (guint i = 0; i < n; i++)
    {
      if (pages[i].flags & QD_PAGE_LEVEL)
        continue;
      qd_session_go (qd_main_window_get_session (window), pages[i].id, NULL, NULL);
      qd_ui_settle (window);
      g_assert_true (g_type_is_a (G_OBJECT_TYPE (qd_main_window_get_page (window)), pages[i].get_type ()));
      g_assert_nonnull (qd_page_get_result (qd_main_window_get_page (window)));
      g_assert_true (gtk_icon_theme_has_icon (gtk_icon_theme_get_for_display (gtk_widget_get_display (GTK_WIDGET (window))),
                                              pages[i].icon_name));
      qd_ui_shoot (GTK_WIDGET (window), pages[i].id);
    }
  qd_ui_close (window);
}

/* Every action of the table is installed. */
static void
test_actions (void)
{
  QdMainWindow *window = qd_ui_open_sample (20);
  guint n;
  const QdActionInfo *actions = qd_action_info_list (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GVariant) target = NULL;
      g_autofree char *name = NULL;
      GActionMap *map;

      if (qd_action_info_is_of_widget (&actions[i]))
        continue;
      g_assert_true (g_action_parse_detailed_name (actions[i].name, &name, &target, NULL));
      map = g_str_has_prefix (name, "app.") ? G_ACTION_MAP (qd_ui_get_application ()) : G_ACTION_MAP (window);
      if (g_action_map_lookup_action (map, name + 4) == NULL)
        g_error ("%s is installed nowhere", actions[i].name);
    }
  qd_ui_close (window);
}

/* No key means two things. */
static void
test_keys (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint n;
  const QdActionInfo *actions = qd_action_info_list (&n);

  for (guint i = 0; i < n; i++)
    {
      g_auto (GStrv) accels = g_strsplit (actions[i].accels != NULL ? actions[i].accels : "", " ", -1);

      for (guint j = 0; accels[j] != NULL; j++)
        {
          guint key;
          GdkModifierType modifiers;
          g_autofree char *name = NULL;
          const char *owner = "";
          g_autofree char *widget = g_strndup (actions[i].name, strcspn (actions[i].name, "."));

          if (*accels[j] == '\0')
            continue;
          g_assert_true (gtk_accelerator_parse (accels[j], &key, &modifiers));
          name = gtk_accelerator_name (key, modifiers);
          if (qd_action_info_is_of_widget (&actions[i]))
            {
              g_assert_true (actions[i].local);
              owner = widget;
            }
          if (!g_hash_table_add (seen, g_strconcat (owner, name, NULL)))
            g_error ("%s: the key %s is another action’s", actions[i].name, accels[j]);
        }
    }
  g_assert_nonnull (qd_action_info_find ("win.back"));
  g_assert_cmpstr (qd_action_info_find ("win.back")->accels, ==, "<Alt>Left");
}

static const char *
get_selected_page (QdMainWindow *window)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (window->sidebar);

  return row != NULL ? g_object_get_data (G_OBJECT (row), "page") : NULL;
}

/* The sidebar follows, and leads; Back and Forward are as they can be. */
static void
test_sidebar (void)
{
  QdMainWindow *window = qd_ui_open_sample (20);
  guint n, shown = 0;
  const QdPageInfo *pages = qd_pages_list (&n);
  const char *first = get_selected_page (window);

  for (guint i = 0; i < n; i++)
    shown += !(pages[i].flags & QD_PAGE_LEVEL);
  g_assert_nonnull (gtk_list_box_get_row_at_index (window->sidebar, (int) shown - 1));
  g_assert_null (gtk_list_box_get_row_at_index (window->sidebar, (int) shown));
  g_assert_cmpstr (first, ==, qd_session_get_place (window->session)->page);
  g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (window), "back"));
  if (shown > 1)
    {
      gtk_list_box_select_row (window->sidebar, gtk_list_box_get_row_at_index (window->sidebar, 1));
      qd_ui_settle (window);
      g_assert_cmpstr (qd_session_get_place (window->session)->page, ==, get_selected_page (window));
      g_assert_cmpstr (get_selected_page (window), !=, first);
      g_assert_true (g_action_group_get_action_enabled (G_ACTION_GROUP (window), "back"));
      g_action_group_activate_action (G_ACTION_GROUP (window), "back", NULL);
      g_assert_cmpstr (get_selected_page (window), ==, first);
      g_assert_true (g_action_group_get_action_enabled (G_ACTION_GROUP (window), "forward"));
    }
  qd_ui_close (window);
}

static void
test_title (void)
{
  QdMainWindow *window = qd_ui_open_sample (20);

  qd_ui_wait_while (window->facts == NULL);
  qd_session_go (window->session, "bridge", NULL, NULL);
  qd_ui_settle (window);
  g_assert_cmpstr (adw_window_title_get_title (window->title), ==, "ARR Bridge");
  g_assert_cmpstr (adw_window_title_get_subtitle (window->title), ==, "12 months to Dec 2025");
  g_assert_cmpstr (gtk_label_get_label (window->workspace_name), ==, "Sample company");
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (window)), ==, "ARR Bridge – Sample company");
  qd_ui_close (window);
}

static void
assert_fits (QdMainWindow *window,
             const char   *what,
             int           width,
             int           height)
{
  int minimum;

  gtk_widget_measure (GTK_WIDGET (window), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  if (minimum > width)
    g_error ("%s needs a width of %d", what, minimum);
  gtk_widget_measure (GTK_WIDGET (window), GTK_ORIENTATION_VERTICAL, width, &minimum, NULL, NULL, NULL);
  if (minimum > height)
    g_error ("%s needs a height of %d at a width of %d", what, minimum, width);
}

static QdMainWindow *
open_at (int width,
         int height)
{
  g_autoptr (QdWorkspace) workspace = qd_ui_make_sample (60);
  QdMainWindow *window = qd_application_new_window (qd_ui_get_application ());

  qd_main_window_set_workspace (window, workspace);
  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  gtk_window_present (GTK_WINDOW (window));
  qd_ui_settle (window);
  qd_ui_wait_while (window->facts == NULL);
  return window;
}

/* 1024 × 600 shows everything, with three filters and the sidebar; 600 folds it. */
static void
test_sizes (void)
{
  static const struct { int width, height; gboolean folded; } sizes[] = { { 1024, 600, FALSE }, { 600, 600, TRUE } };
  guint n;
  const QdPageInfo *pages = qd_pages_list (&n);

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      QdMainWindow *window = open_at (sizes[i].width, sizes[i].height);

      g_action_group_activate_action (G_ACTION_GROUP (window), "toggle-filter", g_variant_new ("(ss)", "segment", "SMB"));
      for (guint j = 0; j < n; j++)
        {
          g_autofree char *name = g_strdup_printf ("%s-%d", pages[j].id, sizes[i].width);

          if (pages[j].flags & QD_PAGE_LEVEL)
            continue;
          qd_session_go (window->session, pages[j].id, NULL, NULL);
          qd_ui_settle (window);
          assert_fits (window, pages[j].id, sizes[i].width, sizes[i].height);
          qd_ui_shoot (GTK_WIDGET (window), name);
        }
      g_assert_cmpint (adw_flap_get_folded (window->flap), ==, sizes[i].folded);
      g_assert_cmpint (gtk_widget_get_visible (GTK_WIDGET (window->content_menu)), ==, sizes[i].folded);
      g_assert_cmpint (adw_flap_get_reveal_flap (window->flap), ==, !sizes[i].folded);
      if (sizes[i].folded)
        {
          g_action_group_activate_action (G_ACTION_GROUP (window), "show-sidebar", NULL);
          g_assert_true (adw_flap_get_reveal_flap (window->flap));
          qd_ui_wait_while (!gtk_widget_get_mapped (window->sidebar_pane));
          qd_ui_shoot (GTK_WIDGET (window), "sidebar-600");
          /* choosing a page closes what lies over it */
          g_signal_emit_by_name (gtk_list_box_get_row_at_index (window->sidebar, 0), "activate");
          g_assert_false (adw_flap_get_reveal_flap (window->flap));
        }
      qd_ui_close (window);
    }
}

/* Text of twice the size: still 1024 × 600, and the sidebar's names are whole or have a tooltip. */
static void
test_large_text (void)
{
  GtkSettings *settings = gtk_settings_get_default ();
  QdMainWindow *window;
  guint n;
  const QdPageInfo *pages = qd_pages_list (&n);
  int dpi;

  g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
  g_object_set (settings, "gtk-xft-dpi", 2 * 96 * 1024, NULL);
  window = open_at (1024, 600);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s-large", pages[i].id);

      if (pages[i].flags & QD_PAGE_LEVEL)
        continue;
      qd_session_go (window->session, pages[i].id, NULL, NULL);
      qd_ui_settle (window);
      assert_fits (window, pages[i].id, 1024, 600);
      qd_ui_shoot (GTK_WIDGET (window), name);
    }
  for (int i = 0; gtk_list_box_get_row_at_index (window->sidebar, i) != NULL; i++)
    g_assert_nonnull (gtk_widget_get_tooltip_text (GTK_WIDGET (gtk_list_box_get_row_at_index (window->sidebar, i))));
  g_assert_nonnull (gtk_widget_get_tooltip_text (GTK_WIDGET (window->title)));
  qd_ui_close (window);
  window = qd_ui_open_sample (0);
  gtk_window_set_default_size (GTK_WINDOW (window), 1024, 600);
  assert_fits (window, "welcome", 1024, 600);
  qd_ui_shoot (GTK_WIDGET (window), "welcome-large");
  qd_ui_close (window);
  g_object_set (settings, "gtk-xft-dpi", dpi, NULL);
}

static void
test_menus (void)
{
  QdMainWindow *window = qd_ui_open_sample (20);
  GMenuModel *menu;
  int items = 0;

  g_action_group_activate_action (G_ACTION_GROUP (window), "menu", NULL);
  menu = gtk_menu_button_get_menu_model (window->sidebar_menu);
  g_assert_nonnull (menu);
  for (int i = 0; i < g_menu_model_get_n_items (menu); i++)
    {
      g_autoptr (GMenuModel) section = g_menu_model_get_item_link (menu, i, G_MENU_LINK_SECTION);

      items += g_menu_model_get_n_items (section);
      if (i == g_menu_model_get_n_items (menu) - 1)
        {
          g_autofree char *last = NULL;

          g_assert_true (g_menu_model_get_item_attribute (section, g_menu_model_get_n_items (section) - 1, "action", "s", &last));
          g_assert_cmpstr (last, ==, "win.about");
        }
    }
  g_assert_cmpint (items, >=, 3);
  g_assert_cmpint (items, <=, 12);
  /* keys that a chart binds itself are said as well */
  {
    g_autoptr (GMenuModel) section = NULL;
    g_autofree char *accel = NULL;

    gtk_menu_button_popdown (window->sidebar_menu);
    gtk_menu_button_popup (window->page_menu);
    section = g_menu_model_get_item_link (gtk_menu_button_get_menu_model (window->page_menu), 0, G_MENU_LINK_SECTION);
    g_assert_true (g_menu_model_get_item_attribute (section, 0, "accel", "s", &accel));
    g_assert_cmpstr (accel, ==, "<Control>c");
  }
  gtk_menu_button_popdown (window->page_menu);
  qd_ui_close (window);
}

static void
test_jobs (void)
{
  QdMainWindow *window = qd_ui_open_sample (20);
  g_autoptr (QdJob) quick = qd_job_new ("Quick", NULL);
  g_autoptr (QdJob) job = qd_job_new ("Importing <all> & more", NULL);
  GtkWidget *cancel;

  qd_job_area_set_delays (window->jobs, 1500, 1700);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (window->jobs)));
  qd_session_add_job (window->session, quick);
  qd_session_add_job (window->session, job);
  qd_job_finish (quick, NULL);
  qd_ui_wait_while (g_list_model_get_n_items (qd_session_get_jobs (window->session)) > 1);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (window->jobs)));
  qd_ui_wait_while (!gtk_widget_get_visible (GTK_WIDGET (window->jobs)));
  qd_ui_wait_while (qd_ui_find_label (GTK_WIDGET (window->jobs), "Quick") != NULL); /* on a busy machine it was seen */
  g_assert_nonnull (qd_ui_find_label (GTK_WIDGET (window->jobs), "Importing <all> & more"));
  qd_job_report (job, 0.5, "13 of 26 files");
  qd_ui_wait_while (qd_ui_find_label (GTK_WIDGET (window->jobs), "13 of 26 files") == NULL);
  qd_ui_wait_while (!gtk_widget_get_visible (qd_ui_find (GTK_WIDGET (window->jobs), GTK_TYPE_PROGRESS_BAR, NULL)));
  qd_ui_shoot (GTK_WIDGET (window), "job");
  cancel = qd_ui_find (GTK_WIDGET (window->jobs), GTK_TYPE_BUTTON, NULL);
  g_signal_emit_by_name (cancel, "clicked");
  g_assert_true (g_cancellable_is_cancelled (qd_job_get_cancellable (job)));
  qd_job_finish (job, NULL);
  qd_ui_wait_while (gtk_widget_get_visible (GTK_WIDGET (window->jobs)));
  qd_ui_close (window);
}

static gboolean
is_enabled (QdMainWindow *window,
            const char   *action)
{
  return g_action_group_get_action_enabled (G_ACTION_GROUP (window), action);
}

/* A picture is offered where there is one. */
static void
test_pictures (void)
{
  QdMainWindow *window = qd_ui_open_sample (20);

  g_assert_true (is_enabled (window, "export-chart"));
  g_assert_true (is_enabled (window, "copy-picture"));
  qd_session_go (window->session, "imports", NULL, NULL);
  qd_ui_settle (window);
  g_assert_false (is_enabled (window, "export-chart"));
  g_assert_false (is_enabled (window, "copy-picture"));
  g_assert_true (is_enabled (window, "export-data"));
  g_action_group_activate_action (G_ACTION_GROUP (window), "back", NULL);
  qd_ui_settle (window);
  g_assert_true (is_enabled (window, "export-chart"));
  qd_ui_close (window);
}

/* What only reads offers no change, and the way to where there can be one. */
static void
test_read_only (void)
{
  static const char *const changes[] = {
    "undo", "redo", "checkpoint", "save-view", "save-view-as", "delete-view", "edit-customers", "edit-account", "edit-accounts",
    "edit-row", "delete-row", "add-row", "undo-import", "undo-entry", "redo-entry", "rename-mapping", "delete-mapping",
    "import-mapping",
  };
  g_autoptr (QdWorkspace) first = qd_ui_make_sample (20);
  g_autofree char *path = g_strdup (qd_workspace_get_path (first));
  g_autoptr (QdWorkspace) second = NULL;
  g_autoptr (GError) error = NULL;
  QdMainWindow *window = qd_application_new_window (qd_ui_get_application ());

  qd_main_window_set_workspace (window, first);
  gtk_window_present (GTK_WINDOW (window));
  qd_ui_settle (window);
  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    g_assert_true (is_enabled (window, changes[i]));
  qd_main_window_set_workspace (window, NULL);
  g_clear_object (&first);
  second = qd_workspace_open (path, QD_STORE_OPEN_READ_ONLY, NULL, &error);
  g_assert_no_error (error);
  qd_main_window_set_workspace (window, second);
  qd_ui_settle (window);
  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    if (is_enabled (window, changes[i]))
      g_error ("“%s” is offered by a workspace that can only be read", changes[i]);
  g_assert_true (is_enabled (window, "save-copy"));
  g_assert_true (is_enabled (window, "export-chart"));
  g_assert_true (is_enabled (window, "open-view"));
  qd_ui_close (window);
}

static guint
count_role (QdMainWindow *window,
            QdMarkRole    role)
{
  const QdChartLayout *layout = qd_chart_view_get_layout (qd_page_get_chart (qd_main_window_get_page (window)));
  guint n = 0;

  for (guint i = 0; i < qd_chart_layout_get_n_marks (layout); i++)
    n += qd_chart_layout_get_mark (layout, i)->role == role;
  return n;
}

/* The bar says that the data are the sample's, also when it says something else; the chart need not. */
static void
test_sample_said_once (void)
{
  QdMainWindow *window = qd_ui_open_sample (20);

  qd_session_go (window->session, "bridge", NULL, NULL);
  qd_ui_settle (window);
  qd_ui_wait_while (window->facts == NULL);
  g_assert_true (qd_banner_get_revealed (window->banner));
  g_assert_cmpstr (qd_banner_get_title (window->banner), ==, "Sample data");
  g_assert_cmpuint (count_role (window, QD_ROLE_SUBJECT), ==, 1);
  g_assert_cmpuint (count_role (window, QD_ROLE_SOURCE), ==, 0);
  g_action_group_activate_action (G_ACTION_GROUP (window), "previous-period", NULL);
  qd_ui_settle (window);
  g_assert_cmpstr (qd_banner_get_title (window->banner), ==, "Sample data as of 30 Nov 2025");
  g_assert_cmpuint (count_role (window, QD_ROLE_SOURCE), ==, 0);
  qd_ui_close (window);
}

static void
end_all_cb (GtkWidget *row,
            QdJob    **jobs)
{
  for (guint i = 0; i < 2; i++)
    {
      qd_job_finish (jobs[i], NULL);
      g_object_notify (G_OBJECT (jobs[i]), "state"); /* at once, not on a later turn of the loop */
    }
}

/* While one is taken from the area, the others end: what is removed or loses the focus may lead anywhere. */
static void
test_jobs_end_together (void)
{
  QdMainWindow *window = qd_ui_open_sample (20);
  g_autoptr (QdJob) first = qd_job_new ("First", NULL);
  g_autoptr (QdJob) second = qd_job_new ("Second", NULL);
  g_autoptr (QdJob) third = qd_job_new ("Third", NULL);
  QdJob *others[] = { first, second };
  GListModel *jobs = qd_session_get_jobs (window->session);
  guint before = g_list_model_get_n_items (jobs);
  GtkWidget *label;

  qd_job_area_set_delays (window->jobs, 1, 100000);
  qd_session_add_job (window->session, first);
  qd_session_add_job (window->session, second);
  qd_session_add_job (window->session, third);
  qd_ui_wait_while ((label = qd_ui_find_label (GTK_WIDGET (window->jobs), "Third")) == NULL);
  g_signal_connect (label, "unmap", G_CALLBACK (end_all_cb), others);
  qd_job_finish (third, NULL);
  qd_ui_wait_while (g_list_model_get_n_items (jobs) > before);
  g_assert_null (qd_ui_find_label (GTK_WIDGET (window->jobs), "First"));
  g_assert_null (qd_ui_find_label (GTK_WIDGET (window->jobs), "Second"));
  g_assert_null (qd_ui_find_label (GTK_WIDGET (window->jobs), "Third"));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (window->jobs)));
  qd_ui_close (window);
}

static void
test_time_left (void)
{
  static const struct { double elapsed, fraction; const char *text; } cases[] = {
    { 30, -1, NULL },
    { 30, 0.001, NULL },
    { 30, 0.5, "Less than a minute left" },
    { 40, 0.4, "About 1 minute left" },
    { 60, 0.25, "About 3 minutes left" },
    { 60, 1, "Less than a minute left" },
    { 3600, 0.02, "About 1440 minutes left" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = qd_job_area_dup_time_left (cases[i].elapsed, cases[i].fraction);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

/* What can have the focus has a name that somebody wrote. */
static void
check_names (GtkWidget *widget,
             guint     *n)
{
  if (!gtk_widget_get_visible (widget) || !gtk_widget_get_child_visible (widget) || GTK_IS_WINDOW_CONTROLS (widget))
    return;
  if (GTK_IS_BUTTON (widget) && gtk_widget_get_focusable (widget))
    {
      const char *label = gtk_button_get_label (GTK_BUTTON (widget));
      GtkWidget *owner = gtk_widget_get_parent (widget);

      if (!GTK_IS_MENU_BUTTON (owner))
        owner = widget;
      if (label == NULL && !gtk_test_accessible_has_property (GTK_ACCESSIBLE (owner), GTK_ACCESSIBLE_PROPERTY_LABEL))
        g_error ("a %s in a %s has no name", G_OBJECT_TYPE_NAME (widget), G_OBJECT_TYPE_NAME (owner));
      if (label == NULL && gtk_widget_get_tooltip_text (owner) == NULL)
        g_error ("a %s in a %s has no tooltip", G_OBJECT_TYPE_NAME (widget), G_OBJECT_TYPE_NAME (owner));
      (*n)++;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    check_names (child, n);
}

static void
test_names (void)
{
  QdMainWindow *window = qd_ui_open_sample (20);
  guint n = 0;

  qd_ui_wait_while (window->facts == NULL);
  qd_session_go (window->session, "bridge", NULL, NULL);
  g_action_group_activate_action (G_ACTION_GROUP (window), "toggle-filter", g_variant_new ("(ss)", "segment", "SMB"));
  qd_ui_settle (window);
  check_names (GTK_WIDGET (window->header), &n);
  check_names (GTK_WIDGET (window->scope), &n);
  check_names (window->sidebar_pane, &n);
  g_assert_cmpuint (n, >, 10);
  qd_ui_close (window);
}

/* After going to another page the focus is on it, and the keys work. */
static void
test_focus (void)
{
  QdMainWindow *window = qd_ui_open_sample (20);
  GtkWidget *focus;
  guint n;
  const QdPageInfo *pages = qd_pages_list (&n);

  if (n < 2)
    {
      g_test_skip ("one page only");
      qd_ui_close (window);
      return;
    }
  qd_session_go (window->session, "bridge", NULL, NULL);
  qd_ui_settle (window);
  gtk_widget_child_focus (GTK_WIDGET (qd_main_window_get_page (window)), GTK_DIR_TAB_FORWARD);
  qd_session_go (window->session, pages[0].id, NULL, NULL);
  qd_ui_settle (window);
  focus = gtk_root_get_focus (GTK_ROOT (window));
  g_assert_nonnull (focus);
  g_assert_true (gtk_widget_get_mapped (focus));
  g_assert_true (gtk_widget_is_ancestor (focus, GTK_WIDGET (qd_main_window_get_page (window))));
  qd_ui_close (window);
}

/* Names of a hundred words and of none break nothing. */
static void
test_huge_names (void)
{
  g_autoptr (GString) name = g_string_new ("Internationale <Gesellschaft> & Co. ");
  g_autofree char *path = qd_ui_dup_path ("huge.quarterdeck");
  QdStoreSettings settings = { NULL, "EUR", 1 };
  g_autoptr (GError) error = NULL;
  g_autoptr (QdWorkspace) workspace = NULL;
  QdMainWindow *window = qd_application_new_window (qd_ui_get_application ());

  for (guint i = 0; i < 6; i++)
    g_string_append (name, "Donaudampfschifffahrtsgesellschaftskapitänswitwenrente ");
  settings.name = name->str;
  workspace = qd_workspace_create (path, &settings, &error);
  g_assert_no_error (error);
  qd_main_window_set_workspace (window, workspace);
  gtk_window_set_default_size (GTK_WINDOW (window), 1024, 600);
  gtk_window_present (GTK_WINDOW (window));
  qd_ui_settle (window);
  qd_ui_wait_while (window->facts == NULL);
  assert_fits (window, "a huge name", 600, 600);
  g_assert_cmpstr (gtk_widget_get_tooltip_text (GTK_WIDGET (window->workspace_name)), ==, name->str);
  /* no revenue: nothing to choose, and the page says what to do */
  g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (window), "previous-period"));
  qd_ui_shoot (GTK_WIDGET (window), "huge-name");
  qd_ui_close (window);
}

/* A message takes the place of the one before, so that its Undo is not pressed for what is undone. */
static void
test_toasts (void)
{
  QdMainWindow *window = qd_ui_open_sample (20);

  qd_main_window_toast (window, "One & <b>", "_Undo", "win.undo-entry(int64 7)");
  qd_ui_wait_while (qd_ui_find_label (GTK_WIDGET (window), "One & <b>") == NULL);
  g_assert_cmpstr (adw_toast_get_action_name (window->toast), ==, "win.undo-entry");
  qd_main_window_toast (window, "Two", "_Redo", "win.redo");
  g_assert_cmpstr (adw_toast_get_action_name (window->toast), ==, "win.redo");
  g_assert_null (adw_toast_get_action_target_value (window->toast));
  g_assert_null (qd_ui_find_label (GTK_WIDGET (window), "One & <b>"));
  qd_main_window_toast (window, "Three", NULL, NULL);
  g_assert_null (adw_toast_get_action_name (window->toast));
  qd_ui_wait_while (qd_ui_find_label (GTK_WIDGET (window), "Three") == NULL);
  /* gone by itself, and the next one comes */
  qd_ui_wait_while (window->toast != NULL);
  qd_main_window_toast (window, "Four", NULL, NULL);
  qd_ui_wait_while (qd_ui_find_label (GTK_WIDGET (window), "Four") == NULL);
  qd_ui_close (window);
}

int
main (int    argc,
      char **argv)
{
  qd_ui_test_init (&argc, &argv);
  g_test_add_func ("/ui/window/pages", test_pages);
  g_test_add_func ("/ui/window/actions", test_actions);
  g_test_add_func ("/ui/window/keys", test_keys);
  g_test_add_func ("/ui/window/sidebar", test_sidebar);
  g_test_add_func ("/ui/window/title", test_title);
  g_test_add_func ("/ui/window/sizes", test_sizes);
  g_test_add_func ("/ui/window/large-text", test_large_text);
  g_test_add_func ("/ui/window/menus", test_menus);
  g_test_add_func ("/ui/window/pictures", test_pictures);
  g_test_add_func ("/ui/window/read-only", test_read_only);
  g_test_add_func ("/ui/window/sample-said-once", test_sample_said_once);
  g_test_add_func ("/ui/window/jobs", test_jobs);
  g_test_add_func ("/ui/window/jobs-end-together", test_jobs_end_together);
  g_test_add_func ("/ui/window/time-left", test_time_left);
  g_test_add_func ("/ui/window/names", test_names);
  g_test_add_func ("/ui/window/focus", test_focus);
  g_test_add_func ("/ui/window/huge-names", test_huge_names);
  g_test_add_func ("/ui/window/toasts", test_toasts);
  return g_test_run ();
}
