/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the window's actions do, where it takes files, clipboard, printer or
 * the workspace: one file for each kind of thing, each adding its "win."
 * actions to a window. Their words and keys stand in ui/window/qd-action-info.c.
 */
#pragma once

#include "../qd-application.h"

G_BEGIN_DECLS

void qd_actions_install (QdMainWindow *window); /* all of them */

void qd_chart_actions_install (QdMainWindow *window);
void qd_edit_actions_install (QdMainWindow *window);
void qd_help_actions_install (QdMainWindow *window);
void qd_history_actions_install (QdMainWindow *window);
void qd_import_actions_install (QdMainWindow *window);
void qd_mapping_actions_install (QdMainWindow *window);
void qd_palette_actions_install (QdMainWindow *window);
void qd_print_actions_install (QdMainWindow *window);
void qd_workspace_actions_install (QdMainWindow *window);

/* What is about no window: files, windows themselves. */
void qd_file_actions_install (QdApplication *self);

G_END_DECLS
