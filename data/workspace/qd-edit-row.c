/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Revenue rows whatever their form: a key says which it is.
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "qd-workspace-edit-private.h"

static const QdEditForm *const forms[] = { &qd_edit_form_line, &qd_edit_form_month, &qd_edit_form_event };

static const QdEditForm *
find_form (const char *name,
           gsize       length,
           GError    **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    if (strlen (forms[i]->form) == length && strncmp (forms[i]->form, name, length) == 0)
      return forms[i];
  g_set_error (error, QD_EDIT_ERROR, QD_EDIT_ERROR_UNKNOWN, _("There is no revenue row “%s”."), name);
  return NULL;
}

/* "month:12": the form, and what stands behind the colon. */
static gboolean
split_key (QdEditRow  *row,
           const char *key,
           GError    **error)
{
  const char *colon = strchr (key, ':');

  row->id = colon != NULL ? colon + 1 : "";
  row->form = find_form (key, colon != NULL ? (gsize) (colon - key) : strlen (key), error);
  return row->form != NULL;
}

const char *
qd_edit_row_find (const QdEditRow *self,
                  const char      *field)
{
  for (guint i = 0; self->values[i] != NULL; i += 2)
    if (strcmp (self->values[i], field) == 0)
      {
        const char *value = self->values[i + 1];

        while (g_ascii_isspace (*value))
          value++;
        return *value != '\0' ? value : NULL;
      }
  return NULL;
}

/**
 * qd_workspace_edit_row:
 * @self: a workspace
 * @key: a revenue row, as qd_workspace_get_account_lines() calls it
 * @field: the field, as import calls it
 * @value: (nullable): the new value; `NULL` or blank clears. Amounts in major units of the row's currency
 * @entry: (out) (optional): the entry of the history, 0 when the value was there already
 * @error: return location
 *
 * Sets one field of a subscription line, a monthly amount or a movement. The
 * amount of a line that came from a price follows when the price, quantity,
 * interval or discount is edited.
 *
 * Returns: `FALSE` with `QD_EDIT_ERROR_UNKNOWN`, `QD_EDIT_ERROR_VALUE`,
 *   `QD_STORE_ERROR_READ_ONLY` or another error of the store; nothing is changed then
 */
gboolean
qd_workspace_edit_row (QdWorkspace *self,
                       const char  *key,
                       const char  *field,
                       const char  *value,
                       gint64      *entry,
                       GError     **error)
{
  QdEditRow row = { .field = field, .value = value };

  g_return_val_if_fail (QD_IS_WORKSPACE (self) && key != NULL && field != NULL, FALSE);

  return split_key (&row, key, error) && qd_edit_run (self, row.form->edit, &row, NULL, &row.entry, entry, error);
}

/**
 * qd_workspace_delete_row:
 * @self: a workspace
 * @key: a revenue row, as qd_workspace_get_account_lines() calls it
 * @entry: (out) (optional): the entry of the history
 * @error: return location
 *
 * Deletes a subscription line, a monthly amount or a movement.
 *
 * Returns: as qd_workspace_edit_row()
 */
gboolean
qd_workspace_delete_row (QdWorkspace *self,
                         const char  *key,
                         gint64      *entry,
                         GError     **error)
{
  QdEditRow row = { NULL };

  g_return_val_if_fail (QD_IS_WORKSPACE (self) && key != NULL, FALSE);

  return split_key (&row, key, error) && qd_edit_run (self, row.form->delete, &row, NULL, &row.entry, entry, error);
}

/**
 * qd_workspace_get_row:
 * @self: a workspace
 * @key: a revenue row, as qd_workspace_get_account_lines() calls it
 * @error: return location
 *
 * Gives every field of a revenue row, empty ones too, then where it came from.
 *
 * Returns: (transfer full) (nullable): the record, or `NULL` with `QD_EDIT_ERROR_UNKNOWN`
 */
QdTable *
qd_workspace_get_row (QdWorkspace *self,
                      const char  *key,
                      GError     **error)
{
  QdEditRow row = { NULL };

  g_return_val_if_fail (QD_IS_WORKSPACE (self) && key != NULL, NULL);

  if (split_key (&row, key, error) &&
      qd_store_run (qd_workspace_get_store (self), QD_STORE_PRIORITY_READ, row.form->look, &row, NULL, error))
    return row.table;
  g_clear_pointer (&row.table, qd_table_unref);
  return NULL;
}

/**
 * qd_workspace_propose_row:
 * @self: a workspace
 * @form: "line", "month" or "event"
 * @error: return location
 *
 * Gives the fields that a new revenue row takes.
 *
 * Returns: (transfer full) (nullable): a record, or `NULL` with an error
 */
QdTable *
qd_workspace_propose_row (QdWorkspace *self,
                          const char  *form,
                          GError     **error)
{
  const QdEditForm *found;
  g_autoptr (QdBook) book = NULL;

  g_return_val_if_fail (QD_IS_WORKSPACE (self) && form != NULL, NULL);

  found = find_form (form, strlen (form), error);
  book = found != NULL ? qd_workspace_get_book (self, NULL, error) : NULL;
  return book != NULL ? found->propose (found, qd_book_get_currency (book)) : NULL;
}

/**
 * qd_workspace_add_row:
 * @self: a workspace
 * @account: the external id of an account
 * @form: "line", "month" or "event"
 * @values: (array zero-terminated=1): field, value, field, value …
 * @preview: whether it is only looked if it could be
 * @key: (out) (optional): how the new row is called
 * @entry: (out) (optional): the entry of the history
 * @error: return location
 *
 * Adds a subscription line, a monthly amount or a movement to an account.
 *
 * Returns: as qd_workspace_edit_row()
 */
gboolean
qd_workspace_add_row (QdWorkspace       *self,
                      const char        *account,
                      const char        *form,
                      const char *const *values,
                      gboolean           preview,
                      char             **key,
                      gint64            *entry,
                      GError           **error)
{
  QdEditRow row = { .account = account, .values = values, .preview = preview };
  g_autofree char *made = NULL;
  gboolean done;

  g_return_val_if_fail (QD_IS_WORKSPACE (self) && account != NULL && form != NULL && values != NULL, FALSE);

  row.form = find_form (form, strlen (form), error);
  done = row.form != NULL && qd_edit_run (self, row.form->add, &row, NULL, &row.entry, entry, error);
  made = row.key;
  if (!done)
    return FALSE;
  if (key != NULL)
    *key = g_steal_pointer (&made);
  return TRUE;
}
