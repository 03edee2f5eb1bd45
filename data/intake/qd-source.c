/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-source.h"

#include <inttypes.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>
#include <uchardet.h>
#include <unistd.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "qd-import.h"
#include "qd-parse-value.h"
#include "qd-source-private.h"
#include "qd-workbook.h"

#define SAMPLE_RECORDS 200
#define SAMPLE_BYTES (1u << 18)
#define DIGEST_BYTES ((gsize) 1 << 20)
#define HEADER_SEARCH 30 /* records among which the header is looked for */

G_DEFINE_QUARK (qd-intake-error-quark, qd_intake_error)

/* The file's bytes with padding after them. */
static char *
read_file (const char *path,
           gsize      *length,
           QdJob      *job,
           GError    **error)
{
  g_autofree char *shown = g_filename_display_name (path);
  g_autofree char *buffer = NULL;
  struct stat info;
  gsize size, used = 0;
  int fd;

  fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0)
    {
      g_set_error (error, QD_INTAKE_ERROR, QD_INTAKE_ERROR_READ, _("“%s” cannot be opened: %s."), shown,
                   g_strerror (errno));
      return NULL;
    }
  if (fstat (fd, &info) != 0 || !S_ISREG (info.st_mode))
    {
      g_set_error (error, QD_INTAKE_ERROR, QD_INTAKE_ERROR_READ,
                   S_ISDIR (info.st_mode) ? _("“%s” is a folder; name the file to import.")
                                          : _("“%s” is not a regular file; save the data to a file first."),
                   shown);
      close (fd);
      return NULL;
    }
  if ((guint64) info.st_size > QD_SOURCE_MAX_BYTES)
    {
      g_set_error (error, QD_INTAKE_ERROR, QD_INTAKE_ERROR_READ,
                   _("“%s” is larger than 2 GiB; split it into several files."), shown);
      close (fd);
      return NULL;
    }
  size = info.st_size;
  buffer = g_try_malloc (size + QD_SCAN_PADDING);
  if (buffer == NULL)
    {
      g_set_error (error, QD_INTAKE_ERROR, QD_INTAKE_ERROR_READ, _("There is not enough memory to read “%s”."), shown);
      close (fd);
      return NULL;
    }
  while (used < size)
    {
      gssize n = read (fd, buffer + used, MIN (size - used, (gsize) 8 << 20));

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          g_set_error (error, QD_INTAKE_ERROR, QD_INTAKE_ERROR_READ, _("“%s” cannot be read: %s."), shown,
                       g_strerror (errno));
          close (fd);
          return NULL;
        }
      if (n == 0)
        break;
      used += n;
      if (!qd_job_check (job, error))
        {
          close (fd);
          return NULL;
        }
    }
  close (fd);
  memset (buffer + used, 0, QD_SCAN_PADDING);
  *length = used;
  return g_steal_pointer (&buffer);
}

static gpointer
digest_thread (gpointer data)
{
  QdSource *self = data;
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  gboolean stop = FALSE;

  for (gsize at = 0; at < self->raw_length && !stop; at += DIGEST_BYTES)
    {
      g_mutex_lock (&self->mutex);
      while (self->hold && !self->stop)
        g_cond_wait (&self->cond, &self->mutex);
      stop = self->stop;
      g_mutex_unlock (&self->mutex);
      if (!stop)
        g_checksum_update (checksum, (const guchar *) self->raw + at, MIN (self->raw_length - at, DIGEST_BYTES));
    }
  return stop ? NULL : g_strdup (g_checksum_get_string (checksum));
}

static void
set_digest (QdSource *self,
            gboolean  hold,
            gboolean  stop)
{
  g_mutex_lock (&self->mutex);
  self->hold = hold;
  self->stop = stop;
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);
}

static void
join_digest (QdSource *self)
{
  if (self->digest_thread != NULL)
    self->digest = g_thread_join (g_steal_pointer (&self->digest_thread));
}

/* Where UTF-8 breaks, or NULL. ASCII is passed sixteen bytes at a time. */
static const char *
find_invalid_utf8 (const char *text,
                   gsize       length)
{
  const char *p = text, *end = text + length;

  while (p < end)
    {
      const char *stop, *bad;

#ifdef __SSE2__
      while (end - p >= 16 && _mm_movemask_epi8 (_mm_loadu_si128 ((const void *) p)) == 0)
        p += 16;
#endif
      while (p < end && (guchar) *p < 0x80)
        p++;
      if (p == end)
        return NULL;
      stop = p;
      while (stop < end && (guchar) *stop >= 0x80)
        stop++;
      if (!g_utf8_validate_len (p, stop - p, &bad))
        return bad;
      p = stop;
    }
  return NULL;
}

static guint64
count_lines (const char *text,
             const char *end)
{
  guint64 line = 1;

  for (const char *p = text; p < end; p++)
    if (*p == '\n' || (*p == '\r' && !(p + 1 < end && p[1] == '\n')))
      line++;
  return line;
}

/* UTF-16 without a mark: NULs in every other byte of Latin text. */
static const char *
find_utf16_pattern (const char *text,
                    gsize       length)
{
  gsize even = 0, odd = 0, n = MIN (length, (gsize) 4096) & ~(gsize) 1;

  if (n < 4)
    return NULL;
  for (gsize i = 0; i < n; i += 2)
    {
      even += text[i] == 0;
      odd += text[i + 1] == 0;
    }
  if (odd > n / 2 * 3 / 10 && even == 0)
    return "UTF-16LE";
  if (even > n / 2 * 3 / 10 && odd == 0)
    return "UTF-16BE";
  return NULL;
}

static char *
suggest_encoding (const char *text,
                  gsize       length)
{
  uchardet_t detector = uchardet_new ();
  const char *bad = find_invalid_utf8 (text, length);
  gsize from = bad ? (gsize) (bad - text) : 0;
  char *name;

  from = from > 32768 ? from - 32768 : 0;
  uchardet_handle_data (detector, text + from, MIN (length - from, (gsize) 1 << 20));
  uchardet_data_end (detector);
  name = g_strdup (uchardet_get_charset (detector));
  uchardet_delete (detector);
  /* Those that mean "cannot say" or that were ruled out already. */
  if (*name == 0 || g_ascii_strcasecmp (name, "UTF-8") == 0 || g_ascii_strcasecmp (name, "ASCII") == 0)
    {
      g_free (name);
      return NULL;
    }
  return name;
}

static char *
convert (const char *text,
         gsize       length,
         const char *encoding,
         gsize      *converted,
         QdJob      *job,
         GError    **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GCharsetConverter) converter = g_charset_converter_new ("UTF-8", encoding, &local);
  gsize allocated = length + length / 4 + 4096, in = 0, out = 0;
  g_autofree char *buffer = NULL;

  if (converter == NULL)
    {
      g_set_error (error, QD_INTAKE_ERROR, QD_INTAKE_ERROR_ENCODING, _("“%s” is no known encoding."), encoding);
      return NULL;
    }
  buffer = g_malloc (allocated);
  for (;;)
    {
      gsize read = 0, written = 0;
      gsize chunk = MIN (length - in, (gsize) 4 << 20);
      GConverterResult result;

      if (allocated - out < 1024)
        {
          allocated += allocated / 2;
          buffer = g_realloc (buffer, allocated);
        }
      result = g_converter_convert (G_CONVERTER (converter), text + in, chunk, buffer + out, allocated - out,
                                    in + chunk == length ? G_CONVERTER_INPUT_AT_END : G_CONVERTER_NO_FLAGS, &read,
                                    &written, &local);
      if (result == G_CONVERTER_ERROR && g_error_matches (local, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
        {
          g_clear_error (&local);
          allocated += allocated / 2;
          buffer = g_realloc (buffer, allocated);
          continue;
        }
      if (result == G_CONVERTER_ERROR)
        {
          g_set_error (error, QD_INTAKE_ERROR, QD_INTAKE_ERROR_ENCODING,
                       _("The file is not valid %s: byte %zu"
                         " and what follows stand for no character. Save it as UTF-8."),
                       encoding, in + 1);
          return NULL;
        }
      in += read;
      out += written;
      if (result == G_CONVERTER_FINISHED || in == length)
        break;
      if (!qd_job_check (job, error))
        return NULL;
    }
  buffer = g_realloc (buffer, out + QD_SCAN_PADDING);
  memset (buffer + out, 0, QD_SCAN_PADDING);
  *converted = out;
  return g_steal_pointer (&buffer);
}

/* What people pick by mistake, by its first bytes. */
static gboolean
check_magic (QdSource *self,
             GError  **error)
{
  static const struct
  {
    const char *bytes;
    gsize length;
    const char *what;
  } magics[] = {
    { "\x1f\x8b", 2, N_("compressed; unpack it first") },
    { "%PDF-", 5, N_("a PDF; export the data as CSV") },
    { "SQLite format 3", 15, N_("a database; export the table as CSV") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (magics); i++)
    if (self->raw_length >= magics[i].length && memcmp (self->raw, magics[i].bytes, magics[i].length) == 0)
      {
        /* Translators: name of a file, what it is and what to do */
        g_set_error (error, QD_INTAKE_ERROR, QD_INTAKE_ERROR_FORMAT, _("“%s” is %s."), self->base, _(magics[i].what));
        return FALSE;
      }
  return TRUE;
}

/* Sets text (or uses raw) and encoding. */
static gboolean
decode (QdSource   *self,
        const char *encoding,
        const char **text,
        gsize      *length,
        QdJob      *job,
        GError    **error)
{
  const guchar *b = (const guchar *) self->raw;
  gsize n = self->raw_length, mark = 0;
  const char *from = NULL, *bad;

  if (n >= 4 && memcmp (b, "\xff\xfe\0\0", 4) == 0)
    from = "UTF-32LE", mark = 4;
  else if (n >= 4 && memcmp (b, "\0\0\xfe\xff", 4) == 0)
    from = "UTF-32BE", mark = 4;
  else if (n >= 3 && memcmp (b, "\xef\xbb\xbf", 3) == 0)
    from = "UTF-8", mark = 3;
  else if (n >= 2 && memcmp (b, "\xff\xfe", 2) == 0)
    from = "UTF-16LE", mark = 2;
  else if (n >= 2 && memcmp (b, "\xfe\xff", 2) == 0)
    from = "UTF-16BE", mark = 2;

  if (from == NULL && encoding != NULL)
    from = encoding;
  if (from == NULL && memchr (self->raw, 0, n) != NULL)
    from = find_utf16_pattern (self->raw, n);
  if (from != NULL && g_ascii_strcasecmp (from, "UTF-8") != 0 && g_ascii_strcasecmp (from, "UTF8") != 0)
    {
      self->encoding = g_strdup (from);
      self->text = convert (self->raw + mark, n - mark, from, length, job, error);
      *text = self->text;
      return self->text != NULL;
    }

  *text = self->raw + mark;
  *length = n - mark;
  bad = find_invalid_utf8 (*text, *length);
  if (bad == NULL)
    {
      self->encoding = g_strdup ("UTF-8");
      return TRUE;
    }
  if (from == NULL)
    {
      g_autofree char *guess = suggest_encoding (*text, *length);

      if (guess != NULL)
        {
          self->text = convert (*text, *length, guess, length, job, NULL);
          if (self->text != NULL)
            {
              self->encoding = g_steal_pointer (&guess);
              self->encoding_guessed = TRUE;
              *text = self->text;
              return TRUE;
            }
          if (!qd_job_check (job, error))
            return FALSE;
        }
    }
  g_set_error (error, QD_INTAKE_ERROR, QD_INTAKE_ERROR_ENCODING,
               _("Line %" PRIu64 ": byte 0x%02x is not valid UTF-8, and no other encoding fits. "
                 "Save the file as UTF-8."),
               count_lines (*text, bad), (guint) (guchar) *bad);
  return FALSE;
}

/* How well a delimiter explains the beginning of the text: 0 when not at all. */
static guint
score_delimiter (const char *text,
                 gsize       length,
                 char        delimiter)
{
  guint counts[SAMPLE_RECORDS], n = 0, best = 0, best_cells = 0;
  gboolean cut = length > SAMPLE_BYTES;
  g_autoptr (GError) error = NULL;
  g_auto (QdScan) scan = { 0 };

  qd_scan_init (&scan, text, MIN (length, (gsize) SAMPLE_BYTES), delimiter, 1);
  while (n < SAMPLE_RECORDS && qd_scan_next (&scan, &error))
    {
      if (cut && scan.at == scan.end && n > 0)
        break;
      counts[n++] = scan.n_cells;
    }
  for (guint i = 0; i < n; i++)
    {
      guint same = 0;

      for (guint j = 0; j < n; j++)
        same += counts[j] == counts[i];
      if (counts[i] > 1 && (same > best || (same == best && counts[i] > best_cells)))
        {
          best = same;
          best_cells = counts[i];
        }
    }
  if (best_cells < 2)
    return 0;
  return best * 1000 / n * 100 + MIN (best_cells, 99u);
}

static char
detect_delimiter (const char *text,
                  gsize       length)
{
  static const char candidates[] = { ',', ';', '\t', '|' };
  guint best = 0;
  char delimiter = ',';

  for (gsize i = 0; i < G_N_ELEMENTS (candidates); i++)
    {
      guint score = score_delimiter (text, length, candidates[i]);

      if (score > best)
        {
          best = score;
          delimiter = candidates[i];
        }
    }
  return delimiter;
}

static gboolean
is_data (const QdCell *cell)
{
  const char *text = cell->text;
  gsize length = cell->length;
  gboolean differ;

  qd_value_trim (&text, &length);
  if (length == 0)
    return FALSE;
  return qd_value_number_readings (text, length, &differ) != 0 || qd_value_date_readings (text, length, NULL) != 0;
}

static void
take_header (QdSource     *self,
             const QdScan *scan,
             const char   *end)
{
  self->n_headers = MAX (scan->n_cells, self->width);
  self->headers = g_new0 (char *, self->n_headers + 1);
  for (guint c = 0; c < self->n_headers; c++)
    {
      const char *t = c < scan->n_cells ? scan->cells[c].text : "";
      gsize n = c < scan->n_cells ? scan->cells[c].length : 0;

      qd_value_trim (&t, &n);
      qd_value_strip_guard (&t, &n);
      self->headers[c] = g_strndup (t, n);
    }
  self->header_line = scan->line;
  self->data = scan->at;
  self->data_length = end - scan->at;
  self->data_line = scan->at_line;
}

/* Columns without names are called by their number. */
static void
number_columns (QdSource   *self,
                const char *text,
                gsize       length,
                guint64     first_line,
                guint       widest)
{
  self->n_headers = widest;
  self->headers = g_new0 (char *, widest + 1);
  for (guint c = 0; c < widest; c++)
    self->headers[c] = g_strdup_printf (_("Column %u"), c + 1);
  self->data = text;
  self->data_length = length;
  self->data_line = first_line;
}

/* How many of the first records there are, and of how many cells the widest is. */
static gboolean
look_at_start (QdSource   *self,
               const char *text,
               gsize       length,
               guint64     first_line,
               guint      *seen,
               guint      *widest,
               GError    **error)
{
  g_auto (QdScan) scan = { 0 };
  g_autoptr (GError) local = NULL;

  *seen = *widest = 0;
  qd_scan_init (&scan, text, length, self->delimiter, first_line);
  while (*seen < HEADER_SEARCH && qd_scan_next (&scan, &local))
    {
      *widest = MAX (*widest, scan.n_cells);
      (*seen)++;
    }
  if (*seen > 0)
    return TRUE;
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  else
    g_set_error_literal (error, QD_INTAKE_ERROR, QD_INTAKE_ERROR_FORMAT,
                         _("The file is empty: the first line must hold the names of the columns."));
  return FALSE;
}

/* The header on the line where it is said to be. */
static gboolean
take_header_of (QdSource   *self,
                guint64     line,
                const char *text,
                gsize       length,
                guint64     first_line,
                GError    **error)
{
  g_auto (QdScan) scan = { 0 };
  g_autoptr (GError) local = NULL;

  qd_scan_init (&scan, text, length, self->delimiter, first_line);
  while (qd_scan_next (&scan, &local))
    {
      if (scan.line >= line)
        {
          take_header (self, &scan, text + length);
          return TRUE;
        }
      self->skipped++;
    }
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  else
    g_set_error (error, QD_INTAKE_ERROR, QD_INTAKE_ERROR_FORMAT,
                 _("The file ends before line %" PRIu64 ", where the names of the columns are said to be."), line);
  return FALSE;
}

static void
count_cells (const QdScan *scan,
             guint        *filled,
             guint        *data)
{
  *filled = *data = 0;
  for (guint c = 0; c < scan->n_cells; c++)
    {
      const char *text = scan->cells[c].text;
      gsize length = scan->cells[c].length;

      qd_value_trim (&text, &length);
      *filled += length > 0;
      *data += is_data (&scan->cells[c]);
    }
}

/* Finds the header among the first records: the first with as many filled cells as any of them, all of them names. */
gboolean
qd_source_find_header (QdSource              *self,
                       const QdSourceOptions *options,
                       const char            *text,
                       gsize                  length,
                       guint64                first_line,
                       GError               **error)
{
  g_auto (QdScan) scan = { 0 };
  guint widest, seen;
  guint64 data_line = 0;

  if (!look_at_start (self, text, length, first_line, &seen, &widest, error))
    return FALSE;
  if (options->no_header)
    {
      number_columns (self, text, length, first_line, MAX (widest, self->width));
      return TRUE;
    }
  if (options->header_line > 0)
    return take_header_of (self, options->header_line, text, length, first_line, error);
  qd_scan_init (&scan, text, length, self->delimiter, first_line);
  for (guint i = 0; i < seen && data_line == 0 && qd_scan_next (&scan, NULL); i++)
    {
      guint filled, data;

      count_cells (&scan, &filled, &data);
      /* A title above the table fills a cell or two of many. */
      if (filled == 0 || (filled < 2 && widest > 1) || (filled * 2 < widest && i + 1 < seen))
        {
          self->skipped++;
        }
      else if (data > 0)
        {
          data_line = scan.line;
        }
      else
        {
          take_header (self, &scan, text + length);
          return TRUE;
        }
    }
  g_set_error (error, QD_INTAKE_ERROR, QD_INTAKE_ERROR_HEADER,
               _("Line %" PRIu64 " holds values where the names of the columns are expected. "
                 "Put a line with the columns’ names above it."),
               data_line ? data_line : first_line);
  return FALSE;
}

/* The bytes are not needed any more when there is a text that was made of them. */
void
qd_source_drop_raw (QdSource *self)
{
  qd_source_get_digest (self);
  g_clear_pointer (&self->raw, g_free);
}

/* A first line "sep=;" as Excel reads it. */
static gboolean
take_separator_line (const char **text,
                     gsize       *length,
                     char        *delimiter)
{
  const char *t = *text;
  gsize n = 5;

  if (*length < 5 || g_ascii_strncasecmp (t, "sep=", 4) != 0 || strchr (",;\t|", t[4]) == NULL || t[4] == 0)
    return FALSE;
  if (*length > n && t[n] == '\r')
    n++;
  if (*length > n && t[n] == '\n')
    n++;
  if (n == 5 && *length > 5)
    return FALSE;
  *delimiter = t[4];
  *text += n;
  *length -= n;
  return TRUE;
}

/* A text file: what it is found or said to be. */
static gboolean
read_text (QdSource              *self,
           const QdSourceOptions *options,
           QdJob                 *job,
           GError               **error)
{
  const char *text, *nul;
  gsize length;
  guint64 first_line = 1;

  if (options->sheet != NULL)
    {
      g_set_error (error, QD_INTAKE_ERROR, QD_INTAKE_ERROR_MAPPING, _("“%s” is no workbook: leave out --sheet."), self->base);
      return FALSE;
    }
  if (!check_magic (self, error) || !decode (self, options->encoding, &text, &length, job, error))
    return FALSE;
  nul = memchr (text, 0, length);
  if (nul != NULL)
    {
      g_set_error (error, QD_INTAKE_ERROR, QD_INTAKE_ERROR_FORMAT,
                   _("Line %" PRIu64 " holds a NUL byte: this is no text file, or a damaged one. "
                     "Export it again as CSV."),
                   count_lines (text, nul));
      return FALSE;
    }
  if (self->text != NULL)
    qd_source_drop_raw (self);
  if (take_separator_line (&text, &length, &self->delimiter))
    first_line = 2;
  else if (options->delimiter == 0)
    self->delimiter = detect_delimiter (text, length);
  if (options->delimiter != 0)
    self->delimiter = options->delimiter;
  return qd_source_find_header (self, options, text, length, first_line, error);
}

/**
 * qd_source_open:
 * @path: a file
 * @encoding: (nullable): IANA name of the encoding; `NULL`: find out
 * @job: (nullable): cancels
 * @error: return location
 *
 * Reads a file and finds out what it is. A byte order mark decides the
 * encoding, then validity as UTF-8, then the pattern of UTF-16, then a guess
 * from the letters. May be called from any thread; linear in the file.
 *
 * Returns: (transfer full) (nullable): the source, or `NULL` with
 *   `QD_INTAKE_ERROR_READ`, `QD_INTAKE_ERROR_ENCODING`,
 *   `QD_INTAKE_ERROR_FORMAT` or `QD_INTAKE_ERROR_HEADER`
 */
QdSource *
qd_source_open (const char *path,
                const char *encoding,
                QdJob      *job,
                GError    **error)
{
  const QdSourceOptions options = { .encoding = encoding };

  return qd_source_open_with (path, &options, job, error);
}

/**
 * qd_source_open_with:
 * @path: a file
 * @options: what is known about it
 * @job: (nullable): cancels
 * @error: return location
 *
 * Reads a file as it is said to be, and finds out what is not said.
 *
 * Returns: (transfer full) (nullable): as qd_source_open()
 */
QdSource *
qd_source_open_with (const char            *path,
                     const QdSourceOptions *options,
                     QdJob                 *job,
                     GError               **error)
{
  g_autoptr (QdSource) self = NULL;
  const char *dot;

  g_return_val_if_fail (path != NULL, NULL);

  self = g_new0 (QdSource, 1);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  self->fixes = options->fixes;
  self->raw = read_file (path, &self->raw_length, job, error);
  if (self->raw == NULL)
    return NULL;
  self->base = g_path_get_basename (path);
  if (!g_utf8_validate (self->base, -1, NULL))
    {
      char *shown = g_filename_display_name (self->base);

      g_free (self->base);
      self->base = shown;
    }
  dot = strrchr (self->base, '.');
  self->stem = dot != NULL && dot != self->base ? g_strndup (self->base, dot - self->base) : g_strdup (self->base);
  self->digest_thread = g_thread_new ("digest", digest_thread, self);

  if (!(qd_workbook_looks_like (self->raw, self->raw_length) ? qd_source_read_workbook : read_text) (self, options, job, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * qd_source_free:
 * @self: a source
 *
 * Frees the source and its text.
 */
void
qd_source_free (QdSource *self)
{
  if (self == NULL)
    return;
  set_digest (self, FALSE, TRUE);
  join_digest (self);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  g_free (self->digest);
  g_free (self->raw);
  g_free (self->text);
  g_free (self->base);
  g_free (self->stem);
  g_free (self->encoding);
  g_free (self->sheet);
  g_strfreev (self->sheets);
  g_strfreev (self->headers);
  g_free (self);
}

/**
 * qd_source_hold_digest:
 * @self: a source
 * @hold: whether to wait
 *
 * Holds the checksum's thread up while two others are busy, or lets it go on.
 */
void
qd_source_hold_digest (QdSource *self,
                       gboolean  hold)
{
  set_digest (self, hold, FALSE);
}

/**
 * qd_source_get_digest:
 * @self: a source
 *
 * Waits for the checksum, which a thread of its own computes.
 *
 * Returns: (transfer none) (nullable): sha256 of the file's bytes as hex
 */
const char *
qd_source_get_digest (QdSource *self)
{
  qd_source_hold_digest (self, FALSE);
  join_digest (self);
  return self->digest;
}

/**
 * qd_source_scan:
 * @self: a source
 * @scan: (out caller-allocates): reads the records after the header
 *
 * Starts reading the data. Several scanners may read one source.
 */
void
qd_source_scan (QdSource *self,
                QdScan   *scan)
{
  qd_source_scan_record (self, scan, self->data, self->data_length, self->data_line);
}

/**
 * qd_source_scan_record:
 * @self: a source
 * @scan: (out caller-allocates): reads the record
 * @record: a record of the source's text
 * @length: its bytes
 * @line: its line
 *
 * Starts reading one record again, with the fixes that belong to its line.
 */
void
qd_source_scan_record (QdSource   *self,
                       QdScan     *scan,
                       const char *record,
                       gsize       length,
                       guint64     line)
{
  qd_scan_init (scan, record, length, self->delimiter, line);
  scan->least_cells = self->width;
  if (self->fixes != NULL)
    {
      scan->fix = qd_fixes_apply;
      scan->fix_data = self->fixes;
    }
}
