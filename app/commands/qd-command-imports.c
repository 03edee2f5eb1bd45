/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "qd-command.h"
#include "qd-output.h"
#include "qd-undo.h"

static const QdOption options[] = {
  { "undo", QD_OPTION_VALUE, "ID", N_ ("Take an import back, for good; its rows and what it overwrote") },
  { NULL },
};

static gboolean
run (QdInvocation *invocation,
     GError      **error)
{
  gboolean undo = qd_invocation_has (invocation, "undo");
  g_autoptr (QdWorkspace) workspace = NULL;
  g_autoptr (QdTable) table = NULL;
  g_autoptr (GPtrArray) kept = NULL;
  gint64 id;

  if (!qd_invocation_get_id (invocation, "undo", &id, error))
    return FALSE;
  workspace = qd_invocation_open_workspace (invocation, undo ? QD_ACCESS_WRITE : QD_ACCESS_READ, error);
  if (workspace == NULL)
    return FALSE;
  if (undo)
    {
      if (!qd_workspace_undo_import (workspace, id, qd_invocation_get_job (invocation), &kept, error))
        return FALSE;
      qd_invocation_print (invocation, _("Took import %s back.\n"), qd_invocation_get_file (invocation, "undo"));
      qd_undo_print_kept (invocation, kept);
      return TRUE;
    }

  table = qd_workspace_get_imports (workspace, error);
  if (table == NULL)
    return FALSE;
  if (qd_table_get_n_rows (table) == 0)
    qd_invocation_print (invocation, "%s\n", _("Nothing has been imported yet."));
  else
    qd_output_print_table (invocation, table, QD_OUTPUT_TEXT);
  return TRUE;
}

const QdCommand qd_imports_command = {
  .name = "imports",
  .arguments = "WORKSPACE",
  .summary = N_ ("List what was imported, or take an import back"),
  .least_arguments = 1,
  .most_arguments = 1,
  .options = options,
  .run = run,
};
