/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the frame of a window must know of a workspace: its name, the months
 * and values that can be chosen, definitions and saved views. An immutable
 * value, read on a worker; it depends on the data, not on the view.
 */
#pragma once

#include <gio/gio.h>

#include "../../data/workspace/qd-workspace.h"
#include "../pages/qd-view.h"

G_BEGIN_DECLS

typedef struct
{
  char *value;          /* as filters have it; "" for the blank */
  char *title;          /* as people read it */
  guint n_accounts;     /* that have it now */
} QdFactsValue;

typedef struct
{
  char *name;           /* "segment" */
  char *title;          /* "Segment" */
  GPtrArray *values;    /* QdFactsValue, the most frequent first, the blank last; also those that nobody has now */
  guint n_present;      /* values that somebody has: those in front. Below two there is nothing to choose. */
} QdFactsDimension;

typedef struct
{
  char *name;
  QdView *view;
} QdFactsView;

typedef struct
{
  gatomicrefcount refs;
  char *name;           /* of the workspace */
  gboolean is_sample;
  gint64 version;       /* of the data */
  int fiscal_start;
  QdMonth first, last;  /* QD_MONTH_NONE: no revenue yet */
  QdMonth horizons[2];  /* the last month to look at: of definitions with exclusive and with inclusive end dates */
  GHashTable *inclusive;/* the latter, as views name them */
  GPtrArray *profiles;  /* char*, names without versions */
  GPtrArray *dimensions;/* QdFactsDimension */
  GPtrArray *views;     /* QdFactsView, by name */
} QdFacts;

QdFacts *qd_facts_ref (QdFacts *self);
void qd_facts_unref (QdFacts *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QdFacts, qd_facts_unref)

QdFacts *qd_facts_read (QdWorkspace *workspace, QdJob *job, GError **error); /* blocks */
void qd_facts_read_async (QdWorkspace *workspace, QdJob *job, GAsyncReadyCallback callback, gpointer user_data);
QdFacts *qd_facts_read_finish (GAsyncResult *result, GError **error);

const QdFactsDimension *qd_facts_find_dimension (const QdFacts *self, const char *name);  /* nullable */
const QdFactsValue *qd_facts_find_value (const QdFactsDimension *self, const char *value); /* nullable */
const QdView *qd_facts_find_view (const QdFacts *self, const char *name);                 /* nullable */
/* The last month that a view may look at, under its definition. */
QdMonth qd_facts_get_horizon (const QdFacts *self, const QdView *view);
/* The view without what this workspace does not have: months, definitions, values. (transfer full) */
QdView *qd_facts_fit_view (const QdFacts *self, const QdView *view);

#define QD_FACTS_VIEW_PREFIX "view:" /* of the settings that hold saved views */

G_END_DECLS
