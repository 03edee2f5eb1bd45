/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A table as text for other programs: what the clipboard carries, so that
 * numbers and dates arrive as numbers and dates.
 */
#pragma once

#include "../../data/base/qd-table.h"

G_BEGIN_DECLS

char *qd_table_text_make_html (const QdTable *table);
char *qd_table_text_make_tsv (const QdTable *table, gboolean decimal_comma);
char *qd_table_text_make_csv (const QdTable *table);

G_END_DECLS
