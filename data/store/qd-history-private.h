/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "qd-store-private.h"

G_BEGIN_DECLS

extern const char *const qd_history_tables[]; /* recorded, NULL-terminated */

/* Whether the tables still have those columns, perhaps with more behind them. */
gboolean qd_history_shape_holds (QdDb *db, const char *shape);

gboolean qd_history_begin_target (QdDb *db, QdHistoryKind kind, gint64 batch, gint64 target, const char *summary,
                                  GError **error);

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
/* A row that a changeset changes: @key names it for good, @batch and @implied are what it had before the change. */
typedef void (*QdHistoryTouch) (int op, const char *table, const char *key, gint64 id, gint64 batch, gboolean implied,
                                gpointer data);

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
/* @op: SQLITE_INSERT, SQLITE_UPDATE, SQLITE_DELETE, or 0 for all */
gboolean qd_history_apply_each_touch (QdHistoryApply *self, gconstpointer changes, int length, int op,
                                      QdHistoryTouch touch, gpointer data, GError **error);

/* qd-history-titles.c: translated, as on screen; custom fields and the like by the name that they have. */
const char *qd_history_table_title (const char *table);
const char *qd_history_column_title (const char *column);

G_END_DECLS
