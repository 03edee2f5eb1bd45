/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The generated sample: a believable B2B software company of any size, the
 * same for the same seed on every machine. It is written as export files and
 * imported like anybody's, so that the sample goes the same way as real data.
 */
#pragma once

#include "../base/qd-calendar.h"
#include "../base/qd-job.h"

G_BEGIN_DECLS

typedef struct
{
  guint accounts;     /* 1 to 1,000,000 */
  guint months;       /* 1 to 240 */
  guint64 seed;
  QdMonth last;       /* last month of the data */
} QdSampleOptions;

/* Writes accounts.csv, products.csv, subscriptions.csv, fx.csv (and the same revenue as mrr.csv and movements.csv) into
 * @directory, which is made when missing. */
gboolean qd_sample_write (const char *directory, const QdSampleOptions *options, QdJob *job, GError **error);

G_END_DECLS
