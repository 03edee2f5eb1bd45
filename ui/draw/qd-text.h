/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Shaped text, kept for the next time.
 *
 * Shaping is most of the cost of a chart full of numbers, so a cache keeps the
 * glyphs of each (font, text, width). Sizes and places are in points, without
 * hinting, so that a text is as wide on paper as on a screen. A cache belongs
 * to one thread; the runs that it gives out are immutable and live on without
 * it, but are drawn on that thread too.
 */
#pragma once

#include <pango/pangocairo.h>

G_BEGIN_DECLS

typedef struct _QdTextCache QdTextCache;
typedef struct _QdTextRun QdTextRun;

typedef struct
{
  const char *family;   /* interned, or static */
  double size;          /* points */
  gboolean bold;
  gboolean tabular;     /* all digits equally wide, for columns */
  gboolean centred;     /* lines are centred on each other */
} QdFont;

QdTextCache *qd_text_cache_new (PangoContext *context);
QdTextCache *qd_text_cache_ref (QdTextCache *self);
void qd_text_cache_unref (QdTextCache *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QdTextCache, qd_text_cache_unref)

guint qd_text_cache_get_n_runs (const QdTextCache *self);
guint qd_text_cache_get_n_misses (const QdTextCache *self);

QdTextRun *qd_text_cache_lookup (QdTextCache *self, const QdFont *font, const char *text, double width, int max_lines);
/* Two lines are about as long as each other. */
QdTextRun *qd_text_cache_lookup_title (QdTextCache *self, const QdFont *font, const char *text, double width, int max_lines);

QdTextRun *qd_text_run_ref (QdTextRun *self);
void qd_text_run_unref (QdTextRun *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QdTextRun, qd_text_run_unref)

const char *qd_text_run_get_text (const QdTextRun *self);
double qd_text_run_get_width (const QdTextRun *self);
double qd_text_run_get_height (const QdTextRun *self);
double qd_text_run_get_ascent (const QdTextRun *self);
double qd_text_run_get_cap_height (const QdTextRun *self);
int qd_text_run_get_n_lines (const QdTextRun *self);
gboolean qd_text_run_is_shortened (const QdTextRun *self);
void qd_text_run_get_ink (const QdTextRun *self, double *left, double *top, double *right, double *bottom);
void qd_text_run_show (const QdTextRun *self, cairo_t *cr, double x, double y);
void qd_text_run_add_path (const QdTextRun *self, cairo_t *cr, double x, double y);

G_END_DECLS
