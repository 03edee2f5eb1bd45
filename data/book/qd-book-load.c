/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "quarterdeck"

#include "config.h"

#include "qd-book-load.h"

#include <inttypes.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "qd-book-load-private.h"

/* From this many rows on the packed form is worth its room in the file. */
#define CACHE_ROWS 20000
#define CACHE_CHUNK ((gsize) 8 << 20)
#define CACHE_ROOM (G_GUINT64_CONSTANT (64) << 20) /* taken at once, whatever the head says */

static void
clear_numbers (QdBookNumbers *numbers)
{
  g_clear_pointer (&numbers->ids, g_array_unref);
  g_clear_pointer (&numbers->dense, g_free);
}

static void
index_numbers (QdBookNumbers *numbers)
{
  guint n = numbers->ids->len;
  gint64 last = n > 0 ? g_array_index (numbers->ids, gint64, n - 1) : 0;

  if (n == 0 || g_array_index (numbers->ids, gint64, 0) < 0 || last > (gint64) n * 4 + 1024)
    return;
  numbers->n_dense = last + 1;
  numbers->dense = g_new0 (guint32, numbers->n_dense);
  for (guint i = 0; i < n; i++)
    numbers->dense[g_array_index (numbers->ids, gint64, i)] = i + 1;
}

/* Text as it may be shown: what is no UTF-8 is replaced, what follows a NUL is dropped. The result is borrowed from the
 * row, or owned by @repaired. */
static const char *
read_text (sqlite3_stmt *row,
           int           column,
           gsize        *length,
           char        **repaired)
{
  const char *text = (const char *) sqlite3_column_text (row, column);
  const char *nul;
  guint8 high = 0;

  if (text == NULL)
    {
      *length = 0;
      return "";
    }
  *length = sqlite3_column_bytes (row, column);
  nul = memchr (text, '\0', *length);
  if (nul != NULL)
    *length = nul - text;
  for (gsize i = 0; i < *length; i++)
    high |= (guint8) text[i];
  if (high < 0x80 || g_utf8_validate_len (text, *length, NULL))
    return text;
  g_free (*repaired);
  *repaired = g_utf8_make_valid (text, *length);
  *length = strlen (*repaired);
  return *repaired;
}

static gboolean
add_text (QdBookLoad         *load,
          sqlite3_stmt *row,
          int           column,
          guint32      *place,
          GError      **error)
{
  g_autofree char *repaired = NULL;
  gsize length;
  const char *text = read_text (row, column, &length, &repaired);

  if (load->raw->text->len + length + 1 > G_MAXINT32)
    {
      g_set_error_literal (error, QD_STORE_ERROR, QD_STORE_ERROR_FAILED,
                           _ ("The names in this workspace take more than 2 GB, which is more than can be held."));
      return FALSE;
    }
  *place = qd_book_raw_add_text (load->raw, text, length);
  return TRUE;
}

static gboolean
read_accounts (QdBookLoad    *load,
               GError **error)
{
  g_autoptr (QdStmt) stmt = qd_db_statement (load->db, "book-accounts", error);
  g_autoptr (GArray) parents = g_array_new (FALSE, FALSE, sizeof (gint64) * 2);
  gboolean row;
  sqlite3_stmt *handle;

  if (stmt == NULL)
    return FALSE;
  handle = qd_stmt_get_handle (stmt);
  for (guint n = 0;; n++)
    {
      QdBookRawAccount account = { 0 };
      gint64 id, signup;

      if (!qd_stmt_step (stmt, &row, error))
        return FALSE;
      if (!row)
        break;
      if (n % QD_BOOK_CHECK_ROWS == 0 && !qd_job_check (load->job, error))
        return FALSE;

      id = sqlite3_column_int64 (handle, 0);
      if (n >= G_MAXUINT32 / 8)
        return qd_book_load_damaged (error, "account", id);
      if (!add_text (load, handle, 1, &account.id, error) || !add_text (load, handle, 2, &account.name, error))
        return FALSE;
      account.parent = QD_BOOK_NONE;
      if (sqlite3_column_type (handle, 3) != SQLITE_NULL)
        {
          gint64 pair[2] = { n, sqlite3_column_int64 (handle, 3) };

          g_array_append_val (parents, pair);
        }
      account.implied = sqlite3_column_int64 (handle, 4) != 0;
      account.signup = QD_DAY_NONE;
      if (sqlite3_column_type (handle, 5) != SQLITE_NULL)
        {
          signup = sqlite3_column_int64 (handle, 5);
          if (signup < QD_BOOK_DAY_MIN || signup > QD_BOOK_DAY_MAX)
            return qd_book_load_damaged (error, "account", id);
          account.signup = signup;
        }
      g_array_append_val (load->raw->accounts, account);
      g_array_append_val (load->accounts.ids, id);

      for (guint i = 0; i < QD_BOOK_N_STANDARD; i++)
        {
          QdBookRawDimension *dimension = load->raw->dimensions->pdata[i];
          g_autofree char *repaired = NULL;
          gsize length;
          const char *text;
          guint32 value;

          if (sqlite3_column_type (handle, 6 + i) == SQLITE_NULL)
            continue;
          text = read_text (handle, 6 + i, &length, &repaired);
          value = qd_book_raw_dimension_code (dimension, text, length);
          g_array_set_size (dimension->today, n);
          g_array_append_val (dimension->today, value);
        }
    }
  index_numbers (&load->accounts);

  for (guint i = 0; i < parents->len; i++)
    {
      const gint64 *pair = (const gint64 *) (gpointer) parents->data + 2 * i;
      guint32 parent = qd_book_load_find (&load->accounts, pair[1]);

      if (parent == QD_BOOK_NONE)
        return qd_book_load_damaged (error, "account", g_array_index (load->accounts.ids, gint64, pair[0]));
      g_array_index (load->raw->accounts, QdBookRawAccount, pair[0]).parent = parent;
    }
  return TRUE;
}

/* Dated facts about an account that are no dimension. */
static gboolean
is_dimension (const char *field)
{
  static const char *const others[] = { "name",  "parent",  "parent_id", "domain",      "currency",
                                        "seats", "signup", "employees", "signup_date", NULL };

  return !g_strv_contains (others, field);
}

static gboolean
read_values (QdBookLoad    *load,
             GError **error)
{
  g_autoptr (QdStmt) stmt = qd_db_statement (load->db, "book-values", error);
  g_autoptr (GHashTable) fields = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  sqlite3_stmt *handle;
  gboolean row;

  if (stmt == NULL)
    return FALSE;
  handle = qd_stmt_get_handle (stmt);
  for (guint n = 0;; n++)
    {
      g_autofree char *repaired_field = NULL, *repaired = NULL;
      QdBookRawDimension *dimension;
      gpointer found;
      QdBookDated dated;
      gsize length;
      const char *field, *text;
      gint64 id, from;

      if (!qd_stmt_step (stmt, &row, error))
        return FALSE;
      if (!row)
        break;
      if (n % QD_BOOK_CHECK_ROWS == 0 && !qd_job_check (load->job, error))
        return FALSE;

      id = sqlite3_column_int64 (handle, 0);
      field = read_text (handle, 1, &length, &repaired_field);
      if (g_hash_table_lookup_extended (fields, field, NULL, &found))
        dimension = found;
      else
        {
          dimension = is_dimension (field) ? qd_book_raw_get_dimension (load->raw, field) : NULL;
          g_hash_table_insert (fields, g_strdup (field), dimension);
        }
      if (dimension == NULL)
        continue;

      from = sqlite3_column_int64 (handle, 2);
      dated.account = qd_book_load_find (&load->accounts, id);
      if (dated.account == QD_BOOK_NONE || (from != QD_DAY_NONE && (from < QD_BOOK_DAY_MIN || from > QD_BOOK_DAY_MAX)))
        return qd_book_load_damaged (error, "account_value", id);
      dated.from = from;
      text = read_text (handle, 3, &length, &repaired);
      dated.value = qd_book_raw_dimension_code (dimension, text, length);
      g_array_append_val (dimension->dated, dated);
    }
  return TRUE;
}

static gboolean
read_products (QdBookLoad    *load,
               GError **error)
{
  g_autoptr (QdStmt) stmt = qd_db_statement (load->db, "book-products", error);
  sqlite3_stmt *handle;
  gboolean row;

  if (stmt == NULL)
    return FALSE;
  handle = qd_stmt_get_handle (stmt);
  for (;;)
    {
      QdBookRawAccount product = { 0 };
      gint64 id;

      if (!qd_stmt_step (stmt, &row, error))
        return FALSE;
      if (!row)
        break;
      id = sqlite3_column_int64 (handle, 0);
      if (!add_text (load, handle, 1, &product.id, error) || !add_text (load, handle, 2, &product.name, error))
        return FALSE;
      g_array_append_val (load->raw->products, product);
      g_array_append_val (load->products.ids, id);
    }
  index_numbers (&load->products);
  return TRUE;
}

typedef struct
{
  char *name;
  gint64 batch;      /* the earliest that brought a rate */
  GArray *rates;     /* QdBookRawRate */
} RateSet;

static void
free_rate_set (gpointer data)
{
  RateSet *set = data;

  g_free (set->name);
  g_array_unref (set->rates);
  g_free (set);
}

static int
compare_rate_sets (const void *a,
                   const void *b)
{
  const RateSet *x = *(const RateSet *const *) a, *y = *(const RateSet *const *) b;

  if (x->batch != y->batch)
    return x->batch < y->batch ? -1 : 1;
  return strcmp (x->name, y->name);
}

/* The set in use is the one that the setting "rate_set" names, else the one that came first: later sets never move
 * history. A currency that it lacks takes its rates from the next set that has it. */
static gboolean
read_rates (QdBookLoad    *load,
            char   **rate_set,
            GError **error)
{
  g_autoptr (QdStmt) stmt = qd_db_statement (load->db, "book-rates", error);
  g_autoptr (GPtrArray) sets = g_ptr_array_new_with_free_func (free_rate_set);
  g_autofree char *chosen = qd_db_dup_setting (load->db, "rate_set");
  g_autofree gboolean *done = NULL;
  sqlite3_stmt *handle;
  gboolean row;

  if (stmt == NULL)
    return FALSE;
  handle = qd_stmt_get_handle (stmt);
  for (;;)
    {
      RateSet *set = sets->len > 0 ? sets->pdata[sets->len - 1] : NULL;
      g_autofree char *repaired = NULL;
      QdBookRawRate rate = { 0 };
      gint64 month, mantissa, scale, batch;
      guint16 currency;
      gsize length;
      const char *name;

      if (!qd_stmt_step (stmt, &row, error))
        return FALSE;
      if (!row)
        break;
      name = read_text (handle, 0, &length, &repaired);
      batch = sqlite3_column_int64 (handle, 5);
      if (set == NULL || strlen (set->name) != length || memcmp (set->name, name, length) != 0)
        {
          set = g_new0 (RateSet, 1);
          set->name = g_strndup (name, length);
          set->batch = batch;
          set->rates = g_array_new (FALSE, FALSE, sizeof (QdBookRawRate));
          g_ptr_array_add (sets, set);
        }
      set->batch = MIN (set->batch, batch);

      month = sqlite3_column_int64 (handle, 2);
      mantissa = sqlite3_column_int64 (handle, 3);
      scale = sqlite3_column_int64 (handle, 4);
      if ((month != QD_MONTH_NONE && (month < QD_BOOK_MONTH_MIN || month > QD_BOOK_MONTH_MAX)) || mantissa <= 0 || scale < 0 ||
          scale > 18)
        return qd_book_load_damaged (error, "fx_rate", month);
      if (!qd_book_load_currency (load, (const char *) sqlite3_column_text (handle, 1), &currency, error))
        return FALSE;
      rate = (QdBookRawRate){ currency, month, { mantissa, scale } };
      if (currency != 0)
        g_array_append_val (set->rates, rate);
    }

  g_ptr_array_sort (sets, compare_rate_sets);
  for (guint i = 0; chosen != NULL && i < sets->len; i++)
    if (strcmp (((RateSet *) sets->pdata[i])->name, chosen) == 0)
      g_ptr_array_insert (sets, 0, g_ptr_array_steal_index (sets, i));

  done = g_new0 (gboolean, load->raw->currencies->len);
  for (guint i = 0; i < sets->len; i++)
    {
      const RateSet *set = sets->pdata[i];

      for (guint k = 0; k < set->rates->len; k++)
        if (!done[g_array_index (set->rates, QdBookRawRate, k).currency])
          g_array_append_val (load->raw->rates, g_array_index (set->rates, QdBookRawRate, k));
      for (guint k = 0; k < set->rates->len; k++)
        done[g_array_index (set->rates, QdBookRawRate, k).currency] = TRUE;
    }
  if (sets->len > 0)
    *rate_set = g_strdup (((RateSet *) sets->pdata[0])->name);
  return TRUE;
}

static void
clear_load (QdBookLoad *load)
{
  g_clear_pointer (&load->raw, qd_book_raw_free);
  clear_numbers (&load->accounts);
  clear_numbers (&load->products);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (QdBookLoad, clear_load)

static QdBook *
load_rows (QdDb       *db,
           const char *currency,
           QdJob      *job,
           GError    **error)
{
  g_auto (QdBookLoad) load = { .db = db, .job = job };
  g_autofree char *rate_set = NULL;
  QdBook *book;

  load.raw = qd_book_raw_new (currency);
  load.accounts.ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  load.products.ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (!read_accounts (&load, error) || !read_values (&load, error) || !read_products (&load, error) ||
      !read_rates (&load, &rate_set, error) || !qd_book_load_facts (&load, error))
    return NULL;

  book = qd_book_raw_finish (load.raw);
  book->rate_set = g_steal_pointer (&rate_set);
  return book;
}

/* Settings are read from their table each time, never from the packed form. */
static gboolean
read_settings (QdDb    *db,
               QdBook  *book,
               GError **error)
{
  g_autofree char *fiscal_start = qd_db_dup_setting (db, "fiscal_start");
  g_autofree char *last_change = qd_db_dup_setting (db, "last_change");
  g_autofree char *sample = qd_db_dup_setting (db, "sample");

  book->version = qd_db_get_version (db);
  book->name = qd_db_dup_setting (db, "name");
  if (book->name == NULL)
    book->name = g_strdup ("");
  if (!g_utf8_validate (book->name, -1, NULL))
    {
      g_autofree char *name = g_steal_pointer (&book->name);

      book->name = g_utf8_make_valid (name, -1);
    }
  book->fiscal_start = fiscal_start != NULL ? g_ascii_strtoll (fiscal_start, NULL, 10) : 1;
  if (book->fiscal_start < 1 || book->fiscal_start > 12)
    {
      g_set_error_literal (error, QD_STORE_ERROR, QD_STORE_ERROR_DAMAGED,
                           _ ("The workspace is damaged: its fiscal year starts in no month from 1 to 12."));
      return FALSE;
    }
  book->last_change = last_change != NULL ? g_ascii_strtoll (last_change, NULL, 10) : 0;
  book->sample = sample != NULL && strcmp (sample, "0") != 0 && *sample != '\0';
  return TRUE;
}

/* The packed form in table cache: a head that says what it was made from, then chunks. */

typedef struct
{
  gint64 last[5];    /* largest ids of account, product, line, snapshot, event */
} Extent;

static gboolean
read_extent (QdDb    *db,
             Extent  *extent,
             GError **error)
{
  g_autoptr (QdStmt) stmt = qd_db_statement (db, "book-extent", error);
  gboolean row;

  if (stmt == NULL || !qd_stmt_step (stmt, &row, error))
    return FALSE;
  for (int i = 0; i < 5; i++)
    extent->last[i] = row ? GINT64_TO_LE (sqlite3_column_int64 (qd_stmt_get_handle (stmt), i)) : 0;
  return TRUE;
}

static QdBook *
load_cache (QdDb         *db,
            const char   *currency,
            const Extent *extent)
{
  g_autoptr (QdStmt) stmt = qd_db_statement (db, "book-cache-read", NULL);
  g_autoptr (GByteArray) bytes = NULL;
  g_autoptr (QdBook) book = NULL;
  sqlite3_stmt *handle;
  gint64 version = qd_db_get_version (db);
  gboolean row;

  if (stmt == NULL)
    return NULL;
  handle = qd_stmt_get_handle (stmt);
  for (;;)
    {
      const guint8 *body;
      gsize size;

      if (!qd_stmt_step (stmt, &row, NULL))
        return NULL;
      if (!row)
        break;
      if (sqlite3_column_int64 (handle, 0) != version)
        return NULL;
      body = sqlite3_column_blob (handle, 1);
      size = sqlite3_column_bytes (handle, 1);
      if (bytes == NULL)
        {
          guint64 total;

          if (body == NULL || size != sizeof *extent + 8 || memcmp (body, extent, sizeof *extent) != 0)
            return NULL;
          memcpy (&total, body + sizeof *extent, 8);
          total = GUINT64_FROM_LE (total);
          if (total > G_MAXINT32)
            return NULL;
          bytes = g_byte_array_sized_new (MIN (total, CACHE_ROOM));
          continue;
        }
      if (body == NULL || size > G_MAXINT32 - bytes->len)
        return NULL;
      g_byte_array_append (bytes, body, size);
    }
  if (bytes == NULL)
    return NULL;
  book = qd_book_unpack (bytes->data, bytes->len);
  if (book == NULL || strcmp (qd_book_get_currency (book), currency) != 0)
    return NULL;
  return g_steal_pointer (&book);
}

static gboolean
write_cache (QdDb         *db,
             const QdBook *book,
             const Extent *extent,
             GError      **error)
{
  g_autoptr (QdStmt) drop = qd_db_statement (db, "book-cache-drop", error);
  g_autoptr (QdStmt) insert = NULL;
  g_autoptr (GBytes) packed = qd_book_pack (book);
  guint8 head[sizeof *extent + 8];
  const guint8 *data;
  guint64 total;
  gsize size, chunk = 0;

  if (drop == NULL || !qd_stmt_run (drop, error))
    return FALSE;
  if (packed == NULL)
    return TRUE;
  insert = qd_db_statement (db, "book-cache-write", error);
  if (insert == NULL)
    return FALSE;
  data = g_bytes_get_data (packed, &size);
  total = GUINT64_TO_LE ((guint64) size);
  memcpy (head, extent, sizeof *extent);
  memcpy (head + sizeof *extent, &total, 8);

  for (gsize at = 0; at < size || chunk == 0; chunk++)
    {
      g_autofree char *key = g_strdup_printf ("book/%06" G_GSIZE_FORMAT, chunk);
      gsize length = MIN (CACHE_CHUNK, size - at);

      qd_stmt_bind_text (insert, 1, key, -1);
      qd_stmt_bind_integer (insert, 2, qd_book_get_version (book));
      if (chunk == 0)
        qd_stmt_bind_blob (insert, 3, head, sizeof head);
      else
        {
          qd_stmt_bind_blob (insert, 3, data + at, length);
          at += length;
        }
      if (!qd_stmt_run (insert, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * qd_book_should_keep:
 * @book: a book
 *
 * Returns: whether it was read from 20,000 rows of revenue or more, so that its
 *   packed form is worth its room in the file
 */
gboolean
qd_book_should_keep (const QdBook *book)
{
  g_return_val_if_fail (book != NULL, FALSE);
  return !book->packed && (guint64) book->lines.n + book->snapshots.n + book->events.n >= CACHE_ROWS;
}

/**
 * qd_book_keep:
 * @book: a book that was read from this workspace
 * @db: the connection, on the store's thread
 *
 * Writes the packed form, so that the next reading is fast, when the workspace
 * can be written to and has not changed since. It is a help and nothing else:
 * what goes wrong with it is only logged.
 */
void
qd_book_keep (const QdBook *book,
              QdDb         *db)
{
  g_autoptr (GError) error = NULL;
  Extent extent;

  g_return_if_fail (book != NULL && db != NULL);

  if (!qd_book_should_keep (book) || qd_db_is_read_only (db) || !sqlite3_get_autocommit (qd_db_get_handle (db)) ||
      qd_db_get_version (db) != book->version)
    return;
  if (!qd_db_begin (db, &error))
    {
      g_debug ("Writing the packed book: %s", error->message);
      return;
    }
  if (!read_extent (db, &extent, &error) || !write_cache (db, book, &extent, &error))
    {
      g_debug ("Writing the packed book: %s", error->message);
      qd_db_rollback (db);
    }
  else if (!qd_db_commit (db, &error))
    g_debug ("Writing the packed book: %s", error->message);
}

/**
 * qd_book_load:
 * @db: the connection, on the store's thread
 * @job: (nullable): reports and cancels
 * @error: return location
 *
 * Reads the whole workspace into a book: from the packed form when that was
 * made from the same data version, else from the rows. Inside an open write
 * transaction only rows are looked at.
 *
 * Cost is linear in the rows.
 *
 * Returns: (transfer full) (nullable): a book, or `NULL` with
 *   `QD_STORE_ERROR_DAMAGED` when rows contradict one another,
 *   `QD_STORE_ERROR_FAILED` when there are more than can be held,
 *   `G_IO_ERROR_CANCELLED`, or an error of the store
 */
QdBook *
qd_book_load (QdDb    *db,
              QdJob   *job,
              GError **error)
{
  g_autoptr (QdBook) book = NULL;
  g_autofree char *currency = NULL;
  Extent extent;

  g_return_val_if_fail (db != NULL, NULL);

  currency = qd_db_dup_setting (db, "currency");
  if (currency == NULL || qd_currency_get_exponent (currency) < 0)
    {
      qd_book_load_bad_currency (error, currency != NULL ? currency : "");
      return NULL;
    }
  if (!read_extent (db, &extent, error))
    return NULL;

  if (sqlite3_get_autocommit (qd_db_get_handle (db)))
    book = load_cache (db, currency, &extent);
  if (book != NULL)
    book->packed = TRUE;
  else
    book = load_rows (db, currency, job, error);
  return book != NULL && read_settings (db, book, error) ? g_steal_pointer (&book) : NULL;
}
