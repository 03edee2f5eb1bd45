/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "data/workspace/qd-workspace.h"

typedef struct
{
  char *folder;
  char *path;
  QdWorkspace *workspace;
} Fixture;

static gboolean
exec_sql (QdDb    *db,
          gpointer data,
          QdJob   *job,
          GError **error)
{
  return qd_db_begin (db, error) && qd_db_exec (db, data, error) && qd_db_commit (db, error);
}

static void
exec (Fixture    *fixture,
      const char *sql)
{
  g_autoptr (GError) error = NULL;

  qd_store_run (qd_workspace_get_store (fixture->workspace), QD_STORE_PRIORITY_EDIT, exec_sql, (gpointer) sql, NULL,
                &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  QdStoreSettings settings = { "Test", "USD", 1 };

  fixture->folder = g_dir_make_tmp ("quarterdeck-test-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->folder, "w.quarterdeck", NULL);
  fixture->workspace = qd_workspace_create (fixture->path, &settings, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  g_clear_object (&fixture->workspace);
  g_unlink (fixture->path);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->path);
  g_free (fixture->folder);
}

/* 19358 is 2023-01-01, 24276 the month January 2023. */
static const char revenue[] =
    "INSERT INTO account (id, external_id, name, implied, batch) VALUES (1, 'A1', 'One', 0, 1), (2, 'A2', 'Two', 0, 1),"
    " (3, 'A3', 'Three', 0, 1), (4, 'A4', 'Four', 0, 1), (5, 'A5', 'one ', 0, 1), (6, 'A6', 'A6', 1, 1);"
    "INSERT INTO product (id, external_id, name) VALUES (1, 'P', 'P'), (2, 'Q', 'Q');"
    "INSERT INTO fx_rate (set_name, currency, month, mantissa, scale) VALUES ('r', 'EUR', -2147483648, 110, 2),"
    " ('r', 'JPY', -2147483648, 7, 3);"
    /* overlapping, foreign, unrounded, trial, empty and zero lines */
    "INSERT INTO subscription_line (external_id, account, product, start, \"end\", amount_num, amount_den, currency, trial)"
    " VALUES ('L1', 1, 1, 19358, NULL, 10000, 1, NULL, 0), ('L2', 1, 1, 19400, 19600, 100000, 12, NULL, 0),"
    " ('L3', 1, 2, 19358, 19500, 3333, 1, 'EUR', 0), ('L4', 2, NULL, 19380, 19389, 5000, 1, NULL, 0),"
    " ('L5', 2, NULL, 19420, NULL, 1234, 1, 'JPY', 0), ('L6', 2, NULL, 19358, NULL, 700, 1, NULL, 1),"
    " ('L7', 2, NULL, 19450, 19450, 700, 1, NULL, 0), ('L8', 5, NULL, 19450, NULL, 0, 1, NULL, 0);"
    "INSERT INTO revenue_month (account, month, product, currency, amount_num, amount_den) VALUES"
    " (3, 24277, NULL, NULL, 5000, 1), (3, 24278, NULL, NULL, 5000, 1), (3, 24278, 1, 'EUR', 100, 3),"
    " (3, 24281, NULL, NULL, 4000, 1);"
    /* level, two on a day, a change, another currency that replaces, products */
    "INSERT INTO movement_event (account, day, amount_num, amount_den, is_change, of_product, product, currency, kind)"
    " VALUES (4, 19360, 9000, 1, 0, 0, 1, NULL, 'new'), (4, 19390, 8000, 1, 0, 0, 1, NULL, 'upgrade'),"
    " (4, 19390, 8500, 1, 0, 0, 2, NULL, NULL), (4, 19420, 1000, 3, 1, 0, NULL, NULL, NULL),"
    " (4, 19450, 7000, 1, 0, 0, NULL, 'EUR', NULL), (4, 19480, 0, 1, 0, 0, NULL, 'EUR', 'cancel'),"
    " (6, 19380, 2000, 1, 0, 1, 1, NULL, NULL), (6, 19400, 3000, 1, 0, 1, 2, NULL, NULL),"
    " (6, 19430, 0, 1, 0, 1, 1, NULL, NULL), (6, 19470, -100, 1, 1, 1, 2, NULL, NULL);";

static const QdFinding *
find (GPtrArray  *findings,
      const char *code)
{
  for (guint i = 0; i < findings->len; i++)
    {
      const QdFinding *finding = findings->pdata[i];

      if (strcmp (finding->code, code) == 0)
        return finding;
    }
  return NULL;
}

static GPtrArray *
check (Fixture *fixture,
       gboolean repair)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *findings = qd_workspace_check (fixture->workspace, repair, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (findings);
  return findings;
}

static void
assert_finding (GPtrArray     *findings,
                const char    *code,
                QdFindingLevel level,
                guint64        count,
                const char    *example)
{
  const QdFinding *finding = find (findings, code);

  g_assert_nonnull (finding);
  g_assert_cmpint (finding->level, ==, level);
  g_assert_cmpuint (finding->count, ==, count);
  g_assert_cmpuint (finding->examples->len, >, 0);
  g_assert_cmpstr (finding->examples->pdata[0], ==, example);
}

static void
test_check_empty (Fixture      *fixture,
                  gconstpointer data)
{
  g_autoptr (GPtrArray) findings = check (fixture, FALSE);

  g_assert_cmpuint (findings->len, ==, 0);
}

static void
test_check_quality (Fixture      *fixture,
                    gconstpointer data)
{
  g_autoptr (GPtrArray) findings = NULL;

  exec (fixture, revenue);
  findings = check (fixture, TRUE);
  g_assert_null (find (findings, "ledger-differs"));
  assert_finding (findings, "account-implied", QD_FINDING_WARNING, 1, "A6");
  assert_finding (findings, "trial-with-money", QD_FINDING_NOTE, 1, "L6");
  assert_finding (findings, "line-overlaps", QD_FINDING_NOTE, 1, "A1: L2");
  assert_finding (findings, "line-empty", QD_FINDING_NOTE, 1, "L7");
  assert_finding (findings, "line-free", QD_FINDING_NOTE, 1, "L8");
  assert_finding (findings, "kind-disagrees", QD_FINDING_WARNING, 1, "A4 2023-02-02 upgrade");
  assert_finding (findings, "name-repeated", QD_FINDING_NOTE, 2, "A1 One");
}

static void
test_check_ledger_differs (Fixture      *fixture,
                           gconstpointer data)
{
  g_autoptr (GPtrArray) findings = NULL;
  g_autoptr (QdBook) book = NULL;

  exec (fixture, revenue);
  book = qd_workspace_get_book (fixture->workspace, NULL, NULL);
  g_assert_nonnull (book);
  /* behind the back of the book: same version, another amount */
  exec (fixture, "UPDATE movement_event SET amount_num = 8600 WHERE amount_num = 8500;"
                 "UPDATE subscription_line SET \"end\" = 19449 WHERE external_id = 'L2'");
  findings = check (fixture, FALSE);
  assert_finding (findings, "ledger-differs", QD_FINDING_FAILURE, 5,
                  "A1, 2023-04: 219.99 in the ledger, 136.66 by the rows");
}

static void
test_check_renamed (Fixture      *fixture,
                   gconstpointer data)
{
  g_autoptr (GPtrArray) findings = NULL;

  exec (fixture, revenue);
  exec (fixture, "PRAGMA defer_foreign_keys = ON; UPDATE account SET external_id = 'B' WHERE id = 1;");
  findings = check (fixture, FALSE);
  g_assert_null (find (findings, "file-damaged"));
}

static void
test_profiles (Fixture      *fixture,
               gconstpointer data)
{
  static const char *const changes[] = { "trials=included", NULL };
  static const char *const nonsense[] = { "trials=perhaps", NULL };
  static const char *const names[] = { "", "a@b", "\n", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (QdProfile) board = qd_workspace_get_profile (fixture->workspace, NULL, &error);
  g_autoptr (QdProfile) second = NULL;
  g_autoptr (QdProfile) same = NULL;
  g_autoptr (QdProfile) other = NULL;
  g_autoptr (QdProfile) first = NULL;
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GPtrArray) history = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (board->name, ==, "Board");
  g_assert_cmpuint (board->version, ==, 1);
  g_assert_false (board->trials);

  second = qd_workspace_edit_profile (fixture->workspace, "Board", NULL, changes, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (second->version, ==, 2);
  g_assert_true (second->trials);
  same = qd_workspace_edit_profile (fixture->workspace, "Board", NULL, changes, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (same->version, ==, 2);
  other = qd_workspace_edit_profile (fixture->workspace, "Finance", "Board@1", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (other->version, ==, 1);
  g_assert_false (other->trials);
  first = qd_workspace_get_profile (fixture->workspace, "Board@1", &error);
  g_assert_no_error (error);
  g_assert_true (qd_profile_equal (first, board));

  g_assert_null (qd_workspace_edit_profile (fixture->workspace, "Board", NULL, nonsense, &error));
  g_assert_error (error, QD_METRIC_ERROR, QD_METRIC_ERROR_UNKNOWN);
  g_clear_error (&error);
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_assert_null (qd_workspace_edit_profile (fixture->workspace, names[i], NULL, changes, &error));
      g_assert_error (error, QD_METRIC_ERROR, QD_METRIC_ERROR_RANGE);
      g_clear_error (&error);
    }
  g_assert_null (qd_workspace_get_profile (fixture->workspace, "Board@3", &error));
  g_assert_error (error, QD_METRIC_ERROR, QD_METRIC_ERROR_UNKNOWN);
  g_clear_error (&error);

  all = qd_workspace_list_profiles (fixture->workspace, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (all->len, ==, 3);
  history = qd_workspace_list_history (fixture->workspace, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (history->len, ==, 2);
}

static void
count_cb (QdWorkspace *workspace,
          guint       *n)
{
  (*n)++;
}

static void
test_versions (Fixture      *fixture,
               gconstpointer data)
{
  static const char *const changes[] = { "trials=included", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (QdBook) first = NULL;
  g_autoptr (QdBook) again = NULL;
  g_autoptr (QdBook) later = NULL;
  g_autoptr (QdLedger) ledger = NULL;
  g_autoptr (QdLedger) same = NULL;
  g_autoptr (QdProfile) profile = NULL;
  guint n = 0;

  exec (fixture, revenue);
  g_signal_connect (fixture->workspace, "changed", G_CALLBACK (count_cb), &n);
  first = qd_workspace_get_book (fixture->workspace, NULL, &error);
  g_assert_no_error (error);
  again = qd_workspace_get_book (fixture->workspace, NULL, &error);
  g_assert_true (first == again);
  g_assert_cmpuint (qd_book_get_n_accounts (first), ==, 6);

  profile = qd_workspace_get_profile (fixture->workspace, NULL, &error);
  ledger = qd_workspace_get_ledger (fixture->workspace, profile, NULL, &error);
  g_assert_no_error (error);
  same = qd_workspace_get_ledger (fixture->workspace, profile, NULL, &error);
  g_assert_true (ledger == same);

  qd_profile_free (qd_workspace_edit_profile (fixture->workspace, "Board", NULL, changes, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 0);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_cmpuint (n, ==, 1);
  later = qd_workspace_get_book (fixture->workspace, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (later != first);
  g_assert_cmpint (qd_book_get_version (later), >, qd_book_get_version (first));
}

static void
test_undo_nothing (Fixture      *fixture,
                   gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (qd_workspace_undo_import (fixture->workspace, 7, NULL, NULL, &error));
  g_assert_error (error, QD_STORE_ERROR, QD_STORE_ERROR_NOT_UNDOABLE);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/data/workspace/check-empty", Fixture, NULL, set_up, test_check_empty, tear_down);
  g_test_add ("/data/workspace/check-quality", Fixture, NULL, set_up, test_check_quality, tear_down);
  g_test_add ("/data/workspace/check-ledger-differs", Fixture, NULL, set_up, test_check_ledger_differs, tear_down);
  g_test_add ("/data/workspace/check-renamed", Fixture, NULL, set_up, test_check_renamed, tear_down);
  g_test_add ("/data/workspace/profiles", Fixture, NULL, set_up, test_profiles, tear_down);
  g_test_add ("/data/workspace/versions", Fixture, NULL, set_up, test_versions, tear_down);
  g_test_add ("/data/workspace/undo-nothing", Fixture, NULL, set_up, test_undo_nothing, tear_down);
  return g_test_run ();
}
