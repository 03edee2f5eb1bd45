/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-chart-view-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "qd-chart-style.h"

#define RADIUS 12

G_DEFINE_FINAL_TYPE (QdChartView, qd_chart_view, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_SPEC,
  PROP_METRICS,
  PROP_NAME,
  PROP_SHOW_TABLE,
  PROP_COMPACT,
  PROP_DRILLABLE,
  PROP_LEAST_HEIGHT,
  N_PROPS,
};

enum
{
  DRILL,
  RANGE,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static QdChartTheme
make_theme (QdChartView *self)
{
  QdChartTheme theme = qd_chart_style_get (GTK_WIDGET (self));

  theme.title_size = 13;
  theme.bare = self->compact;
  theme.unsourced = self->unsourced;
  return theme;
}

static void
forget_picture (QdChartView *self)
{
  g_clear_pointer (&self->layout, qd_chart_layout_free);
  g_clear_pointer (&self->node, gsk_render_node_unref);
  self->points_placed = FALSE;
  self->tip_place = -1;
}

/**
 * qd_chart_view_ensure_layout:
 * @self: a view
 *
 * Lays the chart out for the size that the view has, unless it is.
 */
void
qd_chart_view_ensure_layout (QdChartView *self)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self)), height = gtk_widget_get_height (GTK_WIDGET (self));
  int pixels = gtk_widget_get_scale_factor (GTK_WIDGET (self));

  if (self->spec == NULL || width < 24 || height < 12)
    return;
  if (self->layout != NULL && self->width == width && self->height == height && self->pixels == pixels)
    return;
  forget_picture (self);
  if (self->cache == NULL)
    self->cache = qd_text_cache_new (gtk_widget_get_pango_context (GTK_WIDGET (self)));
  self->theme = make_theme (self);
  self->layout = qd_chart_layout_new (self->spec, &self->theme, self->cache, width, height, NULL);
  self->width = width;
  self->height = height;
  self->pixels = pixels;
}

/* The chart as it is drawn, recorded once: while the cursor moves, only what it touches is drawn again. */
static void
ensure_node (QdChartView *self)
{
  GtkSnapshot *snapshot;
  cairo_t *cr;

  qd_chart_view_ensure_layout (self);
  if (self->layout == NULL || self->node != NULL)
    return;
  snapshot = gtk_snapshot_new ();
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) self->width, (float) self->height));
  qd_chart_layout_draw_for_pixels (self->layout, cr, self->pixels);
  cairo_destroy (cr);
  self->node = gtk_snapshot_free_to_node (snapshot);
}

static void
restyle (QdChartView *self)
{
  forget_picture (self);
  qd_chart_view_update_tip (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

gboolean
qd_chart_view_is_time (QdChartView *self)
{
  QdChartKind kind;

  if (self->base == NULL)
    return FALSE;
  kind = qd_chart_spec_get_kind (self->base);
  return (kind == QD_CHART_TIME || kind == QD_CHART_SPARKLINE) && qd_chart_spec_get_n_places (self->base) > 0;
}

gboolean
qd_chart_view_is_zoomed (QdChartView *self)
{
  return qd_chart_view_is_time (self) && self->last - self->first + 1 < qd_chart_spec_get_n_places (self->base);
}

/* Whether there is something to stop at; in a table every cell. */
gboolean
qd_chart_view_has_value (QdChartView *self,
                         int          series,
                         int          place)
{
  if (self->base == NULL || series < 0 || place < 0 || series >= (int) qd_chart_spec_get_n_series (self->base) ||
      place >= (int) qd_chart_spec_get_n_places (self->base))
    return FALSE;
  if (qd_chart_spec_get_kind (self->base) == QD_CHART_TABLE)
    return TRUE;
  if (series < 32 && self->hidden & (1u << series))
    return FALSE;
  return isfinite (qd_chart_spec_get_value (self->base, (guint) series, (guint) place));
}

gboolean
qd_chart_view_is_drillable (QdChartView *self,
                            int          series,
                            int          place)
{
  if (!qd_chart_view_has_value (self, series, place))
    return FALSE;
  return self->drillable || qd_chart_spec_get_drill (self->base, (guint) series, (guint) place) != NULL;
}

void
qd_chart_view_drill (QdChartView *self)
{
  if (self->shown && qd_chart_view_is_drillable (self, self->series, self->place))
    g_signal_emit (self, signals[DRILL], 0, self->series, self->place);
}

/* What happens when nobody else cares: the rows behind the mark. */
static void
qd_chart_view_real_drill (QdChartView *self,
                          int          series,
                          int          place)
{
  const QdDrill *drill = qd_chart_spec_get_drill (self->base, (guint) series, (guint) place);
  g_autofree char *text = NULL;

  if (drill == NULL || g_signal_has_handler_pending (self, signals[DRILL], 0, FALSE))
    return;
  text = qd_drill_to_string (drill);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.drill", "s", text);
}

static void
update_actions (QdChartView *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean time = qd_chart_view_is_time (self) && !self->show_table && !qd_chart_spec_is_empty (self->base);
  gboolean zoomed = qd_chart_view_is_zoomed (self);

  gtk_widget_action_set_enabled (widget, "chart.zoom-in", time && self->last - self->first + 1 > 2);
  gtk_widget_action_set_enabled (widget, "chart.zoom-out", time && zoomed);
  gtk_widget_action_set_enabled (widget, "chart.zoom-reset", time && zoomed);
  gtk_widget_action_set_enabled (widget, "chart.drill", self->shown && qd_chart_view_is_drillable (self, self->series, self->place));
  gtk_widget_action_set_enabled (widget, "chart.toggle-series", time && qd_chart_spec_get_n_series (self->base) > 1);
  gtk_widget_action_set_enabled (widget, "chart.isolate-series", time && qd_chart_spec_get_n_series (self->base) > 1);
  gtk_widget_action_set_enabled (widget, "chart.show-all-series", self->hidden != 0);
  gtk_widget_set_visible (self->reset, time && zoomed && !self->compact);
}

/**
 * qd_chart_view_rebuild:
 * @self: a view
 *
 * Draws the part of the base that zoom and hidden series leave.
 */
void
qd_chart_view_rebuild (QdChartView *self)
{
  g_clear_pointer (&self->spec, qd_chart_spec_unref);
  if (self->base != NULL)
    self->spec = qd_chart_view_is_zoomed (self) || self->hidden != 0
                     ? qd_chart_spec_view (self->base, self->first, self->last, self->hidden)
                     : qd_chart_spec_ref (self->base);
  forget_picture (self);
  if (self->shown && !qd_chart_view_has_value (self, self->series, self->place))
    qd_chart_view_hide_cursor (self);
  update_actions (self);
  qd_chart_view_update_words (self);
  qd_chart_view_update_twin (self);
  qd_chart_view_update_tip (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Where a mark of the base is drawn. */
gboolean
qd_chart_view_get_anchor (QdChartView *self,
                          int          series,
                          int          place,
                          QdPoint     *anchor,
                          QdRect      *area)
{
  int drawn = place - (int) self->first;

  qd_chart_view_ensure_layout (self);
  return self->layout != NULL && series >= 0 && drawn >= 0 &&
         qd_chart_layout_find (self->layout, (guint) series, (guint) drawn, anchor, area);
}

static void
qd_chart_view_snapshot (GtkWidget   *widget,
                        GtkSnapshot *snapshot)
{
  QdChartView *self = QD_CHART_VIEW (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);

  if (self->show_table)
    {
      if (self->twin != NULL)
        gtk_widget_snapshot_child (widget, self->twin, snapshot);
      return;
    }
  ensure_node (self);
  if (self->node != NULL)
    {
      if (!self->compact)
        {
          const QdColor *color = &self->theme.background;
          GskRoundedRect box;

          gsk_rounded_rect_init_from_rect (&box, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height), RADIUS);
          gtk_snapshot_push_rounded_clip (snapshot, &box);
          gtk_snapshot_append_color (snapshot, &(GdkRGBA){ (float) color->r, (float) color->g, (float) color->b, 1 }, &box.bounds);
          gtk_snapshot_pop (snapshot);
        }
      gtk_snapshot_append_node (snapshot, self->node);
      qd_chart_view_snapshot_cursor (self, snapshot);
    }
  if (gtk_widget_get_visible (self->reset))
    gtk_widget_snapshot_child (widget, self->reset, snapshot);
  if (self->tip_popover == NULL && self->tip_box.width > 0)
    gtk_widget_snapshot_child (widget, self->tip, snapshot);
}

/* Larger text needs a larger picture, or labels go. */
static int
get_least_height (QdChartView *self)
{
  QdChartTheme theme = qd_chart_style_get (GTK_WIDGET (self));

  return (int) (MAX (220, self->least_height) * theme.scale * 72 / 96);
}

static void
qd_chart_view_measure (GtkWidget     *widget,
                       GtkOrientation orientation,
                       int            for_size,
                       int           *minimum,
                       int           *natural,
                       int           *minimum_baseline,
                       int           *natural_baseline)
{
  QdChartView *self = QD_CHART_VIEW (widget);
  gboolean across = orientation == GTK_ORIENTATION_HORIZONTAL;
  gboolean small = self->compact && self->base != NULL && qd_chart_spec_get_kind (self->base) == QD_CHART_SPARKLINE;

  if (small)
    *minimum = across ? 60 : 24, *natural = across ? 160 : 48;
  else if (self->compact)
    *minimum = across ? 200 : 120, *natural = across ? 360 : 200;
  else
    *minimum = across ? 280 : get_least_height (self), *natural = across ? 720 : MAX (405, get_least_height (self));
  if (self->show_table && self->twin != NULL)
    {
      int least;

      gtk_widget_measure (self->twin, orientation, for_size, &least, NULL, NULL, NULL);
      *minimum = MAX (*minimum, least);
      *natural = MAX (*natural, least);
    }
  *minimum_baseline = *natural_baseline = -1;
}

static void
qd_chart_view_size_allocate (GtkWidget *widget,
                             int        width,
                             int        height,
                             int        baseline)
{
  QdChartView *self = QD_CHART_VIEW (widget);

  qd_chart_view_ensure_layout (self);
  qd_chart_view_allocate_points (self);
  if (self->twin != NULL && gtk_widget_should_layout (self->twin))
    gtk_widget_allocate (self->twin, width, height, -1, NULL);
  if (gtk_widget_should_layout (self->reset))
    {
      GtkRequisition size;
      gboolean ltr = gtk_widget_get_direction (widget) != GTK_TEXT_DIR_RTL;
      double top = self->layout != NULL ? qd_chart_layout_get_plot (self->layout, 0).y : 0;

      /* Over the plot, beside the short lines of the title block. */
      gtk_widget_get_preferred_size (self->reset, &size, NULL);
      gtk_widget_size_allocate (self->reset,
                                &(GtkAllocation){ ltr ? width - size.width - 10 : 10, (int) MAX (10, top - size.height - 10),
                                                  size.width, size.height },
                                -1);
    }
  qd_chart_view_place_tip (self, width, height);
  if (self->menu != NULL)
    gtk_popover_present (GTK_POPOVER (self->menu));
  if (self->tip_popover != NULL)
    gtk_popover_present (GTK_POPOVER (self->tip_popover));
}

static gboolean
qd_chart_view_grab_focus (GtkWidget *widget)
{
  QdChartView *self = QD_CHART_VIEW (widget);

  if (self->show_table)
    return self->twin != NULL && gtk_widget_child_focus (self->twin, GTK_DIR_TAB_FORWARD);
  return qd_chart_view_focus_cursor (self);
}

/* One stop for Tab, and one more while there is a button. */
static gboolean
qd_chart_view_focus (GtkWidget       *widget,
                     GtkDirectionType direction)
{
  QdChartView *self = QD_CHART_VIEW (widget);
  gboolean back = direction == GTK_DIR_TAB_BACKWARD || direction == GTK_DIR_LEFT || direction == GTK_DIR_UP;
  gboolean button = gtk_widget_get_visible (self->reset);

  if (self->show_table)
    return self->twin != NULL && gtk_widget_child_focus (self->twin, direction);
  if (qd_chart_view_has_cursor_focus (self))
    return !back && button && gtk_widget_grab_focus (self->reset);
  if (gtk_widget_get_focus_child (widget) == self->reset)
    return back && qd_chart_view_focus_cursor (self);
  if (back && button)
    return gtk_widget_grab_focus (self->reset);
  return qd_chart_view_focus_cursor (self);
}

static void
qd_chart_view_system_setting_changed (GtkWidget        *widget,
                                      GtkSystemSetting  setting)
{
  GTK_WIDGET_CLASS (qd_chart_view_parent_class)->system_setting_changed (widget, setting);
  if (setting == GTK_SYSTEM_SETTING_DPI || setting == GTK_SYSTEM_SETTING_FONT_NAME ||
      setting == GTK_SYSTEM_SETTING_FONT_CONFIG)
    {
      g_clear_pointer (&QD_CHART_VIEW (widget)->cache, qd_text_cache_unref);
      restyle (QD_CHART_VIEW (widget));
    }
}

static void
qd_chart_view_unmap (GtkWidget *widget)
{
  qd_chart_view_hide_cursor (QD_CHART_VIEW (widget));
  GTK_WIDGET_CLASS (qd_chart_view_parent_class)->unmap (widget);
}

static void
qd_chart_view_dispose (GObject *object)
{
  QdChartView *self = QD_CHART_VIEW (object);

  g_clear_handle_id (&self->points_source, g_source_remove);
  g_clear_handle_id (&self->drill_source, g_source_remove);
  self->shown = FALSE;
  qd_chart_view_clear_points (self);
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  g_clear_pointer (&self->twin, gtk_widget_unparent);
  g_clear_pointer (&self->reset, gtk_widget_unparent);
  if (self->tip_popover != NULL)
    {
      g_clear_pointer (&self->tip_popover, gtk_widget_unparent);
      self->tip = NULL;
    }
  g_clear_pointer (&self->tip, gtk_widget_unparent);
  G_OBJECT_CLASS (qd_chart_view_parent_class)->dispose (object);
}

static void
qd_chart_view_finalize (GObject *object)
{
  QdChartView *self = QD_CHART_VIEW (object);

  forget_picture (self);
  g_clear_pointer (&self->cache, qd_text_cache_unref);
  g_clear_pointer (&self->spec, qd_chart_spec_unref);
  g_clear_pointer (&self->base, qd_chart_spec_unref);
  g_clear_pointer (&self->points, g_ptr_array_unref);
  g_clear_pointer (&self->point_marks, g_array_unref);
  g_free (self->metrics);
  g_free (self->name);
  G_OBJECT_CLASS (qd_chart_view_parent_class)->finalize (object);
}

static void
qd_chart_view_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  QdChartView *self = QD_CHART_VIEW (object);

  switch (prop_id)
    {
    case PROP_SPEC:
      g_value_set_boxed (value, self->base);
      break;
    case PROP_METRICS:
      g_value_set_string (value, self->metrics);
      break;
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_SHOW_TABLE:
      g_value_set_boolean (value, self->show_table);
      break;
    case PROP_COMPACT:
      g_value_set_boolean (value, self->compact);
      break;
    case PROP_DRILLABLE:
      g_value_set_boolean (value, self->drillable);
      break;
    case PROP_LEAST_HEIGHT:
      g_value_set_int (value, self->least_height);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
set_compact (QdChartView *self,
             gboolean     compact)
{
  if (self->compact == compact)
    return;
  self->compact = compact;
  if (compact)
    gtk_widget_add_css_class (GTK_WIDGET (self), "compact");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "compact");
  restyle (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COMPACT]);
}

static void
set_show_table (QdChartView *self,
                gboolean     show_table)
{
  gboolean focused = gtk_widget_get_focus_child (GTK_WIDGET (self)) != NULL;

  if (self->show_table == show_table)
    return;
  self->show_table = show_table;
  qd_chart_view_hide_cursor (self);
  qd_chart_view_update_twin (self);
  update_actions (self);
  qd_chart_view_update_words (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  if (focused)
    gtk_widget_grab_focus (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOW_TABLE]);
}

static void
qd_chart_view_set_property (GObject      *object,
                            guint         prop_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  QdChartView *self = QD_CHART_VIEW (object);

  switch (prop_id)
    {
    case PROP_SPEC:
      qd_chart_view_set_spec (self, g_value_get_boxed (value));
      break;
    case PROP_METRICS:
      qd_chart_view_set_metrics (self, g_value_get_string (value));
      break;
    case PROP_NAME:
      qd_chart_view_set_chart_name (self, g_value_get_string (value));
      break;
    case PROP_SHOW_TABLE:
      set_show_table (self, g_value_get_boolean (value));
      break;
    case PROP_COMPACT:
      set_compact (self, g_value_get_boolean (value));
      break;
    case PROP_DRILLABLE:
      qd_chart_view_set_drillable (self, g_value_get_boolean (value));
      break;
    case PROP_LEAST_HEIGHT:
      qd_chart_view_set_least_height (self, g_value_get_int (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
qd_chart_view_class_init (QdChartViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = qd_chart_view_dispose;
  object_class->finalize = qd_chart_view_finalize;
  object_class->get_property = qd_chart_view_get_property;
  object_class->set_property = qd_chart_view_set_property;
  widget_class->snapshot = qd_chart_view_snapshot;
  widget_class->measure = qd_chart_view_measure;
  widget_class->size_allocate = qd_chart_view_size_allocate;
  widget_class->grab_focus = qd_chart_view_grab_focus;
  widget_class->focus = qd_chart_view_focus;
  widget_class->unmap = qd_chart_view_unmap;
  widget_class->system_setting_changed = qd_chart_view_system_setting_changed;
  gtk_widget_class_set_css_name (widget_class, "chart");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST);

  properties[PROP_SPEC] = g_param_spec_boxed ("spec", NULL, NULL, qd_chart_spec_get_type (), flags);
  properties[PROP_METRICS] = g_param_spec_string ("metrics", NULL, NULL, NULL, flags);
  properties[PROP_NAME] = g_param_spec_string ("chart-name", NULL, NULL, NULL, flags);
  properties[PROP_SHOW_TABLE] = g_param_spec_boolean ("show-table", NULL, NULL, FALSE, flags);
  properties[PROP_COMPACT] = g_param_spec_boolean ("compact", NULL, NULL, FALSE, flags);
  properties[PROP_DRILLABLE] = g_param_spec_boolean ("drillable", NULL, NULL, FALSE, flags);
  properties[PROP_LEAST_HEIGHT] = g_param_spec_int ("least-height", NULL, NULL, 0, 10000, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[DRILL] = g_signal_new_class_handler ("drill", QD_TYPE_CHART_VIEW, G_SIGNAL_RUN_LAST,
                                               G_CALLBACK (qd_chart_view_real_drill), NULL, NULL, NULL, G_TYPE_NONE, 2,
                                               G_TYPE_INT, G_TYPE_INT);
  signals[RANGE] = g_signal_new ("range", QD_TYPE_CHART_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                 G_TYPE_INT, G_TYPE_INT);
  gtk_widget_class_install_property_action (widget_class, "chart.view-table", "show-table");
  qd_chart_view_class_init_input (widget_class);
}

static void
qd_chart_view_init (QdChartView *self)
{

  self->series = self->place = -1;
  self->points = g_ptr_array_new ();
  self->point_marks = g_array_new (FALSE, FALSE, sizeof (QdChartMark));
  self->tip = g_object_ref_sink (qd_chart_tip_new ());
  gtk_widget_set_parent (self->tip, GTK_WIDGET (self));
  g_object_unref (self->tip);
  gtk_widget_set_visible (self->tip, FALSE);
  self->reset = gtk_button_new_with_mnemonic (_("_Reset Zoom"));
  gtk_widget_set_tooltip_text (self->reset, _("Show all months again (0)"));
  gtk_widget_add_css_class (self->reset, "chart-reset");
  gtk_widget_set_parent (self->reset, GTK_WIDGET (self));
  g_signal_connect_object (self->reset, "clicked", G_CALLBACK (qd_chart_view_reset_zoom), self, G_CONNECT_SWAPPED);
  qd_chart_style_watch (GTK_WIDGET (self), G_CALLBACK (restyle));
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (restyle), NULL);
  qd_chart_view_init_input (self);
  update_actions (self);
  qd_chart_view_update_words (self);
}

/**
 * qd_chart_view_new:
 *
 * Makes a view without a chart. What lies behind a mark is opened by "win.drill",
 * unless somebody connects to "drill".
 *
 * Returns: (transfer full): the view
 */
GtkWidget *
qd_chart_view_new (void)
{
  return g_object_new (QD_TYPE_CHART_VIEW, NULL);
}

static gboolean
has_same_series (QdChartSpec *a,
                 QdChartSpec *b)
{
  guint n = qd_chart_spec_get_n_series (a);

  if (qd_chart_spec_get_kind (a) != qd_chart_spec_get_kind (b) || n != qd_chart_spec_get_n_series (b))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (g_strcmp0 (qd_chart_spec_get_series_label (a, i), qd_chart_spec_get_series_label (b, i)) != 0)
      return FALSE;
  return TRUE;
}

static gboolean
has_same_places (QdChartSpec *a,
                 QdChartSpec *b)
{
  guint n = qd_chart_spec_get_n_places (a);

  if (n == 0 || n != qd_chart_spec_get_n_places (b))
    return FALSE;
  for (guint i = 0; i < n; i += MAX (n - 1, 1))
    {
      g_autofree char *x = qd_chart_spec_dup_place_label (a, i), *y = qd_chart_spec_dup_place_label (b, i);

      if (g_strcmp0 (x, y) != 0)
        return FALSE;
    }
  return TRUE;
}

/**
 * qd_chart_view_set_spec:
 * @self: a view
 * @spec: (nullable): the chart; a reference is taken
 *
 * Shows a chart. Zoom and hidden series stay when it is the same one with other
 * numbers, as after a filter.
 */
void
qd_chart_view_set_spec (QdChartView *self,
                        QdChartSpec *spec)
{
  gboolean same = FALSE;
  int minimum = 0, least = 0;

  g_return_if_fail (QD_IS_CHART_VIEW (self));
  if (spec == self->base)
    return;
  if (spec != NULL && self->base != NULL)
    same = has_same_series (self->base, spec) && has_same_places (self->base, spec);
  gtk_widget_measure (GTK_WIDGET (self), GTK_ORIENTATION_VERTICAL, -1, &minimum, NULL, NULL, NULL);
  if (spec != NULL)
    qd_chart_spec_ref (spec);
  g_clear_pointer (&self->base, qd_chart_spec_unref);
  self->base = spec;
  if (!same)
    {
      qd_chart_view_hide_cursor (self);
      self->series = self->place = -1;
      self->first = 0;
      self->last = spec != NULL ? MAX (qd_chart_spec_get_n_places (spec), 1) - 1 : 0;
      self->hidden = 0;
    }
  qd_chart_view_rebuild (self);
  gtk_widget_measure (GTK_WIDGET (self), GTK_ORIENTATION_VERTICAL, -1, &least, NULL, NULL, NULL);
  if (least != minimum)
    gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SPEC]);
}

/**
 * qd_chart_view_get_spec:
 * @self: a view
 *
 * Returns: (transfer none) (nullable): the chart as it is drawn now: without
 *   the months that zoom leaves out, and without hidden series
 */
QdChartSpec *
qd_chart_view_get_spec (QdChartView *self)
{
  g_return_val_if_fail (QD_IS_CHART_VIEW (self), NULL);
  return self->spec;
}

static void
set_text (QdChartView *self,
          char       **field,
          const char  *text,
          GParamSpec  *pspec)
{
  char *copy;

  if (g_strcmp0 (*field, text) == 0)
    return;
  copy = g_strdup (text);
  g_free (*field);
  *field = copy;
  g_object_notify_by_pspec (G_OBJECT (self), pspec);
}

void
qd_chart_view_set_metrics (QdChartView *self,
                           const char  *metrics)
{
  set_text (self, &self->metrics, metrics, properties[PROP_METRICS]);
}

const char *
qd_chart_view_get_metrics (QdChartView *self)
{
  return self->metrics;
}

void
qd_chart_view_set_chart_name (QdChartView *self,
                              const char  *name)
{
  set_text (self, &self->name, name, properties[PROP_NAME]);
}

const char *
qd_chart_view_get_chart_name (QdChartView *self)
{
  return self->name;
}

/**
 * qd_chart_view_set_drillable:
 * @self: a view
 * @drillable: whether "drill" is emitted for every mark
 *
 * Marks whose spec says what stands behind them can be opened in any case.
 */
void
qd_chart_view_set_drillable (QdChartView *self,
                             gboolean     drillable)
{
  if (self->drillable == drillable)
    return;
  self->drillable = drillable;
  update_actions (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DRILLABLE]);
}

void
qd_chart_view_set_source_visible (QdChartView *self,
                                  gboolean     visible)
{
  g_return_if_fail (QD_IS_CHART_VIEW (self));
  if (self->unsourced == !visible)
    return;
  self->unsourced = !visible;
  restyle (self);
  qd_chart_view_update_twin (self);
}

gboolean
qd_chart_view_get_show_table (QdChartView *self)
{
  return self->show_table;
}

QdChartLayout *
qd_chart_view_get_layout (QdChartView *self)
{
  qd_chart_view_ensure_layout (self);
  return self->layout;
}

/**
 * qd_chart_view_get_cursor:
 * @self: a view
 * @series: (out) (optional): of the spec that was set
 * @place: (out) (optional): of the spec that was set
 *
 * Returns: whether there is a mark that pointer or keys are at
 */
gboolean
qd_chart_view_get_cursor (QdChartView *self,
                          int         *series,
                          int         *place)
{
  if (series != NULL)
    *series = self->series;
  if (place != NULL)
    *place = self->place;
  return self->shown;
}

/**
 * qd_chart_view_set_cursor:
 * @self: a view
 * @series: index of a series
 * @place: index of a place
 *
 * Goes to a mark, as the keys do.
 *
 * Returns: whether there is a value
 */
gboolean
qd_chart_view_set_cursor (QdChartView *self,
                          int          series,
                          int          place)
{
  if (!qd_chart_view_has_value (self, series, place))
    return FALSE;
  qd_chart_view_move_to (self, series, place, FALSE);
  return TRUE;
}

void
qd_chart_view_move_to (QdChartView *self,
                       int          series,
                       int          place,
                       gboolean     pointed)
{
  if (series == self->series && place == self->place && self->shown && pointed == self->pointed && (pointed || !self->dismissed))
    return;
  if (series != self->series || place != self->place || !pointed)
    self->dismissed = FALSE;
  self->series = series;
  self->place = place;
  self->pointed = pointed;
  self->shown = TRUE;
  if (qd_chart_view_is_time (self) && (place < (int) self->first || place > (int) self->last))
    {
      int n = (int) (self->last - self->first);
      int first = place < (int) self->first ? place : place - n;

      qd_chart_view_set_range (self, first, first + n);
    }
  if (!pointed && gtk_widget_get_focus_child (GTK_WIDGET (self)) != NULL)
    qd_chart_view_focus_cursor (self);
  qd_chart_view_update_tip (self);
  update_actions (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
qd_chart_view_hide_cursor (QdChartView *self)
{
  if (!self->shown)
    return;
  self->shown = FALSE;
  qd_chart_view_update_tip (self);
  update_actions (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * qd_chart_view_set_least_height:
 * @self: a view
 * @least_height: pixels at the usual size of text, 0 for what any chart needs
 *
 * Sets the height below which the view is not made smaller. It grows with the
 * size of text.
 */
void
qd_chart_view_set_least_height (QdChartView *self,
                                int          least_height)
{
  g_return_if_fail (QD_IS_CHART_VIEW (self));
  if (self->least_height == least_height)
    return;
  self->least_height = least_height;
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LEAST_HEIGHT]);
}
