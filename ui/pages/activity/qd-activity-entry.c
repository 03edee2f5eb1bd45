/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-activity-entry.h"

#include <glib/gi18n-lib.h>

/* The kind of what is no change of the history. */
#define OTHER ((QdHistoryKind) -1)

struct _QdActivityEntry
{
  GObject parent_instance;

  QdHistoryEntry *entry;
  QdCheckpoint *checkpoint; /* nullable */
  QdTurn turn;
  gint64 target;
};

G_DEFINE_FINAL_TYPE (QdActivityEntry, qd_activity_entry, G_TYPE_OBJECT)

static void
qd_activity_entry_finalize (GObject *object)
{
  QdActivityEntry *self = QD_ACTIVITY_ENTRY (object);

  qd_history_entry_free (self->entry);
  g_clear_pointer (&self->checkpoint, qd_checkpoint_free);
  G_OBJECT_CLASS (qd_activity_entry_parent_class)->finalize (object);
}

static void
qd_activity_entry_class_init (QdActivityEntryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = qd_activity_entry_finalize;
}

static void
qd_activity_entry_init (QdActivityEntry *self)
{
}

static QdHistoryEntry *
copy_entry (const QdHistoryEntry *entry)
{
  QdHistoryEntry *copy = g_new (QdHistoryEntry, 1);

  *copy = *entry;
  copy->summary = g_strdup (entry->summary);
  return copy;
}

/* What was undone last is redone. What was undone before it, and what was undone before another change was made, comes
 * back by undoing its undoing. */
static void
find_turn (QdActivityEntry *self,
           gint64           redo)
{
  const QdHistoryEntry *entry = self->entry;

  if (!entry->undone)
    {
      if (!entry->undoable)
        return;
      self->turn = QD_TURN_UNDO;
      self->target = entry->id;
    }
  else if (entry->undone_by != 0)
    {
      gboolean last = redo == entry->id || redo == entry->undone_by;

      self->turn = last ? QD_TURN_REDO : QD_TURN_UNDO_UNDO;
      self->target = last ? entry->id : entry->undone_by;
    }
}

/**
 * qd_activity_list:
 * @workspace: a workspace
 * @error: return location
 *
 * Any thread.
 *
 * Returns: (transfer full) (nullable) (element-type QdActivityEntry): every change, newest first
 */
GPtrArray *
qd_activity_list (QdWorkspace *workspace,
                  GError     **error)
{
  g_autoptr (GPtrArray) history = qd_workspace_list_history (workspace, error);
  g_autoptr (GError) failed = NULL;
  GPtrArray *items;
  gint64 redo;

  if (history == NULL)
    return NULL;
  redo = qd_workspace_find_redo (workspace, NULL, &failed);
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return NULL;
    }
  items = g_ptr_array_new_full (history->len, g_object_unref);
  for (guint i = 0; i < history->len; i++)
    {
      QdActivityEntry *item = g_object_new (QD_TYPE_ACTIVITY_ENTRY, NULL);

      item->entry = copy_entry (history->pdata[i]);
      find_turn (item, redo);
      g_ptr_array_add (items, item);
    }
  return items;
}

/* @summary is taken. */
static QdActivityEntry *
make_other (gint64 id,
            gint64 time,
            char  *summary)
{
  QdActivityEntry *self = g_object_new (QD_TYPE_ACTIVITY_ENTRY, NULL);

  self->entry = g_new0 (QdHistoryEntry, 1);
  self->entry->id = id;
  self->entry->kind = OTHER;
  self->entry->time = time;
  self->entry->summary = summary;
  return self;
}

/* Before the first that is not newer: changes of one second keep their order. */
static void
insert (GPtrArray       *items,
        QdActivityEntry *item)
{
  guint place = 0;

  while (place < items->len && ((QdActivityEntry *) items->pdata[place])->entry->time > item->entry->time)
    place++;
  g_ptr_array_insert (items, (int) place, item);
}

/**
 * qd_activity_add_checkpoints:
 * @items: what qd_activity_list() gave
 * @checkpoints: (element-type QdCheckpoint): as qd_store_list_checkpoints() gives them
 *
 * Puts checkpoints in their places.
 */
void
qd_activity_add_checkpoints (GPtrArray *items,
                             GPtrArray *checkpoints)
{
  for (guint i = 0; i < checkpoints->len; i++)
    {
      const QdCheckpoint *checkpoint = checkpoints->pdata[i];
      char *summary;
      QdActivityEntry *item;

      if (checkpoint->name != NULL)
        /* Translators: name of a copy of the workspace */
        summary = g_strdup_printf (_("Checkpoint “%s”"), checkpoint->name);
      else
        summary = g_strdup (checkpoint->backup ? _("Backup before an upgrade of the file") : _("Checkpoint saved"));
      /* Told apart by their paths, whatever comes and goes between them. */
      item = make_other (-1 - (gint64) g_str_hash (checkpoint->path), checkpoint->time, summary);
      item->checkpoint = g_new (QdCheckpoint, 1);
      *item->checkpoint = *checkpoint;
      item->checkpoint->path = g_strdup (checkpoint->path);
      item->checkpoint->name = g_strdup (checkpoint->name);
      insert (items, item);
    }
}

/**
 * qd_activity_with_notes:
 * @items: (element-type QdActivityEntry): what a worker made
 * @notes: (element-type QdNote): what was done in this window meanwhile
 *
 * Returns: (transfer full) (element-type QdActivityEntry): all of it
 */
GPtrArray *
qd_activity_with_notes (GPtrArray *items,
                        GPtrArray *notes)
{
  GPtrArray *all = g_ptr_array_new_full (items->len + notes->len, g_object_unref);

  for (guint i = 0; i < items->len; i++)
    g_ptr_array_add (all, g_object_ref (items->pdata[i]));
  for (guint i = 0; i < notes->len; i++)
    {
      const QdNote *note = notes->pdata[i];

      /* Beyond what a hash of a checkpoint can be. */
      insert (all, make_other (-2 - (gint64) G_MAXUINT32 - i, note->time, g_strdup (note->text)));
    }
  return all;
}

const QdCheckpoint *
qd_activity_entry_get_checkpoint (QdActivityEntry *self)
{
  return self->checkpoint;
}

const QdHistoryEntry *
qd_activity_entry_get (QdActivityEntry *self)
{
  return self->entry;
}

QdTurn
qd_activity_entry_get_turn (QdActivityEntry *self)
{
  return self->turn;
}

/**
 * qd_activity_entry_get_turn_target:
 * @self: an item
 *
 * Returns: the entry that the action of its turn is about
 */
gint64
qd_activity_entry_get_turn_target (QdActivityEntry *self)
{
  return self->target;
}

const char *
qd_activity_entry_get_icon_name (QdActivityEntry *self)
{
  if (self->entry->kind == OTHER)
    return self->checkpoint != NULL ? "document-save-symbolic" : "edit-copy-symbolic";
  switch (self->entry->kind)
    {
    case QD_HISTORY_IMPORT:
      return "folder-download-symbolic";
    case QD_HISTORY_EDIT:
      return "document-edit-symbolic";
    case QD_HISTORY_PROFILE:
      return "emblem-documents-symbolic";
    case QD_HISTORY_SETTING:
      return "emblem-system-symbolic";
    case QD_HISTORY_REDO:
      return "edit-redo-symbolic";
    case QD_HISTORY_UNDO:
    default:
      return "edit-undo-symbolic";
    }
}

const char *
qd_activity_entry_get_kind_name (QdActivityEntry *self)
{
  if (self->entry->kind == OTHER)
    return self->checkpoint == NULL     ? _("Copy or export")
           : self->checkpoint->backup ? _("Backup")
                                      : _("Checkpoint");
  switch (self->entry->kind)
    {
    case QD_HISTORY_IMPORT:
      return _("Import");
    case QD_HISTORY_EDIT:
      return _("Edit");
    case QD_HISTORY_PROFILE:
      return _("Definition");
    case QD_HISTORY_SETTING:
      return _("Setting");
    case QD_HISTORY_REDO:
      return _("Redo");
    case QD_HISTORY_UNDO:
    default:
      return _("Undo");
    }
}
