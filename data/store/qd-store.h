/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The workspace file.
 *
 * A QdStore owns one SQLite connection on a thread of its own. Everybody else
 * sends functions to that thread and gets their result; the functions receive
 * a QdDb, which must not outlive the call. No read transaction outlives its
 * function either: with the DELETE journal a commit beside one would fail.
 *
 * Names that callers may use from any thread: all of qd_store_*. From the
 * store's thread only: everything in qd-db.h and qd-history.h.
 */
#pragma once

#include "../base/qd-job.h"

G_BEGIN_DECLS

typedef struct _QdStore QdStore;
typedef struct _QdDb QdDb;

#define QD_STORE_ERROR (qd_store_error_quark ())
GQuark qd_store_error_quark (void);

/* Each kind of file that is no workspace has its own code and message. */
typedef enum
{
  QD_STORE_ERROR_NOT_FOUND,
  QD_STORE_ERROR_EXISTS,
  QD_STORE_ERROR_EMPTY,
  QD_STORE_ERROR_DIRECTORY,
  QD_STORE_ERROR_LINK_LOOP,
  QD_STORE_ERROR_PERMISSION,
  QD_STORE_ERROR_NOT_DATABASE,
  QD_STORE_ERROR_FOREIGN,
  QD_STORE_ERROR_NEWER,
  QD_STORE_ERROR_SCHEMA,  /* right id, wrong tables, triggers or views: hostile or edited by hand */
  QD_STORE_ERROR_DAMAGED,
  QD_STORE_ERROR_STRAY_JOURNAL,
  QD_STORE_ERROR_LOCKED,
  QD_STORE_ERROR_READ_ONLY,
  QD_STORE_ERROR_FULL,
  QD_STORE_ERROR_CONSTRAINT,
  QD_STORE_ERROR_DEPENDANTS, /* an undo is blocked by later entries; the message lists them */
  QD_STORE_ERROR_NOT_UNDOABLE,
  QD_STORE_ERROR_FAILED,
} QdStoreError;

typedef enum
{
  QD_STORE_OPEN_DEFAULT = 0,
  QD_STORE_OPEN_READ_ONLY = 1 << 0,
  QD_STORE_OPEN_COPY_IF_LOCKED = 1 << 1, /* a locked file is shown from an in-memory copy */
  QD_STORE_OPEN_WAIT = 1 << 2,           /* what this program is about to close is waited for, some seconds */
} QdStoreFlags;

typedef enum
{
  QD_STORE_PRIORITY_EDIT,
  QD_STORE_PRIORITY_READ,
  QD_STORE_PRIORITY_BULK,
} QdStorePriority;

typedef struct
{
  const char *name;     /* what the workspace is called on covers; NULL: the file's name */
  const char *currency; /* ISO 4217, the reporting currency */
  int fiscal_start;     /* 1 to 12 */
} QdStoreSettings;

/* Runs on the store's thread. FALSE with @error set when it failed. */
typedef gboolean (*QdStoreFunc) (QdDb *db, gpointer data, QdJob *job, GError **error);

QdStore *qd_store_create (const char *path, const QdStoreSettings *settings, GError **error);
QdStore *qd_store_open (const char *path, QdStoreFlags flags, QdJob *job, GError **error);
QdStore *qd_store_ref (QdStore *self);
void qd_store_unref (QdStore *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QdStore, qd_store_unref)

gboolean qd_store_run (QdStore *self, QdStorePriority priority, QdStoreFunc func, gpointer data, QdJob *job,
                       GError **error);
void qd_store_run_async (QdStore *self, QdStorePriority priority, QdStoreFunc func, gpointer data,
                         GDestroyNotify destroy, QdJob *job, GAsyncReadyCallback callback, gpointer user_data);
gboolean qd_store_run_finish (QdStore *self, GAsyncResult *result, GError **error);

/* When nothing was asked for half a second, or at the end. What waits with the same @func is dropped. */
void qd_store_run_later (QdStore *self, QdStoreFunc func, gpointer data, GDestroyNotify destroy);

const char *qd_store_get_path (QdStore *self);
gboolean qd_store_is_read_only (QdStore *self);
const char *qd_store_get_notice (QdStore *self);     /* nullable: what the person must know, e.g. "opened from a copy" */
gint64 qd_store_get_version (QdStore *self);         /* data version of the last commit seen */

char *qd_store_dup_checkpoint_path (QdStore *self, const char *name); /* beside the workspace */
/* Copies beside the workspace, those that upgrades made among them. Elements: QdCheckpoint, newest first. Any thread. */
typedef struct
{
  char *path;
  char *name;           /* what it is called; NULL: the moment says it all */
  gint64 time;          /* when it was made, unix seconds */
  gboolean backup;      /* an upgrade of the format made it */
} QdCheckpoint;
void qd_checkpoint_free (QdCheckpoint *checkpoint);
GPtrArray *qd_store_list_checkpoints (QdStore *self);
gboolean qd_store_checkpoint (QdStore *self, const char *name, QdJob *job, GError **error);
/* A copy elsewhere. @replace: a workspace that is there may be replaced, unless somebody has it open. */
gboolean qd_store_save_copy (QdStore *self, const char *path, gboolean replace, QdJob *job, GError **error);
gboolean qd_store_check (QdStore *self, QdJob *job, GPtrArray *findings, GError **error); /* integrity, foreign keys */

G_END_DECLS
