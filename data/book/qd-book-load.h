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

G_END_DECLS
