/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How layouts are built: one function per kind of chart adds marks.
 */
#pragma once

#include "qd-axis.h"
#include "qd-chart-layout.h"
#include "qd-chart-spec-private.h"

G_BEGIN_DECLS

/* A place that can be pointed at. */
typedef struct
{
  int series, place;
  QdPoint anchor;
  QdRect area;
} QdTarget;

struct _QdChartLayout
{
  QdChartSpec *spec;
  QdChartTheme theme;    /* sizes and strokes already scaled */
  QdTextCache *cache;    /* NULL once built */
  double width, height, scale;
  double edge;           /* what is left free around title and figure */
  QdRect plot[QD_N_PANELS];
  GArray *marks;         /* QdMark */
  GArray *points;        /* QdPoint */
  GArray *targets;       /* QdTarget */
  gboolean by_column;    /* hits snap to the nearest place along x */
  GArray *taken;         /* QdRect: where labels stand; while building */
};

typedef enum { QD_ALIGN_START, QD_ALIGN_MIDDLE, QD_ALIGN_END } QdAlign;

/* Marks. The pointers are good until the next mark is added. */
QdMark *qd_lay_rect (QdChartLayout *self, QdMarkRole role, int series, int index, QdRect box, QdColor fill);
QdMark *qd_lay_line (QdChartLayout *self, QdMarkRole role, double x1, double y1, double x2, double y2, QdColor stroke,
                     double width);
QdMark *qd_lay_path (QdChartLayout *self, QdMarkKind kind, QdMarkRole role, int series, const QdPoint *points, guint n,
                     QdColor color, double width);
QdMark *qd_lay_dot (QdChartLayout *self, QdMarkRole role, int series, int index, double x, double y, double radius,
                    QdColor fill);
void qd_lay_target (QdChartLayout *self, int series, int place, double x, double y, QdRect area);

/* Texts. @x and @y are where the aligned edge and the middle of the line's digits, or its top, lie. */
QdTextRun *qd_lay_shape (QdChartLayout *self, double size, gboolean bold, const char *text, double width, int lines);
QdTextRun *qd_lay_shape_left (QdChartLayout *self, double size, gboolean bold, const char *text, double width, int lines);
QdTextRun *qd_lay_shape_number (QdChartLayout *self, double size, gboolean bold, const char *text, double width);
double qd_lay_measure (QdChartLayout *self, double size, gboolean bold, const char *text);
QdRect qd_lay_get_text_box (const QdTextRun *run, double x, double middle, QdAlign align);
QdMark *qd_lay_text (QdChartLayout *self, QdMarkRole role, int series, int index, QdTextRun *run, double x,
                     double middle, QdAlign align, QdColor color);
QdMark *qd_lay_text_top (QdChartLayout *self, QdMarkRole role, QdTextRun *run, double x, double top, QdColor color);
double qd_lay_get_line_height (QdChartLayout *self, double size);

/* Labels that must not collide. */
gboolean qd_lay_is_free (const QdChartLayout *self, QdRect box);
void qd_lay_take (QdChartLayout *self, QdRect box);
void qd_lay_apply_scenario (const QdChartLayout *self, QdMark *mark, QdScenario scenario);
/* Tick labels of an axis of a unit. (transfer full) */
char *qd_lay_format_tick (const QdChartLayout *self, QdUnit unit, const QdAxis *axis, double value);

QdRect qd_lay_frame (QdChartLayout *self);
void qd_lay_empty (QdChartLayout *self, QdRect body);
void qd_lay_time (QdChartLayout *self, QdRect body);
void qd_lay_waterfall (QdChartLayout *self, QdRect body);
void qd_lay_heatmap (QdChartLayout *self, QdRect body);
void qd_lay_table (QdChartLayout *self, QdRect body);
void qd_lay_sparkline (QdChartLayout *self, QdRect body);

G_END_DECLS
