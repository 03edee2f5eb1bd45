/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Marks to cairo. The only file that paints.
 */
#include "config.h"

#include "qd-chart-layout-private.h"

#include <math.h>

typedef struct
{
  cairo_t *cr;
  const QdChartLayout *layout;
  gboolean snap;         /* a raster without rotation: edges go to whole pixels */
  double grid;           /* pixels per point that the caller names; 0: as the surface has them */
  double pixel;          /* one device pixel in points */
  QdColor color;         /* the source as last set */
  gboolean has_color;
} Pen;

static void
use_color (Pen    *pen,
           QdColor color)
{
  if (pen->has_color && qd_color_equal (pen->color, color))
    return;
  qd_color_set_source (color, pen->cr);
  pen->color = color;
  pen->has_color = TRUE;
}

static double
snap_x (const Pen *pen,
        double     x)
{
  double y = 0;

  if (!pen->snap)
    return x;
  if (pen->grid > 0)
    return round (x * pen->grid) / pen->grid;
  cairo_user_to_device (pen->cr, &x, &y);
  x = round (x), y = round (y);
  cairo_device_to_user (pen->cr, &x, &y);
  return x;
}

static double
snap_y (const Pen *pen,
        double     y)
{
  double x = 0;

  if (!pen->snap)
    return y;
  if (pen->grid > 0)
    return round (y * pen->grid) / pen->grid;
  cairo_user_to_device (pen->cr, &x, &y);
  x = round (x), y = round (y);
  cairo_device_to_user (pen->cr, &x, &y);
  return y;
}

static double
get_stroke (const Pen *pen,
            double     width)
{
  return MAX (MAX (width, 0.5), pen->pixel);
}

static void
set_dash (const Pen    *pen,
          const QdMark *mark)
{
  if (mark->dash[0] > 0)
    cairo_set_dash (pen->cr, mark->dash, 2, 0);
}

static void
stroke_lines (Pen   *pen,
              QdRect box,
              double pitch,
              double width,
              double slope)
{
  /* Counted from the canvas' origin, so that stripes of neighbours line up. */
  double from = floor ((slope > 0 ? box.x + box.y : box.x - box.y - box.height) / pitch) * pitch;

  cairo_save (pen->cr);
  cairo_rectangle (pen->cr, box.x, box.y, box.width, box.height);
  cairo_clip (pen->cr);
  for (double at = from; at <= from + box.width + box.height + 2 * pitch; at += pitch)
    {
      if (slope > 0)
        {
          cairo_move_to (pen->cr, at - box.y, box.y);
          cairo_line_to (pen->cr, at - box.y - box.height, box.y + box.height);
        }
      else
        {
          cairo_move_to (pen->cr, at + box.y, box.y);
          cairo_line_to (pen->cr, at + box.y + box.height, box.y + box.height);
        }
    }
  cairo_set_line_width (pen->cr, width);
  cairo_stroke (pen->cr);
  cairo_restore (pen->cr);
  pen->has_color = FALSE;
}

static void
draw_rect (Pen          *pen,
           const QdMark *mark)
{
  const QdChartLayout *layout = pen->layout;
  double x1 = snap_x (pen, mark->box.x), x2 = snap_x (pen, mark->box.x + mark->box.width);
  double y1 = snap_y (pen, mark->box.y), y2 = snap_y (pen, mark->box.y + mark->box.height);
  QdRect box;

  /* A value that is not zero can be seen. */
  if (y2 - y1 < MAX (pen->pixel, 0.5) && mark->box.height > 0 && mark->role != QD_ROLE_BACKGROUND)
    y2 = y1 + MAX (pen->pixel, 0.5);
  box = (QdRect){ x1, y1, x2 - x1, y2 - y1 };
  if (box.width <= 0 || box.height <= 0)
    return;

  switch (mark->pattern)
    {
    case QD_PATTERN_STRIPES:
      use_color (pen, qd_color_mix (mark->fill, layout->theme.background, 0.78));
      cairo_rectangle (pen->cr, box.x, box.y, box.width, box.height);
      cairo_fill (pen->cr);
      use_color (pen, mark->fill);
      stroke_lines (pen, box, 6 * layout->scale, 2.1 * layout->scale, 1);
      break;
    case QD_PATTERN_HATCH:
      use_color (pen, layout->theme.background);
      cairo_rectangle (pen->cr, box.x, box.y, box.width, box.height);
      cairo_fill (pen->cr);
      use_color (pen, mark->stroke);
      stroke_lines (pen, box, 3.6 * layout->scale, get_stroke (pen, 0.8 * layout->scale), -1);
      break;
    case QD_PATTERN_SOLID:
    case QD_PATTERN_OUTLINE:
    default:
      if (mark->fill.a > 0)
        {
          use_color (pen, mark->fill);
          cairo_rectangle (pen->cr, box.x, box.y, box.width, box.height);
          cairo_fill (pen->cr);
        }
      break;
    }
  if (mark->stroke_width > 0 && mark->stroke.a > 0)
    {
      double width = MIN (get_stroke (pen, mark->stroke_width), MIN (box.width, box.height));

      use_color (pen, mark->stroke);
      cairo_set_line_width (pen->cr, width);
      cairo_rectangle (pen->cr, box.x + width / 2, box.y + width / 2, box.width - width, box.height - width);
      cairo_stroke (pen->cr);
    }
}

static void
draw_line (Pen          *pen,
           const QdMark *mark)
{
  double width = get_stroke (pen, mark->stroke_width);
  double x1 = mark->box.x, y1 = mark->box.y, x2 = x1 + mark->box.width, y2 = y1 + mark->box.height;

  if (pen->snap && mark->dash[0] == 0 && (mark->box.height == 0 || mark->box.width == 0))
    {
      /* Upright and level lines become whole pixels. */
      double thick = MAX (round (width / pen->pixel), 1) * pen->pixel;

      use_color (pen, mark->stroke);
      if (mark->box.height == 0)
        cairo_rectangle (pen->cr, MIN (x1, x2), snap_y (pen, y1 - thick / 2), fabs (x2 - x1), thick);
      else
        cairo_rectangle (pen->cr, snap_x (pen, x1 - thick / 2), MIN (y1, y2), thick, fabs (y2 - y1));
      cairo_fill (pen->cr);
      return;
    }
  use_color (pen, mark->stroke);
  cairo_set_line_width (pen->cr, width);
  set_dash (pen, mark);
  cairo_move_to (pen->cr, x1, y1);
  cairo_line_to (pen->cr, x2, y2);
  cairo_stroke (pen->cr);
  cairo_set_dash (pen->cr, NULL, 0, 0);
}

static void
draw_path (Pen          *pen,
           const QdMark *mark)
{
  const QdPoint *points = qd_chart_layout_get_points (pen->layout, mark);

  for (guint i = 0; i < mark->n_points; i++)
    cairo_line_to (pen->cr, points[i].x, points[i].y);
  if (mark->kind == QD_MARK_AREA)
    {
      cairo_close_path (pen->cr);
      use_color (pen, mark->fill);
      cairo_fill (pen->cr);
      return;
    }
  use_color (pen, mark->stroke);
  cairo_set_line_width (pen->cr, get_stroke (pen, mark->stroke_width));
  set_dash (pen, mark);
  cairo_stroke (pen->cr);
  cairo_set_dash (pen->cr, NULL, 0, 0);
}

static void
draw_dot (Pen          *pen,
          const QdMark *mark)
{
  double radius = mark->box.width / 2;

  cairo_new_sub_path (pen->cr);
  cairo_arc (pen->cr, mark->box.x + radius, mark->box.y + radius, radius, 0, 2 * G_PI);
  use_color (pen, mark->fill);
  cairo_fill_preserve (pen->cr);
  if (mark->stroke_width > 0)
    {
      use_color (pen, mark->stroke);
      cairo_set_line_width (pen->cr, mark->stroke_width);
      cairo_stroke (pen->cr);
    }
  cairo_new_path (pen->cr);
}

static void
draw_text (Pen          *pen,
           const QdMark *mark)
{
  if (mark->halo)
    {
      cairo_new_path (pen->cr);
      qd_text_run_add_path (mark->text, pen->cr, mark->box.x, mark->box.y);
      use_color (pen, pen->layout->theme.background);
      cairo_set_line_width (pen->cr, 2.6 * pen->layout->scale);
      cairo_stroke (pen->cr);
    }
  use_color (pen, mark->fill);
  qd_text_run_show (mark->text, pen->cr, mark->box.x, mark->box.y);
  cairo_new_path (pen->cr);
}

static void
draw_marks (Pen *pen)
{
  const QdChartLayout *self = pen->layout;
  cairo_t *cr = pen->cr;

  cairo_new_path (cr);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_BUTT);
  for (guint i = 0; i < self->marks->len; i++)
    {
      const QdMark *mark = &g_array_index (self->marks, QdMark, i);

      switch (mark->kind)
        {
        case QD_MARK_RECT:
          draw_rect (pen, mark);
          break;
        case QD_MARK_LINE:
          draw_line (pen, mark);
          break;
        case QD_MARK_PATH:
        case QD_MARK_AREA:
          draw_path (pen, mark);
          break;
        case QD_MARK_DOT:
          draw_dot (pen, mark);
          break;
        case QD_MARK_TEXT:
          draw_text (pen, mark);
          break;
        default:
          g_assert_not_reached ();
        }
    }
}

/**
 * qd_chart_layout_draw:
 * @self: a layout
 * @cr: where to draw; one user unit is one point
 *
 * Draws a chart at the origin. Scale and move @cr for other places. Rasters get
 * edges on whole pixels; vector targets get the numbers as they are. The state
 * of @cr is what it was afterwards, but for its current path.
 */
void
qd_chart_layout_draw (const QdChartLayout *self,
                      cairo_t             *cr)
{
  cairo_surface_t *target;
  cairo_matrix_t matrix;
  double dx = 1, dy = 1;
  Pen pen = { .cr = cr, .layout = self };

  g_return_if_fail (self != NULL && cr != NULL);
  cairo_save (cr);
  cairo_get_matrix (cr, &matrix);
  target = cairo_get_group_target (cr);
  cairo_device_to_user_distance (cr, &dx, &dy);
  pen.snap = cairo_surface_get_type (target) == CAIRO_SURFACE_TYPE_IMAGE && matrix.xy == 0 && matrix.yx == 0;
  pen.pixel = pen.snap ? MAX (fabs (dx), fabs (dy)) : 0;
  draw_marks (&pen);
  cairo_restore (cr);
}

/**
 * qd_chart_layout_draw_for_pixels:
 * @self: a layout
 * @cr: where to draw; one user unit is one point
 * @pixels: pixels per point of what it will be shown on, above 0
 *
 * Draws a chart for a raster that is not there yet, as when a window records
 * what to draw: edges go to its whole pixels.
 */
void
qd_chart_layout_draw_for_pixels (const QdChartLayout *self,
                                 cairo_t             *cr,
                                 double               pixels)
{
  Pen pen = { .cr = cr, .layout = self, .snap = TRUE, .grid = pixels, .pixel = 1 / pixels };

  g_return_if_fail (self != NULL && cr != NULL && pixels > 0);
  cairo_save (cr);
  draw_marks (&pen);
  cairo_restore (cr);
}
