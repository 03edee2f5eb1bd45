/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a saved mapping holds, and how it is stored.
 */
#include "config.h"

#include "qd-mapping.h"

#include <string.h>

/* A saved mapping's body is a key file: [map] field=header, [set] field=constant, [values] what texts are read as,
 * [collisions] what holds where rows meet, [read] how it is read. */

/**
 * qd_values_new:
 *
 * Returns: (transfer full): field → (text → what it is read as), nothing yet
 */
GHashTable *
qd_values_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_hash_table_unref);
}

/**
 * qd_values_set:
 * @self: values
 * @field: a field, or a custom one
 * @from: what stands in the file
 * @to: (nullable): what it is read as, "": blank; `NULL`: as it stands
 *
 * Says what a text of a field is read as.
 */
void
qd_values_set (GHashTable *self,
               const char *field,
               const char *from,
               const char *to)
{
  GHashTable *texts = g_hash_table_lookup (self, field);

  if (texts == NULL && to == NULL)
    return;
  if (texts == NULL)
    {
      texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      g_hash_table_insert (self, g_strdup (field), texts);
    }
  if (to != NULL)
    g_hash_table_insert (texts, g_strdup (from), g_strdup (to));
  else
    g_hash_table_remove (texts, from);
}

/**
 * qd_values_get:
 * @self: (nullable): values
 * @field: a field
 * @from: what stands in the file
 *
 * Returns: (transfer none) (nullable): what it is read as
 */
const char *
qd_values_get (GHashTable *self,
               const char *field,
               const char *from)
{
  GHashTable *texts = self != NULL ? g_hash_table_lookup (self, field) : NULL;

  return texts != NULL ? g_hash_table_lookup (texts, from) : NULL;
}

/**
 * qd_values_copy:
 * @self: (nullable): values
 *
 * Returns: (transfer full): the same once more; none for `NULL`
 */
GHashTable *
qd_values_copy (GHashTable *self)
{
  GHashTable *copy = qd_values_new ();
  GHashTableIter fields, texts;
  gpointer field, table, from, to;

  if (self == NULL)
    return copy;
  g_hash_table_iter_init (&fields, self);
  while (g_hash_table_iter_next (&fields, &field, &table))
    {
      g_hash_table_iter_init (&texts, table);
      while (g_hash_table_iter_next (&texts, &from, &to))
        qd_values_set (copy, field, from, to);
    }
  return copy;
}

const char *const qd_collision_names[] = { "file", "fill", "keep", NULL };

/* [values] field=text;what it is read as;text;… */
static void
parse_values (GKeyFile   *file,
              GHashTable *values)
{
  g_auto (GStrv) keys = g_key_file_get_keys (file, "values", NULL, NULL);

  for (guint i = 0; keys != NULL && keys[i] != NULL; i++)
    {
      gsize n = 0;
      g_auto (GStrv) texts = g_key_file_get_string_list (file, "values", keys[i], &n, NULL);

      for (gsize k = 0; k + 1 < n; k += 2)
        qd_values_set (values, keys[i], texts[k], texts[k + 1]);
    }
}

/**
 * qd_saved_mapping_parse:
 * @name: what it is called
 * @body: as stored; what is not understood is left out
 *
 * Returns: (transfer full): the mapping
 */
QdSavedMapping *
qd_saved_mapping_parse (const char *name,
                        const char *body)
{
  static const char *const groups[] = { "map", "set", "collisions" };
  QdSavedMapping *self = g_new0 (QdSavedMapping, 1);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *decimal = NULL;

  self->name = g_strdup (name);
  self->body = g_strdup (body);
  self->map = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->set = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->collisions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->values = qd_values_new ();
  if (!g_key_file_load_from_data (file, body, -1, G_KEY_FILE_NONE, NULL))
    return self;
  for (guint g = 0; g < G_N_ELEMENTS (groups); g++)
    {
      g_auto (GStrv) keys = g_key_file_get_keys (file, groups[g], NULL, NULL);
      GHashTable *const tables[] = { self->map, self->set, self->collisions };

      for (guint i = 0; keys != NULL && keys[i] != NULL; i++)
        {
          char *value = g_key_file_get_string (file, groups[g], keys[i], NULL);

          if (value != NULL)
            g_hash_table_insert (tables[g], g_strdup (keys[i]), value);
        }
    }
  parse_values (file, self->values);
  self->date_order = g_key_file_get_string (file, "read", "date-order", NULL);
  self->amounts = g_key_file_get_string (file, "read", "amounts", NULL);
  self->amounts_are = g_key_file_get_string (file, "read", "amounts-are", NULL);
  decimal = g_key_file_get_string (file, "read", "decimal", NULL);
  self->decimal = decimal != NULL && (*decimal == ',' || *decimal == '.') ? *decimal : 0;
  return self;
}

static void
write_table (GKeyFile   *file,
             const char *group,
             GHashTable *table)
{
  g_autoptr (GList) keys = g_list_sort (g_hash_table_get_keys (table), (GCompareFunc) g_strcmp0);

  for (GList *l = keys; l != NULL; l = l->next)
    g_key_file_set_string (file, group, l->data, g_hash_table_lookup (table, l->data));
}

/**
 * qd_saved_mapping_to_body:
 * @self: a saved mapping
 *
 * Returns: (transfer full): what is stored of it
 */
char *
qd_saved_mapping_to_body (const QdSavedMapping *self)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GList) fields = g_list_sort (g_hash_table_get_keys (self->values), (GCompareFunc) g_strcmp0);
  char decimal[2] = { self->decimal, 0 };

  write_table (file, "map", self->map);
  write_table (file, "set", self->set);
  write_table (file, "collisions", self->collisions);
  for (GList *l = fields; l != NULL; l = l->next)
    {
      GHashTable *table = g_hash_table_lookup (self->values, l->data);
      g_autoptr (GList) from = g_list_sort (g_hash_table_get_keys (table), (GCompareFunc) g_strcmp0);
      g_autoptr (GPtrArray) texts = g_ptr_array_new ();

      for (GList *k = from; k != NULL; k = k->next)
        {
          g_ptr_array_add (texts, k->data);
          g_ptr_array_add (texts, g_hash_table_lookup (table, k->data));
        }
      if (texts->len > 0)
        g_key_file_set_string_list (file, "values", l->data, (const char *const *) texts->pdata, texts->len);
    }
  if (self->date_order != NULL)
    g_key_file_set_string (file, "read", "date-order", self->date_order);
  if (self->decimal != 0)
    g_key_file_set_string (file, "read", "decimal", decimal);
  if (self->amounts != NULL)
    g_key_file_set_string (file, "read", "amounts", self->amounts);
  if (self->amounts_are != NULL)
    g_key_file_set_string (file, "read", "amounts-are", self->amounts_are);
  return g_key_file_to_data (file, NULL, NULL);
}

/**
 * qd_saved_mapping_free:
 * @self: (nullable): a saved mapping
 *
 * Frees it.
 */
void
qd_saved_mapping_free (QdSavedMapping *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_clear_pointer (&self->map, g_hash_table_unref);
  g_clear_pointer (&self->set, g_hash_table_unref);
  g_clear_pointer (&self->values, g_hash_table_unref);
  g_clear_pointer (&self->collisions, g_hash_table_unref);
  g_free (self->date_order);
  g_free (self->amounts);
  g_free (self->amounts_are);
  g_free (self->body);
  g_free (self);
}
