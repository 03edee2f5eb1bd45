/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-scope-bar.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "../widgets/qd-template.h"
#include "../widgets/qd-wrap-layout.h"
#include "qd-filter-popover.h"
#include "qd-month-picker.h"

#define MAX_MONTHS 120

struct _QdScopeBar
{
  GtkWidget parent_instance;

  GtkBox *as_of_box;
  GtkMenuButton *as_of, *period, *compare, *profile, *filter, *views;
  GtkLabel *as_of_label, *period_label, *compare_label, *profile_label;
  GtkButton *clear;
  GMenu *compare_menu, *period_menu;

  QdMonthPicker *picker;
  QdFilterPopover *filters;
  GtkSpinButton *months;
  GtkPopover *save_popover;
  GtkEditable *save_name;
  GtkButton *save_button;
  GPtrArray *chips;        /* GtkWidget, children of ours */
  QdFacts *facts;
  QdView *view;
  QdFormat *format;
};

G_DEFINE_FINAL_TYPE (QdScopeBar, qd_scope_bar, GTK_TYPE_WIDGET)

static char *
dup_period (QdPeriod period)
{
  if (period.kind == QD_PERIOD_QUARTER)
    return g_strdup (_("Fiscal Quarter"));
  if (period.kind == QD_PERIOD_YEAR)
    return g_strdup (_("Fiscal Year"));
  return g_strdup_printf (ngettext ("%d Month", "%d Months", (gulong) period.months), period.months);
}

/* "Enterprise, Mid-Market", or how many there are when they are many. */
static char *
dup_values (const QdFacts *facts,
            const QdView  *view,
            const char    *name)
{
  const QdFactsDimension *dimension = facts != NULL ? qd_facts_find_dimension (facts, name) : NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  gsize length = strlen (name);
  guint n = 0;

  for (guint i = 0; i < view->where->len; i++)
    {
      const char *pair = view->where->pdata[i];
      const QdFactsValue *value;

      if (strncmp (pair, name, length) != 0 || pair[length] != '=')
        continue;
      value = dimension != NULL ? qd_facts_find_value (dimension, pair + length + 1) : NULL;
      if (n++ > 0)
        g_string_append (text, ", ");
      g_string_append (text, value != NULL ? value->title : pair + length + 1);
    }
  if (n > 2)
    return g_strdup_printf (ngettext ("%u value", "%u values", n), n);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Names of the dimensions that are filtered by, each once. */
static GPtrArray *
list_filtered (const QdView *view)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < view->where->len; i++)
    {
      const char *pair = view->where->pdata[i];
      g_autofree char *name = g_strndup (pair, strcspn (pair, "="));

      if (!g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
        g_ptr_array_add (names, g_steal_pointer (&name));
    }
  return names;
}

/**
 * qd_scope_dup_summary:
 * @facts: (nullable): what is known of the workspace
 * @view: a view
 * @period: (nullable): which months a page shows, where they are not the view's
 * @format: how months are written
 *
 * Says in one line what a page is about: "12 months to Jun 2026 · Enterprise".
 *
 * Returns: (transfer full): the line, "" before the workspace is known
 */
char *
qd_scope_dup_summary (const QdFacts *facts,
                      const QdView  *view,
                      const char    *period,
                      QdFormat      *format)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GPtrArray) names = list_filtered (view);
  g_autofree char *month = NULL;
  QdMonth as_of;

  if (facts == NULL || facts->last == QD_MONTH_NONE)
    return g_strdup ("");
  as_of = view->as_of != QD_MONTH_NONE ? view->as_of : facts->last;
  month = qd_format_month (format, as_of);
  if (period != NULL)
    g_string_append (text, period);
  else if (view->period.kind == QD_PERIOD_QUARTER)
    g_string_append_printf (text, qd_fiscal_quarter_end (as_of, facts->fiscal_start) > as_of ? _("Fiscal quarter to date, %s") :
                            _("Fiscal quarter to %s"), month);
  else if (view->period.kind == QD_PERIOD_YEAR)
    g_string_append_printf (text, qd_fiscal_year_end (as_of, facts->fiscal_start) > as_of ? _("Fiscal year to date, %s") :
                            _("Fiscal year to %s"), month);
  else if (view->period.months == 1)
    g_string_append (text, month);
  else
    /* Translators: number of months, the last of them */
    g_string_append_printf (text, ngettext ("%d month to %s", "%d months to %s", (gulong) view->period.months),
                            view->period.months, month);
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *values = dup_values (facts, view, names->pdata[i]);

      g_string_append_printf (text, " · %s", values);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
picked_cb (QdScopeBar *self,
           int         month)
{
  g_autofree char *text = month != QD_MONTH_NONE ? qd_month_to_iso (month) : g_strdup ("");

  gtk_widget_activate_action (GTK_WIDGET (self), "win.set-as-of", "s", text);
}

static void
months_cb (QdScopeBar *self)
{
  g_autofree char *text = NULL;

  gtk_spin_button_update (self->months);
  text = g_strdup_printf ("%d", gtk_spin_button_get_value_as_int (self->months));
  gtk_menu_button_popdown (self->period);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.set-period", "s", text);
}

static gboolean
is_name (const char *text)
{
  g_autofree char *name = g_strstrip (g_strdup (text));

  return *name != '\0';
}

static void
save_changed_cb (QdScopeBar *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->save_button), is_name (gtk_editable_get_text (self->save_name)));
}

static void
save_cb (QdScopeBar *self)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (self->save_name)));

  if (*name == '\0')
    return;
  gtk_popover_popdown (self->save_popover);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.save-view-as", "s", name);
}

static void
chip_cb (GtkButton  *button,
         QdScopeBar *self)
{
  qd_filter_popover_show_dimension (self->filters, g_object_get_data (G_OBJECT (button), "dimension"));
  gtk_menu_button_popup (self->filter);
}

static void
chip_remove_cb (GtkButton  *button,
                QdScopeBar *self)
{
  g_autofree char *name = g_strdup (g_object_get_data (G_OBJECT (button), "dimension"));

  gtk_widget_grab_focus (GTK_WIDGET (self->filter)); /* the chip goes away with its focus */
  gtk_widget_activate_action (GTK_WIDGET (self), "win.clear-dimension", "s", name);
}

static GtkWidget *
make_chip (QdScopeBar *self,
           const char *name)
{
  const QdFactsDimension *dimension = self->facts != NULL ? qd_facts_find_dimension (self->facts, name) : NULL;
  g_autofree char *values = dup_values (self->facts, self->view, name);
  /* Translators: a filter: the field, its values */
  g_autofree char *text = g_strdup_printf (_("%s: %s"), dimension != NULL ? dimension->title : name, values);
  /* Translators: takes a filter away; %s: the filter, as "Segment: Enterprise" */
  g_autofree char *remove_text = g_strdup_printf (_("Remove %s"), text);
  GtkWidget *chip = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *button = gtk_button_new ();
  GtkWidget *label = gtk_label_new (text);
  GtkWidget *remove = gtk_button_new_from_icon_name ("window-close-symbolic");

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 36);
  gtk_button_set_child (GTK_BUTTON (button), label);
  gtk_widget_set_tooltip_text (button, text);
  gtk_widget_set_tooltip_text (remove, remove_text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (remove), GTK_ACCESSIBLE_PROPERTY_LABEL, remove_text, -1);
  g_object_set_data_full (G_OBJECT (button), "dimension", g_strdup (name), g_free);
  g_object_set_data_full (G_OBJECT (remove), "dimension", g_strdup (name), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (chip_cb), self);
  g_signal_connect (remove, "clicked", G_CALLBACK (chip_remove_cb), self);
  gtk_box_append (GTK_BOX (chip), button);
  gtk_box_append (GTK_BOX (chip), remove);
  gtk_widget_add_css_class (chip, "linked");
  gtk_widget_add_css_class (chip, "chip");
  return chip;
}

static void
show_chips (QdScopeBar *self)
{
  g_autoptr (GPtrArray) names = list_filtered (self->view);

  while (self->chips->len > 0)
    gtk_widget_unparent (g_ptr_array_steal_index (self->chips, 0));
  for (guint i = 0; i < names->len; i++)
    {
      GtkWidget *chip = make_chip (self, names->pdata[i]);

      gtk_widget_insert_before (chip, GTK_WIDGET (self), GTK_WIDGET (self->clear));
      g_ptr_array_add (self->chips, chip);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->clear), names->len > 0);
}

/* A button that says its value: what it is about stands in its name and tooltip. */
static void
label_button (GtkMenuButton *button,
              GtkLabel      *label,
              const char    *about,
              const char    *value)
{
  /* Translators: name of a control: what it is about, its value: "As of: Jun 2026" */
  g_autofree char *name = g_strdup_printf (_("%s: %s"), about, value);

  gtk_label_set_label (label, value);
  gtk_widget_set_tooltip_text (GTK_WIDGET (button), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
show_as_of (QdScopeBar *self)
{
  gboolean known = self->facts != NULL && self->facts->last != QD_MONTH_NONE;
  g_autofree char *month = NULL;

  gtk_widget_set_sensitive (GTK_WIDGET (self->as_of), known);
  if (known)
    {
      qd_month_picker_set (self->picker, self->format, self->view->as_of, self->facts->first, self->facts->last,
                           qd_facts_get_horizon (self->facts, self->view));
      month = qd_format_month (self->format, self->view->as_of != QD_MONTH_NONE ? self->view->as_of : self->facts->last);
    }
  label_button (self->as_of, self->as_of_label, _("As of"), known ? month : _("Latest"));
}

static void
show_compare (QdScopeBar *self)
{
  const char *text = self->view->compare == QD_COMPARE_NONE ? _("No Comparison") :
                     self->view->compare == QD_COMPARE_PRIOR_PERIOD ? _("vs. Prior Period") : _("vs. Prior Year");

  label_button (self->compare, self->compare_label, _("Compare to"), text);
}

/* In menus "_" is a mnemonic. */
static char *
dup_label (const char *name)
{
  g_auto (GStrv) parts = g_strsplit (name, "_", -1);

  return g_strjoinv ("__", parts);
}

static void
show_profiles (QdScopeBar *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) section = g_menu_new ();

  for (guint i = 0; self->facts != NULL && i < self->facts->profiles->len; i++)
    {
      g_autofree char *label = dup_label (self->facts->profiles->pdata[i]);
      g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

      g_menu_item_set_action_and_target (item, "win.set-profile", "s", self->facts->profiles->pdata[i]);
      g_menu_append_item (section, item);
    }
  g_menu_append_section (menu, _("Definition"), G_MENU_MODEL (section));
  gtk_menu_button_set_menu_model (self->profile, G_MENU_MODEL (menu));
}

static void
append_views (GMenu      *menu,
              QdFacts    *facts,
              const char *action)
{
  for (guint i = 0; i < facts->views->len; i++)
    {
      const QdFactsView *view = facts->views->pdata[i];
      g_autofree char *label = dup_label (view->name);
      g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

      g_menu_item_set_action_and_target (item, action, "s", view->name);
      g_menu_append_item (menu, item);
    }
}

static void
show_views (QdScopeBar *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) views = g_menu_new ();
  g_autoptr (GMenu) edit = g_menu_new ();

  if (self->facts != NULL)
    append_views (views, self->facts, "win.open-view");
  g_menu_append_section (menu, _("Saved Views"), G_MENU_MODEL (views));
  g_menu_append (edit, _("_Save View…"), "win.save-view");
  if (self->facts != NULL && self->facts->views->len > 0)
    {
      g_autoptr (GMenu) deletions = g_menu_new ();

      append_views (deletions, self->facts, "win.delete-view");
      g_menu_append_submenu (edit, _("_Delete View"), G_MENU_MODEL (deletions));
    }
  g_menu_append_section (menu, NULL, G_MENU_MODEL (edit));
  gtk_menu_button_set_menu_model (self->views, G_MENU_MODEL (menu));
}

static void
qd_scope_bar_dispose (GObject *object)
{
  QdScopeBar *self = QD_SCOPE_BAR (object);
  GtkWidget *child;

  g_clear_pointer ((GtkWidget **) &self->save_popover, gtk_widget_unparent);
  g_ptr_array_set_size (self->chips, 0);
  gtk_widget_dispose_template (GTK_WIDGET (self), QD_TYPE_SCOPE_BAR);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (qd_scope_bar_parent_class)->dispose (object);
}

static void
qd_scope_bar_finalize (GObject *object)
{
  QdScopeBar *self = QD_SCOPE_BAR (object);

  g_ptr_array_unref (self->chips);
  g_clear_pointer (&self->facts, qd_facts_unref);
  g_clear_pointer (&self->view, qd_view_free);
  g_clear_pointer (&self->format, qd_format_unref);
  G_OBJECT_CLASS (qd_scope_bar_parent_class)->finalize (object);
}

static void
qd_scope_bar_class_init (QdScopeBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = qd_scope_bar_dispose;
  G_OBJECT_CLASS (klass)->finalize = qd_scope_bar_finalize;
  gtk_widget_class_set_css_name (widget_class, "scopebar");
  qd_template_set (widget_class, "qd-scope-bar");
  gtk_widget_class_bind_template_child (widget_class, QdScopeBar, as_of_box);
  gtk_widget_class_bind_template_child (widget_class, QdScopeBar, as_of);
  gtk_widget_class_bind_template_child (widget_class, QdScopeBar, period);
  gtk_widget_class_bind_template_child (widget_class, QdScopeBar, compare);
  gtk_widget_class_bind_template_child (widget_class, QdScopeBar, profile);
  gtk_widget_class_bind_template_child (widget_class, QdScopeBar, filter);
  gtk_widget_class_bind_template_child (widget_class, QdScopeBar, views);
  gtk_widget_class_bind_template_child (widget_class, QdScopeBar, clear);
  gtk_widget_class_bind_template_child (widget_class, QdScopeBar, as_of_label);
  gtk_widget_class_bind_template_child (widget_class, QdScopeBar, period_label);
  gtk_widget_class_bind_template_child (widget_class, QdScopeBar, compare_label);
  gtk_widget_class_bind_template_child (widget_class, QdScopeBar, profile_label);
  gtk_widget_class_bind_template_child (widget_class, QdScopeBar, compare_menu);
  gtk_widget_class_bind_template_child (widget_class, QdScopeBar, period_menu);
}

/* "Last [ 18 ] months [Show]", in the menu of periods. */
static GtkWidget *
make_months (QdScopeBar *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *apply = gtk_button_new_with_label (_("Show"));

  self->months = GTK_SPIN_BUTTON (gtk_spin_button_new_with_range (1, MAX_MONTHS, 1));
  gtk_spin_button_set_value (self->months, 24);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->months), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Number of months"), -1);
  g_signal_connect_swapped (gtk_editable_get_delegate (GTK_EDITABLE (self->months)), "activate", G_CALLBACK (months_cb), self);
  g_signal_connect_swapped (apply, "clicked", G_CALLBACK (months_cb), self);
  gtk_widget_set_tooltip_text (apply, _("Show This Many Months"));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->months));
  /* Translators: after a field with a number */
  gtk_box_append (GTK_BOX (box), gtk_label_new (_("months")));
  gtk_box_append (GTK_BOX (box), apply);
  gtk_widget_add_css_class (box, "menu-form");
  return box;
}

static GtkPopover *
make_save_popover (QdScopeBar *self)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *label = gtk_label_new_with_mnemonic (_("_Name of the view"));
  GtkWidget *entry = gtk_entry_new ();

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), entry);
  gtk_entry_set_max_length (GTK_ENTRY (entry), 80);
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 26);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Name of the view"), -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (popover), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Save View"), -1);
  self->save_name = GTK_EDITABLE (entry);
  self->save_button = GTK_BUTTON (gtk_button_new_with_mnemonic (_("_Save")));
  gtk_widget_add_css_class (GTK_WIDGET (self->save_button), "suggested-action");
  gtk_widget_set_sensitive (GTK_WIDGET (self->save_button), FALSE);
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (save_changed_cb), self);
  g_signal_connect_swapped (entry, "activate", G_CALLBACK (save_cb), self);
  g_signal_connect_swapped (self->save_button, "clicked", G_CALLBACK (save_cb), self);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), entry);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->save_button));
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  gtk_widget_set_parent (popover, GTK_WIDGET (self));
  return GTK_POPOVER (popover);
}

static void
qd_scope_bar_init (QdScopeBar *self)
{
  GtkWidget *menu;

  self->chips = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_layout_manager (GTK_WIDGET (self), qd_wrap_layout_new (6));
  self->picker = QD_MONTH_PICKER (qd_month_picker_new ());
  g_signal_connect_swapped (self->picker, "picked", G_CALLBACK (picked_cb), self);
  gtk_menu_button_set_popover (self->as_of, GTK_WIDGET (self->picker));
  self->filters = QD_FILTER_POPOVER (qd_filter_popover_new ());
  gtk_menu_button_set_popover (self->filter, GTK_WIDGET (self->filters));
  menu = gtk_popover_menu_new_from_model (G_MENU_MODEL (self->period_menu));
  gtk_popover_menu_add_child (GTK_POPOVER_MENU (menu), make_months (self), "months");
  gtk_menu_button_set_popover (self->period, menu);
  gtk_menu_button_set_menu_model (self->compare, G_MENU_MODEL (self->compare_menu));
  self->save_popover = make_save_popover (self);
}

/* A dimension of one value cuts nothing. */
static gboolean
has_choice (const QdFacts *facts)
{
  for (guint i = 0; facts != NULL && i < facts->dimensions->len; i++)
    if (((QdFactsDimension *) facts->dimensions->pdata[i])->n_present >= 2)
      return TRUE;
  return FALSE;
}

/**
 * qd_scope_bar_set:
 * @self: a scope bar
 * @facts: (nullable): what can be chosen; `NULL` before it is known
 * @view: what is chosen
 * @format: how months and counts are written
 *
 * Shows a view.
 */
void
qd_scope_bar_set (QdScopeBar    *self,
                  const QdFacts *facts,
                  const QdView  *view,
                  QdFormat      *format)
{
  gboolean other = self->facts != facts;
  g_autofree char *period = dup_period (view->period);

  g_return_if_fail (QD_IS_SCOPE_BAR (self));
  qd_format_ref (format);
  g_clear_pointer (&self->format, qd_format_unref);
  self->format = format;
  g_clear_pointer (&self->view, qd_view_free);
  self->view = qd_view_copy (view);
  if (other)
    {
      g_clear_pointer (&self->facts, qd_facts_unref);
      self->facts = facts != NULL ? qd_facts_ref ((QdFacts *) facts) : NULL;
      show_profiles (self);
      show_views (self);
    }
  show_as_of (self);
  label_button (self->period, self->period_label, _("Period"), period);
  if (view->period.kind == QD_PERIOD_MONTHS)
    gtk_spin_button_set_value (self->months, view->period.months);
  show_compare (self);
  label_button (self->profile, self->profile_label, _("Definition"), view->profile);
  gtk_widget_set_sensitive (GTK_WIDGET (self->filter), has_choice (facts));
  if (facts != NULL)
    qd_filter_popover_set (self->filters, facts, view, format);
  show_chips (self);
}

void
qd_scope_bar_open_as_of (QdScopeBar *self)
{
  if (gtk_widget_is_sensitive (GTK_WIDGET (self->as_of)))
    gtk_menu_button_popup (self->as_of);
}

void
qd_scope_bar_open_filters (QdScopeBar *self)
{
  if (!gtk_widget_is_sensitive (GTK_WIDGET (self->filter)))
    return;
  qd_filter_popover_show_dimension (self->filters, NULL);
  gtk_menu_button_popup (self->filter);
}

/**
 * qd_scope_bar_open_save_view:
 * @self: a scope bar
 *
 * Asks what the present view is to be called.
 */
void
qd_scope_bar_open_save_view (QdScopeBar *self)
{
  graphene_rect_t bounds;

  if (gtk_widget_compute_bounds (GTK_WIDGET (self->views), GTK_WIDGET (self), &bounds))
    gtk_popover_set_pointing_to (self->save_popover,
                                 &(GdkRectangle) { (int) bounds.origin.x, (int) bounds.origin.y, (int) bounds.size.width,
                                                   (int) bounds.size.height });
  gtk_editable_set_text (self->save_name, "");
  gtk_popover_popup (self->save_popover);
  gtk_widget_grab_focus (GTK_WIDGET (self->save_name));
}
