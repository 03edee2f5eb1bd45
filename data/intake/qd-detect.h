/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How a file's values are to be read, decided from all of its rows and only
 * when they leave no choice: date order, decimal sign, cents, percent or
 * fraction, level or change.
 */
#pragma once

#include "qd-mapping.h"
#include "qd-parse-value.h"
#include "qd-question.h"
#include "qd-source.h"

G_BEGIN_DECLS

typedef enum
{
  QD_DECIDED_NOT,    /* nothing needed deciding */
  QD_DECIDED_SAID,   /* by an option */
  QD_DECIDED_SAVED,  /* by the saved mapping */
  QD_DECIDED_DATA,
} QdDecided;

typedef struct
{
  QdDateOrder order[QD_MAX_FIELDS];
  QdDecimalSign decimal;
  gboolean minor;
  gboolean fraction;       /* discounts: 0.1 is ten percent */
  gboolean amount_is_change; /* of movements: what the field "amount" holds */
  gboolean of_product;     /* of movements: each product has a level of its own */

  QdDateOrder file_order;  /* for the saved mapping; 0 when several or none */
  QdDecided order_by, decimal_by, minor_by, change_by, level_by;
  guint64 rows;            /* records after the header */
} QdReading;

/* How the options of an import say that a file is to be read. @any_sheet: of several, one that can be read. */
QdSourceOptions qd_import_make_reading (const QdImportOptions *options, gboolean any_sheet);

/* @questions: (nullable) elements are QdQuestion: what is open goes there, is assumed for now, and is no error. */
gboolean qd_detect_reading (QdSource *source, const QdMapping *mapping, const QdImportOptions *options,
                            const QdSavedMapping *saved, const char *currency, QdReading *reading, GPtrArray *notes,
                            GPtrArray *questions, QdJob *job, GError **error);
/* The part for movements, in qd-detect-movements.c. */
gboolean qd_detect_movements (QdSource *source, const QdMapping *mapping, const QdImportOptions *options,
                              const QdSavedMapping *saved, QdReading *reading, GPtrArray *notes, GPtrArray *questions,
                              QdJob *job, GError **error);

/* Kinds of movement by the words that exports use. */
typedef enum
{
  QD_MOVEMENT_OTHER,
  QD_MOVEMENT_NEW,
  QD_MOVEMENT_UP,
  QD_MOVEMENT_DOWN,
  QD_MOVEMENT_CANCEL,
} QdMovementWord;
QdMovementWord qd_movement_word (const char *text, gsize length);

G_END_DECLS
