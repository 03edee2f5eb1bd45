/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * CPU time of the chart view in a window of 1600 × 1000, warm: from new numbers
 * (as after a filter) to the end of the frame that shows them, and from a
 * pointer that moves on to the end of that frame. Needs a display.
 */
#include <adwaita.h>
#include <stdlib.h>
#include <time.h>

#include "tests/draw/specs.h"
#include "ui/qd-ui.h"
#include "ui/widgets/qd-chart-view.h"

#define ROUNDS 21

static gboolean painted;

static void
after_paint_cb (GdkFrameClock *clock,
                gpointer       data)
{
  painted = TRUE;
}

static double
get_cpu (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double) now.tv_sec * 1e3 + (double) now.tv_nsec / 1e6;
}

static double
run_frame (double start)
{
  double end;

  painted = FALSE;
  while (!painted)
    g_main_context_iteration (NULL, TRUE);
  end = get_cpu ();
  /* What is left for when there is time is not part of the frame. */
  while (g_main_context_iteration (NULL, FALSE))
    ;
  return end - start;
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return x < y ? -1 : x > y;
}

static double
get_median (double *values)
{
  qsort (values, ROUNDS, sizeof (double), compare);
  return values[ROUNDS / 2];
}

static QdChartSpec *
make_spec (int  job,
           guint seed)
{
  return job == 0 ? spec_lines (60, 5, seed) : job == 1 ? spec_lines (24, 3, seed) : spec_cohorts (24 + seed % 2, FALSE, FALSE);
}

int
main (void)
{
  static const char *const names[] = { "line 60 months x 5", "line 24 months x 3", "cohort 24 x 24" };
  GtkWidget *window, *view;

  qd_ui_init ();
  window = adw_window_new ();
  view = qd_chart_view_new ();
  adw_window_set_content (ADW_WINDOW (window), view);
  gtk_window_set_default_size (GTK_WINDOW (window), 1600, 1000);
  gtk_window_present (GTK_WINDOW (window));
  while (!gtk_widget_get_mapped (view))
    g_main_context_iteration (NULL, TRUE);
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (after_paint_cb), NULL);
  g_print ("%-20s %12s %12s\n", "chart 1600x1000", "new numbers", "pointer");
  for (int job = 0; job < 3; job++)
    {
      double redraw[ROUNDS], hover[ROUNDS];

      for (int i = -3; i < ROUNDS; i++)
        {
          g_autoptr (QdChartSpec) spec = make_spec (job, (guint) (i + 10));
          double start = get_cpu (), took;

          qd_chart_view_set_spec (QD_CHART_VIEW (view), spec);
          took = run_frame (start);
          if (i >= 0)
            redraw[i] = took;
        }
      for (int i = 0; i < ROUNDS; i++)
        {
          double start = get_cpu ();

          qd_chart_view_set_cursor (QD_CHART_VIEW (view), 0, i % 20);
          hover[i] = run_frame (start);
        }
      g_print ("%-20s %12.2f %12.2f\n", names[job], get_median (redraw), get_median (hover));
    }
  gtk_window_destroy (GTK_WINDOW (window));
  return 0;
}
