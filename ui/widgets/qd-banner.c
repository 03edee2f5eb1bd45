/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-banner.h"

#include "qd-actionable.h"

struct _QdBanner
{
  GtkWidget parent_instance;

  GtkRevealer *revealer;
  GtkLabel *title;
  GtkButton *button;
};

enum
{
  PROP_0,
  PROP_TITLE,
  PROP_BUTTON_LABEL,
  PROP_REVEALED,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];
static guint button_clicked;

G_DEFINE_FINAL_TYPE (QdBanner, qd_banner, GTK_TYPE_WIDGET)

static void
clicked_cb (QdBanner *self)
{
  g_signal_emit (self, button_clicked, 0);
}

static void
qd_banner_dispose (GObject *object)
{
  QdBanner *self = QD_BANNER (object);

  if (self->revealer != NULL)
    {
      gtk_widget_unparent (GTK_WIDGET (self->revealer));
      self->revealer = NULL;
    }
  G_OBJECT_CLASS (qd_banner_parent_class)->dispose (object);
}

static const char *
get_button_label (QdBanner *self)
{
  g_return_val_if_fail (QD_IS_BANNER (self), NULL);
  return gtk_widget_get_visible (GTK_WIDGET (self->button)) ? gtk_button_get_label (self->button) : NULL;
}

static void
qd_banner_get_property (GObject    *object,
                        guint       prop_id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  QdBanner *self = QD_BANNER (object);

  switch (prop_id)
    {
    case PROP_TITLE:
      g_value_set_string (value, qd_banner_get_title (self));
      break;
    case PROP_BUTTON_LABEL:
      g_value_set_string (value, get_button_label (self));
      break;
    case PROP_REVEALED:
      g_value_set_boolean (value, qd_banner_get_revealed (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
qd_banner_set_property (GObject      *object,
                        guint         prop_id,
                        const GValue *value,
                        GParamSpec   *pspec)
{
  QdBanner *self = QD_BANNER (object);

  switch (prop_id)
    {
    case PROP_TITLE:
      qd_banner_set_title (self, g_value_get_string (value));
      break;
    case PROP_BUTTON_LABEL:
      qd_banner_set_button_label (self, g_value_get_string (value));
      break;
    case PROP_REVEALED:
      qd_banner_set_revealed (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
qd_banner_class_init (QdBannerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = qd_banner_dispose;
  object_class->get_property = qd_banner_get_property;
  object_class->set_property = qd_banner_set_property;
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, "", flags);
  properties[PROP_BUTTON_LABEL] = g_param_spec_string ("button-label", NULL, NULL, NULL, flags);
  properties[PROP_REVEALED] = g_param_spec_boolean ("revealed", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  button_clicked =
      g_signal_new ("button-clicked", QD_TYPE_BANNER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_STATUS);
  gtk_widget_class_set_css_name (widget_class, "banner");
}

static void
qd_banner_init (QdBanner *self)
{
  GtkWidget *box = gtk_center_box_new ();

  self->title = GTK_LABEL (gtk_label_new (""));
  gtk_label_set_wrap (self->title, TRUE);
  gtk_label_set_wrap_mode (self->title, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (self->title, 0.5f);
  gtk_label_set_justify (self->title, GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (GTK_WIDGET (self->title), "heading");
  self->button = GTK_BUTTON (gtk_button_new ());
  gtk_button_set_use_underline (self->button, TRUE);
  gtk_widget_set_valign (GTK_WIDGET (self->button), GTK_ALIGN_CENTER);
  gtk_widget_set_visible (GTK_WIDGET (self->button), FALSE);
  g_signal_connect_swapped (self->button, "clicked", G_CALLBACK (clicked_cb), self);
  gtk_center_box_set_center_widget (GTK_CENTER_BOX (box), GTK_WIDGET (self->title));
  gtk_center_box_set_end_widget (GTK_CENTER_BOX (box), GTK_WIDGET (self->button));
  gtk_widget_add_css_class (box, "banner-box");
  self->revealer = GTK_REVEALER (gtk_revealer_new ());
  gtk_revealer_set_child (self->revealer, box);
  gtk_widget_set_parent (GTK_WIDGET (self->revealer), GTK_WIDGET (self));
}

const char *
qd_banner_get_title (QdBanner *self)
{
  g_return_val_if_fail (QD_IS_BANNER (self), NULL);
  return gtk_label_get_label (self->title);
}

/**
 * qd_banner_set_title:
 * @self: a banner
 * @title: (nullable): what it says; not markup
 *
 * Says something else. Screen readers hear it as the banner's name.
 */
void
qd_banner_set_title (QdBanner   *self,
                     const char *title)
{
  g_return_if_fail (QD_IS_BANNER (self));
  if (title == NULL)
    title = "";
  if (g_strcmp0 (gtk_label_get_label (self->title), title) == 0)
    return;
  gtk_label_set_label (self->title, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
}

void
qd_banner_set_button_label (QdBanner   *self,
                            const char *label)
{
  g_return_if_fail (QD_IS_BANNER (self));
  if (g_strcmp0 (get_button_label (self), label) == 0)
    return;
  gtk_widget_set_visible (GTK_WIDGET (self->button), label != NULL);
  if (label != NULL)
    gtk_button_set_label (self->button, label);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUTTON_LABEL]);
}

void
qd_banner_set_action_name (QdBanner   *self,
                           const char *detailed_action_name)
{
  g_return_if_fail (QD_IS_BANNER (self));
  qd_actionable_set_action (GTK_ACTIONABLE (self->button), detailed_action_name);
}

gboolean
qd_banner_get_revealed (QdBanner *self)
{
  g_return_val_if_fail (QD_IS_BANNER (self), FALSE);
  return gtk_revealer_get_reveal_child (self->revealer);
}

void
qd_banner_set_revealed (QdBanner *self,
                        gboolean  revealed)
{
  g_return_if_fail (QD_IS_BANNER (self));
  if (gtk_revealer_get_reveal_child (self->revealer) == revealed)
    return;
  gtk_revealer_set_reveal_child (self->revealer, revealed);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REVEALED]);
}
