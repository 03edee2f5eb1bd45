/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "qd-metrics"

#include "config.h"

#include "qd-frame-private.h"

/* Begins every row. */
typedef struct
{
  QdWindow window;
  const char *group;
} Head;

G_STATIC_ASSERT (G_STRUCT_OFFSET (QdMovement, window) == G_STRUCT_OFFSET (Head, window));
G_STATIC_ASSERT (G_STRUCT_OFFSET (QdMovement, group) == G_STRUCT_OFFSET (Head, group));
G_STATIC_ASSERT (G_STRUCT_OFFSET (QdRetention, window) == G_STRUCT_OFFSET (Head, window));
G_STATIC_ASSERT (G_STRUCT_OFFSET (QdRetention, group) == G_STRUCT_OFFSET (Head, group));

static GArray *
list_rows (const QdFrame     *frame,
           const QdFrameKind *kind,
           gconstpointer      plan,
           GPtrArray        **groups)
{
  g_autofree guint32 *index = g_new (guint32, frame->cut.n_groups);
  GArray *rows = g_array_new (FALSE, TRUE, (guint) kind->row_size);

  *groups = qd_cut_list_groups (&frame->cut, frame->totals, index);
  for (guint w = 0; w < frame->windows->len; w++)
    for (guint group = 0; group < frame->cut.n_groups; group++)
      if (index[group] != QD_KEY_OUT)
        {
          Head *row;

          g_array_set_size (rows, rows->len + 1);
          row = (Head *) (void *) (rows->data + (rows->len - 1) * kind->row_size);
          row->window = g_array_index (frame->windows, QdWindow, w);
          row->group = *groups != NULL ? g_ptr_array_index (*groups, index[group]) : NULL;
          kind->fill (frame, plan, w, group, rows->len - 1, row);
        }
  return rows;
}

static gboolean
run (QdFrame           *frame,
     const QdFrameKind *kind,
     gpointer           plan,
     QdJob             *job,
     GError           **error)
{
  QdVisit visit = NULL;
  QdSweep sweep = NULL;
  gsize n_totals;

  frame->most_rows = (gsize) frame->cut.n_groups * frame->windows->len;
  n_totals = kind->prepare (frame, plan, &visit, &sweep);
  frame->totals = g_new0 (gint64, n_totals);
  return sweep != NULL ? qd_cut_sweep (&frame->cut, sweep, plan, frame->totals, n_totals, job, error)
                       : qd_cut_run (&frame->cut, visit, plan, frame->totals, n_totals, job, error);
}

gboolean
qd_frame_compute (const QdFrameKind *kind,
                  gpointer           plan,
                  QdLedger          *ledger,
                  const QdScope     *scope,
                  const GArray      *windows,
                  const char        *by,
                  GArray           **rows,
                  GPtrArray        **groups,
                  gboolean          *additive,
                  QdJob             *job,
                  GError           **error)
{
  QdFrame frame = { .windows = windows };
  gboolean done = qd_cut_init (&frame.cut, ledger, scope, by, job, error) && run (&frame, kind, plan, job, error);

  if (done)
    {
      kind->settle (&frame, plan);
      *rows = list_rows (&frame, kind, plan, groups);
      *additive = frame.cut.by != QD_BY_PRODUCT;
    }
  g_free (frame.totals);
  qd_cut_clear (&frame.cut);
  return done;
}
