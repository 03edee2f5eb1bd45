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
#include "qd-work.h"

/* What was done, unless something else was faster. */
static gboolean
finish (QdWork  *work,
        gboolean done)
{
  if (!done || work->entry == 0)
    return done;
  if (qd_workspace_find_undo (work->workspace, &work->toast, NULL) != work->entry)
    g_clear_pointer (&work->toast, g_free);
  if (work->toast == NULL)
    work->toast = g_strdup (_("Changed"));
  return TRUE;
}

static gboolean
run_edit_account (QdWork  *work,
                  GError **error)
{
  const char *account, *field, *value;

  g_variant_get (work->parameter, "(&s&s&s)", &account, &field, &value);
  return finish (work, qd_workspace_edit_account (work->workspace, account, field, value, &work->entry, error));
}

static gboolean
run_edit_accounts (QdWork  *work,
                   GError **error)
{
  g_autofree const char **accounts = NULL;
  const char *field, *value;

  g_variant_get (work->parameter, "(^a&s&s&s)", &accounts, &field, &value);
  return finish (work, qd_workspace_edit_accounts (work->workspace, accounts, field, value, work->job, &work->entry, error));
}

static gboolean
run_edit_row (QdWork  *work,
              GError **error)
{
  const char *key, *field, *value;

  g_variant_get (work->parameter, "(&s&s&s)", &key, &field, &value);
  return finish (work, qd_workspace_edit_row (work->workspace, key, field, value, &work->entry, error));
}

static gboolean
run_delete_row (QdWork  *work,
                GError **error)
{
  const char *key = g_variant_get_string (work->parameter, NULL);

  return finish (work, qd_workspace_delete_row (work->workspace, key, &work->entry, error));
}

static gboolean
run_add_row (QdWork  *work,
             GError **error)
{
  const char *account, *form;
  g_autofree const char **values = NULL;

  g_variant_get (work->parameter, "(&s&s^a&s)", &account, &form, &values);
  return finish (work, qd_workspace_add_row (work->workspace, account, form, values, FALSE, NULL, &work->entry, error));
}

/* Beside the field that was edited, when it is still there. */
static gboolean
refuse (QdWork       *work,
        const GError *error)
{
  QdPage *page = qd_main_window_get_page (work->window);
  const char *subject, *field;
  gboolean is_row = work->run == run_edit_row;

  if (!QD_IS_ACCOUNT_PAGE (page))
    return FALSE;
  g_variant_get (work->parameter, "(&s&s&s)", &subject, &field, NULL);
  return qd_account_page_refuse (QD_ACCOUNT_PAGE (page), is_row ? NULL : subject, is_row ? subject : NULL, field,
                                 error->message);
}

/* What was typed may have been another notation of what is there. */
static void
done_cb (QdWork *work)
{
  QdPage *page = work->entry == 0 ? qd_main_window_get_page (work->window) : NULL;

  if (page != NULL)
    qd_page_refresh (page);
}

static void
start (QdMainWindow *window,
       QdWorkRun     run,
       GVariant     *parameter)
{
  QdWork *work = qd_work_new (window, run == run_edit_accounts ? _("Changing customers") : _("Changing"), _("Not Changed"), run,
                              parameter);

  if (work == NULL)
    return;
  work->done = done_cb;
  if (run == run_edit_account || run == run_edit_row)
    work->refuse = refuse;
  qd_work_start (work);
}

static void
edit_account_cb (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       data)
{
  start (data, run_edit_account, parameter);
}

static void
edit_row_cb (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       data)
{
  start (data, run_edit_row, parameter);
}

static void
delete_row_cb (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       data)
{
  start (data, run_delete_row, parameter);
}

static void
add_row_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       data)
{
  start (data, run_add_row, parameter);
}

static void
edit_accounts_cb (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       data)
{
  start (data, run_edit_accounts, parameter);
}

/* The chosen ones of the table that is seen, ended by NULL; NULL: none are, or its rows are no customers. */
static GPtrArray *
find_accounts (QdPage *page)
{
  QdTableView *view = page != NULL ? qd_page_get_table (page) : NULL;
  QdTable *table = view != NULL ? qd_table_view_get_table (view) : NULL;
  int column = table != NULL ? qd_table_find_column (table, "account") : -1;
  g_autoptr (GPtrArray) accounts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GArray) rows = NULL;

  if (column < 0)
    return NULL;
  rows = qd_table_view_dup_selected_rows (view);
  for (guint i = 0; i < rows->len; i++)
    {
      guint row = g_array_index (rows, guint, i);

      /* Records of a check may be several of one customer. */
      if (!qd_table_is_missing (table, row, (guint) column) &&
          g_hash_table_add (seen, (gpointer) qd_table_get_text (table, row, (guint) column)))
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
  if (accounts == NULL)
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
