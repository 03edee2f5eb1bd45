/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-result-table.h"

#include <string.h>

#include <glib/gi18n-lib.h>

static QdTable *
make_movements (const QdSubject *subject,
                const char      *by,
                QdJob           *job,
                GError         **error)
{
  g_autoptr (QdMovements) result = qd_movements_compute (subject->ledger, subject->scope, by, job, error);

  return result != NULL ? qd_movements_to_table (result, subject->ledger, subject->scope, by) : NULL;
}

static QdTable *
make_retention (const QdSubject *subject,
                const char      *by,
                QdJob           *job,
                GError         **error)
{
  g_autoptr (QdRetentions) result = qd_retentions_compute (subject->ledger, subject->scope, by, job, error);

  return result != NULL ? qd_retentions_to_table (result, subject->ledger, subject->scope, by) : NULL;
}

static QdTable *
make_ledger (const QdSubject *subject,
             const char      *by,
             QdJob           *job,
             GError         **error)
{
  return qd_ledger_to_table (subject->ledger, subject->scope, job, error);
}

static QdTable *
make_cohorts (const QdSubject *subject,
              const char      *by,
              QdJob           *job,
              GError         **error)
{
  g_autoptr (QdCohorts) result = qd_cohorts_compute (subject->ledger, subject->scope, job, error);

  return result != NULL ? qd_cohorts_to_table (result, subject->ledger) : NULL;
}

static const char *const hidden_movements[] = { "customers_opening",     "customers_new",        "customers_reactivated",
                                                "customers_expanded",    "customers_contracted", "customers_churned",
                                                "customers_closing",     NULL };
static const char *const hidden_retention[] = { "gross_end", "lost", "headwind", "tailwind", NULL };
static const char *const hidden_cohorts[] = { "gross", NULL };

static const QdResultTable tables[] = {
  { "movements", N_ ("How recurring revenue moved: one row per window, opening to closing"), "month", QD_SPAN_LAST_ROW,
    TRUE, hidden_movements, make_movements },
  { "retention", N_ ("Net and gross revenue retention, logo retention and churn, with intervals"), "ttm",
    QD_SPAN_LAST_ROW, TRUE, hidden_retention, make_retention },
  { "ledger", N_ ("Every customer's recurring revenue at every month end"), "ttm", QD_SPAN_MONTH, FALSE, NULL,
    make_ledger },
  { "cohorts", N_ ("Customers and revenue by month of the first revenue, and age"), "ttm", QD_SPAN_MONTH, FALSE,
    hidden_cohorts, make_cohorts },
};

/**
 * qd_result_table_list:
 * @n_tables: (out): how many there are
 *
 * Returns: (transfer none) (array length=n_tables): the tables that are computed from a ledger
 */
const QdResultTable *
qd_result_table_list (guint *n_tables)
{
  *n_tables = G_N_ELEMENTS (tables);
  return tables;
}

/**
 * qd_result_table_find:
 * @name: a name
 *
 * Returns: (transfer none) (nullable): the table of that name
 */
const QdResultTable *
qd_result_table_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    if (strcmp (tables[i].name, name) == 0)
      return &tables[i];
  return NULL;
}
