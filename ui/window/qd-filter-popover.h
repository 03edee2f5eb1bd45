/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A popover to filter by: first the dimensions, then the values of one, with
 * search and how many customers have each. Ticking activates
 * win.toggle-filter.
 */
#pragma once

#include <gtk/gtk.h>

#include "../draw/qd-format.h"
#include "qd-facts.h"

G_BEGIN_DECLS

#define QD_TYPE_FILTER_POPOVER (qd_filter_popover_get_type ())
G_DECLARE_FINAL_TYPE (QdFilterPopover, qd_filter_popover, QD, FILTER_POPOVER, GtkPopover)

GtkWidget *qd_filter_popover_new (void);
void qd_filter_popover_set (QdFilterPopover *self, const QdFacts *facts, const QdView *view, QdFormat *format);
void qd_filter_popover_show_dimension (QdFilterPopover *self, const char *name); /* nullable: the list of dimensions */

G_END_DECLS
