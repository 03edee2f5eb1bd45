/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-preferences.h"

#include <glib/gi18n-lib.h>

#include "../../compat/qd-preferences-window.h"
#include "../../widgets/qd-dialog.h"
#include "../../widgets/qd-window-size.h"

/* A row that offers the values of a key of the schema; the key's enum has them in the same order. */
typedef struct
{
  const char *key;
  const char *title, *subtitle;
  const char *words[4];
} QdChoice;

static const QdChoice look[] = {
  { "style", N_ ("Style"), N_ ("Light or dark"), { N_ ("Follow System"), N_ ("Light"), N_ ("Dark") } },
  { "palette",
    N_ ("Colours of Charts"),
    N_ ("Blue and vermilion suit colour blindness"),
    { N_ ("Blue, Vermilion"), N_ ("Green, Red (IBCS)") } },
};

static const QdChoice numbers[] = {
  { "number-format",
    N_ ("Numbers"),
    N_ ("On screen; files are not affected"),
    { N_ ("Follow System"), "1,234.56", "1.234,56" } },
};

/* What is chosen can be too long for the row. */
static void
say_all (AdwComboRow *row)
{
  GtkStringObject *item = adw_combo_row_get_selected_item (row);

  gtk_widget_set_tooltip_text (GTK_WIDGET (row), item != NULL ? gtk_string_object_get_string (item) : NULL);
}

static void
selected_cb (AdwComboRow *row,
             GParamSpec  *pspec,
             GSettings   *settings)
{
  const QdChoice *choice = g_object_get_data (G_OBJECT (row), "choice");

  say_all (row);
  g_settings_set_enum (settings, choice->key, (int) adw_combo_row_get_selected (row));
}

static GtkWidget *
make_row (const QdChoice *choice,
          GSettings      *settings)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (choice->words) && choice->words[i] != NULL; i++)
    gtk_string_list_append (words, _(choice->words[i]));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _(choice->title));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _(choice->subtitle));
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (words));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), (guint) g_settings_get_enum (settings, choice->key));
  say_all (ADW_COMBO_ROW (row));
  gtk_widget_set_sensitive (row, g_settings_is_writable (settings, choice->key));
  g_object_set_data (G_OBJECT (row), "choice", (gpointer) choice);
  g_object_set_data_full (G_OBJECT (row), "settings", g_object_ref (settings), g_object_unref); /* the caller drops them */
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (selected_cb), settings, 0);
  return row;
}

static void
add_group (AdwPreferencesPage *page,
           const char         *title,
           const QdChoice     *choices,
           gsize               n_choices,
           GSettings          *settings)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  for (gsize i = 0; i < n_choices; i++)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), make_row (&choices[i], settings));
  adw_preferences_page_add (page, ADW_PREFERENCES_GROUP (group));
}

/**
 * qd_preferences_present:
 * @parent: the window
 * @settings: where they are kept
 *
 * Shows the preferences.
 *
 * Returns: (transfer none): their window
 */
GtkWindow *
qd_preferences_present (GtkWindow *parent,
                        GSettings *settings)
{
  GtkWindow *window = qd_preferences_window_new (parent, _("Preferences"));
  GtkWidget *page = adw_preferences_page_new ();

  qd_dialog_add_quit_key (window);
  adw_preferences_page_set_title (ADW_PREFERENCES_PAGE (page), _("General"));
  add_group (ADW_PREFERENCES_PAGE (page), _("Appearance"), look, G_N_ELEMENTS (look), settings);
  add_group (ADW_PREFERENCES_PAGE (page), _("Notation"), numbers, G_N_ELEMENTS (numbers), settings);
  qd_window_set_size (window, 620, 560);
  qd_preferences_window_add (window, ADW_PREFERENCES_PAGE (page));
  gtk_window_present (window);
  return window;
}
