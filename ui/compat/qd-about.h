/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * About the program, in the shape of AdwAboutDialog (1.5).
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void qd_about_present (GtkWindow *parent);

G_END_DECLS
