/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The window's inside, for the files that make it up: -actions, -dnd, -leave,
 * -outside, -state, -toast.
 */
#pragma once

#include "../widgets/qd-banner.h"
#include "qd-facts.h"
#include "qd-job-area.h"
#include "qd-main-window.h"
#include "qd-scope-bar.h"
#include "qd-welcome.h"

G_BEGIN_DECLS

typedef struct _QdLeaving QdLeaving;

struct _QdMainWindow
{
  AdwApplicationWindow parent_instance;

  AdwToastOverlay *toasts;
  AdwToast *toast;           /* while there is one; weak */
  guint toast_source;        /* when it goes */
  guint leaving_source;      /* of a window that is left, when its jobs are done */
  QdLeaving *leaving;        /* while an import is asked about, see -leave */
  GtkStack *root;            /* "outside", "workspace" */
  GtkRevealer *drop_frame;

  /* No workspace. */
  GtkStack *outside;         /* "blank", "welcome", "opening", "problem" */
  GtkMenuButton *outside_menu;
  QdWelcome *welcome;        /* made when it is first seen */
  AdwStatusPage *opening, *problem;
  GtkSpinner *opening_spinner;
  GtkProgressBar *opening_bar;
  GtkButton *problem_button;

  /* A workspace. */
  AdwFlap *flap;
  GtkWidget *sidebar_pane;
  GtkListBox *sidebar;
  GtkLabel *workspace_name;
  GtkMenuButton *sidebar_menu, *content_menu, *page_menu;
  AdwHeaderBar *header;
  AdwWindowTitle *title;
  QdBanner *banner;
  QdScopeBar *scope;
  GtkStack *pages;
  QdJobArea *jobs, *content_jobs;

  char *path;                /* of the workspace, open or being opened; NULL: none */
  QdJob *opening_job;
  guint opening_source;
  QdSession *session;
  QdFacts *facts;
  QdJob *facts_job;
  gboolean moving;           /* the sidebar is told, it does not ask */
  gboolean wants_focus;      /* the page that comes up takes it */
};

/* qd-main-window.c */
void qd_main_window_update (QdMainWindow *self);          /* all that depends on place, view and facts */
void qd_main_window_take_path (QdMainWindow *self, const char *path);
const QdPageInfo *qd_main_window_get_page_info (QdMainWindow *self); /* nullable */

/* qd-main-window-actions.c */
void qd_main_window_install_actions (QdMainWindow *self);
void qd_main_window_update_actions (QdMainWindow *self);
void qd_main_window_install_menus (QdMainWindow *self);

/* qd-main-window-dnd.c */
void qd_main_window_install_drop (QdMainWindow *self);
gboolean qd_main_window_drop_files (QdMainWindow *self, GSList *files); /* GFile */

/* qd-main-window-leave.c */
void qd_main_window_jobs_changed (QdMainWindow *self);
void qd_main_window_forget_question (QdMainWindow *self);

/* qd-main-window-outside.c */
void qd_main_window_show_welcome (QdMainWindow *self);
void qd_main_window_stop_opening (QdMainWindow *self);

/* qd-main-window-state.c */
void qd_main_window_restore_size (QdMainWindow *self);
void qd_main_window_save_size (QdMainWindow *self);
void qd_main_window_restore_place (QdMainWindow *self);   /* of its workspace */
void qd_main_window_save_place (QdMainWindow *self);

G_END_DECLS
