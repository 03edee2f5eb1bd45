/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-chart-view.h"

#include <adwaita.h>

struct _QdChartView
{
  GtkWidget parent_instance;

  QdChartSpec *spec;
  QdTextCache *cache;
  QdChartLayout *layout;
  char *metrics;
  char *name;
  gboolean drillable;
  gboolean show_table;
};

G_DEFINE_FINAL_TYPE (QdChartView, qd_chart_view, GTK_TYPE_WIDGET)

static void
qd_chart_view_snapshot (GtkWidget   *widget,
                        GtkSnapshot *snapshot)
{
  QdChartView *self = QD_CHART_VIEW (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  QdChartTheme theme = *qd_chart_theme_get (qd_chart_view_get_theme (self));
  cairo_t *cr;

  if (self->spec == NULL)
    return;
  if (self->cache == NULL)
    self->cache = qd_text_cache_new (gtk_widget_get_pango_context (widget));
  theme.scale = 1;
  theme.transparent = TRUE;
  g_clear_pointer (&self->layout, qd_chart_layout_unref);
  self->layout = qd_chart_layout_new (self->spec, &theme, self->cache, width, height, NULL);
  if (self->layout == NULL)
    return;
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  qd_chart_layout_draw (self->layout, cr);
  cairo_destroy (cr);
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
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 280 : 200;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 720 : 405;
  *minimum_baseline = *natural_baseline = -1;
}

static void
qd_chart_view_finalize (GObject *object)
{
  QdChartView *self = QD_CHART_VIEW (object);

  g_clear_pointer (&self->layout, qd_chart_layout_unref);
  g_clear_pointer (&self->cache, qd_text_cache_unref);
  g_clear_pointer (&self->spec, qd_chart_spec_unref);
  g_free (self->metrics);
  g_free (self->name);
  G_OBJECT_CLASS (qd_chart_view_parent_class)->finalize (object);
}

static void
qd_chart_view_class_init (QdChartViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = qd_chart_view_finalize;
  widget_class->snapshot = qd_chart_view_snapshot;
  widget_class->measure = qd_chart_view_measure;
  gtk_widget_class_set_css_name (widget_class, "chart");
  g_signal_new ("drill", QD_TYPE_CHART_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT,
                G_TYPE_INT);
}

static void
qd_chart_view_init (QdChartView *self)
{
}

GtkWidget *
qd_chart_view_new (void)
{
  return g_object_new (QD_TYPE_CHART_VIEW, NULL);
}

void
qd_chart_view_set_spec (QdChartView *self,
                        QdChartSpec *spec)
{
  g_autofree char *description = spec != NULL ? qd_chart_describe (spec) : NULL;

  if (spec != NULL)
    qd_chart_spec_ref (spec);
  g_clear_pointer (&self->spec, qd_chart_spec_unref);
  self->spec = spec;
  if (spec != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    qd_chart_spec_get_title (spec), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

QdChartSpec *
qd_chart_view_get_spec (QdChartView *self)
{
  return self->spec;
}

void
qd_chart_view_set_metrics (QdChartView *self,
                           const char  *metrics)
{
  g_free (self->metrics);
  self->metrics = g_strdup (metrics);
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
  g_free (self->name);
  self->name = g_strdup (name);
}

const char *
qd_chart_view_get_chart_name (QdChartView *self)
{
  return self->name;
}

void
qd_chart_view_set_drillable (QdChartView *self,
                             gboolean     drillable)
{
  self->drillable = drillable;
}

void
qd_chart_view_set_show_table (QdChartView *self,
                              gboolean     show_table)
{
  self->show_table = show_table;
}

gboolean
qd_chart_view_get_show_table (QdChartView *self)
{
  return self->show_table;
}

QdChartLayout *
qd_chart_view_get_layout (QdChartView *self)
{
  return self->layout;
}

gboolean
qd_chart_view_get_cursor (QdChartView *self,
                          int         *series,
                          int         *place)
{
  return FALSE;
}

gboolean
qd_chart_view_set_cursor (QdChartView *self,
                          int          series,
                          int          place)
{
  return FALSE;
}

QdThemeKind
qd_chart_view_get_theme (QdChartView *self)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  gboolean dark = adw_style_manager_get_dark (manager);

  if (adw_style_manager_get_high_contrast (manager))
    return dark ? QD_THEME_CONTRAST_DARK : QD_THEME_CONTRAST;
  return dark ? QD_THEME_DARK : QD_THEME_LIGHT;
}
