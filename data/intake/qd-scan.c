/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-scan.h"

#include <inttypes.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "qd-import.h"

/* One bit for each of 64 bytes that is a delimiter, a quote or a line end. */
static inline guint64
find_specials (const char *p,
               char        delimiter)
{
  guint64 mask = 0;

#ifdef __SSE2__
  const __m128i d = _mm_set1_epi8 (delimiter);
  const __m128i q = _mm_set1_epi8 ('"');
  const __m128i n = _mm_set1_epi8 ('\n');
  const __m128i r = _mm_set1_epi8 ('\r');

  for (int i = 0; i < 4; i++)
    {
      __m128i v = _mm_loadu_si128 ((const void *) (p + 16 * i));
      __m128i hit = _mm_or_si128 (_mm_or_si128 (_mm_cmpeq_epi8 (v, d), _mm_cmpeq_epi8 (v, q)),
                                  _mm_or_si128 (_mm_cmpeq_epi8 (v, n), _mm_cmpeq_epi8 (v, r)));

      mask |= (guint64) (guint32) _mm_movemask_epi8 (hit) << (16 * i);
    }
#else
  for (int i = 0; i < 64; i++)
    if (p[i] == delimiter || p[i] == '"' || p[i] == '\n' || p[i] == '\r')
      mask |= (guint64) 1 << i;
#endif
  return mask;
}

/* The next special byte, each once; the end when there is none. */
static inline const char *
next_special (QdScan *self)
{
  const char *p;

  while (self->mask == 0)
    {
      self->block += 64;
      if (self->block >= self->end)
        {
          self->block = self->end;
          return self->end;
        }
      self->mask = find_specials (self->block, self->delimiter);
    }
  p = self->block + __builtin_ctzll (self->mask);
  self->mask &= self->mask - 1;
  return p < self->end ? p : self->end;
}

static void
fail (QdScan     *self,
      GError    **error,
      guint64     line,
      const char *problem)
{
  g_set_error (error, QD_INTAKE_ERROR, QD_INTAKE_ERROR_FORMAT, _("Line %" PRIu64 ", column %u: %s"), line,
               self->n_cells + 1, problem);
}

static inline QdCell *
add_cell (QdScan *self)
{
  if (G_UNLIKELY (self->n_cells == self->allocated))
    {
      self->allocated = MAX (64, self->allocated * 2);
      self->cells = g_renew (QdCell, self->cells, self->allocated);
    }
  return &self->cells[self->n_cells++];
}

static void
undouble (QdScan *self)
{
  gsize need = 0, used = 0;

  for (guint i = 0; i < self->n_cells; i++)
    if (self->cells[i].doubled)
      need += self->cells[i].length;
  if (need > self->scratch_size)
    {
      self->scratch_size = need * 2;
      self->scratch = g_realloc (self->scratch, self->scratch_size);
    }
  for (guint i = 0; i < self->n_cells; i++)
    {
      QdCell *cell = &self->cells[i];
      const char *from = cell->text, *stop = from + cell->length;
      char *to = self->scratch + used;

      if (!cell->doubled)
        continue;
      cell->text = to;
      while (from < stop)
        {
          const char *quote = memchr (from, '"', stop - from);
          gsize n = quote ? (gsize) (quote - from) + 1 : (gsize) (stop - from);

          memcpy (to, from, n);
          to += n;
          from += n + (quote != NULL);
        }
      cell->length = to - cell->text;
      used += cell->length;
    }
}

/* The rest of a quoted cell; @p is its opening quote. Returns what follows the closing one. */
static const char *
scan_quoted (QdScan     *self,
             const char *p,
             guint64    *lines,
             GError    **error)
{
  const char *start = p + 1;
  gboolean doubled = FALSE;
  guint64 opened = self->line + *lines;
  QdCell *cell;

  for (;;)
    {
      p = next_special (self);
      if (p == self->end)
        {
          fail (self, error, opened, _("a quote is opened here and never closed."));
          return NULL;
        }
      if (*p == '\n' || (*p == '\r' && !(p + 1 < self->end && p[1] == '\n')))
        (*lines)++;
      if (*p != '"')
        {
          if (G_UNLIKELY ((gsize) (p - start) > QD_SCAN_MAX_CELL))
            {
              fail (self, error, opened,
                    _("the cell that begins here is longer than 1 MiB; is a closing quote missing?"));
              return NULL;
            }
          continue;
        }
      if (p + 1 == self->end || p[1] != '"')
        break;
      next_special (self);
      doubled = TRUE;
    }
  if ((gsize) (p - start) > QD_SCAN_MAX_CELL)
    {
      fail (self, error, opened, _("the cell that begins here is longer than 1 MiB; is a closing quote missing?"));
      return NULL;
    }
  if (p + 1 < self->end && p[1] != self->delimiter && p[1] != '\n' && p[1] != '\r')
    {
      fail (self, error, self->line + *lines,
            _("text follows a closing quote; a quote inside a quoted cell must be doubled."));
      return NULL;
    }
  cell = add_cell (self);
  cell->text = start;
  cell->length = p - start;
  cell->quoted = 1;
  cell->doubled = doubled;
  return p + 1 == self->end ? self->end : next_special (self);
}

static gboolean
is_blank (const char *p,
          const char *end)
{
  while (p < end && (*p == ' ' || *p == '\t'))
    p++;
  return p == end;
}

/* The last cell of a record ended at @p, a line end or the end of the text. */
static void
end_record (QdScan     *self,
            const char *p,
            guint64     lines)
{
  self->record_end = p;
  if (p < self->end)
    {
      lines++;
      if (*p == '\r' && p + 1 < self->end && p[1] == '\n')
        p = next_special (self);
      p++;
    }
  self->at = p;
  self->at_line = self->line + lines;
}

/* One record from self->at on, which is not the end. */
static gboolean
scan_record (QdScan  *self,
             GError **error)
{
  const char *field = self->at;
  guint64 lines = 0;
  gboolean any_doubled = FALSE;

  self->record = field;
  self->line = self->at_line;
  self->n_cells = 0;

  for (;;)
    {
      const char *p = next_special (self);

      if (G_UNLIKELY (p < self->end && *p == '"'))
        {
          if (p == field)
            {
              p = scan_quoted (self, p, &lines, error);
              if (p == NULL)
                return FALSE;
              any_doubled |= self->cells[self->n_cells - 1].doubled;
            }
          else if (is_blank (field, p))
            {
              fail (self, error, self->line + lines,
                    _("a quote follows a space; it must be the first character of its cell."));
              return FALSE;
            }
          else
            continue; /* a quote inside an unquoted cell stands for itself */
        }
      else
        {
          QdCell *cell = add_cell (self);

          cell->text = field;
          cell->length = p - field;
          cell->quoted = 0;
          cell->doubled = 0;
          if (G_UNLIKELY ((gsize) (p - field) > QD_SCAN_MAX_CELL))
            {
              self->n_cells--;
              fail (self, error, self->line + lines, _("the cell that begins here is longer than 1 MiB."));
              return FALSE;
            }
        }

      if (p == self->end || *p != self->delimiter)
        {
          end_record (self, p, lines);
          if (any_doubled)
            undouble (self);
          return TRUE;
        }
      field = p + 1;
      if (G_UNLIKELY (self->n_cells >= QD_SCAN_MAX_CELLS))
        {
          fail (self, error, self->line, _("the line has more than 4,096 columns."));
          return FALSE;
        }
      if (G_UNLIKELY ((gsize) (p - self->record) > QD_SCAN_MAX_RECORD))
        {
          fail (self, error, self->line, _("the record that begins here is longer than 16 MiB."));
          return FALSE;
        }
    }
}

/**
 * qd_scan_init:
 * @self: a scanner
 * @text: UTF-8 text with `QD_SCAN_PADDING` readable bytes after it; must outlive the scanner
 * @length: its bytes
 * @delimiter: what separates cells, ASCII
 * @line: the line number of its beginning, from 1
 *
 * Starts reading. No memory is taken until the first record.
 */
void
qd_scan_init (QdScan     *self,
              const char *text,
              gsize       length,
              char        delimiter,
              guint64     line)
{
  g_return_if_fail (text != NULL);

  memset (self, 0, sizeof *self);
  self->end = text + length;
  self->at = text;
  self->at_line = line;
  self->delimiter = delimiter;
  self->block = text;
  self->mask = length > 0 ? find_specials (text, delimiter) : 0;
}

/**
 * qd_scan_clear:
 * @self: a scanner
 *
 * Frees what it holds; the cells become invalid.
 */
void
qd_scan_clear (QdScan *self)
{
  g_clear_pointer (&self->cells, g_free);
  g_clear_pointer (&self->scratch, g_free);
}

static void
fill_up (QdScan *self)
{
  while (self->n_cells < self->least_cells)
    *add_cell (self) = (QdCell) { .text = self->record_end };
}

/**
 * qd_scan_next:
 * @self: a scanner
 * @error: return location
 *
 * Reads the next record that is not a blank line into `cells`, `n_cells`,
 * `line`, `record` and `record_end`. Linear in the bytes read.
 *
 * Returns: `FALSE` at the end (@error unset) or with `QD_INTAKE_ERROR_FORMAT`,
 *   whose message names line and column
 */
gboolean
qd_scan_next (QdScan  *self,
              GError **error)
{
  while (self->at < self->end)
    {
      if (!scan_record (self, error))
        {
          self->at = self->end;
          return FALSE;
        }
      if (self->n_cells > 1 || self->cells[0].quoted || self->cells[0].length > 0)
        {
          if (G_UNLIKELY (self->n_cells < self->least_cells))
            fill_up (self);
          if (G_UNLIKELY (self->fix != NULL))
            self->fix (self, self->fix_data);
          return TRUE;
        }
    }
  return FALSE;
}

/**
 * qd_scan_append_cell:
 * @out: where to write
 * @text: UTF-8, need not be terminated
 * @length: its bytes
 *
 * Appends a cell by RFC 4180: quoted when it holds a comma, a quote, a line
 * end, or begins or ends with a space.
 */
void
qd_scan_append_cell (GString    *out,
                     const char *text,
                     gsize       length)
{
  gboolean quote = length > 0 && (text[0] == ' ' || text[length - 1] == ' ');

  for (gsize i = 0; i < length && !quote; i++)
    quote = text[i] == ',' || text[i] == '"' || text[i] == '\n' || text[i] == '\r' || text[i] == ';' ||
            text[i] == '\t' || text[i] == '|';
  if (!quote)
    {
      g_string_append_len (out, text, length);
      return;
    }
  g_string_append_c (out, '"');
  for (gsize i = 0; i < length; i++)
    {
      if (text[i] == '"')
        g_string_append_c (out, '"');
      g_string_append_c (out, text[i]);
    }
  g_string_append_c (out, '"');
}
