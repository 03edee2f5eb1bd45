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

void
qd_lay_heatmap (QdChartLayout *self,
                QdRect         body)
{
  const QdChartSpec *spec = self->spec;
  const QdChartTheme *theme = &self->theme;
  Map map = { .layout = self, .spec = spec, .n_columns = MAX (spec->columns->len, 1) };
  double s = self->scale, size = theme->label_size, line = qd_lay_get_line_height (self, size);
  double names = 0, sizes = 0, header, legend, left, top, label_size = size;
  gboolean roomy = body.width > 240 * s && body.height > 110 * s;
  guint row_stride, column_stride, shown = 0;
  double column_label = 0, last = INFINITY;

  for (guint r = 0; r < spec->rows->len; r++)
    {
      const QdRow *row = qd_spec_row (spec, r);

      if (row->kind == QD_ROW_AVERAGE)
        map.n_averages++;
      else
        map.n_rows++;
      names = MAX (names, qd_lay_measure (self, size, row->kind == QD_ROW_AVERAGE, row->label));
      if (row->size)
        sizes = MAX (sizes, qd_lay_measure (self, size, FALSE, row->size));
    }
  if (spec->row_title)
    names = MAX (names, qd_lay_measure (self, theme->small_size, FALSE, spec->row_title));
  if (spec->size_title && sizes > 0)
    sizes = MAX (sizes, qd_lay_measure (self, theme->small_size, FALSE, spec->size_title));
  names = MIN (names, body.width * 0.28) + 6 * s;
  sizes = roomy && sizes > 0 ? MIN (sizes, body.width * 0.12) + 8 * s : 0;
  if (body.width < 130 * s)
    names = 0;
  header = body.height > line * 4 ? line + 4 * s + (roomy && spec->column_title ? line + 1 * s : 0) : 0;
  legend = roomy ? line + 8 * s : 0;
  map.average_gap = map.n_averages ? MIN (5 * s, body.height * 0.03) : 0;
  /* A few columns stay together; many fill the width. */
  map.cell_width = (body.width - names - sizes) / map.n_columns;
  if (map.n_columns < FILLING_COLUMNS)
    map.cell_width = MIN (map.cell_width, 64 * s);
  map.cell_height = MIN ((body.height - header - legend - map.average_gap) / MAX (map.n_rows + map.n_averages, 1), 30 * s);
  map.average_height = map.cell_height;
  if (map.n_averages && map.cell_height < line * 1.05 && body.height > line * 10)
    {
      map.average_height = line * 1.05;
      map.cell_height = (body.height - header - legend - map.average_gap - map.n_averages * map.average_height) /
                        MAX (map.n_rows, 1);
    }
  map.gap = map.cell_width > 5 && map.cell_height > 5 ? 1 : 0;
  map.text_size = find_text_size (&map);
  if (map.cell_height < line * 0.95 && map.cell_height >= theme->small_size * 1.1)
    label_size = theme->small_size;
  else if (map.cell_height < line * 0.95)
    label_size = get_least_size (self);
  row_stride = (guint) MAX (1, ceil (qd_lay_get_line_height (self, label_size) * 0.92 / MAX (map.cell_height, 0.01)));

  left = body.x + names + sizes;
  top = body.y + header;
  self->plot[0] = (QdRect){ left, top, map.cell_width * map.n_columns,
                            map.cell_height * map.n_rows + (map.n_averages ? map.average_gap + map.average_height * map.n_averages : 0) };

  /* Headings. */
  if (header > 0)
    {
      double middle = body.y + header - line / 2 - 3 * s;

      for (guint c = 0; c < spec->columns->len; c++)
        column_label = MAX (column_label, qd_lay_measure (self, size, FALSE, g_ptr_array_index (spec->columns, c)));
      column_stride = (guint) MAX (1, ceil ((MIN (column_label, self->plot[0].width) + 3 * s) / MAX (map.cell_width, 0.01)));
      for (guint c = 0; c < spec->columns->len; c += column_stride)
        {
          g_autoptr (QdTextRun) run = qd_lay_shape (self, size, FALSE, g_ptr_array_index (spec->columns, c),
                                                    column_stride * map.cell_width, 1);
          qd_lay_text (self, QD_ROLE_COLUMN_LABEL, -1, (int) c, run, left + (c + 0.5) * map.cell_width - map.gap / 2, middle,
                       QD_ALIGN_MIDDLE, theme->ink_soft);
        }
      if (roomy && spec->column_title)
        {
          /* Translators: heading of the columns: "Months since first revenue; values in percent". */
          g_autofree char *title = map.text_size > 0 ? g_strdup_printf (_("%s; values in percent"), spec->column_title)
                                                     : g_strdup (spec->column_title);
          g_autoptr (QdTextRun) run = qd_lay_shape (self, theme->small_size, FALSE, title,
                                                    MAX (self->plot[0].width, body.x + body.width - left), 1);
          qd_lay_text (self, QD_ROLE_COLUMN_LABEL, -1, -1, run, left, middle - line - 1 * s, QD_ALIGN_START, theme->ink_soft);
        }
      if (roomy && spec->row_title)
        {
          g_autoptr (QdTextRun) run = qd_lay_shape (self, theme->small_size, FALSE, spec->row_title, names - 6 * s, 1);
          qd_lay_text (self, QD_ROLE_COLUMN_LABEL, -1, -1, run, body.x, middle, QD_ALIGN_START, theme->ink_soft);
        }
      if (sizes > 0 && spec->size_title)
        {
          g_autoptr (QdTextRun) run = qd_lay_shape (self, theme->small_size, FALSE, spec->size_title, sizes - 8 * s, 1);
          qd_lay_text (self, QD_ROLE_COLUMN_LABEL, -1, -1, run, left - 8 * s, middle, QD_ALIGN_END, theme->ink_soft);
        }
    }

  /* No name may touch that of the average. */
  if (map.n_averages && map.cell_height < line)
    last = top + map.n_rows * map.cell_height + map.average_gap + map.average_height / 2 - line / 2;
  for (guint r = 0, a = 0; r < spec->rows->len; r++)
    {
      const QdRow *row = qd_spec_row (spec, r);
      gboolean average = row->kind == QD_ROW_AVERAGE;
      double height = average ? map.average_height : map.cell_height;
      double y = average ? top + map.n_rows * map.cell_height + map.average_gap + a * map.average_height
                         : top + shown * map.cell_height;
      double middle = y + (height - map.gap) / 2;

      if (names > 0 && (average || (shown % row_stride == 0 && middle + line / 2 <= last)))
        {
          QdColor color = row->kind == QD_ROW_SMALL ? theme->ink_soft : theme->ink;
          double at = average ? MIN (size, MAX (get_least_size (self), height)) : label_size;
          g_autoptr (QdTextRun) run = qd_lay_shape (self, at, average, row->label, names - 6 * s, 1);

          qd_lay_text (self, QD_ROLE_ROW_LABEL, (int) r, -1, run, body.x, middle, QD_ALIGN_START, color);
          if (sizes > 0 && row->size)
            {
              g_autoptr (QdTextRun) count = qd_lay_shape_number (self, at, average, row->size, sizes - 8 * s);
              qd_lay_text (self, QD_ROLE_SIZE_LABEL, (int) r, -1, count, left - 8 * s, middle, QD_ALIGN_END, color);
            }
        }
      add_plate (&map, row, left, y, height);
      add_cells (&map, row, r, left, y, height);
      if (average)
        a++;
      else
        shown++;
    }
  if (legend > 0)
    add_legend (&map, left, body.x + body.width, self->plot[0].y + self->plot[0].height + legend - line / 2);
}
