/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the retention review says, computed once for one scope: every page
 * reads from here, so that no two pages can disagree.
 */
#pragma once

#include "../../data/metrics/qd-overview.h"
#include "../../data/workspace/qd-workspace.h"

G_BEGIN_DECLS

typedef struct
{
  QdBook *book;
  QdLedger *ledger;
  QdScope *scope;          /* as-of resolved */
  QdWindow window;         /* the one that ends at as-of */
  QdScope *before;         /* twelve months earlier; NULL when the data does not reach back */
  QdOverview *overview;    /* figures, what changed, who made it so */
  QdPeriod cohort_period;  /* months, quarters or years: the first that makes cohorts worth a rate */
  gboolean cohorts_grown;  /* some cohort is older than its first step */
  QdRetentions *groups;    /* the one window, by the overview's dimension; NULL without one */
  QdTable *imports;
  GPtrArray *findings;     /* QdFinding */
} QdReviewFacts;

QdReviewFacts *qd_review_facts_new (QdWorkspace *workspace, const QdScope *scope, QdJob *job, GError **error);
void qd_review_facts_free (QdReviewFacts *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QdReviewFacts, qd_review_facts_free)

G_END_DECLS
