/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-row-dialog.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "../../../data/base/qd-task.h"
#include "../../widgets/qd-record-list.h"
#include "../../widgets/qd-window-size.h"

struct _QdRowDialog
{
  QdDialog parent_instance;

  QdWorkspace *workspace;
  gulong changed_handler;
  GtkWidget *origin;
  char *key;

  AdwWindowTitle *title;
  GtkButton *delete;
  GtkLabel *help;
  QdRecordList *list;
};

G_DEFINE_FINAL_TYPE (QdRowDialog, qd_row_dialog, QD_TYPE_DIALOG)

static void
look (GTask        *task,
      gpointer      source,
      gpointer      data,
      GCancellable *cancellable)
{
  gpointer *input = data;
  GError *error = NULL;
  QdTable *record = qd_workspace_get_row (input[0], input[1], &error);

  if (record != NULL)
    g_task_return_pointer (task, record, (GDestroyNotify) qd_table_unref);
  else
    g_task_return_error (task, error);
}

static void
free_input (gpointer data)
{
  gpointer *input = data;

  g_object_unref (input[0]);
  g_free (input[1]);
  g_free (input);
}

/* In the fields: what opens it, pressed twice, must not delete the row. */
static void
begin (QdRowDialog *self)
{
  if (gtk_widget_get_sensitive (GTK_WIDGET (self->delete)))
    return;
  gtk_widget_child_focus (GTK_WIDGET (self->list), GTK_DIR_TAB_FORWARD);
  gtk_widget_set_sensitive (GTK_WIDGET (self->delete), TRUE);
}

static void
looked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  QdRowDialog *self = QD_ROW_DIALOG (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (QdTable) record = g_task_propagate_pointer (G_TASK (result), &error);

  if (record != NULL)
    {
      qd_record_list_set_record (self->list, record, 0, qd_table_get_n_rows (record));
      begin (self);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) && self->origin != NULL)
    gtk_window_close (GTK_WINDOW (self)); /* the row is gone */
}

static void
refresh (QdRowDialog *self)
{
  gpointer *input = g_new0 (gpointer, 2);
  g_autoptr (GTask) task = NULL;

  input[0] = g_object_ref (self->workspace);
  input[1] = g_strdup (self->key);
  task = g_task_new (self, qd_dialog_renew_cancellable (QD_DIALOG (self)), looked_cb, NULL);
  g_task_set_task_data (task, input, free_input);
  qd_task_run_in_thread (task, look);
}

static void
edited_cb (QdRecordList *list,
           const char   *field,
           const char   *value,
           QdRowDialog *self)
{
  if (self->origin != NULL)
    gtk_widget_activate_action (self->origin, "win.edit-row", "(sss)", self->key, field, value);
}

static void
list_turn_cb (QdRecordList *list,
              gboolean      redo,
              QdRowDialog *self)
{
  if (self->origin != NULL)
    gtk_widget_activate_action (self->origin, redo ? "win.redo" : "win.undo", NULL);
}

static void
delete_cb (QdRowDialog *self)
{
  if (self->origin != NULL)
    gtk_widget_activate_action (self->origin, "win.delete-row", "s", self->key);
  gtk_window_close (GTK_WINDOW (self));
}

/* Undo and redo of the window behind. */
static gboolean
turn_cb (GtkWidget *widget,
         GVariant  *arguments,
         gpointer   data)
{
  QdRowDialog *self = QD_ROW_DIALOG (widget);
  const char *action = g_variant_get_string (arguments, NULL);

  return self->origin != NULL && gtk_widget_activate_action (self->origin, action, NULL);
}

static void
qd_row_dialog_dispose (GObject *object)
{
  QdRowDialog *self = QD_ROW_DIALOG (object);

  if (self->workspace != NULL)
    g_clear_signal_handler (&self->changed_handler, self->workspace);
  g_clear_object (&self->workspace);
  g_clear_weak_pointer (&self->origin);
  g_clear_pointer (&self->key, g_free);
  G_OBJECT_CLASS (qd_row_dialog_parent_class)->dispose (object);
}

static void
qd_row_dialog_class_init (QdRowDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = qd_row_dialog_dispose;
  g_type_ensure (QD_TYPE_RECORD_LIST);
  qd_dialog_class_set_template (QD_DIALOG_CLASS (klass), "qd-row-dialog");
  gtk_widget_class_bind_template_child (widget_class, QdRowDialog, title);
  gtk_widget_class_bind_template_child (widget_class, QdRowDialog, delete);
  gtk_widget_class_bind_template_child (widget_class, QdRowDialog, help);
  gtk_widget_class_bind_template_child (widget_class, QdRowDialog, list);
  gtk_widget_class_bind_template_callback (widget_class, delete_cb);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, turn_cb, "s", "win.undo");
  gtk_widget_class_add_binding (widget_class, GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK, turn_cb, "s", "win.redo");
}

static void
qd_row_dialog_init (QdRowDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_sensitive (GTK_WIDGET (self->delete), FALSE);
  qd_record_list_set_title (self->list, _("Fields of the row"));
  g_signal_connect (self->list, "edited", G_CALLBACK (edited_cb), self);
  g_signal_connect (self->list, "turn", G_CALLBACK (list_turn_cb), self);
}

/* A line has an id that people know; the others have their month or date among the fields. */
static void
say_title (QdRowDialog *self)
{
  const char *title = g_str_has_prefix (self->key, "month:")   ? _("Monthly Amount")
                      : g_str_has_prefix (self->key, "event:") ? _("Movement")
                                                               : _("Subscription Line");

  adw_window_title_set_title (self->title, title);
  if (g_str_has_prefix (self->key, "line:"))
    adw_window_title_set_subtitle (self->title, self->key + strlen ("line:"));
  gtk_window_set_title (GTK_WINDOW (self), title);
}

/**
 * qd_row_dialog_new:
 * @workspace: a workspace
 * @key: a revenue row, as qd_workspace_get_account_lines() calls it
 * @origin: a widget of the window that the dialog stands before
 *
 * Makes the dialog; it fills itself and follows changes, and closes when the
 * row is gone.
 *
 * Returns: (transfer none): the dialog
 */
QdRowDialog *
qd_row_dialog_new (QdWorkspace *workspace,
                    const char  *key,
                    GtkWidget   *origin)
{
  QdRowDialog *self = g_object_new (QD_TYPE_ROW_DIALOG, "transient-for", gtk_widget_get_root (origin), NULL);
  gboolean read_only = qd_store_is_read_only (qd_workspace_get_store (workspace));

  qd_window_set_size (GTK_WINDOW (self), 520, 640);
  self->workspace = g_object_ref (workspace);
  self->key = g_strdup (key);
  g_set_weak_pointer (&self->origin, origin);
  say_title (self);
  gtk_widget_set_visible (GTK_WIDGET (self->delete), !read_only);
  gtk_widget_set_visible (GTK_WIDGET (self->help), !read_only);
  qd_record_list_set_editable (self->list, !read_only);
  self->changed_handler = g_signal_connect_swapped (workspace, "changed", G_CALLBACK (refresh), self);
  refresh (self);
  return self;
}

const char *
qd_row_dialog_get_key (QdRowDialog *self)
{
  return self->key;
}

gboolean
qd_row_dialog_set_error (QdRowDialog *self,
                          const char   *field,
                          const char   *message)
{
  return qd_record_list_set_error (self->list, field, message);
}
