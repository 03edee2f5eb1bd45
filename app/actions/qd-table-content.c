/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-table-content.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "../../data/base/qd-task.h"
#include "../export/qd-table-text.h"

#define HTML "text/html"
#define CSV "text/csv"
#define TEXT "text/plain;charset=utf-8"

struct _QdTableContent
{
  GdkContentProvider parent_instance;
  QdTable *table;
  gboolean decimal_comma;
};

G_DEFINE_FINAL_TYPE (QdTableContent, qd_table_content, GDK_TYPE_CONTENT_PROVIDER)

static GdkContentFormats *
qd_table_content_ref_formats (GdkContentProvider *provider)
{
  static const char *const types[] = { HTML, CSV, TEXT };

  return gdk_content_formats_new ((const char **) types, G_N_ELEMENTS (types));
}

static char *
make_text (const QdTableContent *self,
           const char           *type)
{
  if (strcmp (type, HTML) == 0)
    return qd_table_text_make_html (self->table);
  if (strcmp (type, CSV) == 0)
    return qd_table_text_make_csv (self->table);
  return qd_table_text_make_tsv (self->table, self->decimal_comma);
}

/* Where a form goes to. */
typedef struct
{
  const char *type; /* interned */
  GOutputStream *stream;
} Writing;

static void
free_writing (gpointer data)
{
  Writing *writing = data;

  g_object_unref (writing->stream);
  g_free (writing);
}

static void
make_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  const Writing *writing = data;

  g_task_return_pointer (task, make_text (QD_TABLE_CONTENT (source), writing->type), g_free);
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
made_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (GTask) task = data;
  const Writing *writing = g_task_get_task_data (task);
  GError *error = NULL;
  char *text = g_task_propagate_pointer (G_TASK (result), &error);

  if (text == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_object_set_data_full (G_OBJECT (task), "text", text, g_free); /* until it is written */
  g_output_stream_write_all_async (writing->stream, text, strlen (text), g_task_get_priority (task),
                                   g_task_get_cancellable (task), written_cb, g_object_ref (task));
}

static void
qd_table_content_write_mime_type_async (GdkContentProvider *provider,
                                        const char         *mime_type,
                                        GOutputStream      *stream,
                                        int                 io_priority,
                                        GCancellable       *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (provider, cancellable, callback, user_data);
  g_autoptr (GTask) making = NULL;
  Writing *writing;

  g_task_set_source_tag (task, qd_table_content_write_mime_type_async);
  g_task_set_priority (task, io_priority);
  if (strcmp (mime_type, HTML) != 0 && strcmp (mime_type, CSV) != 0 && strcmp (mime_type, TEXT) != 0)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, _("A table cannot be given as “%s”."), mime_type);
      return;
    }
  writing = g_new0 (Writing, 1);
  writing->type = g_intern_string (mime_type);
  writing->stream = g_object_ref (stream);
  g_task_set_task_data (task, writing, free_writing);
  making = g_task_new (provider, cancellable, made_cb, g_object_ref (task));
  g_task_set_task_data (making, writing, NULL);
  qd_task_run_in_thread (making, make_thread);
}

static gboolean
qd_table_content_write_mime_type_finish (GdkContentProvider *provider,
                                         GAsyncResult       *result,
                                         GError            **error)
{
  g_return_val_if_fail (g_task_is_valid (result, provider), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
qd_table_content_finalize (GObject *object)
{
  qd_table_unref (QD_TABLE_CONTENT (object)->table);
  G_OBJECT_CLASS (qd_table_content_parent_class)->finalize (object);
}

static void
qd_table_content_class_init (QdTableContentClass *klass)
{
  GdkContentProviderClass *provider_class = GDK_CONTENT_PROVIDER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = qd_table_content_finalize;
  provider_class->ref_formats = qd_table_content_ref_formats;
  provider_class->write_mime_type_async = qd_table_content_write_mime_type_async;
  provider_class->write_mime_type_finish = qd_table_content_write_mime_type_finish;
}

static void
qd_table_content_init (QdTableContent *self)
{
}

/**
 * qd_table_content_new:
 * @table: a table
 * @decimal_comma: whether numbers in text have a comma, not a point
 *
 * Returns: (transfer full): the table for the clipboard
 */
GdkContentProvider *
qd_table_content_new (QdTable *table,
                      gboolean decimal_comma)
{
  QdTableContent *self = g_object_new (QD_TYPE_TABLE_CONTENT, NULL);

  self->table = qd_table_ref (table);
  self->decimal_comma = decimal_comma;
  return GDK_CONTENT_PROVIDER (self);
}
