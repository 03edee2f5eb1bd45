/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All fields of a revenue row, edited in place. What is applied goes out
 * as a "win." action of the window that it stands before.
 */
#pragma once

#include "../../../data/workspace/qd-workspace-edit.h"
#include "../../widgets/qd-dialog.h"

G_BEGIN_DECLS

#define QD_TYPE_ROW_DIALOG (qd_row_dialog_get_type ())
G_DECLARE_FINAL_TYPE (QdRowDialog, qd_row_dialog, QD, ROW_DIALOG, QdDialog)

/* @origin: the widget whose "win." actions are activated; it should outlive the dialog, or close it. */
QdRowDialog *qd_row_dialog_new (QdWorkspace *workspace, const char *key, GtkWidget *origin);
const char *qd_row_dialog_get_key (QdRowDialog *self);
/* What was wrong with a value that was applied. FALSE: there is no such field. */
gboolean qd_row_dialog_set_error (QdRowDialog *self, const char *field, const char *message);

G_END_DECLS
