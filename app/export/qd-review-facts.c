/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-review-facts.h"

#include <glib/gi18n-lib.h>

/* Customers below which a cohort is drawn grey. */
#define MIN_COHORT 10
/* Names in each of the two lists. */
#define MAX_MOVERS 9

/**
 * qd_review_facts_free:
 * @self: (transfer full) (nullable): facts
 *
 * Frees all results.
 */
void
qd_review_facts_free (QdReviewFacts *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->book, qd_book_unref);
  g_clear_pointer (&self->ledger, qd_ledger_unref);
  g_clear_pointer (&self->scope, qd_scope_free);
  g_clear_pointer (&self->overview, qd_overview_free);
  g_clear_pointer (&self->before, qd_scope_free);
  g_clear_pointer (&self->groups, qd_retentions_free);
  g_clear_pointer (&self->imports, qd_table_unref);
  g_clear_pointer (&self->findings, g_ptr_array_unref);
  g_free (self);
}

/* Cohorts of so few customers say nothing by the month: then by quarter, then by year. */
static gboolean
choose_cohorts (QdReviewFacts *self,
                QdJob         *job,
                GError       **error)
{
  static const QdPeriod periods[] = { { QD_PERIOD_MONTHS, 1 }, { QD_PERIOD_QUARTER, 3 }, { QD_PERIOD_YEAR, 12 } };
  g_autoptr (QdScope) scope = qd_scope_copy (self->scope);

  for (gsize i = 0; i < G_N_ELEMENTS (periods); i++)
    {
      g_autoptr (QdCohorts) cohorts = NULL;
      guint n = 0;
      guint64 customers = 0;

      scope->period = periods[i];
      cohorts = qd_cohorts_compute (self->ledger, scope, job, error);
      if (cohorts == NULL)
        return FALSE;
      self->cohort_period = periods[i];
      self->cohorts_grown = FALSE;
      for (guint k = 0; k < cohorts->cells->len; k++)
        {
          const QdCohortCell *cell = &g_array_index (cohorts->cells, QdCohortCell, k);

          if (cell->age == 0)
            {
              n++;
              customers += cell->accounts;
            }
          else
            self->cohorts_grown = TRUE;
        }
      if (customers >= (guint64) n * MIN_COHORT)
        break;
    }
  return TRUE;
}

static gboolean
compute (QdReviewFacts *self,
         QdJob         *job,
         GError       **error)
{
  if (self->scope->as_of - 12 >= qd_book_get_first_month (self->book))
    {
      self->before = qd_scope_copy (self->scope);
      self->before->as_of = self->scope->as_of - 12;
    }
  qd_job_report (job, 0.2, _ ("Computing figures"));
  self->overview = qd_overview_compute (self->ledger, self->scope, self->before, MAX_MOVERS, job, error);
  if (self->overview == NULL || !choose_cohorts (self, job, error))
    return FALSE;
  if (self->overview->dimension != NULL)
    {
      self->groups = qd_retentions_compute (self->ledger, self->scope, self->overview->dimension, job, error);
      if (self->groups == NULL)
        return FALSE;
    }
  return TRUE;
}

/**
 * qd_review_facts_new:
 * @workspace: a workspace
 * @scope: what the review is about; its as-of may be open
 * @job: (nullable): progress and cancel
 * @error: return location
 *
 * Computes everything that the review shows. Linear in the events of the
 * workspace.
 *
 * Returns: (transfer full) (nullable): the facts, or `NULL` with an error of
 *   the store or of the metrics, or `G_IO_ERROR_CANCELLED`
 */
QdReviewFacts *
qd_review_facts_new (QdWorkspace   *workspace,
                     const QdScope *scope,
                     QdJob         *job,
                     GError       **error)
{
  g_autoptr (QdReviewFacts) self = g_new0 (QdReviewFacts, 1);
  QdMonth as_of;

  qd_job_report (job, 0.0, _ ("Reading the workspace"));
  self->book = qd_workspace_get_book (workspace, job, error);
  if (self->book == NULL)
    return NULL;
  self->scope = qd_scope_copy (scope);
  if (!qd_scope_resolve_as_of (self->scope, self->book, &as_of, error))
    return NULL;
  self->scope->as_of = as_of;
  if (!qd_scope_get_window (self->scope, self->book, &self->window, error))
    return NULL;
  self->ledger = qd_workspace_get_ledger (workspace, self->scope->profile, job, error);
  if (self->ledger == NULL)
    return NULL;
  if (!compute (self, job, error))
    return NULL;

  qd_job_report (job, 0.5, _ ("Checking the data"));
  self->imports = qd_workspace_get_imports (workspace, error);
  if (self->imports == NULL)
    return NULL;
  self->findings = qd_workspace_check (workspace, FALSE, job, error);
  if (self->findings == NULL)
    return NULL;
  return g_steal_pointer (&self);
}
