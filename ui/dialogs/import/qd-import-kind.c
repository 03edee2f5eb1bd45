/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The second step: what the rows are, guessed from the columns' names.
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "qd-import-step.h"

#define MAX_KINDS 16

typedef struct
{
  QdImportStep parent_instance;

  GtkListBox *list;
  struct
  {
    const QdKind *kind;
    AdwActionRow *row;
    GtkCheckButton *check;
    GtkLabel *confidence;
  } rows[MAX_KINDS];
  guint n_rows;
  gboolean showing;
} QdImportKindStep;

typedef QdImportStepClass QdImportKindStepClass;

G_DEFINE_FINAL_TYPE (QdImportKindStep, qd_import_kind_step, QD_TYPE_IMPORT_STEP)

static char *
describe_guess (const QdKindGuess *guess)
{
  if (guess->n_fields == 0)
    return g_strdup (_("no column known"));
  /* Translators: columns that are known, columns of the file */
  return g_strdup_printf (ngettext ("%u of %u column known", "%u of %u columns known", guess->n_columns), guess->n_fields,
                          guess->n_columns);
}

static const char *
name_confidence (const QdInspection *inspection,
                 guint               place)
{
  const QdKindGuess *guess = &g_array_index (inspection->kinds, QdKindGuess, place);

  if (guess->saved)
    return _("As Before");
  if (place > 0 || !guess->complete)
    return guess->complete && guess->score > 0.5 ? _("Possible") : "";
  return qd_import_kind_is_certain (inspection) ? _("Very Likely") : _("Likely");
}

static void
show (QdImportStep *step)
{
  QdImportKindStep *self = (QdImportKindStep *) step;
  QdImportAssistant *assistant = qd_import_step_get_assistant (step);
  const QdInspection *inspection = qd_import_assistant_get_inspection (assistant);
  const QdImportPlan *plan = qd_import_assistant_get_plan (assistant);

  if (inspection == NULL)
    return;
  self->showing = TRUE;
  for (guint i = 0; i < self->n_rows; i++)
    for (guint k = 0; k < inspection->kinds->len; k++)
      {
        const QdKindGuess *guess = &g_array_index (inspection->kinds, QdKindGuess, k);
        g_autofree char *known = NULL;
        const char *confidence;

        if (guess->kind != self->rows[i].kind)
          continue;
        known = describe_guess (guess);
        confidence = name_confidence (inspection, k);
        {
          g_autofree char *text = *confidence != 0 ? g_strdup_printf ("%s, %s", confidence, known) : g_strdup (known);

          gtk_label_set_text (self->rows[i].confidence, text);
        }
        if (k == 0)
          gtk_widget_add_css_class (GTK_WIDGET (self->rows[i].confidence), "accent");
        else
          gtk_widget_remove_css_class (GTK_WIDGET (self->rows[i].confidence), "accent");
        if (guess->kind == plan->kind)
          gtk_check_button_set_active (self->rows[i].check, TRUE);
      }
  self->showing = FALSE;
}

static QdImportNext
get_next (QdImportStep *step)
{
  QdImportAssistant *assistant = qd_import_step_get_assistant (step);

  return (QdImportNext) { qd_import_assistant_get_inspection (assistant) != NULL && !qd_import_assistant_is_busy (assistant),
                          g_strdup (_("_Next")), NULL };
}

static GtkWidget *
get_focus (QdImportStep *step)
{
  QdImportKindStep *self = (QdImportKindStep *) step;

  for (guint i = 0; i < self->n_rows; i++)
    if (gtk_check_button_get_active (self->rows[i].check))
      return GTK_WIDGET (self->rows[i].row);
  return NULL;
}

static void
toggled_cb (GtkCheckButton   *check,
            QdImportKindStep *self)
{
  QdImportAssistant *assistant = qd_import_step_get_assistant (QD_IMPORT_STEP (self));

  if (self->showing || !gtk_check_button_get_active (check))
    return;
  for (guint i = 0; i < self->n_rows; i++)
    if (self->rows[i].check == check && qd_import_assistant_get_plan (assistant)->kind != self->rows[i].kind)
      qd_import_assistant_choose_kind (assistant, self->rows[i].kind);
}

static void
add_kind (QdImportKindStep *self,
          const QdKind     *kind)
{
  guint i = self->n_rows++;
  GtkWidget *row = adw_action_row_new ();

  self->rows[i].kind = kind;
  self->rows[i].row = ADW_ACTION_ROW (row);
  self->rows[i].check = GTK_CHECK_BUTTON (gtk_check_button_new ());
  self->rows[i].confidence = GTK_LABEL (gtk_label_new (""));
  if (i > 0)
    gtk_check_button_set_group (self->rows[i].check, self->rows[0].check);
  gtk_widget_set_valign (GTK_WIDGET (self->rows[i].check), GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->rows[i].check), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  qd_import_kind_title (kind), -1);
  gtk_widget_add_css_class (GTK_WIDGET (self->rows[i].confidence), "caption");
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), qd_import_kind_title (kind));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), qd_import_kind_description (kind));
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), GTK_WIDGET (self->rows[i].check));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), GTK_WIDGET (self->rows[i].confidence));
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), GTK_WIDGET (self->rows[i].check));
  g_signal_connect (self->rows[i].check, "toggled", G_CALLBACK (toggled_cb), self);
  gtk_list_box_append (self->list, row);
}

static void
qd_import_kind_step_class_init (QdImportKindStepClass *klass)
{
  klass->show = show;
  klass->get_next = get_next;
  klass->get_focus = get_focus;
}

static void
qd_import_kind_step_init (QdImportKindStep *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *heading = gtk_label_new (_("What Is in This File?"));
  guint n;
  const QdKind *const *kinds = qd_kind_list (&n);

  gtk_widget_add_css_class (heading, "title-2");
  gtk_label_set_wrap (GTK_LABEL (heading), TRUE);
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Kinds of data"), -1);
  for (guint i = 0; i < n && i < MAX_KINDS; i++)
    add_kind (self, kinds[i]);
  gtk_box_append (GTK_BOX (box), heading);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->list));
  qd_import_step_set_content (QD_IMPORT_STEP (self), box, 720);
}
