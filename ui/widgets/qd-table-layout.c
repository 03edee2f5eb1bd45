/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a table view remembers for its layout: order, widths and visibility of
 * the columns, and by which one the person sorted.
 */
#define G_LOG_DOMAIN "quarterdeck"

#include "config.h"

#include "qd-table-view-private.h"

#include <stdlib.h>
#include <string.h>

#include "qd-ui-state.h"

static char *
dup_group (QdTableView *self)
{
  return g_strconcat ("table ", self->layout_id, NULL);
}

static char *
dup_sort_key (QdTableView *self)
{
  return self->order_id != NULL ? g_strconcat ("sort ", self->order_id, NULL) : g_strdup ("sort");
}

/* Column ids are words without blanks. */
static char **
get_list (const char *group,
          const char *key)
{
  g_autofree char *text = qd_ui_state_dup_text (group, key);

  return text != NULL ? g_strsplit (text, " ", -1) : NULL;
}

static void
set_list (const char *group,
          const char *key,
          GPtrArray  *words)
{
  g_autofree char *text = NULL;

  g_ptr_array_add (words, NULL);
  text = g_strjoinv (" ", (char **) words->pdata);
  qd_ui_state_set_text (group, key, text);
}

static gboolean
contains (char      **list,
          const char *id)
{
  return list != NULL && g_strv_contains ((const char *const *) list, id);
}

/* Known columns in the remembered order; others stay behind the one that they stand behind in the table. */
static void
order_columns (QdTableView *self,
               char       **order)
{
  guint position = 0;

  for (guint i = 0; order[i] != NULL; i++)
    {
      int column = qd_table_find_column (self->table, order[i]);

      if (column >= 0)
        gtk_column_view_insert_column (self->view, position++, self->columns->pdata[column]);
    }
  for (guint c = 0; c < self->columns->len; c++)
    {
      GListModel *columns = gtk_column_view_get_columns (self->view);

      if (contains (order, qd_table_get_column (self->table, c)->id) || c == 0)
        continue;
      for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
        {
          g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);
          guint here;

          if (column != self->columns->pdata[c - 1])
            continue;
          for (here = 0; here < g_list_model_get_n_items (columns); here++)
            {
              g_autoptr (GtkColumnViewColumn) own = g_list_model_get_item (columns, here);

              if (own == self->columns->pdata[c])
                break;
            }
          gtk_column_view_insert_column (self->view, here <= i ? i : i + 1, self->columns->pdata[c]);
          break;
        }
    }
}

/**
 * qd_table_view_load_order:
 * @self: a table view with a table
 *
 * Takes the order that a person chose for it, when one did.
 */
void
qd_table_view_load_order (QdTableView *self)
{
  g_autofree char *group = self->layout_id != NULL ? dup_group (self) : NULL;
  g_autofree char *key = dup_sort_key (self);
  g_auto (GStrv) sort = group != NULL ? get_list (group, key) : NULL;

  if (sort == NULL || sort[0] == NULL || (*sort[0] != '\0' && qd_table_find_column (self->table, sort[0]) < 0))
    return;
  g_free (self->sort);
  self->sort = *sort[0] != '\0' ? g_strdup (sort[0]) : NULL;
  self->descending = g_strcmp0 (sort[1], "descending") == 0;
  self->sorted_by_person = TRUE;
}

/**
 * qd_table_view_load_layout:
 * @self: a table view with columns
 *
 * Lays the columns out as they were left, or as the table has them.
 */
void
qd_table_view_load_layout (QdTableView *self)
{
  g_autofree char *group = self->layout_id != NULL ? dup_group (self) : NULL;
  g_auto (GStrv) order = group != NULL ? get_list (group, "order") : NULL;
  g_auto (GStrv) hidden = group != NULL ? get_list (group, "hidden") : NULL;
  g_auto (GStrv) widths = group != NULL ? get_list (group, "widths") : NULL;

  self->building = TRUE;
  for (guint c = 0; c < self->columns->len; c++)
    {
      const char *id = qd_table_get_column (self->table, c)->id;
      gboolean known = contains (order, id);

      gtk_column_view_column_set_visible (self->columns->pdata[c], !contains (known ? hidden : self->hidden, id));
    }
  if (order != NULL)
    order_columns (self, order);
  for (guint i = 0; widths != NULL && widths[i] != NULL; i++)
    {
      char *colon = strrchr (widths[i], ':');
      int column, width;

      if (colon == NULL)
        continue;
      *colon = '\0';
      column = qd_table_find_column (self->table, widths[i]);
      width = atoi (colon + 1);
      if (column >= 0 && width >= 20 && width <= 4000)
        gtk_column_view_column_set_fixed_width (self->columns->pdata[column], width);
    }
  qd_table_view_load_order (self);
  self->building = FALSE;
}

/**
 * qd_table_view_save_layout:
 * @self: a table view
 *
 * Remembers the layout, when it has a name.
 */
void
qd_table_view_save_layout (QdTableView *self)
{
  GListModel *columns = gtk_column_view_get_columns (self->view);
  g_autoptr (GPtrArray) order = g_ptr_array_new ();
  g_autoptr (GPtrArray) hidden = g_ptr_array_new ();
  g_autoptr (GPtrArray) widths = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *group = NULL;

  if (self->layout_id == NULL || self->table == NULL)
    return;
  group = dup_group (self);
  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);
      int index = qd_table_view_get_column_index (column);
      const char *id;

      /* In the midst of a move. */
      if (index < 0 || (guint) index >= qd_table_get_n_columns (self->table))
        continue;
      id = qd_table_get_column (self->table, (guint) index)->id;
      g_ptr_array_add (order, (gpointer) id);
      if (!gtk_column_view_column_get_visible (column))
        g_ptr_array_add (hidden, (gpointer) id);
      if (gtk_column_view_column_get_fixed_width (column) > 0)
        g_ptr_array_add (widths, g_strdup_printf ("%s:%d", id, gtk_column_view_column_get_fixed_width (column)));
    }
  set_list (group, "order", order);
  set_list (group, "hidden", hidden);
  set_list (group, "widths", widths);
  if (self->sorted_by_person)
    {
      g_autofree char *sort = g_strdup_printf ("%s %s", self->sort != NULL ? self->sort : "",
                                               self->descending ? "descending" : "ascending");
      g_autofree char *key = dup_sort_key (self);

      qd_ui_state_set_text (group, key, sort);
    }
}

/**
 * qd_table_view_reset_layout:
 * @self: a table view with a table
 *
 * Forgets the layout: columns as the table has them.
 */
void
qd_table_view_reset_layout (QdTableView *self)
{
  g_autofree char *sort = dup_sort_key (self);
  const char *const keys[] = { "order", "hidden", "widths", sort };

  if (self->layout_id != NULL)
    {
      g_autofree char *group = dup_group (self);

      for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
        qd_ui_state_set_text (group, keys[i], NULL);
    }
  self->sorted_by_person = FALSE;
  qd_table_view_build_columns (self);
  qd_table_view_show_sort_arrow (self);
  qd_table_view_update_footer (self);
}
