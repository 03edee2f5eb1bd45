/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-facts.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "../../data/base/qd-task.h"
#include "../../data/metrics/qd-dimension.h"
#include "../../data/workspace/qd-workspace-edit.h"

static void
free_value (gpointer data)
{
  QdFactsValue *value = data;

  g_free (value->value);
  g_free (value->title);
  g_free (value);
}

static void
free_dimension (gpointer data)
{
  QdFactsDimension *dimension = data;

  g_free (dimension->name);
  g_free (dimension->title);
  g_ptr_array_unref (dimension->values);
  g_free (dimension);
}

static void
free_view (gpointer data)
{
  QdFactsView *view = data;

  g_free (view->name);
  qd_view_free (view->view);
  g_free (view);
}

QdFacts *
qd_facts_ref (QdFacts *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
qd_facts_unref (QdFacts *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_free (self->name);
  g_hash_table_unref (self->inclusive);
  g_ptr_array_unref (self->profiles);
  g_ptr_array_unref (self->dimensions);
  g_ptr_array_unref (self->views);
  g_free (self);
}

static int
compare_values (gconstpointer a,
                gconstpointer b)
{
  const QdFactsValue *first = *(const QdFactsValue *const *) a;
  const QdFactsValue *second = *(const QdFactsValue *const *) b;

  if ((first->n_accounts == 0) != (second->n_accounts == 0))
    return first->n_accounts == 0 ? 1 : -1;
  if ((*first->value == '\0') != (*second->value == '\0'))
    return *first->value == '\0' ? 1 : -1;
  if (first->n_accounts != second->n_accounts)
    return first->n_accounts > second->n_accounts ? -1 : 1;
  return g_utf8_collate (first->title, second->title);
}

static void
add_value (GPtrArray  *values,
           const char *value,
           const char *title,
           guint       n_accounts)
{
  QdFactsValue *item = g_new0 (QdFactsValue, 1);

  item->value = g_strdup (value);
  /* Translators: customers whose field is empty */
  item->title = g_strdup (*title != '\0' ? title : _("(blank)"));
  item->n_accounts = n_accounts;
  g_ptr_array_add (values, item);
}

/* Takes @values. */
static void
add_dimension (QdFacts    *self,
               const char *name,
               GPtrArray  *values)
{
  QdFactsDimension *dimension = g_new0 (QdFactsDimension, 1);

  g_ptr_array_sort (values, compare_values);
  dimension->name = g_strdup (name);
  dimension->title = qd_dimension_dup_title (name);
  dimension->values = values;
  for (guint i = 0; i < values->len; i++)
    dimension->n_present += ((QdFactsValue *) values->pdata[i])->n_accounts > 0;
  g_ptr_array_add (self->dimensions, dimension);
}

static void
read_dimensions (QdFacts      *self,
                 const QdBook *book)
{
  guint32 n_accounts = qd_book_get_n_accounts (book);

  for (guint d = 0; d < qd_book_get_n_dimensions (book); d++)
    {
      guint n = qd_book_get_n_values (book, d);
      const guint32 *of_account = qd_book_get_account_values (book, d);
      g_autofree guint *counts = g_new0 (guint, n);
      GPtrArray *values = g_ptr_array_new_with_free_func (free_value);

      for (guint32 i = 0; i < n_accounts; i++)
        counts[of_account[i]]++;
      for (guint i = 0; i < n; i++)
        {
          const char *value = qd_book_get_value (book, d, i);

          add_value (values, value, value, counts[i]);
        }
      add_dimension (self, qd_book_get_dimension_name (book, d), values);
    }
}

/* Counts each account once for each product among its rows; [0] is for rows without one. */
static void
count_products (const guint32 *offsets,
                const guint32 *products,
                guint32        n_accounts,
                guint         *counts,
                guint32       *seen)
{
  for (guint32 account = 0; account < n_accounts; account++)
    for (guint32 i = offsets[account]; i < offsets[account + 1]; i++)
      {
        guint32 product = products[i] != QD_BOOK_NONE ? products[i] + 1 : 0;

        if (seen[product] != account + 1)
          {
            seen[product] = account + 1;
            counts[product]++;
          }
      }
}

static void
read_products (QdFacts      *self,
               const QdBook *book)
{
  guint n = qd_book_get_n_products (book);
  g_autofree guint *counts = g_new0 (guint, n + 1);
  g_autofree guint32 *seen = g_new0 (guint32, n + 1);
  GPtrArray *values = g_ptr_array_new_with_free_func (free_value);
  guint32 n_accounts = qd_book_get_n_accounts (book);
  const QdBookLines *lines = qd_book_get_lines (book);
  const QdBookSnapshots *snapshots = qd_book_get_snapshots (book);
  const QdBookEvents *events = qd_book_get_events (book);

  if (lines->n > 0)
    count_products (lines->offsets, lines->product, n_accounts, counts, seen);
  if (snapshots->n > 0)
    count_products (snapshots->offsets, snapshots->product, n_accounts, counts, seen);
  if (events->n > 0)
    count_products (events->offsets, events->product, n_accounts, counts, seen);
  for (guint i = 0; i < n; i++)
    {
      const char *name = qd_book_get_product_name (book, i);
      const char *id = qd_book_get_product_id (book, i);

      add_value (values, id, name != NULL && *name != '\0' ? name : id, counts[i + 1]);
    }
  add_value (values, "", "", counts[0]);
  add_dimension (self, "product", values);
}

static gboolean
read_profiles (QdFacts     *self,
               QdWorkspace *workspace,
               GError     **error)
{
  g_autoptr (GPtrArray) profiles = qd_workspace_list_profiles (workspace, error);

  for (guint i = 0; profiles != NULL && i < profiles->len; i++)
    {
      const QdProfile *profile = profiles->pdata[i];

      /* The newest version comes last and goes by the bare name as well. */
      g_hash_table_remove (self->inclusive, profile->name);
      if (profile->end_date == QD_END_INCLUSIVE)
        {
          g_hash_table_add (self->inclusive, g_strdup (profile->name));
          g_hash_table_add (self->inclusive, qd_profile_dup_label (profile));
        }
      if (!g_ptr_array_find_with_equal_func (self->profiles, profile->name, g_str_equal, NULL))
        g_ptr_array_add (self->profiles, g_strdup (profile->name));
    }
  return profiles != NULL;
}

static gboolean
read_views (QdFacts     *self,
            QdWorkspace *workspace,
            GError     **error)
{
  g_autoptr (GPtrArray) keys = qd_workspace_list_settings (workspace, QD_FACTS_VIEW_PREFIX, error);

  for (guint i = 0; keys != NULL && i < keys->len; i++)
    {
      const char *key = keys->pdata[i];
      g_autofree char *text = qd_workspace_get_setting (workspace, key, NULL);
      g_autoptr (QdView) view = text != NULL ? qd_view_parse (text) : NULL;
      QdFactsView *item;

      if (view == NULL) /* written by a later version of the program, or by hand */
        continue;
      item = g_new0 (QdFactsView, 1);
      item->name = g_strdup (key + strlen (QD_FACTS_VIEW_PREFIX));
      item->view = g_steal_pointer (&view);
      g_ptr_array_add (self->views, item);
    }
  return keys != NULL;
}

/**
 * qd_facts_read:
 * @workspace: a workspace
 * @job: (nullable): cancels
 * @error: return location
 *
 * Reads what the frame must know. Blocks, linear in the rows of the book.
 *
 * Returns: (transfer full) (nullable): the facts, or `NULL` with the error of
 *   reading the workspace
 */
QdFacts *
qd_facts_read (QdWorkspace *workspace,
               QdJob       *job,
               GError     **error)
{
  g_autoptr (QdBook) book = qd_workspace_get_book (workspace, job, error);
  g_autoptr (QdFacts) self = NULL;

  if (book == NULL)
    return NULL;
  self = g_new0 (QdFacts, 1);
  g_atomic_ref_count_init (&self->refs);
  self->name = g_strdup (qd_book_get_name (book));
  self->is_sample = qd_book_is_sample (book);
  self->version = qd_book_get_version (book);
  self->fiscal_start = qd_book_get_fiscal_start (book);
  self->first = qd_book_get_first_month (book);
  self->last = qd_book_get_last_month (book);
  for (guint i = 0; i < G_N_ELEMENTS (self->horizons); i++)
    self->horizons[i] = qd_book_get_horizon (book, i == 1);
  self->inclusive = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->profiles = g_ptr_array_new_with_free_func (g_free);
  self->dimensions = g_ptr_array_new_with_free_func (free_dimension);
  self->views = g_ptr_array_new_with_free_func (free_view);
  read_dimensions (self, book);
  read_products (self, book);
  if (!read_profiles (self, workspace, error) || !read_views (self, workspace, error))
    return NULL;
  return g_steal_pointer (&self);
}

typedef struct
{
  QdWorkspace *workspace;
  QdJob *job;
} QdFactsRequest;

static void
free_request (gpointer data)
{
  QdFactsRequest *request = data;

  g_object_unref (request->workspace);
  g_clear_object (&request->job);
  g_free (request);
}

static void
read_in_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  QdFactsRequest *request = data;
  GError *error = NULL;
  QdFacts *facts = qd_facts_read (request->workspace, request->job, &error);

  if (facts != NULL)
    g_task_return_pointer (task, facts, (GDestroyNotify) qd_facts_unref);
  else
    g_task_return_error (task, error);
}

/**
 * qd_facts_read_async:
 * @workspace: a workspace
 * @job: cancels
 * @callback: called on the main thread
 * @user_data: for @callback
 *
 * Reads what the frame must know on a worker.
 */
void
qd_facts_read_async (QdWorkspace        *workspace,
                     QdJob              *job,
                     GAsyncReadyCallback callback,
                     gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, qd_job_get_cancellable (job), callback, user_data);
  QdFactsRequest *request = g_new0 (QdFactsRequest, 1);

  request->workspace = g_object_ref (workspace);
  request->job = g_object_ref (job);
  g_task_set_source_tag (task, qd_facts_read_async);
  g_task_set_name (task, "qd_facts_read_async");
  g_task_set_task_data (task, request, free_request);
  qd_task_run_in_thread (task, read_in_thread);
}

QdFacts *
qd_facts_read_finish (GAsyncResult *result,
                      GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

const QdFactsDimension *
qd_facts_find_dimension (const QdFacts *self,
                         const char    *name)
{
  for (guint i = 0; i < self->dimensions->len; i++)
    {
      const QdFactsDimension *dimension = self->dimensions->pdata[i];

      if (strcmp (dimension->name, name) == 0)
        return dimension;
    }
  return NULL;
}

const QdFactsValue *
qd_facts_find_value (const QdFactsDimension *self,
                     const char             *value)
{
  for (guint i = 0; i < self->values->len; i++)
    {
      const QdFactsValue *item = self->values->pdata[i];

      if (strcmp (item->value, value) == 0)
        return item;
    }
  return NULL;
}

const QdView *
qd_facts_find_view (const QdFacts *self,
                    const char    *name)
{
  for (guint i = 0; i < self->views->len; i++)
    {
      const QdFactsView *item = self->views->pdata[i];

      if (strcmp (item->name, name) == 0)
        return item->view;
    }
  return NULL;
}

/**
 * qd_facts_get_horizon:
 * @self: facts
 * @view: a view
 *
 * Returns: the last month that can be looked at under the view's definition, or
 *   `QD_MONTH_NONE` when there is no revenue
 */
QdMonth
qd_facts_get_horizon (const QdFacts *self,
                      const QdView  *view)
{
  return self->horizons[g_hash_table_contains (self->inclusive, view->profile) ? 1 : 0];
}

static gboolean
knows_profile (const QdFacts *self,
               const char    *label)
{
  g_auto (GStrv) parts = g_strsplit (label, "@", 2);

  return g_ptr_array_find_with_equal_func (self->profiles, parts[0], g_str_equal, NULL);
}

/**
 * qd_facts_fit_view:
 * @self: facts
 * @view: a view, maybe of an older state of the workspace
 *
 * Leaves out what the workspace has not or no longer: an import that was
 * undone takes months and values with it.
 *
 * Returns: (transfer full): a view that can be looked through
 */
QdView *
qd_facts_fit_view (const QdFacts *self,
                   const QdView  *view)
{
  g_autoptr (QdView) fitting = qd_view_without_filters (view);

  if (self->first == QD_MONTH_NONE || fitting->as_of < self->first || fitting->as_of > qd_facts_get_horizon (self, fitting))
    fitting->as_of = QD_MONTH_NONE;
  if (!knows_profile (self, fitting->profile))
    {
      g_autoptr (QdView) plain = qd_view_new ();

      g_free (fitting->profile);
      fitting->profile = g_strdup (plain->profile);
    }
  for (guint i = 0; i < view->where->len; i++)
    {
      const char *pair = view->where->pdata[i];
      const char *equal = strchr (pair, '=');
      g_autofree char *name = g_strndup (pair, (gsize) (equal - pair));
      const QdFactsDimension *dimension = qd_facts_find_dimension (self, name);

      if (dimension != NULL && qd_facts_find_value (dimension, equal + 1) != NULL)
        {
          QdView *next = qd_view_with_filter (fitting, name, equal + 1, TRUE);

          qd_view_free (fitting);
          fitting = next;
        }
    }
  return g_steal_pointer (&fitting);
}
