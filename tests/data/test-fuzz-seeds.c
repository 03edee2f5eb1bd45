/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The fuzzers' seeds and what they once found, without the engine.
 */
#include <glib.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
main (int    argc,
      char **argv)
{
  g_autofree char *folder = g_build_filename (g_getenv ("G_TEST_SRCDIR"), "fuzz", "seeds", argv[1], NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *content = NULL;
      gsize length;

      g_assert_true (g_file_get_contents (path, &content, &length, NULL));
      /* Every beginning of a seed is an input too. */
      for (gsize size = length > 4096 ? length : 0; size <= length; size++)
        {
          g_autofree guint8 *copy = g_memdup2 (content, size);

          LLVMFuzzerTestOneInput (copy, size);
        }
      g_print ("ok %u - %s\n", ++n, name);
    }
  g_assert_cmpuint (n, >, 0);
  g_print ("1..%u\n", n);
  return 0;
}
