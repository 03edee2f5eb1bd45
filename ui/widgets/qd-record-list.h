/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A record as a boxed list: one row for each field, edited in place. Return or
 * the button applies, Esc takes back what was typed; what was wrong stands
 * under the row. It shows the tables of qd_workspace_get_account() and
 * qd_workspace_get_row(), and changes nothing itself.
 */
#pragma once

#include <adwaita.h>

#include "../draw/qd-format.h"

G_BEGIN_DECLS

#define QD_TYPE_RECORD_LIST (qd_record_list_get_type ())
G_DECLARE_FINAL_TYPE (QdRecordList, qd_record_list, QD, RECORD_LIST, AdwBin)

/* Signals:
 *   "edited" (string field, string value)   a value was applied; "" clears
 *   "turn" (boolean redo)                    the key for undo or redo, with nothing half typed */
GtkWidget *qd_record_list_new (void);
void qd_record_list_set_title (QdRecordList *self, const char *title);       /* accessible name */
/* Rows @first … @first + @n − 1 of a record. Rows that are there already stay, with what is being typed in them. */
void qd_record_list_set_record (QdRecordList *self, QdTable *record, guint first, guint n);
void qd_record_list_set_editable (QdRecordList *self, gboolean editable);    /* before the record; TRUE at first */
/* Says under a field what was wrong with the value; NULL: nothing. FALSE: there is no such field here. */
gboolean qd_record_list_set_error (QdRecordList *self, const char *field, const char *message);
/* Whether the row with the focus holds a text that was not applied: undo is then about the typing. */
gboolean qd_record_list_is_typing (QdRecordList *self);

G_END_DECLS
