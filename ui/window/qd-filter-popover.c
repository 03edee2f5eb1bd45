/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-filter-popover.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _QdFilterPopover
{
  GtkPopover parent_instance;

  GtkStack *stack;            /* "dimensions", "values" */
  GtkListBox *dimensions;
  GtkLabel *heading;
  GtkSearchEntry *search;
  GtkListView *list;
  GtkStack *found;            /* "list", "nothing" */
  GtkCustomFilter *filter;
  GListStore *values;         /* QdFilterItem */
  GtkFilterListModel *filtered;
  QdFacts *facts;
  QdView *view;
  QdFormat *format;
  char *dimension;
  char *needle;               /* casefolded; NULL: everything */
  gboolean binding;
};

/* One value that can be ticked. */
#define QD_TYPE_FILTER_ITEM (qd_filter_item_get_type ())
G_DECLARE_FINAL_TYPE (QdFilterItem, qd_filter_item, QD, FILTER_ITEM, GObject)

struct _QdFilterItem
{
  GObject parent_instance;

  char *value;
  char *title;
  char *folded;
  guint n_accounts;
};

G_DEFINE_FINAL_TYPE (QdFilterItem, qd_filter_item, G_TYPE_OBJECT)
G_DEFINE_FINAL_TYPE (QdFilterPopover, qd_filter_popover, GTK_TYPE_POPOVER)

static void
qd_filter_item_finalize (GObject *object)
{
  QdFilterItem *self = QD_FILTER_ITEM (object);

  g_free (self->value);
  g_free (self->title);
  g_free (self->folded);
  G_OBJECT_CLASS (qd_filter_item_parent_class)->finalize (object);
}

static void
qd_filter_item_class_init (QdFilterItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = qd_filter_item_finalize;
}

static void
qd_filter_item_init (QdFilterItem *self)
{
}

static gboolean
match (gpointer item,
       gpointer data)
{
  QdFilterPopover *self = data;

  return self->needle == NULL || strstr (QD_FILTER_ITEM (item)->folded, self->needle) != NULL;
}

static void
show_found (QdFilterPopover *self)
{
  gboolean some = g_list_model_get_n_items (G_LIST_MODEL (self->filtered)) > 0;

  gtk_stack_set_visible_child_name (self->found, some ? "list" : "nothing");
}

static void
search_cb (QdFilterPopover *self)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search))));

  g_clear_pointer (&self->needle, g_free);
  if (*text != '\0')
    self->needle = g_utf8_casefold (text, -1);
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
  show_found (self);
}

static void
toggled_cb (GtkCheckButton *button,
            GtkListItem    *list_item)
{
  QdFilterItem *item = gtk_list_item_get_item (list_item);
  QdFilterPopover *self = QD_FILTER_POPOVER (gtk_widget_get_ancestor (GTK_WIDGET (button), QD_TYPE_FILTER_POPOVER));

  if (item != NULL && self != NULL && !self->binding)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.toggle-filter", "(ss)", self->dimension, item->value);
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *list_item,
          QdFilterPopover          *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *check = gtk_check_button_new ();
  GtkWidget *title = gtk_label_new (NULL);
  GtkWidget *count = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (title), 32);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_widget_add_css_class (count, "dim-label");
  gtk_widget_add_css_class (count, "numeric");
  gtk_widget_set_focusable (check, FALSE); /* the row has the focus: Space and Return tick */
  gtk_box_append (GTK_BOX (box), check);
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), count);
  gtk_list_item_set_child (list_item, box);
  g_signal_connect (check, "toggled", G_CALLBACK (toggled_cb), list_item);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *list_item,
         QdFilterPopover          *self)
{
  QdFilterItem *item = gtk_list_item_get_item (list_item);
  GtkWidget *box = gtk_list_item_get_child (list_item);
  GtkWidget *check = gtk_widget_get_first_child (box);
  GtkWidget *title = gtk_widget_get_next_sibling (check);
  GtkWidget *count = gtk_widget_get_next_sibling (title);
  g_autofree char *number = qd_format_count (self->format, item->n_accounts);
  g_autofree char *label = NULL;
  gboolean on = qd_view_has_filter (self->view, self->dimension, item->value);

  self->binding = TRUE;
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), on);
  self->binding = FALSE;
  g_object_set_data_full (G_OBJECT (check), "value", g_strdup (item->value), g_free);
  gtk_label_set_label (GTK_LABEL (title), item->title);
  gtk_label_set_label (GTK_LABEL (count), number);
  gtk_widget_set_tooltip_text (box, item->title);
  /* Translators: a value that can be filtered by, and how many customers have it */
  label = g_strdup_printf (ngettext ("%s, %s customer", "%s, %s customers", item->n_accounts), item->title, number);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  if (gtk_widget_get_parent (box) != NULL)
    {
      gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (box)), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
      gtk_accessible_update_state (GTK_ACCESSIBLE (gtk_widget_get_parent (box)), GTK_ACCESSIBLE_STATE_CHECKED,
                                   on ? GTK_ACCESSIBLE_TRISTATE_TRUE : GTK_ACCESSIBLE_TRISTATE_FALSE, -1);
    }
}

static void
activated_cb (QdFilterPopover *self,
              guint            position)
{
  g_autoptr (QdFilterItem) item = g_list_model_get_item (G_LIST_MODEL (self->filtered), position);

  if (item != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.toggle-filter", "(ss)", self->dimension, item->value);
}

static void
search_activated_cb (QdFilterPopover *self)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (self->filtered)) > 0)
    activated_cb (self, 0);
}

/* Escape empties the field, then closes. */
static void
stop_search_cb (QdFilterPopover *self)
{
  if (self->needle != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  else
    gtk_popover_popdown (GTK_POPOVER (self));
}

/* Down goes from the field to the values. */
static gboolean
search_key_cb (GtkEventControllerKey *controller,
               guint                  key,
               guint                  code,
               GdkModifierType        modifiers,
               QdFilterPopover       *self)
{
  GtkWidget *row;

  if (key != GDK_KEY_Down && key != GDK_KEY_KP_Down)
    return GDK_EVENT_PROPAGATE;
  /* child-focus of the list says that it took the focus, and leaves it where it is */
  row = gtk_widget_get_first_child (GTK_WIDGET (self->list));
  if (row != NULL)
    gtk_widget_grab_focus (row);
  return GDK_EVENT_STOP;
}

/* Space ticks the row that has the focus, as Return does. */
static gboolean
list_key_cb (GtkEventControllerKey *controller,
             guint                  key,
             guint                  code,
             GdkModifierType        modifiers,
             QdFilterPopover       *self)
{
  GtkWidget *row = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));
  GtkWidget *box = row != NULL ? gtk_widget_get_first_child (row) : NULL;
  GtkWidget *check = box != NULL ? gtk_widget_get_first_child (box) : NULL;
  const char *value = check != NULL ? g_object_get_data (G_OBJECT (check), "value") : NULL;

  if ((key != GDK_KEY_space && key != GDK_KEY_KP_Space) || value == NULL)
    return GDK_EVENT_PROPAGATE;
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toggle-filter", "(ss)", self->dimension, value);
  return GDK_EVENT_STOP;
}

static void
fill_values (QdFilterPopover        *self,
             const QdFactsDimension *dimension)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < dimension->n_present; i++)
    {
      const QdFactsValue *value = dimension->values->pdata[i];
      QdFilterItem *item = g_object_new (QD_TYPE_FILTER_ITEM, NULL);

      item->value = g_strdup (value->value);
      item->title = g_strdup (value->title);
      item->folded = g_utf8_casefold (value->title, -1);
      item->n_accounts = value->n_accounts;
      g_ptr_array_add (items, item);
    }
  g_list_store_splice (self->values, 0, g_list_model_get_n_items (G_LIST_MODEL (self->values)), items->pdata,
                       items->len);
  show_found (self);
}

static void
back_cb (QdFilterPopover *self)
{
  qd_filter_popover_show_dimension (self, NULL);
  gtk_widget_child_focus (GTK_WIDGET (self->dimensions), GTK_DIR_TAB_FORWARD);
}

static void
row_activated_cb (QdFilterPopover *self,
                  GtkListBoxRow   *row)
{
  qd_filter_popover_show_dimension (self, g_object_get_data (G_OBJECT (row), "dimension"));
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

static void
fill_dimensions (QdFilterPopover *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->dimensions))) != NULL)
    gtk_list_box_remove (self->dimensions, child);
  for (guint i = 0; i < self->facts->dimensions->len; i++)
    {
      const QdFactsDimension *dimension = self->facts->dimensions->pdata[i];
      GtkWidget *row, *box, *title;

      if (dimension->n_present < 2)
        continue;
      row = gtk_list_box_row_new ();
      box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
      title = gtk_label_new (dimension->title);
      gtk_label_set_xalign (GTK_LABEL (title), 0);
      gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
      gtk_label_set_max_width_chars (GTK_LABEL (title), 32);
      gtk_widget_set_hexpand (title, TRUE);
      gtk_box_append (GTK_BOX (box), title);
      gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("go-next-symbolic"));
      gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
      gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, dimension->title, -1);
      g_object_set_data_full (G_OBJECT (row), "dimension", g_strdup (dimension->name), g_free);
      gtk_list_box_append (self->dimensions, row);
    }
}

static void
qd_filter_popover_finalize (GObject *object)
{
  QdFilterPopover *self = QD_FILTER_POPOVER (object);

  g_clear_pointer (&self->facts, qd_facts_unref);
  g_clear_pointer (&self->view, qd_view_free);
  g_clear_pointer (&self->format, qd_format_unref);
  g_clear_object (&self->values);
  g_free (self->dimension);
  g_free (self->needle);
  G_OBJECT_CLASS (qd_filter_popover_parent_class)->finalize (object);
}

static void
qd_filter_popover_class_init (QdFilterPopoverClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = qd_filter_popover_finalize;
}

static GtkWidget *
scroll (GtkWidget *child)
{
  GtkWidget *window = gtk_scrolled_window_new ();

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (window), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (window), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (window), 320);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (window), child);
  return window;
}

static GtkWidget *
make_values_page (QdFilterPopover *self)
{
  GtkWidget *page = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *back = gtk_button_new_from_icon_name ("go-previous-symbolic");
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *nothing = gtk_label_new (_("No Results"));
  GtkEventController *keys;

  gtk_widget_add_css_class (back, "flat");
  gtk_widget_set_tooltip_text (back, _("All Filters"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (back), GTK_ACCESSIBLE_PROPERTY_LABEL, _("All Filters"), -1);
  g_signal_connect_swapped (back, "clicked", G_CALLBACK (back_cb), self);
  self->heading = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_ellipsize (self->heading, PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (GTK_WIDGET (self->heading), "heading");
  gtk_box_append (GTK_BOX (head), back);
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->heading));
  gtk_box_append (GTK_BOX (page), head);

  self->search = GTK_SEARCH_ENTRY (gtk_search_entry_new ());
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Search values"), -1);
  g_signal_connect_swapped (self->search, "search-changed", G_CALLBACK (search_cb), self);
  g_signal_connect_swapped (self->search, "activate", G_CALLBACK (search_activated_cb), self);
  g_signal_connect_swapped (self->search, "stop-search", G_CALLBACK (stop_search_cb), self);
  keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (search_key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->search), keys);
  gtk_box_append (GTK_BOX (page), GTK_WIDGET (self->search));

  self->values = g_list_store_new (QD_TYPE_FILTER_ITEM);
  self->filter = gtk_custom_filter_new (match, self, NULL);
  self->filtered = gtk_filter_list_model_new (G_LIST_MODEL (g_object_ref (self->values)), GTK_FILTER (self->filter));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), self);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), self);
  self->list = GTK_LIST_VIEW (
      gtk_list_view_new (GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (self->filtered))), factory));
  gtk_list_view_set_single_click_activate (self->list, TRUE);
  keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (list_key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->list), keys);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Values"), -1);
  g_signal_connect_swapped (self->list, "activate", G_CALLBACK (activated_cb), self);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "filter-values");

  gtk_widget_add_css_class (nothing, "dim-label");
  gtk_widget_set_margin_top (nothing, 12);
  gtk_widget_set_margin_bottom (nothing, 12);
  self->found = GTK_STACK (gtk_stack_new ());
  gtk_stack_set_vhomogeneous (self->found, FALSE);
  gtk_stack_add_named (self->found, scroll (GTK_WIDGET (self->list)), "list");
  gtk_stack_add_named (self->found, nothing, "nothing");
  gtk_box_append (GTK_BOX (page), GTK_WIDGET (self->found));
  return page;
}

static void
qd_filter_popover_init (QdFilterPopover *self)
{
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_set_vhomogeneous (self->stack, FALSE);
  gtk_widget_set_size_request (GTK_WIDGET (self->stack), 260, -1);
  self->dimensions = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->dimensions, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->dimensions), "filter-dimensions");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->dimensions), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Filter by"), -1);
  g_signal_connect_swapped (self->dimensions, "row-activated", G_CALLBACK (row_activated_cb), self);
  gtk_stack_add_named (self->stack, scroll (GTK_WIDGET (self->dimensions)), "dimensions");
  gtk_stack_add_named (self->stack, make_values_page (self), "values");
  gtk_popover_set_child (GTK_POPOVER (self), GTK_WIDGET (self->stack));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Filter"), -1);
}

GtkWidget *
qd_filter_popover_new (void)
{
  return g_object_new (QD_TYPE_FILTER_POPOVER, NULL);
}

/* The ticks of the rows that are on screen; binding again would move the focus. */
static void
update_ticks (QdFilterPopover *self)
{
  self->binding = TRUE;
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->list)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      GtkWidget *box = gtk_widget_get_first_child (row);
      GtkWidget *check = box != NULL ? gtk_widget_get_first_child (box) : NULL;
      const char *value = check != NULL ? g_object_get_data (G_OBJECT (check), "value") : NULL;

      if (value != NULL)
        gtk_check_button_set_active (GTK_CHECK_BUTTON (check), qd_view_has_filter (self->view, self->dimension, value));
    }
  self->binding = FALSE;
}

/**
 * qd_filter_popover_set:
 * @self: a popover
 * @facts: what can be filtered by
 * @view: what is filtered by
 * @format: how counts are written
 *
 * Shows what there is; an open list of values stays as it is scrolled.
 */
void
qd_filter_popover_set (QdFilterPopover *self,
                       const QdFacts   *facts,
                       const QdView    *view,
                       QdFormat        *format)
{
  gboolean other = self->facts != facts;

  g_return_if_fail (QD_IS_FILTER_POPOVER (self));
  qd_format_ref (format);
  g_clear_pointer (&self->format, qd_format_unref);
  self->format = format;
  g_clear_pointer (&self->view, qd_view_free);
  self->view = qd_view_copy (view);
  if (other)
    {
      g_clear_pointer (&self->facts, qd_facts_unref);
      self->facts = qd_facts_ref ((QdFacts *) facts);
      fill_dimensions (self);
      qd_filter_popover_show_dimension (self, self->dimension);
    }
  else if (self->dimension != NULL)
    {
      update_ticks (self);
    }
}

/**
 * qd_filter_popover_show_dimension:
 * @self: a popover
 * @name: (nullable): a dimension; `NULL`: the list of them
 *
 * Shows the values of one dimension.
 */
void
qd_filter_popover_show_dimension (QdFilterPopover *self,
                                  const char      *name)
{
  const QdFactsDimension *dimension = NULL;
  g_autofree char *wanted = g_strdup (name);

  if (wanted != NULL && self->facts != NULL)
    dimension = qd_facts_find_dimension (self->facts, wanted);
  g_free (self->dimension);
  self->dimension = dimension != NULL ? g_strdup (dimension->name) : NULL;
  if (dimension != NULL)
    {
      gtk_label_set_label (self->heading, dimension->title);
      gtk_editable_set_text (GTK_EDITABLE (self->search), "");
      search_cb (self);
      fill_values (self, dimension);
    }
  gtk_stack_set_visible_child_name (self->stack, dimension != NULL ? "values" : "dimensions");
}
