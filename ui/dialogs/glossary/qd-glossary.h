/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is this? Each metric with its meaning, its formula under the present
 * definition, its value now, and where the figures come from; read from the
 * catalogue.
 */
#pragma once

#include "../../pages/qd-session.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* @metrics: ids separated by blanks; NULL or "": the whole glossary. @session: NULL without a workspace. */
GtkWindow *qd_glossary_present (GtkWindow *parent, QdSession *session, const char *metrics);

G_END_DECLS
