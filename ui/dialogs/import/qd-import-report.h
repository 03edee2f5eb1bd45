/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The account of an import's rows, figures before and after, and what there
 * is to say about it: before it is done and after.
 */
#pragma once

#include <adwaita.h>

#include "qd-import-states.h"

G_BEGIN_DECLS

#define QD_TYPE_IMPORT_REPORT (qd_import_report_get_type ())
G_DECLARE_FINAL_TYPE (QdImportReport, qd_import_report, QD, IMPORT_REPORT, AdwBin)

QdImportReport *qd_import_report_new (void);
void qd_import_report_show (QdImportReport *self, const QdImportResult *result, const QdImportEffectState *state,
                            const QdKind *kind, gboolean committed, QdFormat *format);

G_END_DECLS
