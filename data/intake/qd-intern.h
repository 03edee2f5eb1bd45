/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Two small hash tables for millions of entries: texts, and keys of 128 bits.
 * GHashTable spends an allocation and three words more on each.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *text; /* not terminated; stays where it is until the table is freed */
  guint32 length;
  guint32 hash;
  gint64 value;     /* the caller's; 0 at first */
  guint8 tag;       /* the caller's; 0 at first */
  char head[23];    /* its beginning once more: a search that ends here fetches one line of memory less */
} QdInternEntry;

typedef struct _QdIntern QdIntern;

QdIntern *qd_intern_new (void);
void qd_intern_free (QdIntern *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QdIntern, qd_intern_free)
/* The entry of a text, made when missing; valid until the next add. @copy: FALSE when the text outlives the table. */
QdInternEntry *qd_intern_add (QdIntern *self, const char *text, gsize length, gboolean copy, gboolean *added);
QdInternEntry *qd_intern_find (QdIntern *self, const char *text, gsize length);
/* Before a search that comes soon: first the one, some work later the other. */
guint32 qd_intern_foresee (QdIntern *self, const char *text, gsize length);
void qd_intern_foresee_entry (QdIntern *self, guint32 hash);
guint32 qd_intern_get_size (QdIntern *self);
QdInternEntry *qd_intern_get (QdIntern *self, guint32 index);

/* Whether a text came before. Exports are often in the order of their ids: as long as each is above the last one
 * nothing is hashed. Texts must outlive the object. */
typedef struct _QdSeen QdSeen;

QdSeen *qd_seen_new (guint64 expected);
void qd_seen_free (QdSeen *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QdSeen, qd_seen_free)
gboolean qd_seen_add (QdSeen *self, const char *text, gsize length); /* FALSE: seen before */
const char *qd_seen_keep (QdSeen *self, const char *text, gsize length); /* a copy that outlives it */

typedef struct __attribute__ ((packed))
{
  guint64 a, b;     /* the key; a is never 0 */
  guint32 value;    /* the caller's; 0 at first */
} QdKeyEntry;

typedef struct _QdKeyMap QdKeyMap;

QdKeyMap *qd_key_map_new (void);
void qd_key_map_free (QdKeyMap *self);
void qd_key_map_reserve (QdKeyMap *self, guint64 n);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QdKeyMap, qd_key_map_free)
QdKeyEntry *qd_key_map_add (QdKeyMap *self, guint64 a, guint64 b, gboolean *added);
QdKeyEntry *qd_key_map_find (QdKeyMap *self, guint64 a, guint64 b);

G_END_DECLS
