/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How large a window is at first: it grows with the text and ends at the
 * screen.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

double qd_window_get_text_scale (GtkWindow *window); /* 1 where text has its usual size, 2 where it is twice as large */
void qd_window_set_size (GtkWindow *window, int width, int height);

G_END_DECLS
