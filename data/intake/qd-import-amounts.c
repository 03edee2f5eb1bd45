/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What movements and months have in common: the rows that are there, reading
 * in a thread of its own, because there may be millions, and changes last.
 */
#include "config.h"

#include "qd-import-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define FORESEEN_BYTES 1024

typedef struct
{
  gint64 id;
  QdAmountRow row;
} Change;

/**
 * qd_amounts_init:
 * @self: where it stands
 * @class: the kind
 * @import: an import
 */
void
qd_amounts_init (QdAmounts            *self,
                 const QdAmountsClass *class,
                 QdImport             *import)
{
  self->class = class;
  self->import = import;
  self->changes = g_array_new (FALSE, FALSE, sizeof (Change));
}

/**
 * qd_amounts_clear:
 * @self: the object
 *
 * Frees what it holds.
 */
void
qd_amounts_clear (QdAmounts *self)
{
  g_clear_pointer (&self->changes, g_array_unref);
}

/**
 * qd_amount_make_key:
 * @amount: an amount
 * @place: its place among those of the same account, time, product and
 *   currency
 * @a: (out): one half of the key
 * @b: (out): the other
 */
void
qd_amount_make_key (const QdAmount *amount,
                    guint32         place,
                    guint64        *a,
                    guint64        *b)
{
  *a = (guint64) amount->account << 32 | (guint32) amount->time;
  *b = (guint64) amount->product << 32 | (guint64) (amount->currency & 0xfff) << 20 | (place & 0xfffff);
}

static guint16
find_currency (QdImport   *import,
               const char *code)
{
  QdCurrencyUse use = { .exponent = 2, .has_rate = TRUE };

  if (code == NULL)
    return 0;
  for (guint i = 0; i < import->currencies->len; i++)
    if (strcmp (g_array_index (import->currencies, QdCurrencyUse, i).code, code) == 0)
      return (guint16) i;
  g_strlcpy (use.code, code, sizeof use.code);
  use.exponent = MAX (qd_currency_get_exponent (use.code), 0);
  g_array_append_val (import->currencies, use);
  return (guint16) (import->currencies->len - 1);
}

static gboolean
load_old (QdAmounts *self,
          GError   **error)
{
  g_autoptr (QdStmt) stmt = qd_db_statement (self->import->db, self->class->load, error);
  sqlite3_stmt *handle;
  gboolean row;

  if (stmt == NULL)
    return FALSE;
  handle = qd_stmt_get_handle (stmt);
  for (;;)
    {
      QdAmount amount = { 0 };

      if (!qd_stmt_step (stmt, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      amount.account = sqlite3_column_int64 (handle, 1);
      amount.time = (gint32) CLAMP (sqlite3_column_int64 (handle, 2), G_MININT32, G_MAXINT32);
      amount.num = sqlite3_column_int64 (handle, 3);
      amount.den = sqlite3_column_int64 (handle, 4);
      amount.product = sqlite3_column_int64 (handle, 5);
      amount.currency = find_currency (self->import, (const char *) sqlite3_column_text (handle, 6));
      self->class->load_old (self, sqlite3_column_int64 (handle, 0), &amount, handle);
    }
}

/**
 * qd_amounts_read_money:
 * @self: the object
 * @field: the field of the amount
 * @value: the amount as in the file
 * @currency_field: the field of its currency
 * @sign: what a currency sign in the amount names, or ""
 * @least: (nullable): what is expected when it is below 0, not yet translated;
 *   `NULL`: it may be
 * @row: gets it
 *
 * Returns: `FALSE` when amount or currency are no good: the row is rejected
 *   then
 */
gboolean
qd_amounts_read_money (QdAmounts   *self,
                       int          field,
                       QdDecimal    value,
                       int          currency_field,
                       const char  *sign,
                       const char  *least,
                       QdAmountRow *row)
{
  QdImport *import = self->import;
  QdRatio amount;
  guint currency;

  if (!qd_import_currency (import, currency_field, sign, &currency) ||
      !qd_import_amount (import, field, value, currency, &amount))
    return FALSE;
  if (amount.num < 0 && least != NULL)
    {
      qd_import_reject (import, field, "negative", least);
      return FALSE;
    }
  row->amount.num = amount.num;
  row->amount.den = amount.den;
  row->amount.currency = (guint16) currency;
  if (currency > 0)
    memcpy (row->code, g_array_index (import->currencies, QdCurrencyUse, currency).code, 4);
  return TRUE;
}

/**
 * qd_amounts_meet:
 * @self: the object, in its reading thread
 * @row: a row of the file
 * @old: id of the row of the workspace that it stands for, or 0
 * @same: whether it is the same
 *
 * Counts a row and hands it on: to be inserted, or kept as a change.
 *
 * Returns: `FALSE` when the writing side has failed
 */
gboolean
qd_amounts_meet (QdAmounts         *self,
                 const QdAmountRow *row,
                 gint64             old,
                 gboolean           same)
{
  QdImportResult *result = self->import->result;

  if (old == 0)
    {
      result->imported++;
      return qd_feed_push (self->feed, row);
    }
  if (same)
    result->unchanged++;
  else
    {
      Change change = { old, *row };

      g_array_append_val (self->changes, change);
    }
  return TRUE;
}

/* The account of the row after this one, by a quick look: if the row is not what it seems nothing is lost but time. */
static guint32
foresee_account (QdAmounts *self)
{
  const QdImport *import = self->import;
  const QdScan *scan = &import->scan;
  const char *at = scan->at, *end = MIN (scan->end, at + FORESEEN_BYTES), *stop;

  for (int column = import->mapping->column[self->class->account]; column > 0 && at != NULL; column--)
    {
      at = memchr (at, scan->delimiter, end - at);
      if (at != NULL)
        at++;
    }
  stop = at != NULL ? memchr (at, scan->delimiter, end - at) : NULL;
  return stop != NULL ? qd_intern_foresee (import->accounts, at, stop - at) : 0;
}

static gboolean
produce (QdFeed  *feed,
         gpointer data,
         GError **error)
{
  QdAmounts *self = data;
  QdImport *import = self->import;
  GError *local = NULL;

  self->feed = feed;
  while (qd_import_next (import, &local))
    {
      QdInternEntry *account, *product = NULL;
      QdAmountRow row = { 0 };
      guint32 next = foresee_account (self);

      row.line = (guint32) MIN (import->scan.line, (guint64) G_MAXUINT32);
      if (!self->class->read (self, &row, &account, &product))
        continue;
      qd_import_need (import, account, FALSE, row.line);
      qd_import_note_form (import, row.amount.account, account);
      if (product != NULL)
        qd_import_need (import, product, TRUE, row.line);
      if (!self->class->place (self, &row))
        return FALSE;
      qd_intern_foresee_entry (import->accounts, next);
    }
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  return self->class->finish == NULL || self->class->finish (self);
}

/* In the order of the parameters of the UPDATE; months have the first seven. */
static void
bind (QdStmt       *stmt,
      const Change *change)
{
  const QdAmount *amount = &change->row.amount;

  qd_stmt_bind_integer (stmt, 1, amount->account);
  qd_stmt_bind_integer (stmt, 2, amount->time);
  qd_stmt_bind_integer (stmt, 3, amount->num);
  qd_stmt_bind_integer (stmt, 4, amount->den);
  if (amount->product != 0)
    qd_stmt_bind_integer (stmt, 5, amount->product);
  else
    qd_stmt_bind_null (stmt, 5);
  qd_stmt_bind_text (stmt, 6, change->row.code[0] ? change->row.code : NULL, -1);
  qd_stmt_bind_integer (stmt, 7, change->id);
  if (sqlite3_bind_parameter_count (qd_stmt_get_handle (stmt)) == 7)
    return;
  qd_stmt_bind_integer (stmt, 8, amount->is_change);
  qd_stmt_bind_integer (stmt, 9, amount->of_product);
  qd_stmt_bind_text (stmt, 10, amount->kind, amount->kind_length);
}

static gboolean
write_changes (QdAmounts *self,
               GError   **error)
{
  QdImport *import = self->import;
  g_autoptr (QdStmt) update = NULL;

  if (self->changes->len == 0)
    return TRUE;
  update = qd_db_statement (import->db, self->class->update, error);
  if (update == NULL)
    return FALSE;
  for (guint i = 0; i < self->changes->len; i++)
    {
      const Change *change = &g_array_index (self->changes, Change, i);
      gboolean ok;

      bind (update, change);
      qd_history_record (import->db, TRUE);
      ok = qd_stmt_run (update, error);
      qd_history_record (import->db, FALSE);
      if (!ok || !qd_import_add_merged (import, change->row.line, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * qd_amounts_run:
 * @self: the object
 * @error: return location
 *
 * Reads what is there, then the file, and writes what is new or changed.
 *
 * Returns: `FALSE` when the file is broken, the store fails or the work was
 *   cancelled
 */
gboolean
qd_amounts_run (QdAmounts *self,
                GError   **error)
{
  return load_old (self, error) &&
         qd_feed_run (self->import, self->class->insert, self->class->insert_plain, produce, self, error) &&
         write_changes (self, error);
}
