/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Giving a button another action while it is seen.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* gtk_actionable_set_detailed_action_name() sets the name before its target, and warns when the action exists. */
void qd_actionable_set_action (GtkActionable *actionable, const char *detailed_action_name); /* nullable */

G_END_DECLS
