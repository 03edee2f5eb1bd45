/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Texts by number, in order of first appearance. Number 0 is the empty string.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _QdBookDictionary QdBookDictionary;

QdBookDictionary *qd_book_dictionary_new (void);
void qd_book_dictionary_free (QdBookDictionary *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QdBookDictionary, qd_book_dictionary_free)

guint32 qd_book_dictionary_add (QdBookDictionary *self, const char *text, gsize length);
guint32 qd_book_dictionary_get_n (const QdBookDictionary *self);
const char *qd_book_dictionary_get (const QdBookDictionary *self, guint32 number, gsize *length);

/* Sorts terminated texts by byte order: (transfer full) (array length=n): their numbers in that order. */
guint32 *qd_book_sort_texts (const char *const *texts, guint32 n);

G_END_DECLS
