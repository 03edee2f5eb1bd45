/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-activity-row.h"

#include <glib/gi18n-lib.h>

#include "../qd-moment.h"

struct _QdActivityRow
{
  GtkBox parent_instance;

  GtkImage *icon;
  GtkLabel *summary, *when;
  GtkButton *button;
};

G_DEFINE_FINAL_TYPE (QdActivityRow, qd_activity_row, GTK_TYPE_BOX)

static void
qd_activity_row_class_init (QdActivityRowClass *klass)
{
}

static void
qd_activity_row_init (QdActivityRow *self)
{
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  gtk_box_set_spacing (GTK_BOX (self), 12);
  self->icon = GTK_IMAGE (gtk_image_new ());
  self->summary = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->summary, 0);
  gtk_label_set_ellipsize (self->summary, PANGO_ELLIPSIZE_END);
  gtk_label_set_wrap (self->summary, TRUE);
  gtk_label_set_lines (self->summary, 2);
  self->when = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->when, 0);
  gtk_label_set_ellipsize (self->when, PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (GTK_WIDGET (self->when), "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (self->when), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->when), "numeric");
  self->button = GTK_BUTTON (gtk_button_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->button), GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (GTK_WIDGET (self->button), "flat");
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (texts), GTK_WIDGET (self->summary));
  gtk_box_append (GTK_BOX (texts), GTK_WIDGET (self->when));
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->icon));
  gtk_box_append (GTK_BOX (self), texts);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->button));
}

GtkWidget *
qd_activity_row_new (void)
{
  return g_object_new (QD_TYPE_ACTIVITY_ROW, NULL);
}

/**
 * qd_activity_row_set_button:
 * @button: a button
 * @entry: the change that it is about
 *
 * Makes the button undo or redo the change, or open the checkpoint; hides it
 * when none of it can be done.
 */
void
qd_activity_row_set_button (GtkButton       *button,
                            QdActivityEntry *entry)
{
  const QdCheckpoint *checkpoint = qd_activity_entry_get_checkpoint (entry);
  QdTurn turn = qd_activity_entry_get_turn (entry);
  const char *label = checkpoint != NULL ? _("Open") : turn == QD_TURN_UNDO ? _("Undo") : _("Redo");
  g_autofree char *name = g_strdup_printf ("%s: %s", label, qd_activity_entry_get (entry)->summary);

  gtk_widget_set_visible (GTK_WIDGET (button), turn != QD_TURN_NONE || checkpoint != NULL);
  if (turn == QD_TURN_NONE && checkpoint == NULL)
    {
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), NULL);
      return;
    }
  gtk_button_set_label (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  /* The target first: the name is looked up with it. */
  if (checkpoint != NULL)
    {
      g_autofree char *uri = g_filename_to_uri (checkpoint->path, NULL, NULL);

      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", uri);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "app.open-recent");
      return;
    }
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "x", qd_activity_entry_get_turn_target (entry));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), turn == QD_TURN_REDO ? "win.redo-entry" : "win.undo-entry");
}

/**
 * qd_activity_row_set_entry:
 * @self: a row
 * @entry: what it shows
 * @format: how days are written
 *
 * Shows a change.
 */
void
qd_activity_row_set_entry (QdActivityRow   *self,
                           QdActivityEntry *entry,
                           QdFormat        *format)
{
  const QdHistoryEntry *change = qd_activity_entry_get (entry);
  const char *kind = qd_activity_entry_get_kind_name (entry);
  g_autofree char *moment = qd_moment_format (format, change->time);
  g_autofree char *when = change->undone ? g_strdup_printf ("%s · %s · %s", moment, kind, _("undone"))
                                         : g_strdup_printf ("%s · %s", moment, kind);
  g_autofree char *name = g_strdup_printf ("%s, %s", change->summary, when);
  GtkWidget *item = gtk_widget_get_parent (GTK_WIDGET (self));

  gtk_image_set_from_icon_name (self->icon, qd_activity_entry_get_icon_name (entry));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->icon), GTK_ACCESSIBLE_PROPERTY_LABEL, kind, -1);
  gtk_label_set_label (self->summary, change->summary);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->summary), change->summary);
  gtk_label_set_label (self->when, when);
  if (change->undone)
    gtk_widget_add_css_class (GTK_WIDGET (self->summary), "dim-label");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->summary), "dim-label");
  qd_activity_row_set_button (self->button, entry);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  if (item != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (item), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}
