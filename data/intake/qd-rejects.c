/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-rejects.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct _QdRejects
{
  QdSource *source;
  char *path, *temporary;
  FILE *file;
  int failed; /* errno */
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
  if (self->file != NULL)
    fclose (self->file);
  if (self->temporary != NULL)
    g_unlink (self->temporary);
  g_free (self->path);
  g_free (self->temporary);
  g_free (self);
}

static void
write_line (QdRejects *self,
            GString   *line)
{
  if (self->failed == 0 && fwrite (line->str, 1, line->len, self->file) != line->len)
    self->failed = errno ? errno : EIO;
}

static gboolean
begin (QdRejects *self)
{
  g_autoptr (GString) line = g_string_new (NULL);
  int fd;

  if (self->file != NULL || self->failed != 0)
    return self->failed == 0;
  self->temporary = g_strconcat (self->path, ".XXXXXX", NULL);
  fd = g_mkstemp_full (self->temporary, O_RDWR | O_CLOEXEC, 0644);
  if (fd < 0 || (self->file = fdopen (fd, "w")) == NULL)
    {
      self->failed = errno;
      if (fd >= 0)
        close (fd);
      else
        g_clear_pointer (&self->temporary, g_free);
      return FALSE;
    }
  for (guint i = 0; i < self->source->n_headers; i++)
    {
      const char *header = self->source->headers[i];

      if (strcmp (header, "reject_line") == 0 || strcmp (header, "reject_reason") == 0)
        continue;
      qd_scan_append_cell (line, header, strlen (header));
      g_string_append_c (line, ',');
    }
  g_string_append (line, "reject_line,reject_reason\r\n");
  write_line (self, line);
  return TRUE;
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
  g_autoptr (GString) out = NULL;
  g_auto (QdScan) scan = { 0 };

  if (self->path == NULL || !begin (self))
    return;
  out = g_string_sized_new (length + 128);
  /* The record stands in the source's text, so there is padding behind it. */
  qd_scan_init (&scan, record, length, self->source->delimiter, line);
  if (!qd_scan_next (&scan, NULL))
    scan.n_cells = 0;
  for (guint i = 0; i < self->source->n_headers; i++)
    {
      const char *header = self->source->headers[i];

      if (strcmp (header, "reject_line") == 0 || strcmp (header, "reject_reason") == 0)
        continue;
      if (i < scan.n_cells)
        qd_scan_append_cell (out, scan.cells[i].text, scan.cells[i].length);
      g_string_append_c (out, ',');
    }
  g_string_append_printf (out, "%" G_GUINT64_FORMAT ",", line);
  qd_scan_append_cell (out, reason, strlen (reason));
  g_string_append (out, "\r\n");
  write_line (self, out);
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
  if (self->file != NULL)
    {
      if (self->failed == 0 && (fflush (self->file) != 0 || fsync (fileno (self->file)) != 0))
        self->failed = errno;
      if (fclose (g_steal_pointer (&self->file)) != 0 && self->failed == 0)
        self->failed = errno;
      if (self->failed == 0 && g_rename (self->temporary, self->path) != 0)
        self->failed = errno;
      if (self->failed == 0)
        g_clear_pointer (&self->temporary, g_free);
    }
  if (self->failed != 0)
    {
      g_autofree char *shown = g_filename_display_name (self->path);

      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (self->failed),
                   _("The rejected rows could not be written to “%s”: %s."), shown, g_strerror (self->failed));
      return FALSE;
    }
  return TRUE;
}
