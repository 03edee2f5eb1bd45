/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Files: same bytes twice, errors of the stream, read back by other programs.
 */
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "tests/draw/specs.h"
#include "ui/draw/qd-chart-export.h"
#include "ui/draw/qd-chart-layout-private.h"
#include "ui/draw/qd-chart-point.h"

static const QdChartMetadata metadata = {
  .title = "Retention & <review>",
  .author = "Northwind",
  .subject = "NRR",
  .keywords = "NRR, GRR",
  .description = "NRR rose \"slightly\" & stayed.",
  .language = "en",
  .created = 1783850400, /* 2026-07-12T10:00:00Z, date -u -d @1783850400 */
};

typedef enum { PNG, SVG, PDF } Kind;

static gboolean
export (Kind                 kind,
        const QdChartLayout *layout,
        GOutputStream       *stream,
        GCancellable        *cancellable,
        GError             **error)
{
  switch (kind)
    {
    case PNG:
      return qd_chart_export_png (layout, stream, 1, &metadata, cancellable, error);
    case SVG:
      return qd_chart_export_svg (layout, stream, &metadata, cancellable, error);
    case PDF:
    default:
      return qd_chart_export_pdf (layout, stream, &metadata, cancellable, error);
    }
}

static GBytes *
export_bytes (Kind        kind,
              QdChartSpec *spec,
              double      width,
              double      height)
{
  g_autoptr (QdTextCache) cache = qd_text_cache_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (QdChartLayout) layout = qd_chart_layout_new (spec, qd_chart_theme_get (QD_THEME_PRINT), cache, width, height, &error);
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();

  g_assert_no_error (error);
  export (kind, layout, stream, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_close (stream, NULL, NULL);
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (stream));
}

static QdChartSpec *
make (const char *name)
{
  for (guint i = 0; i < n_spec_cases; i++)
    if (g_str_equal (spec_cases[i].name, name))
      return spec_cases[i].make ();
  g_assert_not_reached ();
}

static char *
write_file (const char *name,
            GBytes     *bytes)
{
  g_autofree char *dir = g_dir_make_tmp ("qd-draw-XXXXXX", NULL);
  char *path = g_build_filename (dir, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), &error);
  g_assert_no_error (error);
  return path;
}

/* A fresh cache and spec each time, and a second later. */
static void
test_same_bytes (void)
{
  static const char *const names[] = { "bridge", "retention", "movements", "cohorts", "table", "retention-missing" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    for (int kind = PNG; kind <= PDF; kind++)
      {
        g_autoptr (QdChartSpec) a = make (names[i]);
        g_autoptr (QdChartSpec) b = make (names[i]);
        g_autoptr (GBytes) first = export_bytes (kind, a, 720, 405);
        g_autoptr (GBytes) second = NULL;

        if (i == 0 && kind == PDF)
          g_usleep (1100000);
        second = export_bytes (kind, b, 720, 405);
        if (!g_bytes_equal (first, second))
          {
            g_autofree char *a_path = write_file ("first", first), *b_path = write_file ("second", second);
            g_error ("%s: %s and %s differ", names[i], a_path, b_path);
          }
        g_assert_cmpuint (g_bytes_get_size (first), >, 1000);
      }
}

static void
test_full_disk (void)
{
  g_autoptr (QdTextCache) cache = qd_text_cache_new (NULL);
  g_autoptr (QdChartSpec) spec = make ("cohorts");
  g_autoptr (QdChartLayout) layout = qd_chart_layout_new (spec, qd_chart_theme_get (QD_THEME_PRINT), cache, 720, 405, NULL);
  static const gsize rooms[] = { 0, 10, 500, 4000 };

  for (int kind = PNG; kind <= PDF; kind++)
    for (gsize i = 0; i < G_N_ELEMENTS (rooms); i++)
      {
        /* A memory stream that cannot grow is a disk that is full after so many bytes. */
        g_autofree char *room = g_malloc (rooms[i] + 1);
        g_autoptr (GOutputStream) stream = g_memory_output_stream_new (room, rooms[i], NULL, NULL);
        g_autoptr (GError) error = NULL;

        g_assert_false (export (kind, layout, stream, NULL, &error));
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
      }
}

static void
test_dev_full (void)
{
  g_autoptr (QdTextCache) cache = qd_text_cache_new (NULL);
  g_autoptr (QdChartSpec) spec = make ("bridge");
  g_autoptr (QdChartLayout) layout = qd_chart_layout_new (spec, qd_chart_theme_get (QD_THEME_PRINT), cache, 720, 405, NULL);
  g_autoptr (GFile) file = g_file_new_for_path ("/dev/full");

  for (int kind = PNG; kind <= PDF; kind++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GFileOutputStream) stream = g_file_append_to (file, G_FILE_CREATE_NONE, NULL, NULL);

      if (!stream)
        {
          g_test_skip ("/dev/full cannot be written");
          return;
        }
      g_assert_false (export (kind, layout, G_OUTPUT_STREAM (stream), NULL, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
    }
}

static void
test_cancelled (void)
{
  g_autoptr (QdTextCache) cache = qd_text_cache_new (NULL);
  g_autoptr (QdChartSpec) spec = make ("bridge");
  g_autoptr (QdChartLayout) layout = qd_chart_layout_new (spec, qd_chart_theme_get (QD_THEME_PRINT), cache, 720, 405, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  g_cancellable_cancel (cancellable);
  for (int kind = PNG; kind <= PDF; kind++)
    {
      g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
      g_autoptr (GError) error = NULL;

      g_assert_false (export (kind, layout, stream, cancellable, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    }
}

static void
test_too_large (void)
{
  g_autoptr (QdTextCache) cache = qd_text_cache_new (NULL);
  g_autoptr (QdChartSpec) spec = make ("bridge");
  g_autoptr (QdChartLayout) layout = qd_chart_layout_new (spec, qd_chart_theme_get (QD_THEME_PRINT), cache, 720, 405, NULL);
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (GError) error = NULL;

  g_assert_false (qd_chart_export_png (layout, stream, 100, NULL, NULL, &error));
  g_assert_error (error, QD_CHART_ERROR, QD_CHART_ERROR_TOO_LARGE);
}

/* Runs a program on files; NULL when it is not there. */
static char *
run (const char *const *argv)
{
  g_autofree char *program = g_find_program_in_path (argv[0]);
  g_autofree char *out = NULL, *err = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  if (!program)
    return NULL;
  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &out, &err, &status, &error);
  g_assert_no_error (error);
  if (!g_spawn_check_wait_status (status, NULL))
    g_error ("%s: %s", argv[0], err);
  return g_steal_pointer (&out);
}

static void
remove_file (const char *path)
{
  g_autofree char *dir = g_path_get_dirname (path);

  g_unlink (path);
  g_rmdir (dir);
}

static void
test_pdf (void)
{
  static const char *const names[] = { "bridge", "retention", "cohorts", "table" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (QdChartSpec) spec = make (names[i]);
      g_autoptr (GBytes) bytes = export_bytes (PDF, spec, 720, 405);
      g_autofree char *path = write_file ("a.pdf", bytes), *text = NULL, *fonts = NULL, *info = NULL;
      g_auto (GStrv) lines = NULL;

      text = run ((const char *[]){ "pdftotext", "-raw", path, "-", NULL });
      fonts = run ((const char *[]){ "pdffonts", path, NULL });
      info = run ((const char *[]){ "pdfinfo", "-isodates", path, NULL });
      remove_file (path);
      if (!text || !fonts || !info)
        {
          g_test_skip ("poppler's programs are not installed");
          return;
        }
      /* Title and axis come out as text, not as shapes. */
      g_assert_nonnull (strstr (text, "Northwind"));
      if (i == 0)
        g_assert_nonnull (strstr (text, "$12.41M"));
      lines = g_strsplit (g_strstrip (fonts), "\n", -1);
      g_assert_cmpuint (g_strv_length (lines), >, 2);
      for (guint l = 2; lines[l]; l++)
        {
          /* name, type, encoding, emb, sub, uni, object, id: from the right */
          g_auto (GStrv) words = g_regex_split_simple (" +", g_strstrip (lines[l]), 0, 0);
          guint n = g_strv_length (words);

          g_assert_cmpuint (n, >=, 6);
          g_assert_cmpstr (words[n - 5], ==, "yes");
          g_assert_cmpstr (words[n - 4], ==, "yes");
          g_assert_cmpstr (words[n - 3], ==, "yes");
        }
      g_assert_nonnull (strstr (info, "Retention & <review>"));
      g_assert_nonnull (strstr (info, "2026-07-12T10:00:00Z"));
      g_assert_nonnull (strstr (info, "720 x 405 pts"));
    }
}

static void
test_svg_words (void)
{
  g_autoptr (QdChartSpec) spec = make ("retention");
  g_autoptr (GBytes) bytes = export_bytes (SVG, spec, 720, 405);
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  const char *root = strstr (text, "<svg"), *title = strstr (text, "<title id=\"title\">Retention &amp; &lt;review&gt;</title>");

  g_assert_nonnull (root);
  g_assert_nonnull (title);
  g_assert_true (title > root);
  g_assert_null (g_strstr_len (strchr (root, '>') + 1, title - strchr (root, '>') - 1, "<"));
  g_assert_nonnull (strstr (text, "<desc id=\"desc\">NRR rose &quot;slightly&quot; &amp; stayed.</desc>"));
  g_assert_nonnull (strstr (text, "role=\"img\""));
  g_assert_nonnull (strstr (text, "width=\"720pt\""));
  {
    GMarkupParser parser = { NULL, NULL, NULL, NULL, NULL };
    GMarkupParseContext *context = g_markup_parse_context_new (&parser, 0, NULL, NULL);
    g_autoptr (GError) error = NULL;

    g_markup_parse_context_parse (context, text, -1, &error);
    g_assert_no_error (error);
    g_markup_parse_context_end_parse (context, &error);
    g_assert_no_error (error);
    g_markup_parse_context_free (context);
  }
}

static cairo_status_t
read_cb (void          *closure,
         unsigned char *data,
         unsigned int   length)
{
  GInputStream *stream = closure;
  gsize n;

  return g_input_stream_read_all (stream, data, length, &n, NULL, NULL) && n == length ? CAIRO_STATUS_SUCCESS
                                                                                      : CAIRO_STATUS_READ_ERROR;
}

/* Another program's rendering of the SVG is the same picture as our PNG, up to edges. */
static void
test_svg_picture (void)
{
  static const char *const names[] = { "bridge-start", "retention", "cohorts", "arr" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (QdChartSpec) spec = make (names[i]);
      g_autoptr (GBytes) svg = export_bytes (SVG, spec, 720, 405);
      g_autoptr (GBytes) png = export_bytes (PNG, spec, 720, 405);
      g_autofree char *path = write_file ("a.svg", svg), *out = g_strconcat (path, ".png", NULL), *done = NULL;
      cairo_surface_t *ours, *theirs;
      g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (png);
      double worst = 0;

      done = run ((const char *[]){ "rsvg-convert", "-w", "720", "-h", "405", "-o", out, path, NULL });
      if (!done)
        {
          remove_file (path);
          g_test_skip ("rsvg-convert is not installed");
          return;
        }
      theirs = cairo_image_surface_create_from_png (out);
      g_unlink (out);
      remove_file (path);
      ours = cairo_image_surface_create_from_png_stream (read_cb, stream);
      g_assert_cmpint (cairo_surface_status (ours), ==, CAIRO_STATUS_SUCCESS);
      g_assert_cmpint (cairo_image_surface_get_width (ours), ==, 720);
      g_assert_cmpint (cairo_image_surface_get_height (theirs), ==, 405);
      /* Means of squares of 15 pixels: edges that fall on other parts of a pixel even out, what is elsewhere does not. */
      for (int y = 0; y < 405; y += 15)
        for (int x = 0; x < 720; x += 15)
          for (int c = 0; c < 3; c++)
            {
              double a = 0, b = 0;

              for (int dy = 0; dy < 15; dy++)
                for (int dx = 0; dx < 15; dx++)
                  {
                    a += cairo_image_surface_get_data (ours)[(y + dy) * cairo_image_surface_get_stride (ours) + (x + dx) * 4 + c];
                    b += cairo_image_surface_get_data (theirs)[(y + dy) * cairo_image_surface_get_stride (theirs) + (x + dx) * 4 + c];
                  }
              worst = MAX (worst, fabs (a - b) / 225);
            }
      cairo_surface_destroy (ours);
      cairo_surface_destroy (theirs);
      g_test_message ("%s: worst square differs by %.1f of 255", names[i], worst);
      g_assert_cmpfloat (worst, <, 16);
    }
}

/* A picture is not empty, and the theme's colours are in it. */
static void
test_png_pixels (void)
{
  g_autoptr (QdChartSpec) spec = make ("bridge");
  g_autoptr (GBytes) png = export_bytes (PNG, spec, 720, 405);
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (png);
  cairo_surface_t *surface = cairo_image_surface_create_from_png_stream (read_cb, stream);
  guint good = 0, bad = 0, white = 0;

  g_assert_cmpint (cairo_surface_status (surface), ==, CAIRO_STATUS_SUCCESS);
  for (int y = 0; y < 405; y++)
    {
      const guint8 *row = cairo_image_surface_get_data (surface) + y * cairo_image_surface_get_stride (surface);

      for (int x = 0; x < 720; x++)
        {
          guint32 pixel;

          memcpy (&pixel, row + x * 4, 4);
          good += (pixel & 0xffffff) == 0x0072B2;
          bad += (pixel & 0xffffff) == 0xD55E00;
          white += (pixel & 0xffffff) == 0xffffff;
        }
    }
  cairo_surface_destroy (surface);
  /* 72 pixels an inch, in those of a metre: whoever takes it in knows its size. */
  g_assert_cmpmem ((const char *) g_bytes_get_data (png, NULL) + 33, 21, "\0\0\0\x09pHYs\0\0\x0b\x13\0\0\x0b\x13\1\0\x9a\x9c\x18", 21);
  g_assert_cmpuint (good, >, 1500);
  g_assert_cmpuint (bad, >, 800);
  g_assert_cmpuint (white, >, 100000);
}

/* A window records what to draw before there are pixels: the edges lie on whole ones all the same. */
static void
test_recorded (void)
{
  g_autoptr (QdTextCache) cache = qd_text_cache_new (NULL);
  g_autoptr (QdFormat) format = qd_format_new ("USD");
  g_autoptr (QdChartSpec) spec = qd_chart_spec_new (QD_CHART_WATERFALL, format);
  g_autoptr (QdChartLayout) layout = NULL;
  cairo_surface_t *direct = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 606, 410);
  cairo_surface_t *replayed = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 606, 410);
  cairo_surface_t *recorded = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, NULL);
  cairo_t *cr;
  QdChartTheme theme = *qd_chart_theme_get (QD_THEME_LIGHT);
  const QdMark *bar = NULL;
  guint differing = 0, compared = 0;

  qd_chart_spec_add_step (spec, QD_STEP_TOTAL, "Opening", 1.01e6);
  qd_chart_spec_add_step (spec, QD_STEP_GAIN, "New", 2.03e5);
  layout = qd_chart_layout_new (spec, &theme, cache, 303, 205, NULL);
  for (guint i = 0; i < qd_chart_layout_get_n_marks (layout); i++)
    if (qd_chart_layout_get_mark (layout, i)->role == QD_ROLE_BAR && bar == NULL)
      bar = qd_chart_layout_get_mark (layout, i);
  g_assert_nonnull (bar);
  cr = cairo_create (direct);
  cairo_scale (cr, 2, 2);
  qd_chart_layout_draw (layout, cr);
  cairo_destroy (cr);
  cr = cairo_create (recorded);
  qd_chart_layout_draw_for_pixels (layout, cr, 2);
  cairo_destroy (cr);
  cr = cairo_create (replayed);
  cairo_scale (cr, 2, 2);
  cairo_set_source_surface (cr, recorded, 0, 0);
  cairo_paint (cr);
  cairo_destroy (cr);
  cairo_surface_flush (direct);
  cairo_surface_flush (replayed);
  /* Around the first bar, edges included: no text there. */
  for (int y = (int) (2 * bar->box.y) + 4; y < (int) (2 * (bar->box.y + bar->box.height)) - 4; y++)
    for (int x = (int) (2 * bar->box.x) - 3; x < (int) (2 * (bar->box.x + bar->box.width)) + 3; x++)
      {
        guint32 a = ((guint32 *) (cairo_image_surface_get_data (direct) + y * cairo_image_surface_get_stride (direct)))[x];
        guint32 b = ((guint32 *) (cairo_image_surface_get_data (replayed) + y * cairo_image_surface_get_stride (replayed)))[x];

        compared++;
        differing += a != b;
      }
  g_assert_cmpuint (compared, >, 500);
  g_assert_cmpuint (differing, ==, 0);
  cairo_surface_destroy (direct);
  cairo_surface_destroy (replayed);
  cairo_surface_destroy (recorded);
}

static cairo_surface_t *
paint (const QdChartLayout *layout)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 1280, 840);
  cairo_t *cr = cairo_create (surface);

  cairo_scale (cr, 2, 2);
  qd_chart_layout_draw (layout, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

/* Values without a halo look as with one: there is nothing that it would cover. */
static void
test_halos (void)
{
  g_autoptr (QdTextCache) cache = qd_text_cache_new (NULL);
  guint n_with = 0, n_without = 0;

  for (guint i = 0; i < n_spec_cases; i++)
    {
      g_autoptr (QdChartSpec) spec = spec_cases[i].make ();
      g_autoptr (QdChartLayout) layout = qd_chart_layout_new (spec, qd_chart_theme_get (QD_THEME_LIGHT), cache, 640, 420, NULL);
      cairo_surface_t *some = paint (layout), *all;

      for (guint m = 0; m < layout->marks->len; m++)
        {
          QdMark *mark = &g_array_index (layout->marks, QdMark, m);

          if (mark->role != QD_ROLE_VALUE_LABEL || mark->series < 0 || !qd_chart_spec_is_line (spec, (guint) mark->series))
            continue;
          n_with += mark->halo;
          n_without += !mark->halo;
          mark->halo = TRUE;
        }
      all = paint (layout);
      g_test_message ("%s", spec_cases[i].name);
      g_assert_cmpmem (cairo_image_surface_get_data (some), 1280 * 4 * 840, cairo_image_surface_get_data (all), 1280 * 4 * 840);
      cairo_surface_destroy (some);
      cairo_surface_destroy (all);
    }
  g_test_message ("%u with, %u without", n_with, n_without);
  g_assert_cmpuint (n_without, >, n_with);
  g_assert_cmpuint (n_with, >, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/draw/export/same-bytes", test_same_bytes);
  g_test_add_func ("/draw/export/full-disk", test_full_disk);
  g_test_add_func ("/draw/export/dev-full", test_dev_full);
  g_test_add_func ("/draw/export/cancelled", test_cancelled);
  g_test_add_func ("/draw/export/too-large", test_too_large);
  g_test_add_func ("/draw/export/pdf", test_pdf);
  g_test_add_func ("/draw/export/svg-words", test_svg_words);
  g_test_add_func ("/draw/export/svg-picture", test_svg_picture);
  g_test_add_func ("/draw/export/png-pixels", test_png_pixels);
  g_test_add_func ("/draw/export/recorded", test_recorded);
  g_test_add_func ("/draw/export/halos", test_halos);
  return g_test_run ();
}
