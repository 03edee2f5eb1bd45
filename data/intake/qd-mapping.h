/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which header feeds which field: said, saved for the same set of headers, or
 * guessed from names; and what else is known about reading such a file.
 */
#pragma once

#include "qd-kinds.h"
#include "qd-source.h"

G_BEGIN_DECLS

/* What a saved mapping holds, and what the options say: the same things. */
typedef struct
{
  char *name;
  GHashTable *map;    /* field → header, "" for none */
  GHashTable *set;    /* field → constant */
  char *date_order;   /* nullable, as in QdImportOptions */
  char decimal;
  char *amounts;
  char *amounts_are;
  char *body;
} QdSavedMapping;

QdSavedMapping *qd_saved_mapping_parse (const char *name, const char *body);
void qd_saved_mapping_free (QdSavedMapping *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QdSavedMapping, qd_saved_mapping_free)

typedef struct
{
  char *name;
  guint column;
} QdCustomField;

/* Why a field has its column. */
typedef enum
{
  QD_MATCH_NONE,
  QD_MATCH_SAID,
  QD_MATCH_SAVED,
  QD_MATCH_NAME,    /* the field's own name */
  QD_MATCH_STRONG,  /* a usual name for it */
  QD_MATCH_WEAK,    /* a name that could mean something else */
} QdMatch;

/* Columns that could each feed a field. */
typedef struct
{
  int field;
  gboolean required;
  GArray *columns;  /* guint */
} QdConflict;

typedef struct
{
  const QdKind *kind;
  int column[QD_MAX_FIELDS];      /* −1: none */
  char *constant[QD_MAX_FIELDS];  /* nullable; where set, there is no column */
  gboolean exact[QD_MAX_FIELDS];  /* by the field's own name or by a strong synonym or by order */
  QdMatch match[QD_MAX_FIELDS];
  GArray *custom;                 /* QdCustomField */
  GPtrArray *ignored;             /* char*, headers */
  GHashTable *left_out;           /* names of custom fields that are not wanted */
  GPtrArray *conflicts;           /* QdConflict, of qd_mapping_guess() */
  GArray *missing;                /* int: required fields without a column, of qd_mapping_guess() */
} QdMapping;

QdMapping *qd_mapping_new (const QdKind *kind, QdSource *source, GHashTable *map, GHashTable *set,
                           const QdSavedMapping *saved, GPtrArray *notes, GError **error);
/* The same for somebody who is asked: what is missing or open is listed, and no error. */
QdMapping *qd_mapping_guess (const QdKind *kind, QdSource *source, GHashTable *map, GHashTable *set,
                             const QdSavedMapping *saved, GError **error);
void qd_mapping_free (QdMapping *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QdMapping, qd_mapping_free)

gboolean qd_mapping_has (const QdMapping *self, int field); /* column or constant */
char *qd_mapping_header_set (QdSource *source);
char *qd_mapping_dup_column_name (char **headers, guint n_headers, guint column);

/* What a header says about its amounts. */
gboolean qd_header_says_minor (const char *header);
gboolean qd_header_get_currency (const char *header, char code[4]);
gboolean qd_header_is_of_rejects (const char *header);

G_END_DECLS
