/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a chart looks like: colours, fonts, strokes.
 *
 * A theme is a plain value; the built-in ones are constant. Copy one and change
 * fields for a company's colours. Sizes are points for a canvas of 720 × 405;
 * a layout scales them with its canvas unless @scale says otherwise.
 */
#pragma once

#include "qd-color.h"

G_BEGIN_DECLS

typedef enum
{
  QD_THEME_LIGHT,
  QD_THEME_DARK,
  QD_THEME_PRINT,
  QD_THEME_CONTRAST,      /* black on white, 2 pt lines, no transparency */
  QD_THEME_CONTRAST_DARK,
} QdThemeKind;
#define QD_N_THEMES 5

/* What a mark means; the theme says which colour that is. */
typedef enum
{
  QD_TONE_INK,            /* the main thing: totals' text, the first line */
  QD_TONE_NEUTRAL,        /* totals */
  QD_TONE_GOOD,
  QD_TONE_GOOD_STRONG,
  QD_TONE_GOOD_SOFT,
  QD_TONE_BAD,
  QD_TONE_BAD_STRONG,
  QD_TONE_SERIES_1,
  QD_TONE_SERIES_2,
  QD_TONE_SERIES_3,
  QD_TONE_SERIES_4,
  QD_TONE_SERIES_5,
} QdTone;
#define QD_N_TONES 12

/* Which two colours say good and bad. */
typedef enum
{
  QD_PALETTE_QUARTERDECK, /* blue and vermilion: people with colour blindness can tell them apart */
  QD_PALETTE_CLASSIC,     /* green and red, as in classic IBCS charts */
} QdPalette;
#define QD_N_PALETTES 2
#define QD_MAX_SERIES 5

typedef struct
{
  QdThemeKind kind;
  const char *family;     /* Pango families, the first that exists is taken */
  double scale;           /* of fonts and strokes; 0: by the size of the canvas, 1 to 2 */
  double title_size;
  double subtitle_size;
  double label_size;
  double small_size;      /* nothing is written smaller than 9 × scale */
  double line_width;
  double thin_width;
  gboolean transparent;   /* no background is painted */
  gboolean bare;          /* no title block, notes or source: what stands around the chart says them */
  gboolean unsourced;     /* no source: likewise */
  gboolean patterns;      /* each series has its own dash and marker */
  QdColor background;
  QdColor ink;            /* text */
  QdColor ink_soft;       /* secondary text, 4.5:1 */
  QdColor grid;
  QdColor axis;           /* base lines, 3:1 */
  QdColor band;           /* quiet fills: bands, zebra-free rules */
  QdColor tones[QD_N_TONES];
} QdChartTheme;

const QdChartTheme *qd_chart_theme_get (QdThemeKind kind);
void qd_chart_theme_set_palette (QdChartTheme *self, QdPalette palette); /* of a copy */
QdColor qd_chart_theme_get_tone (const QdChartTheme *self, QdTone tone);
QdColor qd_chart_theme_get_text_tone (const QdChartTheme *self, QdTone tone);

G_END_DECLS
