/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-shortcuts.h"

#include <glib/gi18n-lib.h>

#include "../../compat/qd-preferences-window.h"
#include "../../widgets/qd-dialog.h"
#include "../../widgets/qd-window-size.h"

static char *
dup_keys (const char *accels)
{
  g_auto (GStrv) list = g_strsplit (accels, " ", -1);
  GString *keys = g_string_new (NULL);

  for (guint i = 0; list[i] != NULL; i++)
    {
      g_autofree char *label = NULL;
      guint key;
      GdkModifierType modifiers;

      if (!gtk_accelerator_parse (list[i], &key, &modifiers))
        continue;
      label = gtk_accelerator_get_label (key, modifiers);
      /* Translators: between two shortcuts that do the same */
      g_string_append_printf (keys, "%s%s", keys->len > 0 ? _(" or ") : "", label);
    }
  return g_string_free (keys, FALSE);
}

static GtkWidget *
make_row (const QdShortcut *shortcut)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *keys = dup_keys (shortcut->accels);
  GtkWidget *label = gtk_label_new (keys);
  g_autofree char *title = g_markup_escape_text (shortcut->title, -1);
  g_autofree char *name = g_strdup_printf ("%s, %s", shortcut->title, keys);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_widget_add_css_class (label, "dim-label");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return row;
}

/**
 * qd_shortcuts_present:
 * @parent: the window
 * @shortcuts: (array length=n_shortcuts): those of one group next to each other
 * @n_shortcuts: how many
 *
 * Shows what the keys do, by group.
 *
 * Returns: (transfer none): the window
 */
GtkWindow *
qd_shortcuts_present (GtkWindow        *parent,
                      const QdShortcut *shortcuts,
                      guint             n_shortcuts)
{
  GtkWindow *window = qd_preferences_window_new (parent, _("Keyboard Shortcuts"));
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *group = NULL;
  const char *heading = NULL;

  qd_dialog_add_quit_key (window);
  adw_preferences_page_set_title (ADW_PREFERENCES_PAGE (page), _("Keyboard Shortcuts"));
  for (guint i = 0; i < n_shortcuts; i++)
    {
      if (g_strcmp0 (heading, shortcuts[i].group) != 0)
        {
          heading = shortcuts[i].group;
          group = adw_preferences_group_new ();
          adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), heading);
          adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
        }
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), make_row (&shortcuts[i]));
    }
  qd_window_set_size (window, 620, 560);
  qd_preferences_window_add (window, ADW_PREFERENCES_PAGE (page));
  gtk_window_present (window);
  return window;
}
