/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The command palette and the search for customers.
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "../../ui/dialogs/palette/qd-command-palette.h"
#include "../../ui/window/qd-action-info.h"
#include "qd-actions.h"

/* What can be done here and now: switched-off actions are left out. */
static GArray *
list_entries (QdMainWindow *window)
{
  GArray *entries = g_array_new (FALSE, FALSE, sizeof (QdCommandPaletteEntry));
  guint n;
  const QdActionInfo *infos = qd_action_info_list (&n);

  for (guint i = 0; i < n; i++)
    {
      QdCommandPaletteEntry entry = { _(infos[i].group), _(infos[i].title), infos[i].accels, infos[i].name };
      g_autofree char *name = NULL;
      g_autoptr (GVariant) target = NULL;
      GActionMap *map;
      GAction *action;

      if (qd_action_info_is_of_widget (&infos[i]) || g_str_equal (infos[i].name, "win.palette") ||
          !g_action_parse_detailed_name (infos[i].name, &name, &target, NULL))
        continue;
      map = g_str_has_prefix (name, "app.") ? G_ACTION_MAP (gtk_window_get_application (GTK_WINDOW (window)))
                                            : G_ACTION_MAP (window);
      action = g_action_map_lookup_action (map, name + 4);
      if (action != NULL && g_action_get_enabled (action))
        g_array_append_val (entries, entry);
    }
  return entries;
}

static void
palette_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       data)
{
  g_autoptr (GArray) entries = list_entries (data);

  qd_command_palette_present (data, qd_main_window_get_session (data), QD_COMMAND_PALETTE_ALL, (const QdCommandPaletteEntry *) entries->data,
                      entries->len);
}

static void
search_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       data)
{
  if (qd_main_window_get_session (data) != NULL)
    qd_command_palette_present (data, qd_main_window_get_session (data), QD_COMMAND_PALETTE_CUSTOMERS, NULL, 0);
}

/**
 * qd_palette_actions_install:
 * @window: a window
 *
 * Adds the palette and the search.
 */
void
qd_palette_actions_install (QdMainWindow *window)
{
  static const GActionEntry entries[] = {
    { .name = "palette", .activate = palette_cb },
    { .name = "search", .activate = search_cb },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (window), entries, G_N_ELEMENTS (entries), window);
}
