/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The application: its windows, and opening workspaces in them.
 */
#pragma once

#include "../ui/window/qd-main-window.h"

G_BEGIN_DECLS

#define QD_TYPE_APPLICATION (qd_application_get_type ())
G_DECLARE_FINAL_TYPE (QdApplication, qd_application, QD, APPLICATION, AdwApplication)

QdApplication *qd_application_new (void);
/* A window with all of its actions, on the welcome page. (transfer none) */
QdMainWindow *qd_application_new_window (QdApplication *self);
/* The window that shows @path, or a new one. It comes up at once; the workspace follows. */
void qd_application_open_path (QdApplication *self, QdMainWindow *window, const char *path);

G_END_DECLS
