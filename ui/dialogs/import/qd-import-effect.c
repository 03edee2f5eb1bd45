/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The sixth step: what the import will do, to rows and to the figures.
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "qd-import-report.h"
#include "qd-import-step.h"

typedef struct
{
  QdImportStep parent_instance;

  GtkLabel *heading;
  QdImportReport *report;
} QdImportEffectStep;

typedef QdImportStepClass QdImportEffectStepClass;

G_DEFINE_FINAL_TYPE (QdImportEffectStep, qd_import_effect_step, QD_TYPE_IMPORT_STEP)

static QdImportEffectState *
make_state (QdImportStep *step)
{
  QdImportAssistant *assistant = qd_import_step_get_assistant (step);
  const QdImportResult *result = qd_import_assistant_get_result (assistant);

  return result != NULL ? qd_import_effect_state_from_values (result, qd_import_assistant_get_effect (assistant), FALSE,
                                                              qd_import_assistant_get_format (assistant))
                        : NULL;
}

static void
show (QdImportStep *step)
{
  QdImportEffectStep *self = (QdImportEffectStep *) step;
  QdImportAssistant *assistant = qd_import_step_get_assistant (step);
  g_autoptr (QdImportEffectState) state = make_state (step);

  if (state == NULL)
    return;
  gtk_label_set_text (self->heading, state->heading);
  qd_import_report_show (self->report, qd_import_assistant_get_result (assistant), state,
                         qd_import_assistant_get_plan (assistant)->kind, FALSE, qd_import_assistant_get_format (assistant));
}

static QdImportNext
get_next (QdImportStep *step)
{
  g_autoptr (QdImportEffectState) state = make_state (step);
  QdImportNext next;

  if (state == NULL)
    return (QdImportNext) { FALSE, g_strdup (_("_Import")), NULL };
  next = state->next;
  state->next = (QdImportNext) { FALSE, NULL, NULL };
  return next;
}

static void
qd_import_effect_step_class_init (QdImportEffectStepClass *klass)
{
  klass->show = show;
  klass->get_next = get_next;
}

static void
qd_import_effect_step_init (QdImportEffectStep *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);

  self->heading = GTK_LABEL (gtk_label_new (""));
  gtk_label_set_wrap (self->heading, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->heading), "title-2");
  self->report = qd_import_report_new ();
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->heading));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->report));
  qd_import_step_set_content (QD_IMPORT_STEP (self), box, 760);
}
