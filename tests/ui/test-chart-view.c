/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The chart view over every chart of the sample: keys, tooltip, drill, zoom,
 * table twin, what a screen reader is told, colours of each theme.
 */
#include <math.h>
#include <string.h>

#include "tests/draw/specs.h"
#include "ui-fixture.h"
#include "ui/draw/figures/qd-charts.h"
#include "ui/draw/qd-chart-point.h"
#include "ui/widgets/qd-chart-style.h"
#include "ui/widgets/qd-chart-view-private.h"
#include "ui/widgets/qd-sparkline.h"

typedef struct
{
  GtkWidget *window;
  QdChartView *view;
  int drills, series, place;
  int ranges, first, last;
} Fixture;

static void
drill_cb (QdChartView *view,
          int          series,
          int          place,
          Fixture     *self)
{
  self->drills++;
  self->series = series;
  self->place = place;
}

static void
range_cb (QdChartView *view,
          int          first,
          int          last,
          Fixture     *self)
{
  self->ranges++;
  self->first = first;
  self->last = last;
}

static void
open_view (Fixture     *self,
           QdChartSpec *spec,
           int          width,
           int          height)
{
  *self = (Fixture){ .window = adw_window_new (), .view = QD_CHART_VIEW (qd_chart_view_new ()) };
  qd_chart_view_set_spec (self->view, spec);
  g_signal_connect (self->view, "drill", G_CALLBACK (drill_cb), self);
  g_signal_connect (self->view, "range", G_CALLBACK (range_cb), self);
  adw_window_set_content (ADW_WINDOW (self->window), GTK_WIDGET (self->view));
  gtk_window_set_default_size (GTK_WINDOW (self->window), width, height);
  gtk_window_present (GTK_WINDOW (self->window));
  gtk_window_set_focus_visible (GTK_WINDOW (self->window), TRUE); /* as by a key */
  qd_ui_wait_while (!gtk_widget_get_mapped (GTK_WIDGET (self->view)));
  gtk_test_widget_wait_for_draw (self->window);
}

static void
close_view (Fixture *self)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* What a key of the view's own does. */
static gboolean
press (QdChartView    *view,
       guint           key,
       GdkModifierType modifiers)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (view));

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (!GTK_IS_SHORTCUT_CONTROLLER (controller) ||
          gtk_shortcut_controller_get_scope (GTK_SHORTCUT_CONTROLLER (controller)) != GTK_SHORTCUT_SCOPE_LOCAL)
        continue;
      for (guint k = 0; k < g_list_model_get_n_items (G_LIST_MODEL (controller)); k++)
        {
          g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), k);
          GtkShortcutTrigger *trigger = gtk_shortcut_get_trigger (shortcut);

          if (GTK_IS_KEYVAL_TRIGGER (trigger) && gtk_keyval_trigger_get_keyval (GTK_KEYVAL_TRIGGER (trigger)) == key &&
              gtk_keyval_trigger_get_modifiers (GTK_KEYVAL_TRIGGER (trigger)) == modifiers)
            return gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, GTK_WIDGET (view),
                                                 gtk_shortcut_get_arguments (shortcut));
        }
    }
  g_error ("no key %s", gdk_keyval_name (key));
}

static GtkWidget *
get_focused_point (Fixture *self)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self->window));

  g_assert_nonnull (focus);
  g_assert_true (gtk_widget_get_parent (focus) == GTK_WIDGET (self->view));
  return focus;
}

static guint
count_values (QdChartSpec *spec)
{
  guint n = 0;

  for (guint s = 0; s < qd_chart_spec_get_n_series (spec); s++)
    for (guint p = 0; p < qd_chart_spec_get_n_places (spec); p++)
      n += qd_chart_spec_get_kind (spec) == QD_CHART_TABLE || isfinite (qd_chart_spec_get_value (spec, s, p));
  return n;
}

/* From corner to corner: each value once, in order; the tip and the screen reader are told the same. */
static guint
walk (Fixture     *self,
      QdChartSpec *spec)
{
  guint n_series = qd_chart_spec_get_n_series (spec), visited = 0;
  int series, place, before = -1, last_series = -1;

  gtk_widget_grab_focus (GTK_WIDGET (self->view));
  g_assert_true (press (self->view, GDK_KEY_Home, GDK_CONTROL_MASK));
  for (guint s = 0; s < n_series; s++)
    {
      press (self->view, GDK_KEY_Home, 0);
      g_assert_true (qd_chart_view_get_cursor (self->view, &series, &place));
      g_assert_cmpint (series, >, last_series);
      before = -1;
      do
        {
          g_autofree char *words = qd_chart_spec_dup_point_text (spec, (guint) series, (guint) place);
          g_autofree char *value = qd_chart_spec_dup_value_text (spec, (guint) series, (guint) place);
          g_autofree char *title = qd_chart_spec_dup_point_title (spec, (guint) series, (guint) place);
          g_autofree char *tip = qd_chart_view_dup_tip_text (self->view);

          visited++;
          before = place;
          gtk_test_accessible_assert_role (GTK_ACCESSIBLE (get_focused_point (self)), GTK_ACCESSIBLE_ROLE_LIST_ITEM);
          gtk_test_accessible_assert_property (GTK_ACCESSIBLE (get_focused_point (self)), GTK_ACCESSIBLE_PROPERTY_LABEL, words);
          g_assert_nonnull (tip);
          g_assert_nonnull (strstr (tip, value));
          g_assert_true (g_str_has_prefix (tip, title));
          press (self->view, GDK_KEY_Right, 0);
          qd_chart_view_get_cursor (self->view, &series, &place);
        }
      while (place > before);
      last_series = series;
      press (self->view, GDK_KEY_Down, 0);
      qd_chart_view_get_cursor (self->view, &series, &place);
      if (series == last_series)
        break;
    }
  return visited;
}

static void
check_twin (QdChartSpec *spec,
            QdTable     *table)
{
  QdChartKind kind = qd_chart_spec_get_kind (spec);
  guint checked = 0, offset;

  if (kind == QD_CHART_TABLE)
    return;
  offset = kind == QD_CHART_HEATMAP ? qd_table_get_n_columns (table) - qd_chart_spec_get_n_places (spec) : 1;
  for (guint s = 0; s < qd_chart_spec_get_n_series (spec); s++)
    for (guint p = 0; p < qd_chart_spec_get_n_places (spec); p++)
      {
        guint row = kind == QD_CHART_HEATMAP ? s : p, column = kind == QD_CHART_HEATMAP ? p + offset : s + offset;
        double value = qd_chart_spec_get_value (spec, s, p);

        g_assert_true (qd_table_is_missing (table, row, column) == !isfinite (value));
        if (!isfinite (value))
          continue;
        checked++;
        if (qd_table_get_column (table, column)->type == QD_COLUMN_RATE ||
            qd_table_get_column (table, column)->type == QD_COLUMN_NUMBER)
          g_assert_cmpfloat (qd_table_get_double (table, row, column), ==, value);
        else
          g_assert_cmpfloat (fabs ((double) qd_table_get_integer (table, row, column) - value), <=, 0.5);
      }
  g_assert_cmpuint (checked, ==, count_values (spec));
}

static gpointer
take_snapshot (QdSnapshot *snapshot,
               gpointer    input,
               QdJob      *job,
               GError    **error)
{
  return qd_snapshot_ref (snapshot);
}

static void
taken_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  *(QdSnapshot **) data = qd_session_compute_finish (QD_SESSION (source), result, NULL);
}

static QdSnapshot *
make_snapshot (QdSession *session)
{
  QdSnapshot *snapshot = NULL;
  g_autoptr (QdJob) job = qd_job_new ("x", NULL);

  qd_session_compute_async (session, take_snapshot, NULL, NULL, (GDestroyNotify) qd_snapshot_unref, job, taken_cb, &snapshot);
  qd_ui_wait_while (snapshot == NULL);
  return snapshot;
}

/* What a chart is called: its message, else what it is about. */
static const char *
get_name (QdChartSpec *spec)
{
  if (qd_chart_spec_get_title (spec) != NULL)
    return qd_chart_spec_get_title (spec);
  if (qd_chart_spec_get_subject (spec) != NULL)
    return qd_chart_spec_get_subject (spec);
  return *qd_chart_spec_get_series_label (spec, 0) != '\0' ? qd_chart_spec_get_series_label (spec, 0) : "Chart";
}

/* Every chart that has a name. */
static void
test_named (void)
{
  g_autoptr (QdWorkspace) workspace = qd_ui_make_sample (60);
  g_autoptr (QdSession) session = qd_session_new (workspace);
  g_autoptr (QdSnapshot) snapshot = make_snapshot (session);
  guint n;
  const QdNamedChart *charts = qd_charts_list (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (QdChartSpec) spec = qd_charts_make (&charts[i], qd_snapshot_get_ledger (snapshot), qd_snapshot_get_scope (snapshot),
                                                     qd_snapshot_get_context (snapshot), NULL, &error);
      g_autofree char *description = NULL;
      g_autofree char *said = NULL;
      Fixture fixture;

      g_assert_no_error (error);
      g_test_message ("%s", charts[i].name);
      open_view (&fixture, spec, 900, 600);
      gtk_test_accessible_assert_role (GTK_ACCESSIBLE (fixture.view), GTK_ACCESSIBLE_ROLE_LIST);
      gtk_test_accessible_assert_property (GTK_ACCESSIBLE (fixture.view), GTK_ACCESSIBLE_PROPERTY_LABEL, get_name (spec));
      description = qd_chart_describe (spec);
      said = gtk_test_accessible_check_property (GTK_ACCESSIBLE (fixture.view), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "");
      g_assert_nonnull (said);
      g_assert_nonnull (strstr (said, description));

      g_assert_cmpuint (walk (&fixture, spec), ==, count_values (spec));

      /* Return opens what the cursor is at, wherever the drawing begins. */
      press (fixture.view, GDK_KEY_Home, GDK_CONTROL_MASK);
      for (int step = 0; step < 5 && fixture.drills == 0; step++)
        {
          int series, place;

          qd_chart_view_get_cursor (fixture.view, &series, &place);
          press (fixture.view, GDK_KEY_Return, 0);
          g_assert_true ((fixture.drills > 0) == (qd_chart_spec_get_drill (spec, (guint) series, (guint) place) != NULL));
          if (fixture.drills > 0)
            {
              g_assert_cmpint (fixture.series, ==, series);
              g_assert_cmpint (fixture.place, ==, place);
            }
          press (fixture.view, GDK_KEY_Right, 0);
        }
      if (qd_chart_spec_get_kind (spec) != QD_CHART_TABLE && qd_chart_spec_get_kind (spec) != QD_CHART_SPARKLINE)
        g_assert_cmpint (fixture.drills, ==, 1);
      qd_ui_shoot (fixture.window, charts[i].name);

      g_assert_null (qd_chart_view_get_table (fixture.view));
      press (fixture.view, GDK_KEY_t, GDK_CONTROL_MASK | GDK_SHIFT_MASK);
      g_assert_true (qd_chart_view_get_show_table (fixture.view));
      check_twin (spec, qd_table_view_get_table (qd_chart_view_get_table (fixture.view)));
      gtk_test_widget_wait_for_draw (fixture.window);
      gtk_widget_activate_action (GTK_WIDGET (fixture.view), "chart.view-table", NULL);
      g_assert_false (qd_chart_view_get_show_table (fixture.view));
      close_view (&fixture);
    }
}

/* Every made-up chart, also the awkward ones, at a size that is too small for most. */
static void
test_awkward (void)
{
  for (guint i = 0; i < n_spec_cases; i++)
    {
      g_autoptr (QdChartSpec) spec = spec_cases[i].make ();
      Fixture fixture;

      g_test_message ("%s", spec_cases[i].name);
      open_view (&fixture, spec, 320, 280);
      if (count_values (spec) > 400)
        {
          /* Too many to walk over in a test. */
          gtk_widget_grab_focus (GTK_WIDGET (fixture.view));
          press (fixture.view, GDK_KEY_Down, 0);
        }
      else if (!qd_chart_spec_is_empty (spec))
        g_assert_cmpuint (walk (&fixture, spec), ==, count_values (spec));
      else
        {
          gtk_widget_grab_focus (GTK_WIDGET (fixture.view));
          g_assert_false (press (fixture.view, GDK_KEY_Right, 0));
          g_assert_false (qd_chart_view_get_cursor (fixture.view, NULL, NULL));
        }
      close_view (&fixture);
    }
}

static void
test_keys (void)
{
  g_autoptr (QdChartSpec) spec = spec_lines (30, 2, 1);
  Fixture fixture;
  int series, place;
  static const struct
  {
    guint key;
    GdkModifierType modifiers;
    int series, place;
  } steps[] = {
    { GDK_KEY_Home, 0, 0, 0 },       { GDK_KEY_Right, 0, 0, 1 }, { GDK_KEY_Page_Down, 0, 0, 13 },
    { GDK_KEY_Page_Down, 0, 0, 25 }, { GDK_KEY_Page_Down, 0, 0, 29 }, { GDK_KEY_Right, 0, 0, 29 },
    { GDK_KEY_Page_Up, 0, 0, 17 },   { GDK_KEY_Down, 0, 1, 17 }, { GDK_KEY_Down, 0, 1, 17 },
    { GDK_KEY_End, 0, 1, 29 },       { GDK_KEY_Up, 0, 0, 29 },   { GDK_KEY_End, GDK_CONTROL_MASK, 1, 29 },
    { GDK_KEY_Home, GDK_CONTROL_MASK, 0, 0 },
  };

  open_view (&fixture, spec, 800, 500);
  /* Nobody who works by pointer asked for a cursor: the window puts the focus on the first thing of a page. */
  gtk_window_set_focus_visible (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (fixture.view))), FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (fixture.view));
  g_assert_false (qd_chart_view_get_cursor (fixture.view, NULL, NULL));
  gtk_window_set_focus_visible (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (fixture.view))), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (fixture.view));
  g_assert_null (qd_chart_view_dup_tip_text (fixture.view));
  /* In front stands the newest month of the first series. */
  g_assert_true (qd_chart_view_get_cursor (fixture.view, &series, &place));
  g_assert_cmpint (series, ==, 0);
  g_assert_cmpint (place, ==, 29);
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_assert_true (press (fixture.view, steps[i].key, steps[i].modifiers));
      g_assert_true (qd_chart_view_get_cursor (fixture.view, &series, &place));
      g_assert_cmpint (series, ==, steps[i].series);
      g_assert_cmpint (place, ==, steps[i].place);
    }
  /* Nothing stands behind made-up marks, unless somebody says so. */
  press (fixture.view, GDK_KEY_Return, 0);
  g_assert_cmpint (fixture.drills, ==, 0);
  qd_chart_view_set_drillable (fixture.view, TRUE);
  press (fixture.view, GDK_KEY_Return, 0);
  g_assert_cmpint (fixture.drills, ==, 1);

  /* Escape goes back by one: tip, cursor, then it is others' key. */
  g_assert_true (press (fixture.view, GDK_KEY_Escape, 0));
  g_assert_null (qd_chart_view_dup_tip_text (fixture.view));
  g_assert_true (qd_chart_view_get_cursor (fixture.view, NULL, NULL));
  g_assert_true (press (fixture.view, GDK_KEY_Escape, 0));
  g_assert_false (qd_chart_view_get_cursor (fixture.view, NULL, NULL));
  g_assert_false (press (fixture.view, GDK_KEY_Escape, 0));
  close_view (&fixture);
}

/* One stop for Tab, and one more while the button is there. */
static void
test_tab (void)
{
  g_autoptr (QdChartSpec) spec = spec_lines (24, 3, 1);
  Fixture fixture;
  GtkWidget *box, *before = gtk_button_new_with_label ("a"), *after = gtk_button_new_with_label ("b"), *view;
  GtkRoot *root;

  open_view (&fixture, spec, 800, 500);
  view = GTK_WIDGET (fixture.view);
  g_object_ref (view);
  adw_window_set_content (ADW_WINDOW (fixture.window), NULL);
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (box), before);
  gtk_box_append (GTK_BOX (box), view);
  gtk_box_append (GTK_BOX (box), after);
  g_object_unref (view);
  adw_window_set_content (ADW_WINDOW (fixture.window), box);
  gtk_test_widget_wait_for_draw (fixture.window);
  root = GTK_ROOT (fixture.window);

  gtk_widget_grab_focus (before);
  gtk_widget_child_focus (GTK_WIDGET (root), GTK_DIR_TAB_FORWARD);
  g_assert_true (gtk_widget_is_ancestor (gtk_root_get_focus (root), view));
  gtk_widget_child_focus (GTK_WIDGET (root), GTK_DIR_TAB_FORWARD);
  g_assert_true (gtk_root_get_focus (root) == after);
  gtk_widget_child_focus (GTK_WIDGET (root), GTK_DIR_TAB_BACKWARD);
  g_assert_true (gtk_widget_is_ancestor (gtk_root_get_focus (root), view));
  press (fixture.view, GDK_KEY_plus, 0);
  gtk_test_widget_wait_for_draw (fixture.window);
  gtk_widget_child_focus (GTK_WIDGET (root), GTK_DIR_TAB_FORWARD);
  g_assert_true (GTK_IS_BUTTON (gtk_root_get_focus (root)));
  g_assert_true (gtk_widget_is_ancestor (gtk_root_get_focus (root), view));
  gtk_widget_activate (gtk_root_get_focus (root));
  qd_ui_wait_while (GTK_IS_BUTTON (gtk_root_get_focus (root)));
  g_assert_true (gtk_widget_is_ancestor (gtk_root_get_focus (root), view));
  gtk_widget_child_focus (GTK_WIDGET (root), GTK_DIR_TAB_BACKWARD);
  g_assert_true (gtk_root_get_focus (root) == before);
  close_view (&fixture);
}

/* The changes are counted by hand. */
static void
test_tip (void)
{
  g_autoptr (QdFormat) format = qd_format_new ("USD");
  g_autoptr (QdChartSpec) spec = qd_chart_spec_new (QD_CHART_TIME, format);
  g_autofree char *tip = NULL;
  double a[14], b[14];
  Fixture fixture;

  for (int i = 0; i < 14; i++)
    a[i] = 0.80 + 0.01 * i, b[i] = 1.00 + 0.02 * i;
  b[12] = NAN;
  qd_chart_spec_set_months (spec, qd_month_from_ym (2025, 1), 14, 1);
  qd_chart_spec_set_panel (spec, 0, QD_UNIT_RATE, NULL);
  qd_chart_spec_add_series (spec, 0, QD_SERIES_LINE, "GRR", QD_TONE_INK, a);
  qd_chart_spec_add_series (spec, 0, QD_SERIES_LINE, "NRR", QD_TONE_GOOD, b);
  open_view (&fixture, spec, 800, 500);
  g_assert_false (qd_chart_view_set_cursor (fixture.view, 1, 12));
  g_assert_true (qd_chart_view_set_cursor (fixture.view, 0, 13));
  tip = qd_chart_view_dup_tip_text (fixture.view);
  /* Sorted by value; no change where there was no value. */
  g_assert_true (g_str_has_prefix (tip, "Feb 2026\nvs. Jan 2026\tvs. Feb 2025\n"
                                        "NRR\t126.0\u202f%\t+24.0\u202fpp\nGRR\t93.0\u202f%\t+1.0\u202fpp\t+12.0\u202fpp"));
  close_view (&fixture);
}

/* What GTK is told to draw, in parts. */
static GskRenderNode *
record (QdChartView *view)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();

  GTK_WIDGET_GET_CLASS (view)->snapshot (GTK_WIDGET (view), snapshot);
  return gtk_snapshot_free_to_node (snapshot);
}

static gboolean
has_part (GskRenderNode *node,
          GskRenderNode *part)
{
  for (guint i = 0; i < gsk_container_node_get_n_children (node); i++)
    if (gsk_container_node_get_child (node, i) == part)
      return TRUE;
  return FALSE;
}

/* Where parts of @node lie that @other has not; the background, which is all of it, stays. */
static void
add_changes (GskRenderNode  *node,
             GskRenderNode  *other,
             cairo_region_t *region)
{
  graphene_rect_t whole;

  gsk_render_node_get_bounds (node, &whole);
  for (guint i = 0; i < gsk_container_node_get_n_children (node); i++)
    {
      GskRenderNode *part = gsk_container_node_get_child (node, i);
      graphene_rect_t box;

      gsk_render_node_get_bounds (part, &box);
      if (has_part (other, part) || graphene_rect_equal (&box, &whole))
        continue;
      graphene_rect_round_extents (&box, &box);
      cairo_region_union_rectangle (region, &(cairo_rectangle_int_t){ (int) box.origin.x, (int) box.origin.y,
                                                                      (int) box.size.width, (int) box.size.height });
    }
}

/* From place to place neither layout nor picture are made again, and what changes are so few boxes that GTK, which counts
 * to 30, draws no more than these. */
static void
test_moves (void)
{
  g_autoptr (QdChartSpec) spec = spec_lines (60, QD_MAX_SERIES, 3);
  GskRenderNode *picture, *before;
  QdChartLayout *layout;
  Fixture fixture;

  open_view (&fixture, spec, 1200, 700);
  qd_chart_view_set_cursor (fixture.view, 0, 0);
  gtk_test_widget_wait_for_draw (fixture.window);
  picture = fixture.view->node;
  layout = fixture.view->layout;
  before = record (fixture.view);
  g_assert_true (has_part (before, picture));
  for (int place = 1; place < 60; place++)
    {
      cairo_region_t *region = cairo_region_create ();
      GskRenderNode *after;

      qd_chart_view_set_cursor (fixture.view, place % 3, place);
      gtk_test_widget_wait_for_draw (fixture.window);
      after = record (fixture.view);
      g_assert_true (fixture.view->node == picture && fixture.view->layout == layout && has_part (after, picture));
      add_changes (before, after, region);
      add_changes (after, before, region);
      g_assert_false (cairo_region_is_empty (region));
      g_assert_cmpint (cairo_region_num_rectangles (region), <=, 30);
      cairo_region_destroy (region);
      gsk_render_node_unref (before);
      before = after;
    }
  gsk_render_node_unref (before);
  close_view (&fixture);
}

static void
test_zoom (void)
{
  g_autoptr (QdChartSpec) spec = spec_lines (24, 3, 1);
  g_autoptr (QdChartSpec) other = spec_lines (24, 3, 9);
  g_autoptr (QdChartSpec) longer = spec_lines (36, 3, 9);
  Fixture fixture;
  GtkWidget *button;
  int series, place;
  g_autofree char *label = NULL;
  g_autofree char *expected = NULL;

  open_view (&fixture, spec, 800, 500);
  qd_chart_view_set_drillable (fixture.view, TRUE);
  button = qd_ui_find (GTK_WIDGET (fixture.view), GTK_TYPE_BUTTON, NULL);
  g_assert_nonnull (button);
  g_assert_false (gtk_widget_get_visible (button));
  gtk_widget_grab_focus (GTK_WIDGET (fixture.view));
  qd_chart_view_set_cursor (fixture.view, 0, 10);
  press (fixture.view, GDK_KEY_plus, 0);
  g_assert_cmpint (fixture.ranges, ==, 1);
  g_assert_cmpint (fixture.last - fixture.first, ==, 11);
  g_assert_cmpint (fixture.first, <=, 10);
  g_assert_cmpint (fixture.last, >=, 10);
  g_assert_true (gtk_widget_get_visible (button));
  g_assert_cmpuint (qd_chart_spec_get_n_places (qd_chart_view_get_spec (fixture.view)), ==, 12);
  label = qd_chart_spec_dup_place_label (qd_chart_view_get_spec (fixture.view), 0);
  expected = qd_chart_spec_dup_place_label (spec, (guint) fixture.first);
  g_assert_cmpstr (label, ==, expected);
  gtk_test_widget_wait_for_draw (fixture.window);
  qd_ui_shoot (fixture.window, "zoom");

  /* The cursor is still where it was, and drills by the places of the whole chart. */
  g_assert_true (qd_chart_view_get_cursor (fixture.view, &series, &place));
  g_assert_cmpint (place, ==, 10);
  press (fixture.view, GDK_KEY_Return, 0);
  g_assert_cmpint (fixture.place, ==, 10);

  /* Going on at the edge takes the picture along. */
  while (place < 23)
    {
      press (fixture.view, GDK_KEY_Right, 0);
      qd_chart_view_get_cursor (fixture.view, &series, &place);
      g_assert_cmpint (place, <=, fixture.last);
    }
  g_assert_cmpint (fixture.last, ==, 23);
  g_assert_cmpint (fixture.first, ==, 12);

  /* After a filter the same months are seen; other months are seen whole. */
  qd_chart_view_set_spec (fixture.view, other);
  g_assert_cmpuint (qd_chart_spec_get_n_places (qd_chart_view_get_spec (fixture.view)), ==, 12);
  press (fixture.view, GDK_KEY_minus, 0);
  g_assert_cmpint (fixture.first, ==, -1);
  g_assert_false (gtk_widget_get_visible (button));
  g_assert_true (qd_chart_view_get_spec (fixture.view) == other);
  for (int i = 0; i < 9; i++)
    press (fixture.view, GDK_KEY_plus, 0);
  g_assert_cmpuint (qd_chart_spec_get_n_places (qd_chart_view_get_spec (fixture.view)), ==, 2);
  press (fixture.view, GDK_KEY_0, 0);
  g_assert_true (qd_chart_view_get_spec (fixture.view) == other);
  press (fixture.view, GDK_KEY_plus, 0);
  qd_chart_view_set_spec (fixture.view, longer);
  g_assert_true (qd_chart_view_get_spec (fixture.view) == longer);

  /* The menu's way. */
  gtk_widget_activate_action (GTK_WIDGET (fixture.view), "chart.zoom-in", NULL);
  g_assert_cmpuint (qd_chart_spec_get_n_places (qd_chart_view_get_spec (fixture.view)), ==, 18);
  gtk_widget_activate_action (GTK_WIDGET (fixture.view), "chart.zoom-reset", NULL);
  g_assert_true (qd_chart_view_get_spec (fixture.view) == longer);
  qd_chart_view_set_spec (fixture.view, NULL);
  g_assert_null (qd_chart_view_get_spec (fixture.view));
  g_assert_null (qd_chart_view_get_layout (fixture.view));
  gtk_test_widget_wait_for_draw (fixture.window);
  close_view (&fixture);
}

static gboolean
has_color (QdChartLayout *layout,
           QdMarkRole     role,
           QdColor        color)
{
  for (guint i = 0; i < qd_chart_layout_get_n_marks (layout); i++)
    {
      const QdMark *mark = qd_chart_layout_get_mark (layout, i);

      if (mark->role == role && (qd_color_equal (mark->fill, color) || qd_color_equal (mark->stroke, color)))
        return TRUE;
    }
  return FALSE;
}

/* Light, dark and back, and the other palette: at once. */
static void
test_themes (void)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  g_autoptr (GSettings) settings = g_settings_new ("org.quarterdeck.Quarterdeck");
  g_autoptr (QdChartSpec) spec = NULL;
  QdChartTheme classic = *qd_chart_theme_get (QD_THEME_LIGHT);
  Fixture fixture;

  for (guint i = 0; i < n_spec_cases; i++)
    if (strcmp (spec_cases[i].name, "bridge") == 0)
      spec = spec_cases[i].make ();
  qd_chart_theme_set_palette (&classic, QD_PALETTE_CLASSIC);
  adw_style_manager_set_color_scheme (manager, ADW_COLOR_SCHEME_FORCE_LIGHT);
  open_view (&fixture, spec, 800, 500);
  g_assert_cmpint (qd_chart_style_get (GTK_WIDGET (fixture.view)).kind, ==, QD_THEME_LIGHT);
  g_assert_true (has_color (qd_chart_view_get_layout (fixture.view), QD_ROLE_BAR,
                            qd_chart_theme_get_tone (qd_chart_theme_get (QD_THEME_LIGHT), QD_TONE_GOOD)));
  adw_style_manager_set_color_scheme (manager, ADW_COLOR_SCHEME_FORCE_DARK);
  g_assert_cmpint (qd_chart_style_get (GTK_WIDGET (fixture.view)).kind, ==, QD_THEME_DARK);
  g_assert_true (has_color (qd_chart_view_get_layout (fixture.view), QD_ROLE_BAR,
                            qd_chart_theme_get_tone (qd_chart_theme_get (QD_THEME_DARK), QD_TONE_GOOD)));
  qd_ui_shoot (fixture.window, "dark");
  adw_style_manager_set_color_scheme (manager, ADW_COLOR_SCHEME_FORCE_LIGHT);
  g_settings_set_string (settings, "palette", "ibcs-classic");
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_true (
      has_color (qd_chart_view_get_layout (fixture.view), QD_ROLE_BAR, qd_chart_theme_get_tone (&classic, QD_TONE_GOOD)));
  g_settings_reset (settings, "palette");
  adw_style_manager_set_color_scheme (manager, ADW_COLOR_SCHEME_DEFAULT);
  close_view (&fixture);
}

static void
style_cb (GtkWidget *widget)
{
  int *changes = g_object_get_data (G_OBJECT (widget), "changes");

  (*changes)++;
}

/* A sparkline and the figure beside it have the colours of the charts, and hear when these change. */
static void
test_style (void)
{
  g_autoptr (GSettings) settings = g_settings_new ("org.quarterdeck.Quarterdeck");
  GtkWidget *sparkline = g_object_ref_sink (qd_sparkline_new ());
  QdChartTheme usual = qd_chart_style_get (sparkline), classic = usual;
  QdChartTheme now;
  int changes = 0;

  g_object_set_data (G_OBJECT (sparkline), "changes", &changes);
  qd_chart_theme_set_palette (&classic, QD_PALETTE_CLASSIC);
  qd_chart_style_watch (sparkline, G_CALLBACK (style_cb));
  g_settings_set_string (settings, "palette", "ibcs-classic");
  now = qd_chart_style_get (sparkline);
  g_assert_cmpint (changes, ==, 1);
  g_assert_cmpmem (&now.tones, sizeof now.tones, &classic.tones, sizeof classic.tones);
  g_settings_reset (settings, "palette");
  now = qd_chart_style_get (sparkline);
  g_assert_cmpint (changes, ==, 2);
  g_assert_cmpmem (&now.tones, sizeof now.tones, &usual.tones, sizeof usual.tones);
  g_object_unref (sparkline);
}

static double
find_text_height (QdChartLayout *layout,
                  QdMarkRole     role)
{
  for (guint i = 0; i < qd_chart_layout_get_n_marks (layout); i++)
    if (qd_chart_layout_get_mark (layout, i)->role == role)
      return qd_chart_layout_get_mark (layout, i)->box.height;
  return 0;
}

/* Larger text is larger text. */
static void
test_text_size (void)
{
  g_autoptr (QdChartSpec) spec = spec_lines (24, 2, 1);
  Fixture fixture;
  GtkSettings *settings;
  int dpi;
  double usual, large;

  open_view (&fixture, spec, 900, 700);
  settings = gtk_widget_get_settings (fixture.window);
  g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
  usual = find_text_height (qd_chart_view_get_layout (fixture.view), QD_ROLE_TICK_LABEL);
  g_assert_cmpfloat (usual, >=, 12);
  g_object_set (settings, "gtk-xft-dpi", dpi * 2, NULL);
  large = find_text_height (qd_chart_view_get_layout (fixture.view), QD_ROLE_TICK_LABEL);
  g_assert_cmpfloat (large, >, usual * 1.9);
  qd_ui_shoot (fixture.window, "text-200");
  g_object_set (settings, "gtk-xft-dpi", dpi, NULL);
  close_view (&fixture);
}

/* A name at the end of a line hides and shows its series; the last one stays. */
static void
test_series (void)
{
  g_autoptr (QdChartSpec) spec = spec_lines (24, 3, 1);
  Fixture fixture;
  int series;

  open_view (&fixture, spec, 800, 500);
  gtk_widget_grab_focus (GTK_WIDGET (fixture.view));
  gtk_widget_activate_action (GTK_WIDGET (fixture.view), "chart.toggle-series", "i", 1);
  g_assert_true (qd_chart_spec_is_hidden (qd_chart_view_get_spec (fixture.view), 1));
  press (fixture.view, GDK_KEY_Home, GDK_CONTROL_MASK);
  press (fixture.view, GDK_KEY_Down, 0);
  qd_chart_view_get_cursor (fixture.view, &series, NULL);
  g_assert_cmpint (series, ==, 2);
  gtk_test_widget_wait_for_draw (fixture.window);
  qd_ui_shoot (fixture.window, "hidden");
  press (fixture.view, GDK_KEY_h, 0);
  gtk_widget_activate_action (GTK_WIDGET (fixture.view), "chart.toggle-series", "i", 0);
  g_assert_false (qd_chart_spec_is_hidden (qd_chart_view_get_spec (fixture.view), 0));
  gtk_widget_activate_action (GTK_WIDGET (fixture.view), "chart.show-all-series", NULL);
  g_assert_true (qd_chart_view_get_spec (fixture.view) == spec);
  gtk_widget_activate_action (GTK_WIDGET (fixture.view), "chart.isolate-series", "i", 2);
  g_assert_true (qd_chart_spec_is_hidden (qd_chart_view_get_spec (fixture.view), 0));
  g_assert_false (qd_chart_spec_is_hidden (qd_chart_view_get_spec (fixture.view), 2));
  gtk_widget_activate_action (GTK_WIDGET (fixture.view), "chart.isolate-series", "i", 2);
  g_assert_true (qd_chart_view_get_spec (fixture.view) == spec);
  close_view (&fixture);
}

/* A tile: no title block, its tip in a popover. */
static void
test_compact (void)
{
  g_autoptr (QdChartSpec) spec = NULL;
  g_autofree char *tip = NULL;
  Fixture fixture;
  int minimum;

  for (guint i = 0; i < n_spec_cases; i++)
    if (strcmp (spec_cases[i].name, "sparkline") == 0)
      spec = spec_cases[i].make ();
  open_view (&fixture, spec, 300, 100);
  g_object_set (fixture.view, "compact", TRUE, NULL);
  gtk_widget_measure (GTK_WIDGET (fixture.view), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 60);
  gtk_widget_grab_focus (GTK_WIDGET (fixture.view));
  press (fixture.view, GDK_KEY_Left, 0);
  tip = qd_chart_view_dup_tip_text (fixture.view);
  g_assert_nonnull (tip);
  g_assert_nonnull (qd_ui_find (GTK_WIDGET (fixture.view), GTK_TYPE_POPOVER, NULL));
  gtk_test_widget_wait_for_draw (fixture.window);
  close_view (&fixture);
}

static guint
count_items (QdChartView *view)
{
  guint n = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (view)); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (child)) == GTK_ACCESSIBLE_ROLE_LIST_ITEM)
      n++;
  return n;
}

/* Up to 200 values are items of the list; of more the series are. */
static void
test_spoken (void)
{
  g_autoptr (QdChartSpec) few = spec_lines (66, 3, 1);
  g_autoptr (QdChartSpec) many = spec_lines (67, 3, 1);
  g_autoptr (QdFormat) format = qd_format_new ("USD");
  g_autoptr (QdChartSpec) none = qd_chart_spec_new (QD_CHART_TIME, format);
  g_autofree char *words = NULL;
  Fixture fixture;

  open_view (&fixture, few, 800, 500);
  qd_ui_wait_while (count_items (fixture.view) != count_values (few));
  g_assert_cmpuint (count_items (fixture.view), ==, 198);
  qd_chart_view_set_spec (fixture.view, many);
  qd_ui_wait_while (count_items (fixture.view) != 3);
  gtk_widget_grab_focus (GTK_WIDGET (fixture.view));
  press (fixture.view, GDK_KEY_Left, 0);
  words = qd_chart_spec_dup_point_text (many, 0, 65);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (get_focused_point (&fixture)), GTK_ACCESSIBLE_PROPERTY_LABEL, words);
  /* A chart without anything to see still says so. */
  qd_chart_spec_set_months (none, qd_month_from_ym (2026, 1), 3, 1);
  qd_chart_spec_set_empty_reason (none, "Nothing was imported.");
  qd_chart_view_set_spec (fixture.view, none);
  qd_ui_wait_while (count_items (fixture.view) != 1);
  close_view (&fixture);
}

/* Nobody connects: the window goes to the rows. */
static void
opened_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       data)
{
  *(char **) data = g_variant_dup_string (parameter, NULL);
}

static void
test_default_drill (void)
{
  g_autoptr (QdFormat) format = qd_format_new ("USD");
  g_autoptr (QdChartSpec) spec = qd_chart_spec_new (QD_CHART_WATERFALL, format);
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr (GSimpleAction) action = g_simple_action_new ("drill", G_VARIANT_TYPE_STRING);
  g_autofree char *opened = NULL;
  g_autofree char *expected = NULL;
  QdDrill drill;
  Fixture fixture;

  g_assert_true (qd_drill_init (&drill, "churn_mrr", (QdWindow){ qd_month_from_ym (2026, 1), qd_month_from_ym (2026, 3) }, -12));
  expected = qd_drill_to_string (&drill);
  qd_chart_spec_add_step (spec, QD_STEP_TOTAL, "Opening", 1e6);
  qd_chart_spec_add_step (spec, QD_STEP_LOSS, "Churn", -2e5);
  qd_chart_spec_set_drill (spec, 0, 1, &drill);
  open_view (&fixture, spec, 800, 500);
  g_signal_handlers_disconnect_by_func (fixture.view, drill_cb, &fixture);
  g_signal_connect (action, "activate", G_CALLBACK (opened_cb), &opened);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
  gtk_widget_insert_action_group (fixture.window, "win", G_ACTION_GROUP (group));
  gtk_widget_grab_focus (GTK_WIDGET (fixture.view));
  press (fixture.view, GDK_KEY_Home, 0);
  press (fixture.view, GDK_KEY_Return, 0);
  g_assert_null (opened);
  press (fixture.view, GDK_KEY_Right, 0);
  press (fixture.view, GDK_KEY_Return, 0);
  g_assert_cmpstr (opened, ==, expected);
  close_view (&fixture);
}

/* The menu has all that there is, by pointer and by key. */
static void
test_menu (void)
{
  g_autoptr (QdChartSpec) spec = spec_lines (24, 3, 1);
  Fixture fixture;
  GtkWidget *menu;
  static const char *const words[] = { "Copy Picture", "Copy Data", "Export as PNG…", "Export as SVG…", "Export as PDF…",
                                       "Export Data as CSV…", "View as Table", "Zoom In", "Zoom Out", "Reset Zoom",
                                       "What Is This?" };

  open_view (&fixture, spec, 800, 500);
  qd_chart_view_set_metrics (fixture.view, "nrr grr");
  gtk_widget_grab_focus (GTK_WIDGET (fixture.view));
  g_assert_true (press (fixture.view, GDK_KEY_F10, GDK_SHIFT_MASK));
  menu = qd_ui_find (GTK_WIDGET (fixture.view), GTK_TYPE_POPOVER_MENU, NULL);
  g_assert_nonnull (menu);
  qd_ui_wait_while (!gtk_widget_get_mapped (menu));
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (qd_ui_find_label (menu, words[i]) == NULL)
      g_error ("the menu has no %s", words[i]);
  g_assert_nonnull (qd_ui_find_label (menu, qd_chart_spec_get_series_label (spec, 0)));
  gtk_popover_popdown (GTK_POPOVER (menu));
  close_view (&fixture);
}

int
main (int    argc,
      char **argv)
{
  qd_ui_test_init (&argc, &argv);
  qd_ui_get_application ();
  g_test_add_func ("/ui/chart-view/named", test_named);
  g_test_add_func ("/ui/chart-view/awkward", test_awkward);
  g_test_add_func ("/ui/chart-view/keys", test_keys);
  g_test_add_func ("/ui/chart-view/tab", test_tab);
  g_test_add_func ("/ui/chart-view/tip", test_tip);
  g_test_add_func ("/ui/chart-view/moves", test_moves);
  g_test_add_func ("/ui/chart-view/zoom", test_zoom);
  g_test_add_func ("/ui/chart-view/themes", test_themes);
  g_test_add_func ("/ui/chart-view/text-size", test_text_size);
  g_test_add_func ("/ui/chart-view/style", test_style);
  g_test_add_func ("/ui/chart-view/series", test_series);
  g_test_add_func ("/ui/chart-view/compact", test_compact);
  g_test_add_func ("/ui/chart-view/spoken", test_spoken);
  g_test_add_func ("/ui/chart-view/default-drill", test_default_drill);
  g_test_add_func ("/ui/chart-view/menu", test_menu);
  return g_test_run ();
}
