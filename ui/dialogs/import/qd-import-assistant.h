/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From a file to committed rows: get it, say what it is, map its columns,
 * answer what it cannot say, mend what does not fit, see what will change.
 *
 * Everything that reads the file or touches the workspace runs on a worker.
 * The assistant writes no file itself.
 */
#pragma once

#include <adwaita.h>

#include "../../pages/qd-session.h"
#include "qd-import-states.h"

G_BEGIN_DECLS

#define QD_TYPE_IMPORT_ASSISTANT (qd_import_assistant_get_type ())
G_DECLARE_FINAL_TYPE (QdImportAssistant, qd_import_assistant, QD, IMPORT_ASSISTANT, AdwWindow)

/* Actions: "import.next", "import.back", "import.cancel", "import.choose-file", "import.open-file" (s), "import.run-last",
 *   "import.no-header", "import.save-rejected", "import.undo", "import.overview".
 * Signals:
 *   "save-rejected" ()                        rows that do not fit are to be written to a file: see dup_plan()
 *   "imported" (int64 batch, uint64 rows)     when the window closes after an import that stays */
QdImportAssistant *qd_import_assistant_new (GtkWindow *parent, QdSession *session, const char *path);
QdImportStepId qd_import_assistant_get_step (QdImportAssistant *self);
gboolean qd_import_assistant_is_busy (QdImportAssistant *self);
QdJob *qd_import_assistant_get_import (QdImportAssistant *self);         /* (transfer none) (nullable): while it commits */
QdSession *qd_import_assistant_get_session (QdImportAssistant *self);    /* (transfer none) */
QdImportPlan *qd_import_assistant_dup_plan (QdImportAssistant *self);    /* (transfer full) (nullable) */
gboolean qd_import_assistant_tell (QdImportAssistant *self, const char *text); /* a toast in it; FALSE: it was closed */

G_END_DECLS
