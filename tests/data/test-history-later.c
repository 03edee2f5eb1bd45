/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Undo of an old entry together with the later ones that stand on it: what is
 * left must be what there would be without them, and one redo brings all back.
 */
#include "store-fixture.h"

#include <string.h>

/* Each import has numbers of rows of its own: SQLite would give those of deleted rows again. */

static gint64
import_accounts (QdStore *store,
                 gint64   batch,
                 int      first,
                 int      n)
{
  g_autofree char *bulk = g_strdup_printf (
      "INSERT INTO import_batch (id, time, kind, file, sha256) VALUES (%" G_GINT64_FORMAT ", 0, 'accounts', 'a.csv', '');"
      "WITH RECURSIVE n (i) AS (VALUES (%d) UNION ALL SELECT i + 1 FROM n WHERE i < %d)"
      "INSERT INTO account (id, external_id, name, segment, batch)"
      " SELECT 100 * %d + i, 'A' || i, 'A' || i, 'S%d', %" G_GINT64_FORMAT " FROM n WHERE true ON CONFLICT DO NOTHING",
      batch, first, first + n - 1, (int) batch, (int) batch, batch);
  g_autofree char *recorded = g_strdup_printf (
      "UPDATE account SET implied = 0, segment = 'S%d', batch = %" G_GINT64_FORMAT
      " WHERE batch <> %" G_GINT64_FORMAT " AND CAST (substr (external_id, 2) AS INTEGER) BETWEEN %d AND %d",
      (int) batch, batch, batch, first, first + n - 1);

  return store_entry (store, QD_HISTORY_IMPORT, batch, bulk, recorded, "Imported accounts");
}

static gint64
import_lines (QdStore *store,
              gint64   batch,
              int      first,
              int      n)
{
  g_autofree char *sql = g_strdup_printf (
      "INSERT INTO import_batch (id, time, kind, file, sha256) VALUES (%1$d, 0, 'subscriptions', 'l.csv', '');"
      "WITH RECURSIVE n (i) AS (VALUES (%2$d) UNION ALL SELECT i + 1 FROM n WHERE i < %3$d)"
      "INSERT INTO account (id, external_id, name, implied, batch)"
      " SELECT 100 * %1$d + i, 'A' || i, 'A' || i, 1, %1$d FROM n WHERE true ON CONFLICT DO NOTHING;"
      "WITH RECURSIVE n (i) AS (VALUES (%2$d) UNION ALL SELECT i + 1 FROM n WHERE i < %3$d)"
      "INSERT INTO subscription_line (id, external_id, account, start, amount_num, batch)"
      " SELECT 100 * %1$d + i, 'b%1$d-' || i, (SELECT id FROM account WHERE external_id = 'A' || i), 20000 + i, 100 * i, %1$d FROM n",
      (int) batch, first, first + n - 1);

  return store_entry (store, QD_HISTORY_IMPORT, batch, sql, NULL, "Imported lines");
}

static gint64
edit (QdStore    *store,
      const char *sql)
{
  return store_entry (store, QD_HISTORY_EDIT, 0, NULL, sql, "Edited");
}

typedef struct
{
  gint64 entry;
  GPtrArray *later;
  QdHistoryPreview *preview;
} Ask;

static gboolean
undo_func (QdDb    *db,
           gpointer data,
           QdJob   *job,
           GError **error)
{
  Ask *ask = data;

  return ask->preview != NULL ? qd_history_preview_undo (db, ask->entry, job, ask->preview, error)
                              : qd_history_undo_with_later (db, ask->entry, job, &ask->later, error);
}

/* "7 5 4": what would or did go with it. */
static char *
list_ids (GPtrArray *entries)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < entries->len; i++)
    g_string_append_printf (text, "%s%" G_GINT64_FORMAT, i > 0 ? " " : "", ((QdHistoryEntry *) entries->pdata[i])->id);
  return g_string_free (text, FALSE);
}

static char *
undo_with_later (QdStore *store,
                 gint64   entry,
                 QdJob   *job,
                 GError **error)
{
  Ask ask = { .entry = entry };
  g_autoptr (GPtrArray) later = NULL;

  if (!qd_store_run (store, QD_STORE_PRIORITY_EDIT, undo_func, &ask, job, error))
    return NULL;
  later = ask.later;
  return list_ids (later);
}

static char *
preview (QdStore  *store,
         gint64    entry,
         gboolean *possible,
         guint    *n_kept)
{
  g_auto (QdHistoryPreview) found = { 0 };
  Ask ask = { .entry = entry, .preview = &found };
  GError *error = NULL;

  qd_store_run (store, QD_STORE_PRIORITY_EDIT, undo_func, &ask, NULL, &error);
  g_assert_no_error (error);
  *possible = found.possible;
  *n_kept = found.kept->len;
  return list_ids (found.later);
}

static void
assert_preview (StoreFixture *fixture,
                gint64        entry,
                gboolean      possible,
                const char   *later)
{
  g_autofree char *before = run_sqlite (fixture->path, ".dump");
  g_autofree char *found = NULL;
  g_autofree char *after = NULL;
  gboolean can;
  guint n_kept;

  found = preview (fixture->store, entry, &can, &n_kept);
  g_assert_cmpstr (found, ==, later);
  g_assert_cmpint (can, ==, possible);
  after = run_sqlite (fixture->path, ".dump");
  g_assert_cmpstr (after, ==, before);
}

static void
assert_dump (StoreFixture *fixture,
             const char   *expected)
{
  g_autofree char *now = dump_data (fixture->path);
  g_autofree char *broken = run_sqlite (fixture->path, "PRAGMA foreign_key_check; PRAGMA integrity_check");

  g_assert_cmpstr (now, ==, expected);
  g_assert_cmpstr (broken, ==, "ok\n");
}

static gboolean
find_func (QdDb    *db,
           gpointer data,
           QdJob   *job,
           GError **error)
{
  gint64 *found = data;

  found[0] = qd_history_find_undo (db, NULL, error);
  found[1] = qd_history_find_redo (db, NULL, error);
  return TRUE;
}

/* What the keys do, until there is nothing: TRUE. */
static gboolean
press (QdStore *store,
       gboolean redo)
{
  gint64 found[2] = { 0 };
  GError *error = NULL;

  qd_store_run (store, QD_STORE_PRIORITY_READ, find_func, found, NULL, &error);
  g_assert_no_error (error);
  if (found[redo] == 0)
    return FALSE;
  store_undo (store, found[redo], redo, NULL, &error);
  g_assert_no_error (error);
  return TRUE;
}

static gboolean
list_func (QdDb    *db,
           gpointer data,
           QdJob   *job,
           GError **error)
{
  *(GPtrArray **) data = qd_history_list (db, error);
  return *(GPtrArray **) data != NULL;
}

static char *
newest_summary (QdStore *store)
{
  g_autoptr (GPtrArray) entries = NULL;
  GError *error = NULL;

  qd_store_run (store, QD_STORE_PRIORITY_READ, list_func, &entries, NULL, &error);
  g_assert_no_error (error);
  return g_strdup (((QdHistoryEntry *) entries->pdata[0])->summary);
}

/* An import and all kinds of changes on it; others beside it stay and are not listed. */
static void
test_import (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *listed = NULL;
  g_autofree char *summary = NULL;
  g_autofree char *redone = NULL;
  g_autofree char *only = NULL;
  GError *error = NULL;
  gint64 import, beside;

  import_accounts (fixture->store, 1, 50, 5);
  before = dump_data (fixture->path);
  import = import_accounts (fixture->store, 2, 0, 10);                                             /* 2 */
  edit (fixture->store, "UPDATE account SET csm = 'Ann' WHERE external_id = 'A1'");                /* 3 */
  import_lines (fixture->store, 3, 0, 10);                                                         /* 4 */
  edit (fixture->store, "UPDATE subscription_line SET amount_num = 7 WHERE external_id = 'b3-4'"); /* 5 */
  edit (fixture->store, "INSERT INTO account_value (account, field, valid_from, value) "           /* 6 */
                        "SELECT id, 'tier', -2147483648, 'gold' FROM account WHERE external_id = 'A5'");
  import_accounts (fixture->store, 4, 3, 4);                                                       /* 7 */
  edit (fixture->store, "UPDATE account SET csm = 'Bob' WHERE external_id IN ('A2', 'A3')");       /* 8 */
  edit (fixture->store, "DELETE FROM subscription_line WHERE external_id = 'b3-8'");               /* 9 */
  after = dump_data (fixture->path);

  assert_preview (fixture, import, FALSE, "9 8 7 6 5 4 3");
  listed = undo_with_later (fixture->store, import, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (listed, ==, "9 8 7 6 5 4 3");
  assert_dump (fixture, before);
  summary = newest_summary (fixture->store);
  g_assert_cmpstr (summary, ==, "Undo: Imported accounts; and 7 later changes");

  /* One step for the keys, also after a restart, to and fro. */
  store_fixture_reopen (fixture);
  for (int round = 0; round < 2; round++)
    {
      g_assert_true (press (fixture->store, TRUE));
      assert_dump (fixture, after);
      g_assert_false (press (fixture->store, TRUE));
      g_assert_true (press (fixture->store, FALSE));
      assert_dump (fixture, before);
    }
  g_assert_true (press (fixture->store, TRUE));
  redone = newest_summary (fixture->store);
  g_assert_cmpstr (redone, ==, "Redo: Imported accounts; and 7 later changes");

  /* Nothing of it concerns those. */
  beside = edit (fixture->store, "UPDATE account SET csm = 'Eve' WHERE external_id = 'A51'");
  import_accounts (fixture->store, 5, 60, 5);
  assert_preview (fixture, import, FALSE, "9 8 7 6 5 4 3");
  assert_preview (fixture, beside, TRUE, "");
  only = g_strdup_printf ("%" G_GINT64_FORMAT, beside);
  assert_preview (fixture, 1, FALSE, only);
}

/* Fields: the same one stands on it, another one does not, and what stands on a listed one is listed. */
static void
test_fields (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *listed = NULL;
  g_autofree char *text = NULL;
  GError *error = NULL;
  gint64 first;

  import_accounts (fixture->store, 1, 0, 3);
  before = dump_data (fixture->path);
  first = edit (fixture->store, "UPDATE account SET csm = 'Ann', region = 'EU' WHERE external_id = 'A1'"); /* 2 */
  edit (fixture->store, "UPDATE account SET stage = 'won' WHERE external_id = 'A1'");                     /* 3 */
  edit (fixture->store, "UPDATE account SET csm = 'Bob', domain = 'x.org' WHERE external_id = 'A1'");     /* 4 */
  edit (fixture->store, "UPDATE account SET domain = 'y.org' WHERE external_id = 'A1'");                  /* 5 */
  after = dump_data (fixture->path);
  assert_preview (fixture, first, TRUE, "5 4");
  listed = undo_with_later (fixture->store, first, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (listed, ==, "5 4");
  text = store_text (fixture->store, "SELECT ifnull (csm, '-') || ifnull (region, '-') || ifnull (domain, '-') || stage "
                                     "FROM account WHERE external_id = 'A1'");
  g_assert_cmpstr (text, ==, "---won");
  press (fixture->store, TRUE);
  assert_dump (fixture, after);
  press (fixture->store, FALSE);
  press (fixture->store, FALSE);
  assert_dump (fixture, before);
}

/* What took the place of a row that returns goes; an edit of an account that was only mentioned is not lost unsaid. */
static void
test_places (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *listed = NULL;
  g_autofree char *empty = dump_data (fixture->path);
  g_autoptr (GError) error = NULL;
  gint64 lines, gone;

  lines = import_lines (fixture->store, 1, 0, 3);
  before = dump_data (fixture->path);
  gone = edit (fixture->store, "DELETE FROM subscription_line WHERE external_id = 'b1-1'");                 /* 2 */
  edit (fixture->store, "INSERT INTO subscription_line (external_id, account, start, amount_num) "          /* 3 */
                        "VALUES ('b1-1', 100, 5, 5)");
  edit (fixture->store, "UPDATE subscription_line SET trial = 1 WHERE external_id = 'b1-1'");               /* 4 */
  after = dump_data (fixture->path);
  assert_preview (fixture, gone, FALSE, "4 3");
  listed = undo_with_later (fixture->store, gone, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (listed, ==, "4 3");
  assert_dump (fixture, before);
  press (fixture->store, TRUE);
  assert_dump (fixture, after);
  press (fixture->store, FALSE);

  edit (fixture->store, "UPDATE account SET csm = 'Ann' WHERE external_id = 'A2'");
  g_assert_false (store_undo (fixture->store, lines, FALSE, NULL, &error));
  g_assert_error (error, QD_STORE_ERROR, QD_STORE_ERROR_DEPENDANTS);
  g_clear_error (&error);
  g_free (listed);
  listed = undo_with_later (fixture->store, lines, NULL, &error);
  g_assert_no_error (error);
  assert_dump (fixture, empty);
}

/* An account known before points at one that an import brought: by the import itself that goes with it; by a later change,
 * that is what stands on it, not the import that once brought the account. */
static void
test_pointers (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *named = NULL;
  g_autofree char *number = NULL;
  gint64 import, later;

  import_lines (fixture->store, 1, 0, 2);
  before = dump_data (fixture->path);
  import = store_entry (fixture->store, QD_HISTORY_IMPORT, 2,
                        "INSERT INTO import_batch (id, time, kind, file, sha256) VALUES (2, 0, 'accounts', 'a.csv', '');"
                        "INSERT INTO account (id, external_id, name, batch) VALUES (300, 'C', 'Gamma', 2)",
                        "UPDATE account SET parent = 300, implied = 0, name = 'Beta', batch = 2 WHERE external_id = 'A0';"
                        "UPDATE account SET parent = 300 WHERE external_id = 'A1'", "Imported accounts");
  after = dump_data (fixture->path);
  assert_preview (fixture, import, TRUE, "");
  g_assert_true (store_undo (fixture->store, import, FALSE, NULL, &error));
  g_assert_no_error (error);
  assert_dump (fixture, before);
  press (fixture->store, TRUE);
  assert_dump (fixture, after);
  press (fixture->store, FALSE);
  assert_dump (fixture, before);
  press (fixture->store, TRUE);

  press (fixture->store, FALSE);

  import = store_entry (fixture->store, QD_HISTORY_IMPORT, 3,
                        "INSERT INTO import_batch (id, time, kind, file, sha256) VALUES (3, 0, 'accounts', 'c.csv', '');"
                        "INSERT INTO account (id, external_id, name, batch) VALUES (400, 'D', 'Delta', 3)",
                        NULL, "Imported accounts");
  edit (fixture->store, "UPDATE account SET seats = 4 WHERE external_id = 'A1'");
  later = edit (fixture->store, "UPDATE account SET parent = 400 WHERE external_id = 'A1'");
  g_assert_false (store_undo (fixture->store, import, FALSE, NULL, &error));
  named = g_strdup_printf ("Undo these first: entry %" G_GINT64_FORMAT " (Edited).", later);
  g_assert_nonnull (strstr (error->message, named));
  number = g_strdup_printf ("%" G_GINT64_FORMAT, later);
  assert_preview (fixture, import, FALSE, number);
}

/* Stopped in the middle, nothing has happened. */
static void
test_cancelled (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  g_autofree char *before = NULL;
  gint64 import;
  int stopped = 0, done = 0;

  import = import_accounts (fixture->store, 1, 0, 3000);
  import_lines (fixture->store, 50, 0, 3000);
  for (int i = 0; i < 20; i++)
    {
      g_autofree char *sql = g_strdup_printf ("UPDATE account SET csm = 'c%d' WHERE id %% 20 = %d", i, i);

      edit (fixture->store, sql);
    }
  before = run_sqlite (fixture->path, ".dump");
  for (int delay = 0; done == 0 && delay < 12; delay++)
    {
      g_autoptr (QdJob) job = qd_job_new ("undo", NULL);
      g_autoptr (GThread) thread = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *listed = NULL;
      g_autofree char *after = NULL;

      if (delay == 0)
        qd_job_cancel (job);
      else
        thread = g_thread_new ("cancel", (GThreadFunc) (void (*) (void)) qd_job_cancel, job);
      listed = undo_with_later (fixture->store, import, job, &error);
      if (thread != NULL)
        g_thread_join (g_steal_pointer (&thread));
      if (listed != NULL)
        {
          done++;
          break;
        }
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      stopped++;
      after = run_sqlite (fixture->path, ".dump");
      g_assert_cmpstr (after, ==, before);
    }
  g_assert_cmpint (stopped, >, 0);
}

/* Property: random changes; an oracle does the same without those that were undone. */

enum { STEPS = 22 };

typedef struct
{
  int what, a, n;
  char *ids; /* of the records that it was about when it was done first, as a person would choose them */
} Op;

/* What it holds, without numbers of rows: those depend on what came before; and without accounts that were only mentioned
 * by rows that somebody deleted. */
static char *
dump_content (StoreFixture *fixture)
{
  return run_sqlite (
      fixture->path,
      "SELECT external_id, name, segment, csm, region, stage, seats, implied, CASE implied WHEN 1 THEN '' ELSE batch END "
      "FROM account WHERE implied = 0 OR id IN (SELECT account FROM subscription_line) ORDER BY 1;"
      "SELECT l.external_id, a.external_id, l.start, l.amount_num, l.trial, l.batch FROM subscription_line l "
      "JOIN account a ON a.id = l.account ORDER BY 1;"
      "SELECT a.external_id, v.field, v.value, v.batch FROM account_value v JOIN account a ON a.id = v.account ORDER BY 1, 2");
}

#define NUMBER "CAST (substr (external_id, 2) AS INTEGER)"

static void
choose (QdStore    *store,
        Op         *op,
        const char *table,
        const char *condition)
{
  g_autofree char *sql = g_strdup_printf ("SELECT ifnull (group_concat (quote (external_id)), '') FROM %s WHERE %s", table,
                                          condition);

  if (op->ids == NULL)
    op->ids = store_text (store, sql);
}

static char *
number_is (const char *number,
           int         divisor,
           int         rest)
{
  return g_strdup_printf ("%s %% %d = %d", number, divisor, rest % divisor);
}

/* Lines of accounts that are there: 20 and up are never only mentioned. */
static gint64
import_known_lines (QdStore *store,
                    Op      *op,
                    gint64   batch)
{
  g_autofree char *condition = g_strdup_printf (NUMBER " BETWEEN max (20, %d) AND %d", op->a, op->a + op->n + 10);
  g_autofree char *sql = NULL;

  choose (store, op, "account", condition);
  sql = g_strdup_printf (
      "INSERT INTO import_batch (id, time, kind, file, sha256) VALUES (%1$d, 0, 'subscriptions', 'k.csv', '');"
      "INSERT INTO subscription_line (id, external_id, account, start, amount_num, batch)"
      " SELECT 100 * %1$d + " NUMBER ", 'k%1$d-' || external_id, id, 20000 + " NUMBER ", 5, %1$d FROM account WHERE external_id IN (%2$s)",
      (int) batch, op->ids);
  return store_entry (store, QD_HISTORY_IMPORT, batch, sql, NULL, "Imported lines");
}

static gint64
perform (QdStore *store,
         Op      *op,
         int      number)
{
  g_autofree char *accounts = number_is (NUMBER " >= 20 AND " NUMBER, 5, op->a);
  g_autofree char *lines = number_is ("start", 7, op->a);
  g_autofree char *sql = NULL;

  switch (op->what)
    {
    case 0:
      return import_lines (store, number + 1, op->a % 10, op->n % 10 + 1);
    case 1:
      return import_accounts (store, number + 1, op->a, op->n);
    case 2:
      return import_known_lines (store, op, number + 1);
    case 3:
      choose (store, op, "account", accounts);
      sql = g_strdup_printf ("UPDATE account SET csm = 'c%d' WHERE external_id IN (%s)", number, op->ids);
      break;
    case 4:
      choose (store, op, "account", accounts);
      sql = g_strdup_printf ("UPDATE account SET region = 'r%d', csm = 'd%d' WHERE external_id IN (%s)", number, number, op->ids);
      break;
    case 5:
      choose (store, op, "subscription_line", lines);
      sql = g_strdup_printf ("UPDATE subscription_line SET amount_num = amount_num + %d WHERE external_id IN (%s)", number + 1,
                             op->ids);
      break;
    case 6:
      choose (store, op, "subscription_line", lines);
      sql = g_strdup_printf ("DELETE FROM subscription_line WHERE external_id IN (%s)", op->ids);
      break;
    default:
      choose (store, op, "account", accounts);
      sql = g_strdup_printf ("INSERT INTO account_value (account, field, valid_from, value) SELECT id, 'f%d', -2147483648, 'v%d' "
                             "FROM account WHERE external_id IN (%s) ON CONFLICT DO UPDATE SET value = excluded.value",
                             op->n % 3, number, op->ids);
    }
  return edit (store, sql);
}

static gboolean
is_empty (QdStore *store,
          gint64   entry)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT changes IS NULL AND batch = 0 FROM history_entry WHERE id = %" G_GINT64_FORMAT, entry);

  return store_integer (store, sql) != 0;
}

static void
test_random (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  g_autoptr (StoreFixture) oracle = NULL;
  Op ops[STEPS];
  gint64 entries[STEPS];
  gboolean gone[STEPS] = { FALSE };

  for (int i = 0; i < STEPS; i++)
    {
      ops[i] = (Op){ g_test_rand_int_range (0, 8), g_test_rand_int_range (0, 32), g_test_rand_int_range (1, 12), NULL };
      entries[i] = perform (fixture->store, &ops[i], i);
    }
  for (int round = 0; round < 4; round++)
    {
      int which = g_test_rand_int_range (0, g_test_rand_int_range (1, STEPS)); /* old ones have more behind them */
      g_autofree char *before = dump_data (fixture->path);
      g_autofree char *after = NULL;
      g_autofree char *listed = NULL;
      g_autofree char *found = NULL;
      g_autofree char *expected = NULL;
      g_auto (GStrv) ids = NULL;
      GError *error = NULL;

      if (gone[which] || is_empty (fixture->store, entries[which]))
        continue;
      listed = undo_with_later (fixture->store, entries[which], NULL, &error);
      after = dump_data (fixture->path);
      if (round > 0 && g_error_matches (error, QD_STORE_ERROR, QD_STORE_ERROR_DEPENDANTS))
        {
          /* A deleted row would come back for an account that went with an earlier round. */
          g_clear_error (&error);
          g_assert_cmpstr (after, ==, before);
          continue;
        }
      g_assert_no_error (error);
      gone[which] = TRUE;
      ids = g_strsplit (listed, " ", -1);
      for (int i = 0; i < STEPS; i++)
        {
          g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, entries[i]);

          gone[i] = gone[i] || g_strv_contains ((const char *const *) ids, id);
        }

      g_clear_pointer (&oracle, store_fixture_free);
      oracle = store_fixture_new ();
      for (int i = 0; i < STEPS; i++)
        if (!gone[i])
          perform (oracle->store, &ops[i], i);
      found = dump_content (fixture);
      expected = dump_content (oracle);
      g_test_message ("undid %" G_GINT64_FORMAT " with %s", entries[which], listed);
      g_assert_cmpstr (found, ==, expected);

      press (fixture->store, TRUE);
      assert_dump (fixture, before);
      press (fixture->store, FALSE);
      assert_dump (fixture, after);
    }
  for (int i = 0; i < STEPS; i++)
    g_free (ops[i].ids);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  store_fixture_init ();
  g_test_add_func ("/history-later/import", test_import);
  g_test_add_func ("/history-later/fields", test_fields);
  g_test_add_func ("/history-later/places", test_places);
  g_test_add_func ("/history-later/pointers", test_pointers);
  g_test_add_func ("/history-later/cancelled", test_cancelled);
  g_test_add_func ("/history-later/random", test_random);
  return g_test_run ();
}
