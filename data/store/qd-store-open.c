/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Opening: look, lock, look for journals, open hardened, compare the schema,
 * check the pages when somebody else was there, upgrade. Until all of that is
 * passed nothing is written.
 */
#define G_LOG_DOMAIN "quarterdeck"

#include "config.h"

#include "qd-store-private.h"

#include "../base/qd-money.h"

#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Of new workspaces: large imports take a tenth less time than with SQLite's own 4096. */
#define PAGE_BYTES 16384

/* Making */

static gboolean
put_setting (sqlite3    *handle,
             const char *key,
             const char *value,
             GError    **error)
{
  g_autoptr (GBytes) sql = qd_store_read_resource ("sql/setting-set.sql", error);
  g_autoptr (sqlite3_stmt) stmt = NULL;
  int rc;

  if (sql == NULL)
    return FALSE;
  rc = sqlite3_prepare_v2 (handle, g_bytes_get_data (sql, NULL), (int) g_bytes_get_size (sql), &stmt, NULL);
  if (rc == SQLITE_OK)
    rc = sqlite3_bind_text (stmt, 1, key, -1, SQLITE_STATIC);
  if (rc == SQLITE_OK)
    rc = sqlite3_bind_text (stmt, 2, value, -1, SQLITE_STATIC);
  if (rc == SQLITE_OK)
    rc = sqlite3_step (stmt);
  return rc == SQLITE_DONE || qd_sqlite_throw (handle, rc, error);
}

static gboolean
fill_new (const char            *temporary,
          const char            *path,
          const QdStoreSettings *settings,
          GError               **error)
{
  g_autoptr (sqlite3) handle = qd_sqlite_open (temporary, SQLITE_OPEN_READWRITE, error);
  g_autofree char *fiscal = g_strdup_printf ("%d", settings->fiscal_start);
  g_autofree char *now = g_strdup_printf ("%" G_GINT64_FORMAT, g_get_real_time () / G_USEC_PER_SEC);
  g_autofree char *name = g_filename_display_basename (path);
  const QdMigration *migrations;
  guint n_migrations;

  if (handle == NULL)
    return FALSE;
  if (g_str_has_suffix (name, ".quarterdeck"))
    name[strlen (name) - strlen (".quarterdeck")] = '\0';
  migrations = qd_store_get_migrations (&n_migrations);
  return qd_sqlite_exec (handle, "PRAGMA page_size = " G_STRINGIFY (PAGE_BYTES) "; PRAGMA auto_vacuum = NONE;"
                                  "PRAGMA encoding = 'UTF-8'; PRAGMA synchronous = FULL", error) &&
         qd_store_migrate (handle, migrations, n_migrations, NULL, error) &&
         qd_sqlite_exec (handle, "BEGIN IMMEDIATE", error) &&
         put_setting (handle, "name", settings->name ? settings->name : name, error) &&
         put_setting (handle, "currency", settings->currency ? settings->currency : "USD", error) &&
         put_setting (handle, "fiscal_start", fiscal, error) && put_setting (handle, "data_version", "0", error) &&
         put_setting (handle, "last_change", now, error) && qd_sqlite_exec (handle, "COMMIT", error);
}

gboolean
qd_store_file_create (const char            *path,
                      const QdStoreSettings *settings,
                      GError               **error)
{
  g_autofree char *temporary = qd_store_make_beside (path, error);

  if (temporary == NULL)
    return FALSE;
  if (!fill_new (temporary, path, settings, error))
    {
      g_autofree char *journal = g_strconcat (temporary, "-journal", NULL);

      unlink (temporary);
      unlink (journal);
      return FALSE;
    }
  return qd_store_put_in_place (temporary, path, error);
}

/* Verifying */

static gboolean
throw_setting (const char *name,
               const char *key,
               GError    **error)
{
  g_set_error (error, QD_STORE_ERROR, QD_STORE_ERROR_SCHEMA,
               /* Translators: a file's name, the name of a setting */
               _ ("“%s” is a Quarterdeck workspace that was changed by another program: its setting “%s” is missing or makes "
                  "no sense. It was not opened; go back to a checkpoint or a backup of it."),
               name, key);
  return FALSE;
}

static gboolean
check_settings (QdDb       *db,
                const char *name,
                GError    **error)
{
  static const char *const numbers[] = { "data_version", "last_change", "fiscal_start" };
  g_autofree char *currency = qd_db_dup_setting (db, "currency");
  g_autofree char *title = qd_db_dup_setting (db, "name");
  gint64 value = 0;

  if (currency == NULL || qd_currency_get_exponent (currency) < 0)
    return throw_setting (name, "currency", error);
  if (title == NULL || !g_utf8_validate (title, -1, NULL))
    return throw_setting (name, "name", error);
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autofree char *text = qd_db_dup_setting (db, numbers[i]);

      if (text == NULL || !g_ascii_string_to_signed (text, 10, 0, G_MAXINT64, &value, NULL))
        return throw_setting (name, numbers[i], error);
    }
  return (value >= 1 && value <= 12) || throw_setting (name, "fiscal_start", error);
}

/* Each page is in use or free, none is both: else the next change would write over data. */
static gboolean
check_free_pages (QdDb       *db,
                  const char *name,
                  GError    **error)
{
  g_autoptr (QdStmt) stmt = qd_db_statement (db, "page-count", NULL);
  sqlite3_stmt *handle;
  gint64 pages, hidden;
  gboolean row;

  if (stmt == NULL)
    return TRUE; /* a build of SQLite without dbstat */
  if (!qd_stmt_step (stmt, &row, error))
    return FALSE;
  handle = qd_stmt_get_handle (stmt);
  pages = sqlite3_column_int64 (handle, 2);
  /* The page at 1 GiB, which SQLite locks by, is neither. */
  hidden = pages > 0x40000000 / MAX (sqlite3_column_int64 (handle, 3), 512) ? 1 : 0;
  if (sqlite3_column_int64 (handle, 0) + sqlite3_column_int64 (handle, 1) + hidden == pages)
    return TRUE;
  g_set_error (error, QD_STORE_ERROR, QD_STORE_ERROR_DAMAGED,
               /* Translators: a file's name */
               _ ("“%s” is damaged (its list of free pages is wrong). Go back to a checkpoint or a backup of it."), name);
  return FALSE;
}

static gboolean
check_pages (QdDb       *db,
             const char *name,
             GError    **error)
{
  g_autoptr (QdStmt) quick = qd_db_prepare (db, "PRAGMA quick_check (1)", error);
  g_autoptr (QdStmt) references = NULL;
  const char *text;
  gboolean row;

  if (quick == NULL || !qd_stmt_step (quick, &row, error))
    return FALSE;
  text = row ? (const char *) sqlite3_column_text (qd_stmt_get_handle (quick), 0) : "";
  if (g_strcmp0 (text, "ok") != 0)
    {
      /* "*** in database main ***", then what it is. */
      text = strrchr (text, '\n') ? strrchr (text, '\n') + 1 : text;
      g_set_error (error, QD_STORE_ERROR, QD_STORE_ERROR_DAMAGED,
                   /* Translators: a file's name, what SQLite found */
                   _ ("“%s” is damaged (%s). Go back to a checkpoint or a backup of it."), name, text);
      return FALSE;
    }
  if (!check_free_pages (db, name, error))
    return FALSE;
  references = qd_db_prepare (db, "PRAGMA foreign_key_check", error);
  if (references == NULL || !qd_stmt_step (references, &row, error))
    return FALSE;
  if (row)
    {
      g_set_error (error, QD_STORE_ERROR, QD_STORE_ERROR_DAMAGED,
                   /* Translators: a file's name, the name of a table */
                   _ ("“%s” is damaged: rows of its table %s point at nothing. Go back to a checkpoint or a backup of it."),
                   name, (const char *) sqlite3_column_text (qd_stmt_get_handle (references), 0));
      return FALSE;
    }
  return TRUE;
}

/* Reads only. */
static gboolean
verify (QdDb       *db,
        const char *path,
        gboolean    pages,
        QdJob      *job,
        GError    **error)
{
  g_autofree char *name = g_filename_display_basename (path);
  g_autoptr (GError) problem = NULL;
  const QdMigration *migrations;
  guint latest;
  gint64 version;
  gboolean ok;

  migrations = qd_store_get_migrations (&latest);
  qd_db_set_job (db, job);
  ok = qd_sqlite_exec (db->handle, "PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0", &problem) &&
       qd_sqlite_integer (db->handle, "PRAGMA user_version", &version, &problem);
  if (ok && (version < 1 || version > latest))
    {
      g_set_error (&problem, QD_STORE_ERROR, QD_STORE_ERROR_DAMAGED,
                   _ ("“%s” is damaged: its first page makes no sense. Go back to a checkpoint or a backup of it."), name);
      ok = FALSE;
    }
  ok = ok && qd_store_compare_schema (db->handle, migrations, (guint) version, name, &problem);
  if (ok && pages)
    {
      qd_job_report (job, -1, _ ("Checking the workspace file"));
      ok = check_pages (db, name, &problem);
    }
  ok = ok && check_settings (db, name, &problem);
  qd_db_set_job (db, NULL);
  if (!ok)
    g_propagate_error (error, g_steal_pointer (&problem));
  return ok;
}

/* Opening */

static gboolean
is_writable (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  /* The journal needs the folder. */
  return faccessat (AT_FDCWD, path, W_OK, AT_EACCESS) == 0 && faccessat (AT_FDCWD, folder, W_OK, AT_EACCESS) == 0;
}

/* Takes @memory; verifies it and brings it up to date, for looking at. */
static gboolean
show_copy (QdStoreFile *file,
           sqlite3     *memory,
           QdJob       *job,
           GError     **error)
{
  g_autoptr (QdDb) db = NULL;
  const QdMigration *migrations;
  guint latest;

  if (memory == NULL)
    return FALSE;
  db = qd_db_new (memory, TRUE);
  migrations = qd_store_get_migrations (&latest);
  if (!verify (db, file->path, TRUE, job, error) || !qd_store_migrate (db->handle, migrations, latest, job, error) ||
      !qd_sqlite_exec (db->handle, "PRAGMA query_only = ON; PRAGMA temp_store = MEMORY", error))
    return FALSE;
  file->db = g_steal_pointer (&db);
  file->copy = TRUE;
  return TRUE;
}

static gboolean
show_copy_with_notice (QdStoreFile *file,
                       sqlite3     *memory,
                       const char  *notice,
                       QdJob       *job,
                       GError     **error)
{
  if (!show_copy (file, memory, job, error))
    return FALSE;
  g_free (file->notice);
  file->notice = g_strdup (notice);
  return TRUE;
}

/* A journal that does not belong to the file would cut or overwrite it: SQLite must not see the two together. */
static gboolean
show_without_journal (QdStoreFile *file,
                      const char  *suffix,
                      QdJob       *job,
                      GError     **error)
{
  g_autofree char *name = g_filename_display_basename (file->path);
  g_autofree char *notice = NULL;
  g_autoptr (GError) problem = NULL;

  notice = g_strdup_printf (
      /* Translators: a file's name, the name of a second file */
      _ ("Beside “%s” lies a journal, “%s%s”, that does not belong to it. Both were left as they are, and a copy is shown in "
         "which nothing can be changed. Move the journal to another folder to work with the workspace again."),
      name, name, suffix);
  if (show_copy_with_notice (file, qd_store_copy_dead (file->path, NULL, job, &problem), notice, job, &problem))
    return TRUE;
  if (problem->domain != QD_STORE_ERROR || problem->code == QD_STORE_ERROR_FULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  g_set_error (error, QD_STORE_ERROR, QD_STORE_ERROR_STRAY_JOURNAL,
               /* Translators: a file's name, the name of a second file, a sentence */
               _ ("“%s” cannot be read without the journal “%s%s” that lies beside it, and the two do not fit together. Both "
                  "were left as they are. Go back to a checkpoint or a backup. (%s)"),
               name, name, suffix, problem->message);
  return FALSE;
}

/* The file is locked by a store of this process or by another process. */
static gboolean
show_locked (QdStoreFile  *file,
             QdStore      *other,
             QdStoreFlags  flags,
             GError       *locked,
             QdJob        *job,
             GError      **error)
{
  g_autofree char *notice = NULL;
  sqlite3 *memory;

  if ((flags & QD_STORE_OPEN_COPY_IF_LOCKED) == 0 || !g_error_matches (locked, QD_STORE_ERROR, QD_STORE_ERROR_LOCKED))
    {
      g_propagate_error (error, locked);
      return FALSE;
    }
  notice = g_strdup_printf (_ ("%s A copy is shown; nothing can be changed in it, and it does not follow later changes."),
                            locked->message);
  g_error_free (locked);
  memory = other ? qd_store_copy_open (other, job, error) : qd_store_copy_live (file->path, job, error);
  return show_copy_with_notice (file, memory, notice, job, error);
}

/* What kill -9 or a power cut left: proven on a copy first, then SQLite rolls it back in place. */
static gboolean
is_hot_journal_good (QdStoreFile *file,
                     QdJob       *job,
                     GError     **error)
{
  sqlite3 *memory = qd_store_copy_dead (file->path, "-journal", job, error);
  g_autoptr (QdDb) db = memory ? qd_db_new (memory, TRUE) : NULL;

  return db != NULL && verify (db, file->path, TRUE, job, error);
}

/* On a connection that cannot write SQLite does not even read the CHECK constraints, so that a check would pass over
 * rows that break them: the pages are checked on one that could write but does not, or on a copy in memory. */
static gboolean
check_read_only (QdStoreFile *file,
                 gboolean     writable,
                 QdJob       *job,
                 GError     **error)
{
  sqlite3 *handle = writable ? qd_sqlite_open (file->path, SQLITE_OPEN_READWRITE, error)
                             : qd_store_copy_live (file->path, job, error);
  g_autoptr (QdDb) db = handle ? qd_db_new (handle, TRUE) : NULL;

  return db != NULL && verify (db, file->path, TRUE, job, error);
}

static gboolean
open_in_place (QdStoreFile         *file,
               const QdStoreHeader *header,
               gboolean             wanted,
               gboolean             writable,
               gboolean             pages,
               QdJob               *job,
               GError             **error)
{
  gboolean read_only = !wanted || !writable;
  g_autoptr (QdDb) db = NULL;
  const QdMigration *migrations;
  sqlite3 *handle;
  guint latest;

  if (pages && read_only && !check_read_only (file, writable, job, error))
    return FALSE;
  handle = qd_sqlite_open (file->path, read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE, error);
  if (handle == NULL)
    return FALSE;
  db = qd_db_new (handle, read_only);
  if (!verify (db, file->path, pages && !read_only, job, error))
    return FALSE;
  db->read_only = sqlite3_db_readonly (handle, "main") != 0;

  migrations = qd_store_get_migrations (&latest);
  if (header->version < latest)
    {
      if (db->read_only)
        {
          sqlite3 *memory = qd_sqlite_open (":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, error);

          if (memory == NULL || !qd_sqlite_copy (memory, handle, job, error))
            return FALSE;
          return show_copy (file, memory, job, error);
        }
      if (!qd_store_backup (handle, file->path, header->version, job, error) ||
          !qd_store_migrate (handle, migrations, latest, job, error))
        return FALSE;
    }
  if (!qd_sqlite_exec (handle, "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA journal_mode = DELETE;"
                               "PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY",
                       error))
    return FALSE;
  file->db = g_steal_pointer (&db);
  return TRUE;
}

static gboolean
open_locked (QdStoreFile  *file,
             QdStoreFlags  flags,
             QdJob        *job,
             GError      **error)
{
  g_autofree char *name = g_filename_display_basename (file->path);
  g_autofree char *notice = NULL;
  g_autoptr (GError) problem = NULL;
  gboolean wanted = (flags & QD_STORE_OPEN_READ_ONLY) == 0;
  gboolean writable = is_writable (file->path);
  gboolean pages;
  QdStoreHeader header;
  QdStoreJournal journal;

  /* Again, under the lock. */
  if (!qd_store_read_header (file->path, &header, error))
    return FALSE;
  journal = qd_store_find_journal (file->path, &header);
  if (journal != QD_STORE_JOURNAL_NONE && header.writer != 0)
    {
      g_set_error (error, QD_STORE_ERROR, QD_STORE_ERROR_LOCKED,
                   /* Translators: a file's name, the number of a process */
                   _ ("Another program (process %d) is writing to “%s”. Close it there and try again."),
                   (int) header.writer, name);
      return FALSE;
    }

  switch (journal)
    {
    case QD_STORE_JOURNAL_FOREIGN:
      return show_without_journal (file, "-journal", job, error);
    case QD_STORE_JOURNAL_FOREIGN_WAL:
      return show_without_journal (file, "-wal", job, error);
    case QD_STORE_JOURNAL_WAL:
    case QD_STORE_JOURNAL_WAL_MODE:
      notice = g_strdup_printf (
          _ ("Another program has put “%s” into the mode of a write-ahead log. A copy is shown in which nothing can be "
             "changed. To work with it again, run “PRAGMA journal_mode = DELETE” in that program and close it."),
          name);
      if (journal == QD_STORE_JOURNAL_WAL)
        {
          if (show_copy_with_notice (file, qd_store_copy_dead (file->path, "-wal", job, &problem), notice, job, &problem))
            return TRUE;
          return show_without_journal (file, "-wal", job, error);
        }
      return qd_store_check_size (file->path, &header, error) &&
             show_copy_with_notice (file, qd_store_copy_dead (file->path, NULL, job, error), notice, job, error);
    case QD_STORE_JOURNAL_HOT:
      if (!wanted || !writable)
        {
          notice = g_strdup_printf (
              _ ("A change of “%s” was interrupted and must be taken back, which needs permission to write. A copy is shown in "
                 "which it is taken back."),
              name);
          if (show_copy_with_notice (file, qd_store_copy_dead (file->path, "-journal", job, &problem), notice, job,
                                     &problem))
            return TRUE;
          return show_without_journal (file, "-journal", job, error);
        }
      if (!is_hot_journal_good (file, job, &problem))
        {
          if (problem->domain == QD_STORE_ERROR && problem->code != QD_STORE_ERROR_FULL)
            return show_without_journal (file, "-journal", job, error);
          g_propagate_error (error, g_steal_pointer (&problem));
          return FALSE;
        }
      break;
    case QD_STORE_JOURNAL_NONE:
    default:
      if (!qd_store_check_size (file->path, &header, error))
        return FALSE;
      break;
    }

  pages = journal == QD_STORE_JOURNAL_NONE && !qd_store_stamp_holds (file->path, &header);
  if (!open_in_place (file, &header, wanted, writable, pages, job, error))
    return FALSE;
  if (wanted && file->db->read_only)
    file->notice = g_strdup_printf (_ ("“%s” or its folder cannot be written: it is open for reading only."), name);
  return TRUE;
}

gboolean
qd_store_file_open (const char  *path,
                    QdStoreFlags flags,
                    QdJob       *job,
                    QdStoreFile *file,
                    GError     **error)
{
  g_autoptr (QdStore) other = NULL;
  g_autoptr (QdStoreLock) lock = NULL;
  gboolean known = FALSE;
  GError *locked = NULL;
  QdStoreHeader header;
  struct stat info;
  gboolean ok;

  file->path = qd_store_resolve (path, error);
  if (file->path == NULL || !qd_store_stat (file->path, &info, error))
    return FALSE;
  other = qd_store_find_open (info.st_dev, info.st_ino, &known);
  if (known)
    {
      /* Not even a look at the file: see qd-store-inspect.c. */
      g_autofree char *name = g_filename_display_basename (file->path);

      g_set_error (&locked, QD_STORE_ERROR, QD_STORE_ERROR_LOCKED, _ ("“%s” is already open in this program."), name);
      return show_locked (file, other, other ? flags : QD_STORE_OPEN_DEFAULT, locked, job, error);
    }
  if (!qd_store_read_header (file->path, &header, error))
    return FALSE;
  if (!qd_store_lock_take (file->path, (flags & QD_STORE_OPEN_READ_ONLY) != 0, &lock, &locked))
    return show_locked (file, NULL, flags, locked, job, error);
  ok = open_locked (file, flags, job, error);
  if (!ok)
    return FALSE;
  file->device = info.st_dev;
  file->inode = info.st_ino;
  if (!file->copy)
    file->lock = g_steal_pointer (&lock);
  return TRUE;
}

void
qd_store_file_close (QdStoreFile *file)
{
  gboolean open = file->db != NULL && !file->copy;

  g_clear_pointer (&file->db, qd_db_free);
  if (open)
    qd_store_stamp_write (file->path);
  g_clear_pointer (&file->lock, qd_store_lock_release);
}

void
qd_store_file_clear (QdStoreFile *file)
{
  qd_store_file_close (file);
  g_clear_pointer (&file->path, g_free);
  g_clear_pointer (&file->notice, g_free);
}
