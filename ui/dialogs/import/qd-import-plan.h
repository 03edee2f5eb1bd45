/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a person decides about one file before it is imported. Plain data: no
 * widget, no file, no workspace. A worker gets a copy.
 */
#pragma once

#include "../../../data/workspace/qd-workspace.h"

G_BEGIN_DECLS

/* What becomes of a column. */
typedef struct
{
  char *header;
  char *name;        /* in a mapping: the header, or "#3" */
  int field;         /* of the kind, −1: none */
  char *custom;      /* name of the custom field that it becomes, nullable */
  char *usual;       /* name of the custom field that it would become by itself */
  QdMatch match;
} QdPlanColumn;

typedef struct
{
  QdQuestionType type;
  QdQuestion *question;
  char *value;       /* nullable: not answered yet */
} QdPlanAnswer;

typedef enum
{
  QD_PLAN_CLASH_OPEN,    /* not answered yet, or nothing is in the way */
  QD_PLAN_CLASH_REPLACE, /* the file goes in the place of what is there */
  QD_PLAN_CLASH_SOURCE,  /* the file comes from another system */
} QdPlanClash;

typedef struct
{
  char *path;

  /* how the file is read */
  char *sheet;           /* of a workbook; else NULL */
  char **sheets;         /* those that it has, as far as it was read; nullable */
  char *encoding;        /* nullable: found out, as below */
  char delimiter;
  gboolean no_header;
  guint64 header_line;
  char *date_order;
  char decimal;

  const QdKind *kind;    /* nullable: the likeliest */
  GArray *columns;       /* QdPlanColumn */
  gboolean ignore_saved;
  char *saved_name;      /* of the saved mapping that was used, nullable */
  char *save_as;         /* nullable: its own name */

  GHashTable *values;    /* of qd_values_new(): what texts are read as */
  GHashTable *collisions; /* of accounts: field or "*" → name of a QdCollision */
  GPtrArray *answers;    /* QdPlanAnswer: every question that was ever open for this file */
  char *source;          /* nullable */
  gboolean replace;
  QdPlanClash clash;

  QdFixes *fixes;
  char *digest;          /* nullable: sha256 of the file that was looked at */
} QdImportPlan;

QdImportPlan *qd_import_plan_new (const char *path);
QdImportPlan *qd_import_plan_copy (const QdImportPlan *self);
void qd_import_plan_free (QdImportPlan *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QdImportPlan, qd_import_plan_free)

/* Columns as the inspection found them; what was decided for others is gone. */
void qd_import_plan_take_columns (QdImportPlan *self, const QdInspection *inspection);
void qd_import_plan_forget_columns (QdImportPlan *self);
/* @field −1: none; @custom: (nullable) a custom field then. Another column that has the field loses it. */
void qd_import_plan_assign (QdImportPlan *self, guint column, int field, const char *custom);
int qd_import_plan_find_column (const QdImportPlan *self, int field); /* −1: none */

/* What texts of a field are read as; @to NULL: as they stand, whatever is saved. */
void qd_import_plan_set_value (QdImportPlan *self, int field, const char *from, const char *to);
/* @field −1: all fields. Fields that are no other than all are not listed. */
void qd_import_plan_set_collision (QdImportPlan *self, int field, QdCollision collision);
QdCollision qd_import_plan_get_collision (const QdImportPlan *self, int field);

void qd_import_plan_take_questions (QdImportPlan *self, const GPtrArray *questions);
void qd_import_plan_answer (QdImportPlan *self, QdQuestionType type, const char *value);

/* The options of an import. They point into the plan; their tables are their own. */
void qd_import_plan_fill (const QdImportPlan *self, QdImportOptions *options);
void qd_import_plan_clear_options (QdImportOptions *options);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (QdImportOptions, qd_import_plan_clear_options)

G_END_DECLS
