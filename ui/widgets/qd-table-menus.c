/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Menus of the table view: by what it is sorted, which columns are seen and in
 * which order, and what can be done with rows. All by keyboard: headings of
 * GTK 4.8 take no focus.
 */
#define G_LOG_DOMAIN "quarterdeck"

#include "config.h"

#include "qd-table-view-private.h"

#include <glib/gi18n-lib.h>

/* --- Sort By --- */

/**
 * qd_table_view_build_sort_menu:
 * @self: a table view with a table
 *
 * Lists the columns of the table in the Sort By menu.
 */
void
qd_table_view_build_sort_menu (QdTableView *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) columns = g_menu_new ();
  g_autoptr (GMenu) directions = g_menu_new ();

  g_menu_append (directions, _("_Ascending"), "table.direction::ascending");
  g_menu_append (directions, _("_Descending"), "table.direction::descending");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (directions));
  for (guint c = 0; c < qd_table_get_n_columns (self->table); c++)
    {
      g_autofree char *title = qd_table_index_dup_title (self->index, c);
      g_autoptr (GMenuItem) item = g_menu_item_new (NULL, NULL);

      if (*title == '\0')
        continue;
      g_menu_item_set_attribute (item, "label", "s", title);
      g_menu_item_set_action_and_target (item, "table.sort", "s", qd_table_get_column (self->table, c)->id);
      g_menu_append_item (columns, item);
    }
  g_menu_append_section (menu, _("Sort By"), G_MENU_MODEL (columns));
  gtk_menu_button_set_menu_model (self->sort_button, G_MENU_MODEL (menu));
}

/* --- columns --- */

static void
fill_columns (QdTableView *self,
              GtkListBox  *list);

static guint
get_row_column (GtkWidget *row)
{
  return GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "qd-column"));
}

static GtkListBox *
get_columns_list (QdTableView *self)
{
  return g_object_get_data (G_OBJECT (self->columns_button), "qd-list");
}

/* Moves it and keeps the focus with it, so that a key pressed twice moves it twice. */
static void
move_column (QdTableView *self,
             guint        column,
             int          by)
{
  GtkListBox *list = get_columns_list (self);

  qd_table_view_move_column (self, column, by);
  fill_columns (self, list);
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (list)); row; row = gtk_widget_get_next_sibling (row))
    if (get_row_column (row) == column)
      {
        GtkWidget *buttons = g_object_get_data (G_OBJECT (row), by < 0 ? "qd-up" : "qd-down");

        gtk_widget_grab_focus (gtk_widget_get_sensitive (buttons) ? buttons : row);
      }
}

static void
up_cb (GtkButton   *button,
       QdTableView *self)
{
  move_column (self, get_row_column (gtk_widget_get_ancestor (GTK_WIDGET (button), GTK_TYPE_LIST_BOX_ROW)), -1);
}

static void
down_cb (GtkButton   *button,
         QdTableView *self)
{
  move_column (self, get_row_column (gtk_widget_get_ancestor (GTK_WIDGET (button), GTK_TYPE_LIST_BOX_ROW)), 1);
}

static void
toggled_cb (GtkCheckButton *check,
            QdTableView    *self)
{
  guint column = get_row_column (gtk_widget_get_ancestor (GTK_WIDGET (check), GTK_TYPE_LIST_BOX_ROW));
  gboolean active = gtk_check_button_get_active (check);
  g_autoptr (GArray) seen = qd_table_view_dup_columns (self);

  /* One column stays: without any there would be no way back to be seen. */
  if (!active && seen->len <= 1)
    {
      gtk_check_button_set_active (check, TRUE);
      return;
    }
  gtk_column_view_column_set_visible (self->columns->pdata[column], active);
}

static GtkWidget *
make_arrow (const char *icon_name,
            const char *tooltip,
            gboolean    sensitive)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon_name);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, tooltip, -1);
  gtk_widget_set_sensitive (button, sensitive);
  return button;
}

static void
append_column (QdTableView         *self,
               GtkListBox          *list,
               GtkColumnViewColumn *column,
               gboolean             has_before,
               gboolean             has_next)
{
  const char *title = gtk_column_view_column_get_title (column);
  g_autofree char *up = g_strdup_printf (_("Move %s Up"), title);
  g_autofree char *down = g_strdup_printf (_("Move %s Down"), title);
  GtkWidget *row = gtk_list_box_row_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *check = gtk_check_button_new_with_label (title);
  GtkWidget *up_button = make_arrow ("go-up-symbolic", up, has_before);
  GtkWidget *down_button = make_arrow ("go-down-symbolic", down, has_next);

  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), gtk_column_view_column_get_visible (column));
  gtk_widget_set_hexpand (check, TRUE);
  gtk_box_append (GTK_BOX (box), check);
  gtk_box_append (GTK_BOX (box), up_button);
  gtk_box_append (GTK_BOX (box), down_button);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_object_set_data (G_OBJECT (row), "qd-column", GINT_TO_POINTER (qd_table_view_get_column_index (column)));
  g_object_set_data (G_OBJECT (row), "qd-up", up_button);
  g_object_set_data (G_OBJECT (row), "qd-down", down_button);
  g_signal_connect (check, "toggled", G_CALLBACK (toggled_cb), self);
  g_signal_connect (up_button, "clicked", G_CALLBACK (up_cb), self);
  g_signal_connect (down_button, "clicked", G_CALLBACK (down_cb), self);
  gtk_list_box_append (list, row);
}

static void
fill_columns (QdTableView *self,
              GtkListBox  *list)
{
  GListModel *columns = gtk_column_view_get_columns (self->view);
  guint n = g_list_model_get_n_items (columns);
  GtkWidget *old;

  while ((old = gtk_widget_get_first_child (GTK_WIDGET (list))) != NULL)
    gtk_list_box_remove (list, old);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);
      const char *title = gtk_column_view_column_get_title (column);

      /* What has no title is never seen. */
      if (*title != '\0')
        append_column (self, list, column, i > 0, i + 1 < n);
    }
}

static void
columns_shown_cb (GtkWidget   *popover,
                  QdTableView *self)
{
  if (self->table != NULL)
    fill_columns (self, get_columns_list (self));
}

static void
reset_cb (GtkButton   *button,
          QdTableView *self)
{
  qd_table_view_reset_layout (self);
  fill_columns (self, get_columns_list (self));
}

static void
make_columns_popover (QdTableView *self)
{
  GtkWidget *popover = gtk_popover_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *heading = gtk_label_new (_("Columns")), *scroller = gtk_scrolled_window_new ();
  GtkWidget *list = gtk_list_box_new (), *reset = gtk_button_new_with_mnemonic (_("_Reset Columns"));

  gtk_widget_add_css_class (heading, "heading");
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "column-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Columns"), -1);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 420);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), list);
  gtk_box_append (GTK_BOX (box), heading);
  gtk_box_append (GTK_BOX (box), scroller);
  gtk_box_append (GTK_BOX (box), reset);
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (popover), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Columns"), -1);
  g_object_set_data (G_OBJECT (self->columns_button), "qd-list", list);
  g_signal_connect (popover, "show", G_CALLBACK (columns_shown_cb), self);
  g_signal_connect (reset, "clicked", G_CALLBACK (reset_cb), self);
  gtk_menu_button_set_popover (self->columns_button, popover);
}

/* --- what can be done with rows --- */

/* Behind nothing there is nothing to open. */
gboolean
qd_table_view_opens_cell (QdTableView *self,
                          guint        row,
                          guint        column)
{
  const QdColumn *info = qd_table_get_column (self->table, column);

  return self->open != NULL && g_strv_contains ((const char *const *) self->open, info->id) &&
         !qd_table_is_missing (self->table, row, column) && qd_table_get_integer (self->table, row, column) != 0;
}

/* The cells of the selected row that open: "Open Churn, −$1,200". */
static GMenuModel *
make_cells_menu (QdTableView *self)
{
  g_autoptr (GArray) rows = qd_table_view_dup_selected_rows (self);
  g_autoptr (GArray) columns = qd_table_view_dup_columns (self);
  GMenu *menu = g_menu_new ();

  for (guint i = 0; rows->len == 1 && i < columns->len; i++)
    {
      guint row = g_array_index (rows, guint, 0), column = g_array_index (columns, guint, i);
      const QdColumn *info = qd_table_get_column (self->table, column);
      g_autofree char *value = NULL;
      g_autofree char *label = NULL;
      g_autoptr (GMenuItem) item = NULL;

      if (!qd_table_view_opens_cell (self, row, column))
        continue;
      value = qd_table_index_dup_spoken (self->index, row, column);
      /* Translators: what stands in a cell of a table, and its value: "Open Churn, −$1,200". */
      label = g_strdup_printf (_("Open %1$s, %2$s"), _(info->title), value);
      item = g_menu_item_new (label, NULL);
      g_menu_item_set_action_and_target (item, "table.open-cell", "s", info->id);
      g_menu_append_item (menu, item);
    }
  return G_MENU_MODEL (menu);
}

static GMenuModel *
make_context_menu (QdTableView *self)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) act = g_menu_new ();
  g_autoptr (GMenu) choose = g_menu_new ();
  g_autoptr (GMenu) look = g_menu_new ();
  g_autoptr (GMenuModel) cells = self->open != NULL ? make_cells_menu (self) : NULL;

  if (gtk_widget_get_visible (self->open_button))
    g_menu_append (act, _("_Open"), "table.open");
  if (self->editable != NULL && self->editable[0] != NULL)
    g_menu_append (act, _("_Edit"), "table.edit");
  g_menu_append (act, _("_Copy"), "table.copy");
  g_menu_append (choose, _("Select _All"), "table.select-all");
  g_menu_append (choose, _("Select _None"), "table.select-none");
  g_menu_append (look, _("_Find in This Table…"), "table.search");
  g_menu_append (look, _("_Sort By…"), "table.sort-menu");
  g_menu_append (look, _("Co_lumns…"), "table.columns-menu");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (act));
  if (cells != NULL)
    g_menu_append_section (menu, NULL, cells);
  if (self->row_menu != NULL)
    g_menu_append_section (menu, NULL, self->row_menu);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (choose));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (look));
  return G_MENU_MODEL (menu);
}

/**
 * qd_table_view_set_row_menu:
 * @self: a table view
 * @menu: (nullable): a menu of actions that the page or the window knows
 *
 * What the menu of the rows offers besides the table's own: about those that
 * are selected.
 */
void
qd_table_view_set_row_menu (QdTableView *self,
                            GMenuModel  *menu)
{
  g_return_if_fail (QD_IS_TABLE_VIEW (self));
  g_set_object (&self->row_menu, menu);
}

/**
 * qd_table_view_popup_menu:
 * @self: a table view
 * @x: where in it; −1: at the row that has the focus
 * @y: where in it
 *
 * Opens the menu of the selected rows.
 */
void
qd_table_view_popup_menu (QdTableView *self,
                          double       x,
                          double       y)
{
  g_autoptr (GMenuModel) menu = NULL;

  if (self->table == NULL)
    return;
  menu = make_context_menu (self);
  if (self->context_menu == NULL)
    {
      self->context_menu = gtk_popover_menu_new_from_model (menu);
      gtk_widget_set_parent (self->context_menu, GTK_WIDGET (self));
      gtk_popover_set_has_arrow (GTK_POPOVER (self->context_menu), FALSE);
      gtk_widget_set_halign (self->context_menu, GTK_ALIGN_START);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->context_menu), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Rows"),
                                      -1);
    }
  else
    {
      gtk_popover_menu_set_menu_model (GTK_POPOVER_MENU (self->context_menu), menu);
    }
  if (x < 0)
    {
      GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));

      x = y = 24;
      if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self)))
        gtk_widget_translate_coordinates (focus, GTK_WIDGET (self), 24, gtk_widget_get_height (focus), &x, &y);
    }
  gtk_popover_set_pointing_to (GTK_POPOVER (self->context_menu), &(GdkRectangle){ (int) x, (int) y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->context_menu));
}

static void
pressed_cb (GtkGestureClick *gesture,
            int              n_press,
            double           x,
            double           y,
            QdTableView     *self)
{
  guint row, column, position;
  double own_x, own_y;

  if (!qd_table_view_find_cell (self, x, y, &row, &column))
    return;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  position = qd_table_model_find_row (self->model, row);
  if (!qd_table_model_is_row_selected (self->model, row) && position != G_MAXUINT)
    gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->model), position, TRUE);
  gtk_widget_translate_coordinates (GTK_WIDGET (self->view), GTK_WIDGET (self), x, y, &own_x, &own_y);
  qd_table_view_popup_menu (self, own_x, own_y);
}

/**
 * qd_table_view_setup_menus:
 * @self: a new table view
 *
 * Makes the menus that do not depend on the table.
 */
void
qd_table_view_setup_menus (QdTableView *self)
{
  GtkGesture *gesture = gtk_gesture_click_new ();

  make_columns_popover (self);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (gesture), GDK_BUTTON_SECONDARY);
  g_signal_connect (gesture, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->view), GTK_EVENT_CONTROLLER (gesture));
}
