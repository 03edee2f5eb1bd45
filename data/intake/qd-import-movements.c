/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Movement events: the log of levels and changes.
 */
#include "config.h"

#include "qd-import-private.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

/* An event of the workspace. */
typedef struct
{
  gint64 id;
  QdAmount amount;
  gboolean taken;          /* a row of the file stands for it */
} Old;

/* While levels are summed up: an event of the file that waits, with its place. */
typedef struct
{
  QdAmountRow row;
  const char *record;
  guint32 record_length;
  gint64 old;              /* index + 1 of the event that it stands for */
  gboolean rejected;
} Waiting;

typedef struct
{
  QdAmounts base;
  GArray *old;             /* Old */
  QdIntern *old_ids;       /* external id → index + 1 */
  QdKeyMap *old_places;    /* (account, day, product, currency, place) → index + 1 */
  QdKeyMap *old_counts;    /* (account, day, product, currency) → count, of the workspace */
  QdSeen *ids;             /* external ids of the file */
  QdKeyMap *places;        /* (account, day, product, currency) → count, of the file */
  QdIntern *texts;         /* kinds */
  GArray *waiting;         /* Waiting, when sums must be looked at first; else NULL */
  gboolean by_said;        /* --amounts-are speaks for the one amount column there is */
} Movements;

static void
movements_clear (Movements *self)
{
  qd_amounts_clear (&self->base);
  g_clear_pointer (&self->old, g_array_unref);
  g_clear_pointer (&self->old_ids, qd_intern_free);
  g_clear_pointer (&self->old_places, qd_key_map_free);
  g_clear_pointer (&self->old_counts, qd_key_map_free);
  g_clear_pointer (&self->ids, qd_seen_free);
  g_clear_pointer (&self->places, qd_key_map_free);
  g_clear_pointer (&self->texts, qd_intern_free);
  g_clear_pointer (&self->waiting, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Movements, movements_clear)

/* The key of an event without an id: the next place among those that @counts knows. */
static void
make_next_key (QdKeyMap       *counts,
               const QdAmount *amount,
               guint64        *a,
               guint64        *b)
{
  guint32 place;

  qd_amount_make_key (amount, 0, a, b);
  place = (guint32) qd_key_map_add (counts, *a, *b, NULL)->value++;
  qd_amount_make_key (amount, place, a, b);
}

static void
load_old (QdAmounts      *base,
          gint64          id,
          const QdAmount *amount,
          sqlite3_stmt   *row)
{
  Movements *self = (Movements *) base;
  Old old = { id, *amount, FALSE };
  const char *text = (const char *) sqlite3_column_text (row, 9);
  guint64 a, b;

  old.amount.is_change = sqlite3_column_int (row, 7) != 0;
  old.amount.of_product = sqlite3_column_int (row, 8) != 0;
  if (text != NULL)
    {
      QdInternEntry *entry = qd_intern_add (self->texts, text, sqlite3_column_bytes (row, 9), TRUE, NULL);

      old.amount.kind = entry->text;
      old.amount.kind_length = entry->length;
    }
  g_array_append_val (self->old, old);
  text = (const char *) sqlite3_column_text (row, 10);
  if (text != NULL)
    qd_intern_add (self->old_ids, text, sqlite3_column_bytes (row, 10), TRUE, NULL)->value = self->old->len;
  else
    {
      make_next_key (self->old_counts, amount, &a, &b);
      qd_key_map_add (self->old_places, a, b, NULL)->value = self->old->len;
    }
}

/* The amount and what it is: the level where there is one, else the change, else what "amount" was decided to be. */
static gboolean
read_amount (Movements   *self,
             QdAmountRow *row)
{
  static const int fields[] = { QD_EVENT_MRR_AFTER, QD_EVENT_CHANGE, QD_EVENT_AMOUNT };
  QdImport *import = self->base.import;
  QdDecimal value = { 0, 0 };
  gboolean given = FALSE;
  char sign[4] = "";
  int field = -1;

  for (guint i = 0; i < G_N_ELEMENTS (fields) && !given; i++)
    {
      if (!qd_mapping_has (import->mapping, fields[i]))
        continue;
      if (field < 0)
        field = fields[i];
      if (!qd_import_decimal (import, fields[i], &value, &given, sign))
        return FALSE;
      if (given)
        field = fields[i];
    }
  if (!given)
    {
      qd_import_reject (import, field, "missing", N_("an amount"));
      return FALSE;
    }
  row->amount.is_change = field == QD_EVENT_AMOUNT || self->by_said ? import->reading.amount_is_change
                                                                    : field == QD_EVENT_CHANGE;
  return qd_amounts_read_money (&self->base, field, value, QD_EVENT_CURRENCY, sign,
                                row->amount.is_change ? NULL : N_("a level of 0 or more"), row);
}

static gboolean
read_event (QdAmounts      *base,
            QdAmountRow    *row,
            QdInternEntry **account,
            QdInternEntry **product)
{
  Movements *self = (Movements *) base;
  QdImport *import = base->import;
  QdAmount *amount = &row->amount;
  const char *text, *account_text;
  gsize length, account_length;
  QdDay day;

  if (!qd_import_required_text (import, QD_EVENT_ACCOUNT, &account_text, &account_length) ||
      !qd_import_required_day (import, QD_EVENT_DATE, &day) || !read_amount (self, row))
    return FALSE;
  amount->time = day;
  if (qd_import_text (import, QD_EVENT_LEVEL_OF, &text, &length))
    {
      amount->of_product = length == 7 && g_ascii_strncasecmp (text, "product", 7) == 0;
      if (!amount->of_product && !(length == 7 && g_ascii_strncasecmp (text, "account", 7) == 0))
        {
          qd_import_reject (import, QD_EVENT_LEVEL_OF, "bad-choice", N_("account or product"));
          return FALSE;
        }
    }
  else
    amount->of_product = import->reading.of_product || amount->is_change;
  if (qd_import_text (import, QD_EVENT_KIND, &text, &length))
    {
      QdInternEntry *kind = qd_intern_add (self->texts, text, length, TRUE, NULL);

      amount->kind = kind->text;
      amount->kind_length = kind->length;
    }
  if (qd_import_text (import, QD_EVENT_ID, &text, &length))
    {
      int column = import->mapping->column[QD_EVENT_ID];

      /* The text of a cell with doubled quotes is gone with the next row. */
      if (column >= 0 && import->scan.cells[column].doubled)
        text = qd_seen_keep (self->ids, text, length);
      if (!qd_seen_add (self->ids, text, length))
        {
          qd_import_reject (import, QD_EVENT_ID, "repeated", N_("an id that no earlier row of the file has"));
          return FALSE;
        }
      row->id = text;
      row->id_length = (guint32) length;
    }
  amount->account = qd_import_find_account (import, account_text, account_length, account);
  if (qd_import_text (import, QD_EVENT_PRODUCT, &text, &length))
    amount->product = qd_import_find_product (import, text, length, product);
  else
    amount->of_product = FALSE;
  return TRUE;
}

static Old *
find_old (Movements         *self,
          const QdAmountRow *row)
{
  guint64 index = 0;

  if (row->id != NULL)
    {
      QdInternEntry *entry = qd_intern_get_size (self->old_ids) > 0 ? qd_intern_find (self->old_ids, row->id, row->id_length)
                                                                    : NULL;

      index = entry ? entry->value : 0;
    }
  else if (self->old->len > 0)
    {
      QdKeyEntry *entry;
      guint64 a, b;

      make_next_key (self->places, &row->amount, &a, &b);
      entry = qd_key_map_find (self->old_places, a, b);
      index = entry ? entry->value : 0;
    }
  return index > 0 ? &g_array_index (self->old, Old, index - 1) : NULL;
}

static gboolean
is_same (const QdAmount *a,
         const QdAmount *b)
{
  return a->account == b->account && a->product == b->product && a->num == b->num && a->den == b->den &&
         a->time == b->time && a->currency == b->currency && a->is_change == b->is_change &&
         a->of_product == b->of_product && (a->kind == NULL) == (b->kind == NULL) && a->kind_length == b->kind_length &&
         (a->kind == NULL || memcmp (a->kind, b->kind, a->kind_length) == 0);
}

static gboolean
meet (Movements         *self,
      const QdAmountRow *row,
      const Old         *old)
{
  return qd_amounts_meet (&self->base, row, old ? old->id : 0, old != NULL && is_same (&old->amount, &row->amount));
}

/* Sums. */

typedef struct
{
  gint64 product;          /* 0: the account's level */
  const QdAmount *amount;
  guint64 order;           /* old before new, then as they stand */
  guint32 waiting;         /* index + 1, 0: in the workspace */
} Step;

static gboolean
is_one_level (const Step *a,
              const Step *b)
{
  return a->amount->account == b->amount->account && a->product == b->product && a->amount->currency == b->amount->currency;
}

static int
compare_steps (gconstpointer a,
               gconstpointer b)
{
  const Step *x = a, *y = b;

  if (x->amount->account != y->amount->account)
    return x->amount->account < y->amount->account ? -1 : 1;
  if (x->product != y->product)
    return x->product < y->product ? -1 : 1;
  if (x->amount->currency != y->amount->currency)
    return x->amount->currency < y->amount->currency ? -1 : 1;
  if (x->amount->time != y->amount->time)
    return x->amount->time < y->amount->time ? -1 : 1;
  return x->order < y->order ? -1 : x->order > y->order;
}

/* Rejects every waiting event that would take its level below zero. */
static void
check_sums (Movements *self)
{
  g_autoptr (GArray) steps = g_array_new (FALSE, FALSE, sizeof (Step));
  g_autoptr (QdKeyMap) accounts = qd_key_map_new ();
  QdRatio level = { 0, 1 };

  for (guint i = 0; i < self->waiting->len; i++)
    {
      const Waiting *w = &g_array_index (self->waiting, Waiting, i);
      const QdAmount *amount = &w->row.amount;
      /* An event that stands for one of the workspace keeps its place there. */
      Step step = { amount->of_product ? amount->product : 0, amount, w->old > 0 ? (guint64) w->old : ((guint64) 1 << 40) + i,
                    i + 1 };

      qd_key_map_add (accounts, amount->account, 0, NULL);
      g_array_append_val (steps, step);
    }
  for (guint i = 0; i < self->old->len; i++)
    {
      const Old *old = &g_array_index (self->old, Old, i);
      Step step = { old->amount.of_product ? old->amount.product : 0, &old->amount, i + 1, 0 };

      if (!old->taken && qd_key_map_find (accounts, old->amount.account, 0) != NULL)
        g_array_append_val (steps, step);
    }
  if (steps->len > 0)
    qsort (steps->data, steps->len, sizeof (Step), compare_steps);
  for (guint i = 0; i < steps->len; i++)
    {
      const Step *step = &g_array_index (steps, Step, i);
      QdRatio amount = { step->amount->num, step->amount->den }, after = amount;
      gboolean ok = TRUE;

      if (i == 0 || !is_one_level (step - 1, step))
        level = (QdRatio){ 0, 1 };
      if (step->amount->is_change)
        ok = qd_ratio_add (level, amount, &after);
      if (step->waiting > 0 && (!ok || after.num < 0))
        {
          g_array_index (self->waiting, Waiting, step->waiting - 1).rejected = TRUE;
          continue;
        }
      if (ok)
        level = after;
    }
}

static int
amount_field (const Movements *self,
              gboolean         is_change)
{
  const QdMapping *mapping = self->base.import->mapping;

  if (is_change && qd_mapping_has (mapping, QD_EVENT_CHANGE))
    return QD_EVENT_CHANGE;
  if (!is_change && qd_mapping_has (mapping, QD_EVENT_MRR_AFTER))
    return QD_EVENT_MRR_AFTER;
  return qd_mapping_has (mapping, QD_EVENT_AMOUNT)   ? QD_EVENT_AMOUNT
         : qd_mapping_has (mapping, QD_EVENT_CHANGE) ? QD_EVENT_CHANGE
                                                     : QD_EVENT_MRR_AFTER;
}

static gboolean
place_event (QdAmounts         *base,
             const QdAmountRow *row)
{
  Movements *self = (Movements *) base;
  const QdScan *scan = &base->import->scan;
  Old *old = find_old (self, row);

  if (old != NULL)
    old->taken = TRUE;
  if (self->waiting != NULL)
    {
      Waiting waiting = { *row, scan->record, scan->record_end - scan->record,
                          old ? old - (Old *) (void *) self->old->data + 1 : 0, FALSE };

      g_array_append_val (self->waiting, waiting);
      return TRUE;
    }
  return meet (self, row, old);
}

static gboolean
place_waiting (QdAmounts *base)
{
  Movements *self = (Movements *) base;

  if (self->waiting == NULL)
    return TRUE;
  check_sums (self);
  for (guint i = 0; i < self->waiting->len; i++)
    {
      const Waiting *w = &g_array_index (self->waiting, Waiting, i);

      if (w->rejected)
        qd_import_reject_at (base->import, w->row.line, w->record, w->record_length,
                             amount_field (self, w->row.amount.is_change), "negative", N_("a change that leaves 0 or more"));
      else if (!meet (self, &w->row, w->old > 0 ? &g_array_index (self->old, Old, w->old - 1) : NULL))
        return FALSE;
    }
  return TRUE;
}

static const QdAmountsClass events_class = {
  .load = "event-load",
  .insert = "event-insert",
  .insert_plain = "event-insert-plain",
  .update = "event-update",
  .account = QD_EVENT_ACCOUNT,
  .load_old = load_old,
  .read = read_event,
  .place = place_event,
  .finish = place_waiting,
};

/**
 * qd_import_movements:
 * @self: an import
 * @error: return location
 *
 * Reads movement events and writes them.
 *
 * Returns: `FALSE` when the file is broken, the store fails or the work was
 *   cancelled
 */
gboolean
qd_import_movements (QdImport *self,
                     GError  **error)
{
  g_auto (Movements) movements = { 0 };
  guint columns = 0;

  qd_amounts_init (&movements.base, &events_class, self);
  movements.old = g_array_new (FALSE, FALSE, sizeof (Old));
  movements.old_ids = qd_intern_new ();
  movements.old_places = qd_key_map_new ();
  movements.old_counts = qd_key_map_new ();
  movements.places = qd_key_map_new ();
  movements.texts = qd_intern_new ();
  for (int field = QD_EVENT_MRR_AFTER; field <= QD_EVENT_AMOUNT; field++)
    columns += qd_mapping_has (self->mapping, field);
  movements.by_said = self->options->amounts_are != NULL && columns == 1;
  if (movements.by_said ? self->reading.amount_is_change
                        : qd_mapping_has (self->mapping, QD_EVENT_CHANGE) || self->reading.amount_is_change)
    movements.waiting = g_array_new (FALSE, FALSE, sizeof (Waiting));
  movements.ids = qd_seen_new (qd_mapping_has (self->mapping, QD_EVENT_ID) ? qd_import_guess_rows (self) : 0);
  return qd_amounts_run (&movements.base, error);
}
