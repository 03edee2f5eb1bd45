/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "quarterdeck"

#include "config.h"

#include "qd-table-index.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Up to so many cells, keys and texts are made in less than a frame. */
#define QUICK_CELLS 20000

/* Up to so many numbers are sorted in less than a frame. */
#define QUICK_NUMBERS 300000

/* How often a worker asks whether it is still needed. */
#define CHECK_ROWS 4096

/* Sorts after every value, in both directions. */
#define MISSING G_MAXUINT64

struct _QdTableIndex
{
  gatomicrefcount ref_count;
  QdTable *table;
  QdFormat *format;
  guint8 *decimals;     /* of each money or number column: the same in all its rows, so that digits stand in line */

  gint64 *sums;         /* of each column, as far as is_summed says so; main thread */
  enum { SUM_UNKNOWN, SUM_KNOWN, SUM_TOO_LARGE } *is_summed;

  GMutex mutex;         /* of what follows */
  guint64 **keys;       /* per column, NULL until sorted by: in the order of the values; MISSING */
  char *haystack;       /* all rows, each folded and ended by NUL */
  gsize *starts;        /* of each row */
};

static gboolean
is_whole (const QdTable *table,
          guint          column,
          gint64         unit)
{
  guint n = qd_table_get_n_rows (table);

  for (guint r = 0; r < n; r++)
    if (!qd_table_is_missing (table, r, column) && qd_table_get_cell_type (table, r, column) == QD_COLUMN_MONEY &&
        qd_table_get_integer (table, r, column) % unit != 0)
      return FALSE;
  return TRUE;
}

/* Enough for three digits of the largest, at most four after the point. */
static guint
choose_decimals (const QdTable *table,
                 guint          column)
{
  guint n = qd_table_get_n_rows (table);
  double largest = 0;
  gboolean whole = TRUE;

  for (guint r = 0; r < n; r++)
    {
      double value = qd_table_get_double (table, r, column);

      if (!isfinite (value))
        continue;
      largest = MAX (largest, fabs (value));
      whole = whole && value == floor (value);
    }
  if (whole)
    return 0;
  return largest >= 100 ? 1 : largest >= 10 ? 2 : largest >= 0.1 ? 3 : 4;
}

/**
 * qd_table_index_new:
 * @table: a table that is not filled any more
 * @format: how its cells are shown
 *
 * Returns: (transfer full): an index without keys. Cost is linear in the rows.
 */
QdTableIndex *
qd_table_index_new (QdTable  *table,
                    QdFormat *format)
{
  QdTableIndex *self = g_new0 (QdTableIndex, 1);
  guint n = qd_table_get_n_columns (table);
  gint64 unit = 1;

  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->mutex);
  self->table = qd_table_ref (table);
  self->format = qd_format_ref (format);
  self->keys = g_new0 (guint64 *, n);
  self->decimals = g_new0 (guint8, n);
  self->sums = g_new0 (gint64, n);
  self->is_summed = g_malloc0_n (n, sizeof *self->is_summed);
  for (int i = 0; i < qd_table_get_exponent (table); i++)
    unit *= 10;
  for (guint c = 0; c < n; c++)
    {
      QdColumnType type = qd_table_get_column (table, c)->type;

      if ((type == QD_COLUMN_MONEY || type == QD_COLUMN_MIXED) && !is_whole (table, c, unit))
        self->decimals[c] = (guint8) qd_table_get_exponent (table);
      else if (type == QD_COLUMN_NUMBER)
        self->decimals[c] = (guint8) choose_decimals (table, c);
      else if (type == QD_COLUMN_RATE)
        self->decimals[c] = 1;
    }
  return self;
}

QdTableIndex *
qd_table_index_ref (QdTableIndex *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
qd_table_index_unref (QdTableIndex *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  for (guint c = 0; c < qd_table_get_n_columns (self->table); c++)
    g_free (self->keys[c]);
  g_free (self->keys);
  g_free (self->decimals);
  g_free (self->sums);
  g_free (self->is_summed);
  g_free (self->haystack);
  g_free (self->starts);
  g_mutex_clear (&self->mutex);
  qd_table_unref (self->table);
  qd_format_unref (self->format);
  g_free (self);
}

/* --- how a cell reads --- */

/**
 * qd_table_index_dup_cell:
 * @self: an index
 * @row: of the table
 * @column: of the table
 *
 * Returns: (transfer full): the cell as it is shown; an en dash when missing
 */
char *
qd_table_index_dup_cell (const QdTableIndex *self,
                         guint               row,
                         guint               column)
{
  const QdTable *table = self->table;
  QdColumnType type;

  if (qd_table_is_missing (table, row, column))
    return g_strdup (qd_format_get_missing (self->format));
  type = qd_table_get_column (table, column)->type;
  if (type == QD_COLUMN_MONEY)
    return qd_format_money_bare (self->format, qd_table_get_integer (table, row, column), self->decimals[column]);
  if (type == QD_COLUMN_RATE)
    return qd_format_number (self->format, 100 * qd_table_get_double (table, row, column), self->decimals[column]);
  return qd_table_index_dup_spoken (self, row, column);
}

/**
 * qd_table_index_dup_spoken:
 * @self: an index
 * @row: of the table
 * @column: of the table
 *
 * Returns: (transfer full): the cell with its unit; an en dash when missing
 */
char *
qd_table_index_dup_spoken (const QdTableIndex *self,
                           guint               row,
                           guint               column)
{
  const QdTable *table = self->table;
  QdFormat *format = self->format;

  if (qd_table_is_missing (table, row, column))
    return g_strdup (qd_format_get_missing (format));
  switch (qd_table_get_cell_type (table, row, column))
    {
    case QD_COLUMN_TEXT:
      return g_strdup (qd_table_get_text (table, row, column));
    case QD_COLUMN_COUNT:
      return qd_format_count (format, qd_table_get_integer (table, row, column));
    case QD_COLUMN_MONEY:
      if (self->decimals[column] > 0)
        return qd_format_money_exact (format, qd_table_get_integer (table, row, column));
      return qd_format_money_full (format, (double) qd_table_get_integer (table, row, column));
    case QD_COLUMN_MONTH:
      return qd_format_month (format, (QdMonth) qd_table_get_integer (table, row, column));
    case QD_COLUMN_DAY:
      return qd_format_day (format, (QdDay) qd_table_get_integer (table, row, column));
    case QD_COLUMN_RATE:
      return qd_format_percent (format, qd_table_get_double (table, row, column), 1);
    case QD_COLUMN_NUMBER:
      return qd_format_number (format, qd_table_get_double (table, row, column), self->decimals[column]);
    case QD_COLUMN_MIXED:
    default:
      return g_strdup (qd_format_get_missing (format));
    }
}

/**
 * qd_table_index_dup_title:
 * @self: an index
 * @column: of the table
 *
 * Returns: (transfer full): the translated heading with the unit that holds for the whole column
 */
char *
qd_table_index_dup_title (const QdTableIndex *self,
                          guint               column)
{
  const QdColumn *info = qd_table_get_column (self->table, column);
  const char *title = *info->title != '\0' ? _(info->title) : "";

  if (info->type == QD_COLUMN_MONEY)
    /* Translators: heading of a column and its unit: "ARR ($)". */
    return g_strdup_printf (_("%s (%s)"), title, qd_format_get_currency_symbol (self->format));
  if (info->type == QD_COLUMN_RATE)
    return g_strdup_printf (_("%s (%s)"), title, "%");
  return g_strdup (title);
}

/**
 * qd_table_index_is_number:
 * @self: an index
 * @column: of the table
 *
 * Returns: whether the column stands to the right
 */
gboolean
qd_table_index_is_number (const QdTableIndex *self,
                          guint               column)
{
  QdColumnType type = qd_table_get_column (self->table, column)->type;

  return type != QD_COLUMN_TEXT && type != QD_COLUMN_MONTH && type != QD_COLUMN_DAY;
}

/**
 * qd_table_index_sum:
 * @self: an index
 * @column: of the table
 * @sum: (out): of all rows of the table
 *
 * Main thread. Counted once for each table.
 *
 * Returns: whether it fits into 64 bits
 */
gboolean
qd_table_index_sum (QdTableIndex *self,
                    guint         column,
                    gint64       *sum)
{
  guint n = qd_table_get_n_rows (self->table);

  for (guint r = 0; r < n && self->is_summed[column] == SUM_UNKNOWN; r++)
    if (!qd_table_is_missing (self->table, r, column) &&
        __builtin_add_overflow (self->sums[column], qd_table_get_integer (self->table, r, column), &self->sums[column]))
      self->is_summed[column] = SUM_TOO_LARGE;
  if (self->is_summed[column] == SUM_UNKNOWN)
    self->is_summed[column] = SUM_KNOWN;
  *sum = self->sums[column];
  return self->is_summed[column] == SUM_KNOWN;
}

/* --- searching --- */

static void
append_folded (GString    *out,
               const char *text)
{
  g_autofree char *decomposed = NULL;
  g_autofree char *folded = NULL;
  const char *p;

  for (p = text; *p > 0; p++)
    g_string_append_c (out, g_ascii_tolower (*p));
  if (*p == '\0')
    return;
  decomposed = g_utf8_normalize (p, -1, G_NORMALIZE_ALL);
  if (decomposed == NULL)
    return;
  folded = g_utf8_casefold (decomposed, -1);
  for (const char *q = folded; *q != '\0'; q = g_utf8_next_char (q))
    {
      gunichar c = g_utf8_get_char (q);

      if (g_unichar_ismark (c))
        continue;
      if (g_unichar_isspace (c) || c == 0x202f || c == 0xa0)
        g_string_append_c (out, ' ');
      else
        g_string_append_unichar (out, c);
    }
}

static char *
fold (const char *text)
{
  GString *out = g_string_new (NULL);

  append_folded (out, text);
  return g_string_free (out, FALSE);
}

static gboolean
ensure_haystack (QdTableIndex *self,
                 GCancellable *cancellable)
{
  guint n = qd_table_get_n_rows (self->table), n_columns = qd_table_get_n_columns (self->table);
  g_autoptr (GString) text = NULL;
  g_autofree gsize *starts = NULL;

  if (self->haystack != NULL)
    return TRUE;
  text = g_string_sized_new ((gsize) n * 48);
  starts = g_new (gsize, n + 1);
  for (guint r = 0; r < n; r++)
    {
      if (r % CHECK_ROWS == 0 && g_cancellable_is_cancelled (cancellable))
        return FALSE;
      starts[r] = text->len;
      for (guint c = 0; c < n_columns; c++)
        {
          /* What has no title is never seen. */
          if (qd_table_is_missing (self->table, r, c) || *qd_table_get_column (self->table, c)->title == '\0')
            continue;
          if (qd_table_get_cell_type (self->table, r, c) == QD_COLUMN_TEXT)
            {
              append_folded (text, qd_table_get_text (self->table, r, c));
            }
          else
            {
              g_autofree char *cell = qd_table_index_dup_cell (self, r, c);

              append_folded (text, cell);
            }
          g_string_append_c (text, '\n');
        }
      g_string_append_c (text, '\0');
    }
  starts[n] = text->len;
  self->haystack = g_string_free (g_steal_pointer (&text), FALSE);
  self->starts = g_steal_pointer (&starts);
  return TRUE;
}

static gboolean
find_rows (QdTableIndex *self,
           const char   *text,
           guint32      *rows,
           guint        *n_rows,
           GCancellable *cancellable)
{
  g_autofree char *folded = fold (text);
  guint n = qd_table_get_n_rows (self->table);

  for (guint r = 0; r < n; r++)
    {
      if (r % CHECK_ROWS == 0 && g_cancellable_is_cancelled (cancellable))
        return FALSE;
      if (strstr (self->haystack + self->starts[r], folded) != NULL)
        rows[(*n_rows)++] = r;
    }
  return TRUE;
}

/* --- sorting --- */

static guint64
key_of_integer (gint64 value)
{
  return (guint64) value ^ (G_GUINT64_CONSTANT (1) << 63);
}

static guint64
key_of_double (double value)
{
  guint64 bits;

  value += 0.0; /* no −0 */
  memcpy (&bits, &value, sizeof bits);
  return bits >> 63 ? ~bits : bits | (G_GUINT64_CONSTANT (1) << 63);
}

typedef struct
{
  char *key;
  const char *text;
} Word;

static int
compare_words (const void *a,
               const void *b)
{
  return strcmp (((const Word *) a)->key, ((const Word *) b)->key);
}

/* Texts stand once in a table, so that the pointer tells them apart: collate each once, then rank. */
static guint64 *
make_text_keys (QdTableIndex *self,
                guint         column,
                GCancellable *cancellable)
{
  guint n = qd_table_get_n_rows (self->table);
  g_autofree guint64 *keys = g_new (guint64, n);
  g_autoptr (GHashTable) ranks = g_hash_table_new (NULL, NULL);
  g_autoptr (GArray) words = g_array_new (FALSE, FALSE, sizeof (Word));
  gboolean cancelled = FALSE;
  guint64 rank = 0;

  for (guint r = 0; r < n; r++)
    {
      const char *text = qd_table_is_missing (self->table, r, column) ? NULL
                                                                      : qd_table_get_text (self->table, r, column);

      if (text != NULL && g_hash_table_add (ranks, (gpointer) text))
        g_array_append_val (words, ((Word){ NULL, text }));
    }
  for (guint i = 0; i < words->len; i++)
    {
      Word *word = &g_array_index (words, Word, i);
      g_autofree char *folded = NULL;

      if (i % CHECK_ROWS == 0 && g_cancellable_is_cancelled (cancellable))
        cancelled = TRUE;
      if (cancelled)
        break;
      folded = g_utf8_casefold (word->text, -1);
      word->key = g_utf8_collate_key (folded, -1);
    }
  if (!cancelled)
    {
      qsort (words->data, words->len, sizeof (Word), compare_words);
      for (guint i = 0; i < words->len; i++)
        {
          Word *word = &g_array_index (words, Word, i);

          if (i == 0 || strcmp (word->key, g_array_index (words, Word, i - 1).key) != 0)
            rank++;
          g_hash_table_insert (ranks, (gpointer) word->text, GUINT_TO_POINTER ((guint) rank));
        }
      for (guint r = 0; r < n; r++)
        {
          const char *text = qd_table_is_missing (self->table, r, column) ? NULL
                                                                          : qd_table_get_text (self->table, r, column);

          keys[r] = text != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (ranks, text)) : MISSING;
        }
    }
  for (guint i = 0; i < words->len; i++)
    g_free (g_array_index (words, Word, i).key);
  return cancelled ? NULL : g_steal_pointer (&keys);
}

typedef struct
{
  QdColumnType type;
  guint64 value;
  char *text;
  guint row;
} MixedCell;

static int
compare_cells (const void *a,
               const void *b)
{
  const MixedCell *x = a, *y = b;

  if (x->type != y->type)
    return x->type < y->type ? -1 : 1;
  if (x->type == QD_COLUMN_TEXT)
    return strcmp (x->text, y->text);
  return x->value < y->value ? -1 : x->value > y->value;
}

static guint64
key_of_cell (const QdTable *table,
             guint          row,
             guint          column,
             QdColumnType   type)
{
  if (type == QD_COLUMN_RATE || type == QD_COLUMN_NUMBER)
    return key_of_double (qd_table_get_double (table, row, column));
  return key_of_integer (qd_table_get_integer (table, row, column));
}

/* Kind by kind, each by value. */
static guint64 *
make_mixed_keys (QdTableIndex *self,
                 guint         column)
{
  guint n = qd_table_get_n_rows (self->table), n_cells = 0;
  guint64 *keys = g_new (guint64, n), rank = 0;
  g_autofree MixedCell *cells = g_new0 (MixedCell, n);

  for (guint r = 0; r < n; r++)
    {
      MixedCell *cell = &cells[n_cells];

      keys[r] = MISSING;
      if (qd_table_is_missing (self->table, r, column))
        continue;
      cell->type = qd_table_get_cell_type (self->table, r, column);
      cell->row = r;
      if (cell->type == QD_COLUMN_TEXT)
        cell->text = g_utf8_collate_key (qd_table_get_text (self->table, r, column), -1);
      else
        cell->value = key_of_cell (self->table, r, column, cell->type);
      n_cells++;
    }
  qsort (cells, n_cells, sizeof (MixedCell), compare_cells);
  for (guint i = 0; i < n_cells; i++)
    {
      if (i == 0 || compare_cells (&cells[i], &cells[i - 1]) != 0)
        rank++;
      keys[cells[i].row] = rank;
    }
  for (guint i = 0; i < n_cells; i++)
    g_free (cells[i].text);
  return keys;
}

static const guint64 *
ensure_keys (QdTableIndex *self,
             guint         column,
             GCancellable *cancellable)
{
  guint n = qd_table_get_n_rows (self->table);
  QdColumnType type = qd_table_get_column (self->table, column)->type;
  guint64 *keys;

  if (self->keys[column] != NULL)
    return self->keys[column];
  if (type == QD_COLUMN_TEXT)
    {
      keys = make_text_keys (self, column, cancellable);
    }
  else if (type == QD_COLUMN_MIXED)
    {
      keys = make_mixed_keys (self, column);
    }
  else
    {
      keys = g_new (guint64, n);
      for (guint r = 0; r < n; r++)
        keys[r] = qd_table_is_missing (self->table, r, column) ? MISSING : key_of_cell (self->table, r, column, type);
    }
  self->keys[column] = keys;
  return keys;
}

typedef struct
{
  guint64 key;
  guint32 row;
} Item;

/* By bytes from the last to the first, each pass stable; bytes that all keys share are passed over. */
static void
sort_items (Item *items,
            guint n)
{
  g_autofree Item *other = g_new (Item, n);
  g_autofree guint32 *counts = g_new0 (guint32, 8 * 256);
  Item *from = items, *to = other;

  for (guint i = 0; i < n; i++)
    for (guint b = 0; b < 8; b++)
      counts[b * 256 + ((items[i].key >> (8 * b)) & 0xff)]++;
  for (guint b = 0; b < 8 && n > 0; b++)
    {
      guint32 *count = counts + b * 256, sum = 0;
      Item *swap;

      if (count[(items[0].key >> (8 * b)) & 0xff] == n)
        continue;
      for (guint i = 0; i < 256; i++)
        {
          guint32 own = count[i];

          count[i] = sum;
          sum += own;
        }
      for (guint i = 0; i < n; i++)
        to[count[(from[i].key >> (8 * b)) & 0xff]++] = from[i];
      swap = from;
      from = to;
      to = swap;
    }
  if (from != items)
    memcpy (items, from, n * sizeof (Item));
}

static void
sort_rows (guint32       *rows,
           guint          n,
           const guint64 *keys,
           gboolean       descending)
{
  g_autofree Item *items = g_new (Item, MAX (n, 1));
  g_autofree guint32 *missing = g_new (guint32, MAX (n, 1));
  guint n_items = 0, n_missing = 0;

  for (guint i = 0; i < n; i++)
    {
      guint64 key = keys[rows[i]];

      if (key == MISSING)
        missing[n_missing++] = rows[i];
      else
        items[n_items++] = (Item){ descending ? ~key : key, rows[i] };
    }
  sort_items (items, n_items);
  for (guint i = 0; i < n_items; i++)
    rows[i] = items[i].row;
  memcpy (rows + n_items, missing, n_missing * sizeof (guint32));
}

/**
 * qd_table_index_order:
 * @self: an index
 * @column: to sort by; −1: the order of the table
 * @descending: largest first
 * @text: (nullable): rows that hold it in any column, as shown; "" for all
 * @cancellable: (nullable): to give up
 * @n_rows: (out): how many there are
 *
 * Rows with a missing cell come last in both directions; equal ones stay in
 * the table's order. Any thread. Linear in the rows, but for the first time by
 * a column of texts, or with a text to find: see qd_table_index_is_quick().
 *
 * Returns: (transfer full) (nullable) (array length=n_rows): rows of the table; `NULL` when cancelled
 */
guint32 *
qd_table_index_order (QdTableIndex *self,
                      int           column,
                      gboolean      descending,
                      const char   *text,
                      GCancellable *cancellable,
                      guint        *n_rows)
{
  guint n = qd_table_get_n_rows (self->table), n_found = 0;
  g_autofree guint32 *rows = g_new (guint32, MAX (n, 1));
  gboolean searched = text != NULL && *text != '\0';
  g_autoptr (GMutexLocker) locker = NULL;

  for (guint r = 0; r < n && !searched; r++)
    rows[n_found++] = r;
  if (column >= 0 || searched)
    {
      /* Not for the table's own order: another worker may be making keys for long. */
      locker = g_mutex_locker_new (&self->mutex);
      if (g_cancellable_is_cancelled (cancellable) || (searched && !ensure_haystack (self, cancellable)))
        return NULL;
    }
  if (searched && !find_rows (self, text, rows, &n_found, cancellable))
    return NULL;
  if (column >= 0)
    {
      const guint64 *keys = ensure_keys (self, (guint) column, cancellable);

      if (keys == NULL)
        return NULL;
      sort_rows (rows, n_found, keys, descending);
    }
  *n_rows = n_found;
  return g_steal_pointer (&rows);
}

/**
 * qd_table_index_is_quick:
 * @self: an index
 * @column: to sort by, or −1
 * @text: (nullable): to find
 *
 * Returns: whether qd_table_index_order() may be called on the main thread: of
 *   a table that is not small, only for its own order or by numbers, and not
 *   while a worker is at its keys
 */
gboolean
qd_table_index_is_quick (QdTableIndex *self,
                         int           column,
                         const char   *text)
{
  guint n = qd_table_get_n_rows (self->table);
  QdColumnType type;

  if ((guint64) n * qd_table_get_n_columns (self->table) <= QUICK_CELLS)
    return TRUE;
  if (text != NULL && *text != '\0')
    return FALSE;
  if (column < 0)
    return TRUE;
  type = qd_table_get_column (self->table, (guint) column)->type;
  if (type == QD_COLUMN_TEXT || type == QD_COLUMN_MIXED || n > QUICK_NUMBERS || !g_mutex_trylock (&self->mutex))
    return FALSE;
  g_mutex_unlock (&self->mutex);
  return TRUE;
}
