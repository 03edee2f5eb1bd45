/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From opening a workspace to movements by month, twelve months' retention and
 * cohorts, beside DuckDB on a file of its own (peer-open.js), in turn in the
 * same run: once from the packed columns, once from the rows, as it is paid the
 * first time after a change. QD_BENCH_SIZE is S, M or L.
 */
#include "bench.h"

#include "data/workspace/qd-workspace.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <sys/resource.h>

#define ROUNDS 5

static gboolean
forget_columns (QdDb     *db,
                gpointer  data,
                QdJob    *job,
                GError  **error)
{
  return qd_db_exec (db, "DELETE FROM cache", error);
}

static void
make_workspace (const char *path,
                const char *csv)
{
  QdStoreSettings settings = { "Bench", "USD", 1 };
  QdImportOptions options = { 0 };
  g_autoptr (QdImportResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (QdStore) store = qd_store_create (path, &settings, &error);

  g_assert_no_error (error);
  qd_import_run (store, qd_kind_find ("movements", NULL), csv, &options, NULL, NULL, NULL, NULL, &result, &error);
  g_assert_no_error (error);
}

static void
run_own (BenchRunner *runner,
         const char  *path,
         gboolean     from_rows)
{
  g_autoptr (QdProfile) profile = qd_profile_new ("Board", 1);
  g_autoptr (QdScope) months = qd_scope_new (profile), year = qd_scope_new (profile);
  g_autoptr (QdWorkspace) workspace = NULL;
  g_autoptr (QdLedger) ledger = NULL;
  g_autoptr (QdMovements) movements = NULL;
  g_autoptr (QdRetentions) retentions = NULL;
  g_autoptr (QdCohorts) cohorts = NULL;
  g_autoptr (GError) error = NULL;
  double wall, cpu;

  if (from_rows)
    {
      g_autoptr (QdStore) store = qd_store_open (path, QD_STORE_OPEN_DEFAULT, NULL, &error);

      g_assert_no_error (error);
      qd_store_run (store, QD_STORE_PRIORITY_EDIT, forget_columns, NULL, NULL, &error);
      g_assert_no_error (error);
    }
  months->period = (QdPeriod){ QD_PERIOD_MONTHS, 1 };
  wall = bench_now ();
  cpu = bench_cpu (RUSAGE_SELF);
  workspace = qd_workspace_open (path, QD_STORE_OPEN_DEFAULT, NULL, &error);
  g_assert_no_error (error);
  ledger = qd_workspace_get_ledger (workspace, profile, NULL, &error);
  g_assert_no_error (error);
  movements = qd_movements_compute (ledger, months, NULL, NULL, &error);
  retentions = qd_retentions_compute (ledger, year, NULL, NULL, &error);
  cohorts = qd_cohorts_compute (ledger, year, NULL, &error);
  g_assert_no_error (error);
  bench_add (runner, bench_now () - wall, bench_cpu (RUSAGE_SELF) - cpu);
  g_assert_cmpuint (movements->rows->len, ==, 60);
}

int
main (int    argc,
      char **argv)
{
  const char *size = g_getenv ("QD_BENCH_SIZE");
  guint n_accounts = g_strcmp0 (size, "S") == 0 ? 2000 : g_strcmp0 (size, "M") == 0 ? 50000 : 200000;
  g_autofree char *folder = g_dir_make_tmp ("quarterdeck-bench-XXXXXX", NULL);
  g_autofree char *csv = g_build_filename (folder, "events.csv", NULL);
  g_autofree char *path = g_build_filename (folder, "own.quarterdeck", NULL);
  static const char *const left[] = { "events.csv", "own.quarterdeck", "peer.duckdb", ".own.quarterdeck.lock" };
  BenchRunner rows = bench_runner_new (), packed = bench_runner_new (), duckdb = bench_runner_new ();
  guint n_events = bench_write_events (csv, n_accounts, n_accounts * 25 / 4);

  make_workspace (path, csv);
  printf ("open: %u events of %u accounts; medians of %d rounds, in turn\n", n_events, n_accounts, ROUNDS);
  for (int round = 0; round < ROUNDS; round++)
    {
      run_own (&rows, path, TRUE);
      run_own (&packed, path, FALSE);
      if (!duckdb.missing)
        bench_run_duckdb (&duckdb, "peer-open.js", folder, csv);
    }
  printf ("open: ours, packed columns   %8.0f ms (cpu %.0f)\n", bench_median (packed.wall), bench_median (packed.cpu));
  bench_show ("open", "DuckDB", &packed, &duckdb);
  printf ("open: ours, from rows        %8.0f ms (cpu %.0f)\n", bench_median (rows.wall), bench_median (rows.cpu));
  bench_show ("open", "DuckDB", &rows, &duckdb);
  for (gsize i = 0; i < G_N_ELEMENTS (left); i++)
    {
      g_autofree char *file = g_build_filename (folder, left[i], NULL);

      g_unlink (file);
    }
  g_rmdir (folder);
  bench_runner_free (&rows);
  bench_runner_free (&packed);
  bench_runner_free (&duckdb);
  return 0;
}
