/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "edit-fixture.h"

#include <string.h>

static const char accounts_csv[] = "account_id,name,parent_id,segment,csm,signup_date,seats,plan_tier\n"
                                   "A1,Acme,,SMB,Ann,2023-01-05,10,gold\n"
                                   "A2,Beta,A1,Mid,Bob,2023-02-01,20,silver\n"
                                   "A3,Gamma,A2,SMB,Ann,,30,\n";
static const char lines_csv[] = "line_id,account_id,start,end,quantity,unit_price,interval,mrr,product\n"
                                "L1,A1,2023-01-05,2023-12-31,,,,100.00,Core\n"
                                "L2,A1,2024-01-01,,10,120.00,year,,Core\n"
                                "L3,A2,2023-02-01,,,,,50.00,Extra\n"
                                "L4,A9,2023-03-01,,,,,70.00,Extra\n";

void
edits_import (EditFixture *fixture,
              const char  *kind,
              const char  *csv)
{
  g_autofree char *name = g_strconcat (kind, ".csv", NULL);
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (QdImportResult) result = NULL;
  QdImportOptions options = { .skip_rejected = TRUE };
  const QdKind *found = qd_kind_find (kind, &error);

  g_assert_no_error (error);
  g_file_set_contents (path, csv, -1, &error);
  g_assert_no_error (error);
  qd_workspace_import (fixture->workspace, found, path, &options, NULL, NULL, &result, NULL, &error);
  g_assert_no_error (error);
}

void
edits_open_again (EditFixture *fixture,
                  QdStoreFlags flags)
{
  g_autoptr (GError) error = NULL;

  g_clear_object (&fixture->workspace);
  fixture->workspace = qd_workspace_open (fixture->path, flags, NULL, &error);
  g_assert_no_error (error);
}

void
edits_set_up (EditFixture  *fixture,
              gconstpointer data)
{
  QdStoreSettings settings = { "Test", "USD", 1 };
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("quarterdeck-test-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->folder, "w.quarterdeck", NULL);
  fixture->workspace = qd_workspace_create (fixture->path, &settings, &error);
  g_assert_no_error (error);
  edits_import (fixture, "accounts", accounts_csv);
  edits_import (fixture, "fx", "currency,rate\nJPY,0.007\nEUR,1.1\n");
  edits_import (fixture, "subscriptions", lines_csv);
}

void
edits_tear_down (EditFixture  *fixture,
                 gconstpointer data)
{
  g_clear_object (&fixture->workspace);
  remove_tree (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->folder);
}

QdStore *
edits_store_of (EditFixture *fixture)
{
  return qd_workspace_get_store (fixture->workspace);
}

void
edits_assert_text (EditFixture *fixture,
                   const char  *sql,
                   const char  *expected)
{
  g_autofree char *found = store_text (edits_store_of (fixture), sql);

  g_assert_cmpstr (found, ==, expected);
}

gint64
edits_edit (EditFixture *fixture,
            const char  *account,
            const char  *field,
            const char  *value)
{
  g_autoptr (GError) error = NULL;
  gint64 entry = -1;

  g_assert_true (qd_workspace_edit_account (fixture->workspace, account, field, value, &entry, &error));
  g_assert_no_error (error);
  return entry;
}

gint64
edits_edit_row (EditFixture *fixture,
                const char  *key,
                const char  *field,
                const char  *value)
{
  g_autoptr (GError) error = NULL;
  gint64 entry = -1;

  qd_workspace_edit_row (fixture->workspace, key, field, value, &entry, &error);
  g_assert_no_error (error);
  return entry;
}

void
edits_refuse_row (EditFixture *fixture,
                  const char  *key,
                  const char  *field,
                  const char  *value,
                  const char  *reason)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (qd_workspace_edit_row (fixture->workspace, key, field, value, NULL, &error));
  g_assert_nonnull (error);
  g_assert_cmpint (error->domain, ==, QD_EDIT_ERROR);
  if (strstr (error->message, reason) == NULL)
    g_error ("“%s” does not say “%s”", error->message, reason);
}

gint64
edits_add_row (EditFixture       *fixture,
               const char        *account,
               const char        *form,
               const char *const *values,
               char             **key)
{
  g_autoptr (GError) error = NULL;
  gint64 entry = 0;

  qd_workspace_add_row (fixture->workspace, account, form, values, FALSE, key, &entry, &error);
  g_assert_no_error (error);
  return entry;
}

void
edits_refuse_new (EditFixture       *fixture,
                  const char        *account,
                  const char        *form,
                  const char *const *values)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (qd_workspace_add_row (fixture->workspace, account, form, values, FALSE, NULL, NULL, &error));
  g_assert_error (error, QD_EDIT_ERROR, QD_EDIT_ERROR_VALUE);
}

void
edits_undo (EditFixture *fixture,
            gint64       entry)
{
  g_autoptr (GError) error = NULL;

  qd_workspace_undo (fixture->workspace, entry, NULL, NULL, &error);
  g_assert_no_error (error);
}

void
edits_redo (EditFixture *fixture,
            gint64       entry)
{
  g_autoptr (GError) error = NULL;

  qd_workspace_redo (fixture->workspace, entry, NULL, NULL, &error);
  g_assert_no_error (error);
}

gint64
edits_find (EditFixture *fixture,
            gboolean     back,
            const char  *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *summary = NULL;
  gint64 entry = back ? qd_workspace_find_undo (fixture->workspace, &summary, &error)
                      : qd_workspace_find_redo (fixture->workspace, &summary, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (summary, ==, expected);
  return entry;
}

/* The value of a field of a record; NULL: missing. The row must be there. */
const char *
edits_field_of (QdTable    *table,
          const char *field)
{
  for (guint i = 0; i < qd_table_get_n_rows (table); i++)
    if (strcmp (qd_table_get_text (table, i, 0), field) == 0)
      return qd_table_is_missing (table, i, 2) ? NULL : qd_table_get_text (table, i, 2);
  g_error ("no field %s", field);
}

void
edits_assert_changes (EditFixture *fixture,
                      gint64       entry,
                      guint        limit,
                      const char  *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QdTable) table = qd_workspace_get_changes (fixture->workspace, entry, limit, &error);
  g_autoptr (GString) csv = g_string_new (NULL);
  const char *body;

  g_assert_no_error (error);
  qd_table_write_csv (table, csv);
  body = strstr (csv->str, "\n") + 1;
  g_assert_cmpstr (body, ==, expected);
}
