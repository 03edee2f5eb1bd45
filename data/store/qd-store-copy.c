/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Copies: into memory, to look at what cannot or must not be opened in place;
 * and beside the workspace, for backups and checkpoints.
 */
#define G_LOG_DOMAIN "quarterdeck"

#include "config.h"

#include "qd-store-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define CHUNK (1 << 20)
#define KEEP_BACKUPS 3

/* Plain bytes, without SQLite and its locks. */
static gboolean
copy_bytes (const char *from,
            const char *to,
            QdJob      *job,
            GError    **error)
{
  g_autofree guchar *buffer = g_malloc (CHUNK);
  int in = open (from, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  int out = in < 0 ? -1 : open (to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  gssize n = in < 0 || out < 0 ? -1 : 1;
  gboolean cancelled = FALSE;
  int number = errno;

  while (n > 0 && !cancelled)
    {
      gssize done = 0;

      n = read (in, buffer, CHUNK);
      while (n > 0 && done < n)
        {
          gssize wrote = write (out, buffer + done, (gsize) (n - done));

          if (wrote < 0)
            n = -1;
          else
            done += wrote;
        }
      if (n < 0)
        number = errno;
      cancelled = !qd_job_check (job, error);
    }
  if (in >= 0)
    close (in);
  if (out >= 0 && close (out) != 0)
    {
      number = errno;
      n = -1;
    }
  if (cancelled)
    return FALSE;
  if (n < 0)
    {
      g_autofree char *name = g_filename_display_basename (from);

      g_set_error (error, QD_STORE_ERROR, number == ENOSPC ? QD_STORE_ERROR_FULL : QD_STORE_ERROR_FAILED,
                   _ ("No copy of “%s” could be made: %s."), name, g_strerror (number));
    }
  return n == 0;
}

static sqlite3 *
read_into_memory (const char *path,
                  int         flags,
                  QdJob      *job,
                  GError    **error)
{
  g_autoptr (sqlite3) from = qd_sqlite_open (path, flags, error);
  g_autoptr (sqlite3) memory = NULL;

  if (from == NULL)
    return NULL;
  memory = qd_sqlite_open (":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, error);
  if (memory == NULL)
    return NULL;
  /* Leaves WAL mode, which memory knows not; for all others it means nothing. */
  if ((flags & SQLITE_OPEN_READWRITE) != 0 && !qd_sqlite_exec (from, "PRAGMA journal_mode = DELETE", error))
    return NULL;
  if (!qd_sqlite_copy (memory, from, job, error))
    return NULL;
  return g_steal_pointer (&memory);
}

/* The file beside which another process works, as it is between two of its changes. */
sqlite3 *
qd_store_copy_live (const char *path,
                    QdJob      *job,
                    GError    **error)
{
  return read_into_memory (path, SQLITE_OPEN_READONLY, job, error);
}

/* @suffix: a journal that goes along ("-journal", "-wal"), or NULL. The file and what lies beside it stay untouched. */
sqlite3 *
qd_store_copy_dead (const char *path,
                    const char *suffix,
                    QdJob      *job,
                    GError    **error)
{
  static const char *const names[] = { "copy", "copy-journal", "copy-wal", "copy-shm" };
  g_autofree char *folder = g_dir_make_tmp ("quarterdeck-XXXXXX", error);
  g_autofree char *copy = NULL;
  sqlite3 *memory = NULL;

  if (folder == NULL)
    return NULL;
  copy = g_build_filename (folder, names[0], NULL);
  if (copy_bytes (path, copy, job, error))
    {
      g_autofree char *journal = g_strconcat (path, suffix, NULL);
      g_autofree char *journal_copy = g_strconcat (copy, suffix, NULL);

      if (suffix == NULL || copy_bytes (journal, journal_copy, job, error))
        memory = read_into_memory (copy, SQLITE_OPEN_READWRITE, job, error);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *file = g_build_filename (folder, names[i], NULL);

      g_unlink (file);
    }
  g_rmdir (folder);
  return memory;
}

static gboolean
throw_write (int         number,
             const char *path,
             GError    **error)
{
  g_autofree char *name = g_filename_display_basename (path);
  int code = QD_STORE_ERROR_FAILED;

  if (number == EACCES || number == EPERM || number == EROFS)
    code = QD_STORE_ERROR_PERMISSION;
  else if (number == ENOSPC || number == EDQUOT || number == EFBIG)
    code = QD_STORE_ERROR_FULL;
  else if (number == ENOENT || number == ENOTDIR)
    code = QD_STORE_ERROR_NOT_FOUND;
  else if (number == EEXIST)
    code = QD_STORE_ERROR_EXISTS;
  g_set_error (error, QD_STORE_ERROR, code, _ ("“%s” cannot be made there: %s."), name, g_strerror (number));
  return FALSE;
}

/* A new empty file in the folder of @path. */
static char *
make_temporary (const char *path,
                GError    **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *template = g_strdup_printf (".%s.new-XXXXXX", name);
  g_autofree char *temporary = g_build_filename (folder, template, NULL);
  int fd = g_mkstemp_full (temporary, O_RDWR | O_CLOEXEC, 0666);

  if (fd < 0)
    {
      throw_write (errno, path, error);
      return NULL;
    }
  close (fd);
  return g_steal_pointer (&temporary);
}

/* A new empty file beside @path, which must not exist; qd_store_put_in_place() gives it that name. */
char *
qd_store_make_beside (const char *path,
                      GError    **error)
{
  struct stat there;

  if (lstat (path, &there) == 0)
    {
      g_set_error (error, QD_STORE_ERROR, QD_STORE_ERROR_EXISTS,
                   _ ("“%s” exists already. Choose another name or remove it first."), path);
      return NULL;
    }
  return make_temporary (path, error);
}

static void
sync_folder (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd < 0)
    return;
  fsync (fd);
  close (fd);
}

/* Names a finished file; never replaces another one. Removes @temporary on failure. */
gboolean
qd_store_put_in_place (const char *temporary,
                       const char *path,
                       GError    **error)
{
  int number = 0;

  if (renameat2 (AT_FDCWD, temporary, AT_FDCWD, path, RENAME_NOREPLACE) != 0)
    {
      number = errno;
      /* A file system without it: a hard link does not replace either. */
      if (number == EINVAL || number == ENOSYS)
        number = link (temporary, path) == 0 ? 0 : errno;
      unlink (temporary);
    }
  if (number != 0)
    return throw_write (number, path, error);
  sync_folder (path);
  return TRUE;
}

/* Writes the whole of @from to a new file; removes it on failure. */
static gboolean
fill_temporary (sqlite3    *from,
                const char *temporary,
                QdJob      *job,
                GError    **error)
{
  sqlite3 *to = qd_sqlite_open (temporary, SQLITE_OPEN_READWRITE, error);
  gboolean ok = to != NULL && qd_sqlite_exec (to, "PRAGMA synchronous = FULL", error) &&
                qd_sqlite_copy (to, from, job, error);

  if (to != NULL)
    sqlite3_close_v2 (to);
  if (!ok)
    unlink (temporary);
  return ok;
}

/* A copy under a new name, whole or not at all. */
static gboolean
copy_beside (sqlite3    *from,
             const char *path,
             QdJob      *job,
             GError    **error)
{
  g_autofree char *temporary = qd_store_make_beside (path, error);

  return temporary != NULL && fill_temporary (from, temporary, job, error) &&
         qd_store_put_in_place (temporary, path, error);
}

/* Whether what stands at @path may be replaced: a plain file that nobody works with. Takes its lock. */
static gboolean
check_replaceable (const char        *path,
                   const struct stat *there,
                   QdStoreLock      **lock,
                   GError           **error)
{
  g_autofree char *name = g_filename_display_basename (path);
  g_autofree char *journal = g_strconcat (path, "-journal", NULL);
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  QdStore *open;
  gboolean known;

  if (!S_ISREG (there->st_mode))
    {
      g_set_error (error, QD_STORE_ERROR, QD_STORE_ERROR_EXISTS, _ ("“%s” is no file that could be replaced. Choose another name."),
                   name);
      return FALSE;
    }
  open = qd_store_find_open (there->st_dev, there->st_ino, &known);
  g_clear_pointer (&open, qd_store_unref);
  if (known)
    {
      g_set_error (error, QD_STORE_ERROR, QD_STORE_ERROR_LOCKED,
                   _ ("“%s” is open here and cannot be replaced. Choose another name, or close it first."), name);
      return FALSE;
    }
  if (access (journal, F_OK) == 0 || access (log, F_OK) == 0)
    {
      g_set_error (error, QD_STORE_ERROR, QD_STORE_ERROR_STRAY_JOURNAL,
                   _ ("Beside “%s” lies the journal of an unfinished change. Choose another name, or open that file first."),
                   name);
      return FALSE;
    }
  return qd_store_lock_take (path, FALSE, lock, error);
}

typedef struct
{
  char *path; /* of the file itself, not of a link to it */
  gboolean exists;
} Save;

static gboolean
save_func (QdDb    *db,
           gpointer data,
           QdJob   *job,
           GError **error)
{
  Save *save = data;
  g_autofree char *temporary = NULL;
  int number;

  if (!save->exists)
    return copy_beside (db->handle, save->path, job, error);
  temporary = make_temporary (save->path, error);
  if (temporary == NULL || !fill_temporary (db->handle, temporary, job, error))
    return FALSE;
  if (rename (temporary, save->path) != 0)
    {
      number = errno;
      unlink (temporary);
      return throw_write (number, save->path, error);
    }
  sync_folder (save->path);
  return TRUE;
}

/**
 * qd_store_save_copy:
 * @self: a store
 * @path: where the copy goes
 * @replace: whether a file that is there may be replaced
 * @job: (nullable): reports and cancels
 * @error: return location
 *
 * Writes a copy of the workspace, whole or not at all. A link stays one: what
 * it leads to is replaced. The workspace itself and any that is open, here or
 * elsewhere, is never replaced.
 *
 * Returns: `FALSE` with `QD_STORE_ERROR_EXISTS`, `QD_STORE_ERROR_LOCKED`,
 *   `QD_STORE_ERROR_STRAY_JOURNAL`, `QD_STORE_ERROR_NOT_FOUND` (no such folder),
 *   `QD_STORE_ERROR_FULL` or `QD_STORE_ERROR_PERMISSION`
 */
gboolean
qd_store_save_copy (QdStore    *self,
                    const char *path,
                    gboolean    replace,
                    QdJob      *job,
                    GError    **error)
{
  Save save = { NULL, FALSE };
  QdStoreLock *lock = NULL;
  struct stat there;
  char *real = NULL;
  gboolean ok;

  g_return_val_if_fail (self != NULL && path != NULL, FALSE);

  save.exists = replace && stat (path, &there) == 0;
  if (save.exists && !check_replaceable (path, &there, &lock, error))
    return FALSE;
  real = save.exists ? realpath (path, NULL) : NULL;
  save.path = g_strdup (real != NULL ? real : path);
  free (real);
  ok = qd_store_run (self, QD_STORE_PRIORITY_READ, save_func, &save, job, error);
  g_free (save.path);
  qd_store_lock_release (lock);
  return ok;
}

static char *
stem_of (const char *path)
{
  g_autofree char *name = g_path_get_basename (path);

  return g_str_has_suffix (name, ".quarterdeck") ? g_strndup (name, strlen (name) - strlen (".quarterdeck"))
                                                 : g_strdup (name);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Keeps the newest backups of those that an upgrade made; nothing else matches their name. */
static void
drop_old_backups (const char *folder,
                  const char *prefix)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, prefix) && g_str_has_suffix (name, ".quarterdeck"))
      {
        const char *middle = name + strlen (prefix);
        gsize length = strlen (middle) - strlen (".quarterdeck");

        /* "20260131-235959 format 1" */
        if (length > 23 && strspn (middle, "0123456789-") == 15 && g_str_has_prefix (middle + 15, " format "))
          g_ptr_array_add (names, g_strdup (name));
      }
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i + KEEP_BACKUPS < names->len; i++)
    {
      g_autofree char *path = g_build_filename (folder, g_ptr_array_index (names, i), NULL);

      unlink (path);
    }
}

gboolean
qd_store_backup (sqlite3    *handle,
                 const char *path,
                 guint       version,
                 QdJob      *job,
                 GError    **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *stem = stem_of (path);
  g_autofree char *prefix = g_strdup_printf ("%s backup ", stem);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *time = g_date_time_format (now, "%Y%m%d-%H%M%S");
  g_autofree char *name = g_strdup_printf ("%s%s format %u.quarterdeck", prefix, time, version);
  g_autofree char *target = g_build_filename (folder, name, NULL);

  if (!copy_beside (handle, target, job, error))
    return FALSE;
  drop_old_backups (folder, prefix);
  return TRUE;
}

/**
 * qd_store_dup_checkpoint_path:
 * @self: a store
 * @name: what the checkpoint is called
 *
 * Where qd_store_checkpoint() puts a checkpoint of that name: beside the
 * workspace, "acme (name).quarterdeck". What no file name can hold becomes "-".
 *
 * Returns: (transfer full): the path
 */
char *
qd_store_dup_checkpoint_path (QdStore    *self,
                              const char *name)
{
  g_autofree char *folder = NULL;
  g_autofree char *stem = NULL;
  g_autofree char *clean = NULL;
  g_autofree char *file = NULL;

  g_return_val_if_fail (self != NULL && name != NULL, NULL);
  folder = g_path_get_dirname (self->file.path);
  stem = stem_of (self->file.path);
  clean = g_strdup (name);
  for (char *p = clean; *p != '\0'; p++)
    if (*p == '/' || *p == '\\' || g_ascii_iscntrl (*p))
      *p = '-';
  g_strstrip (clean);
  file = g_strdup_printf ("%s (%s).quarterdeck", stem, clean);
  return g_build_filename (folder, file, NULL);
}

static gboolean
checkpoint_func (QdDb    *db,
                 gpointer data,
                 QdJob   *job,
                 GError **error)
{
  return copy_beside (db->handle, data, job, error);
}

/**
 * qd_store_checkpoint:
 * @self: a store
 * @name: what it is called
 * @job: (nullable): reports and cancels
 * @error: return location
 *
 * Makes a named copy of the workspace beside it, which can be opened as any
 * other; see qd_store_dup_checkpoint_path().
 *
 * Returns: `FALSE` with `QD_STORE_ERROR_EXISTS`, `QD_STORE_ERROR_FULL` or
 *   `QD_STORE_ERROR_PERMISSION`
 */
gboolean
qd_store_checkpoint (QdStore    *self,
                     const char *name,
                     QdJob      *job,
                     GError    **error)
{
  g_autofree char *path = NULL;

  g_return_val_if_fail (self != NULL && name != NULL, FALSE);
  path = qd_store_dup_checkpoint_path (self, name);
  return qd_store_run (self, QD_STORE_PRIORITY_EDIT, checkpoint_func, path, job, error);
}

/**
 * qd_checkpoint_free:
 * @checkpoint: a checkpoint
 */
void
qd_checkpoint_free (QdCheckpoint *checkpoint)
{
  g_free (checkpoint->path);
  g_free (checkpoint->name);
  g_free (checkpoint);
}

/* The part of a file's name between what all copies of a kind begin with and end with; NULL: it is none of them. */
static char *
dup_middle (const char *file,
            const char *prefix,
            const char *suffix)
{
  gsize length = strlen (file), before = strlen (prefix), after = strlen (suffix);

  if (length <= before + after || !g_str_has_prefix (file, prefix) || !g_str_has_suffix (file, suffix))
    return NULL;
  return g_strndup (file + before, length - before - after);
}

static gint
compare_checkpoints (gconstpointer a,
                     gconstpointer b)
{
  const QdCheckpoint *x = *(const QdCheckpoint *const *) a, *y = *(const QdCheckpoint *const *) b;

  return x->time != y->time ? (x->time < y->time ? 1 : -1) : strcmp (y->path, x->path);
}

/**
 * qd_store_list_checkpoints:
 * @self: a store
 *
 * Looks beside the workspace for what qd_store_checkpoint() and upgrades left
 * there. A folder that cannot be read has none.
 *
 * Returns: (transfer full) (element-type QdCheckpoint): newest first
 */
GPtrArray *
qd_store_list_checkpoints (QdStore *self)
{
  GPtrArray *found = g_ptr_array_new_with_free_func ((GDestroyNotify) qd_checkpoint_free);
  g_autofree char *folder = g_path_get_dirname (self->file.path);
  g_autofree char *stem = stem_of (self->file.path);
  g_autofree char *named = g_strconcat (stem, " (", NULL);
  g_autofree char *backup = g_strconcat (stem, " backup ", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *file;

  while (dir != NULL && (file = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *name = dup_middle (file, named, ").quarterdeck");
      g_autofree char *format = name == NULL ? dup_middle (file, backup, ".quarterdeck") : NULL;
      g_autofree char *path = g_build_filename (folder, file, NULL);
      QdCheckpoint *checkpoint;
      GStatBuf status;

      if ((name == NULL && format == NULL) || g_stat (path, &status) != 0 || !S_ISREG (status.st_mode))
        continue;
      checkpoint = g_new0 (QdCheckpoint, 1);
      checkpoint->path = g_steal_pointer (&path);
      checkpoint->backup = format != NULL;
      /* "2026-01-31 23.59.59": nobody gave it another name */
      if (name != NULL && !(strlen (name) == 19 && strspn (name, "0123456789-. ") == 19))
        checkpoint->name = g_filename_display_name (name);
      checkpoint->time = (gint64) status.st_mtime;
      g_ptr_array_add (found, checkpoint);
    }
  g_ptr_array_sort (found, compare_checkpoints);
  return found;
}
