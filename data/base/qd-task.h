/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A GTask on a worker whose source never ends there: widgets may only be
 * finalized by the thread of GTK.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void qd_task_run_in_thread (GTask *task, GTaskThreadFunc func);

G_END_DECLS
