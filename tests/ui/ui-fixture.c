/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui-fixture.h"

#include <locale.h>
#include <stdio.h>
#include <string.h>

#include <glib/gstdio.h>

#include "config.h"
#include "data/sample/qd-sample.h"
#include "ui/qd-ui.h"

static QdApplication *application;
static char *folder;

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR) && !g_file_test (child, G_FILE_TEST_IS_SYMLINK))
        remove_tree (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

static void
remove_folder (void)
{
  remove_tree (folder);
}

void
qd_ui_iterate (void)
{
  if (!g_main_context_iteration (NULL, FALSE))
    g_usleep (500);
}

/* libadwaita 1.7 measures the heading of its own message dialog for less than it needs, which GTK 4.18 warns of. */
static GLogWriterOutput
write_log (GLogLevelFlags   level,
           const GLogField *fields,
           gsize            n_fields,
           gpointer         data)
{
  for (gsize i = 0; i < n_fields; i++)
    {
      gpointer label;

      if (g_strcmp0 (fields[i].key, "MESSAGE") != 0 || fields[i].length >= 0 ||
          sscanf (fields[i].value, "Trying to measure GtkLabel %p for", &label) != 1)
        continue;
      for (GtkWidget *widget = label; widget != NULL; widget = gtk_widget_get_parent (widget))
        if (g_str_equal (G_OBJECT_TYPE_NAME (widget), "AdwMessageDialog"))
          return G_LOG_WRITER_HANDLED;
    }
  return g_log_writer_default (level, fields, n_fields, data);
}

void
qd_ui_test_init (int    *argc,
                 char ***argv)
{
  static const char *const homes[] = { "XDG_STATE_HOME", "XDG_DATA_HOME" };
  g_autoptr (GError) error = NULL;

  /* what is remembered, recent files and the sample belong to one test */
  folder = g_dir_make_tmp ("quarterdeck-ui-XXXXXX", &error);
  g_assert_no_error (error);
  atexit (remove_folder);
  for (gsize i = 0; i < G_N_ELEMENTS (homes); i++)
    {
      g_autofree char *home = g_build_filename (folder, ".home", homes[i], NULL);

      g_mkdir_with_parents (home, 0700);
      g_setenv (homes[i], home, TRUE);
    }
  gtk_test_init (argc, argv, NULL);
  g_log_set_writer_func (write_log, NULL, NULL);
  setlocale (LC_ALL, "");
}

QdApplication *
qd_ui_get_application (void)
{
  g_autoptr (GError) error = NULL;

  if (application == NULL)
    {
      application = qd_application_new ();
      g_application_set_flags (G_APPLICATION (application),
                               g_application_get_flags (G_APPLICATION (application)) | G_APPLICATION_NON_UNIQUE);
      g_application_register (G_APPLICATION (application), NULL, &error);
      g_assert_no_error (error);
    }
  return application;
}

char *
qd_ui_dup_path (const char *name)
{
  return g_build_filename (folder, name, NULL);
}

QdWorkspace *
qd_ui_make_sample (guint accounts)
{
  static guint count;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_strdup_printf ("sample-%u.quarterdeck", ++count);
  g_autofree char *path = qd_ui_dup_path (name);
  g_autofree char *words = g_strdup_printf ("sample '%s' --accounts %u --months 36 --seed 7", path, accounts);
  g_autofree char *line = g_strdup_printf ("%s %s", g_getenv ("QUARTERDECK"), words);
  g_autofree char *out = NULL;
  g_autofree char *err = NULL;
  QdWorkspace *workspace;
  int status;

  if (!g_spawn_command_line_sync (line, &out, &err, &status, &error) || !g_spawn_check_wait_status (status, &error))
    g_error ("%s: %s %s", line, error->message, err);
  workspace = qd_workspace_open (path, QD_STORE_OPEN_DEFAULT, NULL, &error);
  g_assert_no_error (error);
  return workspace;
}

QdMainWindow *
qd_ui_open_workspace (QdWorkspace *workspace)
{
  QdMainWindow *window = qd_application_new_window (qd_ui_get_application ());

  qd_main_window_set_workspace (window, workspace);
  gtk_window_present (GTK_WINDOW (window));
  qd_ui_settle (window);
  return window;
}

QdMainWindow *
qd_ui_open_sample (guint accounts)
{
  QdMainWindow *window = qd_application_new_window (qd_ui_get_application ());

  if (accounts > 0)
    {
      g_autoptr (QdWorkspace) workspace = qd_ui_make_sample (accounts);

      qd_main_window_set_workspace (window, workspace);
    }
  else
    {
      qd_main_window_set_workspace (window, NULL);
    }
  gtk_window_set_default_size (GTK_WINDOW (window), 1200, 800);
  gtk_window_present (GTK_WINDOW (window));
  qd_ui_settle (window);
  return window;
}

void
qd_ui_settle (QdMainWindow *window)
{
  qd_ui_wait_while (!gtk_widget_get_mapped (GTK_WIDGET (window)) ||
                    (qd_main_window_get_page (window) != NULL && qd_page_is_busy (qd_main_window_get_page (window))));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
}

void
qd_ui_close (QdMainWindow *window)
{
  gtk_window_destroy (GTK_WINDOW (window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

GtkWidget *
qd_ui_find (GtkWidget  *root,
            GType       type,
            const char *id)
{
  if (g_type_is_a (G_OBJECT_TYPE (root), type) &&
      (id == NULL || g_strcmp0 (gtk_buildable_get_buildable_id (GTK_BUILDABLE (root)), id) == 0 ||
       g_strcmp0 (gtk_widget_get_name (root), id) == 0 || gtk_widget_has_css_class (root, id)))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = qd_ui_find (child, type, id);

      if (found != NULL)
        return found;
    }
  return NULL;
}

GtkWidget *
qd_ui_find_label (GtkWidget  *root,
                  const char *text)
{
  if (!gtk_widget_get_visible (root))
    return NULL;
  if (GTK_IS_LABEL (root) && strstr (gtk_label_get_text (GTK_LABEL (root)), text) != NULL)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = qd_ui_find_label (child, text);

      if (found != NULL)
        return found;
    }
  return NULL;
}

GtkWindow *
qd_ui_find_window (GType type)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (g_type_is_a (G_OBJECT_TYPE (window), type) && gtk_widget_get_visible (GTK_WIDGET (window)))
        return window;
    }
  return NULL;
}

void
qd_ui_answer_question (gboolean accept)
{
  qd_ui_respond (accept ? "accept" : "cancel");
}

void
qd_ui_respond (const char *response)
{
  GtkWindow *dialog;

  qd_ui_wait_while ((dialog = qd_ui_find_window (ADW_TYPE_MESSAGE_DIALOG)) == NULL);
  /* as its buttons do */
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), response);
  gtk_window_destroy (dialog);
}

static gboolean
has_file (GtkFileChooser *chooser,
          GFile          *file)
{
  g_autoptr (GFile) chosen = gtk_file_chooser_get_file (chooser);

  return chosen != NULL && g_file_equal (chosen, file);
}

/* GTK 4.18's bar of folders asks about each of them, and is told also after it went, with the answer that nobody wants
 * any more: it and what is in it must still be there. */
static void
keep_bar (GtkWidget *widget,
          gboolean   in_bar)
{
  in_bar = in_bar || g_str_equal (G_OBJECT_TYPE_NAME (widget), "GtkPathBar");
  if (in_bar)
    g_object_ref (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    keep_bar (child, in_bar);
}

/* Until nothing was done for a while. */
static void
rest (void)
{
  gint64 start = g_get_monotonic_time (), last = start, now = start;

  for (; now - last < G_USEC_PER_SEC / 10 && now - start < 2 * G_USEC_PER_SEC; now = g_get_monotonic_time ())
    {
      if (g_main_context_iteration (NULL, FALSE))
        last = g_get_monotonic_time ();
      else
        g_usleep (500);
    }
}

static void
choose_file (GtkFileChooser *chooser,
             GFile          *file)
{
  if (gtk_file_chooser_get_action (chooser) == GTK_FILE_CHOOSER_ACTION_SAVE)
    {
      g_autoptr (GFile) parent = g_file_get_parent (file);
      g_autofree char *name = g_file_get_basename (file);

      g_assert_true (gtk_file_chooser_set_current_folder (chooser, parent, NULL));
      gtk_file_chooser_set_current_name (chooser, name);
    }
  else
    {
      g_assert_true (gtk_file_chooser_set_file (chooser, file, NULL));
    }
  rest ();
}

void
qd_ui_answer_file (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  GLogLevelFlags fatal = g_log_set_always_fatal (G_LOG_FATAL_MASK); /* its bar of folders warns of itself */
  GtkWindow *dialog;

  qd_ui_wait_while (qd_ui_find_window (GTK_TYPE_FILE_CHOOSER_DIALOG) == NULL);
  dialog = qd_ui_find_window (GTK_TYPE_FILE_CHOOSER_DIALOG);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (dialog));
  if (gtk_get_minor_version () > 8)
    keep_bar (GTK_WIDGET (dialog), FALSE);
  /* while it still reads a folder, it takes no answer, and may forget what was chosen for the folder it began with */
  for (guint i = 0; i < 20 && qd_ui_find_window (GTK_TYPE_FILE_CHOOSER_DIALOG) == dialog; i++)
    {
      gint64 end = g_get_monotonic_time () + G_USEC_PER_SEC;

      if (!has_file (GTK_FILE_CHOOSER (dialog), file))
        choose_file (GTK_FILE_CHOOSER (dialog), file);
      if (has_file (GTK_FILE_CHOOSER (dialog), file))
        gtk_dialog_response (GTK_DIALOG (dialog), GTK_RESPONSE_ACCEPT);
      while (qd_ui_find_window (GTK_TYPE_FILE_CHOOSER_DIALOG) == dialog && g_get_monotonic_time () < end)
        qd_ui_iterate ();
    }
  g_assert_true (qd_ui_find_window (GTK_TYPE_FILE_CHOOSER_DIALOG) != dialog);
  rest ();
  g_log_set_always_fatal (fatal);
}

void
qd_ui_shoot (GtkWidget  *window,
             const char *name)
{
  const char *shots = g_getenv ("QD_UI_SHOTS");
  g_autoptr (GdkPaintable) paintable = NULL;
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  g_autofree char *file = NULL;
  g_autofree char *path = NULL;
  GtkSnapshot *snapshot;
  int width = 0, height = 0;

  if (shots == NULL)
    return;
  paintable = gtk_widget_paintable_new (window);
  /* the paintable is empty until the widget has been drawn with it */
  for (int i = 0; i < 20 && node == NULL; i++)
    {
      gtk_widget_queue_draw (window);
      gtk_test_widget_wait_for_draw (window);
      width = gtk_widget_get_width (window);
      height = gtk_widget_get_height (window);
      snapshot = gtk_snapshot_new ();
      gdk_paintable_snapshot (paintable, snapshot, width, height);
      node = gtk_snapshot_free_to_node (snapshot);
    }
  if (node == NULL)
    {
      g_test_message ("%s: nothing was drawn (%d x %d)", name, width, height);
      return;
    }
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node, NULL);
  file = g_strconcat (name, ".png", NULL);
  path = g_build_filename (shots, file, NULL);
  if (!gdk_texture_save_to_png (texture, path))
    g_test_message ("%s: not written", path);
}
