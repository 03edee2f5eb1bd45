/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-import-step.h"

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
