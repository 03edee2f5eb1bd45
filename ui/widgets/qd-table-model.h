/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The rows of a table as a list for GTK, and which of them are selected: a
 * permutation and one byte for each row. Items are made when they are asked
 * for, and stand for places, not for rows: sorting changes what they show and
 * tells GTK nothing. So the number of rows does not matter. Main thread only.
 */
#pragma once

#include <gtk/gtk.h>

#include "qd-table-index.h"

G_BEGIN_DECLS

#define QD_TYPE_TABLE_ROW (qd_table_row_get_type ())
G_DECLARE_FINAL_TYPE (QdTableRow, qd_table_row, QD, TABLE_ROW, GObject)
guint qd_table_row_get_position (QdTableRow *self);
guint qd_table_row_get_row (QdTableRow *self); /* of the table, for now; G_MAXUINT: none any more */

#define QD_TYPE_TABLE_MODEL (qd_table_model_get_type ())
G_DECLARE_FINAL_TYPE (QdTableModel, qd_table_model, QD, TABLE_MODEL, GObject)

/* A GListModel and GtkSelectionModel. Signal "changed" (): other rows are selected. */
QdTableModel *qd_table_model_new (void);
void qd_table_model_reset (QdTableModel *self); /* no rows of no table */
/* @order: (transfer full): as qd_table_index_order() gave it; the selection stays. */
void qd_table_model_take_order (QdTableModel *self, guint32 *order, guint n_rows);
/* @n_all: rows of the table; @selected: (transfer full): by row. */
void qd_table_model_take_table (QdTableModel *self, guint n_all, guint8 *selected, guint32 *order, guint n_rows);
/* GTK learns of another number of rows by this, until it returns FALSE. */
gboolean qd_table_model_tell (QdTableModel *self, guint step);

guint qd_table_model_get_n_rows (QdTableModel *self); /* that are shown, told or not */
/* Where ranges start: follows the row, with "list.select-item" in between. */
void qd_table_model_move_range (QdTableModel *self, gboolean moving);
guint qd_table_model_get_range_row (QdTableModel *self); /* of the table; G_MAXUINT */
guint qd_table_model_get_row (QdTableModel *self, guint position);
guint qd_table_model_find_row (QdTableModel *self, guint row); /* its position, G_MAXUINT when it is not there */
const guint32 *qd_table_model_get_order (QdTableModel *self, guint *n_rows);
gboolean qd_table_model_is_row_selected (QdTableModel *self, guint row);
void qd_table_model_select_row (QdTableModel *self, guint row, gboolean selected);
/* By row of the table, whether it is shown or not. */
const guint8 *qd_table_model_get_selected (QdTableModel *self);
void qd_table_model_take_selected (QdTableModel *self, guint8 *selected); /* (transfer full) */
guint qd_table_model_count_selected (QdTableModel *self); /* of those that are in the list */

G_END_DECLS
