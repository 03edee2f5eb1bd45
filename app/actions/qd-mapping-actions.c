/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Saved mappings: the list of them, new names, files. Each change is told of
 * with Undo.
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "../../data/base/qd-file.h"
#include "../../data/workspace/qd-workspace-edit.h"
#include "../../ui/compat/qd-file-dialog.h"
#include "../../ui/dialogs/mappings/qd-mappings-dialog.h"
#include "qd-actions.h"

typedef enum
{
  MAPPING_RENAME,
  MAPPING_DELETE,
  MAPPING_EXPORT,
  MAPPING_IMPORT,
} QdMappingKind;

typedef struct
{
  QdMainWindow *window;
  QdWorkspace *workspace;
  QdMappingKind kind;
  char *name;
  char *other;      /* the new name, or the file */
  gint64 entry;     /* 0: nothing was changed */
  QdJob *job;
} QdMappingTask;

static void
free_task (gpointer data)
{
  QdMappingTask *task = data;

  g_object_unref (task->window);
  g_object_unref (task->workspace);
  g_object_unref (task->job);
  g_free (task->name);
  g_free (task->other);
  g_free (task);
}

static gboolean
write_file (QdMappingTask *task,
            GError       **error)
{
  const char *const others[] = { qd_workspace_get_path (task->workspace), NULL };
  g_autofree char *text = NULL;

  if (!qd_file_check_output (task->other, others, error))
    return FALSE;
  text = qd_workspace_write_mapping (task->workspace, task->name, error);
  return text != NULL && g_file_set_contents (task->other, text, -1, error);
}

static void
run_thread (GTask        *gtask,
            gpointer      source,
            gpointer      data,
            GCancellable *cancellable)
{
  QdMappingTask *task = data;
  GError *error = NULL;
  gboolean done = FALSE;

  switch (task->kind)
    {
    case MAPPING_RENAME:
      done = qd_workspace_rename_mapping (task->workspace, task->name, task->other, &task->entry, &error);
      break;
    case MAPPING_DELETE:
      done = qd_workspace_delete_mapping (task->workspace, task->name, &task->entry, &error);
      break;
    case MAPPING_EXPORT:
      done = write_file (task, &error);
      break;
    case MAPPING_IMPORT:
    default:
      done = qd_workspace_import_mapping (task->workspace, task->other, &task->name, &task->entry, &error);
      break;
    }
  qd_job_finish (task->job, error);
  if (done)
    g_task_return_boolean (gtask, TRUE);
  else
    g_task_return_error (gtask, error);
}

static char *
describe (const QdMappingTask *task)
{
  switch (task->kind)
    {
    case MAPPING_RENAME:
      /* Translators: former and new name of a saved import mapping */
      return g_strdup_printf (_("Mapping “%s” renamed to “%s”"), task->name, task->other);
    case MAPPING_DELETE:
      return g_strdup_printf (_("Mapping “%s” deleted"), task->name);
    case MAPPING_EXPORT:
      return g_strdup_printf (_("Mapping “%s” saved as a file"), task->name);
    case MAPPING_IMPORT:
    default:
      return g_strdup_printf (task->entry != 0 ? _("Mapping “%s” taken from a file") : _("Mapping “%s” is there already"),
                              task->name);
    }
}

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  const QdMappingTask *task = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *undo = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      qd_main_window_show_error (task->window, task->kind == MAPPING_IMPORT ? _("No Mapping Was Taken Over")
                                                                            : _("The Mapping Was Not Changed"),
                                 error);
      return;
    }
  if (task->kind == MAPPING_RENAME && task->entry == 0)
    return;
  text = describe (task);
  if (task->entry != 0)
    undo = g_action_print_detailed_name ("win.undo-entry", g_variant_new_int64 (task->entry));
  qd_main_window_toast (task->window, text, undo != NULL ? _("_Undo") : NULL, undo);
}

static void
start (QdMainWindow *window,
       QdMappingKind kind,
       const char   *name,
       const char   *other)
{
  QdSession *session = qd_main_window_get_session (window);
  g_autoptr (GTask) gtask = NULL;
  QdMappingTask *task;

  if (session == NULL)
    return;
  task = g_new0 (QdMappingTask, 1);
  task->window = g_object_ref (window);
  task->workspace = g_object_ref (qd_session_get_workspace (session));
  task->kind = kind;
  task->name = g_strdup (name);
  task->other = g_strdup (other);
  task->job = qd_job_new (_("Changing"), NULL);
  qd_session_add_job (session, task->job); /* done before the window goes */
  gtask = g_task_new (window, NULL, done_cb, NULL);
  g_task_set_task_data (gtask, task, free_task);
  g_task_run_in_thread (gtask, run_thread);
}

/* The window that is in front: the list of mappings, the assistant, or the workspace's own. */
static GtkWindow *
find_parent (QdMainWindow *window)
{
  GtkWindow *active = gtk_application_get_active_window (gtk_window_get_application (GTK_WINDOW (window)));

  return active != NULL && gtk_window_get_transient_for (active) == GTK_WINDOW (window) ? active : GTK_WINDOW (window);
}

typedef struct
{
  QdMainWindow *window;
  char *name;   /* NULL: a file is read */
} QdMappingFileChoice;

static void
chosen_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  QdMappingFileChoice *choice = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = qd_file_dialog_finish (result, &error);
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path != NULL)
    start (choice->window, choice->name != NULL ? MAPPING_EXPORT : MAPPING_IMPORT, choice->name, path);
  g_object_unref (choice->window);
  g_free (choice->name);
  g_free (choice);
}

static void
choose_file (QdMainWindow *window,
             const char   *name)
{
  QdMappingFileChoice *choice;
  g_autofree char *file = name != NULL ? g_strdup_printf ("%s.json", name) : NULL;
  QdFileDialog dialog = {
    .title = name != NULL ? _("Save the Mapping as a File") : _("Take a Mapping From a File"),
    .accept = name != NULL ? _("_Save") : _("_Open"),
    .filter_name = _("Mappings (JSON)"),
    .patterns = "*.json",
    .name = file,
  };

  if (qd_main_window_get_session (window) == NULL)
    return;
  if (file != NULL)
    g_strdelimit (file, "/", '-');
  choice = g_new0 (QdMappingFileChoice, 1);
  choice->window = g_object_ref (window);
  choice->name = g_strdup (name);
  if (name != NULL)
    qd_file_dialog_save_async (&dialog, find_parent (window), chosen_cb, choice);
  else
    qd_file_dialog_open_async (&dialog, find_parent (window), chosen_cb, choice);
}

static void
mappings_cb (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       data)
{
  QdSession *session = qd_main_window_get_session (data);

  if (session != NULL)
    gtk_window_present (GTK_WINDOW (qd_mappings_dialog_new (data, session)));
}

static void
rename_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       data)
{
  const char *name, *other;

  g_variant_get (parameter, "(&s&s)", &name, &other);
  start (data, MAPPING_RENAME, name, other);
}

static void
delete_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       data)
{
  start (data, MAPPING_DELETE, g_variant_get_string (parameter, NULL), NULL);
}

static void
export_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       data)
{
  choose_file (data, g_variant_get_string (parameter, NULL));
}

static void
import_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       data)
{
  choose_file (data, NULL);
}

/**
 * qd_mapping_actions_install:
 * @window: a window
 *
 * Adds what is done with saved mappings.
 */
void
qd_mapping_actions_install (QdMainWindow *window)
{
  static const GActionEntry entries[] = {
    { .name = "mappings", .activate = mappings_cb },
    { .name = "rename-mapping", .activate = rename_cb, .parameter_type = "(ss)" },
    { .name = "delete-mapping", .activate = delete_cb, .parameter_type = "s" },
    { .name = "export-mapping", .activate = export_cb, .parameter_type = "s" },
    { .name = "import-mapping", .activate = import_cb },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (window), entries, G_N_ELEMENTS (entries), window);
}
