/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The four things that the assistant asks a worker for, on copies of what was
 * decided.
 */
#pragma once

#include "qd-import-plan.h"

G_BEGIN_DECLS

typedef enum
{
  QD_IMPORT_LOOK,   /* at the beginning of the file, for kind and columns */
  QD_IMPORT_READ,   /* all rows, for questions */
  QD_IMPORT_TRY,    /* dry run */
  QD_IMPORT_COMMIT,
} QdImportWorkKind;

/* What came of it; the error of the finish function says why something is missing. */
typedef struct
{
  QdImportWorkKind kind;
  QdInspection *inspection; /* of looking and reading */
  QdImportResult *result;   /* of trying and committing; with QD_INTAKE_ERROR_FORM too */
  QdImportEffect effect;
} QdImportWork;

void qd_import_work_free (QdImportWork *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QdImportWork, qd_import_work_free)

/* @plan: copied. The callback is called with @source; the work is there also with an error, but for a cancelled one. */
void qd_import_work_async (GObject *source, QdWorkspace *workspace, QdImportWorkKind kind, const QdImportPlan *plan,
                           QdJob *job, GAsyncReadyCallback callback, gpointer data);
QdImportWork *qd_import_work_finish (GAsyncResult *result, GError **error);

G_END_DECLS
