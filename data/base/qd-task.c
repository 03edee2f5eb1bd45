/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "qd-task.h"

typedef struct
{
  GTask *task;
  GTaskThreadFunc func;
} Run;

static gboolean
drop_cb (gpointer data)
{
  g_object_unref (data);
  return G_SOURCE_REMOVE;
}

/* g_main_context_invoke() would do it here when nobody runs the context at the moment. */
static void
drop_later (GTask *task)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, drop_cb, task, NULL);
  g_source_attach (source, g_task_get_context (task));
}

static void
run (GTask        *worker,
     gpointer      source,
     gpointer      data,
     GCancellable *cancellable)
{
  Run *self = data;

  self->func (self->task, g_task_get_source_object (self->task), g_task_get_task_data (self->task),
              g_task_get_cancellable (self->task));
  drop_later (g_steal_pointer (&self->task));
}

/**
 * qd_task_run_in_thread:
 * @task: a task; of the thread that runs its context
 * @func: returns a result or an error, by g_task_return_*()
 *
 * Like g_task_run_in_thread(), which may drop the last reference on the task on
 * the worker, and with it the one on its source object, after the callback was
 * called. Here all of them are dropped by the thread that started it.
 */
void
qd_task_run_in_thread (GTask          *task,
                       GTaskThreadFunc func)
{
  g_autoptr (GTask) worker = g_task_new (NULL, NULL, NULL, NULL);
  Run *self = g_new0 (Run, 1);

  g_return_if_fail (G_IS_TASK (task) && func != NULL);

  self->task = g_object_ref (task);
  self->func = func;
  g_task_set_source_tag (worker, qd_task_run_in_thread);
  g_task_set_task_data (worker, self, g_free);
  g_task_run_in_thread (worker, run);
}
