/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What dimensions are called on screen.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *qd_dimension_dup_title (const char *name);

G_END_DECLS
