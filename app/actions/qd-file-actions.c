/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Workspaces as files: new, open, recent, sample; windows.
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "../../ui/compat/qd-file-dialog.h"
#include "../../ui/dialogs/new/qd-new-dialog.h"
#include "qd-actions.h"

#define SAMPLE_FILE "Sample Company.quarterdeck"

static void
show_new_dialog (QdApplication *self,
                 const char    *import)
{
  QdMainWindow *window = qd_application_get_window (self);

  if (window == NULL)
    {
      window = qd_application_new_window (self);
      qd_main_window_set_workspace (window, NULL);
      gtk_window_present (GTK_WINDOW (window));
    }
  gtk_window_present (GTK_WINDOW (qd_new_dialog_new (GTK_WINDOW (window), import)));
}

static void
new_cb (GSimpleAction *action,
        GVariant      *parameter,
        gpointer       data)
{
  show_new_dialog (data, NULL);
}

static void
new_for_import_cb (GSimpleAction *action,
                   GVariant      *parameter,
                   gpointer       data)
{
  show_new_dialog (data, g_variant_get_string (parameter, NULL));
}

static void
create_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       data)
{
  QdStoreSettings settings;
  QdOpening opening = { .settings = &settings };

  g_variant_get (parameter, "(&s&s&si&s)", &opening.path, &settings.name, &settings.currency, &settings.fiscal_start,
                 &opening.import);
  qd_application_open_workspace (data, NULL, &opening);
}

static void
chosen_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (QdApplication) self = data;
  g_autoptr (GFile) file = qd_file_dialog_finish (result, NULL);
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path != NULL)
    qd_application_open_path (self, NULL, path);
}

static void
ask_for_workspace (QdApplication *self,
                   const char    *title,
                   const char    *folder)
{
  const QdFileDialog dialog = {
    .title = title,
    .folder = folder,
    .filter_name = _("Workspaces"),
    .patterns = "*.quarterdeck",
  };

  qd_file_dialog_open_async (&dialog, GTK_WINDOW (qd_application_get_window (self)), chosen_cb, g_object_ref (self));
}

static void
open_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       data)
{
  ask_for_workspace (data, _("Open Workspace"), NULL);
}

static char *
dup_path (GVariant *uri)
{
  g_autoptr (GFile) file = g_file_new_for_uri (g_variant_get_string (uri, NULL));

  return g_file_get_path (file);
}

static void
open_recent_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       data)
{
  g_autofree char *path = dup_path (parameter);

  if (path != NULL)
    qd_application_open_path (data, NULL, path);
}

static void
open_copy_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       data)
{
  g_autofree char *path = dup_path (parameter);
  const QdOpening opening = { .path = path, .flags = QD_STORE_OPEN_COPY_IF_LOCKED };

  if (path != NULL)
    qd_application_open_workspace (data, NULL, &opening);
}

static void
forget (const char *uri)
{
  gtk_recent_manager_remove_item (gtk_recent_manager_get_default (), uri, NULL); /* gone already: as well */
}

static void
forget_recent_cb (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       data)
{
  forget (g_variant_get_string (parameter, NULL));
}

typedef struct
{
  QdApplication *self;
  char *uri;
} Search;

static void
located_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autofree Search *search = data;
  g_autoptr (QdApplication) self = search->self;
  g_autofree char *uri = search->uri;
  g_autoptr (GFile) file = qd_file_dialog_finish (result, NULL);
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path == NULL)
    return;
  forget (uri);
  qd_application_open_path (self, NULL, path);
}

/* The file was moved: the person knows where to. */
static void
locate_recent_cb (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       data)
{
  g_autofree char *path = dup_path (parameter);
  g_autofree char *name = path != NULL ? g_filename_display_basename (path) : NULL;
  g_autofree char *folder = path != NULL ? g_path_get_dirname (path) : NULL;
  g_autofree char *title = NULL;
  QdFileDialog dialog = { .filter_name = _("Workspaces"), .patterns = "*.quarterdeck" };
  Search *search;

  if (path == NULL)
    return;
  /* Translators: title of a dialog: find the file of this name */
  title = g_strdup_printf (_("Locate “%s”"), name);
  dialog.title = title;
  dialog.folder = g_file_test (folder, G_FILE_TEST_IS_DIR) ? folder : NULL;
  search = g_new0 (Search, 1);
  search->self = g_object_ref (data);
  search->uri = g_variant_dup_string (parameter, NULL);
  qd_file_dialog_open_async (&dialog, GTK_WINDOW (qd_application_get_window (data)), located_cb, search);
}

static void
open_sample_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       data)
{
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "quarterdeck", SAMPLE_FILE, NULL);
  const QdOpening opening = { .path = path, .sample = TRUE };

  qd_application_open_workspace (data, NULL, &opening);
}

static void
new_window_cb (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       data)
{
  QdMainWindow *window = qd_application_new_window (data);

  qd_main_window_set_workspace (window, NULL);
  gtk_window_present (GTK_WINDOW (window));
}

static void
quit_again_cb (gpointer data)
{
  g_action_group_activate_action (data, "quit", NULL);
}

/* Not as if each window were closed: the next start brings all of them back. */
static void
quit_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       data)
{
  g_autoptr (GList) windows = g_list_copy (gtk_application_get_windows (GTK_APPLICATION (data)));

  for (GList *l = windows; l != NULL; l = l->next)
    if (QD_IS_MAIN_WINDOW (l->data) &&
        qd_main_window_ask_to_leave (l->data, _("_Cancel Import and Quit"), quit_again_cb, data))
      return;
  for (GList *l = windows; l != NULL; l = l->next)
    if (QD_IS_MAIN_WINDOW (l->data))
      {
        qd_main_window_save (l->data);
        qd_main_window_leave (l->data);
      }
  if (qd_application_get_window (data) == NULL) /* else it ends with the last window */
    g_application_quit (data);
}

/**
 * qd_file_actions_install:
 * @self: the application
 *
 * Gives the application its own actions.
 */
void
qd_file_actions_install (QdApplication *self)
{
  static const GActionEntry entries[] = {
    { .name = "new", .activate = new_cb },
    { .name = "new-for-import", .activate = new_for_import_cb, .parameter_type = "s" },
    { .name = "create-workspace", .activate = create_cb, .parameter_type = "(sssis)" },
    { .name = "open", .activate = open_cb },
    { .name = "open-recent", .activate = open_recent_cb, .parameter_type = "s" },
    { .name = "open-copy", .activate = open_copy_cb, .parameter_type = "s" },
    { .name = "locate-recent", .activate = locate_recent_cb, .parameter_type = "s" },
    { .name = "forget-recent", .activate = forget_recent_cb, .parameter_type = "s" },
    { .name = "open-sample", .activate = open_sample_cb },
    { .name = "new-window", .activate = new_window_cb },
    { .name = "quit", .activate = quit_cb },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}
