/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-import-figures.h"

#include <glib/gi18n-lib.h>

static void
clear_figure (gpointer data)
{
  QdImportFigure *figure = data;

  g_free (figure->title);
  g_free (figure->before);
  g_free (figure->after);
  g_free (figure->change);
}

static char *
show_rate (QdRate          rate,
           const QdFormat *format)
{
  return rate.defined ? qd_format_percent (format, rate.value, 1) : g_strdup (qd_format_get_missing (format));
}

static void
add_rate (GArray         *figures,
          const char     *title,
          QdRate          before,
          QdRate          after,
          const QdFormat *format)
{
  QdImportFigure figure = { g_strdup (title), show_rate (before, format), show_rate (after, format), NULL, 0 };

  if (before.defined && after.defined)
    {
      figure.change = qd_format_points (format, after.value - before.value);
      figure.direction = after.value > before.value ? 1 : after.value < before.value ? -1 : 0;
    }
  g_array_append_val (figures, figure);
}

/**
 * qd_import_figures_new:
 * @effect: what an import does to the figures
 * @format: how numbers are written
 *
 * Returns: (transfer full) (element-type QdImportFigure): ARR, NRR and GRR, or
 *   nothing when there was no revenue before and after
 */
GArray *
qd_import_figures_new (const QdImportEffect *effect,
                       const QdFormat       *format)
{
  GArray *figures = g_array_new (FALSE, TRUE, sizeof (QdImportFigure));
  const char *missing = qd_format_get_missing (format);
  gboolean before = effect->as_of_before != QD_MONTH_NONE, after = effect->as_of_after != QD_MONTH_NONE;
  QdImportFigure arr = { NULL, NULL, NULL, NULL, 0 };

  g_array_set_clear_func (figures, clear_figure);
  if (!before && !after)
    return figures;
  arr.title = g_strdup (_("ARR"));
  arr.before = before ? qd_format_money_full (format, (double) effect->arr_before) : g_strdup (missing);
  arr.after = after ? qd_format_money_full (format, (double) effect->arr_after) : g_strdup (missing);
  /* Where there was no revenue there was none to take away: the change is all of it, as the list of imports says. */
  arr.change = qd_format_money_change (format, (double) (effect->arr_after - effect->arr_before));
  arr.direction = effect->arr_after > effect->arr_before ? 1 : effect->arr_after < effect->arr_before ? -1 : 0;
  g_array_append_val (figures, arr);
  add_rate (figures, _("NRR, 12 Months"), effect->nrr_before, effect->nrr_after, format);
  add_rate (figures, _("GRR, 12 Months"), effect->grr_before, effect->grr_after, format);
  return figures;
}

/**
 * qd_import_figures_describe_months:
 * @effect: what an import does to the figures
 * @format: how months are written
 *
 * Returns: (transfer full) (nullable): of which months they are, a sentence;
 *   `NULL` when there was no revenue before and after
 */
char *
qd_import_figures_describe_months (const QdImportEffect *effect,
                                   const QdFormat       *format)
{
  gboolean before = effect->as_of_before != QD_MONTH_NONE, after = effect->as_of_after != QD_MONTH_NONE;
  g_autofree char *first = before ? qd_format_month (format, effect->as_of_before) : NULL;
  g_autofree char *second = after ? qd_format_month (format, effect->as_of_after) : NULL;

  if (!before && !after)
    return NULL;
  if (before && after && effect->as_of_before != effect->as_of_after)
    /* Translators: last month of the data before and after the import */
    return g_strdup_printf (_("As of %s before, %s after"), first, second);
  /* Translators: last month of the data */
  return g_strdup_printf (C_("month", "As of %s"), after ? second : first);
}

static void
put (GtkGrid    *grid,
     int         column,
     int         row,
     const char *text,
     const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), column == 0 ? 0 : 1);
  gtk_widget_set_hexpand (label, column == 0);
  if (column > 0)
    gtk_widget_add_css_class (label, "numeric");
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_grid_attach (grid, label, column, row, 1, 1);
}

/**
 * qd_import_figures_show:
 * @figures: (element-type QdImportFigure): figures
 * @grid: where they go
 *
 * Shows them as a small table, in the place of what is there.
 */
void
qd_import_figures_show (GArray  *figures,
                        GtkGrid *grid)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (grid))) != NULL)
    gtk_grid_remove (grid, child);
  if (figures->len == 0)
    return;
  put (grid, 0, 0, "", NULL);
  put (grid, 1, 0, _("Before"), "dim-label");
  put (grid, 2, 0, _("After"), "dim-label");
  put (grid, 3, 0, _("Change"), "dim-label");
  for (guint i = 0; i < figures->len; i++)
    {
      const QdImportFigure *figure = &g_array_index (figures, QdImportFigure, i);
      const char *mark = figure->direction > 0 ? "▲ " : figure->direction < 0 ? "▼ " : "";
      g_autofree char *change = figure->change != NULL ? g_strconcat (mark, figure->change, NULL) : g_strdup ("–");

      put (grid, 0, (int) i + 1, figure->title, "heading");
      put (grid, 1, (int) i + 1, figure->before, NULL);
      put (grid, 2, (int) i + 1, figure->after, "heading");
      put (grid, 3, (int) i + 1, change, figure->direction > 0 ? "good" : figure->direction < 0 ? "bad" : NULL);
    }
}
