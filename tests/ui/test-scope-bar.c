/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The scope bar: what can be chosen, choosing it, the way back, saved views.
 * The workspace is written out here, so that every count is known.
 */
#include "ui-fixture.h"

#include <string.h>

#include "ui/window/qd-facts.h"
#include "ui/window/qd-filter-popover.h"
#include "ui/window/qd-month-picker.h"
#include "ui/window/qd-scope-bar.h"

#define ACCOUNTS \
  "account_id,name,segment,region,csm\n" \
  "a1,Acme,Enterprise,EMEA,Ana\n" \
  "a2,Bolt,Enterprise,EMEA,Bo\n" \
  "a3,Cube,SMB,EMEA,Ana\n" \
  "a4,Dash,SMB,EMEA,Ana\n" \
  "a5,Echo,SMB,EMEA,Bo\n" \
  "a6,Fox,,EMEA,Bo\n"
#define SUBSCRIPTIONS \
  "line_id,account_id,start,end,mrr\n" \
  "l1,a1,2024-01-01,,1000\n" \
  "l2,a2,2024-02-01,,2000\n" \
  "l3,a3,2024-03-01,2025-01-01,300\n" \
  "l4,a4,2024-04-01,,400\n" \
  "l5,a5,2025-05-01,2025-06-30,500\n" \
  "l6,a6,2025-06-01,,600\n"

static void
import (QdWorkspace *workspace,
        const char  *kind,
        const char  *text)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_strconcat (kind, ".csv", NULL);
  g_autofree char *path = qd_ui_dup_path (name);
  g_autoptr (QdImportResult) result = NULL;
  QdImportOptions options = { .date_order = "ymd", .decimal = '.', .amounts = "major" };

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  qd_workspace_import (workspace, qd_kind_find (kind, NULL), path, &options, NULL, NULL, &result, NULL, &error);
  g_assert_no_error (error);
}

static QdWorkspace *
make_workspace (void)
{
  static guint count;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_strdup_printf ("scope-%u.quarterdeck", ++count);
  g_autofree char *path = qd_ui_dup_path (name);
  const QdStoreSettings settings = { "Acme & Sons <Holding>", "USD", 1 };
  QdWorkspace *workspace = qd_workspace_create (path, &settings, &error);

  g_assert_no_error (error);
  import (workspace, "accounts", ACCOUNTS);
  import (workspace, "subscriptions", SUBSCRIPTIONS);
  return workspace;
}

static QdScopeBar *
get_bar (QdMainWindow *window)
{
  return QD_SCOPE_BAR (qd_ui_find (GTK_WIDGET (window), QD_TYPE_SCOPE_BAR, NULL));
}

static gboolean
is_action_enabled (QdMainWindow *window,
                   const char   *name)
{
  return g_action_group_get_action_enabled (G_ACTION_GROUP (window), name);
}

static void
activate (QdMainWindow *window,
          const char   *name,
          GVariant     *parameter)
{
  g_action_group_activate_action (G_ACTION_GROUP (window), name, parameter);
}

static const QdView *
get_view (QdMainWindow *window)
{
  return qd_session_get_view (qd_main_window_get_session (window));
}

static const char *
get_banner (QdMainWindow *window)
{
  GtkWidget *revealer = qd_ui_find (qd_ui_find (GTK_WIDGET (window), GTK_TYPE_WIDGET, "banner"), GTK_TYPE_REVEALER, NULL);
  GtkWidget *label = qd_ui_find (revealer, GTK_TYPE_LABEL, NULL);

  return gtk_revealer_get_reveal_child (GTK_REVEALER (revealer)) ? gtk_label_get_label (GTK_LABEL (label)) : NULL;
}

static guint
count_chips (QdMainWindow *window)
{
  guint n = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (get_bar (window))); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += gtk_widget_has_css_class (child, "chip");
  return n;
}

static void
assert_value (const QdFactsDimension *dimension,
              guint                   i,
              const char             *value,
              guint                   n_accounts)
{
  const QdFactsValue *item = dimension->values->pdata[i];

  g_assert_cmpstr (item->value, ==, value);
  g_assert_cmpuint (item->n_accounts, ==, n_accounts);
}

static void
test_facts (void)
{
  g_autoptr (QdWorkspace) workspace = make_workspace ();
  g_autoptr (GError) error = NULL;
  g_autoptr (QdFacts) facts = qd_facts_read (workspace, NULL, &error);
  const QdFactsDimension *segment, *csm;

  g_assert_no_error (error);
  g_assert_cmpstr (facts->name, ==, "Acme & Sons <Holding>");
  g_assert_cmpint (facts->first, ==, qd_month_from_ym (2024, 1));
  g_assert_cmpint (facts->last, ==, qd_month_from_ym (2025, 6));
  segment = qd_facts_find_dimension (facts, "segment");
  g_assert_cmpuint (segment->values->len, ==, 3);
  assert_value (segment, 0, "SMB", 3);
  assert_value (segment, 1, "Enterprise", 2);
  assert_value (segment, 2, "", 1);
  csm = qd_facts_find_dimension (facts, "csm");
  g_assert_cmpuint (csm->n_present, ==, 2);
  /* one value cuts nothing; nobody has a product or a country */
  g_assert_cmpuint (qd_facts_find_dimension (facts, "region")->n_present, ==, 1);
  g_assert_cmpuint (qd_facts_find_dimension (facts, "country")->n_present, ==, 1);
  g_assert_cmpuint (qd_facts_find_dimension (facts, "product")->n_present, ==, 1);
  g_assert_cmpuint (facts->profiles->len, ==, 1);
  g_assert_cmpstr (facts->profiles->pdata[0], ==, "Board");
}

static void
test_fit (void)
{
  g_autoptr (QdWorkspace) workspace = make_workspace ();
  g_autoptr (QdFacts) facts = qd_facts_read (workspace, NULL, NULL);
  g_autoptr (QdView) plain = qd_view_new ();
  g_autoptr (QdView) smb = qd_view_with_filter (plain, "segment", "SMB", TRUE);
  /* nobody's, but a value that can be asked for */
  g_autoptr (QdView) blank = qd_view_with_filter (smb, "country", "", TRUE);
  g_autoptr (QdView) gone = qd_view_with_filter (smb, "segment", "Public", TRUE);
  g_autoptr (QdView) odd = qd_view_with_filter (gone, "planet", "Mars", TRUE);
  g_autoptr (QdView) late = qd_view_with_as_of (odd, qd_month_from_ym (2031, 1));
  g_autoptr (QdView) other = qd_view_with_profile (late, "Finance");
  g_autoptr (QdView) fitting = qd_facts_fit_view (facts, other);
  g_autoptr (QdView) same = qd_facts_fit_view (facts, blank);

  g_assert_true (qd_view_equal (fitting, smb));
  g_assert_true (qd_view_equal (same, blank));
}

static void
test_as_of (void)
{
  g_autoptr (QdWorkspace) workspace = make_workspace ();
  QdMainWindow *window = qd_ui_open_workspace (workspace);

  qd_ui_wait_while (!is_action_enabled (window, "previous-period"));
  g_assert_false (is_action_enabled (window, "next-period"));
  g_assert_null (get_banner (window));
  activate (window, "previous-period", NULL);
  g_assert_cmpint (get_view (window)->as_of, ==, qd_month_from_ym (2025, 5));
  g_assert_true (g_str_has_prefix (get_banner (window), "Viewing data as of"));
  g_assert_nonnull (strstr (get_banner (window), "31"));
  g_assert_true (is_action_enabled (window, "next-period"));
  activate (window, "set-as-of", g_variant_new_string ("2024-01"));
  g_assert_cmpint (get_view (window)->as_of, ==, qd_month_from_ym (2024, 1));
  g_assert_false (is_action_enabled (window, "previous-period"));
  /* outside the data: nothing happens */
  activate (window, "set-as-of", g_variant_new_string ("2019-01"));
  g_assert_cmpint (get_view (window)->as_of, ==, qd_month_from_ym (2024, 1));
  qd_ui_settle (window);
  qd_ui_shoot (GTK_WIDGET (window), "as-of");
  activate (window, "back", NULL);
  g_assert_cmpint (get_view (window)->as_of, ==, qd_month_from_ym (2025, 5));
  /* the latest month by name is the latest: it moves on with the data */
  activate (window, "set-as-of", g_variant_new_string ("2025-06"));
  g_assert_cmpint (get_view (window)->as_of, ==, QD_MONTH_NONE);
  g_assert_null (get_banner (window));
  qd_ui_close (window);
}

static void
test_choices (void)
{
  g_autoptr (QdWorkspace) workspace = make_workspace ();
  QdMainWindow *window = qd_ui_open_workspace (workspace);
  g_autoptr (GVariant) state = NULL;

  activate (window, "set-period", g_variant_new_string ("quarter"));
  g_assert_cmpint (get_view (window)->period.kind, ==, QD_PERIOD_QUARTER);
  g_assert_nonnull (qd_ui_find_label (GTK_WIDGET (get_bar (window)), "Fiscal Quarter"));
  state = g_action_group_get_action_state (G_ACTION_GROUP (window), "set-period");
  g_assert_cmpstr (g_variant_get_string (state, NULL), ==, "quarter");
  activate (window, "set-period", g_variant_new_string ("18"));
  g_assert_cmpint (get_view (window)->period.months, ==, 18);
  g_assert_nonnull (qd_ui_find_label (GTK_WIDGET (get_bar (window)), "18 Months"));
  activate (window, "set-compare", g_variant_new_string ("none"));
  g_assert_cmpint (get_view (window)->compare, ==, QD_COMPARE_NONE);
  g_assert_nonnull (qd_ui_find_label (GTK_WIDGET (get_bar (window)), "No Comparison"));
  activate (window, "set-compare", g_variant_new_string ("prior-period"));
  g_assert_cmpint (get_view (window)->compare, ==, QD_COMPARE_PRIOR_PERIOD);
  activate (window, "back", NULL);
  activate (window, "back", NULL);
  activate (window, "back", NULL);
  g_assert_cmpint (get_view (window)->compare, ==, QD_COMPARE_PRIOR_YEAR);
  g_assert_cmpint (get_view (window)->period.kind, ==, QD_PERIOD_QUARTER);
  qd_ui_close (window);
}

static void
test_filters (void)
{
  g_autoptr (QdWorkspace) workspace = make_workspace ();
  QdMainWindow *window = qd_ui_open_workspace (workspace);
  GtkWidget *chip, *title;
  GtkWidget *bar = GTK_WIDGET (get_bar (window));

  qd_ui_wait_while (!is_action_enabled (window, "previous-period"));
  g_assert_cmpuint (count_chips (window), ==, 0);
  activate (window, "toggle-filter", g_variant_new ("(ss)", "segment", "Enterprise"));
  activate (window, "toggle-filter", g_variant_new ("(ss)", "segment", "SMB"));
  activate (window, "toggle-filter", g_variant_new ("(ss)", "csm", "Ana"));
  g_assert_cmpuint (get_view (window)->where->len, ==, 3);
  g_assert_cmpuint (count_chips (window), ==, 2);
  g_assert_nonnull (qd_ui_find_label (bar, "Segment: Enterprise, SMB"));
  g_assert_nonnull (qd_ui_find_label (bar, "CSM: Ana"));
  title = qd_ui_find (GTK_WIDGET (window), ADW_TYPE_WINDOW_TITLE, "title");
  g_assert_nonnull (strstr (adw_window_title_get_subtitle (ADW_WINDOW_TITLE (title)), "Ana · Enterprise, SMB"));
  qd_ui_settle (window);
  qd_ui_shoot (GTK_WIDGET (window), "filters");

  /* the button beside the first chip takes it away */
  chip = qd_ui_find (bar, GTK_TYPE_WIDGET, "chip");
  g_signal_emit_by_name (gtk_widget_get_last_child (chip), "clicked");
  g_assert_cmpuint (count_chips (window), ==, 1);
  g_assert_true (qd_view_has_filter (get_view (window), "segment", "SMB"));
  g_assert_false (qd_view_has_filter (get_view (window), "csm", "Ana"));
  activate (window, "back", NULL);
  g_assert_cmpuint (count_chips (window), ==, 2);
  activate (window, "clear-filters", NULL);
  g_assert_cmpuint (count_chips (window), ==, 0);
  g_assert_false (is_action_enabled (window, "clear-filters"));
  activate (window, "back", NULL);
  g_assert_cmpuint (get_view (window)->where->len, ==, 3);
  qd_ui_close (window);
}

/* Everybody's revenue, of SMB alone, of a filter that nobody fits. */
static void
test_empty (void)
{
  g_autoptr (QdWorkspace) workspace = make_workspace ();
  QdMainWindow *window = qd_ui_open_workspace (workspace);

  qd_ui_wait_while (!is_action_enabled (window, "previous-period"));
  activate (window, "toggle-filter", g_variant_new ("(ss)", "segment", ""));
  activate (window, "toggle-filter", g_variant_new ("(ss)", "csm", "Ana"));
  qd_ui_settle (window);
  g_assert_cmpuint (count_chips (window), ==, 2);
  g_assert_nonnull (qd_ui_find_label (GTK_WIDGET (get_bar (window)), "Segment: (blank)"));
  qd_ui_shoot (GTK_WIDGET (window), "filtered-to-empty");
  qd_ui_close (window);
}

static const QdFacts *
get_popover_item (GtkWidget  *popover,
                  const char *text)
{
  return qd_ui_find_label (popover, text) != NULL ? (gpointer) popover : NULL;
}

static void
test_filter_popover (void)
{
  g_autoptr (QdWorkspace) workspace = make_workspace ();
  QdMainWindow *window = qd_ui_open_workspace (workspace);
  GtkWidget *popover = qd_ui_find (GTK_WIDGET (window), QD_TYPE_FILTER_POPOVER, NULL);
  GtkWidget *search, *list, *check;

  qd_ui_wait_while (!is_action_enabled (window, "previous-period"));
  activate (window, "filter-menu", NULL);
  qd_ui_wait_while (!gtk_widget_get_mapped (popover));
  g_assert_nonnull (get_popover_item (popover, "Segment"));
  qd_filter_popover_show_dimension (QD_FILTER_POPOVER (popover), "segment");
  list = qd_ui_find (popover, GTK_TYPE_LIST_VIEW, NULL);
  qd_ui_wait_while (qd_ui_find (list, GTK_TYPE_CHECK_BUTTON, NULL) == NULL);
  g_assert_nonnull (get_popover_item (popover, "Enterprise"));
  g_assert_nonnull (get_popover_item (popover, "(blank)"));

  /* searching leaves what contains the text, whatever its case; Return ticks the first */
  search = qd_ui_find (popover, GTK_TYPE_SEARCH_ENTRY, NULL);
  gtk_editable_set_text (GTK_EDITABLE (search), "ENTER");
  g_signal_emit_by_name (search, "search-changed");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (list)))), ==, 1);
  g_signal_emit_by_name (search, "activate");
  g_assert_true (qd_view_has_filter (get_view (window), "segment", "Enterprise"));
  check = qd_ui_find (list, GTK_TYPE_CHECK_BUTTON, NULL);
  g_assert_true (gtk_check_button_get_active (GTK_CHECK_BUTTON (check)));
  /* a click on the tick takes it back */
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), FALSE);
  g_assert_false (qd_view_is_filtered (get_view (window)));
  /* blanks look for nothing; Escape first empties the field, then closes */
  gtk_editable_set_text (GTK_EDITABLE (search), "  ");
  g_signal_emit_by_name (search, "search-changed");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (list)))), ==, 3);
  gtk_editable_set_text (GTK_EDITABLE (search), "nowhere");
  g_signal_emit_by_name (search, "search-changed");
  g_assert_nonnull (get_popover_item (popover, "No Results"));
  g_signal_emit_by_name (search, "stop-search");
  g_assert_true (gtk_widget_get_visible (popover));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (search)), ==, "");
  g_signal_emit_by_name (search, "search-changed");
  g_signal_emit_by_name (search, "stop-search");
  g_assert_false (gtk_widget_get_visible (popover));
  qd_ui_close (window);
}

static void
note_month (GtkWidget *picker,
            int        month,
            int       *answer)
{
  *answer = month;
}

/* Also in a popover that is not open. */
static GtkWidget *
find_text (GtkWidget  *root,
           const char *text)
{
  if (GTK_IS_LABEL (root) && strcmp (gtk_label_get_text (GTK_LABEL (root)), text) == 0)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_text (child, text);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
test_month_picker (void)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *picker = g_object_ref_sink (qd_month_picker_new ());
  g_autoptr (QdFormat) format = qd_format_new ("USD");
  int answer = 0;
  GtkWidget *label;

  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), picker);
  gtk_window_set_child (GTK_WINDOW (window), button);
  qd_month_picker_set (QD_MONTH_PICKER (picker), format, qd_month_from_ym (2025, 3), qd_month_from_ym (2024, 11),
                       qd_month_from_ym (2025, 6), qd_month_from_ym (2025, 8));
  g_signal_connect (picker, "picked", G_CALLBACK (note_month), &answer);
  label = find_text (picker, "Feb");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (gtk_widget_get_parent (label)), TRUE);
  g_assert_cmpint (answer, ==, qd_month_from_ym (2025, 2));
  /* the newest month is the latest, also when it was picked by name */
  label = find_text (picker, "Jun");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (gtk_widget_get_parent (label)), TRUE);
  g_assert_cmpint (answer, ==, QD_MONTH_NONE);
  label = find_text (picker, "Sep");
  g_assert_false (gtk_widget_is_sensitive (label));
  label = find_text (picker, "Aug");
  g_assert_true (gtk_widget_is_sensitive (label));
  g_assert_nonnull (find_text (picker, "Latest (Jun 2025)"));
  g_object_unref (picker);
  gtk_window_destroy (GTK_WINDOW (window));
}

static gboolean
has_view (QdWorkspace *workspace,
          const char  *name)
{
  g_autoptr (QdFacts) facts = qd_facts_read (workspace, NULL, NULL);

  return qd_facts_find_view (facts, name) != NULL;
}

static void
test_saved_views (void)
{
  g_autoptr (QdWorkspace) workspace = make_workspace ();
  QdMainWindow *window = qd_ui_open_workspace (workspace);
  const char *name = "SMB, <last> month_of quarter";

  qd_ui_wait_while (!is_action_enabled (window, "previous-period"));
  activate (window, "toggle-filter", g_variant_new ("(ss)", "segment", "SMB"));
  activate (window, "set-period", g_variant_new_string ("month"));
  activate (window, "save-view-as", g_variant_new_string (name));
  qd_ui_wait_while (!has_view (workspace, name));
  activate (window, "clear-filters", NULL);
  activate (window, "set-period", g_variant_new_string ("ttm"));
  /* the window has heard of it when opening does something */
  qd_ui_wait_while ((activate (window, "open-view", g_variant_new_string (name)), !qd_view_is_filtered (get_view (window))));
  g_assert_true (qd_view_has_filter (get_view (window), "segment", "SMB"));
  g_assert_cmpint (get_view (window)->period.months, ==, 1);
  activate (window, "back", NULL);
  g_assert_false (qd_view_is_filtered (get_view (window)));

  activate (window, "delete-view", g_variant_new_string (name));
  qd_ui_wait_while (has_view (workspace, name));
  activate (window, "undo", NULL);
  qd_ui_wait_while (!has_view (workspace, name));
  qd_ui_close (window);
}

int
main (int    argc,
      char **argv)
{
  qd_ui_test_init (&argc, &argv);
  g_test_add_func ("/ui/scope-bar/facts", test_facts);
  g_test_add_func ("/ui/scope-bar/fit", test_fit);
  g_test_add_func ("/ui/scope-bar/as-of", test_as_of);
  g_test_add_func ("/ui/scope-bar/choices", test_choices);
  g_test_add_func ("/ui/scope-bar/filters", test_filters);
  g_test_add_func ("/ui/scope-bar/empty", test_empty);
  g_test_add_func ("/ui/scope-bar/filter-popover", test_filter_popover);
  g_test_add_func ("/ui/scope-bar/month-picker", test_month_picker);
  g_test_add_func ("/ui/scope-bar/saved-views", test_saved_views);
  return g_test_run ();
}
