/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From starting the program to the first frame of its window, beside
 * gnome-calculator, in turn in the same run: measured inside both programs by
 * start-hook.c. Once with the welcome page, once with a workspace that opens
 * meanwhile. Needs a display: run under xvfb-run.
 */
#include "bench.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/resource.h>

#define ROUNDS 15

static char *folder;

/* FALSE: the program is not there. */
static gboolean
start (BenchRunner *runner,
       const char  *program,
       const char  *argument)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                                                                        G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  const char *const argv[] = { program, argument, NULL };
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *stamp = NULL;
  g_autofree char *out = NULL;
  double cpu = bench_cpu (RUSAGE_CHILDREN);

  g_subprocess_launcher_setenv (launcher, "LD_PRELOAD", g_getenv ("BENCH_HOOK"), TRUE);
  g_subprocess_launcher_setenv (launcher, "HOME", folder, TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_STATE_HOME", folder, TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_DATA_HOME", folder, TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_CONFIG_HOME", folder, TRUE);
  g_subprocess_launcher_unsetenv (launcher, "G_DEBUG");
  stamp = g_strdup_printf ("%" G_GINT64_FORMAT, g_get_monotonic_time ());
  g_subprocess_launcher_setenv (launcher, "BENCH_STAMP", stamp, TRUE);
  process = g_subprocess_launcher_spawnv (launcher, argv, &error);
  if (process == NULL || !g_subprocess_communicate_utf8 (process, NULL, NULL, &out, NULL, NULL) ||
      g_ascii_strtod (out, NULL) <= 0)
    return FALSE;
  bench_add (runner, g_ascii_strtod (out, NULL), bench_cpu (RUSAGE_CHILDREN) - cpu);
  return TRUE;
}

int
main (void)
{
  const char *program = g_getenv ("QUARTERDECK");
  BenchRunner welcome = bench_runner_new (), opening = bench_runner_new (), peer = bench_runner_new ();
  g_autofree char *workspace = NULL;
  g_autofree char *line = NULL;
  g_autoptr (GError) error = NULL;

  folder = g_dir_make_tmp ("quarterdeck-bench-XXXXXX", &error);
  g_assert_no_error (error);
  workspace = g_build_filename (folder, "sample.quarterdeck", NULL);
  line = g_strdup_printf ("%s sample %s", program, workspace);
  g_spawn_command_line_sync (line, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < ROUNDS; i++)
    {
      /* the program itself must be there: the peer need not */
      g_assert_true (start (&welcome, program, NULL));
      peer.missing = peer.missing || !start (&peer, "gnome-calculator", NULL);
      g_assert_true (start (&opening, program, workspace));
    }
  bench_show ("start to first frame, welcome page", "gnome-calculator", &welcome, &peer);
  bench_show ("start to first frame, workspace", "gnome-calculator", &opening, &peer);
  bench_runner_free (&welcome);
  bench_runner_free (&opening);
  bench_runner_free (&peer);
  return 0;
}
