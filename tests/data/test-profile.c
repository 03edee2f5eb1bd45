/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "data/metrics/qd-scope.h"

#include <string.h>

/* Keys and values as people write them; the default first. */
static void
test_keys (void)
{
  static const char *const expected[] = {
    "period_form=p2p|lowest|product|flow",
    "reactivation_in_nrr=no|yes",
    "return_within_period=end_state|lost",
    "netting=month|day|quarter",
    "end_date=exclusive|inclusive",
    "free_accounts=excluded|included",
    "trials=excluded|included",
    "won_and_lost=ignored|counted",
    "logo_base=start|start_new_lost|start_new",
    "fx=constant|month_end",
    "segment_at=now|period_start",
    "cohort_month=first_paid|signup|first_line",
    "first_month=new|opening",
    "hierarchy=account|ultimate_parent",
  };

  g_assert_cmpuint (qd_profile_get_n_keys (), ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autofree char *values = g_strjoinv ("|", (char **) qd_profile_get_key_values (i));
      g_autofree char *line = g_strdup_printf ("%s=%s", qd_profile_get_key (i), values);

      g_assert_cmpstr (line, ==, expected[i]);
      g_assert_nonnull (qd_profile_get_key_summary (i));
    }
}

/* Every value of every key can be set, is read back, and tells two profiles apart. */
static void
test_choices (void)
{
  for (guint key = 0; key < qd_profile_get_n_keys (); key++)
    for (guint value = 0; qd_profile_get_key_values (key)[value] != NULL; value++)
      {
        g_autoptr (QdProfile) plain = qd_profile_new ("Board", 2);
        g_autoptr (QdProfile) profile = qd_profile_copy (plain);
        g_autoptr (GError) error = NULL;
        g_autofree char *words = NULL;

        g_assert_true (
            qd_profile_set_choice (profile, qd_profile_get_key (key), qd_profile_get_key_values (key)[value], &error));
        g_assert_no_error (error);
        g_assert_cmpstr (qd_profile_get_choice (profile, key), ==, qd_profile_get_key_values (key)[value]);
        g_assert_cmpint (qd_profile_equal (profile, plain), ==, value == 0);
        words = qd_profile_describe (profile);
        g_assert_cmpint (strcmp (words, "standard definitions") == 0, ==, value == 0);
      }
}

static void
test_unknown (void)
{
  g_autoptr (QdProfile) profile = qd_profile_new ("Board", 1);
  g_autoptr (GError) error = NULL;

  g_assert_false (qd_profile_set_choice (profile, "nettng", "day", &error));
  g_assert_error (error, QD_METRIC_ERROR, QD_METRIC_ERROR_UNKNOWN);
  g_assert_nonnull (strstr (error->message, "nettng"));
  g_assert_nonnull (strstr (error->message, "netting"));
  g_clear_error (&error);

  g_assert_false (qd_profile_define (profile, "netting", "week", &error));
  g_assert_error (error, QD_METRIC_ERROR, QD_METRIC_ERROR_UNKNOWN);
  g_assert_nonnull (strstr (error->message, "month, day, quarter"));
  g_assert_null (profile->defines);
}

static void
test_label (void)
{
  g_autoptr (QdProfile) profile = qd_profile_new ("Board", 2);
  g_autofree char *plain = qd_profile_dup_label (profile);
  g_autofree char *defined = NULL;

  g_assert_cmpstr (plain, ==, "Board@2");
  g_assert_true (qd_profile_define (profile, "netting", "day", NULL));
  g_assert_true (qd_profile_define (profile, "fx", "month_end", NULL));
  defined = qd_profile_dup_label (profile);
  g_assert_cmpstr (defined, ==, "Board@2 + netting=day + fx=month_end");
}

static void
test_period (void)
{
  static const struct
  {
    const char *text;
    QdPeriodKind kind;
    int months;
    const char *back;
  } good[] = {
    { "month", QD_PERIOD_MONTHS, 1, "month" }, { "ttm", QD_PERIOD_MONTHS, 12, "ttm" },
    { "12", QD_PERIOD_MONTHS, 12, "ttm" },     { "6", QD_PERIOD_MONTHS, 6, "6" },
    { "quarter", QD_PERIOD_QUARTER, 3, "quarter" }, { "year", QD_PERIOD_YEAR, 12, "year" },
  };
  static const struct
  {
    const char *text;
    int code;
  } bad[] = {
    { "0", QD_METRIC_ERROR_RANGE },   { "1201", QD_METRIC_ERROR_RANGE },       { "99999999999999999999", QD_METRIC_ERROR_RANGE },
    { "-1", QD_METRIC_ERROR_UNKNOWN }, { "fortnight", QD_METRIC_ERROR_UNKNOWN }, { "", QD_METRIC_ERROR_UNKNOWN },
    { "3 ", QD_METRIC_ERROR_UNKNOWN },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      QdPeriod period;
      g_autofree char *back = NULL;

      g_assert_true (qd_period_parse (good[i].text, &period, NULL));
      g_assert_cmpint (period.kind, ==, good[i].kind);
      g_assert_cmpint (period.months, ==, good[i].months);
      back = qd_period_to_string (period);
      g_assert_cmpstr (back, ==, good[i].back);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      QdPeriod period;
      g_autoptr (GError) error = NULL;

      g_assert_false (qd_period_parse (bad[i].text, &period, &error));
      g_assert_error (error, QD_METRIC_ERROR, bad[i].code);
    }
}

/* Data from 2024-01 to 2024-08, fiscal year from February. */
static QdBook *
make_book (void)
{
  QdBookBuilder *builder = qd_book_builder_new ("Test", "USD", 2);
  guint32 account = qd_book_builder_add_account (builder, "A", "A", NULL, QD_DAY_NONE, FALSE);

  qd_book_builder_add_event (builder, account, qd_day_from_ymd (2024, 1, 15), 100, 1, FALSE, FALSE, 0, QD_BOOK_NONE, 1);
  qd_book_builder_add_event (builder, account, qd_day_from_ymd (2024, 8, 15), 200, 1, FALSE, FALSE, 0, QD_BOOK_NONE, 2);
  return qd_book_builder_finish (builder);
}

static void
test_windows (void)
{
  g_autoptr (QdBook) book = make_book ();
  g_autoptr (QdProfile) profile = qd_profile_new ("P", 1);
  g_autoptr (QdScope) scope = qd_scope_new (profile);
  g_autoptr (GArray) rows = NULL;
  QdMonth january = qd_month_from_ym (2024, 1);
  QdWindow window;

  rows = qd_scope_list_windows (scope, book, NULL);
  g_assert_cmpuint (rows->len, ==, 8);
  g_assert_cmpint (g_array_index (rows, QdWindow, 0).before, ==, january - 12);
  g_assert_cmpint (g_array_index (rows, QdWindow, 7).last, ==, january + 7);
  g_assert_false (g_array_index (rows, QdWindow, 7).open);

  /* Fiscal quarters from February: Nov-Jan, Feb-Apr, May-Jul, Aug-Oct cut at August. */
  scope->period = (QdPeriod){ QD_PERIOD_QUARTER, 3 };
  g_array_unref (rows);
  rows = qd_scope_list_windows (scope, book, NULL);
  g_assert_cmpuint (rows->len, ==, 4);
  g_assert_cmpint (g_array_index (rows, QdWindow, 0).before, ==, january - 3);
  g_assert_cmpint (g_array_index (rows, QdWindow, 0).last, ==, january);
  g_assert_cmpint (g_array_index (rows, QdWindow, 2).last, ==, january + 6);
  g_assert_false (g_array_index (rows, QdWindow, 2).open);
  g_assert_cmpint (g_array_index (rows, QdWindow, 3).before, ==, january + 6);
  g_assert_cmpint (g_array_index (rows, QdWindow, 3).last, ==, january + 7);
  g_assert_true (g_array_index (rows, QdWindow, 3).open);

  scope->period = (QdPeriod){ QD_PERIOD_YEAR, 12 };
  scope->as_of = january + 5;
  g_assert_true (qd_scope_get_window (scope, book, &window, NULL));
  g_assert_cmpint (window.before, ==, january);
  g_assert_cmpint (window.last, ==, january + 5);
  g_assert_true (window.open);
}

static void
test_range (void)
{
  g_autoptr (QdBook) book = make_book ();
  g_autoptr (QdBook) empty = qd_book_builder_finish (qd_book_builder_new ("Empty", "USD", 1));
  g_autoptr (QdProfile) profile = qd_profile_new ("P", 1);
  g_autoptr (QdScope) scope = qd_scope_new (profile);
  static const int years[] = { 2023, 2025 };
  QdMonth as_of;

  for (gsize i = 0; i < G_N_ELEMENTS (years); i++)
    {
      g_autoptr (GError) error = NULL;

      scope->as_of = qd_month_from_ym (years[i], 12);
      g_assert_false (qd_scope_resolve_as_of (scope, book, &as_of, &error));
      g_assert_error (error, QD_METRIC_ERROR, QD_METRIC_ERROR_RANGE);
      g_assert_nonnull (strstr (error->message, "Jan 2024"));
      g_assert_nonnull (strstr (error->message, "Aug 2024"));
    }
  {
    g_autoptr (GError) error = NULL;

    scope->as_of = QD_MONTH_NONE;
    g_assert_null (qd_scope_list_windows (scope, empty, &error));
    g_assert_error (error, QD_METRIC_ERROR, QD_METRIC_ERROR_RANGE);
  }
  {
    g_autoptr (GError) error = NULL;

    scope->profile->netting = QD_NETTING_QUARTER;
    scope->period.months = 2;
    g_assert_null (qd_scope_list_windows (scope, book, &error));
    g_assert_error (error, QD_METRIC_ERROR, QD_METRIC_ERROR_UNSUITABLE);
  }
}

static void
test_describe (void)
{
  g_autoptr (QdBook) book = make_book ();
  g_autoptr (QdProfile) profile = qd_profile_new ("P", 1);
  g_autoptr (QdScope) scope = qd_scope_new (profile);
  g_autofree char *text = NULL;

  g_ptr_array_add (scope->where, g_strdup ("segment=Enterprise"));
  text = qd_scope_describe (scope, book);
  g_assert_cmpstr (text, ==, "Segment: Enterprise; 12 months to Aug 2024");
}

/* A dimension is named once, with all its values. */
static void
test_describe_filters (void)
{
  g_autoptr (QdProfile) profile = qd_profile_new ("P", 1);
  g_autoptr (QdScope) scope = qd_scope_new (profile);
  g_autofree char *nothing = qd_scope_describe_filters (scope);
  g_autofree char *text = NULL;

  g_assert_cmpstr (nothing, ==, "");
  g_ptr_array_add (scope->where, g_strdup ("segment=Enterprise"));
  g_ptr_array_add (scope->where, g_strdup ("region=EMEA"));
  g_ptr_array_add (scope->where, g_strdup ("plan_tier="));
  g_ptr_array_add (scope->where, g_strdup ("segment=SMB"));
  text = qd_scope_describe_filters (scope);
  g_assert_cmpstr (text, ==, "Segment: Enterprise, SMB; Region: EMEA; Plan tier: (blank)");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/profile/keys", test_keys);
  g_test_add_func ("/profile/choices", test_choices);
  g_test_add_func ("/profile/unknown", test_unknown);
  g_test_add_func ("/profile/label", test_label);
  g_test_add_func ("/scope/period", test_period);
  g_test_add_func ("/scope/windows", test_windows);
  g_test_add_func ("/scope/range", test_range);
  g_test_add_func ("/scope/describe", test_describe);
  g_test_add_func ("/scope/describe-filters", test_describe_filters);
  return g_test_run ();
}
