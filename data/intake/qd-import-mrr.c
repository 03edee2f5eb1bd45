/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Monthly snapshots.
 */
#include "config.h"

#include "qd-import-private.h"

#include <inttypes.h>
#include <glib/gi18n-lib.h>
#include <stdlib.h>

typedef struct
{
  gint64 id, num, den;
} Old;

#define SEEN ((guint32) 1 << 31) /* in a key's value, beside the index + 1 of the old row */

typedef struct
{
  QdAmounts base;
  GArray *old;      /* Old */
  QdKeyMap *keys;   /* (account, month, product, currency) */
  guint32 index;    /* + 1 of the old row that the row read last stands for, 0: none */
  GArray *months;   /* guint64: account, month; to count the gaps */
} Snapshots;

static void
snapshots_clear (Snapshots *self)
{
  qd_amounts_clear (&self->base);
  g_clear_pointer (&self->old, g_array_unref);
  g_clear_pointer (&self->keys, qd_key_map_free);
  g_clear_pointer (&self->months, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Snapshots, snapshots_clear)

static void
load_old (QdAmounts      *base,
          gint64          id,
          const QdAmount *amount,
          sqlite3_stmt   *row)
{
  Snapshots *self = (Snapshots *) base;
  Old old = { id, amount->num, amount->den };
  guint64 a, b;

  g_array_append_val (self->old, old);
  qd_amount_make_key (amount, 0, &a, &b);
  qd_key_map_add (self->keys, a, b, NULL)->value = self->old->len;
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
  qd_import_reject (import, QD_MRR_MONTH, "bad-month", N_("a month such as 2025-01, or a date in it"));
  return FALSE;
}

static gboolean
read_row (QdAmounts      *base,
          QdAmountRow    *row,
          QdInternEntry **account,
          QdInternEntry **product)
{
  Snapshots *self = (Snapshots *) base;
  QdImport *import = base->import;
  QdAmount *amount = &row->amount;
  const char *text, *account_text;
  gsize length, account_length;
  QdDecimal value;
  QdKeyEntry *entry;
  gboolean given;
  char sign[4];
  guint64 a, b;

  if (!qd_import_required_text (import, QD_MRR_ACCOUNT, &account_text, &account_length) ||
      !read_month (import, &amount->time) || !qd_import_decimal (import, QD_MRR_MRR, &value, &given, sign))
    return FALSE;
  if (!given)
    {
      qd_import_reject (import, QD_MRR_MRR, "missing", N_("an amount; 0 if there was none"));
      return FALSE;
    }
  if (!qd_amounts_read_money (base, QD_MRR_MRR, value, QD_MRR_CURRENCY, sign, N_("0 or more"), row))
    return FALSE;
  amount->account = qd_import_find_account (import, account_text, account_length, account);
  if (qd_import_text (import, QD_MRR_PRODUCT, &text, &length))
    amount->product = qd_import_find_product (import, text, length, product);
  qd_amount_make_key (amount, 0, &a, &b);
  entry = qd_key_map_add (self->keys, a, b, NULL);
  if ((entry->value & SEEN) != 0)
    {
      qd_import_reject (import, QD_MRR_MONTH, "repeated",
                        N_("a month that no earlier row has for this account, product and currency"));
      return FALSE;
    }
  self->index = entry->value;
  entry->value |= SEEN;
  return TRUE;
}

static gboolean
place_row (QdAmounts         *base,
           const QdAmountRow *row)
{
  Snapshots *self = (Snapshots *) base;
  const Old *old = self->index > 0 ? &g_array_index (self->old, Old, self->index - 1) : NULL;
  guint64 month = (guint64) row->amount.account << 32 | (guint32) row->amount.time;

  g_array_append_val (self->months, month);
  return qd_amounts_meet (base, row, old ? old->id : 0,
                          old != NULL && old->num == row->amount.num && old->den == row->amount.den);
}

static const QdAmountsClass months_class = {
  .load = "month-load",
  .insert = "month-insert",
  .insert_plain = "month-insert-plain",
  .update = "month-update",
  .account = QD_MRR_ACCOUNT,
  .load_old = load_old,
  .read = read_row,
  .place = place_row,
};

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
    g_ptr_array_add (self->base.import->result->notes,
                     g_strdup_printf (ngettext ("%'" PRIu64 " month is missing between two present ones (accounts: %'" PRIu64 "); it counts as 0.",
                                                "%'" PRIu64 " months are missing between two present ones (accounts: %'" PRIu64 "); they count as 0.",
                                                missing),
                                      missing, accounts));
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
  g_auto (Snapshots) snapshots = { 0 };
  guint64 rows = qd_import_guess_rows (self);

  qd_amounts_init (&snapshots.base, &months_class, self);
  snapshots.old = g_array_new (FALSE, FALSE, sizeof (Old));
  snapshots.keys = qd_key_map_new ();
  snapshots.months = g_array_sized_new (FALSE, FALSE, sizeof (guint64), (guint) MIN (rows, (guint64) 50000000));
  qd_key_map_reserve (snapshots.keys, rows);
  if (!qd_amounts_run (&snapshots.base, error))
    return FALSE;
  note_gaps (&snapshots);
  return TRUE;
}
