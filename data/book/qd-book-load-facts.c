/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The rows of revenue, which may be millions: an aggregate function takes them
 * within one step of SQLite, in two thirds of the time that a step for each
 * takes.
 */
#define G_LOG_DOMAIN "quarterdeck"

#include "config.h"

#include "qd-book-load-private.h"

#include <inttypes.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#define POINTER "quarterdeck-book-facts"

/* Its arguments, behind the pointer. */
enum
{
  ID,
  ACCOUNT,
  TIME,
  NUM,
  DEN,
  CURRENCY,
  PRODUCT,
  FLAG,       /* lines and events */
  OF_PRODUCT, /* events */
  END = OF_PRODUCT,
  CANCELED,
};

typedef struct
{
  QdBookLoad *load;
  const char *table;
  int n_values;
  gint64 min, max;   /* of the time */
  GArray *facts;
  GError *error;
} Collect;

guint32
qd_book_load_find (const QdBookNumbers *numbers,
                   gint64               id)
{
  guint low = 0, high = numbers->ids->len;

  if (numbers->dense != NULL)
    return id >= 0 && id < numbers->n_dense && numbers->dense[id] > 0 ? numbers->dense[id] - 1 : QD_BOOK_NONE;
  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      gint64 there = g_array_index (numbers->ids, gint64, middle);

      if (there == id)
        return middle;
      if (there < id)
        low = middle + 1;
      else
        high = middle;
    }
  return QD_BOOK_NONE;
}

gboolean
qd_book_load_damaged (GError    **error,
                      const char *table,
                      gint64      id)
{
  g_set_error (error, QD_STORE_ERROR, QD_STORE_ERROR_DAMAGED,
               /* Translators: the name of a table in the file, then the number of a row. */
               _ ("The workspace is damaged: table %s, row %" PRId64 " refers to something that is not there "
                  "or holds a value out of range. Go back to a checkpoint, or undo the import that brought the row."),
               table, id);
  return FALSE;
}

gboolean
qd_book_load_bad_currency (GError    **error,
                           const char *code)
{
  g_autofree char *shown = g_utf8_make_valid (code, -1);

  g_set_error (error, QD_STORE_ERROR, QD_STORE_ERROR_DAMAGED,
               _ ("The workspace is damaged: it holds amounts in the currency “%s”, which is no ISO 4217 code. Undo the "
                  "import that brought them, or go back to a checkpoint."),
               shown);
  return FALSE;
}

gboolean
qd_book_load_currency (QdBookLoad *load,
                       const char *code,
                       guint16    *currency,
                       GError    **error)
{
  *currency = 0;
  if (code == NULL || *code == '\0')
    return TRUE;
  if (strcmp (code, load->last_code) != 0)
    {
      load->last_currency = strlen (code) == 3 ? qd_book_raw_get_currency (load->raw, code) : -1;
      if (load->last_currency < 0)
        return qd_book_load_bad_currency (error, code);
      memcpy (load->last_code, code, 4);
    }
  *currency = load->last_currency;
  return TRUE;
}

static gboolean
read_day (sqlite3_value *value,
          QdDay          missing,
          QdDay         *day)
{
  gint64 number;

  *day = missing;
  if (sqlite3_value_type (value) == SQLITE_NULL)
    return TRUE;
  number = sqlite3_value_int64 (value);
  *day = number;
  return number >= QD_BOOK_DAY_MIN && number <= QD_BOOK_DAY_MAX;
}

static gboolean
add_fact (Collect        *self,
          sqlite3_value **values)
{
  QdBookLoad *load = self->load;
  QdBookFact fact = { 0 };
  gint64 id = sqlite3_value_int64 (values[ID]), time = sqlite3_value_int64 (values[TIME]);
  guint n = self->facts->len;
  gboolean good = TRUE;

  if (n % QD_BOOK_CHECK_ROWS == 0 && !qd_job_check (load->job, &self->error))
    return FALSE;
  if (n >= G_MAXUINT32 / sizeof fact)
    {
      g_set_error (&self->error, QD_STORE_ERROR, QD_STORE_ERROR_FAILED,
                   _ ("The workspace holds more than %'u rows of revenue, which is more than can be held."), n);
      return FALSE;
    }
  fact.row = id;
  fact.time = time;
  fact.account = qd_book_load_find (&load->accounts, sqlite3_value_int64 (values[ACCOUNT]));
  fact.num = sqlite3_value_int64 (values[NUM]);
  fact.den = sqlite3_value_int64 (values[DEN]);
  fact.product = QD_BOOK_NONE;
  if (sqlite3_value_type (values[PRODUCT]) != SQLITE_NULL)
    {
      fact.product = qd_book_load_find (&load->products, sqlite3_value_int64 (values[PRODUCT]));
      good = fact.product != QD_BOOK_NONE;
    }
  if (self->n_values > FLAG)
    fact.flag = sqlite3_value_int64 (values[FLAG]) != 0;
  if (self->n_values == OF_PRODUCT + 1)
    fact.of_product = sqlite3_value_int64 (values[OF_PRODUCT]) != 0;
  else if (self->n_values == CANCELED + 1)
    good = good && read_day (values[END], QD_DAY_FOREVER, &fact.end) &&
           read_day (values[CANCELED], QD_DAY_NONE, &fact.canceled);
  if (!good || id < 0 || id > G_MAXUINT32 || fact.account == QD_BOOK_NONE || time < self->min || time > self->max ||
      fact.den <= 0)
    return qd_book_load_damaged (&self->error, self->table, id);
  if (sqlite3_value_type (values[CURRENCY]) != SQLITE_NULL &&
      !qd_book_load_currency (load, (const char *) sqlite3_value_text (values[CURRENCY]), &fact.currency, &self->error))
    return FALSE;
  g_array_append_val (self->facts, fact);
  return TRUE;
}

/* book_fact (:collect, id, account, time, …) */
static void
step_cb (sqlite3_context *context,
         int              n,
         sqlite3_value  **values)
{
  Collect *self = n > 0 ? sqlite3_value_pointer (values[0], POINTER) : NULL;

  if (self == NULL || n != self->n_values + 1)
    sqlite3_result_error_code (context, SQLITE_MISUSE);
  else if (self->error == NULL && !add_fact (self, values + 1))
    sqlite3_result_error_code (context, SQLITE_ABORT);
}

static void
final_cb (sqlite3_context *context)
{
  sqlite3_result_null (context);
}

static gboolean
collect (Collect    *self,
         const char *statement,
         GError    **error)
{
  g_autoptr (QdStmt) stmt = qd_db_statement (self->load->db, statement, error);
  g_autoptr (GError) local = NULL;

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_pointer (qd_stmt_get_handle (stmt), 1, self, POINTER, NULL);
  if (qd_stmt_run (stmt, &local))
    return TRUE;
  /* What was found is the reason; what SQLite says of it is not. */
  g_propagate_error (error, self->error != NULL ? self->error : g_steal_pointer (&local));
  return FALSE;
}

gboolean
qd_book_load_facts (QdBookLoad *load,
                    GError    **error)
{
  Collect forms[] = {
    { load, "subscription_line", CANCELED + 1, QD_BOOK_DAY_MIN, QD_BOOK_DAY_MAX, load->raw->lines, NULL },
    { load, "revenue_month", PRODUCT + 1, QD_BOOK_MONTH_MIN, QD_BOOK_MONTH_MAX, load->raw->snapshots, NULL },
    { load, "movement_event", OF_PRODUCT + 1, QD_BOOK_DAY_MIN, QD_BOOK_DAY_MAX, load->raw->events, NULL },
  };
  static const char *const statements[] = { "book-lines", "book-snapshots", "book-events" };
  int rc = sqlite3_create_function (qd_db_get_handle (load->db), "book_fact", -1, SQLITE_UTF8 | SQLITE_DIRECTONLY, NULL,
                                    NULL, step_cb, final_cb);

  if (rc != SQLITE_OK)
    {
      g_set_error (error, QD_STORE_ERROR, QD_STORE_ERROR_FAILED, "book_fact: %s", sqlite3_errstr (rc));
      return FALSE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    if (!collect (&forms[i], statements[i], error))
      return FALSE;
  return TRUE;
}
