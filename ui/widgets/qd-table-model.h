/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The rows of a table as a list for GTK, and which of them are selected: a
 * permutation and one byte for each row. Items are made when they are asked
 * for, so that the number of rows does not matter. Main thread only.
 */
#pragma once

#include <gtk/gtk.h>

#include "qd-table-index.h"

G_BEGIN_DECLS

#define QD_TYPE_TABLE_ROW (qd_table_row_get_type ())
G_DECLARE_FINAL_TYPE (QdTableRow, qd_table_row, QD, TABLE_ROW, GObject)
guint qd_table_row_get_row (QdTableRow *self); /* of the table */

#define QD_TYPE_TABLE_MODEL (qd_table_model_get_type ())
G_DECLARE_FINAL_TYPE (QdTableModel, qd_table_model, QD, TABLE_MODEL, GObject)

/* A GListModel and GtkSelectionModel. */
QdTableModel *qd_table_model_new (void);
/* @n_all: rows of the table. Forgets the selection. */
void qd_table_model_reset (QdTableModel *self, guint n_all);
/* @order: (transfer full): as qd_table_index_order() gave it; the selection stays. */
void qd_table_model_take_order (QdTableModel *self, guint32 *order, guint n_rows);

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
