/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "qd-metrics"

#include "config.h"

#include "qd-parts-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

G_STATIC_ASSERT (QD_MOVE_ANY + 1 == QD_N_MOVES);
G_STATIC_ASSERT (QD_SHARE_LOGO_LOST + 1 == QD_N_SHARES);

#define STATE(id, column, name, part) { id, column, name, QD_PART_STATE, part, QD_PART_NONE, QD_UNIT_MONEY, FALSE, FALSE, 1, 0, FALSE }
#define TOP(id, n) { id, NULL, NULL, QD_PART_STATE, QD_MOVE_LEVEL, QD_MOVE_LEVEL, QD_UNIT_RATE, FALSE, FALSE, 12, n, FALSE }
#define MOVE(id, column, name, part, loss) \
  { id, column, name, QD_PART_MOVE, part, QD_PART_NONE, QD_UNIT_MONEY, FALSE, FALSE, 1, 0, loss }
#define MOVE_RATE(id, part, below, unit) { id, NULL, NULL, QD_PART_MOVE, part, below, unit, FALSE, FALSE, 1, 0, FALSE }
#define SHARE(id, column, name, part, loss) \
  { id, column, name, QD_PART_SHARE, part, QD_PART_NONE, QD_UNIT_MONEY, FALSE, FALSE, 1, 0, loss }
#define SHARE_RATE(id, column, part, whole, loss) \
  { id, column, NULL, QD_PART_SHARE, part, QD_SHARE_START, QD_UNIT_RATE, FALSE, whole, 1, 0, loss }
#define LOGO_RATE(id, column, part, whole) \
  { id, column, NULL, QD_PART_SHARE, part, QD_SHARE_LOGOS, QD_UNIT_RATE, TRUE, whole, 1, 0, FALSE }
#define LOGOS(id, column, name, part) { id, column, name, QD_PART_SHARE, part, QD_PART_NONE, QD_UNIT_COUNT, TRUE, FALSE, 1, 0, FALSE }
#define FOLLOW(id, name, part, counts) { id, NULL, name, QD_PART_FOLLOW, part, part, QD_UNIT_RATE, counts, TRUE, 1, 0, FALSE }

static const QdPart parts[] = {
  STATE ("mrr", "closing", NULL, QD_MOVE_LEVEL),
  { "arr", NULL, NULL, QD_PART_STATE, QD_MOVE_LEVEL, QD_PART_NONE, QD_UNIT_MONEY, FALSE, FALSE, 12, 0, FALSE },
  { "accounts", NULL, NULL, QD_PART_STATE, QD_MOVE_CUSTOMER, QD_PART_NONE, QD_UNIT_COUNT, TRUE, FALSE, 1, 0, FALSE },
  { "arpa", NULL, NULL, QD_PART_STATE, QD_MOVE_LEVEL, QD_MOVE_CUSTOMER, QD_UNIT_MONEY, FALSE, FALSE, 1, 0, FALSE },
  STATE ("opening_mrr", "opening", N_("Opening"), QD_MOVE_OPENING),
  TOP ("concentration_1", 1),
  TOP ("concentration_5", 5),
  TOP ("concentration_10", 10),
  TOP ("concentration_20", 20),

  MOVE ("new_mrr", "new", NULL, QD_MOVE_NEW, FALSE),
  MOVE ("reactivation_mrr", "reactivation", NULL, QD_MOVE_REACTIVATION, FALSE),
  MOVE ("expansion_mrr", "expansion", NULL, QD_MOVE_EXPANSION, FALSE),
  MOVE ("contraction_mrr", "contraction", NULL, QD_MOVE_CONTRACTION, TRUE),
  MOVE ("churn_mrr", "churn", NULL, QD_MOVE_CHURN, TRUE),
  MOVE ("fx", "fx", N_("Exchange rates"), QD_MOVE_FX, FALSE),
  MOVE ("transfer_in", "transfer_in", N_("Moved in"), QD_MOVE_TRANSFER_IN, FALSE),
  MOVE ("transfer_out", "transfer_out", N_("Moved out"), QD_MOVE_TRANSFER_OUT, TRUE),
  MOVE ("net_new_mrr", NULL, NULL, QD_MOVE_NET, FALSE),
  MOVE ("won_mrr", NULL, N_("Won"), QD_MOVE_WON, FALSE),
  MOVE_RATE ("mrr_growth", QD_MOVE_GROWTH, QD_MOVE_OPENING, QD_UNIT_RATE),
  MOVE_RATE ("yoy_growth", QD_MOVE_GROWTH, QD_MOVE_OPENING, QD_UNIT_RATE),
  MOVE_RATE ("quick_ratio", QD_MOVE_GAINS, QD_MOVE_LOSSES, QD_UNIT_RATIO),

  SHARE_RATE ("nrr", "nrr", QD_SHARE_END, TRUE, FALSE),
  SHARE_RATE ("grr", "grr", QD_SHARE_GROSS, TRUE, FALSE),
  SHARE_RATE ("tailwind", "tailwind", QD_SHARE_GROWN, FALSE, FALSE),
  SHARE_RATE ("headwind", "headwind", QD_SHARE_REDUCED, FALSE, TRUE),
  SHARE_RATE ("gross_revenue_churn", NULL, QD_SHARE_REDUCED, FALSE, FALSE),
  SHARE_RATE ("net_revenue_churn", NULL, QD_SHARE_NET_LOST, FALSE, FALSE),
  SHARE_RATE ("expansion_rate", NULL, QD_SHARE_EXPANSION, FALSE, FALSE),
  LOGO_RATE ("logo_retention", "logo_retention", QD_SHARE_LOGO_KEPT, TRUE),
  LOGO_RATE ("logo_churn", "logo_churn", QD_SHARE_LOGO_LOST, FALSE),
  SHARE ("start_mrr", "start", N_("Revenue at the start"), QD_SHARE_START, FALSE),
  SHARE ("end_mrr", "end", N_("Revenue at the end"), QD_SHARE_END, FALSE),
  SHARE ("gross_end_mrr", "gross_end", N_("Revenue retained"), QD_SHARE_GROSS, FALSE),
  SHARE ("lost_mrr", "lost", N_("Lost"), QD_SHARE_LOST, TRUE),
  SHARE ("reduced_mrr", NULL, N_("Reduced"), QD_SHARE_LESS, TRUE),
  SHARE ("grown_mrr", NULL, N_("Grown"), QD_SHARE_GROWN, FALSE),
  LOGOS ("accounts_start", "accounts_start", N_("Customers at the start"), QD_SHARE_CUSTOMER),
  LOGOS ("accounts_retained", "accounts_retained", N_("Customers retained"), QD_SHARE_RETAINED),

  FOLLOW ("cohort_logos", N_("Customer retention"), QD_FOLLOW_LOGOS, TRUE),
  FOLLOW ("cohort_net", N_("Net revenue retention"), QD_FOLLOW_NET, FALSE),
  FOLLOW ("cohort_gross", N_("Gross revenue retention"), QD_FOLLOW_GROSS, FALSE),
};

const QdPart *
qd_part_find (const char *id)
{
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    if (strcmp (parts[i].id, id) == 0)
      return &parts[i];
  return NULL;
}

const QdPart *
qd_part_find_column (const char *column)
{
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    if (g_strcmp0 (parts[i].column, column) == 0)
      return &parts[i];
  return NULL;
}

void
qd_moves_fill (const QdCell *sum,
               gint64        opening,
               gint64        moves[QD_N_MOVES])
{
  gint64 gains = sum->new_business + sum->reactivation + sum->expansion, losses = sum->contraction + sum->churn;

  moves[QD_MOVE_LEVEL] = sum->closing;
  moves[QD_MOVE_CUSTOMER] = sum->n_closing;
  moves[QD_MOVE_OPENING] = opening;
  moves[QD_MOVE_NEW] = sum->new_business;
  moves[QD_MOVE_REACTIVATION] = sum->reactivation;
  moves[QD_MOVE_EXPANSION] = sum->expansion;
  moves[QD_MOVE_CONTRACTION] = sum->contraction;
  moves[QD_MOVE_CHURN] = sum->churn;
  moves[QD_MOVE_FX] = sum->fx;
  moves[QD_MOVE_TRANSFER_IN] = sum->transfer_in;
  moves[QD_MOVE_TRANSFER_OUT] = sum->transfer_out;
  moves[QD_MOVE_NET] = gains - losses;
  moves[QD_MOVE_GROWTH] = sum->closing - opening;
  moves[QD_MOVE_GAINS] = gains;
  moves[QD_MOVE_LOSSES] = losses;
  moves[QD_MOVE_WON] = opening == 0 && sum->transfer_in == 0 ? sum->closing : 0;
  moves[QD_MOVE_ANY] = gains != 0 || losses != 0;
}

void
qd_shares_fill (const QdBase *base,
                QdLogoBase    logo_base,
                gint64        shares[QD_N_SHARES])
{
  gint64 lost = base->n_start - base->n_retained;

  shares[QD_SHARE_START] = base->start;
  shares[QD_SHARE_END] = base->end;
  shares[QD_SHARE_GROSS] = base->gross;
  shares[QD_SHARE_GROWN] = base->end - base->gross;
  shares[QD_SHARE_LOST] = base->lost;
  shares[QD_SHARE_LESS] = base->start - base->lost - base->gross;
  shares[QD_SHARE_REDUCED] = base->start - base->gross;
  shares[QD_SHARE_NET_LOST] = base->start - base->end;
  shares[QD_SHARE_EXPANSION] = base->expansion;
  shares[QD_SHARE_CUSTOMER] = base->n_start;
  shares[QD_SHARE_RETAINED] = base->n_retained;
  shares[QD_SHARE_LOGOS] = qd_base_get_logos (base, logo_base);
  shares[QD_SHARE_LOGO_KEPT] = qd_base_get_logos (base, logo_base) - lost;
  shares[QD_SHARE_LOGO_LOST] = lost;
}

void
qd_parts_count (const gint64 *contributions,
                guint         n,
                gint64       *counts)
{
  for (guint i = 0; i < n; i++)
    counts[i] += contributions[i] != 0;
}
