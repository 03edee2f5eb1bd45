/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The last step: what was done, and the way back.
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "qd-import-report.h"
#include "qd-import-step.h"
#include "../../widgets/qd-wrap-layout.h"

typedef struct
{
  QdImportStep parent_instance;

  GtkLabel *heading;
  QdImportReport *report;
  GtkWidget *undo, *another, *overview, *save;
} QdImportResultStep;

typedef QdImportStepClass QdImportResultStepClass;

G_DEFINE_FINAL_TYPE (QdImportResultStep, qd_import_result_step, QD_TYPE_IMPORT_STEP)

static QdImportEffectState *
make_state (QdImportStep *step)
{
  QdImportAssistant *assistant = qd_import_step_get_assistant (step);
  const QdImportResult *result = qd_import_assistant_get_result (assistant);

  return result != NULL ? qd_import_effect_state_from_values (result, qd_import_assistant_get_effect (assistant), TRUE,
                                                              qd_import_assistant_get_format (assistant))
                        : NULL;
}

static void
show (QdImportStep *step)
{
  QdImportResultStep *self = (QdImportResultStep *) step;
  QdImportAssistant *assistant = qd_import_step_get_assistant (step);
  const QdImportResult *result = qd_import_assistant_get_result (assistant);
  g_autoptr (QdImportEffectState) state = make_state (step);

  if (state == NULL)
    return;
  gtk_label_set_text (self->heading, state->heading);
  qd_import_report_show (self->report, result, state, qd_import_assistant_get_plan (assistant)->kind, TRUE,
                         qd_import_assistant_get_format (assistant));
  gtk_widget_set_visible (self->undo, result->batch > 0);
  gtk_widget_set_visible (self->save, result->rejected > 0);
  gtk_widget_set_visible (self->overview, state->figures->len > 0);
}

static QdImportNext
get_next (QdImportStep *step)
{
  return (QdImportNext) { TRUE, g_strdup (_("_Done")), NULL };
}

static GtkWidget *
make_button (const char *label,
             const char *action)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_add_css_class (button, "pill");
  return button;
}

static void
qd_import_result_step_class_init (QdImportResultStepClass *klass)
{
  klass->show = show;
  klass->get_next = get_next;
}

static void
qd_import_result_step_init (QdImportResultStep *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *icon = gtk_image_new_from_icon_name ("object-select-symbolic");

  gtk_image_set_pixel_size (GTK_IMAGE (icon), 48);
  gtk_widget_add_css_class (icon, "accent");
  gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Done"), -1);
  self->heading = GTK_LABEL (gtk_label_new (""));
  gtk_label_set_wrap (self->heading, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->heading), "title-1");
  self->report = qd_import_report_new ();
  self->undo = make_button (_("_Undo Import"), "import.undo");
  self->save = make_button (_("_Save Rows Left Out…"), "import.save-rejected");
  self->another = make_button (_("Import _Another File…"), "import.choose-file");
  self->overview = make_button (_("Open _Overview"), "import.overview");
  gtk_widget_set_layout_manager (buttons, qd_wrap_layout_new (12)); /* four, in German and French wider than small screens */
  gtk_widget_set_halign (buttons, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (buttons), self->overview);
  gtk_box_append (GTK_BOX (buttons), self->another);
  gtk_box_append (GTK_BOX (buttons), self->save);
  gtk_box_append (GTK_BOX (buttons), self->undo);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->heading));
  gtk_box_append (GTK_BOX (box), buttons);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->report));
  qd_import_step_set_content (QD_IMPORT_STEP (self), box, 760);
}
