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

static gboolean
take_table (QdTableView    *view,
            QdPage         *page,
            QdShown        *shown)
{
  if (view == NULL || qd_table_view_get_table (view) == NULL)
    return FALSE;
  shown->table = qd_table_view_dup_selection (view);
  shown->format = qd_format_ref (qd_session_get_format (qd_page_get_session (page)));
  shown->name = g_strdup (qd_table_get_id (shown->table));
  return TRUE;
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

/**
 * qd_shown_find:
 * @self: (out caller-allocates): what is seen
 * @window: where
 *
 * Finds the chart or the table that is meant, and says so when there is none.
 *
 * Returns: whether there is one
 */
gboolean
qd_shown_find (QdShown      *self,
               QdMainWindow *window)
{
  QdPage *page = qd_main_window_get_page (window);

  if (page != NULL)
    if (take_table (find_focused_table (window), page, self) || take_chart (qd_page_get_chart (page), page, self) ||
        take_table (qd_page_get_table (page), page, self))
      {
        if (qd_page_get_snapshot (page) != NULL)
          self->snapshot = qd_snapshot_ref (qd_page_get_snapshot (page));
        return TRUE;
      }
  qd_main_window_toast (window, _("There is no chart or table on this page"), NULL, NULL);
  return FALSE;
}

void
qd_shown_clear (QdShown *self)
{
  g_clear_pointer (&self->spec, qd_chart_spec_unref);
  g_clear_pointer (&self->table, qd_table_unref);
  g_clear_pointer (&self->snapshot, qd_snapshot_unref);
  g_clear_pointer (&self->format, qd_format_unref);
  g_clear_pointer (&self->name, g_free);
}
