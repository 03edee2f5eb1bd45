/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Undo and redo, against plain dumps by the sqlite3 command: what an undo
 * leaves must be what was there before, to the byte.
 */
#include "store-fixture.h"

#include <string.h>

/* An import of @n lines for accounts A<first>…, which become implied where they are unknown. */
static gint64
import_lines (QdStore    *store,
              gint64      batch,
              const char *prefix,
              int         first_account,
              int         n)
{
  g_autofree char *sql = g_strdup_printf (
      "INSERT INTO import_batch (id, time, kind, file, sha256) VALUES (%" G_GINT64_FORMAT
      ", 0, 'subscriptions', '%s.csv', '');"
      "WITH RECURSIVE n (i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM n WHERE i < %d)"
      "INSERT INTO account (external_id, name, implied, batch, line)"
      " SELECT 'A' || (%d + i %% 10), 'A' || (%d + i %% 10), 1, %" G_GINT64_FORMAT
      ", i + 2 FROM n WHERE true ON CONFLICT DO NOTHING;"
      "WITH RECURSIVE n (i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM n WHERE i < %d)"
      "INSERT INTO subscription_line (external_id, account, start, amount_num, batch, line)"
      " SELECT '%s' || i, (SELECT id FROM account WHERE external_id = 'A' || (%d + i %% 10)), 20000 + i, 100 * i, "
      "%" G_GINT64_FORMAT ", i + 2 FROM n",
      batch, prefix, n - 1, first_account, first_account, batch, n - 1, prefix, first_account, batch);

  return store_entry (store, QD_HISTORY_IMPORT, batch, sql, NULL, "Imported lines");
}

/* An import of accounts A<first>…: fills in what is implied, adds the others. */
static gint64
import_accounts (QdStore *store,
                 gint64   batch,
                 int      first_account,
                 int      n)
{
  g_autofree char *bulk = g_strdup_printf (
      "INSERT INTO import_batch (id, time, kind, file, sha256) VALUES (%" G_GINT64_FORMAT
      ", 0, 'accounts', 'accounts.csv', '');"
      "WITH RECURSIVE n (i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM n WHERE i < %d)"
      "INSERT INTO account (external_id, name, segment, batch, line)"
      " SELECT 'A' || (%d + i), 'Name ' || i, 'S' || (i %% 3), %" G_GINT64_FORMAT
      ", i + 2 FROM n WHERE true ON CONFLICT DO NOTHING",
      batch, n - 1, first_account, batch);
  g_autofree char *recorded = g_strdup_printf (
      "UPDATE account SET implied = 0, name = 'Filled ' || external_id, segment = 'S0', batch = %" G_GINT64_FORMAT
      " WHERE implied = 1 AND CAST (substr (external_id, 2) AS INTEGER) BETWEEN %d AND %d",
      batch, first_account, first_account + n - 1);

  return store_entry (store, QD_HISTORY_IMPORT, batch, bulk, recorded, "Imported accounts");
}

static gint64
edit (QdStore    *store,
      const char *sql)
{
  return store_entry (store, QD_HISTORY_EDIT, 0, NULL, sql, "Edited");
}

static void
undo (QdStore *store,
      gint64   entry)
{
  g_autoptr (GPtrArray) kept = NULL;
  GError *error = NULL;

  store_undo (store, entry, FALSE, &kept, &error);
  g_assert_no_error (error);
  if (kept->len > 0)
    g_test_message ("kept: %s", (char *) g_ptr_array_index (kept, 0));
  g_assert_cmpuint (kept->len, ==, 0);
}

static void
redo (QdStore *store,
      gint64   entry)
{
  g_autoptr (GPtrArray) kept = NULL;
  GError *error = NULL;

  store_undo (store, entry, TRUE, &kept, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (kept->len, ==, 0);
}

static void
refuse (QdStore      *store,
        gint64        entry,
        gboolean      is_redo,
        QdStoreError  code,
        const char   *words)
{
  g_autoptr (GPtrArray) kept = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (store_undo (store, entry, is_redo, &kept, &error));
  g_assert_error (error, QD_STORE_ERROR, (int) code);
  g_assert_null (kept);
  if (strstr (error->message, words) == NULL)
    g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, words));
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

static void
test_import (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  g_autofree char *empty = dump_data (fixture->path);
  g_autofree char *full = NULL;
  gint64 entry, last;

  entry = import_lines (fixture->store, 1, "x", 0, 500);
  full = dump_data (fixture->path);
  g_assert_cmpint (strlen (full), >, 500 * 20);
  g_assert_cmpint (qd_store_get_version (fixture->store), ==, 1);

  undo (fixture->store, entry);
  assert_dump (fixture, empty);
  g_assert_cmpint (qd_store_get_version (fixture->store), ==, 2);
  g_assert_cmpint (store_integer (fixture->store, "SELECT undone FROM import_batch"), ==, 1);
  refuse (fixture->store, entry, FALSE, QD_STORE_ERROR_NOT_UNDOABLE, "undone already");

  /* The undo is an entry, and outlives the program. */
  store_fixture_reopen (fixture);
  redo (fixture->store, entry);
  assert_dump (fixture, full);
  g_assert_cmpint (store_integer (fixture->store, "SELECT undone FROM import_batch"), ==, 0);

  /* The undo of the redo is the undo of the import; its undo brings the rows back. */
  last = store_integer (fixture->store, "SELECT max(id) FROM history_entry");
  undo (fixture->store, last);
  assert_dump (fixture, empty);
  undo (fixture->store, store_integer (fixture->store, "SELECT max(id) FROM history_entry"));
  assert_dump (fixture, full);
}

static void
test_edit (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gint64 entry;

  import_accounts (fixture->store, 1, 0, 20);
  before = dump_data (fixture->path);
  entry = edit (fixture->store,
                "UPDATE account SET csm = 'Ann', seats = 5 WHERE external_id IN ('A1', 'A2');"
                "INSERT INTO account_value (account, field, valid_from, value) VALUES (3, 'tier', -2147483648, 'gold');"
                "UPDATE account_value SET value = 'iron' WHERE field = 'tier';"
                "DELETE FROM account WHERE external_id = 'A9';"
                "INSERT INTO account (external_id, name) VALUES ('B', 'Béla ''s');"
                "INSERT INTO fx_rate (set_name, currency, month, mantissa, scale) VALUES ('f', 'EUR', 24300, 108, 2)");
  after = dump_data (fixture->path);
  g_assert_cmpstr (before, !=, after);
  undo (fixture->store, entry);
  assert_dump (fixture, before);
  redo (fixture->store, entry);
  assert_dump (fixture, after);
}

static void
test_later_wins (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  g_autoptr (GPtrArray) kept = NULL;
  g_autofree char *text = NULL;
  g_autofree char *final = NULL;
  g_autofree char *start = NULL;
  GError *error = NULL;
  gint64 first, second;

  import_accounts (fixture->store, 1, 0, 3);
  start = dump_data (fixture->path);
  first = edit (fixture->store, "UPDATE account SET csm = 'Ann', region = 'EU' WHERE external_id = 'A1'");
  second = edit (fixture->store, "UPDATE account SET csm = 'Bob' WHERE external_id = 'A1'");

  store_undo (fixture->store, first, FALSE, &kept, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (kept->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (kept, 0), ==, "account “Name 1”: Customer Success Manager, now “Bob”");
  text = store_text (fixture->store, "SELECT csm || '/' || ifnull (region, '-') FROM account WHERE external_id = 'A1'");
  g_assert_cmpstr (text, ==, "Bob/-");

  /* What the later one had overwritten has been undone: it does not come back. */
  undo (fixture->store, second);
  assert_dump (fixture, start);
  redo (fixture->store, second);
  g_free (text);
  text = store_text (fixture->store, "SELECT csm || '/' || ifnull (region, '-') FROM account WHERE external_id = 'A1'");
  g_assert_cmpstr (text, ==, "Bob/-");
}

static void
test_dependants (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  g_autofree char *empty = dump_data (fixture->path);
  g_autofree char *full = NULL;
  gint64 accounts, lines, change;

  accounts = import_accounts (fixture->store, 1, 0, 10);
  lines = import_lines (fixture->store, 2, "x", 0, 30);
  full = dump_data (fixture->path);
  refuse (fixture->store, accounts, FALSE, QD_STORE_ERROR_DEPENDANTS, "import 2 (subscriptions, x.csv, 30 rows)");
  assert_dump (fixture, full);

  change = edit (fixture->store, "UPDATE subscription_line SET trial = 1 WHERE external_id = 'x3'");
  refuse (fixture->store, lines, FALSE, QD_STORE_ERROR_DEPENDANTS, "entry 3 (Edited)");
  undo (fixture->store, change);
  assert_dump (fixture, full);
  undo (fixture->store, lines);
  undo (fixture->store, accounts);
  assert_dump (fixture, empty);

  /* Back in the reverse order only, and not after something new. */
  refuse (fixture->store, lines, TRUE, QD_STORE_ERROR_NOT_UNDOABLE, "redo entry 1 first");
  redo (fixture->store, accounts);
  redo (fixture->store, lines);
  assert_dump (fixture, full);
  undo (fixture->store, lines);
  edit (fixture->store, "INSERT INTO account (external_id, name) VALUES ('new', 'New')");
  refuse (fixture->store, lines, TRUE, QD_STORE_ERROR_NOT_UNDOABLE, "something else was changed since");
}

static void
test_implied (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  g_autofree char *empty = dump_data (fixture->path);
  gint64 first, second, accounts;

  /* Accounts 0-9 by the first, 5-14 by the second: 5-9 stay while the second needs them. */
  first = import_lines (fixture->store, 1, "x", 0, 30);
  second = import_lines (fixture->store, 2, "y", 5, 30);
  g_assert_cmpint (store_integer (fixture->store, "SELECT count(*) FROM account"), ==, 15);
  undo (fixture->store, first);
  g_assert_cmpint (store_integer (fixture->store, "SELECT count(*) FROM account"), ==, 10);
  undo (fixture->store, second);
  assert_dump (fixture, empty);

  /* Filled in by an import of accounts: the lines can go, the account stays. */
  first = import_lines (fixture->store, 3, "x", 0, 10);
  accounts = import_accounts (fixture->store, 4, 0, 12);
  undo (fixture->store, first);
  g_assert_cmpint (store_integer (fixture->store, "SELECT count(*) FROM account WHERE implied = 0"), ==, 12);
  g_assert_cmpint (store_integer (fixture->store, "SELECT count(*) FROM subscription_line"), ==, 0);
  undo (fixture->store, accounts);
  assert_dump (fixture, empty);
  redo (fixture->store, accounts);
  redo (fixture->store, first);
  g_assert_cmpint (store_integer (fixture->store, "SELECT count(*) FROM account WHERE implied = 0"), ==, 12);
  g_assert_cmpint (store_integer (fixture->store, "SELECT count(*) FROM subscription_line"), ==, 10);

  /* The other way round: without the import of accounts they are implied again. */
  undo (fixture->store, accounts);
  g_assert_cmpint (store_integer (fixture->store, "SELECT count(*) FROM account WHERE implied = 1"), ==, 10);
  g_assert_cmpint (store_integer (fixture->store, "SELECT count(*) FROM account"), ==, 10);
  undo (fixture->store, first);
  assert_dump (fixture, empty);
}

/* The second import merges lines of the first and takes them over; a third replaces all. */
static void
test_merge_and_replace (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  char *dumps[4] = { NULL };
  gint64 entries[3];

  dumps[0] = dump_data (fixture->path);
  entries[0] = import_lines (fixture->store, 1, "x", 0, 30);
  dumps[1] = dump_data (fixture->path);
  entries[1] = store_entry (
      fixture->store, QD_HISTORY_IMPORT, 2,
      "INSERT INTO import_batch (id, time, kind, file, sha256) VALUES (2, 0, 'subscriptions', 'two.csv', '');"
      "INSERT INTO subscription_line (external_id, account, start, amount_num, batch) VALUES ('z', 1, 1, 1, 2)",
      "UPDATE subscription_line SET amount_num = amount_num + 7, batch = 2, line = 9 WHERE external_id LIKE 'x1%';"
      "UPDATE subscription_line SET trial = 1 WHERE external_id = 'z'",
      "Imported two");
  dumps[2] = dump_data (fixture->path);
  entries[2] = store_entry (
      fixture->store, QD_HISTORY_IMPORT, 3,
      "INSERT INTO import_batch (id, time, kind, file, sha256) VALUES (3, 0, 'mrr', 'three.csv', '');"
      "INSERT INTO revenue_month (account, month, amount_num, batch) SELECT id, 24300, 5, 3 FROM account",
      "DELETE FROM subscription_line", "Replaced");
  dumps[3] = dump_data (fixture->path);

  refuse (fixture->store, entries[0], FALSE, QD_STORE_ERROR_DEPENDANTS, "import 2 (Imported two)");
  refuse (fixture->store, entries[1], FALSE, QD_STORE_ERROR_DEPENDANTS, "import 3 (Replaced)");
  assert_dump (fixture, dumps[3]);
  for (int round = 0; round < 2; round++)
    {
      for (int i = 2; i >= 0; i--)
        {
          undo (fixture->store, entries[i]);
          assert_dump (fixture, dumps[i]);
        }
      store_fixture_reopen (fixture);
      for (int i = 0; i < 3; i++)
        {
          redo (fixture->store, entries[i]);
          assert_dump (fixture, dumps[i + 1]);
        }
    }
  for (gsize i = 0; i < G_N_ELEMENTS (dumps); i++)
    g_free (dumps[i]);
}

/* SQLite gives the numbers of deleted rows again: whoever has one now is left alone. */
static void
test_numbers (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  g_autoptr (GPtrArray) kept = NULL;
  g_autofree char *before = NULL;
  GError *error = NULL;
  gint64 first, second;

  first = import_lines (fixture->store, 1, "x", 0, 2);
  second = store_entry (
      fixture->store, QD_HISTORY_IMPORT, 2,
      "INSERT INTO import_batch (id, time, kind, file, sha256) VALUES (2, 0, 'subscriptions', 'two.csv', '');"
      "INSERT INTO revenue_month (account, month, amount_num, batch) VALUES (1, 24300, 5, 2)",
      "UPDATE subscription_line SET amount_num = 77, batch = 2 WHERE external_id = 'x0';"
      "UPDATE account SET segment = 'SMB' WHERE external_id = 'A1'", "Imported two");
  edit (fixture->store, "UPDATE revenue_month SET amount_num = 6");
  undo (fixture->store, 3);
  undo (fixture->store, second);
  undo (fixture->store, first);
  import_lines (fixture->store, 3, "z", 5, 2);
  edit (fixture->store, "INSERT INTO revenue_month (account, month, amount_num) VALUES (1, 24300, 5)");
  before = dump_data (fixture->path);

  /* 4: the undo of the edit of an amount of A0, 5: that of the second import */
  store_undo (fixture->store, 4, FALSE, &kept, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (kept->len, ==, 1);
  assert_dump (fixture, before);
  refuse (fixture->store, 5, FALSE, QD_STORE_ERROR_DEPENDANTS, "account “A0” cannot come back: import 3 has brought");
  refuse (fixture->store, 6, FALSE, QD_STORE_ERROR_DEPENDANTS, "cannot come back: import 3 has brought");
  assert_dump (fixture, before);

}

/* As before, with rows that an import, or a person, changed and nothing else. */
static void
test_numbers_of_changed (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  g_autoptr (GPtrArray) kept = NULL;
  g_autofree char *before = NULL;
  GError *error = NULL;
  gint64 account, gone;

  import_lines (fixture->store, 1, "x", 0, 2);
  store_entry (fixture->store, QD_HISTORY_IMPORT, 2,
               "INSERT INTO import_batch (id, time, kind, file, sha256) VALUES (2, 0, 'subscriptions', 'two.csv', '')",
               "UPDATE subscription_line SET amount_num = 77 WHERE external_id = 'x0';"
               "UPDATE account SET segment = 'SMB' WHERE external_id = 'A1'", "Imported two");
  undo (fixture->store, 2);
  undo (fixture->store, 1);
  import_lines (fixture->store, 3, "z", 5, 2);
  before = dump_data (fixture->path);
  store_undo (fixture->store, 3, FALSE, &kept, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (kept->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (kept, 0), ==, "account “A1”: was deleted later");
  g_assert_cmpstr (g_ptr_array_index (kept, 1), ==, "subscription line “x0”: was deleted later");
  assert_dump (fixture, before);

  /* A line does not come back to whoever has its account's number. */
  account = edit (fixture->store, "INSERT INTO account (external_id, name) VALUES ('D', 'Delta')");
  edit (fixture->store, "INSERT INTO subscription_line (external_id, account, start, amount_num) "
                        "SELECT 'LD', id, 1, 1 FROM account WHERE external_id = 'D'");
  gone = edit (fixture->store, "DELETE FROM subscription_line WHERE external_id = 'LD'");
  edit (fixture->store, "DELETE FROM account WHERE external_id = 'D'");
  import_lines (fixture->store, 4, "y", 8, 1);
  refuse (fixture->store, gone, FALSE, QD_STORE_ERROR_DEPENDANTS, "account “D” cannot come back: import 4 has brought");
  refuse (fixture->store, account, FALSE, QD_STORE_ERROR_DEPENDANTS, "Undo these first");
}

/* The same file again after its undo: then the undone one cannot come back beside it. */
static void
test_no_room (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  g_autofree char *full = NULL;
  gint64 entry, again, last;

  entry = import_lines (fixture->store, 1, "x", 0, 5);
  undo (fixture->store, entry);
  last = store_integer (fixture->store, "SELECT max(id) FROM history_entry");
  again = import_lines (fixture->store, 2, "x", 0, 5);
  full = dump_data (fixture->path);
  refuse (fixture->store, last, FALSE, QD_STORE_ERROR_DEPENDANTS, "import 2");
  assert_dump (fixture, full);
  undo (fixture->store, again);
  undo (fixture->store, last);
  g_assert_cmpint (store_integer (fixture->store, "SELECT count(*) FROM subscription_line WHERE batch = 1"), ==, 5);
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

static void
test_list (void)
{
  static const struct
  {
    QdHistoryKind kind;
    gint64 target;
    const char *summary;
    gboolean undone, undoable;
  } expected[] = {
    { QD_HISTORY_REDO, 1, "Redo: Imported lines", FALSE, TRUE },
    { QD_HISTORY_UNDO, 1, "Undo: Imported lines", TRUE, FALSE },
    { QD_HISTORY_UNDO, 2, "Undo: Edited", FALSE, TRUE },
    { QD_HISTORY_SETTING, 0, "Named", FALSE, TRUE },
    { QD_HISTORY_EDIT, 0, "Edited", TRUE, FALSE },
    { QD_HISTORY_IMPORT, 0, "Imported lines", FALSE, TRUE },
  };
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  g_autoptr (GPtrArray) entries = NULL;
  GError *error = NULL;

  import_lines (fixture->store, 1, "x", 0, 5);
  edit (fixture->store, "UPDATE account SET csm = 'Ann' WHERE id = 1");
  store_entry (fixture->store, QD_HISTORY_SETTING, 0, NULL, "UPDATE setting SET value = 'New' WHERE key = 'name'",
               "Named");
  undo (fixture->store, 2);
  undo (fixture->store, 1);
  redo (fixture->store, 1);
  qd_store_run (fixture->store, QD_STORE_PRIORITY_READ, list_func, &entries, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (entries->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < entries->len; i++)
    {
      QdHistoryEntry *entry = g_ptr_array_index (entries, i);

      g_assert_cmpint (entry->id, ==, (gint64) G_N_ELEMENTS (expected) - i);
      g_assert_cmpint (entry->kind, ==, expected[i].kind);
      g_assert_cmpint (entry->target, ==, expected[i].target);
      g_assert_cmpstr (entry->summary, ==, expected[i].summary);
      g_assert_cmpint (entry->undone, ==, expected[i].undone);
      g_assert_cmpint (entry->undoable, ==, expected[i].undoable);
    }
  undo (fixture->store, 3);
  g_assert_cmpint (store_integer (fixture->store, "SELECT value = 'Test' FROM setting WHERE key = 'name'"), ==, 1);
  g_assert_cmpint (qd_store_get_version (fixture->store), ==, 7);
}

static void
test_shape (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  g_autofree char *shape = NULL;
  g_autofree char *full = NULL;
  gint64 entry;

  import_accounts (fixture->store, 1, 0, 3);
  entry = edit (fixture->store, "UPDATE account_value SET value = '1'; INSERT INTO fx_rate (set_name, currency, month, "
                                "mantissa, scale) VALUES ('f', 'EUR', 1, 1, 0)");
  shape = store_text (fixture->store, "SELECT shape FROM history_entry WHERE id = 2");
  g_assert_cmpstr (shape, ==, "fx_rate(set_name*,currency*,month*,mantissa,scale,batch,line)");
  full = dump_data (fixture->path);

  /* Fewer columns recorded than there are: fine. Others: no longer. */
  store_exec (fixture->store, "UPDATE history_entry SET shape = 'fx_rate(set_name*,currency*,month*,mantissa,scale)' "
                              "WHERE id = 2");
  undo (fixture->store, entry);
  redo (fixture->store, entry);
  assert_dump (fixture, full);
  store_exec (fixture->store, "UPDATE history_entry SET shape = 'fx_rate(set_name*,currency*,month*,rate)'");
  refuse (fixture->store, entry, FALSE, QD_STORE_ERROR_NOT_UNDOABLE, "can be read but no longer undone");
  assert_dump (fixture, full);
}

/* Whatever happened: undone from the end to the start, each step is as it was; redone, too. Undone in any order, it
 * is done or refused, and in both cases nothing is left half done. */
static void
test_random (void)
{
  enum { STEPS = 24 };
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  char *dumps[STEPS + 1] = { NULL };
  gint64 entries[STEPS];
  int done = 0, refused = 0;

  dumps[0] = dump_data (fixture->path);
  for (int i = 0; i < STEPS; i++)
    {
      int a = g_test_rand_int_range (0, 40);
      g_autofree char *sql = NULL;

      switch (g_test_rand_int_range (0, 6))
        {
        case 0:
          {
            g_autofree char *prefix = g_strdup_printf ("i%d-", i);

            entries[i] = import_lines (fixture->store, i + 1, prefix, a, g_test_rand_int_range (1, 40));
          }
          break;
        case 1:
          entries[i] = import_accounts (fixture->store, i + 1, a, g_test_rand_int_range (1, 20));
          break;
        case 2:
          sql = g_strdup_printf ("UPDATE account SET csm = 'c%d' WHERE id %% 5 = %d", i, i % 5);
          break;
        case 3:
          sql = g_strdup_printf ("UPDATE subscription_line SET amount_num = amount_num + %d, trial = 1 - trial "
                                 "WHERE id %% 7 = %d", i, i % 7);
          break;
        case 4:
          sql = g_strdup_printf ("DELETE FROM subscription_line WHERE id %% 11 = %d", i % 11);
          break;
        default:
          sql = g_strdup_printf ("INSERT INTO account (external_id, name) VALUES ('E%d', 'e'); UPDATE account SET "
                                 "region = 'r%d', seats = ifnull (seats, 0) + 1 WHERE external_id LIKE 'E%%'", i, i);
        }
      if (sql != NULL)
        entries[i] = edit (fixture->store, sql);
      dumps[i + 1] = dump_data (fixture->path);
    }
  for (int i = STEPS - 1; i >= 0; i--)
    {
      /* Edits that hit no row have nothing to undo. */
      g_autofree char *changes = g_strdup_printf (
          "SELECT changes IS NOT NULL OR batch > 0 FROM history_entry WHERE id = %" G_GINT64_FORMAT, entries[i]);

      if (store_integer (fixture->store, changes) == 0)
        entries[i] = 0;
      else
        undo (fixture->store, entries[i]);
      assert_dump (fixture, dumps[i]);
    }
  store_fixture_reopen (fixture);
  for (int i = 0; i < STEPS; i++)
    {
      if (entries[i] != 0)
        redo (fixture->store, entries[i]);
      assert_dump (fixture, dumps[i + 1]);
    }

  for (int i = 0; i < STEPS; i++)
    {
      gint64 entry = entries[g_test_rand_int_range (0, STEPS)];
      g_autofree char *before = dump_data (fixture->path);
      g_autoptr (GError) error = NULL;
      g_autofree char *after = NULL;

      if (entry == 0)
        continue;
      if (store_undo (fixture->store, entry, FALSE, NULL, &error))
        {
          done++;
          /* At once undone again, it is as before. */
          redo (fixture->store, entry);
          assert_dump (fixture, before);
          store_undo (fixture->store, entry, FALSE, NULL, &error);
          g_assert_no_error (error);
          continue;
        }
      refused++;
      g_assert_true (error->code == QD_STORE_ERROR_DEPENDANTS || error->code == QD_STORE_ERROR_NOT_UNDOABLE);
      after = dump_data (fixture->path);
      g_assert_cmpstr (after, ==, before);
    }
  g_test_message ("in any order: %d undone, %d refused", done, refused);
  for (int i = 0; i <= STEPS; i++)
    g_free (dumps[i]);
}

static gboolean
rollback_func (QdDb    *db,
               gpointer data,
               QdJob   *job,
               GError **error)
{
  if (!qd_history_begin (db, QD_HISTORY_EDIT, 0, "Dry run", error))
    return FALSE;
  qd_history_record (db, TRUE);
  if (!qd_db_exec (db, "INSERT INTO account (external_id, name) VALUES ('a', 'b')", error))
    return FALSE;
  qd_history_rollback (db);
  return TRUE;
}

static void
test_rollback (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  g_autofree char *before = run_sqlite (fixture->path, ".dump");
  g_autofree char *after = NULL;

  g_assert_true (qd_store_run (fixture->store, QD_STORE_PRIORITY_EDIT, rollback_func, NULL, NULL, NULL));
  after = run_sqlite (fixture->path, ".dump");
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpint (qd_store_get_version (fixture->store), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  store_fixture_init ();
  g_test_add_func ("/history/import", test_import);
  g_test_add_func ("/history/edit", test_edit);
  g_test_add_func ("/history/later-wins", test_later_wins);
  g_test_add_func ("/history/dependants", test_dependants);
  g_test_add_func ("/history/implied", test_implied);
  g_test_add_func ("/history/numbers", test_numbers);
  g_test_add_func ("/history/numbers-of-changed", test_numbers_of_changed);
  g_test_add_func ("/history/merge-and-replace", test_merge_and_replace);
  g_test_add_func ("/history/no-room", test_no_room);
  g_test_add_func ("/history/list", test_list);
  g_test_add_func ("/history/shape", test_shape);
  g_test_add_func ("/history/random", test_random);
  g_test_add_func ("/history/rollback", test_rollback);
  return g_test_run ();
}
