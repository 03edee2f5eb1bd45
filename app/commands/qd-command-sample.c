/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "../qd-make-sample.h"
#include "qd-command.h"
#include "qd-output.h"
#include "qd-terminal.h"

static const QdOption options[] = {
  { "accounts", QD_OPTION_VALUE, "N", N_ ("Number of accounts, 1 to 1,000,000 (default: 400)") },
  { "months", QD_OPTION_VALUE, "N", N_ ("Months of history, 1 to 240 (default: 48)") },
  { "seed", QD_OPTION_VALUE, "N", N_ ("Another number makes another company (default: 1)") },
  { "csv", QD_OPTION_VALUE, "DIR", N_ ("Keep the export files that the workspace is made from in this folder") },
  { NULL },
};

static gboolean
run (QdInvocation *invocation,
     GError      **error)
{
  const char *path = qd_invocation_get_argument (invocation, 0);
  const char *kept = qd_invocation_get_file (invocation, "csv");
  g_autofree char *shown = qd_invocation_dup_display (invocation, 0);
  g_autoptr (QdWorkspace) workspace = NULL;
  g_autoptr (GArray) imports = NULL;
  g_autoptr (QdListing) listing = qd_listing_new (_("kind"), _(">rows"), _(">imported"), _(">rejected"), NULL);
  QdSampleOptions sample;
  gint64 accounts, months, seed;

  qd_make_sample_get_defaults (&sample);
  accounts = sample.accounts;
  months = sample.months;
  seed = (gint64) sample.seed;
  if (!qd_invocation_get_integer (invocation, "accounts", 1, 1000000, &accounts, error) ||
      !qd_invocation_get_integer (invocation, "months", 1, 240, &months, error) ||
      !qd_invocation_get_integer (invocation, "seed", 0, G_MAXINT64, &seed, error))
    return FALSE;
  sample.accounts = (guint) accounts;
  sample.months = (guint) months;
  sample.seed = (guint64) seed;

  workspace = qd_make_sample (path, &sample, kept, qd_invocation_get_job (invocation), &imports, error);
  if (workspace == NULL)
    return FALSE;
  for (guint i = 0; i < imports->len; i++)
    {
      const QdSampleImport *done = &g_array_index (imports, QdSampleImport, i);

      qd_listing_add (listing, done->kind);
      qd_listing_take (listing, qd_terminal_format_count ((gint64) done->read));
      qd_listing_take (listing, qd_terminal_format_count ((gint64) done->imported));
      qd_listing_take (listing, qd_terminal_format_count ((gint64) done->rejected));
    }

  qd_invocation_print (invocation, _("Made %s, a company that does not exist:\n\n"), shown);
  qd_listing_print (listing, qd_invocation_get_output (invocation));
  if (kept != NULL)
    {
      g_autofree char *folder = qd_terminal_dup_file_name (kept);

      qd_invocation_print (invocation, _("\nThe same data as export files: %s\n"), folder);
    }
  qd_invocation_print (invocation, _("\nNext: quarterdeck metrics %s\n"), shown);
  return TRUE;
}

const QdCommand qd_sample_command = {
  .name = "sample",
  .arguments = "WORKSPACE",
  .summary = N_ ("Make a workspace of a believable company, the same for the same seed"),
  .least_arguments = 1,
  .most_arguments = 1,
  .options = options,
  .run = run,
};
