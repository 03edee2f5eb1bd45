/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A cell that does not fit, as an item of the list where it is corrected.
 */
#pragma once

#include "qd-import-plan.h"

G_BEGIN_DECLS

#define QD_TYPE_IMPORT_CELL (qd_import_cell_get_type ())
G_DECLARE_FINAL_TYPE (QdImportCell, qd_import_cell, QD, IMPORT_CELL, GObject)

typedef enum
{
  QD_CELL_WRONG,   /* as it stands in the file */
  QD_CELL_FITS,    /* corrected, as far as the cell by itself tells */
  QD_CELL_STILL,   /* changed and still wrong */
} QdCellVerdict;

struct _QdImportCell
{
  GObject parent_instance;

  guint64 line;
  int column;      /* −1: the whole row */
  char *field;
  char *found;     /* in the file, or by a rule */
  char *text;      /* now */
  char *expected;
  QdCellVerdict verdict;
};

/* Signal: "changed" (): text, verdict or expected. */
QdImportCell *qd_import_cell_new (const QdReject *reject);
gboolean qd_import_cell_is (const QdImportCell *self, guint64 line, int column);
void qd_import_cell_set (QdImportCell *self, const char *text, QdCellVerdict verdict, const char *expected);

G_END_DECLS
