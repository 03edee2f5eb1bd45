/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "quarterdeck"

#include "config.h"

#include "qd-store-private.h"

#define LATER (G_TIME_SPAN_SECOND / 2)

typedef struct
{
  QdStore *store;
  QdStoreRequest request;
  GDestroyNotify destroy;
} AsyncCall;

static QdStoreRequest *
take (QdStore *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (self->queues); i++)
    {
      QdStoreRequest *request = g_queue_pop_head (&self->queues[i]);

      if (request != NULL)
        return request;
    }
  return NULL;
}

static gboolean
call (QdStore     *self,
      QdStoreFunc  func,
      gpointer     data,
      QdJob       *job,
      GError     **error)
{
  QdDb *db = self->file.db;
  QdJob *outer = db->job;
  guint depth = db->depth;
  gboolean ok;

  if (!qd_job_check (job, error))
    return FALSE;
  qd_db_set_job (db, job);
  ok = func (db, data, job, error);
  qd_db_set_job (db, outer);
  if (depth == 0)
    {
      qd_db_settle (db);
      g_mutex_lock (&self->mutex);
      self->version = qd_db_get_version (db);
      g_mutex_unlock (&self->mutex);
    }
  return ok;
}

static void
later_free (QdStoreRequest *request)
{
  if (request->error != NULL)
    g_debug ("%s", request->error->message);
  g_clear_error (&request->error);
  request->destroy (request->data);
  g_free (request);
}

static void
serve (QdStore        *self,
       QdStoreRequest *request)
{
  request->result = call (self, request->func, request->data, request->job, &request->error);
  if (request->task != NULL)
    {
      g_autoptr (GTask) task = g_steal_pointer (&request->task);

      if (request->result)
        g_task_return_boolean (task, TRUE);
      else
        g_task_return_error (task, g_steal_pointer (&request->error));
      return;
    }
  if (request->destroy != NULL)
    {
      later_free (request);
      return;
    }
  g_mutex_lock (&self->mutex);
  request->done = TRUE;
  g_cond_broadcast (&self->done);
  g_mutex_unlock (&self->mutex);
}

/* With the mutex. NULL: it is time to quit. */
static QdStoreRequest *
wait_for_request (QdStore *self)
{
  for (;;)
    {
      QdStoreRequest *request = take (self);

      if (request != NULL)
        return request;
      if (self->later.length == 0 && self->quit)
        return NULL;
      if (self->later.length == 0)
        g_cond_wait (&self->wake, &self->mutex);
      else if (self->quit || !g_cond_wait_until (&self->wake, &self->mutex, g_get_monotonic_time () + LATER))
        {
          request = take (self);
          return request != NULL ? request : g_queue_pop_head (&self->later);
        }
    }
}

static gpointer
thread_main (gpointer data)
{
  QdStore *self = data;
  QdStoreRequest *request;
  gboolean detached;

  g_mutex_lock (&self->mutex);
  while ((request = wait_for_request (self)) != NULL)
    {
      g_mutex_unlock (&self->mutex);
      serve (self, request);
      g_mutex_lock (&self->mutex);
    }
  detached = self->detached;
  g_mutex_unlock (&self->mutex);

  qd_store_file_close (&self->file);
  qd_store_forget_open (self);
  if (detached)
    qd_store_free (self);
  return NULL;
}

void
qd_store_thread_start (QdStore *self)
{
  g_mutex_init (&self->mutex);
  g_cond_init (&self->wake);
  g_cond_init (&self->done);
  for (gsize i = 0; i < G_N_ELEMENTS (self->queues); i++)
    g_queue_init (&self->queues[i]);
  g_queue_init (&self->later);
  self->version = qd_db_get_version (self->file.db);
  self->thread = g_thread_new ("store", thread_main, self);
}

void
qd_store_thread_stop (QdStore *self)
{
  GThread *thread = self->thread;
  gboolean own = g_thread_self () == thread;

  g_mutex_lock (&self->mutex);
  self->quit = TRUE;
  self->detached = own;
  g_cond_signal (&self->wake);
  g_mutex_unlock (&self->mutex);
  if (own)
    {
      g_thread_unref (thread);
      return;
    }
  g_thread_join (thread);
  qd_store_free (self);
}

static void
post (QdStore         *self,
      QdStorePriority  priority,
      QdStoreRequest  *request)
{
  g_mutex_lock (&self->mutex);
  g_queue_push_tail (&self->queues[CLAMP (priority, QD_STORE_PRIORITY_EDIT, QD_STORE_PRIORITY_BULK)], request);
  g_cond_signal (&self->wake);
  g_mutex_unlock (&self->mutex);
}

/**
 * qd_store_run:
 * @self: a store
 * @priority: edits go before reads, reads before bulk work; in order within each
 * @func: what to do
 * @data: for @func
 * @job: (nullable): reports and cancels
 * @error: return location
 *
 * Runs a function on the store's thread and waits for it. On that thread
 * itself it runs at once.
 *
 * Returns: what @func returned; `FALSE` with `G_IO_ERROR_CANCELLED` when @job
 *   was cancelled before its turn
 */
gboolean
qd_store_run (QdStore         *self,
              QdStorePriority  priority,
              QdStoreFunc      func,
              gpointer         data,
              QdJob           *job,
              GError         **error)
{
  QdStoreRequest request = { .func = func, .data = data, .job = job };

  g_return_val_if_fail (self != NULL && func != NULL, FALSE);

  if (g_thread_self () == self->thread)
    return call (self, func, data, job, error);

  post (self, priority, &request);
  g_mutex_lock (&self->mutex);
  while (!request.done)
    g_cond_wait (&self->done, &self->mutex);
  g_mutex_unlock (&self->mutex);
  if (request.error != NULL)
    g_propagate_error (error, request.error);
  return request.result;
}

static void
async_call_free (gpointer data)
{
  AsyncCall *async = data;

  if (async->destroy != NULL)
    async->destroy (async->request.data);
  g_clear_object (&async->request.job);
  qd_store_unref (async->store);
  g_free (async);
}

/**
 * qd_store_run_async:
 * @self: a store
 * @priority: see qd_store_run()
 * @func: what to do
 * @data: for @func
 * @destroy: (nullable): frees @data, on any thread
 * @job: (nullable): reports and cancels
 * @callback: called on the caller's thread-default main context
 * @user_data: for @callback
 *
 * Runs a function on the store's thread. The store lives until it is done.
 */
void
qd_store_run_async (QdStore            *self,
                    QdStorePriority     priority,
                    QdStoreFunc         func,
                    gpointer            data,
                    GDestroyNotify      destroy,
                    QdJob              *job,
                    GAsyncReadyCallback callback,
                    gpointer            user_data)
{
  AsyncCall *async;
  GTask *task;

  g_return_if_fail (self != NULL && func != NULL);

  /* Without a cancellable: what was committed is not reported as cancelled. */
  task = g_task_new (NULL, NULL, callback, user_data);
  g_task_set_source_tag (task, qd_store_run_async);
  g_task_set_name (task, "qd_store_run_async");

  async = g_new0 (AsyncCall, 1);
  async->store = qd_store_ref (self);
  async->destroy = destroy;
  async->request = (QdStoreRequest){ .func = func, .data = data, .job = job ? g_object_ref (job) : NULL, .task = task };
  g_task_set_task_data (task, async, async_call_free);
  post (self, priority, &async->request);
}

/**
 * qd_store_run_later:
 * @self: a store
 * @func: what to do
 * @data: for @func
 * @destroy: frees @data, on any thread
 *
 * Runs a function on the store's thread when that has had nothing to do for
 * half a second, or before the store is closed: for what helps the next time
 * and must not delay what somebody waits for. What waits for the same function
 * is dropped. Its error is only logged.
 */
void
qd_store_run_later (QdStore       *self,
                    QdStoreFunc    func,
                    gpointer       data,
                    GDestroyNotify destroy)
{
  QdStoreRequest *request;
  g_autoptr (GPtrArray) dropped = g_ptr_array_new_with_free_func ((GDestroyNotify) later_free);

  g_return_if_fail (self != NULL && func != NULL && destroy != NULL);

  request = g_new0 (QdStoreRequest, 1);
  request->func = func;
  request->data = data;
  request->destroy = destroy;
  g_mutex_lock (&self->mutex);
  for (guint i = self->later.length; i-- > 0;)
    if (((QdStoreRequest *) g_queue_peek_nth (&self->later, i))->func == func)
      g_ptr_array_add (dropped, g_queue_pop_nth (&self->later, i));
  g_queue_push_tail (&self->later, request);
  g_cond_signal (&self->wake);
  g_mutex_unlock (&self->mutex);
}

/**
 * qd_store_run_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: what the function returned
 */
gboolean
qd_store_run_finish (QdStore      *self,
                     GAsyncResult *result,
                     GError      **error)
{
  g_return_val_if_fail (self != NULL && g_task_is_valid (result, NULL), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * qd_store_get_version:
 * @self: a store
 *
 * Returns: the data version after the last function that ran
 */
gint64
qd_store_get_version (QdStore *self)
{
  gint64 version;

  g_return_val_if_fail (self != NULL, 0);
  g_mutex_lock (&self->mutex);
  version = self->version;
  g_mutex_unlock (&self->mutex);
  return version;
}
