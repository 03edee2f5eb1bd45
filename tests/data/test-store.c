/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include <glib/gstdio.h>

static void
test_create (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  QdStoreSettings settings = { NULL, "EUR", 1 };
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;
  g_autofree char *pragmas = NULL;
  g_autofree char *lock = store_fixture_file (fixture, ".acme.quarterdeck.lock");

  g_assert_cmpint (store_integer (fixture->store, "PRAGMA foreign_keys"), ==, 1);
  g_assert_cmpint (store_integer (fixture->store, "PRAGMA synchronous"), ==, 2);
  name = store_text (fixture->store, "PRAGMA journal_mode");
  g_assert_cmpstr (name, ==, "delete");
  g_assert_false (qd_store_is_read_only (fixture->store));
  g_assert_cmpint (qd_store_get_version (fixture->store), ==, 0);
  g_assert_true (g_file_test (lock, G_FILE_TEST_EXISTS));

  g_assert_null (qd_store_create (fixture->path, &settings, &error));
  g_assert_error (error, QD_STORE_ERROR, QD_STORE_ERROR_EXISTS);

  store_fixture_close (fixture);
  g_assert_false (g_file_test (lock, G_FILE_TEST_EXISTS));
  pragmas = run_sqlite (fixture->path, "PRAGMA application_id; PRAGMA user_version; "
                                       "SELECT value FROM setting ORDER BY key LIMIT 3");
  g_assert_cmpstr (pragmas, ==, "1363430193\n3\nUSD\n0\n2\n");
}

static gboolean
cache_func (QdDb    *db,
            gpointer data,
            QdJob   *job,
            GError **error)
{
  g_autoptr (QdStmt) first = qd_db_statement (db, "setting-get", error);
  g_autoptr (QdStmt) second = qd_db_statement (db, "setting-get", error);
  gpointer handle = qd_stmt_get_handle (first);
  gboolean row = FALSE;

  g_assert_true (first != second);
  g_assert_cmpint (qd_stmt_parameter (first, "key"), ==, 1);
  g_assert_cmpint (qd_stmt_parameter (first, ":key"), ==, 1);
  g_assert_cmpint (qd_stmt_parameter (first, "other"), ==, 0);
  qd_stmt_bind_text (first, 1, "currency", -1);
  g_assert_true (qd_stmt_step (first, &row, error));
  g_assert_true (row);
  g_assert_cmpstr ((const char *) sqlite3_column_text (handle, 0), ==, "USD");
  g_clear_pointer (&first, qd_stmt_release);

  /* The same statement comes back, without its bindings. */
  first = qd_db_statement (db, "setting-get", error);
  g_assert_true (qd_stmt_get_handle (first) == handle);
  g_assert_true (qd_stmt_step (first, &row, error));
  g_assert_false (row);

  g_assert_null (qd_db_statement (db, "no-such-statement", error));
  g_assert_nonnull (*error);
  g_clear_error (error);
  g_assert_null (qd_db_prepare (db, "SELECT \"no such column\" FROM setting", error));
  g_assert_error (*error, QD_STORE_ERROR, QD_STORE_ERROR_FAILED);
  g_clear_error (error);
  return TRUE;
}

static void
test_statements (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  g_autoptr (GError) error = NULL;

  g_assert_true (qd_store_run (fixture->store, QD_STORE_PRIORITY_READ, cache_func, NULL, NULL, &error));
  g_assert_no_error (error);
}

static gboolean
nesting_func (QdDb    *db,
              gpointer data,
              QdJob   *job,
              GError **error)
{
  /* Inner levels commit with the outer one only. */
  g_assert_true (qd_db_begin (db, error) && qd_db_begin (db, error));
  g_assert_true (qd_db_set_setting (db, "a", "1", error));
  g_assert_true (qd_db_commit (db, error));
  qd_db_rollback (db);
  g_assert_null (qd_db_dup_setting (db, "a"));

  /* A part that was rolled back dooms the whole. */
  g_assert_true (qd_db_begin (db, error) && qd_db_set_setting (db, "b", "1", error) && qd_db_begin (db, error));
  qd_db_rollback (db);
  g_assert_false (qd_db_commit (db, error));
  g_assert_error (*error, QD_STORE_ERROR, QD_STORE_ERROR_FAILED);
  g_clear_error (error);
  g_assert_null (qd_db_dup_setting (db, "b"));

  g_assert_true (qd_db_begin (db, error) && qd_db_set_setting (db, "c", "1", error) && qd_db_commit (db, error));
  return TRUE;
}

static void
test_transactions (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  g_autoptr (GError) error = NULL;

  g_assert_true (qd_store_run (fixture->store, QD_STORE_PRIORITY_EDIT, nesting_func, NULL, NULL, &error));
  store_fixture_reopen (fixture);
  g_assert_cmpint (store_integer (fixture->store, "SELECT value FROM setting WHERE key = 'c'"), ==, 1);
  g_assert_cmpint (qd_store_get_version (fixture->store), ==, 0);
}

static gboolean
constraint_func (QdDb    *db,
                 gpointer data,
                 QdJob   *job,
                 GError **error)
{
  gboolean ok = qd_db_begin (db, error) && qd_db_exec (db, data, error);

  if (!ok)
    {
      qd_db_rollback (db);
      return FALSE;
    }
  return qd_db_commit (db, error);
}

static void
test_constraints (void)
{
  static const char *const bad[] = {
    "INSERT INTO account (external_id, name) VALUES ('x', 'X'), ('x', 'Y')",
    "INSERT INTO account (external_id, name, seats) VALUES ('x', 'X', 'many')",
    "INSERT INTO subscription_line (external_id, account, start, amount_num) VALUES ('l', 99, 0, 1)",
    "INSERT INTO fx_rate (set_name, currency, month, mantissa, scale) VALUES ('s', 'EUR', 0, -1, 0)",
  };
  g_autoptr (StoreFixture) fixture = store_fixture_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (qd_store_run (fixture->store, QD_STORE_PRIORITY_EDIT, constraint_func, (gpointer) bad[i], NULL,
                                    &error));
      g_assert_error (error, QD_STORE_ERROR, QD_STORE_ERROR_CONSTRAINT);
    }
  g_assert_cmpint (store_integer (fixture->store, "SELECT count(*) FROM account"), ==, 0);
}

/* The file goes away under the store: nothing is written, the reason is said, and what is there can still be saved. */
static void
test_file_gone (void)
{
  static const gboolean replaced[] = { FALSE, TRUE };

  for (gsize i = 0; i < G_N_ELEMENTS (replaced); i++)
    {
      g_autoptr (StoreFixture) fixture = store_fixture_new ();
      g_autoptr (GError) error = NULL;
      g_autofree char *moved = store_fixture_file (fixture, "moved.quarterdeck");
      g_autofree char *copy = store_fixture_file (fixture, "copy.quarterdeck");
      g_autofree char *found = NULL;

      store_exec (fixture->store, "INSERT INTO account (external_id, name) VALUES ('kept', 'Kept')");
      g_assert_cmpint (g_rename (fixture->path, moved), ==, 0);
      if (replaced[i])
        g_assert_true (g_file_set_contents (fixture->path, "something else", -1, NULL));
      g_assert_false (qd_store_run (fixture->store, QD_STORE_PRIORITY_EDIT, constraint_func,
                                    (gpointer) "DELETE FROM account", NULL, &error));
      g_assert_error (error, QD_STORE_ERROR, QD_STORE_ERROR_NOT_FOUND);
      g_clear_error (&error);
      g_assert_true (qd_store_save_copy (fixture->store, copy, FALSE, NULL, &error));
      g_assert_no_error (error);
      found = run_sqlite (copy, "SELECT external_id FROM account");
      g_assert_cmpstr (found, ==, "kept\n");
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  store_fixture_init ();
  g_test_add_func ("/store/create", test_create);
  g_test_add_func ("/store/statements", test_statements);
  g_test_add_func ("/store/transactions", test_transactions);
  g_test_add_func ("/store/constraints", test_constraints);
  g_test_add_func ("/store/file-gone", test_file_gone);
  return g_test_run ();
}
