/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-template.h"

void
qd_template_set (GtkWidgetClass *klass,
                 const char     *name)
{
  g_autofree char *path = g_strdup_printf ("/org/quarterdeck/Quarterdeck/ui/%s.ui", name);

  gtk_widget_class_set_template_from_resource (klass, path);
}
