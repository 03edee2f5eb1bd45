/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The catalogue: the one place where a metric has its name, formula, unit,
 * direction and kind. Screens, slides, workbooks, the glossary, the command
 * line and help all read it here.
 */
#pragma once

#include "qd-metrics.h"

G_BEGIN_DECLS

typedef enum { QD_DIRECTION_NEUTRAL, QD_DIRECTION_UP, QD_DIRECTION_DOWN } QdDirection;
typedef enum { QD_KIND_LAGGING, QD_KIND_LEADING, QD_KIND_PROCESS } QdMetricKind;

typedef struct
{
  const char *id;          /* "nrr" */
  const char *name;        /* msgid: "Net revenue retention" */
  const char *short_name;  /* msgid: "NRR" */
  const char *meaning;     /* msgid: one or two plain sentences */
  const char *formula;     /* msgid: in words */
  QdUnit unit;
  QdDirection direction;   /* which way is good */
  QdMetricKind kind;
  const char *drives;      /* ids of metrics it drives, separated by spaces; "" */
  const char *source;      /* where the formula comes from */
  gboolean stock;          /* a state at as-of, not of a window */
} QdMetric;

guint qd_catalogue_get_n_metrics (void);
const QdMetric *qd_catalogue_get_metric (guint index);
const QdMetric *qd_catalogue_find (const char *id);
/* The formula as the profile makes it, in words, translated. */
char *qd_catalogue_dup_formula (const QdMetric *metric, const QdProfile *profile);

G_END_DECLS
