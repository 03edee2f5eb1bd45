/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-checkup.h"

#include <inttypes.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#define KEY "qd-checkup"

/* After so many whole months without data somebody should be told. */
#define STALE_MONTHS 2

typedef struct
{
  const char *code;
  const char *title; /* msgid */
} Check;

/* Every check there is, so that what is fine can be said too. */
static const Check checks[] = {
  { "file-damaged", N_ ("The file is whole") },
  { "ledger-impossible", N_ ("The data can be counted") },
  { "ledger-differs", N_ ("The ledger, computed a second way") },
  { "ledger-identity", N_ ("Opening and movements add up to closing") },
  { "ledger-unchecked", N_ ("All accounts take part in the second computation") },
  { "rate-missing", N_ ("Exchange rates of all currencies in use") },
  { "account-implied", N_ ("Revenue of accounts that were never imported") },
  { "kind-disagrees", N_ ("Kinds of movements against their amounts") },
  { "churn-flag-differs", N_ ("Fields that say who left, against the revenue") },
  { "parent-ring", N_ ("Parents of accounts") },
  { "data-stale", N_ ("Age of the data") },
  { "line-overlaps", N_ ("Overlapping lines of one product") },
  { "ends-after-data", N_ ("Lines that end after the data") },
  { "trial-with-money", N_ ("Trials with an amount") },
  { "line-empty", N_ ("Lines that were never in force") },
  { "line-free", N_ ("Lines without an amount") },
  { "segment-blank", N_ ("Accounts without a segment") },
  { "account-silent", N_ ("Accounts without revenue") },
  { "name-repeated", N_ ("Accounts that share a name") },
  { "signup-late", N_ ("Sign-up dates") },
};

static void
free_example (gpointer data)
{
  QdCheckupExample *example = data;

  g_free (example->text);
  g_free (example->account);
  g_free (example->name);
  g_free (example);
}

static void
free_item (gpointer data)
{
  QdCheckupItem *item = data;

  g_free (item->id);
  g_free (item->message);
  g_ptr_array_unref (item->examples);
  g_free (item);
}

static QdCheckup *
ref_checkup (QdCheckup *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
qd_checkup_unref (QdCheckup *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_ptr_array_unref (self->items);
  g_free (self);
}

const char *
qd_checkup_get_title (const char *code)
{
  for (gsize i = 0; i < G_N_ELEMENTS (checks); i++)
    if (strcmp (checks[i].code, code) == 0)
      return checks[i].title;
  return code;
}

static QdCheckupItem *
new_item (const char *code)
{
  QdCheckupItem *item = g_new0 (QdCheckupItem, 1);

  item->code = code;
  item->title = qd_checkup_get_title (code);
  item->examples = g_ptr_array_new_with_free_func (free_example);
  return item;
}

static char *
dup_cell (const QdFinding *finding,
          guint            row,
          const char      *column)
{
  int at = finding->records != NULL ? qd_table_find_column (finding->records, column) : -1;

  return at >= 0 ? g_strdup (qd_table_get_text (finding->records, row, (guint) at)) : NULL;
}

static void
add_finding (QdCheckup       *self,
             const QdFinding *finding)
{
  QdCheckupItem *item = new_item (finding->code);

  item->id = qd_finding_dup_id (finding);
  item->found = TRUE;
  item->level = finding->level;
  item->count = finding->count;
  item->message = g_strdup (finding->message);
  for (guint i = 0; i < finding->examples->len; i++)
    {
      QdCheckupExample *example = g_new0 (QdCheckupExample, 1);

      example->text = g_strdup (finding->examples->pdata[i]);
      example->account = dup_cell (finding, i, "account");
      example->name = dup_cell (finding, i, "name");
      g_ptr_array_add (item->examples, example);
    }
  g_ptr_array_add (self->items, item);
}

static gint64
count_months_behind (const QdBook *book,
                     QdMonth       today)
{
  QdMonth last = qd_book_get_last_month (book);

  return last == QD_MONTH_NONE || today <= last ? 0 : (gint64) today - last - 1;
}

static void
add_age (QdCheckup    *self,
         const QdBook *book)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  QdMonth today = qd_month_from_ym (g_date_time_get_year (now), g_date_time_get_month (now));
  gint64 behind = count_months_behind (book, today);
  g_autofree char *last = NULL;
  QdCheckupItem *item;

  if (behind < STALE_MONTHS)
    return;
  last = qd_month_to_words (qd_book_get_last_month (book));
  item = new_item ("data-stale");
  item->found = TRUE;
  item->level = QD_FINDING_NOTE;
  item->message = g_strdup_printf (ngettext ("The data ends with %s, %u whole month ago. Import newer data.",
                                             "The data ends with %s, %u whole months ago. Import newer data.",
                                             (gulong) behind),
                                   last, (guint) behind);
  g_ptr_array_add (self->items, item);
}

static int
compare_items (gconstpointer a,
               gconstpointer b)
{
  const QdCheckupItem *x = *(const QdCheckupItem *const *) a, *y = *(const QdCheckupItem *const *) b;
  int level_x = x->found ? (int) x->level : -1, level_y = y->found ? (int) y->level : -1;

  return level_y - level_x;
}

static gboolean
has_item (QdCheckup  *self,
          const char *code)
{
  for (guint i = 0; i < self->items->len; i++)
    if (strcmp (((QdCheckupItem *) self->items->pdata[i])->code, code) == 0)
      return TRUE;
  return FALSE;
}

static void
add_fine (QdCheckup *self)
{
  /* Of a damaged file nothing else was looked at. */
  if (has_item (self, "file-damaged"))
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (checks); i++)
    if (!has_item (self, checks[i].code))
      g_ptr_array_add (self->items, new_item (checks[i].code));
}

static gpointer
copy_kept (gpointer data,
           gpointer user_data)
{
  return data != NULL ? ref_checkup (data) : NULL;
}

static void
free_kept (gpointer data)
{
  qd_checkup_unref (data);
}

/**
 * qd_checkup_forget:
 * @workspace: a workspace
 *
 * The next qd_checkup_get() looks again, whether the data changed or not.
 */
void
qd_checkup_forget (QdWorkspace *workspace)
{
  g_object_set_data (G_OBJECT (workspace), KEY, NULL);
}

/**
 * qd_checkup_get:
 * @workspace: a workspace
 * @book: its book, for the accounts of examples
 * @job: progress and cancel
 * @error: return location
 *
 * Runs all checks, or gives what they found when the data has not changed
 * since. A worker's business: it takes seconds where there is much data.
 *
 * Returns: (transfer full) (nullable): the checkup, or `NULL` with an error of qd_workspace_check()
 */
QdCheckup *
qd_checkup_get (QdWorkspace *workspace,
                QdBook      *book,
                QdJob       *job,
                GError     **error)
{
  g_autoptr (QdCheckup) self = g_object_dup_data (G_OBJECT (workspace), KEY, copy_kept, NULL);
  g_autoptr (GPtrArray) findings = NULL;

  if (self != NULL && self->version == qd_book_get_version (book))
    return g_steal_pointer (&self);
  g_clear_pointer (&self, qd_checkup_unref);
  findings = qd_workspace_check (workspace, FALSE, job, error);
  if (findings == NULL)
    return NULL;
  self = g_new0 (QdCheckup, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->version = qd_book_get_version (book);
  self->time = g_get_real_time () / G_USEC_PER_SEC;
  self->items = g_ptr_array_new_with_free_func (free_item);
  for (guint i = 0; i < findings->len; i++)
    add_finding (self, findings->pdata[i]);
  add_age (self, book);
  add_fine (self);
  g_ptr_array_sort (self->items, compare_items);
  for (guint i = 0; i < self->items->len; i++)
    {
      const QdCheckupItem *item = self->items->pdata[i];

      self->n_fine += !item->found;
      self->n_failures += item->found && item->level == QD_FINDING_FAILURE;
      self->n_warnings += item->found && item->level == QD_FINDING_WARNING;
      self->n_notes += item->found && item->level == QD_FINDING_NOTE;
    }
  g_object_set_data_full (G_OBJECT (workspace), KEY, ref_checkup (self), free_kept);
  return g_steal_pointer (&self);
}
