/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How fast a file of movement events becomes committed rows, beside DuckDB
 * (peer-import.js: reads the CSV, gives the accounts ids, keeps the rows) and
 * `sqlite3 .import` (rows only, nothing checked), in turn in the same run.
 * QD_BENCH_SIZE is S, M or L; QD_BENCH_NODE_MODULES says where
 * @duckdb/node-api is when node does not find it.
 */
#include "data/intake/qd-import.h"

#include "bench.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <sys/resource.h>

#define ROUNDS 5

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
run_own (BenchRunner     *runner,
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
  wall = bench_now ();
  cpu = bench_cpu (RUSAGE_SELF);
  qd_import_run (store, qd_kind_find ("movements", NULL), csv, &options, NULL, NULL, NULL, NULL, &result, &error);
  g_assert_no_error (error);
  bench_add (runner, bench_now () - wall, bench_cpu (RUSAGE_SELF) - cpu);
  g_assert_cmpuint (result->imported, ==, n_events);
}

static void
run_sqlite (BenchRunner     *runner,
            const char *folder,
            const char *csv)
{
  g_autofree char *path = g_build_filename (folder, "peer.sqlite", NULL);
  g_autofree char *import = g_strdup_printf (".import --csv --skip 1 %s event", csv);
  const char *argv[] = { "sqlite3", path,
                         "CREATE TABLE event (event_id TEXT, account_id TEXT, date TEXT, mrr_after REAL, kind TEXT, currency TEXT)",
                         import, NULL };
  double wall = bench_now (), cpu = bench_cpu (RUSAGE_CHILDREN);
  int status;

  g_unlink (path);
  if (!g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status, NULL) || status != 0)
    runner->missing = TRUE;
  else
    bench_add (runner, bench_now () - wall, bench_cpu (RUSAGE_CHILDREN) - cpu);
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
  BenchRunner own = bench_runner_new (), matched = bench_runner_new (), sqlite = bench_runner_new (), duckdb = bench_runner_new ();
  GStatBuf info;

  n_events = bench_write_events (csv, n_accounts, n_events);
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
        bench_run_duckdb (&duckdb, "peer-import.js", folder, csv);
    }
  printf ("import: ours, each account new        %8.0f ms (cpu %.0f)\n", bench_median (own.wall), bench_median (own.cpu));
  bench_show ("import", "DuckDB", &own, &duckdb);
  bench_show ("import", "sqlite3 .import", &own, &sqlite);
  printf ("import: ours, accounts known before   %8.0f ms (cpu %.0f)\n", bench_median (matched.wall), bench_median (matched.cpu));
  bench_show ("import", "DuckDB", &matched, &duckdb);
  bench_show ("import", "sqlite3 .import", &matched, &sqlite);
  for (gsize i = 0; i < G_N_ELEMENTS (left); i++)
    {
      g_autofree char *path = g_build_filename (folder, left[i], NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
  bench_runner_free (&own);
  bench_runner_free (&matched);
  bench_runner_free (&sqlite);
  bench_runner_free (&duckdb);
  return 0;
}
