/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Importing: opens the assistant, writes the rows that do not fit to a file.
 */
#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "../../data/base/qd-file.h"
#include "../../data/workspace/qd-workspace-edit.h"
#include "../../ui/compat/qd-confirm.h"
#include "../../ui/compat/qd-file-dialog.h"
#include "../../ui/dialogs/import/qd-import-assistant.h"
#include "qd-actions.h"

/* Rows that do not fit */

typedef struct
{
  QdMainWindow *window;
  QdImportAssistant *assistant;
  QdWorkspace *workspace;
  QdImportPlan *plan;
  gint64 batch;              /* an import of the past, in the place of assistant and plan */
  QdJob *job;
  char *path;
  guint64 rows;
} Saving;

static void
free_saving (gpointer data)
{
  Saving *saving = data;

  g_object_unref (saving->window);
  g_clear_object (&saving->assistant);
  g_object_unref (saving->workspace);
  g_clear_object (&saving->job);
  g_clear_pointer (&saving->plan, qd_import_plan_free);
  g_free (saving->path);
  g_free (saving);
}

static gboolean
save_rows (Saving  *saving,
           GError **error)
{
  g_auto (QdImportOptions) options = { 0 };
  g_autoptr (QdImportResult) result = NULL;
  const char *const others[] = { qd_workspace_get_path (saving->workspace),
                                 saving->plan != NULL ? saving->plan->path : NULL, NULL };

  if (!qd_file_check_output (saving->path, others, error))
    return FALSE;
  if (saving->batch > 0)
    return qd_workspace_save_rejected (saving->workspace, saving->batch, saving->path, &saving->rows, error);
  qd_import_plan_fill (saving->plan, &options);
  options.dry_run = TRUE;
  options.skip_rejected = TRUE;
  if (!qd_workspace_import (saving->workspace, saving->plan->kind, saving->plan->path, &options, saving->path, saving->job,
                            &result, NULL, error))
    return FALSE;
  saving->rows = result->rejected;
  return TRUE;
}

static void
save_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  Saving *saving = data;
  GError *error = NULL;
  gboolean done = save_rows (saving, &error);

  qd_job_finish (saving->job, error);
  if (done)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  const Saving *saving = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autofree char *base = g_filename_display_basename (saving->path);
  QdSession *session = qd_main_window_get_session (saving->window);
  g_autofree char *count = session != NULL ? qd_format_count (qd_session_get_format (session), (gint64) saving->rows)
                                           : g_strdup_printf ("%" G_GUINT64_FORMAT, saving->rows);
  g_autofree char *text = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
      if (saving->assistant != NULL && gtk_widget_get_mapped (GTK_WIDGET (saving->assistant)))
        qd_confirm_tell (GTK_WINDOW (saving->assistant), _("The Rows Were Not Saved"), error->message);
      else
        qd_main_window_show_error (saving->window, _("The Rows Were Not Saved"), error);
      return;
    }
  /* Translators: number of rows, name of a file */
  text = g_strdup_printf (ngettext ("%s row saved to “%s”", "%s rows saved to “%s”", (gulong) saving->rows), count, base);
  if (saving->assistant == NULL || !qd_import_assistant_tell (saving->assistant, text))
    qd_main_window_toast (saving->window, text, NULL, NULL);
}

static void
chosen_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  Saving *saving = data;
  QdSession *session = qd_main_window_get_session (saving->window);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = qd_file_dialog_finish (result, &error);
  g_autoptr (GTask) task = NULL;

  saving->path = file != NULL ? g_file_get_path (file) : NULL;
  if (saving->path == NULL || session == NULL)
    {
      free_saving (saving);
      return;
    }
  saving->job = qd_job_new (_("Saving rows"), NULL);
  qd_session_add_job (session, saving->job);
  task = g_task_new (saving->window, NULL, saved_cb, NULL);
  g_task_set_task_data (task, saving, free_saving);
  g_task_run_in_thread (task, save_thread);
}

/* @base: the name of the file that the rows come from; takes @saving over. */
static void
choose_file (Saving     *saving,
             const char *base,
             GtkWindow  *parent)
{
  const char *dot = strrchr (base, '.');
  g_autofree char *stem = dot != NULL && dot != base ? g_strndup (base, (gsize) (dot - base)) : g_strdup (base);
  /* Translators: name of the file of rejected rows, from the name of the imported one */
  g_autofree char *name = g_strdup_printf (_("%s, left out.csv"), stem);
  const QdFileDialog dialog = {
    .title = _("Save Rows That Do Not Fit"),
    .accept = _("_Save"),
    .filter_name = _("Tables (CSV)"),
    .patterns = "*.csv",
    .name = name,
  };

  qd_file_dialog_save_async (&dialog, parent, chosen_cb, saving);
}

static void
save_rejected_cb (QdImportAssistant *assistant,
                  QdMainWindow      *window)
{
  g_autoptr (QdImportPlan) plan = qd_import_assistant_dup_plan (assistant);
  g_autofree char *base = plan != NULL ? g_filename_display_basename (plan->path) : NULL;
  Saving *saving;

  if (base == NULL)
    return;
  saving = g_new0 (Saving, 1);
  saving->window = g_object_ref (window);
  saving->assistant = g_object_ref (assistant);
  saving->workspace = g_object_ref (qd_session_get_workspace (qd_import_assistant_get_session (assistant)));
  saving->plan = g_steal_pointer (&plan);
  choose_file (saving, base, GTK_WINDOW (assistant));
}

/* Rows of an import of the past: its number, the name of its file. */
static void
save_rejected_of_cb (GSimpleAction *action,
                     GVariant      *parameter,
                     gpointer       data)
{
  QdSession *session = qd_main_window_get_session (data);
  const char *base;
  Saving *saving;

  if (session == NULL)
    return;
  saving = g_new0 (Saving, 1);
  saving->window = g_object_ref (data);
  saving->workspace = g_object_ref (qd_session_get_workspace (session));
  g_variant_get (parameter, "(x&s)", &saving->batch, &base);
  choose_file (saving, base, GTK_WINDOW (data));
}

/* Opening */

static void
imported_cb (QdImportAssistant *assistant,
             gint64             batch,
             guint64            rows,
             QdMainWindow      *window)
{
  g_autofree char *count = qd_format_count (qd_session_get_format (qd_import_assistant_get_session (assistant)), (gint64) rows);
  g_autofree char *text = g_strdup_printf (ngettext ("%s row imported", "%s rows imported", (gulong) rows), count);
  g_autofree char *undo = g_strdup_printf ("win.undo-import(int64 %" G_GINT64_FORMAT ")", batch);

  qd_main_window_toast (window, text, _("_Undo"), undo);
}

static QdImportAssistant *
find_assistant (QdMainWindow *window)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) found = g_list_model_get_item (windows, i);

      if (QD_IS_IMPORT_ASSISTANT (found) && gtk_window_get_transient_for (found) == GTK_WINDOW (window))
        return QD_IMPORT_ASSISTANT (found);
    }
  return NULL;
}

static void
open_assistant (QdMainWindow *window,
                const char   *path)
{
  QdSession *session = qd_main_window_get_session (window);
  QdImportAssistant *assistant = find_assistant (window);

  if (session == NULL)
    return;
  if (assistant != NULL)
    {
      if (path != NULL)
        qd_import_assistant_tell (assistant, _("One file at a time: drop the others after this import."));
      gtk_window_present (GTK_WINDOW (assistant));
      return;
    }
  if (qd_store_is_read_only (qd_workspace_get_store (qd_session_get_workspace (session))))
    {
      qd_confirm_tell (GTK_WINDOW (window), _("This Workspace Can Only Be Read"),
                       _("Save a copy of it, open that one, and import there."));
      return;
    }
  assistant = qd_import_assistant_new (GTK_WINDOW (window), session, path);
  g_signal_connect_object (assistant, "save-rejected", G_CALLBACK (save_rejected_cb), window, 0);
  g_signal_connect_object (assistant, "imported", G_CALLBACK (imported_cb), window, 0);
  gtk_window_present (GTK_WINDOW (assistant));
}

static void
import_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       data)
{
  open_assistant (data, NULL);
}

static void
import_file_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       data)
{
  open_assistant (data, g_variant_get_string (parameter, NULL));
}

/**
 * qd_import_actions_install:
 * @window: a window
 *
 * Adds importing.
 */
void
qd_import_actions_install (QdMainWindow *window)
{
  static const GActionEntry entries[] = {
    { .name = "import", .activate = import_cb },
    { .name = "save-rejected", .activate = save_rejected_of_cb, .parameter_type = "(xs)" },
    { .name = "import-file", .activate = import_file_cb, .parameter_type = "s" },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (window), entries, G_N_ELEMENTS (entries), window);
}
