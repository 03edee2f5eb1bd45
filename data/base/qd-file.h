/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What must be asked before a file is written over.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean qd_file_check_output (const char *path, const char *const *inputs, GError **error);

G_END_DECLS
