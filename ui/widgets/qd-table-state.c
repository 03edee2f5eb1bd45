/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What others take from the table view: the selected rows, a copy, the place in it.
 */
#define G_LOG_DOMAIN "quarterdeck"

#include "config.h"

#include "qd-table-view-private.h"

#include <string.h>

/* More selected rows than this are not remembered by a place. */
#define MAX_KEYS 500

/**
 * qd_table_view_dup_selected_rows:
 * @self: a table view
 *
 * Returns: (transfer full) (element-type guint): rows of the table that are selected and seen, in the order on screen
 */
GArray *
qd_table_view_dup_selected_rows (QdTableView *self)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (guint));
  guint n;
  const guint32 *order = qd_table_model_get_order (self->model, &n);

  for (guint i = 0; i < n; i++)
    if (qd_table_model_is_row_selected (self->model, order[i]))
      {
        guint row = order[i];

        g_array_append_val (rows, row);
      }
  return rows;
}

/**
 * qd_table_view_dup_selection:
 * @self: a table view with a table
 *
 * Returns: (transfer full) (nullable): the selected rows, or all that are seen when none is, with the columns that
 *   are seen, all in the order on screen; `NULL` without a table
 */
QdTable *
qd_table_view_dup_selection (QdTableView *self)
{
  g_autoptr (GArray) columns = NULL;
  g_autofree QdColumn *infos = NULL;
  QdTable *copy;
  gboolean all;
  guint n;
  const guint32 *order;

  g_return_val_if_fail (QD_IS_TABLE_VIEW (self), NULL);
  if (self->table == NULL)
    return NULL;
  columns = qd_table_view_dup_columns (self);
  infos = g_new (QdColumn, columns->len);
  for (guint i = 0; i < columns->len; i++)
    infos[i] = *qd_table_get_column (self->table, g_array_index (columns, guint, i));
  copy = qd_table_new (qd_table_get_id (self->table), qd_table_get_currency (self->table), infos, columns->len);
  order = qd_table_model_get_order (self->model, &n);
  all = qd_table_model_count_selected (self->model) == 0;
  for (guint i = 0; i < n; i++)
    {
      if (!all && !qd_table_model_is_row_selected (self->model, order[i]))
        continue;
      for (guint c = 0; c < columns->len; c++)
        qd_table_add_cell (copy, self->table, order[i], g_array_index (columns, guint, c));
      qd_table_end_row (copy);
    }
  return copy;
}

/* --- state --- */

/* Rows move when the data changes; their first cell mostly stays. */
static char *
dup_key (QdTable *table,
         guint    row)
{
  g_autofree char *text = qd_table_format_iso (table, row, 0);

  return g_strdup_printf ("%u:%s", row, text);
}

/**
 * qd_table_view_save_state:
 * @self: a table view
 *
 * Returns: (transfer full): selection, order, search and scroll position in one line
 */
char *
qd_table_view_save_state (QdTableView *self)
{
  g_autoptr (GArray) rows = NULL;
  g_autoptr (GVariant) state = NULL;
  GVariantBuilder keys;

  g_return_val_if_fail (QD_IS_TABLE_VIEW (self), NULL);
  g_variant_builder_init (&keys, G_VARIANT_TYPE ("as"));
  rows = qd_table_view_dup_selected_rows (self);
  for (guint i = 0; i < rows->len && rows->len <= MAX_KEYS; i++)
    {
      g_autofree char *key = dup_key (self->table, g_array_index (rows, guint, i));

      g_variant_builder_add (&keys, "s", key);
    }
  state = g_variant_ref_sink (g_variant_new ("(sbsddas)", self->sort != NULL ? self->sort : "", self->descending,
                                             self->search, qd_table_view_get_scroll (self), self->before_search, &keys));
  return g_variant_print (state, FALSE);
}

static void
select_keys (QdTableView  *self,
             GVariantIter *keys)
{
  guint n = qd_table_get_n_rows (self->table);
  g_autoptr (GHashTable) moved = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  char *key;

  while (g_variant_iter_loop (keys, "s", &key))
    {
      guint row = (guint) g_ascii_strtoull (key, NULL, 10);
      const char *colon = strchr (key, ':');
      g_autofree char *own = row < n ? dup_key (self->table, row) : NULL;

      if (g_strcmp0 (own, key) == 0)
        qd_table_model_select_row (self->model, row, TRUE);
      else if (colon != NULL)
        g_hash_table_add (moved, g_strdup (colon + 1));
    }
  for (guint r = 0; r < n && g_hash_table_size (moved) > 0; r++)
    {
      g_autofree char *text = qd_table_format_iso (self->table, r, 0);

      if (g_hash_table_remove (moved, text))
        qd_table_model_select_row (self->model, r, TRUE);
    }
}

/**
 * qd_table_view_restore_state:
 * @self: a table view
 * @state: (nullable): what qd_table_view_save_state() gave; `NULL`: nothing selected, no search, at the top
 *
 * Brings selection, order, search and scroll position back, as far as the rows
 * are still there. What is not a state is passed over.
 */
void
qd_table_view_restore_state (QdTableView *self,
                             const char  *state)
{
  g_autoptr (GVariant) value = NULL;
  g_autoptr (GVariantIter) keys = NULL;
  const char *sort, *search;
  gboolean descending;
  double scroll, before;

  g_return_if_fail (QD_IS_TABLE_VIEW (self));
  if (self->table == NULL)
    return;
  gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->model));
  if (state == NULL)
    {
      qd_table_view_set_search_text (self, "");
      qd_table_view_scroll_to (self, 0);
      return;
    }
  value = g_variant_parse (G_VARIANT_TYPE ("(sbsddas)"), state, NULL, NULL, NULL);
  if (value == NULL)
    return;
  g_variant_get (value, "(&sb&sddas)", &sort, &descending, &search, &scroll, &before, &keys);
  if ((*sort == '\0' || qd_table_find_column (self->table, sort) >= 0) &&
      (g_strcmp0 (self->sort, *sort != '\0' ? sort : NULL) != 0 || self->descending != descending))
    qd_table_view_set_sort (self, sort, descending);
  qd_table_view_set_search_text (self, search);
  self->before_search = before;
  select_keys (self, keys);
  qd_table_view_scroll_to (self, scroll);
}
