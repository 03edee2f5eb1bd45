/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The CSV scanner against one that reads byte by byte. The first byte chooses
 * the delimiter, the rest is the text.
 */
#include "data/intake/qd-scan.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

typedef struct
{
  const char *p, *end;
  char delimiter;
  GPtrArray *cells; /* GBytes */
  gboolean quoted;  /* any of them */
} Slow;

static gboolean
read_cell (Slow *self)
{
  g_autoptr (GByteArray) cell = g_byte_array_new ();
  const char *start = self->p;
  gboolean blank = TRUE; /* so far */

  if (self->p < self->end && *self->p == '"')
    {
      self->quoted = TRUE;
      for (self->p++;; self->p++)
        {
          if (self->p == self->end)
            return FALSE;
          if (*self->p == '"')
            {
              if (self->p + 1 == self->end || self->p[1] != '"')
                break;
              self->p++;
            }
          g_byte_array_append (cell, (const guint8 *) self->p, 1);
        }
      self->p++;
      if (self->p < self->end && *self->p != self->delimiter && *self->p != '\n' && *self->p != '\r')
        return FALSE;
    }
  else
    for (; self->p < self->end && *self->p != self->delimiter && *self->p != '\n' && *self->p != '\r'; self->p++)
      {
        blank = blank && (self->p == start || self->p[-1] == ' ' || self->p[-1] == '\t');
        if (*self->p == '"' && blank)
          return FALSE;
        g_byte_array_append (cell, (const guint8 *) self->p, 1);
      }
  g_ptr_array_add (self->cells, g_byte_array_free_to_bytes (g_steal_pointer (&cell)));
  return TRUE;
}

/* 1: a record; 0: the end; −1: an error. */
static int
read_record (Slow *self)
{
  while (self->p < self->end)
    {
      g_ptr_array_set_size (self->cells, 0);
      self->quoted = FALSE;
      for (;;)
        {
          if (!read_cell (self))
            return -1;
          if (self->p == self->end || *self->p != self->delimiter)
            break;
          self->p++;
        }
      if (self->p < self->end && *self->p == '\r' && self->p + 1 < self->end && self->p[1] == '\n')
        self->p++;
      if (self->p < self->end)
        self->p++;
      if (self->cells->len > 1 || self->quoted || g_bytes_get_size (self->cells->pdata[0]) > 0)
        return 1;
    }
  return 0;
}

static void
compare_cells (const QdScan *scan,
               const Slow   *slow)
{
  g_assert_cmpuint (scan->n_cells, ==, slow->cells->len);
  for (guint i = 0; i < scan->n_cells; i++)
    {
      gsize length;
      const char *text = g_bytes_get_data (slow->cells->pdata[i], &length);

      g_assert_cmpmem (scan->cells[i].text, scan->cells[i].length, text, length);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  static const char delimiters[] = ",;\t|";
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GString) again = g_string_new (NULL);
  g_auto (QdScan) scan = { 0 };
  g_auto (QdScan) second = { 0 };
  guint64 line = 0, records = 0;
  Slow slow;
  int state;

  if (size < 1)
    return 0;
  slow.delimiter = delimiters[data[0] % 4];
  size--;
  /* What stands in the padding must not matter. */
  text = g_malloc (size + QD_SCAN_PADDING);
  memcpy (text, data + 1, size);
  memset (text + size, data[0] & 4 ? '"' : slow.delimiter, QD_SCAN_PADDING);
  slow.p = text;
  slow.end = text + size;
  slow.cells = cells;

  qd_scan_init (&scan, text, size, slow.delimiter, 1);
  while ((state = read_record (&slow)) == 1)
    {
      g_assert_true (qd_scan_next (&scan, &error));
      g_assert_cmpuint (scan.line, >, line);
      line = scan.line;
      g_assert_true (scan.record >= text && scan.record_end <= text + size && scan.record <= scan.record_end);
      compare_cells (&scan, &slow);
      records++;
      for (guint i = 0; i < scan.n_cells; i++)
        {
          if (i > 0)
            g_string_append_c (again, ',');
          qd_scan_append_cell (again, scan.cells[i].text, scan.cells[i].length);
        }
      if (scan.n_cells == 1 && scan.cells[0].length == 0)
        g_string_append (again, "\"\"");
      g_string_append_c (again, '\n');
    }
  g_assert_false (qd_scan_next (&scan, &error));
  g_assert_cmpint (error != NULL, ==, state < 0);
  if (state < 0)
    return 0;

  /* What is written is read back the same. */
  {
    gsize length = again->len;

    for (guint i = 0; i < QD_SCAN_PADDING; i++)
      g_string_append_c (again, 'x');
    qd_scan_init (&second, again->str, length, ',', 1);
    slow.p = text;
    while (read_record (&slow) == 1)
      {
        g_assert_true (qd_scan_next (&second, &error));
        compare_cells (&second, &slow);
        records--;
      }
    g_assert_false (qd_scan_next (&second, &error));
    g_assert_no_error (error);
    g_assert_cmpuint (records, ==, 0);
  }
  return 0;
}
