/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Imports as people see them: with their effect on the figures, as a list.
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "../book/qd-book-load.h"
#include "qd-workspace-private.h"

/* Computes the three figures that an import is judged by. */
static gboolean
compute_headline (QdLedger        *ledger,
                  const QdProfile *profile,
                  QdJob           *job,
                  QdHeadline      *headline,
                  GError         **error)
{
  static const char *const ids[] = { "arr", "nrr", "grr", NULL };
  const QdBook *book = qd_ledger_get_book (ledger);
  g_autoptr (QdScope) scope = NULL;
  g_autoptr (QdFigures) figures = NULL;

  *headline = (QdHeadline) { .as_of = qd_book_get_last_month (book) };
  if (headline->as_of == QD_MONTH_NONE)
    return TRUE;
  scope = qd_scope_new (profile);
  figures = qd_figures_compute (ledger, scope, ids, NULL, job, error);
  if (figures == NULL)
    return FALSE;
  headline->arr = g_array_index (figures->rows, QdFigure, 0).money;
  headline->nrr = g_array_index (figures->rows, QdFigure, 1).value;
  headline->grr = g_array_index (figures->rows, QdFigure, 2).value;
  return TRUE;
}

/* A profile that this data cannot be read through leaves the effect unknown; it is no fault of the import. */
static gboolean
compute_book (QdBook          *book,
              const QdProfile *profile,
              QdJob           *job,
              QdHeadline      *headline,
              GError         **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (QdLedger) ledger = NULL;

  *headline = (QdHeadline) { .as_of = QD_MONTH_NONE };
  ledger = qd_ledger_new (book, profile, job, &local_error);
  if (ledger != NULL && compute_headline (ledger, profile, job, headline, &local_error))
    return TRUE;
  *headline = (QdHeadline) { .as_of = QD_MONTH_NONE };
  if (local_error->domain == QD_METRIC_ERROR)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
compute_now (QdWorkspace     *self,
             const QdProfile *profile,
             QdJob           *job,
             QdHeadline      *headline,
             GError         **error)
{
  g_autoptr (QdBook) book = qd_workspace_get_book (self, job, error);

  return book != NULL && compute_book (book, profile, job, headline, error);
}

typedef struct
{
  const QdProfile *profile;
  QdHeadline after;
  QdTable *changes;
} Inspection;

#define CHANGES_SHOWN 500 /* of a dry run */

static void
take_after (QdImportEffect   *effect,
            const QdHeadline *after)
{
  effect->as_of_after = after->as_of;
  effect->arr_after = after->arr;
  effect->nrr_after = after->nrr;
  effect->grr_after = after->grr;
}

/* What a dry run would lead to can only be seen inside its transaction. */
static gboolean
inspect (QdDb    *db,
         gboolean after,
         gpointer data,
         QdJob   *job,
         GError **error)
{
  Inspection *inspection = data;
  g_autoptr (QdBook) book = NULL;

  if (!after)
    return TRUE;
  inspection->changes = qd_workspace_read_pending (db, CHANGES_SHOWN, error);
  if (inspection->changes == NULL)
    return FALSE;
  book = qd_book_load (db, job, error);
  return book != NULL && compute_book (book, inspection->profile, job, &inspection->after, error);
}

/* Keeps what an import did to the figures with it. Beside the history: nobody undoes what was found. */
typedef struct
{
  gint64 batch;
  const QdProfile *profile;
  const QdImportEffect *effect;
} Keeping;

static void
bind_rate (QdStmt *stmt,
           int     index,
           QdRate  rate)
{
  if (rate.defined)
    qd_stmt_bind_double (stmt, index, rate.value);
  else
    qd_stmt_bind_null (stmt, index);
}

static gboolean
keep_effect (QdDb    *db,
             gpointer data,
             QdJob   *job,
             GError **error)
{
  const Keeping *keeping = data;
  const QdImportEffect *effect = keeping->effect;
  g_autofree char *profile = g_strdup_printf ("%s@%u", keeping->profile->name, keeping->profile->version);
  g_autoptr (QdStmt) stmt = qd_db_statement (db, "effect-insert", error);

  if (stmt == NULL)
    return FALSE;
  qd_stmt_bind_integer (stmt, 1, keeping->batch);
  qd_stmt_bind_text (stmt, 2, profile, -1);
  if (effect->as_of_before != QD_MONTH_NONE)
    {
      qd_stmt_bind_integer (stmt, 3, effect->as_of_before);
      qd_stmt_bind_integer (stmt, 5, effect->arr_before);
    }
  if (effect->as_of_after != QD_MONTH_NONE)
    {
      qd_stmt_bind_integer (stmt, 4, effect->as_of_after);
      qd_stmt_bind_integer (stmt, 6, effect->arr_after);
    }
  bind_rate (stmt, 7, effect->nrr_before);
  bind_rate (stmt, 8, effect->nrr_after);
  bind_rate (stmt, 9, effect->grr_before);
  bind_rate (stmt, 10, effect->grr_after);
  return qd_stmt_run (stmt, error);
}

/* What is committed stays so: a look at it that fails, as on a disk that is now full, leaves the effect unknown. */
static void
look_after (QdWorkspace     *self,
            const QdProfile *profile,
            gint64           batch,
            QdImportEffect  *effect)
{
  Keeping keeping = { batch, profile, effect };
  QdHeadline after = { .as_of = QD_MONTH_NONE };
  g_autoptr (GError) error = NULL;
  gboolean seen = compute_now (self, profile, NULL, &after, &error);

  take_after (effect, &after);
  if (seen && batch != 0)
    qd_store_run (qd_workspace_get_store (self), QD_STORE_PRIORITY_EDIT, keep_effect, &keeping, NULL, &error);
  if (error != NULL)
    g_message ("The effect of import %" G_GINT64_FORMAT " is not kept: %s", batch, error->message);
}

/**
 * qd_workspace_import:
 * @self: a workspace
 * @kind: what the rows are
 * @path: the file
 * @options: how to read it, what to do
 * @rejects_path: (nullable): where to write rejected rows
 * @job: (nullable): reports and cancels
 * @result: (out) (transfer full): the account of the rows; also set with `QD_INTAKE_ERROR_REJECTED`
 *   and `QD_INTAKE_ERROR_FORM`
 * @effect: (out) (optional): what it does to ARR and to NRR and GRR of twelve months, under Board
 * @error: return location
 *
 * Imports a file, in one transaction.
 *
 * Returns: as qd_import_run()
 */
gboolean
qd_workspace_import (QdWorkspace           *self,
                     const QdKind          *kind,
                     const char            *path,
                     const QdImportOptions *options,
                     const char            *rejects_path,
                     QdJob                 *job,
                     QdImportResult       **result,
                     QdImportEffect        *effect,
                     GError               **error)
{
  g_autoptr (QdProfile) profile = NULL;
  QdHeadline before = { .as_of = QD_MONTH_NONE };
  Inspection inspection = { .after.as_of = QD_MONTH_NONE };
  gboolean looks = effect != NULL && options->dry_run;

  g_return_val_if_fail (QD_IS_WORKSPACE (self) && kind != NULL && path != NULL && options != NULL, FALSE);

  if (effect != NULL)
    {
      profile = qd_workspace_get_profile (self, NULL, error);
      if (profile == NULL || !compute_now (self, profile, job, &before, error))
        return FALSE;
      inspection.profile = profile;
    }
  if (!qd_import_run (qd_workspace_get_store (self), kind, path, options, rejects_path, looks ? inspect : NULL,
                      &inspection, job, result, error))
    {
      g_clear_pointer (&inspection.changes, qd_table_unref);
      return FALSE;
    }
  (*result)->changes = inspection.changes;
  if (effect != NULL)
    *effect = (QdImportEffect) {
      .as_of_before = before.as_of, .arr_before = before.arr, .nrr_before = before.nrr, .grr_before = before.grr,
    };
  if (looks)
    take_after (effect, &inspection.after);
  else if (effect != NULL)
    look_after (self, profile, (*result)->batch, effect);
  /* not before the effect is there: whoever hears of the change reads it */
  if (!options->dry_run)
    qd_workspace_changed (self);
  return TRUE;
}

/**
 * qd_workspace_inspect:
 * @self: a workspace
 * @path: the file
 * @kind: (nullable): what the rows are; `NULL`: guess
 * @options: what is known
 * @all_rows: whether to look at all rows for what the file leaves open
 * @job: (nullable): reports and cancels
 * @error: return location
 *
 * Looks at a file before it is imported.
 *
 * Returns: (transfer full) (nullable): as qd_import_inspect()
 */
QdInspection *
qd_workspace_inspect (QdWorkspace           *self,
                      const char            *path,
                      const QdKind          *kind,
                      const QdImportOptions *options,
                      gboolean               all_rows,
                      QdJob                 *job,
                      GError               **error)
{
  g_return_val_if_fail (QD_IS_WORKSPACE (self), NULL);
  return qd_import_inspect (qd_workspace_get_store (self), path, kind, options, all_rows, job, error);
}

static const QdColumn import_columns[] = {
  { "id", N_ ("import"), QD_COLUMN_COUNT },     { "time", N_ ("time"), QD_COLUMN_TEXT },
  { "kind", N_ ("kind"), QD_COLUMN_TEXT },      { "source", N_ ("source"), QD_COLUMN_TEXT },
  { "sha256", N_ ("sha256"), QD_COLUMN_TEXT },  { "rows", N_ ("rows"), QD_COLUMN_COUNT },
  { "imported", N_ ("imported"), QD_COLUMN_COUNT }, { "merged", N_ ("merged"), QD_COLUMN_COUNT },
  { "unchanged", N_ ("unchanged"), QD_COLUMN_COUNT }, { "rejected", N_ ("rejected"), QD_COLUMN_COUNT },
  { "undone", N_ ("undone"), QD_COLUMN_TEXT },  { "file", N_ ("file"), QD_COLUMN_TEXT },
  { "conflicts", N_ ("conflicts"), QD_COLUMN_COUNT }, { "effect", N_ ("effect"), QD_COLUMN_TEXT },
  { "month_before", N_ ("month before"), QD_COLUMN_MONTH }, { "month_after", N_ ("month after"), QD_COLUMN_MONTH },
  { "arr_before", N_ ("ARR before"), QD_COLUMN_MONEY }, { "arr_after", N_ ("ARR after"), QD_COLUMN_MONEY },
  { "nrr_before", N_ ("NRR before"), QD_COLUMN_RATE }, { "nrr_after", N_ ("NRR after"), QD_COLUMN_RATE },
  { "grr_before", N_ ("GRR before"), QD_COLUMN_RATE }, { "grr_after", N_ ("GRR after"), QD_COLUMN_RATE },
};

static void
add_import (QdTable      *table,
            sqlite3_stmt *row)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (sqlite3_column_int64 (row, 1));
  g_autofree char *iso = time != NULL ? g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ") : g_strdup ("");

  qd_table_add_integer (table, sqlite3_column_int64 (row, 0));
  qd_table_add_text (table, iso);
  for (int i = 2; i < 5; i++)
    qd_table_add_text (table, (const char *) sqlite3_column_text (row, i));
  for (int i = 5; i < 10; i++)
    qd_table_add_integer (table, sqlite3_column_int64 (row, i));
  qd_table_add_text (table, sqlite3_column_int (row, 10) ? "yes" : "no");
  qd_table_add_text (table, (const char *) sqlite3_column_text (row, 11));
  qd_table_add_integer (table, sqlite3_column_int64 (row, 12));
  qd_table_add_text (table, (const char *) sqlite3_column_text (row, 13));
  for (int i = 14; i < 22; i++)
    if (sqlite3_column_type (row, i) == SQLITE_NULL)
      qd_table_add_missing (table);
    else if (i < 18)
      qd_table_add_integer (table, sqlite3_column_int64 (row, i));
    else
      qd_table_add_double (table, sqlite3_column_double (row, i));
  qd_table_end_row (table);
}

static gboolean
read_imports (QdDb    *db,
              gpointer data,
              QdJob   *job,
              GError **error)
{
  QdTable **table = data;
  g_autoptr (QdStmt) stmt = qd_db_statement (db, "workspace-imports", error);
  g_autofree char *currency = qd_db_dup_setting (db, "currency");
  g_autoptr (QdTable) found = NULL;
  gboolean row = TRUE;

  if (stmt == NULL)
    return FALSE;
  found = qd_table_new ("imports", currency != NULL ? currency : "USD", import_columns, G_N_ELEMENTS (import_columns));
  while (row)
    {
      if (!qd_stmt_step (stmt, &row, error))
        return FALSE;
      if (row)
        add_import (found, qd_stmt_get_handle (stmt));
    }
  *table = g_steal_pointer (&found);
  return TRUE;
}

/**
 * qd_workspace_get_imports:
 * @self: a workspace
 * @error: return location
 *
 * Returns: (transfer full) (nullable): every import with its counts, oldest first
 */
QdTable *
qd_workspace_get_imports (QdWorkspace *self,
                          GError     **error)
{
  QdTable *table = NULL;

  g_return_val_if_fail (QD_IS_WORKSPACE (self), NULL);
  if (!qd_store_run (qd_workspace_get_store (self), QD_STORE_PRIORITY_READ, read_imports, &table, NULL, error))
    return NULL;
  return table;
}

static QdRate
read_rate (const QdTable *table,
           guint          row,
           const char    *column)
{
  guint index = (guint) qd_table_find_column (table, column);

  if (qd_table_is_missing (table, row, index))
    return (QdRate) { 0, FALSE };
  return (QdRate) { qd_table_get_double (table, row, index), TRUE };
}

static gint64
read_integer (const QdTable *table,
              guint          row,
              const char    *column,
              gint64         missing)
{
  guint index = (guint) qd_table_find_column (table, column);

  return qd_table_is_missing (table, row, index) ? missing : qd_table_get_integer (table, row, index);
}

/**
 * qd_workspace_read_effect:
 * @imports: what qd_workspace_get_imports() gave
 * @row: an import
 * @effect: (out caller-allocates): what it did to the figures, as of the months that were the last ones then
 *
 * Reads the effect that was kept with an import.
 *
 * Returns: whether there is one; imports of older versions of the program, and those that nobody looked at, have none
 */
gboolean
qd_workspace_read_effect (const QdTable  *imports,
                          guint           row,
                          QdImportEffect *effect)
{
  const char *profile = qd_table_get_text (imports, row, (guint) qd_table_find_column (imports, "effect"));

  *effect = (QdImportEffect) {
    .as_of_before = (QdMonth) read_integer (imports, row, "month_before", QD_MONTH_NONE),
    .as_of_after = (QdMonth) read_integer (imports, row, "month_after", QD_MONTH_NONE),
    .arr_before = read_integer (imports, row, "arr_before", 0),
    .arr_after = read_integer (imports, row, "arr_after", 0),
    .nrr_before = read_rate (imports, row, "nrr_before"),
    .nrr_after = read_rate (imports, row, "nrr_after"),
    .grr_before = read_rate (imports, row, "grr_before"),
    .grr_after = read_rate (imports, row, "grr_after"),
  };
  return profile != NULL;
}
