/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The three forms of revenue as tables of columns, and how rows become columns.
 */
#include "qd-book-private.h"

#include <stdlib.h>
#include <string.h>

/* From this many facts on two threads sort them. */
#define MANY 20000
#define BLOCK 512

#define COLUMN(form, name, value, kind) \
  { \
    G_STRUCT_OFFSET (form, name), G_STRUCT_OFFSET (QdBookFact, value), sizeof *((form *) 0)->name, kind \
  }
#define HEAD_FITS(form) \
  G_STATIC_ASSERT (G_STRUCT_OFFSET (form, n) == G_STRUCT_OFFSET (QdBookHead, n) && \
                   G_STRUCT_OFFSET (form, offsets) == G_STRUCT_OFFSET (QdBookHead, offsets))

HEAD_FITS (QdBookLines);
HEAD_FITS (QdBookSnapshots);
HEAD_FITS (QdBookEvents);

const QdBookForm qd_book_forms[QD_BOOK_N_FORMS] = {
  { G_STRUCT_OFFSET (QdBook, lines), G_STRUCT_OFFSET (QdBookRaw, lines), FALSE, 9,
    { COLUMN (QdBookLines, row, row, QD_BOOK_FIT_ROW),
      COLUMN (QdBookLines, start, time, QD_BOOK_FIT_DAY),
      COLUMN (QdBookLines, end, end, QD_BOOK_FIT_END),
      COLUMN (QdBookLines, canceled, canceled, QD_BOOK_FIT_CANCELED),
      COLUMN (QdBookLines, num, num, QD_BOOK_FIT_ANY),
      COLUMN (QdBookLines, den, den, QD_BOOK_FIT_DENOMINATOR),
      COLUMN (QdBookLines, currency, currency, QD_BOOK_FIT_CURRENCY),
      COLUMN (QdBookLines, product, product, QD_BOOK_FIT_PRODUCT),
      COLUMN (QdBookLines, trial, flag, QD_BOOK_FIT_FLAG) } },
  { G_STRUCT_OFFSET (QdBook, snapshots), G_STRUCT_OFFSET (QdBookRaw, snapshots), TRUE, 6,
    { COLUMN (QdBookSnapshots, row, row, QD_BOOK_FIT_ROW),
      COLUMN (QdBookSnapshots, month, time, QD_BOOK_FIT_MONTH),
      COLUMN (QdBookSnapshots, num, num, QD_BOOK_FIT_ANY),
      COLUMN (QdBookSnapshots, den, den, QD_BOOK_FIT_DENOMINATOR),
      COLUMN (QdBookSnapshots, currency, currency, QD_BOOK_FIT_CURRENCY),
      COLUMN (QdBookSnapshots, product, product, QD_BOOK_FIT_PRODUCT) } },
  { G_STRUCT_OFFSET (QdBook, events), G_STRUCT_OFFSET (QdBookRaw, events), FALSE, 8,
    { COLUMN (QdBookEvents, row, row, QD_BOOK_FIT_ROW),
      COLUMN (QdBookEvents, day, time, QD_BOOK_FIT_DAY),
      COLUMN (QdBookEvents, num, num, QD_BOOK_FIT_ANY),
      COLUMN (QdBookEvents, den, den, QD_BOOK_FIT_DENOMINATOR),
      COLUMN (QdBookEvents, is_change, flag, QD_BOOK_FIT_FLAG),
      COLUMN (QdBookEvents, of_product, of_product, QD_BOOK_FIT_FLAG),
      COLUMN (QdBookEvents, currency, currency, QD_BOOK_FIT_CURRENCY),
      COLUMN (QdBookEvents, product, product, QD_BOOK_FIT_PRODUCT) } },
};

typedef struct
{
  const QdBookForm *form;
  QdBook *book;
  const QdBookFact *facts;        /* as they came */
  guint32 n;
  const guint32 *account_place;
  const guint32 *offsets;
  QdBookFact *sorted;
  guint32 from, to;               /* accounts; then facts */
} Share;

static gboolean
is_same_month (const QdBookFact *a,
               const QdBookFact *b)
{
  return a->time == b->time && a->product == b->product && a->currency == b->currency;
}

static int
compare_facts (const QdBookFact *x,
               const QdBookFact *y,
               gboolean          by_product)
{
  if (x->time != y->time)
    return x->time < y->time ? -1 : 1;
  if (by_product && x->product != y->product)
    return x->product < y->product ? -1 : 1;
  if (by_product && x->currency != y->currency)
    return x->currency < y->currency ? -1 : 1;
  return x->row < y->row ? -1 : x->row > y->row;
}

static int
compare_facts_cb (const void *a,
                  const void *b,
                  void       *by_product)
{
  return compare_facts (a, b, by_product != NULL);
}

/* Facts of one account: few, and mostly in order. */
static void
sort_account (QdBookFact *facts,
              guint32     n,
              gboolean    by_product)
{
  guint32 first = 1;

  while (first < n && compare_facts (&facts[first - 1], &facts[first], by_product) <= 0)
    first++;
  if (first < n && n > 16)
    g_qsort_with_data (facts, n, sizeof *facts, compare_facts_cb, GINT_TO_POINTER (by_product));
  else
    for (guint32 i = first; i < n; i++)
      {
        QdBookFact moved = facts[i];
        guint32 k = i;

        for (; k > 0 && compare_facts (&facts[k - 1], &moved, by_product) > 0; k--)
          facts[k] = facts[k - 1];
        facts[k] = moved;
      }
}

/* A counting sort by account keeps the order of rows. */
static gpointer
sort_share (gpointer data)
{
  const Share *self = data;
  guint32 size = self->to - self->from;
  g_autofree guint32 *next = g_memdup2 (self->offsets + self->from, MAX ((gsize) size, 1) * sizeof (guint32));

  for (guint32 i = 0; i < self->n; i++)
    {
      guint32 account = self->account_place[self->facts[i].account];

      if (account - self->from < size)
        self->sorted[next[account - self->from]++] = self->facts[i];
    }
  for (guint32 a = self->from; a < self->to; a++)
    sort_account (self->sorted + self->offsets[a], self->offsets[a + 1] - self->offsets[a], self->form->by_product);
  return NULL;
}

static void
copy_block (const Share        *self,
            const QdBookColumn *column,
            char               *to,
            guint32             from,
            guint32             n)
{
  const char *fact = (const char *) (self->sorted + from) + column->fact;

#define COPY(type) \
  for (guint32 i = 0; i < n; i++) \
    ((type *) (gpointer) to)[from + i] = *(const type *) (gconstpointer) (fact + i * sizeof (QdBookFact))
  switch (column->width)
    {
    case 1:
      COPY (guint8);
      break;
    case 2:
      COPY (guint16);
      break;
    case 4:
      COPY (guint32);
      break;
    default:
      COPY (guint64);
    }
#undef COPY
}

/* Block by block, so that the facts are fetched once and not for each column. */
static gpointer
copy_share (gpointer data)
{
  const Share *self = data;

  for (guint32 at = self->from; at < self->to; at += BLOCK)
    for (guint c = 0; c < self->form->n_columns; c++)
      copy_block (self, &self->form->columns[c], *qd_book_form_get_column (self->book, self->form, c), at,
                  MIN (BLOCK, self->to - at));
  return NULL;
}

/* @n: accounts or facts, in two shares when there are many facts. */
static void
run_shares (const Share *share,
            GThreadFunc  run,
            guint32      n)
{
  Share shares[2] = { *share, *share };
  GThread *helper = NULL;

  shares[0].from = 0;
  shares[0].to = shares[1].from = share->n >= MANY && g_get_num_processors () > 1 ? n / 2 : n;
  shares[1].to = n;
  if (shares[1].from < n)
    helper = g_thread_new ("qd-book", run, &shares[1]);
  run (&shares[0]);
  if (helper != NULL)
    g_thread_join (helper);
}

/* Of those with the same account, month, product and currency the last row holds. Returns how many are left. */
static guint32
drop_earlier (QdBookFact *facts,
              guint32    *offsets,
              guint32     n_accounts)
{
  guint32 kept = 0;

  for (guint32 a = 0; a < n_accounts; a++)
    {
      guint32 first = offsets[a], last = offsets[a + 1];

      offsets[a] = kept;
      for (guint32 i = first; i < last; i++)
        {
          if (kept > offsets[a] && is_same_month (&facts[kept - 1], &facts[i]))
            kept--;
          if (kept != i)
            facts[kept] = facts[i];
          kept++;
        }
    }
  offsets[n_accounts] = kept;
  return kept;
}

/* Puts the rows in order of account and time, then makes the columns. Frees the rows, so that the peak stays low. */
void
qd_book_form_finish (const QdBookForm *form,
                     QdBookRaw        *raw,
                     QdBook           *book,
                     const guint32    *account_place)
{
  GArray *rows = G_STRUCT_MEMBER (GArray *, raw, form->raw);
  QdBookHead *head = qd_book_form_get_head (book, form);
  guint32 n_accounts = book->n_accounts;
  guint32 *offsets = g_new0 (guint32, (gsize) n_accounts + 1);
  Share share = { form, book, (const QdBookFact *) (gpointer) rows->data, rows->len, account_place, offsets, NULL, 0, 0 };
  g_autofree QdBookFact *sorted = g_new (QdBookFact, MAX (rows->len, 1));

  for (guint32 i = 0; i < share.n; i++)
    offsets[account_place[share.facts[i].account] + 1]++;
  for (guint32 a = 0; a < n_accounts; a++)
    offsets[a + 1] += offsets[a];
  share.sorted = sorted;
  run_shares (&share, sort_share, n_accounts);
  g_free (g_array_steal (rows, NULL));
  if (form->by_product)
    share.n = drop_earlier (sorted, offsets, n_accounts);

  head->n = share.n;
  head->offsets = offsets;
  for (guint c = 0; c < form->n_columns; c++)
    *qd_book_form_get_column (book, form, c) = g_malloc ((gsize) MAX (share.n, 1) * form->columns[c].width);
  run_shares (&share, copy_share, share.n);
}

void
qd_book_form_free (const QdBookForm *form,
                   QdBook           *book)
{
  g_free (qd_book_form_get_head (book, form)->offsets);
  for (guint c = 0; c < form->n_columns; c++)
    g_free (*qd_book_form_get_column (book, form, c));
}

gsize
qd_book_form_get_memory (const QdBookForm *form,
                         const QdBook     *book)
{
  gsize size = 0;

  for (guint c = 0; c < form->n_columns; c++)
    size += form->columns[c].width;
  return size * qd_book_form_get_head (book, form)->n + ((gsize) book->n_accounts + 1) * sizeof (guint32);
}
