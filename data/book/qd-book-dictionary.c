/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "qd-book-dictionary.h"

#include <stdlib.h>
#include <string.h>

struct _QdBookDictionary
{
  GByteArray *text;    /* terminated texts one after the other */
  GArray *places;      /* gsize: where each begins, and the end of the last */
  guint32 *slots;      /* number + 1, 0 when free */
  guint32 n_slots;     /* a power of two, at least twice the entries */
};

static guint32
hash (const char *text,
      gsize       length)
{
  guint64 h = 0x9E3779B97F4A7C15u ^ length;

  while (length >= 8)
    {
      guint64 part;

      memcpy (&part, text, 8);
      h = (h ^ part) * 0xFF51AFD7ED558CCDu;
      h ^= h >> 32;
      text += 8;
      length -= 8;
    }
  if (length > 0)
    {
      guint64 part = 0;

      memcpy (&part, text, length);
      h = (h ^ part) * 0xFF51AFD7ED558CCDu;
    }
  h ^= h >> 29;
  h *= 0xC4CEB9FE1A85EC53u;
  return h >> 32;
}

QdBookDictionary *
qd_book_dictionary_new (void)
{
  QdBookDictionary *self = g_new0 (QdBookDictionary, 1);
  gsize start = 0;

  self->text = g_byte_array_new ();
  self->places = g_array_new (FALSE, FALSE, sizeof (gsize));
  g_array_append_val (self->places, start);
  self->n_slots = 64;
  self->slots = g_new0 (guint32, self->n_slots);
  qd_book_dictionary_add (self, "", 0);
  return self;
}

void
qd_book_dictionary_free (QdBookDictionary *self)
{
  g_byte_array_unref (self->text);
  g_array_unref (self->places);
  g_free (self->slots);
  g_free (self);
}

guint32
qd_book_dictionary_get_n (const QdBookDictionary *self)
{
  return self->places->len - 1;
}

const char *
qd_book_dictionary_get (const QdBookDictionary *self,
                        guint32                 number,
                        gsize                  *length)
{
  gsize start = g_array_index (self->places, gsize, number);

  if (length != NULL)
    *length = g_array_index (self->places, gsize, number + 1) - start - 1;
  return (const char *) self->text->data + start;
}

static void
grow (QdBookDictionary *self)
{
  guint32 n = qd_book_dictionary_get_n (self);

  g_free (self->slots);
  self->n_slots *= 4;
  self->slots = g_new0 (guint32, self->n_slots);
  for (guint32 i = 0; i < n; i++)
    {
      gsize length;
      const char *text = qd_book_dictionary_get (self, i, &length);
      guint32 slot = hash (text, length) & (self->n_slots - 1);

      while (self->slots[slot] != 0)
        slot = (slot + 1) & (self->n_slots - 1);
      self->slots[slot] = i + 1;
    }
}

guint32
qd_book_dictionary_add (QdBookDictionary *self,
                        const char       *text,
                        gsize             length)
{
  static const guint8 end = 0;
  guint32 slot = hash (text, length) & (self->n_slots - 1);
  guint32 n;
  gsize place;

  while (self->slots[slot] != 0)
    {
      gsize size;
      const char *there = qd_book_dictionary_get (self, self->slots[slot] - 1, &size);

      if (size == length && memcmp (there, text, length) == 0)
        return self->slots[slot] - 1;
      slot = (slot + 1) & (self->n_slots - 1);
    }

  n = qd_book_dictionary_get_n (self);
  self->slots[slot] = n + 1;
  g_byte_array_append (self->text, (const guint8 *) text, length);
  g_byte_array_append (self->text, &end, 1);
  place = self->text->len;
  g_array_append_val (self->places, place);
  if ((n + 1) * 2 > self->n_slots)
    grow (self);
  return n;
}

typedef struct
{
  guint64 key;         /* eight bytes after what all texts share, the first byte highest */
  const char *text;
  guint32 number;
} Sorted;

static int
compare (const void *a,
         const void *b)
{
  const Sorted *x = a, *y = b;
  int order;

  if (x->key != y->key)
    return x->key < y->key ? -1 : 1;
  order = strcmp (x->text, y->text);
  if (order != 0)
    return order;
  return x->number < y->number ? -1 : x->number > y->number;
}

guint32 *
qd_book_sort_texts (const char *const *texts,
                    guint32            n)
{
  guint32 *result = g_new (guint32, MAX (n, 1));
  g_autofree Sorted *sorted = NULL;
  gsize common;
  gboolean ordered = TRUE;

  for (guint32 i = 0; i < n; i++)
    result[i] = i;
  for (guint32 i = 1; i < n && ordered; i++)
    ordered = strcmp (texts[i - 1], texts[i]) <= 0;
  if (ordered)
    return result;

  common = strlen (texts[0]);
  for (guint32 i = 1; i < n; i++)
    {
      gsize length = 0;

      while (length < common && texts[i][length] == texts[0][length])
        length++;
      common = length;
    }
  sorted = g_new (Sorted, n);
  for (guint32 i = 0; i < n; i++)
    {
      const char *p = texts[i] + common;
      guint64 key = 0;

      for (int k = 0; k < 8; k++)
        {
          key = key << 8 | (guint8) *p;
          if (*p != '\0')
            p++;
        }
      sorted[i] = (Sorted){ key, texts[i], i };
    }
  qsort (sorted, n, sizeof *sorted, compare);
  for (guint32 i = 0; i < n; i++)
    result[i] = sorted[i].number;
  return result;
}
