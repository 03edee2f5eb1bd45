/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the steps of the assistant show and allow, from plain values: no
 * widget, no workspace, so that a test can ask without a display.
 */
#pragma once

#include "../../pages/imports/qd-import-figures.h"
#include "qd-import-words.h"

G_BEGIN_DECLS

/* The steps, in order. */
typedef enum
{
  QD_IMPORT_GET,
  QD_IMPORT_KIND,
  QD_IMPORT_MAP,
  QD_IMPORT_ASK,
  QD_IMPORT_CHECK,
  QD_IMPORT_EFFECT,
  QD_IMPORT_RESULT,
  QD_IMPORT_N_STEPS,
} QdImportStepId;

const char *qd_import_step_title (QdImportStepId step);

/* What every step has. Texts are the state's own. */
typedef struct
{
  gboolean can_next;
  char *next_label;   /* with a mnemonic */
  char *hint;         /* nullable: what is missing before one can go on */
} QdImportNext;

void qd_import_next_clear (QdImportNext *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (QdImportNext, qd_import_next_clear)

typedef enum
{
  QD_IMPORT_GET_DROP,     /* no file yet */
  QD_IMPORT_GET_BUSY,     /* it is being looked at for the first time */
  QD_IMPORT_GET_PREVIEW,
  QD_IMPORT_GET_FAILED,
} QdImportGetView;

typedef struct
{
  QdImportGetView view;
  gboolean offers_no_header; /* the failure is one that this would mend */
  gboolean is_workbook;      /* nobody needs to say how its cells are parted and encoded */
  gboolean has_sheets;       /* several to choose from */
  gboolean asks_decimal;     /* its numbers do not say it */
  char *file;                /* "accounts.csv · 1,200 rows · 10 columns" */
  char *delimiter, *encoding, *header, *decimal, *order; /* what was found, for "Automatic" */
  QdImportNext next;
} QdImportGetState;

QdImportGetState *qd_import_get_state_from_values (const QdImportPlan *plan, const QdInspection *inspection,
                                                   const GError *error, gboolean busy, const QdFormat *format);
void qd_import_get_state_free (QdImportGetState *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QdImportGetState, qd_import_get_state_free)

typedef struct
{
  guint n_fields, n_custom, n_left_out;
  GPtrArray *problems;       /* char*: what must be chosen */
  char *summary;             /* "8 of 10 columns feed a field, …" */
  QdImportNext next;
} QdImportMapState;

QdImportMapState *qd_import_map_state_from_values (const QdImportPlan *plan, const GPtrArray *conflicts);
void qd_import_map_state_free (QdImportMapState *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QdImportMapState, qd_import_map_state_free)

QdImportNext qd_import_ask_state_from_values (const QdImportPlan *plan, guint64 clashing, gboolean busy);

typedef struct
{
  gboolean all_fit;
  char *status;              /* "3 of 412 rows do not fit" */
  QdImportNext next;
} QdImportCheckState;

QdImportCheckState *qd_import_check_state_from_values (guint64 read, guint64 rejected, guint n_fixed, gboolean busy,
                                                       const QdFormat *format);
void qd_import_check_state_free (QdImportCheckState *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QdImportCheckState, qd_import_check_state_free)

typedef struct
{
  gboolean nothing_changes;
  char *heading;             /* "412 new rows, 88 changed" */
  GArray *figures;           /* QdImportFigure; none: the data have no revenue before and after */
  char *as_of;               /* nullable: of which month the figures are */
  GPtrArray *notes;          /* char* */
  QdImportNext next;
} QdImportEffectState;

QdImportEffectState *qd_import_effect_state_from_values (const QdImportResult *result, const QdImportEffect *effect,
                                                         gboolean committed, const QdFormat *format);
void qd_import_effect_state_free (QdImportEffectState *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QdImportEffectState, qd_import_effect_state_free)

/* Whether the columns leave no doubt about what the rows are: nobody has to be asked. */
gboolean qd_import_kind_is_certain (const QdInspection *inspection);
/* Whether the fourth step asks anything: @imports are those of the workspace (nullable: not known yet). */
gboolean qd_import_ask_has_questions (const QdImportPlan *plan, gboolean in_doubt, guint64 clashing, const QdTable *imports);

G_END_DECLS
