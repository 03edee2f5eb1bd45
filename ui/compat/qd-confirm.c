/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-confirm.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

static void gone_cb (AdwMessageDialog *dialog, gpointer data);

static void
response_cb (AdwMessageDialog *dialog,
             const char       *response,
             gpointer          data)
{
  g_autoptr (GTask) task = data;

  g_signal_handlers_disconnect_by_func (dialog, gone_cb, data);
  g_task_return_int (task, g_str_equal (response, "accept")  ? QD_CONFIRM_ACCEPT
                           : g_str_equal (response, "other") ? QD_CONFIRM_OTHER
                                                             : QD_CONFIRM_CANCEL);
}

/* Its window went, and it with it. */
static void
gone_cb (AdwMessageDialog *dialog,
         gpointer          data)
{
  g_autoptr (GTask) task = data;

  g_signal_handlers_disconnect_by_func (dialog, response_cb, data);
  g_signal_handlers_disconnect_by_func (dialog, gone_cb, data);
  g_task_return_int (task, QD_CONFIRM_CANCEL);
}

/**
 * qd_confirm_async:
 * @self: the question; not kept
 * @parent: (nullable): the window that asks
 * @cancellable: (nullable): when nobody needs the answer any more; of the main thread
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Asks. Escape is the first answer; Return the second, unless it destroys.
 */
void
qd_confirm_async (const QdConfirm    *self,
                  GtkWindow          *parent,
                  GCancellable       *cancellable,
                  GAsyncReadyCallback callback,
                  gpointer            user_data)
{
  GTask *task = g_task_new (NULL, NULL, callback, user_data);
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (parent, self->heading, self->body));

  g_task_set_source_tag (task, qd_confirm_async);
  adw_message_dialog_add_response (dialog, "cancel",
                                   self->cancel != NULL ? self->cancel : self->accept != NULL ? _("_Cancel") : _("_Close"));
  adw_message_dialog_set_close_response (dialog, "cancel");
  adw_message_dialog_set_default_response (dialog, "cancel");
  if (self->other != NULL)
    adw_message_dialog_add_response (dialog, "other", self->other);
  if (self->extra != NULL)
    adw_message_dialog_set_extra_child (dialog, self->extra);
  if (self->accept != NULL)
    {
      adw_message_dialog_add_response (dialog, "accept", self->accept);
      adw_message_dialog_set_response_appearance (
          dialog, "accept", self->destructive ? ADW_RESPONSE_DESTRUCTIVE : ADW_RESPONSE_SUGGESTED);
      if (!self->destructive)
        adw_message_dialog_set_default_response (dialog, "accept");
    }
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), task);
  g_signal_connect (dialog, "destroy", G_CALLBACK (gone_cb), task);
  if (cancellable != NULL)
    g_signal_connect_object (cancellable, "cancelled", G_CALLBACK (gtk_window_destroy), dialog, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

QdConfirmAnswer
qd_confirm_finish (GAsyncResult *result)
{
  return (QdConfirmAnswer) g_task_propagate_int (G_TASK (result), NULL);
}

/**
 * qd_confirm_tell:
 * @parent: (nullable): the window
 * @heading: what happened
 * @body: what to do about it; plain text
 *
 * Shows a message that goes away when it is closed.
 */
void
qd_confirm_tell (GtkWindow  *parent,
                 const char *heading,
                 const char *body)
{
  const QdConfirm message = { .heading = heading, .body = body };

  qd_confirm_async (&message, parent, NULL, NULL, NULL);
}
