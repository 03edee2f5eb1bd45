/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-import-chooser.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "qd-import-words.h"

typedef struct
{
  GtkPopover *popover;
  GtkSearchEntry *search;
  GtkListBox *list;
  guint column;
  QdImportChosen chosen;
  gpointer data;
} Chooser;

/* What a row stands for. */
typedef struct
{
  int field;
  char *custom;
  char *folded;
} Target;

static void
free_target (gpointer data)
{
  Target *target = data;

  g_free (target->custom);
  g_free (target->folded);
  g_free (target);
}

static gboolean
filter_cb (GtkListBoxRow *row,
           gpointer       data)
{
  Chooser *self = data;
  const Target *target = g_object_get_data (G_OBJECT (row), "target");
  g_autofree char *words = g_utf8_casefold (gtk_editable_get_text (GTK_EDITABLE (self->search)), -1);

  return strstr (target->folded, words) != NULL;
}

static void
searched_cb (GtkSearchEntry *search,
             Chooser        *self)
{
  gtk_list_box_invalidate_filter (self->list);
}

static void
activated_cb (GtkListBox    *list,
              GtkListBoxRow *row,
              Chooser       *self)
{
  const Target *target = g_object_get_data (G_OBJECT (row), "target");

  self->chosen (self->column, target->field, target->custom, self->data);
  gtk_popover_popdown (self->popover);
}

/* Return in the search takes the first that is left. Where nothing was searched all are left, and the choice stays: the
 * first would leave the column out. */
static void
search_activated_cb (GtkSearchEntry *search,
                     Chooser        *self)
{
  if (*gtk_editable_get_text (GTK_EDITABLE (search)) == '\0')
    {
      gtk_popover_popdown (self->popover);
      return;
    }
  for (int i = 0;; i++)
    {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, i);

      if (row == NULL)
        return;
      if (gtk_widget_get_child_visible (GTK_WIDGET (row)) && filter_cb (row, self))
        {
          activated_cb (self->list, row, self);
          return;
        }
    }
}

static void
search_stopped_cb (GtkSearchEntry *search,
                   Chooser        *self)
{
  gtk_popover_popdown (self->popover);
}

static gboolean
unparent_cb (gpointer data)
{
  gtk_widget_unparent (data);
  g_object_unref (data);
  return G_SOURCE_REMOVE;
}

static void
closed_cb (GtkPopover *popover,
           gpointer    data)
{
  g_idle_add (unparent_cb, g_object_ref (popover));
}

static void
add_target (Chooser    *self,
            const char *title,
            const char *note,
            int         field,
            const char *custom,
            gboolean    current)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (title);
  GtkWidget *side = gtk_label_new (note);
  Target *target = g_new0 (Target, 1);
  g_autofree char *name = *note != 0 ? g_strdup_printf ("%s, %s", title, note) : g_strdup (title);

  target->field = field;
  target->custom = g_strdup (custom);
  target->folded = g_utf8_casefold (title, -1);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_label_set_ellipsize (GTK_LABEL (side), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_max_width_chars (GTK_LABEL (side), 18);
  gtk_widget_add_css_class (side, "dim-label");
  gtk_widget_add_css_class (side, "caption");
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), side);
  if (current)
    gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("object-select-symbolic"));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (row), "target", target, free_target);
  gtk_list_box_append (self->list, row);
  if (current)
    gtk_list_box_select_row (self->list, GTK_LIST_BOX_ROW (row));
}

static void
add_fields (Chooser            *self,
            const QdImportPlan *plan)
{
  const QdPlanColumn *column = &g_array_index (plan->columns, QdPlanColumn, self->column);

  add_target (self, _("Leave Out"), "", -1, NULL, column->field < 0 && column->custom == NULL);
  if (plan->kind->custom_fields)
    add_target (self, _("Custom Field"), column->custom != NULL ? column->custom : column->usual, -1,
                column->custom != NULL ? column->custom : column->usual, column->custom != NULL);
  /* What must be there first. */
  for (int required = 1; required >= 0; required--)
    for (guint f = 0; f < plan->kind->n_fields; f++)
      {
        const QdField *field = &plan->kind->fields[f];
        int other = qd_import_plan_find_column (plan, (int) f);
        const char *note = "";

        if (field->required != required || field->choices != NULL)
          continue;
        if (other >= 0 && (guint) other != self->column)
          note = g_array_index (plan->columns, QdPlanColumn, other).header;
        else if (required && other < 0)
          note = _("required");
        add_target (self, qd_import_field_title (field), note, (int) f, NULL, column->field == (int) f);
      }
}

/**
 * qd_import_chooser_open:
 * @button: where it opens
 * @plan: what is decided
 * @column: the column
 * @chosen: called when one was chosen
 * @data: for @chosen
 *
 * Asks what becomes of a column.
 */
void
qd_import_chooser_open (GtkWidget          *button,
                        const QdImportPlan *plan,
                        guint               column,
                        QdImportChosen      chosen,
                        gpointer            data)
{
  Chooser *self = g_new0 (Chooser, 1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->column = column;
  self->chosen = chosen;
  self->data = data;
  self->popover = GTK_POPOVER (gtk_popover_new ());
  self->search = GTK_SEARCH_ENTRY (gtk_search_entry_new ());
  g_object_set (self->search, "placeholder-text", _("Search Fields"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Search Fields"), -1);
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_BROWSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Fields"), -1);
  add_fields (self, plan);
  gtk_list_box_set_filter_func (self->list, filter_cb, self, NULL);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), 300);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->list));
  gtk_widget_set_size_request (box, 320, -1);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->search));
  gtk_box_append (GTK_BOX (box), scrolled);
  gtk_popover_set_child (self->popover, box);
  gtk_widget_set_parent (GTK_WIDGET (self->popover), button);
  g_object_set_data_full (G_OBJECT (self->popover), "chooser", self, g_free);
  g_signal_connect (self->search, "search-changed", G_CALLBACK (searched_cb), self);
  g_signal_connect (self->search, "activate", G_CALLBACK (search_activated_cb), self);
  g_signal_connect (self->search, "stop-search", G_CALLBACK (search_stopped_cb), self);
  g_signal_connect (self->list, "row-activated", G_CALLBACK (activated_cb), self);
  g_signal_connect (self->popover, "closed", G_CALLBACK (closed_cb), NULL);
  gtk_popover_popup (self->popover);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}
