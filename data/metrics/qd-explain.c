/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every figure opens: the customers behind it, with what each adds. The same
 * functions that add up a figure are called here for one customer at a time.
 */
#define G_LOG_DOMAIN "qd-metrics"

#include "config.h"

#include "qd-catalogue.h"
#include "qd-parts-private.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

/* What a figure is made of. */
typedef enum { OF_LEVELS, OF_MOVEMENTS, OF_BASE } Kind;

typedef struct
{
  guint32 account;
  gint64 start, end;
  char *kind; /* of movements */
  gint64 contribution;
} Row;

typedef struct
{
  const QdMetric *metric;
  Kind kind;
  gboolean counts;      /* contributions are customers, not money */
  guint top;            /* of concentration; 0: all */
  QdWindow window;
  QdScope *scope;       /* with the form that the figure takes */
  QdCell *cells;        /* one unit's flows, n + 1 */
  GArray *rows;
} Work;

static void
clear_row (gpointer data)
{
  g_free (((Row *) data)->kind);
}

static gboolean
is_one_of (const char        *id,
           const char *const *ids)
{
  return g_strv_contains (ids, id);
}

static Kind
find_kind (const char *id)
{
  static const char *const levels[] = { "mrr", "arr", "accounts", "arpa", NULL };
  static const char *const movements[] = { "new_mrr", "reactivation_mrr", "expansion_mrr", "contraction_mrr", "churn_mrr",
                                           "net_new_mrr", "mrr_growth", "yoy_growth", "quick_ratio", NULL };

  if (is_one_of (id, levels) || g_str_has_prefix (id, "concentration_"))
    return OF_LEVELS;
  return is_one_of (id, movements) ? OF_MOVEMENTS : OF_BASE;
}

static void
add_row (Work    *work,
         guint32  account,
         gint64   start,
         gint64   end,
         char    *kind,
         gint64   contribution)
{
  Row row = { account, start, end, kind, contribution };

  g_array_append_val (work->rows, row);
}

static void
add_level (Work          *work,
           const QdWalk  *walk,
           const QdTrack *unit,
           guint32        account)
{
  int n = walk->cut->n;
  gint64 level = unit->level[n];

  if (!unit->active[n] || qd_walk_get_group (walk, unit, n - 1) == QD_KEY_OUT)
    return;
  if (work->counts)
    add_row (work, account, 0, level, NULL, 1);
  else if (level > 0)
    add_row (work, account, 0, level, NULL, strcmp (work->metric->id, "arr") == 0 || work->top > 0 ? level * 12 : level);
}

static void
append_kind (GString    *kinds,
             gint64      amount,
             const char *kind)
{
  if (amount == 0)
    return;
  if (kinds->len > 0)
    g_string_append (kinds, ", ");
  g_string_append (kinds, kind);
}

static char *
name_kinds (const QdCell *sum)
{
  GString *kinds = g_string_new (NULL);

  append_kind (kinds, sum->new_business, "new");
  append_kind (kinds, sum->reactivation, "reactivation");
  append_kind (kinds, sum->expansion, "expansion");
  append_kind (kinds, sum->contraction, "contraction");
  append_kind (kinds, sum->churn, "churn");
  append_kind (kinds, sum->fx, "fx");
  return g_string_free (kinds, FALSE);
}

static void
add_movement (Work          *work,
              QdWalk        *walk,
              const QdTrack *unit,
              guint32        account)
{
  int base = walk->cut->base;
  gint64 opening, closing, moves[QD_N_MOVES], amount;
  QdCell sum = qd_flows_sum (walk, unit, work->window.before - base, work->window.last - base, unit->group, work->cells,
                             &opening, &closing);

  qd_moves_fill (&sum, opening, closing, moves);
  amount = moves[qd_move_of_metric (work->metric->id)];
  if (amount != 0)
    add_row (work, account, opening, closing, name_kinds (&sum), amount);
}

static void
add_base (Work          *work,
          QdWalk        *walk,
          const QdTrack *unit,
          guint32        account)
{
  const char *id = work->metric->id;
  const QdProfile *profile = work->scope->profile;
  int before = MAX (work->window.before - walk->cut->base, 0), last = work->window.last - walk->cut->base;
  QdBase base = { 0 };
  gint64 shares[QD_N_SHARES], amount;
  gboolean whole_base = strcmp (id, "nrr") == 0 || strcmp (id, "grr") == 0 || strcmp (id, "logo_retention") == 0;

  if (qd_walk_get_group (walk, unit, before) == QD_KEY_OUT)
    return;
  qd_base_prepare (walk, unit, profile);
  qd_base_add (walk, unit, profile, before, last, &base);
  qd_shares_fill (&base, profile->logo_base, shares);
  amount = shares[qd_share_of_metric (id)];
  if (amount != 0 || (whole_base && base.n_start > 0))
    add_row (work, account, unit->level[before], unit->level[last], NULL, amount);
}

static int
compare_rows (const void *a,
              const void *b)
{
  const Row *x = a, *y = b;
  guint64 m = x->contribution < 0 ? -(guint64) x->contribution : (guint64) x->contribution;
  guint64 n = y->contribution < 0 ? -(guint64) y->contribution : (guint64) y->contribution;

  if (m != n)
    return m < n ? 1 : -1;
  return (x->account > y->account) - (x->account < y->account);
}

/* One row per customer: parts of several products were added up by the walk. */
static gboolean
collect (Work     *work,
         QdLedger *ledger,
         QdJob    *job,
         GError  **error)
{
  QdCut cut;
  QdWalk walk;
  QdTrack unit;
  gboolean done = qd_cut_init (&cut, ledger, work->scope, NULL, job, error);

  if (!done)
    {
      qd_cut_clear (&cut);
      return FALSE;
    }
  qd_walk_init (&walk, &cut);
  work->cells = g_new (QdCell, cut.n + 1);
  for (guint32 customer = 0; customer < ledger->n_customers && done; customer++)
    {
      guint32 account = qd_ledger_get_account (ledger, customer);

      if (customer % 4096 == 0 && job != NULL)
        done = qd_job_check (job, error);
      if (!done || !qd_walk_enter (&walk, customer))
        continue;
      while (qd_walk_next (&walk, &unit))
        if (work->kind == OF_LEVELS)
          add_level (work, &walk, &unit, account);
        else if (work->kind == OF_MOVEMENTS)
          add_movement (work, &walk, &unit, account);
        else
          add_base (work, &walk, &unit, account);
    }
  g_clear_pointer (&work->cells, g_free);
  qd_walk_clear (&walk);
  qd_cut_clear (&cut);
  g_array_sort (work->rows, compare_rows);
  if (work->top > 0 && work->rows->len > work->top)
    g_array_set_size (work->rows, work->top);
  return done;
}

static QdTable *
fill_table (const Work     *work,
            const QdLedger *ledger)
{
  const QdBook *book = ledger->book;
  gboolean levels = work->kind == OF_LEVELS, movements = work->kind == OF_MOVEMENTS;
  QdColumn columns[7];
  guint n = 0;
  QdTable *table;

  columns[n++] = (QdColumn){ "account", N_("Account"), QD_COLUMN_TEXT };
  columns[n++] = (QdColumn){ "name", N_("Name"), QD_COLUMN_TEXT };
  if (levels)
    columns[n++] = (QdColumn){ "mrr", N_("MRR"), QD_COLUMN_MONEY };
  else
    {
      columns[n++] = (QdColumn){ movements ? "opening" : "start", N_("MRR at the start"), QD_COLUMN_MONEY };
      columns[n++] = (QdColumn){ movements ? "closing" : "end", N_("MRR at the end"), QD_COLUMN_MONEY };
    }
  if (movements)
    columns[n++] = (QdColumn){ "kind", N_("Kind"), QD_COLUMN_TEXT };
  columns[n++] = (QdColumn){ "contribution", N_("Contribution"), work->counts ? QD_COLUMN_COUNT : QD_COLUMN_MONEY };

  table = qd_table_new ("explain", qd_book_get_currency (book), columns, n);
  for (guint i = 0; i < work->rows->len; i++)
    {
      const Row *row = &g_array_index (work->rows, Row, i);

      qd_table_add_text (table, qd_book_get_account_id (book, row->account));
      qd_table_add_text (table, qd_book_get_account_name (book, row->account));
      if (!levels)
        qd_table_add_integer (table, row->start);
      qd_table_add_integer (table, row->end);
      if (movements)
        qd_table_add_text (table, row->kind);
      qd_table_add_integer (table, row->contribution);
      qd_table_end_row (table);
    }
  return table;
}

/* The product form has no customers behind it but months. */
static QdTable *
explain_months (QdLedger      *ledger,
                const QdScope *scope,
                const char    *id,
                QdJob         *job,
                GError       **error)
{
  static const QdColumn columns[] = {
    { "month", N_("Month"), QD_COLUMN_MONTH },
    { "start", N_("At the start"), QD_COLUMN_MIXED },
    { "end", N_("At the end"), QD_COLUMN_MIXED },
    { "rate", N_("Rate"), QD_COLUMN_RATE },
  };
  g_autoptr (GArray) windows = g_array_new (FALSE, FALSE, sizeof (QdWindow));
  g_autoptr (QdScope) monthly = qd_scope_copy (scope);
  QdRetentions *rows;
  QdTable *table;
  QdWindow window;
  gboolean logos = g_str_has_prefix (id, "logo_");
  gboolean gross = strcmp (id, "grr") == 0 || strcmp (id, "gross_revenue_churn") == 0;

  if (!qd_scope_get_window (scope, ledger->book, &window, error))
    return NULL;
  monthly->profile->period_form = QD_FORM_P2P;
  monthly->profile->netting = QD_NETTING_MONTH;
  for (QdMonth month = MAX (window.before + 1, ledger->first); month <= window.last; month++)
    {
      QdWindow step = { month - 1, month, FALSE };

      g_array_append_val (windows, step);
    }
  rows = qd_retentions_of_windows (ledger, monthly, windows, NULL, job, error);
  if (rows == NULL)
    return NULL;
  table = qd_table_new ("explain", qd_book_get_currency (ledger->book), columns, G_N_ELEMENTS (columns));
  for (guint i = 0; i < rows->rows->len; i++)
    {
      const QdRetention *row = &g_array_index (rows->rows, QdRetention, i);
      QdRate rate = logos ? row->logo_retention : gross ? row->grr : row->nrr;

      qd_table_add_integer (table, row->window.last);
      if (logos)
        {
          qd_table_add_count (table, row->logo_base);
          qd_table_add_count (table, row->logo_base - (row->accounts_start - row->accounts_retained));
        }
      else
        {
          qd_table_add_money (table, row->start);
          qd_table_add_money (table, gross ? row->gross_end : row->end);
        }
      if (rate.defined)
        qd_table_add_double (table, rate.value);
      else
        qd_table_add_missing (table);
      qd_table_end_row (table);
    }
  qd_retentions_free (rows);
  return table;
}

/**
 * qd_figure_explain:
 * @ledger: a ledger that matches the scope's profile
 * @scope: as-of, period, filter, definition
 * @id: a metric of the catalogue
 * @job: (nullable): progress and cancel
 * @error: return location
 *
 * Lists the customers behind a figure: account, name, their level (or levels at
 * the start and the end, and for movements the kinds), and as the last column
 * `contribution`, whose sum is exactly the figure's numerator, or its value
 * where it has none. Largest first, ties by account id. NRR, GRR and customer
 * retention also list customers at the start who contribute nothing. Rows of
 * growth and net new may be negative.
 *
 * Under the product form, rates of retention are made of months: month, start,
 * end, rate, whose product is the figure (or 1 minus it, for churn).
 *
 * Cost is linear in customers × months. Any thread may call it.
 *
 * Returns: (transfer full) (nullable): the table, or `NULL` with the errors of
 *   qd_figures_compute()
 */
QdTable *
qd_figure_explain (QdLedger      *ledger,
                   const QdScope *scope,
                   const char    *id,
                   QdJob         *job,
                   GError       **error)
{
  g_autoptr (QdScope) own = NULL;
  Work work = { 0 };
  QdTable *table = NULL;

  g_return_val_if_fail (ledger != NULL && scope != NULL && id != NULL, NULL);

  if (!qd_figures_check_ids ((const char *const[]){ id, NULL }, error))
    return NULL;
  work.metric = qd_catalogue_find (id);
  work.kind = find_kind (id);
  own = qd_scope_copy (scope);
  if (strcmp (id, "expansion_rate") == 0)
    own->profile->period_form = QD_FORM_FLOW;
  if (work.kind == OF_BASE && own->profile->period_form == QD_FORM_PRODUCT)
    {
      if (strcmp (id, "headwind") != 0 && strcmp (id, "tailwind") != 0)
        return explain_months (ledger, scope, id, job, error);
      g_set_error (error, QD_METRIC_ERROR, QD_METRIC_ERROR_UNSUITABLE,
                   _("%s is not defined where retention is the product of the months. Choose another period_form."), id);
      return NULL;
    }
  if (!qd_scope_get_window (scope, ledger->book, &work.window, error))
    return NULL;
  if (strcmp (id, "yoy_growth") == 0)
    work.window.before = work.window.last - 12;
  work.scope = own;
  work.counts = work.metric->unit == QD_UNIT_COUNT || g_str_has_prefix (id, "logo_");
  if (g_str_has_prefix (id, "concentration_"))
    work.top = (guint) g_ascii_strtoull (id + strlen ("concentration_"), NULL, 10);
  work.rows = g_array_new (FALSE, FALSE, sizeof (Row));
  g_array_set_clear_func (work.rows, clear_row);
  if (collect (&work, ledger, job, error))
    table = fill_table (&work, ledger);
  g_array_unref (work.rows);
  return table;
}
