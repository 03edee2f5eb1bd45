/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-analytic.h"

#include <glib/gi18n-lib.h>

void
qd_analytic_open_drill (GtkWidget     *widget,
                        const QdDrill *drill)
{
  g_autofree char *text = qd_drill_to_string (drill);

  gtk_widget_activate_action (widget, "win.drill", "s", text);
}

void
qd_analytic_bind_chart (QdChartView *view,
                        const char  *name)
{
  const QdNamedChart *chart = qd_charts_find (name);

  g_return_if_fail (chart != NULL);
  qd_chart_view_set_chart_name (view, chart->name);
  qd_chart_view_set_metrics (view, chart->metrics);
}

static char *
dup_window (QdSnapshot    *snapshot,
            const QdScope *scope)
{
  QdWindow window;

  if (!qd_scope_get_window (scope, qd_snapshot_get_book (snapshot), &window, NULL))
    return NULL;
  return qd_figures_dup_window (qd_snapshot_get_format (snapshot), window);
}

char *
qd_analytic_dup_window (QdSnapshot *snapshot)
{
  return dup_window (snapshot, qd_snapshot_get_scope (snapshot));
}

char *
qd_analytic_dup_compared (QdSnapshot *snapshot)
{
  const QdScope *comparison = qd_snapshot_get_comparison (snapshot);

  return comparison != NULL ? dup_window (snapshot, comparison) : NULL;
}

gint64 *
qd_analytic_dup_arr (QdSnapshot *snapshot,
                     QdMonth     as_of)
{
  QdLedger *ledger;
  gint64 *arr;

  if (!qd_snapshot_has_revenue (snapshot))
    return NULL;
  ledger = qd_snapshot_get_ledger (snapshot);
  arr = g_new0 (gint64, qd_book_get_n_accounts (qd_snapshot_get_book (snapshot)) + 1);
  if (as_of < qd_ledger_get_first_month (ledger))
    return arr;
  for (guint32 i = 0; i < qd_ledger_get_n_customers (ledger); i++)
    {
      gint64 level;

      qd_ledger_get_months (ledger, i, as_of, as_of, &level, NULL);
      arr[qd_ledger_get_account (ledger, i)] = 12 * level;
    }
  return arr;
}

char *
qd_analytic_format_exact (QdFormat *format,
                          gint64    minor)
{
  gint64 unit = 1;

  for (int i = 0; i < qd_format_get_exponent (format); i++)
    unit *= 10;
  return minor % unit != 0 ? qd_format_money_exact (format, minor) : qd_format_money_full (format, (double) minor);
}

char *
qd_analytic_save_scroll (GtkScrolledWindow *scrolled)
{
  return g_strdup_printf ("%d", (int) gtk_adjustment_get_value (gtk_scrolled_window_get_vadjustment (scrolled)));
}

/* The new content has no height before its first frame. */
static gboolean
scroll_cb (GtkWidget     *widget,
           GdkFrameClock *clock,
           gpointer       data)
{
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (widget)), GPOINTER_TO_INT (data));
  return G_SOURCE_REMOVE;
}

void
qd_analytic_restore_scroll (GtkScrolledWindow *scrolled,
                            const char        *state)
{
  int value = (int) g_ascii_strtoll (state, NULL, 10);

  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (scrolled), value);
  gtk_widget_add_tick_callback (GTK_WIDGET (scrolled), scroll_cb, GINT_TO_POINTER (value), NULL);
}
