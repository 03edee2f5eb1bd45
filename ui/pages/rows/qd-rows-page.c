/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-rows-page.h"

#include <glib/gi18n-lib.h>

#include "../../../data/metrics/qd-drill.h"
#include "../qd-analytic.h"
#include "qd-row-list.h"

struct _QdRowsPage
{
  QdPage parent_instance;

  QdRowList *list;
};

G_DEFINE_FINAL_TYPE (QdRowsPage, qd_rows_page, QD_TYPE_PAGE)

typedef struct
{
  QdDrill *drill;
  QdTable *table;
  QdDrillSum sum;
  gint64 *arr;           /* by row of the table, at as-of; NULL: the rows are no customers */
} Rows;

static void
free_rows (gpointer data)
{
  Rows *rows = data;

  g_clear_pointer (&rows->drill, qd_drill_free);
  g_clear_pointer (&rows->table, qd_table_unref);
  g_free (rows->arr);
  g_free (rows);
}

static gpointer
compute (QdSnapshot *snapshot,
         const char *detail,
         QdJob      *job,
         GError    **error)
{
  Rows *rows = g_new0 (Rows, 1);

  rows->drill = qd_drill_parse (detail, error);
  if (rows->drill != NULL)
    rows->table = qd_drill_compute (qd_snapshot_get_ledger (snapshot), qd_snapshot_get_scope (snapshot), rows->drill,
                                    &rows->sum, job, error);
  if (rows->table == NULL)
    {
      free_rows (rows);
      return NULL;
    }
  rows->arr = qd_row_list_find_arr (snapshot, rows->table, qd_snapshot_get_scope (snapshot)->as_of);
  return rows;
}

/* --- in words --- */

static char *
describe_window (const QdDrill *drill,
                 QdFormat      *format)
{
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;

  if (qd_drill_is_of_cohort (drill))
    {
      if (drill->cohort == QD_DRILL_ALL_COHORTS)
        return g_strdup (_("all cohorts"));
      first = qd_format_month (format, drill->cohort);
      if (drill->step == 1)
        return g_strdup_printf (_("cohort %s"), first);
      last = qd_format_month (format, drill->cohort + drill->step - 1);
      /* Translators: a cohort of customers: the first and the last month of joining. */
      return g_strdup_printf (_("cohort %s – %s"), first, last);
    }
  last = qd_format_month (format, qd_drill_is_state (drill) ? qd_drill_get_month (drill) : drill->window.last);
  if (qd_drill_is_state (drill))
    return g_strdup_printf (_("at the end of %s"), last);
  if (drill->window.last == drill->window.before + 1)
    return g_steal_pointer (&last);
  first = qd_format_month (format, drill->window.before + 1);
  return g_strdup_printf ("%s – %s", first, last);
}

static char *
describe_age (const QdDrill *drill)
{
  guint age;

  if (!qd_drill_is_of_cohort (drill) || drill->age == QD_DRILL_MEMBERS)
    return NULL;
  age = (guint) drill->age;
  if (drill->step == 12)
    return g_strdup_printf (ngettext ("after %u year", "after %u years", age), age);
  if (drill->step == 3)
    return g_strdup_printf (ngettext ("after %u quarter", "after %u quarters", age), age);
  return g_strdup_printf (ngettext ("after %u month", "after %u months", age), age);
}

/* "Churn · Jan 2026 – Jun 2026", as the mark says it. */
static char *
describe (const Rows *rows,
          QdFormat   *format)
{
  g_autofree char *window = describe_window (rows->drill, format);
  g_autofree char *age = describe_age (rows->drill);

  return g_strdup_printf ("%s · %s%s%s", qd_drill_get_name (rows->drill), window, age != NULL ? ", " : "",
                          age != NULL ? age : "");
}

static char *
format_part (QdFormat *format,
             gboolean  money,
             gint64    value)
{
  return money ? qd_analytic_format_exact (format, value) : qd_format_count (format, value);
}

/* The exact value: what the rows sum to, or what their sum is divided by. */
static char *
describe_sum (const Rows *rows,
              QdFormat   *format)
{
  guint n = qd_table_get_n_rows (rows->table);
  g_autofree char *count = qd_format_count (format, n);
  g_autofree char *customers = g_strdup_printf (ngettext ("%s customer", "%s customers", n), count);
  g_autofree char *sum = format_part (format, rows->sum.money, rows->sum.numerator);
  g_autofree char *below = NULL;

  if (!rows->sum.divides)
    {
      if (rows->sum.money)
        /* Translators: how a figure is made: a sum of money, the number of customers. */
        return g_strdup_printf (_("%s, the sum of %s"), sum, customers);
      return g_steal_pointer (&customers);
    }
  if (rows->sum.denominator == 0)
    /* Translators: the sum of customers' shares; the number of customers. */
    return g_strdup_printf (_("Undefined: %s from %s, and nothing to divide by"), sum, customers);
  below = format_part (format, rows->sum.money && rows->sum.unit != QD_UNIT_MONEY, rows->sum.denominator);
  /* Translators: a quotient, for example "$1,200 ÷ $1,500 from 12 customers". */
  return g_strdup_printf (_("%s ÷ %s, from %s"), sum, below, customers);
}

static void
show (QdPage     *page,
      QdSnapshot *snapshot,
      gpointer    result)
{
  static const char *const sums[] = { "contribution", NULL };
  QdRowsPage *self = QD_ROWS_PAGE (page);
  const Rows *rows = result;
  QdFormat *format = qd_snapshot_get_format (snapshot);
  g_autofree char *what = describe (rows, format);
  g_autofree char *value = rows->sum.value.defined ? qd_format_value (format, rows->sum.unit, rows->sum.value.value)
                                                   : g_strdup (qd_format_get_missing (format));
  g_autofree char *made = describe_sum (rows, format);

  qd_row_list_set_figure (self->list, what, value, made);
  qd_row_list_set_table (self->list, rows->table, format, sums, rows->arr, rows->drill->id, qd_page_get_detail (page));
}

/* Of what was asked for: the rows of the mark before stay until its own are there. */
static char *
dup_title (QdPage *page)
{
  g_autoptr (QdDrill) drill = qd_drill_parse (qd_page_get_detail (page), NULL);

  if (drill == NULL)
    return g_strdup (_("Customers"));
  /* Translators: title of the list of customers that a figure is made of: "Customers behind Churn". */
  return g_strdup_printf (_("Customers behind %s"), qd_drill_get_name (drill));
}

/* The months of the mark, which need not be those of the view. */
static char *
dup_period (QdPage *page)
{
  QdFormat *format = qd_session_get_format (qd_page_get_session (page));
  g_autoptr (QdDrill) drill = qd_drill_parse (qd_page_get_detail (page), NULL);

  if (drill == NULL)
    return NULL;
  if (qd_drill_is_of_cohort (drill))
    return describe_window (drill, format);
  return qd_drill_is_state (drill) ? qd_format_month (format, qd_drill_get_month (drill))
                                   : qd_figures_dup_window (format, drill->window);
}

static char *
save_state (QdPage *page)
{
  return qd_table_view_save_state (qd_row_list_get_view (QD_ROWS_PAGE (page)->list));
}

static void
restore_state (QdPage     *page,
               const char *state)
{
  qd_table_view_restore_state (qd_row_list_get_view (QD_ROWS_PAGE (page)->list), state);
}

static QdTableView *
get_table (QdPage *page)
{
  return qd_row_list_get_view (QD_ROWS_PAGE (page)->list);
}

static const char *
get_metrics (QdPage *page)
{
  const Rows *rows = qd_page_get_result (page);
  const QdMetric *metric = rows != NULL ? qd_drill_get_metric (rows->drill) : NULL;

  return metric != NULL ? metric->id : NULL;
}

static void
qd_rows_page_class_init (QdRowsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  QdPageClass *page_class = QD_PAGE_CLASS (klass);

  page_class->compute = compute;
  page_class->result_free = free_rows;
  page_class->show = show;
  page_class->dup_title = dup_title;
  page_class->dup_period = dup_period;
  page_class->save_state = save_state;
  page_class->restore_state = restore_state;
  page_class->get_table = get_table;
  page_class->get_metrics = get_metrics;
  g_type_ensure (QD_TYPE_ROW_LIST);
  qd_page_class_set_template (page_class, "qd-rows-page");
  gtk_widget_class_bind_template_child (widget_class, QdRowsPage, list);
}

static void
qd_rows_page_init (QdRowsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
