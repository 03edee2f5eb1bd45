/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Changes by hand that a page asks for: on a worker, told of with Undo, or
 * refused beside the field.
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "../../data/workspace/qd-workspace-edit.h"
#include "../../ui/dialogs/bulk/qd-bulk-dialog.h"
#include "../../ui/pages/account/qd-account-page.h"
#include "qd-actions.h"

typedef enum
{
  EDIT_ACCOUNT,
  EDIT_ACCOUNTS,
  EDIT_ROW,
  DELETE_ROW,
  ADD_ROW,
} QdEditKind;

typedef struct
{
  QdMainWindow *window;
  QdWorkspace *workspace;
  QdEditKind kind;
  char *subject; /* id of an account, or key of a revenue row */
  char *form;    /* of a row that is added */
  GStrv values;  /* of it: field, value, … */
  GStrv accounts;
  QdJob *job;
  char *field;
  char *value;
  gint64 entry;
  char *summary;
} QdEdit;

static void
free_edit (gpointer data)
{
  QdEdit *edit = data;

  g_free (edit->subject);
  g_free (edit->form);
  g_strfreev (edit->values);
  g_strfreev (edit->accounts);
  g_object_unref (edit->job);
  g_free (edit->field);
  g_free (edit->value);
  g_free (edit->summary);
  g_object_unref (edit->workspace);
  g_object_unref (edit->window);
  g_free (edit);
}

static void
run_edit (GTask        *task,
          gpointer      source,
          gpointer      data,
          GCancellable *cancellable)
{
  QdEdit *edit = data;
  GError *error = NULL;
  gboolean done = FALSE;

  switch (edit->kind)
    {
    case EDIT_ACCOUNT:
      done = qd_workspace_edit_account (edit->workspace, edit->subject, edit->field, edit->value, &edit->entry, &error);
      break;
    case EDIT_ACCOUNTS:
      done = qd_workspace_edit_accounts (edit->workspace, (const char *const *) edit->accounts, edit->field, edit->value,
                                         edit->job, &edit->entry, &error);
      break;
    case EDIT_ROW:
      done = qd_workspace_edit_row (edit->workspace, edit->subject, edit->field, edit->value, &edit->entry, &error);
      break;
    case DELETE_ROW:
      done = qd_workspace_delete_row (edit->workspace, edit->subject, &edit->entry, &error);
      break;
    case ADD_ROW:
      done = qd_workspace_add_row (edit->workspace, edit->subject, edit->form, (const char *const *) edit->values, FALSE, NULL,
                                   &edit->entry, &error);
      break;
    default:
      g_assert_not_reached ();
    }
  qd_job_finish (edit->job, error);
  if (!done)
    {
      g_task_return_error (task, error);
      return;
    }
  /* what it did, unless something else was faster */
  if (edit->entry != 0 && qd_workspace_find_undo (edit->workspace, &edit->summary, NULL) != edit->entry)
    g_clear_pointer (&edit->summary, g_free);
  g_task_return_boolean (task, TRUE);
}

static gboolean
refuse (QdEdit       *edit,
        const GError *error)
{
  QdPage *page = qd_main_window_get_page (edit->window);

  return edit->field != NULL && edit->subject != NULL && QD_IS_ACCOUNT_PAGE (page) &&
         qd_account_page_refuse (QD_ACCOUNT_PAGE (page), edit->kind == EDIT_ACCOUNT ? edit->subject : NULL,
                                 edit->kind == EDIT_ACCOUNT ? NULL : edit->subject, edit->field, error->message);
}

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  QdEdit *edit = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autofree char *undo = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) && !refuse (edit, error))
        qd_main_window_show_error (edit->window, _("Not Changed"), error);
      return;
    }
  if (edit->entry == 0)
    {
      QdPage *page = qd_main_window_get_page (edit->window);

      /* what was typed may have been another notation of what is there */
      if (page != NULL)
        qd_page_refresh (page);
      return;
    }
  undo = g_action_print_detailed_name ("win.undo-entry", g_variant_new_int64 (edit->entry));
  qd_main_window_toast (edit->window, edit->summary != NULL ? edit->summary : _("Changed"), _("_Undo"), undo);
}

/* NULL: no workspace is open. */
static QdEdit *
make_edit (QdMainWindow *window,
           QdEditKind    kind,
           const char   *subject,
           const char   *field,
           const char   *value)
{
  QdSession *session = qd_main_window_get_session (window);
  QdEdit *edit;

  if (session == NULL)
    return NULL;
  edit = g_new0 (QdEdit, 1);
  edit->window = g_object_ref (window);
  edit->workspace = g_object_ref (qd_session_get_workspace (session));
  edit->kind = kind;
  edit->subject = g_strdup (subject);
  edit->field = g_strdup (field);
  edit->value = g_strdup (value);
  return edit;
}

static void
start_edit (QdEdit     *edit,
            const char *title)
{
  g_autoptr (GTask) task = g_task_new (edit->window, NULL, done_cb, NULL);

  edit->job = qd_job_new (title, NULL);
  qd_session_add_job (qd_main_window_get_session (edit->window), edit->job);
  g_task_set_source_tag (task, start_edit);
  g_task_set_task_data (task, edit, free_edit);
  g_task_run_in_thread (task, run_edit);
}

static void
start (QdMainWindow *window,
       QdEditKind    kind,
       const char   *subject,
       const char   *field,
       const char   *value)
{
  QdEdit *edit = make_edit (window, kind, subject, field, value);

  if (edit != NULL)
    start_edit (edit, _("Changing"));
}

static void
edit_account_cb (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       data)
{
  const char *account, *field, *value;

  g_variant_get (parameter, "(&s&s&s)", &account, &field, &value);
  start (data, EDIT_ACCOUNT, account, field, value);
}

static void
edit_row_cb (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       data)
{
  const char *key, *field, *value;

  g_variant_get (parameter, "(&s&s&s)", &key, &field, &value);
  start (data, EDIT_ROW, key, field, value);
}

static void
delete_row_cb (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       data)
{
  start (data, DELETE_ROW, g_variant_get_string (parameter, NULL), NULL, NULL);
}

static void
add_row_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       data)
{
  g_auto (GStrv) values = NULL;
  const char *account, *form;
  QdEdit *edit;

  g_variant_get (parameter, "(&s&s^as)", &account, &form, &values);
  edit = make_edit (data, ADD_ROW, account, NULL, NULL);
  if (edit == NULL)
    return;
  edit->form = g_strdup (form);
  edit->values = g_steal_pointer (&values);
  start_edit (edit, _("Changing"));
}

static void
edit_accounts_cb (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       data)
{
  g_auto (GStrv) accounts = NULL;
  const char *field, *value;
  QdEdit *edit;

  g_variant_get (parameter, "(^as&s&s)", &accounts, &field, &value);
  edit = make_edit (data, EDIT_ACCOUNTS, NULL, field, value);
  if (edit == NULL)
    return;
  edit->accounts = g_steal_pointer (&accounts);
  start_edit (edit, _("Changing customers"));
}

/* The chosen ones of the table that is seen, ended by NULL; NULL: none are, or its rows are no customers. */
static GPtrArray *
find_accounts (QdPage *page)
{
  QdTableView *view = page != NULL ? qd_page_get_table (page) : NULL;
  QdTable *table = view != NULL ? qd_table_view_get_table (view) : NULL;
  int column = table != NULL ? qd_table_find_column (table, "account") : -1;
  g_autoptr (GPtrArray) accounts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) rows = NULL;

  if (column < 0)
    return NULL;
  rows = qd_table_view_dup_selected_rows (view);
  for (guint i = 0; i < rows->len; i++)
    {
      guint row = g_array_index (rows, guint, i);

      if (!qd_table_is_missing (table, row, (guint) column))
        g_ptr_array_add (accounts, g_strdup (qd_table_get_text (table, row, (guint) column)));
    }
  if (accounts->len == 0)
    return NULL;
  g_ptr_array_add (accounts, NULL);
  return g_steal_pointer (&accounts);
}

static void
edit_customers_cb (GSimpleAction *action,
                   GVariant      *parameter,
                   gpointer       data)
{
  QdSession *session = qd_main_window_get_session (data);
  g_autoptr (GPtrArray) accounts = find_accounts (qd_main_window_get_page (data));

  if (session == NULL)
    return;
  if (qd_store_is_read_only (qd_workspace_get_store (qd_session_get_workspace (session))))
    qd_main_window_toast (data, _("The workspace is open for reading only"), NULL, NULL);
  else if (accounts == NULL)
    qd_main_window_toast (data, _("Select customers in a list first"), NULL, NULL);
  else
    gtk_window_present (GTK_WINDOW (qd_bulk_dialog_new (data, session, accounts)));
}

static void
open_account_cb (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       data)
{
  QdSession *session = qd_main_window_get_session (data);

  if (session != NULL)
    qd_session_go (session, "account", g_variant_get_string (parameter, NULL), NULL);
}

static void
say_cb (GSimpleAction *action,
        GVariant      *parameter,
        gpointer       data)
{
  qd_main_window_toast (data, g_variant_get_string (parameter, NULL), NULL, NULL);
}

/**
 * qd_edit_actions_install:
 * @window: a window
 *
 * Adds what pages ask for when somebody edits: "edit-account" (id, field,
 * value; "" clears), "edit-accounts" (ids, field, value), "edit-customers" (asks
 * what of those that are selected); "edit-row" (key, field, value),
 * "delete-row" (key) and "add-row" (account, form, values) of revenue rows;
 * "open-account" (id) and "say" (a text).
 */
void
qd_edit_actions_install (QdMainWindow *window)
{
  static const GActionEntry entries[] = {
    { .name = "edit-account", .activate = edit_account_cb, .parameter_type = "(sss)" },
    { .name = "edit-accounts", .activate = edit_accounts_cb, .parameter_type = "(asss)" },
    { .name = "edit-customers", .activate = edit_customers_cb },
    { .name = "edit-row", .activate = edit_row_cb, .parameter_type = "(sss)" },
    { .name = "delete-row", .activate = delete_row_cb, .parameter_type = "s" },
    { .name = "add-row", .activate = add_row_cb, .parameter_type = "(ssas)" },
    { .name = "open-account", .activate = open_account_cb, .parameter_type = "s" },
    { .name = "say", .activate = say_cb, .parameter_type = "s" },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (window), entries, G_N_ELEMENTS (entries), window);
}
