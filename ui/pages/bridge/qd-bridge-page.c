/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-bridge-page.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "../../widgets/qd-toggles.h"
#include "../qd-analytic.h"

typedef enum { MODE_MOVEMENTS, MODE_CUSTOMERS, MODE_MONTHS } Mode;

static const struct
{
  const char *detail, *chart, *label, *tooltip;
} modes[] = {
  { "", "bridge", N_("All Movements"), N_("From opening to closing, new customers included") },
  { "customers", "bridge-customers", N_("Starting Customers"), N_("What became of the customers at the start: the flows behind NRR and GRR") },
  { "months", "movements", N_("By Month"), N_("The movements of each month") },
};

/* The rows of a table, and what opens behind each. */
typedef struct
{
  QdTable *table;
  GArray *drills;  /* QdDrill by row */
} Rows;

typedef struct
{
  Mode mode;
  QdChartSpec *chart;
  Rows kinds;      /* one row for each step of the bridge, with the comparison beside it */
  Rows months;     /* newest first */
  gboolean empty;
  char *check;
  char *period;    /* nullable: the months that are shown, where they are not the view's */
  gboolean failed;
} Result;

struct _QdBridgePage
{
  QdPage parent_instance;

  GtkBox *toolbar;
  GtkScrolledWindow *scrolled;
  QdChartView *chart;
  GtkBox *table_bar;
  GtkImage *check_icon;
  GtkLabel *check;
  GtkButton *quality;
  QdTableView *table;
  QdToggles *mode, *rows;

  gboolean by_month;  /* which table stands under the bridge */
  const Rows *shown;  /* of the result */
};

G_DEFINE_FINAL_TYPE (QdBridgePage, qd_bridge_page, QD_TYPE_PAGE)

static void
clear_rows (Rows *rows)
{
  g_clear_pointer (&rows->table, qd_table_unref);
  g_clear_pointer (&rows->drills, g_array_unref);
}

static void
free_result (gpointer data)
{
  Result *result = data;

  g_clear_pointer (&result->chart, qd_chart_spec_unref);
  clear_rows (&result->kinds);
  clear_rows (&result->months);
  g_free (result->check);
  g_free (result->period);
  g_free (result);
}

static Mode
find_mode (const char *detail)
{
  for (gsize i = 0; i < G_N_ELEMENTS (modes); i++)
    if (strcmp (modes[i].detail, detail) == 0)
      return (Mode) i;
  return MODE_MOVEMENTS;
}

/* One line of the table of kinds: MRR, losses above zero as they are kept, and customers. */
typedef struct
{
  const char *label;
  gint64 amount, before;
  gint64 customers;  /* −1: none */
  const char *id;    /* of the drill */
} Kind;

static void
add_kind (Rows       *rows,
          const Kind *kind,
          gint64      opening,
          gboolean    compared,
          gboolean    comparable,
          QdWindow    window)
{
  int factor = qd_drill_choose_factor (kind->id);
  QdDrill drill = { 0 };

  qd_table_add_text (rows->table, kind->label);
  qd_table_add_money (rows->table, kind->amount * factor);
  if (opening != 0)
    qd_table_add_rate (rows->table, (double) (kind->amount * factor) / (12. * (double) opening));
  else
    qd_table_add_missing (rows->table);
  if (kind->customers >= 0)
    qd_table_add_count (rows->table, kind->customers);
  else
    qd_table_add_missing (rows->table);
  if (compared && comparable)
    {
      qd_table_add_money (rows->table, kind->before * factor);
      qd_table_add_money (rows->table, (kind->amount - kind->before) * factor);
    }
  else if (compared)
    {
      qd_table_add_missing (rows->table);
      qd_table_add_missing (rows->table);
    }
  qd_table_end_row (rows->table);
  qd_drill_init_shown (&drill, kind->id, window);
  g_array_append_val (rows->drills, drill);
}

/* @before: (nullable): what the period that it is compared with is called. */
static void
start_kinds (Rows       *rows,
             QdSnapshot *snapshot,
             const char *before)
{
  QdColumn columns[] = {
    { "step", N_("Step"), QD_COLUMN_TEXT },
    { "arr", N_("ARR"), QD_COLUMN_MONEY },
    { "share", N_("Of opening"), QD_COLUMN_RATE },
    { "customers", N_("Customers"), QD_COLUMN_COUNT },
    { "before", g_intern_string (before), QD_COLUMN_MONEY },
    { "change", N_("Difference"), QD_COLUMN_MONEY },
  };

  rows->table = qd_table_new ("bridge", qd_book_get_currency (qd_snapshot_get_book (snapshot)), columns,
                              before != NULL ? G_N_ELEMENTS (columns) : G_N_ELEMENTS (columns) - 2);
  rows->drills = g_array_new (FALSE, FALSE, sizeof (QdDrill));
}

/* How many customers stand behind the movements of a kind, each once, in however many months it moved; −1: not known. */
static gint64
count_customers (const QdFigures *figures,
                 const char      *id)
{
  for (guint i = 0; i < figures->rows->len; i++)
    {
      const QdFigure *figure = &g_array_index (figures->rows, QdFigure, i);

      if (strcmp (figure->id, id) == 0)
        return figure->n;
    }
  return -1;
}

static void
fill_kinds (Rows             *rows,
            QdSnapshot       *snapshot,
            const QdMovement *now,
            const QdMovement *before,
            const QdFigures  *figures,
            const char       *title,
            gboolean          comparable)
{
  static const QdMovement nothing;
  const QdMovement *old = before != NULL ? before : &nothing;
  const struct
  {
    Kind kind;
    gboolean optional;
  } kinds[] = {
    { { _("Opening"), now->opening, old->opening, now->customers_opening, "opening_mrr" }, FALSE },
    { { _("New"), now->new_business, old->new_business, count_customers (figures, "new_mrr"), "new_mrr" }, FALSE },
    { { _("Reactivation"), now->reactivation, old->reactivation, count_customers (figures, "reactivation_mrr"), "reactivation_mrr" }, FALSE },
    { { _("Expansion"), now->expansion, old->expansion, count_customers (figures, "expansion_mrr"), "expansion_mrr" }, FALSE },
    { { _("Contraction"), now->contraction, old->contraction, count_customers (figures, "contraction_mrr"), "contraction_mrr" }, FALSE },
    { { _("Churn"), now->churn, old->churn, count_customers (figures, "churn_mrr"), "churn_mrr" }, FALSE },
    { { _("Exchange rates"), now->fx, old->fx, -1, "fx" }, TRUE },
    { { _("Moved in"), now->transfer_in, old->transfer_in, -1, "transfer_in" }, TRUE },
    { { _("Moved out"), now->transfer_out, old->transfer_out, -1, "transfer_out" }, TRUE },
    { { _("Closing"), now->closing, old->closing, now->customers_closing, "mrr" }, FALSE },
  };

  start_kinds (rows, snapshot, title);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (!kinds[i].optional || kinds[i].kind.amount != 0 || kinds[i].kind.before != 0)
      add_kind (rows, &kinds[i].kind, now->opening, title != NULL, comparable, now->window);
}

static void
fill_customers (Rows              *rows,
                QdSnapshot        *snapshot,
                const QdRetention *now,
                const QdRetention *before,
                const char        *title,
                gboolean           comparable)
{
  static const QdRetention nothing;
  const QdRetention *old = before != NULL ? before : &nothing;
  const Kind kinds[] = {
    { _("Start"), now->start, old->start, now->accounts_start, "start_mrr" },
    { _("Lost"), now->lost, old->lost, (gint64) now->accounts_start - now->accounts_retained, "lost_mrr" },
    { _("Reduced"), now->start - now->lost - now->gross_end, old->start - old->lost - old->gross_end, -1, "reduced_mrr" },
    { _("Grown"), now->end - now->gross_end, old->end - old->gross_end, -1, "grown_mrr" },
    { _("End"), now->end, old->end, now->accounts_retained, "end_mrr" },
  };

  start_kinds (rows, snapshot, title);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    add_kind (rows, &kinds[i], now->start, title != NULL, comparable, now->window);
}

/* In ARR, losses below zero, so that each row adds up; the newest month first. */
static void
fill_months (Rows              *rows,
             QdSnapshot        *snapshot,
             const QdMovements *movements)
{
  QdColumn columns[11] = { { "month", N_("Month"), QD_COLUMN_MONTH } };
  guint n_columns = 1;
  gboolean fx = FALSE, transfers = FALSE;

  for (guint i = 0; i < movements->rows->len; i++)
    {
      const QdMovement *row = &g_array_index (movements->rows, QdMovement, i);

      fx |= row->fx != 0;
      transfers |= row->transfer_in != 0 || row->transfer_out != 0;
    }
  columns[n_columns++] = (QdColumn){ "opening", N_("Opening"), QD_COLUMN_MONEY };
  columns[n_columns++] = (QdColumn){ "new", N_("New"), QD_COLUMN_MONEY };
  columns[n_columns++] = (QdColumn){ "reactivation", N_("Reactivation"), QD_COLUMN_MONEY };
  columns[n_columns++] = (QdColumn){ "expansion", N_("Expansion"), QD_COLUMN_MONEY };
  columns[n_columns++] = (QdColumn){ "contraction", N_("Contraction"), QD_COLUMN_MONEY };
  columns[n_columns++] = (QdColumn){ "churn", N_("Churn"), QD_COLUMN_MONEY };
  if (fx)
    columns[n_columns++] = (QdColumn){ "fx", N_("Exchange rates"), QD_COLUMN_MONEY };
  if (transfers)
    columns[n_columns++] = (QdColumn){ "transfers", N_("Moved in and out"), QD_COLUMN_MONEY };
  columns[n_columns++] = (QdColumn){ "net", N_("Net new"), QD_COLUMN_MONEY };
  columns[n_columns++] = (QdColumn){ "closing", N_("Closing"), QD_COLUMN_MONEY };
  rows->table = qd_table_new ("bridge-months", qd_book_get_currency (qd_snapshot_get_book (snapshot)), columns, n_columns);
  rows->drills = g_array_new (FALSE, FALSE, sizeof (QdDrill));
  for (guint i = movements->rows->len; i > 0; i--)
    {
      const QdMovement *row = &g_array_index (movements->rows, QdMovement, i - 1);
      QdDrill drill;

      qd_table_add_integer (rows->table, row->window.last);
      qd_table_add_money (rows->table, 12 * row->opening);
      qd_table_add_money (rows->table, 12 * row->new_business);
      qd_table_add_money (rows->table, 12 * row->reactivation);
      qd_table_add_money (rows->table, 12 * row->expansion);
      qd_table_add_money (rows->table, -12 * row->contraction);
      qd_table_add_money (rows->table, -12 * row->churn);
      if (fx)
        qd_table_add_money (rows->table, 12 * row->fx);
      if (transfers)
        qd_table_add_money (rows->table, 12 * (row->transfer_in - row->transfer_out));
      qd_table_add_money (rows->table, 12 * (row->new_business + row->reactivation + row->expansion - row->contraction - row->churn));
      qd_table_add_money (rows->table, 12 * row->closing);
      qd_table_end_row (rows->table);
      qd_drill_init_shown (&drill, "net_new_mrr", row->window);
      g_array_append_val (rows->drills, drill);
    }
}

static char *
write_equation (gint64          opening,
                gint64          moves,
                gint64          closing,
                const QdFormat *format)
{
  g_autofree char *from = qd_format_money_exact (format, 12 * opening), *to = qd_format_money_exact (format, 12 * closing);
  g_autofree char *change = qd_format_money_exact (format, 12 * ABS (moves));

  /* Yen have no cents. */
  if (qd_format_get_exponent (format) != 2)
    /* Translators: three amounts: opening, movements, closing. */
    return g_strdup_printf (moves < 0 ? _("Adds up exactly: %1$s − %2$s = %3$s") : _("Adds up exactly: %1$s + %2$s = %3$s"),
                            from, change, to);
  if (moves < 0)
    /* Translators: three amounts: opening, movements, closing. */
    return g_strdup_printf (_("Adds up to the cent: %1$s − %2$s = %3$s"), from, change, to);
  /* Translators: three amounts: opening, movements, closing. */
  return g_strdup_printf (_("Adds up to the cent: %1$s + %2$s = %3$s"), from, change, to);
}

/**
 * qd_bridge_page_write_check:
 * @row: the movements of a window
 * @chained: whether every month of it opens where the one before closed
 * @format: how amounts are written
 * @failed: (out): whether something does not add up
 *
 * Proves a bridge: opening and movements make the closing, to the cent.
 *
 * Returns: (transfer full): the proof, or what is wrong
 */
char *
qd_bridge_page_write_check (const QdMovement *row,
                            gboolean          chained,
                            const QdFormat   *format,
                            gboolean         *failed)
{
  gint64 moves = row->new_business + row->reactivation + row->expansion - row->contraction - row->churn + row->fx
                 + row->transfer_in - row->transfer_out;
  g_autofree char *closing = qd_format_money_exact (format, 12 * row->closing);
  g_autofree char *sum = qd_format_money_exact (format, 12 * (row->opening + moves));

  *failed = row->opening + moves != row->closing || !chained;
  if (row->opening + moves != row->closing)
    /* Translators: two amounts. */
    return g_strdup_printf (_("Does not add up: opening and movements make %1$s, but the closing is %2$s."), sum, closing);
  if (!chained)
    return g_strdup (_("Does not add up: a month does not open where the one before closed."));
  return write_equation (row->opening, moves, row->closing, format);
}

static gboolean
is_chained (const QdMovements *months)
{
  for (guint i = 1; i < months->rows->len; i++)
    if (g_array_index (months->rows, QdMovement, i).opening != g_array_index (months->rows, QdMovement, i - 1).closing)
      return FALSE;
  return TRUE;
}

/* All months as one movement: what their table shows. */
static QdMovement
add_months (const QdMovements *months)
{
  QdMovement sum = g_array_index (months->rows, QdMovement, 0);

  for (guint i = 1; i < months->rows->len; i++)
    qd_movement_add (&sum, &g_array_index (months->rows, QdMovement, i));
  return sum;
}

static gboolean
is_nothing (const QdMovements *months)
{
  for (guint i = 0; i < months->rows->len; i++)
    {
      const QdMovement *row = &g_array_index (months->rows, QdMovement, i);

      if (row->opening != 0 || row->closing != 0 || row->customers_closing > 0 || row->customers_churned > 0)
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_comparable (QdSnapshot *snapshot,
               QdWindow    now)
{
  const QdScope *comparison = qd_snapshot_get_comparison (snapshot);
  QdWindow before;

  return comparison != NULL && qd_scope_get_window (comparison, qd_snapshot_get_book (snapshot), &before, NULL)
         && before.last - before.before == now.last - now.before
         && before.before >= qd_ledger_get_first_month (qd_snapshot_get_ledger (snapshot));
}

static gboolean
compute_kinds (Result     *result,
               QdSnapshot *snapshot,
               QdMovement *sum,
               QdJob      *job,
               GError    **error)
{
  static const char *const counted[] = { "new_mrr",         "reactivation_mrr", "expansion_mrr",
                                         "contraction_mrr", "churn_mrr",        NULL };
  const QdScope *scope = qd_snapshot_get_scope (snapshot), *comparison = qd_snapshot_get_comparison (snapshot);
  QdLedger *ledger = qd_snapshot_get_ledger (snapshot);
  g_autoptr (QdMovements) now = qd_movements_compute (ledger, scope, NULL, job, error);
  g_autoptr (QdMovements) before = NULL;
  g_autoptr (QdFigures) figures = NULL;
  g_autofree char *title = qd_analytic_dup_compared (snapshot);
  gboolean comparable;

  if (now == NULL)
    return FALSE;
  *sum = g_array_index (now->rows, QdMovement, now->rows->len - 1);
  comparable = is_comparable (snapshot, sum->window);
  if (result->mode == MODE_CUSTOMERS)
    {
      g_autoptr (QdRetentions) kept = qd_retentions_compute (ledger, scope, NULL, job, error);
      g_autoptr (QdRetentions) old = NULL;
      const QdRetention *last;

      if (kept == NULL)
        return FALSE;
      if (comparison != NULL)
        {
          old = qd_retentions_compute (ledger, comparison, NULL, job, error);
          if (old == NULL)
            return FALSE;
        }
      last = &g_array_index (kept->rows, QdRetention, kept->rows->len - 1);
      result->check = write_equation (last->start, last->end - last->start, last->end, qd_snapshot_get_format (snapshot));
      fill_customers (&result->kinds, snapshot, last,
                      old != NULL ? &g_array_index (old->rows, QdRetention, old->rows->len - 1) : NULL, title, comparable);
      return TRUE;
    }
  if (comparison != NULL)
    {
      before = qd_movements_compute (ledger, comparison, NULL, job, error);
      if (before == NULL)
        return FALSE;
    }
  figures = qd_figures_compute (ledger, scope, counted, NULL, job, error);
  if (figures == NULL)
    return FALSE;
  fill_kinds (&result->kinds, snapshot, sum,
              before != NULL ? &g_array_index (before->rows, QdMovement, before->rows->len - 1) : NULL, figures, title,
              comparable);
  return TRUE;
}

static char *
dup_span (const QdMovements *months,
          const QdFormat    *format)
{
  const QdMovement *first = &g_array_index (months->rows, QdMovement, 0);
  const QdMovement *last = &g_array_index (months->rows, QdMovement, months->rows->len - 1);

  return qd_figures_dup_span (format, first->window.before + 1, last->window.last);
}

static gboolean
fill (Result     *result,
      QdSnapshot *snapshot,
      QdJob      *job,
      GError    **error)
{
  const QdScope *scope = qd_snapshot_get_scope (snapshot);
  QdLedger *ledger = qd_snapshot_get_ledger (snapshot);
  g_autoptr (QdScope) monthly = qd_scope_dup_monthly (scope);
  g_autoptr (QdMovements) months = NULL;
  gboolean chained;
  QdMovement sum;

  result->chart = qd_charts_make (qd_charts_find (modes[result->mode].chart), ledger,
                                  result->mode == MODE_MONTHS ? monthly : scope, qd_snapshot_get_context (snapshot), job, error);
  if (result->chart == NULL || !compute_kinds (result, snapshot, &sum, job, error))
    return FALSE;
  months = qd_movements_compute (ledger, monthly, NULL, job, error);
  if (months == NULL)
    return FALSE;
  result->empty = is_nothing (months);
  /* With groups as of each period's start, what was moved between them stands in its own columns. */
  chained = is_chained (months);
  if (result->mode == MODE_MOVEMENTS)
    qd_movements_keep_window (months, sum.window);
  /* The line of the check is about the table that it stands above. */
  if (result->mode == MODE_MONTHS && months->rows->len > 0)
    {
      sum = add_months (months);
      result->period = dup_span (months, qd_snapshot_get_format (snapshot));
    }
  fill_months (&result->months, snapshot, months);
  if (result->mode != MODE_CUSTOMERS)
    result->check = qd_bridge_page_write_check (&sum, chained, qd_snapshot_get_format (snapshot), &result->failed);
  return TRUE;
}

static gpointer
compute (QdSnapshot *snapshot,
         const char *detail,
         QdJob      *job,
         GError    **error)
{
  Result *result = g_new0 (Result, 1);

  result->mode = find_mode (detail);
  if (!fill (result, snapshot, job, error))
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

static void
show_table (QdBridgePage *self,
            QdFormat     *format,
            const Result *result)
{
  /* Steps and openings do not add up to anything. */
  static const char *const moves[] = { "new", "reactivation", "expansion", "contraction", "churn", "net", NULL };
  static const char *const nothing[] = { NULL };
  static const char *const opening[] = { "opening", "new", "reactivation", "expansion", "contraction", "churn", "fx", "net",
                                         "closing", NULL };
  gboolean months = result->mode == MODE_MONTHS || (result->mode == MODE_MOVEMENTS && self->by_month);

  self->shown = months ? &result->months : &result->kinds;
  qd_table_view_set_layout_id (self->table, months ? "bridge-months" : "bridge-kinds");
  qd_table_view_set_sums (self->table, months ? moves : nothing);
  qd_table_view_set_cells_open (self->table, months ? opening : NULL);
  qd_table_view_set_title (self->table, months ? _("Movements by month") : _("Steps of the bridge"));
  qd_table_view_set_table (self->table, self->shown->table, format, NULL);
}

static void
show (QdPage     *page,
      QdSnapshot *snapshot,
      gpointer    data)
{
  QdBridgePage *self = QD_BRIDGE_PAGE (page);
  const Result *result = data;

  qd_toggles_set_active (self->mode, modes[result->mode].detail);
  qd_analytic_bind_chart (self->chart, modes[result->mode].chart);
  qd_chart_view_set_spec (self->chart, result->chart);
  gtk_widget_set_visible (GTK_WIDGET (self->rows), result->mode == MODE_MOVEMENTS);
  qd_toggles_set_active (self->rows, self->by_month ? "months" : "kinds");
  gtk_label_set_label (self->check, result->check);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->check), result->check);
  gtk_image_set_from_icon_name (self->check_icon, result->failed ? "dialog-error-symbolic" : "emblem-ok-symbolic");
  gtk_widget_set_visible (GTK_WIDGET (self->quality), result->failed);
  if (result->failed)
    gtk_widget_add_css_class (GTK_WIDGET (self->table_bar), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->table_bar), "error");
  show_table (self, qd_snapshot_get_format (snapshot), result);
}

static void
mode_chosen_cb (QdBridgePage *self,
                const char   *id)
{
  qd_session_go (qd_page_get_session (QD_PAGE (self)), "bridge", id, NULL);
}

static void
rows_chosen_cb (QdBridgePage *self,
                const char   *id)
{
  const Result *result = qd_page_get_result (QD_PAGE (self));

  self->by_month = strcmp (id, "months") == 0;
  if (result != NULL)
    show_table (self, qd_table_view_get_format (self->table), result);
}

static void
row_activated_cb (QdBridgePage *self,
                  guint         row)
{
  const QdDrill *drill;

  if (self->shown == NULL || row >= self->shown->drills->len)
    return;
  drill = &g_array_index (self->shown->drills, QdDrill, row);
  if (drill->id != NULL)
    qd_analytic_open_drill (GTK_WIDGET (self), drill);
}

/* The columns of the table of months that open the rows behind one figure. */
static const struct
{
  const char *column, *id;
} parts[] = {
  { "opening", "opening_mrr" },           { "new", "new_mrr" },
  { "reactivation", "reactivation_mrr" }, { "expansion", "expansion_mrr" },
  { "contraction", "contraction_mrr" },   { "churn", "churn_mrr" },
  { "fx", "fx" },                         { "net", "net_new_mrr" },
  { "closing", "mrr" },
};

static void
cell_activated_cb (QdBridgePage *self,
                   guint         row,
                   guint         column)
{
  const QdDrill *of_row;
  QdDrill drill;

  if (self->shown == NULL || row >= self->shown->drills->len)
    return;
  of_row = &g_array_index (self->shown->drills, QdDrill, row);
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    if (strcmp (parts[i].column, qd_table_get_column (self->shown->table, column)->id) == 0 &&
        qd_drill_init_shown (&drill, parts[i].id, of_row->window))
      {
        qd_analytic_open_drill (GTK_WIDGET (self), &drill);
        return;
      }
}

static void
quality_clicked_cb (QdBridgePage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.go", "s", "quality");
}

static char *
save_state (QdPage *page)
{
  QdBridgePage *self = QD_BRIDGE_PAGE (page);
  g_autofree char *table = qd_table_view_save_state (self->table), *scroll = qd_analytic_save_scroll (self->scrolled);

  return g_strdup_printf ("%s %s %s", self->by_month ? "months" : "kinds", scroll, table);
}

static void
restore_state (QdPage     *page,
               const char *state)
{
  QdBridgePage *self = QD_BRIDGE_PAGE (page);
  const Result *result = qd_page_get_result (page);
  const char *scroll = strchr (state, ' ');
  const char *table = scroll != NULL ? strchr (scroll + 1, ' ') : NULL;

  self->by_month = g_str_has_prefix (state, "months ");
  qd_toggles_set_active (self->rows, self->by_month ? "months" : "kinds");
  if (result != NULL)
    show_table (self, qd_table_view_get_format (self->table), result);
  if (table == NULL)
    return;
  qd_analytic_restore_scroll (self->scrolled, scroll + 1);
  qd_table_view_restore_state (self->table, table + 1);
}

static char *
dup_period (QdPage *page)
{
  const Result *result = qd_page_get_result (page);

  return result != NULL && result->mode == find_mode (qd_page_get_detail (page)) ? g_strdup (result->period) : NULL;
}

static QdChartView *
get_chart (QdPage *page)
{
  return QD_BRIDGE_PAGE (page)->chart;
}

static QdTableView *
get_table (QdPage *page)
{
  return QD_BRIDGE_PAGE (page)->table;
}

static void
qd_bridge_page_class_init (QdBridgePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  QdPageClass *page_class = QD_PAGE_CLASS (klass);

  page_class->compute = compute;
  page_class->result_free = free_result;
  page_class->show = show;
  page_class->is_empty = is_empty;
  page_class->dup_period = dup_period;
  page_class->save_state = save_state;
  page_class->restore_state = restore_state;
  page_class->get_chart = get_chart;
  page_class->get_table = get_table;
  qd_page_class_set_template (page_class, "qd-bridge-page");
  gtk_widget_class_bind_template_child (widget_class, QdBridgePage, toolbar);
  gtk_widget_class_bind_template_child (widget_class, QdBridgePage, scrolled);
  gtk_widget_class_bind_template_child (widget_class, QdBridgePage, chart);
  gtk_widget_class_bind_template_child (widget_class, QdBridgePage, table_bar);
  gtk_widget_class_bind_template_child (widget_class, QdBridgePage, check_icon);
  gtk_widget_class_bind_template_child (widget_class, QdBridgePage, check);
  gtk_widget_class_bind_template_child (widget_class, QdBridgePage, quality);
  gtk_widget_class_bind_template_child (widget_class, QdBridgePage, table);
  gtk_widget_class_bind_template_callback (widget_class, quality_clicked_cb);
}

static void
qd_bridge_page_init (QdBridgePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->mode = QD_TOGGLES (qd_toggles_new (_("What the chart shows")));
  for (gsize i = 0; i < G_N_ELEMENTS (modes); i++)
    qd_toggles_add (self->mode, modes[i].detail, _(modes[i].label), _(modes[i].tooltip));
  gtk_box_append (self->toolbar, GTK_WIDGET (self->mode));
  self->rows = QD_TOGGLES (qd_toggles_new (_("Rows of the table")));
  qd_toggles_add (self->rows, "kinds", _("Steps"), _("One row for each step of the bridge"));
  qd_toggles_add (self->rows, "months", _("Months"), _("One row for each month"));
  gtk_box_append (self->table_bar, GTK_WIDGET (self->rows));
  g_signal_connect_object (self->mode, "chosen", G_CALLBACK (mode_chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->rows, "chosen", G_CALLBACK (rows_chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->table, "row-activated", G_CALLBACK (row_activated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->table, "cell-activated", G_CALLBACK (cell_activated_cb), self, G_CONNECT_SWAPPED);
  qd_page_set_empty (QD_PAGE (self), "qd-bridge-symbolic", N_ ("No Revenue Yet"),
                     N_ ("How ARR moved from opening to closing stands here once subscriptions, monthly revenue or movements are imported."),
                     N_ ("_Import…"), "win.import");
}
