/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The host of preference pages, in the shape of AdwPreferencesDialog (1.5).
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

GtkWindow *qd_preferences_window_new (GtkWindow *parent, const char *title);
void qd_preferences_window_add (GtkWindow *self, AdwPreferencesPage *page);

G_END_DECLS
