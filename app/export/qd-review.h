/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The retention review: a PDF that can be handed to a board. Cover, one message
 * a page with a title sentence drawn from the data, definitions and sources at
 * the end; outline, page labels, metadata, embedded fonts.
 */
#pragma once

#include "../../data/workspace/qd-workspace.h"
#include "../../ui/draw/qd-format.h"

G_BEGIN_DECLS

/* To a file: all of it or nothing; never over the workspace. */
gboolean qd_review_write_file (QdWorkspace *workspace, const QdScope *scope, QdFormat *format, const char *path, QdJob *job,
                               GError **error);

G_END_DECLS
