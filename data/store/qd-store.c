/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "quarterdeck"

#include "config.h"

#include "qd-store-private.h"

G_DEFINE_QUARK (qd-store-error-quark, qd_store_error)

static QdStore *
start (const char  *path,
       QdStoreFile *file)
{
  QdStore *self = g_new0 (QdStore, 1);

  g_atomic_ref_count_init (&self->refs);
  self->given = g_strdup (path);
  self->file = *file;
  qd_store_thread_start (self);
  return self;
}

void
qd_store_free (QdStore *self)
{
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

  g_return_val_if_fail (path != NULL, NULL);

  if (!qd_store_file_open (path, flags, job, &file, error))
    return NULL;
  return start (path, &file);
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
  g_return_if_fail (self != NULL);
  if (g_atomic_ref_count_dec (&self->refs))
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
