/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-fixes.h"

#include <string.h>

#include "qd-parse-value.h"

typedef struct
{
  guint column;
  char *text;
} Cell;

typedef struct
{
  guint column;
  char *from, *to;
} Rule;

struct _QdFixes
{
  GHashTable *lines; /* guint64 → GArray of Cell */
  GArray *rules;
  guint n_cells;
};

static void
clear_cell (gpointer data)
{
  g_free (((Cell *) data)->text);
}

static void
clear_rule (gpointer data)
{
  Rule *rule = data;

  g_free (rule->from);
  g_free (rule->to);
}

/**
 * qd_fixes_new:
 *
 * Returns: (transfer full): no fixes yet
 */
QdFixes *
qd_fixes_new (void)
{
  QdFixes *self = g_new0 (QdFixes, 1);

  self->lines = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify) g_array_unref);
  self->rules = g_array_new (FALSE, TRUE, sizeof (Rule));
  g_array_set_clear_func (self->rules, clear_rule);
  return self;
}

/**
 * qd_fixes_copy:
 * @self: (nullable): fixes
 *
 * Returns: (transfer full): the same once more; none for `NULL`
 */
QdFixes *
qd_fixes_copy (const QdFixes *self)
{
  QdFixes *copy = qd_fixes_new ();
  GHashTableIter iter;
  gpointer key, value;

  if (self == NULL)
    return copy;
  g_hash_table_iter_init (&iter, self->lines);
  while (g_hash_table_iter_next (&iter, &key, &value))
    for (guint i = 0; i < ((GArray *) value)->len; i++)
      {
        const Cell *cell = &g_array_index ((GArray *) value, Cell, i);

        qd_fixes_set_cell (copy, *(guint64 *) key, cell->column, cell->text);
      }
  for (guint i = 0; i < self->rules->len; i++)
    {
      const Rule *rule = &g_array_index (self->rules, Rule, i);

      qd_fixes_set_rule (copy, rule->column, rule->from, rule->to);
    }
  return copy;
}

/**
 * qd_fixes_free:
 * @self: (nullable): fixes
 *
 * Frees them.
 */
void
qd_fixes_free (QdFixes *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->lines);
  g_array_unref (self->rules);
  g_free (self);
}

/**
 * qd_fixes_set_cell:
 * @self: fixes
 * @line: line of the file where the row begins, the first is 1
 * @column: the column, from 0
 * @text: (nullable): what the cell is to be read as; `NULL`: as it stands
 *
 * Sets or takes back the fix of one cell.
 */
void
qd_fixes_set_cell (QdFixes    *self,
                   guint64     line,
                   guint       column,
                   const char *text)
{
  GArray *cells = g_hash_table_lookup (self->lines, &line);
  Cell cell = { column, g_strdup (text) };

  for (guint i = 0; cells != NULL && i < cells->len; i++)
    if (g_array_index (cells, Cell, i).column == column)
      {
        g_array_remove_index_fast (cells, i);
        self->n_cells--;
        break;
      }
  if (text == NULL)
    {
      if (cells != NULL && cells->len == 0)
        g_hash_table_remove (self->lines, &line);
      return;
    }
  if (cells == NULL)
    {
      cells = g_array_new (FALSE, FALSE, sizeof (Cell));
      g_array_set_clear_func (cells, clear_cell);
      g_hash_table_insert (self->lines, g_memdup2 (&line, sizeof line), cells);
    }
  g_array_append_val (cells, cell);
  self->n_cells++;
}

static const Cell *
find_cell (const QdFixes *self,
           guint64        line,
           guint          column)
{
  GArray *cells = g_hash_table_lookup (self->lines, &line);

  for (guint i = 0; cells != NULL && i < cells->len; i++)
    if (g_array_index (cells, Cell, i).column == column)
      return &g_array_index (cells, Cell, i);
  return NULL;
}

/**
 * qd_fixes_get_cell:
 * @self: fixes
 * @line: a line
 * @column: a column
 *
 * Returns: (transfer none) (nullable): what this cell is read as
 */
const char *
qd_fixes_get_cell (const QdFixes *self,
                   guint64        line,
                   guint          column)
{
  const Cell *cell = find_cell (self, line, column);

  return cell != NULL ? cell->text : NULL;
}

static int
find_rule (const QdFixes *self,
           guint          column,
           const char    *text,
           gsize          length)
{
  for (guint i = 0; i < self->rules->len; i++)
    {
      const Rule *rule = &g_array_index (self->rules, Rule, i);

      if (rule->column == column && strlen (rule->from) == length && memcmp (rule->from, text, length) == 0)
        return (int) i;
    }
  return -1;
}

/**
 * qd_fixes_set_rule:
 * @self: fixes
 * @column: the column, from 0
 * @from: what stands in its cells; "": blank ones
 * @to: (nullable): what it is to be read as; `NULL`: as it stands
 *
 * Sets or takes back a rule for a column.
 */
void
qd_fixes_set_rule (QdFixes    *self,
                   guint       column,
                   const char *from,
                   const char *to)
{
  gsize length = strlen (from);
  int index;

  qd_value_trim (&from, &length);
  index = find_rule (self, column, from, length);
  if (to != NULL)
    {
      Rule rule = { column, g_strndup (from, length), g_strdup (to) };

      g_array_append_val (self->rules, rule);
    }
  if (index >= 0)
    g_array_remove_index (self->rules, (guint) index);
}

/**
 * qd_fixes_get_rule:
 * @self: fixes
 * @column: a column
 * @from: what stands in its cells
 *
 * Returns: (transfer none) (nullable): what that is read as
 */
const char *
qd_fixes_get_rule (const QdFixes *self,
                   guint          column,
                   const char    *from)
{
  gsize length = strlen (from);
  int index;

  qd_value_trim (&from, &length);
  index = find_rule (self, column, from, length);
  return index >= 0 ? g_array_index (self->rules, Rule, index).to : NULL;
}

/**
 * qd_fixes_list_rules:
 * @self: fixes
 * @column: a column
 *
 * Returns: (transfer full) (element-type utf8): what its rules are about
 */
GPtrArray *
qd_fixes_list_rules (const QdFixes *self,
                     guint          column)
{
  GPtrArray *from = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < self->rules->len; i++)
    if (g_array_index (self->rules, Rule, i).column == column)
      g_ptr_array_add (from, g_strdup (g_array_index (self->rules, Rule, i).from));
  return from;
}

/**
 * qd_fixes_get_n_cells:
 * @self: fixes
 *
 * Returns: how many cells are fixed one by one
 */
guint
qd_fixes_get_n_cells (const QdFixes *self)
{
  return self->n_cells;
}

/**
 * qd_fixes_get_n_rules:
 * @self: fixes
 *
 * Returns: how many rules there are
 */
guint
qd_fixes_get_n_rules (const QdFixes *self)
{
  return self->rules->len;
}

static void
put (QdCell     *cell,
     const char *text)
{
  cell->text = text;
  cell->length = (guint32) strlen (text);
  cell->doubled = FALSE;
}

/**
 * qd_fixes_apply:
 * @scan: a scanner, at a record
 * @fixes: a `QdFixes`
 *
 * Puts what is fixed in the place of what stands in the file.
 */
void
qd_fixes_apply (QdScan       *scan,
                gconstpointer fixes)
{
  const QdFixes *self = fixes;
  GArray *cells = self->n_cells > 0 ? g_hash_table_lookup (self->lines, &scan->line) : NULL;

  for (guint i = 0; i < self->rules->len; i++)
    {
      const Rule *rule = &g_array_index (self->rules, Rule, i);
      QdCell *cell;
      const char *text;
      gsize length;

      if (rule->column >= scan->n_cells)
        continue;
      cell = &scan->cells[rule->column];
      text = cell->text;
      length = cell->length;
      /* What another rule has put there is no cell of the file: rules do not follow one another. */
      if (!cell->doubled && (text < scan->record || text > scan->record_end))
        continue;
      qd_value_trim (&text, &length);
      if (strlen (rule->from) == length && memcmp (rule->from, text, length) == 0)
        put (cell, rule->to);
    }
  for (guint i = 0; cells != NULL && i < cells->len; i++)
    {
      const Cell *cell = &g_array_index (cells, Cell, i);

      if (cell->column < scan->n_cells)
        put (&scan->cells[cell->column], cell->text);
    }
}
