/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "../../data/base/qd-file.h"
#include "../export/qd-review.h"
#include "qd-command.h"
#include "qd-scope-options.h"

static gboolean
run (QdInvocation *invocation,
     GError      **error)
{
  const char *path = qd_invocation_get_argument (invocation, 1);
  g_autofree char *shown = qd_invocation_dup_display (invocation, 1);
  g_autoptr (QdSubject) subject = NULL;
  g_autoptr (QdFormat) numbers = NULL;

  if (strlen (path) < 4 || g_ascii_strcasecmp (path + strlen (path) - 4, ".pdf") != 0)
    {
      g_set_error (error, QD_COMMAND_ERROR, QD_COMMAND_ERROR_USAGE, _("The review is a PDF: let “%s” end in .pdf."),
                   shown);
      return FALSE;
    }
  if (!qd_file_check_output (path, (const char *[]){ qd_invocation_get_argument (invocation, 0), NULL }, error))
    return FALSE;
  subject = qd_subject_open (invocation, "ttm", error);
  if (subject == NULL)
    return FALSE;
  numbers = qd_format_new_from_locale (qd_book_get_currency (subject->book));
  if (!qd_review_write_file (subject->workspace, subject->scope, numbers, path, qd_invocation_get_job (invocation), error))
    return FALSE;
  qd_invocation_print (invocation, _("Wrote %s.\n"), shown);
  return TRUE;
}

const QdCommand qd_review_command = {
  .name = "review",
  .arguments = "WORKSPACE OUT.pdf",
  .summary = N_ ("Write the retention review: a PDF to hand to a board"),
  .least_arguments = 2,
  .most_arguments = 2,
  .flags = QD_COMMAND_SCOPE,
  .run = run,
};
