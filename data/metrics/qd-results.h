/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Results of computations, as plain values that no later edit changes. Money is
 * in reporting minor units a month, rates are fractions, undefined is said.
 */
#pragma once

#include "qd-scope.h"

G_BEGIN_DECLS

/* A value that may be undefined: never 0 or infinity in its place. */
typedef struct
{
  double value;
  gboolean defined;
} QdRate;

typedef struct
{
  QdWindow window;
  const char *group;         /* value of the dimension, "" for blank; NULL without --by; owned by the result */
  gint64 opening;            /* state at the end of window.before */
  gint64 new_business;
  gint64 reactivation;
  gint64 expansion;
  gint64 contraction;        /* magnitude */
  gint64 churn;              /* magnitude */
  gint64 fx;                 /* signed; 0 unless fx=month_end */
  gint64 transfer_in;        /* 0 unless segment_at=period_start */
  gint64 transfer_out;       /* magnitude */
  gint64 closing;            /* state at the end of window.last, never summed */
  guint customers_opening, customers_new, customers_reactivated, customers_expanded, customers_contracted,
      customers_churned, customers_closing;
} QdMovement;

typedef struct
{
  QdWindow window;
  const char *group;
  guint accounts_start;      /* customers at the start */
  guint accounts_retained;
  gint64 start;
  gint64 end;                /* what the NRR form puts over start (p2p: of the same accounts, at the end) */
  gint64 gross_end;
  gint64 lost;               /* start of the accounts that are lost; start − lost − gross_end is what the others were reduced by */
  gint64 expansion;          /* of the accounts at the start, flow form only */
  guint logo_base;           /* the base of the logo rates, as the definition has it */
  QdRate nrr, grr;
  QdRate logo_retention, logo_churn;
  QdRate nrr_low, nrr_high, grr_low, grr_high; /* undefined until revenue intervals exist */
  QdRate logo_churn_low, logo_churn_high;      /* Wilson, 95 % */
  QdRate headwind, tailwind;                   /* 1 − GRR; NRR − GRR; undefined for the product form */
} QdRetention;

typedef struct
{
  QdMonth cohort;            /* first month of the cohort's month, quarter or year */
  guint age;                 /* in steps of the cohort's period */
  guint accounts;            /* size of the cohort */
  guint accounts_retained;
  gint64 mrr_start, mrr, gross;
  QdRate logo_retention, nrr, grr;
  gboolean observed;         /* every member has reached this age by as-of */
} QdCohortCell;

/* Results own their rows; element types as above. Free with g_array_unref / qd_*_free. */
typedef struct
{
  GArray *rows;              /* QdMovement: by window, then by group */
  GPtrArray *groups;         /* owns the group strings; in order of value, blank first; NULL without --by */
  gboolean additive;         /* FALSE by product: logos overlap */
} QdMovements;

typedef struct
{
  GArray *rows;              /* QdRetention */
  GPtrArray *groups;
  gboolean additive;
} QdRetentions;

typedef struct
{
  GArray *cells;             /* QdCohortCell: by cohort, then by age */
  int step;                  /* months of a step: 1, 3, 12 */
  QdMonth first, as_of;      /* the oldest cohort month of a member, QD_MONTH_NONE without one; where the cells end */
} QdCohorts;

void qd_movements_free (QdMovements *self);
/* Takes the steps of a window that follows into @self, and its closing. */
void qd_movement_add (QdMovement *self, const QdMovement *row);
/* Drops the rows that do not lie in the window. */
void qd_movements_keep_window (QdMovements *self, QdWindow window);
void qd_retentions_free (QdRetentions *self);
void qd_cohorts_free (QdCohorts *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QdMovements, qd_movements_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QdRetentions, qd_retentions_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QdCohorts, qd_cohorts_free)

G_END_DECLS
