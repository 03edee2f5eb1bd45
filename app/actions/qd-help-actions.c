/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What explains the program: preferences, shortcuts, glossary, about.
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "../../ui/compat/qd-about.h"
#include "../../ui/dialogs/glossary/qd-glossary.h"
#include "../../ui/dialogs/preferences/qd-preferences.h"
#include "../../ui/dialogs/shortcuts/qd-shortcuts.h"
#include "../../ui/widgets/qd-settings.h"
#include "../../ui/window/qd-action-info.h"
#include "qd-actions.h"

static void
preferences_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       data)
{
  g_autoptr (GSettings) settings = qd_settings_new ();
  g_autoptr (GError) error = NULL;

  if (settings != NULL)
    {
      qd_preferences_present (data, settings);
      return;
    }
  g_set_error_literal (&error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                       _("The program was not installed and not started by app/run, so its settings are not there."));
  qd_main_window_show_error (data, _("There Are No Preferences"), error);
}

static void
shortcuts_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       data)
{
  guint n;
  const QdActionInfo *infos = qd_action_info_list (&n);
  g_autoptr (GArray) shortcuts = g_array_new (FALSE, FALSE, sizeof (QdShortcut));

  for (guint i = 0; i < n; i++)
    if (infos[i].accels != NULL)
      {
        QdShortcut shortcut = { _(infos[i].group), _(infos[i].title), infos[i].accels };

        g_array_append_val (shortcuts, shortcut);
      }
  qd_shortcuts_present (data, (const QdShortcut *) shortcuts->data, shortcuts->len);
}

static void
glossary_cb (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       data)
{
  qd_glossary_present (data, qd_main_window_get_session (data), NULL);
}

static void
explain_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       data)
{
  qd_glossary_present (data, qd_main_window_get_session (data), g_variant_get_string (parameter, NULL));
}

/* What has the focus; else what the page is about. */
static void
explain_page_cb (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       data)
{
  QdPage *page = qd_main_window_get_page (data);
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (data));

  /* A tile knows its metric. */
  if (focus == NULL || !gtk_widget_get_mapped (focus) || !gtk_widget_activate_action (focus, "tile.explain", NULL))
    qd_glossary_present (data, qd_main_window_get_session (data), page != NULL ? qd_page_get_metrics (page) : NULL);
}

static void
about_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       data)
{
  qd_about_present (data);
}

/**
 * qd_help_actions_install:
 * @window: a window
 *
 * Adds preferences, shortcuts, glossary and about.
 */
void
qd_help_actions_install (QdMainWindow *window)
{
  static const GActionEntry entries[] = {
    { .name = "preferences", .activate = preferences_cb },
    { .name = "shortcuts", .activate = shortcuts_cb },
    { .name = "glossary", .activate = glossary_cb },
    { .name = "explain", .activate = explain_cb, .parameter_type = "s" },
    { .name = "explain-page", .activate = explain_page_cb },
    { .name = "about", .activate = about_cb },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (window), entries, G_N_ELEMENTS (entries), window);
}
