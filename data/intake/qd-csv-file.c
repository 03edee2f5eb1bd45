/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-csv-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "qd-parse-value.h"
#include "qd-scan.h"

#define BUFFER_BYTES 65536

struct _QdCsvFile
{
  char *path;
  char *temporary; /* NULL: what stands at the path is a pipe or a device, and is written to */
  int fd;
  int failed; /* errno */
  GString *buffer;
  gboolean in_row;
};

/**
 * qd_csv_file_new:
 * @path: where the file will stand
 *
 * Begins a file; it appears at @path with qd_csv_file_finish(). A pipe or a
 * device is written to at once, and never replaced.
 *
 * Returns: (transfer full): the file
 */
QdCsvFile *
qd_csv_file_new (const char *path)
{
  QdCsvFile *self = g_new0 (QdCsvFile, 1);
  GStatBuf there;

  self->path = g_strdup (path);
  self->buffer = g_string_sized_new (BUFFER_BYTES + 4096);
  /* A link stays: what it leads to is replaced, be it the file behind /dev/stdout. */
  if (g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    {
      g_free (self->path);
      self->path = realpath (path, NULL);
      if (self->path == NULL)
        {
          self->path = g_strdup (path);
          self->fd = g_open (path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
          self->failed = self->fd < 0 ? errno : 0;
          return self;
        }
      path = self->path;
    }
  if (g_stat (path, &there) == 0 && !S_ISREG (there.st_mode))
    {
      self->fd = g_open (path, O_WRONLY | O_CLOEXEC, 0);
      self->failed = self->fd < 0 ? errno : 0;
      return self;
    }
  self->temporary = g_strconcat (path, ".XXXXXX", NULL);
  self->fd = g_mkstemp_full (self->temporary, O_RDWR | O_CLOEXEC, 0644);
  if (self->fd < 0)
    {
      self->failed = errno;
      g_clear_pointer (&self->temporary, g_free);
    }
  return self;
}

/**
 * qd_csv_file_free:
 * @self: (nullable): a file
 *
 * Frees it; what is not finished is removed.
 */
void
qd_csv_file_free (QdCsvFile *self)
{
  if (self == NULL)
    return;
  if (self->fd >= 0)
    close (self->fd);
  if (self->temporary != NULL)
    g_unlink (self->temporary);
  g_free (self->path);
  g_free (self->temporary);
  g_string_free (self->buffer, TRUE);
  g_free (self);
}

static void
write_out (QdCsvFile *self)
{
  const char *p = self->buffer->str;
  gsize left = self->buffer->len;

  while (left > 0 && self->failed == 0)
    {
      gssize n = write (self->fd, p, left);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        self->failed = errno;
      else
        {
          p += n;
          left -= n;
        }
    }
  g_string_truncate (self->buffer, 0);
}

/**
 * qd_csv_file_add:
 * @self: a file
 * @text: (nullable): a cell
 * @length: its bytes, or −1 when terminated
 *
 * Adds a cell as it is.
 */
void
qd_csv_file_add (QdCsvFile  *self,
                 const char *text,
                 gssize      length)
{
  if (self->in_row)
    g_string_append_c (self->buffer, ',');
  self->in_row = TRUE;
  if (text != NULL)
    qd_scan_append_cell (self->buffer, text, length < 0 ? strlen (text) : (gsize) length);
}

/**
 * qd_csv_file_add_text:
 * @self: a file
 * @text: (nullable): a text
 *
 * Adds a text; one that a spreadsheet would run as a formula gets an
 * apostrophe before it, which import takes away.
 */
void
qd_csv_file_add_text (QdCsvFile  *self,
                      const char *text)
{
  g_autofree char *guarded = NULL;

  if (text != NULL && qd_value_needs_guard (text, strlen (text)))
    guarded = g_strconcat ("'", text, NULL);
  qd_csv_file_add (self, guarded ? guarded : text, -1);
}

/**
 * qd_csv_file_end_row:
 * @self: a file
 *
 * Ends the row.
 */
void
qd_csv_file_end_row (QdCsvFile *self)
{
  g_string_append (self->buffer, "\r\n");
  self->in_row = FALSE;
  if (self->buffer->len >= BUFFER_BYTES)
    write_out (self);
}

/**
 * qd_csv_file_finish:
 * @self: a file
 * @error: return location
 *
 * Writes the rest and puts the file in its place.
 *
 * Returns: `FALSE` with a `G_FILE_ERROR`; what stood at the path is still there
 *   then
 */
gboolean
qd_csv_file_finish (QdCsvFile *self,
                    GError   **error)
{
  g_autofree char *shown = NULL;

  write_out (self);
  if (self->failed == 0 && self->temporary != NULL && fsync (self->fd) != 0)
    self->failed = errno;
  if (self->failed == 0)
    {
      int fd = self->fd;

      self->fd = -1;
      if (close (fd) != 0)
        self->failed = errno;
    }
  if (self->failed == 0 && self->temporary != NULL && g_rename (self->temporary, self->path) != 0)
    self->failed = errno;
  if (self->failed == 0)
    {
      g_clear_pointer (&self->temporary, g_free);
      return TRUE;
    }
  shown = g_filename_display_name (self->path);
  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (self->failed), _("“%s” could not be written: %s."), shown,
               g_strerror (self->failed));
  return FALSE;
}
