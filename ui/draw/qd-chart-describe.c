/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Charts in words.
 */
#include "config.h"

#include "qd-chart-layout-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static void
describe_series (const QdChartSpec *spec,
                 guint              index,
                 GString           *out)
{
  int first = -1, last = -1, least = -1, most = -1;
  double lowest = 0, highest = 0, change;
  g_autofree char *first_value = NULL, *last_value = NULL, *least_value = NULL, *most_value = NULL;
  g_autofree char *first_place = NULL, *last_place = NULL, *least_place = NULL, *most_place = NULL;
  const char *label = qd_chart_spec_get_series_label (spec, index);

  for (guint p = 0; p < qd_chart_spec_get_n_places (spec); p++)
    {
      double value = qd_chart_spec_get_value (spec, index, p);

      if (!isfinite (value))
        continue;
      if (first < 0)
        first = least = most = (int) p, lowest = highest = value;
      last = (int) p;
      if (value < lowest)
        lowest = value, least = (int) p;
      if (value > highest)
        highest = value, most = (int) p;
    }
  if (first < 0)
    {
      /* Translators: a series without values, in the description of a chart. */
      g_string_append_printf (out, _(" %s: no values."), label);
      return;
    }
  first_value = qd_chart_spec_dup_value_text (spec, index, first);
  first_place = qd_chart_spec_dup_place_label (spec, first);
  last_value = qd_chart_spec_dup_value_text (spec, index, last);
  last_place = qd_chart_spec_dup_place_label (spec, last);
  least_value = qd_chart_spec_dup_value_text (spec, index, least);
  least_place = qd_chart_spec_dup_place_label (spec, least);
  most_value = qd_chart_spec_dup_value_text (spec, index, most);
  most_place = qd_chart_spec_dup_place_label (spec, most);
  if (first == last)
    {
      /* Translators: series, value, month. */
      g_string_append_printf (out, _(" %s: %s in %s."), label, last_value, last_place);
      return;
    }
  change = qd_chart_spec_get_value (spec, index, last) - qd_chart_spec_get_value (spec, index, first);
  if (g_str_equal (first_value, last_value))
    /* Translators: series, value, month, value, month. */
    g_string_append_printf (out, _(" %s ends where it began: %s in %s, %s in %s;"), label, first_value, first_place,
                            last_value, last_place);
  else if (change > 0)
    g_string_append_printf (out, _(" %s rises from %s in %s to %s in %s;"), label, first_value, first_place, last_value,
                            last_place);
  else
    g_string_append_printf (out, _(" %s falls from %s in %s to %s in %s;"), label, first_value, first_place, last_value,
                            last_place);
  if (lowest == highest)
    g_string_append (out, _(" it does not change."));
  else
    /* Translators: value, month, value, month. */
    g_string_append_printf (out, _(" lowest %s in %s, highest %s in %s."), least_value, least_place, most_value, most_place);
}

static void
describe_time (const QdChartSpec *spec,
               GString           *out)
{
  guint n = qd_chart_spec_get_n_places (spec), lines = 0, columns = 0;
  g_autofree char *first = qd_chart_spec_dup_place_label (spec, 0), *last = qd_chart_spec_dup_place_label (spec, n - 1);

  for (guint i = 0; i < spec->series->len; i++)
    {
      lines += qd_spec_series (spec, i)->mark == QD_SERIES_LINE;
      columns += qd_spec_series (spec, i)->mark == QD_SERIES_COLUMN;
    }
  g_string_append (out, lines && columns ? _("Chart of lines and columns") : columns ? _("Column chart") : _("Line chart"));
  if (n == 1)
    g_string_append_printf (out, _(", %s only."), last);
  else
    /* Translators: count of months or quarters, first, last. */
    g_string_append_printf (out, ngettext (", %u period from %s to %s.", ", %u periods from %s to %s.", n), n, first, last);
  for (guint i = 0; i < spec->series->len; i++)
    if (!qd_spec_series (spec, i)->hidden)
      describe_series (spec, i, out);
}

static void
describe_waterfall (const QdChartSpec *spec,
                    GString           *out)
{
  g_string_append (out, _("Bridge:"));
  for (guint i = 0; i < spec->steps->len; i++)
    {
      g_autofree char *value = qd_chart_spec_dup_value_text (spec, 0, i);

      g_string_append_printf (out, "%s %s %s", i ? "," : "", qd_spec_step (spec, i)->label, value);
    }
  g_string_append_c (out, '.');
  for (guint i = 0; i < spec->brackets->len; i++)
    g_string_append_printf (out, " %s.", qd_spec_bracket (spec, i)->label);
  if (qd_spec_is_cut (spec))
    g_string_append_printf (out, " %s", _("The bars of the totals are cut: they do not begin at zero."));
}

static void
describe_heatmap (const QdChartSpec *spec,
                  GString           *out)
{
  double low = INFINITY, high = -INFINITY;
  guint low_row = 0, low_column = 0, high_row = 0, high_column = 0, n_rows = 0;

  for (guint r = 0; r < spec->rows->len; r++)
    {
      const QdRow *row = qd_spec_row (spec, r);

      if (row->kind != QD_ROW_AVERAGE)
        n_rows++;
      for (guint c = 0; c < row->n_values && row->kind == QD_ROW_NORMAL; c++)
        {
          if (!isfinite (row->values[c]))
            continue;
          if (row->values[c] < low)
            low = row->values[c], low_row = r, low_column = c;
          if (row->values[c] > high)
            high = row->values[c], high_row = r, high_column = c;
        }
    }
  g_string_append_printf (out, ngettext ("Heat map of %u row", "Heat map of %u rows", n_rows), n_rows);
  g_string_append_printf (out, ngettext (" and %u column.", " and %u columns.", spec->columns->len), spec->columns->len);
  if (low <= high)
    {
      g_autofree char *least = qd_format_percent (spec->format, low, 1), *most = qd_format_percent (spec->format, high, 1);

      /* Translators: value, row, column, value, row, column; small cohorts are left out. */
      g_string_append_printf (out, _(" Lowest %s (%s, column %s), highest %s (%s, column %s)."), least,
                              qd_spec_row (spec, low_row)->label,
                              (char *) g_ptr_array_index (spec->columns, MIN (low_column, spec->columns->len - 1)), most,
                              qd_spec_row (spec, high_row)->label,
                              (char *) g_ptr_array_index (spec->columns, MIN (high_column, spec->columns->len - 1)));
    }
  for (guint r = 0; r < spec->rows->len; r++)
    {
      const QdRow *row = qd_spec_row (spec, r);
      int last = -1;

      if (row->kind != QD_ROW_AVERAGE)
        continue;
      for (guint c = 0; c < row->n_values && c < spec->columns->len; c++)
        if (isfinite (row->values[c]))
          last = (int) c;
      if (last >= 0)
        {
          g_autofree char *value = qd_format_percent (spec->format, row->values[last], 1);

          /* Translators: name of the average row, value, name of the column. */
          g_string_append_printf (out, _(" %s: %s in column %s."), row->label, value,
                                  (char *) g_ptr_array_index (spec->columns, last));
        }
    }
}

static void
describe_table (const QdChartSpec *spec,
                GString           *out)
{
  guint n = qd_table_get_n_rows (spec->table), columns = qd_table_get_n_columns (spec->table);
  g_autofree char *count = qd_format_count (spec->format, n);

  g_string_append_printf (out, ngettext ("Table of %s row:", "Table of %s rows:", n), count);
  for (guint c = 0; c < columns; c++)
    {
      g_autofree char *head = qd_chart_spec_dup_place_label (spec, c);
      g_string_append_printf (out, "%s %s", c ? "," : "", head);
    }
  g_string_append_c (out, '.');
}

static void
append_sentence (GString    *out,
                 const char *text)
{
  if (text == NULL)
    return;
  g_string_append (out, text);
  if (!g_str_has_suffix (text, ".") && !g_str_has_suffix (text, "!") && !g_str_has_suffix (text, "?"))
    g_string_append_c (out, '.');
  g_string_append_c (out, ' ');
}

/**
 * qd_chart_describe:
 * @spec: a chart
 *
 * Says a chart in words, for those who do not see it: the message, what and
 * when, the type, then trend, extremes and last value of each series, and the
 * notes. O(values).
 *
 * Returns: (transfer full): one or more sentences, translated
 */
char *
qd_chart_describe (const QdChartSpec *spec)
{
  GString *out;

  g_return_val_if_fail (spec != NULL, NULL);
  out = g_string_new (NULL);
  append_sentence (out, spec->title);
  append_sentence (out, spec->subject);
  append_sentence (out, spec->period);
  if (qd_chart_spec_is_empty (spec))
    {
      g_string_append (out, _("No data"));
      g_string_append_printf (out, ": %s", spec->empty_reason ? spec->empty_reason : _("There are no values to show."));
      return g_string_free (out, FALSE);
    }
  switch (spec->kind)
    {
    case QD_CHART_TIME:
    case QD_CHART_SPARKLINE:
      describe_time (spec, out);
      break;
    case QD_CHART_WATERFALL:
      describe_waterfall (spec, out);
      break;
    case QD_CHART_HEATMAP:
      describe_heatmap (spec, out);
      break;
    case QD_CHART_TABLE:
      describe_table (spec, out);
      break;
    default:
      g_assert_not_reached ();
    }
  for (guint i = 0; i < spec->notes->len; i++)
    g_string_append_printf (out, " %s", (const char *) spec->notes->pdata[i]);
  return g_string_free (out, FALSE);
}
