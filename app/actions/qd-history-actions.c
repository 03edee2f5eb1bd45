/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Undo and redo: the last change, any entry of the history, an import.
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "../../data/workspace/qd-workspace-edit.h"
#include "../../ui/dialogs/undo/qd-undo-question.h"
#include "../../ui/widgets/qd-record-list.h"
#include "qd-actions.h"
#include "qd-work.h"

typedef struct
{
  gint64 entry;      /* 0: the last one */
  gint64 batch;      /* of the import to undo, 0: none */
  gboolean redo;
  gboolean agreed;   /* the person knows what the undo leaves as it is */
  gboolean with_later;
  gboolean asks;     /* nothing was done: there is something to know first */
  QdHistoryPreview preview;
  char *summary;     /* what was undone, if it is known */
  GPtrArray *kept;   /* what a later edit had changed */
  GPtrArray *later;  /* QdHistoryEntry: what was undone with it */
} QdStep;

static void
free_step (gpointer data)
{
  QdStep *step = data;

  g_clear_pointer (&step->kept, g_ptr_array_unref);
  g_clear_pointer (&step->later, g_ptr_array_unref);
  qd_history_preview_clear (&step->preview);
  g_free (step->summary);
  g_free (step);
}

static gboolean
run_step (QdWork  *work,
          GError **error)
{
  QdStep *step = work->data;

  if (!step->redo && !step->agreed && (step->entry != 0 || step->batch != 0))
    {
      if (!qd_workspace_preview_undo (work->workspace, step->entry, step->batch, work->job, &step->preview, error))
        return FALSE;
      step->asks = !step->preview.possible || step->preview.kept->len > 0;
      if (step->asks)
        return TRUE;
    }
  if (step->with_later)
    return qd_workspace_undo_with_later (work->workspace, step->entry, step->batch, work->job, &step->later, error);
  if (step->batch != 0)
    return qd_workspace_undo_import (work->workspace, step->batch, work->job, &step->kept, error);
  if (step->entry == 0)
    return step->redo ? qd_workspace_redo_last (work->workspace, work->job, &step->summary, &step->kept, error)
                      : qd_workspace_undo_last (work->workspace, work->job, &step->summary, &step->kept, error);
  return step->redo ? qd_workspace_redo (work->workspace, step->entry, work->job, &step->kept, error)
                    : qd_workspace_undo (work->workspace, step->entry, work->job, &step->kept, error);
}

static QdWork *make_work (QdMainWindow *window, const QdStep *what);

static void
agreed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (QdWork) work = data;
  QdStep *step = work->data;
  QdConfirmAnswer answer = qd_confirm_finish (result);

  step->with_later = step->with_later || answer == QD_CONFIRM_OTHER;
  if (answer != QD_CONFIRM_CANCEL)
    qd_work_start (g_steal_pointer (&work));
}

/* Before a change is undone that later ones stand on: what they are. */
static void
ask (QdWork *work)
{
  const QdStep *step = work->data;
  const QdStep agreed = {
    .entry = step->entry, .batch = step->preview.batch, .agreed = TRUE, .with_later = !step->preview.possible,
  };
  QdSession *session = qd_main_window_get_session (work->window);
  QdWork *next = session != NULL ? make_work (work->window, &agreed) : NULL;

  if (next != NULL)
    qd_undo_question_async (&step->preview, qd_session_get_format (session), GTK_WINDOW (work->window), agreed_cb, next);
}

static gboolean
refuse (QdWork       *work,
        const GError *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return FALSE;
  qd_main_window_toast (work->window, error->message, NULL, NULL);
  return TRUE;
}

static char *
describe_done (const QdWork *work)
{
  const QdStep *step = work->data;
  guint n_later = step->later != NULL ? step->later->len : 0;

  if (n_later > 0)
    {
      g_autofree char *count = qd_work_format_count (work, n_later);

      return g_strdup_printf (step->batch != 0
                                  ? ngettext ("Import and %s later change undone", "Import and %s later changes undone", n_later)
                                  : ngettext ("Undone, with %s later change", "Undone, with %s later changes", n_later),
                              count);
    }
  if (step->summary != NULL)
    /* Translators: what was done again or undone, a sentence */
    return g_strdup_printf (step->redo ? _("Redone: %s") : _("Undone: %s"), step->summary);
  return g_strdup (step->batch != 0 ? _("Import undone") : step->redo ? _("Redone") : _("Undone"));
}

static void
done_cb (QdWork *work)
{
  const QdStep *step = work->data;
  QdSession *session = qd_main_window_get_session (work->window);
  g_autofree char *text = NULL;

  if (step->asks)
    {
      ask (work);
      return;
    }
  if (step->kept != NULL && step->kept->len > 0 && !step->agreed && session != NULL)
    {
      g_autofree char *kept = qd_undo_question_list_kept (_("These were changed later and stay as they are:"), step->kept,
                                                          qd_session_get_format (session));

      qd_confirm_tell (GTK_WINDOW (work->window), _("Undone, but for Later Changes"), kept);
    }
  text = describe_done (work);
  qd_main_window_toast (work->window, text, step->redo ? _("_Undo") : _("_Redo"), step->redo ? "win.undo" : "win.redo");
}

/* @what: entry, batch, redo, agreed and with_later are read; it holds nothing else. */
static QdWork *
make_work (QdMainWindow *window,
           const QdStep *what)
{
  gboolean import = what->batch != 0;
  QdWork *work = qd_work_new (window, import ? _("Undoing the import") : what->redo ? _("Redoing") : _("Undoing"),
                              import       ? _("The Import Was Not Undone")
                              : what->redo ? _("Redo Failed")
                                           : _("Undo Failed"),
                              run_step, NULL);

  if (work == NULL)
    return NULL;
  work->data = g_memdup2 (what, sizeof *what);
  work->free_data = free_step;
  work->done = done_cb;
  work->refuse = refuse;
  return work;
}

static void
start (QdMainWindow *window,
       gint64        entry,
       gint64        batch,
       gboolean      redo)
{
  const QdStep step = { .entry = entry, .batch = batch, .redo = redo };
  QdWork *work = entry >= 0 && batch >= 0 ? make_work (window, &step) : NULL;

  if (work != NULL)
    qd_work_start (work);
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
    start (data, 0, 0, FALSE);
}

static void
redo_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       data)
{
  if (!is_of_text (data, "text.redo"))
    start (data, 0, 0, TRUE);
}

static void
undo_entry_cb (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       data)
{
  start (data, g_variant_get_int64 (parameter), 0, FALSE);
}

static void
redo_entry_cb (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       data)
{
  start (data, g_variant_get_int64 (parameter), 0, TRUE);
}

/* An import that brought nothing has no batch. */
static void
undo_import_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       data)
{
  if (g_variant_get_int64 (parameter) > 0)
    start (data, 0, g_variant_get_int64 (parameter), FALSE);
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
