/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "qd-metrics"

#include "config.h"

#include "qd-walk-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_CELLS (1 << 20)

typedef struct
{
  int dimension;
  guint8 *allowed; /* by value */
} Filter;

static void
clear_filter (gpointer data)
{
  g_free (((Filter *) data)->allowed);
}

static void
append_name (GString    *list,
             guint      *n,
             const char *name)
{
  if ((*n)++ > 20)
    return;
  if (list->len > 0)
    g_string_append (list, ", ");
  g_string_append (list, *n > 20 ? "…" : name);
}

static void
fail_dimension (const QdBook *book,
                const char   *name,
                GError      **error)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < qd_book_get_n_dimensions (book); i++)
    g_string_append_printf (list, "%s, ", qd_book_get_dimension_name (book, i));
  g_string_append (list, "product");
  g_set_error (error, QD_METRIC_ERROR, QD_METRIC_ERROR_UNKNOWN,
               _("No dimension is called “%s”. This workspace has: %s."), name, list->str);
}

static gboolean
filter_product (QdCut      *self,
                const char *value,
                GError    **error)
{
  guint n = qd_book_get_n_products (self->book);
  g_autoptr (GString) list = NULL;
  guint n_listed = 0;

  if (self->product_in == NULL)
    self->product_in = g_new0 (guint8, n + 1);
  if (*value == '\0')
    {
      self->product_in[0] = 1;
      return TRUE;
    }
  for (guint i = 0; i < n; i++)
    if (strcmp (qd_book_get_product_id (self->book, i), value) == 0)
      {
        self->product_in[i + 1] = 1;
        return TRUE;
      }
  list = g_string_new (NULL);
  for (guint i = 0; i < n; i++)
    append_name (list, &n_listed, qd_book_get_product_id (self->book, i));
  g_set_error (error, QD_METRIC_ERROR, QD_METRIC_ERROR_UNKNOWN, _("No product is called “%s”. There are: %s."), value,
               list->len > 0 ? list->str : _("none"));
  return FALSE;
}

static gboolean
filter_dimension (QdCut      *self,
                  int         dimension,
                  const char *value,
                  GError    **error)
{
  guint n = qd_book_get_n_values (self->book, dimension);
  g_autoptr (GString) list = NULL;
  Filter *filter = NULL;
  guint n_listed = 0;

  for (guint i = 0; i < self->filters->len && filter == NULL; i++)
    if (g_array_index (self->filters, Filter, i).dimension == dimension)
      filter = &g_array_index (self->filters, Filter, i);
  if (filter == NULL)
    {
      Filter fresh = { dimension, g_new0 (guint8, MAX (n, 1)) };

      g_array_append_val (self->filters, fresh);
      filter = &g_array_index (self->filters, Filter, self->filters->len - 1);
    }
  for (guint i = 0; i < n; i++)
    if (strcmp (qd_book_get_value (self->book, dimension, i), value) == 0)
      {
        filter->allowed[i] = 1;
        return TRUE;
      }
  list = g_string_new (NULL);
  for (guint i = 1; i < n; i++)
    append_name (list, &n_listed, qd_book_get_value (self->book, dimension, i));
  g_set_error (error, QD_METRIC_ERROR, QD_METRIC_ERROR_UNKNOWN,
               _("No account has the value “%s” in %s. There are: %s."), value,
               qd_book_get_dimension_name (self->book, dimension), list->len > 0 ? list->str : _("none"));
  return FALSE;
}

static gboolean
read_filters (QdCut         *self,
              const QdScope *scope,
              GError       **error)
{
  for (guint i = 0; i < scope->where->len; i++)
    {
      const char *pair = g_ptr_array_index (scope->where, i);
      const char *equal = strchr (pair, '=');
      g_autofree char *name = NULL;
      int dimension;

      if (equal == NULL)
        {
          g_set_error (error, QD_METRIC_ERROR, QD_METRIC_ERROR_UNKNOWN,
                       _("“%s” is no filter. Write it as DIMENSION=VALUE, such as segment=Enterprise."), pair);
          return FALSE;
        }
      name = g_strndup (pair, equal - pair);
      if (strcmp (name, "product") == 0)
        {
          if (!filter_product (self, equal + 1, error))
            return FALSE;
          continue;
        }
      dimension = qd_book_find_dimension (self->book, name);
      if (dimension < 0)
        {
          fail_dimension (self->book, name, error);
          return FALSE;
        }
      if (!filter_dimension (self, dimension, equal + 1, error))
        return FALSE;
    }
  return TRUE;
}

static void
fill_keys (QdCut *self)
{
  const guint32 *values = self->by == QD_BY_DIMENSION ? qd_book_get_account_values (self->book, self->dimension) : NULL;
  const guint32 *accounts = self->ledger->accounts;
  guint32 n = self->ledger->n_customers;

  self->keys = g_new0 (guint32, n + 1);
  for (guint32 customer = 0; customer < n; customer++)
    if (values != NULL)
      self->keys[customer] = values[accounts != NULL ? accounts[customer] : customer];
  for (guint i = 0; i < self->filters->len; i++)
    {
      const Filter *filter = &g_array_index (self->filters, Filter, i);

      values = qd_book_get_account_values (self->book, filter->dimension);
      for (guint32 customer = 0; customer < n; customer++)
        if (!filter->allowed[values[accounts != NULL ? accounts[customer] : customer]])
          self->keys[customer] = QD_KEY_OUT;
    }
}

gboolean
qd_cut_init (QdCut         *self,
             QdLedger      *ledger,
             const QdScope *scope,
             const char    *by,
             QdJob         *job,
             GError       **error)
{
  QdMonth as_of;

  memset (self, 0, sizeof *self);
  self->ledger = ledger;
  self->book = ledger->book;
  self->profile = scope->profile;
  self->n_groups = 1;
  self->filters = g_array_new (FALSE, FALSE, sizeof (Filter));
  g_array_set_clear_func (self->filters, clear_filter);
  if (!qd_scope_resolve_as_of (scope, self->book, &as_of, error))
    return FALSE;
  self->base = ledger->first - 1;
  self->n = as_of - self->base;
  if (by != NULL && strcmp (by, "product") == 0)
    {
      self->by = QD_BY_PRODUCT;
      self->n_groups = qd_book_get_n_products (self->book) + 1;
    }
  else if (by != NULL)
    {
      self->by = QD_BY_DIMENSION;
      self->dimension = qd_book_find_dimension (self->book, by);
      if (self->dimension < 0)
        {
          fail_dimension (self->book, by, error);
          return FALSE;
        }
      self->n_groups = qd_book_get_n_values (self->book, self->dimension);
    }
  if ((gint64) self->n_groups * (self->n + 1) > MAX_CELLS)
    {
      g_set_error (error, QD_METRIC_ERROR, QD_METRIC_ERROR_RANGE,
                   _("The dimension %s has %'u values over %d months, too many for one table. Filter, or choose another."), by,
                   self->n_groups, self->n);
      return FALSE;
    }
  if (!read_filters (self, scope, error))
    return FALSE;

  self->moving = self->profile->segment_at == QD_SEGMENT_PERIOD_START
                 && (self->filters->len > 0 || self->by == QD_BY_DIMENSION);
  self->any_day = self->profile->netting == QD_NETTING_DAY || self->profile->won_and_lost;
  self->of_products = self->by == QD_BY_PRODUCT || self->product_in != NULL;
  if (self->of_products)
    {
      self->parts = qd_ledger_get_parts (ledger, &self->part_offsets, job, error);
      if (self->parts == NULL)
        return FALSE;
    }
  if (!self->moving)
    fill_keys (self);
  return TRUE;
}

void
qd_cut_clear (QdCut *self)
{
  g_clear_pointer (&self->filters, g_array_unref);
  g_clear_pointer (&self->product_in, g_free);
  g_clear_pointer (&self->keys, g_free);
}

const char *
qd_cut_get_group (const QdCut *self,
                  guint        group)
{
  if (self->by == QD_BY_PRODUCT)
    return group == 0 ? "" : qd_book_get_product_id (self->book, group - 1);
  return qd_book_get_value (self->book, self->dimension, group);
}

static void
start (QdWalk      *self,
       const QdCut *cut)
{
  gsize n = cut->n + 1;

  memset (self, 0, sizeof *self);
  self->cut = cut;
  self->level = g_new0 (gint64, n);
  self->active = g_new0 (guint8, n);
  self->unit_level = g_new0 (gint64, n);
  self->unit_active = g_new0 (guint8, n);
  self->seen = g_new0 (guint8, n);
  for (int length = 1; cut->profile->fx == QD_FX_MONTH_END && length <= 3; length++)
    {
      self->fx[length] = g_new0 (gint64, n);
      self->unit_fx[length] = g_new0 (gint64, n);
    }
  if (cut->moving)
    self->keys = g_new0 (guint32, n);
  self->merged = g_array_new (FALSE, FALSE, sizeof (QdLedgerChange));
  self->merged_fx = g_array_new (FALSE, FALSE, sizeof (gint64));
}

static void
clear (QdWalk *self)
{
  g_free (self->level);
  g_free (self->active);
  g_free (self->unit_level);
  g_free (self->unit_active);
  g_free (self->seen);
  for (int length = 1; length <= 3; length++)
    {
      g_free (self->fx[length]);
      g_free (self->unit_fx[length]);
    }
  g_free (self->keys);
  g_free (self->scratch);
  g_array_unref (self->merged);
  g_array_unref (self->merged_fx);
}

/* Spreads an entity's runs over the months. */
static void
spread (const QdCut    *cut,
        const QdSeries *series,
        guint32         entity,
        gboolean        add,
        gint64         *level,
        guint8         *active,
        gint64 *const  *fx)
{
  int index = 0, n = cut->n;
  gint64 value = 0;
  guint8 state = 0;

  for (int length = 1; fx[1] != NULL && !add && length <= 3; length++)
    memset (fx[length], 0, (n + 1) * sizeof *fx[length]);
  for (guint32 run = series->run_offsets[entity]; run <= series->run_offsets[entity + 1]; run++)
    {
      gboolean ends = run == series->run_offsets[entity + 1];
      int until = ends ? n + 1 : MIN (series->run_month[run] + 1, n + 1);

      if (!add)
        for (; index < until; index++)
          {
            level[index] = value;
            active[index] = state;
          }
      else
        for (; index < until; index++)
          {
            level[index] += value;
            active[index] |= state;
          }
      if (ends || until > n)
        break;
      value = series->run_level[run];
      state = series->run_active[run];
      for (int length = 1; fx[1] != NULL && length <= 3; length++)
        fx[length][until] += series->run_fx[length][run];
    }
}

/* The state before the data, when the first month is an opening balance. */
static void
open_first_month (const QdCut *cut,
                  gint64      *level,
                  guint8      *active,
                  gint64 *const *fx)
{
  if (cut->profile->first_month != QD_FIRST_MONTH_OPENING)
    return;
  level[0] = level[1];
  active[0] = active[1];
  /* A look back to before the data sees the first month. */
  for (int length = 3; fx[1] != NULL && length >= 1; length--)
    if (length <= cut->n)
      fx[length][length] = length > 1 ? fx[length - 1][length] : 0;
}

static int
find_born (const guint8 *active,
           int           n)
{
  const guint8 *found = memchr (active, 1, n + 1);

  return found != NULL ? (int) (found - active) : n + 1;
}

static gboolean
lets_in (const QdCut *cut,
         guint32      account,
         QdDay        day)
{
  for (guint i = 0; i < cut->filters->len; i++)
    {
      const Filter *filter = &g_array_index (cut->filters, Filter, i);

      if (!filter->allowed[qd_book_get_account_value_at (cut->book, filter->dimension, account, day)])
        return FALSE;
    }
  return TRUE;
}

static void
fill_moving_keys (QdWalk *self,
                  guint32 customer)
{
  const QdCut *cut = self->cut;
  guint32 account = qd_ledger_get_account (cut->ledger, customer);

  for (int i = 0; i <= cut->n; i++)
    {
      QdDay day = qd_month_last_day (cut->base + i);

      if (!lets_in (cut, account, day))
        self->keys[i] = QD_KEY_OUT;
      else
        self->keys[i] = cut->by == QD_BY_DIMENSION
                            ? qd_book_get_account_value_at (cut->book, cut->dimension, account, day)
                            : 0;
    }
}

static gboolean
enter (QdWalk *self,
       guint32 customer)
{
  const QdCut *cut = self->cut;
  const QdSeries *series = &cut->ledger->whole;
  QdTrack *whole = &self->whole;
  guint32 change = series->change_offsets[customer], end = series->change_offsets[customer + 1];

  if (!cut->moving && cut->keys[customer] == QD_KEY_OUT)
    return FALSE;
  if (change == end || series->changes[change].day > qd_month_last_day (cut->base + cut->n))
    return FALSE;
  if (cut->moving)
    fill_moving_keys (self, customer);

  spread (cut, series, customer, FALSE, self->level, self->active, self->fx);
  open_first_month (cut, self->level, self->active, self->fx);
  whole->customer = customer;
  whole->group = cut->moving || cut->by == QD_BY_PRODUCT ? 0 : cut->keys[customer];
  whole->level = self->level;
  whole->active = self->active;
  memcpy (whole->fx, self->fx, sizeof whole->fx);
  whole->born = find_born (self->active, cut->n);
  whole->changes = series->changes + change;
  whole->change_fx = series->change_fx != NULL ? series->change_fx + change : NULL;
  whole->n_changes = end - change;
  whole->whole_active = self->active;
  whole->whole_born = whole->born;
  whole->whole_changes = whole->changes;
  whole->n_whole_changes = whole->n_changes;
  if (cut->any_day)
    for (; change < end; change++)
      if (series->changes[change].active)
        {
          int index = cut->ledger->month_of[series->changes[change].day - cut->ledger->first_day] + 1;

          whole->whole_born = MIN (whole->whole_born, index);
          break;
        }
  self->fresh = TRUE;
  if (cut->of_products)
    {
      self->part = cut->part_offsets[customer];
      self->part_end = cut->part_offsets[customer + 1];
    }
  return TRUE;
}

typedef struct
{
  QdDay day;
  gint64 level, fx;
  int active;
} Step;

static int
compare_steps (const void *a,
               const void *b)
{
  const Step *x = a, *y = b;

  return (x->day > y->day) - (x->day < y->day);
}

/* The changes of several parts, added up day by day. */
static void
merge_changes (QdWalk *self,
               guint32 from,
               guint32 to)
{
  const QdCut *cut = self->cut;
  const QdSeries *parts = cut->parts;
  g_autoptr (GArray) steps = g_array_new (FALSE, FALSE, sizeof (Step));
  gint64 level = 0, fx = 0;
  int active = 0;

  g_array_set_size (self->merged, 0);
  g_array_set_size (self->merged_fx, 0);
  for (guint32 part = from; part < to; part++)
    {
      Step before = { 0 };

      if (cut->product_in != NULL && !cut->product_in[parts->product[part] + 1])
        continue;
      for (guint32 i = parts->change_offsets[part]; i < parts->change_offsets[part + 1]; i++)
        {
          const QdLedgerChange *change = &parts->changes[i];
          Step step = { change->day, change->level - before.level, parts->change_fx != NULL ? parts->change_fx[i] : 0,
                        change->active - before.active };

          g_array_append_val (steps, step);
          before.level = change->level;
          before.active = change->active;
        }
    }
  g_array_sort (steps, compare_steps);
  for (guint i = 0; i < steps->len; i++)
    {
      const Step *step = &g_array_index (steps, Step, i);
      QdLedgerChange change = { step->day, 0, FALSE };

      level += step->level;
      active += step->active;
      fx += step->fx;
      if (i + 1 < steps->len && g_array_index (steps, Step, i + 1).day == step->day)
        continue;
      change.level = level;
      change.active = active > 0;
      g_array_append_val (self->merged, change);
      g_array_append_val (self->merged_fx, fx);
      fx = 0;
    }
}

static void
take_changes (QdWalk *self,
              QdTrack *unit,
              guint32 from,
              guint32 to)
{
  const QdSeries *parts = self->cut->parts;

  if (to == from + 1)
    {
      guint32 change = parts->change_offsets[from];

      unit->changes = parts->changes + change;
      unit->change_fx = parts->change_fx != NULL ? parts->change_fx + change : NULL;
      unit->n_changes = parts->change_offsets[to] - change;
      return;
    }
  merge_changes (self, from, to);
  unit->changes = (const QdLedgerChange *) (void *) self->merged->data;
  unit->change_fx = parts->change_fx != NULL ? (const gint64 *) (void *) self->merged_fx->data : NULL;
  unit->n_changes = self->merged->len;
}

static gboolean
next (QdWalk  *self,
      QdTrack *unit)
{
  const QdCut *cut = self->cut;
  guint32 from, to;

  if (!cut->of_products)
    {
      *unit = self->whole;
      return self->fresh ? (self->fresh = FALSE, TRUE) : FALSE;
    }

  while (self->part < self->part_end && cut->product_in != NULL
         && !cut->product_in[cut->parts->product[self->part] + 1])
    self->part++;
  if (self->part == self->part_end)
    return FALSE;
  from = self->part;
  to = cut->by == QD_BY_PRODUCT ? from + 1 : self->part_end;
  *unit = self->whole;
  if (cut->by == QD_BY_PRODUCT)
    unit->group = cut->parts->product[from] + 1;
  spread (cut, cut->parts, from, FALSE, self->unit_level, self->unit_active, self->unit_fx);
  for (guint32 part = from + 1; part < to; part++)
    if (cut->product_in == NULL || cut->product_in[cut->parts->product[part] + 1])
      spread (cut, cut->parts, part, TRUE, self->unit_level, self->unit_active, self->unit_fx);
  open_first_month (cut, self->unit_level, self->unit_active, self->unit_fx);
  unit->level = self->unit_level;
  unit->active = self->unit_active;
  memcpy (unit->fx, self->unit_fx, sizeof unit->fx);
  unit->born = find_born (self->unit_active, cut->n);
  if (cut->any_day)
    take_changes (self, unit, from, to);
  self->part = to;
  return TRUE;
}

guint32
qd_walk_get_group (const QdWalk *self,
                   const QdTrack *unit,
                   int           index)
{
  guint32 key;

  if (!self->cut->moving)
    return unit->group;
  key = self->keys[CLAMP (index, 0, self->cut->n)];
  return self->cut->by == QD_BY_DIMENSION || key == QD_KEY_OUT ? key : unit->group;
}

typedef struct
{
  const QdCut *cut;
  QdVisit visit;
  QdSweep sweep;
  gpointer data;
  gint64 *totals;
  guint32 from, to;
  QdJob *job;
  GError *error;
} Share;

static gpointer
run_share (gpointer data)
{
  Share *share = data;
  const QdCut *cut = share->cut;
  QdWalk walk;
  QdTrack unit;

  if (share->visit != NULL)
    start (&walk, cut);
  for (guint32 customer = share->from; customer < share->to; customer++)
    {
      if (customer % 4096 == 0 && share->job != NULL && !qd_job_check (share->job, &share->error))
        break;
      if (share->visit == NULL)
        {
          if (cut->keys[customer] != QD_KEY_OUT)
            share->sweep (cut, customer, cut->keys[customer], share->totals, share->data);
        }
      else if (enter (&walk, customer))
        while (next (&walk, &unit))
          share->visit (&walk, &unit, share->totals, share->data);
    }
  if (share->visit != NULL)
    clear (&walk);
  return NULL;
}

static gboolean
run_shares (const QdCut *self,
            QdVisit      visit,
            QdSweep      sweep,
            gboolean     in_order,
            gpointer     data,
            gint64      *totals,
            gsize        n_totals,
            QdJob       *job,
            GError     **error)
{
  guint32 n = self->ledger->n_customers;
  guint32 half = !in_order && n > 20000 && g_get_num_processors () > 1 ? n / 2 : n;
  Share own = { self, visit, sweep, data, totals, 0, half, job, NULL };
  Share other = own;
  GThread *helper = NULL;

  if (half < n)
    {
      other.from = half;
      other.to = n;
      other.totals = g_new0 (gint64, n_totals);
      helper = g_thread_new ("qd-walk", run_share, &other);
    }
  run_share (&own);
  if (helper != NULL)
    {
      g_thread_join (helper);
      for (gsize i = 0; i < n_totals; i++)
        totals[i] += other.totals[i];
      g_free (other.totals);
    }
  if (own.error != NULL)
    {
      g_clear_error (&other.error);
      g_propagate_error (error, own.error);
      return FALSE;
    }
  if (other.error != NULL)
    {
      g_propagate_error (error, other.error);
      return FALSE;
    }
  return TRUE;
}

gboolean
qd_cut_run (const QdCut *self,
            QdVisit      visit,
            gpointer     data,
            gint64      *totals,
            gsize        n_totals,
            QdJob       *job,
            GError     **error)
{
  return run_shares (self, visit, NULL, FALSE, data, totals, n_totals, job, error);
}

gboolean
qd_cut_sweep (const QdCut *self,
              QdSweep      sweep,
              gpointer     data,
              gint64      *totals,
              gsize        n_totals,
              QdJob       *job,
              GError     **error)
{
  g_assert (!self->moving && !self->of_products);

  return run_shares (self, NULL, sweep, FALSE, data, totals, n_totals, job, error);
}

gboolean
qd_cut_visit (const QdCut *self,
              QdVisit      visit,
              QdSweep      sweep,
              gpointer     data,
              QdJob       *job,
              GError     **error)
{
  return run_shares (self, sweep == NULL ? visit : NULL, sweep, TRUE, data, NULL, 0, job, error);
}

GPtrArray *
qd_cut_list_groups (const QdCut  *self,
                    const gint64 *used,
                    guint32      *index)
{
  GPtrArray *groups;

  if (self->by == QD_BY_NONE)
    {
      index[0] = 0;
      return NULL;
    }
  groups = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < self->n_groups; i++)
    {
      index[i] = QD_KEY_OUT;
      if (used[i] > 0)
        {
          index[i] = groups->len;
          g_ptr_array_add (groups, g_strdup (qd_cut_get_group (self, i)));
        }
    }
  return groups;
}
