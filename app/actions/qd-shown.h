/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What copying, exporting and printing mean: the table that has the focus,
 * else the page's chart, else its table.
 */
#pragma once

#include "../../ui/window/qd-main-window.h"

G_BEGIN_DECLS

typedef struct
{
  QdChartSpec *spec;   /* nullable */
  QdTable *table;      /* the chart's numbers, or the rows */
  QdFormat *format;
  QdSnapshot *snapshot; /* nullable: that of its figures */
  char *name;          /* for names of files */
} QdShown;

/* FALSE: there is nothing; the person was told. @self is empty before. */
gboolean qd_shown_find (QdShown *self, QdMainWindow *window);
void qd_shown_clear (QdShown *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (QdShown, qd_shown_clear)

G_END_DECLS
