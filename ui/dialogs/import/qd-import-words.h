/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the assistant calls kinds of data, their fields, questions and
 * problems. All translated.
 */
#pragma once

#include "../../draw/qd-format.h"
#include "qd-import-plan.h"

G_BEGIN_DECLS

const char *qd_import_kind_title (const QdKind *kind);        /* "Subscriptions" */
const char *qd_import_kind_description (const QdKind *kind);
const char *qd_import_kind_key (const QdKind *kind);          /* how rows are told apart: a sentence */
const char *qd_import_field_title (const QdField *field);     /* "Account ID" */
char *qd_import_match_title (QdMatch match);                  /* why a column feeds a field */
const char *qd_import_delimiter_title (char delimiter);
const char *qd_import_order_title (guint order);              /* one QdDateOrder */

char *qd_import_question_title (const QdQuestion *question, const QdKind *kind);
char *qd_import_question_description (const QdQuestion *question); /* examples */
char *qd_import_answer_title (const QdQuestion *question, const QdAnswer *answer, const QdFormat *format);
char *qd_import_answer_subtitle (const QdQuestion *question, const QdAnswer *answer, const QdFormat *format);

/* A group of rejected rows: "Not a date: End". */
char *qd_import_problem_title (const QdRejectGroup *group, const QdKind *kind);
const char *qd_import_problem_repair (const char *code);      /* what to do: a sentence */
const char *qd_import_field_name_title (const QdKind *kind, const char *name);

char *qd_import_rows (guint64 rows, const QdFormat *format);  /* "412 rows" */

G_END_DECLS
