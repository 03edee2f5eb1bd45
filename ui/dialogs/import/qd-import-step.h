/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A step of the assistant: shows what the assistant holds, changes its plan
 * and says what that means for what was found.
 */
#pragma once

#include "qd-import-assistant.h"

G_BEGIN_DECLS

#define QD_TYPE_IMPORT_STEP (qd_import_step_get_type ())
G_DECLARE_DERIVABLE_TYPE (QdImportStep, qd_import_step, QD, IMPORT_STEP, AdwBin)

struct _QdImportStepClass
{
  AdwBinClass parent_class;

  void (*show) (QdImportStep *self);            /* something that it shows is another */
  QdImportNext (*get_next) (QdImportStep *self);
  GtkWidget *(*get_focus) (QdImportStep *self); /* (nullable) where to begin */
};

/* Construct property: "assistant". */
QdImportAssistant *qd_import_step_get_assistant (QdImportStep *self);
void qd_import_step_show (QdImportStep *self);
QdImportNext qd_import_step_get_next (QdImportStep *self);
GtkWidget *qd_import_step_get_focus (QdImportStep *self);

/* Puts @box into a column in the middle, @width pixels at the usual size of text, that scrolls. */
void qd_import_step_set_content (QdImportStep *self, GtkWidget *box, int width);
/* A group whose heading is seen whole; plain texts. (transfer floating) */
AdwPreferencesGroup *qd_import_group_new (const char *title, const char *description);

GType qd_import_get_step_get_type (void);
GType qd_import_kind_step_get_type (void);
GType qd_import_map_step_get_type (void);
GType qd_import_ask_step_get_type (void);
GType qd_import_check_step_get_type (void);
GType qd_import_effect_step_get_type (void);
GType qd_import_result_step_get_type (void);

/* What the steps see of the assistant. (transfer none), all but the plan nullable. */
QdImportPlan *qd_import_assistant_get_plan (QdImportAssistant *self); /* nullable: no file yet */
const QdInspection *qd_import_assistant_get_inspection (QdImportAssistant *self);
const GError *qd_import_assistant_get_error (QdImportAssistant *self);
const QdImportResult *qd_import_assistant_get_result (QdImportAssistant *self);
const QdImportEffect *qd_import_assistant_get_effect (QdImportAssistant *self);
guint64 qd_import_assistant_get_clashing (QdImportAssistant *self, const GPtrArray **names);
QdFormat *qd_import_assistant_get_format (QdImportAssistant *self);
char *qd_import_assistant_dup_last_file (QdImportAssistant *self);    /* of the last import, if it is there */

/* What the steps tell it. */
void qd_import_assistant_reread (QdImportAssistant *self);                        /* the file is read in another way */
void qd_import_assistant_choose_kind (QdImportAssistant *self, const QdKind *kind);
void qd_import_assistant_decide_values (QdImportAssistant *self);                 /* what texts are read as */
void qd_import_assistant_recheck (QdImportAssistant *self);                       /* cells were corrected */
void qd_import_assistant_update (QdImportAssistant *self);                        /* whether one can go on */

G_END_DECLS
