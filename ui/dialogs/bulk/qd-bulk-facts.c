/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-bulk-facts.h"

#include <string.h>

#include "../../../data/workspace/qd-workspace-edit.h"
#include "../../pages/qd-analytic.h"

static void
clear_value (gpointer data)
{
  g_free (((QdBulkValue *) data)->text);
}

static void
free_field (gpointer data)
{
  QdBulkField *field = data;

  g_free (field->id);
  g_free (field->title);
  g_array_unref (field->values);
  g_free (field);
}

void
qd_bulk_facts_free (QdBulkFacts *self)
{
  g_ptr_array_unref (self->fields);
  g_free (self);
}

static int
compare_values (gconstpointer a,
                gconstpointer b)
{
  const QdBulkValue *x = a, *y = b;

  if (x->n_accounts != y->n_accounts)
    return x->n_accounts > y->n_accounts ? -1 : 1;
  return g_utf8_collate (x->text, y->text);
}

/* What accounts have today; values that none has any more are left out. */
static void
count_values (QdBulkField  *field,
              const QdBook *book)
{
  int dimension = qd_book_find_dimension (book, field->id);
  g_autofree guint *counts = NULL;
  const guint32 *of;
  guint n;

  if (dimension < 0)
    return;
  n = qd_book_get_n_values (book, (guint) dimension);
  counts = g_new0 (guint, n + 1);
  of = qd_book_get_account_values (book, (guint) dimension);
  for (guint32 i = 0; i < qd_book_get_n_accounts (book); i++)
    if (of[i] < n)
      counts[of[i]]++;
  for (guint i = 0; i < n; i++)
    {
      QdBulkValue value = { NULL, counts[i] };

      if (counts[i] == 0 || *qd_book_get_value (book, (guint) dimension, i) == '\0')
        continue;
      value.text = g_strdup (qd_book_get_value (book, (guint) dimension, i));
      g_array_append_val (field->values, value);
    }
  g_array_sort (field->values, compare_values);
}

/* Every attribute that several may share: each has a name of its own. */
static void
list_fields (QdBulkFacts  *self,
             QdTable      *record,
             const QdBook *book)
{
  for (guint i = 0; i < qd_table_get_n_rows (record); i++)
    {
      const char *id = qd_table_get_text (record, i, 0);
      QdBulkField *field;

      if (strcmp (qd_table_get_text (record, i, 3), "fixed") == 0 || strcmp (id, "name") == 0)
        continue;
      field = g_new0 (QdBulkField, 1);
      field->id = g_strdup (id);
      field->title = g_strdup (qd_table_get_text (record, i, 1));
      field->values = g_array_new (FALSE, FALSE, sizeof (QdBulkValue));
      g_array_set_clear_func (field->values, clear_value);
      count_values (field, book);
      g_ptr_array_add (self->fields, field);
    }
}

static void
sum_arr (QdBulkFacts *self,
         QdSnapshot  *snapshot,
         GPtrArray   *accounts)
{
  QdBook *book = qd_snapshot_get_book (snapshot);
  g_autofree gint64 *arr = qd_analytic_dup_arr (snapshot, qd_snapshot_get_scope (snapshot)->as_of);

  self->has_arr = arr != NULL;
  for (guint i = 0; arr != NULL && accounts->pdata[i] != NULL; i++)
    {
      guint32 account = qd_book_find_account (book, accounts->pdata[i]);

      if (account != QD_BOOK_NONE)
        self->arr += arr[account];
    }
}

gpointer
qd_bulk_facts_compute (QdSnapshot *snapshot,
                       gpointer    input,
                       QdJob      *job,
                       GError    **error)
{
  GPtrArray *accounts = input;
  g_autoptr (QdBulkFacts) self = g_new0 (QdBulkFacts, 1);
  g_autoptr (QdTable) record = NULL;

  self->fields = g_ptr_array_new_with_free_func (free_field);
  record = qd_workspace_get_account (qd_snapshot_get_workspace (snapshot), accounts->pdata[0], error);
  if (record == NULL || !qd_job_check (job, error))
    return NULL;
  list_fields (self, record, qd_snapshot_get_book (snapshot));
  sum_arr (self, snapshot, accounts);
  return g_steal_pointer (&self);
}
