/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "quarterdeck"

#include "config.h"

#include "qd-store-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Making */

static gboolean
throw_errno (int         number,
             const char *path,
             GError    **error)
{
  g_autofree char *name = g_path_get_basename (path);
  int code = QD_STORE_ERROR_FAILED;

  if (number == EACCES || number == EPERM || number == EROFS)
    code = QD_STORE_ERROR_PERMISSION;
  else if (number == ENOSPC || number == EDQUOT || number == EFBIG)
    code = QD_STORE_ERROR_FULL;
  else if (number == ENOENT || number == ENOTDIR)
    code = QD_STORE_ERROR_NOT_FOUND;
  g_set_error (error, QD_STORE_ERROR, code, _ ("“%s” cannot be made there: %s."), name, g_strerror (number));
  return FALSE;
}

static gboolean
put_setting (sqlite3    *handle,
             const char *key,
             const char *value,
             GError    **error)
{
  g_autoptr (sqlite3_stmt) stmt = NULL;
  int rc = sqlite3_prepare_v2 (handle, "INSERT INTO setting (key, value) VALUES (:key, :value)", -1, &stmt, NULL);

  if (rc == SQLITE_OK)
    rc = sqlite3_bind_text (stmt, 1, key, -1, SQLITE_STATIC);
  if (rc == SQLITE_OK)
    rc = sqlite3_bind_text (stmt, 2, value, -1, SQLITE_STATIC);
  if (rc == SQLITE_OK)
    rc = sqlite3_step (stmt);
  return rc == SQLITE_DONE || qd_sqlite_throw (handle, rc, error);
}

static gboolean
fill_new (const char            *path,
          const char            *name,
          const QdStoreSettings *settings,
          GError               **error)
{
  g_autoptr (sqlite3) handle = qd_sqlite_open (path, SQLITE_OPEN_READWRITE, error);
  g_autofree char *fiscal = g_strdup_printf ("%d", settings->fiscal_start);
  g_autofree char *now = g_strdup_printf ("%" G_GINT64_FORMAT, g_get_real_time () / G_USEC_PER_SEC);
  g_autofree char *stem = NULL;
  const QdMigration *migrations;
  guint n_migrations;

  if (handle == NULL)
    return FALSE;
  stem = g_str_has_suffix (name, ".quarterdeck") ? g_strndup (name, strlen (name) - strlen (".quarterdeck"))
                                                 : g_strdup (name);
  migrations = qd_store_get_migrations (&n_migrations);
  return qd_store_migrate (handle, migrations, n_migrations, NULL, error) &&
         qd_sqlite_exec (handle, "BEGIN IMMEDIATE", error) &&
         put_setting (handle, "name", settings->name ? settings->name : stem, error) &&
         put_setting (handle, "currency", settings->currency ? settings->currency : "USD", error) &&
         put_setting (handle, "fiscal_start", fiscal, error) &&
         put_setting (handle, "data_version", "0", error) &&
         put_setting (handle, "last_change", now, error) &&
         qd_sqlite_exec (handle, "COMMIT", error);
}

gboolean
qd_store_file_create (const char            *path,
                      const QdStoreSettings *settings,
                      GError               **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *template = g_strdup_printf (".%s.new-XXXXXX", name);
  g_autofree char *temporary = g_build_filename (folder, template, NULL);
  struct stat there;
  gboolean ok;
  int fd;

  if (lstat (path, &there) == 0)
    {
      g_set_error (error, QD_STORE_ERROR, QD_STORE_ERROR_EXISTS,
                   _ ("“%s” exists already. Choose another name or remove it first."), path);
      return FALSE;
    }
  fd = g_mkstemp_full (temporary, O_RDWR | O_CLOEXEC, 0666);
  if (fd < 0)
    return throw_errno (errno, path, error);
  close (fd);

  ok = fill_new (temporary, name, settings, error);
  if (ok && renameat2 (AT_FDCWD, temporary, AT_FDCWD, path, RENAME_NOREPLACE) != 0)
    {
      /* A file system without it: a hard link does not replace either. */
      if (errno != EINVAL && errno != ENOSYS)
        ok = throw_errno (errno, path, error);
      else if (link (temporary, path) != 0)
        ok = throw_errno (errno, path, error);
      else
        unlink (temporary);
    }
  if (!ok)
    unlink (temporary);
  return ok;
}

/* Opening */

gboolean
qd_store_file_open (const char  *path,
                    QdStoreFlags flags,
                    QdJob       *job,
                    QdStoreFile *file,
                    GError     **error)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autoptr (sqlite3) handle = NULL;
  g_autoptr (QdStoreLock) lock = NULL;
  const QdMigration *migrations;
  guint n_migrations;
  gboolean read_only = (flags & QD_STORE_OPEN_READ_ONLY) != 0;
  char *resolved = realpath (path, NULL);

  if (resolved == NULL)
    return throw_errno (errno, path, error);
  file->path = g_strdup (resolved);
  free (resolved);
  if (!qd_store_lock_take (file->path, read_only, &lock, error))
    return FALSE;
  handle = qd_sqlite_open (file->path, read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE, error);
  migrations = qd_store_get_migrations (&n_migrations);
  if (handle == NULL || !qd_store_compare_schema (handle, migrations, n_migrations, name, error))
    return FALSE;
  if (!qd_sqlite_exec (handle, "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536;"
                               "PRAGMA temp_store = MEMORY; PRAGMA cell_size_check = ON", error))
    return FALSE;
  read_only = sqlite3_db_readonly (handle, "main") == 1;
  file->db = qd_db_new (g_steal_pointer (&handle), read_only);
  file->lock = g_steal_pointer (&lock);
  return TRUE;
}

void
qd_store_file_close (QdStoreFile *file)
{
  g_clear_pointer (&file->db, qd_db_free);
  g_clear_pointer (&file->lock, qd_store_lock_release);
  g_clear_pointer (&file->path, g_free);
  g_clear_pointer (&file->notice, g_free);
}
