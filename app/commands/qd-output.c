/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-output.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "qd-terminal.h"

/* Names are cut here in text; CSV and JSON hold them whole. */
#define MAX_CELL_WIDTH 48

struct _QdListing
{
  guint n_columns;
  GPtrArray *headings;
  GArray *right;     /* gboolean */
  GPtrArray *cells;  /* row by row */
};

/**
 * qd_output_get_format:
 * @invocation: an invocation with the option --format
 * @format: (out): text unless asked otherwise
 * @error: return location
 *
 * Returns: `FALSE` with `QD_COMMAND_ERROR_USAGE`
 */
gboolean
qd_output_get_format (const QdInvocation *invocation,
                      QdOutputFormat     *format,
                      GError            **error)
{
  static const char *const formats[] = { "text", "csv", "json", NULL };
  const char *choice;

  if (!qd_invocation_get_choice (invocation, "format", formats, &choice, error))
    return FALSE;
  *format = QD_OUTPUT_TEXT;
  for (guint i = 0; formats[i] != NULL; i++)
    if (choice != NULL && strcmp (choice, formats[i]) == 0)
      *format = (QdOutputFormat) i;
  return TRUE;
}

/**
 * qd_output_dup_cell:
 * @table: a table
 * @row: a row
 * @column: a column
 *
 * Returns: (transfer full): the cell for people; a dash where nothing is defined
 */
char *
qd_output_dup_cell (const QdTable *table,
                    guint          row,
                    guint          column)
{
  if (qd_table_is_missing (table, row, column))
    return g_strdup ("–");
  switch (qd_table_get_cell_type (table, row, column))
    {
    case QD_COLUMN_TEXT:
      {
        g_autofree char *safe = qd_terminal_dup_safe (qd_table_get_text (table, row, column));

        return qd_terminal_dup_cut (safe, MAX_CELL_WIDTH);
      }
    case QD_COLUMN_COUNT:
      return qd_terminal_format_count (qd_table_get_integer (table, row, column));
    case QD_COLUMN_MONEY:
      return qd_terminal_format_money (qd_table_get_integer (table, row, column), qd_table_get_exponent (table));
    case QD_COLUMN_RATE:
      return qd_terminal_format_rate (qd_table_get_double (table, row, column));
    case QD_COLUMN_NUMBER:
      return qd_terminal_format_number (qd_table_get_double (table, row, column), 2);
    case QD_COLUMN_MONTH:
    case QD_COLUMN_DAY:
    case QD_COLUMN_MIXED:
    default:
      return qd_table_format_iso (table, row, column);
    }
}

/* Whether a column says nothing in any row. */
static gboolean
is_blank (const QdTable *table,
          guint          column)
{
  guint n_rows = qd_table_get_n_rows (table);

  for (guint i = 0; i < n_rows; i++)
    {
      if (qd_table_is_missing (table, i, column))
        continue;
      if (qd_table_get_cell_type (table, i, column) != QD_COLUMN_TEXT || *qd_table_get_text (table, i, column) != '\0')
        return FALSE;
    }
  return n_rows > 0;
}

/* The columns that people are shown. */
static GArray *
list_columns (const QdTable     *table,
              const char *const *hidden,
              const char        *by)
{
  GArray *columns = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < qd_table_get_n_columns (table); i++)
    {
      const char *id = qd_table_get_column (table, i)->id;

      if (g_strcmp0 (id, by) == 0 || ((hidden == NULL || !g_strv_contains (hidden, id)) && !is_blank (table, i)))
        g_array_append_val (columns, i);
    }
  return columns;
}

static void
print_text (GString           *out,
            const QdTable     *table,
            const char *const *hidden,
            const char        *by)
{
  g_autoptr (GArray) columns = list_columns (table, hidden, by);
  guint n_columns = columns->len;
  guint n_rows = qd_table_get_n_rows (table);
  g_autoptr (QdListing) listing = g_new0 (QdListing, 1);

  listing->n_columns = n_columns;
  listing->headings = g_ptr_array_new_with_free_func (g_free);
  listing->right = g_array_new (FALSE, FALSE, sizeof (gboolean));
  listing->cells = g_ptr_array_new_full (n_rows * n_columns, g_free);
  for (guint i = 0; i < n_columns; i++)
    {
      const QdColumn *column = qd_table_get_column (table, g_array_index (columns, guint, i));
      gboolean right = column->type == QD_COLUMN_COUNT || column->type == QD_COLUMN_MONEY ||
                       column->type == QD_COLUMN_RATE || column->type == QD_COLUMN_NUMBER ||
                       column->type == QD_COLUMN_MIXED;

      g_ptr_array_add (listing->headings, qd_terminal_dup_safe (column->title != NULL ? _(column->title) : column->id));
      g_array_append_val (listing->right, right);
    }
  for (guint i = 0; i < n_rows; i++)
    for (guint j = 0; j < n_columns; j++)
      {
        guint column = g_array_index (columns, guint, j);
        g_autofree char *cell = qd_output_dup_cell (table, i, column);
        gboolean group = g_strcmp0 (qd_table_get_column (table, column)->id, by) == 0;

        g_ptr_array_add (listing->cells, group && *cell == '\0' ? g_strdup (_("(blank)")) : g_steal_pointer (&cell));
      }
  qd_listing_print (listing, out);
}

/**
 * qd_output_print_table:
 * @invocation: an invocation
 * @table: the table
 * @format: how
 * @hidden: (nullable) (array zero-terminated=1): columns that people need not see; programs see them all
 * @by: (nullable): the column of groups, whose blank has a name for people
 *
 * Adds a table to the output. Linear in its cells.
 */
void
qd_output_print_table (QdInvocation      *invocation,
                       const QdTable     *table,
                       QdOutputFormat     format,
                       const char *const *hidden,
                       const char        *by)
{
  GString *out = qd_invocation_get_output (invocation);

  if (format == QD_OUTPUT_CSV)
    qd_table_write_csv (table, out);
  else if (format == QD_OUTPUT_JSON)
    qd_table_write_json (table, out);
  else
    print_text (out, table, hidden, by);
}

/**
 * qd_listing_new:
 * @first: heading of the first column; numbers stand right under a heading that starts with ">"
 * @...: further headings, then `NULL`
 *
 * Returns: (transfer full): an empty listing
 */
QdListing *
qd_listing_new (const char *first,
                ...)
{
  QdListing *self = g_new0 (QdListing, 1);
  va_list arguments;

  self->headings = g_ptr_array_new_with_free_func (g_free);
  self->right = g_array_new (FALSE, FALSE, sizeof (gboolean));
  self->cells = g_ptr_array_new_with_free_func (g_free);
  va_start (arguments, first);
  for (const char *heading = first; heading != NULL; heading = va_arg (arguments, const char *))
    {
      gboolean right = heading[0] == '>';

      g_ptr_array_add (self->headings, qd_terminal_dup_safe (right ? heading + 1 : heading));
      g_array_append_val (self->right, right);
      self->n_columns++;
    }
  va_end (arguments);
  return self;
}

void
qd_listing_free (QdListing *self)
{
  g_ptr_array_unref (self->headings);
  g_array_unref (self->right);
  g_ptr_array_unref (self->cells);
  g_free (self);
}

/**
 * qd_listing_take:
 * @self: a listing
 * @cell: (transfer full): the next cell, row by row
 */
void
qd_listing_take (QdListing *self,
                 char      *cell)
{
  g_ptr_array_add (self->cells, cell);
}

/**
 * qd_listing_add:
 * @self: a listing
 * @cell: the next cell, row by row; made safe to show
 */
void
qd_listing_add (QdListing  *self,
                const char *cell)
{
  g_autofree char *safe = qd_terminal_dup_safe (cell);

  g_ptr_array_add (self->cells, qd_terminal_dup_cut (safe, 2 * MAX_CELL_WIDTH));
}

static void
print_row (const QdListing *self,
           GString         *out,
           char           **cells,
           const guint     *widths)
{
  for (guint i = 0; i < self->n_columns; i++)
    {
      if (i > 0)
        g_string_append (out, "  ");
      qd_terminal_append_cell (out, cells[i], widths[i], g_array_index (self->right, gboolean, i));
    }
  while (out->len > 0 && out->str[out->len - 1] == ' ')
    g_string_truncate (out, out->len - 1);
  g_string_append_c (out, '\n');
}

/**
 * qd_listing_print:
 * @self: a listing
 * @out: where to
 *
 * Adds the listing, columns aligned; no line is drawn when all headings are empty.
 */
void
qd_listing_print (const QdListing *self,
                  GString         *out)
{
  g_autofree guint *widths = g_new0 (guint, self->n_columns + 1);
  gboolean headed = FALSE;

  for (guint i = 0; i < self->n_columns; i++)
    {
      widths[i] = qd_terminal_get_width (self->headings->pdata[i]);
      headed = headed || widths[i] > 0;
    }
  for (guint i = 0; i < self->cells->len; i++)
    widths[i % self->n_columns] = MAX (widths[i % self->n_columns], qd_terminal_get_width (self->cells->pdata[i]));
  if (headed)
    print_row (self, out, (char **) self->headings->pdata, widths);
  for (guint i = 0; i + self->n_columns <= self->cells->len; i += self->n_columns)
    print_row (self, out, (char **) self->cells->pdata + i, widths);
}
