/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-printout.h"

#include <glib/gi18n-lib.h>

#include "../../ui/draw/qd-sheet.h"

#define ROWS_PER_PAGE 30
#define FOOT 24
#define SMALL 9

struct _QdPrintout
{
  GPtrArray *specs;  /* one a page */
  char *footer;
  QdTextCache *cache;
};

static QdTable *
make_part (const QdTable *table,
           guint          first,
           guint          end)
{
  guint n = qd_table_get_n_columns (table);
  g_autofree QdColumn *columns = g_new (QdColumn, n);
  QdTable *part;

  for (guint i = 0; i < n; i++)
    columns[i] = *qd_table_get_column (table, i);
  part = qd_table_new (qd_table_get_id (table), qd_table_get_currency (table), columns, n);
  for (guint row = first; row < end; row++)
    {
      for (guint i = 0; i < n; i++)
        qd_table_add_cell (part, table, row, i);
      qd_table_end_row (part);
    }
  return part;
}

static void
add_table (QdPrintout            *self,
           const QdTable         *table,
           const char            *title,
           const QdFigureContext *context)
{
  guint n = qd_table_get_n_rows (table);

  for (guint first = 0; first < MAX (n, 1); first += ROWS_PER_PAGE)
    {
      guint end = MIN (first + ROWS_PER_PAGE, n);
      g_autoptr (QdTable) part = make_part (table, first, end);
      g_autofree char *from = qd_format_count (context->format, MIN (first + 1, n));
      g_autofree char *to = qd_format_count (context->format, end), *all = qd_format_count (context->format, n);
      /* Translators: rows of a table on a page */
      g_autofree char *subject = g_strdup_printf (_("rows %s to %s of %s"), from, to, all);

      g_ptr_array_add (self->specs, qd_figure_table (part, title, subject, context));
    }
}

/**
 * qd_printout_new:
 * @spec: (nullable): a chart, or
 * @table: (nullable): a table
 * @title: (nullable): of the table
 * @footer: of every page
 * @context: what stands around figures
 * @pango: where fonts are found
 *
 * Lays out what shall be printed: a chart is one page, a table as many as it takes.
 *
 * Returns: (transfer full): the pages
 */
QdPrintout *
qd_printout_new (QdChartSpec           *spec,
                 QdTable               *table,
                 const char            *title,
                 const char            *footer,
                 const QdFigureContext *context,
                 PangoContext          *pango)
{
  QdPrintout *self = g_new0 (QdPrintout, 1);

  self->specs = g_ptr_array_new_with_free_func ((GDestroyNotify) qd_chart_spec_unref);
  self->footer = g_strdup (footer);
  self->cache = qd_text_cache_new (pango);
  if (spec != NULL)
    g_ptr_array_add (self->specs, qd_chart_spec_ref (spec));
  else
    add_table (self, table, title, context);
  return self;
}

void
qd_printout_free (QdPrintout *self)
{
  g_ptr_array_unref (self->specs);
  qd_text_cache_unref (self->cache);
  g_free (self->footer);
  g_free (self);
}

guint
qd_printout_get_n_pages (const QdPrintout *self)
{
  return self->specs->len;
}

/**
 * qd_printout_draw:
 * @self: the pages
 * @page: which, from 0
 * @cr: where to
 * @width: points
 * @height: points
 *
 * Draws a page. What is too small to draw on stays white.
 */
void
qd_printout_draw (QdPrintout *self,
                  guint       page,
                  cairo_t    *cr,
                  double      width,
                  double      height)
{
  QdChartTheme theme = *qd_chart_theme_get (QD_THEME_PRINT);
  g_autoptr (QdChartLayout) layout = NULL;
  g_autofree char *number = NULL;

  g_return_if_fail (page < self->specs->len);
  theme.scale = 1;
  layout = qd_chart_layout_new (self->specs->pdata[page], &theme, self->cache, width, height - FOOT, NULL);
  if (layout == NULL)
    return;
  qd_chart_layout_draw (layout, cr);
  /* Translators: page of pages */
  number = g_strdup_printf (_("%u of %u"), page + 1, self->specs->len);
  qd_sheet_draw_text (self->cache, cr, &theme, self->footer, SMALL, FALSE, theme.ink_soft, QD_ALIGN_START, 0,
                      height - FOOT / 2.0, width * 0.85, 1);
  qd_sheet_draw_text (self->cache, cr, &theme, number, SMALL, FALSE, theme.ink_soft, QD_ALIGN_END, width,
                      height - FOOT / 2.0, 0, 1);
}
