/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Movement events: the log of levels and changes. Read in a thread of its own,
 * because there may be millions.
 */
#include "config.h"

#include "qd-import-private.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

/* An event as it goes to the store's thread. Texts stay where they are until the import ends. */
typedef struct
{
  gint64 account, product; /* product 0: none */
  gint64 num, den;
  QdDay day;
  guint32 line;
  guint16 currency;
  guint8 is_change, of_product;
  char code[4];            /* of the currency, "" when it is the reporting one */
  const char *kind;        /* nullable */
  const char *id;          /* nullable */
  guint32 kind_length, id_length;
} Event;

/* An event of the workspace. */
typedef struct
{
  gint64 id, account, product, num, den;
  QdDay day;
  guint16 currency;
  guint8 is_change, of_product;
  gboolean taken;          /* a row of the file stands for it */
  const char *kind;
  guint32 kind_length;
} Old;

/* While levels are summed up: an event of the file that waits, with its place. */
typedef struct
{
  Event event;
  const char *record;
  guint32 record_length;
  gint64 old;              /* index + 1 of the event that it stands for */
  gboolean rejected;
} Waiting;

typedef struct
{
  gint64 id;
  Event event;
} Change;

typedef struct
{
  QdImport *import;
  GArray *old;             /* Old */
  QdIntern *old_ids;       /* external id → index + 1 */
  QdKeyMap *old_places;    /* (account, day, product, currency, place) → index + 1 */
  QdSeen *ids;             /* external ids of the file */
  QdKeyMap *places;        /* (account, day, product, currency) → count, of the file */
  QdIntern *texts;         /* kinds */
  GArray *waiting;         /* Waiting, when sums must be looked at first; else NULL */
  GArray *changes;         /* Change */
  gboolean by_said;        /* --amounts-are speaks for the one amount column there is */
} Movements;

static void
movements_clear (Movements *self)
{
  g_clear_pointer (&self->old, g_array_unref);
  g_clear_pointer (&self->old_ids, qd_intern_free);
  g_clear_pointer (&self->old_places, qd_key_map_free);
  g_clear_pointer (&self->ids, qd_seen_free);
  g_clear_pointer (&self->places, qd_key_map_free);
  g_clear_pointer (&self->texts, qd_intern_free);
  g_clear_pointer (&self->waiting, g_array_unref);
  g_clear_pointer (&self->changes, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Movements, movements_clear)

static guint
find_currency (QdImport   *import,
               const char *code)
{
  QdCurrencyUse use = { .exponent = 2, .has_rate = TRUE };

  if (code == NULL)
    return 0;
  for (guint i = 0; i < import->currencies->len; i++)
    if (strcmp (g_array_index (import->currencies, QdCurrencyUse, i).code, code) == 0)
      return i;
  g_strlcpy (use.code, code, sizeof use.code);
  use.exponent = MAX (qd_currency_get_exponent (use.code), 0);
  g_array_append_val (import->currencies, use);
  return import->currencies->len - 1;
}

/* What an event without an id is known by; accounts, products and days fit 32 bits long before memory ends. */
static void
make_key (gint64   account,
          QdDay    day,
          gint64   product,
          guint    currency,
          guint32  place,
          guint64 *a,
          guint64 *b)
{
  *a = (guint64) account << 32 | (guint32) day;
  *b = (guint64) product << 32 | (guint64) (currency & 0xfff) << 20 | (place & 0xfffff);
}

static gboolean
load_old (Movements *self,
          GError   **error)
{
  g_autoptr (QdStmt) stmt = qd_db_statement (self->import->db, "event-load", error);
  g_autoptr (QdKeyMap) counts = qd_key_map_new ();
  sqlite3_stmt *handle;
  gboolean row;

  if (stmt == NULL)
    return FALSE;
  handle = qd_stmt_get_handle (stmt);
  for (;;)
    {
      Old old = { 0 };
      const char *text;
      guint64 a, b;

      if (!qd_stmt_step (stmt, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      old.id = sqlite3_column_int64 (handle, 0);
      old.account = sqlite3_column_int64 (handle, 1);
      old.day = (QdDay) CLAMP (sqlite3_column_int64 (handle, 2), G_MININT32, G_MAXINT32);
      old.num = sqlite3_column_int64 (handle, 3);
      old.den = sqlite3_column_int64 (handle, 4);
      old.is_change = sqlite3_column_int (handle, 5) != 0;
      old.of_product = sqlite3_column_int (handle, 6) != 0;
      old.product = sqlite3_column_int64 (handle, 7);
      old.currency = find_currency (self->import, (const char *) sqlite3_column_text (handle, 8));
      text = (const char *) sqlite3_column_text (handle, 9);
      if (text != NULL)
        {
          QdInternEntry *entry = qd_intern_add (self->texts, text, sqlite3_column_bytes (handle, 9), TRUE, NULL);

          old.kind = entry->text;
          old.kind_length = entry->length;
        }
      g_array_append_val (self->old, old);
      text = (const char *) sqlite3_column_text (handle, 10);
      if (text != NULL)
        qd_intern_add (self->old_ids, text, sqlite3_column_bytes (handle, 10), TRUE, NULL)->value = self->old->len;
      else
        {
          guint32 place;

          make_key (old.account, old.day, old.product, old.currency, 0, &a, &b);
          place = (guint32) qd_key_map_add (counts, a, b, NULL)->value++;
          make_key (old.account, old.day, old.product, old.currency, place, &a, &b);
          qd_key_map_add (self->old_places, a, b, NULL)->value = self->old->len;
        }
    }
}

/* The amount and what it is: the level where there is one, else the change, else what "amount" was decided to be. */
static gboolean
read_amount (Movements *self,
             Event     *event,
             int       *field)
{
  static const int fields[] = { QD_EVENT_MRR_AFTER, QD_EVENT_CHANGE, QD_EVENT_AMOUNT };
  QdImport *import = self->import;
  QdDecimal value = { 0, 0 };
  gboolean given = FALSE;
  char sign[4] = "";
  guint currency;
  QdRatio amount;

  *field = -1;
  for (guint i = 0; i < G_N_ELEMENTS (fields) && !given; i++)
    {
      if (!qd_mapping_has (import->mapping, fields[i]))
        continue;
      if (*field < 0)
        *field = fields[i];
      if (!qd_import_decimal (import, fields[i], &value, &given, sign))
        return FALSE;
      if (given)
        *field = fields[i];
    }
  if (!given)
    {
      qd_import_reject (import, *field, "missing", _("an amount"));
      return FALSE;
    }
  event->is_change = *field == QD_EVENT_AMOUNT || self->by_said ? import->reading.amount_is_change
                                                                : *field == QD_EVENT_CHANGE;
  if (!qd_import_currency (import, QD_EVENT_CURRENCY, sign, &currency) ||
      !qd_import_amount (import, *field, value, currency, &amount))
    return FALSE;
  if (amount.num < 0 && !event->is_change)
    {
      qd_import_reject (import, *field, "negative", _("a level of 0 or more"));
      return FALSE;
    }
  event->num = amount.num;
  event->den = amount.den;
  event->currency = currency;
  if (currency > 0)
    memcpy (event->code, g_array_index (import->currencies, QdCurrencyUse, currency).code, 4);
  return TRUE;
}

static gboolean
read_event (Movements      *self,
            Event          *event,
            QdInternEntry **account,
            QdInternEntry **product)
{
  QdImport *import = self->import;
  const char *text, *account_text;
  gsize length, account_length;
  int field;

  memset (event, 0, sizeof *event);
  *product = NULL;
  if (!qd_import_required_text (import, QD_EVENT_ACCOUNT, &account_text, &account_length) ||
      !qd_import_required_day (import, QD_EVENT_DATE, &event->day) || !read_amount (self, event, &field))
    return FALSE;
  event->line = (guint32) MIN (import->scan.line, (guint64) G_MAXUINT32);
  if (qd_import_text (import, QD_EVENT_LEVEL_OF, &text, &length))
    {
      event->of_product = length == 7 && g_ascii_strncasecmp (text, "product", 7) == 0;
      if (!event->of_product && !(length == 7 && g_ascii_strncasecmp (text, "account", 7) == 0))
        {
          qd_import_reject (import, QD_EVENT_LEVEL_OF, "bad-choice", _("account or product"));
          return FALSE;
        }
    }
  else
    event->of_product = import->reading.of_product || event->is_change;
  if (qd_import_text (import, QD_EVENT_KIND, &text, &length))
    {
      QdInternEntry *kind = qd_intern_add (self->texts, text, length, TRUE, NULL);

      event->kind = kind->text;
      event->kind_length = kind->length;
    }
  if (qd_import_text (import, QD_EVENT_ID, &text, &length))
    {
      int column = import->mapping->column[QD_EVENT_ID];

      /* The text of a cell with doubled quotes is gone with the next row. */
      if (column >= 0 && import->scan.cells[column].doubled)
        text = qd_seen_keep (self->ids, text, length);
      if (!qd_seen_add (self->ids, text, length))
        {
          qd_import_reject (import, QD_EVENT_ID, "repeated", _("an id that no earlier row of the file has"));
          return FALSE;
        }
      event->id = text;
      event->id_length = (guint32) length;
    }
  event->account = qd_import_find_account (import, account_text, account_length, account);
  if (qd_import_text (import, QD_EVENT_PRODUCT, &text, &length))
    event->product = qd_import_find_product (import, text, length, product);
  else
    event->of_product = FALSE;
  return TRUE;
}

static Old *
find_old (Movements   *self,
          const Event *event)
{
  guint64 index = 0;

  if (event->id != NULL)
    {
      QdInternEntry *entry = qd_intern_get_size (self->old_ids) > 0
                                 ? qd_intern_find (self->old_ids, event->id, event->id_length)
                                 : NULL;

      index = entry ? entry->value : 0;
    }
  else if (self->old->len > 0)
    {
      QdKeyEntry *entry;
      guint32 place;
      guint64 a, b;

      make_key (event->account, event->day, event->product, event->currency, 0, &a, &b);
      place = (guint32) qd_key_map_add (self->places, a, b, NULL)->value++;
      make_key (event->account, event->day, event->product, event->currency, place, &a, &b);
      entry = qd_key_map_find (self->old_places, a, b);
      index = entry ? entry->value : 0;
    }
  return index > 0 ? &g_array_index (self->old, Old, index - 1) : NULL;
}

static gboolean
is_same (const Old   *old,
         const Event *event)
{
  return old->account == event->account && old->product == event->product && old->num == event->num &&
         old->den == event->den && old->day == event->day && old->currency == event->currency &&
         old->is_change == event->is_change && old->of_product == event->of_product &&
         (old->kind == NULL) == (event->kind == NULL) && old->kind_length == event->kind_length &&
         (old->kind == NULL || memcmp (old->kind, event->kind, old->kind_length) == 0);
}

/* Counts the event and hands it on: to be inserted, or kept as a change. */
static gboolean
place_event (Movements   *self,
             QdFeed      *feed,
             const Event *event,
             const Old   *old)
{
  QdImportResult *result = self->import->result;

  if (old == NULL)
    {
      result->imported++;
      return qd_feed_push (feed, event);
    }
  if (is_same (old, event))
    result->unchanged++;
  else
    {
      Change change = { old->id, *event };

      g_array_append_val (self->changes, change);
    }
  return TRUE;
}

/* Sums. */

typedef struct
{
  gint64 account, product; /* product 0: the account's level */
  guint currency;
  QdDay day;
  guint64 order;           /* old before new, then as they stand */
  gint64 num, den;
  gboolean is_change;
  guint32 waiting;         /* index + 1, 0: in the workspace */
} Step;

static int
compare_steps (gconstpointer a,
               gconstpointer b)
{
  const Step *x = a, *y = b;

  if (x->account != y->account)
    return x->account < y->account ? -1 : 1;
  if (x->product != y->product)
    return x->product < y->product ? -1 : 1;
  if (x->currency != y->currency)
    return x->currency < y->currency ? -1 : 1;
  if (x->day != y->day)
    return x->day < y->day ? -1 : 1;
  return x->order < y->order ? -1 : x->order > y->order;
}

static gboolean
add (QdRatio  a,
     QdRatio  b,
     QdRatio *sum)
{
  __int128 num = (__int128) a.num * b.den + (__int128) b.num * a.den;
  __int128 den = (__int128) a.den * b.den;

  if (a.den == b.den)
    {
      num = (__int128) a.num + b.num;
      den = a.den;
    }
  while (den > G_MAXINT64 / 4 && num % 2 == 0 && den % 2 == 0)
    num /= 2, den /= 2;
  while (den > G_MAXINT64 / 4 && num % 5 == 0 && den % 5 == 0)
    num /= 5, den /= 5;
  if (num > G_MAXINT64 || num < -(__int128) G_MAXINT64 || den > G_MAXINT64)
    return FALSE;
  return qd_ratio_make (num, den, sum);
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
      Step step = { w->event.account, w->event.of_product ? w->event.product : 0, w->event.currency, w->event.day,
                    ((guint64) 1 << 40) + i, w->event.num, w->event.den, w->event.is_change, i + 1 };

      /* An event that stands for one of the workspace keeps its place there. */
      if (w->old > 0)
        step.order = w->old;
      qd_key_map_add (accounts, w->event.account, 0, NULL);
      g_array_append_val (steps, step);
    }
  for (guint i = 0; i < self->old->len; i++)
    {
      const Old *old = &g_array_index (self->old, Old, i);
      Step step = { old->account, old->of_product ? old->product : 0, old->currency, old->day, i + 1, old->num, old->den,
                    old->is_change, 0 };

      if (!old->taken && qd_key_map_find (accounts, old->account, 0) != NULL)
        g_array_append_val (steps, step);
    }
  if (steps->len > 0)
    qsort (steps->data, steps->len, sizeof (Step), compare_steps);
  for (guint i = 0; i < steps->len; i++)
    {
      const Step *step = &g_array_index (steps, Step, i);
      QdRatio amount = { step->num, step->den }, after = amount;
      gboolean ok = TRUE;

      if (i == 0 || step[-1].account != step->account || step[-1].product != step->product ||
          step[-1].currency != step->currency)
        {
          level.num = 0;
          level.den = 1;
        }
      if (step->is_change)
        ok = add (level, amount, &after);
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
              const Event     *event)
{
  const QdMapping *mapping = self->import->mapping;

  if (event->is_change && qd_mapping_has (mapping, QD_EVENT_CHANGE))
    return QD_EVENT_CHANGE;
  if (!event->is_change && qd_mapping_has (mapping, QD_EVENT_MRR_AFTER))
    return QD_EVENT_MRR_AFTER;
  return qd_mapping_has (mapping, QD_EVENT_AMOUNT)   ? QD_EVENT_AMOUNT
         : qd_mapping_has (mapping, QD_EVENT_CHANGE) ? QD_EVENT_CHANGE
                                                     : QD_EVENT_MRR_AFTER;
}

static gboolean
place_waiting (Movements *self,
               QdFeed    *feed)
{
  QdImport *import = self->import;

  check_sums (self);
  for (guint i = 0; i < self->waiting->len; i++)
    {
      const Waiting *w = &g_array_index (self->waiting, Waiting, i);
      const Old *old = w->old > 0 ? &g_array_index (self->old, Old, w->old - 1) : NULL;

      if (w->rejected)
        qd_import_reject_at (import, w->event.line, w->record, w->record_length, amount_field (self, &w->event), "negative",
                             _("a change that leaves 0 or more"));
      else if (!place_event (self, feed, &w->event, old))
        return FALSE;
    }
  return TRUE;
}

static gboolean
produce (QdImport *import,
         QdFeed   *feed,
         gpointer  data,
         GError  **error)
{
  Movements *self = data;
  GError *local = NULL;

  while (qd_import_next (import, &local))
    {
      QdInternEntry *account, *product;
      Event event;
      Old *old;

      if (!read_event (self, &event, &account, &product))
        continue;
      qd_import_need (import, account, FALSE, event.line);
      qd_import_note_form (import, event.account, account);
      if (product != NULL)
        qd_import_need (import, product, TRUE, event.line);
      old = find_old (self, &event);
      if (old != NULL)
        old->taken = TRUE;
      if (self->waiting != NULL)
        {
          Waiting waiting = { event, import->scan.record, import->scan.record_end - import->scan.record,
                              old ? old - (Old *) (void *) self->old->data + 1 : 0, FALSE };

          g_array_append_val (self->waiting, waiting);
        }
      else if (!place_event (self, feed, &event, old))
        return FALSE;
    }
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  return self->waiting == NULL || place_waiting (self, feed);
}

static void
bind_event (QdStmt      *stmt,
            const Event *event)
{
  qd_stmt_bind_integer (stmt, 1, event->account);
  qd_stmt_bind_integer (stmt, 2, event->day);
  qd_stmt_bind_integer (stmt, 3, event->num);
  qd_stmt_bind_integer (stmt, 4, event->den);
  qd_stmt_bind_integer (stmt, 5, event->is_change);
  qd_stmt_bind_integer (stmt, 6, event->of_product);
  if (event->product != 0)
    qd_stmt_bind_integer (stmt, 7, event->product);
  else
    qd_stmt_bind_null (stmt, 7);
  qd_stmt_bind_text (stmt, 8, event->code[0] ? event->code : NULL, -1);
  qd_stmt_bind_text (stmt, 9, event->kind, event->kind_length);
}

static void
get_column (gconstpointer    record,
            int              column,
            sqlite3_context *context)
{
  const Event *event = record;

  switch (column)
    {
    case 0:
      sqlite3_result_int64 (context, event->account);
      break;
    case 1:
      sqlite3_result_int (context, event->day);
      break;
    case 2:
      sqlite3_result_int64 (context, event->num);
      break;
    case 3:
      sqlite3_result_int64 (context, event->den);
      break;
    case 4:
      sqlite3_result_int (context, event->is_change);
      break;
    case 5:
      sqlite3_result_int (context, event->of_product);
      break;
    case 6:
      if (event->product != 0)
        sqlite3_result_int64 (context, event->product);
      break;
    case 7:
      if (event->code[0] != 0)
        sqlite3_result_text (context, event->code, 3, SQLITE_STATIC);
      break;
    case 8:
      if (event->kind != NULL)
        sqlite3_result_text (context, event->kind, event->kind_length, SQLITE_STATIC);
      break;
    case 9:
      if (event->id != NULL)
        sqlite3_result_text (context, event->id, event->id_length, SQLITE_STATIC);
      break;
    default:
      sqlite3_result_int64 (context, event->line);
    }
}

static gboolean
write_changes (Movements *self,
               GError   **error)
{
  QdImport *import = self->import;
  g_autoptr (QdStmt) update = NULL;

  if (self->changes->len == 0)
    return TRUE;
  update = qd_db_statement (import->db, "event-update", error);
  if (update == NULL)
    return FALSE;
  for (guint i = 0; i < self->changes->len; i++)
    {
      const Change *change = &g_array_index (self->changes, Change, i);
      gboolean ok;

      bind_event (update, &change->event);
      qd_stmt_bind_integer (update, 10, change->id);
      qd_history_record (import->db, TRUE);
      ok = qd_stmt_run (update, error);
      qd_history_record (import->db, FALSE);
      if (!ok || !qd_import_add_merged (import, change->event.line, error))
        return FALSE;
    }
  return TRUE;
}

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
  g_auto (Movements) movements = { .import = self };
  guint columns = 0;

  movements.old = g_array_new (FALSE, FALSE, sizeof (Old));
  movements.old_ids = qd_intern_new ();
  movements.old_places = qd_key_map_new ();
  movements.places = qd_key_map_new ();
  movements.texts = qd_intern_new ();
  movements.changes = g_array_new (FALSE, FALSE, sizeof (Change));
  for (int field = QD_EVENT_MRR_AFTER; field <= QD_EVENT_AMOUNT; field++)
    columns += qd_mapping_has (self->mapping, field);
  movements.by_said = self->options->amounts_are != NULL && columns == 1;
  if (movements.by_said ? self->reading.amount_is_change
                        : qd_mapping_has (self->mapping, QD_EVENT_CHANGE) || self->reading.amount_is_change)
    movements.waiting = g_array_new (FALSE, FALSE, sizeof (Waiting));
  movements.ids = qd_seen_new (qd_mapping_has (self->mapping, QD_EVENT_ID) ? qd_import_guess_rows (self) : 0);
  return load_old (&movements, error) &&
         qd_feed_run (self, sizeof (Event), "event-insert", produce, get_column, &movements, error) &&
         write_changes (&movements, error);
}
