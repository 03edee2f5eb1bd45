/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-wrap-layout.h"

struct _QdWrapLayout
{
  GtkLayoutManager parent_instance;

  int spacing;
};

enum
{
  PROP_0,
  PROP_SPACING,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (QdWrapLayout, qd_wrap_layout, GTK_TYPE_LAYOUT_MANAGER)

/* The children of one line, and what it takes. */
typedef struct
{
  GtkWidget *first, *end; /* @end: the one after the last, or NULL */
  int width, height;
} Line;

static GtkWidget *
skip_hidden (GtkWidget *child)
{
  while (child != NULL && !gtk_widget_should_layout (child))
    child = gtk_widget_get_next_sibling (child);
  return child;
}

static int
get_width (GtkWidget *child,
           int        most)
{
  int minimum, natural;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  return CLAMP (natural, minimum, MAX (most, minimum));
}

static Line
fill_line (const QdWrapLayout *self,
           GtkWidget          *first,
           int                 most)
{
  Line line = { first, NULL, 0, 0 };

  for (GtkWidget *child = first; child != NULL; child = skip_hidden (gtk_widget_get_next_sibling (child)))
    {
      int width = get_width (child, most), height;

      if (child != first && line.width + self->spacing + width > most)
        {
          line.end = child;
          break;
        }
      gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, &height, NULL, NULL, NULL);
      line.width += width + (child != first ? self->spacing : 0);
      line.height = MAX (line.height, height);
    }
  return line;
}

static GtkSizeRequestMode
qd_wrap_layout_get_request_mode (GtkLayoutManager *manager,
                                 GtkWidget        *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
qd_wrap_layout_measure (GtkLayoutManager *manager,
                        GtkWidget        *widget,
                        GtkOrientation    orientation,
                        int               for_size,
                        int              *minimum,
                        int              *natural,
                        int              *minimum_baseline,
                        int              *natural_baseline)
{
  QdWrapLayout *self = QD_WRAP_LAYOUT (manager);
  GtkWidget *first = skip_hidden (gtk_widget_get_first_child (widget));

  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      for (GtkWidget *child = first; child != NULL; child = skip_hidden (gtk_widget_get_next_sibling (child)))
        {
          int own_minimum, own_natural;

          gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &own_minimum, &own_natural, NULL, NULL);
          *minimum = MAX (*minimum, own_minimum);
          *natural += own_natural + (child != first ? self->spacing : 0);
        }
      return;
    }
  for (GtkWidget *child = first; child != NULL;)
    {
      Line line = fill_line (self, child, for_size < 0 ? G_MAXINT / 2 : for_size);

      *minimum += line.height + (child != first ? self->spacing : 0);
      child = line.end;
    }
  *natural = *minimum;
}

static void
qd_wrap_layout_allocate (GtkLayoutManager *manager,
                         GtkWidget        *widget,
                         int               width,
                         int               height,
                         int               baseline)
{
  QdWrapLayout *self = QD_WRAP_LAYOUT (manager);
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int y = 0;

  for (GtkWidget *first = skip_hidden (gtk_widget_get_first_child (widget)); first != NULL;)
    {
      Line line = fill_line (self, first, width);
      int x = 0, rest = MAX (width - line.width, 0);

      for (GtkWidget *child = first; child != line.end; child = skip_hidden (gtk_widget_get_next_sibling (child)))
        {
          int own = get_width (child, width);

          if (rest > 0 && gtk_widget_compute_expand (child, GTK_ORIENTATION_HORIZONTAL))
            {
              own += rest;
              rest = 0;
            }
          gtk_widget_size_allocate (child, &(GtkAllocation){ mirrored ? width - x - own : x, y, own, line.height }, -1);
          x += own + self->spacing;
        }
      y += line.height + self->spacing;
      first = line.end;
    }
}

static void
qd_wrap_layout_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  if (prop_id == PROP_SPACING)
    g_value_set_int (value, QD_WRAP_LAYOUT (object)->spacing);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
qd_wrap_layout_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  if (prop_id != PROP_SPACING)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      return;
    }
  QD_WRAP_LAYOUT (object)->spacing = g_value_get_int (value);
  gtk_layout_manager_layout_changed (GTK_LAYOUT_MANAGER (object));
}

static void
qd_wrap_layout_class_init (QdWrapLayoutClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkLayoutManagerClass *manager_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  object_class->get_property = qd_wrap_layout_get_property;
  object_class->set_property = qd_wrap_layout_set_property;
  manager_class->get_request_mode = qd_wrap_layout_get_request_mode;
  manager_class->measure = qd_wrap_layout_measure;
  manager_class->allocate = qd_wrap_layout_allocate;
  properties[PROP_SPACING] = g_param_spec_int ("spacing", NULL, NULL, 0, G_MAXINT16, 12,
                                               G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
qd_wrap_layout_init (QdWrapLayout *self)
{
  self->spacing = 12;
}

GtkLayoutManager *
qd_wrap_layout_new (int spacing)
{
  return g_object_new (QD_TYPE_WRAP_LAYOUT, "spacing", spacing, NULL);
}
