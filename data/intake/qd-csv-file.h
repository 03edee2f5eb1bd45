/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A CSV that is written beside its place and renamed when it is whole.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _QdCsvFile QdCsvFile;

QdCsvFile *qd_csv_file_new (const char *path);
void qd_csv_file_free (QdCsvFile *self); /* unfinished: leaves nothing */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QdCsvFile, qd_csv_file_free)

/* Cells of the row that is being made, then its end. Errors of writing are kept until the end. */
void qd_csv_file_add (QdCsvFile *self, const char *text, gssize length); /* NULL: blank */
void qd_csv_file_add_text (QdCsvFile *self, const char *text);           /* with the guard against formulas */
void qd_csv_file_end_row (QdCsvFile *self);
gboolean qd_csv_file_finish (QdCsvFile *self, GError **error);

G_END_DECLS
