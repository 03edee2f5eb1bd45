/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Processes: killed in the middle of imports and edits, beside each other, on
 * a full disk. The test runs itself again as the one that is killed.
 */
#include "store-fixture.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *self;

/* The child: imports, edits and undoes for ever. After each commit it writes the number of the entry to its output.
 *
 * What must hold at any time: import_batch.imported is the number of the batch's lines, unless it is undone (then there
 * are none); the amounts of all lines with external id 'fix-%' sum to 1000; there are as many entries as data versions. */

typedef struct
{
  GRand *rand;
  gint64 batch;
  gint64 last_import; /* entry of that batch */
} Work;

static gboolean
import_func (QdDb    *db,
             gpointer data,
             QdJob   *job,
             GError **error)
{
  Work *work = data;
  int n = g_rand_int_range (work->rand, 1, 3000);
  g_autoptr (QdStmt) insert = NULL;

  work->batch++;
  if (!qd_history_begin (db, QD_HISTORY_IMPORT, work->batch, "Imported", error))
    return FALSE;
  {
    g_autofree char *sql = g_strdup_printf ("INSERT INTO import_batch (id, time, kind, file, sha256, imported) VALUES "
                                            "(%" G_GINT64_FORMAT ", 0, 'subscriptions', 'x.csv', '', %d)",
                                            work->batch, n);

    if (!qd_db_exec (db, sql, error))
      return FALSE;
  }
  insert = qd_db_prepare (db, "INSERT INTO subscription_line (external_id, account, start, amount_num, batch) "
                              "VALUES (?1, 1, ?2, ?3, ?4)",
                          error);
  for (int i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT "-%d-%s", work->batch, i,
                                             "a rather long identifier, so that pages fill and the cache spills");

      qd_stmt_bind_text (insert, 1, id, -1);
      qd_stmt_bind_integer (insert, 2, i);
      qd_stmt_bind_integer (insert, 3, g_rand_int (work->rand));
      qd_stmt_bind_integer (insert, 4, work->batch);
      if (!qd_stmt_run (insert, error))
        return FALSE;
    }
  return qd_history_commit (db, &work->last_import, error);
}

static gboolean
edit_func (QdDb    *db,
           gpointer data,
           QdJob   *job,
           GError **error)
{
  Work *work = data;
  int from = g_rand_int_range (work->rand, 0, 10), to = (from + 3) % 10, amount = g_rand_int_range (work->rand, 1, 50);
  g_autofree char *sql = g_strdup_printf (
      "UPDATE subscription_line SET amount_num = amount_num - %d WHERE external_id = 'fix-%d';"
      "UPDATE account SET name = hex (randomblob (3000));"
      "UPDATE subscription_line SET amount_num = amount_num + %d WHERE external_id = 'fix-%d'",
      amount, from, amount, to);

  if (!qd_history_begin (db, QD_HISTORY_EDIT, 0, "Moved", error))
    return FALSE;
  qd_history_record (db, TRUE);
  if (!qd_db_exec (db, sql, error))
    return FALSE;
  qd_history_record (db, FALSE);
  return qd_history_commit (db, NULL, error);
}

/* Something that stands on the last import. */
static gboolean
touch_func (QdDb    *db,
            gpointer data,
            QdJob   *job,
            GError **error)
{
  Work *work = data;
  g_autofree char *sql = g_strdup_printf ("UPDATE subscription_line SET trial = 1 - trial WHERE batch = %" G_GINT64_FORMAT,
                                          work->batch);

  if (!qd_history_begin (db, QD_HISTORY_EDIT, 0, "Touched", error))
    return FALSE;
  qd_history_record (db, TRUE);
  return qd_db_exec (db, sql, error) && qd_history_commit (db, NULL, error);
}

static gboolean
undo_with_later_func (QdDb    *db,
                      gpointer data,
                      QdJob   *job,
                      GError **error)
{
  Work *work = data;

  return qd_history_undo_with_later (db, work->last_import, job, NULL, error);
}

static void
tell (QdStore *store)
{
  printf ("%" G_GINT64_FORMAT "\n", qd_store_get_version (store));
  fflush (stdout);
}

static gboolean
small_cache_func (QdDb    *db,
                  gpointer data,
                  QdJob   *job,
                  GError **error)
{
  return qd_db_exec (db, "PRAGMA cache_size = 20; PRAGMA cache_spill = 1", error);
}

static int
child_main (const char *path,
            guint32     seed)
{
  g_autoptr (QdStore) store = NULL;
  GError *error = NULL;
  Work work = { g_rand_new_with_seed (seed), 0, 0 };

  store = qd_store_open (path, QD_STORE_OPEN_DEFAULT, NULL, &error);
  if (store == NULL)
    {
      fprintf (stderr, "%s\n", error->message);
      return 1;
    }
  work.batch = store_integer (store, "SELECT ifnull (max (id), 0) FROM import_batch");
  qd_store_run (store, QD_STORE_PRIORITY_EDIT, small_cache_func, NULL, NULL, NULL);
  for (;;)
    {
      int what = g_rand_int_range (work.rand, 0, 5);
      gboolean ok = TRUE;

      if (what < 2)
        ok = qd_store_run (store, QD_STORE_PRIORITY_BULK, import_func, &work, NULL, &error);
      else if (what < 4)
        ok = qd_store_run (store, QD_STORE_PRIORITY_EDIT, edit_func, &work, NULL, &error);
      else if (work.last_import != 0)
        {
          if (g_rand_boolean (work.rand))
            ok = store_undo (store, work.last_import, FALSE, NULL, &error);
          else if ((ok = qd_store_run (store, QD_STORE_PRIORITY_EDIT, touch_func, &work, NULL, &error)))
            {
              tell (store);
              ok = qd_store_run (store, QD_STORE_PRIORITY_EDIT, undo_with_later_func, &work, NULL, &error);
            }
          if (ok && g_rand_boolean (work.rand))
            {
              tell (store);
              ok = store_undo (store, work.last_import, TRUE, NULL, &error);
            }
          work.last_import = 0;
        }
      if (!ok)
        {
          fprintf (stderr, "%s\n", error->message);
          return 1;
        }
      tell (store);
    }
}

static void
test_kill (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  g_autofree char *journal = g_strconcat (fixture->path, "-journal", NULL);
  int n = g_test_slow () ? 500 : 60;
  int hot = 0, commits = 0;

  store_exec (fixture->store,
              "INSERT INTO account (id, external_id, name) VALUES (1, 'A', 'A');"
              "WITH RECURSIVE n (i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM n WHERE i < 9)"
              "INSERT INTO subscription_line (external_id, account, start, amount_num) SELECT 'fix-' || i, 1, 0, 100 FROM n");
  store_fixture_close (fixture);
  for (int i = 0; i < n; i++)
    {
      g_autofree char *seed = g_strdup_printf ("%u", (guint) g_test_rand_int ());
      const char *argv[] = { self, "--child", fixture->path, seed, NULL };
      gint64 told = -1, version;
      char buffer[65536];
      gssize length;
      gsize have = 0;
      GPid pid;
      int out, status;
      GError *error = NULL;

      g_spawn_async_with_pipes (NULL, (char **) argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid, NULL, &out, NULL,
                                &error);
      g_assert_no_error (error);
      /* Not before its first commit, so that there is always something to lose. */
      length = read (out, buffer, 1);
      g_assert_cmpint (length, ==, 1);
      have = 1;
      g_usleep ((gulong) g_test_rand_int_range (0, 60000));
      kill (pid, SIGKILL);
      waitpid (pid, &status, 0);
      g_assert_true (WIFSIGNALED (status) && WTERMSIG (status) == SIGKILL);
      while (have < sizeof buffer - 1 && (length = read (out, buffer + have, sizeof buffer - 1 - have)) > 0)
        have += (gsize) length;
      close (out);
      buffer[have] = '\0';
      /* The last whole line. */
      for (char *line = buffer, *end; (end = strchr (line, '\n')) != NULL; line = end + 1)
        {
          told = g_ascii_strtoll (line, NULL, 10);
          commits++;
        }
      g_assert_cmpint (told, >=, 0);
      {
        g_autofree char *start = NULL;

        if (g_file_get_contents (journal, &start, NULL, NULL) && start[0] != '\0')
          hot++;
      }

      store_fixture_reopen (fixture);
      version = qd_store_get_version (fixture->store);
      /* What was told is there; the one that it was just going to tell may be, or the two that were undone together. */
      g_assert_cmpint (version, >=, told);
      g_assert_cmpint (version, <=, told + 2);
      g_assert_cmpint (store_integer (fixture->store,
                                      "SELECT count(*) FROM (SELECT count(*) AS n FROM history_entry WHERE step <> 0 "
                                      "GROUP BY step HAVING n <> 2)"),
                       ==, 0);
      g_assert_true (version <= told + 1 ||
                     store_integer (fixture->store, "SELECT step FROM history_entry ORDER BY id DESC LIMIT 1") != 0);
      g_assert_cmpint (store_integer (fixture->store, "SELECT count(*) FROM history_entry"), ==, version);
      g_assert_cmpint (store_integer (fixture->store,
                                      "SELECT sum (amount_num) FROM subscription_line WHERE external_id LIKE 'fix-%'"),
                       ==, 1000);
      g_assert_cmpint (
          store_integer (fixture->store,
                         "SELECT count(*) FROM import_batch b WHERE (CASE b.undone WHEN 1 THEN 0 ELSE b.imported END) <> "
                         "(SELECT count(*) FROM subscription_line l WHERE l.batch = b.id)"),
          ==, 0);
      if (i % 10 == 0)
        {
          g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);

          g_assert_true (qd_store_check (fixture->store, NULL, findings, NULL));
          g_assert_cmpuint (findings->len, ==, 0);
          /* Does not grow for ever. */
          store_exec (fixture->store, "DELETE FROM subscription_line WHERE batch > 0; DELETE FROM import_batch; "
                                      "DELETE FROM history_entry; UPDATE setting SET value = '0' WHERE key = 'data_version'");
        }
      store_fixture_close (fixture);
    }
  g_test_message ("%d kills, %d commits, %d times SQLite had to take a change back", n, commits, hot);
  g_assert_cmpint (hot, >, 0);
}

/* Two processes */

static int
hold_main (const char *path)
{
  g_autoptr (QdStore) store = qd_store_open (path, QD_STORE_OPEN_DEFAULT, NULL, NULL);
  char buffer[16];

  if (store == NULL)
    return 1;
  printf ("open\n");
  fflush (stdout);
  while (fgets (buffer, sizeof buffer, stdin) != NULL)
    {
      store_exec (store, "INSERT INTO account (external_id, name) SELECT count(*), 'n' FROM account");
      printf ("done\n");
      fflush (stdout);
    }
  return 0;
}

static void
expect (GDataInputStream *out,
        const char       *line)
{
  g_autofree char *got = g_data_input_stream_read_line (out, NULL, NULL, NULL);

  g_assert_cmpstr (got, ==, line);
}

static void
test_two_processes (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  const char *argv[] = { self, "--hold", fixture->path, NULL };
  g_autofree char *lock = store_fixture_file (fixture, ".acme.quarterdeck.lock");
  g_autofree char *who = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GDataInputStream) out = NULL;
  g_autoptr (GError) error = NULL;
  GOutputStream *in;
  QdStore *copy;

  store_fixture_close (fixture);
  process = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_assert_no_error (error);
  out = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  in = g_subprocess_get_stdin_pipe (process);
  expect (out, "open");

  who = g_strdup_printf ("in process %s", g_subprocess_get_identifier (process));
  g_assert_null (qd_store_open (fixture->path, QD_STORE_OPEN_DEFAULT, NULL, &error));
  g_assert_error (error, QD_STORE_ERROR, QD_STORE_ERROR_LOCKED);
  g_assert_nonnull (strstr (error->message, who));
  g_clear_error (&error);
  g_assert_null (qd_store_open (fixture->path, QD_STORE_OPEN_READ_ONLY, NULL, &error));
  g_assert_error (error, QD_STORE_ERROR, QD_STORE_ERROR_LOCKED);
  g_clear_error (&error);

  copy = qd_store_open (fixture->path, QD_STORE_OPEN_COPY_IF_LOCKED, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (qd_store_is_read_only (copy));
  g_assert_nonnull (strstr (qd_store_get_notice (copy), who));
  /* The owner goes on working; the copy stays as it was. */
  for (int i = 0; i < 5; i++)
    {
      g_assert_true (g_output_stream_write_all (in, "x\n", 2, NULL, NULL, NULL));
      g_assert_true (g_output_stream_flush (in, NULL, NULL));
      expect (out, "done");
    }
  g_assert_cmpint (store_integer (copy, "SELECT count(*) FROM account"), ==, 0);
  qd_store_unref (copy);
  copy = qd_store_open (fixture->path, QD_STORE_OPEN_COPY_IF_LOCKED, NULL, &error);
  g_assert_cmpint (store_integer (copy, "SELECT count(*) FROM account"), ==, 5);
  qd_store_unref (copy);

  /* Its lock dies with it; what stays of the file harms nobody. */
  g_subprocess_force_exit (process);
  g_subprocess_wait (process, NULL, NULL);
  g_assert_true (g_file_test (lock, G_FILE_TEST_EXISTS));
  store_fixture_reopen (fixture);
  g_assert_cmpint (store_integer (fixture->store, "SELECT count(*) FROM account"), ==, 5);
  store_fixture_close (fixture);
  g_assert_false (g_file_test (lock, G_FILE_TEST_EXISTS));
}

/* In one process: the same, and nobody's descriptor drops the first one's locks. */
static void
test_twice_here (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  g_autofree char *link = store_fixture_file (fixture, "link.quarterdeck");
  g_autoptr (GError) error = NULL;
  QdStore *copy;

  g_assert_cmpint (symlink (fixture->path, link), ==, 0);
  store_exec (fixture->store, "INSERT INTO account (external_id, name) VALUES ('a', 'a')");
  g_assert_null (qd_store_open (link, QD_STORE_OPEN_DEFAULT, NULL, &error));
  g_assert_error (error, QD_STORE_ERROR, QD_STORE_ERROR_LOCKED);
  g_clear_error (&error);
  copy = qd_store_open (link, QD_STORE_OPEN_COPY_IF_LOCKED, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (store_integer (copy, "SELECT count(*) FROM account"), ==, 1);
  g_assert_nonnull (strstr (qd_store_get_notice (copy), "already open in this program"));
  qd_store_unref (copy);
}

/* Readers beside readers; none beside a writer. */
static void
test_readers (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  const char *argv[] = { self, "--hold", fixture->path, NULL };
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  QdStore *reader;

  store_fixture_close (fixture);
  reader = qd_store_open (fixture->path, QD_STORE_OPEN_READ_ONLY, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (qd_store_is_read_only (reader));
  g_assert_null (qd_store_get_notice (reader));
  process = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error);
  g_assert_no_error (error);
  g_subprocess_wait (process, NULL, NULL);
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 1);
  qd_store_unref (reader);
  store_fixture_reopen (fixture);
}

/* A full disk: files of this process may not grow any more. */

static gboolean
flood_func (QdDb    *db,
            gpointer data,
            QdJob   *job,
            GError **error)
{
  if (!qd_history_begin (db, QD_HISTORY_IMPORT, 0, "Flood", error))
    return FALSE;
  if (!qd_db_exec (db, "WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 20000)"
                       "INSERT INTO account (external_id, name) SELECT i, hex (zeroblob (300)) FROM n",
                   error))
    {
      qd_history_rollback (db);
      return FALSE;
    }
  return qd_history_commit (db, NULL, error);
}

static void
test_full_disk (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *checkpoint = NULL;
  g_autoptr (GError) error = NULL;
  struct rlimit old, limit;
  gboolean flooded, saved;

  store_exec (fixture->store, "INSERT INTO account (external_id, name) VALUES ('a', 'a')");
  before = run_sqlite (fixture->path, ".dump");
  checkpoint = qd_store_dup_checkpoint_path (fixture->store, "full");

  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &old), ==, 0);
  limit = old;
  limit.rlim_cur = 60 * 1024;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  saved = qd_store_checkpoint (fixture->store, "full", NULL, &error);
  setrlimit (RLIMIT_FSIZE, &old);
  g_assert_false (saved);
  g_assert_error (error, QD_STORE_ERROR, QD_STORE_ERROR_FULL);
  g_clear_error (&error);
  g_assert_false (g_file_test (checkpoint, G_FILE_TEST_EXISTS));

  limit.rlim_cur = 2 << 20;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  flooded = qd_store_run (fixture->store, QD_STORE_PRIORITY_BULK, flood_func, NULL, NULL, &error);
  setrlimit (RLIMIT_FSIZE, &old);
  g_assert_false (flooded);
  g_assert_error (error, QD_STORE_ERROR, QD_STORE_ERROR_FULL);
  g_assert_nonnull (strstr (error->message, "free some space"));
  g_clear_error (&error);

  /* Nothing has happened, and with room it works. */
  after = run_sqlite (fixture->path, ".dump");
  g_assert_cmpstr (after, ==, before);
  g_assert_true (qd_store_run (fixture->store, QD_STORE_PRIORITY_BULK, flood_func, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (qd_store_checkpoint (fixture->store, "full", NULL, &error));
  g_assert_no_error (error);
  store_fixture_reopen (fixture);
  g_assert_cmpint (store_integer (fixture->store, "SELECT count(*) FROM account"), ==, 20001);
}

int
main (int   argc,
      char *argv[])
{
  self = argv[0];
  if (argc == 4 && strcmp (argv[1], "--child") == 0)
    return child_main (argv[2], (guint32) g_ascii_strtoull (argv[3], NULL, 10));
  if (argc == 3 && strcmp (argv[1], "--hold") == 0)
    return hold_main (argv[2]);
  g_test_init (&argc, &argv, NULL);
  store_fixture_init ();
  g_test_add_func ("/store/kill", test_kill);
  /* The slow suite is the killing alone. */
  if (g_test_slow ())
    return g_test_run ();
  g_test_add_func ("/store/two-processes", test_two_processes);
  g_test_add_func ("/store/twice-here", test_twice_here);
  g_test_add_func ("/store/readers", test_readers);
  g_test_add_func ("/store/full-disk", test_full_disk);
  return g_test_run ();
}
