/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Import: a source file → mapped, validated, merged rows, in one transaction.
 *
 *   qd_source_*   what the file is: encoding, delimiter, header row, columns, samples (no workspace needed)
 *   qd_mapping_*  which header feeds which field; guessed, saved per header set
 *   qd_import_*   dry run and commit on the store's thread
 *
 * The window's assistant and the command line both stand on these three.
 */
#pragma once

#include "../base/qd-job.h"
#include "../base/qd-money.h"
#include "../base/qd-table.h"
#include "../store/qd-store.h"
#include "qd-fixes.h"
#include "qd-kind.h"

G_BEGIN_DECLS

#define QD_INTAKE_ERROR (qd_intake_error_quark ())
GQuark qd_intake_error_quark (void);

typedef enum
{
  QD_INTAKE_ERROR_READ,        /* cannot be opened or read */
  QD_INTAKE_ERROR_FORMAT,      /* not a table: broken quotes, NUL bytes, no header, over the limits; names row and column */
  QD_INTAKE_ERROR_ENCODING,
  QD_INTAKE_ERROR_KIND,        /* no such kind of data */
  QD_INTAKE_ERROR_MAPPING,     /* a required field has no column, or two candidates */
  QD_INTAKE_ERROR_AMBIGUOUS,   /* the data cannot say: the message names the flag that settles it */
  QD_INTAKE_ERROR_REJECTED,    /* rows were rejected and skipping was not asked for */
  QD_INTAKE_ERROR_FORM,        /* another revenue form is there already and replacing was not asked for */
  QD_INTAKE_ERROR_CHANGED,     /* the file is not the one that was looked at */
  QD_INTAKE_ERROR_HEADER,      /* a table, but without a line of its columns' names */
} QdIntakeError;

/* Options as the command line and the assistant have them; zero and NULL mean: detect or ask. */
typedef struct
{
  GHashTable *map;             /* field → header (char*, char*), nullable */
  GHashTable *set;             /* field → constant, nullable */
  const char *date_order;      /* "ymd", "dmy", "mdy" */
  char decimal;                /* '.', ',' */
  const char *amounts;         /* "major", "minor" */
  const char *amounts_are;     /* "level", "change" */
  const char *encoding, *sheet; /* IANA name; of a workbook */
  const char *source;          /* system the ids belong to */
  const char *mapping;         /* use the saved mapping of this name */
  const char *save_mapping;
  gboolean dry_run, skip_rejected, replace;
  char delimiter;              /* of cells */
  guint64 header_line;         /* where the columns' names stand */
  gboolean no_header;          /* nowhere */
  const QdFixes *fixes;        /* read instead of what stands in the file; nullable */
  gboolean ignore_saved;       /* do not use a saved mapping, and replace it */
  GHashTable *values;          /* of qd_values_new(): what texts are read as; nullable */
  GHashTable *collisions;      /* of accounts: field, or "*" for all others → "file", "fill", "keep"; nullable */
  const char *digest;          /* sha256 of the file that was looked at: another one is not imported; nullable */
} QdImportOptions;

typedef struct
{
  guint64 line;                /* of the file, header is 1 */
  char *code;                  /* "bad-date", "missing", "unknown-currency", … */
  char *field, *header, *expected, *found;
  int column;                  /* of the file, −1: the whole row */
} QdReject;

/* What is wrong in the same way and is mended in the same way. */
typedef struct
{
  char *code, *field, *header, *expected;
  int column;                  /* −1: whole rows */
  guint64 count;
  GPtrArray *rejects;          /* QdReject, the first QD_GROUP_ROWS */
  GHashTable *values;          /* what was found → how often (GUINT_TO_POINTER), the first QD_GROUP_VALUES different ones */
} QdRejectGroup;
#define QD_GROUP_ROWS 500
#define QD_GROUP_VALUES 200

/* The row ledger: read = imported + merged + unchanged + rejected. */
typedef struct
{
  gint64 batch, entry;         /* 0 for a dry run */
  guint64 read, imported, merged, unchanged, rejected;
  guint64 implied_accounts, implied_products;
  GPtrArray *rejects;          /* QdReject, the first 1,000 */
  GPtrArray *groups;           /* QdRejectGroup, as they were met */
  guint64 conflicts;           /* of those: rows with values that differ from what is there and stays */
  guint64 clashing;            /* accounts with another form of revenue from this source; else 0 */
  GPtrArray *clashing_names;   /* char*, the first few */
  GPtrArray *ignored;          /* headers that feed nothing */
  GPtrArray *custom;           /* headers that became custom fields */
  GPtrArray *mapped;           /* "field=header" */
  GPtrArray *notes;            /* what was assumed or looks odd, translated sentences */
  char *mapping_name;          /* saved mapping that was used, or NULL */
  char *digest;                /* sha256 of the file */
  QdTable *changes;            /* nullable: of a dry run with its effect, what would change in rows that are there */
  QdTable *kept;               /* nullable: the first values that stay: line, record, id, field, there, file */
} QdImportResult;

void qd_import_result_free (QdImportResult *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QdImportResult, qd_import_result_free)

/* Called inside the transaction, before and after the rows are in, so that the caller can show the effect on ARR
 * and NRR. May be NULL. */
typedef gboolean (*QdImportInspect) (QdDb *db, gboolean after, gpointer data, QdJob *job, GError **error);

/* Reads @path and imports it. On QD_INTAKE_ERROR_REJECTED and QD_INTAKE_ERROR_FORM @result is set too. @rejects_path: where to write the
 * rejected rows as a CSV that can be fixed and imported again (all columns, then the reason), or NULL. */
gboolean qd_import_run (QdStore *store, const QdKind *kind, const char *path, const QdImportOptions *options,
                        const char *rejects_path, QdImportInspect inspect, gpointer inspect_data, QdJob *job,
                        QdImportResult **result, GError **error);

/* What import reads: export then import changes nothing. Written beside and renamed. */
gboolean qd_export_run (QdStore *store, const QdKind *kind, const char *path, QdJob *job, GError **error);

G_END_DECLS
