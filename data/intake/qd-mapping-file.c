/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-mapping-file.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "../base/qd-table.h"
#include "qd-mapping.h"
#include "qd-parse-value.h"

#define FORMAT "quarterdeck-mapping"
#define NODE_LIMIT 20000
#define NAME_LIMIT 200 /* characters */

/**
 * qd_mapping_file_free:
 * @self: (nullable): what was read
 *
 * Frees it.
 */
void
qd_mapping_file_free (QdMappingFile *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->header_set);
  g_free (self->body);
  g_free (self);
}

/* Writing */

static void
begin_member (GString    *out,
              int         depth,
              gboolean   *first,
              const char *key)
{
  g_string_append (out, *first ? "\n" : ",\n");
  *first = FALSE;
  for (int i = 0; i < depth; i++)
    g_string_append (out, "  ");
  qd_json_append_string (out, key);
  g_string_append (out, ": ");
}

static void
add_text (GString    *out,
          gboolean   *first,
          const char *key,
          const char *text)
{
  begin_member (out, 1, first, key);
  qd_json_append_string (out, text);
}

static void
add_table (GString    *out,
           int         depth,
           gboolean   *first,
           const char *key,
           GHashTable *table)
{
  g_autoptr (GList) keys = g_list_sort (g_hash_table_get_keys (table), (GCompareFunc) g_strcmp0);
  gboolean inside = TRUE;

  begin_member (out, depth, first, key);
  g_string_append_c (out, '{');
  for (GList *l = keys; l != NULL; l = l->next)
    {
      begin_member (out, depth + 1, &inside, l->data);
      qd_json_append_string (out, g_hash_table_lookup (table, l->data));
    }
  g_string_append (out, inside ? "}" : depth == 1 ? "\n  }" : "\n    }");
}

static void
add_values (GString    *out,
            gboolean   *first,
            GHashTable *values)
{
  g_autoptr (GList) fields = g_list_sort (g_hash_table_get_keys (values), (GCompareFunc) g_strcmp0);
  gboolean inside = TRUE;

  if (fields == NULL)
    return;
  begin_member (out, 1, first, "values");
  g_string_append_c (out, '{');
  for (GList *l = fields; l != NULL; l = l->next)
    add_table (out, 2, &inside, l->data, g_hash_table_lookup (values, l->data));
  g_string_append (out, "\n  }");
}

static void
add_reading (GString              *out,
             gboolean             *first,
             const QdSavedMapping *saved)
{
  g_autoptr (GHashTable) table = g_hash_table_new (g_str_hash, g_str_equal);
  char decimal[2] = { saved->decimal, 0 };

  if (saved->date_order != NULL)
    g_hash_table_insert (table, (char *) "date-order", saved->date_order);
  if (saved->decimal != 0)
    g_hash_table_insert (table, (char *) "decimal", decimal);
  if (saved->amounts != NULL)
    g_hash_table_insert (table, (char *) "amounts", saved->amounts);
  if (saved->amounts_are != NULL)
    g_hash_table_insert (table, (char *) "amounts-are", saved->amounts_are);
  if (g_hash_table_size (table) > 0)
    add_table (out, 1, first, "read", table);
}

/**
 * qd_mapping_file_write:
 * @name: what the mapping is called
 * @kind: its kind of data
 * @header_set: its headers, joined by U+001F
 * @body: as it is stored
 *
 * Returns: (transfer full): the file's text; the same mapping gives the same text
 */
char *
qd_mapping_file_write (const char *name,
                       const char *kind,
                       const char *header_set,
                       const char *body)
{
  g_autoptr (QdSavedMapping) saved = qd_saved_mapping_parse (name, body);
  g_auto (GStrv) headers = g_strsplit (header_set, "\x1f", -1);
  GString *out = g_string_new ("{");
  gboolean first = TRUE;

  add_text (out, &first, "format", FORMAT);
  begin_member (out, 1, &first, "version");
  g_string_append_printf (out, "%d", QD_MAPPING_FILE_VERSION);
  add_text (out, &first, "name", name);
  add_text (out, &first, "kind", kind);
  begin_member (out, 1, &first, "headers");
  g_string_append_c (out, '[');
  for (guint i = 0; headers[i] != NULL; i++)
    {
      g_string_append (out, i > 0 ? ", " : "");
      qd_json_append_string (out, headers[i]);
    }
  g_string_append_c (out, ']');
  add_table (out, 1, &first, "map", saved->map);
  if (g_hash_table_size (saved->set) > 0)
    add_table (out, 1, &first, "set", saved->set);
  add_values (out, &first, saved->values);
  if (g_hash_table_size (saved->collisions) > 0)
    add_table (out, 1, &first, "collisions", saved->collisions);
  add_reading (out, &first, saved);
  g_string_append (out, "\n}\n");
  return g_string_free (out, FALSE);
}

/* Reading */

typedef struct
{
  gint64 id, parent;   /* −1: none */
  char *key;           /* nullable */
  char *type;
  char *text;          /* nullable */
} Node;

static void
clear_node (gpointer data)
{
  Node *node = data;

  g_free (node->key);
  g_free (node->type);
  g_free (node->text);
}

static gboolean
refuse (GError    **error,
        const char *why)
{
  g_set_error (error, QD_INTAKE_ERROR, QD_INTAKE_ERROR_MAPPING,
               /* Translators: why a file was refused, a sentence without a full stop */
               _("This is no file of a saved mapping that can be used: %s. Export the mapping once more where it works, and "
                 "take that file as it is."),
               why);
  return FALSE;
}

static gboolean
is_json (QdDb       *db,
         const char *text,
         gsize       length,
         GError    **error)
{
  g_autoptr (QdStmt) stmt = NULL;
  gboolean row;

  if (length > QD_MAPPING_FILE_LIMIT)
    return refuse (error, _("it is much larger than a mapping is"));
  if (!g_utf8_validate_len (text, length, NULL))
    return refuse (error, _("it is no text in UTF-8"));
  stmt = qd_db_statement (db, "json-valid", error);
  if (stmt == NULL)
    return FALSE;
  qd_stmt_bind_text (stmt, 1, text, (gssize) length);
  if (!qd_stmt_step (stmt, &row, error))
    return FALSE;
  return (row && sqlite3_column_int (qd_stmt_get_handle (stmt), 0) != 0) || refuse (error, _("it is no JSON"));
}

static GArray *
load_nodes (QdDb       *db,
            const char *text,
            gsize       length,
            GError    **error)
{
  g_autoptr (GArray) nodes = g_array_new (FALSE, FALSE, sizeof (Node));
  g_autoptr (QdStmt) stmt = NULL;
  gboolean row;

  g_array_set_clear_func (nodes, clear_node);
  if (!is_json (db, text, length, error))
    return NULL;
  stmt = qd_db_statement (db, "json-nodes", error);
  if (stmt == NULL)
    return NULL;
  qd_stmt_bind_text (stmt, 1, text, (gssize) length);
  for (;;)
    {
      sqlite3_stmt *handle = qd_stmt_get_handle (stmt);
      Node node;

      if (!qd_stmt_step (stmt, &row, error))
        return NULL;
      if (!row)
        return g_steal_pointer (&nodes);
      node.id = sqlite3_column_int64 (handle, 0);
      node.parent = sqlite3_column_type (handle, 1) == SQLITE_NULL ? -1 : sqlite3_column_int64 (handle, 1);
      node.key = g_strdup ((const char *) sqlite3_column_text (handle, 2));
      node.type = g_strdup ((const char *) sqlite3_column_text (handle, 3));
      node.text = g_strdup ((const char *) sqlite3_column_text (handle, 4));
      g_array_append_val (nodes, node);
      if (nodes->len > NODE_LIMIT)
        {
          refuse (error, _("it is much larger than a mapping is"));
          return NULL;
        }
    }
}

/* The members of a node, in order; walks all nodes: there are few. */
static GPtrArray *
list_members (const GArray *nodes,
              const Node   *parent)
{
  GPtrArray *members = g_ptr_array_new ();

  for (guint i = 0; i < nodes->len; i++)
    if (g_array_index (nodes, Node, i).parent == parent->id)
      g_ptr_array_add (members, &g_array_index (nodes, Node, i));
  return members;
}

static gboolean
is_plain (const char *text)
{
  for (const char *p = text; *p != 0; p++)
    if ((guchar) *p < ' ' || *p == 0x7f)
      return FALSE;
  return TRUE;
}

static gboolean
refuse_member (GError    **error,
               const char *key)
{
  g_autofree char *shown = g_strescape (key, NULL);
  /* Translators: a key of a JSON file */
  g_autofree char *why = g_strdup_printf (_("“%.60s” in it is not what a mapping has there"), shown);

  return refuse (error, why);
}

/* Takes one member of an object into @target. */
typedef gboolean (*TakeMember) (const GArray *nodes, const Node *node, gpointer target, GError **error);

/* Every member of an object; each key once. */
static gboolean
read_members (const GArray *nodes,
              const Node   *parent,
              TakeMember    take,
              gpointer      target,
              GError      **error)
{
  g_autoptr (GPtrArray) members = list_members (nodes, parent);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  if (strcmp (parent->type, "object") != 0)
    return refuse_member (error, parent->key);
  for (guint i = 0; i < members->len; i++)
    {
      const Node *node = members->pdata[i];

      if (!g_hash_table_add (seen, node->key))
        return refuse_member (error, node->key);
      if (!take (nodes, node, target, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
take_text (const GArray *nodes,
           const Node   *node,
           gpointer      target,
           GError      **error)
{
  if (strcmp (node->type, "text") != 0 || node->text == NULL)
    return refuse_member (error, node->key);
  g_hash_table_insert (target, g_strdup (node->key), g_strdup (node->text));
  return TRUE;
}

static gboolean
read_texts (const GArray *nodes,
            const Node   *parent,
            GHashTable   *table,
            GError      **error)
{
  return read_members (nodes, parent, take_text, table, error);
}

static gboolean
take_values (const GArray *nodes,
             const Node   *node,
             gpointer      target,
             GError      **error)
{
  GHashTable *texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  g_hash_table_insert (target, g_strdup (node->key), texts);
  return read_texts (nodes, node, texts, error);
}

static gboolean
read_headers (const GArray  *nodes,
              const Node    *parent,
              QdMappingFile *self,
              GError       **error)
{
  g_autoptr (GPtrArray) members = list_members (nodes, parent);
  g_autoptr (GString) out = g_string_new (NULL);

  if (strcmp (parent->type, "array") != 0 || members->len == 0)
    return refuse_member (error, parent->key);
  for (guint i = 0; i < members->len; i++)
    {
      const Node *node = members->pdata[i];

      if (strcmp (node->type, "text") != 0 || strchr (node->text, 0x1f) != NULL)
        return refuse_member (error, parent->key);
      g_string_append_printf (out, "%s%s", i > 0 ? "\x1f" : "", node->text);
    }
  self->header_set = g_string_free (g_steal_pointer (&out), FALSE);
  return TRUE;
}

/* One text of a few; *@value is taken over. */
static gboolean
read_choice (GHashTable        *table,
             const char        *key,
             const char *const *choices,
             char             **value,
             GError           **error)
{
  const char *text = g_hash_table_lookup (table, key);

  if (text == NULL)
    return TRUE;
  if (!g_strv_contains (choices, text))
    return refuse_member (error, key);
  *value = g_strdup (text);
  g_hash_table_remove (table, key);
  return TRUE;
}

static gboolean
read_reading (const GArray   *nodes,
              const Node     *parent,
              QdSavedMapping *saved,
              GError        **error)
{
  static const char *const orders[] = { "ymd", "dmy", "mdy", NULL };
  static const char *const signs[] = { ".", ",", NULL };
  static const char *const units[] = { "major", "minor", NULL };
  static const char *const meanings[] = { "level", "change", NULL };
  g_autoptr (GHashTable) table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autofree char *decimal = NULL;

  if (!read_texts (nodes, parent, table, error) ||
      !read_choice (table, "date-order", orders, &saved->date_order, error) ||
      !read_choice (table, "decimal", signs, &decimal, error) ||
      !read_choice (table, "amounts", units, &saved->amounts, error) ||
      !read_choice (table, "amounts-are", meanings, &saved->amounts_are, error))
    return FALSE;
  saved->decimal = decimal != NULL ? *decimal : 0;
  return g_hash_table_size (table) == 0 || refuse_member (error, parent->key);
}

static gboolean
read_name (const Node    *node,
           QdMappingFile *self,
           GError       **error)
{
  if (strcmp (node->type, "text") != 0 || !is_plain (node->text) ||
      g_utf8_strlen (node->text, -1) > NAME_LIMIT)
    return refuse_member (error, node->key);
  self->name = g_strstrip (g_strdup (node->text));
  return *self->name != 0 || refuse_member (error, node->key);
}

static gboolean
read_version (const Node *node,
              GError    **error)
{
  gint64 version;

  if (strcmp (node->type, "integer") != 0 || !g_ascii_string_to_signed (node->text, 10, 1, 9999, &version, NULL))
    return refuse_member (error, node->key);
  if (version <= QD_MAPPING_FILE_VERSION)
    return TRUE;
  g_set_error (error, QD_INTAKE_ERROR, QD_INTAKE_ERROR_MAPPING,
               _("This mapping was exported by a newer version of Quarterdeck (format %d; this version knows up to %d). "
                 "Update Quarterdeck, or make the mapping here anew."),
               (int) version, QD_MAPPING_FILE_VERSION);
  return FALSE;
}

typedef struct
{
  QdMappingFile *file;
  QdSavedMapping *saved;
  gboolean format, version, map; /* seen */
} Reader;

static gboolean
take_member (const GArray *nodes,
             const Node   *node,
             gpointer      target,
             GError      **error)
{
  Reader *reader = target;

  if (strcmp (node->key, "format") == 0)
    {
      reader->format = g_strcmp0 (node->text, FORMAT) == 0;
      return reader->format || refuse_member (error, node->key);
    }
  if (strcmp (node->key, "version") == 0)
    {
      reader->version = TRUE;
      return read_version (node, error);
    }
  if (strcmp (node->key, "name") == 0)
    return read_name (node, reader->file, error);
  if (strcmp (node->key, "kind") == 0)
    {
      reader->file->kind = node->text != NULL ? qd_kind_find (node->text, NULL) : NULL;
      return reader->file->kind != NULL || refuse_member (error, node->key);
    }
  if (strcmp (node->key, "headers") == 0)
    return read_headers (nodes, node, reader->file, error);
  if (strcmp (node->key, "map") == 0)
    {
      reader->map = TRUE;
      return read_texts (nodes, node, reader->saved->map, error);
    }
  if (strcmp (node->key, "set") == 0)
    return read_texts (nodes, node, reader->saved->set, error);
  if (strcmp (node->key, "values") == 0)
    return read_members (nodes, node, take_values, reader->saved->values, error);
  if (strcmp (node->key, "collisions") == 0)
    return read_texts (nodes, node, reader->saved->collisions, error);
  if (strcmp (node->key, "read") == 0)
    return read_reading (nodes, node, reader->saved, error);
  return refuse_member (error, node->key);
}

/* A field of the kind, or what a custom one may be called. */
static gboolean
is_field (const QdKind *kind,
          const char   *name)
{
  g_autofree char *identifier = NULL;

  if (qd_kind_find_field (kind, name) >= 0)
    return TRUE;
  identifier = kind->custom_fields ? qd_value_identifier (name) : NULL;
  return identifier != NULL && *identifier != 0 && strcmp (identifier, name) == 0;
}

static gboolean
check_fields (const QdKind *kind,
              GHashTable   *table,
              gboolean      custom,
              GError      **error)
{
  GHashTableIter iter;
  gpointer field;

  g_hash_table_iter_init (&iter, table);
  while (g_hash_table_iter_next (&iter, &field, NULL))
    if (!(custom ? is_field (kind, field) : qd_kind_find_field (kind, field) >= 0))
      return refuse_member (error, field);
  return TRUE;
}

/* What an import would complain about with every file, this one is refused for. */
static gboolean
check (const Reader *reader,
       GError      **error)
{
  const QdKind *kind = reader->file->kind;
  const QdSavedMapping *saved = reader->saved;
  GHashTableIter iter;
  gpointer field, value;

  if (!reader->format || !reader->version || !reader->map || reader->file->name == NULL || kind == NULL ||
      reader->file->header_set == NULL)
    return refuse (error, _("its format, version, name, kind, headers or map is missing"));
  g_hash_table_iter_init (&iter, saved->collisions);
  while (g_hash_table_iter_next (&iter, &field, &value))
    if (!kind->custom_fields || !g_strv_contains (qd_collision_names, value) ||
        (strcmp (field, QD_COLLISION_ALL) != 0 && !is_field (kind, field)))
      return refuse_member (error, field);
  g_hash_table_iter_init (&iter, saved->set);
  while (g_hash_table_iter_next (&iter, &field, &value))
    {
      int index = qd_kind_find_field (kind, field);

      if (index < 0 || (kind->fields[index].choices != NULL && !g_strv_contains (kind->fields[index].choices, value)))
        return refuse_member (error, field);
    }
  return check_fields (kind, saved->map, TRUE, error) && check_fields (kind, saved->values, TRUE, error);
}

/**
 * qd_mapping_file_read:
 * @db: the connection
 * @text: what stands in the file
 * @length: its bytes
 * @error: return location
 *
 * Reads the file of a saved mapping. Nothing of a file that is refused is used.
 *
 * Returns: (transfer full) (nullable): the mapping, or `NULL` with `QD_INTAKE_ERROR_MAPPING`
 */
QdMappingFile *
qd_mapping_file_read (QdDb       *db,
                      const char *text,
                      gsize       length,
                      GError    **error)
{
  g_autoptr (GArray) nodes = load_nodes (db, text, length, error);
  g_autoptr (QdMappingFile) file = g_new0 (QdMappingFile, 1);
  g_autoptr (QdSavedMapping) saved = qd_saved_mapping_parse ("", "");
  Reader reader = { file, saved };

  if (nodes == NULL)
    return NULL;
  if (nodes->len == 0 || strcmp (g_array_index (nodes, Node, 0).type, "object") != 0)
    {
      refuse (error, _("it is no JSON object"));
      return NULL;
    }
  if (!read_members (nodes, &g_array_index (nodes, Node, 0), take_member, &reader, error) || !check (&reader, error))
    return NULL;
  file->body = qd_saved_mapping_to_body (saved);
  return g_steal_pointer (&file);
}
