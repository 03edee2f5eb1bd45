/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Everything that the page of one account shows, computed on a worker.
 */
#pragma once

#include "../../widgets/qd-record-list.h"
#include "../qd-session.h"

G_BEGIN_DECLS

typedef struct
{
  char *id;
  char *name;
  char *about;       /* "A-001 · below Acme Holdings" */
  gboolean implied;
  gboolean read_only;

  /* What stands in the head: texts, the dash where there is nothing. */
  char *arr;
  gboolean former;       /* a customer no more: @since says from when to when */
  char *since;
  char *breaks;          /* nullable: when it was away in between */
  char *change;
  char *change_month; /* nullable */
  int tone;          /* of the change: +1, 0, −1 */

  QdTable *record;
  guint n_fixed_first; /* rows of the record before the first that can be edited */
  guint n_fields;      /* rows that can be edited */
  guint n_empty;       /* of those */
  char *origin;        /* nullable: "accounts.csv, line 12" */

  QdTable *rows;       /* as it is shown */
  gboolean lines;      /* all of them are subscription lines */
  GPtrArray *keys;     /* char*, by row: how the workspace calls it */
  GStrv editable;      /* columns of which some row can be edited */
  GStrv hidden;        /* columns that say nothing here */
  QdChartSpec *chart;
} QdAccountFacts;

QdAccountFacts *qd_account_facts_compute (QdSnapshot *snapshot, const char *account, QdJob *job, GError **error);
void qd_account_facts_free (QdAccountFacts *self);
/* What the workspace calls the field behind a cell; NULL: it cannot be edited. */
const char *qd_account_facts_find_field (const QdAccountFacts *self, guint row, guint column);

G_END_DECLS
