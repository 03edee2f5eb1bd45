/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The frame of a page: title sentence, lead-in, body, source line, footer, on
 * a 16:9 sheet of 960 × 540 points. What a review, and later a deck, is laid
 * out on; the body is the caller's. Text that does not fit is shortened with
 * an ellipsis, never drawn over its neighbour.
 */
#pragma once

#include "qd-chart-layout.h"

G_BEGIN_DECLS

#define QD_SHEET_WIDTH 960.0
#define QD_SHEET_HEIGHT 540.0
#define QD_SHEET_MARGIN 36.0
#define QD_SHEET_GUTTER 14.4

typedef struct
{
  const char *title;  /* the page's message, a sentence; two lines at most */
  const char *lead;   /* nullable: what, unit, when */
  const char *source; /* nullable: where the figures come from */
  const char *footer; /* left of the foot: workspace, as-of, definition */
  const char *mark;   /* nullable: "Sample data", drawn in the foot of every page */
  guint number;       /* from 1 */
} QdSheet;

typedef enum
{
  QD_ALIGN_START,
  QD_ALIGN_CENTER,
  QD_ALIGN_END,
} QdAlign;

/* All draw in points with the origin at the top left. */
void qd_sheet_draw_frame (const QdSheet *self, const QdChartTheme *theme, QdTextCache *cache, cairo_t *cr);
QdRect qd_sheet_get_body (const QdSheet *self);

/* One run of text within @width (0: no limit); returns its height. @x is the edge that @align names. */
double qd_sheet_draw_text (QdTextCache *cache, cairo_t *cr, const QdChartTheme *theme, const char *text, double size,
                          gboolean bold, QdColor color, QdAlign align, double x, double y, double width,
                          int max_lines);
double qd_sheet_measure_text (QdTextCache *cache, const QdChartTheme *theme, const char *text, double size,
                             gboolean bold, double width, int max_lines);
double qd_sheet_fit_text (QdTextCache *cache, const QdChartTheme *theme, const char *text, double size, gboolean bold,
                          double width);

G_END_DECLS
