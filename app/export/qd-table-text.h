/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A table as text for other programs: what the clipboard carries, so that
 * numbers and dates arrive as numbers and dates.
 */
#pragma once

#include "../../ui/draw/qd-format.h"

G_BEGIN_DECLS

char *qd_table_text_make_html (const QdTable *table, QdFormat *format);
char *qd_table_text_make_tsv (const QdTable *table, QdFormat *format);
char *qd_table_text_make_csv (const QdTable *table);

G_END_DECLS
