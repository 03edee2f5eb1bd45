/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who is in which cohort, for those who add cohorts up and those who list them.
 */
#pragma once

#include "qd-results-private.h"

G_BEGIN_DECLS

typedef struct
{
  QdMonth first;     /* of the month, quarter or year */
  QdMonth newest;    /* cohort month of its newest member */
  guint accounts;
  gsize offset;      /* of its cells, in cells */
  int n_ages;        /* that every member has reached */
} QdCohort;

typedef struct
{
  const QdCut *cut;
  QdMonth as_of;
  QdMonth oldest;    /* cohort month; QD_MONTH_NONE: there is none */
  int step;          /* months: 1, 3, 12 */
  QdMonth *month_of; /* by customer; QD_MONTH_NONE: in no cohort */
  guint32 *cohort_of;
  QdCohort *cohorts;
  guint n_cohorts;
  gsize n_cells;
} QdEnrolment;

/* @cut is kept. To be cleared after a failure too. */
gboolean qd_enrolment_init (QdEnrolment *self, const QdCut *cut, QdPeriodKind period, QdJob *job, GError **error);
void qd_enrolment_clear (QdEnrolment *self);

/* A member at an age, as a unit of a walk. */
typedef struct
{
  gint64 start, level, gross;
  gboolean active;
} QdFollowed;
QdFollowed qd_enrolment_follow (const QdEnrolment *self, const QdTrack *unit, int age);

G_END_DECLS
