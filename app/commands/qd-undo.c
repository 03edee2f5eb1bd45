/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-undo.h"

#include <glib/gi18n-lib.h>

#include "qd-terminal.h"

/**
 * qd_undo_print_kept:
 * @invocation: where to print
 * @kept: (nullable) (element-type utf8): fields that a later change had touched
 *
 * Lists what stayed as it is because a later change wins.
 */
void
qd_undo_print_kept (QdInvocation *invocation,
                    GPtrArray    *kept)
{
  if (kept == NULL || kept->len == 0)
    return;
  qd_invocation_print (invocation, "%s\n", _("Left as it is, because a later change touched it:"));
  for (guint i = 0; i < kept->len; i++)
    {
      g_autofree char *safe = qd_terminal_dup_safe (kept->pdata[i]);

      qd_invocation_print (invocation, "  %s\n", safe);
    }
}
