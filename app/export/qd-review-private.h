/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pages of the review, shared by the files that draw them.
 */
#pragma once

#include <cairo-pdf.h>

#include "../../ui/draw/figures/qd-figures.h"
#include "../../ui/draw/qd-sheet.h"
#include "qd-review-facts.h"

G_BEGIN_DECLS

/* The document under way. */
typedef struct
{
  const QdReviewFacts *facts;
  QdFormat *format;
  const QdChartTheme *theme;
  PangoContext *context;
  QdTextCache *cache;
  cairo_surface_t *surface;
  cairo_t *cr;
  char *footer;
  QdFigureContext surroundings; /* of the charts */
  const char *mark;      /* "Sample data", or NULL */
  guint page;
  int outline_parent;    /* of the pages of the chapter */
} QdReview;

/* Starts a page: frame, outline entry, label. Returns its body. */
QdRect qd_review_begin_page (QdReview *self, const char *outline, const char *title, const char *lead);
void qd_review_end_page (QdReview *self);
/* Draws a chart into @box without its own title block. */
gboolean qd_review_draw_chart (QdReview *self, QdChartSpec *spec, QdRect box, GError **error);
/* A page with one chart, whose title block becomes the page's. */

char *qd_review_dup_window (const QdReview *self);  /* "12 months to Jun 2026" */

void qd_review_add_cover (QdReview *self);
gboolean qd_review_add_summary (QdReview *self, GError **error);
gboolean qd_review_add_groups (QdReview *self, GError **error);
gboolean qd_review_add_movers (QdReview *self, GError **error);
void qd_review_add_definitions (QdReview *self);
void qd_review_add_sources (QdReview *self);

G_END_DECLS
