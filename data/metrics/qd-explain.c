/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every figure opens: the customers behind it, with what each adds. The same
 * functions that add up a figure are called here for one customer at a time.
 */
#define G_LOG_DOMAIN "qd-metrics"

#include "config.h"

#include "qd-cohorts-private.h"
#include "qd-drill.h"
#include "qd-parts-private.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

typedef struct
{
  guint32 account;
  guint32 cohort;
  gint64 start, end;
  char *kind; /* of movements */
  gint64 contribution;
} Row;

typedef struct
{
  const QdDrill *drill;
  const QdPart *part;
  gboolean words;       /* kinds are written for people, not for scripts */
  QdScope *scope;       /* with the form that the figure takes */
  QdCell *cells;        /* one unit's flows, n + 1 */
  QdEnrolment cohorts;
  gint64 *bases;        /* by cohort: what the members were at the age of 0 */
  GArray *rows;
  gint64 below;         /* what the contributions are divided by */
  gint64 n_base;        /* customers at the start */
} Work;

static void
clear_row (gpointer data)
{
  g_free (((Row *) data)->kind);
}

static void
append_kind (const Work *work,
             GString    *kinds,
             gint64      amount,
             const char *kind,
             const char *word)
{
  if (amount == 0)
    return;
  if (kinds->len > 0)
    g_string_append (kinds, ", ");
  g_string_append (kinds, work->words ? _(word) : kind);
}

static char *
name_kinds (const Work   *work,
            const QdCell *sum)
{
  GString *kinds = g_string_new (NULL);

  append_kind (work, kinds, sum->new_business, "new", N_("New"));
  append_kind (work, kinds, sum->reactivation, "reactivation", N_("Reactivation"));
  append_kind (work, kinds, sum->expansion, "expansion", N_("Expansion"));
  append_kind (work, kinds, sum->contraction, "contraction", N_("Contraction"));
  append_kind (work, kinds, sum->churn, "churn", N_("Churn"));
  append_kind (work, kinds, sum->fx, "fx", N_("Exchange rates"));
  append_kind (work, kinds, sum->transfer_in, "transfer_in", N_("Moved in"));
  append_kind (work, kinds, sum->transfer_out, "transfer_out", N_("Moved out"));
  return g_string_free (kinds, FALSE);
}

static void
add_move (Work          *work,
          QdWalk        *walk,
          const QdTrack *unit,
          Row           *row)
{
  const QdWindow *window = &work->drill->window;
  int base = walk->cut->base;
  gint64 moves[QD_N_MOVES];
  QdCell sum = qd_flows_sum (walk, unit, window->before - base, window->last - base, unit->group, work->cells,
                             &row->start);

  qd_moves_fill (&sum, row->start, moves);
  row->end = sum.closing;
  row->contribution = moves[work->part->part];
  if (work->part->below != QD_PART_NONE)
    work->below += moves[work->part->below];
  if (row->contribution == 0)
    return;
  if (work->part->kind == QD_PART_STATE)
    row->end = work->part->part == QD_MOVE_OPENING ? row->start : row->end;
  else
    row->kind = name_kinds (work, &sum);
  g_array_append_vals (work->rows, row, 1);
}

static void
add_share (Work          *work,
           QdWalk        *walk,
           const QdTrack *unit,
           Row           *row)
{
  const QdProfile *profile = work->scope->profile;
  const QdWindow *window = &work->drill->window;
  int before = MAX (window->before - walk->cut->base, 0), last = window->last - walk->cut->base;
  QdBase base = { 0 };
  gint64 shares[QD_N_SHARES];

  if (qd_walk_get_group (walk, unit, before) == QD_KEY_OUT)
    return;
  qd_base_prepare (walk, unit, profile);
  qd_base_add (walk, unit, profile, before, last, &base);
  qd_shares_fill (&base, profile->logo_base, shares);
  row->start = base.start;
  row->end = unit->level[last];
  row->contribution = shares[work->part->part];
  work->n_base += base.n_start;
  if (work->part->below != QD_PART_NONE)
    work->below += shares[work->part->below];
  if (row->contribution != 0 || (work->part->whole_base && base.n_start > 0))
    g_array_append_vals (work->rows, row, 1);
}

static void
add_follower (Work          *work,
              const QdTrack *unit,
              Row           *row)
{
  const QdEnrolment *cohorts = &work->cohorts;
  const QdDrill *drill = work->drill;
  const QdCohort *cohort;
  QdFollowed state;

  if (cohorts->month_of[unit->customer] == QD_MONTH_NONE)
    return;
  row->cohort = cohorts->cohort_of[unit->customer];
  cohort = &cohorts->cohorts[row->cohort];
  if ((drill->cohort != QD_DRILL_ALL_COHORTS && cohort->first != drill->cohort) || drill->age >= cohort->n_ages)
    return;
  state = qd_enrolment_follow (cohorts, unit, MAX (drill->age, 0));
  row->start = state.start;
  row->end = state.level;
  if (work->part->part == QD_FOLLOW_LOGOS)
    row->contribution = drill->age == QD_DRILL_MEMBERS ? 1 : state.active;
  else
    row->contribution = work->part->part == QD_FOLLOW_NET ? state.level : state.gross;
  work->bases[row->cohort] += work->part->part == QD_FOLLOW_LOGOS ? 1 : state.start;
  g_array_append_vals (work->rows, row, 1);
}

/* Cohorts that began with nothing have no rate, and are no part of the average. Their rows have no kinds to free. */
static void
keep_cohorts (Work *work)
{
  guint kept = 0;

  for (guint i = 0; i < work->cohorts.n_cohorts; i++)
    work->below += work->bases[i];
  for (guint i = 0; i < work->rows->len; i++)
    {
      const Row *row = &g_array_index (work->rows, Row, i);

      if (work->bases[row->cohort] > 0)
        g_array_index (work->rows, Row, kept++) = *row;
    }
  g_array_set_size (work->rows, kept);
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

static gboolean
check_window (const QdDrill *drill,
              const QdCut   *cut,
              GError       **error)
{
  g_autofree char *asked = NULL, *from = NULL, *to = NULL;
  QdMonth as_of = cut->base + cut->n;

  if (drill->window.last > cut->base && drill->window.last <= as_of)
    return TRUE;
  asked = qd_month_to_words (drill->window.last);
  from = qd_month_to_words (cut->base + 1);
  to = qd_month_to_words (as_of);
  g_set_error (error, QD_METRIC_ERROR, QD_METRIC_ERROR_RANGE,
               _("The month %s is outside the data, which runs from %s to %s."), asked, from, to);
  return FALSE;
}

/* One row per customer: parts of several products were added up by the walk. */
static void
visit (QdWalk        *walk,
       const QdTrack *unit,
       gint64        *totals,
       gpointer       data)
{
  Work *work = data;
  Row row = { .account = qd_ledger_get_account (walk->cut->ledger, unit->customer) };

  if (work->part->kind == QD_PART_FOLLOW)
    add_follower (work, unit, &row);
  else if (work->part->kind == QD_PART_SHARE)
    add_share (work, walk, unit, &row);
  else
    add_move (work, walk, unit, &row);
}

static gboolean
prepare (Work        *work,
         const QdCut *cut,
         QdJob       *job,
         GError     **error)
{
  if (work->part->kind == QD_PART_FOLLOW && !qd_enrolment_init (&work->cohorts, cut, work->scope->period.kind, job, error))
    return FALSE;
  work->cells = g_new (QdCell, cut->n + 1);
  work->bases = g_new0 (gint64, work->cohorts.n_cohorts + 1);
  return work->part->kind == QD_PART_FOLLOW || check_window (work->drill, cut, error);
}

static gboolean
collect (Work     *work,
         QdLedger *ledger,
         QdJob    *job,
         GError  **error)
{
  QdCut cut;
  gboolean done = qd_cut_init (&cut, ledger, work->scope, NULL, job, error) && prepare (work, &cut, job, error) &&
                  qd_cut_visit (&cut, visit, NULL, work, job, error);

  qd_cut_clear (&cut);
  if (!done)
    return FALSE;
  if (work->part->kind == QD_PART_FOLLOW)
    keep_cohorts (work);
  g_array_sort (work->rows, compare_rows);
  if (work->part->top > 0 && work->rows->len > work->part->top)
    g_array_set_size (work->rows, work->part->top);
  return TRUE;
}

/* What contributions are multiplied by: customers are not counted twelve times, and what is ARR already stays so. */
static int
get_times (const Work *work)
{
  int sign = work->drill->factor < 0 ? -1 : 1;

  return work->part->counts ? sign : sign * MAX (work->part->scale, ABS (work->drill->factor));
}

/* What levels beside the contributions are multiplied by, so that both are in one unit. */
static int
get_level_times (const Work *work)
{
  return MAX (work->part->scale, ABS (work->drill->factor));
}

/* Of a state in money the contribution is the level itself, and says what it is. */
static gboolean
has_levels (const Work *work)
{
  return work->part->kind != QD_PART_STATE || work->part->counts;
}

static guint
list_columns (const Work *work,
              gboolean    cohorts,
              QdColumn   *columns)
{
  QdPartKind kind = work->part->kind;
  gboolean annual = get_level_times (work) == 12;
  const char *level = annual ? N_("ARR") : N_("MRR");
  guint n = 0;

  columns[n++] = (QdColumn){ "account", N_("Account"), QD_COLUMN_TEXT };
  columns[n++] = (QdColumn){ "name", N_("Name"), QD_COLUMN_TEXT };
  if (cohorts)
    columns[n++] = (QdColumn){ "cohort", N_("Cohort"), QD_COLUMN_MONTH };
  if (kind != QD_PART_STATE)
    {
      columns[n++] = (QdColumn){ kind == QD_PART_MOVE ? "opening" : "start",
                                 annual ? N_("ARR at the start") : N_("MRR at the start"), QD_COLUMN_MONEY };
      columns[n++] = (QdColumn){ kind == QD_PART_MOVE ? "closing" : "end",
                                 annual ? N_("ARR at the end") : N_("MRR at the end"), QD_COLUMN_MONEY };
    }
  else if (has_levels (work))
    columns[n++] = (QdColumn){ annual ? "arr" : "mrr", level, QD_COLUMN_MONEY };
  if (kind == QD_PART_MOVE)
    columns[n++] = (QdColumn){ "kind", N_("Kind"), QD_COLUMN_TEXT };
  columns[n++] = (QdColumn){ "contribution", has_levels (work) ? N_("Contribution") : level,
                             work->part->counts ? QD_COLUMN_COUNT : QD_COLUMN_MONEY };
  return n;
}

static QdTable *
fill_table (const Work     *work,
            const QdLedger *ledger)
{
  const QdBook *book = ledger->book;
  QdPartKind kind = work->part->kind;
  int times = get_times (work), level_times = get_level_times (work);
  gboolean cohorts = kind == QD_PART_FOLLOW && work->drill->cohort == QD_DRILL_ALL_COHORTS;
  QdColumn columns[7];
  guint n = list_columns (work, cohorts, columns);
  QdTable *table = qd_table_new ("explain", qd_book_get_currency (book), columns, n);

  for (guint i = 0; i < work->rows->len; i++)
    {
      const Row *row = &g_array_index (work->rows, Row, i);

      qd_table_add_text (table, qd_book_get_account_id (book, row->account));
      qd_table_add_text (table, qd_book_get_account_name (book, row->account));
      if (cohorts)
        qd_table_add_integer (table, work->cohorts.cohorts[row->cohort].first);
      if (kind != QD_PART_STATE)
        qd_table_add_integer (table, row->start * level_times);
      if (has_levels (work))
        qd_table_add_integer (table, row->end * level_times);
      if (kind == QD_PART_MOVE)
        qd_table_add_text (table, row->kind);
      qd_table_add_integer (table, row->contribution * times);
      qd_table_end_row (table);
    }
  return table;
}

static void
add_up (const Work     *work,
        const QdLedger *ledger,
        QdDrillSum     *sum)
{
  const QdPart *part = work->part;
  int times = get_times (work);
  /* Of an average the denominator is customers. */
  gboolean by_customers = part->kind == QD_PART_STATE && part->below == QD_MOVE_CUSTOMER;
  gint64 below = by_customers ? work->below : work->below * ABS (times);

  *sum = (QdDrillSum){ .unit = part->unit, .money = !part->counts, .divides = part->below != QD_PART_NONE };
  for (guint i = 0; i < work->rows->len; i++)
    sum->numerator += g_array_index (work->rows, Row, i).contribution * times;
  /* An opening balance of the first month is not what was paid a year ago. */
  if (strcmp (part->id, "yoy_growth") == 0 && work->drill->window.before < ledger->first)
    below = 0;
  if (part->kind == QD_PART_SHARE && part->counts && work->n_base == 0)
    below = 0;
  if (!sum->divides)
    {
      sum->amount = sum->numerator;
      sum->value = (QdRate){ (double) sum->amount, TRUE };
      return;
    }
  sum->denominator = below;
  if (part->unit != QD_UNIT_MONEY)
    {
      sum->value = qd_rate (sum->numerator, sum->denominator);
      return;
    }
  /* An average: half away from zero, as the figure is. */
  if (sum->denominator == 0)
    return;
  sum->amount = (ABS (sum->numerator) + sum->denominator / 2) / sum->denominator;
  sum->amount = sum->numerator < 0 ? -sum->amount : sum->amount;
  sum->value = (QdRate){ (double) sum->amount, TRUE };
}

/* The product form has no customers behind it but months. */
static QdTable *
list_months (QdLedger      *ledger,
             const QdScope *scope,
             const QdDrill *drill,
             QdDrillSum    *sum,
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
  g_autoptr (QdRetentions) rows = NULL;
  QdTable *table;
  int times = ABS (drill->factor);
  gboolean logos = g_str_has_prefix (drill->id, "logo_");
  gboolean gross = strcmp (drill->id, "grr") == 0 || strcmp (drill->id, "gross_revenue_churn") == 0;
  gboolean churn = g_str_has_suffix (drill->id, "churn");
  /* Before the data there is nothing to keep. */
  QdRate product = { 1, drill->window.before >= ledger->first - 1 };

  monthly->profile->period_form = QD_FORM_P2P;
  monthly->profile->netting = QD_NETTING_MONTH;
  for (QdMonth month = MAX (drill->window.before + 1, ledger->first); month <= drill->window.last; month++)
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
          qd_table_add_money (table, row->start * times);
          qd_table_add_money (table, (gross ? row->gross_end : row->end) * times);
        }
      if (rate.defined)
        qd_table_add_double (table, rate.value);
      else
        qd_table_add_missing (table);
      qd_table_end_row (table);
      product.defined &= rate.defined;
      product.value *= rate.value;
    }
  *sum = (QdDrillSum){ .unit = QD_UNIT_RATE };
  if (product.defined)
    sum->value = (QdRate){ (churn ? 1 - product.value : product.value) * (drill->factor < 0 ? -1 : 1), TRUE };
  return table;
}

static QdTable *
list_rows (QdLedger      *ledger,
           const QdScope *scope,
           const QdDrill *drill,
           gboolean       words,
           QdDrillSum    *sum,
           QdJob         *job,
           GError       **error)
{
  g_autoptr (QdScope) own = qd_scope_copy (scope);
  Work work = { .drill = drill, .part = qd_part_find (drill->id), .words = words, .scope = own };
  QdTable *table = NULL;

  if (strcmp (drill->id, "expansion_rate") == 0)
    own->profile->period_form = QD_FORM_FLOW;
  if (work.part->kind == QD_PART_FOLLOW)
    own->period = drill->step == 1 ? (QdPeriod){ QD_PERIOD_MONTHS, 1 }
                                   : (QdPeriod){ drill->step == 3 ? QD_PERIOD_QUARTER : QD_PERIOD_YEAR, drill->step };
  if (work.part->kind == QD_PART_SHARE && work.part->below != QD_PART_NONE && own->profile->period_form == QD_FORM_PRODUCT)
    {
      if (strcmp (drill->id, "headwind") != 0 && strcmp (drill->id, "tailwind") != 0)
        return list_months (ledger, scope, drill, sum, job, error);
      g_set_error (error, QD_METRIC_ERROR, QD_METRIC_ERROR_UNSUITABLE,
                   _("%s is not defined where retention is the product of the months. Choose another period_form."),
                   drill->id);
      return NULL;
    }
  work.rows = g_array_new (FALSE, FALSE, sizeof (Row));
  g_array_set_clear_func (work.rows, clear_row);
  if (collect (&work, ledger, job, error))
    {
      table = fill_table (&work, ledger);
      add_up (&work, ledger, sum);
    }
  g_array_unref (work.rows);
  g_free (work.cells);
  g_free (work.bases);
  qd_enrolment_clear (&work.cohorts);
  return table;
}

/**
 * qd_drill_compute:
 * @ledger: a ledger that matches the scope's profile
 * @scope: that of the number: its filter, definition and as-of; of its period
 *   nothing is taken
 * @self: a drill, whose window ends at as-of or before
 * @sum: (out caller-allocates) (optional): what the rows add up to
 * @job: (nullable): progress and cancel
 * @error: return location
 *
 * Lists the rows behind a number. There is one for each customer: account,
 * name, its levels at the start and the end (for movements the kinds, for all
 * cohorts its cohort; of customers at one month end the level there), and as the
 * last column `contribution`, whose sum is exactly the number where that is
 * money or customers, and the numerator of it where it is a quotient; of money
 * at one month end it is the level, and called so. Largest first, ties by
 * account.
 * Retention rates and cohorts also list those at the start who contribute
 * nothing; other quotients list only who contributes, so that their denominator
 * stands in @sum alone. Under a factor of 12 money is ARR.
 *
 * Under the product form, rates of retention are made of months: month, start,
 * end, rate, whose product is the value.
 *
 * Cost is linear in customers × months. Any thread may call it.
 *
 * Returns: (transfer full) (nullable): the table, or `NULL` with the errors of
 *   qd_figures_compute(), or `QD_METRIC_ERROR_RANGE` for a window outside the
 *   data or after as-of
 */
QdTable *
qd_drill_compute (QdLedger      *ledger,
                  const QdScope *scope,
                  const QdDrill *self,
                  QdDrillSum    *sum,
                  QdJob         *job,
                  GError       **error)
{
  QdDrillSum own;

  g_return_val_if_fail (ledger != NULL && scope != NULL && self != NULL, NULL);

  return list_rows (ledger, scope, self, TRUE, sum != NULL ? sum : &own, job, error);
}

/**
 * qd_figure_explain:
 * @ledger: a ledger that matches the scope's profile
 * @scope: as-of, period, filter, definition
 * @id: a metric of the catalogue
 * @job: (nullable): progress and cancel
 * @error: return location
 *
 * Lists the customers behind a figure of the one window that ends at as-of, as
 * qd_drill_compute() does, in MRR and with the kinds of movements as scripts
 * know them.
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
  QdDrill drill = { 0 };
  QdDrillSum sum;
  QdWindow window;

  g_return_val_if_fail (ledger != NULL && scope != NULL && id != NULL, NULL);

  if (!qd_figures_check_ids ((const char *const[]){ id, NULL }, error) ||
      !qd_scope_get_window (scope, ledger->book, &window, error))
    return NULL;
  if (strcmp (id, "yoy_growth") == 0)
    window = (QdWindow){ window.last - 12, window.last, FALSE };
  qd_drill_init (&drill, id, window, 1);
  return list_rows (ledger, scope, &drill, FALSE, &sum, job, error);
}
