/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "qd-metrics"

#include "config.h"

#include "qd-ledger-private.h"

#include <glib/gi18n-lib.h>

/* Makes the customers: accounts, or ultimate parents with their members. */
static void
roll_up (QdLedger *self)
{
  guint32 n = qd_book_get_n_accounts (self->book);
  g_autofree guint32 *customer_of = g_new (guint32, n);
  guint32 *fill;

  self->accounts = g_new (guint32, n);
  for (guint32 account = 0; account < n; account++)
    {
      customer_of[account] = QD_BOOK_NONE;
      if (qd_book_get_account_ultimate_parent (self->book, account) == account)
        {
          customer_of[account] = self->n_customers;
          self->accounts[self->n_customers++] = account;
        }
    }
  self->member_offsets = g_new0 (guint32, self->n_customers + 1);
  for (guint32 account = 0; account < n; account++)
    {
      customer_of[account] = customer_of[qd_book_get_account_ultimate_parent (self->book, account)];
      g_assert (customer_of[account] != QD_BOOK_NONE);
      self->member_offsets[customer_of[account] + 1]++;
    }
  for (guint32 i = 0; i < self->n_customers; i++)
    self->member_offsets[i + 1] += self->member_offsets[i];
  self->members = g_new (guint32, n);
  fill = g_memdup2 (self->member_offsets, sizeof *fill * (self->n_customers + 1));
  for (guint32 account = 0; account < n; account++)
    self->members[fill[customer_of[account]]++] = account;
  g_free (fill);
}

static void
index_days (QdLedger *self)
{
  int n = self->last_day - self->first_day + 1;
  int day = 0;

  self->month_of = g_new (gint32, n);
  for (QdMonth month = self->first; month <= self->last; month++)
    for (int end = qd_month_last_day (month) - self->first_day; day <= end; day++)
      self->month_of[day] = month - self->first;
}

static gboolean
check_netting (const QdBook    *book,
               const QdProfile *profile,
               GError         **error)
{
  if (profile->netting == QD_NETTING_MONTH || qd_book_get_snapshots (book)->n == 0)
    return TRUE;
  g_set_error_literal (error, QD_METRIC_ERROR, QD_METRIC_ERROR_UNSUITABLE,
                       profile->netting == QD_NETTING_DAY
                           ? _("The definition nets movements by day, but this workspace holds monthly revenue, which says "
                               "nothing about days. Set netting=month.")
                           : _("The definition nets movements by quarter, but this workspace holds monthly revenue, which "
                               "can only be netted by month. Set netting=month."));
  return FALSE;
}

/**
 * qd_ledger_new:
 * @book: the book of business; referenced
 * @profile: how to read it; copied
 * @job: (nullable): progress and cancel
 * @error: return location
 *
 * Reads a book through a definition profile.
 *
 * The level of a customer is its state at the end of each day. A line is in
 * force at the end of day d when it started on or before d and has no end or
 * one after d (with end_date=inclusive: on or after d). A snapshot is in force
 * in its month, and an absent month is 0. The level that an event leaves holds
 * until the next event of the same account, or of the same product where the
 * event speaks of one (with end_date=inclusive the old level still holds on
 * that day, as it would if the same data came as lines). Each amount is
 * converted and rounded once, half away from zero, before anything is added.
 *
 * A customer is active when its level is above 0; with free_accounts=included
 * also while a line or snapshot without a charge is in force, or after a first
 * event with the level 0 until the next; with trials=included while a trial is.
 *
 * With fx=month_end each amount is converted at the rate of its month; what
 * that changes is kept apart from the movements, on the first day of the month.
 *
 * Cost is linear in the facts (with fx=month_end also in the months that an
 * amount in foreign currency is in force). Any thread may call it.
 *
 * Returns: (transfer full) (nullable): the ledger, or `NULL` with
 *   `QD_METRIC_ERROR_UNSUITABLE` (netting by day or quarter on snapshots),
 *   `QD_METRIC_ERROR_NO_RATE`, `QD_METRIC_ERROR_RANGE` (an amount that does not
 *   fit) or `G_IO_ERROR_CANCELLED`
 */
QdLedger *
qd_ledger_new (QdBook          *book,
               const QdProfile *profile,
               QdJob           *job,
               GError         **error)
{
  g_autoptr (QdLedger) self = NULL;

  g_return_val_if_fail (book != NULL && profile != NULL, NULL);

  if (!check_netting (book, profile, error))
    return NULL;

  self = g_new0 (QdLedger, 1);
  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->lock);
  self->book = qd_book_ref (book);
  self->profile = qd_profile_copy (profile);
  self->first = qd_book_get_first_month (book);
  self->last = qd_book_get_horizon (book, profile->end_date == QD_END_INCLUSIVE);
  if (profile->hierarchy == QD_HIERARCHY_ULTIMATE_PARENT)
    roll_up (self);
  else
    self->n_customers = qd_book_get_n_accounts (book);
  if (self->first != QD_MONTH_NONE)
    {
      self->first_day = qd_month_first_day (self->first);
      self->last_day = qd_month_last_day (self->last);
      index_days (self);
    }
  if (!qd_ledger_build (self, FALSE, &self->whole, job, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * qd_ledger_ref:
 * @self: a ledger
 *
 * Returns: (transfer full): @self; from any thread
 */
QdLedger *
qd_ledger_ref (QdLedger *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * qd_ledger_unref:
 * @self: (transfer full): a ledger
 *
 * Gives a reference back, from any thread; the last one frees the ledger.
 */
void
qd_ledger_unref (QdLedger *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  qd_series_clear (&self->whole);
  if (self->parts != NULL)
    {
      qd_series_clear (self->parts);
      g_free (self->parts);
    }
  g_free (self->part_offsets);
  g_free (self->accounts);
  g_free (self->members);
  g_free (self->member_offsets);
  g_free (self->month_of);
  g_mutex_clear (&self->lock);
  qd_profile_free (self->profile);
  qd_book_unref (self->book);
  g_free (self);
}

/**
 * qd_ledger_matches:
 * @self: a ledger
 * @book: a book
 * @profile: a profile
 *
 * Tells whether a ledger may serve another profile: whether @book is its book
 * and the keys that it depends on (end_date, free_accounts, trials, fx,
 * hierarchy) choose the same. Netting matters only where the data are
 * snapshots, which refuse some.
 *
 * Returns: `FALSE` when a new ledger is needed
 */
gboolean
qd_ledger_matches (const QdLedger  *self,
                   const QdBook    *book,
                   const QdProfile *profile)
{
  const QdProfile *own;

  g_return_val_if_fail (self != NULL && book != NULL && profile != NULL, FALSE);

  own = self->profile;
  return self->book == book && own->end_date == profile->end_date && own->free_accounts == profile->free_accounts
         && own->trials == profile->trials && own->fx == profile->fx && own->hierarchy == profile->hierarchy
         && check_netting (book, profile, NULL);
}

/**
 * qd_ledger_get_book:
 * @self: a ledger
 *
 * Returns: (transfer none): the book that it reads
 */
QdBook *
qd_ledger_get_book (const QdLedger *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->book;
}

/**
 * qd_ledger_get_first_month:
 * @self: a ledger
 *
 * Returns: the first month of the data, or `QD_MONTH_NONE`
 */
QdMonth
qd_ledger_get_first_month (const QdLedger *self)
{
  g_return_val_if_fail (self != NULL, QD_MONTH_NONE);

  return self->first;
}

/**
 * qd_ledger_get_last_month:
 * @self: a ledger
 *
 * Returns: the last month of the data, or `QD_MONTH_NONE`
 */
QdMonth
qd_ledger_get_last_month (const QdLedger *self)
{
  g_return_val_if_fail (self != NULL, QD_MONTH_NONE);

  return qd_book_get_last_month (self->book);
}

/**
 * qd_ledger_get_n_customers:
 * @self: a ledger
 *
 * Returns: how many accounts (or ultimate parents) there are, with or without
 *   revenue
 */
guint32
qd_ledger_get_n_customers (const QdLedger *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_customers;
}

/**
 * qd_ledger_get_account:
 * @self: a ledger
 * @customer: from 0
 *
 * Returns: the account of the book that the customer stands for
 */
guint32
qd_ledger_get_account (const QdLedger *self,
                       guint32         customer)
{
  g_return_val_if_fail (self != NULL && customer < self->n_customers, QD_BOOK_NONE);

  return self->accounts != NULL ? self->accounts[customer] : customer;
}

const guint32 *
qd_ledger_get_members (const QdLedger *self,
                       guint32         customer,
                       guint32        *self_account,
                       guint          *n)
{
  if (self->members == NULL)
    {
      *self_account = customer;
      *n = 1;
      return self_account;
    }
  *n = self->member_offsets[customer + 1] - self->member_offsets[customer];
  return self->members + self->member_offsets[customer];
}

/**
 * qd_ledger_get_months:
 * @self: a ledger
 * @customer: from 0
 * @first: a month, also before the data
 * @last: a month not before @first, also after the data
 * @level: (out caller-allocates) (nullable): minor units a month at each month
 *   end, last − first + 1 of them
 * @active: (out caller-allocates) (nullable): whether it is a customer then
 *
 * Reads a customer's states at month ends. Cost is linear in the months.
 */
void
qd_ledger_get_months (const QdLedger *self,
                      guint32         customer,
                      QdMonth         first,
                      QdMonth         last,
                      gint64         *level,
                      guint8         *active)
{
  const QdSeries *series;
  gint64 value = 0;
  guint8 state = 0;
  guint32 run, end;

  g_return_if_fail (self != NULL && customer < self->n_customers && first <= last);

  series = &self->whole;
  run = series->run_offsets[customer];
  end = series->run_offsets[customer + 1];
  for (QdMonth month = first; month <= last; month++)
    {
      for (; run < end && self->first + series->run_month[run] <= month; run++)
        {
          value = series->run_level[run];
          state = series->run_active[run];
        }
      if (level != NULL)
        level[month - first] = value;
      if (active != NULL)
        active[month - first] = state;
    }
}

/**
 * qd_ledger_get_changes:
 * @self: a ledger
 * @customer: from 0
 * @n_changes: (out): how many
 *
 * Reads a customer's changes of state, one per day at most, to the end of the
 * book's horizon.
 *
 * Returns: (transfer none) (array length=n_changes): in order of day
 */
const QdLedgerChange *
qd_ledger_get_changes (const QdLedger *self,
                       guint32         customer,
                       guint          *n_changes)
{
  guint32 from;

  g_return_val_if_fail (self != NULL && customer < self->n_customers && n_changes != NULL, NULL);

  from = self->whole.change_offsets[customer];
  *n_changes = self->whole.change_offsets[customer + 1] - from;
  return self->whole.changes + from;
}

const QdSeries *
qd_ledger_get_parts (QdLedger       *self,
                     const guint32 **offsets,
                     QdJob          *job,
                     GError        **error)
{
  G_GNUC_UNUSED g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  if (self->parts == NULL)
    {
      QdSeries series = { 0 };
      guint32 *part_offsets;

      if (!qd_ledger_build (self, TRUE, &series, job, error))
        return NULL;
      part_offsets = g_new0 (guint32, self->n_customers + 1);
      for (guint32 i = 0; i < series.n; i++)
        part_offsets[series.customer[i] + 1]++;
      for (guint32 i = 0; i < self->n_customers; i++)
        part_offsets[i + 1] += part_offsets[i];
      self->part_offsets = part_offsets;
      self->parts = g_memdup2 (&series, sizeof series);
    }
  *offsets = self->part_offsets;
  return self->parts;
}
