/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-rejects.h"

#include <string.h>

#include "qd-csv-file.h"
#include "qd-mapping.h"

struct _QdRejects
{
  QdSource *source;
  char *path;
  QdCsvFile *file; /* from the first row on */
};

/**
 * qd_reject_row_clear:
 * @row: a `QdRejectRow`
 *
 * Frees its texts.
 */
void
qd_reject_row_clear (gpointer row)
{
  QdRejectRow *self = row;

  g_free (self->expected);
  g_free (self->found);
  g_free (self->record);
}

/**
 * qd_reject_free:
 * @reject: a `QdReject`
 *
 * Frees it.
 */
void
qd_reject_free (gpointer reject)
{
  QdReject *self = reject;

  g_free (self->code);
  g_free (self->field);
  g_free (self->header);
  g_free (self->expected);
  g_free (self->found);
  g_free (self);
}

/**
 * qd_rejects_new:
 * @source: what the rows come from; must outlive the object
 * @path: (nullable): the file to write, or `NULL` for none
 *
 * Returns: (transfer full): collects rejected rows
 */
QdRejects *
qd_rejects_new (QdSource   *source,
                const char *path)
{
  QdRejects *self = g_new0 (QdRejects, 1);

  self->source = source;
  self->path = g_strdup (path);
  return self;
}

/**
 * qd_rejects_free:
 * @self: (nullable): the collector
 *
 * Frees it; a file that was not finished is removed.
 */
void
qd_rejects_free (QdRejects *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->file, qd_csv_file_free);
  g_free (self->path);
  g_free (self);
}

static void
begin (QdRejects *self)
{
  if (self->file != NULL)
    return;
  self->file = qd_csv_file_new (self->path);
  for (guint i = 0; i < self->source->n_headers; i++)
    if (!qd_header_is_of_rejects (self->source->headers[i]))
      qd_csv_file_add (self->file, self->source->headers[i], -1);
  qd_csv_file_add (self->file, "reject_line", -1);
  qd_csv_file_add (self->file, "reject_reason", -1);
  qd_csv_file_end_row (self->file);
}

/**
 * qd_rejects_add:
 * @self: the collector
 * @line: the row's line in the file
 * @record: the row as it stands in the file
 * @length: its bytes
 * @reason: why, translated
 *
 * Writes a row, its cells unchanged, with line and reason behind them. A row
 * of another width than the header is filled up or cut to it.
 */
void
qd_rejects_add (QdRejects  *self,
                guint64     line,
                const char *record,
                gsize       length,
                const char *reason)
{
  g_auto (QdScan) scan = { 0 };
  char number[24];

  if (self->path == NULL)
    return;
  begin (self);
  /* The record stands in the source's text, so there is padding behind it. */
  qd_scan_init (&scan, record, length, self->source->delimiter, line);
  if (!qd_scan_next (&scan, NULL))
    scan.n_cells = 0;
  for (guint i = 0; i < self->source->n_headers; i++)
    {
      if (qd_header_is_of_rejects (self->source->headers[i]))
        continue;
      if (i < scan.n_cells)
        qd_csv_file_add (self->file, scan.cells[i].text, scan.cells[i].length);
      else
        qd_csv_file_add (self->file, NULL, 0);
    }
  g_snprintf (number, sizeof number, "%" G_GUINT64_FORMAT, line);
  qd_csv_file_add (self->file, number, -1);
  qd_csv_file_add (self->file, reason, -1);
  qd_csv_file_end_row (self->file);
}

/**
 * qd_rejects_finish:
 * @self: the collector
 * @error: return location
 *
 * Puts the file in its place. Without rejected rows there is none.
 *
 * Returns: `FALSE` with a `G_FILE_ERROR` when it could not be written
 */
gboolean
qd_rejects_finish (QdRejects *self,
                   GError   **error)
{
  return self->file == NULL || qd_csv_file_finish (self->file, error);
}
