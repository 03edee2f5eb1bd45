/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a new workspace is about: company, currency, fiscal year, file. Its
 * answer is app.create-workspace (sssis): path, name, currency, first month of
 * the fiscal year, and the file to import next ("" for none).
 */
#pragma once

#include "../../widgets/qd-dialog.h"

G_BEGIN_DECLS

#define QD_TYPE_NEW_DIALOG (qd_new_dialog_get_type ())
G_DECLARE_FINAL_TYPE (QdNewDialog, qd_new_dialog, QD, NEW_DIALOG, QdDialog)

/* @import: (nullable) (type filename): a file that waits to be imported. */
GtkWidget *qd_new_dialog_new (GtkWindow *parent, const char *import);

/* The currency of the locale, USD where it has none. (transfer full) */
/* A file for @name in @folder that does not exist yet. (transfer full) (type filename) */
char *qd_new_dialog_dup_path (const char *folder, const char *name);

G_END_DECLS
