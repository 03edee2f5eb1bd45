/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-make-sample.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "../data/store/qd-db.h"

/* The sample ends here whatever the clock says: the same seed gives the same company. */
#define LAST_YEAR 2025
#define LAST_MONTH 12

#define DEFAULT_ACCOUNTS 400
#define DEFAULT_MONTHS 48
#define DEFAULT_SEED 1

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
            GArray      *imports,
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
      QdSampleImport done = { .kind = kinds[i] };
      QdImportEffect effect;

      if (kind == NULL || !qd_workspace_import (workspace, kind, file, &import, NULL, job, &result, &effect, error))
        return FALSE;
      done.read = result->read;
      done.imported = result->imported;
      done.rejected = result->rejected;
      g_array_append_val (imports, done);
    }
  return TRUE;
}

static gboolean
fill (QdWorkspace           *workspace,
      const char            *folder,
      const QdSampleOptions *options,
      GArray                *imports,
      QdJob                 *job,
      GError               **error)
{
  return qd_sample_write (folder, options, job, error) &&
         qd_store_run (qd_workspace_get_store (workspace), QD_STORE_PRIORITY_EDIT, mark_sample, NULL, job, error) &&
         import_all (workspace, folder, imports, job, error);
}

/**
 * qd_make_sample_get_defaults:
 * @options: (out): what is made unless somebody asks for something else
 */
void
qd_make_sample_get_defaults (QdSampleOptions *options)
{
  *options = (QdSampleOptions) {
    .accounts = DEFAULT_ACCOUNTS,
    .months = DEFAULT_MONTHS,
    .seed = DEFAULT_SEED,
    .last = qd_month_from_ym (LAST_YEAR, LAST_MONTH),
  };
}

/**
 * qd_make_sample:
 * @path: where to make the workspace; nothing may be there
 * @options: size and seed of the company
 * @folder: (nullable): where to keep the export files that it is made from
 * @job: (nullable): reports and cancels
 * @imports: (out) (optional) (transfer full) (element-type QdSampleImport): what was imported
 * @error: return location
 *
 * Makes a workspace of a company that does not exist. Blocks; any thread.
 *
 * Returns: (transfer full) (nullable): the workspace, or `NULL` with an error
 *   of creating it, of writing the files or of importing them; then nothing is
 *   left at @path that was not there
 */
QdWorkspace *
qd_make_sample (const char            *path,
                const QdSampleOptions *options,
                const char            *folder,
                QdJob                 *job,
                GArray               **imports,
                GError               **error)
{
  QdStoreSettings settings = { _("Sample company"), "USD", 1 };
  g_autoptr (QdWorkspace) workspace = qd_workspace_create (path, &settings, error);
  g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (QdSampleImport));
  g_autofree char *temporary = NULL;
  gboolean done;

  if (workspace == NULL)
    return NULL;
  if (folder == NULL)
    temporary = g_dir_make_tmp ("quarterdeck-sample-XXXXXX", error);
  done = (folder != NULL || temporary != NULL) &&
         fill (workspace, folder != NULL ? folder : temporary, options, list, job, error);
  if (temporary != NULL)
    remove_folder (temporary);
  if (!done)
    {
      /* this run made the file, and half a company is no use to anybody */
      g_clear_object (&workspace);
      g_unlink (path);
      return NULL;
    }
  if (imports != NULL)
    *imports = g_steal_pointer (&list);
  return g_steal_pointer (&workspace);
}
