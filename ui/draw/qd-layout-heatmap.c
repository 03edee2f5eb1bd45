/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A triangle of rates: one row for each cohort, one column for each age.
 */
#include "config.h"

#include "qd-chart-layout-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define FILLING_COLUMNS 9

typedef struct
{
  QdChartLayout *layout;
  const QdChartSpec *spec;
  guint n_rows, n_averages, n_columns;
  double cell_width, cell_height, gap;
  double average_height, average_gap;
  double text_size;      /* of numbers in cells; 0: none */
  gboolean roomy;                /* for titles of rows and columns, and the legend */
  double line, header, legend;   /* heights */
  double names, sizes;           /* widths at the left */
  double label_size;
} Map;

static char *
format_cell (const Map *map,
             double     value)
{
  return qd_format_number (map->spec->format, value * 100, 0);
}

static double
get_position (const QdChartSpec *spec,
              double             value)
{
  return CLAMP ((value - spec->ramp_low) / (spec->ramp_high - spec->ramp_low), 0, 1);
}

static QdColor
get_fill (const Map   *map,
          const QdRow *row,
          double       value)
{
  QdColor color = qd_ramp_get_color (map->spec->ramp, get_position (map->spec, value));

  if (row->kind == QD_ROW_SMALL)
    color = qd_color_mix (qd_color_to_grey (color), map->layout->theme.background, 0.45);
  return color;
}

/* Nothing is written smaller. On a page that may be 9 points however large the canvas; where the text around gives the
 * scale, as on screen, it is the small size of that. */
static double
get_least_size (const QdChartLayout *layout)
{
  return layout->theme.scale > 0 ? layout->theme.small_size : 9;
}

/* The largest size at which the widest number fits its cell. */
static double
find_text_size (const Map *map)
{
  const QdChartTheme *theme = &map->layout->theme;
  double least = get_least_size (map->layout);
  double sizes[] = { theme->label_size, theme->small_size, theme->small_size * 0.8, least + 0.5, least };
  double widest = 0;
  g_autofree char *text = NULL;

  for (guint r = 0; r < map->spec->rows->len; r++)
    for (guint c = 0; c < qd_spec_row (map->spec, r)->n_values; c++)
      if (isfinite (qd_spec_row (map->spec, r)->values[c]))
        widest = MAX (widest, qd_spec_row (map->spec, r)->values[c]);
  text = format_cell (map, MAX (widest, 1));
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      if (sizes[i] < least || (i > 0 && sizes[i] > sizes[i - 1]))
        continue;
      if (sizes[i] * 1.12 <= map->cell_height - map->gap &&
          qd_lay_measure (map->layout, sizes[i], FALSE, text) + 1.5 <= map->cell_width - map->gap)
        return sizes[i];
    }
  return 0;
}

/* What shows between the cells of a row: cells as light as the page are seen to be there, and where they end. */
static void
add_plate (const Map   *map,
           const QdRow *row,
           double       left,
           double       top,
           double       height)
{
  const QdChartTheme *theme = &map->layout->theme;
  guint first = map->n_columns, end = 0;

  for (guint c = 0; c < row->n_values && c < map->n_columns; c++)
    if (isfinite (row->values[c]))
      {
        first = MIN (first, c);
        end = c + 1;
      }
  if (map->gap == 0 || first >= end)
    return;
  qd_lay_rect (map->layout, QD_ROLE_GRID, -1, -1,
               (QdRect){ left + first * map->cell_width - map->gap, top - map->gap,
                         (end - first) * map->cell_width + map->gap, height + map->gap },
               qd_color_mix (theme->axis, theme->background, 0.65));
}

static void
add_cells (const Map   *map,
           const QdRow *row,
           guint        index,
           double       left,
           double       top,
           double       height)
{
  for (guint c = 0; c < row->n_values && c < map->n_columns; c++)
    {
      double value = row->values[c], x = left + c * map->cell_width;
      QdRect box = { x, top, map->cell_width - map->gap, height - map->gap };
      QdColor fill;
      QdMark *mark;
      gboolean open = row->scenario[c] == QD_SCENARIO_OPEN;

      if (!isfinite (value))
        continue;
      fill = get_fill (map, row, value);
      mark = qd_lay_rect (map->layout, QD_ROLE_CELL, (int) index, (int) c, box, fill);
      if (MIN (box.width, box.height) > 7)
        qd_lay_apply_scenario (map->layout, mark, row->scenario[c]);
      qd_lay_target (map->layout, (int) index, (int) c, x + box.width / 2, top + box.height / 2,
                     (QdRect){ x, top, map->cell_width, height });
      if (map->text_size > 0)
        {
          g_autofree char *text = format_cell (map, value);
          g_autoptr (QdTextRun) run = qd_lay_shape_number (map->layout, map->text_size, row->kind == QD_ROW_AVERAGE, text, -1);

          if (qd_text_run_get_width (run) > box.width)
            continue;
          if (open)
            {
              /* A plate keeps the number readable on stripes. */
              QdRect plate = qd_lay_get_text_box (run, x + box.width / 2, top + box.height / 2, QD_ALIGN_MIDDLE);
              double inset = MIN (1.5 * map->layout->scale, (box.width - plate.width) / 2);

              plate.x -= inset, plate.width += 2 * inset;
              plate.y = MAX (plate.y, box.y), plate.height = MIN (plate.height, box.y + box.height - plate.y);
              qd_lay_rect (map->layout, QD_ROLE_SWATCH, (int) index, (int) c, plate, fill);
            }
          qd_lay_text (map->layout, QD_ROLE_CELL_LABEL, (int) index, (int) c, run, x + box.width / 2,
                       top + box.height / 2, QD_ALIGN_MIDDLE, qd_color_pick_text (fill));
        }
    }
}

static char *
write_scale_end (const QdChartSpec *spec,
                 gboolean           high)
{
  g_autofree char *text = qd_format_percent (spec->format, high ? spec->ramp_high : spec->ramp_low, 0);

  if (spec->ramp != QD_RAMP_DIVERGING)
    return g_steal_pointer (&text);
  /* Translators: the ends of a scale of colours: "130 % and more". */
  return g_strdup_printf (high ? _("%s and more") : _("%s and less"), text);
}

static void
add_legend (const Map *map,
            double     left,
            double     right,
            double     middle)
{
  QdChartLayout *layout = map->layout;
  const QdChartTheme *theme = &layout->theme;
  const QdChartSpec *spec = map->spec;
  double s = layout->scale, width = MIN (150 * s, (right - left) * 0.4), height = 8 * s, x = left;
  const int steps = 42;
  gboolean small = FALSE;
  g_autofree char *low = write_scale_end (spec, FALSE), *high = write_scale_end (spec, TRUE);
  g_autoptr (QdTextRun) low_run = qd_lay_shape (layout, theme->small_size, FALSE, low, -1, 1);
  g_autoptr (QdTextRun) high_run = qd_lay_shape (layout, theme->small_size, FALSE, high, -1, 1);
  double texts = qd_text_run_get_width (low_run) + qd_text_run_get_width (high_run) + 10 * s;
  g_autoptr (QdTextRun) small_run = NULL;

  for (guint r = 0; r < spec->rows->len; r++)
    small |= qd_spec_row (spec, r)->kind == QD_ROW_SMALL;
  if (small)
    {
      double own;

      small_run = qd_lay_shape (layout, theme->small_size, FALSE, _("grey: fewer than 10 customers"), -1, 1);
      own = qd_text_run_get_width (small_run) + 32 * s;
      /* The scale gives way before what grey means goes unsaid. */
      if (right - left - texts - own >= 48 * s)
        width = MIN (width, right - left - texts - own);
    }
  width = MIN (width, right - left - texts);
  if (width < 24 * s)
    return;
  qd_lay_text (layout, QD_ROLE_LEGEND_LABEL, -1, 0, low_run, x, middle, QD_ALIGN_START, theme->ink_soft);
  x += qd_text_run_get_width (low_run) + 5 * s;
  for (int i = 0; i < steps; i++)
    qd_lay_rect (layout, QD_ROLE_LEGEND, -1, i,
                 (QdRect){ x + width * i / steps, middle - height / 2, width / steps + (i + 1 < steps ? s : 0), height },
                 qd_ramp_get_color (spec->ramp, (i + 0.5) / steps));
  x += width + 5 * s;
  qd_lay_text (layout, QD_ROLE_LEGEND_LABEL, -1, 1, high_run, x, middle, QD_ALIGN_START, theme->ink_soft);
  x += qd_text_run_get_width (high_run) + 18 * s;

  if (small_run == NULL || x + qd_text_run_get_width (small_run) + 13 * s > right + 0.5)
    return;
  qd_lay_rect (layout, QD_ROLE_LEGEND, -1, -1, (QdRect){ x, middle - height / 2, 9 * s, height },
               qd_color_mix (qd_color_to_grey (qd_ramp_get_color (spec->ramp, 0.25)), theme->background, 0.45));
  qd_lay_text (layout, QD_ROLE_LEGEND_LABEL, -1, 2, small_run, x + 13 * s, middle, QD_ALIGN_START, theme->ink_soft);
}

/* How wide names and sizes of rows are, and how many rows there are of each kind. */
static void
measure_rows (Map   *map,
              QdRect body)
{
  const QdChartSpec *spec = map->spec;
  QdChartLayout *layout = map->layout;
  const QdChartTheme *theme = &layout->theme;
  double s = layout->scale, size = theme->label_size;

  for (guint r = 0; r < spec->rows->len; r++)
    {
      const QdRow *row = qd_spec_row (spec, r);

      if (row->kind == QD_ROW_AVERAGE)
        map->n_averages++;
      else
        map->n_rows++;
      map->names = MAX (map->names, qd_lay_measure (layout, size, row->kind == QD_ROW_AVERAGE, row->label));
      if (row->size)
        {
          g_autoptr (QdTextRun) run = qd_lay_shape_number (layout, size, row->kind == QD_ROW_AVERAGE, row->size, -1);

          map->sizes = MAX (map->sizes, qd_text_run_get_width (run));
        }
    }
  if (spec->row_title)
    map->names = MAX (map->names, qd_lay_measure (layout, theme->small_size, FALSE, spec->row_title));
  if (spec->size_title && map->sizes > 0)
    map->sizes = MAX (map->sizes, qd_lay_measure (layout, theme->small_size, FALSE, spec->size_title));
  map->names = body.width >= 130 * s ? MIN (map->names, body.width * 0.28) + 6 * s : 0;
  map->sizes = map->roomy && map->sizes > 0 ? MIN (map->sizes, body.width * 0.12) + 8 * s : 0;
}

/* The size of cells, and of what is written in and beside them. */
static void
measure_cells (Map   *map,
               QdRect body)
{
  QdChartLayout *layout = map->layout;
  const QdChartTheme *theme = &layout->theme;
  double s = layout->scale, line = map->line, room;

  map->average_gap = map->n_averages ? MIN (5 * s, body.height * 0.03) : 0;
  /* A few columns stay together; many fill the width. */
  map->cell_width = (body.width - map->names - map->sizes) / map->n_columns;
  if (map->n_columns < FILLING_COLUMNS)
    map->cell_width = MIN (map->cell_width, 64 * s);
  room = body.height - map->header - map->legend - map->average_gap;
  map->cell_height = MIN (room / MAX (map->n_rows + map->n_averages, 1), 30 * s);
  map->average_height = map->cell_height;
  if (map->n_averages && map->cell_height < line * 1.05 && body.height > line * 10)
    {
      map->average_height = line * 1.05;
      map->cell_height = (room - map->n_averages * map->average_height) / MAX (map->n_rows, 1);
    }
  map->gap = map->cell_width > 5 && map->cell_height > 5 ? 1 : 0;
  map->text_size = find_text_size (map);
  map->label_size = map->cell_height >= line * 0.95                 ? theme->label_size
                    : map->cell_height >= theme->small_size * 1.1 ? theme->small_size
                                                                  : get_least_size (layout);
  layout->plot[0] = (QdRect){ body.x + map->names + map->sizes, body.y + map->header, map->cell_width * map->n_columns,
                              map->cell_height * map->n_rows +
                                  (map->n_averages ? map->average_gap + map->average_height * map->n_averages : 0) };
}

static void
add_column_labels (const Map *map,
                   double     middle)
{
  QdChartLayout *layout = map->layout;
  const QdChartTheme *theme = &layout->theme;
  const GPtrArray *columns = map->spec->columns;
  double widest = 0;
  guint stride;

  for (guint c = 0; c < columns->len; c++)
    widest = MAX (widest, qd_lay_measure (layout, theme->label_size, FALSE, columns->pdata[c]));
  stride = (guint) MAX (1, ceil ((MIN (widest, layout->plot[0].width) + 3 * layout->scale) / MAX (map->cell_width, 0.01)));
  for (guint c = 0; c < columns->len; c += stride)
    {
      g_autoptr (QdTextRun) run =
          qd_lay_shape (layout, theme->label_size, FALSE, columns->pdata[c], stride * map->cell_width, 1);

      qd_lay_text (layout, QD_ROLE_COLUMN_LABEL, -1, (int) c, run,
                   layout->plot[0].x + (c + 0.5) * map->cell_width - map->gap / 2, middle, QD_ALIGN_MIDDLE, theme->ink_soft);
    }
}

static void
add_heading (const Map  *map,
             const char *text,
             double      width,
             double      x,
             double      y,
             QdAlign     align)
{
  QdChartLayout *layout = map->layout;
  g_autoptr (QdTextRun) run = qd_lay_shape (layout, layout->theme.small_size, FALSE, text, width, 1);

  qd_lay_text (layout, QD_ROLE_COLUMN_LABEL, -1, -1, run, x, y, align, layout->theme.ink_soft);
}

static void
add_headings (const Map *map,
              QdRect     body)
{
  const QdChartSpec *spec = map->spec;
  double s = map->layout->scale, left = map->layout->plot[0].x, middle = body.y + map->header - map->line / 2 - 3 * s;

  add_column_labels (map, middle);
  if (map->roomy && spec->column_title)
    {
      /* Translators: heading of the columns: "Months since first revenue; values in percent". */
      g_autofree char *title = map->text_size > 0 ? g_strdup_printf (_("%s; values in percent"), spec->column_title)
                                                  : g_strdup (spec->column_title);

      add_heading (map, title, MAX (map->layout->plot[0].width, body.x + body.width - left), left, middle - map->line - 1 * s,
                   QD_ALIGN_START);
    }
  if (map->roomy && spec->row_title)
    add_heading (map, spec->row_title, map->names - 6 * s, body.x, middle, QD_ALIGN_START);
  if (map->sizes > 0 && spec->size_title)
    add_heading (map, spec->size_title, map->sizes - 8 * s, left - 8 * s, middle, QD_ALIGN_END);
}

static void
add_row_label (const Map   *map,
               const QdRow *row,
               guint        r,
               double       x,
               double       middle,
               double       height)
{
  QdChartLayout *layout = map->layout;
  double s = layout->scale;
  gboolean average = row->kind == QD_ROW_AVERAGE;
  QdColor color = row->kind == QD_ROW_SMALL ? layout->theme.ink_soft : layout->theme.ink;
  double size = average ? MIN (layout->theme.label_size, MAX (get_least_size (layout), height)) : map->label_size;
  g_autoptr (QdTextRun) run = qd_lay_shape (layout, size, average, row->label, map->names - 6 * s, 1);

  qd_lay_text (layout, QD_ROLE_ROW_LABEL, (int) r, -1, run, x, middle, QD_ALIGN_START, color);
  if (map->sizes > 0 && row->size)
    {
      g_autoptr (QdTextRun) count = qd_lay_shape_number (layout, size, average, row->size, map->sizes - 8 * s);

      qd_lay_text (layout, QD_ROLE_SIZE_LABEL, (int) r, -1, count, layout->plot[0].x - 8 * s, middle, QD_ALIGN_END, color);
    }
}

static void
add_rows (Map   *map,
          QdRect body)
{
  QdChartLayout *layout = map->layout;
  double left = layout->plot[0].x, top = layout->plot[0].y, line = map->line, last = INFINITY;
  double averages = top + map->n_rows * map->cell_height + map->average_gap;
  guint stride = (guint) MAX (1, ceil (qd_lay_get_line_height (layout, map->label_size) * 0.92 / MAX (map->cell_height, 0.01)));
  guint shown = 0, n_averages = 0;

  /* No name may touch that of the average. */
  if (map->n_averages && map->cell_height < line)
    last = averages + map->average_height / 2 - line / 2;
  for (guint r = 0; r < map->spec->rows->len; r++)
    {
      const QdRow *row = qd_spec_row (map->spec, r);
      gboolean average = row->kind == QD_ROW_AVERAGE;
      double height = average ? map->average_height : map->cell_height;
      double y = average ? averages + n_averages * map->average_height : top + shown * map->cell_height;
      double middle = y + (height - map->gap) / 2;

      if (map->names > 0 && (average || (shown % stride == 0 && middle + line / 2 <= last)))
        add_row_label (map, row, r, body.x, middle, height);
      add_plate (map, row, left, y, height);
      add_cells (map, row, r, left, y, height);
      if (average)
        n_averages++;
      else
        shown++;
    }
}

void
qd_lay_heatmap (QdChartLayout *self,
                QdRect         body)
{
  double s = self->scale, line = qd_lay_get_line_height (self, self->theme.label_size);
  Map map = { .layout = self, .spec = self->spec, .n_columns = MAX (self->spec->columns->len, 1), .line = line };

  map.roomy = body.width > 240 * s && body.height > 110 * s;
  map.header = body.height > line * 4 ? line + 4 * s + (map.roomy && self->spec->column_title ? line + 1 * s : 0) : 0;
  map.legend = map.roomy ? line + 8 * s : 0;
  measure_rows (&map, body);
  measure_cells (&map, body);
  if (map.header > 0)
    add_headings (&map, body);
  add_rows (&map, body);
  if (map.legend > 0)
    add_legend (&map, self->plot[0].x, body.x + body.width, self->plot[0].y + self->plot[0].height + map.legend - line / 2);
}
