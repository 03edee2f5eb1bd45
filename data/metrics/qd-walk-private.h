/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Walking a ledger: which customers a scope lets in, which group each belongs
 * to, and their states month by month in dense arrays. Every result is made by
 * a walk; a walk shares nothing with another, so that two can run at once.
 *
 * Index 0 is the end of the month before the data, index i the end of the i-th
 * month of the data, index n the end of the as-of month.
 */
#pragma once

#include "qd-ledger-private.h"
#include "qd-metrics.h"

G_BEGIN_DECLS

#define QD_KEY_OUT G_MAXUINT32

typedef enum { QD_BY_NONE, QD_BY_DIMENSION, QD_BY_PRODUCT } QdBy;

/* What a scope and a dimension mean for a ledger. Immutable once made. */
typedef struct
{
  QdLedger *ledger;
  const QdBook *book;
  const QdProfile *profile;
  QdMonth base;             /* the month of index 0 */
  int n;                    /* the index of as-of */
  QdBy by;
  int dimension;            /* with QD_BY_DIMENSION */
  guint n_groups;           /* values, blank included; 1 without groups */
  gboolean moving;          /* segments are those at the start of a period */
  GArray *filters;          /* of Filter */
  guint8 *product_in;       /* by product + 1, or NULL: all */
  gboolean of_products;     /* units are parts of customers */
  gboolean any_day;         /* what happens between month ends matters */
  const QdSeries *parts;
  const guint32 *part_offsets;
  guint32 *keys;            /* by customer: group or QD_KEY_OUT; NULL when moving */
} QdCut;

/* A customer, or its part in one or more products: what is added up. */
typedef struct
{
  guint32 customer;
  guint group;              /* unless the cut is moving and by dimension */
  const gint64 *level;      /* n + 1 */
  const guint8 *active;
  const gint64 *fx[4];      /* by months looked back, 1 to 3; NULL with constant rates */
  int born;                 /* first index at which it is active; n + 1: never */
  const QdLedgerChange *changes;
  const gint64 *change_fx;
  guint n_changes;
  /* The customer as a whole decides on kinds of movement. */
  const guint8 *whole_active;
  int whole_born;           /* the month of its first activity, as the netting sees it */
  const QdLedgerChange *whole_changes;
  guint n_whole_changes;
} QdTrack;

typedef struct
{
  const QdCut *cut;
  gint64 *level, *unit_level;
  gint64 *fx[4], *unit_fx[4];
  guint8 *active, *unit_active, *seen;
  guint32 *keys;            /* when moving: by index */
  GArray *merged;           /* QdLedgerChange of several parts together */
  GArray *merged_fx;
  QdTrack whole;
  guint32 part, part_end;
  gboolean fresh;
  gpointer scratch;         /* the visit's own, made by it on first use; freed with the walk */
} QdWalk;

gboolean qd_cut_init (QdCut *self, QdLedger *ledger, const QdScope *scope, const char *by, QdJob *job, GError **error);
void qd_cut_clear (QdCut *self);
const char *qd_cut_get_group (const QdCut *self, guint group);

/* FALSE: the customer is left out, or has no history up to as-of. */
/* The group of a unit at the end of @index (clamped to 0 … n), or QD_KEY_OUT. */
guint32 qd_walk_get_group (const QdWalk *self, const QdTrack *unit, int index);

/* Runs @visit over all customers, on two threads when there are many. Totals are sums of gint64. */
typedef void (*QdVisit) (QdWalk *walk, const QdTrack *unit, gint64 *totals, gpointer data);
gboolean qd_cut_run (const QdCut *self, QdVisit visit, gpointer data, gint64 *totals, gsize n_totals, QdJob *job,
                     GError **error);
/* As qd_cut_run(), for passes that do without dense states: called once per customer let in. */
typedef void (*QdSweep) (const QdCut *self, guint32 customer, guint32 group, gint64 *totals, gpointer data);
gboolean qd_cut_sweep (const QdCut *self, QdSweep sweep, gpointer data, gint64 *totals, gsize n_totals, QdJob *job,
                       GError **error);

/* One after the other on this thread, for lists: @totals is NULL. By @sweep unless it is NULL. */
gboolean qd_cut_visit (const QdCut *self, QdVisit visit, QdSweep sweep, gpointer data, QdJob *job, GError **error);

/* Names the groups that @used marks: their index in the result by group, or QD_KEY_OUT. */
GPtrArray *qd_cut_list_groups (const QdCut *self, const gint64 *used, guint32 *index);

G_END_DECLS
