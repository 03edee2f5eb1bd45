/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-rejects.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "../store/qd-history-message.h"
#include "qd-csv-file.h"
#include "qd-header.h"
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

static QdCsvFile *
begin_file (const char *path,
            char      **headers)
{
  QdCsvFile *file = qd_csv_file_new (path);

  for (guint i = 0; headers[i] != NULL; i++)
    if (!qd_header_is_of_rejects (headers[i]))
      qd_csv_file_add (file, headers[i], -1);
  qd_csv_file_add (file, "reject_line", -1);
  qd_csv_file_add (file, "reject_reason", -1);
  qd_csv_file_end_row (file);
  return file;
}

/* A row whose record is about to be read by @scan. */
static void
write_row (QdCsvFile  *file,
           char      **headers,
           QdScan     *scan,
           guint64     line,
           const char *reason)
{
  char number[24];

  if (!qd_scan_next (scan, NULL))
    scan->n_cells = 0;
  for (guint i = 0; headers[i] != NULL; i++)
    {
      if (qd_header_is_of_rejects (headers[i]))
        continue;
      if (i < scan->n_cells)
        qd_csv_file_add (file, scan->cells[i].text, scan->cells[i].length);
      else
        qd_csv_file_add (file, NULL, 0);
    }
  g_snprintf (number, sizeof number, "%" G_GUINT64_FORMAT, line);
  qd_csv_file_add (file, number, -1);
  qd_csv_file_add (file, reason, -1);
  qd_csv_file_end_row (file);
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

  if (self->path == NULL)
    return;
  if (self->file == NULL)
    self->file = begin_file (self->path, self->source->headers);
  /* The record stands in the source's text, so there is padding behind it. */
  qd_source_scan_record (self->source, &scan, record, length, line);
  write_row (self->file, self->source->headers, &scan, line, reason);
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

/* How the file's cells were parted, by what is kept of how it was read. */
static char
find_delimiter (const char *options)
{
  const char *found = strstr (options, "delimiter=");

  if (found == NULL || (found != options && found[-1] != '\n'))
    return ',';
  found += strlen ("delimiter=");
  return g_str_has_prefix (found, "tab") ? '\t' : *found != 0 && *found != '\n' ? *found : ',';
}

static void
write_kept (QdCsvFile    *file,
            char        **headers,
            char          delimiter,
            sqlite3_stmt *row)
{
  guint64 line = (guint64) sqlite3_column_int64 (row, 0);
  const char *field = (const char *) sqlite3_column_text (row, 2);
  const char *record = (const char *) sqlite3_column_text (row, 5);
  gsize length = strlen (record);
  g_autofree char *expected = qd_history_message_translate ((const char *) sqlite3_column_text (row, 3));
  g_autofree char *padded = g_malloc0 (length + QD_SCAN_PADDING);
  g_autofree char *reason = NULL;
  g_auto (QdScan) scan = { 0 };

  memcpy (padded, record, length);
  if (*field == 0)
    reason = g_strdup_printf ("%s: %s", (const char *) sqlite3_column_text (row, 1), expected);
  else
    reason = g_strdup_printf (_("%s: %s: expected %s, found “%s”"), (const char *) sqlite3_column_text (row, 1), field, expected,
                              (const char *) sqlite3_column_text (row, 4));
  qd_scan_init (&scan, padded, length, delimiter, line);
  write_row (file, headers, &scan, line, reason);
}

/* FALSE with an error when nobody kept what the columns were called. */
static gboolean
read_batch (QdDb    *db,
            gint64   batch,
            char  ***headers,
            char    *delimiter,
            GError **error)
{
  g_autoptr (QdStmt) stmt = qd_db_statement (db, "import-headers", error);
  gboolean row;

  if (stmt == NULL)
    return FALSE;
  qd_stmt_bind_integer (stmt, 1, batch);
  if (!qd_stmt_step (stmt, &row, error))
    return FALSE;
  if (row && *sqlite3_column_text (qd_stmt_get_handle (stmt), 0) != 0)
    {
      *headers = g_strsplit ((const char *) sqlite3_column_text (qd_stmt_get_handle (stmt), 0), "\x1f", -1);
      *delimiter = find_delimiter ((const char *) sqlite3_column_text (qd_stmt_get_handle (stmt), 1));
      return TRUE;
    }
  g_set_error_literal (error, QD_INTAKE_ERROR, QD_INTAKE_ERROR_READ,
                       _("This import was made by an older version, which did not keep what its columns were called. The rows "
                         "are in the table; copy them from there."));
  return FALSE;
}

/**
 * qd_rejects_save_batch:
 * @db: the connection
 * @batch: an import of the past
 * @path: the file to write
 * @rows: (out): how many rows it holds
 * @error: return location
 *
 * Writes the rows that an import rejected, as they stood in its file, with
 * line and reason behind them: corrected, the file can be imported.
 *
 * Returns: `FALSE` with `QD_INTAKE_ERROR_READ` when the columns are not known,
 *   a `G_FILE_ERROR` or an error of the store
 */
gboolean
qd_rejects_save_batch (QdDb       *db,
                       gint64      batch,
                       const char *path,
                       guint64    *rows,
                       GError    **error)
{
  g_autoptr (QdStmt) stmt = NULL;
  g_autoptr (QdCsvFile) file = NULL;
  g_auto (GStrv) headers = NULL;
  char delimiter;
  gboolean row = TRUE;

  *rows = 0;
  if (!read_batch (db, batch, &headers, &delimiter, error))
    return FALSE;
  stmt = qd_db_statement (db, "import-rejected", error);
  if (stmt == NULL)
    return FALSE;
  qd_stmt_bind_integer (stmt, 1, batch);
  file = begin_file (path, headers);
  while (row)
    {
      if (!qd_stmt_step (stmt, &row, error))
        return FALSE;
      if (!row)
        break;
      write_kept (file, headers, delimiter, qd_stmt_get_handle (stmt));
      ++*rows;
    }
  return qd_csv_file_finish (file, error);
}
