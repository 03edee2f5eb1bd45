/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "qd-figures-private.h"

/* Columns are read better than a line while each can be told apart. */
#define MAX_COLUMNS 60

/* Indices of months, or n: there is none. */
typedef struct
{
  guint began;           /* the first month as a customer */
  guint left, back;      /* within the window: the last time that it left, the last time that it came back */
  guint gone;            /* before the window: when it left for good */
  gint before, last;     /* of the window; −1: before the data */
} Story;

static gboolean
was_customer (const QdAccountCourse *course,
              gint                   month)
{
  return month >= 0 && course->active[month];
}

static Story
read_story (const QdAccountCourse *course,
            const QdWindow        *window)
{
  Story story = { course->n, course->n, course->n, course->n, window->before - course->first, (gint) course->n - 1 };

  story.before = MAX (story.before, -1);
  for (guint i = 0; i < course->n; i++)
    {
      gboolean was = was_customer (course, (gint) i - 1), is = course->active[i], within = (gint) i > story.before;

      if (is && story.began == course->n)
        story.began = i;
      else if (is && !was && within)
        story.back = i;
      if (was && !is)
        *(within ? &story.left : &story.gone) = i;
    }
  return story;
}

/* "ARR grew from $1.2M to $1.4M": what it was when the window began, what it is now. */
static char *
write_change (const QdFormat *format,
              double          before,
              double          now)
{
  g_autofree char *from = qd_format_money (format, before), *to = qd_format_money (format, now);

  if (qd_figures_same (format, QD_UNIT_MONEY, before, now))
    /* Translators: money; the period stands before it */
    return g_strdup_printf (_("ARR stayed at %s"), to);
  if (now > before)
    /* Translators: money before and after; the period stands before it */
    return g_strdup_printf (_("ARR grew from %1$s to %2$s"), from, to);
  /* Translators: money before and after; the period stands before it */
  return g_strdup_printf (_("ARR shrank from %1$s to %2$s"), from, to);
}

/* Of a customer at the end of the window. */
static char *
write_stay (const QdAccountCourse *course,
            const Story           *story,
            const QdFormat        *format)
{
  double now = course->arr[story->last], before = story->before >= 0 ? course->arr[story->before] : 0;
  g_autofree char *back = story->back < course->n ? qd_format_month (format, course->first + (QdMonth) story->back) : NULL;
  g_autofree char *to = qd_format_money (format, now);

  if (back != NULL && was_customer (course, story->before))
    {
      g_autofree char *change = write_change (format, before, now);
      g_autofree char *left = qd_format_month (format, course->first + (QdMonth) story->left);

      /* Translators: months, then "ARR grew from $1.2k to $1.4k" */
      return g_strdup_printf (_("left in %1$s, back in %2$s; %3$s"), left, back, change);
    }
  if (back != NULL)
    /* Translators: a month, money */
    return g_strdup_printf (_("came back in %1$s; ARR is %2$s"), back, to);
  if (was_customer (course, story->before))
    return write_change (format, before, now);
  /* Translators: money */
  return g_strdup_printf (_("ARR is %s"), to);
}

/* Of somebody who is no customer at the end of the window. */
static char *
write_leave (const QdAccountCourse *course,
             const Story           *story,
             const QdFormat        *format)
{
  g_autofree char *month = NULL, *from = NULL;

  if (story->left == course->n)
    {
      month = story->gone < course->n ? qd_format_month (format, course->first + (QdMonth) story->gone) : NULL;
      /* Translators: a month */
      return month != NULL ? g_strdup_printf (_("no ARR; the customer left in %s"), month) : g_strdup (_("no ARR"));
    }
  month = qd_format_month (format, course->first + (QdMonth) story->left);
  from = qd_format_money (format, course->arr[story->left - 1]);
  /* Translators: a month, money */
  return g_strdup_printf (_("left in %1$s with %2$s of ARR"), month, from);
}

/* "customer since Mar 2023, with a break Jul 2024 to Sep 2024"; of what happened within the window the title speaks. */
static char *
write_since (const QdAccountCourse *course,
             const Story           *story,
             gboolean               is,
             const QdFormat        *format)
{
  g_autofree char *month = qd_format_month (format, course->first + (QdMonth) story->began);
  g_autofree char *since = NULL;
  g_autofree char *breaks = qd_figures_dup_breaks (format, course->first, course->active, (guint) (story->before + 1));

  if (story->began == 0)
    /* Translators: the month in which the data begins */
    since = g_strdup_printf (is ? _("customer since %s or earlier") : _("first a customer in %s or earlier"), month);
  else
    /* Translators: a month */
    since = g_strdup_printf (is ? _("customer since %s") : _("first a customer in %s"), month);
  return breaks != NULL ? g_strdup_printf ("%s, %s", since, breaks) : g_steal_pointer (&since);
}

/* "12 months to Jun 2026: ARR grew from $1.2M to $1.4M; customer since Mar 2023". Who it is stands below. */
static char *
write_title (const QdAccountCourse *course,
             const QdWindow        *window,
             const QdFormat        *format)
{
  Story story = read_story (course, window);
  gboolean is = story.last >= 0 && course->active[story.last];
  g_autofree char *what = is ? write_stay (course, &story, format) : write_leave (course, &story, format);
  g_autofree char *when = qd_figures_dup_window (format, *window);

  if (is && story.began > 0 && (gint) story.began > story.before && story.back == course->n)
    {
      g_autofree char *month = qd_format_month (format, course->first + (QdMonth) story.began);

      /* Translators: a period, "ARR is $1.2k", a month */
      return g_strdup_printf (_("%1$s: %2$s; won in %3$s"), when, what, month);
    }
  if (story.began < course->n)
    {
      g_autofree char *since = write_since (course, &story, is, format);

      /* Translators: a period, what happened, since when it is a customer */
      return g_strdup_printf (_("%1$s: %2$s; %3$s"), when, what, since);
    }
  /* Translators: a period, what happened */
  return g_strdup_printf (_("%1$s: %2$s"), when, what);
}

/**
 * qd_figure_account:
 * @course: the customer's months
 * @window: (nullable): what the title is about
 * @context: what stands around it
 *
 * One customer's ARR over time. Months before the first revenue are left out;
 * the title says what happened within the window, and since when it is a
 * customer.
 *
 * Returns: (transfer full): the chart
 */
QdChartSpec *
qd_figure_account (const QdAccountCourse *course,
                   const QdWindow        *window,
                   const QdFigureContext *context)
{
  QdFigureContext own;
  QdChartSpec *spec;
  QdMonth first;
  g_autofree char *title = NULL, *when = NULL;
  guint skip = 0, n;

  g_return_val_if_fail (course != NULL && course->name != NULL && context != NULL, NULL);

  /* one customer, whatever the filter */
  own = *context;
  own.company = course->name;
  own.scope = NULL;
  while (skip < course->n && !(course->arr[skip] > 0))
    skip++;
  spec = qd_chart_spec_new (QD_CHART_TIME, context->format);
  qd_chart_spec_set_empty_reason (spec, _("This customer has no recurring revenue up to this month."));
  qd_chart_spec_set_panel (spec, 0, QD_UNIT_MONEY, NULL);
  if (skip == course->n)
    {
      qd_figures_set_frame (spec, &own, _("ARR at the end of each month"), "");
      return spec;
    }
  title = window != NULL ? write_title (course, window, context->format) : NULL;
  /* one month without, so that the beginning is seen as one */
  skip -= skip > 0;
  first = course->first + (QdMonth) skip;
  n = course->n - skip;
  when = qd_figures_dup_span (context->format, first, first + (QdMonth) n - 1);
  qd_chart_spec_set_title (spec, title);
  qd_figures_set_frame (spec, &own, _("ARR at the end of each month"), when);
  qd_chart_spec_set_months (spec, first, n, 1);
  qd_chart_spec_set_from_zero (spec, 0, TRUE);
  qd_chart_spec_add_series (spec, 0, n <= MAX_COLUMNS ? QD_SERIES_COLUMN : QD_SERIES_LINE, _("ARR"), QD_TONE_NEUTRAL,
                            course->arr + skip);
  return spec;
}
