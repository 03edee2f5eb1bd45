/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From the store's tables to a book, on the store's thread.
 */
#pragma once

#include "../store/qd-db.h"
#include "qd-book.h"

G_BEGIN_DECLS

/* Reads the whole workspace, or its packed column cache when that has the same data version.
 * Works inside an open write transaction too (a dry run looks at what is not committed; the
 * cache is not used then). */
QdBook *qd_book_load (QdDb *db, QdJob *job, GError **error);
/* Whether the book was read from so many rows that qd_book_keep() is worth while. */
gboolean qd_book_should_keep (const QdBook *book);
/* Writes the packed form of a book of the workspace's present version. */
void qd_book_keep (const QdBook *book, QdDb *db);

G_END_DECLS
