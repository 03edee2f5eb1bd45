/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The connection, as functions on the store's thread see it.
 *
 * SQL lives in data/store/sql, one file a statement, named by its file: the
 * statement "line-insert" is sql/line-insert.sql. Parameters are named.
 */
#pragma once

/* For the session extension; the build defines both as well. */
#ifndef SQLITE_ENABLE_SESSION
#define SQLITE_ENABLE_SESSION
#endif
#ifndef SQLITE_ENABLE_PREUPDATE_HOOK
#define SQLITE_ENABLE_PREUPDATE_HOOK
#endif
#include <sqlite3.h>

#include "qd-store.h"

G_BEGIN_DECLS

/* A borrowed prepared statement; qd_stmt_release() resets it and clears its bindings. */
typedef struct _QdStmt QdStmt;

QdStmt *qd_db_statement (QdDb *db, const char *name, GError **error);
QdStmt *qd_db_prepare (QdDb *db, const char *sql, GError **error); /* for tests and identifiers built by qd_db_quote */
void qd_stmt_release (QdStmt *stmt);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QdStmt, qd_stmt_release)

/* Binding by 1-based index; hot loops look the index up once. */
int qd_stmt_parameter (QdStmt *stmt, const char *name);
void qd_stmt_bind_integer (QdStmt *stmt, int index, gint64 value);
void qd_stmt_bind_double (QdStmt *stmt, int index, double value);
void qd_stmt_bind_text (QdStmt *stmt, int index, const char *text, gssize length); /* not copied; NULL binds NULL */
void qd_stmt_bind_blob (QdStmt *stmt, int index, gconstpointer data, gsize length); /* not copied */
void qd_stmt_bind_null (QdStmt *stmt, int index);

/* TRUE with @row set while there are rows; a reset is included when done. */
gboolean qd_stmt_step (QdStmt *stmt, gboolean *row, GError **error);
/* Steps to the end; for statements without rows. Resets, keeps bindings. */
gboolean qd_stmt_run (QdStmt *stmt, GError **error);
sqlite3_stmt *qd_stmt_get_handle (QdStmt *stmt); /* for sqlite3_column_* */

gboolean qd_db_exec (QdDb *db, const char *sql, GError **error);
char *qd_db_quote (const char *identifier);
sqlite3 *qd_db_get_handle (QdDb *db);
gint64 qd_db_last_rowid (QdDb *db);
gint64 qd_db_changes (QdDb *db);
gboolean qd_db_is_read_only (QdDb *db);

/* Nested write transactions are counted; only the outermost commits. */
gboolean qd_db_begin (QdDb *db, GError **error);
gboolean qd_db_commit (QdDb *db, GError **error);
void qd_db_rollback (QdDb *db);

/* Settings: "name", "currency", "fiscal_start", "data_version", "last_change" (unix seconds), "sample", "profile". */
char *qd_db_dup_setting (QdDb *db, const char *key);
gboolean qd_db_set_setting (QdDb *db, const char *key, const char *value, GError **error);
gint64 qd_db_get_version (QdDb *db);

G_END_DECLS
