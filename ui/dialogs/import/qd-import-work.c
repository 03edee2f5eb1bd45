/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-import-work.h"

#include "../../../data/base/qd-task.h"

typedef struct
{
  QdWorkspace *workspace;
  QdImportPlan *plan;
  QdJob *job;
  QdImportWork *work;
} Task;

static void
free_task (gpointer data)
{
  Task *task = data;

  g_object_unref (task->workspace);
  g_object_unref (task->job);
  qd_import_plan_free (task->plan);
  qd_import_work_free (task->work);
  g_free (task);
}

/**
 * qd_import_work_free:
 * @self: (nullable): work
 *
 * Frees what came of it.
 */
void
qd_import_work_free (QdImportWork *self)
{
  if (self == NULL)
    return;
  qd_inspection_free (self->inspection);
  qd_import_result_free (self->result);
  g_free (self);
}

static gboolean
run (Task    *task,
     GError **error)
{
  QdImportWork *work = task->work;
  g_auto (QdImportOptions) options = { 0 };

  qd_import_plan_fill (task->plan, &options);
  if (work->kind == QD_IMPORT_LOOK || work->kind == QD_IMPORT_READ)
    {
      work->inspection = qd_workspace_inspect (task->workspace, task->plan->path, task->plan->kind, &options,
                                               work->kind == QD_IMPORT_READ, task->job, error);
      return work->inspection != NULL;
    }
  options.dry_run = work->kind == QD_IMPORT_TRY;
  options.skip_rejected = TRUE;
  return qd_workspace_import (task->workspace, task->plan->kind, task->plan->path, &options, NULL, task->job,
                              &work->result, &work->effect, error);
}

static void
work_thread (GTask        *gtask,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  Task *task = data;
  GError *error = NULL;
  gboolean done = run (task, &error);

  qd_job_finish (task->job, error);
  if (done)
    g_task_return_boolean (gtask, TRUE);
  else
    g_task_return_error (gtask, error);
}

/**
 * qd_import_work_async:
 * @source: what the callback is called with
 * @workspace: a workspace
 * @kind: what to do
 * @plan: what is decided; copied
 * @job: progress and cancel
 * @callback: called on this thread
 * @data: for @callback
 *
 * Does one of the things that an import takes, on a worker.
 */
void
qd_import_work_async (GObject            *source,
                      QdWorkspace        *workspace,
                      QdImportWorkKind    kind,
                      const QdImportPlan *plan,
                      QdJob              *job,
                      GAsyncReadyCallback callback,
                      gpointer            data)
{
  g_autoptr (GTask) gtask = g_task_new (source, qd_job_get_cancellable (job), callback, data);
  Task *task = g_new0 (Task, 1);

  task->workspace = g_object_ref (workspace);
  task->plan = qd_import_plan_copy (plan);
  task->job = g_object_ref (job);
  task->work = g_new0 (QdImportWork, 1);
  task->work->kind = kind;
  /* What is committed is told, also when Cancel came a moment too late. */
  g_task_set_check_cancellable (gtask, FALSE);
  g_task_set_source_tag (gtask, qd_import_work_async);
  g_task_set_task_data (gtask, task, free_task);
  qd_task_run_in_thread (gtask, work_thread);
}

/**
 * qd_import_work_finish:
 * @result: the result
 * @error: return location: why it failed; the work is returned all the same
 *
 * Returns: (transfer full): what came of it
 */
QdImportWork *
qd_import_work_finish (GAsyncResult *result,
                       GError      **error)
{
  Task *task = g_task_get_task_data (G_TASK (result));

  g_task_propagate_boolean (G_TASK (result), error);
  return g_steal_pointer (&task->work);
}
