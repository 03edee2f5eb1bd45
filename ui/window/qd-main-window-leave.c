/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How a window goes: what was asked for is done first, unseen; an import that
 * runs is asked about.
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "../compat/qd-confirm.h"
#include "../dialogs/import/qd-import-assistant.h"
#include "qd-main-window-private.h"

static gboolean
has_jobs (QdMainWindow *self)
{
  return self->session != NULL && g_list_model_get_n_items (qd_session_get_jobs (self->session)) > 0;
}

static gboolean
left_cb (gpointer data)
{
  QdMainWindow *self = data;

  self->leaving_source = 0;
  if (!has_jobs (self) && !gtk_widget_get_visible (GTK_WIDGET (self)))
    gtk_window_destroy (GTK_WINDOW (self));
  return G_SOURCE_REMOVE;
}

/**
 * qd_main_window_jobs_changed:
 * @self: a window
 *
 * A window that was left goes after those who wait for its jobs have been told.
 */
void
qd_main_window_jobs_changed (QdMainWindow *self)
{
  if (!has_jobs (self) && self->leaving_source == 0)
    self->leaving_source = g_idle_add_full (G_PRIORITY_LOW, left_cb, self, NULL);
}

/* What stands in front of a window goes with it. */
static void
close_dialogs (GtkWindow *parent)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = g_list_model_get_n_items (windows); i > 0; i--)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i - 1);

      if (window == NULL || gtk_window_get_transient_for (window) != parent)
        continue;
      close_dialogs (window);
      gtk_window_close (window);
    }
}

/**
 * qd_main_window_leave:
 * @self: a window that was saved
 *
 * Destroys it. What was asked for is done first, unseen: the window is
 * destroyed then, unless somebody wants to see it again or something failed.
 */
void
qd_main_window_leave (QdMainWindow *self)
{
  g_return_if_fail (QD_IS_MAIN_WINDOW (self));
  close_dialogs (GTK_WINDOW (self));
  if (has_jobs (self))
    gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  else
    gtk_window_destroy (GTK_WINDOW (self));
}

/* Whether an import is to be cancelled: from the question until the import has ended. */
struct _QdLeaving
{
  QdMainWindow *window;      /* NULL: it is gone */
  QdJob *job;                /* the import */
  GCancellable *cancellable; /* closes the question */
  gboolean agreed;
  QdLeavingFunc again;
  gpointer data;
};

static QdImportAssistant *
find_importing (QdMainWindow *self)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (QD_IS_IMPORT_ASSISTANT (window) && gtk_window_get_transient_for (window) == GTK_WINDOW (self) &&
          qd_import_assistant_get_import (QD_IMPORT_ASSISTANT (window)) != NULL)
        return QD_IMPORT_ASSISTANT (window);
    }
  return NULL;
}

static void
free_leaving (QdLeaving *leaving)
{
  g_clear_object (&leaving->job);
  g_clear_object (&leaving->cancellable);
  g_free (leaving);
}

/**
 * qd_main_window_forget_question:
 * @self: a window
 *
 * Whatever is answered, nobody leaves any more.
 */
void
qd_main_window_forget_question (QdMainWindow *self)
{
  QdLeaving *leaving = g_steal_pointer (&self->leaving);

  if (leaving == NULL)
    return;
  leaving->window = NULL;
  g_signal_handlers_disconnect_by_data (leaving->job, leaving);
  g_cancellable_cancel (leaving->cancellable);
}

/* An import that was faster than its cancelling is there: its result is seen, and nobody leaves. */
static void
import_ended_cb (QdJob      *job,
                 GParamSpec *pspec,
                 QdLeaving  *leaving)
{
  QdMainWindow *window = leaving->window;
  gboolean leave = leaving->agreed && qd_job_get_state (job) == QD_JOB_CANCELLED;
  QdLeavingFunc again = leaving->again;
  gpointer data = leaving->data;
  gboolean agreed = leaving->agreed;

  if (qd_job_get_state (job) == QD_JOB_RUNNING)
    return;
  qd_main_window_forget_question (window);
  if (agreed) /* else whoever waits for the answer frees it */
    free_leaving (leaving);
  if (leave)
    again (data);
}

static void
answered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  QdLeaving *leaving = data;
  gboolean agreed = qd_confirm_finish (result) == QD_CONFIRM_ACCEPT;

  if (agreed && leaving->window != NULL)
    {
      leaving->agreed = TRUE;
      qd_job_cancel (leaving->job);
      import_ended_cb (leaving->job, NULL, leaving);
      return;
    }
  if (leaving->window != NULL)
    qd_main_window_forget_question (leaving->window);
  free_leaving (leaving);
}

/**
 * qd_main_window_ask_to_leave:
 * @self: a window
 * @accept: label of the answer that gives the import up
 * @again: called when it was given up, to leave now; not called when the window is gone
 * @data: for @again
 *
 * Asks, when a file is being imported into the workspace of the window: half
 * an import is none. When it ends before the answer, the question goes.
 *
 * Returns: whether somebody has to answer first
 */
gboolean
qd_main_window_ask_to_leave (QdMainWindow *self,
                             const char   *accept,
                             QdLeavingFunc again,
                             gpointer      data)
{
  QdImportAssistant *assistant = find_importing (self);
  g_autoptr (QdImportPlan) plan = NULL;
  g_autofree char *base = NULL;
  g_autofree char *body = NULL;
  QdLeaving *leaving;

  if (assistant == NULL)
    return FALSE;
  if (self->leaving != NULL)
    return TRUE;
  plan = qd_import_assistant_dup_plan (assistant);
  base = g_filename_display_basename (plan->path);
  body = g_strdup_printf (_("“%s” is being imported. If it is cancelled now, none of its rows will be in the workspace; the "
                            "file can be imported again later."),
                          base);
  leaving = self->leaving = g_new0 (QdLeaving, 1);
  leaving->window = self;
  leaving->job = g_object_ref (qd_import_assistant_get_import (assistant));
  leaving->cancellable = g_cancellable_new ();
  leaving->again = again;
  leaving->data = data;
  g_signal_connect (leaving->job, "notify", G_CALLBACK (import_ended_cb), leaving);
  {
    const QdConfirm question = {
      .heading = _("An Import Is Running"),
      .body = body,
      .cancel = _("_Keep Importing"),
      .accept = accept,
      .destructive = TRUE,
    };

    gtk_window_present (GTK_WINDOW (self));
    qd_confirm_async (&question, GTK_WINDOW (assistant), leaving->cancellable, answered_cb, leaving);
  }
  return TRUE;
}
