/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-inspect.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "qd-detect.h"
#include "qd-saved.h"

#define N_SAMPLES 3
#define SAMPLE_BYTES 60
#define CELL_BYTES 400

static void
clear_column (QdInspectedColumn *column)
{
  g_free (column->header);
  g_clear_pointer (&column->samples, g_ptr_array_unref);
  g_free (column->custom);
}

/**
 * qd_inspection_free:
 * @self: (nullable): an inspection
 *
 * Frees it.
 */
void
qd_inspection_free (QdInspection *self)
{
  if (self == NULL)
    return;
  for (guint c = 0; c < self->n_columns; c++)
    clear_column (&self->columns[c]);
  g_free (self->columns);
  g_free (self->base);
  g_free (self->digest);
  g_free (self->encoding);
  g_free (self->sheet);
  g_strfreev (self->sheets);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->lines, g_array_unref);
  g_clear_pointer (&self->kinds, g_array_unref);
  g_clear_pointer (&self->mapping, qd_mapping_free);
  g_free (self->saved_name);
  g_free (self->currency);
  g_clear_pointer (&self->questions, g_ptr_array_unref);
  g_clear_pointer (&self->values, g_ptr_array_unref);
  g_free (self);
}

/**
 * qd_inspection_is_complete:
 * @self: an inspection
 *
 * Returns: whether each required field has its column, and no two could be it
 */
gboolean
qd_inspection_is_complete (const QdInspection *self)
{
  for (guint i = 0; i < self->mapping->conflicts->len; i++)
    if (((QdConflict *) g_ptr_array_index (self->mapping->conflicts, i))->required)
      return FALSE;
  return self->mapping->missing->len == 0;
}

static char *
shorten (const char *text,
         gsize       length,
         gsize       limit)
{
  gsize n = MIN (length, limit);

  while (n > 0 && n < length && ((guchar) text[n] & 0xc0) == 0x80)
    n--;
  return n < length ? g_strdup_printf ("%.*s…", (int) n, text) : g_strndup (text, n);
}

typedef struct
{
  guint filled, dates, numbers;
  guint orders;    /* that all its dates allow */
  guint decimals;
} Looks;

static void
look_at_cell (QdInspectedColumn *column,
              Looks             *looks,
              const char        *text,
              gsize              length)
{
  gboolean differ = FALSE, known = FALSE;
  g_autofree char *sample = NULL;
  guint readings;

  qd_value_trim (&text, &length);
  if (length == 0)
    return;
  looks->filled++;
  readings = qd_value_date_readings (text, length, NULL);
  if (readings != 0)
    {
      looks->dates++;
      looks->orders &= readings;
    }
  readings = qd_value_number_readings (text, length, &differ);
  if (readings != 0)
    {
      looks->numbers++;
      if (readings != QD_DECIMAL_ANY)
        looks->decimals &= readings;
    }
  if (column->samples->len >= N_SAMPLES)
    return;
  sample = shorten (text, length, SAMPLE_BYTES);
  for (guint i = 0; i < column->samples->len && !known; i++)
    known = strcmp (g_ptr_array_index (column->samples, i), sample) == 0;
  if (!known)
    g_ptr_array_add (column->samples, g_steal_pointer (&sample));
}

static QdLooks
judge (const Looks *looks)
{
  if (looks->filled == 0)
    return QD_LOOKS_BLANK;
  if (looks->dates * 10 >= looks->filled * 8 && looks->dates >= looks->numbers)
    return QD_LOOKS_DATE;
  return looks->numbers * 10 >= looks->filled * 8 ? QD_LOOKS_NUMBER : QD_LOOKS_TEXT;
}

/* The first rows as they stand, and what the columns look like. */
static gboolean
look_at_beginning (QdInspection *self,
                   QdSource     *source,
                   GError      **error)
{
  g_autofree Looks *looks = g_new0 (Looks, self->n_columns);
  g_autoptr (GError) local = NULL;
  g_auto (QdScan) scan = { 0 };

  for (guint c = 0; c < self->n_columns; c++)
    {
      looks[c].orders = QD_ORDER_ANY;
      looks[c].decimals = QD_DECIMAL_ANY;
    }
  qd_source_scan (source, &scan);
  while (self->rows->len < QD_INSPECTED_ROWS && qd_scan_next (&scan, &local))
    {
      char **row = g_new0 (char *, self->n_columns + 1);

      for (guint c = 0; c < self->n_columns; c++)
        {
          gboolean there = c < scan.n_cells;

          row[c] = there ? shorten (scan.cells[c].text, scan.cells[c].length, CELL_BYTES) : g_strdup ("");
          if (there)
            look_at_cell (&self->columns[c], &looks[c], scan.cells[c].text, scan.cells[c].length);
        }
      g_ptr_array_add (self->rows, row);
      g_array_append_val (self->lines, scan.line);
    }
  if (local != NULL && self->rows->len == 0)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  self->n_rows = self->rows->len;
  self->n_rows_exact = local == NULL && scan.at == scan.end;
  if (!self->n_rows_exact && self->rows->len > 0)
    self->n_rows = source->data_length / MAX ((guint64) (scan.at - source->data) / self->rows->len, 1);
  for (guint c = 0; c < self->n_columns; c++)
    {
      self->columns[c].looks = judge (&looks[c]);
      if (self->columns[c].looks == QD_LOOKS_DATE)
        {
          self->has_dates = TRUE;
          if (looks[c].orders != 0)
            self->orders &= looks[c].orders;
        }
      if (self->columns[c].looks == QD_LOOKS_NUMBER)
        {
          self->has_numbers = TRUE;
          self->decimals &= looks[c].decimals;
        }
    }
  if (source->has_point) /* texts of other signs follow it */
    self->decimals = QD_DECIMAL_POINT;
  return TRUE;
}

typedef struct
{
  QdInspection *inspection;
  QdSource *source;
  const QdKind *kind;
  const QdImportOptions *options;
  QdSavedMapping *saved;    /* of the kind that is asked for, or of any */
  const QdKind *saved_kind;
  GHashTable *known;        /* of qd_values_load_known() */
} Question;

static gboolean
load_known (QdDb    *db,
            gpointer data,
            QdJob   *job,
            GError **error)
{
  Question *self = data;

  self->known = qd_values_load_known (db, self->inspection->kind, error);
  return self->known != NULL;
}

static gboolean
find_saved (QdDb    *db,
            gpointer data,
            QdJob   *job,
            GError **error)
{
  Question *self = data;
  guint n;
  const QdKind *const *kinds = qd_kind_list (&n);

  self->inspection->currency = qd_db_dup_setting (db, "currency");
  if (self->options->ignore_saved && self->options->mapping == NULL)
    return TRUE;
  if (self->kind != NULL)
    {
      self->saved_kind = self->kind;
      return qd_saved_find (db, self->kind, self->source, self->options->mapping, &self->saved, error);
    }
  for (guint i = 0; i < n && self->saved == NULL; i++)
    {
      self->saved_kind = kinds[i];
      if (!qd_saved_find (db, kinds[i], self->source, NULL, &self->saved, error))
        return FALSE;
    }
  return TRUE;
}

/* Whether the column of a field looks like its type. */
static gboolean
fits (const QdInspection *self,
      const QdMapping    *mapping,
      guint               field)
{
  QdLooks looks;

  if (mapping->column[field] < 0)
    return FALSE;
  looks = self->columns[mapping->column[field]].looks;
  switch (mapping->kind->fields[field].type)
    {
    case QD_FIELD_DATE:
      return looks == QD_LOOKS_DATE || looks == QD_LOOKS_BLANK;
    case QD_FIELD_MONEY:
    case QD_FIELD_NUMBER:
    case QD_FIELD_INTEGER:
      return looks == QD_LOOKS_NUMBER || looks == QD_LOOKS_BLANK;
    case QD_FIELD_TEXT:
    case QD_FIELD_ID:
    case QD_FIELD_MONTH:
    case QD_FIELD_BOOLEAN:
    case QD_FIELD_CURRENCY:
    case QD_FIELD_CHOICE:
    default:
      return TRUE;
    }
}

static QdKindGuess
guess_kind (const QdInspection *self,
            QdSource           *source,
            const QdKind       *kind)
{
  g_autoptr (QdMapping) mapping = qd_mapping_guess (kind, source, NULL, NULL, NULL, NULL);
  QdKindGuess guess = { .kind = kind };
  guint required = 0, found = 0;
  double sure = 0;

  for (guint c = 0; c < self->n_columns; c++)
    guess.n_columns += self->columns[c].header[0] != 0;
  if (mapping == NULL)
    return guess;
  for (guint f = 0; f < kind->n_fields; f++)
    {
      required += kind->fields[f].required;
      if (mapping->column[f] < 0)
        continue;
      guess.n_fields++;
      found += kind->fields[f].required && fits (self, mapping, f);
      sure += fits (self, mapping, f) ? (mapping->match[f] == QD_MATCH_WEAK ? 0.5 : 1) : 0.1;
    }
  for (guint i = 0; i < mapping->conflicts->len; i++)
    {
      const QdConflict *conflict = g_ptr_array_index (mapping->conflicts, i);

      sure += 0.5;
      guess.n_fields++;
      found += conflict->required;
    }
  guess.complete = mapping->missing->len == 0;
  guess.score = (required > 0 ? 0.45 * found / required : 0) + 0.45 * sure / MAX (guess.n_columns, 1);
  if (guess.complete)
    guess.score += 0.1;
  else
    guess.score *= 0.5;
  guess.score = MIN (guess.score, 1);
  return guess;
}

static int
compare_guesses (gconstpointer a,
                 gconstpointer b)
{
  const QdKindGuess *x = a, *y = b;

  if (x->saved != y->saved)
    return x->saved ? -1 : 1;
  return x->score > y->score ? -1 : x->score < y->score;
}

static void
note_columns (QdInspection *self)
{
  const QdMapping *mapping = self->mapping;

  for (guint c = 0; c < self->n_columns; c++)
    self->columns[c].field = -1;
  for (guint f = 0; f < mapping->kind->n_fields; f++)
    if (mapping->column[f] >= 0)
      {
        self->columns[mapping->column[f]].field = (int) f;
        self->columns[mapping->column[f]].match = mapping->match[f];
      }
  for (guint i = 0; i < mapping->custom->len; i++)
    {
      const QdCustomField *custom = &g_array_index (mapping->custom, QdCustomField, i);

      self->columns[custom->column].custom = g_strdup (custom->name);
    }
}

static gboolean
read_rows (QdInspection          *self,
           QdSource              *source,
           const QdImportOptions *options,
           const QdSavedMapping  *saved,
           GHashTable            *known,
           QdJob                 *job,
           GError               **error)
{
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (QdFixes) fixes = qd_mapping_dup_fixes (self->mapping, options->fixes);
  QdReading reading;

  g_clear_pointer (&self->values, g_ptr_array_unref);
  self->values = qd_values_find (source, self->mapping, known, job, error);
  if (self->values == NULL)
    return FALSE;
  source->fixes = fixes;
  if (!qd_detect_reading (source, self->mapping, options, saved, self->currency, &reading, notes, self->questions, job,
                          error))
    return FALSE;
  self->read = TRUE;
  self->n_rows = reading.rows;
  self->n_rows_exact = TRUE;
  source->fixes = options->fixes;
  memcpy (self->field_orders, reading.order, sizeof reading.order);
  self->decimal = reading.decimal;
  self->digest = g_strdup (qd_source_get_digest (source));
  return TRUE;
}

static QdInspection *
inspection_new (QdSource *source)
{
  QdInspection *self = g_new0 (QdInspection, 1);

  self->base = g_strdup (source->base);
  self->bytes = source->raw_length;
  self->encoding = g_strdup (source->encoding);
  self->encoding_guessed = source->encoding_guessed;
  self->delimiter = source->delimiter;
  self->header_line = source->header_line;
  self->skipped = source->skipped;
  self->sheet = g_strdup (source->sheet);
  self->sheets = g_strdupv (source->sheets);
  self->orders = QD_ORDER_ANY;
  self->decimals = QD_DECIMAL_ANY;
  self->n_columns = source->n_headers;
  self->columns = g_new0 (QdInspectedColumn, self->n_columns);
  for (guint c = 0; c < self->n_columns; c++)
    {
      self->columns[c].header = g_strdup (source->headers[c]);
      self->columns[c].samples = g_ptr_array_new_with_free_func (g_free);
      self->columns[c].field = -1;
    }
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  self->lines = g_array_new (FALSE, FALSE, sizeof (guint64));
  self->kinds = g_array_new (FALSE, FALSE, sizeof (QdKindGuess));
  self->values = g_ptr_array_new_with_free_func ((GDestroyNotify) qd_value_question_free);
  self->questions = g_ptr_array_new_with_free_func ((GDestroyNotify) qd_question_free);
  return self;
}

/**
 * qd_import_inspect:
 * @store: a workspace: its saved mappings and its currency
 * @path: the file
 * @kind: (nullable): the kind of data; `NULL`: guess
 * @options: what is known; the zero value: nothing
 * @all_rows: whether to look at every row for what the file leaves open; only
 *   done when nothing required is missing
 * @job: (nullable): progress and cancel
 * @error: return location
 *
 * Looks at a file as an import would, and lists what is open instead of
 * failing. Linear in the file. Not to be called from the store's thread.
 *
 * Returns: (transfer full) (nullable): what was found, or `NULL` with
 *   `QD_INTAKE_ERROR_READ`, `QD_INTAKE_ERROR_ENCODING`,
 *   `QD_INTAKE_ERROR_FORMAT` or, for options that make no sense,
 *   `QD_INTAKE_ERROR_MAPPING`
 */
QdInspection *
qd_import_inspect (QdStore               *store,
                   const char            *path,
                   const QdKind          *kind,
                   const QdImportOptions *options,
                   gboolean               all_rows,
                   QdJob                 *job,
                   GError               **error)
{
  const QdSourceOptions reading = qd_import_make_reading (options, TRUE);
  g_autoptr (QdSource) source = NULL;
  g_autoptr (QdInspection) self = NULL;
  g_autoptr (QdSavedMapping) saved = NULL;
  g_autoptr (GHashTable) known = NULL;
  Question question = { .kind = kind, .options = options };
  guint n;
  const QdKind *const *kinds = qd_kind_list (&n);
  gboolean ok;

  g_return_val_if_fail (store != NULL && path != NULL && options != NULL, NULL);

  qd_job_report (job, 0, _("Reading the file"));
  source = qd_source_open_with (path, &reading, job, error);
  if (source == NULL)
    return NULL;
  self = inspection_new (source);
  if (!look_at_beginning (self, source, error))
    return NULL;
  question.inspection = self;
  question.source = source;
  ok = qd_store_run (store, QD_STORE_PRIORITY_READ, find_saved, &question, job, error);
  saved = question.saved;
  if (!ok)
    return NULL;
  if (self->currency == NULL)
    self->currency = g_strdup ("USD");
  for (guint i = 0; i < n; i++)
    {
      QdKindGuess guess = guess_kind (self, source, kinds[i]);

      guess.saved = saved != NULL && question.saved_kind == kinds[i];
      g_array_append_val (self->kinds, guess);
    }
  g_array_sort (self->kinds, compare_guesses);
  self->kind = kind != NULL ? kind : g_array_index (self->kinds, QdKindGuess, 0).kind;
  self->mapping = qd_mapping_guess (self->kind, source, options->map, options->set, saved, error);
  if (self->mapping == NULL || !qd_mapping_take_rules (self->mapping, options->values, NULL, saved, error))
    return NULL;
  self->saved_name = saved != NULL ? g_strdup (saved->name) : NULL;
  note_columns (self);
  if (!all_rows || !qd_inspection_is_complete (self))
    return g_steal_pointer (&self);
  ok = qd_store_run (store, QD_STORE_PRIORITY_READ, load_known, &question, job, error);
  known = question.known;
  if (!ok || !read_rows (self, source, options, saved, known, job, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * qd_inspection_check_cell:
 * @self: an inspection of all rows
 * @field: a field of its kind
 * @text: what a cell would hold
 *
 * Looks at one cell by itself.
 *
 * Returns: (transfer full) (nullable): what is expected there, translated;
 *   `NULL` when nothing is wrong with it
 */
char *
qd_inspection_check_cell (const QdInspection *self,
                          int                 field,
                          const char         *text)
{
  const QdField *descriptor = &self->kind->fields[field];
  QdDateOrder order = self->field_orders[field] != 0 ? self->field_orders[field] : QD_ORDER_YMD;
  QdDecimalSign sign = self->decimal != 0 ? self->decimal : QD_DECIMAL_POINT;
  gsize length = strlen (text);
  QdDecimal decimal;
  gint64 integer;
  gboolean yes;

  qd_value_trim (&text, &length);
  if (length == 0)
    return descriptor->required ? g_strdup (_("a value")) : NULL;
  switch (descriptor->type)
    {
    case QD_FIELD_DATE:
      if (qd_value_parse_day (text, length, order) != QD_DAY_NONE)
        return NULL;
      return g_strdup (order == QD_ORDER_DMY   ? _("a date, day before month")
                       : order == QD_ORDER_MDY ? _("a date, month before day")
                                               : _("a date such as 2025-01-31"));
    case QD_FIELD_MONTH:
      return qd_value_parse_month (text, length, order) != QD_MONTH_NONE
                 ? NULL
                 : g_strdup (_("a month such as 2025-01, or a date in it"));
    case QD_FIELD_MONEY:
    case QD_FIELD_NUMBER:
      return qd_value_parse_number (text, length, sign, &decimal, NULL) ? NULL : g_strdup (_("a number"));
    case QD_FIELD_INTEGER:
      return qd_value_parse_integer (text, length, sign, &integer) && integer >= 0
                 ? NULL
                 : g_strdup (_("a whole number, 0 or more"));
    case QD_FIELD_BOOLEAN:
      return qd_value_parse_boolean (text, length, &yes) ? NULL : g_strdup (_("yes or no"));
    case QD_FIELD_CURRENCY:
      {
        g_autofree char *code = g_ascii_strup (text, (gssize) length);

        return length == 3 && qd_currency_get_exponent (code) >= 0 ? NULL : g_strdup (_("an ISO 4217 code such as USD"));
      }
    case QD_FIELD_TEXT:
    case QD_FIELD_ID:
    case QD_FIELD_CHOICE:
    default:
      return NULL;
    }
}
