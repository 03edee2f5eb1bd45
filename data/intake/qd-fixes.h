/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a person corrects in a file before it is imported: single cells by line
 * and column, and rules for a column ("n/a" is to be read as blank). The file
 * itself is never touched.
 */
#pragma once

#include "qd-scan.h"

G_BEGIN_DECLS

typedef struct _QdFixes QdFixes;

QdFixes *qd_fixes_new (void);
QdFixes *qd_fixes_copy (const QdFixes *self); /* for a worker, while the person goes on */
void qd_fixes_free (QdFixes *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QdFixes, qd_fixes_free)

/* @line: of the file, where the row begins; @column: from 0. NULL takes the fix back. A cell's own fix goes before a rule. */
void qd_fixes_set_cell (QdFixes *self, guint64 line, guint column, const char *text);
const char *qd_fixes_get_cell (const QdFixes *self, guint64 line, guint column); /* nullable */
/* Cells of @column that are @from, but for spaces around it, are read as @to; "": blank. @to NULL takes the rule back. */
void qd_fixes_set_rule (QdFixes *self, guint column, const char *from, const char *to);
const char *qd_fixes_get_rule (const QdFixes *self, guint column, const char *from); /* nullable */
GPtrArray *qd_fixes_list_rules (const QdFixes *self, guint column); /* char*: what stands there, in the order they were set */
guint qd_fixes_get_n_cells (const QdFixes *self);
guint qd_fixes_get_n_rules (const QdFixes *self);

/* The record that was read last, as it is to be read. For QdScan.fix; @fixes must outlive the scanner. */
void qd_fixes_apply (QdScan *scan, gconstpointer fixes);

G_END_DECLS
