/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The import assistant: from a file to committed rows by actions and keys.
 */
#include "heart.h"
#include "ui-fixture.h"

#include <string.h>

#include "data/workspace/qd-workspace-edit.h"
#include "ui/dialogs/import/qd-import-cell.h"
#include "ui/dialogs/import/qd-import-preview.h"
#include "ui/dialogs/import/qd-import-step.h"
#include "ui/dialogs/mappings/qd-mappings-dialog.h"
#include "ui/dialogs/new/qd-new-dialog.h"
#include "ui/widgets/qd-ui-state.h"
#include "ui/window/qd-main-window-private.h"

static char *
write_text (const char *name,
            const char *text)
{
  g_autoptr (GError) error = NULL;
  char *path = qd_ui_dup_path (name);

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  return path;
}

static QdWorkspace *
make_empty (void)
{
  static guint count;
  QdStoreSettings settings = { "Test", "USD", 1 };
  g_autofree char *name = g_strdup_printf ("import-%u.quarterdeck", ++count);
  g_autofree char *path = qd_ui_dup_path (name);
  g_autoptr (GError) error = NULL;
  QdWorkspace *workspace = qd_workspace_create (path, &settings, &error);

  g_assert_no_error (error);
  return workspace;
}

static QdImportAssistant *
find_assistant (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (QD_IS_IMPORT_ASSISTANT (window))
        return QD_IMPORT_ASSISTANT (window);
    }
  return NULL;
}

static QdImportAssistant *
open_assistant (QdMainWindow *window,
                const char   *path)
{
  QdImportAssistant *assistant;

  if (path != NULL)
    gtk_widget_activate_action (GTK_WIDGET (window), "win.import-file", "s", path);
  else
    gtk_widget_activate_action (GTK_WIDGET (window), "win.import", NULL);
  assistant = find_assistant ();
  g_assert_nonnull (assistant);
  qd_ui_wait_while (qd_import_assistant_is_busy (assistant));
  return assistant;
}

static void
go (QdImportAssistant *assistant,
    const char        *action)
{
  g_autofree char *name = g_strconcat ("import.", action, NULL);

  gtk_widget_activate_action (GTK_WIDGET (assistant), name, NULL);
  qd_ui_wait_while (find_assistant () == assistant && qd_import_assistant_is_busy (assistant));
  /* wherever it came to, keys go somewhere and something is read aloud */
  if (find_assistant () == assistant && qd_import_assistant_get_error (assistant) == NULL)
    {
      GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (assistant));

      g_assert_nonnull (focus);
      g_assert_true (gtk_widget_get_mapped (focus));
      g_assert_true (gtk_widget_is_sensitive (focus));
    }
}

static void
next_to (QdImportAssistant *assistant,
         QdImportStepId     step)
{
  for (guint i = 0; i < 8 && qd_import_assistant_get_step (assistant) != step; i++)
    go (assistant, "next");
  if (qd_import_assistant_get_error (assistant) != NULL)
    g_test_message ("%s", qd_import_assistant_get_error (assistant)->message);
  g_assert_cmpint (qd_import_assistant_get_step (assistant), ==, step);
}

/* Other languages take half as much room again, and a small screen has 1,024. */
static void
assert_narrow (QdImportAssistant *assistant)
{
  int width;

  gtk_widget_measure (GTK_WIDGET (assistant), GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  g_assert_cmpint (width, <, 680);
}

static void
shoot (QdImportAssistant *assistant,
       const char        *name)
{
  gint64 end = g_get_monotonic_time () + 300000;

  if (g_getenv ("QD_UI_SHOTS") == NULL)
    return;
  while (g_get_monotonic_time () < end) /* one page fades into the next */
    qd_ui_iterate ();
  qd_ui_shoot (GTK_WIDGET (assistant), name);
}

static void
wait_closed (void)
{
  qd_ui_wait_while (find_assistant () != NULL);
}

static gint64
last_batch (QdWorkspace *workspace,
            const char  *column)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QdTable) table = qd_workspace_get_imports (workspace, &error);
  guint n;

  g_assert_no_error (error);
  n = qd_table_get_n_rows (table);
  return n > 0 ? qd_table_get_integer (table, n - 1, (guint) qd_table_find_column (table, column)) : 0;
}

#define SUBSCRIPTIONS "subscription_id,account_id,start_date,end_date,mrr_amount\n"

/* One file after the other without leaving: the second begins anew. */
static void
test_another (void)
{
  g_autoptr (QdWorkspace) workspace = make_empty ();
  QdMainWindow *window = qd_ui_open_workspace (workspace);
  g_autofree char *first = write_text ("first.csv", SUBSCRIPTIONS "S1,A1,2024-01-01,,100\n");
  g_autofree char *second = write_text ("second.csv", "account_id,account_name\nA1,Acme\nA2,Beta\n");
  QdImportAssistant *assistant = open_assistant (window, first);

  while (qd_import_assistant_get_step (assistant) != QD_IMPORT_RESULT)
    go (assistant, "next");
  g_assert_cmpint (last_batch (workspace, "id"), ==, 1);
  g_assert_nonnull (qd_ui_find_label (GTK_WIDGET (assistant), "Import Another File…"));
  gtk_widget_activate_action (GTK_WIDGET (assistant), "import.open-file", "s", second);
  qd_ui_wait_while (qd_import_assistant_is_busy (assistant));
  g_assert_cmpint (qd_import_assistant_get_step (assistant), ==, QD_IMPORT_GET);
  while (qd_import_assistant_get_step (assistant) != QD_IMPORT_RESULT)
    go (assistant, "next");
  g_assert_cmpint (last_batch (workspace, "id"), ==, 2);
  g_assert_nonnull (qd_ui_find_label (GTK_WIDGET (assistant), "2 Rows Imported"));
  g_assert_nonnull (qd_ui_find_label (GTK_WIDGET (assistant), "Undo Import"));
  go (assistant, "next");
  wait_closed ();
  qd_ui_close (window);
}

/* The way of a person, by actions alone; then the same file, then undo. */
static void
test_way (void)
{
  g_autoptr (QdWorkspace) workspace = make_empty ();
  QdMainWindow *window = qd_ui_open_workspace (workspace);
  g_autofree char *path = write_text ("subscriptions.csv", SUBSCRIPTIONS "S1,A1,2024-01-01,,100\nS2,A1,2024-02-01,,50\n"
                                                                         "S3,A2,2024-03-01,2025-03-01,70\n");
  QdImportAssistant *assistant = open_assistant (window, path);
  const QdImportResult *result;
  const QdImportEffect *effect;
  gint64 batch;

  g_assert_cmpint (qd_import_assistant_get_step (assistant), ==, QD_IMPORT_GET);
  shoot (assistant, "import-1-get");
  /* Return goes on: it does not ask for another file. */
  g_assert_cmpstr (gtk_actionable_get_action_name (GTK_ACTIONABLE (gtk_window_get_focus (GTK_WINDOW (assistant)))), ==,
                   "import.next");
  go (assistant, "next");
  /* The columns say what the rows are: nobody is asked, and Back shows it. */
  g_assert_cmpint (qd_import_assistant_get_step (assistant), ==, QD_IMPORT_MAP);
  g_assert_cmpstr (qd_import_assistant_get_plan (assistant)->kind->name, ==, "subscriptions");
  go (assistant, "back");
  g_assert_cmpint (qd_import_assistant_get_step (assistant), ==, QD_IMPORT_KIND);
  shoot (assistant, "import-2-kind");
  go (assistant, "next");
  g_assert_nonnull (qd_ui_find_label (GTK_WIDGET (assistant), "Subscriptions: 5 of 5 columns feed a field"));
  shoot (assistant, "import-3-map");
  go (assistant, "next");
  /* The first of its kind meets no rows and leaves nothing open; nothing is wrong with its rows: all of that is passed. */
  g_assert_cmpint (qd_import_assistant_get_step (assistant), ==, QD_IMPORT_EFFECT);
  go (assistant, "back");
  g_assert_cmpint (qd_import_assistant_get_step (assistant), ==, QD_IMPORT_ASK);
  g_assert_cmpuint (qd_import_assistant_get_plan (assistant)->answers->len, ==, 0);
  shoot (assistant, "import-4-ask");
  go (assistant, "next");
  g_assert_cmpint (qd_import_assistant_get_step (assistant), ==, QD_IMPORT_EFFECT);
  result = qd_import_assistant_get_result (assistant);
  effect = qd_import_assistant_get_effect (assistant);
  g_assert_cmpuint (result->imported, ==, 3);
  g_assert_cmpuint (result->implied_accounts, ==, 2);
  g_assert_cmpint (effect->as_of_before, ==, QD_MONTH_NONE);
  g_assert_cmpint (last_batch (workspace, "id"), ==, 0);
  shoot (assistant, "import-6-effect");
  go (assistant, "next");
  g_assert_cmpint (qd_import_assistant_get_step (assistant), ==, QD_IMPORT_RESULT);
  batch = qd_import_assistant_get_result (assistant)->batch;
  g_assert_cmpint (batch, ==, 1);
  g_assert_cmpint (last_batch (workspace, "imported"), ==, 3);
  shoot (assistant, "import-7-result");
  go (assistant, "next");
  wait_closed ();
  qd_ui_settle (window);
  g_assert_nonnull (qd_ui_find_label (GTK_WIDGET (window), "3 rows imported"));

  /* Once more, from its beginning by itself: the mapping is known, nothing changes. */
  assistant = open_assistant (window, NULL);
  g_assert_cmpint (qd_import_assistant_get_step (assistant), ==, QD_IMPORT_GET);
  shoot (assistant, "import-0-drop");
  gtk_widget_activate_action (GTK_WIDGET (assistant), "import.run-last", NULL);
  qd_ui_wait_while (qd_import_assistant_is_busy (assistant));
  g_assert_cmpint (qd_import_assistant_get_step (assistant), ==, QD_IMPORT_EFFECT);
  g_assert_cmpstr (qd_import_assistant_get_plan (assistant)->saved_name, ==, "subscriptions");
  g_assert_cmpuint (qd_import_assistant_get_result (assistant)->unchanged, ==, 3);
  g_assert_nonnull (qd_ui_find_label (GTK_WIDGET (assistant), "Nothing Changes"));
  shoot (assistant, "import-6-unchanged");
  go (assistant, "next");
  wait_closed ();
  g_assert_cmpint (last_batch (workspace, "id"), ==, 1);

  gtk_widget_activate_action (GTK_WIDGET (window), "win.undo-import", "x", batch);
  qd_ui_wait_while (g_list_model_get_n_items (qd_session_get_jobs (qd_main_window_get_session (window))) > 0);
  qd_ui_wait_while (qd_ui_find_label (GTK_WIDGET (window), "Import undone") == NULL);
  {
    g_autoptr (QdBook) book = qd_workspace_get_book (workspace, NULL, NULL);

    g_assert_cmpuint (qd_book_get_n_accounts (book), ==, 0);
  }
  qd_ui_close (window);
}

/* Presses on buttons from an own export, dropped on the welcome page, to the first chart; only the name is typed. */
#define PRESSES 5

static void
test_first_chart (void)
{
  g_autofree char *path = write_text ("own.csv", SUBSCRIPTIONS "S1,A1,2024-01-01,,100\nS2,A1,2024-02-01,,50\n"
                                                               "S3,A2,2024-03-01,2025-03-01,70\n");
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *made = g_build_filename (folder, "Own Company.quarterdeck", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  GSList files = { file, NULL };
  QdMainWindow *window = qd_ui_open_workspace (NULL);
  QdImportAssistant *assistant = NULL;
  GtkWindow *dialog;
  gint64 began = g_get_monotonic_time ();
  guint n = 0;

  qd_ui_state_set_text ("new-workspace", "folder", folder);
  g_assert_true (qd_main_window_drop_files (window, &files));
  dialog = qd_ui_find_window (QD_TYPE_NEW_DIALOG);
  g_assert_nonnull (dialog);
  gtk_editable_set_text (GTK_EDITABLE (qd_ui_find (GTK_WIDGET (dialog), ADW_TYPE_ENTRY_ROW, "name")), "Own Company");
  g_signal_emit_by_name (qd_ui_find (GTK_WIDGET (dialog), GTK_TYPE_BUTTON, "create"), "clicked");
  n++;
  qd_ui_wait_while ((assistant = find_assistant ()) == NULL || qd_import_assistant_is_busy (assistant));
  while (qd_import_assistant_get_step (assistant) != QD_IMPORT_RESULT && n < PRESSES)
    {
      go (assistant, "next");
      n++;
    }
  g_assert_cmpint (qd_import_assistant_get_step (assistant), ==, QD_IMPORT_RESULT);
  go (assistant, "overview");
  n++;
  wait_closed ();
  window = QD_MAIN_WINDOW (qd_ui_find_window (QD_TYPE_MAIN_WINDOW));
  qd_ui_settle (window);
  g_assert_nonnull (qd_ui_find (GTK_WIDGET (qd_main_window_get_page (window)), QD_TYPE_CHART_VIEW, NULL));
  g_assert_nonnull (qd_page_get_result (qd_main_window_get_page (window)));
  g_assert_cmpuint (n, <=, PRESSES);
  g_assert_cmpstr (qd_main_window_get_path (window), ==, made);
  g_test_message ("%u presses, %.1f s of waiting", n, (double) (g_get_monotonic_time () - began) / G_USEC_PER_SEC);
  qd_ui_shoot (GTK_WIDGET (window), "first-chart");
  qd_ui_close (window);
}

/* A file that changes what is there says what, before it does. */
static void
test_changes (void)
{
  g_autoptr (QdWorkspace) workspace = make_empty ();
  QdMainWindow *window = qd_ui_open_workspace (workspace);
  g_autofree char *first = write_text ("first.csv", SUBSCRIPTIONS "S1,A1,2023-01-01,,100\nS2,A2,2023-01-01,,100\n"
                                                                  "S3,A3,2024-06-01,,50\n");
  g_autofree char *second = write_text ("second.csv", SUBSCRIPTIONS "S1,A1,2023-01-01,,150\nS2,A2,2023-01-01,2024-02-01,100\n"
                                                                    "S3,A3,2024-06-01,,50\n");
  QdImportAssistant *assistant = open_assistant (window, first);
  const QdTable *changes;
  const QdImportEffect *effect;

  next_to (assistant, QD_IMPORT_RESULT);
  go (assistant, "next");
  wait_closed ();
  assistant = open_assistant (window, second);
  next_to (assistant, QD_IMPORT_EFFECT);
  changes = qd_import_assistant_get_result (assistant)->changes;
  effect = qd_import_assistant_get_effect (assistant);
  g_assert_cmpuint (qd_import_assistant_get_result (assistant)->merged, ==, 2);
  g_assert_cmpuint (qd_table_get_n_rows (changes), ==, 2);
  g_assert_cmpstr (qd_table_get_text (changes, 0, (guint) qd_table_find_column (changes, "id")), ==, "S1");
  /* ARR of (100 + 100 + 50) and of (150 + 50), times twelve. A year before there were 200, all of it still there; by the
   * new file 250, of which 150 are. */
  g_assert_cmpint (effect->arr_before, ==, 300000);
  g_assert_cmpint (effect->arr_after, ==, 240000);
  g_assert_cmpfloat (effect->nrr_before.value, ==, 1);
  g_assert_cmpfloat_with_epsilon (effect->nrr_after.value, 0.6, 1e-12);
  g_assert_cmpfloat_with_epsilon (effect->grr_after.value, 0.6, 1e-12);
  shoot (assistant, "import-6-changes");
  go (assistant, "cancel");
  wait_closed ();
  qd_ui_close (window);
}

static GtkCheckButton *
find_choice (GtkWidget  *root,
             const char *value)
{
  if (GTK_IS_CHECK_BUTTON (root) && g_strcmp0 (g_object_get_data (G_OBJECT (root), "value"), value) == 0)
    return GTK_CHECK_BUTTON (root);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkCheckButton *found = find_choice (child, value);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* Dates that may be read in two ways are asked for, and read as answered. */
static void
test_question (void)
{
  g_autoptr (QdWorkspace) workspace = make_empty ();
  QdMainWindow *window = qd_ui_open_workspace (workspace);
  g_autofree char *path = write_text ("dates.csv", SUBSCRIPTIONS "S1,A1,03/04/2024,,100\nS2,A1,05/06/2024,,50\n");
  QdImportAssistant *assistant = open_assistant (window, path);
  g_autoptr (QdBook) book = NULL;

  next_to (assistant, QD_IMPORT_ASK);
  g_assert_cmpuint (qd_import_assistant_get_plan (assistant)->answers->len, ==, 1);
  g_assert_nonnull (qd_ui_find_label (GTK_WIDGET (assistant), "Which comes first in dates"));
  g_assert_nonnull (qd_ui_find_label (GTK_WIDGET (assistant), "03/04/2024"));
  shoot (assistant, "import-4-question");
  go (assistant, "next"); /* not before it is answered */
  g_assert_cmpint (qd_import_assistant_get_step (assistant), ==, QD_IMPORT_ASK);
  gtk_check_button_set_active (find_choice (GTK_WIDGET (assistant), "dmy"), TRUE);
  next_to (assistant, QD_IMPORT_RESULT);
  book = qd_workspace_get_book (workspace, NULL, NULL);
  g_assert_cmpint (qd_book_get_first_month (book), ==, qd_month_from_ym (2024, 4));
  go (assistant, "next");
  wait_closed ();
  qd_ui_close (window);
}

static GtkEditable *
find_entry (GtkWidget  *root,
            const char *text)
{
  if (GTK_IS_ENTRY (root) && gtk_widget_get_mapped (root) &&
      strcmp (gtk_editable_get_text (GTK_EDITABLE (root)), text) == 0)
    return GTK_EDITABLE (root);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkEditable *found = find_entry (child, text);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* A bad date is mended where it stands, a word in a column by a rule, the rest is left out. */
static void
test_mend (void)
{
  g_autoptr (QdWorkspace) workspace = make_empty ();
  QdMainWindow *window = qd_ui_open_workspace (workspace);
  g_autofree char *path = write_text ("bad.csv", SUBSCRIPTIONS "S1,0042,2024-13-01,,100\nS2,0042,2024-02-01,n/a,50\n"
                                                               "S3,0043,2024-02-01,n/a,1\nS4,0043,never,,1\n");
  QdImportAssistant *assistant = open_assistant (window, path);
  GtkEditable *entry;
  QdImportPlan *plan;
  g_autofree char *kept = NULL;
  g_autoptr (QdBook) book = NULL;

  next_to (assistant, QD_IMPORT_CHECK);
  g_assert_cmpuint (qd_import_assistant_get_result (assistant)->rejected, ==, 4);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (assistant));
  qd_ui_wait_while ((entry = find_entry (GTK_WIDGET (assistant), "2024-13-01")) == NULL);
  shoot (assistant, "import-5-check");
  gtk_widget_grab_focus (GTK_WIDGET (entry));
  gtk_editable_set_text (entry, "2024-12-01");
  /* At once, before the rows are checked again. */
  g_assert_nonnull (qd_ui_find_label (GTK_WIDGET (assistant), "Fits"));
  qd_ui_wait_while (qd_import_assistant_get_result (assistant)->rejected == 4);
  g_assert_cmpuint (qd_import_assistant_get_result (assistant)->rejected, ==, 3);
  g_assert_cmpstr (gtk_editable_get_text (entry), ==, "2024-12-01");
  shoot (assistant, "import-5-mended");
  plan = qd_import_assistant_get_plan (assistant);
  qd_fixes_set_rule (plan->fixes, 3, "n/a", "");
  qd_import_assistant_recheck (assistant);
  qd_ui_wait_while (qd_import_assistant_is_busy (assistant));
  g_assert_cmpuint (qd_import_assistant_get_result (assistant)->rejected, ==, 1);
  assert_narrow (assistant);
  next_to (assistant, QD_IMPORT_EFFECT);
  next_to (assistant, QD_IMPORT_RESULT);
  g_assert_cmpuint (qd_import_assistant_get_result (assistant)->imported, ==, 3);
  g_assert_cmpuint (qd_import_assistant_get_result (assistant)->rejected, ==, 1);
  book = qd_workspace_get_book (workspace, NULL, NULL);
  g_assert_cmpint (qd_book_get_last_month (book), ==, qd_month_from_ym (2024, 12));
  g_assert_true (g_file_get_contents (path, &kept, NULL, NULL));
  g_assert_nonnull (strstr (kept, "2024-13-01"));
  shoot (assistant, "import-7-left-out");
  go (assistant, "next");
  wait_closed ();
  qd_ui_close (window);
}

/* Two columns could be the account: one must be chosen, and choosing is enough. */
static void
test_conflict (void)
{
  g_autoptr (QdWorkspace) workspace = make_empty ();
  QdMainWindow *window = qd_ui_open_workspace (workspace);
  g_autofree char *path = write_text ("two.csv", "customer id,account number,company name,color\nA1,77,Alpha,red\n");
  QdImportAssistant *assistant = open_assistant (window, path);
  QdImportPlan *plan;

  next_to (assistant, QD_IMPORT_MAP);
  plan = qd_import_assistant_get_plan (assistant);
  g_assert_cmpstr (plan->kind->name, ==, "accounts");
  shoot (assistant, "import-3-conflict");
  go (assistant, "next");
  g_assert_cmpint (qd_import_assistant_get_step (assistant), ==, QD_IMPORT_MAP);
  g_assert_nonnull (qd_ui_find_label (GTK_WIDGET (assistant), "could each be it"));
  qd_import_plan_assign (plan, 1, 0, NULL);
  qd_import_plan_assign (plan, 3, -1, NULL);
  qd_import_assistant_update (assistant);
  next_to (assistant, QD_IMPORT_RESULT);
  {
    g_autoptr (QdBook) book = qd_workspace_get_book (workspace, NULL, NULL);

    g_assert_cmpuint (qd_book_get_n_accounts (book), ==, 1);
  }
  go (assistant, "next");
  wait_closed ();
  qd_ui_close (window);
}

/* Another form of revenue: asked, replaced, and undone from the result. */
static void
test_clash (void)
{
  g_autoptr (QdWorkspace) workspace = make_empty ();
  QdMainWindow *window = qd_ui_open_workspace (workspace);
  g_autofree char *months = write_text ("months.csv", "account_id,month,mrr\nA1,2024-01,10\nA2,2024-01,10\n");
  g_autofree char *lines = write_text ("lines.csv", SUBSCRIPTIONS "S1,A1,2024-01-01,,100\n");
  QdImportAssistant *assistant = open_assistant (window, months);

  next_to (assistant, QD_IMPORT_RESULT);
  go (assistant, "next");
  wait_closed ();
  assistant = open_assistant (window, lines);
  next_to (assistant, QD_IMPORT_ASK);
  go (assistant, "next");
  g_assert_cmpint (qd_import_assistant_get_step (assistant), ==, QD_IMPORT_ASK);
  g_assert_nonnull (qd_ui_find_label (GTK_WIDGET (assistant), "Which of them counts?"));
  shoot (assistant, "import-4-clash");
  qd_import_assistant_get_plan (assistant)->clash = QD_PLAN_CLASH_REPLACE;
  qd_import_assistant_update (assistant);
  next_to (assistant, QD_IMPORT_RESULT);
  gtk_widget_activate_action (GTK_WIDGET (assistant), "import.undo", NULL);
  wait_closed ();
  qd_ui_wait_while (qd_ui_find_label (GTK_WIDGET (window), "Import undone") == NULL);
  qd_ui_close (window);
}

/* What is no table is said, with what to do; Escape leaves. */
static void
test_broken (void)
{
  static const struct
  {
    const char *name, *text, *part;
  } cases[] = {
    { "empty.csv", "", "is empty" },
    { "book.csv", "PK\x03\x04zzzz", "not complete" },
    { "quote.csv", "a,b\n\"x,y\n", "never closed" },
  };
  g_autoptr (QdWorkspace) workspace = make_empty ();
  QdMainWindow *window = qd_ui_open_workspace (workspace);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = write_text (cases[i].name, cases[i].text);
      g_autofree char *shot = g_strconcat ("import-1-", cases[i].name, NULL);
      QdImportAssistant *assistant = open_assistant (window, path);

      g_assert_nonnull (qd_ui_find_label (GTK_WIDGET (assistant), cases[i].part));
      shoot (assistant, shot);
      go (assistant, "next");
      g_assert_cmpint (qd_import_assistant_get_step (assistant), ==, QD_IMPORT_GET);
      go (assistant, "cancel");
      wait_closed ();
    }
  qd_ui_close (window);
}

static GtkDropDown *
find_list (QdImportAssistant *assistant,
           const char        *title)
{
  GtkWidget *label = qd_ui_find_label (GTK_WIDGET (assistant), title);

  return label != NULL ? GTK_DROP_DOWN (gtk_label_get_mnemonic_widget (GTK_LABEL (label))) : NULL;
}

static GtkWidget *
find_preview (QdImportAssistant *assistant)
{
  return qd_ui_find (GTK_WIDGET (assistant), QD_TYPE_IMPORT_PREVIEW, NULL);
}

/* A workbook is dropped: one of its sheets is shown, another is chosen, imported, undone, and run again. */
static void
test_workbook (void)
{
  g_autoptr (QdWorkspace) workspace = make_empty ();
  QdMainWindow *window = qd_ui_open_workspace (workspace);
  g_autofree char *folder = qd_ui_dup_path ("");
  g_autofree char *path = qd_ui_dup_path ("company.xlsx");
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, "data", "workbooks.py", NULL);
  const char *const make[] = { "python3", script, folder, "good", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GSList) files = g_slist_append (NULL, file);
  QdImportAssistant *assistant;
  GtkDropDown *sheet;

  g_assert_true (g_spawn_sync (NULL, (char **) make, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (qd_main_window_drop_files (window, files));
  assistant = find_assistant ();
  g_assert_nonnull (assistant);
  qd_ui_wait_while (qd_import_assistant_is_busy (assistant));

  /* The cover is no table; the first that is one is seen at once. */
  sheet = find_list (assistant, "Sheet");
  g_assert_nonnull (sheet);
  g_assert_cmpuint (g_list_model_get_n_items (gtk_drop_down_get_model (sheet)), ==, 3);
  g_assert_cmpuint (gtk_drop_down_get_selected (sheet), ==, 1);
  g_assert_nonnull (qd_ui_find_label (find_preview (assistant), "segment"));
  /* What a workbook says by itself is not asked. */
  g_assert_null (qd_ui_find_label (GTK_WIDGET (assistant), "Cells Parted By"));
  g_assert_null (qd_ui_find_label (GTK_WIDGET (assistant), "Encoding"));
  g_assert_nonnull (qd_ui_find_label (GTK_WIDGET (assistant), "Names of Columns"));
  shoot (assistant, "import-1-sheets");

  /* What was said about this sheet's decimals is not said about the next one's, which has them. */
  gtk_drop_down_set_selected (find_list (assistant, "Decimal Sign"), 2);
  g_assert_cmpint (qd_import_assistant_get_plan (assistant)->decimal, ==, ',');
  gtk_drop_down_set_selected (sheet, 2);
  qd_ui_wait_while (qd_import_assistant_is_busy (assistant));
  g_assert_null (qd_ui_find_label (find_preview (assistant), "segment"));
  g_assert_nonnull (qd_ui_find_label (find_preview (assistant), "mrr"));
  g_assert_null (qd_ui_find_label (GTK_WIDGET (assistant), "Decimal Sign"));
  g_assert_cmpstr (qd_import_assistant_get_plan (assistant)->kind->name, ==, "subscriptions");
  shoot (assistant, "import-1-sheet-chosen");
  while (qd_import_assistant_get_step (assistant) != QD_IMPORT_RESULT)
    go (assistant, "next");
  g_assert_cmpuint (qd_import_assistant_get_result (assistant)->imported, ==, 3);
  g_assert_cmpint (last_batch (workspace, "id"), ==, 1);
  go (assistant, "undo");
  wait_closed ();
  qd_ui_wait_while (qd_ui_find_label (GTK_WIDGET (window), "Import undone") == NULL);
  {
    g_autoptr (QdBook) book = qd_workspace_get_book (workspace, NULL, NULL);

    g_assert_cmpuint (qd_book_get_n_accounts (book), ==, 0);
  }

  /* Again: the same sheet without a question. */
  assistant = open_assistant (window, NULL);
  go (assistant, "run-last");
  g_assert_cmpint (qd_import_assistant_get_step (assistant), ==, QD_IMPORT_EFFECT);
  g_assert_cmpstr (qd_import_assistant_get_plan (assistant)->sheet, ==, "Lines");
  go (assistant, "cancel");
  wait_closed ();
  qd_ui_close (window);
}

/* A sheet that is no table can be left for another one. */
static void
test_sheet_without_table (void)
{
  g_autoptr (QdWorkspace) workspace = make_empty ();
  QdMainWindow *window = qd_ui_open_workspace (workspace);
  g_autofree char *path = qd_ui_dup_path ("sheets.xlsx"); /* of the test before */
  QdImportAssistant *assistant = open_assistant (window, path);
  GtkDropDown *sheet = find_list (assistant, "Sheet");

  g_assert_cmpuint (gtk_drop_down_get_selected (sheet), ==, 1);
  gtk_drop_down_set_selected (sheet, 3);
  qd_ui_wait_while (qd_import_assistant_is_busy (assistant));
  g_assert_nonnull (qd_ui_find_label (GTK_WIDGET (assistant), "This Sheet Cannot Be Read"));
  g_assert_nonnull (qd_ui_find_label (GTK_WIDGET (assistant), "holds values where the names"));
  shoot (assistant, "import-1-sheet-without-names");
  g_assert_true (find_list (assistant, "Sheet") == sheet);
  gtk_drop_down_set_selected (sheet, 2);
  qd_ui_wait_while (qd_import_assistant_is_busy (assistant));
  g_assert_nonnull (qd_ui_find_label (find_preview (assistant), "more"));
  go (assistant, "cancel");
  wait_closed ();
  qd_ui_close (window);
}

/* A hundred columns with long names, and light and dark. */
static void
test_wide (void)
{
  g_autoptr (QdWorkspace) workspace = make_empty ();
  QdMainWindow *window = qd_ui_open_workspace (workspace);
  g_autoptr (GString) text = g_string_new ("account_id,account name");
  g_autofree char *path = NULL;
  QdImportAssistant *assistant;

  for (guint i = 3; i <= 100; i++)
    g_string_append_printf (text, ",A rather long name of a column that nobody can remember (number %u) and its unit", i);
  g_string_append (text, "\nA1,\"Rodríguez, Figueroa & Sánchez <Holding>\"");
  for (guint i = 3; i <= 100; i++)
    g_string_append_printf (text, ",a long value %u that goes on and on and on until nobody reads it any more", i);
  g_string_append_c (text, '\n');
  path = write_text ("wide.csv", text->str);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_FORCE_DARK);
  assistant = open_assistant (window, path);
  g_assert_nonnull (qd_ui_find_label (GTK_WIDGET (assistant), "The first 40 of 100 columns"));
  shoot (assistant, "import-1-wide-dark");
  next_to (assistant, QD_IMPORT_MAP);
  g_assert_nonnull (qd_ui_find_label (GTK_WIDGET (assistant), "2 of 100 columns feed a field, 98 become custom fields"));
  shoot (assistant, "import-3-wide-dark");
  next_to (assistant, QD_IMPORT_EFFECT);
  shoot (assistant, "import-6-wide-dark");
  /* Not wider than a small screen. */
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (assistant)), <=, 1024);
  {
    int minimum;

    gtk_widget_measure (GTK_WIDGET (assistant), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
    g_assert_cmpint (minimum, <=, 1024);
    gtk_widget_measure (GTK_WIDGET (assistant), GTK_ORIENTATION_VERTICAL, -1, &minimum, NULL, NULL, NULL);
    g_assert_cmpint (minimum, <=, 560);
  }
  go (assistant, "cancel");
  wait_closed ();
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_DEFAULT);
  qd_ui_close (window);
}

/* 1.25 million rows: every step on a worker. */
static void
test_huge (void)
{
  g_autoptr (QdWorkspace) workspace = make_empty ();
  QdMainWindow *window = qd_ui_open_workspace (workspace);
  g_autoptr (GString) text = g_string_new ("account_id,month,mrr\n");
  g_autofree char *path = NULL;
  QdImportAssistant *assistant;

  for (guint a = 0; a < 25000; a++)
    for (guint m = 0; m < 50; m++)
      g_string_append_printf (text, "A%05u,%u-%02u,%u.50\n", a, 2020 + m / 12, m % 12 + 1, 10 + (a + m) % 90);
  g_string_append (text, "A00000,2029-13,5\n");
  path = write_text ("huge.csv", text->str);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.import-file", "s", path);
  assistant = find_assistant ();
  for (guint i = 0; i < 12 && qd_import_assistant_get_step (assistant) != QD_IMPORT_RESULT; i++)
    {
      g_autofree char *step = g_strdup_printf ("step %u", qd_import_assistant_get_step (assistant));
      QdHeart heart;

      qd_heart_start (&heart);
      qd_ui_wait_while (qd_import_assistant_is_busy (assistant));
      qd_heart_stop (&heart, step);
      if (qd_import_assistant_get_step (assistant) == QD_IMPORT_CHECK)
        g_assert_cmpuint (qd_import_assistant_get_result (assistant)->rejected, ==, 1);
      if (qd_import_assistant_get_step (assistant) != QD_IMPORT_RESULT)
        gtk_widget_activate_action (GTK_WIDGET (assistant), "import.next", NULL);
    }
  g_assert_cmpint (qd_import_assistant_get_step (assistant), ==, QD_IMPORT_RESULT);
  g_assert_cmpuint (qd_import_assistant_get_result (assistant)->imported, ==, 1250000);
  go (assistant, "next");
  wait_closed ();
  qd_ui_close (window);
}

/* A table without names of columns: one click makes it one. */
static void
test_no_header (void)
{
  g_autoptr (QdWorkspace) workspace = make_empty ();
  QdMainWindow *window = qd_ui_open_workspace (workspace);
  g_autofree char *path = write_text ("bare.csv", "P1,2024-01-01\nP2,2024-01-02\n");
  QdImportAssistant *assistant = open_assistant (window, path);

  g_assert_nonnull (qd_ui_find_label (GTK_WIDGET (assistant), "Columns Have No Names"));
  go (assistant, "no-header");
  g_assert_nonnull (qd_ui_find_label (GTK_WIDGET (assistant), "Column 2"));
  g_assert_cmpuint (qd_import_assistant_get_inspection (assistant)->rows->len, ==, 2);
  go (assistant, "cancel");
  wait_closed ();
  qd_ui_close (window);
}

/* States, without a window. */
static void
test_states (void)
{
  g_autoptr (QdFormat) format = qd_format_new ("USD");
  g_autoptr (QdImportPlan) plan = qd_import_plan_new ("x.csv");
  g_autoptr (QdImportGetState) none = qd_import_get_state_from_values (NULL, NULL, NULL, FALSE, format);
  g_autoptr (QdImportGetState) busy = qd_import_get_state_from_values (plan, NULL, NULL, TRUE, format);
  g_autoptr (GError) error = g_error_new_literal (QD_INTAKE_ERROR, QD_INTAKE_ERROR_HEADER, "x");
  g_autoptr (QdImportGetState) failed = qd_import_get_state_from_values (plan, NULL, error, FALSE, format);
  g_autoptr (QdImportCheckState) some = qd_import_check_state_from_values (412, 3, 0, FALSE, format);
  g_autoptr (QdImportCheckState) all = qd_import_check_state_from_values (3, 3, 0, FALSE, format);
  g_autoptr (QdImportCheckState) fine = qd_import_check_state_from_values (3, 0, 1, FALSE, format);
  g_autoptr (QdImportMapState) map = NULL;
  g_auto (QdImportNext) ask = { 0 };
  QdPlanColumn columns[] = {
    { g_strdup ("a"), g_strdup ("a"), 0, NULL, g_strdup ("a"), QD_MATCH_STRONG },
    { g_strdup ("b"), g_strdup ("b"), -1, g_strdup ("b"), g_strdup ("b"), QD_MATCH_NONE },
    { g_strdup ("c"), g_strdup ("c"), -1, NULL, g_strdup ("c"), QD_MATCH_NONE },
  };
  g_autoptr (QdQuestion) question = qd_question_new (QD_QUESTION_DECIMAL, NULL, NULL, FALSE);
  g_autoptr (GPtrArray) questions = g_ptr_array_new ();

  g_assert_cmpint (none->view, ==, QD_IMPORT_GET_DROP);
  g_assert_cmpint (busy->view, ==, QD_IMPORT_GET_BUSY);
  g_assert_cmpint (failed->view, ==, QD_IMPORT_GET_FAILED);
  g_assert_true (failed->offers_no_header);
  g_assert_false (failed->next.can_next);
  g_assert_cmpstr (some->next.next_label, ==, "_Leave Out 3 Rows");
  g_assert_true (some->next.can_next);
  g_assert_false (all->next.can_next);
  g_assert_nonnull (all->next.hint);
  g_assert_true (fine->all_fit);
  g_assert_cmpstr (fine->next.next_label, ==, "_Next");

  plan->kind = qd_kind_find ("accounts", NULL);
  g_array_append_vals (plan->columns, columns, 3);
  map = qd_import_map_state_from_values (plan, NULL);
  g_assert_cmpuint (map->n_fields, ==, 1);
  g_assert_cmpuint (map->n_custom, ==, 1);
  g_assert_cmpuint (map->n_left_out, ==, 1);
  g_assert_cmpuint (map->problems->len, ==, 1); /* the name */
  g_assert_false (map->next.can_next);
  qd_import_plan_assign (plan, 1, 1, NULL);
  g_clear_pointer (&map, qd_import_map_state_free);
  map = qd_import_map_state_from_values (plan, NULL);
  g_assert_true (map->next.can_next);
  /* A column that takes another's field; a name that is another's. */
  qd_import_plan_assign (plan, 2, 1, NULL);
  g_assert_cmpint (g_array_index (plan->columns, QdPlanColumn, 1).field, ==, -1);
  qd_import_plan_assign (plan, 2, -1, "b");
  g_assert_cmpstr (g_array_index (plan->columns, QdPlanColumn, 2).custom, ==, "b_2");

  g_ptr_array_add (questions, question);
  qd_question_add_answer (question, ".", "1");
  qd_import_plan_take_questions (plan, questions);
  ask = qd_import_ask_state_from_values (plan, 0, FALSE);
  g_assert_false (ask.can_next);
  qd_import_plan_answer (plan, QD_QUESTION_DECIMAL, ".");
  qd_import_next_clear (&ask);
  ask = qd_import_ask_state_from_values (plan, 0, FALSE);
  g_assert_true (ask.can_next);
  qd_import_next_clear (&ask);
  ask = qd_import_ask_state_from_values (plan, 2, FALSE);
  g_assert_false (ask.can_next);
  {
    g_auto (QdImportOptions) options = { 0 };

    qd_import_plan_fill (plan, &options);
    g_assert_cmpint (options.decimal, ==, '.');
    g_assert_cmpstr (g_hash_table_lookup (options.map, "account_id"), ==, "a");
    g_assert_cmpstr (g_hash_table_lookup (options.map, "name"), ==, "");
    g_assert_cmpstr (g_hash_table_lookup (options.map, "b_2"), ==, "c");
  }
}

static void
test_preview (void)
{
  g_autoptr (QdFormat) format = qd_format_new ("USD");
  const struct
  {
    const char *text;
    QdLooks looks;
    guint order, decimal;
    const char *shown;
    gboolean odd;
  } cases[] = {
    { "03/04/2024", QD_LOOKS_DATE, QD_ORDER_DMY, QD_DECIMAL_ANY, "3 Apr 2024", FALSE },
    { "03/04/2024", QD_LOOKS_DATE, QD_ORDER_MDY, QD_DECIMAL_ANY, "4 Mar 2024", FALSE },
    { "03/04/2024", QD_LOOKS_DATE, QD_ORDER_ANY, QD_DECIMAL_ANY, "03/04/2024", FALSE },
    { "31/12/2024", QD_LOOKS_DATE, QD_ORDER_MDY, QD_DECIMAL_ANY, "31/12/2024", TRUE },
    { "1.234", QD_LOOKS_NUMBER, QD_ORDER_ANY, QD_DECIMAL_COMMA, "1,234", FALSE },
    { "n/a", QD_LOOKS_NUMBER, QD_ORDER_ANY, QD_DECIMAL_POINT, "n/a", TRUE },
    { "a\nb", QD_LOOKS_TEXT, QD_ORDER_ANY, QD_DECIMAL_ANY, "a b", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gboolean odd;
      g_autofree char *shown = qd_import_preview_dup_cell (cases[i].text, cases[i].looks, cases[i].order, cases[i].decimal,
                                                           format, &odd);
      g_autofree char *plain = g_strdup (shown);
      g_auto (GStrv) parts = g_strsplit (plain, "\u202f", -1);
      g_autofree char *joined = g_strjoinv (",", parts);

      g_test_message ("%s → %s", cases[i].text, shown);
      g_assert_cmpstr (joined, ==, cases[i].shown);
      g_assert_cmpint (odd, ==, cases[i].odd);
    }
}

/* Exports that nobody on the project wrote, when they are there: defaults alone. */
static void
test_real (void)
{
  const char *folder = g_getenv ("QUARTERDECK_REAL_DATA");
  const struct
  {
    const char *file, *kind;
  } cases[] = {
    { "subscription-events/customers.csv", "accounts" },
    { "subscription-events/subscription_events.csv", "movements" },
    { "subscription-lines/ravenstack_accounts.csv", "accounts" },
    { "subscription-lines/ravenstack_subscriptions.csv", "subscriptions" },
  };

  if (folder == NULL)
    {
      g_test_skip ("QUARTERDECK_REAL_DATA names no folder");
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (QdWorkspace) workspace = make_empty ();
      QdMainWindow *window = qd_ui_open_workspace (workspace);
      g_autofree char *path = g_build_filename (folder, cases[i].file, NULL);
      QdImportAssistant *assistant = open_assistant (window, path);
      QdImportPlan *plan;

      g_test_message ("%s", path);
      for (guint k = 0; k < 2; k++)
        go (assistant, "next");
      g_assert_cmpint (qd_import_assistant_get_step (assistant), >=, QD_IMPORT_ASK);
      plan = qd_import_assistant_get_plan (assistant);
      g_assert_cmpstr (plan->kind->name, ==, cases[i].kind);
      g_assert_cmpuint (plan->answers->len, <=, 2);
      for (guint k = 0; k < plan->answers->len; k++)
        {
          QdPlanAnswer *answer = plan->answers->pdata[k];

          g_test_message ("asked %d of %s", (int) answer->type, answer->question->header);
          qd_import_plan_answer (plan, answer->type, g_array_index (answer->question->answers, QdAnswer, 0).value);
        }
      qd_import_assistant_update (assistant);
      next_to (assistant, QD_IMPORT_RESULT);
      g_assert_cmpuint (qd_import_assistant_get_result (assistant)->rejected, ==, 0);
      go (assistant, "next");
      wait_closed ();
      qd_ui_close (window);
    }
}

/* The combo row of that title. */
static AdwComboRow *
find_row (GtkWidget  *root,
          const char *title)
{
  if (ADW_IS_COMBO_ROW (root) && g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (root)), title) == 0)
    return ADW_COMBO_ROW (root);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      AdwComboRow *row = find_row (child, title);

      if (row != NULL)
        return row;
    }
  return NULL;
}

/* Texts that nobody knows are asked once, for the next file too; where accounts differ a rule says what holds. */
static void
test_rules (void)
{
  g_autofree char *lines = write_text ("words.csv", "line_id,account_id,start,mrr,trial\nL1,A1,2024-01-01,100,nope\n"
                                                    "L2,A2,2024-01-01,100,nope\nL3,A3,2024-01-01,100,sure\n");
  g_autofree char *there = write_text ("there.csv", "account_id,name,segment,csm\nA1,Alpha,SMB,Ann\n");
  g_autofree char *other = write_text ("other.csv", "account_id,name,segment,csm\nA1,Alpha,smb,Bob\nA4,Delta,Mid,\n");
  g_autoptr (QdWorkspace) workspace = make_empty ();
  QdMainWindow *window = qd_ui_open_workspace (workspace);
  QdImportAssistant *assistant = open_assistant (window, lines);
  AdwComboRow *row;

  next_to (assistant, QD_IMPORT_ASK);
  row = find_row (GTK_WIDGET (assistant), "nope");
  g_assert_nonnull (row);
  g_assert_cmpuint (adw_combo_row_get_selected (row), ==, 0);
  shoot (assistant, "import-4-values");
  adw_combo_row_set_selected (row, 2); /* no */
  adw_combo_row_set_selected (find_row (GTK_WIDGET (assistant), "sure"), 1);
  go (assistant, "next");
  g_assert_cmpint (qd_import_assistant_get_step (assistant), ==, QD_IMPORT_EFFECT);
  next_to (assistant, QD_IMPORT_RESULT);
  g_assert_cmpuint (qd_import_assistant_get_result (assistant)->imported, ==, 3);
  go (assistant, "next");
  wait_closed ();

  /* The next time it is answered already. */
  assistant = open_assistant (window, lines);
  next_to (assistant, QD_IMPORT_ASK);
  g_assert_cmpuint (adw_combo_row_get_selected (find_row (GTK_WIDGET (assistant), "nope")), ==, 2);
  next_to (assistant, QD_IMPORT_EFFECT);
  g_assert_cmpuint (qd_import_assistant_get_result (assistant)->unchanged, ==, 3);
  gtk_window_close (GTK_WINDOW (assistant));
  wait_closed ();

  assistant = open_assistant (window, there);
  next_to (assistant, QD_IMPORT_RESULT);
  go (assistant, "next");
  wait_closed ();
  assistant = open_assistant (window, other);
  next_to (assistant, QD_IMPORT_ASK);
  g_assert_nonnull (find_row (GTK_WIDGET (assistant), "smb"));
  row = find_row (GTK_WIDGET (assistant), "Where a Cell Differs");
  g_assert_nonnull (row);
  adw_combo_row_set_selected (row, QD_COLLISION_FILL);
  g_assert_cmpuint (adw_combo_row_get_selected (find_row (GTK_WIDGET (assistant), "Customer Success Manager")), ==, QD_COLLISION_FILL);
  adw_combo_row_set_selected (find_row (GTK_WIDGET (assistant), "Customer Success Manager"), QD_COLLISION_FILE);
  shoot (assistant, "import-4-collisions");
  next_to (assistant, QD_IMPORT_EFFECT);
  g_assert_cmpuint (qd_import_assistant_get_result (assistant)->conflicts, ==, 1);
  g_assert_cmpuint (qd_import_assistant_get_result (assistant)->merged, ==, 1);
  shoot (assistant, "import-6-conflicts");
  gtk_window_close (GTK_WINDOW (assistant));
  wait_closed ();
  qd_ui_close (window);
}

/* The list of saved mappings follows what the window's actions do. */
static void
test_mappings (void)
{
  g_autoptr (QdWorkspace) workspace = make_empty ();
  QdMainWindow *window = qd_ui_open_workspace (workspace);
  g_autofree char *first = write_text ("one.csv", "account_id,name\nA1,Alpha\n");
  QdImportAssistant *assistant = open_assistant (window, first);
  GListModel *windows = gtk_window_get_toplevels ();
  QdMappingsDialog *dialog = NULL;
  g_autoptr (QdTable) table = NULL;

  next_to (assistant, QD_IMPORT_RESULT);
  go (assistant, "next");
  wait_closed ();
  gtk_widget_activate_action (GTK_WIDGET (window), "win.mappings", NULL);
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) each = g_list_model_get_item (windows, i);

      if (QD_IS_MAPPINGS_DIALOG (each))
        dialog = QD_MAPPINGS_DIALOG (each);
    }
  g_assert_nonnull (dialog);
  qd_ui_wait_while (qd_mappings_dialog_get_n_mappings (dialog) != 1);
  qd_ui_shoot (GTK_WIDGET (dialog), "mappings");
  gtk_widget_activate_action (GTK_WIDGET (window), "win.rename-mapping", "(ss)", "one", "CRM accounts");
  qd_ui_wait_while (qd_ui_find_label (GTK_WIDGET (window), "renamed to") == NULL);
  table = qd_workspace_list_mappings (workspace, NULL);
  g_assert_cmpstr (qd_table_get_text (table, 0, 0), ==, "CRM accounts");
  gtk_widget_activate_action (GTK_WIDGET (window), "win.delete-mapping", "s", "CRM accounts");
  qd_ui_wait_while (qd_mappings_dialog_get_n_mappings (dialog) != 0);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.undo", NULL);
  qd_ui_wait_while (qd_mappings_dialog_get_n_mappings (dialog) != 1);
  gtk_window_close (GTK_WINDOW (dialog));
  qd_ui_close (window);
}

static AdwMessageDialog *
wait_question (void)
{
  qd_ui_wait_while (qd_ui_find_window (ADW_TYPE_MESSAGE_DIALOG) == NULL);
  return ADW_MESSAGE_DIALOG (qd_ui_find_window (ADW_TYPE_MESSAGE_DIALOG));
}

/* A mapping goes to a file and into another workspace, through the dialogs of files. */
static void
test_mapping_files (void)
{
  g_autoptr (QdWorkspace) workspace = make_empty ();
  g_autoptr (QdWorkspace) second = make_empty ();
  QdMainWindow *window = qd_ui_open_workspace (workspace);
  g_autofree char *path = write_text ("words.csv", "line_id,account_id,start,mrr,trial\nL1,A1,2024-01-01,100,nope\n");
  g_autofree char *file = qd_ui_dup_path ("taken along.json");
  g_autofree char *broken = write_text ("broken.json", "{ \"format\": ");
  QdImportAssistant *assistant = open_assistant (window, path);
  g_autofree char *text = NULL;
  GtkWindow *dialog;

  next_to (assistant, QD_IMPORT_ASK);
  adw_combo_row_set_selected (find_row (GTK_WIDGET (assistant), "nope"), 2); /* no */
  next_to (assistant, QD_IMPORT_RESULT);
  go (assistant, "next");
  wait_closed ();
  gtk_widget_activate_action (GTK_WIDGET (window), "win.mappings", NULL);
  dialog = qd_ui_find_window (QD_TYPE_MAPPINGS_DIALOG);
  qd_ui_wait_while (qd_mappings_dialog_get_n_mappings (QD_MAPPINGS_DIALOG (dialog)) != 1);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.export-mapping", "s", "words");
  qd_ui_answer_file (file);
  qd_ui_wait_while (qd_ui_find_label (GTK_WIDGET (window), "saved as a file") == NULL);
  g_assert_true (g_file_get_contents (file, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "\"nope\": \"no\""));
  gtk_window_close (dialog);
  qd_ui_close (window);

  window = qd_ui_open_workspace (second);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.mappings", NULL);
  dialog = qd_ui_find_window (QD_TYPE_MAPPINGS_DIALOG);
  qd_ui_wait_while (qd_mappings_dialog_get_n_mappings (QD_MAPPINGS_DIALOG (dialog)) != 0);
  qd_ui_shoot (GTK_WIDGET (dialog), "mappings-none");
  gtk_widget_activate_action (GTK_WIDGET (window), "win.import-mapping", NULL);
  qd_ui_answer_file (file);
  qd_ui_wait_while (qd_mappings_dialog_get_n_mappings (QD_MAPPINGS_DIALOG (dialog)) != 1);
  /* What is no mapping is said, with why. */
  gtk_widget_activate_action (GTK_WIDGET (window), "win.import-mapping", NULL);
  qd_ui_answer_file (broken);
  qd_ui_shoot (GTK_WIDGET (wait_question ()), "mapping-broken");
  g_assert_nonnull (strstr (adw_message_dialog_get_body (wait_question ()), "it is no JSON"));
  gtk_window_close (GTK_WINDOW (wait_question ()));
  gtk_window_close (dialog);
  /* The next file of these columns is read by it. */
  assistant = open_assistant (window, path);
  next_to (assistant, QD_IMPORT_EFFECT);
  g_assert_cmpuint (qd_import_assistant_get_result (assistant)->rejected, ==, 0);
  gtk_window_close (GTK_WINDOW (assistant));
  wait_closed ();
  qd_ui_close (window);
}

int
main (int    argc,
      char **argv)
{
  qd_ui_test_init (&argc, &argv);
  g_test_add_func ("/ui/import/states", test_states);
  g_test_add_func ("/ui/import/preview", test_preview);
  g_test_add_func ("/ui/import/way", test_way);
  g_test_add_func ("/ui/import/first-chart", test_first_chart);
  g_test_add_func ("/ui/import/another", test_another);
  g_test_add_func ("/ui/import/changes", test_changes);
  g_test_add_func ("/ui/import/question", test_question);
  g_test_add_func ("/ui/import/rules", test_rules);
  g_test_add_func ("/ui/import/mappings", test_mappings);
  g_test_add_func ("/ui/import/mapping-files", test_mapping_files);
  g_test_add_func ("/ui/import/mend", test_mend);
  g_test_add_func ("/ui/import/conflict", test_conflict);
  g_test_add_func ("/ui/import/clash", test_clash);
  g_test_add_func ("/ui/import/broken", test_broken);
  g_test_add_func ("/ui/import/no-header", test_no_header);
  g_test_add_func ("/ui/import/workbook", test_workbook);
  g_test_add_func ("/ui/import/sheet-without-table", test_sheet_without_table);
  g_test_add_func ("/ui/import/wide", test_wide);
  g_test_add_func ("/ui/import/real", test_real);
  if (g_test_slow ())
    g_test_add_func ("/ui/import/huge", test_huge);
  return g_test_run ();
}
