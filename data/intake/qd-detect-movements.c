/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-detect.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "qd-intern.h"

#define CHECK_ROWS 8192

/* One row as far as the questions need it. Amounts are in units of 10⁻⁴: only comparisons are made of them. */
typedef struct
{
  guint32 account;
  guint32 product;  /* 0: none */
  QdDay day;
  guint32 order;
  gint64 amount;
  guint8 word;
} Row;

/**
 * qd_movement_word:
 * @text: a kind of movement as a file calls it
 * @length: its bytes
 *
 * Returns: what it means, as far as the words that exports use tell
 */
QdMovementWord
qd_movement_word (const char *text,
                  gsize       length)
{
  static const struct
  {
    const char *part;
    QdMovementWord word;
  } parts[] = {
    { "cancel", QD_MOVEMENT_CANCEL },    { "churn", QD_MOVEMENT_CANCEL },     { "terminat", QD_MOVEMENT_CANCEL },
    { "lost", QD_MOVEMENT_CANCEL },      { "expired", QD_MOVEMENT_CANCEL },   { "ended", QD_MOVEMENT_CANCEL },
    { "downgrade", QD_MOVEMENT_DOWN },   { "contraction", QD_MOVEMENT_DOWN }, { "downsell", QD_MOVEMENT_DOWN },
    { "decrease", QD_MOVEMENT_DOWN },    { "reactivat", QD_MOVEMENT_NEW },    { "signup", QD_MOVEMENT_NEW },
    { "sign_up", QD_MOVEMENT_NEW },      { "sign-up", QD_MOVEMENT_NEW },      { "sign up", QD_MOVEMENT_NEW },
    { "new", QD_MOVEMENT_NEW },          { "start", QD_MOVEMENT_NEW },        { "won", QD_MOVEMENT_NEW },
    { "created", QD_MOVEMENT_NEW },      { "subscribe", QD_MOVEMENT_NEW },    { "upgrade", QD_MOVEMENT_UP },
    { "expansion", QD_MOVEMENT_UP },     { "upsell", QD_MOVEMENT_UP },        { "cross", QD_MOVEMENT_UP },
    { "increase", QD_MOVEMENT_UP },
  };
  char small[64];
  gsize n = MIN (length, sizeof small - 1);

  for (gsize i = 0; i < n; i++)
    small[i] = g_ascii_tolower (text[i]);
  small[n] = 0;
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    if (strstr (small, parts[i].part) != NULL && !(strcmp (parts[i].part, "new") == 0 && strstr (small, "renew") != NULL))
      return parts[i].word;
  return QD_MOVEMENT_OTHER;
}

static int
compare_rows (gconstpointer a,
              gconstpointer b)
{
  const Row *x = a, *y = b;

  if (x->account != y->account)
    return x->account < y->account ? -1 : 1;
  if (x->day != y->day)
    return x->day < y->day ? -1 : 1;
  return x->order < y->order ? -1 : x->order > y->order;
}

static gboolean
trimmed (const QdScan *scan,
         int           column,
         const char  **text,
         gsize        *length)
{
  if (column < 0 || (guint) column >= scan->n_cells)
    return FALSE;
  *text = scan->cells[column].text;
  *length = scan->cells[column].length;
  qd_value_trim (text, length);
  return *length > 0;
}

static GArray *
collect (QdSource        *source,
         const QdMapping *mapping,
         const QdReading *reading,
         int              amount_field,
         QdJob           *job,
         GError         **error)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (Row));
  g_autoptr (QdIntern) accounts = qd_intern_new ();
  g_autoptr (QdIntern) products = qd_intern_new ();
  g_autoptr (GError) local = NULL;
  g_auto (QdScan) scan = { 0 };
  const char *text;
  gsize length;
  guint32 n = 0;

  qd_source_scan (source, &scan);
  while (qd_scan_next (&scan, &local))
    {
      Row row = { .order = n++ };
      QdDecimal amount;
      gboolean added;

      if (n % CHECK_ROWS == 0 && !qd_job_check (job, error))
        return NULL;
      if (!trimmed (&scan, mapping->column[QD_EVENT_DATE], &text, &length))
        continue;
      row.day = qd_value_parse_day (text, length, reading->order[QD_EVENT_DATE]);
      if (row.day == QD_DAY_NONE || !trimmed (&scan, mapping->column[amount_field], &text, &length) ||
          !qd_value_parse_number (text, length, reading->decimal, &amount, NULL))
        continue;
      row.amount = amount.mantissa;
      for (guint s = amount.scale; s < 4; s++)
        if (__builtin_mul_overflow (row.amount, 10, &row.amount))
          row.amount = amount.mantissa > 0 ? G_MAXINT64 : G_MININT64;
      for (guint s = 4; s < amount.scale; s++)
        row.amount /= 10;
      if (!trimmed (&scan, mapping->column[QD_EVENT_ACCOUNT], &text, &length))
        continue;
      {
        QdInternEntry *entry = qd_intern_add (accounts, text, length, TRUE, &added);

        if (added)
          entry->value = qd_intern_get_size (accounts);
        row.account = entry->value;
      }
      if (trimmed (&scan, mapping->column[QD_EVENT_PRODUCT], &text, &length))
        {
          QdInternEntry *entry = qd_intern_add (products, text, length, TRUE, &added);

          if (added)
            entry->value = qd_intern_get_size (products);
          row.product = entry->value;
        }
      if (trimmed (&scan, mapping->column[QD_EVENT_KIND], &text, &length))
        row.word = qd_movement_word (text, length);
      g_array_append_val (rows, row);
    }
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  if (rows->len > 0)
    qsort (rows->data, rows->len, sizeof (Row), compare_rows);
  return g_steal_pointer (&rows);
}

/* Every cancel 0 and some downgrade above 0: levels. Every cancel minus the sum before it: changes. */
static gboolean
decide_change (GArray   *rows,
               gboolean *is_change)
{
  guint cancels = 0, zero = 0, undoing = 0, downgrades = 0;
  gint64 sum = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      const Row *row = &g_array_index (rows, Row, i);

      if (i == 0 || row[-1].account != row->account)
        sum = 0;
      if (row->word == QD_MOVEMENT_CANCEL)
        {
          cancels++;
          zero += row->amount == 0;
          undoing += row->amount == -sum && row->amount != 0;
        }
      if (row->word == QD_MOVEMENT_DOWN && row->amount > 0)
        downgrades++;
      if (__builtin_add_overflow (sum, row->amount, &sum))
        sum = 0;
    }
  if (cancels > 0 && zero == cancels && downgrades > 0)
    {
      *is_change = FALSE;
      return TRUE;
    }
  if (cancels > 0 && undoing == cancels)
    {
      *is_change = TRUE;
      return TRUE;
    }
  return FALSE;
}

typedef struct
{
  guint32 product;
  gint64 level;
} Held;

/* Whether a level is the account's or the product's: +1 account, +2 product, 0 no account has two products. */
static guint
weigh_levels (GArray   *rows,
              gboolean *several)
{
  g_autoptr (GArray) held = g_array_new (FALSE, FALSE, sizeof (Held));
  guint evidence = 0;

  *several = FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      const Row *row = &g_array_index (rows, Row, i);
      Held *own = NULL;
      gboolean another = FALSE;

      if (i == 0 || row[-1].account != row->account)
        g_array_set_size (held, 0);
      if (row->product == 0)
        continue;
      for (guint k = 0; k < held->len; k++)
        {
          Held *h = &g_array_index (held, Held, k);

          if (h->product == row->product)
            own = h;
          else
            another |= h->level > 0;
        }
      if (held->len > 0 && own == NULL)
        *several = TRUE;
      if (row->word == QD_MOVEMENT_NEW && another && row->amount > 0)
        evidence |= 2;
      /* To change or cancel what the account never had says that the plan changed, not a second level. */
      if ((row->word == QD_MOVEMENT_UP || row->word == QD_MOVEMENT_DOWN || row->word == QD_MOVEMENT_CANCEL) &&
          own == NULL && another)
        evidence |= 1;
      if (own != NULL)
        own->level = row->amount;
      else
        {
          Held h = { row->product, row->amount };

          g_array_append_val (held, h);
        }
    }
  return evidence;
}

static char *
read_amount (gint64 amount)
{
  QdDecimal value = { amount, 4 };

  while (value.scale > 0 && value.mantissa % 10 == 0)
    {
      value.mantissa /= 10;
      value.scale--;
    }
  return qd_decimal_to_string (value);
}

/* Whether the rows from @row on, all of one account, show what is asked. */
static guint
rate_account (const Row *row,
              guint      n,
              gboolean   products)
{
  gboolean other = FALSE, end = FALSE;

  for (guint i = 1; i < n; i++)
    {
      other |= row[i].product != row[0].product && row[i].product != 0 && row[0].product != 0;
      end |= row[i].word == QD_MOVEMENT_CANCEL;
    }
  if (products ? !other : n < 2)
    return 0;
  return 10 + (end ? 0 : 5) - MIN (n, 6u) + (n == 2 || n == 3 ? 3 : 0);
}

/* The rows of one account that show what is asked, and what it would pay by each answer. */
static void
ask_with_account (GPtrArray       *questions,
                  QdQuestion      *question,
                  QdSource        *source,
                  const QdMapping *mapping,
                  GArray          *rows,
                  int              amount_field,
                  const char      *first_answer,
                  const char      *second_answer)
{
  const int fields[] = { QD_EVENT_ACCOUNT, QD_EVENT_DATE, QD_EVENT_KIND, QD_EVENT_PRODUCT, amount_field };
  guint best = 0, best_at = 0, best_n = 0;
  gint64 last = 0, sum = 0, of_products = 0;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_auto (QdScan) scan = { 0 };
  guint32 n = 0, highest = 0, wanted = 0;

  for (guint i = 0; i < rows->len; i += wanted)
    {
      const Row *row = &g_array_index (rows, Row, i);
      guint rating;

      for (wanted = 1; i + wanted < rows->len && row[wanted].account == row->account; wanted++)
        ;
      rating = rate_account (row, MIN (wanted, 4u), question->type == QD_QUESTION_LEVEL_OF);
      if (rating > best)
        {
          best = rating;
          best_at = i;
          best_n = MIN (wanted, 4u);
        }
    }
  for (guint i = 0; i < best_n; i++)
    {
      const Row *row = &g_array_index (rows, Row, best_at + i);
      gboolean later = FALSE;

      last = row->amount;
      if (__builtin_add_overflow (sum, row->amount, &sum))
        sum = last;
      for (guint k = i + 1; k < best_n; k++)
        later |= row[k - i].product == row->product;
      if (!later && __builtin_add_overflow (of_products, row->amount, &of_products))
        of_products = last;
      highest = MAX (highest, row->order);
    }
  qd_source_scan (source, &scan);
  while (best_n > 0 && n <= highest && qd_scan_next (&scan, NULL))
    {
      for (guint i = 0; i < best_n; i++)
        if (g_array_index (rows, Row, best_at + i).order == n)
          {
            g_autoptr (GString) text = g_string_new (NULL);

            for (guint f = 0; f < G_N_ELEMENTS (fields); f++)
              {
                const char *cell;
                gsize length;

                if (trimmed (&scan, mapping->column[fields[f]], &cell, &length))
                  g_string_append_printf (text, "%s%.*s", text->len > 0 ? " · " : "", (int) MIN (length, (gsize) 40), cell);
              }
            qd_question_add_example (question, scan.line, text->str);
          }
      n++;
    }
  first = best_n > 0 ? read_amount (last) : NULL;
  second = best_n > 0 ? read_amount (question->type == QD_QUESTION_LEVEL_OF ? of_products : sum) : NULL;
  qd_question_add_answer (question, first_answer, first);
  qd_question_add_answer (question, second_answer, second);
  g_ptr_array_add (questions, question);
}

/**
 * qd_detect_movements:
 * @source: a source
 * @mapping: of movements
 * @options: what was said
 * @saved: (nullable): what is saved for these headers
 * @reading: date order and decimal sign are decided; level or change and whose
 *   level are filled in
 * @notes: translated sentences are added
 * @questions: (nullable): as in qd_detect_reading()
 * @job: (nullable): cancels
 * @error: return location
 *
 * Decides whether amounts are the level after the event or its change, and
 * whether a level is the account's or the product's. Reads the file once more
 * when names and options leave a question. O(n log n) in the rows.
 *
 * Returns: `FALSE` with `QD_INTAKE_ERROR_AMBIGUOUS`
 */
gboolean
qd_detect_movements (QdSource              *source,
                     const QdMapping       *mapping,
                     const QdImportOptions *options,
                     const QdSavedMapping  *saved,
                     QdReading             *reading,
                     GPtrArray             *notes,
                     GPtrArray             *questions,
                     QdJob                 *job,
                     GError               **error)
{
  gboolean named = qd_mapping_has (mapping, QD_EVENT_MRR_AFTER) || qd_mapping_has (mapping, QD_EVENT_CHANGE);
  gboolean product = mapping->column[QD_EVENT_PRODUCT] >= 0;
  gboolean ask_change, ask_level, several;
  g_autoptr (GArray) rows = NULL;
  const char *said = options->amounts_are;
  int field = mapping->column[QD_EVENT_MRR_AFTER] >= 0 ? QD_EVENT_MRR_AFTER : QD_EVENT_AMOUNT;
  guint evidence;

  if (said != NULL)
    {
      reading->amount_is_change = strcmp (said, "change") == 0;
      reading->change_by = QD_DECIDED_SAID;
    }
  else if (named)
    reading->amount_is_change = !qd_mapping_has (mapping, QD_EVENT_MRR_AFTER);
  ask_change = said == NULL && !named;

  /* With the options or the column's name saying "change", there are no levels to ask about. */
  ask_level = product && !qd_mapping_has (mapping, QD_EVENT_LEVEL_OF) &&
              (ask_change || !reading->amount_is_change || qd_mapping_has (mapping, QD_EVENT_MRR_AFTER)) &&
              mapping->column[field] >= 0;
  if (mapping->constant[QD_EVENT_LEVEL_OF] != NULL)
    reading->of_product = strcmp (mapping->constant[QD_EVENT_LEVEL_OF], "product") == 0;
  if (!ask_change && !ask_level)
    return TRUE;

  rows = collect (source, mapping, reading, field, job, error);
  if (rows == NULL)
    return FALSE;
  if (ask_change && rows->len > 0)
    {
      if (decide_change (rows, &reading->amount_is_change))
        {
          reading->change_by = QD_DECIDED_DATA;
          g_ptr_array_add (notes, g_strdup (reading->amount_is_change
                                                ? _("Amounts are changes: every cancellation takes away what was there.")
                                                : _("Amounts are levels: every cancellation is 0 and a downgrade is not.")));
        }
      else if (saved != NULL && saved->amounts_are != NULL)
        {
          reading->amount_is_change = strcmp (saved->amounts_are, "change") == 0;
          reading->change_by = QD_DECIDED_SAVED;
          g_ptr_array_add (notes, g_strdup_printf (_("Amounts are read as %s, as saved for these columns."),
                                                   saved->amounts_are));
        }
      else if (questions != NULL)
        {
          int column = mapping->column[QD_EVENT_AMOUNT];

          ask_with_account (questions,
                            qd_question_new (QD_QUESTION_AMOUNTS_ARE, column >= 0 ? source->headers[column] : NULL, NULL, FALSE),
                            source, mapping, rows, field, "level", "change");
        }
      else
        {
          g_set_error (error, QD_INTAKE_ERROR, QD_INTAKE_ERROR_AMBIGUOUS,
                       _("Column “%s” may hold the level after each movement or the change, and the rows do not decide. "
                         "Say which with --amounts-are level|change."),
                       mapping->column[QD_EVENT_AMOUNT] >= 0 ? source->headers[mapping->column[QD_EVENT_AMOUNT]] : "amount");
          return FALSE;
        }
    }
  if (!ask_level || (reading->amount_is_change && field == QD_EVENT_AMOUNT))
    return TRUE;

  evidence = weigh_levels (rows, &several);
  if (!several || evidence == 1)
    {
      reading->of_product = FALSE;
      reading->level_by = several ? QD_DECIDED_DATA : QD_DECIDED_NOT;
      return TRUE;
    }
  if (evidence == 2)
    {
      reading->of_product = TRUE;
      reading->level_by = QD_DECIDED_DATA;
      g_ptr_array_add (notes, g_strdup (_("Each product has a level of its own: accounts start a second one beside the first.")));
      return TRUE;
    }
  if (questions != NULL)
    {
      ask_with_account (questions, qd_question_new (QD_QUESTION_LEVEL_OF, source->headers[mapping->column[field]], NULL, FALSE),
                        source, mapping, rows, field, "account", "product");
      return TRUE;
    }
  g_set_error (error, QD_INTAKE_ERROR, QD_INTAKE_ERROR_AMBIGUOUS,
               _("Accounts have movements of several products, and the rows do not decide whether a level is the account’s "
                 "or the product’s. Say which with --set level_of=account|product."));
  return FALSE;
}
