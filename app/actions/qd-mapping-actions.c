/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Saved mappings: the list of them, new names, files. Each change is told of
 * with Undo.
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "../../data/base/qd-file.h"
#include "../../data/workspace/qd-workspace-edit.h"
#include "../../ui/dialogs/mappings/qd-mappings-dialog.h"
#include "qd-actions.h"
#include "qd-work.h"

static gboolean
run_rename (QdWork  *work,
            GError **error)
{
  const char *name, *other;

  g_variant_get (work->parameter, "(&s&s)", &name, &other);
  if (!qd_workspace_rename_mapping (work->workspace, name, other, &work->entry, error))
    return FALSE;
  if (work->entry != 0)
    /* Translators: former and new name of a saved import mapping */
    work->toast = g_strdup_printf (_("Mapping “%s” renamed to “%s”"), name, other);
  return TRUE;
}

static gboolean
run_delete (QdWork  *work,
            GError **error)
{
  const char *name = g_variant_get_string (work->parameter, NULL);

  if (!qd_workspace_delete_mapping (work->workspace, name, &work->entry, error))
    return FALSE;
  work->toast = g_strdup_printf (_("Mapping “%s” deleted"), name);
  return TRUE;
}

static gboolean
run_export (QdWork  *work,
            GError **error)
{
  const char *name = g_variant_get_string (work->parameter, NULL);
  const char *const others[] = { qd_workspace_get_path (work->workspace), NULL };
  g_autofree char *text = NULL;

  if (!qd_file_check_output (work->path, others, error))
    return FALSE;
  text = qd_workspace_write_mapping (work->workspace, name, error);
  if (text == NULL || !g_file_set_contents (work->path, text, -1, error))
    return FALSE;
  work->toast = g_strdup_printf (_("Mapping “%s” saved as a file"), name);
  return TRUE;
}

static gboolean
run_import (QdWork  *work,
            GError **error)
{
  g_autofree char *name = NULL;

  if (!qd_workspace_import_mapping (work->workspace, work->path, &name, &work->entry, error))
    return FALSE;
  work->toast = g_strdup_printf (
      work->entry != 0 ? _("Mapping “%s” taken from a file") : _("Mapping “%s” is there already"), name);
  return TRUE;
}

static QdWork *
make_work (QdMainWindow *window,
           QdWorkRun     run,
           GVariant     *parameter)
{
  return qd_work_new (window, _("Changing"), _("The Mapping Was Not Changed"), run, parameter);
}

static void
start (QdMainWindow *window,
       QdWorkRun     run,
       GVariant     *parameter)
{
  QdWork *work = make_work (window, run, parameter);

  if (work != NULL)
    qd_work_start (work);
}

/* The window that is in front: the list of mappings, the assistant, or the workspace's own. */
static GtkWindow *
find_parent (QdMainWindow *window)
{
  GtkWindow *active = gtk_application_get_active_window (gtk_window_get_application (GTK_WINDOW (window)));

  return active != NULL && gtk_window_get_transient_for (active) == GTK_WINDOW (window) ? active : GTK_WINDOW (window);
}

static void
mappings_cb (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       data)
{
  QdSession *session = qd_main_window_get_session (data);

  if (session != NULL)
    gtk_window_present (GTK_WINDOW (qd_mappings_dialog_new (data, session)));
}

static void
rename_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       data)
{
  start (data, run_rename, parameter);
}

static void
delete_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       data)
{
  start (data, run_delete, parameter);
}

static void
export_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       data)
{
  QdWork *work = make_work (data, run_export, parameter);
  g_autofree char *file = g_strdup_printf ("%s.json", g_variant_get_string (parameter, NULL));
  const QdFileDialog dialog = {
    .title = _("Save the Mapping as a File"),
    .accept = _("_Save"),
    .filter_name = _("Mappings (JSON)"),
    .patterns = "*.json",
    .name = g_strdelimit (file, "/", '-'),
  };

  if (work != NULL)
    qd_work_save (work, &dialog, find_parent (data));
}

static void
import_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       data)
{
  QdWork *work = make_work (data, run_import, NULL);
  const QdFileDialog dialog = {
    .title = _("Take a Mapping From a File"),
    .accept = _("_Open"),
    .filter_name = _("Mappings (JSON)"),
    .patterns = "*.json",
  };

  if (work == NULL)
    return;
  work->failed = _("No Mapping Was Taken Over");
  qd_work_open (work, &dialog, find_parent (data));
}

/**
 * qd_mapping_actions_install:
 * @window: a window
 *
 * Adds what is done with saved mappings.
 */
void
qd_mapping_actions_install (QdMainWindow *window)
{
  static const GActionEntry entries[] = {
    { .name = "mappings", .activate = mappings_cb },
    { .name = "rename-mapping", .activate = rename_cb, .parameter_type = "(ss)" },
    { .name = "delete-mapping", .activate = delete_cb, .parameter_type = "s" },
    { .name = "export-mapping", .activate = export_cb, .parameter_type = "s" },
    { .name = "import-mapping", .activate = import_cb },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (window), entries, G_N_ELEMENTS (entries), window);
}
