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

/* So far around where a row should be it is looked for first. */
#define NEAR_ROWS 4

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
 * @least: how many selected rows are a selection: 1, or 2 where a row that was only clicked is none
 *
 * Returns: (transfer full) (nullable): the selected rows, or all that are seen when fewer are, with the columns that
 *   are seen, all in the order on screen; `NULL` without a table
 */
QdTable *
qd_table_view_dup_selection (QdTableView *self,
                             guint        least)
{
  g_autoptr (GArray) columns = NULL;
  g_autoptr (GArray) rows = NULL;
  const guint32 *order;
  guint n;

  g_return_val_if_fail (QD_IS_TABLE_VIEW (self), NULL);
  if (self->table == NULL)
    return NULL;
  columns = qd_table_view_dup_columns (self);
  rows = qd_table_view_dup_selected_rows (self);
  order = qd_table_model_get_order (self->model, &n);
  if (rows->len >= MAX (least, 1))
    return qd_table_pick (self->table, (const guint32 *) (const void *) rows->data, rows->len,
                          (const guint *) (const void *) columns->data, columns->len);
  return qd_table_pick (self->table, order, n, (const guint *) (const void *) columns->data, columns->len);
}

/* --- state --- */

/* What a row is known by: its key where the table has one, else its first cell. */
static guint
get_key_column (QdTable *table)
{
  int column = qd_table_find_column (table, "key");

  return column >= 0 ? (guint) column : 0;
}

/* Rows move when the data changes; what they are known by mostly stays. */
static char *
dup_key (QdTable *table,
         guint    row)
{
  g_autofree char *text = qd_table_format_iso (table, row, get_key_column (table));

  return g_strdup_printf ("%u:%s", row, text);
}

/* What a row is known by; @made: (out) (nullable) (transfer full): what had to be made for it. */
static const char *
get_key (QdTable *table,
         guint    row,
         guint    column,
         char   **made)
{
  const char *text = qd_table_get_text (table, row, column);

  *made = text == NULL ? qd_table_format_iso (table, row, column) : NULL;
  return text != NULL ? text : *made;
}

/* Marks the rows that are known by one of these; each is found once. */
static void
mark_moved (QdTable    *table,
            GHashTable *moved,
            guint8     *selected)
{
  guint n = qd_table_get_n_rows (table), column = get_key_column (table);

  for (guint r = 0; r < n && g_hash_table_size (moved) > 0; r++)
    {
      g_autofree char *made = NULL;

      if (g_hash_table_remove (moved, get_key (table, r, column, &made)))
        selected[r] = 1;
    }
}

/* Whether the row stands by so much higher or lower in the other table. */
static gboolean
is_moved_by (QdTable    *to,
             guint       row,
             int         by,
             guint       column,
             const char *key)
{
  g_autofree char *made = NULL;
  gint64 there = (gint64) row + by;

  return there >= 0 && there < qd_table_get_n_rows (to) &&
         strcmp (get_key (to, (guint) there, column, &made), key) == 0;
}

/* Mostly all rows after one that came or went are moved by the same: @by is tried first, then what is near. */
static gboolean
find_near (QdTable    *to,
           guint       row,
           guint       column,
           const char *key,
           int        *by)
{
  for (int i = 0; i <= 2 * NEAR_ROWS; i++)
    {
      int there = *by + (i % 2 == 1 ? (i + 1) / 2 : -i / 2);

      if (is_moved_by (to, row, there, column, key))
        {
          *by = there;
          return TRUE;
        }
    }
  return FALSE;
}

guint8 *
qd_table_view_carry_selection (QdTable      *from,
                               const guint8 *selected,
                               QdTable      *to)
{
  guint n = qd_table_get_n_rows (from), column = get_key_column (from), other = get_key_column (to);
  g_autoptr (GHashTable) moved = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) all_made = g_ptr_array_new_with_free_func (g_free);
  guint8 *carried = g_new0 (guint8, MAX (qd_table_get_n_rows (to), 1));
  int by = 0;

  for (guint r = 0; r < n; r++)
    {
      char *made = NULL;
      const char *key;

      if (!selected[r])
        continue;
      key = get_key (from, r, column, &made);
      if (find_near (to, r, other, key, &by))
        carried[(gint64) r + by] = 1;
      else
        g_hash_table_add (moved, (gpointer) key);
      if (made != NULL)
        g_ptr_array_add (all_made, made);
    }
  mark_moved (to, moved, carried);
  return carried;
}

/**
 * qd_table_view_save_state:
 * @self: a table view
 *
 * Returns: (transfer full): selection, order, search, scroll position and whether
 *   the focus is on a row, in one line
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
  state = g_variant_ref_sink (g_variant_new ("(sbsddbas)", self->sort != NULL ? self->sort : "", self->descending,
                                             self->search, qd_table_view_get_scroll (self), self->before_search,
                                             qd_table_view_find_focused_row (self) != NULL, &keys));
  return g_variant_print (state, FALSE);
}

static void
select_keys (QdTableView  *self,
             GVariantIter *keys)
{
  guint n = qd_table_get_n_rows (self->table);
  g_autoptr (GHashTable) moved = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint8 *selected = g_new0 (guint8, MAX (n, 1));
  char *key;

  while (g_variant_iter_loop (keys, "s", &key))
    {
      guint row = (guint) g_ascii_strtoull (key, NULL, 10);
      const char *colon = strchr (key, ':');
      g_autofree char *own = row < n ? dup_key (self->table, row) : NULL;

      if (g_strcmp0 (own, key) == 0)
        selected[row] = 1;
      else if (colon != NULL)
        g_hash_table_add (moved, g_strdup (colon + 1));
    }
  mark_moved (self->table, moved, selected);
  qd_table_model_take_selected (self->model, selected);
}

/**
 * qd_table_view_restore_state:
 * @self: a table view
 * @state: (nullable): what qd_table_view_save_state() gave; `NULL`: nothing selected, no search, at the top
 *
 * Brings selection, order, search and scroll position back, as far as the rows
 * are still there. A row that was left by the keyboard gets the focus again when
 * the focus is put on the table. What is not a state is passed over.
 */
void
qd_table_view_restore_state (QdTableView *self,
                             const char  *state)
{
  g_autoptr (GVariant) value = NULL;
  g_autoptr (GVariantIter) keys = NULL;
  const char *sort, *search;
  gboolean descending, focused;
  double scroll, before;

  g_return_if_fail (QD_IS_TABLE_VIEW (self));
  if (self->table == NULL)
    return;
  gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->model));
  if (state == NULL)
    {
      self->refocus = FALSE;
      qd_table_view_set_search_text (self, "");
      qd_table_view_scroll_to (self, 0);
      return;
    }
  value = g_variant_parse (G_VARIANT_TYPE ("(sbsddbas)"), state, NULL, NULL, NULL);
  if (value == NULL)
    return;
  g_variant_get (value, "(&sb&sddbas)", &sort, &descending, &search, &scroll, &before, &focused, &keys);
  if ((*sort == '\0' || qd_table_find_column (self->table, sort) >= 0) &&
      (g_strcmp0 (self->sort, *sort != '\0' ? sort : NULL) != 0 || self->descending != descending))
    qd_table_view_set_sort (self, sort, descending);
  qd_table_view_set_search_text (self, search);
  self->before_search = before;
  select_keys (self, keys);
  self->refocus = focused;
  qd_table_view_scroll_to (self, scroll);
}
