/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pages as they will come out of the printer.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Points on each side of the paper. */
#define QD_PRINT_PREVIEW_MARGIN 36

/* Draws a page of the given size in points. */
typedef void (*QdPreviewFunc) (guint page, cairo_t *cr, double width, double height, gpointer data);
/* (transfer full): "12 of 1,234" */
typedef char *(*QdPreviewName) (guint page, gpointer data);

/* @action: what the Print button activates on @parent. */
GtkWindow *qd_print_preview_present (GtkWindow *parent, guint n_pages, double width, double height, QdPreviewFunc draw,
                                     QdPreviewName name, gpointer data, GDestroyNotify destroy, const char *action);

G_END_DECLS
