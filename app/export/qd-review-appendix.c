/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-review-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define TEXT_SIZE 12.0
#define LINE_GAP 3.0
#define ENTRY_GAP 14.0

static const char *const defined_metrics[] = {
  "arr",          "nrr",      "grr",           "headwind",         "tailwind",       "logo_retention", "net_new_mrr",
  "new_mrr",      "churn_mrr", "expansion_mrr", "contraction_mrr", "reactivation_mrr", "concentration_10",
};

/* A bold term and its explanation under it; returns the height. */
static double
draw_entry (QdReview   *self,
            const char *term,
            const char *text,
            double      x,
            double      y,
            double      width,
            int         max_lines)
{
  double height;

  cairo_tag_begin (self->cr, "P", NULL);
  height = qd_sheet_draw_text (self->cache, self->cr, self->theme, term, TEXT_SIZE, TRUE, self->theme->ink,
                              QD_ALIGN_START, x, y, width, 1);
  height += qd_sheet_draw_text (self->cache, self->cr, self->theme, text, TEXT_SIZE, FALSE, self->theme->ink_soft,
                               QD_ALIGN_START, x, y + height + 1, width, max_lines);
  cairo_tag_end (self->cr, "P");
  return height + 1;
}

static double
measure_entry (QdReview   *self,
               const char *text,
               double      width,
               int         max_lines)
{
  return qd_sheet_measure_text (self->cache, self->theme, "X", TEXT_SIZE, TRUE, width, 1)
         + qd_sheet_measure_text (self->cache, self->theme, text, TEXT_SIZE, FALSE, width, max_lines) + 1;
}

/* The cover: what, of whom, when, by which definition. */
void
qd_review_add_cover (QdReview *self)
{
  const QdReviewFacts *facts = self->facts;
  const QdChartTheme *theme = self->theme;
  g_autofree char *as_of = qd_format_day (self->format, qd_month_last_day (facts->scope->as_of));
  g_autofree char *label = qd_profile_dup_label (facts->scope->profile);
  g_autofree char *scope = qd_scope_describe (facts->scope, facts->book);
  g_autofree char *choices = qd_profile_describe (facts->scope->profile);
  /* Translators: %s is a date. */
  g_autofree char *when = g_strdup_printf (_ ("As of %s"), as_of);
  /* Translators: %1$s is the name of a definition profile, %2$s its choices in words. */
  g_autofree char *definition = choices != NULL && *choices != '\0'
                                    ? g_strdup_printf (_ ("Definition: %1$s (%2$s)"), label, choices)
                                    : g_strdup_printf (_ ("Definition: %s (the standard choices)"), label);
  double width = QD_SHEET_WIDTH - 2 * 84, y = 168;

  cairo_pdf_surface_add_outline (self->surface, CAIRO_PDF_OUTLINE_ROOT, _ ("Cover"), "page=1", 0);
  cairo_pdf_surface_set_page_label (self->surface, "i");
  qd_color_set_source (theme->background, self->cr);
  cairo_paint (self->cr);
  qd_color_set_source (qd_chart_theme_get_tone (theme, QD_TONE_GOOD), self->cr);
  cairo_rectangle (self->cr, 0, 0, 14, QD_SHEET_HEIGHT);
  cairo_fill (self->cr);

  cairo_tag_begin (self->cr, "H1", NULL);
  y += qd_sheet_draw_text (self->cache, self->cr, theme, qd_book_get_name (facts->book), 36, TRUE, theme->ink,
                          QD_ALIGN_START, 84, y, width, 2);
  y += 6
       + qd_sheet_draw_text (self->cache, self->cr, theme, _ ("Retention review"), 24, FALSE, theme->ink, QD_ALIGN_START,
                            84, y + 6, width, 1);
  cairo_tag_end (self->cr, "H1");
  cairo_tag_begin (self->cr, "P", NULL);
  y += 30;
  y += LINE_GAP + qd_sheet_draw_text (self->cache, self->cr, theme, when, 15, FALSE, theme->ink, QD_ALIGN_START, 84, y,
                                     width, 1);
  y += LINE_GAP + qd_sheet_draw_text (self->cache, self->cr, theme, scope, 15, FALSE, theme->ink_soft, QD_ALIGN_START,
                                     84, y, width, 2);
  y += LINE_GAP + qd_sheet_draw_text (self->cache, self->cr, theme, definition, 15, FALSE, theme->ink_soft,
                                     QD_ALIGN_START, 84, y, width, 3);
  cairo_tag_end (self->cr, "P");
  if (self->mark != NULL)
    qd_sheet_draw_text (self->cache, self->cr, theme, self->mark, 15, TRUE,
                       qd_chart_theme_get_text_tone (theme, QD_TONE_BAD), QD_ALIGN_START, 84, 440, width, 1);
  qd_review_end_page (self);
}

/* Each figure that the review shows: what it means and how it is counted, by this profile. */
void
qd_review_add_definitions (QdReview *self)
{
  g_autofree char *label = qd_profile_dup_label (self->facts->scope->profile);
  /* Translators: %s is the name of a definition profile. */
  g_autofree char *title = g_strdup_printf (_ ("Every figure follows one definition: %s"), label);
  QdRect body = qd_review_begin_page (self, _ ("Definitions"), title, _ ("What each figure means and how it is counted"));
  double column = (body.width - 2 * QD_SHEET_GUTTER) / 2;
  double x = body.x, y = body.y, total = 0;

  for (guint i = 0; i < G_N_ELEMENTS (defined_metrics); i++)
    {
      g_autofree char *formula =
          qd_catalogue_dup_formula (qd_catalogue_find (defined_metrics[i]), self->facts->scope->profile);

      total += ENTRY_GAP + measure_entry (self, formula, column, 3);
    }
  for (guint i = 0; i < G_N_ELEMENTS (defined_metrics); i++)
    {
      const QdMetric *metric = qd_catalogue_find (defined_metrics[i]);
      g_autofree char *formula = qd_catalogue_dup_formula (metric, self->facts->scope->profile);
      double height = measure_entry (self, formula, column, 3);

      if (x > body.x && y + height > body.y + body.height)
        break;
      if (x == body.x && y + height > body.y + MIN (body.height, total / 2 + height / 2))
        {
          x += column + 2 * QD_SHEET_GUTTER;
          y = body.y;
        }
      y += ENTRY_GAP + draw_entry (self, _ (metric->name), formula, x, y, column, 3);
    }
  qd_review_end_page (self);
}

static void
draw_imports (QdReview *self,
              QdRect     box)
{
  QdTable *imports = self->facts->imports;
  int kind = qd_table_find_column (imports, "kind"), rows = qd_table_find_column (imports, "rows");
  int time = qd_table_find_column (imports, "time"), sha = qd_table_find_column (imports, "sha256");
  int source = qd_table_find_column (imports, "source"), rejected = qd_table_find_column (imports, "rejected");
  int undone = qd_table_find_column (imports, "undone"), file = qd_table_find_column (imports, "file");
  double y = box.y;

  y += 6
       + qd_sheet_draw_text (self->cache, self->cr, self->theme, _ ("Imported files"), 13, TRUE, self->theme->ink,
                            QD_ALIGN_START, box.x, y, box.width, 1);
  for (guint row = 0; row < qd_table_get_n_rows (imports); row++)
    {
      g_autofree char *stamp = qd_table_format_iso (imports, row, (guint) time);
      QdDay day = strlen (stamp) >= 10 ? qd_day_parse_iso (stamp, 10) : QD_DAY_NONE;
      g_autofree char *when = day != QD_DAY_NONE ? qd_format_day (self->format, day) : g_strdup (stamp);
      g_autofree char *count = qd_format_count (self->format, qd_table_get_integer (imports, row, (guint) rows));
      g_autofree char *refused = qd_format_count (self->format, qd_table_get_integer (imports, row, (guint) rejected));
      const char *hash = qd_table_get_text (imports, row, (guint) sha);
      const char *from = qd_table_get_text (imports, row, (guint) source);
      /* Translators: a kind of data such as "subscriptions", then the system that it came from. */
      g_autofree char *what = from != NULL && *from != '\0'
                                  ? g_strdup_printf (_ ("%1$s from %2$s"),
                                                     qd_table_get_text (imports, row, (guint) kind), from)
                                  : g_strdup (qd_table_get_text (imports, row, (guint) kind));
      /* Translators: rows read, rows rejected, time, start of a check sum. */
      g_autofree char *text = g_strdup_printf (_ ("%1$s rows, %2$s rejected; %3$s; SHA-256 %4$.12s…"), count, refused,
                                               when, hash != NULL ? hash : "");
      const char *name = file >= 0 ? qd_table_get_text (imports, row, (guint) file) : NULL;
      /* Translators: the name of a file, then what it was imported as. */
      g_autofree char *term = name != NULL && *name != '\0' ? g_strdup_printf (_ ("%1$s (%2$s)"), name, what)
                                                            : g_strdup (what);
      double height = measure_entry (self, text, box.width, 2);

      if (undone >= 0 && qd_table_get_integer (imports, row, (guint) undone) != 0)
        continue;
      if (y + height > box.y + box.height)
        break;
      y += 10 + draw_entry (self, term, text, box.x, y, box.width, 2);
    }
}

static void
draw_findings (QdReview *self,
               QdRect     box)
{
  GPtrArray *findings = self->facts->findings;
  guint shown = 0;
  double y = box.y;

  y += 6
       + qd_sheet_draw_text (self->cache, self->cr, self->theme, _ ("Checks and data quality"), 13, TRUE,
                            self->theme->ink, QD_ALIGN_START, box.x, y, box.width, 1);
  /* Failures first, notes last. */
  for (int level = QD_FINDING_FAILURE; level >= QD_FINDING_NOTE; level--)
    for (guint i = 0; i < findings->len; i++)
      {
        const QdFinding *finding = g_ptr_array_index (findings, i);
        const char *term = level == QD_FINDING_FAILURE   ? _ ("Failed check")
                           : level == QD_FINDING_WARNING ? _ ("Please look")
                                                         : _ ("Good to know");
        double height;

        if ((int) finding->level != level)
          continue;
        height = measure_entry (self, finding->message, box.width, 3);
        if (y + height > box.y + box.height)
          return;
        y += 10 + draw_entry (self, term, finding->message, box.x, y, box.width, 3);
        shown++;
      }
  if (shown == 0)
    draw_entry (self, _ ("All checks passed"),
                _ ("The ledger was recomputed by a second path and agrees to the minor unit; nothing in the data "
                   "contradicts itself."),
                box.x, y, box.width, 3);
}

/* Where the figures come from, and what is known to be odd about it. */
void
qd_review_add_sources (QdReview *self)
{
  guint failures = 0;
  const char *title;
  QdRect body, left, right;

  for (guint i = 0; i < self->facts->findings->len; i++)
    failures += ((QdFinding *) g_ptr_array_index (self->facts->findings, i))->level == QD_FINDING_FAILURE;
  title = failures > 0 ? _ ("A check failed: do not publish these figures before it is mended")
                       : _ ("Every figure can be traced to the files below");
  body = qd_review_begin_page (self, _ ("Sources"), title, _ ("Imported files, and what the checks found"));
  left = right = body;
  left.width = right.width = (body.width - 2 * QD_SHEET_GUTTER) / 2;
  right.x = left.x + left.width + 2 * QD_SHEET_GUTTER;
  draw_imports (self, left);
  draw_findings (self, right);
  qd_review_end_page (self);
}
