/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One change of the history as an item of a list, with what would take it back
 * or bring it back; and what changes nothing but was done all the same:
 * checkpoints, copies, exports.
 */
#pragma once

#include <gio/gio.h>

#include "../../../data/workspace/qd-workspace-edit.h"
#include "../qd-session.h"

G_BEGIN_DECLS

#define QD_TYPE_ACTIVITY_ENTRY (qd_activity_entry_get_type ())
G_DECLARE_FINAL_TYPE (QdActivityEntry, qd_activity_entry, QD, ACTIVITY_ENTRY, GObject)

typedef enum
{
  QD_TURN_NONE,
  QD_TURN_UNDO,        /* win.undo-entry on the entry */
  QD_TURN_REDO,        /* win.redo-entry on the entry */
  QD_TURN_UNDO_UNDO,   /* win.undo-entry on its undoing: something else was undone since */
} QdTurn;

GPtrArray *qd_activity_list (QdWorkspace *workspace, GError **error); /* QdActivityEntry */
/* Puts the others between them, by time, newest first. @checkpoints: QdCheckpoint; @notes: QdNote. */
void qd_activity_add_checkpoints (GPtrArray *items, GPtrArray *checkpoints);
GPtrArray *qd_activity_with_notes (GPtrArray *items, GPtrArray *notes); /* (transfer container) a copy */

/* Of what is no change of the history: an id below 0, a time and a summary. */
const QdHistoryEntry *qd_activity_entry_get (QdActivityEntry *self);
const QdCheckpoint *qd_activity_entry_get_checkpoint (QdActivityEntry *self); /* nullable */
QdTurn qd_activity_entry_get_turn (QdActivityEntry *self);
gint64 qd_activity_entry_get_turn_target (QdActivityEntry *self);
const char *qd_activity_entry_get_icon_name (QdActivityEntry *self);
const char *qd_activity_entry_get_kind_name (QdActivityEntry *self); /* translated */

G_END_DECLS
