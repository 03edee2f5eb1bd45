/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One run of all checks of a workspace: for each check what it found, or that
 * it found nothing. Kept with the workspace until its data changes. Any thread.
 */
#pragma once

#include "../../../data/workspace/qd-workspace.h"

G_BEGIN_DECLS

typedef struct
{
  char *text;              /* as the check says it */
  char *account;           /* nullable: external id of the account that it is about */
  char *name;              /* nullable: what it is called */
} QdCheckupExample;

typedef struct
{
  char *id;                /* what qd_workspace_check_one() knows it by */
  const char *code;
  const char *title;       /* msgid: what is looked at */
  gboolean found;          /* and with it: */
  QdFindingLevel level;
  guint64 count;           /* 0: there is nothing to count */
  char *message;           /* translated: what it is and what to do */
  GPtrArray *examples;     /* QdCheckupExample */
} QdCheckupItem;

typedef struct
{
  gatomicrefcount ref_count;
  gint64 version;          /* of the data */
  gint64 time;             /* unix seconds */
  GPtrArray *items;        /* QdCheckupItem: failures, warnings, notes, then what is fine */
  guint n_failures, n_warnings, n_notes, n_fine;
} QdCheckup;

/* What a check looks at, by its code. (transfer none): msgid */
const char *qd_checkup_get_title (const char *code);

void qd_checkup_unref (QdCheckup *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QdCheckup, qd_checkup_unref)

/* The kept one when the data is still the same, else a new one. */
QdCheckup *qd_checkup_get (QdWorkspace *workspace, QdBook *book, QdJob *job, GError **error);
void qd_checkup_forget (QdWorkspace *workspace);
/* @today: what day it is; checks of the data themselves know no clock. */

G_END_DECLS
