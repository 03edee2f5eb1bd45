/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A figure and the rows that it is made of: what it is, its value, how it is
 * made; under it the rows as a table. Where they are about customers, a press on
 * a row opens its customer, and beside the heading stands what the selected ones
 * are worth, with Edit Customers.
 */
#pragma once

#include "../qd-page.h"

G_BEGIN_DECLS

#define QD_TYPE_ROW_LIST (qd_row_list_get_type ())
G_DECLARE_FINAL_TYPE (QdRowList, qd_row_list, QD, ROW_LIST, GtkBox)

/* ARR at @as_of of the account of each row, in minor units; NULL: the rows are no customers, or there is no revenue. On
 * a worker. (transfer full) */
gint64 *qd_row_list_find_arr (QdSnapshot *snapshot, QdTable *table, QdMonth as_of);

/* Property: "layout-id" (string): that of the table. */
void qd_row_list_set_figure (QdRowList *self, const char *what, const char *value, const char *made);
/* After the figure. @arr: (nullable) by row of @table; copied. @kind: under which the order is kept. @place: rows of
 * another place begin at the top, unselected. @sums: see qd_table_view_set_sums(). */
void qd_row_list_set_table (QdRowList *self, QdTable *table, QdFormat *format, const char *const *sums, const gint64 *arr,
                            const char *kind, const char *place);
QdTableView *qd_row_list_get_view (QdRowList *self);

G_END_DECLS
