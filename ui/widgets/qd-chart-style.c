/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-chart-style.h"

#include <adwaita.h>

#include "qd-settings.h"

static GQuark
settings_quark (void)
{
  static GQuark quark;

  return quark != 0 ? quark : (quark = g_quark_from_static_string ("qd-chart-style-settings"));
}

static QdThemeKind
find_kind (void)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  gboolean dark = adw_style_manager_get_dark (manager);

  if (adw_style_manager_get_high_contrast (manager))
    return dark ? QD_THEME_CONTRAST_DARK : QD_THEME_CONTRAST;
  return dark ? QD_THEME_DARK : QD_THEME_LIGHT;
}

/* Kept by the widget, so that its signals live as long. */
static GSettings *
get_settings (GtkWidget *widget)
{
  GSettings *settings = g_object_get_qdata (G_OBJECT (widget), settings_quark ());

  if (settings == NULL)
    {
      settings = qd_settings_new ();
      if (settings != NULL)
        g_object_set_qdata_full (G_OBJECT (widget), settings_quark (), settings, g_object_unref);
    }
  return settings;
}

/**
 * qd_chart_style_get:
 * @widget: what draws
 *
 * Returns: the theme that a chart on screen is drawn with: colours of the
 *   desktop's style and the person's palette, one point as large as in the
 *   text around it, no background of its own
 */
QdChartTheme
qd_chart_style_get (GtkWidget *widget)
{
  QdChartTheme theme = *qd_chart_theme_get (find_kind ());
  GSettings *settings = get_settings (widget);
  int dpi = -1;

  if (settings != NULL)
    qd_chart_theme_set_palette (&theme, (QdPalette) g_settings_get_enum (settings, "palette"));
  g_object_get (gtk_widget_get_settings (widget), "gtk-xft-dpi", &dpi, NULL);
  theme.scale = (dpi > 0 ? dpi / 1024. : 96) / 72;
  theme.transparent = TRUE;
  return theme;
}

/**
 * qd_chart_style_watch:
 * @widget: what draws
 * @changed: called with @widget as its first argument
 *
 * Says when style or palette change. The size of text is told by
 * #GtkWidgetClass.system_setting_changed().
 */
void
qd_chart_style_watch (GtkWidget *widget,
                      GCallback  changed)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  GSettings *settings = get_settings (widget);

  g_signal_connect_object (manager, "notify::dark", changed, widget, G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "notify::high-contrast", changed, widget, G_CONNECT_SWAPPED);
  if (settings != NULL)
    g_signal_connect_object (settings, "changed::palette", changed, widget, G_CONNECT_SWAPPED);
}
