/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A workbook (.xlsx, Office Open XML) → one of its sheets as CSV text.
 *
 * Each row of the sheet is one line of the text, so that the number of a line
 * is the number of the row. What cells hold is written as their types say:
 * ISO dates, numbers with a point, the last value that a formula had. Texts
 * stay as they are, but for line ends, which become spaces.
 */
#pragma once

#include "../base/qd-job.h"

G_BEGIN_DECLS

typedef struct _QdWorkbook QdWorkbook;

/* Whether bytes are an archive or an OLE2 file: what qd_workbook_open() reads, or says why not. */
gboolean qd_workbook_looks_like (const char *bytes, gsize length);

/* @bytes must outlive it; @name: of the file, for messages. QD_INTAKE_ERROR_FORMAT. */
QdWorkbook *qd_workbook_open (const char *bytes, gsize length, const char *name, QdJob *job, GError **error);
void qd_workbook_free (QdWorkbook *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QdWorkbook, qd_workbook_free)

/* Names of the sheets that are not hidden and have a value somewhere, in their order. */
const char *const *qd_workbook_get_sheets (QdWorkbook *self);

typedef struct
{
  char *text;         /* with QD_SCAN_PADDING zeros after it */
  gsize length;
  guint width;        /* cells of the widest row; shorter rows end where their values do */
  gboolean fractions; /* a cell that is a number has a decimal point */
  guint64 uncalculated; /* cells with a formula and without what it comes to */
} QdSheetText;

/* @sheet: index into the sheets' names. QD_INTAKE_ERROR_FORMAT. */
gboolean qd_workbook_read_sheet (QdWorkbook *self, guint sheet, QdSheetText *text, QdJob *job, GError **error);

G_END_DECLS
