/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A new revenue row of an account. What was typed is tried before it is asked
 * for, as the action "win.add-row" of the window that the dialog stands before;
 * what is wrong stands in the dialog.
 */
#pragma once

#include "../../../data/workspace/qd-workspace-edit.h"
#include "../../widgets/qd-dialog.h"

G_BEGIN_DECLS

#define QD_TYPE_ADD_ROW_DIALOG (qd_add_row_dialog_get_type ())
G_DECLARE_FINAL_TYPE (QdAddRowDialog, qd_add_row_dialog, QD, ADD_ROW_DIALOG, QdDialog)

/* @form: "line", "month", "event". @origin: the widget whose "win." actions are activated. */
QdAddRowDialog *qd_add_row_dialog_new (QdWorkspace *workspace, const char *account, const char *name, const char *form,
                                       GtkWidget *origin);

G_END_DECLS
