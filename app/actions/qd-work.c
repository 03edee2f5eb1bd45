/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-work.h"

#include <glib/gi18n-lib.h>

#include "../../data/base/qd-task.h"

/**
 * qd_work_new:
 * @window: where it is asked for
 * @title: what is being done, translated
 * @failed: heading of the message when it was not done, translated; not copied
 * @run: does it, on a worker
 * @parameter: (nullable): what the action was given
 *
 * Returns: (transfer full) (nullable): work to be started; `NULL`: the window
 *   has no workspace
 */
QdWork *
qd_work_new (QdMainWindow *window,
             const char   *title,
             const char   *failed,
             QdWorkRun     run,
             GVariant     *parameter)
{
  QdSession *session = qd_main_window_get_session (window);
  QdWork *self;

  if (session == NULL)
    return NULL;
  self = g_new0 (QdWork, 1);
  self->window = g_object_ref (window);
  self->workspace = g_object_ref (qd_session_get_workspace (session));
  self->job = qd_job_new (title, NULL);
  self->parameter = parameter != NULL ? g_variant_ref (parameter) : NULL;
  self->failed = failed;
  self->run = run;
  return self;
}

void
qd_work_free (QdWork *self)
{
  if (self->free_data != NULL && self->data != NULL)
    self->free_data (self->data);
  g_free (self->toast);
  g_free (self->note);
  g_free (self->path);
  g_clear_pointer (&self->parameter, g_variant_unref);
  g_object_unref (self->job);
  g_object_unref (self->workspace);
  g_object_unref (self->window);
  g_free (self);
}

static void
run_in_thread (GTask        *task,
               gpointer      source,
               gpointer      data,
               GCancellable *cancellable)
{
  QdWork *self = data;
  GError *error = NULL;
  gboolean done = self->run (self, &error);

  qd_job_finish (self->job, error);
  if (done)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
tell (QdWork *self)
{
  QdSession *session = qd_main_window_get_session (self->window);
  g_autofree char *undo = NULL;

  if (self->note != NULL && session != NULL)
    qd_session_add_note (session, self->note);
  if (self->toast == NULL)
    return;
  if (self->entry > 0)
    undo = g_action_print_detailed_name ("win.undo-entry", g_variant_new_int64 (self->entry));
  qd_main_window_toast (self->window, self->toast, undo != NULL ? _("_Undo") : NULL, undo);
}

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  QdWork *self = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    {
      if (self->done != NULL)
        self->done (self);
      tell (self);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) &&
           (self->refuse == NULL || !self->refuse (self, error)))
    {
      qd_main_window_show_error (self->window, self->failed, error);
    }
}

/**
 * qd_work_start:
 * @self: (transfer full): work
 *
 * Does it. What was done is told, also when Cancel came too late.
 */
void
qd_work_start (QdWork *self)
{
  QdSession *session = qd_main_window_get_session (self->window);
  g_autoptr (GTask) task = NULL;

  if (session == NULL) /* closed meanwhile */
    {
      qd_work_free (self);
      return;
    }
  qd_session_add_job (session, self->job);
  task = g_task_new (self->window, NULL, done_cb, NULL);
  g_task_set_source_tag (task, qd_work_start);
  g_task_set_task_data (task, self, (GDestroyNotify) qd_work_free);
  qd_task_run_in_thread (task, run_in_thread);
}

static void
chosen_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (QdWork) self = data;
  g_autoptr (GFile) file = qd_file_dialog_finish (result, NULL);

  if (file == NULL)
    return;
  self->path = g_file_get_path (file);
  qd_work_start (g_steal_pointer (&self));
}

void
qd_work_open (QdWork             *self,
              const QdFileDialog *dialog,
              GtkWindow          *parent)
{
  qd_file_dialog_open_async (dialog, parent, chosen_cb, self);
}

void
qd_work_save (QdWork             *self,
              const QdFileDialog *dialog,
              GtkWindow          *parent)
{
  qd_file_dialog_save_async (dialog, parent, chosen_cb, self);
}

char *
qd_work_dup_file_name (const QdWork *self)
{
  return g_filename_display_basename (self->path);
}

char *
qd_work_format_count (const QdWork *self,
                      guint64       count)
{
  QdSession *session = qd_main_window_get_session (self->window);

  /* The workspace may be gone by now. */
  return session != NULL ? qd_format_count (qd_session_get_format (session), (gint64) count)
                         : g_strdup_printf ("%" G_GUINT64_FORMAT, count);
}
