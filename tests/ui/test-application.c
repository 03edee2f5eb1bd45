/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The application: opening, making and keeping workspaces; windows; what is
 * remembered until the next start.
 */
#include "ui-fixture.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#include "ui/dialogs/new/qd-new-dialog.h"
#include "ui/widgets/qd-ui-state.h"
#include "ui/window/qd-main-window-private.h"

static QdMainWindow *
get_window (void)
{
  return qd_application_get_window (qd_ui_get_application ());
}

static guint
count_windows (void)
{
  return g_list_length (gtk_application_get_windows (GTK_APPLICATION (qd_ui_get_application ())));
}

static void
close_all (void)
{
  GList *windows;

  while ((windows = gtk_application_get_windows (GTK_APPLICATION (qd_ui_get_application ()))) != NULL)
    gtk_window_destroy (windows->data);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
activate (const char *name,
          GVariant   *parameter)
{
  g_action_group_activate_action (G_ACTION_GROUP (qd_ui_get_application ()), name, parameter);
}

/* A new workspace file, closed. (transfer full) */
static char *
make_file (const char *name)
{
  g_autoptr (GError) error = NULL;
  char *path = qd_ui_dup_path (name);
  const QdStoreSettings settings = { NULL, "EUR", 4 };
  QdWorkspace *workspace = qd_workspace_create (path, &settings, &error);

  g_assert_no_error (error);
  g_object_unref (workspace);
  return path;
}

/* What tests before this one left open. */
static void
forget_others (void)
{
  g_ptr_array_unref (qd_main_window_take_open ());
}

/* The window whose workspace has been opened. */
static QdMainWindow *
find_window (const char *path)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (qd_ui_get_application ())); l != NULL; l = l->next)
    if (g_strcmp0 (qd_main_window_get_path (l->data), path) == 0 && qd_main_window_get_session (l->data) != NULL)
      return l->data;
  return NULL;
}

static void
open_file (const char *path)
{
  qd_application_open_path (qd_ui_get_application (), NULL, path);
  qd_ui_wait_while (get_window () == NULL || qd_main_window_get_session (get_window ()) == NULL);
}

static void
test_same_file_once (void)
{
  g_autofree char *path = make_file ("once.quarterdeck");
  g_autofree char *other = make_file ("other.quarterdeck");
  g_autofree char *link_path = qd_ui_dup_path ("link.quarterdeck");

  open_file (path);
  g_assert_cmpuint (count_windows (), ==, 1);
  qd_application_open_path (qd_ui_get_application (), NULL, path);
  g_assert_cmpuint (count_windows (), ==, 1);
  g_assert_cmpint (symlink (path, link_path), ==, 0);
  qd_application_open_path (qd_ui_get_application (), NULL, link_path);
  g_assert_cmpuint (count_windows (), ==, 1);
  qd_application_open_path (qd_ui_get_application (), NULL, other);
  g_assert_cmpuint (count_windows (), ==, 2);
  close_all ();
}

static void
test_free_window (void)
{
  g_autofree char *path = make_file ("free.quarterdeck");

  activate ("new-window", NULL);
  g_assert_cmpuint (count_windows (), ==, 1);
  g_assert_null (qd_main_window_get_path (get_window ()));
  open_file (path);
  g_assert_cmpuint (count_windows (), ==, 1);
  g_assert_cmpstr (qd_main_window_get_path (get_window ()), ==, path);
  close_all ();
}

static void
wait_for_problem (void)
{
  qd_ui_wait_while (g_strcmp0 (gtk_stack_get_visible_child_name (get_window ()->outside), "problem") != 0);
}

/* Quitting is not closing: all windows come back, the one used last in front; a window that was closed does not. */
static void
test_restore_windows (void)
{
  static const char *const names[] = { "first.quarterdeck", "second.quarterdeck", "third.quarterdeck" };
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);

  forget_others ();
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_ptr_array_add (paths, make_file (names[i]));
      open_file (paths->pdata[i]);
      qd_ui_wait_while (find_window (paths->pdata[i]) == NULL);
    }
  g_assert_cmpuint (count_windows (), ==, 3);
  gtk_window_close (GTK_WINDOW (find_window (paths->pdata[1])));
  g_assert_cmpuint (count_windows (), ==, 2);
  activate ("quit", NULL);
  close_all ();
  qd_ui_state_reload ();

  g_application_activate (G_APPLICATION (qd_ui_get_application ()));
  qd_ui_wait_while (find_window (paths->pdata[0]) == NULL || find_window (paths->pdata[2]) == NULL);
  g_assert_cmpuint (count_windows (), ==, 2);
  g_assert_null (find_window (paths->pdata[1]));

  /* the last window ends the program: only it comes back */
  gtk_window_close (GTK_WINDOW (find_window (paths->pdata[0])));
  gtk_window_close (GTK_WINDOW (find_window (paths->pdata[2])));
  close_all ();
  qd_ui_state_reload ();
  g_application_activate (G_APPLICATION (qd_ui_get_application ()));
  qd_ui_wait_while (find_window (paths->pdata[2]) == NULL);
  g_assert_cmpuint (count_windows (), ==, 1);
  close_all ();
}

static void
test_missing (void)
{
  g_autofree char *path = qd_ui_dup_path ("nowhere.quarterdeck");
  GtkWidget *button;

  qd_application_open_path (qd_ui_get_application (), NULL, path);
  wait_for_problem ();
  g_assert_null (qd_main_window_get_path (get_window ()));
  g_assert_nonnull (qd_ui_find_label (GTK_WIDGET (get_window ()), "This Workspace Is Not There"));
  button = qd_ui_find (GTK_WIDGET (get_window ()), GTK_TYPE_BUTTON, "problem_button");
  g_assert_cmpstr (gtk_actionable_get_action_name (GTK_ACTIONABLE (button)), ==, "app.locate-recent");
  qd_ui_shoot (GTK_WIDGET (get_window ()), "missing");
  close_all ();
}

static void
test_no_workspace (void)
{
  g_autofree char *path = qd_ui_dup_path ("text.quarterdeck");

  g_file_set_contents (path, "this is no workspace at all, whatever it is called", -1, NULL);
  qd_application_open_path (qd_ui_get_application (), NULL, path);
  wait_for_problem ();
  g_assert_nonnull (qd_ui_find_label (GTK_WIDGET (get_window ()), "This Workspace Cannot Be Opened"));
  /* the same window takes the next file */
  g_free (path);
  path = make_file ("after.quarterdeck");
  open_file (path);
  g_assert_cmpuint (count_windows (), ==, 1);
  close_all ();
}

/* In another process: holds a workspace open until its input ends. */
static int
hold (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QdWorkspace) workspace = qd_workspace_open (path, QD_STORE_OPEN_DEFAULT, NULL, &error);

  g_assert_no_error (error);
  puts ("ready");
  fflush (stdout);
  return getchar () == EOF ? 0 : 1;
}

static void
test_locked (const char *program)
{
  g_autofree char *path = make_file ("locked.quarterdeck");
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) holder = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE,
                                                     &error, program, "--hold", path, NULL);
  char ready[8];
  GtkWidget *button, *revealer;

  g_assert_no_error (error);
  g_input_stream_read (g_subprocess_get_stdout_pipe (holder), ready, sizeof ready, NULL, &error);
  g_assert_no_error (error);
  qd_application_open_path (qd_ui_get_application (), NULL, path);
  wait_for_problem ();
  g_assert_nonnull (qd_ui_find_label (GTK_WIDGET (get_window ()), "This Workspace Is in Use"));
  g_assert_nonnull (qd_ui_find_label (GTK_WIDGET (get_window ()), "already open on"));
  qd_ui_shoot (GTK_WIDGET (get_window ()), "locked");
  button = qd_ui_find (GTK_WIDGET (get_window ()), GTK_TYPE_BUTTON, "problem_button");
  g_signal_emit_by_name (button, "clicked");
  qd_ui_wait_while (qd_main_window_get_session (get_window ()) == NULL);
  g_assert_cmpuint (count_windows (), ==, 1);
  /* a copy says that it is one */
  revealer = qd_ui_find (GTK_WIDGET (get_window ()->banner), GTK_TYPE_REVEALER, NULL);
  g_assert_true (gtk_revealer_get_reveal_child (GTK_REVEALER (revealer)));
  close_all ();
  g_output_stream_close (g_subprocess_get_stdin_pipe (holder), NULL, NULL);
  g_subprocess_wait (holder, NULL, NULL);
}

static void
test_create (void)
{
  g_autofree char *path = qd_ui_dup_path ("made.quarterdeck");
  g_autoptr (GError) error = NULL;
  g_autoptr (QdBook) book = NULL;

  activate ("new-window", NULL);
  activate ("create-workspace", g_variant_new ("(sssis)", path, "Größte & Beste", "JPY", 4, ""));
  qd_ui_wait_while (qd_main_window_get_session (get_window ()) == NULL);
  book = qd_workspace_get_book (qd_session_get_workspace (qd_main_window_get_session (get_window ())), NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (qd_book_get_name (book), ==, "Größte & Beste");
  g_assert_cmpstr (qd_book_get_currency (book), ==, "JPY");
  g_assert_cmpint (qd_book_get_fiscal_start (book), ==, 4);
  qd_ui_settle (get_window ());
  qd_ui_shoot (GTK_WIDGET (get_window ()), "empty-workspace");
  close_all ();
}

static void
test_sample (void)
{
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "quarterdeck", "Sample Company.quarterdeck", NULL);
  const char *title;

  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  activate ("new-window", NULL);
  activate ("open-sample", NULL);
  qd_ui_wait_while (qd_main_window_get_session (get_window ()) == NULL);
  qd_ui_settle (get_window ());
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_nonnull (qd_page_get_result (qd_main_window_get_page (get_window ())));
  qd_ui_wait_while (!qd_banner_get_revealed (get_window ()->banner));
  title = qd_banner_get_title (get_window ()->banner);
  g_assert_true (g_str_has_prefix (title, "Sample data"));
  close_all ();
  /* it is there: opened, not made again */
  activate ("new-window", NULL);
  activate ("open-sample", NULL);
  qd_ui_wait_while (qd_main_window_get_session (get_window ()) == NULL);
  close_all ();
}

static void
test_checkpoint (void)
{
  QdMainWindow *window = qd_ui_open_sample (20);
  g_autofree char *path = g_strdup (qd_main_window_get_path (window));
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *stem = g_path_get_basename (path);
  guint found = 0;

  stem[strlen (stem) - strlen (".quarterdeck")] = '\0';
  g_action_group_activate_action (G_ACTION_GROUP (window), "checkpoint", NULL);
  qd_ui_wait_while (qd_ui_find_label (GTK_WIDGET (window), "Checkpoint saved") == NULL);
  {
    g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
    const char *name;

    while ((name = g_dir_read_name (dir)) != NULL)
      found += g_str_has_prefix (name, stem) && strlen (name) > strlen (stem) + strlen (".quarterdeck");
  }
  g_assert_cmpuint (found, ==, 1);
  qd_ui_close (window);
}

static void
test_state (void)
{
  QdMainWindow *window = qd_ui_open_sample (30);
  g_autofree char *path = g_strdup (qd_main_window_get_path (window));
  g_autoptr (QdView) view = NULL;
  g_autofree char *page = NULL;
  g_autofree char *file = g_build_filename (g_get_user_state_dir (), "quarterdeck", "state.ini", NULL);
  int width, height;

  forget_others ();
  qd_ui_wait_while (window->facts == NULL);
  g_action_group_activate_action (G_ACTION_GROUP (window), "set-period", g_variant_new_string ("quarter"));
  g_action_group_activate_action (G_ACTION_GROUP (window), "previous-period", NULL);
  qd_ui_settle (window);
  view = qd_view_copy (qd_session_get_view (window->session));
  page = g_strdup (qd_session_get_place (window->session)->page);
  gtk_window_set_default_size (GTK_WINDOW (window), 1010, 620);
  gtk_window_close (GTK_WINDOW (window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  qd_ui_state_reload (); /* as after a restart */
  g_assert_true (g_file_test (file, G_FILE_TEST_EXISTS));

  /* the program without a file comes back to it */
  g_application_activate (G_APPLICATION (qd_ui_get_application ()));
  qd_ui_wait_while (qd_main_window_get_session (get_window ()) == NULL);
  window = get_window ();
  g_assert_cmpstr (qd_main_window_get_path (window), ==, path);
  g_assert_cmpstr (qd_session_get_place (window->session)->page, ==, page);
  g_assert_true (qd_view_equal (qd_session_get_view (window->session), view));
  gtk_window_get_default_size (GTK_WINDOW (window), &width, &height);
  g_assert_cmpint (width, ==, 1010);
  g_assert_cmpint (height, ==, 620);
  qd_ui_settle (window);
  g_assert_true (qd_view_equal (qd_session_get_view (window->session), view));
  close_all ();

  /* and without it, to the welcome page */
  g_unlink (path);
  g_application_activate (G_APPLICATION (qd_ui_get_application ()));
  g_assert_cmpstr (gtk_stack_get_visible_child_name (get_window ()->outside), ==, "welcome");
  close_all ();
}

static void
test_ui_state (void)
{
  g_autofree char *text = NULL;

  qd_ui_state_set_text ("file:///home/[a] b/ü.quarterdeck", "key with = sign", "line\nline [x] ; #");
  qd_ui_state_set_integer ("g", "n", -7);
  qd_ui_state_set_text ("g", "gone", "x");
  qd_ui_state_set_text ("g", "gone", NULL);
  qd_ui_state_reload ();
  text = qd_ui_state_dup_text ("file:///home/[a] b/ü.quarterdeck", "key with = sign");
  g_assert_cmpstr (text, ==, "line\nline [x] ; #");
  g_assert_cmpint (qd_ui_state_get_integer ("g", "n", 3), ==, -7);
  g_assert_cmpint (qd_ui_state_get_integer ("g", "gone", 3), ==, 3);
}

static GMutex held;
static int n_held; /* (atomic) */

static void
hold_in_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  g_mutex_lock (&held);
  g_mutex_unlock (&held);
  g_atomic_int_add (&n_held, -1);
  g_task_return_boolean (task, TRUE);
}

/* A worker that is late does not put an older state over a newer one. */
static void
test_ui_state_order (void)
{
  g_autofree char *text = NULL;
  gint64 end;

  /* nobody works for a while */
  g_mutex_lock (&held);
  for (n_held = 0; n_held < 100; n_held++)
    {
      g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);

      g_task_run_in_thread (task, hold_in_thread);
    }
  qd_ui_state_set_text ("g", "order", "old");
  end = g_get_monotonic_time () + 1500000; /* until it would be written */
  qd_ui_wait_while (g_get_monotonic_time () < end);
  qd_ui_state_set_text ("g", "order", "new");
  qd_ui_state_flush ();
  g_mutex_unlock (&held);
  end = g_get_monotonic_time () + 300000;
  qd_ui_wait_while (g_atomic_int_get (&n_held) > 0 || g_get_monotonic_time () < end);
  qd_ui_state_reload ();
  text = qd_ui_state_dup_text ("g", "order");
  g_assert_cmpstr (text, ==, "new");
}

static GtkWindow *
find_dialog (void)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (qd_ui_get_application ())); l != NULL; l = l->next)
    if (QD_IS_NEW_DIALOG (l->data))
      return l->data;
  {
    GListModel *windows = gtk_window_get_toplevels ();

    for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
      {
        g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

        if (QD_IS_NEW_DIALOG (window))
          return window;
      }
  }
  return NULL;
}

static void
test_drop (void)
{
  g_autofree char *path = make_file ("dropped.quarterdeck");
  g_autofree char *export_path = qd_ui_dup_path ("dropped.csv");
  g_autoptr (GFile) workspace = g_file_new_for_path (path);
  g_autoptr (GFile) export_file = g_file_new_for_path (export_path);
  GSList exports = { export_file, NULL };
  GSList workspaces = { workspace, NULL };

  /* an export on the welcome page: a workspace to import it into comes first */
  activate ("new-window", NULL);
  g_assert_true (qd_main_window_drop_files (get_window (), &exports));
  g_assert_nonnull (find_dialog ());
  g_assert_nonnull (qd_ui_find_label (GTK_WIDGET (find_dialog ()), "dropped.csv"));
  gtk_window_close (find_dialog ());

  g_assert_true (qd_main_window_drop_files (get_window (), &workspaces));
  qd_ui_wait_while (qd_main_window_get_session (get_window ()) == NULL);
  g_assert_cmpstr (qd_main_window_get_path (get_window ()), ==, path);
  close_all ();
}

static void
test_new_dialog (void)
{
  g_autofree char *folder = qd_ui_dup_path ("new");
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *odd = NULL;
  g_autofree char *name = NULL;
  GtkWidget *dialog, *create, *company, *currency;

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  first = qd_new_dialog_dup_path (folder, "Acme");
  g_assert_true (g_str_has_suffix (first, "/new/Acme.quarterdeck"));
  g_file_set_contents (first, "x", -1, NULL);
  second = qd_new_dialog_dup_path (folder, "Acme");
  g_assert_true (g_str_has_suffix (second, "/new/Acme 2.quarterdeck"));
  odd = qd_new_dialog_dup_path (folder, "../A/B:C");
  name = g_path_get_basename (odd);
  g_assert_null (strchr (name, ':'));
  g_assert_true (g_str_has_prefix (odd, folder));
  g_assert_cmpint (g_file_test (odd, G_FILE_TEST_EXISTS), ==, FALSE);

  activate ("new-window", NULL);
  dialog = qd_new_dialog_new (GTK_WINDOW (get_window ()), NULL);
  gtk_window_present (GTK_WINDOW (dialog));
  qd_ui_wait_while (!gtk_widget_get_mapped (dialog));
  create = qd_ui_find (dialog, GTK_TYPE_BUTTON, "create");
  company = qd_ui_find (dialog, ADW_TYPE_ENTRY_ROW, "name");
  currency = qd_ui_find (dialog, ADW_TYPE_ENTRY_ROW, "currency");
  g_assert_false (gtk_widget_get_sensitive (create));
  gtk_editable_set_text (GTK_EDITABLE (company), "Acme");
  g_assert_true (gtk_widget_get_sensitive (create));
  qd_ui_shoot (dialog, "new-workspace");
  gtk_editable_set_text (GTK_EDITABLE (currency), "XXY");
  g_assert_false (gtk_widget_get_sensitive (create));
  g_assert_nonnull (qd_ui_find_label (dialog, "code of three letters"));
  gtk_editable_set_text (GTK_EDITABLE (currency), "chf");
  g_assert_true (gtk_widget_get_sensitive (create));
  gtk_window_destroy (GTK_WINDOW (dialog));
  close_all ();
}

/* A display that is not there: a message, not a crash. */
static void
test_no_display (void)
{
  const char *const argv[] = { g_getenv ("QUARTERDECK"), NULL };
  g_auto (GStrv) environment = g_environ_setenv (g_get_environ (), "DISPLAY", ":9876", TRUE);
  g_autoptr (GError) error = NULL;
  g_autofree char *err = NULL;
  int status;

  g_spawn_sync (NULL, (char **) argv, environment, G_SPAWN_DEFAULT, NULL, NULL, NULL, &err, &status, &error);
  g_assert_no_error (error);
  g_assert_false (g_spawn_check_wait_status (status, &error));
  g_assert_error (error, G_SPAWN_EXIT_ERROR, 1);
  g_assert_nonnull (strstr (err, "there is no display"));
}

int
main (int    argc,
      char **argv)
{
  if (argc == 3 && strcmp (argv[1], "--hold") == 0)
    return hold (argv[2]);
  qd_ui_test_init (&argc, &argv);
  g_test_add_func ("/ui/application/same-file-once", test_same_file_once);
  g_test_add_func ("/ui/application/free-window", test_free_window);
  g_test_add_func ("/ui/application/restore-windows", test_restore_windows);
  g_test_add_func ("/ui/application/missing", test_missing);
  g_test_add_func ("/ui/application/no-workspace", test_no_workspace);
  g_test_add_data_func ("/ui/application/locked", argv[0], (GTestDataFunc) test_locked);
  g_test_add_func ("/ui/application/create", test_create);
  g_test_add_func ("/ui/application/sample", test_sample);
  g_test_add_func ("/ui/application/checkpoint", test_checkpoint);
  g_test_add_func ("/ui/application/state", test_state);
  g_test_add_func ("/ui/application/ui-state", test_ui_state);
  g_test_add_func ("/ui/application/state-order", test_ui_state_order);
  g_test_add_func ("/ui/application/drop", test_drop);
  g_test_add_func ("/ui/application/new-dialog", test_new_dialog);
  g_test_add_func ("/ui/application/no-display", test_no_display);
  return g_test_run ();
}
