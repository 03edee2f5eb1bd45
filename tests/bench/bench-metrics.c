/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How fast figures follow a change of filter or definition, beside numpy on the
 * same data in the same run (peer-metrics.py). QD_BENCH_SIZE is S, M or L.
 */
#include "data/metrics/qd-metrics.h"

#include <glib/gstdio.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define MONTHS 60
#define ROUNDS 7
#define SEGMENTS 4

typedef struct
{
  gint32 account, month;
  gint64 level;
} Event;

static double
now (clockid_t clock)
{
  struct timespec time;

  clock_gettime (clock, &time);
  return time.tv_sec * 1e3 + time.tv_nsec / 1e6;
}

/* Accounts that begin at some month and change level now and then; some leave, some of those return. */
static GArray *
make_events (guint32 n_accounts)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  GArray *events = g_array_new (FALSE, FALSE, sizeof (Event));

  for (guint32 account = 0; account < n_accounts; account++)
    {
      gint32 month = g_rand_int_range (random, 0, MONTHS - 1);
      gint64 level = g_rand_int_range (random, 1000, 200000);

      while (month < MONTHS)
        {
          Event event = { (gint32) account, month, level };

          g_array_append_val (events, event);
          month += 1 + (gint32) (-log (1 - g_rand_double (random)) * 4.5);
          level = g_rand_int_range (random, 0, 7) == 0 ? 0 : g_rand_int_range (random, 1000, 200000);
        }
    }
  return events;
}

static QdBook *
make_book (const GArray *events,
           guint32       n_accounts)
{
  static const char *const segments[SEGMENTS] = { "A", "B", "C", "D" };
  QdBookBuilder *builder = qd_book_builder_new ("Bench", "USD", 1);

  for (guint32 account = 0; account < n_accounts; account++)
    {
      char id[16];
      guint32 index;

      g_snprintf (id, sizeof id, "C%07u", account);
      index = qd_book_builder_add_account (builder, id, id, NULL, QD_DAY_NONE, FALSE);
      qd_book_builder_set_value (builder, index, "segment", QD_DAY_NONE, segments[account % SEGMENTS]);
    }
  for (guint i = 0; i < events->len; i++)
    {
      const Event *event = &g_array_index (events, Event, i);

      qd_book_builder_add_event (builder, (guint32) event->account,
                                 qd_month_first_day (qd_month_from_ym (2020, 1) + event->month) + event->account % 28,
                                 event->level, 1, FALSE, FALSE, 0, QD_BOOK_NONE, i);
    }
  return qd_book_builder_finish (builder);
}

static QdScope *
make_scope (const QdProfile *profile,
            const char      *period,
            gboolean         quarter)
{
  QdScope *scope = qd_scope_new (profile);

  qd_period_parse (period, &scope->period, NULL);
  if (quarter)
    g_ptr_array_add (scope->where, g_strdup ("segment=B"));
  return scope;
}

/* The sum over all results says that peer and we computed the same. */
static gint64
compute_all (QdLedger *ledger,
             gboolean  quarter)
{
  g_autoptr (QdProfile) profile = qd_profile_new ("Bench", 1);
  g_autoptr (QdScope) year = make_scope (profile, "ttm", quarter);
  g_autoptr (QdScope) month = make_scope (profile, "month", quarter);
  gint64 sum = 0;

  for (int split = 0; split < 2; split++)
    {
      const char *by = split ? "segment" : NULL;
      g_autoptr (QdRetentions) retentions = qd_retentions_compute (ledger, year, by, NULL, NULL);
      g_autoptr (QdMovements) movements = qd_movements_compute (ledger, month, by, NULL, NULL);

      for (guint i = 0; i < retentions->rows->len; i++)
        {
          const QdRetention *row = &g_array_index (retentions->rows, QdRetention, i);

          sum += row->start + row->end + row->gross_end + row->accounts_retained;
        }
      for (guint i = 0; i < movements->rows->len; i++)
        {
          const QdMovement *row = &g_array_index (movements->rows, QdMovement, i);

          sum += row->new_business + 2 * row->reactivation + 3 * row->expansion + 4 * row->contraction + 5 * row->churn
                 + row->closing;
        }
    }
  return sum;
}

static gint64
compute_cohorts (QdLedger *ledger,
                 gboolean  quarter)
{
  g_autoptr (QdProfile) profile = qd_profile_new ("Bench", 1);
  g_autoptr (QdScope) scope = make_scope (profile, "month", quarter);
  g_autoptr (QdCohorts) cohorts = qd_cohorts_compute (ledger, scope, NULL, NULL);
  gint64 sum = 0;

  for (guint i = 0; i < cohorts->cells->len; i++)
    {
      const QdCohortCell *cell = &g_array_index (cohorts->cells, QdCohortCell, i);

      sum += cell->mrr + cell->gross + cell->accounts_retained;
    }
  return sum;
}

typedef enum { JOB_ALL, JOB_QUARTER, JOB_COHORTS, JOB_LEDGER, N_JOBS } Job;

static const char *const job_names[N_JOBS] = { "all results, all accounts", "all results, a quarter of them",
                                               "cohort triangle 60 x 60", "ledger from the book" };

static gint64
run_job (Job       job,
         QdBook   *book,
         QdLedger *ledger)
{
  switch (job)
    {
    case JOB_ALL:
    case JOB_QUARTER:
      return compute_all (ledger, job == JOB_QUARTER) + compute_cohorts (ledger, job == JOB_QUARTER);
    case JOB_COHORTS:
      return compute_cohorts (ledger, FALSE);
    case JOB_LEDGER:
    case N_JOBS:
    default:
      {
        g_autoptr (QdProfile) profile = qd_profile_new ("Bench", 1);
        g_autoptr (QdLedger) fresh = qd_ledger_new (book, profile, NULL, NULL);

        return qd_ledger_get_n_customers (fresh);
      }
    }
}

static int
compare_doubles (const void *a,
                 const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static double
median (double *values)
{
  qsort (values, ROUNDS, sizeof *values, compare_doubles);
  return values[ROUNDS / 2];
}

/* The peer reads a job's number from its stdin and answers "milliseconds cpu-milliseconds sum". */
typedef struct
{
  GSubprocess *process;
  GDataInputStream *answers;
} Peer;

static gboolean
start_peer (Peer       *peer,
            const char *data)
{
  static const char *const pythons[] = { "/usr/bin/python3", "python3" };
  g_autofree char *script = g_build_filename (g_getenv ("QD_BENCH_DIR"), "peer-metrics.py", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (pythons); i++)
    {
      g_autofree char *line = NULL;

      g_clear_object (&peer->answers);
      g_clear_object (&peer->process);
      peer->process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE
                                            | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                                        NULL, pythons[i], script, data, NULL);
      if (peer->process == NULL)
        continue;
      peer->answers = g_data_input_stream_new (g_subprocess_get_stdout_pipe (peer->process));
      line = g_data_input_stream_read_line (peer->answers, NULL, NULL, NULL);
      if (line != NULL && strcmp (line, "ready") == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
ask_peer (Peer   *peer,
          Job     job,
          double *wall,
          double *cpu,
          gint64 *sum)
{
  g_autofree char *line = NULL;
  g_autofree char *question = g_strdup_printf ("%d\n", (int) job);
  long long value;

  g_output_stream_write_all (g_subprocess_get_stdin_pipe (peer->process), question, strlen (question), NULL, NULL, NULL);
  line = g_data_input_stream_read_line (peer->answers, NULL, NULL, NULL);
  if (line == NULL || sscanf (line, "%lf %lf %lld", wall, cpu, &value) != 3)
    return FALSE;
  *sum = value;
  return TRUE;
}

static char *
write_events (const GArray *events)
{
  g_autoptr (GError) error = NULL;
  char *path = NULL;
  int fd = g_file_open_tmp ("qd-bench-XXXXXX", &path, &error);

  if (fd < 0 || !g_close (fd, &error) || !g_file_set_contents (path, events->data, events->len * sizeof (Event), &error))
    g_error ("%s", error->message);
  return path;
}

int
main (int   argc,
      char *argv[])
{
  const char *size = g_getenv ("QD_BENCH_SIZE");
  guint32 n_accounts = g_strcmp0 (size, "S") == 0 ? 2000 : g_strcmp0 (size, "M") == 0 ? 50000 : 200000;
  g_autoptr (GArray) events = make_events (n_accounts);
  g_autoptr (QdBook) book = make_book (events, n_accounts);
  g_autoptr (QdProfile) profile = qd_profile_new ("Bench", 1);
  g_autoptr (QdLedger) ledger = qd_ledger_new (book, profile, NULL, NULL);
  g_autofree char *data = write_events (events);
  Peer peer = { 0 };
  gboolean has_peer = start_peer (&peer, data);

  printf ("metrics: %u accounts, %d months, %u events; medians of %d rounds, ours and the peer's in turn\n", n_accounts,
          MONTHS, events->len, ROUNDS);
  if (!has_peer)
    printf ("metrics: peer numpy is missing: only our own times\n");
  for (int job = 0; job < N_JOBS; job++)
    {
      double wall[ROUNDS], cpu[ROUNDS], peer_wall[ROUNDS] = { 0 }, peer_cpu[ROUNDS] = { 0 };
      gint64 sum = 0, peer_sum = 0;
      gboolean compared = has_peer && job != JOB_LEDGER;

      for (int round = 0; round < ROUNDS; round++)
        {
          double start = now (CLOCK_MONOTONIC), cpu_start = now (CLOCK_PROCESS_CPUTIME_ID);

          sum = run_job ((Job) job, book, ledger);
          wall[round] = now (CLOCK_MONOTONIC) - start;
          cpu[round] = now (CLOCK_PROCESS_CPUTIME_ID) - cpu_start;
          if (compared && !ask_peer (&peer, (Job) job, &peer_wall[round], &peer_cpu[round], &peer_sum))
            compared = has_peer = FALSE;
        }
      printf ("metrics: %-32s %8.1f ms (cpu %.1f)", job_names[job], median (wall), median (cpu));
      if (compared)
        printf ("   numpy %8.1f ms (cpu %.1f)   ratio %.2f%s", median (peer_wall), median (peer_cpu),
                median (wall) / median (peer_wall), sum == peer_sum ? "" : "   NOT THE SAME RESULT");
      printf ("\n");
    }
  if (peer.process != NULL)
    g_output_stream_close (g_subprocess_get_stdin_pipe (peer.process), NULL, NULL);
  g_clear_object (&peer.answers);
  g_clear_object (&peer.process);
  remove (data);
  return 0;
}
