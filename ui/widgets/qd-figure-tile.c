/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-figure-tile.h"

#include <glib/gi18n-lib.h>

#include "../compat/qd-names.h"
#include "qd-chart-style.h"
#include "qd-sparkline.h"

struct _QdFigureTile
{
  GtkButton parent_instance;

  GtkLabel *name;
  GtkLabel *value;
  GtkLabel *change;
  QdSparkline *course;
  GtkPopover *menu;

  const QdMetric *metric;
  char *drill;
  int judgement;
};

G_DEFINE_FINAL_TYPE (QdFigureTile, qd_figure_tile, GTK_TYPE_BUTTON)

/* The colours are those of the charts, which say good and bad without red and green. */
static void
colour_change (QdFigureTile *self)
{
  QdChartTheme theme = qd_chart_style_get (GTK_WIDGET (self));
  PangoAttrList *attributes = NULL;

  if (self->judgement != 0)
    {
      QdColor color = qd_chart_theme_get_text_tone (&theme, self->judgement > 0 ? QD_TONE_GOOD : QD_TONE_BAD);

      attributes = pango_attr_list_new ();
      pango_attr_list_insert (attributes, pango_attr_foreground_new ((guint16) (color.r * 65535), (guint16) (color.g * 65535),
                                                                     (guint16) (color.b * 65535)));
      /* Else it takes that of the text's own colour, which is not opaque, and the contrast goes. */
      pango_attr_list_insert (attributes, pango_attr_foreground_alpha_new (G_MAXUINT16));
      gtk_widget_remove_css_class (GTK_WIDGET (self->change), "dim-label");
    }
  else
    {
      gtk_widget_add_css_class (GTK_WIDGET (self->change), "dim-label");
    }
  gtk_label_set_attributes (self->change, attributes);
  g_clear_pointer (&attributes, pango_attr_list_unref);
}

static void
clicked_cb (QdFigureTile *self)
{
  if (self->drill != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.drill", "s", self->drill);
}

static void
explain_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  QdFigureTile *self = QD_FIGURE_TILE (widget);

  if (self->metric != NULL)
    gtk_widget_activate_action (widget, "win.explain", "s", self->metric->id);
}

static void
open_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  clicked_cb (QD_FIGURE_TILE (widget));
}

static void
menu_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  QdFigureTile *self = QD_FIGURE_TILE (widget);

  if (self->menu == NULL)
    {
      g_autoptr (GMenu) model = g_menu_new ();

      g_menu_append (model, _("_Show Customers"), "tile.open");
      g_menu_append (model, _("_What Is This?"), "tile.explain");
      self->menu = GTK_POPOVER (gtk_popover_menu_new_from_model (G_MENU_MODEL (model)));
      gtk_widget_set_parent (GTK_WIDGET (self->menu), widget);
    }
  gtk_popover_popup (self->menu);
}

static void
pressed_cb (GtkGestureClick *gesture,
            int              n_press,
            double           x,
            double           y,
            QdFigureTile    *self)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  menu_action (GTK_WIDGET (self), NULL, NULL);
}

static void
qd_figure_tile_size_allocate (GtkWidget *widget,
                              int        width,
                              int        height,
                              int        baseline)
{
  QdFigureTile *self = QD_FIGURE_TILE (widget);

  GTK_WIDGET_CLASS (qd_figure_tile_parent_class)->size_allocate (widget, width, height, baseline);
  if (self->menu != NULL)
    gtk_popover_present (self->menu);
}

static void
qd_figure_tile_dispose (GObject *object)
{
  QdFigureTile *self = QD_FIGURE_TILE (object);

  if (self->menu != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->menu));
  self->menu = NULL;
  G_OBJECT_CLASS (qd_figure_tile_parent_class)->dispose (object);
}

static void
qd_figure_tile_finalize (GObject *object)
{
  g_free (QD_FIGURE_TILE (object)->drill);
  G_OBJECT_CLASS (qd_figure_tile_parent_class)->finalize (object);
}

static void
qd_figure_tile_class_init (QdFigureTileClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = qd_figure_tile_dispose;
  G_OBJECT_CLASS (klass)->finalize = qd_figure_tile_finalize;
  widget_class->size_allocate = qd_figure_tile_size_allocate;
  gtk_widget_class_install_action (widget_class, "tile.open", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "tile.explain", NULL, explain_action);
  gtk_widget_class_install_action (widget_class, "tile.menu", NULL, menu_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "tile.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "tile.menu", NULL);
}

static GtkLabel *
add_label (GtkWidget  *box,
           const char *style)
{
  GtkLabel *label = GTK_LABEL (gtk_label_new (NULL));

  gtk_label_set_xalign (label, 0);
  gtk_label_set_ellipsize (label, PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (GTK_WIDGET (label), style);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (label));
  return label;
}

static void
qd_figure_tile_init (QdFigureTile *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_widget_add_css_class (GTK_WIDGET (self), "card");
  gtk_widget_add_css_class (GTK_WIDGET (self), "activatable");
  gtk_widget_add_css_class (GTK_WIDGET (self), "figure-tile");
  self->name = add_label (box, "caption-heading");
  gtk_widget_add_css_class (GTK_WIDGET (self->name), "dim-label");
  self->value = add_label (box, "title-2");
  gtk_widget_add_css_class (GTK_WIDGET (self->value), "numeric");
  /* A number is never cut. */
  gtk_label_set_ellipsize (self->value, PANGO_ELLIPSIZE_NONE);
  self->change = add_label (box, "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->change), "numeric");
  self->course = QD_SPARKLINE (qd_sparkline_new ());
  gtk_widget_set_margin_top (GTK_WIDGET (self->course), 6);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->course));
  gtk_button_set_child (GTK_BUTTON (self), box);

  g_signal_connect (self, "clicked", G_CALLBACK (clicked_cb), NULL);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  qd_chart_style_watch (GTK_WIDGET (self), G_CALLBACK (colour_change));
}

GtkWidget *
qd_figure_tile_new (void)
{
  return g_object_new (QD_TYPE_FIGURE_TILE, NULL);
}

/**
 * qd_figure_tile_set_figure:
 * @self: a tile
 * @metric: whose figure it is
 * @name: what it is called here
 * @value: as it is written
 * @change: (nullable): signed, with an arrow; `NULL`: there is nothing to compare with
 * @judgement: +1: the change is good, −1: bad, 0: neither
 * @basis: (nullable): what the change is against; `NULL`: nothing is compared
 * @drill: (nullable): the customers behind it
 *
 * Shows a figure.
 */
void
qd_figure_tile_set_figure (QdFigureTile   *self,
                           const QdMetric *metric,
                           const char     *name,
                           const char     *value,
                           const char     *change,
                           int             judgement,
                           const char     *basis,
                           const QdDrill  *drill)
{
  g_autofree char *label = NULL;
  g_autofree char *tooltip = NULL;
  const char *verdict = judgement > 0 ? _("better") : judgement < 0 ? _("worse") : NULL;

  self->metric = metric;
  self->judgement = change != NULL ? judgement : 0;
  g_free (self->drill);
  self->drill = drill != NULL ? qd_drill_to_string (drill) : NULL;
  gtk_label_set_label (self->name, name);
  gtk_label_set_label (self->value, value);
  /* Translators: of a figure that there is nothing to compare with, beside others that there is. */
  gtk_label_set_label (self->change, change != NULL ? change : _("no comparison"));
  gtk_widget_set_visible (GTK_WIDGET (self->change), change != NULL || basis != NULL);
  colour_change (self);

  if (change == NULL)
    label = g_strdup_printf ("%s: %s", name, value);
  else if (basis == NULL || verdict == NULL)
    label = g_strdup_printf ("%s: %s, %s", name, value, change);
  else
    /* Translators: a figure's name, its value, its signed change, "since Jun 2025", "better" or "worse". */
    label = g_strdup_printf (_("%1$s: %2$s, %3$s %4$s, %5$s"), name, value, change, basis, verdict);
  tooltip = g_strdup_printf ("%s\n%s", label, _(metric->meaning));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  qd_names_set_description (GTK_WIDGET (self), _(metric->meaning));
}

void
qd_figure_tile_set_course (QdFigureTile *self,
                           QdChartSpec  *sparkline)
{
  qd_sparkline_set_spec (self->course, sparkline);
}

const char *
qd_figure_tile_get_value (QdFigureTile *self)
{
  return gtk_label_get_label (self->value);
}
