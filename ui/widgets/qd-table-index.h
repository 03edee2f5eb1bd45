/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The order of a table's rows: sorted by a column, reduced to those that hold a
 * text. Keys and texts are made once for each table and kept. No GTK; any thread.
 */
#pragma once

#include <gio/gio.h>

#include "../draw/qd-format.h"

G_BEGIN_DECLS

typedef struct _QdTableIndex QdTableIndex;

QdTableIndex *qd_table_index_new (QdTable *table, QdFormat *format);
QdTableIndex *qd_table_index_ref (QdTableIndex *self);
void qd_table_index_unref (QdTableIndex *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QdTableIndex, qd_table_index_unref)

/* @column: −1: as the table has them. Missing cells come last in both directions, equal ones in the table's order.
 * @text: (nullable): rows that hold it in any column, as shown. NULL when cancelled. (transfer full) */
guint32 *qd_table_index_order (QdTableIndex *self, int column, gboolean descending, const char *text,
                               GCancellable *cancellable, guint *n_rows);
/* Whether that takes but a few milliseconds. */
gboolean qd_table_index_is_quick (QdTableIndex *self, int column, const char *text);

/* How a cell is shown, without its unit when the whole column has one: see qd_table_index_dup_title(). */
char *qd_table_index_dup_cell (const QdTableIndex *self, guint row, guint column);
/* The same with its unit, for reading aloud: "$1,240,512". */
char *qd_table_index_dup_spoken (const QdTableIndex *self, guint row, guint column);
char *qd_table_index_dup_title (const QdTableIndex *self, guint column); /* with the unit: "ARR ($)" */
gboolean qd_table_index_sum (QdTableIndex *self, guint column, gint64 *sum); /* of all rows; FALSE: too large */
gboolean qd_table_index_is_number (const QdTableIndex *self, guint column);

/* Case, accents and kinds of blanks make no difference in a search. (transfer full) */

G_END_DECLS
