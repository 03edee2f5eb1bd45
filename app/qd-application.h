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
/* A window with all of its actions that shows nothing yet. (transfer none) */
QdMainWindow *qd_application_new_window (QdApplication *self);
/* The window that the person works in, also when a dialog is in front of it. (transfer none) (nullable) */
QdMainWindow *qd_application_get_window (QdApplication *self);

/* How a workspace comes to be open. */
typedef struct
{
  const char *path;                 /* (type filename) */
  QdStoreFlags flags;
  const QdStoreSettings *settings;  /* nullable: make a new one */
  gboolean sample;                  /* make the sample where nothing is */
  const char *import;               /* (type filename) nullable: then import this file */
} QdOpening;

/* The window that shows @path already is presented; else it is shown in @window (nullable: a free one, or a new one).
 * The window comes up at once; the workspace follows. */
void qd_application_open_workspace (QdApplication *self, QdMainWindow *window, const QdOpening *opening);
void qd_application_open_path (QdApplication *self, QdMainWindow *window, const char *path);

G_END_DECLS
