/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The sample workspace: the generated company, imported like anybody's data.
 */
#pragma once

#include "../data/sample/qd-sample.h"
#include "../data/workspace/qd-workspace.h"

G_BEGIN_DECLS

typedef struct
{
  const char *kind;
  guint64 read, imported, rejected;
} QdSampleImport;

/* What the command line and the window make unless told otherwise. */
void qd_make_sample_get_defaults (QdSampleOptions *options);
/* @folder: (nullable): where to keep the export files. @imports: (out) (optional) (element-type QdSampleImport).
 * Nothing is left at @path when it fails. Blocks. */
QdWorkspace *qd_make_sample (const char *path, const QdSampleOptions *options, const char *folder, QdJob *job,
                             GArray **imports, GError **error);

G_END_DECLS
