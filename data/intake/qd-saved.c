/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-saved.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "qd-import-private.h"

/**
 * qd_saved_find:
 * @db: the connection
 * @kind: the kind of data
 * @source: a source
 * @name: (nullable): the saved mapping that was asked for
 * @saved: (out) (nullable): the mapping, `NULL` when none fits
 * @error: return location
 *
 * Looks for a saved mapping by name, else by kind and set of headers.
 *
 * Returns: `FALSE` with `QD_INTAKE_ERROR_MAPPING` when @name does not exist
 */
gboolean
qd_saved_find (QdDb            *db,
               const QdKind    *kind,
               QdSource        *source,
               const char      *name,
               QdSavedMapping **saved,
               GError         **error)
{
  g_autoptr (QdStmt) stmt = qd_db_statement (db, name ? "mapping-by-name" : "mapping-for-headers", error);
  g_autofree char *header_set = qd_mapping_header_set (source);
  sqlite3_stmt *handle;
  gboolean row;

  *saved = NULL;
  if (stmt == NULL)
    return FALSE;
  handle = qd_stmt_get_handle (stmt);
  qd_stmt_bind_text (stmt, 1, name ? name : kind->name, -1);
  if (name == NULL)
    qd_stmt_bind_text (stmt, 2, header_set, -1);
  if (!qd_stmt_step (stmt, &row, error))
    return FALSE;
  if (row && name == NULL)
    *saved = qd_saved_mapping_parse ((const char *) sqlite3_column_text (handle, 0),
                                     (const char *) sqlite3_column_text (handle, 1));
  else if (row && g_strcmp0 ((const char *) sqlite3_column_text (handle, 0), kind->name) == 0)
    *saved = qd_saved_mapping_parse (name, (const char *) sqlite3_column_text (handle, 2));
  else if (name != NULL)
    {
      g_set_error (error, QD_INTAKE_ERROR, QD_INTAKE_ERROR_MAPPING, _("There is no saved mapping “%s” for %s."), name,
                   kind->name);
      return FALSE;
    }
  return TRUE;
}

static int
compare_texts (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* What texts of a column are read as: also what was corrected for a whole column, so that it is done but once. */
static void
write_values (const QdFixes *fixes,
              GKeyFile      *file,
              const char    *field,
              guint          column)
{
  g_autoptr (GPtrArray) from = qd_fixes_list_rules (fixes, column);
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();

  g_ptr_array_sort (from, compare_texts);
  for (guint i = 0; i < from->len; i++)
    {
      g_ptr_array_add (texts, from->pdata[i]);
      g_ptr_array_add (texts, (char *) qd_fixes_get_rule (fixes, column, from->pdata[i]));
    }
  if (texts->len > 0)
    g_key_file_set_string_list (file, "values", field, (const char *const *) texts->pdata, texts->len);
}

static void
write_rules (QdImport *import,
             GKeyFile *file)
{
  const QdMapping *mapping = import->mapping;
  const QdFixes *fixes = import->source->fixes;

  for (guint f = 0; f < import->kind->n_fields; f++)
    {
      if (fixes != NULL && mapping->column[f] >= 0)
        write_values (fixes, file, import->kind->fields[f].name, (guint) mapping->column[f]);
      if (mapping->collision[f] != QD_COLLISION_FILE && qd_mapping_has (mapping, (int) f))
        g_key_file_set_string (file, "collisions", import->kind->fields[f].name,
                               qd_collision_names[mapping->collision[f]]);
    }
  for (guint i = 0; i < mapping->custom->len; i++)
    {
      const QdCustomField *custom = &g_array_index (mapping->custom, QdCustomField, i);

      if (fixes != NULL)
        write_values (fixes, file, custom->name, custom->column);
      if (custom->collision != QD_COLLISION_FILE)
        g_key_file_set_string (file, "collisions", custom->name, qd_collision_names[custom->collision]);
    }
}

static char *
make_body (QdImport *import)
{
  static const char *const orders[] = { "ymd", "dmy", "", "mdy" };
  const QdMapping *mapping = import->mapping;
  const QdReading *reading = &import->reading;
  g_autoptr (GKeyFile) file = g_key_file_new ();
  GHashTableIter iter;
  gpointer name;

  for (guint f = 0; f < import->kind->n_fields; f++)
    if (mapping->constant[f] != NULL)
      g_key_file_set_string (file, "set", import->kind->fields[f].name, mapping->constant[f]);
    else if (mapping->column[f] >= 0)
      {
        g_autofree char *header = qd_mapping_dup_column_name (import->source->headers, import->source->n_headers,
                                                              (guint) mapping->column[f]);

        g_key_file_set_string (file, "map", import->kind->fields[f].name, header);
      }
    else if (import->options->map != NULL && g_hash_table_contains (import->options->map, import->kind->fields[f].name))
      g_key_file_set_string (file, "map", import->kind->fields[f].name, "");
  g_hash_table_iter_init (&iter, mapping->left_out);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    g_key_file_set_string (file, "map", name, "");
  for (guint i = 0; i < mapping->custom->len; i++)
    {
      const QdCustomField *custom = &g_array_index (mapping->custom, QdCustomField, i);
      g_autofree char *usual = qd_value_identifier (import->source->headers[custom->column]);

      if (strcmp (usual, custom->name) != 0)
        {
          g_autofree char *header = qd_mapping_dup_column_name (import->source->headers, import->source->n_headers,
                                                                custom->column);

          g_key_file_set_string (file, "map", custom->name, header);
        }
    }
  write_rules (import, file);
  if (reading->order_by != QD_DECIDED_NOT && reading->file_order != 0)
    g_key_file_set_string (file, "read", "date-order", orders[reading->file_order - 1]);
  if (reading->decimal_by != QD_DECIDED_NOT)
    g_key_file_set_string (file, "read", "decimal", reading->decimal == QD_DECIMAL_COMMA ? "," : ".");
  if (reading->minor_by != QD_DECIDED_NOT)
    g_key_file_set_string (file, "read", "amounts", reading->minor ? "minor" : "major");
  if (reading->change_by != QD_DECIDED_NOT)
    g_key_file_set_string (file, "read", "amounts-are", reading->amount_is_change ? "change" : "level");
  return g_key_file_to_data (file, NULL, NULL);
}

/**
 * qd_saved_find_free_name:
 * @db: the connection
 * @wanted: a name
 * @error: return location
 *
 * Returns: (transfer full) (nullable): @wanted, or with a number behind it, that no saved mapping has
 */
char *
qd_saved_find_free_name (QdDb       *db,
                         const char *wanted,
                         GError    **error)
{
  g_autoptr (QdStmt) stmt = qd_db_statement (db, "mapping-by-name", error);

  for (guint i = 1; stmt != NULL; i++)
    {
      g_autofree char *name = i == 1 ? g_strdup (wanted) : g_strdup_printf ("%s-%u", wanted, i);
      gboolean row;

      qd_stmt_bind_text (stmt, 1, name, -1);
      if (!qd_stmt_step (stmt, &row, error))
        return NULL;
      if (!row)
        return g_steal_pointer (&name);
      sqlite3_reset (qd_stmt_get_handle (stmt));
    }
  return NULL;
}

/**
 * qd_saved_keep:
 * @import: an import that is about to be committed
 * @saved: (nullable): what it used
 * @error: return location
 *
 * Saves mapping and reading for the next file with these headers, under the
 * name that was asked for, else its old name, else the file's.
 *
 * Returns: whether it is saved
 */
gboolean
qd_saved_keep (QdImport             *import,
               const QdSavedMapping *saved,
               GError              **error)
{
  g_autofree char *header_set = qd_mapping_header_set (import->source);
  g_autofree char *body = make_body (import);
  g_autofree char *name = NULL;
  g_autoptr (QdStmt) save = NULL;
  g_autoptr (QdStmt) drop = NULL;
  gboolean ok;

  if (import->options->save_mapping == NULL && saved != NULL && strcmp (saved->body, body) == 0)
    return TRUE;
  if (import->options->save_mapping != NULL)
    name = g_strdup (import->options->save_mapping);
  else if (saved != NULL)
    name = g_strdup (saved->name);
  else
    name = qd_saved_find_free_name (import->db, import->source->stem, error);
  save = name ? qd_db_statement (import->db, "mapping-save", error) : NULL;
  drop = save ? qd_db_statement (import->db, "mapping-drop-headers", error) : NULL;
  if (drop == NULL)
    return FALSE;
  qd_stmt_bind_text (drop, 1, import->kind->name, -1);
  qd_stmt_bind_text (drop, 2, header_set, -1);
  qd_stmt_bind_text (drop, 3, name, -1);
  qd_stmt_bind_text (save, 1, name, -1);
  qd_stmt_bind_text (save, 2, import->kind->name, -1);
  qd_stmt_bind_text (save, 3, header_set, -1);
  qd_stmt_bind_text (save, 4, body, -1);
  if (!qd_stmt_run (drop, error))
    return FALSE;
  /* A new mapping goes when its import is undone; a changed one belongs to later imports too. */
  qd_history_record (import->db, saved == NULL);
  ok = qd_stmt_run (save, error);
  qd_history_record (import->db, FALSE);
  return ok;
}
