/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The options that say what a figure is computed for, parsed once for every
 * verb that takes SCOPE.
 */
#pragma once

#include "qd-invocation.h"

G_BEGIN_DECLS

/* What verbs that compute start from. */
typedef struct
{
  QdWorkspace *workspace;
  QdBook *book;
  QdScope *scope;
  QdLedger *ledger;
} QdSubject;

void qd_subject_free (QdSubject *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QdSubject, qd_subject_free)

/* @default_period: "ttm", "month" */
QdSubject *qd_subject_open (QdInvocation *invocation, const char *default_period, GError **error);

/* What the period in the footer stands for. */
typedef enum
{
  QD_SPAN_WINDOW,   /* all that is printed is about one window */
  QD_SPAN_LAST_ROW, /* each row has its window */
  QD_SPAN_MONTH,    /* the period does not matter, the as-of month does */
} QdSpan;
void qd_subject_print_footer (const QdSubject *self, QdInvocation *invocation, QdSpan span);

G_END_DECLS
