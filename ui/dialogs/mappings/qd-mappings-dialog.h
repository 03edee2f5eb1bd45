/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The saved mappings of a workspace: renamed, deleted, given to others as
 * files, taken over from files. Beside its window, which says what was done
 * and offers Undo; all of it is done by the window's actions.
 */
#pragma once

#include "../../pages/qd-session.h"
#include "../../widgets/qd-dialog.h"

G_BEGIN_DECLS

#define QD_TYPE_MAPPINGS_DIALOG (qd_mappings_dialog_get_type ())
G_DECLARE_FINAL_TYPE (QdMappingsDialog, qd_mappings_dialog, QD, MAPPINGS_DIALOG, QdDialog)

/* Uses of the parent: "win.rename-mapping" (ss), "win.delete-mapping" (s), "win.export-mapping" (s), "win.import-mapping". */
GtkWidget *qd_mappings_dialog_new (GtkWindow *parent, QdSession *session);
guint qd_mappings_dialog_get_n_mappings (QdMappingsDialog *self); /* that are shown */

G_END_DECLS
