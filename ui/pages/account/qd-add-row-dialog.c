/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-add-row-dialog.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "../../../data/base/qd-task.h"

struct _QdAddRowDialog
{
  QdDialog parent_instance;

  QdWorkspace *workspace;
  char *account, *form;
  GtkWidget *origin;         /* weak */
  gboolean trying;

  AdwWindowTitle *title;
  GtkListBox *list;
  GtkLabel *message, *help;
};

G_DEFINE_FINAL_TYPE (QdAddRowDialog, qd_add_row_dialog, QD_TYPE_DIALOG)

static const struct
{
  const char *form, *title, *help;
} forms[] = {
  { "line", N_("New Subscription Line"), N_("Dates as year-month-day; without an end it goes on. MRR is what a month of it is worth.") },
  { "month", N_("New Monthly Amount"), N_("The month as year-month, such as 2024-03; 0 where there was no revenue.") },
  { "event", N_("New Movement"), N_("Either the MRR after the movement, or by how much it changes: −50 for a loss.") },
};

typedef struct
{
  QdWorkspace *workspace;
  char *account, *form;
  GStrv values;        /* NULL: only the fields are asked for */
  QdTable *record;
} Work;

static void
free_work (gpointer data)
{
  Work *work = data;

  g_object_unref (work->workspace);
  g_free (work->account);
  g_free (work->form);
  g_strfreev (work->values);
  g_clear_pointer (&work->record, qd_table_unref);
  g_free (work);
}

static void
run_work (GTask        *task,
          gpointer      source,
          gpointer      data,
          GCancellable *cancellable)
{
  Work *work = data;
  GError *error = NULL;
  gboolean done;

  if (work->values != NULL)
    done = qd_workspace_add_row (work->workspace, work->account, work->form, (const char *const *) work->values, TRUE, NULL,
                                 NULL, &error);
  else
    done = (work->record = qd_workspace_propose_row (work->workspace, work->form, &error)) != NULL;
  if (done)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
start_work (QdAddRowDialog     *self,
            GStrv               values,
            GAsyncReadyCallback callback)
{
  g_autoptr (GTask) task = g_task_new (self, qd_dialog_get_cancellable (QD_DIALOG (self)), callback, NULL);
  Work *work = g_new0 (Work, 1);

  work->workspace = g_object_ref (self->workspace);
  work->account = g_strdup (self->account);
  work->form = g_strdup (self->form);
  work->values = values;
  g_task_set_source_tag (task, start_work);
  g_task_set_task_data (task, work, free_work);
  qd_task_run_in_thread (task, run_work);
}

/* --- what is wrong --- */

static gboolean
is_about (const char *message,
          const char *title)
{
  g_autofree char *start = g_strconcat (title, ":", NULL);
  g_autofree char *quoted = g_strdup_printf (_("“%s” cannot be empty. Enter a value."), title);

  return g_str_has_prefix (message, start) || strcmp (message, quoted) == 0;
}

/* A message says first which field it is about: there the focus goes. */
static void
say (QdAddRowDialog *self,
     const char     *message)
{
  gtk_label_set_label (self->message, message != NULL ? message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->message), message != NULL);
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->list)); row != NULL; row = gtk_widget_get_next_sibling (row))
    {
      gboolean wrong = message != NULL && is_about (message, adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)));

      qd_dialog_mark_row (row, wrong);
      gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, wrong ? message : "", -1);
      if (wrong)
        gtk_widget_grab_focus (row);
    }
}

/* --- what is typed --- */

static GStrv
dup_values (QdAddRowDialog *self)
{
  g_autoptr (GStrvBuilder) values = g_strv_builder_new ();

  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->list)); row != NULL; row = gtk_widget_get_next_sibling (row))
    {
      g_strv_builder_add (values, g_object_get_data (G_OBJECT (row), "qd-field"));
      g_strv_builder_add (values, gtk_editable_get_text (GTK_EDITABLE (row)));
    }
  return g_strv_builder_end (values);
}

static void
tried_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  QdAddRowDialog *self = QD_ADD_ROW_DIALOG (source);
  Work *work = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  gboolean done = g_task_propagate_boolean (G_TASK (result), &error);

  self->trying = FALSE;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->origin == NULL)
    return;
  if (!done)
    {
      say (self, error->message);
      return;
    }
  gtk_widget_activate_action (self->origin, "win.add-row", "(ss^as)", self->account, self->form, work->values);
  gtk_window_close (GTK_WINDOW (self));
}

static void
add_cb (QdAddRowDialog *self)
{
  if (self->trying)
    return;
  self->trying = TRUE;
  start_work (self, dup_values (self), tried_cb);
}

static void
changed_cb (QdAddRowDialog *self)
{
  if (gtk_widget_get_visible (GTK_WIDGET (self->message)))
    say (self, NULL);
}

static void
proposed_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  QdAddRowDialog *self = QD_ADD_ROW_DIALOG (source);
  Work *work = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        say (self, error->message);
      return;
    }
  for (guint i = 0; i < qd_table_get_n_rows (work->record); i++)
    {
      GtkWidget *row = adw_entry_row_new ();

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), qd_table_get_text (work->record, i, 1));
      adw_entry_row_set_activates_default (ADW_ENTRY_ROW (row), TRUE);
      gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_editable_get_delegate (GTK_EDITABLE (row))),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, qd_table_get_text (work->record, i, 1), -1);
      if (!qd_table_is_missing (work->record, i, 2))
        gtk_editable_set_text (GTK_EDITABLE (row), qd_table_get_text (work->record, i, 2));
      g_object_set_data_full (G_OBJECT (row), "qd-field", g_strdup (qd_table_get_text (work->record, i, 0)), g_free);
      g_signal_connect_swapped (row, "changed", G_CALLBACK (changed_cb), self);
      gtk_list_box_append (self->list, row);
      if (i == 0)
        gtk_widget_grab_focus (row);
    }
}

static void
qd_add_row_dialog_dispose (GObject *object)
{
  QdAddRowDialog *self = QD_ADD_ROW_DIALOG (object);

  g_clear_weak_pointer (&self->origin);
  G_OBJECT_CLASS (qd_add_row_dialog_parent_class)->dispose (object);
}

static void
qd_add_row_dialog_finalize (GObject *object)
{
  QdAddRowDialog *self = QD_ADD_ROW_DIALOG (object);

  g_clear_object (&self->workspace);
  g_free (self->account);
  g_free (self->form);
  G_OBJECT_CLASS (qd_add_row_dialog_parent_class)->finalize (object);
}

static void
qd_add_row_dialog_class_init (QdAddRowDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = qd_add_row_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = qd_add_row_dialog_finalize;
  qd_dialog_class_set_template (QD_DIALOG_CLASS (klass), "qd-add-row-dialog");
  gtk_widget_class_bind_template_child (widget_class, QdAddRowDialog, title);
  gtk_widget_class_bind_template_child (widget_class, QdAddRowDialog, list);
  gtk_widget_class_bind_template_child (widget_class, QdAddRowDialog, message);
  gtk_widget_class_bind_template_child (widget_class, QdAddRowDialog, help);
  gtk_widget_class_bind_template_callback (widget_class, add_cb);
}

static void
qd_add_row_dialog_init (QdAddRowDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * qd_add_row_dialog_new:
 * @workspace: a workspace
 * @account: the external id of an account
 * @name: what it is called
 * @form: "line", "month" or "event"
 * @origin: a widget of the window that the dialog stands before
 *
 * Makes the dialog; it fills itself.
 *
 * Returns: (transfer none): the dialog, not yet shown
 */
QdAddRowDialog *
qd_add_row_dialog_new (QdWorkspace *workspace,
                       const char  *account,
                       const char  *name,
                       const char  *form,
                       GtkWidget   *origin)
{
  QdAddRowDialog *self = g_object_new (QD_TYPE_ADD_ROW_DIALOG, "transient-for", gtk_widget_get_root (origin), NULL);

  self->workspace = g_object_ref (workspace);
  self->account = g_strdup (account);
  self->form = g_strdup (form);
  g_set_weak_pointer (&self->origin, origin);
  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    if (strcmp (forms[i].form, form) == 0)
      {
        gtk_window_set_title (GTK_WINDOW (self), _(forms[i].title));
        adw_window_title_set_title (self->title, _(forms[i].title));
        gtk_label_set_label (self->help, _(forms[i].help));
        gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _(forms[i].title), -1);
      }
  adw_window_title_set_subtitle (self->title, name);
  start_work (self, NULL, proposed_cb);
  return self;
}
