/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-sentences.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "qd-figures-private.h"

/* Below this a difference is a rounding of the machine. */
#define NOTHING 1e-12

static double
to_arr (gint64 mrr)
{
  return 12.0 * (double) mrr;
}

static const char *
name_group (const char *group)
{
  return group != NULL && *group != '\0' ? group : _("(blank)");
}

static void
free_sentence (gpointer data)
{
  QdSentence *sentence = data;

  g_free (sentence->text);
  g_free (sentence->brief);
  g_free (sentence);
}

/* NULL: there is nothing to say. */
typedef char *(*Writer) (const QdOverview *overview, const QdFormat *format, gboolean brief);

static gboolean
say (GPtrArray        *sentences,
     const char       *metric,
     Writer            write,
     const QdOverview *overview,
     const QdFormat   *format)
{
  char *text = write (overview, format, FALSE);
  QdSentence *sentence;

  if (text == NULL)
    return FALSE;
  sentence = g_new0 (QdSentence, 1);
  sentence->text = text;
  sentence->brief = write (overview, format, TRUE);
  sentence->metric = metric;
  g_ptr_array_add (sentences, sentence);
  return TRUE;
}

/* Half a sentence and its reason, closed. */
static char *
close_sentence (const char *message,
                const char *because)
{
  g_autofree char *joined = qd_figures_join (message, because);

  /* Translators: the end of a sentence. */
  return g_strdup_printf (_("%s."), joined);
}

static char *
name_cause (const QdOverview *overview,
            const QdFormat   *format)
{
  static const struct
  {
    const char *id, *text;
  } texts[] = {
    /* Translators, in all of these: what moved ARR most; %s is an amount. They follow "ARR grew by …;" or "ARR shrank by …;". */
    { "new_mrr", N_("new customers added most, %s") },
    { "expansion_mrr", N_("customers who expanded added most, %s") },
    { "reactivation_mrr", N_("customers who came back added most, %s") },
    { "churn_mrr", N_("customers who left took most, %s") },
    { "contraction_mrr", N_("customers who reduced took most, %s") },
    { "fx", N_("exchange rates did most, %s") },
    { "transfer_in", N_("customers who moved in did most, %s") },
    { "transfer_out", N_("customers who moved out did most, %s") },
  };
  g_autofree char *amount = qd_format_money (format, fabs (to_arr (overview->cause_amount)));

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    if (g_strcmp0 (overview->cause, texts[i].id) == 0)
      {
        const char *text = _(texts[i].text);
        g_auto (GStrv) parts = g_strsplit (text, "%s", 2);

        return g_strconcat (parts[0], amount, parts[1], NULL);
      }
  return NULL;
}

static char *
write_arr (const QdOverview *overview,
           const QdFormat   *format,
           gboolean          brief)
{
  const QdMovement *row = &overview->movement;
  double opening = to_arr (row->opening), closing = to_arr (row->closing), moved = closing - opening;
  g_autofree char *end = qd_format_money (format, closing), *change = qd_format_money (format, fabs (moved));
  g_autofree char *because = name_cause (overview, format);
  g_autofree char *share = NULL;
  g_autofree char *message = NULL;

  if (opening == 0 && closing == 0)
    return g_strdup (_("There is no ARR."));
  if (opening == 0)
    message = g_strdup_printf (_("ARR went from nothing to %s"), end);
  else if (closing == 0)
    message = g_strdup_printf (_("All ARR, %s, was lost"), change);
  else if (moved == 0)
    message = g_strdup_printf (_("ARR stayed at %s"), end);
  else
    {
      share = qd_format_percent_change (format, moved / opening, 1);
      /* Translators, in both: an amount, a signed percentage, an amount: "ARR grew by $1.2M (+9.8 %) to $13.4M". */
      message = moved > 0 ? g_strdup_printf (_("ARR grew by %1$s (%2$s) to %3$s"), change, share, end)
                          : g_strdup_printf (_("ARR shrank by %1$s (%2$s) to %3$s"), change, share, end);
    }
  return close_sentence (message, brief ? NULL : because);
}

/* "2.1 pp", without a sign. */
static char *
dup_points (const QdFormat *format,
            double          points)
{
  char *text = qd_format_points (format, fabs (points));

  if (text[0] == '+')
    memmove (text, text + 1, strlen (text));
  return text;
}

/* @name is not translated on its own: a short name of the catalogue. */
static char *
write_rate_move (const QdOverviewFigure *figure,
                 const QdFormat         *format)
{
  g_autofree char *now = qd_format_percent (format, figure->now.value.value, 1);
  g_autofree char *points = dup_points (format, figure->change.value);
  const char *name = _(figure->metric->short_name);

  if (qd_figures_same (format, QD_UNIT_RATE, figure->now.value.value, figure->before.value.value))
    /* Translators: a short name and a rate: "NRR stayed at 104.3 %". */
    return g_strdup_printf (_("%1$s stayed at %2$s"), name, now);
  if (figure->change.value > 0)
    /* Translators: a short name, points, a rate: "NRR rose 2.1 pp to 104.3 %". */
    return g_strdup_printf (_("%1$s rose %2$s to %3$s"), name, points, now);
  /* Translators: a short name, points, a rate: "NRR fell 2.1 pp to 104.3 %". */
  return g_strdup_printf (_("%1$s fell %2$s to %3$s"), name, points, now);
}

static char *
write_extremes (const QdOverview *overview,
                const QdFormat   *format)
{
  g_autofree char *high = NULL, *low = NULL;

  if (overview->best == NULL)
    return NULL;
  high = qd_format_percent (format, overview->best_rate, 1);
  low = qd_format_percent (format, overview->worst_rate, 1);
  /* Translators: two names of groups, each with its NRR. */
  return g_strdup_printf (_("%1$s retains best (%2$s), %3$s least (%4$s)"), name_group (overview->best), high,
                          name_group (overview->worst), low);
}

static char *
write_retention (const QdOverview *overview,
                 const QdFormat   *format,
                 gboolean          brief)
{
  const QdOverviewFigure *nrr = qd_overview_find (overview, "nrr"), *grr = qd_overview_find (overview, "grr");
  g_autofree char *message = NULL, *because = NULL;

  if (!nrr->now.value.defined || !grr->now.value.defined)
    return g_strdup (_("NRR and GRR cannot be given: nobody had revenue at the start of the period."));
  if (nrr->change.defined && grr->change.defined)
    {
      g_autofree char *net = write_rate_move (nrr, format), *gross = write_rate_move (grr, format);
      g_autofree char *month = qd_format_month (format, overview->compared.last);

      /* Translators: "NRR rose 2.1 pp to 104.3 %", "GRR fell 0.4 pp to 91.0 %", a month. */
      message = g_strdup_printf (_("%1$s, %2$s since %3$s"), net, gross, month);
      if (overview->driver != NULL && !qd_figures_same (format, QD_UNIT_RATE, nrr->now.value.value, nrr->before.value.value))
        {
          g_autofree char *points = qd_format_points (format, overview->driver_points);

          because = nrr->change.value > 0
                        /* Translators, in both: name of a group, signed points: "Enterprise pushed NRR up most (+1.6 pp)". */
                        ? g_strdup_printf (_("%1$s pushed NRR up most (%2$s)"), name_group (overview->driver), points)
                        : g_strdup_printf (_("%1$s pulled NRR down most (%2$s)"), name_group (overview->driver), points);
        }
    }
  else
    {
      g_autofree char *net = qd_format_percent (format, nrr->now.value.value, 1);
      g_autofree char *gross = qd_format_percent (format, grr->now.value.value, 1);

      message = g_strdup_printf (_("NRR is %1$s, GRR %2$s"), net, gross);
    }
  if (because == NULL)
    because = write_extremes (overview, format);
  return close_sentence (message, brief ? NULL : because);
}

/* This and the next compare the two ends of the window; the bridge adds up what moved between them, with those who came
 * and went. Both therefore name the two months. */
static char *
write_left (const QdOverview *overview,
            const QdFormat   *format,
            gboolean          brief)
{
  g_autofree char *all = qd_format_money (format, to_arr (overview->sum_lost));
  g_autofree char *largest = qd_format_money (format, to_arr (overview->largest_lost.amount));
  g_autofree char *count = qd_format_count (format, overview->n_lost);
  g_autofree char *start = qd_format_month (format, overview->window.before);
  g_autofree char *end = qd_format_month (format, overview->window.last);
  const char *name = overview->largest_lost.name;

  if (overview->n_lost == 0)
    /* Translators: two months. */
    return g_strdup_printf (_("No customer of %1$s had left by %2$s."), start, end);
  if (brief)
    /* Translators: number of customers, an amount, a month, another. */
    return g_strdup_printf (ngettext ("%1$s customer with %2$s of ARR in %3$s had left by %4$s.",
                                      "%1$s customers with %2$s of ARR in %3$s had left by %4$s.", overview->n_lost),
                            count, all, start, end);
  if (overview->n_lost == 1)
    /* Translators: a month, another, a customer's name, an amount. */
    return g_strdup_printf (_("One customer of %1$s had left by %2$s: %3$s, with %4$s of ARR."), start, end, name, all);
  /* Translators: number of customers (never 1), an amount, a month, another, the name of one of them and its amount. */
  return g_strdup_printf (ngettext ("%1$s customer with %2$s of ARR in %3$s had left by %4$s; the largest was %5$s (%6$s).",
                                    "%1$s customers with %2$s of ARR in %3$s had left by %4$s; the largest was %5$s (%6$s).",
                                    overview->n_lost),
                          count, all, start, end, name, largest);
}

/* Who is in the churn of the bridge, too: won and lost between its two ends. */
static char *
write_lost (const QdOverview *overview,
            const QdFormat   *format,
            gboolean          brief)
{
  g_autofree char *first = write_left (overview, format, brief), *count = qd_format_count (format, overview->n_passing), *passing = NULL;

  if (brief || overview->n_passing == 0)
    return g_steal_pointer (&first);
  /* Translators: number of customers */
  passing = g_strdup_printf (ngettext ("%s more was won and left in between.", "%s more were won and left in between.",
                                       overview->n_passing),
                             count);
  return g_strdup_printf ("%s %s", first, passing);
}

/* Of those won. NULL: nobody was a customer before. */
static char *
describe_back (const QdOverview *overview,
               const QdFormat   *format)
{
  g_autofree char *count = qd_format_count (format, overview->n_won_back);

  if (overview->n_won_back == 0)
    return NULL;
  if (overview->n_won == 1)
    return g_strdup (_("it is back after a time without"));
  /* Translators: number of customers. */
  return g_strdup_printf (ngettext ("%s of these customers is back after a time without",
                                    "%s of these customers are back after a time without", overview->n_won_back),
                          count);
}

static char *
write_won (const QdOverview *overview,
           const QdFormat   *format,
           gboolean          brief)
{
  g_autofree char *all = qd_format_money (format, to_arr (overview->sum_won));
  g_autofree char *largest = qd_format_money (format, to_arr (overview->largest_won.amount));
  g_autofree char *count = qd_format_count (format, overview->n_won), *back = describe_back (overview, format);
  g_autofree char *start = qd_format_month (format, overview->window.before);
  g_autofree char *end = qd_format_month (format, overview->window.last);
  g_autofree char *text = NULL;
  const char *name = overview->largest_won.name;

  if (overview->n_won == 0)
    /* Translators: two months. */
    return g_strdup_printf (_("No customer of %1$s is new since %2$s."), end, start);
  if (brief)
    /* Translators: number of customers, an amount, a month, another. */
    return g_strdup_printf (ngettext ("%1$s customer with %2$s of ARR in %3$s was not a customer in %4$s.",
                                      "%1$s customers with %2$s of ARR in %3$s were not customers in %4$s.", overview->n_won),
                            count, all, end, start);
  if (overview->n_won == 1)
    /* Translators: a month, another, a customer's name, an amount. */
    text = g_strdup_printf (_("One customer of %1$s was not a customer in %2$s: %3$s, with %4$s of ARR"), end, start, name, all);
  else
    /* Translators: number of customers (never 1), an amount, a month, another, the name of one of them and its amount. */
    text = g_strdup_printf (ngettext ("%1$s customer with %2$s of ARR in %3$s was not a customer in %4$s; the largest is %5$s (%6$s)",
                                      "%1$s customers with %2$s of ARR in %3$s were not customers in %4$s; the largest is %5$s (%6$s)",
                                      overview->n_won),
                            count, all, end, start, name, largest);
  return close_sentence (text, back);
}

#define MAX_NAMES 3

/* "Acme ($12k, away from Mar 2025 to Jul 2025), Beta ($3k)". */
static char *
name_returned (const QdOverview *overview,
               const QdFormat   *format)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < MIN (overview->returned->len, MAX_NAMES); i++)
    {
      const QdOverviewMover *mover = &g_array_index (overview->returned, QdOverviewMover, i);
      g_autofree char *amount = qd_format_money (format, to_arr (mover->amount));
      g_autofree char *name = NULL;

      if (mover->back != QD_MONTH_NONE && mover->left != QD_MONTH_NONE)
        {
          g_autofree char *left = qd_format_month (format, mover->left), *back = qd_format_month (format, mover->back);

          /* Translators: a customer's name, an amount, two months */
          name = g_strdup_printf (_("%1$s (%2$s; left in %3$s, back in %4$s)"), mover->name, amount, left, back);
        }
      else
        {
          name = g_strdup_printf ("%s (%s)", mover->name, amount);
        }
      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", name);
    }
  return g_string_free (text, FALSE);
}

/* Who left, in this period or before it, and came back in it: the reactivation of the bridge. NULL: nobody. */
static char *
write_returned (const QdOverview *overview,
                const QdFormat   *format,
                gboolean          brief)
{
  g_autofree char *all = qd_format_money (format, to_arr (overview->sum_returned));
  g_autofree char *count = qd_format_count (format, overview->n_returned);
  g_autofree char *n_within = qd_format_count (format, overview->n_returned_within);
  g_autofree char *n_gone = qd_format_count (format, overview->n_gone_again);
  g_autofree char *names = NULL, *within = NULL, *text = NULL, *gone = NULL;

  if (overview->n_returned == 0)
    return NULL;
  if (brief)
    /* Translators: number of customers, an amount. */
    return g_strdup_printf (ngettext ("%1$s customer came back with %2$s of ARR.", "%1$s customers came back with %2$s of ARR.",
                                      overview->n_returned),
                            count, all);
  names = name_returned (overview, format);
  if (overview->n_returned > MAX_NAMES)
    /* Translators: number of customers, an amount, names of the largest with their amounts */
    text = g_strdup_printf (ngettext ("%1$s customer came back with %2$s of ARR, above all %3$s",
                                      "%1$s customers came back with %2$s of ARR, above all %3$s", overview->n_returned),
                            count, all, names);
  else
    /* Translators: number of customers, an amount, their names with their amounts */
    text = g_strdup_printf (ngettext ("%1$s customer came back with %2$s of ARR: %3$s",
                                      "%1$s customers came back with %2$s of ARR: %3$s", overview->n_returned),
                            count, all, names);
  if (overview->n_returned_within > 0 && overview->n_returned > MAX_NAMES)
    within = g_strdup_printf (ngettext ("%s of them had left in the same period", "%s of them had left in the same period",
                                        overview->n_returned_within),
                              n_within);
  if (overview->n_gone_again > 0)
    gone = g_strdup_printf (ngettext ("%s of them is gone again", "%s of them are gone again", overview->n_gone_again), n_gone);
  if (within != NULL && gone != NULL)
    {
      g_autofree char *both = qd_figures_join (within, gone);

      return close_sentence (text, both);
    }
  return close_sentence (text, within != NULL ? within : gone);
}

static char *
write_concentration (const QdOverview *overview,
                     const QdFormat   *format,
                     gboolean          brief)
{
  const QdRate now = overview->top.value, before = overview->top_before.value;
  g_autofree char *share = NULL, *points = NULL, *month = NULL;

  if (!now.defined)
    return NULL;
  if (overview->n_customers == 1)
    return g_strdup (_("All of ARR comes from one customer."));
  if (overview->n_customers <= 10)
    return g_strdup_printf (ngettext ("All of ARR comes from %u customer.", "All of ARR comes from %u customers.",
                                      overview->n_customers),
                            overview->n_customers);
  share = qd_format_percent (format, now.value, 1);
  if (!before.defined)
    /* Translators: %s is a percentage. */
    return g_strdup_printf (_("The ten largest customers hold %s of ARR."), share);
  points = dup_points (format, now.value - before.value);
  month = qd_format_month (format, overview->compared.last);
  if (qd_figures_same (format, QD_UNIT_RATE, now.value, before.value))
    /* Translators: a percentage, a month. */
    return g_strdup_printf (_("The ten largest customers hold %1$s of ARR, as much as in %2$s."), share, month);
  if (now.value > before.value)
    /* Translators: a percentage, points, a month. */
    return g_strdup_printf (_("The ten largest customers hold %1$s of ARR, %2$s more than in %3$s."), share, points, month);
  /* Translators: a percentage, points, a month. */
  return g_strdup_printf (_("The ten largest customers hold %1$s of ARR, %2$s less than in %3$s."), share, points, month);
}

/**
 * qd_sentences_write:
 * @overview: what is known
 * @format: how numbers are written
 *
 * Says what changed: how ARR moved and what moved it most, what became of
 * retention and which group did it, who left, who was won, and who came back
 * or, when nobody did, how much hangs on few customers. Each sentence names the
 * metric whose rows stand behind it, over the window of the overview, and says
 * the same in brief, where names are left out. Any thread.
 *
 * Returns: (transfer full) (element-type QdSentence): five at most
 */
GPtrArray *
qd_sentences_write (const QdOverview *overview,
                    QdFormat         *format)
{
  GPtrArray *sentences;

  g_return_val_if_fail (overview != NULL && format != NULL, NULL);

  sentences = g_ptr_array_new_with_free_func (free_sentence);
  say (sentences, "net_new_mrr", write_arr, overview, format);
  say (sentences, "nrr", write_retention, overview, format);
  say (sentences, "lost_mrr", write_lost, overview, format);
  say (sentences, "won_mrr", write_won, overview, format);
  /* Five, which can be taken in: who came back is news, how much the largest hold is seldom. */
  if (!say (sentences, "reactivation_mrr", write_returned, overview, format))
    say (sentences, "concentration_10", write_concentration, overview, format);
  return sentences;
}

/**
 * qd_sentences_dup_value:
 * @figure: a figure
 * @format: how numbers are written
 *
 * Returns: (transfer full): its value for a headline, or the dash
 */
char *
qd_sentences_dup_value (const QdOverviewFigure *figure,
                        const QdFormat         *format)
{
  g_return_val_if_fail (figure != NULL && format != NULL, NULL);

  if (!figure->now.value.defined)
    return g_strdup (qd_format_get_missing (format));
  if (figure->factor != 1 && strcmp (figure->metric->id, "net_new_mrr") == 0)
    return qd_format_money_change (format, figure->now.value.value * figure->factor);
  return qd_format_value (format, figure->metric->unit, figure->now.value.value * figure->factor);
}

/**
 * qd_sentences_dup_change:
 * @figure: a figure
 * @format: how numbers are written
 *
 * Says how a figure changed: an arrow and a sign, which need no colour.
 *
 * Returns: (transfer full) (nullable): the text, `NULL` without a change
 */
char *
qd_sentences_dup_change (const QdOverviewFigure *figure,
                         const QdFormat         *format)
{
  g_autofree char *change = NULL;

  g_return_val_if_fail (figure != NULL && format != NULL, NULL);

  if (!figure->change.defined)
    return NULL;
  if (fabs (figure->change.value) < NOTHING)
    /* Translators: of a figure, compared with another month */
    return g_strdup (C_("figure", "unchanged"));
  change = qd_format_change (format, figure->metric->unit, figure->change.value * figure->factor);
  return g_strdup_printf ("%s\u00a0%s", figure->change.value > 0 ? "▲" : "▼", change);
}

/**
 * qd_sentences_get_name:
 * @figure: a figure
 *
 * Returns: (transfer none): its short name, translated
 */
const char *
qd_sentences_get_name (const QdOverviewFigure *figure)
{
  g_return_val_if_fail (figure != NULL, NULL);

  if (figure->factor == 12 && strcmp (figure->metric->id, "net_new_mrr") == 0)
    return _("Net new ARR");
  if (strcmp (figure->metric->id, "logo_retention") == 0)
    return _(figure->metric->name);
  return _(figure->metric->short_name);
}

/**
 * qd_sentences_judge:
 * @figure: a figure
 *
 * Returns: +1 when its change is good, −1 when it is bad, 0 when it is neither
 *   or there is none
 */
int
qd_sentences_judge (const QdOverviewFigure *figure)
{
  g_return_val_if_fail (figure != NULL, 0);

  if (!figure->change.defined || fabs (figure->change.value) < NOTHING
      || figure->metric->direction == QD_DIRECTION_NEUTRAL)
    return 0;
  return (figure->change.value > 0) == (figure->metric->direction == QD_DIRECTION_UP) ? 1 : -1;
}

/**
 * qd_sentences_dup_kinds:
 * @kinds: kinds of movement as an explanation has them: "expansion, churn"
 *
 * Returns: (transfer full): the kinds in words
 */
char *
qd_sentences_dup_kinds (const char *kinds)
{
  static const struct
  {
    const char *id, *text;
  } words[] = {
    { "new", N_("New") },
    { "reactivation", N_("Reactivation") },
    { "expansion", N_("Expansion") },
    { "contraction", N_("Contraction") },
    { "churn", N_("Churn") },
    { "fx", N_("Exchange rates") },
    { "transfer_in", N_("Moved in") },
    { "transfer_out", N_("Moved out") },
  };
  g_auto (GStrv) ids = NULL;
  GString *text;

  g_return_val_if_fail (kinds != NULL, NULL);

  ids = g_strsplit (kinds, ", ", -1);
  text = g_string_new (NULL);
  for (guint i = 0; ids[i] != NULL; i++)
    {
      const char *word = ids[i];

      for (gsize k = 0; k < G_N_ELEMENTS (words); k++)
        if (strcmp (words[k].id, ids[i]) == 0)
          word = _(words[k].text);
      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", word);
    }
  return g_string_free (text, FALSE);
}

/**
 * qd_sentences_dup_moves:
 * @mover: a customer whose revenue changed
 * @format: how months are written
 *
 * Says shortly what moved; of who left and came back, when: the bridge has it in
 * two places.
 *
 * Returns: (transfer full): "Expansion, Churn", or "Left Mar 2025, Back Jul 2025"
 */
char *
qd_sentences_dup_moves (const QdOverviewMover *mover,
                        const QdFormat        *format)
{
  g_autofree char *back = NULL, *left = NULL;

  g_return_val_if_fail (mover != NULL && format != NULL, NULL);

  if (mover->back == QD_MONTH_NONE || mover->left == QD_MONTH_NONE)
    return qd_sentences_dup_kinds (mover->kinds);
  back = qd_format_month (format, mover->back);
  left = qd_format_month (format, mover->left);
  /* Translators: of a customer, two months: short */
  return g_strdup_printf (_("Left %1$s, Back %2$s"), left, back);
}
