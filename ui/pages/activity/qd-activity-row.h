/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How one change looks in the list: icon, what happened, when, and the button
 * that takes it back or brings it back.
 */
#pragma once

#include <gtk/gtk.h>

#include "../../draw/qd-format.h"
#include "qd-activity-entry.h"

G_BEGIN_DECLS

#define QD_TYPE_ACTIVITY_ROW (qd_activity_row_get_type ())
G_DECLARE_FINAL_TYPE (QdActivityRow, qd_activity_row, QD, ACTIVITY_ROW, GtkBox)

GtkWidget *qd_activity_row_new (void);
void qd_activity_row_set_entry (QdActivityRow *self, QdActivityEntry *entry, QdFormat *format);
/* Gives a button the action of the entry's turn; hidden when there is none. */
void qd_activity_row_set_button (GtkButton *button, QdActivityEntry *entry);

G_END_DECLS
