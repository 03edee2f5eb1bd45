/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the window looked like: sizes, places, columns; not data, not
 * preferences. One small key file in the user's state folder, which is read at
 * first use and written soon after a change, on a worker. Losing it loses
 * nothing that matters, so that no function here can fail. Main thread only.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Groups and keys are any text that is not empty. */
char *qd_ui_state_dup_text (const char *group, const char *key);             /* (transfer full) (nullable) */
void qd_ui_state_set_text (const char *group, const char *key, const char *value); /* NULL removes */
int qd_ui_state_get_integer (const char *group, const char *key, int fallback);
void qd_ui_state_set_integer (const char *group, const char *key, int value);

void qd_ui_state_flush (void);  /* writes what is pending, now: at the end of the program */
void qd_ui_state_reload (void); /* forgets what was read: for tests */

G_END_DECLS
