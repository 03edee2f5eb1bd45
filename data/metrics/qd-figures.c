/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "qd-metrics"

#include "config.h"

#include "qd-catalogue.h"
#include "qd-parts-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Everything that a figure may need, computed once for all of them. */
typedef struct
{
  const QdLedger *ledger;
  const QdScope *scope;
  QdWindow window, year;
  QdMovements *movements; /* the window, then the year */
  QdRetentions *retentions, *flows;
  gint64 *n_moves;        /* customers that contribute, by row of movements */
  GPtrArray *rankings;    /* by group of movements: levels at as-of, largest first; or NULL */
} Inputs;

static void
clear_inputs (Inputs *self)
{
  g_clear_pointer (&self->movements, qd_movements_free);
  g_clear_pointer (&self->retentions, qd_retentions_free);
  g_clear_pointer (&self->flows, qd_retentions_free);
  g_clear_pointer (&self->rankings, g_ptr_array_unref);
  g_clear_pointer (&self->n_moves, g_free);
}

static gboolean
is_retention (const char *id)
{
  static const char *const ids[] = { "nrr", "grr", "headwind", "tailwind", "logo_retention", "logo_churn",
                                     "gross_revenue_churn", "net_revenue_churn", NULL };

  return g_strv_contains (ids, id);
}

static int
compare_levels (const void *a,
                const void *b)
{
  gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;

  return (x < y) - (x > y);
}

/* The levels above 0 at as-of, by group. */
typedef struct
{
  const QdWindow *window;
  GArray **by_group;
} Levels;

static void
visit_level (QdWalk        *walk,
             const QdTrack *unit,
             gint64        *totals,
             gpointer       data)
{
  const Levels *levels = data;
  int n = walk->cut->n;
  guint32 group = qd_flows_get_last_group (walk, unit, levels->window->before - walk->cut->base, n);

  if (group != QD_KEY_OUT && unit->level[n] > 0)
    g_array_append_vals (levels->by_group[group], &unit->level[n], 1);
}

/* The last run says it. */
static void
sweep_level (const QdCut *cut,
             guint32      customer,
             guint32      group,
             gint64      *totals,
             gpointer     data)
{
  const Levels *levels = data;
  const QdSeries *series = &cut->ledger->whole;
  guint32 first = series->run_offsets[customer], run = series->run_offsets[customer + 1];

  while (run > first && series->run_month[run - 1] >= cut->n)
    run--;
  if (run > first && series->run_level[run - 1] > 0)
    g_array_append_val (levels->by_group[group], series->run_level[run - 1]);
}

static gboolean
rank (Inputs     *self,
      QdLedger   *ledger,
      const char *by,
      QdJob      *job,
      GError    **error)
{
  QdCut cut;
  gboolean done = qd_cut_init (&cut, ledger, self->scope, by, job, error);
  g_autofree GArray **by_group = NULL;
  Levels levels;

  if (!done)
    {
      qd_cut_clear (&cut);
      return FALSE;
    }
  by_group = g_new0 (GArray *, cut.n_groups);
  for (guint i = 0; i < cut.n_groups; i++)
    by_group[i] = g_array_new (FALSE, FALSE, sizeof (gint64));
  levels = (Levels){ &self->window, by_group };
  done = qd_cut_visit (&cut, visit_level, cut.moving || cut.of_products ? NULL : sweep_level, &levels, job, error);

  self->rankings = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  for (guint i = 0; i < cut.n_groups; i++)
    {
      gboolean listed = by == NULL;

      for (guint j = 0; !listed && j < self->movements->groups->len; j++)
        listed = strcmp (g_ptr_array_index (self->movements->groups, j), qd_cut_get_group (&cut, i)) == 0;
      g_array_sort (by_group[i], compare_levels);
      if (listed)
        g_ptr_array_add (self->rankings, by_group[i]);
      else
        g_array_unref (by_group[i]);
    }
  qd_cut_clear (&cut);
  return done;
}

static const QdRetention *
find_retention (const QdRetentions *retentions,
                const char         *group)
{
  static const QdRetention none;

  for (guint i = 0; i < retentions->rows->len; i++)
    {
      const QdRetention *row = &g_array_index (retentions->rows, QdRetention, i);

      if (g_strcmp0 (row->group, group) == 0)
        return row;
    }
  return &none;
}

static void
set_money (QdFigure *figure,
           gint64    minor,
           gint64    n)
{
  figure->money = minor;
  figure->value = (QdRate){ (double) minor, TRUE };
  figure->n = n;
}

/* A quotient; undefined when the denominator is 0. */
static void
set_quotient (QdFigure *figure,
              gint64    numerator,
              gint64    denominator,
              gboolean  money,
              gint64    n)
{
  figure->numerator = (QdRate){ (double) numerator, TRUE };
  figure->denominator = (QdRate){ (double) denominator, TRUE };
  figure->numerator_money = figure->denominator_money = money;
  figure->value = qd_rate (numerator, denominator);
  figure->n = n;
}

/* A product of monthly rates has no terms; behind it are the customers at the start. */
static void
set_product (QdFigure *figure,
             QdRate    rate,
             gboolean  complement,
             gint64    n)
{
  figure->value = rate;
  if (rate.defined && complement)
    figure->value.value = 1 - rate.value;
  figure->n = n;
}

static void
set_retention (QdFigure          *figure,
               const QdRetention *row,
               const QdProfile   *profile)
{
  const char *id = figure->id;
  gboolean product = profile->period_form == QD_FORM_PRODUCT;
  gint64 n = row->accounts_start;

  if (strcmp (id, "logo_retention") == 0 || strcmp (id, "logo_churn") == 0)
    {
      gboolean churn = id[5] == 'c';
      gint64 lost = row->accounts_start - row->accounts_retained, base = row->logo_base;

      if (product || !row->logo_churn.defined)
        {
          set_product (figure, churn ? row->logo_churn : row->logo_retention, FALSE, row->accounts_start);
          return;
        }
      set_quotient (figure, churn ? lost : base - lost, base, FALSE, base);
      figure->low = row->logo_churn_low;
      figure->high = row->logo_churn_high;
      if (!churn)
        {
          figure->low = (QdRate){ 1 - row->logo_churn_high.value, row->logo_churn_high.defined };
          figure->high = (QdRate){ 1 - row->logo_churn_low.value, row->logo_churn_low.defined };
        }
      return;
    }
  if (strcmp (id, "nrr") == 0 || strcmp (id, "net_revenue_churn") == 0)
    {
      gboolean churn = id[1] == 'e';

      if (product)
        set_product (figure, row->nrr, churn, row->accounts_start);
      else
        set_quotient (figure, churn ? row->start - row->end : row->end, row->start, TRUE, n);
    }
  else if (strcmp (id, "tailwind") == 0)
    {
      if (product)
        set_product (figure, row->tailwind, FALSE, row->accounts_start);
      else
        set_quotient (figure, row->end - row->gross_end, row->start, TRUE, n);
    }
  else if (product)
    set_product (figure, strcmp (id, "headwind") == 0 ? row->headwind : row->grr, strcmp (id, "gross_revenue_churn") == 0,
                 row->accounts_start);
  else
    set_quotient (figure, strcmp (id, "grr") == 0 ? row->gross_end : row->start - row->gross_end, row->start, TRUE, n);
}

static void
set_average (QdFigure *figure,
             gint64    sum,
             gint64    n,
             gint64    n_behind)
{
  figure->numerator = (QdRate){ (double) sum, TRUE };
  figure->numerator_money = TRUE;
  figure->denominator = (QdRate){ (double) n, TRUE };
  figure->n = n_behind;
  if (n == 0)
    return;
  /* Half away from zero; a sum of levels is not negative. */
  figure->money = (sum + n / 2) / n;
  figure->value = (QdRate){ (double) figure->money, TRUE };
}

static void
set_concentration (QdFigure     *figure,
                   const GArray *levels,
                   guint         top)
{
  gint64 sum = 0, all = 0;

  for (guint i = 0; i < levels->len; i++)
    {
      all += g_array_index (levels, gint64, i);
      if (i < top)
        sum += g_array_index (levels, gint64, i);
    }
  set_quotient (figure, sum * 12, all * 12, TRUE, MIN (levels->len, top));
}

static void
fill_figure (QdFigure     *figure,
             const Inputs *inputs,
             guint         group)
{
  guint n_groups = inputs->movements->groups != NULL ? inputs->movements->groups->len : 1;
  const QdMovement *row = &g_array_index (inputs->movements->rows, QdMovement, group);
  const gint64 *n = inputs->n_moves + group * QD_N_MOVES;
  const char *id = figure->id;

  if (strcmp (id, "mrr") == 0)
    set_money (figure, row->closing, n[QD_MOVE_LEVEL]);
  else if (strcmp (id, "arr") == 0)
    set_money (figure, row->closing * 12, n[QD_MOVE_LEVEL]);
  else if (strcmp (id, "accounts") == 0)
    {
      figure->value = (QdRate){ row->customers_closing, TRUE };
      figure->n = row->customers_closing;
    }
  else if (strcmp (id, "arpa") == 0)
    set_average (figure, row->closing, row->customers_closing, n[QD_MOVE_LEVEL]);
  else if (strcmp (id, "new_mrr") == 0)
    set_money (figure, row->new_business, n[QD_MOVE_NEW]);
  else if (strcmp (id, "reactivation_mrr") == 0)
    set_money (figure, row->reactivation, n[QD_MOVE_REACTIVATION]);
  else if (strcmp (id, "expansion_mrr") == 0)
    set_money (figure, row->expansion, n[QD_MOVE_EXPANSION]);
  else if (strcmp (id, "contraction_mrr") == 0)
    set_money (figure, row->contraction, n[QD_MOVE_CONTRACTION]);
  else if (strcmp (id, "churn_mrr") == 0)
    set_money (figure, row->churn, n[QD_MOVE_CHURN]);
  else if (strcmp (id, "net_new_mrr") == 0)
    set_money (figure, row->new_business + row->reactivation + row->expansion - row->contraction - row->churn,
               n[QD_MOVE_NET]);
  else if (strcmp (id, "mrr_growth") == 0)
    set_quotient (figure, row->closing - row->opening, row->opening, TRUE, n[QD_MOVE_GROWTH]);
  else if (strcmp (id, "yoy_growth") == 0)
    {
      row = &g_array_index (inputs->movements->rows, QdMovement, n_groups + group);
      n += n_groups * QD_N_MOVES;
      figure->window = inputs->year;
      /* An opening balance of the first month is not what was paid a year ago. */
      if (inputs->year.before < qd_ledger_get_first_month (inputs->ledger))
        set_quotient (figure, row->closing, 0, TRUE, n[QD_MOVE_GROWTH]);
      else
        set_quotient (figure, row->closing - row->opening, row->opening, TRUE, n[QD_MOVE_GROWTH]);
    }
  else if (strcmp (id, "quick_ratio") == 0)
    set_quotient (figure, row->new_business + row->reactivation + row->expansion, row->contraction + row->churn, TRUE,
                  n[QD_MOVE_ANY]);
  else if (strcmp (id, "expansion_rate") == 0)
    {
      const QdRetention *flow = find_retention (inputs->flows, figure->group);

      set_quotient (figure, flow->expansion, flow->start, TRUE, flow->accounts_start);
    }
  else if (g_str_has_prefix (id, "concentration_"))
    set_concentration (figure, g_ptr_array_index (inputs->rankings, group),
                       (guint) g_ascii_strtoull (id + strlen ("concentration_"), NULL, 10));
  else
    {
      const QdRetention *retention = find_retention (inputs->retentions, figure->group);

      set_retention (figure, retention, inputs->scope->profile);
    }
}

gboolean
qd_figures_check_ids (const char *const *ids,
                      GError           **error)
{
  for (guint i = 0; ids != NULL && ids[i] != NULL; i++)
    if (qd_catalogue_find (ids[i]) == NULL)
      {
        g_autoptr (GString) list = g_string_new (NULL);

        for (guint j = 0; j < qd_catalogue_get_n_metrics (); j++)
          g_string_append_printf (list, "%s%s", j > 0 ? ", " : "", qd_catalogue_get_metric (j)->id);
        g_set_error (error, QD_METRIC_ERROR, QD_METRIC_ERROR_UNKNOWN, _("No metric is called “%s”. The metrics are: %s."),
                     ids[i], list->str);
        return FALSE;
      }
  return TRUE;
}

static gboolean
gather (Inputs            *self,
        QdLedger          *ledger,
        const char *const *ids,
        const char        *by,
        QdJob             *job,
        GError           **error)
{
  g_autoptr (GArray) windows = g_array_new (FALSE, FALSE, sizeof (QdWindow));
  gboolean retention = ids == NULL, flows = ids == NULL, rankings = ids == NULL;

  if (!qd_scope_get_window (self->scope, ledger->book, &self->window, error))
    return FALSE;
  self->year = (QdWindow){ self->window.last - 12, self->window.last, FALSE };
  for (guint i = 0; ids != NULL && ids[i] != NULL; i++)
    {
      retention |= is_retention (ids[i]);
      flows |= strcmp (ids[i], "expansion_rate") == 0;
      rankings |= g_str_has_prefix (ids[i], "concentration_");
    }

  g_array_append_val (windows, self->window);
  if (retention)
    self->retentions = qd_retentions_of_windows (ledger, self->scope, windows, by, job, error);
  if (retention && self->retentions == NULL)
    return FALSE;
  if (flows)
    {
      g_autoptr (QdScope) scope = qd_scope_copy (self->scope);

      scope->profile->period_form = QD_FORM_FLOW;
      self->flows = qd_retentions_of_windows (ledger, scope, windows, by, job, error);
      if (self->flows == NULL)
        return FALSE;
    }
  g_array_append_val (windows, self->year);
  self->movements = qd_movements_of_windows (ledger, self->scope, windows, by, &self->n_moves, job, error);
  if (self->movements == NULL)
    return FALSE;
  return !rankings || rank (self, ledger, by, job, error);
}

/**
 * qd_figures_compute:
 * @ledger: a ledger that matches the scope's profile
 * @scope: as-of, period, filter, definition
 * @ids: (nullable) (array zero-terminated=1): metrics of the catalogue; `NULL`: all
 * @by: (nullable): a dimension
 * @job: (nullable): progress and cancel
 * @error: return location
 *
 * Computes figures for the one window that ends at as-of, with the terms that
 * they are made of, their interval where there is one, and how many customers
 * are behind them. Of movements and stocks these are the customers that
 * qd_figure_explain() lists with a contribution that is not 0, each once however
 * often it moved, and of the quick ratio those with any gain or loss; of rates of
 * retention and churn they are the base, on which the interval rests. By metric,
 * then by group. Stocks (MRR, ARR, customers, ARPA, concentration) are states at
 * as-of whatever the period; yoy_growth looks back twelve months whatever the
 * period.
 *
 * What is undefined (a quotient over 0) says so. Under the product form, rates
 * of retention have no terms. The expansion rate is made of the flows of the
 * customers at the start under every form.
 *
 * Cost is linear in customers × months. Any thread may call it.
 *
 * Returns: (transfer full) (nullable): the figures, or `NULL` with
 *   `QD_METRIC_ERROR_UNKNOWN` (metric, dimension or value),
 *   `QD_METRIC_ERROR_RANGE`, `QD_METRIC_ERROR_UNSUITABLE`,
 *   `QD_METRIC_ERROR_NO_RATE` or `G_IO_ERROR_CANCELLED`
 */
QdFigures *
qd_figures_compute (QdLedger          *ledger,
                    const QdScope     *scope,
                    const char *const *ids,
                    const char        *by,
                    QdJob             *job,
                    GError           **error)
{
  QdFigures *self;
  Inputs inputs = { .ledger = ledger, .scope = scope };
  guint n_ids, n_groups;

  g_return_val_if_fail (ledger != NULL && scope != NULL, NULL);

  if (!qd_figures_check_ids (ids, error))
    return NULL;
  if (!gather (&inputs, ledger, ids, by, job, error))
    {
      clear_inputs (&inputs);
      return NULL;
    }

  self = g_new0 (QdFigures, 1);
  self->rows = g_array_new (FALSE, FALSE, sizeof (QdFigure));
  if (inputs.movements->groups != NULL)
    self->groups = g_ptr_array_ref (inputs.movements->groups);
  n_groups = self->groups != NULL ? self->groups->len : 1;
  n_ids = ids != NULL ? g_strv_length ((char **) ids) : qd_catalogue_get_n_metrics ();
  for (guint i = 0; i < n_ids; i++)
    {
      const QdMetric *metric = ids != NULL ? qd_catalogue_find (ids[i]) : qd_catalogue_get_metric (i);

      for (guint group = 0; group < n_groups; group++)
        {
          QdFigure figure = { .id = metric->id, .unit = metric->unit, .window = inputs.window };

          figure.group = self->groups != NULL ? g_ptr_array_index (self->groups, group) : NULL;
          fill_figure (&figure, &inputs, group);
          g_array_append_val (self->rows, figure);
        }
    }
  clear_inputs (&inputs);
  return self;
}

/**
 * qd_figures_free:
 * @self: (transfer full) (nullable): a result
 *
 * Frees a result and the group names that its rows point to.
 */
void
qd_figures_free (QdFigures *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->rows);
  g_clear_pointer (&self->groups, g_ptr_array_unref);
  g_free (self);
}

static void
add_term (QdTable *table,
          QdRate   term,
          gboolean money)
{
  if (!term.defined)
    qd_table_add_missing (table);
  else if (money)
    qd_table_add_money (table, llround (term.value));
  else
    qd_table_add_count (table, llround (term.value));
}

static void
add_bound (QdTable *table,
           QdRate   bound)
{
  if (bound.defined)
    qd_table_add_rate (table, bound.value);
  else
    qd_table_add_missing (table);
}

static void
add_value (QdTable        *table,
           const QdFigure *figure)
{
  if (!figure->value.defined)
    {
      qd_table_add_missing (table);
      return;
    }
  switch (figure->unit)
    {
    case QD_UNIT_MONEY:
      qd_table_add_money (table, figure->money);
      break;
    case QD_UNIT_COUNT:
      qd_table_add_count (table, llround (figure->value.value));
      break;
    case QD_UNIT_RATE:
      qd_table_add_rate (table, figure->value.value);
      break;
    case QD_UNIT_RATIO:
    default:
      qd_table_add_number (table, figure->value.value);
      break;
    }
}

static const char *
name_unit (QdUnit      unit,
           const char *currency)
{
  switch (unit)
    {
    case QD_UNIT_MONEY:
      return currency;
    case QD_UNIT_COUNT:
      return "count";
    case QD_UNIT_RATE:
      return "rate";
    case QD_UNIT_RATIO:
    default:
      return "ratio";
    }
}

/**
 * qd_figures_to_table:
 * @self: figures
 * @ledger: where they come from
 * @scope: what for
 * @by: (nullable): the dimension
 *
 * Puts figures into the table `metrics`: id, [dimension], value, unit (the
 * currency's code, "rate", "ratio" or "count"), numerator, denominator, low,
 * high, n, period_start, period_end (of a stock both are the last day), profile.
 *
 * Returns: (transfer full): the table
 */
QdTable *
qd_figures_to_table (const QdFigures *self,
                     const QdLedger  *ledger,
                     const QdScope   *scope,
                     const char      *by)
{
  QdColumn columns[12] = {
    { "id", N_("Metric"), QD_COLUMN_TEXT },
  };
  static const QdColumn rest[] = {
    { "value", N_("Value"), QD_COLUMN_MIXED },
    { "unit", N_("Unit"), QD_COLUMN_TEXT },
    { "numerator", N_("Numerator"), QD_COLUMN_MIXED },
    { "denominator", N_("Denominator"), QD_COLUMN_MIXED },
    { "low", N_("Low"), QD_COLUMN_RATE },
    { "high", N_("High"), QD_COLUMN_RATE },
    { "n", N_("Customers"), QD_COLUMN_COUNT },
    { "period_start", N_("From"), QD_COLUMN_DAY },
    { "period_end", N_("To"), QD_COLUMN_DAY },
    { "profile", N_("Definition"), QD_COLUMN_TEXT },
  };
  g_autofree char *label = NULL;
  guint n = 1;
  QdTable *table;

  g_return_val_if_fail (self != NULL && ledger != NULL && scope != NULL, NULL);

  if (by != NULL)
    columns[n++] = (QdColumn){ by, NULL, QD_COLUMN_TEXT };
  memcpy (columns + n, rest, sizeof rest);
  table = qd_table_new ("metrics", qd_book_get_currency (ledger->book), columns, n + G_N_ELEMENTS (rest));
  label = qd_profile_dup_label (scope->profile);
  for (guint i = 0; i < self->rows->len; i++)
    {
      const QdFigure *figure = &g_array_index (self->rows, QdFigure, i);
      QdDay end = qd_month_last_day (figure->window.last);

      qd_table_add_text (table, figure->id);
      if (by != NULL)
        qd_table_add_text (table, figure->group);
      add_value (table, figure);
      qd_table_add_text (table, name_unit (figure->unit, qd_book_get_currency (ledger->book)));
      add_term (table, figure->numerator, figure->numerator_money);
      add_term (table, figure->denominator, figure->denominator_money);
      add_bound (table, figure->low);
      add_bound (table, figure->high);
      qd_table_add_count (table, figure->n);
      qd_table_add_integer (table,
                            qd_catalogue_find (figure->id)->stock ? end : qd_month_first_day (figure->window.before + 1));
      qd_table_add_integer (table, end);
      qd_table_add_text (table, label);
      qd_table_end_row (table);
    }
  return table;
}
