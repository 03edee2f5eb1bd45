/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "qd-metrics"

#include "config.h"

#include "qd-catalogue.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define GUIDE "Strikedeck, The Beginner's Guide to Customer Success (2017)"
#define USAGE "Standard industry usage"

static const QdMetric metrics[] = {
  { "mrr", N_("Monthly recurring revenue"), N_("MRR"),
    N_("What the customers of a month pay for one month of service, once everything is normalised to a month."),
    N_("sum of the monthly amounts in force on the last day of the month"), QD_UNIT_MONEY, QD_DIRECTION_UP,
    QD_KIND_LAGGING, "arr arpa", GUIDE, TRUE },
  { "arr", N_("Annual recurring revenue"), N_("ARR"), N_("What the customers of a month would pay in a year if nothing changed."),
    N_("12 × MRR"), QD_UNIT_MONEY, QD_DIRECTION_UP, QD_KIND_LAGGING, "", GUIDE, TRUE },
  { "accounts", N_("Customers"), N_("Customers"), N_("How many accounts are customers at the end of the month."),
    N_("accounts with MRR above zero"), QD_UNIT_COUNT, QD_DIRECTION_UP, QD_KIND_LAGGING, "mrr", USAGE, TRUE },
  { "arpa", N_("Average MRR per customer"), N_("ARPA"), N_("What one customer pays for a month on average."),
    N_("MRR ÷ customers"), QD_UNIT_MONEY, QD_DIRECTION_UP, QD_KIND_LAGGING, "mrr", USAGE, TRUE },
  { "new_mrr", N_("New MRR"), N_("New"), N_("Monthly revenue of customers won in the period, who had never paid before."),
    N_("MRR of accounts that became customers for the first time"), QD_UNIT_MONEY, QD_DIRECTION_UP, QD_KIND_LAGGING,
    "net_new_mrr", GUIDE, FALSE },
  { "reactivation_mrr", N_("Reactivated MRR"), N_("Reactivation"),
    N_("Monthly revenue of former customers who came back in the period."),
    N_("MRR of accounts that became customers again"), QD_UNIT_MONEY, QD_DIRECTION_UP, QD_KIND_LAGGING, "net_new_mrr",
    USAGE, FALSE },
  { "expansion_mrr", N_("Expansion MRR"), N_("Expansion"), N_("What customers pay more than before, for a month."),
    N_("sum of the increases of customers who stayed"), QD_UNIT_MONEY, QD_DIRECTION_UP, QD_KIND_LAGGING,
    "net_new_mrr nrr tailwind", GUIDE, FALSE },
  { "contraction_mrr", N_("Contraction MRR"), N_("Contraction"),
    N_("What customers who stayed pay less than before, for a month."), N_("sum of the decreases of customers who stayed"),
    QD_UNIT_MONEY, QD_DIRECTION_DOWN, QD_KIND_LAGGING, "net_new_mrr nrr grr headwind", USAGE, FALSE },
  { "churn_mrr", N_("Churned MRR"), N_("Churn"), N_("Monthly revenue of customers who left in the period."),
    N_("MRR that accounts had before they stopped being customers"), QD_UNIT_MONEY, QD_DIRECTION_DOWN, QD_KIND_LAGGING,
    "net_new_mrr nrr grr headwind logo_churn", GUIDE, FALSE },
  { "net_new_mrr", N_("Net new MRR"), N_("Net new"), N_("By how much the movements of the period changed monthly revenue."),
    N_("new + reactivation + expansion − contraction − churn"), QD_UNIT_MONEY, QD_DIRECTION_UP, QD_KIND_LAGGING, "mrr",
    USAGE, FALSE },
  { "mrr_growth", N_("MRR growth"), N_("Growth"), N_("How much larger monthly revenue is than at the start of the period."),
    N_("(MRR at the end − MRR at the start) ÷ MRR at the start"), QD_UNIT_RATE, QD_DIRECTION_UP, QD_KIND_LAGGING, "",
    GUIDE, FALSE },
  { "yoy_growth", N_("MRR growth, year over year"), N_("Growth, year over year"),
    N_("How much larger monthly revenue is than twelve months before."),
    N_("(MRR − MRR twelve months before) ÷ MRR twelve months before"), QD_UNIT_RATE, QD_DIRECTION_UP, QD_KIND_LAGGING,
    "", GUIDE, FALSE },
  { "nrr", N_("Net revenue retention"), N_("NRR"),
    /* xgettext:no-c-format */
    N_("What became of the revenue of the customers at the start: 100 % means that gains made up for losses. New customers "
       "do not count."),
    N_("MRR at the end of the customers at the start ÷ their MRR at the start"), QD_UNIT_RATE, QD_DIRECTION_UP,
    QD_KIND_LAGGING, "mrr arr", GUIDE, FALSE },
  { "grr", N_("Gross revenue retention"), N_("GRR"),
    N_("How much of the revenue at the start was kept, without what customers added. It is never above 100 %."),
    N_("for each customer at the start the lesser of its MRR at the start and at the end, summed ÷ their MRR at the start"),
    QD_UNIT_RATE, QD_DIRECTION_UP, QD_KIND_LAGGING, "nrr", GUIDE, FALSE },
  { "headwind", N_("Losses (headwind)"), N_("Losses"), N_("The part of the revenue at the start that was lost or reduced."),
    N_("100 % − GRR"), QD_UNIT_RATE, QD_DIRECTION_DOWN, QD_KIND_LAGGING, "nrr", GUIDE, FALSE },
  { "tailwind", N_("Gains (tailwind)"), N_("Gains"), N_("What customers added, as part of the revenue at the start."),
    N_("NRR − GRR"), QD_UNIT_RATE, QD_DIRECTION_UP, QD_KIND_LAGGING, "nrr", GUIDE, FALSE },
  { "logo_retention", N_("Customer retention"), N_("Logo retention"),
    N_("The share of the customers at the start who are still customers at the end."),
    N_("customers at the start who are customers at the end ÷ customers at the start"), QD_UNIT_RATE, QD_DIRECTION_UP,
    QD_KIND_LAGGING, "accounts", GUIDE, FALSE },
  { "logo_churn", N_("Customer churn"), N_("Logo churn"),
    N_("The share of the customers at the start who are no longer customers at the end."),
    N_("customers at the start who are none at the end ÷ customers at the start"), QD_UNIT_RATE, QD_DIRECTION_DOWN,
    QD_KIND_LAGGING, "accounts", GUIDE, FALSE },
  { "gross_revenue_churn", N_("Gross revenue churn"), N_("Gross churn"),
    N_("The share of the revenue at the start that was lost or reduced."), N_("100 % − GRR"), QD_UNIT_RATE,
    QD_DIRECTION_DOWN, QD_KIND_LAGGING, "nrr", USAGE, FALSE },
  { "net_revenue_churn", N_("Net revenue churn"), N_("Net churn"),
    N_("The share of the revenue at the start that is gone after what customers added. Below zero, gains outweigh losses."),
    N_("100 % − NRR"), QD_UNIT_RATE, QD_DIRECTION_DOWN, QD_KIND_LAGGING, "mrr", GUIDE, FALSE },
  { "expansion_rate", N_("Expansion rate"), N_("Expansion rate"),
    N_("The increases of the customers at the start, as part of their revenue at the start."),
    N_("sum of the expansions of the customers at the start within the period ÷ their MRR at the start"), QD_UNIT_RATE,
    QD_DIRECTION_UP, QD_KIND_LAGGING, "nrr", USAGE, FALSE },
  { "quick_ratio", N_("Quick ratio"), N_("Quick ratio"),
    N_("How much revenue was gained for each unit that was lost; above 4 is healthy."),
    N_("(new + reactivation + expansion) ÷ (contraction + churn)"), QD_UNIT_RATIO, QD_DIRECTION_UP, QD_KIND_LAGGING,
    "mrr_growth", USAGE, FALSE },
  { "concentration_1", N_("Share of the largest customer"), N_("Top 1"), N_("How much of ARR hangs on one customer."),
    N_("ARR of the largest customer ÷ ARR"), QD_UNIT_RATE, QD_DIRECTION_DOWN, QD_KIND_LEADING, "", USAGE, TRUE },
  { "concentration_5", N_("Share of the 5 largest customers"), N_("Top 5"), N_("How much of ARR hangs on five customers."),
    N_("ARR of the 5 largest customers ÷ ARR"), QD_UNIT_RATE, QD_DIRECTION_DOWN, QD_KIND_LEADING, "", USAGE, TRUE },
  { "concentration_10", N_("Share of the 10 largest customers"), N_("Top 10"), N_("How much of ARR hangs on ten customers."),
    N_("ARR of the 10 largest customers ÷ ARR"), QD_UNIT_RATE, QD_DIRECTION_DOWN, QD_KIND_LEADING, "", USAGE, TRUE },
  { "concentration_20", N_("Share of the 20 largest customers"), N_("Top 20"),
    N_("How much of ARR hangs on twenty customers."), N_("ARR of the 20 largest customers ÷ ARR"), QD_UNIT_RATE,
    QD_DIRECTION_DOWN, QD_KIND_LEADING, "", USAGE, TRUE },
};

/**
 * qd_catalogue_get_n_metrics:
 *
 * Returns: how many metrics there are
 */
guint
qd_catalogue_get_n_metrics (void)
{
  return G_N_ELEMENTS (metrics);
}

/**
 * qd_catalogue_get_metric:
 * @index: below qd_catalogue_get_n_metrics()
 *
 * Returns: (transfer none): a metric, in the order in which lists show them
 */
const QdMetric *
qd_catalogue_get_metric (guint index)
{
  g_return_val_if_fail (index < G_N_ELEMENTS (metrics), NULL);

  return &metrics[index];
}

/**
 * qd_catalogue_find:
 * @id: as scripts write it
 *
 * Returns: (transfer none) (nullable): the metric
 */
const QdMetric *
qd_catalogue_find (const char *id)
{
  g_return_val_if_fail (id != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (metrics); i++)
    if (strcmp (metrics[i].id, id) == 0)
      return &metrics[i];
  return NULL;
}

static const char *
form_of_nrr (const QdProfile *profile)
{
  switch (profile->period_form)
    {
    case QD_FORM_PRODUCT:
      return N_("NRR of each month of the period, multiplied");
    case QD_FORM_FLOW:
      return profile->reactivation_in_nrr
                 ? N_("(start + expansion + reactivation − contraction − churn) ÷ start, all of the customers at the start")
                 : N_("(start + expansion − contraction − churn) ÷ start, all of the customers at the start until they leave");
    case QD_FORM_LOWEST:
    case QD_FORM_P2P:
    default:
      return profile->reactivation_in_nrr
                 ? N_("MRR at the end of the customers at the start, and of earlier customers who returned ÷ MRR at the start "
                      "of the customers at the start")
                 : NULL;
    }
}

static const char *
form_of_grr (const QdProfile *profile)
{
  switch (profile->period_form)
    {
    case QD_FORM_PRODUCT:
      return N_("GRR of each month of the period, multiplied");
    case QD_FORM_FLOW:
      return N_("(start − contraction − churn) ÷ start, all of the customers at the start");
    case QD_FORM_LOWEST:
      return N_("for each customer at the start its lowest MRR at any month end from start to end, summed ÷ their MRR at the "
                "start");
    case QD_FORM_P2P:
    default:
      return NULL;
    }
}

static const char *
form_of_logos (const QdProfile *profile,
               gboolean         churn)
{
  if (profile->period_form == QD_FORM_PRODUCT)
    return churn ? N_("100 % − the customer retention of each month of the period, multiplied")
                 : N_("customer retention of each month of the period, multiplied");
  switch (profile->logo_base)
    {
    case QD_LOGO_BASE_START_NEW_LOST:
      return churn ? N_("lost customers ÷ (customers at the start + new − lost)")
                   : N_("100 % − lost customers ÷ (customers at the start + new − lost)");
    case QD_LOGO_BASE_START_NEW:
      return churn ? N_("lost customers ÷ (customers at the start + new)")
                   : N_("100 % − lost customers ÷ (customers at the start + new)");
    case QD_LOGO_BASE_START:
    default:
      return NULL;
    }
}

/**
 * qd_catalogue_dup_formula:
 * @metric: a metric
 * @profile: a definition profile
 *
 * Says in words, in the user's language, how the metric is computed under a
 * profile.
 *
 * Returns: (transfer full): the formula
 */
char *
qd_catalogue_dup_formula (const QdMetric  *metric,
                          const QdProfile *profile)
{
  const char *form = NULL;
  GString *text;
  gboolean retention = FALSE;

  g_return_val_if_fail (metric != NULL && profile != NULL, NULL);

  if (strcmp (metric->id, "nrr") == 0)
    form = form_of_nrr (profile);
  else if (strcmp (metric->id, "grr") == 0)
    form = form_of_grr (profile);
  else if (strcmp (metric->id, "logo_retention") == 0)
    form = form_of_logos (profile, FALSE);
  else if (strcmp (metric->id, "logo_churn") == 0)
    form = form_of_logos (profile, TRUE);
  else if (strcmp (metric->id, "accounts") == 0 && (profile->free_accounts || profile->trials))
    form = profile->free_accounts && profile->trials ? N_("accounts with MRR, a free subscription or a trial")
           : profile->trials                         ? N_("accounts with MRR or a trial")
                                                     : N_("accounts with MRR or a free subscription");
  text = g_string_new (form != NULL ? _(form) : _(metric->formula));
  retention = strcmp (metric->id, "nrr") == 0 || strcmp (metric->id, "grr") == 0
              || g_str_has_prefix (metric->id, "logo_");
  if (retention && profile->return_within_period == QD_RETURN_LOST && profile->period_form != QD_FORM_PRODUCT)
    g_string_append (text, _("; who was gone at any month end counts as lost"));
  if (retention && profile->fx == QD_FX_MONTH_END && profile->period_form != QD_FORM_FLOW
      && !g_str_has_prefix (metric->id, "logo_"))
    g_string_append (text, _("; changes of exchange rates included"));
  return g_string_free (text, FALSE);
}
