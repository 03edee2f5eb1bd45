/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the windows that stand before another one share: Escape and Ctrl+W
 * close them, Ctrl+Q quits, what they wait for on a worker ends with them, a template is
 * taken apart with them. One with nothing of its own is used as it is.
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define QD_TYPE_DIALOG (qd_dialog_get_type ())
G_DECLARE_DERIVABLE_TYPE (QdDialog, qd_dialog, QD, DIALOG, AdwWindow)

struct _QdDialogClass
{
  AdwWindowClass parent_class;
  gboolean has_template;
};

/* @name: of the template's file, without ".ui"; by the class_init of a type that nothing derives from. */
void qd_dialog_class_set_template (QdDialogClass *klass, const char *name);

/* What the dialog waits for: cancelled when it goes, or by the next call of the second. (transfer none) */
GCancellable *qd_dialog_get_cancellable (QdDialog *self);
GCancellable *qd_dialog_renew_cancellable (QdDialog *self);

/* Ctrl+Q in a window before another one, as a #QdDialog has it: the keys of the program are those of its main windows. */
void qd_dialog_add_quit_key (GtkWindow *window);

/* Says of a row that what is in it cannot be taken. */
void qd_dialog_mark_row (GtkWidget *row, gboolean wrong);

G_END_DECLS
