/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The command palette: one box for pages, customers and actions. Every action
 * of the program is in it, with its keys, so that people learn them.
 */
#pragma once

#include <gtk/gtk.h>

#include "../../pages/qd-session.h"

G_BEGIN_DECLS

typedef enum
{
  QD_COMMAND_PALETTE_ALL,
  QD_COMMAND_PALETTE_CUSTOMERS, /* search */
} QdCommandPaletteMode;

/* What can be done. Texts are kept; static. */
typedef struct
{
  const char *group;           /* translated */
  const char *title;           /* translated */
  const char *accels;          /* nullable */
  const char *detailed_action; /* activated on the parent */
} QdCommandPaletteEntry;

/* @session: NULL without a workspace: then there are only actions. */
GtkWindow *qd_command_palette_present (GtkWindow *parent, QdSession *session, QdCommandPaletteMode mode, const QdCommandPaletteEntry *entries,
                               guint n_entries);

/* How well @text names something: the lower the better, −1: not at all. Both folded. For tests. */
int qd_command_palette_rank (const char *name, const char *text);

G_END_DECLS
