/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-mapping.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "qd-header.h"
#include "qd-parse-value.h"

/**
 * qd_mapping_header_set:
 * @source: a source
 *
 * Returns: (transfer full): its headers in order, joined by U+001F; those of
 *   a file of rejected rows are left out, so that it is read like its origin
 */
char *
qd_mapping_header_set (QdSource *source)
{
  GString *out = g_string_new (NULL);
  gsize kept = 0;

  for (guint i = 0; i < source->n_headers; i++)
    if (!qd_header_is_of_rejects (source->headers[i]))
      {
        if (i > 0)
          g_string_append_c (out, 0x1f);
        g_string_append (out, source->headers[i]);
        if (source->headers[i][0] != 0)
          kept = out->len;
      }
  g_string_truncate (out, kept);
  return g_string_free (out, FALSE);
}

typedef struct
{
  char *folded;  /* all of it */
  char *open;    /* without brackets */
  char *amount;  /* without brackets, currency, cents */
  gboolean taken;
} Header;

static void
clear_header (gpointer data)
{
  Header *header = data;

  g_free (header->folded);
  g_free (header->open);
  g_free (header->amount);
}

static GArray *
fold_headers (QdSource *source)
{
  GArray *headers = g_array_sized_new (FALSE, TRUE, sizeof (Header), source->n_headers);

  g_array_set_clear_func (headers, clear_header);
  for (guint i = 0; i < source->n_headers; i++)
    {
      g_autofree char *words = qd_header_dup_words (source->headers[i]);
      Header header = { 0 };

      header.folded = qd_value_fold (source->headers[i]);
      header.open = qd_value_fold (words);
      header.amount = qd_header_dup_amount (words);
      header.taken = qd_header_is_of_rejects (source->headers[i]) || source->headers[i][0] == 0;
      g_array_append_val (headers, header);
    }
  return headers;
}

static gboolean
matches (const Header  *header,
         const QdField *field,
         const char    *word)
{
  return strcmp (header->folded, word) == 0 || strcmp (header->open, word) == 0 ||
         (field->type == QD_FIELD_MONEY && strcmp (header->amount, word) == 0);
}

/* Tier 0: the field's own name; 1: strong synonyms; 2: weak ones. */
static gboolean
matches_tier (const Header  *header,
              const QdField *field,
              int            tier)
{
  if (tier == 0)
    {
      g_autofree char *own = qd_value_fold (field->name);

      return matches (header, field, own);
    }
  for (const char *const *word = field->synonyms; word != NULL && *word != NULL; word++)
    if ((**word == '~') == (tier == 2) && matches (header, field, *word + (tier == 2)))
      return TRUE;
  return FALSE;
}

static char *
list_headers (QdSource *source)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < source->n_headers && i < 40; i++)
    if (source->headers[i][0] != 0)
      g_string_append_printf (out, "%s“%s”", out->len > 0 ? ", " : "", source->headers[i]);
  if (source->n_headers > 40)
    g_string_append (out, ", …");
  return g_string_free (out, FALSE);
}

static int
find_header_by_name (QdSource   *source,
                     const char *name)
{
  g_autofree char *folded = qd_value_fold (name);
  int found = -1;

  for (guint i = 0; i < source->n_headers; i++)
    if (strcmp (source->headers[i], name) == 0)
      return i;
  for (guint i = 0; i < source->n_headers; i++)
    {
      g_autofree char *other = qd_value_fold (source->headers[i]);

      if (*folded != 0 && strcmp (other, folded) == 0)
        {
          if (found >= 0)
            return -1;
          found = i;
        }
    }
  if (found < 0 && name[0] == '#' && g_ascii_isdigit (name[1]))
    {
      guint64 number = 0;

      if (g_ascii_string_to_unsigned (name + 1, 10, 1, source->n_headers, &number, NULL))
        found = (int) number - 1;
    }
  return found;
}

/**
 * qd_mapping_dup_column_name:
 * @headers: the headers of a file
 * @n_headers: how many
 * @column: one of them
 *
 * Returns: (transfer full): what names the column in a mapping: its header, or
 *   "#3" where that is blank or another column's too
 */
char *
qd_mapping_dup_column_name (char **headers,
                            guint  n_headers,
                            guint  column)
{
  gboolean unique = headers[column][0] != 0;

  for (guint c = 0; c < n_headers && unique; c++)
    unique = c == column || strcmp (headers[c], headers[column]) != 0;
  return unique ? g_strdup (headers[column]) : g_strdup_printf ("#%u", column + 1);
}

static void
add_custom (QdMapping  *self,
            const char *name,
            guint       column)
{
  QdCustomField custom = { g_strdup (name), column, QD_COLLISION_FILE };

  g_array_append_val (self->custom, custom);
}

/* What was said with --map and what is saved; a saved header that is gone is passed over. */
static gboolean
take_map (QdMapping  *self,
          QdSource   *source,
          GArray     *headers,
          GHashTable *map,
          gboolean    said,
          gboolean   *closed,
          GError    **error)
{
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, map);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      int field = qd_kind_find_field (self->kind, key);
      int column;

      if (field < 0 && !self->kind->custom_fields)
        {
          if (!said)
            continue;
          g_set_error (error, QD_INTAKE_ERROR, QD_INTAKE_ERROR_MAPPING, _("“%s” is no field of %s."), (char *) key,
                       self->kind->name);
          return FALSE;
        }
      if (field >= 0 && (closed[field] || self->constant[field] != NULL))
        continue;
      if (*(char *) value == 0)
        {
          if (field >= 0)
            closed[field] = TRUE;
          else
            g_hash_table_add (self->left_out, qd_value_identifier (key));
          continue;
        }
      column = find_header_by_name (source, value);
      if (column < 0)
        {
          g_autofree char *all = NULL;

          if (!said)
            continue;
          all = list_headers (source);
          g_set_error (error, QD_INTAKE_ERROR, QD_INTAKE_ERROR_MAPPING,
                       _("The file has no column “%s” for %s. Its columns are %s."), (char *) value, (char *) key, all);
          return FALSE;
        }
      if (!said && g_array_index (headers, Header, column).taken)
        continue;
      g_array_index (headers, Header, column).taken = TRUE;
      if (field >= 0)
        {
          self->column[field] = column;
          self->exact[field] = TRUE;
          self->match[field] = said ? QD_MATCH_SAID : QD_MATCH_SAVED;
          closed[field] = TRUE;
        }
      else
        {
          g_autofree char *name = qd_value_identifier (key);

          add_custom (self, *name ? name : key, column);
        }
    }
  return TRUE;
}

static gboolean
take_set (QdMapping  *self,
          GHashTable *set,
          gboolean    said,
          GError    **error)
{
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, set);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      int field = qd_kind_find_field (self->kind, key);
      const QdField *descriptor = field >= 0 ? &self->kind->fields[field] : NULL;

      if (descriptor == NULL)
        {
          if (!said)
            continue;
          g_set_error (error, QD_INTAKE_ERROR, QD_INTAKE_ERROR_MAPPING, _("“%s” is no field of %s."), (char *) key,
                       self->kind->name);
          return FALSE;
        }
      if (self->constant[field] != NULL)
        continue;
      if (descriptor->choices != NULL && !g_strv_contains (descriptor->choices, value))
        {
          g_autofree char *choices = g_strjoinv ("|", (char **) descriptor->choices);

          g_set_error (error, QD_INTAKE_ERROR, QD_INTAKE_ERROR_MAPPING, _("%s is %s, not “%s”."), descriptor->name,
                       choices, (char *) value);
          return FALSE;
        }
      if (*(char *) value != 0)
        {
          self->constant[field] = g_strdup (value);
          self->match[field] = said ? QD_MATCH_SAID : QD_MATCH_SAVED;
        }
    }
  return TRUE;
}

static void
free_conflict (gpointer data)
{
  QdConflict *conflict = data;

  g_array_unref (conflict->columns);
  g_free (conflict);
}

/* @notes NULL: what is open is listed, and is no error. */
static gboolean
guess (QdMapping *self,
       QdSource  *source,
       GArray    *headers,
       gboolean  *closed,
       GPtrArray *notes,
       GError   **error)
{
  for (int tier = 0; tier < 3; tier++)
    for (guint f = 0; f < self->kind->n_fields; f++)
      {
        const QdField *field = &self->kind->fields[f];
        g_autoptr (GString) candidates = g_string_new (NULL);
        g_autoptr (GArray) columns = g_array_new (FALSE, FALSE, sizeof (guint));
        guint n = 0, column = 0;

        if (closed[f] || self->constant[f] != NULL)
          continue;
        for (guint c = 0; c < headers->len; c++)
          {
            const Header *header = &g_array_index (headers, Header, c);

            if (header->taken || !matches_tier (header, field, tier))
              continue;
            g_string_append_printf (candidates, "%s“%s”", n > 0 ? ", " : "", source->headers[c]);
            g_array_append_val (columns, c);
            column = c;
            n++;
          }
        if (n == 1)
          {
            self->column[f] = column;
            self->exact[f] = tier < 2;
            self->match[f] = tier == 0 ? QD_MATCH_NAME : tier == 1 ? QD_MATCH_STRONG : QD_MATCH_WEAK;
            closed[f] = TRUE;
            g_array_index (headers, Header, column).taken = TRUE;
          }
        else if (n > 1 && notes == NULL)
          {
            QdConflict *conflict = g_new0 (QdConflict, 1);

            conflict->field = (int) f;
            conflict->required = field->required;
            conflict->columns = g_steal_pointer (&columns);
            g_ptr_array_add (self->conflicts, conflict);
            closed[f] = TRUE;
          }
        else if (n > 1 && (tier < 2 || field->required))
          {
            g_set_error (error, QD_INTAKE_ERROR, QD_INTAKE_ERROR_MAPPING,
                         _("Several columns could be %s: %s. Say which with --map %s=HEADER."), field->name,
                         candidates->str, field->name);
            return FALSE;
          }
        else if (n > 1)
          {
            closed[f] = TRUE;
            g_ptr_array_add (notes, g_strdup_printf (_("%s is left out: %s could each be it. Choose one with --map %s=HEADER."),
                                                     field->name, candidates->str, field->name));
          }
      }
  return TRUE;
}

static gboolean
is_open (const QdMapping *self,
         int              field)
{
  for (guint i = 0; i < self->conflicts->len; i++)
    if (((QdConflict *) g_ptr_array_index (self->conflicts, i))->field == field)
      return TRUE;
  return FALSE;
}

static gboolean
has_none (const QdMapping *self,
          int              a,
          int              b,
          int              c)
{
  return !qd_mapping_has (self, a) && !qd_mapping_has (self, b) && !qd_mapping_has (self, c) && !is_open (self, a) &&
         !is_open (self, b) && !is_open (self, c);
}

/* The fields that must have a column and have none; of several that would do the first. */
static void
find_missing (QdMapping *self)
{
  for (guint f = 0; f < self->kind->n_fields; f++)
    if (self->kind->fields[f].required && !qd_mapping_has (self, (int) f) && !is_open (self, (int) f))
      g_array_append_val (self->missing, f);
  if (self->kind == &qd_kind_subscriptions && has_none (self, QD_LINE_MRR, QD_LINE_ARR, QD_LINE_UNIT_PRICE))
    g_array_append_val (self->missing, ((int[]){ QD_LINE_MRR })[0]);
  if (self->kind == &qd_kind_movements && has_none (self, QD_EVENT_MRR_AFTER, QD_EVENT_CHANGE, QD_EVENT_AMOUNT))
    g_array_append_val (self->missing, ((int[]){ QD_EVENT_MRR_AFTER })[0]);
}

static gboolean
check_required (QdMapping *self,
                QdSource  *source,
                GError   **error)
{
  g_autoptr (GString) missing = g_string_new (NULL);
  g_autofree char *all = NULL;

  find_missing (self);
  if (self->missing->len == 0)
    return TRUE;
  for (guint i = 0; i < self->missing->len; i++)
    {
      int f = g_array_index (self->missing, int, i);
      const char *others = "";

      if (!self->kind->fields[f].required)
        others = self->kind == &qd_kind_subscriptions ? " (or arr, or unit_price)" : " (or change, or amount)";
      g_string_append_printf (missing, "%s%s%s", i > 0 ? ", " : "", self->kind->fields[f].name, others);
    }
  all = list_headers (source);
  g_set_error (error, QD_INTAKE_ERROR, QD_INTAKE_ERROR_MAPPING,
               _("No column feeds %s of %s. The columns are %s. Name one with --map %s=HEADER."), missing->str,
               self->kind->name, all, self->kind->fields[g_array_index (self->missing, int, 0)].name);
  return FALSE;
}

/* What is left becomes custom fields, or is listed. */
static gboolean
is_custom (const QdMapping *self,
           const char      *name)
{
  for (guint i = 0; i < self->custom->len; i++)
    if (strcmp (g_array_index (self->custom, QdCustomField, i).name, name) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
take_rest (QdMapping *self,
           QdSource  *source,
           GArray    *headers,
           gboolean   lenient,
           GError   **error)
{
  for (guint c = 0; c < headers->len; c++)
    {
      g_autofree char *name = NULL;

      if (g_array_index (headers, Header, c).taken)
        continue;
      name = qd_value_identifier (source->headers[c]);
      if (lenient && is_custom (self, name))
        {
          g_autofree char *free_name = NULL;

          for (guint n = 2; free_name == NULL || is_custom (self, free_name); n++)
            {
              g_free (free_name);
              free_name = g_strdup_printf ("%s_%u", name, n);
            }
          add_custom (self, free_name, c);
          continue;
        }
      if (!self->kind->custom_fields || *name == 0 || qd_kind_find_field (self->kind, name) >= 0 ||
          g_hash_table_contains (self->left_out, name))
        {
          g_ptr_array_add (self->ignored, g_strdup (source->headers[c]));
          continue;
        }
      for (guint i = 0; i < self->custom->len; i++)
        if (strcmp (g_array_index (self->custom, QdCustomField, i).name, name) == 0)
          {
            g_set_error (error, QD_INTAKE_ERROR, QD_INTAKE_ERROR_MAPPING,
                         _("Two columns would become the custom field “%s”: “%s” and “%s”. Rename one of them."), name,
                         source->headers[g_array_index (self->custom, QdCustomField, i).column], source->headers[c]);
            return FALSE;
          }
      add_custom (self, name, c);
    }
  return TRUE;
}

static void
clear_custom (gpointer data)
{
  g_free (((QdCustomField *) data)->name);
}

static int
compare_custom (gconstpointer a,
                gconstpointer b)
{
  const QdCustomField *x = a, *y = b;

  return x->column < y->column ? -1 : x->column > y->column;
}

static QdMapping *
build (const QdKind         *kind,
       QdSource             *source,
       GHashTable           *map,
       GHashTable           *set,
       const QdSavedMapping *saved,
       GPtrArray            *notes,
       GError              **error)
{
  g_autoptr (QdMapping) self = g_new0 (QdMapping, 1);
  g_autoptr (GArray) headers = fold_headers (source);
  gboolean closed[QD_MAX_FIELDS] = { FALSE };

  self->kind = kind;
  self->custom = g_array_new (FALSE, TRUE, sizeof (QdCustomField));
  g_array_set_clear_func (self->custom, clear_custom);
  self->ignored = g_ptr_array_new_with_free_func (g_free);
  self->left_out = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->conflicts = g_ptr_array_new_with_free_func (free_conflict);
  self->missing = g_array_new (FALSE, FALSE, sizeof (int));
  for (guint f = 0; f < QD_MAX_FIELDS; f++)
    self->column[f] = -1;

  if (set != NULL && !take_set (self, set, TRUE, error))
    return NULL;
  if (map != NULL && !take_map (self, source, headers, map, TRUE, closed, error))
    return NULL;
  if (saved != NULL && (!take_set (self, saved->set, FALSE, error) ||
                        !take_map (self, source, headers, saved->map, FALSE, closed, error)))
    return NULL;
  if (!guess (self, source, headers, closed, notes, error))
    return NULL;
  if (notes == NULL)
    find_missing (self);
  else if (!check_required (self, source, error))
    return NULL;
  if (!take_rest (self, source, headers, notes == NULL, error))
    return NULL;
  g_array_sort (self->custom, compare_custom); /* what was said came in no order */
  return g_steal_pointer (&self);
}

/**
 * qd_mapping_new:
 * @kind: the kind of data
 * @source: a source
 * @map: (nullable): field → header as said; an empty header leaves the field out
 * @set: (nullable): field → constant as said
 * @saved: (nullable): what is saved for these headers
 * @notes: translated sentences are added
 * @error: return location
 *
 * Decides which column feeds which field: what is said, then what is saved,
 * then the field's own name, strong synonyms, weak synonyms.
 *
 * Returns: (transfer full) (nullable): the mapping, or `NULL` with
 *   `QD_INTAKE_ERROR_MAPPING`: a required field without a column, several
 *   columns for one field, a field or header that does not exist
 */
QdMapping *
qd_mapping_new (const QdKind         *kind,
                QdSource             *source,
                GHashTable           *map,
                GHashTable           *set,
                const QdSavedMapping *saved,
                GPtrArray            *notes,
                GError              **error)
{
  g_return_val_if_fail (kind->n_fields <= QD_MAX_FIELDS && notes != NULL, NULL);

  return build (kind, source, map, set, saved, notes, error);
}

/**
 * qd_mapping_guess:
 * @kind: the kind of data
 * @source: a source
 * @map: (nullable): as in qd_mapping_new()
 * @set: (nullable): as in qd_mapping_new()
 * @saved: (nullable): as in qd_mapping_new()
 * @error: return location
 *
 * Decides like qd_mapping_new(), for somebody who can be asked: columns that
 * could each be a field are in `conflicts` and feed nothing, required fields
 * without a column are in `missing`.
 *
 * Returns: (transfer full) (nullable): the mapping, or `NULL` with
 *   `QD_INTAKE_ERROR_MAPPING` when what is said makes no sense
 */
QdMapping *
qd_mapping_guess (const QdKind         *kind,
                  QdSource             *source,
                  GHashTable           *map,
                  GHashTable           *set,
                  const QdSavedMapping *saved,
                  GError              **error)
{
  g_return_val_if_fail (kind->n_fields <= QD_MAX_FIELDS, NULL);

  return build (kind, source, map, set, saved, NULL, error);
}

static const QdCustomField *
find_custom (const QdMapping *self,
             const char      *name)
{
  for (guint i = 0; i < self->custom->len; i++)
    if (strcmp (g_array_index (self->custom, QdCustomField, i).name, name) == 0)
      return &g_array_index (self->custom, QdCustomField, i);
  return NULL;
}

static gboolean
check_collisions (const QdMapping *self,
                  GHashTable      *collisions,
                  GError         **error)
{
  GHashTableIter iter;
  gpointer field, name;

  g_hash_table_iter_init (&iter, collisions);
  while (g_hash_table_iter_next (&iter, &field, &name))
    {
      if (!g_strv_contains (qd_collision_names, name))
        {
          g_set_error (error, QD_INTAKE_ERROR, QD_INTAKE_ERROR_MAPPING, _("“%s” is not one of %s."), (char *) name,
                       "file|fill|keep");
          return FALSE;
        }
      if (!self->kind->custom_fields)
        {
          g_set_error (error, QD_INTAKE_ERROR, QD_INTAKE_ERROR_MAPPING,
                       _("Only accounts have a rule for cells that differ; rows of %s are known by their key alone."),
                       self->kind->name);
          return FALSE;
        }
      if (strcmp (field, QD_COLLISION_ALL) != 0 && qd_kind_find_field (self->kind, field) < 0 &&
          find_custom (self, field) == NULL)
        {
          g_set_error (error, QD_INTAKE_ERROR, QD_INTAKE_ERROR_MAPPING, _("“%s” is no field of %s."), (char *) field,
                       self->kind->name);
          return FALSE;
        }
    }
  return TRUE;
}

static QdCollision
find_collision (GHashTable           *said,
                const QdSavedMapping *saved,
                const char           *field)
{
  const char *name = said != NULL ? g_hash_table_lookup (said, field) : NULL;

  if (name == NULL && said != NULL)
    name = g_hash_table_lookup (said, QD_COLLISION_ALL);
  if (name == NULL && saved != NULL)
    name = g_hash_table_lookup (saved->collisions, field);
  if (name == NULL && saved != NULL)
    name = g_hash_table_lookup (saved->collisions, QD_COLLISION_ALL);
  for (guint i = 0; name != NULL && qd_collision_names[i] != NULL; i++)
    if (strcmp (name, qd_collision_names[i]) == 0)
      return (QdCollision) i;
  return QD_COLLISION_FILE;
}

/**
 * qd_mapping_take_rules:
 * @self: a mapping
 * @values: (nullable): of qd_values_new(): what texts are read as, as said
 * @collisions: (nullable): field, or "*" for all others → name of a `QdCollision`, as said
 * @saved: (nullable): what is saved for these headers
 * @error: return location
 *
 * Decides what texts are read as and what holds where a row meets one that is
 * there.
 *
 * Returns: `FALSE` with `QD_INTAKE_ERROR_MAPPING` when what is said makes no sense
 */
gboolean
qd_mapping_take_rules (QdMapping            *self,
                       GHashTable           *values,
                       GHashTable           *collisions,
                       const QdSavedMapping *saved,
                       GError              **error)
{
  GHashTableIter fields, texts;
  gpointer field, table, from, to;

  if (collisions != NULL && !check_collisions (self, collisions, error))
    return FALSE;
  g_clear_pointer (&self->values, g_hash_table_unref);
  self->values = qd_values_copy (saved != NULL ? saved->values : NULL);
  if (values != NULL)
    {
      g_hash_table_iter_init (&fields, values);
      while (g_hash_table_iter_next (&fields, &field, &table))
        {
          g_hash_table_iter_init (&texts, table);
          while (g_hash_table_iter_next (&texts, &from, &to))
            qd_values_set (self->values, field, from, to);
        }
    }
  for (guint f = 0; f < self->kind->n_fields; f++)
    self->collision[f] = find_collision (collisions, saved, self->kind->fields[f].name);
  for (guint i = 0; i < self->custom->len; i++)
    {
      QdCustomField *custom = &g_array_index (self->custom, QdCustomField, i);

      custom->collision = find_collision (collisions, saved, custom->name);
    }
  return TRUE;
}

/**
 * qd_mapping_dup_fixes:
 * @self: a mapping
 * @fixes: (nullable): what a person corrected in the file; goes before what texts are read as
 *
 * Returns: (transfer full) (nullable): both together, or `NULL` for none
 */
QdFixes *
qd_mapping_dup_fixes (const QdMapping *self,
                      const QdFixes   *fixes)
{
  g_autoptr (QdFixes) all = qd_fixes_copy (fixes);
  GHashTableIter fields, texts;
  gpointer field, table, from, to;

  g_hash_table_iter_init (&fields, self->values);
  while (g_hash_table_iter_next (&fields, &field, &table))
    {
      int index = qd_kind_find_field (self->kind, field);
      const QdCustomField *custom = index < 0 ? find_custom (self, field) : NULL;
      int column = index >= 0 ? self->column[index] : custom != NULL ? (int) custom->column : -1;

      if (column < 0)
        continue;
      g_hash_table_iter_init (&texts, table);
      while (g_hash_table_iter_next (&texts, &from, &to))
        if (strcmp (from, to) != 0 && qd_fixes_get_rule (all, (guint) column, from) == NULL)
          qd_fixes_set_rule (all, (guint) column, from, to);
    }
  return qd_fixes_get_n_cells (all) + qd_fixes_get_n_rules (all) > 0 ? g_steal_pointer (&all) : NULL;
}

/**
 * qd_mapping_free:
 * @self: (nullable): a mapping
 *
 * Frees it.
 */
void
qd_mapping_free (QdMapping *self)
{
  if (self == NULL)
    return;
  for (guint f = 0; f < QD_MAX_FIELDS; f++)
    g_free (self->constant[f]);
  g_clear_pointer (&self->custom, g_array_unref);
  g_clear_pointer (&self->ignored, g_ptr_array_unref);
  g_clear_pointer (&self->left_out, g_hash_table_unref);
  g_clear_pointer (&self->conflicts, g_ptr_array_unref);
  g_clear_pointer (&self->missing, g_array_unref);
  g_clear_pointer (&self->values, g_hash_table_unref);
  g_free (self);
}

/**
 * qd_mapping_has:
 * @self: a mapping
 * @field: a field's number
 *
 * Returns: whether a column or a constant feeds it
 */
gboolean
qd_mapping_has (const QdMapping *self,
                int              field)
{
  return self->column[field] >= 0 || self->constant[field] != NULL;
}
