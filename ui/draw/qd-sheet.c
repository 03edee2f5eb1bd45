/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "qd-sheet.h"

#define TITLE_SIZE 24.0
#define TITLE_TOP 25.2
#define LEAD_SIZE 13.0
#define BODY_TOP 112.0
#define BODY_BOTTOM 474.0
#define SOURCE_TOP 480.0
#define FOOT_TOP 512.0
#define SMALL_SIZE 9.0

static QdTextRun *
make_run (QdTextCache        *cache,
          const QdChartTheme *theme,
          const char         *text,
          double              size,
          gboolean            bold,
          double              width,
          int                 max_lines)
{
  QdFont font = { theme->family, size, bold };

  return qd_text_cache_lookup (cache, &font, text, width > 0 ? width : -1, max_lines);
}

/**
 * qd_sheet_draw_text:
 * @cache: the text cache
 * @cr: where to draw
 * @theme: the font family
 * @text: UTF-8, line breaks where they fit
 * @size: points
 * @bold: whether the weight is bold
 * @color: of the text
 * @align: which edge @x is
 * @x: points
 * @y: top, points
 * @width: limit in points, 0 for none
 * @max_lines: at least 1; what is beyond becomes an ellipsis
 *
 * Draws a piece of text.
 *
 * Returns: its height in points
 */
double
qd_sheet_draw_text (QdTextCache        *cache,
                   cairo_t            *cr,
                   const QdChartTheme *theme,
                   const char         *text,
                   double              size,
                   gboolean            bold,
                   QdColor             color,
                   QdAlign             align,
                   double              x,
                   double              y,
                   double              width,
                   int                 max_lines)
{
  g_autoptr (QdTextRun) run = make_run (cache, theme, text, size, bold, width, max_lines);
  double drawn = qd_text_run_get_width (run);

  if (align == QD_ALIGN_CENTER)
    x -= drawn / 2;
  else if (align == QD_ALIGN_END)
    x -= drawn;
  qd_color_set_source (color, cr);
  qd_text_run_show (run, cr, x, y);
  return qd_text_run_get_height (run);
}

/**
 * qd_sheet_measure_text:
 * @cache: the text cache
 * @theme: the font family
 * @text: UTF-8
 * @size: points
 * @bold: whether the weight is bold
 * @width: limit in points, 0 for none
 * @max_lines: at least 1
 *
 * Returns: the height that qd_sheet_draw_text() would take, in points
 */
double
qd_sheet_measure_text (QdTextCache        *cache,
                      const QdChartTheme *theme,
                      const char         *text,
                      double              size,
                      gboolean            bold,
                      double              width,
                      int                 max_lines)
{
  g_autoptr (QdTextRun) run = make_run (cache, theme, text, size, bold, width, max_lines);

  return qd_text_run_get_height (run);
}

/**
 * qd_sheet_fit_text:
 * @cache: the text cache
 * @theme: the font family
 * @text: UTF-8
 * @size: points, the largest
 * @bold: whether the weight is bold
 * @width: limit in points
 *
 * Returns: the size at which the whole text fits on one line, at least half of
 *   @size
 */
double
qd_sheet_fit_text (QdTextCache        *cache,
                   const QdChartTheme *theme,
                   const char         *text,
                   double              size,
                   gboolean            bold,
                   double              width)
{
  for (double fitting = size; fitting > size / 2; fitting -= size / 20)
    {
      g_autoptr (QdTextRun) run = make_run (cache, theme, text, fitting, bold, width, 1);

      if (!qd_text_run_is_shortened (run))
        return fitting;
    }
  return size / 2;
}

/**
 * qd_sheet_get_body:
 * @self: a page
 *
 * Returns: the part of the sheet between the lead-in and the source line
 */
QdRect
qd_sheet_get_body (const QdSheet *self)
{
  return (QdRect){ QD_SHEET_MARGIN, BODY_TOP, QD_SHEET_WIDTH - 2 * QD_SHEET_MARGIN, BODY_BOTTOM - BODY_TOP };
}

/**
 * qd_sheet_draw_frame:
 * @self: a page
 * @theme: colours and fonts
 * @cache: the text cache
 * @cr: where to draw, in points
 *
 * Draws background, title, lead-in, source and foot.
 */
void
qd_sheet_draw_frame (const QdSheet       *self,
                    const QdChartTheme *theme,
                    QdTextCache        *cache,
                    cairo_t            *cr)
{
  double width = QD_SHEET_WIDTH - 2 * QD_SHEET_MARGIN;
  double right = QD_SHEET_WIDTH - QD_SHEET_MARGIN;
  g_autofree char *number = g_strdup_printf ("%u", self->number);
  const QdFont font = { theme->family, TITLE_SIZE, TRUE };
  g_autoptr (QdTextRun) title = qd_text_cache_lookup_title (cache, &font, self->title, width, 2);

  qd_color_set_source (theme->background, cr);
  cairo_rectangle (cr, 0, 0, QD_SHEET_WIDTH, QD_SHEET_HEIGHT);
  cairo_fill (cr);

  cairo_tag_begin (cr, "H1", NULL);
  qd_color_set_source (theme->ink, cr);
  qd_text_run_show (title, cr, QD_SHEET_MARGIN, TITLE_TOP);
  cairo_tag_end (cr, "H1");
  if (self->lead != NULL)
    {
      cairo_tag_begin (cr, "P", NULL);
      qd_sheet_draw_text (cache, cr, theme, self->lead, LEAD_SIZE, FALSE, theme->ink_soft, QD_ALIGN_START,
                         QD_SHEET_MARGIN, TITLE_TOP + qd_text_run_get_height (title) + 3, width, 1);
      cairo_tag_end (cr, "P");
    }
  if (self->source != NULL)
    {
      cairo_tag_begin (cr, "P", NULL);
      qd_sheet_draw_text (cache, cr, theme, self->source, SMALL_SIZE, FALSE, theme->ink_soft, QD_ALIGN_START,
                         QD_SHEET_MARGIN, SOURCE_TOP, width, 2);
      cairo_tag_end (cr, "P");
    }

  qd_color_set_source (theme->grid, cr);
  cairo_set_line_width (cr, theme->thin_width);
  cairo_move_to (cr, QD_SHEET_MARGIN, FOOT_TOP - 5);
  cairo_line_to (cr, right, FOOT_TOP - 5);
  cairo_stroke (cr);
  qd_sheet_draw_text (cache, cr, theme, self->footer, SMALL_SIZE, FALSE, theme->ink_soft, QD_ALIGN_START,
                     QD_SHEET_MARGIN, FOOT_TOP, width * (self->mark ? 0.7 : 0.9), 1);
  if (self->mark != NULL)
    qd_sheet_draw_text (cache, cr, theme, self->mark, SMALL_SIZE, TRUE,
                       qd_chart_theme_get_text_tone (theme, QD_TONE_BAD), QD_ALIGN_END, right - 40, FOOT_TOP,
                       width * 0.2, 1);
  qd_sheet_draw_text (cache, cr, theme, number, SMALL_SIZE, FALSE, theme->ink_soft, QD_ALIGN_END, right, FOOT_TOP, 0,
                     1);
}
