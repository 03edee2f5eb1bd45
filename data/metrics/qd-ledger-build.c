/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From facts to step functions. Every fact becomes spans, each in force from
 * one day to the day before another; the spans of a customer are then added up
 * day by day. Customers are independent, so two threads build half each.
 */
#define G_LOG_DOMAIN "qd-metrics"

#include "config.h"

#include "qd-ledger-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What changes on a day. */
typedef struct
{
  QdDay day;
  guint32 product;
  gint64 amount;
  gint32 present;  /* lines that make a customer without a charge */
  guint32 by_rate; /* 1: the change is the rate's; 2, 3: no change, but what the rate made of so many months */
} Delta;

/* A level that an event left, until the next. */
typedef struct
{
  guint8 of_product;
  guint8 present;
  guint16 currency;
  guint32 product;
  gint64 num, den;
  QdDay since;
} Component;

/* One thread's share. */
typedef struct
{
  QdLedger *ledger;
  gboolean parts, month_end, foreign;
  guint32 from, to; /* customers */
  QdJob *job;
  GError *error;
  int exponent;
  QdDecimal *rates; /* constant ones, by currency */
  guint8 *has_rate;
  QdMonth last_rate; /* with month_end: no rate is another after it */

  Delta *deltas;
  guint n_deltas, max_deltas;
  GArray *components;

  QdSeries series;
  guint32 n_changes, max_changes, n_runs, max_runs, max_entities;
  __int128 turnover; /* sum of all magnitudes: whatever is summed later is below it */
} Share;

void
qd_series_clear (QdSeries *self)
{
  g_free (self->customer);
  g_free (self->product);
  g_free (self->change_offsets);
  g_free (self->changes);
  g_free (self->change_fx);
  g_free (self->run_offsets);
  g_free (self->run_month);
  g_free (self->run_level);
  g_free (self->run_active);
  for (int length = 1; length <= 3; length++)
    g_free (self->run_fx[length]);
  memset (self, 0, sizeof *self);
}

static void
fail_rate (Share *share,
           guint  currency)
{
  if (share->error == NULL)
    g_set_error (&share->error, QD_METRIC_ERROR, QD_METRIC_ERROR_NO_RATE,
                 _("There is no exchange rate for %s. Import rates (kind fx) that have it."),
                 qd_book_get_currency_code (share->ledger->book, currency));
}

static void
fail_range (Share  *share,
            guint32 customer)
{
  guint32 account = qd_ledger_get_account (share->ledger, customer);

  if (share->error == NULL)
    g_set_error (&share->error, QD_METRIC_ERROR, QD_METRIC_ERROR_RANGE,
                 _("The amounts of account %s are too large to add up. Check its rows, and undo the import that brought them."),
                 qd_book_get_account_id (share->ledger->book, account));
}

static void
push (Share  *share,
      QdDay   day,
      guint32 product,
      gint64  amount,
      gint32  present,
      guint32 by_rate)
{
  Delta *delta;

  if (share->n_deltas == share->max_deltas)
    {
      share->max_deltas = MAX (64, share->max_deltas * 2);
      share->deltas = g_renew (Delta, share->deltas, share->max_deltas);
    }
  delta = &share->deltas[share->n_deltas++];
  delta->day = day;
  delta->product = product;
  delta->amount = amount;
  delta->present = present;
  delta->by_rate = by_rate;
}

/* One fact in reporting minor units. A failure is kept in the share. */
static gint64
convert (Share  *share,
         guint32 customer,
         guint   currency,
         gint64  num,
         gint64  den,
         QdMonth month)
{
  QdDecimal rate = { 1, 0 };
  gint64 value = 0;

  if (currency == 0 && den == 1)
    return num;
  if (currency != 0)
    {
      if (!share->has_rate[currency]
          || (share->month_end && !qd_book_get_month_rate (share->ledger->book, currency, month, &rate)))
        {
          fail_rate (share, currency);
          return 0;
        }
      if (!share->month_end)
        rate = share->rates[currency];
    }
  if (!qd_ratio_convert ((QdRatio){ num, den }, rate, qd_book_get_currency_exponent (share->ledger->book, currency),
                         share->exponent, &value))
    fail_range (share, customer);
  return value;
}

/* What the rates of two and three months made of an amount in force at a month end, whether or not it still is. */
static void
add_long_effects (Share  *share,
                  guint32 customer,
                  guint32 product,
                  guint   currency,
                  gint64  num,
                  gint64  den,
                  QdDay   start,
                  QdDay   end)
{
  const QdLedger *ledger = share->ledger;
  QdMonth month = ledger->first + ledger->month_of[start - ledger->first_day];

  for (; month < share->last_rate && qd_month_last_day (month) < end; month++)
    {
      gint64 value = convert (share, customer, currency, num, den, month);

      for (guint32 length = 2; length <= 3 && month + (int) length <= ledger->last; length++)
        {
          gint64 effect = convert (share, customer, currency, num, den, month + (int) length) - value;

          if (effect != 0)
            push (share, qd_month_first_day (month + (int) length), product, effect, 0, length);
        }
    }
}

/* An amount in force from @start to the day before @end. */
static void
add_span (Share  *share,
          guint32 customer,
          guint32 product,
          guint   currency,
          gint64  num,
          gint64  den,
          QdDay   start,
          QdDay   end,
          gint32  present)
{
  const QdLedger *ledger = share->ledger;
  gint64 value;

  start = MAX (start, ledger->first_day);
  if (start >= end || start > ledger->last_day)
    return;
  value = convert (share, customer, currency, num, den, ledger->first + ledger->month_of[start - ledger->first_day]);
  push (share, start, product, value, present, 0);
  if (share->month_end && currency != 0)
    {
      QdMonth month = ledger->first + ledger->month_of[start - ledger->first_day] + 1;

      for (; month <= share->last_rate && qd_month_first_day (month) <= end; month++)
        {
          gint64 revalued = convert (share, customer, currency, num, den, month);

          if (revalued != value)
            push (share, qd_month_first_day (month), product, revalued - value, 0, 1);
          value = revalued;
        }
      add_long_effects (share, customer, product, currency, num, den, start, end);
    }
  if (end <= ledger->last_day)
    push (share, end, product, -value, -present, 0);
}

static void
add_lines (Share  *share,
           guint32 customer,
           guint32 account)
{
  const QdBookLines *lines = qd_book_get_lines (share->ledger->book);
  const QdProfile *profile = share->ledger->profile;

  for (guint32 i = lines->offsets[account]; i < lines->offsets[account + 1]; i++)
    {
      QdDay end = lines->end[i];

      if (lines->trial[i] && !profile->trials)
        continue;
      if (end != QD_DAY_FOREVER && profile->end_date == QD_END_INCLUSIVE)
        end++;
      add_span (share, customer, lines->product[i], lines->currency[i], lines->num[i], lines->den[i], lines->start[i], end,
                lines->trial[i] || profile->free_accounts);
    }
}

static void
add_snapshots (Share  *share,
               guint32 customer,
               guint32 account)
{
  const QdBookSnapshots *snapshots = qd_book_get_snapshots (share->ledger->book);

  for (guint32 i = snapshots->offsets[account]; i < snapshots->offsets[account + 1]; i++)
    add_span (share, customer, snapshots->product[i], snapshots->currency[i], snapshots->num[i], snapshots->den[i],
              qd_month_first_day (snapshots->month[i]), qd_month_first_day (snapshots->month[i] + 1),
              share->ledger->profile->free_accounts);
}

/* The component's level ends on @day, where another may take its place. */
static void
close_component (Share     *share,
                 guint32    customer,
                 Component *component,
                 QdDay      day)
{
  if (component->since < day)
    {
      QdDay end = day;

      if (day != QD_DAY_FOREVER && share->ledger->profile->end_date == QD_END_INCLUSIVE)
        end++;
      if (component->num > 0 || component->present)
        add_span (share, customer, component->product, component->currency, MAX (component->num, 0), component->den,
                  component->since, end, component->present);
    }
  component->since = day;
}

/* a/b + c/d in lowest terms. */
static gboolean
add_ratio (gint64  num,
           gint64  den,
           gint64 *sum_num,
           gint64 *sum_den)
{
  __int128 n, d, a, b;

  if (den == *sum_den)
    {
      if (__builtin_add_overflow (num, *sum_num, sum_num))
        return FALSE;
      if (den == 1)
        return TRUE;
      n = *sum_num;
      d = den;
    }
  else
    {
      n = (__int128) num * *sum_den + (__int128) *sum_num * den;
      d = (__int128) den * *sum_den;
    }
  a = n < 0 ? -n : n;
  b = d;
  while (a != 0)
    {
      __int128 rest = b % a;

      b = a;
      a = rest;
    }
  n /= b;
  d /= b;
  if (n > G_MAXINT64 || n < -G_MAXINT64 || d > G_MAXINT64)
    return FALSE;
  *sum_num = (gint64) n;
  *sum_den = (gint64) d;
  return TRUE;
}

static Component *
find_component (Share  *share,
                guint8  of_product,
                guint32 product,
                guint16 currency)
{
  GArray *components = share->components;
  Component fresh = { .of_product = of_product, .currency = currency, .product = product, .den = 1, .since = QD_DAY_NONE };

  for (guint i = 0; i < components->len; i++)
    {
      Component *component = &g_array_index (components, Component, i);

      if (component->of_product == of_product && component->currency == currency
          && (!of_product || component->product == product))
        return component;
    }
  g_array_append_val (components, fresh);
  return &g_array_index (components, Component, components->len - 1);
}

static void
add_events (Share  *share,
            guint32 customer,
            guint32 account)
{
  const QdBookEvents *events = qd_book_get_events (share->ledger->book);
  gboolean free_accounts = share->ledger->profile->free_accounts;
  guint32 label = QD_BOOK_NONE;

  if (events->offsets[account] == events->offsets[account + 1])
    return;
  g_array_set_size (share->components, 0);
  for (guint32 i = events->offsets[account]; i < events->offsets[account + 1]; i++)
    {
      QdDay day = events->day[i];
      guint8 of_product = events->of_product[i];
      gboolean first;
      Component *component;

      /* The account's level sits on one product; a new label moves all of it. */
      if (!of_product && events->product[i] != QD_BOOK_NONE && events->product[i] != label)
        {
          label = events->product[i];
          for (guint j = 0; j < share->components->len; j++)
            {
              component = &g_array_index (share->components, Component, j);
              if (!component->of_product)
                {
                  close_component (share, customer, component, day);
                  component->product = label;
                }
            }
        }
      /* A level of the account says that it has nothing else. */
      if (!of_product && !events->is_change[i])
        for (guint j = 0; j < share->components->len; j++)
          {
            component = &g_array_index (share->components, Component, j);
            if (!component->of_product && component->currency != events->currency[i])
              {
                close_component (share, customer, component, day);
                component->num = 0;
                component->den = 1;
                component->present = 0;
              }
          }

      component = find_component (share, of_product, of_product ? events->product[i] : label, events->currency[i]);
      first = component->since == QD_DAY_NONE;
      if (first)
        component->since = day;
      else
        close_component (share, customer, component, day);
      if (!events->is_change[i])
        {
          component->num = events->num[i];
          component->den = events->den[i];
        }
      else if (!add_ratio (events->num[i], events->den[i], &component->num, &component->den))
        fail_range (share, customer);
      component->present = free_accounts && (component->num > 0 || first);
    }
  for (guint j = 0; j < share->components->len; j++)
    close_component (share, customer, &g_array_index (share->components, Component, j), QD_DAY_FOREVER);
}

static int
compare_deltas (const void *a,
                const void *b)
{
  const Delta *x = a, *y = b;

  if (x->product != y->product)
    return x->product < y->product ? -1 : 1;
  if (x->day != y->day)
    return x->day < y->day ? -1 : 1;
  return (x->by_rate < y->by_rate) - (x->by_rate > y->by_rate);
}

static void
sort_deltas (Delta *deltas,
             guint  n)
{
  if (n > 64)
    {
      qsort (deltas, n, sizeof *deltas, compare_deltas);
      return;
    }
  for (guint i = 1; i < n; i++)
    {
      Delta delta = deltas[i];
      guint j = i;

      for (; j > 0 && compare_deltas (&delta, &deltas[j - 1]) < 0; j--)
        deltas[j] = deltas[j - 1];
      deltas[j] = delta;
    }
}

static void
reserve (Share *share,
         guint  n)
{
  QdSeries *series = &share->series;

  if (share->n_changes + n > share->max_changes)
    {
      share->max_changes = MAX (1024, MAX (share->n_changes + n, share->max_changes * 2));
      series->changes = g_renew (QdLedgerChange, series->changes, share->max_changes);
      if (share->month_end)
        series->change_fx = g_renew (gint64, series->change_fx, share->max_changes);
    }
  if (share->n_runs + n > share->max_runs)
    {
      share->max_runs = MAX (1024, MAX (share->n_runs + n, share->max_runs * 2));
      series->run_month = g_renew (gint32, series->run_month, share->max_runs);
      series->run_level = g_renew (gint64, series->run_level, share->max_runs);
      series->run_active = g_renew (guint8, series->run_active, share->max_runs);
      for (int length = 1; share->month_end && length <= 3; length++)
        series->run_fx[length] = g_renew (gint64, series->run_fx[length], share->max_runs);
    }
}

/* The state at the end of a month, when it is not the one before. */
typedef struct
{
  gint32 month;
  gint64 level, fx[4];
  guint8 active;
} Month;

static void
end_month (Share       *share,
           const Month *now,
           Month       *last)
{
  QdSeries *series = &share->series;

  if (now->level == last->level && now->active == last->active && now->fx[1] == 0 && now->fx[2] == 0 && now->fx[3] == 0)
    return;
  series->run_month[share->n_runs] = now->month;
  series->run_level[share->n_runs] = now->level;
  series->run_active[share->n_runs] = now->active;
  for (int length = 1; share->month_end && length <= 3; length++)
    series->run_fx[length][share->n_runs] = now->fx[length];
  share->n_runs++;
  *last = *now;
}

/* Adds up sorted deltas of one entity into its changes and runs. */
static void
add_up (Share       *share,
        guint32      customer,
        const Delta *deltas,
        guint        n)
{
  const QdLedger *ledger = share->ledger;
  QdSeries *series = &share->series;
  Month now = { .month = -1 }, last = { .month = -1 };
  gint64 sum = 0;
  gint32 present = 0;

  reserve (share, n);
  for (guint i = 0; i < n;)
    {
      QdDay day = deltas[i].day;
      gint32 month = ledger->month_of[day - ledger->first_day];
      gint64 before = now.level, fx = 0;
      guint8 was_active = now.active;

      if (month != now.month)
        {
          if (now.month >= 0)
            end_month (share, &now, &last);
          now.month = month;
          memset (now.fx, 0, sizeof now.fx);
        }
      for (; i < n && deltas[i].day == day; i++)
        {
          if (deltas[i].by_rate > 0)
            now.fx[deltas[i].by_rate] += deltas[i].amount;
          if (deltas[i].by_rate > 1)
            continue;
          if (__builtin_add_overflow (sum, deltas[i].amount, &sum))
            fail_range (share, customer);
          present += deltas[i].present;
          fx += deltas[i].by_rate ? deltas[i].amount : 0;
        }
      now.level = MAX (sum, 0);
      now.active = now.level > 0 || present > 0;
      if (now.level == before && now.active == was_active && fx == 0)
        continue;
      series->changes[share->n_changes].day = day;
      series->changes[share->n_changes].level = now.level;
      series->changes[share->n_changes].active = now.active;
      if (share->month_end)
        series->change_fx[share->n_changes] = fx;
      share->n_changes++;
      share->turnover += now.level > before ? now.level - before : before - now.level;
      share->turnover += fx > 0 ? fx : -fx;
    }
  if (now.month >= 0)
    end_month (share, &now, &last);
}

static void
end_entity (Share  *share,
            guint32 customer,
            guint32 product)
{
  QdSeries *series = &share->series;

  if (series->n + 1 >= share->max_entities)
    {
      share->max_entities = MAX (64, share->max_entities * 2);
      series->change_offsets = g_renew (guint32, series->change_offsets, share->max_entities);
      series->run_offsets = g_renew (guint32, series->run_offsets, share->max_entities);
      if (share->parts)
        {
          series->customer = g_renew (guint32, series->customer, share->max_entities);
          series->product = g_renew (guint32, series->product, share->max_entities);
        }
    }
  if (share->parts)
    {
      series->customer[series->n] = customer;
      series->product[series->n] = product;
    }
  series->n++;
  series->change_offsets[series->n] = share->n_changes;
  series->run_offsets[series->n] = share->n_runs;
}

/* The commonest account by far: levels in the reporting currency, nothing else. */
static gboolean
add_plain_events (Share  *share,
                  guint32 account)
{
  const QdBookEvents *events = qd_book_get_events (share->ledger->book);
  const QdBookLines *lines = qd_book_get_lines (share->ledger->book);
  const QdBookSnapshots *snapshots = qd_book_get_snapshots (share->ledger->book);
  const QdProfile *profile = share->ledger->profile;
  guint32 from = events->offsets[account], to = events->offsets[account + 1];

  if (share->parts || profile->free_accounts || profile->end_date == QD_END_INCLUSIVE
      || lines->offsets[account] != lines->offsets[account + 1]
      || snapshots->offsets[account] != snapshots->offsets[account + 1])
    return FALSE;
  for (guint32 i = from; i < to; i++)
    if (events->is_change[i] || events->of_product[i] || events->currency[i] != 0 || events->den[i] != 1)
      return FALSE;
  for (guint32 i = from; i < to; i++)
    {
      gint64 level = i > from ? MAX (events->num[i - 1], 0) : 0;

      if (events->day[i] <= share->ledger->last_day && events->day[i] >= share->ledger->first_day)
        push (share, events->day[i], QD_BOOK_NONE, MAX (events->num[i], 0) - level, 0, 0);
    }
  return TRUE;
}

static void
build_customer (Share  *share,
                guint32 customer)
{
  guint32 own;
  guint n_members;
  const guint32 *members = qd_ledger_get_members (share->ledger, customer, &own, &n_members);

  share->n_deltas = 0;
  for (guint i = 0; i < n_members; i++)
    if (!add_plain_events (share, members[i]))
      {
        add_lines (share, customer, members[i]);
        add_snapshots (share, customer, members[i]);
        add_events (share, customer, members[i]);
      }
  if (!share->parts)
    {
      for (guint i = 0; i < share->n_deltas; i++)
        share->deltas[i].product = 0;
      sort_deltas (share->deltas, share->n_deltas);
      add_up (share, customer, share->deltas, share->n_deltas);
      end_entity (share, customer, 0);
      return;
    }
  sort_deltas (share->deltas, share->n_deltas);
  for (guint i = 0, end; i < share->n_deltas; i = end)
    {
      for (end = i; end < share->n_deltas && share->deltas[end].product == share->deltas[i].product;)
        end++;
      add_up (share, customer, share->deltas + i, end - i);
      end_entity (share, customer, share->deltas[i].product);
    }
}

static gpointer
build_share (gpointer data)
{
  Share *share = data;
  QdSeries *series = &share->series;

  share->max_entities = share->to - share->from + 2;
  series->change_offsets = g_new0 (guint32, share->max_entities);
  series->run_offsets = g_new0 (guint32, share->max_entities);
  if (share->parts)
    {
      series->customer = g_new0 (guint32, share->max_entities);
      series->product = g_new0 (guint32, share->max_entities);
    }
  share->components = g_array_new (FALSE, FALSE, sizeof (Component));
  for (guint32 customer = share->from; customer < share->to && share->error == NULL; customer++)
    {
      if (customer % 4096 == 0 && share->job != NULL && !qd_job_check (share->job, &share->error))
        break;
      build_customer (share, customer);
    }
  g_array_unref (share->components);
  g_free (share->deltas);
  return NULL;
}

static void
append (QdSeries       *to,
        guint32        *n_changes,
        guint32        *n_runs,
        const QdSeries *from)
{
  guint32 changes = from->change_offsets[from->n], runs = from->run_offsets[from->n];

  for (guint32 i = 0; i < from->n; i++)
    {
      to->change_offsets[to->n + i + 1] = *n_changes + from->change_offsets[i + 1];
      to->run_offsets[to->n + i + 1] = *n_runs + from->run_offsets[i + 1];
    }
#define APPEND(field, at, count) \
  if ((count) > 0 && from->field != NULL) \
    memcpy (to->field + (at), from->field, (count) * sizeof *to->field)
  APPEND (customer, to->n, from->n);
  APPEND (product, to->n, from->n);
  APPEND (changes, *n_changes, changes);
  APPEND (change_fx, *n_changes, changes);
  APPEND (run_month, *n_runs, runs);
  APPEND (run_level, *n_runs, runs);
  APPEND (run_active, *n_runs, runs);
  APPEND (run_fx[1], *n_runs, runs);
  APPEND (run_fx[2], *n_runs, runs);
  APPEND (run_fx[3], *n_runs, runs);
#undef APPEND
  to->n += from->n;
  *n_changes += changes;
  *n_runs += runs;
}

/* Joins two shares: the second behind the first. */
static void
join (QdSeries       *series,
      const QdSeries *a,
      const QdSeries *b,
      gboolean        parts,
      gboolean        month_end)
{
  guint32 n = a->n + b->n, n_changes = 0, n_runs = 0;
  gsize changes = (gsize) a->change_offsets[a->n] + b->change_offsets[b->n];
  gsize runs = (gsize) a->run_offsets[a->n] + b->run_offsets[b->n];

  series->change_offsets = g_new0 (guint32, n + 1);
  series->run_offsets = g_new0 (guint32, n + 1);
  series->changes = g_new (QdLedgerChange, changes);
  series->run_month = g_new (gint32, runs);
  series->run_level = g_new (gint64, runs);
  series->run_active = g_new (guint8, runs);
  if (parts)
    {
      series->customer = g_new (guint32, n);
      series->product = g_new (guint32, n);
    }
  if (month_end)
    {
      series->change_fx = g_new (gint64, changes);
      for (int length = 1; length <= 3; length++)
        series->run_fx[length] = g_new (gint64, runs);
    }
  append (series, &n_changes, &n_runs, a);
  append (series, &n_changes, &n_runs, b);
}

/* The last month in which some rate is another than the month before. */
static QdMonth
find_last_rate (const QdLedger *self)
{
  for (QdMonth month = self->last; month > self->first; month--)
    for (guint i = 1; i < qd_book_get_n_currencies (self->book); i++)
      {
        QdDecimal rate = { 0, 0 }, before = { 0, 0 };

        qd_book_get_month_rate (self->book, i, month, &rate);
        qd_book_get_month_rate (self->book, i, month - 1, &before);
        if (rate.mantissa != before.mantissa || rate.scale != before.scale)
          return month;
      }
  return self->first;
}

gboolean
qd_ledger_build (QdLedger *self,
                 gboolean  parts,
                 QdSeries *series,
                 QdJob    *job,
                 GError  **error)
{
  guint n_currencies = qd_book_get_n_currencies (self->book);
  g_autofree QdDecimal *rates = g_new0 (QdDecimal, n_currencies + 1);
  g_autofree guint8 *has_rate = g_new0 (guint8, n_currencies + 1);
  guint32 n = self->first == QD_MONTH_NONE ? 0 : self->n_customers;
  guint32 half = n > 20000 ? n / 2 : n;
  QdMonth last_rate = n > 0 && self->profile->fx == QD_FX_MONTH_END ? find_last_rate (self) : self->first;
  Share shares[2] = { 0 };
  GThread *helper = NULL;
  gboolean done;

  for (guint i = 1; i < n_currencies; i++)
    has_rate[i] = qd_book_get_constant_rate (self->book, i, &rates[i]);
  for (int i = 0; i < 2; i++)
    {
      shares[i].ledger = self;
      shares[i].parts = parts;
      shares[i].month_end = self->profile->fx == QD_FX_MONTH_END;
      shares[i].job = job;
      shares[i].exponent = qd_book_get_exponent (self->book);
      shares[i].rates = rates;
      shares[i].last_rate = last_rate;
      shares[i].has_rate = has_rate;
    }
  shares[0].to = half;
  shares[1].from = half;
  shares[1].to = n;
  if (half < n)
    helper = g_thread_new ("qd-ledger", build_share, &shares[1]);
  else
    build_share (&shares[1]);
  build_share (&shares[0]);
  if (helper != NULL)
    g_thread_join (helper);

  done = shares[0].error == NULL && shares[1].error == NULL;
  if (done && shares[0].turnover + shares[1].turnover > G_MAXINT64 / 64)
    {
      g_set_error_literal (error, QD_METRIC_ERROR, QD_METRIC_ERROR_RANGE,
                           _("The amounts of all accounts are too large to add up. Look for rows with far too many digits."));
      done = FALSE;
    }
  else if (!done)
    {
      g_autoptr (GError) other = NULL;

      if (shares[0].error != NULL)
        {
          other = shares[1].error;
          g_propagate_error (error, shares[0].error);
        }
      else
        g_propagate_error (error, shares[1].error);
    }
  if (done)
    join (series, &shares[0].series, &shares[1].series, parts, self->profile->fx == QD_FX_MONTH_END);
  qd_series_clear (&shares[0].series);
  qd_series_clear (&shares[1].series);

  /* Without any revenue every customer has an empty history. */
  if (done && !parts && series->n < self->n_customers)
    {
      g_free (series->change_offsets);
      g_free (series->run_offsets);
      series->n = self->n_customers;
      series->change_offsets = g_new0 (guint32, series->n + 1);
      series->run_offsets = g_new0 (guint32, series->n + 1);
    }
  return done;
}
