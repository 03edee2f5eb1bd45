/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The table view: order, search, selection, sums, layout, keys.
 */
#include "ui-fixture.h"

#include <stdlib.h>
#include <string.h>

#include "ui/qd-ui.h"
#include "ui/widgets/qd-table-view-private.h"
#include "ui/widgets/qd-ui-state.h"

static const QdColumn columns[] = {
  { "account", "Account", QD_COLUMN_TEXT },   { "customer", "Customer", QD_COLUMN_TEXT },
  { "arr", "ARR", QD_COLUMN_MONEY },          { "share", "Share", QD_COLUMN_RATE },
  { "since", "Since", QD_COLUMN_MONTH },      { "seats", "Seats", QD_COLUMN_COUNT },
  { "signed", "Signed", QD_COLUMN_DAY },      { "note", "Note", QD_COLUMN_MIXED },
};

static const char *const names[] = { "Zeta", "müller AG", "Alpha", "Muller & Sons", "=SUM(A1)", "Ölwerk", "alpha 2", "" };

/* Values of a generator of this test's own, with ties, negatives and gaps. */
static QdTable *
make_table (guint n_rows)
{
  QdTable *table = qd_table_new ("rows", "USD", columns, G_N_ELEMENTS (columns));
  guint32 seed = 12345;

  for (guint r = 0; r < n_rows; r++)
    {
      g_autofree char *id = g_strdup_printf ("A-%05u", r);
      guint32 x = seed = seed * 1664525u + 1013904223u;
      g_autofree char *name = g_strdup_printf ("%s %u", names[(x >> 24) % 8], (x >> 8) % 50);

      qd_table_add_text (table, id);
      if (x % 11 == 0)
        qd_table_add_missing (table);
      else
        qd_table_add_text (table, name);
      qd_table_add_money (table, ((gint64) (x >> 10) - 2000000) * 100);
      if (x % 7 == 0)
        qd_table_add_missing (table);
      else
        qd_table_add_rate (table, ((int) (x % 4001) - 2000) / 1000.0);
      qd_table_add_integer (table, qd_month_from_ym (2020 + x % 6, 1 + x % 12));
      qd_table_add_count (table, x % 9);
      qd_table_add_integer (table, x % 13 == 0 ? QD_DAY_NONE : qd_day_from_ymd (2024, 1 + x % 12, 1 + x % 28));
      if (x % 3 == 0)
        qd_table_add_rate (table, x % 10 / 10.0);
      else if (x % 3 == 1)
        qd_table_add_count (table, x % 10);
      else
        qd_table_add_text (table, names[x % 8]);
      qd_table_end_row (table);
    }
  return table;
}

static QdFormat *
make_format (void)
{
  return qd_format_new ("USD");
}

/* --- order --- */

static const QdTable *sorted;
static guint sorted_column;
static gboolean sorted_descending;

static int
compare_values (guint a,
                guint b)
{
  if (qd_table_get_column (sorted, sorted_column)->type == QD_COLUMN_TEXT)
    {
      g_autofree char *x = g_utf8_casefold (qd_table_get_text (sorted, a, sorted_column), -1);
      g_autofree char *y = g_utf8_casefold (qd_table_get_text (sorted, b, sorted_column), -1);

      return g_utf8_collate (x, y);
    }
  if (qd_table_get_column (sorted, sorted_column)->type == QD_COLUMN_RATE)
    {
      double x = qd_table_get_double (sorted, a, sorted_column), y = qd_table_get_double (sorted, b, sorted_column);

      return x < y ? -1 : x > y;
    }
  else
    {
      gint64 x = qd_table_get_integer (sorted, a, sorted_column), y = qd_table_get_integer (sorted, b, sorted_column);

      return x < y ? -1 : x > y;
    }
}

static int
compare_rows (const void *one,
              const void *two)
{
  guint a = *(const guint32 *) one, b = *(const guint32 *) two;
  gboolean no_a = qd_table_is_missing (sorted, a, sorted_column), no_b = qd_table_is_missing (sorted, b, sorted_column);
  int order = 0;

  if (no_a != no_b)
    return no_a ? 1 : -1;
  if (!no_a)
    order = compare_values (a, b);
  if (sorted_descending)
    order = -order;
  return order != 0 ? order : a < b ? -1 : a > b;
}

static void
test_order (void)
{
  g_autoptr (QdTable) table = make_table (3000);
  g_autoptr (QdFormat) format = make_format ();
  g_autoptr (QdTableIndex) index = qd_table_index_new (table, format);

  for (guint c = 0; c + 1 < G_N_ELEMENTS (columns); c++)
    for (int descending = 0; descending < 2; descending++)
      {
        guint n;
        g_autofree guint32 *order = qd_table_index_order (index, (int) c, descending, NULL, NULL, &n);
        g_autofree guint32 *expected = g_new (guint32, 3000);

        for (guint i = 0; i < 3000; i++)
          expected[i] = i;
        sorted = table;
        sorted_column = c;
        sorted_descending = descending;
        qsort (expected, 3000, sizeof (guint32), compare_rows);
        g_assert_cmpmem (order, n * sizeof (guint32), expected, 3000 * sizeof (guint32));
      }
}

/* Kind by kind, each in its own order, what is missing last. */
static void
test_order_mixed (void)
{
  g_autoptr (QdTable) table = make_table (500);
  g_autoptr (QdFormat) format = make_format ();
  g_autoptr (QdTableIndex) index = qd_table_index_new (table, format);
  guint n;
  g_autofree guint32 *order = qd_table_index_order (index, 7, FALSE, NULL, NULL, &n);

  g_assert_cmpuint (n, ==, 500);
  for (guint i = 1; i < n; i++)
    {
      QdColumnType a = qd_table_get_cell_type (table, order[i - 1], 7), b = qd_table_get_cell_type (table, order[i], 7);

      g_assert_cmpint (a, <=, b);
      if (a == b && a == QD_COLUMN_COUNT)
        g_assert_cmpint (qd_table_get_integer (table, order[i - 1], 7), <=, qd_table_get_integer (table, order[i], 7));
      if (a == b && a == QD_COLUMN_RATE)
        g_assert_cmpfloat (qd_table_get_double (table, order[i - 1], 7), <=, qd_table_get_double (table, order[i], 7));
    }
}

static void
test_find (void)
{
  g_autoptr (QdTable) table = make_table (2000);
  g_autoptr (QdFormat) format = make_format ();
  g_autoptr (QdTableIndex) index = qd_table_index_new (table, format);
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  guint n, expected = 0;
  g_autofree guint32 *found = qd_table_index_order (index, -1, FALSE, "MULLER", NULL, &n);

  for (guint r = 0; r < 2000; r++)
    if ((!qd_table_is_missing (table, r, 1) && (strstr (qd_table_get_text (table, r, 1), "üller") ||
                                                strstr (qd_table_get_text (table, r, 1), "Muller"))) ||
        (qd_table_get_cell_type (table, r, 7) == QD_COLUMN_TEXT &&
         (strstr (qd_table_get_text (table, r, 7), "üller") || strstr (qd_table_get_text (table, r, 7), "Muller"))))
      {
        g_assert_cmpuint (found[expected], ==, r);
        expected++;
      }
  g_assert_cmpuint (expected, >, 100);
  g_assert_cmpuint (n, ==, expected);
  g_clear_pointer (&found, g_free);

  /* As it is shown: a month by its name, whatever the kind of blank. */
  found = qd_table_index_order (index, 0, TRUE, "mar 2022", NULL, &n);
  g_assert_cmpuint (n, >, 0);
  for (guint i = 0; i < n; i++)
    g_assert_cmpint (qd_table_get_integer (table, found[i], 4), ==, qd_month_from_ym (2022, 3));
  for (guint i = 1; i < n; i++)
    g_assert_cmpuint (found[i - 1], >, found[i]);
  g_clear_pointer (&found, g_free);

  found = qd_table_index_order (index, -1, FALSE, "there is no such thing", NULL, &n);
  g_assert_cmpuint (n, ==, 0);

  g_cancellable_cancel (cancelled);
  {
    g_autoptr (QdTableIndex) fresh = qd_table_index_new (table, format);

    g_assert_null (qd_table_index_order (fresh, -1, FALSE, "x", cancelled, &n));
  }
}

/* --- the model says what it does --- */

/* Items come and go at the end of the list alone, and each stays at its place. */
static void
note_changes_cb (GListModel *model,
                 guint       position,
                 guint       removed,
                 guint       added,
                 guint      *n_told)
{
  g_assert_true (removed == 0 || added == 0);
  g_assert_cmpuint (position + removed, ==, *n_told);
  *n_told += added - removed;
  g_assert_cmpuint (*n_told, ==, g_list_model_get_n_items (model));
}

static void
take (QdTableModel  *model,
      const guint32 *order,
      guint          n)
{
  g_autoptr (QdTableRow) first = g_list_model_get_item (G_LIST_MODEL (model), 0);

  qd_table_model_take_order (model, g_memdup2 (order, n * sizeof (guint32)), n);
  if (first != NULL)
    g_assert_cmpuint (qd_table_row_get_row (first), ==, n > 0 ? order[0] : G_MAXUINT);
  qd_table_model_tell (model, G_MAXUINT);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, n);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (QdTableRow) row = g_list_model_get_item (G_LIST_MODEL (model), i);

      g_assert_cmpuint (qd_table_row_get_position (row), ==, i);
      g_assert_cmpuint (qd_table_row_get_row (row), ==, order[i]);
    }
}

static void
test_model (void)
{
  g_autoptr (QdTableModel) model = qd_table_model_new ();
  guint n_told = 0;
  g_autoptr (GtkBitset) set = NULL;
  const guint32 a[] = { 0, 1, 2, 3, 4, 5 }, b[] = { 0, 1, 4, 3, 2, 5 }, c[] = { 4, 2, 5 }, d[] = { 0, 1 };

  g_signal_connect (model, "items-changed", G_CALLBACK (note_changes_cb), &n_told);
  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (model)) == QD_TYPE_TABLE_ROW);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (model), 0));
  qd_table_model_take_table (model, 6, g_new0 (guint8, 6), NULL, 0);
  take (model, a, 6);
  take (model, b, 6);
  take (model, b, 6);
  take (model, c, 3);
  take (model, a, 6);
  take (model, NULL, 0);
  take (model, d, 2);
  take (model, a, 6);

  gtk_selection_model_select_range (GTK_SELECTION_MODEL (model), 1, 3, TRUE);
  take (model, b, 6);
  g_assert_true (gtk_selection_model_is_selected (GTK_SELECTION_MODEL (model), 1));
  g_assert_false (gtk_selection_model_is_selected (GTK_SELECTION_MODEL (model), 2)); /* row 4 stands there */
  g_assert_cmpuint (qd_table_model_count_selected (model), ==, 3);
  take (model, c, 3);
  g_assert_cmpuint (qd_table_model_count_selected (model), ==, 1);
  g_assert_true (qd_table_model_is_row_selected (model, 2));
  gtk_selection_model_select_all (GTK_SELECTION_MODEL (model));
  take (model, a, 6);
  set = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (model));
  g_assert_cmpuint (gtk_bitset_get_size (set), ==, 5); /* 1, 2, 3 and of the search 4, 2, 5 */
  g_assert_false (gtk_bitset_contains (set, 0));
  gtk_selection_model_unselect_item (GTK_SELECTION_MODEL (model), 4);
  g_assert_cmpuint (qd_table_model_count_selected (model), ==, 4);
  gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (model));
  g_assert_cmpuint (qd_table_model_count_selected (model), ==, 0);
  g_assert_cmpuint (qd_table_model_find_row (model, 3), ==, 3);
  qd_table_model_reset (model);
  g_assert_cmpuint (n_told, ==, 0);
}

/* --- the widget --- */

static GtkWindow *
open_view (QdTableView **view,
           guint         n_rows)
{
  GtkWidget *window = gtk_window_new ();
  g_autoptr (QdTable) table = make_table (n_rows);
  g_autoptr (QdFormat) format = make_format ();
  const char *const hidden[] = { "account", NULL };

  *view = QD_TABLE_VIEW (qd_table_view_new ());
  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (*view));
  gtk_window_set_default_size (GTK_WINDOW (window), 900, 600);
  qd_table_view_set_table (*view, table, format, hidden);
  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (window);
  qd_ui_wait_while (qd_table_view_is_busy (*view));
  return GTK_WINDOW (window);
}

static void
close_view (GtkWindow *window)
{
  gtk_window_destroy (window);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static const char *
get_summary (QdTableView *view)
{
  return gtk_label_get_text (view->summary);
}

static void
test_sums (void)
{
  QdTableView *view;
  GtkWindow *window = open_view (&view, 50);
  QdTable *table = qd_table_view_get_table (view);
  gint64 sum = 0, two = qd_table_get_integer (table, 3, 2) + qd_table_get_integer (table, 7, 2);
  g_autofree char *expected = NULL;
  g_autoptr (QdFormat) format = make_format ();

  for (guint r = 0; r < 50; r++)
    sum += qd_table_get_integer (table, r, 2);
  expected = qd_format_money_full (format, (double) sum);
  g_assert_true (g_str_has_prefix (get_summary (view), "50 rows"));
  g_assert_nonnull (strstr (get_summary (view), expected));
  qd_table_model_select_row (view->model, 3, TRUE);
  qd_table_model_select_row (view->model, 7, TRUE);
  g_free (expected);
  expected = qd_format_money_full (format, (double) two);
  g_assert_true (g_str_has_prefix (get_summary (view), "2 of 50 selected"));
  g_assert_nonnull (strstr (get_summary (view), expected));
  qd_ui_shoot (GTK_WIDGET (window), "table");
  close_view (window);
}

static void
collect_labels (GtkWidget *widget,
                GPtrArray *labels)
{
  if (GTK_IS_LABEL (widget))
    g_ptr_array_add (labels, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    collect_labels (child, labels);
}

/* A crowded table keeps its headings whole, in two lines; each says all of itself in its tooltip. */
static void
test_headings (void)
{
  static const QdColumn wide[] = {
    { "month", "Month", QD_COLUMN_MONTH },
    { "opening", "Amount at the opening", QD_COLUMN_MONEY },
    { "reactivation", "Reactivation", QD_COLUMN_MONEY },
    { "contraction", "Contraction", QD_COLUMN_MONEY },
    { "before", "12 months to Dec 2024", QD_COLUMN_MONEY },
    { "customers", "Customers at start", QD_COLUMN_COUNT },
  };
  static const char *const headings[] = { "Month", "Amount at the\nopening ($)", "Reactivation\n($)", "Contraction\n($)",
                                          "12 months to\nDec 2024 ($)", "Customers\nat start" };
  QdTableView *view;
  GtkWindow *window = open_view (&view, 5);
  g_autoptr (QdTable) table = qd_table_new ("wide", "USD", wide, G_N_ELEMENTS (wide));
  g_autoptr (QdFormat) format = make_format ();
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();

  qd_table_add_integer (table, qd_month_from_ym (2025, 1));
  for (guint c = 1; c < 5; c++)
    qd_table_add_money (table, 1234);
  qd_table_add_count (table, 7);
  qd_table_end_row (table);
  qd_table_view_set_table (view, table, format, NULL);
  qd_ui_wait_while (qd_table_view_is_busy (view));
  collect_labels (gtk_widget_get_first_child (GTK_WIDGET (view->view)), labels);
  g_assert_cmpuint (labels->len, ==, G_N_ELEMENTS (wide));
  for (guint c = 0; c < labels->len; c++)
    {
      GtkWidget *heading = gtk_widget_get_ancestor (labels->pdata[c], g_type_from_name ("GtkColumnViewTitle"));
      g_auto (GStrv) lines = g_strsplit (headings[c], "\n", -1);
      g_autofree char *whole = g_strjoinv (" ", lines);

      g_assert_cmpstr (gtk_label_get_text (labels->pdata[c]), ==, headings[c]);
      g_assert_cmpint (gtk_label_get_ellipsize (labels->pdata[c]), ==, PANGO_ELLIPSIZE_NONE);
      g_assert_cmpstr (gtk_widget_get_tooltip_text (heading), ==, whole);
    }
  close_view (window);
}

static void
test_copy (void)
{
  QdTableView *view;
  GtkWindow *window = open_view (&view, 200);
  QdTable *table = qd_table_view_get_table (view);
  g_autoptr (QdTable) all = NULL;
  g_autoptr (QdTable) some = NULL;

  qd_table_view_sort (view, "arr", TRUE);
  all = qd_table_view_dup_selection (view, 1);
  g_assert_cmpuint (qd_table_get_n_rows (all), ==, 200);
  g_assert_cmpuint (qd_table_get_n_columns (all), ==, 7);
  g_assert_cmpint (qd_table_find_column (all, "account"), ==, -1);
  for (guint r = 1; r < 200; r++)
    g_assert_cmpint (qd_table_get_integer (all, r - 1, 1), >=, qd_table_get_integer (all, r, 1));

  qd_table_model_select_row (view->model, 11, TRUE);
  qd_table_view_move_column (view, 2, -1);
  some = qd_table_view_dup_selection (view, 1);
  g_assert_cmpuint (qd_table_get_n_rows (some), ==, 1);
  g_assert_cmpstr (qd_table_get_column (some, 0)->id, ==, "arr");
  g_assert_cmpint (qd_table_get_integer (some, 0, 0), ==, qd_table_get_integer (table, 11, 2));
  for (guint c = 2; c < 7; c++)
    {
      g_autofree char *a = qd_table_format_iso (some, 0, c);
      g_autofree char *b = qd_table_format_iso (table, 11, c + 1);

      g_assert_cmpstr (a, ==, b);
      g_assert_cmpint (qd_table_get_cell_type (some, 0, c), ==, qd_table_get_cell_type (table, 11, c + 1));
    }
  {
    /* On paper and in a file a row that was only clicked is not all that is wanted; two are. */
    g_autoptr (QdTable) clicked = qd_table_view_dup_selection (view, 2);
    g_autoptr (QdTable) chosen = NULL;

    g_assert_cmpuint (qd_table_get_n_rows (clicked), ==, 200);
    qd_table_model_select_row (view->model, 12, TRUE);
    chosen = qd_table_view_dup_selection (view, 2);
    g_assert_cmpuint (qd_table_get_n_rows (chosen), ==, 2);
  }
  close_view (window);
}

/* Esc brings the list and the place in it back. */
static void
test_search (void)
{
  QdTableView *view;
  GtkWindow *window = open_view (&view, 1000);
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (view->scroller);
  double before;

  gtk_adjustment_set_value (adjustment, 5000);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  before = gtk_adjustment_get_value (adjustment);
  g_assert_cmpfloat (before, >, 1000);
  qd_table_view_set_search_text (view, "ölwerk");
  qd_ui_wait_while (qd_table_view_is_busy (view));
  g_assert_cmpuint (qd_table_view_get_n_visible (view), >, 10);
  g_assert_cmpuint (qd_table_view_get_n_visible (view), <, 400);
  g_assert_true (gtk_search_bar_get_search_mode (view->search_bar));
  g_assert_nonnull (strstr (get_summary (view), " of 1,000 rows"));
  qd_table_view_set_search_text (view, "no such row");
  qd_ui_wait_while (qd_table_view_is_busy (view));
  g_assert_cmpstr (gtk_stack_get_visible_child_name (view->stack), ==, "none");
  qd_table_model_select_row (view->model, 260, TRUE);
  g_signal_emit_by_name (view->search_entry, "stop-search");
  qd_ui_wait_while (qd_table_view_is_busy (view));
  g_assert_cmpuint (qd_table_view_get_n_visible (view), ==, 1000);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (view->stack), ==, "rows");
  g_assert_false (gtk_search_bar_get_search_mode (view->search_bar));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  g_assert_cmpfloat_with_epsilon (gtk_adjustment_get_value (adjustment), before, 40);
  {
    GtkWidget *focus = gtk_window_get_focus (window);
    GtkWidget *cell = qd_table_view_find_cell_widget (view, 260, 1);

    g_assert_nonnull (cell);
    g_assert_true (focus != NULL && gtk_widget_is_ancestor (cell, focus));
  }
  close_view (window);
}

static void
test_state (void)
{
  QdTableView *view;
  GtkWindow *window = open_view (&view, 1000);
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (view->scroller);
  g_autofree char *state = NULL;
  g_autoptr (QdTable) again = make_table (1000);
  g_autoptr (QdFormat) format = make_format ();
  const char *const hidden[] = { "account", NULL };
  double value;

  qd_table_view_sort (view, "seats", TRUE);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  qd_table_model_select_row (view->model, 500, TRUE);
  qd_table_model_select_row (view->model, 17, TRUE);
  gtk_adjustment_set_value (adjustment, 3000);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  value = gtk_adjustment_get_value (adjustment);
  state = qd_table_view_save_state (view);
  g_assert_null (strchr (state, '\n'));
  g_assert_nonnull (qd_table_view_get_table (view));

  qd_table_view_restore_state (view, NULL);
  qd_table_view_sort (view, "arr", FALSE);
  qd_ui_wait_while (qd_table_view_is_busy (view));
  g_assert_cmpuint (qd_table_model_count_selected (view->model), ==, 0);
  qd_table_view_restore_state (view, state);
  qd_ui_wait_while (qd_table_view_is_busy (view));
  g_assert_cmpstr (view->sort, ==, "seats");
  g_assert_true (view->descending);
  g_assert_cmpuint (qd_table_model_count_selected (view->model), ==, 2);
  g_assert_true (qd_table_model_is_row_selected (view->model, 500));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  g_assert_cmpfloat_with_epsilon (gtk_adjustment_get_value (adjustment), value, 40);

  /* The same table of newer data. */
  qd_table_view_set_table (view, again, format, hidden);
  qd_ui_wait_while (qd_table_view_is_busy (view));
  g_assert_cmpuint (qd_table_model_count_selected (view->model), ==, 2);
  g_assert_cmpstr (view->sort, ==, "seats");
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  g_assert_cmpfloat_with_epsilon (gtk_adjustment_get_value (adjustment), value, 40);

  qd_table_view_restore_state (view, "not a state");
  close_view (window);
}

static QdTable *
make_without (QdTable *table,
              guint    left_out)
{
  guint n_columns = qd_table_get_n_columns (table);
  g_autofree QdColumn *infos = g_new (QdColumn, n_columns);
  QdTable *copy;

  for (guint c = 0; c < n_columns; c++)
    infos[c] = *qd_table_get_column (table, c);
  copy = qd_table_new (qd_table_get_id (table), qd_table_get_currency (table), infos, n_columns);
  for (guint r = 0; r < qd_table_get_n_rows (table); r++)
    {
      if (r == left_out)
        continue;
      for (guint c = 0; c < n_columns; c++)
        qd_table_add_cell (copy, table, r, c);
      qd_table_end_row (copy);
    }
  return copy;
}

/* Whatever is done to the table, the selected rows are the same customers: also many, and those that a search hides. */
static void
test_identity (void)
{
  QdTableView *view;
  GtkWindow *window = open_view (&view, 3000);
  g_autoptr (QdFormat) format = make_format ();
  g_autoptr (QdTable) before = qd_table_ref (view->table);
  g_autoptr (QdTable) after = make_without (before, 10);
  const char *const hidden[] = { "account", NULL };
  g_autoptr (GArray) rows = NULL;

  for (guint r = 5; r < 1205; r++)
    qd_table_model_select_row (view->model, r, TRUE);
  qd_table_view_sort (view, "customer", TRUE);
  qd_ui_wait_while (qd_table_view_is_busy (view));
  g_assert_cmpuint (qd_table_model_count_selected (view->model), ==, 1200);
  qd_table_view_set_search_text (view, "zeta");
  qd_ui_wait_while (qd_table_view_is_busy (view));
  g_assert_cmpuint (qd_table_model_count_selected (view->model), <, 1200);
  qd_table_view_set_table (view, after, format, hidden);
  qd_ui_wait_while (qd_table_view_is_busy (view));
  qd_table_view_set_search_text (view, "");
  qd_ui_wait_while (qd_table_view_is_busy (view));
  rows = qd_table_view_dup_selected_rows (view);
  g_assert_cmpuint (rows->len, ==, 1199);
  for (guint r = 0; r < qd_table_get_n_rows (after); r++)
    g_assert_cmpint (qd_table_model_is_row_selected (view->model, r), ==, r >= 5 && r < 1204);
  close_view (window);
}

/* What the person did is there in the next run; columns that it did not know come where they belong. */
static void
test_layout (void)
{
  QdTableView *view;
  GtkWindow *window = open_view (&view, 20);
  g_autoptr (GArray) seen = NULL;
  g_autoptr (GArray) again = NULL;

  qd_table_view_set_layout_id (view, "test-layout");
  qd_table_view_move_column (view, 4, -1);
  gtk_column_view_column_set_visible (view->columns->pdata[5], FALSE);
  gtk_column_view_column_set_visible (view->columns->pdata[0], TRUE);
  gtk_column_view_column_set_fixed_width (view->columns->pdata[1], 333);
  g_action_group_activate_action (G_ACTION_GROUP (view->actions), "sort", g_variant_new_string ("arr"));
  g_action_group_activate_action (G_ACTION_GROUP (view->actions), "direction", g_variant_new_string ("descending"));
  seen = qd_table_view_dup_columns (view);
  close_view (window);
  qd_ui_state_flush ();
  qd_ui_state_reload ();

  window = open_view (&view, 20);
  qd_table_view_set_layout_id (view, "test-layout");
  again = qd_table_view_dup_columns (view);
  g_assert_cmpmem (seen->data, seen->len * sizeof (guint), again->data, again->len * sizeof (guint));
  g_assert_cmpint (gtk_column_view_column_get_fixed_width (view->columns->pdata[1]), ==, 333);
  g_assert_cmpstr (view->sort, ==, "arr");
  g_assert_true (view->descending);
  for (guint i = 1; i < 20; i++)
    g_assert_cmpint (qd_table_get_integer (view->table, qd_table_view_get_row_at (view, i - 1), 2), >=,
                     qd_table_get_integer (view->table, qd_table_view_get_row_at (view, i), 2));
  /* A page's order is no match for a person's. */
  qd_table_view_sort (view, "seats", FALSE);
  g_assert_cmpstr (view->sort, ==, "arr");
  qd_table_view_reset_layout (view);
  g_array_set_size (again, 0);
  g_clear_pointer (&again, g_array_unref);
  again = qd_table_view_dup_columns (view);
  g_assert_cmpuint (again->len, ==, 7);
  for (guint i = 0; i < 7; i++)
    g_assert_cmpuint (g_array_index (again, guint, i), ==, i + 1);
  close_view (window);
}

/* A click on a heading, as GTK's own sorter takes it. */
static void
test_heading (void)
{
  QdTableView *view;
  GtkWindow *window = open_view (&view, 300);

  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (view->scroller), 2000);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  gtk_column_view_sort_by_column (view->view, view->columns->pdata[3], GTK_SORT_ASCENDING);
  g_assert_cmpstr (view->sort, ==, "share");
  g_assert_false (view->descending);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  g_assert_cmpfloat (gtk_adjustment_get_value (gtk_scrolled_window_get_vadjustment (view->scroller)), <, 1);
  gtk_column_view_sort_by_column (view->view, view->columns->pdata[3], GTK_SORT_DESCENDING);
  g_assert_true (view->descending);
  gtk_column_view_sort_by_column (view->view, view->columns->pdata[1], GTK_SORT_ASCENDING);
  g_assert_cmpstr (view->sort, ==, "customer");
  g_assert_false (view->descending);
  close_view (window);
}

static void
activated_cb (QdTableView *view,
              guint        row,
              guint       *answer)
{
  *answer = row;
}

static void
edited_cb (QdTableView *view,
           guint        row,
           guint        column,
           const char  *text,
           char       **answer)
{
  g_free (*answer);
  *answer = g_strdup_printf ("%u %u %s", row, column, text);
}

static void
test_open_and_edit (void)
{
  QdTableView *view;
  GtkWindow *window = open_view (&view, 30);
  const char *const editable[] = { "arr", NULL };
  guint row = G_MAXUINT;
  g_autofree char *edited = NULL;
  GtkEditable *entry;

  g_assert_false (gtk_widget_get_visible (view->open_button));
  g_signal_connect (view, "row-activated", G_CALLBACK (activated_cb), &row);
  g_signal_connect (view, "cell-edited", G_CALLBACK (edited_cb), &edited);
  qd_table_view_set_editable (view, editable);
  qd_table_view_sort (view, "arr", FALSE);
  qd_table_view_select_row (view, 4);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  g_assert_true (gtk_widget_get_visible (view->open_button));
  g_assert_true (gtk_widget_get_sensitive (view->open_button));
  gtk_widget_activate (view->open_button);
  qd_ui_wait_while (row == G_MAXUINT);
  g_assert_cmpuint (row, ==, 4);

  gtk_widget_activate_action (GTK_WIDGET (view), "table.edit", NULL);
  g_assert_nonnull (view->editor);
  qd_ui_wait_while (!gtk_widget_get_mapped (view->editor));
  entry = g_object_get_data (G_OBJECT (view->editor), "qd-entry");
  g_assert_cmpstr (gtk_editable_get_text (entry), !=, "");
  gtk_editable_set_text (entry, " 12.50 ");
  g_signal_emit_by_name (entry, "activate");
  g_assert_cmpstr (edited, ==, "4 2 12.50");
  g_clear_pointer (&edited, g_free);

  /* Neither Esc nor the same text is a change. */
  qd_table_view_edit_cell (view, 4, 2);
  gtk_editable_set_text (entry, "7");
  gtk_popover_popdown (GTK_POPOVER (view->editor));
  qd_ui_wait_while (gtk_widget_get_mapped (view->editor));
  qd_table_view_edit_cell (view, 4, 2);
  g_signal_emit_by_name (entry, "activate");
  g_assert_null (edited);
  qd_table_view_edit_cell (view, 4, 1);
  g_assert_false (gtk_widget_get_mapped (view->editor) && edited != NULL);
  close_view (window);
}

/* Rows are read as what they are. */
static void
test_names (void)
{
  QdTableView *view;
  GtkWindow *window = open_view (&view, 10);
  GtkWidget *cell;

  qd_ui_wait_while (view->name_source != 0);
  cell = qd_table_view_find_cell_widget (view, 0, 2);
  g_assert_nonnull (cell);
  {
    g_autofree char *money = qd_table_index_dup_spoken (view->index, 0, 2);
    g_autofree char *name = qd_table_index_dup_spoken (view->index, 0, 1);
    g_autofree char *label = g_strconcat ("ARR ", money, NULL);
    g_autofree char *problem = NULL;

    g_assert_true (g_str_has_prefix (money, "$") || strstr (money, "$") != NULL);
    problem = gtk_test_accessible_check_property (GTK_ACCESSIBLE (gtk_widget_get_parent (cell)),
                                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label);
    g_assert_null (problem);
  }
  close_view (window);
}

/* Large tables are sorted and searched on a worker; only the last question counts. */
static void
test_large (void)
{
  QdTableView *view;
  GtkWindow *window = open_view (&view, 20000);

  qd_table_view_sort (view, "customer", FALSE);
  qd_table_view_sort (view, "customer", TRUE);
  qd_table_view_set_search_text (view, "zeta 1");
  qd_ui_wait_while (qd_table_view_is_busy (view));
  g_assert_cmpuint (qd_table_view_get_n_visible (view), >, 10);
  g_assert_cmpuint (qd_table_view_get_n_visible (view), <, 5000);
  qd_table_view_set_search_text (view, "");
  close_view (window);
}

/* The room that is left is the name's, however long other texts are. */
static void
test_room (void)
{
  static const QdColumn few[] = { { "name", "Name", QD_COLUMN_TEXT }, { "kind", "Kind", QD_COLUMN_TEXT } };
  QdTableView *view;
  GtkWindow *window = open_view (&view, 1);
  g_autoptr (QdTable) table = qd_table_new ("few", NULL, few, G_N_ELEMENTS (few));
  g_autoptr (QdFormat) format = make_format ();

  qd_table_add_text (table, "Globex");
  qd_table_add_text (table, "new, reactivation, contraction");
  qd_table_end_row (table);
  qd_table_view_set_table (view, table, format, NULL);
  g_assert_true (gtk_column_view_column_get_expand (view->columns->pdata[0]));
  g_assert_false (gtk_column_view_column_get_expand (view->columns->pdata[1]));
  close_view (window);
}

/* Whoever does not see the last column sees that there is more: its bar does not wait for a pointer. */
static void
test_wide (void)
{
  QdTableView *view;
  GtkWindow *window = open_view (&view, 100);
  GtkScrolledWindow *scroller = GTK_SCROLLED_WINDOW (qd_ui_find (GTK_WIDGET (view), GTK_TYPE_SCROLLED_WINDOW, NULL));
  GtkWidget *bar = gtk_scrolled_window_get_hscrollbar (scroller);
  int table, shown;

  gtk_window_set_default_size (window, 300, 300);
  qd_ui_wait_while (!gtk_widget_get_child_visible (bar));
  gtk_widget_measure (gtk_scrolled_window_get_child (scroller), GTK_ORIENTATION_HORIZONTAL, -1, &table, NULL, NULL, NULL);
  shown = gtk_widget_get_width (GTK_WIDGET (scroller));
  g_assert_cmpint (table, >, shown);
  g_assert_false (gtk_scrolled_window_get_overlay_scrolling (scroller));
  close_view (window);
}

/* Tables of one layout that are about different things each keep their own order, also until the next start. */
static void
test_orders (void)
{
  QdTableView *view;
  GtkWindow *window = open_view (&view, 20);
  g_autoptr (QdTable) other = make_table (30), more = make_table (20);

  qd_table_view_set_layout_id (view, "test-orders");
  qd_table_view_set_order_id (view, "churn");
  g_action_group_activate_action (G_ACTION_GROUP (view->actions), "sort", g_variant_new_string ("arr"));
  qd_table_view_set_order_id (view, "arr");
  qd_table_view_set_table (view, other, view->format, (const char *const *) view->hidden);
  g_assert_cmpstr (view->sort, ==, NULL);
  g_assert_cmpuint (qd_table_view_get_row_at (view, 7), ==, 7);
  g_action_group_activate_action (G_ACTION_GROUP (view->actions), "sort", g_variant_new_string ("seats"));
  qd_table_view_set_order_id (view, "churn");
  qd_table_view_set_table (view, more, view->format, (const char *const *) view->hidden);
  g_assert_cmpstr (view->sort, ==, "arr");
  close_view (window);
  qd_ui_state_flush ();
  qd_ui_state_reload ();

  window = open_view (&view, 20);
  qd_table_view_set_layout_id (view, "test-orders");
  g_assert_cmpstr (view->sort, ==, NULL);
  qd_table_view_set_order_id (view, "arr");
  g_assert_cmpstr (view->sort, ==, "seats");
  qd_table_view_set_order_id (view, "churn");
  g_assert_cmpstr (view->sort, ==, "arr");
  qd_table_view_reset_layout (view);
  close_view (window);
}

/* --- rows that move --- */

static GtkWidget *
get_list (QdTableView *view)
{
  return gtk_widget_get_last_child (GTK_WIDGET (view->view));
}

static void
settle (GtkWindow   *window,
        QdTableView *view)
{
  qd_ui_wait_while (qd_table_view_is_busy (view));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
}

/* Every widget says what stands at its place: to the eye, to the ear, and as selected. */
static void
assert_shown (QdTableView *view,
              guint        at_least)
{
  guint n = 0;

  qd_ui_wait_while (view->name_source != 0);
  for (GtkWidget *child = gtk_widget_get_first_child (get_list (view)); child; child = gtk_widget_get_next_sibling (child))
    {
      QdTableRow *item = qd_table_view_get_item (child);
      guint position = qd_table_row_get_position (item), row = qd_table_row_get_row (item);
      GtkWidget *cell = qd_table_view_find_cell_widget (view, row, 2);
      g_autofree char *text = NULL, *spoken = NULL, *label = NULL, *problem = NULL;

      g_assert_cmpuint (row, ==, qd_table_view_get_row_at (view, position));
      g_assert_nonnull (cell);
      g_assert_true (gtk_widget_is_ancestor (cell, child));
      text = qd_table_index_dup_cell (view->index, row, 2);
      g_assert_cmpstr (gtk_inscription_get_text (GTK_INSCRIPTION (cell)), ==, text);
      spoken = qd_table_index_dup_spoken (view->index, row, 2);
      label = g_strconcat ("ARR ", spoken, NULL);
      problem = gtk_test_accessible_check_property (GTK_ACCESSIBLE (gtk_widget_get_parent (cell)),
                                                    GTK_ACCESSIBLE_PROPERTY_LABEL, label);
      g_assert_cmpstr (problem, ==, NULL);
      g_assert_cmpint (!!(gtk_widget_get_state_flags (child) & GTK_STATE_FLAG_SELECTED), ==,
                       qd_table_model_is_row_selected (view->model, row));
      n++;
    }
  g_assert_cmpuint (n, >=, at_least);
}

static void
focus_row (QdTableView *view,
           guint        row)
{
  GtkWidget *cell = qd_table_view_find_cell_widget (view, row, 1);

  g_assert_nonnull (cell);
  gtk_widget_grab_focus (gtk_widget_get_parent (gtk_widget_get_parent (cell)));
}

static guint
get_focused_row (QdTableView *view)
{
  GtkWidget *widget = qd_table_view_find_focused_row (view);

  return widget != NULL ? qd_table_row_get_row (qd_table_view_get_item (widget)) : G_MAXUINT;
}

/* Sorting, searching and newer data leave the keyboard and the selection at their customer. */
static void
test_follow (void)
{
  QdTableView *view;
  GtkWindow *window = open_view (&view, 1000);
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (view->scroller);
  g_autoptr (QdTable) fewer = NULL;
  g_autoptr (QdFormat) format = make_format ();
  const char *const hidden[] = { "account", NULL };
  guint next;

  assert_shown (view, 100);
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (view->model), 3, TRUE);
  focus_row (view, 3);
  qd_table_model_select_row (view->model, 700, TRUE);
  for (int descending = 0; descending < 2; descending++)
    {
      qd_table_view_sort (view, "arr", descending);
      g_assert_cmpuint (get_focused_row (view), ==, 3);
      settle (window, view);
      g_assert_cmpuint (get_focused_row (view), ==, 3);
      g_assert_cmpfloat (gtk_adjustment_get_value (adjustment), <, 1);
      assert_shown (view, 100);
    }
  /* The arrow keys go on from there. */
  next = qd_table_view_get_row_at (view, qd_table_model_find_row (view->model, 3) + 1);
  gtk_widget_child_focus (get_list (view), GTK_DIR_DOWN);
  g_assert_cmpuint (get_focused_row (view), ==, next);
  settle (window, view);
  assert_shown (view, 100);

  /* A search that hides the row, and all rows again. */
  focus_row (view, next);
  qd_table_view_set_search_text (view, "no such row");
  settle (window, view);
  qd_table_view_set_search_text (view, "zeta");
  settle (window, view);
  assert_shown (view, 20);
  qd_table_view_set_search_text (view, NULL);
  settle (window, view);
  assert_shown (view, 100);

  /* Newer data with a row less: row 3 is row 2 now. */
  gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (view->model));
  qd_table_view_select_row (view, 3);
  settle (window, view);
  focus_row (view, 3);
  fewer = make_without (view->table, 1);
  qd_table_view_set_table (view, fewer, format, hidden);
  settle (window, view);
  g_assert_true (qd_table_model_is_row_selected (view->model, 2));
  g_assert_cmpuint (get_focused_row (view), ==, 2);
  assert_shown (view, 100);
  close_view (window);
}

static void
note_jump_cb (GtkAdjustment *adjustment,
              double        *farthest)
{
  *farthest = MAX (*farthest, ABS (gtk_adjustment_get_value (adjustment) - 8000));
}

/* Newer data does not move what is looked at, not for one frame: the row that is selected is far away. */
static void
test_stand_still (void)
{
  QdTableView *view;
  GtkWindow *window = open_view (&view, 1000);
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (view->scroller);
  g_autoptr (QdTable) fewer = make_without (view->table, 1);
  g_autoptr (QdFormat) format = make_format ();
  const char *const hidden[] = { "account", NULL };
  double farthest = 0;

  gtk_window_set_focus (window, NULL);
  qd_table_view_select_row (view, 3);
  settle (window, view);
  gtk_adjustment_set_value (adjustment, 8000);
  settle (window, view);
  g_signal_connect (adjustment, "value-changed", G_CALLBACK (note_jump_cb), &farthest);
  qd_table_view_set_table (view, fewer, format, hidden);
  for (guint i = 0; i < 4; i++)
    settle (window, view);
  g_assert_true (qd_table_model_is_row_selected (view->model, 2));
  g_assert_cmpfloat (farthest, <, 40);
  assert_shown (view, 100);
  close_view (window);
}

/* A range starts at the customer that was chosen, wherever it stands now. */
static void
test_range (void)
{
  QdTableView *view;
  GtkWindow *window = open_view (&view, 500);
  g_autoptr (GArray) rows = NULL;
  guint start;

  gtk_widget_activate_action (get_list (view), "list.select-item", "(ubb)", 4, FALSE, FALSE);
  qd_table_view_sort (view, "seats", TRUE);
  settle (window, view);
  start = qd_table_model_find_row (view->model, 4);
  g_assert_cmpuint (start, >, 10);
  rows = qd_table_view_dup_selected_rows (view);
  g_assert_cmpuint (rows->len, ==, 1);
  g_assert_cmpuint (g_array_index (rows, guint, 0), ==, 4);
  gtk_widget_activate_action (get_list (view), "list.select-item", "(ubb)", start + 5, FALSE, TRUE);
  g_clear_pointer (&rows, g_array_unref);
  rows = qd_table_view_dup_selected_rows (view);
  g_assert_cmpuint (rows->len, ==, 6);
  for (guint i = 0; i < 6; i++)
    g_assert_cmpuint (g_array_index (rows, guint, i), ==, qd_table_view_get_row_at (view, start + i));
  assert_shown (view, 100);
  close_view (window);
}

/* What is typed goes to the row that it was meant for, and the entry stays on it while it is in sight. */
static void
test_edit_follows (void)
{
  QdTableView *view;
  GtkWindow *window = open_view (&view, 12);
  const char *const editable[] = { "arr", NULL };
  g_autofree char *edited = NULL;
  GtkEditable *entry;
  GdkRectangle before, after;

  g_signal_connect (view, "cell-edited", G_CALLBACK (edited_cb), &edited);
  qd_table_view_set_editable (view, editable);
  qd_table_view_select_row (view, 4);
  settle (window, view);
  qd_table_view_edit_cell (view, 4, 2);
  qd_ui_wait_while (!gtk_widget_get_mapped (view->editor));
  g_assert_true (gtk_popover_get_pointing_to (GTK_POPOVER (view->editor), &before));
  entry = g_object_get_data (G_OBJECT (view->editor), "qd-entry");
  gtk_editable_set_text (entry, "77");
  qd_table_view_sort (view, "account", TRUE);
  g_assert_cmpuint (qd_table_model_find_row (view->model, 4), ==, 7);
  for (guint i = 0; i < 6; i++)
    gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  g_assert_true (gtk_popover_get_pointing_to (GTK_POPOVER (view->editor), &after));
  g_assert_cmpint (after.y, >, before.y + 2 * before.height);
  g_assert_cmpstr (gtk_editable_get_text (entry), ==, "77");
  g_signal_emit_by_name (entry, "activate");
  g_assert_cmpstr (edited, ==, "4 2 77");
  close_view (window);
}

static gpointer (*get_real_item) (GListModel *model, guint position);
static guint n_asked, most_at_once;

static gpointer
count_item (GListModel *model,
            guint       position)
{
  n_asked++;
  return get_real_item (model, position);
}

/* The most that one turn of the main loop asks for. */
static guint
count_asked (GtkWindow   *window,
             QdTableView *view)
{
  most_at_once = n_asked;
  do
    {
      n_asked = 0;
      g_main_context_iteration (NULL, TRUE);
      most_at_once = MAX (most_at_once, n_asked);
    }
  while (qd_table_view_is_busy (view));
  n_asked = 0;
  return most_at_once;
}

/* However many rows there are, GTK looks at no more of them than it has widgets for, a few times over. */
static void
test_few_items (void)
{
  const guint n_rows = 200000, few = 1500;
  QdTableView *view;
  GtkWindow *window = open_view (&view, 10);
  g_autoptr (QdTable) table = make_table (n_rows);
  g_autoptr (QdTable) newer = make_without (table, n_rows / 2);
  g_autoptr (QdFormat) format = make_format ();
  const char *const hidden[] = { "account", NULL };
  GListModelInterface *iface = g_type_interface_peek (g_type_class_peek (QD_TYPE_TABLE_MODEL), G_TYPE_LIST_MODEL);

  get_real_item = iface->get_item;
  iface->get_item = count_item;
  n_asked = 0;
  qd_table_view_set_table (view, table, format, hidden);
  g_assert_cmpuint (count_asked (window, view), <, few);
  qd_table_view_select_row (view, n_rows / 3);
  settle (window, view);
  focus_row (view, n_rows / 3);
  for (guint c = 1; c < 4; c++)
    {
      n_asked = 0;
      qd_table_view_sort (view, columns[c].id, c % 2);
      g_assert_cmpuint (count_asked (window, view), <, few);
      g_assert_cmpuint (qd_table_view_get_n_visible (view), ==, n_rows);
      g_assert_cmpuint (get_focused_row (view), ==, n_rows / 3);
    }
  qd_table_view_set_search_text (view, "zeta");
  g_assert_cmpuint (count_asked (window, view), <, few);
  g_assert_cmpuint (qd_table_view_get_n_visible (view), <, n_rows / 4);
  qd_table_view_set_search_text (view, "");
  g_assert_cmpuint (count_asked (window, view), <, few);
  gtk_selection_model_select_all (GTK_SELECTION_MODEL (view->model));
  g_assert_cmpuint (count_asked (window, view), <, few);
  qd_table_view_sort (view, "customer", TRUE);
  qd_table_view_set_table (view, newer, format, hidden);
  /* Rows are there also before they are sorted. */
  g_assert_cmpuint (qd_table_view_get_n_visible (view), ==, n_rows - 1);
  g_assert_cmpuint (count_asked (window, view), <, few);
  g_assert_cmpuint (qd_table_model_count_selected (view->model), ==, n_rows - 1);
  settle (window, view);
  assert_shown (view, 100);
  iface->get_item = get_real_item;
  close_view (window);
}

static guint n_gone;

static void
gone_cb (gpointer  data,
         GObject  *widget)
{
  n_gone++;
}

static guint
watch_cells (GtkWidget *widget)
{
  guint n = 0;

  if (GTK_IS_INSCRIPTION (widget))
    {
      g_object_weak_ref (G_OBJECT (widget), gone_cb, NULL);
      n++;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    n += watch_cells (child);
  return n;
}

/* Other columns have other cells: the old ones are out of the window at once, and taken apart little by little. */
static void
test_other_columns (void)
{
  QdTableView *view;
  GtkWindow *window = open_view (&view, 400);
  g_autoptr (QdTable) other = qd_table_new ("other", "USD", columns + 1, 3);
  g_autoptr (QdFormat) format = make_format ();
  guint n_cells;

  settle (window, view);
  n_cells = watch_cells (GTK_WIDGET (view->view));
  g_assert_cmpuint (n_cells, >, 800);
  n_gone = 0;
  qd_table_view_set_table (view, other, format, NULL);
  g_assert_cmpuint (n_gone, <, 300);
  g_assert_cmpuint (watch_cells (GTK_WIDGET (view->view)), ==, 0);
  while (n_gone < n_cells)
    {
      guint before = n_gone;

      g_main_context_iteration (NULL, TRUE);
      g_assert_cmpuint (n_gone - before, <, 300);
    }
  close_view (window);
}

int
main (int    argc,
      char **argv)
{
  qd_ui_test_init (&argc, &argv);
  qd_ui_init ();
  g_test_add_func ("/ui/table/order", test_order);
  g_test_add_func ("/ui/table/order-mixed", test_order_mixed);
  g_test_add_func ("/ui/table/find", test_find);
  g_test_add_func ("/ui/table/model", test_model);
  g_test_add_func ("/ui/table/sums", test_sums);
  g_test_add_func ("/ui/table/copy", test_copy);
  g_test_add_func ("/ui/table/search", test_search);
  g_test_add_func ("/ui/table/state", test_state);
  g_test_add_func ("/ui/table/identity", test_identity);
  g_test_add_func ("/ui/table/layout", test_layout);
  g_test_add_func ("/ui/table/heading", test_heading);
  g_test_add_func ("/ui/table/open-and-edit", test_open_and_edit);
  g_test_add_func ("/ui/table/names", test_names);
  g_test_add_func ("/ui/table/room", test_room);
  g_test_add_func ("/ui/table/wide", test_wide);
  g_test_add_func ("/ui/table/orders", test_orders);
  g_test_add_func ("/ui/table/headings", test_headings);
  g_test_add_func ("/ui/table/large", test_large);
  g_test_add_func ("/ui/table/follow", test_follow);
  g_test_add_func ("/ui/table/stand-still", test_stand_still);
  g_test_add_func ("/ui/table/range", test_range);
  g_test_add_func ("/ui/table/edit-follows", test_edit_follows);
  g_test_add_func ("/ui/table/few-items", test_few_items);
  g_test_add_func ("/ui/table/other-columns", test_other_columns);
  return g_test_run ();
}
