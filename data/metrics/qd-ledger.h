/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The MRR ledger: a book read through a definition profile. For each customer
 * (an account, or an ultimate parent) its level of monthly recurring revenue
 * as a function of time, in reporting minor units, and whether it is a
 * customer at all. Immutable; any thread may read it.
 *
 * A ledger depends on the profile keys end_date, free_accounts, trials, fx and
 * hierarchy (and on netting only in what it can refuse); others are applied by
 * the metrics. qd_ledger_matches() says whether one serves another profile.
 */
#pragma once

#include "../book/qd-book.h"
#include "qd-profile.h"

G_BEGIN_DECLS

typedef struct _QdLedger QdLedger;

/* The state from @day on, until the next change. */
typedef struct
{
  QdDay day;
  gint64 level;      /* minor units a month */
  gboolean active;   /* is a customer */
} QdLedgerChange;

QdLedger *qd_ledger_new (QdBook *book, const QdProfile *profile, QdJob *job, GError **error);
QdLedger *qd_ledger_ref (QdLedger *self);
void qd_ledger_unref (QdLedger *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QdLedger, qd_ledger_unref)

gboolean qd_ledger_matches (const QdLedger *self, const QdBook *book, const QdProfile *profile);
QdBook *qd_ledger_get_book (const QdLedger *self);
QdMonth qd_ledger_get_first_month (const QdLedger *self);
QdMonth qd_ledger_get_last_month (const QdLedger *self);

/* Customers, each standing for an account of the book (with roll-up: the ultimate parent). */
guint32 qd_ledger_get_n_customers (const QdLedger *self);
guint32 qd_ledger_get_account (const QdLedger *self, guint32 customer);

/* Month-end levels of one customer, months first … last inclusive into @level and @active
 * (array length last − first + 1; either may be NULL). */
void qd_ledger_get_months (const QdLedger *self, guint32 customer, QdMonth first, QdMonth last, gint64 *level,
                           guint8 *active);
/* Changes of level in order of day. (transfer none) */
const QdLedgerChange *qd_ledger_get_changes (const QdLedger *self, guint32 customer, guint *n_changes);

G_END_DECLS
