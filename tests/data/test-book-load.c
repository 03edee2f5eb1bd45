/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Books read from a workspace against what the sqlite3 program says of the
 * same file.
 */
#include "data/book/qd-book-load.h"
#include "data/book/qd-book-private.h"
#include "store-fixture.h"

#include <string.h>

typedef struct
{
  QdBook *book;
  const char *in_transaction;   /* SQL to run first; undone afterwards */
} LoadData;

static gboolean
load_func (QdDb    *db,
           gpointer data,
           QdJob   *job,
           GError **error)
{
  LoadData *load = data;

  if (load->in_transaction != NULL)
    {
      g_assert_true (qd_db_begin (db, error));
      g_assert_true (qd_db_exec (db, load->in_transaction, error));
    }
  load->book = qd_book_load (db, job, error);
  if (load->book != NULL)
    qd_book_keep (load->book, db);
  if (load->in_transaction != NULL)
    qd_db_rollback (db);
  return load->book != NULL;
}

static QdBook *
try_load (StoreFixture *fixture,
          const char   *in_transaction,
          GError      **error)
{
  LoadData load = { NULL, in_transaction };

  qd_store_run (fixture->store, QD_STORE_PRIORITY_READ, load_func, &load, NULL, error);
  return load.book;
}

static QdBook *
load_book (StoreFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  QdBook *book = try_load (fixture, NULL, &error);

  g_assert_no_error (error);
  return book;
}

static void
print_product (GString      *out,
               const QdBook *book,
               guint32       product)
{
  g_string_append_printf (out, "|%s", product == QD_BOOK_NONE ? "" : qd_book_get_product_id (book, product));
}

static void
print_day (GString *out,
           QdDay    day)
{
  if (day == QD_DAY_NONE || day == QD_DAY_FOREVER)
    g_string_append (out, "|");
  else
    g_string_append_printf (out, "|%d", day);
}

static char *
print_accounts (const QdBook *book)
{
  GString *out = g_string_new (NULL);

  for (guint32 a = 0; a < qd_book_get_n_accounts (book); a++)
    {
      guint32 parent = qd_book_get_account_parent (book, a);

      g_string_append_printf (out, "%s|%s|%s|%d", qd_book_get_account_id (book, a), qd_book_get_account_name (book, a),
                              parent == QD_BOOK_NONE ? "" : qd_book_get_account_id (book, parent),
                              qd_book_is_account_implied (book, a));
      print_day (out, qd_book_get_account_signup (book, a));
      for (guint d = 0; d < 11; d++)
        g_string_append_printf (out, "|%s", qd_book_get_value (book, d, qd_book_get_account_values (book, d)[a]));
      g_string_append_c (out, '\n');
    }
  return g_string_free (out, FALSE);
}

static char *
print_facts (const QdBook *book)
{
  GString *out = g_string_new (NULL);
  const QdBookLines *lines = qd_book_get_lines (book);
  const QdBookSnapshots *snapshots = qd_book_get_snapshots (book);
  const QdBookEvents *events = qd_book_get_events (book);

  for (guint32 a = 0; a < qd_book_get_n_accounts (book); a++)
    for (guint32 i = lines->offsets[a]; i < lines->offsets[a + 1]; i++)
      {
        g_string_append_printf (out, "L|%s", qd_book_get_account_id (book, a));
        print_day (out, lines->start[i]);
        print_day (out, lines->end[i]);
        print_day (out, lines->canceled[i]);
        g_string_append_printf (out, "|%" G_GINT64_FORMAT "|%" G_GINT64_FORMAT "|%s", lines->num[i], lines->den[i],
                                qd_book_get_currency_code (book, lines->currency[i]));
        print_product (out, book, lines->product[i]);
        g_string_append_printf (out, "|%d|%u\n", lines->trial[i], lines->row[i]);
      }
  for (guint32 a = 0; a < qd_book_get_n_accounts (book); a++)
    for (guint32 i = snapshots->offsets[a]; i < snapshots->offsets[a + 1]; i++)
      {
        g_string_append_printf (out, "S|%s|%d|%" G_GINT64_FORMAT "|%" G_GINT64_FORMAT "|%s",
                                qd_book_get_account_id (book, a), snapshots->month[i], snapshots->num[i],
                                snapshots->den[i], qd_book_get_currency_code (book, snapshots->currency[i]));
        print_product (out, book, snapshots->product[i]);
        g_string_append_printf (out, "|%u\n", snapshots->row[i]);
      }
  for (guint32 a = 0; a < qd_book_get_n_accounts (book); a++)
    for (guint32 i = events->offsets[a]; i < events->offsets[a + 1]; i++)
      {
        g_string_append_printf (out, "E|%s|%d|%" G_GINT64_FORMAT "|%" G_GINT64_FORMAT "|%d|%d|%s",
                                qd_book_get_account_id (book, a), events->day[i], events->num[i], events->den[i],
                                events->is_change[i], events->of_product[i],
                                qd_book_get_currency_code (book, events->currency[i]));
        print_product (out, book, events->product[i]);
        g_string_append_printf (out, "|%u\n", events->row[i]);
      }
  return g_string_free (out, FALSE);
}

static const char accounts_sql[] =
    "SELECT a.external_id, a.name, coalesce (p.external_id, ''), a.implied, coalesce (a.signup, ''), "
    "coalesce (a.segment, ''), coalesce (a.region, ''), coalesce (a.country, ''), coalesce (a.industry, ''), "
    "coalesce (a.csm, ''), coalesce (a.touch, ''), coalesce (a.stage, ''), coalesce (a.sales_rep, ''), "
    "coalesce (a.channel, ''), coalesce (a.source, ''), coalesce (a.discount_band, '') "
    "FROM account a LEFT JOIN account p ON p.id = a.parent ORDER BY a.external_id";
static const char facts_sql[] =
    "SELECT 'L', a.external_id, l.start, coalesce (l.\"end\", ''), coalesce (l.canceled_at, ''), amount_num, "
    "amount_den, coalesce (l.currency, 'USD'), coalesce (p.external_id, ''), l.trial, l.id FROM subscription_line l "
    "JOIN account a ON a.id = l.account LEFT JOIN product p ON p.id = l.product ORDER BY a.external_id, l.start, l.id; "
    "SELECT 'S', a.external_id, r.month, amount_num, amount_den, coalesce (r.currency, 'USD'), "
    "coalesce (p.external_id, ''), r.id FROM revenue_month r JOIN account a ON a.id = r.account "
    "LEFT JOIN product p ON p.id = r.product ORDER BY a.external_id, r.month, p.external_id IS NULL, p.external_id; "
    "SELECT 'E', a.external_id, e.day, amount_num, amount_den, is_change, of_product, coalesce (e.currency, 'USD'), "
    "coalesce (p.external_id, ''), e.id FROM movement_event e JOIN account a ON a.id = e.account "
    "LEFT JOIN product p ON p.id = e.product ORDER BY a.external_id, e.day, e.id";

static void
assert_same_as_sqlite (StoreFixture *fixture,
                       const QdBook *book)
{
  g_autofree char *accounts = print_accounts (book);
  g_autofree char *facts = print_facts (book);
  g_autofree char *expected_accounts = NULL, *expected_facts = NULL;

  store_fixture_close (fixture);
  expected_accounts = run_sqlite (fixture->path, accounts_sql);
  expected_facts = run_sqlite (fixture->path, facts_sql);
  store_fixture_reopen (fixture);
  g_assert_cmpstr (accounts, ==, expected_accounts);
  g_assert_cmpstr (facts, ==, expected_facts);
}

/* Ids that are neither in order nor dense; every column in use. */
static const char mixed_sql[] =
    "INSERT INTO product (id, external_id, name) VALUES (7, 'zeta', 'Z'), (9, 'alpha', 'A'), (90000, 'mid', 'M');"
    "WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 300) "
    "INSERT INTO account (id, external_id, name, implied, segment, region, csm, signup) "
    "SELECT i * 3, printf ('%c%d', 65 + i * 7 % 26, i * 7919 % 1000), 'Name ' || i, i % 11 = 0, "
    "CASE i % 4 WHEN 0 THEN 'SMB' WHEN 1 THEN 'Enterprise' WHEN 2 THEN 'Mid' END, "
    "CASE i % 3 WHEN 0 THEN 'EMEA' WHEN 1 THEN '' END, 'csm ' || i % 17, CASE WHEN i % 5 > 0 THEN 15000 + i END FROM n;"
    "UPDATE account SET parent = (id * 5) % 300 / 3 * 3 WHERE id % 5 = 0 AND (id * 5) % 300 / 3 > 0;"
    "WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 3000) "
    "INSERT INTO subscription_line (id, external_id, account, product, start, \"end\", amount_num, amount_den, currency, "
    "trial, canceled_at) SELECT i * 2, 'L' || i, (i * 31 % 300 + 1) * 3, "
    "CASE i % 4 WHEN 0 THEN 7 WHEN 1 THEN 9 WHEN 2 THEN 90000 END, "
    "18000 + i * 37 % 900, CASE WHEN i % 3 THEN 19000 + i % 500 END, i * 1001, 1 + i % 2 * 11, "
    "CASE i % 5 WHEN 0 THEN 'EUR' WHEN 1 THEN 'JPY' WHEN 2 THEN 'USD' END, i % 13 = 0, "
    "CASE WHEN i % 7 = 0 THEN 18900 END FROM n;"
    "WITH RECURSIVE n (i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM n WHERE i < 2999) "
    "INSERT INTO revenue_month (account, month, product, amount_num) SELECT (i % 100 + 1) * 3, 24300 - i / 100, "
    "CASE i % 3 WHEN 0 THEN 7 WHEN 1 THEN 9 END, i * 17 FROM n;"
    "WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 3000) "
    "INSERT INTO movement_event (account, day, amount_num, is_change, of_product, product, currency) "
    "SELECT (i * 17 % 300 + 1) * 3, 18000 + i * 7 % 40, i, i % 2, i % 3 = 0, CASE WHEN i % 3 = 0 THEN 9 END, "
    "CASE WHEN i % 4 = 0 THEN 'EUR' END FROM n;";

static void
test_rows (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  g_autoptr (QdBook) book = NULL;

  store_exec (fixture->store, mixed_sql);
  book = load_book (fixture);
  g_assert_cmpuint (qd_book_get_n_accounts (book), ==, 300);
  g_assert_cmpuint (qd_book_get_lines (book)->n, ==, 3000);
  g_assert_cmpint (store_integer (fixture->store, "SELECT count(*) FROM cache"), ==, 0);
  assert_same_as_sqlite (fixture, book);
}

static void
test_sparse_ids (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  g_autoptr (QdBook) book = NULL;

  store_exec (fixture->store,
              "INSERT INTO account (id, external_id, name) VALUES (-5, 'neg', 'N'), (9000000000000000000, 'far', 'F'),"
              "(3, 'b', 'B'); INSERT INTO movement_event (account, day, amount_num) VALUES (-5, 1, 10),"
              "(9000000000000000000, 2, 20), (3, 3, 30), (9000000000000000000, 1, 40)");
  book = load_book (fixture);
  assert_same_as_sqlite (fixture, book);
}

static const char *
value_at (const QdBook *book,
          const char   *dimension,
          const char   *account,
          QdDay         at)
{
  int d = qd_book_find_dimension (book, dimension);

  g_assert_cmpint (d, >=, 0);
  return qd_book_get_value (book, d,
                            qd_book_get_account_value_at (book, d, qd_book_find_account (book, account), at));
}

static const char *
value_now (const QdBook *book,
           const char   *dimension,
           const char   *account)
{
  int d = qd_book_find_dimension (book, dimension);

  return qd_book_get_value (book, d, qd_book_get_account_values (book, d)[qd_book_find_account (book, account)]);
}

static void
test_values (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  g_autoptr (QdBook) book = NULL;

  store_exec (fixture->store,
              "INSERT INTO account (id, external_id, name, segment) VALUES (1, 'a', 'A', 'Enterprise'),"
              "(2, 'b', 'B', NULL), (3, 'c', 'C', 'SMB');"
              "INSERT INTO account_value (account, field, valid_from, value) VALUES (1, 'segment', 18000, 'SMB'),"
              "(1, 'segment', 19000, 'Mid'), (2, 'segment', 18500, 'Mid'), (1, 'plan', -2147483648, 'gold'),"
              "(2, 'plan', -2147483648, 'tin'), (2, 'plan', 18200, 'lead'), (3, 'domain', 18000, 'no.example'),"
              "(3, 'area', -2147483648, x'c328' || '')");
  book = load_book (fixture);
  g_assert_cmpuint (qd_book_get_n_dimensions (book), ==, 13);
  g_assert_cmpstr (qd_book_get_dimension_name (book, 11), ==, "area");
  g_assert_cmpstr (qd_book_get_dimension_name (book, 12), ==, "plan");
  g_assert_cmpstr (value_now (book, "segment", "a"), ==, "Enterprise");
  g_assert_cmpstr (value_at (book, "segment", "a", 18999), ==, "SMB");
  g_assert_cmpstr (value_at (book, "segment", "a", 19000), ==, "Mid");
  g_assert_cmpstr (value_at (book, "segment", "a", 17000), ==, "SMB");
  g_assert_cmpstr (value_now (book, "segment", "b"), ==, "Mid");
  g_assert_cmpstr (value_at (book, "segment", "c", 0), ==, "SMB");
  g_assert_cmpstr (value_now (book, "plan", "a"), ==, "gold");
  g_assert_cmpstr (value_at (book, "plan", "a", 0), ==, "gold");
  g_assert_cmpstr (value_now (book, "plan", "b"), ==, "lead");
  g_assert_cmpstr (value_at (book, "plan", "b", 18199), ==, "tin");
  g_assert_cmpstr (value_now (book, "plan", "c"), ==, "");
  g_assert_true (g_utf8_validate (value_now (book, "area", "c"), -1, NULL));
}

static void
test_rate_sets (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  g_autoptr (QdBook) book = NULL, chosen = NULL;
  QdDecimal rate;

  store_exec (fixture->store,
              "INSERT INTO fx_rate (set_name, currency, month, mantissa, scale, batch) VALUES"
              "('b-first', 'EUR', 24300, 110, 2, 1), ('b-first', 'EUR', 24290, 105, 2, 1),"
              "('a-later', 'EUR', 24280, 99, 2, 2), ('a-later', 'GBP', -2147483648, 13, 1, 2)");
  book = load_book (fixture);
  g_assert_cmpstr (qd_book_get_rate_set (book), ==, "b-first");
  for (guint c = 1; c < qd_book_get_n_currencies (book); c++)
    {
      g_assert_true (qd_book_get_constant_rate (book, c, &rate));
      if (g_str_equal (qd_book_get_currency_code (book, c), "EUR"))
        g_assert_cmpint (rate.mantissa, ==, 105);
      else
        g_assert_cmpint (rate.mantissa, ==, 13);
    }
  store_exec (fixture->store, "INSERT INTO setting (key, value) VALUES ('rate_set', 'a-later')");
  chosen = load_book (fixture);
  g_assert_cmpstr (qd_book_get_rate_set (chosen), ==, "a-later");
  g_assert_true (qd_book_get_constant_rate (chosen, 1, &rate));
  g_assert_cmpint (rate.mantissa, ==, 99);
}

static void
assert_damaged (const char *sql)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (QdBook) book = NULL;

  g_autofree char *out = NULL, *all = NULL;

  /* Another program does not check references; opening would, so it happens while the store is open. */
  all = g_strconcat ("INSERT INTO account (id, external_id, name) VALUES (1, 'a', 'A'); ", sql, NULL);
  out = run_sqlite (fixture->path, all);
  g_assert_cmpstr (out, ==, "");
  book = try_load (fixture, NULL, &error);
  g_assert_error (error, QD_STORE_ERROR, QD_STORE_ERROR_DAMAGED);
  g_assert_null (book);
}

static void
test_damaged (void)
{
  assert_damaged ("INSERT INTO movement_event (account, day, amount_num) VALUES (2, 1, 1)");
  assert_damaged ("INSERT INTO movement_event (account, day, amount_num) VALUES (1, 99999999, 1)");
  assert_damaged ("INSERT INTO movement_event (account, day, amount_num, product) VALUES (1, 1, 1, 4)");
  assert_damaged ("INSERT INTO movement_event (id, account, day, amount_num) VALUES (-1, 1, 1, 1)");
  assert_damaged ("INSERT INTO movement_event (account, day, amount_num, currency) VALUES (1, 1, 1, 'XXL')");
  assert_damaged ("INSERT INTO movement_event (account, day, amount_num, currency) VALUES (1, 1, 1, 'EURO')");
  assert_damaged ("INSERT INTO subscription_line (external_id, account, start, \"end\", amount_num) "
                  "VALUES ('x', 1, 1, 9223372036854775807, 1)");
  assert_damaged ("INSERT INTO revenue_month (account, month, amount_num) VALUES (1, -1, 1)");
  assert_damaged ("INSERT INTO account (id, external_id, name, parent) VALUES (2, 'b', 'B', 77)");
  assert_damaged ("INSERT INTO account (id, external_id, name, signup) VALUES (2, 'b', 'B', 7777777777)");
  assert_damaged ("INSERT INTO account_value (account, field, valid_from, value) VALUES (5, 'x', 1, 'y')");
  assert_damaged ("UPDATE setting SET value = '13' WHERE key = 'fiscal_start'");
  assert_damaged ("UPDATE setting SET value = 'NOPE' WHERE key = 'currency'");
}

static const char many_sql[] =
    "WITH RECURSIVE n (i) AS (VALUES (3001) UNION ALL SELECT i + 1 FROM n WHERE i < 30000) "
    "INSERT INTO movement_event (account, day, amount_num, is_change, currency) "
    "SELECT (i * 17 % 300 + 1) * 3, 18000 + i * 7 % 1400, i * 1000003, i % 2, CASE WHEN i % 4 = 0 THEN 'GBP' END "
    "FROM n; UPDATE setting SET value = '5' WHERE key = 'data_version'";

static void
test_cache (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  g_autofree char *facts = NULL, *accounts = NULL;
  gint64 size;

  store_exec (fixture->store, mixed_sql);
  store_exec (fixture->store, many_sql);
  {
    g_autoptr (QdBook) book = load_book (fixture);

    facts = print_facts (book);
    accounts = print_accounts (book);
    assert_same_as_sqlite (fixture, book);
  }
  g_assert_cmpint (store_integer (fixture->store, "SELECT count(*) FROM cache WHERE version = 5"), ==, 2);
  size = store_integer (fixture->store, "SELECT sum (length (body)) FROM cache");
  g_assert_cmpint (size, >, 30000 * 4);
  g_assert_cmpint (size, <, 30000 * 24);

  /* The packed form is read: a row changed behind its back does not show. */
  store_exec (fixture->store, "UPDATE movement_event SET amount_num = amount_num + 1 WHERE id = 500");
  {
    g_autoptr (QdBook) book = load_book (fixture);
    g_autofree char *again = print_facts (book), *again_accounts = print_accounts (book);

    g_assert_cmpstr (facts, ==, again);
    g_assert_cmpstr (accounts, ==, again_accounts);
    g_assert_cmpstr (qd_book_get_name (book), !=, NULL);
    g_assert_cmpint (qd_book_get_version (book), ==, 5);
    g_assert_cmpuint (qd_book_get_account_ultimate_parent (book, 0), <, 300);
  }
  /* Inside a transaction only rows count. */
  {
    LoadData load = { NULL, "UPDATE movement_event SET amount_num = 424242 WHERE id = 500" };
    g_autoptr (GError) error = NULL;
    g_autofree char *inside = NULL;

    g_assert_true (qd_store_run (fixture->store, QD_STORE_PRIORITY_READ, load_func, &load, NULL, &error));
    inside = print_facts (load.book);
    g_assert_nonnull (strstr (inside, "|424242|"));
    qd_book_unref (load.book);
  }
  /* A row more, or another version, and the rows are read again. */
  store_exec (fixture->store, "INSERT INTO movement_event (account, day, amount_num) VALUES (3, 18000, 777)");
  {
    g_autoptr (QdBook) book = load_book (fixture);

    assert_same_as_sqlite (fixture, book);
  }
  store_exec (fixture->store, "UPDATE movement_event SET amount_num = 31 WHERE id = 500;"
                              "UPDATE setting SET value = '6' WHERE key = 'data_version'");
  {
    g_autoptr (QdBook) book = load_book (fixture);

    assert_same_as_sqlite (fixture, book);
    g_assert_cmpint (store_integer (fixture->store, "SELECT min (version) FROM cache"), ==, 6);
  }
}

static void
test_bad_cache (void)
{
  static const char *const damage[] = {
    "UPDATE cache SET body = x'' WHERE key LIKE 'book/%'",
    "UPDATE cache SET body = x'00' WHERE key = 'book/000000'",
    "UPDATE cache SET body = zeroblob (length (body)) WHERE key = 'book/000001'",
    "UPDATE cache SET body = zeroblob (3000000) WHERE key = 'book/000000'",
    "UPDATE cache SET body = substr (body, 1, length (body) - 1) WHERE key = 'book/000001'",
    "UPDATE cache SET body = CAST (body || x'00' AS BLOB) WHERE key = 'book/000001'",
    "UPDATE cache SET body = CAST (substr (body, 1, 5000) || x'ff' || substr (body, 5002) AS BLOB) WHERE key = 'book/000001'",
    "UPDATE cache SET body = CAST (substr (body, 1, 40) || x'ffffffffffffff7f' AS BLOB) WHERE key = 'book/000000'",
    "DELETE FROM cache WHERE key = 'book/000001'",
    "INSERT INTO cache (key, version, body) VALUES ('book/000002', 5, zeroblob (100000))",
    "INSERT INTO cache (key, version, body) VALUES ('book/', 5, x'010203')",
  };
  g_autoptr (StoreFixture) fixture = store_fixture_new ();

  store_exec (fixture->store, mixed_sql);
  store_exec (fixture->store, many_sql);
  for (guint i = 0; i < G_N_ELEMENTS (damage); i++)
    {
      g_autofree char *good = NULL, *facts = NULL;
      g_autoptr (QdBook) first = load_book (fixture);
      g_autoptr (QdBook) second = NULL;

      good = print_facts (first);
      store_exec (fixture->store, damage[i]);
      second = load_book (fixture);
      facts = print_facts (second);
      g_assert_cmpstr (facts, ==, good);
      /* It was written anew, whole. */
      g_assert_cmpint (store_integer (fixture->store, "SELECT count(*) FROM cache"), ==, 2);
      g_assert_cmpint (store_integer (fixture->store, "SELECT sum (length (body)) FROM cache"), >, 30000 * 4);
    }
}

static QdBook *
build_small (void)
{
  QdBookBuilder *builder = qd_book_builder_new ("Small", "USD", 1);
  guint16 eur = qd_book_builder_add_currency (builder, "EUR");

  qd_book_builder_add_rate (builder, eur, 24300, (QdDecimal){ 11, 1 });
  for (guint i = 0; i < 9; i++)
    {
      g_autofree char *id = g_strdup_printf ("acc%u", i * 37 % 10);
      g_autofree char *parent = g_strdup_printf ("acc%u", i % 4);
      guint32 a = qd_book_builder_add_account (builder, id, "Näme", parent, 15000 + i, i % 2);

      qd_book_builder_set_value (builder, a, "segment", 18000 + i, i % 2 ? "x" : "y");
      qd_book_builder_set_value (builder, a, "custom", QD_DAY_NONE, id);
      qd_book_builder_add_product (builder, id, "Product");
      for (guint k = 0; k < 5; k++)
        {
          qd_book_builder_add_line (builder, a, 18000 + 300 * k, 18500 + k, QD_DAY_NONE, 1000 * k, 1 + k, k % 2, a, k % 2,
                                    i * 5 + k);
          qd_book_builder_add_snapshot (builder, a, 24300 + k, k, 12, k % 2, a, k);
          qd_book_builder_add_event (builder, a, 18000 + k, -5, 1, k % 2, FALSE, 0, QD_BOOK_NONE, k);
        }
    }
  return qd_book_builder_finish (builder);
}

/* Everything that a book gives out may be used as an index. */
static void
walk (const QdBook *book)
{
  g_autofree char *facts = print_facts (book);
  g_autofree char *accounts = print_accounts (book);
  g_autofree char *first = NULL;
  QdDecimal rate;

  for (guint32 a = 0; a < qd_book_get_n_accounts (book); a++)
    {
      g_assert_cmpuint (qd_book_get_account_ultimate_parent (book, a), <, qd_book_get_n_accounts (book));
      g_assert_cmpuint (qd_book_find_account (book, qd_book_get_account_id (book, a)), ==, a);
      for (guint d = 0; d < qd_book_get_n_dimensions (book); d++)
        qd_book_get_value (book, d, qd_book_get_account_value_at (book, d, a, 18004));
    }
  for (guint c = 0; c < qd_book_get_n_currencies (book); c++)
    qd_book_get_month_rate (book, c, 24000, &rate);
  first = qd_month_to_iso (qd_book_get_first_month (book));
  g_assert_nonnull (first);
}

static void
test_packed_damage (void)
{
  g_autoptr (QdBook) book = build_small ();
  g_autoptr (GBytes) packed = qd_book_pack (book);
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  g_autofree char *facts = print_facts (book), *accounts = print_accounts (book);
  gsize size;
  const guint8 *data = g_bytes_get_data (packed, &size);
  guint survivors = 0;

  {
    g_autoptr (QdBook) back = qd_book_unpack (data, size);
    g_autofree char *back_facts = print_facts (back), *back_accounts = print_accounts (back);

    g_assert_cmpstr (facts, ==, back_facts);
    g_assert_cmpstr (accounts, ==, back_accounts);
    g_assert_cmpint (qd_book_get_first_month (back), ==, qd_book_get_first_month (book));
    g_assert_cmpint (qd_book_get_last_month (back), ==, qd_book_get_last_month (book));
    g_assert_cmpint (qd_book_get_horizon (back, FALSE), ==, qd_book_get_horizon (book, FALSE));
    g_assert_cmpint (qd_book_get_horizon (back, TRUE), ==, qd_book_get_horizon (book, TRUE));
    g_assert_cmpint (qd_book_get_account_value_at (back, 0, 3, 1), ==, qd_book_get_account_value_at (book, 0, 3, 1));
    walk (back);
  }

  for (gsize cut = 0; cut < size; cut++)
    {
      g_autofree guint8 *copy = g_memdup2 (data, MAX (cut, 1));

      g_assert_null (qd_book_unpack (copy, cut));
      if (cut >= 24)
        {
          qd_book_pack_seal (copy, cut);
          g_assert_null (qd_book_unpack (copy, cut));
        }
    }
  for (guint round = 0; round < 60000; round++)
    {
      g_autofree guint8 *copy = g_memdup2 (data, size);
      guint hits = g_rand_int_range (rand, 1, 4);
      g_autoptr (QdBook) back = NULL;

      for (guint i = 0; i < hits; i++)
        {
          static const guint8 interesting[] = { 0, 1, 2, 3, 4, 8, 0x7F, 0x80, 0xFE, 0xFF };
          gsize at = g_rand_int_range (rand, 24, size);

          copy[at] = g_rand_boolean (rand) ? interesting[g_rand_int_range (rand, 0, G_N_ELEMENTS (interesting))]
                                           : g_rand_int_range (rand, 0, 256);
        }
      if (round % 4 == 0)
        {
          if (memcmp (copy, data, size) != 0)
            g_assert_null (qd_book_unpack (copy, size));
          continue;
        }
      qd_book_pack_seal (copy, size);
      back = qd_book_unpack (copy, size);
      if (back != NULL)
        {
          survivors++;
          walk (back);
        }
    }
  g_assert_cmpuint (survivors, >, 1000);
}

static void
test_cancel (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (QdJob) job = qd_job_new ("Test", cancellable);
  g_autoptr (GError) error = NULL;
  LoadData load = { NULL, NULL };

  store_exec (fixture->store, mixed_sql);
  g_cancellable_cancel (cancellable);
  g_assert_false (qd_store_run (fixture->store, QD_STORE_PRIORITY_READ, load_func, &load, job, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int    argc,
      char **argv)
{
  store_fixture_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/book-load/rows", test_rows);
  g_test_add_func ("/book-load/sparse-ids", test_sparse_ids);
  g_test_add_func ("/book-load/values", test_values);
  g_test_add_func ("/book-load/rate-sets", test_rate_sets);
  g_test_add_func ("/book-load/damaged", test_damaged);
  g_test_add_func ("/book-load/cache", test_cache);
  g_test_add_func ("/book-load/bad-cache", test_bad_cache);
  g_test_add_func ("/book-load/packed-damage", test_packed_damage);
  g_test_add_func ("/book-load/cancel", test_cancel);
  return g_test_run ();
}
