/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "../../data/base/qd-file.h"
#include "../../data/workspace/qd-workspace-edit.h"
#include "qd-command.h"
#include "qd-output.h"
#include "qd-terminal.h"

static const QdOption options[] = {
  { "export", QD_OPTION_VALUE, "OUT.json", N_ ("Write the mapping NAME to a file that can be given to others") },
  { "import", QD_OPTION_VALUE, "FILE.json", N_ ("Take a mapping over from such a file") },
  { "rename", QD_OPTION_VALUE, "NEW", N_ ("Call the mapping NAME something else") },
  { "delete", QD_OPTION_FLAG, NULL, N_ ("Delete the mapping NAME; what was imported with it stays") },
  { NULL },
};

static gboolean
print_list (QdInvocation *invocation,
            QdWorkspace  *workspace,
            GError      **error)
{
  g_autoptr (QdTable) table = qd_workspace_list_mappings (workspace, error);
  g_autoptr (QdListing) listing = qd_listing_new (_("name"), _("kind"), _("columns"), NULL);

  if (table == NULL)
    return FALSE;
  if (qd_table_get_n_rows (table) == 0)
    qd_invocation_print (invocation, "%s\n", _("No mapping is saved yet; the first import saves one."));
  for (guint i = 0; i < qd_table_get_n_rows (table); i++)
    for (guint c = 0; c < 3; c++)
      qd_listing_take (listing, qd_output_dup_cell (table, i, c));
  if (qd_table_get_n_rows (table) > 0)
    qd_listing_print (listing, qd_invocation_get_output (invocation));
  return TRUE;
}

static gboolean
export_mapping (QdInvocation *invocation,
                QdWorkspace  *workspace,
                const char   *name,
                const char   *path,
                GError      **error)
{
  g_autofree char *text = NULL;

  if (!qd_file_check_output (path, (const char *[]){ qd_invocation_get_argument (invocation, 0), NULL }, error))
    return FALSE;
  text = qd_workspace_write_mapping (workspace, name, error);
  return text != NULL && g_file_set_contents (path, text, -1, error);
}

static gboolean
take_mapping (QdInvocation *invocation,
              QdWorkspace  *workspace,
              const char   *path,
              GError      **error)
{
  g_autofree char *name = NULL;
  gint64 entry;

  if (!qd_workspace_import_mapping (workspace, path, &name, &entry, error))
    return FALSE;
  qd_invocation_print (invocation, entry != 0 ? _("Saved the mapping “%s”.\n") : _("The mapping “%s” is there already.\n"),
                       name);
  return TRUE;
}

/* What is asked for, of which one at most makes sense. */
static gboolean
check_usage (QdInvocation *invocation,
             const char   *name,
             GError      **error)
{
  guint n = 0;

  for (guint i = 0; options[i].name != NULL; i++)
    n += qd_invocation_has (invocation, options[i].name);
  if (n > 1)
    g_set_error_literal (error, QD_COMMAND_ERROR, QD_COMMAND_ERROR_USAGE,
                         _("Give one of --export, --import, --rename and --delete."));
  else if (qd_invocation_has (invocation, "import") ? name != NULL : n == 1 && name == NULL)
    g_set_error_literal (error, QD_COMMAND_ERROR, QD_COMMAND_ERROR_USAGE,
                         _("--export, --rename and --delete are about one mapping: name it. --import takes the name from "
                           "the file."));
  else if (n == 0 && name != NULL)
    g_set_error_literal (error, QD_COMMAND_ERROR, QD_COMMAND_ERROR_USAGE,
                         _("Say what to do with the mapping: --export, --rename or --delete."));
  else
    return TRUE;
  return FALSE;
}

static gboolean
run (QdInvocation *invocation,
     GError      **error)
{
  const char *out = qd_invocation_get_file (invocation, "export"), *in = qd_invocation_get_file (invocation, "import");
  gboolean reads = !qd_invocation_has (invocation, "import") && !qd_invocation_has (invocation, "rename") &&
                   !qd_invocation_has (invocation, "delete");
  g_autoptr (QdWorkspace) workspace = NULL;
  const char *name = NULL, *renamed = NULL;

  if ((qd_invocation_get_n_arguments (invocation) > 1 && !qd_invocation_get_argument_text (invocation, 1, &name, error)) ||
      !qd_invocation_get_text (invocation, "rename", &renamed, error) || !check_usage (invocation, name, error))
    return FALSE;
  workspace = qd_invocation_open_workspace (invocation, reads ? QD_ACCESS_READ : QD_ACCESS_WRITE, error);
  if (workspace == NULL)
    return FALSE;
  if (in != NULL)
    return take_mapping (invocation, workspace, in, error);
  if (out != NULL)
    return export_mapping (invocation, workspace, name, out, error);
  if (renamed != NULL)
    return qd_workspace_rename_mapping (workspace, name, renamed, NULL, error);
  if (qd_invocation_has (invocation, "delete"))
    return qd_workspace_delete_mapping (workspace, name, NULL, error);
  return print_list (invocation, workspace, error);
}

const QdCommand qd_mappings_command = {
  .name = "mappings",
  .arguments = "WORKSPACE [NAME]",
  .summary = N_ ("List saved mappings, give one to others, take one over"),
  .least_arguments = 1,
  .most_arguments = 2,
  .options = options,
  .run = run,
};
