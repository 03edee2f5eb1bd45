/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The first rows of a file as they are read now: dates and numbers as what
 * they mean, in the person's notation; what cannot be read stands out.
 */
#pragma once

#include <adwaita.h>

#include "qd-import-words.h"

G_BEGIN_DECLS

#define QD_TYPE_IMPORT_PREVIEW (qd_import_preview_get_type ())
G_DECLARE_FINAL_TYPE (QdImportPreview, qd_import_preview, QD, IMPORT_PREVIEW, AdwBin)

QdImportPreview *qd_import_preview_new (void);
void qd_import_preview_show (QdImportPreview *self, const QdInspection *inspection, const QdImportPlan *plan, QdFormat *format);
void qd_import_preview_show_other (QdImportPreview *self, GtkWidget *widget); /* in the rows' place */

/* A cell as it is shown; *@odd: it cannot be read as its column is. For tests too. */
char *qd_import_preview_dup_cell (const char *text, QdLooks looks, guint order, guint decimal, const QdFormat *format,
                                  gboolean *odd);

G_END_DECLS
