/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What comes twice, at the same time, or when nobody waits for it any more.
 * The store's thread is held up, so that the order is the same every time.
 */
#include "ui-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#include "data/workspace/qd-workspace-edit.h"
#include "ui/compat/qd-confirm.h"
#include "ui/dialogs/import/qd-import-assistant.h"
#include "ui/widgets/qd-record-list.h"
#include "ui/window/qd-main-window-private.h"

/* Holds the thread of a store until it is let go. */
typedef struct
{
  GMutex mutex;
  GCond cond;
  gboolean holding, let_go;
} Hold;

static gboolean
hold_cb (QdDb    *db,
         gpointer data,
         QdJob   *job,
         GError **error)
{
  Hold *hold = data;

  g_mutex_lock (&hold->mutex);
  hold->holding = TRUE;
  g_cond_broadcast (&hold->cond);
  while (!hold->let_go)
    g_cond_wait (&hold->cond, &hold->mutex);
  g_mutex_unlock (&hold->mutex);
  return TRUE;
}

static void
hold_up (Hold        *hold,
         QdWorkspace *workspace)
{
  g_mutex_init (&hold->mutex);
  g_cond_init (&hold->cond);
  hold->holding = hold->let_go = FALSE;
  qd_store_run_async (qd_workspace_get_store (workspace), QD_STORE_PRIORITY_EDIT, hold_cb, hold, NULL, NULL, NULL, NULL);
  g_mutex_lock (&hold->mutex);
  while (!hold->holding)
    g_cond_wait (&hold->cond, &hold->mutex);
  g_mutex_unlock (&hold->mutex);
}

static gpointer
let_go (gpointer data)
{
  Hold *hold = data;

  g_mutex_lock (&hold->mutex);
  hold->let_go = TRUE;
  g_cond_broadcast (&hold->cond);
  g_mutex_unlock (&hold->mutex);
  return NULL;
}

/* The main loop goes on for so long. */
static void
wait_ms (guint ms)
{
  gint64 end = g_get_monotonic_time () + ms * 1000;

  while (g_get_monotonic_time () < end)
    qd_ui_iterate ();
}

static QdWorkspace *
get_workspace (QdMainWindow *window)
{
  return qd_session_get_workspace (qd_main_window_get_session (window));
}

static void
set_view (QdWorkspace *workspace,
          const char  *value)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (qd_workspace_set_setting (workspace, "view:test", value, NULL, NULL, &error));
  g_assert_no_error (error);
}

static void
activate (QdMainWindow *window,
          const char   *name)
{
  g_action_group_activate_action (G_ACTION_GROUP (window), name, NULL);
}

static gboolean
has_jobs (QdMainWindow *window)
{
  return g_list_model_get_n_items (qd_session_get_jobs (qd_main_window_get_session (window))) > 0;
}

static guint
count_windows (GType type)
{
  GListModel *windows = gtk_window_get_toplevels ();
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      n += g_type_is_a (G_OBJECT_TYPE (window), type);
    }
  return n;
}

/* Ctrl+Z twice, the second before the first is done, takes two changes back. */
static void
test_undo_twice (void)
{
  QdMainWindow *window = qd_ui_open_sample (20);
  QdWorkspace *workspace = get_workspace (window);
  g_autofree char *value = NULL;
  Hold hold;

  set_view (workspace, "one");
  set_view (workspace, "two");
  set_view (workspace, "three");
  qd_ui_settle (window);
  hold_up (&hold, workspace);
  activate (window, "undo");
  activate (window, "undo");
  wait_ms (100);
  let_go (&hold);
  qd_ui_wait_while (has_jobs (window));
  value = qd_workspace_get_setting (workspace, "view:test", NULL);
  g_assert_cmpstr (value, ==, "one");
  g_free (value);
  hold_up (&hold, workspace);
  activate (window, "redo");
  activate (window, "redo");
  wait_ms (100);
  let_go (&hold);
  qd_ui_wait_while (has_jobs (window));
  value = qd_workspace_get_setting (workspace, "view:test", NULL);
  g_assert_cmpstr (value, ==, "three");
  qd_ui_close (window);
}

/* The window is closed while something for it runs. */
static void
test_closed_before_done (void)
{
  static const char *const actions[] = { "checkpoint", "undo" };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      QdMainWindow *window = qd_ui_open_sample (20);
      QdWorkspace *workspace = g_object_ref (get_workspace (window));
      Hold hold;

      set_view (workspace, "one");
      qd_ui_settle (window);
      hold_up (&hold, workspace);
      activate (window, actions[i]);
      wait_ms (50);
      gtk_window_destroy (GTK_WINDOW (window));
      let_go (&hold);
      wait_ms (300);
      g_object_unref (workspace);
    }
}

/* What was asked for just before the window is closed, or the program is left, is done before it is gone. */
static void
test_left_before_done (void)
{
  for (guint i = 0; i < 2; i++)
    {
      QdMainWindow *window = qd_ui_open_sample (20);
      QdWorkspace *workspace = g_object_ref (get_workspace (window));
      g_autoptr (QdBook) book = qd_workspace_get_book (workspace, NULL, NULL);
      g_autofree char *value = NULL;
      Hold hold;

      set_view (workspace, "one");
      set_view (workspace, "two");
      qd_ui_settle (window);
      hold_up (&hold, workspace);
      activate (window, "undo");
      wait_ms (50); /* it waits before the edit does */
      gtk_widget_activate_action (GTK_WIDGET (window), "win.edit-account", "(sss)", qd_book_get_account_id (book, 0), "name",
                                  "Closed & Left");
      if (i == 0)
        gtk_window_close (GTK_WINDOW (window));
      else
        g_action_group_activate_action (G_ACTION_GROUP (qd_ui_get_application ()), "quit", NULL);
      wait_ms (100);
      g_assert_cmpuint (count_windows (QD_TYPE_MAIN_WINDOW), ==, 1); /* the program goes on */
      g_assert_false (gtk_widget_get_visible (GTK_WIDGET (window)));
      let_go (&hold);
      qd_ui_wait_while (count_windows (QD_TYPE_MAIN_WINDOW) > 0);
      value = qd_workspace_get_setting (workspace, "view:test", NULL);
      g_assert_cmpstr (value, ==, "one");
      g_clear_pointer (&value, g_free);
      g_assert_true (qd_workspace_find_undo (workspace, &value, NULL) > 0);
      g_assert_nonnull (strstr (value, "Closed & Left"));
      g_object_unref (workspace);
    }
}

/* A window that was left for good comes back to say what failed; or because somebody wants it again. */
static void
test_left_and_back (void)
{
  QdMainWindow *window = qd_ui_open_sample (20);
  Hold hold;

  qd_ui_settle (window);
  hold_up (&hold, get_workspace (window));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.edit-account", "(sss)", "nobody", "name", "x");
  gtk_window_close (GTK_WINDOW (window));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (window)));
  let_go (&hold);
  qd_ui_wait_while (qd_ui_find_window (ADW_TYPE_MESSAGE_DIALOG) == NULL);
  wait_ms (100);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (window)));
  gtk_window_destroy (qd_ui_find_window (ADW_TYPE_MESSAGE_DIALOG));

  hold_up (&hold, get_workspace (window));
  activate (window, "checkpoint");
  gtk_window_close (GTK_WINDOW (window));
  qd_application_open_path (qd_ui_get_application (), NULL, qd_main_window_get_path (window));
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (window)));
  let_go (&hold);
  qd_ui_wait_while (has_jobs (window));
  wait_ms (100);
  g_assert_true (QD_IS_MAIN_WINDOW (window) && gtk_widget_get_visible (GTK_WIDGET (window)));
  qd_ui_close (window);
}

/* Cancel comes when the page is computed, but not yet shown. */
static void
test_cancel_late (void)
{
  QdMainWindow *window = qd_ui_open_sample (20);
  QdPage *page = qd_main_window_get_page (window);

  qd_page_refresh (page);
  g_assert_true (qd_page_is_busy (page));
  g_usleep (500 * 1000); /* the worker is done, this thread was not told */
  gtk_widget_activate_action (GTK_WIDGET (page), "page.cancel", NULL);
  qd_ui_wait_while (qd_page_is_busy (page));
  gtk_widget_activate_action (GTK_WIDGET (page), "page.refresh", NULL);
  qd_ui_settle (window);
  qd_ui_close (window);
}

/* Closed and opened again at once: what the old window still computes does not hold the file. */
static void
test_reopen (void)
{
  QdMainWindow *window = qd_ui_open_sample (20);
  g_autofree char *path = g_strdup (qd_main_window_get_path (window));
  QdWorkspace *workspace = get_workspace (window);
  g_autoptr (GThread) thread = NULL;
  Hold hold;

  set_view (workspace, "one");
  hold_up (&hold, workspace);
  wait_ms (50);
  g_assert_true (qd_page_is_busy (qd_main_window_get_page (window)));
  gtk_window_destroy (GTK_WINDOW (window));
  qd_application_open_path (qd_ui_get_application (), NULL, path);
  wait_ms (200);
  window = qd_application_get_window (qd_ui_get_application ());
  g_assert_nonnull (window);
  thread = g_thread_new ("let go", let_go, &hold);
  qd_ui_wait_while (qd_main_window_get_path (window) != NULL && qd_main_window_get_session (window) == NULL);
  g_thread_join (g_steal_pointer (&thread));
  g_assert_nonnull (qd_main_window_get_session (window));
  qd_ui_settle (window);
  qd_ui_close (window);
}

/* Import pressed twice, and a file dropped while the assistant is there, is one assistant. */
static void
test_import_twice (void)
{
  QdMainWindow *window = qd_ui_open_sample (20);

  activate (window, "import");
  activate (window, "import");
  g_assert_cmpuint (count_windows (QD_TYPE_IMPORT_ASSISTANT), ==, 1);
  qd_ui_close (window);
}

/* The glossary is closed before its values are there. */
static void
test_glossary_closed (void)
{
  QdMainWindow *window = qd_ui_open_sample (20);
  Hold hold;

  set_view (get_workspace (window), "one");
  hold_up (&hold, get_workspace (window));
  activate (window, "glossary");
  gtk_window_destroy (qd_ui_find_window (ADW_TYPE_WINDOW));
  let_go (&hold);
  wait_ms (300);
  qd_ui_settle (window);
  qd_ui_close (window);
}

static void
asked_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_assert_false (qd_confirm_finish (result));
  *(gboolean *) data = TRUE;
}

/* Nothing that stands in front of a window stays behind when it is closed; who asked is answered. */
static void
test_closed_with_dialogs (void)
{
  const QdConfirm question = { .heading = "Sure?", .body = "Really?", .accept = "_Yes" };
  QdMainWindow *window = qd_ui_open_sample (20);
  gboolean answered = FALSE;

  activate (window, "palette");
  qd_ui_wait_while (count_windows (GTK_TYPE_WINDOW) < 2);
  qd_confirm_async (&question, qd_ui_find_window (ADW_TYPE_WINDOW), NULL, asked_cb, &answered);
  g_assert_cmpuint (count_windows (GTK_TYPE_WINDOW), ==, 3);
  gtk_window_close (GTK_WINDOW (window));
  qd_ui_wait_while (!answered || count_windows (GTK_TYPE_WINDOW) > 0);
}

/* The assistant is closed before the rows that do not fit are saved. */
static void
test_assistant_closed (void)
{
  QdMainWindow *window = qd_ui_open_sample (20);
  g_autofree char *path = qd_ui_dup_path ("odd.csv");
  g_autofree char *out = qd_ui_dup_path ("left-out.csv");
  QdImportAssistant *assistant;
  Hold hold;

  g_assert_true (g_file_set_contents (path, "line_id,account_id,start,mrr\nL1,Q1,2024-01-01,5\nL2,Q2,soon,5\n", -1, NULL));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.import-file", "s", path);
  assistant = QD_IMPORT_ASSISTANT (qd_ui_find_window (QD_TYPE_IMPORT_ASSISTANT));
  qd_ui_wait_while (qd_import_assistant_is_busy (assistant));
  for (guint i = 0; i < 8 && qd_import_assistant_get_step (assistant) != QD_IMPORT_CHECK; i++)
    {
      gtk_widget_activate_action (GTK_WIDGET (assistant), "import.next", NULL);
      qd_ui_wait_while (qd_import_assistant_is_busy (assistant));
    }
  g_assert_cmpint (qd_import_assistant_get_step (assistant), ==, QD_IMPORT_CHECK);
  gtk_widget_activate_action (GTK_WIDGET (assistant), "import.save-rejected", NULL);
  qd_ui_answer_file (out);
  hold_up (&hold, get_workspace (window));
  wait_ms (100);
  gtk_window_destroy (GTK_WINDOW (assistant));
  let_go (&hold);
  qd_ui_wait_while (has_jobs (window) || !g_file_test (out, G_FILE_TEST_EXISTS));
  qd_ui_close (window);
}

/* An assistant whose import waits for @hold. */
static QdImportAssistant *
start_import (QdMainWindow *window,
              Hold         *hold)
{
  g_autofree char *path = qd_ui_dup_path ("fine.csv");
  QdImportAssistant *assistant;

  g_assert_true (g_file_set_contents (path, "line_id,account_id,start,mrr\nNEW1,Q1,2024-01-01,5\n", -1, NULL));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.import-file", "s", path);
  assistant = QD_IMPORT_ASSISTANT (qd_ui_find_window (QD_TYPE_IMPORT_ASSISTANT));
  qd_ui_wait_while (qd_import_assistant_is_busy (assistant));
  for (guint i = 0; i < 8 && qd_import_assistant_get_step (assistant) != QD_IMPORT_EFFECT; i++)
    {
      gtk_widget_activate_action (GTK_WIDGET (assistant), "import.next", NULL);
      qd_ui_wait_while (qd_import_assistant_is_busy (assistant));
    }
  g_assert_cmpint (qd_import_assistant_get_step (assistant), ==, QD_IMPORT_EFFECT);
  hold_up (hold, get_workspace (window));
  gtk_widget_activate_action (GTK_WIDGET (assistant), "import.next", NULL);
  wait_ms (50);
  g_assert_true (qd_import_assistant_is_busy (assistant));
  return assistant;
}

static guint
count_imports (QdWorkspace *workspace)
{
  g_autoptr (QdTable) imports = qd_workspace_get_imports (workspace, NULL);

  return qd_table_get_n_rows (imports);
}

static AdwMessageDialog *
get_question (void)
{
  GtkWindow *dialog = qd_ui_find_window (ADW_TYPE_MESSAGE_DIALOG);

  g_assert_nonnull (dialog);
  g_assert_cmpstr (adw_message_dialog_get_heading (ADW_MESSAGE_DIALOG (dialog)), ==, "An Import Is Running");
  return ADW_MESSAGE_DIALOG (dialog);
}

static void
leave (QdMainWindow *window,
       gboolean      quit)
{
  if (quit)
    g_action_group_activate_action (G_ACTION_GROUP (qd_ui_get_application ()), "quit", NULL);
  else
    gtk_window_close (GTK_WINDOW (window));
  wait_ms (50);
}

/* Whoever closes the window or quits while a file is being imported is asked: half an import is none. */
static void
test_left_while_importing (void)
{
  for (guint quit = 0; quit < 2; quit++)
    {
      QdMainWindow *window = qd_ui_open_sample (20);
      g_autoptr (QdWorkspace) workspace = g_object_ref (get_workspace (window));
      guint before = count_imports (workspace);
      QdImportAssistant *assistant;
      Hold hold;

      /* Kept: the import goes on, and its result is seen. */
      assistant = start_import (window, &hold);
      leave (window, quit);
      leave (window, quit); /* asked once */
      g_assert_cmpuint (count_windows (ADW_TYPE_MESSAGE_DIALOG), ==, 1);
      qd_ui_shoot (GTK_WIDGET (get_question ()), quit ? "quit-importing" : "close-importing");
      qd_ui_answer_question (FALSE);
      let_go (&hold);
      qd_ui_wait_while (qd_import_assistant_is_busy (assistant));
      g_assert_cmpint (qd_import_assistant_get_step (assistant), ==, QD_IMPORT_RESULT);
      g_assert_cmpuint (count_imports (workspace), ==, before + 1);
      gtk_widget_activate_action (GTK_WIDGET (assistant), "import.undo", NULL);
      qd_ui_wait_while (has_jobs (window) || qd_ui_find_window (QD_TYPE_IMPORT_ASSISTANT) != NULL);

      /* It ends before the answer: there is nothing to ask any more. */
      assistant = start_import (window, &hold);
      leave (window, quit);
      get_question ();
      let_go (&hold);
      qd_ui_wait_while (qd_import_assistant_is_busy (assistant) || qd_ui_find_window (ADW_TYPE_MESSAGE_DIALOG) != NULL);
      g_assert_true (gtk_widget_get_visible (GTK_WIDGET (window)));
      g_assert_cmpint (qd_import_assistant_get_step (assistant), ==, QD_IMPORT_RESULT);
      g_assert_cmpuint (count_imports (workspace), ==, before + 2);
      gtk_widget_activate_action (GTK_WIDGET (assistant), "import.undo", NULL);
      qd_ui_wait_while (has_jobs (window) || qd_ui_find_window (QD_TYPE_IMPORT_ASSISTANT) != NULL);

      /* Stopped in the assistant: it says so, and stays for another try. */
      assistant = start_import (window, &hold);
      gtk_widget_activate_action (GTK_WIDGET (assistant), "import.cancel", NULL);
      let_go (&hold);
      qd_ui_wait_while (qd_ui_find_label (GTK_WIDGET (assistant), "Import stopped: nothing was imported") == NULL);
      g_assert_cmpint (qd_import_assistant_get_step (assistant), ==, QD_IMPORT_EFFECT);
      g_assert_cmpuint (count_imports (workspace), ==, before + 2);
      gtk_window_close (GTK_WINDOW (assistant));
      qd_ui_wait_while (qd_ui_find_window (QD_TYPE_IMPORT_ASSISTANT) != NULL);

      /* Given up: nothing of the file is there, and the window goes. */
      start_import (window, &hold);
      leave (window, quit);
      qd_ui_answer_question (TRUE);
      wait_ms (50);
      let_go (&hold);
      qd_ui_wait_while (count_windows (GTK_TYPE_WINDOW) > 0);
      g_assert_cmpuint (count_imports (workspace), ==, before + 2);
    }
}

static QdTable *
make_record (const char *name)
{
  static const QdColumn columns[] = {
    { "field", "Field", QD_COLUMN_TEXT },   { "title", "Title", QD_COLUMN_TEXT },   { "value", "Value", QD_COLUMN_TEXT },
    { "type", "Type", QD_COLUMN_TEXT },     { "custom", "Custom", QD_COLUMN_TEXT }, { "required", "Required", QD_COLUMN_TEXT },
  };
  const char *const cells[] = { "name", "Name", name, "text", "no", "no" };
  QdTable *table = qd_table_new ("record", "USD", columns, G_N_ELEMENTS (columns));

  for (gsize i = 0; i < G_N_ELEMENTS (cells); i++)
    qd_table_add_text (table, cells[i]);
  qd_table_end_row (table);
  return table;
}

/* What is typed on after a value was applied stays when that value comes back. */
static void
test_typed_on (void)
{
  g_autoptr (GtkWidget) list = g_object_ref_sink (qd_record_list_new ());
  g_autoptr (QdTable) before = make_record ("Acme");
  g_autoptr (QdTable) after = make_record ("Acme & Sons");
  GtkWidget *row;

  qd_record_list_set_record (QD_RECORD_LIST (list), before, 0, 1);
  row = qd_ui_find (list, ADW_TYPE_ENTRY_ROW, NULL);
  gtk_editable_set_text (GTK_EDITABLE (row), "Acme & Sons");
  g_signal_emit_by_name (row, "apply");
  gtk_editable_set_text (GTK_EDITABLE (row), "Acme & Sons, Ltd");
  qd_record_list_set_record (QD_RECORD_LIST (list), after, 0, 1);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (row)), ==, "Acme & Sons, Ltd");
  /* what was only applied becomes what is stored, however that is written */
  g_signal_emit_by_name (row, "apply");
  qd_record_list_set_record (QD_RECORD_LIST (list), before, 0, 1);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (row)), ==, "Acme");
}

int
main (int    argc,
      char **argv)
{
  qd_ui_test_init (&argc, &argv);
  g_test_add_func ("/ui/races/undo-twice", test_undo_twice);
  g_test_add_func ("/ui/races/closed-before-done", test_closed_before_done);
  g_test_add_func ("/ui/races/left-before-done", test_left_before_done);
  g_test_add_func ("/ui/races/left-and-back", test_left_and_back);
  g_test_add_func ("/ui/races/cancel-late", test_cancel_late);
  g_test_add_func ("/ui/races/reopen", test_reopen);
  g_test_add_func ("/ui/races/import-twice", test_import_twice);
  g_test_add_func ("/ui/races/glossary-closed", test_glossary_closed);
  g_test_add_func ("/ui/races/assistant-closed", test_assistant_closed);
  g_test_add_func ("/ui/races/left-while-importing", test_left_while_importing);
  g_test_add_func ("/ui/races/closed-with-dialogs", test_closed_with_dialogs);
  g_test_add_func ("/ui/races/typed-on", test_typed_on);
  return g_test_run ();
}
