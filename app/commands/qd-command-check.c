/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "qd-command.h"
#include "qd-output.h"
#include "qd-terminal.h"

#define TEXT_WIDTH 100

static const QdOption options[] = {
  { "list", QD_OPTION_VALUE, "CODE", N_ ("Print all records of one finding, by the word that stands under it") },
  { "repair", QD_OPTION_FLAG, NULL, N_ ("Rebuild everything that is derived from the data") },
  { NULL },
};

static const char *
get_level_name (QdFindingLevel level)
{
  switch (level)
    {
    case QD_FINDING_FAILURE:
      return _("FAILED");
    case QD_FINDING_WARNING:
      return _("warning");
    case QD_FINDING_NOTE:
    default:
      return _("note");
    }
}

static void
print_finding (GString         *out,
               const QdFinding *finding)
{
  g_autofree char *safe = qd_terminal_dup_safe (finding->message);
  g_autofree char *id = qd_finding_dup_id (finding);

  qd_terminal_append_cell (out, get_level_name (finding->level), 8, FALSE);
  qd_terminal_append_wrapped (out, safe, 8, TEXT_WIDTH);
  if (finding->count > 1 || finding->code != NULL)
    {
      g_autofree char *count = qd_terminal_format_count ((gint64) finding->count);

      g_string_append_printf (out, "        %s: %s\n", id, count);
    }
  for (guint i = 0; finding->examples != NULL && i < finding->examples->len; i++)
    {
      g_autofree char *example = qd_terminal_dup_safe (finding->examples->pdata[i]);

      g_string_append (out, "        · ");
      qd_terminal_append_wrapped (out, example, 10, TEXT_WIDTH);
    }
  if (finding->examples != NULL && finding->examples->len > 0 && finding->count > finding->examples->len)
    {
      guint64 more = finding->count - finding->examples->len;
      g_autofree char *count = qd_terminal_format_count ((gint64) more);
      g_autofree char *text = g_strdup_printf (ngettext ("and %s more", "and %s more", (gulong) more), count);

      g_string_append_printf (out, "        · %s\n", text);
    }
}

/* A file that cannot even be opened for its damage has failed the check. */
static gboolean
open_workspace (QdInvocation *invocation,
                QdAccess      access,
                QdWorkspace **workspace,
                GError      **error)
{
  g_autoptr (GError) local_error = NULL;

  *workspace = qd_invocation_open_workspace (invocation, access, &local_error);
  if (*workspace != NULL)
    return TRUE;
  if (g_error_matches (local_error, QD_STORE_ERROR, QD_STORE_ERROR_DAMAGED))
    g_set_error_literal (error, QD_COMMAND_ERROR, QD_COMMAND_ERROR_CHECK, local_error->message);
  else
    g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* "segment-blank", "churn-flag-differs:status". */
static gboolean
list_records (QdInvocation  *invocation,
              QdWorkspace   *workspace,
              const char    *id,
              QdOutputFormat format,
              GError       **error)
{
  g_autoptr (QdFinding) finding = qd_workspace_check_one (workspace, id, qd_invocation_get_job (invocation), error);

  if (finding == NULL)
    return FALSE;
  if (finding->records != NULL)
    {
      qd_output_print_table (invocation, finding->records, format, NULL, NULL);
      return TRUE;
    }
  if (finding->count > 0)
    {
      g_set_error_literal (error, QD_COMMAND_ERROR, QD_COMMAND_ERROR_CHECK, finding->message);
      return FALSE;
    }
  if (format == QD_OUTPUT_TEXT)
    {
      g_autofree char *safe = qd_terminal_dup_safe (id);

      qd_invocation_print (invocation, _("No check finds “%s”.\n"), safe);
    }
  return TRUE;
}

static gboolean
run (QdInvocation *invocation,
     GError      **error)
{
  gboolean repair = qd_invocation_has (invocation, "repair");
  GString *out = qd_invocation_get_output (invocation);
  g_autoptr (QdWorkspace) workspace = NULL;
  g_autoptr (GPtrArray) findings = NULL;
  QdOutputFormat format;
  const char *id;
  guint failures = 0;

  if (!qd_output_get_format (invocation, &format, error) || !qd_invocation_get_text (invocation, "list", &id, error))
    return FALSE;
  if (id == NULL && format != QD_OUTPUT_TEXT)
    {
      g_set_error_literal (error, QD_COMMAND_ERROR, QD_COMMAND_ERROR_USAGE, _("--format is for --list."));
      return FALSE;
    }
  if (id != NULL && repair)
    {
      g_set_error_literal (error, QD_COMMAND_ERROR, QD_COMMAND_ERROR_USAGE, _("Give --repair or --list, not both."));
      return FALSE;
    }
  if (!open_workspace (invocation, repair ? QD_ACCESS_WRITE : QD_ACCESS_READ, &workspace, error))
    return FALSE;
  if (id != NULL)
    return list_records (invocation, workspace, id, format, error);
  findings = qd_workspace_check (workspace, repair, qd_invocation_get_job (invocation), error);
  if (findings == NULL)
    return FALSE;
  for (int level = QD_FINDING_FAILURE; level >= (int) QD_FINDING_NOTE; level--)
    for (guint i = 0; i < findings->len; i++)
      {
        const QdFinding *finding = findings->pdata[i];

        if (finding->level != (QdFindingLevel) level)
          continue;
        print_finding (out, finding);
        failures += finding->level == QD_FINDING_FAILURE;
      }
  if (failures > 0)
    {
      g_set_error (error, QD_COMMAND_ERROR, QD_COMMAND_ERROR_CHECK,
                   ngettext ("%u check failed.", "%u checks failed.", failures), failures);
      return FALSE;
    }
  if (findings->len > 0)
    g_string_append_c (out, '\n');
  g_string_append_printf (out, "%s\n",
                          _("The file is sound, and the ledger is the same when it is computed a second way."));
  return TRUE;
}

const QdCommand qd_check_command = {
  .name = "check",
  .arguments = "WORKSPACE",
  .summary = N_ ("Check the file, compute the ledger a second way, list what is odd in the data"),
  .least_arguments = 1,
  .most_arguments = 1,
  .flags = QD_COMMAND_FORMAT,
  .options = options,
  .run = run,
};
