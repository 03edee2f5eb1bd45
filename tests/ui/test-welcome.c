/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The welcome page: where one begins, and the files opened lately.
 */
#include "ui-fixture.h"

#include <glib/gstdio.h>

#include "ui/window/qd-welcome.h"

static void
add_recent (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *uri = g_file_get_uri (file);
  g_autofree char *name = g_path_get_basename (path);
  GtkRecentData data = {
    .display_name = name,
    .mime_type = (char *) QD_WORKSPACE_MIME_TYPE,
    .app_name = (char *) "quarterdeck",
    .app_exec = (char *) "quarterdeck %f",
  };

  gtk_recent_manager_add_full (gtk_recent_manager_get_default (), uri, &data);
}

static guint
count_rows (GtkWidget *list)
{
  guint n = 0;

  for (GtkWidget *row = gtk_widget_get_first_child (list); row != NULL; row = gtk_widget_get_next_sibling (row))
    n++;
  return n;
}

static GtkWidget *
find_action (GtkWidget  *root,
             const char *name)
{
  if (GTK_IS_ACTIONABLE (root) && g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (root)), name) == 0)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_action (child, name);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
test_begin (void)
{
  QdMainWindow *window = qd_ui_open_sample (0);
  GtkWidget *sample = find_action (GTK_WIDGET (window), "app.open-sample");

  g_assert_true (gtk_widget_has_css_class (sample, "suggested-action"));
  g_assert_nonnull (find_action (GTK_WIDGET (window), "app.new"));
  g_assert_nonnull (find_action (GTK_WIDGET (window), "app.open"));
  /* Return opens the sample */
  g_assert_true (gtk_root_get_focus (GTK_ROOT (window)) == sample);
  /* nothing was opened lately: no empty list */
  g_assert_false (gtk_widget_get_visible (qd_ui_find (GTK_WIDGET (window), GTK_TYPE_WIDGET, "recent_box")));
  qd_ui_shoot (GTK_WIDGET (window), "welcome");
  qd_ui_close (window);
}

static void
test_recent (void)
{
  g_autoptr (QdWorkspace) workspace = qd_ui_make_sample (5);
  g_autofree char *path = g_strdup (qd_workspace_get_path (workspace));
  g_autofree char *missing = qd_ui_dup_path ("was <here> & left.quarterdeck");
  QdMainWindow *window;
  GtkWidget *list, *row;
  g_autofree char *target = NULL;
  GVariant *value;

  g_clear_object (&workspace);
  g_file_set_contents (missing, "x", -1, NULL);
  add_recent (path);
  add_recent (missing);
  g_unlink (missing);
  window = qd_ui_open_sample (0);
  list = qd_ui_find (GTK_WIDGET (window), GTK_TYPE_LIST_BOX, "recent");
  qd_ui_wait_while (count_rows (list) != 2);
  g_assert_true (gtk_widget_get_visible (qd_ui_find (GTK_WIDGET (window), GTK_TYPE_WIDGET, "recent_box")));
  g_assert_nonnull (qd_ui_find_label (list, "was <here> & left"));
  qd_ui_shoot (GTK_WIDGET (window), "recent");

  /* what is gone cannot be opened, but found again or forgotten */
  row = gtk_widget_get_ancestor (qd_ui_find_label (list, "was <here>"), GTK_TYPE_LIST_BOX_ROW);
  g_assert_true (gtk_widget_has_css_class (row, "missing"));
  g_assert_nonnull (find_action (row, "app.locate-recent"));
  g_assert_cmpstr (gtk_actionable_get_action_name (GTK_ACTIONABLE (row)), ==, NULL);
  g_signal_emit_by_name (find_action (row, "app.forget-recent"), "clicked");
  qd_ui_wait_while (count_rows (list) != 1);

  row = gtk_widget_get_first_child (list);
  value = gtk_actionable_get_action_target_value (GTK_ACTIONABLE (row));
  target = g_filename_from_uri (g_variant_get_string (value, NULL), NULL, NULL);
  g_assert_cmpstr (target, ==, path);
  gtk_widget_activate (row);
  qd_ui_wait_while (qd_main_window_get_session (window) == NULL);
  g_assert_cmpstr (qd_main_window_get_path (window), ==, path);
  qd_ui_close (window);
}

int
main (int    argc,
      char **argv)
{
  qd_ui_test_init (&argc, &argv);
  g_test_add_func ("/ui/welcome/begin", test_begin);
  g_test_add_func ("/ui/welcome/recent", test_recent);
  return g_test_run ();
}
