/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "data/base/qd-job.h"

static void
count_cb (QdJob      *job,
          GParamSpec *pspec,
          gpointer    data)
{
  int *n = data;

  g_assert_true (g_main_context_is_owner (g_main_context_default ()));
  (*n)++;
}

static gboolean
stop_waiting_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

/* Turns the main loop until the job has ended and told so, ten seconds at most. */
static void
wait_for_end (QdJob *job,
              int   *n_ends)
{
  gboolean late = FALSE;
  guint source = g_timeout_add_seconds (10, stop_waiting_cb, &late);

  while (*n_ends == 0 && !late)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (late);
  g_source_remove (source);
}

static void
test_new (void)
{
  g_autoptr (QdJob) job = qd_job_new ("Import", NULL);
  g_autofree char *title = NULL, *status = NULL;
  double fraction;
  int state;

  g_assert_cmpstr (qd_job_get_title (job), ==, "Import");
  g_assert_null (qd_job_dup_status (job));
  g_assert_cmpfloat (qd_job_get_fraction (job), ==, -1);
  g_assert_cmpint (qd_job_get_state (job), ==, QD_JOB_RUNNING);
  g_assert_true (G_IS_CANCELLABLE (qd_job_get_cancellable (job)));

  qd_job_report (job, 0.25, "Reading");
  g_object_get (job, "title", &title, "status", &status, "fraction", &fraction, "state", &state, NULL);
  g_assert_cmpstr (title, ==, "Import");
  g_assert_cmpstr (status, ==, "Reading");
  g_assert_cmpfloat (fraction, ==, 0.25);
  g_assert_cmpint (state, ==, QD_JOB_RUNNING);
}

/* Work without an audience needs no job. */
static void
test_without (void)
{
  g_autoptr (GError) error = NULL;

  qd_job_report (NULL, 0.5, "Reading");
  qd_job_finish (NULL, NULL);
  g_assert_true (qd_job_check (NULL, &error));
  g_assert_no_error (error);
}

static void
test_status_kept (void)
{
  g_autoptr (QdJob) job = qd_job_new ("Import", NULL);
  g_autofree char *status = NULL;

  qd_job_report (job, 0.25, "Reading");
  qd_job_report (job, 7, NULL);
  status = qd_job_dup_status (job);
  g_assert_cmpstr (status, ==, "Reading");
  g_assert_cmpfloat (qd_job_get_fraction (job), ==, 1);
}

static gpointer
work_cb (gpointer data)
{
  QdJob *job = data;

  for (int i = 0; i < 100000; i++)
    {
      g_autofree char *status = g_strdup_printf ("Row %d", i);

      qd_job_report (job, i / 100000.0, status);
    }
  qd_job_finish (job, NULL);
  return NULL;
}

/* A hundred thousand reports from a thread reach the main loop as a few notifications. */
static void
test_coalesced (void)
{
  g_autoptr (QdJob) job = qd_job_new ("Import", NULL);
  gint64 start = g_get_monotonic_time (), took;
  GThread *thread;
  int n_ends = 0, n_fractions = 0;

  g_signal_connect (job, "notify::fraction", G_CALLBACK (count_cb), &n_fractions);
  thread = g_thread_new ("worker", work_cb, job);
  while (qd_job_get_state (job) == QD_JOB_RUNNING)
    g_main_context_iteration (NULL, TRUE);
  g_thread_join (thread);
  g_signal_connect (job, "notify::state", G_CALLBACK (count_cb), &n_ends);
  if (n_fractions == 0 || g_main_context_pending (NULL))
    wait_for_end (job, &n_ends);
  took = (g_get_monotonic_time () - start) / 1000;

  g_assert_cmpint (n_fractions, >=, 1);
  g_assert_cmpint (n_fractions, <=, took / 100 + 2);
  g_assert_cmpfloat (qd_job_get_fraction (job), ==, 1);
  g_assert_cmpint (qd_job_get_state (job), ==, QD_JOB_DONE);
}

static void
test_cancel (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (QdJob) job = qd_job_new ("Import", cancellable);
  g_autoptr (GError) error = NULL;
  int n_ends = 0;

  g_signal_connect (job, "notify::state", G_CALLBACK (count_cb), &n_ends);
  g_assert_true (qd_job_get_cancellable (job) == cancellable);
  g_assert_true (qd_job_check (job, &error));
  qd_job_cancel (job);
  g_assert_true (g_cancellable_is_cancelled (cancellable));
  g_assert_cmpint (qd_job_get_state (job), ==, QD_JOB_RUNNING);
  g_assert_false (qd_job_check (job, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  qd_job_finish (job, error);
  g_assert_cmpint (qd_job_get_state (job), ==, QD_JOB_CANCELLED);
  wait_for_end (job, &n_ends);
}

static void
test_fail (void)
{
  g_autoptr (QdJob) job = qd_job_new ("Import", NULL);
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NO_SPACE, "full");
  int n_ends = 0;

  g_signal_connect (job, "notify::state", G_CALLBACK (count_cb), &n_ends);
  qd_job_report (job, 0.5, "Writing");
  qd_job_finish (job, error);
  g_assert_cmpint (qd_job_get_state (job), ==, QD_JOB_FAILED);
  g_assert_cmpfloat (qd_job_get_fraction (job), ==, 0.5);
  wait_for_end (job, &n_ends);
}

/* A pending notification keeps the job alive, and gives it back. */
static void
test_finalize (void)
{
  QdJob *job = qd_job_new ("Import", NULL);

  g_object_add_weak_pointer (G_OBJECT (job), (gpointer *) &job);
  qd_job_report (job, 0.5, "Reading");
  qd_job_finish (job, NULL);
  g_object_unref (job);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_null (job);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/job/new", test_new);
  g_test_add_func ("/job/without", test_without);
  g_test_add_func ("/job/status-kept", test_status_kept);
  g_test_add_func ("/job/coalesced", test_coalesced);
  g_test_add_func ("/job/cancel", test_cancel);
  g_test_add_func ("/job/fail", test_fail);
  g_test_add_func ("/job/finalize", test_finalize);
  return g_test_run ();
}
