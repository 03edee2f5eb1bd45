/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "qd-command.h"
#include "qd-output.h"
#include "qd-result-table.h"
#include "qd-terminal.h"

#define TEXT_WIDTH 100
#define IMPORTS "imports"

static char *
describe (void)
{
  GString *out = g_string_new (NULL);
  guint n;
  const QdResultTable *tables = qd_result_table_list (&n);

  g_string_append_printf (out, "%s\n", _("Tables:"));
  for (guint i = 0; i < n; i++)
    {
      g_string_append (out, "  ");
      qd_terminal_append_cell (out, tables[i].name, 12, FALSE);
      qd_terminal_append_wrapped (out, _(tables[i].summary), 14, TEXT_WIDTH);
    }
  g_string_append (out, "  ");
  qd_terminal_append_cell (out, IMPORTS, 12, FALSE);
  qd_terminal_append_wrapped (out, _("What was imported, with the count of every outcome"), 14, TEXT_WIDTH);
  return g_string_free (out, FALSE);
}

static gboolean
refuse_unknown (const char *name,
                GError    **error)
{
  guint n;
  const QdResultTable *tables = qd_result_table_list (&n);
  g_autoptr (GString) list = g_string_new (NULL);
  g_autofree char *safe = qd_terminal_dup_safe (name);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (list, "%s, ", tables[i].name);
  g_set_error (error, QD_COMMAND_ERROR, QD_COMMAND_ERROR_USAGE, _("There is no table “%s”. There are: %s%s."), safe,
               list->str, IMPORTS);
  return FALSE;
}

static gboolean
has_missing (const QdTable *table)
{
  for (guint i = 0; i < qd_table_get_n_rows (table); i++)
    for (guint j = 0; j < qd_table_get_n_columns (table); j++)
      if (qd_table_is_missing (table, i, j))
        return TRUE;
  return FALSE;
}

static gboolean
print_imports (QdInvocation  *invocation,
               QdOutputFormat format,
               GError       **error)
{
  static const char *const unsuitable[] = { "as-of", "period", "profile", "define", "where", "by" };
  g_autoptr (QdWorkspace) workspace = NULL;
  g_autoptr (QdTable) table = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (unsuitable); i++)
    if (qd_invocation_has (invocation, unsuitable[i]))
      {
        g_set_error (error, QD_COMMAND_ERROR, QD_COMMAND_ERROR_USAGE, _("The table %s takes no --%s."), IMPORTS,
                     unsuitable[i]);
        return FALSE;
      }
  workspace = qd_invocation_open_workspace (invocation, QD_ACCESS_READ, error);
  if (workspace == NULL)
    return FALSE;
  table = qd_workspace_get_imports (workspace, error);
  if (table == NULL)
    return FALSE;
  qd_output_print_table (invocation, table, format, NULL, NULL);
  return TRUE;
}

static gboolean
run (QdInvocation *invocation,
     GError      **error)
{
  const QdResultTable *kind;
  g_autoptr (QdSubject) subject = NULL;
  g_autoptr (QdTable) table = NULL;
  QdOutputFormat format;
  const char *name;
  const char *by;

  if (!qd_output_get_format (invocation, &format, error) || !qd_invocation_get_text (invocation, "by", &by, error) ||
      !qd_invocation_get_argument_text (invocation, 1, &name, error))
    return FALSE;
  if (strcmp (name, IMPORTS) == 0)
    return print_imports (invocation, format, error);
  kind = qd_result_table_find (name);
  if (kind == NULL)
    return refuse_unknown (name, error);
  if (by != NULL && !kind->takes_by)
    {
      g_set_error (error, QD_COMMAND_ERROR, QD_COMMAND_ERROR_USAGE,
                   _("The table %s takes no --by. Use --where for one part at a time."), kind->name);
      return FALSE;
    }
  subject = qd_subject_open (invocation, kind->default_period, error);
  if (subject == NULL)
    return FALSE;
  table = kind->make (subject, by, qd_invocation_get_job (invocation), error);
  if (table == NULL)
    return FALSE;
  qd_output_print_table (invocation, table, format, kind->hidden, by);
  if (format == QD_OUTPUT_TEXT)
    {
      qd_subject_print_footer (subject, invocation, kind->span);
      qd_invocation_print (invocation, _("Amounts in %s."), qd_table_get_currency (table));
      if (has_missing (table))
        qd_invocation_print (invocation, " %s", _("A dash: not defined here."));
      qd_invocation_print (invocation, "\n");
    }
  return TRUE;
}

const QdCommand qd_table_command = {
  .name = "table",
  .arguments = "WORKSPACE NAME",
  .summary = N_ ("Print a table: movements, retention, ledger, cohorts, imports"),
  .describe = describe,
  .least_arguments = 2,
  .most_arguments = 2,
  .flags = QD_COMMAND_SCOPE | QD_COMMAND_BY | QD_COMMAND_FORMAT,
  .run = run,
};
