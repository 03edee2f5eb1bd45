/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "qd-intern.h"

#include <string.h>

#define ARENA_BYTES ((gsize) 1 << 20)

/* The hash stands beside the index, so that a search that ends at another text does not fetch its entry. */
typedef struct
{
  guint32 index; /* + 1, 0: free */
  guint32 hash;
} Slot;

struct _QdIntern
{
  QdInternEntry *entries;
  guint32 n_entries, allocated;
  Slot *slots;
  guint32 mask;
  guint64 seed;    /* so that no file can be made whose texts all collide */
  GPtrArray *arenas;
  gsize arena_left;
  char *arena_at;
};

static inline guint64
mix (guint64 a,
     guint64 b)
{
  unsigned __int128 product = (unsigned __int128) a * b;

  return (guint64) product ^ (guint64) (product >> 64);
}

static inline guint64
load (const char *p,
      gsize       n)
{
  guint64 v = 0;

  memcpy (&v, p, n);
  return v;
}

static inline guint32
hash_text (const char *text,
           gsize       length,
           guint64     seed)
{
  guint64 h = seed ^ (length * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15));

  while (length >= 8)
    {
      h = mix (h ^ load (text, 8), G_GUINT64_CONSTANT (0xa0761d6478bd642f));
      text += 8;
      length -= 8;
    }
  if (length > 0)
    h = mix (h ^ load (text, length), G_GUINT64_CONSTANT (0xe7037ed1a0b428db));
  return (guint32) (h ^ (h >> 32));
}

static guint64
make_seed (void)
{
  return ((guint64) g_random_int () << 32 | g_random_int ()) | 1;
}

/**
 * qd_intern_new:
 *
 * Returns: (transfer full): an empty table of texts
 */
QdIntern *
qd_intern_new (void)
{
  QdIntern *self = g_new0 (QdIntern, 1);

  self->mask = 255;
  self->slots = g_new0 (Slot, self->mask + 1);
  self->seed = make_seed ();
  self->arenas = g_ptr_array_new_with_free_func (g_free);
  return self;
}

/**
 * qd_intern_free:
 * @self: (nullable): a table
 *
 * Frees the table and the texts that it copied.
 */
void
qd_intern_free (QdIntern *self)
{
  if (self == NULL)
    return;
  g_free (self->entries);
  g_free (self->slots);
  g_ptr_array_unref (self->arenas);
  g_free (self);
}

static const char *
keep (QdIntern   *self,
      const char *text,
      gsize       length)
{
  char *copy;

  if (length > self->arena_left)
    {
      gsize size = MAX (ARENA_BYTES, length);

      self->arena_at = g_malloc (size);
      self->arena_left = size;
      g_ptr_array_add (self->arenas, self->arena_at);
    }
  copy = self->arena_at;
  memcpy (copy, text, length);
  self->arena_at += length;
  self->arena_left -= length;
  return copy;
}

static void
resize (QdIntern *self,
        guint32   size)
{
  g_free (self->slots);
  self->slots = g_new0 (Slot, size);
  self->mask = size - 1;
  for (guint32 i = 0; i < self->n_entries; i++)
    {
      guint32 slot = self->entries[i].hash & self->mask;

      while (self->slots[slot].index != 0)
        slot = (slot + 1) & self->mask;
      self->slots[slot].index = i + 1;
      self->slots[slot].hash = self->entries[i].hash;
    }
}

/* Makes room, so that the table need not grow while it is filled. */
static void
reserve (QdIntern *self,
         guint64   n)
{
  guint32 size = self->mask + 1;

  n = MIN (n, (guint64) 50000000);
  while (size / 4 * 3 <= n)
    size *= 2;
  if (size > self->mask + 1)
    resize (self, size);
}

/* The slot of a text: its own, or the free one where it belongs. */
static inline guint32
find_slot (QdIntern   *self,
           const char *text,
           gsize       length,
           guint32     hash)
{
  guint32 slot = hash & self->mask;

  for (; self->slots[slot].index != 0; slot = (slot + 1) & self->mask)
    if (self->slots[slot].hash == hash)
      {
        const QdInternEntry *entry = &self->entries[self->slots[slot].index - 1];

        if (entry->length == length &&
            memcmp (length <= sizeof entry->head ? entry->head : entry->text, text, length) == 0)
          break;
      }
  return slot;
}

/**
 * qd_intern_add:
 * @self: a table
 * @text: a text, need not be terminated
 * @length: its bytes
 * @copy: whether to keep a copy of a new text
 * @added: (out) (optional): whether it is new
 *
 * Returns: (transfer none): the text's entry, valid until the next call
 */
QdInternEntry *
qd_intern_add (QdIntern   *self,
               const char *text,
               gsize       length,
               gboolean    copy,
               gboolean   *added)
{
  guint32 hash = hash_text (text, length, self->seed), slot;
  QdInternEntry *entry;

  if (self->n_entries >= (self->mask + 1) / 4 * 3)
    resize (self, (self->mask + 1) * 2);
  slot = find_slot (self, text, length, hash);
  if (added)
    *added = self->slots[slot].index == 0;
  if (self->slots[slot].index != 0)
    return &self->entries[self->slots[slot].index - 1];

  if (self->n_entries == self->allocated)
    {
      self->allocated = MAX (256, self->allocated + self->allocated / 2);
      self->entries = g_renew (QdInternEntry, self->entries, self->allocated);
    }
  entry = &self->entries[self->n_entries++];
  entry->text = copy ? keep (self, text, length) : text;
  entry->length = length;
  entry->hash = hash;
  entry->value = 0;
  entry->tag = 0;
  memcpy (entry->head, text, MIN (length, sizeof entry->head));
  self->slots[slot].index = self->n_entries;
  self->slots[slot].hash = hash;
  return entry;
}

/**
 * qd_intern_find:
 * @self: a table
 * @text: a text
 * @length: its bytes
 *
 * Returns: (transfer none) (nullable): its entry, or `NULL`
 */
QdInternEntry *
qd_intern_find (QdIntern   *self,
                const char *text,
                gsize       length)
{
  guint32 slot = find_slot (self, text, length, hash_text (text, length, self->seed));

  return self->slots[slot].index != 0 ? &self->entries[self->slots[slot].index - 1] : NULL;
}

/**
 * qd_intern_foresee:
 * @self: a table
 * @text: a text that will be searched for soon
 * @length: its bytes
 *
 * In a table of many texts a search waits for memory twice: for the slot, then
 * for the entry. This fetches the slot while other work is done.
 *
 * Returns: what qd_intern_foresee_entry() takes
 */
guint32
qd_intern_foresee (QdIntern   *self,
                   const char *text,
                   gsize       length)
{
  guint32 hash = hash_text (text, length, self->seed);

  __builtin_prefetch (&self->slots[hash & self->mask]);
  return hash;
}

/**
 * qd_intern_foresee_entry:
 * @self: a table
 * @hash: what qd_intern_foresee() gave
 *
 * Fetches the entry, some work later.
 */
void
qd_intern_foresee_entry (QdIntern *self,
                         guint32   hash)
{
  guint32 index = self->slots[hash & self->mask].index;

  if (index == 0)
    return;
  __builtin_prefetch (&self->entries[index - 1]);
  __builtin_prefetch ((const char *) &self->entries[index] - 1);
}

/**
 * qd_intern_get_size:
 * @self: a table
 *
 * Returns: the number of texts
 */
guint32
qd_intern_get_size (QdIntern *self)
{
  return self->n_entries;
}

/**
 * qd_intern_get:
 * @self: a table
 * @index: 0 to the size − 1, in the order of adding
 *
 * Returns: (transfer none): an entry
 */
QdInternEntry *
qd_intern_get (QdIntern *self,
               guint32   index)
{
  return &self->entries[index];
}

typedef struct
{
  const char *text;
  guint32 length;
} Slice;

struct _QdSeen
{
  GArray *ascending; /* Slice, while they ascend */
  QdIntern *table;   /* from the first that does not on */
  guint64 expected;
};

/**
 * qd_seen_new:
 * @expected: about how many texts will come
 *
 * Returns: (transfer full): nothing seen yet
 */
QdSeen *
qd_seen_new (guint64 expected)
{
  QdSeen *self = g_new0 (QdSeen, 1);

  self->ascending = g_array_new (FALSE, FALSE, sizeof (Slice));
  self->table = qd_intern_new ();
  self->expected = expected;
  return self;
}

/**
 * qd_seen_free:
 * @self: (nullable): the object
 *
 * Frees it.
 */
void
qd_seen_free (QdSeen *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->ascending, g_array_unref);
  qd_intern_free (self->table);
  g_free (self);
}

/**
 * qd_seen_keep:
 * @self: the object
 * @text: a text
 * @length: its bytes
 *
 * Returns: (transfer none): a copy that lives as long as the object
 */
const char *
qd_seen_keep (QdSeen     *self,
              const char *text,
              gsize       length)
{
  return keep (self->table, text, length);
}

/**
 * qd_seen_add:
 * @self: the object
 * @text: a text that outlives it
 * @length: its bytes
 *
 * Remembers a text.
 *
 * Returns: `FALSE` when it came before
 */
gboolean
qd_seen_add (QdSeen     *self,
             const char *text,
             gsize       length)
{
  gboolean added;

  if (self->ascending != NULL)
    {
      const Slice *last = self->ascending->len > 0 ? &g_array_index (self->ascending, Slice, self->ascending->len - 1) : NULL;
      Slice slice = { text, (guint32) length };

      /* Shorter ones first, so that 9 comes before 10. */
      if (last == NULL || length > last->length || (length == last->length && memcmp (text, last->text, length) > 0))
        {
          g_array_append_val (self->ascending, slice);
          return TRUE;
        }
      reserve (self->table, self->expected);
      for (guint i = 0; i < self->ascending->len; i++)
        {
          last = &g_array_index (self->ascending, Slice, i);
          qd_intern_add (self->table, last->text, last->length, FALSE, NULL);
        }
      g_clear_pointer (&self->ascending, g_array_unref);
    }
  qd_intern_add (self->table, text, length, FALSE, &added);
  return added;
}

struct _QdKeyMap
{
  QdKeyEntry *slots;
  guint64 mask, used;
  guint64 seed;
};

/**
 * qd_key_map_new:
 *
 * Returns: (transfer full): an empty table of keys
 */
QdKeyMap *
qd_key_map_new (void)
{
  QdKeyMap *self = g_new0 (QdKeyMap, 1);

  self->mask = 255;
  self->slots = g_new0 (QdKeyEntry, self->mask + 1);
  self->seed = make_seed ();
  return self;
}

/**
 * qd_key_map_free:
 * @self: (nullable): a table
 *
 * Frees the table.
 */
void
qd_key_map_free (QdKeyMap *self)
{
  if (self == NULL)
    return;
  g_free (self->slots);
  g_free (self);
}

static inline guint64
key_slot (QdKeyMap *self,
          guint64   a,
          guint64   b)
{
  guint64 slot = mix (a ^ self->seed, b ^ G_GUINT64_CONSTANT (0xe7037ed1a0b428db)) & self->mask;

  while (self->slots[slot].a != 0 && (self->slots[slot].a != a || self->slots[slot].b != b))
    slot = (slot + 1) & self->mask;
  return slot;
}

static void
resize_keys (QdKeyMap *self,
             guint64   size)
{
  QdKeyEntry *old = self->slots;
  guint64 old_size = self->mask + 1;

  self->mask = size - 1;
  self->slots = g_new0 (QdKeyEntry, size);
  for (guint64 i = 0; i < old_size; i++)
    if (old[i].a != 0)
      self->slots[key_slot (self, old[i].a, old[i].b)] = old[i];
  g_free (old);
}

/**
 * qd_key_map_reserve:
 * @self: a table
 * @n: how many keys are expected, at most 50 million are provided for
 *
 * Makes room, so that the table need not grow while it is filled: growing
 * takes both the old and the new one for a moment.
 */
void
qd_key_map_reserve (QdKeyMap *self,
                    guint64   n)
{
  guint64 size = self->mask + 1;

  n = MIN (n, (guint64) 50000000);
  while (size / 4 * 3 <= n)
    size *= 2;
  if (size > self->mask + 1)
    resize_keys (self, size);
}

/**
 * qd_key_map_add:
 * @self: a table
 * @a: one half of the key, not 0
 * @b: the other
 * @added: (out) (optional): whether it is new
 *
 * Returns: (transfer none): the key's entry, valid until the next call
 */
QdKeyEntry *
qd_key_map_add (QdKeyMap *self,
                guint64   a,
                guint64   b,
                gboolean *added)
{
  guint64 slot;

  if (self->used >= (self->mask + 1) / 4 * 3)
    resize_keys (self, (self->mask + 1) * 2);
  slot = key_slot (self, a, b);
  if (added)
    *added = self->slots[slot].a == 0;
  if (self->slots[slot].a == 0)
    {
      self->slots[slot].a = a;
      self->slots[slot].b = b;
      self->used++;
    }
  return &self->slots[slot];
}

/**
 * qd_key_map_find:
 * @self: a table
 * @a: one half of the key
 * @b: the other
 *
 * Returns: (transfer none) (nullable): its entry, or `NULL`
 */
QdKeyEntry *
qd_key_map_find (QdKeyMap *self,
                 guint64   a,
                 guint64   b)
{
  guint64 slot = key_slot (self, a, b);

  return self->slots[slot].a != 0 ? &self->slots[slot] : NULL;
}
