/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "heart.h"

#include <fcntl.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "ui-fixture.h"

#define BEAT_MS 5
/* 100 ms is what we want, and print. Work is this thread's own; a stop may also be the display server, which waits for
 * its turn, too, so that it gets more: waiting for an import would take longer still. */
#define WORK_LIMIT_MS 250
#define STOP_LIMIT_MS 2000

/* Milliseconds that this thread was ready and had to wait. */
static double
get_wait (void)
{
  char text[128];
  unsigned long long run, wait;
  int fd = open ("/proc/thread-self/schedstat", O_RDONLY);
  ssize_t n = fd >= 0 ? read (fd, text, sizeof text - 1) : -1;

  if (fd >= 0)
    close (fd);
  if (n <= 0)
    return 0;
  text[n] = '\0';
  return sscanf (text, "%llu %llu", &run, &wait) == 2 ? (double) wait / 1e6 : 0;
}

static double
get_cpu (void)
{
  struct timespec time;

  return clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time) == 0 ? (double) time.tv_sec * 1e3 + (double) time.tv_nsec / 1e6 : 0;
}

static gboolean
beat_cb (gpointer data)
{
  QdHeart *heart = data;
  gint64 now = g_get_monotonic_time ();
  double wait = get_wait (), cpu = get_cpu ();
  double gap = (double) (now - heart->last) / 1000 - (wait - heart->last_wait) - BEAT_MS;

  heart->longest = MAX (heart->longest, gap);
  heart->most_work = MAX (heart->most_work, cpu - heart->last_cpu);
  heart->last = now;
  heart->last_wait = wait;
  heart->last_cpu = cpu;
  heart->beats++;
  return G_SOURCE_CONTINUE;
}

void
qd_heart_start (QdHeart *heart)
{
  *heart = (QdHeart){ .last = g_get_monotonic_time (), .last_wait = get_wait (), .last_cpu = get_cpu () };
  heart->source = g_timeout_add_full (G_PRIORITY_HIGH, BEAT_MS, beat_cb, heart, NULL);
}

void
qd_heart_stop (QdHeart    *heart,
               const char *what)
{
  /* what was over sooner is heard to its end */
  qd_ui_wait_while (heart->beats <= 2);
  g_source_remove (heart->source);
  g_test_message ("%s: longest stop of the main loop %.0f ms, longest work %.0f ms, in %u beats", what, heart->longest,
                  heart->most_work, heart->beats);
  g_assert_cmpfloat (heart->most_work, <, WORK_LIMIT_MS);
  g_assert_cmpfloat (heart->longest, <, STOP_LIMIT_MS);
}
