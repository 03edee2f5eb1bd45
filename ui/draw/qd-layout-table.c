/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A table on a page: figures to the right, light rules, no stripes.
 */
#include "config.h"

#include "qd-chart-layout-private.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  double x, width;
  gboolean number, text;
  gboolean hidden;
} Column;

/* Natural widths; texts give way first, then everything does alike. */
static void
fit_columns (QdChartLayout *self,
             Column        *columns,
             guint          n_columns,
             guint          from,
             guint          to,
             QdRect         body,
             double        *gap)
{
  const QdChartSpec *spec = self->spec;
  double size = self->theme.label_size, s = self->scale, total = 0, texts = 0, room;
  guint n_texts = 0;

  for (guint c = 0; c < n_columns; c++)
    {
      g_autofree char *head = qd_chart_spec_dup_place_label (spec, c);
      QdColumnType type = qd_table_get_column (spec->table, c)->type;

      columns[c].number = type != QD_COLUMN_TEXT && type != QD_COLUMN_MONTH && type != QD_COLUMN_DAY;
      columns[c].width = qd_lay_measure (self, size, TRUE, head);
      for (guint r = from; r < to; r++)
        {
          g_autofree char *text = qd_spec_dup_cell (spec, r, c);
          g_autoptr (QdTextRun) run = columns[c].number ? qd_lay_shape_number (self, size, FALSE, text, -1)
                                                        : qd_lay_shape (self, size, FALSE, text, -1, 1);

          columns[c].width = MAX (columns[c].width, qd_text_run_get_width (run));
        }
      columns[c].width += 0.5;
      total += columns[c].width;
      columns[c].text = type == QD_COLUMN_TEXT || type == QD_COLUMN_MIXED;
      if (columns[c].text)
        texts += columns[c].width, n_texts++;
    }
  *gap = 12 * s;
  room = body.width - *gap * (n_columns - 1);
  if (total > room && n_texts > 0)
    {
      /* The longest texts are cut to one width, as wide as can be; short ones stay whole. */
      double spare = room - (total - texts), cap = 64 * s;

      for (double wide = room; wide > cap; wide -= MAX (1, room / 200))
        {
          double sum = 0;

          for (guint c = 0; c < n_columns; c++)
            sum += columns[c].text ? MIN (columns[c].width, wide) : 0;
          if (sum <= spare)
            {
              cap = wide;
              break;
            }
        }
      total -= texts;
      for (guint c = 0; c < n_columns; c++)
        if (columns[c].text)
          total += columns[c].width = MIN (columns[c].width, cap);
    }
  if (total > room)
    {
      /* Too many columns: those at the right go, rather than all becoming unreadable. */
      guint shown = 0;
      double used = 0;

      for (guint c = 0; c < n_columns; c++)
        {
          columns[c].hidden = used + columns[c].width + (c > 0 ? *gap : 0) > body.width;
          for (guint later = c; columns[c].hidden && later < n_columns; later++)
            columns[later].hidden = TRUE;
          if (columns[c].hidden)
            break;
          used += columns[c].width + (c > 0 ? *gap : 0);
          shown++;
        }
      if (shown == 0)
        {
          columns[0].hidden = FALSE;
          columns[0].width = body.width;
          shown = 1;
        }
      total = 0;
      for (guint c = 0; c < shown; c++)
        total += columns[c].width;
      n_columns = shown;
      room = body.width - *gap * (n_columns - 1);
    }
  if (n_columns > 1)
    *gap += MIN (MAX (room - total, 0) / (n_columns - 1), 40 * s);
}

void
qd_lay_table (QdChartLayout *self,
              QdRect         body)
{
  const QdChartSpec *spec = self->spec;
  const QdChartTheme *theme = &self->theme;
  guint n_columns = qd_table_get_n_columns (spec->table), n_rows = qd_table_get_n_rows (spec->table), shown, from, hidden_columns = 0;
  g_autofree Column *columns = g_new0 (Column, n_columns);
  double size = theme->label_size, line = qd_lay_get_line_height (self, size), gap, row, x = body.x;
  double right = body.x;

  row = CLAMP (body.height / (n_rows + 1), line * 1.2, line * 1.75);
  shown = (guint) MAX (body.height / row - 1 + 1e-9, 0);
  from = spec->newest && n_rows > shown ? n_rows - shown : 0;
  fit_columns (self, columns, n_columns, from, MIN (from + shown, n_rows), body, &gap);
  /* What is left out is said on a line of its own, for which rows move together before one of them goes. */
  if (shown < n_rows || columns[n_columns - 1].hidden)
    {
      row = CLAMP (body.height / (n_rows + 2), line * 1.2, line * 1.75);
      shown = (guint) MAX (body.height / row - 2 + 1e-9, 0);
    }
  shown = MIN (shown, n_rows);
  from = spec->newest ? n_rows - shown : 0;
  for (guint c = 0; c < n_columns; c++)
    {
      if (columns[c].hidden)
        {
          hidden_columns++;
          continue;
        }
      columns[c].x = x;
      right = x + columns[c].width;
      x = right + gap;
    }
  self->plot[0] = (QdRect){ body.x, body.y, right - body.x, row * (shown + 1) };

  for (guint c = 0; c < n_columns; c++)
    {
      g_autofree char *head = NULL;
      g_autoptr (QdTextRun) run = NULL;

      if (columns[c].hidden)
        continue;
      head = qd_chart_spec_dup_place_label (spec, c);
      run = qd_lay_shape (self, size, TRUE, head, columns[c].width, 1);
      qd_lay_text (self, QD_ROLE_HEADER, -1, (int) c, run, columns[c].x + (columns[c].number ? columns[c].width : 0),
                   body.y + row / 2, columns[c].number ? QD_ALIGN_END : QD_ALIGN_START, theme->ink_soft);
    }
  qd_lay_line (self, QD_ROLE_RULE, body.x, body.y + row, right, body.y + row, theme->axis, theme->thin_width * 1.6);
  for (guint r = from; r < from + shown; r++)
    {
      double middle = body.y + (r - from + 1.5) * row;

      if (r > from)
        qd_lay_line (self, QD_ROLE_RULE, body.x, middle - row / 2, right, middle - row / 2, theme->grid, theme->thin_width);
      for (guint c = 0; c < n_columns; c++)
        {
          g_autofree char *text = NULL;
          g_autoptr (QdTextRun) run = NULL;

          if (columns[c].hidden)
            continue;
          text = qd_spec_dup_cell (spec, r, c);
          run = columns[c].number ? qd_lay_shape_number (self, size, FALSE, text, columns[c].width)
                                  : qd_lay_shape (self, size, FALSE, text, columns[c].width, 1);
          qd_lay_text (self, QD_ROLE_TABLE_CELL, (int) r, (int) c, run,
                       columns[c].x + (columns[c].number ? columns[c].width : 0), middle,
                       columns[c].number ? QD_ALIGN_END : QD_ALIGN_START, theme->ink);
          qd_lay_target (self, (int) r, (int) c, columns[c].x + columns[c].width / 2, middle,
                         (QdRect){ columns[c].x, middle - row / 2, columns[c].width, row });
        }
    }
  if ((shown < n_rows || hidden_columns > 0) && body.height >= row * (shown + 2) - 0.01)
    {
      guint more = n_rows - shown;
      g_autofree char *count = qd_format_count (spec->format, more);
      g_autofree char *rows = spec->newest ? g_strdup (_("… earlier rows are left out"))
                                           : g_strdup_printf (ngettext ("… %s more row", "… %s more rows", more), count);
      g_autofree char *cols = g_strdup_printf (ngettext ("… %u more column", "… %u more columns", hidden_columns), hidden_columns);
      g_autofree char *both = more && hidden_columns ? g_strdup_printf ("%s, %s", rows, cols) : g_strdup (more ? rows : cols);
      g_autoptr (QdTextRun) run = qd_lay_shape (self, theme->small_size, FALSE, both, body.width, 1);

      qd_lay_text (self, QD_ROLE_MORE, -1, -1, run, body.x, body.y + (shown + 1.5) * row, QD_ALIGN_START, theme->ink_soft);
    }
}
