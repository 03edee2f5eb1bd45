/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Charts to files: PNG, SVG and PDF on any output stream.
 *
 * Each writes a whole file from one layout, blocking, on the layout's thread;
 * the stream is neither flushed nor closed. Errors of the stream come back as
 * they are, so that a full disk is an error. The same layout and metadata give
 * the same bytes: nothing else (clock, name of the program) is written.
 */
#pragma once

#include <gio/gio.h>

#include "qd-chart-layout.h"

G_BEGIN_DECLS

/* What the file says of itself. Texts may be NULL. */
typedef struct
{
  const char *title;
  const char *author;
  const char *subject;
  const char *keywords;
  const char *description; /* SVG's <desc>; NULL: qd_chart_describe() */
  const char *language;    /* BCP 47, "en"; SVG */
  gint64 created;          /* unix seconds, written in UTC; PDF */
} QdChartMetadata;

gboolean qd_chart_export_png (const QdChartLayout *layout, GOutputStream *stream, double scale,
                              const QdChartMetadata *metadata, GCancellable *cancellable, GError **error);
gboolean qd_chart_export_svg (const QdChartLayout *layout, GOutputStream *stream, const QdChartMetadata *metadata,
                              GCancellable *cancellable, GError **error);
gboolean qd_chart_export_pdf (const QdChartLayout *layout, GOutputStream *stream, const QdChartMetadata *metadata,
                              GCancellable *cancellable, GError **error);

/* For documents of several pages: a PDF surface on a stream. After cairo_surface_finish(), ask
 * qd_chart_pdf_close() whether all of it was written; it frees the surface. */
typedef struct _QdChartPdf QdChartPdf;
QdChartPdf *qd_chart_pdf_new (GOutputStream *stream, double width, double height, const QdChartMetadata *metadata,
                              GCancellable *cancellable);
cairo_surface_t *qd_chart_pdf_get_surface (QdChartPdf *self);
gboolean qd_chart_pdf_close (QdChartPdf *self, GError **error);

G_END_DECLS
