/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "quarterdeck"

#include "config.h"

#include "qd-store-private.h"

G_DEFINE_QUARK (qd-store-error-quark, qd_store_error)

/* Which files this process has open: a second look at one would drop SQLite's locks on it. */

typedef struct
{
  dev_t device;
  ino_t inode;
  QdStore *store; /* NULL: it is closing */
} OpenFile;

static GMutex open_mutex;        /* guards open_files and the last unref of those in it */
static GCond file_closed;        /* with open_mutex */
static GArray *open_files;       /* OpenFile */
static GMutex opening_mutex;     /* one opening at a time */

static OpenFile *
find_locked (dev_t device,
             ino_t inode)
{
  for (guint i = 0; open_files != NULL && i < open_files->len; i++)
    {
      OpenFile *file = &g_array_index (open_files, OpenFile, i);

      if (file->device == device && file->inode == inode)
        return file;
    }
  return NULL;
}

QdStore *
qd_store_find_open (dev_t     device,
                    ino_t     inode,
                    gboolean *known)
{
  OpenFile *file;
  QdStore *store = NULL;

  g_mutex_lock (&open_mutex);
  file = find_locked (device, inode);
  *known = file != NULL;
  if (file != NULL && file->store != NULL)
    store = qd_store_ref (file->store);
  g_mutex_unlock (&open_mutex);
  return store;
}

void
qd_store_forget_open (QdStore *self)
{
  g_mutex_lock (&open_mutex);
  for (guint i = 0; !self->file.copy && i < open_files->len; i++)
    {
      OpenFile *file = &g_array_index (open_files, OpenFile, i);

      if (file->device == self->file.device && file->inode == self->file.inode)
        {
          g_array_remove_index_fast (open_files, i);
          break;
        }
    }
  if (open_files != NULL && open_files->len == 0)
    g_clear_pointer (&open_files, g_array_unref);
  g_cond_broadcast (&file_closed);
  g_mutex_unlock (&open_mutex);
}

/* Until this process has let go of a file, the job is cancelled, or it has taken too long. */
static void
wait_for_close (const char *path,
                QdJob      *job)
{
  g_autofree char *file = qd_store_resolve (path, NULL);
  gint64 end = g_get_monotonic_time () + QD_STORE_BUSY_MS * G_TIME_SPAN_MILLISECOND;
  struct stat info;

  if (file == NULL || !qd_store_stat (file, &info, NULL))
    return;
  g_mutex_lock (&open_mutex);
  while (find_locked (info.st_dev, info.st_ino) != NULL && qd_job_check (job, NULL) && g_get_monotonic_time () < end)
    g_cond_wait_until (&file_closed, &open_mutex, g_get_monotonic_time () + G_TIME_SPAN_SECOND / 10);
  g_mutex_unlock (&open_mutex);
}

static void
remember_open (QdStore *self)
{
  OpenFile file = { self->file.device, self->file.inode, self };

  if (self->file.copy)
    return;
  g_mutex_lock (&open_mutex);
  if (open_files == NULL)
    open_files = g_array_new (FALSE, FALSE, sizeof (OpenFile));
  g_array_append_val (open_files, file);
  g_mutex_unlock (&open_mutex);
}

static gboolean
copy_func (QdDb    *db,
           gpointer data,
           QdJob   *job,
           GError **error)
{
  return qd_sqlite_copy (data, db->handle, job, error);
}

sqlite3 *
qd_store_copy_open (QdStore *store,
                    QdJob   *job,
                    GError **error)
{
  g_autoptr (sqlite3) memory = qd_sqlite_open (":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, error);

  if (memory == NULL || !qd_store_run (store, QD_STORE_PRIORITY_READ, copy_func, memory, job, error))
    return NULL;
  return g_steal_pointer (&memory);
}

static QdStore *
start (const char  *path,
       QdStoreFile *file)
{
  QdStore *self = g_new0 (QdStore, 1);

  g_atomic_ref_count_init (&self->refs);
  self->given = g_strdup (path);
  self->file = *file;
  remember_open (self);
  qd_store_thread_start (self);
  return self;
}

void
qd_store_free (QdStore *self)
{
  qd_store_file_clear (&self->file);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->wake);
  g_cond_clear (&self->done);
  g_free (self->given);
  g_free (self);
}

/**
 * qd_store_create:
 * @path: where; nothing may be there
 * @settings: what the workspace is about
 * @error: return location
 *
 * Makes a new workspace file and opens it. The file appears whole or not at all.
 *
 * Returns: (transfer full) (nullable): the store, or `NULL` with
 *   `QD_STORE_ERROR_EXISTS`, `QD_STORE_ERROR_NOT_FOUND` (no such folder),
 *   `QD_STORE_ERROR_PERMISSION` or `QD_STORE_ERROR_FULL`
 */
QdStore *
qd_store_create (const char            *path,
                 const QdStoreSettings *settings,
                 GError               **error)
{
  g_return_val_if_fail (path != NULL && settings != NULL, NULL);
  g_return_val_if_fail (settings->fiscal_start >= 1 && settings->fiscal_start <= 12, NULL);

  if (!qd_store_file_create (path, settings, error))
    return NULL;
  return qd_store_open (path, QD_STORE_OPEN_DEFAULT, NULL, error);
}

/**
 * qd_store_open:
 * @path: a workspace file
 * @flags: how
 * @job: (nullable): reports and cancels
 * @error: return location
 *
 * Opens a workspace. A file that is none, or a bad one, is left untouched to
 * the byte, and each kind has its own code. A file that cannot be written is
 * opened for reading; see qd_store_get_notice().
 *
 * Returns: (transfer full) (nullable): the store, or `NULL` with a `QD_STORE_ERROR`
 */
QdStore *
qd_store_open (const char  *path,
               QdStoreFlags flags,
               QdJob       *job,
               GError     **error)
{
  QdStoreFile file = { 0 };
  QdStore *self = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  if (flags & QD_STORE_OPEN_WAIT)
    wait_for_close (path, job);
  g_mutex_lock (&opening_mutex);
  if (qd_store_file_open (path, flags, job, &file, error))
    self = start (path, &file);
  else
    qd_store_file_clear (&file);
  g_mutex_unlock (&opening_mutex);
  return self;
}

/**
 * qd_store_ref:
 * @self: a store
 *
 * Returns: (transfer full): the same
 */
QdStore *
qd_store_ref (QdStore *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

/**
 * qd_store_unref:
 * @self: (transfer full): a store
 *
 * Closes the file with the last reference: the thread ends, the lock goes.
 */
void
qd_store_unref (QdStore *self)
{
  OpenFile *file;
  gboolean last;

  g_return_if_fail (self != NULL);
  g_mutex_lock (&open_mutex);
  last = g_atomic_ref_count_dec (&self->refs);
  file = last && !self->file.copy ? find_locked (self->file.device, self->file.inode) : NULL;
  if (file != NULL)
    file->store = NULL;
  g_mutex_unlock (&open_mutex);
  if (last)
    qd_store_thread_stop (self);
}

/**
 * qd_store_get_path:
 * @self: a store
 *
 * Returns: (transfer none): the path that it was opened by
 */
const char *
qd_store_get_path (QdStore *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->given;
}

/**
 * qd_store_is_read_only:
 * @self: a store
 *
 * Returns: whether nothing can be changed
 */
gboolean
qd_store_is_read_only (QdStore *self)
{
  g_return_val_if_fail (self != NULL, TRUE);
  return self->file.db->read_only;
}

/**
 * qd_store_get_notice:
 * @self: a store
 *
 * Returns: (transfer none) (nullable): what the person must know about how the
 *   file was opened, translated
 */
const char *
qd_store_get_notice (QdStore *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->file.notice;
}
