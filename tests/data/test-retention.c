/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "metrics-fixture.h"

#include <math.h>
#include <string.h>

/* A year from the end of 2023. A: 100 to 160, with 40 in June. B: 200, gone in March, back with 150 in September.
 * C: 300, gone in May. D: gone in November 2023, back with 80 in July 2024. E: won with 50 in February. F: won in
 * February, lost in April. */
static QdBook *
make_book (void)
{
  Fixture *fixture = fixture_new ("USD");

  fixture_event (fixture, "A", "2023-06-01", 10000);
  fixture_event (fixture, "A", "2024-06-05", 4000);
  fixture_event (fixture, "A", "2024-08-05", 16000);
  fixture_event (fixture, "B", "2023-07-01", 20000);
  fixture_event (fixture, "B", "2024-03-05", 0);
  fixture_event (fixture, "B", "2024-09-05", 15000);
  fixture_event (fixture, "C", "2023-07-01", 30000);
  fixture_event (fixture, "C", "2024-05-05", 0);
  fixture_event (fixture, "D", "2023-07-01", 7000);
  fixture_event (fixture, "D", "2023-11-05", 0);
  fixture_event (fixture, "D", "2024-07-05", 8000);
  fixture_event (fixture, "E", "2024-02-05", 5000);
  fixture_event (fixture, "F", "2024-02-05", 5000);
  fixture_event (fixture, "F", "2024-04-05", 0);
  fixture_event (fixture, "Z", "2024-12-31", 1);
  return fixture_finish (fixture);
}

static QdRetention
compute (QdBook     *book,
         const char *choices)
{
  g_autoptr (QdScope) scope = make_scope (choices, "ttm", "2024-12", "");

  return get_retention (book, scope, NULL, NULL, "2024-12");
}

static void
test_p2p (void)
{
  g_autoptr (QdBook) book = make_book ();
  QdRetention row = compute (book, "");

  g_assert_cmpuint (row.accounts_start, ==, 3);
  g_assert_cmpuint (row.accounts_retained, ==, 2);
  g_assert_cmpint (row.start, ==, 60000);
  g_assert_cmpint (row.end, ==, 31000);
  g_assert_cmpint (row.gross_end, ==, 25000);
  g_assert_cmpint (row.lost, ==, 30000);
  assert_rate (row.nrr, 31.0 / 60);
  assert_rate (row.grr, 25.0 / 60);
  assert_rate (row.logo_retention, 2.0 / 3);
  assert_rate (row.logo_churn, 1.0 / 3);
  assert_rate (row.headwind, 35.0 / 60);
  assert_rate (row.tailwind, 6.0 / 60);
  assert_undefined (row.nrr_low);
  assert_undefined (row.grr_high);
}

/* Once gone, gone: B counts as lost although it is back. */
static void
test_return_within_period (void)
{
  g_autoptr (QdBook) book = make_book ();
  QdRetention row = compute (book, "return_within_period=lost");

  g_assert_cmpuint (row.accounts_retained, ==, 1);
  g_assert_cmpint (row.end, ==, 16000);
  g_assert_cmpint (row.gross_end, ==, 10000);
  g_assert_cmpint (row.lost, ==, 50000);
  assert_rate (row.logo_churn, 2.0 / 3);
}

/* D had gone before the start and is back at the end. */
static void
test_reactivation_in_nrr (void)
{
  g_autoptr (QdBook) book = make_book ();
  QdRetention row = compute (book, "reactivation_in_nrr=yes");

  g_assert_cmpint (row.start, ==, 60000);
  g_assert_cmpint (row.end, ==, 39000);
  g_assert_cmpint (row.gross_end, ==, 25000);
  g_assert_cmpuint (row.accounts_retained, ==, 2);
}

static void
test_lowest (void)
{
  g_autoptr (QdBook) book = make_book ();
  QdRetention row = compute (book, "period_form=lowest");

  g_assert_cmpint (row.end, ==, 31000);
  g_assert_cmpint (row.gross_end, ==, 4000);
  assert_rate (row.grr, 4.0 / 60);
  assert_rate (row.tailwind, 27.0 / 60);
}

/* A: −60, +120. B: −200 and, when returns count, +150. C: −300. */
static void
test_flow (void)
{
  g_autoptr (QdBook) book = make_book ();
  QdRetention row = compute (book, "period_form=flow");

  g_assert_cmpint (row.end, ==, 60000 + 12000 - 6000 - 50000);
  g_assert_cmpint (row.gross_end, ==, 60000 - 6000 - 50000);
  assert_rate (row.nrr, 16.0 / 60);
  assert_rate (row.grr, 4.0 / 60);
  g_assert_cmpint (row.expansion, ==, 12000);

  row = compute (book, "period_form=flow reactivation_in_nrr=yes");
  g_assert_cmpint (row.end, ==, 31000);
  g_assert_cmpint (row.gross_end, ==, 4000);
  row = compute (book, "period_form=flow reactivation_in_nrr=yes return_within_period=lost");
  g_assert_cmpint (row.end, ==, 16000);
  g_assert_cmpuint (row.accounts_retained, ==, 1);
}

/* Flows by day: in June A is down to 40 and, the same month, nothing else; a detour within a month shows. */
static void
test_flow_by_day (void)
{
  Fixture *fixture = fixture_new ("USD");
  g_autoptr (QdBook) book = NULL;
  QdRetention row;

  fixture_event (fixture, "A", "2023-06-01", 10000);
  fixture_event (fixture, "A", "2024-06-05", 4000);
  fixture_event (fixture, "A", "2024-06-10", 0);
  fixture_event (fixture, "A", "2024-06-15", 9000);
  fixture_event (fixture, "A", "2024-06-20", 12000);
  fixture_event (fixture, "Z", "2024-12-31", 1);
  book = fixture_finish (fixture);

  row = compute (book, "period_form=flow");
  g_assert_cmpint (row.end, ==, 12000);
  row = compute (book, "period_form=flow netting=day");
  g_assert_cmpint (row.end, ==, 0);
  g_assert_cmpint (row.gross_end, ==, 0);
  g_assert_cmpint (row.expansion, ==, 0);
  row = compute (book, "period_form=flow netting=day reactivation_in_nrr=yes");
  g_assert_cmpint (row.end, ==, 12000);
  g_assert_cmpint (row.expansion, ==, 3000);
  g_assert_cmpint (row.gross_end, ==, 0);
}

/* Each month has its own base. */
static void
test_product (void)
{
  g_autoptr (QdBook) book = make_book ();
  /* Jan: 600 of 600. Feb: 600. Mar (base A100 B200 C300 E50 F50 = 700): B leaves. Apr (500): F leaves. May (450): C
   * leaves. Jun (150): A to 40. Jul (90): D returns, not in the base. Aug (170 with D): A to 160. Sep (290): B returns,
   * not in the base. Oct to Dec: no change. */
  double nrr = 500.0 / 700 * 450 / 500 * 150 / 450 * 90 / 150 * (290.0 / 170);
  double grr = 500.0 / 700 * 450 / 500 * 150 / 450 * 90 / 150;
  double logo = 4.0 / 5 * 3 / 4 * 2 / 3;
  QdRetention row = compute (book, "period_form=product");

  assert_rate (row.nrr, nrr);
  assert_rate (row.grr, grr);
  assert_rate (row.logo_retention, logo);
  assert_rate (row.logo_churn, 1 - logo);
  g_assert_cmpint (row.start, ==, 60000);
  assert_undefined (row.headwind);
  assert_undefined (row.tailwind);
  assert_undefined (row.logo_churn_low);
}

/* Lost 1 of 3; new are D, E and Z. */
static void
test_logo_base (void)
{
  g_autoptr (QdBook) book = make_book ();
  QdRetention row = compute (book, "logo_base=start_new_lost");

  g_assert_cmpuint (row.accounts_start, ==, 3);
  g_assert_cmpuint (row.logo_base, ==, 5);
  assert_rate (row.logo_churn, 1.0 / 5);
  assert_rate (row.logo_retention, 4.0 / 5);
  row = compute (book, "logo_base=start_new");
  assert_rate (row.logo_churn, 1.0 / 6);
}

/* Published: 10 ÷ (100 + 30 − 10) = 8.3 %. */
static void
test_logo_base_published (void)
{
  Fixture *fixture = fixture_new ("USD");
  g_autoptr (QdBook) book = NULL;
  g_autoptr (QdScope) scope = make_scope ("logo_base=start_new_lost", "month", NULL, "");
  QdRetention row;

  for (int i = 0; i < 130; i++)
    {
      g_autofree char *id = g_strdup_printf ("A%d", i);

      fixture_event (fixture, id, i < 100 ? "2024-01-10" : "2024-02-10", 100);
      if (i < 10)
        fixture_event (fixture, id, "2024-02-20", 0);
    }
  book = fixture_finish (fixture);
  row = get_retention (book, scope, NULL, NULL, "2024-02");
  assert_rate (row.logo_churn, 10.0 / 120);
  g_assert_cmpuint (row.logo_base, ==, 120);
}

/* Windows that begin before the data have no start. */
static void
test_early (void)
{
  g_autoptr (QdBook) book = make_book ();
  g_autoptr (QdScope) scope = make_scope ("", "ttm", NULL, "");
  g_autoptr (QdScope) opening = make_scope ("first_month=opening", "ttm", NULL, "");
  QdRetention row = get_retention (book, scope, NULL, NULL, "2023-12");

  g_assert_cmpint (row.start, ==, 0);
  assert_undefined (row.nrr);
  assert_undefined (row.logo_churn);
  /* An opening balance says nothing about a year ago. */
  row = get_retention (book, opening, NULL, NULL, "2023-12");
  g_assert_cmpint (row.start, ==, 0);
  assert_undefined (row.nrr);
}

/* The Wilson score interval, worked out with python's statistics.NormalDist. */
static void
test_wilson (void)
{
  static const struct
  {
    int lost, n;
    double low, high;
  } cases[] = {
    { 10, 100, 0.0552291371, 0.1743656615 },
    { 1, 10, 0.0178762131, 0.4041500268 },
    { 0, 7, 0, 0.3543304351 },
    { 7, 7, 0.6456695649, 1 },
    { 50, 100, 0.4038315304, 0.5961684696 },
  };

  for (gsize c = 0; c < G_N_ELEMENTS (cases); c++)
    {
      Fixture *fixture = fixture_new ("USD");
      g_autoptr (QdBook) book = NULL;
      g_autoptr (QdScope) scope = make_scope ("", "month", NULL, "");
      QdRetention row;

      for (int i = 0; i < cases[c].n; i++)
        {
          g_autofree char *id = g_strdup_printf ("A%d", i);

          fixture_event (fixture, id, "2024-01-10", 100);
          if (i < cases[c].lost)
            fixture_event (fixture, id, "2024-02-20", 0);
        }
      fixture_event (fixture, "Z", "2024-02-20", 100);
      book = fixture_finish (fixture);
      row = get_retention (book, scope, NULL, NULL, "2024-02");
      g_assert_cmpfloat (fabs (row.logo_churn_low.value - cases[c].low), <, 1e-9);
      g_assert_cmpfloat (fabs (row.logo_churn_high.value - cases[c].high), <, 1e-9);
    }
}

/* By product a row is about those who have the product at the start. */
static void
test_by_product (void)
{
  Fixture *fixture = fixture_new ("USD");
  g_autoptr (QdBook) book = NULL;
  g_autoptr (QdScope) scope = make_scope ("", "month", NULL, "");
  QdRetention row;

  fixture_line (fixture, "A", "2024-01-10", "2024-02-10", 10000, 1, FALSE, "Core", NULL);
  fixture_line (fixture, "A", "2024-01-10", NULL, 3000, 1, FALSE, "Plus", NULL);
  fixture_line (fixture, "B", "2024-01-10", NULL, 5000, 1, FALSE, "Core", NULL);
  book = fixture_finish (fixture);
  g_assert_cmpint (qd_book_get_last_month (book), ==, qd_month_from_ym (2024, 1));
  qd_book_unref (book);

  fixture = fixture_new ("USD");
  fixture_line (fixture, "A", "2024-01-10", "2024-02-10", 10000, 1, FALSE, "Core", NULL);
  fixture_line (fixture, "A", "2024-01-10", NULL, 3000, 1, FALSE, "Plus", NULL);
  fixture_line (fixture, "B", "2024-01-10", NULL, 5000, 1, FALSE, "Core", NULL);
  fixture_line (fixture, "B", "2024-02-10", NULL, 700, 1, FALSE, "Plus", NULL);
  book = fixture_finish (fixture);
  row = get_retention (book, scope, "product", "Core", "2024-02");
  g_assert_cmpuint (row.accounts_start, ==, 2);
  g_assert_cmpuint (row.accounts_retained, ==, 1);
  assert_rate (row.nrr, 1.0 / 3);
  row = get_retention (book, scope, "product", "Plus", "2024-02");
  g_assert_cmpuint (row.accounts_start, ==, 1);
  assert_rate (row.nrr, 1);
}

/* The segment at the window's start: A is SMB then, Mid now. */
static void
test_segment_at (void)
{
  Fixture *fixture = fixture_new ("USD");
  g_autoptr (QdBook) book = NULL;
  g_autoptr (QdScope) now = make_scope ("", "3", NULL, "");
  g_autoptr (QdScope) then = make_scope ("segment_at=period_start", "3", NULL, "");

  fixture_value (fixture, "A", "segment", NULL, "SMB");
  fixture_value (fixture, "A", "segment", "2024-03-20", "Mid");
  fixture_value (fixture, "B", "segment", NULL, "Mid");
  fixture_event (fixture, "A", "2024-01-15", 10000);
  fixture_event (fixture, "A", "2024-04-15", 0);
  fixture_event (fixture, "B", "2024-01-15", 7000);
  book = fixture_finish (fixture);

  g_assert_cmpint (get_retention (book, now, "segment", "Mid", "2024-04").start, ==, 17000);
  g_assert_cmpint (get_retention (book, then, "segment", "Mid", "2024-04").start, ==, 7000);
  assert_rate (get_retention (book, then, "segment", "SMB", "2024-04").nrr, 0);
}

/* Definitions over random books, computed a second time from the month-end states alone. */
static void
check_against_states (QdBook        *book,
                      const QdScope *scope)
{
  g_autoptr (QdLedger) ledger = make_ledger (book, scope);
  g_autoptr (QdRetentions) result = qd_retentions_compute (ledger, scope, NULL, NULL, NULL);
  const QdProfile *profile = scope->profile;
  QdMonth first = qd_ledger_get_first_month (ledger), last = qd_ledger_get_last_month (ledger);
  guint n = last - first + 2;
  g_autofree gint64 *level = g_new (gint64, n);
  g_autofree guint8 *active = g_new (guint8, n);

  for (guint w = 0; w < result->rows->len; w++)
    {
      const QdRetention *row = &g_array_index (result->rows, QdRetention, w);
      int b = MAX (row->window.before - first + 1, 0), e = row->window.last - first + 1;
      gint64 start = 0, end = 0, gross = 0, lost = 0;
      guint n_start = 0, n_kept = 0, n_new = 0;

      for (guint32 customer = 0; customer < qd_ledger_get_n_customers (ledger); customer++)
        {
          gint64 lowest;
          gboolean kept, earlier = FALSE, gone = FALSE;

          qd_ledger_get_months (ledger, customer, first - 1, last, level, active);
          lowest = level[b];
          for (int i = 0; i < b; i++)
            earlier |= active[i];
          for (int i = b; i <= e; i++)
            {
              lowest = MIN (lowest, level[i]);
              gone |= !active[i];
            }
          if (!active[b])
            {
              n_new += active[e];
              if (earlier && profile->reactivation_in_nrr)
                end += level[e];
              continue;
            }
          kept = active[e] && !(gone && profile->return_within_period == QD_RETURN_LOST);
          n_start++;
          n_kept += kept;
          start += level[b];
          lost += kept ? 0 : level[b];
          end += kept ? level[e] : 0;
          gross += !kept ? 0 : profile->period_form == QD_FORM_LOWEST ? lowest : MIN (level[b], level[e]);
        }
      g_assert_cmpuint (row->accounts_start, ==, n_start);
      g_assert_cmpuint (row->accounts_retained, ==, n_kept);
      g_assert_cmpint (row->start, ==, start);
      g_assert_cmpint (row->end, ==, end);
      g_assert_cmpint (row->gross_end, ==, gross);
      g_assert_cmpint (row->lost, ==, lost);
      if (profile->logo_base == QD_LOGO_BASE_START_NEW)
        g_assert_cmpuint (row->logo_base, ==, n_start + n_new);
      g_assert_cmpint (row->nrr.defined, ==, start > 0);
    }
}

static void
test_random (void)
{
  static const char *const choices[] = {
    "",
    "first_month=opening logo_base=start_new",
    "free_accounts=included",
    "fx=month_end hierarchy=ultimate_parent",
    "period_form=lowest",
    "return_within_period=lost",
    "reactivation_in_nrr=yes trials=included",
    "period_form=lowest reactivation_in_nrr=yes return_within_period=lost first_month=opening",
  };
  static const char *const periods[] = { "ttm", "month", "quarter", "year", "30" };

  for (guint seed = 60; seed < 68; seed++)
    for (gsize c = 0; c < G_N_ELEMENTS (choices); c++)
      for (gsize p = 0; p < G_N_ELEMENTS (periods); p++)
        {
          g_autoptr (QdBook) book = make_random_book (seed, TRUE);
          g_autoptr (QdScope) scope = make_scope (choices[c], periods[p], NULL, "");

          check_against_states (book, scope);
        }
}

/* The flow form of one month says the same as point to point, by any netting that fits. */
static void
test_flow_of_a_month (void)
{
  for (guint seed = 70; seed < 76; seed++)
    {
      g_autoptr (QdBook) book = make_random_book (seed, TRUE);
      g_autoptr (QdScope) p2p = make_scope ("", "month", NULL, "");
      g_autoptr (QdScope) flow = make_scope ("period_form=flow", "month", NULL, "");
      g_autoptr (QdScope) product = make_scope ("period_form=product", "month", NULL, "");
      g_autoptr (QdLedger) ledger = make_ledger (book, p2p);
      g_autoptr (QdRetentions) a = qd_retentions_compute (ledger, p2p, "segment", NULL, NULL);
      g_autoptr (QdRetentions) b = qd_retentions_compute (ledger, flow, "segment", NULL, NULL);
      g_autoptr (QdRetentions) c = qd_retentions_compute (ledger, product, "segment", NULL, NULL);

      for (guint i = 0; i < a->rows->len; i++)
        {
          const QdRetention *x = &g_array_index (a->rows, QdRetention, i);
          const QdRetention *y = &g_array_index (b->rows, QdRetention, i);
          const QdRetention *z = &g_array_index (c->rows, QdRetention, i);

          g_assert_cmpint (x->end, ==, y->end);
          g_assert_cmpint (x->gross_end, ==, y->gross_end);
          g_assert_cmpint (x->nrr.defined, ==, z->nrr.defined);
          assert_rate ((QdRate){ x->nrr.value, TRUE }, z->nrr.value);
          assert_rate ((QdRate){ x->logo_retention.value, TRUE }, z->logo_retention.value);
        }
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/retention/p2p", test_p2p);
  g_test_add_func ("/retention/return-within-period", test_return_within_period);
  g_test_add_func ("/retention/reactivation-in-nrr", test_reactivation_in_nrr);
  g_test_add_func ("/retention/lowest", test_lowest);
  g_test_add_func ("/retention/flow", test_flow);
  g_test_add_func ("/retention/flow-by-day", test_flow_by_day);
  g_test_add_func ("/retention/product", test_product);
  g_test_add_func ("/retention/logo-base", test_logo_base);
  g_test_add_func ("/retention/logo-base-published", test_logo_base_published);
  g_test_add_func ("/retention/early", test_early);
  g_test_add_func ("/retention/wilson", test_wilson);
  g_test_add_func ("/retention/by-product", test_by_product);
  g_test_add_func ("/retention/segment-at", test_segment_at);
  g_test_add_func ("/retention/random", test_random);
  g_test_add_func ("/retention/flow-of-a-month", test_flow_of_a_month);
  return g_test_run ();
}
