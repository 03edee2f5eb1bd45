/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-write-file.h"

#include <glib/gi18n-lib.h>

/**
 * qd_write_file:
 * @path: (type filename): the file
 * @bytes: all of its content
 * @cancellable: (nullable): a cancellable
 * @error: return location
 *
 * Replaces a file or makes it.
 *
 * Returns: `FALSE` with an error of GIO that names the file; nothing has changed then
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

  if (g_file_replace_contents (file, data != NULL ? data : "", size, NULL, FALSE, G_FILE_CREATE_REPLACE_DESTINATION,
                               NULL, cancellable, error))
    return TRUE;
  /* Translators: before the system's own message */
  g_prefix_error (error, _("Cannot write %s: "), shown);
  return FALSE;
}
