/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "data/base/qd-task.h"

static GThread *ended_on;

static void
ended_cb (gpointer  data,
          GObject  *was)
{
  ended_on = g_thread_self ();
}

/* Still there when the callback has been called, and whoever asked has forgotten it. */
static void
work (GTask        *task,
      gpointer      source,
      gpointer      data,
      GCancellable *cancellable)
{
  g_assert_true (G_IS_OBJECT (source));
  g_assert_cmpstr (data, ==, "data");
  g_task_return_int (task, 42);
  g_usleep (G_USEC_PER_SEC / 20);
}

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  GError *error = NULL;

  g_assert_true (g_task_is_valid (result, source));
  g_assert_cmpint (g_task_propagate_int (G_TASK (result), &error), ==, 42);
  g_assert_no_error (error);
  *(gboolean *) data = TRUE;
}

static void
test_source_ends_here (void)
{
  GObject *source = g_object_new (G_TYPE_OBJECT, NULL);
  gboolean done = FALSE;

  ended_on = NULL;
  g_object_weak_ref (source, ended_cb, NULL);
  {
    g_autoptr (GTask) task = g_task_new (source, NULL, done_cb, &done);

    g_task_set_task_data (task, (gpointer) "data", NULL);
    qd_task_run_in_thread (task, work);
  }
  g_object_unref (source);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
  for (gint64 end = g_get_monotonic_time () + 10 * G_USEC_PER_SEC; ended_on == NULL && g_get_monotonic_time () < end;)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
  g_assert_true (ended_on == g_thread_self ());
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/task/source-ends-here", test_source_ends_here);
  return g_test_run ();
}
