/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Undo and redo: the last change, any entry of the history, an import.
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "../../data/workspace/qd-workspace-edit.h"
#include "../../ui/compat/qd-confirm.h"
#include "../../ui/widgets/qd-record-list.h"
#include "qd-actions.h"

#define MAX_KEPT 8

typedef struct
{
  QdMainWindow *window;
  QdWorkspace *workspace;
  QdJob *job;
  gint64 entry;      /* 0: the last one */
  gint64 batch;      /* of the import to undo, 0: none */
  gboolean redo;
  gboolean agreed;   /* the person knows what an undo of an import leaves as it is */
  gboolean asks;     /* nothing was done: there is something to know first */
  char *summary;     /* what was undone, if it is known */
  GPtrArray *kept;   /* what a later edit had changed */
} QdStep;

static void
free_step (gpointer data)
{
  QdStep *step = data;

  g_clear_pointer (&step->kept, g_ptr_array_unref);
  g_free (step->summary);
  g_object_unref (step->job);
  g_object_unref (step->workspace);
  g_object_unref (step->window);
  g_free (step);
}

static gboolean
take_step (QdStep  *step,
           GError **error)
{
  if (!step->redo && !step->agreed && (step->entry != 0 || step->batch != 0))
    {
      if (!qd_workspace_preview_undo (step->workspace, step->entry, step->batch, step->job, &step->kept, error))
        return FALSE;
      step->asks = step->kept->len > 0;
      if (step->asks)
        return TRUE;
      g_clear_pointer (&step->kept, g_ptr_array_unref);
    }
  if (step->batch != 0)
    return qd_workspace_undo_import (step->workspace, step->batch, step->job, &step->kept, error);
  if (step->entry == 0)
    return step->redo ? qd_workspace_redo_last (step->workspace, step->job, &step->summary, &step->kept, error)
                      : qd_workspace_undo_last (step->workspace, step->job, &step->summary, &step->kept, error);
  return step->redo ? qd_workspace_redo (step->workspace, step->entry, step->job, &step->kept, error)
                    : qd_workspace_undo (step->workspace, step->entry, step->job, &step->kept, error);
}

static void
run_step (GTask        *task,
          gpointer      source,
          gpointer      data,
          GCancellable *cancellable)
{
  QdStep *step = data;
  GError *error = NULL;
  gboolean done = take_step (step, &error);

  qd_job_finish (step->job, error);
  if (done)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static char *
list_kept (const QdStep *step,
           const char   *heading)
{
  GString *text = g_string_new (heading);

  for (guint i = 0; i < MIN (step->kept->len, MAX_KEPT); i++)
    g_string_append_printf (text, "\n• %s", (const char *) step->kept->pdata[i]);
  if (step->kept->len > MAX_KEPT)
    {
      guint more = step->kept->len - MAX_KEPT;

      g_string_append_c (text, '\n');
      g_string_append_printf (text, ngettext ("and %u more", "and %u more", more), more);
    }
  return g_string_free (text, FALSE);
}

static void
tell_kept (const QdStep *step)
{
  g_autofree char *text = list_kept (step, _("These were changed later and stay as they are:"));

  qd_confirm_tell (GTK_WINDOW (step->window), _("Undone, but for Later Changes"), text);
}

static void start (QdMainWindow *window, gint64 entry, gint64 batch, gboolean redo, gboolean agreed);

static void
agreed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (GTask) task = data;
  const QdStep *step = g_task_get_task_data (task);

  if (qd_confirm_finish (result))
    start (step->window, step->entry, step->batch, FALSE, TRUE);
}

/* Before an import is undone that later changes stand on: what they are. */
static void
ask (GTask *task)
{
  const QdStep *step = g_task_get_task_data (task);
  g_autofree char *text =
      list_kept (step, _("What the import brought goes, and what it changed returns. These were changed later and would stay "
                         "as they are:"));
  const QdConfirm confirm = {
    .heading = _("Undo the Import, but for Later Changes?"),
    .body = text,
    .accept = _("_Undo Import"),
  };

  qd_confirm_async (&confirm, GTK_WINDOW (step->window), agreed_cb, g_object_ref (task));
}

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  QdStep *step = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
        qd_main_window_toast (step->window, error->message, NULL, NULL);
      else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        qd_main_window_show_error (step->window,
                                   step->batch != 0 ? _("The Import Was Not Undone")
                                   : step->redo     ? _("Redo Failed")
                                                    : _("Undo Failed"),
                                   error);
      return;
    }
  if (step->asks)
    {
      ask (G_TASK (result));
      return;
    }
  if (step->kept != NULL && step->kept->len > 0 && !step->agreed)
    tell_kept (step);
  if (step->summary != NULL)
    /* Translators: what was done again or undone, a sentence */
    text = g_strdup_printf (step->redo ? _("Redone: %s") : _("Undone: %s"), step->summary);
  else
    text = g_strdup (step->batch != 0 ? _("Import undone") : step->redo ? _("Redone") : _("Undone"));
  qd_main_window_toast (step->window, text, step->redo ? _("_Undo") : _("_Redo"), step->redo ? "win.undo" : "win.redo");
}

static void
start (QdMainWindow *window,
       gint64        entry,
       gint64        batch,
       gboolean      redo,
       gboolean      agreed)
{
  QdSession *session = qd_main_window_get_session (window);
  g_autoptr (GTask) task = NULL;
  QdStep *step;

  if (session == NULL || entry < 0 || batch < 0)
    return;
  step = g_new0 (QdStep, 1);
  step->window = g_object_ref (window);
  step->workspace = g_object_ref (qd_session_get_workspace (session));
  step->entry = entry;
  step->batch = batch;
  step->redo = redo;
  step->agreed = agreed;
  step->job = qd_job_new (batch != 0 ? _("Undoing the import") : redo ? _("Redoing") : _("Undoing"), NULL);
  qd_session_add_job (session, step->job);
  task = g_task_new (window, qd_job_get_cancellable (step->job), done_cb, NULL);
  /* what was committed is said, also when Cancel came too late */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, step, free_step);
  g_task_run_in_thread (task, run_step);
}

/* A text field keeps its own history of what is being typed, until it is applied. */
static gboolean
is_of_text (QdMainWindow *window,
            const char   *action)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (window));
  GtkWidget *record;

  if (!GTK_IS_EDITABLE (focus) && !GTK_IS_TEXT_VIEW (focus))
    return FALSE;
  record = gtk_widget_get_ancestor (focus, QD_TYPE_RECORD_LIST);
  if (record != NULL && !qd_record_list_is_typing (QD_RECORD_LIST (record)))
    return FALSE;
  return gtk_widget_activate_action (focus, action, NULL);
}

static void
undo_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       data)
{
  if (!is_of_text (data, "text.undo"))
    start (data, 0, 0, FALSE, FALSE);
}

static void
redo_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       data)
{
  if (!is_of_text (data, "text.redo"))
    start (data, 0, 0, TRUE, FALSE);
}

static void
undo_entry_cb (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       data)
{
  start (data, g_variant_get_int64 (parameter), 0, FALSE, FALSE);
}

static void
redo_entry_cb (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       data)
{
  start (data, g_variant_get_int64 (parameter), 0, TRUE, FALSE);
}

/* An import that brought nothing has no batch. */
static void
undo_import_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       data)
{
  if (g_variant_get_int64 (parameter) > 0)
    start (data, 0, g_variant_get_int64 (parameter), FALSE, FALSE);
}

/**
 * qd_history_actions_install:
 * @window: a window
 *
 * Adds undo and redo.
 */
void
qd_history_actions_install (QdMainWindow *window)
{
  static const GActionEntry entries[] = {
    { .name = "undo", .activate = undo_cb },
    { .name = "redo", .activate = redo_cb },
    { .name = "undo-import", .activate = undo_import_cb, .parameter_type = "x" },
    { .name = "undo-entry", .activate = undo_entry_cb, .parameter_type = "x" },
    { .name = "redo-entry", .activate = redo_entry_cb, .parameter_type = "x" },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (window), entries, G_N_ELEMENTS (entries), window);
}
