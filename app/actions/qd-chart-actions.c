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

static GdkContentProvider *
make_text_provider (const char *type,
                    char       *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new_take (text, strlen (text));

  return gdk_content_provider_new_for_bytes (type, bytes);
}

/* Text formats for a spreadsheet; with pictures first when the chart's own form is wanted. */
static void
set_clipboard (QdMainWindow         *window,
               const QdShown *shown,
               GBytes               *png,
               GBytes               *svg)
{
  GdkContentProvider *providers[6];
  gsize n = 0;
  g_autofree char *tsv = qd_table_text_make_tsv (shown->table, shown->format);
  g_autoptr (GdkContentProvider) all = NULL;

  if (png != NULL)
    providers[n++] = gdk_content_provider_new_for_bytes ("image/png", png);
  if (svg != NULL)
    providers[n++] = gdk_content_provider_new_for_bytes ("image/svg+xml", svg);
  providers[n++] = make_text_provider ("text/html", qd_table_text_make_html (shown->table, shown->format));
  providers[n++] = make_text_provider ("text/csv", qd_table_text_make_csv (shown->table));
  providers[n++] = gdk_content_provider_new_typed (G_TYPE_STRING, tsv);
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
} QdExport;

static void
free_export (QdExport *export)
{
  qd_shown_clear (&export->shown);
  g_object_unref (export->window);
  g_free (export->format);
  g_free (export);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (QdExport, free_export)

static GBytes *
make_file (const QdExport *export,
           GError        **error)
{
  char *csv;

  if (strcmp (export->format, "csv") == 0)
    {
      csv = qd_table_text_make_csv (export->shown.table);
      return g_bytes_new_take (csv, strlen (csv));
    }
  if (export->shown.spec == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, _("A table is exported as CSV."));
      return NULL;
    }
  return render (export->window, &export->shown,
                 strcmp (export->format, "png") == 0   ? QD_PICTURE_PNG
                 : strcmp (export->format, "svg") == 0 ? QD_PICTURE_SVG
                                                       : QD_PICTURE_PDF,
                 error);
}

/* Says where it went, and fails where a workspace would be lost. */
static void
write_export (QdExport *export,
              GFile    *file)
{
  g_autofree char *path = g_file_get_path (file);
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *name = g_filename_display_name (base);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  QdWorkspace *workspace = qd_session_get_workspace (qd_main_window_get_session (export->window));

  if (path == NULL)
    {
      g_set_error_literal (&error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, _("Choose a folder on this computer."));
    }
  else if (qd_file_check_output (path, (const char *[]){ qd_workspace_get_path (workspace), NULL }, &error))
    {
      bytes = make_file (export, &error);
      if (bytes != NULL && qd_write_file (path, bytes, NULL, &error))
        {
          /* Translators: the name of a file */
          text = g_strdup_printf (_("Exported %s"), name);
          qd_main_window_toast (export->window, text, NULL, NULL);
          return;
        }
    }
  qd_main_window_show_error (export->window, _("The Export Failed"), error);
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
    write_export (export, file);
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
  name = g_strdup_printf ("%s.%s", export->shown.name, export->format);
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
