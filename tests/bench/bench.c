/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench.h"

#include "data/base/qd-calendar.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

double
bench_now (void)
{
  struct timespec time;

  clock_gettime (CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1e3 + time.tv_nsec / 1e6;
}

double
bench_cpu (int who)
{
  struct rusage usage;

  getrusage (who, &usage);
  return (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1e3 + (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e3;
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return x < y ? -1 : x > y;
}

double
bench_median (GArray *values)
{
  qsort (values->data, values->len, sizeof (double), compare);
  return g_array_index (values, double, values->len / 2);
}

typedef struct
{
  guint32 account, level;
  guint16 day;
  guint8 kind;
} Event;

static int
compare_days (gconstpointer a,
              gconstpointer b)
{
  return ((const Event *) a)->day - ((const Event *) b)->day;
}

/* An event log as a billing system exports it: in the order of time, about six events an account. */
guint
bench_write_events (const char *path,
              guint       n_accounts,
              guint       n_events)
{
  static const char *const kinds[] = { "new", "expansion", "contraction", "churn" };
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  g_autoptr (GArray) events = g_array_sized_new (FALSE, FALSE, sizeof (Event), n_events);
  FILE *file = fopen (path, "w");

  g_assert (file != NULL);
  for (guint i = 0; i < n_events; i++)
    {
      Event event = { g_rand_int_range (random, 0, n_accounts), g_rand_int_range (random, 5000, 900000),
                      g_rand_int_range (random, 0, 1826), g_rand_int_range (random, 0, 3) };

      if (g_rand_int_range (random, 0, 12) == 0)
        {
          event.level = 0;
          event.kind = 3;
        }
      g_array_append_val (events, event);
    }
  qsort (events->data, events->len, sizeof (Event), compare_days);
  fprintf (file, "event_id,account_id,date,mrr_after,kind,currency\n");
  for (guint i = 0; i < events->len; i++)
    {
      const Event *event = &g_array_index (events, Event, i);
      g_autofree char *day = qd_day_to_iso (qd_day_from_ymd (2020, 1, 1) + event->day);

      fprintf (file, "ev_%010u,cus_%012u,%s,%u.%02u,%s,USD\n", i, event->account, day, event->level / 100,
               event->level % 100, kinds[event->kind]);
    }
  fclose (file);
  return events->len;
}

void
bench_add (BenchRunner *runner,
           double       wall,
           double       cpu)
{
  g_array_append_val (runner->wall, wall);
  g_array_append_val (runner->cpu, cpu);
}

/* The script prints the milliseconds of the work itself, without the start of node. */
void
bench_run_duckdb (BenchRunner *runner,
                  const char  *script,
                  const char  *folder,
                  const char  *csv)
{
  g_autofree char *program = g_build_filename (g_getenv ("QD_BENCH_DIR"), script, NULL);
  g_autofree char *path = g_build_filename (folder, "peer.duckdb", NULL);
  g_autofree char *out = NULL;
  const char *argv[] = { "node", program, csv, path, NULL };
  g_auto (GStrv) numbers = NULL;
  int status;

  if (!g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &out, NULL,
                     &status, NULL)
      || status != 0)
    {
      runner->missing = TRUE;
      return;
    }
  numbers = g_strsplit (out, " ", 2);
  if (g_strv_length (numbers) == 2)
    bench_add (runner, g_ascii_strtod (numbers[0], NULL), g_ascii_strtod (numbers[1], NULL));
  else
    runner->missing = TRUE;
}

void
bench_show (const char        *what,
            const char        *name,
            const BenchRunner *own,
            const BenchRunner *peer)
{
  if (peer->missing)
    {
      printf ("%s: peer %s is missing\n", what, name);
      return;
    }
  printf ("%s: %-16s %8.0f ms (cpu %.0f)   ratio %.2f (cpu %.2f)\n", what, name, bench_median (peer->wall),
          bench_median (peer->cpu), bench_median (own->wall) / bench_median (peer->wall),
          bench_median (own->cpu) / bench_median (peer->cpu));
}

BenchRunner
bench_runner_new (void)
{
  return (BenchRunner){ g_array_new (FALSE, FALSE, sizeof (double)), g_array_new (FALSE, FALSE, sizeof (double)), FALSE };
}

void
bench_runner_free (BenchRunner *runner)
{
  g_array_unref (runner->wall);
  g_array_unref (runner->cpu);
}
