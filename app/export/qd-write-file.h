/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whole files: written beside their place and renamed, so that what was there
 * stays until all of the new one is on the disk.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean qd_write_file (const char *path, GBytes *bytes, GCancellable *cancellable, GError **error);

G_END_DECLS
