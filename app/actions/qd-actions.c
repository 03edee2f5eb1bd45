/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-actions.h"

/**
 * qd_actions_install:
 * @window: a new window
 *
 * Gives a window the actions that are not about going somewhere.
 */
void
qd_actions_install (QdMainWindow *window)
{
  static void (*const installers[]) (QdMainWindow *) = {
    qd_chart_actions_install,
    qd_edit_actions_install,
    qd_help_actions_install,
    qd_history_actions_install,
    qd_import_actions_install,
    qd_mapping_actions_install,
    qd_palette_actions_install,
    qd_print_actions_install,
    qd_workspace_actions_install,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (installers); i++)
    installers[i](window);
}
