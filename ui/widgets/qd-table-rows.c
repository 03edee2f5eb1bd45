/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which rows the list shows. GTK knows places only: what stands there is
 * written by us, of their number it is told in slices, and where the keyboard
 * is follows the row.
 */
#define G_LOG_DOMAIN "quarterdeck"

#include "config.h"

#include "qd-table-view-private.h"

/* So many rows fill a window; their widgets are made in one go, others while a frame has time for them. */
#define FIRST_ROWS 40
#define NEXT_ROWS 10
#define SLICE_US 8000

/* So many widgets that are not needed any more are taken apart in one go. */
#define LET_GO_AT_ONCE 200

/* GTK keeps so many rows below the first that is in sight. */
#define ROWS_BELOW 205

static GtkWidget *
get_list (QdTableView *self)
{
  return gtk_widget_get_last_child (GTK_WIDGET (self->view));
}

static guint
count_told (QdTableView *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->model));
}

/* --- layout --- */

static gint64
get_frame (QdTableView *self)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self));

  return clock != NULL ? gdk_frame_clock_get_frame_counter (clock) : 0;
}

/**
 * qd_table_view_note_change:
 * @self: a table view
 *
 * Where rows are is not known from now on, until the next frame is over.
 */
void
qd_table_view_note_change (QdTableView *self)
{
  self->changed_frame = get_frame (self);
}

gboolean
qd_table_view_is_laid_out (QdTableView *self)
{
  return get_frame (self) > self->changed_frame + 1;
}

/* --- widgets of rows --- */

/**
 * qd_table_view_find_focused_row:
 * @self: a table view
 *
 * Returns: (transfer none) (nullable): the widget of the row that has the focus
 */
GtkWidget *
qd_table_view_find_focused_row (QdTableView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *widget = root != NULL ? gtk_root_get_focus (root) : NULL;

  while (widget != NULL && gtk_widget_get_parent (widget) != get_list (self))
    widget = gtk_widget_get_parent (widget);
  return widget;
}

static GtkWidget *
find_row_widget (QdTableView *self,
                 guint        position)
{
  for (GtkWidget *child = gtk_widget_get_first_child (get_list (self)); child; child = gtk_widget_get_next_sibling (child))
    {
      QdTableRow *item = qd_table_view_get_item (child);

      if (item != NULL && qd_table_row_get_position (item) == position)
        return child;
    }
  return NULL;
}

static gboolean
has_widgets_from (QdTableView *self,
                  guint        position)
{
  for (GtkWidget *child = gtk_widget_get_first_child (get_list (self)); child; child = gtk_widget_get_next_sibling (child))
    {
      QdTableRow *item = qd_table_view_get_item (child);

      if (item != NULL && qd_table_row_get_position (item) >= position)
        return TRUE;
    }
  return FALSE;
}

/* Before it has a size GTK cannot say where rows are. */
static void
scroll_to_position (QdTableView *self,
                    guint        position)
{
  if (position < count_told (self) && gtk_widget_get_height (get_list (self)) > 0)
    gtk_widget_activate_action (get_list (self), "list.scroll-to-item", "u", position);
}

/* --- the keyboard --- */

/* Shift and a click select from there on. GTK makes a widget for it, however far it is out of sight. */
static void
start_range_at (QdTableView *self,
                guint        position)
{
  qd_table_model_move_range (self->model, TRUE);
  gtk_widget_activate_action (get_list (self), "list.select-item", "(ubb)", position, FALSE, FALSE);
  qd_table_model_move_range (self->model, FALSE);
}

/* The arrow keys go on from there, also when the focus comes to the list later. */
static void
move_cursor (QdTableView *self,
             guint        position)
{
  GtkWidget *widget = find_row_widget (self, position);

  if (widget == NULL)
    {
      start_range_at (self, position);
      widget = find_row_widget (self, position);
    }
  if (widget == NULL)
    return;
  if (self->cursor_focuses)
    {
      gtk_widget_grab_focus (widget);
    }
  else if (gtk_widget_get_focus_child (get_list (self)) == NULL)
    {
      gtk_widget_set_focus_child (get_list (self), widget);
      gtk_widget_set_focus_child (get_list (self), NULL);
    }
}

/* The row that had the focus, else the one that is selected. */
static guint
choose_cursor (QdTableView *self,
               guint        focused)
{
  g_autoptr (GArray) rows = NULL;

  if (focused != G_MAXUINT && qd_table_model_find_row (self->model, focused) != G_MAXUINT)
    return focused;
  rows = qd_table_view_dup_selected_rows (self);
  if (rows->len == 1)
    return g_array_index (rows, guint, 0);
  if (self->to_top && qd_table_model_get_n_rows (self->model) > 0)
    return qd_table_model_get_row (self->model, 0);
  return G_MAXUINT;
}

/* As soon as GTK knows of all rows. What is in sight stays there. */
static void
place_cursor (QdTableView *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  guint position = qd_table_model_find_row (self->model, self->cursor_row);
  guint start = qd_table_model_find_row (self->model, qd_table_model_get_range_row (self->model));

  self->cursor_row = G_MAXUINT;
  if (gtk_widget_get_height (get_list (self)) == 0)
    return;
  if (position < count_told (self))
    {
      /* GTK scrolls to it with the next frame. */
      if (!self->to_top && self->scroll < 0)
        qd_table_view_scroll_to (self, gtk_adjustment_get_value (adjustment));
      move_cursor (self, position);
    }
  if (start < count_told (self))
    start_range_at (self, start);
}

/* --- telling --- */

/* Widgets that GTK need not throw away can be used for other rows. */
static void
draw_back (QdTableView *self)
{
  guint n = qd_table_model_get_n_rows (self->model);

  if (n < count_told (self) && has_widgets_from (self, n))
    scroll_to_position (self, n - MIN (n, ROWS_BELOW));
}

static gboolean
tell_slice (QdTableView *self,
            guint        first)
{
  gint64 end = g_get_monotonic_time () + SLICE_US;
  guint told = count_told (self);
  gboolean more = qd_table_model_tell (self->model, first);

  if (count_told (self) != told)
    qd_table_view_note_change (self);
  while (more && g_get_monotonic_time () < end)
    more = qd_table_model_tell (self->model, NEXT_ROWS);
  return more;
}

static gboolean
tell_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       data)
{
  QdTableView *self = QD_TABLE_VIEW (widget);

  if (gtk_widget_get_mapped (GTK_WIDGET (self->view)) && tell_slice (self, count_told (self) == 0 ? FIRST_ROWS : NEXT_ROWS))
    return G_SOURCE_CONTINUE;
  self->tell_source = 0;
  if (self->cursor_row != G_MAXUINT)
    place_cursor (self);
  return G_SOURCE_REMOVE;
}

/**
 * qd_table_view_go_on_telling:
 * @self: a table view
 *
 * Tells GTK of rows that came or went. Widgets for all that it wants take
 * longer to make than a frame: some at once, the others in the frames that
 * follow, or when the view is seen.
 */
void
qd_table_view_go_on_telling (QdTableView *self)
{
  if (self->tell_source == 0 && (self->emptied || tell_slice (self, FIRST_ROWS)) &&
      gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->tell_source = gtk_widget_add_tick_callback (GTK_WIDGET (self), tell_cb, NULL, NULL);
  self->emptied = FALSE;
}

static gboolean
let_go_cb (gpointer data)
{
  GPtrArray *widgets = data;

  g_ptr_array_set_size (widgets, (int) (widgets->len - MIN (widgets->len, LET_GO_AT_ONCE)));
  return widgets->len > 0;
}

static void
keep_children (GPtrArray *widgets,
               GtkWidget *parent)
{
  for (GtkWidget *child = gtk_widget_get_first_child (parent); child; child = gtk_widget_get_next_sibling (child))
    {
      g_ptr_array_add (widgets, g_object_ref (child));
      keep_children (widgets, child);
    }
}

/**
 * qd_table_view_empty:
 * @self: a table view
 *
 * Takes all rows out, for other columns. To take their widgets apart is most
 * of it: that is left for when there is time.
 */
void
qd_table_view_empty (QdTableView *self)
{
  GPtrArray *widgets = g_ptr_array_new_with_free_func (g_object_unref);

  keep_children (widgets, get_list (self));
  g_idle_add_full (G_PRIORITY_LOW, let_go_cb, widgets, (GDestroyNotify) g_ptr_array_unref);
  /* That was enough work for one frame. */
  self->emptied = count_told (self) > FIRST_ROWS;
  qd_table_model_reset (self->model);
}

/**
 * qd_table_view_show_rows:
 * @self: a table view
 * @order: (transfer full) (array length=n_rows): rows of the table
 * @n_rows: how many
 *
 * Shows these rows in this order, with the selection that was carried over to
 * another table. The keyboard stays on its row, if that is shown.
 */
void
qd_table_view_show_rows (QdTableView *self,
                         guint32     *order,
                         guint        n_rows)
{
  GtkWidget *row_widget = qd_table_view_find_focused_row (self);
  QdTableRow *item = row_widget != NULL ? qd_table_view_get_item (row_widget) : NULL;
  guint focused = item != NULL && self->carried == NULL ? qd_table_row_get_row (item) : G_MAXUINT;
  gboolean grew = n_rows > count_told (self);
  /* GTK scrolls to where the keyboard is: when the list would else stand still, only if it is there. */
  gboolean moves = item != NULL || self->to_top || (grew && self->carried == NULL);

  if (self->carried != NULL)
    qd_table_model_take_table (self->model, qd_table_get_n_rows (self->table), g_steal_pointer (&self->carried), order,
                               n_rows);
  else
    qd_table_model_take_order (self->model, order, n_rows);
  self->cursor_row = moves ? choose_cursor (self, focused) : G_MAXUINT;
  self->cursor_focuses = item != NULL && !self->refocus;
  self->moving = TRUE;
  draw_back (self);
  if (!grew)
    place_cursor (self);
  if (self->to_top)
    scroll_to_position (self, 0);
  self->moving = FALSE;
  qd_table_view_refresh_cells (self);
  qd_table_view_go_on_telling (self);
  if (self->tell_source == 0 && self->cursor_row != G_MAXUINT)
    place_cursor (self);
  qd_table_view_follow_edit (self);
}
