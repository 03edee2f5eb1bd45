/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every change as an entry that can be undone: also after a restart, also an
 * old one, and an undo is an entry itself.
 *
 * Two mechanisms behind one list. Rows that an import inserts carry its batch
 * and are undone by it; what an entry edits, overwrites or deletes is recorded
 * as a changeset of named base tables. Recording is off by default inside an
 * entry, so that bulk inserts cost nothing: wrap what must be recorded.
 */
#pragma once

#include "qd-db.h"
#include "qd-history-message.h"

G_BEGIN_DECLS

typedef enum
{
  QD_HISTORY_IMPORT,
  QD_HISTORY_EDIT,
  QD_HISTORY_PROFILE,
  QD_HISTORY_SETTING,
  QD_HISTORY_UNDO,
  QD_HISTORY_REDO,
} QdHistoryKind;

typedef struct
{
  gint64 id;
  QdHistoryKind kind;
  gint64 time;        /* unix seconds */
  gint64 batch;       /* import batch, 0 when none */
  gint64 target;      /* for undo and redo: the entry it acts on, else 0 */
  gint64 undone_by;   /* the entry whose undo would bring it back, with what was undone together with it; else 0 */
  guint n_others;     /* for undo and redo: how many others were undone or redone with it */
  char *summary;      /* what happened, in the language of the program */
  gboolean undone;
  gboolean undoable;
} QdHistoryEntry;

void qd_history_entry_free (QdHistoryEntry *entry);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QdHistoryEntry, qd_history_entry_free)

/* Opens the write transaction and the entry. @batch: 0, or the batch whose inserted rows belong to it. @summary: of
 * qd_history_message(), so that it can be shown in any language. */
gboolean qd_history_begin (QdDb *db, QdHistoryKind kind, gint64 batch, const char *summary, GError **error);
void qd_history_record (QdDb *db, gboolean record); /* around updates, overwrites, deletions */
gboolean qd_history_set_summary (QdDb *db, const char *summary, GError **error);
/* Bumps the data version and the time of the last change, commits. */
gboolean qd_history_commit (QdDb *db, gint64 *entry, GError **error);
void qd_history_rollback (QdDb *db);
/* What the open entry would store, as changesets of SQLite, one after the other; what comes after is recorded too. */
GBytes *qd_history_peek (QdDb *db, GError **error);

/* Newest first. Elements: QdHistoryEntry. */
GPtrArray *qd_history_list (QdDb *db, GError **error);
/* @kept: (out) (element-type utf8): fields that a later edit had changed and that therefore stay as they are */
gboolean qd_history_undo (QdDb *db, gint64 entry, QdJob *job, GPtrArray **kept, GError **error);
/* Those that stand on it too, as one step. @later: (out) (optional) (transfer full): QdHistoryEntry of those, the newest
 * first. */
gboolean qd_history_undo_with_later (QdDb *db, gint64 entry, QdJob *job, GPtrArray **later, GError **error);

/* What an undo would do. */
typedef struct
{
  gint64 batch;      /* of the import that the entry is, 0: it is none */
  gboolean possible; /* FALSE: only together with @later */
  GPtrArray *kept;   /* char*: what would stay as it is without @later, as of qd_history_undo() */
  GPtrArray *later;  /* QdHistoryEntry: who stands on it, the newest first */
} QdHistoryPreview;

void qd_history_preview_clear (QdHistoryPreview *preview);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (QdHistoryPreview, qd_history_preview_clear)
gboolean qd_history_preview_undo (QdDb *db, gint64 entry, QdJob *job, QdHistoryPreview *preview, GError **error);
gboolean qd_history_redo (QdDb *db, gint64 entry, QdJob *job, GPtrArray **kept, GError **error);
gint64 qd_history_find_batch (QdDb *db, gint64 batch, GError **error);
/* What the keys for undo and redo would act on, 0: nothing. */
gint64 qd_history_find_undo (QdDb *db, char **summary, GError **error);
gint64 qd_history_find_redo (QdDb *db, char **summary, GError **error);

G_END_DECLS
