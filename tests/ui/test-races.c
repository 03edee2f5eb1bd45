/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What comes twice, at the same time, or when nobody waits for it any more.
 * The store's thread is held up, so that the order is the same every time.
 */
#include "ui-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#include "data/workspace/qd-workspace-edit.h"
#include "ui/dialogs/import/qd-import-assistant.h"
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

int
main (int    argc,
      char **argv)
{
  qd_ui_test_init (&argc, &argv);
  g_test_add_func ("/ui/races/undo-twice", test_undo_twice);
  g_test_add_func ("/ui/races/closed-before-done", test_closed_before_done);
  g_test_add_func ("/ui/races/cancel-late", test_cancel_late);
  g_test_add_func ("/ui/races/reopen", test_reopen);
  g_test_add_func ("/ui/races/import-twice", test_import_twice);
  return g_test_run ();
}
