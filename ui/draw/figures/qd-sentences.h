/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What changed, in a few sentences drawn from the data: for the first page and
 * the review. Translated; numbers as the format writes them.
 */
#pragma once

#include "../../../data/metrics/qd-overview.h"
#include "../qd-format.h"

G_BEGIN_DECLS

typedef struct
{
  char *text;
  char *brief;         /* the same without names and reasons, where there is little room */
  const char *metric;  /* whose rows stand behind it */
} QdSentence;

/* Six at most, the weightiest first. (transfer full) (element-type QdSentence) */
GPtrArray *qd_sentences_write (const QdOverview *overview, QdFormat *format);

/* "▲ +1.8 pp", "▼ −$240k", "unchanged"; NULL when there is no change to speak of. (transfer full) */
char *qd_sentences_dup_change (const QdOverviewFigure *figure, const QdFormat *format);
/* "$12.4M", "104.3 %", the dash for what is missing. (transfer full) */
char *qd_sentences_dup_value (const QdOverviewFigure *figure, const QdFormat *format);
/* "Expansion, Churn". (transfer full) */
char *qd_sentences_dup_kinds (const char *kinds);
/* The same of a customer, or "Left Mar 2025, Back Jul 2025". (transfer full) */
char *qd_sentences_dup_moves (const QdOverviewMover *mover, const QdFormat *format);
/* What the figure is called where it is shown: "Net new ARR" for what the catalogue has in MRR. */
const char *qd_sentences_get_name (const QdOverviewFigure *figure);
/* +1: the change is good, −1: bad, 0: neither */
int qd_sentences_judge (const QdOverviewFigure *figure);

G_END_DECLS
