/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Monthly snapshots. Read in a thread of its own, because there may be
 * millions.
 */
#include "config.h"

#include "qd-import-private.h"

#include <inttypes.h>
#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

typedef struct
{
  gint64 account, product; /* product 0: none */
  gint64 num, den;
  QdMonth month;
  guint32 line;
  char code[4];            /* of the currency, "" when it is the reporting one */
} Row;

typedef struct
{
  gint64 id, num, den;
} Old;

typedef struct
{
  gint64 id, num, den;
  guint32 line;
} Change;

#define SEEN ((guint32) 1 << 31) /* in a key's value, beside the index + 1 of the old row */

typedef struct
{
  QdImport *import;
  GArray *old;      /* Old */
  QdKeyMap *keys;   /* (account, month, product, currency) */
  GArray *months;   /* guint64: account, month; to count the gaps */
  GArray *changes;
} Snapshots;

static void
snapshots_clear (Snapshots *self)
{
  g_clear_pointer (&self->old, g_array_unref);
  g_clear_pointer (&self->keys, qd_key_map_free);
  g_clear_pointer (&self->months, g_array_unref);
  g_clear_pointer (&self->changes, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Snapshots, snapshots_clear)

static void
make_key (gint64   account,
          QdMonth  month,
          gint64   product,
          guint    currency,
          guint64 *a,
          guint64 *b)
{
  *a = (guint64) account << 32 | (guint32) month;
  *b = (guint64) product << 32 | currency;
}

static gboolean
load_old (Snapshots *self,
          GError   **error)
{
  QdImport *import = self->import;
  g_autoptr (QdStmt) stmt = qd_db_statement (import->db, "month-load", error);
  sqlite3_stmt *handle;
  gboolean row;

  if (stmt == NULL)
    return FALSE;
  handle = qd_stmt_get_handle (stmt);
  for (;;)
    {
      Old old;
      const char *code;
      guint currency = 0;
      guint64 a, b;

      if (!qd_stmt_step (stmt, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      old.id = sqlite3_column_int64 (handle, 0);
      code = (const char *) sqlite3_column_text (handle, 4);
      while (code != NULL && currency < import->currencies->len &&
             strcmp (g_array_index (import->currencies, QdCurrencyUse, currency).code, code) != 0)
        currency++;
      old.num = sqlite3_column_int64 (handle, 5);
      old.den = sqlite3_column_int64 (handle, 6);
      g_array_append_val (self->old, old);
      make_key (sqlite3_column_int64 (handle, 1), sqlite3_column_int (handle, 2), sqlite3_column_int64 (handle, 3), currency,
                &a, &b);
      qd_key_map_add (self->keys, a, b, NULL)->value = self->old->len;
    }
}

static gboolean
read_month (QdImport *import,
            QdMonth  *month)
{
  const char *text;
  gsize length;

  if (!qd_import_required_text (import, QD_MRR_MONTH, &text, &length))
    return FALSE;
  *month = qd_value_parse_month (text, length, import->reading.order[QD_MRR_MONTH]);
  if (*month != QD_MONTH_NONE)
    return TRUE;
  qd_import_reject (import, QD_MRR_MONTH, "bad-month", _("a month such as 2025-01, or a date in it"));
  return FALSE;
}

static gboolean
read_row (Snapshots      *self,
          Row            *row,
          QdInternEntry **account,
          QdInternEntry **product,
          QdKeyEntry    **slot)
{
  QdImport *import = self->import;
  const char *text, *account_text;
  gsize length, account_length;
  QdDecimal value;
  QdRatio amount;
  QdKeyEntry *entry;
  gboolean given;
  char sign[4];
  guint currency;
  guint64 a, b;

  memset (row, 0, sizeof *row);
  *product = NULL;
  if (!qd_import_required_text (import, QD_MRR_ACCOUNT, &account_text, &account_length) ||
      !read_month (import, &row->month) || !qd_import_decimal (import, QD_MRR_MRR, &value, &given, sign))
    return FALSE;
  if (!given)
    {
      qd_import_reject (import, QD_MRR_MRR, "missing", _("an amount; 0 if there was none"));
      return FALSE;
    }
  if (!qd_import_currency (import, QD_MRR_CURRENCY, sign, &currency) ||
      !qd_import_amount (import, QD_MRR_MRR, value, currency, &amount))
    return FALSE;
  if (amount.num < 0)
    {
      qd_import_reject (import, QD_MRR_MRR, "negative", _("0 or more"));
      return FALSE;
    }
  row->num = amount.num;
  row->den = amount.den;
  if (currency > 0)
    memcpy (row->code, g_array_index (import->currencies, QdCurrencyUse, currency).code, 4);
  row->line = (guint32) MIN (import->scan.line, (guint64) G_MAXUINT32);
  row->account = qd_import_find_account (import, account_text, account_length, account);
  if (qd_import_text (import, QD_MRR_PRODUCT, &text, &length))
    row->product = qd_import_find_product (import, text, length, product);
  make_key (row->account, row->month, row->product, currency, &a, &b);
  entry = qd_key_map_add (self->keys, a, b, NULL);
  if ((entry->value & SEEN) != 0)
    {
      qd_import_reject (import, QD_MRR_MONTH, "repeated",
                        _("a month that no earlier row has for this account, product and currency"));
      return FALSE;
    }
  *slot = entry;
  return TRUE;
}

static gboolean
produce (QdImport *import,
         QdFeed   *feed,
         gpointer  data,
         GError  **error)
{
  Snapshots *self = data;
  GError *local = NULL;

  while (qd_import_next (import, &local))
    {
      QdInternEntry *account, *product;
      QdKeyEntry *slot;
      guint64 place;
      guint32 index;
      Row row;

      if (!read_row (self, &row, &account, &product, &slot))
        continue;
      index = slot->value;
      slot->value |= SEEN;
      qd_import_need (import, account, FALSE, row.line);
      qd_import_note_form (import, row.account, account);
      if (product != NULL)
        qd_import_need (import, product, TRUE, row.line);
      place = (guint64) row.account << 32 | (guint32) row.month;
      g_array_append_val (self->months, place);
      if (index > 0)
        {
          const Old *old = &g_array_index (self->old, Old, index - 1);
          Change change = { old->id, row.num, row.den, row.line };

          if (old->num == row.num && old->den == row.den)
            import->result->unchanged++;
          else
            g_array_append_val (self->changes, change);
          continue;
        }
      import->result->imported++;
      if (!qd_feed_push (feed, &row))
        return FALSE;
    }
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  return TRUE;
}

static void
get_column (gconstpointer    record,
            int              column,
            sqlite3_context *context)
{
  const Row *row = record;

  switch (column)
    {
    case 0:
      sqlite3_result_int64 (context, row->account);
      break;
    case 1:
      sqlite3_result_int (context, row->month);
      break;
    case 2:
      if (row->product != 0)
        sqlite3_result_int64 (context, row->product);
      break;
    case 3:
      if (row->code[0] != 0)
        sqlite3_result_text (context, row->code, 3, SQLITE_STATIC);
      break;
    case 4:
      sqlite3_result_int64 (context, row->num);
      break;
    case 5:
      sqlite3_result_int64 (context, row->den);
      break;
    default:
      sqlite3_result_int64 (context, row->line);
    }
}

static int
compare_places (gconstpointer a,
                gconstpointer b)
{
  guint64 x = *(const guint64 *) a, y = *(const guint64 *) b;

  return x < y ? -1 : x > y;
}

static void
note_gaps (Snapshots *self)
{
  guint64 missing = 0, accounts = 0, last_account = 0;

  if (self->months->len > 0)
    qsort (self->months->data, self->months->len, sizeof (guint64), compare_places);
  for (guint i = 1; i < self->months->len; i++)
    {
      guint64 before = g_array_index (self->months, guint64, i - 1), now = g_array_index (self->months, guint64, i);

      if (before >> 32 != now >> 32 || now - before < 2)
        continue;
      missing += now - before - 1;
      if (accounts == 0 || last_account != now >> 32)
        accounts++;
      last_account = now >> 32;
    }
  if (missing > 0)
    g_ptr_array_add (self->import->result->notes,
                     g_strdup_printf (ngettext ("%" PRIu64 " month is missing between two present ones (accounts: %" PRIu64 "); it counts as 0.",
                                                "%" PRIu64 " months are missing between two present ones (accounts: %" PRIu64 "); they count as 0.",
                                                missing),
                                      missing, accounts));
}

static gboolean
write_changes (Snapshots *self,
               GError   **error)
{
  QdImport *import = self->import;
  g_autoptr (QdStmt) update = NULL;

  if (self->changes->len == 0)
    return TRUE;
  update = qd_db_statement (import->db, "month-update", error);
  if (update == NULL)
    return FALSE;
  for (guint i = 0; i < self->changes->len; i++)
    {
      const Change *change = &g_array_index (self->changes, Change, i);
      gboolean ok;

      qd_stmt_bind_integer (update, 1, change->num);
      qd_stmt_bind_integer (update, 2, change->den);
      qd_stmt_bind_integer (update, 3, change->id);
      qd_history_record (import->db, TRUE);
      ok = qd_stmt_run (update, error);
      qd_history_record (import->db, FALSE);
      if (!ok || !qd_import_add_merged (import, change->line, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * qd_import_mrr:
 * @self: an import
 * @error: return location
 *
 * Reads monthly snapshots and writes them.
 *
 * Returns: `FALSE` when the file is broken, the store fails or the work was
 *   cancelled
 */
gboolean
qd_import_mrr (QdImport *self,
               GError  **error)
{
  g_auto (Snapshots) snapshots = { .import = self };
  guint64 rows = qd_import_guess_rows (self);

  snapshots.old = g_array_new (FALSE, FALSE, sizeof (Old));
  snapshots.keys = qd_key_map_new ();
  snapshots.months = g_array_sized_new (FALSE, FALSE, sizeof (guint64), (guint) MIN (rows, (guint64) 50000000));
  qd_key_map_reserve (snapshots.keys, rows);
  snapshots.changes = g_array_new (FALSE, FALSE, sizeof (Change));
  if (!load_old (&snapshots, error) ||
      !qd_feed_run (self, sizeof (Row), "month-insert", produce, get_column, &snapshots, error))
    return FALSE;
  note_gaps (&snapshots);
  return write_changes (&snapshots, error);
}
