/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-ui.h"

#include <adwaita.h>

#include "compat/qd-names.h"
#include "qd-ui-resources.h"
#include "widgets/qd-chart-view.h"
#include "widgets/qd-settings.h"
#include "widgets/qd-table-view.h"
#include "widgets/qd-tile-layout.h"
#include "widgets/qd-wrap-layout.h"

/* The setting has the same order as this. */
static void
style_cb (GSettings  *settings,
          const char *key,
          gpointer    data)
{
  static const AdwColorScheme schemes[] = { ADW_COLOR_SCHEME_DEFAULT, ADW_COLOR_SCHEME_FORCE_LIGHT,
                                            ADW_COLOR_SCHEME_FORCE_DARK };

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), schemes[g_settings_get_enum (settings, key)]);
}

static void
follow_style (void)
{
  GSettings *settings = qd_settings_new ();

  if (settings == NULL)
    return;
  g_signal_connect (settings, "changed::style", G_CALLBACK (style_cb), NULL);
  style_cb (settings, "style", NULL);
  g_object_set_data_full (G_OBJECT (adw_style_manager_get_default ()), "qd-settings", settings, g_object_unref);
}

/**
 * qd_ui_init:
 *
 * Makes templates, styles and types known. Call it once, on the main thread,
 * before the first window; libadwaita is initialised too.
 */
void
qd_ui_init (void)
{
  adw_init ();
  qd_ui_register_resource ();
  qd_names_init ();
  g_type_ensure (QD_TYPE_CHART_VIEW);
  g_type_ensure (QD_TYPE_TABLE_VIEW);
  g_type_ensure (QD_TYPE_TILE_LAYOUT);
  g_type_ensure (QD_TYPE_WRAP_LAYOUT);
  follow_style ();
}
