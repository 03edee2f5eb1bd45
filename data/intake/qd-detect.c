/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-detect.h"

#include <inttypes.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "qd-header.h"

#define CHECK_ROWS 8192

/* One value that could be read in several ways, for the message. */
typedef struct
{
  guint64 line;
  char text[48];
} Example;

typedef struct
{
  int column;
  int field;
  guint mask;              /* readings that every row allows */
  gboolean open;           /* a row needs the order */
  guint differ;            /* pairs of readings that gave different days: 1 ymd-dmy, 2 ymd-mdy, 4 dmy-mdy */
  Example example;
  Example against[3];      /* what ruled an order out */
} DateColumn;

typedef struct
{
  int column;
  int field;
} NumberColumn;

typedef struct
{
  int amount, other;       /* columns */
  gboolean alive, larger;  /* larger: the amount is a hundred times the other */
  guint rows;
  double first;
  gboolean varies;
} Pair;

typedef struct
{
  GArray *dates, *numbers, *pairs;
  guint decimal_mask;
  gboolean decimal_open;
  Example decimal_example, decimal_against[2];
  gboolean discount_small, discount_large;
  Example discount_example;
} Evidence;

static void
keep_example (Example    *example,
              guint64     line,
              const char *text,
              gsize       length)
{
  gsize n = MIN (length, sizeof example->text - 1);

  if (example->line != 0)
    return;
  while (n > 0 && n < length && ((guchar) text[n] & 0xc0) == 0x80)
    n--;
  example->line = line;
  memcpy (example->text, text, n);
  example->text[n] = 0;
}

static inline gboolean
get_cell (const QdScan *scan,
          int           column,
          const char  **text,
          gsize        *length)
{
  const char *t;
  gsize n;

  if (column < 0 || (guint) column >= scan->n_cells)
    return FALSE;
  t = scan->cells[column].text;
  n = scan->cells[column].length;
  if (n > 0 && ((guchar) t[0] <= ' ' || (guchar) t[0] >= 0x80 || (guchar) t[n - 1] <= ' ' || (guchar) t[n - 1] >= 0x80))
    qd_value_trim (&t, &n);
  *text = t;
  *length = n;
  return n > 0;
}

static void
look_at_date (DateColumn   *date,
              const QdScan *scan)
{
  QdDay days[3];
  const char *text;
  gsize length;
  guint readings;

  if (!get_cell (scan, date->column, &text, &length))
    return;
  if (length >= 7 && text[4] == '-' && (length == 7 || (length >= 10 && text[7] == '-')))
    return;
  readings = qd_value_date_readings (text, length, days);
  if (readings == 0 || (readings == QD_ORDER_ANY && days[0] == days[1] && days[1] == days[2]))
    return;
  date->open = TRUE;
  date->mask &= readings;
  for (int i = 0; i < 3; i++)
    if ((readings & (1u << i)) == 0)
      keep_example (&date->against[i], scan->line, text, length);
  if ((readings & 3) == 3 && days[0] != days[1])
    date->differ |= 1;
  if ((readings & 5) == 5 && days[0] != days[2])
    date->differ |= 2;
  if ((readings & 6) == 6 && days[1] != days[2])
    date->differ |= 4;
  if ((readings & (readings - 1)) != 0)
    keep_example (&date->example, scan->line, text, length);
}

static void
look_at_number (Evidence           *evidence,
                const NumberColumn *number,
                const QdScan       *scan)
{
  const char *text;
  gsize length;
  gboolean differ;
  guint readings;

  if (!get_cell (scan, number->column, &text, &length))
    return;
  readings = qd_value_number_readings (text, length, &differ);
  if (readings == 0)
    return;
  if (readings != QD_DECIMAL_ANY)
    {
      evidence->decimal_mask &= readings;
      keep_example (&evidence->decimal_against[readings == QD_DECIMAL_POINT], scan->line, text, length);
    }
  else if (differ)
    {
      evidence->decimal_open = TRUE;
      keep_example (&evidence->decimal_example, scan->line, text, length);
    }
}

static gboolean
read_double (const QdScan *scan,
             int           column,
             double       *value,
             gboolean     *blank)
{
  const char *text;
  gsize length;
  QdDecimal decimal;
  double v;

  *blank = !get_cell (scan, column, &text, &length);
  if (*blank)
    return TRUE;
  if (!qd_value_parse_number (text, length, QD_DECIMAL_POINT, &decimal, NULL) &&
      !qd_value_parse_number (text, length, QD_DECIMAL_COMMA, &decimal, NULL))
    return FALSE;
  v = decimal.mantissa;
  for (guint i = 0; i < decimal.scale; i++)
    v /= 10;
  *value = v;
  return TRUE;
}

static gboolean
is_near (double a,
         double b)
{
  double d = a - b, size = MAX (ABS (a), ABS (b));

  return ABS (d) <= size * 1e-9;
}

static gboolean
look_at_pair (Pair         *pair,
              const QdScan *scan)
{
  double amount = 0, other = 0;
  gboolean blank, other_blank;

  if (!read_double (scan, pair->amount, &amount, &blank) || !read_double (scan, pair->other, &other, &other_blank))
    return FALSE;
  if (blank || other_blank || (is_near (amount, 0) && is_near (other, 0)))
    return TRUE;
  if (pair->rows == 0)
    {
      pair->larger = is_near (amount, 100 * other);
      pair->first = amount;
    }
  pair->rows++;
  pair->varies |= !is_near (amount, pair->first);
  return pair->larger ? is_near (amount, 100 * other) : is_near (100 * amount, other);
}

static void
look_at_discount (Evidence        *evidence,
                  const QdMapping *mapping,
                  const QdScan    *scan)
{
  const char *text;
  gsize length;
  QdDecimal value;
  gboolean has_sign;
  gint64 one = 1;

  if (get_cell (scan, mapping->column[QD_LINE_MRR], &text, &length) ||
      get_cell (scan, mapping->column[QD_LINE_ARR], &text, &length) ||
      !get_cell (scan, mapping->column[QD_LINE_DISCOUNT], &text, &length))
    return;
  if (!qd_value_parse_percent (text, length, QD_DECIMAL_POINT, &value, &has_sign) &&
      !qd_value_parse_percent (text, length, QD_DECIMAL_COMMA, &value, &has_sign))
    return;
  for (guint i = 0; i < value.scale; i++)
    one *= 10;
  if (value.mantissa == 0)
    return;
  if (has_sign || value.mantissa > one)
    evidence->discount_large = TRUE;
  else
    {
      evidence->discount_small = TRUE;
      keep_example (&evidence->discount_example, scan->line, text, length);
    }
}

static const char *
order_name (guint order)
{
  return order == QD_ORDER_YMD ? "ymd" : order == QD_ORDER_DMY ? "dmy" : "mdy";
}

static QdDateOrder
order_from_name (const char *name)
{
  return g_strcmp0 (name, "ymd") == 0 ? QD_ORDER_YMD : g_strcmp0 (name, "dmy") == 0 ? QD_ORDER_DMY : QD_ORDER_MDY;
}

/* Whether the readings in @mask gave different days anywhere. */
static gboolean
matters (const DateColumn *date,
         guint             mask)
{
  return ((mask & 3) == 3 && (date->differ & 1)) || ((mask & 5) == 5 && (date->differ & 2)) ||
         ((mask & 6) == 6 && (date->differ & 4));
}

static void
ask_order (GPtrArray        *questions,
           QdSource         *source,
           const DateColumn *date,
           guint             orders,
           gboolean          mixed)
{
  QdQuestion *question;
  const Example *example = date->example.line != 0 ? &date->example : NULL;

  for (guint i = 0; i < questions->len; i++)
    if (((QdQuestion *) g_ptr_array_index (questions, i))->type == QD_QUESTION_DATE_ORDER)
      return;
  question = qd_question_new (QD_QUESTION_DATE_ORDER, source->headers[date->column], NULL, mixed);
  if (example != NULL)
    qd_question_add_example (question, example->line, example->text);
  for (guint k = 0; mixed && k < 3; k++)
    if (date->against[k].line != 0 && (example == NULL || date->against[k].line != example->line))
      {
        qd_question_add_example (question, date->against[k].line, date->against[k].text);
        example = example != NULL ? example : &date->against[k];
      }
  for (guint k = 0; k < 3; k++)
    {
      g_autofree char *iso = NULL;
      QdDay day;

      if ((orders & (1u << k)) == 0)
        continue;
      day = example != NULL ? qd_value_parse_day (example->text, strlen (example->text), 1u << k) : QD_DAY_NONE;
      if (day != QD_DAY_NONE)
        iso = qd_day_to_iso (day);
      qd_question_add_answer (question, order_name (1u << k), iso);
    }
  g_ptr_array_add (questions, question);
}

static gboolean
throw_mixed (const QdSource   *source,
             const DateColumn *date,
             GError          **error)
{
  int a = -1, b = -1;

  for (int k = 2; k >= 0; k--)
    if (date->against[k].line != 0)
      {
        b = a;
        a = k;
      }
  if (b < 0)
    b = a;
  g_set_error (error, QD_INTAKE_ERROR, QD_INTAKE_ERROR_AMBIGUOUS,
               _("Column “%s” mixes date orders: “%s” on line %" PRIu64 " is not %s, “%s” on line %" PRIu64
                 " is not %s. Say which is right with --date-order ymd|dmy|mdy; the other rows are rejected."),
               source->headers[date->column], date->against[a].text, date->against[a].line, order_name (1u << a),
               date->against[b].text, date->against[b].line, order_name (1u << b));
  return FALSE;
}

/* The orders that no column speaks against; one that mixes them is asked about, or refused. */
static gboolean
find_common_orders (Evidence  *evidence,
                    QdSource  *source,
                    GPtrArray *questions,
                    guint     *common,
                    GError   **error)
{
  *common = QD_ORDER_ANY;
  for (guint i = 0; i < evidence->dates->len; i++)
    {
      DateColumn *date = &g_array_index (evidence->dates, DateColumn, i);

      if (!date->open)
        continue;
      if (date->mask == 0 && questions == NULL)
        return throw_mixed (source, date, error);
      if (date->mask == 0)
        {
          ask_order (questions, source, date, QD_ORDER_DMY | QD_ORDER_MDY, TRUE);
          date->mask = QD_ORDER_DMY;
          date->differ = 0;
        }
      else if (!matters (date, date->mask))
        {
          *common &= date->mask;
        }
    }
  return TRUE;
}

/* The order of one column. One program wrote the file: a column that decides speaks for those that cannot. */
static gboolean
decide_column (const DateColumn *date,
               QdSource         *source,
               guint             common,
               guint             saved_order,
               QdReading        *reading,
               GPtrArray        *notes,
               GPtrArray        *questions,
               GError          **error)
{
  const char *header = source->headers[date->column];
  guint mask = date->mask;

  if (!matters (date, mask))
    {
      reading->order[date->field] = mask & -mask;
      return TRUE;
    }
  if ((common & (common - 1)) == 0 && (common & mask) != 0)
    {
      mask &= common;
      g_ptr_array_add (notes, g_strdup_printf (_("Dates in “%s” are read as %s, as the other dates of the file are."), header,
                                               order_name (mask)));
    }
  else if ((mask & saved_order) != 0)
    {
      mask = saved_order;
      reading->order_by = QD_DECIDED_SAVED;
      g_ptr_array_add (notes, g_strdup_printf (_("Dates in “%s” are read as %s, as saved for these columns."), header,
                                               order_name (mask)));
    }
  else if (questions != NULL)
    {
      ask_order (questions, source, date, mask, FALSE);
    }
  else
    {
      g_set_error (error, QD_INTAKE_ERROR, QD_INTAKE_ERROR_AMBIGUOUS,
                   _("Column “%s”: “%s” on line %" PRIu64 " can be read in more than one order, and no row decides. "
                     "Say which with --date-order ymd|dmy|mdy."),
                   header, date->example.text, date->example.line);
      return FALSE;
    }
  reading->order[date->field] = mask & -mask;
  return TRUE;
}

static gboolean
decide_dates (Evidence              *evidence,
              QdSource              *source,
              const QdImportOptions *options,
              const QdSavedMapping  *saved,
              QdReading             *reading,
              GPtrArray             *notes,
              GPtrArray             *questions,
              GError               **error)
{
  guint common, said = options->date_order ? order_from_name (options->date_order) : 0;
  guint saved_order = saved != NULL && saved->date_order != NULL ? order_from_name (saved->date_order) : 0;
  gboolean any = FALSE;

  for (guint f = 0; f < QD_MAX_FIELDS; f++)
    reading->order[f] = said ? said : QD_ORDER_YMD;
  if (said)
    {
      reading->file_order = said;
      reading->order_by = QD_DECIDED_SAID;
      return TRUE;
    }
  if (!find_common_orders (evidence, source, questions, &common, error))
    return FALSE;
  for (guint i = 0; i < evidence->dates->len; i++)
    {
      const DateColumn *date = &g_array_index (evidence->dates, DateColumn, i);

      if (!date->open)
        continue;
      any = TRUE;
      if (!decide_column (date, source, common, saved_order, reading, notes, questions, error))
        return FALSE;
      if (reading->order_by == QD_DECIDED_NOT)
        reading->order_by = QD_DECIDED_DATA;
      if (reading->file_order == 0)
        reading->file_order = reading->order[date->field];
      else if (reading->file_order != reading->order[date->field])
        common = 0;
    }
  if (any && common == 0)
    reading->file_order = 0;
  return TRUE;
}

static char *
read_as (const char   *text,
         QdDecimalSign sign)
{
  QdDecimal value;

  if (!qd_value_parse_number (text, strlen (text), sign, &value, NULL))
    return NULL;
  return qd_decimal_to_string (value);
}

static void
ask_decimal (const Evidence *evidence,
             GPtrArray      *questions,
             gboolean        mixed)
{
  QdQuestion *question = qd_question_new (QD_QUESTION_DECIMAL, NULL, NULL, mixed);
  static const char *const values[] = { ".", "," };

  if (mixed)
    for (guint i = 0; i < 2; i++)
      qd_question_add_example (question, evidence->decimal_against[i].line, evidence->decimal_against[i].text);
  else
    qd_question_add_example (question, evidence->decimal_example.line, evidence->decimal_example.text);
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *reading = read_as (g_array_index (question->examples, QdExample, 0).text,
                                          i == 0 ? QD_DECIMAL_POINT : QD_DECIMAL_COMMA);

      qd_question_add_answer (question, values[i], reading);
    }
  g_ptr_array_add (questions, question);
}

static gboolean
decide_decimal (Evidence              *evidence,
                const QdSource        *source,
                const QdImportOptions *options,
                const QdSavedMapping  *saved,
                QdReading             *reading,
                GPtrArray             *notes,
                GPtrArray             *questions,
                GError               **error)
{
  guint mask = evidence->decimal_mask;

  reading->decimal = QD_DECIMAL_POINT;
  if (source->has_point && options->decimal == ',')
    {
      g_set_error_literal (error, QD_INTAKE_ERROR, QD_INTAKE_ERROR_MAPPING,
                           _("The sheet has cells that are numbers, whose decimal sign is known: leave out --decimal."));
      return FALSE;
    }
  if (source->has_point)
    {
      reading->decimal_by = QD_DECIDED_DATA;
      return TRUE;
    }
  if (options->decimal != 0)
    {
      reading->decimal = options->decimal == ',' ? QD_DECIMAL_COMMA : QD_DECIMAL_POINT;
      reading->decimal_by = QD_DECIDED_SAID;
      return TRUE;
    }
  if (mask == 0 && questions != NULL)
    {
      ask_decimal (evidence, questions, TRUE);
      return TRUE;
    }
  if (mask == 0)
    {
      g_set_error (error, QD_INTAKE_ERROR, QD_INTAKE_ERROR_AMBIGUOUS,
                   _("The file mixes decimal signs: “%s” on line %" PRIu64 " needs a comma, “%s” on line %" PRIu64
                     " a point. Say which is right with --decimal .|,; the other rows are rejected."),
                   evidence->decimal_against[0].text, evidence->decimal_against[0].line,
                   evidence->decimal_against[1].text, evidence->decimal_against[1].line);
      return FALSE;
    }
  if (mask != QD_DECIMAL_ANY)
    {
      reading->decimal = mask;
      reading->decimal_by = QD_DECIDED_DATA;
      return TRUE;
    }
  if (!evidence->decimal_open)
    return TRUE;
  if (saved != NULL && saved->decimal != 0)
    {
      reading->decimal = saved->decimal == ',' ? QD_DECIMAL_COMMA : QD_DECIMAL_POINT;
      reading->decimal_by = QD_DECIDED_SAVED;
      g_ptr_array_add (notes, g_strdup_printf (_("The decimal sign is “%c”, as saved for these columns."), saved->decimal));
      return TRUE;
    }
  if (questions != NULL)
    {
      ask_decimal (evidence, questions, FALSE);
      return TRUE;
    }
  g_set_error (error, QD_INTAKE_ERROR, QD_INTAKE_ERROR_AMBIGUOUS,
               _("“%s” on line %" PRIu64 " can be read with a decimal point or a decimal comma, and no row decides. "
                 "Say which with --decimal .|,"),
               evidence->decimal_example.text, evidence->decimal_example.line);
  return FALSE;
}

/* The first row whose cell is a number, with what it is in both units. */
static void
ask_minor (GPtrArray  *questions,
           QdSource   *source,
           guint       column,
           const char *other)
{
  QdQuestion *question = qd_question_new (QD_QUESTION_AMOUNTS, source->headers[column], other, FALSE);
  g_autofree char *major = NULL;
  g_autofree char *minor = NULL;
  g_auto (QdScan) scan = { 0 };

  qd_source_scan (source, &scan);
  for (guint n = 0; n < 1000 && major == NULL && qd_scan_next (&scan, NULL); n++)
    {
      const char *text;
      gsize length;
      QdDecimal value;
      g_autofree char *cell = NULL;

      if (!get_cell (&scan, (int) column, &text, &length))
        continue;
      cell = g_strndup (text, length);
      if (!qd_value_parse_number (cell, length, QD_DECIMAL_POINT, &value, NULL) || value.mantissa == 0)
        continue;
      major = read_as (cell, QD_DECIMAL_POINT);
      value.scale += 2;
      minor = qd_decimal_to_string (value);
      qd_question_add_example (question, scan.line, cell);
    }
  qd_question_add_answer (question, "minor", minor);
  qd_question_add_answer (question, "major", major);
  g_ptr_array_add (questions, question);
}

static gboolean
decide_minor (Evidence              *evidence,
              QdSource              *source,
              const QdMapping       *mapping,
              const QdImportOptions *options,
              const QdSavedMapping  *saved,
              QdReading             *reading,
              GPtrArray             *notes,
              GPtrArray             *questions,
              GError               **error)
{
  if (options->amounts != NULL)
    {
      reading->minor = strcmp (options->amounts, "minor") == 0;
      reading->minor_by = QD_DECIDED_SAID;
      return TRUE;
    }
  for (guint f = 0; f < mapping->kind->n_fields; f++)
    {
      const char *header;

      if (mapping->kind->fields[f].type != QD_FIELD_MONEY || mapping->column[f] < 0)
        continue;
      header = source->headers[mapping->column[f]];
      if (!qd_header_says_minor (header))
        continue;
      if (saved != NULL && saved->amounts != NULL)
        {
          reading->minor = strcmp (saved->amounts, "minor") == 0;
          reading->minor_by = QD_DECIDED_SAVED;
          return TRUE;
        }
      if (questions != NULL)
        {
          ask_minor (questions, source, (guint) mapping->column[f], NULL);
          return TRUE;
        }
      g_set_error (error, QD_INTAKE_ERROR, QD_INTAKE_ERROR_AMBIGUOUS,
                   _("Column “%s” seems to hold cents or other minor units. Say so with --amounts minor, or "
                     "--amounts major if it does not."),
                   header);
      return FALSE;
    }
  for (guint i = 0; i < evidence->pairs->len; i++)
    {
      const Pair *pair = &g_array_index (evidence->pairs, Pair, i);

      if (!pair->alive || pair->rows < 2 || !pair->varies)
        continue;
      if (!pair->larger && qd_header_says_minor (source->headers[pair->other]))
        continue;
      if (saved != NULL && saved->amounts != NULL)
        {
          reading->minor = strcmp (saved->amounts, "minor") == 0;
          reading->minor_by = QD_DECIDED_SAVED;
          g_ptr_array_add (notes, g_strdup_printf (_("Amounts are read in %s units, as saved for these columns."),
                                                   saved->amounts));
          return TRUE;
        }
      if (questions != NULL)
        {
          ask_minor (questions, source, (guint) pair->amount, source->headers[pair->other]);
          return TRUE;
        }
      g_set_error (error, QD_INTAKE_ERROR, QD_INTAKE_ERROR_AMBIGUOUS,
                   pair->larger ? _("“%s” is a hundred times “%s” in every row: it may hold cents. Say so with --amounts "
                                    "minor, or --amounts major if it does not.")
                                : _("“%s” is a hundredth of “%s” in every row: one of them may hold cents. Say whether the "
                                    "first does with --amounts major|minor."),
                   source->headers[pair->amount], source->headers[pair->other]);
      return FALSE;
    }
  return TRUE;
}

static gboolean
decide_discount (Evidence        *evidence,
                 QdSource        *source,
                 const QdMapping *mapping,
                 QdReading       *reading,
                 GPtrArray       *questions,
                 GError         **error)
{
  if (mapping->kind != &qd_kind_subscriptions)
    return TRUE;
  if (mapping->constant[QD_LINE_DISCOUNT_UNIT] != NULL)
    {
      reading->fraction = strcmp (mapping->constant[QD_LINE_DISCOUNT_UNIT], "fraction") == 0;
      return TRUE;
    }
  if (!evidence->discount_small || evidence->discount_large)
    return TRUE;
  if (questions != NULL)
    {
      QdQuestion *question = qd_question_new (QD_QUESTION_DISCOUNT, source->headers[mapping->column[QD_LINE_DISCOUNT]],
                                              NULL, FALSE);

      qd_question_add_example (question, evidence->discount_example.line, evidence->discount_example.text);
      qd_question_add_answer (question, "fraction", NULL);
      qd_question_add_answer (question, "percent", NULL);
      g_ptr_array_add (questions, question);
      return TRUE;
    }
  g_set_error (error, QD_INTAKE_ERROR, QD_INTAKE_ERROR_AMBIGUOUS,
               _("Column “%s”: no discount is above 1 (“%s” on line %" PRIu64
                 "), so it may hold percent or fractions. Say which with --set discount_unit=percent|fraction."),
               source->headers[mapping->column[QD_LINE_DISCOUNT]], evidence->discount_example.text,
               evidence->discount_example.line);
  return FALSE;
}

/* A header such as "MRR (EUR)" in a workspace of another currency, and no column that says so. */
static gboolean
check_currency (QdSource        *source,
                const QdMapping *mapping,
                const char      *currency,
                GPtrArray       *questions,
                GError         **error)
{
  int field = qd_kind_find_field (mapping->kind, "currency");

  if (field < 0 || qd_mapping_has (mapping, field))
    return TRUE;
  for (guint f = 0; f < mapping->kind->n_fields; f++)
    {
      char code[4];

      if (mapping->kind->fields[f].type != QD_FIELD_MONEY || mapping->column[f] < 0 ||
          !qd_header_get_currency (source->headers[mapping->column[f]], code) || strcmp (code, currency) == 0)
        continue;
      if (questions != NULL)
        {
          QdQuestion *question = qd_question_new (QD_QUESTION_CURRENCY, source->headers[mapping->column[f]], NULL, FALSE);

          qd_question_add_answer (question, code, NULL);
          qd_question_add_answer (question, currency, NULL);
          g_ptr_array_add (questions, question);
          return TRUE;
        }
      g_set_error (error, QD_INTAKE_ERROR, QD_INTAKE_ERROR_AMBIGUOUS,
                   _("Column “%s” seems to be in %s, but the workspace reports in %s. Say what it is in with "
                     "--set currency=%s or --set currency=%s."),
                   source->headers[mapping->column[f]], code, currency, code, currency);
      return FALSE;
    }
  return TRUE;
}

static void
add_pairs (Evidence        *evidence,
           QdSource        *source,
           const QdMapping *mapping)
{
  for (guint f = 0; f < mapping->kind->n_fields; f++)
    {
      if (mapping->kind->fields[f].type != QD_FIELD_MONEY || mapping->column[f] < 0)
        continue;
      for (guint c = 0; c < source->n_headers; c++)
        {
          Pair pair = { mapping->column[f], c, TRUE, FALSE, 0, 0, FALSE };
          gboolean other = (int) c != mapping->column[f];

          for (guint g = 0; g < mapping->kind->n_fields; g++)
            other = other && (mapping->column[g] != (int) c || mapping->kind->fields[g].type == QD_FIELD_MONEY);
          if (other)
            g_array_append_val (evidence->pairs, pair);
        }
    }
}

static gboolean
look_at_rows (Evidence        *evidence,
              QdSource        *source,
              const QdMapping *mapping,
              guint64         *rows,
              QdJob           *job,
              GError         **error)
{
  gboolean discounts = mapping->kind == &qd_kind_subscriptions && mapping->column[QD_LINE_DISCOUNT] >= 0;
  g_autoptr (GError) local = NULL;
  g_auto (QdScan) scan = { 0 };
  guint64 n = 0;

  qd_source_scan (source, &scan);
  while (qd_scan_next (&scan, &local))
    {
      for (guint i = 0; i < evidence->dates->len; i++)
        look_at_date (&g_array_index (evidence->dates, DateColumn, i), &scan);
      for (guint i = 0; i < evidence->numbers->len; i++)
        look_at_number (evidence, &g_array_index (evidence->numbers, NumberColumn, i), &scan);
      for (guint i = 0; i < evidence->pairs->len;)
        {
          Pair *pair = &g_array_index (evidence->pairs, Pair, i);

          if (look_at_pair (pair, &scan))
            i++;
          else
            g_array_remove_index_fast (evidence->pairs, i);
        }
      if (discounts)
        look_at_discount (evidence, mapping, &scan);
      if (++n % CHECK_ROWS == 0)
        {
          if (!qd_job_check (job, error))
            return FALSE;
          qd_job_report (job, 0.2 * (scan.at - source->data) / MAX (source->data_length, 1), _("Looking at the file"));
        }
    }
  *rows = n;
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  return TRUE;
}

/**
 * qd_detect_reading:
 * @source: a source
 * @mapping: which column feeds which field
 * @options: what was said; it settles what it names
 * @saved: (nullable): what is saved for these headers; settles what the rows leave open
 * @currency: the reporting currency
 * @reading: (out caller-allocates): how to read the values
 * @notes: translated sentences are added
 * @questions: (nullable) (element-type QdQuestion): what the file leaves open
 *   is added and is no error; it is read in one of the ways that are possible
 * @job: (nullable): progress and cancel
 * @error: return location
 *
 * Looks at every row and decides how values are to be read. Linear in the
 * file; may be called from any thread.
 *
 * Returns: `FALSE` with `QD_INTAKE_ERROR_AMBIGUOUS`, whose message names the
 *   option that settles it, or with `QD_INTAKE_ERROR_FORMAT`
 */
gboolean
qd_detect_reading (QdSource              *source,
                   const QdMapping       *mapping,
                   const QdImportOptions *options,
                   const QdSavedMapping  *saved,
                   const char            *currency,
                   QdReading             *reading,
                   GPtrArray             *notes,
                   GPtrArray             *questions,
                   QdJob                 *job,
                   GError               **error)
{
  g_autoptr (GArray) dates = g_array_new (FALSE, TRUE, sizeof (DateColumn));
  g_autoptr (GArray) numbers = g_array_new (FALSE, TRUE, sizeof (NumberColumn));
  g_autoptr (GArray) pairs = g_array_new (FALSE, TRUE, sizeof (Pair));
  Evidence evidence = { dates, numbers, pairs, QD_DECIMAL_ANY };

  memset (reading, 0, sizeof *reading);
  for (guint f = 0; f < mapping->kind->n_fields; f++)
    {
      QdFieldType type = mapping->kind->fields[f].type;

      if (mapping->column[f] < 0)
        continue;
      if (type == QD_FIELD_DATE || type == QD_FIELD_MONTH)
        {
          DateColumn date = { .column = mapping->column[f], .field = f, .mask = QD_ORDER_ANY };

          g_array_append_val (dates, date);
        }
      else if (type == QD_FIELD_MONEY || type == QD_FIELD_NUMBER || type == QD_FIELD_INTEGER)
        {
          NumberColumn number = { mapping->column[f], f };

          g_array_append_val (numbers, number);
        }
    }
  if (options->amounts == NULL)
    add_pairs (&evidence, source, mapping);

  return check_currency (source, mapping, currency, questions, error) &&
         look_at_rows (&evidence, source, mapping, &reading->rows, job, error) &&
         decide_dates (&evidence, source, options, saved, reading, notes, questions, error) &&
         decide_decimal (&evidence, source, options, saved, reading, notes, questions, error) &&
         decide_minor (&evidence, source, mapping, options, saved, reading, notes, questions, error) &&
         decide_discount (&evidence, source, mapping, reading, questions, error) &&
         (mapping->kind != &qd_kind_movements ||
          qd_detect_movements (source, mapping, options, saved, reading, notes, questions, job, error));
}
