/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "data/book/qd-book-dictionary.h"
#include "data/book/qd-book.h"

static QdDay
day (const char *iso)
{
  QdDay value = qd_day_parse_iso (iso, -1);

  g_assert_cmpint (value, !=, QD_DAY_NONE);
  return value;
}

static void
test_empty (void)
{
  QdBookBuilder *builder = qd_book_builder_new ("Nothing", "KWD", 4);
  g_autoptr (QdBook) book = qd_book_builder_finish (builder);
  QdDecimal rate;

  g_assert_cmpstr (qd_book_get_name (book), ==, "Nothing");
  g_assert_cmpstr (qd_book_get_currency (book), ==, "KWD");
  g_assert_cmpint (qd_book_get_exponent (book), ==, 3);
  g_assert_cmpint (qd_book_get_fiscal_start (book), ==, 4);
  g_assert_cmpuint (qd_book_get_n_accounts (book), ==, 0);
  g_assert_cmpuint (qd_book_find_account (book, "A"), ==, QD_BOOK_NONE);
  g_assert_cmpint (qd_book_get_first_month (book), ==, QD_MONTH_NONE);
  g_assert_cmpint (qd_book_get_last_month (book), ==, QD_MONTH_NONE);
  g_assert_cmpuint (qd_book_get_lines (book)->n, ==, 0);
  g_assert_cmpuint (qd_book_get_lines (book)->offsets[0], ==, 0);
  g_assert_cmpuint (qd_book_get_n_dimensions (book), ==, 11);
  g_assert_cmpuint (qd_book_get_n_values (book, 0), ==, 1);
  g_assert_cmpint (qd_book_find_dimension (book, "product"), ==, -1);
  g_assert_null (qd_book_get_rate_set (book));
  g_assert_true (qd_book_get_constant_rate (book, 0, &rate));
  g_assert_cmpint (rate.mantissa, ==, 1);
  g_assert_cmpint (rate.scale, ==, 0);
}

static void
test_order (void)
{
  static const char *const ids[] = { "b", "B", "a-10", "a-9", "\xC3\xA9", "", "a" };
  static const char *const sorted[] = { "", "B", "a", "a-10", "a-9", "b", "\xC3\xA9" };
  QdBookBuilder *builder = qd_book_builder_new ("Order", "USD", 1);
  g_autoptr (QdBook) book = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    g_assert_cmpuint (qd_book_builder_add_account (builder, ids[i], NULL, NULL, QD_DAY_NONE, i == 2), ==, i);
  g_assert_cmpuint (qd_book_builder_add_account (builder, "B", "again", NULL, QD_DAY_NONE, FALSE), ==, 1);
  qd_book_builder_add_product (builder, "z", "Zed");
  qd_book_builder_add_product (builder, "y", NULL);
  /* Times run against the order of numbers; rows decide within a day. */
  qd_book_builder_add_event (builder, 0, day ("2024-03-01"), 300, 1, FALSE, TRUE, 0, 0, 9);
  qd_book_builder_add_event (builder, 1, day ("2024-02-01"), 500, 1, FALSE, FALSE, 0, 1, 8);
  qd_book_builder_add_event (builder, 0, day ("2024-03-01"), 200, 1, TRUE, FALSE, 0, QD_BOOK_NONE, 7);
  qd_book_builder_add_event (builder, 0, day ("2024-01-31"), 100, 3, FALSE, FALSE, 0, QD_BOOK_NONE, 10);
  book = qd_book_builder_finish (builder);

  g_assert_cmpuint (qd_book_get_n_accounts (book), ==, G_N_ELEMENTS (sorted));
  for (guint i = 0; i < G_N_ELEMENTS (sorted); i++)
    {
      g_assert_cmpstr (qd_book_get_account_id (book, i), ==, sorted[i]);
      g_assert_cmpuint (qd_book_find_account (book, sorted[i]), ==, i);
      g_assert_cmpint (qd_book_is_account_implied (book, i), ==, i == 3);
    }
  g_assert_cmpuint (qd_book_find_account (book, "A"), ==, QD_BOOK_NONE);
  g_assert_cmpstr (qd_book_get_product_id (book, 0), ==, "y");
  g_assert_cmpstr (qd_book_get_product_name (book, 1), ==, "Zed");

  {
    const QdBookEvents *events = qd_book_get_events (book);
    guint32 b = qd_book_find_account (book, "b"), big = qd_book_find_account (book, "B");

    g_assert_cmpuint (events->n, ==, 4);
    g_assert_cmpuint (events->offsets[big + 1] - events->offsets[big], ==, 1);
    g_assert_cmpuint (events->product[events->offsets[big]], ==, 0);
    g_assert_cmpuint (events->offsets[b + 1] - events->offsets[b], ==, 3);
    g_assert_cmpuint (events->row[events->offsets[b]], ==, 10);
    g_assert_cmpuint (events->row[events->offsets[b] + 1], ==, 7);
    g_assert_cmpuint (events->row[events->offsets[b] + 2], ==, 9);
    g_assert_cmpint (events->den[events->offsets[b]], ==, 3);
    g_assert_cmpuint (events->is_change[events->offsets[b] + 1], ==, 1);
    g_assert_cmpuint (events->of_product[events->offsets[b] + 2], ==, 1);
    g_assert_cmpuint (events->product[events->offsets[b] + 2], ==, 1);
    g_assert_cmpuint (events->offsets[qd_book_get_n_accounts (book)], ==, 4);
  }
  g_assert_cmpint (qd_book_get_first_month (book), ==, qd_month_from_ym (2024, 1));
  g_assert_cmpint (qd_book_get_last_month (book), ==, qd_month_from_ym (2024, 3));
}

static void
test_months (void)
{
  QdBookBuilder *builder = qd_book_builder_new ("Months", "USD", 1);
  guint32 a = qd_book_builder_add_account (builder, "a", "A", NULL, day ("2010-01-01"), FALSE);
  g_autoptr (QdBook) book = NULL;

  /* An end in the future is no data, a cancellation is. */
  qd_book_builder_add_line (builder, a, day ("2024-01-31"), day ("2029-12-31"), day ("2024-05-02"), 1, 1, 0,
                            QD_BOOK_NONE, FALSE, 1);
  qd_book_builder_add_line (builder, a, day ("2024-02-01"), QD_DAY_FOREVER, QD_DAY_NONE, 1, 1, 0, QD_BOOK_NONE, TRUE,
                            2);
  book = qd_book_builder_finish (builder);
  g_assert_cmpint (qd_book_get_first_month (book), ==, qd_month_from_ym (2024, 1));
  g_assert_cmpint (qd_book_get_last_month (book), ==, qd_month_from_ym (2024, 5));
  /* The end date is the first day not in force, unless the definition says that it is the last in force. */
  g_assert_cmpint (qd_book_get_horizon (book, FALSE), ==, qd_month_from_ym (2029, 12));
  g_assert_cmpint (qd_book_get_horizon (book, TRUE), ==, qd_month_from_ym (2030, 1));
  g_assert_cmpint (qd_book_get_lines (book)->end[1], ==, QD_DAY_FOREVER);
  g_assert_cmpuint (qd_book_get_lines (book)->trial[1], ==, 1);
  g_assert_cmpint (qd_book_get_account_signup (book, 0), ==, day ("2010-01-01"));
}

static void
test_snapshots (void)
{
  QdBookBuilder *builder = qd_book_builder_new ("Snapshots", "USD", 1);
  guint32 a = qd_book_builder_add_account (builder, "a", "A", NULL, QD_DAY_NONE, FALSE);
  guint32 b = qd_book_builder_add_account (builder, "b", "B", NULL, QD_DAY_NONE, FALSE);
  guint32 p = qd_book_builder_add_product (builder, "p", NULL);
  guint16 eur = qd_book_builder_add_currency (builder, "EUR");
  QdMonth month = qd_month_from_ym (2025, 6);
  g_autoptr (QdBook) book = NULL;
  const QdBookSnapshots *snapshots;

  qd_book_builder_add_snapshot (builder, b, month, 1, 1, 0, p, 1);
  qd_book_builder_add_snapshot (builder, a, month, 2, 1, 0, p, 2);
  qd_book_builder_add_snapshot (builder, a, month, 3, 1, eur, p, 3);
  qd_book_builder_add_snapshot (builder, a, month, 4, 1, 0, QD_BOOK_NONE, 4);
  qd_book_builder_add_snapshot (builder, a, month - 1, 5, 1, 0, p, 5);
  qd_book_builder_add_snapshot (builder, a, month, 6, 1, 0, p, 6);
  for (guint i = 0; i < 40; i++)
    qd_book_builder_add_snapshot (builder, b, month - i % 20, i, 1, 0, p, 100 - i);
  book = qd_book_builder_finish (builder);
  snapshots = qd_book_get_snapshots (book);

  g_assert_cmpuint (snapshots->offsets[1], ==, 4);
  g_assert_cmpint (snapshots->num[0], ==, 5);
  g_assert_cmpint (snapshots->num[1], ==, 6);
  g_assert_cmpint (snapshots->num[2], ==, 3);
  g_assert_cmpint (snapshots->num[3], ==, 4);
  g_assert_cmpuint (snapshots->offsets[2] - snapshots->offsets[1], ==, 20);
  for (guint i = 0; i < 20; i++)
    {
      g_assert_cmpint (snapshots->month[4 + i], ==, month - 19 + (int) i);
      g_assert_cmpint (snapshots->num[4 + i], ==, 19 - (int) i);
    }
}

static void
test_parents (void)
{
  /* child, parent, ultimate */
  static const char *const cases[][3] = {
    { "a", "b", "c" },  { "b", "c", "c" },  { "c", NULL, "c" },      { "d", "d", "d" },  { "k", "m", "l" },
    { "m", "l", "l" },  { "l", "m", "l" },  { "x", "nobody", "x" },  { "y", "a", "c" },  { "z", "k", "l" },
  };
  QdBookBuilder *builder = qd_book_builder_new ("Parents", "USD", 1);
  g_autoptr (QdBook) book = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    qd_book_builder_add_account (builder, cases[i][0], NULL, cases[i][1], QD_DAY_NONE, FALSE);
  book = qd_book_builder_finish (builder);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint32 account = qd_book_find_account (book, cases[i][0]);
      guint32 parent = qd_book_get_account_parent (book, account);

      g_assert_cmpstr (qd_book_get_account_id (book, qd_book_get_account_ultimate_parent (book, account)), ==,
                       cases[i][2]);
      if (cases[i][1] == NULL || g_str_equal (cases[i][1], "nobody"))
        g_assert_cmpuint (parent, ==, QD_BOOK_NONE);
      else
        g_assert_cmpstr (qd_book_get_account_id (book, parent), ==, cases[i][1]);
    }
}

static const char *
value_at (QdBook     *book,
          const char *dimension,
          const char *account,
          QdDay       at)
{
  int d = qd_book_find_dimension (book, dimension);

  g_assert_cmpint (d, >=, 0);
  return qd_book_get_value (book, d,
                            qd_book_get_account_value_at (book, d, qd_book_find_account (book, account), at));
}

static void
test_dimensions (void)
{
  QdBookBuilder *builder = qd_book_builder_new ("Dimensions", "USD", 1);
  guint32 b = qd_book_builder_add_account (builder, "b", NULL, NULL, QD_DAY_NONE, FALSE);
  guint32 a = qd_book_builder_add_account (builder, "a", NULL, NULL, QD_DAY_NONE, FALSE);
  guint32 c = qd_book_builder_add_account (builder, "c", NULL, NULL, QD_DAY_NONE, FALSE);
  g_autoptr (QdBook) book = NULL;
  const guint32 *values;
  int segment;

  qd_book_builder_set_value (builder, a, "segment", QD_DAY_NONE, "SMB");
  qd_book_builder_set_value (builder, b, "segment", QD_DAY_NONE, "Enterprise");
  qd_book_builder_set_value (builder, b, "segment", day ("2024-06-01"), "Mid-Market");
  qd_book_builder_set_value (builder, b, "segment", day ("2023-06-01"), "SMB");
  qd_book_builder_set_value (builder, c, "segment", day ("2024-01-01"), "SMB");
  qd_book_builder_set_value (builder, a, "zone", QD_DAY_NONE, "9");
  qd_book_builder_set_value (builder, b, "altitude", QD_DAY_NONE, "10");
  qd_book_builder_set_value (builder, b, "altitude", QD_DAY_NONE, "11");
  book = qd_book_builder_finish (builder);

  g_assert_cmpuint (qd_book_get_n_dimensions (book), ==, 13);
  g_assert_cmpstr (qd_book_get_dimension_name (book, 0), ==, "segment");
  g_assert_cmpstr (qd_book_get_dimension_name (book, 10), ==, "discount_band");
  g_assert_cmpstr (qd_book_get_dimension_name (book, 11), ==, "altitude");
  g_assert_cmpstr (qd_book_get_dimension_name (book, 12), ==, "zone");

  segment = qd_book_find_dimension (book, "segment");
  g_assert_cmpuint (qd_book_get_n_values (book, segment), ==, 4);
  g_assert_cmpstr (qd_book_get_value (book, segment, 0), ==, "");
  g_assert_cmpstr (qd_book_get_value (book, segment, 1), ==, "Enterprise");
  g_assert_cmpstr (qd_book_get_value (book, segment, 2), ==, "Mid-Market");
  g_assert_cmpstr (qd_book_get_value (book, segment, 3), ==, "SMB");
  values = qd_book_get_account_values (book, segment);
  g_assert_cmpuint (values[0], ==, 3);
  g_assert_cmpuint (values[1], ==, 2);
  g_assert_cmpuint (values[2], ==, 3);
  g_assert_cmpstr (value_at (book, "altitude", "a", 0), ==, "");
  g_assert_cmpstr (value_at (book, "altitude", "b", 0), ==, "11");

  g_assert_cmpstr (value_at (book, "segment", "a", day ("1999-01-01")), ==, "SMB");
  g_assert_cmpstr (value_at (book, "segment", "b", day ("2023-05-31")), ==, "Enterprise");
  g_assert_cmpstr (value_at (book, "segment", "b", day ("2023-06-01")), ==, "SMB");
  g_assert_cmpstr (value_at (book, "segment", "b", day ("2024-05-31")), ==, "SMB");
  g_assert_cmpstr (value_at (book, "segment", "b", day ("2024-06-01")), ==, "Mid-Market");
  /* Nothing older is known of c. */
  g_assert_cmpstr (value_at (book, "segment", "c", day ("2023-12-31")), ==, "SMB");
}

static void
assert_rate (QdBook    *book,
             guint      currency,
             QdMonth    month,
             const char *expected)
{
  g_autofree char *text = NULL;
  QdDecimal rate;

  if (month == QD_MONTH_NONE)
    g_assert_true (qd_book_get_constant_rate (book, currency, &rate));
  else
    g_assert_true (qd_book_get_month_rate (book, currency, month, &rate));
  text = qd_decimal_to_string (rate);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_rates (void)
{
  QdBookBuilder *builder = qd_book_builder_new ("Rates", "USD", 1);
  guint16 eur = qd_book_builder_add_currency (builder, "EUR");
  guint16 jpy = qd_book_builder_add_currency (builder, "JPY");
  guint16 gbp = qd_book_builder_add_currency (builder, "GBP");
  QdMonth june = qd_month_from_ym (2024, 6);
  g_autoptr (QdBook) book = NULL;
  QdDecimal rate;

  g_assert_cmpuint (qd_book_builder_add_currency (builder, "USD"), ==, 0);
  g_assert_cmpuint (qd_book_builder_add_currency (builder, "EUR"), ==, eur);
  qd_book_builder_add_rate (builder, eur, june, (QdDecimal){ 108, 2 });
  qd_book_builder_add_rate (builder, eur, june - 2, (QdDecimal){ 107, 2 });
  qd_book_builder_add_rate (builder, jpy, june, (QdDecimal){ 64, 4 });
  qd_book_builder_add_rate (builder, jpy, QD_MONTH_NONE, (QdDecimal){ 7, 3 });
  book = qd_book_builder_finish (builder);

  assert_rate (book, eur, QD_MONTH_NONE, "1.07");
  assert_rate (book, eur, june - 3, "1.07");
  assert_rate (book, eur, june - 1, "1.07");
  assert_rate (book, eur, june, "1.08");
  assert_rate (book, eur, june + 100, "1.08");
  assert_rate (book, jpy, QD_MONTH_NONE, "0.007");
  assert_rate (book, jpy, june - 1, "0.007");
  assert_rate (book, jpy, june, "0.0064");
  g_assert_false (qd_book_get_constant_rate (book, gbp, &rate));
  g_assert_false (qd_book_get_month_rate (book, gbp, june, &rate));
  g_assert_cmpint (qd_book_get_currency_exponent (book, jpy), ==, 0);
}

static void
test_dictionary (void)
{
  g_autoptr (QdBookDictionary) dictionary = qd_book_dictionary_new ();
  g_autofree guint32 *order = NULL;
  const char *texts[1000];

  g_assert_cmpuint (qd_book_dictionary_add (dictionary, "", 0), ==, 0);
  for (guint round = 0; round < 2; round++)
    for (guint i = 0; i < 1000; i++)
      {
        g_autofree char *text = g_strdup_printf ("prefix-%u", i);

        g_assert_cmpuint (qd_book_dictionary_add (dictionary, text, strlen (text)), ==, i + 1);
      }
  for (guint i = 0; i < 1000; i++)
    texts[i] = qd_book_dictionary_get (dictionary, i + 1, NULL);
  order = qd_book_sort_texts (texts, 1000);
  for (guint i = 1; i < 1000; i++)
    g_assert_cmpstr (texts[order[i - 1]], <, texts[order[i]]);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/book/empty", test_empty);
  g_test_add_func ("/book/order", test_order);
  g_test_add_func ("/book/months", test_months);
  g_test_add_func ("/book/snapshots", test_snapshots);
  g_test_add_func ("/book/parents", test_parents);
  g_test_add_func ("/book/dimensions", test_dimensions);
  g_test_add_func ("/book/rates", test_rates);
  g_test_add_func ("/book/dictionary", test_dictionary);
  return g_test_run ();
}
