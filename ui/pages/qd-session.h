/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One window's work on one workspace: where it is (page, detail), what it
 * looks through (view), the way back, the running jobs, and the one way to
 * compute something without holding up the window.
 *
 * Main thread only, but for the compute functions, which run on a worker and
 * see nothing but an immutable QdSnapshot.
 */
#pragma once

#include <gio/gio.h>

#include "../../data/workspace/qd-workspace.h"
#include "../draw/figures/qd-figures.h"
#include "qd-view.h"

G_BEGIN_DECLS

/* Everything that a page's computation may read. Immutable, counted; any thread. */
typedef struct _QdSnapshot QdSnapshot;
QdSnapshot *qd_snapshot_ref (QdSnapshot *self);
void qd_snapshot_unref (QdSnapshot *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QdSnapshot, qd_snapshot_unref)

QdWorkspace *qd_snapshot_get_workspace (const QdSnapshot *self);
QdBook *qd_snapshot_get_book (const QdSnapshot *self);
/* FALSE: there is no recurring revenue yet, and with it no ledger, scope or context. */
gboolean qd_snapshot_has_revenue (const QdSnapshot *self);
QdLedger *qd_snapshot_get_ledger (const QdSnapshot *self);
const QdScope *qd_snapshot_get_scope (const QdSnapshot *self);      /* as-of resolved */
const QdScope *qd_snapshot_get_comparison (const QdSnapshot *self); /* nullable: none asked for, or before the data */
const QdView *qd_snapshot_get_view (const QdSnapshot *self);
QdFormat *qd_snapshot_get_format (const QdSnapshot *self);
const QdFigureContext *qd_snapshot_get_context (const QdSnapshot *self);
QdTable *qd_snapshot_get_imports (const QdSnapshot *self);

/* A place that the way back leads to. */
typedef struct
{
  char *page;    /* id of a page */
  char *detail;  /* the page's own: tab, mode, drill; "" for none */
  QdView *view;
  char *state;   /* nullable: selection and scroll, as the page saved it */
} QdPlace;

#define QD_TYPE_SESSION (qd_session_get_type ())
G_DECLARE_FINAL_TYPE (QdSession, qd_session, QD, SESSION, GObject)

/* Signals:
 *   "leaving" ()  before the place changes: the window notes the state of the page
 *   "moved" ()    page, detail, view or the way back changed
 *   "changed" ()  what pages show is out of date: view, data, format
 *   "noted" ()    something was done that changes no data
 */
QdSession *qd_session_new (QdWorkspace *workspace);
QdWorkspace *qd_session_get_workspace (QdSession *self);

const QdPlace *qd_session_get_place (QdSession *self);
const QdView *qd_session_get_view (QdSession *self);
/* NULL: as it is. Goes nowhere when nothing differs. */
void qd_session_go (QdSession *self, const char *page, const char *detail, const QdView *view);
void qd_session_set_state (QdSession *self, const char *state);     /* of the current place */
void qd_session_replace (QdSession *self, const char *page, const char *detail, const QdView *view); /* no step back */
gboolean qd_session_can_go_back (QdSession *self);
gboolean qd_session_can_go_forward (QdSession *self);
void qd_session_back (QdSession *self);
void qd_session_forward (QdSession *self);
void qd_session_up (QdSession *self);                               /* from a level to the page it was opened from */

/* How numbers are written; from the locale until set. */
QdFormat *qd_session_get_format (QdSession *self);                  /* (transfer none) */

/* The snapshot that was computed last: for titles, tooltips, chips. NULL before the first is there. */
QdSnapshot *qd_session_get_snapshot (QdSession *self);              /* (transfer none) (nullable) */

/* Running jobs, newest last, for the one place that shows them. (transfer none) (element-type QdJob) */
GListModel *qd_session_get_jobs (QdSession *self);
void qd_session_add_job (QdSession *self, QdJob *job);              /* leaves the list when it is finished */

/* What was done here without a change of the data: copies, exports. Until the window closes. Oldest first.
 * (transfer none) (element-type QdNote) */
typedef struct
{
  gint64 time;   /* unix seconds */
  char *text;    /* translated */
} QdNote;
void qd_session_add_note (QdSession *self, const char *text);
GPtrArray *qd_session_get_notes (QdSession *self);

/* Runs @func on a worker with the snapshot of the present view and data. @input is @func's own, never a widget.
 * A result is the caller's, freed with the @result_free that was given when nobody takes it. */
typedef gpointer (*QdComputeFunc) (QdSnapshot *snapshot, gpointer input, QdJob *job, GError **error);
void qd_session_compute_async (QdSession *self, QdComputeFunc func, gpointer input, GDestroyNotify input_free,
                               GDestroyNotify result_free, QdJob *job, GAsyncReadyCallback callback,
                               gpointer user_data);
gpointer qd_session_compute_finish (QdSession *self, GAsyncResult *result, GError **error);

G_END_DECLS
