/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-retention-page.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "../../../data/metrics/qd-dimension.h"
#include "../../compat/qd-names.h"
#include "../../widgets/qd-toggles.h"
#include "../qd-analytic.h"
#include "qd-retention-tables.h"

/* Customers below which a cohort is drawn grey. */
#define MIN_COHORT 10
/* More cohorts than this have cells too small for their numbers. */
#define MAX_COHORTS 24
/* What the panels of the trend need; a triangle: all that is not a cohort, and each of these. */
#define TREND_HEIGHT 390
#define COHORTS_HEIGHT 345
#define COHORTS_FRAME 215
#define COHORT_HEIGHT 17 /* with its values */
#define BARE_COHORT_HEIGHT 8
#define MOST_WITH_VALUES 24 /* ages: more are too narrow for values, but on wide windows */

typedef enum { TAB_TREND, TAB_LOGOS, TAB_NET, TAB_GROSS } Tab;

static const struct
{
  const char *detail, *chart, *label, *tooltip;
} tabs[] = {
  { "trend", "retention", N_("Trend"), N_("Retention over time") },
  { "cohorts-logos", "cohorts", N_("Customers"), N_("How many customers of a cohort are still there") },
  { "cohorts-net", "cohorts-net", N_("Net Revenue"), N_("What a cohort pays in relation to its beginning, growth included") },
  { "cohorts-gross", "cohorts-gross", N_("Gross Revenue"), N_("What is left of a cohort's first revenue, without growth") },
};

static const struct
{
  const char *id, *label;
  QdPeriod period;
} sizes[] = {
  { "month", N_("Months"), { QD_PERIOD_MONTHS, 1 } },
  { "quarter", N_("Quarters"), { QD_PERIOD_QUARTER, 3 } },
  { "year", N_("Years"), { QD_PERIOD_YEAR, 12 } },
};

typedef struct
{
  Tab tab;
  char *by;             /* nullable: dimension of the table */
  guint size;           /* of sizes: how customers are grouped */
  QdChartSpec *chart;
  QdTable *table;       /* of the trend */
  GArray *drills;       /* QdDrill by row, without a split */
  QdRetentions *groups; /* keeps the values */
  GPtrArray *values;    /* utf8 by row, with a split; not owned */
  GPtrArray *dimensions;
  char *title;
  char *period;         /* nullable: the months that are shown, where they are not the view's */
  gboolean empty;
} Result;

struct _QdRetentionPage
{
  QdPage parent_instance;

  GtkBox *toolbar;
  GtkScrolledWindow *scrolled;
  QdChartView *chart;
  GtkBox *below;
  GtkLabel *table_title;
  GtkDropDown *split;
  QdTableView *table;
  QdToggles *tab, *cohorts, *size;

  GPtrArray *dimensions;  /* what the drop-down holds */
  gboolean showing;
};

G_DEFINE_FINAL_TYPE (QdRetentionPage, qd_retention_page, QD_TYPE_PAGE)

static void
free_result (gpointer data)
{
  Result *result = data;

  g_free (result->by);
  g_free (result->title);
  g_free (result->period);
  g_clear_pointer (&result->chart, qd_chart_spec_unref);
  g_clear_pointer (&result->table, qd_table_unref);
  g_clear_pointer (&result->drills, g_array_unref);
  g_clear_pointer (&result->values, g_ptr_array_unref);
  g_clear_pointer (&result->groups, qd_retentions_free);
  g_clear_pointer (&result->dimensions, g_ptr_array_unref);
  g_free (result);
}

/* "cohorts-net:quarter" → the tab, and what follows the colon, if anything. */
static Tab
parse_detail (const char  *detail,
              const char **more)
{
  gsize length = strcspn (detail, ":");

  *more = detail[length] != '\0' ? detail + length + 1 : NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (tabs); i++)
    if (strlen (tabs[i].detail) == length && strncmp (tabs[i].detail, detail, length) == 0)
      return (Tab) i;
  return length == strlen ("cohorts") && g_str_has_prefix (detail, "cohorts") ? TAB_LOGOS : TAB_TREND;
}

/* Months where cohorts are large enough to have a rate and few enough to be read, else quarters, else years. */
static gboolean
choose_size (QdLedger      *ledger,
             const QdScope *scope,
             guint         *size,
             QdJob         *job,
             GError       **error)
{
  g_autoptr (QdScope) own = qd_scope_copy (scope);

  for (*size = 0; *size + 1 < G_N_ELEMENTS (sizes); (*size)++)
    {
      g_autoptr (QdCohorts) cohorts = NULL;
      guint64 customers = 0, n = 0;

      own->period = sizes[*size].period;
      cohorts = qd_cohorts_compute (ledger, own, job, error);
      if (cohorts == NULL)
        return FALSE;
      for (guint i = 0; i < cohorts->cells->len; i++)
        if (g_array_index (cohorts->cells, QdCohortCell, i).age == 0)
          {
            n++;
            customers += g_array_index (cohorts->cells, QdCohortCell, i).accounts;
          }
      if (customers >= n * MIN_COHORT && n <= MAX_COHORTS)
        break;
    }
  return TRUE;
}

static gboolean
fill_cohorts (Result     *result,
              QdSnapshot *snapshot,
              const char *more,
              QdJob      *job,
              GError    **error)
{
  g_autoptr (QdScope) scope = qd_scope_copy (qd_snapshot_get_scope (snapshot));
  QdLedger *ledger = qd_snapshot_get_ledger (snapshot);
  gboolean known = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    if (g_strcmp0 (more, sizes[i].id) == 0)
      {
        result->size = i;
        known = TRUE;
      }
  if (!known && !choose_size (ledger, scope, &result->size, job, error))
    return FALSE;
  scope->period = sizes[result->size].period;
  result->period = qd_figures_dup_span (qd_snapshot_get_format (snapshot), qd_ledger_get_first_month (ledger), scope->as_of);
  result->chart = qd_charts_make (qd_charts_find (tabs[result->tab].chart), ledger, scope, qd_snapshot_get_context (snapshot),
                                  job, error);
  return result->chart != NULL;
}

/* The one window that ends at as-of, by @result->by. */
static QdRetentions *
split (Result        *result,
       QdLedger      *ledger,
       const QdScope *scope,
       QdJob         *job,
       GError       **error)
{
  QdRetentions *rows = qd_retentions_compute (ledger, scope, result->by, job, error);
  QdWindow window;

  if (rows == NULL || !qd_scope_get_window (scope, qd_ledger_get_book (ledger), &window, NULL))
    return rows;
  for (guint i = rows->rows->len; i > 0; i--)
    if (g_array_index (rows->rows, QdRetention, i - 1).window.last != window.last)
      g_array_remove_index (rows->rows, i - 1);
  return rows;
}

static gboolean
fill_split (Result     *result,
            QdSnapshot *snapshot,
            QdJob      *job,
            GError    **error)
{
  const QdScope *scope = qd_snapshot_get_scope (snapshot), *comparison = qd_snapshot_get_comparison (snapshot);
  QdLedger *ledger = qd_snapshot_get_ledger (snapshot);
  g_autoptr (QdRetentions) before = NULL;
  g_autofree char *window = qd_analytic_dup_window (snapshot);
  g_autofree char *name = qd_dimension_dup_title (result->by);

  result->groups = split (result, ledger, scope, job, error);
  if (result->groups == NULL)
    return FALSE;
  if (comparison != NULL)
    {
      before = split (result, ledger, comparison, job, error);
      if (before == NULL)
        return FALSE;
    }
  result->values = g_ptr_array_new ();
  result->table = qd_retention_tables_make_groups (result->groups, before, result->by,
                                                   qd_book_get_currency (qd_snapshot_get_book (snapshot)), result->values);
  /* Translators: name of a dimension, a period: "Segment, 12 months to Jun 2026". */
  result->title = g_strdup_printf (_("%1$s, %2$s"), name, window);
  return TRUE;
}

/* What the rows are about; the newest is the first of them. */
static char *
dup_period_of (const GArray   *drills,
               const QdFormat *format)
{
  g_autofree QdWindow *windows = g_new (QdWindow, drills->len + 1);

  for (guint i = 0; i < drills->len; i++)
    windows[i] = g_array_index (drills, QdDrill, drills->len - 1 - i).window;
  return drills->len > 0 ? qd_figures_dup_period (format, windows, drills->len) : NULL;
}

static gboolean
fill_trend (Result     *result,
            QdSnapshot *snapshot,
            const char *more,
            QdJob      *job,
            GError    **error)
{
  const QdScope *scope = qd_snapshot_get_scope (snapshot);
  QdLedger *ledger = qd_snapshot_get_ledger (snapshot);
  g_autoptr (QdRetentions) retentions = NULL;

  result->chart = qd_charts_make (qd_charts_find (tabs[TAB_TREND].chart), ledger, scope, qd_snapshot_get_context (snapshot), job,
                                  error);
  if (result->chart == NULL)
    return FALSE;
  for (guint i = 0; i < result->dimensions->len; i++)
    if (g_strcmp0 (result->dimensions->pdata[i], more) == 0)
      result->by = g_strdup (more);
  if (result->by != NULL)
    return fill_split (result, snapshot, job, error);
  retentions = qd_retentions_compute (ledger, scope, NULL, job, error);
  if (retentions == NULL)
    return FALSE;
  result->drills = g_array_new (FALSE, FALSE, sizeof (QdDrill));
  result->table = qd_retention_tables_make_trend (retentions, qd_book_get_currency (qd_snapshot_get_book (snapshot)),
                                                  result->drills);
  result->title = g_strdup (_("Retention by Period"));
  result->period = dup_period_of (result->drills, qd_snapshot_get_format (snapshot));
  return TRUE;
}

static gboolean
find_anybody (Result     *result,
              QdSnapshot *snapshot,
              QdJob      *job,
              GError    **error)
{
  g_autoptr (QdScope) monthly = qd_scope_dup_monthly (qd_snapshot_get_scope (snapshot));
  g_autoptr (QdMovements) months = qd_movements_compute (qd_snapshot_get_ledger (snapshot), monthly, NULL, job, error);

  if (months == NULL)
    return FALSE;
  result->empty = TRUE;
  for (guint i = 0; i < months->rows->len; i++)
    result->empty &= g_array_index (months->rows, QdMovement, i).customers_closing == 0;
  return TRUE;
}

static gpointer
compute (QdSnapshot *snapshot,
         const char *detail,
         QdJob      *job,
         GError    **error)
{
  Result *result = g_new0 (Result, 1);
  const char *more;
  gboolean done;

  result->tab = parse_detail (detail, &more);
  result->dimensions = qd_retention_tables_list_dimensions (qd_snapshot_get_book (snapshot));
  done = result->tab == TAB_TREND ? fill_trend (result, snapshot, more, job, error)
                                  : fill_cohorts (result, snapshot, more, job, error);
  if (!done || !find_anybody (result, snapshot, job, error))
    {
      free_result (result);
      return NULL;
    }
  return result;
}

static gboolean
is_empty (QdPage  *page,
          gpointer data)
{
  return ((Result *) data)->empty;
}

static gboolean
holds (GPtrArray *a,
       GPtrArray *b)
{
  if (a == NULL || a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    if (strcmp (a->pdata[i], b->pdata[i]) != 0)
      return FALSE;
  return TRUE;
}

/* The first entry is "Nothing". */
static void
show_dimensions (QdRetentionPage *self,
                 const Result    *result)
{
  guint selected = 0;

  if (!holds (self->dimensions, result->dimensions))
    {
      g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);

      /* Translators: in "Split by: Nothing". */
      gtk_string_list_append (titles, _("Nothing"));
      for (guint i = 0; i < result->dimensions->len; i++)
        {
          g_autofree char *title = qd_dimension_dup_title (result->dimensions->pdata[i]);

          gtk_string_list_append (titles, title);
        }
      gtk_drop_down_set_model (self->split, G_LIST_MODEL (titles));
      g_clear_pointer (&self->dimensions, g_ptr_array_unref);
      self->dimensions = g_ptr_array_ref (result->dimensions);
    }
  for (guint i = 0; i < self->dimensions->len; i++)
    if (g_strcmp0 (self->dimensions->pdata[i], result->by) == 0)
      selected = i + 1;
  gtk_drop_down_set_selected (self->split, selected);
}

/* A page with more cohorts than its height has room for scrolls. */
static int
find_cohorts_height (const QdChartSpec *chart)
{
  int height = qd_chart_spec_get_n_places (chart) <= MOST_WITH_VALUES ? COHORT_HEIGHT : BARE_COHORT_HEIGHT;

  return MAX (COHORTS_HEIGHT, COHORTS_FRAME + height * (int) qd_chart_spec_get_n_series (chart));
}

static void
show (QdPage     *page,
      QdSnapshot *snapshot,
      gpointer    data)
{
  QdRetentionPage *self = QD_RETENTION_PAGE (page);
  const Result *result = data;
  gboolean trend = result->tab == TAB_TREND;

  self->showing = TRUE;
  qd_toggles_set_active (self->tab, trend ? "trend" : "cohorts");
  gtk_widget_set_visible (GTK_WIDGET (self->cohorts), !trend);
  gtk_widget_set_visible (GTK_WIDGET (self->size), !trend);
  gtk_widget_set_visible (GTK_WIDGET (self->below), trend);
  qd_analytic_bind_chart (self->chart, tabs[result->tab].chart);
  qd_chart_view_set_spec (self->chart, result->chart);
  qd_chart_view_set_least_height (self->chart, trend ? TREND_HEIGHT : find_cohorts_height (result->chart));
  if (trend)
    {
      static const char *const hidden[] = { "grr_before", "end", "accounts_retained", NULL };
      /* Periods overlap; groups do not, but for products. */
      static const char *const nothing[] = { NULL };
      static const char *const amounts[] = { "start", "end", NULL };

      show_dimensions (self, result);
      qd_table_view_set_sums (self->table, result->by != NULL ? amounts : nothing);
      gtk_label_set_label (self->table_title, result->title);
      qd_table_view_set_title (self->table, result->title);
      qd_table_view_set_layout_id (self->table, result->by != NULL ? "retention-groups" : "retention-trend");
      qd_table_view_set_table (self->table, result->table, qd_snapshot_get_format (snapshot), hidden);
    }
  else
    {
      qd_toggles_set_active (self->cohorts, tabs[result->tab].detail);
      qd_toggles_set_active (self->size, sizes[result->size].id);
    }
  self->showing = FALSE;
}

static void
go (QdRetentionPage *self,
    const char      *detail,
    const char      *more)
{
  g_autofree char *whole = more != NULL ? g_strdup_printf ("%s:%s", detail, more) : g_strdup (detail);

  qd_session_go (qd_page_get_session (QD_PAGE (self)), "retention", whole, NULL);
}

static void
tab_chosen_cb (QdRetentionPage *self,
               const char      *id)
{
  go (self, strcmp (id, "trend") == 0 ? "trend" : qd_toggles_get_active (self->cohorts), NULL);
}

static void
cohorts_chosen_cb (QdRetentionPage *self,
                   const char      *id)
{
  const char *more;

  /* A grouping that was chosen by hand stays. */
  parse_detail (qd_page_get_detail (QD_PAGE (self)), &more);
  go (self, id, more);
}

static void
size_chosen_cb (QdRetentionPage *self,
                const char      *id)
{
  go (self, qd_toggles_get_active (self->cohorts), id);
}

static void
split_cb (QdRetentionPage *self)
{
  guint selected = gtk_drop_down_get_selected (self->split);

  if (!self->showing && self->dimensions != NULL && selected <= self->dimensions->len)
    go (self, "trend", selected > 0 ? self->dimensions->pdata[selected - 1] : NULL);
}

/* A period opens its customers, a group becomes the filter. */
static void
row_activated_cb (QdRetentionPage *self,
                  guint            row)
{
  const Result *result = qd_page_get_result (QD_PAGE (self));

  if (result == NULL)
    return;
  if (result->drills != NULL && row < result->drills->len)
    qd_analytic_open_drill (GTK_WIDGET (self), &g_array_index (result->drills, QdDrill, row));
  else if (result->values != NULL && row < result->values->len)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.toggle-filter", "(ss)", result->by, result->values->pdata[row]);
}

static char *
save_state (QdPage *page)
{
  QdRetentionPage *self = QD_RETENTION_PAGE (page);
  const Result *result = qd_page_get_result (page);
  g_autofree char *scroll = qd_analytic_save_scroll (self->scrolled);
  g_autofree char *table = result->tab == TAB_TREND ? qd_table_view_save_state (self->table) : g_strdup ("");

  return g_strdup_printf ("%s %s", scroll, table);
}

static void
restore_state (QdPage     *page,
               const char *state)
{
  QdRetentionPage *self = QD_RETENTION_PAGE (page);
  const Result *result = qd_page_get_result (page);
  const char *table = strchr (state, ' ');

  qd_analytic_restore_scroll (self->scrolled, state);
  if (table != NULL && table[1] != '\0' && result != NULL && result->tab == TAB_TREND)
    qd_table_view_restore_state (self->table, table + 1);
}

static char *
dup_period (QdPage *page)
{
  const Result *result = qd_page_get_result (page);
  const char *more;

  return result != NULL && result->tab == parse_detail (qd_page_get_detail (page), &more) ? g_strdup (result->period) : NULL;
}

static QdChartView *
get_chart (QdPage *page)
{
  return QD_RETENTION_PAGE (page)->chart;
}

static QdTableView *
get_table (QdPage *page)
{
  QdRetentionPage *self = QD_RETENTION_PAGE (page);

  return gtk_widget_get_visible (GTK_WIDGET (self->below)) ? self->table : NULL;
}

static void
qd_retention_page_finalize (GObject *object)
{
  g_clear_pointer (&QD_RETENTION_PAGE (object)->dimensions, g_ptr_array_unref);
  G_OBJECT_CLASS (qd_retention_page_parent_class)->finalize (object);
}

static void
qd_retention_page_class_init (QdRetentionPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  QdPageClass *page_class = QD_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = qd_retention_page_finalize;
  page_class->compute = compute;
  page_class->result_free = free_result;
  page_class->show = show;
  page_class->is_empty = is_empty;
  page_class->dup_period = dup_period;
  page_class->save_state = save_state;
  page_class->restore_state = restore_state;
  page_class->get_chart = get_chart;
  page_class->get_table = get_table;
  qd_page_class_set_template (page_class, "qd-retention-page");
  gtk_widget_class_bind_template_child (widget_class, QdRetentionPage, toolbar);
  gtk_widget_class_bind_template_child (widget_class, QdRetentionPage, scrolled);
  gtk_widget_class_bind_template_child (widget_class, QdRetentionPage, chart);
  gtk_widget_class_bind_template_child (widget_class, QdRetentionPage, below);
  gtk_widget_class_bind_template_child (widget_class, QdRetentionPage, table_title);
  gtk_widget_class_bind_template_child (widget_class, QdRetentionPage, split);
  gtk_widget_class_bind_template_child (widget_class, QdRetentionPage, table);
}

static void
qd_retention_page_init (QdRetentionPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->tab = QD_TOGGLES (qd_toggles_new (_("View")));
  qd_toggles_add (self->tab, "trend", _(tabs[TAB_TREND].label), _(tabs[TAB_TREND].tooltip));
  qd_toggles_add (self->tab, "cohorts", _("Cohorts"), _("Customers who began together, as they grow older"));
  self->cohorts = QD_TOGGLES (qd_toggles_new (_("What the cohorts show")));
  for (gsize i = TAB_LOGOS; i <= TAB_GROSS; i++)
    qd_toggles_add (self->cohorts, tabs[i].detail, _(tabs[i].label), _(tabs[i].tooltip));
  self->size = QD_TOGGLES (qd_toggles_new (_("Customers who began in the same")));
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    qd_toggles_add (self->size, sizes[i].id, _(sizes[i].label), NULL);
  gtk_box_append (self->toolbar, GTK_WIDGET (self->tab));
  gtk_box_append (self->toolbar, GTK_WIDGET (self->cohorts));
  gtk_box_append (self->toolbar, GTK_WIDGET (self->size));
  g_signal_connect_object (self->tab, "chosen", G_CALLBACK (tab_chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->cohorts, "chosen", G_CALLBACK (cohorts_chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->size, "chosen", G_CALLBACK (size_chosen_cb), self, G_CONNECT_SWAPPED);
  qd_names_set_drop_down (self->split, _("Split by"));
  g_signal_connect_object (self->split, "notify::selected", G_CALLBACK (split_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->table, "row-activated", G_CALLBACK (row_activated_cb), self, G_CONNECT_SWAPPED);
  qd_page_set_empty (QD_PAGE (self), "qd-retention-symbolic", N_ ("No Revenue Yet"),
                     N_ ("How many customers and how much of their revenue stay is shown here once subscriptions, monthly revenue or movements are imported."),
                     N_ ("_Import…"), "win.import");
}
