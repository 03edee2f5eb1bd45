/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A reading thread and the store's thread, with a short queue between them:
 * while one batch of rows is inserted the next is read and checked.
 */
#include "config.h"

#include "qd-import-private.h"

#define BATCH_ROWS 4096
#define QUEUE_BATCHES 8

/* What goes over at once. */
typedef struct
{
  GArray *rows;     /* QdAmountRow */
  GArray *rejects;  /* QdRejectRow, nullable */
  gboolean plain;   /* no row has more than account, time, amount, kind and id */
} Batch;

struct _QdFeed
{
  QdFeedSource source; /* the rows of the current batch */
  QdImport *import;
  QdFeedProduce produce;
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
batch_new (void)
{
  Batch *batch = g_new0 (Batch, 1);

  batch->rows = g_array_sized_new (FALSE, FALSE, sizeof (QdAmountRow), BATCH_ROWS);
  batch->plain = TRUE;
  return batch;
}

static void
batch_free (Batch *batch)
{
  if (batch == NULL)
    return;
  g_array_unref (batch->rows);
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
 * @row: a row; copied
 *
 * Gives a row to the writing side; waits when that is behind.
 *
 * Returns: `FALSE` when the writing side has failed: the producer returns then
 */
gboolean
qd_feed_push (QdFeed            *feed,
              const QdAmountRow *row)
{
  const QdAmount *amount = &row->amount;

  if (feed->open == NULL)
    feed->open = batch_new ();
  g_array_append_vals (feed->open->rows, row, 1);
  feed->open->plain &= amount->den == 1 && amount->product == 0 && row->code[0] == 0 && !amount->is_change &&
                       !amount->of_product;
  return feed->open->rows->len < BATCH_ROWS || hand_over (feed);
}

static gpointer
produce_thread (gpointer data)
{
  QdFeed *feed = data;
  GError *error = NULL;

  if (feed->produce (feed, feed->data, &error))
    {
      if (feed->open == NULL)
        feed->open = batch_new ();
      hand_over (feed);
    }
  g_clear_pointer (&feed->open, batch_free);
  qd_source_hold_digest (feed->import->source, FALSE);
  g_mutex_lock (&feed->mutex);
  feed->done = TRUE;
  feed->error = error;
  g_cond_signal (&feed->cond);
  g_mutex_unlock (&feed->mutex);
  return NULL;
}

/* The next batch; FALSE when the producer is done. */
static gboolean
take_batch (QdFeed *feed)
{
  g_clear_pointer (&feed->current, batch_free);
  feed->at = 0;
  g_mutex_lock (&feed->mutex);
  while ((feed->current = g_queue_pop_head (&feed->queue)) == NULL && !feed->done)
    g_cond_wait (&feed->cond, &feed->mutex);
  g_cond_signal (&feed->cond);
  g_mutex_unlock (&feed->mutex);
  return feed->current != NULL;
}

static gconstpointer
pull (QdFeedSource *source)
{
  QdFeed *feed = (QdFeed *) source;

  return feed->at < feed->current->rows->len ? &g_array_index (feed->current->rows, QdAmountRow, feed->at++) : NULL;
}

static void
get_column (gconstpointer    row,
            int              column,
            sqlite3_context *context)
{
  const QdAmountRow *self = row;
  const QdAmount *amount = &self->amount;

  switch (column)
    {
    case 0:
      sqlite3_result_int64 (context, amount->account);
      break;
    case 1:
      sqlite3_result_int (context, amount->time);
      break;
    case 2:
      sqlite3_result_int64 (context, amount->num);
      break;
    case 3:
      sqlite3_result_int64 (context, self->line);
      break;
    case 4:
      if (amount->kind != NULL)
        sqlite3_result_text (context, amount->kind, amount->kind_length, SQLITE_STATIC);
      break;
    case 5:
      if (self->id != NULL)
        sqlite3_result_text (context, self->id, self->id_length, SQLITE_STATIC);
      break;
    case 6:
      sqlite3_result_int64 (context, amount->den);
      break;
    case 7:
      if (amount->product != 0)
        sqlite3_result_int64 (context, amount->product);
      break;
    case 8:
      if (self->code[0] != 0)
        sqlite3_result_text (context, self->code, 3, SQLITE_STATIC);
      break;
    case 9:
      sqlite3_result_int (context, amount->is_change);
      break;
    default:
      sqlite3_result_int (context, amount->of_product);
    }
}

/* One statement for each batch: where no row needs more, the one with fewer columns, which takes a fifth less time. */
static gboolean
insert (QdFeed     *feed,
        const char *statement,
        const char *statement_plain,
        GError    **error)
{
  while (take_batch (feed))
    {
      if (feed->current->rejects != NULL && !qd_import_write_rejects (feed->import, feed->current->rejects, error))
        return FALSE;
      if (!qd_feed_insert (feed->import, feed->current->plain ? statement_plain : statement, &feed->source, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * qd_feed_run:
 * @import: an import
 * @statement: the name of an INSERT that selects from intake_feed (?1): c0
 *   account, c1 time, c2 numerator, c3 line, c4 kind, c5 external id,
 *   c6 denominator, c7 product, c8 currency, c9 is_change, c10 of_product;
 *   its second parameter is the batch
 * @statement_plain: the same for rows in which c6 and the following have their
 *   defaults
 * @produce: reads rows and pushes them, in a thread of its own; must not touch
 *   the database
 * @data: for @produce
 * @error: return location
 *
 * Inserts what the producer pushes, without a look at references.
 *
 * Returns: `FALSE` when either side failed
 */
gboolean
qd_feed_run (QdImport     *import,
             const char   *statement,
             const char   *statement_plain,
             QdFeedProduce produce,
             gpointer      data,
             GError      **error)
{
  QdFeed feed = { .source = { pull, get_column }, .import = import, .produce = produce, .data = data };
  g_autoptr (GError) local = NULL;
  GThread *thread;
  Batch *left;
  gboolean ok;

  g_mutex_init (&feed.mutex);
  g_cond_init (&feed.cond);
  g_queue_init (&feed.queue);
  /* In a first import there are accounts to be written after the rows: the checksum can wait until then, while reading
   * and writing take two processors. */
  qd_source_hold_digest (import->source, import->next_account == 1);
  thread = g_thread_new ("intake", produce_thread, &feed);

  qd_feed_check_references (import, FALSE);
  ok = insert (&feed, statement, statement_plain, &local);
  qd_feed_check_references (import, TRUE);

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
