/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The inside of a ledger, for the metrics that walk it.
 *
 * A series holds step functions of time for many entities: customers, or parts
 * of customers (one per product). Changes say what happens on which day; runs
 * are the same seen at month ends only. Both are stored one entity after the
 * other, so that a pass reads memory once, in order.
 */
#pragma once

#include "qd-ledger.h"

G_BEGIN_DECLS

typedef struct
{
  guint32 n;
  guint32 *customer;          /* parts only: whose it is */
  guint32 *product;           /* parts only: index or QD_BOOK_NONE */
  guint32 *change_offsets;    /* n + 1 */
  QdLedgerChange *changes;
  gint64 *change_fx;          /* what the change owes to new rates; NULL with constant rates */
  guint32 *run_offsets;       /* n + 1 */
  gint32 *run_month;          /* month − first month of the ledger, from 0 */
  gint64 *run_level;
  guint8 *run_active;
  gint64 *run_fx[4];          /* what new rates made of the state 1, 2, 3 months before; NULL with constant rates */
} QdSeries;

struct _QdLedger
{
  gatomicrefcount ref_count;
  QdBook *book;
  QdProfile *profile;
  QdMonth first, last;        /* of the data; to its horizon */
  guint32 n_customers;
  guint32 *accounts;          /* customer → account; NULL: the same number */
  guint32 *members;           /* with roll-up: accounts by customer … */
  guint32 *member_offsets;    /* … n_customers + 1 */
  gint32 *month_of;           /* day − first day → month − first month */
  QdDay first_day, last_day;
  QdSeries whole;
  GMutex lock;                /* guards the making of parts */
  QdSeries *parts;            /* made when a product is first asked for */
  guint32 *part_offsets;      /* n_customers + 1 */
};

/* Builds the series of customers (@parts: of their products). */
gboolean qd_ledger_build (QdLedger *self, gboolean parts, QdSeries *series, QdJob *job, GError **error);
void qd_series_clear (QdSeries *self);

/* The parts, made on first use. Thread-safe. */
const QdSeries *qd_ledger_get_parts (QdLedger *self, const guint32 **offsets, QdJob *job, GError **error);

/* Accounts of a customer. */
const guint32 *qd_ledger_get_members (const QdLedger *self, guint32 customer, guint32 *self_account, guint *n);

G_END_DECLS
