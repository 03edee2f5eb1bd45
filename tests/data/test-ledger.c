/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "metrics-fixture.h"

#include <string.h>

/* "100 100! 0" for the months from @first: levels, with ! where a level of 0 is a customer. */
static char *
print_months (QdBook     *book,
              const char *choices,
              const char *account,
              const char *first,
              const char *last)
{
  g_autoptr (QdScope) scope = make_scope (choices, "month", NULL, "");
  g_autoptr (QdLedger) ledger = make_ledger (book, scope);
  QdMonth from = qd_month_parse_iso (first, -1), to = qd_month_parse_iso (last, -1);
  GString *text = g_string_new (NULL);
  gint64 level[64];
  guint8 active[64];

  for (guint32 customer = 0; customer < qd_ledger_get_n_customers (ledger); customer++)
    {
      if (strcmp (qd_book_get_account_id (book, qd_ledger_get_account (ledger, customer)), account) != 0)
        continue;
      qd_ledger_get_months (ledger, customer, from, to, level, active);
      for (int i = 0; i <= to - from; i++)
        {
          g_string_append_printf (text, "%s%" G_GINT64_FORMAT, i > 0 ? " " : "", level[i]);
          if ((level[i] > 0) != (active[i] != 0))
            g_string_append_c (text, '!');
        }
    }
  return g_string_free (text, FALSE);
}

#define assert_months(book, choices, account, first, last, expected) \
  G_STMT_START \
  { \
    g_autofree char *printed = print_months (book, choices, account, first, last); \
    g_assert_cmpstr (printed, ==, expected); \
  } \
  G_STMT_END

/* In force from the start to the day before the end; the last day of a month decides. */
static void
test_lines (void)
{
  Fixture *fixture = fixture_new ("USD");
  g_autoptr (QdBook) book = NULL;

  fixture_line (fixture, "A", "2024-01-31", "2024-03-31", 100, 1, FALSE, NULL, NULL);
  fixture_line (fixture, "B", "2024-02-01", "2024-03-01", 100, 1, FALSE, NULL, NULL);
  /* Back to back on the last day of a month. */
  fixture_line (fixture, "C", "2024-01-05", "2024-02-29", 100, 1, FALSE, NULL, NULL);
  fixture_line (fixture, "C", "2024-02-29", NULL, 130, 1, FALSE, NULL, NULL);
  /* Never in force. */
  fixture_line (fixture, "D", "2024-02-29", "2024-02-29", 100, 1, FALSE, NULL, NULL);
  fixture_line (fixture, "Z", "2024-04-01", NULL, 1, 1, FALSE, NULL, NULL);
  book = fixture_finish (fixture);

  assert_months (book, "", "A", "2023-12", "2024-04", "0 100 100 0 0");
  assert_months (book, "", "B", "2024-01", "2024-04", "0 100 0 0");
  assert_months (book, "", "C", "2024-01", "2024-04", "100 130 130 130");
  assert_months (book, "", "D", "2024-01", "2024-04", "0 0 0 0");

  assert_months (book, "end_date=inclusive", "A", "2023-12", "2024-04", "0 100 100 100 0");
  assert_months (book, "end_date=inclusive", "B", "2024-01", "2024-04", "0 100 0 0");
  assert_months (book, "end_date=inclusive", "C", "2024-01", "2024-04", "100 230 130 130");
  assert_months (book, "end_date=inclusive", "D", "2024-01", "2024-04", "0 100 0 0");
}

/* Each line is rounded once, half away from zero: three lines of 1,000 a year are 3 × 83.33, not 250. */
static void
test_rounding (void)
{
  Fixture *fixture = fixture_new ("USD");
  g_autoptr (QdBook) book = NULL;

  for (int i = 0; i < 3; i++)
    fixture_line (fixture, "A", "2024-01-01", NULL, 100000, 12, FALSE, NULL, NULL);
  fixture_line (fixture, "B", "2024-01-01", NULL, 5, 2, FALSE, NULL, NULL);
  /* Changes add up exactly before they are rounded: 10/3 + 10/3 − 20/3 is nothing. */
  fixture_event_full (fixture, "C", "2024-01-01", 10, 3, TRUE, FALSE, NULL, NULL);
  fixture_event_full (fixture, "C", "2024-02-01", 10, 3, TRUE, FALSE, NULL, NULL);
  fixture_event_full (fixture, "C", "2024-03-01", -20, 3, TRUE, FALSE, NULL, NULL);
  book = fixture_finish (fixture);

  assert_months (book, "", "A", "2024-01", "2024-01", "24999");
  assert_months (book, "", "B", "2024-01", "2024-01", "3");
  assert_months (book, "", "C", "2024-01", "2024-03", "3 7 0");
}

static void
test_trials_and_free (void)
{
  Fixture *fixture = fixture_new ("USD");
  g_autoptr (QdBook) book = NULL;

  fixture_line (fixture, "A", "2024-01-10", "2024-02-10", 0, 1, TRUE, NULL, NULL);
  fixture_line (fixture, "A", "2024-02-10", NULL, 100, 1, FALSE, NULL, NULL);
  fixture_line (fixture, "B", "2024-01-10", "2024-02-10", 50, 1, TRUE, NULL, NULL);
  fixture_line (fixture, "C", "2024-01-10", "2024-03-10", 0, 1, FALSE, NULL, NULL);
  fixture_snapshot (fixture, "D", "2024-01", 0, NULL);
  fixture_snapshot (fixture, "D", "2024-03", 70, NULL);
  /* A free sign-up, paid from February, gone in March. */
  fixture_event (fixture, "E", "2024-01-10", 0);
  fixture_event (fixture, "E", "2024-02-10", 80);
  fixture_event (fixture, "E", "2024-03-10", 0);
  book = fixture_finish (fixture);

  assert_months (book, "", "A", "2024-01", "2024-03", "0 100 100");
  assert_months (book, "", "B", "2024-01", "2024-03", "0 0 0");
  assert_months (book, "", "C", "2024-01", "2024-03", "0 0 0");
  assert_months (book, "", "D", "2024-01", "2024-03", "0 0 70");
  assert_months (book, "", "E", "2024-01", "2024-03", "0 80 0");

  assert_months (book, "trials=included", "A", "2024-01", "2024-03", "0! 100 100");
  assert_months (book, "trials=included", "B", "2024-01", "2024-03", "50 0 0");
  assert_months (book, "trials=included", "C", "2024-01", "2024-03", "0 0 0");

  assert_months (book, "free_accounts=included", "A", "2024-01", "2024-03", "0 100 100");
  assert_months (book, "free_accounts=included", "C", "2024-01", "2024-03", "0! 0! 0");
  assert_months (book, "free_accounts=included", "D", "2024-01", "2024-03", "0! 0 70");
  assert_months (book, "free_accounts=included", "E", "2024-01", "2024-03", "0! 80 0");
}

static void
test_events (void)
{
  Fixture *fixture = fixture_new ("USD");
  g_autoptr (QdBook) book = NULL;

  /* Ties on a day: the order of the file. */
  fixture_event (fixture, "A", "2024-01-10", 100);
  fixture_event (fixture, "A", "2024-01-10", 300);
  fixture_event (fixture, "A", "2024-01-10", 200);
  /* Changes add up; a level in between sets. */
  fixture_event_full (fixture, "B", "2024-01-10", 100, 1, TRUE, FALSE, NULL, NULL);
  fixture_event_full (fixture, "B", "2024-02-10", 50, 1, TRUE, FALSE, NULL, NULL);
  fixture_event_full (fixture, "B", "2024-03-10", -30, 1, TRUE, FALSE, NULL, NULL);
  /* Levels of products stand beside one another, those of the account replace. */
  fixture_event_full (fixture, "C", "2024-01-10", 100, 1, FALSE, TRUE, "Core", NULL);
  fixture_event_full (fixture, "C", "2024-02-10", 40, 1, FALSE, TRUE, "Plus", NULL);
  fixture_event_full (fixture, "C", "2024-03-10", 0, 1, FALSE, TRUE, "Core", NULL);
  fixture_event_full (fixture, "D", "2024-01-10", 100, 1, FALSE, FALSE, "Core", NULL);
  fixture_event_full (fixture, "D", "2024-02-10", 40, 1, FALSE, FALSE, "Plus", NULL);
  book = fixture_finish (fixture);

  assert_months (book, "", "A", "2024-01", "2024-02", "200 200");
  assert_months (book, "", "B", "2024-01", "2024-03", "100 150 120");
  assert_months (book, "", "C", "2024-01", "2024-03", "100 140 40");
  assert_months (book, "", "D", "2024-01", "2024-03", "100 40 40");
  {
    g_autoptr (QdScope) scope = make_scope ("", "month", NULL, "");

    g_assert_cmpint (get_movement (book, scope, "product", "Core", "2024-02").closing, ==, 100);
    g_assert_cmpint (get_movement (book, scope, "product", "Plus", "2024-02").closing, ==, 80);
  }
}

/* A yen has no decimals, a dinar three; the rate of the earliest month holds for all. */
static void
test_currencies (void)
{
  Fixture *fixture = fixture_new ("USD");
  g_autoptr (QdBook) book = NULL;

  fixture_rate (fixture, "JPY", "2024-01", 69, 4);
  fixture_rate (fixture, "JPY", "2024-02", 71, 4);
  fixture_rate (fixture, "KWD", "2024-01", 325, 2);
  fixture_line (fixture, "A", "2024-01-01", NULL, 12345, 1, FALSE, NULL, "JPY");
  fixture_line (fixture, "B", "2024-01-01", NULL, 12345, 1, FALSE, NULL, "KWD");
  /* An account in two currencies; the second level replaces the first. */
  fixture_event_full (fixture, "C", "2024-01-01", 1000, 1, FALSE, FALSE, NULL, "JPY");
  fixture_event_full (fixture, "C", "2024-02-01", 500, 1, FALSE, FALSE, NULL, NULL);
  book = fixture_finish (fixture);

  /* 12345 × 0.0069 = 85.1805; 12.345 × 3.25 = 40.12125; 1000 × 0.0069 = 6.90. */
  assert_months (book, "", "A", "2024-01", "2024-02", "8518 8518");
  assert_months (book, "", "B", "2024-01", "2024-02", "4012 4012");
  assert_months (book, "", "C", "2024-01", "2024-02", "690 500");
  /* 12345 × 0.0071 = 87.6495. The dinar keeps the last rate there is. */
  assert_months (book, "fx=month_end", "A", "2024-01", "2024-02", "8518 8765");
  assert_months (book, "fx=month_end", "B", "2024-01", "2024-02", "4012 4012");
  assert_months (book, "fx=month_end", "C", "2024-01", "2024-02", "690 500");
}

static void
test_refusals (void)
{
  Fixture *fixture = fixture_new ("USD");
  static const char *const nettings[] = { "netting=day", "netting=quarter" };

  fixture_snapshot (fixture, "A", "2024-01", 100, NULL);
  {
    g_autoptr (QdBook) book = fixture_finish (fixture);
    g_autoptr (QdScope) plain = make_scope ("", "month", NULL, "");
    g_autoptr (QdLedger) ledger = make_ledger (book, plain);

    for (gsize i = 0; i < G_N_ELEMENTS (nettings); i++)
      {
        g_autoptr (QdScope) scope = make_scope (nettings[i], "quarter", NULL, "");
        g_autoptr (GError) error = NULL;

        g_assert_false (qd_ledger_matches (ledger, book, scope->profile));
        g_assert_null (qd_ledger_new (book, scope->profile, NULL, &error));
        g_assert_error (error, QD_METRIC_ERROR, QD_METRIC_ERROR_UNSUITABLE);
        g_assert_nonnull (strstr (error->message, "netting=month"));
      }
  }
  fixture = fixture_new ("USD");
  fixture_line (fixture, "A", "2024-01-01", NULL, 100, 1, FALSE, NULL, "EUR");
  {
    g_autoptr (QdBook) book = fixture_finish (fixture);
    g_autoptr (QdScope) scope = make_scope ("", "month", NULL, "");
    g_autoptr (GError) error = NULL;

    g_assert_null (qd_ledger_new (book, scope->profile, NULL, &error));
    g_assert_error (error, QD_METRIC_ERROR, QD_METRIC_ERROR_NO_RATE);
    g_assert_nonnull (strstr (error->message, "EUR"));
  }
  fixture = fixture_new ("USD");
  fixture_line (fixture, "Big", "2024-01-01", NULL, G_MAXINT64, 1, FALSE, NULL, NULL);
  fixture_line (fixture, "Big", "2024-01-01", NULL, G_MAXINT64, 1, FALSE, NULL, NULL);
  {
    g_autoptr (QdBook) book = fixture_finish (fixture);
    g_autoptr (QdScope) scope = make_scope ("", "month", NULL, "");
    g_autoptr (GError) error = NULL;

    g_assert_null (qd_ledger_new (book, scope->profile, NULL, &error));
    g_assert_error (error, QD_METRIC_ERROR, QD_METRIC_ERROR_RANGE);
    g_assert_nonnull (strstr (error->message, "Big"));
  }
  fixture = fixture_new ("USD");
  for (int i = 0; i < 3; i++)
    {
      g_autofree char *id = g_strdup_printf ("A%d", i);

      fixture_event (fixture, id, "2024-01-01", G_MAXINT64 / 100);
    }
  {
    g_autoptr (QdBook) book = fixture_finish (fixture);
    g_autoptr (QdScope) scope = make_scope ("", "month", NULL, "");
    g_autoptr (GError) error = NULL;

    g_assert_null (qd_ledger_new (book, scope->profile, NULL, &error));
    g_assert_error (error, QD_METRIC_ERROR, QD_METRIC_ERROR_RANGE);
  }
}

static void
test_cancel (void)
{
  g_autoptr (QdBook) book = make_random_book (1, FALSE);
  g_autoptr (QdScope) scope = make_scope ("", "month", NULL, "");
  g_autoptr (QdLedger) ledger = make_ledger (book, scope);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (QdJob) job = qd_job_new ("Test", cancellable);
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (qd_ledger_new (book, scope->profile, job, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_null (qd_movements_compute (ledger, scope, NULL, job, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_null (qd_figure_explain (ledger, scope, "nrr", job, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Which profiles one ledger serves. */
static void
test_matches (void)
{
  static const char *const same[] = { "", "period_form=flow", "segment_at=period_start", "netting=day", "logo_base=start_new",
                                      "first_month=opening", "won_and_lost=counted", "cohort_month=signup" };
  static const char *const other[] = { "end_date=inclusive", "free_accounts=included", "trials=included", "fx=month_end",
                                       "hierarchy=ultimate_parent" };
  g_autoptr (QdBook) book = make_random_book (1, FALSE);
  g_autoptr (QdBook) book2 = make_random_book (1, FALSE);
  g_autoptr (QdScope) plain = make_scope ("", "month", NULL, "");
  g_autoptr (QdLedger) ledger = make_ledger (book, plain);

  g_assert_false (qd_ledger_matches (ledger, book2, plain->profile));
  for (gsize i = 0; i < G_N_ELEMENTS (same); i++)
    {
      g_autoptr (QdScope) scope = make_scope (same[i], "month", NULL, "");

      g_assert_true (qd_ledger_matches (ledger, book, scope->profile));
    }
  for (gsize i = 0; i < G_N_ELEMENTS (other); i++)
    {
      g_autoptr (QdScope) scope = make_scope (other[i], "month", NULL, "");

      g_assert_false (qd_ledger_matches (ledger, book, scope->profile));
    }
}

/* A book without revenue is no reason to fall over. */
static void
test_empty (void)
{
  Fixture *fixture = fixture_new ("USD");
  g_autoptr (QdBook) book = NULL;
  g_autoptr (QdScope) scope = make_scope ("", "month", NULL, "");
  g_autoptr (QdLedger) ledger = NULL;
  g_autoptr (GError) error = NULL;
  guint n;

  fixture_account (fixture, "A", NULL);
  book = fixture_finish (fixture);
  ledger = make_ledger (book, scope);
  g_assert_cmpuint (qd_ledger_get_n_customers (ledger), ==, 1);
  qd_ledger_get_changes (ledger, 0, &n);
  g_assert_cmpuint (n, ==, 0);
  g_assert_null (qd_ledger_to_table (ledger, scope, NULL, &error));
  g_assert_error (error, QD_METRIC_ERROR, QD_METRIC_ERROR_RANGE);
}

static char *
print_ledger (QdBook     *book,
              const char *choices)
{
  g_autoptr (QdScope) scope = make_scope (choices, "month", NULL, "");
  g_autoptr (QdLedger) ledger = make_ledger (book, scope);
  g_autoptr (QdTable) table = qd_ledger_to_table (ledger, scope, NULL, NULL);
  GString *text = g_string_new (NULL);

  qd_table_write_csv (table, text);
  return g_string_free (text, FALSE);
}

/* The same random history as lines, as levels, as changes and as snapshots, in whole cents, dollars and dinars. */
static void
test_three_forms (void)
{
  static const char *const choices[] = { "", "free_accounts=excluded fx=month_end", "end_date=inclusive" };

  for (guint32 seed = 1; seed <= 20; seed++)
    {
      g_autoptr (GRand) random = g_rand_new_with_seed (seed);
      Fixture *fixtures[4];
      QdBook *books[4];

      for (int form = 0; form < 4; form++)
        {
          fixtures[form] = fixture_new ("USD");
          for (int i = 0; i < 24; i++)
            {
              g_autofree char *month = qd_month_to_iso (qd_month_from_ym (2023, 1) + i);

              fixture_rate (fixtures[form], "KWD", month, 3250 + i, 3);
            }
        }
      for (int a = 0; a < 30; a++)
        {
          g_autofree char *id = g_strdup_printf ("A%02d", a);
          const char *currency = a % 3 == 0 ? "KWD" : NULL;
          QdDay day = qd_day_from_ymd (2023, 1, 1) + g_rand_int_range (random, 0, 300);
          gint64 before = 0;

          while (day < qd_day_from_ymd (2024, 12, 1))
            {
              gint64 level = before > 0 && g_rand_int_range (random, 0, 4) == 0 ? 0 : g_rand_int_range (random, 1, 90000);
              QdDay next = day + g_rand_int_range (random, 1, 150);
              g_autofree char *start = qd_day_to_iso (day);
              g_autofree char *end = qd_day_to_iso (next);

              if (next >= qd_day_from_ymd (2024, 12, 1))
                g_clear_pointer (&end, g_free);
              if (level > 0)
                fixture_line (fixtures[0], id, start, end, level, 1, FALSE, NULL, currency);
              fixture_event_full (fixtures[1], id, start, level, 1, FALSE, FALSE, NULL, currency);
              if (level != before)
                fixture_event_full (fixtures[2], id, start, level - before, 1, TRUE, FALSE, NULL, currency);
              for (QdMonth m = qd_day_get_month (day); m <= qd_month_from_ym (2024, 12); m++)
                if (currency == NULL && level > 0 && qd_month_last_day (m) >= day
                    && (end == NULL || qd_month_last_day (m) < next))
                  {
                    g_autofree char *month = qd_month_to_iso (m);

                    fixture_snapshot (fixtures[3], id, month, level, NULL);
                  }
              before = level;
              day = next;
            }
        }
      /* All end in the same month. */
      for (int form = 0; form < 3; form++)
        fixture_event (fixtures[form], "Z", "2024-12-01", 1);
      fixture_snapshot (fixtures[3], "Z", "2024-12", 1, NULL);

      for (int form = 0; form < 4; form++)
        books[form] = fixture_finish (fixtures[form]);
      for (gsize c = 0; c < G_N_ELEMENTS (choices); c++)
        {
          g_autofree char *lines = print_ledger (books[0], choices[c]);
          g_autofree char *levels = print_ledger (books[1], choices[c]);
          g_autofree char *changes = print_ledger (books[2], choices[c]);

          g_assert_cmpuint (strlen (lines), >, 5000);
          g_assert_cmpstr (lines, ==, levels);
          g_assert_cmpstr (lines, ==, changes);
        }
      /* Snapshots know no days and here no dinars: month ends of the accounts in dollars. */
      for (int a = 0; a < 30; a++)
        if (a % 3 != 0)
          {
            g_autofree char *id = g_strdup_printf ("A%02d", a);
            g_autofree char *lines = print_months (books[0], "", id, "2023-01", "2024-12");

            assert_months (books[3], "", id, "2023-01", "2024-12", lines);
          }
      for (int form = 0; form < 4; form++)
        qd_book_unref (books[form]);
    }
}

/* The table has one row for each month end at which somebody is a customer. */
static void
test_table (void)
{
  Fixture *fixture = fixture_new ("JPY");
  g_autoptr (QdBook) book = NULL;
  g_autoptr (QdScope) scope = make_scope ("", "month", NULL, "segment=X");
  g_autoptr (QdLedger) ledger = NULL;
  g_autoptr (QdTable) table = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  fixture_value (fixture, "B", "segment", NULL, "X");
  fixture_value (fixture, "A", "segment", NULL, "Y");
  fixture_event (fixture, "B", "2024-01-10", 100);
  fixture_event (fixture, "B", "2024-03-10", 0);
  fixture_event (fixture, "A", "2024-01-10", 100);
  book = fixture_finish (fixture);
  ledger = make_ledger (book, scope);
  table = qd_ledger_to_table (ledger, scope, NULL, NULL);
  qd_table_write_csv (table, text);
  g_assert_cmpstr (text->str, ==, "account,name,month,mrr\nB,Name of B,2024-01,100\nB,Name of B,2024-02,100\n");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ledger/lines", test_lines);
  g_test_add_func ("/ledger/rounding", test_rounding);
  g_test_add_func ("/ledger/trials-and-free", test_trials_and_free);
  g_test_add_func ("/ledger/events", test_events);
  g_test_add_func ("/ledger/currencies", test_currencies);
  g_test_add_func ("/ledger/refusals", test_refusals);
  g_test_add_func ("/ledger/cancel", test_cancel);
  g_test_add_func ("/ledger/matches", test_matches);
  g_test_add_func ("/ledger/empty", test_empty);
  g_test_add_func ("/ledger/three-forms", test_three_forms);
  g_test_add_func ("/ledger/table", test_table);
  return g_test_run ();
}
