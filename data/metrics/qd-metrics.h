/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every computation: ledger + scope → result. Pure functions; results are
 * plain values that no later edit changes. Money is in reporting minor units a
 * month (ARR figures are 12 ×), rates are doubles, undefined is said.
 */
#pragma once

#include "../base/qd-table.h"
#include "qd-ledger.h"
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
  guint accounts_start;      /* the base of the logo rates: accounts with revenue at the start */
  guint accounts_retained;
  gint64 start;
  gint64 end;                /* what the NRR form puts over start (p2p: of the same accounts, at the end) */
  gint64 gross_end;
  gint64 lost;               /* start of the accounts that are lost; start − lost − gross_end is what the others were reduced by */
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
} QdCohorts;

void qd_movements_free (QdMovements *self);
void qd_retentions_free (QdRetentions *self);
void qd_cohorts_free (QdCohorts *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QdMovements, qd_movements_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QdRetentions, qd_retentions_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QdCohorts, qd_cohorts_free)

/* @by: a dimension, or NULL. One row per window of the scope (and group). */
QdMovements *qd_movements_compute (QdLedger *ledger, const QdScope *scope, const char *by, QdJob *job, GError **error);
QdRetentions *qd_retentions_compute (QdLedger *ledger, const QdScope *scope, const char *by, QdJob *job, GError **error);
/* Cohorts by month, unless the scope's period is quarter or year. */
QdCohorts *qd_cohorts_compute (QdLedger *ledger, const QdScope *scope, QdJob *job, GError **error);

/* One figure of the catalogue, for the one window that ends at as-of. */
typedef enum
{
  QD_UNIT_MONEY,   /* value, numerator: minor units */
  QD_UNIT_RATE,    /* a fraction */
  QD_UNIT_RATIO,   /* a multiple, 4.2 × */
  QD_UNIT_COUNT,
} QdUnit;

typedef struct
{
  const char *id;
  const char *group;       /* or NULL */
  QdUnit unit;
  QdRate value;            /* money: exact while below 2^53; see money */
  gint64 money;            /* with QD_UNIT_MONEY: the exact value */
  QdRate numerator, denominator;
  gboolean numerator_money, denominator_money; /* those are minor units */
  QdRate low, high;
  guint n;                 /* accounts behind it */
  QdWindow window;
} QdFigure;

typedef struct
{
  GArray *rows;            /* QdFigure */
  GPtrArray *groups;
} QdFigures;
void qd_figures_free (QdFigures *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QdFigures, qd_figures_free)

/* @ids: NULL-terminated, or NULL for all of the catalogue that this data can answer. */
QdFigures *qd_figures_compute (QdLedger *ledger, const QdScope *scope, const char *const *ids, const char *by, QdJob *job,
                               GError **error);

/* The accounts behind a figure: rows that sum to it exactly. Columns depend on the metric
 * (account, name, …, contribution); the last column's sum is the numerator or the value. */
QdTable *qd_figure_explain (QdLedger *ledger, const QdScope *scope, const char *id, QdJob *job, GError **error);

/* The same results as tables with the columns that the command line promises. */
QdTable *qd_movements_to_table (const QdMovements *self, const QdLedger *ledger, const QdScope *scope, const char *by);
QdTable *qd_retentions_to_table (const QdRetentions *self, const QdLedger *ledger, const QdScope *scope, const char *by);
QdTable *qd_cohorts_to_table (const QdCohorts *self, const QdLedger *ledger);
QdTable *qd_figures_to_table (const QdFigures *self, const QdLedger *ledger, const QdScope *scope, const char *by);
/* account, name, month, mrr: one row per month end at which the customer is one, to as-of. */
QdTable *qd_ledger_to_table (QdLedger *ledger, const QdScope *scope, QdJob *job, GError **error);

G_END_DECLS
