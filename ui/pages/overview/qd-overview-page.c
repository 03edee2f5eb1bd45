/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-overview-page.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "../../draw/figures/qd-sentences.h"
#include "../../widgets/qd-figure-tile.h"
#include "../../widgets/qd-sparkline.h"
#include "../qd-analytic.h"

#define N_MOVERS 7

/* All that the page shows. */
typedef struct
{
  QdOverview *overview;
  GPtrArray *sentences;
  QdChartSpec *courses[QD_OVERVIEW_N_FIGURES];
  QdChartSpec *arr;
} Result;

struct _QdOverviewPage
{
  QdPage parent_instance;

  GtkScrolledWindow *scrolled;
  GtkLabel *basis;
  GtkBox *tiles;
  QdFigureTile *figures[QD_OVERVIEW_N_FIGURES];
  GtkListBox *sentences;
  QdChartView *chart;
  GtkLabel *losses_heading, *losses_sum;
  GtkListBox *losses;
  GtkLabel *gains_heading, *gains_sum;
  GtkListBox *gains;
  GtkButton *all;

  QdDrill everything;  /* the customers behind the net change */
};

G_DEFINE_FINAL_TYPE (QdOverviewPage, qd_overview_page, QD_TYPE_PAGE)

static void
free_result (gpointer data)
{
  Result *result = data;

  g_clear_pointer (&result->overview, qd_overview_free);
  g_clear_pointer (&result->sentences, g_ptr_array_unref);
  for (guint i = 0; i < QD_OVERVIEW_N_FIGURES; i++)
    g_clear_pointer (&result->courses[i], qd_chart_spec_unref);
  g_clear_pointer (&result->arr, qd_chart_spec_unref);
  g_free (result);
}

static QdChartSpec *
make_course (const QdOverview *overview,
             guint             index,
             QdFormat         *format)
{
  const QdOverviewFigure *figure = &overview->figures[index];
  QdChartSpec *spec = qd_chart_spec_new (QD_CHART_SPARKLINE, format);

  qd_chart_spec_set_months (spec, overview->series_first, overview->n_series, overview->series_step);
  /* With a title the line carries no number: the tile has it. */
  qd_chart_spec_set_panel (spec, 0, figure->metric->unit, qd_sentences_get_name (figure));
  qd_chart_spec_add_series (spec, 0, QD_SERIES_LINE, qd_sentences_get_name (figure), QD_TONE_SERIES_1, figure->series);
  return spec;
}

static gpointer
compute (QdSnapshot *snapshot,
         const char *detail,
         QdJob      *job,
         GError    **error)
{
  QdLedger *ledger = qd_snapshot_get_ledger (snapshot);
  g_autoptr (QdScope) monthly = qd_scope_dup_monthly (qd_snapshot_get_scope (snapshot));
  Result *result = g_new0 (Result, 1);

  result->overview = qd_overview_compute (ledger, qd_snapshot_get_scope (snapshot), qd_snapshot_get_comparison (snapshot),
                                          N_MOVERS, job, error);
  if (result->overview != NULL)
    result->arr = qd_charts_make (qd_charts_find ("arr"), ledger, monthly, qd_snapshot_get_context (snapshot), job, error);
  if (result->arr == NULL)
    {
      free_result (result);
      return NULL;
    }
  result->sentences = qd_sentences_write (result->overview, qd_snapshot_get_format (snapshot));
  for (guint i = 0; i < QD_OVERVIEW_N_FIGURES; i++)
    result->courses[i] = make_course (result->overview, i, qd_snapshot_get_format (snapshot));
  return result;
}

static gboolean
is_empty (QdPage  *page,
          gpointer data)
{
  return qd_overview_is_empty (((Result *) data)->overview);
}

static void
empty_list (GtkListBox *list)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (list, 0)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (row));
}

/* @drill or @account: (nullable): what the row opens. */
static void
add_row (GtkListBox    *list,
         GtkWidget     *child,
         const char    *name,
         const QdDrill *drill,
         const char    *account)
{
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), child);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), drill != NULL || account != NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  if (drill != NULL)
    g_object_set_data_full (G_OBJECT (row), "drill", qd_drill_copy (drill), g_free);
  if (account != NULL)
    g_object_set_data_full (G_OBJECT (row), "account", g_strdup (account), g_free);
  gtk_list_box_append (list, row);
}

static void
row_activated_cb (QdOverviewPage *self,
                  GtkListBoxRow  *row)
{
  const QdDrill *drill = g_object_get_data (G_OBJECT (row), "drill");
  const char *account = g_object_get_data (G_OBJECT (row), "account");

  if (drill != NULL)
    qd_analytic_open_drill (GTK_WIDGET (self), drill);
  else if (account != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.open-account", "s", account);
}

static void
all_clicked_cb (QdOverviewPage *self)
{
  qd_analytic_open_drill (GTK_WIDGET (self), &self->everything);
}

static GtkWidget *
make_row_box (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  gtk_widget_add_css_class (box, "compact-row");
  return box;
}

static void
show_sentences (QdOverviewPage *self,
                const Result   *result)
{
  empty_list (self->sentences);
  for (guint i = 0; i < result->sentences->len; i++)
    {
      const QdSentence *sentence = result->sentences->pdata[i];
      /* No box: it would try many widths to find how high the text gets. */
      GtkWidget *grid = gtk_grid_new (), *label = gtk_label_new (sentence->text);
      GtkWidget *arrow = gtk_image_new_from_icon_name ("go-next-symbolic");
      QdDrill drill;

      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_widget_set_hexpand (label, TRUE);
      gtk_widget_add_css_class (arrow, "dim-label");
      gtk_accessible_update_property (GTK_ACCESSIBLE (arrow), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Show the customers behind it"), -1);
      gtk_widget_add_css_class (grid, "compact-row");
      gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
      gtk_grid_attach (GTK_GRID (grid), label, 0, 0, 1, 1);
      gtk_grid_attach (GTK_GRID (grid), arrow, 1, 0, 1, 1);
      if (qd_drill_init_shown (&drill, sentence->metric, result->overview->window))
        add_row (self->sentences, grid, sentence->text, &drill, NULL);
    }
}

static void
show_movers (GtkListBox   *list,
             const GArray *movers,
             const char   *nobody,
             QdFormat     *format)
{
  empty_list (list);
  for (guint i = 0; i < movers->len; i++)
    {
      const QdOverviewMover *mover = &g_array_index (movers, QdOverviewMover, i);
      g_autofree char *amount = qd_format_money_change (format, 12.0 * (double) mover->amount);
      g_autofree char *kinds = qd_sentences_dup_moves (mover, format);
      g_autofree char *all = qd_sentences_dup_kinds (mover->kinds);
      g_autofree char *spoken = g_strdup_printf ("%s, %s, %s", mover->name, kinds, amount);
      GtkWidget *box = make_row_box (), *name = gtk_label_new (mover->name), *kind = gtk_label_new (kinds);
      GtkWidget *value = gtk_label_new (amount);

      gtk_label_set_xalign (GTK_LABEL (name), 0);
      gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
      gtk_widget_set_tooltip_text (name, mover->name);
      gtk_widget_set_hexpand (name, TRUE);
      gtk_label_set_ellipsize (GTK_LABEL (kind), PANGO_ELLIPSIZE_END);
      gtk_label_set_max_width_chars (GTK_LABEL (kind), 30);
      gtk_widget_set_tooltip_text (kind, all);
      gtk_widget_add_css_class (kind, "dim-label");
      gtk_widget_add_css_class (kind, "caption");
      gtk_label_set_xalign (GTK_LABEL (value), 1);
      gtk_label_set_width_chars (GTK_LABEL (value), 8);
      gtk_widget_add_css_class (value, "numeric");
      gtk_box_append (GTK_BOX (box), name);
      gtk_box_append (GTK_BOX (box), kind);
      gtk_box_append (GTK_BOX (box), value);
      add_row (list, box, spoken, NULL, mover->account);
    }
  if (movers->len == 0)
    {
      GtkWidget *box = make_row_box (), *label = gtk_label_new (nobody);

      gtk_widget_add_css_class (label, "dim-label");
      gtk_box_append (GTK_BOX (box), label);
      add_row (list, box, nobody, NULL, NULL);
    }
}

static void
show_heading (GtkLabel   *heading,
              GtkLabel   *sum,
              GtkListBox *list,
              const char *text,
              guint       n,
              gint64      amount,
              QdFormat   *format)
{
  g_autofree char *count = qd_format_count (format, n), *total = qd_format_money_change (format, 12.0 * (double) amount);
  g_autofree char *all = NULL;

  if (n > 0)
    /* Translators: a number of customers, the signed sum of what each of them pays more or less at the end than at the start. */
    all = g_strdup_printf (ngettext ("%1$s customer, net %2$s", "%1$s customers, net %2$s", n), count, total);
  gtk_label_set_label (heading, text);
  gtk_label_set_label (sum, all);
  gtk_widget_set_tooltip_text (GTK_WIDGET (sum), _("What each customer pays at the end of the period less what it paid at the start"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static void
show_figures (QdOverviewPage *self,
              QdSnapshot     *snapshot,
              const Result   *result)
{
  const QdOverview *overview = result->overview;
  QdFormat *format = qd_snapshot_get_format (snapshot);
  g_autofree char *since = NULL;

  if (overview->comparison != NULL)
    {
      g_autofree char *month = qd_format_month (format, overview->compared.last);

      /* Translators: %s is a month: what a change is against. */
      since = g_strdup_printf (_("since %s"), month);
    }
  for (guint i = 0; i < QD_OVERVIEW_N_FIGURES; i++)
    {
      const QdOverviewFigure *figure = &overview->figures[i];
      g_autofree char *value = qd_sentences_dup_value (figure, format);
      g_autofree char *change = qd_sentences_dup_change (figure, format);
      QdDrill drill;

      qd_drill_init (&drill, figure->metric->id, overview->window, figure->metric->stock ? 1 : 12);
      qd_figure_tile_set_figure (self->figures[i], figure->metric, qd_sentences_get_name (figure), value, change,
                                 qd_sentences_judge (figure), since, figure->now.value.defined ? &drill : NULL);
      qd_figure_tile_set_course (self->figures[i], result->courses[i]);
    }
}

static void
show (QdPage     *page,
      QdSnapshot *snapshot,
      gpointer    data)
{
  QdOverviewPage *self = QD_OVERVIEW_PAGE (page);
  const Result *result = data;
  const QdOverview *overview = result->overview;
  QdFormat *format = qd_snapshot_get_format (snapshot);
  g_autofree char *window = qd_analytic_dup_window (snapshot), *compared = qd_analytic_dup_compared (snapshot);
  g_autofree char *basis = NULL;

  if (compared != NULL)
    /* Translators: two periods: "12 months to Jun 2026, compared with 12 months to Jun 2025". */
    basis = g_strdup_printf (_("%1$s, compared with %2$s"), window, compared);
  else
    basis = g_strdup_printf (_("%s, without a comparison"), window);
  gtk_label_set_label (self->basis, basis);
  qd_drill_init_shown (&self->everything, "net_new_mrr", overview->window);
  show_figures (self, snapshot, result);
  show_sentences (self, result);
  qd_chart_view_set_spec (self->chart, result->arr);
  show_heading (self->losses_heading, self->losses_sum, self->losses, _("Largest Losses"), overview->n_losses,
                overview->sum_losses, format);
  show_movers (self->losses, overview->losses, _("Nobody pays less than at the start"), format);
  show_heading (self->gains_heading, self->gains_sum, self->gains, _("Largest Gains"), overview->n_gains,
                overview->sum_gains, format);
  show_movers (self->gains, overview->gains, _("Nobody pays more than at the start"), format);
  gtk_widget_set_visible (GTK_WIDGET (self->all), overview->n_losses + overview->n_gains > 0);
}

static char *
save_state (QdPage *page)
{
  return qd_analytic_save_scroll (QD_OVERVIEW_PAGE (page)->scrolled);
}

static void
restore_state (QdPage     *page,
               const char *state)
{
  qd_analytic_restore_scroll (QD_OVERVIEW_PAGE (page)->scrolled, state);
}

static QdChartView *
get_chart (QdPage *page)
{
  return QD_OVERVIEW_PAGE (page)->chart;
}

static void
qd_overview_page_class_init (QdOverviewPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  QdPageClass *page_class = QD_PAGE_CLASS (klass);

  page_class->compute = compute;
  page_class->result_free = free_result;
  page_class->show = show;
  page_class->is_empty = is_empty;
  page_class->save_state = save_state;
  page_class->restore_state = restore_state;
  page_class->get_chart = get_chart;
  qd_page_class_set_template (page_class, "qd-overview-page");
  gtk_widget_class_bind_template_child (widget_class, QdOverviewPage, scrolled);
  gtk_widget_class_bind_template_child (widget_class, QdOverviewPage, basis);
  gtk_widget_class_bind_template_child (widget_class, QdOverviewPage, tiles);
  gtk_widget_class_bind_template_child (widget_class, QdOverviewPage, sentences);
  gtk_widget_class_bind_template_child (widget_class, QdOverviewPage, chart);
  gtk_widget_class_bind_template_child (widget_class, QdOverviewPage, losses_heading);
  gtk_widget_class_bind_template_child (widget_class, QdOverviewPage, losses_sum);
  gtk_widget_class_bind_template_child (widget_class, QdOverviewPage, losses);
  gtk_widget_class_bind_template_child (widget_class, QdOverviewPage, gains_heading);
  gtk_widget_class_bind_template_child (widget_class, QdOverviewPage, gains_sum);
  gtk_widget_class_bind_template_child (widget_class, QdOverviewPage, gains);
  gtk_widget_class_bind_template_child (widget_class, QdOverviewPage, all);
  gtk_widget_class_bind_template_callback (widget_class, all_clicked_cb);
}

static void
qd_overview_page_init (QdOverviewPage *self)
{
  GtkListBox *lists[3];

  gtk_widget_init_template (GTK_WIDGET (self));
  lists[0] = self->sentences;
  lists[1] = self->losses;
  lists[2] = self->gains;
  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    g_signal_connect_object (lists[i], "row-activated", G_CALLBACK (row_activated_cb), self, G_CONNECT_SWAPPED);
  for (guint i = 0; i < QD_OVERVIEW_N_FIGURES; i++)
    {
      self->figures[i] = QD_FIGURE_TILE (qd_figure_tile_new ());
      gtk_box_append (self->tiles, GTK_WIDGET (self->figures[i]));
    }
  qd_analytic_bind_chart (self->chart, "arr");
  qd_page_set_empty (QD_PAGE (self), "go-home-symbolic", N_ ("No Revenue Yet"),
                     N_ ("Key figures, what changed, and who it was with stand here once subscriptions, monthly revenue or movements are imported."),
                     N_ ("_Import…"), "win.import");
}
