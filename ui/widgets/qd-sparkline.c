/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-sparkline.h"

#include "qd-chart-style.h"

#define WIDTH 60
#define HEIGHT 28

struct _QdSparkline
{
  GtkWidget parent_instance;

  QdChartSpec *spec;
  QdTextCache *cache;
};

G_DEFINE_FINAL_TYPE (QdSparkline, qd_sparkline, GTK_TYPE_WIDGET)

static void
qd_sparkline_snapshot (GtkWidget   *widget,
                       GtkSnapshot *snapshot)
{
  QdSparkline *self = QD_SPARKLINE (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  QdChartTheme theme = qd_chart_style_get (widget);
  g_autoptr (QdChartLayout) layout = NULL;
  cairo_t *cr;

  if (self->spec == NULL || width < 24 || height < 12)
    return;
  if (self->cache == NULL)
    self->cache = qd_text_cache_new (gtk_widget_get_pango_context (widget));
  layout = qd_chart_layout_new (self->spec, &theme, self->cache, width, height, NULL);
  if (layout == NULL)
    return;
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  qd_chart_layout_draw (layout, cr);
  cairo_destroy (cr);
}

static void
qd_sparkline_measure (GtkWidget     *widget,
                      GtkOrientation orientation,
                      int            for_size,
                      int           *minimum,
                      int           *natural,
                      int           *minimum_baseline,
                      int           *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH : HEIGHT;
}

static void
qd_sparkline_system_setting_changed (GtkWidget       *widget,
                                     GtkSystemSetting setting)
{
  QdSparkline *self = QD_SPARKLINE (widget);

  g_clear_pointer (&self->cache, qd_text_cache_unref);
  gtk_widget_queue_draw (widget);
  GTK_WIDGET_CLASS (qd_sparkline_parent_class)->system_setting_changed (widget, setting);
}

static void
qd_sparkline_finalize (GObject *object)
{
  QdSparkline *self = QD_SPARKLINE (object);

  g_clear_pointer (&self->spec, qd_chart_spec_unref);
  g_clear_pointer (&self->cache, qd_text_cache_unref);
  G_OBJECT_CLASS (qd_sparkline_parent_class)->finalize (object);
}

static void
qd_sparkline_class_init (QdSparklineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = qd_sparkline_finalize;
  widget_class->snapshot = qd_sparkline_snapshot;
  widget_class->measure = qd_sparkline_measure;
  widget_class->system_setting_changed = qd_sparkline_system_setting_changed;
  gtk_widget_class_set_css_name (widget_class, "sparkline");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
qd_sparkline_init (QdSparkline *self)
{
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
  qd_chart_style_watch (GTK_WIDGET (self), G_CALLBACK (gtk_widget_queue_draw));
}

GtkWidget *
qd_sparkline_new (void)
{
  return g_object_new (QD_TYPE_SPARKLINE, NULL);
}

void
qd_sparkline_set_spec (QdSparkline *self,
                       QdChartSpec *spec)
{
  if (spec != NULL)
    qd_chart_spec_ref (spec);
  g_clear_pointer (&self->spec, qd_chart_spec_unref);
  self->spec = spec;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
