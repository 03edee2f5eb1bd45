/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A chart as a screen reader sees it: a list of its values. The items are real
 * children that draw nothing; the one that the cursor is at has the focus. A
 * chart of very many values is a list of its series instead, and the item that
 * has the focus says the value.
 */
#include "config.h"

#include "../compat/qd-names.h"
#include "qd-chart-view-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define MAX_POINTS 200
/* So that a magnifier that follows the focus finds it. */
#define POINT_SIZE 12

#define QD_TYPE_CHART_POINT (qd_chart_point_get_type ())
G_DECLARE_FINAL_TYPE (QdChartPoint, qd_chart_point, QD, CHART_POINT, GtkWidget)

struct _QdChartPoint
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (QdChartPoint, qd_chart_point, GTK_TYPE_WIDGET)

static void
qd_chart_point_class_init (QdChartPointClass *klass)
{
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "chart-point");
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_LIST_ITEM);
}

static void
qd_chart_point_init (QdChartPoint *self)
{
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

static void
set_words (GtkWidget  *widget,
           const char *label)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

/* A series that is too long to be spoken point by point. */
static char *
dup_summary (QdChartView *self,
             int          series)
{
  guint n = qd_chart_spec_get_n_places (self->base), count = 0;
  int first = -1, last = -1;
  g_autofree char *begin = NULL, *end = NULL, *begin_place = NULL, *end_place = NULL;
  const char *label = qd_chart_spec_get_series_label (self->base, (guint) series);

  for (guint p = 0; p < n; p++)
    if (qd_chart_view_has_value (self, series, (int) p))
      {
        if (first < 0)
          first = (int) p;
        last = (int) p;
        count++;
      }
  if (first < 0)
    return g_strdup_printf (_("%s, no values"), label);
  begin = qd_chart_spec_dup_value_text (self->base, (guint) series, (guint) first);
  end = qd_chart_spec_dup_value_text (self->base, (guint) series, (guint) last);
  begin_place = qd_chart_spec_dup_place_label (self->base, (guint) first);
  end_place = qd_chart_spec_dup_place_label (self->base, (guint) last);
  /* Translators: series, how many points, place, value, place, value. */
  return g_strdup_printf (ngettext ("%s, %u point: %s %s to %s %s", "%s, %u points: %s %s to %s %s", count), label, count,
                          begin_place, begin, end_place, end);
}

static char *
dup_point_words (QdChartView *self,
                 QdChartMark  mark)
{
  if (self->base == NULL || mark.series < 0)
    {
      g_autofree char *words = self->base != NULL ? qd_chart_describe (self->base) : NULL;

      return words != NULL ? g_steal_pointer (&words) : g_strdup (_("No chart yet"));
    }
  if (mark.place < 0)
    return dup_summary (self, mark.series);
  return qd_chart_spec_dup_point_text (self->base, (guint) mark.series, (guint) mark.place);
}

/* What there is to be spoken. */
static void
collect_marks (QdChartView *self)
{
  guint n_series = self->base != NULL ? qd_chart_spec_get_n_series (self->base) : 0;
  guint n_places = self->base != NULL ? qd_chart_spec_get_n_places (self->base) : 0;

  g_array_set_size (self->point_marks, 0);
  self->summaries = FALSE;
  for (guint s = 0; s < n_series && !self->summaries; s++)
    for (guint p = 0; p < n_places; p++)
      {
        if (!qd_chart_view_has_value (self, (int) s, (int) p))
          continue;
        if (self->point_marks->len == MAX_POINTS)
          {
            self->summaries = TRUE;
            break;
          }
        g_array_append_vals (self->point_marks, &(QdChartMark){ (int) s, (int) p }, 1);
      }
  if (self->summaries)
    {
      g_array_set_size (self->point_marks, 0);
      for (guint s = 0; s < n_series; s++)
        if (!(s < 32 && self->hidden & (1u << s)))
          g_array_append_vals (self->point_marks, &(QdChartMark){ (int) s, -1 }, 1);
    }
  /* Also a chart without values is something to stop at: it says why. */
  if (self->point_marks->len == 0)
    g_array_append_vals (self->point_marks, &(QdChartMark){ -1, -1 }, 1);
}

static int
find_point (QdChartView *self,
            int          series,
            int          place)
{
  for (guint i = 0; i < self->point_marks->len; i++)
    {
      const QdChartMark *mark = &g_array_index (self->point_marks, QdChartMark, i);

      if (mark->series == series && (mark->place == place || mark->place < 0))
        return (int) i;
    }
  return -1;
}

gboolean
qd_chart_view_has_cursor_focus (QdChartView *self)
{
  GtkWidget *child = gtk_widget_get_focus_child (GTK_WIDGET (self));

  return child != NULL && QD_IS_CHART_POINT (child) && gtk_widget_is_focus (child);
}

static void
update_points (QdChartView *self)
{
  gboolean focused = qd_chart_view_has_cursor_focus (self);

  collect_marks (self);
  while (self->points->len > self->point_marks->len)
    {
      GtkWidget *point = g_ptr_array_index (self->points, self->points->len - 1);

      /* The focus stays in the chart. */
      if (gtk_widget_is_focus (point))
        gtk_widget_grab_focus (g_ptr_array_index (self->points, 0));
      g_ptr_array_set_size (self->points, (int) self->points->len - 1);
      gtk_widget_unparent (point);
    }
  while (self->points->len < self->point_marks->len)
    {
      GtkWidget *point = g_object_new (QD_TYPE_CHART_POINT, NULL);

      gtk_widget_insert_after (point, GTK_WIDGET (self),
                               self->points->len > 0 ? g_ptr_array_index (self->points, self->points->len - 1) : NULL);
      g_ptr_array_add (self->points, point);
    }
  for (guint i = 0; i < self->points->len; i++)
    {
      g_autofree char *words = dup_point_words (self, g_array_index (self->point_marks, QdChartMark, i));

      set_words (g_ptr_array_index (self->points, i), words);
      gtk_widget_set_visible (g_ptr_array_index (self->points, i), !self->show_table);
    }
  self->points_placed = FALSE;
  if (focused && self->shown)
    qd_chart_view_focus_cursor (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static gboolean
update_points_cb (gpointer data)
{
  QdChartView *self = data;

  self->points_source = 0;
  update_points (self);
  return G_SOURCE_REMOVE;
}

static void
ensure_points (QdChartView *self)
{
  if (self->points_source == 0)
    return;
  g_clear_handle_id (&self->points_source, g_source_remove);
  update_points (self);
}

void
qd_chart_view_clear_points (QdChartView *self)
{
  for (guint i = 0; i < self->points->len; i++)
    gtk_widget_unparent (g_ptr_array_index (self->points, i));
  g_ptr_array_set_size (self->points, 0);
}

/**
 * qd_chart_view_update_words:
 * @self: a view
 *
 * Names and describes the chart; its points follow once the frame is drawn.
 */
void
qd_chart_view_update_words (QdChartView *self)
{
  g_autofree char *words = self->spec != NULL ? qd_chart_describe (self->spec) : g_strdup (_("No chart yet"));
  g_autofree char *description = NULL;
  const char *title = self->spec != NULL ? qd_chart_spec_get_title (self->spec) : NULL;

  if (title == NULL && self->spec != NULL)
    title = qd_chart_spec_get_subject (self->spec);
  if (title == NULL && qd_chart_view_is_time (self) && qd_chart_spec_get_n_series (self->base) > 0)
    title = qd_chart_spec_get_series_label (self->base, 0);
  if (title != NULL && *title == '\0')
    title = NULL;
  description = self->show_table
                    ? g_strdup_printf ("%s %s", words, _("Shown as a table; Shift+Ctrl+T shows the chart."))
                    /* Translators: said after the description of a chart. */
                    : g_strdup_printf ("%s %s", words, _("Arrow keys go from value to value, Enter opens the rows behind a "
                                                         "value, Shift+Ctrl+T shows a table, the Menu key more."));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title != NULL ? title : _("Chart"), -1);
  qd_names_set_description (GTK_WIDGET (self), description);
  if (self->points_source == 0)
    self->points_source = g_idle_add_full (G_PRIORITY_LOW, update_points_cb, self, NULL);
}

/* The children keep the places that they have, until the layout or the list changes. */
void
qd_chart_view_allocate_points (QdChartView *self)
{
  if (self->points_placed)
    return;
  self->points_placed = TRUE;
  for (guint i = 0; i < self->points->len; i++)
    {
      const QdChartMark *mark = &g_array_index (self->point_marks, QdChartMark, i);
      gboolean here = mark->series == self->series && self->shown;
      QdPoint anchor = { POINT_SIZE / 2., POINT_SIZE / 2. };

      if (!gtk_widget_should_layout (g_ptr_array_index (self->points, i)))
        continue;
      qd_chart_view_get_anchor (self, mark->series, mark->place >= 0 ? mark->place : here ? self->place : -1, &anchor, NULL);
      gtk_widget_size_allocate (
          g_ptr_array_index (self->points, i),
          &(GtkAllocation){ (int) anchor.x - POINT_SIZE / 2, (int) anchor.y - POINT_SIZE / 2, POINT_SIZE, POINT_SIZE }, -1);
    }
}

/* The mark that people ask for first: the one of before, else the newest of a time, else the first. */
static gboolean
find_start (QdChartView *self,
            int         *series,
            int         *place)
{
  guint n_series, n_places;
  gboolean time = qd_chart_view_is_time (self);

  *series = self->series;
  *place = self->place;
  if (self->base == NULL)
    return FALSE;
  if (qd_chart_view_has_value (self, *series, *place) &&
      (!time || (*place >= (int) self->first && *place <= (int) self->last)))
    return TRUE;
  n_series = qd_chart_spec_get_n_series (self->base);
  n_places = qd_chart_spec_get_n_places (self->base);
  for (guint s = 0; s < n_series; s++)
    for (guint i = 0; i < (time ? self->last - self->first + 1 : n_places); i++)
      {
        *series = (int) s;
        *place = time ? (int) (self->last - i) : (int) i;
        if (qd_chart_view_has_value (self, *series, *place))
          return TRUE;
      }
  return FALSE;
}

/* The newest month, else the first of all. */
void
qd_chart_view_pick_start (QdChartView *self)
{
  int series, place;

  if (find_start (self, &series, &place))
    qd_chart_view_move_to (self, series, place, FALSE);
}

/* Who works by pointer did not ask for a cursor because the window put the focus here. */
static gboolean
shows_focus (QdChartView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return !GTK_IS_WINDOW (root) || gtk_window_get_focus_visible (GTK_WINDOW (root));
}

/**
 * qd_chart_view_focus_cursor:
 * @self: a view
 *
 * Gives the focus to the point that the cursor is at; where there was none, to
 * the first one that people ask for.
 *
 * Returns: whether it has the focus now
 */
gboolean
qd_chart_view_focus_cursor (QdChartView *self)
{
  int index, series, place;
  GtkWidget *point;

  if (self->points->len == 0 && self->points_source == 0)
    update_points (self);
  ensure_points (self);
  if (!self->shown && !shows_focus (self))
    {
      if (find_start (self, &series, &place))
        {
          self->series = series;
          self->place = place;
        }
    }
  else if (!self->shown)
    {
      /* Ring and value are enough for who only passes through; the first key brings the tip. */
      qd_chart_view_pick_start (self);
      self->dismissed = TRUE;
      qd_chart_view_update_tip (self);
    }
  index = MAX (find_point (self, self->series, self->place), 0);
  point = g_ptr_array_index (self->points, index);
  if (self->summaries && self->shown)
    {
      g_autofree char *words = dup_point_words (self, (QdChartMark){ self->series, self->place });

      set_words (point, words);
      self->points_placed = FALSE;
      gtk_widget_queue_allocate (GTK_WIDGET (self));
    }
  return gtk_widget_is_focus (point) || gtk_widget_grab_focus (point);
}
