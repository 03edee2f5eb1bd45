/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For people: one made-up chart in a window, to point at, walk over and zoom.
 *
 *   show-chart [NAME [compact]]     without a name: those that there are
 */
#include <adwaita.h>
#include <string.h>

#include "tests/draw/specs.h"
#include "ui/qd-ui.h"
#include "ui/widgets/qd-chart-view.h"

static void
drill_cb (QdChartView *view,
          int          series,
          int          place)
{
  g_print ("drill %d %d\n", series, place);
}

int
main (int    argc,
      char **argv)
{
  GtkWidget *window, *view;
  g_autoptr (GtkCssProvider) provider = NULL;

  for (guint i = 0; argc < 2 && i < n_spec_cases; i++)
    g_print ("%s\n", spec_cases[i].name);
  if (argc < 2)
    return 0;
  g_set_prgname ("show-chart"); /* what readers find it by */
  qd_ui_init ();
  provider = gtk_css_provider_new ();
  gtk_css_provider_load_from_resource (provider, "/org/quarterdeck/Quarterdeck/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  view = qd_chart_view_new ();
  for (guint i = 0; i < n_spec_cases; i++)
    if (strcmp (spec_cases[i].name, argv[1]) == 0)
      {
        g_autoptr (QdChartSpec) spec = spec_cases[i].make ();

        qd_chart_view_set_spec (QD_CHART_VIEW (view), spec);
      }
  g_object_set (view, "compact", argc > 2, "drillable", TRUE, "margin-start", 12, "margin-end", 12, "margin-top", 12,
                "margin-bottom", 12, NULL);
  g_signal_connect (view, "drill", G_CALLBACK (drill_cb), NULL);
  window = adw_window_new ();
  adw_window_set_content (ADW_WINDOW (window), view);
  gtk_window_set_default_size (GTK_WINDOW (window), argc > 2 ? 300 : 860, argc > 2 ? 120 : 560);
  gtk_window_present (GTK_WINDOW (window));
  while (g_list_model_get_n_items (gtk_window_get_toplevels ()) > 0)
    g_main_context_iteration (NULL, TRUE);
  return 0;
}
