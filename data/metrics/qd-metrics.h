/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every computation: ledger + scope → result. Pure functions; results are
 * plain values that no later edit changes. Money is in reporting minor units a
 * month (ARR figures are 12 ×), rates are doubles, undefined is said.
 */
#pragma once

#include "../base/qd-table.h"
#include "qd-ledger.h"
#include "qd-results.h"

G_BEGIN_DECLS

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
  guint n;                 /* customers behind it: contributors, each once; of rates the base */
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
