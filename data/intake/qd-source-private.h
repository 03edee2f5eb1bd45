/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What text files and workbooks share on their way to a source.
 */
#pragma once

#include "qd-source.h"

G_BEGIN_DECLS

gboolean qd_source_find_header (QdSource *self, const QdSourceOptions *options, const char *text, gsize length,
                                guint64 first_line, GError **error);
void qd_source_drop_raw (QdSource *self);
gboolean qd_source_read_workbook (QdSource *self, const QdSourceOptions *options, QdJob *job, GError **error);

G_END_DECLS
