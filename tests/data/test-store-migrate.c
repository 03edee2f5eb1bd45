/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Files of every released format are opened; steps between formats.
 */
#include "store-fixture.h"

#include "data/store/qd-store-private.h"

#include <glib/gstdio.h>
#include <string.h>

#define RELEASED 3 /* formats with a file in tests/fixtures/db */

static char *
take_fixture (StoreFixture *fixture,
              guint         version)
{
  g_autofree char *name = g_strdup_printf ("%u.quarterdeck", version);
  g_autofree char *from = g_test_build_filename (G_TEST_DIST, "fixtures", "db", name, NULL);
  g_autofree char *content = NULL;
  char *path = store_fixture_file (fixture, "old.quarterdeck");
  GError *error = NULL;
  gsize length;

  g_file_get_contents (from, &content, &length, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_set_contents (path, content, (gssize) length, NULL));
  return path;
}

/* Each released format, by today's program: its rows are there, its schema is that of a new file, its history works. */
static void
test_released (void)
{
  for (guint version = 1; version <= RELEASED; version++)
    {
      g_autoptr (StoreFixture) fixture = store_fixture_new ();
      g_autofree char *path = take_fixture (fixture, version);
      g_autofree char *fresh = NULL;
      g_autofree char *schema = NULL;
      g_autoptr (GPtrArray) kept = NULL;
      GError *error = NULL;
      QdStore *store;

      store = qd_store_open (path, QD_STORE_OPEN_DEFAULT, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpint (store_integer (store, "SELECT count(*) FROM account"), ==, 4);
      g_assert_cmpint (store_integer (store, "SELECT sum (amount_num) FROM subscription_line"), ==, 60000);
      /* what an import did is known from format 2 on; before, nobody kept it */
      g_assert_cmpint (store_integer (store, "SELECT count(*) FROM import_effect"), ==, version >= 2);
      g_assert_cmpint (store_integer (store, "SELECT count(*) FROM import_batch WHERE headers = ''"), ==, version < 2);
      store_undo (store, 2, FALSE, &kept, &error);
      g_assert_no_error (error);
      store_undo (store, 1, FALSE, &kept, &error);
      g_assert_no_error (error);
      g_assert_cmpint (store_integer (store, "SELECT count(*) FROM account"), ==, 0);
      qd_store_unref (store);
      schema = run_sqlite (path, "SELECT type, name FROM sqlite_schema ORDER BY type, name; PRAGMA user_version");
      fresh = run_sqlite (fixture->path, "SELECT type, name FROM sqlite_schema ORDER BY type, name; PRAGMA user_version");
      g_assert_cmpstr (schema, ==, fresh);
    }
}

/* Steps that no release has: one that appends, one that fails half way, one that closes older history. */

static gboolean
append_run (sqlite3 *handle,
            GError **error)
{
  return qd_sqlite_exec (handle, "ALTER TABLE account ADD COLUMN note TEXT; ALTER TABLE subscription_line ADD COLUMN x INTEGER;"
                                 "ALTER TABLE history_entry ADD COLUMN step INTEGER NOT NULL DEFAULT 0",
                         error);
}

static gboolean
failing_run (sqlite3 *handle,
             GError **error)
{
  return qd_sqlite_exec (handle, "CREATE TABLE half_done (a); INSERT INTO half_done VALUES (1); SELECT * FROM nowhere",
                         error);
}

static gboolean
renaming_run (sqlite3 *handle,
              GError **error)
{
  return qd_sqlite_exec (handle, "DROP VIEW accounts; ALTER TABLE account RENAME COLUMN csm TO manager", error);
}

static void
test_steps (void)
{
  const QdMigration steps[] = {
    { .resource = "migrations/0001.sql" },
    { .run = append_run },
    { .run = failing_run },
  };
  const QdMigration closing[] = { steps[0], steps[1], { .run = renaming_run, .closes_history = TRUE } };
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  g_autofree char *path = take_fixture (fixture, 1);
  g_autoptr (QdDb) db = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  gint64 value;

  db = qd_db_new (qd_sqlite_open (path, SQLITE_OPEN_READWRITE, &error), FALSE);
  g_assert_no_error (error);
  g_assert_true (qd_store_migrate (db->handle, steps, 2, NULL, &error));
  g_assert_true (qd_sqlite_integer (db->handle, "PRAGMA user_version", &value, NULL));
  g_assert_cmpint (value, ==, 2);
  g_assert_true (qd_store_compare_schema (db->handle, steps, 2, "old", &error));
  g_assert_false (qd_store_compare_schema (db->handle, steps, 1, "old", &error));
  g_assert_error (error, QD_STORE_ERROR, QD_STORE_ERROR_SCHEMA);
  g_clear_error (&error);

  /* A step that fails takes its version and all it did back. */
  g_assert_false (qd_store_migrate (db->handle, steps, 3, NULL, &error));
  g_assert_error (error, QD_STORE_ERROR, QD_STORE_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_true (qd_sqlite_integer (db->handle, "PRAGMA user_version", &value, NULL));
  g_assert_cmpint (value, ==, 2);
  g_assert_true (qd_store_compare_schema (db->handle, steps, 2, "old", &error));
  g_assert_no_error (error);

  /* What was recorded before the columns were appended can be undone, and redone. */
  g_assert_true (qd_history_undo (db, 2, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (qd_history_undo (db, 1, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (qd_sqlite_integer (db->handle, "SELECT count(*) FROM account", &value, NULL));
  g_assert_cmpint (value, ==, 0);
  g_assert_true (qd_history_redo (db, 1, NULL, NULL, &error));
  g_assert_true (qd_history_redo (db, 2, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (qd_sqlite_integer (db->handle, "SELECT count(*) FROM account", &value, NULL));
  g_assert_cmpint (value, ==, 4);

  /* Behind a step that does more than append, older entries can be read only. */
  g_assert_true (qd_store_migrate (db->handle, closing, 3, NULL, &error));
  g_assert_no_error (error);
  entries = qd_history_list (db, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (entries->len, ==, 6);
  for (guint i = 0; i < entries->len; i++)
    g_assert_false (((QdHistoryEntry *) g_ptr_array_index (entries, i))->undoable);
  g_assert_false (qd_history_undo (db, 2, NULL, NULL, &error));
  g_assert_error (error, QD_STORE_ERROR, QD_STORE_ERROR_NOT_UNDOABLE);
}

static void
test_backup (void)
{
  static const char *const others[] = {
    "acme backup 20200101-000000 format 1.quarterdeck", "acme backup 20210101-000000 format 1.quarterdeck",
    "acme backup 20220101-000000 format 2.quarterdeck", "acme backup of mine.quarterdeck",
    "acme backup 20200101-000000 format 1.quarterdeck.txt", "acme two backup 20200101-000000 format 1.quarterdeck",
  };
  static const gboolean stays[] = { FALSE, TRUE, TRUE, TRUE, TRUE, TRUE };
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  g_autoptr (sqlite3) handle = NULL;
  g_autoptr (GDir) dir = NULL;
  g_autofree char *original = NULL;
  GError *error = NULL;
  const char *name;
  int n = 0;

  store_exec (fixture->store, "INSERT INTO account (external_id, name) VALUES ('a', 'a')");
  store_fixture_close (fixture);
  original = run_sqlite (fixture->path, ".dump");
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autofree char *path = store_fixture_file (fixture, others[i]);

      g_assert_true (g_file_set_contents (path, "x", 1, NULL));
    }
  handle = qd_sqlite_open (fixture->path, SQLITE_OPEN_READWRITE, &error);
  g_assert_true (qd_store_backup (handle, fixture->path, 1, NULL, &error));
  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autofree char *path = store_fixture_file (fixture, others[i]);

      g_assert_cmpint (g_file_test (path, G_FILE_TEST_EXISTS), ==, stays[i]);
    }
  dir = g_dir_open (fixture->folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, "acme backup 2") && !g_str_has_prefix (name, "acme backup 202001") &&
        !g_str_has_prefix (name, "acme backup 202101") && !g_str_has_prefix (name, "acme backup 202201"))
      {
        g_autofree char *path = store_fixture_file (fixture, name);
        g_autofree char *copy = run_sqlite (path, ".dump");

        g_assert_cmpstr (copy, ==, original);
        n++;
      }
  g_assert_cmpint (n, ==, 1);
}

static void
test_checkpoint (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  g_autofree char *path = NULL;
  g_autofree char *before = NULL;
  g_autofree char *copy = NULL;
  g_autofree char *base = NULL;
  g_autoptr (GError) error = NULL;
  QdStore *store;

  store_exec (fixture->store, "INSERT INTO account (external_id, name) VALUES ('a', 'a')");
  before = run_sqlite (fixture->path, ".dump");
  path = qd_store_dup_checkpoint_path (fixture->store, "before 1/2 of Q3");
  base = g_path_get_basename (path);
  g_assert_cmpstr (base, ==, "acme (before 1-2 of Q3).quarterdeck");
  g_assert_true (qd_store_checkpoint (fixture->store, "before 1/2 of Q3", NULL, &error));
  g_assert_no_error (error);
  copy = run_sqlite (path, ".dump");
  g_assert_cmpstr (copy, ==, before);
  g_assert_false (qd_store_checkpoint (fixture->store, "before 1/2 of Q3", NULL, &error));
  g_assert_error (error, QD_STORE_ERROR, QD_STORE_ERROR_EXISTS);
  g_clear_error (&error);
  /* It is a workspace of its own. */
  store = qd_store_open (path, QD_STORE_OPEN_DEFAULT, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (qd_store_is_read_only (store));
  qd_store_unref (store);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  store_fixture_init ();
  g_test_add_func ("/store/released", test_released);
  g_test_add_func ("/store/steps", test_steps);
  g_test_add_func ("/store/backup", test_backup);
  g_test_add_func ("/store/checkpoint", test_checkpoint);
  return g_test_run ();
}
