/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A question with a few answers, in the shape of AdwAlertDialog (1.5).
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct
{
  const char *heading;
  const char *body;          /* nullable; plain text */
  const char *cancel;        /* nullable: label of the first answer; "Cancel" */
  const char *accept;        /* nullable: an imperative verb; without it there is only the first answer */
  const char *other;         /* nullable: another verb, beside that */
  GtkWidget *extra;          /* nullable: shown under the body; (transfer floating) */
  gboolean destructive;
} QdConfirm;

typedef enum
{
  QD_CONFIRM_CANCEL,
  QD_CONFIRM_ACCEPT,
  QD_CONFIRM_OTHER,
} QdConfirmAnswer;

/* @cancellable: (nullable): closes it, as the first answer does. */
void qd_confirm_async (const QdConfirm *self, GtkWindow *parent, GCancellable *cancellable, GAsyncReadyCallback callback,
                       gpointer user_data);
QdConfirmAnswer qd_confirm_finish (GAsyncResult *result);
/* Says something that must be read; nobody waits for the answer. */
void qd_confirm_tell (GtkWindow *parent, const char *heading, const char *body);

G_END_DECLS
