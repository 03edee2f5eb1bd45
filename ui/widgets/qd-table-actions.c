/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What can be done with the table view, by menu and by key.
 */
#define G_LOG_DOMAIN "quarterdeck"

#include "config.h"

#include "qd-table-view-private.h"

#include "../compat/qd-column-view.h"

static guint
get_selected_position (QdTableView *self)
{
  g_autoptr (GArray) rows = qd_table_view_dup_selected_rows (self);

  return rows->len == 1 ? qd_table_model_find_row (self->model, g_array_index (rows, guint, 0)) : G_MAXUINT;
}

static void
open_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       data)
{
  qd_table_view_activate_position (data, get_selected_position (data));
}

static void
open_cell_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       data)
{
  QdTableView *self = data;
  guint position = get_selected_position (self);
  int column = self->table != NULL ? qd_table_find_column (self->table, g_variant_get_string (parameter, NULL)) : -1;

  if (position != G_MAXUINT && column >= 0)
    qd_table_view_activate_cell (self, qd_table_model_get_row (self->model, position), (guint) column);
}

static void
edit_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       data)
{
  QdTableView *self = data;
  guint position = get_selected_position (self);
  g_autoptr (GArray) columns = qd_table_view_dup_columns (self);

  for (guint i = 0; i < columns->len && position != G_MAXUINT; i++)
    if (qd_table_view_is_editable (self, g_array_index (columns, guint, i)))
      {
        qd_table_view_edit_cell (self, qd_table_model_get_row (self->model, position),
                                 g_array_index (columns, guint, i));
        return;
      }
}

static void
copy_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       data)
{
  gtk_widget_activate_action (data, "win.copy-data", NULL);
}

static void
select_all_cb (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       data)
{
  gtk_selection_model_select_all (GTK_SELECTION_MODEL (QD_TABLE_VIEW (data)->model));
}

static void
select_none_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       data)
{
  gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (QD_TABLE_VIEW (data)->model));
}

static void
search_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       data)
{
  qd_table_view_start_search (data);
}

static void
clear_search_cb (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       data)
{
  qd_table_view_set_search_text (data, "");
  gtk_widget_grab_focus (GTK_WIDGET (QD_TABLE_VIEW (data)->view));
}

static void
sort_menu_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       data)
{
  gtk_menu_button_popup (QD_TABLE_VIEW (data)->sort_button);
}

static void
columns_menu_cb (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       data)
{
  gtk_menu_button_popup (QD_TABLE_VIEW (data)->columns_button);
}

static void
menu_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       data)
{
  qd_table_view_popup_menu (data, -1, -1);
}

static void
sort_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       data)
{
  QdTableView *self = data;

  qd_table_view_sort_for_person (self, g_variant_get_string (parameter, NULL), self->descending);
}

static void
direction_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       data)
{
  QdTableView *self = data;
  g_autofree char *column = g_strdup (self->sort);

  if (column == NULL && self->table != NULL)
    column = g_strdup (qd_table_get_column (self->table, 0)->id);
  qd_table_view_sort_for_person (self, column, g_str_equal (g_variant_get_string (parameter, NULL), "descending"));
}

static const GActionEntry entries[] = {
  { .name = "open", .activate = open_cb },
  { .name = "open-cell", .activate = open_cell_cb, .parameter_type = "s" },
  { .name = "edit", .activate = edit_cb },
  { .name = "copy", .activate = copy_cb },
  { .name = "select-all", .activate = select_all_cb },
  { .name = "select-none", .activate = select_none_cb },
  { .name = "search", .activate = search_cb },
  { .name = "clear-search", .activate = clear_search_cb },
  { .name = "sort-menu", .activate = sort_menu_cb },
  { .name = "columns-menu", .activate = columns_menu_cb },
  { .name = "menu", .activate = menu_cb },
  { .name = "sort", .activate = sort_cb, .parameter_type = "s", .state = "''" },
  { .name = "direction", .activate = direction_cb, .parameter_type = "s", .state = "'ascending'" },
};

/**
 * qd_table_view_install_actions:
 * @self: a new table view
 *
 * Makes its actions known: "table.open" and the like.
 */
void
qd_table_view_install_actions (QdTableView *self)
{
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "table", G_ACTION_GROUP (self->actions));
}

static void
add_shortcut (GtkWidgetClass *widget_class,
              guint           keyval,
              GdkModifierType modifiers,
              const char     *action)
{
  g_autoptr (GtkShortcut) shortcut =
      gtk_shortcut_new (gtk_keyval_trigger_new (keyval, modifiers), gtk_named_action_new (action));

  gtk_widget_class_add_shortcut (widget_class, shortcut);
}

/**
 * qd_table_view_add_shortcuts:
 * @widget_class: the class of table views
 *
 * Gives the actions their keys.
 */
void
qd_table_view_add_shortcuts (GtkWidgetClass *widget_class)
{
  add_shortcut (widget_class, GDK_KEY_F2, 0, "table.edit");
  add_shortcut (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "table.copy");
  add_shortcut (widget_class, GDK_KEY_c, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "table.copy");
  add_shortcut (widget_class, GDK_KEY_a, GDK_CONTROL_MASK, "table.select-all");
  add_shortcut (widget_class, GDK_KEY_a, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "table.select-none");
  add_shortcut (widget_class, GDK_KEY_o, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "table.sort-menu");
  add_shortcut (widget_class, GDK_KEY_l, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "table.columns-menu");
  add_shortcut (widget_class, GDK_KEY_Menu, 0, "table.menu");
  add_shortcut (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "table.menu");
}

/* To the next thing that can take the focus, or the one before, outside of @widget. */
static gboolean
leave (GtkWidget       *widget,
       GtkDirectionType direction)
{
  for (; widget != NULL; widget = gtk_widget_get_parent (widget))
    {
      GtkWidget *other = widget;

      while ((other = direction == GTK_DIR_TAB_FORWARD ? gtk_widget_get_next_sibling (other)
                                                       : gtk_widget_get_prev_sibling (other)) != NULL)
        if (gtk_widget_get_child_visible (other) && gtk_widget_child_focus (other, direction))
          return TRUE;
    }
  return FALSE;
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint                  keyval,
                guint                  keycode,
                GdkModifierType        state,
                QdTableView           *self)
{
  gboolean back = keyval == GDK_KEY_ISO_Left_Tab || (state & GDK_SHIFT_MASK) != 0;

  if ((keyval != GDK_KEY_Tab && keyval != GDK_KEY_ISO_Left_Tab && keyval != GDK_KEY_KP_Tab) || (state & GDK_CONTROL_MASK) != 0)
    return GDK_EVENT_PROPAGATE;
  return leave (GTK_WIDGET (self->view), back ? GTK_DIR_TAB_BACKWARD : GTK_DIR_TAB_FORWARD);
}

/* Rows are walked by arrows; GTK would go through all of them with Tab before it left the table. */
void
qd_table_view_setup_keys (QdTableView *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->view), keys);
  qd_column_view_set_one_stop (self->view);
}
