/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The tables of the retention page, in ARR.
 */
#pragma once

#include "../../../data/metrics/qd-metrics.h"

G_BEGIN_DECLS

/* One row for each window, the newest first. @drills: (element-type QdDrill): of the rows */
QdTable *qd_retention_tables_make_trend (const QdRetentions *retentions, const char *currency, GArray *drills);
/* One row for each group of the window. @before (nullable): of the comparison; @values: (element-type utf8): the group of
 * each row, not copied */
QdTable *qd_retention_tables_make_groups (const QdRetentions *now, const QdRetentions *before, const char *dimension,
                                          const char *currency, GPtrArray *values);
/* Dimensions that split customers into 2 to 200 groups, then "product" if there are any. (element-type utf8) */
GPtrArray *qd_retention_tables_list_dimensions (const QdBook *book);

G_END_DECLS
