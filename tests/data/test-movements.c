/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "metrics-fixture.h"

#include <string.h>

/* Two accounts over a year and a half, worked out by hand:
 * A: 100 from 15 Jan, 150 on 20 Mar, gone on 10 May, back with 80 on 5 Aug.
 * B: 200 from 31 Jan, 120 on 30 Jun. */
static QdBook *
make_plain_book (void)
{
  Fixture *fixture = fixture_new ("USD");

  fixture_event (fixture, "A", "2024-01-15", 10000);
  fixture_event (fixture, "A", "2024-03-20", 15000);
  fixture_event (fixture, "A", "2024-05-10", 0);
  fixture_event (fixture, "A", "2024-08-05", 8000);
  fixture_event (fixture, "B", "2024-01-31", 20000);
  fixture_event (fixture, "B", "2024-06-30", 12000);
  return fixture_finish (fixture);
}

static void
test_kinds (void)
{
  g_autoptr (QdBook) book = make_plain_book ();
  g_autoptr (QdScope) scope = make_scope ("", "month", NULL, "");
  QdMovement row;

  row = get_movement (book, scope, NULL, NULL, "2024-01");
  g_assert_cmpint (row.opening, ==, 0);
  g_assert_cmpint (row.new_business, ==, 30000);
  g_assert_cmpuint (row.customers_new, ==, 2);
  g_assert_cmpint (row.closing, ==, 30000);

  row = get_movement (book, scope, NULL, NULL, "2024-03");
  g_assert_cmpint (row.expansion, ==, 5000);
  g_assert_cmpuint (row.customers_expanded, ==, 1);

  row = get_movement (book, scope, NULL, NULL, "2024-05");
  g_assert_cmpint (row.churn, ==, 15000);
  g_assert_cmpuint (row.customers_churned, ==, 1);
  g_assert_cmpuint (row.customers_opening, ==, 2);
  g_assert_cmpuint (row.customers_closing, ==, 1);

  row = get_movement (book, scope, NULL, NULL, "2024-06");
  g_assert_cmpint (row.contraction, ==, 8000);
  g_assert_cmpuint (row.customers_contracted, ==, 1);

  row = get_movement (book, scope, NULL, NULL, "2024-08");
  g_assert_cmpint (row.reactivation, ==, 8000);
  g_assert_cmpint (row.new_business, ==, 0);
  g_assert_cmpuint (row.customers_reactivated, ==, 1);
  g_assert_cmpint (row.closing, ==, 20000);
}

/* A window of several months sums its months; open buckets end at as-of. */
static void
test_windows (void)
{
  g_autoptr (QdBook) book = make_plain_book ();
  g_autoptr (QdScope) quarters = make_scope ("", "quarter", NULL, "");
  g_autoptr (QdScope) six = make_scope ("", "6", NULL, "");
  QdMovement row;

  row = get_movement (book, quarters, NULL, NULL, "2024-06");
  g_assert_cmpint (row.opening, ==, 35000);
  g_assert_cmpint (row.contraction, ==, 8000);
  g_assert_cmpint (row.churn, ==, 15000);
  g_assert_cmpint (row.closing, ==, 12000);
  g_assert_false (row.window.open);

  row = get_movement (book, quarters, NULL, NULL, "2024-08");
  g_assert_true (row.window.open);
  g_assert_cmpint (row.reactivation, ==, 8000);

  row = get_movement (book, six, NULL, NULL, "2024-08");
  g_assert_cmpint (row.opening, ==, 30000);
  g_assert_cmpint (row.expansion, ==, 5000);
  g_assert_cmpint (row.churn, ==, 15000);
  g_assert_cmpint (row.contraction, ==, 8000);
  g_assert_cmpint (row.reactivation, ==, 8000);
  g_assert_cmpint (row.closing, ==, 20000);

  row = get_movement (book, six, NULL, NULL, "2024-02");
  g_assert_cmpint (row.opening, ==, 0);
  g_assert_cmpint (row.closing, ==, 30000);
}

/* Up by 50 and down by 20 in March; gone and back in April; won and lost in May. */
static QdBook *
make_restless_book (void)
{
  Fixture *fixture = fixture_new ("USD");

  fixture_event (fixture, "A", "2024-01-01", 10000);
  fixture_event (fixture, "A", "2024-03-05", 15000);
  fixture_event (fixture, "A", "2024-03-25", 13000);
  fixture_event (fixture, "A", "2024-04-02", 0);
  fixture_event (fixture, "A", "2024-04-20", 13000);
  fixture_event (fixture, "B", "2024-05-03", 4000);
  fixture_event (fixture, "B", "2024-05-05", 6000);
  fixture_event (fixture, "B", "2024-05-20", 0);
  fixture_event (fixture, "B", "2024-07-20", 5000);
  fixture_event (fixture, "C", "2024-08-01", 100);
  return fixture_finish (fixture);
}

static void
test_netting (void)
{
  g_autoptr (QdBook) book = make_restless_book ();
  g_autoptr (QdScope) month = make_scope ("", "month", NULL, "");
  g_autoptr (QdScope) day = make_scope ("netting=day", "month", NULL, "");
  g_autoptr (QdScope) quarter = make_scope ("netting=quarter", "quarter", NULL, "");
  QdMovement row;

  row = get_movement (book, month, NULL, NULL, "2024-03");
  g_assert_cmpint (row.expansion, ==, 3000);
  g_assert_cmpint (row.contraction, ==, 0);
  row = get_movement (book, day, NULL, NULL, "2024-03");
  g_assert_cmpint (row.expansion, ==, 5000);
  g_assert_cmpint (row.contraction, ==, 2000);

  row = get_movement (book, month, NULL, NULL, "2024-04");
  g_assert_cmpint (row.churn, ==, 0);
  row = get_movement (book, day, NULL, NULL, "2024-04");
  g_assert_cmpint (row.churn, ==, 13000);
  g_assert_cmpint (row.reactivation, ==, 13000);

  row = get_movement (book, month, NULL, NULL, "2024-05");
  g_assert_cmpint (row.new_business, ==, 0);
  row = get_movement (book, day, NULL, NULL, "2024-05");
  g_assert_cmpint (row.new_business, ==, 4000);
  g_assert_cmpint (row.expansion, ==, 2000);
  g_assert_cmpint (row.churn, ==, 6000);

  /* By month B had never been a customer in July; by day it had. */
  row = get_movement (book, month, NULL, NULL, "2024-07");
  g_assert_cmpint (row.new_business, ==, 5000);
  row = get_movement (book, day, NULL, NULL, "2024-07");
  g_assert_cmpint (row.reactivation, ==, 5000);

  row = get_movement (book, quarter, NULL, NULL, "2024-03");
  g_assert_cmpint (row.new_business, ==, 13000);
  g_assert_cmpint (row.expansion, ==, 0);
  row = get_movement (book, quarter, NULL, NULL, "2024-06");
  g_assert_cmpint (row.opening, ==, 13000);
  g_assert_cmpint (row.closing, ==, 13000);
  g_assert_cmpint (row.churn + row.new_business + row.reactivation, ==, 0);
}

static void
test_won_and_lost (void)
{
  g_autoptr (QdBook) book = make_restless_book ();
  g_autoptr (QdScope) scope = make_scope ("won_and_lost=counted", "month", NULL, "");
  QdMovement row = get_movement (book, scope, NULL, NULL, "2024-05");

  g_assert_cmpint (row.new_business, ==, 4000);
  g_assert_cmpint (row.churn, ==, 4000);
  g_assert_cmpuint (row.customers_new, ==, 1);
  g_assert_cmpuint (row.customers_churned, ==, 1);
  g_assert_cmpint (row.closing, ==, 13000);
  /* It has been counted as new, so it returns. */
  row = get_movement (book, scope, NULL, NULL, "2024-07");
  g_assert_cmpint (row.reactivation, ==, 5000);
  g_assert_cmpint (row.new_business, ==, 0);
}

static void
test_first_month (void)
{
  g_autoptr (QdBook) book = make_plain_book ();
  g_autoptr (QdScope) scope = make_scope ("first_month=opening", "month", NULL, "");
  g_autoptr (QdScope) day = make_scope ("first_month=opening netting=day", "month", NULL, "");
  QdMovement row;

  row = get_movement (book, scope, NULL, NULL, "2024-01");
  g_assert_cmpint (row.opening, ==, 30000);
  g_assert_cmpint (row.new_business, ==, 0);
  g_assert_cmpint (row.closing, ==, 30000);
  g_assert_cmpuint (row.customers_opening, ==, 2);
  row = get_movement (book, day, NULL, NULL, "2024-01");
  g_assert_cmpint (row.opening, ==, 30000);
  g_assert_cmpint (row.new_business, ==, 0);
  row = get_movement (book, scope, NULL, NULL, "2024-08");
  g_assert_cmpint (row.reactivation, ==, 8000);
}

/* EUR 100.00 from January at 1.10, February 1.20, March 1.15; up to EUR 130.00 in March. */
static void
test_fx (void)
{
  Fixture *fixture = fixture_new ("USD");
  g_autoptr (QdBook) book = NULL;
  g_autoptr (QdScope) constant = make_scope ("", "month", NULL, "");
  g_autoptr (QdScope) month_end = make_scope ("fx=month_end", "month", NULL, "");
  g_autoptr (QdScope) quarter = make_scope ("fx=month_end", "3", NULL, "");
  QdMovement row;
  QdRetention kept;

  fixture_rate (fixture, "EUR", "2024-01", 110, 2);
  fixture_rate (fixture, "EUR", "2024-02", 120, 2);
  fixture_rate (fixture, "EUR", "2024-03", 115, 2);
  fixture_event_full (fixture, "A", "2024-01-10", 10000, 1, FALSE, FALSE, NULL, "EUR");
  fixture_event_full (fixture, "A", "2024-03-10", 13000, 1, FALSE, FALSE, NULL, "EUR");
  book = fixture_finish (fixture);

  row = get_movement (book, constant, NULL, NULL, "2024-03");
  g_assert_cmpint (row.opening, ==, 11000);
  g_assert_cmpint (row.expansion, ==, 3300);
  g_assert_cmpint (row.closing, ==, 14300);
  g_assert_cmpint (row.fx, ==, 0);

  row = get_movement (book, month_end, NULL, NULL, "2024-02");
  g_assert_cmpint (row.opening, ==, 11000);
  g_assert_cmpint (row.fx, ==, 1000);
  g_assert_cmpint (row.expansion, ==, 0);
  g_assert_cmpuint (row.customers_expanded, ==, 0);
  g_assert_cmpint (row.closing, ==, 12000);
  row = get_movement (book, month_end, NULL, NULL, "2024-03");
  g_assert_cmpint (row.fx, ==, -500);
  g_assert_cmpint (row.expansion, ==, 3450);
  g_assert_cmpint (row.closing, ==, 14950);
  row = get_movement (book, quarter, NULL, NULL, "2024-03");
  g_assert_cmpint (row.new_business, ==, 11000);
  g_assert_cmpint (row.fx, ==, 500);
  g_assert_cmpint (row.closing, ==, 14950);

  /* Retention from point to point includes the rates. */
  kept = get_retention (book, month_end, NULL, NULL, "2024-02");
  assert_rate (kept.nrr, 12.0 / 11.0);
}

/* A moves from SMB to Mid on 20 March while it grows from 100 to 150. */
static void
test_segment_at (void)
{
  Fixture *fixture = fixture_new ("USD");
  g_autoptr (QdBook) book = NULL;
  g_autoptr (QdScope) now = make_scope ("", "month", NULL, "");
  g_autoptr (QdScope) then = make_scope ("segment_at=period_start", "month", NULL, "");
  g_autoptr (QdScope) filtered = make_scope ("segment_at=period_start", "month", NULL, "segment=Mid");
  QdMovement row;

  fixture_value (fixture, "A", "segment", NULL, "SMB");
  fixture_value (fixture, "A", "segment", "2024-03-20", "Mid");
  fixture_value (fixture, "B", "segment", NULL, "Mid");
  fixture_event (fixture, "A", "2024-01-15", 10000);
  fixture_event (fixture, "A", "2024-03-25", 15000);
  fixture_event (fixture, "B", "2024-01-15", 7000);
  fixture_event (fixture, "B", "2024-05-15", 7100);
  book = fixture_finish (fixture);

  row = get_movement (book, now, "segment", "Mid", "2024-03");
  g_assert_cmpint (row.opening, ==, 17000);
  g_assert_cmpint (row.expansion, ==, 5000);

  row = get_movement (book, then, "segment", "SMB", "2024-03");
  g_assert_cmpint (row.opening, ==, 10000);
  g_assert_cmpint (row.expansion, ==, 5000);
  g_assert_cmpint (row.closing, ==, 15000);
  row = get_movement (book, then, "segment", "SMB", "2024-04");
  g_assert_cmpint (row.opening, ==, 15000);
  g_assert_cmpint (row.transfer_out, ==, 15000);
  g_assert_cmpint (row.closing, ==, 0);
  row = get_movement (book, then, "segment", "Mid", "2024-04");
  g_assert_cmpint (row.opening, ==, 7000);
  g_assert_cmpint (row.transfer_in, ==, 15000);
  g_assert_cmpint (row.closing, ==, 22000);
  row = get_movement (book, filtered, NULL, NULL, "2024-04");
  g_assert_cmpint (row.transfer_in, ==, 15000);
  g_assert_cmpint (row.closing, ==, 22000);
}

/* C has parent B, whose parent is A. */
static void
test_hierarchy (void)
{
  Fixture *fixture = fixture_new ("USD");
  g_autoptr (QdBook) book = NULL;
  g_autoptr (QdScope) each = make_scope ("", "month", NULL, "");
  g_autoptr (QdScope) rolled = make_scope ("hierarchy=ultimate_parent", "month", NULL, "");
  g_autoptr (QdScope) filtered = make_scope ("hierarchy=ultimate_parent", "month", NULL, "segment=Top");
  QdMovement row;

  fixture_account (fixture, "A", NULL);
  fixture_account (fixture, "B", "A");
  fixture_account (fixture, "C", "B");
  fixture_value (fixture, "A", "segment", NULL, "Top");
  fixture_value (fixture, "C", "segment", NULL, "Bottom");
  fixture_event (fixture, "B", "2024-01-15", 10000);
  fixture_event (fixture, "C", "2024-02-15", 5000);
  fixture_event (fixture, "B", "2024-03-15", 0);
  book = fixture_finish (fixture);

  row = get_movement (book, each, NULL, NULL, "2024-02");
  g_assert_cmpint (row.new_business, ==, 5000);
  row = get_movement (book, each, NULL, NULL, "2024-03");
  g_assert_cmpint (row.churn, ==, 10000);

  row = get_movement (book, rolled, NULL, NULL, "2024-02");
  g_assert_cmpint (row.new_business, ==, 0);
  g_assert_cmpint (row.expansion, ==, 5000);
  g_assert_cmpuint (row.customers_closing, ==, 1);
  row = get_movement (book, rolled, NULL, NULL, "2024-03");
  g_assert_cmpint (row.churn, ==, 0);
  g_assert_cmpint (row.contraction, ==, 10000);
  row = get_movement (book, filtered, NULL, NULL, "2024-03");
  g_assert_cmpint (row.closing, ==, 5000);
}

/* Kinds are the account's: a second product is expansion, the last one lost is churn. */
static void
test_products (void)
{
  Fixture *fixture = fixture_new ("USD");
  g_autoptr (QdBook) book = NULL;
  g_autoptr (QdScope) scope = make_scope ("", "month", NULL, "");
  g_autoptr (QdScope) filtered = make_scope ("", "month", NULL, "product=Plus");
  QdMovement row;

  fixture_line (fixture, "A", "2024-01-10", "2024-04-10", 10000, 1, FALSE, "Core", NULL);
  fixture_line (fixture, "A", "2024-02-10", "2024-05-10", 3000, 1, FALSE, "Plus", NULL);
  fixture_line (fixture, "B", "2024-05-10", NULL, 3000, 1, FALSE, NULL, NULL);
  book = fixture_finish (fixture);

  row = get_movement (book, scope, "product", "Core", "2024-01");
  g_assert_cmpint (row.new_business, ==, 10000);
  row = get_movement (book, scope, "product", "Plus", "2024-02");
  g_assert_cmpint (row.new_business, ==, 0);
  g_assert_cmpint (row.expansion, ==, 3000);
  row = get_movement (book, filtered, NULL, NULL, "2024-02");
  g_assert_cmpint (row.expansion, ==, 3000);
  g_assert_cmpint (row.closing, ==, 3000);
  row = get_movement (book, scope, "product", "Core", "2024-04");
  g_assert_cmpint (row.contraction, ==, 10000);
  g_assert_cmpint (row.churn, ==, 0);
  row = get_movement (book, scope, "product", "Plus", "2024-05");
  g_assert_cmpint (row.churn, ==, 3000);
  row = get_movement (book, scope, "product", "", "2024-05");
  g_assert_cmpint (row.new_business, ==, 3000);
}

static void
test_unknown (void)
{
  g_autoptr (QdBook) book = make_plain_book ();
  static const struct
  {
    const char *where, *by, *named;
  } cases[] = {
    { "", "sector", "segment" },
    { "sector=A", NULL, "sector" },
    { "segment=Huge", NULL, "Huge" },
    { "product=Huge", NULL, "Huge" },
    { "segment", NULL, "DIMENSION=VALUE" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (QdScope) scope = make_scope ("", "month", NULL, cases[i].where);
      g_autoptr (QdLedger) ledger = make_ledger (book, scope);
      g_autoptr (GError) error = NULL;

      g_assert_null (qd_movements_compute (ledger, scope, cases[i].by, NULL, &error));
      g_assert_error (error, QD_METRIC_ERROR, QD_METRIC_ERROR_UNKNOWN);
      g_assert_nonnull (strstr (error->message, cases[i].named));
    }
}

static const char *const choices[] = {
  "",
  "netting=day",
  "netting=quarter",
  "won_and_lost=counted",
  "won_and_lost=counted netting=quarter",
  "fx=month_end",
  "fx=month_end netting=day",
  "fx=month_end netting=quarter won_and_lost=counted",
  "segment_at=period_start",
  "segment_at=period_start netting=day fx=month_end",
  "segment_at=period_start netting=quarter",
  "first_month=opening",
  "first_month=opening segment_at=period_start fx=month_end",
  "hierarchy=ultimate_parent trials=included",
  "free_accounts=included",
  "free_accounts=included trials=included end_date=inclusive netting=day won_and_lost=counted",
  "hierarchy=ultimate_parent fx=month_end segment_at=period_start free_accounts=included",
};

static const char *const periods[] = { "3", "ttm", "quarter", "year", "4" };

/* Opening + flows = closing in each row, groups add up to the whole, and one row's closing is the next one's opening. */
static void
test_random (void)
{
  static const char *const dimensions[] = { "segment", "region", "product" };

  for (guint seed = 1; seed <= 12; seed++)
    for (gsize c = 0; c < G_N_ELEMENTS (choices); c++)
      {
        gboolean snapshots = seed % 2 == 0 && strstr (choices[c], "netting") == NULL;
        g_autoptr (QdBook) book = make_random_book (seed, snapshots);
        g_autoptr (QdScope) scope = make_scope (choices[c], periods[(seed + c) % 5], NULL, "");
        g_autoptr (QdLedger) ledger = NULL;
        g_autoptr (QdMovements) whole = NULL;
        g_autoptr (GError) error = NULL;

        if (c % 2 == 0 && strstr (choices[c], "netting=quarter") == NULL)
          scope->period = (QdPeriod){ QD_PERIOD_MONTHS, 1 };
        ledger = make_ledger (book, scope);
        whole = qd_movements_compute (ledger, scope, NULL, NULL, &error);
        g_assert_no_error (error);
        for (guint i = 0; i < whole->rows->len; i++)
          {
            const QdMovement *row = &g_array_index (whole->rows, QdMovement, i);

            assert_identity (row);
            g_assert_cmpint (row->transfer_in, ==, 0);
            g_assert_cmpuint (row->customers_closing, ==,
                              row->customers_opening + row->customers_new + row->customers_reactivated
                                  - row->customers_churned);
            if (scope->profile->fx == QD_FX_CONSTANT)
              g_assert_cmpint (row->fx, ==, 0);
            if (i > 0 && (scope->period.kind != QD_PERIOD_MONTHS || scope->period.months == 1))
              g_assert_cmpint (row->opening, ==, g_array_index (whole->rows, QdMovement, i - 1).closing);
          }
        for (gsize d = 0; d < G_N_ELEMENTS (dimensions); d++)
          {
            g_autoptr (QdMovements) split = qd_movements_compute (ledger, scope, dimensions[d], NULL, &error);
            guint n_groups;

            g_assert_no_error (error);
            n_groups = split->groups->len;
            g_assert_cmpint (split->additive, ==, d != 2);
            g_assert_cmpuint (split->rows->len, ==, whole->rows->len * n_groups);
            for (guint i = 0; i < whole->rows->len; i++)
              {
                const QdMovement *row = &g_array_index (whole->rows, QdMovement, i);
                QdMovement sum = { 0 };

                for (guint g = 0; g < n_groups; g++)
                  {
                    const QdMovement *part = &g_array_index (split->rows, QdMovement, i * n_groups + g);

                    assert_identity (part);
                    sum.opening += part->opening;
                    sum.new_business += part->new_business;
                    sum.reactivation += part->reactivation;
                    sum.expansion += part->expansion - part->contraction;
                    sum.contraction += part->contraction;
                    sum.churn += part->churn;
                    sum.fx += part->fx;
                    sum.transfer_in += part->transfer_in - part->transfer_out;
                    sum.closing += part->closing;
                    sum.customers_closing += part->customers_closing;
                    sum.customers_churned += part->customers_churned;
                  }
                g_assert_cmpint (sum.opening, ==, row->opening);
                g_assert_cmpint (sum.closing, ==, row->closing);
                g_assert_cmpint (sum.new_business, ==, row->new_business);
                g_assert_cmpint (sum.reactivation, ==, row->reactivation);
                g_assert_cmpint (sum.expansion, ==, row->expansion - row->contraction);
                g_assert_cmpint (sum.churn, ==, row->churn);
                g_assert_cmpint (sum.fx, ==, row->fx);
                g_assert_cmpint (sum.transfer_in, ==, 0);
                if (split->additive)
                  {
                    g_assert_cmpint (sum.contraction, ==, row->contraction);
                    g_assert_cmpuint (sum.customers_closing, ==, row->customers_closing);
                    g_assert_cmpuint (sum.customers_churned, ==, row->customers_churned);
                  }
              }
          }
      }
}

/* A filter on a value gives the row of that value. */
static void
test_filter_is_group (void)
{
  for (guint seed = 20; seed < 26; seed++)
    for (gsize c = 0; c < G_N_ELEMENTS (choices); c++)
      {
        g_autoptr (QdBook) book = make_random_book (seed, FALSE);
        g_autoptr (QdScope) scope = make_scope (choices[c], "quarter", NULL, "");
        g_autoptr (QdScope) filtered = make_scope (choices[c], "quarter", NULL, "segment=Mid");
        g_autoptr (QdScope) product = make_scope (choices[c], "quarter", NULL, "product=Core");
        g_autoptr (QdLedger) ledger = make_ledger (book, scope);
        g_autoptr (QdMovements) split = qd_movements_compute (ledger, scope, "segment", NULL, NULL);
        g_autoptr (QdMovements) alone = qd_movements_compute (ledger, filtered, NULL, NULL, NULL);
        g_autoptr (QdMovements) products = qd_movements_compute (ledger, scope, "product", NULL, NULL);
        g_autoptr (QdMovements) core = qd_movements_compute (ledger, product, NULL, NULL, NULL);
        guint n = 0;

        for (guint i = 0; i < split->rows->len; i++)
          {
            QdMovement row = g_array_index (split->rows, QdMovement, i);

            if (strcmp (row.group, "Mid") != 0)
              continue;
            row.group = NULL;
            g_assert_cmpmem (&row, sizeof row, &g_array_index (alone->rows, QdMovement, n), sizeof row);
            n++;
          }
        g_assert_cmpuint (n, ==, alone->rows->len);
        n = 0;
        for (guint i = 0; i < products->rows->len; i++)
          {
            QdMovement row = g_array_index (products->rows, QdMovement, i);

            if (strcmp (row.group, "Core") != 0)
              continue;
            row.group = NULL;
            g_assert_cmpmem (&row, sizeof row, &g_array_index (core->rows, QdMovement, n), sizeof row);
            n++;
          }
        g_assert_cmpuint (n, ==, core->rows->len);
      }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/movements/kinds", test_kinds);
  g_test_add_func ("/movements/windows", test_windows);
  g_test_add_func ("/movements/netting", test_netting);
  g_test_add_func ("/movements/won-and-lost", test_won_and_lost);
  g_test_add_func ("/movements/first-month", test_first_month);
  g_test_add_func ("/movements/fx", test_fx);
  g_test_add_func ("/movements/segment-at", test_segment_at);
  g_test_add_func ("/movements/hierarchy", test_hierarchy);
  g_test_add_func ("/movements/products", test_products);
  g_test_add_func ("/movements/unknown", test_unknown);
  g_test_add_func ("/movements/random", test_random);
  g_test_add_func ("/movements/filter-is-group", test_filter_is_group);
  return g_test_run ();
}
