/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "ui/draw/qd-axis.h"

static void
test_ticks (void)
{
  static const struct
  {
    double low, high;
    int max;
    QdAxisFlags flags;
    int n;
    double first, last;
  } cases[] = {
    { 0, 10, 6, QD_AXIS_NICE, 6, 0, 10 },
    { 0, 1, 6, QD_AXIS_NICE, 6, 0, 1 },
    { 0.862, 1.087, 6, QD_AXIS_NICE, 6, 0.85, 1.1 },
    { 3, 97, 6, QD_AXIS_NICE | QD_AXIS_ZERO, 6, 0, 100 },
    { -3, 7, 6, QD_AXIS_NICE, 4, -5, 10 },
    { -97, -3, 6, QD_AXIS_NICE | QD_AXIS_ZERO, 6, -100, 0 },
    { 5, 5, 6, QD_AXIS_NICE | QD_AXIS_ZERO, 6, 0, 5 },
    { 0, 0, 6, QD_AXIS_NICE | QD_AXIS_ZERO, 6, 0, 1 },
    { 1, 1, 6, QD_AXIS_NICE, 5, 0.9, 1.1 },
    { NAN, 3, 6, QD_AXIS_NICE, 6, 0, 1 },
    { 3, -INFINITY, 6, QD_AXIS_NICE, 6, 0, 1 },
    { 4, 3, 6, QD_AXIS_NICE, 6, 0, 1 },
    { 0.13, 0.87, 6, QD_AXIS_NONE, 4, 0.2, 0.8 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      QdAxis axis = qd_axis_new (cases[i].low, cases[i].high, cases[i].max, cases[i].flags);

      g_test_message ("case %" G_GSIZE_FORMAT ": %d ticks from %g by %g", i, axis.n_ticks, qd_axis_get_tick (&axis, 0),
                      qd_axis_get_step (&axis));
      g_assert_cmpint (axis.n_ticks, ==, cases[i].n);
      /* Exact: 0.3 is 0.3. */
      g_assert_cmpfloat (qd_axis_get_tick (&axis, 0), ==, cases[i].first);
      g_assert_cmpfloat (qd_axis_get_tick (&axis, axis.n_ticks - 1), ==, cases[i].last);
    }
}

static void
test_decimals_exact (void)
{
  QdAxis axis = qd_axis_new (0, 0.7, 8, QD_AXIS_NICE);
  static const double expected[] = { 0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7 };

  g_assert_cmpint (axis.n_ticks, ==, 8);
  for (int i = 0; i < 8; i++)
    g_assert_cmpfloat (qd_axis_get_tick (&axis, i), ==, expected[i]);
  g_assert_cmpint (qd_axis_get_decimals (&axis, 0), ==, 1);
  g_assert_cmpint (qd_axis_get_decimals (&axis, -2), ==, 0);
}

/* Whatever comes in: few ticks, inside, evenly spaced, the data inside. */
static void
test_any_range (void)
{
  static const double ends[] = { -INFINITY, -1e308, -1e300, -1e9, -37.5, -1, -1e-9, -1e-300, 0, 1e-300, 1e-12, 0.3,
                                 0.999999, 1, 1.0000001, 99.5, 12345.678, 1e15, 1e300, 1e308, INFINITY, NAN };

  for (gsize a = 0; a < G_N_ELEMENTS (ends); a++)
    for (gsize b = 0; b < G_N_ELEMENTS (ends); b++)
      for (int flags = 0; flags < 4; flags++)
        for (int max = 2; max <= 11; max += 3)
          {
            QdAxis axis = qd_axis_new (ends[a], ends[b], max, flags);

            g_assert_true (isfinite (axis.low) && isfinite (axis.high));
            g_assert_cmpfloat (axis.low, <, axis.high);
            g_assert_cmpint (axis.n_ticks, >=, 1);
            g_assert_cmpint (axis.n_ticks, <=, MAX (max, 3));
            for (int i = 0; i < axis.n_ticks; i++)
              {
                double tick = qd_axis_get_tick (&axis, i), slack = (axis.high - axis.low) * 1e-6;

                g_assert_cmpfloat (tick, >=, axis.low - slack);
                g_assert_cmpfloat (tick, <=, axis.high + slack);
                if (i > 0)
                  g_assert_cmpfloat (tick, >, qd_axis_get_tick (&axis, i - 1));
              }
            if (isfinite (ends[a]) && isfinite (ends[b]) && ends[a] <= ends[b] && fabs (ends[a]) <= 1e300 &&
                fabs (ends[b]) <= 1e300)
              {
                g_assert_cmpfloat (axis.low, <=, ends[a] + (axis.high - axis.low) * 1e-6);
                g_assert_cmpfloat (axis.high, >=, ends[b] - (axis.high - axis.low) * 1e-6);
              }
            if (flags & QD_AXIS_ZERO)
              g_assert_true (axis.low <= 0 && axis.high >= 0);
          }
}

static void
test_trim (void)
{
  QdAxis axis = qd_axis_new (0.41, 1.02, 3, QD_AXIS_NICE);

  g_assert_cmpfloat (axis.high, ==, 2);
  qd_axis_trim (&axis, 0.41, 1.02, 0.1, 3);
  g_assert_cmpfloat (axis.high, <, 1.1);
  g_assert_cmpfloat (axis.high, >=, 1.02);
  g_assert_cmpfloat (axis.low, <=, 0.41);
  g_assert_cmpint (axis.n_ticks, >=, 1);
}

static void
test_range (void)
{
  const double values[] = { NAN, 3, -INFINITY, -2, INFINITY, 0 };
  double low = 7, high = 7;

  g_assert_true (qd_axis_find_range (values, 6, &low, &high));
  g_assert_cmpfloat (low, ==, -2);
  g_assert_cmpfloat (high, ==, 3);
  g_assert_false (qd_axis_find_range (values, 1, &low, &high));
  g_assert_false (qd_axis_find_range (values, 0, &low, &high));
}

static void
test_time (void)
{
  QdMonth july = qd_month_from_ym (2024, 7);
  static const struct
  {
    int n;
    double length;
    int months, offset, n_ticks;
  } cases[] = {
    { 12, 600, 1, 0, 12 },  /* 50 points a month: all */
    { 24, 360, 3, 0, 8 },   /* 15: quarters; July begins one */
    { 60, 300, 6, 0, 10 },  /* 5: halves */
    { 60, 160, 12, 6, 5 },  /* 2.7: Januaries */
    { 120, 160, 24, 18, 5 }, /* 1.3: January of every even year */
    { 3, 20, 6, 0, 1 },
    { 1, 5, 6, 0, 1 },
    { 5, 8, 24, 18, 0 },    /* no such January among these months */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      QdTimeAxis axis = qd_time_axis_new (july, cases[i].n, cases[i].length, 25, 30);

      g_assert_cmpint (axis.months, ==, cases[i].months);
      g_assert_cmpint (axis.offset, ==, cases[i].offset);
      g_assert_cmpint (axis.n_ticks, ==, cases[i].n_ticks);
    }
}

static void
test_thin (void)
{
  enum { N = 5000 };
  g_autofree double *values = g_new (double, N);
  g_autofree guint *indexes = g_new (guint, N);
  guint n;
  gboolean peak = FALSE, dip = FALSE, gap = FALSE;

  for (int i = 0; i < N; i++)
    values[i] = sin (i / 40.);
  values[1234] = 9;
  values[4321] = -9;
  values[2500] = NAN;
  n = qd_axis_thin (values, N, 300, indexes);
  g_assert_cmpuint (n, <=, 300 * 5);
  g_assert_cmpuint (indexes[0], ==, 0);
  g_assert_cmpuint (indexes[n - 1], ==, N - 1);
  for (guint i = 0; i < n; i++)
    {
      g_assert_true (i == 0 || indexes[i] > indexes[i - 1]);
      peak |= indexes[i] == 1234;
      dip |= indexes[i] == 4321;
      gap |= indexes[i] == 2500;
    }
  g_assert_true (peak && dip && gap);
  /* Few points stay as they are. */
  n = qd_axis_thin (values, 60, 300, indexes);
  g_assert_cmpuint (n, ==, 60);
  n = qd_axis_thin (values, 0, 300, indexes);
  g_assert_cmpuint (n, ==, 0);
}

static void
test_spread (void)
{
  static const double wanted[][5] = { { 10, 11, 12, 13, 14 }, { 0, 0, 0, 0, 0 }, { 99, 99, 100, 100, 100 }, { 5, 20, 21, 60, 95 } };

  for (gsize c = 0; c < G_N_ELEMENTS (wanted); c++)
    {
      double centres[5];

      for (int i = 0; i < 5; i++)
        centres[i] = wanted[c][i];
      qd_axis_spread (centres, 5, 10, 0, 100);
      for (int i = 0; i < 5; i++)
        {
          g_assert_cmpfloat (centres[i], >=, 5 - 1e-9);
          g_assert_cmpfloat (centres[i], <=, 95 + 1e-9);
          if (i > 0)
            g_assert_cmpfloat (centres[i] - centres[i - 1], >=, 10 - 1e-9);
        }
    }
  {
    double apart[] = { 10, 40, 90 };

    qd_axis_spread (apart, 3, 10, 0, 100);
    g_assert_cmpfloat (apart[0], ==, 10);
    g_assert_cmpfloat (apart[1], ==, 40);
    g_assert_cmpfloat (apart[2], ==, 90);
  }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/draw/axis/ticks", test_ticks);
  g_test_add_func ("/draw/axis/decimals-exact", test_decimals_exact);
  g_test_add_func ("/draw/axis/any-range", test_any_range);
  g_test_add_func ("/draw/axis/trim", test_trim);
  g_test_add_func ("/draw/axis/range", test_range);
  g_test_add_func ("/draw/axis/time", test_time);
  g_test_add_func ("/draw/axis/thin", test_thin);
  g_test_add_func ("/draw/axis/spread", test_spread);
  return g_test_run ();
}
