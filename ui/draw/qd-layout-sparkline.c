/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A line as small as a word: no axis, the last value marked.
 */
#include "config.h"

#include "qd-chart-layout-private.h"

#include <math.h>

void
qd_lay_sparkline (QdChartLayout *self,
                  QdRect         body)
{
  const QdChartSpec *spec = self->spec;
  const QdSeries *series = spec->series->len > 0 ? qd_spec_series (spec, 0) : NULL;
  double s = self->scale, dot = MIN (2 * s, body.height / 6), low = 0, high = 1;
  g_autofree QdPoint *points = g_new (QdPoint, spec->n_places + 1);
  QdColor color;
  QdAxis axis;
  int last = -1;
  guint length = 0;

  if (!self->theme.transparent)
    qd_lay_rect (self, QD_ROLE_BACKGROUND, -1, -1, body, self->theme.background);
  self->by_column = TRUE;
  self->plot[0] = (QdRect){ body.x + dot + 1, body.y + dot + 1, MAX (body.width - 2 * dot - 2, 1),
                            MAX (body.height - 2 * dot - 2, 1) };
  if (series == NULL || !qd_axis_find_range (series->values, spec->n_places, &low, &high))
    {
      /* Nothing to see is a level dash, not an empty place. */
      double middle = body.y + body.height / 2;

      qd_lay_line (self, QD_ROLE_AXIS, self->plot[0].x, middle, self->plot[0].x + self->plot[0].width, middle,
                   self->theme.grid, self->theme.thin_width);
      return;
    }
  for (guint p = 0; p < spec->n_places; p++)
    if (isfinite (series->values[p]))
      last = (int) p;
  if (spec->panels[0].title == NULL && body.width > 90 * s && body.height >= self->theme.small_size * 1.3)
    {
      g_autofree char *text = qd_chart_spec_dup_value_text (spec, 0, last);
      g_autoptr (QdTextRun) run = qd_lay_shape (self, self->theme.small_size, TRUE, text, -1, 1);

      if (qd_text_run_get_width (run) < body.width * 0.45)
        {
          self->plot[0].width -= qd_text_run_get_width (run) + 5 * s;
          qd_lay_text (self, QD_ROLE_END_LABEL, 0, last, run, body.x + body.width - 1, body.y + body.height / 2, QD_ALIGN_END,
                       self->theme.ink);
        }
    }
  axis = qd_axis_new (low, high, 2, spec->panels[0].from_zero ? QD_AXIS_ZERO : QD_AXIS_NONE);
  color = qd_chart_theme_get_tone (&self->theme, series->tone);
  for (guint p = 0; p <= spec->n_places; p++)
    {
      gboolean there = p < spec->n_places && isfinite (series->values[p]);

      if (!there)
        {
          if (length == 1)
            qd_lay_dot (self, QD_ROLE_DOT, 0, (int) p - 1, points[0].x, points[0].y, dot * 0.6, color);
          else if (length > 1)
            qd_lay_path (self, QD_MARK_PATH, QD_ROLE_LINE, 0, points, length, color, self->theme.line_width * 0.7);
          length = 0;
          continue;
        }
      points[length] = (QdPoint){
        self->plot[0].x + (spec->n_places > 1 ? self->plot[0].width * p / (spec->n_places - 1) : self->plot[0].width / 2),
        qd_axis_map (&axis, series->values[p], self->plot[0].y + self->plot[0].height, self->plot[0].y),
      };
      qd_lay_target (self, 0, (int) p, points[length].x, points[length].y,
                     (QdRect){ points[length].x, points[length].y, 0, 0 });
      if ((int) p == last)
        qd_lay_dot (self, QD_ROLE_DOT, 0, last, points[length].x, points[length].y, dot, color);
      length++;
    }
}
