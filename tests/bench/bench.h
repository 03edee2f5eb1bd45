/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the benches share: a clock, medians, an event log, DuckDB as a peer.
 */
#pragma once

#include <glib.h>

typedef struct
{
  GArray *wall, *cpu; /* double, ms */
  gboolean missing;
} BenchRunner;

double bench_now (void);                      /* ms */
double bench_cpu (int who);                   /* ms of RUSAGE_SELF or RUSAGE_CHILDREN */
double bench_median (GArray *values);
BenchRunner bench_runner_new (void);
void bench_runner_free (BenchRunner *runner);
void bench_add (BenchRunner *runner, double wall, double cpu);
void bench_show (const char *what, const char *name, const BenchRunner *own, const BenchRunner *peer);
guint bench_write_events (const char *path, guint n_accounts, guint n_events);
void bench_run_duckdb (BenchRunner *runner, const char *script, const char *folder, const char *csv);
