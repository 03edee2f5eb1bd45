/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The window: welcome page, or one workspace with its pages.
 *
 * It is a GActionMap: "win." actions about going somewhere are its own, those
 * that work on files, clipboard, printer or workspace are added by the
 * application. Several windows may show several workspaces.
 */
#pragma once

#include <adwaita.h>

#include "../pages/qd-page.h"

G_BEGIN_DECLS

#define QD_TYPE_MAIN_WINDOW (qd_main_window_get_type ())
G_DECLARE_FINAL_TYPE (QdMainWindow, qd_main_window, QD, MAIN_WINDOW, AdwApplicationWindow)

QdMainWindow *qd_main_window_new (GtkApplication *application);
/* NULL: the welcome page. */
void qd_main_window_set_workspace (QdMainWindow *self, QdWorkspace *workspace);
QdSession *qd_main_window_get_session (QdMainWindow *self);   /* (transfer none) (nullable) */
QdPage *qd_main_window_get_page (QdMainWindow *self);         /* (transfer none) (nullable): the one that is seen */

/* The workspace that it shows or is about to, NULL on the welcome page. (type filename) */
const char *qd_main_window_get_path (QdMainWindow *self);
/* For the next start: size and place of a window that is about to go; which workspaces were open. */
void qd_main_window_save (QdMainWindow *self);
/* An import that runs is asked about; TRUE: @again is called when it was given up. */
typedef void (*QdLeavingFunc) (gpointer data);
gboolean qd_main_window_ask_to_leave (QdMainWindow *self, const char *accept, QdLeavingFunc again, gpointer data);
void qd_main_window_leave (QdMainWindow *self); /* when what runs is done */
void qd_main_window_forget_open (const char *path);
GPtrArray *qd_main_window_take_open (void);

/* While a file is being opened: the window says so, if it takes long. */
void qd_main_window_show_opening (QdMainWindow *self, const char *path, QdJob *job);
gboolean qd_main_window_is_opening (QdMainWindow *self, QdJob *job); /* still this one */
/* A file did not open: why, and what can be done. @button: (nullable) with its @detailed_action_name. */
void qd_main_window_show_problem (QdMainWindow *self, const char *title, const char *description, const char *button,
                                  const char *detailed_action_name);

/* A message about something that happened, with one button at most. Plain text; @action_name may be NULL. */
void qd_main_window_toast (QdMainWindow *self, const char *text, const char *button, const char *detailed_action_name);
/* Something failed that the person asked for: a dialog with what to do. */
void qd_main_window_show_error (QdMainWindow *self, const char *heading, const GError *error);

G_END_DECLS
