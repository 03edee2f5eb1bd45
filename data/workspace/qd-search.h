/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Accounts by what somebody types: words of the name, the id, the domain or
 * the CSM, with capitals and accents left out of account and one slip of the
 * finger forgiven. In memory over one book, immutable, for any thread.
 */
#pragma once

#include "../book/qd-book.h"

G_BEGIN_DECLS

typedef struct _QdSearch QdSearch;

typedef enum
{
  QD_SEARCH_NAME,
  QD_SEARCH_ID,
  QD_SEARCH_DOMAIN,
  QD_SEARCH_CSM,
} QdSearchField;

typedef struct
{
  guint32 account;
  int rank;            /* the lower the better; 0: the whole name or id */
  QdSearchField field; /* where the first word of the text was found */
} QdSearchHit;

/* @domains: (nullable) one for each account of the book, or NULL inside. */
QdSearch *qd_search_new (QdBook *book, const char *const *domains);
QdSearch *qd_search_ref (QdSearch *self);
void qd_search_unref (QdSearch *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QdSearch, qd_search_unref)

QdBook *qd_search_get_book (QdSearch *self);
GArray *qd_search_find (QdSearch *self, const char *text, guint limit); /* QdSearchHit, best first */

/* Small letters without accents; words are separated by one blank. */
char *qd_search_fold (const char *text);

G_END_DECLS
