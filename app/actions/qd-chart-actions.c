/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Copying and exporting the chart or the table that is seen.
 */
#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "../../data/base/qd-file.h"
#include "../../ui/draw/figures/qd-charts.h"
#include "../export/qd-table-text.h"
#include "../export/qd-write-file.h"
#include "qd-actions.h"
#include "qd-shown.h"
#include "qd-table-content.h"
#include "qd-work.h"

/* A slide's picture: points, and pixels for a point. */
#define WIDTH 960
#define HEIGHT 540
#define SCALE 2

/* What is copied or exported. */
typedef struct
{
  QdShown shown;
  gboolean picture;    /* with the chart as it looks */
  GdkContentProvider *content;
} QdOutput;

static void
free_output (gpointer data)
{
  QdOutput *self = data;

  g_clear_object (&self->content);
  qd_shown_clear (&self->shown);
  g_free (self);
}

/* NULL: there is nothing to take, and the person was told. */
static QdWork *
make_work (QdMainWindow *window,
           const char   *title,
           const char   *failed,
           QdWorkRun     run,
           QdShownUse    use,
           GVariant     *parameter) /* (nullable): the format of a picture */
{
  g_auto (QdShown) shown = { NULL };
  QdOutput *output;
  QdWork *work;

  if (!qd_shown_find (&shown, window, use))
    return NULL;
  work = qd_work_new (window, title, failed, run, parameter);
  if (work == NULL)
    return NULL;
  output = g_new0 (QdOutput, 1);
  output->shown = shown;
  shown = (QdShown) { NULL };
  work->data = output;
  work->free_data = free_output;
  return work;
}

static GBytes *
render (const QdShown  *shown,
        QdPictureFormat format,
        QdJob          *job,
        GError        **error)
{
  QdBook *book = shown->snapshot != NULL ? qd_snapshot_get_book (shown->snapshot) : NULL;
  const QdChartMetadata metadata = {
    .title = qd_chart_spec_get_title (shown->spec),
    .author = book != NULL ? qd_book_get_name (book) : NULL,
    .subject = qd_chart_spec_get_subject (shown->spec),
    .created = book != NULL ? qd_book_get_last_change (book) : 0,
  };

  return qd_charts_render (shown->spec, QD_THEME_PRINT, format, WIDTH, HEIGHT, SCALE, &metadata, job, error);
}

static gboolean
has_decimal_comma (QdFormat *format)
{
  g_autofree char *sample = qd_format_number (format, 0.5, 1);

  return strchr (sample, ',') != NULL;
}

/* Text formats for a spreadsheet; with pictures first when the chart's own form is wanted. Sample data say so. */
static gboolean
run_copy (QdWork  *work,
          GError **error)
{
  QdOutput *self = work->data;
  g_autoptr (QdTable) table =
      self->shown.sample ? qd_shown_dup_table_with_scope (&self->shown) : qd_table_ref (self->shown.table);
  GdkContentProvider *providers[3];
  gsize n = 0;
  g_autoptr (GBytes) png = NULL;
  g_autoptr (GBytes) svg = NULL;

  if (self->picture)
    {
      png = render (&self->shown, QD_PICTURE_PNG, work->job, error);
      svg = png != NULL ? render (&self->shown, QD_PICTURE_SVG, work->job, error) : NULL;
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
make_csv (const QdShown *shown)
{
  g_autoptr (QdTable) table = qd_shown_dup_table_with_scope (shown);
  char *csv = qd_table_text_make_csv (table);

  return g_bytes_new_take (csv, strlen (csv));
}

static QdPictureFormat
find_format (const char *name)
{
  return strcmp (name, "png") == 0   ? QD_PICTURE_PNG
         : strcmp (name, "svg") == 0 ? QD_PICTURE_SVG
                                     : QD_PICTURE_PDF;
}

/* A picture, or without a format the data. Fails where a workspace would be lost. */
static gboolean
run_export (QdWork  *work,
            GError **error)
{
  const QdOutput *self = work->data;
  const char *format = work->parameter != NULL ? g_variant_get_string (work->parameter, NULL) : NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (!qd_file_check_output (work->path, (const char *[]){ qd_workspace_get_path (work->workspace), NULL }, error))
    return FALSE;
  bytes = format != NULL ? render (&self->shown, find_format (format), work->job, error) : make_csv (&self->shown);
  return bytes != NULL && qd_write_file (work->path, bytes, qd_job_get_cancellable (work->job), error);
}

/* What a toast says and then nothing else: kept, with what it was about. Takes @text. */
static void
tell (QdWork *work,
      char   *text)
{
  const QdOutput *self = work->data;

  work->toast = text;
  work->note = self->shown.spec != NULL ? g_strdup_printf ("%s: %s", text, qd_chart_spec_get_title (self->shown.spec))
                                        : g_strdup (text);
}

static void
copied_cb (QdWork *work)
{
  const QdOutput *self = work->data;
  guint n = qd_table_get_n_rows (self->shown.table);
  g_autofree char *count = qd_format_count (self->shown.format, n);

  if (g_cancellable_is_cancelled (qd_job_get_cancellable (work->job)))
    return;
  gdk_clipboard_set_content (gtk_widget_get_clipboard (GTK_WIDGET (work->window)), self->content);
  tell (work, self->picture ? g_strdup (_("Picture copied"))
                            : g_strdup_printf (ngettext ("%s row copied", "%s rows copied", n), count));
}

static void
exported_cb (QdWork *work)
{
  g_autofree char *name = qd_work_dup_file_name (work);

  /* Translators: the name of a file */
  tell (work, g_strdup_printf (_("Exported %s"), name));
}

/* What was copied last is what is pasted. */
static void
copy (QdMainWindow *window,
      gboolean      picture)
{
  QdWork *work = make_work (window, _("Copying"), _("The Chart Cannot Be Copied"), run_copy, QD_SHOWN_COPY, NULL);
  QdJob *before = g_object_get_data (G_OBJECT (window), "qd-copy");
  QdOutput *self;

  if (work == NULL)
    return;
  if (before != NULL)
    qd_job_cancel (before);
  g_object_set_data_full (G_OBJECT (window), "qd-copy", g_object_ref (work->job), g_object_unref);
  self = work->data;
  self->picture = picture && self->shown.spec != NULL;
  work->done = copied_cb;
  qd_work_start (work);
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

/* "Acme bridge 2026-06.png" */
static char *
dup_file_name (const QdShown *shown,
               const char    *format)
{
  QdSnapshot *snapshot = shown->snapshot;
  GString *name = g_string_new (NULL);

  if (snapshot != NULL)
    g_string_append_printf (name, "%s ", qd_book_get_name (qd_snapshot_get_book (snapshot)));
  g_string_append (name, shown->name);
  if (snapshot != NULL && qd_snapshot_has_revenue (snapshot))
    {
      g_autofree char *month = qd_month_to_iso (qd_snapshot_get_scope (snapshot)->as_of);

      g_string_append_printf (name, " %s", month);
    }
  g_string_append_printf (name, ".%s", format);
  return g_strdelimit (g_string_free (name, FALSE), G_DIR_SEPARATOR_S, '-');
}

static void
export_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       data)
{
  QdWork *work = make_work (data, _("Exporting"), _("The Export Failed"), run_export,
                            parameter != NULL ? QD_SHOWN_PICTURE : QD_SHOWN_PAGES, parameter);
  const char *format = parameter != NULL ? g_variant_get_string (parameter, NULL) : "csv";
  g_autofree char *pattern = g_strdup_printf ("*.%s", format);
  g_autofree char *name = NULL;

  if (work == NULL)
    return;
  name = dup_file_name (&((const QdOutput *) work->data)->shown, format);
  work->done = exported_cb;
  qd_work_save (work,
                &(const QdFileDialog) {
                    .title = parameter == NULL ? _("Export Data") : _("Export Chart"),
                    .accept = _("_Export"),
                    .name = name,
                    .filter_name = pattern,
                    .patterns = pattern,
                },
                data);
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
    { .name = "export-data", .activate = export_cb },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (window), entries, G_N_ELEMENTS (entries), window);
}
