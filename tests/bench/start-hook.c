/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Loaded into a GTK program by LD_PRELOAD: says how long it took from the stamp
 * in BENCH_STAMP (monotonic microseconds) until the first frame of its first
 * window was painted, and ends it. The program needs to know nothing of it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <gtk/gtk.h>

static gboolean attach (gpointer data);

static void
painted_cb (GdkFrameClock *clock,
            gpointer       data)
{
  gint64 stamp = g_ascii_strtoll (g_getenv ("BENCH_STAMP"), NULL, 10);

  printf ("%.3f\n", (double) (g_get_monotonic_time () - stamp) / 1000);
  fflush (stdout);
  _exit (0);
}

/* The first window is there before the main loop runs; its first frame is not. */
static gboolean
attach (gpointer data)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);
      GdkFrameClock *clock = gtk_widget_get_frame_clock (window);

      if (clock == NULL)
        continue;
      g_signal_connect (clock, "after-paint", G_CALLBACK (painted_cb), NULL);
      return G_SOURCE_REMOVE;
    }
  return G_SOURCE_CONTINUE;
}

__attribute__ ((constructor)) static void
begin (void)
{
  if (g_getenv ("BENCH_STAMP") != NULL)
    g_idle_add_full (G_PRIORITY_HIGH, attach, NULL, NULL);
}
