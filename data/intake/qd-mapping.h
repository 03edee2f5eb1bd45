/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which header feeds which field: said, saved for the same set of headers, or
 * guessed from names; and what else is known about reading such a file.
 */
#pragma once

#include "qd-kinds.h"
#include "qd-source.h"

G_BEGIN_DECLS

/* field → (text → what it is read as, "": blank), both char*. A text that is read as itself is one that a person wants as
 * it is, whatever is saved. */
GHashTable *qd_values_new (void);
GHashTable *qd_values_copy (GHashTable *self); /* (nullable) */
void qd_values_set (GHashTable *self, const char *field, const char *from, const char *to); /* @to NULL: takes it back */
const char *qd_values_get (GHashTable *self, const char *field, const char *from); /* @self and result nullable */

/* What holds where a row of the file and an account that is there differ in a field. */
typedef enum
{
  QD_COLLISION_FILE,  /* what the file says */
  QD_COLLISION_FILL,  /* what is there; what is blank there is filled */
  QD_COLLISION_KEEP,  /* what is there, also a blank */
} QdCollision;
#define QD_COLLISION_ALL "*" /* the field that stands for all others */
extern const char *const qd_collision_names[]; /* "file", "fill", "keep", NULL */

/* What a saved mapping holds, and what the options say: the same things. */
typedef struct
{
  char *name;
  GHashTable *map;    /* field → header, "" for none */
  GHashTable *set;    /* field → constant */
  GHashTable *values; /* of qd_values_new() */
  GHashTable *collisions; /* field or "*" → name of a QdCollision */
  char *date_order;   /* nullable, as in QdImportOptions */
  char decimal;
  char *amounts;
  char *amounts_are;
  char *body;
} QdSavedMapping;

QdSavedMapping *qd_saved_mapping_parse (const char *name, const char *body);
char *qd_saved_mapping_to_body (const QdSavedMapping *self);
void qd_saved_mapping_free (QdSavedMapping *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QdSavedMapping, qd_saved_mapping_free)

typedef struct
{
  char *name;
  guint column;
  QdCollision collision;
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
  GHashTable *values;             /* of qd_values_new(): what is said, else saved; of qd_mapping_take_rules() */
  QdCollision collision[QD_MAX_FIELDS];
} QdMapping;

QdMapping *qd_mapping_new (const QdKind *kind, QdSource *source, GHashTable *map, GHashTable *set,
                           const QdSavedMapping *saved, GPtrArray *notes, GError **error);
/* The same for somebody who is asked: what is missing or open is listed, and no error. */
QdMapping *qd_mapping_guess (const QdKind *kind, QdSource *source, GHashTable *map, GHashTable *set,
                             const QdSavedMapping *saved, GError **error);
void qd_mapping_free (QdMapping *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QdMapping, qd_mapping_free)

/* What texts are read as and what holds where rows meet: what is said, then what is saved. All nullable. */
gboolean qd_mapping_take_rules (QdMapping *self, GHashTable *values, GHashTable *collisions, const QdSavedMapping *saved,
                                GError **error);
/* @fixes (nullable) and what texts are read as, for the columns that the mapping gives them; NULL when there is nothing. */
QdFixes *qd_mapping_dup_fixes (const QdMapping *self, const QdFixes *fixes);
gboolean qd_mapping_has (const QdMapping *self, int field); /* column or constant */
char *qd_mapping_header_set (QdSource *source);
char *qd_mapping_dup_column_name (char **headers, guint n_headers, guint column);

G_END_DECLS
