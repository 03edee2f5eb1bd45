/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "../../data/sample/qd-sample.h"
#include "../../data/store/qd-db.h"
#include "qd-command.h"
#include "qd-output.h"
#include "qd-terminal.h"

/* The sample ends here whatever the clock says: the same seed gives the same company. */
#define LAST_YEAR 2025
#define LAST_MONTH 12

#define DEFAULT_ACCOUNTS 400
#define DEFAULT_MONTHS 48
#define DEFAULT_SEED 1

static const QdOption options[] = {
  { "accounts", QD_OPTION_VALUE, "N", N_ ("Number of accounts, 1 to 1,000,000 (default: 400)") },
  { "months", QD_OPTION_VALUE, "N", N_ ("Months of history, 1 to 240 (default: 48)") },
  { "seed", QD_OPTION_VALUE, "N", N_ ("Another number makes another company (default: 1)") },
  { "csv", QD_OPTION_VALUE, "DIR", N_ ("Keep the export files that the workspace is made from in this folder") },
  { NULL },
};

/* In the order in which they may refer to one another. */
static const char *const kinds[] = { "products", "accounts", "fx", "subscriptions" };

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      g_unlink (file);
    }
  g_rmdir (path);
}

static gboolean
mark_sample (QdDb    *db,
             gpointer data,
             QdJob   *job,
             GError **error)
{
  if (!qd_db_begin (db, error))
    return FALSE;
  if (!qd_db_set_setting (db, "sample", "1", error))
    {
      qd_db_rollback (db);
      return FALSE;
    }
  return qd_db_commit (db, error);
}

static gboolean
import_all (QdWorkspace *workspace,
            const char  *folder,
            QdListing   *listing,
            QdJob       *job,
            GError     **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *name = g_strconcat (kinds[i], ".csv", NULL);
      g_autofree char *file = g_build_filename (folder, name, NULL);
      const QdKind *kind = qd_kind_find (kinds[i], error);
      g_autoptr (QdImportResult) result = NULL;
      QdImportOptions import = { .date_order = "ymd", .decimal = '.', .amounts = "major" };

      if (kind == NULL ||
          !qd_workspace_import (workspace, kind, file, &import, NULL, job, &result, NULL, error))
        return FALSE;
      qd_listing_add (listing, kinds[i]);
      qd_listing_take (listing, qd_terminal_format_count ((gint64) result->read));
      qd_listing_take (listing, qd_terminal_format_count ((gint64) result->imported));
      qd_listing_take (listing, qd_terminal_format_count ((gint64) result->rejected));
    }
  return TRUE;
}

static gboolean
fill (QdWorkspace           *workspace,
      const char            *folder,
      const QdSampleOptions *sample,
      QdListing             *listing,
      QdJob                 *job,
      GError               **error)
{
  return qd_sample_write (folder, sample, job, error) &&
         qd_store_run (qd_workspace_get_store (workspace), QD_STORE_PRIORITY_EDIT, mark_sample, NULL, job, error) &&
         import_all (workspace, folder, listing, job, error);
}

static gboolean
run (QdInvocation *invocation,
     GError      **error)
{
  const char *path = qd_invocation_get_argument (invocation, 0);
  const char *kept = qd_invocation_get_file (invocation, "csv");
  g_autofree char *shown = qd_invocation_dup_display (invocation, 0);
  g_autofree char *temporary = NULL;
  g_autoptr (QdWorkspace) workspace = NULL;
  g_autoptr (QdListing) listing = qd_listing_new (_("kind"), _(">rows"), _(">imported"), _(">rejected"), NULL);
  gint64 accounts = DEFAULT_ACCOUNTS;
  gint64 months = DEFAULT_MONTHS;
  gint64 seed = DEFAULT_SEED;
  QdSampleOptions sample;
  QdStoreSettings settings = { _("Sample company"), "USD", 1 };
  gboolean done;

  if (!qd_invocation_get_integer (invocation, "accounts", 1, 1000000, &accounts, error) ||
      !qd_invocation_get_integer (invocation, "months", 1, 240, &months, error) ||
      !qd_invocation_get_integer (invocation, "seed", 0, G_MAXINT64, &seed, error))
    return FALSE;
  sample = (QdSampleOptions) {
    .accounts = (guint) accounts,
    .months = (guint) months,
    .seed = (guint64) seed,
    .last = qd_month_from_ym (LAST_YEAR, LAST_MONTH),
  };

  workspace = qd_workspace_create (path, &settings, error);
  if (workspace == NULL)
    return FALSE;
  if (kept == NULL)
    temporary = g_dir_make_tmp ("quarterdeck-sample-XXXXXX", error);
  done = (kept != NULL || temporary != NULL) &&
         fill (workspace, kept != NULL ? kept : temporary, &sample, listing, qd_invocation_get_job (invocation), error);
  if (temporary != NULL)
    remove_folder (temporary);
  if (!done)
    {
      /* this run made the file, and half a company is no use to anybody */
      g_clear_object (&workspace);
      g_unlink (path);
      return FALSE;
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
