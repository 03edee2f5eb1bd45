/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * check on larger data: it finds what was planted, and nothing else.
 */
#include <string.h>

#include "data/workspace/qd-workspace.h"
#include "store-fixture.h"

static const QdFinding *
find (GPtrArray  *findings,
      const char *code)
{
  for (guint i = 0; i < findings->len; i++)
    {
      const QdFinding *finding = findings->pdata[i];

      if (strcmp (finding->code, code) == 0)
        return finding;
    }
  return NULL;
}

static void
assert_none (GPtrArray  *findings,
             const char *code)
{
  const QdFinding *finding = find (findings, code);

  if (finding != NULL)
    g_error ("%s: %s (%s)", code, finding->message,
             finding->examples->len > 0 ? (const char *) finding->examples->pdata[0] : "");
}

static const QdFinding *
assert_finding (GPtrArray     *findings,
                const char    *code,
                QdFindingLevel level,
                guint64        count)
{
  const QdFinding *finding = find (findings, code);

  g_assert_nonnull (finding);
  g_assert_cmpint (finding->level, ==, level);
  g_assert_cmpuint (finding->count, ==, count);
  g_assert_cmpstr (finding->message, !=, "");
  return finding;
}

static GPtrArray *
check (const char *path,
       gboolean    repair)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QdWorkspace) workspace = qd_workspace_open (path, QD_STORE_OPEN_DEFAULT, NULL, &error);
  GPtrArray *findings;

  g_assert_no_error (error);
  findings = qd_workspace_check (workspace, repair, NULL, &error);
  g_assert_no_error (error);
  return findings;
}

/* Of each finding all records can be had: as many as it counts, those of the examples first. */
static void
assert_listed (const char *path,
               GPtrArray  *findings)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QdWorkspace) workspace = qd_workspace_open (path, QD_STORE_OPEN_DEFAULT, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < findings->len; i++)
    {
      const QdFinding *finding = findings->pdata[i];
      g_autofree char *id = qd_finding_dup_id (finding);
      g_autoptr (QdFinding) whole = qd_workspace_check_one (workspace, id, NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (whole->code, ==, finding->code);
      g_assert_cmpstr (whole->message, ==, finding->message);
      g_assert_cmpuint (whole->count, ==, finding->count);
      if (finding->records == NULL)
        continue;
      g_assert_cmpuint (qd_table_get_n_rows (whole->records), ==, finding->count);
      g_assert_cmpuint (qd_table_get_n_rows (finding->records), ==, MIN (finding->count, 5));
      g_assert_cmpuint (finding->examples->len, ==, MIN (finding->count, 5));
      for (guint e = 0; e < finding->examples->len; e++)
        {
          g_assert_cmpstr (whole->examples->pdata[e], ==, finding->examples->pdata[e]);
          for (guint c = 0; c < qd_table_get_n_columns (whole->records); c++)
            {
              g_autofree char *cell = qd_table_format_iso (finding->records, e, c);
              g_autofree char *same = qd_table_format_iso (whole->records, e, c);

              g_assert_cmpstr (cell, ==, same);
            }
        }
    }
}

static void
assert_sound (GPtrArray *findings)
{
  assert_none (findings, "file-damaged");
  assert_none (findings, "ledger-impossible");
  assert_none (findings, "ledger-differs");
  assert_none (findings, "ledger-unchecked");
  assert_none (findings, "ledger-identity");
  assert_none (findings, "rate-missing");
}

/* A new workspace, closed, filled by another program. */
static char *
make (StoreFixture *fixture,
      const char   *sql)
{
  g_autofree char *out = NULL;

  store_fixture_close (fixture);
  out = run_sqlite (fixture->path, sql);
  g_assert_cmpstr (out, ==, "");
  return g_strdup (fixture->path);
}

#define NUMBERS(n) "WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < " #n ") "
#define BASE \
  "INSERT INTO product (id, external_id, name) VALUES (1, 'p', 'P'), (2, 'q', 'Q'), (3, 'r', 'R');" \
  "INSERT INTO fx_rate (set_name, currency, month, mantissa, scale, batch) VALUES ('b', 'EUR', 24280, 10850, 4, 1)," \
  "('b', 'EUR', 24290, 2, 0, 1), ('a', 'EUR', 24270, 5, 0, 2), ('b', 'JPY', 24280, 67123, 7, 1)," \
  "('b', 'KWD', -2147483648, 3251, 3, 1), ('b', 'KWD', 24280, 9, 0, 1);" \
  NUMBERS (400) "INSERT INTO account (id, external_id, name, segment, batch) " \
  "SELECT i, printf ('%c%03d', 65 + i * 7 % 26, i), 'Name ' || i, " \
  "CASE i % 4 WHEN 0 THEN 'SMB' WHEN 1 THEN 'Enterprise' WHEN 2 THEN 'Mid' ELSE 'Other' END, 1 FROM n;"
#define CURRENCY "CASE i * 7 % 11 WHEN 0 THEN 'EUR' WHEN 1 THEN 'JPY' WHEN 2 THEN 'KWD' WHEN 3 THEN 'USD' END"
#define LINES \
  NUMBERS (4000) "INSERT INTO subscription_line (external_id, account, product, start, \"end\", amount_num, amount_den, " \
  "currency, trial) SELECT 'L' || i, i * 31 % 133 + 1, nullif (i % 4, 0), 19000 + i * 37 % 1100, " \
  "CASE WHEN i % 3 THEN 19000 + i * 37 % 1100 + i * 13 % 700 END, i * 977 % 100000, " \
  "CASE i % 3 WHEN 0 THEN 1 WHEN 1 THEN 12 ELSE 7 END, " CURRENCY ", i % 13 = 0 FROM n;"
#define SNAPSHOTS \
  NUMBERS (4000) "INSERT INTO revenue_month (account, month, product, currency, amount_num, amount_den) " \
  "SELECT i * 31 % 133 + 134, 24280 + i * 7 % 30, nullif (i % 4, 0), " CURRENCY ", i * 977 % 50000, 1 + i % 3 FROM n;"
#define EVENTS \
  NUMBERS (8000) "INSERT INTO movement_event (account, day, amount_num, amount_den, is_change, of_product, product, " \
  "currency) SELECT i * 31 % 133 + 267, 19000 + i * 37 % 1500, " \
  "CASE WHEN i * 31 % 133 % 2 AND i % 3 THEN i * 977 % 3000 - 1400 ELSE i * 977 % 50000 END, 1 + i % 2, " \
  "i * 31 % 133 % 2 AND i % 3, i * 31 % 133 % 5 = 0, " \
  "CASE WHEN i * 31 % 133 % 5 = 0 THEN 1 + i % 3 END, " CURRENCY " FROM n;"

/* Of accounts that have nothing else, in one currency; of account 5 that has lines too. */
#define LEVELS \
  NUMBERS (120) "INSERT INTO movement_event (account, day, amount_num, amount_den, currency) " \
  "SELECT CASE WHEN i % 2 THEN 400 ELSE 5 END, 19000 + i * 37 % 300, i * 977 % 50000 * (i % 5 > 0), 1 + i % 7, " \
  "CASE WHEN i % 2 THEN 'EUR' END FROM n;"

static void
test_all_forms (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  g_autofree char *path = make (fixture, BASE LINES SNAPSHOTS EVENTS LEVELS);
  g_autoptr (GPtrArray) findings = check (path, FALSE);

  assert_sound (findings);
  assert_none (findings, "segment-blank");
  assert_none (findings, "parent-ring");
  assert_none (findings, "churn-flag-differs");
  assert_none (findings, "ends-after-data"); /* snapshots know no later month */
}

/* Amounts near the end of 64 bits are refused by the ledger or left out, never compared wrongly. */
static void
test_large (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  g_autofree char *path =
      make (fixture, BASE LINES "UPDATE subscription_line SET amount_num = 900000000000000, currency = 'KWD' "
                                "WHERE id IN (SELECT id FROM subscription_line WHERE trial = 0 AND \"end\" > start + 60 "
                                "LIMIT 1)");
  g_autoptr (GPtrArray) findings = check (path, FALSE);

  assert_none (findings, "ledger-differs");
  assert_none (findings, "ledger-impossible");
  assert_finding (findings, "ledger-unchecked", QD_FINDING_NOTE, 1);
  assert_listed (path, findings);
}

/* A row changed by another program behind the packed book. */
static void
test_behind_cache (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  g_autofree char *path =
      make (fixture, BASE EVENTS NUMBERS (30000) "INSERT INTO movement_event (account, day, amount_num) "
                                                 "SELECT i % 200 + 1, 19000 + i / 200, i FROM n");

  {
    g_autoptr (GPtrArray) findings = check (path, FALSE);
    g_autofree char *cached = NULL;

    assert_sound (findings);
    cached = run_sqlite (path, "SELECT count(*) > 0 FROM cache");
    g_assert_cmpstr (cached, ==, "1\n");
  }
  {
    g_autofree char *out =
        run_sqlite (path, "UPDATE movement_event SET amount_num = amount_num + 1 WHERE amount_num = 29999 AND account = 200");
    g_autoptr (GPtrArray) findings = check (path, FALSE);
    /* The level of June 2022 holds to the last month of the data, February 2026. */
    const QdFinding *finding = assert_finding (findings, "ledger-differs", QD_FINDING_FAILURE, 45);

    g_assert_cmpuint (finding->examples->len, ==, 5);
    g_assert_nonnull (strstr (finding->examples->pdata[0], "299.99"));
    g_assert_nonnull (strstr (finding->examples->pdata[0], "300.00"));
    assert_listed (path, findings);
  }
  {
    g_autoptr (GPtrArray) findings = check (path, TRUE);

    assert_sound (findings);
  }
}

static void
test_planted (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  g_autofree char *path =
      make (fixture,
            BASE LINES "UPDATE account SET parent = CASE id WHEN 10 THEN 11 WHEN 11 THEN 12 WHEN 12 THEN 10 WHEN 13 THEN "
                       "12 WHEN 14 THEN 15 END WHERE id BETWEEN 10 AND 14;"
                       "UPDATE account SET segment = NULL WHERE id IN (7, 8);"
                       "UPDATE account SET implied = 1 WHERE id = 9;"
                       "INSERT INTO account (id, external_id, name, segment) VALUES (900, 'z1', 'Z', 'SMB'),"
                       "(901, 'z2', 'Z', 'SMB'), (902, 'z3', 'Z', 'SMB'), (903, 'z4', 'Z', 'SMB');"
                       "INSERT INTO subscription_line (external_id, account, start, \"end\", amount_num) VALUES"
                       "('z1', 900, 19000, NULL, 5), ('z2', 901, 19000, 19100, 5), ('z3', 902, 19000, NULL, 5);"
                       "INSERT INTO account_value (account, field, valid_from, value) VALUES"
                       "(900, 'churn_flag', -2147483648, 'TRUE'), (901, 'churn_flag', -2147483648, ' false'),"
                       "(902, 'churn_flag', -2147483648, 'No'), (903, 'churn_flag', -2147483648, 'no'),"
                       "(1, 'churn_flag', -2147483648, '?')");
  g_autoptr (GPtrArray) findings = check (path, FALSE);
  const QdFinding *finding;

  assert_sound (findings);
  finding = assert_finding (findings, "churn-flag-differs", QD_FINDING_WARNING, 2);
  g_assert_cmpstr (finding->examples->pdata[0], ==, "z1 churn_flag=TRUE");
  assert_finding (findings, "parent-ring", QD_FINDING_WARNING, 4);
  assert_finding (findings, "segment-blank", QD_FINDING_NOTE, 2);
  assert_finding (findings, "account-implied", QD_FINDING_WARNING, 1);
  assert_listed (path, findings);
}

/* 400 accounts, of which 100 have lost their segment: every one of them can be had, also after it was mended. */
static void
test_one (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  g_autofree char *path = make (fixture, BASE LINES "UPDATE account SET segment = NULL WHERE id % 4 = 0;"
                                                    "UPDATE account SET name = 'Twin ' || (id / 2) WHERE id <= 21");
  g_autofree char *ids = run_sqlite (path, "SELECT external_id FROM account WHERE id % 4 = 0 ORDER BY external_id");
  g_autofree char *mended = NULL;
  g_autoptr (GPtrArray) findings = check (path, FALSE);
  g_autoptr (GString) listed = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  assert_finding (findings, "segment-blank", QD_FINDING_NOTE, 100);
  assert_finding (findings, "name-repeated", QD_FINDING_NOTE, 20); /* Twin 0 has no twin */
  assert_listed (path, findings);
  {
    g_autoptr (QdWorkspace) workspace = qd_workspace_open (path, QD_STORE_OPEN_DEFAULT, NULL, &error);
    g_autoptr (QdFinding) finding = qd_workspace_check_one (workspace, "segment-blank", NULL, &error);

    for (guint i = 0; i < qd_table_get_n_rows (finding->records); i++)
      g_string_append_printf (listed, "%s\n", qd_table_get_text (finding->records, i, 0));
    g_assert_cmpstr (listed->str, ==, ids);
  }
  mended = run_sqlite (path, "UPDATE account SET segment = 'SMB' WHERE segment IS NULL");
  {
    g_autoptr (QdWorkspace) workspace = qd_workspace_open (path, QD_STORE_OPEN_DEFAULT, NULL, &error);
    g_autoptr (QdFinding) finding = qd_workspace_check_one (workspace, "segment-blank", NULL, &error);

    g_assert_no_error (error);
    g_assert_cmpuint (finding->count, ==, 0);
    g_assert_null (finding->records);
  }
}

/* Days 19723, 19754, 19782, 19889 and 19996: 2024-01-01, 2024-02-01, 2024-02-29, 2024-06-15 and 2024-09-30. */
static void
test_ends (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  g_autofree char *path =
      make (fixture, BASE "INSERT INTO subscription_line (external_id, account, start, \"end\", amount_num) VALUES"
                          "('1', 1, 19723, 19889, 100), ('2', 2, 19754, NULL, 200), ('3', 3, 19000, 19996, 50),"
                          "('4', 4, 19000, 19740, 50), ('5', 5, 19000, 19782, 50)");
  g_autoptr (GPtrArray) findings = check (path, FALSE);
  const QdFinding *finding;

  assert_sound (findings);
  finding = assert_finding (findings, "ends-after-data", QD_FINDING_NOTE, 2);
  g_assert_nonnull (strstr (finding->message, "Feb 2024"));
  g_assert_nonnull (strstr (finding->message, "Sep 2024"));
  g_assert_cmpuint (finding->examples->len, ==, 2);
  g_assert_nonnull (strstr (finding->examples->pdata[0], " 2024-06-15"));
  assert_listed (path, findings);
}

/* The end date is the first day not in force: that month's figures do not hold the line, and no later month knows more. */
static void
test_ends_with_the_data (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  g_autofree char *path =
      make (fixture, BASE "INSERT INTO subscription_line (external_id, account, start, \"end\", amount_num) VALUES"
                          "('1', 1, 19723, 19782, 100), ('2', 2, 19754, NULL, 200)");
  g_autoptr (GPtrArray) findings = check (path, FALSE);

  assert_sound (findings);
  assert_none (findings, "ends-after-data");
}

static void
test_no_rate (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  g_autofree char *path = make (fixture, BASE LINES "UPDATE subscription_line SET currency = 'CHF' WHERE id % 100 = 3");
  g_autoptr (GPtrArray) findings = check (path, FALSE);
  const QdFinding *finding;

  finding = assert_finding (findings, "rate-missing", QD_FINDING_FAILURE, 1);
  g_assert_cmpstr (finding->examples->pdata[0], ==, "CHF");
  assert_finding (findings, "ledger-impossible", QD_FINDING_FAILURE, 1);
  assert_listed (path, findings);
}

int
main (int    argc,
      char **argv)
{
  store_fixture_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/workspace-check/all-forms", test_all_forms);
  g_test_add_func ("/workspace-check/large", test_large);
  g_test_add_func ("/workspace-check/behind-cache", test_behind_cache);
  g_test_add_func ("/workspace-check/planted", test_planted);
  g_test_add_func ("/workspace-check/one", test_one);
  g_test_add_func ("/workspace-check/ends", test_ends);
  g_test_add_func ("/workspace-check/ends-with-the-data", test_ends_with_the_data);
  g_test_add_func ("/workspace-check/no-rate", test_no_rate);
  return g_test_run ();
}
