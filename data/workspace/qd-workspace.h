/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A workspace as commands and pages hold it: the store, the book of its last
 * version, ledgers by profile, history. "changed" is emitted on the main
 * context that made it after each commit; a new book is then had from
 * qd_workspace_get_book().
 */
#pragma once

#include "../intake/qd-inspect.h"
#include "../metrics/qd-catalogue.h"
#include "../store/qd-history.h"
#include "qd-search.h"

G_BEGIN_DECLS

#define QD_TYPE_WORKSPACE (qd_workspace_get_type ())
G_DECLARE_FINAL_TYPE (QdWorkspace, qd_workspace, QD, WORKSPACE, GObject)

QdWorkspace *qd_workspace_create (const char *path, const QdStoreSettings *settings, GError **error);
QdWorkspace *qd_workspace_open (const char *path, QdStoreFlags flags, QdJob *job, GError **error);
QdStore *qd_workspace_get_store (QdWorkspace *self);
const char *qd_workspace_get_path (QdWorkspace *self);

/* Blocks until the book of the newest version is there; may be called from any thread. */
QdBook *qd_workspace_get_book (QdWorkspace *self, QdJob *job, GError **error);                        /* (transfer full) */
QdLedger *qd_workspace_get_ledger (QdWorkspace *self, const QdProfile *profile, QdJob *job, GError **error); /* cached */
QdSearch *qd_workspace_get_search (QdWorkspace *self, QdJob *job, GError **error);                    /* cached */

/* Definition profiles. "Board" exists in every workspace, with the defaults; NAME is the latest, NAME@2 a version. */
QdProfile *qd_workspace_get_profile (QdWorkspace *self, const char *name, GError **error);            /* NULL: Board */
GPtrArray *qd_workspace_list_profiles (QdWorkspace *self, GError **error);                            /* QdProfile, all versions */
/* @changes: NULL-terminated "key=value". Makes a new version (or a new profile like @like): one undoable entry. */
QdProfile *qd_workspace_edit_profile (QdWorkspace *self, const char *name, const char *like, const char *const *changes,
                                      GError **error);

/* Import with its effect: ARR and the ttm NRR, GRR of the Board profile before and after. */
typedef struct
{
  QdMonth as_of_before, as_of_after;
  gint64 arr_before, arr_after;
  QdRate nrr_before, nrr_after, grr_before, grr_after;
} QdImportEffect;
gboolean qd_workspace_import (QdWorkspace *self, const QdKind *kind, const char *path, const QdImportOptions *options,
                              const char *rejects_path, QdJob *job, QdImportResult **result, QdImportEffect *effect,
                              GError **error);
QdInspection *qd_workspace_inspect (QdWorkspace *self, const char *path, const QdKind *kind,
                                    const QdImportOptions *options, gboolean all_rows, QdJob *job, GError **error);
QdTable *qd_workspace_get_imports (QdWorkspace *self, GError **error);
/* The effect that was kept with the import of a row; FALSE: none was computed. */
gboolean qd_workspace_read_effect (const QdTable *imports, guint row, QdImportEffect *effect);
gboolean qd_workspace_undo_import (QdWorkspace *self, gint64 batch, QdJob *job, GPtrArray **kept, GError **error);
/* What undoing a change (by its @entry, or its @batch) would leave as it is, because later ones touched it; and which. */
gboolean qd_workspace_preview_undo (QdWorkspace *self, gint64 entry, gint64 batch, QdJob *job, QdHistoryPreview *preview,
                                    GError **error);
/* Those as well, as one step. @later: (out) (optional) (transfer full): QdHistoryEntry, the newest first. */
gboolean qd_workspace_undo_with_later (QdWorkspace *self, gint64 entry, gint64 batch, QdJob *job, GPtrArray **later,
                                       GError **error);
GPtrArray *qd_workspace_list_history (QdWorkspace *self, GError **error);
gboolean qd_workspace_undo (QdWorkspace *self, gint64 entry, QdJob *job, GPtrArray **kept, GError **error);

/* check: integrity of the file, the ledger by a second path (SQL) against the ledger, data quality. */
typedef enum { QD_FINDING_NOTE, QD_FINDING_WARNING, QD_FINDING_FAILURE } QdFindingLevel;
typedef struct
{
  QdFindingLevel level;
  const char *code;      /* "ledger-differs", "account-implied", "trial-with-money", "overlap", … */
  char *about;           /* nullable: what tells findings of one code apart: a field */
  char *message;         /* translated: what it is and what to do */
  guint64 count;
  GPtrArray *examples;   /* char*, the first few */
  QdTable *records;      /* nullable: the same as rows, one for each example; "account" where one is concerned */
} QdFinding;
void qd_finding_free (QdFinding *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QdFinding, qd_finding_free)
/* What names it: "segment-blank", "churn-flag-differs:status". (transfer full) */
char *qd_finding_dup_id (const QdFinding *self);
GPtrArray *qd_workspace_check (QdWorkspace *self, gboolean repair, QdJob *job, GError **error);
/* One of them again, with all of its records: as many as it counts. A count of 0: it is not found (any more). */
QdFinding *qd_workspace_check_one (QdWorkspace *self, const char *id, QdJob *job, GError **error);

G_END_DECLS
