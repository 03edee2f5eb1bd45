/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "quarterdeck"

#include "config.h"

#include "qd-table-model.h"

#include <string.h>

struct _QdTableRow
{
  GObject parent_instance;

  guint row;
};

G_DEFINE_FINAL_TYPE (QdTableRow, qd_table_row, G_TYPE_OBJECT)

static void
qd_table_row_class_init (QdTableRowClass *klass)
{
}

static void
qd_table_row_init (QdTableRow *self)
{
}

/**
 * qd_table_row_get_row:
 * @self: an item of a table's list
 *
 * Returns: the row of the table
 */
guint
qd_table_row_get_row (QdTableRow *self)
{
  return self->row;
}

struct _QdTableModel
{
  GObject parent_instance;

  guint n_all;
  guint8 *selected; /* by row of the table */
  guint n_rows;
  guint32 *order;
};

static void
list_model_init (GListModelInterface *iface);
static void
selection_model_init (GtkSelectionModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (QdTableModel, qd_table_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init)
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL, selection_model_init))

static GType
get_item_type (GListModel *model)
{
  return QD_TYPE_TABLE_ROW;
}

static guint
get_n_items (GListModel *model)
{
  return QD_TABLE_MODEL (model)->n_rows;
}

static gpointer
get_item (GListModel *model,
          guint       position)
{
  QdTableModel *self = QD_TABLE_MODEL (model);
  QdTableRow *row;

  if (position >= self->n_rows)
    return NULL;
  row = g_object_new (QD_TYPE_TABLE_ROW, NULL);
  row->row = self->order[position];
  return row;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static gboolean
is_selected (GtkSelectionModel *model,
             guint              position)
{
  QdTableModel *self = QD_TABLE_MODEL (model);

  return position < self->n_rows && self->selected[self->order[position]];
}

static GtkBitset *
get_selection_in_range (GtkSelectionModel *model,
                        guint              position,
                        guint              n)
{
  QdTableModel *self = QD_TABLE_MODEL (model);
  GtkBitset *set = gtk_bitset_new_empty ();
  guint end = MIN (position + n, self->n_rows);

  for (guint i = position, first; i < end; i++)
    {
      if (!self->selected[self->order[i]])
        continue;
      first = i;
      while (i < end && self->selected[self->order[i]])
        i++;
      gtk_bitset_add_range (set, first, i - first);
    }
  return set;
}

/* Says what changed, and only when something did. */
static void
changed (QdTableModel *self,
         guint         first,
         guint         last)
{
  if (first <= last)
    gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), first, last - first + 1);
}

static gboolean
set_selection (GtkSelectionModel *model,
               GtkBitset         *selected,
               GtkBitset         *mask)
{
  QdTableModel *self = QD_TABLE_MODEL (model);
  GtkBitsetIter iter;
  guint position, first = G_MAXUINT, last = 0;

  for (gboolean more = gtk_bitset_iter_init_first (&iter, mask, &position); more && position < self->n_rows;
       more = gtk_bitset_iter_next (&iter, &position))
    {
      guint8 *flag = &self->selected[self->order[position]];
      guint8 value = gtk_bitset_contains (selected, position);

      if (*flag == value)
        continue;
      *flag = value;
      first = MIN (first, position);
      last = position;
    }
  changed (self, first, last);
  return TRUE;
}

static gboolean
set_all (QdTableModel *self,
         guint8        value)
{
  guint first = G_MAXUINT, last = 0;

  for (guint i = 0; i < self->n_rows; i++)
    {
      guint8 *flag = &self->selected[self->order[i]];

      if (*flag == value)
        continue;
      *flag = value;
      first = MIN (first, i);
      last = i;
    }
  /* What a search hides is not selected any more either. */
  if (!value && self->n_all > 0)
    memset (self->selected, 0, self->n_all);
  changed (self, first, last);
  return TRUE;
}

static gboolean
select_all (GtkSelectionModel *model)
{
  return set_all (QD_TABLE_MODEL (model), 1);
}

static gboolean
unselect_all (GtkSelectionModel *model)
{
  return set_all (QD_TABLE_MODEL (model), 0);
}

static gboolean
select_range (GtkSelectionModel *model,
              guint              position,
              guint              n,
              gboolean           unselect_rest)
{
  QdTableModel *self = QD_TABLE_MODEL (model);
  guint first = G_MAXUINT, last = 0, end = MIN (position + n, self->n_rows);
  guint from = unselect_rest ? 0 : position, to = unselect_rest ? self->n_rows : end;

  for (guint i = from; i < to; i++)
    {
      guint8 *flag = &self->selected[self->order[i]];
      guint8 value = i >= position && i < end;

      if (*flag == value)
        continue;
      *flag = value;
      first = MIN (first, i);
      last = i;
    }
  changed (self, first, last);
  return TRUE;
}

static gboolean
select_item (GtkSelectionModel *model,
             guint              position,
             gboolean           unselect_rest)
{
  return select_range (model, position, 1, unselect_rest);
}

static gboolean
unselect_range (GtkSelectionModel *model,
                guint              position,
                guint              n)
{
  QdTableModel *self = QD_TABLE_MODEL (model);
  guint first = G_MAXUINT, last = 0, end = MIN (position + n, self->n_rows);

  for (guint i = position; i < end; i++)
    {
      guint8 *flag = &self->selected[self->order[i]];

      if (*flag == 0)
        continue;
      *flag = 0;
      first = MIN (first, i);
      last = i;
    }
  changed (self, first, last);
  return TRUE;
}

static gboolean
unselect_item (GtkSelectionModel *model,
               guint              position)
{
  return unselect_range (model, position, 1);
}

static void
selection_model_init (GtkSelectionModelInterface *iface)
{
  iface->is_selected = is_selected;
  iface->get_selection_in_range = get_selection_in_range;
  iface->select_item = select_item;
  iface->unselect_item = unselect_item;
  iface->select_range = select_range;
  iface->unselect_range = unselect_range;
  iface->select_all = select_all;
  iface->unselect_all = unselect_all;
  iface->set_selection = set_selection;
}

static void
qd_table_model_finalize (GObject *object)
{
  QdTableModel *self = QD_TABLE_MODEL (object);

  g_free (self->selected);
  g_free (self->order);
  G_OBJECT_CLASS (qd_table_model_parent_class)->finalize (object);
}

static void
qd_table_model_class_init (QdTableModelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = qd_table_model_finalize;
}

static void
qd_table_model_init (QdTableModel *self)
{
}

/**
 * qd_table_model_new:
 *
 * Returns: (transfer full): an empty list
 */
QdTableModel *
qd_table_model_new (void)
{
  return g_object_new (QD_TYPE_TABLE_MODEL, NULL);
}

/**
 * qd_table_model_reset:
 * @self: a list
 * @n_all: how many rows the table has
 *
 * Empties the list for another table; nothing is selected.
 */
void
qd_table_model_reset (QdTableModel *self,
                      guint         n_all)
{
  guint old = self->n_rows;

  self->n_rows = 0;
  g_clear_pointer (&self->order, g_free);
  g_free (self->selected);
  self->selected = g_new0 (guint8, MAX (n_all, 1));
  self->n_all = n_all;
  if (old > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, old, 0);
}

/**
 * qd_table_model_take_order:
 * @self: a list
 * @order: (transfer full) (array length=n_rows): rows of the table, each at most once
 * @n_rows: how many
 *
 * Shows these rows in this order. Rows stay selected, also those that are not
 * shown. Says no more than what changed.
 */
void
qd_table_model_take_order (QdTableModel *self,
                           guint32      *order,
                           guint         n_rows)
{
  g_autofree guint32 *old = self->order;
  guint n_old = self->n_rows, head = 0, tail = 0, n = MIN (n_old, n_rows);

  while (head < n && old[head] == order[head])
    head++;
  while (tail < n - head && old[n_old - 1 - tail] == order[n_rows - 1 - tail])
    tail++;
  self->order = order;
  self->n_rows = n_rows;
  if (n_old != n_rows || head < n)
    g_list_model_items_changed (G_LIST_MODEL (self), head, n_old - head - tail, n_rows - head - tail);
}

guint
qd_table_model_get_row (QdTableModel *self,
                        guint         position)
{
  g_return_val_if_fail (position < self->n_rows, 0);

  return self->order[position];
}

/**
 * qd_table_model_find_row:
 * @self: a list
 * @row: of the table
 *
 * Returns: where it stands, `G_MAXUINT` when it does not. Linear in the rows.
 */
guint
qd_table_model_find_row (QdTableModel *self,
                         guint         row)
{
  for (guint i = 0; i < self->n_rows; i++)
    if (self->order[i] == row)
      return i;
  return G_MAXUINT;
}

const guint32 *
qd_table_model_get_order (QdTableModel *self,
                          guint        *n_rows)
{
  *n_rows = self->n_rows;
  return self->order;
}

gboolean
qd_table_model_is_row_selected (QdTableModel *self,
                                guint         row)
{
  return row < self->n_all && self->selected[row];
}

/**
 * qd_table_model_select_row:
 * @self: a list
 * @row: of the table
 * @selected: or not
 *
 * Selects a row whether it is shown or not. Linear in the rows when it is.
 */
void
qd_table_model_select_row (QdTableModel *self,
                           guint         row,
                           gboolean      selected)
{
  guint position;

  if (row >= self->n_all || self->selected[row] == !!selected)
    return;
  self->selected[row] = !!selected;
  position = qd_table_model_find_row (self, row);
  if (position != G_MAXUINT)
    changed (self, position, position);
}

const guint8 *
qd_table_model_get_selected (QdTableModel *self)
{
  return self->selected;
}

/**
 * qd_table_model_take_selected:
 * @self: a list
 * @selected: (transfer full): 1 or 0 for each row of the table
 *
 * Selects these rows and no other ones, all at once.
 */
void
qd_table_model_take_selected (QdTableModel *self,
                              guint8       *selected)
{
  guint first = G_MAXUINT, last = 0;

  for (guint i = 0; i < self->n_rows; i++)
    if (self->selected[self->order[i]] != selected[self->order[i]])
      {
        first = MIN (first, i);
        last = i;
      }
  g_free (self->selected);
  self->selected = selected;
  changed (self, first, last);
}

guint
qd_table_model_count_selected (QdTableModel *self)
{
  guint n = 0;

  for (guint i = 0; i < self->n_rows; i++)
    n += self->selected[self->order[i]];
  return n;
}
