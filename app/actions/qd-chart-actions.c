/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Copying and exporting the chart or the table that is seen.
 */
#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "../../data/base/qd-file.h"
#include "../../ui/compat/qd-file-dialog.h"
#include "../../ui/draw/figures/qd-charts.h"
#include "../export/qd-table-text.h"
#include "../export/qd-write-file.h"
#include "qd-actions.h"
#include "qd-shown.h"
#include "qd-table-content.h"

/* A slide's picture: points, and pixels for a point. */
#define WIDTH 960
#define HEIGHT 540
#define SCALE 2

static GBytes *
render (QdMainWindow         *window,
        const QdShown *shown,
        QdPictureFormat       format,
        GError              **error)
{
  QdSnapshot *snapshot = qd_session_get_snapshot (qd_main_window_get_session (window));
  QdBook *book = snapshot != NULL ? qd_snapshot_get_book (snapshot) : NULL;
  const QdChartMetadata metadata = {
    .title = qd_chart_spec_get_title (shown->spec),
    .author = book != NULL ? qd_book_get_name (book) : NULL,
    .subject = qd_chart_spec_get_subject (shown->spec),
    .created = book != NULL ? qd_book_get_last_change (book) : 0,
  };

  return qd_charts_render (shown->spec, QD_THEME_PRINT, format, WIDTH, HEIGHT, SCALE, &metadata, NULL, error);
}

static gboolean
has_decimal_comma (QdFormat *format)
{
  g_autofree char *sample = qd_format_number (format, 0.5, 1);

  return strchr (sample, ',') != NULL;
}

/* Text formats for a spreadsheet; with pictures first when the chart's own form is wanted. Sample data say so. */
static void
set_clipboard (QdMainWindow  *window,
               const QdShown *shown,
               GBytes        *png,
               GBytes        *svg)
{
  g_autoptr (QdTable) table = shown->sample ? qd_shown_dup_table_with_scope (shown) : qd_table_ref (shown->table);
  g_autoptr (GdkContentProvider) all = NULL;
  GdkContentProvider *providers[3];
  gsize n = 0;

  if (png != NULL)
    providers[n++] = gdk_content_provider_new_for_bytes ("image/png", png);
  if (svg != NULL)
    providers[n++] = gdk_content_provider_new_for_bytes ("image/svg+xml", svg);
  providers[n++] = qd_table_content_new (table, has_decimal_comma (shown->format));
  all = gdk_content_provider_new_union (providers, n);
  gdk_clipboard_set_content (gtk_widget_get_clipboard (GTK_WIDGET (window)), all);
}

static void
copy_picture_cb (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       data)
{
  QdMainWindow *window = data;
  g_auto (QdShown) shown = { NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) png = NULL;
  g_autoptr (GBytes) svg = NULL;

  if (!qd_shown_find (&shown, window))
    return;
  if (shown.spec != NULL)
    {
      png = render (window, &shown, QD_PICTURE_PNG, &error);
      svg = png != NULL ? render (window, &shown, QD_PICTURE_SVG, &error) : NULL;
      if (svg == NULL)
        {
          qd_main_window_show_error (window, _("The Chart Cannot Be Copied"), error);
          return;
        }
    }
  set_clipboard (window, &shown, png, svg);
  qd_main_window_toast (window, shown.spec != NULL ? _("Picture copied") : _("Rows copied"), NULL, NULL);
}

static void
copy_data_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       data)
{
  QdMainWindow *window = data;
  g_auto (QdShown) shown = { NULL };
  g_autofree char *text = NULL;
  guint n;

  if (!qd_shown_find (&shown, window))
    return;
  set_clipboard (window, &shown, NULL, NULL);
  n = qd_table_get_n_rows (shown.table);
  text = g_strdup_printf (ngettext ("%u row copied", "%u rows copied", n), n);
  qd_main_window_toast (window, text, NULL, NULL);
}

/* An export under way. */
typedef struct
{
  QdMainWindow *window;
  QdShown shown;
  char *format;
  char *path, *name;
  QdTable *table; /* of data */
  GBytes *bytes;  /* of a picture */
  QdJob *job;
} QdExport;

static void
free_export (QdExport *export)
{
  qd_shown_clear (&export->shown);
  g_object_unref (export->window);
  g_clear_object (&export->job);
  g_clear_pointer (&export->table, qd_table_unref);
  g_clear_pointer (&export->bytes, g_bytes_unref);
  g_free (export->format);
  g_free (export->path);
  g_free (export->name);
  g_free (export);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (QdExport, free_export)

static gboolean
is_data (const QdExport *export)
{
  return strcmp (export->format, "csv") == 0;
}

static void
write_thread (GTask        *task,
              gpointer      source,
              gpointer      data,
              GCancellable *cancellable)
{
  QdExport *export = data;
  GError *error = NULL;

  if (is_data (export))
    {
      char *csv = qd_table_text_make_csv (export->table);

      export->bytes = g_bytes_new_take (csv, strlen (csv));
    }
  if (qd_write_file (export->path, export->bytes, qd_job_get_cancellable (export->job), &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_error_copy (error));
  qd_job_finish (export->job, error);
  g_clear_error (&error);
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  QdExport *export = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (qd_main_window_get_session (export->window) == NULL) /* closed meanwhile */
    return;
  if (g_task_propagate_boolean (G_TASK (result), &error))
    {
      /* Translators: the name of a file */
      text = g_strdup_printf (_("Exported %s"), export->name);
      qd_main_window_toast (export->window, text, NULL, NULL);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      qd_main_window_show_error (export->window, _("The Export Failed"), error);
    }
}

/* What is written, before the worker: charts are drawn by this thread. */
static gboolean
prepare (QdExport *export,
         GFile    *file,
         GError  **error)
{
  QdWorkspace *workspace = qd_session_get_workspace (qd_main_window_get_session (export->window));
  g_autofree char *base = g_file_get_basename (file);

  export->path = g_file_get_path (file);
  export->name = g_filename_display_name (base);
  if (export->path == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, _("Choose a folder on this computer."));
      return FALSE;
    }
  if (!qd_file_check_output (export->path, (const char *[]){ qd_workspace_get_path (workspace), NULL }, error))
    return FALSE;
  if (is_data (export))
    {
      export->table = qd_shown_dup_table_with_scope (&export->shown);
      return TRUE;
    }
  if (export->shown.spec == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, _("A table is exported as CSV."));
      return FALSE;
    }
  export->bytes = render (export->window, &export->shown,
                          strcmp (export->format, "png") == 0   ? QD_PICTURE_PNG
                          : strcmp (export->format, "svg") == 0 ? QD_PICTURE_SVG
                                                                : QD_PICTURE_PDF,
                          error);
  return export->bytes != NULL;
}

/* Says where it went, and fails where a workspace would be lost. (transfer full) */
static void
write_export (QdExport *given,
              GFile    *file)
{
  g_autoptr (QdExport) export = given;
  g_autoptr (GError) error = NULL;
  g_autoptr (GTask) task = NULL;

  if (!prepare (export, file, &error))
    {
      qd_main_window_show_error (export->window, _("The Export Failed"), error);
      return;
    }
  export->job = qd_job_new (_("Exporting"), NULL);
  qd_session_add_job (qd_main_window_get_session (export->window), export->job);
  task = g_task_new (export->window, NULL, written_cb, NULL);
  g_task_set_source_tag (task, write_export);
  g_task_set_task_data (task, g_steal_pointer (&export), (GDestroyNotify) free_export);
  g_task_run_in_thread (task, write_thread);
}

static void
chosen_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (QdExport) export = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = qd_file_dialog_finish (result, &error);

  if (file != NULL && qd_main_window_get_session (export->window) != NULL)
    write_export (g_steal_pointer (&export), file);
}

/* "Acme bridge 2026-06.png" */
static char *
dup_file_name (const QdExport *export,
               QdSnapshot     *snapshot)
{
  GString *name = g_string_new (NULL);

  if (snapshot != NULL)
    g_string_append_printf (name, "%s ", qd_book_get_name (qd_snapshot_get_book (snapshot)));
  g_string_append (name, export->shown.name);
  if (snapshot != NULL && qd_snapshot_has_revenue (snapshot))
    {
      g_autofree char *month = qd_month_to_iso (qd_snapshot_get_scope (snapshot)->as_of);

      g_string_append_printf (name, " %s", month);
    }
  g_string_append_printf (name, ".%s", export->format);
  return g_strdelimit (g_string_free (name, FALSE), G_DIR_SEPARATOR_S, '-');
}

static void
export_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       data)
{
  QdMainWindow *window = data;
  g_autoptr (QdExport) export = g_new0 (QdExport, 1);
  g_autofree char *name = NULL;
  g_autofree char *pattern = NULL;

  export->window = g_object_ref (window);
  export->format = g_variant_dup_string (parameter, NULL);
  if (!qd_shown_find (&export->shown, window))
    return;
  name = dup_file_name (export, qd_session_get_snapshot (qd_main_window_get_session (window)));
  pattern = g_strdup_printf ("*.%s", export->format);
  qd_file_dialog_save_async (
      &(const QdFileDialog) {
          .title = strcmp (export->format, "csv") == 0 ? _("Export Data") : _("Export Chart"),
          .accept = _("_Export"),
          .name = name,
          .filter_name = pattern,
          .patterns = pattern,
      },
      GTK_WINDOW (window), chosen_cb, export);
  g_steal_pointer (&export);
}

/**
 * qd_chart_actions_install:
 * @window: a window
 *
 * Adds copying and exporting of charts and tables.
 */
void
qd_chart_actions_install (QdMainWindow *window)
{
  static const GActionEntry entries[] = {
    { .name = "copy-picture", .activate = copy_picture_cb },
    { .name = "copy-data", .activate = copy_data_cb },
    { .name = "export-chart", .activate = export_cb, .parameter_type = "s" },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (window), entries, G_N_ELEMENTS (entries), window);
}
