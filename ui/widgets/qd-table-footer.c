/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The footer of the table view: how many rows, and what they sum to.
 */
#define G_LOG_DOMAIN "quarterdeck"

#include "config.h"

#include "qd-table-view-private.h"

#include <glib/gi18n-lib.h>

/* The footer says no more sums than this; its tooltip says all. */
#define MAX_SUMS 6 /* the tooltip has all of them */

static gboolean
is_summed (QdTableView *self,
           guint        column)
{
  const QdColumn *info = qd_table_get_column (self->table, column);

  if (self->sums != NULL)
    return g_strv_contains ((const char *const *) self->sums, info->id) &&
           (info->type == QD_COLUMN_MONEY || info->type == QD_COLUMN_COUNT);
  return info->type == QD_COLUMN_MONEY;
}

/* FALSE: beyond what 64 bits hold. */
static gboolean
sum_column (QdTableView *self,
            guint        column,
            gboolean     selected,
            gint64      *sum)
{
  guint n;
  const guint32 *order = qd_table_model_get_order (self->model, &n);

  *sum = 0;
  if (!selected && n == qd_table_get_n_rows (self->table))
    return qd_table_index_sum (self->index, column, sum);
  for (guint i = 0; i < n; i++)
    {
      if (selected && !qd_table_model_is_row_selected (self->model, order[i]))
        continue;
      if (!qd_table_is_missing (self->table, order[i], column) &&
          __builtin_add_overflow (*sum, qd_table_get_integer (self->table, order[i], column), sum))
        return FALSE;
    }
  return TRUE;
}

static char *
format_sum (QdTableView *self,
            guint        column,
            gint64       sum)
{
  gint64 unit = 1;

  if (qd_table_get_column (self->table, column)->type == QD_COLUMN_COUNT)
    return qd_format_count (self->format, sum);
  for (int i = 0; i < qd_table_get_exponent (self->table); i++)
    unit *= 10;
  return sum % unit != 0 ? qd_format_money_exact (self->format, sum) : qd_format_money_full (self->format, (double) sum);
}

static char *
count_rows (QdTableView *self,
            guint        n_selected)
{
  guint n_all = qd_table_get_n_rows (self->table), n = qd_table_model_get_n_rows (self->model);
  g_autofree char *shown = qd_format_count (self->format, n);
  g_autofree char *all = qd_format_count (self->format, n_all);
  g_autofree char *selected = qd_format_count (self->format, n_selected);

  if (n_selected > 0)
    /* Translators: the number of selected rows, and of all: "3 of 412 selected". */
    return g_strdup_printf (ngettext ("%s of %s selected", "%s of %s selected", n_selected), selected, shown);
  if (n < n_all)
    /* Translators: the number of rows that hold the text looked for, and of all: "37 of 412 rows". */
    return g_strdup_printf (ngettext ("%s of %s row", "%s of %s rows", n_all), shown, all);
  return g_strdup_printf (ngettext ("%s row", "%s rows", n), shown);
}

/**
 * qd_table_view_update_footer:
 * @self: a table view
 *
 * Counts and sums what is seen, or of it what is selected.
 */
void
qd_table_view_update_footer (QdTableView *self)
{
  g_autoptr (GArray) columns = NULL;
  g_autoptr (GString) text = NULL;
  g_autoptr (GString) all = NULL;
  g_autofree char *rows = NULL;
  guint n_selected, n_sums = 0;
  gboolean some;

  if (self->table == NULL)
    return;
  n_selected = qd_table_model_count_selected (self->model);
  some = n_selected > 0 && n_selected < qd_table_model_get_n_rows (self->model);
  rows = count_rows (self, n_selected);
  text = g_string_new (rows);
  all = g_string_new (rows);
  columns = qd_table_view_dup_columns (self);
  for (guint i = 0; i < columns->len; i++)
    {
      guint column = g_array_index (columns, guint, i);
      g_autofree char *sum_text = NULL;
      gint64 sum;

      if (!is_summed (self, column) || !sum_column (self, column, some, &sum))
        continue;
      sum_text = format_sum (self, column, sum);
      g_string_append_printf (all, " · %s %s", _(qd_table_get_column (self->table, column)->title), sum_text);
      if (n_sums++ < MAX_SUMS)
        g_string_append_printf (text, " · %s %s", _(qd_table_get_column (self->table, column)->title), sum_text);
    }
  gtk_label_set_label (self->summary, text->str);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->summary), all->str);
  gtk_widget_set_visible (self->open_button, g_signal_has_handler_pending (self, g_signal_lookup ("row-activated", QD_TYPE_TABLE_VIEW), 0, TRUE));
  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->actions), "open")),
                               n_selected == 1);
  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->actions), "edit")),
                               n_selected == 1 && self->editable != NULL && self->editable[0] != NULL);
}

