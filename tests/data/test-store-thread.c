/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The store's thread: order, cancelling, closing.
 */
#include "store-fixture.h"

#include <string.h>

typedef struct
{
  GMutex mutex;
  GCond cond;
  gboolean open;
  gboolean waiting;
  GString *order;
  QdStore *store;
  int finished;
} Gate;

static gboolean
wait_func (QdDb    *db,
           gpointer data,
           QdJob   *job,
           GError **error)
{
  Gate *gate = data;

  g_mutex_lock (&gate->mutex);
  gate->waiting = TRUE;
  g_cond_signal (&gate->cond);
  while (!gate->open)
    g_cond_wait (&gate->cond, &gate->mutex);
  g_mutex_unlock (&gate->mutex);
  return TRUE;
}

typedef struct
{
  Gate *gate;
  char name;
} Turn;

static gboolean
turn_func (QdDb    *db,
           gpointer data,
           QdJob   *job,
           GError **error)
{
  Turn *turn = data;

  g_string_append_c (turn->gate->order, turn->name);
  return TRUE;
}

static void
finished_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  Gate *gate = data;
  g_autoptr (GError) error = NULL;

  g_assert_true (qd_store_run_finish (gate->store, result, &error));
  g_assert_no_error (error);
  gate->finished++;
}

static void
test_priorities (void)
{
  static const struct
  {
    char name;
    QdStorePriority priority;
  } posts[] = {
    { 'x', QD_STORE_PRIORITY_BULK }, { 'm', QD_STORE_PRIORITY_READ }, { 'a', QD_STORE_PRIORITY_EDIT },
    { 'y', QD_STORE_PRIORITY_BULK }, { 'n', QD_STORE_PRIORITY_READ }, { 'b', QD_STORE_PRIORITY_EDIT },
  };
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  Gate gate = { .order = g_string_new (NULL), .store = fixture->store };

  g_mutex_init (&gate.mutex);
  g_cond_init (&gate.cond);
  qd_store_run_async (fixture->store, QD_STORE_PRIORITY_BULK, wait_func, &gate, NULL, NULL, finished_cb, &gate);
  g_mutex_lock (&gate.mutex);
  while (!gate.waiting)
    g_cond_wait (&gate.cond, &gate.mutex);
  g_mutex_unlock (&gate.mutex);
  for (gsize i = 0; i < G_N_ELEMENTS (posts); i++)
    {
      Turn *turn = g_new (Turn, 1);

      *turn = (Turn){ &gate, posts[i].name };
      qd_store_run_async (fixture->store, posts[i].priority, turn_func, turn, g_free, NULL, finished_cb, &gate);
    }
  g_mutex_lock (&gate.mutex);
  gate.open = TRUE;
  g_cond_signal (&gate.cond);
  g_mutex_unlock (&gate.mutex);
  while (gate.finished < 7)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (gate.order->str, ==, "abmnxy");
  g_string_free (gate.order, TRUE);
  g_mutex_clear (&gate.mutex);
  g_cond_clear (&gate.cond);
}

static gboolean
long_func (QdDb    *db,
           gpointer data,
           QdJob   *job,
           GError **error)
{
  g_autoptr (QdStmt) stmt = NULL;

  if (!qd_history_begin (db, QD_HISTORY_EDIT, 0, "Long", error))
    return FALSE;
  stmt = qd_db_prepare (db, "WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n) "
                            "INSERT INTO account (external_id, name) SELECT i, i FROM n",
                        error);
  qd_job_report (job, 0.5, "working");
  if (qd_stmt_run (stmt, error))
    g_assert_not_reached ();
  g_clear_pointer (&stmt, qd_stmt_release);
  qd_history_rollback (db);
  return FALSE;
}

static gpointer
cancel_soon (gpointer data)
{
  while (qd_job_get_fraction (data) < 0.5)
    g_usleep (1000);
  g_usleep (20000);
  qd_job_cancel (data);
  return NULL;
}

static void
test_cancel (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  g_autoptr (QdJob) job = qd_job_new ("Long", NULL);
  g_autoptr (GError) error = NULL;
  GThread *thread = g_thread_new ("cancel", cancel_soon, job);

  g_assert_false (qd_store_run (fixture->store, QD_STORE_PRIORITY_EDIT, long_func, NULL, job, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_thread_join (thread);
  /* Before its turn, too; and the next one is not concerned. */
  g_assert_false (qd_store_run (fixture->store, QD_STORE_PRIORITY_EDIT, long_func, NULL, job, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (store_integer (fixture->store, "SELECT count(*) FROM account"), ==, 0);
  store_exec (fixture->store, "INSERT INTO account (external_id, name) VALUES ('a', 'a')");
}

/* An undo that is cancelled has done nothing. */
static gboolean
cancelled_undo_func (QdDb    *db,
                     gpointer data,
                     QdJob   *job,
                     GError **error)
{
  qd_job_cancel (job);
  return qd_history_undo (db, 1, job, NULL, error);
}

static void
test_cancel_undo (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  g_autoptr (QdJob) job = qd_job_new ("Undo", NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;

  store_entry (fixture->store, QD_HISTORY_IMPORT, 1,
               "INSERT INTO import_batch (id, time, kind, file, sha256) VALUES (1, 0, 'accounts', 'x', '');"
               "WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 30000)"
               "INSERT INTO account (external_id, name, batch) SELECT i, i, 1 FROM n",
               NULL, "Imported");
  before = run_sqlite (fixture->path, ".dump");
  g_assert_false (qd_store_run (fixture->store, QD_STORE_PRIORITY_EDIT, cancelled_undo_func, NULL, job, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  after = run_sqlite (fixture->path, ".dump");
  g_assert_true (strcmp (before, after) == 0);
  g_assert_cmpint (store_integer (fixture->store, "PRAGMA foreign_keys"), ==, 1);
  g_assert_true (store_undo (fixture->store, 1, FALSE, NULL, NULL));
  g_assert_cmpint (store_integer (fixture->store, "SELECT count(*) FROM account"), ==, 0);
}

static gboolean
nested_func (QdDb    *db,
             gpointer data,
             QdJob   *job,
             GError **error)
{
  /* From the thread itself, at once. */
  return store_integer (data, "SELECT 7") == 7;
}

static void
dropped_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_assert_true (g_task_propagate_boolean (G_TASK (result), NULL));
  *(gboolean *) data = TRUE;
}

static void
test_close (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  g_autofree char *lock = store_fixture_file (fixture, ".acme.quarterdeck.lock");
  gboolean done = FALSE;

  g_assert_true (qd_store_run (fixture->store, QD_STORE_PRIORITY_READ, nested_func, fixture->store, NULL, NULL));

  /* Work that is still waiting keeps the store; then it closes wherever the last reference goes. */
  qd_store_run_async (fixture->store, QD_STORE_PRIORITY_BULK, nested_func, fixture->store, NULL, NULL, dropped_cb, &done);
  store_fixture_close (fixture);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
  for (int i = 0; i < 500 && g_file_test (lock, G_FILE_TEST_EXISTS); i++)
    g_usleep (10000);
  g_assert_false (g_file_test (lock, G_FILE_TEST_EXISTS));
}

static gboolean
sloppy_func (QdDb    *db,
             gpointer data,
             QdJob   *job,
             GError **error)
{
  return qd_db_begin (db, error) && qd_db_set_setting (db, "a", "b", error);
}

/* What a function leaves open is closed behind it, and said. */
static void
test_sloppy (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();

  g_test_expect_message ("quarterdeck", G_LOG_LEVEL_CRITICAL, "a transaction was left open");
  g_assert_true (qd_store_run (fixture->store, QD_STORE_PRIORITY_EDIT, sloppy_func, NULL, NULL, NULL));
  g_test_assert_expected_messages ();
  g_assert_cmpint (store_integer (fixture->store, "SELECT count(*) FROM setting WHERE key = 'a'"), ==, 0);
}

typedef struct
{
  QdStore *store;
  Gate *gate;
  Turn read;
} Later;

/* On the store's thread, so that all is queued before any of it runs. */
static gboolean
queue_func (QdDb    *db,
            gpointer data,
            QdJob   *job,
            GError **error)
{
  Later *later = data;
  Turn *first = g_new (Turn, 1), *second = g_new (Turn, 1);

  *first = (Turn){ later->gate, '1' };
  *second = (Turn){ later->gate, '2' };
  qd_store_run_later (later->store, turn_func, first, g_free);
  qd_store_run_later (later->store, turn_func, second, g_free);
  return TRUE;
}

/* What is for later: after all others, once, and at the latest when the store is closed. */
static void
test_later (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  g_autoptr (GString) order = g_string_new (NULL);
  Gate gate = { .order = order, .store = fixture->store };
  g_autofree char *lock = store_fixture_file (fixture, ".acme.quarterdeck.lock");
  Later later = { fixture->store, &gate, { &gate, 'r' } };

  qd_store_run_async (fixture->store, QD_STORE_PRIORITY_READ, queue_func, &later, NULL, NULL, finished_cb, &gate);
  qd_store_run_async (fixture->store, QD_STORE_PRIORITY_BULK, turn_func, &later.read, NULL, NULL, finished_cb, &gate);
  while (gate.finished < 2)
    g_main_context_iteration (NULL, TRUE);
  store_fixture_close (fixture);
  /* The last reference may go on the store's thread. */
  for (int i = 0; i < 500 && g_file_test (lock, G_FILE_TEST_EXISTS); i++)
    g_usleep (10000);
  g_assert_cmpstr (order->str, ==, "r2");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  store_fixture_init ();
  g_test_add_func ("/store/thread/priorities", test_priorities);
  g_test_add_func ("/store/thread/cancel", test_cancel);
  g_test_add_func ("/store/thread/cancel-undo", test_cancel_undo);
  g_test_add_func ("/store/thread/close", test_close);
  g_test_add_func ("/store/thread/sloppy", test_sloppy);
  g_test_add_func ("/store/thread/later", test_later);
  return g_test_run ();
}
