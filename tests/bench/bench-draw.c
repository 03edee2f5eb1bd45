/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * CPU time of a chart on a raster of 1600 × 1000, warm: layout and draw of a
 * fresh layout each time, and the same with PNG encoding; beside it gnuplot
 * drawing the same data to PNG, as a process, in turns with ours.
 */
#include <math.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

#include "tests/draw/specs.h"
#include "ui/draw/qd-chart-export.h"

#define WIDTH 1600
#define HEIGHT 1000
#define ROUNDS 9

static double
get_cpu (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return now.tv_sec * 1e3 + now.tv_nsec / 1e6;
}

static double
get_children_cpu (void)
{
  struct rusage usage;

  getrusage (RUSAGE_CHILDREN, &usage);
  return (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1e3 + (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e3;
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

static double
draw_once (QdChartSpec *spec,
           QdTextCache *cache,
           gboolean     encode)
{
  double start = get_cpu ();
  g_autoptr (QdChartLayout) layout = qd_chart_layout_new (spec, qd_chart_theme_get (QD_THEME_PRINT), cache, WIDTH, HEIGHT, NULL);

  if (encode)
    {
      g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();

      qd_chart_export_png (layout, stream, 1, NULL, NULL, NULL);
    }
  else
    {
      cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, WIDTH, HEIGHT);
      cairo_t *cr = cairo_create (surface);

      qd_chart_layout_draw (layout, cr);
      cairo_destroy (cr);
      cairo_surface_destroy (surface);
    }
  return get_cpu () - start;
}

/* Gnuplot's script for the same numbers. */
static char *
write_script (QdChartSpec *spec,
              const char  *kind)
{
  GString *out = g_string_new ("set terminal pngcairo size 1600,1000 font 'Sans,14'\nset output '/dev/null'\n");
  guint n = qd_chart_spec_get_n_series (spec), places = qd_chart_spec_get_n_places (spec);
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  if (g_str_equal (kind, "table"))
    {
      g_string_append (out, "unset border\nunset tics\nset xrange [0:9]\nset yrange [0:51]\nunset key\n");
      for (guint s = 0; s < n; s++)
        for (guint p = 0; p < places; p++)
          {
            g_autofree char *text = qd_chart_spec_dup_value_text (spec, s, p);
            g_string_append_printf (out, "set label \"%.24s\" at %u,%u\n", text, p, 50 - s);
          }
      g_string_append (out, "plot -1\n");
      return g_string_free (out, FALSE);
    }
  if (g_str_equal (kind, "line"))
    {
      g_string_append (out, "set grid\nplot");
      for (guint s = 0; s < n; s++)
        g_string_append_printf (out, "%s '-' with lines lw 2 title 'series %u'", s ? "," : "", s);
      g_string_append_c (out, '\n');
    }
  else
    g_string_append (out, "set yrange [:] reverse\nplot '-' using 1:2:3 with image notitle, '-' using 1:2:(sprintf('%.0f', $3*100)) "
                          "with labels font ',9' notitle\n");
  for (int pass = 0; pass < (g_str_equal (kind, "line") ? 1 : 2); pass++)
    {
      for (guint s = 0; s < n; s++)
        {
          for (guint p = 0; p < places; p++)
            {
              double value = qd_chart_spec_get_value (spec, s, p);

              if (g_str_equal (kind, "line"))
                g_string_append_printf (out, "%u %s\n", p, g_ascii_dtostr (number, sizeof number, value));
              else if (isfinite (value))
                g_string_append_printf (out, "%u %u %s\n", p, s, g_ascii_dtostr (number, sizeof number, value));
              else if (pass == 0)
                g_string_append_printf (out, "%u %u NaN\n", p, s);
            }
          if (g_str_equal (kind, "line"))
            g_string_append (out, "e\n");
        }
      if (!g_str_equal (kind, "line"))
        g_string_append (out, "e\n");
    }
  return g_string_free (out, FALSE);
}

static double
run_peer (const char *gnuplot,
          const char *script)
{
  double start = get_children_cpu ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process =
      g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error, gnuplot, NULL);

  if (!process || !g_subprocess_communicate_utf8 (process, script, NULL, NULL, NULL, &error))
    return NAN;
  g_subprocess_wait (process, NULL, NULL);
  return get_children_cpu () - start;
}

int
main (void)
{
  static const struct
  {
    const char *name, *kind;
    double limit;
  } jobs[] = { { "line 60 months x 5", "line", 10 }, { "cohort 60 x 60", "heat", 10 }, { "table 50 rows x 8", "table", 12 } };
  g_autofree char *gnuplot = g_find_program_in_path ("gnuplot");
  g_autoptr (QdTextCache) cache = qd_text_cache_new (NULL);

  if (!gnuplot)
    g_print ("# gnuplot is not installed (package gnuplot-nox): no peer\n");
  g_print ("%-20s %10s %10s %10s %10s %8s %8s\n", "chart 1600x1000", "target ms", "draw ms", "with png", "gnuplot", "ratio", "png/gp");
  for (gsize j = 0; j < G_N_ELEMENTS (jobs); j++)
    {
      g_autoptr (QdChartSpec) spec = j == 0 ? spec_lines (60, 5, 3) : j == 1 ? spec_cohorts (60, FALSE, FALSE) : spec_table (50, 8);
      g_autofree char *script = write_script (spec, jobs[j].kind);
      double draw[ROUNDS], png[ROUNDS], peer[ROUNDS], a, b, c = NAN;

      for (int i = 0; i < 3; i++)
        draw_once (spec, cache, FALSE);
      for (int i = 0; i < ROUNDS; i++)
        {
          draw[i] = draw_once (spec, cache, FALSE);
          png[i] = draw_once (spec, cache, TRUE);
          if (gnuplot)
            peer[i] = run_peer (gnuplot, script);
        }
      a = get_median (draw);
      b = get_median (png);
      if (gnuplot)
        c = get_median (peer);
      g_print ("%-20s %10.0f %10.2f %10.2f %10.1f %8.3f %8.3f\n", jobs[j].name, jobs[j].limit, a, b, c, a / c, b / c);
    }
  return 0;
}
