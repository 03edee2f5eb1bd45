/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What an action does to a workspace or a file: asked for in a window, done on
 * a worker as a job of its session, told of by a toast with Undo or by a
 * message. The window may be closed before the work ends; it is held until
 * then, and nothing is said to who is not there.
 */
#pragma once

#include "../../ui/compat/qd-file-dialog.h"
#include "../../ui/window/qd-main-window.h"

G_BEGIN_DECLS

typedef struct _QdWork QdWork;

typedef gboolean (*QdWorkRun) (QdWork *self, GError **error); /* on the worker */

struct _QdWork
{
  QdMainWindow *window;
  QdWorkspace *workspace;
  QdJob *job;
  GVariant *parameter;     /* (nullable): the action's */
  char *path;              /* (nullable): the file that was chosen */
  const char *failed;      /* heading of the message that it was not done */
  QdWorkRun run;

  /* Set by who makes it, all (nullable); called on the main thread. */
  gpointer data;
  GDestroyNotify free_data;
  void (*done) (QdWork *self);                          /* it succeeded; before that is told */
  gboolean (*refuse) (QdWork *self, const GError *error); /* TRUE: who asked was told already */

  /* What is told, set by who makes it, by run or by done. */
  char *toast;             /* (nullable): nothing */
  char *note;              /* (nullable): and kept, where nothing else would tell */
  gint64 entry;            /* of the history, which the toast offers to undo; 0: none */
};

/* (transfer full) (nullable): NULL: the window has no workspace. @title is the job's; @parameter may be NULL. */
QdWork *qd_work_new (QdMainWindow *window, const char *title, const char *failed, QdWorkRun run, GVariant *parameter);
void qd_work_free (QdWork *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QdWork, qd_work_free)

/* Each takes @self. The latter two ask for a file first, @parent being in front. */
void qd_work_start (QdWork *self);
void qd_work_open (QdWork *self, const QdFileDialog *dialog, GtkWindow *parent);
void qd_work_save (QdWork *self, const QdFileDialog *dialog, GtkWindow *parent);

char *qd_work_dup_file_name (const QdWork *self); /* (transfer full): the chosen file's, for people */
char *qd_work_format_count (const QdWork *self, guint64 count); /* (transfer full): as the window writes counts */

G_END_DECLS
