/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "qd-command.h"
#include "qd-figure-text.h"
#include "qd-output.h"
#include "qd-scope-options.h"
#include "qd-terminal.h"

#define TEXT_WIDTH 100

static char *
describe (void)
{
  GString *out = g_string_new (NULL);
  guint width = 0;

  g_string_append_printf (out, "%s\n", _("IDs (all that the data can answer, when none is given):"));
  for (guint i = 0; i < qd_catalogue_get_n_metrics (); i++)
    width = MAX (width, qd_terminal_get_width (qd_catalogue_get_metric (i)->id));
  for (guint i = 0; i < qd_catalogue_get_n_metrics (); i++)
    {
      const QdMetric *metric = qd_catalogue_get_metric (i);

      g_string_append (out, "  ");
      qd_terminal_append_cell (out, metric->id, width + 2, FALSE);
      qd_terminal_append_wrapped (out, _(metric->name), width + 4, TEXT_WIDTH);
    }
  return g_string_free (out, FALSE);
}

static void
print_text (QdInvocation     *invocation,
            const QdFigures  *figures,
            const QdSubject  *subject,
            const char       *by)
{
  g_autoptr (QdListing) listing =
      by != NULL ? qd_listing_new (_("metric"), by, _(">value"), _(">low"), _(">high"), _(">accounts"), _("id"), NULL)
                 : qd_listing_new (_("metric"), _(">value"), _(">low"), _(">high"), _(">accounts"), _("id"), NULL);
  const char *currency = qd_book_get_currency (subject->book);
  gboolean undefined = FALSE;

  for (guint i = 0; i < figures->rows->len; i++)
    {
      const QdFigure *figure = &g_array_index (figures->rows, QdFigure, i);
      const QdMetric *metric = qd_catalogue_find (figure->id);

      undefined = undefined || !figure->value.defined;
      qd_listing_add (listing, metric != NULL ? _(metric->name) : figure->id);
      if (by != NULL)
        qd_listing_add (listing, figure->group != NULL && *figure->group != '\0' ? figure->group : _("(blank)"));
      qd_listing_take (listing, qd_figure_text_dup_value (figure, currency));
      qd_listing_take (listing, qd_figure_text_dup_rate (figure->low, figure->unit, currency, TRUE));
      qd_listing_take (listing, qd_figure_text_dup_rate (figure->high, figure->unit, currency, TRUE));
      qd_listing_take (listing, qd_terminal_format_count (figure->n));
      qd_listing_add (listing, figure->id);
    }
  qd_listing_print (listing, qd_invocation_get_output (invocation));
  qd_subject_print_footer (subject, invocation, QD_SPAN_WINDOW);
  qd_invocation_print (invocation, _("Amounts in %s. Low and high: 95%% interval."), currency);
  if (undefined)
    qd_invocation_print (invocation, " %s", _("A dash: not defined here."));
  qd_invocation_print (invocation, "\n");
}

static gboolean
run (QdInvocation *invocation,
     GError      **error)
{
  QdJob *job = qd_invocation_get_job (invocation);
  guint n_ids = qd_invocation_get_n_arguments (invocation) - 1;
  g_autofree const char **ids = g_new0 (const char *, n_ids + 1);
  g_autoptr (QdSubject) subject = NULL;
  g_autoptr (QdFigures) figures = NULL;
  g_autoptr (QdTable) table = NULL;
  QdOutputFormat format;
  const char *by;

  if (!qd_output_get_format (invocation, &format, error) || !qd_invocation_get_text (invocation, "by", &by, error))
    return FALSE;
  for (guint i = 0; i < n_ids; i++)
    {
      if (!qd_invocation_get_argument_text (invocation, i + 1, &ids[i], error) ||
          !qd_figure_text_require (ids[i], error))
        return FALSE;
    }
  subject = qd_subject_open (invocation, "ttm", error);
  if (subject == NULL)
    return FALSE;
  figures = qd_figures_compute (subject->ledger, subject->scope, n_ids > 0 ? ids : NULL, by, job, error);
  if (figures == NULL)
    return FALSE;
  if (format == QD_OUTPUT_TEXT)
    {
      print_text (invocation, figures, subject, by);
      return TRUE;
    }
  table = qd_figures_to_table (figures, subject->ledger, subject->scope, by);
  qd_output_print_table (invocation, table, format, NULL, by);
  return TRUE;
}

const QdCommand qd_metrics_command = {
  .name = "metrics",
  .arguments = "WORKSPACE [ID…]",
  .summary = N_ ("Print figures for the window that ends at the as-of month"),
  .describe = describe,
  .least_arguments = 1,
  .most_arguments = G_MAXUINT,
  .flags = QD_COMMAND_SCOPE | QD_COMMAND_BY | QD_COMMAND_FORMAT,
  .run = run,
};
