/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The context menu: what can be done with a chart, all of it also by keys.
 */
#include "config.h"

#include "qd-chart-view-private.h"

#include <glib/gi18n-lib.h>

static void
append_series (QdChartView *self,
               GMenu       *menu)
{
  g_autoptr (GMenu) section = g_menu_new ();
  g_autofree char *name = NULL;

  if (!qd_chart_view_is_time (self) || qd_chart_spec_get_n_series (self->base) < 2)
    return;
  if (self->shown)
    {
      g_autofree char *hide = NULL;
      g_autofree char *only = NULL;
      g_autofree char *toggle = g_strdup_printf ("chart.toggle-series(%d)", self->series);
      g_autofree char *isolate = g_strdup_printf ("chart.isolate-series(%d)", self->series);
      const char *label = qd_chart_spec_get_series_label (self->base, (guint) self->series);
      g_auto (GStrv) parts = g_strsplit (label, "_", -1);

      /* An underscore would be a mnemonic. */
      name = g_strjoinv ("__", parts);
      /* Translators: menu, name of a series. */
      hide = g_strdup_printf (_("Hide “%s”"), name);
      /* Translators: menu, name of a series. */
      only = g_strdup_printf (_("Show Only “%s”"), name);
      g_menu_append (section, hide, toggle);
      g_menu_append (section, only, isolate);
    }
  if (self->hidden != 0)
    g_menu_append (section, _("Show All Series"), "chart.show-all-series");
  if (g_menu_model_get_n_items (G_MENU_MODEL (section)) > 0)
    g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
}

static GMenuModel *
make_menu (QdChartView *self)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) open = g_menu_new ();
  g_autoptr (GMenu) copy = g_menu_new ();
  g_autoptr (GMenu) export = g_menu_new ();
  g_autoptr (GMenu) view = g_menu_new ();
  g_autoptr (GMenu) help = g_menu_new ();

  if (self->shown && qd_chart_view_is_drillable (self, self->series, self->place))
    {
      g_menu_append (open, _("Open _Rows Behind It"), "chart.drill");
      g_menu_append_section (menu, NULL, G_MENU_MODEL (open));
    }
  g_menu_append (copy, _("Copy _Picture"), "win.copy-picture");
  g_menu_append (copy, _("Copy _Data"), "win.copy-data");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (copy));
  g_menu_append (export, _("Export as PNG…"), "win.export-chart::png");
  g_menu_append (export, _("Export as SVG…"), "win.export-chart::svg");
  g_menu_append (export, _("Export as PDF…"), "win.export-chart::pdf");
  g_menu_append (export, _("Export Data as CSV…"), "win.export-data");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (export));
  g_menu_append (view, _("View as _Table"), "chart.view-table");
  if (qd_chart_view_is_time (self) && !self->compact)
    {
      g_menu_append (view, _("Zoom _In"), "chart.zoom-in");
      g_menu_append (view, _("Zoom _Out"), "chart.zoom-out");
      g_menu_append (view, _("R_eset Zoom"), "chart.zoom-reset");
    }
  g_menu_append_section (menu, NULL, G_MENU_MODEL (view));
  append_series (self, menu);
  if (self->metrics != NULL && *self->metrics != '\0')
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (_("_What Is This?"), NULL);

      g_menu_item_set_action_and_target (item, "win.explain", "s", self->metrics);
      g_menu_append_item (help, item);
      g_menu_append_section (menu, NULL, G_MENU_MODEL (help));
    }
  return G_MENU_MODEL (menu);
}

/**
 * qd_chart_view_popup_menu:
 * @self: a view
 * @at_pointer: whether the menu belongs to a point, else to the cursor
 * @x: pixels
 * @y: pixels
 *
 * Opens the context menu.
 */
void
qd_chart_view_popup_menu (QdChartView *self,
                          gboolean     at_pointer,
                          double       x,
                          double       y)
{
  g_autoptr (GMenuModel) model = make_menu (self);
  QdPoint anchor = { gtk_widget_get_width (GTK_WIDGET (self)) / 2., gtk_widget_get_height (GTK_WIDGET (self)) / 2. };

  if (self->menu == NULL)
    {
      self->menu = gtk_popover_menu_new_from_model (NULL);
      gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
      gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->menu), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Chart"), -1);
      gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
    }
  gtk_popover_menu_set_menu_model (GTK_POPOVER_MENU (self->menu), model);
  if (at_pointer)
    anchor = (QdPoint){ x, y };
  else if (self->shown)
    qd_chart_view_get_anchor (self, self->series, self->place, &anchor, NULL);
  self->dismissed = TRUE;
  qd_chart_view_update_tip (self);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &(GdkRectangle){ (int) anchor.x, (int) anchor.y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->menu));
}
