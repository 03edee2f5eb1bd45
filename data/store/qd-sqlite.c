/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * SQLite below the connection of a store: errors with codes to act on, opening, copying.
 */
#define G_LOG_DOMAIN "quarterdeck"

#include "config.h"

#include "qd-store-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#define COPY_PAGES 2048

/* Errors */

static gboolean
is_full (int number)
{
  return number == ENOSPC || number == EDQUOT || number == EFBIG;
}

static int
last_errno (sqlite3 *handle)
{
  int number = 0;

  sqlite3_file_control (handle, "main", SQLITE_FCNTL_LAST_ERRNO, &number);
  return number;
}

/**
 * qd_sqlite_throw:
 * @handle: (nullable): the connection that failed
 * @rc: its result code, extended or not
 * @error: return location
 *
 * Turns a result code of SQLite into an error whose code a caller can act on.
 *
 * Returns: always `FALSE`
 */
gboolean
qd_sqlite_throw (sqlite3 *handle,
                 int      rc,
                 GError **error)
{
  int system_errno = handle ? sqlite3_system_errno (handle) : 0;
  const char *detail = handle ? sqlite3_errmsg (handle) : sqlite3_errstr (rc);

  switch (rc & 0xff)
    {
    case SQLITE_INTERRUPT:
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("The work was cancelled."));
      break;
    case SQLITE_FULL:
      g_set_error_literal (error, QD_STORE_ERROR, QD_STORE_ERROR_FULL,
                           _ ("The disk is full. Nothing was changed; free some space and try again."));
      break;
    case SQLITE_IOERR:
      if (is_full (system_errno) || (handle != NULL && is_full (last_errno (handle))))
        return qd_sqlite_throw (NULL, SQLITE_FULL, error);
      if (rc == SQLITE_IOERR_NOMEM)
        return qd_sqlite_throw (NULL, SQLITE_NOMEM, error);
      g_set_error (error, QD_STORE_ERROR, QD_STORE_ERROR_FAILED,
                   _ ("The workspace could not be read or written: %s. Look whether the drive is still there."),
                   system_errno != 0 ? g_strerror (system_errno) : detail);
      break;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      g_set_error (error, QD_STORE_ERROR, QD_STORE_ERROR_DAMAGED,
                   _ ("The workspace file is damaged (%s). Go back to a checkpoint or a backup of it."), detail);
      break;
    case SQLITE_CONSTRAINT:
      g_set_error (error, QD_STORE_ERROR, QD_STORE_ERROR_CONSTRAINT,
                   _ ("The change would break a rule of the workspace: %s."), detail);
      break;
    case SQLITE_READONLY:
      if (handle != NULL && sqlite3_extended_errcode (handle) == SQLITE_READONLY_DBMOVED)
        {
          g_set_error_literal (error, QD_STORE_ERROR, QD_STORE_ERROR_NOT_FOUND,
                               _ ("The workspace file was moved, replaced or deleted while it was open; nothing was changed. "
                                  "Save a copy and open that one, or open the file where it is now."));
          break;
        }
      g_set_error_literal (error, QD_STORE_ERROR, QD_STORE_ERROR_READ_ONLY,
                           _ ("The workspace is open for reading only; nothing can be changed in it. Save a copy and change that one."));
      break;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      g_set_error_literal (error, QD_STORE_ERROR, QD_STORE_ERROR_LOCKED,
                           _ ("Another program is using the workspace file. Close it there and try again."));
      break;
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      g_set_error (error, QD_STORE_ERROR, QD_STORE_ERROR_PERMISSION, _ ("The workspace file cannot be opened: %s."),
                   system_errno != 0 ? g_strerror (system_errno) : detail);
      break;
    default:
      g_set_error (error, QD_STORE_ERROR, QD_STORE_ERROR_FAILED, _ ("The workspace could not be read or changed: %s."),
                   detail);
    }
  return FALSE;
}

/* @name: a path below the store's resources. */
GBytes *
qd_store_read_resource (const char *name,
                        GError    **error)
{
  static gsize once;
  g_autofree char *path = g_strconcat (QD_STORE_RESOURCE, name, NULL);

  if (g_once_init_enter (&once))
    {
      qd_store_sql_register_resource ();
      g_once_init_leave (&once, 1);
    }
  return g_resource_lookup_data (qd_store_sql_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
}

/* Bare connections */

void
qd_sqlite_close (sqlite3 *handle)
{
  sqlite3_close_v2 (handle);
}

void
qd_sqlite_stmt_close (sqlite3_stmt *stmt)
{
  sqlite3_finalize (stmt);
}

sqlite3 *
qd_sqlite_open (const char *path,
                int         flags,
                GError    **error)
{
  static const struct
  {
    int option;
    int value;
  } options[] = {
    { SQLITE_DBCONFIG_DEFENSIVE, 1 },
    { SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0 },
    { SQLITE_DBCONFIG_DQS_DDL, 0 },
    { SQLITE_DBCONFIG_DQS_DML, 0 },
    { SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0 },
    { SQLITE_DBCONFIG_ENABLE_TRIGGER, 0 },
    { SQLITE_DBCONFIG_ENABLE_FKEY, 1 },
  };
  g_autoptr (sqlite3) handle = NULL;
  int rc = sqlite3_open_v2 (path, &handle, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);

  for (gsize i = 0; rc == SQLITE_OK && i < G_N_ELEMENTS (options); i++)
    {
      int now = -1;

      rc = sqlite3_db_config (handle, options[i].option, options[i].value, &now);
      if (rc == SQLITE_OK && now != options[i].value)
        rc = SQLITE_ERROR;
    }
  if (rc != SQLITE_OK)
    {
      qd_sqlite_throw (handle, rc, error);
      return NULL;
    }
  sqlite3_busy_timeout (handle, QD_STORE_BUSY_MS);
  return g_steal_pointer (&handle);
}

gboolean
qd_sqlite_exec (sqlite3    *handle,
                const char *sql,
                GError    **error)
{
  int rc = sqlite3_exec (handle, sql, NULL, NULL, NULL);

  return rc == SQLITE_OK || qd_sqlite_throw (handle, rc, error);
}

gboolean
qd_sqlite_integer (sqlite3    *handle,
                   const char *sql,
                   gint64     *value,
                   GError    **error)
{
  g_autoptr (sqlite3_stmt) stmt = NULL;
  int rc = sqlite3_prepare_v2 (handle, sql, -1, &stmt, NULL);

  if (rc == SQLITE_OK)
    rc = sqlite3_step (stmt);
  if (rc != SQLITE_ROW)
    return qd_sqlite_throw (handle, rc, error);
  *value = sqlite3_column_int64 (stmt, 0);
  return TRUE;
}

/* Copies the whole of @from into @to under one read lock. */
gboolean
qd_sqlite_copy (sqlite3 *to,
                sqlite3 *from,
                QdJob   *job,
                GError **error)
{
  sqlite3_backup *backup = sqlite3_backup_init (to, "main", from, "main");
  gboolean cancelled = FALSE, full = FALSE;
  int rc, finished;

  if (backup == NULL)
    return qd_sqlite_throw (to, sqlite3_extended_errcode (to), error);
  /* The read lock must hold over the whole copy: the steps share it only inside a transaction. */
  rc = sqlite3_exec (from, "BEGIN; SELECT count(*) FROM sqlite_schema", NULL, NULL, NULL);
  while (rc == SQLITE_OK && !cancelled)
    {
      rc = sqlite3_backup_step (backup, COPY_PAGES);
      /* The step leaves it with the file only. */
      if ((rc & 0xff) == SQLITE_IOERR)
        full = is_full (last_errno (to));
      cancelled = rc == SQLITE_OK && !qd_job_check (job, error);
    }
  finished = sqlite3_backup_finish (backup);
  if (!sqlite3_get_autocommit (from))
    sqlite3_exec (from, "COMMIT", NULL, NULL, NULL);
  if (cancelled)
    return FALSE;
  if (full)
    return qd_sqlite_throw (NULL, SQLITE_FULL, error);
  if (rc == SQLITE_DONE && finished == SQLITE_OK)
    return TRUE;
  return qd_sqlite_throw (finished != SQLITE_OK ? to : from, finished != SQLITE_OK ? finished : rc, error);
}
