/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The window while it works: a heartbeat in the main loop never stops for long,
 * whatever is imported and computed meanwhile, and pages can be turned.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <glib/gstdio.h>

#include "data/workspace/qd-workspace-edit.h"
#include "heart.h"
#include "ui-fixture.h"
#include "ui/dialogs/bulk/qd-bulk-dialog.h"
#include "ui/widgets/qd-ui-state.h"

static char *
write_lines (guint n_rows)
{
  char *path = qd_ui_dup_path ("lines.csv");
  FILE *file = g_fopen (path, "w");

  g_assert_nonnull (file);
  fputs ("subscription_id,account_id,start_date,end_date,mrr\n", file);
  for (guint i = 0; i < n_rows; i++)
    fprintf (file, "L%u,Q%u,20%02u-%02u-01,,%u.50\n", i, i / 6, 20 + i % 6, 1 + i % 12, 20 + i % 900);
  g_assert_cmpint (fclose (file), ==, 0);
  return path;
}

typedef struct
{
  QdWorkspace *workspace;
  char *path;
  gboolean done;
  guint64 imported;
} Import;

static void
import_in_thread (GTask        *task,
                  gpointer      source,
                  gpointer      data,
                  GCancellable *cancellable)
{
  Import *import = data;
  QdImportOptions options = { 0 };
  GError *error = NULL;
  const QdKind *kind = qd_kind_find ("subscriptions", &error);
  QdImportResult *result = NULL;

  if (kind == NULL || !qd_workspace_import (import->workspace, kind, import->path, &options, NULL, NULL, &result, NULL,
                                            &error))
    {
      g_task_return_error (task, error);
      return;
    }
  import->imported = result->imported;
  qd_import_result_free (result);
  g_task_return_boolean (task, TRUE);
}

static void
imported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  Import *import = data;
  g_autoptr (GError) error = NULL;

  g_task_propagate_boolean (G_TASK (result), &error);
  g_assert_no_error (error);
  import->done = TRUE;
}

/* Something that only computes, for as long as somebody holds it. */
static gpointer
compute_long (QdSnapshot *snapshot,
              gpointer    input,
              QdJob      *job,
              GError    **error)
{
  volatile double x = 1;

  while (qd_job_check (job, error))
    for (guint i = 0; i < 100000; i++)
      x = x * 1.0000001 + 1e-9;
  return NULL;
}

static void
computed_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (qd_session_compute_finish (QD_SESSION (source), result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  *(gboolean *) data = TRUE;
}

static guint
get_size (const char *variable,
          guint       otherwise)
{
  const char *size = g_getenv (variable);

  return size != NULL ? (guint) g_ascii_strtoull (size, NULL, 10) : otherwise;
}

static void
test_import (void)
{
  static const char *const pages[] = { "bridge", "overview", "retention?trend", "retention?cohorts-net" };
  QdMainWindow *window = qd_ui_open_sample (300);
  QdSession *session = qd_main_window_get_session (window);
  guint n_rows = get_size ("QD_RESPONSIVE_ROWS", 60000), turn = 0;
  g_autofree char *path = write_lines (n_rows);
  Import import = { qd_session_get_workspace (session), path, FALSE, 0 };
  g_autoptr (GTask) task = g_task_new (NULL, NULL, imported_cb, &import);
  g_autoptr (QdJob) job = qd_job_new ("Long computation", NULL);
  gboolean cancelled = FALSE;
  gint64 next = 0, end;
  QdHeart heart;

  qd_heart_start (&heart);
  qd_session_compute_async (session, compute_long, NULL, NULL, NULL, job, computed_cb, &cancelled);
  g_task_set_task_data (task, &import, NULL);
  g_task_run_in_thread (task, import_in_thread);
  end = g_get_monotonic_time () + 600 * G_USEC_PER_SEC;
  while (!import.done)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      qd_ui_iterate ();
      if (g_get_monotonic_time () < next)
        continue;
      next = g_get_monotonic_time () + 200000;
      gtk_widget_activate_action (GTK_WIDGET (window), "win.go", "s", pages[turn++ % G_N_ELEMENTS (pages)]);
    }
  qd_heart_stop (&heart, "importing");
  g_assert_cmpuint (import.imported, ==, n_rows);
  g_assert_cmpuint (turn, >, 1);

  /* what was imported is shown, with a book of all of it */
  qd_heart_start (&heart);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.go", "s", "bridge");
  qd_job_cancel (job);
  qd_ui_wait_while (!cancelled);
  qd_ui_settle (window);
  qd_heart_stop (&heart, "showing what was imported");
  qd_ui_close (window);
}

/* Every page, filter and month on a company of some size. */
static void
test_pages (void)
{
  static const char *const actions[][3] = {
    { "win.go", "bridge" },
    { "win.set-period", "month" },
    { "win.go", "retention?trend" },
    { "win.toggle-filter", "segment", "Enterprise" },
    { "win.go", "retention?cohorts-net" },
    { "win.set-as-of", "2025-06" },
    { "win.clear-filters", NULL },
    { "win.go", "overview" },
    { "win.set-as-of", "" },
  };
  QdMainWindow *window = qd_ui_open_sample (3000);
  QdHeart heart;

  qd_heart_start (&heart);
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      const char *name = actions[i][0] + 4;

      if (!g_action_group_has_action (G_ACTION_GROUP (window), name))
        continue;
      if (actions[i][2] != NULL)
        gtk_widget_activate_action (GTK_WIDGET (window), actions[i][0], "(ss)", actions[i][1], actions[i][2]);
      else if (actions[i][1] != NULL)
        gtk_widget_activate_action (GTK_WIDGET (window), actions[i][0], "s", actions[i][1]);
      else
        gtk_widget_activate_action (GTK_WIDGET (window), actions[i][0], NULL);
      qd_ui_settle (window);
    }
  qd_heart_stop (&heart, "turning pages");
  qd_ui_close (window);
}

/* --- all customers at once --- */

/* A change of so many takes long enough to be cancelled in between. */
#define MANY_ACCOUNTS 20000

/* The place where the customers of the last month are. */
static char *
dup_rows (QdSession *session)
{
  const QdScope *scope = qd_snapshot_get_scope (qd_session_get_snapshot (session));

  return g_strdup_printf ("mrr@%04d-%02d..%04d-%02d", qd_month_get_year (scope->as_of - 1),
                          qd_month_get_number (scope->as_of - 1), qd_month_get_year (scope->as_of),
                          qd_month_get_number (scope->as_of));
}

static void
wait_for_rows (QdMainWindow *window,
               QdTableView  *view)
{
  qd_ui_settle (window);
  qd_ui_wait_while (qd_table_view_is_busy (view));
}

/* Those that are selected, by the dialog. */
static QdJob *
change_all (QdMainWindow *window,
            QdTableView  *view,
            const char   *value)
{
  GListModel *jobs = qd_session_get_jobs (qd_main_window_get_session (window));
  QdBulkDialog *dialog;
  g_autoptr (QdJob) job = NULL;

  gtk_widget_activate_action (GTK_WIDGET (view), "win.edit-customers", NULL);
  dialog = QD_BULK_DIALOG (qd_ui_find_window (QD_TYPE_BULK_DIALOG));
  g_assert_nonnull (dialog);
  qd_ui_wait_while (qd_bulk_dialog_is_busy (dialog));
  gtk_editable_set_text (GTK_EDITABLE (qd_ui_find (GTK_WIDGET (dialog), ADW_TYPE_ENTRY_ROW, NULL)), value);
  qd_ui_wait_while (qd_bulk_dialog_is_busy (dialog));
  qd_ui_shoot (GTK_WIDGET (dialog), "responsive-bulk");
  g_assert_true (gtk_widget_activate (gtk_window_get_default_widget (GTK_WINDOW (dialog))));
  qd_ui_wait_while (g_list_model_get_n_items (jobs) == 0);
  job = g_list_model_get_item (jobs, 0);
  g_assert_cmpstr (qd_job_get_title (job), ==, "Changing customers");
  return g_steal_pointer (&job);
}

/* What the last customer of the list has. */
static char *
dup_csm (QdTableView *view,
         QdWorkspace *workspace)
{
  QdTable *table = qd_table_view_get_table (view);
  guint row = qd_table_view_get_row_at (view, qd_table_view_get_n_visible (view) - 1);
  const char *account = qd_table_get_text (table, row, (guint) qd_table_find_column (table, "account"));
  g_autoptr (QdTable) record = qd_workspace_get_account (workspace, account, NULL);

  for (guint i = 0; i < qd_table_get_n_rows (record); i++)
    if (strcmp (qd_table_get_text (record, i, 0), "csm") == 0)
      return g_strdup (qd_table_get_text (record, i, 2));
  g_error ("no CSM");
}

static void
assert_csm (QdTableView *view,
            QdWorkspace *workspace,
            const char  *expected)
{
  g_autofree char *value = dup_csm (view, workspace);

  g_assert_cmpstr (value, ==, expected);
}

/* A number as people read it: grouped. */
static guint
read_count (const char *text)
{
  g_auto (GStrv) groups = g_strsplit (text, "\u202f", -1);
  g_autofree char *digits = g_strjoinv (NULL, groups);

  for (guint i = 1; groups[i] != NULL; i++)
    g_assert_cmpuint (strlen (groups[i]), ==, 3);
  g_assert_cmpuint (strlen (groups[0]), <=, 3);
  return (guint) strtoul (digits, NULL, 10);
}

static GtkWindow *
find_preview (void)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWindow) top = g_list_model_get_item (toplevels, i);

      if (g_strcmp0 (gtk_window_get_title (top), "Print Preview") == 0)
        return top;
    }
  return NULL;
}

/* As early as it can be. */
static void
cancel_first_cb (GListModel *jobs,
                 guint       position,
                 guint       removed,
                 guint       added)
{
  g_autoptr (QdJob) job = added > 0 ? g_list_model_get_item (jobs, position) : NULL;

  if (job != NULL)
    qd_job_cancel (job);
}

/* One attribute of every customer: changed, cancelled, undone and redone, each in one step, and the window goes on. */
static void
test_bulk (void)
{
  guint n_accounts = get_size ("QD_RESPONSIVE_ACCOUNTS", 1200);
  QdMainWindow *window = qd_ui_open_sample (n_accounts);
  QdSession *session = qd_main_window_get_session (window);
  QdWorkspace *workspace = qd_session_get_workspace (session);
  g_autofree char *rows = dup_rows (session);
  g_autofree char *before = NULL;
  GtkWindow *preview;
  GtkWidget *pages;
  GListModel *jobs = qd_session_get_jobs (session);
  QdTableView *view;
  QdJob *job;
  QdHeart heart;
  gint64 entry;
  guint n, n_pages;

  qd_ui_state_set_text ("edit-customers", "attribute", "csm");
  qd_heart_start (&heart);
  qd_session_go (session, "rows", rows, NULL);
  qd_ui_settle (window);
  view = qd_page_get_table (qd_main_window_get_page (window));
  wait_for_rows (window, view);
  n = qd_table_view_get_n_visible (view);
  g_assert_cmpuint (n, >, n_accounts / 2);
  gtk_widget_activate_action (GTK_WIDGET (view), "table.select-all", NULL);
  wait_for_rows (window, view);
  qd_heart_stop (&heart, "the rows of all customers");

  /* on paper: more than a thousand pages of a large company, of which one is seen */
  gtk_widget_grab_focus (GTK_WIDGET (view));
  qd_heart_start (&heart);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.print-preview", NULL);
  qd_ui_wait_while ((preview = find_preview ()) == NULL || !gtk_widget_get_mapped (GTK_WIDGET (preview)));
  for (guint i = 0; i < 10; i++)
    {
      gtk_widget_queue_draw (GTK_WIDGET (preview));
      gtk_test_widget_wait_for_draw (GTK_WIDGET (preview));
    }
  qd_heart_stop (&heart, "the print preview");
  pages = qd_ui_find_label (GTK_WIDGET (preview), "Page 1 of ");
  g_assert_nonnull (pages);
  n_pages = read_count (gtk_label_get_text (GTK_LABEL (pages)) + strlen ("Page 1 of "));
  g_assert_cmpuint (n_pages, >=, n / 40); /* rows of a page */
  g_assert_cmpuint (n_pages, <=, n / 10);
  gtk_window_close (preview);

  before = dup_csm (view, workspace);
  entry = qd_workspace_find_undo (workspace, NULL, NULL);
  qd_heart_start (&heart);
  if (n < MANY_ACCOUNTS)
    g_signal_connect (jobs, "items-changed", G_CALLBACK (cancel_first_cb), NULL);
  job = change_all (window, view, "Zoe Zeppelin");
  qd_ui_wait_while (n >= MANY_ACCOUNTS && qd_job_get_fraction (job) < 0.3);
  g_signal_handlers_disconnect_by_func (jobs, cancel_first_cb, NULL);
  qd_job_cancel (job);
  qd_ui_wait_while (qd_job_get_state (job) == QD_JOB_RUNNING);
  g_object_unref (job);
  qd_heart_stop (&heart, "a change that is cancelled");
  g_assert_cmpint (qd_workspace_find_undo (workspace, NULL, NULL), ==, entry);
  assert_csm (view, workspace, before);
  qd_ui_wait_while (g_list_model_get_n_items (jobs) > 0);

  qd_heart_start (&heart);
  job = change_all (window, view, "Zoe Zeppelin");
  qd_ui_wait_while (qd_job_get_state (job) == QD_JOB_RUNNING);
  g_object_unref (job);
  qd_ui_wait_while (qd_ui_find_label (GTK_WIDGET (window), "accounts: CSM set to “Zoe Zeppelin”") == NULL);
  wait_for_rows (window, view);
  qd_heart_stop (&heart, "a change of all customers");
  assert_csm (view, workspace, "Zoe Zeppelin");
  g_assert_cmpint (qd_workspace_find_undo (workspace, NULL, NULL), >, entry);

  for (int redo = 0; redo < 2; redo++)
    {
      qd_heart_start (&heart);
      gtk_widget_activate_action (GTK_WIDGET (view), redo ? "win.redo" : "win.undo", NULL);
      qd_ui_wait_while (qd_ui_find_label (GTK_WIDGET (window), redo ? "Redone: " : "Undone: ") == NULL);
      wait_for_rows (window, view);
      qd_heart_stop (&heart, redo ? "redo" : "undo");
      assert_csm (view, workspace, redo ? "Zoe Zeppelin" : before);
    }
  g_assert_cmpuint (qd_table_view_get_n_visible (view), ==, n);
  qd_ui_close (window);
}

/* --- printing --- */

static GtkWindow *
find_print_dialog (void)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWindow) top = g_list_model_get_item (toplevels, i);

      if (g_str_equal (G_OBJECT_TYPE_NAME (top), "GtkPrintUnixDialog") && gtk_widget_get_mapped (GTK_WIDGET (top)))
        return top;
    }
  return NULL;
}

/* A long table goes to the printer page by page, as a job that can be cancelled. */
static void
test_print (void)
{
  QdMainWindow *window = qd_ui_open_sample (get_size ("QD_RESPONSIVE_ACCOUNTS", 1200));
  QdSession *session = qd_main_window_get_session (window);
  GListModel *jobs = qd_session_get_jobs (session);
  g_autofree char *place = dup_rows (session), *folder = qd_ui_dup_path (".");

  /* into a file where the program stands; it would ask before it wrote over one */
  g_object_set (gtk_settings_get_default (), "gtk-print-backends", "file", NULL);
  g_assert_cmpint (g_chdir (folder), ==, 0);
  qd_session_go (session, "rows", place, NULL);
  qd_ui_settle (window);
  for (int cancelled = 0; cancelled < 2; cancelled++)
    {
      g_autoptr (QdJob) job = NULL;
      GtkSelectionModel *printers;
      GtkWindow *dialog;
      QdHeart heart;

      gtk_widget_activate_action (GTK_WIDGET (window), "win.print", NULL);
      qd_ui_wait_while ((dialog = find_print_dialog ()) == NULL);
      printers = gtk_column_view_get_model (GTK_COLUMN_VIEW (qd_ui_find (GTK_WIDGET (dialog), GTK_TYPE_COLUMN_VIEW, NULL)));
      qd_ui_wait_while (g_list_model_get_n_items (G_LIST_MODEL (printers)) == 0);
      gtk_selection_model_select_item (printers, 0, TRUE);
      g_signal_emit_by_name (dialog, "response", GTK_RESPONSE_OK);
      qd_ui_wait_while (g_list_model_get_n_items (jobs) == 0);
      qd_heart_start (&heart);
      job = g_list_model_get_item (jobs, 0);
      g_assert_cmpstr (qd_job_get_title (job), ==, "Printing");
      qd_ui_wait_while (qd_job_get_fraction (job) < 0.1);
      if (cancelled)
        qd_job_cancel (job);
      qd_ui_wait_while (qd_job_get_state (job) == QD_JOB_RUNNING);
      g_assert_cmpint (qd_job_get_state (job), ==, cancelled ? QD_JOB_CANCELLED : QD_JOB_DONE);
      qd_ui_wait_while (g_list_model_get_n_items (jobs) > 0);
      qd_heart_stop (&heart, cancelled ? "printing that is cancelled" : "printing");
      g_assert_true (cancelled || g_file_test ("output.pdf", G_FILE_TEST_EXISTS));
      g_unlink ("output.pdf");
    }
  qd_ui_close (window);
}

int
main (int    argc,
      char **argv)
{
  qd_ui_test_init (&argc, &argv);
  g_test_add_func ("/ui/responsive/pages", test_pages);
  g_test_add_func ("/ui/responsive/import", test_import);
  g_test_add_func ("/ui/responsive/bulk", test_bulk);
  g_test_add_func ("/ui/responsive/print", test_print);
  return g_test_run ();
}
