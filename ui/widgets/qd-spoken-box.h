/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Words one below the other that can take the focus: labels alone cannot, and
 * whoever does not see them would not come to them by keys.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define QD_TYPE_SPOKEN_BOX (qd_spoken_box_get_type ())
G_DECLARE_FINAL_TYPE (QdSpokenBox, qd_spoken_box, QD, SPOKEN_BOX, GtkWidget)

/* What is said of it, translated. */
void qd_spoken_box_set_words (QdSpokenBox *self, const char *words);

G_END_DECLS
