/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What people call the fields of their data: where files are imported, and
 * where a change names what it is about.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

const char *qd_field_title (const char *name);

G_END_DECLS
