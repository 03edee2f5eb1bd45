/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What column views learned after GTK 4.8.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Tab comes back to the row that was left. */
void qd_column_view_set_one_stop (GtkColumnView *view);

G_END_DECLS
