/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-month-picker.h"

#include <glib/gi18n-lib.h>

#define COLUMNS 4

struct _QdMonthPicker
{
  GtkPopover parent_instance;

  GtkButton *previous, *next, *latest;
  GtkLabel *year_label;
  GtkToggleButton *months[12];
  QdFormat *format;
  QdMonth month, first, last, horizon;
  int year;
  gboolean showing;
};

static guint picked;

G_DEFINE_FINAL_TYPE (QdMonthPicker, qd_month_picker, GTK_TYPE_POPOVER)

static void
show_year (QdMonthPicker *self)
{
  g_autofree char *year = g_strdup_printf ("%d", self->year);
  QdMonth chosen = self->month != QD_MONTH_NONE ? self->month : self->last;

  self->showing = TRUE;
  gtk_label_set_label (self->year_label, year);
  for (int i = 0; i < 12; i++)
    {
      QdMonth month = qd_month_from_ym (self->year, i + 1);
      g_autofree char *name = qd_format_month_name (self->format, month);
      g_autofree char *full = qd_format_month (self->format, month);

      gtk_button_set_label (GTK_BUTTON (self->months[i]), name);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->months[i]), GTK_ACCESSIBLE_PROPERTY_LABEL, full, -1);
      gtk_widget_set_sensitive (GTK_WIDGET (self->months[i]), month >= self->first && month <= self->horizon);
      gtk_toggle_button_set_active (self->months[i], month == chosen);
    }
  gtk_widget_set_sensitive (GTK_WIDGET (self->previous), self->year > qd_month_get_year (self->first));
  gtk_widget_set_sensitive (GTK_WIDGET (self->next), self->year < qd_month_get_year (self->horizon));
  self->showing = FALSE;
}

static void
previous_cb (QdMonthPicker *self)
{
  self->year--;
  show_year (self);
}

static void
next_cb (QdMonthPicker *self)
{
  self->year++;
  show_year (self);
}

static void
pick (QdMonthPicker *self,
      QdMonth        month)
{
  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, picked, 0, month);
}

static void
month_cb (GtkToggleButton *button,
          QdMonthPicker   *self)
{
  if (self->showing)
    return;
  for (int i = 0; i < 12; i++)
    if (self->months[i] == button)
      {
        QdMonth month = qd_month_from_ym (self->year, i + 1);

        pick (self, month == self->last ? QD_MONTH_NONE : month);
      }
}

static void
latest_cb (QdMonthPicker *self)
{
  pick (self, QD_MONTH_NONE);
}

static void
qd_month_picker_finalize (GObject *object)
{
  g_clear_pointer (&QD_MONTH_PICKER (object)->format, qd_format_unref);
  G_OBJECT_CLASS (qd_month_picker_parent_class)->finalize (object);
}

static void
qd_month_picker_class_init (QdMonthPickerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = qd_month_picker_finalize;
  picked = g_signal_new ("picked", QD_TYPE_MONTH_PICKER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                         G_TYPE_INT);
}

static GtkButton *
make_arrow (QdMonthPicker *self,
            const char    *icon_name,
            const char    *label,
            GCallback      callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon_name);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect_swapped (button, "clicked", callback, self);
  return GTK_BUTTON (button);
}

static void
qd_month_picker_init (QdMonthPicker *self)
{
  GtkWidget *outer = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *grid = gtk_grid_new ();

  self->year_label = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_set_hexpand (GTK_WIDGET (self->year_label), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->year_label), "heading");
  gtk_widget_add_css_class (GTK_WIDGET (self->year_label), "numeric");
  self->previous = make_arrow (self, "go-previous-symbolic", _("Previous Year"), G_CALLBACK (previous_cb));
  self->next = make_arrow (self, "go-next-symbolic", _("Next Year"), G_CALLBACK (next_cb));
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->previous));
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->year_label));
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->next));
  gtk_box_append (GTK_BOX (outer), head);

  gtk_grid_set_column_homogeneous (GTK_GRID (grid), TRUE);
  for (int i = 0; i < 12; i++)
    {
      self->months[i] = GTK_TOGGLE_BUTTON (gtk_toggle_button_new ());
      gtk_widget_add_css_class (GTK_WIDGET (self->months[i]), "flat");
      gtk_grid_attach (GTK_GRID (grid), GTK_WIDGET (self->months[i]), i % COLUMNS, i / COLUMNS, 1, 1);
      g_signal_connect (self->months[i], "toggled", G_CALLBACK (month_cb), self);
    }
  gtk_box_append (GTK_BOX (outer), grid);

  self->latest = GTK_BUTTON (gtk_button_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->latest), "flat");
  g_signal_connect_swapped (self->latest, "clicked", G_CALLBACK (latest_cb), self);
  gtk_box_append (GTK_BOX (outer), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (outer), GTK_WIDGET (self->latest));
  gtk_popover_set_child (GTK_POPOVER (self), outer);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("As of"), -1);
}

GtkWidget *
qd_month_picker_new (void)
{
  return g_object_new (QD_TYPE_MONTH_PICKER, NULL);
}

/**
 * qd_month_picker_set:
 * @self: a picker
 * @format: how months are written
 * @month: the chosen month, or `QD_MONTH_NONE`: the latest
 * @first: first month that can be chosen
 * @last: the latest month of the data
 * @horizon: last month that can be chosen
 *
 * Shows the year of the chosen month.
 */
void
qd_month_picker_set (QdMonthPicker *self,
                     QdFormat      *format,
                     QdMonth        month,
                     QdMonth        first,
                     QdMonth        last,
                     QdMonth        horizon)
{
  g_autofree char *name = qd_format_month (format, last);
  /* Translators: the button that goes to the newest month; %s: that month */
  g_autofree char *label = g_strdup_printf (_("Latest (%s)"), name);

  g_return_if_fail (QD_IS_MONTH_PICKER (self) && first != QD_MONTH_NONE);
  qd_format_ref (format);
  g_clear_pointer (&self->format, qd_format_unref);
  self->format = format;
  self->month = month;
  self->first = first;
  self->last = last;
  self->horizon = horizon;
  self->year = qd_month_get_year (month != QD_MONTH_NONE ? month : last);
  gtk_button_set_label (self->latest, label);
  gtk_widget_set_sensitive (GTK_WIDGET (self->latest), month != QD_MONTH_NONE);
  show_year (self);
}
