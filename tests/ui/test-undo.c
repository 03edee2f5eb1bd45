/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The question before an undo that later changes stand on, and its answers.
 */
#include "ui-fixture.h"

#include <adwaita.h>
#include <string.h>

/* So many imports of the same two customers, each with another segment. */
static QdWorkspace *
make_workspace (guint n_imports)
{
  static const char *const texts[] = { "account_id,name,segment,csm\nA1,Acme & Söhne <AG>,SMB,Ann\nA2,Beta,SMB,Ann\n",
                                       "account_id,name,segment,csm\nA1,Acme & Söhne <AG>,Mid,Bob\nA2,Beta,Mid,Bob\n" };
  static guint count;
  const QdStoreSettings settings = { "Test", "USD", 1 };
  const QdImportOptions options = { 0 };
  g_autofree char *name = g_strdup_printf ("undo-%u.quarterdeck", ++count);
  g_autofree char *path = qd_ui_dup_path (name);
  g_autofree char *csv = qd_ui_dup_path ("crm.csv");
  g_autoptr (GError) error = NULL;
  QdWorkspace *workspace = qd_workspace_create (path, &settings, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < n_imports; i++)
    {
      g_autoptr (QdImportResult) result = NULL;

      g_file_set_contents (csv, texts[i], -1, &error);
      g_assert_no_error (error);
      qd_workspace_import (workspace, qd_kind_find ("accounts", NULL), csv, &options, NULL, NULL, &result, NULL, &error);
      g_assert_no_error (error);
    }
  return workspace;
}

static AdwMessageDialog *
wait_question (void)
{
  qd_ui_wait_while (qd_ui_find_window (ADW_TYPE_MESSAGE_DIALOG) == NULL);
  return ADW_MESSAGE_DIALOG (qd_ui_find_window (ADW_TYPE_MESSAGE_DIALOG));
}

static char *
dup_segment (QdWorkspace *workspace,
             const char  *id)
{
  g_autoptr (QdBook) book = qd_workspace_get_book (workspace, NULL, NULL);
  guint32 account = qd_book_find_account (book, id);
  guint dimension = (guint) qd_book_find_dimension (book, "segment");

  return account == QD_BOOK_NONE
             ? NULL
             : g_strdup (qd_book_get_value (book, dimension, qd_book_get_account_values (book, dimension)[account]));
}

static void
wait_idle (QdMainWindow *window)
{
  qd_ui_wait_while (g_list_model_get_n_items (qd_session_get_jobs (qd_main_window_get_session (window))) > 0);
}

static guint
count_accounts (QdWorkspace *workspace)
{
  g_autoptr (QdBook) book = qd_workspace_get_book (workspace, NULL, NULL);

  return qd_book_get_n_accounts (book);
}

static void
edit_segment (QdMainWindow *window,
              const char   *segment)
{
  gtk_widget_activate_action (GTK_WIDGET (window), "win.edit-account", "(sss)", "A1", "segment", segment);
  wait_idle (window);
}

static guint
count_rows (GtkWidget *widget)
{
  guint n = ADW_IS_ACTION_ROW (widget);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    n += count_rows (child);
  return n;
}

/* Before an import of the past is undone: which later changes stay, by name. Nothing is done until that is agreed to. */
static void
test_undo_older (void)
{
  g_autoptr (QdWorkspace) workspace = make_workspace (2);
  QdMainWindow *window = qd_ui_open_workspace (workspace);
  AdwMessageDialog *dialog;
  g_autofree char *kept = NULL;
  g_autofree char *back = NULL;

  edit_segment (window, "Enterprise");

  for (guint agreed = 0; agreed < 2; agreed++)
    {
      gtk_widget_activate_action (GTK_WIDGET (window), "win.undo-import", "x", (gint64) 2);
      dialog = wait_question ();
      g_assert_cmpstr (adw_message_dialog_get_heading (dialog), ==, "Undo the Import and Keep Later Changes?");
      g_assert_nonnull (strstr (adw_message_dialog_get_body (dialog), "• account “Acme & Söhne <AG>”: Segment, now “Enterprise”"));
      g_assert_null (strstr (adw_message_dialog_get_body (dialog), "Beta"));
      qd_ui_shoot (GTK_WIDGET (dialog), "undo-older");
      qd_ui_answer_question (agreed);
      qd_ui_wait_while (agreed && qd_ui_find_label (GTK_WIDGET (window), "Import undone") == NULL);
      if (!agreed)
        {
          g_autofree char *there = dup_segment (workspace, "A2");

          g_assert_cmpstr (there, ==, "Mid");
        }
    }
  back = dup_segment (workspace, "A2");
  g_assert_cmpstr (back, ==, "SMB");
  kept = dup_segment (workspace, "A1");
  g_assert_cmpstr (kept, ==, "Enterprise");

  qd_ui_close (window);
}

/* An import that later changes build on goes together with them, when that is agreed to; one key brings all back. */
static void
test_undo_with_later (void)
{
  g_autoptr (QdWorkspace) workspace = make_workspace (1);
  QdMainWindow *window = qd_ui_open_workspace (workspace);
  g_autofree char *there = NULL;
  AdwMessageDialog *dialog;

  edit_segment (window, "Mid");
  edit_segment (window, "Enterprise");

  /* Of a field, also from the list of changes: alone, or with those that would keep it. */
  gtk_widget_activate_action (GTK_WIDGET (window), "win.undo-entry", "x", (gint64) 2);
  dialog = wait_question ();
  g_assert_cmpstr (adw_message_dialog_get_heading (dialog), ==, "Undo the Change and Keep Later Changes?");
  g_assert_nonnull (qd_ui_find_label (GTK_WIDGET (dialog), "Acme & Söhne <AG>: Segment changed from “Mid” to “Enterprise”"));
  g_assert_cmpuint (count_rows (GTK_WIDGET (dialog)), ==, 1);
  qd_ui_shoot (GTK_WIDGET (dialog), "undo-field");
  qd_ui_respond ("other");
  qd_ui_wait_while (qd_ui_find_label (GTK_WIDGET (window), "Undone, with 1 later change") == NULL);
  there = dup_segment (workspace, "A1");
  g_assert_cmpstr (there, ==, "SMB");
  gtk_widget_activate_action (GTK_WIDGET (window), "win.redo", NULL);
  wait_idle (window);
  g_free (there);
  there = dup_segment (workspace, "A1");
  g_assert_cmpstr (there, ==, "Enterprise");

  for (guint i = 0; i < 11; i++)
    edit_segment (window, i % 2 == 0 ? "Mid" : "SMB");
  for (guint agreed = 0; agreed < 2; agreed++)
    {
      gtk_widget_activate_action (GTK_WIDGET (window), "win.undo-import", "x", (gint64) 1);
      dialog = wait_question ();
      g_assert_cmpstr (adw_message_dialog_get_heading (dialog), ==, "Undo Later Changes as Well?");
      g_assert_false (adw_message_dialog_has_response (dialog, "other"));
      g_assert_cmpuint (count_rows (GTK_WIDGET (dialog)), ==, 10 + 1);
      g_assert_nonnull (qd_ui_find_label (GTK_WIDGET (dialog), "and 3 more"));
      qd_ui_shoot (GTK_WIDGET (dialog), "undo-with-later");
      qd_ui_answer_question (agreed);
      qd_ui_wait_while (agreed && qd_ui_find_label (GTK_WIDGET (window), "Import and 13 later changes undone") == NULL);
      g_assert_cmpuint (count_accounts (workspace), ==, agreed ? 0 : 2);
    }
  gtk_widget_activate_action (GTK_WIDGET (window), "win.redo", NULL);
  wait_idle (window);
  g_assert_cmpuint (count_accounts (workspace), ==, 2);
  g_free (there);
  there = dup_segment (workspace, "A1");
  g_assert_cmpstr (there, ==, "Mid");
  /* and the key for undo takes them again */
  gtk_widget_activate_action (GTK_WIDGET (window), "win.undo", NULL);
  wait_idle (window);
  g_assert_cmpuint (count_accounts (workspace), ==, 0);
  qd_ui_close (window);
}

int
main (int    argc,
      char **argv)
{
  qd_ui_test_init (&argc, &argv);
  g_test_add_func ("/ui/undo/older", test_undo_older);
  g_test_add_func ("/ui/undo/with-later", test_undo_with_later);
  return g_test_run ();
}
