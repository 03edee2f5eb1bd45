/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-import-values.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Texts of files are no markup. */
static void
set_title (GtkWidget  *row,
           const char *title)
{
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_widget_set_tooltip_text (row, title);
}

#define MAX_LISTED 8

static gboolean
is_in_doubt (const QdValueQuestion *question,
             const QdUnknownValue  *unknown)
{
  return question->rejects || unknown->like != NULL || unknown->to != NULL;
}

/**
 * qd_import_values_in_doubt:
 * @question: texts that a field does not know
 *
 * Returns: whether any of them may be wrong; else all are just new
 */
gboolean
qd_import_values_in_doubt (const QdValueQuestion *question)
{
  for (guint i = 0; i < question->unknown->len; i++)
    if (is_in_doubt (question, question->unknown->pdata[i]))
      return TRUE;
  return FALSE;
}

/* Texts that a field does not know */

typedef struct
{
  QdImportAssistant *assistant;
  int field;
  char *text;
  GPtrArray *values;       /* what each choice reads it as; NULL: as it stands */
  QdImportDecided decided;
  gpointer data;
} Value;

static void
free_value (gpointer  data,
            GClosure *closure)
{
  Value *value = data;

  g_free (value->text);
  g_ptr_array_unref (value->values);
  g_free (value);
}

static void
value_chosen_cb (AdwComboRow *row,
                 GParamSpec  *pspec,
                 Value       *value)
{
  guint selected = adw_combo_row_get_selected (row);

  if (selected >= value->values->len)
    return;
  qd_import_plan_set_value (qd_import_assistant_get_plan (value->assistant), value->field, value->text,
                            value->values->pdata[selected]);
  value->decided (value->data);
}

/* What a choice of the program's own is called; those of the workspace have their own names. */
static const char *
get_choice_title (const QdValueChoice *choice)
{
  static const struct
  {
    const char *value, *title;
  } titles[] = {
    { "yes", N_ ("Yes") },           { "no", N_ ("No") },
    { "new", N_ ("New") },           { "upgrade", N_ ("Upgrade") },
    { "downgrade", N_ ("Downgrade") }, { "cancel", N_ ("Cancellation") },
    { "month", N_ ("A month") },     { "quarter", N_ ("A quarter") },
    { "half-year", N_ ("Half a year") }, { "year", N_ ("A year") },
    { "week", N_ ("A week") },       { "day", N_ ("A day") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (titles); i++)
    if (strcmp (titles[i].value, choice->value) == 0)
      return _(titles[i].title);
  return choice->value;
}

static gboolean
is_own (const QdKind          *kind,
        const QdValueQuestion *question)
{
  QdFieldType type = kind->fields[question->field].type;

  return type == QD_FIELD_BOOLEAN || (type == QD_FIELD_TEXT && !kind->custom_fields);
}

static void
add_choice (GtkStringList *titles,
            GPtrArray     *values,
            const char    *title,
            const char    *value)
{
  gtk_string_list_append (titles, title);
  g_ptr_array_add (values, g_strdup (value));
}

/* The answer that holds: what was chosen, else what is saved. */
static guint
find_selected (const QdImportPlan    *plan,
               const QdValueQuestion *question,
               const QdUnknownValue  *unknown,
               const GPtrArray       *values)
{
  const char *said = qd_values_get (plan->values, plan->kind->fields[question->field].name, unknown->text);
  const char *to = said != NULL ? said : unknown->to;

  for (guint i = 1; to != NULL && i < values->len; i++)
    if (strcmp (values->pdata[i], to) == 0)
      return i;
  return 0;
}

static GtkWidget *
make_value_row (QdImportAssistant     *assistant,
                const QdValueQuestion *question,
                const QdUnknownValue  *unknown,
                QdImportDecided        decided,
                gpointer               data)
{
  const QdImportPlan *plan = qd_import_assistant_get_plan (assistant);
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);
  g_autofree char *rows = qd_import_rows (unknown->count, qd_import_assistant_get_format (assistant));
  GtkWidget *row = adw_combo_row_new ();
  Value *value = g_new0 (Value, 1);

  value->assistant = assistant;
  value->field = question->field;
  value->text = g_strdup (unknown->text);
  value->values = g_ptr_array_new_with_free_func (g_free);
  value->decided = decided;
  value->data = data;
  add_choice (titles, value->values, question->rejects ? _("Not known") : _("As it stands"), NULL);
  for (guint i = 0; i < question->choices->len; i++)
    {
      const QdValueChoice *choice = &g_array_index (question->choices, QdValueChoice, i);
      g_autofree char *named = choice->title != NULL ? g_strdup_printf ("%s · %s", choice->value, choice->title) : NULL;

      add_choice (titles, value->values,
                  named != NULL ? named : is_own (plan->kind, question) ? get_choice_title (choice) : choice->value,
                  choice->value);
    }
  if (!plan->kind->fields[question->field].required)
    add_choice (titles, value->values, _("Blank"), "");
  set_title (row, unknown->text);
  if (unknown->like != NULL)
    {
      /* Translators: number of rows, a value that is there */
      g_autofree char *text = g_strdup_printf (_("%s · looks like “%s”"), rows, unknown->like);

      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
    }
  else
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), rows);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (titles));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), find_selected (plan, question, unknown, value->values));
  g_signal_connect_data (row, "notify::selected", G_CALLBACK (value_chosen_cb), value, free_value, 0);
  return row;
}

/* New values that are like none that is there need no decision: they are one row, which opens. @title: (nullable): the
 * number of them. */
static GtkWidget *
make_plain_rows (QdImportAssistant     *assistant,
                 const QdValueQuestion *question,
                 const char            *title,
                 QdImportDecided        decided,
                 gpointer               data)
{
  GtkWidget *expander = adw_expander_row_new ();
  g_autofree char *count = NULL;
  g_autofree char *words = NULL;
  g_autoptr (GString) list = g_string_new (NULL);
  guint n = 0;

  for (guint i = 0; i < question->unknown->len; i++)
    {
      const QdUnknownValue *unknown = question->unknown->pdata[i];

      if (is_in_doubt (question, unknown))
        continue;
      if (n < MAX_LISTED)
        g_string_append_printf (list, "%s%s", n > 0 ? ", " : "", unknown->text);
      else if (n == MAX_LISTED)
        g_string_append (list, ", …");
      n++;
      adw_expander_row_add_row (ADW_EXPANDER_ROW (expander), make_value_row (assistant, question, unknown, decided, data));
    }
  count = qd_format_count (qd_import_assistant_get_format (assistant), n);
  words = g_strdup_printf (ngettext ("%s new value", "%s new values", n), count);
  set_title (expander, title != NULL ? title : words);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (expander), list->str);
  return expander;
}

/**
 * qd_import_values_new_plain:
 * @assistant: the assistant
 * @questions: (element-type QdValueQuestion): texts that fields do not know
 * @decided: called when an answer changed
 * @data: for @decided
 *
 * Returns: (transfer floating) (nullable): a group of the fields whose new
 *   values leave no doubt; `NULL`: there are none
 */
GtkWidget *
qd_import_values_new_plain (QdImportAssistant *assistant,
                            const GPtrArray   *questions,
                            QdImportDecided    decided,
                            gpointer           data)
{
  const QdImportPlan *plan = qd_import_assistant_get_plan (assistant);
  AdwPreferencesGroup *group = NULL;

  for (guint i = 0; i < questions->len; i++)
    {
      const QdValueQuestion *question = questions->pdata[i];

      if (qd_import_values_in_doubt (question))
        continue;
      if (group == NULL)
        group = qd_import_group_new (_("New Values"),
                                     _("They are taken as they stand. Where one is another name for something that is there, "
                                       "open its row and say so."));
      adw_preferences_group_add (group,
                                 make_plain_rows (assistant, question,
                                                  qd_import_field_title (&plan->kind->fields[question->field]), decided, data));
    }
  return group != NULL ? GTK_WIDGET (group) : NULL;
}

/**
 * qd_import_values_new:
 * @assistant: the assistant
 * @question: texts that a field does not know
 * @decided: called when an answer changed
 * @data: for @decided
 *
 * Returns: (transfer floating): a group that asks what each of them means
 */
GtkWidget *
qd_import_values_new (QdImportAssistant     *assistant,
                      const QdValueQuestion *question,
                      QdImportDecided        decided,
                      gpointer               data)
{
  const QdImportPlan *plan = qd_import_assistant_get_plan (assistant);
  const char *field = qd_import_field_title (&plan->kind->fields[question->field]);
  /* Translators: a field, the column that feeds it */
  g_autofree char *title = g_strdup_printf (_("What do these mean in %s (column “%s”)?"), field, question->header);
  AdwPreferencesGroup *group =
      qd_import_group_new (title, question->rejects
                             ? _("They are not known here. Rows with what stays so are shown in the next step, to be corrected "
                                 "or left out. The answers are kept for files with these columns.")
                             : _("They are new here. If one is another name for something that is there, say so; else leave it. "
                                 "The answers are kept for files with these columns."));

  gboolean plain = FALSE;

  for (guint i = 0; i < question->unknown->len; i++)
    {
      const QdUnknownValue *unknown = question->unknown->pdata[i];

      if (is_in_doubt (question, unknown))
        adw_preferences_group_add (group, make_value_row (assistant, question, unknown, decided, data));
      else
        plain = TRUE;
    }
  if (plain)
    adw_preferences_group_add (group, make_plain_rows (assistant, question, NULL, decided, data));
  return GTK_WIDGET (group);
}

/* Where cells differ */

static GtkStringList *
list_collisions (void)
{
  const char *const titles[] = { _("The file counts"), _("Fill blanks only"), _("Keep what is there"), NULL };

  return gtk_string_list_new (titles);
}

static void
collision_chosen_cb (AdwComboRow       *row,
                     GParamSpec        *pspec,
                     QdImportAssistant *assistant)
{
  int field = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (row), "field"));
  GPtrArray *others = g_object_get_data (G_OBJECT (row), "others");
  QdImportPlan *plan = qd_import_assistant_get_plan (assistant);
  QdCollision before = qd_import_plan_get_collision (plan, field);
  QdCollision collision = (QdCollision) adw_combo_row_get_selected (row);

  qd_import_plan_set_collision (plan, field, collision);
  /* Fields that had no rule of their own follow. */
  for (guint i = 0; others != NULL && i < others->len; i++)
    if (adw_combo_row_get_selected (others->pdata[i]) == (guint) before)
      adw_combo_row_set_selected (others->pdata[i], (guint) collision);
}

static GtkWidget *
make_collision_row (QdImportAssistant *assistant,
                    const char        *title,
                    int                field)
{
  const QdImportPlan *plan = qd_import_assistant_get_plan (assistant);
  g_autoptr (GtkStringList) titles = list_collisions ();
  GtkWidget *row = adw_combo_row_new ();

  set_title (row, title);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (titles));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), qd_import_plan_get_collision (plan, field));
  g_object_set_data (G_OBJECT (row), "field", GINT_TO_POINTER (field));
  g_signal_connect (row, "notify::selected", G_CALLBACK (collision_chosen_cb), assistant);
  return row;
}

/**
 * qd_import_collisions_new:
 * @assistant: an assistant with a file of accounts
 *
 * Returns: (transfer floating): a group that asks what holds where a cell and
 *   an account that is there differ
 */
GtkWidget *
qd_import_collisions_new (QdImportAssistant *assistant)
{
  const QdImportPlan *plan = qd_import_assistant_get_plan (assistant);
  AdwPreferencesGroup *group = qd_import_group_new (_("Accounts That Are There Already"),
                                 _("New accounts take everything from the file, and blank cells change nothing. Where both say "
                                   "something and differ, this holds; the step Effect lists it."));
  GtkWidget *all = make_collision_row (assistant, _("Where a Cell Differs"), -1);
  GtkWidget *expander = adw_expander_row_new ();
  GPtrArray *others = g_ptr_array_new ();

  set_title (expander, _("Other Rules for Single Fields"));
  adw_preferences_group_add (group, all);
  for (guint f = 0; f < plan->kind->n_fields; f++)
    {
      GtkWidget *row;

      if (plan->kind->fields[f].key || strcmp (plan->kind->fields[f].name, "valid_from") == 0 ||
          qd_import_plan_find_column (plan, (int) f) < 0)
        continue;
      row = make_collision_row (assistant, qd_import_field_title (&plan->kind->fields[f]), (int) f);
      adw_expander_row_add_row (ADW_EXPANDER_ROW (expander), row);
      g_ptr_array_add (others, row);
    }
  g_object_set_data_full (G_OBJECT (all), "others", others, (GDestroyNotify) g_ptr_array_unref);
  if (others->len > 0)
    adw_preferences_group_add (group, expander);
  return GTK_WIDGET (group);
}
