/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The lock beside the workspace: .NAME.lock, under a lock of the open file
 * description, so that it dies with its process and needs no cleaning up. The
 * text in it (host, process) is only read to say who has it.
 */
#define G_LOG_DOMAIN "quarterdeck"

#include "config.h"

#include "qd-store-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#define MAX_TEXT 512
#define MAX_TRIES 20

struct _QdStoreLock
{
  int fd;
  char *path;
};

static char *
dup_lock_path (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *name = g_strdup_printf (".%s.lock", base);

  return g_build_filename (folder, name, NULL);
}

/* 0, or errno. */
static int
set_lock (int   fd,
          short type)
{
  struct flock range = { .l_type = type, .l_whence = SEEK_SET, .l_start = 0, .l_len = 0 };

  return fcntl (fd, F_OFD_SETLK, &range) == 0 ? 0 : errno;
}

static void
throw_locked (int         fd,
              const char *path,
              GError    **error)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  char buffer[MAX_TEXT + 1];
  gssize length = pread (fd, buffer, MAX_TEXT, 0);

  buffer[MAX (length, 0)] = '\0';
  text = g_utf8_make_valid (buffer, -1);
  lines = g_strsplit (text, "\n", 3);
  if (g_strv_length (lines) < 2)
    g_set_error (error, QD_STORE_ERROR, QD_STORE_ERROR_LOCKED,
                 _ ("“%s” is already open in another window or program. Close it there, or look at a copy."), name);
  else if (g_strcmp0 (lines[0], g_get_host_name ()) == 0)
    g_set_error (error, QD_STORE_ERROR, QD_STORE_ERROR_LOCKED,
                 /* Translators: a file's name, the number of a process */
                 _ ("“%s” is already open on this computer, in process %s. Close it there, or look at a copy."), name,
                 lines[1]);
  else
    g_set_error (error, QD_STORE_ERROR, QD_STORE_ERROR_LOCKED,
                 /* Translators: a file's name, the name of a computer, the number of a process */
                 _ ("“%s” is already open on %s, in process %s. Close it there, or look at a copy."), name, lines[0],
                 lines[1]);
}

static void
sign (int fd)
{
  g_autofree char *text = g_strdup_printf ("%s\n%d\n", g_get_host_name (), (int) getpid ());

  /* Best effort: the text is only for people. */
  if (ftruncate (fd, 0) != 0 || pwrite (fd, text, strlen (text), 0) < 0)
    g_debug ("the lock file cannot be signed: %s", g_strerror (errno));
}

static gboolean
is_at (int         fd,
       const char *path)
{
  struct stat mine, there;

  return fstat (fd, &mine) == 0 && lstat (path, &there) == 0 && mine.st_dev == there.st_dev &&
         mine.st_ino == there.st_ino;
}

gboolean
qd_store_lock_take (const char   *path,
                    gboolean      shared,
                    QdStoreLock **lock,
                    GError      **error)
{
  g_autofree char *lock_path = dup_lock_path (path);

  *lock = NULL;
  for (int i = 0; i < MAX_TRIES; i++)
    {
      gboolean writable = TRUE;
      int problem;
      int fd = open (lock_path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0644);

      if (fd < 0 && (errno == EACCES || errno == EROFS || errno == EPERM))
        {
          writable = FALSE;
          fd = open (lock_path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
        }
      if (fd < 0)
        {
          /* A folder that takes no file, a full disk: SQLite's own locks must do. */
          g_debug ("no lock file: %s", g_strerror (errno));
          return TRUE;
        }

      problem = set_lock (fd, shared || !writable ? F_RDLCK : F_WRLCK);
      if (problem == EAGAIN || problem == EACCES)
        {
          throw_locked (fd, path, error);
          close (fd);
          return FALSE;
        }
      if (problem != 0)
        {
          g_debug ("no lock here: %s", g_strerror (problem));
          close (fd);
          return TRUE;
        }
      if (!is_at (fd, lock_path))
        {
          /* Its owner removed it between our opening and locking. */
          close (fd);
          continue;
        }
      if (!shared && !writable)
        {
          /* Somebody else's, left behind: nobody holds it. */
          gboolean gone = unlink (lock_path) == 0;

          close (fd);
          if (gone)
            continue;
          return TRUE;
        }
      if (writable)
        sign (fd);
      *lock = g_new0 (QdStoreLock, 1);
      (*lock)->fd = fd;
      (*lock)->path = g_steal_pointer (&lock_path);
      return TRUE;
    }
  g_set_error (error, QD_STORE_ERROR, QD_STORE_ERROR_LOCKED,
               _ ("“%s” is being opened and closed by another program all the time. Try again."), path);
  return FALSE;
}

void
qd_store_lock_release (QdStoreLock *lock)
{
  if (lock == NULL)
    return;
  /* Removed under the exclusive lock only, so that nobody is left holding a lock that no longer has a name. */
  if (set_lock (lock->fd, F_WRLCK) == 0 && is_at (lock->fd, lock->path))
    unlink (lock->path);
  close (lock->fd);
  g_free (lock->path);
  g_free (lock);
}
