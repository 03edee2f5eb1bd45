/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-account-facts.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "../../../data/workspace/qd-workspace-edit.h"

void
qd_account_facts_free (QdAccountFacts *self)
{
  g_free (self->id);
  g_free (self->name);
  g_free (self->about);
  g_free (self->arr);
  g_free (self->since);
  g_free (self->breaks);
  g_free (self->change);
  g_free (self->change_month);
  g_free (self->origin);
  g_strfreev (self->hidden);
  g_strfreev (self->editable);
  g_clear_pointer (&self->keys, g_ptr_array_unref);
  g_clear_pointer (&self->record, qd_table_unref);
  g_clear_pointer (&self->rows, qd_table_unref);
  g_clear_pointer (&self->chart, qd_chart_spec_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (QdAccountFacts, qd_account_facts_free)

static const char *
find_value (QdTable    *record,
            const char *field)
{
  for (guint i = 0; i < qd_table_get_n_rows (record); i++)
    if (strcmp (qd_table_get_text (record, i, 0), field) == 0)
      return qd_table_is_missing (record, i, 2) ? NULL : qd_table_get_text (record, i, 2);
  return NULL;
}

static gboolean
is_fixed (QdTable *record,
          guint    row)
{
  return strcmp (qd_table_get_text (record, row, 3), "fixed") == 0;
}

static void
read_record (QdAccountFacts *self,
             QdBook         *book)
{
  const char *parent = find_value (self->record, "parent_id");
  const char *file = find_value (self->record, "file");
  guint n = qd_table_get_n_rows (self->record);

  self->name = g_strdup (find_value (self->record, "name"));
  self->implied = find_value (self->record, "implied") != NULL;
  if (parent != NULL)
    {
      guint32 above = qd_book_find_account (book, parent);

      /* Translators: id of an account, name of the account above it */
      self->about = g_strdup_printf (_("%s · below %s"), self->id,
                                     above != QD_BOOK_NONE ? qd_book_get_account_name (book, above) : parent);
    }
  else
    self->about = g_strdup (self->id);
  if (file != NULL)
    /* Translators: name of a file, number of a line in it */
    self->origin = g_strdup_printf (_("Imported from %s, line %s"), file, find_value (self->record, "line"));
  while (self->n_fixed_first < n && is_fixed (self->record, self->n_fixed_first))
    self->n_fixed_first++;
  for (guint i = self->n_fixed_first; i < n && !is_fixed (self->record, i); i++)
    {
      self->n_fields++;
      self->n_empty += qd_table_is_missing (self->record, i, 2);
    }
}

/* Revenue over time. */

static guint32
find_customer (const QdLedger *ledger,
               guint32         account)
{
  guint32 n = qd_ledger_get_n_customers (ledger);

  for (guint32 i = 0; i < n; i++)
    if (qd_ledger_get_account (ledger, i) == account)
      return i;
  return QD_BOOK_NONE;
}

static void
say_nothing (QdAccountFacts *self,
             QdFormat       *format)
{
  self->arr = g_strdup (qd_format_get_missing (format));
  self->since = g_strdup (qd_format_get_missing (format));
  self->change = g_strdup (qd_format_get_missing (format));
}

static void
say_levels (QdAccountFacts *self,
            QdFormat       *format,
            QdMonth         first,
            const gint64   *levels,
            const guint8   *active,
            guint           n)
{
  guint began = 0, ended = n, changed = n;

  while (began < n && !active[began])
    began++;
  while (ended > began && !active[ended - 1])
    ended--;
  self->arr = qd_format_money_full (format, 12. * (double) levels[n - 1]);
  self->former = began < ended && ended < n;
  if (began == n)
    self->since = g_strdup (qd_format_get_missing (format));
  else if (self->former)
    self->since = qd_figures_dup_span (format, first + (QdMonth) began, first + (QdMonth) ended - 1);
  else
    self->since = qd_format_month (format, first + (QdMonth) began);
  self->breaks = qd_figures_dup_breaks (format, first, active, n);
  for (guint i = n; i-- > 1 && changed == n;)
    if (levels[i] != levels[i - 1])
      changed = i;
  if (changed == n || changed <= began)
    {
      self->change = g_strdup (began < n ? _("none") : qd_format_get_missing (format));
      return;
    }
  self->tone = levels[changed] > levels[changed - 1] ? 1 : -1;
  self->change = qd_format_money_change (format, 12. * (double) (levels[changed] - levels[changed - 1]));
  self->change_month = qd_format_month (format, first + (QdMonth) changed);
}

static void
compute_revenue (QdAccountFacts *self,
                 QdSnapshot     *snapshot,
                 guint32         account)
{
  QdFormat *format = qd_snapshot_get_format (snapshot);
  QdFigureContext context = { format, NULL, NULL, NULL, NULL };
  QdAccountCourse course = { .name = self->name };
  QdWindow window;
  QdLedger *ledger;
  QdMonth first, last;
  guint32 customer;
  guint n;
  g_autofree gint64 *levels = NULL;
  g_autofree guint8 *active = NULL;
  g_autofree double *arr = NULL;

  if (!qd_snapshot_has_revenue (snapshot))
    {
      say_nothing (self, format);
      self->chart = qd_figure_account (&course, NULL, &context);
      return;
    }
  ledger = qd_snapshot_get_ledger (snapshot);
  context = *qd_snapshot_get_context (snapshot);
  first = qd_ledger_get_first_month (ledger);
  last = qd_snapshot_get_scope (snapshot)->as_of;
  customer = find_customer (ledger, account);
  if (customer == QD_BOOK_NONE || last < first)
    {
      say_nothing (self, format);
      self->chart = qd_figure_account (&course, NULL, &context);
      return;
    }
  n = (guint) (last - first) + 1;
  levels = g_new (gint64, n);
  active = g_new (guint8, n);
  arr = g_new (double, n);
  qd_ledger_get_months (ledger, customer, first, last, levels, active);
  for (guint i = 0; i < n; i++)
    arr[i] = 12. * (double) levels[i];
  say_levels (self, format, first, levels, active, n);
  course = (QdAccountCourse){ self->name, first, arr, active, n };
  self->chart = qd_figure_account (&course,
                                   qd_scope_get_window (qd_snapshot_get_scope (snapshot), qd_snapshot_get_book (snapshot),
                                                        &window, NULL) ? &window : NULL,
                                   &context);
}

/* Rows. */

static const QdColumn row_columns[] = {
  { "form", N_("Kind"), QD_COLUMN_TEXT },
  { "id", N_("Id"), QD_COLUMN_TEXT },
  { "product", N_("Product"), QD_COLUMN_TEXT },
  { "month", N_("Month"), QD_COLUMN_MONTH },
  { "start", N_("Start"), QD_COLUMN_DAY },
  { "end", N_("End"), QD_COLUMN_DAY },
  { "mrr", N_("MRR"), QD_COLUMN_MIXED },
  { "change", N_("Change of MRR"), QD_COLUMN_MIXED },
  { "currency", N_("Currency"), QD_COLUMN_TEXT },
  { "trial", N_("Trial"), QD_COLUMN_TEXT },
  { "canceled_at", N_("Cancelled on"), QD_COLUMN_DAY },
  { "kind", N_("Kind in the file"), QD_COLUMN_TEXT },
  { "file", N_("File"), QD_COLUMN_TEXT },
  { "line", N_("Line"), QD_COLUMN_COUNT },
  { "key", "", QD_COLUMN_TEXT },
};

static const char *
say_word (const char *id,
          const char *text)
{
  static const struct
  {
    const char *text;
    const char *title;
  } words[] = {
    { "line", N_("Subscription") }, { "month", N_("Monthly revenue") }, { "event", N_("Movement") },
    { "yes", N_("yes") },           { "no", N_("no") },
  };

  if (strcmp (id, "form") != 0 && strcmp (id, "trial") != 0)
    return text;
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (strcmp (words[i].text, text) == 0)
      return _(words[i].title);
  return text;
}

static void
copy_cell (QdTable *to,
           QdTable *from,
           guint    row,
           guint    column)
{
  const QdColumn *of = qd_table_get_column (from, column);

  if (qd_table_is_missing (from, row, column))
    qd_table_add_missing (to);
  else if (of->type == QD_COLUMN_TEXT)
    qd_table_add_text (to, say_word (of->id, qd_table_get_text (from, row, column)));
  else if (of->type == QD_COLUMN_MIXED && qd_table_get_cell_type (from, row, column) == QD_COLUMN_MONEY)
    qd_table_add_money (to, qd_table_get_integer (from, row, column));
  else if (of->type == QD_COLUMN_MIXED)
    qd_table_add_number (to, qd_table_get_double (from, row, column));
  else
    qd_table_add_integer (to, qd_table_get_integer (from, row, column));
}

/* What nobody needs to be told: the workspace's own currency, no trial. */
static gboolean
is_usual (QdTable    *found,
          guint       row,
          const char *id)
{
  const char *text;

  if (strcmp (id, "currency") != 0 && strcmp (id, "trial") != 0)
    return FALSE;
  text = qd_table_get_text (found, row, (guint) qd_table_find_column (found, id));
  return strcmp (text, "no") == 0 || strcmp (text, qd_table_get_currency (found)) == 0;
}

/* A monthly amount is of a month, not of its first and last day. */
static void
add_cell (QdTable    *to,
          QdTable    *from,
          guint       row,
          const char *id)
{
  gboolean of_month = strcmp (qd_table_get_text (from, row, 0), "month") == 0;
  gboolean is_day = strcmp (id, "start") == 0 || strcmp (id, "end") == 0;

  if (strcmp (id, "month") != 0 && !(of_month && is_day))
    copy_cell (to, from, row, (guint) qd_table_find_column (from, id));
  else if (strcmp (id, "month") == 0 && of_month)
    qd_table_add_integer (to, qd_day_get_month ((QdDay) qd_table_get_integer (from, row, (guint) qd_table_find_column (from, "start"))));
  else
    qd_table_add_missing (to);
}

/* Columns of the table, and the fields that they are of each form of row. */
static const struct
{
  const char *form;
  const char *column;
  const char *field;
} editable_cells[] = {
  { "line", "product", "product" },   { "line", "start", "start" },
  { "line", "end", "end" },           { "line", "mrr", "mrr" },
  { "line", "currency", "currency" }, { "line", "trial", "trial" },
  { "line", "canceled_at", "canceled_at" },
  { "month", "month", "month" },      { "month", "product", "product" },
  { "month", "mrr", "mrr" },          { "month", "currency", "currency" },
  { "event", "start", "date" },       { "event", "product", "product" },
  { "event", "mrr", "mrr" },          { "event", "change", "change" },
  { "event", "currency", "currency" }, { "event", "kind", "kind" },
};

const char *
qd_account_facts_find_field (const QdAccountFacts *self,
                             guint                 row,
                             guint                 column)
{
  const char *key = self->keys->pdata[row];
  const char *id = qd_table_get_column (self->rows, column)->id;

  for (gsize i = 0; i < G_N_ELEMENTS (editable_cells); i++)
    if (strcmp (editable_cells[i].column, id) == 0 && g_str_has_prefix (key, editable_cells[i].form) &&
        key[strlen (editable_cells[i].form)] == ':')
      return editable_cells[i].field;
  return NULL;
}

static void
find_editable (QdAccountFacts *self)
{
  g_autoptr (GStrvBuilder) editable = g_strv_builder_new ();

  for (guint c = 0; c < G_N_ELEMENTS (row_columns); c++)
    {
      gboolean any = FALSE;

      for (guint i = 0; i < self->keys->len && !any; i++)
        any = qd_account_facts_find_field (self, i, c) != NULL;
      if (any)
        g_strv_builder_add (editable, row_columns[c].id);
    }
  self->editable = g_strv_builder_end (editable);
}

static gboolean
is_fillable (const QdAccountFacts *self,
             const char           *id)
{
  return strcmp (id, "product") == 0 ? self->keys->len > 0 : self->lines && strcmp (id, "end") == 0;
}

static void
show_rows (QdAccountFacts *self,
           QdTable        *found)
{
  guint n = qd_table_get_n_rows (found);
  int key = qd_table_find_column (found, "key");
  g_autoptr (GStrvBuilder) hidden = g_strv_builder_new ();

  self->rows = qd_table_new ("account-lines", qd_table_get_currency (found), row_columns, G_N_ELEMENTS (row_columns));
  self->lines = n > 0;
  self->keys = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < n; i++)
    {
      self->lines = self->lines && strcmp (qd_table_get_text (found, i, 0), "line") == 0;
      g_ptr_array_add (self->keys, g_strdup (qd_table_get_text (found, i, (guint) key)));
      for (guint c = 0; c < G_N_ELEMENTS (row_columns); c++)
        add_cell (self->rows, found, i, row_columns[c].id);
      qd_table_end_row (self->rows);
    }
  find_editable (self);
  for (guint c = 0; c < G_N_ELEMENTS (row_columns); c++)
    {
      gboolean any = FALSE;

      for (guint i = 0; i < n && !any; i++)
        any = !qd_table_is_missing (self->rows, i, c) && !is_usual (found, i, row_columns[c].id);
      /* what can be filled in stays in sight */
      any = (any && *row_columns[c].title != '\0') || is_fillable (self, row_columns[c].id);
      if (!any || (self->lines && c == 0))
        g_strv_builder_add (hidden, row_columns[c].id);
    }
  self->hidden = g_strv_builder_end (hidden);
}

/**
 * qd_account_facts_compute:
 * @snapshot: what the window looks at
 * @account: an account's external id
 * @job: (nullable): reports and cancels
 * @error: return location
 *
 * Gathers what the page of an account shows. On a worker.
 *
 * Returns: (transfer full) (nullable): the facts, or `NULL` with
 *   `QD_EDIT_ERROR_UNKNOWN` when there is no such account
 */
QdAccountFacts *
qd_account_facts_compute (QdSnapshot *snapshot,
                          const char *account,
                          QdJob      *job,
                          GError    **error)
{
  QdWorkspace *workspace = qd_snapshot_get_workspace (snapshot);
  QdBook *book = qd_snapshot_get_book (snapshot);
  g_autoptr (QdAccountFacts) self = g_new0 (QdAccountFacts, 1);
  g_autoptr (QdTable) rows = NULL;

  self->id = g_strdup (account);
  self->read_only = qd_store_is_read_only (qd_workspace_get_store (workspace));
  self->record = qd_workspace_get_account (workspace, account, error);
  if (self->record == NULL || !qd_job_check (job, error))
    return NULL;
  rows = qd_workspace_get_account_lines (workspace, account, error);
  if (rows == NULL)
    return NULL;
  read_record (self, book);
  show_rows (self, rows);
  compute_revenue (self, snapshot, qd_book_find_account (book, account));
  return g_steal_pointer (&self);
}
