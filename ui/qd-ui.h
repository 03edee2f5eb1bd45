/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The library of the window: its resources and types.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void qd_ui_init (void);

G_END_DECLS
