/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "qd-metrics"

#include "config.h"

#include "qd-parts-private.h"

#include <string.h>

G_STATIC_ASSERT (QD_MOVE_ANY + 1 == QD_N_MOVES);
G_STATIC_ASSERT (QD_SHARE_LOGO_LOST + 1 == QD_N_SHARES);

typedef struct
{
  const char *id;
  int part;
} Name;

static int
find (const Name *names,
      gsize       n,
      const char *id)
{
  for (gsize i = 0; i < n; i++)
    if (strcmp (names[i].id, id) == 0)
      return names[i].part;
  g_return_val_if_reached (0);
}

QdMove
qd_move_of_metric (const char *id)
{
  static const Name names[] = {
    { "mrr", QD_MOVE_LEVEL },
    { "arr", QD_MOVE_LEVEL },
    { "arpa", QD_MOVE_LEVEL },
    { "new_mrr", QD_MOVE_NEW },
    { "reactivation_mrr", QD_MOVE_REACTIVATION },
    { "expansion_mrr", QD_MOVE_EXPANSION },
    { "contraction_mrr", QD_MOVE_CONTRACTION },
    { "churn_mrr", QD_MOVE_CHURN },
    { "net_new_mrr", QD_MOVE_NET },
    { "mrr_growth", QD_MOVE_GROWTH },
    { "yoy_growth", QD_MOVE_GROWTH },
    { "quick_ratio", QD_MOVE_GAINS },
  };

  return find (names, G_N_ELEMENTS (names), id);
}

QdShare
qd_share_of_metric (const char *id)
{
  static const Name names[] = {
    { "nrr", QD_SHARE_END },
    { "grr", QD_SHARE_GROSS },
    { "tailwind", QD_SHARE_GROWN },
    { "headwind", QD_SHARE_REDUCED },
    { "gross_revenue_churn", QD_SHARE_REDUCED },
    { "net_revenue_churn", QD_SHARE_NET_LOST },
    { "expansion_rate", QD_SHARE_EXPANSION },
    { "logo_retention", QD_SHARE_LOGO_KEPT },
    { "logo_churn", QD_SHARE_LOGO_LOST },
  };

  return find (names, G_N_ELEMENTS (names), id);
}

void
qd_moves_fill (const QdCell *sum,
               gint64        opening,
               gint64        closing,
               gint64        moves[QD_N_MOVES])
{
  gint64 gains = sum->new_business + sum->reactivation + sum->expansion, losses = sum->contraction + sum->churn;

  moves[QD_MOVE_LEVEL] = closing;
  moves[QD_MOVE_NEW] = sum->new_business;
  moves[QD_MOVE_REACTIVATION] = sum->reactivation;
  moves[QD_MOVE_EXPANSION] = sum->expansion;
  moves[QD_MOVE_CONTRACTION] = sum->contraction;
  moves[QD_MOVE_CHURN] = sum->churn;
  moves[QD_MOVE_NET] = gains - losses;
  moves[QD_MOVE_GROWTH] = closing - opening;
  moves[QD_MOVE_GAINS] = gains;
  moves[QD_MOVE_ANY] = gains != 0 || losses != 0;
}

void
qd_shares_fill (const QdBase *base,
                QdLogoBase    logo_base,
                gint64        shares[QD_N_SHARES])
{
  gint64 lost = base->n_start - base->n_retained;

  shares[QD_SHARE_END] = base->end;
  shares[QD_SHARE_GROSS] = base->gross;
  shares[QD_SHARE_GROWN] = base->end - base->gross;
  shares[QD_SHARE_REDUCED] = base->start - base->gross;
  shares[QD_SHARE_NET_LOST] = base->start - base->end;
  shares[QD_SHARE_EXPANSION] = base->expansion;
  shares[QD_SHARE_LOGO_KEPT] = qd_base_get_logos (base, logo_base) - lost;
  shares[QD_SHARE_LOGO_LOST] = lost;
}

void
qd_parts_count (const gint64 *parts,
                guint         n,
                gint64       *counts)
{
  for (guint i = 0; i < n; i++)
    counts[i] += parts[i] != 0;
}
