/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Settings of pages.
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "qd-workspace-edit-private.h"

typedef struct
{
  const char *key;
  char *value;
  GPtrArray *keys;
} Look;

static gboolean
get_cb (QdDb    *db,
        gpointer data,
        QdJob   *job,
        GError **error)
{
  Look *look = data;

  look->value = qd_db_dup_setting (db, look->key);
  return TRUE;
}

/**
 * qd_workspace_get_setting:
 * @self: a workspace
 * @key: what it is called
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the value; `NULL` without @error set: there is none
 */
char *
qd_workspace_get_setting (QdWorkspace *self,
                          const char  *key,
                          GError     **error)
{
  Look look = { .key = key };

  g_return_val_if_fail (QD_IS_WORKSPACE (self) && key != NULL, NULL);
  if (!qd_store_run (qd_workspace_get_store (self), QD_STORE_PRIORITY_READ, get_cb, &look, NULL, error))
    return NULL;
  return look.value;
}

static gboolean
list_cb (QdDb    *db,
         gpointer data,
         QdJob   *job,
         GError **error)
{
  Look *look = data;
  g_autoptr (QdStmt) stmt = qd_db_statement (db, "setting-list", error);
  gboolean row = TRUE;

  if (stmt == NULL)
    return FALSE;
  qd_stmt_bind_text (stmt, 1, look->key, -1);
  while (row)
    {
      if (!qd_stmt_step (stmt, &row, error))
        return FALSE;
      if (row)
        g_ptr_array_add (look->keys, g_strdup ((const char *) sqlite3_column_text (qd_stmt_get_handle (stmt), 0)));
    }
  return TRUE;
}

/**
 * qd_workspace_list_settings:
 * @self: a workspace
 * @prefix: how the keys begin
 * @error: return location
 *
 * Returns: (transfer full) (element-type utf8) (nullable): the keys in order
 */
GPtrArray *
qd_workspace_list_settings (QdWorkspace *self,
                            const char  *prefix,
                            GError     **error)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func (g_free);
  Look look = { .key = prefix, .keys = keys };

  g_return_val_if_fail (QD_IS_WORKSPACE (self) && prefix != NULL, NULL);
  if (!qd_store_run (qd_workspace_get_store (self), QD_STORE_PRIORITY_READ, list_cb, &look, NULL, error))
    return NULL;
  return g_steal_pointer (&keys);
}

static char *
summarise_setting (const char *key,
                   gboolean    removes)
{
  const char *colon = strchr (key, ':');

  if (g_str_has_prefix (key, "view:"))
    /* Translators: name of a saved view */
    return qd_history_message (removes ? N_("View “%s” removed") : N_("View “%s” saved"), "s", colon + 1);
  /* Translators: name of a setting */
  return qd_history_message (removes ? N_("Setting “%s” removed") : N_("Setting “%s” changed"), "s", key);
}

/**
 * qd_workspace_set_setting:
 * @self: a workspace
 * @key: with a prefix and a colon, such as "view:NAME"
 * @value: (nullable): the value, `NULL` removes it
 * @summary: (nullable): what the history says, of qd_history_message()
 * @entry: (out) (optional): the entry of the history, 0 when nothing was to be changed
 * @error: return location
 *
 * Changes a setting that pages keep in the workspace.
 *
 * Returns: `FALSE` with `QD_EDIT_ERROR_VALUE` when the key is one of the
 *   workspace's own, `QD_STORE_ERROR_READ_ONLY` or another error of the store
 */
gboolean
qd_workspace_set_setting (QdWorkspace *self,
                          const char  *key,
                          const char  *value,
                          const char  *summary,
                          gint64      *entry,
                          GError     **error)
{
  g_autofree char *made = NULL;
  QdEditStatement what = { .statement = value != NULL ? "setting-set" : "setting-delete",
                 .texts = { key, value, NULL },
                 .n_texts = value != NULL ? 2 : 1,
                 .kind = QD_HISTORY_SETTING };

  g_return_val_if_fail (QD_IS_WORKSPACE (self) && key != NULL, FALSE);
  if (strchr (key, ':') == NULL || !g_utf8_validate (key, -1, NULL) ||
      (value != NULL && !g_utf8_validate (value, -1, NULL)))
    {
      g_set_error (error, QD_EDIT_ERROR, QD_EDIT_ERROR_VALUE,
                   _("“%s” is a setting of the workspace itself and is not changed here."), key);
      return FALSE;
    }
  made = summary == NULL ? summarise_setting (key, value == NULL) : NULL;
  what.summary = summary != NULL ? summary : made;
  return qd_edit_run_statement (self, &what, entry, error);
}
