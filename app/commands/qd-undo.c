/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-undo.h"

#include <glib/gi18n-lib.h>

#include "qd-terminal.h"

/* What stayed as it is because a later change wins. */
static void
print_kept (QdInvocation *invocation,
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

static void
print_later (QdInvocation *invocation,
             GPtrArray    *later)
{
  if (later->len == 0)
    return;
  qd_invocation_print (invocation, "%s\n", _("The later changes that built on it went with it:"));
  for (guint i = 0; i < later->len; i++)
    {
      const QdHistoryEntry *entry = later->pdata[i];
      g_autofree char *time = qd_terminal_format_time (entry->time);
      g_autofree char *safe = qd_terminal_dup_safe (entry->summary);
      g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, entry->id);

      qd_invocation_print (invocation, "  %s  %s  %s\n", id, time, safe);
    }
}

/* A refusal names the option that would do it, if it would. */
static void
name_option (QdWorkspace *workspace,
             gint64       entry,
             gint64       batch,
             QdJob       *job,
             GError     **error)
{
  g_auto (QdHistoryPreview) preview = { 0 };
  GError *refusal;

  if (error == NULL || !g_error_matches (*error, QD_STORE_ERROR, QD_STORE_ERROR_DEPENDANTS) ||
      !qd_workspace_preview_undo (workspace, entry, batch, job, &preview, NULL) || preview.later->len == 0)
    return;
  refusal = g_steal_pointer (error);
  g_set_error (error, refusal->domain, refusal->code,
               /* Translators: why something was not undone, then the option that does it all the same; keep "--with-later" */
               _("%s\nWith --with-later they are taken back as well."), refusal->message);
  g_error_free (refusal);
}

/**
 * qd_undo_is_wanted:
 * @invocation: with the options "undo" and "with-later"
 * @undo: (out): whether something is to be taken back
 * @error: return location
 *
 * Returns: `FALSE` with `QD_COMMAND_ERROR_USAGE` when the one is given without the other
 */
gboolean
qd_undo_is_wanted (QdInvocation *invocation,
                   gboolean     *undo,
                   GError      **error)
{
  *undo = qd_invocation_has (invocation, "undo");
  if (*undo || !qd_invocation_has (invocation, "with-later"))
    return TRUE;
  g_set_error_literal (error, QD_COMMAND_ERROR, QD_COMMAND_ERROR_USAGE, _("--with-later is for --undo ID."));
  return FALSE;
}

/**
 * qd_undo_run:
 * @invocation: with the options "undo" and "with-later"
 * @import: whether the number is an import's, else an entry's
 * @error: return location
 *
 * Takes back what the option names and prints what came of it.
 *
 * Returns: `FALSE` with `QD_STORE_ERROR_DEPENDANTS` where later changes stand on it, or another one
 */
gboolean
qd_undo_run (QdInvocation *invocation,
             gboolean      import,
             GError      **error)
{
  g_autoptr (QdWorkspace) workspace = NULL;
  g_autoptr (GPtrArray) kept = NULL;
  g_autoptr (GPtrArray) later = NULL;
  QdJob *job = qd_invocation_get_job (invocation);
  gboolean with_later = qd_invocation_has (invocation, "with-later");
  const char *number = qd_invocation_get_file (invocation, "undo");
  gint64 id;
  gboolean ok;

  if (!qd_invocation_get_id (invocation, "undo", &id, error))
    return FALSE;
  workspace = qd_invocation_open_workspace (invocation, QD_ACCESS_WRITE, error);
  if (workspace == NULL)
    return FALSE;
  if (with_later)
    ok = qd_workspace_undo_with_later (workspace, import ? 0 : id, import ? id : 0, job, &later, error);
  else if (import)
    ok = qd_workspace_undo_import (workspace, id, job, &kept, error);
  else
    ok = qd_workspace_undo (workspace, id, job, &kept, error);
  if (!ok)
    {
      if (!with_later)
        name_option (workspace, import ? 0 : id, import ? id : 0, job, error);
      return FALSE;
    }
  if (import)
    qd_invocation_print (invocation, _("Took import %s back.\n"), number);
  else
    qd_invocation_print (invocation, _("Took change %s back.\n"), number);
  print_kept (invocation, kept);
  if (later != NULL)
    print_later (invocation, later);
  return TRUE;
}
