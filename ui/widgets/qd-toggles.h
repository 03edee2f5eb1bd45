/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A row of joined buttons of which one is down: the tabs and modes of a page.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define QD_TYPE_TOGGLES (qd_toggles_get_type ())
G_DECLARE_FINAL_TYPE (QdToggles, qd_toggles, QD, TOGGLES, GtkWidget)

/* Signals:
 *   "chosen" (string id)    a person pressed another one */
GtkWidget *qd_toggles_new (const char *name);               /* @name: accessible, translated: "Mode" */
void qd_toggles_add (QdToggles *self, const char *id, const char *label, const char *tooltip); /* translated; nullable */
void qd_toggles_set_active (QdToggles *self, const char *id); /* no signal */
const char *qd_toggles_get_active (QdToggles *self);        /* nullable */
void qd_toggles_press (QdToggles *self, const char *id);    /* as a person would */

G_END_DECLS
