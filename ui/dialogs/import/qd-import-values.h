/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What texts of the file mean here, and what holds where a row and an account
 * that is there differ: groups of the step that asks.
 */
#pragma once

#include "qd-import-step.h"

G_BEGIN_DECLS

typedef void (*QdImportDecided) (gpointer data);

/* One for each QdValueQuestion; @decided is called when an answer changed. */
GtkWidget *qd_import_values_new (QdImportAssistant *assistant, const QdValueQuestion *question, QdImportDecided decided,
                                 gpointer data);
/* Of accounts: a rule for all fields, and for those that the file has one of their own. */
/* (nullable): the fields of which none is in doubt, in one group. */
GtkWidget *qd_import_values_new_plain (QdImportAssistant *assistant, const GPtrArray *questions, QdImportDecided decided,
                                       gpointer data);
gboolean qd_import_values_in_doubt (const QdValueQuestion *question);
GtkWidget *qd_import_collisions_new (QdImportAssistant *assistant);

G_END_DECLS
