/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-spoken-box.h"

struct _QdSpokenBox
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (QdSpokenBox, qd_spoken_box, GTK_TYPE_WIDGET)

static void
qd_spoken_box_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (qd_spoken_box_parent_class)->dispose (object);
}

static void
qd_spoken_box_class_init (QdSpokenBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = qd_spoken_box_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_css_name (widget_class, "spoken");
}

static void
qd_spoken_box_init (QdSpokenBox *self)
{
  GtkBoxLayout *layout = GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self)));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (layout, 3);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
}

/**
 * qd_spoken_box_set_words:
 * @self: a box
 * @words: what is said of it, translated
 *
 * Says what is in it, in one sentence.
 */
void
qd_spoken_box_set_words (QdSpokenBox *self,
                         const char  *words)
{
  g_return_if_fail (QD_IS_SPOKEN_BOX (self) && words != NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}
