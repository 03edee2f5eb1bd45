/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "qd-command.h"
#include "qd-terminal.h"

#define HELP_WIDTH 100
#define MAX_OPTION_WIDTH 34

static char *
dup_option (const QdOption *option)
{
  if (option->type == QD_OPTION_FLAG)
    return g_strdup_printf ("  --%s", option->name);
  return g_strdup_printf ("  --%s %s%s", option->name, option->value, option->type == QD_OPTION_LIST ? " …" : "");
}

static void
append_options (GString         *out,
                const QdCommand *command)
{
  g_autoptr (GPtrArray) options = qd_command_list_options (command);
  guint width = 0;

  if (options->len == 0)
    return;
  for (guint i = 0; i < options->len; i++)
    {
      g_autofree char *text = dup_option (options->pdata[i]);

      width = MAX (width, qd_terminal_get_width (text));
    }
  width = MIN (width, MAX_OPTION_WIDTH) + 2;
  g_string_append_printf (out, "\n%s\n", _("Options:"));
  for (guint i = 0; i < options->len; i++)
    {
      const QdOption *option = options->pdata[i];
      g_autofree char *text = dup_option (option);

      qd_terminal_append_cell (out, text, width, FALSE);
      if (qd_terminal_get_width (text) > width - 2)
        {
          g_string_append_c (out, '\n');
          qd_terminal_append_cell (out, "", width, FALSE);
        }
      qd_terminal_append_wrapped (out, _(option->summary), width, HELP_WIDTH);
    }
}

static char *
dup_verb_help (const QdCommand *command)
{
  GString *out = g_string_new (NULL);

  g_string_append_printf (out, _("Usage: quarterdeck %s %s"), command->name, command->arguments);
  if (command->options != NULL || command->flags != 0)
    g_string_append_printf (out, " %s", _("[OPTION…]"));
  g_string_append (out, "\n\n");
  qd_terminal_append_wrapped (out, _(command->summary), 0, HELP_WIDTH);
  append_options (out, command);
  if (command->describe != NULL)
    {
      g_autofree char *text = command->describe ();

      g_string_append_c (out, '\n');
      g_string_append (out, text);
      if (out->str[out->len - 1] != '\n')
        g_string_append_c (out, '\n');
    }
  return g_string_free (out, FALSE);
}

/**
 * qd_command_dup_help:
 * @command: (nullable): a verb, or `NULL` for the program
 *
 * Returns: (transfer full): what --help prints, translated
 */
char *
qd_command_dup_help (const QdCommand *command)
{
  const QdCommand *const *commands = qd_command_list ();
  GString *out;
  guint width = 0;

  if (command != NULL)
    return dup_verb_help (command);

  out = g_string_new (NULL);
  g_string_append_printf (out, "%s\n\n", _("Usage: quarterdeck VERB [ARGUMENT…] [OPTION…]"));
  qd_terminal_append_wrapped (out,
                          _("Turns a company's exports into one workspace file, and that file into retention figures, "
                            "tables and charts. Nothing leaves this computer."),
                          0, HELP_WIDTH);
  g_string_append_printf (out, "\n%s\n", _("Verbs:"));
  for (guint i = 0; commands[i] != NULL; i++)
    width = MAX (width, qd_terminal_get_width (commands[i]->name));
  for (guint i = 0; commands[i] != NULL; i++)
    {
      g_string_append (out, "  ");
      qd_terminal_append_cell (out, commands[i]->name, width + 2, FALSE);
      qd_terminal_append_wrapped (out, _(commands[i]->summary), width + 4, HELP_WIDTH);
    }
  g_string_append_printf (out, "\n%s\n", _("“quarterdeck VERB --help” shows the options of a verb. To begin:"));
  g_string_append (out, "  quarterdeck new company.quarterdeck --currency USD\n"
                        "  quarterdeck import company.quarterdeck accounts customers.csv\n"
                        "  quarterdeck import company.quarterdeck subscriptions billing.csv --dry-run\n"
                        "  quarterdeck metrics company.quarterdeck\n");
  g_string_append_printf (out, "\n%s\n",
                          _("Exit status: 0 done, 1 the input is at fault, 2 wrong usage, 3 a check failed."));
  return g_string_free (out, FALSE);
}
