/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "qd-command.h"
#include "qd-terminal.h"

static const QdOption options[] = {
  { "name", QD_OPTION_VALUE, "TEXT", N_ ("What the company is called on covers (default: the file's name)") },
  { "currency", QD_OPTION_VALUE, "CODE", N_ ("Reporting currency, ISO 4217 (default: USD)") },
  { "fiscal-start", QD_OPTION_VALUE, "MONTH", N_ ("First month of the fiscal year, 1 to 12 (default: 1)") },
  { NULL },
};

static gboolean
run (QdInvocation *invocation,
     GError      **error)
{
  const char *path = qd_invocation_get_argument (invocation, 0);
  g_autofree char *shown = qd_invocation_dup_display (invocation, 0);
  g_autofree char *code = NULL;
  g_autoptr (QdWorkspace) workspace = NULL;
  const char *currency;
  const char *name;
  gint64 month = 1;
  QdStoreSettings settings;

  if (!qd_invocation_get_text (invocation, "name", &name, error) ||
      !qd_invocation_get_text (invocation, "currency", &currency, error) ||
      !qd_invocation_get_integer (invocation, "fiscal-start", 1, 12, &month, error))
    return FALSE;
  code = g_ascii_strup (currency != NULL ? currency : "USD", -1);
  if (qd_currency_get_exponent (code) < 0)
    {
      g_autofree char *safe = qd_terminal_dup_safe (currency);

      g_set_error (error, QD_COMMAND_ERROR, QD_COMMAND_ERROR_USAGE,
                   _("--currency takes a code of ISO 4217 such as USD, EUR or JPY, not “%s”."), safe);
      return FALSE;
    }
  settings = (QdStoreSettings) { name, code, (int) month };
  workspace = qd_workspace_create (path, &settings, error);
  if (workspace == NULL)
    return FALSE;

  qd_invocation_print (invocation, _("Made %s: amounts in %s, fiscal years start in month %d.\n"), shown, code,
                       (int) month);
  qd_invocation_print (invocation, _("Next: quarterdeck import %s accounts FILE.csv\n"), shown);
  return TRUE;
}

const QdCommand qd_new_command = {
  .name = "new",
  .arguments = "WORKSPACE",
  .summary = N_ ("Make an empty workspace file"),
  .least_arguments = 1,
  .most_arguments = 1,
  .options = options,
  .run = run,
};
