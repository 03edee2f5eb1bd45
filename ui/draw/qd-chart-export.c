/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-chart-export.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* Larger rasters cannot be made by cairo. */
#define MAX_PIXELS 32767

typedef struct
{
  GOutputStream *stream;
  GCancellable *cancellable;
  GError *error;
} Sink;

struct _QdChartPdf
{
  Sink sink;
  cairo_surface_t *surface;
};

/* Not every stream asks the cancellable itself. */
static gboolean
write_out (GOutputStream *stream,
           const void    *data,
           gsize          length,
           GCancellable  *cancellable,
           GError       **error)
{
  return !g_cancellable_set_error_if_cancelled (cancellable, error) &&
         g_output_stream_write_all (stream, data, length, NULL, cancellable, error);
}

static cairo_status_t
write_cb (void                *closure,
          const unsigned char *data,
          unsigned int         length)
{
  Sink *sink = closure;

  if (sink->error)
    return CAIRO_STATUS_WRITE_ERROR;
  if (!write_out (sink->stream, data, length, sink->cancellable, &sink->error))
    return CAIRO_STATUS_WRITE_ERROR;
  return CAIRO_STATUS_SUCCESS;
}

/* The stream's own error before cairo's, which only says that there was one. */
static gboolean
check (Sink          *sink,
       cairo_status_t status,
       GError       **error)
{
  if (sink->error)
    {
      g_propagate_error (error, g_steal_pointer (&sink->error));
      return FALSE;
    }
  if (status == CAIRO_STATUS_SUCCESS)
    return TRUE;
  g_set_error (error, QD_CHART_ERROR, QD_CHART_ERROR_DRAWING, _("The picture could not be drawn: %s."),
               cairo_status_to_string (status));
  return FALSE;
}

static void
draw_on (const QdChartLayout *layout,
         cairo_surface_t     *surface,
         double               scale)
{
  cairo_t *cr = cairo_create (surface);

  cairo_scale (cr, scale, scale);
  qd_chart_layout_draw (layout, cr);
  cairo_destroy (cr);
}

static guint32
get_crc (guint32       crc,
         const guint8 *data,
         gsize         length)
{
  crc = ~crc;
  for (gsize i = 0; i < length; i++)
    {
      crc ^= data[i];
      for (int bit = 0; bit < 8; bit++)
        crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320u : 0);
    }
  return ~crc;
}

/* @chunk: its four letters, and what is in it. */
static void
append_chunk (GByteArray       *out,
              const GByteArray *chunk)
{
  guint32 number = GUINT32_TO_BE (chunk->len - 4);

  g_byte_array_append (out, (const guint8 *) &number, 4);
  g_byte_array_append (out, chunk->data, chunk->len);
  number = GUINT32_TO_BE (get_crc (0, chunk->data, chunk->len));
  g_byte_array_append (out, (const guint8 *) &number, 4);
}

/* How large it is: without it whoever takes the picture in has it as large as its pixels are on a screen. */
static void
append_size_chunk (GByteArray *out,
                   double      scale)
{
  g_autoptr (GByteArray) chunk = g_byte_array_new ();
  guint32 per_metre = GUINT32_TO_BE ((guint32) floor (scale * 72 / 0.0254 + 0.5));

  g_byte_array_append (chunk, (const guint8 *) "pHYs", 4);
  g_byte_array_append (chunk, (const guint8 *) &per_metre, 4);
  g_byte_array_append (chunk, (const guint8 *) &per_metre, 4);
  g_byte_array_append (chunk, (const guint8 *) "\1", 1);
  append_chunk (out, chunk);
}

/* An international text of PNG, uncompressed. */
static void
append_text_chunk (GByteArray *out,
                   const char *key,
                   const char *text)
{
  g_autoptr (GByteArray) chunk = NULL;

  if (text == NULL)
    return;
  chunk = g_byte_array_new ();
  g_byte_array_append (chunk, (const guint8 *) "iTXt", 4);
  g_byte_array_append (chunk, (const guint8 *) key, strlen (key) + 1);
  g_byte_array_append (chunk, (const guint8 *) "\0\0\0\0", 4);
  g_byte_array_append (chunk, (const guint8 *) text, strlen (text));
  append_chunk (out, chunk);
}

static cairo_status_t
collect_cb (void                *closure,
            const unsigned char *data,
            unsigned int         length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

/**
 * qd_chart_export_png:
 * @layout: what to draw
 * @stream: where to
 * @scale: pixels per point, above 0
 * @metadata: (nullable): title, author and description become texts of the file
 * @cancellable: (nullable): a cancellable
 * @error: return location
 *
 * Writes a picture of width × height × scale² pixels that says how large they
 * are: as many points as the layout has.
 *
 * Returns: whether all was written; else `QD_CHART_ERROR_TOO_LARGE` above
 *   32,767 pixels a side, `QD_CHART_ERROR_DRAWING`, or an error of the stream
 */
gboolean
qd_chart_export_png (const QdChartLayout   *layout,
                     GOutputStream         *stream,
                     double                 scale,
                     const QdChartMetadata *metadata,
                     GCancellable          *cancellable,
                     GError               **error)
{
  Sink sink = { stream, cancellable, NULL };
  double width, height;
  cairo_surface_t *surface;
  cairo_status_t status;
  g_autoptr (GByteArray) data = g_byte_array_new (), whole = g_byte_array_new ();

  g_return_val_if_fail (layout != NULL && G_IS_OUTPUT_STREAM (stream) && scale > 0, FALSE);
  width = ceil (qd_chart_layout_get_width (layout) * scale - 1e-6);
  height = ceil (qd_chart_layout_get_height (layout) * scale - 1e-6);
  if (width > MAX_PIXELS || height > MAX_PIXELS)
    {
      g_set_error (error, QD_CHART_ERROR, QD_CHART_ERROR_TOO_LARGE,
                   _("A picture can have at most %d pixels on a side, not %.0f × %.0f. Choose a smaller size or scale."),
                   MAX_PIXELS, width, height);
      return FALSE;
    }
  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int) MAX (width, 1), (int) MAX (height, 1));
  draw_on (layout, surface, scale);
  status = cairo_surface_status (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_write_to_png_stream (surface, collect_cb, data);
  cairo_surface_destroy (surface);
  if (!check (&sink, status, error))
    return FALSE;
  /* After the header, which is always the first 33 bytes. */
  g_assert (data->len > 33);
  g_byte_array_append (whole, data->data, 33);
  append_size_chunk (whole, scale);
  if (metadata != NULL)
    {
      append_text_chunk (whole, "Title", metadata->title);
      append_text_chunk (whole, "Author", metadata->author);
      append_text_chunk (whole, "Description", metadata->description);
    }
  g_byte_array_append (whole, data->data + 33, data->len - 33);
  return write_out (stream, whole->data, whole->len, cancellable, error);
}

/* cairo numbers surfaces through the life of the process; a file counts its own. */
static void
append_renumbered (GString    *out,
                   const char *text)
{
  g_autoptr (GHashTable) numbers = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *at = text, *found;

  while ((found = strstr (at, "surface")) != NULL)
    {
      const char *digits = found + strlen ("surface"), *end = digits;
      char *name;
      gpointer number;

      while (g_ascii_isdigit (*end))
        end++;
      g_string_append_len (out, at, digits - at);
      at = end;
      if (end == digits)
        continue;
      name = g_strndup (digits, end - digits);
      g_ptr_array_add (names, name);
      number = g_hash_table_lookup (numbers, name);
      if (number == NULL)
        {
          number = GUINT_TO_POINTER (g_hash_table_size (numbers) + 1);
          g_hash_table_insert (numbers, name, number);
        }
      g_string_append_printf (out, "%u", GPOINTER_TO_UINT (number));
    }
  g_string_append (out, at);
}

/**
 * qd_chart_export_svg:
 * @layout: what to draw
 * @stream: where to
 * @metadata: (nullable): title, description and language
 * @cancellable: (nullable): a cancellable
 * @error: return location
 *
 * Writes a picture whose letters are outlines, with the title and a description
 * in words for screen readers right after its root element.
 *
 * Returns: whether all was written; else `QD_CHART_ERROR_DRAWING` or an error
 *   of the stream
 */
gboolean
qd_chart_export_svg (const QdChartLayout   *layout,
                     GOutputStream         *stream,
                     const QdChartMetadata *metadata,
                     GCancellable          *cancellable,
                     GError               **error)
{
  Sink sink = { stream, cancellable, NULL };
  cairo_surface_t *surface;
  cairo_status_t status;
  g_autoptr (GByteArray) data = g_byte_array_new ();
  g_autoptr (GString) head = g_string_new (NULL);
  g_autofree char *description = NULL, *title = NULL, *language = NULL;
  const char *root, *root_end, *text = NULL;

  g_return_val_if_fail (layout != NULL && G_IS_OUTPUT_STREAM (stream), FALSE);
  surface = cairo_svg_surface_create_for_stream (collect_cb, data, qd_chart_layout_get_width (layout),
                                                 qd_chart_layout_get_height (layout));
  cairo_svg_surface_set_document_unit (surface, CAIRO_SVG_UNIT_PT);
  draw_on (layout, surface, 1);
  cairo_surface_finish (surface);
  status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (!check (&sink, status, error))
    return FALSE;
  g_byte_array_append (data, (const guint8 *) "", 1);

  root = strstr ((const char *) data->data, "<svg");
  root_end = root ? strchr (root, '>') : NULL;
  if (root_end == NULL)
    {
      g_set_error_literal (error, QD_CHART_ERROR, QD_CHART_ERROR_DRAWING,
                           _("The picture could not be drawn: the SVG has no root element."));
      return FALSE;
    }
  if (metadata && metadata->title)
    text = metadata->title;
  else
    text = qd_chart_spec_get_title (qd_chart_layout_get_spec (layout));
  title = g_markup_escape_text (text ? text : "", -1);
  if (metadata && metadata->description)
    description = g_markup_escape_text (metadata->description, -1);
  else
    {
      g_autofree char *words = qd_chart_describe (qd_chart_layout_get_spec (layout));
      description = g_markup_escape_text (words, -1);
    }
  language = g_markup_escape_text (metadata && metadata->language ? metadata->language : "en", -1);
  g_string_append_len (head, (const char *) data->data, root_end - (const char *) data->data);
  g_string_append_printf (head, " role=\"img\" aria-labelledby=\"title\" aria-describedby=\"desc\" xml:lang=\"%s\">\n",
                          language);
  g_string_append_printf (head, "<title id=\"title\">%s</title>\n<desc id=\"desc\">%s</desc>", title, description);
  append_renumbered (head, root_end + 1);
  return write_out (stream, head->str, head->len, cancellable, error);
}

static void
set_pdf_text (cairo_surface_t     *surface,
              cairo_pdf_metadata_t key,
              const char          *text)
{
  if (text)
    cairo_pdf_surface_set_metadata (surface, key, text);
}

/**
 * qd_chart_pdf_new:
 * @stream: where to; a reference is taken
 * @width: of the first page, points
 * @height: of the first page, points
 * @metadata: (nullable): what the file says of itself
 * @cancellable: (nullable): a cancellable
 *
 * Begins a document. Draw on its surface page by page, then close it.
 *
 * Returns: (transfer full): the document
 */
QdChartPdf *
qd_chart_pdf_new (GOutputStream         *stream,
                  double                 width,
                  double                 height,
                  const QdChartMetadata *metadata,
                  GCancellable          *cancellable)
{
  QdChartPdf *self;
  g_autoptr (GDateTime) created = NULL;
  g_autofree char *when = NULL;

  g_return_val_if_fail (G_IS_OUTPUT_STREAM (stream), NULL);
  self = g_new0 (QdChartPdf, 1);
  self->sink.stream = g_object_ref (stream);
  self->sink.cancellable = cancellable ? g_object_ref (cancellable) : NULL;
  self->surface = cairo_pdf_surface_create_for_stream (write_cb, &self->sink, width, height);
  if (metadata)
    {
      set_pdf_text (self->surface, CAIRO_PDF_METADATA_TITLE, metadata->title);
      set_pdf_text (self->surface, CAIRO_PDF_METADATA_AUTHOR, metadata->author);
      set_pdf_text (self->surface, CAIRO_PDF_METADATA_SUBJECT, metadata->subject);
      set_pdf_text (self->surface, CAIRO_PDF_METADATA_KEYWORDS, metadata->keywords);
    }
  cairo_pdf_surface_set_metadata (self->surface, CAIRO_PDF_METADATA_CREATOR, "Quarterdeck " QD_VERSION);
  created = g_date_time_new_from_unix_utc (metadata ? metadata->created : 0);
  if (created == NULL)
    created = g_date_time_new_from_unix_utc (0);
  when = g_date_time_format (created, "%Y-%m-%dT%H:%M:%SZ");
  cairo_pdf_surface_set_metadata (self->surface, CAIRO_PDF_METADATA_CREATE_DATE, when);
  return self;
}

/**
 * qd_chart_pdf_get_surface:
 * @self: a document
 *
 * Returns: (transfer none): what to draw on
 */
cairo_surface_t *
qd_chart_pdf_get_surface (QdChartPdf *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->surface;
}

/**
 * qd_chart_pdf_close:
 * @self: (transfer full): a document
 * @error: return location
 *
 * Writes what is left and frees the document.
 *
 * Returns: whether all of it was written; else `QD_CHART_ERROR_DRAWING` or an
 *   error of the stream
 */
gboolean
qd_chart_pdf_close (QdChartPdf *self,
                    GError    **error)
{
  cairo_status_t status;
  gboolean ok;

  g_return_val_if_fail (self != NULL, FALSE);
  cairo_surface_finish (self->surface);
  status = cairo_surface_status (self->surface);
  cairo_surface_destroy (self->surface);
  ok = check (&self->sink, status, error);
  g_object_unref (self->sink.stream);
  g_clear_object (&self->sink.cancellable);
  g_free (self);
  return ok;
}

/**
 * qd_chart_export_pdf:
 * @layout: what to draw
 * @stream: where to
 * @metadata: (nullable): what the file says of itself, and when it was made
 * @cancellable: (nullable): a cancellable
 * @error: return location
 *
 * Writes one page of the size of the layout, with embedded fonts.
 *
 * Returns: whether all was written; else `QD_CHART_ERROR_DRAWING` or an error
 *   of the stream
 */
gboolean
qd_chart_export_pdf (const QdChartLayout   *layout,
                     GOutputStream         *stream,
                     const QdChartMetadata *metadata,
                     GCancellable          *cancellable,
                     GError               **error)
{
  QdChartPdf *pdf;

  g_return_val_if_fail (layout != NULL && G_IS_OUTPUT_STREAM (stream), FALSE);
  pdf = qd_chart_pdf_new (stream, qd_chart_layout_get_width (layout), qd_chart_layout_get_height (layout), metadata,
                          cancellable);
  draw_on (layout, pdf->surface, 1);
  cairo_surface_show_page (pdf->surface);
  return qd_chart_pdf_close (pdf, error);
}
