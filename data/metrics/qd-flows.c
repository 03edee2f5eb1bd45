/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "qd-metrics"

#include "qd-flows-private.h"

#include <string.h>

/* What a change of @delta is, from what the customer was and has become. */
static inline void
classify (QdCell  *cell,
          gint64   delta,
          gboolean was,
          gboolean is,
          gboolean known,
          gboolean unit_was,
          gboolean unit_is)
{
  if (!was && is)
    {
      if (known)
        {
          cell->reactivation += delta;
          cell->n_reactivated += unit_is;
        }
      else
        {
          cell->new_business += delta;
          cell->n_new += unit_is;
        }
    }
  else if (was && !is)
    {
      cell->churn -= delta;
      cell->n_churned += unit_was;
    }
  else if (delta > 0)
    {
      cell->expansion += delta;
      cell->n_expanded++;
    }
  else if (delta < 0)
    {
      cell->contraction -= delta;
      cell->n_contracted++;
    }
}

static void
step_flows (const QdTrack *unit,
            int           from,
            int           to,
            QdCell       *cell)
{
  gint64 fx = unit->fx[1] != NULL ? unit->fx[to - from][to] : 0;

  cell->fx += fx;
  classify (cell, unit->level[to] - unit->level[from] - fx, unit->whole_active[from], unit->whole_active[to],
            unit->whole_born <= from, unit->active[from], unit->active[to]);
}

static gint64
level_on (const QdTrack *unit,
          QdDay         day)
{
  gint64 level = 0;

  for (guint i = 0; i < unit->n_changes && unit->changes[i].day <= day; i++)
    level = unit->changes[i].level;
  return level;
}

/* Won and lost between the ends of a step: both, with the level of the first day. */
static void
add_visits (QdWalk       *walk,
            const QdTrack *unit,
            int           length,
            int            first,
            int            last,
            QdCell       *row)
{
  const QdCut *cut = walk->cut;
  const guint8 *active = unit->whole_active;
  gboolean was = FALSE, known = FALSE;

  memset (walk->seen, 0, cut->n + 1);
  for (guint i = 0; i < unit->n_whole_changes; i++)
    {
      const QdLedgerChange *change = &unit->whole_changes[i];
      int index = cut->ledger->month_of[change->day - cut->ledger->first_day] + 1;
      gboolean enters = change->active && !was;

      was = change->active;
      if (!enters)
        continue;
      for (int to = MAX (index, first); to < index + length && to <= last; to++)
        {
          gint64 level;

          if (walk->seen[to] || active[to] || active[MAX (to - length, 0)])
            continue;
          walk->seen[to] = 1;
          if (cut->profile->first_month == QD_FIRST_MONTH_OPENING && index == 1)
            continue;
          level = level_on (unit, change->day);
          if (level == 0 && cut->of_products)
            continue;
          if (known)
            {
              row[to].reactivation += level;
              row[to].n_reactivated++;
            }
          else
            {
              row[to].new_business += level;
              row[to].n_new++;
            }
          row[to].churn += level;
          row[to].n_churned++;
        }
      known = TRUE;
    }
}

/* Day by day: the state at the end of each day on which the unit or its customer changes. */
static void
fill_days (QdWalk       *walk,
           const QdTrack *unit,
           int            first,
           int            last,
           QdCell       *row,
           QdCell       *until_churn)
{
  const QdCut *cut = walk->cut;
  gboolean was = FALSE, known = FALSE, unit_was = FALSE;
  gint64 before = 0;
  int churned = -1;
  guint i = 0, j = 0;

  while (i < unit->n_changes)
    {
      QdDay day = unit->changes[i].day;
      gint64 level = before, fx = 0;
      gboolean is = was, unit_is = unit_was;
      int index;

      if (j < unit->n_whole_changes)
        day = MIN (day, unit->whole_changes[j].day);
      index = cut->ledger->month_of[day - cut->ledger->first_day] + 1;
      if (index > last)
        break;
      if (unit->changes[i].day == day)
        {
          level = unit->changes[i].level;
          unit_is = unit->changes[i].active;
          fx = unit->change_fx != NULL ? unit->change_fx[i] : 0;
          i++;
        }
      if (j < unit->n_whole_changes && unit->whole_changes[j].day == day)
        is = unit->whole_changes[j++].active;
      if (index >= first && (cut->profile->first_month != QD_FIRST_MONTH_OPENING || index > 1))
        {
          row[index].fx += fx;
          classify (&row[index], level - before - fx, was, is, known, unit_was, unit_is);
          if (until_churn != NULL && churned != index)
            classify (&until_churn[index], level - before - fx, was, is, known, unit_was, unit_is);
          if (was && !is)
            churned = index;
        }
      known |= is;
      was = is;
      unit_was = unit_is;
      before = level;
    }
}

void
qd_flows_fill (QdWalk       *walk,
               const QdTrack *unit,
               int           length,
               int            first,
               int            last,
               QdCell       *row,
               QdCell       *until_churn)
{
  const QdCut *cut = walk->cut;

  if (cut->profile->netting == QD_NETTING_DAY)
    {
      fill_days (walk, unit, first, last, row, until_churn);
      return;
    }
  for (int to = first; to <= last; to++)
    {
      int from = MAX (to - length, 0);

      if (!unit->whole_active[from] && !unit->whole_active[to])
        continue;
      step_flows (unit, from, to, &row[to]);
      if (until_churn != NULL)
        step_flows (unit, from, to, &until_churn[to]);
    }
  if (cut->profile->won_and_lost)
    add_visits (walk, unit, length, first, last, row);
}

void
qd_flows_sweep (const QdCut *cut,
                guint32      customer,
                QdCell      *row)
{
  const QdSeries *series = &cut->ledger->whole;
  guint32 run = series->run_offsets[customer], end = series->run_offsets[customer + 1];
  gint64 before = 0;
  guint8 was = 0, known = 0;

  if (cut->profile->first_month == QD_FIRST_MONTH_OPENING && run < end && series->run_month[run] == 0)
    {
      before = series->run_level[run];
      was = known = series->run_active[run];
      row[0].closing += before;
      row[0].n_closing += was;
      run++;
    }
  for (; run < end && series->run_month[run] < cut->n; run++)
    {
      QdCell *cell = &row[series->run_month[run] + 1];
      gint64 level = series->run_level[run], fx = series->run_fx[1] != NULL ? series->run_fx[1][run] : 0;
      guint8 is = series->run_active[run];

      cell->fx += fx;
      cell->closing += level - before;
      cell->n_closing += is - was;
      classify (cell, level - before - fx, was, is, known, was, is);
      known |= is;
      was = is;
      before = level;
    }
}

void
qd_steps_init (QdSteps         *self,
               const QdProfile *profile,
               int              before,
               int              last)
{
  self->at = before;
  self->last = last;
  self->length = profile->netting == QD_NETTING_QUARTER ? 3 : 1;
  /* Nothing moves before the data. */
  if (before < 0)
    self->at += (-before) / self->length * self->length;
}

gboolean
qd_steps_next (QdSteps *self,
               int     *from,
               int     *to)
{
  if (self->at >= self->last)
    return FALSE;
  *from = self->at;
  *to = MIN (self->at + self->length, self->last);
  self->at = *to;
  return TRUE;
}

guint32
qd_flows_get_last_group (const QdWalk  *walk,
                         const QdTrack *unit,
                         int            before,
                         int            last)
{
  int from = before, to;
  QdSteps steps;

  if (!walk->cut->moving)
    return unit->group;
  qd_steps_init (&steps, walk->cut->profile, before, last);
  while (qd_steps_next (&steps, &from, &to))
    continue;
  return qd_walk_get_group (walk, unit, from);
}

/* What a unit brings into @group and takes out of it before a step. */
static void
add_transfer (const QdWalk  *walk,
              const QdTrack *unit,
              int            from,
              int            back,
              guint32        group,
              QdCell        *sum)
{
  guint32 old = qd_walk_get_group (walk, unit, from - back), now = qd_walk_get_group (walk, unit, from);
  gint64 carried = from > 0 ? unit->level[from] : 0;

  if (old == now)
    return;
  if (now == group)
    sum->transfer_in += carried;
  if (old == group)
    sum->transfer_out += carried;
}

QdCell
qd_flows_sum (QdWalk       *walk,
              const QdTrack *unit,
              int           before,
              int           last,
              guint32       group,
              QdCell       *cells,
              gint64       *opening)
{
  int back = walk->cut->profile->netting == QD_NETTING_QUARTER ? 3 : 1, from, to, filled = 0;
  gboolean in = FALSE;
  QdCell sum = { 0 };
  QdSteps steps;

  *opening = qd_walk_get_group (walk, unit, before - back) == group ? unit->level[MAX (before, 0)] : 0;
  qd_steps_init (&steps, walk->cut->profile, before, last);
  while (qd_steps_next (&steps, &from, &to))
    {
      if (filled != to - from)
        {
          filled = to - from;
          memset (cells + to, 0, (last - to + 1) * sizeof *cells);
          qd_flows_fill (walk, unit, filled, to, last, cells, NULL);
        }
      in = qd_walk_get_group (walk, unit, from) == group;
      if (in)
        qd_cell_add (&sum, &cells[to]);
      if (walk->cut->moving)
        add_transfer (walk, unit, from, back, group, &sum);
    }
  sum.closing = in ? unit->level[last] : 0;
  sum.n_closing = in && unit->active[last];
  return sum;
}

QdCell
qd_flows_sum_runs (const QdCut *cut,
                   guint32      customer,
                   int          before,
                   int          last,
                   gint64      *opening)
{
  const QdSeries *series = &cut->ledger->whole;
  guint32 run = series->run_offsets[customer], end = series->run_offsets[customer + 1];
  QdCell sum = { 0 };
  guint8 was = 0, known = 0;

  *opening = 0;
  if (cut->profile->first_month == QD_FIRST_MONTH_OPENING && run < end && series->run_month[run] == 0)
    {
      *opening = sum.closing = series->run_level[run];
      was = known = series->run_active[run];
      run++;
    }
  for (; run < end && series->run_month[run] < last; run++)
    {
      gint64 level = series->run_level[run], fx = series->run_fx[1] != NULL ? series->run_fx[1][run] : 0;
      guint8 is = series->run_active[run];

      if (series->run_month[run] >= before)
        {
          sum.fx += fx;
          classify (&sum, level - sum.closing - fx, was, is, known, was, is);
        }
      else
        *opening = level;
      known |= is;
      was = is;
      sum.closing = level;
    }
  sum.n_closing = was;
  return sum;
}

void
qd_cell_add (QdCell       *self,
             const QdCell *other)
{
  gint64 *to = (gint64 *) (void *) self;
  const gint64 *from = (const gint64 *) (const void *) other;

  for (gsize i = 0; i < QD_CELL_FIELDS; i++)
    to[i] += from[i];
}
