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

/* What is copied or exported, on its way to the worker and back. */
typedef struct
{
  QdMainWindow *window;
  QdWorkspace *workspace;
  QdShown shown;
  char *format;        /* of a file: its ending; NULL: for the clipboard */
  char *path;          /* of the file */
  gboolean picture;    /* with the chart as it looks */
  QdJob *job;
  GdkContentProvider *content;
} QdOutput;

static void
free_output (QdOutput *self)
{
  g_clear_object (&self->content);
  g_clear_object (&self->job);
  qd_shown_clear (&self->shown);
  g_object_unref (self->workspace);
  g_object_unref (self->window);
  g_free (self->format);
  g_free (self->path);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (QdOutput, free_output)

/* NULL: there is nothing to take, and the person was told. */
static QdOutput *
make_output (QdMainWindow *window)
{
  g_auto (QdShown) shown = { NULL };
  QdOutput *self;

  if (!qd_shown_find (&shown, window))
    return NULL;
  self = g_new0 (QdOutput, 1);
  self->window = g_object_ref (window);
  self->workspace = g_object_ref (qd_session_get_workspace (qd_main_window_get_session (window)));
  self->shown = shown;
  shown = (QdShown) { NULL };
  return self;
}

static GBytes *
render (const QdOutput *self,
        QdPictureFormat format,
        GError        **error)
{
  QdBook *book = self->shown.snapshot != NULL ? qd_snapshot_get_book (self->shown.snapshot) : NULL;
  const QdChartMetadata metadata = {
    .title = qd_chart_spec_get_title (self->shown.spec),
    .author = book != NULL ? qd_book_get_name (book) : NULL,
    .subject = qd_chart_spec_get_subject (self->shown.spec),
    .created = book != NULL ? qd_book_get_last_change (book) : 0,
  };

  return qd_charts_render (self->shown.spec, QD_THEME_PRINT, format, WIDTH, HEIGHT, SCALE, &metadata, self->job, error);
}

static gboolean
has_decimal_comma (QdFormat *format)
{
  g_autofree char *sample = qd_format_number (format, 0.5, 1);

  return strchr (sample, ',') != NULL;
}

/* Text formats for a spreadsheet; with pictures first when the chart's own form is wanted. Sample data say so. */
static gboolean
fill_content (QdOutput *self,
              GError  **error)
{
  g_autoptr (QdTable) table =
      self->shown.sample ? qd_shown_dup_table_with_scope (&self->shown) : qd_table_ref (self->shown.table);
  GdkContentProvider *providers[3];
  gsize n = 0;
  g_autoptr (GBytes) png = NULL;
  g_autoptr (GBytes) svg = NULL;

  if (self->picture)
    {
      png = render (self, QD_PICTURE_PNG, error);
      svg = png != NULL ? render (self, QD_PICTURE_SVG, error) : NULL;
      if (svg == NULL)
        return FALSE;
      providers[n++] = gdk_content_provider_new_for_bytes ("image/png", png);
      providers[n++] = gdk_content_provider_new_for_bytes ("image/svg+xml", svg);
    }
  providers[n++] = qd_table_content_new (table, has_decimal_comma (self->shown.format));
  self->content = gdk_content_provider_new_union (providers, n);
  return TRUE;
}

static GBytes *
make_file (const QdOutput *self,
           GError        **error)
{
  if (strcmp (self->format, "csv") == 0)
    {
      g_autoptr (QdTable) table = qd_shown_dup_table_with_scope (&self->shown);
      char *csv = qd_table_text_make_csv (table);

      return g_bytes_new_take (csv, strlen (csv));
    }
  if (self->shown.spec == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, _("A table is exported as CSV."));
      return NULL;
    }
  return render (self,
                 strcmp (self->format, "png") == 0   ? QD_PICTURE_PNG
                 : strcmp (self->format, "svg") == 0 ? QD_PICTURE_SVG
                                                     : QD_PICTURE_PDF,
                 error);
}

/* Fails where a workspace would be lost. */
static gboolean
write_output (const QdOutput *self,
              GError        **error)
{
  g_autoptr (GBytes) bytes = NULL;

  if (!qd_file_check_output (self->path, (const char *[]){ qd_workspace_get_path (self->workspace), NULL }, error))
    return FALSE;
  bytes = make_file (self, error);
  return bytes != NULL && qd_write_file (self->path, bytes, qd_job_get_cancellable (self->job), error);
}

static void
run_output (GTask        *task,
            gpointer      source,
            gpointer      data,
            GCancellable *cancellable)
{
  QdOutput *self = data;
  GError *error = NULL;
  gboolean done = self->format != NULL ? write_output (self, &error) : fill_content (self, &error);

  qd_job_finish (self->job, error);
  if (done)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static char *
dup_done (const QdOutput *self)
{
  guint n = qd_table_get_n_rows (self->shown.table);
  g_autofree char *name = self->path != NULL ? g_filename_display_basename (self->path) : NULL;

  if (name != NULL)
    /* Translators: the name of a file */
    return g_strdup_printf (_("Exported %s"), name);
  if (self->picture)
    return g_strdup (_("Picture copied"));
  return g_strdup_printf (ngettext ("%u row copied", "%u rows copied", n), n);
}

/* What a toast says and then nothing else: kept, with what it was about. */
static void
note (const QdOutput *self,
      const char     *text)
{
  QdSession *session = qd_main_window_get_session (self->window);
  g_autofree char *whole = NULL;

  if (session == NULL) /* closed meanwhile */
    return;
  if (self->shown.spec != NULL)
    whole = g_strdup_printf ("%s: %s", text, qd_chart_spec_get_title (self->shown.spec));
  qd_session_add_note (session, whole != NULL ? whole : text);
}

static void
output_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  QdOutput *self = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        qd_main_window_show_error (self->window, self->format != NULL ? _("The Export Failed") : _("The Chart Cannot Be Copied"),
                                   error);
      return;
    }
  if (self->content != NULL)
    gdk_clipboard_set_content (gtk_widget_get_clipboard (GTK_WIDGET (self->window)), self->content);
  text = dup_done (self);
  note (self, text);
  qd_main_window_toast (self->window, text, NULL, NULL);
}

/* Takes @self. */
static void
start (QdOutput   *self,
       const char *title)
{
  g_autoptr (GTask) task = NULL;

  self->job = qd_job_new (title, NULL);
  qd_session_add_job (qd_main_window_get_session (self->window), self->job);
  task = g_task_new (self->window, qd_job_get_cancellable (self->job), output_cb, NULL);
  g_task_set_source_tag (task, start);
  /* a file that is written is told of, also when Cancel came too late */
  g_task_set_check_cancellable (task, self->format == NULL);
  g_task_set_task_data (task, self, (GDestroyNotify) free_output);
  g_task_run_in_thread (task, run_output);
}

/* What was copied last is what is pasted. */
static void
copy (QdMainWindow *window,
      gboolean      picture)
{
  QdOutput *self = make_output (window);
  QdJob *before = g_object_get_data (G_OBJECT (window), "qd-copy");

  if (self == NULL)
    return;
  if (before != NULL)
    qd_job_cancel (before);
  self->picture = picture && self->shown.spec != NULL;
  start (self, _("Copying"));
  g_object_set_data_full (G_OBJECT (window), "qd-copy", g_object_ref (self->job), g_object_unref);
}

static void
copy_picture_cb (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       data)
{
  copy (data, TRUE);
}

static void
copy_data_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       data)
{
  copy (data, FALSE);
}

static void
chosen_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (QdOutput) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = qd_file_dialog_finish (result, &error);

  if (file == NULL || qd_main_window_get_session (self->window) == NULL)
    return;
  self->path = g_file_get_path (file);
  start (g_steal_pointer (&self), _("Exporting"));
}

/* "Acme bridge 2026-06.png" */
static char *
dup_file_name (const QdOutput *self)
{
  QdSnapshot *snapshot = self->shown.snapshot;
  GString *name = g_string_new (NULL);

  if (snapshot != NULL)
    g_string_append_printf (name, "%s ", qd_book_get_name (qd_snapshot_get_book (snapshot)));
  g_string_append (name, self->shown.name);
  if (snapshot != NULL && qd_snapshot_has_revenue (snapshot))
    {
      g_autofree char *month = qd_month_to_iso (qd_snapshot_get_scope (snapshot)->as_of);

      g_string_append_printf (name, " %s", month);
    }
  g_string_append_printf (name, ".%s", self->format);
  return g_strdelimit (g_string_free (name, FALSE), G_DIR_SEPARATOR_S, '-');
}

static void
export_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       data)
{
  g_autoptr (QdOutput) self = make_output (data);
  g_autofree char *name = NULL;
  g_autofree char *pattern = NULL;

  if (self == NULL)
    return;
  self->format = g_variant_dup_string (parameter, NULL);
  name = dup_file_name (self);
  pattern = g_strdup_printf ("*.%s", self->format);
  qd_file_dialog_save_async (
      &(const QdFileDialog) {
          .title = strcmp (self->format, "csv") == 0 ? _("Export Data") : _("Export Chart"),
          .accept = _("_Export"),
          .name = name,
          .filter_name = pattern,
          .patterns = pattern,
      },
      GTK_WINDOW (data), chosen_cb, self);
  g_steal_pointer (&self);
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
