/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "quarterdeck"

#include "config.h"

#include "qd-table-model.h"

#include <string.h>

/* GTK keeps widgets for some 200 rows, wherever the list is scrolled to: a list that is longer costs no more. */
#define MOST_WIDGETS 250

/* So many items are told of one by one. */
#define FEW_ITEMS 20

struct _QdTableRow
{
  GObject parent_instance;

  QdTableModel *model; /* of an item that is in a list */
  guint position;
};

G_DEFINE_FINAL_TYPE (QdTableRow, qd_table_row, G_TYPE_OBJECT)

struct _QdTableModel
{
  GObject parent_instance;

  guint n_all;
  guint8 *selected;  /* by row of the table */
  guint n_rows;
  guint32 *order;
  guint n_told;      /* items that GTK knows of: follows n_rows in qd_table_model_tell() */
  guint range_row;   /* of the table: where GTK starts a range; G_MAXUINT */
  gboolean moves_range;
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
list_model_init (GListModelInterface *iface);
static void
selection_model_init (GtkSelectionModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (QdTableModel, qd_table_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init)
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL, selection_model_init))

static void
qd_table_row_finalize (GObject *object)
{
  g_clear_object (&QD_TABLE_ROW (object)->model);
  G_OBJECT_CLASS (qd_table_row_parent_class)->finalize (object);
}

static void
qd_table_row_class_init (QdTableRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = qd_table_row_finalize;
}

static void
qd_table_row_init (QdTableRow *self)
{
}

guint
qd_table_row_get_position (QdTableRow *self)
{
  return self->position;
}

/**
 * qd_table_row_get_row:
 * @self: an item of a table's list
 *
 * Returns: the row of the table that stands there now; `G_MAXUINT`: none does,
 *   and the item will soon be gone
 */
guint
qd_table_row_get_row (QdTableRow *self)
{
  return self->position < self->model->n_rows ? self->model->order[self->position] : G_MAXUINT;
}

static GType
get_item_type (GListModel *model)
{
  return QD_TYPE_TABLE_ROW;
}

static guint
get_n_items (GListModel *model)
{
  return QD_TABLE_MODEL (model)->n_told;
}

static gpointer
get_item (GListModel *model,
          guint       position)
{
  QdTableModel *self = QD_TABLE_MODEL (model);
  QdTableRow *row;

  if (position >= self->n_told)
    return NULL;
  row = g_object_new (QD_TYPE_TABLE_ROW, NULL);
  row->model = g_object_ref (self);
  row->position = position;
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

/* To GTK, of the items that it knows. */
static void
mark_range (QdTableModel *self,
            guint         first,
            guint         last)
{
  if (first < self->n_told && first <= last)
    gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), first, MIN (last, self->n_told - 1) - first + 1);
}

/* Says what changed, and only when something did. */
static void
changed (QdTableModel *self,
         guint         first,
         guint         last)
{
  if (first > last)
    return;
  mark_range (self, first, last);
  g_signal_emit (self, signals[CHANGED], 0);
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

/* GTK starts the next range where it last selected one item, or no longer did. */
static gboolean
starts_range (QdTableModel *self,
              guint         position)
{
  if (!self->moves_range && position < self->n_rows)
    self->range_row = self->order[position];
  return !self->moves_range;
}

static gboolean
select_item (GtkSelectionModel *model,
             guint              position,
             gboolean           unselect_rest)
{
  return !starts_range (QD_TABLE_MODEL (model), position) || select_range (model, position, 1, unselect_rest);
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
  return !starts_range (QD_TABLE_MODEL (model), position) || unselect_range (model, position, 1);
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
  signals[CHANGED] = g_signal_new ("changed", QD_TYPE_TABLE_MODEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
qd_table_model_init (QdTableModel *self)
{
  self->range_row = G_MAXUINT;
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
 *
 * Empties the list at once; GTK throws all its widgets away.
 */
void
qd_table_model_reset (QdTableModel *self)
{
  qd_table_model_take_table (self, 0, g_new0 (guint8, 1), NULL, 0);
  qd_table_model_tell (self, G_MAXUINT);
}

/* GTK looks at each widget of a range: it is told of no more than the few items that are selected now, or no longer. */
static void
replace_rows (QdTableModel *self,
              guint8       *selected,
              guint32      *order,
              guint         n_rows)
{
  g_autofree guint32 *old_order = self->order;
  g_autofree guint8 *old_selected = self->selected != selected ? self->selected : NULL;
  const guint8 *was_selected = self->selected;
  guint n_old = self->n_rows, n_differ = 0, differ[FEW_ITEMS] = { 0 }, last = 0;

  self->selected = selected;
  self->order = order;
  self->n_rows = n_rows;
  for (guint i = 0; i < self->n_told; i++)
    {
      gboolean was = i < n_old && was_selected[old_order[i]], is = i < n_rows && selected[order[i]];

      if (was == is)
        continue;
      if (n_differ < FEW_ITEMS)
        differ[n_differ] = i;
      n_differ++;
      last = i;
    }
  if (n_differ > FEW_ITEMS)
    mark_range (self, differ[0], last);
  for (guint i = 0; i < n_differ && n_differ <= FEW_ITEMS; i++)
    mark_range (self, differ[i], differ[i]);
}

/**
 * qd_table_model_take_order:
 * @self: a list
 * @order: (transfer full) (array length=n_rows): rows of the table, each at most once
 * @n_rows: how many
 *
 * Shows these rows in this order. Rows stay selected, also those that are not
 * shown. The items stay what they are, and show other rows: whoever shows them
 * looks again. Of their number GTK is told by qd_table_model_tell().
 */
void
qd_table_model_take_order (QdTableModel *self,
                           guint32      *order,
                           guint         n_rows)
{
  replace_rows (self, self->selected, order, n_rows);
}

/**
 * qd_table_model_take_table:
 * @self: a list
 * @n_all: how many rows the table has
 * @selected: (transfer full): 1 or 0 for each row of the table
 * @order: (transfer full) (array length=n_rows): as for qd_table_model_take_order()
 * @n_rows: how many
 *
 * The same with the rows of another table.
 */
void
qd_table_model_take_table (QdTableModel *self,
                           guint         n_all,
                           guint8       *selected,
                           guint32      *order,
                           guint         n_rows)
{
  self->n_all = n_all;
  self->range_row = G_MAXUINT;
  replace_rows (self, selected, order, n_rows);
}

/* How many items to tell of next. */
static guint
step_towards (guint told,
              guint n_rows,
              guint step)
{
  if (n_rows < told)
    return MAX (n_rows, told > MOST_WIDGETS ? MOST_WIDGETS : told - MIN (told, step));
  if (told + step >= MOST_WIDGETS)
    return n_rows;
  return MIN (n_rows, told + step);
}

/**
 * qd_table_model_tell:
 * @self: a list
 * @step: for how many rows GTK may have to make or throw away widgets; `G_MAXUINT`: any number
 *
 * Tells GTK of rows that came or went, at the end of the list and nowhere else:
 * when one that has the focus seems to go, GTK asks for all that seem to come.
 *
 * Returns: whether there is more to tell
 */
gboolean
qd_table_model_tell (QdTableModel *self,
                     guint         step)
{
  guint told = self->n_told, next = step == G_MAXUINT ? self->n_rows : step_towards (told, self->n_rows, step);

  self->n_told = next;
  if (next != told)
    g_list_model_items_changed (G_LIST_MODEL (self), MIN (told, next), next < told ? told - next : 0,
                                next > told ? next - told : 0);
  return next != self->n_rows;
}

/**
 * qd_table_model_move_range:
 * @self: a list
 * @moving: whether GTK is about to be told where a range starts
 *
 * Meanwhile what GTK selects alone is not selected: it goes along with the
 * start of a range.
 */
void
qd_table_model_move_range (QdTableModel *self,
                           gboolean      moving)
{
  self->moves_range = moving;
}

guint
qd_table_model_get_range_row (QdTableModel *self)
{
  return self->range_row;
}

guint
qd_table_model_get_n_rows (QdTableModel *self)
{
  return self->n_rows;
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
