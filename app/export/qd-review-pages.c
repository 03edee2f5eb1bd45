/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "../../data/metrics/qd-dimension.h"
#include "qd-review-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define TILE_COLUMNS 3
#define MAX_MOVERS 9
/* As with cohorts: fewer customers are shown, but make no headline. */
#define MIN_GROUP 10
#define GROUP_ROW_HEIGHT 27.0
#define MIN_GROUP_CHART 150.0
#define SENTENCE_SIZE 14.0

typedef struct
{
  const char *metric;
  const char *label; /* msgid; NULL: the metric's own */
  double factor;     /* from the metric to what is shown: 12 makes ARR of MRR */
  guint points;
  double *series; /* owned by the caller, one per month end; NAN: missing */
} Tile;

static double
get_rate (QdRate rate)
{
  return rate.defined ? rate.value : NAN;
}

static double
to_arr (gint64 mrr)
{
  return 12.0 * (double) mrr;
}

/* "+1.8 pp against Jun 2025", with an arrow that says the direction without colour. */
static char *
describe_change (QdReview       *self,
                 const QdFigure *now,
                 const QdFigure *before,
                 double          factor,
                 QdColor        *color)
{
  const QdMetric *metric = qd_catalogue_find (now->id);
  g_autofree char *month = qd_format_month (self->format, self->facts->scope->as_of - 12);
  g_autofree char *change = NULL;
  double difference;
  gboolean good;

  *color = self->theme->ink_soft;
  if (before == NULL || !before->value.defined || !now->value.defined)
    /* Translators: %s is a month. */
    return g_strdup_printf (_ ("no figure for %s"), month);
  difference = now->value.value - before->value.value;
  change = qd_format_change (self->format, now->unit, difference * factor);
  if (fabs (difference) < 1e-12)
    /* Translators: %s is a month. */
    return g_strdup_printf (_ ("unchanged since %s"), month);
  good = (difference > 0) == (metric->direction == QD_DIRECTION_UP);
  if (metric->direction != QD_DIRECTION_NEUTRAL)
    *color = qd_chart_theme_get_text_tone (self->theme, good ? QD_TONE_GOOD : QD_TONE_BAD);
  /* Translators: an arrow, a signed change, a month. */
  return g_strdup_printf (_ ("%1$s %2$s since %3$s"), difference > 0 ? "▲" : "▼", change, month);
}

static gboolean
draw_tile (QdReview   *self,
           const Tile *tile,
           QdRect       box,
           GError    **error)
{
  const QdFigure *now = qd_review_facts_find (self->facts->now, tile->metric);
  const QdFigure *before = qd_review_facts_find (self->facts->before, tile->metric);
  const QdMetric *metric = qd_catalogue_find (tile->metric);
  const QdChartTheme *theme = self->theme;
  const char *name;
  g_autofree char *value = NULL, *change = NULL, *label = NULL, *when = NULL;
  g_autoptr (QdChartSpec) spark = NULL;
  QdColor color;
  double y = box.y + 12, inner = box.width - 24;

  if (now == NULL)
    return TRUE;
  when = qd_review_dup_window (self);
  /* Translators: a figure's short name, then the period it is for. */
  name = tile->label != NULL ? _ (tile->label) : _ (metric->short_name);
  label = metric->stock ? g_strdup (name) : g_strdup_printf (_ ("%1$s, %2$s"), name, when);
  value = now->value.defined ? qd_format_value (self->format, now->unit, now->value.value * tile->factor)
                             : g_strdup (qd_format_get_missing (self->format));
  change = describe_change (self, now, before, tile->factor, &color);

  qd_color_set_source (theme->band, self->cr);
  cairo_rectangle (self->cr, box.x, box.y, box.width, box.height);
  cairo_fill (self->cr);
  cairo_tag_begin (self->cr, "P", NULL);
  y += 3 + qd_sheet_draw_text (self->cache, self->cr, theme, label, 11, FALSE, theme->ink_soft, QD_ALIGN_START, box.x + 12, y,
                              inner, 2);
  y += 2 + qd_sheet_draw_text (self->cache, self->cr, theme, value, 30, TRUE, theme->ink, QD_ALIGN_START, box.x + 12, y,
                              inner, 1);
  y += 6 + qd_sheet_draw_text (self->cache, self->cr, theme, change, 11, FALSE, color, QD_ALIGN_START, box.x + 12, y, inner,
                              1);
  cairo_tag_end (self->cr, "P");

  if (tile->points >= 2 && box.y + box.height - 10 - y >= 24)
    {
      spark = qd_chart_spec_new (QD_CHART_SPARKLINE, self->format);
      qd_chart_spec_set_months (spark, self->facts->scope->as_of - (QdMonth) tile->points + 1, tile->points, 1);
      qd_chart_spec_set_panel (spark, 0, now->unit, NULL);
      qd_chart_spec_add_series (spark, 0, QD_SERIES_LINE, label, QD_TONE_SERIES_1, tile->series);
      return qd_review_draw_chart (self, spark, (QdRect){ box.x + 12, y, inner, box.y + box.height - 10 - y }, error);
    }
  return TRUE;
}

static void
add_sentence (GPtrArray *sentences,
              char      *sentence)
{
  g_ptr_array_add (sentences, sentence);
}

static void
say_arr (QdReview  *self,
         GPtrArray *sentences)
{
  const QdMovement *bridge = qd_review_facts_get_bridge (self->facts);
  g_autofree char *when = qd_review_dup_window (self);
  g_autofree char *closing = NULL, *change = NULL, *gained = NULL, *lost = NULL;
  gint64 difference;

  if (bridge == NULL)
    return;
  difference = bridge->closing - bridge->opening;
  closing = qd_format_money (self->format, to_arr (bridge->closing));
  change = qd_format_money (self->format, fabs (to_arr (difference)));
  if (difference > 0)
    /* Translators: an amount, the period, an amount. */
    add_sentence (sentences, g_strdup_printf (_ ("ARR grew by %1$s in the %2$s, to %3$s."), change, when, closing));
  else if (difference < 0)
    add_sentence (sentences, g_strdup_printf (_ ("ARR shrank by %1$s in the %2$s, to %3$s."), change, when, closing));
  else
    /* Translators: an amount, the period. */
    add_sentence (sentences, g_strdup_printf (_ ("ARR stands at %1$s, unchanged over the %2$s."), closing, when));

  gained = qd_format_money (self->format, to_arr (bridge->new_business + bridge->reactivation));
  lost = qd_format_money (self->format, to_arr (bridge->churn));
  add_sentence (sentences,
                g_strdup_printf (ngettext ("%1$u customer was won or came back with %2$s; churned ARR was %3$s.",
                                           "%1$u customers were won or came back with %2$s; churned ARR was %3$s.",
                                           bridge->customers_new + bridge->customers_reactivated),
                                 bridge->customers_new + bridge->customers_reactivated, gained, lost));
}

static void
say_winds (QdReview  *self,
           GPtrArray *sentences)
{
  const QdFigure *head = qd_review_facts_find (self->facts->now, "headwind");
  const QdFigure *tail = qd_review_facts_find (self->facts->now, "tailwind");
  g_autofree char *losses = NULL, *gains = NULL;

  if (head == NULL || tail == NULL || !head->value.defined || !tail->value.defined)
    return;
  losses = qd_format_percent (self->format, head->value.value, 1);
  gains = qd_format_percent (self->format, tail->value.value, 1);
  if (tail->value.value >= head->value.value)
    add_sentence (sentences, g_strdup_printf (_ ("Of the starting revenue %1$s was lost and %2$s gained: gains outweigh "
                                                 "losses."),
                                              losses, gains));
  else
    add_sentence (sentences, g_strdup_printf (_ ("Of the starting revenue %1$s was lost and only %2$s gained: losses "
                                                 "outweigh gains."),
                                              losses, gains));
}

/* The best and the weakest group by NRR, among those with customers enough for a headline. */
static gboolean
find_extremes (const QdReviewFacts *facts,
               const QdRetention  **best,
               const QdRetention  **worst)
{
  *best = *worst = NULL;
  if (facts->groups == NULL)
    return FALSE;
  for (guint i = 0; i < facts->groups->rows->len; i++)
    {
      const QdRetention *row = &g_array_index (facts->groups->rows, QdRetention, i);

      if (row->window.last != facts->window.last || !row->nrr.defined || row->accounts_start < MIN_GROUP)
        continue;
      if (*best == NULL || row->nrr.value > (*best)->nrr.value)
        *best = row;
      if (*worst == NULL || row->nrr.value < (*worst)->nrr.value)
        *worst = row;
    }
  return *best != NULL && *best != *worst;
}

static const char *
name_group (const char *group)
{
  return group != NULL && *group != '\0' ? group : _ ("(blank)");
}

static void
say_groups (QdReview  *self,
            GPtrArray *sentences)
{
  const QdRetention *best, *worst;
  g_autofree char *high = NULL, *low = NULL;

  if (!find_extremes (self->facts, &best, &worst))
    return;
  high = qd_format_percent (self->format, best->nrr.value, 1);
  low = qd_format_percent (self->format, worst->nrr.value, 1);
  /* Translators: two names of groups, each with its rate. */
  add_sentence (sentences, g_strdup_printf (_ ("%1$s retains best (NRR %2$s), %3$s least (%4$s)."), name_group (best->group),
                                            high, name_group (worst->group), low));
}

static void
say_concentration (QdReview  *self,
                   GPtrArray *sentences)
{
  const QdFigure *top = qd_review_facts_find (self->facts->now, "concentration_10");
  g_autofree char *share = NULL;

  if (top == NULL || !top->value.defined)
    return;
  share = qd_format_percent (self->format, top->value.value, 1);
  /* Translators: %s is a percentage. */
  add_sentence (sentences, g_strdup_printf (_ ("The ten largest customers hold %s of ARR."), share));
}

static GPtrArray *
say_what_changed (QdReview *self)
{
  GPtrArray *sentences = g_ptr_array_new_with_free_func (g_free);

  say_arr (self, sentences);
  say_winds (self, sentences);
  say_groups (self, sentences);
  say_concentration (self, sentences);
  return sentences;
}

static char *
say_headline (QdReview *self)
{
  const QdFigure *nrr = qd_review_facts_find (self->facts->now, "nrr");
  const QdFigure *grr = qd_review_facts_find (self->facts->now, "grr");
  const QdFigure *arr = qd_review_facts_find (self->facts->now, "arr");
  g_autofree char *total = NULL, *net = NULL, *gross = NULL;

  total = arr != NULL && arr->value.defined ? qd_format_money (self->format, arr->value.value)
                                            : g_strdup (qd_format_get_missing (self->format));
  if (nrr == NULL || grr == NULL || !nrr->value.defined || !grr->value.defined)
    /* Translators: %s is an amount. */
    return g_strdup_printf (_ ("ARR is %s; there is no starting base to measure retention against yet"), total);
  net = qd_format_percent (self->format, nrr->value.value, 1);
  gross = qd_format_percent (self->format, grr->value.value, 1);
  if (nrr->value.value >= 1)
    /* Translators: an amount, two percentages. */
    return g_strdup_printf (_ ("ARR is %1$s, and existing customers grow: NRR %2$s, GRR %3$s"), total, net, gross);
  return g_strdup_printf (_ ("ARR is %1$s, but existing customers shrink: NRR %2$s, GRR %3$s"), total, net, gross);
}

/* Six figures with their change and course, and what changed in words. */
gboolean
qd_review_add_summary (QdReview *self,
                       GError  **error)
{
  const GArray *months = self->facts->months->rows, *trend = self->facts->trend->rows;
  guint n = self->facts->step == 1 ? MIN (MIN (months->len, trend->len), 24u) : 0;
  g_autofree double *arr = g_new (double, n + 1), *nrr = g_new (double, n + 1);
  g_autofree double *grr = g_new (double, n + 1), *logo = g_new (double, n + 1), *count = g_new (double, n + 1);
  Tile tiles[] = {
    { "arr", NULL, 1, n, arr },
    { "nrr", NULL, 1, n, nrr },
    { "grr", NULL, 1, n, grr },
    { "net_new_mrr", N_ ("Net new ARR"), 12, 0, NULL },
    { "logo_retention", NULL, 1, n, logo },
    { "accounts", NULL, 1, n, count },
  };
  g_autofree char *title = say_headline (self);
  g_autofree char *lead = qd_scope_describe (self->facts->scope, self->facts->book);
  g_autoptr (GPtrArray) sentences = say_what_changed (self);
  QdRect body = qd_review_begin_page (self, _ ("Summary"), title, lead);
  double tiles_width = body.width * 0.66, width, height, x, y;

  for (guint i = 0; i < n; i++)
    {
      const QdMovement *month = &g_array_index (months, QdMovement, months->len - n + i);
      const QdRetention *rate = &g_array_index (trend, QdRetention, trend->len - n + i);

      arr[i] = to_arr (month->closing);
      count[i] = month->customers_closing;
      nrr[i] = get_rate (rate->nrr);
      grr[i] = get_rate (rate->grr);
      logo[i] = get_rate (rate->logo_retention);
    }

  width = (tiles_width - (TILE_COLUMNS - 1) * QD_SHEET_GUTTER) / TILE_COLUMNS;
  height = (body.height - QD_SHEET_GUTTER) / 2;
  for (guint i = 0; i < G_N_ELEMENTS (tiles); i++)
    {
      QdRect box = { body.x + (i % TILE_COLUMNS) * (width + QD_SHEET_GUTTER),
                    body.y + (i / TILE_COLUMNS) * (height + QD_SHEET_GUTTER), width, height };

      if (!draw_tile (self, &tiles[i], box, error))
        return FALSE;
    }

  x = body.x + tiles_width + 2 * QD_SHEET_GUTTER;
  y = body.y;
  width = body.x + body.width - x;
  y += 10
       + qd_sheet_draw_text (self->cache, self->cr, self->theme, _ ("What changed"), 16, TRUE, self->theme->ink,
                            QD_ALIGN_START, x, y, width, 1);
  for (guint i = 0; i < sentences->len; i++)
    {
      cairo_tag_begin (self->cr, "P", NULL);
      y += 12
           + qd_sheet_draw_text (self->cache, self->cr, self->theme, g_ptr_array_index (sentences, i), SENTENCE_SIZE,
                                FALSE, self->theme->ink, QD_ALIGN_START, x, y, width, 4);
      cairo_tag_end (self->cr, "P");
    }
  qd_review_end_page (self);
  return TRUE;
}

static gboolean
is_shown (const QdReviewFacts *facts,
          const QdRetention   *row)
{
  return row->window.last == facts->window.last && (row->accounts_start > 0 || row->end > 0);
}

static QdTable *
make_group_table (const QdReviewFacts *facts)
{
  static const QdColumn columns[] = {
    { "group", NULL, QD_COLUMN_TEXT },
    { "customers", N_ ("Customers at start"), QD_COLUMN_COUNT },
    { "start", N_ ("ARR at start"), QD_COLUMN_MONEY },
    { "nrr", N_ ("NRR"), QD_COLUMN_RATE },
    { "grr", N_ ("GRR"), QD_COLUMN_RATE },
    { "losses", N_ ("Losses"), QD_COLUMN_RATE },
    { "gains", N_ ("Gains"), QD_COLUMN_RATE },
    { "logo_churn", N_ ("Customers lost"), QD_COLUMN_RATE },
    { "low", N_ ("at least"), QD_COLUMN_RATE },
    { "high", N_ ("at most"), QD_COLUMN_RATE },
  };
  QdColumn described[G_N_ELEMENTS (columns)];
  g_autofree char *name = qd_dimension_dup_title (facts->dimension);
  QdTable *table;

  memcpy (described, columns, sizeof columns);
  described[0].title = g_intern_string (name);
  table = qd_table_new ("groups", qd_book_get_currency (facts->book), described, G_N_ELEMENTS (described));
  for (guint i = 0; i < facts->groups->rows->len; i++)
    {
      const QdRetention *row = &g_array_index (facts->groups->rows, QdRetention, i);
      const QdRate rates[] = { row->nrr,        row->grr,        row->headwind,       row->tailwind,
                               row->logo_churn, row->logo_churn_low, row->logo_churn_high };

      if (!is_shown (facts, row))
        continue;
      qd_table_add_text (table, name_group (row->group));
      qd_table_add_integer (table, row->accounts_start);
      qd_table_add_integer (table, row->start * 12);
      for (guint k = 0; k < G_N_ELEMENTS (rates); k++)
        if (rates[k].defined)
          qd_table_add_double (table, rates[k].value);
        else
          qd_table_add_missing (table);
      qd_table_end_row (table);
    }
  return table;
}

/* Gains up, losses down, the net of both across: one column a group. */
static QdChartSpec *
make_group_chart (QdReview *self)
{
  const QdReviewFacts *facts = self->facts;
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();
  g_autofree double *gains = g_new (double, facts->groups->rows->len + 1);
  g_autofree double *losses = g_new (double, facts->groups->rows->len + 1);
  g_autofree double *net = g_new (double, facts->groups->rows->len + 1);
  QdChartSpec *spec;
  guint n = 0;

  for (guint i = 0; i < facts->groups->rows->len; i++)
    {
      const QdRetention *row = &g_array_index (facts->groups->rows, QdRetention, i);

      if (!is_shown (facts, row))
        continue;
      g_ptr_array_add (labels, (char *) name_group (row->group));
      gains[n] = get_rate (row->tailwind);
      losses[n] = -get_rate (row->headwind);
      net[n] = get_rate (row->nrr) - 1;
      n++;
    }
  spec = qd_chart_spec_new (QD_CHART_TIME, self->format);
  qd_chart_spec_set_months (spec, facts->window.last, n, 1);
  qd_chart_spec_set_place_labels (spec, (const char *const *) labels->pdata);
  qd_chart_spec_set_panel (spec, 0, QD_UNIT_RATE, _ ("Gains, losses and their balance in percent of ARR at start"));
  qd_chart_spec_set_from_zero (spec, 0, TRUE);
  qd_chart_spec_add_series (spec, 0, QD_SERIES_COLUMN, _ ("Gains"), QD_TONE_GOOD, gains);
  qd_chart_spec_add_series (spec, 0, QD_SERIES_COLUMN, _ ("Losses"), QD_TONE_BAD, losses);
  qd_chart_spec_add_series (spec, 0, QD_SERIES_MARKER, _ ("Balance"), QD_TONE_INK, net);
  return spec;
}

/* Groups side by side: no company-wide figure hides one of them. */
gboolean
qd_review_add_groups (QdReview *self,
                      GError  **error)
{
  const QdReviewFacts *facts = self->facts;
  const QdRetention *best, *worst;
  g_autoptr (QdTable) table = NULL;
  g_autoptr (QdChartSpec) rows = NULL, chart = NULL;
  g_autofree char *title = NULL, *lead = NULL, *when = qd_review_dup_window (self);
  g_autofree char *dimension = NULL;
  QdRect body, top, bottom;
  guint n;

  if (facts->groups == NULL)
    return TRUE;
  dimension = qd_dimension_dup_title (facts->dimension);
  table = make_group_table (facts);
  n = qd_table_get_n_rows (table);
  if (n == 0)
    return TRUE;
  if (find_extremes (facts, &best, &worst))
    {
      g_autofree char *high = qd_format_percent (self->format, best->nrr.value, 1);
      g_autofree char *low = qd_format_percent (self->format, worst->nrr.value, 1);

      /* Translators: two names of groups, each with its rate. */
      title = g_strdup_printf (_ ("%1$s leads with an NRR of %2$s; %3$s trails with %4$s"), name_group (best->group), high,
                               name_group (worst->group), low);
    }
  else
    /* Translators: %s is the name of a dimension, such as "segment". */
    title = g_strdup_printf (_ ("Retention by %s"), dimension);
  /* Translators: the name of a dimension, then a period. */
  lead = g_strdup_printf (_ ("Retention by %1$s, %2$s; customers lost with the range that is 95 %% likely"),
                          dimension, when);

  body = qd_review_begin_page (self, _ ("Groups"), title, lead);
  top = bottom = body;
  top.height = MIN ((n + 1) * GROUP_ROW_HEIGHT + 8, body.height);
  bottom.y += top.height + QD_SHEET_GUTTER;
  bottom.height -= top.height + QD_SHEET_GUTTER;
  rows = qd_chart_spec_new (QD_CHART_TABLE, self->format);
  qd_chart_spec_set_table (rows, table);
  if (!qd_review_draw_chart (self, rows, top, error))
    return FALSE;
  if (bottom.height >= MIN_GROUP_CHART && facts->scope->profile->period_form != QD_FORM_PRODUCT)
    {
      chart = make_group_chart (self);
      if (!qd_review_draw_chart (self, chart, bottom, error))
        return FALSE;
    }
  qd_review_end_page (self);
  return TRUE;
}

typedef struct
{
  guint row;
  gint64 amount;
} Mover;

static int
compare_movers (gconstpointer a,
                gconstpointer b)
{
  const Mover *x = a, *y = b;
  gint64 left = ABS (x->amount), right = ABS (y->amount);

  if (left != right)
    return left > right ? -1 : 1;
  return x->row < y->row ? -1 : x->row > y->row;
}

static gboolean
draw_movers (QdReview   *self,
             GArray     *movers,
             const char *heading,
             QdRect       box,
             GError    **error)
{
  static const QdColumn columns[] = {
    { "name", N_ ("Customer"), QD_COLUMN_TEXT },
    { "account", N_ ("Id"), QD_COLUMN_TEXT },
    { "change", N_ ("Change of ARR"), QD_COLUMN_MONEY },
  };
  const QdTable *source = self->facts->movers;
  g_autoptr (QdTable) table = qd_table_new ("movers", qd_book_get_currency (self->facts->book), columns,
                                            G_N_ELEMENTS (columns));
  g_autoptr (QdChartSpec) spec = qd_chart_spec_new (QD_CHART_TABLE, self->format);
  int account = qd_table_find_column (source, "account"), name = qd_table_find_column (source, "name");
  double used;

  used = 6 + qd_sheet_draw_text (self->cache, self->cr, self->theme, heading, 14, TRUE, self->theme->ink, QD_ALIGN_START,
                                box.x, box.y, box.width, 1);
  if (movers->len == 0)
    {
      qd_sheet_draw_text (self->cache, self->cr, self->theme, _ ("No customer."), SENTENCE_SIZE, FALSE,
                         self->theme->ink_soft, QD_ALIGN_START, box.x, box.y + used, box.width, 1);
      return TRUE;
    }
  g_array_sort (movers, compare_movers);
  for (guint i = 0; i < MIN (movers->len, (guint) MAX_MOVERS); i++)
    {
      const Mover *mover = &g_array_index (movers, Mover, i);

      qd_table_add_text (table, qd_table_get_text (source, mover->row, (guint) name));
      qd_table_add_text (table, qd_table_get_text (source, mover->row, (guint) account));
      qd_table_add_integer (table, mover->amount * 12);
      qd_table_end_row (table);
    }
  qd_chart_spec_set_table (spec, table);
  return qd_review_draw_chart (self, spec, (QdRect){ box.x, box.y + used, box.width, box.height - used }, error);
}

/* The customers by name behind the net change. */
gboolean
qd_review_add_movers (QdReview *self,
                      GError  **error)
{
  const QdTable *source = self->facts->movers;
  guint amount_column = qd_table_get_n_columns (source) - 1;
  g_autoptr (GArray) losses = g_array_new (FALSE, FALSE, sizeof (Mover));
  g_autoptr (GArray) gains = g_array_new (FALSE, FALSE, sizeof (Mover));
  gint64 lost = 0, shown = 0;
  g_autofree char *title = NULL, *lead = NULL, *when = qd_review_dup_window (self);
  QdRect body, left, right;

  for (guint row = 0; row < qd_table_get_n_rows (source); row++)
    {
      Mover mover = { row, qd_table_get_integer (source, row, amount_column) };

      if (mover.amount < 0)
        {
          lost -= mover.amount;
          g_array_append_val (losses, mover);
        }
      else if (mover.amount > 0)
        g_array_append_val (gains, mover);
    }
  g_array_sort (losses, compare_movers);
  for (guint i = 0; i < MIN (losses->len, 5u); i++)
    shown -= g_array_index (losses, Mover, i).amount;

  if (losses->len > 5)
    {
      g_autofree char *share = qd_format_percent (self->format, (double) shown / (double) lost, 0);
      g_autofree char *total = qd_format_money (self->format, to_arr (lost));

      /* Translators: a percentage, an amount. */
      title = g_strdup_printf (_ ("Five customers account for %1$s of the %2$s by which customers' ARR fell"), share, total);
    }
  else if (losses->len > 0)
    {
      g_autofree char *total = qd_format_money (self->format, to_arr (lost));

      title = g_strdup_printf (ngettext ("%1$u customer accounts for all of the %2$s by which customers' ARR fell",
                                         "%1$u customers account for all of the %2$s by which customers' ARR fell",
                                         losses->len),
                               losses->len, total);
    }
  else
    title = g_strdup (_ ("No customer pays less than at the start of the period"));
  /* Translators: %s is a period. */
  lead = g_strdup_printf (_ ("ARR at the end less ARR at the start, by customer, %s"), when);
  body = qd_review_begin_page (self, _ ("Customers behind the change"), title, lead);
  left = right = body;
  left.width = right.width = (body.width - 2 * QD_SHEET_GUTTER) / 2;
  right.x = left.x + left.width + 2 * QD_SHEET_GUTTER;
  if (!draw_movers (self, losses, _ ("Largest losses"), left, error)
      || !draw_movers (self, gains, _ ("Largest gains"), right, error))
    return FALSE;
  qd_review_end_page (self);
  return TRUE;
}
