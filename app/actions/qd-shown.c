/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-shown.h"

#include <glib/gi18n-lib.h>

static QdTableView *
find_focused_table (QdMainWindow *window)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (window));

  if (focus == NULL)
    return NULL;
  return QD_TABLE_VIEW (QD_IS_TABLE_VIEW (focus) ? focus : gtk_widget_get_ancestor (focus, QD_TYPE_TABLE_VIEW));
}

/* Takes @table. */
static gboolean
take (QdTable *table,
      QdPage  *page,
      QdShown *shown)
{
  if (table == NULL)
    return FALSE;
  shown->table = table;
  shown->format = qd_format_ref (qd_session_get_format (qd_page_get_session (page)));
  shown->name = g_strdup (qd_table_get_id (table));
  return TRUE;
}

static gboolean
take_table (QdTableView *view,
            QdPage      *page,
            QdShownUse   use,
            QdShown     *shown)
{
  if (view == NULL || qd_table_view_get_table (view) == NULL)
    return FALSE;
  return take (qd_table_view_dup_selection (view, use == QD_SHOWN_COPY ? 1 : 2), page, shown);
}

static gboolean
take_chart (QdChartView    *view,
            QdPage         *page,
            QdShown        *shown)
{
  QdChartSpec *spec = view != NULL ? qd_chart_view_get_spec (view) : NULL;

  if (spec == NULL)
    return FALSE;
  shown->spec = qd_chart_spec_ref (spec);
  shown->table = qd_chart_spec_to_table (spec);
  shown->format = qd_format_ref (qd_session_get_format (qd_page_get_session (page)));
  shown->name = g_strdup (qd_chart_view_get_chart_name (view) != NULL ? qd_chart_view_get_chart_name (view) : "chart");
  return TRUE;
}

static void
append_part (GString    *text,
             const char *part)
{
  if (part != NULL && *part != '\0')
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", part);
}

/* Filters and period; a page may show other months than those of the view. */
static char *
dup_scope (const QdShown *shown,
           QdMainWindow  *window)
{
  QdSnapshot *snapshot = shown->snapshot;
  const QdPageInfo *info = qd_pages_find (qd_session_get_place (qd_main_window_get_session (window))->page);
  g_autofree char *period = NULL;
  g_autofree char *filters = NULL;

  if (info == NULL || !(info->flags & QD_PAGE_SCOPED) || snapshot == NULL || !qd_snapshot_has_revenue (snapshot))
    return NULL;
  period = qd_page_dup_period (qd_main_window_get_page (window));
  if (period == NULL)
    return qd_scope_describe (qd_snapshot_get_scope (snapshot), qd_snapshot_get_book (snapshot));
  filters = qd_scope_describe_filters (qd_snapshot_get_scope (snapshot));
  return g_strconcat (filters, *filters != '\0' ? "; " : "", period, NULL);
}

/* What the chart's own lines say; for rows of a page what the header says. */
static char *
dup_about (const QdShown *shown)
{
  QdSnapshot *snapshot = shown->snapshot;
  GString *text = g_string_new (NULL);

  if (shown->spec != NULL)
    {
      append_part (text, qd_chart_spec_get_subject (shown->spec));
      append_part (text, qd_chart_spec_get_period (shown->spec));
    }
  else if (snapshot != NULL)
    {
      append_part (text, qd_book_get_name (qd_snapshot_get_book (snapshot)));
      if (shown->scope != NULL)
        {
          g_autofree char *definition = g_strdup_printf (_("definition: %s"), qd_snapshot_get_context (snapshot)->definition);

          append_part (text, shown->scope);
          append_part (text, definition);
        }
    }
  if (shown->sample)
    append_part (text, _("Sample data: a company that does not exist."));
  return g_string_free (text, FALSE);
}

static gboolean
find_shown (QdShown      *self,
            QdMainWindow *window,
            QdShownUse    use)
{
  gboolean picture = use == QD_SHOWN_PICTURE;
  QdPage *page = qd_main_window_get_page (window);

  if (page == NULL || !((!picture && take_table (find_focused_table (window), page, use, self)) ||
                        take_chart (qd_page_get_chart (page), page, self) ||
                        (!picture && take_table (qd_page_get_table (page), page, use, self)) ||
                        (!picture && take (qd_page_dup_table (page), page, self))))
    return FALSE;
  if (qd_page_get_snapshot (page) != NULL)
    self->snapshot = qd_snapshot_ref (qd_page_get_snapshot (page));
  return TRUE;
}

/**
 * qd_shown_find:
 * @self: (out caller-allocates): what is seen
 * @window: where
 * @use: what it is wanted for
 *
 * Finds the chart or the table that is meant, and says so when there is none.
 *
 * Returns: whether there is one
 */
gboolean
qd_shown_find (QdShown      *self,
               QdMainWindow *window,
               QdShownUse    use)
{
  if (!find_shown (self, window, use))
    {
      qd_main_window_toast (window, _("There is no chart or table on this page"), NULL, NULL);
      return FALSE;
    }
  self->sample = self->snapshot != NULL && qd_book_is_sample (qd_snapshot_get_book (self->snapshot));
  self->scope = dup_scope (self, window);
  self->about = dup_about (self);
  return TRUE;
}

/**
 * qd_shown_dup_table_with_scope:
 * @self: what is seen
 *
 * Returns: (transfer full): its rows with what they are about as a column: for
 *   readers who have only the rows
 */
QdTable *
qd_shown_dup_table_with_scope (const QdShown *self)
{
  return qd_table_with_text (self->table, "scope", N_ ("Scope"), self->about);
}

void
qd_shown_clear (QdShown *self)
{
  g_clear_pointer (&self->spec, qd_chart_spec_unref);
  g_clear_pointer (&self->table, qd_table_unref);
  g_clear_pointer (&self->snapshot, qd_snapshot_unref);
  g_clear_pointer (&self->format, qd_format_unref);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->scope, g_free);
  g_clear_pointer (&self->about, g_free);
}
