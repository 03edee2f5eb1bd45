/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "../../data/base/qd-file.h"
#include "../../ui/draw/figures/qd-charts.h"
#include "../export/qd-write-file.h"
#include "qd-command.h"
#include "qd-scope-options.h"
#include "qd-terminal.h"

#define TEXT_WIDTH 100
/* A PNG without --size has twice the pixels, so that it can be shown on a fine screen. */
#define DEFAULT_SCALE 2
#define MAX_SIZE 14400

static const QdOption options[] = {
  { "size", QD_OPTION_VALUE, "WxH", N_ ("Width and height in points; in a PNG one point is one pixel") },
  { "dark", QD_OPTION_FLAG, NULL, N_ ("Light on dark; without it as on paper") },
  { "list", QD_OPTION_FLAG, NULL, N_ ("Print the names of the charts and do nothing else") },
  { NULL },
};

static char *
describe (void)
{
  GString *out = g_string_new (NULL);
  guint n;
  const QdNamedChart *charts = qd_charts_list (&n);

  g_string_append_printf (out, "%s\n", _("Charts (OUT ends in .png, .svg or .pdf):"));
  for (guint i = 0; i < n; i++)
    {
      g_string_append (out, "  ");
      qd_terminal_append_cell (out, charts[i].name, 18, FALSE);
      qd_terminal_append_wrapped (out, _(charts[i].summary), 20, TEXT_WIDTH);
    }
  return g_string_free (out, FALSE);
}

static gboolean
print_list (QdInvocation *invocation)
{
  guint n;
  const QdNamedChart *charts = qd_charts_list (&n);

  for (guint i = 0; i < n; i++)
    qd_invocation_print (invocation, "%s\n", charts[i].name);
  return TRUE;
}

static const QdNamedChart *
find_chart (const char *name,
            GError    **error)
{
  const QdNamedChart *chart = qd_charts_find (name);
  g_autoptr (GString) list = NULL;
  g_autofree char *safe = NULL;
  const QdNamedChart *charts;
  guint n;

  if (chart != NULL)
    return chart;
  charts = qd_charts_list (&n);
  list = g_string_new (NULL);
  safe = qd_terminal_dup_safe (name);
  for (guint i = 0; i < n; i++)
    g_string_append_printf (list, "%s%s", i > 0 ? ", " : "", charts[i].name);
  g_set_error (error, QD_COMMAND_ERROR, QD_COMMAND_ERROR_USAGE, _("There is no chart “%s”. There are: %s."), safe,
               list->str);
  return NULL;
}

static gboolean
parse_format (const QdInvocation *invocation,
              QdPictureFormat    *format,
              GError            **error)
{
  const char *path = qd_invocation_get_argument (invocation, 2);
  const char *point = strrchr (path, '.');
  g_autofree char *shown = NULL;

  if (point != NULL && g_ascii_strcasecmp (point, ".png") == 0)
    *format = QD_PICTURE_PNG;
  else if (point != NULL && g_ascii_strcasecmp (point, ".svg") == 0)
    *format = QD_PICTURE_SVG;
  else if (point != NULL && g_ascii_strcasecmp (point, ".pdf") == 0)
    *format = QD_PICTURE_PDF;
  else
    {
      shown = qd_invocation_dup_display (invocation, 2);
      g_set_error (error, QD_COMMAND_ERROR, QD_COMMAND_ERROR_USAGE,
                   _("“%s” does not say what to write: let it end in .png, .svg or .pdf."), shown);
      return FALSE;
    }
  return TRUE;
}

/* Sets what --size gives; else leaves them alone. */
static gboolean
parse_size (const QdInvocation *invocation,
            double             *width,
            double             *height,
            GError            **error)
{
  const char *text = qd_invocation_get_file (invocation, "size");
  g_autofree char *shown = NULL;
  g_auto (GStrv) parts = NULL;
  guint64 sides[2];

  if (text == NULL)
    return TRUE;
  parts = g_strsplit (text, "x", 3);
  if (g_strv_length (parts) == 2 && g_ascii_string_to_unsigned (parts[0], 10, 24, MAX_SIZE, &sides[0], NULL) &&
      g_ascii_string_to_unsigned (parts[1], 10, 12, MAX_SIZE, &sides[1], NULL))
    {
      *width = (double) sides[0];
      *height = (double) sides[1];
      return TRUE;
    }
  shown = qd_terminal_dup_safe (text);
  g_set_error (error, QD_COMMAND_ERROR, QD_COMMAND_ERROR_USAGE,
               _("--size takes width and height such as 720x405, from 24x12 to %dx%d, not “%s”."), MAX_SIZE, MAX_SIZE,
               shown);
  return FALSE;
}

static GBytes *
draw (QdInvocation       *invocation,
      const QdNamedChart *chart,
      const QdSubject    *subject,
      QdPictureFormat     format,
      double              width,
      double              height,
      GError            **error)
{
  QdJob *job = qd_invocation_get_job (invocation);
  g_autoptr (QdFormat) numbers = qd_format_new_from_locale (qd_book_get_currency (subject->book));
  g_autoptr (QdTable) imports = qd_workspace_get_imports (subject->workspace, error);
  g_autoptr (QdChartSetting) setting = NULL;
  g_autoptr (QdChartSpec) spec = NULL;
  gboolean sized = qd_invocation_has (invocation, "size");
  QdThemeKind theme = qd_invocation_has (invocation, "dark") ? QD_THEME_DARK : QD_THEME_PRINT;
  QdChartMetadata metadata;

  if (imports == NULL)
    return NULL;
  setting = qd_chart_setting_new (subject->book, subject->scope, imports, numbers);
  spec = qd_charts_make (chart, subject->ledger, subject->scope, qd_chart_setting_get_context (setting), job, error);
  if (spec == NULL)
    return NULL;
  metadata = (QdChartMetadata) {
    .title = qd_chart_spec_get_title (spec),
    .author = qd_book_get_name (subject->book),
    .subject = qd_chart_spec_get_subject (spec),
    .created = qd_book_get_last_change (subject->book),
  };
  return qd_charts_render (spec, theme, format, sized ? width : chart->width, sized ? height : chart->height,
                           sized ? 1 : DEFAULT_SCALE, &metadata, job, error);
}

static gboolean
run (QdInvocation *invocation,
     GError      **error)
{
  const QdNamedChart *chart;
  g_autoptr (QdSubject) subject = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *shown = NULL;
  QdPictureFormat format;
  const char *name;
  double width = 0;
  double height = 0;

  if (qd_invocation_has (invocation, "list"))
    return print_list (invocation);
  if (!qd_invocation_get_argument_text (invocation, 1, &name, error))
    return FALSE;
  chart = find_chart (name, error);
  if (chart == NULL || !parse_format (invocation, &format, error) || !parse_size (invocation, &width, &height, error))
    return FALSE;
  if (!qd_file_check_output (qd_invocation_get_argument (invocation, 2),
                             (const char *[]){ qd_invocation_get_argument (invocation, 0), NULL }, error))
    return FALSE;
  subject = qd_subject_open (invocation, chart->default_period, error);
  if (subject == NULL)
    return FALSE;
  bytes = draw (invocation, chart, subject, format, width, height, error);
  if (bytes == NULL || !qd_write_file (qd_invocation_get_argument (invocation, 2), bytes,
                                       qd_job_get_cancellable (qd_invocation_get_job (invocation)), error))
    return FALSE;
  shown = qd_invocation_dup_display (invocation, 2);
  qd_invocation_print (invocation, _("Wrote %s.\n"), shown);
  return TRUE;
}

const QdCommand qd_chart_command = {
  .name = "chart",
  .arguments = "WORKSPACE NAME OUT",
  .summary = N_ ("Draw a chart to a PNG, SVG or PDF file"),
  .describe = describe,
  .least_arguments = 3,
  .most_arguments = 3,
  .alone = "list",
  .flags = QD_COMMAND_SCOPE,
  .options = options,
  .run = run,
};
