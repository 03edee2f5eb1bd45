/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What both ways of undoing print.
 */
#pragma once

#include "qd-invocation.h"

G_BEGIN_DECLS

void qd_undo_print_kept (QdInvocation *invocation, GPtrArray *kept);

G_END_DECLS
