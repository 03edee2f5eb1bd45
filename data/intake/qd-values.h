/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a file calls things and what they are here: texts of a field's column
 * that are read as others ("Won" is "new"), and those that the field does not
 * know, to be asked about once. Kept with a saved mapping.
 */
#pragma once

#include "../store/qd-db.h"
#include "qd-mapping.h"

G_BEGIN_DECLS

/* A text that a field does not know. */
typedef struct
{
  char *text;
  guint64 count;             /* of rows */
  char *to;                  /* nullable: what it is read as now */
  char *like;                /* nullable: the choice that it looks like */
} QdUnknownValue;

typedef struct
{
  char *value;
  char *title;               /* nullable: what it is called, of a product */
} QdValueChoice;

typedef struct
{
  int field;
  guint column;
  char *header;
  gboolean rejects;          /* a row with such a text is rejected; else the text is a new one of its kind */
  GPtrArray *unknown;        /* QdUnknownValue, the most frequent first */
  GArray *choices;           /* QdValueChoice */
} QdValueQuestion;

#define QD_VALUES_ASKED 100  /* a column with more different ones is no list of values */
#define QD_MEMBERS_ASKED 30  /* of new ones where each may be meant */

void qd_value_question_free (QdValueQuestion *self);

/* What the workspace knows, for qd_values_find(): field → QdValueChoice. On the store's thread. */
GHashTable *qd_values_load_known (QdDb *db, const QdKind *kind, GError **error);
/* Reads every row; texts count as they stand in the file, but for cells that a person mended. Elements: QdValueQuestion. */
GPtrArray *qd_values_find (QdSource *source, const QdMapping *mapping, GHashTable *known, QdJob *job, GError **error);

G_END_DECLS
