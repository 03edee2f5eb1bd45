/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How a file is read: columns, encodings, delimiters, and what is decided or
 * asked.
 */
#include "import-fixture.h"

#include "data/intake/qd-parse-value.h"

#include <string.h>

#define EVENTS "account_id,date,amount,kind\n"
#define PLANS "account_id,date,mrr_after,kind,plan\n"

/* What is asked: the message names the flag; with the flag it goes in. */
static void
test_asked (void)
{
  static const struct
  {
    const char *kind, *text, *part, *flags;
  } cases[] = {
    { "subscriptions", "line_id,account_id,start,mrr\nL1,A,01/02/2024,1\nL2,A,03/04/2024,1\n", "--date-order", "--date-order dmy" },
    { "subscriptions", "line_id,account_id,start,mrr\nL1,A,13/02/2024,1\nL2,A,02/13/2024,1\n", "--date-order",
      "--date-order dmy --skip-rejected" },
    { "subscriptions", "line_id,account_id,start,mrr\nL1,A,01-02-03,1\n", "--date-order", "--date-order ymd" },
    { "mrr", "account_id,month,mrr\nA,01/02/2024,1\n", "--date-order", "--date-order mdy" },
    { "subscriptions", "line_id,account_id,start,mrr\nL1,A,2024-01-01,\"1,234\"\n", "--decimal", "--decimal ." },
    { "subscriptions", "line_id,account_id,start,mrr\nL1,A,2024-01-01,1.234\n", "--decimal", "--decimal ," },
    { "subscriptions", "line_id,account_id,start,mrr\nL1,A,2024-01-01,1.5\nL2,A,2024-01-01,\"1,5\"\n", "--decimal",
      "--decimal . --skip-rejected" },
    { "subscriptions", "line_id,account_id,start,mrr_cents\nL1,A,2024-01-01,1200\n", "--amounts", "--amounts minor" },
    { "subscriptions", "line_id,account_id,start,MRR (in cents)\nL1,A,2024-01-01,1200\n", "--amounts", "--amounts major" },
    { "mrr", "account_id,month,amount_minor\nA,2024-01,1200\n", "--amounts", "--amounts minor" },
    { "subscriptions", "line_id,account_id,start,mrr,shown\nL1,A,2024-01-01,1200,12\nL2,A,2024-01-01,99,0.99\n", "--amounts",
      "--amounts minor" },
    { "subscriptions", "line_id,account_id,start,unit_price,interval,discount\nL1,A,2024-01-01,10,month,0.1\n",
      "discount_unit=percent|fraction", "--set discount_unit=fraction" },
    { "movements", EVENTS "A,2024-01-01,10,new\nA,2024-02-01,15,upgrade\n", "--amounts-are", "--amounts-are level" },
    { "movements", EVENTS "A,2024-01-01,10,new\nA,2024-02-01,0,cancel\n", "--amounts-are", "--amounts-are level" },
    { "movements", "account_id,date,amount\nA,2024-01-01,10\nA,2024-02-01,-5\n", "--amounts-are", "--amounts-are change" },
    { "movements", PLANS "A,2024-01-01,10,,P\nA,2024-02-01,15,,Q\n", "level_of=account|product", "--set level_of=product" },
    { "subscriptions", "line_id,account_id,start,MRR (EUR)\nL1,A,2024-01-01,12\n", "currency=EUR", "--set currency=USD" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (StoreFixture) fixture = store_fixture_new ();
      g_autoptr (QdImportResult) result = NULL;
      g_autoptr (GError) error = NULL;

      import_fails (fixture, cases[i].kind, cases[i].text, NULL, QD_INTAKE_ERROR_AMBIGUOUS, cases[i].part);
      import_text (fixture, cases[i].kind, "data.csv", cases[i].text, cases[i].flags, &result, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (result->imported, >, 0);
    }
}

/* What is decided, and what comes of it. */
static void
test_decided (void)
{
  static const struct
  {
    const char *kind, *text, *flags, *sql, *rows;
  } cases[] = {
    { "subscriptions", "line_id,account_id,start,mrr\nL1,A,01/02/2024,1\nL2,A,25/04/2024,1\n", NULL,
      "SELECT start FROM subscription_line ORDER BY id", "19754;19838;" },
    { "subscriptions", "line_id,account_id,start,mrr\nL1,A,01/02/2024,1\nL2,A,04/25/2024,1\n", NULL,
      "SELECT start FROM subscription_line ORDER BY id", "19724;19838;" },
    /* One column decides for the other. */
    { "subscriptions", "line_id,account_id,start,end,mrr\nL1,A,01/02/2024,03/04/2024,1\nL2,A,25/04/2024,,1\n", NULL,
      "SELECT \"end\" FROM subscription_line WHERE external_id = 'L1'", "19816;" },
    /* The same day in both orders is no question. */
    { "subscriptions", "line_id,account_id,start,mrr\nL1,A,05/05/2024,1\n", NULL, "SELECT start FROM subscription_line", "19848;" },
    /* The flag goes before the data: the second row is rejected then. */
    { "subscriptions", "line_id,account_id,start,mrr\nL1,A,01/02/2024,1\nL2,A,25/04/2024,1\n", "--date-order mdy --skip-rejected",
      "SELECT start FROM subscription_line", "19724;" },
    { "subscriptions", "line_id;account_id;start;mrr\nL1;A;2024-01-01;1.234,5\nL2;A;2024-01-01;1.234\n", NULL,
      "SELECT amount_num FROM subscription_line ORDER BY id", "123450;123400;" },
    { "subscriptions", "line_id,account_id,start,mrr\nL1,A,2024-01-01,\"1,234.50\"\nL2,A,2024-01-01,\"1,234\"\n", NULL,
      "SELECT amount_num FROM subscription_line ORDER BY id", "123450;123400;" },
    { "subscriptions", "line_id,account_id,start,mrr_in_cents\nL1,A,2024-01-01,1234\n", "--amounts minor",
      "SELECT amount_num FROM subscription_line", "1234;" },
    { "subscriptions", "line_id,account_id,start,unit_price_cents,interval\nL1,A,2024-01-01,120000,year\n", "--amounts minor",
      "SELECT amount_num, amount_den, unit_price FROM subscription_line", "10000|1|1200;" },
    /* A column beside it whose name says cents answers the question. */
    { "subscriptions", "line_id,account_id,start,mrr,total_cents\nL1,A,2024-01-01,12,1200\nL2,A,2024-01-01,9,900\n", NULL,
      "SELECT amount_num FROM subscription_line ORDER BY id", "1200;900;" },
    { "subscriptions", "line_id,account_id,start,unit_price,interval,discount\nL1,A,2024-01-01,100,month,0.5\nL2,A,2024-01-01,100,"
      "month,20\n", NULL, "SELECT amount_num, discount FROM subscription_line ORDER BY id", "9950|0.5;8000|20;" },
    { "subscriptions", "line_id,account_id,start,unit_price,interval,discount\nL1,A,2024-01-01,100,month,0.25\n",
      "--set discount_unit=fraction", "SELECT amount_num, discount FROM subscription_line", "7500|25;" },
    { "subscriptions", "line_id,account_id,start,mrr_amount,arr_amount\nL1,A,2024-01-01,10,120\n", NULL,
      "SELECT amount_num FROM subscription_line", "1000;" },
    { "movements", EVENTS "A,2024-01-01,10,new\nA,2024-02-01,4,downgrade\nA,2024-03-01,0,cancel\n", NULL,
      "SELECT amount_num, is_change FROM movement_event ORDER BY id", "1000|0;400|0;0|0;" },
    { "movements", EVENTS "A,2024-01-01,10,new\nA,2024-02-01,-4,downgrade\nA,2024-03-01,-6,cancel\n", NULL,
      "SELECT amount_num, is_change FROM movement_event ORDER BY id", "1000|1;-400|1;-600|1;" },
    { "movements", "account_id,date,delta\nA,2024-01-01,10\nA,2024-02-01,5\n", NULL,
      "SELECT max(is_change), min(is_change) FROM movement_event", "1|1;" },
    { "movements", "account_id,date,mrr_after\nA,2024-01-01,10\nA,2024-02-01,5\n", "--amounts-are change",
      "SELECT max(is_change), min(is_change) FROM movement_event", "1|1;" },
    /* The plan changes with the level. */
    { "movements", PLANS "A,2024-01-01,10,new,P\nA,2024-02-01,15,upgrade,Q\nB,2024-02-01,1,new,P\n", NULL,
      "SELECT max(of_product) FROM movement_event", "0;" },
    /* A second product beside the first. */
    { "movements", PLANS "A,2024-01-01,10,new,P\nA,2024-02-01,15,new,Q\nA,2024-03-01,20,upgrade,P\n", NULL,
      "SELECT min(of_product) FROM movement_event", "1;" },
    { "movements", PLANS "A,2024-01-01,10,new,P\nB,2024-02-01,15,new,Q\n", NULL, "SELECT max(of_product) FROM movement_event", "0;" },
    { "movements", "account_id,date,mrr_after,change\nA,2024-01-01,10,\nA,2024-02-01,,-4\n", NULL,
      "SELECT amount_num, is_change FROM movement_event ORDER BY id", "1000|0;-400|1;" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (StoreFixture) fixture = store_fixture_new ();
      g_autoptr (QdImportResult) result = NULL;
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", cases[i].text);
      import_text (fixture, cases[i].kind, "data.csv", cases[i].text, cases[i].flags, &result, &error);
      g_assert_no_error (error);
      assert_rows (fixture, cases[i].sql, cases[i].rows);
    }
}

/* All rows are looked at: the one that decides is the last of many. */
static void
test_all_rows (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  g_autoptr (GString) text = g_string_new ("line_id,account_id,start,mrr\n");

  for (guint i = 0; i < 30000; i++)
    g_string_append_printf (text, "L%u,A,%02u/%02u/2024,1\n", i, 1 + i % 12, 1 + i % 11);
  g_string_append (text, "L,A,31/01/2024,1\n");
  import_ok (fixture, "subscriptions", text->str, NULL, 30001, 0, 0, 0);
  assert_rows (fixture, "SELECT start FROM subscription_line WHERE external_id = 'L1'", "19755;");
}

static void
test_shapes (void)
{
  static const struct
  {
    const char *what, *text;
    gsize length; /* 0: terminated */
  } cases[] = {
    { "commas", "account_id,name\nA,Ärger\n" },
    { "semicolons", "account_id;name\nA;Ärger\n" },
    { "tabs", "account_id\tname\nA\tÄrger\n" },
    { "bars", "account_id|name\nA|Ärger\n" },
    { "semicolons around a comma", "account_id;name\nA;Ärger\nB;a, b\n" },
    { "separator line", "sep=;\r\naccount_id;name\r\nA;Ärger\r\n" },
    { "mark", "\xef\xbb\xbf" "account_id,name\nA,Ärger\n" },
    { "mark and quotes", "\xef\xbb\xbf\"account_id\",\"name\"\n\"A\",\"Ärger\"\n" },
    { "CRLF", "account_id,name\r\nA,Ärger\r\n" },
    { "CR", "account_id,name\rA,Ärger\r" },
    { "no last line end", "account_id,name\nA,Ärger" },
    { "blank lines", "\n\naccount_id,name\n\nA,Ärger\n,\n\n" },
    { "trailing empty columns", "account_id,name,,\nA,Ärger,,\nA2,x\n" },
    { "title above", "Accounts of 2024\n\naccount_id,name\nA,Ärger\n" },
    { "spaces around", " account_id , name \n A ,  Ärger \n" },
    { "Windows-1252", "account_id,name,note\nA,\xc4" "rger,f\xfc" "r gro\xdf" "e \xdc" "bungen\nB,M\xfc" "ller & S\xf6" "hne,h\xf6" "rt \xfc" "b" "erall\n" },
    { "UTF-16LE with mark", "\xff\xfe" "i\0d\0,\0n\0a\0m\0e\0\n\0A\0,\0\xc4\0r\0g\0e\0r\0\n\0", 34 },
    { "UTF-16BE with mark", "\xfe\xff\0i\0d\0,\0n\0a\0m\0e\0\n\0A\0,\0\xc4\0r\0g\0e\0r\0\n", 34 },
    { "UTF-16LE without mark", "i\0d\0,\0n\0a\0m\0e\0\n\0A\0,\0\xc4\0r\0g\0e\0r\0\n\0", 32 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (StoreFixture) fixture = store_fixture_new ();
      g_autoptr (QdImportResult) result = NULL;
      g_autoptr (GError) error = NULL;
      gsize length = cases[i].length ? cases[i].length : strlen (cases[i].text);

      g_test_message ("%s", cases[i].what);
      import_bytes (fixture, "accounts", "a.csv", cases[i].text, length, "--skip-rejected", &result, &error);
      g_assert_no_error (error);
      assert_rows (fixture, "SELECT external_id, name FROM account WHERE external_id = 'A'", "A|Ärger;");
    }
}

static void
test_encoding_said (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  g_autoptr (QdImportResult) result = NULL;
  g_autoptr (GError) error = NULL;

  import_text (fixture, "accounts", "a.csv", "account_id,name\nA,\x8e" "rvanek\n", "--encoding WINDOWS-1250", &result, &error);
  g_assert_no_error (error);
  assert_rows (fixture, "SELECT name FROM account", "Žrvanek;");
  import_fails (fixture, "accounts", "account_id,name\nA,B\n", "--encoding EBCDIC-XX", QD_INTAKE_ERROR_ENCODING, "EBCDIC-XX");
}

/* Headers of exports people have, and the fields that they feed. */
static void
test_headers (void)
{
  static const struct
  {
    const char *kind, *headers, *mapped;
  } cases[] = {
    { "accounts", "account_id,account_name,industry,country,signup_date,referral_source,plan_tier,seats,is_trial,churn_flag",
      "account_id=account_id name=account_name country=country industry=industry signup_date=signup_date source=referral_source "
      "seats=seats" },
    { "accounts", "customer_id,company_name,industry,country,segment,signup_date",
      "account_id=customer_id name=company_name segment=segment country=country industry=industry signup_date=signup_date" },
    { "accounts", "Account ID,Account Name,Parent Account ID,Website,Billing Country,Industry,Account Owner,Number of Employees,"
      "Created Date",
      "account_id=Account ID name=Account Name parent_id=Parent Account ID domain=Website country=Billing Country industry=Industry "
      "signup_date=Created Date sales_rep=Account Owner employees=Number of Employees" },
    { "accounts", "Record ID,Company name,Company owner,Create Date,Country/Region,Industry,Lifecycle Stage",
      "account_id=Record ID name=Company name country=Country/Region industry=Industry stage=Lifecycle Stage "
      "signup_date=Create Date sales_rep=Company owner" },
    { "accounts", "GSID,Name,CSM,Lifecycle Stage,Parent Company,Original Contract Date",
      "account_id=GSID name=Name parent_id=Parent Company csm=CSM stage=Lifecycle Stage signup_date=Original Contract Date" },
    { "subscriptions", "id,Customer ID,Customer Description,Plan,Quantity,Currency,Interval,Amount,Status,Created (UTC),Start Date (UTC),"
      "Ended At (UTC),Canceled At (UTC)",
      "line_id=id account_id=Customer ID start=Start Date (UTC) end=Ended At (UTC) mrr=Amount quantity=Quantity interval=Interval "
      "product=Plan currency=Currency canceled_at=Canceled At (UTC)" },
    { "subscriptions", "subscriptions.id,customers.id,subscriptions.plan_id,subscriptions.plan_quantity,subscriptions.plan_unit_price,"
      "subscriptions.started_at,subscriptions.cancelled_at,subscriptions.currency_code",
      "line_id=subscriptions.id account_id=customers.id start=subscriptions.started_at quantity=subscriptions.plan_quantity "
      "unit_price=subscriptions.plan_unit_price product=subscriptions.plan_id currency=subscriptions.currency_code "
      "canceled_at=subscriptions.cancelled_at" },
    { "subscriptions", "subscription_id,account_id,start_date,end_date,plan_tier,seats,mrr_amount,arr_amount,is_trial,upgrade_flag,"
      "billing_frequency,auto_renew_flag",
      "line_id=subscription_id account_id=account_id start=start_date end=end_date mrr=mrr_amount arr=arr_amount quantity=seats "
      "interval=billing_frequency product=plan_tier trial=is_trial auto_renew=auto_renew_flag" },
    { "subscriptions", "Subscription Number,Account Number,Term Start Date,Term End Date,MRR,Rate Plan Name,Auto Renew,Initial Term",
      "line_id=Subscription Number account_id=Account Number start=Term Start Date end=Term End Date mrr=MRR product=Rate Plan Name "
      "auto_renew=Auto Renew term_months=Initial Term" },
    { "movements", "event_id,customer_id,event_date,event_type,plan,mrr_amount",
      "event_id=event_id account_id=customer_id date=event_date amount=mrr_amount kind=event_type product=plan" },
    { "movements", "Customer External ID,Date,Type,Activity MRR,Activity MRR Movement,Currency",
      "account_id=Customer External ID date=Date mrr_after=Activity MRR change=Activity MRR Movement kind=Type currency=Currency" },
    { "mrr", "Customer,Month End,MRR (USD)", "account_id=Customer month=Month End mrr=MRR (USD)" },
    { "products", "SKU,Product Name", "product_id=SKU name=Product Name" },
    { "fx", "Currency Code,Exchange Rate,Rate Date", "currency=Currency Code rate=Exchange Rate month=Rate Date" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (StoreFixture) fixture = store_fixture_new ();
      g_autoptr (QdImportResult) result = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *text = g_strconcat (cases[i].headers, "\n", NULL);
      g_autofree char *mapped = NULL;

      g_test_message ("%s", cases[i].headers);
      import_text (fixture, cases[i].kind, "a.csv", text, NULL, &result, &error);
      g_assert_no_error (error);
      g_ptr_array_add (result->mapped, NULL);
      mapped = g_strjoinv (" ", (char **) result->mapped->pdata);
      g_ptr_array_remove_index (result->mapped, result->mapped->len - 1);
      g_assert_cmpstr (mapped, ==, cases[i].mapped);
    }
}

/* No word may stand under two fields of one kind with the same strength. */
static void
test_synonyms (void)
{
  guint n;
  const QdKind *const *kinds = qd_kind_list (&n);

  g_assert_cmpuint (n, ==, 6);
  for (guint k = 0; k < n; k++)
    {
      g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

      for (guint f = 0; f < kinds[k]->n_fields; f++)
        for (const char *const *word = kinds[k]->fields[f].synonyms; word != NULL && *word != NULL; word++)
          {
            const char *bare = *word + (**word == '~');
            g_autofree char *folded = qd_value_fold (bare);

            g_assert_cmpstr (folded, ==, bare);
            if (!g_hash_table_add (seen, g_strdup (*word)))
              g_error ("“%s” stands twice in %s", *word, kinds[k]->name);
          }
    }
}

/* Exports of programs that speak German or French. */
static void
test_languages (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();

  import_ok (fixture, "subscriptions",
             "Kundennummer;Kunde;Vertragsnr;Beginn;Ende;MRR;Währung\nK1;Müller;V1;31.01.2024;;1.234,50;USD\n"
             "K2;Größe;V2;15.02.2024;14.02.2025;99,90;USD\n", NULL, 2, 0, 0, 0);
  import_ok (fixture, "subscriptions",
             "Numéro client;Numéro contrat;Date de début;Date de fin;MRR;Devise\nC1;W1;31/01/2024;;1234,50;USD\n", NULL, 1, 0, 0, 0);
  import_ok (fixture, "accounts", "Kundennr;Kundenname;Branche;Land\nK1;Müller;Bau;DE\n", NULL, 0, 1, 0, 0);
  assert_rows (fixture, "SELECT external_id, amount_num, \"end\" IS NULL FROM subscription_line ORDER BY 1",
               "V1|123450|1;V2|9990|0;W1|123450|1;");
}

static void
test_mapping (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  g_autoptr (QdImportResult) result = NULL;
  g_autoptr (GError) error = NULL;

  import_fails (fixture, "accounts", "customer_id,account_number,name\nA,B,x\n", NULL, QD_INTAKE_ERROR_MAPPING,
                "“customer_id”, “account_number”");
  import_fails (fixture, "accounts", "customer_id,account_number,name\nA,B,x\n", "--map account_id=nothere", QD_INTAKE_ERROR_MAPPING,
                "nothere");
  import_fails (fixture, "subscriptions", "line_id,account_id,start,mrr\nL,A,2024-01-01,1\n", "--map color=mrr",
                QD_INTAKE_ERROR_MAPPING, "color");
  import_fails (fixture, "subscriptions", "line_id,account_id,start\nL,A,2024-01-01\n", NULL, QD_INTAKE_ERROR_MAPPING, "mrr");
  import_fails (fixture, "subscriptions", "foo,bar\n1,2\n", "", QD_INTAKE_ERROR_MAPPING, "line_id, account_id, start");
  import_fails (fixture, "accounts", "account_id,name,Plan Tier,plan-tier\nA,B,1,2\n", NULL, QD_INTAKE_ERROR_MAPPING, "plan_tier");
  import_fails (fixture, "subscriptions", "line_id,account_id,start,mrr\nL,A,2024-01-01,1\n", "--set discount_unit=half",
                QD_INTAKE_ERROR_MAPPING, "percent|fraction");
  g_assert_null (qd_kind_find ("nothing", &error));
  g_assert_error (error, QD_INTAKE_ERROR, QD_INTAKE_ERROR_KIND);
  g_clear_error (&error);

  import_text (fixture, "accounts", "crm.csv", "customer_id,account_number,name\nA,B,x\n",
               "--map account_id=account_number --map legacy=customer_id", &result, &error);
  g_assert_no_error (error);
  assert_rows (fixture, "SELECT external_id, (SELECT field || '=' || value FROM account_value) FROM account", "B|legacy=A;");
  g_clear_pointer (&result, qd_import_result_free);

  /* The same headers again: what was said is remembered, and it is told. */
  import_text (fixture, "accounts", "other.csv", "customer_id,account_number,name\nA2,B2,x\n", NULL, &result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (result->mapping_name, ==, "crm");
  assert_rows (fixture, "SELECT external_id FROM account ORDER BY 1", "B;B2;");
  g_clear_pointer (&result, qd_import_result_free);

  /* By name for other headers, and a name that does not exist. */
  import_text (fixture, "accounts", "third.csv", "account_number,customer_id,name,x\nB3,A3,x,1\n", "--mapping crm", &result, &error);
  g_assert_no_error (error);
  assert_rows (fixture, "SELECT external_id FROM account ORDER BY 1", "B;B2;B3;");
  g_clear_pointer (&result, qd_import_result_free);
  import_fails (fixture, "accounts", "account_id,name\nA,B\n", "--mapping nope", QD_INTAKE_ERROR_MAPPING, "nope");

  /* A date order that was said is remembered too; rows that decide otherwise go before it. */
  import_ok (fixture, "subscriptions", "line_id,account_id,start,mrr\nL1,A,01/02/2024,1\n", "--date-order dmy --save-mapping bill", 1,
             0, 0, 0);
  import_ok (fixture, "subscriptions", "line_id,account_id,start,mrr\nL2,A,03/02/2024,1\n", NULL, 1, 0, 0, 0);
  import_ok (fixture, "subscriptions", "line_id,account_id,start,mrr\nL3,A,02/25/2024,1\n", NULL, 1, 0, 0, 0);
  assert_rows (fixture, "SELECT start FROM subscription_line ORDER BY external_id", "19754;19756;19778;");
  assert_rows (fixture, "SELECT count(*) FROM mapping WHERE name = 'bill'", "1;");
}

static void
test_dry_run (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  g_autoptr (QdImportResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *before = file_digest (fixture->path);
  g_autofree char *after = NULL;

  import_text (fixture, "accounts", "a.csv", "account_id,name,x,y\nA,B,1,2\n", "--dry-run", &result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (result->imported, ==, 1);
  g_assert_cmpint (result->batch, ==, 0);
  g_assert_cmpuint (result->custom->len, ==, 2);
  after = file_digest (fixture->path);
  g_assert_cmpstr (after, ==, before);
}

/* What is exported is read again as what is there, and elsewhere as the same. */
static void
test_round_trip (void)
{
  static const struct
  {
    const char *kind, *text, *flags;
  } data[] = {
    { "fx", "currency,rate,month,set\nEUR,1.0825,2024-01,main\nJPY,0.0067,,main\nEUR,1.1,2024-02,alt\n", NULL },
    { "accounts", "account_id,name,parent_id,segment,signup_date,seats,Plan Tier,\"Odd, \"\"name\"\"\"\nA,\"Alpha, \"\"Inc\"\"\",,SMB,"
      "2024-01-05,3,Pro,x\nB,'=cmd,A,Ent,,,,\"line\nbreak\"\nC,Ümlaut,B,,,,,\n", NULL },
    { "accounts", "account_id,name,segment,plan_tier,valid_from\nA,\"Alpha, \"\"Inc\"\"\",Mid,Max,2024-05-01\n", NULL },
    { "products", "product_id,name\nP,Pro\nQ,'+Plus\n", NULL },
    { "subscriptions", "line_id,account_id,start,end,mrr,arr,quantity,unit_price,interval,interval_count,discount,product,currency,trial,"
      "canceled_at,notice_date,auto_renew,term_months\n"
      "L1,A,2024-01-01,,10.5,,,,,,,P,EUR,false,,,true,12\nL2,B,2024-01-01,2024-06-01,,1000,,,,,,,,true,2024-05-01,2024-04-01,no,\n"
      "L3,C,2024-01-01,,,,3,19.99,year,,12.5%,Q,,,,,,\nL4,C,2024-01-01,,,,1,100,month,7,,Q,,,,,,\nL5,C,2024-01-01,,1500,,,,,,,,JPY,,,,"
      ",\n'-6,X,2024-01-01,,,,2,5,week,2,,,,,,,,\nL7,C,2024-01-01,,0.123456,,,,,,,,,,,,,\nL8,C,2024-01-01,,33.3333333333333,,,,,,,,,,,,,\n"
      "L9,C,2024-01-01,,1234567.8912345,,,,,,,,,,,,,\nL10,C,2024-01-01,,,0.999999999999999999,,,,,,,,,,,,\n", NULL },
    { "mrr", "account_id,month,mrr,product,currency\nA,2024-01,10,P,\nA,2024-03,0,,EUR\nM,2024-01,7.1250,,\nM,2024-02,66.6666666666667,,\n", "--source other" },
    { "movements", "event_id,account_id,date,mrr_after,change,kind,product,currency,level_of\nE1,A,2024-01-01,10,,new,P,,account\n,A,"
      "2024-01-01,20,,new,Q,EUR,product\n,A,2024-02-01,,-10,less,,,\n,N,2024-02-01,5,,\"a,b\",,,\n", "--source third" },
  };
  static const char *const kinds[] = { "fx", "accounts", "products", "subscriptions", "mrr", "movements" };
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  g_autoptr (StoreFixture) elsewhere = store_fixture_new ();
  g_autofree char *digest = NULL;
  g_autofree char *now = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (data); i++)
    {
      g_autoptr (QdImportResult) result = NULL;
      g_autoptr (GError) error = NULL;

      import_text (fixture, data[i].kind, "data.csv", data[i].text, data[i].flags, &result, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (result->imported + result->merged, >, 0);
    }
  digest = file_digest (fixture->path);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *path = store_fixture_file (fixture, "out.csv");
      g_autofree char *again = store_fixture_file (fixture, "again.csv");
      g_autofree char *first = NULL;
      g_autofree char *second = NULL;
      g_autoptr (QdImportResult) result = NULL;
      g_autoptr (GError) error = NULL;
      const QdKind *kind = qd_kind_find (kinds[i], NULL);

      g_test_message ("%s", kinds[i]);
      g_assert_true (qd_export_run (fixture->store, kind, path, NULL, &error));
      g_assert_no_error (error);
      import_path (fixture, kinds[i], path, i < 4 ? NULL : i == 4 ? "--source other" : "--source third", &result, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (result->unchanged, ==, result->read);
      g_assert_cmpuint (result->read, >, 0);
      g_assert_cmpint (result->batch, ==, 0);
      g_clear_pointer (&result, qd_import_result_free);

      import_path (elsewhere, kinds[i], path, i < 4 ? NULL : i == 4 ? "--source other" : "--source third", &result, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (result->rejected, ==, 0);
      g_assert_true (qd_export_run (elsewhere->store, kind, again, NULL, &error));
      g_assert_true (g_file_get_contents (path, &first, NULL, NULL));
      g_assert_true (g_file_get_contents (again, &second, NULL, NULL));
      g_assert_cmpstr (second, ==, first);
    }
  now = file_digest (fixture->path);
  g_assert_cmpstr (now, ==, digest);
  {
    g_autofree char *a = run_sqlite (fixture->path, "SELECT external_id, amount_num, amount_den, quantity, unit_price, interval, "
                                                    "interval_count, discount FROM subscription_line ORDER BY 1");
    g_autofree char *b = run_sqlite (elsewhere->path, "SELECT external_id, amount_num, amount_den, quantity, unit_price, interval, "
                                                      "interval_count, discount FROM subscription_line ORDER BY 1");

    g_assert_cmpstr (a, ==, b);
  }
}

/* What cannot be written as a number is no blank. */
static void
test_export_refused (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  g_autofree char *path = store_fixture_file (fixture, "out.csv");
  g_autofree char *none = NULL;
  g_autoptr (GError) error = NULL;

  import_ok (fixture, "subscriptions", "line_id,account_id,start,mrr\nL1,A,2024-01-01,10\n", NULL, 1, 0, 0, 0);
  none = run_sqlite (fixture->path, "UPDATE subscription_line SET amount_den = 7");
  g_assert_false (qd_export_run (fixture->store, qd_kind_find ("subscriptions", NULL), path, NULL, &error));
  g_assert_error (error, QD_INTAKE_ERROR, QD_INTAKE_ERROR_FORMAT);
  g_assert_nonnull (strstr (error->message, "“L1”"));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

int
main (int    argc,
      char **argv)
{
  store_fixture_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reading/asked", test_asked);
  g_test_add_func ("/reading/decided", test_decided);
  g_test_add_func ("/reading/all-rows", test_all_rows);
  g_test_add_func ("/reading/shapes", test_shapes);
  g_test_add_func ("/reading/encoding-said", test_encoding_said);
  g_test_add_func ("/reading/headers", test_headers);
  g_test_add_func ("/reading/synonyms", test_synonyms);
  g_test_add_func ("/reading/languages", test_languages);
  g_test_add_func ("/reading/mapping", test_mapping);
  g_test_add_func ("/reading/dry-run", test_dry_run);
  g_test_add_func ("/reading/round-trip", test_round_trip);
  g_test_add_func ("/reading/export-refused", test_export_refused);
  return g_test_run ();
}
