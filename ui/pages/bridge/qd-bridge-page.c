/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-bridge-page.h"

#include "../../draw/figures/qd-charts.h"

struct _QdBridgePage
{
  QdPage parent_instance;

  QdChartView *chart;
};

G_DEFINE_FINAL_TYPE (QdBridgePage, qd_bridge_page, QD_TYPE_PAGE)

static gpointer
compute (QdSnapshot *snapshot,
         const char *detail,
         QdJob      *job,
         GError    **error)
{
  return qd_charts_make (qd_charts_find ("bridge"), qd_snapshot_get_ledger (snapshot), qd_snapshot_get_scope (snapshot),
                         qd_snapshot_get_context (snapshot), job, error);
}

static void
show (QdPage     *page,
      QdSnapshot *snapshot,
      gpointer    result)
{
  qd_chart_view_set_spec (QD_BRIDGE_PAGE (page)->chart, result);
}

static QdChartView *
get_chart (QdPage *page)
{
  return QD_BRIDGE_PAGE (page)->chart;
}

static void
qd_bridge_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), QD_TYPE_BRIDGE_PAGE);
  G_OBJECT_CLASS (qd_bridge_page_parent_class)->dispose (object);
}

static void
qd_bridge_page_class_init (QdBridgePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  QdPageClass *page_class = QD_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = qd_bridge_page_dispose;
  page_class->compute = compute;
  page_class->result_free = (GDestroyNotify) qd_chart_spec_unref;
  page_class->show = show;
  page_class->get_chart = get_chart;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/quarterdeck/Quarterdeck/ui/qd-bridge-page.ui");
  gtk_widget_class_bind_template_child (widget_class, QdBridgePage, chart);
}

static void
qd_bridge_page_init (QdBridgePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
