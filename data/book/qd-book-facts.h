/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The facts of a book, as columns: revenue in the three forms in which it is
 * imported. They belong to the book and live as long as it does.
 *
 * Each is sorted by account, then by time, then by the order of the file;
 * offsets[a] … offsets[a + 1] are account a's.
 */
#pragma once

#include "../base/qd-calendar.h"

G_BEGIN_DECLS

#define QD_BOOK_NONE G_MAXUINT32

/* Subscription lines. */
typedef struct
{
  guint32 n;
  const guint32 *offsets;    /* n_accounts + 1 */
  const QdDay *start;
  const QdDay *end;          /* as given; QD_DAY_FOREVER when open */
  const QdDay *canceled;     /* QD_DAY_NONE when not */
  const gint64 *num;         /* a month's amount, minor units of its currency, unrounded: num ÷ den */
  const gint64 *den;
  const guint16 *currency;   /* index into the book's currencies; 0 is the reporting currency */
  const guint32 *product;    /* index or QD_BOOK_NONE */
  const guint8 *trial;       /* 0 or 1 */
  const guint32 *row;        /* id of the stored row, to open the record and its import */
} QdBookLines;

/* Snapshots, one per account, month, product and currency. */
typedef struct
{
  guint32 n;
  const guint32 *offsets;
  const QdMonth *month;
  const gint64 *num;
  const gint64 *den;
  const guint16 *currency;
  const guint32 *product;
  const guint32 *row;
} QdBookSnapshots;

/* Events, as given: level after or change. */
typedef struct
{
  guint32 n;
  const guint32 *offsets;
  const QdDay *day;
  const gint64 *num;
  const gint64 *den;
  const guint8 *is_change;
  const guint8 *of_product;  /* 1: the level is the product's; 0: the account's */
  const guint16 *currency;
  const guint32 *product;
  const guint32 *row;
} QdBookEvents;

G_END_DECLS
