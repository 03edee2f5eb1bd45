/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the dialog for several customers must know, found on a worker: the
 * attributes there are, the values in use, what the customers are worth.
 */
#pragma once

#include "../../pages/qd-session.h"

G_BEGIN_DECLS

typedef struct
{
  char *text;
  guint n_accounts;
} QdBulkValue;

typedef struct
{
  char *id;          /* as the workspace calls it */
  char *title;       /* translated */
  GArray *values;    /* QdBulkValue, the most frequent first */
} QdBulkField;

typedef struct
{
  GPtrArray *fields; /* QdBulkField */
  gboolean has_arr;  /* there is revenue */
  gint64 arr;        /* of the customers, at as-of */
} QdBulkFacts;

/* @input: a GPtrArray of external ids, ended by NULL. A QdComputeFunc. */
gpointer qd_bulk_facts_compute (QdSnapshot *snapshot, gpointer input, QdJob *job, GError **error);
void qd_bulk_facts_free (QdBulkFacts *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QdBulkFacts, qd_bulk_facts_free)

G_END_DECLS
