/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-review.h"

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "../../data/base/qd-file.h"
#include "../../ui/draw/figures/qd-charts.h"
#include "qd-review-private.h"
#include "qd-write-file.h"

/* What a chart keeps free around itself; taken back so that its edges stand on the page's margins. */
#define CHART_PADDING (14.0 * CHART_SCALE)
/* Labels of 10 points and more on a sheet that is shown on a wall. */
#define CHART_SCALE 1.25
#define MAX_FOOT_NAME 40

/* "12 months to Jun 2026" */
char *
qd_review_dup_window (const QdReview *self)
{
  int months = self->facts->window.last - self->facts->window.before;
  g_autofree char *last = qd_format_month (self->format, self->facts->window.last);

  /* Translators: a number of months, the last of them. */
  return g_strdup_printf (ngettext ("%1$d month to %2$s", "%1$d months to %2$s", (unsigned long) months), months, last);
}

QdRect
qd_review_begin_page (QdReview   *self,
                      const char *outline,
                      const char *title,
                      const char *lead)
{
  QdSheet page = { title, lead, self->surroundings.source, self->footer, self->mark, ++self->page };
  /* The cover is the first sheet. */
  g_autofree char *target = g_strdup_printf ("page=%u", self->page + 1);
  g_autofree char *label = g_strdup_printf ("%u", self->page);

  cairo_pdf_surface_add_outline (self->surface, CAIRO_PDF_OUTLINE_ROOT, outline, target, 0);
  cairo_pdf_surface_set_page_label (self->surface, label);
  qd_sheet_draw_frame (&page, self->theme, self->cache, self->cr);
  return qd_sheet_get_body (&page);
}

void
qd_review_end_page (QdReview *self)
{
  cairo_show_page (self->cr);
}

gboolean
qd_review_draw_chart (QdReview    *self,
                      QdChartSpec *spec,
                      QdRect       box,
                      GError     **error)
{
  gboolean small = box.width < 360 || box.height < 200;
  double padding = small ? 0 : CHART_PADDING;
  QdChartTheme theme = *self->theme;
  g_autoptr (QdChartLayout) layout = NULL;
  g_autofree char *sentence = NULL;

  theme.transparent = TRUE;
  theme.scale = box.width < 360 ? 1 : CHART_SCALE;
  layout = qd_chart_layout_new (spec, &theme, self->cache, box.width + 2 * padding, box.height + 2 * padding, error);
  if (layout == NULL)
    return FALSE;
  cairo_save (self->cr);
  cairo_translate (self->cr, box.x - padding, box.y - padding);
  cairo_tag_begin (self->cr, "Figure", NULL);
  qd_chart_layout_draw (layout, self->cr);
  cairo_tag_end (self->cr, "Figure");
  cairo_restore (self->cr);
  return TRUE;
}

/* What stands first on its line begins with a capital. */
static char *
dup_capitalised (const char *text)
{
  const char *rest = *text != '\0' ? g_utf8_next_char (text) : text;
  g_autofree char *first = g_utf8_strup (text, rest - text);

  return g_strconcat (first, rest, NULL);
}

static gboolean
add_chart_page (QdReview    *self,
                const char  *outline,
                QdChartSpec *spec,
                GError     **error)
{
  g_autofree char *title = g_strdup (qd_chart_spec_get_title (spec));
  g_autofree char *subject =
      qd_chart_spec_get_subject (spec) != NULL ? dup_capitalised (qd_chart_spec_get_subject (spec)) : NULL;
  g_autofree char *period = g_strdup (qd_chart_spec_get_period (spec));
  /* Translators: what a chart shows, then when. */
  g_autofree char *lead = subject != NULL && period != NULL ? g_strdup_printf (_ ("%1$s · %2$s"), subject, period)
                                                            : g_strdup (subject != NULL ? subject : period);
  gboolean drawn;
  QdRect body;

  /* The block becomes the page's. */
  qd_chart_spec_set_title (spec, NULL);
  qd_chart_spec_set_subject (spec, NULL);
  qd_chart_spec_set_period (spec, NULL);
  qd_chart_spec_set_source (spec, NULL);
  body = qd_review_begin_page (self, outline, title != NULL ? title : outline, lead);
  drawn = qd_review_draw_chart (self, spec, body, error);
  qd_review_end_page (self);
  return drawn;
}

/* A name that leaves room for what follows it. */
static char *
dup_short (const char *name)
{
  g_autofree char *start = NULL;

  if (g_utf8_strlen (name, -1) <= MAX_FOOT_NAME)
    return g_strdup (name);
  start = g_utf8_substring (name, 0, MAX_FOOT_NAME - 1);
  return g_strconcat (g_strchomp (start), "…", NULL);
}

/* A chart by its name; each computes for the period that suits it best. */
static gboolean
add_named_chart (QdReview   *self,
                 const char *name,
                 const char *outline,
                 QdJob      *job,
                 GError    **error)
{
  const QdNamedChart *chart = qd_charts_find (name);
  g_autoptr (QdScope) scope = qd_scope_copy (self->facts->scope);
  g_autoptr (QdChartSpec) spec = NULL;

  /* Columns of movements are read month by month, whatever the review's period. */
  if (strcmp (name, "movements") == 0 && scope->profile->netting != QD_NETTING_QUARTER)
    scope->period = (QdPeriod){ QD_PERIOD_MONTHS, 1 };
  else if (g_str_has_prefix (name, "cohorts"))
    scope->period = self->facts->cohort_period;
  spec = qd_charts_make (chart, self->facts->ledger, scope, &self->surroundings, job, error);
  return spec != NULL && qd_job_check (job, error) && add_chart_page (self, outline, spec, error);
}

static gboolean
add_pages (QdReview *self,
           QdJob    *job,
           GError  **error)
{
  static const struct
  {
    const char *chart, *outline;
  } cohorts[] = {
    { "cohorts-logos", N_ ("Cohorts: customers") },
    { "cohorts-net", N_ ("Cohorts: net revenue") },
    { "cohorts-gross", N_ ("Cohorts: gross revenue") },
  };

  qd_review_add_cover (self);
  if (!qd_review_add_summary (self, error) || !add_named_chart (self, "bridge", _ ("ARR bridge"), job, error))
    return FALSE;
  /* Nobody to start with has no bridge of his own. */
  if (qd_overview_find (self->facts->overview, "nrr")->now.value.defined
      && !add_named_chart (self, "bridge-customers", _ ("Starting customers"), job, error))
    return FALSE;
  if (!add_named_chart (self, "retention", _ ("Retention"), job, error)
      || !add_named_chart (self, "movements", _ ("Movements"), job, error) || !qd_review_add_groups (self, error)
      || !qd_review_add_movers (self, error))
    return FALSE;
  /* Cohorts that have no age yet are all alike: one page says so. */
  for (gsize i = 0; i < (self->facts->cohorts_grown ? G_N_ELEMENTS (cohorts) : 1); i++)
    if (!add_named_chart (self, cohorts[i].chart, _ (cohorts[i].outline), job, error))
      return FALSE;
  qd_review_add_definitions (self);
  qd_review_add_sources (self);
  return TRUE;
}

/* Writes the retention review. The same workspace, scope and format give the same bytes: the date inside is that of the workspace's last change. */
static gboolean
write_review (QdWorkspace   *workspace,
              const QdScope *scope,
              QdFormat      *format,
              GOutputStream *out,
              QdJob         *job,
              GError       **error)
{
  g_autoptr (QdReviewFacts) facts = qd_review_facts_new (workspace, scope, job, error);
  g_autoptr (QdTable) imports = NULL;
  g_autoptr (QdChartSetting) setting = NULL;
  g_autofree char *title = NULL, *as_of = NULL, *label = NULL, *company = NULL;
  QdChartMetadata metadata = { .author = "Quarterdeck" };
  QdReview self = { 0 };
  QdChartPdf *pdf;
  gboolean done;

  if (facts == NULL)
    return FALSE;
  qd_job_report (job, 0.7, _ ("Drawing pages"));
  imports = qd_workspace_get_imports (workspace, error);
  if (imports == NULL)
    return FALSE;
  setting = qd_chart_setting_new (facts->book, facts->scope, imports, format);
  as_of = qd_format_month (format, facts->scope->as_of);
  label = qd_profile_dup_label (facts->scope->profile);
  /* Translators: name of the workspace, a month. */
  title = g_strdup_printf (_ ("%1$s: retention review, %2$s"), qd_book_get_name (facts->book), as_of);
  metadata.title = title;
  metadata.subject = _ ("Recurring revenue, retention and churn");
  metadata.keywords = "ARR, NRR, GRR, churn, cohorts";
  metadata.created = qd_book_get_last_change (facts->book);

  pdf = qd_chart_pdf_new (out, QD_SHEET_WIDTH, QD_SHEET_HEIGHT, &metadata,
                          job != NULL ? qd_job_get_cancellable (job) : NULL);
  self.facts = facts;
  self.format = format;
  self.theme = qd_chart_theme_get (QD_THEME_PRINT);
  self.surface = qd_chart_pdf_get_surface (pdf);
  self.cr = cairo_create (self.surface);
  self.context = pango_cairo_create_context (self.cr);
  self.cache = qd_text_cache_new (self.context);
  /* The company stands on the cover and in the foot. */
  self.surroundings = *qd_chart_setting_get_context (setting);
  self.surroundings.company = NULL;
  company = dup_short (qd_book_get_name (facts->book));
  /* Translators: name of the workspace, a month, name of a definition. */
  self.footer = g_strdup_printf (_ ("%1$s · Retention review · as of %2$s · Definition: %3$s"), company, as_of, label);
  self.mark = qd_book_is_sample (facts->book) ? _ ("Sample data") : NULL;

  done = add_pages (&self, job, error);

  g_clear_pointer (&self.cache, qd_text_cache_unref);
  g_clear_object (&self.context);
  g_clear_pointer (&self.cr, cairo_destroy);
  g_clear_pointer (&self.footer, g_free);
  cairo_surface_finish (self.surface);
  return qd_chart_pdf_close (pdf, done ? error : NULL) && done;
}

/**
 * qd_review_write_file:
 * @workspace: a workspace
 * @scope: what the review is about
 * @format: how numbers are written
 * @path: (type filename): the file to make or to replace
 * @job: (nullable): progress and cancel
 * @error: return location
 *
 * Writes the retention review to a file; see write_review().
 *
 * Returns: `FALSE` with an error; what was there is as it was then
 */
gboolean
qd_review_write_file (QdWorkspace   *workspace,
                      const QdScope *scope,
                      QdFormat      *format,
                      const char    *path,
                      QdJob         *job,
                      GError       **error)
{
  GCancellable *cancellable = job != NULL ? qd_job_get_cancellable (job) : NULL;
  g_autoptr (GOutputStream) memory = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (!qd_file_check_output (path, (const char *[]){ qd_workspace_get_path (workspace), NULL }, error))
    return FALSE;
  memory = g_memory_output_stream_new_resizable ();
  if (!write_review (workspace, scope, format, memory, job, error) ||
      !g_output_stream_close (memory, cancellable, error))
    return FALSE;
  bytes = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
  return qd_write_file (path, bytes, cancellable, error);
}
