/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-figures-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>
#include <math.h>

GPtrArray *
qd_figures_pick_movements (const QdMovements *movements)
{
  GPtrArray *picked = g_ptr_array_new ();

  for (guint i = 0; i < movements->rows->len; i++)
    if (g_array_index (movements->rows, QdMovement, i).group == NULL)
      g_ptr_array_add (picked, &g_array_index (movements->rows, QdMovement, i));
  return picked;
}

GPtrArray *
qd_figures_pick_retentions (const QdRetentions *retentions)
{
  GPtrArray *picked = g_ptr_array_new ();

  for (guint i = 0; i < retentions->rows->len; i++)
    if (g_array_index (retentions->rows, QdRetention, i).group == NULL)
      g_ptr_array_add (picked, &g_array_index (retentions->rows, QdRetention, i));
  return picked;
}

void
qd_figures_set_frame (QdChartSpec           *spec,
                      const QdFigureContext *context,
                      const char            *what,
                      const char            *when)
{
  g_autoptr (GString) subject = g_string_new (NULL);
  g_autoptr (GString) period = g_string_new (when);

  if (context->company && *context->company)
    g_string_append_printf (subject, "%s · ", context->company);
  g_string_append (subject, what);
  if (context->scope && *context->scope)
    g_string_append_printf (period, "%s%s", period->len ? " · " : "", context->scope);
  if (context->definition && *context->definition)
    {
      /* Translators: the definition profile that the figures follow. */
      g_autofree char *definition = g_strdup_printf (_("definition: %s"), context->definition);
      g_string_append_printf (period, "%s%s", period->len ? " · " : "", definition);
    }
  qd_chart_spec_set_subject (spec, subject->str);
  qd_chart_spec_set_period (spec, period->str);
  qd_chart_spec_set_source (spec, context->source);
}

/**
 * qd_figures_dup_window:
 * @format: how months are written
 * @window: a window
 *
 * Returns: (transfer full): "12 months to Jun 2026", "Jun 2026", "8 months to
 *   date, Nov 2024"
 */
char *
qd_figures_dup_window (const QdFormat *format,
                       QdWindow        window)
{
  g_autofree char *last = qd_format_month (format, window.last);
  guint months = (guint) MAX (window.last - window.before, 0);

  if (window.open)
    /* Translators: months of a fiscal year or quarter that is not over: "8 months to date, Nov 2024". */
    return g_strdup_printf (ngettext ("%u month to date, %s", "%u months to date, %s", months), months, last);
  if (months <= 1)
    return g_steal_pointer (&last);
  /* Translators: "12 months to Jun 2026". */
  return g_strdup_printf (ngettext ("%u month to %s", "%u months to %s", months), months, last);
}

/**
 * qd_figures_dup_span:
 * @format: how months are written
 * @first: a month
 * @last: another
 *
 * Returns: (transfer full): "Jul 2024 to Jun 2026", or one month
 */
char *
qd_figures_dup_span (const QdFormat *format,
                     QdMonth         first,
                     QdMonth         last)
{
  g_autofree char *from = qd_format_month (format, first), *to = qd_format_month (format, last);

  if (first >= last)
    return g_steal_pointer (&to);
  /* Translators: "Jul 2024 to Jun 2026". */
  return g_strdup_printf (_("%s to %s"), from, to);
}

/**
 * qd_figures_dup_breaks:
 * @format: how months are written
 * @first: the first of the months
 * @active: (array length=n): whether it was a customer at the end of each month
 * @n: how many
 *
 * Says when a customer was away: whoever reads "customer since" takes it that
 * it never left.
 *
 * Returns: (transfer full) (nullable): "with a break Jul 2024 to Sep 2024", or
 *   `NULL` when it never came back
 */
char *
qd_figures_dup_breaks (const QdFormat *format,
                       QdMonth         first,
                       const guint8   *active,
                       guint           n)
{
  guint n_breaks = 0, left = 0, from = 0, to = 0;
  gboolean was = FALSE;
  g_autofree char *span = NULL, *count = NULL;

  g_return_val_if_fail (format != NULL && (active != NULL || n == 0), NULL);

  for (guint i = 0; i < n; i++)
    {
      /* Nothing is a break until somebody is back. */
      if (active[i] && left > 0)
        {
          n_breaks++;
          from = left;
          to = i - 1;
        }
      left = active[i] ? 0 : was ? i : left;
      was = active[i];
    }
  if (n_breaks == 0)
    return NULL;
  span = qd_figures_dup_span (format, first + (QdMonth) from, first + (QdMonth) to);
  if (n_breaks == 1)
    /* Translators: follows "customer since Mar 2022"; months: "Jul 2024 to Sep 2024", or one month. */
    return g_strdup_printf (_("with a break %s"), span);
  count = qd_format_count (format, n_breaks);
  /* Translators: follows "customer since Mar 2022"; a number above one; months: "Jul 2024 to Sep 2024", or one month. */
  return g_strdup_printf (ngettext ("with %1$s break, the last %2$s", "with %1$s breaks, the last %2$s", n_breaks), count, span);
}

/**
 * qd_figures_dup_period:
 * @format: how months are written
 * @windows: (array length=n): windows, oldest first
 * @n: how many
 *
 * Says which months several windows are about.
 *
 * Returns: (transfer full): "Jul 2024 to Jun 2026, 12 months each", "" of none
 */
char *
qd_figures_dup_period (const QdFormat *format,
                       const QdWindow *windows,
                       guint           n)
{
  g_autofree char *span = NULL, *basis = NULL;
  guint months = 0;

  if (n == 0)
    return g_strdup ("");
  if (n == 1)
    return qd_figures_dup_window (format, windows[0]);
  for (guint i = 0; i < n; i++)
    months = MAX (months, (guint) MAX (windows[i].last - windows[i].before, 0));
  if (months <= 1)
    return qd_figures_dup_span (format, windows[0].last, windows[n - 1].last);
  span = qd_figures_dup_span (format, windows[0].last, windows[n - 1].last);
  if (windows[n - 1].open)
    basis = g_strdup (months == 12 ? _("fiscal years, the last one open") : _("fiscal quarters, the last one open"));
  else
    basis = g_strdup_printf (ngettext ("%u month each", "%u months each", months), months);
  return g_strdup_printf ("%s, %s", span, basis);
}

void
qd_figures_set_places (QdChartSpec    *spec,
                       const QdWindow *windows,
                       guint           n)
{
  int step = n > 1 ? windows[1].last - windows[0].last : 1;
  gboolean even = TRUE;

  for (guint i = 1; i < n; i++)
    even &= windows[i].last - windows[i - 1].last == step;
  qd_chart_spec_set_months (spec, n ? windows[0].last : QD_MONTH_NONE, n, MAX (step, 1));
  if (n > 1 && (!even || step > 1))
    {
      /* Quarters and years are named by their last month: fiscal ones have no other name that all know. */
      g_autoptr (GPtrArray) labels = g_ptr_array_new_with_free_func (g_free);

      for (guint i = 0; i < n; i++)
        g_ptr_array_add (labels, qd_format_month (qd_chart_spec_get_format (spec), windows[i].last));
      qd_chart_spec_set_place_labels (spec, (const char *const *) labels->pdata);
    }
}

char *
qd_figures_dup_cohort (const QdFormat *format,
                       QdMonth         first,
                       int             step)
{
  g_autofree char *from = NULL, *to = NULL;

  if (step == 1)
    return qd_format_month (format, first);
  if (step == 12 && qd_month_get_number (first) == 1)
    return qd_format_year (format, first);
  /* A fiscal year spans two calendar years. */
  from = qd_month_get_year (first) == qd_month_get_year (first + step - 1) ? qd_format_month_name (format, first)
                                                                           : qd_format_month (format, first);
  to = qd_format_month (format, first + step - 1);
  return g_strdup_printf ("%s–%s", from, to);
}

char *
qd_figures_join (const char *message,
                 const char *because)
{
  if (because == NULL || *because == '\0')
    return g_strdup (message);
  /* Translators: two half sentences of a title. */
  return g_strdup_printf (_("%s; %s"), message, because);
}

void
qd_figures_set_drill (QdChartSpec *spec,
                      guint        series,
                      guint        place,
                      const char  *id,
                      QdWindow     window)
{
  QdDrill drill;

  if (!isfinite (qd_chart_spec_get_value (spec, series, place)))
    return;
  if (qd_drill_init_shown (&drill, id, window))
    qd_chart_spec_set_drill (spec, series, place, &drill);
}

gboolean
qd_figures_same (const QdFormat *format,
                 QdUnit          unit,
                 double          a,
                 double          b)
{
  g_autofree char *x = qd_format_value (format, unit, a), *y = qd_format_value (format, unit, b);

  return g_str_equal (x, y);
}

/**
 * qd_figure_table:
 * @table: any result table
 * @title: (nullable): its message
 * @subject: what it shows, with the unit
 * @context: what stands around it
 *
 * Makes a table for a page; its columns' titles are its headings.
 *
 * Returns: (transfer full): the spec
 */
QdChartSpec *
qd_figure_table (QdTable               *table,
                 const char            *title,
                 const char            *subject,
                 const QdFigureContext *context)
{
  QdChartSpec *spec;

  g_return_val_if_fail (table != NULL && subject != NULL && context != NULL, NULL);
  spec = qd_chart_spec_new (QD_CHART_TABLE, context->format);
  qd_chart_spec_set_title (spec, title);
  qd_figures_set_frame (spec, context, subject, "");
  qd_chart_spec_set_table (spec, table);
  qd_chart_spec_set_empty_reason (spec, _("The table has no rows for this scope."));
  return spec;
}

/**
 * qd_figure_sparkline:
 * @unit: of the values
 * @first: month of the first
 * @values: (array length=n): not finite: missing
 * @n: how many
 * @context: what stands around it; only the format is used
 *
 * Makes a line as small as a word, for tiles and rows.
 *
 * Returns: (transfer full): the spec
 */
QdChartSpec *
qd_figure_sparkline (QdUnit                 unit,
                     QdMonth                first,
                     const double          *values,
                     guint                  n,
                     const QdFigureContext *context)
{
  QdChartSpec *spec;

  g_return_val_if_fail (context != NULL && (values != NULL || n == 0), NULL);
  spec = qd_chart_spec_new (QD_CHART_SPARKLINE, context->format);
  qd_chart_spec_set_months (spec, first, n, 1);
  qd_chart_spec_set_panel (spec, 0, unit, NULL);
  if (n > 0)
    qd_chart_spec_add_series (spec, 0, QD_SERIES_LINE, "", QD_TONE_SERIES_1, values);
  return spec;
}
