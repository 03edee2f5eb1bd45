/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "qd-table"

#include "qd-table.h"

#include "qd-money.h"

#include <math.h>
#include <string.h>

/* Values stand by column, eight bytes each, with a byte beside them that says
 * what the cell holds; texts are kept once per table. */
typedef union
{
  const char *text;
  gint64 integer;
  double real;
} Value;

#define TAG_MISSING 0xff

struct _QdTable
{
  gatomicrefcount ref_count;
  const char *id;
  const char *currency; /* or NULL */
  int exponent;
  guint n_columns;
  guint n_rows;
  guint cursor; /* the column that the next add_* fills */
  QdColumn *columns;
  GArray **values;    /* of Value, one array per column */
  GByteArray **tags;  /* QdColumnType or TAG_MISSING */
  GStringChunk *texts;
  QdTable *lender; /* nullable: whose texts are used, too */
};

/**
 * qd_table_new:
 * @id: what the table is, as the command line names it
 * @currency: (nullable): the ISO 4217 code of its money columns
 * @columns: (array length=n_columns): the columns; copied, texts included
 * @n_columns: how many, at least 1
 *
 * Makes an empty table. It belongs to one thread until it is filled, and must
 * not be changed once it has been given away.
 *
 * Returns: (transfer full): the table
 */
QdTable *
qd_table_new (const char     *id,
              const char     *currency,
              const QdColumn *columns,
              guint           n_columns)
{
  QdTable *self;
  int exponent = currency != NULL ? qd_currency_get_exponent (currency) : 0;

  g_return_val_if_fail (id != NULL && columns != NULL && n_columns > 0, NULL);

  self = g_new0 (QdTable, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->id = g_intern_string (id);
  self->currency = g_intern_string (currency);
  self->exponent = exponent < 0 ? 2 : exponent;
  self->n_columns = n_columns;
  self->columns = g_new (QdColumn, n_columns);
  self->values = g_new (GArray *, n_columns);
  self->tags = g_new (GByteArray *, n_columns);
  self->texts = g_string_chunk_new (4096);
  for (guint i = 0; i < n_columns; i++)
    {
      self->columns[i].id = g_intern_string (columns[i].id);
      self->columns[i].title = g_intern_string (columns[i].title != NULL ? columns[i].title : columns[i].id);
      self->columns[i].type = columns[i].type;
      self->values[i] = g_array_new (FALSE, FALSE, sizeof (Value));
      self->tags[i] = g_byte_array_new ();
    }
  return self;
}

/**
 * qd_table_ref:
 * @self: a table
 *
 * Returns: (transfer full): @self; from any thread
 */
QdTable *
qd_table_ref (QdTable *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * qd_table_unref:
 * @self: (transfer full): a table
 *
 * Gives a reference back, from any thread; the last one frees the table.
 */
void
qd_table_unref (QdTable *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  for (guint i = 0; i < self->n_columns; i++)
    {
      g_array_unref (self->values[i]);
      g_byte_array_unref (self->tags[i]);
    }
  g_free (self->values);
  g_free (self->tags);
  g_free (self->columns);
  g_string_chunk_free (self->texts);
  g_clear_pointer (&self->lender, qd_table_unref);
  g_free (self);
}

static void
append (QdTable *self,
        guint8   tag,
        Value    value)
{
  g_return_if_fail (self->cursor < self->n_columns);

  g_array_append_val (self->values[self->cursor], value);
  g_byte_array_append (self->tags[self->cursor], &tag, 1);
  self->cursor++;
}

static gboolean
takes (const QdTable *self,
       QdColumnType   type)
{
  QdColumnType own;

  if (self->cursor >= self->n_columns)
    return FALSE;
  own = self->columns[self->cursor].type;
  return own == type || own == QD_COLUMN_MIXED;
}

/**
 * qd_table_add_text:
 * @self: a table
 * @text: (nullable): UTF-8; `NULL` is missing, which "" is not
 *
 * Fills the next cell of a text or mixed column. The text is copied.
 */
void
qd_table_add_text (QdTable    *self,
                   const char *text)
{
  g_return_if_fail (self != NULL && takes (self, QD_COLUMN_TEXT));

  if (text == NULL)
    qd_table_add_missing (self);
  else
    append (self, QD_COLUMN_TEXT, (Value) { .text = g_string_chunk_insert_const (self->texts, text) });
}

/**
 * qd_table_add_integer:
 * @self: a table
 * @value: a count, minor units, a #QdMonth or a #QdDay, as the column says; in
 *   a mixed column a count
 *
 * Fills the next cell. `QD_MONTH_NONE` and `QD_DAY_NONE` are missing.
 */
void
qd_table_add_integer (QdTable *self,
                      gint64   value)
{
  QdColumnType type;

  g_return_if_fail (self != NULL && self->cursor < self->n_columns);

  type = self->columns[self->cursor].type;
  if (type == QD_COLUMN_MIXED)
    type = QD_COLUMN_COUNT;
  g_return_if_fail (type == QD_COLUMN_COUNT || type == QD_COLUMN_MONEY || type == QD_COLUMN_MONTH
                    || type == QD_COLUMN_DAY);

  if ((type == QD_COLUMN_MONTH && value == QD_MONTH_NONE) || (type == QD_COLUMN_DAY && value == QD_DAY_NONE))
    qd_table_add_missing (self);
  else
    append (self, type, (Value) { .integer = value });
}

/**
 * qd_table_add_double:
 * @self: a table
 * @value: a fraction or a number, as the column says; in a mixed column a
 *   number. What is not finite is missing.
 *
 * Fills the next cell.
 */
void
qd_table_add_double (QdTable *self,
                     double   value)
{
  QdColumnType type;

  g_return_if_fail (self != NULL && self->cursor < self->n_columns);

  type = self->columns[self->cursor].type;
  if (type == QD_COLUMN_MIXED)
    type = QD_COLUMN_NUMBER;
  g_return_if_fail (type == QD_COLUMN_RATE || type == QD_COLUMN_NUMBER);

  if (isfinite (value))
    append (self, type, (Value) { .real = value });
  else
    qd_table_add_missing (self);
}

/**
 * qd_table_add_missing:
 * @self: a table
 *
 * Leaves the next cell without a value: undefined, not zero.
 */
void
qd_table_add_missing (QdTable *self)
{
  g_return_if_fail (self != NULL);

  append (self, TAG_MISSING, (Value) { .integer = 0 });
}

/**
 * qd_table_add_count:
 * @self: a table
 * @value: how many
 *
 * Fills the next cell of a count or mixed column.
 */
void
qd_table_add_count (QdTable *self,
                    gint64   value)
{
  g_return_if_fail (self != NULL && takes (self, QD_COLUMN_COUNT));

  append (self, QD_COLUMN_COUNT, (Value) { .integer = value });
}

/**
 * qd_table_add_money:
 * @self: a table
 * @minor: minor units of the table's currency
 *
 * Fills the next cell of a money or mixed column.
 */
void
qd_table_add_money (QdTable *self,
                    gint64   minor)
{
  g_return_if_fail (self != NULL && takes (self, QD_COLUMN_MONEY));

  append (self, QD_COLUMN_MONEY, (Value) { .integer = minor });
}

/**
 * qd_table_add_rate:
 * @self: a table
 * @value: a fraction: 1.043 is 104.3 %; missing when not finite
 *
 * Fills the next cell of a rate or mixed column.
 */
void
qd_table_add_rate (QdTable *self,
                   double   value)
{
  g_return_if_fail (self != NULL && takes (self, QD_COLUMN_RATE));

  if (isfinite (value))
    append (self, QD_COLUMN_RATE, (Value) { .real = value });
  else
    qd_table_add_missing (self);
}

/**
 * qd_table_add_number:
 * @self: a table
 * @value: a number without a unit; missing when not finite
 *
 * Fills the next cell of a number or mixed column.
 */
void
qd_table_add_number (QdTable *self,
                     double   value)
{
  g_return_if_fail (self != NULL && takes (self, QD_COLUMN_NUMBER));

  if (isfinite (value))
    append (self, QD_COLUMN_NUMBER, (Value) { .real = value });
  else
    qd_table_add_missing (self);
}

/**
 * qd_table_add_cell:
 * @self: a table that is being filled
 * @from: another table
 * @row: of @from
 * @column: of @from, of the type of the column that is filled next
 *
 * Adds a copy of a cell, missing or not.
 */
void
qd_table_add_cell (QdTable       *self,
                   const QdTable *from,
                   guint          row,
                   guint          column)
{
  if (qd_table_is_missing (from, row, column))
    {
      qd_table_add_missing (self);
      return;
    }
  switch (qd_table_get_cell_type (from, row, column))
    {
    case QD_COLUMN_TEXT:
      qd_table_add_text (self, qd_table_get_text (from, row, column));
      break;
    case QD_COLUMN_COUNT:
      qd_table_add_count (self, qd_table_get_integer (from, row, column));
      break;
    case QD_COLUMN_MONEY:
      qd_table_add_money (self, qd_table_get_integer (from, row, column));
      break;
    case QD_COLUMN_RATE:
      qd_table_add_rate (self, qd_table_get_double (from, row, column));
      break;
    case QD_COLUMN_NUMBER:
      qd_table_add_number (self, qd_table_get_double (from, row, column));
      break;
    case QD_COLUMN_MONTH:
    case QD_COLUMN_DAY:
    case QD_COLUMN_MIXED:
    default:
      qd_table_add_integer (self, qd_table_get_integer (from, row, column));
    }
}

/**
 * qd_table_end_row:
 * @self: a table
 *
 * Ends a row; each of its cells must have been filled.
 */
void
qd_table_end_row (QdTable *self)
{
  g_return_if_fail (self != NULL && self->cursor == self->n_columns);

  self->cursor = 0;
  self->n_rows++;
}

/* @rows: (nullable): all */
static void
pick_column (QdTable       *self,
             guint          column,
             const QdTable *from,
             guint          from_column,
             const guint32 *rows,
             guint          n_rows)
{
  const Value *values = (const Value *) (const void *) from->values[from_column]->data;
  const guint8 *tags = from->tags[from_column]->data;

  if (rows == NULL)
    {
      g_array_append_vals (self->values[column], values, n_rows);
      g_byte_array_append (self->tags[column], tags, n_rows);
      return;
    }
  g_array_set_size (self->values[column], n_rows);
  g_byte_array_set_size (self->tags[column], n_rows);
  for (guint i = 0; i < n_rows; i++)
    {
      g_array_index (self->values[column], Value, i) = values[rows[i]];
      self->tags[column]->data[i] = tags[rows[i]];
    }
}

/**
 * qd_table_pick:
 * @self: a table
 * @rows: (array length=n_rows): which rows, in this order
 * @n_rows: how many
 * @columns: (array length=n_columns): which columns, in this order
 * @n_columns: how many, at least 1
 *
 * A copy that is made fast: it uses the texts of the table, and keeps it.
 *
 * Returns: (transfer full): a table
 */
QdTable *
qd_table_pick (QdTable       *self,
               const guint32 *rows,
               guint          n_rows,
               const guint   *columns,
               guint          n_columns)
{
  g_autofree QdColumn *infos = g_new (QdColumn, n_columns);
  QdTable *picked;

  for (guint i = 0; i < n_columns; i++)
    infos[i] = *qd_table_get_column (self, columns[i]);
  picked = qd_table_new (self->id, self->currency, infos, n_columns);
  for (guint i = 0; i < n_columns; i++)
    pick_column (picked, i, self, columns[i], rows, n_rows);
  picked->n_rows = n_rows;
  picked->lender = qd_table_ref (self);
  return picked;
}

/**
 * qd_table_with_text:
 * @self: a table
 * @id: id of the new column
 * @title: (nullable): its heading, untranslated and static
 * @text: what each row says there
 *
 * Lets rows that leave the program say what they are about. As fast as
 * qd_table_pick().
 *
 * Returns: (transfer full): a copy with the column as its last
 */
QdTable *
qd_table_with_text (QdTable    *self,
                    const char *id,
                    const char *title,
                    const char *text)
{
  g_autofree QdColumn *columns = g_new (QdColumn, self->n_columns + 1);
  guint n = self->n_rows, last = self->n_columns;
  QdTable *copy;

  g_return_val_if_fail (id != NULL && text != NULL, NULL);
  memcpy (columns, self->columns, last * sizeof (QdColumn));
  columns[last] = (QdColumn) { id, title, QD_COLUMN_TEXT };
  copy = qd_table_new (self->id, self->currency, columns, last + 1);
  for (guint i = 0; i < last; i++)
    pick_column (copy, i, self, i, NULL, n);
  for (guint row = 0; row < n; row++)
    {
      copy->cursor = last;
      qd_table_add_text (copy, text);
      qd_table_end_row (copy);
    }
  copy->lender = qd_table_ref (self);
  return copy;
}

/**
 * qd_table_get_id:
 * @self: a table
 *
 * Returns: (transfer none): what it is, as the command line names it
 */
const char *
qd_table_get_id (const QdTable *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->id;
}

/**
 * qd_table_get_currency:
 * @self: a table
 *
 * Returns: (transfer none) (nullable): the ISO 4217 code of its money
 */
const char *
qd_table_get_currency (const QdTable *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->currency;
}

/**
 * qd_table_get_exponent:
 * @self: a table
 *
 * Returns: decimals of its money, 0 to 4; 2 for a code that ISO 4217 lacks
 */
int
qd_table_get_exponent (const QdTable *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->exponent;
}

/**
 * qd_table_get_n_columns:
 * @self: a table
 *
 * Returns: how many columns it has
 */
guint
qd_table_get_n_columns (const QdTable *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_columns;
}

/**
 * qd_table_get_n_rows:
 * @self: a table
 *
 * Returns: how many rows have been ended
 */
guint
qd_table_get_n_rows (const QdTable *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_rows;
}

/**
 * qd_table_get_column:
 * @self: a table
 * @column: from 0
 *
 * Returns: (transfer none): the description; its title is never `NULL`
 */
const QdColumn *
qd_table_get_column (const QdTable *self,
                     guint          column)
{
  g_return_val_if_fail (self != NULL && column < self->n_columns, NULL);

  return &self->columns[column];
}

/**
 * qd_table_find_column:
 * @self: a table
 * @id: of a column
 *
 * Returns: its number, or −1; the first when several share the id
 */
int
qd_table_find_column (const QdTable *self,
                      const char    *id)
{
  g_return_val_if_fail (self != NULL && id != NULL, -1);

  for (guint i = 0; i < self->n_columns; i++)
    if (strcmp (self->columns[i].id, id) == 0)
      return i;
  return -1;
}

static guint8
tag_at (const QdTable *self,
        guint          row,
        guint          column)
{
  return self->tags[column]->data[row];
}

static Value
value_at (const QdTable *self,
          guint          row,
          guint          column)
{
  return g_array_index (self->values[column], Value, row);
}

/**
 * qd_table_get_cell_type:
 * @self: a table
 * @row: from 0
 * @column: from 0
 *
 * Returns: the type of the column; in a mixed one that of the cell, or
 *   `QD_COLUMN_MIXED` when the cell is missing
 */
QdColumnType
qd_table_get_cell_type (const QdTable *self,
                        guint          row,
                        guint          column)
{
  g_return_val_if_fail (self != NULL && row < self->n_rows && column < self->n_columns, QD_COLUMN_TEXT);

  if (self->columns[column].type != QD_COLUMN_MIXED || tag_at (self, row, column) == TAG_MISSING)
    return self->columns[column].type;
  return tag_at (self, row, column);
}

/**
 * qd_table_is_missing:
 * @self: a table
 * @row: from 0
 * @column: from 0
 *
 * Returns: whether the cell has no value
 */
gboolean
qd_table_is_missing (const QdTable *self,
                     guint          row,
                     guint          column)
{
  g_return_val_if_fail (self != NULL && row < self->n_rows && column < self->n_columns, TRUE);

  return tag_at (self, row, column) == TAG_MISSING;
}

/**
 * qd_table_get_text:
 * @self: a table
 * @row: from 0
 * @column: of a text column, or of a mixed one
 *
 * Returns: (transfer none) (nullable): the text; `NULL` when the cell is
 *   missing or no text; lives as long as the table
 */
const char *
qd_table_get_text (const QdTable *self,
                   guint          row,
                   guint          column)
{
  g_return_val_if_fail (self != NULL && row < self->n_rows && column < self->n_columns, NULL);

  return tag_at (self, row, column) == QD_COLUMN_TEXT ? value_at (self, row, column).text : NULL;
}

/**
 * qd_table_get_integer:
 * @self: a table
 * @row: from 0
 * @column: from 0
 *
 * Returns: the count, minor units, month or day; 0 when the cell is missing or
 *   of another type
 */
gint64
qd_table_get_integer (const QdTable *self,
                      guint          row,
                      guint          column)
{
  g_return_val_if_fail (self != NULL && row < self->n_rows && column < self->n_columns, 0);

  switch (tag_at (self, row, column))
    {
    case QD_COLUMN_COUNT:
    case QD_COLUMN_MONEY:
    case QD_COLUMN_MONTH:
    case QD_COLUMN_DAY:
      return value_at (self, row, column).integer;
    default:
      return 0;
    }
}

/**
 * qd_table_get_double:
 * @self: a table
 * @row: from 0
 * @column: from 0
 *
 * Returns: the value; integers as they are (money in minor units); NaN when the
 *   cell is missing or a text
 */
double
qd_table_get_double (const QdTable *self,
                     guint          row,
                     guint          column)
{
  g_return_val_if_fail (self != NULL && row < self->n_rows && column < self->n_columns, NAN);

  switch (tag_at (self, row, column))
    {
    case QD_COLUMN_COUNT:
    case QD_COLUMN_MONEY:
    case QD_COLUMN_MONTH:
    case QD_COLUMN_DAY:
      return value_at (self, row, column).integer;
    case QD_COLUMN_RATE:
    case QD_COLUMN_NUMBER:
      return value_at (self, row, column).real;
    default:
      return NAN;
    }
}
