/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "qd-command.h"
#include "qd-output.h"
#include "qd-terminal.h"
#include "qd-undo.h"

static const QdOption options[] = {
  { "undo", QD_OPTION_VALUE, "ID", N_ ("Take a change back; taking back an undo does the change again") },
  { NULL },
};

static const char *
get_state (const QdHistoryEntry *entry)
{
  if (entry->undone)
    return _("undone");
  return entry->undoable ? "" : _("cannot be undone");
}

static gboolean
print_history (QdInvocation *invocation,
               QdWorkspace  *workspace,
               GError      **error)
{
  g_autoptr (GPtrArray) entries = qd_workspace_list_history (workspace, error);
  g_autoptr (QdListing) listing = qd_listing_new (_(">id"), _("time"), _("change"), _("state"), NULL);

  if (entries == NULL)
    return FALSE;
  if (entries->len == 0)
    {
      qd_invocation_print (invocation, "%s\n", _("Nothing has been changed yet."));
      return TRUE;
    }
  for (guint i = 0; i < entries->len; i++)
    {
      const QdHistoryEntry *entry = entries->pdata[i];

      qd_listing_take (listing, g_strdup_printf ("%" G_GINT64_FORMAT, entry->id));
      qd_listing_take (listing, qd_terminal_format_time (entry->time));
      qd_listing_add (listing, entry->summary != NULL ? entry->summary : "");
      qd_listing_add (listing, get_state (entry));
    }
  qd_listing_print (listing, qd_invocation_get_output (invocation));
  return TRUE;
}

static gboolean
run (QdInvocation *invocation,
     GError      **error)
{
  gboolean undo = qd_invocation_has (invocation, "undo");
  g_autoptr (QdWorkspace) workspace = NULL;
  g_autoptr (GPtrArray) kept = NULL;
  gint64 id;

  if (!qd_invocation_get_id (invocation, "undo", &id, error))
    return FALSE;
  workspace = qd_invocation_open_workspace (invocation, undo ? QD_ACCESS_WRITE : QD_ACCESS_READ, error);
  if (workspace == NULL)
    return FALSE;
  if (!undo)
    return print_history (invocation, workspace, error);
  if (!qd_workspace_undo (workspace, id, qd_invocation_get_job (invocation), &kept, error))
    return FALSE;
  qd_invocation_print (invocation, _("Took change %s back.\n"), qd_invocation_get_file (invocation, "undo"));
  qd_undo_print_kept (invocation, kept);
  return TRUE;
}

const QdCommand qd_history_command = {
  .name = "history",
  .arguments = "WORKSPACE",
  .summary = N_ ("List every change, or take one back"),
  .least_arguments = 1,
  .most_arguments = 1,
  .options = options,
  .run = run,
};
