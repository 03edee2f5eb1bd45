/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The page of one account: what it says, edits in place, refusals, undo.
 */
#include "ui-fixture.h"

#include <string.h>

#include "data/workspace/qd-workspace-edit.h"
#include "ui/pages/account/qd-account-facts.h"
#include "ui/pages/account/qd-account-page.h"
#include "ui/pages/account/qd-add-row-dialog.h"
#include "ui/pages/account/qd-row-dialog.h"
#include "ui/widgets/qd-record-list.h"

/* The row of a record list by its title. */
static GtkWidget *
find_row (GtkWidget  *root,
          const char *title)
{
  if (ADW_IS_PREFERENCES_ROW (root) && strcmp (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (root)), title) == 0)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_row (child, title);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* As somebody who types it and presses Return. */
static void
type (GtkWidget  *root,
      const char *title,
      const char *text)
{
  GtkWidget *row = find_row (root, title);

  g_assert_nonnull (row);
  g_assert_true (gtk_widget_grab_focus (row));
  gtk_editable_set_text (GTK_EDITABLE (row), text);
  g_signal_emit_by_name (row, "apply");
}

static char *
dup_value (QdMainWindow *window,
           const char   *account,
           const char   *field)
{
  g_autoptr (QdTable) record =
      qd_workspace_get_account (qd_session_get_workspace (qd_main_window_get_session (window)), account, NULL);

  for (guint i = 0; i < qd_table_get_n_rows (record); i++)
    if (strcmp (qd_table_get_text (record, i, 0), field) == 0)
      return g_strdup (qd_table_is_missing (record, i, 2) ? "" : qd_table_get_text (record, i, 2));
  g_error ("no field %s", field);
}

static gboolean
has_value (QdMainWindow *window,
           const char   *account,
           const char   *field,
           const char   *value)
{
  g_autofree char *found = dup_value (window, account, field);

  return strcmp (found, value) == 0;
}

static QdMainWindow *
open_account (guint       accounts,
              const char *id,
              QdPage    **page)
{
  QdMainWindow *window = qd_ui_open_sample (accounts);

  gtk_widget_activate_action (GTK_WIDGET (qd_main_window_get_page (window)), "win.open-account", "s", id);
  qd_ui_settle (window);
  *page = qd_main_window_get_page (window);
  g_assert_true (QD_IS_ACCOUNT_PAGE (*page));
  g_assert_nonnull (qd_page_get_result (*page));
  return window;
}

/* An account of the sample with revenue at the end, by its external id. */
static char *
find_account (void)
{
  static char *known;
  g_autoptr (QdWorkspace) workspace = NULL;
  g_autoptr (QdBook) book = NULL;
  const QdBookLines *lines;

  if (known != NULL)
    return g_strdup (known);
  workspace = qd_ui_make_sample (40);
  book = qd_workspace_get_book (workspace, NULL, NULL);
  lines = qd_book_get_lines (book);
  for (guint32 i = 0; i < qd_book_get_n_accounts (book); i++)
    if (lines->offsets[i + 1] - lines->offsets[i] >= 2 && lines->end[lines->offsets[i + 1] - 1] == QD_DAY_FOREVER)
      {
        known = g_strdup (qd_book_get_account_id (book, i));
        return g_strdup (known);
      }
  g_error ("the sample has no such account");
}

static void
scroll_down_in (GtkWidget *dialog)
{
  GtkAdjustment *adjustment =
      gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (qd_ui_find (dialog, GTK_TYPE_SCROLLED_WINDOW, NULL)));

  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
}

static void
scroll_down (QdPage *page)
{
  GtkWidget *scroller = qd_ui_find (GTK_WIDGET (page), GTK_TYPE_SCROLLED_WINDOW, "scroller");
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));

  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
}

static void
test_shows (void)
{
  QdPage *page;
  g_autofree char *id = find_account ();
  QdMainWindow *window = open_account (40, id, &page);
  const QdAccountFacts *facts = qd_page_get_result (page);
  QdWorkspace *workspace = qd_session_get_workspace (qd_main_window_get_session (window));
  g_autoptr (QdBook) book = qd_workspace_get_book (workspace, NULL, NULL);
  g_autoptr (QdProfile) profile = qd_workspace_get_profile (workspace, NULL, NULL);
  g_autoptr (QdLedger) ledger = qd_workspace_get_ledger (workspace, profile, NULL, NULL);
  g_autoptr (QdScope) scope = qd_scope_new (profile);
  g_autoptr (QdTable) table = qd_ledger_to_table (ledger, scope, NULL, NULL);
  g_autofree char *arr = NULL;
  g_autofree char *title = qd_page_dup_title (page);
  const char *name = qd_book_get_account_name (book, qd_book_find_account (book, id));

  /* its ARR by another way: twelve times the ledger's last row of it */
  for (guint i = 0; i < qd_table_get_n_rows (table); i++)
    if (strcmp (qd_table_get_text (table, i, 0), id) == 0 &&
        qd_table_get_integer (table, i, 2) == qd_book_get_last_month (book))
      arr = qd_format_money_full (qd_session_get_format (qd_main_window_get_session (window)),
                                  12. * (double) qd_table_get_integer (table, i, 3));
  g_assert_cmpstr (facts->arr, ==, arr);
  g_assert_cmpstr (title, ==, name);
  g_assert_nonnull (qd_ui_find_label (GTK_WIDGET (page), name));
  g_assert_nonnull (qd_ui_find_label (GTK_WIDGET (page), arr));
  g_assert_false (qd_chart_spec_is_empty (facts->chart));
  g_assert_true (facts->lines);
  g_assert_cmpuint (qd_table_get_n_rows (facts->rows), >=, 2);
  g_assert_nonnull (find_row (GTK_WIDGET (page), "Segment"));
  g_assert_nonnull (qd_ui_find_label (GTK_WIDGET (page), "accounts.csv"));
  qd_ui_shoot (GTK_WIDGET (window), "account");
  scroll_down (page);
  qd_ui_shoot (GTK_WIDGET (window), "account-fields");
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_FORCE_DARK);
  qd_ui_shoot (GTK_WIDGET (window), "account-fields-dark");
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_DEFAULT);
  qd_ui_close (window);
}

static void
test_edit (void)
{
  QdPage *page;
  g_autofree char *id = find_account ();
  QdMainWindow *window = open_account (40, id, &page);
  g_autofree char *before = dup_value (window, id, "segment");
  GtkWidget *row;

  type (GTK_WIDGET (page), "Segment", "Galactic");
  qd_ui_wait_while (!has_value (window, id, "segment", "Galactic"));
  qd_ui_wait_while (qd_ui_find_label (GTK_WIDGET (window), "changed from") == NULL);
  qd_ui_settle (window);
  row = find_row (GTK_WIDGET (page), "Segment");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (row)), ==, "Galactic");
  qd_ui_shoot (GTK_WIDGET (window), "account-edited");
  /* the focus is in the row, and what was typed there is applied: undo is of the change */
  gtk_widget_activate_action (GTK_WIDGET (page), "win.undo", NULL);
  qd_ui_wait_while (!has_value (window, id, "segment", before));
  qd_ui_settle (window);
  qd_ui_wait_while (strcmp (gtk_editable_get_text (GTK_EDITABLE (row)), before) != 0);
  qd_ui_close (window);
}

/* What is refused stands beside the field, with what was typed; nothing changes. */
static void
test_refused (void)
{
  QdPage *page;
  g_autofree char *id = find_account ();
  QdMainWindow *window = open_account (40, id, &page);
  g_autofree char *before = dup_value (window, id, "signup_date");
  GtkWidget *row = find_row (GTK_WIDGET (page), "Signed up");

  type (GTK_WIDGET (page), "Signed up", "03/04/2023");
  qd_ui_wait_while (qd_ui_find_label (GTK_WIDGET (page), "2023-04-03") == NULL);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (row)), ==, "03/04/2023");
  g_assert_true (gtk_widget_has_css_class (row, "error"));
  g_assert_true (has_value (window, id, "signup_date", before));
  scroll_down (page);
  qd_ui_shoot (GTK_WIDGET (window), "account-refused");
  /* another notation of the right one is taken, and shown as it is kept */
  type (GTK_WIDGET (page), "Signed up", "31.03.2023");
  qd_ui_wait_while (!has_value (window, id, "signup_date", "2023-03-31"));
  qd_ui_wait_while (strcmp (gtk_editable_get_text (GTK_EDITABLE (row)), "2023-03-31") != 0);
  g_assert_false (gtk_widget_has_css_class (row, "error"));
  qd_ui_close (window);
}

static GtkWindow *
find_toplevel (GType type)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWindow) top = g_list_model_get_item (toplevels, i);

      if (G_TYPE_CHECK_INSTANCE_TYPE (top, type))
        return top;
    }
  return NULL;
}

static void
test_line (void)
{
  QdPage *page;
  g_autofree char *id = find_account ();
  QdMainWindow *window = open_account (40, id, &page);
  const QdAccountFacts *facts = qd_page_get_result (page);
  QdTableView *view = qd_page_get_table (page);
  g_autofree char *line = g_strdup (facts->keys->pdata[0]);
  guint n = qd_table_get_n_rows (facts->rows);
  GtkWindow *dialog;

  /* in the table */
  g_signal_emit_by_name (view, "cell-edited", 0u, (guint) qd_table_find_column (facts->rows, "mrr"), "123.45");
  qd_ui_wait_while (qd_ui_find_label (GTK_WIDGET (window), "123.45") == NULL);
  qd_ui_settle (window);
  facts = qd_page_get_result (page);
  g_assert_cmpint (qd_table_get_integer (facts->rows, 0, (guint) qd_table_find_column (facts->rows, "mrr")), ==, 12345);

  /* in the dialog */
  g_signal_emit_by_name (view, "row-activated", 0u);
  dialog = find_toplevel (QD_TYPE_ROW_DIALOG);
  g_assert_nonnull (dialog);
  qd_ui_wait_while (find_row (GTK_WIDGET (dialog), "MRR") == NULL);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (find_row (GTK_WIDGET (dialog), "MRR"))), ==, "123.45");
  /* Return opens it; pressed twice it must not delete the row. */
  g_assert_nonnull (gtk_widget_get_ancestor (gtk_window_get_focus (dialog), QD_TYPE_RECORD_LIST));
  type (GTK_WIDGET (dialog), "End", "1999-01-01");
  qd_ui_wait_while (qd_ui_find_label (GTK_WIDGET (dialog), "before it starts") == NULL);
  type (GTK_WIDGET (dialog), "MRR", "200");
  qd_ui_wait_while (strcmp (gtk_editable_get_text (GTK_EDITABLE (find_row (GTK_WIDGET (dialog), "MRR"))), "200.00") != 0);
  qd_ui_shoot (GTK_WIDGET (dialog), "account-line");
  /* a yes or no is chosen */
  {
    GtkWidget *trial = find_row (GTK_WIDGET (dialog), "Trial");
    GtkWidget *yes = qd_ui_find (trial, GTK_TYPE_TOGGLE_BUTTON, NULL);

    g_assert_false (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (yes)));
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (yes), TRUE);
    qd_ui_wait_while (qd_ui_find_label (GTK_WIDGET (window), "Trial changed from") == NULL);
    gtk_widget_activate_action (GTK_WIDGET (page), "win.undo", NULL);
    qd_ui_wait_while (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (yes)));
    g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (gtk_widget_get_next_sibling (yes))));
  }
  scroll_down_in (GTK_WIDGET (dialog));
  qd_ui_shoot (GTK_WIDGET (dialog), "account-line-end");
  gtk_window_close (dialog);

  gtk_widget_activate_action (GTK_WIDGET (page), "win.delete-row", "s", line);
  qd_ui_wait_while (qd_table_get_n_rows (((QdAccountFacts *) qd_page_get_result (page))->rows) != n - 1);
  qd_ui_settle (window);
  gtk_window_set_focus (GTK_WINDOW (window), NULL);
  gtk_widget_activate_action (GTK_WIDGET (page), "win.undo", NULL);
  qd_ui_wait_while (qd_table_get_n_rows (((QdAccountFacts *) qd_page_get_result (page))->rows) != n);
  qd_ui_close (window);
}

/* The account's own ARR, by the ledger. */
static gint64
get_arr (QdMainWindow *window,
         const char   *id)
{
  QdWorkspace *workspace = qd_session_get_workspace (qd_main_window_get_session (window));
  g_autoptr (QdBook) book = qd_workspace_get_book (workspace, NULL, NULL);
  g_autoptr (QdProfile) profile = qd_workspace_get_profile (workspace, NULL, NULL);
  g_autoptr (QdLedger) ledger = qd_workspace_get_ledger (workspace, profile, NULL, NULL);
  QdMonth last = qd_ledger_get_last_month (ledger);
  guint32 account = qd_book_find_account (book, id);

  for (guint32 i = 0; i < qd_ledger_get_n_customers (ledger); i++)
    if (qd_ledger_get_account (ledger, i) == account)
      {
        gint64 level;

        qd_ledger_get_months (ledger, i, last, last, &level, NULL);
        return 12 * level;
      }
  return 0;
}

static void
import_csv (QdMainWindow *window,
            const char   *kind,
            const char   *name,
            const char   *csv)
{
  g_autofree char *path = qd_ui_dup_path (name);
  g_autoptr (QdImportResult) result = NULL;
  g_autoptr (GError) error = NULL;
  QdImportOptions options = { .source = "other" };

  g_file_set_contents (path, csv, -1, &error);
  g_assert_no_error (error);
  qd_workspace_import (qd_session_get_workspace (qd_main_window_get_session (window)), qd_kind_find (kind, NULL), path,
                       &options, NULL, NULL, &result, NULL, &error);
  g_assert_no_error (error);
}

static void
fill_in (GtkWindow  *dialog,
         const char *title,
         const char *text)
{
  GtkWidget *row = find_row (GTK_WIDGET (dialog), title);

  g_assert_nonnull (row);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
}

static void
wait_for_rows (QdMainWindow *window,
               QdPage       *page,
               guint         n)
{
  qd_ui_wait_while (qd_table_get_n_rows (((QdAccountFacts *) qd_page_get_result (page))->rows) != n);
  qd_ui_settle (window);
}

/* "Customer since" would say of somebody who left and came back that it never left. */
static void
test_breaks (void)
{
  QdMainWindow *window = qd_ui_open_sample (40);
  QdFormat *format = qd_session_get_format (qd_main_window_get_session (window));
  g_autoptr (QdBook) book = qd_workspace_get_book (qd_session_get_workspace (qd_main_window_get_session (window)), NULL, NULL);
  QdMonth last = qd_book_get_last_month (book);
  g_autofree char *first = qd_month_to_iso (last - 4);
  g_autofree char *again = qd_month_to_iso (last - 1);
  g_autofree char *now = qd_month_to_iso (last);
  g_autofree char *rows = g_strdup_printf ("account_id,month,mrr\nB1,%s,100\nB1,%s,110\nB1,%s,110\nB2,%s,100\nB2,%s,100\n",
                                           first, again, now, again, now);
  g_autofree char *left = qd_format_month (format, last - 3);
  g_autofree char *gone = qd_format_month (format, last - 2);
  g_autofree char *words = g_strdup_printf ("with a break %s to %s", left, gone);
  GtkWidget *page;

  import_csv (window, "mrr", "months.csv", rows);
  qd_session_go (qd_main_window_get_session (window), "account", "B1", NULL);
  qd_ui_settle (window);
  page = GTK_WIDGET (qd_main_window_get_page (window));
  g_assert_true (gtk_widget_get_visible (qd_ui_find_label (page, words)));
  qd_ui_shoot (GTK_WIDGET (window), "account-breaks");
  qd_session_go (qd_main_window_get_session (window), "account", "B2", NULL);
  qd_ui_settle (window);
  g_assert_null (qd_ui_find_label (page, "with a break"));
  qd_ui_close (window);
}

/* Monthly amounts and movements: edited in the table and the dialog, added, deleted; each the way back. */
static void
test_other_rows (void)
{
  QdMainWindow *window = qd_ui_open_sample (40);
  g_autoptr (QdBook) book = qd_workspace_get_book (qd_session_get_workspace (qd_main_window_get_session (window)), NULL, NULL);
  g_autofree char *last = qd_month_to_iso (qd_book_get_last_month (book));
  g_autofree char *before = qd_month_to_iso (qd_book_get_last_month (book) - 1);
  g_autofree char *months = g_strdup_printf ("account_id,month,mrr\nB1,%s,100\nB1,%s,110.10\n", before, last);
  g_autofree char *events = g_strdup_printf ("event_id,account_id,date,change\nE1,C1,%s-10,100\n", before);
  QdPage *page;
  QdTableView *view;
  const QdAccountFacts *facts;
  GtkWindow *dialog;

  import_csv (window, "mrr", "months.csv", months);
  import_csv (window, "movements", "events.csv", events);
  qd_session_go (qd_main_window_get_session (window), "account", "B1", NULL);
  qd_ui_settle (window);
  page = qd_main_window_get_page (window);
  view = qd_page_get_table (page);
  facts = qd_page_get_result (page);
  g_assert_cmpuint (facts->keys->len, ==, 2);
  g_assert_cmpint (get_arr (window, "B1"), ==, 12 * 11010);
  g_signal_emit_by_name (view, "cell-edited", 1u, (guint) qd_table_find_column (facts->rows, "mrr"), "210.11");
  qd_ui_wait_while (get_arr (window, "B1") != 12 * 21011);
  qd_ui_wait_while (qd_ui_find_label (GTK_WIDGET (window), "MRR changed from") == NULL);
  qd_ui_settle (window);
  {
    g_autofree char *arr = qd_format_money_full (qd_session_get_format (qd_main_window_get_session (window)), 12. * 21011);

    g_assert_nonnull (qd_ui_find_label (GTK_WIDGET (page), arr));
  }
  gtk_widget_activate_action (GTK_WIDGET (page), "win.undo", NULL);
  qd_ui_wait_while (get_arr (window, "B1") != 12 * 11010);
  qd_ui_settle (window);

  /* a month that is there already is refused in the dialog, another one is taken */
  gtk_widget_activate_action (GTK_WIDGET (page), "account.add-row", "s", "month");
  dialog = find_toplevel (QD_TYPE_ADD_ROW_DIALOG);
  qd_ui_wait_while (find_row (GTK_WIDGET (dialog), "Currency") == NULL);
  gtk_widget_activate (gtk_window_get_default_widget (dialog));
  qd_ui_wait_while (qd_ui_find_label (GTK_WIDGET (dialog), "cannot be empty") == NULL);
  g_assert_true (gtk_widget_has_css_class (find_row (GTK_WIDGET (dialog), "Month"), "error"));
  fill_in (dialog, "Month", last);
  fill_in (dialog, "MRR", "1.000,50");
  gtk_widget_activate (gtk_window_get_default_widget (dialog));
  qd_ui_wait_while (qd_ui_find_label (GTK_WIDGET (dialog), "already") == NULL);
  qd_ui_shoot (GTK_WIDGET (dialog), "account-add-month");
  {
    g_autofree char *earlier = qd_month_to_iso (qd_book_get_last_month (book) - 2);

    fill_in (dialog, "Month", earlier);
  }
  gtk_widget_activate (gtk_window_get_default_widget (dialog));
  wait_for_rows (window, page, 3);
  g_assert_null (find_toplevel (QD_TYPE_ADD_ROW_DIALOG));
  qd_ui_shoot (GTK_WIDGET (window), "account-months");
  gtk_widget_activate_action (GTK_WIDGET (page), "win.undo", NULL);
  wait_for_rows (window, page, 2);

  /* deleted, and back; with nothing selected, there is nothing to delete */
  qd_table_view_restore_state (view, NULL);
  g_assert_false (gtk_widget_get_sensitive (qd_ui_find (GTK_WIDGET (page), GTK_TYPE_BUTTON, "delete_row")));
  qd_table_view_select_row (view, 1);
  g_assert_true (gtk_widget_get_sensitive (qd_ui_find (GTK_WIDGET (page), GTK_TYPE_BUTTON, "delete_row")));
  gtk_widget_activate_action (GTK_WIDGET (page), "account.delete-row", NULL);
  wait_for_rows (window, page, 1);
  g_assert_cmpint (get_arr (window, "B1"), ==, 0);
  gtk_widget_activate_action (GTK_WIDGET (page), "win.undo", NULL);
  wait_for_rows (window, page, 2);
  g_assert_cmpint (get_arr (window, "B1"), ==, 12 * 11010);

  /* movements */
  qd_session_go (qd_main_window_get_session (window), "account", "C1", NULL);
  qd_ui_settle (window);
  page = qd_main_window_get_page (window);
  view = qd_page_get_table (page);
  facts = qd_page_get_result (page);
  g_signal_emit_by_name (view, "row-activated", 0u);
  dialog = find_toplevel (QD_TYPE_ROW_DIALOG);
  qd_ui_wait_while (find_row (GTK_WIDGET (dialog), "Change of MRR") == NULL);
  type (GTK_WIDGET (dialog), "Change of MRR", "-5");
  qd_ui_wait_while (qd_ui_find_label (GTK_WIDGET (dialog), "below 0") == NULL);
  type (GTK_WIDGET (dialog), "Change of MRR", "150");
  qd_ui_wait_while (get_arr (window, "C1") != 12 * 15000);
  qd_ui_shoot (GTK_WIDGET (dialog), "account-movement");
  gtk_window_close (dialog);
  gtk_widget_activate_action (GTK_WIDGET (page), "account.add-row", "s", "event");
  dialog = find_toplevel (QD_TYPE_ADD_ROW_DIALOG);
  qd_ui_wait_while (find_row (GTK_WIDGET (dialog), "Kind") == NULL);
  {
    g_autofree char *day = g_strconcat (last, "-03", NULL);

    fill_in (dialog, "Date", day);
  }
  fill_in (dialog, "Change of MRR", "\xe2\x88\x92" "49,99");
  qd_ui_shoot (GTK_WIDGET (dialog), "account-add-movement");
  gtk_widget_activate (gtk_window_get_default_widget (dialog));
  qd_ui_settle (window);
  qd_ui_wait_while (get_arr (window, "C1") != 12 * 10001);
  wait_for_rows (window, page, 2);
  qd_ui_shoot (GTK_WIDGET (window), "account-movements");
  qd_ui_close (window);
}

/* One that is gone, one without revenue, one with a huge name. */
static void
test_odd (void)
{
  QdPage *page;
  g_autofree char *id = find_account ();
  g_autofree char *huge = g_strnfill (400, 'W');
  QdMainWindow *window = open_account (40, id, &page);

  qd_session_go (qd_main_window_get_session (window), "account", "no such", NULL);
  qd_ui_settle (window);
  g_assert_nonnull (qd_ui_find_label (GTK_WIDGET (page), "no such"));
  qd_session_go (qd_main_window_get_session (window), "account", id, NULL);
  qd_ui_settle (window);
  gtk_widget_activate_action (GTK_WIDGET (page), "win.edit-account", "(sss)", id, "name", huge);
  qd_ui_wait_while (!has_value (window, id, "name", huge));
  qd_ui_settle (window);
  gtk_window_set_default_size (GTK_WINDOW (window), 1024, 600);
  qd_ui_shoot (GTK_WIDGET (window), "account-huge");
  gtk_window_set_default_size (GTK_WINDOW (window), 620, 600);
  qd_ui_wait_while (gtk_widget_get_width (GTK_WIDGET (window)) > 1000);
  scroll_down (page);
  qd_ui_shoot (GTK_WIDGET (window), "account-narrow");
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (window)), <=, 1280);
  qd_ui_close (window);
}

/* A workspace for reading only: everything is said, nothing can be typed. One that was only mentioned says so. */
static void
test_read_only (void)
{
  g_autofree char *id = find_account ();
  g_autoptr (QdWorkspace) first = qd_ui_make_sample (40);
  g_autofree char *path = g_strdup (qd_workspace_get_path (first));
  g_autofree char *csv = qd_ui_dup_path ("ghost.csv");
  g_autoptr (QdImportResult) result = NULL;
  g_autoptr (QdWorkspace) workspace = NULL;
  g_autoptr (GError) error = NULL;
  QdImportOptions options = { .source = "other" };
  QdMainWindow *window;
  QdPage *page;
  GtkWidget *row;

  g_file_set_contents (csv, "line_id,account_id,start,mrr\nX1,GHOST,2024-01-01,1200\n", -1, &error);
  g_assert_no_error (error);
  qd_workspace_import (first, qd_kind_find ("subscriptions", NULL), csv, &options, NULL, NULL, &result, NULL, &error);
  g_assert_no_error (error);
  g_clear_object (&first);
  workspace = qd_workspace_open (path, QD_STORE_OPEN_READ_ONLY, NULL, &error);
  g_assert_no_error (error);
  window = qd_application_new_window (qd_ui_get_application ());
  qd_main_window_set_workspace (window, workspace);
  gtk_window_present (GTK_WINDOW (window));
  qd_ui_settle (window);
  qd_session_go (qd_main_window_get_session (window), "account", "GHOST", NULL);
  qd_ui_settle (window);
  page = qd_main_window_get_page (window);
  g_assert_true (((QdAccountFacts *) qd_page_get_result (page))->implied);
  g_assert_nonnull (qd_ui_find_label (GTK_WIDGET (page), "reading only"));
  row = find_row (GTK_WIDGET (page), "Segment");
  g_assert_nonnull (row);
  g_assert_false (GTK_IS_EDITABLE (row));
  g_assert_false (gtk_widget_get_visible (qd_ui_find (GTK_WIDGET (page), GTK_TYPE_BUTTON, "delete_row")));
  qd_ui_shoot (GTK_WIDGET (window), "account-read-only");
  qd_ui_close (window);
}

int
main (int    argc,
      char **argv)
{
  qd_ui_test_init (&argc, &argv);
  g_test_add_func ("/ui/account/shows", test_shows);
  g_test_add_func ("/ui/account/edit", test_edit);
  g_test_add_func ("/ui/account/refused", test_refused);
  g_test_add_func ("/ui/account/line", test_line);
  g_test_add_func ("/ui/account/breaks", test_breaks);
  g_test_add_func ("/ui/account/other-rows", test_other_rows);
  g_test_add_func ("/ui/account/odd", test_odd);
  g_test_add_func ("/ui/account/read-only", test_read_only);
  return g_test_run ();
}
