/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The table twin: the numbers in place of the picture, under the same words.
 */
#include "config.h"

#include "qd-chart-view-private.h"

#include <glib/gi18n-lib.h>

/* Columns beyond are hidden at first: a cohort chart has one for each month of age. */
#define MAX_COLUMNS 25

typedef struct
{
  GtkLabel *title, *subject, *period, *source;
  QdTableView *table;
} Twin;

static GtkLabel *
add_label (GtkWidget  *box,
           const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, style);
  gtk_box_append (GTK_BOX (box), label);
  return GTK_LABEL (label);
}

static void
set_label (GtkLabel   *label,
           const char *text,
           gboolean    wanted)
{
  gtk_label_set_label (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), wanted && text != NULL);
}

static void
make_twin (QdChartView *self)
{
  Twin *twin = g_new0 (Twin, 1);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *button = gtk_button_new_with_mnemonic (_("View as _Chart"));

  self->twin = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  gtk_widget_add_css_class (self->twin, "chart-twin");
  gtk_widget_set_parent (self->twin, GTK_WIDGET (self));
  g_object_set_data_full (G_OBJECT (self->twin), "twin", twin, g_free);

  twin->title = add_label (words, "heading");
  twin->subject = add_label (words, "caption");
  twin->period = add_label (words, "caption");
  gtk_widget_add_css_class (GTK_WIDGET (twin->period), "dim-label");
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (head), words);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "chart.view-table");
  gtk_widget_set_tooltip_text (button, _("Show the picture again (Shift+Ctrl+T)"));
  gtk_widget_set_valign (button, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (head), button);
  gtk_box_append (GTK_BOX (self->twin), head);

  twin->table = QD_TABLE_VIEW (qd_table_view_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (twin->table), TRUE);
  /* Months of a chart do not add up. */
  qd_table_view_set_footer_visible (twin->table, FALSE);
  gtk_box_append (GTK_BOX (self->twin), GTK_WIDGET (twin->table));
  twin->source = add_label (self->twin, "caption");
  gtk_widget_add_css_class (GTK_WIDGET (twin->source), "dim-label");
}

/**
 * qd_chart_view_update_twin:
 * @self: a view
 *
 * Shows the table when it is wanted, with the numbers of the chart as drawn.
 */
void
qd_chart_view_update_twin (QdChartView *self)
{
  g_autoptr (QdTable) table = NULL;
  g_autoptr (GPtrArray) rest = NULL;
  Twin *twin;
  const char *title;

  if (self->twin != NULL)
    gtk_widget_set_visible (self->twin, self->show_table && self->spec != NULL);
  if (!self->show_table || self->spec == NULL)
    return;
  if (self->twin == NULL)
    make_twin (self);
  twin = g_object_get_data (G_OBJECT (self->twin), "twin");
  title = qd_chart_spec_get_title (self->spec);
  set_label (twin->title, title, TRUE);
  set_label (twin->subject, qd_chart_spec_get_subject (self->spec), !self->compact);
  set_label (twin->period, qd_chart_spec_get_period (self->spec), !self->compact);
  set_label (twin->source, qd_chart_spec_get_source (self->spec), !self->compact && !self->unsourced);
  table = qd_chart_spec_to_table (self->spec);
  rest = g_ptr_array_new ();
  for (guint i = MAX_COLUMNS; i < qd_table_get_n_columns (table); i++)
    g_ptr_array_add (rest, (gpointer) qd_table_get_column (table, i)->id);
  g_ptr_array_add (rest, NULL);
  qd_table_view_set_table (twin->table, table, qd_chart_spec_get_format (self->spec), (const char *const *) rest->pdata);
  qd_table_view_set_title (twin->table, title != NULL ? title : _("Numbers of the chart"));
}

/**
 * qd_chart_view_get_table:
 * @self: a view
 *
 * Returns: (transfer none) (nullable): the table that stands in place of the
 *   picture; `NULL` while the picture is seen
 */
QdTableView *
qd_chart_view_get_table (QdChartView *self)
{
  g_return_val_if_fail (QD_IS_CHART_VIEW (self), NULL);
  return self->show_table && self->twin != NULL ? ((Twin *) g_object_get_data (G_OBJECT (self->twin), "twin"))->table : NULL;
}
