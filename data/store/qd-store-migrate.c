/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Schema versions: an ordered array of steps, and the proof that a file has
 * exactly the schema of its version.
 */
#define G_LOG_DOMAIN "quarterdeck"

#include "config.h"

#include "qd-store-private.h"

#include <glib/gi18n-lib.h>

/* The step at index i leads to version i + 1. Steps on recorded tables only append columns. */
static const QdMigration migrations_table[] = {
  { .resource = "migrations/0001.sql" },
  { .resource = "migrations/0002.sql" },
  { .resource = "migrations/0003.sql" },
};

const QdMigration *
qd_store_get_migrations (guint *n_migrations)
{
  *n_migrations = G_N_ELEMENTS (migrations_table);
  return migrations_table;
}

static gboolean
run_step (sqlite3           *handle,
          const QdMigration *step,
          guint              version,
          GError           **error)
{
  g_autofree char *stamp = g_strdup_printf ("PRAGMA application_id = %d; PRAGMA user_version = %u",
                                            QD_STORE_APPLICATION_ID, version);

  if (step->resource != NULL)
    {
      g_autoptr (GBytes) sql = qd_store_read_resource (step->resource, error);
      g_autofree char *text = NULL;

      if (sql == NULL)
        return FALSE;
      text = g_strndup (g_bytes_get_data (sql, NULL), g_bytes_get_size (sql));
      if (!qd_sqlite_exec (handle, text, error))
        return FALSE;
    }
  if (step->run != NULL && !step->run (handle, error))
    return FALSE;
  /* The shapes that older entries were recorded with no longer fit: readable, no longer undoable. */
  if (step->closes_history && !qd_sqlite_exec (handle, "UPDATE history_entry SET shape = 'closed' WHERE kind < 6", error))
    return FALSE;
  return qd_sqlite_exec (handle, stamp, error);
}

gboolean
qd_store_migrate (sqlite3           *handle,
                  const QdMigration *migrations,
                  guint              n_migrations,
                  QdJob             *job,
                  GError           **error)
{
  gint64 version;

  if (!qd_sqlite_integer (handle, "PRAGMA user_version", &version, error))
    return FALSE;
  for (guint i = (guint) version; i < n_migrations; i++)
    {
      if (!qd_job_check (job, error) || !qd_sqlite_exec (handle, "BEGIN IMMEDIATE", error))
        return FALSE;
      if (!run_step (handle, &migrations[i], i + 1, error) || !qd_sqlite_exec (handle, "COMMIT", error))
        {
          if (!sqlite3_get_autocommit (handle))
            sqlite3_exec (handle, "ROLLBACK", NULL, NULL, NULL);
          return FALSE;
        }
    }
  return TRUE;
}

/* Without comments and with single blanks, so that only what SQLite reads counts. */
static char *
normalise (const char *sql)
{
  GString *out = g_string_new (NULL);
  gboolean blank = FALSE;

  for (const char *p = sql; *p != '\0'; p++)
    {
      if (p[0] == '-' && p[1] == '-')
        {
          while (p[1] != '\0' && p[1] != '\n')
            p++;
          blank = TRUE;
          continue;
        }
      if (g_ascii_isspace (*p))
        {
          blank = TRUE;
          continue;
        }
      if (blank && out->len > 0)
        g_string_append_c (out, ' ');
      blank = FALSE;
      g_string_append_c (out, *p);
      if (*p == '\'' || *p == '"')
        {
          char quote = *p;

          while (p[1] != '\0')
            {
              p++;
              g_string_append_c (out, *p);
              if (*p == quote)
                break;
            }
        }
    }
  return g_string_free (out, FALSE);
}

/* "type name" → normalised text. */
static GHashTable *
read_schema (sqlite3 *handle,
             GError **error)
{
  g_autoptr (GHashTable) schema = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (sqlite3_stmt) stmt = NULL;
  g_autoptr (GBytes) sql = qd_store_read_resource ("sql/schema-list.sql", error);
  int rc;

  if (sql == NULL)
    return NULL;
  rc = sqlite3_prepare_v2 (handle, g_bytes_get_data (sql, NULL), (int) g_bytes_get_size (sql), &stmt, NULL);
  while (rc == SQLITE_OK || rc == SQLITE_ROW)
    {
      const char *text;

      rc = sqlite3_step (stmt);
      if (rc != SQLITE_ROW)
        break;
      text = (const char *) sqlite3_column_text (stmt, 3);
      g_hash_table_insert (schema,
                           g_strdup_printf ("%s %s", (const char *) sqlite3_column_text (stmt, 0),
                                            (const char *) sqlite3_column_text (stmt, 1)),
                           normalise (text ? text : ""));
    }
  if (rc != SQLITE_DONE)
    {
      qd_sqlite_throw (handle, rc, error);
      return NULL;
    }
  return g_steal_pointer (&schema);
}

gboolean
qd_store_compare_schema (sqlite3           *handle,
                         const QdMigration *migrations,
                         guint              version,
                         const char        *name,
                         GError           **error)
{
  g_autoptr (sqlite3) fresh = qd_sqlite_open (":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, error);
  g_autoptr (GHashTable) expected = NULL;
  g_autoptr (GHashTable) found = NULL;
  g_autoptr (GList) keys = NULL;

  if (fresh == NULL || !qd_store_migrate (fresh, migrations, version, NULL, error))
    return FALSE;
  expected = read_schema (fresh, error);
  if (expected == NULL)
    return FALSE;
  found = read_schema (handle, error);
  if (found == NULL)
    return FALSE;

  keys = g_list_sort (g_hash_table_get_keys (found), (GCompareFunc) g_strcmp0);
  for (GList *l = keys; l != NULL; l = l->next)
    {
      const char *key = l->data;
      const char *sql = g_hash_table_lookup (expected, key);

      if (sql == NULL)
        g_set_error (error, QD_STORE_ERROR, QD_STORE_ERROR_SCHEMA,
                     /* Translators: a file's name, then "trigger x" or "table y" */
                     _ ("“%s” is a Quarterdeck workspace that was changed by another program: it holds an unknown %s. "
                        "It was not opened; go back to a checkpoint or a backup of it."),
                     name, key);
      else if (g_strcmp0 (sql, g_hash_table_lookup (found, key)) != 0)
        g_set_error (error, QD_STORE_ERROR, QD_STORE_ERROR_SCHEMA,
                     /* Translators: a file's name, then "table x" or "view y" */
                     _ ("“%s” is a Quarterdeck workspace that was changed by another program: its %s has another form. "
                        "It was not opened; go back to a checkpoint or a backup of it."),
                     name, key);
      else
        continue;
      return FALSE;
    }
  g_list_free (g_steal_pointer (&keys));
  keys = g_list_sort (g_hash_table_get_keys (expected), (GCompareFunc) g_strcmp0);
  for (GList *l = keys; l != NULL; l = l->next)
    if (!g_hash_table_contains (found, l->data))
      {
        g_set_error (error, QD_STORE_ERROR, QD_STORE_ERROR_SCHEMA,
                     /* Translators: a file's name, then "table x" or "view y" */
                     _ ("“%s” is a Quarterdeck workspace that was changed by another program: its %s is missing. "
                        "It was not opened; go back to a checkpoint or a backup of it."),
                     name, (const char *) l->data);
        return FALSE;
      }
  return TRUE;
}
