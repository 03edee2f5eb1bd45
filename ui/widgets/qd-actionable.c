/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-actionable.h"

/**
 * qd_actionable_set_action:
 * @actionable: a button
 * @detailed_action_name: (nullable): an action with its target; `NULL`: none
 *
 * Gives a button an action, whatever it had before.
 */
void
qd_actionable_set_action (GtkActionable *actionable,
                          const char    *detailed_action_name)
{
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;

  gtk_actionable_set_action_name (actionable, NULL);
  if (detailed_action_name == NULL)
    return;
  g_return_if_fail (g_action_parse_detailed_name (detailed_action_name, &name, &target, NULL));
  gtk_actionable_set_action_target_value (actionable, target);
  gtk_actionable_set_action_name (actionable, name);
}
