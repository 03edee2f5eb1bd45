/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "qd-book-private.h"

#include <string.h>

const char *const qd_book_standard_dimensions[] = {
  "segment", "region", "country",   "industry", "csm",    "touch",
  "stage",   "sales_rep", "channel", "source",   "discount_band", NULL,
};
G_STATIC_ASSERT (G_N_ELEMENTS (qd_book_standard_dimensions) == QD_BOOK_N_STANDARD + 1);

QdBook *
qd_book_alloc (void)
{
  QdBook *self = g_new0 (QdBook, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->first_month = QD_MONTH_NONE;
  self->last_month = QD_MONTH_NONE;
  self->last_end = QD_DAY_NONE;
  return self;
}

/**
 * qd_book_ref:
 * @self: a book
 *
 * Returns: (transfer full): @self
 */
QdBook *
qd_book_ref (QdBook *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * qd_book_unref:
 * @self: (transfer full): a book
 *
 * Frees the book with its last reference. Any thread may do so.
 */
void
qd_book_unref (QdBook *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free (self->name);
  g_free (self->rate_set);
  g_free (self->text);
  g_free (self->account_id);
  g_free (self->account_name);
  g_free (self->account_parent);
  g_free (self->account_ultimate);
  g_free (self->account_signup);
  g_free (self->account_implied);
  for (guint i = 0; self->dimensions != NULL && i < self->n_dimensions; i++)
    {
      QdBookDimension *dimension = &self->dimensions[i];

      g_free (dimension->name);
      g_free (dimension->values);
      g_free (dimension->account_values);
      g_free (dimension->dated_account);
      g_free (dimension->dated_from);
      g_free (dimension->dated_value);
    }
  g_free (self->dimensions);
  g_free (self->product_id);
  g_free (self->product_name);
  for (guint i = 0; self->currencies != NULL && i < self->n_currencies; i++)
    {
      g_free (self->currencies[i].rate_month);
      g_free (self->currencies[i].rate);
    }
  g_free (self->currencies);
  for (guint i = 0; i < QD_BOOK_N_FORMS; i++)
    qd_book_form_free (&qd_book_forms[i], self);
  g_free (self);
}

/* Follows parents to the top. Of accounts that form a ring, the one with the smallest id is the top. */
static void
derive_ultimate (QdBook *self)
{
  guint32 n = self->n_accounts;
  g_autofree guint32 *path = g_new (guint32, MAX (n, 1));
  g_autofree guint8 *state = g_new0 (guint8, MAX (n, 1)); /* 1: on the path, 2: done */

  self->account_ultimate = g_new (guint32, MAX (n, 1));
  for (guint32 a = 0; a < n; a++)
    {
      guint32 length = 0, at = a, top;

      while (state[at] == 0)
        {
          state[at] = 1;
          path[length++] = at;
          if (self->account_parent[at] == QD_BOOK_NONE)
            break;
          at = self->account_parent[at];
        }
      if (state[at] == 2)
        top = self->account_ultimate[at];
      else if (self->account_parent[at] == QD_BOOK_NONE)
        top = at;
      else
        {
          top = at;
          for (guint32 next = self->account_parent[at]; next != at; next = self->account_parent[next])
            top = MIN (top, next);
        }
      for (guint32 i = 0; i < length; i++)
        {
          self->account_ultimate[path[i]] = top;
          state[path[i]] = 2;
        }
    }
}

static void
extend_months (QdBook *self,
               QdMonth month)
{
  if (self->first_month == QD_MONTH_NONE || month < self->first_month)
    self->first_month = month;
  if (self->last_month == QD_MONTH_NONE || month > self->last_month)
    self->last_month = month;
}

static void
derive_months (QdBook *self)
{
  QdDay first = QD_DAY_FOREVER, last = QD_DAY_NONE;

  self->first_month = QD_MONTH_NONE;
  self->last_month = QD_MONTH_NONE;
  self->last_end = QD_DAY_NONE;
  for (guint32 i = 0; i < self->lines.n; i++)
    {
      first = MIN (first, self->lines.start[i]);
      last = MAX (last, self->lines.start[i]);
      last = MAX (last, self->lines.canceled[i]);
      if (self->lines.end[i] != QD_DAY_FOREVER)
        self->last_end = MAX (self->last_end, self->lines.end[i]);
    }
  for (guint32 i = 0; i < self->events.n; i++)
    {
      first = MIN (first, self->events.day[i]);
      last = MAX (last, self->events.day[i]);
    }
  if (first != QD_DAY_FOREVER)
    {
      extend_months (self, qd_day_get_month (first));
      extend_months (self, qd_day_get_month (last));
    }
  for (guint32 i = 0; i < self->snapshots.n; i++)
    extend_months (self, self->snapshots.month[i]);
  /* A month without snapshots is not known: that nobody pays in it would be invented. */
  if (self->snapshots.n > 0)
    self->last_end = QD_DAY_NONE;
}

void
qd_book_derive (QdBook *self)
{
  derive_ultimate (self);
  derive_months (self);
}

/**
 * qd_book_get_version:
 * @self: a book
 *
 * Returns: the data version of the workspace that it was read from; 0 for a
 *   book that was built without one
 */
gint64
qd_book_get_version (const QdBook *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->version;
}

/**
 * qd_book_get_name:
 * @self: a book
 *
 * Returns: what the workspace is called
 */
const char *
qd_book_get_name (const QdBook *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->name;
}

/**
 * qd_book_get_currency:
 * @self: a book
 *
 * Returns: the ISO 4217 code of the reporting currency
 */
const char *
qd_book_get_currency (const QdBook *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->currencies[0].code;
}

/**
 * qd_book_get_exponent:
 * @self: a book
 *
 * Returns: the decimals of the reporting currency, 0 to 4
 */
int
qd_book_get_exponent (const QdBook *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->currencies[0].exponent;
}

/**
 * qd_book_get_fiscal_start:
 * @self: a book
 *
 * Returns: the month in which the fiscal year starts, 1 to 12
 */
int
qd_book_get_fiscal_start (const QdBook *self)
{
  g_return_val_if_fail (self != NULL, 1);

  return self->fiscal_start;
}

/**
 * qd_book_is_sample:
 * @self: a book
 *
 * Returns: whether the workspace holds the generated sample
 */
gboolean
qd_book_is_sample (const QdBook *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->sample;
}

/**
 * qd_book_get_last_change:
 * @self: a book
 *
 * Returns: when the workspace was changed last, in seconds since 1970, UTC
 */
gint64
qd_book_get_last_change (const QdBook *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->last_change;
}

/**
 * qd_book_get_first_month:
 * @self: a book
 *
 * Returns: the month of the earliest start, event or snapshot, or
 *   `QD_MONTH_NONE` when there is no revenue
 */
QdMonth
qd_book_get_first_month (const QdBook *self)
{
  g_return_val_if_fail (self != NULL, QD_MONTH_NONE);

  return self->first_month;
}

/**
 * qd_book_get_last_month:
 * @self: a book
 *
 * Returns: the month of the latest start, cancellation, event or snapshot, or
 *   `QD_MONTH_NONE` when there is no revenue. End dates do not count.
 */
QdMonth
qd_book_get_last_month (const QdBook *self)
{
  g_return_val_if_fail (self != NULL, QD_MONTH_NONE);

  return self->last_month;
}

/**
 * qd_book_get_horizon:
 * @self: a book
 * @inclusive: whether a line is still in force on its end date
 *
 * The month up to which the book may be looked at: lines that end after the
 * last month of the data say who leaves when, as long as nothing new comes. It
 * is the month of the first day on which none of them is in force, which is the
 * latest end date, or the day after it where that is still in force: later
 * months show nothing that this one does not. Monthly snapshots say nothing
 * about months after them: with any the horizon is the last month.
 *
 * Returns: a month not before the last month, or `QD_MONTH_NONE` when there is
 *   no revenue
 */
QdMonth
qd_book_get_horizon (const QdBook *self,
                     gboolean      inclusive)
{
  g_return_val_if_fail (self != NULL, QD_MONTH_NONE);

  if (self->last_end == QD_DAY_NONE)
    return self->last_month;
  return MAX (self->last_month, qd_day_get_month (self->last_end + (inclusive ? 1 : 0)));
}

/**
 * qd_book_get_n_accounts:
 * @self: a book
 *
 * Returns: how many accounts there are, implied ones included
 */
guint32
qd_book_get_n_accounts (const QdBook *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_accounts;
}

/**
 * qd_book_get_account_id:
 * @self: a book
 * @account: number of an account
 *
 * Returns: its external id
 */
const char *
qd_book_get_account_id (const QdBook *self,
                        guint32       account)
{
  g_return_val_if_fail (self != NULL && account < self->n_accounts, NULL);

  return self->text + self->account_id[account];
}

/**
 * qd_book_get_account_name:
 * @self: a book
 * @account: number of an account
 *
 * Returns: its name; for an implied account, what it was called by
 */
const char *
qd_book_get_account_name (const QdBook *self,
                          guint32       account)
{
  g_return_val_if_fail (self != NULL && account < self->n_accounts, NULL);

  return self->text + self->account_name[account];
}

/**
 * qd_book_get_account_parent:
 * @self: a book
 * @account: number of an account
 *
 * Returns: number of the parent as it was given, or `QD_BOOK_NONE`
 */
guint32
qd_book_get_account_parent (const QdBook *self,
                            guint32       account)
{
  g_return_val_if_fail (self != NULL && account < self->n_accounts, QD_BOOK_NONE);

  return self->account_parent[account];
}

/**
 * qd_book_get_account_ultimate_parent:
 * @self: a book
 * @account: number of an account
 *
 * Returns: number of the top of its tree, itself when it has no parent. Of
 *   accounts that name one another in a ring, the one with the smallest id
 *   is the top.
 */
guint32
qd_book_get_account_ultimate_parent (const QdBook *self,
                                     guint32       account)
{
  g_return_val_if_fail (self != NULL && account < self->n_accounts, QD_BOOK_NONE);

  return self->account_ultimate[account];
}

/**
 * qd_book_get_account_signup:
 * @self: a book
 * @account: number of an account
 *
 * Returns: the day of its signup, or `QD_DAY_NONE`
 */
QdDay
qd_book_get_account_signup (const QdBook *self,
                            guint32       account)
{
  g_return_val_if_fail (self != NULL && account < self->n_accounts, QD_DAY_NONE);

  return self->account_signup[account];
}

/**
 * qd_book_is_account_implied:
 * @self: a book
 * @account: number of an account
 *
 * Returns: whether the account is only known because other rows mention it
 */
gboolean
qd_book_is_account_implied (const QdBook *self,
                            guint32       account)
{
  g_return_val_if_fail (self != NULL && account < self->n_accounts, FALSE);

  return self->account_implied[account];
}

/**
 * qd_book_find_account:
 * @self: a book
 * @external_id: an external id
 *
 * Cost grows with the logarithm of the number of accounts.
 *
 * Returns: number of the account, or `QD_BOOK_NONE`
 */
guint32
qd_book_find_account (const QdBook *self,
                      const char   *external_id)
{
  guint32 low = 0, high;

  g_return_val_if_fail (self != NULL && external_id != NULL, QD_BOOK_NONE);

  high = self->n_accounts;
  while (low < high)
    {
      guint32 middle = low + (high - low) / 2;
      int order = strcmp (self->text + self->account_id[middle], external_id);

      if (order == 0)
        return middle;
      if (order < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return QD_BOOK_NONE;
}

/**
 * qd_book_get_n_dimensions:
 * @self: a book
 *
 * Returns: how many dimensions accounts have
 */
guint
qd_book_get_n_dimensions (const QdBook *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_dimensions;
}

/**
 * qd_book_get_dimension_name:
 * @self: a book
 * @dimension: number of a dimension
 *
 * Returns: its name: "segment", or that of a custom field
 */
const char *
qd_book_get_dimension_name (const QdBook *self,
                            guint         dimension)
{
  g_return_val_if_fail (self != NULL && dimension < self->n_dimensions, NULL);

  return self->dimensions[dimension].name;
}

/**
 * qd_book_find_dimension:
 * @self: a book
 * @name: name of a dimension
 *
 * Returns: its number, or −1
 */
int
qd_book_find_dimension (const QdBook *self,
                        const char   *name)
{
  g_return_val_if_fail (self != NULL && name != NULL, -1);

  for (guint i = 0; i < self->n_dimensions; i++)
    if (strcmp (self->dimensions[i].name, name) == 0)
      return i;
  return -1;
}

/**
 * qd_book_get_n_values:
 * @self: a book
 * @dimension: number of a dimension
 *
 * Returns: how many values it has, the blank included: at least 1
 */
guint
qd_book_get_n_values (const QdBook *self,
                      guint         dimension)
{
  g_return_val_if_fail (self != NULL && dimension < self->n_dimensions, 0);

  return self->dimensions[dimension].n_values;
}

/**
 * qd_book_get_value:
 * @self: a book
 * @dimension: number of a dimension
 * @value: number of a value
 *
 * Returns: its text; value 0 is the empty string
 */
const char *
qd_book_get_value (const QdBook *self,
                   guint         dimension,
                   guint         value)
{
  g_return_val_if_fail (self != NULL && dimension < self->n_dimensions, NULL);
  g_return_val_if_fail (value < self->dimensions[dimension].n_values, NULL);

  return self->text + self->dimensions[dimension].values[value];
}

/**
 * qd_book_get_account_values:
 * @self: a book
 * @dimension: number of a dimension
 *
 * Returns: (transfer none): the value that each account has today, by its
 *   number; one for each account
 */
const guint32 *
qd_book_get_account_values (const QdBook *self,
                            guint         dimension)
{
  g_return_val_if_fail (self != NULL && dimension < self->n_dimensions, NULL);

  return self->dimensions[dimension].account_values;
}

/**
 * qd_book_get_account_value_at:
 * @self: a book
 * @dimension: number of a dimension
 * @account: number of an account
 * @day: a day
 *
 * Looks up what held on a day. Before the first dated value that one holds,
 * as nothing older is known; without any dated value, today's does. Cost grows
 * with the logarithm of the number of dated values.
 *
 * Returns: number of the value
 */
guint32
qd_book_get_account_value_at (const QdBook *self,
                              guint         dimension,
                              guint32       account,
                              QdDay         day)
{
  const QdBookDimension *d;
  guint32 low = 0, high;

  g_return_val_if_fail (self != NULL && dimension < self->n_dimensions && account < self->n_accounts, 0);

  d = &self->dimensions[dimension];
  high = d->n_dated;
  while (low < high)
    {
      guint32 middle = low + (high - low) / 2;

      if (d->dated_account[middle] < account || (d->dated_account[middle] == account && d->dated_from[middle] <= day))
        low = middle + 1;
      else
        high = middle;
    }
  if (low > 0 && d->dated_account[low - 1] == account)
    return d->dated_value[low - 1];
  if (low < d->n_dated && d->dated_account[low] == account)
    return d->dated_value[low];
  return d->account_values[account];
}

/**
 * qd_book_get_n_products:
 * @self: a book
 *
 * Returns: how many products there are
 */
guint
qd_book_get_n_products (const QdBook *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_products;
}

/**
 * qd_book_get_product_id:
 * @self: a book
 * @product: number of a product
 *
 * Returns: its external id
 */
const char *
qd_book_get_product_id (const QdBook *self,
                        guint32       product)
{
  g_return_val_if_fail (self != NULL && product < self->n_products, NULL);

  return self->text + self->product_id[product];
}

/**
 * qd_book_get_product_name:
 * @self: a book
 * @product: number of a product
 *
 * Returns: its name
 */
const char *
qd_book_get_product_name (const QdBook *self,
                          guint32       product)
{
  g_return_val_if_fail (self != NULL && product < self->n_products, NULL);

  return self->text + self->product_name[product];
}

/**
 * qd_book_get_n_currencies:
 * @self: a book
 *
 * Returns: how many currencies there are, the reporting currency included
 */
guint
qd_book_get_n_currencies (const QdBook *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_currencies;
}

/**
 * qd_book_get_currency_code:
 * @self: a book
 * @currency: number of a currency; 0 is the reporting currency
 *
 * Returns: its ISO 4217 code
 */
const char *
qd_book_get_currency_code (const QdBook *self,
                           guint         currency)
{
  g_return_val_if_fail (self != NULL && currency < self->n_currencies, NULL);

  return self->currencies[currency].code;
}

/**
 * qd_book_get_currency_exponent:
 * @self: a book
 * @currency: number of a currency
 *
 * Returns: its decimals, 0 to 4
 */
int
qd_book_get_currency_exponent (const QdBook *self,
                               guint         currency)
{
  g_return_val_if_fail (self != NULL && currency < self->n_currencies, 0);

  return self->currencies[currency].exponent;
}

/**
 * qd_book_get_rate_set:
 * @self: a book
 *
 * Returns: (nullable): name of the set of rates in use, `NULL` when there are
 *   no rates
 */
const char *
qd_book_get_rate_set (const QdBook *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->rate_set;
}

/**
 * qd_book_get_constant_rate:
 * @self: a book
 * @currency: number of a currency
 * @rate: (out): reporting major units for one major unit of @currency
 *
 * Gets the rate that holds for all months: the one without a month, else that
 * of the earliest month.
 *
 * Returns: `FALSE` when there is no rate at all
 */
gboolean
qd_book_get_constant_rate (const QdBook *self,
                           guint         currency,
                           QdDecimal    *rate)
{
  g_return_val_if_fail (self != NULL && currency < self->n_currencies && rate != NULL, FALSE);

  if (currency == 0)
    {
      *rate = (QdDecimal){ 1, 0 };
      return TRUE;
    }
  if (self->currencies[currency].n_rates == 0)
    return FALSE;
  *rate = self->currencies[currency].rate[0];
  return TRUE;
}

/**
 * qd_book_get_month_rate:
 * @self: a book
 * @currency: number of a currency
 * @month: a month
 * @rate: (out): reporting major units for one major unit of @currency
 *
 * Gets the latest rate at or before @month, or the earliest when there is none
 * before. Cost grows with the logarithm of the number of rates.
 *
 * Returns: `FALSE` when there is no rate at all
 */
gboolean
qd_book_get_month_rate (const QdBook *self,
                        guint         currency,
                        QdMonth       month,
                        QdDecimal    *rate)
{
  const QdBookCurrency *c;
  guint32 low = 0, high;

  g_return_val_if_fail (self != NULL && currency < self->n_currencies && rate != NULL, FALSE);

  if (currency == 0)
    return qd_book_get_constant_rate (self, currency, rate);
  c = &self->currencies[currency];
  if (c->n_rates == 0)
    return FALSE;
  high = c->n_rates;
  while (low < high)
    {
      guint32 middle = low + (high - low) / 2;

      if (c->rate_month[middle] <= month)
        low = middle + 1;
      else
        high = middle;
    }
  *rate = c->rate[low > 0 ? low - 1 : 0];
  return TRUE;
}

/**
 * qd_book_get_lines:
 * @self: a book
 *
 * Returns: (transfer none): all subscription lines
 */
const QdBookLines *
qd_book_get_lines (const QdBook *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &self->lines;
}

/**
 * qd_book_get_snapshots:
 * @self: a book
 *
 * Returns: (transfer none): all monthly snapshots
 */
const QdBookSnapshots *
qd_book_get_snapshots (const QdBook *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &self->snapshots;
}

/**
 * qd_book_get_events:
 * @self: a book
 *
 * Returns: (transfer none): all movement events
 */
const QdBookEvents *
qd_book_get_events (const QdBook *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &self->events;
}

/**
 * qd_book_get_memory:
 * @self: a book
 *
 * Returns: bytes that the book holds
 */
gsize
qd_book_get_memory (const QdBook *self)
{
  gsize size;

  g_return_val_if_fail (self != NULL, 0);

  size = sizeof *self + self->text_size + (gsize) self->n_accounts * (5 * 4 + 1);
  for (guint i = 0; i < self->n_dimensions; i++)
    size += sizeof (QdBookDimension) + (gsize) self->n_accounts * 4 + (gsize) self->dimensions[i].n_values * 4 +
            (gsize) self->dimensions[i].n_dated * 12;
  for (guint i = 0; i < self->n_currencies; i++)
    size += sizeof (QdBookCurrency) + (gsize) self->currencies[i].n_rates * (sizeof (QdMonth) + sizeof (QdDecimal));
  size += (gsize) self->n_products * 8;
  for (guint i = 0; i < QD_BOOK_N_FORMS; i++)
    size += qd_book_form_get_memory (&qd_book_forms[i], self);
  return size;
}
