/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-values.h"

#include <string.h>

#include "qd-detect.h"

#define CHECK_ROWS 8192
#define KNOWN_LIMIT 500 /* of one field: with more nobody chooses from a list */

/* What the workspace knows */

static void
clear_choice (gpointer data)
{
  QdValueChoice *choice = data;

  g_free (choice->value);
  g_free (choice->title);
}

static GArray *
choices_new (void)
{
  GArray *choices = g_array_new (FALSE, FALSE, sizeof (QdValueChoice));

  g_array_set_clear_func (choices, clear_choice);
  return choices;
}

static void
add_choice (GArray     *choices,
            const char *value,
            const char *title)
{
  QdValueChoice choice = { g_strdup (value), g_strdup (title) };

  g_array_append_val (choices, choice);
}

static gboolean
load (QdDb       *db,
      const char *statement,
      GHashTable *known,
      GError    **error)
{
  g_autoptr (QdStmt) stmt = qd_db_statement (db, statement, error);
  gboolean row = TRUE;

  while (stmt != NULL && qd_stmt_step (stmt, &row, error))
    {
      sqlite3_stmt *handle = qd_stmt_get_handle (stmt);
      const char *field;
      GArray *choices;

      if (!row)
        return TRUE;
      field = (const char *) sqlite3_column_text (handle, 0);
      choices = g_hash_table_lookup (known, field);
      if (choices == NULL)
        {
          choices = choices_new ();
          g_hash_table_insert (known, g_strdup (field), choices);
        }
      if (choices->len <= KNOWN_LIMIT)
        add_choice (choices, (const char *) sqlite3_column_text (handle, 1), (const char *) sqlite3_column_text (handle, 2));
    }
  return FALSE;
}

/**
 * qd_values_load_known:
 * @db: the connection
 * @kind: a kind of data
 * @error: return location
 *
 * Reads what the fields of a kind hold in the workspace: members of dimensions,
 * products, currencies with a rate.
 *
 * Returns: (transfer full) (nullable): field → `GArray` of `QdValueChoice`
 */
GHashTable *
qd_values_load_known (QdDb         *db,
                      const QdKind *kind,
                      GError      **error)
{
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_array_unref);
  gboolean of_accounts = kind == &qd_kind_accounts;

  if (!load (db, "intake-known-currencies", known, error) ||
      !load (db, of_accounts ? "intake-known-members" : "intake-known-products", known, error))
    return NULL;
  return g_steal_pointer (&known);
}

/* What a file has that is not known */

typedef enum
{
  NOT_ASKED,
  ASKED_BOOLEAN,
  ASKED_CURRENCY,
  ASKED_INTERVAL,
  ASKED_MOVEMENT,
  ASKED_CHOICE,
  ASKED_MEMBER,
} Asked;

typedef struct
{
  Asked asked;
  int field;
  guint column;
  GHashTable *members;    /* of ASKED_MEMBER: what is known */
  GHashTable *unknown;    /* text → guint64 */
  gboolean too_many;
} Column;

static void
clear_column (gpointer data)
{
  Column *column = data;

  g_clear_pointer (&column->members, g_hash_table_unref);
  g_clear_pointer (&column->unknown, g_hash_table_unref);
}

static Asked
get_asked (const QdKind *kind,
           int           field,
           GHashTable   *known)
{
  const QdField *descriptor = &kind->fields[field];

  if (kind == &qd_kind_fx || kind == &qd_kind_products)
    return NOT_ASKED;
  if (kind == &qd_kind_subscriptions && field == QD_LINE_INTERVAL)
    return ASKED_INTERVAL;
  if (kind == &qd_kind_movements && field == QD_EVENT_KIND)
    return ASKED_MOVEMENT;
  if (descriptor->type == QD_FIELD_BOOLEAN)
    return ASKED_BOOLEAN;
  if (descriptor->type == QD_FIELD_CURRENCY)
    return ASKED_CURRENCY;
  if (descriptor->type == QD_FIELD_CHOICE)
    return ASKED_CHOICE;
  return g_hash_table_contains (known, descriptor->name) ? ASKED_MEMBER : NOT_ASKED;
}

static GArray *
list_columns (const QdMapping *mapping,
              GHashTable      *known)
{
  GArray *columns = g_array_new (FALSE, TRUE, sizeof (Column));

  g_array_set_clear_func (columns, clear_column);
  for (guint f = 0; f < mapping->kind->n_fields; f++)
    {
      Column column = { .field = (int) f };
      GArray *members;

      if (mapping->column[f] < 0)
        continue;
      column.asked = get_asked (mapping->kind, (int) f, known);
      members = column.asked == ASKED_MEMBER ? g_hash_table_lookup (known, mapping->kind->fields[f].name) : NULL;
      if (column.asked == NOT_ASKED || (members != NULL && members->len > KNOWN_LIMIT))
        continue;
      column.column = (guint) mapping->column[f];
      column.unknown = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      if (members != NULL)
        column.members = g_hash_table_new (g_str_hash, g_str_equal);
      for (guint i = 0; members != NULL && i < members->len; i++)
        g_hash_table_add (column.members, g_array_index (members, QdValueChoice, i).value);
      g_array_append_val (columns, column);
    }
  return columns;
}

static gboolean
is_known (const Column    *column,
          const QdKind    *kind,
          const char      *text)
{
  gsize length = strlen (text);
  QdInterval interval;
  gboolean yes;

  switch (column->asked)
    {
    case ASKED_BOOLEAN:
      return qd_value_parse_boolean (text, length, &yes);
    case ASKED_CURRENCY:
      {
        g_autofree char *code = g_ascii_strup (text, (gssize) length);

        return length == 3 && qd_currency_get_exponent (code) >= 0;
      }
    case ASKED_INTERVAL:
      return qd_value_parse_interval (text, length, &interval);
    case ASKED_MOVEMENT:
      return qd_movement_word (text, length) != QD_MOVEMENT_OTHER;
    case ASKED_CHOICE:
      return g_strv_contains (kind->fields[column->field].choices, text);
    case ASKED_MEMBER:
      return g_hash_table_contains (column->members, text);
    case NOT_ASKED:
    default:
      return TRUE;
    }
}

static void
look_at_cell (Column       *column,
              const QdKind *kind,
              const QdScan *scan)
{
  guint limit = column->asked == ASKED_MEMBER || column->asked == ASKED_MOVEMENT ? QD_MEMBERS_ASKED : QD_VALUES_ASKED;
  g_autofree char *own = NULL;
  const char *text;
  gsize length;
  guint64 *count;

  if (column->too_many || column->column >= scan->n_cells)
    return;
  text = scan->cells[column->column].text;
  length = scan->cells[column->column].length;
  qd_value_trim (&text, &length);
  if (length == 0 || memchr (text, 0, length) != NULL)
    return;
  own = g_strndup (text, length);
  count = g_hash_table_lookup (column->unknown, own);
  if (count != NULL)
    ++*count;
  else if (is_known (column, kind, own))
    return;
  else if (g_hash_table_size (column->unknown) >= limit)
    column->too_many = TRUE;
  else
    g_hash_table_insert (column->unknown, g_steal_pointer (&own), g_memdup2 (&(guint64){ 1 }, sizeof (guint64)));
}

/* What there is to choose from */

static const char *const yes_and_no[] = { "yes", "no", NULL };
static const char *const movements[] = { "new", "upgrade", "downgrade", "cancel", NULL };
static const char *const intervals[] = { "month", "quarter", "half-year", "year", "week", "day", NULL };

static GArray *
list_choices (const Column *column,
              const QdKind *kind,
              GHashTable   *known)
{
  const char *name = kind->fields[column->field].name;
  const char *const *fixed = column->asked == ASKED_BOOLEAN    ? yes_and_no
                             : column->asked == ASKED_MOVEMENT ? movements
                             : column->asked == ASKED_INTERVAL ? intervals
                             : column->asked == ASKED_CHOICE   ? kind->fields[column->field].choices
                                                               : NULL;
  GArray *members = fixed == NULL ? g_hash_table_lookup (known, column->asked == ASKED_CURRENCY ? "currency" : name) : NULL;
  GArray *choices = choices_new ();

  for (guint i = 0; fixed != NULL && fixed[i] != NULL; i++)
    add_choice (choices, fixed[i], NULL);
  for (guint i = 0; members != NULL && i < members->len; i++)
    add_choice (choices, g_array_index (members, QdValueChoice, i).value, g_array_index (members, QdValueChoice, i).title);
  return choices;
}

/* What people write for a currency. */
static const char *
guess_currency (const char *text)
{
  static const char *const words[][2] = {
    { "us$", "USD" },   { "$", "USD" },      { "usdollar", "USD" }, { "dollar", "USD" }, { "dollars", "USD" },
    { "€", "EUR" },     { "euro", "EUR" },   { "euros", "EUR" },    { "£", "GBP" },      { "pound", "GBP" },
    { "pounds", "GBP" }, { "sterling", "GBP" }, { "sfr", "CHF" },   { "franken", "CHF" }, { "yen", "JPY" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_ascii_strcasecmp (text, words[i][0]) == 0)
      return words[i][1];
  return NULL;
}

static char *
find_like (const Column *column,
           const GArray *choices,
           const char   *text)
{
  g_autofree char *folded = qd_value_fold (text);
  const char *currency = column->asked == ASKED_CURRENCY ? guess_currency (text) : NULL;

  for (guint i = 0; i < choices->len; i++)
    {
      const QdValueChoice *choice = &g_array_index (choices, QdValueChoice, i);
      g_autofree char *value = qd_value_fold (choice->value);
      g_autofree char *title = choice->title != NULL ? qd_value_fold (choice->title) : NULL;

      if (g_strcmp0 (currency, choice->value) == 0 ||
          (*folded != 0 && (strcmp (value, folded) == 0 || g_strcmp0 (title, folded) == 0)))
        return g_strdup (choice->value);
    }
  return NULL;
}

static void
free_unknown (gpointer data)
{
  QdUnknownValue *value = data;

  g_free (value->text);
  g_free (value->to);
  g_free (value->like);
  g_free (value);
}

/**
 * qd_value_question_free:
 * @self: (nullable): a question
 *
 * Frees it.
 */
void
qd_value_question_free (QdValueQuestion *self)
{
  if (self == NULL)
    return;
  g_free (self->header);
  g_clear_pointer (&self->unknown, g_ptr_array_unref);
  g_clear_pointer (&self->choices, g_array_unref);
  g_free (self);
}

static int
compare_unknown (gconstpointer a,
                 gconstpointer b)
{
  const QdUnknownValue *x = *(QdUnknownValue *const *) a, *y = *(QdUnknownValue *const *) b;

  if (x->count != y->count)
    return x->count > y->count ? -1 : 1;
  return strcmp (x->text, y->text);
}

static QdValueQuestion *
make_question (const Column    *column,
               QdSource        *source,
               const QdMapping *mapping,
               GHashTable      *known)
{
  QdValueQuestion *self = g_new0 (QdValueQuestion, 1);
  GHashTableIter iter;
  gpointer text, count;

  self->field = column->field;
  self->column = column->column;
  self->header = g_strdup (source->headers[column->column]);
  self->rejects = column->asked != ASKED_MEMBER && column->asked != ASKED_MOVEMENT;
  self->choices = list_choices (column, mapping->kind, known);
  self->unknown = g_ptr_array_new_with_free_func (free_unknown);
  g_hash_table_iter_init (&iter, column->unknown);
  while (g_hash_table_iter_next (&iter, &text, &count))
    {
      QdUnknownValue *value = g_new0 (QdUnknownValue, 1);

      value->text = g_strdup (text);
      value->count = *(guint64 *) count;
      value->to = g_strdup (qd_values_get (mapping->values, mapping->kind->fields[column->field].name, text));
      value->like = find_like (column, self->choices, text);
      g_ptr_array_add (self->unknown, value);
    }
  g_ptr_array_sort (self->unknown, compare_unknown);
  return self;
}

/**
 * qd_values_find:
 * @source: a source, without the values of its mapping among its fixes
 * @mapping: which column feeds which field
 * @known: as qd_values_load_known() gave it
 * @job: (nullable): cancels
 * @error: return location
 *
 * Looks for texts that a field does not know: neither yes nor no, no currency,
 * no billing interval, no kind of movement, a member or product that is new
 * where others are there. A column with very many is no list of values and is
 * passed over. Linear in the file.
 *
 * Returns: (transfer full) (element-type QdValueQuestion) (nullable): what to ask
 */
GPtrArray *
qd_values_find (QdSource        *source,
                const QdMapping *mapping,
                GHashTable      *known,
                QdJob           *job,
                GError         **error)
{
  g_autoptr (GPtrArray) questions = g_ptr_array_new_with_free_func ((GDestroyNotify) qd_value_question_free);
  g_autoptr (GArray) columns = list_columns (mapping, known);
  g_autoptr (GError) local = NULL;
  g_auto (QdScan) scan = { 0 };

  if (columns->len == 0)
    return g_steal_pointer (&questions);
  qd_source_scan (source, &scan);
  for (guint64 row = 0; qd_scan_next (&scan, &local); row++)
    {
      if (row % CHECK_ROWS == 0 && !qd_job_check (job, error))
        return NULL;
      for (guint i = 0; i < columns->len; i++)
        look_at_cell (&g_array_index (columns, Column, i), mapping->kind, &scan);
    }
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  for (guint i = 0; i < columns->len; i++)
    {
      const Column *column = &g_array_index (columns, Column, i);

      if (g_hash_table_size (column->unknown) > 0 && !column->too_many)
        g_ptr_array_add (questions, make_question (column, source, mapping, known));
    }
  return g_steal_pointer (&questions);
}
