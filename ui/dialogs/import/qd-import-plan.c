/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-import-plan.h"

#include <string.h>

static void
clear_column (gpointer data)
{
  QdPlanColumn *column = data;

  g_free (column->header);
  g_free (column->name);
  g_free (column->custom);
  g_free (column->usual);
}

static void
free_answer (gpointer data)
{
  QdPlanAnswer *answer = data;

  qd_question_free (answer->question);
  g_free (answer->value);
  g_free (answer);
}

/**
 * qd_import_plan_new:
 * @path: a file
 *
 * Returns: (transfer full): nothing decided yet
 */
QdImportPlan *
qd_import_plan_new (const char *path)
{
  QdImportPlan *self = g_new0 (QdImportPlan, 1);

  self->path = g_strdup (path);
  self->columns = g_array_new (FALSE, TRUE, sizeof (QdPlanColumn));
  g_array_set_clear_func (self->columns, clear_column);
  self->answers = g_ptr_array_new_with_free_func (free_answer);
  self->fixes = qd_fixes_new ();
  self->values = qd_values_new ();
  self->collisions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

static GHashTable *
copy_texts (GHashTable *texts)
{
  GHashTable *copy = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, texts);
  while (g_hash_table_iter_next (&iter, &key, &value))
    g_hash_table_insert (copy, g_strdup (key), g_strdup (value));
  return copy;
}

/**
 * qd_import_plan_copy:
 * @self: a plan
 *
 * Returns: (transfer full): the same once more
 */
QdImportPlan *
qd_import_plan_copy (const QdImportPlan *self)
{
  QdImportPlan *copy = g_new0 (QdImportPlan, 1);

  *copy = *self;
  copy->path = g_strdup (self->path);
  copy->sheet = g_strdup (self->sheet);
  copy->sheets = g_strdupv (self->sheets);
  copy->encoding = g_strdup (self->encoding);
  copy->date_order = g_strdup (self->date_order);
  copy->saved_name = g_strdup (self->saved_name);
  copy->save_as = g_strdup (self->save_as);
  copy->source = g_strdup (self->source);
  copy->digest = g_strdup (self->digest);
  copy->fixes = qd_fixes_copy (self->fixes);
  copy->values = qd_values_copy (self->values);
  copy->collisions = copy_texts (self->collisions);
  copy->columns = g_array_new (FALSE, TRUE, sizeof (QdPlanColumn));
  g_array_set_clear_func (copy->columns, clear_column);
  for (guint i = 0; i < self->columns->len; i++)
    {
      QdPlanColumn column = g_array_index (self->columns, QdPlanColumn, i);

      column.header = g_strdup (column.header);
      column.name = g_strdup (column.name);
      column.custom = g_strdup (column.custom);
      column.usual = g_strdup (column.usual);
      g_array_append_val (copy->columns, column);
    }
  copy->answers = g_ptr_array_new_with_free_func (free_answer);
  for (guint i = 0; i < self->answers->len; i++)
    {
      const QdPlanAnswer *answer = g_ptr_array_index (self->answers, i);
      QdPlanAnswer *other = g_new0 (QdPlanAnswer, 1);

      other->type = answer->type;
      other->question = qd_question_copy (answer->question);
      other->value = g_strdup (answer->value);
      g_ptr_array_add (copy->answers, other);
    }
  return copy;
}

/**
 * qd_import_plan_free:
 * @self: (nullable): a plan
 *
 * Frees it.
 */
void
qd_import_plan_free (QdImportPlan *self)
{
  if (self == NULL)
    return;
  g_free (self->path);
  g_free (self->sheet);
  g_strfreev (self->sheets);
  g_free (self->encoding);
  g_free (self->date_order);
  g_free (self->saved_name);
  g_free (self->save_as);
  g_free (self->source);
  g_free (self->digest);
  g_array_unref (self->columns);
  g_ptr_array_unref (self->answers);
  qd_fixes_free (self->fixes);
  g_hash_table_unref (self->values);
  g_hash_table_unref (self->collisions);
  g_free (self);
}

/**
 * qd_import_plan_forget_columns:
 * @self: a plan
 *
 * Drops what was decided about columns, questions and cells: the file is read
 * in another way now.
 */
void
qd_import_plan_forget_columns (QdImportPlan *self)
{
  g_array_set_size (self->columns, 0);
  g_ptr_array_set_size (self->answers, 0);
  qd_fixes_free (self->fixes);
  self->fixes = qd_fixes_new ();
  g_hash_table_remove_all (self->values);
  g_hash_table_remove_all (self->collisions);
  self->clash = QD_PLAN_CLASH_OPEN;
  g_clear_pointer (&self->digest, g_free);
}

/**
 * qd_import_plan_take_columns:
 * @self: a plan
 * @inspection: what was found in its file
 *
 * Takes over sheet, kind, columns and saved mapping.
 */
void
qd_import_plan_take_columns (QdImportPlan       *self,
                             const QdInspection *inspection)
{
  g_autofree char **headers = g_new0 (char *, inspection->n_columns + 1);

  qd_import_plan_forget_columns (self);
  self->kind = inspection->kind;
  g_free (self->sheet);
  self->sheet = g_strdup (inspection->sheet);
  g_strfreev (self->sheets);
  self->sheets = g_strdupv (inspection->sheets);
  g_free (self->saved_name);
  self->saved_name = g_strdup (inspection->saved_name);
  qd_import_plan_set_collision (self, -1, QD_COLLISION_FILE);
  if (self->kind->custom_fields && inspection->mapping != NULL)
    for (guint f = 0; f < self->kind->n_fields; f++)
      if (inspection->mapping->collision[f] != QD_COLLISION_FILE)
        qd_import_plan_set_collision (self, (int) f, inspection->mapping->collision[f]);
  for (guint c = 0; c < inspection->n_columns; c++)
    headers[c] = inspection->columns[c].header;
  for (guint c = 0; c < inspection->n_columns; c++)
    {
      const QdInspectedColumn *found = &inspection->columns[c];
      QdPlanColumn column = { g_strdup (found->header), qd_mapping_dup_column_name (headers, inspection->n_columns, c),
                              found->field, g_strdup (found->custom), NULL, found->match };

      column.usual = qd_value_identifier (found->header);
      if (*column.usual == 0)
        {
          g_free (column.usual);
          column.usual = g_strdup_printf ("column_%u", c + 1);
        }
      g_array_append_val (self->columns, column);
    }
}

/**
 * qd_import_plan_find_column:
 * @self: a plan
 * @field: a field of its kind
 *
 * Returns: the column that feeds it, or −1
 */
int
qd_import_plan_find_column (const QdImportPlan *self,
                            int                 field)
{
  for (guint c = 0; c < self->columns->len; c++)
    if (g_array_index (self->columns, QdPlanColumn, c).field == field)
      return (int) c;
  return -1;
}

/* Whether a name of a custom field is another column's: one that has it, or one that is left out and would have it. */
static gboolean
has_custom (const QdImportPlan *self,
            guint               but,
            const char         *name)
{
  for (guint c = 0; c < self->columns->len; c++)
    {
      const QdPlanColumn *column = &g_array_index (self->columns, QdPlanColumn, c);

      if (c != but && (g_strcmp0 (column->custom, name) == 0 ||
                       (column->field < 0 && column->custom == NULL && strcmp (column->usual, name) == 0)))
        return TRUE;
    }
  return FALSE;
}

static char *
find_custom (const QdImportPlan *self,
             guint               column,
             const char         *wanted)
{
  char *name = g_strdup (wanted);

  for (guint n = 2; has_custom (self, column, name) || qd_kind_find_field (self->kind, name) >= 0; n++)
    {
      g_free (name);
      name = g_strdup_printf ("%s_%u", wanted, n);
    }
  return name;
}

/**
 * qd_import_plan_assign:
 * @self: a plan
 * @column: a column of the file
 * @field: the field that it feeds, or −1
 * @custom: (nullable): the custom field that it becomes, when there is no field
 *
 * Decides what becomes of a column. A custom field's name that is taken gets a
 * number behind it.
 */
void
qd_import_plan_assign (QdImportPlan *self,
                       guint         column,
                       int           field,
                       const char   *custom)
{
  QdPlanColumn *target = &g_array_index (self->columns, QdPlanColumn, column);
  int other = field >= 0 ? qd_import_plan_find_column (self, field) : -1;
  g_autofree char *wanted = g_strdup (field < 0 ? custom : NULL);

  if (other >= 0 && (guint) other != column)
    {
      g_array_index (self->columns, QdPlanColumn, other).field = -1;
      g_array_index (self->columns, QdPlanColumn, other).match = QD_MATCH_SAID;
    }
  target->field = field;
  target->match = QD_MATCH_SAID;
  g_clear_pointer (&target->custom, g_free);
  if (wanted != NULL)
    target->custom = find_custom (self, column, wanted);
  /* A name cannot say of one column that it is left out and be another's. */
  for (guint c = 0; c < self->columns->len; c++)
    {
      QdPlanColumn *same = &g_array_index (self->columns, QdPlanColumn, c);

      if (same->custom != NULL && has_custom (self, c, same->custom))
        {
          char *name = find_custom (self, c, same->custom);

          g_free (same->custom);
          same->custom = name;
        }
    }
}

/**
 * qd_import_plan_set_value:
 * @self: a plan
 * @field: a field of its kind
 * @from: what stands in the file
 * @to: (nullable): what it is read as, "": blank; `NULL`: as it stands
 *
 * Decides what a text is read as.
 */
void
qd_import_plan_set_value (QdImportPlan *self,
                          int           field,
                          const char   *from,
                          const char   *to)
{
  qd_values_set (self->values, self->kind->fields[field].name, from, to != NULL ? to : from);
}

/**
 * qd_import_plan_set_collision:
 * @self: a plan
 * @field: a field of its kind, −1: all
 * @collision: what holds where a row and an account that is there differ
 *
 * Decides it for one field, or for all that have no rule of their own.
 */
void
qd_import_plan_set_collision (QdImportPlan *self,
                              int           field,
                              QdCollision   collision)
{
  const char *name = field < 0 ? QD_COLLISION_ALL : self->kind->fields[field].name;

  g_hash_table_remove (self->collisions, name);
  /* what holds for all is always said: else what is saved would hold */
  if (field < 0 || qd_import_plan_get_collision (self, field) != collision)
    g_hash_table_insert (self->collisions, g_strdup (name), g_strdup (qd_collision_names[collision]));
}

/**
 * qd_import_plan_get_collision:
 * @self: a plan
 * @field: a field of its kind, −1: all
 *
 * Returns: what holds where a row and an account that is there differ
 */
QdCollision
qd_import_plan_get_collision (const QdImportPlan *self,
                              int                 field)
{
  const char *name = field >= 0 ? g_hash_table_lookup (self->collisions, self->kind->fields[field].name) : NULL;

  if (name == NULL)
    name = g_hash_table_lookup (self->collisions, QD_COLLISION_ALL);
  for (guint i = 0; name != NULL && qd_collision_names[i] != NULL; i++)
    if (strcmp (name, qd_collision_names[i]) == 0)
      return (QdCollision) i;
  return QD_COLLISION_FILE;
}

/**
 * qd_import_plan_take_questions:
 * @self: a plan
 * @questions: (element-type QdQuestion): what is open now
 *
 * Adds questions that were not open before. Those that were answered stay, so
 * that the answer can be changed.
 */
void
qd_import_plan_take_questions (QdImportPlan    *self,
                               const GPtrArray *questions)
{
  for (guint i = 0; i < questions->len; i++)
    {
      const QdQuestion *question = questions->pdata[i];
      QdPlanAnswer *answer = NULL;

      for (guint k = 0; k < self->answers->len && answer == NULL; k++)
        if (((QdPlanAnswer *) self->answers->pdata[k])->type == question->type)
          answer = self->answers->pdata[k];
      if (answer == NULL)
        {
          answer = g_new0 (QdPlanAnswer, 1);
          answer->type = question->type;
          g_ptr_array_add (self->answers, answer);
        }
      g_clear_pointer (&answer->question, qd_question_free);
      answer->question = qd_question_copy (question);
    }
}

/**
 * qd_import_plan_answer:
 * @self: a plan
 * @type: what was asked
 * @value: the answer
 *
 * Answers a question.
 */
void
qd_import_plan_answer (QdImportPlan  *self,
                       QdQuestionType type,
                       const char    *value)
{
  for (guint i = 0; i < self->answers->len; i++)
    {
      QdPlanAnswer *answer = self->answers->pdata[i];

      if (answer->type != type)
        continue;
      g_free (answer->value);
      answer->value = g_strdup (value);
    }
}

static GHashTable *
make_map (const QdImportPlan *self)
{
  GHashTable *map = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  if (self->columns->len == 0 || self->kind == NULL)
    return map;
  for (guint f = 0; f < self->kind->n_fields; f++)
    {
      int column = qd_import_plan_find_column (self, (int) f);

      g_hash_table_insert (map, g_strdup (self->kind->fields[f].name),
                           g_strdup (column < 0 ? "" : g_array_index (self->columns, QdPlanColumn, column).name));
    }
  if (!self->kind->custom_fields)
    return map;
  /* What is left out first: another column may have the name. */
  for (guint c = 0; c < self->columns->len; c++)
    {
      const QdPlanColumn *column = &g_array_index (self->columns, QdPlanColumn, c);

      if (column->field < 0 && column->custom == NULL && qd_kind_find_field (self->kind, column->usual) < 0)
        g_hash_table_insert (map, g_strdup (column->usual), g_strdup (""));
    }
  for (guint c = 0; c < self->columns->len; c++)
    {
      const QdPlanColumn *column = &g_array_index (self->columns, QdPlanColumn, c);

      if (column->field < 0 && column->custom != NULL)
        g_hash_table_insert (map, g_strdup (column->custom), g_strdup (column->name));
    }
  return map;
}

/**
 * qd_import_plan_fill:
 * @self: a plan; must outlive @options
 * @options: (out caller-allocates): what it comes to
 *
 * Makes the options of an import from what is decided.
 */
void
qd_import_plan_fill (const QdImportPlan *self,
                     QdImportOptions    *options)
{
  *options = (QdImportOptions) {
    .map = make_map (self),
    .set = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free),
    .date_order = self->date_order,
    .decimal = self->decimal,
    .encoding = self->encoding,
    .sheet = self->sheet,
    .delimiter = self->delimiter,
    .header_line = self->header_line,
    .no_header = self->no_header,
    .ignore_saved = self->ignore_saved,
    .save_mapping = self->save_as,
    .source = self->source,
    .replace = self->replace || self->clash == QD_PLAN_CLASH_REPLACE,
    .fixes = self->fixes,
    .values = self->values,
    .collisions = self->kind != NULL && self->kind->custom_fields && self->columns->len > 0 ? self->collisions : NULL,
    .digest = self->digest,
  };
  for (guint i = 0; i < self->answers->len; i++)
    {
      const QdPlanAnswer *answer = self->answers->pdata[i];

      if (answer->value != NULL)
        qd_question_apply (answer->type, answer->value, options);
    }
}

/**
 * qd_import_plan_clear_options:
 * @options: options of qd_import_plan_fill()
 *
 * Frees their tables.
 */
void
qd_import_plan_clear_options (QdImportOptions *options)
{
  g_clear_pointer (&options->map, g_hash_table_unref);
  g_clear_pointer (&options->set, g_hash_table_unref);
}
