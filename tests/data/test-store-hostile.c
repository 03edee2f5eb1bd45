/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Files that are no workspace, bad ones and strange company: each has its own
 * message, and not a byte of it or of what lies beside it changes.
 */
#include "store-fixture.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* Changing files */

static void
put_bytes (const char   *path,
           goffset       offset,
           gconstpointer bytes,
           gsize         length)
{
  int fd = g_open (path, O_RDWR | O_CREAT, 0644);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (pwrite (fd, bytes, length, offset), ==, (gssize) length);
  close (fd);
}

static void
cut (const char *path,
     goffset     length)
{
  g_assert_cmpint (truncate (path, length), ==, 0);
}

static goffset
size_of (const char *path)
{
  GStatBuf info;

  g_assert_cmpint (g_stat (path, &info), ==, 0);
  return info.st_size;
}

static void
sql (const char *path,
     const char *text)
{
  g_autofree char *out = run_sqlite (path, text);
}

/* Page by page, each row a bit over a page's tenth. */
static void
fill (const char *path)
{
  sql (path, "WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 2000)"
             "INSERT INTO account (id, external_id, name) SELECT i, 'A' || i, 'Name ' || hex (zeroblob (100)) FROM n;"
             "INSERT INTO movement_event (account, day, amount_num) SELECT id, id, id FROM account");
}

/* Builders: they make what is to be opened at @path out of a good, filled workspace. */

static void make_missing (const char *path) { g_unlink (path); }
static void make_empty (const char *path) { cut (path, 0); }
static void make_cut_header (const char *path) { cut (path, 60); }
static void make_cut_first_page (const char *path) { cut (path, 100); }
static void make_cut_page (const char *path) { cut (path, 4096); }
static void make_cut_half (const char *path) { cut (path, size_of (path) / 2); }
static void make_cut_one (const char *path) { cut (path, size_of (path) - 1); }

static void
make_directory (const char *path)
{
  g_unlink (path);
  g_mkdir (path, 0755);
}

static void
make_loop (const char *path)
{
  g_autofree char *other = g_strconcat (path, ".other", NULL);

  g_unlink (path);
  g_assert_cmpint (symlink (path, other), ==, 0);
  g_assert_cmpint (symlink (other, path), ==, 0);
}

static void
make_dangling (const char *path)
{
  g_unlink (path);
  g_assert_cmpint (symlink ("/nowhere/at/all", path), ==, 0);
}

static void
make_pipe (const char *path)
{
  g_unlink (path);
  g_assert_cmpint (mkfifo (path, 0644), ==, 0);
}

static void
make_text (const char *path)
{
  cut (path, 0);
  put_bytes (path, 0, "account_id,month,mrr\nA1,2026-01,100.00\n", 39);
}

static void
make_magic_only (const char *path)
{
  cut (path, 16);
}

static void
make_noise (const char *path)
{
  guchar noise[4096];
  guint32 state = 1;

  for (gsize i = 0; i < sizeof noise; i++)
    noise[i] = (guchar) ((state = state * 1664525 + 1013904223) >> 24);
  cut (path, 0);
  put_bytes (path, 0, noise, sizeof noise);
}

static void
make_foreign (const char *path)
{
  g_unlink (path);
  sql (path, "CREATE TABLE bookmark (url TEXT); INSERT INTO bookmark VALUES ('https://example.org')");
}

static void make_other_id (const char *path) { sql (path, "PRAGMA application_id = 12345"); }
static void make_newer (const char *path) { sql (path, "PRAGMA user_version = 7"); }
static void make_no_version (const char *path) { sql (path, "PRAGMA user_version = 0"); }
static void make_page_size (const char *path) { put_bytes (path, 16, "\x0f\xff", 2); }
static void make_page_count (const char *path) { put_bytes (path, 28, "\x7f\xff\xff\xff", 4); }

static void
make_flipped_page (const char *path)
{
  guchar page[4096];

  memset (page, 0xa5, sizeof page);
  put_bytes (path, size_of (path) / 4096 / 2 * 4096, page, sizeof page);
}

static void
make_flipped_schema (const char *path)
{
  guchar page[400];

  memset (page, 0xa5, sizeof page);
  put_bytes (path, 100, page, sizeof page);
}

static void
make_free_list (const char *path)
{
  /* A free list whose first page is the root of all tables. */
  put_bytes (path, 32, "\x00\x00\x00\x01\x00\x00\x00\x05", 8);
}

static void
make_trigger (const char *path)
{
  sql (path, "CREATE TRIGGER evil AFTER INSERT ON account BEGIN DELETE FROM movement_event; END");
}

static void make_view (const char *path) { sql (path, "CREATE VIEW evil AS SELECT load_extension ('/tmp/evil.so')"); }

static void
make_replaced_view (const char *path)
{
  sql (path, "DROP VIEW accounts; CREATE VIEW accounts AS SELECT load_extension ('/tmp/evil.so') AS account_id");
}

static void make_renamed_column (const char *path) { sql (path, "ALTER TABLE product RENAME COLUMN name TO label"); }
static void make_added_column (const char *path) { sql (path, "ALTER TABLE product ADD COLUMN evil TEXT"); }
static void make_missing_table (const char *path) { sql (path, "DROP TABLE fx_rate"); }
static void make_missing_index (const char *path) { sql (path, "DROP INDEX import_row_batch"); }
static void make_extra_table (const char *path) { sql (path, "CREATE TABLE notes (text TEXT)"); }
static void make_extra_index (const char *path) { sql (path, "CREATE INDEX evil ON account (name)"); }
static void make_virtual (const char *path) { sql (path, "CREATE VIRTUAL TABLE evil USING fts5 (text)"); }

static void
make_weak_check (const char *path)
{
  sql (path, "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace (sql, 'CHECK (mantissa > 0)', '') "
             "WHERE name = 'fx_rate'");
}

static void
make_bad_schema (const char *path)
{
  sql (path, "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = 'CREATE TABLE fx_rate (' WHERE name = 'fx_rate'");
}

static void
make_shared_root (const char *path)
{
  sql (path, "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE "
             "name = 'setting') WHERE name = 'cache'");
}

static void make_no_currency (const char *path) { sql (path, "DELETE FROM setting WHERE key = 'currency'"); }
static void make_bad_currency (const char *path) { sql (path, "UPDATE setting SET value = '€€' WHERE key = 'currency'"); }
static void make_bad_fiscal (const char *path) { sql (path, "UPDATE setting SET value = '13' WHERE key = 'fiscal_start'"); }

static void
make_bad_version (const char *path)
{
  sql (path, "UPDATE setting SET value = '99999999999999999999999' WHERE key = 'data_version'");
}

static void
make_dangling_row (const char *path)
{
  sql (path, "INSERT INTO movement_event (account, day, amount_num) VALUES (999999, 1, 1)");
}

static void
make_bad_row (const char *path)
{
  sql (path, "PRAGMA ignore_check_constraints = ON; INSERT INTO movement_event (account, day, amount_num, amount_den) "
             "VALUES (1, 1, 1, 0)");
}

static const struct
{
  const char *name;
  void (*make) (const char *path);
  QdStoreError code;
  const char *words;
} cases[] = {
  { "missing", make_missing, QD_STORE_ERROR_NOT_FOUND, "There is no file" },
  { "dangling-link", make_dangling, QD_STORE_ERROR_NOT_FOUND, "There is no file" },
  { "directory", make_directory, QD_STORE_ERROR_DIRECTORY, "is a folder" },
  { "link-loop", make_loop, QD_STORE_ERROR_LINK_LOOP, "leads back to itself" },
  { "pipe", make_pipe, QD_STORE_ERROR_NOT_DATABASE, "a device or a pipe" },
  { "zero-byte", make_empty, QD_STORE_ERROR_EMPTY, "is empty (0 bytes)" },
  { "text", make_text, QD_STORE_ERROR_NOT_DATABASE, "import it into a workspace" },
  { "noise", make_noise, QD_STORE_ERROR_NOT_DATABASE, "is not a Quarterdeck workspace" },
  { "magic-only", make_magic_only, QD_STORE_ERROR_DAMAGED, "its first page makes no sense" },
  { "cut-in-header", make_cut_header, QD_STORE_ERROR_DAMAGED, "its first page makes no sense" },
  { "cut-after-header", make_cut_first_page, QD_STORE_ERROR_DAMAGED, "cut short to 100 of" },
  { "cut-after-page", make_cut_page, QD_STORE_ERROR_DAMAGED, "cut short to 4096 of" },
  { "cut-in-half", make_cut_half, QD_STORE_ERROR_DAMAGED, "cut short to" },
  { "cut-by-one", make_cut_one, QD_STORE_ERROR_DAMAGED, "cut short to" },
  { "foreign-database", make_foreign, QD_STORE_ERROR_FOREIGN, "a database of another program" },
  { "other-application", make_other_id, QD_STORE_ERROR_FOREIGN, "a database of another program" },
  { "newer", make_newer, QD_STORE_ERROR_NEWER, "format 7; this version knows up to 3" },
  { "no-version", make_no_version, QD_STORE_ERROR_SCHEMA, "has no format number" },
  { "page-size", make_page_size, QD_STORE_ERROR_DAMAGED, "its first page makes no sense" },
  { "page-count", make_page_count, QD_STORE_ERROR_DAMAGED, "cut short to" },
  { "flipped-page", make_flipped_page, QD_STORE_ERROR_DAMAGED, "is damaged" },
  { "flipped-schema", make_flipped_schema, QD_STORE_ERROR_DAMAGED, "is damaged" },
  { "free-list", make_free_list, QD_STORE_ERROR_DAMAGED, "is damaged" },
  { "trigger", make_trigger, QD_STORE_ERROR_SCHEMA, "an unknown trigger evil" },
  { "view", make_view, QD_STORE_ERROR_SCHEMA, "an unknown view evil" },
  { "replaced-view", make_replaced_view, QD_STORE_ERROR_SCHEMA, "its view accounts has another form" },
  { "renamed-column", make_renamed_column, QD_STORE_ERROR_SCHEMA, "has another form" },
  { "added-column", make_added_column, QD_STORE_ERROR_SCHEMA, "its table product has another form" },
  { "missing-table", make_missing_table, QD_STORE_ERROR_SCHEMA, "its table fx_rate is missing" },
  { "missing-index", make_missing_index, QD_STORE_ERROR_SCHEMA, "its index import_row_batch is missing" },
  { "extra-table", make_extra_table, QD_STORE_ERROR_SCHEMA, "an unknown table notes" },
  { "extra-index", make_extra_index, QD_STORE_ERROR_SCHEMA, "an unknown index evil" },
  { "virtual-table", make_virtual, QD_STORE_ERROR_SCHEMA, "an unknown table evil" },
  { "weak-check", make_weak_check, QD_STORE_ERROR_SCHEMA, "its table fx_rate has another form" },
  { "bad-schema", make_bad_schema, QD_STORE_ERROR_DAMAGED, "is damaged" },
  { "shared-root", make_shared_root, QD_STORE_ERROR_DAMAGED, "is damaged" },
  { "no-currency", make_no_currency, QD_STORE_ERROR_SCHEMA, "setting “currency”" },
  { "bad-currency", make_bad_currency, QD_STORE_ERROR_SCHEMA, "setting “currency”" },
  { "bad-fiscal-start", make_bad_fiscal, QD_STORE_ERROR_SCHEMA, "setting “fiscal_start”" },
  { "bad-data-version", make_bad_version, QD_STORE_ERROR_SCHEMA, "setting “data_version”" },
  { "dangling-row", make_dangling_row, QD_STORE_ERROR_DAMAGED, "movement_event point at nothing" },
  { "bad-row", make_bad_row, QD_STORE_ERROR_DAMAGED, "CHECK constraint failed" },
};

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Every file of the folder with its content and time of change. */
static char *
folder_digest (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      GStatBuf info;
      g_autofree char *digest = NULL;

      if (g_lstat (path, &info) == 0 && S_ISREG (info.st_mode))
        digest = file_digest (path);
      g_ptr_array_add (lines, g_strdup_printf ("%s %s", name, digest ? digest : "-"));
    }
  g_ptr_array_sort (lines, compare_names);
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (char **) lines->pdata);
}

static void
test_refused (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  g_autofree char *before = NULL;
  static const QdStoreFlags flags[] = { QD_STORE_OPEN_DEFAULT, QD_STORE_OPEN_READ_ONLY, QD_STORE_OPEN_COPY_IF_LOCKED };

  store_fixture_close (fixture);
  fill (fixture->path);
  cases[i].make (fixture->path);
  before = folder_digest (fixture->folder);
  for (gsize j = 0; j < G_N_ELEMENTS (flags); j++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *after = NULL;
      QdStore *store = qd_store_open (fixture->path, flags[j], NULL, &error);

      g_assert_null (store);
      g_test_message ("%s", error->message);
      g_assert_error (error, QD_STORE_ERROR, (int) cases[i].code);
      g_assert_nonnull (strstr (error->message, cases[i].words));
      g_assert_null (strstr (error->message, "SELECT"));
      after = folder_digest (fixture->folder);
      g_assert_cmpstr (after, ==, before);
    }
}

/* Shown from a copy */

static gboolean
write_func (QdDb    *db,
            gpointer data,
            QdJob   *job,
            GError **error)
{
  return qd_history_begin (db, QD_HISTORY_EDIT, 0, "Try", error);
}

/* Opens, finds @accounts, cannot write, has @notice, and nothing in the folder has changed. */
static void
assert_shown (StoreFixture *fixture,
              QdStoreFlags  flags,
              gint64        accounts,
              const char   *notice)
{
  g_autofree char *before = folder_digest (fixture->folder);
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  QdStore *store = qd_store_open (fixture->path, flags, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (qd_store_is_read_only (store));
  g_assert_cmpint (store_integer (store, "SELECT count(*) FROM account"), ==, accounts);
  if (notice == NULL)
    g_assert_null (qd_store_get_notice (store));
  else
    {
      g_test_message ("%s", qd_store_get_notice (store));
      g_assert_nonnull (qd_store_get_notice (store));
      g_assert_nonnull (strstr (qd_store_get_notice (store), notice));
    }
  g_assert_false (qd_store_run (store, QD_STORE_PRIORITY_EDIT, write_func, NULL, NULL, &error));
  g_assert_error (error, QD_STORE_ERROR, QD_STORE_ERROR_READ_ONLY);
  qd_store_unref (store);
  after = folder_digest (fixture->folder);
  g_assert_cmpstr (after, ==, before);
}

/* The journal of an interrupted change: a copy of file and journal taken in the middle of one. */
static void
interrupt (const char *path,
           const char *out,
           const char *change)
{
  g_autofree char *journal = g_strconcat (path, "-journal", NULL);
  g_autofree char *file_copy = g_strdup (out);
  g_autofree char *journal_copy = g_strconcat (out, "-journal", NULL);
  g_autofree char *script = g_strdup_printf ("PRAGMA cache_size = 5;\nPRAGMA cache_spill = 1;\nBEGIN;\n%s;\n"
                                             ".shell cp '%s' '%s'; cp '%s' '%s'\nROLLBACK;\n",
                                             change, path, file_copy, journal, journal_copy);
  const char *argv[] = { "sqlite3", "-batch", path, NULL };
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;

  process = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, script, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (process));
}

static void
take_name (const char *from,
           const char *to,
           const char *suffix)
{
  g_autofree char *a = g_strconcat (from, suffix, NULL);
  g_autofree char *b = g_strconcat (to, suffix, NULL);

  g_assert_cmpint (g_rename (a, b), ==, 0);
}

static const char big_change[] =
    "WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 4000)"
    "INSERT INTO account (external_id, name) SELECT 'N' || i, hex (zeroblob (200)) FROM n; UPDATE account SET csm = 'Zed'";

static void
test_hot_journal (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  g_autofree char *crashed = store_fixture_file (fixture, "crashed");
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *journal = g_strconcat (fixture->path, "-journal", NULL);

  store_fixture_close (fixture);
  fill (fixture->path);
  before = dump_data (fixture->path);
  interrupt (fixture->path, crashed, big_change);
  g_assert_cmpint (size_of (crashed), >, size_of (fixture->path));
  take_name (crashed, fixture->path, "");
  take_name (crashed, fixture->path, "-journal");

  /* For reading only, the change is taken back in a copy. */
  assert_shown (fixture, QD_STORE_OPEN_READ_ONLY, 2000, "was interrupted");
  /* Else in place. */
  store_fixture_reopen (fixture);
  g_assert_false (qd_store_is_read_only (fixture->store));
  g_assert_false (g_file_test (journal, G_FILE_TEST_EXISTS));
  after = dump_data (fixture->path);
  g_assert_cmpstr (after, ==, before);
}

/* Journals of others, which SQLite would play back. */
static void
test_foreign_journal (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  g_autofree char *other = store_fixture_file (fixture, "other.db");
  g_autofree char *crashed = store_fixture_file (fixture, "crashed");
  g_autofree char *journal = g_strconcat (fixture->path, "-journal", NULL);
  g_autofree char *content = NULL;
  gsize length;

  store_fixture_close (fixture);
  fill (fixture->path);

  /* A text of that name. */
  g_assert_true (g_file_set_contents (journal, "my journal of today", -1, NULL));
  assert_shown (fixture, QD_STORE_OPEN_DEFAULT, 2000, "does not belong to it");
  assert_shown (fixture, QD_STORE_OPEN_READ_ONLY, 2000, "does not belong to it");

  /* Of a smaller database with the same page size: its playback would cut the file. */
  sql (other, "CREATE TABLE a (b); INSERT INTO a VALUES (1)");
  interrupt (other, crashed, "WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 9000) "
                             "INSERT INTO a SELECT hex (zeroblob (200)) FROM n");
  take_name (crashed, fixture->path, "-journal");
  assert_shown (fixture, QD_STORE_OPEN_DEFAULT, 2000, "does not belong to it");
  g_assert_true (g_file_get_contents (journal, &content, &length, NULL));
  g_assert_cmpint (content[0], ==, (char) 0xd9);

  /* Of another page size. */
  g_unlink (other);
  sql (other, "PRAGMA page_size = 1024; CREATE TABLE a (b); INSERT INTO a VALUES (1)");
  interrupt (other, crashed, "WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 9000) "
                             "INSERT INTO a SELECT hex (zeroblob (200)) FROM n");
  take_name (crashed, fixture->path, "-journal");
  assert_shown (fixture, QD_STORE_OPEN_DEFAULT, 2000, "does not belong to it");

  /* Of an older state of the same workspace. */
  g_unlink (journal);
  interrupt (fixture->path, crashed, big_change);
  sql (fixture->path, "DELETE FROM movement_event WHERE id % 2; DELETE FROM account WHERE id = 2000 AND 0; "
                      "UPDATE account SET seats = 3; UPDATE account SET seats = 4");
  sql (fixture->path, "UPDATE account SET seats = 5");
  take_name (crashed, fixture->path, "-journal");
  assert_shown (fixture, QD_STORE_OPEN_DEFAULT, 2000, "does not belong to it");

  /* Moved away, all is well. */
  g_unlink (journal);
  g_unlink (crashed);
  store_fixture_reopen (fixture);
  g_assert_cmpint (store_integer (fixture->store, "SELECT count(*) FROM account WHERE seats = 5"), ==, 2000);

  /* Begun and never finished, as SQLite leaves it: no notice. */
  store_fixture_close (fixture);
  g_assert_true (g_file_set_contents (journal, "\0\0\0\0\0\0\0\0", 8, NULL));
  store_fixture_reopen (fixture);
  store_fixture_close (fixture);
  g_assert_true (g_file_set_contents (journal, "", 0, NULL));
  store_fixture_reopen (fixture);
}

/* A damaged file with somebody else's journal. */
static void
test_stray_and_damaged (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  g_autofree char *journal = g_strconcat (fixture->path, "-journal", NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;

  store_fixture_close (fixture);
  fill (fixture->path);
  make_flipped_page (fixture->path);
  g_assert_true (g_file_set_contents (journal, "not a journal", -1, NULL));
  before = folder_digest (fixture->folder);
  g_assert_null (qd_store_open (fixture->path, QD_STORE_OPEN_DEFAULT, NULL, &error));
  g_assert_error (error, QD_STORE_ERROR, QD_STORE_ERROR_STRAY_JOURNAL);
  after = folder_digest (fixture->folder);
  g_assert_cmpstr (after, ==, before);
}

static void
test_wal (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  g_autofree char *wal = g_strconcat (fixture->path, "-wal", NULL);
  g_autofree char *copy = store_fixture_file (fixture, "copy");
  g_autofree char *script = NULL;

  store_fixture_close (fixture);
  fill (fixture->path);
  sql (fixture->path, "PRAGMA journal_mode = WAL");
  assert_shown (fixture, QD_STORE_OPEN_DEFAULT, 2000, "write-ahead log");

  /* With changes in the log only. */
  script = g_strdup_printf (".dbconfig no_ckpt_on_close on\nDELETE FROM movement_event; DELETE FROM account WHERE id > 7;\n"
                            ".shell cp '%s' '%s'; cp '%s' '%s-wal'\n",
                            fixture->path, copy, wal, copy);
  {
    const char *argv[] = { "sqlite3", "-batch", fixture->path, NULL };
    g_autoptr (GSubprocess) process = NULL;

    process = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE, NULL);
    g_assert_true (g_subprocess_communicate_utf8 (process, script, NULL, NULL, NULL, NULL));
  }
  take_name (copy, fixture->path, "");
  take_name (copy, fixture->path, "-wal");
  assert_shown (fixture, QD_STORE_OPEN_DEFAULT, 7, "write-ahead log");

  /* A log beside a file that is not in that mode. */
  take_name (fixture->path, copy, "-wal");
  sql (fixture->path, "PRAGMA journal_mode = DELETE");
  take_name (copy, fixture->path, "-wal");
  assert_shown (fixture, QD_STORE_OPEN_DEFAULT, 2000, "does not belong to it");
  g_unlink (wal);
  store_fixture_reopen (fixture);
}

/* Permissions: as somebody else than root, in a child. */

static void
as_nobody (void (*func) (StoreFixture *fixture),
           StoreFixture *fixture)
{
  pid_t child;
  int status;

  if (geteuid () != 0)
    {
      func (fixture);
      return;
    }
  child = fork ();
  if (child == 0)
    {
      if (setgid (65534) != 0 || setuid (65534) != 0)
        _exit (77);
      func (fixture);
      _exit (0);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
}

static void
open_unreadable (StoreFixture *fixture)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (qd_store_open (fixture->path, QD_STORE_OPEN_DEFAULT, NULL, &error));
  g_assert_error (error, QD_STORE_ERROR, QD_STORE_ERROR_PERMISSION);
  g_assert_nonnull (strstr (error->message, "no permission to read"));
}

static void
open_unwritable (StoreFixture *fixture)
{
  assert_shown (fixture, QD_STORE_OPEN_DEFAULT, 2000, "open for reading only");
  assert_shown (fixture, QD_STORE_OPEN_READ_ONLY, 2000, NULL);
}

static void
test_permissions (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  store_fixture_close (fixture);
  fill (fixture->path);
  before = file_digest (fixture->path);
  g_chmod (fixture->path, 0000);
  g_chmod (fixture->folder, 0555);
  as_nobody (open_unreadable, fixture);
  g_chmod (fixture->path, 0444);
  as_nobody (open_unwritable, fixture);
  /* The file may be written but the folder takes no journal. */
  g_chmod (fixture->path, 0666);
  as_nobody (open_unwritable, fixture);
  g_chmod (fixture->folder, 0755);
  after = file_digest (fixture->path);
  g_assert_cmpstr (after, ==, before);
}

/* A page is only read again when somebody else was there: shown by a fault that the file's times do not betray. */
static void
test_quick_check (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  g_autofree char *moved = store_fixture_file (fixture, "moved.quarterdeck");
  g_autoptr (GError) error = NULL;

  fill (fixture->path);
  store_fixture_reopen (fixture);
  store_fixture_close (fixture);
  store_fixture_reopen (fixture);
  store_fixture_close (fixture);
  make_flipped_page (fixture->path);
  g_assert_null (qd_store_open (fixture->path, QD_STORE_OPEN_DEFAULT, NULL, &error));
  g_assert_error (error, QD_STORE_ERROR, QD_STORE_ERROR_DAMAGED);
}

static void
test_check (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  fill (fixture->path);
  g_assert_true (qd_store_check (fixture->store, NULL, findings, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (findings->len, ==, 0);
  /* Behind our back, while it is open. */
  make_dangling_row (fixture->path);
  make_bad_row (fixture->path);
  g_assert_true (qd_store_check (fixture->store, NULL, findings, &error));
  g_assert_cmpuint (findings->len, ==, 2);
  g_assert_nonnull (strstr (g_ptr_array_index (findings, 0), "CHECK constraint failed in movement_event"));
  g_assert_nonnull (strstr (g_ptr_array_index (findings, 1), "movement_event points at nothing in account"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  store_fixture_init ();
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/store/refused/", cases[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_refused);
    }
  g_test_add_func ("/store/hot-journal", test_hot_journal);
  g_test_add_func ("/store/foreign-journal", test_foreign_journal);
  g_test_add_func ("/store/stray-and-damaged", test_stray_and_damaged);
  g_test_add_func ("/store/wal", test_wal);
  g_test_add_func ("/store/permissions", test_permissions);
  g_test_add_func ("/store/quick-check", test_quick_check);
  g_test_add_func ("/store/check", test_check);
  return g_test_run ();
}
