/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Preferences: what holds for the person, not for a workspace. They apply at
 * once.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWindow *qd_preferences_present (GtkWindow *parent, GSettings *settings);

G_END_DECLS
