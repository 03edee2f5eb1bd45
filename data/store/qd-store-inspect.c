/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Looking at a file before SQLite touches it: what it is, whether a journal
 * beside it belongs to it, whether it changed since we closed it.
 *
 * A descriptor of the file may only be opened and closed here while no
 * connection of this process has it open: closing any one drops the locks of
 * all.
 */
#define G_LOG_DOMAIN "quarterdeck"

#include "config.h"

#include "qd-store-private.h"

#include <inttypes.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MAGIC "SQLite format 3"
#define JOURNAL_HEADER 28
#define RESERVED_BYTE 0x40000001

static const guchar journal_magic[8] = { 0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7 };

static guint32
be32 (const guchar *p)
{
  return (guint32) p[0] << 24 | (guint32) p[1] << 16 | (guint32) p[2] << 8 | p[3];
}

static gboolean
throw_open (int         number,
            const char *path,
            GError    **error)
{
  g_autofree char *name = g_filename_display_basename (path);

  switch (number)
    {
    case ENOENT:
    case ENOTDIR:
    case ENAMETOOLONG:
      g_set_error (error, QD_STORE_ERROR, QD_STORE_ERROR_NOT_FOUND,
                   _ ("There is no file “%s”. Check the name, or make a new workspace."), path);
      break;
    case ELOOP:
      g_set_error (error, QD_STORE_ERROR, QD_STORE_ERROR_LINK_LOOP,
                   _ ("“%s” is a link that leads back to itself. Open the file that it was meant to lead to."), name);
      break;
    case EACCES:
    case EPERM:
      g_set_error (error, QD_STORE_ERROR, QD_STORE_ERROR_PERMISSION,
                   _ ("You have no permission to read “%s”. Ask its owner, or open a copy of your own."), name);
      break;
    default:
      g_set_error (error, QD_STORE_ERROR, QD_STORE_ERROR_FAILED, _ ("“%s” cannot be opened: %s."), name,
                   g_strerror (number));
    }
  return FALSE;
}

char *
qd_store_resolve (const char *path,
                  GError    **error)
{
  char *resolved = realpath (path, NULL);
  char *copy;

  if (resolved == NULL)
    {
      throw_open (errno, path, error);
      return NULL;
    }
  copy = g_strdup (resolved);
  free (resolved);
  return copy;
}

gboolean
qd_store_stat (const char  *path,
               struct stat *info,
               GError     **error)
{
  g_autofree char *name = g_filename_display_basename (path);

  if (stat (path, info) != 0)
    return throw_open (errno, path, error);
  if (S_ISDIR (info->st_mode))
    {
      g_set_error (error, QD_STORE_ERROR, QD_STORE_ERROR_DIRECTORY,
                   _ ("“%s” is a folder. Open a workspace file, which ends in .quarterdeck."), name);
      return FALSE;
    }
  if (!S_ISREG (info->st_mode))
    {
      g_set_error (error, QD_STORE_ERROR, QD_STORE_ERROR_NOT_DATABASE,
                   _ ("“%s” is a device or a pipe, not a workspace file."), name);
      return FALSE;
    }
  return TRUE;
}

/* As much of it as there is, 0 to @length. */
static gsize
read_at (int     fd,
         guchar *buffer,
         gsize   length,
         gint64  offset)
{
  gsize done = 0;

  while (done < length)
    {
      gssize n = pread (fd, buffer + done, length - done, (off_t) (offset + (gint64) done));

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        break;
      done += (gsize) n;
    }
  return done;
}

gboolean
qd_store_read_header (const char    *path,
                      QdStoreHeader *header,
                      GError       **error)
{
  g_autofree char *name = g_filename_display_basename (path);
  guchar bytes[QD_STORE_HEADER_SIZE] = { 0 };
  struct flock reserved = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = RESERVED_BYTE, .l_len = 1 };
  guint latest;
  gsize length;
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);

  if (fd < 0)
    return throw_open (errno, path, error);
  length = read_at (fd, bytes, sizeof bytes, 0);
  memset (header, 0, sizeof *header);
  if (fstat (fd, &header->info) != 0)
    memset (&header->info, 0, sizeof header->info);
  if (fcntl (fd, F_GETLK, &reserved) == 0 && reserved.l_type != F_UNLCK)
    header->writer = reserved.l_pid;
  close (fd);

  if (length == 0)
    {
      g_set_error (error, QD_STORE_ERROR, QD_STORE_ERROR_EMPTY,
                   _ ("“%s” is empty (0 bytes). Go back to a checkpoint or a backup, or make a new workspace."), name);
      return FALSE;
    }
  if (length < sizeof MAGIC || memcmp (bytes, MAGIC, sizeof MAGIC) != 0)
    {
      g_set_error (error, QD_STORE_ERROR, QD_STORE_ERROR_NOT_DATABASE,
                   _ ("“%s” is not a Quarterdeck workspace. If it is an export of another program, import it into a "
                      "workspace instead."),
                   name);
      return FALSE;
    }
  header->page_size = (guint) bytes[16] << 8 | bytes[17];
  if (header->page_size == 1)
    header->page_size = 65536;
  header->wal = bytes[18] > 1 || bytes[19] > 1;
  header->counter = be32 (bytes + 24);
  header->pages = be32 (bytes + 28);
  header->version = be32 (bytes + 60);
  if (length == sizeof bytes && be32 (bytes + 68) != QD_STORE_APPLICATION_ID)
    {
      g_set_error (error, QD_STORE_ERROR, QD_STORE_ERROR_FOREIGN,
                   _ ("“%s” is a database of another program, not a Quarterdeck workspace."), name);
      return FALSE;
    }
  qd_store_get_migrations (&latest);
  if (header->version > latest)
    {
      g_set_error (error, QD_STORE_ERROR, QD_STORE_ERROR_NEWER,
                   _ ("“%s” was made by a newer version of Quarterdeck (format %u; this version knows up to %u). Update "
                      "Quarterdeck to open it."),
                   name, header->version, latest);
      return FALSE;
    }
  if (length < sizeof bytes || header->page_size < 512 || (header->page_size & (header->page_size - 1)) != 0)
    {
      g_set_error (error, QD_STORE_ERROR, QD_STORE_ERROR_DAMAGED,
                   _ ("“%s” is damaged: its first page makes no sense. Go back to a checkpoint or a backup of it."), name);
      return FALSE;
    }
  if (header->version == 0)
    {
      g_set_error (error, QD_STORE_ERROR, QD_STORE_ERROR_SCHEMA,
                   _ ("“%s” calls itself a Quarterdeck workspace but has no format number. It was not opened; go back to a "
                      "checkpoint or a backup of it."),
                   name);
      return FALSE;
    }
  /* Who wrote the size is told by the counter beside it. */
  header->sized = be32 (bytes + 92) == header->counter && header->pages > 0;
  return TRUE;
}

gboolean
qd_store_check_size (const char          *path,
                     const QdStoreHeader *header,
                     GError             **error)
{
  g_autofree char *name = NULL;
  gint64 expected = (gint64) header->pages * header->page_size;

  if (!header->sized || header->info.st_size >= expected)
    return TRUE;
  name = g_filename_display_basename (path);
  g_set_error (error, QD_STORE_ERROR, QD_STORE_ERROR_DAMAGED,
               _ ("“%s” is damaged: it was cut short to %" PRId64 " of %" PRId64
                  " bytes. Copy it again from where it came from, or go back to a checkpoint."),
               name, (gint64) header->info.st_size, expected);
  return FALSE;
}

/* Reads the journal's own account of the file it belongs to. */
static gboolean
journal_fits (int                  fd,
              gint64               size,
              const QdStoreHeader *header)
{
  gint64 file_pages = (header->info.st_size + header->page_size - 1) / header->page_size;
  gint64 original = -1, offset = 0;
  guchar page[QD_STORE_HEADER_SIZE];
  gboolean found = FALSE;

  while (offset + JOURNAL_HEADER <= size)
    {
      guchar bytes[JOURNAL_HEADER];
      gint64 record, n;
      guint32 sector;

      if (read_at (fd, bytes, sizeof bytes, offset) < sizeof bytes || memcmp (bytes, journal_magic, 8) != 0)
        break;
      n = be32 (bytes + 8);
      sector = be32 (bytes + 20);
      if (be32 (bytes + 24) != header->page_size || sector < 32 || sector > 65536 || (sector & (sector - 1)) != 0)
        return FALSE;
      if (original < 0)
        original = be32 (bytes + 16);
      if (n == G_MAXUINT32)
        n = (size - offset - sector) / (8 + (gint64) header->page_size);
      record = offset + sector;
      for (; n > 0 && record + 8 + header->page_size <= size; n--, record += 8 + header->page_size)
        if (!found && read_at (fd, bytes, 4, record) == 4 && be32 (bytes) == 1)
          found = read_at (fd, page, sizeof page, record + 4) == sizeof page;
      offset = (record + sector - 1) / sector * sector;
      if (n > 0)
        break;
    }
  if (original < 0 || original > file_pages)
    return FALSE;
  /* A transaction that makes the file grow writes its first page; one without it cannot have changed the size. */
  if (!found)
    return original == file_pages;
  return memcmp (page, MAGIC, sizeof MAGIC) == 0 && be32 (page + 68) == QD_STORE_APPLICATION_ID &&
         be32 (page + 60) <= header->version && be32 (page + 28) == original &&
         (header->counter == be32 (page + 24) || header->counter == be32 (page + 24) + 1);
}

QdStoreJournal
qd_store_find_journal (const char          *path,
                       const QdStoreHeader *header)
{
  g_autofree char *journal = g_strconcat (path, "-journal", NULL);
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  struct stat info;
  guchar first = 0;
  gboolean fits;
  int fd;

  if (header->wal)
    return lstat (wal, &info) == 0 && info.st_size > 0 ? QD_STORE_JOURNAL_WAL : QD_STORE_JOURNAL_WAL_MODE;
  if (lstat (wal, &info) == 0)
    return QD_STORE_JOURNAL_FOREIGN_WAL;
  if (lstat (journal, &info) != 0)
    return QD_STORE_JOURNAL_NONE;
  if (!S_ISREG (info.st_mode))
    return QD_STORE_JOURNAL_FOREIGN;
  fd = open (journal, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (fd < 0)
    return QD_STORE_JOURNAL_FOREIGN;
  /* Begun and never finished, or finished: SQLite takes no notice of it. */
  if (read_at (fd, &first, 1, 0) == 0 || first == 0)
    {
      close (fd);
      return QD_STORE_JOURNAL_NONE;
    }
  fits = journal_fits (fd, info.st_size, header);
  close (fd);
  return fits ? QD_STORE_JOURNAL_HOT : QD_STORE_JOURNAL_FOREIGN;
}

/* The last clean close, remembered outside the workspace. */

static char *
stamp_path (const char *path)
{
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, path, -1);

  return g_build_filename (g_get_user_cache_dir (), "quarterdeck", "closed", digest, NULL);
}

static char *
make_stamp (const QdStoreHeader *header)
{
  const struct stat *info = &header->info;

  return g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT ".%09ld %" G_GINT64_FORMAT
                          ".%09ld %u\n",
                          (gint64) info->st_ino, (gint64) info->st_size, (gint64) info->st_mtim.tv_sec,
                          info->st_mtim.tv_nsec, (gint64) info->st_ctim.tv_sec, info->st_ctim.tv_nsec, header->counter);
}

gboolean
qd_store_stamp_holds (const char          *path,
                      const QdStoreHeader *header)
{
  g_autofree char *stamp = make_stamp (header);
  g_autofree char *file = stamp_path (path);
  g_autofree char *stored = NULL;

  return g_file_get_contents (file, &stored, NULL, NULL) && strcmp (stored, stamp) == 0;
}

void
qd_store_stamp_write (const char *path)
{
  g_autofree char *file = stamp_path (path);
  g_autofree char *folder = g_path_get_dirname (file);
  g_autofree char *stamp = NULL;
  g_autoptr (GError) error = NULL;
  QdStoreHeader header;

  if (!qd_store_read_header (path, &header, &error))
    return;
  stamp = make_stamp (&header);
  /* Without it the next opening checks the pages once more. */
  if (g_mkdir_with_parents (folder, 0700) != 0 || !g_file_set_contents (file, stamp, -1, &error))
    g_debug ("the clean close is not remembered: %s", error ? error->message : g_strerror (errno));
}
