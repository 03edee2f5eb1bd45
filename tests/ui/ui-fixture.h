/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What tests of the window share: an application that owns no bus, a window on
 * a sample workspace in a folder of its own, waiting with a limit, pictures.
 */
#pragma once

#include "app/qd-application.h"

G_BEGIN_DECLS

/* Runs the main loop until @condition, at most 20 seconds, then fails. */
#define qd_ui_wait_while(condition) \
  do \
    { \
      gint64 qd_ui_end = g_get_monotonic_time () + 20 * G_USEC_PER_SEC; \
      while (condition) \
        { \
          if (g_get_monotonic_time () > qd_ui_end) \
            g_error ("%s:%d: waited too long while %s", __FILE__, __LINE__, #condition); \
          qd_ui_iterate (); \
        } \
    } \
  while (0)
void qd_ui_iterate (void);                     /* handles what is there, or sleeps for a moment */
void qd_ui_settle (QdMainWindow *window);          /* until the page that is seen is computed and drawn */

void qd_ui_test_init (int *argc, char ***argv); /* instead of g_test_init() */
QdApplication *qd_ui_get_application (void);   /* registered, not running; (transfer none) */

/* A window of 1200 × 800, presented, on a new sample of so many accounts and 36 months; or on no workspace with 0. */
QdMainWindow *qd_ui_open_workspace (QdWorkspace *workspace); /* seen, and all of it there */
QdMainWindow *qd_ui_open_sample (guint accounts);
QdWorkspace *qd_ui_make_sample (guint accounts); /* (transfer full) */
char *qd_ui_dup_path (const char *name);       /* in the test's folder, which is removed at the end */
void qd_ui_close (QdMainWindow *window);

GtkWidget *qd_ui_find (GtkWidget *root, GType type, const char *css_or_id); /* first descendant; buildable id or NULL */
GtkWidget *qd_ui_find_label (GtkWidget *root, const char *text);             /* a visible label that contains it */
GtkWindow *qd_ui_find_window (GType type);     /* (nullable): the first that is visible */
/* The question in front, as soon as there is one. */
void qd_ui_answer_question (gboolean accept);
void qd_ui_respond (const char *response); /* "cancel", "accept", "other" */
void qd_ui_answer_file (const char *path);     /* waits for the dialog that asks where to write, and answers it */
/* With QD_UI_SHOTS=FOLDER in the environment, a picture of the window as FOLDER/NAME.png. */
void qd_ui_shoot (GtkWidget *window, const char *name);

G_END_DECLS
