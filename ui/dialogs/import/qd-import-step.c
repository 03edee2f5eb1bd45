/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-import-step.h"

#include "../../widgets/qd-window-size.h"

typedef struct
{
  QdImportAssistant *assistant; /* its window: outlives it */
} QdImportStepPrivate;

enum
{
  PROP_ASSISTANT = 1,
};

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (QdImportStep, qd_import_step, ADW_TYPE_BIN)

static void
qd_import_step_set_property (GObject      *object,
                             guint         id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  QdImportStepPrivate *priv = qd_import_step_get_instance_private (QD_IMPORT_STEP (object));

  if (id == PROP_ASSISTANT)
    priv->assistant = g_value_get_object (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
qd_import_step_class_init (QdImportStepClass *klass)
{
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
  G_OBJECT_CLASS (klass)->set_property = qd_import_step_set_property;
  g_object_class_install_property (G_OBJECT_CLASS (klass), PROP_ASSISTANT,
                                   g_param_spec_object ("assistant", NULL, NULL, QD_TYPE_IMPORT_ASSISTANT,
                                                        G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS));
}

static void
qd_import_step_init (QdImportStep *self)
{
}

/**
 * qd_import_step_get_assistant:
 * @self: a step
 *
 * Returns: (transfer none): the assistant that it belongs to
 */
QdImportAssistant *
qd_import_step_get_assistant (QdImportStep *self)
{
  QdImportStepPrivate *priv = qd_import_step_get_instance_private (self);

  return priv->assistant;
}

/**
 * qd_import_step_show:
 * @self: a step
 *
 * Shows what the assistant holds now.
 */
void
qd_import_step_show (QdImportStep *self)
{
  QD_IMPORT_STEP_GET_CLASS (self)->show (self);
}

/**
 * qd_import_step_get_next:
 * @self: a step
 *
 * Returns: (transfer full): whether and how one goes on from here
 */
QdImportNext
qd_import_step_get_next (QdImportStep *self)
{
  return QD_IMPORT_STEP_GET_CLASS (self)->get_next (self);
}

/**
 * qd_import_step_get_focus:
 * @self: a step
 *
 * Returns: (transfer none) (nullable): the widget to begin with; `NULL`: that
 *   which leads on
 */
GtkWidget *
qd_import_step_get_focus (QdImportStep *self)
{
  QdImportStepClass *klass = QD_IMPORT_STEP_GET_CLASS (self);

  return klass->get_focus != NULL ? klass->get_focus (self) : NULL;
}

/**
 * qd_import_step_set_content:
 * @self: a step
 * @box: what it shows
 * @width: of the column at most, in pixels at the usual size of text
 *
 * Puts its content in the middle of the step.
 */
void
qd_import_step_set_content (QdImportStep *self,
                            GtkWidget    *box,
                            int           width)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();

  gtk_widget_add_css_class (box, "import-page");
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), (int) (width * qd_window_get_text_scale (NULL)));
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  adw_bin_set_child (ADW_BIN (self), scrolled);
}

/* libadwaita cuts headings of groups; questions want to be read. */
static void
wrap_heading (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_has_css_class (widget, "heading"))
    {
      gtk_label_set_ellipsize (GTK_LABEL (widget), PANGO_ELLIPSIZE_NONE);
      gtk_label_set_wrap (GTK_LABEL (widget), TRUE);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    wrap_heading (child);
}

/**
 * qd_import_group_new:
 * @title: what it asks; no markup
 * @description: more about it; no markup
 *
 * Returns: (transfer floating): a group without rows
 */
AdwPreferencesGroup *
qd_import_group_new (const char *title,
                     const char *description)
{
  GtkWidget *group = adw_preferences_group_new ();
  g_autofree char *title_markup = g_markup_escape_text (title, -1);
  g_autofree char *description_markup = g_markup_escape_text (description, -1);

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title_markup);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), description_markup);
  wrap_heading (group);
  return ADW_PREFERENCES_GROUP (group);
}
