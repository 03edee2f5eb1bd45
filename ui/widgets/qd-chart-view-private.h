/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The inside of a chart view, for its own files.
 *
 * Series and places are those of the spec that was set, the base. What is drawn
 * may be a part of it: a drawn place is a place of the base − first.
 */
#pragma once

#include <adwaita.h>

#include "../draw/qd-chart-point.h"
#include "qd-chart-tip.h"
#include "qd-chart-view.h"
#include "qd-table-view.h"

G_BEGIN_DECLS

struct _QdChartView
{
  GtkWidget parent_instance;

  QdChartSpec *base;         /* as it was set, or NULL */
  QdChartSpec *spec;         /* as it is drawn */
  guint first, last;         /* places of the base that are drawn */
  guint32 hidden;            /* series that are not */
  char *metrics;
  char *name;
  gboolean drillable, show_table, compact, unsourced;

  /* The picture, made for one spec, size and theme. */
  QdTextCache *cache;
  QdChartTheme theme;
  QdChartLayout *layout;
  GskRenderNode *node;
  int least_height;          /* pixels at the usual size of text */
  int width, height, pixels; /* that the layout and the node are for */

  /* The place that pointer or keys are at; one of both. */
  int series, place;         /* −1: none yet */
  gboolean shown;            /* crosshair and ring */
  gboolean pointed;          /* by the pointer, not by keys */
  gboolean dismissed;        /* the tip was closed here */
  double pointer_y;
  double rest_x, rest_y;     /* of the pointer, in the window */
  GtkWidget *tip;
  GtkWidget *tip_popover;    /* of a tile, where there is no room; or NULL */
  QdRect tip_box;            /* where it stands in the view; empty when hidden */
  int tip_series, tip_place; /* that it was placed for */
  gboolean tip_sticky;       /* the pointer can rest on it; else it passes through */

  /* Brushing. */
  gboolean brushing;
  double brush_from, brush_to;
  guint drill_source;        /* a click that may become a double click */

  /* Spoken. */
  GPtrArray *points;         /* QdChartPoint, children of the view */
  GArray *point_marks;       /* QdChartMark of each, or series alone */
  gboolean summaries;        /* one for each series, not for each value */
  gboolean points_placed;    /* where the layout has them */
  guint points_source;

  GtkWidget *reset;
  GtkWidget *twin;           /* nullable */
  GtkWidget *menu;           /* nullable */
};

typedef struct
{
  int series, place;
} QdChartMark;

/* The view. */
void qd_chart_view_ensure_layout (QdChartView *self);
void qd_chart_view_rebuild (QdChartView *self);                      /* another part of the base is drawn */
gboolean qd_chart_view_is_time (QdChartView *self);
gboolean qd_chart_view_is_zoomed (QdChartView *self);
gboolean qd_chart_view_has_value (QdChartView *self, int series, int place);
gboolean qd_chart_view_is_drillable (QdChartView *self, int series, int place);
void qd_chart_view_drill (QdChartView *self);
/* Shows the picture of the cursor there. */
void qd_chart_view_move_to (QdChartView *self, int series, int place, gboolean pointed);
void qd_chart_view_hide_cursor (QdChartView *self);
gboolean qd_chart_view_get_anchor (QdChartView *self, int series, int place, QdPoint *anchor, QdRect *area);

/* Input. */
void qd_chart_view_class_init_input (GtkWidgetClass *klass);
void qd_chart_view_init_input (QdChartView *self);
void qd_chart_view_set_range (QdChartView *self, int first, int last); /* −1, −1: all */
void qd_chart_view_reset_zoom (QdChartView *self);

/* Which series are drawn. */
gboolean qd_chart_view_toggle_series (QdChartView *self, int series);
void qd_chart_view_isolate_series (QdChartView *self, int series);
void qd_chart_view_show_all_series (QdChartView *self);
int qd_chart_view_find_legend (QdChartView *self, double x, double y);

/* Tooltip. */
void qd_chart_view_update_tip (QdChartView *self);
void qd_chart_view_place_tip (QdChartView *self, int width, int height);
void qd_chart_view_snapshot_cursor (QdChartView *self, GtkSnapshot *snapshot);

/* Spoken. */
void qd_chart_view_update_words (QdChartView *self);                 /* name and description now, points soon */
void qd_chart_view_allocate_points (QdChartView *self);
gboolean qd_chart_view_focus_cursor (QdChartView *self);
gboolean qd_chart_view_has_cursor_focus (QdChartView *self);
void qd_chart_view_pick_start (QdChartView *self);
void qd_chart_view_clear_points (QdChartView *self);

/* Menu. */
void qd_chart_view_popup_menu (QdChartView *self, gboolean at_pointer, double x, double y);

/* Table twin. */
void qd_chart_view_update_twin (QdChartView *self);

G_END_DECLS
