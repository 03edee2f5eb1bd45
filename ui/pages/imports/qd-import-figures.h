/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What an import does to ARR, NRR and GRR: before, after, the change; the
 * same in the assistant and on the page about an import.
 */
#pragma once

#include <gtk/gtk.h>

#include "../../../data/workspace/qd-workspace.h"
#include "../../draw/qd-format.h"

G_BEGIN_DECLS

/* A figure before and after. */
typedef struct
{
  char *title, *before, *after;
  char *change;              /* nullable: one of the two is undefined */
  int direction;             /* of the change: −1, 0, 1 */
} QdImportFigure;

/* QdImportFigure; none: the data have no revenue before and after. */
GArray *qd_import_figures_new (const QdImportEffect *effect, const QdFormat *format);
/* (nullable): of which months the figures are, a sentence. */
char *qd_import_figures_describe_months (const QdImportEffect *effect, const QdFormat *format);
/* Puts them into an empty grid of its own, or in the place of those that are there. */
void qd_import_figures_show (GArray *figures, GtkGrid *grid);

G_END_DECLS
