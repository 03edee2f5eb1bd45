/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "quarterdeck"

#include "config.h"

#include "qd-table-view-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "../../data/base/qd-task.h"
#include "qd-template.h"

/* A list in a window that is not laid out yet cannot be scrolled: so many frames are waited for. */
#define SCROLL_TRIES 40

G_DEFINE_FINAL_TYPE (QdTableView, qd_table_view, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_LAYOUT_ID,
  PROP_SEARCH_TEXT,
  N_PROPS,
};

enum
{
  ROW_ACTIVATED,
  CELL_ACTIVATED,
  CELL_EDITED,
  SELECTION_CHANGED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

/* --- order --- */

static void
update_actions (QdTableView *self)
{
  GSimpleAction *sort = G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->actions), "sort"));
  GSimpleAction *direction = G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->actions), "direction"));

  g_simple_action_set_state (sort, g_variant_new_string (self->sort != NULL ? self->sort : ""));
  g_simple_action_set_state (direction, g_variant_new_string (self->descending ? "descending" : "ascending"));
}

static void
show_order (QdTableView *self,
            guint32     *order,
            guint        n_rows)
{
  qd_table_view_show_rows (self, order, n_rows);
  if (qd_table_get_n_rows (self->table) == 0)
    {
      gtk_stack_set_visible_child_name (self->stack, "empty");
    }
  else if (n_rows == 0)
    {
      g_autofree char *text = g_strdup_printf (_("No row contains “%s”."), self->search);
      g_autofree char *markup = g_markup_escape_text (text, -1);

      adw_status_page_set_description (self->none, markup);
      gtk_stack_set_visible_child_name (self->stack, "none");
    }
  else
    {
      gtk_stack_set_visible_child_name (self->stack, "rows");
    }
  qd_table_view_update_footer (self);
  /* Of those that are selected, others may be seen. */
  g_signal_emit (self, signals[SELECTION_CHANGED], 0);
}

static void
take_order (QdTableView *self,
            guint32     *order,
            guint        n_rows)
{
  show_order (self, order, n_rows);
  self->to_top = FALSE;
}

typedef struct
{
  QdTableIndex *index;
  int column;
  gboolean descending;
  char *search;
  guint32 *order;
  guint n_rows;
} Ordering;

static void
free_ordering (gpointer data)
{
  Ordering *ordering = data;

  qd_table_index_unref (ordering->index);
  g_free (ordering->search);
  g_free (ordering->order);
  g_free (ordering);
}

static void
order_in_thread (GTask        *task,
                 gpointer      source,
                 gpointer      data,
                 GCancellable *cancellable)
{
  Ordering *ordering = data;

  ordering->order = qd_table_index_order (ordering->index, ordering->column, ordering->descending, ordering->search,
                                          cancellable, &ordering->n_rows);
  g_task_return_boolean (task, ordering->order != NULL);
}

static void
stop_ordering (QdTableView *self)
{
  g_cancellable_cancel (self->ordering);
  g_clear_object (&self->ordering);
  gtk_spinner_stop (self->spinner);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), FALSE);
}

static void
ordered_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  QdTableView *self = QD_TABLE_VIEW (source);
  Ordering *ordering = g_task_get_task_data (G_TASK (result));

  /* Another order was asked for meanwhile. */
  if (g_task_get_cancellable (G_TASK (result)) != self->ordering)
    return;
  stop_ordering (self);
  if (ordering->order != NULL && self->table != NULL)
    take_order (self, g_steal_pointer (&ordering->order), ordering->n_rows);
}

/* Until the order of another table is there its rows stand where those of the last one did. */
static void
show_meanwhile (QdTableView *self)
{
  guint n, n_kept = 0, n_all = qd_table_get_n_rows (self->table);
  const guint32 *old = qd_table_model_get_order (self->model, &n);
  g_autofree guint8 *taken = g_new0 (guint8, MAX (n_all, 1));
  guint32 *order = g_new (guint32, MAX (n_all, 1));

  for (guint i = 0; i < n; i++)
    if (old[i] < n_all)
      {
        order[n_kept++] = old[i];
        taken[old[i]] = 1;
      }
  for (guint r = 0; r < n_all && *self->search == '\0'; r++)
    if (!taken[r])
      order[n_kept++] = r;
  show_order (self, order, n_kept);
}

static void
order_rows (QdTableView *self,
            gboolean     to_top)
{
  int column;

  stop_ordering (self);
  if (self->table == NULL)
    return;
  self->to_top = self->to_top || to_top;
  column = self->sort != NULL ? qd_table_find_column (self->table, self->sort) : -1;
  if (qd_table_index_is_quick (self->index, column, self->search))
    {
      guint n;
      guint32 *order = qd_table_index_order (self->index, column, self->descending, self->search, NULL, &n);

      take_order (self, order, n);
    }
  else
    {
      Ordering *ordering = g_new0 (Ordering, 1);
      g_autoptr (GTask) task = NULL;

      if (self->carried != NULL)
        show_meanwhile (self);
      ordering->index = qd_table_index_ref (self->index);
      ordering->column = column;
      ordering->descending = self->descending;
      ordering->search = g_strdup (self->search);
      self->ordering = g_cancellable_new ();
      gtk_widget_set_visible (GTK_WIDGET (self->spinner), TRUE);
      gtk_spinner_start (self->spinner);
      task = g_task_new (self, self->ordering, ordered_cb, NULL);
      g_task_set_source_tag (task, order_rows);
      g_task_set_check_cancellable (task, FALSE);
      g_task_set_task_data (task, ordering, free_ordering);
      qd_task_run_in_thread (task, order_in_thread);
    }
}

/**
 * qd_table_view_set_sort:
 * @self: a table view
 * @column: (nullable): id of the column; `NULL` or "": the table's own order
 * @descending: largest first
 *
 * Sorts, whoever asks.
 */
void
qd_table_view_set_sort (QdTableView *self,
                        const char  *column,
                        gboolean     descending)
{
  char *copy = column != NULL && *column != '\0' ? g_strdup (column) : NULL;

  g_free (self->sort);
  self->sort = copy;
  self->descending = descending;
  update_actions (self);
  qd_table_view_show_sort_arrow (self);
  order_rows (self, TRUE);
}

/**
 * qd_table_view_sort_for_person:
 * @self: a table view
 * @column: (nullable): id of the column; `NULL`: the table's own order
 * @descending: largest first
 *
 * Sorts, and remembers it for the layout.
 */
void
qd_table_view_sort_for_person (QdTableView *self,
                               const char  *column,
                               gboolean     descending)
{
  self->sorted_by_person = TRUE;
  qd_table_view_set_sort (self, column, descending);
  qd_table_view_save_layout (self);
}

/* --- scroll --- */

/* The list forgets which row had the focus when its rows change: the one that is selected is meant. */
static void
focus_selected (QdTableView *self)
{
  g_autoptr (GArray) rows = qd_table_view_dup_selected_rows (self);
  g_autoptr (GArray) columns = qd_table_view_dup_columns (self);
  GtkWidget *cell;

  /* Never away from what has the focus elsewhere. */
  if (rows->len != 1 || columns->len == 0 || gtk_widget_get_focus_child (GTK_WIDGET (self)) == NULL)
    return;
  cell = qd_table_view_find_cell_widget (self, g_array_index (rows, guint, 0), g_array_index (columns, guint, 0));
  if (cell != NULL && gtk_widget_get_mapped (cell))
    gtk_widget_grab_focus (gtk_widget_get_parent (gtk_widget_get_parent (cell)));
}

static void
reveal (QdTableView *self,
        guint        row);

static gboolean
scroll_cb (GtkWidget     *widget,
           GdkFrameClock *clock,
           gpointer       data)
{
  QdTableView *self = QD_TABLE_VIEW (widget);
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  double end = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment);

  /* A page out of sight is not laid out: goes on in map(). */
  if (!gtk_widget_get_mapped (GTK_WIDGET (self->view)))
    {
      self->scroll_source = 0;
      return G_SOURCE_REMOVE;
    }
  /* Rows that changed before this frame are laid out at its end; GTK must not be asked to scroll before. */
  if (self->ordering != NULL || self->tell_source != 0 || !qd_table_view_is_laid_out (self))
    return G_SOURCE_CONTINUE;
  if (self->reveal_row != G_MAXUINT)
    reveal (self, self->reveal_row);
  if (end < self->scroll && self->scroll_tries > 0)
    {
      self->scroll_tries--;
      return G_SOURCE_CONTINUE;
    }
  if (self->scroll >= 0)
    {
      gtk_adjustment_set_value (adjustment, MIN (self->scroll, MAX (end, 0)));
      self->scroll = -1;
      /* In the next frame: where rows are is not known before. */
      if (self->refocus)
        return G_SOURCE_CONTINUE;
    }
  self->scroll_source = 0;
  if (self->refocus)
    focus_selected (self);
  self->refocus = FALSE;
  return G_SOURCE_REMOVE;
}

static void
scroll_soon (QdTableView *self)
{
  if (self->scroll_source == 0 && gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->scroll_source = gtk_widget_add_tick_callback (GTK_WIDGET (self), scroll_cb, NULL, NULL);
}

/* Has a row in sight as soon as GTK knows of it. */
static void
reveal (QdTableView *self,
        guint        row)
{
  guint position = qd_table_model_find_row (self->model, row);
  gboolean ready = self->tell_source == 0 && gtk_widget_get_mapped (GTK_WIDGET (self->view)) &&
                   qd_table_view_is_laid_out (self);

  self->reveal_row = ready ? G_MAXUINT : row;
  if (!ready)
    scroll_soon (self);
  else if (position < g_list_model_get_n_items (G_LIST_MODEL (self->model)))
    gtk_widget_activate_action (gtk_widget_get_last_child (GTK_WIDGET (self->view)), "list.scroll-to-item", "u",
                                position);
}

/**
 * qd_table_view_scroll_to:
 * @self: a table view
 * @value: of the adjustment, pixels
 *
 * Scrolls there as soon as the rows are laid out.
 */
void
qd_table_view_scroll_to (QdTableView *self,
                         double       value)
{
  self->scroll = value;
  self->scroll_tries = SCROLL_TRIES;
  self->reveal_row = G_MAXUINT;
  qd_table_view_note_change (self);
  scroll_soon (self);
}

/**
 * qd_table_view_wants_focus:
 * @self: a table view
 *
 * Returns: whether it comes back to a row that had the focus when it was left:
 *   with the focus on the table, the row has it as soon as it is laid out
 */
gboolean
qd_table_view_wants_focus (QdTableView *self)
{
  g_return_val_if_fail (QD_IS_TABLE_VIEW (self), FALSE);
  return self->refocus;
}

/**
 * qd_table_view_get_scroll:
 * @self: a table view
 *
 * Returns: where it is scrolled to, or soon will be
 */
double
qd_table_view_get_scroll (QdTableView *self)
{
  if (self->scroll >= 0)
    return self->scroll;
  return gtk_adjustment_get_value (gtk_scrolled_window_get_vadjustment (self->scroller));
}

/* --- search --- */

static void
set_search (QdTableView *self,
            const char  *text)
{
  gboolean began = *self->search == '\0' && *text != '\0';
  gboolean ended = *self->search != '\0' && *text == '\0';

  if (strcmp (self->search, text) == 0)
    return;
  if (began)
    self->before_search = qd_table_view_get_scroll (self);
  g_free (self->search);
  self->search = g_strdup (text);
  order_rows (self, !ended);
  if (ended)
    qd_table_view_scroll_to (self, self->before_search);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SEARCH_TEXT]);
}

static void
search_changed_cb (GtkSearchEntry *entry,
                   QdTableView    *self)
{
  if (!self->building)
    set_search (self, gtk_editable_get_text (GTK_EDITABLE (entry)));
}

/* Return: on to the rows. */
static void
search_activated_cb (GtkSearchEntry *entry,
                     QdTableView    *self)
{
  set_search (self, gtk_editable_get_text (GTK_EDITABLE (entry)));
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
search_stopped_cb (GtkSearchEntry *entry,
                   QdTableView    *self)
{
  self->refocus = *self->search != '\0';
  qd_table_view_set_search_text (self, "");
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

/* --- callbacks --- */

/**
 * qd_table_view_activate_position:
 * @self: a table view
 * @position: in the list; nothing happens when there is none
 *
 * Opens a row.
 */
void
qd_table_view_activate_position (QdTableView *self,
                                 guint        position)
{
  if (position < qd_table_view_get_n_visible (self))
    g_signal_emit (self, signals[ROW_ACTIVATED], 0, qd_table_model_get_row (self->model, position));
}

/**
 * qd_table_view_activate_cell:
 * @self: a table view
 * @row: of the table
 * @column: of the table
 *
 * Opens what is behind one cell.
 */
void
qd_table_view_activate_cell (QdTableView *self,
                             guint        row,
                             guint        column)
{
  g_signal_emit (self, signals[CELL_ACTIVATED], 0, row, column);
}

static void
activated_cb (GtkColumnView *view,
              guint          position,
              QdTableView   *self)
{
  qd_table_view_activate_position (self, position);
}

/* What is cut off can be read. */
static gboolean
query_tooltip_cb (GtkWidget   *view,
                  int          x,
                  int          y,
                  gboolean     keyboard,
                  GtkTooltip  *tooltip,
                  QdTableView *self)
{
  guint row, column;
  g_autoptr (PangoLayout) layout = NULL;
  g_autofree char *text = NULL;
  GtkWidget *cell;
  int width;

  if (keyboard || self->table == NULL || !qd_table_view_find_cell (self, x, y, &row, &column))
    return FALSE;
  cell = qd_table_view_find_cell_widget (self, row, column);
  if (cell == NULL)
    return FALSE;
  text = qd_table_index_dup_cell (self->index, row, column);
  layout = gtk_widget_create_pango_layout (cell, text);
  pango_layout_get_pixel_size (layout, &width, NULL);
  if (width <= gtk_widget_get_width (cell))
    return FALSE;
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

static void
selection_changed_cb (QdTableModel *model,
                      QdTableView  *self)
{
  qd_table_view_update_footer (self);
  g_signal_emit (self, signals[SELECTION_CHANGED], 0);
}

/* A double click on a cell that can be changed changes it, on one that opens opens it: else it is the row's. */
static void
cell_pressed_cb (GtkGestureClick *gesture,
                 int              n_press,
                 double           x,
                 double           y,
                 QdTableView     *self)
{
  guint row, column;
  gboolean edits, opens;

  if (n_press != 2 || !qd_table_view_find_cell (self, x, y, &row, &column))
    return;
  edits = qd_table_view_is_editable (self, column);
  opens = !edits && qd_table_view_opens_cell (self, row, column);
  if (!edits && !opens)
    return;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  if (edits)
    qd_table_view_edit_cell (self, row, column);
  else
    qd_table_view_activate_cell (self, row, column);
}

/* --- the widget --- */

static gboolean
qd_table_view_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (QD_TABLE_VIEW (widget)->view));
}

static void
qd_table_view_map (GtkWidget *widget)
{
  QdTableView *self = QD_TABLE_VIEW (widget);

  GTK_WIDGET_CLASS (qd_table_view_parent_class)->map (widget);
  qd_table_view_update_footer (self);
  qd_table_view_note_change (self);
  qd_table_view_go_on_telling (self);
  if (self->scroll >= 0)
    qd_table_view_scroll_to (self, self->scroll);
  else if (self->reveal_row != G_MAXUINT)
    scroll_soon (self);
}

static void
clear_tick (QdTableView *self,
            guint       *source)
{
  if (*source != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), *source);
  *source = 0;
}

static void
qd_table_view_dispose (GObject *object)
{
  QdTableView *self = QD_TABLE_VIEW (object);

  g_cancellable_cancel (self->ordering);
  g_clear_object (&self->ordering);
  g_clear_handle_id (&self->name_source, g_source_remove);
  if (self->unnamed != NULL)
    g_ptr_array_set_size (self->unnamed, 0);
  clear_tick (self, &self->scroll_source);
  clear_tick (self, &self->tell_source);
  self->building = TRUE;
  if (self->columns != NULL)
    for (guint i = 0; i < self->columns->len; i++)
      g_signal_handlers_disconnect_by_data (self->columns->pdata[i], self);
  g_clear_pointer (&self->context_menu, gtk_widget_unparent);
  if (self->editor != NULL)
    g_signal_handlers_disconnect_by_data (self->editor, self);
  g_clear_pointer (&self->editor, gtk_widget_unparent);
  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);
  gtk_widget_dispose_template (GTK_WIDGET (object), QD_TYPE_TABLE_VIEW);
  g_clear_object (&self->model);
  G_OBJECT_CLASS (qd_table_view_parent_class)->dispose (object);
}

static void
qd_table_view_finalize (GObject *object)
{
  QdTableView *self = QD_TABLE_VIEW (object);

  g_clear_pointer (&self->index, qd_table_index_unref);
  g_clear_pointer (&self->table, qd_table_unref);
  g_clear_pointer (&self->format, qd_format_unref);
  g_clear_pointer (&self->columns, g_ptr_array_unref);
  g_clear_pointer (&self->unnamed, g_ptr_array_unref);
  g_clear_object (&self->actions);
  g_clear_object (&self->row_menu);
  g_free (self->carried);
  g_strfreev (self->hidden);
  g_strfreev (self->editable);
  g_strfreev (self->sums);
  g_strfreev (self->open);
  g_free (self->layout_id);
  g_free (self->order_id);
  g_free (self->title);
  g_free (self->sort);
  g_free (self->search);
  G_OBJECT_CLASS (qd_table_view_parent_class)->finalize (object);
}

static void
qd_table_view_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  QdTableView *self = QD_TABLE_VIEW (object);

  switch (prop_id)
    {
    case PROP_LAYOUT_ID:
      g_value_set_string (value, self->layout_id);
      break;
    case PROP_SEARCH_TEXT:
      g_value_set_string (value, self->search);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
qd_table_view_set_property (GObject      *object,
                            guint         prop_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  QdTableView *self = QD_TABLE_VIEW (object);

  switch (prop_id)
    {
    case PROP_LAYOUT_ID:
      qd_table_view_set_layout_id (self, g_value_get_string (value));
      break;
    case PROP_SEARCH_TEXT:
      qd_table_view_set_search_text (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
qd_table_view_class_init (QdTableViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = qd_table_view_dispose;
  object_class->finalize = qd_table_view_finalize;
  object_class->get_property = qd_table_view_get_property;
  object_class->set_property = qd_table_view_set_property;
  widget_class->grab_focus = qd_table_view_grab_focus;
  widget_class->map = qd_table_view_map;

  properties[PROP_LAYOUT_ID] = g_param_spec_string ("layout-id", NULL, NULL, NULL, flags);
  properties[PROP_SEARCH_TEXT] = g_param_spec_string ("search-text", NULL, NULL, "", flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[ROW_ACTIVATED] = g_signal_new ("row-activated", QD_TYPE_TABLE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[CELL_ACTIVATED] = g_signal_new ("cell-activated", QD_TYPE_TABLE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);
  signals[CELL_EDITED] = g_signal_new ("cell-edited", QD_TYPE_TABLE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 3, G_TYPE_UINT, G_TYPE_UINT, G_TYPE_STRING);
  signals[SELECTION_CHANGED] = g_signal_new ("selection-changed", QD_TYPE_TABLE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                             NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_css_name (widget_class, "tableview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  qd_table_view_add_shortcuts (widget_class);

  qd_template_set (widget_class, "qd-table-view");
  gtk_widget_class_bind_template_child (widget_class, QdTableView, search_bar);
  gtk_widget_class_bind_template_child (widget_class, QdTableView, search_entry);
  gtk_widget_class_bind_template_child (widget_class, QdTableView, stack);
  gtk_widget_class_bind_template_child (widget_class, QdTableView, scroller);
  gtk_widget_class_bind_template_child (widget_class, QdTableView, view);
  gtk_widget_class_bind_template_child (widget_class, QdTableView, none);
  gtk_widget_class_bind_template_child (widget_class, QdTableView, footer);
  gtk_widget_class_bind_template_child (widget_class, QdTableView, spinner);
  gtk_widget_class_bind_template_child (widget_class, QdTableView, summary);
  gtk_widget_class_bind_template_child (widget_class, QdTableView, open_button);
  gtk_widget_class_bind_template_child (widget_class, QdTableView, sort_button);
  gtk_widget_class_bind_template_child (widget_class, QdTableView, columns_button);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_stopped_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, query_tooltip_cb);
}

static void
qd_table_view_init (QdTableView *self)
{
  GtkGesture *gesture = gtk_gesture_click_new ();

  self->search = g_strdup ("");
  self->scroll = -1;
  self->cursor_row = G_MAXUINT;
  self->reveal_row = G_MAXUINT;
  self->columns = g_ptr_array_new_with_free_func (g_object_unref);
  self->unnamed = g_ptr_array_new_with_free_func (g_object_unref);
  qd_table_view_install_actions (self);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_search_bar_connect_entry (self->search_bar, self->search_entry);
  gtk_search_bar_set_key_capture_widget (self->search_bar, GTK_WIDGET (self));
  self->model = qd_table_model_new ();
  g_signal_connect (self->model, "changed", G_CALLBACK (selection_changed_cb), self);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->model));
  qd_table_view_setup_menus (self);
  qd_table_view_setup_keys (self);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (gesture), GTK_PHASE_CAPTURE);
  g_signal_connect (gesture, "pressed", G_CALLBACK (cell_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->view), GTK_EVENT_CONTROLLER (gesture));
  qd_table_view_set_title (self, _("Table"));
}

GtkWidget *
qd_table_view_new (void)
{
  return g_object_new (QD_TYPE_TABLE_VIEW, NULL);
}

static gboolean
has_same_shape (QdTable           *a,
                QdTable           *b,
                char             **hidden_a,
                const char *const *hidden_b)
{
  if (a == NULL || g_strcmp0 (qd_table_get_id (a), qd_table_get_id (b)) != 0 ||
      qd_table_get_n_columns (a) != qd_table_get_n_columns (b) ||
      g_strcmp0 (qd_table_get_currency (a), qd_table_get_currency (b)) != 0)
    return FALSE;
  if ((hidden_a == NULL) != (hidden_b == NULL) ||
      (hidden_a != NULL && !g_strv_equal ((const char *const *) hidden_a, hidden_b)))
    return FALSE;
  for (guint c = 0; c < qd_table_get_n_columns (a); c++)
    {
      const QdColumn *x = qd_table_get_column (a, c), *y = qd_table_get_column (b, c);

      if (x->id != y->id || x->title != y->title || x->type != y->type)
        return FALSE;
    }
  return TRUE;
}

/**
 * qd_table_view_set_table:
 * @self: a table view
 * @table: what to show; not changed any more
 * @format: how numbers are written
 * @hidden: (nullable) (array zero-terminated=1): ids of columns that are not shown at first
 *
 * Shows a table. When it is like the one before it (id and columns), the order,
 * the search, the selection and the scroll position stay.
 */
void
qd_table_view_set_table (QdTableView       *self,
                         QdTable           *table,
                         QdFormat          *format,
                         const char *const *hidden)
{
  gboolean same;
  char **copy;

  g_return_if_fail (QD_IS_TABLE_VIEW (self) && table != NULL && format != NULL);
  if (self->table == table && self->format == format)
    return;
  same = has_same_shape (self->table, table, self->hidden, hidden);
  stop_ordering (self);
  if (self->editor != NULL)
    gtk_popover_popdown (GTK_POPOVER (self->editor));
  g_free (self->carried);
  self->carried = same ? qd_table_view_carry_selection (self->table, qd_table_model_get_selected (self->model), table)
                       : g_new0 (guint8, MAX (qd_table_get_n_rows (table), 1));
  if (!same)
    qd_table_view_empty (self);
  qd_table_ref (table);
  qd_format_ref (format);
  copy = g_strdupv ((char **) hidden);
  g_clear_pointer (&self->index, qd_table_index_unref);
  g_clear_pointer (&self->table, qd_table_unref);
  g_clear_pointer (&self->format, qd_format_unref);
  g_strfreev (self->hidden);
  self->table = table;
  self->format = format;
  self->hidden = copy;
  self->index = qd_table_index_new (table, format);
  if (same)
    {
      self->refocus = self->refocus || qd_table_view_find_focused_row (self) != NULL;
      qd_table_view_scroll_to (self, qd_table_view_get_scroll (self));
    }
  else
    {
      if (self->sort != NULL && qd_table_find_column (table, self->sort) < 0)
        g_clear_pointer (&self->sort, g_free);
      qd_table_view_build_columns (self);
      qd_table_view_build_sort_menu (self);
      update_actions (self);
      qd_table_view_show_sort_arrow (self);
    }
  order_rows (self, !same);
}

QdTable *
qd_table_view_get_table (QdTableView *self)
{
  return self->table;
}

QdFormat *
qd_table_view_get_format (QdTableView *self)
{
  return self->format;
}

/* The order of other tables is none of these. */
static void
forget_order (QdTableView *self)
{
  if (self->sorted_by_person)
    g_clear_pointer (&self->sort, g_free);
  self->sorted_by_person = FALSE;
}

/**
 * qd_table_view_set_layout_id:
 * @self: a table view
 * @id: (nullable): a name; `NULL`: nothing is remembered
 *
 * Under which name widths, order and visibility of columns and the person's
 * order of rows are kept from one run to the next.
 */
void
qd_table_view_set_layout_id (QdTableView *self,
                             const char  *id)
{
  char *copy;

  g_return_if_fail (QD_IS_TABLE_VIEW (self));
  if (g_strcmp0 (self->layout_id, id) == 0)
    return;
  copy = g_strdup (id);
  g_free (self->layout_id);
  self->layout_id = copy;
  forget_order (self);
  if (self->table != NULL)
    {
      qd_table_view_load_layout (self);
      update_actions (self);
      qd_table_view_show_sort_arrow (self);
      order_rows (self, FALSE);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LAYOUT_ID]);
}

/**
 * qd_table_view_set_order_id:
 * @self: a table view
 * @id: (nullable): a word; `NULL`: the order belongs to the layout
 *
 * Says what the table is about. Tables of one layout have their columns in
 * common, but rows that are about different things are sorted by different ones.
 */
void
qd_table_view_set_order_id (QdTableView *self,
                            const char  *id)
{
  char *copy;

  g_return_if_fail (QD_IS_TABLE_VIEW (self));
  if (g_strcmp0 (self->order_id, id) == 0)
    return;
  copy = g_strdup (id);
  g_free (self->order_id);
  self->order_id = copy;
  /* Nor is an order that came with a place to go back to. */
  self->sorted_by_person = TRUE;
  self->descending = FALSE;
  forget_order (self);
  if (self->table == NULL)
    return;
  qd_table_view_load_order (self);
  update_actions (self);
  qd_table_view_show_sort_arrow (self);
  order_rows (self, TRUE);
}

/**
 * qd_table_view_set_title:
 * @self: a table view
 * @title: what the rows are
 *
 * Names the table for those who hear it.
 */
void
qd_table_view_set_title (QdTableView *self,
                         const char  *title)
{
  GtkWidget *list = gtk_widget_get_last_child (GTK_WIDGET (self->view));
  char *copy = g_strdup (title);

  g_free (self->title);
  self->title = copy;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  if (list != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
}

/**
 * qd_table_view_set_search_text:
 * @self: a table view
 * @text: (nullable): what rows must contain in any column; `NULL` or "": all rows
 *
 * Shows the rows that contain a text, as shown, whatever its case and accents.
 * All rows again come back to where they were scrolled to.
 */
void
qd_table_view_set_search_text (QdTableView *self,
                               const char  *text)
{
  g_return_if_fail (QD_IS_TABLE_VIEW (self));
  if (text == NULL)
    text = "";
  set_search (self, text);
  /* It would say at once that it is empty, before the new text is in. */
  self->building = TRUE;
  if (strcmp (gtk_editable_get_text (self->search_entry), text) != 0)
    gtk_editable_set_text (self->search_entry, text);
  self->building = FALSE;
  gtk_search_bar_set_search_mode (self->search_bar, *text != '\0');
}

/**
 * qd_table_view_start_search:
 * @self: a table view
 *
 * Shows the entry and puts the focus there.
 */
void
qd_table_view_start_search (QdTableView *self)
{
  g_return_if_fail (QD_IS_TABLE_VIEW (self));
  gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

/**
 * qd_table_view_set_editable:
 * @self: a table view
 * @columns: (nullable) (array zero-terminated=1): ids of columns whose cells can be changed
 *
 * Before the table is set. What is typed comes with "cell-edited".
 */
void
qd_table_view_set_editable (QdTableView       *self,
                            const char *const *columns)
{
  char **copy = g_strdupv ((char **) columns);

  g_strfreev (self->editable);
  self->editable = copy;
  qd_table_view_update_footer (self);
}

/**
 * qd_table_view_set_cells_open:
 * @self: a table view
 * @columns: (nullable) (array zero-terminated=1): ids of columns with numbers
 *
 * Cells of these columns open something of their own, with "cell-activated":
 * by a double click, and from the menu of their row, which lists them.
 */
void
qd_table_view_set_cells_open (QdTableView       *self,
                              const char *const *columns)
{
  char **copy = g_strdupv ((char **) columns);

  g_return_if_fail (QD_IS_TABLE_VIEW (self));
  g_strfreev (self->open);
  self->open = copy;
}

/**
 * qd_table_view_set_sums:
 * @self: a table view
 * @columns: (nullable) (array zero-terminated=1): ids of money and count columns; `NULL`: all money columns
 *
 * Which sums the footer says, of the columns that are seen.
 */
void
qd_table_view_set_sums (QdTableView       *self,
                        const char *const *columns)
{
  char **copy = g_strdupv ((char **) columns);

  g_strfreev (self->sums);
  self->sums = copy;
  qd_table_view_update_footer (self);
}

void
qd_table_view_set_footer_visible (QdTableView *self,
                                  gboolean     visible)
{
  gtk_widget_set_visible (self->footer, visible);
}

/**
 * qd_table_view_sort:
 * @self: a table view
 * @column: (nullable): id of a column; `NULL`: the table's own order
 * @descending: largest first
 *
 * The order at first. When the person chose one for this layout, now or in an
 * earlier run, that one stays.
 */
void
qd_table_view_sort (QdTableView *self,
                    const char  *column,
                    gboolean     descending)
{
  g_return_if_fail (QD_IS_TABLE_VIEW (self));
  if (self->sorted_by_person)
    return;
  if (g_strcmp0 (self->sort, column) == 0 && self->descending == descending)
    return;
  qd_table_view_set_sort (self, column, descending);
}

guint
qd_table_view_get_n_visible (QdTableView *self)
{
  return qd_table_model_get_n_rows (self->model);
}

gboolean
qd_table_view_is_busy (QdTableView *self)
{
  return self->ordering != NULL || self->scroll_source != 0 || self->tell_source != 0;
}

guint
qd_table_view_get_row_at (QdTableView *self,
                          guint        position)
{
  return qd_table_model_get_row (self->model, position);
}

/**
 * qd_table_view_select_row:
 * @self: a table view
 * @row: of the table
 *
 * Selects a row alone, and scrolls to it, when the search leaves it in the list.
 */
void
qd_table_view_select_row (QdTableView *self,
                          guint        row)
{
  guint position = qd_table_model_find_row (self->model, row);

  if (position == G_MAXUINT)
    return;
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->model), position, TRUE);
  reveal (self, row);
}
