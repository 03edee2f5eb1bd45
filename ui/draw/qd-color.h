/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Colours, contrast after WCAG 2, and the ramps of heat maps.
 *
 * A colour is a plain value: sRGB components and alpha, each 0 to 1. Pure
 * functions; any thread may call them.
 */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  double r, g, b, a;
} QdColor;

#define QD_COLOR_NONE ((QdColor){ 0, 0, 0, 0 })

typedef enum
{
  QD_RAMP_CIVIDIS,   /* sequential, dark to light, colour-blind robust */
  QD_RAMP_DIVERGING, /* red to blue, neutral in the middle */
} QdRamp;

QdColor qd_color_from_rgb (guint32 rgb);
QdColor qd_color_mix (QdColor a, QdColor b, double share);
gboolean qd_color_equal (QdColor a, QdColor b);
double qd_color_get_luminance (QdColor color);
double qd_color_get_contrast (QdColor a, QdColor b);
QdColor qd_color_pick_text (QdColor background);
QdColor qd_color_to_grey (QdColor color);
QdColor qd_ramp_get_color (QdRamp ramp, double position);
void qd_color_set_source (QdColor color, cairo_t *cr);

G_END_DECLS
