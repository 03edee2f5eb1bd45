/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A table on the clipboard: HTML with typed cells, CSV, text. Each form is
 * made on a worker when another program asks for it, so that copying a large
 * table costs nothing until it is pasted.
 */
#pragma once

#include <gdk/gdk.h>

#include "../../data/base/qd-table.h"

G_BEGIN_DECLS

#define QD_TYPE_TABLE_CONTENT (qd_table_content_get_type ())
G_DECLARE_FINAL_TYPE (QdTableContent, qd_table_content, QD, TABLE_CONTENT, GdkContentProvider)

/* @decimal_comma: how text has numbers: as the program they are pasted into. */
GdkContentProvider *qd_table_content_new (QdTable *table, gboolean decimal_comma);

G_END_DECLS
