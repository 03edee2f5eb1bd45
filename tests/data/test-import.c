/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The rules of each kind: what goes in, what is merged, what is rejected.
 */
#include "import-fixture.h"

#include <string.h>

#define LINES "line_id,account_id,start,end,mrr\n"

static void
test_accounts (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  const char *first = "Customer ID,Company Name,Industry,Signup Date,Plan Tier,Seats\n"
                      "A1,Alpha,Tech,2024-01-05,Pro,12\n"
                      "A2,\"Beta, Inc.\",,,,\n";

  import_ok (fixture, "accounts", first, NULL, 2, 0, 0, 0);
  assert_rows (fixture, "SELECT external_id, name, industry, signup, seats, implied, line FROM account ORDER BY id",
               "A1|Alpha|Tech|19727|12|0|2;A2|Beta, Inc.||||0|3;");
  assert_rows (fixture, "SELECT account, field, valid_from, value FROM account_value", "1|plan_tier|-2147483648|Pro;");
  import_ok (fixture, "accounts", first, NULL, 0, 0, 2, 0);

  /* Blank cells leave what is there; other values replace it and are told apart from equal ones. */
  import_ok (fixture, "accounts",
             "Customer ID,Company Name,Industry,Signup Date,Plan Tier,Seats\n"
             "A1,Alpha GmbH,,,Basic,\nA2,\"Beta, Inc.\",,,,\n",
             NULL, 0, 1, 1, 0);
  assert_rows (fixture, "SELECT external_id, name, industry, signup, seats FROM account ORDER BY id",
               "A1|Alpha GmbH|Tech|19727|12;A2|Beta, Inc.|||;");
  assert_rows (fixture, "SELECT value FROM account_value", "Basic;");
  assert_rows (fixture, "SELECT batch, line, outcome FROM import_row", "2|2|merged;");
  assert_rows (fixture, "SELECT rows, imported, merged, unchanged, rejected FROM import_batch WHERE id = 2", "2|0|1|1|0;");
}

static void
test_accounts_rejected (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();

  import_rejects (fixture, "accounts",
                  "account_id,name,parent_id,seats,currency,signup_date\n"
                  "A1,Alpha,A3,,,\n"
                  "A2,Beta,A1,,,\n"
                  "A3,Gamma,A2,,,\n"     /* closes the circle */
                  "A4,Delta,A4,,,\n"     /* itself */
                  ",Nobody,,,,\n"
                  "A5,,,,,\n"
                  "A6,Zeta,,1.5,,\n"
                  "A7,Eta,,,XXQ,\n"
                  "A8,Theta,,,,31.02.2024\n"
                  "A1,Again,,,,\n"
                  "A9,Iota,,,,,\n"
                  "A10,Kappa,,,,,x\n"
                  "A11,Lambda\n",
                  NULL,
                  "4 circle parent_id, 5 own-parent parent_id, 6 missing account_id, 7 missing name, 8 bad-number seats, "
                  "9 unknown-currency currency, 10 bad-date signup_date, 11 repeated account_id, 13 too-many-cells , "
                  "14 too-few-cells");
  assert_rows (fixture, "SELECT count(*) FROM account", "0;");
}

static void
test_implied (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  import_ok (fixture, "subscriptions", "line_id,account_id,start,mrr,product\nL1,A1,2024-01-01,10,Pro\n", NULL, 1, 0, 0, 0);
  assert_rows (fixture, "SELECT external_id, name, implied, batch FROM account", "A1|A1|1|1;");
  assert_rows (fixture, "SELECT external_id, name, implied FROM product", "Pro|Pro|1;");
  before = dump_data (fixture->path);
  import_ok (fixture, "accounts", "account_id,name,parent_id\nA1,Alpha,P1\n", NULL, 0, 1, 0, 0);
  assert_rows (fixture, "SELECT external_id, name, implied, batch FROM account ORDER BY id", "A1|Alpha|0|2;P1|P1|1|2;");
  import_ok (fixture, "products", "product_id,name\nPro,Professional\nBasic,Basic\n", NULL, 1, 1, 0, 0);
  assert_rows (fixture, "SELECT external_id, name, implied, batch FROM product ORDER BY id",
               "Pro|Professional|0|3;Basic|Basic|0|3;");

  /* Both undone, the newest first: as if they had never been. */
  g_assert_true (store_undo (fixture->store, 3, FALSE, NULL, NULL));
  g_assert_true (store_undo (fixture->store, 2, FALSE, NULL, NULL));
  after = dump_data (fixture->path);
  assert_same_dump (after, before);

  /* A parent that is mentioned first and comes later in the same file is no implied account. */
  {
    g_autoptr (StoreFixture) other = store_fixture_new ();
    g_autoptr (QdImportResult) result = NULL;

    g_assert_true (import_text (other, "accounts", "a.csv", "account_id,name,parent_id\nA1,Alpha,P1\nP1,Parent,\n", NULL,
                                &result, NULL));
    g_assert_cmpuint (result->imported, ==, 2);
    g_assert_cmpuint (result->implied_accounts, ==, 0);
    assert_rows (other, "SELECT a.external_id, p.external_id, a.implied FROM account a LEFT JOIN account p ON p.id = a.parent "
                        "ORDER BY 1", "A1|P1|0;P1||0;");
  }
}

static void
test_dated (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();

  import_ok (fixture, "accounts", "account_id,name,segment,color\nA1,Alpha,SMB,red\n", NULL, 1, 0, 0, 0);
  import_ok (fixture, "accounts", "account_id,name,segment,color,effective date\nA1,Alpha,Mid,blue,2024-03-01\n", NULL, 0, 1,
             0, 0);
  assert_rows (fixture, "SELECT segment FROM account", "Mid;");
  assert_rows (fixture, "SELECT field, valid_from, value FROM account_value ORDER BY 1, 2",
               "color|-2147483648|red;color|19783|blue;segment|-2147483648|SMB;segment|19783|Mid;");
  /* An earlier value does not change what holds today. */
  import_ok (fixture, "accounts", "account_id,name,segment,effective date\nA1,Alpha,Start,2024-02-01\nA1,Alpha,Late,2024-04-01\n",
             NULL, 0, 2, 0, 0);
  assert_rows (fixture, "SELECT segment FROM account", "Late;");
  assert_rows (fixture, "SELECT valid_from, value FROM account_value WHERE field = 'segment' ORDER BY 1",
               "-2147483648|SMB;19754|Start;19783|Mid;19814|Late;");
  import_ok (fixture, "accounts", "account_id,name,segment,effective date\nA1,Alpha,Start,2024-02-01\nA1,Alpha,Late,2024-04-01\n",
             NULL, 0, 0, 2, 0);
  import_rejects (fixture, "accounts", "account_id,name,segment,effective date\nA1,Alpha,X,2024-02-01\nA1,Alpha,Y,2024-02-01\n",
                  NULL, "3 repeated account_id");
}

/* Exact monthly amounts; right-hand sides by Python's fractions. */
static void
test_amounts (void)
{
  static const struct
  {
    const char *mrr, *arr, *quantity, *price, *interval, *count, *discount, *currency;
    const char *amount; /* num|den */
  } cases[] = {
    { "99.95", "", "", "", "year", "", "", "", "9995|1" },          /* a given MRR is never divided */
    { "0", "1200", "5", "7", "month", "", "", "", "0|1" },
    { "", "1000", "", "", "", "", "", "", "25000|3" },
    { "", "", "3", "10", "month", "", "", "", "3000|1" },
    { "", "", "", "1000", "annual", "", "", "", "25000|3" },
    { "", "", "1", "1000", "quarterly", "", "", "", "100000|3" },
    { "", "", "2", "99.99", "month", "", "12.5%", "", "69993|4" },  /* 2 × 9999 × 7/8 */
    { "", "", "1", "100", "year", "2", "", "", "1250|3" },
    { "", "", "1", "100", "biennial", "", "", "", "1250|3" },
    { "", "", "1", "100", "half-year", "", "10", "", "1500|1" },
    { "", "", "1", "12", "weekly", "", "", "", "5200|1" },
    { "", "", "1", "1", "daily", "", "", "", "18250|6" },
    { "", "", "0.5", "19.99", "month", "3", "", "", "1999|6" },
    { "", "", "0", "19.99", "month", "", "", "", "0|1" },
    { "", "", "1", "5000", "year", "", "100%", "", "0|1" },
    { "1234.5678", "", "", "", "", "", "", "", "6172839|50" },     /* not rounded here */
    { "1500", "", "", "", "", "", "", "JPY", "1500|1" },
    { "1.2345", "", "", "", "", "", "", "KWD", "2469|2" },
    { "$1,000.00", "", "", "", "", "", "", "", "100000|1" },
    { "USD 1000.50", "", "", "", "", "", "", "usd", "100050|1" },
  };
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  g_autoptr (GString) text =
      g_string_new ("line_id,account_id,start,mrr,arr,quantity,unit_price,interval,interval_count,discount,currency\n");
  g_autoptr (GString) expected = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_string_append_printf (text, "L%02u,A,2024-01-01,\"%s\",%s,%s,%s,%s,%s,%s,%s\n", (guint) i, cases[i].mrr, cases[i].arr,
                              cases[i].quantity, cases[i].price, cases[i].interval, cases[i].count, cases[i].discount,
                              cases[i].currency);
      if (strcmp (cases[i].amount, "18250|6") == 0)
        g_string_append (expected, "9125|3;");
      else
        g_string_append_printf (expected, "%s;", cases[i].amount);
    }
  import_ok (fixture, "fx", "currency,rate\nJPY,0.0065\nKWD,3.25\n", NULL, 2, 0, 0, 0);
  import_ok (fixture, "subscriptions", text->str, NULL, G_N_ELEMENTS (cases), 0, 0, 0);
  assert_rows (fixture, "SELECT amount_num, amount_den FROM subscription_line ORDER BY external_id", expected->str);
  assert_rows (fixture, "SELECT DISTINCT currency FROM subscription_line ORDER BY 1", ";JPY;KWD;");
  import_ok (fixture, "subscriptions", text->str, NULL, 0, 0, G_N_ELEMENTS (cases), 0);
}

static void
test_lines_rejected (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();

  import_rejects (fixture, "subscriptions",
                  LINES "L1,A,2024-05-01,2024-04-30,10\n"
                        "L2,A,2024-05-01,2024-05-01,10\n" /* never in force, kept */
                        "L3,A,,,10\n"
                        "L4,A,2024-02-30,,10\n"
                        "L5,,2024-01-01,,10\n"
                        "L6,A,2024-01-01,,-1\n"
                        "L7,A,2024-01-01,,\n"
                        "L8,A,2024-01-01,,ten\n"
                        ",A,2024-01-01,,10\n"
                        "L2,A,2024-06-01,,10\n"
                        "L9,A,2024-01-01,soon,10\n"
                        "L10,A,2024-01-01,,999999999999999999\n"
                        "Total,,,,1234\n",
                  NULL,
                  "2 end-before-start end, 4 missing start, 5 bad-date start, 6 missing account_id, 7 negative mrr, "
                  "8 missing mrr, 9 bad-number mrr, 10 missing line_id, 11 repeated line_id, 12 bad-date end, "
                  "13 too-large mrr, 14 missing account_id");
  import_rejects (fixture, "subscriptions",
                  "line_id,account_id,start,unit_price,quantity,interval,interval_count,discount\n"
                  "L1,A,2024-01-01,10,1,,,\nL2,A,2024-01-01,10,1,sometimes,,\nL3,A,2024-01-01,10,-1,month,,\n"
                  "L4,A,2024-01-01,10,1,month,0,\nL5,A,2024-01-01,10,1,month,,101\nL6,A,2024-01-01,10,1,month,,-5\n",
                  NULL,
                  "2 missing interval, 3 bad-interval interval, 4 negative quantity, 5 bad-number interval_count, "
                  "6 bad-number discount, 7 bad-number discount");
  assert_rows (fixture, "SELECT count(*) FROM account", "0;");
  import_ok (fixture, "subscriptions", "line_id,account_id,start,unit_price\nL1,A,2024-01-01,10\n", "--set interval=quarter", 1, 0,
             0, 0);
  assert_rows (fixture, "SELECT amount_num, amount_den, interval FROM subscription_line", "1000|3|quarter;");
}

static void
test_currencies (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  const char *lines = "line_id,account_id,start,mrr,currency\nL1,A,2024-01-01,10,EUR\nL2,A,2024-01-01,10,XYZ\n"
                      "L3,A,2024-01-01,10,USD\nL4,A,2024-01-01,€5,\nL5,A,2024-01-01,€5,USD\n";

  import_rejects (fixture, "subscriptions", lines, NULL,
                  "2 no-rate currency, 3 unknown-currency currency, 5 no-rate currency, 6 bad-currency currency");
  import_rejects (fixture, "fx", "currency,rate,month\nEUR,0,\nEUR,-1,\nEUR,x,\nQQQ,1,\nUSD,2,\nEUR,1.1,2024-13\nEUR,,\n", NULL,
                  "2 not-positive rate, 3 not-positive rate, 4 bad-number rate, 5 unknown-currency currency, 6 bad-rate rate, "
                  "7 bad-month month, 8 missing rate");
  import_ok (fixture, "fx", "currency,rate,month\nEUR,1.10,2024-01\nEUR,1.2,15/02/2024\nEUR,1.05,\nEUR,1.2,2024-03-31\n", NULL, 4,
             0, 0, 0);
  assert_rows (fixture, "SELECT set_name, month, mantissa, scale FROM fx_rate ORDER BY month",
               "data|-2147483648|105|2;data|24288|11|1;data|24289|12|1;data|24290|12|1;");
  assert_rows (fixture, "SELECT value FROM setting WHERE key = 'rate_set'", "data;");
  import_ok (fixture, "fx", "currency,rate,month,set\nEUR,1.15,2024-01,other\n", NULL, 1, 0, 0, 0);
  assert_rows (fixture, "SELECT value FROM setting WHERE key = 'rate_set'", "data;");
  import_rejects (fixture, "fx", "currency,rate,month\nEUR,1.1,2024-01\nEUR,1.2,2024-01-15\n", NULL, "3 repeated month");
  import_ok (fixture, "fx", "currency,rate,month\nEUR,1.11,2024-01\n", NULL, 0, 1, 0, 0);

  import_ok (fixture, "subscriptions", lines, "--skip-rejected", 3, 0, 0, 2);
  assert_rows (fixture, "SELECT external_id, currency FROM subscription_line ORDER BY 1", "L1|EUR;L3|;L4|EUR;");
}

static void
test_mrr (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  g_autoptr (QdImportResult) result = NULL;
  const char *text = "account_id,month,mrr,product\nA,2024-01,10,\nA,2024-02-29,0,\nA,2024-05,10,\nB,2024-01,5,P\nB,2024-01,7,Q\n"
                     "B,2024-03,5,P\n";

  g_assert_true (import_text (fixture, "mrr", "m.csv", text, NULL, &result, NULL));
  g_assert_cmpuint (result->imported, ==, 6);
  g_assert_true (has_note (result, "3 months are missing between two present ones (accounts: 2)"));
  assert_rows (fixture, "SELECT account, month, product, amount_num FROM revenue_month ORDER BY id",
               "1|24288||1000;1|24289||0;1|24292||1000;2|24288|1|500;2|24288|2|700;2|24290|1|500;");
  import_ok (fixture, "mrr", text, NULL, 0, 0, 6, 0);
  import_ok (fixture, "mrr", "account_id,month,mrr,product\nA,2024-01,11,\nA,2024-03,1,\n", NULL, 1, 1, 0, 0);
  import_rejects (fixture, "mrr", "account_id,month,mrr\nA,2024-01,1\nA,2024-01,1\nA,Total,5\nA,2024-04,-1\n,2024-01,1\nA,2024-06,\n",
                  NULL, "3 repeated month, 4 bad-month month, 5 negative mrr, 6 missing account_id, 7 missing mrr");
}

static void
test_movements (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  const char *levels = "event_id,account_id,date,mrr_after,kind\nE1,A,2024-01-05,10,new\nE2,A,2024-01-05,20.5,upgrade\n"
                       "E3,A,2024-03-01T10:00:00Z,0,cancel\n";

  import_ok (fixture, "movements", levels, NULL, 3, 0, 0, 0);
  assert_rows (fixture, "SELECT external_id, day, amount_num, is_change, kind, line FROM movement_event ORDER BY id",
               "E1|19727|1000|0|new|2;E2|19727|2050|0|upgrade|3;E3|19783|0|0|cancel|4;");
  import_ok (fixture, "movements", levels, NULL, 0, 0, 3, 0);
  import_ok (fixture, "movements", "event_id,account_id,date,mrr_after,kind\nE3,A,2024-03-02,0,cancel\nE4,A,2024-04-01,7,new\n", NULL,
             1, 1, 0, 0);
  import_rejects (fixture, "movements",
                  "event_id,account_id,date,mrr_after\nE5,A,2024-01-01,-1\nE6,A,x,1\nE7,,2024-01-01,1\nE8,A,2024-01-01,\n"
                  "E9,A,2024-01-01,1\nE9,A,2024-01-01,2\nTotal,,,99\n",
                  NULL,
                  "2 negative mrr_after, 3 bad-date date, 4 missing account_id, 5 missing mrr_after, 7 repeated event_id, "
                  "8 missing account_id");

  /* Without an id: account, day, product, currency and the place among those. */
  {
    g_autoptr (StoreFixture) other = store_fixture_new ();
    const char *text = "account_id,date,mrr_after\nA,2024-01-05,10\nA,2024-01-05,20\nB,2024-01-05,5\n";

    import_ok (other, "movements", text, NULL, 3, 0, 0, 0);
    import_ok (other, "movements", text, NULL, 0, 0, 3, 0);
    import_ok (other, "movements", "account_id,date,mrr_after\nA,2024-01-05,10\nA,2024-01-05,25\nA,2024-01-05,30\n", NULL, 1, 1, 1,
               0);
    assert_rows (other, "SELECT amount_num FROM movement_event ORDER BY id", "1000;2500;500;3000;");
  }
}

static void
test_changes (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();

  /* In order of days, not of lines; the row that goes below zero is rejected, what follows counts without it. */
  import_rejects (fixture, "movements",
                  "account_id,date,change\nA,2024-03-01,-15\nA,2024-01-01,10\nA,2024-02-01,5\nA,2024-03-01,-1\nA,2024-04-01,2\n"
                  "B,2024-01-01,-1\n",
                  NULL, "5 negative change, 7 negative change");
  import_ok (fixture, "movements", "account_id,date,change\nA,2024-01-01,10\nA,2024-02-01,5\nA,2024-03-01,-15\n", NULL, 3, 0, 0, 0);
  assert_rows (fixture, "SELECT sum(amount_num), min(is_change), max(of_product) FROM movement_event", "0|1|0;");
  /* What is there already counts: 15 in February, nothing left in March. */
  import_rejects (fixture, "movements", "account_id,date,change\nA,2024-02-15,-16\nA,2024-03-02,-1\n", NULL,
                  "2 negative change, 3 negative change");
  import_ok (fixture, "movements", "account_id,date,change\nA,2024-02-15,-3\nA,2024-03-02,4\n", NULL, 2, 0, 0, 0);
  /* Each product has its own sum. */
  import_rejects (fixture, "movements",
                  "account_id,date,change,product\nC,2024-01-01,10,P\nC,2024-01-02,10,Q\nC,2024-02-01,-15,P\n", NULL,
                  "4 negative change");
  import_ok (fixture, "movements", "account_id,date,change,product\nC,2024-01-01,10,P\nC,2024-01-02,10,Q\nC,2024-02-01,-10,P\n", NULL,
             3, 0, 0, 0);
  assert_rows (fixture, "SELECT count(*) FROM movement_event WHERE of_product = 1", "3;");
}

static void
test_forms (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  const char *events = "account_id,date,mrr_after\nA,2024-01-01,10\nB,2024-01-01,10\n";

  import_ok (fixture, "subscriptions", LINES "L1,A,2024-01-01,,10\nL2,C,2024-01-01,,10\n", NULL, 2, 0, 0, 0);
  import_fails (fixture, "movements", events, NULL, QD_INTAKE_ERROR_FORM, "--replace");
  import_fails (fixture, "mrr", "account_id,month,mrr\nC,2024-01,10\n", NULL, QD_INTAKE_ERROR_FORM, "(C)");
  /* Another source may. */
  import_ok (fixture, "movements", events, "--source crm", 2, 0, 0, 0);
  before = dump_data (fixture->path);
  import_ok (fixture, "movements", events, "--replace --source crm", 2, 0, 0, 0);
  assert_rows (fixture, "SELECT count(*), min(batch) FROM movement_event", "2|3;");
  import_ok (fixture, "mrr", "account_id,month,mrr\nA,2024-01,10\n", "--replace", 1, 0, 0, 0);
  assert_rows (fixture, "SELECT external_id FROM subscription_line", "L2;");
  g_assert_true (store_undo (fixture->store, 4, FALSE, NULL, NULL));
  g_assert_true (store_undo (fixture->store, 3, FALSE, NULL, NULL));
  after = dump_data (fixture->path);
  assert_same_dump (after, before);
  /* The same kind replaced: what the source gave before is gone. */
  import_ok (fixture, "subscriptions", LINES "L9,A,2024-01-01,,10\n", "--replace", 1, 0, 0, 0);
  assert_rows (fixture, "SELECT external_id FROM subscription_line", "L9;");
}

static void
test_sources (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();

  import_ok (fixture, "accounts", "account_id,name\n7,Alpha\n", "--source stripe", 1, 0, 0, 0);
  assert_rows (fixture, "SELECT source, external_id, account FROM account_identity", "stripe|7|1;");
  store_exec (fixture->store, "INSERT INTO account_identity (source, external_id, account) VALUES ('crm', 'X7', 1)");
  import_ok (fixture, "subscriptions", LINES "L1,X7,2024-01-01,,10\n", "--source crm", 1, 0, 0, 0);
  import_ok (fixture, "subscriptions", LINES "L2,7,2024-01-01,,10\n", "--source other", 1, 0, 0, 0);
  import_ok (fixture, "subscriptions", LINES "L3,X7,2024-01-01,,10\n", NULL, 1, 0, 0, 0);
  assert_rows (fixture, "SELECT l.external_id, a.external_id FROM subscription_line l JOIN account a ON a.id = l.account "
                        "ORDER BY 1", "L1|7;L2|7;L3|X7;");
}

static void
test_twice (void)
{
  static const struct
  {
    const char *kind, *text;
    guint rows;
  } cases[] = {
    { "accounts", "account_id,name,parent_id,x\nA,Alpha,B,1\nB,Beta,,2\n", 2 },
    { "products", "product_id,name\nP,Pro\nQ,Quick\n", 2 },
    { "subscriptions", LINES "L1,A,2024-01-01,2024-02-01,10\nL2,Z,2024-01-01,,1\n", 2 },
    { "mrr", "account_id,month,mrr\nM,2024-01,10\nM,2024-02,10\n", 2 },
    { "movements", "account_id,date,mrr_after\nE,2024-01-01,10\nE,2024-02-01,0\n", 2 },
    { "fx", "currency,rate,month\nEUR,1.1,\nGBP,1.3,2024-01\n", 2 },
  };
  g_autoptr (StoreFixture) fixture = store_fixture_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (QdImportResult) result = NULL;
      g_autofree char *before = NULL;
      g_autofree char *after = NULL;

      import_ok (fixture, cases[i].kind, cases[i].text, NULL, cases[i].rows, 0, 0, 0);
      before = file_digest (fixture->path);
      g_assert_true (import_text (fixture, cases[i].kind, "data.csv", cases[i].text, NULL, &result, NULL));
      g_assert_cmpuint (result->unchanged, ==, cases[i].rows);
      g_assert_cmpuint (result->imported + result->merged + result->rejected, ==, 0);
      g_assert_cmpint (result->batch, ==, 0);
      g_assert_true (has_note (result, "already"));
      after = file_digest (fixture->path);
      g_assert_cmpstr (after, ==, before);
    }
}

static void
test_rejects_file (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  g_autofree char *path = store_fixture_file (fixture, "rejects.csv");
  g_autofree char *written = NULL;
  g_autofree char *before = file_digest (fixture->path);
  g_autofree char *after = NULL;
  g_autofree char *fixed = NULL;
  g_autoptr (QdImportResult) result = NULL;
  g_auto (GStrv) lines = NULL;
  const char *text = "line_id;account_id;start;mrr;note\nL1;A;31.01.2024;1,5;\"a;b\"\nL2;B;32.01.2024;2,5;\"say \"\"x\"\"\"\n"
                     "L3;C;01.01.2024;x;-\n";

  import_rejects (fixture, "subscriptions", text, "--rejects", "3 bad-date start, 4 bad-number mrr");
  after = file_digest (fixture->path);
  g_assert_cmpstr (after, ==, before);
  g_assert_true (g_file_get_contents (path, &written, NULL, NULL));
  lines = g_strsplit (written, "\r\n", -1);
  g_assert_cmpstr (lines[0], ==, "line_id,account_id,start,mrr,note,reject_line,reject_reason");
  g_assert_true (g_str_has_prefix (lines[1], "L2,B,32.01.2024,\"2,5\",\"say \"\"x\"\"\",3,"));
  g_assert_true (g_str_has_prefix (lines[2], "L3,C,01.01.2024,x,-,4,"));
  g_assert_cmpstr (lines[3], ==, "");
  g_assert_null (lines[4]);

  import_ok (fixture, "subscriptions", text, "--skip-rejected --rejects", 1, 0, 0, 2);
  assert_rows (fixture, "SELECT line, outcome, code, field, found, record FROM import_row ORDER BY line",
               "3|rejected|bad-date|start|32.01.2024|L2;B;32.01.2024;2,5;\"say \"\"x\"\"\";"
               "4|rejected|bad-number|mrr|x|L3;C;01.01.2024;x;-;");
  /* Put right in the file of rejects and imported again: read like the file that it comes from. */
  {
    g_auto (GStrv) a = g_strsplit (written, "32.01.2024", 2);
    g_autofree char *half = g_strjoinv ("02.01.2024", a);
    g_auto (GStrv) b = g_strsplit (half, ",x,", 2);

    fixed = g_strjoinv (",\"7,25\",", b);
  }
  g_assert_true (import_text (fixture, "subscriptions", "fixed.csv", fixed, NULL, &result, NULL));
  g_assert_cmpuint (result->imported, ==, 2);
  g_assert_cmpstr (result->mapping_name, ==, "data");
  assert_rows (fixture, "SELECT external_id, start, amount_num, amount_den FROM subscription_line ORDER BY 1",
               "L1|19753|150|1;L2|19724|250|1;L3|19723|725|1;");
}

static void
test_guard (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();

  import_ok (fixture, "accounts", "account_id,name,segment\n'=1+1,'@home,'plain\n-5,+x,''=y\n", NULL, 2, 0, 0, 0);
  assert_rows (fixture, "SELECT external_id, name, segment FROM account ORDER BY id", "=1+1|@home|'plain;-5|+x|'=y;");
}

/* A random file: the ledger of rows adds up, and what is said to be in is in. */
static void
test_ledger_adds_up (void)
{
  static const char *const ids[] = { "L1", "L2", "L3", "L4", "", "L5" };
  static const char *const days[] = { "2024-01-01", "2024-06-30", "", "nonsense", "2025-01-01" };
  static const char *const amounts[] = { "10", "20.5", "-3", "", "x", "0" };
  g_autoptr (StoreFixture) fixture = store_fixture_new ();

  for (guint run = 0; run < 60; run++)
    {
      g_autoptr (GString) text = g_string_new (LINES);
      g_autoptr (QdImportResult) result = NULL;
      g_autoptr (GError) error = NULL;
      gint64 before = store_integer (fixture->store, "SELECT count(*) FROM subscription_line"), after;
      guint rows = g_test_rand_int_range (0, 30);

      for (guint i = 0; i < rows; i++)
        g_string_append_printf (text, "%s%d,A%d,%s,%s,%s\n", ids[g_test_rand_int_range (0, G_N_ELEMENTS (ids))],
                                g_test_rand_int_range (0, 4), g_test_rand_int_range (0, 3),
                                days[g_test_rand_int_range (0, G_N_ELEMENTS (days))],
                                days[g_test_rand_int_range (0, G_N_ELEMENTS (days))],
                                amounts[g_test_rand_int_range (0, G_N_ELEMENTS (amounts))]);
      import_text (fixture, "subscriptions", "r.csv", text->str, "--skip-rejected", &result, &error);
      g_assert_no_error (error);
      after = store_integer (fixture->store, "SELECT count(*) FROM subscription_line");
      g_assert_cmpuint (result->read, ==, rows);
      g_assert_cmpuint (result->read, ==, result->imported + result->merged + result->unchanged + result->rejected);
      g_assert_cmpint (after - before, ==, result->imported);
      if (result->batch != 0)
        {
          g_autofree char *sql = g_strdup_printf ("SELECT rows - imported - merged - unchanged - rejected FROM import_batch "
                                                  "WHERE id = %" G_GINT64_FORMAT, result->batch);

          g_assert_cmpint (store_integer (fixture->store, sql), ==, 0);
        }
    }
}

/* Each import taken back in turn leaves the data as it was. */
static void
test_undo (void)
{
  static const struct
  {
    const char *kind, *text, *flags;
  } steps[] = {
    { "accounts", "account_id,name,segment,x\nA,Alpha,SMB,1\nB,Beta,Ent,\n", NULL },
    { "fx", "currency,rate\nEUR,1.1\n", NULL },
    { "subscriptions", "line_id,account_id,start,mrr,currency,product\nL1,A,2024-01-01,10,EUR,P\nL2,N,2024-01-01,5,,\n", NULL },
    { "accounts", "account_id,name,segment,x\nA,Alpha 2,Mid,2\nN,New,SMB,3\n", NULL },
    { "accounts", "account_id,name,segment,valid_from\nA,Alpha 2,Ent,2024-05-01\n", NULL },
    { "subscriptions", "line_id,account_id,start,mrr,currency,product\nL1,A,2024-01-01,12,EUR,P\nL3,B,2024-01-01,7,,Q\n", NULL },
    { "mrr", "account_id,month,mrr\nA,2024-01,3\nM,2024-01,4\n", "--source other" },
    { "mrr", "account_id,month,mrr\nA,2024-01,5\nA,2024-02,4\n", "--source other" },
    { "movements", "account_id,date,mrr_after\nA,2024-01-01,3\nE,2024-01-01,4\n", "--source third" },
    { "movements", "account_id,date,mrr_after\nA,2024-01-01,6\n", "--source third" },
    { "products", "product_id,name\nP,Pro\nR,Rest\n", NULL },
    { "fx", "currency,rate\nEUR,1.2\nGBP,1.3\n", NULL },
    { "subscriptions", "line_id,account_id,start,mrr\nL7,A,2024-01-01,12\n", "--replace" },
  };
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  g_autoptr (GPtrArray) dumps = g_ptr_array_new_with_free_func (g_free);
  gint64 entries[G_N_ELEMENTS (steps)];

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (QdImportResult) result = NULL;
      g_autoptr (GError) error = NULL;

      g_ptr_array_add (dumps, dump_data (fixture->path));
      import_text (fixture, steps[i].kind, "data.csv", steps[i].text, steps[i].flags, &result, &error);
      g_assert_no_error (error);
      g_assert_cmpint (result->batch, >, 0);
      entries[i] = result->entry;
    }
  for (gsize i = G_N_ELEMENTS (steps); i-- > 0;)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *now = NULL;

      store_undo (fixture->store, entries[i], FALSE, NULL, &error);
      g_assert_no_error (error);
      now = dump_data (fixture->path);
      assert_same_dump (now, g_ptr_array_index (dumps, i));
    }
}

static gboolean
cancel_cb (QdDb    *db,
           gboolean after,
           gpointer data,
           QdJob   *job,
           GError **error)
{
  if (after == GPOINTER_TO_INT (data))
    qd_job_cancel (job);
  return TRUE;
}

/* Cancelled before or behind the rows: nothing is left of it. */
static void
test_cancel (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  g_autofree char *path = store_fixture_file (fixture, "big.csv");
  g_autoptr (GString) text = g_string_new ("account_id,date,mrr_after\n");
  g_autofree char *before = file_digest (fixture->path);
  QdImportOptions options = { 0 };

  for (guint i = 0; i < 60000; i++)
    g_string_append_printf (text, "A%u,2024-01-%02u,%u\n", i % 500, 1 + i % 28, i);
  g_assert_true (g_file_set_contents (path, text->str, text->len, NULL));
  for (int after = 0; after < 2; after++)
    {
      g_autoptr (QdJob) job = qd_job_new ("import", NULL);
      g_autoptr (QdImportResult) result = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *now = NULL;
      gboolean ok = qd_import_run (fixture->store, qd_kind_find ("movements", NULL), path, &options, NULL, cancel_cb,
                                   GINT_TO_POINTER (after), job, &result, &error);

      if (after == 0)
        {
          g_assert_false (ok);
          g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
        }
      now = file_digest (fixture->path);
      if (!ok)
        g_assert_cmpstr (now, ==, before);
      g_assert_cmpint (store_integer (fixture->store, "SELECT count(*) FROM movement_event"), ==, ok ? 60000 : 0);
    }
}

/* A file of several batches and MiB: plain rows and others among them, many new accounts; its checksum. */
static void
test_large (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  g_autoptr (GString) text = g_string_new ("account_id,date,mrr_after,product,currency\n");
  g_autofree char *digest = NULL;
  g_autofree char *found = NULL;

  import_ok (fixture, "fx", "currency,rate\nEUR,1.1\n", "--set set=r", 1, 0, 0, 0);
  for (guint i = 0; i < 60000; i++)
    g_string_append_printf (text, "account %u,2024-01-%02u,%u.%02u,%s,%s\n", i * 7919 % 20000, 1 + i % 28, i, i % 100,
                            i / 20000 == 1 && i % 1000 == 0 ? "P" : "", i >= 50000 && i % 2 == 0 ? "EUR" : "");
  import_ok (fixture, "movements", text->str, "", 60000, 0, 0, 0);
  digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text->str, text->len);
  found = store_text (fixture->store, "SELECT sha256 FROM import_batch WHERE id = 2");
  g_assert_cmpstr (found, ==, digest);
  assert_rows (fixture,
               "SELECT count(*), count(product), count(currency), sum(amount_num / amount_den), max(line), "
               "count(DISTINCT account) FROM movement_event",
               "60000|20|5000|179999970000|60001|20000;");
  assert_rows (fixture,
               "SELECT count(*) FROM movement_event e JOIN account a ON a.id = e.account "
               "WHERE a.external_id <> 'account ' || ((e.line - 2) * 7919 % 20000)",
               "0;");
  assert_rows (fixture, "SELECT count(*), min(implied), min(id), max(id) FROM account", "20000|1|1|20000;");
  import_ok (fixture, "movements", text->str, "", 0, 0, 60000, 0);
}

int
main (int    argc,
      char **argv)
{
  store_fixture_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/import/accounts", test_accounts);
  g_test_add_func ("/import/accounts-rejected", test_accounts_rejected);
  g_test_add_func ("/import/implied", test_implied);
  g_test_add_func ("/import/dated", test_dated);
  g_test_add_func ("/import/amounts", test_amounts);
  g_test_add_func ("/import/lines-rejected", test_lines_rejected);
  g_test_add_func ("/import/currencies", test_currencies);
  g_test_add_func ("/import/mrr", test_mrr);
  g_test_add_func ("/import/movements", test_movements);
  g_test_add_func ("/import/changes", test_changes);
  g_test_add_func ("/import/forms", test_forms);
  g_test_add_func ("/import/sources", test_sources);
  g_test_add_func ("/import/twice", test_twice);
  g_test_add_func ("/import/rejects-file", test_rejects_file);
  g_test_add_func ("/import/guard", test_guard);
  g_test_add_func ("/import/ledger-adds-up", test_ledger_adds_up);
  g_test_add_func ("/import/undo", test_undo);
  g_test_add_func ("/import/cancel", test_cancel);
  g_test_add_func ("/import/large", test_large);
  return g_test_run ();
}
