/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The sample company through the whole way: files, import, ledger. The figures
 * are recomputed here from the month ends that the generator wrote.
 */
#include <glib/gstdio.h>
#include <string.h>

#include "data/sample/qd-sample.h"
#include "data/workspace/qd-workspace.h"
#include "store-fixture.h"

typedef struct
{
  char *folder;
} Fixture;

static char *
file_of (Fixture    *fixture,
         const char *name)
{
  return g_build_filename (fixture->folder, name, NULL);
}

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  QdSampleOptions options = { 250, 30, 3, qd_month_from_ym (2026, 6) };
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("quarterdeck-test-XXXXXX", &error);
  g_assert_no_error (error);
  g_assert_true (qd_sample_write (fixture->folder, &options, NULL, &error));
  g_assert_no_error (error);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  remove_tree (fixture->folder);
  g_free (fixture->folder);
}

static QdWorkspace *
make (Fixture    *fixture,
      const char *name)
{
  QdStoreSettings settings = { "Sample", "USD", 1 };
  g_autofree char *path = file_of (fixture, name);
  g_autoptr (GError) error = NULL;
  QdWorkspace *workspace = qd_workspace_create (path, &settings, &error);

  g_assert_no_error (error);
  return workspace;
}

static QdImportResult *
import (Fixture        *fixture,
        QdWorkspace    *workspace,
        const char     *kind,
        gboolean        dry_run,
        QdImportEffect *effect)
{
  g_autofree char *name = g_strconcat (kind, ".csv", NULL);
  g_autofree char *path = file_of (fixture, name);
  QdImportOptions options = { .dry_run = dry_run };
  g_autoptr (GError) error = NULL;
  const QdKind *found = qd_kind_find (kind, &error);
  QdImportResult *result = NULL;

  g_assert_no_error (error);
  qd_workspace_import (workspace, found, path, &options, NULL, NULL, &result, effect, &error);
  g_assert_no_error (error);
  g_assert_nonnull (result);
  g_assert_cmpuint (result->read, ==, result->imported + result->merged + result->unchanged + result->rejected);
  g_assert_cmpuint (result->rejected, ==, 0);
  return result;
}

static char *
ledger_of (QdWorkspace *workspace)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QdProfile) profile = qd_workspace_get_profile (workspace, NULL, &error);
  g_autoptr (QdLedger) ledger = qd_workspace_get_ledger (workspace, profile, NULL, &error);
  g_autoptr (QdScope) scope = qd_scope_new (profile);
  g_autoptr (QdTable) table = qd_ledger_to_table (ledger, scope, NULL, &error);
  GString *out = g_string_new (NULL);

  g_assert_no_error (error);
  qd_table_write_csv (table, out);
  return g_string_free (out, FALSE);
}

static void
test_forms (Fixture      *fixture,
            gconstpointer data)
{
  static const char *const forms[3][5] = {
    { "accounts", "products", "fx", "subscriptions", NULL },
    { "accounts", "mrr", NULL },
    { "movements", "accounts", NULL },
  };
  g_autofree char *first = NULL;

  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *name = g_strdup_printf ("form-%u.quarterdeck", i);
      g_autoptr (QdWorkspace) workspace = make (fixture, name);
      g_autoptr (GPtrArray) findings = NULL;
      g_autofree char *ledger = NULL;

      for (guint k = 0; forms[i][k] != NULL; k++)
        qd_import_result_free (import (fixture, workspace, forms[i][k], FALSE, NULL));
      ledger = ledger_of (workspace);
      if (first == NULL)
        first = g_steal_pointer (&ledger);
      else
        g_assert_cmpstr (ledger, ==, first);
      findings = qd_workspace_check (workspace, FALSE, NULL, NULL);
      for (guint k = 0; k < findings->len; k++)
        g_assert_cmpint (((QdFinding *) findings->pdata[k])->level, ==, QD_FINDING_NOTE);
    }
  g_assert_cmpuint (strlen (first), >, 50000);
}

/* "123.45" in cents. */
static gint64
cents (const char *text)
{
  char *end;
  gint64 value = g_ascii_strtoll (text, &end, 10) * 100;

  g_assert_true (*end == '.' && strlen (end) >= 3);
  return value + (end[1] - '0') * 10 + (end[2] - '0');
}

typedef struct
{
  gint64 start, end;
} Year;

static void
read_year (Fixture *fixture,
           gint64  *arr,
           double  *nrr,
           double  *grr)
{
  g_autofree char *path = file_of (fixture, "mrr.csv");
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GHashTable) years = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  GHashTableIter iter;
  gpointer value;
  gint64 total = 0, start = 0, end = 0, gross = 0;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\r\n", -1);
  for (guint i = 1; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[i], ",", -1);
      Year *year = g_hash_table_lookup (years, cells[0]);

      if (year == NULL)
        {
          year = g_new0 (Year, 1);
          g_hash_table_insert (years, g_strdup (cells[0]), year);
        }
      if (strcmp (cells[1], "2025-06") == 0)
        year->start = cents (cells[2]);
      if (strcmp (cells[1], "2026-06") == 0)
        year->end = cents (cells[2]);
    }
  g_hash_table_iter_init (&iter, years);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const Year *year = value;

      total += year->end;
      if (year->start > 0)
        {
          start += year->start;
          end += year->end;
          gross += MIN (year->start, year->end);
        }
    }
  *arr = total * 12;
  *nrr = (double) end / start;
  *grr = (double) gross / start;
}

/* Nothing that goes wrong after the commit is told as if nothing had been imported. */
static void
test_effect_not_kept (Fixture      *fixture,
                      gconstpointer data)
{
  g_autoptr (QdWorkspace) workspace = make (fixture, "not-kept.quarterdeck");
  g_autoptr (QdImportResult) result = NULL;
  QdImportEffect effect;

  qd_import_result_free (import (fixture, workspace, "fx", FALSE, NULL));
  store_exec (qd_workspace_get_store (workspace), "ALTER TABLE import_effect RENAME TO away");
  g_test_expect_message (NULL, G_LOG_LEVEL_MESSAGE, "*not kept*");
  result = import (fixture, workspace, "subscriptions", FALSE, &effect);
  g_test_assert_expected_messages ();
  g_assert_cmpint (result->batch, >, 0);
  g_assert_cmpuint (result->imported, ==, result->read);
  g_assert_cmpint (effect.as_of_after, !=, QD_MONTH_NONE);
}

static void
test_effect (Fixture      *fixture,
             gconstpointer data)
{
  g_autoptr (QdWorkspace) workspace = make (fixture, "effect.quarterdeck");
  QdImportEffect dry, real, again, kept;
  g_autoptr (QdImportResult) first = NULL, second = NULL, third = NULL;
  g_autoptr (QdTable) imports = NULL;
  g_autoptr (QdBook) book = NULL;
  g_autoptr (GPtrArray) history = NULL;
  g_autoptr (GError) error = NULL;
  gint64 arr;
  double nrr, grr;

  read_year (fixture, &arr, &nrr, &grr);
  qd_import_result_free (import (fixture, workspace, "accounts", FALSE, NULL));
  qd_import_result_free (import (fixture, workspace, "products", FALSE, NULL));
  qd_import_result_free (import (fixture, workspace, "fx", FALSE, NULL));

  first = import (fixture, workspace, "subscriptions", TRUE, &dry);
  g_assert_cmpint (first->batch, ==, 0);
  g_assert_cmpint (dry.as_of_before, ==, QD_MONTH_NONE);
  g_assert_cmpint (dry.as_of_after, ==, qd_month_from_ym (2026, 6));
  g_assert_cmpint (dry.arr_before, ==, 0);
  g_assert_cmpint (dry.arr_after, ==, arr);
  g_assert_true (dry.nrr_after.defined && dry.grr_after.defined);
  g_assert_false (dry.nrr_before.defined);
  g_assert_cmpfloat_with_epsilon (dry.nrr_after.value, nrr, 1e-12);
  g_assert_cmpfloat_with_epsilon (dry.grr_after.value, grr, 1e-12);
  book = qd_workspace_get_book (workspace, NULL, &error);
  g_assert_cmpuint (qd_book_get_lines (book)->n, ==, 0);

  second = import (fixture, workspace, "subscriptions", FALSE, &real);
  g_assert_cmpuint (second->imported, ==, first->imported);
  g_assert_cmpint (real.arr_after, ==, arr);
  g_assert_cmpfloat_with_epsilon (real.nrr_after.value, nrr, 1e-12);

  third = import (fixture, workspace, "subscriptions", FALSE, &again);
  g_assert_cmpuint (third->unchanged, ==, third->read);
  g_assert_cmpint (again.arr_before, ==, arr);
  g_assert_cmpint (again.arr_after, ==, arr);

  imports = qd_workspace_get_imports (workspace, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (qd_table_get_n_rows (imports), >=, 4);
  g_assert_cmpstr (qd_table_get_text (imports, 3, qd_table_find_column (imports, "kind")), ==, "subscriptions");

  /* What it did is kept with it; nobody asked what the accounts did, and that is not 0. */
  g_assert_false (qd_workspace_read_effect (imports, 0, &kept));
  g_assert_cmpint (kept.as_of_after, ==, QD_MONTH_NONE);
  g_assert_true (qd_table_is_missing (imports, 0, qd_table_find_column (imports, "arr_after")));
  g_assert_true (qd_workspace_read_effect (imports, 3, &kept));
  g_assert_cmpint (kept.as_of_before, ==, QD_MONTH_NONE);
  g_assert_cmpint (kept.as_of_after, ==, qd_month_from_ym (2026, 6));
  g_assert_cmpint (kept.arr_after, ==, arr);
  g_assert_false (kept.nrr_before.defined);
  g_assert_cmpfloat (kept.nrr_after.value, ==, real.nrr_after.value);
  g_assert_cmpfloat (kept.grr_after.value, ==, real.grr_after.value);

  g_assert_true (qd_workspace_undo_import (workspace, second->batch, NULL, NULL, &error));
  g_assert_no_error (error);
  qd_book_unref (g_steal_pointer (&book));
  book = qd_workspace_get_book (workspace, NULL, &error);
  g_assert_cmpuint (qd_book_get_lines (book)->n, ==, 0);
  history = qd_workspace_list_history (workspace, &error);
  g_assert_cmpint (((QdHistoryEntry *) history->pdata[0])->kind, ==, QD_HISTORY_UNDO);
  g_assert_true (qd_workspace_undo (workspace, ((QdHistoryEntry *) history->pdata[0])->id, NULL, NULL, &error));
  g_assert_no_error (error);
  qd_book_unref (g_steal_pointer (&book));
  book = qd_workspace_get_book (workspace, NULL, &error);
  g_assert_cmpuint (qd_book_get_lines (book)->n, ==, second->imported);

  /* Undone and done again it is still there. */
  qd_table_unref (g_steal_pointer (&imports));
  imports = qd_workspace_get_imports (workspace, &error);
  g_assert_true (qd_workspace_read_effect (imports, 3, &kept));
  g_assert_cmpint (kept.arr_after, ==, arr);
}

/* What goes wrong with the measure is no fault of the import: a currency without a rate is. */
static void
test_rejected (Fixture      *fixture,
               gconstpointer data)
{
  g_autoptr (QdWorkspace) workspace = make (fixture, "rejected.quarterdeck");
  g_autofree char *path = file_of (fixture, "subscriptions.csv");
  QdImportOptions options = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (QdImportResult) result = NULL;
  g_autoptr (QdBook) book = NULL;
  QdImportEffect effect;

  g_assert_false (qd_workspace_import (workspace, qd_kind_find ("subscriptions", NULL), path, &options, NULL, NULL,
                                       &result, &effect, &error));
  g_assert_error (error, QD_INTAKE_ERROR, QD_INTAKE_ERROR_REJECTED);
  g_assert_nonnull (result);
  g_assert_cmpuint (result->rejected, >, 0);
  book = qd_workspace_get_book (workspace, NULL, NULL);
  g_assert_cmpuint (qd_book_get_n_accounts (book), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  store_fixture_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/workspace-import/forms", Fixture, NULL, set_up, test_forms, tear_down);
  g_test_add ("/workspace-import/effect", Fixture, NULL, set_up, test_effect, tear_down);
  g_test_add ("/workspace-import/effect-not-kept", Fixture, NULL, set_up, test_effect_not_kept, tear_down);
  g_test_add ("/workspace-import/rejected", Fixture, NULL, set_up, test_rejected, tear_down);
  return g_test_run ();
}
