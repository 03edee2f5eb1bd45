/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-application.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "../data/base/qd-task.h"
#include "../ui/qd-ui.h"
#include "../ui/widgets/qd-ui-state.h"
#include "../ui/window/qd-action-info.h"
#include "../ui/window/qd-welcome.h"
#include "actions/qd-actions.h"
#include "qd-make-sample.h"

struct _QdApplication
{
  AdwApplication parent_instance;
};

G_DEFINE_FINAL_TYPE (QdApplication, qd_application, ADW_TYPE_APPLICATION)

static void
set_accels (GtkApplication *application)
{
  guint n;
  const QdActionInfo *infos = qd_action_info_list (&n);

  for (guint i = 0; i < n; i++)
    if (infos[i].accels != NULL && !infos[i].local)
      {
        g_auto (GStrv) accels = g_strsplit (infos[i].accels, " ", -1);

        gtk_application_set_accels_for_action (application, infos[i].name, (const char *const *) accels);
      }
}

/* Whether there is a graphics card that OpenGL could use. */
static gboolean
has_graphics (void)
{
  g_autoptr (GDir) dir = g_dir_open ("/dev/dri", 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, "renderD"))
      return TRUE;
  return g_file_test ("/dev/nvidiactl", G_FILE_TEST_EXISTS);
}

/* OpenGL in software draws slower than cairo, and looking for OpenGL that nobody will use takes GTK before 4.14 a third
 * of the time to the first frame. Nor need GTK read a style of its own, which libadwaita will put its own in place of.
 * What the person has set stays. */
static gboolean
init_gtk (void)
{
  gboolean no_gl, no_style = g_getenv ("GTK_THEME") == NULL;
  gboolean done;

#ifdef __linux__
  if (g_getenv ("GSK_RENDERER") == NULL && !has_graphics ())
    g_setenv ("GSK_RENDERER", "cairo", TRUE);
#endif
  no_gl = g_strcmp0 (g_getenv ("GSK_RENDERER"), "cairo") == 0 && g_getenv ("GDK_DEBUG") == NULL &&
          gtk_get_major_version () == 4 && gtk_get_minor_version () < 14;
  if (no_gl)
    g_setenv ("GDK_DEBUG", "gl-disable", TRUE);
  if (no_style)
    g_setenv ("GTK_THEME", "Adwaita-empty", TRUE);
  done = gtk_init_check () && gtk_settings_get_default () != NULL;
  if (no_style)
    g_unsetenv ("GTK_THEME");
  if (no_gl)
    g_unsetenv ("GDK_DEBUG");
  return done;
}

static void
qd_application_startup (GApplication *application)
{
  if (!init_gtk ())
    {
      g_printerr ("quarterdeck: %s\n",
                  _("The window cannot be opened: there is no display. “quarterdeck --help” lists what works without."));
      exit (1);
    }
  qd_ui_init (); /* before libadwaita looks for the program's style */
  G_APPLICATION_CLASS (qd_application_parent_class)->startup (application);
  gtk_window_set_default_icon_name (QD_APP_ID);
  qd_file_actions_install (QD_APPLICATION (application));
  set_accels (GTK_APPLICATION (application));
}

/* Every workspace that was open at the end, the one used last in front; or the welcome page. */
static void
restore_windows (QdApplication *self)
{
  g_autoptr (GPtrArray) paths = qd_main_window_take_open ();

  for (guint i = paths->len; i > 0; i--)
    qd_application_open_path (self, NULL, paths->pdata[i - 1]);
  if (paths->len == 0)
    {
      QdMainWindow *window = qd_application_new_window (self);

      qd_main_window_set_workspace (window, NULL);
      gtk_window_present (GTK_WINDOW (window));
    }
}

static void
qd_application_activate (GApplication *application)
{
  QdMainWindow *window = qd_application_get_window (QD_APPLICATION (application));

  if (window != NULL)
    gtk_window_present (GTK_WINDOW (window));
  else
    restore_windows (QD_APPLICATION (application));
}

static void
qd_application_open (GApplication *application,
                     GFile       **files,
                     int           n_files,
                     const char   *hint)
{
  if (qd_application_get_window (QD_APPLICATION (application)) == NULL)
    g_ptr_array_unref (qd_main_window_take_open ()); /* whoever starts with a file leaves the others closed */
  for (int i = 0; i < n_files; i++)
    {
      g_autofree char *path = g_file_get_path (files[i]);

      if (path != NULL)
        qd_application_open_path (QD_APPLICATION (application), NULL, path);
    }
}

static void
qd_application_shutdown (GApplication *application)
{
  qd_ui_state_flush ();
  G_APPLICATION_CLASS (qd_application_parent_class)->shutdown (application);
}

static void
qd_application_class_init (QdApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  application_class->startup = qd_application_startup;
  application_class->activate = qd_application_activate;
  application_class->open = qd_application_open;
  application_class->shutdown = qd_application_shutdown;
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

/**
 * qd_application_get_window:
 * @self: the application
 *
 * Returns: (transfer none) (nullable): the window that the person works in, or
 *   the one behind the dialog that is in front
 */
QdMainWindow *
qd_application_get_window (QdApplication *self)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  while (window != NULL && !QD_IS_MAIN_WINDOW (window))
    window = gtk_window_get_transient_for (window);
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); window == NULL && l != NULL; l = l->next)
    if (QD_IS_MAIN_WINDOW (l->data))
      window = l->data;
  return window != NULL ? QD_MAIN_WINDOW (window) : NULL;
}

static gboolean
is_same_file (const char *a,
              const char *b)
{
  g_autoptr (GFile) first = g_file_new_for_path (a);
  g_autoptr (GFile) second = g_file_new_for_path (b);
  GStatBuf first_stat, second_stat;

  if (g_file_equal (first, second))
    return TRUE;
  return g_stat (a, &first_stat) == 0 && g_stat (b, &second_stat) == 0 && first_stat.st_dev == second_stat.st_dev &&
         first_stat.st_ino == second_stat.st_ino;
}

static QdMainWindow *
find_window (QdApplication *self,
             const char    *path)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    {
      const char *shown = QD_IS_MAIN_WINDOW (l->data) ? qd_main_window_get_path (l->data) : NULL;

      if (shown != NULL && is_same_file (shown, path))
        return l->data;
    }
  return NULL;
}

/* What is opened, on its way to the worker and back. */
typedef struct
{
  QdApplication *application;
  QdMainWindow *window;
  char *path;
  QdStoreFlags flags;
  gboolean sample, create;
  char *name, *currency;
  int fiscal_start;
  char *import;
  QdJob *job;
} Request;

static void
free_request (gpointer data)
{
  Request *request = data;

  g_object_unref (request->application);
  g_object_unref (request->window);
  g_object_unref (request->job);
  g_free (request->path);
  g_free (request->name);
  g_free (request->currency);
  g_free (request->import);
  g_free (request);
}

static QdWorkspace *
make_sample (const Request *request,
             GError       **error)
{
  g_autofree char *folder = g_path_get_dirname (request->path);
  QdSampleOptions options;

  g_mkdir_with_parents (folder, 0700); /* what is wrong with it is said by creating the file */
  qd_make_sample_get_defaults (&options);
  return qd_make_sample (request->path, &options, NULL, request->job, NULL, error);
}

static QdWorkspace *
open_workspace (const Request *request,
                GError       **error)
{
  QdStoreSettings settings = { request->name, request->currency, request->fiscal_start };

  if (request->create)
    return qd_workspace_create (request->path, &settings, error);
  if (request->sample && !g_file_test (request->path, G_FILE_TEST_EXISTS))
    return make_sample (request, error);
  /* no window shows it: what an earlier one still had to do with it ends soon */
  return qd_workspace_open (request->path, request->flags | QD_STORE_OPEN_WAIT, request->job, error);
}

static void
open_in_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  const Request *request = data;
  GError *error = NULL;
  QdWorkspace *workspace = open_workspace (request, &error);

  qd_job_finish (request->job, error);
  if (workspace == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, workspace, g_object_unref);
}

static char *
dup_action (const char *name,
            const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *uri = g_file_get_uri (file);

  return g_action_print_detailed_name (name, g_variant_new_string (uri));
}

static void
show_problem (const Request *request,
              const GError  *error)
{
  const char *title = _("This Workspace Cannot Be Opened");
  const char *button = _("_Try Again");
  const char *name = "app.open-recent";
  g_autofree char *action = NULL;

  if (request->create)
    {
      title = _("The Workspace Cannot Be Made");
      button = _("_New Workspace…");
      name = NULL;
    }
  else if (g_error_matches (error, QD_STORE_ERROR, QD_STORE_ERROR_LOCKED))
    {
      title = _("This Workspace Is in Use");
      button = _("_Look at a Copy");
      name = "app.open-copy";
    }
  else if (g_error_matches (error, QD_STORE_ERROR, QD_STORE_ERROR_NOT_FOUND))
    {
      title = _("This Workspace Is Not There");
      button = _("_Locate…");
      name = "app.locate-recent";
    }
  else if (request->sample)
    {
      name = NULL;
    }
  action = name != NULL ? dup_action (name, request->path) : g_strdup (request->sample ? "app.open-sample" : "app.new");
  qd_main_window_show_problem (request->window, title, error->message, button, action);
}

static void
note_recent (const Request *request)
{
  g_autoptr (GFile) file = g_file_new_for_path (request->path);
  g_autofree char *uri = g_file_get_uri (file);
  g_autofree char *name = g_filename_display_basename (request->path);
  GtkRecentData data = {
    .display_name = name,
    .mime_type = (char *) QD_WORKSPACE_MIME_TYPE,
    .app_name = (char *) "quarterdeck",
    .app_exec = (char *) "quarterdeck %f",
  };

  if (!request->sample) /* it has a button of its own */
    gtk_recent_manager_add_full (gtk_recent_manager_get_default (), uri, &data);
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  const Request *request = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autoptr (QdWorkspace) workspace = g_task_propagate_pointer (G_TASK (result), &error);

  if (!qd_main_window_is_opening (request->window, request->job)) /* closed, or something else is opened in it */
    return;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      qd_main_window_set_workspace (request->window, NULL);
      return;
    }
  if (workspace == NULL)
    {
      show_problem (request, error);
      return;
    }
  note_recent (request);
  qd_main_window_set_workspace (request->window, workspace);
  if (request->import != NULL && *request->import != '\0')
    gtk_widget_activate_action (GTK_WIDGET (request->window), "win.import-file", "s", request->import);
}

/**
 * qd_application_open_workspace:
 * @self: the application
 * @window: (nullable): the window to show it in; `NULL`: one that shows
 *   nothing, or a new one
 * @opening: what to open or to make, and how; copied
 *
 * Opens a workspace on a worker, while its window comes up. A window that
 * shows it already is presented instead.
 */
void
qd_application_open_workspace (QdApplication   *self,
                               QdMainWindow    *window,
                               const QdOpening *opening)
{
  g_autoptr (GTask) task = NULL;
  QdMainWindow *shown = find_window (self, opening->path);
  Request *request;

  g_return_if_fail (QD_IS_APPLICATION (self) && opening->path != NULL);
  if (shown != NULL && opening->settings == NULL)
    {
      gtk_window_present (GTK_WINDOW (shown));
      return;
    }
  if (window == NULL)
    window = qd_application_get_window (self);
  if (window == NULL || qd_main_window_get_path (window) != NULL)
    window = qd_application_new_window (self);

  request = g_new0 (Request, 1);
  request->application = g_object_ref (self);
  request->window = g_object_ref (window);
  request->path = g_strdup (opening->path);
  request->flags = opening->flags;
  request->sample = opening->sample;
  request->import = g_strdup (opening->import);
  if (opening->settings != NULL)
    {
      request->create = TRUE;
      request->name = g_strdup (opening->settings->name);
      request->currency = g_strdup (opening->settings->currency);
      request->fiscal_start = opening->settings->fiscal_start;
    }
  request->job = qd_job_new (_("Opening"), NULL);
  task = g_task_new (self, NULL, opened_cb, NULL);
  g_task_set_source_tag (task, qd_application_open_workspace);
  g_task_set_task_data (task, request, free_request);
  qd_task_run_in_thread (task, open_in_thread);
  qd_main_window_show_opening (window, request->path, request->job);
  gtk_window_present (GTK_WINDOW (window));
}

/**
 * qd_application_open_path:
 * @self: the application
 * @window: (nullable): the window to show it in
 * @path: (type filename): a workspace file
 *
 * Opens a workspace that exists; see qd_application_open_workspace().
 */
void
qd_application_open_path (QdApplication *self,
                          QdMainWindow  *window,
                          const char    *path)
{
  const QdOpening opening = { .path = path };

  qd_application_open_workspace (self, window, &opening);
}
