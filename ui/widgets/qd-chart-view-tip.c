/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where the cursor is drawn, and where its tooltip stands.
 */
#include "config.h"

#include "qd-chart-view-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define EDGE 6
/* Between pointer and tip. */
#define ROOM 14.0

static GdkRGBA
to_rgba (QdColor color,
         double  alpha)
{
  return (GdkRGBA){ (float) color.r, (float) color.g, (float) color.b, (float) alpha };
}

static QdRect
get_plot (QdChartView *self)
{
  QdRect upper = qd_chart_layout_get_plot (self->layout, 0), lower = qd_chart_layout_get_plot (self->layout, 1);

  if (upper.width <= 0)
    return lower;
  if (lower.width > 0)
    upper.height = lower.y + lower.height - upper.y;
  return upper;
}

static void
fill_box (GtkSnapshot *snapshot,
          QdRect       box,
          GdkRGBA      color)
{
  gtk_snapshot_append_color (snapshot, &color,
                             &GRAPHENE_RECT_INIT ((float) box.x, (float) box.y, (float) box.width, (float) box.height));
}

static void
stroke_box (GtkSnapshot *snapshot,
            QdRect       box,
            double       radius,
            double       width,
            GdkRGBA      color)
{
  GskRoundedRect outline;
  const float widths[4] = { (float) width, (float) width, (float) width, (float) width };
  const GdkRGBA colors[4] = { color, color, color, color };

  gsk_rounded_rect_init_from_rect (
      &outline, &GRAPHENE_RECT_INIT ((float) box.x, (float) box.y, (float) box.width, (float) box.height), (float) radius);
  gtk_snapshot_append_border (snapshot, &outline, widths, colors);
}

/* A text on a plate: the value at its axis, the place below. */
static void
draw_chip (QdChartView *self,
           GtkSnapshot *snapshot,
           const char  *text,
           double       x,
           double       y,
           gboolean     centred)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  const QdChartTheme *theme = &self->theme;
  GdkRGBA ink = to_rgba (theme->background, 1);
  GskRoundedRect plate;
  int width, height;
  QdRect box;

  pango_attr_list_insert (attributes, pango_attr_size_new_absolute ((int) (theme->small_size * theme->scale * PANGO_SCALE)));
  pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_SEMIBOLD));
  pango_layout_set_attributes (layout, attributes);
  pango_layout_get_pixel_size (layout, &width, &height);
  box = (QdRect){ centred ? x - width / 2. - 5 : x - width - 10, y - height / 2. - 1, width + 10, height + 2 };
  box.x = CLAMP (box.x, 1, MAX (1, self->width - box.width - 1));
  box.y = CLAMP (box.y, 1, MAX (1, self->height - box.height - 1));
  gsk_rounded_rect_init_from_rect (
      &plate, &GRAPHENE_RECT_INIT ((float) box.x, (float) box.y, (float) box.width, (float) box.height), 4);
  gtk_snapshot_push_rounded_clip (snapshot, &plate);
  fill_box (snapshot, box, to_rgba (theme->ink, 1));
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) (box.x + 5), (float) (box.y + 1)));
  gtk_snapshot_append_layout (snapshot, layout, &ink);
  gtk_snapshot_restore (snapshot);
}

static void
draw_ring (QdChartView *self,
           GtkSnapshot *snapshot,
           QdPoint      at,
           QdColor      color,
           gboolean     meant)
{
  double radius = (meant ? 5 : 3) * self->theme.scale;
  QdRect box = { at.x - radius, at.y - radius, 2 * radius, 2 * radius };

  stroke_box (snapshot, (QdRect){ box.x - 1, box.y - 1, box.width + 2, box.height + 2 }, radius + 1, meant ? 4 : 3,
              to_rgba (self->theme.background, 1));
  stroke_box (snapshot, box, radius, 2, to_rgba (color, 1));
}

/* The line through a place and a ring on each series. The clip makes them one part for GTK: where more change than it
 * keeps account of, it draws the whole chart again. */
static void
draw_upright (QdChartView *self,
              GtkSnapshot *snapshot,
              QdRect       plot,
              QdPoint      anchor)
{
  const QdChartTheme *theme = &self->theme;
  guint n = qd_chart_spec_get_n_series (self->base);
  float x = (float) round (anchor.x), reach = (float) ceil (5 * theme->scale + 2);

  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (x - reach, (float) floor (plot.y) - reach, 2 * reach + 1,
                                                         (float) ceil (plot.height) + 2 * reach + 1));
  fill_box (snapshot, (QdRect){ x, plot.y, 1, plot.height }, to_rgba (theme->axis, 1));
  for (guint i = 0; i < n; i++)
    {
      QdPoint at;

      if ((int) i != self->series && qd_chart_spec_is_line (self->base, i) &&
          qd_chart_view_get_anchor (self, (int) i, self->place, &at, NULL))
        draw_ring (self, snapshot, at, qd_chart_theme_get_tone (theme, qd_chart_spec_get_tone (self->base, i)), FALSE);
    }
  draw_ring (self, snapshot, anchor, theme->ink, TRUE);
  gtk_snapshot_pop (snapshot);
}

static void
draw_crosshair (QdChartView *self,
                GtkSnapshot *snapshot,
                QdPoint      anchor)
{
  QdRect plot = get_plot (self);
  const QdChartTheme *theme = &self->theme;
  g_autofree char *place = qd_chart_spec_dup_place_label (self->base, (guint) self->place);
  g_autofree char *value = qd_chart_spec_dup_value_text (self->base, (guint) self->series, (guint) self->place);

  if (!self->compact)
    fill_box (snapshot, (QdRect){ plot.x, round (anchor.y), MAX (anchor.x - plot.x, 0), 1 }, to_rgba (theme->axis, 1));
  draw_upright (self, snapshot, plot, anchor);
  if (self->compact)
    return;
  draw_chip (self, snapshot, value, plot.x - 3, anchor.y, FALSE);
  draw_chip (self, snapshot, place, anchor.x, plot.y + plot.height + 4 + theme->small_size * theme->scale * 0.75, TRUE);
}

static void
draw_brush (QdChartView *self,
            GtkSnapshot *snapshot)
{
  QdRect plot = get_plot (self);
  double from = CLAMP (MIN (self->brush_from, self->brush_to), plot.x, plot.x + plot.width);
  double to = CLAMP (MAX (self->brush_from, self->brush_to), plot.x, plot.x + plot.width);
  GdkRGBA edge = to_rgba (self->theme.ink, 1);

  fill_box (snapshot, (QdRect){ from, plot.y, to - from, plot.height }, to_rgba (self->theme.ink, 0.12));
  fill_box (snapshot, (QdRect){ from, plot.y, 1, plot.height }, edge);
  fill_box (snapshot, (QdRect){ to - 1, plot.y, 1, plot.height }, edge);
}

/* The bar of a step of a bridge, whose area is all that is above and below it. */
static QdRect
get_bar (QdChartView *self,
         QdRect       area)
{
  guint n = qd_chart_layout_get_n_marks (self->layout);

  for (guint i = 0; i < n; i++)
    {
      const QdMark *mark = qd_chart_layout_get_mark (self->layout, i);

      if (mark->role == QD_ROLE_BAR && mark->index == self->place)
        return mark->box;
    }
  return area;
}

void
qd_chart_view_snapshot_cursor (QdChartView *self,
                               GtkSnapshot *snapshot)
{
  QdPoint anchor;
  QdRect area;

  if (self->brushing)
    draw_brush (self, snapshot);
  if (!self->shown || self->brushing || !qd_chart_view_get_anchor (self, self->series, self->place, &anchor, &area))
    return;
  if (qd_chart_view_is_time (self))
    {
      draw_crosshair (self, snapshot, anchor);
      return;
    }
  area = get_bar (self, area);
  /* A cell or a bar: its outline, with a light one inside so that it is seen on any colour. */
  if (area.width < 10 || area.height < 10)
    area = (QdRect){ area.x - 4, area.y - 4, area.width + 8, area.height + 8 };
  stroke_box (snapshot, area, 2, 3, to_rgba (self->theme.background, 1));
  stroke_box (snapshot, (QdRect){ area.x - 1, area.y - 1, area.width + 2, area.height + 2 }, 3, 2, to_rgba (self->theme.ink, 1));
}

/* A popover of its own, where the chart is as small as a word. */
static void
ensure_popover (QdChartView *self)
{
  if (!self->compact || self->tip_popover != NULL)
    return;
  g_object_ref (self->tip);
  gtk_widget_unparent (self->tip);
  self->tip_popover = gtk_popover_new ();
  gtk_popover_set_autohide (GTK_POPOVER (self->tip_popover), FALSE);
  gtk_popover_set_position (GTK_POPOVER (self->tip_popover), GTK_POS_TOP);
  gtk_widget_set_can_focus (self->tip_popover, FALSE);
  gtk_popover_set_child (GTK_POPOVER (self->tip_popover), self->tip);
  gtk_widget_set_visible (self->tip, TRUE);
  g_object_unref (self->tip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->tip_popover), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Values"), -1);
  gtk_widget_set_parent (self->tip_popover, GTK_WIDGET (self));
}

static char *
dup_hint (QdChartView *self)
{
  gboolean drill = qd_chart_view_is_drillable (self, self->series, self->place);

  if (self->pointed)
    return drill ? g_strdup (_("Click, or press Enter, for the rows behind it")) : NULL;
  return g_strdup (drill ? _("Enter: rows behind it · Arrows: move · Menu key: more") : _("Arrows: move · Menu key: more"));
}

/**
 * qd_chart_view_update_tip:
 * @self: a view
 *
 * Makes the tip say what the cursor is at, or hides it.
 */
void
qd_chart_view_update_tip (QdChartView *self)
{
  gboolean wanted = self->shown && !self->dismissed && !self->brushing && !self->show_table && self->base != NULL &&
                    gtk_widget_get_mapped (GTK_WIDGET (self));
  g_autofree char *hint = NULL;

  if (self->tip == NULL)
    return;
  if (!wanted)
    {
      self->tip_box = (QdRect){ 0 };
      if (self->tip_popover != NULL)
        gtk_popover_popdown (GTK_POPOVER (self->tip_popover));
      else
        gtk_widget_set_visible (self->tip, FALSE);
      return;
    }
  ensure_popover (self);
  qd_chart_view_ensure_layout (self);
  hint = dup_hint (self);
  if (self->tip_popover != NULL)
    {
      QdPoint anchor;

      qd_chart_tip_show (QD_CHART_TIP (self->tip), self->base, &self->theme, self->series, self->place, self->hidden, hint, 600);
      if (!qd_chart_view_get_anchor (self, self->series, self->place, &anchor, NULL))
        return;
      gtk_popover_set_pointing_to (GTK_POPOVER (self->tip_popover), &(GdkRectangle){ (int) anchor.x, 0, 1, self->height });
      gtk_popover_popup (GTK_POPOVER (self->tip_popover));
      return;
    }
  gtk_widget_set_visible (self->tip, TRUE);
  qd_chart_tip_show (QD_CHART_TIP (self->tip), self->base, &self->theme, self->series, self->place, self->hidden, hint,
                     self->width - 2 * EDGE);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/* From the top to the bottom of all that is drawn at the place. */
static QdRect
get_occupied (QdChartView *self,
              QdPoint      anchor,
              QdRect       area)
{
  guint n = qd_chart_spec_get_n_series (self->base);
  double top = anchor.y - 8, bottom = anchor.y + 8;

  if (!qd_chart_view_is_time (self))
    {
      QdRect bar = get_bar (self, area);

      /* Bars that lie: the rows above and below are other bars. */
      if (area.width > area.height)
        return area;
      return (QdRect){ bar.x, bar.y - 24, bar.width, bar.height + 48 };
    }
  for (guint i = 0; i < n; i++)
    {
      QdPoint at;
      QdRect box;

      if (!qd_chart_view_get_anchor (self, (int) i, self->place, &at, &box))
        continue;
      top = MIN (top, MIN (at.y, box.y) - 10);
      bottom = MAX (bottom, MAX (at.y, box.y + box.height) + 10);
    }
  return (QdRect){ anchor.x, top, 0, bottom - top };
}

/* Above what is there, below it, or beside it; never level with the pointer on the way to the next place. So the pointer
 * scans along without running into the tip, and still finds it by going straight up or down. */
static QdRect
find_place (QdChartView *self,
            QdPoint      anchor,
            QdRect       area,
            QdRect       size,
            int          width,
            int          height)
{
  QdRect occupied = get_occupied (self, anchor, area);
  double centre = CLAMP (anchor.x - size.width / 2, EDGE, MAX (EDGE, width - EDGE - size.width));
  double half = qd_chart_view_is_time (self) ? get_plot (self).width / (self->last - self->first + 1) / 2 : 14;
  double gap = CLAMP (half - 2, 2, 12), right = MAX (anchor.x, area.x + area.width) + gap;
  double left = MIN (anchor.x, area.x) - gap - size.width;
  double pointer = self->pointed ? self->pointer_y : anchor.y + size.height / 2 + ROOM;
  double over = CLAMP (pointer - ROOM - size.height, EDGE, MAX (EDGE, height - EDGE - size.height));
  double under = CLAMP (pointer + ROOM, EDGE, MAX (EDGE, height - EDGE - size.height));
  const struct
  {
    QdPoint at;
    gboolean beside;
  } places[] = {
    { { centre, occupied.y - size.height }, FALSE },
    { { centre, occupied.y + occupied.height }, FALSE },
    { { right, over }, TRUE },
    { { left, over }, TRUE },
    { { right, under }, TRUE },
    { { left, under }, TRUE },
    { { centre, EDGE }, FALSE },
    { { centre, height - EDGE - size.height }, FALSE },
  };

  self->tip_sticky = TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      QdRect box = { places[i].at.x, places[i].at.y, size.width, size.height };

      if (box.x < EDGE - 0.5 || box.y < EDGE - 0.5 || box.x + box.width > width - EDGE + 0.5 ||
          box.y + box.height > height - EDGE + 0.5)
        continue;
      if (self->pointed && pointer > box.y - ROOM / 2 && pointer < box.y + box.height + ROOM / 2)
        continue;
      return box;
    }
  /* There is no room for both: the pointer goes through it. */
  self->tip_sticky = FALSE;
  return (QdRect){ anchor.x > width / 2. ? EDGE : MAX (EDGE, width - EDGE - size.width), EDGE, size.width, size.height };
}

void
qd_chart_view_place_tip (QdChartView *self,
                         int          width,
                         int          height)
{
  GtkRequisition natural;
  QdPoint anchor = { width / 2., height / 2. };
  QdRect area = { anchor.x, anchor.y, 0, 0 };
  int series;

  if (self->tip_popover != NULL || self->tip == NULL || !gtk_widget_should_layout (self->tip))
    return;
  gtk_widget_get_preferred_size (self->tip, NULL, &natural);
  natural.width = MIN (natural.width, MAX (width - 2 * EDGE, 1));
  gtk_widget_measure (self->tip, GTK_ORIENTATION_VERTICAL, natural.width, NULL, &natural.height, NULL, NULL);
  qd_chart_view_get_anchor (self, self->series, self->place, &anchor, &area);
  /* Another line at the same month: the tip stays, so that the way to it leads across lines. */
  series = qd_chart_view_is_time (self) ? 0 : self->series;
  if (self->pointed && self->tip_place == self->place && self->tip_series == series &&
      self->tip_box.height == natural.height && self->tip_box.x + natural.width <= width)
    self->tip_box.width = natural.width;
  else
    self->tip_box = find_place (self, anchor, area, (QdRect){ 0, 0, natural.width, natural.height }, width, height);
  self->tip_place = self->place;
  self->tip_series = series;
  gtk_widget_size_allocate (self->tip,
                            &(GtkAllocation){ (int) self->tip_box.x, (int) self->tip_box.y, natural.width, natural.height }, -1);
}

/**
 * qd_chart_view_dup_tip_text:
 * @self: a view
 *
 * Returns: (transfer full) (nullable): what the tip says; `NULL` while there is none
 */
char *
qd_chart_view_dup_tip_text (QdChartView *self)
{
  g_return_val_if_fail (QD_IS_CHART_VIEW (self), NULL);
  if (!self->shown || self->dismissed || self->tip == NULL || !gtk_widget_get_visible (self->tip))
    return NULL;
  return qd_chart_tip_dup_text (QD_CHART_TIP (self->tip));
}
