/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Imports from a text, with the flags of the command line.
 */
#pragma once

#include "data/intake/qd-import.h"
#include "store-fixture.h"

/* Words of @flags: --map F=H, --set F=V, --date-order O, --decimal D, --amounts A, --amounts-are A, --source S,
 * --encoding E, --mapping M, --save-mapping M, --rejects (to rejects.csv in the fixture's folder), --dry-run,
 * --skip-rejected, --replace. No spaces in values. */
gboolean import_bytes (StoreFixture *fixture, const char *kind, const char *name, const char *text, gsize length,
                       const char *flags, QdImportResult **result, GError **error);
gboolean import_text (StoreFixture *fixture, const char *kind, const char *name, const char *text, const char *flags,
                      QdImportResult **result, GError **error);
gboolean import_path (StoreFixture *fixture, const char *kind, const char *path, const char *flags,
                      QdImportResult **result, GError **error);
/* Must succeed with these counts. */
void import_ok (StoreFixture *fixture, const char *kind, const char *text, const char *flags, guint imported,
                guint merged, guint unchanged, guint rejected);
/* Must fail with this code; @part must be in the message. */
void import_fails (StoreFixture *fixture, const char *kind, const char *text, const char *flags, QdIntakeError code,
                   const char *part);
/* Must be refused because of rejected rows; their codes and lines as "2 bad-date start, 5 missing mrr". */
void import_rejects (StoreFixture *fixture, const char *kind, const char *text, const char *flags, const char *rejects);
/* All rows of a query, cells by '|', rows by ';'. */
void assert_rows (StoreFixture *fixture, const char *sql, const char *rows);
/* Two dumps; only the first lines that differ are printed. */
void assert_same_dump (const char *found, const char *expected);
gboolean has_note (const QdImportResult *result, const char *part);
