/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-review-facts.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A review shows at most this many groups on a page. */
#define MAX_GROUPS 12
/* Customers below which a cohort is drawn grey. */
#define MIN_COHORT 10

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
  g_clear_pointer (&self->now, qd_figures_free);
  g_clear_pointer (&self->before, qd_figures_free);
  g_clear_pointer (&self->bridge, qd_movements_free);
  g_clear_pointer (&self->months, qd_movements_free);
  g_clear_pointer (&self->trend, qd_retentions_free);
  g_clear_pointer (&self->dimension, g_free);
  g_clear_pointer (&self->groups, qd_retentions_free);
  g_clear_pointer (&self->movers, qd_table_unref);
  g_clear_pointer (&self->imports, qd_table_unref);
  g_clear_pointer (&self->findings, g_ptr_array_unref);
  g_free (self);
}

/**
 * qd_review_facts_find:
 * @figures: (nullable): figures without groups
 * @id: a metric
 *
 * Returns: (transfer none) (nullable): the figure, when it was computed
 */
const QdFigure *
qd_review_facts_find (const QdFigures *figures,
                      const char      *id)
{
  if (figures == NULL)
    return NULL;
  for (guint i = 0; i < figures->rows->len; i++)
    {
      const QdFigure *figure = &g_array_index (figures->rows, QdFigure, i);

      if (g_strcmp0 (figure->id, id) == 0)
        return figure;
    }
  return NULL;
}

/**
 * qd_review_facts_get_bridge:
 * @self: facts
 *
 * Returns: (transfer none) (nullable): the movements of the window that ends at as-of
 */
const QdMovement *
qd_review_facts_get_bridge (const QdReviewFacts *self)
{
  if (self->bridge->rows->len == 0)
    return NULL;
  return &g_array_index (self->bridge->rows, QdMovement, self->bridge->rows->len - 1);
}

/* The first dimension that splits the customers into a readable number of groups. */
static char *
choose_dimension (const QdBook  *book,
                  const QdScope *scope)
{
  for (guint i = 0; i < qd_book_get_n_dimensions (book); i++)
    {
      const char *name = qd_book_get_dimension_name (book, i);
      guint n = qd_book_get_n_values (book, i);
      g_autofree char *prefix = g_strconcat (name, "=", NULL);
      gboolean filtered = FALSE;

      for (guint w = 0; w < scope->where->len; w++)
        filtered |= g_str_has_prefix (g_ptr_array_index (scope->where, w), prefix);
      /* Value 0 is the blank. */
      if (!filtered && n > 2 && n <= MAX_GROUPS + 1)
        return g_strdup (name);
    }
  return NULL;
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

static int
window_months (const QdReviewFacts *self)
{
  return MAX (self->window.last - self->window.before, 1);
}

static gboolean
compute (QdReviewFacts *self,
         QdJob         *job,
         GError       **error)
{
  g_autoptr (QdScope) month = qd_scope_copy (self->scope);
  g_autoptr (QdScope) trend = qd_scope_copy (self->scope);

  /* Netting by quarter knows no single months. */
  self->step = self->scope->profile->netting == QD_NETTING_QUARTER ? 3 : 1;
  month->period = self->step == 3 ? (QdPeriod){ QD_PERIOD_QUARTER, 3 } : (QdPeriod){ QD_PERIOD_MONTHS, 1 };
  trend->period = (QdPeriod){ QD_PERIOD_MONTHS,
                              self->scope->period.kind == QD_PERIOD_MONTHS ? self->scope->period.months
                                                                           : window_months (self) };

  qd_job_report (job, 0.2, _ ("Computing figures"));
  self->now = qd_figures_compute (self->ledger, self->scope, NULL, NULL, job, error);
  if (self->now == NULL)
    return FALSE;
  self->bridge = qd_movements_compute (self->ledger, self->scope, NULL, job, error);
  if (self->bridge == NULL)
    return FALSE;
  self->months = qd_movements_compute (self->ledger, month, NULL, job, error);
  if (self->months == NULL)
    return FALSE;
  self->trend = qd_retentions_compute (self->ledger, trend, NULL, job, error);
  if (self->trend == NULL)
    return FALSE;
  self->movers = qd_figure_explain (self->ledger, self->scope, "net_new_mrr", job, error);
  if (self->movers == NULL)
    return FALSE;

  if (self->scope->as_of - 12 >= qd_book_get_first_month (self->book))
    {
      g_autoptr (QdScope) before = qd_scope_copy (self->scope);

      before->as_of = self->scope->as_of - 12;
      self->before = qd_figures_compute (self->ledger, before, NULL, NULL, job, error);
      if (self->before == NULL)
        return FALSE;
    }

  if (!choose_cohorts (self, job, error))
    return FALSE;
  self->dimension = choose_dimension (self->book, self->scope);
  if (self->dimension != NULL)
    {
      self->groups = qd_retentions_compute (self->ledger, self->scope, self->dimension, job, error);
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
