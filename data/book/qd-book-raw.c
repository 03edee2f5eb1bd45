/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From rows in the order in which they came to a book: accounts, products and
 * values are put in byte order and renumbered, rows are put in order of
 * account and time.
 */
#include "qd-book-dictionary.h"
#include "qd-book-private.h"

#include <stdlib.h>
#include <string.h>

static void
free_raw_dimension (gpointer data)
{
  QdBookRawDimension *self = data;

  g_free (self->name);
  qd_book_dictionary_free (self->dictionary);
  g_array_unref (self->today);
  g_array_unref (self->dated);
  g_free (self);
}

static QdBookRawDimension *
add_dimension (QdBookRaw  *self,
               const char *name)
{
  QdBookRawDimension *dimension = g_new0 (QdBookRawDimension, 1);

  dimension->name = g_strdup (name);
  dimension->dictionary = qd_book_dictionary_new ();
  dimension->today = g_array_new (FALSE, TRUE, sizeof (guint32));
  dimension->dated = g_array_new (FALSE, FALSE, sizeof (QdBookDated));
  g_ptr_array_add (self->dimensions, dimension);
  return dimension;
}

QdBookRaw *
qd_book_raw_new (const char *currency)
{
  QdBookRaw *self = g_new0 (QdBookRaw, 1);

  self->text = g_byte_array_new ();
  self->accounts = g_array_new (FALSE, FALSE, sizeof (QdBookRawAccount));
  self->products = g_array_new (FALSE, FALSE, sizeof (QdBookRawAccount));
  self->dimensions = g_ptr_array_new_with_free_func (free_raw_dimension);
  self->currencies = g_array_new (FALSE, TRUE, sizeof (QdBookCurrency));
  self->rates = g_array_new (FALSE, FALSE, sizeof (QdBookRawRate));
  self->lines = g_array_new (FALSE, FALSE, sizeof (QdBookFact));
  self->snapshots = g_array_new (FALSE, FALSE, sizeof (QdBookFact));
  self->events = g_array_new (FALSE, FALSE, sizeof (QdBookFact));

  qd_book_raw_add_text (self, "", 0);
  for (guint i = 0; i < QD_BOOK_N_STANDARD; i++)
    add_dimension (self, qd_book_standard_dimensions[i]);
  qd_book_raw_get_currency (self, currency);
  return self;
}

void
qd_book_raw_free (QdBookRaw *self)
{
  g_byte_array_unref (self->text);
  g_array_unref (self->accounts);
  g_array_unref (self->products);
  g_ptr_array_unref (self->dimensions);
  g_array_unref (self->currencies);
  g_array_unref (self->rates);
  g_array_unref (self->lines);
  g_array_unref (self->snapshots);
  g_array_unref (self->events);
  g_free (self);
}

guint32
qd_book_raw_add_text (QdBookRaw  *self,
                      const char *text,
                      gsize       length)
{
  static const guint8 end = 0;
  guint32 place = self->text->len;

  if (length == 0 && place > 0)
    return 0;
  g_byte_array_append (self->text, (const guint8 *) text, length);
  g_byte_array_append (self->text, &end, 1);
  return place;
}

QdBookRawDimension *
qd_book_raw_get_dimension (QdBookRaw  *self,
                           const char *name)
{
  for (guint i = 0; i < self->dimensions->len; i++)
    {
      QdBookRawDimension *dimension = self->dimensions->pdata[i];

      if (strcmp (dimension->name, name) == 0)
        return dimension;
    }
  return add_dimension (self, name);
}

guint32
qd_book_raw_dimension_code (QdBookRawDimension *self,
                            const char         *text,
                            gsize               length)
{
  return qd_book_dictionary_add (self->dictionary, text, length);
}

int
qd_book_raw_get_currency (QdBookRaw  *self,
                          const char *code)
{
  QdBookCurrency currency = { 0 };

  for (guint i = 0; i < self->currencies->len; i++)
    if (strcmp (g_array_index (self->currencies, QdBookCurrency, i).code, code) == 0)
      return i;

  currency.exponent = qd_currency_get_exponent (code);
  if (currency.exponent < 0 || self->currencies->len >= QD_BOOK_MAX_CURRENCIES)
    return -1;
  memcpy (currency.code, code, 3);
  g_array_append_val (self->currencies, currency);
  return self->currencies->len - 1;
}

static guint32 *
invert (const guint32 *order,
        guint32        n)
{
  guint32 *place = g_new (guint32, MAX (n, 1));

  for (guint32 i = 0; i < n; i++)
    place[order[i]] = i;
  return place;
}

static guint32 *
order_by_id (const QdBookRaw *raw,
             GArray          *items)
{
  g_autofree const char **ids = g_new (const char *, MAX (items->len, 1));

  for (guint i = 0; i < items->len; i++)
    ids[i] = (const char *) raw->text->data + g_array_index (items, QdBookRawAccount, i).id;
  return qd_book_sort_texts (ids, items->len);
}

static void
finish_accounts (QdBookRaw     *raw,
                 QdBook        *book,
                 const guint32 *order,
                 const guint32 *place)
{
  guint32 n = raw->accounts->len, room = MAX (n, 1);

  book->n_accounts = n;
  book->account_id = g_new (guint32, room);
  book->account_name = g_new (guint32, room);
  book->account_parent = g_new (guint32, room);
  book->account_signup = g_new (QdDay, room);
  book->account_implied = g_new (guint8, room);
  for (guint32 i = 0; i < n; i++)
    {
      const QdBookRawAccount *account = &g_array_index (raw->accounts, QdBookRawAccount, order[i]);

      book->account_id[i] = account->id;
      book->account_name[i] = account->name;
      book->account_parent[i] = account->parent == QD_BOOK_NONE ? QD_BOOK_NONE : place[account->parent];
      book->account_signup[i] = account->signup;
      book->account_implied[i] = account->implied ? 1 : 0;
    }
}

static int
compare_dated (const void *a,
               const void *b)
{
  const QdBookDated *x = a, *y = b;

  if (x->account != y->account)
    return x->account < y->account ? -1 : 1;
  return x->from < y->from ? -1 : x->from > y->from;
}

/* Of two values from the same day the later one holds. */
static void
finish_dated (QdBookRawDimension *raw,
              QdBookDimension    *dimension,
              const guint32      *account_place,
              const guint32      *value_place)
{
  guint32 n = raw->dated->len, kept = 0;
  g_autofree QdBookDated *sorted = g_new (QdBookDated, MAX (n, 1));
  gboolean ordered = TRUE;

  for (guint32 i = 0; i < n; i++)
    {
      const QdBookDated *dated = &g_array_index (raw->dated, QdBookDated, i);

      sorted[i] = (QdBookDated){ account_place[dated->account], dated->from, value_place[dated->value] };
      if (i > 0 && compare_dated (&sorted[i - 1], &sorted[i]) > 0)
        ordered = FALSE;
    }
  /* g_qsort_with_data() is stable, qsort() need not be. */
  if (!ordered)
    g_qsort_with_data (sorted, n, sizeof *sorted, (GCompareDataFunc) (GCallback) compare_dated, NULL);

  dimension->dated_account = g_new (guint32, MAX (n, 1));
  dimension->dated_from = g_new (QdDay, MAX (n, 1));
  dimension->dated_value = g_new (guint32, MAX (n, 1));
  for (guint32 i = 0; i < n; i++)
    {
      if (kept > 0 && dimension->dated_account[kept - 1] == sorted[i].account &&
          dimension->dated_from[kept - 1] == sorted[i].from)
        kept--;
      dimension->dated_account[kept] = sorted[i].account;
      dimension->dated_from[kept] = sorted[i].from;
      dimension->dated_value[kept] = sorted[i].value;
      kept++;
    }
  dimension->n_dated = kept;
}

/* Lone undated values say nothing beyond today's value. */
static void
drop_undated (QdBookDimension *dimension)
{
  guint32 kept = 0;

  for (guint32 i = 0; i < dimension->n_dated; i++)
    {
      gboolean lone = dimension->dated_from[i] == QD_DAY_NONE &&
                      (i + 1 == dimension->n_dated || dimension->dated_account[i + 1] != dimension->dated_account[i]) &&
                      dimension->account_values[dimension->dated_account[i]] == dimension->dated_value[i];

      if (lone)
        continue;
      dimension->dated_account[kept] = dimension->dated_account[i];
      dimension->dated_from[kept] = dimension->dated_from[i];
      dimension->dated_value[kept] = dimension->dated_value[i];
      kept++;
    }
  dimension->n_dated = kept;
}

static void
finish_dimension (QdBookRaw          *raw_book,
                  QdBookRawDimension *raw,
                  QdBookDimension    *dimension,
                  const guint32      *account_place)
{
  guint32 n_accounts = raw_book->accounts->len;
  guint32 n_values = qd_book_dictionary_get_n (raw->dictionary);
  g_autofree const char **texts = g_new (const char *, n_values);
  g_autofree guint32 *order = NULL, *place = NULL;

  for (guint32 i = 0; i < n_values; i++)
    texts[i] = qd_book_dictionary_get (raw->dictionary, i, NULL);
  order = qd_book_sort_texts (texts, n_values);
  place = invert (order, n_values);

  dimension->name = g_strdup (raw->name);
  dimension->n_values = n_values;
  dimension->values = g_new (guint32, n_values);
  for (guint32 i = 0; i < n_values; i++)
    {
      gsize length;
      const char *text = qd_book_dictionary_get (raw->dictionary, order[i], &length);

      dimension->values[i] = qd_book_raw_add_text (raw_book, text, length);
    }

  finish_dated (raw, dimension, account_place, place);
  dimension->account_values = g_new0 (guint32, MAX (n_accounts, 1));
  for (guint32 i = 0; i < dimension->n_dated; i++)
    dimension->account_values[dimension->dated_account[i]] = dimension->dated_value[i];
  for (guint32 i = 0; i < raw->today->len; i++)
    {
      guint32 value = g_array_index (raw->today, guint32, i);

      if (value != 0)
        dimension->account_values[account_place[i]] = place[value];
    }
  drop_undated (dimension);
}

static int
compare_names (const void *a,
               const void *b)
{
  const QdBookRawDimension *const *x = a, *const *y = b;

  return strcmp ((*x)->name, (*y)->name);
}

static void
finish_dimensions (QdBookRaw     *raw,
                   QdBook        *book,
                   const guint32 *account_place)
{
  guint n = raw->dimensions->len;

  qsort (raw->dimensions->pdata + QD_BOOK_N_STANDARD, n - QD_BOOK_N_STANDARD, sizeof (gpointer), compare_names);
  book->n_dimensions = n;
  book->dimensions = g_new0 (QdBookDimension, n);
  for (guint i = 0; i < n; i++)
    finish_dimension (raw, raw->dimensions->pdata[i], &book->dimensions[i], account_place);
}

static int
compare_rates (const void *a,
               const void *b)
{
  const QdBookRawRate *x = a, *y = b;

  if (x->currency != y->currency)
    return x->currency < y->currency ? -1 : 1;
  return x->month < y->month ? -1 : x->month > y->month;
}

static void
finish_currencies (QdBookRaw *raw,
                   QdBook    *book)
{
  book->n_currencies = raw->currencies->len;
  book->currencies = g_new0 (QdBookCurrency, book->n_currencies);
  memcpy (book->currencies, raw->currencies->data, book->n_currencies * sizeof (QdBookCurrency));
  g_qsort_with_data (raw->rates->data, raw->rates->len, sizeof (QdBookRawRate),
                     (GCompareDataFunc) (GCallback) compare_rates, NULL);
  for (guint i = 0; i < raw->rates->len;)
    {
      const QdBookRawRate *first = &g_array_index (raw->rates, QdBookRawRate, i);
      QdBookCurrency *currency = &book->currencies[first->currency];
      guint n = 0;

      while (i + n < raw->rates->len && first[n].currency == first->currency)
        n++;
      currency->rate_month = g_new (QdMonth, n);
      currency->rate = g_new (QdDecimal, n);
      for (guint k = 0; k < n; k++)
        {
          if (currency->n_rates > 0 && currency->rate_month[currency->n_rates - 1] == first[k].month)
            currency->n_rates--;
          currency->rate_month[currency->n_rates] = first[k].month;
          currency->rate[currency->n_rates] = first[k].rate;
          currency->n_rates++;
        }
      i += n;
    }
}

static void
finish_products (QdBookRaw     *raw,
                 QdBook        *book,
                 const guint32 *order)
{
  book->n_products = raw->products->len;
  book->product_id = g_new (guint32, MAX (book->n_products, 1));
  book->product_name = g_new (guint32, MAX (book->n_products, 1));
  for (guint32 i = 0; i < book->n_products; i++)
    {
      book->product_id[i] = g_array_index (raw->products, QdBookRawAccount, order[i]).id;
      book->product_name[i] = g_array_index (raw->products, QdBookRawAccount, order[i]).name;
    }
}

typedef struct
{
  const QdBookFact *facts;
  gboolean by_product;   /* then within a time by product and currency before the order of rows */
} Ordering;

static int
compare_facts (const Ordering *ordering,
               guint32         a,
               guint32         b)
{
  const QdBookFact *x = &ordering->facts[a], *y = &ordering->facts[b];

  if (x->time != y->time)
    return x->time < y->time ? -1 : 1;
  if (ordering->by_product)
    {
      if (x->product != y->product)
        return x->product < y->product ? -1 : 1;
      if (x->currency != y->currency)
        return x->currency < y->currency ? -1 : 1;
    }
  if (x->row != y->row)
    return x->row < y->row ? -1 : 1;
  return a < b ? -1 : a > b;
}

static int
compare_facts_cb (const void *a,
                  const void *b,
                  void       *data)
{
  return compare_facts (data, *(const guint32 *) a, *(const guint32 *) b);
}

/* A counting sort by account keeps the order of rows; within an account rows are few and mostly in order. */
static guint32 *
order_facts (GArray        *rows,
             const guint32 *account_place,
             guint32        n_accounts,
             gboolean       by_product,
             guint32       *offsets)
{
  Ordering ordering = { (const QdBookFact *) (gpointer) rows->data, by_product };
  guint32 n = rows->len;
  guint32 *order = g_new (guint32, MAX (n, 1));
  g_autofree guint32 *next = NULL;

  memset (offsets, 0, ((gsize) n_accounts + 1) * sizeof *offsets);
  for (guint32 i = 0; i < n; i++)
    offsets[account_place[ordering.facts[i].account] + 1]++;
  for (guint32 a = 0; a < n_accounts; a++)
    offsets[a + 1] += offsets[a];
  next = g_memdup2 (offsets, ((gsize) n_accounts + 1) * sizeof *offsets);
  for (guint32 i = 0; i < n; i++)
    order[next[account_place[ordering.facts[i].account]]++] = i;

  for (guint32 a = 0; a < n_accounts; a++)
    {
      guint32 first = offsets[a], size = offsets[a + 1] - first;

      if (size > 16)
        {
          gboolean ordered = TRUE;

          for (guint32 i = 1; i < size && ordered; i++)
            ordered = compare_facts (&ordering, order[first + i - 1], order[first + i]) < 0;
          if (!ordered)
            qsort_r (order + first, size, sizeof *order, compare_facts_cb, &ordering);
          continue;
        }
      for (guint32 i = 1; i < size; i++)
        {
          guint32 moved = order[first + i], k = i;

          for (; k > 0 && compare_facts (&ordering, order[first + k - 1], moved) > 0; k--)
            order[first + k] = order[first + k - 1];
          order[first + k] = moved;
        }
    }
  return order;
}

static void
finish_lines (QdBookRaw     *raw,
              QdBook        *book,
              const guint32 *account_place)
{
  guint32 n = raw->lines->len, room = MAX (n, 1);
  guint32 *offsets = g_new (guint32, (gsize) book->n_accounts + 1);
  g_autofree guint32 *order = order_facts (raw->lines, account_place, book->n_accounts, FALSE, offsets);
  QdDay *start = g_new (QdDay, room), *end = g_new (QdDay, room), *canceled = g_new (QdDay, room);
  gint64 *num = g_new (gint64, room), *den = g_new (gint64, room);
  guint16 *currency = g_new (guint16, room);
  guint32 *product = g_new (guint32, room), *row = g_new (guint32, room);
  guint8 *trial = g_new (guint8, room);

  for (guint32 i = 0; i < n; i++)
    {
      const QdBookFact *fact = &g_array_index (raw->lines, QdBookFact, order[i]);

      start[i] = fact->time;
      end[i] = fact->end;
      canceled[i] = fact->canceled;
      num[i] = fact->num;
      den[i] = fact->den;
      currency[i] = fact->currency;
      product[i] = fact->product;
      trial[i] = fact->flag;
      row[i] = fact->row;
    }
  book->lines = (QdBookLines){ n, offsets, start, end, canceled, num, den, currency, product, trial, row };
}

/* Of snapshots with the same account, month, product and currency the last row holds. */
static void
finish_snapshots (QdBookRaw     *raw,
                  QdBook        *book,
                  const guint32 *account_place)
{
  guint32 n = raw->snapshots->len, room = MAX (n, 1), kept = 0;
  guint32 *offsets = g_new (guint32, (gsize) book->n_accounts + 1);
  g_autofree guint32 *order = order_facts (raw->snapshots, account_place, book->n_accounts, TRUE, offsets);
  QdMonth *month = g_new (QdMonth, room);
  gint64 *num = g_new (gint64, room), *den = g_new (gint64, room);
  guint16 *currency = g_new (guint16, room);
  guint32 *product = g_new (guint32, room), *row = g_new (guint32, room);

  for (guint32 a = 0; a < book->n_accounts; a++)
    {
      guint32 first = offsets[a], last = offsets[a + 1];

      offsets[a] = kept;
      for (guint32 i = first; i < last; i++)
        {
          const QdBookFact *fact = &g_array_index (raw->snapshots, QdBookFact, order[i]);

          if (kept > offsets[a] && month[kept - 1] == fact->time && product[kept - 1] == fact->product &&
              currency[kept - 1] == fact->currency)
            kept--;
          month[kept] = fact->time;
          num[kept] = fact->num;
          den[kept] = fact->den;
          currency[kept] = fact->currency;
          product[kept] = fact->product;
          row[kept] = fact->row;
          kept++;
        }
    }
  offsets[book->n_accounts] = kept;
  book->snapshots = (QdBookSnapshots){ kept, offsets, month, num, den, currency, product, row };
}

static void
finish_events (QdBookRaw     *raw,
               QdBook        *book,
               const guint32 *account_place)
{
  guint32 n = raw->events->len, room = MAX (n, 1);
  guint32 *offsets = g_new (guint32, (gsize) book->n_accounts + 1);
  g_autofree guint32 *order = order_facts (raw->events, account_place, book->n_accounts, FALSE, offsets);
  QdDay *day = g_new (QdDay, room);
  gint64 *num = g_new (gint64, room), *den = g_new (gint64, room);
  guint8 *is_change = g_new (guint8, room), *of_product = g_new (guint8, room);
  guint16 *currency = g_new (guint16, room);
  guint32 *product = g_new (guint32, room), *row = g_new (guint32, room);

  for (guint32 i = 0; i < n; i++)
    {
      const QdBookFact *fact = &g_array_index (raw->events, QdBookFact, order[i]);

      day[i] = fact->time;
      num[i] = fact->num;
      den[i] = fact->den;
      is_change[i] = fact->flag;
      of_product[i] = fact->of_product;
      currency[i] = fact->currency;
      product[i] = fact->product;
      row[i] = fact->row;
    }
  book->events = (QdBookEvents){ n, offsets, day, num, den, is_change, of_product, currency, product, row };
}

static void
renumber_products (GArray        *facts,
                   const guint32 *place)
{
  for (guint i = 0; i < facts->len; i++)
    {
      QdBookFact *fact = &g_array_index (facts, QdBookFact, i);

      if (fact->product != QD_BOOK_NONE)
        fact->product = place[fact->product];
    }
}

/* Frees each form's rows as soon as its columns are made, so that the peak stays low. */
QdBook *
qd_book_raw_finish (QdBookRaw *self)
{
  QdBook *book = qd_book_alloc ();
  g_autofree guint32 *account_order = order_by_id (self, self->accounts);
  g_autofree guint32 *account_place = invert (account_order, self->accounts->len);
  g_autofree guint32 *product_order = order_by_id (self, self->products);
  g_autofree guint32 *product_place = invert (product_order, self->products->len);

  finish_accounts (self, book, account_order, account_place);
  finish_dimensions (self, book, account_place);
  finish_currencies (self, book);
  finish_products (self, book, product_order);
  if (self->products->len > 0)
    {
      renumber_products (self->lines, product_place);
      renumber_products (self->snapshots, product_place);
      renumber_products (self->events, product_place);
    }
  finish_lines (self, book, account_place);
  g_array_set_size (self->lines, 0);
  finish_snapshots (self, book, account_place);
  g_array_set_size (self->snapshots, 0);
  finish_events (self, book, account_place);
  g_array_set_size (self->events, 0);

  book->text_size = self->text->len;
  book->text = (char *) g_byte_array_steal (self->text, NULL);
  qd_book_derive (book);
  return book;
}
