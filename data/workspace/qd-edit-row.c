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

/* "month:12": the form, and @id set to what stands behind the colon. */
static const QdEditForm *
split_key (const char  *key,
           const char **id,
           GError     **error)
{
  const char *colon = strchr (key, ':');

  *id = colon != NULL ? colon + 1 : "";
  return find_form (key, colon != NULL ? (gsize) (colon - key) : strlen (key), error);
}

const char *
qd_edit_new_find (const QdEditNew *self,
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
 * Sets one field of a subscription line, a monthly amount or a movement.
 *
 * Returns: as qd_workspace_edit_line()
 */
gboolean
qd_workspace_edit_row (QdWorkspace *self,
                       const char  *key,
                       const char  *field,
                       const char  *value,
                       gint64      *entry,
                       GError     **error)
{
  const QdEditForm *form;
  const char *id;

  g_return_val_if_fail (QD_IS_WORKSPACE (self) && key != NULL && field != NULL, FALSE);

  form = split_key (key, &id, error);
  return form != NULL && form->edit (self, id, field, value, entry, error);
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
 * Returns: as qd_workspace_edit_line()
 */
gboolean
qd_workspace_delete_row (QdWorkspace *self,
                         const char  *key,
                         gint64      *entry,
                         GError     **error)
{
  const QdEditForm *form;
  const char *id;

  g_return_val_if_fail (QD_IS_WORKSPACE (self) && key != NULL, FALSE);

  form = split_key (key, &id, error);
  return form != NULL && form->delete (self, id, entry, error);
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
  const QdEditForm *form;
  const char *id;

  g_return_val_if_fail (QD_IS_WORKSPACE (self) && key != NULL, NULL);

  form = split_key (key, &id, error);
  return form != NULL ? form->get (self, id, error) : NULL;
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
  return book != NULL ? found->propose (qd_book_get_currency (book)) : NULL;
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
 * Returns: as qd_workspace_edit_line()
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
  QdEditNew row = { .account = account, .values = values, .preview = preview };
  const QdEditForm *found;
  g_autofree char *made = NULL;

  g_return_val_if_fail (QD_IS_WORKSPACE (self) && account != NULL && form != NULL && values != NULL, FALSE);

  found = find_form (form, strlen (form), error);
  if (found == NULL || !found->add (self, &row, error))
    return FALSE;
  made = row.key;
  if (entry != NULL)
    *entry = row.entry;
  if (key != NULL)
    *key = g_steal_pointer (&made);
  return TRUE;
}
