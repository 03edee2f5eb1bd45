/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the files of this room share.
 */
#pragma once

#include "qd-workspace.h"

G_BEGIN_DECLS

/* Tells everybody that there was a commit, on the context that made the workspace. */
void qd_workspace_changed (QdWorkspace *self);

/* Drops the book and the ledgers at hand, so that they are made again from the file. */
void qd_workspace_forget (QdWorkspace *self);

/* ARR, NRR and GRR of a book under the Board profile, at the last month of its data. */
typedef struct
{
  QdMonth as_of;
  gint64 arr;
  QdRate nrr, grr;
} QdHeadline;

gboolean qd_headline_compute (QdLedger *ledger, const QdProfile *profile, QdJob *job, QdHeadline *headline,
                              GError **error);

/* On the store's thread, inside an entry: what it has changed so far, as qd_workspace_get_changes() will say it. */
QdTable *qd_workspace_read_pending (QdDb *db, guint limit, GError **error);

QdFinding *qd_finding_new (QdFindingLevel level, const char *code, guint64 count, char *message);

gboolean qd_workspace_check_ledger (QdWorkspace *self, QdLedger *ledger, const QdProfile *profile, QdJob *job,
                                    GPtrArray *findings, GError **error);
void qd_workspace_check_book (QdLedger *ledger, GPtrArray *findings);
gboolean qd_workspace_check_quality (QdWorkspace *self, QdJob *job, GPtrArray *findings, GError **error);

G_END_DECLS
