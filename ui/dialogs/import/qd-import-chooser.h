/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What becomes of a column: a list of the kind's fields that can be searched.
 */
#pragma once

#include <adwaita.h>

#include "qd-import-plan.h"

G_BEGIN_DECLS

/* @field −1 and @custom NULL: left out. */
typedef void (*QdImportChosen) (guint column, int field, const char *custom, gpointer data);

void qd_import_chooser_open (GtkWidget *button, const QdImportPlan *plan, guint column, QdImportChosen chosen, gpointer data);

G_END_DECLS
