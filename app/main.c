/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <locale.h>
#include <signal.h>

#include <glib/gi18n-lib.h>

#include "commands/qd-command.h"
#include "qd-application.h"

/* Nothing at all, or one file that is no verb: the window, where there is something to show it on. */
static gboolean
wants_window (int    argc,
              char **argv)
{
  if (g_getenv ("DISPLAY") == NULL && g_getenv ("WAYLAND_DISPLAY") == NULL)
    return FALSE;
  if (argc == 1)
    return TRUE;
  return argc == 2 && argv[1][0] != '-' && qd_command_find (argv[1]) == NULL &&
         (g_str_has_suffix (argv[1], ".quarterdeck") || g_file_test (argv[1], G_FILE_TEST_EXISTS));
}

int
main (int    argc,
      char **argv)
{
  const char *localedir;

  setlocale (LC_ALL, "");
  /* app/run names the folder of a build that was never installed */
  localedir = g_getenv ("QUARTERDECK_LOCALEDIR");
  bindtextdomain (GETTEXT_PACKAGE, localedir != NULL ? localedir : QD_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  /* a closed pipe is an error of the write that meets it */
  signal (SIGPIPE, SIG_IGN);
  g_set_prgname ("quarterdeck");
  if (wants_window (argc, argv))
    {
      g_autoptr (QdApplication) application = qd_application_new ();

      return g_application_run (G_APPLICATION (application), argc, argv);
    }
  return qd_command_main (argc, argv);
}
