/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The fourth step: how rows meet those that are there, and what the file
 * cannot say by itself.
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "qd-import-step.h"
#include "qd-import-values.h"

typedef struct
{
  QdImportStep parent_instance;

  GtkBox *box;
  GtkWidget *first;        /* what is to be answered first */
  AdwEntryRow *source;
  gboolean showing;
} QdImportAskStep;

typedef QdImportStepClass QdImportAskStepClass;

G_DEFINE_FINAL_TYPE (QdImportAskStep, qd_import_ask_step, QD_TYPE_IMPORT_STEP)

static QdImportPlan *
get_plan (QdImportAskStep *self)
{
  return qd_import_assistant_get_plan (qd_import_step_get_assistant (QD_IMPORT_STEP (self)));
}

static gboolean
is_revenue (const QdKind *kind)
{
  return strcmp (kind->name, "subscriptions") == 0 || strcmp (kind->name, "mrr") == 0 || strcmp (kind->name, "movements") == 0;
}

static AdwPreferencesGroup *
add_group (QdImportAskStep *self,
           const char      *title,
           const char      *description)
{
  AdwPreferencesGroup *group = qd_import_group_new (title, description);

  gtk_box_append (self->box, GTK_WIDGET (group));
  return group;
}

static AdwActionRow *
add_row (AdwPreferencesGroup *group,
         const char          *title,
         const char          *subtitle)
{
  GtkWidget *row = adw_action_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_preferences_group_add (group, row);
  return ADW_ACTION_ROW (row);
}

/* An answer among others. */
static GtkCheckButton *
add_choice (QdImportAskStep     *self,
            AdwPreferencesGroup *group,
            GtkCheckButton      *others,
            const char          *title,
            const char          *subtitle,
            gboolean             active,
            GCallback            toggled)
{
  AdwActionRow *row = add_row (group, title, subtitle);
  GtkCheckButton *check = GTK_CHECK_BUTTON (gtk_check_button_new ());

  if (others != NULL)
    gtk_check_button_set_group (check, others);
  gtk_check_button_set_active (check, active);
  gtk_widget_set_valign (GTK_WIDGET (check), GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  adw_action_row_add_prefix (row, GTK_WIDGET (check));
  adw_action_row_set_activatable_widget (row, GTK_WIDGET (check));
  g_signal_connect (check, "toggled", toggled, self);
  return check;
}

static void
answered_cb (GtkCheckButton  *check,
             QdImportAskStep *self)
{
  if (self->showing || !gtk_check_button_get_active (check))
    return;
  qd_import_plan_answer (get_plan (self), GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (check), "type")),
                         g_object_get_data (G_OBJECT (check), "value"));
  qd_import_assistant_update (qd_import_step_get_assistant (QD_IMPORT_STEP (self)));
}

static void
show_question (QdImportAskStep    *self,
               const QdPlanAnswer *answer,
               const QdKind       *kind)
{
  QdFormat *format = qd_import_assistant_get_format (qd_import_step_get_assistant (QD_IMPORT_STEP (self)));
  g_autofree char *title = qd_import_question_title (answer->question, kind);
  g_autofree char *description = qd_import_question_description (answer->question);
  AdwPreferencesGroup *group = add_group (self, title, description);
  GtkCheckButton *others = NULL;

  for (guint i = 0; i < answer->question->answers->len; i++)
    {
      const QdAnswer *choice = &g_array_index (answer->question->answers, QdAnswer, i);
      g_autofree char *words = qd_import_answer_title (answer->question, choice, format);
      g_autofree char *meaning = qd_import_answer_subtitle (answer->question, choice, format);
      GtkCheckButton *check = add_choice (self, group, others, words, meaning,
                                          g_strcmp0 (answer->value, choice->value) == 0, G_CALLBACK (answered_cb));

      g_object_set_data (G_OBJECT (check), "type", GUINT_TO_POINTER (answer->type));
      g_object_set_data_full (G_OBJECT (check), "value", g_strdup (choice->value), g_free);
      if (others == NULL)
        others = check;
      if (self->first == NULL && answer->value == NULL)
        self->first = gtk_widget_get_ancestor (GTK_WIDGET (check), ADW_TYPE_ACTION_ROW);
    }
}

static void
clash_replace_cb (GtkCheckButton  *check,
                  QdImportAskStep *self)
{
  if (self->showing || !gtk_check_button_get_active (check))
    return;
  get_plan (self)->clash = QD_PLAN_CLASH_REPLACE;
  qd_import_assistant_update (qd_import_step_get_assistant (QD_IMPORT_STEP (self)));
}

static void
clash_source_cb (GtkCheckButton  *check,
                 QdImportAskStep *self)
{
  if (self->showing || !gtk_check_button_get_active (check))
    return;
  get_plan (self)->clash = QD_PLAN_CLASH_SOURCE;
  qd_import_assistant_update (qd_import_step_get_assistant (QD_IMPORT_STEP (self)));
  gtk_widget_grab_focus (GTK_WIDGET (self->source));
}

static void
show_clash (QdImportAskStep *self)
{
  QdImportAssistant *assistant = qd_import_step_get_assistant (QD_IMPORT_STEP (self));
  const QdImportPlan *plan = get_plan (self);
  const GPtrArray *names;
  guint64 n = qd_import_assistant_get_clashing (assistant, &names);
  g_autoptr (GString) list = g_string_new (NULL);
  g_autofree char *count = NULL;
  g_autofree char *description = NULL;
  AdwPreferencesGroup *group;
  GtkCheckButton *replace;

  if (n == 0)
    return;
  count = qd_format_count (qd_import_assistant_get_format (assistant), (gint64) n);
  for (guint i = 0; i < names->len; i++)
    g_string_append_printf (list, "%s%s", i > 0 ? ", " : "", (const char *) names->pdata[i]);
  if (n > names->len)
    g_string_append (list, ", …");
  /* Translators: number of accounts, names of some */
  description = g_strdup_printf (ngettext ("%s account has recurring revenue in another form already (%s). Two forms from "
                                           "one system would count it twice.",
                                           "%s accounts have recurring revenue in another form already (%s). Two forms from "
                                           "one system would count them twice.",
                                           (gulong) n),
                                 count, list->str);
  group = add_group (self, _("Which of them counts?"), description);
  replace = add_choice (self, group, NULL, _("Put this file in the place of what is there"),
                        _("What this system gave before goes; Undo brings it back."), plan->clash == QD_PLAN_CLASH_REPLACE,
                        G_CALLBACK (clash_replace_cb));
  add_choice (self, group, replace, _("Keep both: this file comes from another system"),
              _("Name the system below; amounts of both add up."), plan->clash == QD_PLAN_CLASH_SOURCE,
              G_CALLBACK (clash_source_cb));
  if (plan->clash == QD_PLAN_CLASH_OPEN)
    self->first = gtk_widget_get_ancestor (GTK_WIDGET (replace), ADW_TYPE_ACTION_ROW);
}

static void
source_cb (GtkEditable     *editable,
           QdImportAskStep *self)
{
  QdImportPlan *plan = get_plan (self);
  const char *text = gtk_editable_get_text (editable);

  if (self->showing)
    return;
  g_free (plan->source);
  plan->source = *text != 0 ? g_strdup (text) : NULL;
  qd_import_assistant_update (qd_import_step_get_assistant (QD_IMPORT_STEP (self)));
}

static void
replace_cb (GtkSwitch       *toggle,
            GParamSpec      *pspec,
            QdImportAskStep *self)
{
  if (self->showing)
    return;
  get_plan (self)->replace = gtk_switch_get_active (toggle);
  qd_import_assistant_update (qd_import_step_get_assistant (QD_IMPORT_STEP (self)));
}

static char *
join_keys (const QdImportPlan *plan)
{
  GString *out = g_string_new (NULL);

  for (guint f = 0; f < plan->kind->n_fields; f++)
    {
      int column = qd_import_plan_find_column (plan, (int) f);

      if (!plan->kind->fields[f].key || column < 0)
        continue;
      /* Translators: a field, the column that feeds it */
      g_string_append_printf (out, out->len > 0 ? _(", %s (column “%s”)") : _("%s (column “%s”)"),
                              qd_import_field_title (&plan->kind->fields[f]),
                              g_array_index (plan->columns, QdPlanColumn, column).header);
    }
  return g_string_free (out, FALSE);
}

static void
decided_cb (gpointer data)
{
  qd_import_assistant_decide_values (qd_import_step_get_assistant (QD_IMPORT_STEP (data)));
}

static void
show_values (QdImportAskStep *self)
{
  QdImportAssistant *assistant = qd_import_step_get_assistant (QD_IMPORT_STEP (self));
  const QdInspection *inspection = qd_import_assistant_get_inspection (assistant);

  GtkWidget *plain;

  if (inspection == NULL)
    return;
  for (guint i = 0; i < inspection->values->len; i++)
    if (qd_import_values_in_doubt (inspection->values->pdata[i]))
      gtk_box_append (self->box, qd_import_values_new (assistant, inspection->values->pdata[i], decided_cb, self));
  plain = qd_import_values_new_plain (assistant, inspection->values, decided_cb, self);
  if (plain != NULL)
    gtk_box_append (self->box, plain);
}

static void
show_merge (QdImportAskStep *self)
{
  const QdImportPlan *plan = get_plan (self);
  AdwPreferencesGroup *group = add_group (self, _("Rows That Are There Already"), "");
  g_autofree char *keys = join_keys (plan);

  add_row (group, _("Rows Are Known By"), *keys != 0 ? keys : qd_import_kind_key (plan->kind));
  if (!plan->kind->custom_fields)
    add_row (group, _("A Row With a Known Key"),
             _("Changes what is there where its cells differ. Blank cells change nothing; equal rows are left as they are."));
  if (is_revenue (plan->kind) || strcmp (plan->kind->name, "fx") == 0)
    {
      AdwActionRow *row = add_row (group, _("Replace What This System Gave Before"),
                                   _("Rows of earlier imports that are not in this file go. Undo brings them back."));
      GtkWidget *toggle = gtk_switch_new ();

      gtk_switch_set_active (GTK_SWITCH (toggle), plan->replace);
      gtk_widget_set_valign (toggle, GTK_ALIGN_CENTER);
      gtk_accessible_update_property (GTK_ACCESSIBLE (toggle), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      _("Replace What This System Gave Before"), -1);
      adw_action_row_add_suffix (row, toggle);
      adw_action_row_set_activatable_widget (row, toggle);
      g_signal_connect (toggle, "notify::active", G_CALLBACK (replace_cb), self);
    }
  self->source = ADW_ENTRY_ROW (adw_entry_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->source), _("System the IDs Belong To (Optional)"));
  gtk_editable_set_text (GTK_EDITABLE (self->source), plan->source != NULL ? plan->source : "");
  g_signal_connect (self->source, "changed", G_CALLBACK (source_cb), self);
  adw_preferences_group_add (group, GTK_WIDGET (self->source));
}

static void
show (QdImportStep *step)
{
  QdImportAskStep *self = (QdImportAskStep *) step;
  QdImportPlan *plan = get_plan (self);
  GtkWidget *child;

  if (plan == NULL || plan->kind == NULL)
    return;
  self->showing = TRUE;
  self->first = NULL;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->box))) != NULL)
    gtk_box_remove (self->box, child);
  show_clash (self);
  for (guint i = 0; i < plan->answers->len; i++)
    show_question (self, plan->answers->pdata[i], plan->kind);
  show_values (self);
  if (plan->kind->custom_fields)
    gtk_box_append (self->box, qd_import_collisions_new (qd_import_step_get_assistant (step)));
  show_merge (self);
  self->showing = FALSE;
}

static QdImportNext
get_next (QdImportStep *step)
{
  QdImportAssistant *assistant = qd_import_step_get_assistant (step);
  QdImportPlan *plan = qd_import_assistant_get_plan (assistant);

  if (plan == NULL)
    return (QdImportNext) { FALSE, g_strdup (_("_Next")), NULL };
  return qd_import_ask_state_from_values (plan, qd_import_assistant_get_clashing (assistant, NULL),
                                          qd_import_assistant_is_busy (assistant));
}

static GtkWidget *
get_focus (QdImportStep *step)
{
  return ((QdImportAskStep *) step)->first;
}

static void
qd_import_ask_step_class_init (QdImportAskStepClass *klass)
{
  klass->show = show;
  klass->get_next = get_next;
  klass->get_focus = get_focus;
}

static void
qd_import_ask_step_init (QdImportAskStep *self)
{

  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 24));
  qd_import_step_set_content (QD_IMPORT_STEP (self), GTK_WIDGET (self->box), 720);
}
