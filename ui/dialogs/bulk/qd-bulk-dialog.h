/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One attribute of several customers: which one, its new value, and what that
 * would change, said before it is done. What is applied goes out as the action
 * "win.edit-accounts" of the window that it stands before.
 */
#pragma once

#include "../../pages/qd-session.h"
#include "../../widgets/qd-dialog.h"

G_BEGIN_DECLS

#define QD_TYPE_BULK_DIALOG (qd_bulk_dialog_get_type ())
G_DECLARE_FINAL_TYPE (QdBulkDialog, qd_bulk_dialog, QD, BULK_DIALOG, QdDialog)

/* @accounts: (element-type utf8): external ids, ended by NULL; not changed any more. */
QdBulkDialog *qd_bulk_dialog_new (GtkWindow *parent, QdSession *session, GPtrArray *accounts);
gboolean qd_bulk_dialog_is_busy (QdBulkDialog *self); /* it does not say yet what would change */

G_END_DECLS
