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
 * qd_reject_new:
 * @line: the row's line
 * @code: what is wrong, for programs
 * @field: the field at fault, or ""
 * @header: its column's header, or ""
 * @expected: what would be right
 * @found: what stands there
 * @column: its column, or −1
 *
 * Returns: (transfer full): a rejected row
 */
QdReject *
qd_reject_new (guint64     line,
               const char *code,
               const char *field,
               const char *header,
               const char *expected,
               const char *found,
               int         column)
{
  QdReject *reject = g_new0 (QdReject, 1);

  reject->line = line;
  reject->code = g_strdup (code);
  reject->field = g_strdup (field);
  reject->header = g_strdup (header);
  reject->expected = g_strdup (expected);
  reject->found = g_strdup (found);
  reject->column = column;
  return reject;
}

/**
 * qd_reject_group_add:
 * @groups: elements are `QdRejectGroup`
 * @line: as in qd_reject_new()
 * @code: as there
 * @field: as there
 * @header: as there
 * @expected: as there
 * @found: as there
 * @column: as there
 *
 * Counts a rejected row among those that are wrong in the same way.
 */
void
qd_reject_group_add (GPtrArray  *groups,
                     guint64     line,
                     const char *code,
                     const char *field,
                     const char *header,
                     const char *expected,
                     const char *found,
                     int         column)
{
  QdRejectGroup *group = NULL;
  gpointer count;

  for (guint i = 0; i < groups->len && group == NULL; i++)
    {
      QdRejectGroup *other = g_ptr_array_index (groups, i);

      if (strcmp (other->code, code) == 0 && strcmp (other->field, field) == 0)
        group = other;
    }
  if (group == NULL)
    {
      group = g_new0 (QdRejectGroup, 1);
      group->code = g_strdup (code);
      group->field = g_strdup (field);
      group->header = g_strdup (header);
      group->expected = g_strdup (expected);
      group->column = column;
      group->rejects = g_ptr_array_new_with_free_func (qd_reject_free);
      group->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      g_ptr_array_add (groups, group);
    }
  group->count++;
  if (group->rejects->len < QD_GROUP_ROWS)
    g_ptr_array_add (group->rejects, qd_reject_new (line, code, field, header, expected, found, column));
  if (column < 0)
    return;
  count = g_hash_table_lookup (group->values, found);
  if (count != NULL || g_hash_table_size (group->values) < QD_GROUP_VALUES)
    g_hash_table_insert (group->values, g_strdup (found), GUINT_TO_POINTER (GPOINTER_TO_UINT (count) + 1));
}

/**
 * qd_reject_group_free:
 * @group: a `QdRejectGroup`
 *
 * Frees it.
 */
void
qd_reject_group_free (gpointer group)
{
  QdRejectGroup *self = group;

  g_free (self->code);
  g_free (self->field);
  g_free (self->header);
  g_free (self->expected);
  g_ptr_array_unref (self->rejects);
  g_hash_table_unref (self->values);
  g_free (self);
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
 * Writes a row, its cells as they stand or as they were fixed, with line and
 * reason behind them. A row of another width than the header is filled up or
 * cut to it.
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
  qd_source_scan_record (self->source, &scan, record, length, line);
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
