/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What one customer contributes to the figures that are sums: the one place that
 * says so, for those who list contributions and those who count them.
 */
#pragma once

#include "qd-results-private.h"

G_BEGIN_DECLS

/* Of its movements in a window. */
typedef enum
{
  QD_MOVE_LEVEL,      /* at the end */
  QD_MOVE_CUSTOMER,   /* 1: is one at the end */
  QD_MOVE_OPENING,
  QD_MOVE_NEW,
  QD_MOVE_REACTIVATION,
  QD_MOVE_EXPANSION,
  QD_MOVE_CONTRACTION,
  QD_MOVE_CHURN,
  QD_MOVE_FX,
  QD_MOVE_TRANSFER_IN,
  QD_MOVE_TRANSFER_OUT,
  QD_MOVE_NET,
  QD_MOVE_GROWTH,
  QD_MOVE_GAINS,
  QD_MOVE_LOSSES,
  QD_MOVE_WON,        /* level at the end of who had none at the start */
  QD_MOVE_ANY,        /* gains and losses */
} QdMove;

/* Of what it pays at the start and the end of a window. */
typedef enum
{
  QD_SHARE_START,
  QD_SHARE_END,
  QD_SHARE_GROSS,
  QD_SHARE_GROWN,
  QD_SHARE_LOST,      /* of customers who are lost */
  QD_SHARE_LESS,      /* of the others */
  QD_SHARE_REDUCED,   /* both */
  QD_SHARE_NET_LOST,
  QD_SHARE_EXPANSION,
  QD_SHARE_CUSTOMER,  /* 1: is one at the start */
  QD_SHARE_RETAINED,
  QD_SHARE_LOGOS,     /* the base of the logo rates */
  QD_SHARE_LOGO_KEPT,
  QD_SHARE_LOGO_LOST,
} QdShare;

/* Of a cohort, at an age. */
typedef enum { QD_FOLLOW_LOGOS, QD_FOLLOW_NET, QD_FOLLOW_GROSS } QdFollow;

typedef enum
{
  QD_PART_STATE,      /* a QdMove, listed with one level */
  QD_PART_MOVE,       /* a QdMove, listed with levels at both ends and its kinds */
  QD_PART_SHARE,
  QD_PART_FOLLOW,
} QdPartKind;

#define QD_PART_NONE -1

/* What a figure is the sum of (of a quotient: its numerator), and what it is divided by. */
typedef struct
{
  const char *id;
  const char *column;   /* of the tables of movements and retention, or NULL */
  const char *name;     /* msgid; NULL: the metric's own */
  QdPartKind kind;
  int part;
  int below;            /* of the same kind, or QD_PART_NONE */
  QdUnit unit;          /* of the figure */
  gboolean counts;      /* contributions are customers, not money */
  gboolean whole_base;  /* also lists customers at the start who contribute nothing */
  int scale;            /* contributions are 12 × a month's: of ARR */
  guint top;            /* only the largest; 0: all */
  gboolean loss;        /* people are shown it below zero, its contributions too */
} QdPart;

/* NULL: none is called so. */
const QdPart *qd_part_find (const char *id);
const QdPart *qd_part_find_column (const char *column);

void qd_moves_fill (const QdCell *sum, gint64 opening, gint64 moves[QD_N_MOVES]);
void qd_shares_fill (const QdBase *base, QdLogoBase logo_base, gint64 shares[QD_N_SHARES]);
/* Adds 1 to each of @counts whose part is not 0. */
void qd_parts_count (const gint64 *contributions, guint n, gint64 *counts);

G_END_DECLS
