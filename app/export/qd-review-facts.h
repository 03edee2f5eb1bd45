/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the retention review says, computed once for one scope: every page
 * reads from here, so that no two pages can disagree.
 */
#pragma once

#include "../../data/workspace/qd-workspace.h"

G_BEGIN_DECLS

typedef struct
{
  QdBook *book;
  QdLedger *ledger;
  QdScope *scope;          /* as-of resolved */
  QdWindow window;         /* the one that ends at as-of */
  QdFigures *now;
  QdFigures *before;       /* the same figures twelve months earlier; NULL when the data does not reach back */
  QdMovements *bridge;     /* scope's period */
  int step;                /* months between the rows of @months: 1, or 3 where quarters are netted */
  QdMovements *months;
  QdRetentions *trend;     /* month ends, windows as long as the scope's */
  QdPeriod cohort_period;  /* months, quarters or years: the first that makes cohorts worth a rate */
  gboolean cohorts_grown;  /* some cohort is older than its first step */
  char *dimension;         /* what the review is split by; NULL when no dimension has 2 to 12 values */
  QdRetentions *groups;    /* the one window, by @dimension */
  QdTable *movers;         /* the customers behind net new MRR, largest first */
  QdTable *imports;
  GPtrArray *findings;     /* QdFinding */
} QdReviewFacts;

QdReviewFacts *qd_review_facts_new (QdWorkspace *workspace, const QdScope *scope, QdJob *job, GError **error);
void qd_review_facts_free (QdReviewFacts *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QdReviewFacts, qd_review_facts_free)

const QdFigure *qd_review_facts_find (const QdFigures *figures, const char *id);
const QdMovement *qd_review_facts_get_bridge (const QdReviewFacts *self);

G_END_DECLS
