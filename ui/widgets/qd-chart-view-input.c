/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pointer and keys.
 */
#include "config.h"

#include "qd-chart-view-private.h"

#include <math.h>

/* A press that moves less than this is a click. */
#define DRAG_THRESHOLD 8

static int
get_n_series (QdChartView *self)
{
  return self->base != NULL ? (int) qd_chart_spec_get_n_series (self->base) : 0;
}

static int
get_n_places (QdChartView *self)
{
  return self->base != NULL ? (int) qd_chart_spec_get_n_places (self->base) : 0;
}

/* The next value from @place on, itself included; −1: none. */
static int
find_value (QdChartView *self,
            int          series,
            int          place,
            int          step)
{
  for (int n = get_n_places (self); place >= 0 && place < n; place += step)
    if (qd_chart_view_has_value (self, series, place))
      return place;
  return -1;
}

static int
find_near (QdChartView *self,
           int          series,
           int          place)
{
  int before = find_value (self, series, place, -1), after = find_value (self, series, place, 1);

  if (before < 0 || after < 0)
    return MAX (before, after);
  return place - before <= after - place ? before : after;
}

static gboolean
step_series (QdChartView *self,
             int          step)
{
  for (int s = self->series + step, n = get_n_series (self); s >= 0 && s < n; s += step)
    {
      int place = find_near (self, s, self->place);

      if (place < 0)
        continue;
      qd_chart_view_move_to (self, s, place, FALSE);
      return TRUE;
    }
  return FALSE;
}

static gboolean
step_places (QdChartView *self,
             int          steps)
{
  int n = get_n_places (self), place = CLAMP (self->place + steps, 0, n - 1);

  place = ABS (steps) == 1 ? find_value (self, self->series, self->place + steps, steps) : find_near (self, self->series, place);
  if (place < 0)
    return FALSE;
  qd_chart_view_move_to (self, self->series, place, FALSE);
  return TRUE;
}

typedef enum { MOVE_PLACES, MOVE_SERIES, MOVE_ENDS, MOVE_PAGES, MOVE_CORNERS } Move;

static gboolean
move_cb (GtkWidget *widget,
         GVariant  *args,
         gpointer   data)
{
  QdChartView *self = QD_CHART_VIEW (widget);
  int move, step, place, year;

  g_variant_get (args, "(ii)", &move, &step);
  if (!qd_chart_view_has_cursor_focus (self) || self->base == NULL || qd_chart_spec_is_empty (self->base))
    return FALSE;
  gtk_widget_add_css_class (widget, "keyboard");
  if (!self->shown || !qd_chart_view_has_value (self, self->series, self->place))
    {
      /* Coming back: first of all to where the cursor was. */
      qd_chart_view_pick_start (self);
      return TRUE;
    }
  switch ((Move) move)
    {
    case MOVE_PLACES:
      if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL && !qd_chart_view_is_time (self))
        step = -step;
      step_places (self, step);
      break;
    case MOVE_SERIES:
      step_series (self, step);
      break;
    case MOVE_PAGES:
      year = qd_chart_spec_get_places_per_year (self->base);
      step_places (self, step * (year > 1 ? year : year == 1 ? 5 : 12));
      break;
    case MOVE_CORNERS:
      self->series = step < 0 ? -1 : get_n_series (self);
      step_series (self, -step);
      G_GNUC_FALLTHROUGH;
    case MOVE_ENDS:
    default:
      place = step < 0 ? find_value (self, self->series, 0, 1) : find_value (self, self->series, get_n_places (self) - 1, -1);
      if (place >= 0)
        qd_chart_view_move_to (self, self->series, place, FALSE);
      break;
    }
  return TRUE;
}

static gboolean
drill_key_cb (GtkWidget *widget,
              GVariant  *args,
              gpointer   data)
{
  QdChartView *self = QD_CHART_VIEW (widget);

  if (!qd_chart_view_has_cursor_focus (self))
    return FALSE;
  qd_chart_view_drill (self);
  return TRUE;
}

/* Goes back by one: the brush, the tip, zoom, the cursor. */
static gboolean
escape (QdChartView *self)
{
  if (self->brushing)
    {
      self->brushing = FALSE;
      qd_chart_view_update_tip (self);
      gtk_widget_queue_draw (GTK_WIDGET (self));
      return TRUE;
    }
  if (self->shown && !self->dismissed)
    {
      self->dismissed = TRUE;
      qd_chart_view_update_tip (self);
      return TRUE;
    }
  if (qd_chart_view_is_zoomed (self))
    {
      qd_chart_view_set_range (self, -1, -1);
      return TRUE;
    }
  if (self->shown)
    {
      qd_chart_view_hide_cursor (self);
      return TRUE;
    }
  return FALSE;
}

static gboolean
escape_cb (GtkWidget *widget,
           GVariant  *args,
           gpointer   data)
{
  return !QD_CHART_VIEW (widget)->show_table && escape (QD_CHART_VIEW (widget));
}

/* The tip of the pointer goes away wherever the focus is. */
static gboolean
escape_hover_cb (GtkWidget *widget,
                 GVariant  *args,
                 gpointer   data)
{
  QdChartView *self = QD_CHART_VIEW (widget);

  return self->pointed && self->shown && !self->dismissed && escape (self);
}

static gboolean
menu_cb (GtkWidget *widget,
         GVariant  *args,
         gpointer   data)
{
  if (QD_CHART_VIEW (widget)->show_table)
    return FALSE;
  qd_chart_view_popup_menu (QD_CHART_VIEW (widget), FALSE, 0, 0);
  return TRUE;
}

/**
 * qd_chart_view_set_range:
 * @self: a view of a chart over time
 * @first: first place of the base that is shown, or −1 for all
 * @last: last one
 *
 * Zooms, and says so by "range".
 */
void
qd_chart_view_set_range (QdChartView *self,
                         int          first,
                         int          last)
{
  int n = get_n_places (self);
  gboolean all;

  if (!qd_chart_view_is_time (self))
    return;
  all = first < 0 || (first == 0 && last >= n - 1);
  first = all ? 0 : CLAMP (first, 0, n - 1);
  last = all ? n - 1 : CLAMP (last, first, n - 1);
  if (first == (int) self->first && last == (int) self->last)
    return;
  self->first = (guint) first;
  self->last = (guint) last;
  if (self->shown && (self->place < first || self->place > last))
    qd_chart_view_hide_cursor (self);
  qd_chart_view_rebuild (self);
  g_signal_emit_by_name (self, "range", all ? -1 : first, all ? -1 : last);
}

/* Zooms round the cursor, or round the newest month. */
static void
zoom_by (QdChartView *self,
         double       factor)
{
  int n = get_n_places (self), count, wanted, centre, first;

  if (!qd_chart_view_is_time (self))
    return;
  count = (int) (self->last - self->first) + 1;
  wanted = factor < 1 ? (int) ceil (count * factor) : (int) floor (count * factor);
  wanted = CLAMP (wanted, MIN (2, n), n);
  if (wanted == count)
    return;
  centre = self->shown ? self->place : factor < 1 ? (int) self->last : (int) (self->first + self->last) / 2;
  first = centre - (int) lround ((double) (centre - (int) self->first) / MAX (count - 1, 1) * (wanted - 1));
  first = CLAMP (first, 0, n - wanted);
  qd_chart_view_set_range (self, first, first + wanted - 1);
}

/**
 * qd_chart_view_reset_zoom:
 * @self: a view
 *
 * Shows all months. The keys stay in the chart when the button goes away.
 */
void
qd_chart_view_reset_zoom (QdChartView *self)
{
  gboolean button = gtk_widget_get_focus_child (GTK_WIDGET (self)) == self->reset;

  if (button)
    qd_chart_view_focus_cursor (self);
  qd_chart_view_set_range (self, -1, -1);
}

static void
zoom_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  QdChartView *self = QD_CHART_VIEW (widget);

  if (g_str_has_suffix (action_name, "in"))
    zoom_by (self, 0.5);
  else if (g_str_has_suffix (action_name, "out"))
    zoom_by (self, 2);
  else
    qd_chart_view_reset_zoom (self);
}

static void
drill_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  qd_chart_view_drill (QD_CHART_VIEW (widget));
}

static void
series_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  QdChartView *self = QD_CHART_VIEW (widget);
  int series = parameter != NULL ? g_variant_get_int32 (parameter) : -1;

  if (g_str_has_prefix (action_name, "chart.show-all"))
    qd_chart_view_show_all_series (self);
  else if (g_str_has_prefix (action_name, "chart.isolate"))
    qd_chart_view_isolate_series (self, series);
  else
    qd_chart_view_toggle_series (self, series);
}

static gboolean
series_key_cb (GtkWidget *widget,
               GVariant  *args,
               gpointer   data)
{
  QdChartView *self = QD_CHART_VIEW (widget);
  int isolate;

  g_variant_get (args, "(i)", &isolate);
  if (!qd_chart_view_has_cursor_focus (self) || !self->shown)
    return FALSE;
  if (isolate)
    qd_chart_view_isolate_series (self, self->series);
  else
    qd_chart_view_toggle_series (self, self->series);
  return TRUE;
}

/* Zooming keys are the chart's own only while the cursor is in it. */
static gboolean
zoom_key_cb (GtkWidget *widget,
             GVariant  *args,
             gpointer   data)
{
  QdChartView *self = QD_CHART_VIEW (widget);
  double factor;

  g_variant_get (args, "(d)", &factor);
  if (self->show_table || !qd_chart_view_is_time (self))
    return FALSE;
  if (factor > 0)
    zoom_by (self, factor);
  else
    qd_chart_view_set_range (self, -1, -1);
  return TRUE;
}

static gboolean
is_over_tip (QdChartView *self,
             double       x,
             double       y)
{
  return self->tip_sticky && self->tip_box.width > 0 && x >= self->tip_box.x && x < self->tip_box.x + self->tip_box.width && y >= self->tip_box.y &&
         y < self->tip_box.y + self->tip_box.height;
}

/* Whether it lies over one of the view's own controls. */
static gboolean
is_over_button (QdChartView *self,
                double       x,
                double       y)
{
  graphene_rect_t box;

  return gtk_widget_get_visible (self->reset) && gtk_widget_compute_bounds (self->reset, GTK_WIDGET (self), &box) &&
         graphene_rect_contains_point (&box, &GRAPHENE_POINT_INIT ((float) x, (float) y));
}

static gboolean
hit (QdChartView *self,
     double       x,
     double       y,
     QdChartMark *mark)
{
  g_auto (QdChartHit) found = { 0 };

  qd_chart_view_ensure_layout (self);
  if (self->layout == NULL || self->show_table || is_over_button (self, x, y) ||
      !qd_chart_layout_hit_test (self->layout, x, y, &found))
    return FALSE;
  mark->series = found.series;
  mark->place = found.place + (int) self->first;
  return TRUE;
}

static void
update_pointer (QdChartView *self,
                double       x,
                double       y)
{
  QdChartMark mark;
  const char *name = NULL;

  if (is_over_button (self, x, y))
    name = NULL;
  else if (qd_chart_view_find_legend (self, x, y) >= 0)
    name = "pointer";
  else if (hit (self, x, y, &mark) && qd_chart_view_is_drillable (self, mark.series, mark.place))
    name = "pointer";
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), name);
}

/* Where the pointer is in the window: a chart that gets another place or size does not move it. */
static void
get_pointer (GtkEventControllerMotion *controller,
             double                   *x,
             double                   *y)
{
  GdkEvent *event = controller != NULL ? gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (controller)) : NULL;

  if (event != NULL)
    gdk_event_get_position (event, x, y);
}

static void
motion_cb (GtkEventControllerMotion *controller,
           double                    x,
           double                    y,
           QdChartView              *self)
{
  QdChartMark mark;
  double at_x = x, at_y = y;

  /* An event of the same place: something appeared under the pointer, nobody moved it. */
  get_pointer (controller, &at_x, &at_y);
  if (at_x == self->rest_x && at_y == self->rest_y)
    return;
  if (self->brushing || self->show_table || is_over_tip (self, x, y) || (self->menu != NULL && gtk_widget_get_visible (self->menu)))
    return;
  self->rest_x = at_x;
  self->rest_y = at_y;
  self->pointer_y = y;
  update_pointer (self, x, y);
  if (hit (self, x, y, &mark))
    qd_chart_view_move_to (self, mark.series, mark.place, TRUE);
  else if (self->pointed)
    qd_chart_view_hide_cursor (self);
}

/* While the keys have the cursor, a pointer that rests on the chart does not take it: only one that moves. */
static void
enter_cb (GtkEventControllerMotion *controller,
          double                    x,
          double                    y,
          QdChartView              *self)
{
  if (self->shown && !self->pointed)
    {
      self->rest_x = x;
      self->rest_y = y;
      get_pointer (controller, &self->rest_x, &self->rest_y);
    }
  else
    {
      motion_cb (controller, x, y, self);
    }
}

static void
leave_cb (GtkEventControllerMotion *controller,
          QdChartView              *self)
{
  self->rest_x = -1;
  if (self->menu != NULL && gtk_widget_get_visible (self->menu))
    return;
  if (self->pointed && self->tip_popover == NULL)
    qd_chart_view_hide_cursor (self);
  else if (self->pointed && !gtk_event_controller_motion_contains_pointer (controller))
    qd_chart_view_hide_cursor (self);
}

static void
drag_begin_cb (GtkGestureDrag *gesture,
               double          x,
               double          y,
               QdChartView    *self)
{
  QdChartMark mark;

  if (!qd_chart_view_is_time (self) || self->compact || get_n_places (self) < 3 || is_over_tip (self, x, y) ||
      !hit (self, x, y, &mark))
    gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
}

static void
drag_update_cb (GtkGestureDrag *gesture,
                double          dx,
                double          dy,
                QdChartView    *self)
{
  double x, y;

  if (!self->brushing && fabs (dx) < DRAG_THRESHOLD)
    return;
  gtk_gesture_drag_get_start_point (gesture, &x, &y);
  if (!self->brushing)
    {
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
      self->brushing = TRUE;
      qd_chart_view_update_tip (self);
    }
  self->brush_from = x;
  self->brush_to = x + dx;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* The places between two points, as far as their middles are inside. */
static void
drag_end_cb (GtkGestureDrag *gesture,
             double          dx,
             double          dy,
             QdChartView    *self)
{
  QdRect plot;
  double from, to, slot;
  int n = (int) (self->last - self->first) + 1, first, last;

  if (!self->brushing)
    return;
  self->brushing = FALSE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (self->layout == NULL)
    return;
  plot = qd_chart_layout_get_plot (self->layout, 0);
  if (plot.width <= 0)
    plot = qd_chart_layout_get_plot (self->layout, 1);
  slot = plot.width / n;
  from = MIN (self->brush_from, self->brush_to) - plot.x;
  to = MAX (self->brush_from, self->brush_to) - plot.x;
  first = MAX (0, (int) ceil (from / slot - 0.5));
  last = MIN (n - 1, (int) floor (to / slot - 0.5));
  if (last - first >= 1)
    qd_chart_view_set_range (self, (int) self->first + first, (int) self->first + last);
  else
    qd_chart_view_update_tip (self);
}

static gboolean
late_drill_cb (gpointer data)
{
  QdChartView *self = data;

  self->drill_source = 0;
  qd_chart_view_drill (self);
  return G_SOURCE_REMOVE;
}

static void
pressed_cb (GtkGestureClick *gesture,
            int              n_press,
            double           x,
            double           y,
            QdChartView     *self)
{
  if (!self->show_table && !is_over_button (self, x, y) && !qd_chart_view_has_cursor_focus (self))
    {
      gtk_widget_grab_focus (GTK_WIDGET (self));
      /* The pointer is what is meant, not where the keys were. */
      self->rest_x = -1;
      motion_cb (NULL, x, y, self);
    }
}

static void
released_cb (GtkGestureClick *gesture,
             int              n_press,
             double           x,
             double           y,
             QdChartView     *self)
{
  QdChartMark mark;
  int legend, wait = 400;

  if (self->show_table || self->brushing || is_over_tip (self, x, y) || is_over_button (self, x, y))
    return;
  g_clear_handle_id (&self->drill_source, g_source_remove);
  legend = qd_chart_view_find_legend (self, x, y);
  if (legend >= 0)
    {
      GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));

      if (state & GDK_ALT_MASK)
        qd_chart_view_isolate_series (self, legend);
      else
        qd_chart_view_toggle_series (self, legend);
      return;
    }
  if (n_press == 2 && qd_chart_view_is_zoomed (self))
    {
      qd_chart_view_set_range (self, -1, -1);
      return;
    }
  if (n_press != 1 || !hit (self, x, y, &mark))
    return;
  qd_chart_view_move_to (self, mark.series, mark.place, TRUE);
  if (!qd_chart_view_is_zoomed (self))
    {
      qd_chart_view_drill (self);
      return;
    }
  /* While a double click would show all months, a click waits for the second one. */
  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-double-click-time", &wait, NULL);
  self->drill_source = g_timeout_add ((guint) MAX (wait, 1), late_drill_cb, self);
}

static void
secondary_cb (GtkGestureClick *gesture,
              int              n_press,
              double           x,
              double           y,
              QdChartView     *self)
{
  QdChartMark mark;

  if (self->show_table)
    return;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (hit (self, x, y, &mark))
    qd_chart_view_move_to (self, mark.series, mark.place, TRUE);
  qd_chart_view_popup_menu (self, TRUE, x, y);
}

static void
long_press_cb (GtkGestureLongPress *gesture,
               double               x,
               double               y,
               QdChartView         *self)
{
  if (self->show_table || self->brushing)
    return;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_grab_focus (GTK_WIDGET (self));
  qd_chart_view_popup_menu (self, TRUE, x, y);
}

static void
focus_leave_cb (GtkEventControllerFocus *controller,
                QdChartView             *self)
{
  gtk_widget_remove_css_class (GTK_WIDGET (self), "keyboard");
  if (self->shown && !self->pointed && !(self->menu != NULL && gtk_widget_get_visible (self->menu)))
    qd_chart_view_hide_cursor (self);
}

static void
focus_enter_cb (GtkEventControllerFocus *controller,
                QdChartView             *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (!self->show_table && GTK_IS_WINDOW (root) && gtk_window_get_focus_visible (GTK_WINDOW (root)))
    gtk_widget_add_css_class (GTK_WIDGET (self), "keyboard");
}

void
qd_chart_view_class_init_input (GtkWidgetClass *klass)
{
  static const struct
  {
    guint key, pad;
    GdkModifierType modifiers;
    Move move;
    int step;
  } moves[] = {
    { GDK_KEY_Left, GDK_KEY_KP_Left, 0, MOVE_PLACES, -1 },      { GDK_KEY_Right, GDK_KEY_KP_Right, 0, MOVE_PLACES, 1 },
    { GDK_KEY_Up, GDK_KEY_KP_Up, 0, MOVE_SERIES, -1 },          { GDK_KEY_Down, GDK_KEY_KP_Down, 0, MOVE_SERIES, 1 },
    { GDK_KEY_Home, GDK_KEY_KP_Home, 0, MOVE_ENDS, -1 },        { GDK_KEY_End, GDK_KEY_KP_End, 0, MOVE_ENDS, 1 },
    { GDK_KEY_Page_Up, GDK_KEY_KP_Page_Up, 0, MOVE_PAGES, -1 }, { GDK_KEY_Page_Down, GDK_KEY_KP_Page_Down, 0, MOVE_PAGES, 1 },
    { GDK_KEY_Home, GDK_KEY_KP_Home, GDK_CONTROL_MASK, MOVE_CORNERS, -1 },
    { GDK_KEY_End, GDK_KEY_KP_End, GDK_CONTROL_MASK, MOVE_CORNERS, 1 },
  };
  static const struct
  {
    guint key;
    double factor;
  } zooms[] = {
    { GDK_KEY_plus, 0.5 }, { GDK_KEY_equal, 0.5 },  { GDK_KEY_KP_Add, 0.5 }, { GDK_KEY_minus, 2 },
    { GDK_KEY_KP_Subtract, 2 }, { GDK_KEY_0, 0 }, { GDK_KEY_KP_0, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (moves); i++)
    {
      gtk_widget_class_add_binding (klass, moves[i].key, moves[i].modifiers, move_cb, "(ii)", moves[i].move, moves[i].step);
      gtk_widget_class_add_binding (klass, moves[i].pad, moves[i].modifiers, move_cb, "(ii)", moves[i].move, moves[i].step);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (zooms); i++)
    gtk_widget_class_add_binding (klass, zooms[i].key, 0, zoom_key_cb, "(d)", zooms[i].factor);
  gtk_widget_class_add_binding (klass, GDK_KEY_Return, 0, drill_key_cb, NULL);
  gtk_widget_class_add_binding (klass, GDK_KEY_KP_Enter, 0, drill_key_cb, NULL);
  gtk_widget_class_add_binding (klass, GDK_KEY_ISO_Enter, 0, drill_key_cb, NULL);
  gtk_widget_class_add_binding (klass, GDK_KEY_Escape, 0, escape_cb, NULL);
  gtk_widget_class_add_binding (klass, GDK_KEY_Menu, 0, menu_cb, NULL);
  gtk_widget_class_add_binding (klass, GDK_KEY_F10, GDK_SHIFT_MASK, menu_cb, NULL);
  gtk_widget_class_add_binding (klass, GDK_KEY_h, 0, series_key_cb, "(i)", 0);
  gtk_widget_class_add_binding (klass, GDK_KEY_h, GDK_ALT_MASK, series_key_cb, "(i)", 1);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_t, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "chart.view-table", NULL);
  /* local in the table of actions: fields of text need the keys, too */
  gtk_widget_class_add_binding_action (klass, GDK_KEY_c, GDK_CONTROL_MASK, "win.copy-picture", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_c, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "win.copy-data", NULL);

  gtk_widget_class_install_action (klass, "chart.zoom-in", NULL, zoom_action);
  gtk_widget_class_install_action (klass, "chart.zoom-out", NULL, zoom_action);
  gtk_widget_class_install_action (klass, "chart.zoom-reset", NULL, zoom_action);
  gtk_widget_class_install_action (klass, "chart.drill", NULL, drill_action);
  gtk_widget_class_install_action (klass, "chart.toggle-series", "i", series_action);
  gtk_widget_class_install_action (klass, "chart.isolate-series", "i", series_action);
  gtk_widget_class_install_action (klass, "chart.show-all-series", NULL, series_action);
}

void
qd_chart_view_init_input (QdChartView *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkEventController *controller = gtk_event_controller_motion_new ();
  GtkGesture *gesture;

  g_signal_connect (controller, "enter", G_CALLBACK (enter_cb), self);
  g_signal_connect (controller, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect (controller, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (widget, controller);

  controller = gtk_event_controller_focus_new ();
  g_signal_connect (controller, "enter", G_CALLBACK (focus_enter_cb), self);
  g_signal_connect (controller, "leave", G_CALLBACK (focus_leave_cb), self);
  gtk_widget_add_controller (widget, controller);

  controller = gtk_shortcut_controller_new ();
  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (controller), GTK_SHORTCUT_SCOPE_GLOBAL);
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (controller),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0), gtk_callback_action_new (escape_hover_cb, NULL, NULL)));
  gtk_widget_add_controller (widget, controller);

  gesture = gtk_gesture_drag_new ();
  g_signal_connect (gesture, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect (gesture, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect (gesture, "drag-end", G_CALLBACK (drag_end_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (gesture));

  gesture = gtk_gesture_click_new ();
  g_signal_connect (gesture, "pressed", G_CALLBACK (pressed_cb), self);
  g_signal_connect (gesture, "released", G_CALLBACK (released_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (gesture));

  gesture = gtk_gesture_click_new ();
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (gesture), GDK_BUTTON_SECONDARY);
  g_signal_connect (gesture, "pressed", G_CALLBACK (secondary_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (gesture));

  gesture = gtk_gesture_long_press_new ();
  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (gesture), TRUE);
  g_signal_connect (gesture, "pressed", G_CALLBACK (long_press_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (gesture));
}
