/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "qd-store-private.h"

G_BEGIN_DECLS

extern const char *const qd_history_tables[]; /* recorded, NULL-terminated */

/* Whether the tables still have those columns, perhaps with more behind them. */
gboolean qd_history_shape_holds (QdDb *db, const char *shape);

gboolean qd_history_begin_target (QdDb *db, QdHistoryKind kind, gint64 batch, gint64 target, const char *summary,
                                  GError **error);

/* One line per table of a changeset, "account(id*,external_id,…)": the columns that it stands on, keys starred. */
char *qd_history_read_shape (QdDb *db, gconstpointer changes, int length, GError **error);

G_END_DECLS
