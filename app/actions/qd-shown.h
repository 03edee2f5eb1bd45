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
  char *scope;         /* nullable: whose, of when; NULL on pages that the view is not about */
  char *about;         /* company, scope, definition; that it is sample data: beside rows that leave the program */
  gboolean sample;
} QdShown;

/* What it is wanted for. */
typedef enum
{
  QD_SHOWN_COPY,     /* one selected row of a table is what is meant */
  QD_SHOWN_PAGES,    /* paper and files: a row that was only clicked stands for no more than the place in the table */
  QD_SHOWN_PICTURE,  /* only a chart will do */
} QdShownUse;

/* FALSE: there is nothing; the person was told. @self is empty before. */
gboolean qd_shown_find (QdShown *self, QdMainWindow *window, QdShownUse use);
/* The rows with a column that says what they are about. (transfer full) */
QdTable *qd_shown_dup_table_with_scope (const QdShown *self);
void qd_shown_clear (QdShown *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (QdShown, qd_shown_clear)

G_END_DECLS
