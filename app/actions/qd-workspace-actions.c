/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The workspace as a whole: checkpoints, copies, the review, saved views.
 */
#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "../../data/store/qd-history-message.h"
#include "../../data/workspace/qd-workspace-edit.h"
#include "../../ui/window/qd-facts.h"
#include "../export/qd-review.h"
#include "qd-actions.h"
#include "qd-work.h"

static gboolean
run_checkpoint (QdWork  *work,
                GError **error)
{
  return qd_workspace_checkpoint (work->workspace, NULL, work->job, NULL, error);
}

static void
checkpoint_cb (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       data)
{
  QdWork *work = qd_work_new (data, _("Saving a checkpoint"), _("The Checkpoint Was Not Saved"), run_checkpoint, NULL);

  if (work == NULL)
    return;
  work->toast = g_strdup (_("Checkpoint saved"));
  qd_work_start (work);
}

static gboolean
run_copy (QdWork  *work,
          GError **error)
{
  return qd_workspace_save_copy (work->workspace, work->path, TRUE, work->job, error);
}

static void
copied_cb (QdWork *work)
{
  g_autofree char *name = qd_work_dup_file_name (work);

  /* Translators: %s: name of a file */
  work->toast = g_strdup_printf (_("Saved a copy as “%s”"), name);
  /* Translators: %s: path of a file */
  work->note = g_strdup_printf (_("Saved a copy as “%s”"), work->path);
}

static void
save_copy_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       data)
{
  QdWork *work = qd_work_new (data, _("Saving a copy"), _("The Copy Was Not Saved"), run_copy, NULL);
  const char *path = qd_main_window_get_path (data);
  g_autofree char *shown = path != NULL ? g_filename_display_basename (path) : NULL;
  g_autofree char *folder = path != NULL ? g_path_get_dirname (path) : NULL;
  g_autofree char *name = NULL;
  QdFileDialog dialog = {
    .title = _("Save a Copy"),
    .accept = _("_Save"),
    .folder = folder,
    .filter_name = _("Workspaces"),
    .patterns = "*.quarterdeck",
  };

  if (work == NULL)
    return;
  if (g_str_has_suffix (shown, ".quarterdeck"))
    shown[strlen (shown) - strlen (".quarterdeck")] = '\0';
  /* Translators: name of a file that is a copy; %s: that of the original, without its ending */
  name = g_strdup_printf (_("%s (copy).quarterdeck"), shown);
  dialog.name = name;
  work->done = copied_cb;
  qd_work_save (work, &dialog, data);
}

/* What the review is of: as-of, period, filters and definition are the scope bar's. */
typedef struct
{
  QdScope *scope;
  QdFormat *format;
} Review;

static void
free_review (gpointer data)
{
  Review *review = data;

  qd_scope_free (review->scope);
  qd_format_unref (review->format);
  g_free (review);
}

static gboolean
run_review (QdWork  *work,
            GError **error)
{
  const Review *review = work->data;

  return qd_review_write_file (work->workspace, review->scope, review->format, work->path, work->job, error);
}

static void
reviewed_cb (QdWork *work)
{
  g_autofree char *name = qd_work_dup_file_name (work);

  /* Translators: %s: name of a file */
  work->toast = g_strdup_printf (_("Wrote the review “%s”"), name);
  /* Translators: %s: path of a file */
  work->note = g_strdup_printf (_("Wrote the review “%s”"), work->path);
}

static void
review_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       data)
{
  QdSession *session = qd_main_window_get_session (data);
  QdSnapshot *snapshot = session != NULL ? qd_session_get_snapshot (session) : NULL;
  g_autofree char *month = NULL;
  g_autofree char *name = NULL;
  QdFileDialog dialog = {
    .title = _("Save the Board Review"),
    .accept = _("_Save"),
    .filter_name = "PDF",
    .patterns = "*.pdf",
  };
  QdWork *work;
  Review *review;

  if (snapshot == NULL || !qd_snapshot_has_revenue (snapshot))
    {
      qd_main_window_toast (data, _("There is no revenue to review yet"), NULL, NULL);
      return;
    }
  month = qd_month_to_iso (qd_snapshot_get_scope (snapshot)->as_of);
  /* Translators: name of a file: the company, the month */
  name = g_strdup_printf (_("%s retention review %s.pdf"), qd_book_get_name (qd_snapshot_get_book (snapshot)), month);
  dialog.name = g_strdelimit (name, G_DIR_SEPARATOR_S, '-');
  review = g_new0 (Review, 1);
  review->scope = qd_scope_copy (qd_snapshot_get_scope (snapshot));
  review->format = qd_format_ref (qd_session_get_format (session));
  work = qd_work_new (data, _("Writing the review"), _("The Review Was Not Written"), run_review, NULL);
  work->data = review;
  work->free_data = free_review;
  work->done = reviewed_cb;
  qd_work_save (work, &dialog, data);
}

/* A saved view is a setting: the parameter is its name, the data its text. */
static gboolean
run_view (QdWork  *work,
          GError **error)
{
  const char *name = g_variant_get_string (work->parameter, NULL);
  g_autofree char *key = g_strconcat (QD_FACTS_VIEW_PREFIX, name, NULL);
  g_autofree char *summary =
      qd_history_message (work->data != NULL ? N_ ("Saved the view “%s”") : N_ ("Deleted the view “%s”"), "s", name);

  return qd_workspace_set_setting (work->workspace, key, work->data, summary, &work->entry, error);
}

static void
save_view_as_cb (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       data)
{
  QdWork *work = qd_work_new (data, _("Saving a view"), _("The View Was Not Saved"), run_view, parameter);

  if (work == NULL)
    return;
  work->data = qd_view_to_string (qd_session_get_view (qd_main_window_get_session (data)));
  work->free_data = g_free;
  work->toast = g_strdup_printf (_("Saved the view “%s”"), g_variant_get_string (parameter, NULL));
  qd_work_start (work);
}

static void
delete_view_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       data)
{
  QdWork *work = qd_work_new (data, _("Deleting a view"), _("The View Was Not Deleted"), run_view, parameter);

  if (work == NULL)
    return;
  work->toast = g_strdup_printf (_("Deleted the view “%s”"), g_variant_get_string (parameter, NULL));
  qd_work_start (work);
}

/**
 * qd_workspace_actions_install:
 * @window: a new window
 *
 * Adds the actions on the workspace as a whole.
 */
void
qd_workspace_actions_install (QdMainWindow *window)
{
  static const GActionEntry entries[] = {
    { .name = "checkpoint", .activate = checkpoint_cb },
    { .name = "save-copy", .activate = save_copy_cb },
    { .name = "review", .activate = review_cb },
    { .name = "save-view-as", .activate = save_view_as_cb, .parameter_type = "s" },
    { .name = "delete-view", .activate = delete_view_cb, .parameter_type = "s" },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (window), entries, G_N_ELEMENTS (entries), window);
}
