/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "qd-text.h"

#include <math.h>
#include <string.h>

/* One heat map of 60 × 60 needs about 200 different texts; a page less. */
#define MAX_RUNS 4096

typedef struct
{
  PangoGlyphItem *item;
  double x, baseline;
} Piece;

struct _QdTextRun
{
  int refs;
  char *text;
  char *shown;           /* what the glyph items index into */
  QdFont font;
  double limit;          /* width that was asked for, −1: none */
  int max_lines;
  double width, height, ascent, cap_height;
  int n_lines;
  gboolean shortened;
  guint n_pieces;
  Piece *pieces;
};

typedef struct
{
  const char *family;
  double size;
  gboolean bold;
  PangoFontDescription *description;
  double cap_height;
} Face;

struct _QdTextCache
{
  int refs;
  PangoContext *context;
  PangoLayout *layout;
  PangoAttrList *attributes;
  GArray *faces;
  GHashTable *runs;      /* set of QdTextRun */
  guint misses;
};

static guint
hash_run (gconstpointer data)
{
  const QdTextRun *run = data;
  guint hash = g_str_hash (run->text);

  hash = hash * 31 + (guint) (run->font.size * 64);
  hash = hash * 31 + (guint) ((run->limit + 1) * 16);
  return hash * 31 + (guint) run->max_lines * 8 + (run->font.bold != 0) + (run->font.tabular != 0) * 2;
}

static gboolean
equal_run (gconstpointer a,
           gconstpointer b)
{
  const QdTextRun *x = a, *y = b;

  return x->font.size == y->font.size && x->limit == y->limit && x->max_lines == y->max_lines &&
         !x->font.bold == !y->font.bold && !x->font.tabular == !y->font.tabular &&
         !x->font.centred == !y->font.centred && strcmp (x->text, y->text) == 0 && strcmp (x->font.family, y->font.family) == 0;
}

/**
 * qd_text_cache_new:
 * @context: (nullable): where the font map comes from; not kept
 *
 * Makes a cache for the calling thread. Without a context it takes the thread's
 * default font map of Pango. Resolution, language and hinting of @context do
 * not matter: text is measured in points.
 *
 * Returns: (transfer full): the cache
 */
QdTextCache *
qd_text_cache_new (PangoContext *context)
{
  QdTextCache *self = g_new0 (QdTextCache, 1);
  PangoFontMap *map = context ? pango_context_get_font_map (context) : pango_cairo_font_map_get_default ();
  cairo_font_options_t *options = cairo_font_options_create ();

  self->refs = 1;
  self->context = pango_font_map_create_context (map);
  pango_cairo_context_set_resolution (self->context, 72);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  pango_cairo_context_set_font_options (self->context, options);
  cairo_font_options_destroy (options);
  pango_context_set_round_glyph_positions (self->context, FALSE);
  pango_context_set_language (self->context, pango_language_from_string ("en"));
  pango_context_set_base_dir (self->context, PANGO_DIRECTION_LTR);
  self->layout = pango_layout_new (self->context);
  pango_layout_set_wrap (self->layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_single_paragraph_mode (self->layout, TRUE);
  self->attributes = pango_attr_list_new ();
  pango_attr_list_insert (self->attributes, pango_attr_font_features_new ("tnum=1"));
  self->faces = g_array_new (FALSE, FALSE, sizeof (Face));
  self->runs = g_hash_table_new_full (hash_run, equal_run, (GDestroyNotify) qd_text_run_unref, NULL);
  return self;
}

/**
 * qd_text_cache_ref:
 * @self: a cache
 *
 * Returns: (transfer full): @self
 */
QdTextCache *
qd_text_cache_ref (QdTextCache *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  self->refs++;
  return self;
}

/**
 * qd_text_cache_unref:
 * @self: (transfer full): a cache
 */
void
qd_text_cache_unref (QdTextCache *self)
{
  g_return_if_fail (self != NULL);
  if (--self->refs > 0)
    return;
  g_hash_table_unref (self->runs);
  for (guint i = 0; i < self->faces->len; i++)
    pango_font_description_free (g_array_index (self->faces, Face, i).description);
  g_array_unref (self->faces);
  pango_attr_list_unref (self->attributes);
  g_object_unref (self->layout);
  g_object_unref (self->context);
  g_free (self);
}

/**
 * qd_text_cache_get_n_runs:
 * @self: a cache
 *
 * Returns: how many runs are kept; never above a few thousand
 */
guint
qd_text_cache_get_n_runs (const QdTextCache *self)
{
  return g_hash_table_size (self->runs);
}

/**
 * qd_text_cache_get_n_misses:
 * @self: a cache
 *
 * Returns: how many texts had to be shaped so far
 */
guint
qd_text_cache_get_n_misses (const QdTextCache *self)
{
  return self->misses;
}

static const Face *
find_face (QdTextCache  *self,
           const QdFont *font)
{
  Face face;
  PangoRectangle ink;

  for (guint i = 0; i < self->faces->len; i++)
    {
      Face *known = &g_array_index (self->faces, Face, i);

      if (known->size == font->size && !known->bold == !font->bold && strcmp (known->family, font->family) == 0)
        return known;
    }
  face = (Face){ g_intern_string (font->family), font->size, font->bold, pango_font_description_new (), 0 };
  pango_font_description_set_family_static (face.description, face.family);
  pango_font_description_set_absolute_size (face.description, font->size * PANGO_SCALE);
  pango_font_description_set_weight (face.description, font->bold ? PANGO_WEIGHT_SEMIBOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description (self->layout, face.description);
  pango_layout_set_width (self->layout, -1);
  pango_layout_set_text (self->layout, "0", 1);
  pango_layout_get_extents (self->layout, &ink, NULL);
  face.cap_height = ink.height / (double) PANGO_SCALE;
  g_array_append_val (self->faces, face);
  return &g_array_index (self->faces, Face, self->faces->len - 1);
}

static void
collect (QdTextRun   *run,
         PangoLayout *layout)
{
  PangoLayoutIter *iter = pango_layout_get_iter (layout);
  g_autoptr (GArray) pieces = g_array_new (FALSE, FALSE, sizeof (Piece));
  int first_baseline = pango_layout_iter_get_baseline (iter);
  PangoRectangle logical;

  pango_layout_get_extents (layout, NULL, &logical);
  do
    {
      PangoLayoutRun *item = pango_layout_iter_get_run_readonly (iter);
      PangoRectangle place;

      if (item == NULL)
        continue;
      pango_layout_iter_get_run_extents (iter, NULL, &place);
      g_array_append_vals (pieces,
                           &(Piece){ pango_glyph_item_copy (item), (place.x - logical.x) / (double) PANGO_SCALE,
                                     pango_layout_iter_get_baseline (iter) / (double) PANGO_SCALE },
                           1);
    }
  while (pango_layout_iter_next_run (iter));
  pango_layout_iter_free (iter);

  run->n_lines = pango_layout_get_line_count (layout);
  run->shortened = pango_layout_is_ellipsized (layout);
  run->width = logical.width / (double) PANGO_SCALE;
  run->height = logical.height / (double) PANGO_SCALE;
  run->ascent = first_baseline / (double) PANGO_SCALE;
  run->n_pieces = pieces->len;
  run->pieces = (gpointer) g_array_free (g_steal_pointer (&pieces), FALSE);
}

/**
 * qd_text_cache_lookup:
 * @self: a cache
 * @font: family, size in points, weight
 * @text: UTF-8; what is invalid is shown as U+FFFD, line ends as spaces
 * @width: room in points; negative: as wide as it wants
 * @max_lines: 1 or more lines; what does not fit ends in an ellipsis
 *
 * Shapes a text, or finds it shaped. Expected O(length of @text) when kept.
 *
 * Returns: (transfer full): the run
 */
QdTextRun *
qd_text_cache_lookup (QdTextCache  *self,
                      const QdFont *font,
                      const char   *text,
                      double        width,
                      int           max_lines)
{
  QdTextRun probe = { .text = (char *) text, .font = *font, .limit = width < 0 ? -1 : width, .max_lines = max_lines };
  const Face *face;
  QdTextRun *run;

  g_return_val_if_fail (self != NULL && font != NULL && text != NULL && max_lines >= 1, NULL);
  run = g_hash_table_lookup (self->runs, &probe);
  if (run)
    return qd_text_run_ref (run);

  self->misses++;
  face = find_face (self, font);
  run = g_new0 (QdTextRun, 1);
  run->refs = 1;
  run->text = g_strdup (text);
  run->shown = g_utf8_make_valid (text, -1);
  run->font = *font;
  run->font.family = face->family;
  run->limit = probe.limit;
  run->max_lines = max_lines;
  run->cap_height = face->cap_height;

  pango_layout_set_font_description (self->layout, face->description);
  pango_layout_set_width (self->layout, probe.limit < 0 ? -1 : (int) (probe.limit * PANGO_SCALE));
  pango_layout_set_height (self->layout, -max_lines);
  pango_layout_set_ellipsize (self->layout, probe.limit < 0 ? PANGO_ELLIPSIZE_NONE : PANGO_ELLIPSIZE_END);
  pango_layout_set_alignment (self->layout, font->centred ? PANGO_ALIGN_CENTER : PANGO_ALIGN_LEFT);
  pango_layout_set_attributes (self->layout, font->tabular ? self->attributes : NULL);
  pango_layout_set_text (self->layout, run->shown, -1);
  collect (run, self->layout);

  /* Starting anew costs one frame's shaping now and then, keeping order of use would cost each look-up. */
  if (g_hash_table_size (self->runs) >= MAX_RUNS)
    g_hash_table_remove_all (self->runs);
  g_hash_table_add (self->runs, qd_text_run_ref (run));
  return run;
}

/**
 * qd_text_cache_lookup_title:
 * @self: a cache
 * @font: family, size in points, weight
 * @text: UTF-8, as in qd_text_cache_lookup()
 * @width: room in points
 * @max_lines: 1 or more lines
 *
 * Shapes a title: two lines are broken in the middle, not before the last word.
 *
 * Returns: (transfer full): the run
 */
QdTextRun *
qd_text_cache_lookup_title (QdTextCache  *self,
                            const QdFont *font,
                            const char   *text,
                            double        width,
                            int           max_lines)
{
  QdTextRun *best = qd_text_cache_lookup (self, font, text, MAX (width, 1), max_lines);

  if (best->n_lines != 2 || best->shortened)
    return best;
  for (double share = 0.95; share > 0.5; share -= 0.05)
    {
      QdTextRun *narrow = qd_text_cache_lookup (self, font, text, MAX (width * share, 1), 2);

      if (narrow->shortened)
        {
          qd_text_run_unref (narrow);
          break;
        }
      qd_text_run_unref (best);
      best = narrow;
    }
  return best;
}

/**
 * qd_text_run_ref:
 * @self: a run
 *
 * Returns: (transfer full): @self
 */
QdTextRun *
qd_text_run_ref (QdTextRun *self)
{
  g_atomic_int_inc (&self->refs);
  return self;
}

/**
 * qd_text_run_unref:
 * @self: (transfer full): a run
 */
void
qd_text_run_unref (QdTextRun *self)
{
  g_return_if_fail (self != NULL);
  if (!g_atomic_int_dec_and_test (&self->refs))
    return;
  for (guint i = 0; i < self->n_pieces; i++)
    pango_glyph_item_free (self->pieces[i].item);
  g_free (self->pieces);
  g_free (self->text);
  g_free (self->shown);
  g_free (self);
}

/**
 * qd_text_run_get_text:
 * @self: a run
 *
 * Returns: the whole text, even where it is shown shortened
 */
const char *
qd_text_run_get_text (const QdTextRun *self)
{
  return self->text;
}

/**
 * qd_text_run_get_width:
 * @self: a run
 *
 * Returns: the advance of the widest line, in points
 */
double
qd_text_run_get_width (const QdTextRun *self)
{
  return self->width;
}

/**
 * qd_text_run_get_height:
 * @self: a run
 *
 * Returns: height of all lines, in points
 */
double
qd_text_run_get_height (const QdTextRun *self)
{
  return self->height;
}

/**
 * qd_text_run_get_ascent:
 * @self: a run
 *
 * Returns: from the top to the first baseline, in points
 */
double
qd_text_run_get_ascent (const QdTextRun *self)
{
  return self->ascent;
}

/**
 * qd_text_run_get_cap_height:
 * @self: a run
 *
 * Returns: height of a digit of the font, in points
 */
double
qd_text_run_get_cap_height (const QdTextRun *self)
{
  return self->cap_height;
}

/**
 * qd_text_run_get_n_lines:
 * @self: a run
 *
 * Returns: how many lines are shown
 */
int
qd_text_run_get_n_lines (const QdTextRun *self)
{
  return self->n_lines;
}

/**
 * qd_text_run_is_shortened:
 * @self: a run
 *
 * Returns: whether an ellipsis stands for a part of the text
 */
gboolean
qd_text_run_is_shortened (const QdTextRun *self)
{
  return self->shortened;
}

/**
 * qd_text_run_get_ink:
 * @self: a run
 * @left: (out): of its letters, in points from where the run is shown
 * @top: (out): of its letters
 * @right: (out): of its letters
 * @bottom: (out): of its letters
 *
 * Says what the letters cover, which is less than the box of the run.
 */
void
qd_text_run_get_ink (const QdTextRun *self,
                     double          *left,
                     double          *top,
                     double          *right,
                     double          *bottom)
{
  *left = *top = INFINITY;
  *right = *bottom = -INFINITY;
  for (guint i = 0; i < self->n_pieces; i++)
    {
      const Piece *piece = &self->pieces[i];
      PangoRectangle ink;

      pango_glyph_string_extents (piece->item->glyphs, piece->item->item->analysis.font, &ink, NULL);
      *left = MIN (*left, piece->x + pango_units_to_double (ink.x));
      *top = MIN (*top, piece->baseline + pango_units_to_double (ink.y));
      *right = MAX (*right, piece->x + pango_units_to_double (ink.x + ink.width));
      *bottom = MAX (*bottom, piece->baseline + pango_units_to_double (ink.y + ink.height));
    }
}

/**
 * qd_text_run_show:
 * @self: a run
 * @cr: a cairo context with its source set
 * @x: left end, points
 * @y: top, points
 *
 * Draws a run. On targets that keep text (PDF, SVG) the text goes with it.
 */
void
qd_text_run_show (const QdTextRun *self,
                  cairo_t         *cr,
                  double           x,
                  double           y)
{
  for (guint i = 0; i < self->n_pieces; i++)
    {
      const Piece *piece = &self->pieces[i];

      cairo_move_to (cr, x + piece->x, y + piece->baseline);
      pango_cairo_show_glyph_item (cr, self->shown, piece->item);
    }
}

/**
 * qd_text_run_add_path:
 * @self: a run
 * @cr: a cairo context
 * @x: left end, points
 * @y: top, points
 *
 * Adds the outlines of a run to the path, for halos.
 */
void
qd_text_run_add_path (const QdTextRun *self,
                      cairo_t         *cr,
                      double           x,
                      double           y)
{
  for (guint i = 0; i < self->n_pieces; i++)
    {
      const Piece *piece = &self->pieces[i];

      cairo_move_to (cr, x + piece->x, y + piece->baseline);
      pango_cairo_glyph_string_path (cr, piece->item->item->analysis.font, piece->item->glyphs);
    }
}
