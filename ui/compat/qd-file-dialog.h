/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Asking for a file, in the shape of GtkFileDialog (GTK 4.10).
 *
 * Closing the dialog without a choice is G_IO_ERROR_CANCELLED.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct
{
  const char *title;         /* of the dialog */
  const char *accept;        /* nullable: label of the button */
  const char *name;          /* nullable: with saving, the proposed name */
  const char *folder;        /* (type filename) nullable: where to start */
  const char *filter_name;   /* nullable: "Workspaces" */
  const char *patterns;      /* nullable: "*.quarterdeck", several separated by blanks */
} QdFileDialog;

void qd_file_dialog_open_async (const QdFileDialog *self, GtkWindow *parent, GAsyncReadyCallback callback,
                                gpointer user_data);
void qd_file_dialog_save_async (const QdFileDialog *self, GtkWindow *parent, GAsyncReadyCallback callback,
                                gpointer user_data);
/* (transfer full) (nullable): the file, of either. */
GFile *qd_file_dialog_finish (GAsyncResult *result, GError **error);

G_END_DECLS
