/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "qd-store-private.h"

G_BEGIN_DECLS

extern const char *const qd_history_tables[]; /* recorded, NULL-terminated */

/* Whether the tables still have those columns, perhaps with more behind them. */
gboolean qd_history_shape_holds (QdDb *db, const char *shape);

gboolean qd_history_begin_target (QdDb *db, QdHistoryKind kind, gint64 batch, gint64 target, const char *summary,
                                  GError **error);

/* Ends the open entry, whose writer goes back to a savepoint; the transaction around it stays. */
void qd_history_abandon (QdDb *db);

/* A changeset without its values. */
typedef struct
{
  guint64 insertions, updates, deletions;
} QdHistoryCounts;
typedef gboolean (*QdHistoryScanTable) (const char *name, int n_columns, gpointer data, GError **error);
gboolean qd_history_scan (gconstpointer changes, int length, QdHistoryScanTable table, gpointer data,
                          QdHistoryCounts *counts, GError **error);

/* One line per table of a changeset, "account(id*,external_id,…)": the columns that it stands on, keys starred. */
char *qd_history_read_shape (QdDb *db, gconstpointer changes, int length, GError **error);

/* Deletes what @condition (with :batch and perhaps :skip) finds and records it, with recording by the session off. No
 * change of the open entry may have touched those rows. */
gboolean qd_history_delete_rows (QdDb *db, const char *table, const char *condition, gint64 batch, const char *skip,
                                 QdJob *job, GError **error);

/* Applying backwards. */

typedef struct _QdHistoryApply QdHistoryApply;
/* A row that a changeset changes. */
typedef struct
{
  int op;
  const char *table;
  const char *key;     /* names it for good */
  gint64 id;
  gint64 batch;        /* this and the next: what it had before the change */
  gboolean implied;
  gboolean wanted;     /* it, or a field that was changed, is among those that were asked for */
  gboolean field;      /* a field that was changed is */
} QdHistoryTouched;
typedef void (*QdHistoryTouch) (const QdHistoryTouched *row, gpointer data);

QdHistoryApply *qd_history_apply_new (QdDb *db, QdJob *job, GPtrArray *kept);
void qd_history_apply_free (QdHistoryApply *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QdHistoryApply, qd_history_apply_free)
/* @record_all: a redo need not record the rows that it brings back, it is undone by their batch or by the entry itself. */
gboolean qd_history_apply_backwards (QdHistoryApply *self, gconstpointer changes, int length, gboolean record_all,
                                     GError **error);
/* Before anything else of a batch is looked at or deleted: rows that its import only took over return to their former batch. */
gboolean qd_history_apply_hand_back (QdHistoryApply *self, gint64 batch, gconstpointer changes, int length,
                                     GError **error);
gboolean qd_history_apply_add_undone (QdHistoryApply *self, gconstpointer changes, int length, GError **error);
/* Before anything is applied: of the rows that each later entry deleted, the newest first, those whose numbers others have
 * now. First the one, then the other. */
gboolean qd_history_apply_find_other_parents (QdHistoryApply *self, gconstpointer changes, int length, GError **error);
gboolean qd_history_apply_find_others (QdHistoryApply *self, gconstpointer changes, int length, GError **error);
gboolean qd_history_apply_find_overwritten (QdHistoryApply *self, gconstpointer changes, int length,
                                            GHashTable *overwritten, GError **error);
gboolean qd_history_apply_find_released (QdHistoryApply *self, gconstpointer changes, int length, GHashTable *released,
                                         GError **error);
/* (transfer full) (nullable): the key of the row that stood in the way of one that should have come back. */
char *qd_history_apply_steal_occupant (QdHistoryApply *self, gint64 *batch);
/* @op: SQLITE_INSERT, SQLITE_UPDATE, SQLITE_DELETE, or 0 for all. @wanted: (nullable): a set of rows and fields */
gboolean qd_history_apply_each_touch (QdHistoryApply *self, gconstpointer changes, int length, int op, GHashTable *wanted,
                                      QdHistoryTouch touch, gpointer data, GError **error);
char *qd_history_row_key (const char *table, const char *key);
char *qd_history_field_key (const char *table, const char *key, guint column);
char *qd_history_key_expression (QdDb *db, const char *table, const char *alias);

/* qd-history-later.c: who stands on an entry that is to be undone. */

/* An entry with what it changed. */
typedef struct
{
  gint64 id;
  QdHistoryKind kind;
  gint64 batch;
  gint64 target;
  gint64 step;
  char *summary;
  gboolean undone;
  char *shape;
  gpointer changes;
  int length;
} QdHistoryRecord;

typedef struct _QdHistoryLater QdHistoryLater;

/* @batch: whose rows go; 0: none. @standing: (nullable): a set of gint64, into which the entries go that stand on it;
 * then those that only changed a field since stand on it too. */
QdHistoryLater *qd_history_later_new (QdDb *db, QdHistoryApply *apply, const QdHistoryRecord *entry, gint64 batch,
                                      GHashTable *standing);
void qd_history_later_free (QdHistoryLater *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QdHistoryLater, qd_history_later_free)
/* FALSE with QD_STORE_ERROR_DEPENDANTS when somebody stands in the way. */
gboolean qd_history_later_check (QdHistoryLater *self, GError **error);
/* Behind the undo: accounts and products that were only mentioned go with the last that mentions them, unless later
 * entries changed them. FALSE as before. */
gboolean qd_history_later_check_guests (QdHistoryLater *self, GError **error);
/* Who brought the row with that key and, where an import did, that batch: into the set. */
gboolean qd_history_later_find_bringer (QdHistoryLater *self, const char *key, gint64 batch, GError **error);
/* Accounts and products (@table) of the batch that were implied and that a later entry filled in: ids, as JSON. */
char *qd_history_later_list_filled (QdHistoryLater *self, const char *table);
gboolean qd_history_has_column (QdDb *db, const char *table, const char *column);

/* qd-history-titles.c: translated, as on screen; custom fields and the like by the name that they have. */
const char *qd_history_table_title (const char *table);
const char *qd_history_column_title (const char *column);

G_END_DECLS
