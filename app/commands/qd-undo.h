/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Taking back an import or a change, with the later ones that build on it or
 * without: for the verbs that list them.
 */
#pragma once

#include "qd-command.h"

G_BEGIN_DECLS

/* What --with-later does, in the verbs' tables of options. */
#define QD_UNDO_WITH_LATER \
  { "with-later", QD_OPTION_FLAG, NULL, N_ ("Take later changes that build on it back as well, all or nothing") }

gboolean qd_undo_is_wanted (QdInvocation *invocation, gboolean *undo, GError **error);
gboolean qd_undo_run (QdInvocation *invocation, gboolean import, GError **error);

G_END_DECLS
