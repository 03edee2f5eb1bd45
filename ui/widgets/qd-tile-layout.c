/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-tile-layout.h"

struct _QdTileLayout
{
  GtkLayoutManager parent_instance;

  int column_width;
  int spacing;
};

enum
{
  PROP_0,
  PROP_COLUMN_WIDTH,
  PROP_SPACING,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (QdTileLayout, qd_tile_layout, GTK_TYPE_LAYOUT_MANAGER)

static int
count_children (GtkWidget *widget)
{
  int n = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    n += gtk_widget_should_layout (child);
  return n;
}

/* What every child can live with. */
static int
find_least (GtkWidget *widget)
{
  int least = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_should_layout (child))
      {
        int own;

        gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &own, NULL, NULL, NULL);
        least = MAX (least, own);
      }
  return least;
}

/* The most columns that fit and leave no gap in the last row. */
static int
count_columns (const QdTileLayout *self,
               int                 n,
               int                 least,
               int                 width)
{
  int column_width = MAX (self->column_width, least);

  for (int columns = n; columns > 1; columns--)
    if (n % columns == 0 && columns * (column_width + self->spacing) - self->spacing <= width)
      return columns;
  return 1;
}

static int
find_row_height (GtkWidget *widget,
                 int        first,
                 int        columns,
                 int        width)
{
  int height = 0, i = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      int own;

      if (!gtk_widget_should_layout (child))
        continue;
      if (i >= first && i < first + columns)
        {
          gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, &own, NULL, NULL, NULL);
          height = MAX (height, own);
        }
      i++;
    }
  return height;
}

static GtkSizeRequestMode
qd_tile_layout_get_request_mode (GtkLayoutManager *manager,
                                 GtkWidget        *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
qd_tile_layout_measure (GtkLayoutManager *manager,
                        GtkWidget        *widget,
                        GtkOrientation    orientation,
                        int               for_size,
                        int              *minimum,
                        int              *natural,
                        int              *minimum_baseline,
                        int              *natural_baseline)
{
  QdTileLayout *self = QD_TILE_LAYOUT (manager);
  int n = count_children (widget), columns, width, least = find_least (widget);

  *minimum = *natural = 0;
  if (n == 0)
    return;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = least;
      *natural = MAX (least, n * (MAX (self->column_width, least) + self->spacing) - self->spacing);
      return;
    }
  columns = for_size < 0 ? n : count_columns (self, n, least, for_size);
  width = for_size < 0 ? MAX (self->column_width, least) : (for_size - (columns - 1) * self->spacing) / columns;
  width = MAX (width, least);
  for (int first = 0; first < n; first += columns)
    *minimum += find_row_height (widget, first, columns, width) + (first > 0 ? self->spacing : 0);
  *natural = *minimum;
}

static void
qd_tile_layout_allocate (GtkLayoutManager *manager,
                         GtkWidget        *widget,
                         int               width,
                         int               height,
                         int               baseline)
{
  QdTileLayout *self = QD_TILE_LAYOUT (manager);
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int n = count_children (widget), columns = count_columns (self, MAX (n, 1), find_least (widget), width);
  int i = 0, y = 0, row_height = 0;
  int column_width = (width - (columns - 1) * self->spacing) / columns;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      int column = i % columns, x;

      if (!gtk_widget_should_layout (child))
        continue;
      if (column == 0)
        {
          y += i > 0 ? row_height + self->spacing : 0;
          row_height = find_row_height (widget, i, columns, column_width);
          /* One row takes all the height there is. */
          if (n <= columns)
            row_height = MAX (row_height, height);
        }
      x = (mirrored ? columns - 1 - column : column) * (column_width + self->spacing);
      gtk_widget_size_allocate (child, &(GtkAllocation){ x, y, column_width, row_height }, -1);
      i++;
    }
}

static void
qd_tile_layout_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  QdTileLayout *self = QD_TILE_LAYOUT (object);

  switch (prop_id)
    {
    case PROP_COLUMN_WIDTH:
      g_value_set_int (value, self->column_width);
      break;
    case PROP_SPACING:
      g_value_set_int (value, self->spacing);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
qd_tile_layout_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  QdTileLayout *self = QD_TILE_LAYOUT (object);

  switch (prop_id)
    {
    case PROP_COLUMN_WIDTH:
      self->column_width = g_value_get_int (value);
      break;
    case PROP_SPACING:
      self->spacing = g_value_get_int (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      return;
    }
  gtk_layout_manager_layout_changed (GTK_LAYOUT_MANAGER (self));
}

static void
qd_tile_layout_class_init (QdTileLayoutClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkLayoutManagerClass *manager_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  object_class->get_property = qd_tile_layout_get_property;
  object_class->set_property = qd_tile_layout_set_property;
  manager_class->get_request_mode = qd_tile_layout_get_request_mode;
  manager_class->measure = qd_tile_layout_measure;
  manager_class->allocate = qd_tile_layout_allocate;
  properties[PROP_COLUMN_WIDTH] = g_param_spec_int ("column-width", NULL, NULL, 1, G_MAXINT16, 200,
                                                    G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SPACING] = g_param_spec_int ("spacing", NULL, NULL, 0, G_MAXINT16, 12,
                                               G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
qd_tile_layout_init (QdTileLayout *self)
{
  self->column_width = 200;
  self->spacing = 12;
}
