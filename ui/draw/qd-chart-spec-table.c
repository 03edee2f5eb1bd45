/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The numbers of a chart as a table, with their types.
 */
#include "config.h"

#include "qd-chart-spec-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static QdColumnType
get_type (QdUnit unit)
{
  return unit == QD_UNIT_RATE    ? QD_COLUMN_RATE
         : unit == QD_UNIT_MONEY ? QD_COLUMN_MONEY
         : unit == QD_UNIT_COUNT ? QD_COLUMN_COUNT
                                 : QD_COLUMN_NUMBER;
}

static void
add_value (QdTable     *table,
           QdColumnType type,
           double       value)
{
  if (!isfinite (value))
    qd_table_add_missing (table);
  else if (type == QD_COLUMN_RATE || type == QD_COLUMN_NUMBER)
    qd_table_add_double (table, value);
  else
    qd_table_add_integer (table, llround (value));
}

/* A heading that no column before has. (transfer full) */
static char *
dup_heading (const GArray *columns,
             const char   *label,
             const char   *otherwise)
{
  g_autofree char *heading = g_strdup (label != NULL && *label != '\0' ? label : otherwise);

  for (guint i = 0, n = 2; i < columns->len; i++)
    if (g_str_equal (g_array_index (columns, QdColumn, i).id, heading))
      {
        g_autofree char *next = g_strdup_printf ("%s (%u)", label != NULL && *label != '\0' ? label : otherwise, n++);

        g_free (heading);
        heading = g_steal_pointer (&next);
        i = (guint) -1;
      }
  return g_steal_pointer (&heading);
}

static void
add_column (GArray      *columns,
            const char  *label,
            const char  *otherwise,
            QdColumnType type)
{
  g_autofree char *heading = dup_heading (columns, label, otherwise);
  /* Headings that stand in the chart are translated already: their column has no msgid. */
  QdColumn column = { g_intern_string (heading), NULL, type };

  g_array_append_val (columns, column);
}

static QdTable *
make_time (const QdChartSpec *self,
           GArray            *columns)
{
  QdTable *table;

  add_column (columns, NULL, _("Period"), self->place_labels != NULL ? QD_COLUMN_TEXT : QD_COLUMN_MONTH);
  for (guint s = 0; s < self->series->len; s++)
    if (!qd_spec_series (self, s)->hidden)
      add_column (columns, qd_spec_series (self, s)->label, _("Value"),
                  get_type (self->panels[qd_spec_series (self, s)->panel].unit));
  table = qd_table_new ("chart", qd_format_get_currency (self->format), (const QdColumn *) columns->data, columns->len);
  for (guint p = 0; p < self->n_places; p++)
    {
      if (self->place_labels != NULL)
        qd_table_add_text (table, self->place_labels[p]);
      else
        qd_table_add_integer (table, self->first_month + (QdMonth) p * self->step);
      for (guint s = 0, c = 1; s < self->series->len; s++)
        if (!qd_spec_series (self, s)->hidden)
          add_value (table, g_array_index (columns, QdColumn, c++).type, qd_chart_spec_get_value (self, s, p));
      qd_table_end_row (table);
    }
  return table;
}

/* A label without the spaces that keep a line together: what is looked up in a sheet has common ones. */
static void
add_label (QdTable    *table,
           const char *label)
{
  g_auto (GStrv) parts = g_strsplit (label, "\302\240", -1);
  g_autofree char *text = g_strjoinv (" ", parts);

  qd_table_add_text (table, text);
}

static QdTable *
make_steps (const QdChartSpec *self,
            GArray            *columns)
{
  QdTable *table;

  add_column (columns, NULL, _("Step"), QD_COLUMN_TEXT);
  add_column (columns, NULL, _("Value"), QD_COLUMN_MONEY);
  table = qd_table_new ("chart", qd_format_get_currency (self->format), (const QdColumn *) columns->data, columns->len);
  for (guint p = 0; p < self->steps->len; p++)
    {
      add_label (table, qd_spec_step (self, p)->label);
      add_value (table, QD_COLUMN_MONEY, qd_chart_spec_get_value (self, 0, p));
      qd_table_end_row (table);
    }
  return table;
}

static QdTable *
make_grid (const QdChartSpec *self,
           GArray            *columns)
{
  gboolean sizes = FALSE;
  QdTable *table;

  for (guint r = 0; r < self->rows->len; r++)
    sizes = sizes || qd_spec_row (self, r)->size != NULL;
  add_column (columns, self->row_title, _("Row"), QD_COLUMN_TEXT);
  if (sizes)
    add_column (columns, self->size_title, _("Size"), QD_COLUMN_TEXT);
  for (guint c = 0; c < self->columns->len; c++)
    add_column (columns, g_ptr_array_index (self->columns, c), _("Value"), QD_COLUMN_RATE);
  table = qd_table_new ("chart", qd_format_get_currency (self->format), (const QdColumn *) columns->data, columns->len);
  for (guint r = 0; r < self->rows->len; r++)
    {
      add_label (table, qd_spec_row (self, r)->label);
      if (sizes && qd_spec_row (self, r)->size != NULL)
        qd_table_add_text (table, qd_spec_row (self, r)->size);
      else if (sizes)
        qd_table_add_missing (table);
      for (guint c = 0; c < self->columns->len; c++)
        add_value (table, QD_COLUMN_RATE, qd_chart_spec_get_value (self, r, c));
      qd_table_end_row (table);
    }
  return table;
}

/**
 * qd_chart_spec_to_table:
 * @self: a spec
 *
 * Makes the table that says the same as the chart, with real numbers and
 * months: over time a row for each month and a column for each series; of a
 * bridge a row for each step; of a heat map its rows and columns. What the
 * chart leaves blank is missing.
 *
 * Returns: (transfer full): the table; a table's own is the same object
 */
QdTable *
qd_chart_spec_to_table (const QdChartSpec *self)
{
  g_autoptr (GArray) columns = g_array_new (FALSE, FALSE, sizeof (QdColumn));

  g_return_val_if_fail (self != NULL, NULL);
  switch (self->kind)
    {
    case QD_CHART_TABLE:
      if (self->table != NULL)
        return qd_table_ref (self->table);
      add_column (columns, NULL, _("Value"), QD_COLUMN_TEXT);
      return qd_table_new ("chart", qd_format_get_currency (self->format), (const QdColumn *) columns->data, 1);
    case QD_CHART_WATERFALL:
      return make_steps (self, columns);
    case QD_CHART_HEATMAP:
      return make_grid (self, columns);
    case QD_CHART_TIME:
    case QD_CHART_SPARKLINE:
    default:
      return make_time (self, columns);
    }
}
