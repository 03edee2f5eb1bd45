/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A book that is being read from the tables; what the files of the loader share.
 */
#pragma once

#include "../store/qd-db.h"
#include "qd-book-private.h"

G_BEGIN_DECLS

#define QD_BOOK_CHECK_ROWS 65536

/* From ids of stored rows to numbers: by place when the ids are dense, else by search. */
typedef struct
{
  GArray *ids;       /* gint64, ascending */
  guint32 *dense;    /* number + 1 by id */
  gint64 n_dense;
} QdBookNumbers;

typedef struct
{
  QdDb *db;
  QdJob *job;
  QdBookRaw *raw;
  QdBookNumbers accounts;
  QdBookNumbers products;
  char last_code[4];
  int last_currency;
} QdBookLoad;

guint32 qd_book_load_find (const QdBookNumbers *numbers, gint64 id); /* QD_BOOK_NONE: it is not there */
gboolean qd_book_load_damaged (GError **error, const char *table, gint64 id);
gboolean qd_book_load_bad_currency (GError **error, const char *code);
/* @code: nullable, "" or NULL is the reporting currency. */
gboolean qd_book_load_currency (QdBookLoad *load, const char *code, guint16 *currency, GError **error);
/* The rows of all forms of revenue. */
gboolean qd_book_load_facts (QdBookLoad *load, GError **error);

G_END_DECLS
