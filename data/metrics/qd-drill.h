/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A drill names the rows behind one number: a mark of a chart, a cell of a
 * table, a figure. With a ledger and the scope of that number it gives the rows,
 * which sum to it exactly. It is a small value that travels as text.
 */
#pragma once

#include "qd-catalogue.h"

G_BEGIN_DECLS

#define QD_DRILL_ALL_COHORTS QD_MONTH_NONE
#define QD_DRILL_MEMBERS -1

/* Fill it with an init function; the id is static, so that a drill may be assigned. */
typedef struct
{
  const char *id;    /* a metric of the catalogue or another part, see qd_drill_init() */
  int factor;        /* what contributions are multiplied by: 1; 12: ARR; −1, −12: losses that are shown below zero */
  QdWindow window;   /* not of cohorts */
  QdMonth cohort;    /* first month, or QD_DRILL_ALL_COHORTS; of cohorts, as are the others */
  int step;          /* 1, 3, 12 months */
  int age;           /* in steps, or QD_DRILL_MEMBERS: whoever belongs to it */
} QdDrill;

/* What the rows add up to. */
typedef struct
{
  QdUnit unit;             /* of the value */
  gint64 numerator;        /* the sum of the last column: minor units, or customers */
  gint64 denominator;      /* what it is divided by, the same way; 0 without one */
  gboolean money;          /* the numerator is minor units */
  gboolean divides;        /* the value is a quotient of both */
  QdRate value;            /* what the mark shows; exact while below 2^53 */
  gint64 amount;           /* the exact value of QD_UNIT_MONEY and QD_UNIT_COUNT */
} QdDrillSum;

gboolean qd_drill_init (QdDrill *self, const char *id, QdWindow window, int factor);
gboolean qd_drill_init_shown (QdDrill *self, const char *id, QdWindow window);
int qd_drill_choose_factor (const char *id);
gboolean qd_drill_init_column (QdDrill *self, const char *column, QdWindow window);
gboolean qd_drill_init_cohort (QdDrill *self, const char *id, QdMonth cohort, int step, int age, int factor);

QdDrill *qd_drill_copy (const QdDrill *self);
void qd_drill_free (QdDrill *self);
gboolean qd_drill_equal (const QdDrill *a, const QdDrill *b);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QdDrill, qd_drill_free)

/* Compact and stable: "churn_mrr@2025-12..2026-01*-12", "cohort_net@2025-01,step=1,age=4". */
char *qd_drill_to_string (const QdDrill *self);
QdDrill *qd_drill_parse (const char *text, GError **error);

gboolean qd_drill_is_of_cohort (const QdDrill *self);
gboolean qd_drill_is_state (const QdDrill *self);       /* at one month end, not of a window */
QdMonth qd_drill_get_month (const QdDrill *self);       /* of a state: at whose end */
const QdMetric *qd_drill_get_metric (const QdDrill *self);
const char *qd_drill_get_name (const QdDrill *self);    /* translated, short: "Churn" */
QdUnit qd_drill_get_unit (const QdDrill *self);

/* account, name, …, contribution. */
QdTable *qd_drill_compute (QdLedger *ledger, const QdScope *scope, const QdDrill *self, QdDrillSum *sum, QdJob *job,
                           GError **error);

G_END_DECLS
