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
    for (guint i = 0; i < QD_BOOK_N_FORMS; i++)
      renumber_products (G_STRUCT_MEMBER (GArray *, self, qd_book_forms[i].raw), product_place);
  for (guint i = 0; i < QD_BOOK_N_FORMS; i++)
    qd_book_form_finish (&qd_book_forms[i], self, book, account_place);

  book->text_size = self->text->len;
  book->text = (char *) g_byte_array_steal (self->text, NULL);
  qd_book_derive (book);
  return book;
}
