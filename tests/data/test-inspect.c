/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A file before it is imported: what it looks like, which kind, which columns,
 * what it leaves open; fixes that are read in the file's place.
 */
#include "import-fixture.h"

#include <string.h>

#include "data/intake/qd-inspect.h"

static char *
write_file (StoreFixture *fixture,
            const char   *text)
{
  g_autoptr (GError) error = NULL;
  char *path = store_fixture_file (fixture, "look.csv");

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  return path;
}

static QdInspection *
inspect (StoreFixture          *fixture,
         const char            *text,
         const char            *kind,
         const QdImportOptions *options)
{
  static const QdImportOptions none;
  g_autofree char *path = write_file (fixture, text);
  g_autoptr (GError) error = NULL;
  QdInspection *inspection = qd_import_inspect (fixture->store, path, kind ? qd_kind_find (kind, NULL) : NULL,
                                                options ? options : &none, TRUE, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (inspection);
  return inspection;
}

static const QdQuestion *
question (const QdInspection *inspection,
          guint               index)
{
  g_assert_cmpuint (index, <, inspection->questions->len);
  return g_ptr_array_index (inspection->questions, index);
}

static void
assert_answers (const QdQuestion *question_,
                const char       *answers)
{
  g_autoptr (GString) found = g_string_new (NULL);

  for (guint i = 0; i < question_->answers->len; i++)
    {
      const QdAnswer *answer = &g_array_index (question_->answers, QdAnswer, i);

      g_string_append_printf (found, "%s%s=%s", i > 0 ? " " : "", answer->value, answer->reading);
    }
  g_assert_cmpstr (found->str, ==, answers);
}

static void
test_kinds (void)
{
  static const struct
  {
    const char *kind, *text;
  } cases[] = {
    { "accounts", "Account ID,Account Name,Industry,Segment,CSM\nA1,Alpha,Tech,SMB,Ann\n" },
    { "products", "SKU,Product Name\nP1,Pro\n" },
    { "subscriptions", "subscription_id,account_id,start_date,end_date,plan_tier,seats,mrr_amount,auto_renew_flag\n"
                       "S1,A1,2024-01-01,,Pro,3,99,TRUE\n" },
    { "mrr", "customer_id,month,mrr\nA1,2024-01,10\n" },
    { "movements", "event_id,customer_id,event_date,event_type,plan,mrr_amount\n1,A1,2024-01-01,signup,Pro,99\n" },
    { "fx", "currency,rate,month\nEUR,1.1,2024-01\n" },
  };
  g_autoptr (StoreFixture) fixture = store_fixture_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (QdInspection) inspection = inspect (fixture, cases[i].text, NULL, NULL);

      g_test_message ("%s", cases[i].text);
      g_assert_cmpstr (inspection->kind->name, ==, cases[i].kind);
      g_assert_true (qd_inspection_is_complete (inspection));
      g_assert_true (inspection->read);
      g_assert_cmpuint (inspection->n_rows, ==, 1);
      g_assert_cmpfloat (g_array_index (inspection->kinds, QdKindGuess, 0).score, >,
                         g_array_index (inspection->kinds, QdKindGuess, 1).score + 0.1);
    }
}

static void
test_columns (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  g_autoptr (QdInspection) inspection =
      inspect (fixture, "Customer ID;Company Name;Signup Date;Seats;Color\nA1;Alpha;31.01.2024;1;red\nA2;Beta;01.02.2024;2;red\n",
               NULL, NULL);

  g_assert_cmpint (inspection->delimiter, ==, ';');
  g_assert_cmpstr (inspection->encoding, ==, "UTF-8");
  g_assert_cmpuint (inspection->header_line, ==, 1);
  g_assert_cmpuint (inspection->n_columns, ==, 5);
  g_assert_cmpuint (inspection->rows->len, ==, 2);
  g_assert_cmpstr (((char **) g_ptr_array_index (inspection->rows, 1))[1], ==, "Beta");
  g_assert_cmpuint (g_array_index (inspection->lines, guint64, 1), ==, 3);
  g_assert_cmpint (inspection->columns[0].looks, ==, QD_LOOKS_TEXT);
  g_assert_cmpint (inspection->columns[2].looks, ==, QD_LOOKS_DATE);
  g_assert_cmpint (inspection->columns[3].looks, ==, QD_LOOKS_NUMBER);
  g_assert_cmpuint (inspection->orders, ==, QD_ORDER_DMY);
  g_assert_cmpstr (inspection->kind->fields[inspection->columns[0].field].name, ==, "account_id");
  g_assert_cmpint (inspection->columns[0].match, ==, QD_MATCH_STRONG);
  g_assert_cmpint (inspection->columns[4].field, ==, -1);
  g_assert_cmpstr (inspection->columns[4].custom, ==, "color");
  g_assert_cmpuint (inspection->columns[4].samples->len, ==, 1);
  g_assert_cmpint (inspection->field_orders[inspection->columns[2].field], ==, QD_ORDER_DMY);
}

/* What an import refuses is listed here. */
static void
test_open_mapping (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  g_autoptr (QdInspection) two =
      inspect (fixture, "customer id,account number,company name\nA1,1,Alpha\n", "accounts", NULL);
  g_autoptr (QdInspection) none = inspect (fixture, "line_id,account_id,start\nL1,A1,2024-01-01\n", "subscriptions", NULL);
  const QdConflict *conflict = g_ptr_array_index (two->mapping->conflicts, 0);
  g_autoptr (GHashTable) map = g_hash_table_new (g_str_hash, g_str_equal);
  QdImportOptions options = { .map = map };

  g_assert_false (qd_inspection_is_complete (two));
  g_assert_false (two->read);
  g_assert_cmpstr (two->kind->fields[conflict->field].name, ==, "account_id");
  g_assert_true (conflict->required);
  g_assert_cmpuint (conflict->columns->len, ==, 2);
  g_assert_cmpuint (g_array_index (conflict->columns, guint, 1), ==, 1);

  g_assert_false (qd_inspection_is_complete (none));
  g_assert_cmpuint (none->mapping->missing->len, ==, 1);
  g_assert_cmpstr (none->kind->fields[g_array_index (none->mapping->missing, int, 0)].name, ==, "mrr");

  g_hash_table_insert (map, (gpointer) "account_id", (gpointer) "account number");
  {
    g_autoptr (QdInspection) chosen =
        inspect (fixture, "customer id,account number,company name\nA1,1,Alpha\n", "accounts", &options);

    g_assert_true (qd_inspection_is_complete (chosen));
    g_assert_cmpint (chosen->columns[1].match, ==, QD_MATCH_SAID);
    g_assert_cmpstr (chosen->columns[0].custom, ==, "customer_id");
  }
  /* A custom field that is not wanted; and the import agrees. */
  g_hash_table_insert (map, (gpointer) "customer_id", (gpointer) "");
  {
    g_autoptr (QdInspection) chosen =
        inspect (fixture, "customer id,account number,company name\nA1,1,Alpha\n", "accounts", &options);

    g_assert_null (chosen->columns[0].custom);
    g_assert_cmpuint (chosen->mapping->ignored->len, ==, 1);
  }
  {
    g_autofree char *path = write_file (fixture, "customer id,account number,company name\nA1,1,Alpha\n");
    g_autoptr (QdImportResult) result = NULL;

    g_assert_true (qd_import_run (fixture->store, qd_kind_find ("accounts", NULL), path, &options, NULL, NULL, NULL, NULL,
                                  &result, NULL));
    assert_rows (fixture, "SELECT external_id, name FROM account", "1|Alpha;");
    assert_rows (fixture, "SELECT count(*) FROM account_value", "0;");
  }
}

static void
test_questions (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  g_autoptr (GHashTable) set = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  QdImportOptions options = { .set = set };
  const char *lines = "line_id,account_id,start,mrr\nL1,A1,03/04/2024,\"1,234\"\nL2,A1,05/06/2024,5\n";
  g_autoptr (QdInspection) inspection = inspect (fixture, lines, "subscriptions", NULL);

  /* Both at once, with the readings of the first example by Python: date (2024, 4, 3), date (2024, 3, 4). */
  g_assert_cmpuint (inspection->questions->len, ==, 2);
  g_assert_cmpint (question (inspection, 0)->type, ==, QD_QUESTION_DATE_ORDER);
  g_assert_cmpstr (question (inspection, 0)->header, ==, "start");
  g_assert_cmpstr (g_array_index (question (inspection, 0)->examples, QdExample, 0).text, ==, "03/04/2024");
  g_assert_cmpuint (g_array_index (question (inspection, 0)->examples, QdExample, 0).line, ==, 2);
  assert_answers (question (inspection, 0), "dmy=2024-04-03 mdy=2024-03-04");
  g_assert_cmpint (question (inspection, 1)->type, ==, QD_QUESTION_DECIMAL);
  assert_answers (question (inspection, 1), ".=1234 ,=1.234");

  qd_question_apply (QD_QUESTION_DATE_ORDER, "dmy", &options);
  qd_question_apply (QD_QUESTION_DECIMAL, ".", &options);
  {
    g_autoptr (QdInspection) settled = inspect (fixture, lines, "subscriptions", &options);

    g_assert_cmpuint (settled->questions->len, ==, 0);
  }

  /* Rows that contradict one another. */
  {
    g_autoptr (QdInspection) mixed = inspect (
        fixture, "line_id,account_id,start,mrr\nL1,A1,31/04/2024,1\nL1,A1,30/04/2024,1\nL2,A1,05/31/2024,5\n", "subscriptions",
        NULL);

    g_assert_true (question (mixed, 0)->mixed);
    g_assert_cmpuint (question (mixed, 0)->examples->len, ==, 2);
    g_assert_cmpuint (question (mixed, 0)->answers->len, ==, 2);
  }
  {
    g_autoptr (QdInspection) cents =
        inspect (fixture, "line_id,account_id,start,mrr_cents,discount\nL1,A1,2024-01-01,9900,\n", "subscriptions", NULL);

    g_assert_cmpint (question (cents, 0)->type, ==, QD_QUESTION_AMOUNTS);
    assert_answers (question (cents, 0), "minor=99.00 major=9900");
  }
  {
    g_autoptr (QdInspection) euro = inspect (fixture, "line_id,account_id,start,mrr (EUR)\nL1,A1,2024-01-01,99\n",
                                             "subscriptions", NULL);

    g_assert_cmpint (question (euro, 0)->type, ==, QD_QUESTION_CURRENCY);
    assert_answers (question (euro, 0), "EUR= USD=");
    qd_question_apply (QD_QUESTION_CURRENCY, "USD", &options);
    g_assert_cmpstr (g_hash_table_lookup (set, "currency"), ==, "USD");
  }
}

/* 99 + 199 = 298, by hand. */
static void
test_movement_questions (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  g_autoptr (QdInspection) inspection = inspect (
      fixture, "event_id,customer_id,event_date,event_type,amount\n1,A1,2024-01-01,signup,99\n2,B1,2024-01-01,signup,5\n"
               "3,A1,2024-02-01,upgrade,199\n", "movements", NULL);
  const QdQuestion *asked = question (inspection, 0);

  g_assert_cmpint (asked->type, ==, QD_QUESTION_AMOUNTS_ARE);
  g_assert_cmpuint (asked->examples->len, ==, 2);
  g_assert_cmpstr (g_array_index (asked->examples, QdExample, 0).text, ==, "A1 · 2024-01-01 · signup · 99");
  g_assert_cmpuint (g_array_index (asked->examples, QdExample, 1).line, ==, 4);
  assert_answers (asked, "level=199 change=298");
}

static void
test_reading_options (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  QdImportOptions options = { .delimiter = '|' };
  QdImportOptions none = { .no_header = TRUE };
  QdImportOptions third = { .header_line = 3 };
  g_autoptr (QdInspection) pipes = inspect (fixture, "a,b|c,d\n1,2|3,4\n", "products", &options);
  g_autoptr (QdInspection) bare = inspect (fixture, "P1,Pro\nP2,Basic\n", "products", &none);
  g_autoptr (QdInspection) later = inspect (fixture, "x,y\nz,w\nsku,name\nP1,Pro\n", "products", &third);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = write_file (fixture, "a,b\n1,2\n");

  g_assert_cmpuint (pipes->n_columns, ==, 2);
  g_assert_cmpstr (pipes->columns[0].header, ==, "a,b");
  g_assert_cmpuint (bare->header_line, ==, 0);
  g_assert_cmpstr (bare->columns[1].header, ==, "Column 2");
  g_assert_cmpuint (bare->rows->len, ==, 2);
  g_assert_cmpuint (g_array_index (bare->lines, guint64, 0), ==, 1);
  g_assert_cmpuint (later->header_line, ==, 3);
  g_assert_cmpuint (later->skipped, ==, 2);
  g_assert_cmpstr (later->columns[0].header, ==, "sku");
  third.header_line = 9;
  g_assert_null (qd_import_inspect (fixture->store, path, NULL, &third, FALSE, NULL, &error));
  g_assert_error (error, QD_INTAKE_ERROR, QD_INTAKE_ERROR_FORMAT);
}

static gboolean
run (StoreFixture    *fixture,
     const char      *kind,
     const char      *text,
     QdImportOptions *options,
     QdImportResult **result,
     GError         **error)
{
  g_autofree char *path = write_file (fixture, text);
  g_autofree char *rejects = store_fixture_file (fixture, "rejects.csv");

  return qd_import_run (fixture->store, qd_kind_find (kind, NULL), path, options, rejects, NULL, NULL, NULL, result, error);
}

static void
test_fixes (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  g_autoptr (QdFixes) fixes = qd_fixes_new ();
  g_autoptr (QdFixes) copy = NULL;
  g_autoptr (QdImportResult) refused = NULL;
  g_autoptr (QdImportResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autofree char *kept = NULL;
  g_autofree char *bad = NULL;
  const QdRejectGroup *group;
  QdImportOptions options = { .fixes = fixes };
  const char *text = "line_id,account_id,start,end,mrr\n"
                     "\"L\"\"1\",0042,2024-01-01,n/a,10\n"
                     "L2,0042,2024-13-01,,20\n"
                     "L3,0043,2024-01-01, n/a ,30\n"
                     "L4,0043,soon,,40\n";

  g_assert_false (run (fixture, "subscriptions", text, &options, &refused, &error));
  g_assert_error (error, QD_INTAKE_ERROR, QD_INTAKE_ERROR_REJECTED);
  g_clear_error (&error);
  g_assert_cmpuint (refused->groups->len, ==, 2);
  group = g_ptr_array_index (refused->groups, 0);
  g_assert_cmpstr (group->code, ==, "bad-date");
  g_assert_cmpstr (group->header, ==, "end");
  g_assert_cmpint (group->column, ==, 3);
  g_assert_cmpuint (group->count, ==, 2);
  g_assert_cmpuint (GPOINTER_TO_UINT (g_hash_table_lookup (group->values, "n/a")), ==, 1);
  g_assert_cmpuint (((QdReject *) g_ptr_array_index (group->rejects, 1))->line, ==, 4);

  /* A rule for the column, a cell, and one that stays wrong: what it is now is what is said of it. */
  qd_fixes_set_rule (fixes, 3, " n/a", "");
  qd_fixes_set_cell (fixes, 3, 2, "2024-12-01");
  qd_fixes_set_cell (fixes, 5, 2, "later");
  g_assert_cmpstr (qd_fixes_get_cell (fixes, 3, 2), ==, "2024-12-01");
  g_assert_cmpstr (qd_fixes_get_rule (fixes, 3, "n/a"), ==, "");
  copy = qd_fixes_copy (fixes);
  g_assert_cmpuint (qd_fixes_get_n_cells (copy), ==, 2);
  g_assert_cmpuint (qd_fixes_get_n_rules (copy), ==, 1);
  g_clear_pointer (&refused, qd_import_result_free);
  g_assert_false (run (fixture, "subscriptions", text, &options, &refused, &error));
  g_assert_cmpuint (refused->rejected, ==, 1);
  g_assert_cmpstr (((QdReject *) g_ptr_array_index (refused->rejects, 0))->found, ==, "later");
  path = store_fixture_file (fixture, "rejects.csv");
  g_assert_true (g_file_get_contents (path, &bad, NULL, NULL));
  g_assert_true (g_str_has_prefix (bad, "line_id,account_id,start,end,mrr,reject_line,reject_reason\nL4,0043,later,,40,5,") ||
                 g_str_has_prefix (bad, "line_id,account_id,start,end,mrr,reject_line,reject_reason\r\nL4,0043,later,,40,5,"));

  qd_fixes_set_cell (fixes, 5, 2, NULL);
  qd_fixes_set_rule (fixes, 2, "soon", "2024-02-03");
  options.fixes = fixes;
  g_clear_error (&error);
  g_assert_true (run (fixture, "subscriptions", text, &options, &result, &error));
  g_assert_no_error (error);
  assert_rows (fixture,
               "SELECT l.external_id, a.external_id, date (l.start * 86400, 'unixepoch'), l.\"end\" IS NULL FROM "
               "subscription_line l JOIN account a ON a.id = l.account ORDER BY 1",
               "L\"1|0042|2024-01-01|1;L2|0042|2024-12-01|1;L3|0043|2024-01-01|1;L4|0043|2024-02-03|1;");
  /* The file is as it was. */
  g_clear_pointer (&path, g_free);
  path = store_fixture_file (fixture, "look.csv");
  g_assert_true (g_file_get_contents (path, &kept, NULL, NULL));
  g_assert_cmpstr (kept, ==, text);
}

static void
test_changed_file (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  g_autoptr (QdInspection) inspection = inspect (fixture, "sku,name\nP1,Pro\n", "products", NULL);
  g_autoptr (QdImportResult) result = NULL;
  g_autoptr (GError) error = NULL;
  QdImportOptions options = { .digest = inspection->digest };

  g_assert_nonnull (inspection->digest);
  g_assert_false (run (fixture, "products", "sku,name\nP2,Pro\n", &options, &result, &error));
  g_assert_error (error, QD_INTAKE_ERROR, QD_INTAKE_ERROR_CHANGED);
  g_clear_error (&error);
  g_assert_true (run (fixture, "products", "sku,name\nP1,Pro\n", &options, &result, &error));
  g_assert_cmpstr (result->digest, ==, inspection->digest);
}

static void
test_saved (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  const char *text = "sku,name,code\nP1,Pro,x\n";
  QdImportOptions ignore = { .ignore_saved = TRUE };

  import_ok (fixture, "products", text, "--map product_id=code --save-mapping mine", 1, 0, 0, 0);
  {
    g_autoptr (QdInspection) inspection = inspect (fixture, text, NULL, NULL);

    g_assert_cmpstr (inspection->saved_name, ==, "mine");
    g_assert_cmpstr (inspection->kind->name, ==, "products");
    g_assert_true (g_array_index (inspection->kinds, QdKindGuess, 0).saved);
    g_assert_cmpint (inspection->columns[2].match, ==, QD_MATCH_SAVED);
  }
  {
    g_autoptr (QdInspection) inspection = inspect (fixture, text, NULL, &ignore);

    g_assert_null (inspection->saved_name);
    g_assert_cmpint (inspection->columns[0].field, ==, 0);
  }
}

/* Two columns of one name: the second is meant, also when the same columns come again. */
static void
test_same_headers (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();

  import_ok (fixture, "products", "sku,name,name\nP1,x,Pro\n", "--map name=#3", 1, 0, 0, 0);
  assert_rows (fixture, "SELECT name FROM product", "Pro;");
  import_ok (fixture, "products", "sku,name,name\nP1,y,Pro\n", NULL, 0, 0, 1, 0);
}

static void
test_form (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  g_autoptr (QdImportResult) result = NULL;
  g_autoptr (GError) error = NULL;
  QdImportOptions options = { .dry_run = TRUE };

  import_ok (fixture, "mrr", "account_id,month,mrr\nA1,2024-01,10\nA2,2024-01,10\n", NULL, 2, 0, 0, 0);
  g_assert_false (run (fixture, "subscriptions", "line_id,account_id,start,mrr\nL1,A1,2024-01-01,1\nL2,A3,2024-01-01,1\n",
                       &options, &result, &error));
  g_assert_error (error, QD_INTAKE_ERROR, QD_INTAKE_ERROR_FORM);
  g_assert_cmpuint (result->clashing, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (result->clashing_names, 0), ==, "A1");
}

static void
test_check_cell (void)
{
  g_autoptr (StoreFixture) fixture = store_fixture_new ();
  g_autoptr (QdInspection) inspection =
      inspect (fixture, "line_id,account_id,start,mrr,currency,trial\nL1,A1,31/01/2024,1,,\n", "subscriptions", NULL);
  const struct
  {
    const char *field, *text;
    gboolean good;
  } cases[] = {
    { "start", "13/02/2024", TRUE }, { "start", "02/13/2024", FALSE }, { "start", "", FALSE }, { "end", "", TRUE },
    { "mrr", "1e", FALSE },          { "mrr", "1,000.50", TRUE },      { "currency", "eur", TRUE },
    { "currency", "XXQ", FALSE },    { "trial", "maybe", FALSE },      { "account_id", "007", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      int field = qd_kind_find_field (inspection->kind, cases[i].field);
      g_autofree char *expected = qd_inspection_check_cell (inspection, field, cases[i].text);

      g_test_message ("%s %s", cases[i].field, cases[i].text);
      g_assert_true ((expected == NULL) == cases[i].good);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/inspect/kinds", test_kinds);
  g_test_add_func ("/inspect/columns", test_columns);
  g_test_add_func ("/inspect/open-mapping", test_open_mapping);
  g_test_add_func ("/inspect/questions", test_questions);
  g_test_add_func ("/inspect/movement-questions", test_movement_questions);
  g_test_add_func ("/inspect/reading-options", test_reading_options);
  g_test_add_func ("/inspect/fixes", test_fixes);
  g_test_add_func ("/inspect/changed-file", test_changed_file);
  g_test_add_func ("/inspect/saved", test_saved);
  g_test_add_func ("/inspect/same-headers", test_same_headers);
  g_test_add_func ("/inspect/form", test_form);
  g_test_add_func ("/inspect/check-cell", test_check_cell);
  return g_test_run ();
}
