/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which series are drawn: a name at the end of a line is also its switch. A
 * hidden series keeps its name, struck out, with an empty box before it.
 */
#include "config.h"

#include "qd-chart-view-private.h"

#include <math.h>

static gboolean
is_switchable (QdChartView *self,
               int          series)
{
  guint n = self->base != NULL ? qd_chart_spec_get_n_series (self->base) : 0;

  return qd_chart_view_is_time (self) && n > 1 && n <= 32 && series >= 0 && series < (int) n;
}

static gboolean
has_any_value (QdChartView *self,
               int          series)
{
  guint n = qd_chart_spec_get_n_places (self->base);

  for (guint p = 0; p < n; p++)
    if (isfinite (qd_chart_spec_get_value (self->base, (guint) series, p)))
      return TRUE;
  return FALSE;
}

/* One with values always stays: a chart without any would have no names to click. */
static gboolean
set_hidden (QdChartView *self,
            guint32      hidden)
{
  guint n = qd_chart_spec_get_n_series (self->base);
  gboolean left = FALSE;

  for (guint i = 0; i < n && !left; i++)
    left = !(hidden & (1u << i)) && has_any_value (self, (int) i);
  if (!left || hidden == self->hidden)
    return FALSE;
  self->hidden = hidden;
  qd_chart_view_rebuild (self);
  return TRUE;
}

/**
 * qd_chart_view_toggle_series:
 * @self: a view
 * @series: which one
 *
 * Hides a series, or shows it again. The last one stays.
 *
 * Returns: whether anything changed
 */
gboolean
qd_chart_view_toggle_series (QdChartView *self,
                             int          series)
{
  return is_switchable (self, series) && set_hidden (self, self->hidden ^ (1u << series));
}

/**
 * qd_chart_view_isolate_series:
 * @self: a view
 * @series: which one
 *
 * Hides all others; once more shows all.
 */
void
qd_chart_view_isolate_series (QdChartView *self,
                              int          series)
{
  guint n;
  guint32 others;

  if (!is_switchable (self, series))
    return;
  n = qd_chart_spec_get_n_series (self->base);
  others = (n == 32 ? G_MAXUINT32 : (1u << n) - 1) & ~(1u << series);
  set_hidden (self, self->hidden == others ? 0 : others);
}

void
qd_chart_view_show_all_series (QdChartView *self)
{
  if (self->base != NULL && self->hidden != 0)
    set_hidden (self, 0);
}

/**
 * qd_chart_view_find_legend:
 * @self: a view
 * @x: pixels
 * @y: pixels
 *
 * Returns: the series whose name is there, or −1
 */
int
qd_chart_view_find_legend (QdChartView *self,
                           double       x,
                           double       y)
{
  guint n;

  qd_chart_view_ensure_layout (self);
  if (self->layout == NULL || self->compact || !is_switchable (self, 0))
    return -1;
  n = qd_chart_layout_get_n_marks (self->layout);
  for (guint i = 0; i < n; i++)
    {
      const QdMark *mark = qd_chart_layout_get_mark (self->layout, i);
      QdRect box = mark->box;

      if ((mark->role != QD_ROLE_END_LABEL && mark->role != QD_ROLE_SWATCH) || mark->series < 0)
        continue;
      if (x >= box.x - 4 && x <= box.x + box.width + 4 && y >= box.y - 1 && y <= box.y + box.height + 1)
        return mark->series;
    }
  return -1;
}
