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
#include "../../ui/dialogs/import/qd-import-assistant.h"
#include "qd-actions.h"
#include "qd-work.h"

/* Rows that do not fit */

typedef struct
{
  QdImportAssistant *assistant; /* both NULL: of an import of the past, whose number is in the parameter */
  QdImportPlan *plan;
  guint64 rows;
} Saving;

static void
free_saving (gpointer data)
{
  Saving *saving = data;

  g_clear_object (&saving->assistant);
  g_clear_pointer (&saving->plan, qd_import_plan_free);
  g_free (saving);
}

static gboolean
run_save (QdWork  *work,
          GError **error)
{
  Saving *saving = work->data;
  g_auto (QdImportOptions) options = { 0 };
  g_autoptr (QdImportResult) result = NULL;
  const char *const others[] = { qd_workspace_get_path (work->workspace),
                                 saving->plan != NULL ? saving->plan->path : NULL, NULL };

  if (!qd_file_check_output (work->path, others, error))
    return FALSE;
  if (saving->plan == NULL)
    {
      gint64 batch;

      g_variant_get (work->parameter, "(x&s)", &batch, NULL);
      return qd_workspace_save_rejected (work->workspace, batch, work->path, &saving->rows, error);
    }
  qd_import_plan_fill (saving->plan, &options);
  options.dry_run = TRUE;
  options.skip_rejected = TRUE;
  if (!qd_workspace_import (work->workspace, saving->plan->kind, saving->plan->path, &options, work->path, work->job,
                            &result, NULL, error))
    return FALSE;
  saving->rows = result->rejected;
  return TRUE;
}

/* The assistant tells it, when it is still there. */
static void
saved_cb (QdWork *work)
{
  const Saving *saving = work->data;
  g_autofree char *base = qd_work_dup_file_name (work);
  g_autofree char *count = qd_work_format_count (work, saving->rows);
  g_autofree char *text =
      /* Translators: number of rows, name of a file */
      g_strdup_printf (ngettext ("%s row saved to “%s”", "%s rows saved to “%s”", (gulong) saving->rows), count, base);

  if (saving->assistant == NULL || !qd_import_assistant_tell (saving->assistant, text))
    work->toast = g_steal_pointer (&text);
}

static gboolean
refuse_save (QdWork       *work,
             const GError *error)
{
  const Saving *saving = work->data;

  if (saving->assistant == NULL || !gtk_widget_get_mapped (GTK_WIDGET (saving->assistant)))
    return FALSE;
  qd_confirm_tell (GTK_WINDOW (saving->assistant), work->failed, error->message);
  return TRUE;
}

/* @base: the name of the file that the rows come from; takes @saving over. */
static void
save_rows (QdMainWindow *window,
           GVariant     *parameter,
           Saving       *saving,
           const char   *base)
{
  QdWork *work = qd_work_new (window, _("Saving rows"), _("The Rows Were Not Saved"), run_save, parameter);
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

  if (work == NULL)
    {
      free_saving (saving);
      return;
    }
  work->data = saving;
  work->free_data = free_saving;
  work->done = saved_cb;
  work->refuse = refuse_save;
  qd_work_save (work, &dialog, saving->assistant != NULL ? GTK_WINDOW (saving->assistant) : GTK_WINDOW (window));
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
  saving->assistant = g_object_ref (assistant);
  saving->plan = g_steal_pointer (&plan);
  save_rows (window, NULL, saving, base);
}

/* Rows of an import of the past: its number, the name of its file. */
static void
save_rejected_of_cb (GSimpleAction *action,
                     GVariant      *parameter,
                     gpointer       data)
{
  const char *base;

  g_variant_get (parameter, "(x&s)", NULL, &base);
  save_rows (data, parameter, g_new0 (Saving, 1), base);
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
