/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-application.h"

#include <glib/gi18n-lib.h>

#include "../ui/qd-ui.h"
#include "../ui/window/qd-action-info.h"
#include "actions/qd-actions.h"

struct _QdApplication
{
  AdwApplication parent_instance;
};

G_DEFINE_FINAL_TYPE (QdApplication, qd_application, ADW_TYPE_APPLICATION)

static void
quit_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       data)
{
  g_application_quit (data);
}

static const GActionEntry entries[] = {
  { .name = "quit", .activate = quit_cb },
};

static void
qd_application_startup (GApplication *application)
{
  guint n;
  const QdActionInfo *infos = qd_action_info_list (&n);

  qd_ui_init (); /* before libadwaita looks for the program's style */
  G_APPLICATION_CLASS (qd_application_parent_class)->startup (application);
  g_action_map_add_action_entries (G_ACTION_MAP (application), entries, G_N_ELEMENTS (entries), application);
  for (guint i = 0; i < n; i++)
    if (infos[i].accels != NULL && !infos[i].local)
      {
        g_auto (GStrv) accels = g_strsplit (infos[i].accels, " ", -1);

        gtk_application_set_accels_for_action (GTK_APPLICATION (application), infos[i].name,
                                               (const char *const *) accels);
      }
}

static void
qd_application_activate (GApplication *application)
{
  gtk_window_present (GTK_WINDOW (qd_application_new_window (QD_APPLICATION (application))));
}

static void
qd_application_open (GApplication *application,
                     GFile       **files,
                     int           n_files,
                     const char   *hint)
{
  for (int i = 0; i < n_files; i++)
    {
      g_autofree char *path = g_file_get_path (files[i]);

      if (path != NULL)
        qd_application_open_path (QD_APPLICATION (application), NULL, path);
    }
}

static void
qd_application_class_init (QdApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  application_class->startup = qd_application_startup;
  application_class->activate = qd_application_activate;
  application_class->open = qd_application_open;
}

static void
qd_application_init (QdApplication *self)
{
}

QdApplication *
qd_application_new (void)
{
  return g_object_new (QD_TYPE_APPLICATION, "application-id", QD_APP_ID, "flags", G_APPLICATION_HANDLES_OPEN,
                       "resource-base-path", "/org/quarterdeck/Quarterdeck", NULL);
}

/**
 * qd_application_new_window:
 * @self: the application
 *
 * Returns: (transfer none): a new window with all of its actions, not yet shown
 */
QdMainWindow *
qd_application_new_window (QdApplication *self)
{
  QdMainWindow *window = qd_main_window_new (GTK_APPLICATION (self));

  qd_actions_install (window);
  return window;
}

static void
open_in_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  GError *error = NULL;
  QdWorkspace *workspace = qd_workspace_open (data, QD_STORE_OPEN_COPY_IF_LOCKED, NULL, &error);

  if (workspace == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, workspace, g_object_unref);
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (QdMainWindow) window = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (QdWorkspace) workspace = g_task_propagate_pointer (G_TASK (result), &error);

  if (workspace != NULL)
    qd_main_window_set_workspace (window, workspace);
  else
    qd_main_window_show_error (window, _("This workspace cannot be opened"), error);
}

/**
 * qd_application_open_path:
 * @self: the application
 * @window: (nullable): the window to show it in; `NULL`: a new one
 * @path: a workspace file
 *
 * Opens a workspace on a worker, while its window comes up.
 */
void
qd_application_open_path (QdApplication *self,
                          QdMainWindow      *window,
                          const char    *path)
{
  g_autoptr (GTask) task = NULL;

  if (window == NULL)
    window = qd_application_new_window (self);
  task = g_task_new (self, NULL, opened_cb, g_object_ref (window));
  g_task_set_task_data (task, g_strdup (path), g_free);
  g_task_run_in_thread (task, open_in_thread);
  gtk_window_present (GTK_WINDOW (window));
}
