/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A bar across the window about a state that lasts, with one button at most.
 * Named like AdwBanner, which is newer than the libadwaita we need.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define QD_TYPE_BANNER (qd_banner_get_type ())
G_DECLARE_FINAL_TYPE (QdBanner, qd_banner, QD, BANNER, GtkWidget)

/* Properties: "title" (not markup), "button-label" (nullable, with mnemonic), "revealed". Signal: "button-clicked". */
const char *qd_banner_get_title (QdBanner *self);
void qd_banner_set_title (QdBanner *self, const char *title);
void qd_banner_set_button_label (QdBanner *self, const char *label);
void qd_banner_set_action_name (QdBanner *self, const char *detailed_action_name); /* nullable: of the button */
gboolean qd_banner_get_revealed (QdBanner *self);
void qd_banner_set_revealed (QdBanner *self, gboolean revealed);

G_END_DECLS
