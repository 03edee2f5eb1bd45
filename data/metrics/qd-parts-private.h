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
  QD_MOVE_NEW,
  QD_MOVE_REACTIVATION,
  QD_MOVE_EXPANSION,
  QD_MOVE_CONTRACTION,
  QD_MOVE_CHURN,
  QD_MOVE_NET,
  QD_MOVE_GROWTH,
  QD_MOVE_GAINS,
  QD_MOVE_ANY,        /* gains and losses */
} QdMove;

/* Of what it pays at the start and the end of a window. */
typedef enum
{
  QD_SHARE_END,
  QD_SHARE_GROSS,
  QD_SHARE_GROWN,
  QD_SHARE_REDUCED,
  QD_SHARE_NET_LOST,
  QD_SHARE_EXPANSION,
  QD_SHARE_LOGO_KEPT,
  QD_SHARE_LOGO_LOST,
} QdShare;

/* Which one a figure is the sum of (of a quotient: its numerator). */
QdMove qd_move_of_metric (const char *id);
QdShare qd_share_of_metric (const char *id);

void qd_moves_fill (const QdCell *sum, gint64 opening, gint64 closing, gint64 moves[QD_N_MOVES]);
void qd_shares_fill (const QdBase *base, QdLogoBase logo_base, gint64 shares[QD_N_SHARES]);
/* Adds 1 to each of @counts whose part is not 0. */
void qd_parts_count (const gint64 *parts, guint n, gint64 *counts);

G_END_DECLS
