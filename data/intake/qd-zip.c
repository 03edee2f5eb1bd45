/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-zip.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <zlib.h>

#include "qd-import.h"

#define END_SIGNATURE 0x06054b50u
#define END_SIZE 22
#define END64_SIGNATURE 0x06064b50u
#define END64_SIZE 56
#define LOCATOR_SIGNATURE 0x07064b50u
#define LOCATOR_SIZE 20
#define ENTRY_SIGNATURE 0x02014b50u
#define ENTRY_SIZE 46
#define LOCAL_SIGNATURE 0x04034b50u
#define LOCAL_SIZE 30
#define EXTRA_ZIP64 1
#define STORED 0
#define DEFLATED 8
#define PIECE 65536
/* Sheets unpack to ten to fifty times their size; what is made to hurt, to a thousand times. */
#define LEAST_BUDGET ((guint64) 64 << 20)
#define BUDGET_FOR_A_BYTE 256

typedef struct
{
  guint64 packed, size, offset;
  guint32 checksum;
  guint16 method;
  gboolean locked;
} Entry;

struct _QdZip
{
  const guint8 *bytes;
  gsize length;
  GHashTable *entries; /* name in small letters → Entry */
  guint64 budget;      /* bytes that may still be unpacked */
};

static guint16
get16 (const guint8 *p)
{
  return (guint16) (p[0] | p[1] << 8);
}

static guint32
get32 (const guint8 *p)
{
  return (guint32) get16 (p) | (guint32) get16 (p + 2) << 16;
}

static guint64
get64 (const guint8 *p)
{
  return (guint64) get32 (p) | (guint64) get32 (p + 4) << 32;
}

/* @size bytes at @offset, or NULL where there are not so many. */
static const guint8 *
at (const QdZip *self,
    guint64      offset,
    guint64      size)
{
  return offset <= self->length && size <= self->length - offset ? self->bytes + offset : NULL;
}

/* The end of the directory stands last, but for a comment of 64 KiB at most. */
static const guint8 *
find_end (const QdZip *self)
{
  gsize first = self->length > END_SIZE + G_MAXUINT16 ? self->length - END_SIZE - G_MAXUINT16 : 0;

  if (self->length < END_SIZE)
    return NULL;
  for (gsize i = self->length - END_SIZE + 1; i > first; i--)
    if (get32 (self->bytes + i - 1) == END_SIGNATURE)
      return self->bytes + i - 1;
  return NULL;
}

/* Sizes and places that do not fit 32 bits stand in an extra field, in this order, each only where it is needed. */
static void
take_large (Entry        *entry,
            const guint8 *extra,
            gsize         length)
{
  while (length >= 4)
    {
      const guint8 *p = extra + 4;
      guint16 type = get16 (extra), size = get16 (extra + 2);
      guint64 *const numbers[] = { &entry->size, &entry->packed, &entry->offset };

      if (size > length - 4)
        return;
      for (gsize i = 0; type == EXTRA_ZIP64 && i < G_N_ELEMENTS (numbers); i++)
        if (*numbers[i] == G_MAXUINT32 && p + 8 <= extra + 4 + size)
          {
            *numbers[i] = get64 (p);
            p += 8;
          }
      extra += 4 + size;
      length -= 4 + size;
    }
}

static char *
make_key (const char *name,
          gssize      length)
{
  char *key = g_ascii_strdown (name, length);

  return g_strdelimit (key, "\\", '/');
}

static gboolean
read_directory (QdZip *self)
{
  const guint8 *end = find_end (self);
  const guint8 *locator, *end64 = NULL;
  guint64 count, place;

  if (end == NULL)
    return FALSE;
  count = get16 (end + 10);
  place = get32 (end + 16);
  locator = end - self->bytes >= LOCATOR_SIZE ? end - LOCATOR_SIZE : NULL;
  if (locator != NULL && get32 (locator) == LOCATOR_SIGNATURE)
    end64 = at (self, get64 (locator + 8), END64_SIZE);
  if (end64 != NULL && get32 (end64) == END64_SIGNATURE)
    {
      count = get64 (end64 + 32);
      place = get64 (end64 + 48);
    }
  for (guint64 i = 0; i < count; i++)
    {
      const guint8 *p = at (self, place, ENTRY_SIZE);
      guint16 name, extra, comment;
      Entry *entry;
      char *key;

      if (p == NULL || get32 (p) != ENTRY_SIGNATURE)
        return FALSE;
      name = get16 (p + 28);
      extra = get16 (p + 30);
      comment = get16 (p + 32);
      if (at (self, place + ENTRY_SIZE, (guint64) name + extra + comment) == NULL)
        return FALSE;
      entry = g_new (Entry, 1);
      *entry = (Entry) { .packed = get32 (p + 20), .size = get32 (p + 24), .offset = get32 (p + 42),
                         .checksum = get32 (p + 16), .method = get16 (p + 10), .locked = (get16 (p + 8) & 1) != 0 };
      take_large (entry, p + ENTRY_SIZE + name, extra);
      key = make_key ((const char *) p + ENTRY_SIZE, name);
      g_hash_table_replace (self->entries, key, entry);
      place += ENTRY_SIZE + (guint64) name + extra + comment;
    }
  return TRUE;
}

/**
 * qd_zip_open:
 * @bytes: an archive; must outlive it
 * @length: its bytes
 *
 * Reads the directory. Of entries with the same name the last one counts.
 *
 * Returns: (transfer full) (nullable): the archive, or `NULL` when it has no
 *   directory or one that is damaged
 */
QdZip *
qd_zip_open (const char *bytes,
             gsize       length)
{
  g_autoptr (QdZip) self = g_new0 (QdZip, 1);

  self->bytes = (const guint8 *) bytes;
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
  g_autofree char *key = make_key (name, -1);

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

typedef struct
{
  QdZip *zip;
  QdZipTake take;
  gpointer data;
  guint64 size;
  guint32 checksum;
} Output;

static Outcome
give (Output       *self,
      const guint8 *bytes,
      gsize         length)
{
  if (length > self->zip->budget)
    return TOO_MUCH;
  self->zip->budget -= length;
  self->size += length;
  self->checksum = crc32 (self->checksum, bytes, length);
  return length == 0 || self->take ((const char *) bytes, length, self->data) ? DONE : ENOUGH;
}

static Outcome
copy_stored (Output       *output,
             const guint8 *bytes,
             guint64       length,
             QdJob        *job,
             GError      **error)
{
  Outcome outcome = DONE;

  for (guint64 done = 0; done < length && outcome == DONE; done += PIECE)
    outcome = qd_job_check (job, error) ? give (output, bytes + done, MIN (length - done, PIECE)) : STOPPED;
  return outcome;
}

static Outcome
inflate_all (Output       *output,
             const guint8 *bytes,
             guint64       length,
             QdJob        *job,
             GError      **error)
{
  g_autofree guint8 *piece = g_malloc (PIECE);
  z_stream stream = { .next_in = (guint8 *) bytes, .avail_in = (uInt) length };
  Outcome outcome = DONE;
  int code;

  if (inflateInit2 (&stream, -MAX_WBITS) != Z_OK)
    return DAMAGED;
  do
    {
      stream.next_out = piece;
      stream.avail_out = PIECE;
      code = inflate (&stream, Z_NO_FLUSH);
      if (code != Z_OK && code != Z_STREAM_END)
        outcome = DAMAGED;
      else
        outcome = qd_job_check (job, error) ? give (output, piece, PIECE - stream.avail_out) : STOPPED;
    }
  while (code == Z_OK && outcome == DONE);
  inflateEnd (&stream);
  return outcome;
}

static Outcome
unpack (Output      *output,
        const Entry *entry,
        QdJob       *job,
        GError     **error)
{
  const QdZip *self = output->zip;
  const guint8 *local = entry != NULL ? at (self, entry->offset, LOCAL_SIZE) : NULL;
  const guint8 *packed;
  Outcome outcome;

  if (local == NULL || get32 (local) != LOCAL_SIGNATURE || entry->locked)
    return DAMAGED;
  packed = at (self, entry->offset + LOCAL_SIZE + get16 (local + 26) + get16 (local + 28), entry->packed);
  if (packed == NULL || entry->packed > G_MAXUINT32 || (entry->method != STORED && entry->method != DEFLATED))
    return DAMAGED;
  outcome = entry->method == STORED ? copy_stored (output, packed, entry->packed, job, error)
                                    : inflate_all (output, packed, entry->packed, job, error);
  if (outcome == DONE && (output->size != entry->size || output->checksum != entry->checksum))
    return DAMAGED;
  return outcome;
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
 * Unpacks an entry, or as much of it as @take wants. Memory: one piece.
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
  Output output = { .zip = self, .take = take, .data = data };

  switch (unpack (&output, find (self, name), job, error))
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
