/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include <glib/gstdio.h>
#include <stdlib.h>

static char *cache_folder;

void
remove_tree (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
        remove_tree (path);
      else
        g_unlink (path);
    }
  g_rmdir (folder);
}

static void
remove_cache (void)
{
  remove_tree (cache_folder);
}

void
store_fixture_init (void)
{
  cache_folder = g_dir_make_tmp ("quarterdeck-cache-XXXXXX", NULL);
  g_assert_nonnull (cache_folder);
  g_setenv ("XDG_CACHE_HOME", cache_folder, TRUE);
  atexit (remove_cache);
}

StoreFixture *
store_fixture_new (void)
{
  StoreFixture *self = g_new0 (StoreFixture, 1);
  QdStoreSettings settings = { "Test", "USD", 2 };
  GError *error = NULL;

  self->folder = g_dir_make_tmp ("quarterdeck-store-XXXXXX", &error);
  g_assert_no_error (error);
  self->path = store_fixture_file (self, "acme.quarterdeck");
  self->store = qd_store_create (self->path, &settings, &error);
  g_assert_no_error (error);
  g_assert_nonnull (self->store);
  return self;
}

void
store_fixture_close (StoreFixture *self)
{
  g_clear_pointer (&self->store, qd_store_unref);
}

void
store_fixture_reopen (StoreFixture *self)
{
  GError *error = NULL;

  store_fixture_close (self);
  self->store = qd_store_open (self->path, QD_STORE_OPEN_DEFAULT, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (qd_store_get_notice (self->store));
}

void
store_fixture_free (StoreFixture *self)
{
  store_fixture_close (self);
  remove_tree (self->folder);
  g_free (self->folder);
  g_free (self->path);
  g_free (self);
}

char *
store_fixture_file (StoreFixture *self,
                    const char   *name)
{
  return g_build_filename (self->folder, name, NULL);
}

static gboolean
exec_func (QdDb    *db,
           gpointer data,
           QdJob   *job,
           GError **error)
{
  return qd_db_begin (db, error) && qd_db_exec (db, data, error) && qd_db_commit (db, error);
}

void
store_exec (QdStore    *store,
            const char *sql)
{
  GError *error = NULL;

  qd_store_run (store, QD_STORE_PRIORITY_EDIT, exec_func, (gpointer) sql, NULL, &error);
  g_assert_no_error (error);
}

typedef struct
{
  const char *sql;
  char *text;
} Query;

static gboolean
query_func (QdDb    *db,
            gpointer data,
            QdJob   *job,
            GError **error)
{
  Query *query = data;
  g_autoptr (QdStmt) stmt = qd_db_prepare (db, query->sql, error);
  gboolean row;

  if (stmt == NULL || !qd_stmt_step (stmt, &row, error))
    return FALSE;
  query->text = row ? g_strdup ((const char *) sqlite3_column_text (qd_stmt_get_handle (stmt), 0)) : NULL;
  return TRUE;
}

char *
store_text (QdStore    *store,
            const char *sql)
{
  Query query = { sql, NULL };
  GError *error = NULL;

  qd_store_run (store, QD_STORE_PRIORITY_READ, query_func, &query, NULL, &error);
  g_assert_no_error (error);
  return query.text;
}

gint64
store_integer (QdStore    *store,
               const char *sql)
{
  g_autofree char *text = store_text (store, sql);

  return text ? g_ascii_strtoll (text, NULL, 10) : -1;
}

typedef struct
{
  QdHistoryKind kind;
  gint64 batch;
  const char *bulk, *recorded, *summary;
  gint64 entry;
} Entry;

static gboolean
entry_func (QdDb    *db,
            gpointer data,
            QdJob   *job,
            GError **error)
{
  Entry *entry = data;

  if (!qd_history_begin (db, entry->kind, entry->batch, entry->summary, error))
    return FALSE;
  if (entry->bulk != NULL && !qd_db_exec (db, entry->bulk, error))
    {
      qd_history_rollback (db);
      return FALSE;
    }
  if (entry->recorded != NULL)
    {
      qd_history_record (db, TRUE);
      if (!qd_db_exec (db, entry->recorded, error))
        {
          qd_history_rollback (db);
          return FALSE;
        }
      qd_history_record (db, FALSE);
    }
  return qd_history_commit (db, &entry->entry, error);
}

gint64
store_entry (QdStore      *store,
             QdHistoryKind kind,
             gint64        batch,
             const char   *bulk,
             const char   *recorded,
             const char   *summary)
{
  Entry entry = { kind, batch, bulk, recorded, summary, 0 };
  GError *error = NULL;

  qd_store_run (store, QD_STORE_PRIORITY_EDIT, entry_func, &entry, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (entry.entry, >, 0);
  return entry.entry;
}

char *
run_sqlite (const char *path,
            const char *sql)
{
  /* Newer shells protect the schema from tests that damage it on purpose. */
  const char *argv[] = { "sqlite3", "-batch", "-cmd", ".output /dev/null", "-cmd", ".dbconfig defensive off",
                         "-cmd", ".output stdout", path, sql, NULL };
  g_autofree char *problems = NULL;
  char *out = NULL;
  int status = 0;
  GError *error = NULL;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &out, &problems, &status, &error);
  g_assert_no_error (error);
  if (status != 0)
    g_test_message ("sqlite3: %s", problems);
  g_assert_cmpint (status, ==, 0);
  return out;
}

char *
dump_data (const char *path)
{
  return run_sqlite (path,
                     ".dump account account_identity account_value product subscription_line revenue_month "
                     "movement_event fx_rate profile profile_choice mapping");
}

char *
file_digest (const char *path)
{
  g_autofree char *content = NULL;
  g_autofree char *digest = NULL;
  gsize length;
  GStatBuf info;

  if (!g_file_get_contents (path, &content, &length, NULL) || g_stat (path, &info) != 0)
    return g_strdup ("unreadable");
  digest = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) content, length);
  return g_strdup_printf ("%s %ld.%09ld", digest, (long) info.st_mtim.tv_sec, info.st_mtim.tv_nsec);
}

typedef struct
{
  gint64 entry;
  gboolean redo;
  GPtrArray **kept;
} Undo;

static gboolean
undo_func (QdDb    *db,
           gpointer data,
           QdJob   *job,
           GError **error)
{
  Undo *undo = data;

  return undo->redo ? qd_history_redo (db, undo->entry, job, undo->kept, error)
                    : qd_history_undo (db, undo->entry, job, undo->kept, error);
}

gboolean
store_undo (QdStore    *store,
            gint64      entry,
            gboolean    redo,
            GPtrArray **kept,
            GError    **error)
{
  Undo undo = { entry, redo, kept };

  return qd_store_run (store, QD_STORE_PRIORITY_EDIT, undo_func, &undo, NULL, error);
}
