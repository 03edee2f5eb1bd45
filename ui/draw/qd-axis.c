/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "qd-axis.h"

#include <math.h>

/**
 * qd_axis_find_range:
 * @values: (array length=n): any numbers
 * @n: how many
 * @low: (out): the least finite value
 * @high: (out): the greatest finite value
 *
 * Returns: whether there is any finite value
 */
gboolean
qd_axis_find_range (const double *values,
                    gsize         n,
                    double       *low,
                    double       *high)
{
  gboolean any = FALSE;

  for (gsize i = 0; i < n; i++)
    {
      if (!isfinite (values[i]))
        continue;
      *low = any ? MIN (*low, values[i]) : values[i];
      *high = any ? MAX (*high, values[i]) : values[i];
      any = TRUE;
    }
  return any;
}

static double
multiply (gint64 count,
          double multiple,
          int    power)
{
  return power >= 0 ? count * multiple * pow (10, power) : count * multiple / pow (10, -power);
}

static void
place_ticks (QdAxis *axis,
             double  low,
             double  high)
{
  double step = multiply (1, axis->multiple, axis->power);
  double slack = step * 1e-9;

  axis->first = (gint64) ceil ((low - slack) / step);
  axis->n_ticks = (int) MAX (0, (gint64) floor ((high + slack) / step) - axis->first + 1);
}

/**
 * qd_axis_new:
 * @low: the least value; not finite or above @high: as if there were no data
 * @high: the greatest value
 * @max_ticks: 2 to `QD_AXIS_MAX_TICKS`; more are never made, but for a third
 *   where two cannot do
 * @flags: whether zero must be in, and whether the ends become ticks
 *
 * Makes an axis over a range. A range of one value is widened: to zero when
 * `QD_AXIS_ZERO` is set, else by a tenth to both sides; without data the axis
 * goes from 0 to 1.
 *
 * Returns: the axis, with at least one tick
 */
QdAxis
qd_axis_new (double      low,
             double      high,
             int         max_ticks,
             QdAxisFlags flags)
{
  static const double multiples[] = { 1, 2, 5 };
  QdAxis axis = { 0 };
  double span;
  int power;
  guint m = 0;

  max_ticks = CLAMP (max_ticks, 2, QD_AXIS_MAX_TICKS);
  if (!isfinite (low) || !isfinite (high) || low > high)
    low = 0, high = 1;
  low = CLAMP (low, -1e300, 1e300);
  high = CLAMP (high, -1e300, 1e300);
  if (flags & QD_AXIS_ZERO)
    low = MIN (low, 0), high = MAX (high, 0);
  if (high - low <= MAX (fabs (low), fabs (high)) * 1e-12)
    {
      double widen = low == 0 ? 0.5 : fabs (low) * 0.1;

      if (low == 0 && (flags & QD_AXIS_ZERO))
        low = 0, high = 1;
      else
        low -= widen, high += widen;
    }
  /* Ends that are ticks on both sides of zero need a third one; with free ends
   * three are needed so that at least one lies between them. */
  if (!(flags & QD_AXIS_NICE) || (low < 0 && high > 0))
    max_ticks = MAX (max_ticks, 3);
  span = high - low;
  power = (int) floor (log10 (span / max_ticks));

  /* From a step that is surely too fine to the first that is coarse enough. */
  for (;; m++)
    {
      double step, from = low, to = high;

      if (m == G_N_ELEMENTS (multiples))
        m = 0, power++;
      axis.multiple = multiples[m];
      axis.power = power;
      step = multiply (1, axis.multiple, axis.power);
      if (span / step > QD_AXIS_MAX_TICKS * 4)
        continue;
      if (flags & QD_AXIS_NICE)
        {
          from = floor (low / step + 1e-9) * step;
          to = ceil (high / step - 1e-9) * step;
        }
      place_ticks (&axis, from, to);
      if (axis.n_ticks <= max_ticks)
        {
          axis.low = from;
          axis.high = to;
          break;
        }
    }
  if ((flags & QD_AXIS_NICE) && axis.n_ticks > 0)
    {
      axis.low = MIN (low, qd_axis_get_tick (&axis, 0));
      axis.high = MAX (high, qd_axis_get_tick (&axis, axis.n_ticks - 1));
    }
  return axis;
}

/**
 * qd_axis_trim:
 * @self: an axis with ends that are ticks
 * @low: the least value
 * @high: the greatest value
 * @slack: how much of the range may stay empty at either end, 0 to 1
 * @max_ticks: as for qd_axis_new()
 *
 * Pulls in an end that leaves more than @slack of the range empty, and chooses
 * the ticks anew.
 */
void
qd_axis_trim (QdAxis *self,
              double  low,
              double  high,
              double  slack,
              int     max_ticks)
{
  double span = high - low, from = self->low, to = self->high;

  if (!(span > 0) || !isfinite (span))
    return;
  if (low - from > slack * span)
    from = low - slack * span * 0.4;
  if (to - high > slack * span)
    to = high + slack * span * 0.4;
  if (from != self->low || to != self->high)
    *self = qd_axis_new (from, to, max_ticks, QD_AXIS_NONE);
}

/**
 * qd_axis_get_step:
 * @self: an axis
 *
 * Returns: the distance of two ticks, above zero
 */
double
qd_axis_get_step (const QdAxis *self)
{
  return multiply (1, self->multiple, self->power);
}

/**
 * qd_axis_get_tick:
 * @self: an axis
 * @index: 0 to n_ticks − 1
 *
 * Returns: the value at a tick, a whole multiple of the step
 */
double
qd_axis_get_tick (const QdAxis *self,
                  int           index)
{
  return multiply (self->first + index, self->multiple, self->power);
}

/**
 * qd_axis_get_decimals:
 * @self: an axis
 * @power: the power of ten of one unit of the labels: −2 for percent
 *
 * Returns: how many decimals tick labels need, 0 to 6
 */
int
qd_axis_get_decimals (const QdAxis *self,
                      int           power)
{
  return CLAMP (power - self->power, 0, 6);
}

/**
 * qd_axis_map:
 * @self: an axis
 * @value: a finite value
 * @at_low: where the low end lies
 * @at_high: where the high end lies
 *
 * Returns: where @value lies, on the line through both
 */
double
qd_axis_map (const QdAxis *self,
             double        value,
             double        at_low,
             double        at_high)
{
  return at_low + (value - self->low) / (self->high - self->low) * (at_high - at_low);
}

static int
first_multiple (QdMonth first,
                int     months)
{
  int rest = (int) (((gint64) first % months + months) % months);

  return rest == 0 ? 0 : months - rest;
}

/**
 * qd_time_axis_new:
 * @first: the first month
 * @n_months: how many months, from 1
 * @length: length of the axis in points
 * @month_width: room that the name of a month needs, with its gap
 * @year_width: room that a year needs, with its gap
 *
 * Chooses which months carry a label so that labels do not touch: each month,
 * quarters, half years, years, or every few years, always counted from January.
 *
 * Returns: the axis; n_ticks is 0 when no such month lies in the range
 */
QdTimeAxis
qd_time_axis_new (QdMonth first,
                  int     n_months,
                  double  length,
                  double  month_width,
                  double  year_width)
{
  static const struct
  {
    int months;
    QdTimeStep kind;
  } steps[] = {
    { 1, QD_TIME_MONTHS },        { 3, QD_TIME_QUARTERS },     { 6, QD_TIME_HALVES },     { 12, QD_TIME_YEARS },
    { 24, QD_TIME_MANY_YEARS },   { 60, QD_TIME_MANY_YEARS },  { 120, QD_TIME_MANY_YEARS }, { 240, QD_TIME_MANY_YEARS },
    { 600, QD_TIME_MANY_YEARS },  { 1200, QD_TIME_MANY_YEARS }, { 12000, QD_TIME_MANY_YEARS },
  };
  double pitch = length / MAX (n_months, 1);
  QdTimeAxis axis = { 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      axis.kind = steps[i].kind;
      axis.months = steps[i].months;
      if (pitch * steps[i].months >= (steps[i].months < 12 ? month_width : year_width))
        break;
    }
  axis.offset = first_multiple (first, axis.months);
  axis.n_ticks = axis.offset < n_months ? (n_months - 1 - axis.offset) / axis.months + 1 : 0;
  return axis;
}

/**
 * qd_axis_thin:
 * @values: (array length=n): values at evenly spaced places; not finite is a gap
 * @n: how many
 * @columns: device columns that the places share
 * @indexes: (out caller-allocates) (array): room for @n indexes
 *
 * Leaves at most four points per device column, with the least and greatest of
 * each kept, so that no peak is lost. A gap is kept as one index.
 *
 * Returns: how many indexes were written, in rising order
 */
guint
qd_axis_thin (const double *values,
              guint         n,
              guint         columns,
              guint        *indexes)
{
  guint written = 0;

  if (columns == 0 || n <= columns * 4)
    {
      for (guint i = 0; i < n; i++)
        indexes[i] = i;
      return n;
    }
  for (guint column = 0; column < columns; column++)
    {
      guint from = (guint) ((guint64) column * n / columns), to = (guint) ((guint64) (column + 1) * n / columns);
      guint keep[5], n_keep = 0, least = from, most = from, gap = n;

      for (guint i = from; i < to; i++)
        {
          if (!isfinite (values[i]))
            {
              gap = MIN (gap, i);
              continue;
            }
          if (!isfinite (values[least]) || values[i] < values[least])
            least = i;
          if (!isfinite (values[most]) || values[i] > values[most])
            most = i;
        }
      keep[n_keep++] = from;
      keep[n_keep++] = MIN (least, most);
      keep[n_keep++] = MAX (least, most);
      keep[n_keep++] = to - 1;
      if (gap < n)
        keep[n_keep++] = gap;
      for (guint i = 1; i < n_keep; i++)
        for (guint j = i; j > 0 && keep[j - 1] > keep[j]; j--)
          {
            guint swap = keep[j];
            keep[j] = keep[j - 1];
            keep[j - 1] = swap;
          }
      for (guint i = 0; i < n_keep; i++)
        if (written == 0 || indexes[written - 1] != keep[i])
          indexes[written++] = keep[i];
    }
  return written;
}

/**
 * qd_axis_spread:
 * @centres: (array length=n) (inout): wanted centres, rising
 * @n: how many
 * @height: height of each box
 * @low: where boxes may begin
 * @high: where they must end
 *
 * Moves centres as little as possible, so that boxes neither overlap nor leave
 * the range. Where the range is too small for all, they are spaced evenly.
 */
void
qd_axis_spread (double *centres,
                guint   n,
                double  height,
                double  low,
                double  high)
{
  g_autofree guint *count = g_new (guint, MAX (n, 1));
  g_autofree double *mean = g_new (double, MAX (n, 1));
  guint blocks = 0, at = 0;

  if (n == 0)
    return;
  if (n * height > high - low)
    {
      for (guint i = 0; i < n; i++)
        centres[i] = low + (high - low) * (i + 0.5) / n;
      return;
    }
  /* Pool neighbours that collide; a pool keeps the mean of its wanted places. */
  for (guint i = 0; i < n; i++)
    {
      count[blocks] = 1;
      mean[blocks] = CLAMP (centres[i], low + height / 2, high - height / 2);
      blocks++;
      for (;;)
        {
          double half = count[blocks - 1] * height / 2;

          mean[blocks - 1] = CLAMP (mean[blocks - 1], low + half, high - half);
          if (blocks < 2 ||
              mean[blocks - 1] - mean[blocks - 2] >= (count[blocks - 1] + count[blocks - 2]) * height / 2 - 1e-9)
            break;
          mean[blocks - 2] = (mean[blocks - 2] * count[blocks - 2] + mean[blocks - 1] * count[blocks - 1]) /
                             (count[blocks - 2] + count[blocks - 1]);
          count[blocks - 2] += count[blocks - 1];
          blocks--;
        }
    }
  for (guint b = 0; b < blocks; b++)
    for (guint k = 0; k < count[b]; k++)
      centres[at++] = mean[b] + (k - (count[b] - 1) / 2.) * height;
}
