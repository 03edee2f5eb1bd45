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
 *   "row-activated" (uint row)      a row of the table: double click, Return, or the Open button, which is there when
 *                                   somebody listens
 *   "cell-activated" (uint row, uint column)   only for columns whose cells open: a double click, or the menu of the row
 *   "cell-edited" (uint row, uint column, string text)   only for editable columns: F2 or a double click
 *   "selection-changed" ()          or other rows are seen now */
GtkWidget *qd_table_view_new (void);
/* @hidden: (nullable) ids of columns that are not shown at first. A table with the same id and columns as the one
 * before it keeps order, search, selection and scroll. */
void qd_table_view_set_table (QdTableView *self, QdTable *table, QdFormat *format, const char *const *hidden);
QdTable *qd_table_view_get_table (QdTableView *self);                       /* (nullable) */
QdFormat *qd_table_view_get_format (QdTableView *self);                     /* (nullable) */
void qd_table_view_set_layout_id (QdTableView *self, const char *id);
/* (nullable): tables of one layout that are about different things keep their order under different ids. */
void qd_table_view_set_order_id (QdTableView *self, const char *id);
void qd_table_view_set_title (QdTableView *self, const char *title);        /* accessible name */
void qd_table_view_set_search_text (QdTableView *self, const char *text);   /* rows that contain it, any column */
void qd_table_view_start_search (QdTableView *self);                        /* shows the entry and puts the focus there */
void qd_table_view_set_editable (QdTableView *self, const char *const *columns); /* ids */
void qd_table_view_edit_cell (QdTableView *self, guint row, guint column);  /* opens the entry on it */
/* Ids of columns whose cells open by themselves, each another thing than its row. */
void qd_table_view_set_cells_open (QdTableView *self, const char *const *columns);
void qd_table_view_set_row_menu (QdTableView *self, GMenuModel *menu);      /* (nullable): more in the menu of its rows */
/* Ids of columns whose sums the footer says; NULL: all money columns that are seen. */
void qd_table_view_set_sums (QdTableView *self, const char *const *columns);
void qd_table_view_set_footer_visible (QdTableView *self, gboolean visible);
/* The order at first; what the person chose for this layout wins. */
void qd_table_view_sort (QdTableView *self, const char *column, gboolean descending);
guint qd_table_view_get_n_visible (QdTableView *self);
gboolean qd_table_view_is_busy (QdTableView *self);                         /* sorting or searching on a worker */
/* Rows of the table in the order that is seen. */
guint qd_table_view_get_row_at (QdTableView *self, guint position);
void qd_table_view_select_row (QdTableView *self, guint row);               /* alone, and in sight */
GArray *qd_table_view_dup_selected_rows (QdTableView *self);                /* guint; (transfer full) */
/* The rows as they stand: selected ones, or all when fewer than @least are; visible columns in their order. (transfer full) */
QdTable *qd_table_view_dup_selection (QdTableView *self, guint least);
/* One line that brings selection, sort order, scroll and the row with the focus back. (transfer full) */
char *qd_table_view_save_state (QdTableView *self);
void qd_table_view_restore_state (QdTableView *self, const char *state);    /* NULL: as at first */
gboolean qd_table_view_wants_focus (QdTableView *self);                     /* restored, and its row had the focus */

G_END_DECLS
