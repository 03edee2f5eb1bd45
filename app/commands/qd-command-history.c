/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "qd-output.h"
#include "qd-terminal.h"
#include "qd-undo.h"

static const QdOption options[] = {
  { "undo", QD_OPTION_VALUE, "ID", N_ ("Take a change back; taking back an undo does the change again") },
  QD_UNDO_WITH_LATER,
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
  g_autoptr (QdWorkspace) workspace = NULL;
  gboolean undo;

  if (!qd_undo_is_wanted (invocation, &undo, error))
    return FALSE;
  if (undo)
    return qd_undo_run (invocation, FALSE, error);
  workspace = qd_invocation_open_workspace (invocation, QD_ACCESS_READ, error);
  return workspace != NULL && print_history (invocation, workspace, error);
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
