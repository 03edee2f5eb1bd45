/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "qd-color.h"

#include <math.h>

static const guint32 cividis[] = { 0x00224E, 0x2A3F6D, 0x575D6D, 0x7D7C78, 0xA59C74, 0xD2C060, 0xFEE838 };
static const guint32 diverging[] = { 0xB2182B, 0xEF8A62, 0xFDDBC7, 0xF7F7F7, 0xD1E5F0, 0x67A9CF, 0x2166AC };

/**
 * qd_color_from_rgb:
 * @rgb: 0xRRGGBB
 *
 * Returns: the opaque colour
 */
QdColor
qd_color_from_rgb (guint32 rgb)
{
  return (QdColor){ (rgb >> 16 & 0xff) / 255., (rgb >> 8 & 0xff) / 255., (rgb & 0xff) / 255., 1 };
}

/**
 * qd_color_mix:
 * @a: a colour
 * @b: another
 * @share: how much of @b, 0 to 1
 *
 * Mixes component by component in sRGB.
 *
 * Returns: the mixture
 */
QdColor
qd_color_mix (QdColor a,
              QdColor b,
              double  share)
{
  return (QdColor){ a.r + (b.r - a.r) * share, a.g + (b.g - a.g) * share, a.b + (b.b - a.b) * share,
                    a.a + (b.a - a.a) * share };
}

/**
 * qd_color_equal:
 * @a: a colour
 * @b: another
 *
 * Returns: whether all components are the same
 */
gboolean
qd_color_equal (QdColor a,
                QdColor b)
{
  return a.r == b.r && a.g == b.g && a.b == b.b && a.a == b.a;
}

static double
linearise (double c)
{
  return c <= 0.04045 ? c / 12.92 : pow ((c + 0.055) / 1.055, 2.4);
}

/**
 * qd_color_get_luminance:
 * @color: a colour; alpha is not looked at
 *
 * Returns: the relative luminance of WCAG 2, 0 (black) to 1 (white)
 */
double
qd_color_get_luminance (QdColor color)
{
  return 0.2126 * linearise (color.r) + 0.7152 * linearise (color.g) + 0.0722 * linearise (color.b);
}

/**
 * qd_color_get_contrast:
 * @a: a colour
 * @b: another
 *
 * Returns: the contrast ratio of WCAG 2, 1 to 21
 */
double
qd_color_get_contrast (QdColor a,
                       QdColor b)
{
  double la = qd_color_get_luminance (a), lb = qd_color_get_luminance (b);

  return (MAX (la, lb) + 0.05) / (MIN (la, lb) + 0.05);
}

/**
 * qd_color_pick_text:
 * @background: an opaque colour
 *
 * Chooses black or white, whichever stands out more; the worst case is 4.58:1.
 *
 * Returns: the colour for text
 */
QdColor
qd_color_pick_text (QdColor background)
{
  QdColor black = qd_color_from_rgb (0x000000), white = qd_color_from_rgb (0xFFFFFF);

  return qd_color_get_contrast (black, background) >= qd_color_get_contrast (white, background) ? black : white;
}

/**
 * qd_color_to_grey:
 * @color: a colour
 *
 * Returns: the grey of the same luminance
 */
QdColor
qd_color_to_grey (QdColor color)
{
  double l = qd_color_get_luminance (color);
  double c = l <= 0.0031308 ? l * 12.92 : 1.055 * pow (l, 1 / 2.4) - 0.055;

  return (QdColor){ c, c, c, color.a };
}

/**
 * qd_ramp_get_color:
 * @ramp: which ramp
 * @position: 0 to 1; what lies outside is clamped
 *
 * Interpolates between the seven stops of a ramp.
 *
 * Returns: the colour
 */
QdColor
qd_ramp_get_color (QdRamp ramp,
                   double position)
{
  const guint32 *stops = ramp == QD_RAMP_CIVIDIS ? cividis : diverging;
  double scaled = (isnan (position) ? 0 : CLAMP (position, 0, 1)) * (G_N_ELEMENTS (cividis) - 1);
  guint below = MIN ((guint) scaled, G_N_ELEMENTS (cividis) - 2);

  return qd_color_mix (qd_color_from_rgb (stops[below]), qd_color_from_rgb (stops[below + 1]), scaled - below);
}

/**
 * qd_color_set_source:
 * @color: a colour
 * @cr: a cairo context
 *
 * Makes @color the source of @cr.
 */
void
qd_color_set_source (QdColor  color,
                     cairo_t *cr)
{
  if (color.a >= 1)
    cairo_set_source_rgb (cr, color.r, color.g, color.b);
  else
    cairo_set_source_rgba (cr, color.r, color.g, color.b, color.a);
}
