/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every action that a person can do in the window: its name, words and keys,
 * in one table that menus, the command palette, the shortcuts window and the
 * accelerators read. What an action does stands where it is installed: going
 * about in ui/window, everything that touches files, clipboard, printer or
 * workspace in app/actions. A test compares both.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *name;     /* "win.undo", or with a target: "win.set-period::ttm"; "chart.drill": what a widget does */
  const char *group;    /* msgid: heading in the shortcuts window, of 2 to 10 */
  const char *title;    /* msgid, header capitals */
  const char *accels;   /* nullable: "<Control>z", several separated by blanks */
  gboolean local;       /* the keys are bound by the chart or table that has the focus, so that text fields keep theirs */
} QdActionInfo;

const QdActionInfo *qd_action_info_list (guint *n_actions);
const QdActionInfo *qd_action_info_find (const char *name); /* nullable */
gboolean qd_action_info_is_of_widget (const QdActionInfo *self); /* listed with its keys, run by that widget alone */

G_END_DECLS
