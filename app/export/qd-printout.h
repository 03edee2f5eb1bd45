/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A chart or a table on paper: the same pages for the printer and for the
 * preview, in the print theme whatever the window looks like.
 */
#pragma once

#include <pango/pango.h>

#include "../../ui/draw/figures/qd-figures.h"
#include "../../ui/draw/qd-chart-layout.h"

G_BEGIN_DECLS

typedef struct _QdPrintout QdPrintout;

/* @footer: what stands at the foot of each page. @title: of the table; NULL: none. The text cache is made for
 * @pango, on whose thread pages are drawn. */
QdPrintout *qd_printout_new (QdChartSpec *spec, QdTable *table, const char *title, const char *footer,
                             const QdFigureContext *context, PangoContext *pango);
void qd_printout_free (QdPrintout *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QdPrintout, qd_printout_free)

/* Points, of what may be printed on: first, and again for other paper. How many pages it takes. */
guint qd_printout_paginate (QdPrintout *self, double width, double height);
guint qd_printout_get_n_pages (const QdPrintout *self);
char *qd_printout_dup_number (const QdPrintout *self, guint page); /* "12 of 1,234" */
QdChartLayout *qd_printout_lay_out (QdPrintout *self, guint page, double width, double height); /* nullable */
/* Points; the origin is the top left of what may be printed on. */
void qd_printout_draw (QdPrintout *self, guint page, cairo_t *cr, double width, double height);

G_END_DECLS
