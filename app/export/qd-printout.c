/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-printout.h"

#include <glib/gi18n-lib.h>

#include "../../ui/draw/qd-sheet.h"

/* More than any paper holds. */
#define MOST_ROWS 400
#define FOOT 24
#define SMALL 9

struct _QdPrintout
{
  QdChartSpec *spec;  /* nullable: the chart, or the page of the table that was drawn last */
  QdTable *table;     /* nullable */
  guint page;         /* of the table, that @spec is */
  guint n_rows;       /* of the table, on a page */
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
 * What shall be printed: a chart is one page, a table as many as it takes on the
 * paper of qd_printout_paginate(). A page is laid out when it is drawn, so that
 * there may be thousands.
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
  self->n_rows = MOST_ROWS;
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
  guint32 rows[MOST_ROWS];

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
  guint n = qd_table_get_n_rows (self->table), first = page * self->n_rows, end = MIN (first + self->n_rows, n);
  g_autoptr (QdTable) part = make_part (self->table, first, end);
  g_autofree char *from = qd_format_count (self->context.format, MIN (first + 1, n));
  g_autofree char *to = qd_format_count (self->context.format, end), *all = qd_format_count (self->context.format, n);
  /* Translators: rows of a table on a page */
  g_autofree char *subject = g_strdup_printf (_("rows %s to %s of %s"), from, to, all);

  g_clear_pointer (&self->spec, qd_chart_spec_unref);
  self->spec = qd_figure_table (part, self->title, subject, &self->context);
  self->page = page;
}

/**
 * qd_printout_lay_out:
 * @self: the pages
 * @page: which, from 0
 * @width: points
 * @height: points
 *
 * Returns: (transfer full) (nullable): what stands on a page, without its foot;
 *   `NULL` where there is no room to draw on
 */
QdChartLayout *
qd_printout_lay_out (QdPrintout *self,
                     guint       page,
                     double      width,
                     double      height)
{
  QdChartTheme theme = *qd_chart_theme_get (QD_THEME_PRINT);

  g_return_val_if_fail (page < qd_printout_get_n_pages (self), NULL);
  if (self->table != NULL && self->page != page)
    make_page (self, page);
  theme.scale = 1;
  return qd_chart_layout_new (self->spec, &theme, self->cache, width, height - FOOT, NULL);
}

/* How many rows of a long first page there was room for. */
static guint
count_rows (const QdChartLayout *layout)
{
  guint found = 0;
  int last = -1;

  for (guint i = 0; layout != NULL && i < qd_chart_layout_get_n_marks (layout); i++)
    {
      const QdMark *mark = qd_chart_layout_get_mark (layout, i);

      if (mark->role != QD_ROLE_TABLE_CELL || mark->series == last)
        continue;
      last = mark->series;
      found++;
    }
  return found;
}

/**
 * qd_printout_paginate:
 * @self: what shall be printed
 * @width: points, of what may be printed on
 * @height: points
 *
 * Shares a table out so that each of its rows is on a page.
 *
 * Returns: the number of pages, at least 1
 */
guint
qd_printout_paginate (QdPrintout *self,
                      double      width,
                      double      height)
{
  if (self->table != NULL)
    {
      g_autoptr (QdChartLayout) layout = NULL;

      self->n_rows = MOST_ROWS;
      self->page = G_MAXUINT;
      layout = qd_printout_lay_out (self, 0, width, height);
      self->n_rows = MAX (count_rows (layout), 1);
      self->page = G_MAXUINT;
    }
  return qd_printout_get_n_pages (self);
}

guint
qd_printout_get_n_pages (const QdPrintout *self)
{
  guint n = self->table != NULL ? qd_table_get_n_rows (self->table) : 1;

  return MAX (n / self->n_rows + (n % self->n_rows != 0), 1);
}

/**
 * qd_printout_dup_number:
 * @self: the pages
 * @page: which, from 0
 *
 * Returns: (transfer full): how a page is called: "12 of 1,234"
 */
char *
qd_printout_dup_number (const QdPrintout *self,
                        guint             page)
{
  g_autofree char *number = NULL, *all = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  number = qd_format_count (self->context.format, (gint64) page + 1);
  all = qd_format_count (self->context.format, qd_printout_get_n_pages (self));
  /* Translators: page of pages */
  return g_strdup_printf (C_("page", "%s of %s"), number, all);
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
  const QdChartTheme *theme = qd_chart_theme_get (QD_THEME_PRINT);
  g_autoptr (QdChartLayout) layout = qd_printout_lay_out (self, page, width, height);
  g_autofree char *number = NULL;
  double edge;

  if (layout == NULL)
    return;
  qd_chart_layout_draw (layout, cr);
  /* The foot begins and ends where the figure above it does. */
  edge = qd_chart_layout_get_edge (layout);
  number = qd_printout_dup_number (self, page);
  qd_sheet_draw_text (self->cache, cr, theme, self->footer, SMALL, FALSE, theme->ink_soft, QD_ALIGN_START, edge,
                      height - FOOT / 2.0, (width - 2 * edge) * 0.85, 1);
  qd_sheet_draw_text (self->cache, cr, theme, number, SMALL, FALSE, theme->ink_soft, QD_ALIGN_END, width - edge,
                      height - FOOT / 2.0, 0, 1);
}
