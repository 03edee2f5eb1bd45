/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Saved mappings as files: to another workspace, and what is refused.
 */
#include <string.h>

#include "data/workspace/qd-workspace-edit.h"
#include "store-fixture.h"

typedef struct
{
  char *folder;
  QdWorkspace *workspace;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  static const char *const files[][2] = {
    { "accounts", "account_id,name\nA1,Acme\n" },
    { "products", "product_id,name\nP1,Pro\n" },
    { "fx", "currency,rate\nEUR,1.1\n" },
  };
  QdStoreSettings settings = { "Test", "USD", 1 };
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("quarterdeck-test-XXXXXX", &error);
  g_assert_no_error (error);
  path = g_build_filename (fixture->folder, "w.quarterdeck", NULL);
  fixture->workspace = qd_workspace_create (path, &settings, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *name = g_strconcat (files[i][0], ".csv", NULL);
      g_autofree char *file = g_build_filename (fixture->folder, name, NULL);
      g_autoptr (QdImportResult) result = NULL;

      g_assert_true (g_file_set_contents (file, files[i][1], -1, NULL));
      qd_workspace_import (fixture->workspace, qd_kind_find (files[i][0], NULL), file, &(QdImportOptions){ 0 }, NULL, NULL,
                           &result, NULL, &error);
      g_assert_no_error (error);
    }
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  g_clear_object (&fixture->workspace);
  remove_tree (fixture->folder);
  g_free (fixture->folder);
}

static void
assert_text (Fixture    *fixture,
             const char *sql,
             const char *expected)
{
  g_autofree char *text = store_text (qd_workspace_get_store (fixture->workspace), sql);

  g_assert_cmpstr (text, ==, expected);
}

static void
undo (Fixture *fixture,
      gint64   entry)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (qd_workspace_undo (fixture->workspace, entry, NULL, NULL, &error));
  g_assert_no_error (error);
}

static char *
row_of (Fixture    *fixture,
        const char *name)
{
  return qd_workspace_write_mapping (fixture->workspace, name, NULL);
}

/* A mapping goes to another workspace as a file, and reads the same there. */
static void
test_mapping_file (Fixture      *fixture,
                   gconstpointer data)
{
  static const char text[] =
      "{\"format\": \"quarterdeck-mapping\", \"version\": 1, \"name\": \" Billing \", \"kind\": \"accounts\",\n"
      " \"headers\": [\"No; 1\", \"Name\", \"Größe\"], \"map\": {\"account_id\": \"No; 1\", \"tier\": \"Größe\"},\n"
      " \"set\": {\"currency\": \"EUR\"}, \"values\": {\"tier\": {\"S;=\\n\": \"small\", \"-\": \"\"}},\n"
      " \"collisions\": {\"*\": \"fill\", \"tier\": \"keep\"}, \"read\": {\"date-order\": \"dmy\", \"decimal\": \",\"}}";
  g_autofree char *name = NULL;
  g_autofree char *again = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *accounts = NULL;
  g_autofree char *number = NULL;
  g_autofree char *said = NULL;
  g_autofree char *path = g_build_filename (fixture->folder, "mapping.json", NULL);
  g_autoptr (GError) error = NULL;
  gint64 entry = 0, nothing = 0;

  g_assert_true (qd_workspace_read_mapping (fixture->workspace, text, strlen (text), &name, &entry, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (name, ==, "Billing");
  g_assert_cmpint (qd_workspace_find_undo (fixture->workspace, &said, NULL), ==, entry);
  g_assert_cmpstr (said, ==, "Mapping “Billing” taken from a file");
  first = row_of (fixture, "Billing");
  g_assert_nonnull (strstr (first, "\"S;=\\n\": \"small\""));
  g_assert_nonnull (strstr (first, "\"-\": \"\""));
  g_assert_nonnull (strstr (first, "\"tier\": \"keep\""));

  /* What was written reads as the same: nothing is changed. */
  g_file_set_contents (path, first, -1, &error);
  g_assert_true (qd_workspace_import_mapping (fixture->workspace, path, &again, &nothing, &error));
  g_assert_no_error (error);
  g_assert_cmpint (nothing, ==, 0);
  undo (fixture, entry);
  assert_text (fixture, "SELECT count(*) FROM mapping WHERE name = 'Billing'", "0");
  g_assert_true (qd_workspace_import_mapping (fixture->workspace, path, NULL, &entry, &error));
  second = row_of (fixture, "Billing");
  g_assert_cmpstr (second, ==, first);

  /* A name that is another's gets a number; another mapping of the same columns goes, and comes back. */
  accounts = row_of (fixture, "accounts");
  g_assert_true (qd_workspace_delete_mapping (fixture->workspace, "accounts", NULL, NULL));
  g_assert_true (qd_workspace_rename_mapping (fixture->workspace, "Billing", "accounts", NULL, NULL));
  g_assert_true (qd_workspace_read_mapping (fixture->workspace, accounts, strlen (accounts), &number, &entry, NULL));
  g_assert_cmpstr (number, ==, "accounts-2");
  g_assert_true (qd_workspace_read_mapping (fixture->workspace, text, strlen (text), NULL, &entry, NULL));
  assert_text (fixture, "SELECT group_concat (name, ',') FROM (SELECT name FROM mapping WHERE kind = 'accounts' ORDER BY 1)",
               "Billing,accounts-2");
  undo (fixture, entry);
  assert_text (fixture, "SELECT group_concat (name, ',') FROM (SELECT name FROM mapping WHERE kind = 'accounts' ORDER BY 1)",
               "accounts,accounts-2");
}

#define START "{\"format\":\"quarterdeck-mapping\",\"version\":1,\"name\":\"N\",\"kind\":\"accounts\",\"headers\":[\"A\"],\"map\":{}"

static void
test_mapping_file_hostile (Fixture      *fixture,
                           gconstpointer data)
{
  static const struct
  {
    const char *text, *part;
  } cases[] = {
    { "", "no JSON" },
    { "account_id,name\nA1,Alpha\n", "no JSON" },
    { "[]", "no JSON object" },
    { "{}", "missing" },
    { START, "no JSON" },
    { START ",\"evil\":1}", "“evil”" },
    { START ",\"map\":{}}", "“map”" },
    { START ",\"version\":1}", "“version”" },
    { START ",\"set\":{\"color\":\"x\"}}", "“color”" },
    { START ",\"set\":{\"segment\":1}}", "“segment”" },
    { START ",\"set\":[\"segment\"]}", "“set”" },
    { START ",\"values\":{\"segment\":\"x\"}}", "“segment”" },
    { START ",\"values\":{\"No Field]\\n\":{}}}", "No Field" },
    { START ",\"values\":{\"segment\":{\"a\":\"b\",\"a\":\"c\"}}}", "“a”" },
    { START ",\"collisions\":{\"segment\":\"never\"}}", "“segment”" },
    { START ",\"read\":{\"decimal\":\";\"}}", "“decimal”" },
    { START ",\"read\":{\"shell\":\"rm\"}}", "“read”" },
    { "{\"format\":\"other\"}", "“format”" },
    { "{\"format\":\"quarterdeck-mapping\",\"version\":2}", "newer version" },
    { "{\"kind\":\"invoices\"}", "“kind”" },
    { "{\"name\":\"a\\nb\"}", "“name”" },
    { "{\"headers\":[\"a\\u001fb\"]}", "“headers”" },
    { "{\"headers\":{\"a\":1}}", "“headers”" },
    { "\xff\xfe{", "UTF-8" },
  };
  g_autoptr (GString) deep = g_string_new (NULL);
  g_autoptr (GString) wide = g_string_new (START ",\"values\":{");
  g_autoptr (GString) large = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) problem = NULL;

      g_assert_false (qd_workspace_read_mapping (fixture->workspace, cases[i].text, strlen (cases[i].text), NULL, NULL,
                                                 &problem));
      g_test_message ("%s", problem->message);
      g_assert_error (problem, QD_INTAKE_ERROR, QD_INTAKE_ERROR_MAPPING);
      g_assert_nonnull (strstr (problem->message, cases[i].part));
      g_assert_true (g_utf8_validate (problem->message, -1, NULL));
    }
  for (guint i = 0; i < 100000; i++)
    g_string_append_c (deep, '[');
  g_assert_false (qd_workspace_read_mapping (fixture->workspace, deep->str, deep->len, NULL, NULL, &error));
  g_assert_error (error, QD_INTAKE_ERROR, QD_INTAKE_ERROR_MAPPING);
  g_clear_error (&error);
  for (guint i = 0; i < 30000; i++)
    g_string_append_printf (wide, "%s\"%u\":{}", i > 0 ? "," : "", i);
  g_string_append (wide, "}}");
  g_assert_false (qd_workspace_read_mapping (fixture->workspace, wide->str, wide->len, NULL, NULL, &error));
  g_assert_error (error, QD_INTAKE_ERROR, QD_INTAKE_ERROR_MAPPING);
  g_clear_error (&error);
  for (guint i = 0; i < 300000; i++)
    g_string_append_c (large, ' ');
  g_assert_false (qd_workspace_read_mapping (fixture->workspace, large->str, large->len, NULL, NULL, &error));
  g_assert_error (error, QD_INTAKE_ERROR, QD_INTAKE_ERROR_MAPPING);
  g_clear_error (&error);
  g_assert_false (qd_workspace_import_mapping (fixture->workspace, "/dev/zero", NULL, NULL, &error));
  g_assert_error (error, QD_INTAKE_ERROR, QD_INTAKE_ERROR_MAPPING);
  assert_text (fixture, "SELECT count(*) FROM mapping", "3");
}

int
main (int   argc,
      char *argv[])
{
  store_fixture_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/mapping-file/round-trip", Fixture, NULL, set_up, test_mapping_file, tear_down);
  g_test_add ("/mapping-file/hostile", Fixture, NULL, set_up, test_mapping_file_hostile, tear_down);
  return g_test_run ();
}
