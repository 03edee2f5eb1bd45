/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Copies of a workspace.
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "qd-workspace-edit-private.h"

/**
 * qd_workspace_checkpoint:
 * @self: a workspace
 * @name: (nullable): what it is called, `NULL`: the date and the time
 * @job: (nullable): reports and cancels
 * @path: (out) (optional) (transfer full): where it is
 * @error: return location
 *
 * Makes a named copy of the workspace beside it, which can be opened as any other.
 *
 * Returns: as qd_store_checkpoint()
 */
gboolean
qd_workspace_checkpoint (QdWorkspace *self,
                         const char  *name,
                         QdJob       *job,
                         char       **path,
                         GError     **error)
{
  g_autofree char *made = NULL;
  QdStore *store;

  g_return_val_if_fail (QD_IS_WORKSPACE (self), FALSE);
  store = qd_workspace_get_store (self);
  if (name == NULL)
    {
      g_autoptr (GDateTime) now = g_date_time_new_now_local ();

      /* no colons: other systems' file names cannot hold them */
      name = made = g_date_time_format (now, "%Y-%m-%d %H.%M.%S");
    }
  if (!qd_store_checkpoint (store, name, job, error))
    return FALSE;
  if (path != NULL)
    *path = qd_store_dup_checkpoint_path (store, name);
  return TRUE;
}

/**
 * qd_workspace_save_copy:
 * @self: a workspace
 * @path: where the copy goes
 * @replace: whether a workspace that is there may be replaced
 * @job: (nullable): reports and cancels
 * @error: return location
 *
 * Writes a copy of the workspace elsewhere, whole or not at all.
 *
 * Returns: as qd_store_save_copy()
 */
gboolean
qd_workspace_save_copy (QdWorkspace *self,
                        const char  *path,
                        gboolean     replace,
                        QdJob       *job,
                        GError     **error)
{
  g_return_val_if_fail (QD_IS_WORKSPACE (self) && path != NULL, FALSE);
  return qd_store_save_copy (qd_workspace_get_store (self), path, replace, job, error);
}
