/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-ui.h"

#include <adwaita.h>

#include "qd-ui-resources.h"
#include "widgets/qd-chart-view.h"
#include "widgets/qd-table-view.h"
#include "widgets/qd-tile-layout.h"

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
  g_type_ensure (QD_TYPE_CHART_VIEW);
  g_type_ensure (QD_TYPE_TABLE_VIEW);
  g_type_ensure (QD_TYPE_TILE_LAYOUT);
}
