/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-chart-layout-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define MIN_WIDTH 24
#define MIN_HEIGHT 12
#define MAX_SIDE 14400

G_DEFINE_QUARK (qd-chart-error, qd_chart_error)

static void
clear_mark (gpointer data)
{
  QdMark *mark = data;

  g_clear_pointer (&mark->text, qd_text_run_unref);
}

static QdMark *
add_mark (QdChartLayout *self,
          QdMarkKind     kind,
          QdMarkRole     role,
          int            series,
          int            index,
          QdRect         box)
{
  QdMark mark = { .kind = kind, .role = role, .series = series, .index = index, .box = box };

  g_array_append_val (self->marks, mark);
  return &g_array_index (self->marks, QdMark, self->marks->len - 1);
}

QdMark *
qd_lay_rect (QdChartLayout *self,
             QdMarkRole     role,
             int            series,
             int            index,
             QdRect         box,
             QdColor        fill)
{
  QdMark *mark = add_mark (self, QD_MARK_RECT, role, series, index, box);

  mark->fill = fill;
  return mark;
}

QdMark *
qd_lay_line (QdChartLayout *self,
             QdMarkRole     role,
             double         x1,
             double         y1,
             double         x2,
             double         y2,
             QdColor        stroke,
             double         width)
{
  QdMark *mark = add_mark (self, QD_MARK_LINE, role, -1, -1, (QdRect){ x1, y1, x2 - x1, y2 - y1 });

  mark->stroke = stroke;
  mark->stroke_width = width;
  return mark;
}

QdMark *
qd_lay_path (QdChartLayout *self,
             QdMarkKind     kind,
             QdMarkRole     role,
             int            series,
             const QdPoint *points,
             guint          n,
             QdColor        color,
             double         width)
{
  QdRect box = { points[0].x, points[0].y, 0, 0 };
  double right = box.x, bottom = box.y;
  QdMark *mark;

  for (guint i = 1; i < n; i++)
    {
      box.x = MIN (box.x, points[i].x);
      box.y = MIN (box.y, points[i].y);
      right = MAX (right, points[i].x);
      bottom = MAX (bottom, points[i].y);
    }
  box.width = right - box.x;
  box.height = bottom - box.y;
  mark = add_mark (self, kind, role, series, -1, box);
  mark->first_point = self->points->len;
  mark->n_points = n;
  if (kind == QD_MARK_AREA)
    mark->fill = color;
  else
    mark->stroke = color;
  mark->stroke_width = width;
  g_array_append_vals (self->points, points, n);
  return mark;
}

QdMark *
qd_lay_dot (QdChartLayout *self,
            QdMarkRole     role,
            int            series,
            int            index,
            double         x,
            double         y,
            double         radius,
            QdColor        fill)
{
  QdMark *mark = add_mark (self, QD_MARK_DOT, role, series, index,
                           (QdRect){ x - radius, y - radius, 2 * radius, 2 * radius });

  mark->fill = fill;
  return mark;
}

void
qd_lay_target (QdChartLayout *self,
               int            series,
               int            place,
               double         x,
               double         y,
               QdRect         area)
{
  g_array_append_vals (self->targets, &(QdTarget){ series, place, { x, y }, area }, 1);
}

QdTextRun *
qd_lay_shape (QdChartLayout *self,
              double         size,
              gboolean       bold,
              const char    *text,
              double         width,
              int            lines)
{
  QdFont font = { .family = self->theme.family, .size = size, .bold = bold, .centred = lines > 1 };

  return qd_text_cache_lookup (self->cache, &font, text, width < 0 ? -1 : MAX (width, 1), lines);
}

QdTextRun *
qd_lay_shape_left (QdChartLayout *self,
                   double         size,
                   gboolean       bold,
                   const char    *text,
                   double         width,
                   int            lines)
{
  QdFont font = { .family = self->theme.family, .size = size, .bold = bold };

  return qd_text_cache_lookup (self->cache, &font, text, MAX (width, 1), lines);
}

QdTextRun *
qd_lay_shape_number (QdChartLayout *self,
                     double         size,
                     gboolean       bold,
                     const char    *text,
                     double         width)
{
  QdFont font = { .family = self->theme.family, .size = size, .bold = bold, .tabular = TRUE };

  return qd_text_cache_lookup (self->cache, &font, text, width < 0 ? -1 : MAX (width, 1), 1);
}

double
qd_lay_measure (QdChartLayout *self,
                double         size,
                gboolean       bold,
                const char    *text)
{
  g_autoptr (QdTextRun) run = qd_lay_shape (self, size, bold, text, -1, 1);

  return qd_text_run_get_width (run);
}

double
qd_lay_get_line_height (QdChartLayout *self,
                        double         size)
{
  g_autoptr (QdTextRun) run = qd_lay_shape (self, size, FALSE, "0", -1, 1);

  return qd_text_run_get_height (run);
}

QdRect
qd_lay_get_text_box (const QdTextRun *run,
                     double           x,
                     double           middle,
                     QdAlign          align)
{
  double width = qd_text_run_get_width (run), height = qd_text_run_get_height (run), top;

  if (qd_text_run_get_n_lines (run) == 1)
    top = middle + qd_text_run_get_cap_height (run) / 2 - qd_text_run_get_ascent (run);
  else
    top = middle - height / 2;
  return (QdRect){ x - (align == QD_ALIGN_END ? width : align == QD_ALIGN_MIDDLE ? width / 2 : 0), top, width, height };
}

QdMark *
qd_lay_text (QdChartLayout *self,
             QdMarkRole     role,
             int            series,
             int            index,
             QdTextRun     *run,
             double         x,
             double         middle,
             QdAlign        align,
             QdColor        color)
{
  QdMark *mark = add_mark (self, QD_MARK_TEXT, role, series, index, qd_lay_get_text_box (run, x, middle, align));

  mark->text = qd_text_run_ref (run);
  mark->fill = color;
  return mark;
}

QdMark *
qd_lay_text_top (QdChartLayout *self,
                 QdMarkRole     role,
                 QdTextRun     *run,
                 double         x,
                 double         top,
                 QdColor        color)
{
  QdMark *mark = add_mark (self, QD_MARK_TEXT, role, -1, -1,
                           (QdRect){ x, top, qd_text_run_get_width (run), qd_text_run_get_height (run) });

  mark->text = qd_text_run_ref (run);
  mark->fill = color;
  return mark;
}

gboolean
qd_lay_is_free (const QdChartLayout *self,
                QdRect               box)
{
  for (guint i = 0; i < self->taken->len; i++)
    {
      const QdRect *other = &g_array_index (self->taken, QdRect, i);

      if (box.x < other->x + other->width && other->x < box.x + box.width && box.y < other->y + other->height &&
          other->y < box.y + box.height)
        return FALSE;
    }
  return TRUE;
}

void
qd_lay_take (QdChartLayout *self,
             QdRect         box)
{
  g_array_append_val (self->taken, box);
}

void
qd_lay_apply_scenario (const QdChartLayout *self,
                       QdMark              *mark,
                       QdScenario           scenario)
{
  QdColor color = mark->fill;

  switch (scenario)
    {
    case QD_SCENARIO_ACTUAL:
      break;
    case QD_SCENARIO_OPEN:
      mark->pattern = QD_PATTERN_STRIPES;
      mark->stroke = color;
      mark->stroke_width = self->theme.thin_width;
      break;
    case QD_SCENARIO_PLAN:
      mark->pattern = QD_PATTERN_OUTLINE;
      mark->fill = self->theme.background;
      mark->stroke = color;
      mark->stroke_width = 1.2 * self->scale;
      break;
    case QD_SCENARIO_FORECAST:
      mark->pattern = QD_PATTERN_HATCH;
      mark->stroke = color;
      mark->stroke_width = self->theme.thin_width * 1.4;
      break;
    case QD_SCENARIO_PRIOR:
      mark->fill = qd_color_mix (color, self->theme.background, 0.55);
      mark->stroke = color;
      mark->stroke_width = self->theme.thin_width;
      break;
    default:
      g_return_if_reached ();
    }
}

char *
qd_lay_format_tick (const QdChartLayout *self,
                    QdUnit               unit,
                    const QdAxis        *axis,
                    double               value)
{
  const QdFormat *format = self->spec->format;

  if (unit == QD_UNIT_RATE)
    return qd_format_percent (format, value, qd_axis_get_decimals (axis, -2));
  if (unit == QD_UNIT_MONEY)
    {
      double ends[2] = { axis->low, axis->high };
      QdScale scale = qd_format_choose_scale (format, ends, 2);

      scale.decimals =
          qd_axis_get_decimals (axis, (int) lrint (log10 (scale.divisor)) + qd_format_get_exponent (format));
      return qd_format_money_scaled (format, value, scale, FALSE);
    }
  return qd_format_number (format, value, qd_axis_get_decimals (axis, 0));
}

static void
scale_theme (QdChartTheme *theme,
             double        scale)
{
  theme->title_size *= scale;
  theme->subtitle_size *= scale;
  theme->label_size *= scale;
  theme->small_size *= scale;
  theme->line_width *= scale;
  theme->thin_width *= scale;
}

/**
 * qd_chart_layout_new:
 * @spec: the chart to lay out; a reference is taken
 * @theme: colours and fonts; copied
 * @cache: shaped text, of the calling thread
 * @width: width in points (1/72 inch), 24 to 14,400
 * @height: height in points, 12 to 14,400
 * @error: return location
 *
 * Computes every position of a chart without drawing it.
 *
 * Missing values give gaps; infinite ones are treated as missing. A chart
 * without any value becomes a calm page that says so. On small canvases the
 * less important texts are left out, in this order: notes, source, period,
 * subject, title. Cost is linear in the marks.
 *
 * Returns: (transfer full) (nullable): the layout, or `NULL` with
 *   `QD_CHART_ERROR_TOO_SMALL` or `QD_CHART_ERROR_TOO_LARGE`
 */
QdChartLayout *
qd_chart_layout_new (QdChartSpec        *spec,
                     const QdChartTheme *theme,
                     QdTextCache        *cache,
                     double              width,
                     double              height,
                     GError            **error)
{
  QdChartLayout *self;
  QdRect body;

  g_return_val_if_fail (spec != NULL && theme != NULL && cache != NULL, NULL);
  if (!(width >= MIN_WIDTH && height >= MIN_HEIGHT))
    {
      g_set_error (error, QD_CHART_ERROR, QD_CHART_ERROR_TOO_SMALL,
                   _("A chart needs at least %d × %d points, not %.0f × %.0f."), MIN_WIDTH, MIN_HEIGHT, width, height);
      return NULL;
    }
  if (!(width <= MAX_SIDE && height <= MAX_SIDE))
    {
      g_set_error (error, QD_CHART_ERROR, QD_CHART_ERROR_TOO_LARGE,
                   _("A chart can be at most %d points wide and high, not %.0f × %.0f."), MAX_SIDE, width, height);
      return NULL;
    }

  self = g_new0 (QdChartLayout, 1);
  self->spec = qd_chart_spec_ref (spec);
  self->theme = *theme;
  self->cache = qd_text_cache_ref (cache);
  self->width = width;
  self->height = height;
  self->scale = theme->scale > 0 ? theme->scale : CLAMP (MIN (width / 720, height / 405), 1, 2);
  scale_theme (&self->theme, self->scale);
  self->marks = g_array_sized_new (FALSE, FALSE, sizeof (QdMark), 64);
  g_array_set_clear_func (self->marks, clear_mark);
  self->points = g_array_new (FALSE, FALSE, sizeof (QdPoint));
  self->targets = g_array_new (FALSE, FALSE, sizeof (QdTarget));
  self->taken = g_array_new (FALSE, FALSE, sizeof (QdRect));

  if (spec->kind == QD_CHART_SPARKLINE)
    qd_lay_sparkline (self, (QdRect){ 0, 0, width, height });
  else
    {
      body = qd_lay_frame (self);
      if (qd_chart_spec_is_empty (spec))
        qd_lay_empty (self, body);
      else if (spec->kind == QD_CHART_TIME)
        qd_lay_time (self, body);
      else if (spec->kind == QD_CHART_WATERFALL)
        qd_lay_waterfall (self, body);
      else if (spec->kind == QD_CHART_HEATMAP)
        qd_lay_heatmap (self, body);
      else
        qd_lay_table (self, body);
    }
  g_clear_pointer (&self->taken, g_array_unref);
  g_clear_pointer (&self->cache, qd_text_cache_unref);
  return self;
}

/**
 * qd_chart_layout_free:
 * @self: (transfer full): a layout
 */
void
qd_chart_layout_free (QdChartLayout *self)
{
  g_return_if_fail (self != NULL);
  qd_chart_spec_unref (self->spec);
  g_array_unref (self->marks);
  g_array_unref (self->points);
  g_array_unref (self->targets);
  g_free (self);
}

/**
 * qd_chart_layout_get_spec:
 * @self: a layout
 *
 * Returns: (transfer none): what it shows
 */
QdChartSpec *
qd_chart_layout_get_spec (const QdChartLayout *self)
{
  return self->spec;
}

/**
 * qd_chart_layout_get_width:
 * @self: a layout
 *
 * Returns: width of the canvas in points
 */
double
qd_chart_layout_get_width (const QdChartLayout *self)
{
  return self->width;
}

/**
 * qd_chart_layout_get_height:
 * @self: a layout
 *
 * Returns: height of the canvas in points
 */
double
qd_chart_layout_get_height (const QdChartLayout *self)
{
  return self->height;
}

/**
 * qd_chart_layout_get_plot:
 * @self: a layout
 * @panel: 0 or 1
 *
 * Returns: where data is drawn; empty when the panel is not shown
 */
QdRect
qd_chart_layout_get_plot (const QdChartLayout *self,
                          guint                panel)
{
  g_return_val_if_fail (panel < QD_N_PANELS, self->plot[0]);
  return self->plot[panel];
}

/**
 * qd_chart_layout_get_edge:
 * @self: a layout
 *
 * Returns: how far from each side of the canvas title and figure begin, in points
 */
double
qd_chart_layout_get_edge (const QdChartLayout *self)
{
  return self->edge;
}

/**
 * qd_chart_layout_get_n_marks:
 * @self: a layout
 *
 * Returns: how many marks it has
 */
guint
qd_chart_layout_get_n_marks (const QdChartLayout *self)
{
  return self->marks->len;
}

/**
 * qd_chart_layout_get_mark:
 * @self: a layout
 * @index: 0 to the number of marks − 1, in drawing order
 *
 * Returns: (transfer none): the mark
 */
const QdMark *
qd_chart_layout_get_mark (const QdChartLayout *self,
                          guint                index)
{
  g_return_val_if_fail (index < self->marks->len, NULL);
  return &g_array_index (self->marks, QdMark, index);
}

/**
 * qd_chart_layout_get_points:
 * @self: a layout
 * @mark: a path or area of it
 *
 * Returns: (transfer none) (array): its n_points points
 */
const QdPoint *
qd_chart_layout_get_points (const QdChartLayout *self,
                            const QdMark        *mark)
{
  g_return_val_if_fail (mark->first_point + mark->n_points <= self->points->len, NULL);
  return &g_array_index (self->points, QdPoint, mark->first_point);
}

static void
fill_hit (const QdChartLayout *self,
          const QdTarget      *target,
          QdChartHit          *hit)
{
  hit->series = target->series;
  hit->place = target->place;
  hit->anchor = target->anchor;
  hit->area = target->area;
  hit->series_label = g_strdup (qd_chart_spec_get_series_label (self->spec, target->series));
  hit->place_label = qd_chart_spec_dup_place_label (self->spec, target->place);
  hit->value = qd_chart_spec_dup_value_text (self->spec, target->series, target->place);
}

/* How far a point is from a rectangle; 0 inside. */
static double
get_distance (QdRect area,
              double x,
              double y)
{
  double dx = MAX (MAX (area.x - x, x - area.x - area.width), 0);
  double dy = MAX (MAX (area.y - y, y - area.y - area.height), 0);

  return dx * dx + dy * dy;
}

/**
 * qd_chart_layout_hit_test:
 * @self: a layout
 * @x: points from the left
 * @y: points from the top
 * @hit: (out caller-allocates): what lies there; clear it when done
 *
 * Finds the mark that a person means: over time the nearest place along x and
 * there the nearest series; else the bar or cell under the point. O(marks).
 *
 * Returns: whether anything was hit; @hit is all zero otherwise
 */
gboolean
qd_chart_layout_hit_test (const QdChartLayout *self,
                          double               x,
                          double               y,
                          QdChartHit          *hit)
{
  const QdTarget *best = NULL;
  double best_x = INFINITY, best_distance = INFINITY;

  g_return_val_if_fail (hit != NULL, FALSE);
  memset (hit, 0, sizeof *hit);
  if (self->by_column)
    {
      const QdRect *plot = &self->plot[0];
      double bottom = MAX (plot->y + plot->height, self->plot[1].y + self->plot[1].height);

      if (plot->width <= 0)
        plot = &self->plot[1];
      if (x < plot->x || x > plot->x + plot->width || y < plot->y || y > bottom)
        return FALSE;
    }
  for (guint i = 0; i < self->targets->len; i++)
    {
      const QdTarget *target = &g_array_index (self->targets, QdTarget, i);
      double distance = get_distance (target->area, x, y);
      double across = self->by_column ? fabs (target->anchor.x - x) : 0;

      if (!self->by_column && distance > 0)
        continue;
      if (across < best_x - 1e-6 || (across < best_x + 1e-6 && distance < best_distance))
        {
          best = target;
          best_x = MIN (across, best_x);
          best_distance = distance;
        }
    }
  if (best == NULL)
    return FALSE;
  fill_hit (self, best, hit);
  return TRUE;
}

/**
 * qd_chart_layout_get_hit:
 * @self: a layout
 * @series: index of a series or row
 * @place: index of a month, step or column
 * @hit: (out caller-allocates): the mark; clear it when done
 *
 * Finds a mark by what it stands for: the keyboard's way to it.
 *
 * Returns: whether it is drawn; @hit is all zero otherwise
 */
gboolean
qd_chart_layout_get_hit (const QdChartLayout *self,
                         guint                series,
                         guint                place,
                         QdChartHit          *hit)
{
  g_return_val_if_fail (hit != NULL, FALSE);
  memset (hit, 0, sizeof *hit);
  for (guint i = 0; i < self->targets->len; i++)
    {
      const QdTarget *target = &g_array_index (self->targets, QdTarget, i);

      if (target->series == (int) series && target->place == (int) place)
        {
          fill_hit (self, target, hit);
          return TRUE;
        }
    }
  return FALSE;
}

/**
 * qd_chart_layout_find:
 * @self: a layout
 * @series: index of a series or row
 * @place: index of a month, step or column
 * @anchor: (out) (optional): where a ring or crosshair belongs
 * @area: (out) (optional): what it covers
 *
 * Finds where a mark stands. O(marks), without any text.
 *
 * Returns: whether it is drawn
 */
gboolean
qd_chart_layout_find (const QdChartLayout *self,
                      guint                series,
                      guint                place,
                      QdPoint             *anchor,
                      QdRect              *area)
{
  for (guint i = 0; i < self->targets->len; i++)
    {
      const QdTarget *target = &g_array_index (self->targets, QdTarget, i);

      if (target->series != (int) series || target->place != (int) place)
        continue;
      if (anchor != NULL)
        *anchor = target->anchor;
      if (area != NULL)
        *area = target->area;
      return TRUE;
    }
  return FALSE;
}

/**
 * qd_chart_hit_clear:
 * @hit: a hit
 *
 * Frees the texts of a hit.
 */
void
qd_chart_hit_clear (QdChartHit *hit)
{
  g_clear_pointer (&hit->series_label, g_free);
  g_clear_pointer (&hit->place_label, g_free);
  g_clear_pointer (&hit->value, g_free);
}
