/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A reading thread and the store's thread, with a short queue between them:
 * while one batch of rows is inserted the next is read and checked.
 */
#include "config.h"

#include "qd-import-private.h"

#define BATCH_RECORDS 2048
#define QUEUE_BATCHES 8

struct _QdFeed
{
  QdImport *import;
  gsize record_size;
  QdFeedProduce produce;
  gpointer data;

  QdFeedBatch *open; /* the producer's */

  GMutex mutex; /* guards what follows */
  GCond cond;
  GQueue queue;
  gboolean done, stop;
  GError *error;
};

static QdFeedBatch *
batch_new (QdFeed *feed)
{
  QdFeedBatch *batch = g_new0 (QdFeedBatch, 1);

  batch->records = g_array_sized_new (FALSE, FALSE, feed->record_size, BATCH_RECORDS);
  return batch;
}

static void
batch_free (QdFeedBatch *batch)
{
  if (batch == NULL)
    return;
  g_array_unref (batch->records);
  g_clear_pointer (&batch->implied, g_array_unref);
  g_clear_pointer (&batch->rejects, g_array_unref);
  g_free (batch);
}

/* Hands the open batch over, with what became implied and rejected meanwhile. FALSE: stop. */
static gboolean
hand_over (QdFeed *feed)
{
  QdImport *import = feed->import;
  QdFeedBatch *batch = g_steal_pointer (&feed->open);
  gboolean go_on;

  if (import->implied->len > 0)
    {
      batch->implied = import->implied;
      import->implied = g_array_new (FALSE, FALSE, sizeof (QdImplied));
    }
  if (import->pending_rejects->len > 0)
    {
      batch->rejects = import->pending_rejects;
      import->pending_rejects = g_array_new (FALSE, FALSE, sizeof (QdRejectRow));
      g_array_set_clear_func (import->pending_rejects, qd_reject_row_clear);
    }
  g_mutex_lock (&feed->mutex);
  while (feed->queue.length >= QUEUE_BATCHES && !feed->stop)
    g_cond_wait (&feed->cond, &feed->mutex);
  go_on = !feed->stop;
  if (go_on)
    g_queue_push_tail (&feed->queue, batch);
  else
    batch_free (batch);
  g_cond_signal (&feed->cond);
  g_mutex_unlock (&feed->mutex);
  return go_on;
}

/**
 * qd_feed_push:
 * @feed: a feed
 * @record: a record of the feed's size; copied
 *
 * Gives a record to the writing side; waits when that is behind.
 *
 * Returns: `FALSE` when the writing side has failed: the producer returns then
 */
gboolean
qd_feed_push (QdFeed       *feed,
              gconstpointer record)
{
  if (feed->open == NULL)
    feed->open = batch_new (feed);
  g_array_append_vals (feed->open->records, record, 1);
  return feed->open->records->len < BATCH_RECORDS || hand_over (feed);
}

static gpointer
produce_thread (gpointer data)
{
  QdFeed *feed = data;
  GError *error = NULL;

  if (feed->produce (feed->import, feed, feed->data, &error))
    {
      if (feed->open == NULL)
        feed->open = batch_new (feed);
      hand_over (feed);
    }
  g_clear_pointer (&feed->open, batch_free);
  g_mutex_lock (&feed->mutex);
  feed->done = TRUE;
  feed->error = error;
  g_cond_signal (&feed->cond);
  g_mutex_unlock (&feed->mutex);
  return NULL;
}

static gboolean
consume (QdFeed       *feed,
         QdFeedBatch  *batch,
         QdFeedConsume func,
         GError      **error)
{
  QdImport *import = feed->import;

  return (batch->implied == NULL || qd_import_write_implied (import, batch->implied, error)) &&
         (batch->rejects == NULL || qd_import_write_rejects (import, batch->rejects, error)) &&
         (batch->records->len == 0 || func (import, batch->records->data, batch->records->len, feed->data, error));
}

/**
 * qd_feed_run:
 * @import: an import
 * @record_size: bytes of a record
 * @produce: reads rows and pushes records, in a thread of its own; must not
 *   touch the database
 * @func: writes records, on the calling (the store's) thread
 * @data: for both
 * @error: return location
 *
 * Runs both sides until the producer is done.
 *
 * Returns: `FALSE` when either side failed
 */
gboolean
qd_feed_run (QdImport      *import,
             gsize          record_size,
             QdFeedProduce  produce,
             QdFeedConsume  func,
             gpointer       data,
             GError       **error)
{
  QdFeed feed = { .import = import, .record_size = record_size, .produce = produce, .data = data };
  gboolean ok = TRUE;
  GThread *thread;
  QdFeedBatch *left;

  g_mutex_init (&feed.mutex);
  g_cond_init (&feed.cond);
  g_queue_init (&feed.queue);
  thread = g_thread_new ("intake", produce_thread, &feed);

  g_mutex_lock (&feed.mutex);
  while (ok)
    {
      QdFeedBatch *batch = g_queue_pop_head (&feed.queue);

      if (batch == NULL)
        {
          if (feed.done)
            break;
          g_cond_wait (&feed.cond, &feed.mutex);
          continue;
        }
      g_cond_signal (&feed.cond);
      g_mutex_unlock (&feed.mutex);
      ok = consume (&feed, batch, func, error);
      batch_free (batch);
      g_mutex_lock (&feed.mutex);
    }
  feed.stop = TRUE;
  g_cond_signal (&feed.cond);
  g_mutex_unlock (&feed.mutex);
  g_thread_join (thread);

  while ((left = g_queue_pop_head (&feed.queue)) != NULL)
    batch_free (left);
  if (ok && feed.error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&feed.error));
      ok = FALSE;
    }
  g_clear_error (&feed.error);
  g_mutex_clear (&feed.mutex);
  g_cond_clear (&feed.cond);
  return ok;
}
