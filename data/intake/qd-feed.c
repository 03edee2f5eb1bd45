/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A reading thread and the store's thread, with a short queue between them:
 * while one batch of rows is inserted the next is read and checked.
 */
#include "config.h"

#include "qd-import-private.h"

#define BATCH_RECORDS 4096
#define QUEUE_BATCHES 8

/* What goes over at once. */
typedef struct
{
  GArray *records;
  GArray *rejects; /* QdRejectRow, nullable */
} Batch;

struct _QdFeed
{
  QdImport *import;
  gsize record_size;
  QdFeedProduce produce;
  QdFeedColumn column;
  gpointer data;

  Batch *open;    /* the producer's */
  Batch *current; /* the consumer's */
  guint at;

  GMutex mutex; /* guards what follows */
  GCond cond;
  GQueue queue;
  gboolean done, stop;
  GError *error;
};

static Batch *
batch_new (QdFeed *feed)
{
  Batch *batch = g_new0 (Batch, 1);

  batch->records = g_array_sized_new (FALSE, FALSE, feed->record_size, BATCH_RECORDS);
  return batch;
}

static void
batch_free (Batch *batch)
{
  if (batch == NULL)
    return;
  g_array_unref (batch->records);
  g_clear_pointer (&batch->rejects, g_array_unref);
  g_free (batch);
}

/* Hands the open batch over, with what was rejected meanwhile. FALSE: stop. */
static gboolean
hand_over (QdFeed *feed)
{
  QdImport *import = feed->import;
  Batch *batch = g_steal_pointer (&feed->open);
  gboolean go_on;

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

/* The next batch; NULL when the producer is done. */
static Batch *
take_batch (QdFeed *feed)
{
  Batch *batch;

  g_mutex_lock (&feed->mutex);
  while ((batch = g_queue_pop_head (&feed->queue)) == NULL && !feed->done)
    g_cond_wait (&feed->cond, &feed->mutex);
  g_cond_signal (&feed->cond);
  g_mutex_unlock (&feed->mutex);
  return batch;
}

/**
 * qd_feed_pull:
 * @feed: a feed, on the store's thread
 * @error: return location
 *
 * Takes the next record, and on the way writes the ledger rows of rejected
 * ones.
 *
 * Returns: (nullable): the record, valid until the next call; `NULL` at the end
 *   (@error unset) or when a ledger row could not be written
 */
gconstpointer
qd_feed_pull (QdFeed  *feed,
              GError **error)
{
  while (feed->current == NULL || feed->at == feed->current->records->len)
    {
      g_clear_pointer (&feed->current, batch_free);
      feed->at = 0;
      feed->current = take_batch (feed);
      if (feed->current == NULL)
        return NULL;
      if (feed->current->rejects != NULL && !qd_import_write_rejects (feed->import, feed->current->rejects, error))
        return NULL;
    }
  return feed->current->records->data + feed->record_size * feed->at++;
}

/**
 * qd_feed_get_column:
 * @feed: a feed
 * @record: a record of it
 * @column: the number of a column
 * @context: gets the value
 *
 * Gives one value of a record to SQLite.
 */
void
qd_feed_get_column (QdFeed          *feed,
                    gconstpointer    record,
                    int              column,
                    sqlite3_context *context)
{
  feed->column (record, column, context);
}

static gboolean
insert (QdFeed     *feed,
        const char *statement,
        GError    **error)
{
  QdDb *db = feed->import->db;
  g_autoptr (QdStmt) stmt = NULL;

  if (qd_feed_table_register (qd_db_get_handle (db)) != SQLITE_OK || (stmt = qd_db_statement (db, statement, error)) == NULL)
    return FALSE;
  sqlite3_bind_pointer (qd_stmt_get_handle (stmt), 1, feed, QD_FEED_POINTER, NULL);
  qd_stmt_bind_integer (stmt, 2, feed->import->batch);
  return qd_stmt_run (stmt, error);
}

/**
 * qd_feed_run:
 * @import: an import
 * @record_size: bytes of a record
 * @statement: the INSERT that selects from intake_feed (:feed); its second parameter is the batch
 * @produce: reads rows and pushes records, in a thread of its own; must not
 *   touch the database
 * @column: gives one value of a record to SQLite
 * @data: for @produce
 * @error: return location
 *
 * Inserts what the producer pushes, in one statement. Foreign keys are not
 * looked up for each row: ids come from the import's own tables, which hold
 * what is in the workspace and what it adds itself.
 *
 * Returns: `FALSE` when either side failed
 */
gboolean
qd_feed_run (QdImport      *import,
             gsize          record_size,
             const char    *statement,
             QdFeedProduce  produce,
             QdFeedColumn   column,
             gpointer       data,
             GError       **error)
{
  QdFeed feed = { .import = import, .record_size = record_size, .produce = produce, .column = column, .data = data };
  sqlite3 *handle = qd_db_get_handle (import->db);
  g_autoptr (GError) local = NULL;
  GThread *thread;
  Batch *left;
  gboolean ok;

  g_mutex_init (&feed.mutex);
  g_cond_init (&feed.cond);
  g_queue_init (&feed.queue);
  thread = g_thread_new ("intake", produce_thread, &feed);

  sqlite3_db_config (handle, SQLITE_DBCONFIG_ENABLE_FKEY, 0, NULL);
  ok = insert (&feed, statement, &local);
  sqlite3_db_config (handle, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);

  g_mutex_lock (&feed.mutex);
  feed.stop = TRUE;
  g_cond_signal (&feed.cond);
  g_mutex_unlock (&feed.mutex);
  g_thread_join (thread);
  while ((left = g_queue_pop_head (&feed.queue)) != NULL)
    batch_free (left);
  g_clear_pointer (&feed.current, batch_free);

  /* What the reading side found is the reason; what SQLite says of it is not. */
  if (feed.error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&feed.error));
      ok = FALSE;
    }
  else if (!ok)
    g_propagate_error (error, g_steal_pointer (&local));
  g_mutex_clear (&feed.mutex);
  g_cond_clear (&feed.cond);
  return ok;
}
