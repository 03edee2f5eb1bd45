/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Editing several customers at once: what is chosen, what is said before, what
 * is changed, and the way back.
 */
#include "ui-fixture.h"

#include <string.h>

#include "data/workspace/qd-workspace-edit.h"
#include "ui/dialogs/bulk/qd-bulk-dialog.h"

static QdWorkspace *
get_workspace (QdMainWindow *window)
{
  return qd_session_get_workspace (qd_main_window_get_session (window));
}

static char *
dup_value (QdMainWindow *window,
           const char   *account,
           const char   *field)
{
  g_autoptr (QdTable) record = qd_workspace_get_account (get_workspace (window), account, NULL);

  for (guint i = 0; i < qd_table_get_n_rows (record); i++)
    if (strcmp (qd_table_get_text (record, i, 0), field) == 0)
      return g_strdup (qd_table_is_missing (record, i, 2) ? "" : qd_table_get_text (record, i, 2));
  g_error ("no field %s", field);
}

/* The customers at the end of the data. */
static QdTableView *
open_customers (QdMainWindow *window)
{
  g_autoptr (QdBook) book = qd_workspace_get_book (get_workspace (window), NULL, NULL);
  QdMonth last = qd_book_get_last_month (book);
  QdDrill drill;
  g_autofree char *text = NULL;

  g_assert_true (qd_drill_init (&drill, "mrr", (QdWindow) { last - 1, last }, 12));
  text = qd_drill_to_string (&drill);
  qd_session_go (qd_main_window_get_session (window), "rows", text, NULL);
  qd_ui_settle (window);
  return qd_page_get_table (qd_main_window_get_page (window));
}

static const char *
get_account (QdTableView *view,
             guint        row)
{
  QdTable *table = qd_table_view_get_table (view);

  return qd_table_get_text (table, row, (guint) qd_table_find_column (table, "account"));
}

static void
choose_first (QdTableView *view,
              guint        n)
{
  GtkColumnView *list = GTK_COLUMN_VIEW (qd_ui_find (GTK_WIDGET (view), GTK_TYPE_COLUMN_VIEW, NULL));

  gtk_selection_model_select_range (gtk_column_view_get_model (list), 0, n, TRUE);
}

static QdBulkDialog *
find_dialog (void)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWindow) top = g_list_model_get_item (toplevels, i);

      if (QD_IS_BULK_DIALOG (top))
        return QD_BULK_DIALOG (top);
    }
  return NULL;
}

static void
choose_attribute (QdBulkDialog *dialog,
                  const char   *title)
{
  AdwComboRow *row = ADW_COMBO_ROW (qd_ui_find (GTK_WIDGET (dialog), ADW_TYPE_COMBO_ROW, NULL));
  GListModel *titles = adw_combo_row_get_model (row);

  for (guint i = 0; i < g_list_model_get_n_items (titles); i++)
    if (strcmp (gtk_string_list_get_string (GTK_STRING_LIST (titles), i), title) == 0)
      {
        adw_combo_row_set_selected (row, i);
        return;
      }
  g_error ("no attribute %s", title);
}

static void
type (QdBulkDialog *dialog,
      const char   *text)
{
  gtk_editable_set_text (GTK_EDITABLE (qd_ui_find (GTK_WIDGET (dialog), ADW_TYPE_ENTRY_ROW, NULL)), text);
  qd_ui_wait_while (qd_bulk_dialog_is_busy (dialog));
}

static GtkWidget *
get_apply (QdBulkDialog *dialog)
{
  return gtk_window_get_default_widget (GTK_WINDOW (dialog));
}

static void
test_several (void)
{
  QdMainWindow *window = qd_ui_open_sample (40);
  QdTableView *view = open_customers (window);
  g_autofree char *title = NULL;
  g_autofree char *label = NULL;
  g_autofree char *arr = NULL;
  g_autoptr (GPtrArray) before = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) accounts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *other = NULL;
  g_autofree char *other_before = NULL;
  QdBulkDialog *dialog;
  gint64 sum = 0;

  /* nothing is chosen: it says so */
  gtk_widget_activate_action (GTK_WIDGET (view), "win.edit-customers", NULL);
  g_assert_null (find_dialog ());
  choose_first (view, 3);
  for (guint i = 0; i < 3; i++)
    {
      guint row = qd_table_view_get_row_at (view, i);
      QdTable *table = qd_table_view_get_table (view);

      sum += qd_table_get_integer (table, row, (guint) qd_table_find_column (table, "contribution"));
      g_ptr_array_add (accounts, g_strdup (get_account (view, row)));
      g_ptr_array_add (before, dup_value (window, accounts->pdata[i], "csm"));
    }
  other = g_strdup (get_account (view, qd_table_view_get_row_at (view, 3)));
  other_before = dup_value (window, other, "csm");
  arr = sum % 100 != 0 ? qd_format_money_exact (qd_table_view_get_format (view), sum)
                       : qd_format_money_full (qd_table_view_get_format (view), (double) sum);
  label = g_strdup_printf ("3 selected, %s ARR", arr);
  g_assert_nonnull (qd_ui_find_label (GTK_WIDGET (window), label));
  qd_ui_shoot (GTK_WIDGET (window), "editing-chosen");

  gtk_widget_activate_action (GTK_WIDGET (view), "win.edit-customers", NULL);
  dialog = find_dialog ();
  g_assert_nonnull (dialog);
  qd_ui_wait_while (qd_bulk_dialog_is_busy (dialog));
  choose_attribute (dialog, "CSM");
  qd_ui_wait_while (qd_bulk_dialog_is_busy (dialog));
  g_assert_nonnull (qd_ui_find_label (GTK_WIDGET (dialog), "CSM is emptied for 3 customers."));
  /* the button says so, and Return in the empty field does nothing */
  g_assert_nonnull (qd_ui_find_label (GTK_WIDGET (dialog), "Empty for 3 Customers"));
  g_assert_null (get_apply (dialog));
  /* a value in use is offered and taken */
  {
    GtkListBox *values = GTK_LIST_BOX (qd_ui_find (GTK_WIDGET (dialog), GTK_TYPE_LIST_BOX, "values"));
    GtkListBoxRow *first = gtk_list_box_get_row_at_index (values, 0);

    g_assert_nonnull (first);
    title = g_strdup (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (first)));
    g_signal_emit_by_name (values, "row-activated", first);
    g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (qd_ui_find (GTK_WIDGET (dialog), ADW_TYPE_ENTRY_ROW, NULL))), ==,
                     title);
  }
  type (dialog, "Zoe Zeppelin");
  g_assert_nonnull (qd_ui_find_label (GTK_WIDGET (dialog), "CSM becomes “Zoe Zeppelin” for 3 customers."));
  g_assert_true (gtk_widget_get_sensitive (get_apply (dialog)));
  qd_ui_shoot (GTK_WIDGET (dialog), "editing-dialog");
  gtk_widget_activate (get_apply (dialog));
  qd_ui_wait_while (qd_ui_find_label (GTK_WIDGET (window), "3 accounts: CSM set to “Zoe Zeppelin”") == NULL);
  g_assert_null (find_dialog ());
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *now = dup_value (window, accounts->pdata[i], "csm");

      g_assert_cmpstr (now, ==, "Zoe Zeppelin");
    }
  {
    g_autofree char *now = dup_value (window, other, "csm");

    g_assert_cmpstr (now, ==, other_before);
  }
  /* they are still the chosen ones */
  qd_ui_settle (window);
  g_assert_nonnull (qd_ui_find_label (GTK_WIDGET (window), label));

  /* one step back, and in Activity */
  gtk_widget_activate_action (GTK_WIDGET (view), "win.undo", NULL);
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *now = NULL;

      do
        {
          qd_ui_iterate ();
          g_free (now);
          now = dup_value (window, accounts->pdata[i], "csm");
        }
      while (strcmp (now, before->pdata[i]) != 0);
    }
  qd_session_go (qd_main_window_get_session (window), "activity", NULL, NULL);
  qd_ui_settle (window);
  g_assert_nonnull (qd_ui_find_label (GTK_WIDGET (window), "3 accounts: CSM set to “Zoe Zeppelin”"));
  qd_ui_close (window);
}

/* What cannot be is refused before it is done; what is there already is not done again. */
static void
test_refused (void)
{
  QdMainWindow *window = qd_ui_open_sample (40);
  QdTableView *view = open_customers (window);
  QdBulkDialog *dialog;

  choose_first (view, 2);
  gtk_widget_activate_action (GTK_WIDGET (view), "win.edit-customers", NULL);
  dialog = find_dialog ();
  qd_ui_wait_while (qd_bulk_dialog_is_busy (dialog));
  choose_attribute (dialog, "Seats");
  type (dialog, "a few");
  g_assert_nonnull (qd_ui_find_label (GTK_WIDGET (dialog), "a few"));
  g_assert_false (gtk_widget_get_sensitive (get_apply (dialog)));
  type (dialog, "77");
  g_assert_true (gtk_widget_get_sensitive (get_apply (dialog)));
  gtk_widget_activate (get_apply (dialog));
  qd_ui_wait_while (qd_ui_find_label (GTK_WIDGET (window), "2 accounts: Seats") == NULL);
  qd_ui_settle (window);
  gtk_widget_activate_action (GTK_WIDGET (view), "win.edit-customers", NULL);
  dialog = find_dialog ();
  qd_ui_wait_while (qd_bulk_dialog_is_busy (dialog));
  /* the attribute of last time */
  type (dialog, "77");
  g_assert_nonnull (qd_ui_find_label (GTK_WIDGET (dialog), "have this value already"));
  g_assert_false (gtk_widget_get_sensitive (get_apply (dialog)));
  gtk_window_close (GTK_WINDOW (dialog));
  qd_ui_close (window);
}

int
main (int    argc,
      char **argv)
{
  qd_ui_test_init (&argc, &argv);
  g_test_add_func ("/ui/editing/several", test_several);
  g_test_add_func ("/ui/editing/refused", test_refused);
  return g_test_run ();
}
