/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The book of business in memory: an immutable columnar snapshot of one data
 * version of a workspace. It holds what was imported, not what it means: no
 * definition profile has touched it yet. Any thread may read it.
 *
 * Accounts are numbered 0 … n−1 in order of their external id (byte order).
 * Facts are sorted by account, then by time, then by the order of the file.
 */
#pragma once

#include "../base/qd-calendar.h"
#include "../base/qd-job.h"
#include "../base/qd-money.h"
#include "qd-book-facts.h"

G_BEGIN_DECLS

typedef struct _QdBook QdBook;

QdBook *qd_book_ref (QdBook *self);
void qd_book_unref (QdBook *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QdBook, qd_book_unref)

gint64 qd_book_get_version (const QdBook *self);
const char *qd_book_get_name (const QdBook *self);      /* of the workspace */
const char *qd_book_get_currency (const QdBook *self);
int qd_book_get_exponent (const QdBook *self);
int qd_book_get_fiscal_start (const QdBook *self);      /* 1 to 12 */
gboolean qd_book_is_sample (const QdBook *self);
gint64 qd_book_get_last_change (const QdBook *self);    /* unix seconds */

/* QD_MONTH_NONE when there is no revenue at all. The last month is that of the latest start,
 * cancellation, event or snapshot; an end date in the future is no data. */
QdMonth qd_book_get_first_month (const QdBook *self);
QdMonth qd_book_get_last_month (const QdBook *self);
/* The last month that the data says something about: that of the first day after all end dates, or the last month. */
QdMonth qd_book_get_horizon (const QdBook *self, gboolean inclusive);

guint32 qd_book_get_n_accounts (const QdBook *self);
const char *qd_book_get_account_id (const QdBook *self, guint32 account);
const char *qd_book_get_account_name (const QdBook *self, guint32 account);
guint32 qd_book_get_account_parent (const QdBook *self, guint32 account);        /* or QD_BOOK_NONE */
guint32 qd_book_get_account_ultimate_parent (const QdBook *self, guint32 account); /* itself when none; cycles are cut */
QdDay qd_book_get_account_signup (const QdBook *self, guint32 account);
gboolean qd_book_is_account_implied (const QdBook *self, guint32 account);
guint32 qd_book_find_account (const QdBook *self, const char *external_id);      /* O(log n) */

/* Dimensions of accounts: the standard ones, then custom fields in order of name.
 * Value 0 of each is the blank, the empty string; the others are sorted by byte order. */
guint qd_book_get_n_dimensions (const QdBook *self);
const char *qd_book_get_dimension_name (const QdBook *self, guint dimension);
int qd_book_find_dimension (const QdBook *self, const char *name);               /* −1: none */
guint qd_book_get_n_values (const QdBook *self, guint dimension);
const char *qd_book_get_value (const QdBook *self, guint dimension, guint value);
const guint32 *qd_book_get_account_values (const QdBook *self, guint dimension); /* n_accounts, today's */
guint32 qd_book_get_account_value_at (const QdBook *self, guint dimension, guint32 account, QdDay day);

guint qd_book_get_n_products (const QdBook *self);      /* in order of external id */
const char *qd_book_get_product_id (const QdBook *self, guint32 product);
const char *qd_book_get_product_name (const QdBook *self, guint32 product);

/* Currencies: 0 is the reporting currency. */
guint qd_book_get_n_currencies (const QdBook *self);
const char *qd_book_get_currency_code (const QdBook *self, guint currency);
int qd_book_get_currency_exponent (const QdBook *self, guint currency);
/* Reporting major units for one major unit. Constant: the earliest month of the rate set in use; else the
 * latest rate at or before @month, or the earliest when there is none before. FALSE: no rate at all. */
const char *qd_book_get_rate_set (const QdBook *self);  /* nullable */
gboolean qd_book_get_constant_rate (const QdBook *self, guint currency, QdDecimal *rate);
gboolean qd_book_get_month_rate (const QdBook *self, guint currency, QdMonth month, QdDecimal *rate);

const QdBookLines *qd_book_get_lines (const QdBook *self);
const QdBookSnapshots *qd_book_get_snapshots (const QdBook *self);
const QdBookEvents *qd_book_get_events (const QdBook *self);

gsize qd_book_get_memory (const QdBook *self);          /* bytes held */

/* Making one without a workspace: for tests and for results that a plan has not reached yet. Text is copied. */
typedef struct _QdBookBuilder QdBookBuilder;
QdBookBuilder *qd_book_builder_new (const char *name, const char *currency, int fiscal_start);
guint32 qd_book_builder_add_account (QdBookBuilder *self, const char *id, const char *name, const char *parent_id,
                                     QdDay signup, gboolean implied);
void qd_book_builder_set_value (QdBookBuilder *self, guint32 account, const char *dimension, QdDay valid_from,
                                const char *value);     /* QD_DAY_NONE: always */
guint32 qd_book_builder_add_product (QdBookBuilder *self, const char *id, const char *name);
guint16 qd_book_builder_add_currency (QdBookBuilder *self, const char *code);
void qd_book_builder_add_rate (QdBookBuilder *self, guint16 currency, QdMonth month, QdDecimal rate);
void qd_book_builder_add_line (QdBookBuilder *self, guint32 account, QdDay start, QdDay end, QdDay canceled, gint64 num,
                               gint64 den, guint16 currency, guint32 product, gboolean trial, guint32 row);
void qd_book_builder_add_snapshot (QdBookBuilder *self, guint32 account, QdMonth month, gint64 num, gint64 den,
                                   guint16 currency, guint32 product, guint32 row);
void qd_book_builder_add_event (QdBookBuilder *self, guint32 account, QdDay day, gint64 num, gint64 den,
                                gboolean is_change, gboolean of_product, guint16 currency, guint32 product,
                                guint32 row);
QdBook *qd_book_builder_finish (QdBookBuilder *self);   /* frees the builder; renumbers accounts and products by id */

G_END_DECLS
