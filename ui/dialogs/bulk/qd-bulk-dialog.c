/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-bulk-dialog.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "../../../data/base/qd-task.h"
#include "../../../data/workspace/qd-search.h"
#include "../../../data/workspace/qd-workspace-edit.h"
#include "../../widgets/qd-ui-state.h"
#include "qd-bulk-facts.h"

#define GROUP "edit-customers"

/* After the last key, before it is looked what the value would change. */
#define PAUSE_MS 150

/* Values in use that are offered at once; typing finds the others. */
#define MAX_VALUES 6

struct _QdBulkDialog
{
  QdDialog parent_instance;

  QdSession *session;
  GPtrArray *accounts;
  QdBulkFacts *facts;        /* nullable: not there yet */
  QdJob *job;                /* nullable: what runs on a worker */
  guint pause;
  char *button;              /* what the button said at first */
  guint n_changed;           /* by what is typed; 0 also while that is not known */

  AdwWindowTitle *title;
  GtkButton *apply;
  AdwComboRow *attribute;
  GtkEditable *value;
  GtkLabel *effect;
  GtkWidget *used;
  GtkListBox *values;
};

G_DEFINE_FINAL_TYPE (QdBulkDialog, qd_bulk_dialog, QD_TYPE_DIALOG)

static const QdBulkField *
get_field (QdBulkDialog *self)
{
  guint selected = adw_combo_row_get_selected (self->attribute);

  return self->facts != NULL && selected < self->facts->fields->len ? self->facts->fields->pdata[selected] : NULL;
}

static char *
dup_value (QdBulkDialog *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (self->value)));
}

static char *
format_customers (QdBulkDialog *self,
                  guint         n)
{
  g_autofree char *count = qd_format_count (qd_session_get_format (self->session), n);

  return g_strdup_printf (ngettext ("%s customer", "%s customers", n), count);
}

static void
stop (QdBulkDialog *self)
{
  g_clear_handle_id (&self->pause, g_source_remove);
  if (self->job != NULL)
    qd_job_cancel (self->job);
  g_clear_object (&self->job);
}

/* --- what it would change --- */

static void
say (QdBulkDialog *self,
     const char   *text,
     gboolean      wrong)
{
  gtk_label_set_label (self->effect, text);
  if (wrong)
    gtk_widget_add_css_class (GTK_WIDGET (self->effect), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->effect), "error");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->value), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->value), GTK_ACCESSIBLE_STATE_INVALID,
                               wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

/* Emptying is said on the button, and Return does not do it: the dialog begins with nothing in the field. */
static void
allow (QdBulkDialog *self,
       guint         n_changed,
       gboolean      empties)
{
  g_autofree char *count = qd_format_count (qd_session_get_format (self->session), n_changed);
  g_autofree char *label = NULL;

  self->n_changed = n_changed;
  empties &= n_changed > 0;
  gtk_widget_remove_css_class (GTK_WIDGET (self->apply), empties ? "suggested-action" : "destructive-action");
  gtk_widget_add_css_class (GTK_WIDGET (self->apply), empties ? "destructive-action" : "suggested-action");
  gtk_window_set_default_widget (GTK_WINDOW (self), empties ? NULL : GTK_WIDGET (self->apply));
  if (empties)
    /* Translators: a button: an attribute is emptied. */
    label = g_strdup_printf (ngettext ("_Empty for %s Customer", "_Empty for %s Customers", n_changed), count);
  else if (n_changed > 0)
    /* Translators: a button. */
    label = g_strdup_printf (ngettext ("Ch_ange %s Customer", "Ch_ange %s Customers", n_changed), count);
  gtk_button_set_label (self->apply, label != NULL ? label : self->button);
  gtk_widget_set_sensitive (GTK_WIDGET (self->apply), n_changed > 0);
}

static void
describe (QdBulkDialog       *self,
          const QdBulkField  *field,
          const char         *value,
          const QdEditEffect *effect)
{
  QdFormat *format = qd_session_get_format (self->session);
  guint n = self->accounts->len - 1, same = n - effect->n_changed;
  g_autofree char *customers = format_customers (self, effect->n_changed);
  g_autofree char *empty = qd_format_count (format, effect->n_empty);
  g_autofree char *kept = qd_format_count (format, same);
  g_autoptr (GString) text = g_string_new (NULL);

  if (effect->n_changed == 0 && *value != '\0')
    g_string_append_printf (text, ngettext ("The customer has this value already.", "All of them have this value already.", n));
  else if (effect->n_changed == 0)
    /* Translators: name of an attribute */
    g_string_append_printf (text, _("“%s” is empty already. Enter a value."), field->title);
  else if (*value != '\0')
    /* Translators: name of an attribute, its new value, "12 customers" */
    g_string_append_printf (text, _("%1$s becomes “%2$s” for %3$s."), field->title, value, customers);
  else
    /* Translators: name of an attribute, "12 customers" */
    g_string_append_printf (text, _("%1$s is emptied for %2$s."), field->title, customers);
  if (effect->n_changed > 0)
    {
      if (effect->n_empty > 0 && *value != '\0')
        g_string_append_printf (text, ngettext (" %s had no value before.", " %s had no value before.", effect->n_empty), empty);
      if (same > 0)
        g_string_append_printf (text, ngettext (" %s has it already.", " %s have it already.", same), kept);
      g_string_append_c (text, '\n');
      if (field->values->len > 0)
        g_string_append (text, _("Totals stay; what is filtered or split by it follows at once. One Undo takes it all back."));
      else
        g_string_append (text, _("No figure changes. One Undo takes it all back."));
    }
  say (self, text->str, FALSE);
  allow (self, effect->n_changed, *value == '\0');
}

typedef struct
{
  QdWorkspace *workspace;
  GPtrArray *accounts;
  char *field, *value;
  QdJob *job;
  QdEditEffect effect;
} Look;

static void
free_look (gpointer data)
{
  Look *look = data;

  g_object_unref (look->workspace);
  g_ptr_array_unref (look->accounts);
  g_free (look->field);
  g_free (look->value);
  g_object_unref (look->job);
  g_free (look);
}

static void
look_in_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  Look *look = data;
  GError *error = NULL;

  if (qd_workspace_preview_accounts (look->workspace, (const char *const *) look->accounts->pdata, look->field, look->value,
                                     look->job, &look->effect, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
looked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  QdBulkDialog *self = QD_BULK_DIALOG (source);
  Look *look = g_task_get_task_data (G_TASK (result));
  const QdBulkField *field = get_field (self);
  g_autoptr (GError) error = NULL;
  gboolean done = g_task_propagate_boolean (G_TASK (result), &error);

  /* something else was typed meanwhile, or the dialog is closed */
  if (self->job != look->job || field == NULL)
    return;
  g_clear_object (&self->job);
  if (done)
    describe (self, field, look->value, &look->effect);
  else
    say (self, error->message, TRUE);
}

static gboolean
look_cb (gpointer data)
{
  QdBulkDialog *self = data;
  const QdBulkField *field = get_field (self);
  g_autoptr (GTask) task = NULL;
  Look *look;

  self->pause = 0;
  if (field == NULL)
    return G_SOURCE_REMOVE;
  self->job = qd_job_new ("", NULL);
  look = g_new0 (Look, 1);
  look->workspace = g_object_ref (qd_session_get_workspace (self->session));
  look->accounts = g_ptr_array_ref (self->accounts);
  look->field = g_strdup (field->id);
  look->value = dup_value (self);
  look->job = g_object_ref (self->job);
  task = g_task_new (self, qd_job_get_cancellable (self->job), looked_cb, NULL);
  g_task_set_source_tag (task, look_cb);
  g_task_set_task_data (task, look, free_look);
  qd_task_run_in_thread (task, look_in_thread);
  return G_SOURCE_REMOVE;
}

/* --- values in use --- */

static GtkWidget *
make_value_row (QdBulkDialog      *self,
                const QdBulkValue *value)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *escaped = g_markup_escape_text (value->text, -1);
  g_autofree char *customers = format_customers (self, value->n_accounts);
  GtkWidget *label = gtk_label_new (customers);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), escaped);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "numeric");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, value->text,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, customers, -1);
  g_object_set_data_full (G_OBJECT (row), "qd-value", g_strdup (value->text), g_free);
  return row;
}

static void
list_values (QdBulkDialog *self)
{
  const QdBulkField *field = get_field (self);
  g_autofree char *typed = dup_value (self);
  g_autofree char *text = qd_search_fold (typed);
  GtkWidget *old;
  guint n = 0;

  while ((old = gtk_widget_get_first_child (GTK_WIDGET (self->values))) != NULL)
    gtk_list_box_remove (self->values, old);
  for (guint i = 0; field != NULL && i < field->values->len && n < MAX_VALUES; i++)
    {
      const QdBulkValue *value = &g_array_index (field->values, QdBulkValue, i);
      g_autofree char *folded = qd_search_fold (value->text);

      if (strcmp (value->text, typed) == 0 || strstr (folded, text) == NULL)
        continue;
      gtk_list_box_append (self->values, make_value_row (self, value));
      n++;
    }
  gtk_widget_set_visible (self->used, n > 0);
}

/* Taken into the entry, where Return does it. */
static void
value_chosen_cb (QdBulkDialog  *self,
                 GtkListBoxRow *row)
{
  g_autofree char *value = g_strdup (g_object_get_data (G_OBJECT (row), "qd-value"));

  gtk_editable_set_text (self->value, value);
  gtk_widget_grab_focus (GTK_WIDGET (self->value));
  gtk_editable_set_position (self->value, -1);
}

/* --- what is typed --- */

static void
changed_cb (QdBulkDialog *self)
{
  if (self->facts == NULL)
    return;
  stop (self);
  say (self, "", FALSE);
  allow (self, 0, FALSE);
  list_values (self);
  self->pause = g_timeout_add (PAUSE_MS, look_cb, self);
}

static void
attribute_cb (QdBulkDialog *self)
{
  const QdBulkField *field = get_field (self);

  if (field != NULL)
    qd_ui_state_set_text (GROUP, "attribute", field->id);
  changed_cb (self);
}

static void
apply_cb (QdBulkDialog *self)
{
  const QdBulkField *field = get_field (self);
  g_autofree char *value = dup_value (self);
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  if (field == NULL || self->n_changed == 0 || parent == NULL)
    return;
  gtk_widget_activate_action (GTK_WIDGET (parent), "win.edit-accounts", "(^asss)", self->accounts->pdata, field->id, value);
  gtk_window_close (GTK_WINDOW (self));
}

/* --- what there is --- */

static void
show_facts (QdBulkDialog *self)
{
  g_autofree char *customers = format_customers (self, self->accounts->len - 1);
  g_autofree char *last = qd_ui_state_dup_text (GROUP, "attribute");
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);
  guint selected = 0;

  for (guint i = 0; i < self->facts->fields->len; i++)
    {
      const QdBulkField *field = self->facts->fields->pdata[i];

      gtk_string_list_append (titles, field->title);
      if (strcmp (field->id, last != NULL ? last : "segment") == 0)
        selected = i;
    }
  if (self->facts->has_arr)
    {
      g_autofree char *arr = qd_format_money_full (qd_session_get_format (self->session), (double) self->facts->arr);
      /* Translators: "12 customers", an amount of money */
      g_autofree char *subtitle = g_strdup_printf (_("%1$s, %2$s ARR"), customers, arr);

      adw_window_title_set_subtitle (self->title, subtitle);
    }
  adw_combo_row_set_model (self->attribute, G_LIST_MODEL (titles));
  adw_combo_row_set_selected (self->attribute, selected);
  gtk_widget_set_sensitive (GTK_WIDGET (self->attribute), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->value));
  changed_cb (self);
}

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (QdBulkDialog) self = data;
  g_autoptr (GError) error = NULL;
  QdBulkFacts *facts = qd_session_compute_finish (QD_SESSION (source), result, &error);

  if (self->effect == NULL)
    {
      g_clear_pointer (&facts, qd_bulk_facts_free);
      return;
    }
  g_clear_object (&self->job);
  if (facts != NULL)
    {
      self->facts = facts;
      show_facts (self);
    }
  else
    {
      say (self, error->message, TRUE);
    }
}

static void
qd_bulk_dialog_dispose (GObject *object)
{
  stop (QD_BULK_DIALOG (object));
  G_OBJECT_CLASS (qd_bulk_dialog_parent_class)->dispose (object);
}

static void
qd_bulk_dialog_finalize (GObject *object)
{
  QdBulkDialog *self = QD_BULK_DIALOG (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->accounts, g_ptr_array_unref);
  g_clear_pointer (&self->facts, qd_bulk_facts_free);
  g_free (self->button);
  G_OBJECT_CLASS (qd_bulk_dialog_parent_class)->finalize (object);
}

static void
qd_bulk_dialog_class_init (QdBulkDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = qd_bulk_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = qd_bulk_dialog_finalize;
  qd_dialog_class_set_template (QD_DIALOG_CLASS (klass), "qd-bulk-dialog");
  gtk_widget_class_bind_template_child (widget_class, QdBulkDialog, title);
  gtk_widget_class_bind_template_child (widget_class, QdBulkDialog, apply);
  gtk_widget_class_bind_template_child (widget_class, QdBulkDialog, attribute);
  gtk_widget_class_bind_template_child (widget_class, QdBulkDialog, value);
  gtk_widget_class_bind_template_child (widget_class, QdBulkDialog, effect);
  gtk_widget_class_bind_template_child (widget_class, QdBulkDialog, used);
  gtk_widget_class_bind_template_child (widget_class, QdBulkDialog, values);
  gtk_widget_class_bind_template_callback (widget_class, apply_cb);
  gtk_widget_class_bind_template_callback (widget_class, attribute_cb);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, value_chosen_cb);
}

static void
qd_bulk_dialog_init (QdBulkDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->button = g_strdup (gtk_button_get_label (self->apply));
  gtk_widget_set_sensitive (GTK_WIDGET (self->attribute), FALSE);
}

/**
 * qd_bulk_dialog_new:
 * @parent: the window that has the action "win.edit-accounts"
 * @session: its session
 * @accounts: (element-type utf8): external ids of at least one account, ended by `NULL`
 *
 * Makes the dialog; what it must know is found on a worker.
 *
 * Returns: (transfer none): the dialog, not yet shown
 */
QdBulkDialog *
qd_bulk_dialog_new (GtkWindow  *parent,
                    QdSession  *session,
                    GPtrArray  *accounts)
{
  QdBulkDialog *self;
  g_autofree char *customers = NULL;

  g_return_val_if_fail (QD_IS_SESSION (session) && accounts != NULL && accounts->len >= 2, NULL);

  self = g_object_new (QD_TYPE_BULK_DIALOG, "transient-for", parent, NULL);
  self->session = g_object_ref (session);
  self->accounts = g_ptr_array_ref (accounts);
  customers = format_customers (self, accounts->len - 1);
  adw_window_title_set_subtitle (self->title, customers);
  self->job = qd_job_new ("", NULL);
  qd_session_compute_async (session, qd_bulk_facts_compute, g_ptr_array_ref (accounts), (GDestroyNotify) g_ptr_array_unref,
                            (GDestroyNotify) qd_bulk_facts_free, self->job, found_cb, g_object_ref (self));
  return self;
}

gboolean
qd_bulk_dialog_is_busy (QdBulkDialog *self)
{
  return self->job != NULL || self->pause != 0;
}
