/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "../../data/metrics/qd-dimension.h"
#include "../../ui/draw/figures/qd-sentences.h"
#include "qd-review-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define TILE_COLUMNS 3
#define GROUP_ROW_HEIGHT 27.0
#define MIN_GROUP_CHART 150.0
#define SENTENCE_SIZE 14.0
#define MIN_SENTENCE_SIZE 10.0
#define SENTENCE_GAP 12
#define ALL_LINES 1000

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

/* "▲ +1.8 pp since Jun 2025", in the colour of good or bad, which the arrow says too. */
static char *
describe_change (QdReview               *self,
                 const QdOverviewFigure *figure,
                 QdColor                *color)
{
  g_autofree char *month = qd_format_month (self->format, self->facts->scope->as_of - 12);
  g_autofree char *change = qd_sentences_dup_change (figure, self->format);
  int judgement = qd_sentences_judge (figure);

  *color = self->theme->ink_soft;
  if (change == NULL)
    /* Translators: %s is a month. */
    return g_strdup_printf (_ ("no figure for %s"), month);
  if (judgement != 0)
    *color = qd_chart_theme_get_text_tone (self->theme, judgement > 0 ? QD_TONE_GOOD : QD_TONE_BAD);
  /* Translators: an arrow with a signed change, or "unchanged"; a month. */
  return g_strdup_printf (_ ("%1$s since %2$s"), change, month);
}

static gboolean
draw_tile (QdReview               *self,
           const QdOverviewFigure *figure,
           QdRect                  box,
           GError                **error)
{
  const QdOverview *overview = self->facts->overview;
  const QdChartTheme *theme = self->theme;
  const char *name = qd_sentences_get_name (figure);
  g_autofree char *value = qd_sentences_dup_value (figure, self->format), *change = NULL, *label = NULL, *when = NULL;
  g_autoptr (QdChartSpec) spark = NULL;
  QdColor color;
  double y = box.y + 12, inner = box.width - 24;

  when = qd_review_dup_window (self);
  /* Translators: a figure's short name, then the period it is for. */
  label = figure->metric->stock ? g_strdup (name) : g_strdup_printf (_ ("%1$s, %2$s"), name, when);
  change = describe_change (self, figure, &color);

  qd_color_set_source (theme->band, self->cr);
  cairo_rectangle (self->cr, box.x, box.y, box.width, box.height);
  cairo_fill (self->cr);
  cairo_tag_begin (self->cr, "P", NULL);
  y += 3 + qd_sheet_draw_text (self->cache, self->cr, theme, label, 11, FALSE, theme->ink_soft, QD_ALIGN_START, box.x + 12, y,
                              inner, 2);
  y += 2 + qd_sheet_draw_text (self->cache, self->cr, theme, value,
                              qd_sheet_fit_text (self->cache, theme, value, 30, TRUE, inner), TRUE, theme->ink, QD_ALIGN_START, box.x + 12, y,
                              inner, 1);
  y += 6 + qd_sheet_draw_text (self->cache, self->cr, theme, change,
                              qd_sheet_fit_text (self->cache, theme, change, 11, FALSE, inner), FALSE, color, QD_ALIGN_START, box.x + 12, y, inner,
                              1);
  cairo_tag_end (self->cr, "P");

  if (overview->n_series >= 2 && box.y + box.height - 10 - y >= 24)
    {
      spark = qd_chart_spec_new (QD_CHART_SPARKLINE, self->format);
      qd_chart_spec_set_months (spark, overview->series_first, overview->n_series, overview->series_step);
      qd_chart_spec_set_panel (spark, 0, figure->metric->unit, name);
      qd_chart_spec_add_series (spark, 0, QD_SERIES_LINE, label, QD_TONE_SERIES_1, figure->series);
      return qd_review_draw_chart (self, spark, (QdRect){ box.x + 12, y, inner, box.y + box.height - 10 - y }, error);
    }
  return TRUE;
}

static const char *
name_group (const char *group)
{
  return group != NULL && *group != '\0' ? group : _ ("(blank)");
}

static char *
say_headline (QdReview *self)
{
  const QdFigure *nrr = &qd_overview_find (self->facts->overview, "nrr")->now;
  const QdFigure *grr = &qd_overview_find (self->facts->overview, "grr")->now;
  g_autofree char *total = NULL, *net = NULL, *gross = NULL;

  total = qd_sentences_dup_value (qd_overview_find (self->facts->overview, "arr"), self->format);
  if (!nrr->value.defined || !grr->value.defined)
    /* Translators: %s is an amount. */
    return g_strdup_printf (_ ("ARR is %s; there is no starting base to measure retention against yet"), total);
  net = qd_format_percent (self->format, nrr->value.value, 1);
  gross = qd_format_percent (self->format, grr->value.value, 1);
  if (nrr->value.value >= 1)
    /* Translators: an amount, two percentages. */
    return g_strdup_printf (_ ("ARR is %1$s, and existing customers grow: NRR %2$s, GRR %3$s"), total, net, gross);
  return g_strdup_printf (_ ("ARR is %1$s, but existing customers shrink: NRR %2$s, GRR %3$s"), total, net, gross);
}

/* Whether they have room below each other. */
static gboolean
have_room (QdReview        *self,
           const GPtrArray *texts,
           double           size,
           double           width,
           double           height)
{
  double needed = 0;

  for (guint i = 0; i < texts->len; i++)
    needed += SENTENCE_GAP + qd_sheet_measure_text (self->cache, self->theme, texts->pdata[i], size, FALSE, width, ALL_LINES);
  return needed <= height;
}

/* The longest of those that can still say less, or their number. */
static guint
find_longest (const GPtrArray *sentences,
              const GPtrArray *texts)
{
  guint longest = texts->len;

  for (guint i = 0; i < texts->len; i++)
    if (strlen (texts->pdata[i]) > strlen (((QdSentence *) sentences->pdata[i])->brief)
        && (longest == texts->len || strlen (texts->pdata[i]) > strlen (texts->pdata[longest])))
      longest = i;
  return longest;
}

/* No sentence is cut: each is whole, or all that it says is said in brief. @texts gets what stands there; the size is
 * the largest at which it does. */
static double
fit_sentences (QdReview        *self,
               const GPtrArray *sentences,
               double           width,
               double           height,
               GPtrArray       *texts)
{
  guint longest;

  for (guint i = 0; i < sentences->len; i++)
    g_ptr_array_add (texts, ((QdSentence *) sentences->pdata[i])->text);
  do
    {
      for (double size = SENTENCE_SIZE; size >= MIN_SENTENCE_SIZE; size -= 0.5)
        if (have_room (self, texts, size, width, height))
          return size;
      longest = find_longest (sentences, texts);
      if (longest < texts->len)
        texts->pdata[longest] = ((QdSentence *) sentences->pdata[longest])->brief;
    }
  while (longest < texts->len);
  return MIN_SENTENCE_SIZE;
}

/* Six figures with their change and course, and what changed in words. */
gboolean
qd_review_add_summary (QdReview *self,
                       GError  **error)
{
  const QdOverview *overview = self->facts->overview;
  g_autofree char *title = say_headline (self);
  g_autofree char *lead = qd_scope_describe (self->facts->scope, self->facts->book);
  g_autoptr (GPtrArray) sentences = qd_sentences_write (overview, self->format);
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();
  QdRect body = qd_review_begin_page (self, _ ("Summary"), title, lead);
  double tiles_width = body.width * 0.66, width, height, x, y, size;

  width = (tiles_width - (TILE_COLUMNS - 1) * QD_SHEET_GUTTER) / TILE_COLUMNS;
  height = (body.height - QD_SHEET_GUTTER) / 2;
  for (guint i = 0; i < QD_OVERVIEW_N_FIGURES; i++)
    {
      QdRect box = { body.x + (i % TILE_COLUMNS) * (width + QD_SHEET_GUTTER),
                    body.y + (i / TILE_COLUMNS) * (height + QD_SHEET_GUTTER), width, height };

      if (!draw_tile (self, &overview->figures[i], box, error))
        return FALSE;
    }

  x = body.x + tiles_width + 2 * QD_SHEET_GUTTER;
  y = body.y;
  width = body.x + body.width - x;
  y += 10
       + qd_sheet_draw_text (self->cache, self->cr, self->theme, _ ("What changed"), 16, TRUE, self->theme->ink,
                            QD_ALIGN_START, x, y, width, 1);
  size = fit_sentences (self, sentences, width, body.y + body.height - y, texts);
  for (guint i = 0; i < texts->len; i++)
    {
      cairo_tag_begin (self->cr, "P", NULL);
      y += SENTENCE_GAP
           + qd_sheet_draw_text (self->cache, self->cr, self->theme, texts->pdata[i], size, FALSE, self->theme->ink,
                                QD_ALIGN_START, x, y, width, ALL_LINES);
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
  g_autofree char *name = qd_dimension_dup_title (facts->overview->dimension);
  QdTable *table;

  memcpy (described, columns, sizeof columns);
  described[0].title = g_intern_string (name);
  table = qd_table_new ("groups", qd_book_get_currency (facts->book), described, G_N_ELEMENTS (described));
  for (guint i = 0; i < facts->groups->rows->len; i++)
    {
      const QdRetention *row = &g_array_index (facts->groups->rows, QdRetention, i);
      /* Below zero, as the columns of the chart. */
      const QdRate losses = { -row->headwind.value, row->headwind.defined };
      const QdRate rates[] = { row->nrr,        row->grr,        losses,              row->tailwind,
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
  const QdOverview *overview = facts->overview;
  g_autoptr (QdTable) table = NULL;
  g_autoptr (QdChartSpec) rows = NULL, chart = NULL;
  g_autofree char *title = NULL, *lead = NULL, *when = qd_review_dup_window (self);
  g_autofree char *dimension = NULL;
  QdRect body, top, bottom;
  guint n;

  if (facts->groups == NULL)
    return TRUE;
  dimension = qd_dimension_dup_title (facts->overview->dimension);
  table = make_group_table (facts);
  n = qd_table_get_n_rows (table);
  if (n == 0)
    return TRUE;
  if (overview->best != NULL)
    {
      g_autofree char *high = qd_format_percent (self->format, overview->best_rate, 1);
      g_autofree char *low = qd_format_percent (self->format, overview->worst_rate, 1);

      /* Translators: two names of groups, each with its rate. */
      title = g_strdup_printf (_ ("%1$s leads with an NRR of %2$s; %3$s trails with %4$s"), name_group (overview->best), high,
                               name_group (overview->worst), low);
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

static gboolean
draw_movers (QdReview     *self,
             const GArray *movers,
             const char   *heading,
             QdRect        box,
             GError      **error)
{
  static const QdColumn columns[] = {
    { "name", N_ ("Customer"), QD_COLUMN_TEXT },
    { "kinds", N_ ("What moved"), QD_COLUMN_TEXT },
    { "change", N_ ("Change of ARR"), QD_COLUMN_MONEY },
  };
  g_autoptr (QdTable) table = qd_table_new ("movers", qd_book_get_currency (self->facts->book), columns,
                                            G_N_ELEMENTS (columns));
  g_autoptr (QdChartSpec) spec = qd_chart_spec_new (QD_CHART_TABLE, self->format);
  double used;

  used = 6 + qd_sheet_draw_text (self->cache, self->cr, self->theme, heading, 14, TRUE, self->theme->ink, QD_ALIGN_START,
                                box.x, box.y, box.width, 1);
  if (movers->len == 0)
    {
      qd_sheet_draw_text (self->cache, self->cr, self->theme, _ ("No customer."), SENTENCE_SIZE, FALSE,
                         self->theme->ink_soft, QD_ALIGN_START, box.x, box.y + used, box.width, 1);
      return TRUE;
    }
  for (guint i = 0; i < movers->len; i++)
    {
      const QdOverviewMover *mover = &g_array_index (movers, QdOverviewMover, i);
      g_autofree char *moves = qd_sentences_dup_moves (mover, self->format);

      qd_table_add_text (table, mover->name);
      qd_table_add_text (table, moves);
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
  const QdOverview *overview = self->facts->overview;
  gint64 lost = -overview->sum_losses, shown = 0;
  g_autofree char *title = NULL, *lead = NULL, *when = qd_review_dup_window (self);
  QdRect body, left, right;

  for (guint i = 0; i < MIN (overview->losses->len, 5u); i++)
    shown -= g_array_index (overview->losses, QdOverviewMover, i).amount;

  if (overview->n_losses > 5)
    {
      g_autofree char *share = qd_format_percent (self->format, (double) shown / (double) lost, 0);
      g_autofree char *total = qd_format_money (self->format, to_arr (lost));

      /* Translators: a percentage, an amount. */
      title = g_strdup_printf (_ ("Five customers account for %1$s of the %2$s by which customers' ARR fell"), share, total);
    }
  else if (overview->n_losses > 0)
    {
      g_autofree char *total = qd_format_money (self->format, to_arr (lost));

      title = g_strdup_printf (ngettext ("%1$u customer accounts for all of the %2$s by which customers' ARR fell",
                                         "%1$u customers account for all of the %2$s by which customers' ARR fell",
                                         overview->n_losses),
                               overview->n_losses, total);
    }
  else
    title = g_strdup (_ ("No customer pays less than at the start of the period"));
  /* Translators: %s is a period. */
  lead = g_strdup_printf (_ ("ARR at the end less ARR at the start, by customer, %s"), when);
  body = qd_review_begin_page (self, _ ("Customers behind the change"), title, lead);
  left = right = body;
  left.width = right.width = (body.width - 2 * QD_SHEET_GUTTER) / 2;
  right.x = left.x + left.width + 2 * QD_SHEET_GUTTER;
  if (!draw_movers (self, overview->losses, _ ("Largest losses"), left, error)
      || !draw_movers (self, overview->gains, _ ("Largest gains"), right, error))
    return FALSE;
  qd_review_end_page (self);
  return TRUE;
}
