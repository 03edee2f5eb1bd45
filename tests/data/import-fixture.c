/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import-fixture.h"

#include <string.h>

gboolean
import_path (StoreFixture    *fixture,
             const char      *kind_name,
             const char      *path,
             const char      *flags,
             QdImportResult **result,
             GError         **error)
{
  g_auto (GStrv) words = g_strsplit (flags ? flags : "", " ", -1);
  g_autoptr (GHashTable) map = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GHashTable) set = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autofree char *rejects = NULL;
  const QdKind *kind = qd_kind_find (kind_name, error);
  QdImportOptions options = { .map = map, .set = set };

  if (kind == NULL)
    return FALSE;
  for (guint i = 0; words[i] != NULL; i++)
    {
      const char *word = words[i];

      if (*word == 0)
        continue;
      if (strcmp (word, "--dry-run") == 0)
        options.dry_run = TRUE;
      else if (strcmp (word, "--skip-rejected") == 0)
        options.skip_rejected = TRUE;
      else if (strcmp (word, "--replace") == 0)
        options.replace = TRUE;
      else if (strcmp (word, "--rejects") == 0)
        rejects = store_fixture_file (fixture, "rejects.csv");
      else
        {
          const char *value = words[++i];

          g_assert_nonnull (value);
          if (strcmp (word, "--map") == 0 || strcmp (word, "--set") == 0)
            {
              const char *equals = strchr (value, '=');

              g_assert_nonnull (equals);
              g_hash_table_insert (strcmp (word, "--map") == 0 ? map : set, g_strndup (value, equals - value),
                                   g_strdup (equals + 1));
            }
          else if (strcmp (word, "--date-order") == 0)
            options.date_order = value;
          else if (strcmp (word, "--decimal") == 0)
            options.decimal = *value;
          else if (strcmp (word, "--amounts") == 0)
            options.amounts = value;
          else if (strcmp (word, "--amounts-are") == 0)
            options.amounts_are = value;
          else if (strcmp (word, "--source") == 0)
            options.source = value;
          else if (strcmp (word, "--encoding") == 0)
            options.encoding = value;
          else if (strcmp (word, "--mapping") == 0)
            options.mapping = value;
          else if (strcmp (word, "--save-mapping") == 0)
            options.save_mapping = value;
          else
            g_error ("no flag %s", word);
        }
    }
  return qd_import_run (fixture->store, kind, path, &options, rejects, NULL, NULL, NULL, result, error);
}

gboolean
import_bytes (StoreFixture    *fixture,
              const char      *kind,
              const char      *name,
              const char      *text,
              gsize            length,
              const char      *flags,
              QdImportResult **result,
              GError         **error)
{
  g_autofree char *path = store_fixture_file (fixture, name);
  g_autoptr (GError) local = NULL;

  g_file_set_contents (path, text, length, &local);
  g_assert_no_error (local);
  return import_path (fixture, kind, path, flags, result, error);
}

gboolean
import_text (StoreFixture    *fixture,
             const char      *kind,
             const char      *name,
             const char      *text,
             const char      *flags,
             QdImportResult **result,
             GError         **error)
{
  return import_bytes (fixture, kind, name, text, strlen (text), flags, result, error);
}

void
import_ok (StoreFixture *fixture,
           const char   *kind,
           const char   *text,
           const char   *flags,
           guint         imported,
           guint         merged,
           guint         unchanged,
           guint         rejected)
{
  g_autoptr (QdImportResult) result = NULL;
  g_autoptr (GError) error = NULL;

  import_text (fixture, kind, "data.csv", text, flags, &result, &error);
  if (error != NULL)
    g_test_message ("%s", text);
  g_assert_no_error (error);
  g_assert_cmpuint (result->imported, ==, imported);
  g_assert_cmpuint (result->merged, ==, merged);
  g_assert_cmpuint (result->unchanged, ==, unchanged);
  g_assert_cmpuint (result->rejected, ==, rejected);
  g_assert_cmpuint (result->read, ==, imported + merged + unchanged + rejected);
}

void
import_fails (StoreFixture *fixture,
              const char   *kind,
              const char   *text,
              const char   *flags,
              QdIntakeError code,
              const char   *part)
{
  g_autoptr (QdImportResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gboolean ok = import_text (fixture, kind, "data.csv", text, flags, &result, &error);

  g_test_message ("%s", text);
  g_assert_false (ok);
  g_assert_error (error, QD_INTAKE_ERROR, (int) code);
  if (strstr (error->message, part) == NULL)
    g_error ("“%s” is not in “%s”", part, error->message);
}

void
import_rejects (StoreFixture *fixture,
                const char   *kind,
                const char   *text,
                const char   *flags,
                const char   *rejects)
{
  g_autoptr (QdImportResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) found = g_string_new (NULL);

  g_test_message ("%s", text);
  g_assert_false (import_text (fixture, kind, "data.csv", text, flags, &result, &error));
  g_assert_error (error, QD_INTAKE_ERROR, QD_INTAKE_ERROR_REJECTED);
  g_assert_nonnull (result);
  for (guint i = 0; i < result->rejects->len; i++)
    {
      const QdReject *reject = g_ptr_array_index (result->rejects, i);

      g_assert_cmpstr (reject->expected, !=, "");
      g_string_append_printf (found, "%s%" G_GUINT64_FORMAT " %s %s", i > 0 ? ", " : "", reject->line, reject->code,
                              reject->field);
    }
  g_assert_cmpstr (g_strchomp (found->str), ==, rejects);
}

void
assert_rows (StoreFixture *fixture,
             const char   *sql,
             const char   *rows)
{
  g_autofree char *found = run_sqlite (fixture->path, sql);

  g_strdelimit (found, "\n", ';');
  g_assert_cmpstr (found, ==, rows);
}

void
assert_same_dump (const char *found,
                  const char *expected)
{
  g_auto (GStrv) a = g_strsplit (found, "\n", -1);
  g_auto (GStrv) b = g_strsplit (expected, "\n", -1);

  for (guint i = 0; a[i] != NULL || b[i] != NULL; i++)
    {
      g_assert_cmpstr (a[i], ==, b[i]);
      if (a[i] == NULL || b[i] == NULL)
        break;
    }
}

gboolean
has_note (const QdImportResult *result,
          const char           *part)
{
  for (guint i = 0; i < result->notes->len; i++)
    if (strstr (g_ptr_array_index (result->notes, i), part) != NULL)
      return TRUE;
  return FALSE;
}
