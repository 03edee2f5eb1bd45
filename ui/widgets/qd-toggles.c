/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-toggles.h"

#include <string.h>

#define ID "qd-id"

struct _QdToggles
{
  GtkWidget parent_instance;

  GtkToggleButton *first;
  gboolean setting;
};

enum
{
  CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (QdToggles, qd_toggles, GTK_TYPE_WIDGET)

/* GTK 4.8 calls toggles buttons, and says nothing of which is down. */
static void
say_checked (GtkToggleButton *button)
{
  gtk_accessible_update_state (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_STATE_CHECKED,
                               gtk_toggle_button_get_active (button) ? GTK_ACCESSIBLE_TRISTATE_TRUE
                                                                     : GTK_ACCESSIBLE_TRISTATE_FALSE,
                               -1);
}

static void
toggled_cb (GtkToggleButton *button,
            QdToggles       *self)
{
  say_checked (button);
  if (!self->setting && gtk_toggle_button_get_active (button))
    g_signal_emit (self, signals[CHOSEN], 0, g_object_get_data (G_OBJECT (button), ID));
}

/* What does not stand on the button for want of room stands in its tooltip. */
static gboolean
query_tooltip_cb (GtkWidget  *button,
                  int         x,
                  int         y,
                  gboolean    keyboard,
                  GtkTooltip *tooltip,
                  GtkLabel   *label)
{
  const char *more = gtk_widget_get_tooltip_text (button);
  g_autofree char *whole = NULL;

  if (!pango_layout_is_ellipsized (gtk_label_get_layout (label)))
    return FALSE;
  whole = more != NULL ? g_strdup_printf ("%s\n%s", gtk_label_get_label (label), more) : g_strdup (gtk_label_get_label (label));
  gtk_tooltip_set_text (tooltip, whole);
  return TRUE;
}

static GtkWidget *
find_button (QdToggles  *self,
             const char *id)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (g_strcmp0 (g_object_get_data (G_OBJECT (child), ID), id) == 0)
      return child;
  return NULL;
}

static void
qd_toggles_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (qd_toggles_parent_class)->dispose (object);
}

static void
qd_toggles_class_init (QdTogglesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = qd_toggles_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  signals[CHOSEN] = g_signal_new ("chosen", QD_TYPE_TOGGLES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                  G_TYPE_STRING);
}

static void
qd_toggles_init (QdToggles *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "linked");
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_START);
}

GtkWidget *
qd_toggles_new (const char *name)
{
  GtkWidget *self = g_object_new (QD_TYPE_TOGGLES, NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return self;
}

/**
 * qd_toggles_add:
 * @self: a row of toggles
 * @id: what the signal says
 * @label: what stands on the button
 * @tooltip: (nullable): what it means
 *
 * Adds a button at the end; the first is down until another is set.
 */
void
qd_toggles_add (QdToggles  *self,
                const char *id,
                const char *label,
                const char *tooltip)
{
  GtkWidget *button = g_object_new (GTK_TYPE_TOGGLE_BUTTON, "accessible-role", GTK_ACCESSIBLE_ROLE_RADIO, NULL);
  GtkWidget *text = gtk_label_new (label);

  /* Where all of them do not fit, words take a second line, and then each gives way a little; the tooltip says all. */
  gtk_label_set_wrap (GTK_LABEL (text), TRUE);
  gtk_label_set_lines (GTK_LABEL (text), 2);
  gtk_label_set_justify (GTK_LABEL (text), GTK_JUSTIFY_CENTER);
  gtk_label_set_ellipsize (GTK_LABEL (text), PANGO_ELLIPSIZE_END);
  gtk_button_set_child (GTK_BUTTON (button), text);
  gtk_widget_add_css_class (button, "text-button");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_object_set_data_full (G_OBJECT (button), ID, g_strdup (id), g_free);
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_widget_set_has_tooltip (button, TRUE);
  g_signal_connect (button, "query-tooltip", G_CALLBACK (query_tooltip_cb), text);
  gtk_widget_set_parent (button, GTK_WIDGET (self));
  self->setting = TRUE;
  if (self->first != NULL)
    gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), self->first);
  else
    {
      self->first = GTK_TOGGLE_BUTTON (button);
      gtk_toggle_button_set_active (self->first, TRUE);
    }
  self->setting = FALSE;
  say_checked (GTK_TOGGLE_BUTTON (button));
  g_signal_connect (button, "toggled", G_CALLBACK (toggled_cb), self);
}

void
qd_toggles_set_active (QdToggles  *self,
                       const char *id)
{
  GtkWidget *button = find_button (self, id);

  g_return_if_fail (button != NULL);
  self->setting = TRUE;
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
  self->setting = FALSE;
}

const char *
qd_toggles_get_active (QdToggles *self)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (child)))
      return g_object_get_data (G_OBJECT (child), ID);
  return NULL;
}

void
qd_toggles_press (QdToggles  *self,
                  const char *id)
{
  GtkWidget *button = find_button (self, id);

  g_return_if_fail (button != NULL);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
}
