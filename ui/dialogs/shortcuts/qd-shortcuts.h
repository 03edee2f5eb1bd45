/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The keys of the program, as a window that can be searched.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* One line: what it does and its keys. */
typedef struct
{
  const char *group;  /* translated */
  const char *title;  /* translated */
  const char *accels; /* "<Control>z <Control>y" */
} QdShortcut;

GtkWindow *qd_shortcuts_present (GtkWindow *parent, const QdShortcut *shortcuts, guint n_shortcuts);

G_END_DECLS
