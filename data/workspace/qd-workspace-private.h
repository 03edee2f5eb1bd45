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


/* On the store's thread, inside an entry: what it has changed so far, as qd_workspace_get_changes() will say it. */
QdTable *qd_workspace_read_pending (QdDb *db, guint limit, GError **error);

/* What the checks are asked for, and what they found. */
typedef struct
{
  const char *only;     /* nullable: the code of the one that is asked for */
  guint64 most;         /* so many records of each */
  GPtrArray *findings;  /* QdFinding */
} QdChecking;

/* Records about accounts begin with these columns: qd_finding_add_account(). */
#define QD_CHECK_ACCOUNT { "account", N_ ("Account"), QD_COLUMN_TEXT }, { "name", N_ ("Customer"), QD_COLUMN_TEXT }

/* Of each code, about each thing, there is one; @columns: of its records. */
QdFinding *qd_checking_add (QdChecking *self, QdFindingLevel level, const char *code, char *message,
                            const QdColumn *columns, guint n_columns, const char *currency);
/* Counts one more. TRUE: it is to be told, with an example and a row of records. */
gboolean qd_checking_count (const QdChecking *self, QdFinding *finding);
void qd_finding_take_example (QdFinding *self, char *text);
/* The columns "account" and "name" of a record. */
void qd_finding_add_account (QdFinding *self, const QdBook *book, guint32 account);

gboolean qd_workspace_check_ledger (QdWorkspace *self, QdChecking *checking, QdLedger *ledger, const QdProfile *profile,
                                    QdJob *job, GError **error);
void qd_workspace_check_book (QdChecking *checking, QdLedger *ledger);

G_END_DECLS
