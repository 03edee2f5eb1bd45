/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "../../data/metrics/qd-drill.h"
#include "../../data/store/qd-db.h"
#include "qd-command.h"
#include "qd-figure-text.h"
#include "qd-output.h"
#include "qd-scope-options.h"
#include "qd-terminal.h"

#define TEXT_WIDTH 100
#define LABEL_WIDTH 13

static char *
describe (void)
{
  GString *out = g_string_new (NULL);

  qd_terminal_append_wrapped (out, _("“quarterdeck metrics --help” lists the IDs."), 0, TEXT_WIDTH);
  qd_terminal_append_wrapped (out,
                              _("With two months, as in churn_mrr@2025-12..2026-01, an ID means what happened between their "
                                "ends: the rows behind one mark of a chart. “*12” after them makes it ARR."),
                              0, TEXT_WIDTH);
  return g_string_free (out, FALSE);
}

static void
print_labelled (GString    *out,
                const char *label,
                const char *text)
{
  if (text == NULL || *text == '\0')
    return;
  qd_terminal_append_cell (out, label, LABEL_WIDTH, FALSE);
  g_string_append_c (out, ' ');
  qd_terminal_append_wrapped (out, text, LABEL_WIDTH + 1, TEXT_WIDTH);
}

static const char *
get_direction (QdDirection direction)
{
  switch (direction)
    {
    case QD_DIRECTION_UP:
      return _("more is better");
    case QD_DIRECTION_DOWN:
      return _("less is better");
    case QD_DIRECTION_NEUTRAL:
    default:
      return _("neither more nor less is better as such");
    }
}

static void
print_window (GString *out,
              gboolean stock,
              QdWindow window)
{
  g_autofree char *before = qd_terminal_format_month (window.before);
  g_autofree char *last = qd_terminal_format_month (window.last);
  g_autofree char *text = NULL;

  if (stock)
    text = g_strdup_printf (_("state at the end of %s"), last);
  else
    text = g_strdup_printf (_("from the end of %s to the end of %s%s"), before, last,
                            window.open ? _(" (the period is still open)") : "");
  print_labelled (out, _("window"), text);
}

static void
print_quotient (GString    *out,
                QdRate      numerator,
                gboolean    numerator_money,
                QdRate      denominator,
                gboolean    denominator_money,
                const char *currency)
{
  g_autofree char *above = qd_figure_text_dup_rate (numerator, numerator_money ? QD_UNIT_MONEY : QD_UNIT_COUNT, currency, FALSE);
  g_autofree char *below =
      qd_figure_text_dup_rate (denominator, denominator_money ? QD_UNIT_MONEY : QD_UNIT_COUNT, currency, FALSE);
  g_autofree char *text = g_strdup_printf ("%s ÷ %s", above, below);

  print_labelled (out, _("inputs"), text);
}

static void
print_inputs (GString        *out,
              const QdFigure *figure,
              const char     *currency)
{
  if (figure->denominator.defined)
    print_quotient (out, figure->numerator, figure->numerator_money, figure->denominator, figure->denominator_money,
                    currency);
  if (figure->low.defined && figure->high.defined)
    {
      g_autofree char *low = qd_figure_text_dup_rate (figure->low, figure->unit, currency, FALSE);
      g_autofree char *high = qd_figure_text_dup_rate (figure->high, figure->unit, currency, FALSE);
      g_autofree char *count = qd_terminal_format_count (figure->n);
      g_autofree char *text = g_strdup_printf (_("%s to %s (95%%, %s accounts)"), low, high, count);

      print_labelled (out, _("interval"), text);
    }
}

/* The rows, and the sum of the last column, which is the figure or its numerator. */
static void
print_rows (QdInvocation  *invocation,
            const QdTable *table,
            gboolean       divides)
{
  GString *out = qd_invocation_get_output (invocation);
  guint last = qd_table_get_n_columns (table) - 1;
  const QdColumn *column = qd_table_get_column (table, last);
  guint n = qd_table_get_n_rows (table);
  g_autofree char *count = qd_terminal_format_count (n);
  g_autofree char *total = NULL;
  gint64 sum = 0;
  double sum_double = 0;

  g_string_append_printf (out, "\n%s\n\n", _("Rows behind it:"));
  qd_output_print_table (invocation, table, QD_OUTPUT_TEXT, NULL, NULL);
  for (guint i = 0; i < n; i++)
    {
      if (qd_table_is_missing (table, i, last))
        continue;
      if (column->type == QD_COLUMN_MONEY || column->type == QD_COLUMN_COUNT)
        sum += qd_table_get_integer (table, i, last);
      else
        sum_double += qd_table_get_double (table, i, last);
    }
  if (column->type == QD_COLUMN_MONEY)
    total = qd_terminal_format_money (sum, qd_table_get_exponent (table));
  else if (column->type == QD_COLUMN_COUNT)
    total = qd_terminal_format_count (sum);
  else
    total = qd_terminal_format_number (sum_double, 2);
  g_string_append_c (out, '\n');
  g_string_append_printf (out, ngettext ("%s row; %s in total: %s\n", "%s rows; %s in total: %s\n", n), count,
                          column->title != NULL ? _(column->title) : column->id, total);
  if (divides)
    g_string_append_printf (out, "%s\n", _("The total is the number that stands before the ÷ above."));
}

/* Which imports brought the revenue of the accounts behind the figure. */
typedef struct
{
  GHashTable *accounts;
  QdListing *listing;
  guint n;
} Origin;

static void
add_origin (Origin       *origin,
            sqlite3_stmt *row,
            GHashTable   *seen)
{
  gint64 batch = sqlite3_column_int64 (row, 1);
  g_autofree char *text = NULL;

  if (!g_hash_table_contains (origin->accounts, sqlite3_column_text (row, 0)) ||
      !g_hash_table_add (seen, g_memdup2 (&batch, sizeof batch)))
    return;
  text = g_strdup_printf ("%" G_GINT64_FORMAT, batch);
  qd_listing_add (origin->listing, text);
  qd_listing_take (origin->listing, qd_terminal_format_time (sqlite3_column_int64 (row, 2)));
  qd_listing_add (origin->listing, (const char *) sqlite3_column_text (row, 3));
  qd_listing_add (origin->listing, (const char *) sqlite3_column_text (row, 4));
  origin->n++;
}

static gboolean
find_origin (QdDb    *db,
             gpointer data,
             QdJob   *job,
             GError **error)
{
  g_autoptr (QdStmt) stmt = qd_db_statement (db, "account-imports", error);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  gboolean row;

  if (stmt == NULL)
    return FALSE;
  while (TRUE)
    {
      if (!qd_stmt_step (stmt, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      add_origin (data, qd_stmt_get_handle (stmt), seen);
    }
}

static gboolean
print_origin (QdInvocation    *invocation,
              const QdSubject *subject,
              const QdTable   *table,
              GError         **error)
{
  int column = qd_table_find_column (table, "account");
  g_autoptr (GHashTable) accounts = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (QdListing) listing = qd_listing_new (_(">import"), _("time"), _("kind"), _("file"), NULL);
  Origin origin = { accounts, listing, 0 };

  if (column < 0)
    return TRUE;
  for (guint i = 0; i < qd_table_get_n_rows (table); i++)
    g_hash_table_add (accounts, (gpointer) qd_table_get_text (table, i, (guint) column));
  if (!qd_store_run (qd_workspace_get_store (subject->workspace), QD_STORE_PRIORITY_READ, find_origin, &origin,
                     qd_invocation_get_job (invocation), error))
    return FALSE;
  if (origin.n == 0)
    return TRUE;
  qd_invocation_print (invocation, "\n%s\n\n", _("Imports that brought this revenue:"));
  qd_listing_print (listing, qd_invocation_get_output (invocation));
  return TRUE;
}

/* The value, and a unit where it needs one. */
static void
print_title (GString    *out,
             const char *name,
             gboolean    defined,
             QdUnit      unit,
             const char *value,
             const char *currency)
{
  if (!defined)
    g_string_append_printf (out, "%s: %s\n\n", name, _("not defined here, because there is nothing to divide by"));
  else if (unit == QD_UNIT_MONEY)
    g_string_append_printf (out, "%s: %s %s\n\n", name, currency, value);
  else
    g_string_append_printf (out, "%s: %s\n\n", name, value);
}

/* One mark of a chart: what it is, and the rows behind it. */
static gboolean
run_drill (QdInvocation *invocation,
           const char   *text,
           GError      **error)
{
  GString *out = qd_invocation_get_output (invocation);
  g_autoptr (QdDrill) drill = qd_drill_parse (text, error);
  g_autoptr (QdSubject) subject = drill != NULL ? qd_subject_open (invocation, "ttm", error) : NULL;
  g_autoptr (QdTable) table = NULL;
  g_autofree char *value = NULL;
  const QdMetric *metric;
  const char *currency;
  QdDrillSum sum;
  QdWindow window;

  if (subject == NULL)
    return FALSE;
  table = qd_drill_compute (subject->ledger, subject->scope, drill, &sum, qd_invocation_get_job (invocation), error);
  if (table == NULL)
    return FALSE;
  currency = qd_book_get_currency (subject->book);
  value = qd_figure_text_dup_rate (sum.value, sum.unit, currency, FALSE);
  print_title (out, qd_drill_get_name (drill), sum.value.defined, sum.unit, value, currency);
  metric = qd_drill_get_metric (drill);
  if (metric != NULL)
    print_labelled (out, _("meaning"), _(metric->meaning));
  if (sum.divides)
    print_quotient (out, (QdRate) { (double) sum.numerator, TRUE }, sum.money, (QdRate) { (double) sum.denominator, TRUE },
                    sum.money && strcmp (drill->id, "arpa") != 0, currency);
  window = drill->window;
  if (strcmp (drill->id, "opening_mrr") == 0)
    window.last = window.before;
  if (!qd_drill_is_of_cohort (drill))
    print_window (out, qd_drill_is_state (drill), window);
  qd_subject_print_footer (subject, invocation, QD_SPAN_MONTH);
  print_rows (invocation, table, sum.divides);
  return print_origin (invocation, subject, table, error);
}

static gboolean
run (QdInvocation *invocation,
     GError      **error)
{
  QdJob *job = qd_invocation_get_job (invocation);
  GString *out = qd_invocation_get_output (invocation);
  g_autoptr (QdSubject) subject = NULL;
  g_autoptr (QdFigures) figures = NULL;
  g_autoptr (QdTable) table = NULL;
  g_autofree char *formula = NULL;
  g_autofree char *value = NULL;
  const char *ids[2] = { NULL };
  const QdFigure *figure;
  const QdMetric *metric;
  const char *currency;

  if (!qd_invocation_get_argument_text (invocation, 1, &ids[0], error))
    return FALSE;
  if (strchr (ids[0], '@') != NULL)
    return run_drill (invocation, ids[0], error);
  if (!qd_figure_text_require (ids[0], error))
    return FALSE;
  metric = qd_catalogue_find (ids[0]);
  subject = qd_subject_open (invocation, "ttm", error);
  if (subject == NULL)
    return FALSE;
  figures = qd_figures_compute (subject->ledger, subject->scope, ids, NULL, job, error);
  if (figures == NULL)
    return FALSE;
  table = qd_figure_explain (subject->ledger, subject->scope, metric->id, job, error);
  if (table == NULL)
    return FALSE;

  figure = &g_array_index (figures->rows, QdFigure, 0);
  currency = qd_book_get_currency (subject->book);
  value = qd_figure_text_dup_value (figure, currency);
  print_title (out, _(metric->name), figure->value.defined, metric->unit, value, currency);
  print_labelled (out, _("meaning"), _(metric->meaning));
  formula = qd_catalogue_dup_formula (metric, subject->scope->profile);
  print_labelled (out, _("formula"), formula);
  print_inputs (out, figure, currency);
  print_window (out, metric->stock, figure->window);
  print_labelled (out, _("direction"), get_direction (metric->direction));
  print_labelled (out, _("source"), metric->source);
  qd_subject_print_footer (subject, invocation, metric->stock ? QD_SPAN_MONTH : QD_SPAN_WINDOW);
  print_rows (invocation, table, figure->denominator.defined);
  return print_origin (invocation, subject, table, error);
}

const QdCommand qd_explain_command = {
  .name = "explain",
  .arguments = "WORKSPACE ID",
  .summary = N_ ("Show the formula, the inputs and the accounts behind one figure"),
  .describe = describe,
  .least_arguments = 2,
  .most_arguments = 2,
  .flags = QD_COMMAND_SCOPE,
  .run = run,
};
