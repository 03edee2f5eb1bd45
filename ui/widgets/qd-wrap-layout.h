/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A layout of things beside each other that goes on in the next line where the
 * width ends: tool bars. The first child of a line that expands takes what is
 * left of it.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define QD_TYPE_WRAP_LAYOUT (qd_wrap_layout_get_type ())
G_DECLARE_FINAL_TYPE (QdWrapLayout, qd_wrap_layout, QD, WRAP_LAYOUT, GtkLayoutManager)

/* Properties: "spacing" (int): between neighbours, and between lines. */
GtkLayoutManager *qd_wrap_layout_new (int spacing);

G_END_DECLS
