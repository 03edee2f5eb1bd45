/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Names for parts of GTK's and libadwaita's own widgets that come without one:
 * a screen reader would read the name of their class.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void qd_names_init (void);
/* A drop-down is reached by the button in it: says what is chosen, and from what ("Split by: Region"). */
void qd_names_set_drop_down (GtkDropDown *drop_down, const char *label);

/* Of what takes the focus: known, so that it can be said again after something else was announced. */
void qd_names_set_description (GtkWidget *widget, const char *description);

/* Has screen readers say @words while the focus stays where it is. */
void qd_names_announce (GtkRoot *root, const char *words);
gboolean qd_names_announces_toasts (void);

G_END_DECLS
