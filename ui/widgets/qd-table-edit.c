/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Changing a cell in its place: an entry over it. What is typed goes to
 * whoever listens; the table changes when the data does.
 */
#define G_LOG_DOMAIN "quarterdeck"

#include "config.h"

#include "qd-table-view-private.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  guint row, column;
  char *before;
  gboolean open;
} Edit;

static void
free_edit (gpointer data)
{
  Edit *edit = data;

  g_free (edit->before);
  g_free (edit);
}

gboolean
qd_table_view_is_editable (QdTableView *self,
                           guint        column)
{
  return self->editable != NULL && self->table != NULL &&
         g_strv_contains ((const char *const *) self->editable, qd_table_get_column (self->table, column)->id);
}

static GtkEditable *
get_entry (QdTableView *self)
{
  return g_object_get_data (G_OBJECT (self->editor), "qd-entry");
}

static void
finish (QdTableView *self,
        gboolean     keep)
{
  Edit *edit = g_object_get_data (G_OBJECT (self->editor), "qd-edit");
  g_autofree char *text = NULL;

  if (edit == NULL || !edit->open)
    return;
  edit->open = FALSE;
  text = g_strstrip (g_strdup (gtk_editable_get_text (get_entry (self))));
  gtk_popover_popdown (GTK_POPOVER (self->editor));
  if (keep && g_strcmp0 (text, edit->before) != 0)
    g_signal_emit_by_name (self, "cell-edited", edit->row, edit->column, text);
}

static void
activate_cb (GtkEntry    *entry,
             QdTableView *self)
{
  finish (self, TRUE);
}

/* Esc, or a click elsewhere. */
static void
closed_cb (GtkPopover  *popover,
           QdTableView *self)
{
  finish (self, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

/* Tab: keep, and on to the next cell of the row that can be changed. */
static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint                  keyval,
                guint                  keycode,
                GdkModifierType        state,
                QdTableView           *self)
{
  Edit *edit = g_object_get_data (G_OBJECT (self->editor), "qd-edit");
  g_autoptr (GArray) columns = NULL;
  gboolean back = keyval == GDK_KEY_ISO_Left_Tab || (state & GDK_SHIFT_MASK) != 0;
  guint row = edit->row, here = edit->column, next = G_MAXUINT;
  gboolean passed = FALSE;

  if (keyval != GDK_KEY_Tab && keyval != GDK_KEY_ISO_Left_Tab && keyval != GDK_KEY_KP_Tab)
    return GDK_EVENT_PROPAGATE;
  columns = qd_table_view_dup_columns (self);
  for (guint i = 0; i < columns->len; i++)
    {
      guint column = g_array_index (columns, guint, i);

      if (column == here)
        {
          passed = TRUE;
          if (back)
            break;
        }
      else if (qd_table_view_is_editable (self, column) && (back || passed))
        {
          next = column;
          if (!back)
            break;
        }
    }
  finish (self, TRUE);
  if (next != G_MAXUINT)
    qd_table_view_edit_cell (self, row, next);
  return GDK_EVENT_STOP;
}

static void
make_editor (QdTableView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6), *label = gtk_label_new (NULL), *entry = gtk_entry_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->editor = gtk_popover_new ();
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "caption-heading");
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), entry);
  gtk_popover_set_child (GTK_POPOVER (self->editor), box);
  gtk_widget_set_parent (self->editor, GTK_WIDGET (self));
  g_object_set_data (G_OBJECT (self->editor), "qd-entry", entry);
  g_object_set_data (G_OBJECT (self->editor), "qd-label", label);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (entry, keys);
  g_signal_connect (entry, "activate", G_CALLBACK (activate_cb), self);
  g_signal_connect (self->editor, "closed", G_CALLBACK (closed_cb), self);
}

static void
point_at (QdTableView *self,
          GtkWidget   *cell)
{
  GdkRectangle place;
  double x, y;

  gtk_widget_translate_coordinates (cell, GTK_WIDGET (self), 0, 0, &x, &y);
  place = (GdkRectangle){ (int) x, (int) y, MAX (gtk_widget_get_width (cell), 1), MAX (gtk_widget_get_height (cell), 1) };
  gtk_popover_set_pointing_to (GTK_POPOVER (self->editor), &place);
}

static gboolean
follow_cb (GtkWidget     *editor,
           GdkFrameClock *clock,
           gpointer       data)
{
  QdTableView *self = data;
  Edit *edit = g_object_get_data (G_OBJECT (editor), "qd-edit");
  GtkWidget *cell;
  graphene_rect_t bounds;

  if (edit->open && !qd_table_view_is_laid_out (self))
    return G_SOURCE_CONTINUE;
  cell = edit->open ? qd_table_view_find_cell_widget (self, edit->row, edit->column) : NULL;
  /* Out of sight it stays where it was: what is typed is not lost. */
  if (cell != NULL && gtk_widget_compute_bounds (cell, GTK_WIDGET (self->scroller), &bounds) && bounds.origin.y >= 0 &&
      bounds.origin.y + bounds.size.height <= (float) gtk_widget_get_height (GTK_WIDGET (self->scroller)))
    point_at (self, cell);
  return G_SOURCE_REMOVE;
}

/**
 * qd_table_view_follow_edit:
 * @self: a table view
 *
 * Takes the entry along to where its row stands now.
 */
void
qd_table_view_follow_edit (QdTableView *self)
{
  Edit *edit = self->editor != NULL ? g_object_get_data (G_OBJECT (self->editor), "qd-edit") : NULL;

  if (edit == NULL || !edit->open)
    return;
  qd_table_view_note_change (self);
  gtk_widget_add_tick_callback (self->editor, follow_cb, self, NULL);
}

/**
 * qd_table_view_edit_cell:
 * @self: a table view
 * @row: of the table
 * @column: of the table, one of those that were declared editable
 *
 * Opens an entry on a cell. Return and Tab keep what is typed ("cell-edited"),
 * Esc does not. Does nothing when the column cannot be edited or is not seen.
 */
void
qd_table_view_edit_cell (QdTableView *self,
                         guint        row,
                         guint        column)
{
  GtkWidget *cell;
  g_autofree char *title = NULL;
  Edit *edit;

  g_return_if_fail (QD_IS_TABLE_VIEW (self));
  if (self->table == NULL || !qd_table_view_is_editable (self, column) || row >= qd_table_get_n_rows (self->table))
    return;
  cell = qd_table_view_find_cell_widget (self, row, column);
  if (cell == NULL || !gtk_widget_get_mapped (cell))
    return;
  if (self->editor == NULL)
    make_editor (self);
  else
    finish (self, FALSE);
  edit = g_new0 (Edit, 1);
  edit->row = row;
  edit->column = column;
  edit->before = qd_table_format_iso (self->table, row, column);
  edit->open = TRUE;
  g_object_set_data_full (G_OBJECT (self->editor), "qd-edit", edit, free_edit);
  title = qd_table_index_dup_title (self->index, column);
  gtk_label_set_label (g_object_get_data (G_OBJECT (self->editor), "qd-label"), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (get_entry (self)), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->editor), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_editable_set_text (get_entry (self), edit->before);
  gtk_editable_set_width_chars (get_entry (self), 24);
  point_at (self, cell);
  gtk_popover_popup (GTK_POPOVER (self->editor));
  gtk_widget_grab_focus (GTK_WIDGET (get_entry (self)));
  gtk_editable_select_region (get_entry (self), 0, -1);
}
