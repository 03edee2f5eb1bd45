/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The frame of results that have one row for each window and group: who is let
 * in, one pass over the customers, and the rows.
 */
#pragma once

#include "qd-results-private.h"

G_BEGIN_DECLS

/* While it is made. The first totals, one for each group, count who is in it: a group without anybody has no row. */
typedef struct
{
  QdCut cut;
  const GArray *windows;   /* QdWindow */
  gint64 *totals;
  gsize most_rows;         /* how many there can be */
} QdFrame;

/* How one result is made; each function gets the same @plan. */
typedef struct
{
  gsize row_size;
  /* Says how many totals there are, and sets one of @visit and @sweep. */
  gsize (*prepare) (const QdFrame *frame, gpointer plan, QdVisit *visit, QdSweep *sweep);
  /* After the pass: from differences to states. */
  void (*settle) (const QdFrame *frame, gpointer plan);
  /* Fills a row, zero but for its window and group, which will be the @index-th. */
  void (*fill) (const QdFrame *frame, gconstpointer plan, guint window, guint32 group, guint index, gpointer row);
} QdFrameKind;

/* The rows by window, then by group, and the names of the groups (NULL without @by). */
gboolean qd_frame_compute (const QdFrameKind *kind, gpointer plan, QdLedger *ledger, const QdScope *scope,
                           const GArray *windows, const char *by, GArray **rows, GPtrArray **groups, gboolean *additive,
                           QdJob *job, GError **error);

G_END_DECLS
