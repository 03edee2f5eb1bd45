/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "qd-book-private.h"

#include <string.h>

struct _QdBookBuilder
{
  QdBookRaw *raw;
  char *name;
  int fiscal_start;
  GHashTable *accounts;    /* id → number + 1 */
  GHashTable *products;
  GHashTable *parents;     /* account's number → id of its parent */
};

/**
 * qd_book_builder_new:
 * @name: what the book is called
 * @currency: ISO 4217 code of the reporting currency
 * @fiscal_start: the month in which the fiscal year starts, 1 to 12
 *
 * Starts a book without a workspace. One thread may use the builder.
 *
 * Returns: (transfer full): a builder; end it with qd_book_builder_finish()
 */
QdBookBuilder *
qd_book_builder_new (const char *name,
                     const char *currency,
                     int         fiscal_start)
{
  QdBookBuilder *self;

  g_return_val_if_fail (name != NULL && currency != NULL && qd_currency_get_exponent (currency) >= 0, NULL);
  g_return_val_if_fail (fiscal_start >= 1 && fiscal_start <= 12, NULL);

  self = g_new0 (QdBookBuilder, 1);
  self->raw = qd_book_raw_new (currency);
  self->name = g_strdup (name);
  self->fiscal_start = fiscal_start;
  self->accounts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->products = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->parents = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  return self;
}

static guint32
add_item (QdBookBuilder *self,
          GHashTable    *known,
          GArray        *items,
          const char    *id,
          const char    *name)
{
  gpointer there = g_hash_table_lookup (known, id);
  QdBookRawAccount item = { 0 };

  if (there != NULL)
    return GPOINTER_TO_UINT (there) - 1;
  item.id = qd_book_raw_add_text (self->raw, id, strlen (id));
  item.name = qd_book_raw_add_text (self->raw, name, strlen (name));
  item.parent = QD_BOOK_NONE;
  item.signup = QD_DAY_NONE;
  g_array_append_val (items, item);
  g_hash_table_insert (known, g_strdup (id), GUINT_TO_POINTER (items->len));
  return items->len - 1;
}

/**
 * qd_book_builder_add_account:
 * @self: a builder
 * @id: its external id
 * @name: (nullable): its name, or `NULL` when it is called by its id
 * @parent_id: (nullable): external id of its parent, which may be added later;
 *   one that is never added is left out
 * @signup: day of the signup, or `QD_DAY_NONE`
 * @implied: whether it is only known because other rows mention it
 *
 * Adds an account. An id that is there already gives the account that is there.
 *
 * Returns: its number in this builder; the book's own numbers follow the ids
 */
guint32
qd_book_builder_add_account (QdBookBuilder *self,
                             const char    *id,
                             const char    *name,
                             const char    *parent_id,
                             QdDay          signup,
                             gboolean       implied)
{
  guint32 known, account;

  g_return_val_if_fail (self != NULL && id != NULL, QD_BOOK_NONE);

  known = self->raw->accounts->len;
  account = add_item (self, self->accounts, self->raw->accounts, id, name != NULL ? name : id);
  if (account == known)
    {
      QdBookRawAccount *item = &g_array_index (self->raw->accounts, QdBookRawAccount, account);

      item->signup = signup;
      item->implied = implied;
      if (parent_id != NULL && *parent_id != '\0')
        g_hash_table_insert (self->parents, GUINT_TO_POINTER (account), g_strdup (parent_id));
    }
  return account;
}

/**
 * qd_book_builder_set_value:
 * @self: a builder
 * @account: number of an account in this builder
 * @dimension: name of a dimension; an unknown one becomes a custom field
 * @valid_from: the first day on which it holds, or `QD_DAY_NONE` for always
 * @value: (nullable): its text; `NULL` and "" are the blank
 *
 * Sets what an account is. Today's value is the latest one.
 */
void
qd_book_builder_set_value (QdBookBuilder *self,
                           guint32        account,
                           const char    *dimension,
                           QdDay          valid_from,
                           const char    *value)
{
  QdBookRawDimension *raw;
  QdBookDated dated;

  g_return_if_fail (self != NULL && account < self->raw->accounts->len && dimension != NULL);

  raw = qd_book_raw_get_dimension (self->raw, dimension);
  if (value == NULL)
    value = "";
  dated = (QdBookDated){ account, valid_from, qd_book_raw_dimension_code (raw, value, strlen (value)) };
  g_array_append_val (raw->dated, dated);
}

/**
 * qd_book_builder_add_product:
 * @self: a builder
 * @id: its external id
 * @name: (nullable): its name, or `NULL` when it is called by its id
 *
 * Returns: its number in this builder; the book's own numbers follow the ids
 */
guint32
qd_book_builder_add_product (QdBookBuilder *self,
                             const char    *id,
                             const char    *name)
{
  g_return_val_if_fail (self != NULL && id != NULL, QD_BOOK_NONE);

  return add_item (self, self->products, self->raw->products, id, name != NULL ? name : id);
}

/**
 * qd_book_builder_add_currency:
 * @self: a builder
 * @code: an ISO 4217 code
 *
 * Returns: its number, 0 for the reporting currency
 */
guint16
qd_book_builder_add_currency (QdBookBuilder *self,
                              const char    *code)
{
  int currency;

  g_return_val_if_fail (self != NULL && code != NULL, 0);

  currency = qd_book_raw_get_currency (self->raw, code);
  g_return_val_if_fail (currency >= 0, 0);
  return currency;
}

/**
 * qd_book_builder_add_rate:
 * @self: a builder
 * @currency: number of a currency
 * @month: the month from which it holds, or `QD_MONTH_NONE` for always
 * @rate: reporting major units for one major unit of @currency, above 0
 *
 * Adds a rate of exchange.
 */
void
qd_book_builder_add_rate (QdBookBuilder *self,
                          guint16        currency,
                          QdMonth        month,
                          QdDecimal      rate)
{
  QdBookRawRate raw = { currency, month, rate };

  g_return_if_fail (self != NULL && currency > 0 && currency < self->raw->currencies->len);
  g_return_if_fail (rate.mantissa > 0 && rate.scale <= 18);

  g_array_append_val (self->raw->rates, raw);
}

static gboolean
is_sound (QdBookBuilder *self,
          guint32        account,
          gint64         den,
          guint16        currency,
          guint32        product)
{
  return account < self->raw->accounts->len && den > 0 && currency < self->raw->currencies->len &&
         (product == QD_BOOK_NONE || product < self->raw->products->len);
}

/**
 * qd_book_builder_add_line:
 * @self: a builder
 * @account: number of an account
 * @start: first day in force
 * @end: end date as given, or `QD_DAY_FOREVER`
 * @canceled: day of the cancellation, or `QD_DAY_NONE`
 * @num: a month's amount in minor units of @currency is @num ÷ @den
 * @den: above 0
 * @currency: number of a currency
 * @product: number of a product, or `QD_BOOK_NONE`
 * @trial: whether it is a trial
 * @row: id of its row; rows of one day keep this order
 *
 * Adds a subscription line.
 */
void
qd_book_builder_add_line (QdBookBuilder *self,
                          guint32        account,
                          QdDay          start,
                          QdDay          end,
                          QdDay          canceled,
                          gint64         num,
                          gint64         den,
                          guint16        currency,
                          guint32        product,
                          gboolean       trial,
                          guint32        row)
{
  QdBookFact fact = { account, start, num, den, product, row, end, canceled, currency, trial ? 1 : 0, 0 };

  g_return_if_fail (self != NULL && is_sound (self, account, den, currency, product));

  g_array_append_val (self->raw->lines, fact);
}

/**
 * qd_book_builder_add_snapshot:
 * @self: a builder
 * @account: number of an account
 * @month: the month at whose end the amount holds
 * @num: the amount in minor units of @currency is @num ÷ @den
 * @den: above 0
 * @currency: number of a currency
 * @product: number of a product, or `QD_BOOK_NONE`
 * @row: id of its row; of two for the same account, month, product and
 *   currency the later one holds
 *
 * Adds a monthly snapshot.
 */
void
qd_book_builder_add_snapshot (QdBookBuilder *self,
                              guint32        account,
                              QdMonth        month,
                              gint64         num,
                              gint64         den,
                              guint16        currency,
                              guint32        product,
                              guint32        row)
{
  QdBookFact fact = { account, month, num, den, product, row, QD_DAY_FOREVER, QD_DAY_NONE, currency, 0, 0 };

  g_return_if_fail (self != NULL && is_sound (self, account, den, currency, product));

  g_array_append_val (self->raw->snapshots, fact);
}

/**
 * qd_book_builder_add_event:
 * @self: a builder
 * @account: number of an account
 * @day: the day of the event
 * @num: the amount in minor units of @currency is @num ÷ @den
 * @den: above 0
 * @is_change: whether the amount is the change, else the level after the event
 * @of_product: whether a level is the product's, else the account's
 * @currency: number of a currency
 * @product: number of a product, or `QD_BOOK_NONE`
 * @row: id of its row; events of one day keep this order
 *
 * Adds a movement event.
 */
void
qd_book_builder_add_event (QdBookBuilder *self,
                           guint32        account,
                           QdDay          day,
                           gint64         num,
                           gint64         den,
                           gboolean       is_change,
                           gboolean       of_product,
                           guint16        currency,
                           guint32        product,
                           guint32        row)
{
  QdBookFact fact = { account, day, num, den, product, row, QD_DAY_FOREVER, QD_DAY_NONE, currency, is_change ? 1 : 0,
                      of_product ? 1 : 0 };

  g_return_if_fail (self != NULL && is_sound (self, account, den, currency, product));

  g_array_append_val (self->raw->events, fact);
}

/**
 * qd_book_builder_finish:
 * @self: (transfer full): a builder
 *
 * Makes the book: accounts and products are renumbered in order of their ids,
 * rows put in order of account and time.
 *
 * Returns: (transfer full): a book
 */
QdBook *
qd_book_builder_finish (QdBookBuilder *self)
{
  QdBook *book;
  GHashTableIter iter;
  gpointer account, parent_id;

  g_return_val_if_fail (self != NULL, NULL);

  g_hash_table_iter_init (&iter, self->parents);
  while (g_hash_table_iter_next (&iter, &account, &parent_id))
    {
      gpointer parent = g_hash_table_lookup (self->accounts, parent_id);

      if (parent != NULL)
        g_array_index (self->raw->accounts, QdBookRawAccount, GPOINTER_TO_UINT (account)).parent =
            GPOINTER_TO_UINT (parent) - 1;
    }

  book = qd_book_raw_finish (self->raw);
  book->name = g_steal_pointer (&self->name);
  book->fiscal_start = self->fiscal_start;

  qd_book_raw_free (self->raw);
  g_hash_table_unref (self->accounts);
  g_hash_table_unref (self->products);
  g_hash_table_unref (self->parents);
  g_free (self);
  return book;
}
