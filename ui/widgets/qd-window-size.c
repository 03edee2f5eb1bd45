/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-window-size.h"

/* What a desktop keeps for its panels, and a window for its shadow. */
#define SPARE 48

/* The monitor of the window that it belongs to, else any. */
static GdkMonitor *
dup_monitor (GtkWindow *window)
{
  GtkWindow *parent = gtk_window_get_transient_for (window);
  GdkDisplay *display = gtk_widget_get_display (GTK_WIDGET (window));
  GdkSurface *surface = parent != NULL ? gtk_native_get_surface (GTK_NATIVE (parent)) : NULL;
  GdkMonitor *monitor = surface != NULL ? gdk_display_get_monitor_at_surface (display, surface) : NULL;

  return monitor != NULL ? g_object_ref (monitor) : g_list_model_get_item (gdk_display_get_monitors (display), 0);
}

/**
 * qd_window_get_text_scale:
 * @window: (nullable): a window
 *
 * Returns: by how much text is larger than usual, at least 1
 */
double
qd_window_get_text_scale (GtkWindow *window)
{
  int dpi;

  g_object_get (window != NULL ? gtk_widget_get_settings (GTK_WIDGET (window)) : gtk_settings_get_default (), "gtk-xft-dpi",
                &dpi, NULL);
  return MAX (dpi / (96. * 1024.), 1);
}

/**
 * qd_window_set_size:
 * @window: a window that is not there yet, with its parent
 * @width: pixels at the usual size of text
 * @height: likewise
 *
 * Gives a window its first size: larger where text is larger, and never larger
 * than the screen.
 */
void
qd_window_set_size (GtkWindow *window,
                    int        width,
                    int        height)
{
  g_autoptr (GdkMonitor) monitor = dup_monitor (window);
  GdkRectangle screen = { 0, 0, G_MAXINT, G_MAXINT };
  double scale = qd_window_get_text_scale (window);

  if (monitor != NULL)
    gdk_monitor_get_geometry (monitor, &screen);
  gtk_window_set_default_size (window, MIN ((int) (width * scale), MAX (screen.width - SPARE, 300)),
                               MIN ((int) (height * scale), MAX (screen.height - SPARE, 200)));
}
