/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "../../data/base/qd-file.h"
#include "qd-command.h"

static gboolean
run (QdInvocation *invocation,
     GError      **error)
{
  g_autofree char *shown = qd_invocation_dup_display (invocation, 2);
  g_autoptr (QdWorkspace) workspace = NULL;
  const QdKind *kind;
  const char *name;

  if (!qd_invocation_get_argument_text (invocation, 1, &name, error))
    return FALSE;
  kind = qd_kind_find (name, error);
  if (kind == NULL)
    return FALSE;
  if (!qd_file_check_output (qd_invocation_get_argument (invocation, 2),
                             (const char *[]){ qd_invocation_get_argument (invocation, 0), NULL }, error))
    return FALSE;
  workspace = qd_invocation_open_workspace (invocation, QD_ACCESS_READ, error);
  if (workspace == NULL)
    return FALSE;
  if (!qd_export_run (qd_workspace_get_store (workspace), kind, qd_invocation_get_argument (invocation, 2),
                      qd_invocation_get_job (invocation), error))
    return FALSE;
  qd_invocation_print (invocation, _("Wrote %s to %s.\n"), kind->name, shown);
  return TRUE;
}

const QdCommand qd_export_command = {
  .name = "export",
  .arguments = "WORKSPACE KIND OUT.csv",
  .summary = N_ ("Write what import reads; importing it again changes nothing"),
  .least_arguments = 3,
  .most_arguments = 3,
  .run = run,
};
