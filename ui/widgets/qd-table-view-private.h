/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the files of the table view share.
 */
#pragma once

#include <adwaita.h>

#include "qd-table-model.h"
#include "qd-table-view.h"

G_BEGIN_DECLS

struct _QdTableView
{
  GtkWidget parent_instance;

  GtkSearchBar *search_bar;
  GtkEditable *search_entry;
  GtkStack *stack;              /* "rows", "none", "empty" */
  GtkScrolledWindow *scroller;
  GtkColumnView *view;
  AdwStatusPage *none;
  GtkWidget *footer;
  GtkSpinner *spinner;
  GtkLabel *summary;
  GtkWidget *open_button;
  GtkMenuButton *sort_button, *columns_button;
  GSimpleActionGroup *actions;
  GtkWidget *context_menu;      /* nullable */
  GMenuModel *row_menu;         /* nullable: what the page can do with rows */
  GtkWidget *editor;            /* nullable: popover */

  QdTable *table;               /* nullable, and with it: */
  QdFormat *format;
  QdTableIndex *index;
  QdTableModel *model;
  GPtrArray *columns;           /* GtkColumnViewColumn, by column of the table */
  char **hidden, **editable, **sums, **open;
  char *layout_id, *order_id, *title;

  char *sort;                   /* nullable: id of the column; the table's own order */
  gboolean descending;
  gboolean sorted_by_person;
  char *search;                 /* "" for none */
  GCancellable *ordering;       /* while a worker is at it */
  gboolean to_top;              /* once that is done */
  gboolean building;            /* changes of columns, sorters and entry are ours */

  double before_search;         /* where the list was scrolled to */
  double scroll;                /* to restore, −1 for none */
  guint scroll_tries;
  guint reveal_row;             /* to have in sight; G_MAXUINT for none */
  guint scroll_source;
  gint64 changed_frame;         /* of the clock, when the number of rows changed */
  gboolean refocus;             /* then the selected row gets the focus */

  guint8 *carried;              /* nullable: the selection of a table that is not shown yet */
  gboolean emptied;             /* since the last frame */
  gboolean moving;              /* cells are written when that is done */
  guint tell_source;            /* while GTK is told of rows */
  guint cursor_row;             /* where the keyboard goes on when that is done; G_MAXUINT: nowhere else */
  gboolean cursor_focuses;

  GPtrArray *unnamed;           /* cells that need an accessible name */
  guint name_source;
};

/* qd-table-columns.c: columns, cells, headings */
void qd_table_view_build_columns (QdTableView *self);
gint qd_table_view_get_column_index (GtkColumnViewColumn *column);
void qd_table_view_show_sort_arrow (QdTableView *self);
void qd_table_view_refresh_cells (QdTableView *self);
QdTableRow *qd_table_view_get_item (GtkWidget *row_widget); /* nullable */
gboolean qd_table_view_find_cell (QdTableView *self, double x, double y, guint *row, guint *column);
GtkWidget *qd_table_view_find_cell_widget (QdTableView *self, guint row, guint column); /* nullable: out of sight */
void qd_table_view_move_column (QdTableView *self, guint column, int by);
/* Visible columns of the table, in the order on screen. (transfer full) (element-type guint) */
GArray *qd_table_view_dup_columns (QdTableView *self);

/* qd-table-rows.c: what the list shows */
void qd_table_view_show_rows (QdTableView *self, guint32 *order, guint n_rows); /* (transfer full) */
void qd_table_view_empty (QdTableView *self);
void qd_table_view_go_on_telling (QdTableView *self);
void qd_table_view_note_change (QdTableView *self);
gboolean qd_table_view_is_laid_out (QdTableView *self);
GtkWidget *qd_table_view_find_focused_row (QdTableView *self); /* nullable */

/* qd-table-layout.c: what is remembered */
void qd_table_view_load_layout (QdTableView *self);
void qd_table_view_load_order (QdTableView *self);
void qd_table_view_save_layout (QdTableView *self);
void qd_table_view_reset_layout (QdTableView *self);

/* qd-table-menus.c */
void qd_table_view_build_sort_menu (QdTableView *self);
void qd_table_view_setup_menus (QdTableView *self);
void qd_table_view_setup_keys (QdTableView *self);
void qd_table_view_popup_menu (QdTableView *self, double x, double y);

gboolean qd_table_view_opens_cell (QdTableView *self, guint row, guint column);

/* qd-table-edit.c */
gboolean qd_table_view_is_editable (QdTableView *self, guint column);
void qd_table_view_follow_edit (QdTableView *self);

/* qd-table-actions.c */
void qd_table_view_install_actions (QdTableView *self);
void qd_table_view_add_shortcuts (GtkWidgetClass *widget_class);

/* qd-table-state.c: the rows of @to that are selected in @from. (transfer full) */
guint8 *qd_table_view_carry_selection (QdTable *from, const guint8 *selected, QdTable *to);

/* qd-table-footer.c */
void qd_table_view_update_footer (QdTableView *self);

/* qd-table-view.c */
void qd_table_view_set_sort (QdTableView *self, const char *column, gboolean descending);
void qd_table_view_scroll_to (QdTableView *self, double value);
double qd_table_view_get_scroll (QdTableView *self);
void qd_table_view_activate_cell (QdTableView *self, guint row, guint column);
void qd_table_view_activate_position (QdTableView *self, guint position);
void qd_table_view_sort_for_person (QdTableView *self, const char *column, gboolean descending);

G_END_DECLS
