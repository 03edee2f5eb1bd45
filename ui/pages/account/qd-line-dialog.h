/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All fields of a subscription line, edited in place. What is applied goes out
 * as a "win." action of the window that it stands before.
 */
#pragma once

#include <adwaita.h>

#include "../../../data/workspace/qd-workspace-edit.h"

G_BEGIN_DECLS

#define QD_TYPE_LINE_DIALOG (qd_line_dialog_get_type ())
G_DECLARE_FINAL_TYPE (QdLineDialog, qd_line_dialog, QD, LINE_DIALOG, AdwWindow)

/* @origin: the widget whose "win." actions are activated; it should outlive the dialog, or close it. */
QdLineDialog *qd_line_dialog_new (QdWorkspace *workspace, const char *line, GtkWidget *origin);
const char *qd_line_dialog_get_line (QdLineDialog *self);
/* What was wrong with a value that was applied. FALSE: there is no such field. */
gboolean qd_line_dialog_set_error (QdLineDialog *self, const char *field, const char *message);

G_END_DECLS
