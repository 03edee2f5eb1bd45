/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "metrics-fixture.h"

static QdCohorts *
compute (QdBook     *book,
         const char *choices,
         const char *period,
         const char *as_of,
         const char *where)
{
  g_autoptr (QdScope) scope = make_scope (choices, period, as_of, where);
  g_autoptr (QdLedger) ledger = make_ledger (book, scope);
  g_autoptr (GError) error = NULL;
  QdCohorts *cohorts = qd_cohorts_compute (ledger, scope, NULL, &error);

  g_assert_no_error (error);
  return cohorts;
}

static const QdCohortCell *
find (const QdCohorts *cohorts,
      const char      *month,
      guint            age)
{
  for (guint i = 0; i < cohorts->cells->len; i++)
    {
      const QdCohortCell *cell = &g_array_index (cohorts->cells, QdCohortCell, i);

      if (cell->cohort == qd_month_parse_iso (month, -1) && cell->age == age)
        return cell;
    }
  return NULL;
}

/* A, B begin in January, C in February, D in March. A grows, B leaves in March and returns in May, C shrinks. */
static QdBook *
make_book (void)
{
  Fixture *fixture = fixture_new ("USD");

  fixture_event (fixture, "A", "2024-01-10", 10000);
  fixture_event (fixture, "A", "2024-02-10", 15000);
  fixture_event (fixture, "B", "2024-01-20", 20000);
  fixture_event (fixture, "B", "2024-03-20", 0);
  fixture_event (fixture, "B", "2024-05-20", 12000);
  fixture_event (fixture, "C", "2024-02-10", 30000);
  fixture_event (fixture, "C", "2024-04-10", 24000);
  fixture_event (fixture, "D", "2024-03-10", 1000);
  fixture_event (fixture, "D", "2024-06-10", 1100);
  fixture_value (fixture, "A", "segment", NULL, "X");
  return fixture_finish (fixture);
}

static void
test_months (void)
{
  g_autoptr (QdBook) book = make_book ();
  g_autoptr (QdCohorts) cohorts = compute (book, "", "month", NULL, "");
  const QdCohortCell *cell;

  g_assert_cmpint (cohorts->step, ==, 1);
  /* Ages up to as-of: January 0 to 5, February 0 to 4, March 0 to 3. */
  g_assert_cmpuint (cohorts->cells->len, ==, 6 + 5 + 4);
  cell = find (cohorts, "2024-01", 0);
  g_assert_cmpuint (cell->accounts, ==, 2);
  g_assert_cmpint (cell->mrr_start, ==, 30000);
  assert_rate (cell->nrr, 1);
  cell = find (cohorts, "2024-01", 2);
  g_assert_cmpuint (cell->accounts_retained, ==, 1);
  g_assert_cmpint (cell->mrr, ==, 15000);
  g_assert_cmpint (cell->gross, ==, 10000);
  assert_rate (cell->logo_retention, 0.5);
  assert_rate (cell->nrr, 0.5);
  assert_rate (cell->grr, 1.0 / 3);
  cell = find (cohorts, "2024-01", 4);
  g_assert_cmpuint (cell->accounts_retained, ==, 2);
  g_assert_cmpint (cell->mrr, ==, 27000);
  g_assert_cmpint (cell->gross, ==, 22000);
  cell = find (cohorts, "2024-02", 2);
  assert_rate (cell->grr, 0.8);
  g_assert_null (find (cohorts, "2024-03", 4));
}

/* A quarter's cohort counts each account's age from its own month, and is seen only while all have reached it. */
static void
test_quarters (void)
{
  g_autoptr (QdBook) book = make_book ();
  g_autoptr (QdCohorts) cohorts = compute (book, "", "quarter", NULL, "");
  g_autoptr (QdCohorts) may = compute (book, "", "quarter", "2024-05", "");
  const QdCohortCell *cell = find (cohorts, "2024-01", 1);

  g_assert_cmpint (cohorts->step, ==, 3);
  g_assert_cmpuint (cohorts->cells->len, ==, 2);
  g_assert_cmpuint (cell->accounts, ==, 4);
  g_assert_cmpint (cell->mrr_start, ==, 61000);
  /* April for A and B, May for C, June for D. */
  g_assert_cmpint (cell->mrr, ==, 15000 + 0 + 24000 + 1100);
  g_assert_cmpint (cell->gross, ==, 10000 + 0 + 24000 + 1000);
  g_assert_cmpuint (cell->accounts_retained, ==, 3);
  /* D's fourth month is June: not all have reached age 1 in May. */
  g_assert_cmpuint (may->cells->len, ==, 1);
}

/* Sign-up or the first line, trials included, instead of the first payment. */
static void
test_cohort_month (void)
{
  QdBookBuilder *builder = qd_book_builder_new ("Test", "USD", 1);
  g_autoptr (QdBook) book = NULL;
  g_autoptr (QdCohorts) first_paid = NULL;
  g_autoptr (QdCohorts) signup = NULL;
  g_autoptr (QdCohorts) first_line = NULL;
  guint32 a = qd_book_builder_add_account (builder, "A", "A", NULL, qd_day_from_ymd (2023, 12, 5), FALSE);
  guint32 b = qd_book_builder_add_account (builder, "B", "B", NULL, QD_DAY_NONE, FALSE);
  guint32 c = qd_book_builder_add_account (builder, "C", "C", NULL, qd_day_from_ymd (2024, 1, 5), FALSE);

  qd_book_builder_add_line (builder, a, qd_day_from_ymd (2024, 1, 10), qd_day_from_ymd (2024, 2, 10), QD_DAY_NONE, 0, 1, 0,
                            QD_BOOK_NONE, TRUE, 1);
  qd_book_builder_add_line (builder, a, qd_day_from_ymd (2024, 2, 10), QD_DAY_FOREVER, QD_DAY_NONE, 500, 1, 0, QD_BOOK_NONE,
                            FALSE, 2);
  qd_book_builder_add_line (builder, b, qd_day_from_ymd (2024, 3, 10), QD_DAY_FOREVER, QD_DAY_NONE, 700, 1, 0, QD_BOOK_NONE,
                            FALSE, 3);
  /* C only ever tried. */
  qd_book_builder_add_line (builder, c, qd_day_from_ymd (2024, 1, 10), QD_DAY_FOREVER, QD_DAY_NONE, 0, 1, 0, QD_BOOK_NONE,
                            TRUE, 4);
  book = qd_book_builder_finish (builder);

  first_paid = compute (book, "", "month", NULL, "");
  g_assert_cmpuint (first_paid->cells->len, ==, 2 + 1);
  g_assert_cmpint (find (first_paid, "2024-02", 0)->mrr_start, ==, 500);

  /* B has no date of sign-up: its first paid month stands for it. */
  signup = compute (book, "cohort_month=signup", "month", NULL, "");
  g_assert_cmpuint (signup->cells->len, ==, 4 + 1);
  g_assert_cmpint (find (signup, "2023-12", 0)->mrr_start, ==, 0);
  g_assert_cmpuint (find (signup, "2023-12", 0)->accounts_retained, ==, 0);
  g_assert_cmpint (find (signup, "2023-12", 2)->mrr, ==, 500);
  g_assert_cmpuint (find (signup, "2023-12", 2)->accounts_retained, ==, 1);
  assert_undefined (find (signup, "2023-12", 2)->nrr);
  g_assert_cmpint (find (signup, "2024-03", 0)->mrr_start, ==, 700);

  first_line = compute (book, "cohort_month=first_line", "month", NULL, "");
  g_assert_cmpuint (first_line->cells->len, ==, 3 + 1);
  g_assert_cmpuint (find (first_line, "2024-01", 0)->accounts, ==, 1);
  g_assert_cmpint (find (first_line, "2024-01", 1)->mrr, ==, 500);
}

static void
test_filter (void)
{
  g_autoptr (QdBook) book = make_book ();
  g_autoptr (QdCohorts) cohorts = compute (book, "", "month", "2024-03", "segment=X");

  g_assert_cmpuint (cohorts->cells->len, ==, 3);
  g_assert_cmpint (find (cohorts, "2024-01", 2)->mrr, ==, 15000);
  g_assert_cmpuint (find (cohorts, "2024-01", 2)->accounts, ==, 1);
}

/* Random books: cohorts worked out a second time from the month-end states. */
static void
test_random (void)
{
  static const char *const periods[] = { "month", "quarter", "year" };
  static const int steps[] = { 1, 3, 12 };
  static const char *const choices[] = { "", "fx=month_end", "hierarchy=ultimate_parent free_accounts=included",
                                         "segment_at=period_start" };

  for (guint32 seed = 80; seed < 86; seed++)
    for (gsize p = 0; p < 3; p++)
      for (gsize c = 0; c < G_N_ELEMENTS (choices); c++)
        {
          g_autoptr (QdBook) book = make_random_book (seed, TRUE);
          /* Everybody is in a region: the filter only takes the other way through the ledger. */
          g_autoptr (QdScope) scope
              = make_scope (choices[c], periods[p], NULL, c == 3 ? "region=North region=South" : "");
          g_autoptr (QdLedger) ledger = make_ledger (book, scope);
          g_autoptr (QdCohorts) cohorts = qd_cohorts_compute (ledger, scope, NULL, NULL);
          QdMonth first = qd_ledger_get_first_month (ledger), last = qd_ledger_get_last_month (ledger);
          guint n_seen = 0;

          for (guint i = 0; i < cohorts->cells->len; i++)
            {
              const QdCohortCell *cell = &g_array_index (cohorts->cells, QdCohortCell, i);
              gint64 start = 0, level = 0, gross = 0;
              guint accounts = 0, retained = 0;

              for (guint32 customer = 0; customer < qd_ledger_get_n_customers (ledger); customer++)
                {
                  gint64 levels[200];
                  guint8 active[200];
                  int born = 0, at;

                  qd_ledger_get_months (ledger, customer, first, last, levels, active);
                  while (born <= last - first && !active[born])
                    born++;
                  if (born > last - first || first + born < cell->cohort || first + born >= cell->cohort + steps[p])
                    continue;
                  at = born + (int) cell->age * steps[p];
                  g_assert_cmpint (first + at, <=, last);
                  accounts++;
                  retained += active[at];
                  start += levels[born];
                  level += levels[at];
                  gross += MIN (levels[at], levels[born]);
                }
              g_assert_cmpuint (cell->accounts, ==, accounts);
              g_assert_cmpuint (cell->accounts_retained, ==, retained);
              g_assert_cmpint (cell->mrr_start, ==, start);
              g_assert_cmpint (cell->mrr, ==, level);
              g_assert_cmpint (cell->gross, ==, gross);
              n_seen += cell->age == 0 ? accounts : 0;
            }
          for (guint32 customer = 0; customer < qd_ledger_get_n_customers (ledger); customer++)
            {
              guint8 active[200];
              gboolean ever = FALSE;

              qd_ledger_get_months (ledger, customer, first, last, NULL, active);
              for (int i = 0; i <= last - first; i++)
                ever |= active[i];
              n_seen -= ever;
            }
          g_assert_cmpuint (n_seen, ==, 0);
        }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cohorts/months", test_months);
  g_test_add_func ("/cohorts/quarters", test_quarters);
  g_test_add_func ("/cohorts/cohort-month", test_cohort_month);
  g_test_add_func ("/cohorts/filter", test_filter);
  g_test_add_func ("/cohorts/random", test_random);
  return g_test_run ();
}
