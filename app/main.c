/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <locale.h>
#include <signal.h>

#include <glib/gi18n-lib.h>

#include "commands/qd-command.h"

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
  return qd_command_main (argc, argv);
}
