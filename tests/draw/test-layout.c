/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The numbers of layouts, over all made-up charts and awkward sizes.
 */
#include <math.h>
#include <string.h>

#include "tests/draw/specs.h"
#include "ui/draw/qd-chart-point.h"
#include "ui/draw/qd-chart-spec-private.h"

static const double sizes[][2] = { { 200, 120 }, { 24, 12 }, { 60, 400 }, { 320, 200 }, { 420, 260 }, { 720, 405 },
                                   { 888, 378 }, { 1600, 1000 }, { 1600, 120 }, { 300, 900 } };

typedef void (*Check) (const char *name, const QdChartLayout *layout);

static void
each_layout (Check check)
{
  g_autoptr (QdTextCache) cache = qd_text_cache_new (NULL);

  for (guint c = 0; c < n_spec_cases; c++)
    {
      g_autoptr (QdChartSpec) spec = spec_cases[c].make ();

      for (gsize s = 0; s < G_N_ELEMENTS (sizes); s++)
        {
          g_autoptr (GError) error = NULL;
          g_autoptr (QdChartLayout) layout = qd_chart_layout_new (spec, qd_chart_theme_get (s % QD_N_THEMES), cache, sizes[s][0],
                                                                  sizes[s][1], &error);
          g_autofree char *name = g_strdup_printf ("%s %gx%g", spec_cases[c].name, sizes[s][0], sizes[s][1]);

          g_assert_no_error (error);
          check (name, layout);
        }
    }
}

static void
check_inside (const char          *name,
              const QdChartLayout *layout)
{
  double width = qd_chart_layout_get_width (layout), height = qd_chart_layout_get_height (layout);

  for (guint i = 0; i < qd_chart_layout_get_n_marks (layout); i++)
    {
      const QdMark *mark = qd_chart_layout_get_mark (layout, i);
      double x1 = MIN (mark->box.x, mark->box.x + mark->box.width), x2 = MAX (mark->box.x, mark->box.x + mark->box.width);
      double y1 = MIN (mark->box.y, mark->box.y + mark->box.height), y2 = MAX (mark->box.y, mark->box.y + mark->box.height);

      g_assert_true (isfinite (x1) && isfinite (x2) && isfinite (y1) && isfinite (y2));
      /* Tiny canvases may lose the edge of a stroke, never more. */
      if (width < 100 || height < 60)
        continue;
      if (x1 < -1 || y1 < -1 || x2 > width + 1 || y2 > height + 1)
        g_error ("%s: mark %u of role %u (%s) reaches from %g, %g to %g, %g", name, i, mark->role,
                 mark->text ? qd_text_run_get_text (mark->text) : "", x1, y1, x2, y2);
    }
}

static void
test_inside (void)
{
  each_layout (check_inside);
}

static void
check_labels (const char          *name,
              const QdChartLayout *layout)
{
  guint n = qd_chart_layout_get_n_marks (layout);

  if (qd_chart_layout_get_width (layout) < 100 || qd_chart_layout_get_height (layout) < 60)
    return;
  for (guint i = 0; i < n; i++)
    {
      const QdMark *a = qd_chart_layout_get_mark (layout, i);

      if (a->kind != QD_MARK_TEXT)
        continue;
      for (guint k = i + 1; k < n; k++)
        {
          const QdMark *b = qd_chart_layout_get_mark (layout, k);
          double x, y, lead_a, lead_b;

          if (b->kind != QD_MARK_TEXT)
            continue;
          /* The empty lead above and below letters may overlap. */
          lead_a = 0.17 * a->box.height / qd_text_run_get_n_lines (a->text);
          lead_b = 0.17 * b->box.height / qd_text_run_get_n_lines (b->text);
          x = MIN (a->box.x + a->box.width, b->box.x + b->box.width) - MAX (a->box.x, b->box.x);
          y = MIN (a->box.y + a->box.height - lead_a, b->box.y + b->box.height - lead_b) -
              MAX (a->box.y + lead_a, b->box.y + lead_b);
          if (x > 0.5 && y > 0.5)
            g_error ("%s: “%s” (role %u) and “%s” (role %u) overlap by %.1f × %.1f", name, qd_text_run_get_text (a->text), a->role,
                     qd_text_run_get_text (b->text), b->role, x, y);
        }
    }
}

static void
test_labels (void)
{
  each_layout (check_labels);
}

static gboolean
is_within (QdRect inner,
           QdRect outer,
           double slack)
{
  return inner.x >= outer.x - slack && inner.y >= outer.y - slack && inner.x + inner.width <= outer.x + outer.width + slack &&
         inner.y + inner.height <= outer.y + outer.height + slack;
}

static void
check_plot (const char          *name,
            const QdChartLayout *layout)
{
  if (qd_chart_layout_get_width (layout) < 100 || qd_chart_layout_get_height (layout) < 60)
    return;
  for (guint i = 0; i < qd_chart_layout_get_n_marks (layout); i++)
    {
      const QdMark *mark = qd_chart_layout_get_mark (layout, i);
      QdRect a = qd_chart_layout_get_plot (layout, 0), b = qd_chart_layout_get_plot (layout, 1);

      if (mark->role == QD_ROLE_GRID || mark->role == QD_ROLE_CELL || mark->role == QD_ROLE_COLUMN || mark->role == QD_ROLE_LINE ||
          mark->role == QD_ROLE_BAND || mark->role == QD_ROLE_BAR)
        if (!is_within (mark->box, a, 1.5) && !is_within (mark->box, b, 1.5))
          g_error ("%s: mark %u of role %u lies outside of its plot", name, i, mark->role);
    }
}

static void
test_plot (void)
{
  each_layout (check_plot);
}

/* Bars add up: each begins where the one before ended, and the connector lies there. */
static void
check_bridge (const char          *name,
              const QdChartLayout *layout)
{
  QdChartSpec *spec = qd_chart_layout_get_spec (layout);
  const QdMark *bars[16] = { NULL }, *connectors[16] = { NULL };
  guint n = qd_chart_spec_get_n_places (spec);
  gboolean upright;

  if (qd_chart_spec_get_kind (spec) != QD_CHART_WATERFALL)
    return;
  for (guint i = 0; i < qd_chart_layout_get_n_marks (layout); i++)
    {
      const QdMark *mark = qd_chart_layout_get_mark (layout, i);

      if (mark->role == QD_ROLE_BAR)
        bars[mark->index] = mark;
      else if (mark->role == QD_ROLE_CONNECTOR)
        connectors[mark->index] = mark;
    }
  for (guint i = 0; i + 1 < n; i++)
    {
      const QdMark *line = connectors[i];
      double from, to, next_from, next_to, at, a, b, c, d;

      g_assert_nonnull (bars[i]);
      g_assert_nonnull (line);
      upright = line->box.height == 0;
      qd_spec_get_step_range (spec, i, &from, &to);
      qd_spec_get_step_range (spec, i + 1, &next_from, &next_to);
      at = upright ? line->box.y : line->box.x;
      a = upright ? bars[i]->box.y : bars[i]->box.x;
      b = upright ? a + bars[i]->box.height : a + bars[i]->box.width;
      c = upright ? bars[i + 1]->box.y : bars[i + 1]->box.x;
      d = upright ? c + bars[i + 1]->box.height : c + bars[i + 1]->box.width;
      /* A bar without extent, or too thin to see, is drawn as a stroke of 1 around its level, at most 2 points at scale 2. */
      if (MIN (fabs (at - a), fabs (at - b)) > (b - a < 2.01 ? 1.01 : 1e-6))
        g_error ("%s: connector %u does not touch its own bar", name, i);
      if (MIN (fabs (at - c), fabs (at - d)) > (d - c < 2.01 ? 1.01 : 1e-6) &&
          qd_spec_step (spec, i + 1)->kind != QD_STEP_TOTAL)
        g_error ("%s: connector %u does not touch the next bar", name, i);
      if (qd_spec_step (spec, i + 1)->kind != QD_STEP_TOTAL)
        g_assert_cmpfloat (next_from, ==, to);
    }
}

static void
test_bridge (void)
{
  each_layout (check_bridge);
}

/* Lengths are in the ratio of the values, exactly, when nothing is cut. */
static void
test_bar_lengths (void)
{
  g_autoptr (QdTextCache) cache = qd_text_cache_new (NULL);
  g_autoptr (QdFormat) format = qd_format_new ("USD");
  g_autoptr (QdChartSpec) spec = qd_chart_spec_new (QD_CHART_WATERFALL, format);
  g_autoptr (QdChartLayout) layout = NULL;
  double height[3] = { 0 };
  guint breaks = 0;

  qd_chart_spec_add_step (spec, QD_STEP_TOTAL, "A", 1000);
  qd_chart_spec_add_step (spec, QD_STEP_GAIN, "B", 500);
  qd_chart_spec_add_step (spec, QD_STEP_TOTAL, "C", 1500);
  layout = qd_chart_layout_new (spec, qd_chart_theme_get (QD_THEME_PRINT), cache, 720, 405, NULL);
  for (guint i = 0; i < qd_chart_layout_get_n_marks (layout); i++)
    {
      const QdMark *mark = qd_chart_layout_get_mark (layout, i);

      if (mark->role == QD_ROLE_BAR)
        height[mark->index] = mark->box.height;
      breaks += mark->role == QD_ROLE_BREAK;
    }
  g_assert_cmpfloat (fabs (height[0] / height[1] - 2), <, 1e-9);
  g_assert_cmpfloat (fabs (height[2] / height[1] - 3), <, 1e-9);
  g_assert_cmpfloat (fabs (height[2] - qd_chart_layout_get_plot (layout, 0).height), <, 1e-9);
  g_assert_cmpuint (breaks, ==, 0);
}

/* A cut is never silent: both totals carry the break, and it is said in words. */
static void
test_cut (void)
{
  g_autoptr (QdTextCache) cache = qd_text_cache_new (NULL);

  for (guint c = 0; c < n_spec_cases; c++)
    {
      g_autoptr (QdChartSpec) spec = spec_cases[c].make ();
      g_autoptr (QdChartLayout) layout = qd_chart_layout_new (spec, qd_chart_theme_get (QD_THEME_LIGHT), cache, 720, 405, NULL);
      g_autofree char *words = qd_chart_describe (spec);
      gboolean cut = g_str_equal (spec_cases[c].name, "bridge-cut");
      guint breaks = 0, notes = 0;

      for (guint i = 0; i < qd_chart_layout_get_n_marks (layout); i++)
        {
          const QdMark *mark = qd_chart_layout_get_mark (layout, i);

          breaks += mark->role == QD_ROLE_BREAK;
          notes += mark->role == QD_ROLE_NOTE && strstr (qd_text_run_get_text (mark->text), "do not begin at zero");
        }
      g_assert_cmpuint (breaks, ==, cut ? 2 : 0);
      g_assert_cmpuint (notes, ==, cut ? 1 : 0);
      g_assert_true ((strstr (words, "do not begin at zero") != NULL) == cut);
    }
}

/* A stack's parts add up to its ends. */
static void
test_stack (void)
{
  g_autoptr (QdTextCache) cache = qd_text_cache_new (NULL);
  g_autoptr (QdFormat) format = qd_format_new ("USD");
  g_autoptr (QdChartSpec) spec = qd_chart_spec_new (QD_CHART_TIME, format);
  g_autoptr (QdChartLayout) layout = NULL;
  const double up[] = { 300, 100 }, more[] = { 100, NAN }, down[] = { -200, -400 };
  double top[2] = { INFINITY, INFINITY }, bottom[2] = { -INFINITY, -INFINITY }, zero = NAN;

  qd_chart_spec_set_months (spec, qd_month_from_ym (2026, 1), 2, 1);
  qd_chart_spec_set_panel (spec, 0, QD_UNIT_MONEY, NULL);
  qd_chart_spec_add_series (spec, 0, QD_SERIES_COLUMN, "a", QD_TONE_GOOD, up);
  qd_chart_spec_add_series (spec, 0, QD_SERIES_COLUMN, "b", QD_TONE_GOOD_SOFT, more);
  qd_chart_spec_add_series (spec, 0, QD_SERIES_COLUMN, "c", QD_TONE_BAD, down);
  layout = qd_chart_layout_new (spec, qd_chart_theme_get (QD_THEME_PRINT), cache, 720, 405, NULL);
  for (guint i = 0; i < qd_chart_layout_get_n_marks (layout); i++)
    {
      const QdMark *mark = qd_chart_layout_get_mark (layout, i);

      if (mark->role == QD_ROLE_AXIS)
        zero = mark->box.y;
      if (mark->role != QD_ROLE_COLUMN)
        continue;
      top[mark->index] = MIN (top[mark->index], mark->box.y);
      bottom[mark->index] = MAX (bottom[mark->index], mark->box.y + mark->box.height);
    }
  g_assert_cmpfloat (fabs ((zero - top[0]) / (zero - top[1]) - 4), <, 1e-6);
  g_assert_cmpfloat (fabs ((bottom[1] - zero) / (bottom[0] - zero) - 2), <, 1e-6);
  g_assert_cmpfloat (fabs ((zero - top[0]) / (bottom[1] - zero) - 1), <, 1e-6);
}

/* Every month of a line is on it, with gaps where values are missing. */
static void
test_line_gaps (void)
{
  g_autoptr (QdTextCache) cache = qd_text_cache_new (NULL);
  g_autoptr (QdFormat) format = qd_format_new ("USD");
  g_autoptr (QdChartSpec) spec = qd_chart_spec_new (QD_CHART_TIME, format);
  g_autoptr (QdChartLayout) layout = NULL;
  const double values[] = { 1, 2, NAN, 3, INFINITY, 2, 2.5 };
  guint points = 0, paths = 0, dots = 0;

  qd_chart_spec_set_months (spec, qd_month_from_ym (2026, 1), 7, 1);
  qd_chart_spec_add_series (spec, 0, QD_SERIES_LINE, "x", QD_TONE_INK, values);
  layout = qd_chart_layout_new (spec, qd_chart_theme_get (QD_THEME_PRINT), cache, 300, 100, NULL);
  for (guint i = 0; i < qd_chart_layout_get_n_marks (layout); i++)
    {
      const QdMark *mark = qd_chart_layout_get_mark (layout, i);

      paths += mark->role == QD_ROLE_LINE;
      points += mark->role == QD_ROLE_LINE ? mark->n_points : 0;
      dots += mark->role == QD_ROLE_DOT;
    }
  g_assert_cmpuint (paths, ==, 2);
  g_assert_cmpuint (points, ==, 4);
  g_assert_cmpuint (dots, ==, 2); /* the lone month and the last one */
}

static const QdMark *
find_column (const QdChartLayout *layout,
             int                  place)
{
  for (guint i = 0; i < qd_chart_layout_get_n_marks (layout); i++)
    {
      const QdMark *mark = qd_chart_layout_get_mark (layout, i);

      if (mark->role == QD_ROLE_COLUMN && mark->index == place)
        return mark;
    }
  return NULL;
}

static void
test_scenarios (void)
{
  static const QdPattern patterns[] = { QD_PATTERN_SOLID, QD_PATTERN_STRIPES, QD_PATTERN_OUTLINE, QD_PATTERN_HATCH, QD_PATTERN_SOLID };
  g_autoptr (QdTextCache) cache = qd_text_cache_new (NULL);
  g_autoptr (QdFormat) format = qd_format_new ("USD");
  g_autoptr (QdChartSpec) spec = qd_chart_spec_new (QD_CHART_TIME, format);
  g_autoptr (QdChartLayout) layout = NULL;
  const double values[] = { 1, 1, 1, 1, 1 };
  guint series;

  qd_chart_spec_set_months (spec, qd_month_from_ym (2026, 1), 5, 1);
  series = qd_chart_spec_add_series (spec, 0, QD_SERIES_COLUMN, "x", QD_TONE_NEUTRAL, values);
  for (int i = 0; i < 5; i++)
    qd_chart_spec_set_scenario (spec, series, i, i);
  layout = qd_chart_layout_new (spec, qd_chart_theme_get (QD_THEME_PRINT), cache, 500, 300, NULL);
  for (int i = 0; i < 5; i++)
    g_assert_cmpint (find_column (layout, i)->pattern, ==, patterns[i]);
  g_assert_cmpfloat (qd_color_get_luminance (find_column (layout, QD_SCENARIO_PRIOR)->fill), >,
                     qd_color_get_luminance (find_column (layout, QD_SCENARIO_ACTUAL)->fill));
}

static void
test_hits (void)
{
  g_autoptr (QdTextCache) cache = qd_text_cache_new (NULL);

  for (guint c = 0; c < n_spec_cases; c++)
    {
      g_autoptr (QdChartSpec) spec = spec_cases[c].make ();
      g_autoptr (QdChartLayout) layout = qd_chart_layout_new (spec, qd_chart_theme_get (QD_THEME_LIGHT), cache, 720, 405, NULL);
      QdChartKind kind = qd_chart_spec_get_kind (spec);
      guint found = 0;

      for (guint s = 0; s < qd_chart_spec_get_n_series (spec); s++)
        for (guint p = 0; p < qd_chart_spec_get_n_places (spec); p++)
          {
            g_auto (QdChartHit) by_name = { 0 };
            g_auto (QdChartHit) by_point = { 0 };

            if (!qd_chart_layout_get_hit (layout, s, p, &by_name))
              continue;
            found++;
            g_assert_nonnull (by_name.value);
            g_assert_nonnull (by_name.place_label);
            /* The middle of a mark leads back to its place; at one place other series may lie closer. */
            g_assert_true (qd_chart_layout_hit_test (layout, by_name.area.x + by_name.area.width / 2,
                                                     by_name.area.y + by_name.area.height / 2, &by_point));
            g_assert_cmpint (by_point.place, ==, p);
            if (kind == QD_CHART_HEATMAP || kind == QD_CHART_TABLE || kind == QD_CHART_WATERFALL)
              {
                g_assert_cmpint (by_point.series, ==, s);
                g_assert_cmpstr (by_point.value, ==, by_name.value);
              }
          }
      g_assert_true (found > 0 || qd_chart_spec_is_empty (spec));
      {
        g_auto (QdChartHit) outside = { 0 };
        g_assert_false (qd_chart_layout_hit_test (layout, -5, -5, &outside));
        g_assert_null (outside.value);
      }
    }
}

static void
test_hit_values (void)
{
  g_autoptr (QdTextCache) cache = qd_text_cache_new (NULL);
  g_autoptr (QdFormat) format = qd_format_new ("USD");
  g_autoptr (QdChartSpec) spec = qd_chart_spec_new (QD_CHART_TIME, format);
  g_autoptr (QdChartLayout) layout = NULL;
  g_auto (QdChartHit) hit = { 0 };
  const double a[] = { 1.0, 1.05, 1.1 }, b[] = { 0.9, NAN, 0.8 };
  QdRect plot;

  qd_chart_spec_set_months (spec, qd_month_from_ym (2026, 4), 3, 1);
  qd_chart_spec_add_series (spec, 0, QD_SERIES_LINE, "NRR", QD_TONE_INK, a);
  qd_chart_spec_add_series (spec, 0, QD_SERIES_LINE, "GRR", QD_TONE_SERIES_3, b);
  layout = qd_chart_layout_new (spec, qd_chart_theme_get (QD_THEME_LIGHT), cache, 600, 300, NULL);
  plot = qd_chart_layout_get_plot (layout, 0);
  /* Low in the middle third: GRR has no value there, so it is NRR of May. */
  g_assert_true (qd_chart_layout_hit_test (layout, plot.x + plot.width * 0.6, plot.y + plot.height - 1, &hit));
  g_assert_cmpstr (hit.series_label, ==, "NRR");
  g_assert_cmpstr (hit.place_label, ==, "May 2026");
  g_assert_cmpstr (hit.value, ==, "105.0\342\200\257%");
  qd_chart_hit_clear (&hit);
  g_assert_true (qd_chart_layout_hit_test (layout, plot.x + plot.width - 1, plot.y + plot.height - 1, &hit));
  g_assert_cmpstr (hit.series_label, ==, "GRR");
  g_assert_cmpstr (hit.value, ==, "80.0\342\200\257%");
}

static void
test_describe (void)
{
  g_autoptr (QdFormat) format = qd_format_new ("USD");
  g_autoptr (QdChartSpec) spec = qd_chart_spec_new (QD_CHART_TIME, format);
  g_autoptr (QdChartSpec) bridge = qd_chart_spec_new (QD_CHART_WATERFALL, format);
  g_autoptr (QdChartSpec) empty = qd_chart_spec_new (QD_CHART_TIME, format);
  g_autoptr (QdChartSpec) map = spec_cohorts (3, FALSE, FALSE);
  g_autofree char *lines = NULL, *steps = NULL, *nothing = NULL, *cells = NULL;
  const double values[] = { 1.012, 1.001, NAN, 1.043 };

  qd_chart_spec_set_title (spec, "NRR rose");
  qd_chart_spec_set_months (spec, qd_month_from_ym (2026, 3), 4, 1);
  qd_chart_spec_add_series (spec, 0, QD_SERIES_LINE, "NRR", QD_TONE_INK, values);
  lines = qd_chart_describe (spec);
  g_assert_cmpstr (lines, ==,
                   "NRR rose. Line chart, 4 periods from Mar 2026 to Jun 2026. NRR rises from 101.2\342\200\257% in Mar 2026 to "
                   "104.3\342\200\257% in Jun 2026; lowest 100.1\342\200\257% in Apr 2026, highest 104.3\342\200\257% in Jun 2026.");

  qd_chart_spec_add_step (bridge, QD_STEP_TOTAL, "Opening", 120000000);
  qd_chart_spec_add_step (bridge, QD_STEP_LOSS, "Churn", -20000000);
  qd_chart_spec_add_step (bridge, QD_STEP_TOTAL, "Closing", 100000000);
  qd_chart_spec_add_bracket (bridge, 0, 1, "GRR 83.3 %");
  steps = qd_chart_describe (bridge);
  g_assert_cmpstr (steps, ==, "Bridge: Opening $1.2M, Churn \342\210\222$200k, Closing $1M. GRR 83.3 %.");

  qd_chart_spec_set_empty_reason (empty, "The data begins in Mar 2026.");
  nothing = qd_chart_describe (empty);
  g_assert_cmpstr (nothing, ==, "No data: The data begins in Mar 2026.");

  cells = qd_chart_describe (map);
  g_assert_nonnull (strstr (cells, "Heat map of 3 rows and 3 columns."));
  g_assert_nonnull (strstr (cells, "All, weighted:"));

  for (guint c = 0; c < n_spec_cases; c++)
    {
      g_autoptr (QdChartSpec) any = spec_cases[c].make ();
      g_autofree char *words = qd_chart_describe (any);

      g_assert_true (g_utf8_validate (words, -1, NULL));
      g_assert_null (strstr (words, "nan"));
      g_assert_null (strstr (words, "inf"));
    }
}

static void
test_errors (void)
{
  g_autoptr (QdTextCache) cache = qd_text_cache_new (NULL);
  g_autoptr (QdChartSpec) spec = spec_lines (12, 2, 1);
  static const struct
  {
    double width, height;
    int code;
  } cases[] = {
    { 23, 100, QD_CHART_ERROR_TOO_SMALL }, { 100, 11, QD_CHART_ERROR_TOO_SMALL },  { NAN, 100, QD_CHART_ERROR_TOO_SMALL },
    { -5, -5, QD_CHART_ERROR_TOO_SMALL },  { 14401, 100, QD_CHART_ERROR_TOO_LARGE }, { 100, INFINITY, QD_CHART_ERROR_TOO_LARGE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (qd_chart_layout_new (spec, qd_chart_theme_get (QD_THEME_PRINT), cache, cases[i].width, cases[i].height, &error));
      g_assert_error (error, QD_CHART_ERROR, cases[i].code);
    }
}

/* Shaped once, found afterwards; bounded whatever comes. */
static void
test_cache (void)
{
  g_autoptr (QdTextCache) cache = qd_text_cache_new (NULL);
  g_autoptr (QdChartSpec) spec = spec_cohorts (60, FALSE, FALSE);
  g_autoptr (QdChartLayout) first = NULL;
  g_autoptr (QdChartLayout) second = NULL;
  guint misses;
  QdFont font = { .family = "Sans", .size = 10 };

  first = qd_chart_layout_new (spec, qd_chart_theme_get (QD_THEME_PRINT), cache, 1600, 1000, NULL);
  misses = qd_text_cache_get_n_misses (cache);
  g_assert_cmpuint (misses, >, 10);
  g_assert_cmpuint (misses, <, 450);
  second = qd_chart_layout_new (spec, qd_chart_theme_get (QD_THEME_PRINT), cache, 1600, 1000, NULL);
  g_assert_cmpuint (qd_text_cache_get_n_misses (cache), ==, misses);
  for (int i = 0; i < 9000; i++)
    {
      g_autofree char *text = g_strdup_printf ("%d", i);
      g_autoptr (QdTextRun) run = qd_text_cache_lookup (cache, &font, text, -1, 1);

      g_assert_cmpfloat (qd_text_run_get_width (run), >, 0);
    }
  g_assert_cmpuint (qd_text_cache_get_n_runs (cache), <=, 4096);
  /* Invalid text does not stop anything. */
  {
    g_autoptr (QdTextRun) run = qd_text_cache_lookup (cache, &font, "a\xff\xfe\nb", 40, 1);
    g_assert_cmpint (qd_text_run_get_n_lines (run), ==, 1);
  }
}

/* What is too many to show is counted. */
static void
test_table_more (void)
{
  g_autoptr (QdTextCache) cache = qd_text_cache_new (NULL);
  g_autoptr (QdChartSpec) spec = spec_table (200, 4);
  g_autoptr (QdChartLayout) layout = qd_chart_layout_new (spec, qd_chart_theme_get (QD_THEME_PRINT), cache, 720, 405, NULL);
  guint shown = 0;
  const char *more = NULL;
  g_autofree char *expected = NULL;

  for (guint i = 0; i < qd_chart_layout_get_n_marks (layout); i++)
    {
      const QdMark *mark = qd_chart_layout_get_mark (layout, i);

      if (mark->role == QD_ROLE_TABLE_CELL && mark->index == 0)
        shown++;
      if (mark->role == QD_ROLE_MORE)
        more = qd_text_run_get_text (mark->text);
    }
  expected = g_strdup_printf ("… %u more rows", 200 - shown);
  g_assert_cmpuint (shown, >, 10);
  g_assert_cmpstr (more, ==, expected);
}

/* A table of months that does not fit loses the oldest. */
static void
test_table_newest (void)
{
  g_autoptr (QdTextCache) cache = qd_text_cache_new (NULL);
  g_autoptr (QdChartSpec) spec = spec_table (200, 4);
  g_autoptr (QdChartLayout) layout = NULL;
  int first = G_MAXINT, last = -1;
  const char *more = NULL;

  qd_chart_spec_keep_newest (spec);
  layout = qd_chart_layout_new (spec, qd_chart_theme_get (QD_THEME_PRINT), cache, 720, 405, NULL);
  for (guint i = 0; i < qd_chart_layout_get_n_marks (layout); i++)
    {
      const QdMark *mark = qd_chart_layout_get_mark (layout, i);

      if (mark->role == QD_ROLE_TABLE_CELL)
        first = MIN (first, mark->series), last = MAX (last, mark->series);
      if (mark->role == QD_ROLE_MORE)
        more = qd_text_run_get_text (mark->text);
    }
  g_assert_cmpint (last, ==, 199);
  g_assert_cmpint (first, >, 100);
  g_assert_cmpstr (more, ==, "… earlier rows are left out");
}

/* A step far too small to see is still a stroke; a narrow, tall picture shows its title whole. */
static void
test_bridge_narrow (void)
{
  g_autoptr (QdTextCache) cache = qd_text_cache_new (NULL);
  g_autoptr (QdFormat) format = qd_format_new ("USD");
  g_autoptr (QdChartSpec) spec = qd_chart_spec_new (QD_CHART_WATERFALL, format);
  g_autoptr (QdChartLayout) layout = NULL;
  guint titles = 0;

  qd_chart_spec_set_title (spec, "ARR rose by $24k (+20.0%) to $144k in 2 months; gains of $31.2k against losses of $7.2k");
  qd_chart_spec_add_step (spec, QD_STEP_TOTAL, "Opening Jun 2025", 10000000);
  qd_chart_spec_add_step (spec, QD_STEP_GAIN, "New", 100);
  qd_chart_spec_add_step (spec, QD_STEP_GAIN, "Expansion", 8000000);
  qd_chart_spec_add_step (spec, QD_STEP_TOTAL, "Closing Jun 2026", 18000100);
  layout = qd_chart_layout_new (spec, qd_chart_theme_get (QD_THEME_LIGHT), cache, 200, 900, NULL);
  for (guint i = 0; i < qd_chart_layout_get_n_marks (layout); i++)
    {
      const QdMark *mark = qd_chart_layout_get_mark (layout, i);

      if (mark->role == QD_ROLE_BAR)
        g_assert_cmpfloat (MIN (mark->box.width, mark->box.height), >=, 0.5);
      if (mark->role == QD_ROLE_TITLE || mark->role == QD_ROLE_PLACE_LABEL)
        {
          titles++;
          g_assert_false (qd_text_run_is_shortened (mark->text));
        }
    }
  g_assert_cmpuint (titles, ==, 5);
}

static gboolean
find_words (QdChartLayout *layout,
            const char    *words)
{
  for (guint i = 0; i < qd_chart_layout_get_n_marks (layout); i++)
    {
      const QdMark *mark = qd_chart_layout_get_mark (layout, i);

      if (mark->text && strstr (qd_text_run_get_text (mark->text), words))
        return TRUE;
    }
  return FALSE;
}

/* Many columns fill a wide picture; the unit of the numbers is named where there are numbers. */
static void
test_heatmap_wide (void)
{
  g_autoptr (QdTextCache) cache = qd_text_cache_new (NULL);
  g_autoptr (QdFormat) format = qd_format_new ("USD");
  g_autoptr (QdChartSpec) spec = qd_chart_spec_new (QD_CHART_HEATMAP, format);
  g_autoptr (QdChartLayout) wide = NULL;
  g_autoptr (QdChartLayout) usual = NULL;
  double values[24], right = 0;

  qd_chart_spec_set_heatmap (spec, QD_RAMP_CIVIDIS, 0, 1, "Since", "Customers", "Months since first revenue");
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autofree char *label = g_strdup_printf ("%u", i);

      values[i] = 0.5;
      qd_chart_spec_add_column (spec, label);
    }
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    qd_chart_spec_add_row (spec, QD_ROW_NORMAL, "Jan 2025", "40", values, G_N_ELEMENTS (values) - i);
  wide = qd_chart_layout_new (spec, qd_chart_theme_get (QD_THEME_LIGHT), cache, 3000, 200, NULL);
  usual = qd_chart_layout_new (spec, qd_chart_theme_get (QD_THEME_LIGHT), cache, 1200, 800, NULL);
  for (guint i = 0; i < qd_chart_layout_get_n_marks (wide); i++)
    if (qd_chart_layout_get_mark (wide, i)->role == QD_ROLE_CELL)
      right = MAX (right, qd_chart_layout_get_mark (wide, i)->box.x + qd_chart_layout_get_mark (wide, i)->box.width);
  g_assert_cmpfloat (right, >, 2900);
  g_assert_true (find_words (wide, "Months since first revenue"));
  g_assert_false (find_words (wide, "values in percent"));
  g_assert_true (find_words (usual, "Months since first revenue; values in percent"));
}

static const QdMark *
find_mark (QdChartLayout *layout,
           QdMarkRole     role,
           int            index)
{
  for (guint i = 0; i < qd_chart_layout_get_n_marks (layout); i++)
    {
      const QdMark *mark = qd_chart_layout_get_mark (layout, i);

      if (mark->role == role && (index < 0 || mark->index == index))
        return mark;
    }
  return NULL;
}

/* On screen nothing is written smaller than the small size, however many cohorts there are; and what grey means is said. */
static void
test_heatmap_screen (void)
{
  static const double scales[] = { 96 / 72., 2 * 96 / 72. };
  g_autoptr (QdTextCache) cache = qd_text_cache_new (NULL);
  g_autoptr (QdChartSpec) spec = spec_cohorts (36, TRUE, FALSE);

  for (gsize s = 0; s < G_N_ELEMENTS (scales); s++)
    for (int height = 300; height <= 900; height += 75)
      {
        QdChartTheme theme = *qd_chart_theme_get (QD_THEME_LIGHT);
        g_autoptr (QdChartLayout) layout = NULL;

        theme.scale = scales[s];
        layout = qd_chart_layout_new (spec, &theme, cache, 740, height, NULL);
        for (guint i = 0; i < qd_chart_layout_get_n_marks (layout); i++)
          {
            const QdMark *mark = qd_chart_layout_get_mark (layout, i);

            if (mark->text != NULL)
              g_assert_cmpfloat (mark->box.height, >=, theme.small_size * theme.scale);
          }
        if (s == 0)
          g_assert_true (find_words (layout, "fewer than 10"));
      }
}

/* A low picture has subject and period on one line; both are whole. A taller one has a line for each. */
static void
test_low (void)
{
  g_autoptr (QdTextCache) cache = qd_text_cache_new (NULL);
  g_autoptr (QdChartSpec) spec = spec_cohorts (12, TRUE, FALSE);

  qd_chart_spec_set_subject (spec, "Sample company · net revenue retention");
  qd_chart_spec_set_period (spec, "Jan 2025 to Dec 2025 · definition: Board@1");
  for (int height = 260; height <= 420; height += 160)
    {
      g_autoptr (QdChartLayout) layout = qd_chart_layout_new (spec, qd_chart_theme_get (QD_THEME_PRINT), cache, 720, height, NULL);
      const QdMark *subject = find_mark (layout, QD_ROLE_SUBJECT, -1), *period = find_mark (layout, QD_ROLE_PERIOD, -1);

      g_assert_false (qd_text_run_is_shortened (subject->text));
      g_assert_false (qd_text_run_is_shortened (period->text));
      if (height < 300)
        g_assert_cmpfloat (period->box.x, >, subject->box.x + subject->box.width);
      g_assert_cmpfloat_with_epsilon (period->box.y - subject->box.y, height < 300 ? 0 : subject->box.height, 0.5);
    }
}

/* What is nothing is neither good nor bad. */
static void
test_bridge_zero (void)
{
  g_autoptr (QdTextCache) cache = qd_text_cache_new (NULL);
  g_autoptr (QdFormat) format = qd_format_new ("USD");
  g_autoptr (QdChartSpec) spec = qd_chart_spec_new (QD_CHART_WATERFALL, format);
  g_autoptr (QdChartLayout) layout = NULL;
  const QdChartTheme *theme = qd_chart_theme_get (QD_THEME_LIGHT);
  QdColor good = qd_chart_theme_get_text_tone (theme, QD_TONE_GOOD);

  qd_chart_spec_add_step (spec, QD_STEP_TOTAL, "Opening", 10000000);
  qd_chart_spec_add_step (spec, QD_STEP_GAIN, "New", 500000);
  qd_chart_spec_add_step (spec, QD_STEP_GAIN, "Reactivation", 0);
  qd_chart_spec_add_step (spec, QD_STEP_LOSS, "Churn", 0);
  qd_chart_spec_add_step (spec, QD_STEP_TOTAL, "Closing", 10500000);
  layout = qd_chart_layout_new (spec, theme, cache, 720, 405, NULL);
  for (int i = 1; i <= 3; i++)
    {
      const QdMark *mark = find_mark (layout, QD_ROLE_VALUE_LABEL, i);
      const QdColor *expected = i == 1 ? &good : &theme->ink_soft;

      g_assert_cmpmem (&mark->fill, sizeof mark->fill, expected, sizeof *expected);
    }
}

/* A label that is moved in from the edge is above the columns that it then reaches over. */
static void
test_column_label_at_edge (void)
{
  g_autoptr (QdTextCache) cache = qd_text_cache_new (NULL);
  g_autoptr (QdFormat) format = qd_format_new ("EUR");
  g_autoptr (QdChartSpec) spec = qd_chart_spec_new (QD_CHART_TIME, format);
  g_autoptr (QdChartLayout) layout = NULL;
  const QdMark *label;
  double values[36];
  guint under = 0;

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    values[i] = i < 34 ? 1.0e12 * (i + 1) : 2.8e13 - 1e12 * i / 10;
  qd_chart_spec_set_months (spec, qd_month_from_ym (2023, 1), G_N_ELEMENTS (values), 1);
  qd_chart_spec_set_panel (spec, 0, QD_UNIT_MONEY, NULL);
  qd_chart_spec_add_series (spec, 0, QD_SERIES_COLUMN, "ARR", QD_TONE_NEUTRAL, values);
  layout = qd_chart_layout_new (spec, qd_chart_theme_get (QD_THEME_LIGHT), cache, 520, 300, NULL);
  label = find_mark (layout, QD_ROLE_VALUE_LABEL, 35);
  g_assert_nonnull (label);
  for (int i = 0; i < 36; i++)
    {
      const QdMark *column = find_column (layout, i);

      if (column->box.x + column->box.width <= label->box.x || column->box.x >= label->box.x + label->box.width)
        continue;
      under++;
      g_assert_cmpfloat (column->box.y, >=, label->box.y + label->box.height - 0.5);
    }
  g_assert_cmpuint (under, >, 2);
}

/* The month before the first, at nothing, has no label over the columns that follow. */
static void
test_column_label_of_nothing (void)
{
  g_autoptr (QdTextCache) cache = qd_text_cache_new (NULL);
  g_autoptr (QdFormat) format = qd_format_new ("KWD");
  g_autoptr (QdChartSpec) spec = qd_chart_spec_new (QD_CHART_TIME, format);
  g_autoptr (QdChartLayout) layout = NULL;
  double values[34];

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    values[i] = i > 9 ? 4037256 : i > 0 ? 1037256 : 0;
  qd_chart_spec_set_months (spec, qd_month_from_ym (2023, 3), G_N_ELEMENTS (values), 1);
  qd_chart_spec_set_panel (spec, 0, QD_UNIT_MONEY, NULL);
  qd_chart_spec_add_series (spec, 0, QD_SERIES_COLUMN, "ARR", QD_TONE_NEUTRAL, values);
  layout = qd_chart_layout_new (spec, qd_chart_theme_get (QD_THEME_LIGHT), cache, 900, 260, NULL);
  g_assert_null (find_mark (layout, QD_ROLE_VALUE_LABEL, 0));
  g_assert_nonnull (find_mark (layout, QD_ROLE_VALUE_LABEL, 33));
  /* the last is the greatest: it is told once */
  g_assert_null (find_mark (layout, QD_ROLE_VALUE_LABEL, 10));
}

/* Long names of places are shortened; none is left out where each has room for a word. */
static void
test_named_places (void)
{
  static const char *const names[] = { "Enterprise", "Customers with a framework agreement and special rights of notice",
                                       "Mid-Market", "SMB" };
  g_autoptr (QdTextCache) cache = qd_text_cache_new (NULL);
  g_autoptr (QdFormat) format = qd_format_new ("USD");
  g_autoptr (QdChartSpec) spec = qd_chart_spec_new (QD_CHART_TIME, format);
  g_autoptr (QdChartLayout) layout = NULL;
  const double values[] = { 1, 2, 3, 4 };

  qd_chart_spec_set_months (spec, 0, 4, 1);
  qd_chart_spec_set_place_labels (spec, names);
  qd_chart_spec_add_series (spec, 0, QD_SERIES_COLUMN, "NRR", QD_TONE_NEUTRAL, values);
  layout = qd_chart_layout_new (spec, qd_chart_theme_get (QD_THEME_LIGHT), cache, 520, 300, NULL);
  for (int i = 0; i < 4; i++)
    {
      const QdMark *label = find_mark (layout, QD_ROLE_PLACE_LABEL, i);

      g_assert_nonnull (label);
      g_assert_true (qd_text_run_is_shortened (label->text) == (i == 1));
    }
}

/* The count of all, in bold, is the widest of its column. */
static void
test_heatmap_sizes (void)
{
  g_autoptr (QdTextCache) cache = qd_text_cache_new (NULL);
  g_autoptr (QdFormat) format = qd_format_new ("USD");
  g_autoptr (QdChartSpec) spec = qd_chart_spec_new (QD_CHART_HEATMAP, format);
  g_autoptr (QdChartLayout) layout = NULL;
  const double values[] = { 1, 0.9, 0.8 };
  guint found = 0;

  qd_chart_spec_set_heatmap (spec, QD_RAMP_CIVIDIS, 0, 1, "Since", "n", "Years since first revenue");
  for (guint i = 0; i < 3; i++)
    qd_chart_spec_add_column (spec, "1");
  qd_chart_spec_add_row (spec, QD_ROW_NORMAL, "2024", "1,111", values, 3);
  qd_chart_spec_add_row (spec, QD_ROW_AVERAGE, "All", "48,411", values, 3);
  layout = qd_chart_layout_new (spec, qd_chart_theme_get (QD_THEME_LIGHT), cache, 720, 405, NULL);
  for (guint i = 0; i < qd_chart_layout_get_n_marks (layout); i++)
    {
      const QdMark *mark = qd_chart_layout_get_mark (layout, i);

      if (mark->role != QD_ROLE_SIZE_LABEL)
        continue;
      found++;
      g_assert_false (qd_text_run_is_shortened (mark->text));
    }
  g_assert_cmpuint (found, ==, 2);
}

/* The table that says the same: real months and numbers, whatever the kind. */
static void
test_twin (void)
{
  g_autoptr (QdChartSpec) lines = spec_lines (3, 2, 1);
  g_autoptr (QdChartSpec) cohorts = spec_cohorts (6, TRUE, FALSE);
  g_autoptr (QdTable) table = qd_chart_spec_to_table (lines);
  g_autoptr (QdTable) grid = qd_chart_spec_to_table (cohorts);
  guint blanks = 0;

  g_assert_cmpuint (qd_table_get_n_rows (table), ==, 3);
  g_assert_cmpuint (qd_table_get_n_columns (table), ==, 3);
  g_assert_cmpint (qd_table_get_column (table, 0)->type, ==, QD_COLUMN_MONTH);
  g_assert_cmpint (qd_table_get_integer (table, 0, 0), ==, qd_month_from_ym (2026, 4));
  g_assert_cmpstr (qd_table_get_column (table, 2)->id, ==, "Mid-Market");
  for (guint s = 0; s < 2; s++)
    for (guint p = 0; p < 3; p++)
      g_assert_cmpfloat (qd_table_get_double (table, p, s + 1), ==, qd_chart_spec_get_value (lines, s, p));

  g_assert_cmpuint (qd_table_get_n_rows (grid), ==, qd_chart_spec_get_n_series (cohorts));
  for (guint r = 0; r < qd_table_get_n_rows (grid); r++)
    for (guint c = 0; c < qd_chart_spec_get_n_places (cohorts); c++)
      {
        double value = qd_chart_spec_get_value (cohorts, r, c);

        g_assert_true (qd_table_is_missing (grid, r, c + 2) == !isfinite (value));
        if (isfinite (value))
          g_assert_cmpfloat (qd_table_get_double (grid, r, c + 2), ==, value);
        else
          blanks++;
      }
  g_assert_cmpuint (blanks, >, 0);
}

/* Two series of one name, and one without: the table has three headings. */
static void
test_twin_headings (void)
{
  g_autoptr (QdFormat) format = qd_format_new ("USD");
  g_autoptr (QdChartSpec) spec = qd_chart_spec_new (QD_CHART_TIME, format);
  g_autoptr (QdTable) table = NULL;
  const double values[] = { 100, NAN };

  qd_chart_spec_set_months (spec, qd_month_from_ym (2026, 1), 2, 1);
  qd_chart_spec_set_panel (spec, 0, QD_UNIT_MONEY, NULL);
  qd_chart_spec_add_series (spec, 0, QD_SERIES_LINE, "ARR", QD_TONE_INK, values);
  qd_chart_spec_add_series (spec, 0, QD_SERIES_LINE, "ARR", QD_TONE_INK, values);
  qd_chart_spec_add_series (spec, 0, QD_SERIES_LINE, NULL, QD_TONE_INK, values);
  table = qd_chart_spec_to_table (spec);
  g_assert_cmpstr (qd_table_get_column (table, 1)->id, ==, "ARR");
  g_assert_cmpstr (qd_table_get_column (table, 2)->id, ==, "ARR (2)");
  g_assert_cmpstr (qd_table_get_column (table, 3)->id, ==, "Value");
  g_assert_cmpint (qd_table_get_integer (table, 0, 1), ==, 100);
  g_assert_true (qd_table_is_missing (table, 1, 1));
}

/* Fewer months, fewer series: what is left is what it was. */
static void
test_view (void)
{
  g_autoptr (QdTextCache) cache = qd_text_cache_new (NULL);
  g_autoptr (QdChartSpec) whole = spec_lines (24, 3, 1);
  g_autoptr (QdChartSpec) view = NULL;
  g_autoptr (QdChartLayout) layout = NULL;
  g_autoptr (QdTable) table = NULL;
  g_autofree char *first = NULL, *expected = qd_chart_spec_dup_place_label (whole, 5);
  gboolean struck = FALSE;

  view = qd_chart_spec_view (whole, 5, 10, 1u << 1);
  g_assert_cmpuint (qd_chart_spec_get_n_places (view), ==, 6);
  first = qd_chart_spec_dup_place_label (view, 0);
  g_assert_cmpstr (first, ==, expected);
  for (guint p = 0; p < 6; p++)
    {
      g_assert_cmpfloat (qd_chart_spec_get_value (view, 0, p), ==, qd_chart_spec_get_value (whole, 0, p + 5));
      g_assert_cmpfloat (qd_chart_spec_get_value (view, 2, p), ==, qd_chart_spec_get_value (whole, 2, p + 5));
      g_assert_true (isnan (qd_chart_spec_get_value (view, 1, p)));
    }
  g_assert_true (qd_chart_spec_is_hidden (view, 1));
  g_assert_false (qd_chart_spec_is_hidden (view, 0));
  table = qd_chart_spec_to_table (view);
  g_assert_cmpuint (qd_table_get_n_columns (table), ==, 3);

  layout = qd_chart_layout_new (view, qd_chart_theme_get (QD_THEME_LIGHT), cache, 720, 405, NULL);
  for (guint i = 0; i < qd_chart_layout_get_n_marks (layout); i++)
    {
      const QdMark *mark = qd_chart_layout_get_mark (layout, i);

      if (mark->series == 1)
        g_assert_true (mark->role == QD_ROLE_END_LABEL || mark->role == QD_ROLE_SWATCH || mark->role == QD_ROLE_RULE);
      struck = struck || (mark->series == 1 && mark->role == QD_ROLE_RULE);
    }
  g_assert_true (struck);
  g_assert_true (find_words (layout, qd_chart_spec_get_series_label (whole, 1)));
}

/* What a person hears at one mark; the changes are counted by hand. */
static void
test_point_text (void)
{
  g_autoptr (QdFormat) format = qd_format_new ("USD");
  g_autoptr (QdChartSpec) lines = qd_chart_spec_new (QD_CHART_TIME, format);
  g_autoptr (QdChartSpec) bridge = qd_chart_spec_new (QD_CHART_WATERFALL, format);
  const double rates[] = { 1.025, NAN, 1.043, 1.043, 1.02 }, money[] = { 100000, 150000, 150000, 0, 1e8 };
  static const struct
  {
    guint series, place;
    const char *text;
  } cases[] = {
    { 0, 0, "Jan 2026, NRR, 102.5\u202f%; point 1 of 4" },
    { 0, 2, "Mar 2026, NRR, 104.3\u202f%; point 2 of 4" },
    { 0, 3, "Apr 2026, NRR, 104.3\u202f%, no change; point 3 of 4" },
    { 0, 4, "May 2026, NRR, 102.0\u202f%, down 2.3 points, period still open; point 4 of 4" },
    { 1, 1, "Feb 2026, ARR, $1.5k, up $500; point 2 of 5" },
  };
  g_autofree char *step = NULL, *change = NULL, *none = NULL, *grown = NULL;

  qd_chart_spec_set_months (lines, qd_month_from_ym (2026, 1), 5, 1);
  qd_chart_spec_set_panel (lines, 0, QD_UNIT_RATE, NULL);
  qd_chart_spec_set_panel (lines, 1, QD_UNIT_MONEY, NULL);
  qd_chart_spec_add_series (lines, 0, QD_SERIES_LINE, "NRR", QD_TONE_INK, rates);
  qd_chart_spec_add_series (lines, 1, QD_SERIES_COLUMN, "ARR", QD_TONE_GOOD, money);
  qd_chart_spec_set_scenario (lines, 0, 4, QD_SCENARIO_OPEN);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = qd_chart_spec_dup_point_text (lines, cases[i].series, cases[i].place);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
  change = qd_chart_spec_dup_change_text (lines, 0, 3, 4);
  g_assert_cmpstr (change, ==, "−2.3\u202fpp");
  none = qd_chart_spec_dup_change_text (lines, 0, 1, 2);
  g_assert_null (none);
  g_assert_cmpint (qd_chart_spec_get_places_per_year (lines), ==, 12);

  qd_chart_spec_add_step (bridge, QD_STEP_TOTAL, "Opening", 1e6);
  qd_chart_spec_add_step (bridge, QD_STEP_GAIN, "New", 2e5);
  step = qd_chart_spec_dup_point_text (bridge, 0, 1);
  g_assert_cmpstr (step, ==, "New, +$2k; step 2 of 2");
  g_assert_cmpint (qd_chart_spec_get_places_per_year (bridge), ==, 0);
  grown = qd_chart_spec_dup_change_text (bridge, 0, 0, 1);
  g_assert_null (grown);
}

/* A tile: the same chart without title, notes and source. */
static void
test_bare (void)
{
  g_autoptr (QdTextCache) cache = qd_text_cache_new (NULL);
  g_autoptr (QdChartSpec) spec = spec_lines (24, 3, 1);
  g_autoptr (QdChartLayout) layout = NULL;
  QdChartTheme theme = *qd_chart_theme_get (QD_THEME_LIGHT);

  theme.bare = TRUE;
  layout = qd_chart_layout_new (spec, &theme, cache, 400, 200, NULL);
  for (guint i = 0; i < qd_chart_layout_get_n_marks (layout); i++)
    {
      QdMarkRole role = qd_chart_layout_get_mark (layout, i)->role;

      g_assert_false (role == QD_ROLE_TITLE || role == QD_ROLE_SUBJECT || role == QD_ROLE_PERIOD || role == QD_ROLE_NOTE ||
                      role == QD_ROLE_SOURCE);
    }
  g_assert_cmpfloat (qd_chart_layout_get_plot (layout, 0).y, <, 30);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/draw/layout/inside", test_inside);
  g_test_add_func ("/draw/layout/labels", test_labels);
  g_test_add_func ("/draw/layout/plot", test_plot);
  g_test_add_func ("/draw/layout/bridge", test_bridge);
  g_test_add_func ("/draw/layout/bar-lengths", test_bar_lengths);
  g_test_add_func ("/draw/layout/cut", test_cut);
  g_test_add_func ("/draw/layout/stack", test_stack);
  g_test_add_func ("/draw/layout/line-gaps", test_line_gaps);
  g_test_add_func ("/draw/layout/scenarios", test_scenarios);
  g_test_add_func ("/draw/layout/hits", test_hits);
  g_test_add_func ("/draw/layout/hit-values", test_hit_values);
  g_test_add_func ("/draw/layout/describe", test_describe);
  g_test_add_func ("/draw/layout/errors", test_errors);
  g_test_add_func ("/draw/layout/cache", test_cache);
  g_test_add_func ("/draw/layout/table-more", test_table_more);
  g_test_add_func ("/draw/layout/table-newest", test_table_newest);
  g_test_add_func ("/draw/layout/bridge-narrow", test_bridge_narrow);
  g_test_add_func ("/draw/layout/heatmap-wide", test_heatmap_wide);
  g_test_add_func ("/draw/layout/heatmap-sizes", test_heatmap_sizes);
  g_test_add_func ("/draw/layout/column-label-of-nothing", test_column_label_of_nothing);
  g_test_add_func ("/draw/layout/named-places", test_named_places);
  g_test_add_func ("/draw/layout/column-label-at-edge", test_column_label_at_edge);
  g_test_add_func ("/draw/layout/heatmap-screen", test_heatmap_screen);
  g_test_add_func ("/draw/layout/low", test_low);
  g_test_add_func ("/draw/layout/bridge-zero", test_bridge_zero);
  g_test_add_func ("/draw/layout/twin", test_twin);
  g_test_add_func ("/draw/layout/twin-headings", test_twin_headings);
  g_test_add_func ("/draw/layout/view", test_view);
  g_test_add_func ("/draw/layout/point-text", test_point_text);
  g_test_add_func ("/draw/layout/bare", test_bare);
  return g_test_run ();
}
