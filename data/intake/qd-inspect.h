/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A file before it is imported, for somebody who can be asked: what it looks
 * like, which kind of data it may be, which column is what, what it cannot
 * say. Nothing of it changes the workspace.
 */
#pragma once

#include "qd-mapping.h"
#include "qd-question.h"
#include "qd-parse-value.h"
#include "qd-values.h"

G_BEGIN_DECLS

typedef enum
{
  QD_LOOKS_BLANK,
  QD_LOOKS_TEXT,
  QD_LOOKS_DATE,
  QD_LOOKS_NUMBER,
} QdLooks;

typedef struct
{
  char *header;
  QdLooks looks;             /* by the first rows */
  GPtrArray *samples;        /* char*: the first different values, three at most */
  int field;                 /* of the kind, −1: none */
  QdMatch match;
  char *custom;              /* name of the custom field that it becomes, nullable */
} QdInspectedColumn;

typedef struct
{
  const QdKind *kind;
  guint n_fields;            /* fields that a column feeds */
  guint n_columns;           /* columns with a name */
  gboolean complete;         /* every required field has a column, or columns to choose from */
  gboolean saved;            /* a mapping is saved for these columns */
  double score;              /* 0 to 1: how well the columns' names speak for it */
} QdKindGuess;

typedef struct
{
  char *base;                /* the file's name */
  guint64 bytes;
  char *digest;              /* sha256; only with all rows */
  char *encoding;
  gboolean encoding_guessed;
  char delimiter;
  guint64 header_line;       /* 0: there is none */
  guint64 skipped;           /* records above it */
  char *sheet;               /* of a workbook: the one that was looked at; else NULL */
  char **sheets;             /* those that there are, nullable */

  guint n_columns;
  QdInspectedColumn *columns;
  GPtrArray *rows;           /* char**, n_columns long and a NULL: the first QD_INSPECTED_ROWS as they stand */
  GArray *lines;             /* guint64: their lines */
  guint64 n_rows;            /* with all rows; else an estimate */
  gboolean n_rows_exact;
  guint orders;              /* orders that the dates of the first rows allow; QD_ORDER_ANY: they do not care */
  guint decimals;            /* decimal signs that their numbers allow */
  gboolean has_dates, has_numbers;

  GArray *kinds;             /* QdKindGuess, the likeliest first */
  const QdKind *kind;        /* the mapping's: as asked, else the likeliest */
  QdMapping *mapping;
  char *saved_name;          /* of the saved mapping that is used, nullable */
  char *currency;            /* the workspace's */

  gboolean read;             /* all rows were looked at: what follows is there */
  QdDateOrder field_orders[QD_MAX_FIELDS];
  QdDecimalSign decimal;
  GPtrArray *questions;      /* QdQuestion: open ones */
  GPtrArray *values;         /* QdValueQuestion: texts that a field does not know, also those that were answered */
} QdInspection;

#define QD_INSPECTED_ROWS 100

/* @kind: (nullable); @options: what is known; @all_rows: also ask what only all rows can tell, when the mapping is
 * complete. QD_INTAKE_ERROR as for an import, but for what is listed instead. */
QdInspection *qd_import_inspect (QdStore *store, const char *path, const QdKind *kind, const QdImportOptions *options,
                                 gboolean all_rows, QdJob *job, GError **error);
void qd_inspection_free (QdInspection *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QdInspection, qd_inspection_free)
gboolean qd_inspection_is_complete (const QdInspection *self); /* nothing required is missing or open */

/* One cell by itself, for an answer while somebody types: (nullable): what is expected, translated; NULL: good.
 * What other rows say against it only an import knows. */
char *qd_inspection_check_cell (const QdInspection *self, int field, const char *text);

G_END_DECLS
