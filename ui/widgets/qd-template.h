/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Templates of widgets, by the name of their file.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* @name: of the template's file, without ".ui"; by the class_init of a type. */
void qd_template_set (GtkWidgetClass *klass, const char *name);

G_END_DECLS
