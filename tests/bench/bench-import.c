/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How fast a file of movement events becomes committed rows, beside DuckDB
 * (peer-import.js: reads the CSV, gives the accounts ids, keeps the rows) and
 * `sqlite3 .import` (rows only, nothing checked), in turn in the same run.
 * QD_BENCH_SIZE is S, M or L; QD_BENCH_NODE_MODULES says where
 * @duckdb/node-api is when node does not find it.
 */
#include "data/base/qd-calendar.h"
#include "data/intake/qd-import.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

#define ROUNDS 5

typedef struct
{
  GArray *wall, *cpu; /* double, ms */
  gboolean missing;
} Runner;

static double
now (void)
{
  struct timespec time;

  clock_gettime (CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1e3 + time.tv_nsec / 1e6;
}

static double
cpu_of (int who)
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

static double
median (GArray *values)
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
static guint
write_events (const char *path,
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

static void
add (Runner *runner,
     double  wall,
     double  cpu)
{
  g_array_append_val (runner->wall, wall);
  g_array_append_val (runner->cpu, cpu);
}

static void
write_accounts (const char *path,
                guint       n_accounts)
{
  FILE *file = fopen (path, "w");

  g_assert (file != NULL);
  fprintf (file, "account_id,name\n");
  for (guint i = 0; i < n_accounts; i++)
    fprintf (file, "cus_%012u,Customer %u\n", i, i);
  fclose (file);
}

/* @accounts: a file to import first, outside of what is measured, so that the events are matched; NULL: each account is
 * new, and given an id. */
static void
run_own (Runner     *runner,
         const char *folder,
         const char *accounts,
         const char *csv,
         guint       n_events)
{
  g_autofree char *path = g_build_filename (folder, "own.quarterdeck", NULL);
  QdStoreSettings settings = { "Bench", "USD", 1 };
  QdImportOptions options = { 0 };
  g_autoptr (QdStore) store = NULL;
  g_autoptr (QdImportResult) known = NULL, result = NULL;
  g_autoptr (GError) error = NULL;
  double wall, cpu;

  g_unlink (path);
  store = qd_store_create (path, &settings, &error);
  g_assert_no_error (error);
  if (accounts != NULL)
    qd_import_run (store, qd_kind_find ("accounts", NULL), accounts, &options, NULL, NULL, NULL, NULL, &known, &error);
  g_assert_no_error (error);
  wall = now ();
  cpu = cpu_of (RUSAGE_SELF);
  qd_import_run (store, qd_kind_find ("movements", NULL), csv, &options, NULL, NULL, NULL, NULL, &result, &error);
  g_assert_no_error (error);
  add (runner, now () - wall, cpu_of (RUSAGE_SELF) - cpu);
  g_assert_cmpuint (result->imported, ==, n_events);
}

static void
run_sqlite (Runner     *runner,
            const char *folder,
            const char *csv)
{
  g_autofree char *path = g_build_filename (folder, "peer.sqlite", NULL);
  g_autofree char *import = g_strdup_printf (".import --csv --skip 1 %s event", csv);
  const char *argv[] = { "sqlite3", path,
                         "CREATE TABLE event (event_id TEXT, account_id TEXT, date TEXT, mrr_after REAL, kind TEXT, currency TEXT)",
                         import, NULL };
  double wall = now (), cpu = cpu_of (RUSAGE_CHILDREN);
  int status;

  g_unlink (path);
  if (!g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status, NULL) || status != 0)
    runner->missing = TRUE;
  else
    add (runner, now () - wall, cpu_of (RUSAGE_CHILDREN) - cpu);
}

/* The script prints the milliseconds of the work itself, without the start of node. */
static void
run_duckdb (Runner     *runner,
            const char *folder,
            const char *csv)
{
  g_autofree char *script = g_build_filename (g_getenv ("QD_BENCH_DIR"), "peer-import.js", NULL);
  g_autofree char *path = g_build_filename (folder, "peer.duckdb", NULL);
  g_autofree char *out = NULL;
  const char *argv[] = { "node", script, csv, path, NULL };
  g_auto (GStrv) numbers = NULL;
  int status;

  if (!g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &out, NULL,
                     &status, NULL) ||
      status != 0)
    {
      runner->missing = TRUE;
      return;
    }
  numbers = g_strsplit (out, " ", 2);
  add (runner, g_ascii_strtod (numbers[0], NULL), g_ascii_strtod (numbers[1], NULL));
}

static void
show (const char   *name,
      const Runner *own,
      const Runner *peer)
{
  if (peer->missing)
    {
      printf ("import: peer %s is missing\n", name);
      return;
    }
  printf ("import: %-16s %8.0f ms (cpu %.0f)   ratio %.2f (cpu %.2f)\n", name, median (peer->wall), median (peer->cpu),
          median (own->wall) / median (peer->wall), median (own->cpu) / median (peer->cpu));
}

static Runner
runner_new (void)
{
  Runner runner = { g_array_new (FALSE, FALSE, sizeof (double)), g_array_new (FALSE, FALSE, sizeof (double)), FALSE };

  return runner;
}

static void
runner_free (Runner *runner)
{
  g_array_unref (runner->wall);
  g_array_unref (runner->cpu);
}

int
main (int    argc,
      char **argv)
{
  const char *size = g_getenv ("QD_BENCH_SIZE");
  guint n_accounts = g_strcmp0 (size, "S") == 0 ? 2000 : g_strcmp0 (size, "M") == 0 ? 50000 : 200000;
  guint n_events = n_accounts * 25 / 4;
  g_autofree char *folder = g_dir_make_tmp ("quarterdeck-bench-XXXXXX", NULL);
  g_autofree char *csv = g_build_filename (folder, "events.csv", NULL);
  static const char *const left[] = { "events.csv", "accounts.csv", "own.quarterdeck", "peer.sqlite", "peer.duckdb", ".own.quarterdeck.lock" };
  g_autofree char *accounts = g_build_filename (folder, "accounts.csv", NULL);
  Runner own = runner_new (), matched = runner_new (), sqlite = runner_new (), duckdb = runner_new ();
  GStatBuf info;

  n_events = write_events (csv, n_accounts, n_events);
  write_accounts (accounts, n_accounts);
  g_stat (csv, &info);
  printf ("import: %u events of %u accounts, %.1f MB; medians of %d rounds, in turn\n", n_events, n_accounts,
          info.st_size / 1e6, ROUNDS);
  for (int round = 0; round < ROUNDS; round++)
    {
      run_own (&own, folder, NULL, csv, n_events);
      run_own (&matched, folder, accounts, csv, n_events);
      if (!sqlite.missing)
        run_sqlite (&sqlite, folder, csv);
      if (!duckdb.missing)
        run_duckdb (&duckdb, folder, csv);
    }
  printf ("import: ours, each account new        %8.0f ms (cpu %.0f)\n", median (own.wall), median (own.cpu));
  show ("DuckDB", &own, &duckdb);
  show ("sqlite3 .import", &own, &sqlite);
  printf ("import: ours, accounts known before   %8.0f ms (cpu %.0f)\n", median (matched.wall), median (matched.cpu));
  show ("DuckDB", &matched, &duckdb);
  show ("sqlite3 .import", &matched, &sqlite);
  for (gsize i = 0; i < G_N_ELEMENTS (left); i++)
    {
      g_autofree char *path = g_build_filename (folder, left[i], NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
  runner_free (&own);
  runner_free (&matched);
  runner_free (&sqlite);
  runner_free (&duckdb);
  return 0;
}
