/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the files of the store share. Nobody else includes this, tests of the
 * store excepted.
 */
#pragma once

#include <sys/stat.h>

#include "qd-history.h"

G_BEGIN_DECLS

#define QD_STORE_APPLICATION_ID 0x51444b31 /* "QDK1" */
#define QD_STORE_RESOURCE "/org/quarterdeck/store/"
#define QD_STORE_HEADER_SIZE 100
#define QD_STORE_BUSY_MS 10000

/* The connection. */

struct _QdDb
{
  sqlite3 *handle;
  gboolean read_only;
  QdJob *job;             /* of the function that runs; the progress handler asks it */
  GHashTable *statements; /* key (name or text) → QdStmt */
  guint n_texts;          /* how many of them are keyed by text */
  guint depth;            /* of nested transactions */
  gboolean doomed;        /* an inner level rolled back */

  /* The open history entry, 0: none. */
  gint64 entry;
  sqlite3_session *session;
  gboolean recording;
  int session_rc;
  GByteArray *deleted; /* rows deleted in bulk, as changes, nullable */
};

QdDb *qd_db_new (sqlite3 *handle, gboolean read_only);
void qd_db_free (QdDb *db);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QdDb, qd_db_free)
void qd_db_set_job (QdDb *db, QdJob *job);
/* Ends what a function left open: its transaction, its statements. Both are mistakes of the function. */
void qd_db_settle (QdDb *db);
/* Made by sql/compile.sh. */
GResource *qd_store_sql_get_resource (void);
void qd_store_sql_register_resource (void);
GBytes *qd_store_read_resource (const char *name, GError **error);
gboolean qd_sqlite_throw (sqlite3 *handle, int rc, GError **error);
/* Opens @path (":memory:" too) hardened: no extensions, no trust in the schema, no double-quoted strings. */
sqlite3 *qd_sqlite_open (const char *path, int flags, GError **error);
gboolean qd_sqlite_exec (sqlite3 *handle, const char *sql, GError **error);
gboolean qd_sqlite_integer (sqlite3 *handle, const char *sql, gint64 *value, GError **error);
gboolean qd_sqlite_copy (sqlite3 *to, sqlite3 *from, QdJob *job, GError **error);
void qd_sqlite_close (sqlite3 *handle);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3, qd_sqlite_close)
void qd_sqlite_stmt_close (sqlite3_stmt *stmt);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3_stmt, qd_sqlite_stmt_close)

/* The lock. */

typedef struct _QdStoreLock QdStoreLock;

/* @shared: readers beside readers. TRUE with @lock NULL: the place takes no lock file. */
gboolean qd_store_lock_take (const char *path, gboolean shared, QdStoreLock **lock, GError **error);
void qd_store_lock_release (QdStoreLock *lock);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QdStoreLock, qd_store_lock_release)

/* Schema. */

typedef struct
{
  const char *resource; /* statements to run, or NULL */
  gboolean (*run) (sqlite3 *handle, GError **error); /* after them, or NULL */
  gboolean closes_history; /* it does more than append columns to recorded tables */
} QdMigration;

const QdMigration *qd_store_get_migrations (guint *n_migrations);
/* From the file's version to @n_migrations, each step and its version in one transaction. */
gboolean qd_store_migrate (sqlite3 *handle, const QdMigration *migrations, guint n_migrations, QdJob *job, GError **error);
/* Compares with a fresh schema of the same version; the message names the first difference. */
gboolean qd_store_compare_schema (sqlite3 *handle, const QdMigration *migrations, guint version, const char *name,
                                  GError **error);

/* Looking. */

typedef struct
{
  struct stat info;
  guint page_size;
  guint32 pages;    /* as the header says, when @sized */
  guint32 counter;  /* of changes */
  guint32 version;
  gboolean wal;
  gboolean sized;
  pid_t writer;     /* another process in a write transaction, 0: none */
} QdStoreHeader;

typedef enum
{
  QD_STORE_JOURNAL_NONE,
  QD_STORE_JOURNAL_HOT,         /* ours, of an interrupted change */
  QD_STORE_JOURNAL_FOREIGN,
  QD_STORE_JOURNAL_FOREIGN_WAL,
  QD_STORE_JOURNAL_WAL,         /* the file is in WAL mode, with changes in the log */
  QD_STORE_JOURNAL_WAL_MODE,    /* without */
} QdStoreJournal;

char *qd_store_resolve (const char *path, GError **error);
gboolean qd_store_stat (const char *path, struct stat *info, GError **error);
gboolean qd_store_read_header (const char *path, QdStoreHeader *header, GError **error);
gboolean qd_store_check_size (const char *path, const QdStoreHeader *header, GError **error);
QdStoreJournal qd_store_find_journal (const char *path, const QdStoreHeader *header);
gboolean qd_store_stamp_holds (const char *path, const QdStoreHeader *header);
void qd_store_stamp_write (const char *path);

/* Copies. */

sqlite3 *qd_store_copy_live (const char *path, QdJob *job, GError **error);
sqlite3 *qd_store_copy_dead (const char *path, const char *suffix, QdJob *job, GError **error);
sqlite3 *qd_store_copy_open (QdStore *store, QdJob *job, GError **error);
char *qd_store_make_beside (const char *path, GError **error);
gboolean qd_store_put_in_place (const char *temporary, const char *path, GError **error);
/* Before an upgrade from @version; keeps the newest three. */
gboolean qd_store_backup (sqlite3 *handle, const char *path, guint version, QdJob *job, GError **error);

/* Opening. */

typedef struct
{
  char *path;    /* resolved */
  QdDb *db;
  QdStoreLock *lock;
  char *notice;
  gboolean copy; /* in memory: the file is not open */
  dev_t device;
  ino_t inode;
} QdStoreFile;

gboolean qd_store_file_open (const char *path, QdStoreFlags flags, QdJob *job, QdStoreFile *file, GError **error);
gboolean qd_store_file_create (const char *path, const QdStoreSettings *settings, GError **error);
void qd_store_file_close (QdStoreFile *file); /* path and notice stay */
void qd_store_file_clear (QdStoreFile *file);

/* The store. */

typedef struct
{
  QdStoreFunc func;
  gpointer data;
  QdJob *job;
  GTask *task; /* NULL: somebody waits, or it is for later */
  GDestroyNotify destroy; /* of data, when it is for later */
  gboolean done;
  gboolean result;
  GError *error;
} QdStoreRequest;

struct _QdStore
{
  gatomicrefcount refs;
  char *given;      /* the path as it was given */
  QdStoreFile file;

  GThread *thread;
  GMutex mutex;     /* guards what follows */
  GCond wake;       /* the thread: there is work */
  GCond done;       /* those who wait: some is done */
  GQueue queues[QD_STORE_PRIORITY_BULK + 1];
  GQueue later;
  gint64 version;
  gboolean quit;
  gboolean detached; /* the last reference went on the thread itself */
};

void qd_store_thread_start (QdStore *self);
void qd_store_thread_stop (QdStore *self); /* frees @self */
void qd_store_free (QdStore *self);
/* The store of this process that has a file open, with a reference; @known without one: it is just closing. */
QdStore *qd_store_find_open (dev_t device, ino_t inode, gboolean *known);
void qd_store_forget_open (QdStore *self);

G_END_DECLS
