/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "qd-metrics"

#include "config.h"

#include "qd-overview.h"
#include "qd-drill.h"
#include "qd-parts-private.h"

#include <math.h>
#include <string.h>

/* Groups that a person takes in at once. */
#define MAX_GROUPS 12
/* Fewer customers are a group, but make no headline. */
#define MIN_GROUP 10

/* Which figures, in the order in which they are shown. */
static const struct
{
  const char *id;
  int factor;
} chosen[QD_OVERVIEW_N_FIGURES] = {
  { "arr", 1 }, { "net_new_mrr", 12 }, { "nrr", 1 }, { "grr", 1 }, { "logo_retention", 1 }, { "quick_ratio", 1 },
};

static const char *const ids[] = { "arr",        "net_new_mrr", "nrr",     "grr", "logo_retention", "quick_ratio", "concentration_10",
                                   "accounts",   NULL };

static void
clear_mover (gpointer data)
{
  QdOverviewMover *mover = data;

  g_free (mover->account);
  g_free (mover->name);
  g_free (mover->kinds);
}

/**
 * qd_overview_free:
 * @self: (transfer full) (nullable): a result
 *
 * Frees a result with its texts.
 */
void
qd_overview_free (QdOverview *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < QD_OVERVIEW_N_FIGURES; i++)
    g_free (self->figures[i].series);
  g_clear_pointer (&self->losses, g_array_unref);
  g_clear_pointer (&self->gains, g_array_unref);
  g_clear_pointer (&self->returned, g_array_unref);
  clear_mover (&self->largest_lost);
  clear_mover (&self->largest_won);
  g_free (self->dimension);
  g_free (self->driver);
  g_free (self->best);
  g_free (self->worst);
  g_free (self);
}

static const QdFigure *
find_figure (const QdFigures *figures,
             const char      *id)
{
  for (guint i = 0; i < figures->rows->len; i++)
    if (strcmp (g_array_index (figures->rows, QdFigure, i).id, id) == 0)
      return &g_array_index (figures->rows, QdFigure, i);
  g_return_val_if_reached (NULL);
}

static int
count_months (QdWindow window)
{
  return MAX (window.last - window.before, 1);
}

/* Whether two figures are about equally much time, all of it in the data. */
static gboolean
can_compare (const QdOverview *self,
             const QdMetric   *metric,
             QdMonth           first)
{
  if (metric->stock)
    return TRUE;
  return count_months (self->window) == count_months (self->compared) && self->window.before >= first
         && self->compared.before >= first;
}

static gboolean
fill_figures (QdOverview *self,
              QdLedger   *ledger,
              QdJob      *job,
              GError    **error)
{
  g_autoptr (QdFigures) now = qd_figures_compute (ledger, self->scope, ids, NULL, job, error);
  g_autoptr (QdFigures) before = NULL;
  QdMonth first = qd_ledger_get_first_month (ledger);

  if (now == NULL)
    return FALSE;
  if (self->comparison != NULL)
    {
      before = qd_figures_compute (ledger, self->comparison, ids, NULL, job, error);
      if (before == NULL)
        return FALSE;
    }
  for (guint i = 0; i < QD_OVERVIEW_N_FIGURES; i++)
    {
      QdOverviewFigure *figure = &self->figures[i];

      figure->metric = qd_catalogue_find (chosen[i].id);
      figure->factor = chosen[i].factor;
      figure->now = *find_figure (now, chosen[i].id);
      if (before == NULL)
        continue;
      figure->before = *find_figure (before, chosen[i].id);
      if (figure->now.value.defined && figure->before.value.defined && can_compare (self, figure->metric, first))
        figure->change = (QdRate){ figure->now.value.value - figure->before.value.value, TRUE };
    }
  self->n_customers = find_figure (now, "accounts")->n;
  self->top = *find_figure (now, "concentration_10");
  if (before != NULL)
    self->top_before = *find_figure (before, "concentration_10");
  return TRUE;
}

/* Windows as long as the scope's, at the last month ends: the newest last. */
static GArray *
list_windows (QdOverview     *self,
              const QdLedger *ledger)
{
  GArray *windows = g_array_new (FALSE, TRUE, sizeof (QdWindow));
  QdMonth as_of = self->window.last, first = qd_ledger_get_first_month (ledger);
  int length = count_months (self->window);

  self->series_step = self->scope->profile->netting == QD_NETTING_QUARTER ? 3 : 1;
  self->n_series = MIN (QD_OVERVIEW_MONTHS, (guint) MAX (as_of - first, 0) + 1) / (guint) self->series_step;
  self->n_series = MAX (self->n_series, 1);
  self->series_first = as_of - (QdMonth) (self->n_series - 1) * self->series_step;
  for (guint i = 0; i < self->n_series; i++)
    {
      QdMonth last = self->series_first + (QdMonth) i * self->series_step;
      QdWindow window = { last - length, last, FALSE };

      g_array_append_val (windows, window);
    }
  return windows;
}

static double
get_rate (QdRate rate)
{
  return rate.defined ? rate.value : NAN;
}

static double
pick_value (const char        *id,
            const QdMovement  *movement,
            const QdRetention *retention,
            QdMonth            first)
{
  gint64 gains = movement->new_business + movement->reactivation + movement->expansion;
  gint64 losses = movement->contraction + movement->churn;
  /* In the month in which the data begins everybody is new. */
  gboolean whole = movement->window.before >= first;

  if (strcmp (id, "arr") == 0)
    return 12.0 * (double) movement->closing;
  if (strcmp (id, "net_new_mrr") == 0)
    return whole ? (double) (gains - losses) : NAN;
  if (strcmp (id, "quick_ratio") == 0)
    return whole && losses > 0 ? (double) gains / (double) losses : NAN;
  if (strcmp (id, "nrr") == 0)
    return get_rate (retention->nrr);
  if (strcmp (id, "grr") == 0)
    return get_rate (retention->grr);
  g_assert (strcmp (id, "logo_retention") == 0);
  return get_rate (retention->logo_retention);
}

static gboolean
fill_series (QdOverview *self,
             QdLedger   *ledger,
             QdJob      *job,
             GError    **error)
{
  g_autoptr (GArray) windows = list_windows (self, ledger);
  g_autoptr (QdMovements) movements = qd_movements_of_windows (ledger, self->scope, windows, NULL, NULL, job, error);
  g_autoptr (QdRetentions) retentions = NULL;

  if (movements == NULL)
    return FALSE;
  retentions = qd_retentions_of_windows (ledger, self->scope, windows, NULL, job, error);
  if (retentions == NULL)
    return FALSE;
  for (guint i = 0; i < QD_OVERVIEW_N_FIGURES; i++)
    {
      self->figures[i].series = g_new (double, self->n_series);
      for (guint k = 0; k < self->n_series; k++)
        self->figures[i].series[k] = pick_value (chosen[i].id, &g_array_index (movements->rows, QdMovement, k),
                                                 &g_array_index (retentions->rows, QdRetention, k),
                                                 qd_ledger_get_first_month (ledger));
    }
  return TRUE;
}

static gboolean
fill_movement (QdOverview *self,
               QdLedger   *ledger,
               QdJob      *job,
               GError    **error)
{
  g_autoptr (GArray) windows = g_array_new (FALSE, FALSE, sizeof (QdWindow));
  g_autoptr (QdMovements) movements = NULL;
  const QdMovement *row = &self->movement;
  gint64 moved;

  g_array_append_val (windows, self->window);
  movements = qd_movements_of_windows (ledger, self->scope, windows, NULL, NULL, job, error);
  if (movements == NULL)
    return FALSE;
  self->movement = g_array_index (movements->rows, QdMovement, 0);
  moved = row->closing - row->opening;
  if (moved != 0)
    {
      const struct
      {
        const char *id;
        gint64 amount;
      } causes[] = {
        { "new_mrr", row->new_business },           { "expansion_mrr", row->expansion },
        { "reactivation_mrr", row->reactivation },  { "churn_mrr", -row->churn },
        { "contraction_mrr", -row->contraction },   { "fx", row->fx },
        { "transfer_in", row->transfer_in },        { "transfer_out", -row->transfer_out },
      };

      for (gsize i = 0; i < G_N_ELEMENTS (causes); i++)
        if ((causes[i].amount > 0) == (moved > 0) && ABS (causes[i].amount) > ABS (self->cause_amount))
          {
            self->cause = causes[i].id;
            self->cause_amount = causes[i].amount;
          }
    }
  return TRUE;
}

/* A customer in one of the lists, while they are made. */
typedef struct
{
  guint32 account;
  gint64 amount;
  QdCell moves;
  QdMonth left, back;
} Mover;

typedef struct
{
  int before, last;     /* indices of the window */
  QdCell *cells;        /* one unit's flows, n + 1 */
  guint most;
  GArray *losses, *gains, *returned; /* Mover, the largest first */
  QdLedger *ledger;
  QdMonth first;        /* of the data */
  gint64 *levels;       /* of one customer, for each month from @first to the window's last */
  guint8 *active;
  Mover won;
  QdOverview *overview;
} Hunt;

/* Larger first, ties by account, which come in order. */
static void
keep_largest (GArray      *list,
              guint        most,
              const Mover *mover)
{
  guint place = list->len;

  while (place > 0 && ABS (g_array_index (list, Mover, place - 1).amount) < ABS (mover->amount))
    place--;
  if (place >= most)
    return;
  g_array_insert_vals (list, place, mover, 1);
  if (list->len > most)
    g_array_set_size (list, most);
}

/* When a customer came back last in the window, and when it had left before; the customer decides, whatever part of it
 * is looked at. Who comes and goes between two ends of months has no such months. */
static void
find_return (Hunt    *hunt,
             guint32  customer,
             Mover   *mover)
{
  QdWindow window = hunt->overview->window;

  mover->left = mover->back = QD_MONTH_NONE;
  if (mover->moves.reactivation == 0 || window.last < hunt->first)
    return;
  if (hunt->levels == NULL)
    {
      hunt->levels = g_new (gint64, window.last - hunt->first + 1);
      hunt->active = g_new (guint8, window.last - hunt->first + 1);
    }
  qd_ledger_get_months (hunt->ledger, customer, hunt->first, window.last, hunt->levels, hunt->active);
  for (int i = window.last - hunt->first; i > 0; i--)
    {
      gboolean was = hunt->active[i - 1], is = hunt->active[i];

      if (mover->back == QD_MONTH_NONE && is && !was && hunt->first + i > window.before)
        mover->back = hunt->first + i;
      else if (mover->back != QD_MONTH_NONE && was && !is)
        {
          mover->left = hunt->first + i;
          return;
        }
    }
}

static void
count_return (Hunt        *hunt,
              const Mover *mover)
{
  QdOverview *overview = hunt->overview;
  Mover brought = *mover;

  overview->n_returned++;
  overview->n_returned_within += mover->left != QD_MONTH_NONE && mover->left > overview->window.before;
  overview->n_gone_again += mover->moves.n_closing == 0;
  overview->sum_returned += mover->moves.reactivation;
  brought.amount = mover->moves.reactivation;
  keep_largest (hunt->returned, hunt->most, &brought);
}

static void
hunt (Hunt         *hunt,
      guint32       customer,
      const QdCell *moves,
      gint64        opening)
{
  QdOverview *overview = hunt->overview;
  guint32 account = qd_ledger_get_account (hunt->ledger, customer);
  Mover mover = { .account = account,
                  .amount = moves->new_business + moves->reactivation + moves->expansion - moves->contraction - moves->churn,
                  .moves = *moves };
  gint64 parts[QD_N_MOVES], won;

  find_return (hunt, customer, &mover);
  if (moves->reactivation != 0)
    count_return (hunt, &mover);
  else if (opening == 0 && moves->new_business != 0 && moves->n_closing == 0)
    overview->n_passing++;

  qd_moves_fill (moves, opening, parts);
  won = parts[QD_MOVE_WON];
  if (mover.amount != 0)
    {
      *(mover.amount < 0 ? &overview->n_losses : &overview->n_gains) += 1;
      *(mover.amount < 0 ? &overview->sum_losses : &overview->sum_gains) += mover.amount;
      keep_largest (mover.amount < 0 ? hunt->losses : hunt->gains, hunt->most, &mover);
    }
  if (won == 0)
    return;
  overview->n_won++;
  overview->n_won_back += moves->new_business == 0 && moves->reactivation != 0;
  overview->sum_won += won;
  if (won > hunt->won.amount)
    {
      hunt->won = mover;
      hunt->won.amount = won;
    }
}

static void
visit (QdWalk        *walk,
       const QdTrack *unit,
       gint64        *totals,
       gpointer       data)
{
  Hunt *self = data;
  gint64 opening;
  QdCell moves;

  if (self->cells == NULL)
    self->cells = g_new (QdCell, walk->cut->n + 1);
  moves = qd_flows_sum (walk, unit, self->before, self->last, unit->group, self->cells, &opening);
  hunt (self, unit->customer, &moves, opening);
}

static void
sweep (const QdCut *cut,
       guint32      customer,
       guint32      group,
       gint64      *totals,
       gpointer     data)
{
  Hunt *self = data;
  gint64 opening;
  QdCell moves = qd_flows_sum_runs (cut, customer, self->before, self->last, &opening);

  hunt (self, customer, &moves, opening);
}

static char *
name_kinds (const QdCell *moves)
{
  const struct
  {
    const char *id;
    gint64 amount;
  } kinds[] = {
    { "new", moves->new_business },       { "reactivation", moves->reactivation }, { "expansion", moves->expansion },
    { "contraction", moves->contraction }, { "churn", moves->churn },              { "fx", moves->fx },
    { "transfer_in", moves->transfer_in }, { "transfer_out", moves->transfer_out },
  };
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i].amount != 0)
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", kinds[i].id);
  return g_string_free (text, FALSE);
}

static QdOverviewMover
name_mover (const QdBook *book,
            const Mover  *mover,
            gint64        amount)
{
  QdOverviewMover named = {
    g_strdup (qd_book_get_account_id (book, mover->account)),
    g_strdup (qd_book_get_account_name (book, mover->account)),
    name_kinds (&mover->moves),
    amount,
    mover->back,
    mover->left,
  };

  return named;
}

static GArray *
name_movers (const QdBook *book,
             const GArray *movers)
{
  GArray *named = g_array_new (FALSE, FALSE, sizeof (QdOverviewMover));

  g_array_set_clear_func (named, clear_mover);
  for (guint i = 0; i < movers->len; i++)
    {
      const Mover *mover = &g_array_index (movers, Mover, i);
      QdOverviewMover own = name_mover (book, mover, mover->amount);

      g_array_append_val (named, own);
    }
  return named;
}

/* Who moved ARR, net over the window: one pass over the customers. */
static gboolean
fill_movers (QdOverview *self,
             QdLedger   *ledger,
             guint       n_movers,
             QdJob      *job,
             GError    **error)
{
  const QdBook *book = qd_ledger_get_book (ledger);
  Hunt found = { .most = n_movers, .overview = self };
  gboolean done, by_runs;
  QdCut cut;

  if (!qd_cut_init (&cut, ledger, self->scope, NULL, job, error))
    {
      qd_cut_clear (&cut);
      return FALSE;
    }
  found.before = self->window.before - cut.base;
  found.last = self->window.last - cut.base;
  found.losses = g_array_new (FALSE, FALSE, sizeof (Mover));
  found.gains = g_array_new (FALSE, FALSE, sizeof (Mover));
  found.returned = g_array_new (FALSE, FALSE, sizeof (Mover));
  found.ledger = ledger;
  found.first = qd_ledger_get_first_month (ledger);
  by_runs = !cut.moving && !cut.of_products && !cut.any_day && cut.profile->netting == QD_NETTING_MONTH;
  done = qd_cut_visit (&cut, visit, by_runs ? sweep : NULL, &found, job, error);
  qd_cut_clear (&cut);
  self->losses = name_movers (book, found.losses);
  self->gains = name_movers (book, found.gains);
  self->returned = name_movers (book, found.returned);
  if (self->n_won > 0)
    self->largest_won = name_mover (book, &found.won, found.won.amount);
  g_array_unref (found.losses);
  g_array_unref (found.gains);
  g_array_unref (found.returned);
  g_free (found.levels);
  g_free (found.active);
  g_free (found.cells);
  return done;
}

/* Who customer retention calls lost, from the rows behind it: the largest comes first. */
static gboolean
fill_lost (QdOverview *self,
           QdLedger   *ledger,
           QdJob      *job,
           GError    **error)
{
  g_autoptr (QdTable) table = NULL;
  QdDrillSum sum;
  QdDrill drill;

  qd_drill_init (&drill, "lost_mrr", self->window, 1);
  table = qd_drill_compute (ledger, self->scope, &drill, &sum, job, error);
  if (table == NULL)
    return FALSE;
  self->n_lost = qd_table_get_n_rows (table);
  self->sum_lost = sum.numerator;
  if (self->n_lost > 0)
    self->largest_lost = (QdOverviewMover){
      g_strdup (qd_table_get_text (table, 0, (guint) qd_table_find_column (table, "account"))),
      g_strdup (qd_table_get_text (table, 0, (guint) qd_table_find_column (table, "name"))),
      g_strdup (""),
      qd_table_get_integer (table, 0, (guint) qd_table_find_column (table, "contribution")),
      QD_MONTH_NONE,
      QD_MONTH_NONE,
    };
  return TRUE;
}

static char *
choose_dimension (const QdBook  *book,
                  const QdScope *scope)
{
  g_return_val_if_fail (book != NULL && scope != NULL, NULL);

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

static QdRetentions *
split (QdOverview *self,
       QdLedger   *ledger,
       const QdScope *scope,
       QdWindow    window,
       QdJob      *job,
       GError    **error)
{
  g_autoptr (GArray) windows = g_array_new (FALSE, FALSE, sizeof (QdWindow));

  g_array_append_val (windows, window);
  return qd_retentions_of_windows (ledger, scope, windows, self->dimension, job, error);
}

static void
find_extremes (QdOverview         *self,
               const QdRetentions *groups)
{
  const QdRetention *best = NULL, *worst = NULL;

  for (guint i = 0; i < groups->rows->len; i++)
    {
      const QdRetention *row = &g_array_index (groups->rows, QdRetention, i);

      if (!row->nrr.defined || row->accounts_start < MIN_GROUP)
        continue;
      if (best == NULL || row->nrr.value > best->nrr.value)
        best = row;
      if (worst == NULL || row->nrr.value < worst->nrr.value)
        worst = row;
    }
  if (best == NULL || best == worst)
    return;
  self->best = g_strdup (best->group);
  self->worst = g_strdup (worst->group);
  self->best_rate = best->nrr.value;
  self->worst_rate = worst->nrr.value;
}

static gint64
sum_starts (const QdRetentions *groups)
{
  gint64 sum = 0;

  for (guint i = 0; i < groups->rows->len; i++)
    sum += g_array_index (groups->rows, QdRetention, i).start;
  return sum;
}

/* What a group adds to NRR − 1, which is what all of them add. */
static double
get_share (const QdRetentions *groups,
           const char         *group,
           gint64              start)
{
  for (guint i = 0; i < groups->rows->len; i++)
    {
      const QdRetention *row = &g_array_index (groups->rows, QdRetention, i);

      if (g_strcmp0 (row->group, group) == 0)
        return (double) (row->end - row->start) / (double) start;
    }
  return 0;
}

static void
find_driver (QdOverview         *self,
             const QdRetentions *now,
             const QdRetentions *before)
{
  const QdOverviewFigure *nrr = qd_overview_find (self, "nrr");
  gint64 start = sum_starts (now), start_before = sum_starts (before);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  const QdRetentions *both[] = { now, before };
  double most = 0;
  const char *driver = NULL;

  /* Products of months are no sums over groups. */
  if (!nrr->change.defined || start == 0 || start_before == 0 || self->scope->profile->period_form == QD_FORM_PRODUCT)
    return;
  for (gsize k = 0; k < G_N_ELEMENTS (both); k++)
    for (guint i = 0; i < both[k]->rows->len; i++)
      {
        const char *group = g_array_index (both[k]->rows, QdRetention, i).group;
        double points;

        if (!g_hash_table_add (seen, (gpointer) group))
          continue;
        points = get_share (now, group, start) - get_share (before, group, start_before);
        if ((points > 0) == (nrr->change.value > 0) && fabs (points) > fabs (most))
          {
            most = points;
            driver = group;
          }
      }
  self->driver = g_strdup (driver);
  self->driver_points = most;
}

static gboolean
fill_groups (QdOverview *self,
             QdLedger   *ledger,
             QdJob      *job,
             GError    **error)
{
  g_autoptr (QdRetentions) now = NULL;
  g_autoptr (QdRetentions) before = NULL;

  self->dimension = choose_dimension (qd_ledger_get_book (ledger), self->scope);
  if (self->dimension == NULL)
    return TRUE;
  now = split (self, ledger, self->scope, self->window, job, error);
  if (now == NULL)
    return FALSE;
  find_extremes (self, now);
  if (self->comparison == NULL)
    return TRUE;
  before = split (self, ledger, self->comparison, self->compared, job, error);
  if (before == NULL)
    return FALSE;
  find_driver (self, now, before);
  return TRUE;
}

/**
 * qd_overview_compute:
 * @ledger: a ledger that matches the profiles of both scopes
 * @scope: as-of, period, filter, definition
 * @comparison: (nullable): what the figures are compared with
 * @n_movers: how many names at most in each list
 * @job: (nullable): progress and cancel
 * @error: return location
 *
 * Computes what the first page and the review say about a scope.
 *
 * The figures are those of qd_figures_compute(). A change is undefined where
 * either side is, and for what is no stock also where the two windows are not
 * of the same length or one begins before the data. The series have a value for
 * each of the last month ends (up to 24), over windows as long as the scope's;
 * what is undefined there, or would count the first month of the data, in which
 * everybody is new, is missing. What moved is net per customer over the window.
 * Customers left when customer retention calls them lost, with what they paid at
 * the start; they were won when they paid nothing at the start, with what they
 * pay at the end. Who comes and goes within the window is neither. Who came back
 * is who the reactivation is of, with when it had left and when it was back at
 * the end of a month; it may have been won by that, or be where it was before.
 *
 * NRR − 1 is the sum over groups of (end − start) ÷ start of all; the driver is
 * the group whose part changed most in the direction of NRR. No driver is named
 * under the product form.
 *
 * Cost is linear in customers × months. Any thread may call it.
 *
 * Returns: (transfer full) (nullable): the overview, or `NULL` with the errors
 *   of qd_figures_compute()
 */
QdOverview *
qd_overview_compute (QdLedger      *ledger,
                     const QdScope *scope,
                     const QdScope *comparison,
                     guint          n_movers,
                     QdJob         *job,
                     GError       **error)
{
  g_autoptr (QdOverview) self = NULL;
  const QdBook *book;

  g_return_val_if_fail (ledger != NULL && scope != NULL, NULL);

  book = qd_ledger_get_book (ledger);
  self = g_new0 (QdOverview, 1);
  self->scope = scope;
  self->comparison = comparison;
  if (!qd_scope_get_window (scope, book, &self->window, error))
    return NULL;
  if (comparison != NULL && !qd_scope_get_window (comparison, book, &self->compared, error))
    return NULL;
  if (!fill_figures (self, ledger, job, error) || !fill_series (self, ledger, job, error)
      || !fill_movement (self, ledger, job, error) || !fill_movers (self, ledger, n_movers, job, error)
      || !fill_lost (self, ledger, job, error) || !fill_groups (self, ledger, job, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * qd_overview_find:
 * @self: an overview
 * @id: a metric
 *
 * Returns: (transfer none) (nullable): its figure, when it is one of those shown
 */
const QdOverviewFigure *
qd_overview_find (const QdOverview *self,
                  const char       *id)
{
  g_return_val_if_fail (self != NULL && id != NULL, NULL);

  for (guint i = 0; i < QD_OVERVIEW_N_FIGURES; i++)
    if (strcmp (chosen[i].id, id) == 0)
      return &self->figures[i];
  return NULL;
}

/**
 * qd_overview_is_empty:
 * @self: an overview
 *
 * Returns: whether nobody in the scope ever had revenue in the months that it
 *   is about
 */
gboolean
qd_overview_is_empty (const QdOverview *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  if (self->movement.opening != 0 || self->movement.closing != 0 || self->n_customers > 0 || self->n_gains > 0
      || self->n_losses > 0 || self->n_won > 0 || self->n_lost > 0)
    return FALSE;
  for (guint i = 0; i < self->n_series; i++)
    if (self->figures[0].series[i] != 0)
      return FALSE;
  return TRUE;
}
