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
  QdChartSpec *spec;  /* nullable: the chart, or the page of the table that was drawn last */
  QdTable *table;     /* nullable */
  guint page;         /* of the table, that @spec is */
  char *title, *footer;
  QdFigureContext context;
  QdTextCache *cache;
};

/**
 * qd_printout_new:
 * @spec: (nullable): a chart, or
 * @table: (nullable): a table
 * @title: (nullable): of the table
 * @footer: of every page
 * @context: what stands around figures
 * @pango: where fonts are found
 *
 * What shall be printed: a chart is one page, a table as many as it takes. A
 * page is laid out when it is drawn, so that there may be thousands.
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

  if (spec != NULL)
    self->spec = qd_chart_spec_ref (spec);
  else
    self->table = qd_table_ref (table);
  self->page = G_MAXUINT;
  self->title = g_strdup (title);
  self->footer = g_strdup (footer);
  self->context = (QdFigureContext) {
    .format = qd_format_ref (context->format),
    .company = g_strdup (context->company),
    .definition = g_strdup (context->definition),
    .scope = g_strdup (context->scope),
    .source = g_strdup (context->source),
  };
  self->cache = qd_text_cache_new (pango);
  return self;
}

void
qd_printout_free (QdPrintout *self)
{
  g_clear_pointer (&self->spec, qd_chart_spec_unref);
  g_clear_pointer (&self->table, qd_table_unref);
  qd_text_cache_unref (self->cache);
  qd_format_unref (self->context.format);
  g_free ((char *) self->context.company);
  g_free ((char *) self->context.definition);
  g_free ((char *) self->context.scope);
  g_free ((char *) self->context.source);
  g_free (self->title);
  g_free (self->footer);
  g_free (self);
}

static QdTable *
make_part (QdTable *table,
           guint    first,
           guint    end)
{
  guint n = qd_table_get_n_columns (table);
  g_autofree guint *columns = g_new (guint, n);
  guint32 rows[ROWS_PER_PAGE];

  for (guint i = 0; i < n; i++)
    columns[i] = i;
  for (guint row = first; row < end; row++)
    rows[row - first] = row;
  return qd_table_pick (table, rows, end - first, columns, n);
}

static void
make_page (QdPrintout *self,
           guint       page)
{
  guint n = qd_table_get_n_rows (self->table), first = page * ROWS_PER_PAGE, end = MIN (first + ROWS_PER_PAGE, n);
  g_autoptr (QdTable) part = make_part (self->table, first, end);
  g_autofree char *from = qd_format_count (self->context.format, MIN (first + 1, n));
  g_autofree char *to = qd_format_count (self->context.format, end), *all = qd_format_count (self->context.format, n);
  /* Translators: rows of a table on a page */
  g_autofree char *subject = g_strdup_printf (_("rows %s to %s of %s"), from, to, all);

  g_clear_pointer (&self->spec, qd_chart_spec_unref);
  self->spec = qd_figure_table (part, self->title, subject, &self->context);
  self->page = page;
}

guint
qd_printout_get_n_pages (const QdPrintout *self)
{
  guint n = self->table != NULL ? qd_table_get_n_rows (self->table) : 1;

  return MAX (n / ROWS_PER_PAGE + (n % ROWS_PER_PAGE != 0), 1);
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

  g_return_if_fail (page < qd_printout_get_n_pages (self));
  if (self->table != NULL && self->page != page)
    make_page (self, page);
  theme.scale = 1;
  layout = qd_chart_layout_new (self->spec, &theme, self->cache, width, height - FOOT, NULL);
  if (layout == NULL)
    return;
  qd_chart_layout_draw (layout, cr);
  /* Translators: page of pages */
  number = g_strdup_printf (_("%u of %u"), page + 1, qd_printout_get_n_pages (self));
  qd_sheet_draw_text (self->cache, cr, &theme, self->footer, SMALL, FALSE, theme.ink_soft, QD_ALIGN_START, 0,
                      height - FOOT / 2.0, width * 0.85, 1);
  qd_sheet_draw_text (self->cache, cr, &theme, number, SMALL, FALSE, theme.ink_soft, QD_ALIGN_END, width,
                      height - FOOT / 2.0, 0, 1);
}
