/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Undo and redo: what comes next, and doing it.
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "qd-workspace-edit-private.h"

typedef struct
{
  gint64 entry;
  gboolean redo;
  char *summary;
  GPtrArray **kept;
} Turn;

static gboolean
find_cb (QdDb    *db,
         gpointer data,
         QdJob   *job,
         GError **error)
{
  Turn *turn = data;
  g_autoptr (GError) local = NULL;

  turn->entry = turn->redo ? qd_history_find_redo (db, &turn->summary, &local)
                           : qd_history_find_undo (db, &turn->summary, &local);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gint64
find_turn (QdWorkspace *self,
           gboolean     redo,
           char       **summary,
           GError     **error)
{
  Turn turn = { .redo = redo };

  if (summary != NULL)
    *summary = NULL;
  if (!qd_store_run (qd_workspace_get_store (self), QD_STORE_PRIORITY_READ, find_cb, &turn, NULL, error))
    return 0;
  if (summary != NULL)
    *summary = turn.summary;
  else
    g_free (turn.summary);
  return turn.entry;
}

/**
 * qd_workspace_find_undo:
 * @self: a workspace
 * @summary: (out) (optional) (nullable) (transfer full): what the change did, translated
 * @error: return location
 *
 * Finds what the key for undo takes back: the newest change in force.
 *
 * Returns: the entry, or 0: without @error set there is nothing
 */
gint64
qd_workspace_find_undo (QdWorkspace *self,
                        char       **summary,
                        GError     **error)
{
  g_return_val_if_fail (QD_IS_WORKSPACE (self), 0);
  return find_turn (self, FALSE, summary, error);
}

/**
 * qd_workspace_find_redo:
 * @self: a workspace
 * @summary: (out) (optional) (nullable) (transfer full): what the change did, translated
 * @error: return location
 *
 * Finds what the key for redo brings back: what was undone last. A new change
 * leaves nothing to redo.
 *
 * Returns: the entry, or 0: without @error set there is nothing
 */
gint64
qd_workspace_find_redo (QdWorkspace *self,
                        char       **summary,
                        GError     **error)
{
  g_return_val_if_fail (QD_IS_WORKSPACE (self), 0);
  return find_turn (self, TRUE, summary, error);
}

/* Finding and doing is one turn: nothing comes between them. */
static gboolean
turn_cb (QdDb    *db,
         gpointer data,
         QdJob   *job,
         GError **error)
{
  Turn *turn = data;

  if (turn->entry == 0 && !find_cb (db, turn, job, error))
    return FALSE;
  if (turn->entry == 0)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                           turn->redo ? _("There is nothing to redo") : _("There is nothing to undo"));
      return FALSE;
    }
  return turn->redo ? qd_history_redo (db, turn->entry, job, turn->kept, error)
                    : qd_history_undo (db, turn->entry, job, turn->kept, error);
}

static gboolean
run_turn (QdWorkspace *self,
          Turn        *turn,
          QdJob       *job,
          char       **summary,
          GError     **error)
{
  g_autofree char *found = NULL;
  gboolean done = qd_store_run (qd_workspace_get_store (self), QD_STORE_PRIORITY_EDIT, turn_cb, turn, job, error);

  found = turn->summary;
  if (summary != NULL)
    *summary = done ? g_steal_pointer (&found) : NULL;
  if (done)
    qd_workspace_changed (self);
  return done;
}

/**
 * qd_workspace_undo_last:
 * @self: a workspace
 * @job: (nullable): reports and cancels
 * @summary: (out) (optional) (nullable) (transfer full): what was taken back, translated
 * @kept: (out) (optional) (transfer full) (element-type utf8): what stays because a later change touched it
 * @error: return location
 *
 * What the key for undo does: takes back the newest change in force. Two that
 * come at once take two changes back.
 *
 * Returns: `FALSE` with `G_IO_ERROR_NOT_FOUND` when there is nothing, else as qd_history_undo()
 */
gboolean
qd_workspace_undo_last (QdWorkspace *self,
                        QdJob       *job,
                        char       **summary,
                        GPtrArray  **kept,
                        GError     **error)
{
  Turn turn = { .kept = kept };

  g_return_val_if_fail (QD_IS_WORKSPACE (self), FALSE);
  return run_turn (self, &turn, job, summary, error);
}

/**
 * qd_workspace_redo_last:
 * @self: a workspace
 * @job: (nullable): reports and cancels
 * @summary: (out) (optional) (nullable) (transfer full): what was brought back, translated
 * @kept: (out) (optional) (transfer full) (element-type utf8): what stays because a later change touched it
 * @error: return location
 *
 * What the key for redo does: brings back what was undone last.
 *
 * Returns: `FALSE` with `G_IO_ERROR_NOT_FOUND` when there is nothing, else as qd_history_redo()
 */
gboolean
qd_workspace_redo_last (QdWorkspace *self,
                        QdJob       *job,
                        char       **summary,
                        GPtrArray  **kept,
                        GError     **error)
{
  Turn turn = { .redo = TRUE, .kept = kept };

  g_return_val_if_fail (QD_IS_WORKSPACE (self), FALSE);
  return run_turn (self, &turn, job, summary, error);
}

/**
 * qd_workspace_redo:
 * @self: a workspace
 * @entry: an entry that was undone, as qd_workspace_find_redo() gives it
 * @job: (nullable): reports and cancels
 * @kept: (out) (optional) (transfer full) (element-type utf8): what stays because a later change touched it
 * @error: return location
 *
 * Brings back what was undone last, as a change of its own.
 *
 * Returns: as qd_history_redo()
 */
gboolean
qd_workspace_redo (QdWorkspace *self,
                   gint64       entry,
                   QdJob       *job,
                   GPtrArray  **kept,
                   GError     **error)
{
  Turn turn = { .entry = entry, .redo = TRUE, .kept = kept };

  g_return_val_if_fail (QD_IS_WORKSPACE (self) && entry > 0, FALSE);
  return run_turn (self, &turn, job, NULL, error);
}
