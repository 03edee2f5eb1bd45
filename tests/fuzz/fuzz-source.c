/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any bytes as an export file: encoding, delimiter, header and records are
 * found or refused, and every cell that comes out is UTF-8.
 */
#include "data/intake/qd-source.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  static char *path;
  g_autoptr (GError) error = NULL;
  g_autoptr (QdSource) source = NULL;
  g_auto (QdScan) scan = { 0 };

  if (path == NULL)
    path = g_strdup_printf ("%s/fuzz-source-%d.csv", g_get_tmp_dir (), (int) getpid ());
  g_assert_true (g_file_set_contents_full (path, (const char *) data, size, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  source = qd_source_open (path, NULL, NULL, &error);
  g_assert_cmpint (source == NULL, ==, error != NULL);
  g_unlink (path);
  if (source == NULL)
    {
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      return 0;
    }

  g_assert_cmpuint (strlen (qd_source_get_digest (source)), ==, 64);
  g_assert_nonnull (source->encoding);
  for (guint i = 0; i < source->n_headers; i++)
    g_assert_true (g_utf8_validate (source->headers[i], -1, NULL));
  qd_source_scan (source, &scan);
  while (qd_scan_next (&scan, &error))
    for (guint i = 0; i < scan.n_cells; i++)
      for (const char *p = scan.cells[i].text, *end = p + scan.cells[i].length; p < end;)
        {
          /* One NUL after the other is UTF-8 too, whatever GLib says. */
          gsize length = strnlen (p, end - p);

          g_assert_true (g_utf8_validate_len (p, length, NULL));
          p += length + 1;
        }
  return 0;
}
