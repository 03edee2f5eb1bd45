/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What every chart has around it: background, title block, notes, source.
 */
#include "config.h"

#include "qd-chart-layout-private.h"

#include <glib/gi18n-lib.h>

/* Below so many points subject and period share a line. */
#define LOW 320

/* What a title may take beyond its two. */
#define MORE_LINES 3

static QdTextRun *
shape_title (QdChartLayout *self,
             double         size,
             const char    *text,
             double         width,
             int            lines)
{
  const QdFont font = { .family = self->theme.family, .size = size, .bold = TRUE };

  return qd_text_cache_lookup_title (self->cache, &font, text, width, lines);
}

/* What the words of a chart have to share. */
typedef struct
{
  QdChartLayout *layout;
  gboolean small;
  int lines;      /* for each text */
  double pad, inner, room;
  double y;       /* where the next one begins */
} Frame;

/* A sentence that is cut says nothing: it may take some lines more before it is. */
static void
add_title (Frame *frame)
{
  QdChartLayout *layout = frame->layout;
  const QdChartTheme *theme = &layout->theme;
  const char *text = layout->spec->title;
  double size = frame->small ? MIN (theme->title_size, 11 * layout->scale) : theme->title_size;
  g_autoptr (QdTextRun) title = shape_title (layout, size, text, frame->inner, frame->lines * 2);

  for (int more = 1; more <= MORE_LINES && qd_text_run_is_shortened (title); more++)
    {
      g_autoptr (QdTextRun) taller = shape_title (layout, size, text, frame->inner, frame->lines * 2 + more);

      if (frame->pad + qd_text_run_get_height (taller) > frame->room)
        break;
      qd_text_run_unref (title);
      title = g_steal_pointer (&taller);
    }
  if (frame->pad + qd_text_run_get_height (title) > frame->room)
    {
      qd_text_run_unref (title);
      title = qd_lay_shape_left (layout, size, TRUE, text, frame->inner, 1);
    }
  if (frame->pad + qd_text_run_get_height (title) > frame->room)
    return;
  qd_lay_text_top (layout, QD_ROLE_TITLE, title, frame->pad, frame->y, theme->ink);
  frame->y += qd_text_run_get_height (title) + 2 * layout->scale;
}

/* A line, or several, at the left; NULL: there is no room. */
static QdTextRun *
add_text (Frame     *frame,
          QdMarkRole role,
          const char *text,
          QdColor    color)
{
  QdChartLayout *layout = frame->layout;
  g_autoptr (QdTextRun) run =
      qd_lay_shape_left (layout, layout->theme.subtitle_size, FALSE, text, frame->inner, frame->lines);

  if (frame->y + qd_text_run_get_height (run) > frame->room)
    return NULL;
  qd_lay_text_top (layout, role, run, frame->pad, frame->y, color);
  frame->y += qd_text_run_get_height (run);
  return g_steal_pointer (&run);
}

/* What is low has no line to give away: the period stands beside the subject, where that is one line. */
static gboolean
add_period_beside (Frame     *frame,
                   QdTextRun *subject)
{
  QdChartLayout *layout = frame->layout;
  double before = qd_text_run_get_width (subject) + 4 * layout->scale;
  g_autofree char *text = NULL;
  g_autoptr (QdTextRun) period = NULL;

  if (layout->height >= LOW * layout->scale || qd_text_run_get_n_lines (subject) != 1 || qd_text_run_is_shortened (subject))
    return FALSE;
  text = g_strconcat ("· ", layout->spec->period, NULL);
  period = qd_lay_shape_left (layout, layout->theme.subtitle_size, FALSE, text, frame->inner - before, 1);
  if (qd_text_run_is_shortened (period))
    return FALSE;
  qd_lay_text_top (layout, QD_ROLE_PERIOD, period, frame->pad + before, frame->y - qd_text_run_get_height (period),
                   layout->theme.ink_soft);
  return TRUE;
}

/* Above what stands at the foot already, whose height it returns with its own. */
static double
add_foot (Frame     *frame,
          QdMarkRole role,
          const char *text,
          QdColor    color,
          double     foot)
{
  QdChartLayout *layout = frame->layout;
  g_autoptr (QdTextRun) run = qd_lay_shape_left (layout, layout->theme.small_size, FALSE, text, frame->inner, 2);
  double height = qd_text_run_get_height (run);

  if (foot + height > layout->height * 0.2)
    return foot;
  qd_lay_text_top (layout, role, run, frame->pad, layout->height - frame->pad - foot - height, color);
  return foot + height;
}

/* From the bottom up: the source, above it the notes. */
static double
add_feet (Frame *frame)
{
  const QdChartSpec *spec = frame->layout->spec;
  const QdChartTheme *theme = &frame->layout->theme;
  g_autoptr (GString) notes = g_string_new (NULL);
  double foot = 0;

  if (frame->small)
    return 0;
  if (spec->source && !theme->unsourced)
    foot = add_foot (frame, QD_ROLE_SOURCE, spec->source, theme->ink_soft, foot);
  for (guint i = 0; i < spec->notes->len; i++)
    g_string_append_printf (notes, "%s%s", notes->len > 0 ? "  " : "", (const char *) g_ptr_array_index (spec->notes, i));
  if (notes->len > 0)
    foot = add_foot (frame, QD_ROLE_NOTE, notes->str, theme->ink, foot);
  return foot;
}

QdRect
qd_lay_frame (QdChartLayout *self)
{
  const QdChartSpec *spec = self->spec;
  const QdChartTheme *theme = &self->theme;
  double width = self->width, height = self->height, foot;
  Frame frame = { .layout = self, .small = width < 360 * self->scale || height < 200 * self->scale };
  g_autoptr (QdTextRun) subject = NULL;

  if (!theme->transparent)
    qd_lay_rect (self, QD_ROLE_BACKGROUND, -1, -1, (QdRect){ 0, 0, width, height }, theme->background);
  if (theme->bare)
    return (QdRect){ 2 * self->scale, 2 * self->scale, MAX (1, width - 4 * self->scale), MAX (1, height - 4 * self->scale) };
  frame.y = frame.pad = frame.small ? MAX (4, MIN (width, height) * 0.04) : 14 * self->scale;
  frame.inner = MAX (1, width - 2 * frame.pad);
  self->edge = frame.pad;
  frame.room = height * (frame.small ? 0.34 : 0.42);
  /* A narrow and tall picture has height to spare for words. */
  frame.lines = height > 1.5 * width && height > 300 ? 3 : 1;
  if (spec->title)
    add_title (&frame);
  if (spec->subject)
    subject = add_text (&frame, QD_ROLE_SUBJECT, spec->subject, theme->ink);
  if (spec->period && (subject == NULL || !add_period_beside (&frame, subject)))
    {
      g_autoptr (QdTextRun) period = add_text (&frame, QD_ROLE_PERIOD, spec->period, theme->ink_soft);
    }
  if (frame.y > frame.pad)
    frame.y += (frame.small ? 4 : 10) * self->scale;
  foot = add_feet (&frame);
  if (foot > 0)
    foot += 6 * self->scale;
  return (QdRect){ frame.pad, frame.y, frame.inner, MAX (1, height - frame.pad - foot - frame.y) };
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
