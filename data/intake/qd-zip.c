/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-zip.h"

#include <archive.h>
#include <archive_entry.h>
#include <glib/gi18n-lib.h>

#include "qd-import.h"

#define PIECE 65536
#define MAX_ENTRIES 65536u
/* Sheets unpack to ten to fifty times their size; what is made to hurt, to a thousand times. */
#define LEAST_BUDGET ((guint64) 64 << 20)
#define BUDGET_FOR_A_BYTE 256

typedef struct archive Archive;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Archive, archive_read_free)

typedef struct
{
  guint64 size;
  gboolean locked;
} Entry;

struct _QdZip
{
  const char *bytes;
  gsize length;
  GHashTable *entries; /* name in small letters → Entry */
  guint64 budget;      /* bytes that may still be unpacked */
};

static char *
make_key (const char *name)
{
  char *key = g_ascii_strdown (name, -1);

  return g_strdelimit (key, "\\", '/');
}

/* Before its first entry; NULL: no archive. An archive is read from its directory on, never by what lies in between. */
static Archive *
start (const QdZip *self)
{
  g_autoptr (Archive) archive = archive_read_new ();

  if (archive == NULL || archive_read_support_format_zip_seekable (archive) != ARCHIVE_OK ||
      archive_read_open_memory (archive, self->bytes, self->length) != ARCHIVE_OK)
    return NULL;
  return g_steal_pointer (&archive);
}

/* The next entry and its name, NULL at the end; FALSE: damaged. */
static gboolean
go_on (Archive               *archive,
       struct archive_entry **entry,
       char                 **key)
{
  int code;

  do
    code = archive_read_next_header (archive, entry);
  while ((code == ARCHIVE_OK || code == ARCHIVE_WARN) && archive_entry_pathname (*entry) == NULL);
  *key = code == ARCHIVE_OK || code == ARCHIVE_WARN ? make_key (archive_entry_pathname (*entry)) : NULL;
  return *key != NULL || code == ARCHIVE_EOF;
}

static gboolean
read_directory (QdZip *self)
{
  g_autoptr (Archive) archive = start (self);
  struct archive_entry *at;

  while (archive != NULL && g_hash_table_size (self->entries) < MAX_ENTRIES)
    {
      Entry *entry;
      char *key;

      if (!go_on (archive, &at, &key))
        return FALSE;
      if (key == NULL)
        return TRUE;
      entry = g_new (Entry, 1);
      *entry = (Entry) { .size = (guint64) MAX (archive_entry_size (at), 0), .locked = archive_entry_is_data_encrypted (at) != 0 };
      g_hash_table_replace (self->entries, key, entry);
    }
  return FALSE;
}

/**
 * qd_zip_open:
 * @bytes: an archive; must outlive it
 * @length: its bytes
 *
 * Reads the directory.
 *
 * Returns: (transfer full) (nullable): the archive, or `NULL` when it has no
 *   directory or one that is damaged
 */
QdZip *
qd_zip_open (const char *bytes,
             gsize       length)
{
  g_autoptr (QdZip) self = g_new0 (QdZip, 1);

  self->bytes = bytes;
  self->length = length;
  self->budget = LEAST_BUDGET + (guint64) length * BUDGET_FOR_A_BYTE;
  self->entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return read_directory (self) ? g_steal_pointer (&self) : NULL;
}

/**
 * qd_zip_free:
 * @self: (nullable): an archive
 *
 * Frees it.
 */
void
qd_zip_free (QdZip *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->entries);
  g_free (self);
}

static const Entry *
find (QdZip      *self,
      const char *name)
{
  g_autofree char *key = make_key (name);

  return g_hash_table_lookup (self->entries, key);
}

gboolean
qd_zip_has (QdZip      *self,
            const char *name)
{
  return find (self, name) != NULL;
}

gboolean
qd_zip_is_locked (QdZip      *self,
                  const char *name)
{
  const Entry *entry = find (self, name);

  return entry != NULL && entry->locked;
}

guint64
qd_zip_get_size (QdZip      *self,
                 const char *name)
{
  const Entry *entry = find (self, name);

  return entry != NULL ? entry->size : 0;
}

typedef enum
{
  DONE,
  ENOUGH,  /* the taker wants no more */
  DAMAGED,
  TOO_MUCH,
  STOPPED, /* cancelled */
} Outcome;

/* At the end the library has looked at the checksum. */
static Outcome
read_all (QdZip    *self,
          Archive  *archive,
          QdZipTake take,
          gpointer  data,
          QdJob    *job,
          GError  **error)
{
  g_autofree char *piece = g_malloc (PIECE);

  for (;;)
    {
      gssize length = archive_read_data (archive, piece, PIECE);

      if (length <= 0)
        return length == 0 ? DONE : DAMAGED;
      if (!qd_job_check (job, error))
        return STOPPED;
      if ((guint64) length > self->budget)
        return TOO_MUCH;
      self->budget -= (guint64) length;
      if (!take (piece, (gsize) length, data))
        return ENOUGH;
    }
}

static Outcome
unpack (QdZip      *self,
        const char *name,
        QdZipTake   take,
        gpointer    data,
        QdJob      *job,
        GError    **error)
{
  g_autofree char *wanted = make_key (name);
  g_autoptr (Archive) archive = find (self, name) != NULL ? start (self) : NULL;
  struct archive_entry *at;
  gboolean found = FALSE;

  while (archive != NULL && !found)
    {
      g_autofree char *key = NULL;

      if (!go_on (archive, &at, &key) || key == NULL)
        return DAMAGED;
      found = g_str_equal (key, wanted);
    }
  return found ? read_all (self, archive, take, data, job, error) : DAMAGED;
}

/**
 * qd_zip_unpack:
 * @self: an archive
 * @name: an entry
 * @take: called with each piece of it
 * @data: for @take
 * @job: (nullable): cancels
 * @error: return location
 *
 * Unpacks an entry, or as much of it as @take wants. Memory: one piece. Linear
 * in the entries before it, too.
 *
 * Returns: `FALSE` with `QD_INTAKE_ERROR_FORMAT` when it is not there or
 *   damaged, or when the archive unpacks to too much
 */
gboolean
qd_zip_unpack (QdZip      *self,
               const char *name,
               QdZipTake   take,
               gpointer    data,
               QdJob      *job,
               GError    **error)
{
  switch (unpack (self, name, take, data, job, error))
    {
    case DAMAGED:
      g_set_error (error, QD_INTAKE_ERROR, QD_INTAKE_ERROR_FORMAT,
                   _("The workbook is damaged: its part “%s” is missing or cannot be unpacked. Save or export it again."), name);
      return FALSE;
    case TOO_MUCH:
      g_set_error_literal (error, QD_INTAKE_ERROR, QD_INTAKE_ERROR_FORMAT,
                           _("The workbook unpacks to much more than its size lets expect, so it was not read. Save the "
                             "sheet as CSV and import that."));
      return FALSE;
    case STOPPED:
      return FALSE;
    case DONE:
    case ENOUGH:
    default:
      return TRUE;
    }
}
