/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-file-dialog.h"

#include <glib/gi18n-lib.h>

#include "qd-confirm.h"

static void
response_cb (GtkNativeDialog *dialog,
             int              response,
             gpointer         data)
{
  g_autoptr (GTask) task = data;
  GFile *file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  if (file != NULL && g_file_peek_path (file) == NULL)
    {
      g_clear_object (&file);
      qd_confirm_tell (gtk_native_dialog_get_transient_for (dialog), _("This Place Is Not on This Computer"),
                       _("Copy the file to a folder on this computer, or choose one there, and try again."));
    }
  /* GTK keeps no reference to a native dialog: this was the task's */
  g_object_set_data (G_OBJECT (task), "dialog", NULL);
  if (file != NULL)
    g_task_return_pointer (task, file, g_object_unref);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "%s", _("No file was chosen."));
}

static void
ask (const QdFileDialog  *self,
     GtkWindow           *parent,
     GtkFileChooserAction action,
     gpointer             tag,
     GAsyncReadyCallback  callback,
     gpointer             user_data)
{
  GTask *task = g_task_new (NULL, NULL, callback, user_data);
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (self->title, parent, action, self->accept, NULL);
  GtkFileChooser *chooser = GTK_FILE_CHOOSER (dialog);

  g_task_set_source_tag (task, tag);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  if (self->folder != NULL)
    {
      g_autoptr (GFile) folder = g_file_new_for_path (self->folder);

      gtk_file_chooser_set_current_folder (chooser, folder, NULL);
    }
  if (self->name != NULL)
    gtk_file_chooser_set_current_name (chooser, self->name);
  if (self->patterns != NULL)
    {
      g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
      g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();
      g_auto (GStrv) patterns = g_strsplit (self->patterns, " ", -1);

      gtk_file_filter_set_name (filter, self->filter_name);
      for (guint i = 0; patterns[i] != NULL; i++)
        gtk_file_filter_add_pattern (filter, patterns[i]);
      gtk_file_filter_set_name (all, _("All Files"));
      gtk_file_filter_add_pattern (all, "*");
      gtk_file_chooser_add_filter (chooser, filter);
      gtk_file_chooser_add_filter (chooser, all);
    }
  g_object_set_data_full (G_OBJECT (task), "dialog", dialog, g_object_unref);
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), task);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/**
 * qd_file_dialog_open_async:
 * @self: what to ask; not kept
 * @parent: (nullable): the window that asks
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Asks for a file that is there.
 */
void
qd_file_dialog_open_async (const QdFileDialog *self,
                           GtkWindow          *parent,
                           GAsyncReadyCallback callback,
                           gpointer            user_data)
{
  ask (self, parent, GTK_FILE_CHOOSER_ACTION_OPEN, qd_file_dialog_open_async, callback, user_data);
}

/**
 * qd_file_dialog_save_async:
 * @self: what to ask; not kept
 * @parent: (nullable): the window that asks
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Asks where to write; that a file is there already has been asked too.
 */
void
qd_file_dialog_save_async (const QdFileDialog *self,
                           GtkWindow          *parent,
                           GAsyncReadyCallback callback,
                           gpointer            user_data)
{
  ask (self, parent, GTK_FILE_CHOOSER_ACTION_SAVE, qd_file_dialog_save_async, callback, user_data);
}

/**
 * qd_file_dialog_finish:
 * @result: what the callback got
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the file, which has a path, or `NULL`
 *   with `G_IO_ERROR_CANCELLED` when none was chosen, or one elsewhere, of
 *   which the person was told
 */
GFile *
qd_file_dialog_finish (GAsyncResult *result,
                       GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
