/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A layout of equals in rows: as many columns as the width has room for, but
 * only as many as fill every row (of six: six, three, two or one).
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define QD_TYPE_TILE_LAYOUT (qd_tile_layout_get_type ())
G_DECLARE_FINAL_TYPE (QdTileLayout, qd_tile_layout, QD, TILE_LAYOUT, GtkLayoutManager)

/* Properties: "column-width" (int): the least width of a column; "spacing" (int). */

G_END_DECLS
