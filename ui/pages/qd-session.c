/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-session.h"

#include <string.h>

#include "../../data/base/qd-task.h"
#include "../draw/figures/qd-charts.h"
#include "../widgets/qd-settings.h"
#include "qd-page.h"

#define FIRST_PAGE "overview"

struct _QdSnapshot
{
  gatomicrefcount refs;
  QdWorkspace *workspace;
  QdBook *book;
  QdLedger *ledger;
  QdScope *scope;
  QdScope *comparison;
  QdView *view;
  QdFormat *format;
  QdTable *imports;
  QdChartSetting *setting;
};

/* What a snapshot is made from; immutable. */
typedef struct
{
  QdView *view;
  QdNotation notation;
} QdRequest;

struct _QdSession
{
  GObject parent_instance;

  QdWorkspace *workspace;
  gulong changed_handler;
  GPtrArray *places;       /* QdPlace, oldest first */
  guint current;
  QdNotation notation;
  QdFormat *format;
  QdSnapshot *latest;      /* the newest that reached the main thread */
  GListStore *jobs;
  GPtrArray *notes;        /* QdNote */
  GSettings *settings;     /* NULL when they are not installed */

  GMutex mutex;            /* guards cached: workers share it */
  QdSnapshot *cached;
  QdNotation cached_notation;
};

enum
{
  LEAVING,
  MOVED,
  CHANGED,
  NOTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (QdSession, qd_session, G_TYPE_OBJECT)

QdSnapshot *
qd_snapshot_ref (QdSnapshot *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
qd_snapshot_unref (QdSnapshot *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_clear_pointer (&self->setting, qd_chart_setting_free);
  g_clear_pointer (&self->imports, qd_table_unref);
  g_clear_pointer (&self->comparison, qd_scope_free);
  g_clear_pointer (&self->scope, qd_scope_free);
  g_clear_pointer (&self->ledger, qd_ledger_unref);
  g_clear_pointer (&self->book, qd_book_unref);
  g_clear_pointer (&self->format, qd_format_unref);
  qd_view_free (self->view);
  g_object_unref (self->workspace);
  g_free (self);
}

QdWorkspace *
qd_snapshot_get_workspace (const QdSnapshot *self)
{
  return self->workspace;
}

QdBook *
qd_snapshot_get_book (const QdSnapshot *self)
{
  return self->book;
}

gboolean
qd_snapshot_has_revenue (const QdSnapshot *self)
{
  return self->ledger != NULL;
}

QdLedger *
qd_snapshot_get_ledger (const QdSnapshot *self)
{
  return self->ledger;
}

const QdScope *
qd_snapshot_get_scope (const QdSnapshot *self)
{
  return self->scope;
}

const QdScope *
qd_snapshot_get_comparison (const QdSnapshot *self)
{
  return self->comparison;
}

const QdView *
qd_snapshot_get_view (const QdSnapshot *self)
{
  return self->view;
}

QdFormat *
qd_snapshot_get_format (const QdSnapshot *self)
{
  return self->format;
}

const QdFigureContext *
qd_snapshot_get_context (const QdSnapshot *self)
{
  return self->setting != NULL ? qd_chart_setting_get_context (self->setting) : NULL;
}

QdTable *
qd_snapshot_get_imports (const QdSnapshot *self)
{
  return self->imports;
}

/* The scope that the view compares with; NULL where the data does not reach back. */
static QdScope *
dup_comparison (const QdSnapshot *snapshot)
{
  g_autoptr (QdScope) scope = NULL;
  QdWindow window;
  QdMonth before;

  if (snapshot->view->compare == QD_COMPARE_NONE)
    return NULL;
  if (!qd_scope_get_window (snapshot->scope, snapshot->book, &window, NULL))
    return NULL;
  before = snapshot->view->compare == QD_COMPARE_PRIOR_PERIOD ? window.before : snapshot->scope->as_of - 12;
  if (before < qd_book_get_first_month (snapshot->book))
    return NULL;
  scope = qd_scope_copy (snapshot->scope);
  scope->as_of = before;
  return g_steal_pointer (&scope);
}

/* On a worker. */
static QdSnapshot *
make_snapshot (QdWorkspace     *workspace,
               QdBook          *book,
               const QdRequest *request,
               QdJob           *job,
               GError         **error)
{
  g_autoptr (QdSnapshot) self = g_new0 (QdSnapshot, 1);
  g_autoptr (QdProfile) profile = NULL;

  g_atomic_ref_count_init (&self->refs);
  self->workspace = g_object_ref (workspace);
  self->book = qd_book_ref (book);
  self->view = qd_view_copy (request->view);
  self->format = qd_format_new_for_screen (qd_book_get_currency (book), request->notation);
  self->imports = qd_workspace_get_imports (workspace, error);
  if (self->imports == NULL)
    return NULL;
  if (qd_book_get_last_month (book) == QD_MONTH_NONE)
    return g_steal_pointer (&self);

  profile = qd_workspace_get_profile (workspace, request->view->profile, error);
  if (profile == NULL)
    return NULL;
  self->scope = qd_scope_new (profile);
  self->scope->as_of = request->view->as_of;
  self->scope->period = request->view->period;
  for (guint i = 0; i < request->view->where->len; i++)
    g_ptr_array_add (self->scope->where, g_strdup (request->view->where->pdata[i]));
  if (!qd_scope_resolve_as_of (self->scope, book, &self->scope->as_of, error))
    return NULL;
  self->ledger = qd_workspace_get_ledger (workspace, profile, job, error);
  if (self->ledger == NULL)
    return NULL;
  self->comparison = dup_comparison (self);
  self->setting = qd_chart_setting_new (book, self->scope, self->imports, self->format);
  return g_steal_pointer (&self);
}

/* On a worker. Those who come at the same time wait for the first. */
static QdSnapshot *
get_snapshot (QdSession       *self,
              const QdRequest *request,
              QdJob           *job,
              GError         **error)
{
  g_autoptr (QdBook) book = qd_workspace_get_book (self->workspace, job, error);
  g_autoptr (QdSnapshot) snapshot = NULL;

  if (book == NULL)
    return NULL;
  g_mutex_lock (&self->mutex);
  if (self->cached != NULL && self->cached->book == book && self->cached_notation == request->notation &&
      qd_view_equal (self->cached->view, request->view))
    {
      snapshot = qd_snapshot_ref (self->cached);
    }
  else
    {
      snapshot = make_snapshot (self->workspace, book, request, job, error);
      if (snapshot != NULL)
        {
          g_clear_pointer (&self->cached, qd_snapshot_unref);
          self->cached = qd_snapshot_ref (snapshot);
          self->cached_notation = request->notation;
        }
    }
  g_mutex_unlock (&self->mutex);
  return g_steal_pointer (&snapshot);
}

static void
free_place (gpointer data)
{
  QdPlace *place = data;

  g_free (place->page);
  g_free (place->detail);
  g_free (place->state);
  qd_view_free (place->view);
  g_free (place);
}

static QdPlace *
make_place (const char   *page,
            const char   *detail,
            const QdView *view)
{
  QdPlace *place = g_new0 (QdPlace, 1);

  place->page = g_strdup (page);
  place->detail = g_strdup (detail);
  place->view = qd_view_copy (view);
  return place;
}

static void
changed_cb (QdWorkspace *workspace,
            QdSession   *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
qd_session_dispose (GObject *object)
{
  QdSession *self = QD_SESSION (object);

  if (self->workspace != NULL)
    g_clear_signal_handler (&self->changed_handler, self->workspace);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->jobs)); i++)
    {
      g_autoptr (QdJob) job = g_list_model_get_item (G_LIST_MODEL (self->jobs), i);

      g_signal_handlers_disconnect_by_data (job, self);
      qd_job_cancel (job);
    }
  g_list_store_remove_all (self->jobs);
  G_OBJECT_CLASS (qd_session_parent_class)->dispose (object);
}

static void
free_note (gpointer data)
{
  QdNote *note = data;

  g_free (note->text);
  g_free (note);
}

static void
qd_session_finalize (GObject *object)
{
  QdSession *self = QD_SESSION (object);

  g_clear_pointer (&self->cached, qd_snapshot_unref);
  g_clear_pointer (&self->latest, qd_snapshot_unref);
  g_clear_pointer (&self->format, qd_format_unref);
  g_ptr_array_unref (self->places);
  g_clear_object (&self->jobs);
  g_ptr_array_unref (self->notes);
  g_clear_object (&self->settings);
  g_clear_object (&self->workspace);
  g_mutex_clear (&self->mutex);
  G_OBJECT_CLASS (qd_session_parent_class)->finalize (object);
}

static void
qd_session_class_init (QdSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = qd_session_dispose;
  object_class->finalize = qd_session_finalize;

  signals[LEAVING] = g_signal_new ("leaving", QD_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[MOVED] = g_signal_new ("moved", QD_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CHANGED] = g_signal_new ("changed", QD_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[NOTED] = g_signal_new ("noted", QD_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
set_notation (QdSession *self,
              QdNotation notation)
{
  if (self->notation == notation)
    return;
  self->notation = notation;
  g_clear_pointer (&self->format, qd_format_unref);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
notation_cb (GSettings  *settings,
             const char *key,
             QdSession  *self)
{
  set_notation (self, (QdNotation) g_settings_get_enum (settings, key));
}

static void
qd_session_init (QdSession *self)
{
  g_autoptr (QdView) view = qd_view_new ();

  g_mutex_init (&self->mutex);
  self->settings = qd_settings_new ();
  if (self->settings != NULL)
    {
      self->notation = (QdNotation) g_settings_get_enum (self->settings, "number-format");
      g_signal_connect_object (self->settings, "changed::number-format", G_CALLBACK (notation_cb), self, 0);
    }
  self->jobs = g_list_store_new (QD_TYPE_JOB);
  self->notes = g_ptr_array_new_with_free_func (free_note);
  self->places = g_ptr_array_new_with_free_func (free_place);
  g_ptr_array_add (self->places, make_place (FIRST_PAGE, "", view));
}

/**
 * qd_session_new:
 * @workspace: an open workspace
 *
 * Returns: (transfer full): a session that stands on the first page
 */
QdSession *
qd_session_new (QdWorkspace *workspace)
{
  QdSession *self;

  g_return_val_if_fail (QD_IS_WORKSPACE (workspace), NULL);
  self = g_object_new (QD_TYPE_SESSION, NULL);
  self->workspace = g_object_ref (workspace);
  self->changed_handler = g_signal_connect (workspace, "changed", G_CALLBACK (changed_cb), self);
  return self;
}

QdWorkspace *
qd_session_get_workspace (QdSession *self)
{
  g_return_val_if_fail (QD_IS_SESSION (self), NULL);
  return self->workspace;
}

/**
 * qd_session_get_place:
 * @self: a session
 *
 * Returns: (transfer none): where it is, until it moves
 */
const QdPlace *
qd_session_get_place (QdSession *self)
{
  g_return_val_if_fail (QD_IS_SESSION (self), NULL);
  return self->places->pdata[self->current];
}

const QdView *
qd_session_get_view (QdSession *self)
{
  return qd_session_get_place (self)->view;
}

/* After a move from a place with the view @before. */
static void
tell (QdSession    *self,
      const QdView *before)
{
  gboolean same = qd_view_equal (before, qd_session_get_view (self));

  g_signal_emit (self, signals[MOVED], 0);
  if (!same)
    g_signal_emit (self, signals[CHANGED], 0);
}

/* @next: (transfer full) */
static void
add_place (QdSession *self,
           QdPlace   *next)
{
  g_autoptr (QdView) before = qd_view_copy (qd_session_get_view (self));

  g_signal_emit (self, signals[LEAVING], 0);
  g_ptr_array_set_size (self->places, (int) self->current + 1);
  g_ptr_array_add (self->places, next);
  self->current++;
  tell (self, before);
}

/**
 * qd_session_go:
 * @self: a session
 * @page: (nullable): id of a page; `NULL`: the present one
 * @detail: (nullable): the page's detail; `NULL`: the present one, or none with a new page
 * @view: (nullable): what to look through; `NULL`: as now
 *
 * Goes to a place. Where it was can be come back to; the way forward is cut.
 */
void
qd_session_go (QdSession    *self,
               const char   *page,
               const char   *detail,
               const QdView *view)
{
  const QdPlace *place = qd_session_get_place (self);
  QdPlace *next;

  next = make_place (page != NULL ? page : place->page,
                     detail != NULL ? detail : (page == NULL || strcmp (page, place->page) == 0) ? place->detail : "",
                     view != NULL ? view : place->view);
  if (strcmp (next->page, place->page) == 0 && strcmp (next->detail, place->detail) == 0 &&
      qd_view_equal (next->view, place->view))
    {
      free_place (next);
      return;
    }
  add_place (self, next);
}

void
qd_session_set_state (QdSession  *self,
                      const char *state)
{
  QdPlace *place = self->places->pdata[self->current];

  g_free (place->state);
  place->state = g_strdup (state);
}

/**
 * qd_session_replace:
 * @self: a session
 * @page: id of a page
 * @detail: the page's detail
 * @view: what to look through
 *
 * Goes to a place that takes the present one's: for the start, and for a page
 * that corrects its own detail.
 */
void
qd_session_replace (QdSession    *self,
                    const char   *page,
                    const char   *detail,
                    const QdView *view)
{
  g_autoptr (QdView) before = qd_view_copy (qd_session_get_view (self));
  QdPlace *next = make_place (page, detail, view);

  free_place (self->places->pdata[self->current]);
  self->places->pdata[self->current] = next;
  tell (self, before);
}

gboolean
qd_session_can_go_back (QdSession *self)
{
  return self->current > 0;
}

gboolean
qd_session_can_go_forward (QdSession *self)
{
  return self->current + 1 < self->places->len;
}

static void
step (QdSession *self,
      gboolean   back)
{
  g_autoptr (QdView) before = qd_view_copy (qd_session_get_view (self));

  g_signal_emit (self, signals[LEAVING], 0);
  self->current += back ? -1 : 1;
  tell (self, before);
}

void
qd_session_back (QdSession *self)
{
  if (qd_session_can_go_back (self))
    step (self, TRUE);
}

void
qd_session_forward (QdSession *self)
{
  if (qd_session_can_go_forward (self))
    step (self, FALSE);
}

/* The last place before this one that @here can lie below; NULL: none. */
static const QdPlace *
find_above (QdSession        *self,
            const QdPageInfo *here)
{
  for (guint i = self->current; i > 0; i--)
    {
      const QdPlace *place = self->places->pdata[i - 1];
      const QdPageInfo *info = qd_pages_find (place->page);

      if (info != NULL && info != here && (!(info->flags & QD_PAGE_LEVEL) || (here->flags & QD_PAGE_LEAF)))
        return place;
    }
  return NULL;
}

/**
 * qd_session_up:
 * @self: a session
 *
 * Goes from a level to the page that it was opened from, as that was left but
 * for the view, which stays; to the first page where there was none. A step
 * like any other: Back returns to the level. Pages of the sidebar have nothing
 * above them.
 */
void
qd_session_up (QdSession *self)
{
  const QdPageInfo *here = qd_pages_find (qd_session_get_place (self)->page);
  const QdPlace *above;
  QdPlace *next;

  if (here == NULL || !(here->flags & QD_PAGE_LEVEL))
    return;
  above = find_above (self, here);
  next = make_place (above != NULL ? above->page : FIRST_PAGE, above != NULL ? above->detail : "", qd_session_get_view (self));
  next->state = g_strdup (above != NULL ? above->state : NULL);
  add_place (self, next);
}

/**
 * qd_session_get_format:
 * @self: a session
 *
 * Returns: (transfer none): how numbers are written; before the workspace has
 *   been read, that of US dollars
 */
QdFormat *
qd_session_get_format (QdSession *self)
{
  if (self->latest != NULL)
    return self->latest->format;
  if (self->format == NULL)
    self->format = qd_format_new_for_screen ("USD", self->notation);
  return self->format;
}

QdSnapshot *
qd_session_get_snapshot (QdSession *self)
{
  return self->latest;
}

GListModel *
qd_session_get_jobs (QdSession *self)
{
  return G_LIST_MODEL (self->jobs);
}

static void
job_state_cb (QdJob      *job,
              GParamSpec *pspec,
              QdSession  *self)
{
  guint position;

  if (qd_job_get_state (job) == QD_JOB_RUNNING)
    return;
  g_signal_handlers_disconnect_by_data (job, self);
  if (g_list_store_find (self->jobs, job, &position))
    g_list_store_remove (self->jobs, position);
}

/**
 * qd_session_add_note:
 * @self: a session
 * @text: what was done, translated
 *
 * Keeps what a toast says for those who did not see it: the page of activity
 * lists it.
 */
void
qd_session_add_note (QdSession  *self,
                     const char *text)
{
  QdNote *note = g_new0 (QdNote, 1);

  note->time = g_get_real_time () / G_USEC_PER_SEC;
  note->text = g_strdup (text);
  g_ptr_array_add (self->notes, note);
  g_signal_emit (self, signals[NOTED], 0);
}

GPtrArray *
qd_session_get_notes (QdSession *self)
{
  return self->notes;
}

/**
 * qd_session_add_job:
 * @self: a session
 * @job: a running job; whoever runs it calls qd_job_finish()
 *
 * Shows a job among those that run, until it is finished.
 */
void
qd_session_add_job (QdSession *self,
                    QdJob     *job)
{
  g_return_if_fail (QD_IS_SESSION (self) && QD_IS_JOB (job));
  g_list_store_append (self->jobs, job);
  g_signal_connect (job, "notify::state", G_CALLBACK (job_state_cb), self);
  job_state_cb (job, NULL, self);
}

typedef struct
{
  QdComputeFunc func;
  gpointer input;
  GDestroyNotify input_free;
  GDestroyNotify result_free;
  QdRequest request;
  QdJob *job;
  QdSnapshot *snapshot;
} QdComputation;

static void
free_computation (gpointer data)
{
  QdComputation *computation = data;

  if (computation->input_free != NULL)
    computation->input_free (computation->input);
  qd_view_free (computation->request.view);
  g_clear_pointer (&computation->snapshot, qd_snapshot_unref);
  g_object_unref (computation->job);
  g_free (computation);
}

static void
compute (GTask        *task,
         gpointer      source,
         gpointer      data,
         GCancellable *cancellable)
{
  QdComputation *computation = data;
  GError *error = NULL;
  gpointer result = NULL;

  computation->snapshot = get_snapshot (source, &computation->request, computation->job, &error);
  if (computation->snapshot != NULL)
    result = computation->func (computation->snapshot, computation->input, computation->job, &error);
  qd_job_finish (computation->job, error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, result, computation->result_free);
}

/**
 * qd_session_compute_async:
 * @self: a session
 * @func: what to compute, on a worker
 * @input: its own input
 * @input_free: (nullable): frees @input
 * @result_free: (nullable): frees a result that nobody took
 * @job: (nullable): reports and cancels; finished here
 * @callback: called on the main thread
 * @user_data: for @callback
 *
 * Computes with the snapshot of the present view and the newest data. A caller
 * that starts anew cancels its earlier job.
 */
void
qd_session_compute_async (QdSession          *self,
                          QdComputeFunc       func,
                          gpointer            input,
                          GDestroyNotify      input_free,
                          GDestroyNotify      result_free,
                          QdJob              *job,
                          GAsyncReadyCallback callback,
                          gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  QdComputation *computation;

  g_return_if_fail (QD_IS_SESSION (self) && func != NULL);
  computation = g_new0 (QdComputation, 1);
  computation->func = func;
  computation->input = input;
  computation->input_free = input_free;
  computation->result_free = result_free;
  computation->request.view = qd_view_copy (qd_session_get_view (self));
  computation->request.notation = self->notation;
  computation->job = job != NULL ? g_object_ref (job) : qd_job_new ("", NULL);
  task = g_task_new (self, qd_job_get_cancellable (computation->job), callback, user_data);
  g_task_set_source_tag (task, qd_session_compute_async);
  g_task_set_name (task, "qd_session_compute_async");
  g_task_set_task_data (task, computation, free_computation);
  qd_task_run_in_thread (task, compute);
}

/**
 * qd_session_compute_finish:
 * @self: a session
 * @result: what the callback got
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the result, or `NULL` with the error of
 *   the computation, of reading the workspace, or `G_IO_ERROR_CANCELLED`
 */
gpointer
qd_session_compute_finish (QdSession    *self,
                           GAsyncResult *result,
                           GError      **error)
{
  QdComputation *computation;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  computation = g_task_get_task_data (G_TASK (result));
  if (computation->snapshot != NULL && qd_view_equal (computation->snapshot->view, qd_session_get_view (self)) &&
      (self->latest == NULL ||
       qd_book_get_version (computation->snapshot->book) >= qd_book_get_version (self->latest->book)))
    {
      qd_snapshot_ref (computation->snapshot);
      g_clear_pointer (&self->latest, qd_snapshot_unref);
      self->latest = computation->snapshot;
    }
  return g_task_propagate_pointer (G_TASK (result), error);
}
