/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-preferences-window.h"

/**
 * qd_preferences_window_new:
 * @parent: the window
 * @title: of the new one
 *
 * Returns: (transfer none): a modal window for pages, searchable, closed by Escape
 */
GtkWindow *
qd_preferences_window_new (GtkWindow  *parent,
                           const char *title)
{
  return g_object_new (ADW_TYPE_PREFERENCES_WINDOW, "transient-for", parent, "modal", TRUE, "title", title,
                       NULL);
}

void
qd_preferences_window_add (GtkWindow          *self,
                           AdwPreferencesPage *page)
{
  adw_preferences_window_add (ADW_PREFERENCES_WINDOW (self), page);
}
