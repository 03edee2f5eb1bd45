/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Figures from results written down by hand; every sentence is checked.
 */
#include <math.h>
#include <string.h>

#include "ui/draw/figures/qd-figures.h"
#include "ui/draw/figures/qd-sentences.h"
#include "ui/draw/qd-chart-layout.h"

#define N "\342\200\257"
#define MINUS "\342\210\222"

static QdFormat *format;

static QdFigureContext
get_context (void)
{
  return (QdFigureContext){ .format = format, .company = "Acme", .definition = "Board", .source = "Source: x" };
}

static QdRate
rate (double value)
{
  return (QdRate){ value, isfinite (value) };
}

/* Retention of 12 months with the given rates of each month, the last in Jun 2026. */
static QdRetentions *
make_retentions (const double *nrr,
                 const double *grr,
                 guint         n)
{
  QdRetentions *result = g_new0 (QdRetentions, 1);

  result->rows = g_array_new (FALSE, TRUE, sizeof (QdRetention));
  for (guint i = 0; i < n; i++)
    {
      QdMonth last = qd_month_from_ym (2026, 6) - (QdMonth) (n - 1 - i);
      QdRetention row = { .window = { last - 12, last, FALSE }, .nrr = rate (nrr[i]), .grr = rate (grr[i]),
                          .logo_retention = rate (grr[i]), .logo_churn = rate (1 - grr[i]),
                          .logo_churn_low = rate (1 - grr[i] - 0.01), .logo_churn_high = rate (1 - grr[i] + 0.01),
                          .headwind = rate (1 - grr[i]), .tailwind = rate (nrr[i] - grr[i]) };

      g_array_append_val (result->rows, row);
    }
  return result;
}

static void
free_retentions (QdRetentions *result)
{
  g_array_unref (result->rows);
  g_free (result);
}

static void
test_retention_titles (void)
{
  static const struct
  {
    double nrr[14], grr[14];
    guint n;
    const char *title;
  } cases[] = {
    { { 1.022, 1.03, 1.043 }, { 0.9, 0.9, 0.902 }, 3,
      "NRR rose 2.1" N "pp to 104.3" N "% over 2 months; losses of 9.8" N "% were outweighed by gains of 14.1" N "%" },
    { { 1.5, 1.022, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1.043 }, { .9, .9, .9, .9, .9, .9, .9, .9, .9, .9, .9, .9, .9, 0.902 }, 14,
      "NRR rose 2.1" N "pp to 104.3" N "% over 12 months; losses of 9.8" N "% were outweighed by gains of 14.1" N "%" },
    { { 1.02, 0.95 }, { 0.9, 0.9 }, 2,
      "NRR fell 7.0" N "pp to 95.0" N "% over 1 month; gains of 5.0" N "% did not make up for losses of 10.0" N "%" },
    { { 1.0001, 1 }, { 0.9, 0.9 }, 2,
      "NRR stayed at 100.0" N "% over 1 month; losses and gains of 10.0" N "% cancelled each other out" },
    { { 1 }, { 1 }, 1, "NRR was 100.0" N "%, 12 months to Jun 2026; nothing was lost or gained" },
    { { 1.2 }, { 1 }, 1, "NRR was 120.0" N "%, 12 months to Jun 2026; gains of 20.0" N "%, no losses" },
    { { 0.8 }, { 0.8 }, 1, "NRR was 80.0" N "%, 12 months to Jun 2026; losses of 20.0" N "%, no gains" },
    { { 0 }, { 0 }, 1, "NRR was 0.0" N "%, 12 months to Jun 2026; losses of 100.0" N "%, no gains" },
    { { NAN, NAN }, { NAN, NAN }, 2, "NRR cannot be given yet" },
    { { NAN, 1.1 }, { NAN, 0.95 }, 2,
      "NRR was 110.0" N "%, 12 months to Jun 2026; losses of 5.0" N "% were outweighed by gains of 15.0" N "%" },
    { { 0 }, { 0 }, 0, "NRR cannot be given yet" },
  };
  QdFigureContext context = get_context ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      QdRetentions *result = make_retentions (cases[i].nrr, cases[i].grr, cases[i].n);
      g_autoptr (QdChartSpec) spec = qd_figure_retention (result, &context);

      g_assert_cmpstr (qd_chart_spec_get_title (spec), ==, cases[i].title);
      g_assert_nonnull (strstr (qd_chart_spec_get_subject (spec), "Acme · net and gross revenue retention"));
      free_retentions (result);
    }
}

/* A year that is not over is compared with nothing. */
static void
test_retention_open (void)
{
  static const double nrr[] = { 1.5, 2.113 }, grr[] = { 0.9, 0.9 };
  QdFigureContext context = get_context ();
  QdRetentions *result = make_retentions (nrr, grr, 2);
  QdWindow *full = &g_array_index (result->rows, QdRetention, 0).window;
  QdWindow *open = &g_array_index (result->rows, QdRetention, 1).window;
  g_autoptr (QdTextCache) cache = qd_text_cache_new (NULL);
  g_autoptr (QdChartSpec) spec = NULL;
  g_autoptr (QdChartSpec) closed = NULL;
  g_autoptr (QdChartLayout) layout = NULL;
  guint firm = 0;

  full->last = open->last - 8;
  full->before = full->last - 12;
  *open = (QdWindow){ full->last, open->last, TRUE };
  spec = qd_figure_retention (result, &context);
  g_assert_cmpstr (qd_chart_spec_get_title (spec), ==,
                   "NRR is 211.3" N "% for the 8 months of the fiscal year to date; "
                   "losses of 10.0" N "% were outweighed by gains of 121.3" N "%");
  g_assert_cmpstr (qd_chart_spec_get_period (spec), ==,
                   "Oct 2025 to Jun 2026, fiscal years, the last one open · definition: Board");
  /* The point of the full year stands as firm. */
  layout = qd_chart_layout_new (spec, qd_chart_theme_get (QD_THEME_LIGHT), cache, 720, 405, NULL);
  for (guint i = 0; i < qd_chart_layout_get_n_marks (layout); i++)
    firm += qd_chart_layout_get_mark (layout, i)->role == QD_ROLE_DOT;
  g_assert_cmpuint (firm, ==, 6);

  /* Neither is one that is shorter for another reason. */
  open->open = FALSE;
  closed = qd_figure_retention (result, &context);
  g_assert_true (g_str_has_prefix (qd_chart_spec_get_title (closed), "NRR was 211.3" N "%, 8 months to Jun 2026; "));
  free_retentions (result);
}

static void
test_retention_data (void)
{
  static const double nrr[] = { NAN, NAN, 1.1, 1.2 }, grr[] = { NAN, NAN, 0.9, 0.8 };
  QdFigureContext context = get_context ();
  QdRetentions *result = make_retentions (nrr, grr, 4);
  g_autoptr (QdChartSpec) spec = NULL;
  g_autofree char *first = NULL;

  /* Rows of groups are left aside. */
  {
    QdRetention other = g_array_index (result->rows, QdRetention, 3);
    other.group = "Enterprise";
    g_array_append_val (result->rows, other);
  }
  spec = qd_figure_retention (result, &context);
  free_retentions (result);
  g_assert_cmpuint (qd_chart_spec_get_n_places (spec), ==, 2);
  first = qd_chart_spec_dup_place_label (spec, 0);
  g_assert_cmpstr (first, ==, "May 2026");
  g_assert_cmpuint (qd_chart_spec_get_n_series (spec), ==, 5);
  g_assert_cmpfloat (qd_chart_spec_get_value (spec, 0, 1), ==, 1.2);
  g_assert_cmpfloat (fabs (qd_chart_spec_get_value (spec, 3, 1) - 0.4), <, 1e-12);
  g_assert_cmpfloat (fabs (qd_chart_spec_get_value (spec, 4, 1) + 0.2), <, 1e-12);
  g_assert_cmpstr (qd_chart_spec_get_period (spec), ==, "May 2026 to Jun 2026, 12 months each · definition: Board");
}

static QdMovements *
make_movements (const gint64 (*rows)[7],
                guint n)
{
  QdMovements *result = g_new0 (QdMovements, 1);

  result->rows = g_array_new (FALSE, TRUE, sizeof (QdMovement));
  for (guint i = 0; i < n; i++)
    {
      QdMonth last = qd_month_from_ym (2026, 6) - (QdMonth) (n - 1 - i);
      QdMovement row = { .window = { last - 1, last, FALSE }, .opening = rows[i][0], .new_business = rows[i][1],
                         .reactivation = rows[i][2], .expansion = rows[i][3], .contraction = rows[i][4], .churn = rows[i][5],
                         .closing = rows[i][6] };

      g_array_append_val (result->rows, row);
    }
  return result;
}

static void
free_movements (QdMovements *result)
{
  g_array_unref (result->rows);
  g_free (result);
}

static void
test_bridge (void)
{
  static const struct
  {
    gint64 rows[2][7];
    guint n;
    const char *title;
  } cases[] = {
    { { { 1000000, 100000, 10000, 50000, 20000, 30000, 1110000 }, { 1110000, 100000, 0, 0, 0, 10000, 1200000 } }, 2,
      "ARR rose by $24k (+20.0" N "%) to $144k in 2 months; gains of $31.2k against losses of $7.2k" },
    { { { 1000000, 0, 0, 10000, 0, 210000, 800000 } }, 1,
      "ARR fell by $24k (" MINUS "20.0" N "%) to $96k in 1 month; losses of $25.2k against gains of $1.2k" },
    { { { 1000000, 0, 0, 10000, 10000, 0, 1000000 } }, 1,
      "ARR stayed at $120k for 1 month; gains of $1.2k against losses of $1.2k" },
    { { { 1000000, 0, 0, 0, 0, 0, 1000000 } }, 1, "ARR stayed at $120k for 1 month; nothing was won or lost" },
    { { { 0, 1000000, 0, 0, 0, 0, 1000000 } }, 1, "ARR went from nothing to $120k in 1 month; gains of $120k, no losses" },
    { { { 1000000, 0, 0, 0, 0, 1000000, 0 } }, 1, "All ARR, $120k, was lost in 1 month" },
    { { { 0, 0, 0, 0, 0, 0, 0 } }, 1, "There was no ARR in 1 month" },
  };
  QdFigureContext context = get_context ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      QdMovements *result = make_movements (cases[i].rows, cases[i].n);
      g_autoptr (QdChartSpec) spec = qd_figure_bridge (result, NULL, &context);

      g_assert_cmpstr (qd_chart_spec_get_title (spec), ==, cases[i].title);
      if (i == 0)
        {
          static const double steps[] = { 12000000, 2400000, 120000, 600000, -240000, -480000, 14400000 };

          g_assert_cmpuint (qd_chart_spec_get_n_places (spec), ==, 7);
          for (guint s = 0; s < 7; s++)
            g_assert_cmpfloat (qd_chart_spec_get_value (spec, 0, s), ==, steps[s]);
          g_assert_cmpstr (qd_chart_spec_get_period (spec), ==, "2 months to Jun 2026 · definition: Board");
        }
      g_assert_true (qd_chart_spec_is_empty (spec) == (i == 6));
      free_movements (result);
    }
}

static guint
count_brackets (QdChartSpec *spec)
{
  g_autofree char *words = qd_chart_describe (spec);

  return (strstr (words, "GRR") != NULL) + (strstr (words, "NRR") != NULL);
}

/* Rates stand over the bars that they are made of, and nowhere else. */
static void
test_bridge_rates (void)
{
  static const gint64 rows[][7] = { { 1000, 500, 40, 120, 50, 80, 1530 } };
  static const struct
  {
    double nrr, grr;
    gboolean nrr_defined, grr_defined;
    const char *said, *not_said;
  } cases[] = {
    /* (1000 + 120 − 50 − 80) ÷ 1000 and (1000 − 50 − 80) ÷ 1000. */
    { 0.99, 0.87, TRUE, TRUE, "GRR 87.0" N "%", "at the start alone" },
    /* Returns inside: 40 more. */
    { 1.03, 0.87, TRUE, TRUE, "NRR 103.0" N "%", "at the start alone" },
    { 1.05, 0.87, TRUE, TRUE, "NRR 105.0" N "%: of the customers at the start alone", "GRR 87.0" N "%:" },
    { 1.05, 0.91, TRUE, TRUE, "GRR 91.0" N "% · NRR 105.0" N "%: of the customers at the start alone", "!" },
    { 0, 0, FALSE, FALSE, "Opening", "GRR" },
  };
  QdFigureContext context = get_context ();
  QdMonth june = qd_month_from_ym (2026, 6);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    for (int shift = 0; shift < 2; shift++)
      {
        QdRetention row = { .window = { june - 1 - shift, june, FALSE }, .start = 1000,
                            .nrr = { cases[i].nrr, cases[i].nrr_defined }, .grr = { cases[i].grr, cases[i].grr_defined } };
        QdMovements *result = make_movements (rows, 1);
        g_autoptr (QdChartSpec) spec = qd_figure_bridge (result, &row, &context);
        g_autofree char *words = qd_chart_describe (spec);

        free_movements (result);
        /* The rates of another window are not the bridge's. */
        if (shift == 0)
          g_assert_nonnull (strstr (words, cases[i].said));
        else
          g_assert_cmpuint (count_brackets (spec), ==, 0);
        g_assert_null (strstr (words, cases[i].not_said));
      }
}

/* Windows of three months at each month's end share months: they are never added up. */
static void
test_bridge_rolling (void)
{
  static const gint64 rows[][7] = { { 100, 30, 0, 0, 0, 0, 130 }, { 110, 40, 0, 0, 0, 0, 150 } };
  QdFigureContext context = get_context ();
  QdMovements *result = make_movements (rows, 2);
  g_autoptr (QdChartSpec) spec = NULL;

  g_array_index (result->rows, QdMovement, 0).window.before -= 2;
  g_array_index (result->rows, QdMovement, 1).window.before -= 2;
  spec = qd_figure_bridge (result, NULL, &context);
  free_movements (result);
  g_assert_cmpfloat (qd_chart_spec_get_value (spec, 0, 0), ==, 12 * 110);
  g_assert_cmpfloat (qd_chart_spec_get_value (spec, 0, 1), ==, 12 * 40);
  g_assert_cmpstr (qd_chart_spec_get_period (spec), ==, "3 months to Jun 2026 · definition: Board");
}

static void
test_bridge_start (void)
{
  QdFigureContext context = get_context ();
  QdMonth june = qd_month_from_ym (2026, 6);
  QdRetention row = { .window = { june - 12, june, FALSE }, .start = 1000, .end = 1050, .gross_end = 860, .lost = 90,
                      .nrr = { 1.05, TRUE }, .grr = { 0.86, TRUE } };
  static const double steps[] = { 12000, -1080, -600, 2280, 12600 };
  g_autoptr (QdChartSpec) spec = qd_figure_bridge_start (&row, &context);
  g_autoptr (QdChartSpec) other = NULL;
  g_autoptr (QdChartSpec) empty = NULL;

  g_assert_cmpuint (qd_chart_spec_get_n_places (spec), ==, 5);
  for (guint s = 0; s < 5; s++)
    g_assert_cmpfloat (qd_chart_spec_get_value (spec, 0, s), ==, steps[s]);
  g_assert_cmpstr (qd_chart_spec_get_title (spec), ==,
                   "Of $120 of ARR in Jun 2025, $16.8 was lost or reduced; growth of $22.8 outweighed it");
  g_assert_cmpuint (count_brackets (spec), ==, 2);
  /* Rates of another form are not flows of this bridge: no brackets. */
  row.nrr.value = 1.08;
  row.grr.value = 0.81;
  other = qd_figure_bridge_start (&row, &context);
  g_assert_cmpuint (count_brackets (other), ==, 0);
  row.start = 0;
  empty = qd_figure_bridge_start (&row, &context);
  g_assert_true (qd_chart_spec_is_empty (empty));
}

static void
test_movements (void)
{
  static const struct
  {
    gint64 rows[3][7];
    guint n;
    const char *title;
  } cases[] = {
    { { { 0, 100, 0, 0, 0, 0, 100 }, { 100, 0, 0, 0, 0, 50, 50 }, { 50, 100, 0, 0, 0, 0, 150 } }, 3,
      "Net new ARR was positive in 1 of 2 months; losses took back 50" N "% of what was won" },
    { { { 0, 100, 0, 0, 0, 0, 100 }, { 100, 50, 0, 0, 0, 0, 150 } }, 2,
      "Net new ARR was +$6.00, Jun 2026; nothing was lost" },
    { { { 100, 100, 0, 0, 0, 0, 200 }, { 200, 50, 0, 0, 0, 0, 250 } }, 2,
      "Net new ARR was positive in all 2 months; nothing was lost" },
    { { { 100, 0, 0, 0, 10, 0, 90 }, { 90, 0, 0, 0, 0, 50, 40 } }, 2,
      "Net new ARR was positive in none of 2 months; nothing was won" },
    { { { 100, 10000, 0, 0, 0, 5000, 5100 } }, 1, "Net new ARR was +$600, Jun 2026; losses took back 50" N "% of what was won" },
    { { { 100, 0, 0, 0, 0, 0, 100 } }, 1, "ARR did not move" },
    /* The first month dwarfs the others: it is where the data begins. */
    { { { 0, 1000, 0, 0, 0, 0, 1000 }, { 1000, 100, 0, 0, 0, 50, 1050 }, { 1050, 0, 0, 0, 0, 30, 1020 } }, 3,
      "Net new ARR was positive in 1 of 2 months; losses took back 80" N "% of what was won" },
  };
  QdFigureContext context = get_context ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      QdMovements *result = make_movements (cases[i].rows, cases[i].n);
      g_autoptr (QdChartSpec) spec = qd_figure_movements (result, &context);

      g_assert_cmpstr (qd_chart_spec_get_title (spec), ==, cases[i].title);
      if (i == 0)
        {
          g_assert_cmpfloat (qd_chart_spec_get_value (spec, 5, 1), ==, -600);
          g_assert_cmpfloat (qd_chart_spec_get_value (spec, 4, 1), ==, -600);
        }
      free_movements (result);
    }
}

static void
test_arr (void)
{
  static const struct
  {
    gint64 rows[3][7];
    guint n;
    const char *title;
  } cases[] = {
    { { { 0, 0, 0, 0, 0, 0, 1000000 }, { 0, 0, 0, 0, 0, 0, 1100000 }, { 0, 0, 0, 0, 0, 0, 1280000 } }, 3,
      "ARR grew by 28.0" N "% to $154k in 2 months" },
    { { { 0, 0, 0, 0, 0, 0, 1000000 }, { 0, 0, 0, 0, 0, 0, 900000 } }, 2, "ARR shrank by 10.0" N "% to $108k in 1 month" },
    { { { 0, 0, 0, 0, 0, 0, 1000000 }, { 0, 0, 0, 0, 0, 0, 1000100 } }, 2, "ARR stayed at $120k over 1 month" },
    { { { 0, 0, 0, 0, 0, 0, 1000000 }, { 0, 0, 0, 0, 0, 0, 0 } }, 2, "All ARR was lost within 1 month" },
    { { { 0, 0, 0, 0, 0, 0, 1000000 } }, 1, "ARR was $120k in Jun 2026" },
    { { { 0, 0, 0, 0, 0, 0, 0 } }, 0, "There is no ARR" },
  };
  QdFigureContext context = get_context ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      QdMovements *result = make_movements (cases[i].rows, cases[i].n);
      g_autoptr (QdChartSpec) spec = qd_figure_arr (result, &context);

      g_assert_cmpstr (qd_chart_spec_get_title (spec), ==, cases[i].title);
      free_movements (result);
    }
}

/* One customer: months before the first revenue are left out but for one; the sentence is about the last three months,
 * and who it is stands below it. */
static void
test_account (void)
{
#define P "3 months to "
  guint8 active[8];
  static const struct
  {
    double arr[8];
    guint n, places;
    const char *title;
  } cases[] = {
    { { 0, 0, 12000000, 12000000, 15400000 }, 5, 4, P "May 2026: ARR is $154k; won in Mar 2026" },
    { { 0, 12000000, 10000000, 10000000, 10000000 }, 5, 5, P "May 2026: ARR shrank from $120k to $100k; customer since Feb 2026" },
    { { 10000000, 12000000, 12000000, 12000000, 12000100 }, 5, 5,
      P "May 2026: ARR stayed at $120k; customer since Jan 2026 or earlier" },
    { { 0, 12000000, 12000000, 0, 0 }, 5, 5, P "May 2026: left in Apr 2026 with $120k of ARR; first a customer in Feb 2026" },
    { { 12000000, 0, 0, 0, 0 }, 5, 5,
      P "May 2026: no ARR; the customer left in Feb 2026; first a customer in Jan 2026 or earlier" },
    { { 0, 12000000, 0, 13000000, 14000000 }, 5, 5,
      P "May 2026: left in Mar 2026, back in Apr 2026; ARR grew from $120k to $140k; customer since Feb 2026" },
    { { 12000000, 0, 0, 13000000, 14000000 }, 5, 5,
      P "May 2026: came back in Apr 2026; ARR is $140k; customer since Jan 2026 or earlier" },
    { { 0, 0, 0, 13000000, 0 }, 5, 3, P "May 2026: left in May 2026 with $130k of ARR; first a customer in Apr 2026" },
    { { 12000000, 0, 0, 12000000, 12000000, 12000000, 12000000, 14000000 }, 8, 8,
      P "Aug 2026: ARR grew from $120k to $140k; customer since Jan 2026 or earlier, with a break Feb 2026 to Mar 2026" },
    { { 0, 12000000, 0, 12000000, 0, 0, 12000000, 12000000 }, 8, 8,
      P "Aug 2026: came back in Jul 2026; ARR is $120k; customer since Feb 2026, with a break Mar 2026" },
    { { 12000000, 0, 12000000, 0, 12000000, 12000000, 0, 0 }, 8, 8,
      P "Aug 2026: left in Jul 2026 with $120k of ARR; first a customer in Jan 2026 or earlier, with 2 breaks, the last Apr 2026" },
    { { 0, 0 }, 2, 0, NULL },
    { { 0 }, 0, 0, NULL },
  };
  QdFigureContext context = get_context ();

  context.scope = "Segment: Enterprise";
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      QdAccountCourse course = { "Beta", qd_month_from_ym (2026, 1), cases[i].arr, active, cases[i].n };
      QdMonth last = course.first + (QdMonth) cases[i].n - 1;
      QdWindow window = { last - 3, last, FALSE };
      g_autoptr (QdChartSpec) spec = NULL;
      g_autofree char *words = NULL;

      for (guint k = 0; k < cases[i].n; k++)
        active[k] = cases[i].arr[k] > 0;
      spec = qd_figure_account (&course, &window, &context);
      words = qd_chart_describe (spec);

      g_assert_cmpstr (qd_chart_spec_get_title (spec), ==, cases[i].title);
      g_assert_cmpuint (qd_chart_spec_get_n_places (spec), ==, cases[i].places);
      g_assert_true (qd_chart_spec_is_empty (spec) == (cases[i].title == NULL));
      g_assert_nonnull (strstr (qd_chart_spec_get_subject (spec), "Beta"));
      g_assert_null (strstr (qd_chart_spec_get_subject (spec), "Enterprise"));
      g_assert_cmpstr (words, !=, "");
    }
}

static QdCohorts *
make_cohorts (guint n,
              int   step)
{
  QdCohorts *result = g_new0 (QdCohorts, 1);

  result->step = step;
  result->first = qd_month_from_ym (2025, 1);
  result->as_of = result->first + (QdMonth) n * step - 1;
  result->cells = g_array_new (FALSE, TRUE, sizeof (QdCohortCell));
  for (guint c = 0; c < n; c++)
    for (guint age = 0; age < n - c; age++)
      {
        guint accounts = c == 0 ? 40 : 5;
        QdCohortCell cell = { .cohort = qd_month_from_ym (2025, 1) + (QdMonth) c * step, .age = age, .accounts = accounts,
                              .accounts_retained = accounts - age, .mrr_start = 1000, .mrr = 1000 + 100 * age,
                              .gross = 1000 - 100 * age, .observed = !(c == 1 && age == n - 2) };

        cell.logo_retention = rate ((accounts - age) / (double) accounts);
        cell.nrr = rate (1 + 0.1 * age);
        cell.grr = rate (1 - 0.1 * age);
        g_array_append_val (result->cells, cell);
      }
  return result;
}

static void
test_cohorts (void)
{
  QdFigureContext context = get_context ();
  QdCohorts *result = make_cohorts (3, 1);
  g_autoptr (QdChartSpec) logos = qd_figure_cohorts (result, QD_COHORTS_LOGOS, &context);
  g_autoptr (QdChartSpec) net = qd_figure_cohorts (result, QD_COHORTS_NET, &context);
  g_autoptr (QdChartSpec) gross = qd_figure_cohorts (result, QD_COHORTS_GROSS, &context);
  g_autoptr (QdChartSpec) empty = NULL;

  /* Three cohorts and the average; the future is missing, not zero. */
  g_assert_cmpuint (qd_chart_spec_get_n_series (logos), ==, 4);
  g_assert_cmpuint (qd_chart_spec_get_n_places (logos), ==, 3);
  g_assert_true (isnan (qd_chart_spec_get_value (logos, 2, 1)));
  g_assert_cmpfloat (qd_chart_spec_get_value (logos, 1, 1), ==, 0.8);
  /* By size, of observed cells only: the second cohort's cell of age 1 is not. */
  g_assert_cmpfloat (qd_chart_spec_get_value (logos, 3, 0), ==, 1);
  g_assert_cmpfloat (qd_chart_spec_get_value (logos, 3, 1), ==, 39. / 40);
  g_assert_cmpfloat (qd_chart_spec_get_value (net, 3, 2), ==, 1.2);
  g_assert_cmpstr (qd_chart_spec_get_title (logos), ==,
                   "After 2 months 95.0" N "% of customers are still with us, on average of all cohorts");
  g_assert_cmpstr (qd_chart_spec_get_title (net), ==, "After 2 months cohorts bring 120.0" N "% of the revenue that they began with");
  g_assert_cmpstr (qd_chart_spec_get_title (gross), ==, "After 2 months cohorts keep 80.0" N "% of their first revenue, growth left aside");
  g_assert_cmpstr (qd_chart_spec_get_period (logos), ==, "Jan 2025 to Mar 2025 · definition: Board");
  g_array_unref (result->cells);
  g_free (result);

  result = make_cohorts (0, 1);
  empty = qd_figure_cohorts (result, QD_COHORTS_NET, &context);
  g_assert_true (qd_chart_spec_is_empty (empty));
  g_assert_cmpstr (qd_chart_spec_get_title (empty), ==, "There are no cohorts yet");
  g_array_unref (result->cells);
  g_free (result);

  /* Data from Feb 2025 to Aug 2026 does not fill two calendar years. */
  result = make_cohorts (2, 12);
  result->first++;
  result->as_of -= 4;
  {
    g_autoptr (QdChartSpec) years = qd_figure_cohorts (result, QD_COHORTS_LOGOS, &context);

    g_assert_cmpstr (qd_chart_spec_get_period (years), ==, "Feb 2025 to Aug 2026 · definition: Board");
  }
  g_array_unref (result->cells);
  g_free (result);

  result = make_cohorts (6, 3);
  {
    g_autoptr (QdChartSpec) quarters = qd_figure_cohorts (result, QD_COHORTS_LOGOS, &context);

    g_assert_cmpstr (qd_chart_spec_get_series_label (quarters, 0), ==, "Jan–Mar 2025");
    /* Twelve months are four quarters. */
    g_assert_cmpstr (qd_chart_spec_get_title (quarters), ==,
                     "After 12 months 90.0" N "% of customers are still with us, on average of all cohorts");
  }
  g_array_unref (result->cells);
  g_free (result);
}

/* All of them can be drawn at any size. */
static void
test_draw (void)
{
  static const gint64 rows[][7] = { { 0, 0, 0, 0, 0, 0, 0 }, { 0, 5, 0, 0, 0, 0, 5 } };
  QdFigureContext context = get_context ();
  g_autoptr (QdTextCache) cache = qd_text_cache_new (NULL);

  for (guint n = 0; n < 3; n++)
    {
      QdMovements *movements = make_movements (rows, n);
      QdCohorts *cohorts = make_cohorts (n, 1);
      QdChartSpec *specs[] = { qd_figure_bridge (movements, NULL, &context), qd_figure_movements (movements, &context),
                               qd_figure_arr (movements, &context), qd_figure_cohorts (cohorts, QD_COHORTS_GROSS, &context),
                               qd_figure_sparkline (QD_UNIT_RATE, qd_month_from_ym (2026, 1), (double[]){ 1, NAN }, n, &context) };

      for (gsize i = 0; i < G_N_ELEMENTS (specs); i++)
        {
          g_autoptr (GError) error = NULL;
          g_autoptr (QdChartLayout) layout = qd_chart_layout_new (specs[i], qd_chart_theme_get (QD_THEME_DARK), cache, 333, 222, &error);
          g_autofree char *words = qd_chart_describe (specs[i]);

          g_assert_no_error (error);
          g_assert_nonnull (words);
          qd_chart_spec_unref (specs[i]);
        }
      free_movements (movements);
      g_array_unref (cohorts->cells);
      g_free (cohorts);
    }
}

/* Two ends of a year are compared: both are named, since the bridge of the year says something else. */
static void
test_sentences (void)
{
  QdOverview overview = {
    .window = { qd_month_from_ym (2025, 6), qd_month_from_ym (2026, 6), FALSE },
    .sum_lost = 100000000, .largest_lost = { .name = (char *) "Acme", .amount = 10000000 },
    .sum_won = 200000000, .largest_won = { .name = (char *) "Beta", .amount = 20000000 },
    .n_customers = 1,
  };
  static const struct
  {
    guint n_lost, n_won, n_won_back;
    const char *lost, *won;
  } cases[] = {
    { 3468, 10853, 1204,
      "3,468 customers with $12M of ARR in Jun 2025 had left by Jun 2026; the largest was Acme ($1.2M).",
      "10,853 customers with $24M of ARR in Jun 2026 were not customers in Jun 2025; the largest is Beta ($2.4M); 1,"
      "204 of these customers are back after a time without." },
    { 2, 2, 0, "2 customers with $12M of ARR in Jun 2025 had left by Jun 2026; the largest was Acme ($1.2M).",
      "2 customers with $24M of ARR in Jun 2026 were not customers in Jun 2025; the largest is Beta ($2.4M)." },
    { 1, 1, 1, "One customer of Jun 2025 had left by Jun 2026: Acme, with $12M of ARR.",
      "One customer of Jun 2026 was not a customer in Jun 2025: Beta, with $24M of ARR; it is back after a time without." },
    { 0, 0, 0, "No customer of Jun 2025 had left by Jun 2026.", "No customer of Jun 2026 is new since Jun 2025." },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) sentences = NULL;

      overview.n_lost = cases[i].n_lost;
      overview.n_won = cases[i].n_won;
      overview.n_won_back = cases[i].n_won_back;
      sentences = qd_sentences_write (&overview, format);
      g_assert_cmpuint (sentences->len, ==, 4);
      g_assert_cmpstr (((QdSentence *) sentences->pdata[2])->text, ==, cases[i].lost);
      g_assert_cmpstr (((QdSentence *) sentences->pdata[3])->text, ==, cases[i].won);
    }
  overview.top.value = rate (1);
  {
    g_autoptr (GPtrArray) sentences = qd_sentences_write (&overview, format);

    g_assert_cmpstr (((QdSentence *) sentences->pdata[4])->text, ==, "All of ARR comes from one customer.");
  }
}

int
main (int    argc,
      char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  format = qd_format_new ("USD");
  g_test_add_func ("/draw/figures/retention-titles", test_retention_titles);
  g_test_add_func ("/draw/figures/retention-data", test_retention_data);
  g_test_add_func ("/draw/figures/retention-open", test_retention_open);
  g_test_add_func ("/draw/figures/bridge", test_bridge);
  g_test_add_func ("/draw/figures/bridge-rates", test_bridge_rates);
  g_test_add_func ("/draw/figures/bridge-rolling", test_bridge_rolling);
  g_test_add_func ("/draw/figures/bridge-start", test_bridge_start);
  g_test_add_func ("/draw/figures/movements", test_movements);
  g_test_add_func ("/draw/figures/arr", test_arr);
  g_test_add_func ("/draw/figures/account", test_account);
  g_test_add_func ("/draw/figures/cohorts", test_cohorts);
  g_test_add_func ("/draw/figures/draw", test_draw);
  g_test_add_func ("/draw/figures/sentences", test_sentences);
  status = g_test_run ();
  qd_format_unref (format);
  return status;
}
