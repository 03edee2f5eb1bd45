/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Columns, headings and cells of the table view.
 */
#define G_LOG_DOMAIN "quarterdeck"

#include "config.h"

#include "qd-table-view-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* So many rows decide how wide a column is at first, in characters of at most: */
#define SAMPLE_ROWS 400
#define MAX_CHARS 34
#define MIN_TEXT_CHARS 12
#define MIN_WIDEST_CHARS 16
#define MAX_HEADING_CHARS 16
/* A table that is wider than so many characters has headings of two lines; a column takes so many more than its text. */
#define MAX_FLAT_CHARS 80
#define COLUMN_EXTRA_CHARS 3
/* Cells of a row that are read aloud: a month of the bridge, from opening to closing. */
#define MAX_SPOKEN 9

/* So many names are given in one go. */
#define NAMES_AT_ONCE 400

/**
 * qd_table_view_get_column_index:
 * @column: a column on screen
 *
 * Returns: its column of the table
 */
gint
qd_table_view_get_column_index (GtkColumnViewColumn *column)
{
  return GPOINTER_TO_INT (g_object_get_data (G_OBJECT (column), "qd-column")) - 1;
}

/* --- cells --- */

/* A cell knows its column, from 1 on, and while it is bound the item of the list. */
static GQuark
cell_column_quark (void)
{
  static GQuark quark;

  return quark != 0 ? quark : (quark = g_quark_from_static_string ("qd-table-cell-column"));
}

static GQuark
cell_item_quark (void)
{
  static GQuark quark;

  return quark != 0 ? quark : (quark = g_quark_from_static_string ("qd-table-cell-item"));
}

static gboolean
get_place (GtkWidget *cell,
           guint     *row,
           guint     *column)
{
  QdTableRow *item = g_object_get_qdata (G_OBJECT (cell), cell_item_quark ());

  *row = item != NULL ? qd_table_row_get_row (item) : G_MAXUINT;
  *column = GPOINTER_TO_UINT (g_object_get_qdata (G_OBJECT (cell), cell_column_quark ())) - 1;
  return *row != G_MAXUINT;
}

typedef struct
{
  QdTableView *view; /* not owned: the columns go with it */
  guint column;
  gboolean widest;
} Cells;

static char *
name_row (QdTableView *self,
          guint        row)
{
  g_autoptr (GArray) columns = qd_table_view_dup_columns (self);
  GString *name = g_string_new (NULL);

  /* So many of them: a long row would be read aloud at every step. */
  for (guint i = 0; i < MIN (columns->len, MAX_SPOKEN); i++)
    {
      guint column = g_array_index (columns, guint, i);
      g_autofree char *text = qd_table_index_dup_spoken (self->index, row, column);
      const char *title = qd_table_get_column (self->table, column)->title;

      if (i > 0)
        g_string_append (name, ", ");
      if (i > 0 && *title != '\0')
        g_string_append_printf (name, "%s ", _(title));
      g_string_append (name, text);
    }
  return g_string_free (name, FALSE);
}

static gboolean
name_cells_cb (gpointer data)
{
  QdTableView *self = data;
  g_autoptr (GHashTable) named = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < NAMES_AT_ONCE && self->unnamed->len > 0; i++)
    {
      GtkWidget *cell = self->unnamed->pdata[self->unnamed->len - 1];
      GtkWidget *outer = gtk_widget_get_parent (cell);
      GtkWidget *row_widget = outer != NULL ? gtk_widget_get_parent (outer) : NULL;
      guint row, column;

      if (get_place (cell, &row, &column) && row_widget != NULL && self->table != NULL)
        {
          g_autofree char *text = qd_table_index_dup_spoken (self->index, row, column);
          g_autofree char *label = g_strdup_printf (
              "%s %s", _(qd_table_get_column (self->table, column)->title), text);

          gtk_accessible_update_property (GTK_ACCESSIBLE (outer), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
          if (g_hash_table_add (named, row_widget))
            {
              g_autofree char *name = name_row (self, row);

              gtk_accessible_update_property (GTK_ACCESSIBLE (row_widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
            }
        }
      g_ptr_array_remove_index_fast (self->unnamed, self->unnamed->len - 1);
    }
  if (self->unnamed->len > 0)
    return G_SOURCE_CONTINUE;
  self->name_source = 0;
  return G_SOURCE_REMOVE;
}

static void
setup_cell_cb (GtkSignalListItemFactory *factory,
               GtkListItem              *item,
               Cells                    *cells)
{
  GtkWidget *cell = gtk_inscription_new (NULL);
  gboolean number = qd_table_index_is_number (cells->view->index, cells->column);
  gboolean text = qd_table_get_column (cells->view->table, cells->column)->type == QD_COLUMN_TEXT;
  guint chars = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (factory), "qd-chars"));

  gtk_inscription_set_xalign (GTK_INSCRIPTION (cell), number ? 1 : 0);
  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (cell), GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_min_chars (
      GTK_INSCRIPTION (cell),
      !text ? chars : MIN (chars, cells->widest ? (guint) MIN_WIDEST_CHARS : (guint) MIN_TEXT_CHARS));
  gtk_inscription_set_nat_chars (GTK_INSCRIPTION (cell), chars);
  if (number)
    gtk_widget_add_css_class (cell, "numeric");
  if (qd_table_view_is_editable (cells->view, cells->column))
    gtk_widget_add_css_class (cell, "editable-cell");
  g_object_set_qdata (G_OBJECT (cell), cell_column_quark (), GUINT_TO_POINTER (cells->column + 1));
  gtk_list_item_set_child (item, cell);
}

static void
unbind_cell_cb (GtkSignalListItemFactory *factory,
                GtkListItem              *item,
                Cells                    *cells)
{
  GtkWidget *cell = gtk_list_item_get_child (item);

  if (cell != NULL)
    g_object_set_qdata (G_OBJECT (cell), cell_item_quark (), NULL);
}

/* Writes the row that stands there now, or nothing, and has it named soon. */
static void
write_cell (QdTableView *self,
            GtkWidget   *cell)
{
  g_autofree char *text = NULL;
  guint row, column;

  if (get_place (cell, &row, &column))
    text = qd_table_index_dup_cell (self->index, row, column);
  gtk_inscription_set_text (GTK_INSCRIPTION (cell), text);
  if (text == NULL)
    return;
  g_ptr_array_add (self->unnamed, g_object_ref (cell));
  if (self->name_source == 0)
    self->name_source = g_idle_add_full (G_PRIORITY_LOW, name_cells_cb, self, NULL);
}

static void
bind_cell_cb (GtkSignalListItemFactory *factory,
              GtkListItem              *item,
              Cells                    *cells)
{
  GtkWidget *cell = gtk_list_item_get_child (item);

  if (cells->view->index == NULL)
    return;
  g_object_set_qdata (G_OBJECT (cell), cell_item_quark (), gtk_list_item_get_item (item));
  if (!cells->view->moving)
    write_cell (cells->view, cell);
}

static void
refresh_cells_in (QdTableView *self,
                  GtkWidget   *widget)
{
  if (GTK_IS_INSCRIPTION (widget))
    write_cell (self, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    refresh_cells_in (self, child);
}

/**
 * qd_table_view_refresh_cells:
 * @self: a table view
 *
 * Writes all cells anew, after other rows came to stand where they are.
 */
void
qd_table_view_refresh_cells (QdTableView *self)
{
  g_ptr_array_set_size (self->unnamed, 0);
  refresh_cells_in (self, gtk_widget_get_last_child (GTK_WIDGET (self->view)));
}

static guint
count_chars (QdTableView *self,
             guint        column)
{
  guint n = qd_table_get_n_rows (self->table), step = MAX (n / SAMPLE_ROWS, 1), chars;
  g_autofree char *title = qd_table_index_dup_title (self->index, column);

  /* A short heading is seen whole, with its arrow. */
  chars = CLAMP ((guint) g_utf8_strlen (title, -1) + 2, 4, 12);
  for (guint r = 0; r < n; r += step)
    {
      g_autofree char *text = qd_table_index_dup_cell (self->index, r, column);

      chars = MAX (chars, (guint) g_utf8_strlen (text, -1) + 1); /* its letters may be wider than most */
    }
  return MIN (chars, MAX_CHARS);
}

/* --- sorting by headings --- */

/* GTK 4.8 does not say by which column a view is sorted. But its sorter asks the sorter of that column first, and
 * turns the answer round when it is descending: ours note that they were asked. */
typedef struct
{
  QdTableView *view;
  guint column;
} Heading;

static guint asked_column;

static int
compare_probe (gconstpointer a,
               gconstpointer b,
               gpointer      data)
{
  const Heading *heading = data;

  asked_column = heading->column;
  return -1;
}

static void
sorter_changed_cb (GtkSorter      *sorter,
                   GtkSorterChange change,
                   QdTableView    *self)
{
  g_autoptr (GObject) one = NULL;
  g_autoptr (GObject) two = NULL;
  GtkOrdering answer;

  if (self->building || self->table == NULL)
    return;
  one = g_object_new (QD_TYPE_TABLE_ROW, NULL);
  two = g_object_new (QD_TYPE_TABLE_ROW, NULL);
  asked_column = G_MAXUINT;
  answer = gtk_sorter_compare (sorter, one, two);
  if (asked_column < qd_table_get_n_columns (self->table))
    qd_table_view_sort_for_person (self, qd_table_get_column (self->table, asked_column)->id,
                                   answer == GTK_ORDERING_LARGER);
}

/**
 * qd_table_view_show_sort_arrow:
 * @self: a table view
 *
 * Puts the arrow on the heading of the column that the rows are sorted by.
 */
void
qd_table_view_show_sort_arrow (QdTableView *self)
{
  int column = self->sort != NULL && self->table != NULL ? qd_table_find_column (self->table, self->sort) : -1;

  self->building = TRUE;
  gtk_column_view_sort_by_column (self->view, NULL, GTK_SORT_ASCENDING);
  if (column >= 0)
    gtk_column_view_sort_by_column (self->view, self->columns->pdata[column],
                                    self->descending ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
  self->building = FALSE;
}

static GtkWidget *
find_label (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *label = find_label (child);

      if (label != NULL)
        return label;
    }
  return NULL;
}

/* The arrow keeps its room when it is not there: before the heading it does no harm to the line of the figures. */
static void
align_heading (GtkWidget *box,
               GtkWidget *label,
               gboolean   number)
{
  gtk_widget_set_halign (box, number ? GTK_ALIGN_END : GTK_ALIGN_FILL);
  gtk_label_set_xalign (GTK_LABEL (label), number ? 1 : 0);
  gtk_label_set_justify (GTK_LABEL (label), number ? GTK_JUSTIFY_RIGHT : GTK_JUSTIFY_LEFT);
  if (number && GTK_IS_BOX (box) && gtk_widget_get_parent (label) == box)
    gtk_box_reorder_child_after (GTK_BOX (box), label, gtk_widget_get_last_child (box));
}

/* Whether headings, rather than what stands below them, would push columns out of a small window. */
static gboolean
is_crowded (QdTableView *self)
{
  g_autoptr (GArray) columns = qd_table_view_dup_columns (self);
  glong chars = 0;

  for (guint i = 0; i < columns->len; i++)
    {
      GtkColumnViewColumn *column = self->columns->pdata[g_array_index (columns, guint, i)];
      const char *title = gtk_column_view_column_get_title (column);
      glong text = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (column), "qd-chars"));

      chars += MAX (text, g_utf8_strlen (title, -1)) + COLUMN_EXTRA_CHARS;
    }
  return chars > MAX_FLAT_CHARS;
}

/* In two lines, as even as its words allow. */
static char *
break_heading (const char *title)
{
  char *broken = g_strdup (title), *best = NULL;
  glong whole = g_utf8_strlen (title, -1), best_length = whole;

  for (char *space = strchr (broken, ' '); space != NULL; space = strchr (space + 1, ' '))
    {
      glong before = g_utf8_strlen (broken, space - broken), longer = MAX (before, whole - before - 1);

      if (longer < best_length)
        {
          best = space;
          best_length = longer;
        }
    }
  if (best != NULL)
    *best = '\n';
  return broken;
}

static glong
measure_heading (const char *text)
{
  const char *end = strchr (text, '\n');

  return end != NULL ? MAX (g_utf8_strlen (text, end - text), g_utf8_strlen (end + 1, -1)) : g_utf8_strlen (text, -1);
}

/* @column: on screen, the one that the heading stands above. */
static void
write_heading (QdTableView         *self,
               GtkWidget           *heading,
               GtkColumnViewColumn *column,
               gboolean             crowded)
{
  const char *title = gtk_column_view_column_get_title (column);
  glong chars = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (column), "qd-chars"));
  GtkWidget *label = find_label (heading), *box = gtk_widget_get_first_child (heading);
  gboolean breaks = crowded && g_utf8_strlen (title, -1) > chars;
  g_autofree char *text = breaks ? break_heading (title) : g_strdup (title);
  gboolean cut = measure_heading (text) > MAX_HEADING_CHARS;

  if (label == NULL || box == NULL)
    return;
  gtk_label_set_label (GTK_LABEL (label), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (heading), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  /* Only long headings are cut. */
  gtk_label_set_ellipsize (GTK_LABEL (label), cut ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
  gtk_label_set_width_chars (GTK_LABEL (label), cut ? MAX_HEADING_CHARS : -1);
  gtk_widget_set_tooltip_text (heading, title);
  align_heading (box, label, qd_table_index_is_number (self->index, (guint) qd_table_view_get_column_index (column)));
}

/* Puts headings of figures to the right, where the figures are, in two lines where the table is crowded, and gives every heading a name. GTK 4.8 has no other way than to look for its labels. */
static void
align_headings (QdTableView *self)
{
  GtkWidget *header = gtk_widget_get_first_child (GTK_WIDGET (self->view));
  GListModel *columns = gtk_column_view_get_columns (self->view);
  GtkWidget *heading;
  gboolean crowded;

  if (self->table == NULL || header == NULL || GTK_IS_LIST_VIEW (header))
    return;
  gtk_accessible_update_property (GTK_ACCESSIBLE (header), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Column headings"), -1);
  crowded = is_crowded (self);
  heading = gtk_widget_get_first_child (header);
  for (guint i = 0; i < g_list_model_get_n_items (columns) && heading != NULL; i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      /* A column that is not seen keeps its heading, hidden. */
      write_heading (self, heading, column, crowded);
      heading = gtk_widget_get_next_sibling (heading);
    }
}

/* --- columns --- */

static void
column_changed_cb (GtkColumnViewColumn *column,
                   GParamSpec          *pspec,
                   QdTableView         *self)
{
  if (self->building)
    return;
  qd_table_view_save_layout (self);
  if (g_str_equal (pspec->name, "visible"))
    {
      align_headings (self);
      qd_table_view_update_footer (self);
    }
}

static void
columns_changed_cb (GListModel  *columns,
                    guint        position,
                    guint        removed,
                    guint        added,
                    QdTableView *self)
{
  if (self->building)
    return;
  qd_table_view_save_layout (self);
  align_headings (self);
}

/* Room that is left goes to what a row is called, else to the longest text. */
static guint
find_widest (QdTableView *self)
{
  static const char *const names[] = { "name", "file" };
  guint widest = G_MAXUINT, most = 0;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      int column = qd_table_find_column (self->table, names[i]);

      if (column >= 0 && qd_table_get_column (self->table, (guint) column)->type == QD_COLUMN_TEXT &&
          (self->hidden == NULL || !g_strv_contains ((const char *const *) self->hidden, names[i])))
        return (guint) column;
    }
  for (guint c = 0; c < qd_table_get_n_columns (self->table); c++)
    {
      const QdColumn *info = qd_table_get_column (self->table, c);
      guint chars;

      if (info->type != QD_COLUMN_TEXT ||
          (self->hidden != NULL && g_strv_contains ((const char *const *) self->hidden, info->id)))
        continue;
      chars = count_chars (self, c);
      if (chars > most)
        {
          most = chars;
          widest = c;
        }
    }
  return widest;
}

static GtkColumnViewColumn *
make_column (QdTableView *self,
             guint        column,
             gboolean     expand)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autofree char *title = qd_table_index_dup_title (self->index, column);
  g_autoptr (GtkSorter) sorter = NULL;
  Heading *heading = g_new0 (Heading, 1);
  GtkColumnViewColumn *made;
  Cells *cells = g_new0 (Cells, 1);
  guint chars;

  cells->view = self;
  cells->column = column;
  cells->widest = expand;
  chars = count_chars (self, column);
  g_object_set_data (G_OBJECT (factory), "qd-chars", GUINT_TO_POINTER (chars));
  g_signal_connect_data (factory, "setup", G_CALLBACK (setup_cell_cb), cells, (GClosureNotify) (void (*) (void)) g_free,
                         0);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cell_cb), cells);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cell_cb), cells);
  made = gtk_column_view_column_new (title, factory);
  heading->view = self;
  heading->column = column;
  sorter = GTK_SORTER (gtk_custom_sorter_new (compare_probe, heading, g_free));
  gtk_column_view_column_set_sorter (made, sorter);
  gtk_column_view_column_set_resizable (made, TRUE);
  gtk_column_view_column_set_expand (made, expand);
  g_object_set_data (G_OBJECT (made), "qd-column", GINT_TO_POINTER (column + 1));
  g_object_set_data (G_OBJECT (made), "qd-chars", GUINT_TO_POINTER (chars));
  g_signal_connect (made, "notify::fixed-width", G_CALLBACK (column_changed_cb), self);
  g_signal_connect (made, "notify::visible", G_CALLBACK (column_changed_cb), self);
  return made;
}

/**
 * qd_table_view_build_columns:
 * @self: a table view with a table
 *
 * Makes the columns of another table, and lays them out as they were left.
 */
void
qd_table_view_build_columns (QdTableView *self)
{
  GListModel *old = gtk_column_view_get_columns (self->view);
  guint widest = find_widest (self);

  self->building = TRUE;
  while (g_list_model_get_n_items (old) > 0)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (old, 0);

      g_signal_handlers_disconnect_by_data (column, self);
      gtk_column_view_remove_column (self->view, column);
    }
  g_ptr_array_set_size (self->columns, 0);
  for (guint c = 0; c < qd_table_get_n_columns (self->table); c++)
    {
      GtkColumnViewColumn *column = make_column (self, c, c == widest);

      g_ptr_array_add (self->columns, column);
      gtk_column_view_append_column (self->view, column);
    }
  self->building = FALSE;
  qd_table_view_load_layout (self);
  align_headings (self);
  if (g_object_get_data (G_OBJECT (self->view), "qd-connected") == NULL)
    {
      g_object_set_data (G_OBJECT (self->view), "qd-connected", self);
      g_signal_connect_object (gtk_column_view_get_sorter (self->view), "changed", G_CALLBACK (sorter_changed_cb), self,
                               0);
      g_signal_connect_object (old, "items-changed", G_CALLBACK (columns_changed_cb), self, 0);
    }
}

/**
 * qd_table_view_dup_columns:
 * @self: a table view
 *
 * Returns: (transfer full) (element-type guint): columns of the table that are seen, in the order on screen
 */
GArray *
qd_table_view_dup_columns (QdTableView *self)
{
  GListModel *columns = gtk_column_view_get_columns (self->view);
  GArray *seen = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);
      guint index = (guint) qd_table_view_get_column_index (column);

      if (gtk_column_view_column_get_visible (column))
        g_array_append_val (seen, index);
    }
  return seen;
}

/**
 * qd_table_view_move_column:
 * @self: a table view
 * @column: of the table
 * @by: −1 to the front, 1 to the back
 *
 * Moves a column by one place.
 */
void
qd_table_view_move_column (QdTableView *self,
                           guint        column,
                           int          by)
{
  GListModel *columns = gtk_column_view_get_columns (self->view);
  guint n = g_list_model_get_n_items (columns);
  GtkColumnViewColumn *moved = self->columns->pdata[column];

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GtkColumnViewColumn) there = g_list_model_get_item (columns, i);

      if (there != moved || (by < 0 && i == 0) || (by > 0 && i + 1 == n))
        continue;
      gtk_column_view_insert_column (self->view, i + (guint) by, moved);
      return;
    }
}

/* --- what stands where --- */

/**
 * qd_table_view_find_cell:
 * @self: a table view
 * @x: in the column view
 * @y: in the column view
 * @row: (out): of the table
 * @column: (out): of the table
 *
 * Returns: whether there is a cell
 */
gboolean
qd_table_view_find_cell (QdTableView *self,
                         double       x,
                         double       y,
                         guint       *row,
                         guint       *column)
{
  GtkWidget *widget = gtk_widget_pick (GTK_WIDGET (self->view), x, y, GTK_PICK_DEFAULT);

  while (widget != NULL && widget != GTK_WIDGET (self->view))
    {
      GtkWidget *cell = GTK_IS_INSCRIPTION (widget) ? widget : gtk_widget_get_first_child (widget);

      if (cell != NULL && get_place (cell, row, column))
        return TRUE;
      widget = gtk_widget_get_parent (widget);
    }
  return FALSE;
}

static GtkWidget *
find_cell_in (GtkWidget *widget,
              guint      row,
              guint      column)
{
  guint own_row, own_column;

  if (GTK_IS_INSCRIPTION (widget))
    return get_place (widget, &own_row, &own_column) && own_row == row && own_column == column ? widget : NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_cell_in (child, row, column);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/**
 * qd_table_view_get_item:
 * @row_widget: a child of the list
 *
 * Returns: (transfer none) (nullable): the item that it shows
 */
QdTableRow *
qd_table_view_get_item (GtkWidget *row_widget)
{
  for (GtkWidget *outer = gtk_widget_get_first_child (row_widget); outer; outer = gtk_widget_get_next_sibling (outer))
    {
      GtkWidget *cell = gtk_widget_get_first_child (outer);

      if (cell != NULL)
        return g_object_get_qdata (G_OBJECT (cell), cell_item_quark ());
    }
  return NULL;
}

/**
 * qd_table_view_find_cell_widget:
 * @self: a table view
 * @row: of the table
 * @column: of the table
 *
 * Returns: (transfer none) (nullable): what shows the cell; `NULL` when it is far out of sight
 */
GtkWidget *
qd_table_view_find_cell_widget (QdTableView *self,
                                guint        row,
                                guint        column)
{
  return find_cell_in (gtk_widget_get_last_child (GTK_WIDGET (self->view)), row, column);
}
