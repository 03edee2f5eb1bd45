/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-file.h"

#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

static const char database_magic[16] = "SQLite format 3";

static gboolean
is_database (const char *path)
{
  char start[sizeof database_magic];
  int fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NOCTTY, 0);
  gssize n;

  if (fd < 0)
    return FALSE;
  n = read (fd, start, sizeof start);
  close (fd);
  return n == (gssize) sizeof start && memcmp (start, database_magic, sizeof start) == 0;
}

/**
 * qd_file_check_output:
 * @path: (type filename): where something shall be written
 * @inputs: (array zero-terminated=1): files that are being read: the workspace, the source
 * @error: return location
 *
 * Says whether writing to @path would destroy something that cannot be had
 * again: a file that is being read, under whatever name, or any workspace.
 * The inputs are never opened, since closing one would drop SQLite's locks.
 *
 * Returns: `FALSE` with `G_IO_ERROR_EXISTS` when nothing may be written there
 */
gboolean
qd_file_check_output (const char        *path,
                      const char *const *inputs,
                      GError           **error)
{
  g_autofree char *shown = NULL;
  GStatBuf target, input;

  g_return_val_if_fail (path != NULL && inputs != NULL, FALSE);
  if (g_stat (path, &target) != 0 || !S_ISREG (target.st_mode))
    return TRUE;
  shown = g_filename_display_name (path);
  for (gsize i = 0; inputs[i] != NULL; i++)
    if (g_stat (inputs[i], &input) == 0 && input.st_dev == target.st_dev && input.st_ino == target.st_ino)
      {
        g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS,
                     _ ("“%s” is read here and would be lost. Choose another name for what is written."), shown);
        return FALSE;
      }
  if (is_database (path))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS,
                   _ ("“%s” is a workspace or another database and is not written over. Choose another name."), shown);
      return FALSE;
    }
  return TRUE;
}
