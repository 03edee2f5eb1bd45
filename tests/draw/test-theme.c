/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "ui/draw/qd-chart-theme.h"

/* Ratios published with the palette of Okabe and Ito, against white and #1E1E1E. */
static void
test_contrast (void)
{
  static const struct
  {
    guint32 rgb;
    double white, dark;
  } cases[] = {
    { 0xE69F00, 2.25, 7.40 }, { 0x56B4E9, 2.31, 7.22 }, { 0x009E73, 3.42, 4.87 }, { 0xF0E442, 1.32, 12.6 },
    { 0x0072B2, 5.19, 3.21 }, { 0xD55E00, 3.87, 4.31 }, { 0xCC79A7, 3.06, 5.45 },
  };
  QdColor white = qd_color_from_rgb (0xFFFFFF), dark = qd_color_from_rgb (0x1E1E1E), black = qd_color_from_rgb (0);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      QdColor color = qd_color_from_rgb (cases[i].rgb);

      g_assert_cmpfloat (fabs (qd_color_get_contrast (color, white) - cases[i].white), <, 0.006);
      g_assert_cmpfloat (fabs (qd_color_get_contrast (color, dark) - cases[i].dark), <, 0.06);
    }
  g_assert_cmpfloat (fabs (qd_color_get_contrast (white, black) - 21), <, 1e-9);
}

/* Text on any cell can be read. */
static void
test_text_on_cells (void)
{
  for (int ramp = 0; ramp < 2; ramp++)
    for (double at = -0.5; at <= 1.5; at += 0.002)
      {
        QdColor fill = qd_ramp_get_color (ramp, at), grey = qd_color_to_grey (fill);

        g_assert_cmpfloat (qd_color_get_contrast (fill, qd_color_pick_text (fill)), >=, 4.5);
        g_assert_cmpfloat (qd_color_get_contrast (grey, qd_color_pick_text (grey)), >=, 4.5);
        g_assert_cmpfloat (fabs (qd_color_get_luminance (grey) - qd_color_get_luminance (fill)), <, 1e-6);
      }
}

static void
test_ramps (void)
{
  double before = -1;

  for (double at = 0; at <= 1; at += 0.01)
    {
      double l = qd_color_get_luminance (qd_ramp_get_color (QD_RAMP_CIVIDIS, at));

      g_assert_cmpfloat (l, >, before);
      before = l;
    }
  /* The neutral middle is where nothing changed. */
  g_assert_true (qd_color_equal (qd_ramp_get_color (QD_RAMP_DIVERGING, 0.5), qd_color_from_rgb (0xF7F7F7)));
  g_assert_true (qd_color_equal (qd_ramp_get_color (QD_RAMP_CIVIDIS, NAN), qd_color_from_rgb (0x00224E)));
}

static void
test_themes (void)
{
  for (int kind = 0; kind < QD_N_THEMES; kind++)
    {
      const QdChartTheme *theme = qd_chart_theme_get (kind);

      g_assert_cmpint (theme->kind, ==, kind);
      g_assert_cmpfloat (qd_color_get_contrast (theme->ink, theme->background), >=, 7);
      g_assert_cmpfloat (qd_color_get_contrast (theme->ink_soft, theme->background), >=, 4.5);
      g_assert_cmpfloat (qd_color_get_contrast (theme->axis, theme->background), >=, 3);
      g_assert_cmpfloat (theme->small_size, >=, 9);
      g_assert_cmpfloat (theme->label_size, >=, 9);
      for (int tone = 0; tone < QD_N_TONES; tone++)
        {
          g_assert_cmpfloat (qd_color_get_contrast (qd_chart_theme_get_tone (theme, tone), theme->background), >=, 3);
          g_assert_cmpfloat (qd_color_get_contrast (qd_chart_theme_get_text_tone (theme, tone), theme->background), >=, 4.5);
        }
      if (kind == QD_THEME_CONTRAST || kind == QD_THEME_CONTRAST_DARK)
        {
          g_assert_cmpfloat (theme->line_width, >=, 2);
          for (int tone = 0; tone < QD_N_TONES; tone++)
            g_assert_cmpfloat (qd_color_get_contrast (qd_chart_theme_get_tone (theme, tone), theme->background), >=, 4);
        }
    }
}

/* Green and red: as readable as the others, and different in light for those who do not see the hue. */
static void
test_palettes (void)
{
  for (int kind = 0; kind < QD_N_THEMES; kind++)
    {
      QdChartTheme theme = *qd_chart_theme_get (kind);

      qd_chart_theme_set_palette (&theme, QD_PALETTE_CLASSIC);
      g_assert_cmpfloat (theme.tones[QD_TONE_GOOD].g, >, theme.tones[QD_TONE_GOOD].r);
      g_assert_cmpfloat (theme.tones[QD_TONE_BAD].r, >, theme.tones[QD_TONE_BAD].g);
      for (int tone = 0; tone < QD_N_TONES; tone++)
        {
          g_assert_cmpfloat (qd_color_get_contrast (qd_chart_theme_get_tone (&theme, tone), theme.background), >=, 3);
          g_assert_cmpfloat (qd_color_get_contrast (qd_chart_theme_get_text_tone (&theme, tone), theme.background), >=, 4.5);
        }
      qd_chart_theme_set_palette (&theme, QD_PALETTE_QUARTERDECK);
      g_assert_cmpmem (theme.tones, sizeof theme.tones, qd_chart_theme_get (kind)->tones, sizeof theme.tones);
    }
}

static double
to_lab (double t)
{
  return t > 216. / 24389 ? cbrt (t) : (24389. / 27 * t + 16) / 116;
}

static double
linear (double c)
{
  return c <= 0.04045 ? c / 12.92 : pow ((c + 0.055) / 1.055, 2.4);
}

/* CIE Lab distance as seen with a colour deficiency (Machado, Oliveira and Fernandes 2009, severity 1). */
static double
get_distance (QdColor      a,
              QdColor      b,
              const double m[9])
{
  double lab[2][3];

  for (int i = 0; i < 2; i++)
    {
      QdColor c = i ? b : a;
      double rgb[3] = { linear (c.r), linear (c.g), linear (c.b) }, seen[3], x, y, z;

      for (int r = 0; r < 3; r++)
        seen[r] = CLAMP (m[r * 3] * rgb[0] + m[r * 3 + 1] * rgb[1] + m[r * 3 + 2] * rgb[2], 0, 1);
      x = to_lab ((0.4124 * seen[0] + 0.3576 * seen[1] + 0.1805 * seen[2]) / 0.95047);
      y = to_lab (0.2126 * seen[0] + 0.7152 * seen[1] + 0.0722 * seen[2]);
      z = to_lab ((0.0193 * seen[0] + 0.1192 * seen[1] + 0.9505 * seen[2]) / 1.08883);
      lab[i][0] = 116 * y - 16;
      lab[i][1] = 500 * (x - y);
      lab[i][2] = 200 * (y - z);
    }
  return sqrt (pow (lab[0][0] - lab[1][0], 2) + pow (lab[0][1] - lab[1][1], 2) + pow (lab[0][2] - lab[1][2], 2));
}

static void
test_colour_blind (void)
{
  static const double kinds[5][9] = {
    { 1, 0, 0, 0, 1, 0, 0, 0, 1 },
    { 0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998 },
    { 0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881 },
    { 1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900 },
    { 0.2126, 0.7152, 0.0722, 0.2126, 0.7152, 0.0722, 0.2126, 0.7152, 0.0722 },
  };

  for (int theme = 0; theme < QD_N_THEMES; theme++)
    for (int kind = 0; kind < 4; kind++)
      {
        const QdChartTheme *t = qd_chart_theme_get (theme);

        g_assert_cmpfloat (get_distance (t->tones[QD_TONE_GOOD], t->tones[QD_TONE_BAD], kinds[kind]), >=, 60);
      }
  /* Lines that cross; also without any colour. */
  for (int theme = 0; theme < QD_N_THEMES; theme++)
    for (int kind = 0; kind < 5; kind++)
      {
        const QdChartTheme *t = qd_chart_theme_get (theme);
        const QdTone lines[] = { QD_TONE_INK, QD_TONE_SERIES_3, QD_TONE_SERIES_4 };

        for (int i = 0; i < 3; i++)
          g_assert_cmpfloat (get_distance (t->tones[lines[i]], t->tones[lines[(i + 1) % 3]], kinds[kind]), >=, 20);
      }
  /* The check itself can tell: green and red fail. */
  g_assert_cmpfloat (get_distance (qd_color_from_rgb (0x2EC27E), qd_color_from_rgb (0xE01B24), kinds[2]), <, 40);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/draw/theme/contrast", test_contrast);
  g_test_add_func ("/draw/theme/text-on-cells", test_text_on_cells);
  g_test_add_func ("/draw/theme/ramps", test_ramps);
  g_test_add_func ("/draw/theme/themes", test_themes);
  g_test_add_func ("/draw/theme/colour-blind", test_colour_blind);
  g_test_add_func ("/draw/theme/palettes", test_palettes);
  return g_test_run ();
}
