/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A result table on screen: sortable, searchable, copyable, with a footer that
 * counts and sums. It stands on a permutation of the rows behind a lazy list
 * model, so that 200,000 rows cost no more than 200.
 */
#pragma once

#include <gtk/gtk.h>

#include "../draw/qd-format.h"

G_BEGIN_DECLS

#define QD_TYPE_TABLE_VIEW (qd_table_view_get_type ())
G_DECLARE_FINAL_TYPE (QdTableView, qd_table_view, QD, TABLE_VIEW, GtkWidget)

/* Properties: "layout-id" (string: under which widths, order, visibility and sort order are kept), "search-text".
 * Signals:
 *   "row-activated" (uint row)      a row of the table: double click, Return, or the Open button
 *   "cell-edited" (uint row, uint column, string text)   only for editable columns */
GtkWidget *qd_table_view_new (void);
/* @hidden: (nullable) ids of columns that are not shown at first. */
void qd_table_view_set_table (QdTableView *self, QdTable *table, QdFormat *format, const char *const *hidden);
QdTable *qd_table_view_get_table (QdTableView *self);                       /* (nullable) */
QdFormat *qd_table_view_get_format (QdTableView *self);                     /* (nullable) */
void qd_table_view_set_layout_id (QdTableView *self, const char *id);
void qd_table_view_set_title (QdTableView *self, const char *title);        /* accessible name */
void qd_table_view_set_search_text (QdTableView *self, const char *text);   /* rows that contain it, any column */
void qd_table_view_set_editable (QdTableView *self, const char *const *columns); /* ids */
void qd_table_view_sort (QdTableView *self, const char *column, gboolean descending);
guint qd_table_view_get_n_visible (QdTableView *self);
/* The rows as they stand: selected ones, or all when none is; visible columns in their order. (transfer full) */
QdTable *qd_table_view_dup_selection (QdTableView *self);
/* One line that brings selection, sort order and scroll back. (transfer full) */
char *qd_table_view_save_state (QdTableView *self);
void qd_table_view_restore_state (QdTableView *self, const char *state);

G_END_DECLS
