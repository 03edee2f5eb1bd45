/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The page of a window without a workspace: the sample, a new one, another
 * one, those opened lately.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define QD_TYPE_WELCOME (qd_welcome_get_type ())
G_DECLARE_FINAL_TYPE (QdWelcome, qd_welcome, QD, WELCOME, GtkWidget)

GtkWidget *qd_welcome_new (void);

#define QD_WORKSPACE_MIME_TYPE "application/vnd.quarterdeck.workspace"

G_END_DECLS
