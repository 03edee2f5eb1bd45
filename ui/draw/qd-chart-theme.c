/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "qd-chart-theme.h"

#define RGB(hex) { ((hex) >> 16 & 0xff) / 255., ((hex) >> 8 & 0xff) / 255., ((hex) & 0xff) / 255., 1 }
#define FAMILY "Inter, Cantarell, Liberation Sans, DejaVu Sans, Sans"
#define SIZES .family = FAMILY, .title_size = 15, .subtitle_size = 10, .label_size = 9.5, .small_size = 9
#define STROKES .line_width = 2, .thin_width = 0.6
#define STROKES_CONTRAST .line_width = 2.4, .thin_width = 1, .patterns = TRUE

/* On white: Okabe and Ito's blue, vermillion, green and purple reach 3:1; the
 * strong and soft steps stay in the hue of their meaning. Green and purple,
 * whose lines cross, differ in light too: some see no hue, and some print grey. */
#define TONES_LIGHT                                                                                                  \
  {                                                                                                                  \
    [QD_TONE_INK] = RGB (0x1F2933), [QD_TONE_NEUTRAL] = RGB (0x5B6670), [QD_TONE_GOOD] = RGB (0x0072B2),             \
    [QD_TONE_GOOD_STRONG] = RGB (0x004A75), [QD_TONE_GOOD_SOFT] = RGB (0x4A98CB), [QD_TONE_BAD] = RGB (0xD55E00),    \
    [QD_TONE_BAD_STRONG] = RGB (0x9C3D00), [QD_TONE_SERIES_1] = RGB (0x0072B2), [QD_TONE_SERIES_2] = RGB (0xD55E00), \
    [QD_TONE_SERIES_3] = RGB (0x00664B), [QD_TONE_SERIES_4] = RGB (0xC578A3), [QD_TONE_SERIES_5] = RGB (0x3D3846),   \
  }

static const QdChartTheme themes[QD_N_THEMES] = {
  [QD_THEME_LIGHT] = {
    .kind = QD_THEME_LIGHT, SIZES, STROKES,
    .background = RGB (0xFFFFFF), .ink = RGB (0x1F2933), .ink_soft = RGB (0x5B6670), .grid = RGB (0xE3E6E9),
    .axis = RGB (0x7B858E), .band = RGB (0xEEF1F3), .tones = TONES_LIGHT,
  },
  [QD_THEME_DARK] = {
    .kind = QD_THEME_DARK, SIZES, STROKES,
    .background = RGB (0x1E1E1E), .ink = RGB (0xF2F4F5), .ink_soft = RGB (0xB3BBC2), .grid = RGB (0x383B3E),
    .axis = RGB (0x8C959D), .band = RGB (0x2B2E31),
    .tones = {
      [QD_TONE_INK] = RGB (0xF2F4F5), [QD_TONE_NEUTRAL] = RGB (0x98A2AB), [QD_TONE_GOOD] = RGB (0x56B4E9),
      [QD_TONE_GOOD_STRONG] = RGB (0xA6D8F5), [QD_TONE_GOOD_SOFT] = RGB (0x3C86B4), [QD_TONE_BAD] = RGB (0xEE7B30),
      [QD_TONE_BAD_STRONG] = RGB (0xF9B384), [QD_TONE_SERIES_1] = RGB (0x56B4E9), [QD_TONE_SERIES_2] = RGB (0xE69F00),
      [QD_TONE_SERIES_3] = RGB (0x24C696), [QD_TONE_SERIES_4] = RGB (0xB54583), [QD_TONE_SERIES_5] = RGB (0xF0E442),
    },
  },
  [QD_THEME_PRINT] = {
    .kind = QD_THEME_PRINT, SIZES, STROKES,
    .background = RGB (0xFFFFFF), .ink = RGB (0x1A1F24), .ink_soft = RGB (0x525C65), .grid = RGB (0xDDE1E4),
    .axis = RGB (0x6E7880), .band = RGB (0xECEFF1), .tones = TONES_LIGHT,
  },
  [QD_THEME_CONTRAST] = {
    .kind = QD_THEME_CONTRAST, SIZES, STROKES_CONTRAST,
    .background = RGB (0xFFFFFF), .ink = RGB (0x000000), .ink_soft = RGB (0x000000), .grid = RGB (0x808080),
    .axis = RGB (0x000000), .band = RGB (0xE6E6E6),
    .tones = {
      [QD_TONE_INK] = RGB (0x000000), [QD_TONE_NEUTRAL] = RGB (0x404040), [QD_TONE_GOOD] = RGB (0x005A8C),
      [QD_TONE_GOOD_STRONG] = RGB (0x003152), [QD_TONE_GOOD_SOFT] = RGB (0x2F7FB5), [QD_TONE_BAD] = RGB (0xB34A00),
      [QD_TONE_BAD_STRONG] = RGB (0x6E2B00), [QD_TONE_SERIES_1] = RGB (0x005A8C), [QD_TONE_SERIES_2] = RGB (0xB34A00),
      [QD_TONE_SERIES_3] = RGB (0x008561), [QD_TONE_SERIES_4] = RGB (0x5E2645), [QD_TONE_SERIES_5] = RGB (0x000000),
    },
  },
  [QD_THEME_CONTRAST_DARK] = {
    .kind = QD_THEME_CONTRAST_DARK, SIZES, STROKES_CONTRAST,
    .background = RGB (0x000000), .ink = RGB (0xFFFFFF), .ink_soft = RGB (0xFFFFFF), .grid = RGB (0x808080),
    .axis = RGB (0xFFFFFF), .band = RGB (0x262626),
    .tones = {
      [QD_TONE_INK] = RGB (0xFFFFFF), [QD_TONE_NEUTRAL] = RGB (0xC0C0C0), [QD_TONE_GOOD] = RGB (0x6CC4F5),
      [QD_TONE_GOOD_STRONG] = RGB (0xBCE4FB), [QD_TONE_GOOD_SOFT] = RGB (0x4A98CB), [QD_TONE_BAD] = RGB (0xFF8F45),
      [QD_TONE_BAD_STRONG] = RGB (0xFFC7A1), [QD_TONE_SERIES_1] = RGB (0x6CC4F5), [QD_TONE_SERIES_2] = RGB (0xFFB000),
      [QD_TONE_SERIES_3] = RGB (0x2AD09F), [QD_TONE_SERIES_4] = RGB (0xCF3A8E), [QD_TONE_SERIES_5] = RGB (0xFFF04D),
    },
  },
};

/**
 * qd_chart_theme_get:
 * @kind: which one
 *
 * Returns: (transfer none): a built-in theme, constant
 */
const QdChartTheme *
qd_chart_theme_get (QdThemeKind kind)
{
  g_return_val_if_fail ((guint) kind < QD_N_THEMES, &themes[QD_THEME_PRINT]);
  return &themes[kind];
}

/* Good, strong and soft; bad, strong. */
static const QdColor classic[QD_N_THEMES][5] = {
  [QD_THEME_LIGHT] = { RGB (0x4C8A00), RGB (0x2F5C00), RGB (0x6E9B2E), RGB (0xD3202A), RGB (0x8F0F17) },
  [QD_THEME_DARK] = { RGB (0x8CC63F), RGB (0xC3E88D), RGB (0x6A9A2C), RGB (0xFF6B66), RGB (0xFFB0AB) },
  [QD_THEME_PRINT] = { RGB (0x4C8A00), RGB (0x2F5C00), RGB (0x6E9B2E), RGB (0xD3202A), RGB (0x8F0F17) },
  [QD_THEME_CONTRAST] = { RGB (0x3B6C00), RGB (0x1F3B00), RGB (0x558420), RGB (0xB00012), RGB (0x6A0009) },
  [QD_THEME_CONTRAST_DARK] = { RGB (0x9BE04A), RGB (0xD6F7B0), RGB (0x76AE35), RGB (0xFF807A), RGB (0xFFC4C0) },
};

/**
 * qd_chart_theme_set_palette:
 * @self: a copy of a built-in theme
 * @palette: the colours that say good and bad
 *
 * Gives a theme other colours for good and bad. Series keep theirs.
 */
void
qd_chart_theme_set_palette (QdChartTheme *self,
                            QdPalette     palette)
{
  static const QdTone tones[5] = { QD_TONE_GOOD, QD_TONE_GOOD_STRONG, QD_TONE_GOOD_SOFT, QD_TONE_BAD,
                                   QD_TONE_BAD_STRONG };

  g_return_if_fail ((guint) palette < QD_N_PALETTES && (guint) self->kind < QD_N_THEMES);
  for (gsize i = 0; i < G_N_ELEMENTS (tones); i++)
    self->tones[tones[i]] =
        palette == QD_PALETTE_CLASSIC ? classic[self->kind][i] : themes[self->kind].tones[tones[i]];
}

/**
 * qd_chart_theme_get_tone:
 * @self: a theme
 * @tone: what a mark means
 *
 * Returns: the colour of its area or line, at least 3:1 on the background
 */
QdColor
qd_chart_theme_get_tone (const QdChartTheme *self,
                         QdTone              tone)
{
  g_return_val_if_fail ((guint) tone < QD_N_TONES, self->ink);
  return self->tones[tone];
}

/**
 * qd_chart_theme_get_text_tone:
 * @self: a theme
 * @tone: what a label belongs to
 *
 * Takes the colour of the tone and moves it towards the ink until it can be
 * read: 4.5:1 on the background.
 *
 * Returns: the colour for text
 */
QdColor
qd_chart_theme_get_text_tone (const QdChartTheme *self,
                              QdTone              tone)
{
  QdColor color = qd_chart_theme_get_tone (self, tone), start = color;

  for (int step = 1; step <= 20 && qd_color_get_contrast (color, self->background) < 4.6; step++)
    color = qd_color_mix (start, self->ink, step / 20.);
  return color;
}
