/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-write-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>

/* Writes all and closes. Returns: 0 or what went wrong. */
static int
write_and_close (int         fd,
                 const char *data,
                 gsize       size)
{
  int failed = fd < 0 ? errno : 0;

  while (failed == 0 && size > 0)
    {
      gssize n = write (fd, data, size);

      if (n < 0 && errno != EINTR)
        failed = errno;
      if (n > 0)
        {
          data += n;
          size -= (gsize) n;
        }
    }
  if (fd >= 0 && close (fd) != 0 && failed == 0)
    failed = errno;
  return failed;
}

static gboolean
check_written (int      failed,
               GError **error)
{
  if (failed == 0)
    return TRUE;
  g_set_error_literal (error, G_FILE_ERROR, (int) g_file_error_from_errno (failed), g_strerror (failed));
  return FALSE;
}

/* A file that is not there yet: under another name until it is whole. */
static gboolean
write_new (const char   *path,
           const char   *data,
           gsize         size,
           GCancellable *cancellable,
           GError      **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *beside = g_build_filename (folder, ".quarterdeck-XXXXXX", NULL);
  int fd = g_mkstemp_full (beside, O_WRONLY | O_CLOEXEC, 0666);
  int failed = write_and_close (fd, data, size);
  gboolean cancelled = g_cancellable_set_error_if_cancelled (cancellable, error);

  if (failed == 0 && !cancelled && g_rename (beside, path) != 0)
    failed = errno;
  if (fd >= 0 && (failed != 0 || cancelled))
    g_unlink (beside);
  return !cancelled && check_written (failed, error);
}

/**
 * qd_write_file:
 * @path: (type filename): the file
 * @bytes: all of its content
 * @cancellable: (nullable): a cancellable
 * @error: return location
 *
 * Replaces a file or makes it; nobody ever sees half of it. A pipe or a device
 * is written to instead.
 *
 * Returns: `FALSE` with an error of GIO or a `G_FILE_ERROR` that names the file;
 *   a file is as it was then
 */
gboolean
qd_write_file (const char   *path,
               GBytes       *bytes,
               GCancellable *cancellable,
               GError      **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *shown = g_filename_display_name (path);
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  GStatBuf there;
  gboolean done;

  if (g_lstat (path, &there) != 0 && errno == ENOENT)
    done = write_new (path, data, size, cancellable, error);
  else if (g_stat (path, &there) == 0 && !S_ISREG (there.st_mode) && !S_ISDIR (there.st_mode))
    done = check_written (write_and_close (g_open (path, O_WRONLY | O_CLOEXEC, 0), data, size), error);
  else
    done = g_file_replace_contents (file, data != NULL ? data : "", size, NULL, FALSE, G_FILE_CREATE_NONE, NULL, cancellable,
                                    error);
  if (done)
    return TRUE;
  /* Translators: before the system's own message */
  g_prefix_error (error, _("Cannot write %s: "), shown);
  return FALSE;
}
