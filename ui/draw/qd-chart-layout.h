/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where everything of a chart stands, computed once and then only read.
 *
 * A layout is immutable. It holds marks in the order in which they are drawn;
 * places are points from the top left. It is drawn, and its texts are shaped,
 * on the thread of its text cache.
 */
#pragma once

#include "qd-chart-spec.h"
#include "qd-text.h"

G_BEGIN_DECLS

#define QD_CHART_ERROR (qd_chart_error_quark ())
GQuark qd_chart_error_quark (void);

typedef enum
{
  QD_CHART_ERROR_TOO_SMALL, /* less than 24 × 12 points */
  QD_CHART_ERROR_TOO_LARGE, /* more than 14,400 points, or 32,767 pixels */
  QD_CHART_ERROR_DRAWING,   /* cairo ran out of memory or could not encode */
} QdChartError;

typedef struct _QdChartLayout QdChartLayout;

typedef enum { QD_MARK_RECT, QD_MARK_LINE, QD_MARK_PATH, QD_MARK_AREA, QD_MARK_DOT, QD_MARK_TEXT } QdMarkKind;
typedef enum { QD_PATTERN_SOLID, QD_PATTERN_STRIPES, QD_PATTERN_HATCH, QD_PATTERN_OUTLINE } QdPattern;

typedef enum
{
  QD_ROLE_BACKGROUND, QD_ROLE_TITLE, QD_ROLE_SUBJECT, QD_ROLE_PERIOD, QD_ROLE_NOTE, QD_ROLE_SOURCE, QD_ROLE_EMPTY,
  QD_ROLE_GRID, QD_ROLE_AXIS, QD_ROLE_TICK_LABEL, QD_ROLE_PLACE_LABEL, QD_ROLE_PANEL_TITLE,
  QD_ROLE_REFERENCE, QD_ROLE_REFERENCE_LABEL,
  QD_ROLE_LINE, QD_ROLE_BAND, QD_ROLE_DOT, QD_ROLE_COLUMN, QD_ROLE_MARKER,
  QD_ROLE_BAR, QD_ROLE_CONNECTOR, QD_ROLE_BREAK, QD_ROLE_BRACKET, QD_ROLE_BRACKET_LABEL,
  QD_ROLE_VALUE_LABEL, QD_ROLE_END_LABEL, QD_ROLE_LEADER, QD_ROLE_SWATCH,
  QD_ROLE_CELL, QD_ROLE_CELL_LABEL, QD_ROLE_ROW_LABEL, QD_ROLE_SIZE_LABEL, QD_ROLE_COLUMN_LABEL,
  QD_ROLE_LEGEND, QD_ROLE_LEGEND_LABEL,
  QD_ROLE_RULE, QD_ROLE_HEADER, QD_ROLE_TABLE_CELL, QD_ROLE_MORE,
} QdMarkRole;

typedef struct { double x, y, width, height; } QdRect;
typedef struct { double x, y; } QdPoint;

/* A line goes from (x, y) to (x + width, y + height); a text's box is that of its lines. */
typedef struct
{
  QdMarkKind kind;
  QdMarkRole role;
  int series, index;     /* −1: belongs to none */
  QdRect box;
  QdColor fill, stroke;
  double stroke_width;
  double dash[2];        /* on, off; 0: solid */
  QdPattern pattern;
  gboolean halo;         /* a text that lies over lines */
  guint first_point, n_points;
  QdTextRun *text;
} QdMark;

/* What lies under a point, for tooltips, clicks and keys. Free the texts with qd_chart_hit_clear(). */
typedef struct
{
  int series, place;
  QdPoint anchor;        /* where a ring or crosshair belongs */
  QdRect area;
  char *series_label, *place_label, *value;
} QdChartHit;

QdChartLayout *qd_chart_layout_new (QdChartSpec *spec, const QdChartTheme *theme, QdTextCache *cache, double width,
                                    double height, GError **error);
void qd_chart_layout_free (QdChartLayout *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QdChartLayout, qd_chart_layout_free)

void qd_chart_layout_draw (const QdChartLayout *self, cairo_t *cr);
void qd_chart_layout_draw_for_pixels (const QdChartLayout *self, cairo_t *cr, double pixels);

QdChartSpec *qd_chart_layout_get_spec (const QdChartLayout *self);
double qd_chart_layout_get_width (const QdChartLayout *self);
double qd_chart_layout_get_height (const QdChartLayout *self);
QdRect qd_chart_layout_get_plot (const QdChartLayout *self, guint panel);
double qd_chart_layout_get_edge (const QdChartLayout *self); /* what is left free at each side */
guint qd_chart_layout_get_n_marks (const QdChartLayout *self);
const QdMark *qd_chart_layout_get_mark (const QdChartLayout *self, guint index);
const QdPoint *qd_chart_layout_get_points (const QdChartLayout *self, const QdMark *mark);

gboolean qd_chart_layout_hit_test (const QdChartLayout *self, double x, double y, QdChartHit *hit);
gboolean qd_chart_layout_get_hit (const QdChartLayout *self, guint series, guint place, QdChartHit *hit);
/* The same without its words. */
gboolean qd_chart_layout_find (const QdChartLayout *self, guint series, guint place, QdPoint *anchor, QdRect *area);
void qd_chart_hit_clear (QdChartHit *hit);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (QdChartHit, qd_chart_hit_clear)

/* The chart as a sentence or two, for screen readers and alternative text. (transfer full) */
char *qd_chart_describe (const QdChartSpec *spec);

G_END_DECLS
