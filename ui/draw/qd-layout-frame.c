/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What every chart has around it: background, title block, notes, source.
 */
#include "config.h"

#include "qd-chart-layout-private.h"

#include <glib/gi18n-lib.h>

/* Below so many points subject and period share a line. */
#define LOW 320

/* A title of two lines is broken in the middle, not before its last word. */
static QdTextRun *
shape_title (QdChartLayout *self,
             double         size,
             const char    *text,
             double         width,
             int            lines)
{
  QdTextRun *best = qd_lay_shape_left (self, size, TRUE, text, width, lines);

  if (qd_text_run_get_n_lines (best) != 2 || qd_text_run_is_shortened (best))
    return best;
  for (double share = 0.95; share > 0.5; share -= 0.05)
    {
      QdTextRun *narrow = qd_lay_shape_left (self, size, TRUE, text, width * share, 2);

      if (qd_text_run_is_shortened (narrow))
        {
          qd_text_run_unref (narrow);
          break;
        }
      qd_text_run_unref (best);
      best = narrow;
    }
  return best;
}

QdRect
qd_lay_frame (QdChartLayout *self)
{
  const QdChartSpec *spec = self->spec;
  const QdChartTheme *theme = &self->theme;
  gboolean small = self->width < 360 * self->scale || self->height < 200 * self->scale;
  double pad = small ? MAX (4, MIN (self->width, self->height) * 0.04) : 14 * self->scale;
  double inner = MAX (1, self->width - 2 * pad);
  double title_size = small ? MIN (theme->title_size, 11 * self->scale) : theme->title_size;
  double room = self->height * (small ? 0.34 : 0.42);
  /* A narrow and tall picture has height to spare for words. */
  int lines = self->height > 1.5 * self->width && self->height > 300 ? 3 : 1;
  double y = pad, bottom = self->height - pad, foot = 0;
  gboolean said = FALSE;
  g_autoptr (QdTextRun) title = NULL;
  g_autoptr (QdTextRun) subject = NULL;
  g_autoptr (QdTextRun) period = NULL;
  g_autoptr (GString) footer = g_string_new (NULL);

  if (!theme->transparent)
    qd_lay_rect (self, QD_ROLE_BACKGROUND, -1, -1, (QdRect){ 0, 0, self->width, self->height }, theme->background);

  if (theme->bare)
    return (QdRect){ 2 * self->scale, 2 * self->scale, MAX (1, self->width - 4 * self->scale),
                     MAX (1, self->height - 4 * self->scale) };
  if (spec->title)
    {
      title = shape_title (self, title_size, spec->title, inner, lines * 2);
      /* A sentence that is cut says nothing: it may take a line more before it is. */
      if (qd_text_run_is_shortened (title))
        {
          QdTextRun *taller = shape_title (self, title_size, spec->title, inner, lines * 2 + 1);

          if (pad + qd_text_run_get_height (taller) <= room)
            {
              qd_text_run_unref (title);
              title = taller;
            }
          else
            {
              qd_text_run_unref (taller);
            }
        }
      if (pad + qd_text_run_get_height (title) > room)
        {
          g_clear_pointer (&title, qd_text_run_unref);
          title = qd_lay_shape_left (self, title_size, TRUE, spec->title, inner, 1);
        }
      if (pad + qd_text_run_get_height (title) <= room)
        {
          qd_lay_text_top (self, QD_ROLE_TITLE, title, pad, y, theme->ink);
          y += qd_text_run_get_height (title) + 2 * self->scale;
        }
    }
  if (spec->subject)
    {
      subject = qd_lay_shape_left (self, theme->subtitle_size, FALSE, spec->subject, inner, lines);
      if (y + qd_text_run_get_height (subject) <= room)
        {
          qd_lay_text_top (self, QD_ROLE_SUBJECT, subject, pad, y, theme->ink);
          y += qd_text_run_get_height (subject);
          said = qd_text_run_get_n_lines (subject) == 1 && !qd_text_run_is_shortened (subject);
        }
    }
  if (spec->period)
    {
      double before = subject != NULL ? qd_text_run_get_width (subject) : 0;
      g_autofree char *beside = g_strconcat ("· ", spec->period, NULL);

      before += 4 * self->scale;
      period = qd_lay_shape_left (self, theme->subtitle_size, FALSE, beside, inner - before, 1);
      /* What is low has no line to give away. */
      if (said && self->height < LOW * self->scale && !qd_text_run_is_shortened (period))
        {
          qd_lay_text_top (self, QD_ROLE_PERIOD, period, pad + before, y - qd_text_run_get_height (period), theme->ink_soft);
        }
      else
        {
          g_clear_pointer (&period, qd_text_run_unref);
          period = qd_lay_shape_left (self, theme->subtitle_size, FALSE, spec->period, inner, lines);
          if (y + qd_text_run_get_height (period) <= room)
            {
              qd_lay_text_top (self, QD_ROLE_PERIOD, period, pad, y, theme->ink_soft);
              y += qd_text_run_get_height (period);
            }
        }
    }
  if (y > pad)
    y += (small ? 4 : 10) * self->scale;

  /* From the bottom up: the source, above it the notes. */
  room = self->height * 0.2;
  if (spec->source && !small && !theme->unsourced)
    {
      g_autoptr (QdTextRun) source = qd_lay_shape_left (self, theme->small_size, FALSE, spec->source, inner, 2);
      double height = qd_text_run_get_height (source);

      if (height <= room)
        {
          qd_lay_text_top (self, QD_ROLE_SOURCE, source, pad, bottom - height, theme->ink_soft);
          foot += height;
        }
    }
  for (guint i = 0; i < spec->notes->len; i++)
    {
      if (footer->len > 0)
        g_string_append (footer, "  ");
      g_string_append (footer, g_ptr_array_index (spec->notes, i));
    }
  if (footer->len > 0 && !small)
    {
      g_autoptr (QdTextRun) note = qd_lay_shape_left (self, theme->small_size, FALSE, footer->str, inner, 2);
      double height = qd_text_run_get_height (note);

      if (foot + height <= room)
        {
          qd_lay_text_top (self, QD_ROLE_NOTE, note, pad, bottom - foot - height, theme->ink);
          foot += height;
        }
    }
  if (foot > 0)
    foot += 6 * self->scale;
  return (QdRect){ pad, y, inner, MAX (1, bottom - foot - y) };
}

void
qd_lay_empty (QdChartLayout *self,
              QdRect         body)
{
  const QdChartTheme *theme = &self->theme;
  const char *reason = self->spec->empty_reason ? self->spec->empty_reason : _("There are no values to show.");
  double width = MIN (body.width, 360 * self->scale);
  double middle = body.x + body.width / 2;
  g_autoptr (QdTextRun) head = qd_lay_shape (self, theme->label_size * 1.25, TRUE, _("No data"), width, 1);
  g_autoptr (QdTextRun) text = qd_lay_shape (self, theme->label_size, FALSE, reason, width, 4);
  double head_height = qd_text_run_get_height (head), text_height = qd_text_run_get_height (text);
  gboolean both = head_height + text_height + 4 * self->scale <= body.height;
  double total = head_height + (both ? text_height + 4 * self->scale : 0);
  double top = body.y + (body.height - total) / 2;

  self->plot[0] = body;
  if (body.height < head_height)
    return;
  qd_lay_text_top (self, QD_ROLE_EMPTY, head, middle - qd_text_run_get_width (head) / 2, top, theme->ink_soft);
  if (both)
    qd_lay_text_top (self, QD_ROLE_EMPTY, text, middle - qd_text_run_get_width (text) / 2,
                     top + head_height + 4 * self->scale, theme->ink_soft);
}
