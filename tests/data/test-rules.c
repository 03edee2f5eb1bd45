/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What texts of a file are read as, and what holds where a row meets an
 * account that is there; both kept with the mapping.
 */
#include "import-fixture.h"

#include <string.h>

#include "data/intake/qd-inspect.h"
#include "data/intake/qd-rejects.h"

static char *
write_file (StoreFixture *fixture,
            const char   *text)
{
  char *path = store_fixture_file (fixture, "rules.csv");

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return path;
}

static QdImportResult *
run (StoreFixture          *fixture,
     const char            *kind,
     const char            *text,
     const QdImportOptions *options)
{
  g_autofree char *path = write_file (fixture, text);
  QdImportResult *result = NULL;
  g_autoptr (GError) error = NULL;

  qd_import_run (fixture->store, qd_kind_find (kind, NULL), path, options, NULL, NULL, NULL, NULL, &result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (result->read, ==, result->imported + result->merged + result->unchanged + result->rejected);
  return result;
}

static QdInspection *
inspect (StoreFixture          *fixture,
         const char            *kind,
         const char            *text,
         const QdImportOptions *options)
{
  static const QdImportOptions none;
  g_autofree char *path = write_file (fixture, text);
  g_autoptr (GError) error = NULL;
  QdInspection *inspection = qd_import_inspect (fixture->store, path, qd_kind_find (kind, NULL), options ? options : &none,
                                                TRUE, NULL, &error);

  g_assert_no_error (error);
  return inspection;
}

/* "Header!: text 2 =to ~like, …; …", with ! where rows are rejected. */
static char *
describe (const QdInspection *inspection)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < inspection->values->len; i++)
    {
      const QdValueQuestion *question = inspection->values->pdata[i];

      g_string_append_printf (out, "%s%s%s:", i > 0 ? "; " : "", question->header, question->rejects ? "!" : "");
      for (guint k = 0; k < question->unknown->len; k++)
        {
          const QdUnknownValue *value = question->unknown->pdata[k];

          g_string_append_printf (out, "%s %s %u", k > 0 ? "," : "", value->text, (guint) value->count);
          if (value->to != NULL)
            g_string_append_printf (out, " =%s", value->to);
          if (value->like != NULL)
            g_string_append_printf (out, " ~%s", value->like);
        }
    }
  return g_string_free (out, FALSE);
}

static void
assert_asked (StoreFixture          *fixture,
              const char            *kind,
              const char            *text,
              const QdImportOptions *options,
              const char            *expected)
{
  g_autoptr (QdInspection) inspection = inspect (fixture, kind, text, options);
  g_autofree char *found = describe (inspection);

  g_assert_cmpstr (found, ==, expected);
}

#define LINES \
  "subscription_id,account_id,start,mrr,currency,trial,billing_period\n" \
  "S1,A1,2024-01-01,100,USD,no,month\n" \
  "S2,A1,2024-01-01,100,US$,nope,every 30 days\n" \
  "S3,A2,2024-01-01,100,Dollar,ja doch,month\n" \
  "S4,A2,2024-01-01,100,US$,nope,\n"

/* Texts that a field does not know are asked with their counts, mapped, kept, and not asked again without an answer. */
static void
test_values (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  g_autoptr (GHashTable) values = qd_values_new ();
  QdImportOptions options = { .values = values };
  g_autoptr (QdImportResult) first = NULL, second = NULL;

  assert_asked (fixture, "subscriptions", LINES, NULL,
                "billing_period!: every 30 days 1; currency!: US$ 2 ~USD, Dollar 1 ~USD; trial!: nope 2, ja doch 1");
  import_rejects (fixture, "subscriptions", LINES, NULL, "3 bad-boolean trial, 4 bad-boolean trial, 5 bad-boolean trial");

  qd_values_set (values, "currency", "US$", "USD");
  qd_values_set (values, "currency", "Dollar", "USD");
  qd_values_set (values, "trial", "nope", "no");
  qd_values_set (values, "trial", "ja doch", "yes");
  qd_values_set (values, "interval", "every 30 days", "month");
  assert_asked (fixture, "subscriptions", LINES, &options,
                "billing_period!: every 30 days 1 =month; currency!: US$ 2 =USD ~USD, Dollar 1 =USD ~USD; "
                "trial!: nope 2 =no, ja doch 1 =yes");
  first = run (fixture, "subscriptions", LINES, &options);
  g_assert_cmpuint (first->imported, ==, 4);
  assert_rows (fixture, "SELECT external_id, trial, interval FROM subscription_line ORDER BY 1",
               "S1|0|month;S2|0|month;S3|1|month;S4|0|;");

  /* The next file of these columns needs no answer; it changes nothing. */
  second = run (fixture, "subscriptions", LINES, &(QdImportOptions){ 0 });
  g_assert_cmpuint (second->unchanged, ==, 4);
  assert_asked (fixture, "subscriptions", LINES, NULL,
                "billing_period!: every 30 days 1 =month; currency!: US$ 2 =USD ~USD, Dollar 1 =USD ~USD; "
                "trial!: nope 2 =no, ja doch 1 =yes");

  /* What is said goes before what is saved: as it is. */
  g_hash_table_remove_all (values);
  qd_values_set (values, "trial", "nope", "nope");
  {
    g_autofree char *path = write_file (fixture, LINES);
    g_autoptr (QdImportResult) third = NULL;
    g_autoptr (GError) error = NULL;

    g_assert_false (qd_import_run (fixture->store, qd_kind_find ("subscriptions", NULL), path, &options, NULL, NULL, NULL, NULL,
                                   &third, &error));
    g_assert_error (error, QD_INTAKE_ERROR, QD_INTAKE_ERROR_REJECTED);
    g_assert_cmpuint (third->rejected, ==, 2);
  }
}

/* Members and products that are new where others are there; kinds of movements. */
static void
test_members (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  g_autoptr (GHashTable) values = qd_values_new ();
  QdImportOptions options = { .values = values };
  g_autoptr (GString) many = g_string_new ("account_id,name,segment\n");
  g_autoptr (QdImportResult) result = NULL;

  /* In an empty workspace everything is new, and nothing is asked. */
  assert_asked (fixture, "accounts", "account_id,name,segment\nA1,Alpha,Enterprise\n", NULL, "");
  import_ok (fixture, "accounts", "account_id,name,segment\nA1,Alpha,Enterprise\nA2,Beta,SMB\n", NULL, 2, 0, 0, 0);
  import_ok (fixture, "products", "product_id,name\nP1,Pro Plan\n", NULL, 1, 0, 0, 0);
  assert_asked (fixture, "accounts", "account_id,name,segment,region\nA3,C,enterprise,EU\nA4,D,ENT,EU\nA5,E,SMB,US\n", NULL,
                "segment: ENT 1, enterprise 1 ~Enterprise");
  assert_asked (fixture, "mrr", "account_id,month,mrr,product\nA1,2024-01,1,pro plan\nA1,2024-02,1,P1\n", NULL,
                "product: pro plan 1 ~P1");
  assert_asked (fixture, "movements", "account_id,date,mrr_after,kind\nA1,2024-01-01,1,Gekauft\nA1,2024-02-01,2,upgrade\n",
                NULL, "kind: Gekauft 1");
  for (guint i = 0; i < 40; i++)
    g_string_append_printf (many, "N%u,N,segment %u\n", i, i);
  assert_asked (fixture, "accounts", many->str, NULL, "");

  qd_values_set (values, "segment", "ENT", "Enterprise");
  qd_values_set (values, "segment", "enterprise", "Enterprise");
  result = run (fixture, "accounts", "account_id,name,segment\nA3,C,enterprise\nA4,D, ENT \nA5,E,New\n", &options);
  g_assert_cmpuint (result->imported, ==, 3);
  assert_rows (fixture, "SELECT segment, count(*) FROM account GROUP BY 1 ORDER BY 1", "Enterprise|3;New|1;SMB|1;");
}

/* What was corrected for a whole column once is kept too. */
static void
test_fixed_columns (void)
{
  static const char text[] = "line_id,account_id,start,end,mrr\nL1,A1,2024-01-01,open,100\nL2,A1,2024-01-01,2024-06-01,5\n";
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  g_autoptr (QdFixes) fixes = qd_fixes_new ();
  QdImportOptions options = { .fixes = fixes };
  g_autoptr (QdImportResult) first = NULL;

  import_rejects (fixture, "subscriptions", text, NULL, "2 bad-date end");
  qd_fixes_set_rule (fixes, 3, "open", "");
  first = run (fixture, "subscriptions", text, &options);
  g_assert_cmpuint (first->imported, ==, 2);
  import_ok (fixture, "subscriptions",
             "line_id,account_id,start,end,mrr\nL3,A1,2024-01-01,open,100\nL1,A1,2024-01-01,open,100\n", NULL, 1, 0, 1, 0);
}

static void
assert_kept (const QdImportResult *result,
             const char           *expected)
{
  g_autoptr (GString) out = g_string_new (NULL);

  if (result->kept != NULL)
    qd_table_write_csv (result->kept, out);
  g_assert_cmpstr (out->str, ==, expected);
}

#define THERE "account_id,name,segment,region,csm,signup_date,Tier\nA1,Alpha,SMB,EU,,2024-01-31,gold\n"
#define OTHER "account_id,name,segment,region,csm,signup_date,Tier\nA1,Alpha Inc,ENT,EU,Ann,2024-02-01,silver\nA2,New,ENT,US,Bob,,\n"

static void
test_collisions (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  g_autoptr (GHashTable) rules = g_hash_table_new (g_str_hash, g_str_equal);
  QdImportOptions options = { .collisions = rules };
  g_autoptr (QdImportResult) dry = NULL, kept = NULL, again = NULL, file = NULL;

  import_ok (fixture, "accounts", THERE, NULL, 1, 0, 0, 0);

  /* All fields stay or are filled, but for the name. A new account has no rule. */
  g_hash_table_insert (rules, (char *) QD_COLLISION_ALL, (char *) "fill");
  g_hash_table_insert (rules, (char *) "name", (char *) "file");
  g_hash_table_insert (rules, (char *) "csm", (char *) "keep");
  options.dry_run = TRUE;
  dry = run (fixture, "accounts", OTHER, &options);
  g_assert_cmpuint (dry->conflicts, ==, 1);
  assert_kept (dry, "line,id,field,there,file\n2,A1,segment,SMB,ENT\n2,A1,signup_date,2024-01-31,2024-02-01\n"
                    "2,A1,tier,gold,silver\n");
  options.dry_run = FALSE;
  kept = run (fixture, "accounts", OTHER, &options);
  g_assert_cmpuint (kept->imported, ==, 1);
  g_assert_cmpuint (kept->merged, ==, 1);
  assert_rows (fixture, "SELECT name, segment, region, csm, signup FROM account ORDER BY id",
               "Alpha Inc|SMB|EU||19753;New|ENT|US|Bob|;");
  assert_rows (fixture, "SELECT value FROM account_value", "gold;");
  assert_rows (fixture, "SELECT conflicts FROM import_batch ORDER BY id", "0;1;");

  /* The rules are kept with the mapping. */
  again = run (fixture, "accounts", OTHER, &(QdImportOptions){ 0 });
  g_assert_cmpuint (again->unchanged, ==, 2);
  g_assert_cmpuint (again->conflicts, ==, 1);

  /* Said otherwise, the file wins. */
  g_hash_table_remove_all (rules);
  g_hash_table_insert (rules, (char *) QD_COLLISION_ALL, (char *) "file");
  file = run (fixture, "accounts", OTHER, &options);
  g_assert_cmpuint (file->merged, ==, 1);
  g_assert_cmpuint (file->conflicts, ==, 0);
  assert_rows (fixture, "SELECT segment, csm, signup FROM account WHERE external_id = 'A1'", "ENT|Ann|19754;");

  g_assert_true (store_undo (fixture->store, 3, FALSE, NULL, NULL));
  assert_rows (fixture, "SELECT segment, csm, signup FROM account WHERE external_id = 'A1'", "SMB||19753;");
}

static void
test_wrong_rules (void)
{
  static const struct
  {
    const char *kind, *field, *rule, *part;
  } cases[] = {
    { "accounts", "segment", "maybe", "file|fill|keep" },
    { "accounts", "color", "fill", "no field of accounts" },
    { "mrr", "mrr", "fill", "Only accounts" },
  };
  g_autoptr (StoreFixture) fixture = store_fixture_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GHashTable) rules = g_hash_table_new (g_str_hash, g_str_equal);
      QdImportOptions options = { .collisions = rules };
      g_autofree char *path = write_file (fixture, i < 2 ? "account_id,name\nA1,A\n" : "account_id,month,mrr\nA1,2024-01,1\n");
      g_autoptr (QdImportResult) result = NULL;
      g_autoptr (GError) error = NULL;

      g_hash_table_insert (rules, (char *) cases[i].field, (char *) cases[i].rule);
      g_assert_false (qd_import_run (fixture->store, qd_kind_find (cases[i].kind, NULL), path, &options, NULL, NULL, NULL,
                                     NULL, &result, &error));
      g_assert_error (error, QD_INTAKE_ERROR, QD_INTAKE_ERROR_MAPPING);
      g_assert_nonnull (strstr (error->message, cases[i].part));
    }
}

static gboolean
save_cb (QdDb    *db,
         gpointer data,
         QdJob   *job,
         GError **error)
{
  guint64 rows = 0;
  gboolean done = qd_rejects_save_batch (db, 1, data, &rows, error);

  g_assert_cmpuint (rows, ==, done ? 2 : 0);
  return done;
}

/* Also later the rejected rows of an import can be had, corrected and imported. */
static void
test_saved_rejects (void)
{
  static const char text[] = "line_id;account_id;start;mrr;note\nL1;A1;2024-01-01;1,50;\nL2;A1;never;2,50;\"a;\"\"b\"\"\"\n"
                             "L3;A1;2024-01-01;x\n";
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  g_autofree char *path = store_fixture_file (fixture, "rejected.csv");
  g_autofree char *content = NULL;
  g_autoptr (GString) mended = NULL;
  g_autoptr (GError) error = NULL;

  import_ok (fixture, "subscriptions", text, "--skip-rejected", 1, 0, 0, 2);
  g_assert_true (qd_store_run (fixture->store, QD_STORE_PRIORITY_READ, save_cb, path, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_nonnull (strstr (content, "line_id,account_id,start,mrr,note,reject_line,reject_reason"));
  g_assert_nonnull (strstr (content, "L2,A1,never,\"2,50\",\"a;\"\"b\"\"\",3,"));
  g_assert_nonnull (strstr (content, "bad-date: start: expected"));
  mended = g_string_new (content);
  g_string_replace (mended, "never", "2024-02-01", 1);
  g_string_replace (mended, "L3,A1,2024-01-01,x,", "L3,A1,2024-01-01,\"3,50\",", 1);
  import_ok (fixture, "subscriptions", mended->str, NULL, 2, 0, 0, 0);
  assert_rows (fixture, "SELECT external_id, amount_num FROM subscription_line ORDER BY 1", "L1|150;L2|250;L3|350;");

  /* Imports of older versions did not keep their columns' names. */
  store_exec (fixture->store, "UPDATE import_batch SET headers = '' WHERE id = 1");
  g_assert_false (qd_store_run (fixture->store, QD_STORE_PRIORITY_READ, save_cb, path, NULL, &error));
  g_assert_error (error, QD_INTAKE_ERROR, QD_INTAKE_ERROR_READ);
}

int
main (int    argc,
      char **argv)
{
  store_fixture_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/values", test_values);
  g_test_add_func ("/rules/members", test_members);
  g_test_add_func ("/rules/fixed-columns", test_fixed_columns);
  g_test_add_func ("/rules/collisions", test_collisions);
  g_test_add_func ("/rules/wrong-rules", test_wrong_rules);
  g_test_add_func ("/rules/saved-rejects", test_saved_rejects);
  return g_test_run ();
}
