/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-dialog.h"

#include "qd-template.h"

typedef struct
{
  GCancellable *cancellable;
} QdDialogPrivate;

G_DEFINE_TYPE_WITH_PRIVATE (QdDialog, qd_dialog, ADW_TYPE_WINDOW)

static void
qd_dialog_dispose (GObject *object)
{
  QdDialogPrivate *priv = qd_dialog_get_instance_private (QD_DIALOG (object));

  g_cancellable_cancel (priv->cancellable);
  if (QD_DIALOG_GET_CLASS (object)->has_template)
    gtk_widget_dispose_template (GTK_WIDGET (object), G_OBJECT_TYPE (object));
  G_OBJECT_CLASS (qd_dialog_parent_class)->dispose (object);
}

static void
qd_dialog_finalize (GObject *object)
{
  QdDialogPrivate *priv = qd_dialog_get_instance_private (QD_DIALOG (object));

  g_object_unref (priv->cancellable);
  G_OBJECT_CLASS (qd_dialog_parent_class)->finalize (object);
}

static void
qd_dialog_class_init (QdDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = qd_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = qd_dialog_finalize;
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, GDK_CONTROL_MASK, "window.close", NULL);
}

static void
qd_dialog_init (QdDialog *self)
{
  QdDialogPrivate *priv = qd_dialog_get_instance_private (self);

  priv->cancellable = g_cancellable_new ();
  qd_dialog_add_quit_key (GTK_WINDOW (self));
}

void
qd_dialog_class_set_template (QdDialogClass *klass,
                              const char    *name)
{
  qd_template_set (GTK_WIDGET_CLASS (klass), name);
  klass->has_template = TRUE;
}

GCancellable *
qd_dialog_get_cancellable (QdDialog *self)
{
  QdDialogPrivate *priv = qd_dialog_get_instance_private (self);

  return priv->cancellable;
}

GCancellable *
qd_dialog_renew_cancellable (QdDialog *self)
{
  QdDialogPrivate *priv = qd_dialog_get_instance_private (self);

  g_cancellable_cancel (priv->cancellable);
  g_object_unref (priv->cancellable);
  priv->cancellable = g_cancellable_new ();
  return priv->cancellable;
}

static void
quit (gpointer data)
{
  g_action_group_activate_action (G_ACTION_GROUP (g_application_get_default ()), "quit", NULL);
}

/* The window goes too, which it must not while it looks at its keys. */
static gboolean
quit_cb (GtkWidget *window,
         GVariant  *args,
         gpointer   data)
{
  g_idle_add_once (quit, NULL);
  return TRUE;
}

void
qd_dialog_add_quit_key (GtkWindow *window)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_q, GDK_CONTROL_MASK),
                                                          gtk_callback_action_new (quit_cb, NULL, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (window), controller);
}

void
qd_dialog_mark_row (GtkWidget *row,
                    gboolean   wrong)
{
  if (wrong)
    gtk_widget_add_css_class (row, "error");
  else
    gtk_widget_remove_css_class (row, "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID,
                               wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}
