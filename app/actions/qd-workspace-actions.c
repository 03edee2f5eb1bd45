/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The workspace as a whole: checkpoints, copies, the review, saved views.
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "../../data/workspace/qd-workspace-edit.h"
#include "../../data/store/qd-history-message.h"
#include "../../ui/compat/qd-file-dialog.h"
#include "../../ui/window/qd-facts.h"
#include "../export/qd-review.h"
#include "qd-actions.h"

/* Something done to the workspace on a worker. */
typedef struct _QdTask QdTask;
struct _QdTask
{
  QdMainWindow *window;
  QdWorkspace *workspace;
  QdJob *job;
  gboolean (*run) (QdTask *task, GError **error);
  const char *failed;  /* heading of the message */
  char *path;          /* of a copy or a review */
  QdScope *scope;      /* of a review */
  QdFormat *format;
  char *key, *value;   /* of a setting */
  char *summary;
  char *toast;         /* nullable: what is said in the end */
  char *note;          /* nullable: and kept, where nothing else would tell */
  gint64 entry;        /* of the history, which the toast offers to undo; 0: none */
};

static void
free_task (gpointer data)
{
  QdTask *task = data;

  g_object_unref (task->window);
  g_object_unref (task->workspace);
  g_object_unref (task->job);
  g_clear_pointer (&task->scope, qd_scope_free);
  g_clear_pointer (&task->format, qd_format_unref);
  g_free (task->path);
  g_free (task->key);
  g_free (task->value);
  g_free (task->summary);
  g_free (task->toast);
  g_free (task->note);
  g_free (task);
}

static void
run_task (GTask        *gtask,
          gpointer      source,
          gpointer      data,
          GCancellable *cancellable)
{
  QdTask *task = data;
  GError *error = NULL;
  gboolean done = task->run (task, &error);

  qd_job_finish (task->job, error);
  if (done)
    g_task_return_boolean (gtask, TRUE);
  else
    g_task_return_error (gtask, error);
}

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  QdTask *task = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_autofree char *undo = g_action_print_detailed_name ("win.undo-entry", g_variant_new_int64 (task->entry));

      if (task->note != NULL && qd_main_window_get_session (task->window) != NULL)
        qd_session_add_note (qd_main_window_get_session (task->window), task->note);
      if (task->toast != NULL)
        qd_main_window_toast (task->window, task->toast, task->entry > 0 ? _("_Undo") : NULL, undo);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      qd_main_window_show_error (task->window, task->failed, error);
    }
}

/* NULL: no workspace is open. */
static QdTask *
make_task (QdMainWindow *window,
           const char   *title,
           const char   *failed,
           gboolean      (*run) (QdTask *task, GError **error))
{
  QdSession *session = qd_main_window_get_session (window);
  QdTask *task;

  if (session == NULL)
    return NULL;
  task = g_new0 (QdTask, 1);
  task->window = g_object_ref (window);
  task->workspace = g_object_ref (qd_session_get_workspace (session));
  task->job = qd_job_new (title, NULL);
  task->failed = failed;
  task->run = run;
  return task;
}

static void
start (QdTask *task)
{
  g_autoptr (GTask) gtask = g_task_new (task->window, NULL, done_cb, NULL);

  g_task_set_source_tag (gtask, start);
  g_task_set_task_data (gtask, task, free_task);
  qd_session_add_job (qd_main_window_get_session (task->window), task->job);
  g_task_run_in_thread (gtask, run_task);
}

static gboolean
run_checkpoint (QdTask  *task,
                GError **error)
{
  return qd_workspace_checkpoint (task->workspace, NULL, task->job, NULL, error);
}

static void
checkpoint_cb (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       data)
{
  QdTask *task = make_task (data, _("Saving a checkpoint"), _("The Checkpoint Was Not Saved"), run_checkpoint);

  if (task == NULL)
    return;
  task->toast = g_strdup (_("Checkpoint saved"));
  start (task);
}

static gboolean
run_copy (QdTask  *task,
          GError **error)
{
  return qd_workspace_save_copy (task->workspace, task->path, TRUE, task->job, error);
}

static void
copy_chosen_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      data)
{
  g_autoptr (QdMainWindow) window = data;
  g_autoptr (GFile) file = qd_file_dialog_finish (result, NULL);
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;
  g_autofree char *name = path != NULL ? g_filename_display_basename (path) : NULL;
  QdTask *task;

  if (path == NULL)
    return;
  task = make_task (window, _("Saving a copy"), _("The Copy Was Not Saved"), run_copy);
  if (task == NULL)
    return;
  /* Translators: %s: path of a file */
  task->note = g_strdup_printf (_("Saved a copy as “%s”"), path);
  task->path = g_steal_pointer (&path);
  /* Translators: %s: name of a file */
  task->toast = g_strdup_printf (_("Saved a copy as “%s”"), name);
  start (task);
}

static void
save_copy_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       data)
{
  const char *path = qd_main_window_get_path (data);
  g_autofree char *shown = path != NULL ? g_filename_display_basename (path) : NULL;
  g_autofree char *folder = path != NULL ? g_path_get_dirname (path) : NULL;
  g_autofree char *name = NULL;
  QdFileDialog dialog = {
    .title = _("Save a Copy"),
    .accept = _("_Save"),
    .folder = folder,
    .filter_name = _("Workspaces"),
    .patterns = "*.quarterdeck",
  };

  if (path == NULL)
    return;
  if (g_str_has_suffix (shown, ".quarterdeck"))
    shown[strlen (shown) - strlen (".quarterdeck")] = '\0';
  /* Translators: name of a file that is a copy; %s: that of the original, without its ending */
  name = g_strdup_printf (_("%s (copy).quarterdeck"), shown);
  dialog.name = name;
  qd_file_dialog_save_async (&dialog, GTK_WINDOW (data), copy_chosen_cb, g_object_ref (data));
}

static gboolean
run_review (QdTask  *task,
            GError **error)
{
  return qd_review_write_file (task->workspace, task->scope, task->format, task->path, task->job, error);
}

static void
review_chosen_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autoptr (QdMainWindow) window = data;
  g_autoptr (GFile) file = qd_file_dialog_finish (result, NULL);
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;
  g_autofree char *name = path != NULL ? g_filename_display_basename (path) : NULL;
  QdSession *session = qd_main_window_get_session (window);
  QdSnapshot *snapshot = session != NULL ? qd_session_get_snapshot (session) : NULL;
  QdTask *task;

  if (path == NULL || snapshot == NULL || !qd_snapshot_has_revenue (snapshot))
    return;
  task = make_task (window, _("Writing the review"), _("The Review Was Not Written"), run_review);
  task->scope = qd_scope_copy (qd_snapshot_get_scope (snapshot));
  task->format = qd_format_ref (qd_session_get_format (session));
  /* Translators: %s: path of a file */
  task->note = g_strdup_printf (_("Wrote the review “%s”"), path);
  task->path = g_steal_pointer (&path);
  /* Translators: %s: name of a file */
  task->toast = g_strdup_printf (_("Wrote the review “%s”"), name);
  start (task);
}

/* What is seen decides: as-of, period, filters and definition are the scope bar's. */
static void
review_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       data)
{
  QdSession *session = qd_main_window_get_session (data);
  QdSnapshot *snapshot = session != NULL ? qd_session_get_snapshot (session) : NULL;
  g_autofree char *month = NULL;
  g_autofree char *name = NULL;
  QdFileDialog dialog = {
    .title = _("Save the Board Review"),
    .accept = _("_Save"),
    .filter_name = "PDF",
    .patterns = "*.pdf",
  };

  if (snapshot == NULL || !qd_snapshot_has_revenue (snapshot))
    {
      qd_main_window_toast (data, _("There is no revenue to review yet"), NULL, NULL);
      return;
    }
  month = qd_month_to_iso (qd_snapshot_get_scope (snapshot)->as_of);
  /* Translators: name of a file: the company, the month */
  name = g_strdup_printf (_("%s retention review %s.pdf"), qd_book_get_name (qd_snapshot_get_book (snapshot)), month);
  dialog.name = g_strdelimit (name, G_DIR_SEPARATOR_S, '-');
  qd_file_dialog_save_async (&dialog, GTK_WINDOW (data), review_chosen_cb, g_object_ref (data));
}

static gboolean
run_setting (QdTask  *task,
             GError **error)
{
  return qd_workspace_set_setting (task->workspace, task->key, task->value, task->summary, &task->entry, error);
}

static void
save_view_as_cb (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       data)
{
  const char *name = g_variant_get_string (parameter, NULL);
  QdTask *task = make_task (data, _("Saving a view"), _("The View Was Not Saved"), run_setting);

  if (task == NULL)
    return;
  task->key = g_strconcat (QD_FACTS_VIEW_PREFIX, name, NULL);
  task->value = qd_view_to_string (qd_session_get_view (qd_main_window_get_session (data)));
  task->summary = qd_history_message (N_ ("Saved the view “%s”"), "s", name);
  task->toast = g_strdup_printf (_("Saved the view “%s”"), name);
  start (task);
}

static void
delete_view_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       data)
{
  const char *name = g_variant_get_string (parameter, NULL);
  QdTask *task = make_task (data, _("Deleting a view"), _("The View Was Not Deleted"), run_setting);

  if (task == NULL)
    return;
  task->key = g_strconcat (QD_FACTS_VIEW_PREFIX, name, NULL);
  task->summary = qd_history_message (N_ ("Deleted the view “%s”"), "s", name);
  task->toast = g_strdup_printf (_("Deleted the view “%s”"), name);
  start (task);
}

/**
 * qd_workspace_actions_install:
 * @window: a new window
 *
 * Adds the actions on the workspace as a whole.
 */
void
qd_workspace_actions_install (QdMainWindow *window)
{
  static const GActionEntry entries[] = {
    { .name = "checkpoint", .activate = checkpoint_cb },
    { .name = "save-copy", .activate = save_copy_cb },
    { .name = "review", .activate = review_cb },
    { .name = "save-view-as", .activate = save_view_as_cb, .parameter_type = "s" },
    { .name = "delete-view", .activate = delete_view_cb, .parameter_type = "s" },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (window), entries, G_N_ELEMENTS (entries), window);
}
