/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-column-view.h"

/**
 * qd_column_view_set_one_stop:
 * @view: a column view
 *
 * Tab comes to the row that had the focus last, from either side. GTK 4.8 does
 * so by itself; from 4.12 on it comes to the first or the last row unless told.
 */
void
qd_column_view_set_one_stop (GtkColumnView *view)
{
  if (g_object_class_find_property (G_OBJECT_GET_CLASS (view), "tab-behavior") != NULL)
    g_object_set (view, "tab-behavior", 1 /* GTK_LIST_TAB_ITEM */, NULL);
}
