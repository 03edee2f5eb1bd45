/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a scope looks like at a glance: a few figures with their course and what
 * they were before, the customers behind the change by name, and the facts that
 * sentences are made of. One mechanism for the first page and the review.
 *
 * Pure: ledger + scope + comparison → a plain result that owns its texts. Money
 * is in reporting minor units a month, as everywhere in this room.
 */
#pragma once

#include "qd-catalogue.h"

G_BEGIN_DECLS

#define QD_OVERVIEW_N_FIGURES 6
#define QD_OVERVIEW_MONTHS 24

typedef struct
{
  const QdMetric *metric;
  int factor;            /* what amounts are shown times: 12 for ARR of a metric in MRR, else 1 */
  QdFigure now;
  QdFigure before;       /* undefined without a comparison */
  QdRate change;         /* now − before, without the factor; undefined where the two cannot be compared */
  double *series;        /* n_series values without the factor, NAN: undefined; windows as long as the scope's */
} QdOverviewFigure;

/* One customer's part in something. */
typedef struct
{
  char *account;         /* external id */
  char *name;
  char *kinds;           /* "expansion, churn": kinds of movement, separated; "" when it is not about movements */
  gint64 amount;         /* signed */
  QdMonth back;          /* in the window: when it came back the last time; QD_MONTH_NONE: it did not */
  QdMonth left;          /* when it had left before that; QD_MONTH_NONE: not at the end of a month */
} QdOverviewMover;

typedef struct
{
  const QdScope *scope;  /* the caller's, as are the next */
  const QdScope *comparison; /* nullable */
  QdWindow window;
  QdWindow compared;     /* of the comparison */
  guint n_customers;     /* at the end */

  QdOverviewFigure figures[QD_OVERVIEW_N_FIGURES];
  QdMonth series_first;  /* last month of the first window of the series */
  int series_step;       /* months: 1, or 3 where movements are netted by quarter */
  guint n_series;

  QdMovement movement;   /* of the window */
  const char *cause;     /* nullable: id of the kind that moved ARR most in the direction in which it went; "fx", … */
  gint64 cause_amount;   /* signed */

  GArray *losses;        /* QdOverviewMover: net over the window, the largest first, as many as were asked for */
  GArray *gains;
  guint n_losses, n_gains;     /* of all */
  gint64 sum_losses, sum_gains;

  guint n_lost, n_won;   /* customers at the start that are lost at the end; at the end and not at the start */
  gint64 sum_lost, sum_won; /* of "lost_mrr": what they paid at the start; of "won_mrr": what they pay at the end */
  guint n_won_back;      /* of those won: customers before */
  guint n_passing;       /* neither lost nor won: new in the window, and gone again in it */

  GArray *returned;      /* QdOverviewMover: what coming back brought, the largest first, as many as were asked for */
  guint n_returned;      /* of all, whether they left again or not */
  guint n_returned_within; /* of these: left in the window, too, before */
  guint n_gone_again;    /* of these: no customers at the end */
  gint64 sum_returned;   /* the reactivation of the movement */
  QdOverviewMover largest_lost, largest_won; /* amount > 0 when there is one */
  QdFigure top, top_before;    /* concentration_10 */

  char *dimension;       /* what the groups are by; NULL where nothing splits the customers readably */
  char *driver;          /* group that moved NRR most in the direction in which it went; NULL: cannot be said */
  double driver_points;  /* by how much, as a part of the change of NRR: the groups' add up to it */
  char *best, *worst;    /* groups with the highest and lowest NRR among those with customers enough; NULL: none */
  double best_rate, worst_rate;
} QdOverview;

/* @comparison: (nullable): another scope to compare with, which with @scope outlives the result.
 * @n_movers: how many names at most in each list. */
QdOverview *qd_overview_compute (QdLedger *ledger, const QdScope *scope, const QdScope *comparison, guint n_movers,
                                 QdJob *job, GError **error);
void qd_overview_free (QdOverview *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QdOverview, qd_overview_free)

const QdOverviewFigure *qd_overview_find (const QdOverview *self, const char *id); /* nullable */
gboolean qd_overview_is_empty (const QdOverview *self);
/* The first dimension of the book that splits customers into a readable number of groups and is not filtered by;
 * (transfer full) (nullable) */

G_END_DECLS
