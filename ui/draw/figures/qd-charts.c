/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-charts.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "qd-figures-private.h"

#define WIDTH 720
#define HEIGHT 405
#define SPARKLINE_WIDTH 160
#define SPARKLINE_HEIGHT 32
/* Rows of a table that still can be read on one picture: the newest. */
#define MAX_TABLE_ROWS 14
#define MAX_SOURCES 3

/* A bridge over several months sums the months' movements, and so ties to their table. */
static QdMovements *
compute_months (QdLedger      *ledger,
                const QdScope *scope,
                QdJob         *job,
                GError       **error)
{
  g_autoptr (QdScope) monthly = qd_scope_dup_monthly (scope);
  QdMovements *movements;
  QdWindow window;

  if (!qd_scope_get_window (scope, qd_ledger_get_book (ledger), &window, error))
    return NULL;
  movements = qd_movements_compute (ledger, monthly, NULL, job, error);
  if (movements == NULL)
    return NULL;
  qd_movements_keep_window (movements, window);
  if (window.open && movements->rows->len > 0)
    g_array_index (movements->rows, QdMovement, movements->rows->len - 1).window.open = TRUE;
  return movements;
}

/* The month of a row, and whether its period is not over. */
static void
add_month (QdTable        *to,
           const QdTable  *from,
           guint           row,
           guint           column,
           guint           open,
           const QdFormat *format)
{
  g_autofree char *month = qd_format_month (format, (QdMonth) qd_table_get_integer (from, row, column));
  g_autofree char *marked = NULL;

  if (*qd_table_get_text (from, row, open) != '\0')
    /* Translators: the last month of a period that is not over: "Nov 2024 (open)". */
    marked = g_strdup_printf (_("%s (open)"), month);
  qd_table_add_text (to, marked != NULL ? marked : month);
}

/* The newest rows of a table, and of its columns those that are named, in this order. */
static QdTable *
dup_newest (const QdTable     *table,
            const char *const *ids,
            const QdFormat    *format)
{
  g_autoptr (GArray) columns = g_array_new (FALSE, FALSE, sizeof (QdColumn));
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (guint));
  guint n = qd_table_get_n_rows (table), open = (guint) MAX (qd_table_find_column (table, "open"), 0);
  QdTable *newest;

  for (guint i = 0; ids[i] != NULL; i++)
    {
      int place = qd_table_find_column (table, ids[i]);
      guint at = (guint) MAX (place, 0);

      if (place < 0)
        continue;
      g_array_append_vals (columns, qd_table_get_column (table, at), 1);
      if (strcmp (ids[i], "month") == 0)
        g_array_index (columns, QdColumn, columns->len - 1).type = QD_COLUMN_TEXT;
      g_array_append_val (places, at);
    }
  newest = qd_table_new (qd_table_get_id (table), qd_table_get_currency (table), (const QdColumn *) columns->data,
                         columns->len);
  for (guint i = n > MAX_TABLE_ROWS ? n - MAX_TABLE_ROWS : 0; i < n; i++)
    {
      for (guint j = 0; j < places->len; j++)
        {
          guint place = g_array_index (places, guint, j);

          if (strcmp (qd_table_get_column (table, place)->id, "month") == 0)
            add_month (newest, table, i, place, open, format);
          else
            qd_table_add_cell (newest, table, i, place);
        }
      qd_table_end_row (newest);
    }
  return newest;
}

/* @windows (element-type QdWindow): of the rows. */
static QdChartSpec *
make_table (QdTable               *table,
            const GArray          *windows,
            const char *const     *ids,
            const char            *subject,
            const QdFigureContext *context)
{
  g_autoptr (QdTable) newest = dup_newest (table, ids, context->format);
  QdChartSpec *spec = qd_figure_table (newest, NULL, subject, context);
  guint n = qd_table_get_n_rows (newest), left_out = qd_table_get_n_rows (table) - n;

  qd_chart_spec_keep_newest (spec);
  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < qd_table_get_n_columns (newest); j++)
      {
        QdDrill drill;

        if (!qd_table_is_missing (newest, i, j) &&
            qd_drill_init_column (&drill, qd_table_get_column (newest, j)->id,
                                  g_array_index (windows, QdWindow, left_out + i)))
          qd_chart_spec_set_drill (spec, i, j, &drill);
      }
  return spec;
}

/* That of the window that ends at as-of; NULL: there is none. */
static const QdRetention *
get_last (const QdRetentions *retentions)
{
  guint n = retentions->rows->len;

  return n > 0 ? &g_array_index (retentions->rows, QdRetention, n - 1) : NULL;
}

typedef enum { OF_BRIDGE, OF_MOVEMENTS, OF_ARR, OF_MOVEMENTS_TABLE } MovementsView;

static QdChartSpec *
make_movements (guint                  view,
                QdLedger              *ledger,
                const QdScope         *scope,
                const QdFigureContext *context,
                QdJob                 *job,
                GError               **error)
{
  static const char *const ids[] = { "month",       "opening", "new", "reactivation", "expansion", "contraction", "churn", "fx",
                                     "transfer_in", "transfer_out", "closing", NULL };
  g_autoptr (QdMovements) movements = view == OF_BRIDGE ? compute_months (ledger, scope, job, error)
                                                        : qd_movements_compute (ledger, scope, NULL, job, error);
  g_autoptr (QdRetentions) retentions = NULL;
  g_autoptr (QdTable) table = NULL;
  g_autoptr (GArray) windows = NULL;

  if (movements == NULL)
    return NULL;
  switch ((MovementsView) view)
    {
    case OF_BRIDGE:
      retentions = qd_retentions_compute (ledger, scope, NULL, job, error);
      return retentions != NULL ? qd_figure_bridge (movements, get_last (retentions), context) : NULL;
    case OF_MOVEMENTS:
      return qd_figure_movements (movements, context);
    case OF_ARR:
      return qd_figure_arr (movements, context);
    case OF_MOVEMENTS_TABLE:
    default:
      table = qd_movements_to_table (movements, ledger, scope, NULL);
      windows = g_array_sized_new (FALSE, FALSE, sizeof (QdWindow), movements->rows->len);
      for (guint i = 0; i < movements->rows->len; i++)
        g_array_append_val (windows, g_array_index (movements->rows, QdMovement, i).window);
      return make_table (table, windows, ids, _("Movements of MRR"), context);
    }
}

/* A line as small as a word has a point for each month. */
static QdScope *
dup_sliding (const QdScope *scope)
{
  QdScope *sliding = qd_scope_copy (scope);

  if (sliding->period.kind != QD_PERIOD_MONTHS)
    sliding->period = (QdPeriod) { QD_PERIOD_MONTHS, sliding->period.kind == QD_PERIOD_YEAR ? 12 : 3 };
  return sliding;
}

static QdChartSpec *
make_sparkline (const QdRetentions    *retentions,
                const QdFigureContext *context)
{
  guint n = retentions->rows->len;
  g_autofree double *values = g_new (double, n + 1);
  QdMonth first = QD_MONTH_NONE;
  QdChartSpec *spec;

  for (guint i = 0; i < n; i++)
    {
      const QdRetention *row = &g_array_index (retentions->rows, QdRetention, i);

      if (i == 0)
        first = row->window.last;
      values[i] = row->nrr.defined ? row->nrr.value : NAN;
    }
  spec = qd_figure_sparkline (QD_UNIT_RATE, first, values, n, context);
  for (guint i = 0; i < n; i++)
    qd_figures_set_drill (spec, 0, i, "nrr", g_array_index (retentions->rows, QdRetention, i).window);
  return spec;
}

typedef enum { OF_RETENTION, OF_CUSTOMERS, OF_SPARKLINE, OF_RETENTION_TABLE } RetentionView;

static QdChartSpec *
make_retention (guint                  view,
                QdLedger              *ledger,
                const QdScope         *scope,
                const QdFigureContext *context,
                QdJob                 *job,
                GError               **error)
{
  static const char *const ids[] = { "month", "accounts_start", "accounts_retained", "start",
                                     "end",   "nrr",            "grr",               "logo_retention", NULL };
  g_autoptr (QdScope) own = view == OF_SPARKLINE ? dup_sliding (scope) : qd_scope_copy (scope);
  g_autoptr (QdRetentions) retentions = qd_retentions_compute (ledger, own, NULL, job, error);
  g_autoptr (QdTable) table = NULL;
  g_autoptr (GArray) windows = NULL;

  if (retentions == NULL)
    return NULL;
  switch ((RetentionView) view)
    {
    case OF_RETENTION:
      return qd_figure_retention (retentions, context);
    case OF_CUSTOMERS:
      if (retentions->rows->len > 0)
        return qd_figure_bridge_start (get_last (retentions), context);
      g_set_error_literal (error, QD_METRIC_ERROR, QD_METRIC_ERROR_RANGE, _("There is no window of this period yet."));
      return NULL;
    case OF_SPARKLINE:
      return make_sparkline (retentions, context);
    case OF_RETENTION_TABLE:
    default:
      table = qd_retentions_to_table (retentions, ledger, scope, NULL);
      windows = g_array_sized_new (FALSE, FALSE, sizeof (QdWindow), retentions->rows->len);
      for (guint i = 0; i < retentions->rows->len; i++)
        g_array_append_val (windows, g_array_index (retentions->rows, QdRetention, i).window);
      return make_table (table, windows, ids, _("Retention of revenue and customers"), context);
    }
}

static QdChartSpec *
make_cohorts (guint                  view,
              QdLedger              *ledger,
              const QdScope         *scope,
              const QdFigureContext *context,
              QdJob                 *job,
              GError               **error)
{
  g_autoptr (QdCohorts) cohorts = qd_cohorts_compute (ledger, scope, job, error);

  return cohorts != NULL ? qd_figure_cohorts (cohorts, (QdCohortView) view, context) : NULL;
}

/* Titles have header capitals. */
static const QdNamedChart charts[] = {
  { "bridge", NULL, N_ ("ARR Bridge"), N_ ("ARR from opening to closing, by kind of movement"),
    "arr new_mrr reactivation_mrr expansion_mrr contraction_mrr churn_mrr nrr grr", "ttm", WIDTH, HEIGHT, make_movements, OF_BRIDGE },
  { "bridge-customers", NULL, N_ ("ARR Bridge of Starting Customers"),
    N_ ("What became of the ARR of the customers at the start"), "arr nrr grr", "ttm", WIDTH, HEIGHT, make_retention,
    OF_CUSTOMERS },
  { "retention", NULL, N_ ("Retention"), N_ ("NRR, GRR and customer retention over time, losses and gains"),
    "nrr grr logo_retention tailwind headwind", "ttm", WIDTH, HEIGHT, make_retention, OF_RETENTION },
  { "movements", NULL, N_ ("ARR Movements"), N_ ("New, expansion, contraction and churn of each period, with the net"),
    "new_mrr expansion_mrr reactivation_mrr contraction_mrr churn_mrr net_new_mrr", "month", WIDTH, HEIGHT, make_movements,
    OF_MOVEMENTS },
  { "arr", NULL, N_ ("ARR"), N_ ("ARR at the end of each period"), "arr", "month", WIDTH, HEIGHT, make_movements, OF_ARR },
  { "cohorts", "cohorts-logos", N_ ("Cohorts: Customers"), N_ ("Cohort triangle of customers"), "logo_retention", "month",
    WIDTH, HEIGHT, make_cohorts, QD_COHORTS_LOGOS },
  { "cohorts-net", NULL, N_ ("Cohorts: Net Revenue"), N_ ("Cohort triangle of net revenue"), "nrr", "month", WIDTH, HEIGHT,
    make_cohorts, QD_COHORTS_NET },
  { "cohorts-gross", NULL, N_ ("Cohorts: Gross Revenue"), N_ ("Cohort triangle of gross revenue"), "grr", "month", WIDTH,
    HEIGHT, make_cohorts, QD_COHORTS_GROSS },
  { "sparkline", NULL, N_ ("NRR, Small"), N_ ("NRR over time, as small as a word"), "nrr", "ttm", SPARKLINE_WIDTH,
    SPARKLINE_HEIGHT, make_retention, OF_SPARKLINE },
  { "table-movements", "table", N_ ("Table of Movements"), N_ ("The newest rows of the table of movements"),
    "mrr new_mrr reactivation_mrr expansion_mrr contraction_mrr churn_mrr", "month", WIDTH, HEIGHT, make_movements,
    OF_MOVEMENTS_TABLE },
  { "table-retention", NULL, N_ ("Table of Retention"), N_ ("The newest rows of the table of retention"),
    "nrr grr logo_retention", "ttm", WIDTH, HEIGHT, make_retention, OF_RETENTION_TABLE },
};

/**
 * qd_charts_list:
 * @n_charts: (out): how many there are
 *
 * Returns: (transfer none) (array length=n_charts): every chart
 */
const QdNamedChart *
qd_charts_list (guint *n_charts)
{
  *n_charts = G_N_ELEMENTS (charts);
  return charts;
}

/**
 * qd_charts_find:
 * @name: a name or an alias
 *
 * Returns: (transfer none) (nullable): the chart
 */
const QdNamedChart *
qd_charts_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (charts); i++)
    if (strcmp (charts[i].name, name) == 0 || g_strcmp0 (charts[i].alias, name) == 0)
      return &charts[i];
  return NULL;
}

/**
 * qd_charts_make:
 * @chart: a chart of the list
 * @ledger: a ledger that matches the scope's profile
 * @scope: what the chart is about
 * @context: what stands around it
 * @job: (nullable): progress and cancel
 * @error: return location
 *
 * Computes a chart. Its marks know the rows behind them: see
 * qd_chart_spec_get_drill().
 *
 * Cost is that of the result that it shows. Any thread may call it.
 *
 * Returns: (transfer full) (nullable): the chart, or `NULL` with the errors of
 *   qd_movements_compute()
 */
QdChartSpec *
qd_charts_make (const QdNamedChart    *chart,
                QdLedger              *ledger,
                const QdScope         *scope,
                const QdFigureContext *context,
                QdJob                 *job,
                GError               **error)
{
  g_return_val_if_fail (chart != NULL && ledger != NULL && scope != NULL && context != NULL, NULL);

  return chart->make (chart->variant, ledger, scope, context, job, error);
}

struct _QdChartSetting
{
  QdFormat *format;
  char *company;
  char *definition;
  char *scope;
  char *source;
  QdFigureContext context;
};

/* The files that the revenue came from, the newest first. */
static char *
dup_source (const QdBook  *book,
            const QdTable *imports)
{
  static const char *const kinds[] = { "subscriptions", "mrr", "movements", NULL };
  g_autoptr (GString) files = g_string_new (NULL);
  guint n = 0;

  if (qd_book_is_sample (book))
    return g_strdup (_("Sample data: a company that does not exist."));
  for (guint i = imports != NULL ? qd_table_get_n_rows (imports) : 0; i > 0; i--)
    {
      const char *kind = qd_table_get_text (imports, i - 1, (guint) qd_table_find_column (imports, "kind"));
      const char *undone = qd_table_get_text (imports, i - 1, (guint) qd_table_find_column (imports, "undone"));
      const char *file = qd_table_get_text (imports, i - 1, (guint) qd_table_find_column (imports, "file"));

      if (!g_strv_contains (kinds, kind) || strcmp (undone, "yes") == 0 || strstr (files->str, file) != NULL)
        continue;
      if (++n <= MAX_SOURCES)
        g_string_append_printf (files, "%s%s", n > 1 ? ", " : "", file);
    }
  if (n > MAX_SOURCES)
    g_string_append (files, ", …");
  /* Translators: names of files */
  return n > 0 ? g_strdup_printf (_("Source: %s"), files->str) : g_strdup ("");
}

/**
 * qd_chart_setting_new:
 * @book: the book of a workspace
 * @scope: what the charts are about
 * @imports: (nullable): the workspace's imports, as qd_workspace_get_imports()
 *   gives them; `NULL`: no source is named, unless the data is the sample
 * @format: how numbers are written; a reference is taken
 *
 * Gathers what stands around every chart of one workspace and scope. Nothing of
 * @book, @scope and @imports is kept.
 *
 * Returns: (transfer full): the texts
 */
QdChartSetting *
qd_chart_setting_new (const QdBook  *book,
                      const QdScope *scope,
                      const QdTable *imports,
                      QdFormat      *format)
{
  QdChartSetting *self;

  g_return_val_if_fail (book != NULL && scope != NULL && format != NULL, NULL);

  self = g_new0 (QdChartSetting, 1);
  self->format = qd_format_ref (format);
  self->company = g_strdup (qd_book_get_name (book));
  self->definition = qd_profile_dup_label (scope->profile);
  self->scope = qd_scope_describe_filters (scope);
  self->source = dup_source (book, imports);
  self->context = (QdFigureContext) {
    .format = self->format,
    .company = self->company,
    .definition = self->definition,
    .scope = *self->scope != '\0' ? self->scope : NULL,
    .source = *self->source != '\0' ? self->source : NULL,
  };
  return self;
}

void
qd_chart_setting_free (QdChartSetting *self)
{
  if (self == NULL)
    return;
  qd_format_unref (self->format);
  g_free (self->company);
  g_free (self->definition);
  g_free (self->scope);
  g_free (self->source);
  g_free (self);
}

/**
 * qd_chart_setting_get_context:
 * @self: the texts
 *
 * Returns: (transfer none): them, as figures take them
 */
const QdFigureContext *
qd_chart_setting_get_context (const QdChartSetting *self)
{
  return &self->context;
}

/**
 * qd_charts_render:
 * @spec: a chart
 * @theme: its colours
 * @format: kind of file
 * @width: points
 * @height: points
 * @scale: pixels for a point, with PNG
 * @metadata: what the file says of itself
 * @job: (nullable): cancels
 * @error: return location
 *
 * Draws a chart into memory, so that a file is only touched when all of it is there.
 *
 * Returns: (transfer full) (nullable): the bytes, `NULL` with an error of
 *   qd_chart_layout_new() or of the exporters
 */
GBytes *
qd_charts_render (QdChartSpec           *spec,
                  QdThemeKind            theme,
                  QdPictureFormat        format,
                  double                 width,
                  double                 height,
                  double                 scale,
                  const QdChartMetadata *metadata,
                  QdJob                 *job,
                  GError               **error)
{
  PangoFontMap *fonts = pango_cairo_font_map_new ();
  PangoContext *context = pango_font_map_create_context (fonts);
  g_autoptr (QdTextCache) cache = qd_text_cache_new (context);
  g_autoptr (QdChartLayout) layout =
      qd_chart_layout_new (spec, qd_chart_theme_get (theme), cache, width, height, error);
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  GCancellable *cancellable = job != NULL ? qd_job_get_cancellable (job) : NULL;
  gboolean done;

  g_object_unref (context);
  g_object_unref (fonts);
  if (layout == NULL)
    return NULL;
  switch (format)
    {
    case QD_PICTURE_PDF:
      done = qd_chart_export_pdf (layout, stream, metadata, cancellable, error);
      break;
    case QD_PICTURE_SVG:
      done = qd_chart_export_svg (layout, stream, metadata, cancellable, error);
      break;
    case QD_PICTURE_PNG:
    default:
      done = qd_chart_export_png (layout, stream, scale, metadata, cancellable, error);
    }
  if (!done || !g_output_stream_close (stream, cancellable, error))
    return NULL;
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (stream));
}
