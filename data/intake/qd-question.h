/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a file cannot say by itself, as a question with examples from it and
 * the answers that there are. Answers are what the options of an import hold.
 */
#pragma once

#include "qd-import.h"

G_BEGIN_DECLS

typedef enum
{
  QD_QUESTION_DATE_ORDER,  /* "ymd", "dmy", "mdy" */
  QD_QUESTION_DECIMAL,     /* ".", "," */
  QD_QUESTION_AMOUNTS,     /* "major", "minor" */
  QD_QUESTION_AMOUNTS_ARE, /* "level", "change" */
  QD_QUESTION_LEVEL_OF,    /* "account", "product" */
  QD_QUESTION_DISCOUNT,    /* "percent", "fraction" */
  QD_QUESTION_CURRENCY,    /* two ISO 4217 codes */
} QdQuestionType;

typedef struct
{
  guint64 line;
  char *text;            /* a cell, or of AMOUNTS_ARE and LEVEL_OF: the cells of a row that count, joined by " · " */
} QdExample;

typedef struct
{
  char *value;           /* what the option is set to */
  char *reading;         /* what the first example (of rows: the last) is then: an ISO date, a plain number; else "" */
} QdAnswer;

typedef struct
{
  QdQuestionType type;
  char *header;          /* of the column, or "" */
  char *other;           /* of AMOUNTS: the column that it is compared with, or "" */
  gboolean mixed;        /* rows contradict one another: with either answer some are rejected */
  GArray *examples;      /* QdExample */
  GArray *answers;       /* QdAnswer */
} QdQuestion;

QdQuestion *qd_question_new (QdQuestionType type, const char *header, const char *other, gboolean mixed);
void qd_question_add_example (QdQuestion *self, guint64 line, const char *text);
void qd_question_add_answer (QdQuestion *self, const char *value, const char *reading);
QdQuestion *qd_question_copy (const QdQuestion *self);
void qd_question_free (QdQuestion *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QdQuestion, qd_question_free)

/* Puts an answer into the options; their table "set" must be there. @value must outlive @options. */
void qd_question_apply (QdQuestionType type, const char *value, QdImportOptions *options);

G_END_DECLS
